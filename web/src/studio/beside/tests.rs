//! The desk with everything beside it, as the page uses it.

use treebot::Millis;

use super::*;
use crate::archive::Keeping;

const TREE: &str = "\
say: Where to?
id: where
answers:
  town: {say: And back?, id: back, answers: {yes: Two tickets., no: One ticket.}}
  airport: Take the express.
";

struct Still;

impl Host for Still {
    fn now(&self) -> Millis {
        Millis(1_000)
    }
    fn id(&self) -> String {
        "one".to_owned()
    }
}

fn desk(source: &str) -> Desk {
    let opened = Opened { source: source.to_owned(), ..Opened::default() };
    Desk::visit(&opened, "tickets", Box::new(Still))
}

fn last(phone: Option<Phone>) -> String {
    phone
        .and_then(|phone| phone.bubbles.last().map(|bubble| bubble.text.clone()))
        .unwrap_or_default()
}

#[test]
fn the_map_follows_the_conversation_and_the_source() {
    let mut desk = desk(TREE);
    let here = |desk: &mut Desk| {
        let view =
            desk.map().view(Sight { right: 1_000_000, bottom: 1_000_000, ..Sight::default() });
        view.nodes.into_iter().find(|node| node.here).map(|node| node.words)
    };
    assert_eq!(here(&mut desk).as_deref(), Some("Where to?"));
    desk.conversation.send("town");
    assert_eq!(here(&mut desk).as_deref(), Some("And back?"));
    desk.edit(&TREE.replace("And back?", "Both ways?"));
    assert_eq!(here(&mut desk).as_deref(), Some("Both ways?"));
    desk.edit("say: [");
    desk.edit(TREE);
    desk.conversation.restart();
    assert_eq!(here(&mut desk).as_deref(), Some("Where to?"));
}

#[test]
fn a_shared_conversation_goes_on_where_it_was_and_nothing_is_kept() {
    let mut desk = desk(TREE);
    desk.conversation.send("bananas");
    desk.conversation.send("town");
    let links = desk.links("https://a.example/studio.html", true).map(|links| links.link);
    let text = links.unwrap_or_default().rsplit_once('=').map(|(_, text)| text.to_owned());
    let opened = Opened::of(&text.unwrap_or_default());
    assert_eq!((opened.source.as_str(), &opened.problem), (TREE, &None));
    let mut other = Desk::visit(&opened, "shared", Box::new(Still));
    let (before, after) = (desk.conversation.view(), other.conversation.view());
    assert_eq!(after.transcript, before.transcript);
    assert_eq!(after.transcript.len(), 5);
    assert_eq!(after.keeping, Keeping::Kept);
    other.conversation.send("yes");
    assert_eq!(last(other.phone()), "Two tickets.");
    // Without the conversation nothing of it is in the link.
    let short = desk.links("", false).map(|links| links.link).unwrap_or_default();
    assert_eq!(Opened::of(short.trim_start_matches("#share=")).history, None);
}

#[test]
fn after_an_edit_the_shared_conversation_is_the_one_that_the_author_sees() {
    let mut desk = desk(TREE);
    desk.conversation.send("bananas");
    desk.conversation.send("town");
    desk.edit(&TREE.replace("And back?", "And back again?"));
    for said in [None, Some("yes"), Some("start again")] {
        if let Some(said) = said {
            desk.conversation.send(said);
        }
        let link = desk.links("", true).map(|links| links.link).unwrap_or_default();
        let opened = Opened::of(link.trim_start_matches("#share="));
        let other = Desk::visit(&opened, "shared", Box::new(Still));
        let said = |desk: &Desk| -> Vec<_> {
            let entries = desk.conversation.view().transcript.into_iter();
            entries.map(|entry| (entry.sender, entry.messages)).collect()
        };
        assert_eq!(said(&other), said(&desk));
        assert!(said(&other).len() >= 3);
    }
}

#[test]
fn the_conversation_of_a_broken_source_comes_along_with_what_it_goes_on_over() {
    let mut desk = desk(TREE);
    desk.conversation.send("town");
    let broken = TREE.replace("  airport:", "  airport: {sey: Fly.}\n  port:");
    desk.edit(&broken);
    desk.conversation.send("bananas");
    let link = desk.links("", true).map(|links| links.link).unwrap_or_default();
    let opened = Opened::of(link.trim_start_matches("#share="));
    assert_eq!((opened.source.as_str(), opened.sound.as_deref()), (broken.as_str(), Some(TREE)));
    let mut other = Desk::visit(&opened, "shared", Box::new(Still));
    let (before, after) = (desk.conversation.view(), other.conversation.view());
    assert_eq!(after.transcript, before.transcript);
    assert!(after.stale && after.ready && !other.loads());
    other.conversation.send("yes");
    assert_eq!(last(other.phone()), "Two tickets.");
    // Without the conversation the source is all that is shown.
    let link = desk.links("", false).map(|links| links.link).unwrap_or_default();
    assert_eq!(Opened::of(link.trim_start_matches("#share=")).sound, None);
}

#[test]
fn a_conversation_that_cannot_be_read_keeps_nobody_from_the_tree() {
    let later = "{\"treebot\":\"history\",\"version\":99,\"events\":[]}";
    let text = share::pack_parts(TREE, Some(later), None).unwrap_or_default();
    let opened = Opened::of(&text);
    assert_eq!((opened.source.as_str(), opened.history), (TREE, None));
    assert!(opened.problem.is_some_and(|problem| problem.contains("newer version (99)")));
}

#[test]
fn what_is_compared_with_stays_where_another_does_not_load() {
    let mut desk = desk(TREE);
    assert_eq!(desk.effects(false), None);
    assert_eq!(desk.compare_with(TREE), Ok(()));
    let problem = desk.compare_with("say: a\nanswers: {b: {goto: c}}\n").err();
    assert!(problem.is_some_and(|problem| problem.starts_with("line 2: ")));
    let effects = desk.effects(false).unwrap_or_default();
    assert_eq!((effects.places, effects.silent, effects.rows.len()), (5, 0, 0));
    desk.edit("say: [");
    assert_eq!(desk.effects(false), Some(Effects::default()));
    // The answers change places: whoever was at one is silently at the other.
    desk.edit(
        &TREE.replace("yes: Two tickets., no: One ticket.", "no: Two tickets., yes: One ticket."),
    );
    let effects = desk.effects(true).unwrap_or_default();
    assert!(effects.known && effects.complete, "{effects:?}");
}

#[test]
fn a_long_list_is_paged_on_the_phone_and_an_answer_ends_that() {
    let mut source = String::from("say: Which?\nanswers:\n");
    for n in 1..=30 {
        source.push_str(&format!(
            "  number {n}: {{say: This one?, answers: {{yes: It is {n}., no: Then not.}}}}\n"
        ));
    }
    let mut desk = desk(&source);
    let titles = |desk: &Desk| -> Vec<String> {
        desk.phone().unwrap_or_default().quick.into_iter().map(|press| press.title).collect()
    };
    assert_eq!(titles(&desk).len(), 13);
    assert_eq!(titles(&desk).last().map(String::as_str), Some("More…"));
    let more = desk.phone().unwrap_or_default().quick.pop().map(|press| press.payload);
    desk.press(&more.unwrap_or_default(), "More…");
    assert_eq!(titles(&desk).first().map(String::as_str), Some("number 13"));
    let press = desk.phone().unwrap_or_default().quick.into_iter().nth(2);
    let (payload, title) = press.map(|press| (press.payload, press.title)).unwrap_or_default();
    desk.press(&payload, &title);
    assert_eq!(last(desk.phone()), "This one?");
    let phone = desk.phone().unwrap_or_default();
    let mine: Vec<&str> = phone
        .bubbles
        .iter()
        .filter(|bubble| bubble.mine)
        .map(|bubble| bubble.text.as_str())
        .collect();
    assert_eq!(mine, ["number 15"]);
    assert!(phone.bubbles.last().is_some_and(|bubble| bubble.buttons.len() == 2), "buttons stay");
    desk.conversation.back();
    assert_eq!(titles(&desk).first().map(String::as_str), Some("number 1"));
}
