//! Bodies with half an emoji in them.

/// The body with what is no text in it replaced: half an emoji, cut off somewhere on its way, would
/// otherwise make all of it unreadable.
pub(super) fn mend(body: &[u8]) -> String {
    let body = String::from_utf8_lossy(body);
    let mut mended = String::with_capacity(body.len());
    let mut rest = body.as_ref();
    while let Some((before, escape)) = rest.split_once('\\') {
        mended.push_str(before);
        let (unit, after) = (surrogate(escape), escape.get(5..));
        match (unit, after) {
            (Some(0xD800..=0xDBFF), Some(after)) => {
                let low = after
                    .strip_prefix('\\')
                    .filter(|next| matches!(surrogate(next), Some(0xDC00..=0xDFFF)));
                let whole = low.and_then(|low| Some((escape.get(..11)?, low.get(5..)?)));
                let (text, next) = whole.map_or(("uFFFD", after), |(pair, next)| (pair, next));
                mended.push('\\');
                mended.push_str(text);
                rest = next;
            }
            (Some(_), Some(after)) => {
                mended.push_str("\\uFFFD");
                rest = after;
            }
            _ => {
                // Some other escape: its first character belongs to it, also where it is a backslash.
                let mut characters = escape.chars();
                mended.push('\\');
                mended.extend(characters.next());
                rest = characters.as_str();
            }
        }
    }
    mended.push_str(rest);
    mended
}

/// The number in an escape such as `uD83D`, where it is one half of a pair.
fn surrogate(escape: &str) -> Option<u16> {
    let unit = u16::from_str_radix(escape.strip_prefix('u')?.get(..4)?, 16).ok()?;
    (0xD800..=0xDFFF).contains(&unit).then_some(unit)
}
