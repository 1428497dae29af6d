#![expect(clippy::unwrap_used, reason = "tests")]

use proptest::prelude::*;

use super::*;

#[test]
fn digests_are_what_they_always_were() {
    let golden = include_str!("../../tests/golden/digests-v1.txt");
    assert!(golden.lines().count() >= 40);
    for line in golden.lines() {
        let (digest, text) = line.split_once(' ').unwrap();
        let text: String = serde_json::from_str(text).unwrap();
        assert_eq!(Digest::of(&text).to_string(), digest, "{text:?}");
    }
}

#[test]
fn normal_forms_are_what_they_always_were() {
    for (text, normal) in [
        ("  Don’t   KNOW!? ", "dont know"),
        ("a\u{200B}b", "a b"),
        ("up-to_6 months", "up to 6 months"),
        ("10×20", "10 20"),
        ("5 m², 1ª", "5 m² 1ª"),
        ("ÀÞ×ß", "àþ ß"),
        ("ĀŽĹŶŸİ", "āžĺŷŸİ"),
        ("ΑΡΣΩ\u{3A2}", "αρσω\u{3A2}"),
        ("ЀЏАЯ", "ѐџая"),
        ("日本、東京", "日本 東京"),
        ("E\u{301}", "e\u{301}"),
        ("?!", "?!"),
        (" ' ", " ' "),
        ("", ""),
    ] {
        assert_eq!(normal_form(text), normal, "{text:?}");
    }
}

#[test]
fn keys_that_mean_nothing_by_themselves() {
    let nothing = [
        "yes",
        "No",
        "YES!",
        "ok",
        "1",
        "42",
        "1.50",
        "a",
        "B",
        "é",
        "?",
        "+",
        "other",
        "none of these",
        "Not sure",
        "don't know",
        "Don’t know",
        "I don't know",
        "maybe",
        "okay",
        "continue",
        "next",
        "skip",
        "oui",
        "sí",
    ];
    for key in nothing {
        assert_eq!(means_nothing(key), key != "{key}");
    }
    for key in [
        "study",
        "no visa",
        "yes please",
        "6 months",
        "1st",
        "none of them",
        "another",
        "日本",
        "??",
    ] {
        assert!(!means_nothing(key), "{key}");
    }
}

#[test]
fn a_digest_is_five_characters_of_its_alphabet() {
    for text in ["", "a", "abcd", "abcdef", "ABCDE", "abcd1", "abcd8", "abcd=", "abc é", "ééé"]
    {
        assert_eq!(Digest::parse(text), None, "{text}");
    }
    assert_eq!(Digest::parse("aaaaa"), Some(Digest(0)));
    assert_eq!(Digest::parse("77777"), Some(Digest((1 << 25) - 1)));
}

#[test]
#[cfg(feature = "yaml")]
fn the_words_of_a_question_are_all_its_messages() {
    let source = "
say: [Which one?, {image: https://example.org/a.png, alt: a light}, Look!]
answers: {a: A}";
    let tree = crate::load(source).tree.unwrap();
    assert_eq!(tree.node(crate::Tree::ROOT).words(), Digest::of("Which one?\na light\nLook!"));
}

#[test]
fn a_whole_digest_is_all_of_the_hash() {
    let hash = "nn45asewloglq2qoxsps663jdtabz2safdq2jvgnme7gcoz3bn4q";
    assert_eq!(whole_digest("what\u{2019}s Typed?".as_bytes()), hash);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(4096))]

    #[test]
    fn any_digest_reads_back(bits in 0..1_u32 << 25) {
        prop_assert_eq!(Digest::parse(&Digest(bits).to_string()), Some(Digest(bits)));
    }

    #[test]
    fn a_normal_form_is_the_same_whether_or_not_something_else_is_no_ascii(text in "[ -~\t\n]{0,40}") {
        // An accent at the end of a word of its own changes nothing before it.
        let beside = normal_form(&format!("{text} é"));
        let before = beside.strip_suffix("é").unwrap().trim_end().to_owned();
        let expected = if before.is_empty() { text.clone() } else { before };
        prop_assert_eq!(normal_form(&text), expected);
    }

    #[test]
    fn a_normal_form_is_its_own(text in any::<String>()) {
        let normal = normal_form(&text);
        prop_assert_eq!(normal_form(&normal), normal.clone());
        prop_assert_eq!(Digest::of(&text), Digest::of(&normal));
    }
}
