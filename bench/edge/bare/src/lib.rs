//! A bare Worker in Rust: what one writes in an hour with the `worker` crate, as its documentation does it. It does the
//! same job as `workers/shell.js` beside it, with nothing of Treebot in it, so that what Rust costs on workerd can be told
//! from what Treebot does.

mod render;
mod walker;

use std::sync::OnceLock;

use hmac::{Hmac, KeyInit, Mac};
use serde_json::{Value, json};
use sha2::Sha256;
use worker::kv::KvStore;
use worker::{
    Context, Env, Error, Fetch, Headers, Method, Request, RequestInit, Response, Result, event,
};

use render::render;
use walker::Walker;

/// The tree as JSON: `contestants.mjs` writes it, as it does for the others. Answers are pairs of a key and a node, as
/// `serde_json` keeps no order of keys.
const TREE: &str = include_str!(concat!(env!("OUT_DIR"), "/tree.json"));

const KEPT: u64 = 90 * 24 * 60 * 60;

#[event(fetch)]
async fn fetch(mut request: Request, env: Env, _context: Context) -> Result<Response> {
    if request.method() != Method::Post || request.path() != "/webhook" {
        return Response::error("Not found", 404);
    }
    let body = request.bytes().await?;
    let secret = env.var("APP_SECRET")?.to_string();
    let signature = request.headers().get("X-Hub-Signature-256")?.unwrap_or_default();
    let is_ours = bytes(signature.get("sha256=".len()..).unwrap_or_default())
        .is_some_and(|signature| keyed(&secret, &body).verify_slice(&signature).is_ok());
    if !is_ours {
        return Response::error("Forbidden", 403);
    }
    let body: Value = serde_json::from_slice(&body)?;
    let bot = Bot::new(&env, &secret)?;
    for entry in list(body.get("entry")) {
        for item in list(entry.get("messaging")) {
            if bot.answer(item, text(entry.get("id"))).await.is_err() {
                return Ok(Response::builder().with_status(503).fixed(b"Try again".to_vec()));
            }
        }
    }
    Response::ok("EVENT_RECEIVED")
}

struct Bot {
    walker: &'static Walker,
    kv: KvStore,
    base: String,
    token: String,
    proof: String,
}

impl Bot {
    fn new(env: &Env, secret: &str) -> Result<Self> {
        static WALKER: OnceLock<Walker> = OnceLock::new();
        static PROOF: OnceLock<String> = OnceLock::new();
        let token = env.var("PAGE_ACCESS_TOKEN")?.to_string();
        let proof = || hex(&keyed(secret, token.as_bytes()).finalize().into_bytes());
        Ok(Self {
            walker: WALKER.get_or_init(|| Walker::new(TREE)),
            kv: env.kv("STATE")?,
            base: env.var("GRAPH_API_BASE")?.to_string(),
            proof: PROOF.get_or_init(proof).clone(),
            token,
        })
    }

    async fn answer(&self, item: &Value, page: &str) -> Result<()> {
        let person = text(item.pointer("/sender/id"));
        let said = ["/message/quick_reply/payload", "/message/text", "/postback/payload"];
        let Some(said) = said.iter().find_map(|at| item.pointer(at)?.as_str()) else {
            return Ok(());
        };
        let mid = item.pointer("/message/mid").or_else(|| item.pointer("/postback/mid"));
        let place = format!("{page}:{person}");
        let stored = self.kv.get(&place).text().await?;
        let (reply, state) = match stored {
            None => self.walker.start(),
            Some(state) => self.walker.message(&state, said),
        };
        let messages = render(reply);
        if messages.len() > 1 {
            let typing = json!({"recipient": {"id": person}, "sender_action": "typing_on"});
            let call = self.call(page, &typing)?;
            worker::wasm_bindgen_futures::spawn_local(async move {
                // Whatever becomes of it.
                let _ = Fetch::Request(call).send().await;
            });
        }
        for mut message in messages {
            if let Some(message) = message.as_object_mut() {
                message.insert("metadata".to_owned(), format!("reply-to:{}", text(mid)).into());
            }
            let body = json!({"recipient": {"id": person}, "messaging_type": "RESPONSE", "message": message});
            let mut answer = Fetch::Request(self.call(page, &body)?).send().await?;
            let answer: Value = answer.json().await?;
            if let Some(error) = answer.get("error") {
                return Err(Error::RustError(text(error.get("message")).to_owned()));
            }
        }
        self.kv.put(&place, state)?.expiration_ttl(KEPT).execute().await?;
        Ok(())
    }

    fn call(&self, page: &str, body: &Value) -> Result<Request> {
        let address = format!("{}/{page}/messages?appsecret_proof={}", self.base, self.proof);
        let headers = Headers::new();
        headers.set("Authorization", &format!("Bearer {}", self.token))?;
        headers.set("Content-Type", "application/json")?;
        let mut init = RequestInit::new();
        init.with_method(Method::Post)
            .with_headers(headers)
            .with_body(Some(body.to_string().into()));
        Request::new_with_init(&address, &init)
    }
}

fn text(value: Option<&Value>) -> &str {
    value.and_then(Value::as_str).unwrap_or_default()
}

fn list(value: Option<&Value>) -> &[Value] {
    value.and_then(Value::as_array).map_or(&[], Vec::as_slice)
}

#[expect(clippy::expect_used, reason = "HMAC takes keys of any length")]
fn keyed(key: &str, message: &[u8]) -> Hmac<Sha256> {
    let mut mac = Hmac::<Sha256>::new_from_slice(key.as_bytes()).expect("any length");
    mac.update(message);
    mac
}

fn bytes(hex: &str) -> Option<Vec<u8>> {
    let pairs = (0..hex.len()).step_by(2);
    pairs.map(|at| u8::from_str_radix(hex.get(at..at + 2)?, 16).ok()).collect()
}

fn hex(bytes: &[u8]) -> String {
    bytes.iter().map(|byte| format!("{byte:02x}")).collect()
}
