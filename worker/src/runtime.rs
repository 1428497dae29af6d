//! Where the Workers runtime comes in.

use std::cell::RefCell;
use std::sync::OnceLock;
use std::time::Duration;

use futures_util::StreamExt;
use treebot::{Millis, Tree};
use worker::{
    Context, Delay, Env, Method, Request, Response, ScheduleContext, ScheduledEvent, event,
};

use crate::answer::Answer;
use crate::config::{Config, DEFAULT_TREE, Presence};
use crate::delivery::{Clock, Host};
use crate::graph::SendApi;
use crate::health::health;
use crate::kv::Kv;
use crate::log::Line;
use crate::memory::Memory;
use crate::webhook::{BodyError, Head, not_configured, receive, verification};

/// The trees by name, compiled; `build.rs` has made sure that they load.
const TREES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/trees.rs"));

thread_local! {
    /// What the requests of this isolate share. It has one thread, and lives as long as this.
    static MEMORY: &'static RefCell<Memory> = Box::leak(Box::default());
}

/// Answers a request. Everything but the routes below is the static site's, which wakes no Worker.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    let answer = match (request.path().as_str(), request.method()) {
        ("/webhook", method) => webhook(request, method, &env).await,
        ("/health", Method::Get | Method::Head) => health_of(&env),
        ("/health", _) => Answer::not_allowed("GET, HEAD"),
        _ => Answer::text(404, "Not found"),
    };
    respond(&answer)
}

/// Deletes what people have asked to be deleted and what did not show at the time.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let Ok((_, kv)) = configuration(&env) else { return };
    if kv.forget_the_rest().await.is_err() {
        print(Line::about("store").with("failed", "forget"));
    }
}

async fn webhook(request: Request, method: Method, env: &Env) -> Answer {
    if !matches!(method, Method::Get | Method::Post) {
        return Answer::not_allowed("GET, POST");
    }
    let (config, kv) = match configuration(env) {
        Ok(configuration) => configuration,
        Err(presence) => {
            let (answer, line) = not_configured(&presence);
            print(line);
            return answer;
        }
    };
    if method == Method::Get {
        // The text is taken apart here: the crate for whole addresses would be a third of this Worker.
        let address = request.inner().url();
        return verification(address.split_once('?').map_or("", |(_, query)| query), &config);
    }
    let Some(tree) = tree(env) else {
        print(Line::about("configuration").with("unknown", "TREE"));
        return Answer::text(503, "Not configured");
    };
    let head = Head {
        signature: header(&request, "X-Hub-Signature-256"),
        length: header(&request, "Content-Length"),
    };
    let host = Host {
        tree,
        config: &config,
        store: &kv,
        graph: &SendApi::new(&config),
        clock: &Wall,
        memory: MEMORY.with(|memory| *memory),
        log: &print,
    };
    receive(&host, &head, async |most| body(request, most).await).await
}

fn health_of(env: &Env) -> Answer {
    let presence = Presence::read(|name| setting(env, name), Kv::bound(env, "STATE", 1).is_some());
    let last_failure = MEMORY.with(|memory| memory.borrow().last_failure());
    let tree = tree(env);
    let revision = tree.map(Tree::source_digest).unwrap_or_default();
    health(tree, revision, &presence, last_failure)
}

fn configuration(env: &Env) -> Result<(Config, Kv), Presence> {
    let has_state = Kv::bound(env, "STATE", 1).is_some();
    let config = Config::read(|name| setting(env, name), has_state)?;
    let kv = Kv::bound(env, "STATE", config.retention_days);
    kv.map(|kv| (config, kv)).ok_or_else(|| Presence::read(|name| setting(env, name), false))
}

/// A secret or a variable: they are told apart in `wrangler.toml` only.
fn setting(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string())
}

/// The compiled tree that is served, and what place codes call it; none if `TREE` names none.
fn compiled(env: &Env) -> Option<(String, &'static [u8])> {
    let name = setting(env, "TREE")
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| DEFAULT_TREE.to_owned());
    match TREES {
        // A Worker that was built with one tree serves that one, under any name.
        [(_, compiled)] => Some((name, compiled)),
        _ => {
            let found = TREES.iter().find(|(known, _)| *known == name);
            found.map(|(_, compiled)| (name, *compiled))
        }
    }
}

/// The tree, read once for each isolate.
fn tree(env: &Env) -> Option<&'static Tree> {
    static TREE: OnceLock<Option<Tree>> = OnceLock::new();
    let load = || {
        let (name, compiled) = compiled(env)?;
        Some(Tree::from_compiled(compiled).ok()?.called(&name))
    };
    TREE.get_or_init(load).as_ref()
}

fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

async fn body(mut request: Request, most: usize) -> Result<Vec<u8>, BodyError> {
    let mut chunks = request.stream().map_err(|_| BodyError::Broken)?;
    let mut body = Vec::new();
    while let Some(chunk) = chunks.next().await {
        let chunk = chunk.map_err(|_| BodyError::Broken)?;
        if body.len() + chunk.len() > most {
            return Err(BodyError::TooLong);
        }
        body.extend_from_slice(&chunk);
    }
    Ok(body)
}

fn respond(answer: &Answer) -> worker::Result<Response> {
    let mut response = Response::ok(answer.body.as_str())?.with_status(answer.status);
    for (name, value) in &answer.headers {
        response.headers_mut().set(name, value)?;
    }
    Ok(response)
}

fn print(line: Line) {
    worker::console_log!("{}", line.to_text());
}

/// The clock of the runtime. It stands still while code runs, and goes on at every wait.
struct Wall;

impl Clock for Wall {
    fn now(&self) -> Millis {
        Millis(i64::try_from(worker::Date::now().as_millis()).unwrap_or(i64::MAX))
    }

    async fn sleep(&self, time: Millis) {
        Delay::from(Duration::from_millis(time.0.unsigned_abs())).await;
    }
}
