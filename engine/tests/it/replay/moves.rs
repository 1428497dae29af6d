//! Questions, and all that is below them, moved elsewhere.

use expect_test::expect;

use super::{check, found_again};
use crate::support::{Person, shown, tree};

#[test]
fn a_named_part_may_move_anywhere() {
    check(
        "{say: a, answers: {x: {say: b, answers: {y: {id: c, say: c, answers: {z: d}}}}}}",
        &["x", "y", "z"],
        "{say: a, answers: {x: {goto: c}}, nodes: {c: {say: c, answers: {z: d}}}}",
        expect!["end: d | Kept, Unused, Kept"],
    );
}

#[test]
fn a_shared_question_reached_by_another_branch_keeps_its_answer() {
    check(
        "{say: a, answers: {x: {goto: p}, y: {goto: p}}, nodes: {p: {say: p, answers: {k: d, l: e}}}}",
        &["x", "l"],
        "{say: a, answers: {x: {id: m, say: m, answers: {n: {goto: p}}}, y: {goto: p}}, nodes: {p: {say: p, answers: {k: d, l: e}}}}",
        expect!["m: m | Kept, Ahead"],
    );
}

const TREE: &str = "
say: a
answers:
  x: {id: p, say: p, answers: {k: {id: q, say: q, answers: {m: {say: r, answers: {n: s}}}}, l: t}}
  y: {id: u, say: u, answers: {v: w}}
";

#[test]
fn who_took_another_way_does_not_follow_a_question_that_moved_there() {
    let after = tree(
        "
say: a
answers:
  x: {id: p, say: p, answers: {k: Here it ends now., l: t}}
  y: {id: u, say: u, answers: {v: {id: q, say: q, answers: {m: {say: r, answers: {n: s}}}}}}
",
    );
    let mut person = Person::who_said(&tree(TREE), &["x", "k", "m"]);
    expect!["end: Here it ends now. | Kept, Kept, Ahead"].assert_eq(&found_again(&after, &person));
    // Whoever comes there by the other way is not asked again.
    for text in ["back", "back", "y"] {
        person.say(&after, text);
    }
    assert_eq!(shown(&person.say(&after, "v").reply), "r\n[n]\n");
}

#[test]
fn a_named_question_may_move_up_or_down_the_way_that_leads_to_it() {
    check(
        TREE,
        &["x", "k", "m"],
        "{say: a, answers: {x: {id: q, say: q, answers: {m: {say: r, answers: {n: s}}}}, y: {id: u, say: u, answers: {v: w}}}}",
        expect!["q/m: r | Kept, Unused, Kept"],
    );
    check(
        TREE,
        &["x", "k", "m"],
        "{say: a, answers: {x: {id: q, say: q, answers: {m: {id: p, say: p, answers: {k: {say: r, answers: {n: s}}, l: t}}}}, y: u}}",
        expect!["p/k: r | Kept, Kept, Kept"],
    );
}

#[test]
fn questions_that_change_places_keep_their_answers_by_name() {
    let before = "{say: a, answers: {x: {id: p, say: p, answers: {k: {say: c, answers: {z: d}}, l: e}}, y: {id: q, say: q, answers: {k: f, m: g}}}}";
    let after = "{say: a, answers: {x: {id: q, say: q, answers: {k: f, m: g}}, y: {id: p, say: p, answers: {k: {say: c, answers: {z: d}}, l: e}}}}";
    // `q` was never answered; the answer to `p` is not taken for it, though there is one of that key.
    check(before, &["x", "k"], after, expect!["q: q | Kept, Ahead"]);
}

#[test]
fn questions_without_names_that_change_places_take_no_yes_along() {
    let before = "{say: a, answers: {x: {say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}, y: {say: Thirsty?, answers: {'yes': Drink., 'no': Bye.}}}}";
    let after = "{say: a, answers: {x: {say: Thirsty?, answers: {'yes': Drink., 'no': Bye.}}, y: {say: Hungry?, answers: {'yes': Eat., 'no': Bye.}}}}";
    check(before, &["x", "yes"], after, expect!["start/x: Thirsty? | Kept, AskedAgain"]);
}

#[test]
fn a_part_without_names_that_moved_away_is_asked_again_at_its_old_place() {
    let before = "{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}, w: e}}";
    check(
        before,
        &["x", "y"],
        "{say: a, answers: {x: Nothing here., w: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
        expect!["end: Nothing here. | Kept, Unused"],
    );
    check(
        before,
        &["x", "y"],
        "{say: a, answers: {x: {say: New?, answers: {n: f}}, w: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
        expect!["start/x: New? | Kept, AskedAgain"],
    );
}

#[test]
fn a_part_without_names_may_become_a_shared_one() {
    check(
        "{say: a, answers: {x: {say: b, answers: {y: {say: c, answers: {z: d}}}}, w: e}}",
        &["x", "y"],
        "{say: a, answers: {x: {goto: part}, w: {goto: part}}, nodes: {part: {say: b, answers: {y: {say: c, answers: {z: d}}}}}}",
        expect!["part/y: c | Kept, Kept"],
    );
}

#[test]
fn words_on_the_way_to_a_question_move_nobody() {
    let before = "{say: a, answers: {x: {goto: p}}, nodes: {p: {say: p, answers: {k: d}}, q: {say: Note well., goto: p}}}"
        .replace(", q: {say: Note well., goto: p}", "");
    check(
        &before,
        &["x", "k"],
        "{say: a, answers: {x: {say: First this., goto: q}}, nodes: {q: {say: Then that., goto: p}, p: {say: p, answers: {k: d}}}}",
        expect!["end: d | Kept, Kept"],
    );
}

#[test]
fn a_question_reached_on_by_the_way_of_its_question_moves_nobody() {
    // `goto` on a question is where its own ends go on.
    check(
        "{say: a, answers: {x: {say: b, answers: {y: {goto: p}, z: {goto: p}}}}, nodes: {p: {say: p, answers: {k: {say: c, answers: {m: n}}}}}}",
        &["x", "z", "k"],
        "{say: a, answers: {x: {say: b, goto: p, answers: {y: Fine., z: Good.}}}, nodes: {p: {say: p, answers: {k: {say: c, answers: {m: n}}}}}}",
        expect!["p/k: c | Kept, Kept, Kept"],
    );
}

#[test]
fn a_shared_question_is_the_same_from_wherever_it_is_reached() {
    let source = "{say: a, answers: {x: {goto: p}, y: {id: m, say: m, answers: {n: {goto: p}, o: q}}}, nodes: {p: {say: p, answers: {k: {say: d, answers: {e: f}}, l: g}}}}";
    let tree = tree(source);
    // Answered by one branch; then the first answer is lost, and the other branch leads there as well.
    let after = crate::support::tree(&source.replace("x: {goto: p}, ", ""));
    let mut person = Person::who_said(&tree, &["x", "k"]);
    expect!["start: a | AskedAgain, Ahead"].assert_eq(&found_again(&after, &person));
    person.say(&after, "hm");
    person.say(&after, "y");
    assert_eq!(shown(&person.say(&after, "n").reply), "d\n[e]\n");
    expect!["p/k: d | Kept, Kept, Kept"].assert_eq(&found_again(&after, &person));
}
