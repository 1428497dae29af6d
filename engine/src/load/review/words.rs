//! Words that are the name of a node: `Card: pay` says "pay", and hardly anybody means that.

use crate::load::draft::{Draft, DraftNode, Role};
use crate::lookup::Lookup;
use crate::{Code, Diagnostic, Edit, Message};

/// Looks at what every end says.
pub(super) fn review(source: &str, draft: &Draft, problems: &mut Vec<Diagnostic>) {
    let names: Lookup<&str> = draft.nodes.iter().filter_map(name).collect();
    if names.is_empty() {
        return;
    }
    for node in &draft.nodes {
        let [Message::Text(words)] = node.say.as_slice() else { continue };
        let is_end = node.answers.is_empty() && node.goto.is_none();
        // In quotes it is meant.
        let is_plain = source.get(node.say_span.start..node.say_span.end) == Some(words.as_ref());
        if !is_end || !is_plain || name(node) == Some(words) || !names.contains::<str>(words) {
            continue;
        }
        let message = format!(
            "the bot says `{words}` here, and a node is called so; to lead there, write `{{goto: {words}}}`, and if it is to be said, put it in quotes"
        );
        let diagnostic = Diagnostic::new(Code::NameAsWords, node.say_span, message);
        let is_whole = node.span == node.say_span;
        problems.push(if is_whole {
            let edit = Edit { span: node.say_span, text: format!("{{goto: {words}}}") };
            diagnostic.with_fix("lead there", vec![edit])
        } else {
            diagnostic
        });
    }
}

/// What a node is called.
fn name(node: &DraftNode) -> Option<&str> {
    match &node.role {
        Role::Shared(name) => Some(name.text.as_str()),
        Role::Root | Role::Answer | Role::Else => node.id.as_ref().map(|id| id.text.as_str()),
    }
}
