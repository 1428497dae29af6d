//! Level 1: a person's inputs one after the other, and each sees the one before, wherever they come in.
//!
//! KV alone cannot promise that. So one Durable Object for each person, where the operator has bound them, answers
//! all of that person's inputs and keeps the newest events in its own storage, which is consistent. KV gets every
//! event as before: it is what is kept, and what goes on when the binding is taken away again.
//!
//! ```text
//! e:{9999999999999 - time}:{id}    "1" and an event that KV has, "0" and one that it does not have yet
//! loaded                           what KV knew when this object was new has been taken over
//! forgotten                        the person has asked to be forgotten, and when
//! told                             the same, once they need not be told that it is done
//! ```

use treebot::Millis;

use crate::gate::Stop;
use crate::store::{
    Forgotten, LISTED, Listing, Person, Row, Store, StoreError, Wish, Written, backwards,
};

/// How long ids are kept: Meta delivers again for an hour, or for 36 by its older pages, and then never.
const KEPT: i64 = 36 * 60 * 60 * 1000;
/// How often the object looks what it can forget.
const TIDIED: i64 = 24 * 60 * 60 * 1000;
/// The most keys that are looked at in one go.
const MANY: usize = 1000;

const EVENTS: &str = "e:";
const LOADED: &str = "loaded";
/// When the person asked to be forgotten last.
pub const FORGOTTEN: &str = "forgotten";
/// Of which deletion, by its time, the person need not be told any more.
const TOLD: &str = "told";

/// The storage of one object. What is written is there at once.
pub trait Notebook {
    /// The first keys with this prefix, with their values.
    fn list(&self, prefix: &str, most: usize) -> Result<Vec<(String, String)>, StoreError>;
    /// A value.
    fn get(&self, key: &str) -> Result<Option<String>, StoreError>;
    /// Keeps a value.
    fn put(&self, key: &str, value: &str) -> Result<(), StoreError>;
    /// Deletes a key.
    fn delete(&self, key: &str) -> Result<(), StoreError>;
}

/// A store behind the notebook of one person's object; just the store, where there is none.
pub struct Sequenced<N, S> {
    /// The object's storage.
    pub notebook: Option<N>,
    /// Where everything is kept.
    pub store: S,
}

/// What is to become of an object that was tidied.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Tidied {
    /// It is to be looked at again then.
    Until(Millis),
    /// It holds nothing that is needed.
    Empty,
}

/// Takes out of a notebook what is not needed any more: whatever is older than conversations are kept, of the rest what
/// is neither new nor delivered again, and when the person was forgotten once nothing older can come.
///
/// # Errors
/// The storage failed.
pub fn tidy(
    notebook: &impl Notebook,
    now: Millis,
    retention: Millis,
) -> Result<Tidied, StoreError> {
    let is_older = |at: Millis, than: i64| now.0.saturating_sub(at.0) > than;
    let mut is_empty = true;
    for (number, row) in rows(notebook, "", MANY)?.iter().enumerate() {
        let is_kept = row.stamp().is_some_and(|(at, _)| {
            !is_older(at, retention.0) && (number < LISTED || !is_older(at, KEPT))
        });
        if !is_kept {
            notebook.delete(&row.key)?;
        }
        is_empty &= !is_kept;
    }
    if let Some(wish) = wish(notebook)? {
        if is_older(wish.at, KEPT) {
            notebook.delete(FORGOTTEN)?;
            notebook.delete(TOLD)?;
        } else {
            is_empty = false;
        }
    }
    Ok(if is_empty { Tidied::Empty } else { Tidied::Until(Millis(now.0.saturating_add(TIDIED))) })
}

impl<N: Notebook, S: Store> Sequenced<N, S> {
    /// The notebook, with what KV knew before there was one.
    async fn opened(&self, person: &Person) -> Result<Option<&N>, StoreError> {
        let Some(notebook) = &self.notebook else { return Ok(None) };
        if notebook.get(LOADED)?.is_none() {
            let Listing { rows, wish, .. } = self.store.newest(person).await?;
            // KV may still show what it was told to delete.
            let is_kept = |row: &&Row| !wish.as_ref().is_some_and(|wish| row.goes_with(wish));
            let kept = rows.iter().filter(is_kept);
            for (row, key) in kept.filter_map(|row| Some((row, key_of(row)?))) {
                notebook.put(&key, &format!("1{}", row.metadata.as_deref().unwrap_or_default()))?;
            }
            if let Some(wish) = wish {
                keep_wish(notebook, &wish)?;
            }
            notebook.put(LOADED, "1")?;
        }
        Ok(Some(notebook))
    }
}

impl<N: Notebook, S: Store> Store for Sequenced<N, S> {
    async fn newest(&self, person: &Person) -> Result<Listing, StoreError> {
        let Some(notebook) = self.opened(person).await? else {
            return self.store.newest(person).await;
        };
        let rows = of_person(person, rows(notebook, "", LISTED)?);
        Ok(Listing { more: rows.len() >= LISTED, rows, wish: wish(notebook)? })
    }

    async fn of_moment(&self, person: &Person, at: Millis) -> Result<Vec<Row>, StoreError> {
        if let Some(notebook) = self.opened(person).await? {
            let found = rows(notebook, &format!("{}:", backwards(at)), LISTED)?;
            if !found.is_empty() {
                return Ok(of_person(person, found));
            }
        }
        self.store.of_moment(person, at).await
    }

    async fn append(&self, person: &Person, event: &Written) -> Result<(), StoreError> {
        let Some(notebook) = self.opened(person).await? else {
            return self.store.append(person, event).await;
        };
        if wish(notebook)?.is_some_and(|wish| wish.covers(event.at)) {
            return Ok(());
        }
        // First here: from now on the input is answered, whatever becomes of the rest.
        let Some(key) = key_of(&Row::new(event.key.as_str(), None)) else { return Err(StoreError) };
        notebook.put(&key, &format!("0{}", event.metadata))?;
        self.store.append(person, event).await?;
        notebook.put(&key, &format!("1{}", event.metadata))
    }

    async fn forget(
        &self,
        person: &Person,
        wish: &Wish,
        calls: u32,
    ) -> Result<Forgotten, StoreError> {
        if let Some(notebook) = self.opened(person).await? {
            keep_wish(notebook, wish)?;
            for row in rows(notebook, "", MANY)? {
                if row.stamp().is_none_or(|(at, _)| wish.covers(at)) {
                    notebook.delete(&row.key)?;
                }
            }
        }
        self.store.forget(person, wish, calls).await
    }

    async fn told(&self, person: &Person, wish: &Wish) -> Result<(), StoreError> {
        if let Some(notebook) = self.opened(person).await? {
            keep_wish(notebook, wish)?;
        }
        self.store.told(person, wish).await
    }

    async fn stop_of(&self, page: &str) -> Result<Option<Stop>, StoreError> {
        self.store.stop_of(page).await
    }

    async fn keep_stop(&self, page: &str, stop: Option<&Stop>) -> Result<(), StoreError> {
        self.store.keep_stop(page, stop).await
    }
}

/// The events, the newest first.
fn rows(notebook: &impl Notebook, of: &str, most: usize) -> Result<Vec<Row>, StoreError> {
    let listed = notebook.list(&format!("{EVENTS}{of}"), most)?;
    let row = |(key, value): (String, String)| {
        let pending = value.starts_with('0');
        let metadata = value.get(1..).filter(|metadata| !metadata.is_empty()).map(str::to_owned);
        Row { key, metadata, pending }
    };
    Ok(listed.into_iter().map(row).collect())
}

/// Rows of the notebook as KV has them.
fn of_person(person: &Person, rows: Vec<Row>) -> Vec<Row> {
    let of_person = |row: Row| {
        let key = row.key.strip_prefix(EVENTS).unwrap_or_default();
        Row { key: format!("{}{key}", person.prefix()), ..row }
    };
    rows.into_iter().map(of_person).collect()
}

fn wish(notebook: &impl Notebook) -> Result<Option<Wish>, StoreError> {
    let Some(text) = notebook.get(FORGOTTEN)? else { return Ok(None) };
    let told = notebook.get(TOLD)?.is_some_and(|told| told == text);
    Ok(text.parse().ok().map(|at| Wish { at: Millis(at), told }))
}

fn keep_wish(notebook: &impl Notebook, wish: &Wish) -> Result<(), StoreError> {
    let text = wish.to_text();
    notebook.put(FORGOTTEN, &text)?;
    if wish.told { notebook.put(TOLD, &text) } else { Ok(()) }
}

/// A row of KV as a key of the notebook.
fn key_of(row: &Row) -> Option<String> {
    let (at, id) = row.stamp()?;
    Some(format!("{EVENTS}{}:{id}", backwards(at)))
}
