//! The Graph API over `fetch`.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use serde_json::Value;
use treebot::Millis;
use treebot_messenger::errors::{Failure, Sent, WaitHeaders, read_answer};
use treebot_messenger::signature::appsecret_proof;
use worker::wasm_bindgen::JsValue;
use worker::{AbortController, Delay, Fetch, Headers, Method, Request, RequestInit, RequestRedirect, Response};

use crate::config::Config;
use crate::delivery::Graph;

/// The longest answer that is read.
const MAX_ANSWER: usize = 64 * 1024;

/// The Send API of the configured base address.
pub struct SendApi {
    base: String,
    proof: String,
    authorization: String,
}

impl SendApi {
    /// With the token and the proof of this configuration.
    #[must_use]
    pub fn new(config: &Config) -> Self {
        Self {
            base: config.graph.clone(),
            proof: appsecret_proof(&config.app_secret, &config.page_access_token),
            // In a header and not in the address, where it could end up in logs.
            authorization: format!("Bearer {}", config.page_access_token),
        }
    }

    fn request(&self, page: &str, body: &Value) -> worker::Result<Request> {
        let headers = Headers::new();
        headers.set("Authorization", &self.authorization)?;
        headers.set("Content-Type", "application/json")?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post).with_headers(headers).with_redirect(RequestRedirect::Manual);
        init.with_body(Some(JsValue::from(body.to_string())));
        let Self { base, proof, .. } = self;
        Request::new_with_init(&format!("{base}/{page}/messages?appsecret_proof={proof}"), &init)
    }
}

impl Graph for SendApi {
    async fn send(&self, page: &str, body: &Value, within: Millis) -> Result<Sent, Failure> {
        let call = async {
            let abort = AbortController::default();
            let signal = abort.signal();
            let request = self.request(page, body)?;
            let call = pin!(async {
                let mut response = Fetch::Request(request).send_with_signal(&signal).await?;
                let answer = read(&mut response).await?;
                Ok::<_, worker::Error>((response, answer))
            });
            let late = pin!(Delay::from(Duration::from_millis(within.0.unsigned_abs())));
            match select(call, late).await {
                Either::Left((answered, _)) => answered,
                Either::Right(((), _)) => {
                    abort.abort();
                    Err(worker::Error::from("no answer in time"))
                }
            }
        };
        // Why there is no answer is not shown: it would name the address, with the proof.
        let (response, answer) = call.await.map_err(|_: worker::Error| Failure::no_answer())?;
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let (usage, retry_after) = (header("X-Business-Use-Case-Usage"), header("Retry-After"));
        let wait = WaitHeaders { usage: usage.as_deref(), retry_after: retry_after.as_deref() };
        read_answer(response.status_code(), wait, &answer)
    }
}

async fn read(response: &mut Response) -> worker::Result<Vec<u8>> {
    let mut answer = response.bytes().await?;
    answer.truncate(MAX_ANSWER);
    Ok(answer)
}
