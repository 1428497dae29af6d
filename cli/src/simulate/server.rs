//! The smallest server that a Worker can call: on this machine, one request for each connection, everything bounded.

use std::io::{self, Read, Write};
use std::net::{SocketAddr, TcpListener, TcpStream};
use std::sync::Arc;
use std::thread;
use std::time::Duration;

/// How long somebody may take to say what they want.
const PATIENCE: Duration = Duration::from_secs(10);
/// The longest that comes before a body.
const MAX_HEAD: usize = 16 << 10;
/// The longest body.
const MAX_BODY: usize = 1 << 20;
/// The most headers that are looked at.
const MAX_HEADERS: usize = 64;

/// What was asked for.
pub(super) struct Request {
    pub(super) method: String,
    /// With its query.
    pub(super) path: String,
    pub(super) authorization: String,
    pub(super) body: Vec<u8>,
}

/// What it is answered with: JSON.
pub(super) struct Response {
    pub(super) status: u16,
    pub(super) body: String,
}

/// Answers requests at an address until the program ends.
pub(super) fn serve(
    address: SocketAddr,
    answer: impl Fn(&Request) -> Response + Send + Sync + 'static,
) -> io::Result<()> {
    let listener = TcpListener::bind(address)?;
    let answer = Arc::new(answer);
    thread::spawn(move || {
        for stream in listener.incoming().flatten() {
            let answer = Arc::clone(&answer);
            // Whoever hangs up in the middle is not answered: there is nobody to tell.
            thread::spawn(move || drop(talk(stream, answer.as_ref())));
        }
    });
    Ok(())
}

fn talk(mut stream: TcpStream, answer: &impl Fn(&Request) -> Response) -> io::Result<()> {
    stream.set_read_timeout(Some(PATIENCE))?;
    stream.set_write_timeout(Some(PATIENCE))?;
    let Response { status, body } = match read(&mut stream)? {
        Some(request) => answer(&request),
        None => Response { status: 400, body: "{}".to_owned() },
    };
    let length = body.len();
    let head = format!(
        "HTTP/1.1 {status} Answer\r\nContent-Type: application/json\r\nContent-Length: {length}\r\nConnection: close\r\n\r\n"
    );
    stream.write_all(head.as_bytes())?;
    stream.write_all(body.as_bytes())?;
    stream.flush()
}

/// A whole request; none where it is not one, or longer than allowed.
fn read(stream: &mut impl Read) -> io::Result<Option<Request>> {
    let mut bytes = Vec::new();
    loop {
        let Some(head) = Head::of(&bytes) else {
            if bytes.len() > MAX_HEAD || !more(stream, &mut bytes)? {
                return Ok(None);
            }
            continue;
        };
        let Head { request, starts, length } = head;
        if length > MAX_BODY {
            return Ok(None);
        }
        while bytes.len() < starts + length {
            if !more(stream, &mut bytes)? {
                return Ok(None);
            }
        }
        let body = bytes.get(starts..starts + length).unwrap_or_default().to_vec();
        return Ok(Some(Request { body, ..request }));
    }
}

/// Reads on. Whether anything came.
fn more(stream: &mut impl Read, bytes: &mut Vec<u8>) -> io::Result<bool> {
    let mut part = [0; 4096];
    let count = stream.read(&mut part)?;
    bytes.extend(part.iter().take(count));
    Ok(count > 0)
}

/// What comes before the body.
struct Head {
    request: Request,
    /// Where the body starts.
    starts: usize,
    /// How long it is.
    length: usize,
}

impl Head {
    /// None while it is not all there, or if it is none.
    fn of(bytes: &[u8]) -> Option<Self> {
        let mut headers = [httparse::EMPTY_HEADER; MAX_HEADERS];
        let mut parsed = httparse::Request::new(&mut headers);
        let httparse::Status::Complete(starts) = parsed.parse(bytes).ok()? else { return None };
        let header = |name: &str| {
            let found = parsed.headers.iter().find(|header| header.name.eq_ignore_ascii_case(name));
            found.and_then(|header| std::str::from_utf8(header.value).ok()).unwrap_or_default()
        };
        let request = Request {
            method: parsed.method?.to_owned(),
            path: parsed.path?.to_owned(),
            authorization: header("authorization").to_owned(),
            body: Vec::new(),
        };
        let length = header("content-length").trim().parse().unwrap_or_default();
        Some(Self { request, starts, length })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A stream that brings a few bytes at a time.
    struct Slow<'a>(&'a [u8]);

    impl Read for Slow<'_> {
        fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
            let count = self.0.len().min(3).min(into.len());
            let (now, later) = self.0.split_at(count);
            into.iter_mut().zip(now).for_each(|(to, from)| *to = *from);
            self.0 = later;
            Ok(count)
        }
    }

    fn request(bytes: &[u8]) -> Option<Request> {
        read(&mut Slow(bytes)).ok().flatten()
    }

    #[test]
    fn a_request_is_read_with_all_of_its_body() {
        let bytes = b"POST /v25.0/1/messages?a=b HTTP/1.1\r\nHost: x\r\nAUTHORIZATION: Bearer t\r\nContent-Length: 5\r\n\r\nhello, and more";
        let read = request(bytes);
        let read = read.map(|read| (read.method, read.path, read.authorization, read.body));
        let expected = ("POST", "/v25.0/1/messages?a=b", "Bearer t", &b"hello"[..]);
        assert_eq!(
            read,
            Some((
                expected.0.to_owned(),
                expected.1.to_owned(),
                expected.2.to_owned(),
                expected.3.to_vec()
            ))
        );
    }

    #[test]
    fn what_is_none_is_refused_and_bounded() {
        let without_end = [b"GET / HTTP/1.1\r\nA: ".as_slice(), &[b'x'; 3 * MAX_HEAD]].concat();
        let too_long = format!("POST / HTTP/1.1\r\nContent-Length: {}\r\n\r\n", MAX_BODY + 1);
        let cut_off = b"POST / HTTP/1.1\r\nContent-Length: 9\r\n\r\nhello";
        for bytes in [&b""[..], b"hello", &without_end, too_long.as_bytes(), cut_off] {
            assert!(
                request(bytes).is_none(),
                "{}",
                String::from_utf8_lossy(bytes).chars().take(40).collect::<String>()
            );
        }
    }
}
