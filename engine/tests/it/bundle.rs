//! A tree with its source, on its way to a host: it arrives as it was sent, or is refused with the reason.

use treebot::{Bundle, BundleError, Tree, load};

const SOURCE: &str = "say: Tea or cöffee?\nanswers: {tea: Tea it is., coffee: Coffee it is.}\n";

fn compiled(source: &str) -> Vec<u8> {
    load(source).tree.unwrap().of_source(source).compile()
}

fn bundle() -> Vec<u8> {
    Bundle::new(&compiled(SOURCE), SOURCE).to_bytes()
}

fn refused(bytes: &[u8]) -> BundleError {
    Bundle::from_bytes(bytes).and_then(|bundle| bundle.tree()).unwrap_err()
}

#[test]
fn a_bundle_brings_the_tree_and_its_source() {
    let bytes = bundle();
    let read = Bundle::from_bytes(&bytes).unwrap();
    assert_eq!(read.source(), Some(SOURCE));
    assert_eq!(read.tree().unwrap().compile(), compiled(SOURCE));
    assert_eq!(read.to_bytes(), bytes);
}

#[test]
fn a_host_that_does_not_know_the_source_leaves_it_out() {
    let bytes = Bundle::new(&compiled(SOURCE), "").to_bytes();
    let read = Bundle::from_bytes(&bytes).unwrap();
    assert_eq!(read.source(), None);
    assert_eq!(read.tree().unwrap().title(), "");
}

#[test]
fn the_source_of_another_tree_is_noticed() {
    let other = SOURCE.replace("Tea it is", "No tea");
    assert_eq!(
        refused(&Bundle::new(&compiled(SOURCE), &other).to_bytes()),
        BundleError::OtherSource
    );
    // A tree that does not say what it was compiled from belongs to no source.
    let nameless = load(SOURCE).tree.unwrap().compile();
    assert_eq!(refused(&Bundle::new(&nameless, SOURCE).to_bytes()), BundleError::OtherSource);
}

#[test]
fn every_damaged_byte_is_noticed() {
    let bytes = bundle();
    for at in 0..bytes.len() {
        let mut damaged = bytes.clone();
        damaged[at] ^= 1;
        let version_or_damage = [BundleError::Damaged, BundleError::NewerVersion];
        assert!(version_or_damage.contains(&refused(&damaged)), "byte {at}");
        assert_eq!(refused(&bytes[..at]), BundleError::Damaged, "the first {at} bytes");
    }
    assert_eq!(refused(&[bytes, vec![b'\n']].concat()), BundleError::Damaged);
}

#[test]
fn what_another_version_wrote_is_refused_as_such() {
    let newer = [b"treebot bundle 12\n".as_slice(), &bundle()[17..]].concat();
    assert_eq!(refused(&newer), BundleError::NewerVersion);
    let mut other = compiled(SOURCE);
    other[12] += 1;
    assert_eq!(refused(&Bundle::new(&other, SOURCE).to_bytes()), BundleError::OtherEngine);
}

#[test]
fn bytes_from_anywhere_are_refused() {
    let digest = "a".repeat(52);
    for bytes in [
        "".to_owned(),
        "say: hello".to_owned(),
        "treebot bundle".to_owned(),
        "treebot bundle \n".to_owned(),
        "treebot bundle 1".to_owned(),
        format!("treebot bundle 1\n{digest}\n"),
        format!("treebot bundle 1\n{digest}\n99999999999999999999\n"),
        format!("treebot bundle 1\n{digest}\n-1\nx"),
        format!("treebot bundle x\n{digest}\n0\n"),
    ] {
        assert_eq!(refused(bytes.as_bytes()), BundleError::Damaged, "{bytes}");
    }
    // Well sealed, and nothing in it.
    assert_eq!(refused(&Bundle::new(b"", "").to_bytes()), BundleError::Damaged);
    assert_eq!(refused(&Bundle::new(b"say: a", "say: a").to_bytes()), BundleError::Damaged);
    assert!(Tree::from_compiled(b"say: a").is_err());
}
