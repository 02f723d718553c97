//! The second look at what was found: passages whose best sentence speaks of all that was asked go before those that repeat a word.

use crate::hit::Hit;
use crate::quote;

/// So many passages are looked at for one answer.
pub(crate) const CANDIDATES: usize = 60;
/// How much the best sentence counts beside the passage as a whole.
const SENTENCE: f64 = 0.6;

/// The `k` passages that are closest to the question, best first.
pub(crate) fn closest(question: &str, hits: Vec<Hit>, k: usize) -> Vec<Hit> {
    let promises = quote::promises(question, &hits);
    let highest = |values: &mut dyn Iterator<Item = f64>| values.fold(f64::MIN_POSITIVE, f64::max);
    let best_score = highest(&mut hits.iter().map(|hit| hit.score));
    let best_promise = highest(&mut promises.iter().copied());
    let mut ranked: Vec<(f64, Hit)> = hits
        .into_iter()
        .zip(promises)
        .map(|(hit, promise)| ((1.0 - SENTENCE) * hit.score / best_score + SENTENCE * promise / best_promise, hit))
        .collect();
    ranked.sort_by(|a, b| b.0.total_cmp(&a.0));
    ranked.truncate(k);
    ranked.into_iter().map(|(_, hit)| hit).collect()
}
