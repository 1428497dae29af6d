//! Texts as YAML that reads as them.

/// Where a text is to stand.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Style {
    Key,
    Value,
    /// Between brackets.
    FlowKey,
    FlowValue,
}

/// A text as YAML, without quotes where it needs none.
pub(super) fn scalar(text: &str, style: Style) -> String {
    if is_plain(text, style) { text.to_owned() } else { quoted(text) }
}

/// A text in quotes: in `"` where it has none itself.
pub(super) fn quoted(text: &str) -> String {
    if text.contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
    {
        return escaped(text);
    }
    if text.contains(['"', '\\']) {
        format!("'{}'", text.replace('\'', "''"))
    } else {
        format!("\"{text}\"")
    }
}

/// A text in the quotes that another one has, if it can stand in them.
pub(super) fn like(text: &str, old: &str, style: Style) -> String {
    match old.chars().next() {
        Some('\'') if !text.contains(char::is_control) => format!("'{}'", text.replace('\'', "''")),
        Some('"') if text.contains(['"', '\\']) => escaped(text),
        Some('"') => quoted(text),
        Some(_) | None => scalar(text, style),
    }
}

/// Whether a text reads as itself without quotes, here and for other readers of YAML.
pub(super) fn is_plain(text: &str, style: Style) -> bool {
    let is_key = matches!(style, Style::Key | Style::FlowKey);
    let is_flow = matches!(style, Style::FlowKey | Style::FlowValue);
    let starts_well = text.chars().next().is_some_and(|first| !FIRST.contains(first));
    let is_spaced = text.starts_with(char::is_whitespace) || text.ends_with(char::is_whitespace);
    starts_well
        && !is_spaced
        && !text
            .contains(|c: char| c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}'))
        && !text.contains(": ")
        && !text.contains(" #")
        && !text.ends_with(':')
        && !(is_flow && text.contains([',', '[', ']', '{', '}']))
        && !(is_flow && text.contains(':') && text.contains(['"', '\'']))
        && !text.starts_with("...")
        && (is_key || !is_other_than_text(text))
}

/// What a text without quotes does not begin with.
const FIRST: &str = "-?:,[]{}#&*!|>'\"%@`<=";

/// Whether YAML takes a text for something else, though a tree does not.
fn is_other_than_text(text: &str) -> bool {
    let is_number = text.parse::<f64>().is_ok() || text.starts_with("0x") || text.starts_with("0o");
    let lower = text.to_ascii_lowercase();
    is_number
        || matches!(
            lower.as_str(),
            "~" | ".inf" | ".nan" | "null" | "true" | "false" | "yes" | "no" | "on" | "off"
        )
}

fn escaped(text: &str) -> String {
    let mut out = String::from("\"");
    for c in text.chars() {
        match c {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            c if c.is_control() || matches!(c, '\u{2028}' | '\u{2029}' | '\u{feff}') => {
                out.push_str(&format!("\\u{:04X}", u32::from(c)));
            }
            c => out.push(c),
        }
    }
    out.push('"');
    out
}
