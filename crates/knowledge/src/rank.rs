//! The second look at what was found: passages whose best sentence speaks of all that was asked go before those that repeat a word.

use model::PassageId;

/// So many passages are looked at for one answer.
pub(crate) const CANDIDATES: usize = 60;
/// So many of each way of finding are mixed where meaning counts too: what one finds late the other may find early (measured:
/// `make eval`, section retrieval).
pub(crate) const MIXED: usize = 200;
/// How much the best sentence counts beside the passage as a whole, where it was found by its words alone.
pub(crate) const SENTENCE: f64 = 0.6;
/// The same where it was found by its meaning too: sentences are looked at by their words only, and meaning knows better
/// (measured: `make eval`, section retrieval; with 0.3 the mixture lost to meaning alone).
pub(crate) const SENTENCE_BESIDE_MEANING: f64 = 0.0;

/// The `k` of the found passages that are closest to the question, best first; `promises` tells how well the best sentence
/// of each answers, and `sentence` how much that counts.
pub(crate) fn order(found: Vec<(PassageId, f64)>, promises: &[f64], sentence: f64, k: usize) -> Vec<(PassageId, f64)> {
    let highest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MIN_POSITIVE, f64::max);
    let best_score = highest(&mut found.iter().map(|(_, score)| *score));
    let best_promise = highest(&mut promises.iter().copied());
    let rank = |score: f64, promise: f64| (1.0 - sentence) * score / best_score + sentence * promise / best_promise;
    let mut ranked: Vec<(f64, (PassageId, f64))> =
        found.into_iter().zip(promises).map(|(one, promise)| (rank(one.1, *promise), one)).collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(k);
    ranked.into_iter().map(|(_, one)| one).collect()
}
