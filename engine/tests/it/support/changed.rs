//! Small changes of a corpus: what `fuzz/` does at length, without a nightly compiler. Always the same changes, so that what
//! fails fails again.

use super::random::Dice;

/// Checks all of these as they are, then so many changes of them.
pub(crate) fn check(corpus: &[Vec<u8>], changes: usize, check: fn(&[u8])) {
    corpus.iter().for_each(|data| check(data));
    let mut dice = Dice::new(1);
    for _ in 0..changes {
        let mut data = dice.pick(corpus).unwrap().clone();
        for _ in 0..1 + dice.below(4) {
            change(&mut data, corpus, &mut dice);
        }
        check(&data);
    }
}

/// Changes a few bytes, leaves some out, repeats some, or takes some from another file.
fn change(data: &mut Vec<u8>, corpus: &[Vec<u8>], dice: &mut Dice) {
    let at = dice.below(data.len() + 1);
    let most = 1 + dice.below(40);
    let length = dice.below(1 + most.min(data.len() - at));
    match dice.below(6) {
        0 if at < data.len() => data[at] ^= 1 << dice.below(8),
        1 if at < data.len() => {
            data[at] = *dice.pick(b"\0\x01\x7f\xff -:{}[]\"'#|>&*!%@`~=\n\tA1").unwrap()
        }
        2 => drop(data.drain(at..at + length)),
        3 => {
            let part = data[at..at + length].to_vec();
            let to = dice.below(data.len() + 1);
            data.splice(to..to, part);
        }
        4 => {
            let other = dice.pick(corpus).unwrap();
            let from = dice.below(other.len() + 1);
            let part = other[from..(from + length).min(other.len())].to_vec();
            data.splice(at..at, part);
        }
        _ => data.truncate(at),
    }
}
