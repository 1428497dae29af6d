//! Where the Workers runtime comes in.

use std::cell::{OnceCell, RefCell};
use std::rc::Rc;

use treebot::Millis;
use treebot_messenger::errors::Class;
use worker::js_sys::Function;
use worker::wasm_bindgen::prelude::wasm_bindgen;
use worker::wasm_bindgen::{self, JsValue};
use worker::web_sys::Request as WebRequest;
use worker::{Env, ScheduleContext, ScheduledEvent, event};

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
use crate::task;
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

/// Answers a request: calls `answered` with the response. For `entry.js`.
#[expect(unreachable_pub, reason = "for JavaScript")]
#[wasm_bindgen]
pub fn serve(request: WebRequest, env: Env, answered: Function) {
    js::time_passes();
    task::begin(async move {
        let response = respond_to(answer(request, env).await);
        // Whoever is told does nothing that could fail.
        let _ = answered.call1(&JsValue::NULL, &response.unwrap_or_default());
    });
}

/// The answer to a request. Everything but the routes below is the static site's, which wakes no Worker.
async fn answer(request: WebRequest, env: Env) -> Answered {
    let head = js::Head::of(&request);
    let answer = match (head.path(), head.method.as_str()) {
        ("/webhook", _) => webhook(&request, &head, &env).await,
        ("/webhook/data-deletion", _) => data_deletion(&request, &head, &env).await,
        ("/health", "GET" | "HEAD") => health_of(&env).await,
        ("/health", _) => Answer::not_allowed("GET, HEAD"),
        (path @ ("/api/tree" | "/api/tree/built"), method) => {
            let verb = match (path, method) {
                ("/api/tree", "GET") => Some(Verb::Get),
                ("/api/tree", "PUT") => Some(Verb::Put),
                ("/api/tree", "DELETE") => Some(Verb::Delete),
                (_, "GET") => Some(Verb::GetBuilt),
                _ => None,
            };
            match (verb, path) {
                (Some(verb), _) => return published(&request, &head, verb, &env).await,
                (None, "/api/tree") => Answer::not_allowed("GET, PUT, DELETE"),
                (None, _) => Answer::not_allowed("GET"),
            }
        }
        _ => Answer::text(404, "Not found"),
    };
    Answered::Said(answer)
}

/// Deletes what people have asked to be deleted and what did not show at the time, and makes sure that Meta still tells
/// us what people write.
#[event(scheduled)]
async fn scheduled(_event: ScheduledEvent, env: Env, _context: ScheduleContext) {
    js::time_passes();
    let Ok(settings) = configuration(&env) else { return };
    if settings.kv.forget_the_rest(Wall.now()).await.is_err() {
        print(Line::about("store").with("failed", "forget"));
    }
    self_check(&settings).await;
}

async fn self_check(Settings { config, kv, graph, .. }: &Settings) {
    let mut problems = Vec::new();
    for page in config.noted_pages() {
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

async fn webhook(request: &WebRequest, head: &js::Head, env: &Env) -> Answer {
    if !matches!(head.method.as_str(), "GET" | "POST") {
        return Answer::not_allowed("GET, POST");
    }
    let settings = match configuration(env) {
        Ok(settings) => settings,
        Err(presence) => {
            let (answer, line) = not_configured(&presence);
            print(line);
            return answer;
        }
    };
    if head.method == "GET" {
        return verification(head.query(), &settings.config);
    }
    let head = Head { signature: head.signature.clone(), length: head.length.clone() };
    let elsewhere = Objects::bound(env);
    with_host(&settings, None, async |host| {
        receive(
            host,
            &head,
            async |most| body(request, head.length.as_deref(), most).await,
            &elsewhere,
        )
        .await
    })
    .await
}

/// Everything that a delivery needs, in the Worker or in one person's object.
pub(crate) type Whole<'a> = Host<'a, Sequenced<Notes, Kv>, SendApi, Wall>;

/// Does something with everything that a delivery needs.
pub(crate) async fn with_host(
    settings: &Settings,
    notebook: Option<Notes>,
    work: impl AsyncFnOnce(&Whole<'_>) -> Answer,
) -> Answer {
    let Served { tree, .. } = match settings.tree.served().await {
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
        config: &settings.config,
        store: &Sequenced { notebook, store: settings.kv.clone() },
        graph: &settings.graph,
        clock: &Wall,
        memory: MEMORY.with(|memory| *memory),
        graphemes: js::graphemes,
        log: &print,
    };
    work(&host).await
}

async fn data_deletion(request: &WebRequest, head: &js::Head, env: &Env) -> Answer {
    let Ok(settings) = configuration(env) else {
        return Answer::text(503, "Not configured");
    };
    let config = &settings.config;
    match head.method.as_str() {
        "GET" | "HEAD" => deletion::status(head.query(), config),
        "POST" => {
            let origin = head.address.split('/').take(3).collect::<Vec<_>>().join("/");
            let length = head.length.as_deref();
            let Ok(form) = body(request, length, deletion::MAX_FORM).await else {
                return Answer::text(413, "Payload too large");
            };
            let (answer, line) = deletion::callback(&form, &origin, config);
            print(line);
            answer
        }
        _ => Answer::not_allowed("GET, HEAD, POST"),
    }
}

async fn health_of(env: &Env) -> Answer {
    let presence = Presence::read(|name| setting(env, name), Kv::bound(env, "STATE", 1).is_some());
    let last_failure = MEMORY.with(|memory| memory.borrow().last_failure());
    let settings = configuration(env).ok();
    let alerts = match &settings {
        Some(settings) => alerts(settings).await,
        None => Vec::new(),
    };
    let told = settings.as_ref().map(|settings| &settings.config);
    health(Named::read(env).served().await.as_ref(), &presence, told, last_failure, &alerts)
}

/// What somebody has to look at, as this isolate and the others know it.
async fn alerts(Settings { config, kv, .. }: &Settings) -> Vec<String> {
    let mut alerts = Vec::new();
    for page in config.noted_pages() {
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

/// What an isolate is told by its operator, and what follows from it.
pub(crate) struct Settings {
    pub(crate) config: Config,
    pub(crate) kv: Kv,
    graph: SendApi,
    tree: Named,
}

/// The settings, read once for each isolate: they are the same for all its life, as whoever changes one starts new
/// isolates. While something is missing it is looked for again.
pub(crate) fn configuration(env: &Env) -> Result<Rc<Settings>, Presence> {
    thread_local! {
        static FOUND: OnceCell<Rc<Settings>> = const { OnceCell::new() };
    }
    if let Some(found) = FOUND.with(|found| found.get().cloned()) {
        return Ok(found);
    }
    let settings = Rc::new(read_settings(env)?);
    Ok(FOUND.with(|found| Rc::clone(found.get_or_init(|| settings))))
}

fn read_settings(env: &Env) -> Result<Settings, Presence> {
    let has_state = Kv::bound(env, "STATE", 1).is_some();
    let config = Config::read(|name| setting(env, name), has_state)?;
    let kv = Kv::bound(env, "STATE", config.retention_days)
        .ok_or_else(|| Presence::read(|name| setting(env, name), false))?;
    Ok(Settings { graph: SendApi::new(&config), config, kv, tree: Named::read(env) })
}

/// A secret or a variable: they are told apart in `wrangler.toml` only.
fn setting(env: &Env, name: &str) -> Option<String> {
    js::get(env, name).ok()?.as_string()
}

/// The tree that is to be served, by its name.
struct Named {
    name: String,
    /// The one of that name that is built in.
    built: Option<&'static [u8]>,
    /// What publishing needs; none where it is off. Then the store is not asked.
    token: Option<String>,
    kv: Option<Kv>,
}

impl Named {
    fn read(env: &Env) -> Self {
        let name = setting(env, "TREE")
            .filter(|name| !name.is_empty())
            .unwrap_or_else(|| DEFAULT_TREE.to_owned());
        let built = match TREES {
            // A Worker that was built with one tree serves that one, under any name.
            [(_, compiled)] => Some(*compiled),
            _ => TREES.iter().find(|(known, _)| *known == name).map(|(_, compiled)| *compiled),
        };
        let token = token(|name| setting(env, name));
        Self { name, built, token, kv: Kv::bound(env, "STATE", 1) }
    }

    fn sources(&self) -> Sources<'_, Kv> {
        let shelf = SHELF.with(|shelf| *shelf);
        Sources { name: &self.name, built: self.built, store: self.kv.as_ref(), shelf }
    }

    /// The tree that is served now.
    async fn served(&self) -> Result<Served, NoTree> {
        let store = self.kv.as_ref().filter(|_| self.token.is_some());
        Sources { store, ..self.sources() }.served(Wall.now()).await
    }
}

async fn published(request: &WebRequest, head: &js::Head, verb: Verb, env: &Env) -> Answered {
    let header = |name: &str| request.headers().get(name).ok().flatten();
    let asked = Asked {
        verb,
        authorization: header("Authorization"),
        if_match: header("If-Match"),
        length: head.length.clone(),
    };
    let tree = Named::read(env);
    let body = async |most| body(request, head.length.as_deref(), most).await;
    publish(&tree.sources(), tree.token.as_deref(), &asked, Wall.now(), body, &print).await
}

/// The bytes of a body, at most so many. Taking it in one piece, where that is safe, costs a fifth of what reading it bit
/// by bit does.
pub(crate) async fn body(
    request: &WebRequest,
    length: Option<&str>,
    most: usize,
) -> Result<Vec<u8>, BodyError> {
    let announced = length.and_then(|length| length.parse::<usize>().ok());
    let fits = announced.is_some_and(|length| length <= most);
    let body = js::body(request, fits, most).await.map_err(|_| BodyError::Broken)?;
    body.filter(|body| body.len() <= most).ok_or(BodyError::TooLong)
}

fn respond_to(answered: Answered) -> Result<JsValue, JsValue> {
    let (bundle, revision) = match answered {
        Answered::Said(answer) => return js::respond(&answer).map(JsValue::from),
        Answered::Bundle(bundle, revision) => (bundle, revision),
    };
    let tag = format!("\"{revision}\"");
    js::respond_bytes(&bundle, &[("ETag", &tag), ("Cache-Control", "no-store")])
}

pub(crate) fn print(line: Line) {
    worker::console_log!("{}", line.to_text());
}

/// The clock of the runtime.
pub(crate) struct Wall;

impl Clock for Wall {
    fn now(&self) -> Millis {
        Millis(js::now())
    }

    async fn sleep(&self, time: Millis) {
        js::sleep(time.0).await;
    }
}
