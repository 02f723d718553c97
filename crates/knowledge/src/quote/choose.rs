//! Which sentences make the answer: the best one, what it leads to or leans on, and those that come close and say more.

use super::mark::Marked;
use super::{COVERAGE, DIRECT, SAME_QUESTION};
use crate::shape::leans;

/// Further sentences must come this close to the best one.
const CLOSE: f64 = 0.86;
/// Never more sentences than a chat bubble holds.
pub(super) const MOST: usize = 3;

/// The best sentence, those that come close and say something else, and what a sentence that ends in a colon leads to.
pub(super) fn choose<'m, 'a>(best: &'m Marked<'a>, marked: &'m [Marked<'a>]) -> Vec<&'m Marked<'a>> {
    let mut chosen = vec![best];
    let follow = |after: &Marked<'_>, by: usize| {
        marked.iter().find(|next| {
            next.hit_index == after.hit_index
                && next.position == after.position + by
                && !next.text.ends_with(['?', '؟'])
        })
    };
    if best.leads {
        chosen.extend((1..MOST).map_while(|by| follow(best, by)));
    } else if let Some(next) = follow(best, 1).filter(|next| leans(next.text)) {
        chosen.push(next);
    } else if best.heading >= SAME_QUESTION && best.direct < SAME_QUESTION {
        chosen.extend(follow(best, 1).filter(|next| next.heading >= SAME_QUESTION && next.direct > 0.0));
    }
    for next in marked.iter().take(12) {
        let good =
            next.score >= best.score * CLOSE && next.coverage >= COVERAGE && next.direct >= DIRECT && !next.leads;
        let as_near = next.kind >= best.kind
            && next.about.in_sentence >= best.about.in_sentence
            && next.about.beyond >= best.about.beyond;
        if chosen.len() < MOST && good && as_near && chosen.iter().all(|other| says_more(next, other)) {
            chosen.push(next);
        }
    }
    // The best first: whoever reads one sentence has read the answer.
    chosen
}

fn says_more(next: &Marked<'_>, other: &Marked<'_>) -> bool {
    let shared = next.stems.iter().filter(|stem| other.stems.binary_search(stem).is_ok()).count();
    let fewer = next.stems.len().min(other.stems.len()).max(1);
    (next.hit_index, next.position) != (other.hit_index, other.position) && shared as f64 / (fewer as f64) < 0.7
}
