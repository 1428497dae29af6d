//! Sending a reply: message by message, each awaited, as Meta keeps no order by itself.

use treebot::{Millis, PlaceCode, Reply, Trail};
use treebot_messenger::errors::{Class, Failure, Sent};
use treebot_messenger::incoming::{Item, REPLY_TO, What};
use treebot_messenger::outgoing::{Dress, render, render_plain, typing};

use crate::delivery::{Clock, Graph};
use crate::log::Line;
use crate::person::{LEAST_CALL, MAX_CALLS, Run, failed, line};
use crate::store::{Person, Store, StoreError};

/// The longest that one call of the Graph API may take.
const CALL: i64 = 2000;
/// How long to wait before a call is tried again.
const PAUSE: i64 = 300;
/// A call is not tried again with less than this left.
const LEAST_RETRY: i64 = 1500;

impl<S: Store, G: Graph, C: Clock> Run<'_, S, G, C> {
    /// Sends what answers an input, which is remembered by this id and leads to this place. What Meta does not accept
    /// goes out once more in plain words.
    pub(crate) async fn reply(
        &self,
        person: &Person,
        item: &Item,
        (id, place): (&str, &Trail),
        reply: &Reply<'_>,
    ) -> Result<(), Failure> {
        let host = self.host;
        let config = host.config.digest.as_str();
        self.look_at_the_gate(person.page()).await;
        let now = host.clock.now();
        if let Some(class) = host.memory.borrow().gates.stop_of(person.page(), now, config) {
            return Err(Failure { class, ..Failure::no_answer() });
        }
        let from = match &item.what {
            What::Input { from, .. } => *from,
            What::Echo { .. } | What::Handover { .. } | What::Unsent { .. } | What::Ignored(_) => 0,
        };
        let place = PlaceCode::encode(host.tree, place);
        let start_again = host.tree.start_again();
        let metadata = format!("{REPLY_TO}{id}");
        let dress = Dress {
            person: &item.person,
            place: place.as_str(),
            from,
            more: host.tree.more_label(),
            yes_or_no: host.tree.yes_or_no(),
            start_again: &start_again,
            metadata: Some(&metadata),
            graphemes: host.graphemes,
        };
        let bodies = render(reply, &dress);
        let sent = match self.send_all(person, item, id, &bodies).await {
            Err(failure) if failure.class == Class::BadRequest => {
                let line = line(item, person).with("again", "plain");
                // What was refused, as far as it may be told: how much of what.
                let line = line.with("messages", bodies.len()).with("choices", reply.choices.len());
                self.log(failed(line, &failure));
                let metadata = format!("{metadata}:plain");
                let dress = Dress { metadata: Some(&metadata), ..dress };
                let bodies = render_plain(reply, &dress);
                self.send_all(person, item, &format!("{id}:plain"), &bodies).await
            }
            sent => sent,
        };
        host.memory.borrow_mut().sent(sent.as_ref().err().map(|failure| failure.class));
        match &sent {
            Ok(()) => {
                let noted = host.memory.borrow_mut().gates.succeeded(person.page());
                if noted {
                    self.note(person.page(), None).await;
                }
            }
            Err(failure) => self.shut(person.page(), failure).await,
        }
        sent
    }

    /// One after the other. A message that has gone out already does not go out again, however often Meta delivers what
    /// it answers.
    async fn send_all(
        &self,
        person: &Person,
        item: &Item,
        id: &str,
        bodies: &[String],
    ) -> Result<(), Failure> {
        // One message is there as soon as this would be. Before several there is something to wait for.
        let waits = bodies.len() > 1 && !self.host.memory.borrow().gates.is_sore(person.page());
        if waits && self.calls.get() + 1 < MAX_CALLS {
            self.count();
            self.host.graph.hint(person.page(), &typing(&item.person));
        }
        for (number, body) in bodies.iter().enumerate() {
            let name = format!("{id}:{number}");
            if !self.tries(&name, body) {
                continue;
            }
            match self.send(person, body).await {
                Err(failure) if failure.class == Class::Transient && self.left() >= LEAST_RETRY => {
                    self.host.clock.sleep(Millis(PAUSE)).await;
                    // Where no answer came, the message may have gone out: then its echo says so.
                    if self.tries(&name, body) {
                        self.send(person, body).await?;
                    }
                }
                sent => sent?,
            }
            self.host.memory.borrow_mut().has_gone_out(&name);
        }
        Ok(())
    }

    fn tries(&self, name: &str, body: &str) -> bool {
        self.host.memory.borrow_mut().tries(name, body, self.host.clock.now())
    }

    async fn send(&self, person: &Person, body: &str) -> Result<(), Failure> {
        let within = self.left().min(CALL);
        if within < LEAST_CALL || self.calls.get() + 1 >= MAX_CALLS {
            return Err(Failure::no_answer());
        }
        self.count();
        self.host.graph.send(person.page(), body, Millis(within)).await.map(|Sent { .. }| ())
    }

    /// What the other isolates have noted about a page, once a minute.
    pub(crate) async fn look_at_the_gate(&self, page: &str) {
        let now = self.host.clock.now();
        if !self.host.memory.borrow_mut().gates.look(page, now) {
            return;
        }
        self.count();
        // Where the note cannot be read, Graph will say so itself.
        if let Ok(note) = self.host.store.stop_of(self.host.config.noted_as(page)).await {
            self.host.memory.borrow_mut().gates.seen(page, now, note);
        }
    }

    /// Shuts a page, where that is what a failure means.
    async fn shut(&self, page: &str, failure: &Failure) {
        let now = self.host.clock.now();
        let config = self.host.config.digest.as_str();
        let stop = self.host.memory.borrow_mut().gates.failed(page, now, failure, config);
        let Some((stop, noted)) = stop else { return };
        let seconds = (stop.until.0 - now.0) / 1000;
        let line = Line::about("page shut").with("class", stop.class.as_str());
        let line = if stop.class == Class::Auth { line } else { line.with("seconds", seconds) };
        self.log(line.with("alert", stop.class.advice()));
        if noted {
            self.note(page, Some(&stop)).await;
        }
    }

    async fn note(&self, page: &str, stop: Option<&crate::gate::Stop>) {
        self.count();
        let page = self.host.config.noted_as(page);
        if self.host.store.keep_stop(page, stop).await == Err(StoreError) {
            self.log(Line::about("store").with("failed", "note"));
        }
    }
}
