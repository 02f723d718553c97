//! One search: by words, by meaning too where that is ready, and then the second look at what was found.

use std::sync::Arc;

use model::PassageId;

use crate::bm25::Index;
use crate::encoder::Encoder;
use crate::fuse::{MEANING, fuse};
use crate::hit::Weights;
use crate::rank::{CANDIDATES, MIXED, SENTENCE, SENTENCE_BESIDE_MEANING};

/// What counts how much where an encoder finds by meaning too.
#[derive(Clone, Copy, Debug)]
pub struct Mix {
    /// The meaning beside the words, from 0 to 1.
    pub meaning: f64,
    /// The second look beside both, from 0 to 1.
    pub sentence: f64,
}

impl Default for Mix {
    fn default() -> Self {
        Self { meaning: MEANING, sentence: SENTENCE_BESIDE_MEANING }
    }
}

/// The `k` passages that fit best with their scores, best first, and what each word of the question weighs.
pub(crate) fn search(
    index: &Index,
    encoder: Option<&dyn Encoder>,
    (question, k): (&str, usize),
    mix: Mix,
) -> (Vec<(PassageId, f64)>, Arc<Weights>) {
    let by_meaning = encoder.zip(index.meanings());
    let (mut found, weights) = index.find(question, k.max(if by_meaning.is_some() { MIXED } else { CANDIDATES }));
    let mut sentence = SENTENCE;
    if let Some((encoder, vectors)) = by_meaning {
        found = fuse(&found, &vectors.nearest(&encoder.encode(question), MIXED), mix.meaning);
        found.truncate(k.max(CANDIDATES));
        sentence = mix.sentence;
    }
    (index.closest(question, &found, (&weights, sentence), k), weights)
}
