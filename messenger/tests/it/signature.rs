//! Signatures, over the bytes of the fixtures.
#![expect(clippy::unwrap_used, reason = "tests")]

use treebot_messenger::signature::{
    appsecret_proof, pseudonym, same_token, sign, verify, well_formed,
};

use crate::fixtures::{bytes, json, list, text};

const SECRET: &str = "fixture-app-secret";

#[test]
fn every_body_fits_its_signature_and_no_other() {
    let known = json("signatures.json");
    let mut bodies = 0;
    for (file, signature) in known.get("signatures").unwrap().as_object().unwrap() {
        let body = bytes(file);
        let header = Some(text(signature));
        assert!(verify(&body, header, &[SECRET]), "{file}");
        assert!(!verify(&body, header, &["another secret"]), "{file}");
        assert!(!verify(body.get(1..).unwrap(), header, &[SECRET]), "{file}");
        assert_eq!(sign(&body, SECRET), text(signature), "{file}");
        bodies += 1;
    }
    assert_eq!(bodies, 29);
}

#[test]
fn wrong_signatures_are_refused() {
    let known = json("signatures.json");
    let body = bytes("01_text_first_message.json");
    for case in list(known.get("negative").unwrap()) {
        let header = case.get("header").unwrap().as_str();
        assert!(!verify(&body, header, &[SECRET]), "{case}");
    }
}

#[test]
fn a_signature_of_another_shape_is_refused() {
    let good = sign(b"{}", SECRET);
    for header in [
        good.to_uppercase(),
        good.replace("sha256=", "SHA256="),
        good.replace("sha256=", "sha1="),
        format!(" {good}"),
        format!("{good} "),
        format!("{good}00"),
        good.chars().take(good.len() - 1).collect(),
        good.replacen('=', "=é", 1),
    ] {
        assert!(!verify(b"{}", Some(&header), &[SECRET]), "{header:?}");
        assert!(!well_formed(Some(&header)), "{header:?}");
    }
    assert!(well_formed(Some(&good)));
}

#[test]
fn the_previous_secret_is_accepted_while_it_is_configured() {
    let header = sign(b"{}", "old");
    assert!(verify(b"{}", Some(&header), &["new", "old"]));
    assert!(!verify(b"{}", Some(&header), &["new"]));
}

#[test]
fn an_empty_secret_matches_nothing() {
    let header = sign(b"{}", "");
    assert!(!verify(b"{}", Some(&header), &[""]));
    assert!(!verify(b"{}", Some(&header), &[]));
    assert!(!same_token("", ""));
    assert!(!same_token("x", ""));
}

#[test]
fn a_token_is_the_configured_one_or_not() {
    assert!(same_token("fixture-verify", "fixture-verify"));
    for wrong in ["", "fixture", "fixture-verify ", "Fixture-verify", "fixture+verify"] {
        assert!(!same_token(wrong, "fixture-verify"), "{wrong:?}");
    }
}

#[test]
fn the_proof_is_metas() {
    let known = json("signatures.json");
    let proof = appsecret_proof(SECRET, "fixture-page-token");
    assert_eq!(proof, text(known.get("appsecret_proof").unwrap()));
}

#[test]
fn a_person_has_another_name_on_every_page_and_under_every_secret() {
    let name = pseudonym(SECRET, "1", "6100000000000001");
    assert_eq!(name.len(), 32);
    assert!(!name.contains("6100000000000001"));
    assert_ne!(name, pseudonym(SECRET, "2", "6100000000000001"));
    assert_ne!(name, pseudonym("another", "1", "6100000000000001"));
}
