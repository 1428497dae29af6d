//! Events in a namespace of keys that expire: how long each is kept, and how all of a person's are deleted, in as many
//! goes as it takes.
//!
//! The namespace is handed in, so this runs and is tested anywhere. It is no [`Store`](crate::store::Store) by itself: see
//! `kv`.

use treebot::Millis;

use crate::delivery::{AT_ONCE, together};
use crate::store::{
    FORGET, Forgotten, Person, Row, StoreError, TOLD, Wish, Written, is_listed, to_delete,
};

/// How many keys one listing can bring. (Workers KV limits)
pub const PAGE: usize = 1000;
/// How many calls the scheduled handler makes to delete: some of those that it may make are for other things.
pub const CALLS_AT_ONCE: u32 = 40;
/// For how long it is deleted again at least what somebody asked to be deleted: KV may be slow to show what was written
/// just before.
const DELETED_AGAIN: i64 = 2 * 60 * 60 * 1000;
/// How long a deletion is known of, in seconds: what was done before it is refused for as long as Meta may deliver it.
/// (For an hour, or for 36 by its older pages.)
pub const WISH_KEPT: u64 = 36 * 60 * 60;
/// How many calls a deletion takes besides deleting: the wish, twice, and a listing.
const CALLS_OF_A_WISH: u32 = 3;

/// Keys, as Workers KV has them.
#[expect(async_fn_in_trait, reason = "a Worker has one thread: no future is ever sent to another")]
pub trait Namespace {
    /// The first keys with this prefix, with their metadata.
    async fn list(&self, prefix: &str, most: usize) -> Result<Vec<Row>, StoreError>;
    /// Writes a key, which is gone after so many seconds.
    async fn put(
        &self,
        key: &str,
        value: &str,
        metadata: Option<&str>,
        seconds: u64,
    ) -> Result<(), StoreError>;
    /// Deletes a key.
    async fn delete(&self, key: &str) -> Result<(), StoreError>;
}

/// So many days in seconds.
#[must_use]
pub const fn seconds(days: u64) -> u64 {
    days.saturating_mul(24 * 60 * 60)
}

/// Keeps an event for so many seconds.
///
/// # Errors
/// The namespace failed.
pub async fn append(
    keys: &impl Namespace,
    event: &Written,
    retention: u64,
) -> Result<(), StoreError> {
    keys.put(&event.key, &event.value, Some(&event.metadata), retention).await
}

/// Deletes everything about a person, in about so many calls.
///
/// # Errors
/// The namespace failed. What is done is done, and to be asked again does the rest.
pub async fn forget(
    keys: &impl Namespace,
    person: &Person,
    wish: &Wish,
    retention: u64,
    calls: u32,
) -> Result<Forgotten, StoreError> {
    // First of all the wish, so that it comes true whatever happens to this request.
    let text = wish.to_text();
    keys.put(&person.forget_key(), &text, Some(&text), retention).await?;
    told(keys, person, wish).await?;
    let rows = keys.list(&person.prefix(), PAGE).await?;
    let deleted = delete(keys, &rows, wish, calls.saturating_sub(CALLS_OF_A_WISH)).await?;
    Ok(Forgotten { calls: CALLS_OF_A_WISH.saturating_add(deleted.calls), ..deleted })
}

/// Puts a deletion among the person's events, so that what is older is neither read nor taken any more; and with it,
/// whether the person was told.
///
/// # Errors
/// The namespace failed.
pub async fn told(keys: &impl Namespace, person: &Person, wish: &Wish) -> Result<(), StoreError> {
    let metadata = wish.told.then_some(TOLD);
    keys.put(&person.wish_key(wish), "", metadata, WISH_KEPT).await
}

/// Deletes again what was to be forgotten, until nothing is found: there may have been too much of it, or KV may have been
/// slow to show some. Each time somebody else comes first.
///
/// # Errors
/// The namespace failed; the next time does the rest.
pub async fn forget_the_rest(keys: &impl Namespace, now: Millis) -> Result<(), StoreError> {
    let wishes = keys.list(FORGET, PAGE).await?;
    let mut left = CALLS_AT_ONCE - 1;
    let hours = usize::try_from(now.0 / (60 * 60 * 1000)).unwrap_or_default();
    let turned = hours % wishes.len().max(1);
    let (first, second) = wishes.split_at_checked(turned).unwrap_or((&wishes, &[]));
    for row in second.iter().chain(first) {
        let Some(person) = Person::of_forget_key(&row.key) else { continue };
        // A listing, and one call that does something about it.
        if left < 2 {
            break;
        }
        let wish = Wish::read(row.metadata.as_deref(), now);
        let rows = keys.list(&person.prefix(), PAGE).await?;
        left -= 1;
        let is_listed = is_listed(&rows, &wish);
        if !is_listed {
            // KV had failed before it stood among the events, and nobody has asked for it again.
            told(keys, &person, &wish).await?;
            left -= 1;
        }
        // The next time all see it. (One that could not be read is of this moment, each time.)
        if !is_listed && wish.at < now {
            continue;
        }
        let deleted = delete(keys, &rows, &wish, left).await?;
        left = left.saturating_sub(deleted.calls);
        let is_over = now.0.saturating_sub(wish.at.0) >= DELETED_AGAIN;
        if deleted.calls == 0 && !deleted.left && is_over && left > 0 {
            keys.delete(&row.key).await?;
            left -= 1;
        }
    }
    Ok(())
}

/// Deletes at most so many of a person's keys that are to be forgotten.
async fn delete(
    keys: &impl Namespace,
    rows: &[Row],
    wish: &Wish,
    most: u32,
) -> Result<Forgotten, StoreError> {
    let meant = to_delete(rows, wish);
    let most = usize::try_from(most).unwrap_or(usize::MAX);
    let now = meant.get(..most).unwrap_or(&meant);
    // Each takes as long as a write.
    for some in now.chunks(AT_ONCE) {
        let deleted = together(some.iter().map(|row| keys.delete(&row.key)).collect()).await;
        deleted.into_iter().collect::<Result<(), StoreError>>()?;
    }
    let left = meant.len() > now.len() || rows.len() >= PAGE;
    Ok(Forgotten { calls: u32::try_from(now.len()).unwrap_or(u32::MAX), left })
}
