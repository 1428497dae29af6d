//! Putting lists in order with little code.
//!
//! The standard library's sorts are made for long lists, and are some kilobytes of wasm for each type that is sorted. In
//! a turn lists are short; those of a compiled tree come in order mostly.

/// Sorts numbers, or what is as small.
pub(crate) fn sort<T: Copy + Ord>(list: &mut [T]) {
    if list.len() > FEW {
        // As lists mostly come that are long.
        if !list.is_sorted() {
            heap_sort(list);
        }
        return;
    }
    one_by_one(list);
}

/// Sorts, and leaves of each only one.
pub(crate) fn sorted_once<T: Copy + Ord>(mut list: Vec<T>) -> Vec<T> {
    sort(&mut list);
    list.dedup();
    list
}

/// Sorts numbers by their higher halves, in a time that grows with the list only. Those whose higher halves are the same
/// must come in order, and keep it.
pub(crate) fn by_higher_half(mut list: Vec<u64>) -> Vec<u64> {
    if list.len() <= FEW {
        one_by_one(&mut list);
        return list;
    }
    let most = list.iter().max().map_or(0, |number| number >> 32);
    let mut other = vec![0; list.len()];
    // Eight bits at a time, the lowest first.
    for shift in (0..32).step_by(8).take_while(|shift| most >> shift > 0) {
        let digit = |number: u64| (number >> (32 + shift) & 0xff) as usize;
        let mut places = [0_usize; 256];
        for number in &list {
            places.get_mut(digit(*number)).into_iter().for_each(|count| *count += 1);
        }
        let mut before = 0;
        for place in &mut places {
            before += std::mem::replace(place, before);
        }
        for number in &list {
            let Some(place) = places.get_mut(digit(*number)) else { continue };
            other.get_mut(*place).into_iter().for_each(|free| *free = *number);
            *place += 1;
        }
        std::mem::swap(&mut list, &mut other);
    }
    list
}

/// The numbers from 0 to `count` in the order of what they stand for, given by whether one `is_after` another. Those of
/// which neither is after the other keep their order.
pub(crate) fn in_order(count: usize, is_after: &dyn Fn(usize, usize) -> bool) -> Vec<usize> {
    let mut order: Vec<usize> = (0..count).collect();
    let mut width = 1;
    while width < count {
        let mut merged = Vec::with_capacity(count);
        for pair in order.chunks(width * 2) {
            let (mut left, mut right) = pair.split_at_checked(width).unwrap_or((pair, &[]));
            loop {
                let from = match (left.first(), right.first()) {
                    (Some(one), Some(other)) if is_after(*one, *other) => &mut right,
                    (Some(_), _) => &mut left,
                    (None, Some(_)) => &mut right,
                    (None, None) => break,
                };
                if let Some((first, rest)) = from.split_first() {
                    merged.push(*first);
                    *from = rest;
                }
            }
        }
        order = merged;
        width *= 2;
    }
    order
}

/// Up to so many are quickest to sort one by one.
const FEW: usize = 20;

fn one_by_one<T: Copy + Ord>(list: &mut [T]) {
    for end in 1..list.len() {
        let mut at = end;
        while at > 0 && list.get(at) < list.get(at - 1) {
            list.swap(at, at - 1);
            at -= 1;
        }
    }
}

fn heap_sort<T: Copy + Ord>(list: &mut [T]) {
    for root in (0..list.len() / 2).rev() {
        sink(list, root);
    }
    for end in (1..list.len()).rev() {
        list.swap(0, end);
        sink(list.get_mut(..end).unwrap_or_default(), 0);
    }
}

/// Lets a number sink until none below it is larger.
fn sink<T: Copy + Ord>(list: &mut [T], mut at: usize) {
    loop {
        let below = at * 2 + 1;
        let larger = below + usize::from(list.get(below + 1) > list.get(below));
        if list.get(larger) <= list.get(at) {
            return;
        }
        list.swap(larger, at);
        at = larger;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;

    proptest! {
        #[test]
        fn lists_are_sorted(list in prop::collection::vec(0..50_u32, 0..90)) {
            let (mut ours, mut theirs) = (list.clone(), list);
            sort(&mut ours);
            theirs.sort_unstable();
            prop_assert_eq!(&ours, &theirs);
            theirs.dedup();
            prop_assert_eq!(sorted_once(ours), theirs);
        }

        #[test]
        fn higher_halves_are_sorted(list in prop::collection::vec((0..600_u64, 0..9_u64), 0..90), wide: bool) {
            let factor = if wide { 5_000_000 } else { 1 };
            let mut list: Vec<u64> = list.iter().map(|(high, low)| ((high * factor) << 32) | low).collect();
            list.sort_by_key(|number| number & 0xff);
            let ours = by_higher_half(list.clone());
            list.sort_unstable();
            prop_assert_eq!(ours, list);
        }

        #[test]
        fn equals_keep_their_order(list in prop::collection::vec(0..9_u32, 0..40)) {
            let mut theirs: Vec<(usize, &u32)> = list.iter().enumerate().collect();
            theirs.sort_by_key(|(_, number)| **number);
            let ours = in_order(list.len(), &|one, other| list.get(one) > list.get(other));
            prop_assert_eq!(ours, theirs.iter().map(|(at, _)| *at).collect::<Vec<_>>());
        }
    }
}
