//! Finding: of the documents that a question needs, how many are among the first? By words, by meaning, by both, and as the
//! house does it, which looks at the best sentence of each passage too.
//!
//! `tau2-banking`: the question is the whole description of what a customer wants, far longer than anything a visitor writes;
//! the figure says how the ways compare, not how often a visitor gets the right page. `mtrag-un`: the last question of a real
//! conversation, as it was written and made whole from what was asked before.

use std::collections::HashSet;
use std::path::Path;
use std::sync::Arc;

use anyhow::Result;
use knowledge::fuse::{MEANING, fuse};
use knowledge::{Collection, Mix};
use model::PassageId;
use serde::Deserialize;
use serde_json::json;

use crate::conversation::{self, Task};
use crate::figure::Figure;
use crate::interval::bootstrap;
use crate::pages::Page;
use crate::{Outcome, Place, minilm, pages, python};

/// So many passages of each way are mixed.
const PASSAGES: usize = 200;
/// So many passages have a second look.
const LOOKED_AT: usize = 60;

/// A question and the documents it needs.
struct Case {
    query: String,
    needed: Vec<String>,
}

/// Questions of one kind.
struct Asked {
    name: String,
    cases: Vec<Case>,
}

/// Documents with questions to them.
struct Set {
    pages: Vec<Page>,
    asked: Vec<Asked>,
    /// So many documents are looked at.
    first: usize,
}

/// How well each question was answered.
struct Scores {
    recall: Vec<f64>,
    ndcg: Vec<f64>,
}

#[derive(Deserialize)]
struct Scenario {
    scenario: Instructions,
    required_documents: Vec<String>,
}

#[derive(Deserialize)]
struct Instructions {
    instructions: String,
}

#[derive(Deserialize)]
struct Peer {
    name: String,
    found: Vec<Vec<usize>>,
}

/// Measures recall of the required documents, and whether they stand first.
pub fn measure(place: &Place) -> Result<Outcome> {
    let mut sets = Vec::new();
    if place.data.join("tau2-banking").exists() {
        sets.push(bank(&place.data.join("tau2-banking"))?);
    }
    if let Some(tasks) = conversation::read(place)? {
        let written = of_conversations("mtrag-un, as written", &tasks, |task| task.last().to_owned());
        let whole = of_conversations("mtrag-un, made whole", &tasks, Task::whole);
        sets.push(Set { pages: conversation::pool(&tasks), asked: vec![written, whole], first: 5 });
    }
    if sets.is_empty() {
        return Ok(Outcome::Skipped("no folder tau2-banking or mtrag-un in the data".to_owned()));
    }
    let mut figures = Vec::new();
    for set in &sets {
        figures.extend(of_set(place, set)?);
    }
    Ok(Outcome::Measured(figures))
}

fn bank(folder: &Path) -> Result<Set> {
    let text = std::fs::read_to_string(folder.join("scenarios.dev.jsonl"))?;
    let case = |line: &str| {
        let read: Scenario = serde_json::from_str(line)?;
        Ok(Case { query: read.scenario.instructions, needed: read.required_documents })
    };
    let cases = text.lines().map(case).collect::<Result<_>>()?;
    let pages = pages::read(&folder.join("documents.jsonl"))?;
    Ok(Set { pages, asked: vec![Asked { name: "tau2-banking".to_owned(), cases }], first: 10 })
}

/// The passages of all conversations are one pool; what a question needs are those that its own conversation names.
fn of_conversations(name: &str, tasks: &[Task], query: impl Fn(&Task) -> String) -> Asked {
    let cases = tasks.iter().filter(|task| task.is_answerable() && !task.contexts.is_empty());
    let case = |task: &Task| Case { query: query(task), needed: task.needed() };
    Asked { name: name.to_owned(), cases: cases.map(case).collect() }
}

fn of_set(place: &Place, set: &Set) -> Result<Vec<Figure>> {
    let mut collection = pages::collect(&set.pages);
    let ids = |found: Vec<(PassageId, f64)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let by_words = |collection: &Collection, query: &str| ids(collection.by_words(query, PASSAGES));
    let mut rows = Vec::new();
    let mut peers = Vec::new();
    for asked in &set.asked {
        peers.push(peer(place, set, asked)?);
        let row = |way: &'static str, scores: Scores| (asked, way, scores);
        rows.push(row("by words", scores(&collection, (set, asked), |query| by_words(&collection, query))));
        let house = scores(&collection, (set, asked), |query| house(&collection, query, Mix::default()));
        rows.push(row("as the house finds without an encoder", house));
    }
    if let Some(encoder) = minilm::open(place)? {
        collection.understand(Arc::new(encoder));
        for asked in &set.asked {
            let row = |way: &'static str, scores: Scores| (asked, way, scores);
            let meant = scores(&collection, (set, asked), |query| ids(collection.by_meaning(query, PASSAGES)));
            rows.push(row("by meaning (MiniLM alone)", meant));
            let mixed = scores(&collection, (set, asked), |query| {
                ids(fuse(&collection.by_words(query, PASSAGES), &collection.by_meaning(query, PASSAGES), MEANING))
            });
            rows.push(row("words and meaning mixed", mixed));
            let house = scores(&collection, (set, asked), |query| house(&collection, query, Mix::default()));
            rows.push(row("as the house finds with an encoder", house));
        }
        if place.aloud {
            try_values(&collection, set);
        }
    }
    let mut figures = Vec::new();
    for (asked, peer) in set.asked.iter().zip(&peers) {
        let of = |row: &&(&Asked, &'static str, Scores)| std::ptr::eq(row.0, asked);
        let alone =
            rows.iter().filter(of).find(|(_, way, _)| way.starts_with("by meaning")).map(|(_, _, scores)| scores);
        for (asked, way, scores) in rows.iter().filter(of) {
            let (recall, ndcg) =
                (figure(asked, set, ("recall", way), &scores.recall), figure(asked, set, ("nDCG", way), &scores.ndcg));
            let beside = |figure: Figure, peer: Option<f64>, alone: Option<f64>| {
                let name = peers.iter().flatten().next().map_or("", |(name, _)| name);
                let figure = peer.into_iter().fold(figure, |figure, value| figure.beside(name, value));
                let other = alone.filter(|_| way.starts_with("as the house") || way.starts_with("words and"));
                other.into_iter().fold(figure, |figure, value| figure.beside("MiniLM alone", value))
            };
            let peers_own = peer.as_ref().map(|(_, scores)| (mean(&scores.recall), mean(&scores.ndcg)));
            figures.push(beside(recall, peers_own.map(|own| own.0), alone.map(|alone| mean(&alone.recall))));
            figures.push(beside(ndcg, peers_own.map(|own| own.1), alone.map(|alone| mean(&alone.ndcg))));
        }
    }
    Ok(figures)
}

fn house(collection: &Collection, query: &str, mix: Mix) -> Vec<PassageId> {
    collection.find_by(query, LOOKED_AT, mix).into_iter().map(|hit| hit.passage_id).collect()
}

/// Tells what other weights than the house's would find: to choose by, on development splits.
fn try_values(collection: &Collection, set: &Set) {
    let tried = [0.0, 0.15, 0.3, 0.45, 0.6].map(|sentence| (MEANING, sentence)).into_iter();
    for (meaning, sentence) in tried.chain([(0.3, 0.15), (0.7, 0.0), (0.7, 0.15), (0.7, 0.3), (0.85, 0.15)]) {
        for asked in &set.asked {
            let Scores { recall, ndcg } =
                scores(collection, (set, asked), |query| house(collection, query, Mix { meaning, sentence }));
            println!(
                "{}: meaning {meaning}, sentence {sentence}: recall {:.3}, nDCG {:.3}",
                asked.name,
                mean(&recall),
                mean(&ndcg)
            );
        }
    }
}

/// What bm25s finds in the same documents, whole.
fn peer(place: &Place, set: &Set, asked: &Asked) -> Result<Option<(String, Scores)>> {
    let documents: Vec<String> = set.pages.iter().map(|page| format!("{}\n{}", page.title, page.content)).collect();
    let queries: Vec<&str> = asked.cases.iter().map(|case| case.query.as_str()).collect();
    let input = json!({ "documents": documents, "queries": queries, "k": set.first });
    let Some(peer) = python::ask::<Peer>(place, "find.py", &input)? else { return Ok(None) };
    let first = |found: &Vec<usize>| -> Vec<&str> {
        found.iter().filter_map(|at| Some(set.pages.get(*at)?.id.as_str())).collect()
    };
    let lists: Vec<Vec<&str>> = peer.found.iter().map(first).collect();
    let each = || asked.cases.iter().zip(&lists);
    let recall = each().map(|(case, first)| share(&case.needed, first)).collect();
    let ndcg = each().map(|(case, first)| ndcg(&case.needed, first, set.first)).collect();
    Ok(Some((peer.name, Scores { recall, ndcg })))
}

/// How well a way of finding does: it gives passages, best first; their documents count, each once.
fn scores(collection: &Collection, (set, asked): (&Set, &Asked), way: impl Fn(&str) -> Vec<PassageId>) -> Scores {
    let mut scores = Scores { recall: Vec::new(), ndcg: Vec::new() };
    for case in &asked.cases {
        let list = way(&case.query);
        let mut first: Vec<&str> = Vec::new();
        for id in &list {
            let url = collection.passage(*id).and_then(|hit| hit.url.as_deref()).unwrap_or_default();
            if !first.contains(&url) && first.len() < set.first {
                first.push(url);
            }
        }
        scores.recall.push(share(&case.needed, &first));
        scores.ndcg.push(ndcg(&case.needed, &first, set.first));
    }
    scores
}

/// The share of the needed documents that are among these.
fn share(needed: &[String], first: &[&str]) -> f64 {
    let needed: HashSet<&str> = needed.iter().map(String::as_str).collect();
    let found = first.iter().filter(|url| needed.contains(*url)).count();
    found as f64 / needed.len().max(1) as f64
}

/// Discounted gain of the needed documents by their places, beside that of the best order (K. Järvelin, J. Kekäläinen, 2002).
fn ndcg(needed: &[String], first: &[&str], k: usize) -> f64 {
    let needed: HashSet<&str> = needed.iter().map(String::as_str).collect();
    let gain = |place: usize| 1.0 / (place as f64 + 2.0).log2();
    let found: f64 =
        first.iter().enumerate().filter(|(_, url)| needed.contains(*url)).map(|(place, _)| gain(place)).sum();
    let best: f64 = (0..needed.len().min(k)).map(gain).sum();
    if best > 0.0 { found / best } else { 0.0 }
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn figure(asked: &Asked, set: &Set, (measure, way): (&str, &str), values: &[f64]) -> Figure {
    let of = |drawn: &[&f64]| drawn.iter().copied().sum::<f64>() / drawn.len().max(1) as f64;
    let measure = format!("{} {measure}@{}, {way}", asked.name, set.first);
    Figure::new(measure, values.len(), mean(values), bootstrap(values, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_stands_first_counts_most_and_nothing_counts_twice() {
        let needed = ["a".to_owned(), "b".to_owned()];
        assert_eq!(ndcg(&needed, &["b", "a", "x"], 3), 1.0);
        assert!(ndcg(&needed, &["x", "a", "b"], 3) < ndcg(&needed, &["a", "x", "b"], 3));
        assert_eq!((share(&needed, &["x", "a"]), ndcg(&needed, &["x"], 3)), (0.5, 0.0));
    }
}
