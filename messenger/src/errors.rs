//! What an answer of the Graph API means for the message that was sent.
//!
//! Meta's codes say what went wrong; a [`Class`] says what to do about it. An error can come with
//! any HTTP status, codes can be numbers or strings, and some answers are no JSON at all.

use serde_json::Value;
use treebot::Millis;

/// An answer that says the message was taken.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Sent {
    /// What Meta calls the message; none for sender actions.
    pub message_id: Option<String>,
}

/// An answer that says it was not.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// What to do about it.
    pub class: Class,
    /// Meta's code.
    pub code: Option<i64>,
    /// Meta's finer code.
    pub subcode: Option<i64>,
    /// What to tell Meta's support.
    pub trace: Option<String>,
    /// How long to wait before the next call, where the answer says so.
    pub wait: Option<Millis>,
}

/// What a failure means.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash)]
pub enum Class {
    /// It may work in a moment: try once more, then let Meta deliver the input again.
    Transient,
    /// Too many calls for this page: wait, for all people.
    RateLimited,
    /// Meta has warned or restricted the page: stop sending and tell the operator.
    CircuitBreak,
    /// The token or its proof is wrong: stop sending until the configuration changes.
    Auth,
    /// The app may not do this (yet): tell the operator.
    Permission,
    /// The person wrote too long ago. Drop the message; never send it under a tag.
    WindowClosed,
    /// The person cannot be reached, until they write again.
    Undeliverable,
    /// Somebody else has the conversation: be quiet until it is passed back.
    NotThreadOwner,
    /// Meta does not accept this body: our mistake.
    BadRequest,
}

/// The headers of an answer that say how long to wait.
#[derive(Clone, Copy, Debug, Default)]
pub struct WaitHeaders<'a> {
    /// `X-Business-Use-Case-Usage`.
    pub usage: Option<&'a str>,
    /// `Retry-After`.
    pub retry_after: Option<&'a str>,
}

/// Reads an answer of the Graph API.
///
/// # Errors
/// The message was not taken; the [`Failure`] says what that means.
pub fn read_answer(status: u16, headers: WaitHeaders<'_>, body: &[u8]) -> Result<Sent, Failure> {
    let answer: Option<Value> = serde_json::from_slice(body).ok();
    let error =
        answer.as_ref().and_then(|answer| answer.get("error")).filter(|error| !error.is_null());
    if error.is_none() && (200..300).contains(&status) {
        let message_id =
            answer.as_ref().and_then(|answer| answer.get("message_id")).and_then(Value::as_str);
        return Ok(Sent { message_id: message_id.map(str::to_owned) });
    }
    let code = error.and_then(|error| number(error.get("code")?));
    let subcode = error.and_then(|error| number(error.get("error_subcode")?));
    let passing =
        error.and_then(|error| error.get("is_transient")).and_then(Value::as_bool) == Some(true);
    let bad_proof = error
        .and_then(|error| error.get("message"))
        .and_then(Value::as_str)
        .is_some_and(|message| message.contains("appsecret_proof"));
    let class = classify(status, code, subcode, passing, bad_proof);
    let trace = error
        .and_then(|error| error.get("fbtrace_id"))
        .and_then(Value::as_str)
        .map(|trace| trace.chars().take(64).collect());
    let wait = (class == Class::RateLimited).then(|| wait(headers)).flatten();
    Err(Failure { class, code, subcode, trace, wait })
}

impl Failure {
    /// A call that brought no answer: no connection, or none in time.
    #[must_use]
    pub const fn no_answer() -> Self {
        Self { class: Class::Transient, code: None, subcode: None, trace: None, wait: None }
    }
}

impl Class {
    /// Every class.
    pub const ALL: [Self; 9] = [
        Self::Transient,
        Self::RateLimited,
        Self::CircuitBreak,
        Self::Auth,
        Self::Permission,
        Self::WindowClosed,
        Self::Undeliverable,
        Self::NotThreadOwner,
        Self::BadRequest,
    ];

    /// The class as it is written in logs, such as `rate_limited`.
    #[must_use]
    pub const fn as_str(self) -> &'static str {
        match self {
            Self::Transient => "transient",
            Self::RateLimited => "rate_limited",
            Self::CircuitBreak => "circuit_break",
            Self::Auth => "auth",
            Self::Permission => "permission",
            Self::WindowClosed => "window_closed",
            Self::Undeliverable => "undeliverable",
            Self::NotThreadOwner => "not_thread_owner",
            Self::BadRequest => "bad_request",
        }
    }

    /// The class of this name.
    #[must_use]
    pub fn parse(name: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|class| class.as_str() == name)
    }

    /// Whether the same message may be taken later: the input is worth delivering again.
    #[must_use]
    pub const fn passes(self) -> bool {
        match self {
            Self::Transient | Self::RateLimited => true,
            Self::CircuitBreak
            | Self::Auth
            | Self::Permission
            | Self::WindowClosed
            | Self::Undeliverable
            | Self::NotThreadOwner
            | Self::BadRequest => false,
        }
    }

    /// What the operator can do about it, where it is for them to do something.
    #[must_use]
    pub const fn advice(self) -> Option<&'static str> {
        match self {
            Self::CircuitBreak => Some(
                "look at Page Quality and Support Home: Meta has warned or restricted the page",
            ),
            Self::Auth => {
                Some("set PAGE_ACCESS_TOKEN and APP_SECRET anew, of one and the same app")
            }
            Self::Permission => {
                Some("the app needs pages_messaging and has to be live, or the person a role in it")
            }
            Self::BadRequest => Some("Meta refused what was sent: please report this line"),
            Self::Transient
            | Self::RateLimited
            | Self::WindowClosed
            | Self::Undeliverable
            | Self::NotThreadOwner => None,
        }
    }

    /// Whether the operator has to do something before anything can be sent again.
    #[must_use]
    pub const fn needs_operator(self) -> bool {
        match self {
            Self::CircuitBreak | Self::Auth | Self::Permission => true,
            Self::Transient
            | Self::RateLimited
            | Self::WindowClosed
            | Self::Undeliverable
            | Self::NotThreadOwner
            | Self::BadRequest => false,
        }
    }
}

/// The finest code decides first: a subcode often turns the meaning of its code around.
fn classify(
    status: u16,
    code: Option<i64>,
    subcode: Option<i64>,
    passing: bool,
    bad_proof: bool,
) -> Class {
    const NOT_THREAD_OWNER: [i64; 3] = [2_018_300, 2_018_321, 2_534_037];
    if [code, subcode].into_iter().flatten().any(|number| NOT_THREAD_OWNER.contains(&number)) {
        return Class::NotThreadOwner;
    }
    match (code, subcode) {
        (Some(613), Some(2_018_338)) | (Some(10), Some(1_893_063)) | (Some(368 | 2022), _) => {
            return Class::CircuitBreak;
        }
        (Some(10), Some(2_018_278 | 2_534_022 | 2_018_065)) => return Class::WindowClosed,
        (Some(551), _)
        | (_, Some(1_545_041))
        | (Some(10), Some(2_018_108))
        | (Some(100), Some(2_018_001 | 33)) => {
            return Class::Undeliverable;
        }
        (Some(4 | 17 | 32 | 341 | 613 | 80_006), _) => return Class::RateLimited,
        (Some(1), Some(99)) | (Some(200), Some(2_018_028)) => return Class::Permission,
        _ => {}
    }
    match code {
        _ if bad_proof => Class::Auth,
        Some(190 | 102) => Class::Auth,
        _ if passing => Class::Transient,
        Some(1 | 2 | 1200) => Class::Transient,
        Some(3 | 10 | 200..=299) => Class::Permission,
        Some(100) => Class::BadRequest,
        // No code that is known: the status is all there is.
        Some(_) | None => match status {
            429 => Class::RateLimited,
            500.. => Class::Transient,
            401 => Class::Auth,
            403 => Class::Permission,
            _ => Class::BadRequest,
        },
    }
}

/// Meta writes codes as numbers, and now and then as strings.
fn number(value: &Value) -> Option<i64> {
    value.as_i64().or_else(|| value.as_str()?.trim().parse().ok())
}

fn wait(headers: WaitHeaders<'_>) -> Option<Millis> {
    const MINUTE: i64 = 60_000;
    let usage: Option<Value> = headers.usage.and_then(|usage| serde_json::from_str(usage).ok());
    // `{"<page>": [{"type": …, "estimated_time_to_regain_access": <minutes>}]}`
    let minutes = usage
        .as_ref()
        .and_then(Value::as_object)
        .into_iter()
        .flat_map(|pages| pages.values())
        .filter_map(Value::as_array)
        .flatten()
        .filter_map(|use_case| number(use_case.get("estimated_time_to_regain_access")?))
        .max()
        .filter(|minutes| *minutes > 0);
    let seconds = || headers.retry_after.and_then(|seconds| seconds.trim().parse::<i64>().ok());
    let millis = minutes
        .map(|minutes| minutes.saturating_mul(MINUTE))
        .or_else(|| Some(seconds()?.saturating_mul(1000)))?;
    Some(Millis(millis.clamp(0, 24 * 60 * MINUTE)))
}
