//! Finding things by a few letters, as the palette does.

use wasm_bindgen::prelude::*;

use super::Studio;

#[wasm_bindgen]
impl Studio {
    /// Which of these titles fit what was typed, the best first, by their numbers. All where nothing was typed.
    #[must_use]
    pub fn sift(&self, typed: &str, titles: Vec<String>) -> Vec<u32> {
        sift(typed, &titles)
    }
}

/// Every word that was typed is in a fitting title: at the beginning of a word of it, else within one, else letter by
/// letter in this order. Titles that fit alike stay in their order.
fn sift(typed: &str, titles: &[String]) -> Vec<u32> {
    let typed = typed.to_lowercase();
    let words: Vec<&str> = typed.split_whitespace().collect();
    let mut found: Vec<(u32, u32)> = Vec::new();
    for (number, title) in (0..).zip(titles) {
        let title = title.to_lowercase();
        let fits: Option<u32> = words.iter().map(|word| fit(word, &title)).sum();
        found.extend(fits.map(|fit| (fit, number)));
    }
    found.sort_by_key(|(fit, _)| *fit);
    found.into_iter().map(|(_, number)| number).collect()
}

/// How well a word fits a title: 0 is best.
fn fit(word: &str, title: &str) -> Option<u32> {
    let starts = |(at, _): (usize, &str)| {
        let before = title.get(..at).and_then(|before| before.chars().next_back());
        before.is_none_or(|before| !before.is_alphanumeric())
    };
    if title.match_indices(word).any(starts) {
        return Some(0);
    }
    if title.contains(word) {
        return Some(1);
    }
    let mut letters = title.chars();
    word.chars().all(|wanted| letters.any(|letter| letter == wanted)).then_some(4)
}

#[cfg(test)]
mod tests {
    use super::sift;

    fn check(typed: &str, expected: &[u32]) {
        let titles = ["Go to the next problem", "Open a file", "Reopen", "Größe", "Light colours"];
        assert_eq!(sift(typed, &titles.map(str::to_owned)), expected, "{typed}");
    }

    #[test]
    fn the_beginnings_of_words_come_first() {
        check("", &[0, 1, 2, 3, 4]);
        check("open", &[1, 2]);
        check("PROB next", &[0]);
        check("gröss", &[]);
        check("größ", &[3]);
        check("lcol", &[4]);
        check("zzz", &[]);
    }
}
