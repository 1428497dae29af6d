//! The Graph API over `fetch`.

use std::cell::RefCell;
use std::rc::Rc;

use treebot::Millis;
use treebot_messenger::errors::{Failure, Sent, WaitHeaders, read_answer};
use treebot_messenger::signature::appsecret_proof;
use worker::wasm_bindgen::JsValue;

use crate::config::Config;
use crate::delivery::Graph;
use crate::js::{Answered, Target};

/// The most characters of an answer that are read.
const MAX_ANSWER: u32 = 64 * 1024;

/// Of how many pages it is kept where their messages go to.
const MAX_PAGES: usize = 20;

/// How long something may take that nobody waits for.
const HINT: i64 = 2000;

/// The Send API of the configured base address.
pub(crate) struct SendApi {
    base: String,
    proof: String,
    authorization: String,
    /// Where messages of a page go to: of the first pages that there are.
    pages: RefCell<Vec<(String, Rc<Target>)>>,
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
            pages: RefCell::default(),
        }
    }

    /// Asks for something, and waits so long for an answer.
    ///
    /// # Errors
    /// There is none. Why is not said: it would name the address, with the proof.
    pub(crate) async fn get(&self, path: &str, within: Millis) -> Result<(u16, Vec<u8>), NoAnswer> {
        let target = self.target("GET", path)?;
        let Answered { status, text, .. } = target.ask(None, within.0, MAX_ANSWER).await?;
        Ok((status, text.into_bytes()))
    }

    fn target(&self, method: &str, path: &str) -> Result<Target, NoAnswer> {
        let Self { base, proof, authorization, .. } = self;
        let address = format!("{base}/{path}?appsecret_proof={proof}");
        Ok(Target::new(method, &address, authorization)?)
    }

    /// Where messages of a page go to.
    fn messages(&self, page: &str) -> Result<Rc<Target>, NoAnswer> {
        let mut pages = self.pages.borrow_mut();
        if let Some((_, target)) = pages.iter().find(|(known, _)| known == page) {
            return Ok(Rc::clone(target));
        }
        let target = Rc::new(self.target("POST", &format!("{page}/messages"))?);
        if pages.len() < MAX_PAGES {
            pages.push((page.to_owned(), Rc::clone(&target)));
        }
        Ok(target)
    }
}

/// There was no answer: no connection, or none in time.
pub(crate) struct NoAnswer;

impl From<JsValue> for NoAnswer {
    fn from(_: JsValue) -> Self {
        Self
    }
}

impl Graph for SendApi {
    async fn send(&self, page: &str, body: &str, within: Millis) -> Result<Sent, Failure> {
        let called = async {
            let target = self.messages(page)?;
            Ok(target.ask(Some(body), within.0, MAX_ANSWER).await?)
        };
        let Answered { status, usage, retry_after, text } =
            called.await.map_err(|NoAnswer| Failure::no_answer())?;
        // Nearly every answer is of this kind. What is in it nobody needs.
        if (200..300).contains(&status) && !text.contains("\"error\"") {
            return Ok(Sent::default());
        }
        let wait = WaitHeaders { usage: usage.as_deref(), retry_after: retry_after.as_deref() };
        read_answer(status, wait, text.as_bytes())
    }

    fn hint(&self, page: &str, body: &str) {
        // Whatever becomes of it.
        if let Ok(target) = self.messages(page) {
            let _ = target.start(Some(body), HINT, MAX_ANSWER);
        }
    }
}
