//! Calling JavaScript as it is: the `worker` crate's own ways to storage would bring a second reader for JavaScript's
//! values into the Worker.
//!
//! What takes time is asked for under a number, and `host.js` tells all that comes of it to one function. A promise for
//! each would cost two functions on the way in and two on the way back, which come to more than a turn of the
//! conversation (docs/decisions/0017-one-crossing.md).

use std::cell::{Cell, RefCell};
use std::pin::Pin;
use std::task::{Context, Poll, Waker};

use serde_json::Value;
use worker::js_sys::{Array, Date, Function, JSON, Reflect, Uint8Array};
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::web_sys::{Request, Response};

use crate::task;

#[wasm_bindgen(module = "/src/host.js")]
extern "C" {
    #[wasm_bindgen(catch, variadic, js_name = ask)]
    fn host_ask(number: u32, of: &JsValue, method: &str, values: &[JsValue])
    -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = list)]
    fn host_list(number: u32, kv: &JsValue, prefix: &str, limit: u32) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = put)]
    fn host_put(number: u32, kv: &JsValue, lines: &str, seconds: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = sleep)]
    fn host_sleep(number: u32, milliseconds: f64) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = target)]
    fn host_target(
        method: &str,
        address: &str,
        authorization: &str,
        json: bool,
    ) -> Result<JsValue, JsValue>;
    #[wasm_bindgen(catch, js_name = call)]
    fn host_call(
        number: u32,
        target: &JsValue,
        body: Option<&str>,
        within: f64,
        most: u32,
    ) -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = read)]
    fn host_read(number: u32, request: &Request, announced: bool, most: u32)
    -> Result<(), JsValue>;
    #[wasm_bindgen(catch, js_name = graphemes)]
    fn host_graphemes(text: &str) -> Result<Vec<u32>, JsValue>;
    #[wasm_bindgen(js_name = head)]
    fn host_head(request: &Request) -> String;
    #[wasm_bindgen(catch, js_name = respond)]
    fn host_respond(status: u16, text: &str) -> Result<Response, JsValue>;
    #[wasm_bindgen(catch, js_name = respondBytes)]
    fn host_respond_bytes(body: &[u8], lines: &str) -> Result<Response, JsValue>;
}

/// Calls a method.
pub(crate) fn call(of: &JsValue, method: &str, arguments: &[JsValue]) -> Result<JsValue, JsValue> {
    let function: Function = Reflect::get(of, &method.into())?.dyn_into()?;
    let arguments: Array = arguments.iter().collect();
    function.apply(of, &arguments)
}

/// Calls a method, and waits for what it promises.
pub(crate) async fn ask(
    of: &JsValue,
    method: &str,
    arguments: &[JsValue],
) -> Result<JsValue, JsValue> {
    Asked::begin(|number| host_ask(number, of, method, arguments))?.await
}

/// The first keys of a namespace with this prefix, with their metadata.
pub(crate) async fn list(
    kv: &JsValue,
    prefix: &str,
    limit: u32,
) -> Result<Vec<(String, Option<String>)>, JsValue> {
    let keys = Asked::begin(|number| host_list(number, kv, prefix, limit))?.await?;
    let keys = keys.as_string().unwrap_or_default();
    // No key of ours has a blank inside, and no event a line break.
    let pair = |line: &str| match line.split_once(' ') {
        Some((key, metadata)) => (key.to_owned(), Some(metadata.to_owned())),
        None => (line.to_owned(), None),
    };
    Ok(keys.split('\n').filter(|line| !line.is_empty()).map(pair).collect())
}

/// Writes a value into a namespace, for so many seconds.
pub(crate) async fn put(
    kv: &JsValue,
    key: &str,
    value: &str,
    seconds: u64,
    metadata: &str,
) -> Result<(), JsValue> {
    // None of them has a line break inside: two are keys and events, and the last stands at the end.
    let lines = [key, metadata, value].join("\n");
    let seconds = seconds as f64;
    Asked::begin(|number| host_put(number, kv, &lines, seconds))?.await.map(|_| ())
}

/// Waits.
pub(crate) async fn sleep(milliseconds: i64) {
    // It cannot fail; if it did there would be less of a wait.
    if let Ok(asleep) = Asked::begin(|number| host_sleep(number, milliseconds as f64)) {
        let _ = asleep.await;
    }
}

/// What another service answers.
pub(crate) struct Answered {
    /// The status.
    pub(crate) status: u16,
    /// `X-Business-Use-Case-Usage`.
    pub(crate) usage: Option<String>,
    /// `Retry-After`.
    pub(crate) retry_after: Option<String>,
    /// The beginning of the body.
    pub(crate) text: String,
}

/// Where another service is asked, and how.
pub(crate) struct Target(JsValue);

impl Target {
    /// To be made once, and used again and again.
    pub(crate) fn new(method: &str, address: &str, authorization: &str) -> Result<Self, JsValue> {
        host_target(method, address, authorization, method == "POST").map(Self)
    }

    /// Asks, and waits so many milliseconds for the answer.
    pub(crate) async fn ask(
        &self,
        body: Option<&str>,
        within: i64,
        most: u32,
    ) -> Result<Answered, JsValue> {
        let answer = self.start(body, within, most)?.await?.as_string().unwrap_or_default();
        let mut lines = answer.splitn(4, '\n');
        let mut line = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
        let status = line().and_then(|status| status.parse().ok()).ok_or(JsValue::NULL)?;
        let (usage, retry_after) = (line(), line());
        Ok(Answered { status, usage, retry_after, text: line().unwrap_or_default() })
    }

    /// Asks; who does not wait for the answer lets it go.
    pub(crate) fn start(
        &self,
        body: Option<&str>,
        within: i64,
        most: u32,
    ) -> Result<Asked, JsValue> {
        let within = within as f64;
        Asked::begin(|number| host_call(number, &self.0, body, within, most))
    }
}

/// What a request says before its body is read.
pub(crate) struct Head {
    /// The method.
    pub(crate) method: String,
    /// The whole address.
    pub(crate) address: String,
    /// `X-Hub-Signature-256`.
    pub(crate) signature: Option<String>,
    /// `Content-Length`.
    pub(crate) length: Option<String>,
}

impl Head {
    /// That of a request.
    pub(crate) fn of(request: &Request) -> Self {
        let head = host_head(request);
        let mut lines = head.splitn(4, '\n');
        let mut line = || lines.next().filter(|line| !line.is_empty()).map(str::to_owned);
        let (method, address) = (line().unwrap_or_default(), line().unwrap_or_default());
        Self { method, address, signature: line(), length: line() }
    }

    /// The address without the server and without the query.
    pub(crate) fn path(&self) -> &str {
        let rest = self.address.split_once("://").map_or("", |(_, rest)| rest);
        let path = rest.find('/').and_then(|at| rest.get(at..)).unwrap_or("/");
        path.split(['?', '#']).next().unwrap_or("/")
    }

    /// What stands after `?`.
    pub(crate) fn query(&self) -> &str {
        self.address.split_once('?').map_or("", |(_, query)| query)
    }
}

/// The bytes of a body; none if there are more than so many. Where its length is `announced` the runtime holds it to that,
/// so it is taken in one piece.
pub(crate) async fn body(
    request: &Request,
    announced: bool,
    most: usize,
) -> Result<Option<Vec<u8>>, JsValue> {
    let most = u32::try_from(most).unwrap_or(u32::MAX);
    let body = Asked::begin(|number| host_read(number, request, announced, most))?.await?;
    Ok(body.dyn_into::<Uint8Array>().ok().map(|body| body.to_vec()))
}

/// An answer for the runtime.
pub(crate) fn respond(answer: &crate::answer::Answer) -> Result<Response, JsValue> {
    let mut text = String::with_capacity(128 + answer.body.len());
    for (name, value) in &answer.headers {
        // A line each: no header has one inside, and none is empty.
        for part in [name, value.as_str()] {
            text.extend(part.chars().filter(|character| *character != '\n'));
            text.push('\n');
        }
    }
    text.push('\n');
    text.push_str(&answer.body);
    host_respond(answer.status, &text)
}

/// An answer of bytes, with these headers.
pub(crate) fn respond_bytes(body: &[u8], headers: &[(&str, &str)]) -> Result<JsValue, JsValue> {
    let lines: Vec<String> =
        headers.iter().map(|(name, value)| format!("{name}\n{value}")).collect();
    host_respond_bytes(body, &lines.join("\n")).map(JsValue::from)
}

thread_local! {
    static NOW: Cell<i64> = const { Cell::new(0) };
}

/// What time it is. It stands still while code runs, and goes on at every wait: so it is asked for there.
pub(crate) fn now() -> i64 {
    NOW.get()
}

/// Time has passed. To be called wherever the runtime calls; what is [`Asked`] for does it by itself.
pub(crate) fn time_passes() {
    NOW.set(Date::now() as i64);
}

/// What an object has under a name.
pub(crate) fn get(of: &JsValue, name: &str) -> Result<JsValue, JsValue> {
    Reflect::get(of, &name.into())
}

/// A value for JavaScript.
pub(crate) fn value(value: &Value) -> Result<JsValue, JsValue> {
    JSON::parse(&value.to_string())
}

/// A value of JavaScript; null where it is none that JSON has.
pub(crate) fn read(value: &JsValue) -> Value {
    let text = JSON::stringify(value).map(String::from).unwrap_or_default();
    serde_json::from_str(&text).unwrap_or_default()
}

/// Where the characters of a text end as people see them, in bytes: JavaScript has the tables for it.
pub(crate) fn graphemes(text: &str) -> Vec<usize> {
    let borders = host_graphemes(text).unwrap_or_default();
    // Units of UTF-16 to bytes, both in order.
    let (mut units, mut next) = (0, borders.into_iter().peekable());
    let mut found = Vec::new();
    for (at, character) in text.char_indices() {
        if next.next_if(|border: &u32| *border as usize <= units).is_some() && at > 0 {
            found.push(at);
        }
        units += character.len_utf16();
    }
    found.push(text.len());
    found
}

thread_local! {
    /// What is waited for, in all requests of this isolate.
    static WAITING: RefCell<Waiting> = RefCell::default();
}

#[derive(Default)]
struct Waiting {
    last: u32,
    /// By their numbers.
    things: Vec<(u32, Thing)>,
}

impl Waiting {
    fn thing(&mut self, number: u32) -> Option<&mut Thing> {
        let found = self.things.iter_mut().find(|(known, _)| *known == number);
        found.map(|(_, thing)| thing)
    }
}

enum Thing {
    Asked(Option<Waker>),
    Settled(Result<JsValue, JsValue>),
}

/// Something that was asked for. Whoever waits no longer lets go of it, and what comes of it is not heard.
pub(crate) struct Asked(u32);

impl Asked {
    fn begin(ask: impl FnOnce(u32) -> Result<(), JsValue>) -> Result<Self, JsValue> {
        let asked = WAITING.with_borrow_mut(|waiting| {
            waiting.last = waiting.last.wrapping_add(1);
            waiting.things.push((waiting.last, Thing::Asked(None)));
            Self(waiting.last)
        });
        ask(asked.0)?;
        Ok(asked)
    }
}

/// Something has come of what was asked for under a number: the value, or why there is none. For `entry.js`.
#[expect(unreachable_pub, reason = "for JavaScript")]
#[wasm_bindgen]
pub fn settled(number: u32, value: JsValue, failed: bool) {
    time_passes();
    let waker = WAITING.with_borrow_mut(|waiting| {
        let thing = waiting.thing(number)?;
        let result = if failed { Err(value) } else { Ok(value) };
        match std::mem::replace(thing, Thing::Settled(result)) {
            Thing::Asked(waker) => waker,
            Thing::Settled(_) => None,
        }
    });
    if let Some(waker) = waker {
        waker.wake();
    }
    task::go_on();
}

impl Future for Asked {
    type Output = Result<JsValue, JsValue>;

    fn poll(self: Pin<&mut Self>, context: &mut Context<'_>) -> Poll<Self::Output> {
        let asked = Thing::Asked(Some(context.waker().clone()));
        let thing = WAITING
            .with_borrow_mut(|waiting| Some(std::mem::replace(waiting.thing(self.0)?, asked)));
        match thing {
            Some(Thing::Settled(result)) => Poll::Ready(result),
            Some(Thing::Asked(_)) => Poll::Pending,
            // Nobody asks again who has been answered.
            None => Poll::Ready(Err(JsValue::NULL)),
        }
    }
}

impl Drop for Asked {
    fn drop(&mut self) {
        // What is let go of here may let go of others, so nothing is borrowed any more by then.
        let _thing = WAITING.with_borrow_mut(|waiting| {
            let at = waiting.things.iter().position(|(number, _)| *number == self.0)?;
            Some(waiting.things.swap_remove(at))
        });
    }
}
