//! The Worker, as an operator looks at it from outside.

use form_urlencoded::Serializer;
use serde_json::Value;
use treebot_messenger::setup::signed_test_event;

use crate::http::{Answer, Call, NoAnswer, Service, printable};

/// A Worker at an address.
pub(crate) struct Worker {
    service: Service,
}

/// What `/health` says.
#[derive(Debug, Default)]
pub(crate) struct Health {
    pub(crate) ok: bool,
    pub(crate) missing: Vec<String>,
    pub(crate) tree: String,
    pub(crate) revision: String,
    pub(crate) from: String,
    pub(crate) problem: Option<String>,
    pub(crate) last_send_error: Option<String>,
    /// What waits for the operator.
    pub(crate) alerts: Vec<String>,
    /// The marks of the pages that it serves; all of its token where there are none.
    pub(crate) pages: Vec<String>,
    /// The version of the Graph API that it calls.
    pub(crate) graph_version: Option<String>,
    settings: Value,
}

/// The text that is to come back. Meta sends a number.
const CHALLENGE: &str = "1158201444";

impl Worker {
    /// The Worker at this address, which may be that of its webhook.
    pub(crate) fn at(address: &str) -> Result<Self, String> {
        let webhook = address.trim().trim_end_matches('/').strip_suffix("/webhook");
        Ok(Self { service: Service::at(webhook.unwrap_or(address))? })
    }

    /// Where it is.
    pub(crate) fn base(&self) -> &str {
        self.service.base()
    }

    /// Where Meta is to deliver.
    pub(crate) fn webhook(&self) -> String {
        format!("{}/webhook", self.service.base())
    }

    /// `GET /health`
    pub(crate) fn health(&self) -> Result<Health, String> {
        let answer = self.service.call("GET", "/health", Call::default());
        let answer = answer.map_err(|why| format!("{} does not answer: {why}", self.base()))?;
        let json = answer.json();
        let Some(settings) = json.get("configuration") else {
            return Err(format!(
                "there is no Treebot at {}: /health answers with status {}",
                self.base(),
                answer.status
            ));
        };
        let text = |name: &str| json.pointer(name).and_then(Value::as_str).map(printable);
        let list = |name: &str| -> Vec<String> {
            let list = json.get(name).and_then(Value::as_array).map_or(&[][..], Vec::as_slice);
            list.iter().filter_map(Value::as_str).map(printable).collect()
        };
        Ok(Health {
            ok: json.get("ok").and_then(Value::as_bool) == Some(true),
            missing: list("missing"),
            tree: text("/tree/name").unwrap_or_default(),
            revision: text("/tree/revision").unwrap_or_default(),
            from: text("/tree/from").unwrap_or_default(),
            problem: text("/tree/problem"),
            last_send_error: text("/last_send_error"),
            alerts: list("alerts"),
            pages: list("pages"),
            graph_version: text("/graph_version"),
            settings: settings.clone(),
        })
    }

    /// Does what Meta does to make sure that a webhook is the operator's. What is wrong, if something is.
    pub(crate) fn verify(&self, verify_token: &str) -> Result<(), String> {
        let query = Serializer::new(String::new())
            .append_pair("hub.mode", "subscribe")
            .append_pair("hub.challenge", CHALLENGE)
            .append_pair("hub.verify_token", verify_token)
            .finish();
        let answer = self.service.call("GET", &format!("/webhook?{query}"), Call::default());
        let answer = answer.map_err(told)?;
        match answer.status {
            200 if answer.body == CHALLENGE.as_bytes() => Ok(()),
            200 => Err("something else answers there than Treebot's webhook".to_owned()),
            403 => Err("VERIFY_TOKEN is not the Worker's: `wrangler secret put VERIFY_TOKEN` sets that one".to_owned()),
            503 => Err(NOT_CONFIGURED.to_owned()),
            _ => Err(unexpected(&answer)),
        }
    }

    /// Delivers what Meta's dashboard delivers to test a webhook: nobody is answered. What is wrong, if something is.
    pub(crate) fn deliver_test(&self, app_secret: &str) -> Result<(), String> {
        let (body, signature) = signed_test_event(app_secret);
        let headers = vec![
            ("Content-Type", "application/json".to_owned()),
            ("X-Hub-Signature-256", signature),
        ];
        let answer = self.service.call("POST", "/webhook", Call { headers, body: Some(body) });
        let answer = answer.map_err(told)?;
        match answer.status {
            200 => Ok(()),
            403 => Err(
                "APP_SECRET is not the Worker's: `wrangler secret put APP_SECRET` sets that one"
                    .to_owned(),
            ),
            503 => Err(NOT_CONFIGURED.to_owned()),
            _ => Err(unexpected(&answer)),
        }
    }
}

impl Health {
    /// Whether the Worker has a setting.
    pub(crate) fn has(&self, name: &str) -> bool {
        self.says_of(name) == Some("present")
    }

    /// Whether the Worker has a setting that is too short to be used.
    pub(crate) fn is_too_short(&self, name: &str) -> bool {
        self.says_of(name) == Some("too short")
    }

    fn says_of(&self, name: &str) -> Option<&str> {
        self.settings.get(name).and_then(Value::as_str)
    }
}

const NOT_CONFIGURED: &str = "the webhook is closed while a setting is missing";

fn told(why: NoAnswer) -> String {
    format!("it does not answer: {why}")
}

fn unexpected(answer: &Answer) -> String {
    format!("it answers with status {}", answer.status)
}
