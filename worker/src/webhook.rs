//! The webhook: what Meta's requests are answered with.

use std::borrow::Cow;
use std::cell::RefCell;

use treebot::Millis;
use treebot_messenger::incoming::{NotJson, What, read};
use treebot_messenger::signature::{same_token, verify, well_formed};

use crate::answer::Answer;
use crate::config::{Config, Presence};
use crate::delivery::{Clock, Elsewhere, Ended, Graph, Host, answer};
use crate::log::Line;
use crate::store::Store;

/// The longest body that is read. Real ones are long because of their escapes: one that was cut at
/// less had a broken signature, and was delivered again without end.
pub const MAX_BODY: usize = 1 << 20;

/// How many of the items that are ignored a log line names.
const MAX_NAMED: usize = 20;

/// How much that was done one log line tells. (Workers: 256 KB for all lines of a request)
const MAX_NOTED: usize = 50;

/// Why a body could not be read.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum BodyError {
    /// It is longer than the limit.
    TooLong,
    /// It broke off.
    Broken,
}

/// What a delivery says about itself before it is read.
#[derive(Clone, Debug, Default)]
pub struct Head {
    /// `X-Hub-Signature-256`.
    pub signature: Option<String>,
    /// `Content-Length`.
    pub length: Option<String>,
}

/// `GET /webhook`: Meta makes sure that the webhook is ours.
#[must_use]
pub fn verification(query: &str, config: &Config) -> Answer {
    let query = query.split('#').next().unwrap_or_default();
    let query: Vec<(Cow<'_, str>, Cow<'_, str>)> =
        form_urlencoded::parse(query.as_bytes()).collect();
    let find =
        |name: &str| query.iter().find(|(known, _)| known == name).map(|(_, value)| value.as_ref());
    let get = |name: &str| find(name).unwrap_or_default();
    if get("hub.mode") != "subscribe" || !same_token(get("hub.verify_token"), &config.verify_token)
    {
        return Answer::text(403, "Forbidden");
    }
    match find("hub.challenge") {
        Some(challenge) => Answer::text(200, challenge),
        None => Answer::text(400, "hub.challenge is missing"),
    }
}

/// `POST /webhook`: one delivery.
///
/// 1. Check the size that is announced and that there is a signature (else 413, 403); read the body.
///    2. Check the signature over its bytes (else 403): nothing before this is parsed.
/// 3. Read it item by item, oldest first. For each person, and each of their inputs that is not
///    answered yet:  4. take the turn (pure), and dress the reply.  5. Send.  6. Record the event.
/// 7. Answer 200.
///
/// The recorded event means "answered". If 5 or 6 fails for a passing reason the answer is 503, Meta
/// delivers again, and what is recorded is skipped: the person may see a reply twice, never none.
/// What fails for good, and what is older than ten minutes, is recorded as failed and answered 200,
/// as Meta switches a webhook off that fails for an hour. Nothing is left for after the answer.
pub async fn receive<S: Store, G: Graph, C: Clock>(
    host: &Host<'_, S, G, C>,
    head: &Head,
    body: impl AsyncFnOnce(usize) -> Result<Vec<u8>, BodyError>,
    elsewhere: &impl Elsewhere,
) -> Answer {
    let started = host.clock.now();
    let finish = |line: Line, answer: Answer| {
        let ms = host.clock.now().0.saturating_sub(started.0);
        (host.log)(line.with("status", answer.status).with("ms", ms));
        answer
    };
    let line = Line::about("delivery");

    // 1
    let too_long = head
        .length
        .as_deref()
        .and_then(|length| length.parse::<u64>().ok())
        .is_some_and(|length| length > MAX_BODY as u64);
    if too_long {
        return finish(line, Answer::brief(413, "Payload too large"));
    }
    if !well_formed(head.signature.as_deref()) {
        return finish(line.with("refused", "no signature"), Answer::brief(403, "Forbidden"));
    }
    let body = match body(MAX_BODY).await {
        Ok(body) => body,
        Err(BodyError::TooLong) => return finish(line, Answer::brief(413, "Payload too large")),
        Err(BodyError::Broken) => {
            return finish(
                line.with("refused", "body broke off"),
                Answer::brief(400, "Bad request"),
            );
        }
    };

    // 2
    if !verify(&body, head.signature.as_deref(), &host.config.app_secrets()) {
        return finish(line.with("refused", "wrong signature"), Answer::brief(403, "Forbidden"));
    }

    // 3
    let delivery = match read(&body, &host.config.pages, Millis(started.0)) {
        Ok(delivery) => delivery,
        // Signed, so it came from Meta: asking for it again would bring the same.
        Err(NotJson) => {
            return finish(line.with("ignored", "not JSON"), Answer::brief(200, "EVENT_RECEIVED"));
        }
    };
    let ignored: Vec<&str> = delivery
        .items
        .iter()
        .filter(|item| !matches!(item.what, What::Input { .. }))
        .map(|item| item.what.as_str())
        .take(MAX_NAMED)
        .collect();
    let inputs =
        delivery.items.iter().filter(|item| matches!(item.what, What::Input { .. })).count();
    let line = line.with("inputs", inputs).with("ignored", ignored);
    let line =
        if delivery.beyond > 0 { line.with("beyond the limit", delivery.beyond) } else { line };
    let line = if delivery.other_object { line.with("refused", "not about a page") } else { line };

    // 4, 5, 6
    let did = RefCell::default();
    let log = |line: Line| note(&did, line, host.log);
    let ended = answer(&Host { log: &log, ..*host }, &delivery, &body, started, elsewhere).await;
    let line = line.lines("did", &did.take());

    // 7
    match ended {
        Ended::Done => finish(line, Answer::brief(200, "EVENT_RECEIVED")),
        Ended::Again => finish(line, Answer::brief(503, "Try again").retry_after(5)),
    }
}

/// Keeps what is to be logged for the line about the whole delivery: a line of its own for each input costs as much as
/// reading all of the body. Of a delivery of very many there are several lines.
fn note(did: &RefCell<Vec<String>>, line: Line, log: &dyn Fn(Line)) {
    let mut did = did.borrow_mut();
    did.push(line.to_text());
    if did.len() >= MAX_NOTED {
        log(Line::about("part of a delivery").lines("did", &did));
        did.clear();
    }
}

/// What every request to the webhook is answered with while something is missing.
#[must_use]
pub fn not_configured(presence: &Presence) -> (Answer, Line) {
    let line = Line::about("not configured").with("missing", presence.missing());
    (Answer::text(503, "Not configured"), line)
}
