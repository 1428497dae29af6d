//! What is indented too little or too much.

use expect_test::expect;

use super::check;

#[test]
fn what_belongs_to_an_answer_and_is_not_indented_below_it() {
    check(
        "say: Where to?\nanswers:\n  Town:\n  say: Here you are.\n  goto: start\n  Lake: {goto: lake}\nnodes:\n  lake: Mind the ducks.\n",
        expect![[r#"
            say: Where to?
            answers:
              Town:
              say: Here you are.
              ^^^ error T012: `say` is not indented further than `Town:`, so it does not belong to it; indent it, and what follows, by two spaces (indent it)
              goto: start
              Lake: {goto: lake}
            nodes:
              lake: Mind the ducks.
        "#]],
    );
}

#[test]
fn answers_that_are_not_indented_below_answers() {
    check(
        "say: Where to?\nanswers:\nTown: Here you are.\nLake:\n  say: Can you swim?\n  answers:\n  A little: {goto: town}\n  Well: Fine.\nnodes:\ntown: This is the town.\ntests:\na swimmer:\n  - user: lake\n",
        expect![[r#"
            say: Where to?
            answers:
            Town: Here you are.
            ^^^^ error T012: `Town` is not indented further than `answers:`, so it does not belong to it; indent it, and what follows, by two spaces (indent it)
            Lake:
              say: Can you swim?
              answers:
              A little: {goto: town}
              ^^^^^^^^ error T012: `A little` is not indented further than `answers:`, so it does not belong to it; indent it, and what follows, by two spaces (indent it)
              Well: Fine.
            nodes:
            town: This is the town.
            ^^^^ error T012: `town` is not indented further than `nodes:`, so it does not belong to it; indent it, and what follows, by two spaces (indent it)
            tests:
            a swimmer:
            ^^^^^^^^^ error T012: `a swimmer` is not indented further than `tests:`, so it does not belong to it; indent it, and what follows, by two spaces (indent it)
              - user: lake
        "#]],
    );
}

#[test]
fn what_belongs_to_the_file_and_stands_among_the_answers() {
    check(
        "say: Where to?\nanswers:\n  Town: {goto: town}\n  Lake: {goto: lake}\n  Woods: {goto: woods}\n  nodes:\n    town: Here.\n    lake: {say: There., goto: town}\n    woods: Everywhere.\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: {goto: town}
              Lake: {goto: lake}
              Woods: {goto: woods}
              nodes:
              ^^^^^ error T012: `nodes` belongs at the top of the file, not here (indent it less)
                town: Here.
                lake: {say: There., goto: town}
                woods: Everywhere.
        "#]],
    );
    check(
        "say: Where to?\nanswers:\n  Town:\n    say: Which part?\n    answers: {Old: {goto: town}, New: {goto: town}}\n    nodes:\n      town: Here.\n  Lake: {goto: twon}\n",
        expect![[r#"
            say: Where to?
            answers:
              Town:
                say: Which part?
                answers: {Old: {goto: town}, New: {goto: town}}
                nodes:
                ^^^^^ error T012: `nodes` belongs at the top of the file, not here
                  town: Here.
              Lake: {goto: twon}
                           ^^^^ error T020: nothing is called `twon`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
        "#]],
    );
}

#[test]
fn what_belongs_to_the_question_and_stands_among_its_answers() {
    check(
        "say: Where to?\nanswers:\n  Town: Here.\n  Lake: There.\n  unclear: Town or lake?\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: Here.
              Lake: There.
              unclear: Town or lake?
              ^^^^^^^ warning T063: `unclear` is an answer here, as it stands among the answers; if it belongs to the question, or to the answer above, indent it so, and if it is an answer, put it in quotes (indent it as `answers`)
        "#]],
    );
    check(
        "say: Which part?\nanswers:\n  'say': The speech.\n  goto: The statement.\n  Help: The manual.\n",
        expect![[r#"
            say: Which part?
            answers:
              'say': The speech.
              goto: The statement.
              ^^^^ warning T063: `goto` is an answer here, as it stands among the answers; if it belongs to the question, or to the answer above, indent it so, and if it is an answer, put it in quotes
              Help: The manual.
              ^^^^ warning T051: `Help` is also a command; here it is taken as this answer
        "#]],
    );
}

#[test]
fn one_line_too_far_in_makes_one_problem() {
    // The names of what nobody reads are not missing.
    check(
        "say: Where to?\nanswers:\n  Town: {goto: town}\n  Lake: {goto: lake}\n  Woods: {goto: woods}\nnodes:\n  town:\n    say: Here.\n    lake: There.\n    woods: Everywhere.\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: {goto: town}
              Lake: {goto: lake}
              Woods: {goto: woods}
            nodes:
              town:
                say: Here.
                lake: There.
                ^^^^ error T010: unknown key `lake`, and 1 more below it: a node has `say` and `answers`; to make it an answer, put it under `answers`
                woods: Everywhere.
        "#]],
    );
    check(
        "say: Where to?\nanswers:\n  Town: {goto: town}\n  Lake: {goto: lake}\nnodes:\n  town: Here.\nlake:\n  say: There.\n  goto: nowhere\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: {goto: town}
              Lake: {goto: lake}
            nodes:
              town: Here.
            lake:
            ^^^^ error T010: unknown key `lake`: a node has `say` and `answers`; to make it an answer, put it under `answers`; if it is one of `nodes`, indent it as those
              say: There.
              goto: nowhere
        "#]],
    );
}

#[test]
fn a_block_below_words() {
    check(
        "say: Where to?\n  answers:\n    Town: {goto: twon}\n    Lake: There.\n",
        expect![[r#"
            say: Where to?
              answers:
              ^^^^^^^^ error T001: `answers:` is indented further than `say:` above, which has its value already; indent it as that (indent it less)
                Town: {goto: twon}
                             ^^^^ error T020: nothing is called `twon`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
                Lake: There.
        "#]],
    );
    check(
        "say: Where to?\r\nanswers:\r\n  Town: Here you are.\r\n    goto: start\r\n  Lake: There.\r\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: Here you are.
                goto: start
                ^^^^^ error T001: `Town` has its words on its own line, so nothing can stand below it; write them below, too, as `say: …` (write `say:`)
              Lake: There.
        "#]],
    );
}

#[test]
fn tabs_among_spaces() {
    check(
        "say: Where to?\nanswers:\n  Town:\n\tsay: Which part?\n\tanswers:\n\t\tOld: Here.\n\t\tNew: There.\n  Lake: {goto: twon}\n",
        expect![[r#"
            say: Where to?
            answers:
              Town:
            	say: Which part?
            ^ error T001: this line (and 3 more) starts with a tab; indent with spaces (indent with spaces)
            	answers:
            		Old: Here.
            		New: There.
              Lake: {goto: twon}
                           ^^^^ error T020: nothing is called `twon`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
        "#]],
    );
}

#[test]
fn what_stands_on_one_line() {
    check(
        "say: Where to?\nanswers:\n  Town: goto: town\n  Lake: say: There, or here.\n  Woods: # Mind the wolf.\n  Hills: Note: steep.\nnodes:\n  town: Here.\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: goto: town
                    ^^^^^^^^^^ error T001: `goto:` on the same line needs braces around it: `{goto: …}` (put braces around it)
              Lake: say: There, or here.
                    ^^^^^^^^^^^^^^^^^^^^ error T001: `say:` on the same line needs braces around it: `{say: …}`
              Woods: # Mind the wolf.
                    ^ error T015: nothing is said here, as what follows `#` is a note of your own; if it is text, leave the `#` out, or put all of it in quotes
              Hills: Note: steep.
                     ^^^^^^^^^^^^ error T001: text with `: ` in it needs quotes (put it in quotes)
            nodes:
              town: Here.
        "#]],
    );
}

#[test]
fn a_key_of_the_file_that_is_indented_a_little() {
    check(
        "say: Where to?\nanswers:\n  Town: {goto: twon}\n nodes:\n   town: Here.\n   lake: {goto: sea}\n",
        expect![[r#"
            say: Where to?
            answers:
              Town: {goto: twon}
                           ^^^^ error T020: nothing is called `twon`: did you mean `town`? (write `town`)
             nodes:
             ^^^^^ error T001: `nodes:` is not indented as anything above it; it belongs at the top of the file, with no spaces before it (indent it less)
               town: Here.
               lake: {goto: sea}
                            ^^^ error T020: nothing is called `sea`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
        "#]],
    );
}

#[test]
fn quotes_within_the_quotes_of_a_key() {
    check(
        "say: What is it?\nanswers:\n  'What's on?': A film.\n  Price: {goto: nowhere}\n",
        expect![[r#"
            say: What is it?
            answers:
              'What's on?': A film.
                    ^^^^^^ error T001: the quotes end before `s on?'`; put all of the text in quotes of the other kind (put all of it in quotes)
              Price: {goto: nowhere}
                            ^^^^^^^ error T020: nothing is called `nowhere`; a `goto` leads to one of `nodes`, to an `id`, or to `start`
        "#]],
    );
}
