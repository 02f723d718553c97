//! Two ways of finding, by words and by meaning, made one order: each score is stretched from 0 to 1, then they are mixed.
//!
//! Mixing scores keeps what rank fusion throws away: by how much the first was ahead.

use std::collections::HashMap;

use model::PassageId;

/// How much the meaning counts beside the words (measured: `make eval`, section retrieval).
pub const MEANING: f64 = 0.5;

/// The passages of both lists, best first. Each list is best first; a passage that one list lacks counts nothing there.
pub fn fuse(words: &[(PassageId, f64)], meanings: &[(PassageId, f64)], meaning: f64) -> Vec<(PassageId, f64)> {
    let mut mixed: HashMap<PassageId, f64> = HashMap::new();
    let mut order: Vec<PassageId> = Vec::new();
    for (list, share) in [(words, 1.0 - meaning), (meanings, meaning)] {
        let highest = list.first().map_or(0.0, |(_, score)| *score);
        let lowest = list.last().map_or(0.0, |(_, score)| *score);
        let span = highest - lowest;
        for (id, score) in list {
            let stretched = if span > 0.0 { (score - lowest) / span } else { 1.0 };
            let slot = mixed.entry(*id).or_insert_with(|| {
                order.push(*id);
                0.0
            });
            *slot += share * stretched;
        }
    }
    let score = |id: PassageId| (id, mixed.get(&id).copied().unwrap_or(0.0));
    let mut fused: Vec<(PassageId, f64)> = order.into_iter().map(score).collect();
    fused.sort_by(|a, b| b.1.total_cmp(&a.1));
    fused
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn what_both_find_goes_first_and_nothing_is_lost() {
        let id: Vec<PassageId> = (0..4).map(|_| PassageId::new(&sample::world())).collect();
        let words = [(id[0], 9.0), (id[1], 8.0), (id[2], 1.0)];
        let meanings = [(id[1], 0.8), (id[3], 0.7), (id[2], 0.1)];
        let fused = fuse(&words, &meanings, 0.5);
        assert_eq!(fused.iter().map(|(id, _)| *id).collect::<Vec<_>>()[..2], [id[1], id[0]]);
        assert_eq!(fused.len(), 4);
        assert_eq!(fuse(&words, &[], 0.5)[0].0, id[0], "without meanings the words decide");
        assert!(fuse(&[], &[], 0.5).is_empty());
    }
}
