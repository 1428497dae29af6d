//! The Graph API, as an operator uses it: what Meta knows about the page and the app, and changing it.

use std::fmt;

use form_urlencoded::Serializer;
use serde_json::Value;
use treebot_messenger::errors::{Class, Failure, WaitHeaders, read_answer};
use treebot_messenger::profile::{LOOKED_AT, Profile};
use treebot_messenger::setup::{
    AppSubscription, SubscribedApp, app_form, app_token, page_form, proof, read_app, read_page,
};

use crate::http::{Answer, Call, Service, printable};
use crate::settings::Settings;

/// Where the Graph API is, if nothing else is configured: as in the Worker.
pub(crate) const DEFAULT_GRAPH: &str = "https://graph.facebook.com/v25.0";

/// The Graph API with the tokens of an operator.
pub(crate) struct Graph<'a> {
    service: Service,
    secret: &'a str,
    token: &'a str,
    app: Option<&'a str>,
}

/// The page that the token is for.
pub(crate) struct Page {
    pub(crate) id: String,
    pub(crate) name: String,
}

/// Why Graph did not do it.
#[derive(Debug)]
pub(crate) struct Refused {
    why: String,
    helps: &'static str,
}

impl<'a> Graph<'a> {
    /// The Graph API that the settings name.
    pub(crate) fn new(settings: &'a Settings) -> Result<Self, String> {
        let secret = settings.need("APP_SECRET", "your Meta app's secret")?;
        let token = settings.need("PAGE_ACCESS_TOKEN", "lets the bot answer for the page")?;
        let service = Service::at(settings.get("GRAPH_API_BASE").unwrap_or(DEFAULT_GRAPH))
            .map_err(|problem| format!("GRAPH_API_BASE: {problem}"))?;
        Ok(Self { service, secret, token, app: settings.get("APP_ID") })
    }

    /// `GET /me`
    pub(crate) fn page(&self) -> Result<Page, Refused> {
        let me = self.as_page("GET", "/me", &[("fields", "id,name")], None)?;
        let text = |name: &str| me.get(name).and_then(Value::as_str).map(printable);
        match text("id") {
            Some(id) if id.chars().all(|digit| digit.is_ascii_digit()) => {
                Ok(Page { id, name: text("name").unwrap_or_default() })
            }
            Some(_) | None => Err(Refused {
                why: "Graph does not say whose token PAGE_ACCESS_TOKEN is".to_owned(),
                helps: "is GRAPH_API_BASE right?",
            }),
        }
    }

    /// `GET /{page}/subscribed_apps`
    pub(crate) fn subscribed_apps(&self, page: &Page) -> Result<Vec<SubscribedApp>, Refused> {
        let answer = self.as_page("GET", &format!("/{}/subscribed_apps", page.id), &[], None)?;
        Ok(read_page(&answer))
    }

    /// `POST /{page}/subscribed_apps`
    pub(crate) fn subscribe_page(&self, page: &Page) -> Result<(), Refused> {
        let path = format!("/{}/subscribed_apps", page.id);
        self.as_page("POST", &path, &[], Some(form(&page_form()))).map(|_| ())
    }

    /// `GET /me/messenger_profile`
    pub(crate) fn profile(&self) -> Result<Profile, Refused> {
        let answer =
            self.as_page("GET", "/me/messenger_profile", &[("fields", LOOKED_AT)], None)?;
        Ok(Profile::read(&answer))
    }

    /// `POST` or `DELETE /me/messenger_profile`
    pub(crate) fn change_profile(&self, method: &str, body: &Value) -> Result<(), Refused> {
        let body = ("application/json", body.to_string().into_bytes());
        self.as_page(method, "/me/messenger_profile", &[], Some(body)).map(|_| ())
    }

    /// `GET /{app}/subscriptions`; none where the app's id is not known.
    pub(crate) fn app_subscription(&self) -> Option<Result<Option<AppSubscription>, Refused>> {
        let app = self.app?;
        Some(self.as_app(app, "GET", None).map(|answer| read_app(&answer)))
    }

    /// `POST /{app}/subscriptions`: Meta looks at the webhook at once.
    pub(crate) fn subscribe_app(&self, callback: &str, verify_token: &str) -> Result<(), Refused> {
        let app = self.app.unwrap_or_default();
        self.as_app(app, "POST", Some(form(&app_form(callback, verify_token)))).map(|_| ())
    }

    fn as_page(
        &self,
        method: &str,
        path: &str,
        query: &[(&str, &str)],
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<Value, Refused> {
        let (name, value) = proof(self.secret, self.token);
        let query =
            Serializer::new(String::new()).extend_pairs(query).append_pair(name, &value).finish();
        self.call(method, &format!("{path}?{query}"), self.token, body)
    }

    fn as_app(
        &self,
        app: &str,
        method: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<Value, Refused> {
        let is_id = !app.is_empty() && app.chars().all(|digit| digit.is_ascii_digit());
        if !is_id {
            return Err(Refused {
                why: "APP_ID is not the number of an app".to_owned(),
                helps: "it stands at the top of the app's dashboard",
            });
        }
        self.call(method, &format!("/{app}/subscriptions"), &app_token(app, self.secret), body)
    }

    fn call(
        &self,
        method: &str,
        path: &str,
        token: &str,
        body: Option<(&str, Vec<u8>)>,
    ) -> Result<Value, Refused> {
        let mut headers = vec![("Authorization", format!("Bearer {token}"))];
        let body = body.map(|(kind, body)| {
            headers.push(("Content-Type", kind.to_owned()));
            body
        });
        let answer = self.service.call(method, path, Call { headers, body });
        let answer = answer.map_err(|why| Refused {
            why: format!("{} does not answer: {why}", self.service.base()),
            helps: "is GRAPH_API_BASE right? Meta's is https://graph.facebook.com/v25.0",
        })?;
        match read_answer(answer.status, WaitHeaders::default(), &answer.body) {
            Ok(_) => Ok(answer.json()),
            Err(failure) => Err(self.refused(&answer, &failure)),
        }
    }

    fn refused(&self, answer: &Answer, failure: &Failure) -> Refused {
        let json = answer.json();
        let message = json.pointer("/error/message").and_then(Value::as_str);
        let message = message.map_or_else(|| format!("status {}", answer.status), str::to_owned);
        // Whatever Meta writes there: no secret is shown.
        let hidden = [self.token, self.secret]
            .iter()
            .fold(message, |message, secret| message.replace(secret, "…"));
        let line: String = hidden.chars().filter(|letter| !letter.is_control()).take(200).collect();
        let code = failure.code.map_or_else(String::new, |code| format!(" (code {code})"));
        Refused { why: format!("Meta says: {line}{code}"), helps: helps(failure.class) }
    }
}

impl fmt::Display for Refused {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(f, "{}; {}", self.why, self.helps)
    }
}

const fn helps(class: Class) -> &'static str {
    match class {
        Class::Auth => {
            "make a new page token in the app's dashboard, under Messenger, and set PAGE_ACCESS_TOKEN; APP_SECRET must be the same app's"
        }
        Class::Permission => {
            "the token needs pages_messaging to send and pages_manage_metadata to subscribe: give both when making it"
        }
        Class::RateLimited => "wait ten minutes: Meta allows few of these calls",
        Class::CircuitBreak => "look at the page's support inbox: Meta has warned or restricted it",
        Class::Transient => "try again in a moment",
        Class::WindowClosed | Class::Undeliverable | Class::NotThreadOwner | Class::BadRequest => {
            "nothing of this step was changed"
        }
    }
}

fn form(pairs: &[(&'static str, String)]) -> (&'static str, Vec<u8>) {
    let form = Serializer::new(String::new()).extend_pairs(pairs).finish();
    ("application/x-www-form-urlencoded", form.into_bytes())
}
