//! What may be written where.

mod keys;
mod values;

use expect_test::Expect;

use super::at_caret;

/// The labels, and what the first of them makes of the source.
fn check(source: &str, expect: Expect) {
    let (analysis, offset) = at_caret(source);
    let found = analysis.complete(offset);
    let labels: Vec<&str> = found.iter().map(|completion| completion.label.as_str()).collect();
    let mut out = format!("[{}]\n", labels.join(" "));
    if let Some(first) = found.first() {
        // With the caret where typing goes on.
        let mut insert = first.insert.clone();
        insert.text.push('|');
        let written = treebot::apply(analysis.source(), &[insert]).unwrap();
        out.push_str(&written.replace('\r', "␍"));
        out.push('\n');
    }
    expect.assert_eq(&out);
}
