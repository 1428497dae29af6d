//! Where the Workers runtime comes in.

use std::cell::RefCell;
use std::time::Duration;

use futures_util::StreamExt;
use treebot::Millis;
use treebot_messenger::errors::Class;
use worker::{
    Context, Delay, Env, Method, Request, Response, ScheduleContext, ScheduledEvent, event,
};

use crate::answer::Answer;
use crate::check::{self, Found};
use crate::config::{Config, DEFAULT_TREE, Presence};
use crate::deletion;
use crate::delivery::{Clock, Host};
use crate::graph::SendApi;
use crate::health::health;
use crate::js;
use crate::kv::Kv;
use crate::log::Line;
use crate::memory::Memory;
use crate::object::{Notes, Objects};
use crate::publish::{Answered, Asked, Verb, publish, token};
use crate::sequencer::Sequenced;
use crate::served::{NoTree, Served, Shelf, Sources};
use crate::store::Store;
use crate::webhook::{BodyError, Head, not_configured, receive, verification};

/// How long a self-check waits for Graph.
const CHECK: i64 = 10_000;

/// The trees by name, compiled; `build.rs` has made sure that they load.
const TREES: &[(&str, &[u8])] = include!(concat!(env!("OUT_DIR"), "/trees.rs"));

thread_local! {
    /// What the requests of this isolate share. It has one thread, and lives as long as this.
    static MEMORY: &'static RefCell<Memory> = Box::leak(Box::default());
    /// The tree that this isolate serves.
    static SHELF: &'static RefCell<Shelf> = Box::leak(Box::default());
}

/// Answers a request. Everything but the routes below is the static site's, which wakes no Worker.
#[event(fetch)]
async fn fetch(request: Request, env: Env, _context: Context) -> worker::Result<Response> {
    let answer = match (request.path().as_str(), request.method()) {
        ("/webhook", method) => webhook(request, method, &env).await,
        ("/webhook/data-deletion", method) => data_deletion(request, method, &env).await,
        ("/health", Method::Get | Method::Head) => health_of(&env).await,
        ("/health", _) => Answer::not_allowed("GET, HEAD"),
        (path @ ("/api/tree" | "/api/tree/built"), method) => {
            let verb = match (path, method) {
                ("/api/tree", Method::Get) => Some(Verb::Get),
                ("/api/tree", Method::Put) => Some(Verb::Put),
                ("/api/tree", Method::Delete) => Some(Verb::Delete),
                (_, Method::Get) => Some(Verb::GetBuilt),
                _ => None,
            };
            match (verb, path) {
                (Some(verb), _) => return respond_to(published(request, verb, &env).await),
                (None, "/api/tree") => Answer::not_allowed("GET, PUT, DELETE"),
                (None, _) => Answer::not_allowed("GET"),
            }
        }
        _ => Answer::text(404, "Not found"),
    };
    respond(&answer)
}

/// Deletes what people have asked to be deleted and what did not show at the time, and makes sure that Meta still tells
/// us what people write.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    let Ok((config, kv)) = configuration(&env) else { return };
    if kv.forget_the_rest(Wall.now()).await.is_err() {
        print(Line::about("store").with("failed", "forget"));
    }
    self_check(&config, &kv).await;
}

async fn self_check(config: &Config, kv: &Kv) {
    let graph = SendApi::new(config);
    let mut problems = Vec::new();
    let pages =
        if config.page_ids.is_empty() { vec!["me".to_owned()] } else { config.page_ids.clone() };
    for page in &pages {
        let answer = graph.get(&format!("{page}/subscribed_apps"), Millis(CHECK)).await;
        let Ok((status, body)) = answer else { continue };
        let found = check::read(status, &body, config.app_id.as_deref());
        print(found.line());
        let is_refused = matches!(&found, Found::Failed(failure) if failure.class == Class::Auth);
        // The token is taken: what was stopped for its sake goes on.
        if let Ok(Some(stop)) = kv.stop_of(page).await
            && stop.class == Class::Auth
            && !is_refused
            && kv.keep_stop(page, None).await.is_err()
        {
            print(Line::about("store").with("failed", "note"));
        }
        problems.extend(found.problem());
    }
    let found = (!problems.is_empty()).then(|| problems.join("; "));
    let known = kv.checked().await;
    if known.is_ok_and(|known| known.is_some() || found.is_some())
        && kv.keep_checked(found.as_deref()).await.is_err()
    {
        print(Line::about("store").with("failed", "note"));
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
    let head = Head {
        signature: header(&request, "X-Hub-Signature-256"),
        length: header(&request, "Content-Length"),
    };
    let elsewhere = Objects::bound(env);
    with_host(env, config, kv, None, async |host| {
        receive(host, &head, async |most| body(request, most).await, &elsewhere).await
    })
    .await
}

/// Everything that a delivery needs, in the Worker or in one person's object.
pub(crate) type Whole<'a> = Host<'a, Sequenced<Notes, Kv>, SendApi, Wall>;

/// Does something with everything that a delivery needs.
pub(crate) async fn with_host(
    env: &Env,
    config: Config,
    store: Kv,
    notebook: Option<Notes>,
    work: impl AsyncFnOnce(&Whole<'_>) -> Answer,
) -> Answer {
    let Served { tree, .. } = match served(env).await {
        Ok(served) => served,
        Err(NoTree::Unknown) => {
            print(Line::about("configuration").with("unknown", "TREE"));
            return Answer::text(503, "Not configured");
        }
        Err(NoTree::Store) => {
            print(Line::about("store").with("failed", "tree"));
            return Answer::text(503, "Try again").retry_after(5);
        }
    };
    let host = Host {
        tree: &tree,
        config: &config,
        store: &Sequenced { notebook, store },
        graph: &SendApi::new(&config),
        clock: &Wall,
        memory: MEMORY.with(|memory| *memory),
        graphemes: js::graphemes,
        log: &print,
    };
    work(&host).await
}

async fn data_deletion(request: Request, method: Method, env: &Env) -> Answer {
    let Ok((config, _)) = configuration(env) else {
        return Answer::text(503, "Not configured");
    };
    let address = request.inner().url();
    let query = address.split_once('?').map_or("", |(_, query)| query);
    match method {
        Method::Get | Method::Head => deletion::status(query, &config),
        Method::Post => {
            let origin = address.split('/').take(3).collect::<Vec<_>>().join("/");
            let Ok(form) = body(request, deletion::MAX_FORM).await else {
                return Answer::text(413, "Payload too large");
            };
            let (answer, line) = deletion::callback(&form, &origin, &config);
            print(line);
            answer
        }
        _ => Answer::not_allowed("GET, HEAD, POST"),
    }
}

async fn health_of(env: &Env) -> Answer {
    let presence = Presence::read(|name| setting(env, name), Kv::bound(env, "STATE", 1).is_some());
    let last_failure = MEMORY.with(|memory| memory.borrow().last_failure());
    let alerts = match configuration(env) {
        Ok((config, kv)) => alerts(&config, &kv).await,
        Err(_) => Vec::new(),
    };
    health(served(env).await.as_ref(), &presence, last_failure, &alerts)
}

/// What somebody has to look at, as this isolate and the others know it.
async fn alerts(config: &Config, kv: &Kv) -> Vec<String> {
    let mut alerts = Vec::new();
    for page in &config.page_ids {
        if let Ok(Some(stop)) = kv.stop_of(page).await
            && stop.class.needs_operator()
            && stop.holds(Wall.now(), &config.digest)
        {
            alerts.push(format!("nothing is sent: {}", stop.class.as_str()));
        }
    }
    alerts.extend(kv.checked().await.ok().flatten());
    alerts
}

pub(crate) fn configuration(env: &Env) -> Result<(Config, Kv), Presence> {
    let has_state = Kv::bound(env, "STATE", 1).is_some();
    let config = Config::read(|name| setting(env, name), has_state)?;
    let kv = Kv::bound(env, "STATE", config.retention_days);
    kv.map(|kv| (config, kv)).ok_or_else(|| Presence::read(|name| setting(env, name), false))
}

/// A secret or a variable: they are told apart in `wrangler.toml` only.
fn setting(env: &Env, name: &str) -> Option<String> {
    env.var(name).ok().map(|value| value.to_string())
}

/// What the tree that is served is called, and the one of that name that is built in.
fn built(env: &Env) -> (String, Option<&'static [u8]>) {
    let name = setting(env, "TREE")
        .filter(|name| !name.is_empty())
        .unwrap_or_else(|| DEFAULT_TREE.to_owned());
    let compiled = match TREES {
        // A Worker that was built with one tree serves that one, under any name.
        [(_, compiled)] => Some(*compiled),
        _ => TREES.iter().find(|(known, _)| *known == name).map(|(_, compiled)| *compiled),
    };
    (name, compiled)
}

/// The tree that is served now. Without a token for publishing the store is not asked.
async fn served(env: &Env) -> Result<Served, NoTree> {
    let (name, built) = built(env);
    let store = token(|name| setting(env, name)).and_then(|_| Kv::bound(env, "STATE", 1));
    let shelf = SHELF.with(|shelf| *shelf);
    Sources { name: &name, built, store: store.as_ref(), shelf }.served(Wall.now()).await
}

async fn published(request: Request, verb: Verb, env: &Env) -> Answered {
    let asked = Asked {
        verb,
        authorization: header(&request, "Authorization"),
        if_match: header(&request, "If-Match"),
        length: header(&request, "Content-Length"),
    };
    let (name, built) = built(env);
    let store = Kv::bound(env, "STATE", 1);
    let shelf = SHELF.with(|shelf| *shelf);
    let sources = Sources { name: &name, built, store: store.as_ref(), shelf };
    let token = token(|name| setting(env, name));
    let body = async |most| body(request, most).await;
    publish(&sources, token.as_deref(), &asked, Wall.now(), body, &print).await
}

pub(crate) fn header(request: &Request, name: &str) -> Option<String> {
    request.headers().get(name).ok().flatten()
}

pub(crate) async fn body(mut request: Request, most: usize) -> Result<Vec<u8>, BodyError> {
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

pub(crate) fn respond(answer: &Answer) -> worker::Result<Response> {
    let mut response = Response::ok(answer.body.as_str())?.with_status(answer.status);
    for (name, value) in &answer.headers {
        response.headers_mut().set(name, value)?;
    }
    Ok(response)
}

fn respond_to(answered: Answered) -> worker::Result<Response> {
    let (bundle, revision) = match answered {
        Answered::Said(answer) => return respond(&answer),
        Answered::Bundle(bundle, revision) => (bundle, revision),
    };
    let mut response = Response::from_bytes(bundle)?;
    let headers = response.headers_mut();
    headers.set("ETag", &format!("\"{revision}\""))?;
    headers.set("Cache-Control", "no-store")?;
    Ok(response)
}

pub(crate) fn print(line: Line) {
    worker::console_log!("{}", line.to_text());
}

/// The clock of the runtime. It stands still while code runs, and goes on at every wait.
pub(crate) struct Wall;

impl Clock for Wall {
    fn now(&self) -> Millis {
        Millis(i64::try_from(worker::Date::now().as_millis()).unwrap_or(i64::MAX))
    }

    async fn sleep(&self, time: Millis) {
        Delay::from(Duration::from_millis(time.0.unsigned_abs())).await;
    }
}
