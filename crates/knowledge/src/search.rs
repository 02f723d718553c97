//! One search: by words, by meaning too where that is ready, and then the second look at what was found.

use std::sync::Arc;

use model::PassageId;

use crate::bm25::Index;
use crate::encoder::Encoder;
use crate::fuse::{MEANING, fuse};
use crate::hit::Weights;
use crate::rank::{CANDIDATES, SENTENCE, SENTENCE_BESIDE_MEANING};

/// The `k` passages that fit best with their scores, best first, and what each word of the question weighs.
pub(crate) fn search(
    index: &Index,
    encoder: Option<&dyn Encoder>,
    question: &str,
    k: usize,
) -> (Vec<(PassageId, f64)>, Arc<Weights>) {
    let (mut found, weights) = index.find(question, k.max(CANDIDATES));
    let mut sentence = SENTENCE;
    if let Some((encoder, vectors)) = encoder.zip(index.meanings()) {
        found = fuse(&found, &vectors.nearest(&encoder.encode(question), CANDIDATES), MEANING);
        sentence = SENTENCE_BESIDE_MEANING;
    }
    (index.closest(question, &found, (&weights, sentence), k), weights)
}
