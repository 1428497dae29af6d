//! Level 1 on the Workers runtime: one Durable Object for each person, where the namespace `CONVERSATIONS` is bound.

use std::cell::Cell;

use serde_json::{Value, json};
use treebot::Millis;
use treebot_messenger::incoming::{only, read as read_body};
use worker::js_sys::{Array, Uint8Array};
use worker::wasm_bindgen::{self, JsCast, JsValue};
use worker::web_sys::{Headers, RequestInit, Response as WebResponse};
use worker::{DurableObject, Env, Request, Response, State, durable_object};

use crate::answer::Answer;
use crate::delivery::{Answered, Clock, Elsewhere, Ended, NoAnswer, Part, answer_person};
use crate::gate::Told;
use crate::js::{ask, call, get, read, respond, time_passes, value};
use crate::log::Line;
use crate::runtime::{Wall, body, configuration, print, with_host};
use crate::sequencer::{Notebook, Tidied, tidy};
use crate::store::StoreError;
use crate::webhook::MAX_BODY;

/// The name of the binding.
const BINDING: &str = "CONVERSATIONS";
/// What the Worker and an object tell each other about the page: see [`Told`].
const GATE: &str = "X-Gate";
/// How long until an object is looked at for the first time.
const FIRST_TIDY: i64 = 24 * 60 * 60 * 1000;
/// A day.
const DAY: i64 = 24 * 60 * 60 * 1000;

/// The objects of all people, if they are bound.
pub(crate) struct Objects {
    namespace: Option<JsValue>,
}

impl Objects {
    pub(crate) fn bound(env: &Env) -> Self {
        Self { namespace: get(env, BINDING).ok().filter(JsValue::is_object) }
    }
}

impl Elsewhere for Objects {
    fn is_there(&self) -> bool {
        self.namespace.is_some()
    }

    async fn answer(&self, part: &Part<'_>, told: &Told) -> Option<Result<Answered, NoAnswer>> {
        let namespace = self.namespace.as_ref()?;
        let handed_over = async {
            // Named by what hides the person's id.
            let name = format!("{}:{}", part.person.page(), part.person.pseudonym());
            let stub = call(namespace, "getByName", &[name.as_str().into()])?;
            let headers = Headers::new()?;
            headers.set("X-Who", part.person.pseudonym())?;
            headers.set("X-Started", &part.started.0.to_string())?;
            headers.set(GATE, &told.to_text())?;
            let request = RequestInit::new();
            request.set_method("POST");
            request.set_headers(&headers);
            let whole = part.alone.then(|| part.body.to_vec());
            let body = whole.unwrap_or_else(|| {
                let id = part.items.first().map_or("", |item| item.person.as_str());
                only(part.body, part.person.page(), id)
            });
            request.set_body(&Uint8Array::from(body.as_slice()));
            let arguments = ["https://conversation/".into(), request.into()];
            let answer: WebResponse = ask(&stub, "fetch", &arguments).await?.dyn_into()?;
            let told = answer.headers().get(GATE)?.as_deref().and_then(Told::read);
            Ok::<(u16, Option<Told>), JsValue>((answer.status(), told))
        };
        // Why not is not shown: it may name the object.
        Some(match handed_over.await {
            Ok((200, told)) => Ok(Answered { ended: Ended::Done, told }),
            Ok((503, told)) => Ok(Answered { ended: Ended::Again, told }),
            Ok(_) | Err(_) => Err(NoAnswer),
        })
    }
}

/// One person's conversation with one page: answers what they do, one after the other.
#[durable_object(alarm)]
pub struct Conversation {
    state: State,
    env: Env,
    watched: Cell<bool>,
}

impl DurableObject for Conversation {
    fn new(state: State, env: Env) -> Self {
        Self { state, env, watched: Cell::new(false) }
    }

    async fn fetch(&self, request: Request) -> worker::Result<Response> {
        let answer =
            self.answer(request).await.unwrap_or_else(|StoreError| Answer::text(503, "Try again"));
        Ok(respond(&answer)?.into())
    }

    async fn alarm(&self) -> worker::Result<Response> {
        time_passes();
        let days = configuration(&self.env).ok().map(|settings| settings.config.retention_days);
        let done = async {
            let storage = self.storage()?;
            let now = Wall.now();
            let tidied = match days {
                Some(days) => {
                    let retention = days.cast_signed().saturating_mul(DAY);
                    tidy(&Notes::of(&storage)?, now, Millis(retention))?
                }
                // An alarm rings once: while a setting is missing it is set again.
                None => Tidied::Until(Millis(now.0.saturating_add(FIRST_TIDY))),
            };
            match tidied {
                Tidied::Empty => {
                    self.watched.set(false);
                    ask(&storage, "deleteAll", &[]).await.map_err(failed)
                }
                Tidied::Until(then) => {
                    ask(&storage, "setAlarm", &[(then.0 as f64).into()]).await.map_err(failed)
                }
            }
        };
        if done.await.is_err() {
            print(Line::about("store").with("failed", "tidy"));
            // The runtime tries again.
            return Err(worker::Error::RustError("the storage did not answer".to_owned()));
        }
        Response::empty()
    }
}

impl Conversation {
    fn storage(&self) -> Result<JsValue, StoreError> {
        get(self.state.as_raw(), "storage").map_err(failed)
    }

    async fn answer(&self, request: Request) -> Result<Answer, StoreError> {
        time_passes();
        let Ok(settings) = configuration(&self.env) else {
            return Ok(Answer::text(503, "Not configured"));
        };
        let header = |name: &str| request.headers().get(name).ok().flatten();
        let who = header("X-Who").unwrap_or_default();
        let started = header("X-Started").and_then(|text| text.parse().ok());
        let started = Millis(started.unwrap_or_else(|| Wall.now().0));
        let told = header(GATE).as_deref().and_then(Told::read).unwrap_or_default();
        let length = header("Content-Length");
        let Ok(body) = body(request.inner(), length.as_deref(), MAX_BODY).await else {
            return Ok(Answer::text(400, "Bad request"));
        };
        let Ok(delivery) = read_body(&body, &settings.config.pages, started) else {
            return Ok(Answer::text(400, "Bad request"));
        };
        let storage = self.storage()?;
        self.watch(&storage).await?;
        let notes = Notes::of(&storage)?;
        Ok(with_host(&settings, Some(notes), async |host| {
            let nobody = Objects { namespace: None };
            let done = answer_person(host, &delivery, &who, started, &told, &nobody).await;
            let Ok(Answered { ended, told }) = done else {
                return Answer::text(404, "Not found");
            };
            let answer = match ended {
                Ended::Done => Answer::text(200, ""),
                Ended::Again => Answer::text(503, "Try again"),
            };
            match told {
                Some(told) => answer.with(GATE, told.to_text()),
                None => answer,
            }
        })
        .await)
    }

    /// Sees to it that the object is looked at one day, so that nothing stays in it for ever.
    async fn watch(&self, storage: &JsValue) -> Result<(), StoreError> {
        if self.watched.replace(true) {
            return Ok(());
        }
        if ask(storage, "getAlarm", &[]).await.map_err(failed)?.is_null() {
            let first = (Wall.now().0.saturating_add(FIRST_TIDY)) as f64;
            ask(storage, "setAlarm", &[first.into()]).await.map_err(failed)?;
        }
        Ok(())
    }
}

/// An object's storage: SQLite, by keys.
pub(crate) struct Notes(JsValue);

impl Notes {
    fn of(storage: &JsValue) -> Result<Self, StoreError> {
        get(storage, "kv").ok().filter(JsValue::is_object).map(Self).ok_or(StoreError)
    }
}

impl Notebook for Notes {
    fn list(&self, prefix: &str, most: usize) -> Result<Vec<(String, String)>, StoreError> {
        let options = value(&json!({"prefix": prefix, "limit": most})).map_err(failed)?;
        let listed = call(&self.0, "list", &[options]).map_err(failed)?;
        let listed = read(&Array::from(&listed));
        let text =
            |pair: &Value, at: usize| pair.get(at).and_then(Value::as_str).map(str::to_owned);
        let pairs = listed.as_array().ok_or(StoreError)?;
        Ok(pairs.iter().filter_map(|pair| Some((text(pair, 0)?, text(pair, 1)?))).collect())
    }

    fn get(&self, key: &str) -> Result<Option<String>, StoreError> {
        Ok(call(&self.0, "get", &[key.into()]).map_err(failed)?.as_string())
    }

    fn put(&self, key: &str, value: &str) -> Result<(), StoreError> {
        call(&self.0, "put", &[key.into(), value.into()]).map(|_| ()).map_err(failed)
    }

    fn delete(&self, key: &str) -> Result<(), StoreError> {
        call(&self.0, "delete", &[key.into()]).map(|_| ()).map_err(failed)
    }
}

fn failed(_: JsValue) -> StoreError {
    StoreError
}
