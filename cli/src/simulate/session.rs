//! People and what they do, as deliveries to a Worker; and what comes back.

use std::io::{self, Write};
use std::thread;
use std::time::{Duration, SystemTime, UNIX_EPOCH};

use serde_json::{Value, json};
use treebot_messenger::incoming::GET_STARTED;
use treebot_messenger::profile::Profile;
use treebot_messenger::signature::{digest, sign};

use super::commands::{Command, HELP, Order};
use super::graph::{Graph, Sent};
use super::show::{self, Button};
use crate::http::{Answer, Call, NoAnswer, Service, printable};
use crate::publish;
use crate::settings::Settings;

/// Whoever talks at first.
pub(super) const YOU: &str = "you";

/// The app of a page's inbox, as Meta's documents name it.
const INBOX: u64 = 263_902_037_430_900;
/// The sticker that a thumbs-up is.
const LIKE: u64 = 369_239_263_222_822;

/// A conversation of one or more people with a Worker.
pub(super) struct Session<'a> {
    worker: Service,
    graph: Graph,
    settings: &'a Settings,
    secret: &'a str,
    page: String,
    /// Everybody who has done something, by name.
    people: Vec<String>,
    /// Who does what comes next.
    person: String,
    buttons: Vec<Button>,
    deliveries: Vec<String>,
    /// What was done and is not delivered yet; none while everything is delivered at once.
    held: Option<Vec<Value>>,
    late: u32,
    /// When the last thing was done: nobody does two at the same moment.
    last: i64,
    done: u64,
    failed: bool,
}

/// Whether there is more to come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Next {
    More,
    End,
}

impl<'a> Session<'a> {
    pub(super) fn new(
        worker: Service,
        graph: Graph,
        settings: &'a Settings,
        secret: &'a str,
        page: &str,
    ) -> Self {
        Self {
            worker,
            graph,
            settings,
            secret,
            page: page.to_owned(),
            people: vec![YOU.to_owned()],
            person: YOU.to_owned(),
            buttons: Vec::new(),
            deliveries: Vec::new(),
            held: None,
            late: 0,
            last: 0,
            done: 0,
            failed: false,
        }
    }

    /// Whoever does what comes next.
    pub(super) fn person(&self) -> &str {
        &self.person
    }

    /// Whether the Worker has refused something.
    pub(super) fn has_failed(&self) -> bool {
        self.failed
    }

    /// Does what a line asks for, and writes what comes of it.
    pub(super) fn perform(&mut self, command: Command, out: &mut impl Write) -> io::Result<Next> {
        match command {
            Command::Nothing => self.show(&[], out)?,
            Command::Quit => return Ok(Next::End),
            Command::Help => writeln!(out, "{HELP}")?,
            Command::Type(text) => {
                let mid = self.mid();
                self.act(json!({"message": {"mid": mid, "text": text}}), out)?;
            }
            Command::Tap(number) => {
                let button = number.checked_sub(1).and_then(|at| self.buttons.get(at)).cloned();
                self.tap(button, &number.to_string(), out)?;
            }
            Command::TapCalled(words) => {
                let button = self.buttons.iter().rev().find(|button| button.is_called(&words));
                self.tap(button.cloned(), &words, out)?;
            }
            Command::Start => {
                let postback =
                    json!({"mid": self.mid(), "title": "Get Started", "payload": GET_STARTED});
                self.act(json!({"postback": postback}), out)?;
            }
            Command::Link(name) => {
                let referral = json!({"ref": name, "source": "SHORTLINK", "type": "OPEN_THREAD"});
                self.act(json!({"referral": referral}), out)?;
            }
            Command::Picture => {
                let picture =
                    json!({"type": "image", "payload": {"url": "https://example.com/picture.jpg"}});
                let mid = self.mid();
                self.act(json!({"message": {"mid": mid, "attachments": [picture]}}), out)?;
            }
            Command::Page => match self.profile() {
                Ok(profile) => show::page(out, &profile, &mut self.buttons)?,
                Err(why) => writeln!(out, "({why})")?,
            },
            Command::Like => {
                let like = json!({"type": "image", "payload": {"sticker_id": LIKE}});
                let mid = self.mid();
                let message = json!({"mid": mid, "sticker_id": LIKE, "attachments": [like]});
                self.act(json!({"message": message}), out)?;
            }
            Command::Human(text) => {
                let mid = self.mid();
                let echo = json!({"mid": mid, "is_echo": true, "app_id": INBOX, "text": text});
                let (page, person) = (json!({"id": self.page}), json!({"id": id(&self.person)}));
                // What the page says is delivered with the page as its sender.
                self.act(json!({"sender": page, "recipient": person, "message": echo}), out)?;
            }
            Command::Take => {
                let control = json!({"previous_owner_app_id": self.app(), "new_owner_app_id": INBOX.to_string()});
                self.act(json!({"take_thread_control": control}), out)?;
            }
            Command::Pass => {
                let control = json!({"previous_owner_app_id": INBOX.to_string(), "new_owner_app_id": self.app()});
                self.act(json!({"pass_thread_control": control}), out)?;
            }
            Command::As(name) => {
                if !self.people.contains(&name) {
                    self.people.push(name.clone());
                }
                self.person = name;
            }
            Command::Again(number) => {
                let at = number.unwrap_or(self.deliveries.len()).checked_sub(1);
                match at.and_then(|at| self.deliveries.get(at)).cloned() {
                    Some(body) => {
                        let answered = post(&self.worker, self.secret, &body);
                        self.show(&[answered], out)?;
                    }
                    None => writeln!(out, "(there is no such delivery; /deliveries lists them)")?,
                }
            }
            Command::Hold => {
                self.held.get_or_insert_default();
            }
            Command::Release(order) => self.release(order, out)?,
            Command::Late(seconds) => self.late = seconds,
            Command::Wait(seconds) => {
                thread::sleep(Duration::from_secs(seconds.into()));
                self.show(&[], out)?;
            }
            Command::Refuse(count) => self.graph.refuse(count),
            Command::Buttons => {
                for (number, button) in (1..).zip(&self.buttons) {
                    writeln!(out, "  [{number}] {}", button.words())?;
                }
            }
            Command::Deliveries => {
                for (number, body) in (1..).zip(&self.deliveries) {
                    let items = show::items(body);
                    writeln!(out, "  {number}. {items}")?;
                }
            }
        }
        out.flush()?;
        Ok(Next::More)
    }

    /// What the page shows, made from the tree that the Worker serves now.
    fn profile(&self) -> Result<Profile, String> {
        let what = "the Worker tells its tree, from which all of this is made, to whoever shows it";
        let token = self.settings.need(publish::TOKEN, what)?;
        let tree = publish::served(self.worker.base(), token, self.settings.to_string())?;
        Ok(Profile::of(&tree))
    }

    /// The bot's own app, if it is known.
    fn app(&self) -> Option<&str> {
        self.settings.get("APP_ID")
    }

    /// The person does something, which is delivered, or held.
    fn act(&mut self, what: Value, out: &mut impl Write) -> io::Result<()> {
        self.last = now().max(self.last.saturating_add(1));
        let at = self.last.saturating_sub(i64::from(self.late) * 1000);
        let mut item = json!({
            "sender": {"id": id(&self.person)},
            "recipient": {"id": self.page},
            "timestamp": at,
        });
        if let (Value::Object(item), Value::Object(what)) = (&mut item, what) {
            item.extend(what);
        }
        match &mut self.held {
            Some(held) => {
                held.push(item);
                writeln!(out, "(held: {})", held.len())
            }
            None => self.deliver(vec![vec![item]], out),
        }
    }

    fn tap(
        &mut self,
        button: Option<Button>,
        called: &str,
        out: &mut impl Write,
    ) -> io::Result<()> {
        match button {
            Some(button) => {
                let press = button.press(&self.mid());
                self.act(press, out)
            }
            None => {
                writeln!(out, "(there is no button `{}`; /buttons lists them)", printable(called))
            }
        }
    }

    fn release(&mut self, order: Order, out: &mut impl Write) -> io::Result<()> {
        let held = self.held.take().unwrap_or_default();
        if held.is_empty() {
            return writeln!(out, "(nothing was held)");
        }
        let one_each = held.iter().map(|item| vec![item.clone()]);
        match order {
            Order::AsMade => self.deliver(one_each.collect(), out),
            Order::Backwards => self.deliver(one_each.rev().collect(), out),
            Order::Together => self.deliver(vec![held], out),
            Order::AtOnce => {
                let bodies: Vec<String> = one_each.map(|items| self.body(&items)).collect();
                let (worker, secret) = (&self.worker, self.secret);
                let answered = thread::scope(|scope| {
                    let posts: Vec<_> = bodies
                        .iter()
                        .map(|body| scope.spawn(move || post(worker, secret, body)))
                        .collect();
                    posts.into_iter().filter_map(|post| post.join().ok()).collect::<Vec<_>>()
                });
                self.deliveries.extend(bodies);
                self.show(&answered, out)
            }
        }
    }

    /// Makes deliveries, one after the other.
    fn deliver(&mut self, deliveries: Vec<Vec<Value>>, out: &mut impl Write) -> io::Result<()> {
        for items in deliveries {
            let body = self.body(&items);
            let answered = post(&self.worker, self.secret, &body);
            self.deliveries.push(body);
            self.show(&[answered], out)?;
        }
        Ok(())
    }

    fn body(&self, items: &[Value]) -> String {
        let entry = json!({"id": self.page, "time": now(), "messaging": items});
        json!({"object": "page", "entry": [entry]}).to_string()
    }

    /// Shows what the bot has sent, and how the Worker has taken deliveries.
    fn show(
        &mut self,
        answered: &[Result<Answer, NoAnswer>],
        out: &mut impl Write,
    ) -> io::Result<()> {
        let sent = self.graph.sent();
        let is_silent = sent.is_empty() && !answered.is_empty();
        for sent in sent {
            match sent {
                Sent::Message(person, message) => {
                    let to = self.people.iter().find(|name| id(name) == person);
                    let to = match to {
                        Some(name) if *name == self.person => "bot".to_owned(),
                        Some(name) => format!("bot to {name}"),
                        None => "bot to somebody else".to_owned(),
                    };
                    show::message(out, &to, &message, &mut self.buttons)?;
                }
                Sent::Refused(why) => {
                    self.failed = true;
                    writeln!(out, "(the Worker's message was refused: {why})")?;
                }
            }
        }
        let mut is_told = false;
        for answered in answered {
            match answered {
                Ok(answer) if answer.status == 200 => continue,
                Ok(answer) => writeln!(
                    out,
                    "(the Worker answers with status {}{})",
                    answer.status,
                    meaning(answer.status)
                )?,
                Err(why) => writeln!(out, "(the Worker does not answer: {why})")?,
            }
            self.failed = true;
            is_told = true;
        }
        if is_silent && !is_told {
            writeln!(out, "(no reply)")?;
        }
        Ok(())
    }

    /// An id for something that is done: never one that was there before, in this session or another.
    fn mid(&mut self) -> String {
        self.done += 1;
        format!("m_simulated-{}-{}", now(), self.done)
    }
}

/// Delivers a body as Meta does.
fn post(worker: &Service, secret: &str, body: &str) -> Result<Answer, NoAnswer> {
    let headers = vec![
        ("Content-Type", "application/json".to_owned()),
        ("X-Hub-Signature-256", sign(body.as_bytes(), secret)),
    ];
    worker.call("POST", "/webhook", Call { headers, body: Some(body.as_bytes().to_vec()) })
}

/// What a status means for whoever delivers.
const fn meaning(status: u16) -> &'static str {
    match status {
        403 => ": APP_SECRET is another one than here",
        503 => ": Meta would deliver again; /again does",
        _ => "",
    }
}

/// What Meta would call a person: the same whenever the same name is used, so that a conversation goes on.
fn id(name: &str) -> String {
    let digest = digest(name.as_bytes());
    let digits = digest.get(..12).and_then(|digits| u64::from_str_radix(digits, 16).ok());
    (7_000_000_000_000_000 + digits.unwrap_or_default()).to_string()
}

/// The system's clock; 1970 where it is set before that.
fn now() -> i64 {
    let since = SystemTime::now().duration_since(UNIX_EPOCH).unwrap_or_default();
    i64::try_from(since.as_millis()).unwrap_or(i64::MAX)
}
