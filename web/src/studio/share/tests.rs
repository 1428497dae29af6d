//! Links: there and back, for ever, and whatever else may stand in an address.

use expect_test::expect;
use treebot::{Input, InputKind, LoadOptions, Millis, TurnOptions, load_with, turn};

use super::*;

const FIRST: &str = include_str!("../../../../trees/first.yaml");
const CAVE: &str = include_str!("../../../../trees/cave.yaml");
const COFFEE: &str = include_str!("../../../../trees/coffee-machine.yaml");
const VISA: &str = include_str!("../../../../trees/uk-visa.yaml");

/// A link that was made when there were links for the first time. It must open for ever: never change it.
const GOLDEN: &str = include_str!("golden-1.txt");
/// The same, of a source that does not load.
const GOLDEN_BROKEN: &str = include_str!("golden-2.txt");
const GOLDEN_SOURCE: &str = "title: Tëa 🍵\nsay: Tea or coffee?\nanswers:\n  tea:\n    say: With milk?\n    answers: {yes: \"Here, tea with milk.\", no: Here you are.}\n  coffee: There is none.\n";

fn history(source: &str, texts: &[&str]) -> History {
    let tree = load_with(source, &LoadOptions::default()).tree;
    let mut history = History::new();
    for (text, at) in texts.iter().zip(1..) {
        let kind = InputKind::Text((*text).to_owned());
        let input = Input { at: Millis(at), id: format!("input-{at}"), kind };
        if let Some(tree) = &tree {
            history.insert(turn(tree, &history, &input, &TurnOptions::default()).event);
        }
    }
    history
}

#[test]
fn what_is_put_in_comes_out() {
    for source in [FIRST, CAVE, GOLDEN_SOURCE, "", "\0", "say: [", "<script>alert(1)</script>"] {
        let text = pack(source, None).unwrap_or_default();
        assert!(text.bytes().all(|byte| byte.is_ascii_alphanumeric() || b"-_".contains(&byte)));
        assert_eq!(
            unpack(&text),
            Ok(Shared { source: source.to_owned(), history: None, sound: None })
        );
    }
}

#[test]
fn a_conversation_comes_along_word_for_word() {
    let history = history(GOLDEN_SOURCE, &["hello", "tee", "bananas", "tea", "yes"]);
    let text = pack(GOLDEN_SOURCE, Some((&history, None))).unwrap_or_default();
    let shared = unpack(&text);
    let stored = shared.clone().ok().and_then(|shared| shared.history).unwrap_or_default();
    assert_eq!(shared.map(|shared| shared.source).as_deref(), Ok(GOLDEN_SOURCE));
    assert_eq!(History::from_json(&stored), Ok(history));
}

#[test]
fn the_first_link_opens_for_ever() {
    let shared = unpack(GOLDEN.trim_end());
    let history = shared.clone().ok().and_then(|shared| shared.history).unwrap_or_default();
    assert_eq!(shared.map(|shared| shared.source).as_deref(), Ok(GOLDEN_SOURCE));
    let history = History::from_json(&history).unwrap_or_default();
    let said: Vec<_> = history.events().iter().map(|event| event.input.clone()).collect();
    assert_eq!(said, ["hello", "tea", "no"].map(|text| treebot::Recorded::Text(text.to_owned())));
}

#[test]
fn the_first_link_of_a_broken_source_opens_for_ever() {
    let shared = unpack(GOLDEN_BROKEN.trim_end());
    let shared = shared.unwrap_or(Shared { source: String::new(), history: None, sound: None });
    assert_eq!(shared.source, GOLDEN_SOURCE.replace("say: Tea", "sey: Tea"));
    assert_eq!(shared.sound.as_deref(), Some(GOLDEN_SOURCE));
    let history = History::from_json(&shared.history.unwrap_or_default()).unwrap_or_default();
    let said: Vec<_> = history.events().iter().map(|event| event.input.clone()).collect();
    assert_eq!(said, ["hello", "tea", "no"].map(|text| treebot::Recorded::Text(text.to_owned())));
}

#[test]
fn what_loaded_last_hardly_makes_a_link_longer() {
    let history = history(CAVE, &["hello"]);
    let length =
        |sound: Option<&str>| pack(CAVE, Some((&history, sound))).map_or(0, |text| text.len());
    let broken = CAVE.replacen("say:", "sey:", 1);
    assert!(length(Some(&broken)) < length(None) + 100, "{}", length(None));
}

#[test]
fn links_are_short() {
    let length = |source: &str| pack(source, None).map_or(0, |text| text.len());
    let seen = format!(
        "first.yaml: {} bytes, {} characters\ncave.yaml: {} bytes, {} characters\n",
        FIRST.len(),
        length(FIRST),
        CAVE.len(),
        length(CAVE),
    );
    expect![[r#"
        first.yaml: 1475 bytes, 552 characters
        cave.yaml: 3440 bytes, 1427 characters
    "#]]
    .assert_eq(&seen);
    // The promise: 1,000 characters for 2 KB, the parameter's name included.
    for tree in [CAVE, COFFEE, VISA] {
        let two = tree.get(..2_048).unwrap_or_default();
        assert_eq!(two.len(), 2_048);
        assert!(length(two) + "#share=".len() <= 1_000, "{}", length(two));
    }
}

#[test]
fn what_would_be_cut_on_its_way_is_not_made() {
    // Numbers in no order: nothing repeats.
    let mut random = 1_u32;
    let mut noise = String::new();
    while noise.len() < 60_000 {
        random = random.wrapping_mul(1_664_525).wrapping_add(1_013_904_223);
        noise.push_str(&random.to_string());
    }
    let error = pack(&noise, None).err();
    assert!(error.is_some_and(|error| error.length > MAX_MADE));
    assert!(error.is_some_and(|error| error.message().contains("Send the file instead.")));
    assert!(pack(&"say: Hi\n".repeat(20_000), None).is_ok());
    assert!(pack(&"say: Hi\n".repeat(200_000), None).is_err(), "more than a source may have");
}

#[test]
fn a_cut_link_is_told_from_a_damaged_one() {
    let text = pack(FIRST, None).unwrap_or_default();
    for end in 0..text.len() {
        let cut = text.get(..end).unwrap_or_default();
        let error = unpack(cut);
        assert!(matches!(error, Err(ShareError::CutOff | ShareError::Damaged)), "{end}: {error:?}");
    }
    let half = text.get(..text.len() / 2).unwrap_or_default();
    assert_eq!(unpack(half), Err(ShareError::CutOff));
}

#[test]
fn a_changed_letter_never_makes_another_tree() {
    let text = pack(GOLDEN_SOURCE, None).unwrap_or_default();
    for at in 1..text.len() {
        for other in ['A', 'b', '7', '_'] {
            let mut changed: Vec<char> = text.chars().collect();
            if let Some(letter) = changed.get_mut(at).filter(|letter| **letter != other) {
                *letter = other;
                let changed: String = changed.into_iter().collect();
                // Between the last of it and the check there may be bits that mean nothing.
                let opened = unpack(&changed).map(|shared| shared.source);
                assert!(opened.is_err() || opened.as_deref() == Ok(GOLDEN_SOURCE), "{at} {other}");
            }
        }
    }
}

#[test]
fn hostile_links_are_refused_in_words() {
    let bomb = |size: usize| format!("1{}", codec::packed(&vec![0; size]));
    let cases = [
        ("", ShareError::CutOff),
        ("1", ShareError::CutOff),
        ("2AAAA", ShareError::Newer),
        ("9", ShareError::Newer),
        ("0AAAA", ShareError::Characters),
        ("xAAAA", ShareError::Characters),
        ("1A B", ShareError::Characters),
        ("1<script>", ShareError::Characters),
        ("1AAAA%20", ShareError::Characters),
        ("1AA+/", ShareError::Characters),
        ("1ü", ShareError::Characters),
        ("1AAAAA", ShareError::CutOff),
        ("1AAAAAAAA", ShareError::CutOff),
    ];
    for (text, error) in cases {
        assert_eq!(unpack(text), Err(error), "{text}");
    }
    assert_eq!(unpack(&"1".repeat(MAX_TEXT + 1)), Err(ShareError::TooLong));
    // 40 MB in 50 KB: it is never made.
    let text = bomb(40 << 20);
    assert!(text.len() < MAX_TEXT, "{}", text.len());
    assert_eq!(unpack(&text), Err(ShareError::TooLarge));
    assert_eq!(unpack(&bomb(MAX_PLAIN + 1)), Err(ShareError::TooLarge));
    assert_ne!(unpack(&bomb(MAX_PLAIN)), Err(ShareError::TooLarge));
    for error in [
        ShareError::TooLong,
        ShareError::Characters,
        ShareError::CutOff,
        ShareError::Damaged,
        ShareError::TooLarge,
        ShareError::Newer,
    ] {
        assert!(error.message().ends_with('.'), "{error:?}");
    }
}

#[test]
fn what_is_inside_is_looked_at_too() {
    let made = |plain: &[u8]| unpack(&format!("1{}", codec::packed(plain)));
    assert_eq!(made(&[]), Err(ShareError::Damaged));
    assert_eq!(made(&[7]), Err(ShareError::Newer));
    assert_eq!(made(&[0, 0xff]), Err(ShareError::Damaged));
    assert_eq!(made(&[1, 9, 0, 0, 0, b'a']), Err(ShareError::Damaged));
    assert_eq!(made(&[1, 9, 0]), Err(ShareError::Damaged));
    let whole = Shared { source: "a".to_owned(), history: Some("b".to_owned()), sound: None };
    assert_eq!(made(&[1, 1, 0, 0, 0, b'a', b'b']), Ok(whole.clone()));
    assert_eq!(made(&[2, 1, 0, 0, 0]), Err(ShareError::Damaged));
    assert_eq!(made(&[2, 1, 0, 0, 0, 9, 0, 0, 0, b'a', b'c', b'b']), Err(ShareError::Damaged));
    let whole = Shared { sound: Some("c".to_owned()), ..whole };
    assert_eq!(made(&[2, 1, 0, 0, 0, 1, 0, 0, 0, b'a', b'c', b'b']), Ok(whole));
}

#[test]
fn something_behind_the_end_is_no_link() {
    use base64ct::{Base64UrlUnpadded, Encoding};
    let text = pack("say: Hi\n", None).unwrap_or_default();
    let mut bytes =
        Base64UrlUnpadded::decode_vec(text.get(1..).unwrap_or_default()).unwrap_or_default();
    let check = bytes.split_off(bytes.len() - 4);
    bytes.extend([0; 8]);
    bytes.extend(check);
    assert_eq!(
        unpack(&format!("1{}", Base64UrlUnpadded::encode_string(&bytes))),
        Err(ShareError::Damaged)
    );
}

#[test]
fn snippets_say_nothing_but_what_they_were_given() {
    let made = snippets("https://a.example/studio.html", "1abc", "Tea [\"now\"] <b> & more");
    expect![[r#"
        https://a.example/studio.html#share=1abc
        [Tea \[\"now\"\] \<b\> \& more](<https://a.example/studio.html#share=1abc>)
        <iframe src="https://a.example/studio.html#share=1abc&amp;only=preview" title="Tea [&quot;now&quot;] &lt;b&gt; &amp; more" width="100%" height="600" loading="lazy"></iframe>
    "#]]
    .assert_eq(&format!("{}\n{}\n{}\n", made.link, made.markdown, made.embed));
}
