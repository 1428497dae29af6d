//! The Graph API over `fetch`.

use std::pin::pin;
use std::time::Duration;

use futures_util::future::{Either, select};
use serde_json::Value;
use treebot::Millis;
use treebot_messenger::errors::{Failure, Sent, WaitHeaders, read_answer};
use treebot_messenger::signature::appsecret_proof;
use worker::Delay;
use worker::js_sys::{Uint8Array, global};
use worker::wasm_bindgen::{JsCast, JsValue};
use worker::wasm_bindgen_futures::JsFuture;
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

    fn request(&self, body: &Value) -> Result<RequestInit, JsValue> {
        let headers = Headers::new()?;
        headers.set("Authorization", &self.authorization)?;
        headers.set("Content-Type", "application/json")?;
        let request = RequestInit::new();
        request.set_method("POST");
        request.set_headers(&headers);
        request.set_redirect(RequestRedirect::Manual);
        request.set_body(&body.to_string().into());
        Ok(request)
    }
}

impl Graph for SendApi {
    async fn send(&self, page: &str, body: &Value, within: Millis) -> Result<Sent, Failure> {
        let call = async {
            let abort = AbortController::new()?;
            let request = self.request(body)?;
            request.set_signal(Some(&abort.signal()));
            let Self { base, proof, .. } = self;
            let address = format!("{base}/{page}/messages?appsecret_proof={proof}");
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
        // Why there is no answer is not shown: it would name the address, with the proof.
        let (response, answer) = call.await.map_err(|_: JsValue| Failure::no_answer())?;
        let header = |name: &str| response.headers().get(name).ok().flatten();
        let (usage, retry_after) = (header("X-Business-Use-Case-Usage"), header("Retry-After"));
        let wait = WaitHeaders { usage: usage.as_deref(), retry_after: retry_after.as_deref() };
        read_answer(response.status(), wait, &answer)
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
