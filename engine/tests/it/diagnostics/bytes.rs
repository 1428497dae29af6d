//! Sources that are no text.

use treebot::{Code, LoadOptions, load_bytes};

fn found(bytes: &[u8]) -> (String, Vec<(Code, usize, usize, String)>) {
    let (text, loaded) = load_bytes(bytes, &LoadOptions::default());
    assert_eq!(text.len(), bytes.len());
    assert!(loaded.tree.is_none());
    let found = loaded.diagnostics.into_iter();
    (text.into_owned(), found.map(|d| (d.code, d.span.start, d.span.end, d.message)).collect())
}

#[test]
fn each_place_that_is_no_text_is_told_of() {
    let (text, found) = found(b"say: caf\xe9\nanswers: {caf\xe9: a, caf\xe8: b}\nnope: \xff\xfe\n");
    assert_eq!(text, "say: caf_\nanswers: {caf_: a, caf_: b}\nnope: __\n");
    let message = |byte| format!("this is no UTF-8 text (byte {byte}); save the file as UTF-8");
    assert_eq!(
        found,
        [
            (Code::NotUtf8, 8, 9, message("E9")),
            (Code::NotUtf8, 23, 24, message("E9")),
            (Code::NotUtf8, 32, 33, message("E8")),
            (
                Code::UnknownKey,
                38,
                42,
                "unknown key `nope`: a node has `say` and `answers`; to make it an answer, put it under `answers`".to_owned()
            ),
            (Code::NotUtf8, 44, 46, message("FF")),
        ]
    );
}

#[test]
fn a_character_that_is_cut_off_is_told_of_where_it_begins() {
    let (_, found) = found("say: café".as_bytes().strip_suffix(b"\xa9").unwrap());
    assert_eq!(
        found.iter().map(|found| (found.0, found.1)).collect::<Vec<_>>(),
        [(Code::NotUtf8, 8)]
    );
}

#[test]
fn another_encoding_is_named() {
    for bytes in [b"\xff\xfes\0a\0y\0".as_slice(), b"\xfe\xff\0s\0a\0y"] {
        let (_, found) = found(bytes);
        assert_eq!(
            found,
            [(
                Code::NotUtf8,
                0,
                2,
                "this file is UTF-16, and a tree is UTF-8; save it as UTF-8".to_owned()
            )]
        );
    }
}

#[test]
fn bytes_that_are_text_load_as_text_does() {
    let source = "\u{feff}say: ça va?\r\nanswers:\r\n  Très bien: Tant mieux.\r\n";
    let (text, loaded) = load_bytes(source.as_bytes(), &LoadOptions::default());
    assert_eq!(text, source);
    assert_eq!(loaded.diagnostics, []);
    assert!(loaded.tree.is_some());
}

#[test]
fn many_bad_bytes_are_told_of_a_few_times() {
    for piece in [b"\xe9 ".as_slice(), b"\xe9", b"\xff\0", b"\xed\xa0\x80"] {
        let (_, found) = found(&[b"say: ", piece.repeat(100_000).as_slice()].concat());
        let places = found.iter().filter(|found| found.0 == Code::NotUtf8).count();
        assert!((1..=20).contains(&places), "{places}");
        assert!(found.len() <= 50);
    }
    let bytes = b"\xe9".repeat(2_000_000);
    let (text, loaded) = load_bytes(&bytes, &LoadOptions::default());
    assert_eq!(text, "");
    assert_eq!(loaded.diagnostics.iter().map(|d| d.code).collect::<Vec<_>>(), [Code::TooLarge]);
}
