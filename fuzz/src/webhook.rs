//! What fuzzing checks of the bodies that come to the webhook. `messenger`'s own tests check the same with small changes of
//! Meta's bodies.

use treebot::Millis;
use treebot_messenger::incoming::{Pages, only, read};

/// When the body comes in.
const NOW: Millis = Millis(1_795_330_900_000);

/// A body is read the same twice, or refused; its items are in order, none comes twice, and what is left of the body for one
/// person has all of theirs, and nobody else's.
pub fn incoming(data: &[u8]) {
    let pages = Pages::parse("104512345678901");
    let Ok(delivery) = read(data, &pages, NOW) else { return };
    assert_eq!(read(data, &pages, NOW).as_ref(), Ok(&delivery));
    assert!(delivery.items.is_sorted_by_key(|item| item.at));
    for (at, item) in delivery.items.iter().enumerate() {
        let known = (item.id(), &item.person, &item.page);
        let twin = delivery
            .items
            .iter()
            .skip(at + 1)
            .any(|other| known == (other.id(), &other.person, &other.page));
        assert!(item.key.is_empty() || !twin, "{item:?}");
        let _ = (item.input(), item.control(None), item.control(Some("1")));
    }
    for item in delivery.items.iter().filter(|item| item.input().is_some()).take(3) {
        let theirs = read(&only(data, &item.page, &item.person), &pages, NOW);
        let theirs = theirs.map(|delivery| delivery.items).unwrap_or_default();
        assert!(theirs.iter().any(|other| other.id() == item.id()), "{item:?}");
    }
}
