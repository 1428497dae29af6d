//! What the phone shows, as text.

use expect_test::expect;
use treebot::{History, LoadOptions, Millis, analyse, turn};

use super::*;

fn shown(source: &str, texts: &[&str]) -> String {
    let analysis = analyse(source, &LoadOptions::default());
    let Some(tree) = analysis.tree() else { return format!("{:?}", analysis.diagnostics()) };
    let mut history = History::new();
    let mut reply = None;
    let start = InputKind::Start { at_node: None };
    let texts = texts.iter().map(|text| InputKind::Text((*text).to_owned()));
    for (kind, at) in [start].into_iter().chain(texts).zip(1..) {
        let input = Input { at: Millis(at), id: at.to_string(), kind };
        let options = TurnOptions { sees_current: true, ..TurnOptions::default() };
        let turn = turn(tree, &history, &input, &options);
        reply = Some(turn.reply.into_owned());
        history.insert(turn.event);
    }
    let Some(reply) = reply else { return String::new() };
    let mut phone = phone(tree, turns(&history), &reply, true, 0);
    let root = Trail::root();
    phone.limits = limits(&analysis, &Units::new(source), tree, history.trail().unwrap_or(&root));
    let mut lines = String::new();
    for bubble in &phone.bubbles {
        let text = bubble.picture.clone().unwrap_or_else(|| bubble.text.clone());
        let cut: String = text.chars().take(60).collect();
        lines.push_str(if bubble.mine { "> " } else { "" });
        lines.push_str(&cut.replace('\n', " / "));
        for press in &bubble.buttons {
            lines.push_str(&format!(" [{}]", press.title));
        }
        lines.push('\n');
    }
    for press in &phone.quick {
        lines.push_str(&format!("({}) ", press.title));
    }
    for limit in &phone.limits {
        let at: String = source.chars().skip(limit.from as usize).take(12).collect();
        lines.push_str(&format!("\n! {at}: {}", limit.message));
    }
    lines
}

/// The turns of a history, each with where it stood before.
fn turns(history: &History) -> impl Iterator<Item = (Option<&Trail>, &Event)> {
    let mut before = None;
    history.events().iter().map(move |event| {
        let stood = before;
        before = event.place.as_ref().or(before);
        (stood, event)
    })
}

#[test]
fn buttons_stay_and_quick_replies_are_only_under_the_newest() {
    let source = "say: One?\nanswers:\n  a: {say: Two?, answers: {b: [Three., '[More](https://a.example)'], c: x}}\n  d: x\n  e: x\n  f: x\n";
    expect![[r#"
        One?
        > a
        Two? [b] [c]
        > b
        Three.
        More: https://a.example
        (Start again) "#]]
    .assert_eq(&shown(source, &["a", "b"]));
    expect![[r#"
        One?
        (a) (d) (e) (f) "#]]
    .assert_eq(&shown(source, &[]));
}

#[test]
fn what_was_not_understood_is_answered_as_on_messenger() {
    let source = "say: One?\nanswers: {alpha: x, beta: x}\n";
    expect![[r#"
        One? [alpha] [beta]
        > bananas
        Sorry, I didn't understand that. Shall we start again? Say " [alpha] [beta]
    "#]]
    .assert_eq(&shown(source, &["bananas"]));
}

#[test]
fn all_that_was_said_stays_in_the_thread() {
    let source = "say: One?\nunclear: [Please choose., Alpha or beta.]\nanswers: {alpha: {say: Two?, answers: {a: x, b: y, c: z, d: w}}, beta: x}\n";
    expect![[r#"
        One? [alpha] [beta]
        > zzz
        Please choose. /  / One? [alpha] [beta]
        > yyy
        Alpha or beta. /  / One? [alpha] [beta]
        > help
        Choose an answer, or type it or its number. You can also say [alpha] [beta]
        > alpha
        Two?
        > xxx
        Sorry, I didn't understand that. Shall we start again? Say "
        > back
        One? [alpha] [beta]
        > alpah
        I took that as alpha. /  / Two?
        > start again
        One? [alpha] [beta]
    "#]]
    .assert_eq(&shown(
        source,
        &["zzz", "yyy", "help", "alpha", "xxx", "back", "alpah", "start again"],
    ));
}

#[test]
fn limits_are_told_with_their_place() {
    let long = "Word. ".repeat(120);
    let source = format!(
        "say: {long}\nanswers:\n  this answer is too long for a button: {{say: '{}', answers: {{a: x}}}}\n  b: x\n",
        "Word. ".repeat(400)
    );
    expect![[r#"
        Word. Word. Word. Word. Word. Word. Word. Word. Word. Word. 
        (1) (2) 
        ! say: Word. W: This text has 719 characters and buttons stand under 640 at most: quick replies take their place.
        ! this answer : `this answer is too long for a button` has 36 characters and a button shows 20: the answers become a numbered list."#]].assert_eq(&shown(&source, &[]));
    expect![[r#"
        Word. Word. Word. Word. Word. Word. Word. Word. Word. Word. 
        > this answer is too long for a button
        Word. Word. Word. Word. Word. Word. Word. Word. Word. Word. 
        Word. Word. Word. Word. Word. Word. Word. Word. Word. Word. 
        (a) 
        ! this answer : This text has 2399 characters and a message takes 2000: it is split."#]]
    .assert_eq(&shown(&source, &["this answer is too long for a button"]));
    let leads_on = format!(
        "say: Go?\nanswers:\n  a: {{say: '{}', goto: q}}\nnodes: {{q: {{say: Next?, answers: {{b: x}}}}}}\n",
        "Word. ".repeat(400)
    );
    let phone = shown(&leads_on, &["a"]);
    assert!(
        phone.contains("This text has 2399 characters and a message takes 2000: it is split."),
        "{phone}"
    );
    let mut many = String::from("say: Which?\nanswers:\n");
    for n in 1..=14 {
        many.push_str(&format!("  number {n}: x\n"));
    }
    expect![[r#"
        Which?
        (number 1) (number 2) (number 3) (number 4) (number 5) (number 6) (number 7) (number 8) (number 9) (number 10) (number 11) (number 12) (More…) 
        ! say: Which?
        : There are 14 answers and Messenger shows 13: they come in pages of 12."#]].assert_eq(&shown(&many, &[]));
}

#[test]
fn bodies_are_those_that_go_out_and_name_nobody() {
    let analysis =
        analyse("say: '[A](https://a.example)'\nanswers: {b: x}\n", &LoadOptions::default());
    let Some(tree) = analysis.tree() else { return assert!(analysis.diagnostics().is_empty()) };
    let input =
        Input { at: Millis(1), id: "1".to_owned(), kind: InputKind::Start { at_node: None } };
    let turn = turn(tree, &History::new(), &input, &TurnOptions::default());
    let turns = [(None, &turn.event)].into_iter();
    let phone = phone(tree, turns, &turn.reply, true, 0);
    assert_eq!(phone.bodies.len(), 1);
    expect![[r#"
        {
          "attachment": {
            "payload": {
              "buttons": [
                {
                  "payload": "14oymiDztwsrhyr6qhqpd7",
                  "title": "b",
                  "type": "postback"
                }
              ],
              "template_type": "button",
              "text": "A: https://a.example"
            },
            "type": "template"
          }
        }"#]]
    .assert_eq(&phone.bodies.concat());
}
