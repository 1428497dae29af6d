//! Whether a path through a graph can be too long, where none comes to a place twice.
//!
//! To find the longest such path is hard where there are loops, but trees have few: mostly everything leads
//! back to one place. So first a bound is found for each place that no path from there can exceed, in a time
//! that grows with the graph and no faster. Where that is small enough, there is nothing to search.

/// A graph: for each place those that follow it, by their numbers.
pub(super) struct Graph {
    /// For each place where its followers begin; and the end.
    starts: Vec<usize>,
    followers: Vec<u32>,
}

/// A path that is too long, or may be.
#[derive(Debug, PartialEq, Eq)]
pub(super) struct TooLong {
    /// The last place of it.
    pub(super) at: u32,
    /// False if the search was given up: the loops are too many.
    pub(super) is_certain: bool,
}

/// How many steps the search takes before it gives up.
const SEARCH_STEPS: usize = 200_000;

/// How many places are taken out of one knot of loops so that no loop is left.
const MAX_HUBS: usize = 24;

impl Graph {
    /// A graph from the followers of each place, in the order of the places' numbers.
    pub(super) fn new<F: IntoIterator<Item = u32>>(places: impl Iterator<Item = F>) -> Self {
        let mut graph = Self { starts: vec![0], followers: Vec::new() };
        for followers in places {
            graph.followers.extend(followers);
            graph.starts.push(graph.followers.len());
        }
        graph
    }

    fn len(&self) -> usize {
        self.starts.len() - 1
    }

    fn after(&self, place: u32) -> &[u32] {
        let at = place as usize;
        let start = self.starts.get(at).copied().unwrap_or_default();
        let end = self.starts.get(at + 1).copied().unwrap_or_default();
        self.followers.get(start..end).unwrap_or_default()
    }

    /// A path from one of `starts` of more than `most` places, none of them twice.
    pub(super) fn too_long(
        &self,
        starts: impl Iterator<Item = u32>,
        most: usize,
    ) -> Option<TooLong> {
        let bounds = self.bounds(most);
        let bound = |place: u32| get(&bounds, place);
        let mut on_path = vec![false; self.len()];
        let mut steps = 0;
        for start in starts.filter(|start| bound(*start) > most) {
            // A search in depth, without recursion: the path, and which follower of each is next.
            let mut path: Vec<(u32, usize)> = vec![(start, 0)];
            put(&mut on_path, start, true);
            while let Some((at, branch)) = path.last_mut() {
                let at = *at;
                let Some(then) = self.after(at).get(*branch).copied() else {
                    put(&mut on_path, at, false);
                    path.pop();
                    continue;
                };
                *branch += 1;
                steps += 1;
                if steps > SEARCH_STEPS {
                    return Some(TooLong { at, is_certain: false });
                }
                // Only where it can become too long at all.
                if path.len() + bound(then) > most && !get(&on_path, then) {
                    put(&mut on_path, then, true);
                    path.push((then, 0));
                    if path.len() > most {
                        return Some(TooLong { at: then, is_certain: true });
                    }
                }
            }
        }
        None
    }

    /// For each place how many places a path from there has at most; all above `most` is the same.
    fn bounds(&self, most: usize) -> Vec<usize> {
        let knots = self.knots();
        let mut knot_of = vec![0_u32; self.len()];
        for (number, knot) in (0..).zip(knots.iter()) {
            knot.iter().for_each(|place| put(&mut knot_of, *place, number));
        }
        let mut bounds = vec![0_usize; self.len()];
        // A knot comes after all that it leads to.
        for (number, knot) in (0..).zip(knots.iter()) {
            let is_inside = |place: &u32| get(&knot_of, *place) == number;
            let outside = knot
                .iter()
                .flat_map(|place| self.after(*place))
                .filter(|then| !is_inside(then))
                .map(|then| get(&bounds, *then))
                .max()
                .unwrap_or_default();
            match knot {
                [place] => put(&mut bounds, *place, (outside + 1).min(most + 1)),
                places => {
                    let inside = self.inside(places, &is_inside, most);
                    for (place, inside) in places.iter().zip(inside) {
                        put(&mut bounds, *place, (inside + outside).min(most + 1));
                    }
                }
            }
        }
        bounds
    }

    /// For each place of a knot how many places of it a path from there has at most.
    ///
    /// Take some places out, the hubs, so that no loop is left. A path comes to each hub once at most; from
    /// there and from its start it goes on through what has no loops, where the longest path is known.
    fn inside(&self, knot: &[u32], is_inside: &impl Fn(&u32) -> bool, most: usize) -> Vec<usize> {
        let within = |place: u32| self.after(place).iter().copied().filter(is_inside);
        let mut sorted: Vec<u32> = knot.to_vec();
        sorted.sort_unstable();
        let index = |place: u32| sorted.binary_search(&place).unwrap_or_default() as u32;
        let whole = vec![knot.len(); knot.len()];
        let mut is_hub = vec![false; knot.len()];
        let mut hubs = 0;
        let order = loop {
            let mut entries = vec![0_usize; knot.len()];
            let open = |place: &u32| !get(&is_hub, index(*place));
            for place in knot.iter().filter(|place| open(place)) {
                within(*place).for_each(|then| bump(&mut entries, index(then)));
            }
            // Those that nothing leads to, then those that only these lead to, and so on.
            let is_first = |place: &u32| get(&entries, index(*place)) == 0;
            let mut order: Vec<u32> =
                knot.iter().copied().filter(|place| open(place) && is_first(place)).collect();
            let mut left = entries.clone();
            let mut next = 0;
            while let Some(place) = order.get(next).copied() {
                next += 1;
                for then in within(place).filter(|then| open(then)) {
                    let at = index(then);
                    let count = get(&left, at).saturating_sub(1);
                    put(&mut left, at, count);
                    if count == 0 {
                        order.push(then);
                    }
                }
            }
            if order.len() + hubs == knot.len() {
                break order;
            }
            // Of what is left in loops, that which most leads to.
            let rest = knot.iter().filter(|place| open(place) && get(&left, index(**place)) > 0);
            let hub = rest.max_by_key(|place| get(&left, index(**place))).copied();
            let Some(hub) = hub.filter(|_| hubs < MAX_HUBS.min(most)) else { return whole };
            put(&mut is_hub, index(hub), true);
            hubs += 1;
        };
        let mut longest = vec![0_usize; knot.len()];
        let hub_places = knot.iter().copied().filter(|place| get(&is_hub, index(*place)));
        for place in order.iter().rev().copied().chain(hub_places.clone()) {
            let then = within(place).filter(|then| !get(&is_hub, index(*then)));
            let further = then.map(|then| get(&longest, index(then))).max().unwrap_or_default();
            put(&mut longest, index(place), further + 1);
        }
        let all_hubs: usize = hub_places.map(|hub| get(&longest, index(hub))).sum();
        let at_most = |place: &u32| {
            let own = if get(&is_hub, index(*place)) { 0 } else { get(&longest, index(*place)) };
            (own + all_hubs).min(knot.len())
        };
        knot.iter().map(at_most).collect()
    }

    /// The graph's places in knots: those that lead to each other, and each other place by itself. What a
    /// knot leads to comes before it. (Tarjan's way, without recursion.)
    fn knots(&self) -> Knots {
        const NEW: u32 = u32::MAX;
        let mut found = vec![NEW; self.len()];
        let mut lowest = vec![NEW; self.len()];
        let mut waits = vec![false; self.len()];
        let mut waiting: Vec<u32> = Vec::new();
        let mut knots = Knots { places: Vec::with_capacity(self.len()), ends: Vec::new() };
        let mut path: Vec<(u32, usize)> = Vec::new();
        let mut count = 0;
        for start in 0..self.len() as u32 {
            if get(&found, start) != NEW {
                continue;
            }
            path.push((start, 0));
            while let Some((at, branch)) = path.last_mut() {
                let at = *at;
                if *branch == 0 && get(&found, at) == NEW {
                    put(&mut found, at, count);
                    put(&mut lowest, at, count);
                    count += 1;
                    waiting.push(at);
                    put(&mut waits, at, true);
                }
                if let Some(then) = self.after(at).get(*branch).copied() {
                    *branch += 1;
                    if get(&found, then) == NEW {
                        path.push((then, 0));
                    } else if get(&waits, then) {
                        let low = get(&lowest, at).min(get(&found, then));
                        put(&mut lowest, at, low);
                    }
                    continue;
                }
                path.pop();
                if let Some((before, _)) = path.last() {
                    let low = get(&lowest, *before).min(get(&lowest, at));
                    put(&mut lowest, *before, low);
                }
                if get(&lowest, at) == get(&found, at) {
                    while let Some(place) = waiting.pop() {
                        put(&mut waits, place, false);
                        knots.places.push(place);
                        if place == at {
                            break;
                        }
                    }
                    knots.ends.push(knots.places.len());
                }
            }
        }
        knots
    }
}

/// Places in knots.
struct Knots {
    /// Those of one knot after the other.
    places: Vec<u32>,
    /// Where each knot's end.
    ends: Vec<usize>,
}

impl Knots {
    fn iter(&self) -> impl Iterator<Item = &[u32]> {
        let starts = std::iter::once(0).chain(self.ends.iter().copied());
        let ranges = starts.zip(self.ends.iter().copied());
        ranges.map(|(start, end)| self.places.get(start..end).unwrap_or_default())
    }
}

fn get<T: Copy + Default>(list: &[T], at: u32) -> T {
    list.get(at as usize).copied().unwrap_or_default()
}

fn put<T>(list: &mut [T], at: u32, value: T) {
    if let Some(place) = list.get_mut(at as usize) {
        *place = value;
    }
}

fn bump(list: &mut [usize], at: u32) {
    if let Some(count) = list.get_mut(at as usize) {
        *count += 1;
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::{Graph, TooLong};

    /// The longest path from a place that comes to none twice, found by trying all.
    fn longest(graph: &[Vec<u32>], at: u32, seen: &mut Vec<u32>) -> usize {
        seen.push(at);
        let followers = graph.get(at as usize).into_iter().flatten();
        let mut most = 0;
        for then in followers {
            if !seen.contains(then) {
                most = most.max(longest(graph, *then, seen));
            }
        }
        seen.pop();
        most + 1
    }

    fn graph(followers: &[Vec<u32>]) -> Graph {
        Graph::new(followers.iter().map(|of| of.iter().copied()))
    }

    proptest! {
        #[test]
        fn a_path_is_too_long_exactly_where_trying_all_finds_one(
            followers in prop::collection::vec(prop::collection::vec(0_u32..9, 1..4), 9),
            most in 1_usize..9,
        ) {
            let found = graph(&followers).too_long(std::iter::once(0), most);
            let longest = longest(&followers, 0, &mut Vec::new());
            prop_assert_eq!(found.is_some(), longest > most, "{} of {}", longest, most);
            prop_assert!(found.is_none_or(|found| found.is_certain));
        }
    }

    #[test]
    fn many_that_all_lead_back_to_one_place_are_no_search() {
        // A tree of ten branches each, five levels deep, whose leaves lead back to its top.
        let followers: Vec<Vec<u32>> = (0..100_000)
            .map(|at| if at < 10_000 { (1..=10).map(|n| at * 10 + n).collect() } else { vec![0] })
            .collect();
        let starts = || 0..100_000;
        assert_eq!(graph(&followers).too_long(starts(), 24), None);
        let found = graph(&followers).too_long(starts(), 5);
        assert!(matches!(found, Some(TooLong { is_certain: true, .. })), "{found:?}");
    }

    #[test]
    fn a_knot_that_cannot_be_searched_is_given_up() {
        // Four times eight places that all lead to each other and to one in the middle.
        let clique = |at: u32| (1..=32).filter(move |then| (then - 1) / 8 == (at - 1) / 8);
        let followers: Vec<Vec<u32>> = (0..=32)
            .map(|at| if at == 0 { (1..=32).collect() } else { clique(at).chain([0]).collect() })
            .collect();
        let found = graph(&followers).too_long(std::iter::once(1), 17);
        assert!(matches!(found, Some(TooLong { is_certain: false, .. })), "{found:?}");
    }
}
