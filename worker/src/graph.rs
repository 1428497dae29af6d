//! The Graph API over `fetch`.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use treebot::Millis;
use treebot_messenger::errors::{Failure, Sent, WaitHeaders, read_answer};
use treebot_messenger::signature::appsecret_proof;
use worker::Delay;
use worker::js_sys::{Uint8Array, global};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::{JsFuture, spawn_local};
use worker::web_sys::{
    AbortController, Headers, RequestInit, RequestRedirect, Response, WorkerGlobalScope,
};

use crate::config::Config;
use crate::delivery::Graph;

/// The longest answer that is read.
const MAX_ANSWER: u32 = 64 * 1024;

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
        let (response, answer) = self.call("GET", path, None, within).await?;
        Ok((response.status(), answer))
    }

    async fn call(
        &self,
        method: &str,
        path: &str,
        body: Option<&str>,
        within: Millis,
    ) -> Result<(Response, Vec<u8>), NoAnswer> {
        let call = async {
            let abort = AbortController::new()?;
            let request = self.request(method, body)?;
            request.set_signal(Some(&abort.signal()));
            let address = self.address(path);
            let call = pin!(fetch(&address, &request));
            let late = pin!(Delay::from(Duration::from_millis(within.0.unsigned_abs())));
            match select(call, late).await {
                Either::Left((answered, _)) => answered,
                Either::Right(((), _)) => {
                    abort.abort();
                    Err(JsValue::NULL)
                }
            }
        };
        call.await.map_err(|_: JsValue| NoAnswer)
    }

    fn address(&self, path: &str) -> String {
        let Self { base, proof, .. } = self;
        format!("{base}/{path}?appsecret_proof={proof}")
    }

    fn request(&self, method: &str, body: Option<&str>) -> Result<RequestInit, JsValue> {
        let headers = Headers::new()?;
        headers.set("Authorization", &self.authorization)?;
        let request = RequestInit::new();
        request.set_method(method);
        if let Some(body) = body {
            headers.set("Content-Type", "application/json")?;
            request.set_body(&body.into());
        }
        request.set_headers(&headers);
        request.set_redirect(RequestRedirect::Manual);
        Ok(request)
    }
}

/// There was no answer: no connection, or none in time.
pub(crate) struct NoAnswer;

impl Graph for SendApi {
    async fn send(&self, page: &str, body: &str, within: Millis) -> Result<Sent, Failure> {
        let path = format!("{page}/messages");
        let called = self.call("POST", &path, Some(body), within).await;
        let (response, answer) = called.map_err(|NoAnswer| Failure::no_answer())?;
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let (usage, retry_after) = (header("X-Business-Use-Case-Usage"), header("Retry-After"));
        let wait = WaitHeaders { usage: usage.as_deref(), retry_after: retry_after.as_deref() };
        read_answer(response.status(), wait, &answer)
    }

    fn hint(&self, page: &str, body: &str) {
        let Ok(request) = self.request("POST", Some(body)) else { return };
        let address = self.address(&format!("{page}/messages"));
        spawn_local(async move {
            // Whatever becomes of it.
            let _ = fetch(&address, &request).await;
        });
    }
}

/// An answer with its body. (As JavaScript sees it: the `worker` crate's own request brings all of
/// Cloudflare's image settings with it.)
async fn fetch(address: &str, request: &RequestInit) -> Result<(Response, Vec<u8>), JsValue> {
    let scope: WorkerGlobalScope = global().unchecked_into();
    let response: Response =
        JsFuture::from(scope.fetch_with_str_and_init(address, request)).await?.dyn_into()?;
    let body = Uint8Array::new(&JsFuture::from(response.array_buffer()?).await?);
    let body = body.subarray(0, MAX_ANSWER.min(body.length()));
    Ok((response, body.to_vec()))
}
