//! `/api/tree`: another tree for people to talk to, without deploying.
//!
//! Everything here needs the token that is configured as `PUBLISH_TOKEN`. The Worker has no YAML reader, so it is handed
//! a [`Bundle`]: the compiled tree, which it checks, and the source, which must be the one that the tree says it was
//! compiled from.

use treebot::{Bundle, Millis, Tree};
use treebot_messenger::signature::same_token;

use serde_json::json;

use crate::answer::Answer;
use crate::log::Line;
use crate::served::{NoTree, Sources, TreeStore, keys};
use crate::webhook::BodyError;

/// The longest bundle. A source has at most a megabyte, and what it compiles to is smaller.
pub const MAX_BUNDLE: usize = 3 << 20;

/// The name of the secret that lets somebody publish.
pub const PUBLISH_TOKEN: &str = "PUBLISH_TOKEN";

/// The shortest token that publishing is on with: a shorter one could be guessed.
pub const MIN_TOKEN: usize = 16;

/// What is asked for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Verb {
    /// The tree that is served, with its source where that is known.
    Get,
    /// The tree that the Worker was built with.
    GetBuilt,
    /// To serve the tree of the body from now on.
    Put,
    /// To serve the tree again that the Worker was built with.
    Delete,
}

/// A request, before its body is read.
#[derive(Clone, Debug)]
pub struct Asked {
    /// What is asked for.
    pub verb: Verb,
    /// `Authorization`.
    pub authorization: Option<String>,
    /// `If-Match`: the revision that is to be replaced, in quotes.
    pub if_match: Option<String>,
    /// `Content-Length`.
    pub length: Option<String>,
}

/// An answer, which may be a bundle.
#[derive(Clone, Debug)]
pub enum Answered {
    /// Words.
    Said(Answer),
    /// The tree that is served, and its revision.
    Bundle(Vec<u8>, String),
}

/// The token that publishing needs; none where publishing is off.
#[must_use]
pub fn token(get: impl Fn(&str) -> Option<String>) -> Option<String> {
    let token = get(PUBLISH_TOKEN)?.trim().to_owned();
    (token.len() >= MIN_TOKEN).then_some(token)
}

/// Answers a request.
///
/// 1. Check the token.  2. Find out what is served now, and that it is what the request means to replace.
/// 3. Read the body within its bound.  4. Check that it is a bundle of a tree that can be talked to.  5. Store it, and
///    then its copy.  6. Serve it.
pub async fn publish<S: TreeStore>(
    sources: &Sources<'_, S>,
    token: Option<&str>,
    asked: &Asked,
    now: Millis,
    body: impl AsyncFnOnce(usize) -> Result<Vec<u8>, BodyError>,
    log: &dyn Fn(Line),
) -> Answered {
    // 1
    let Some(token) = token else {
        return refuse(
            403,
            "publishing is off: PUBLISH_TOKEN is not set, or has less than 16 characters",
        );
    };
    let Some(store) = sources.store else {
        return refuse(503, "the store is not bound: STATE is missing");
    };
    let shown = asked.authorization.as_deref().and_then(|value| value.strip_prefix("Bearer "));
    if !same_token(shown.unwrap_or_default().trim(), token) {
        log(Line::about("publish").with("refused", "wrong token"));
        return refuse(401, "this is not the token that is configured as PUBLISH_TOKEN");
    }

    if asked.verb == Verb::GetBuilt {
        let tree = sources.built.and_then(|built| Tree::from_compiled(built).ok());
        return match (tree, sources.built) {
            (Some(tree), Some(built)) => {
                Answered::Bundle(Bundle::new(built, "").to_bytes(), tree.source_digest().to_owned())
            }
            (None, _) | (_, None) => refuse(404, "the Worker was built with no tree of this name"),
        };
    }

    // 2
    let before = match sources.served_exactly(now).await {
        Ok(served) => Some(served),
        Err(NoTree::Unknown) => None,
        Err(NoTree::Store) => return refuse(503, STORE_FAILED),
    };
    let revision = before.as_ref().map_or("", |served| served.tree.source_digest()).to_owned();
    if asked.verb == Verb::Get {
        return match before {
            Some(_) => Answered::Bundle(bundle(sources), revision),
            None => refuse(404, "no tree is served: TREE names none, and none was published"),
        };
    }
    if asked.if_match.as_deref().is_some_and(|wanted| wanted.trim_matches('"') != revision) {
        return refuse(412, "another tree has been published meanwhile");
    }
    if asked.verb == Verb::Delete {
        if sources.built.is_none() {
            return refuse(
                409,
                "the Worker was built with no tree of this name: publish another one instead",
            );
        }
        // The copy first: alone it would be taken for the last good tree.
        for key in keys(sources.name).iter().rev() {
            if store.delete_tree(key).await.is_err() {
                return refuse(503, STORE_FAILED);
            }
        }
        sources.shelf.borrow_mut().change(None, now);
        return done(sources, &revision, log);
    }

    // 3
    let announced = asked.length.as_deref().and_then(|length| length.parse::<u64>().ok());
    if announced.is_some_and(|length| length > MAX_BUNDLE as u64) {
        return refuse(413, TOO_LONG);
    }
    let body = match body(MAX_BUNDLE).await {
        Ok(body) => body,
        Err(BodyError::TooLong) => return refuse(413, TOO_LONG),
        Err(BodyError::Broken) => return refuse(400, "the body broke off"),
    };

    // 4
    let tree =
        match Bundle::from_bytes(&body).and_then(|bundle| Ok((bundle.source(), bundle.tree()?))) {
            Ok((Some(_), tree)) => tree.called(sources.name),
            Ok((None, _)) => return refuse(422, "the source is missing"),
            Err(error) => return refuse(422, &error.to_string()),
        };

    // 5
    let [key, copy] = keys(sources.name);
    if store.put_tree(&key, &body).await.is_err() {
        return refuse(503, STORE_FAILED);
    }
    if store.put_tree(&copy, &body).await.is_err() {
        log(Line::about("publish").with("failed", "copy"));
    }

    // 6
    sources.shelf.borrow_mut().change(Some((body, tree)), now);
    done(sources, &revision, log)
}

const STORE_FAILED: &str = "the store did not answer: try again in a moment";
const TOO_LONG: &str = "a bundle has at most 3 MiB";

/// The tree that is served, as a bundle. The source of the built one is not known here.
fn bundle<S>(sources: &Sources<'_, S>) -> Vec<u8> {
    match sources.shelf.borrow().bundle() {
        Some(bundle) => bundle.to_vec(),
        None => Bundle::new(sources.built.unwrap_or_default(), "").to_bytes(),
    }
}

fn done<S>(sources: &Sources<'_, S>, before: &str, log: &dyn Fn(Line)) -> Answered {
    let served = sources.shelf.borrow_mut().served(sources);
    let revision = served.as_ref().map_or("", |served| served.tree.source_digest());
    log(Line::about("publish").with("serves", revision));
    let answer = json!({"revision": revision, "before": before});
    Answered::Said(Answer::json(200, &answer))
}

fn refuse(status: u16, why: &str) -> Answered {
    Answered::Said(Answer::json(status, &json!({"error": why})))
}
