//! The built-in answerer: quotes the sentences of the pages that answer, and needs neither key nor network.

use knowledge::Hit;
use knowledge::quote;

use super::by_model::Told;
use super::question::Question;
use super::trace::{self, Check, Supported, Trace};
use super::{Composed, wording};
use crate::body::{Citation, Outcome};
use crate::live::{Draft, Silenced};

/// Composes an answer from quotations, or says that the pages do not answer.
pub fn compose(question: &Question, hits: &[Hit]) -> Told {
    Told::Whole(compose_for(question, hits))
}

pub(super) fn compose_for(question: &Question, hits: &[Hit]) -> Composed {
    let mut composed = match question.only_file {
        true => unread(question.locale),
        false => quoted(&question.query, hits, question.locale),
    };
    composed.trace.asked = Some(question.message);
    composed.trace.question = question.masked.as_ref().map(|text| text.as_text().to_owned()).unwrap_or_default();
    let listed = question.placeholders.list().into_iter();
    composed.trace.placeholders =
        listed.map(|(placeholder, category)| (placeholder, category.word().to_owned())).collect();
    composed
}

/// What is said where a model would have answered, but has cost as much as it may.
pub(super) fn within_the_limit(question: &Question, hits: &[Hit]) -> Told {
    let mut composed = compose_for(question, hits);
    composed.trace.checks.push(Check::new("the models have not cost more than they may", false));
    Told::Whole(composed)
}

/// What is said to a question for advice on health, law or money.
pub(super) fn gives_no_advice(question: &Question, hits: &[Hit]) -> Told {
    let mut composed = compose_for(question, hits);
    composed.text = wording::gives_no_advice(question.locale).to_owned();
    (composed.citations, composed.outcome) = (Vec::new(), Outcome::OfferedPerson);
    composed.trace.sentences.clear();
    composed.trace.checks = vec![Check::new("the question is about the shop", false)];
    Told::Whole(composed)
}

/// What is said to a file.
fn unread(locale: model::Locale) -> Composed {
    let trace = Trace {
        answerer: "built-in".to_owned(),
        checks: vec![Check::new("the message has words", false)],
        ..Trace::default()
    };
    let text = wording::cannot_read_files(locale).to_owned();
    Composed { text, citations: Vec::new(), outcome: Outcome::Abstained, trace }
}

/// The quotations that answer `query`; the playground asks this way too.
pub fn quoted(query: &str, hits: &[Hit], locale: model::Locale) -> Composed {
    let answer = quote::answer(query, hits);
    let mut trace = Trace {
        question: query.to_owned(),
        queries: vec![query.to_owned()],
        passages: trace::read(hits),
        answerer: "built-in".to_owned(),
        ..Trace::default()
    };
    if answer.sentences.is_empty() {
        trace.checks.push(Check::new("a passage supports an answer", false));
        let text = wording::abstained(locale).to_owned();
        return Composed { text, citations: Vec::new(), outcome: Outcome::Abstained, trace };
    }
    let mut citations: Vec<Citation> = Vec::new();
    let mut parts = Vec::new();
    for sentence in &answer.sentences {
        let Some(hit) = hits.get(sentence.hit_index) else { continue };
        let n = cite(&mut citations, hit, &sentence.text);
        parts.push(format!("{} [{n}]", sentence.text.trim()));
        if let Some(read) = trace.passages.get_mut(sentence.hit_index) {
            read.kept = true;
        }
        let passage_n = Some(sentence.hit_index + 1);
        trace.sentences.push(Supported { text: sentence.text.clone(), passage_n, score: sentence.score });
    }
    trace.checks.push(Check::new("a passage supports an answer", true));
    trace.checks.push(Check::new("every sentence is quoted word for word", true));
    Composed { text: parts.join("\n\n"), citations, outcome: Outcome::Answered, trace }
}

/// The number of this hit among the citations; a second sentence from the same passage shares it.
pub(super) fn cite(citations: &mut Vec<Citation>, hit: &Hit, quote: &str) -> usize {
    if let Some(known) = citations.iter_mut().find(|citation| citation.passage == hit.passage_id) {
        if !known.quote.contains(quote) {
            known.quote = format!("{} … {}", known.quote, quote.trim());
        }
        return known.n;
    }
    let n = citations.len() + 1;
    citations.push(Citation {
        n,
        snapshot: hit.snapshot_id,
        passage: hit.passage_id,
        title: hit.title.clone(),
        url: hit.url.clone(),
        quote: quote.trim().to_owned(),
        fetched_at: hit.fetched_at,
    });
    n
}

/// Tells a finished answer phrase by phrase, as long as nobody takes over.
pub(super) fn tell(composed: &Composed, draft: &Draft) -> Result<(), Silenced> {
    let mut phrase = String::new();
    for piece in composed.text.split_inclusive([',', '.', '\n', ' ']) {
        phrase.push_str(piece);
        if phrase.len() >= 24 {
            draft.push(&std::mem::take(&mut phrase))?;
        }
    }
    draft.push(&phrase)
}
