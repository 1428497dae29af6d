//! The Graph API over `fetch`.

use treebot::Millis;
use treebot_messenger::errors::{Failure, Sent, WaitHeaders, read_answer};
use treebot_messenger::signature::appsecret_proof;
use worker::wasm_bindgen::JsValue;

use crate::config::Config;
use crate::delivery::Graph;
use crate::js::{Answered, fetch, start_fetch};

/// The most characters of an answer that are read.
const MAX_ANSWER: u32 = 64 * 1024;

/// How long something may take that nobody waits for.
const HINT: i64 = 2000;

/// The Send API of the configured base address.
pub(crate) struct SendApi {
    base: String,
    proof: String,
    authorization: String,
}

impl SendApi {
    /// With the token and the proof of this configuration.
    #[must_use]
    pub(crate) fn new(config: &Config) -> Self {
        Self {
            base: config.graph.clone(),
            proof: appsecret_proof(&config.app_secret, &config.page_access_token),
            // In a header and not in the address, where it could end up in logs.
            authorization: format!("Bearer {}", config.page_access_token),
        }
    }

    /// Asks for something, and waits so long for an answer.
    ///
    /// # Errors
    /// There is none. Why is not said: it would name the address, with the proof.
    pub(crate) async fn get(&self, path: &str, within: Millis) -> Result<(u16, Vec<u8>), NoAnswer> {
        let Answered { status, text, .. } = self.call("GET", path, None, within).await?;
        Ok((status, text.into_bytes()))
    }

    async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
        within: Millis,
    ) -> Result<Answered, NoAnswer> {
        let Self { base, proof, authorization } = self;
        let address = format!("{base}/{path}?appsecret_proof={proof}");
        let answered = fetch(method, &address, authorization, body, within.0, MAX_ANSWER).await;
        answered.map_err(|_: JsValue| NoAnswer)
    }
}

/// There was no answer: no connection, or none in time.
pub(crate) struct NoAnswer;

impl Graph for SendApi {
    async fn send(&self, page: &str, body: &str, within: Millis) -> Result<Sent, Failure> {
        let path = format!("{page}/messages");
        let called = self.call("POST", &path, Some(body), within).await;
        let Answered { status, usage, retry_after, text } =
            called.map_err(|NoAnswer| Failure::no_answer())?;
        let wait = WaitHeaders { usage: usage.as_deref(), retry_after: retry_after.as_deref() };
        read_answer(status, wait, text.as_bytes())
    }

    fn hint(&self, page: &str, body: &str) {
        let Self { base, proof, authorization } = self;
        let address = format!("{base}/{page}/messages?appsecret_proof={proof}");
        // Whatever becomes of it.
        let _ = start_fetch("POST", &address, authorization, Some(body), HINT, MAX_ANSWER);
    }
}
