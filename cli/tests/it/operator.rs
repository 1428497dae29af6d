//! `treebot publish`, `messenger` and `simulate` where something is missing or wrong: what they say, before anybody is called.
//! What they do is tried with a Worker on workerd: `worker/e2e`.

use std::fs;
use std::path::PathBuf;

use crate::common::{folder, treebot};
use expect_test::{Expect, expect};

const SETTINGS: &str = "\
APP_ID=812345678901234
APP_SECRET=hidden-app-secret
PAGE_ACCESS_TOKEN=hidden-page-token
VERIFY_TOKEN=hidden-verify-token
PUBLISH_TOKEN=hidden-publish-token
GRAPH_API_BASE=http://127.0.0.1:9/v25.0
";

/// A folder with a good tree, a wrong one, and settings as `NAME=value`.
fn written(name: &str, settings: &str) -> PathBuf {
    let folder = folder(name);
    fs::write(folder.join("tea.yaml"), "say: Tea?\nanswers: {'yes': Good., 'no': Fine.}\n")
        .unwrap();
    fs::write(folder.join("wrong.yaml"), "say: Tea?\nanswer: {'yes': Good.}\n").unwrap();
    if !settings.is_empty() {
        fs::write(folder.join(".dev.vars"), settings).unwrap();
    }
    folder
}

/// Runs a command that comes to nothing; what it says, and that it says no secret.
fn check(name: &str, settings: &str, args: &[&str], status: i32, said: Expect) {
    let run = treebot(&written(name, settings), args, b"hello\n");
    let all = format!("{}{}", run.stdout, run.stderr);
    said.assert_eq(&all);
    assert!(!all.contains("hidden"), "{all}");
    assert_eq!(run.status, status, "{args:?}");
}

#[test]
fn without_settings_each_says_which_and_where() {
    check(
        "no-settings-publish",
        "",
        &["publish", "tea.yaml", "--to", "https://bot.example.com"],
        2,
        expect![[r#"
            treebot: PUBLISH_TOKEN is missing (the same as the Worker's): set it in the environment, or in a file `.dev.vars` in this folder, as NAME=value
        "#]],
    );
    check(
        "no-settings-setup",
        "",
        &["messenger", "setup", "tea.yaml", "--url", "https://bot.example.com"],
        2,
        expect![[r#"
            treebot: APP_SECRET is missing (your Meta app's secret): set it in the environment, or in a file `.dev.vars` in this folder, as NAME=value
        "#]],
    );
    check(
        "no-settings-simulate",
        "",
        &["simulate"],
        2,
        expect![[r#"
            treebot: APP_SECRET is missing (every delivery is signed with it; `npm start` makes a `.dev.vars` that has it): set it in the environment, or in a file `.dev.vars` in this folder, as NAME=value
        "#]],
    );
    check(
        "half-settings",
        "APP_SECRET=x\n",
        &["messenger", "profile", "tea.yaml"],
        2,
        expect![[r#"
            treebot: PAGE_ACCESS_TOKEN is missing (lets the bot answer for the page): write it into `.dev.vars`
        "#]],
    );
}

#[test]
fn settings_that_cannot_be_read_are_told_without_what_is_in_them() {
    check(
        "odd-settings",
        "APP_SECRET=hidden\nhidden\n",
        &["simulate"],
        2,
        expect![[r#"
            treebot: line 2 of `.dev.vars` is not of the form NAME=value; nothing was done
        "#]],
    );
    check(
        "no-such-settings",
        SETTINGS,
        &["messenger", "doctor", "--url", "http://127.0.0.1:9", "--settings", "mine"],
        2,
        expect![[r#"
            treebot: cannot read `mine`: No such file or directory (os error 2)
        "#]],
    );
}

#[test]
fn an_address_is_looked_at_before_a_secret_goes_there() {
    for (address, words) in [
        ("bot.example.com", "it begins with https://"),
        ("http://bot.example.com", "in clear: write https://"),
        ("https://", "the name of a server"),
    ] {
        for args in [
            &["publish", "tea.yaml", "--yes", "--to", address][..],
            &["messenger", "setup", "tea.yaml", "--url", address],
            &["messenger", "doctor", "--url", address],
            &["simulate", "--to", address],
        ] {
            let run = treebot(&written("addresses", SETTINGS), args, b"");
            assert!(run.stderr.contains(words), "{args:?}: {}", run.stderr);
            assert_eq!(run.status, 2, "{args:?}");
        }
    }
}

#[test]
fn a_worker_that_is_not_there_is_said_to_be_so() {
    check(
        "nobody-publish",
        SETTINGS,
        &["publish", "tea.yaml", "--to", "http://127.0.0.1:9"],
        2,
        expect![[r#"
            treebot: http://127.0.0.1:9 does not answer: nothing listens there
        "#]],
    );
    check(
        "nobody-setup",
        SETTINGS,
        &["messenger", "setup", "tea.yaml", "--url", "http://127.0.0.1:9/webhook"],
        2,
        expect![[r#"
            treebot: http://127.0.0.1:9 does not answer: nothing listens there
        "#]],
    );
    check(
        "nobody-profile",
        SETTINGS,
        &["messenger", "profile", "tea.yaml"],
        2,
        expect![[r#"
            treebot: http://127.0.0.1:9/v25.0 does not answer: nothing listens there; is GRAPH_API_BASE right? Meta's is https://graph.facebook.com/v25.0
        "#]],
    );
    check(
        "nobody-doctor",
        SETTINGS,
        &["messenger", "doctor", "tea.yaml", "--url", "http://127.0.0.1:9"],
        1,
        expect![[r#"
            ✓ settings      from `.dev.vars`
            ✓ Graph API     http://127.0.0.1:9/v25.0, until 29 July 2028
            ✗ Worker        http://127.0.0.1:9 does not answer: nothing listens there
                            → is the address right? `wrangler deploy` prints it
            ✗ page          http://127.0.0.1:9/v25.0 does not answer: nothing listens there; is GRAPH_API_BASE right? Meta's is https://graph.facebook.com/v25.0
                            → nothing more can be looked at before

            2 things to mend
        "#]],
    );
}

#[test]
fn a_tree_that_does_not_load_goes_nowhere() {
    for args in [
        &["publish", "wrong.yaml", "--yes", "--to", "http://127.0.0.1:9"][..],
        &["messenger", "setup", "wrong.yaml", "--url", "http://127.0.0.1:9"],
        &["messenger", "profile", "wrong.yaml"],
        &["messenger", "doctor", "wrong.yaml", "--url", "http://127.0.0.1:9"],
    ] {
        let run = treebot(&written("wrong-tree", SETTINGS), args, b"");
        assert!(run.stdout.contains("did you mean `answers`?"), "{args:?}: {}", run.stdout);
        assert_eq!((run.status, run.stderr.as_str()), (1, ""), "{args:?}");
    }
    let run = treebot(
        &written("no-tree", SETTINGS),
        &["publish", "none.yaml", "--to", "http://127.0.0.1:9"],
        b"",
    );
    assert_eq!(
        run.stderr,
        "treebot: cannot read `none.yaml`: No such file or directory (os error 2)\n"
    );
    assert_eq!(run.status, 2);
}

#[test]
fn a_command_line_that_is_not_whole_says_what_is_missing() {
    for (args, words) in [
        (&["publish", "tea.yaml"][..], "--to <URL>"),
        (&["publish", "--to", "https://bot.example.com"], "<FILE>"),
        (
            &["publish", "tea.yaml", "--undo", "--to", "https://bot.example.com"],
            "cannot be used with",
        ),
        (&["messenger"], "setup"),
        (&["messenger", "setup", "tea.yaml"], "--url <URL>"),
        (&["messenger", "mend"], "unrecognized subcommand"),
    ] {
        let run = treebot(&written("command-line", ""), args, b"");
        assert!(run.stderr.contains(words), "{args:?}: {}", run.stderr);
        assert_eq!(run.status, 2, "{args:?}");
    }
}
