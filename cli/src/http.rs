//! Calls over HTTP. What goes wrong is told without the address of a call or anything that was sent: both may hold secrets.

use std::fmt;
use std::io::ErrorKind;
use std::net::IpAddr;
use std::time::Duration;

use ureq::config::AutoHeaderValue;
use ureq::http::Request;
use ureq::{Agent, Error};

/// How long a call may take.
const PATIENCE: Duration = Duration::from_secs(20);

/// The most that is read of an answer.
const MAX_ANSWER: u64 = 8 << 20;

/// A service: where it is, and the means to call it.
pub(crate) struct Service {
    base: String,
    agent: Agent,
}

/// What is sent along.
#[derive(Default)]
pub(crate) struct Call<'a> {
    /// Headers, by name.
    pub(crate) headers: Vec<(&'a str, String)>,
    /// The body; none where there is none.
    pub(crate) body: Option<Vec<u8>>,
}

/// What came back, whatever its status.
#[derive(Debug)]
pub(crate) struct Answer {
    pub(crate) status: u16,
    pub(crate) body: Vec<u8>,
    etag: Option<String>,
}

/// Why nothing came back, in words.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct NoAnswer(String);

impl Service {
    /// The service at an address such as `https://bot.example.com`. Secrets are sent there, so other machines are called by
    /// https only.
    pub(crate) fn at(address: &str) -> Result<Self, String> {
        let address = address.trim();
        let https = address.strip_prefix("https://");
        let Some(rest) = https.or_else(|| address.strip_prefix("http://")) else {
            return Err(format!(
                "`{address}` is no address: it begins with https:// (or with http:// on this machine)"
            ));
        };
        let base = address.trim_end_matches('/');
        let host = host_of(rest);
        let plain = |letter: char| {
            letter.is_ascii_graphic() && !matches!(letter, '?' | '#' | '@' | '\\' | '"' | '<' | '>')
        };
        if host.is_empty() || !base.chars().all(plain) {
            return Err(format!(
                "`{address}` is no address: https://, the name of a server, and perhaps a path"
            ));
        }
        let is_here = is_loopback(host);
        if https.is_none() && !is_here {
            return Err(format!("`{address}` would be sent secrets in clear: write https://"));
        }
        let config = Agent::config_builder()
            .http_status_as_error(false)
            .max_redirects(0)
            .max_redirects_will_error(false)
            .timeout_global(Some(PATIENCE))
            .user_agent(AutoHeaderValue::Provided(
                concat!("treebot/", env!("CARGO_PKG_VERSION")).to_owned().into(),
            ));
        // A proxy of the environment leads to others, never to this machine itself.
        let config = if is_here { config.proxy(None) } else { config };
        Ok(Self { base: base.to_owned(), agent: config.build().into() })
    }

    /// Where it is.
    pub(crate) fn base(&self) -> &str {
        &self.base
    }

    /// Calls it. `path` begins with a slash, and may have a query.
    pub(crate) fn call(
        &self,
        method: &str,
        path: &str,
        call: Call<'_>,
    ) -> Result<Answer, NoAnswer> {
        let address = format!("{}{path}", self.base);
        let mut request = Request::builder().method(method).uri(address);
        for (name, value) in call.headers {
            request = request.header(name, value);
        }
        let wrong = |_| NoAnswer("a setting holds something that cannot be sent".to_owned());
        let sent = match call.body {
            Some(body) => self.agent.run(request.body(body).map_err(wrong)?),
            None => self.agent.run(request.body(()).map_err(wrong)?),
        };
        let mut response = sent.map_err(|error| NoAnswer::because(&error))?;
        let etag = response.headers().get("etag").and_then(|etag| etag.to_str().ok());
        let etag = etag.map(|etag| etag.trim_start_matches("W/").trim_matches('"').to_owned());
        let body = response.body_mut().with_config().limit(MAX_ANSWER).read_to_vec();
        let body = body.map_err(|error| NoAnswer::because(&error))?;
        Ok(Answer { status: response.status().as_u16(), body, etag })
    }
}

impl Answer {
    /// The body as JSON; null where it is none.
    pub(crate) fn json(&self) -> serde_json::Value {
        serde_json::from_slice(&self.body).unwrap_or_default()
    }

    /// The body as one short line, to be shown.
    pub(crate) fn text(&self) -> String {
        let text = String::from_utf8_lossy(&self.body);
        let line: Vec<&str> = text.split_whitespace().collect();
        line.join(" ").chars().filter(|letter| !letter.is_control()).take(200).collect()
    }

    /// Which state of a thing it is.
    pub(crate) fn etag(&self) -> Option<&str> {
        self.etag.as_deref()
    }
}

impl NoAnswer {
    fn because(error: &Error) -> Self {
        let words = match error {
            Error::HostNotFound => "there is no server of that name",
            Error::Timeout(_) => "it did not answer in time",
            Error::ConnectionFailed => "it could not be reached",
            Error::Tls(_) | Error::Rustls(_) | Error::Pem(_) => {
                "its certificate is not to be trusted"
            }
            Error::BodyExceedsLimit(_) => "its answer is far too long",
            Error::InvalidProxyUrl | Error::ConnectProxyFailed(_) => {
                "the proxy of this machine did not connect"
            }
            Error::Io(error) => match error.kind() {
                ErrorKind::ConnectionRefused => "nothing listens there",
                ErrorKind::TimedOut => "it did not answer in time",
                ErrorKind::ConnectionReset
                | ErrorKind::ConnectionAborted
                | ErrorKind::BrokenPipe
                | ErrorKind::UnexpectedEof => "the connection broke off",
                // A name that nobody knows is of no kind.
                _ => "it cannot be reached; is the name right, and this machine online?",
            },
            // An enum of others, which may grow.
            _ => "it does not speak HTTP as it should",
        };
        Self(words.to_owned())
    }
}

impl fmt::Display for NoAnswer {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// A text that comes from elsewhere without what would steer the terminal.
pub(crate) fn printable(text: &str) -> String {
    let steers = |letter: char| letter.is_control() && letter != '\t';
    text.chars()
        .map(|letter| if steers(letter) { char::REPLACEMENT_CHARACTER } else { letter })
        .collect()
}

/// The host in what follows the scheme of an address.
pub(crate) fn host_of(rest: &str) -> &str {
    let authority = rest.split('/').next().unwrap_or_default();
    match authority.strip_prefix('[') {
        Some(address) => address.split(']').next().unwrap_or_default(),
        None => authority.split(':').next().unwrap_or_default(),
    }
}

/// Whether a host is this machine.
pub(crate) fn is_loopback(host: &str) -> bool {
    host == "localhost" || host.parse::<IpAddr>().is_ok_and(|address| address.is_loopback())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn secrets_go_to_other_machines_by_https_only() {
        for good in [
            "https://bot.example.com",
            "https://bot.example.com/",
            "http://127.0.0.1:8787",
            "http://localhost:1",
            "http://[::1]:2/x",
        ] {
            let service = Service::at(good).map(|service| service.base().to_owned());
            assert_eq!(service, Ok(good.trim_end_matches('/').to_owned()));
        }
        for (bad, why) in [
            ("bot.example.com", "begins with https://"),
            ("", "begins with https://"),
            ("ftp://bot.example.com", "begins with https://"),
            ("http://bot.example.com", "in clear"),
            ("http://127.0.0.1.example.com", "in clear"),
            ("http://localhost.example.com", "in clear"),
            ("https://", "no address"),
            ("https://user:word@bot.example.com", "no address"),
            ("https://bot.example.com?x=1", "no address"),
            ("https://bot example.com", "no address"),
        ] {
            let error = Service::at(bad).err().unwrap_or_default();
            assert!(error.contains(why), "{bad}: {error}");
        }
    }
}
