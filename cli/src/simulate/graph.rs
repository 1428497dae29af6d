//! A stand-in for the Graph API: takes the messages that the Worker sends.

use std::net::{IpAddr, SocketAddr};
use std::sync::atomic::{AtomicU32, Ordering};
use std::sync::mpsc::{self, Receiver, Sender};
use std::sync::{Arc, Mutex};

use serde_json::{Value, json};
use treebot_messenger::signature::appsecret_proof;

use super::server::{Request, Response, serve};
use crate::http::{host_of, is_loopback};
use crate::settings::Settings;

/// What the Worker did.
#[derive(Clone, Debug, PartialEq)]
pub(super) enum Sent {
    /// It sent a message to somebody.
    Message(String, Value),
    /// It did what Meta would refuse; why.
    Refused(&'static str),
}

/// The stand-in, as the person at the terminal steers it.
pub(super) struct Graph {
    sent: Receiver<Sent>,
    failing: Arc<AtomicU32>,
}

impl Graph {
    /// Listens where the settings say that the Graph API is.
    pub(super) fn listen(settings: &Settings) -> Result<Self, String> {
        let base = settings.need("GRAPH_API_BASE", "where the Worker sends its replies")?;
        let address = address(base).ok_or_else(|| {
            format!(
                "the Worker sends its replies to GRAPH_API_BASE, {base}, and they can be received on this machine only: it is to be an address such as http://127.0.0.1:8788"
            )
        })?;
        let token = settings.need("PAGE_ACCESS_TOKEN", "the same as the Worker's")?;
        let secret = settings.need("APP_SECRET", "the same as the Worker's")?;
        let expected = Expected {
            authorization: format!("Bearer {token}"),
            proof: format!("appsecret_proof={}", appsecret_proof(secret, token)),
        };
        let (sender, sent) = mpsc::channel();
        let failing = Arc::new(AtomicU32::new(0));
        let mine = Mutex::new(Mine { sender, count: 0 });
        let fails = Arc::clone(&failing);
        serve(address, move |request| answer(request, &expected, &mine, &fails)).map_err(|error| {
            match error.kind() {
                std::io::ErrorKind::AddrInUse => format!(
                    "replies are to be received at {address}, which is taken, perhaps by another `treebot simulate`"
                ),
                _ => format!("replies cannot be received at {address}: {error}"),
            }
        })?;
        Ok(Self { sent, failing })
    }

    /// What has come since the last time.
    pub(super) fn sent(&self) -> Vec<Sent> {
        self.sent.try_iter().collect()
    }

    /// Refuses so many of the next messages, as Meta does when something fails for a moment.
    pub(super) fn refuse(&self, count: u32) {
        self.failing.store(count, Ordering::SeqCst);
    }
}

/// What the Worker has to show.
struct Expected {
    authorization: String,
    proof: String,
}

struct Mine {
    sender: Sender<Sent>,
    count: u64,
}

fn answer(
    request: &Request,
    expected: &Expected,
    mine: &Mutex<Mine>,
    failing: &AtomicU32,
) -> Response {
    let Ok(mut mine) = mine.lock() else { return error(500, 2, "the stand-in has stopped") };
    // There is nobody to tell only while the program ends.
    let tell = |sent| drop(mine.sender.send(sent));
    let (path, query) = request.path.split_once('?').unwrap_or((&request.path, ""));
    if request.method != "POST" || !path.ends_with("/messages") {
        return error(404, 2500, "treebot simulate takes messages only");
    }
    if request.authorization != expected.authorization {
        tell(Sent::Refused("its PAGE_ACCESS_TOKEN is another one than here"));
        return error(401, 190, "Invalid OAuth access token.");
    }
    if !query.split('&').any(|pair| pair == expected.proof) {
        tell(Sent::Refused("its appsecret_proof does not fit the APP_SECRET that is set here"));
        return error(400, 100, "Invalid appsecret_proof provided in the API argument");
    }
    let body: Value = serde_json::from_slice(&request.body).unwrap_or_default();
    let Some(person) = body.pointer("/recipient/id").and_then(Value::as_str) else {
        tell(Sent::Refused("it sent something to nobody"));
        return error(400, 100, "(#100) Parameter recipient[id] is required");
    };
    let Some(message) = body.get("message") else {
        // That it is typing, or has seen something: nothing to be shown.
        return Response { status: 200, body: json!({"recipient_id": person}).to_string() };
    };
    let fails =
        failing.fetch_update(Ordering::SeqCst, Ordering::SeqCst, |left| left.checked_sub(1));
    if fails.is_ok() {
        return error(500, 2, "An unexpected error has occurred. Please retry your request later.");
    }
    tell(Sent::Message(person.to_owned(), message.clone()));
    mine.count += 1;
    let answer =
        json!({"recipient_id": person, "message_id": format!("m_simulated-{}", mine.count)});
    Response { status: 200, body: answer.to_string() }
}

fn error(status: u16, code: i64, message: &str) -> Response {
    let error = json!({"message": message, "type": "OAuthException", "code": code, "fbtrace_id": "Simulated"});
    Response { status, body: json!({"error": error}).to_string() }
}

/// The address on this machine that an address of the Graph API leads to.
fn address(base: &str) -> Option<SocketAddr> {
    let rest = base.strip_prefix("http://")?;
    let host = host_of(rest);
    if !is_loopback(host) {
        return None;
    }
    let host: IpAddr =
        if host == "localhost" { [127, 0, 0, 1].into() } else { host.parse().ok()? };
    let authority = rest.split('/').next()?;
    let port = match authority.rsplit_once(':') {
        Some((_, port)) if !port.ends_with(']') => port.parse().ok()?,
        Some(_) | None => 80,
    };
    Some(SocketAddr::new(host, port))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn replies_are_received_on_this_machine_only() {
        let check = |base: &str, expected: Option<&str>| {
            assert_eq!(
                address(base).map(|address| address.to_string()).as_deref(),
                expected,
                "{base}"
            );
        };
        check("http://127.0.0.1:8788", Some("127.0.0.1:8788"));
        check("http://localhost:8788/v25.0", Some("127.0.0.1:8788"));
        check("http://[::1]:9/v25.0", Some("[::1]:9"));
        check("https://graph.facebook.com/v25.0", None);
        check("http://192.0.2.1:8788", None);
        check("http://127.0.0.1:port", None);
    }
}
