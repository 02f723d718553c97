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
use knowledge::Collection;
use knowledge::fuse::{MEANING, fuse};
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

/// Documents with questions to them.
struct Set {
    name: String,
    pages: Vec<Page>,
    cases: Vec<Case>,
    /// So many documents are looked at.
    first: usize,
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

/// Measures recall of the required documents.
pub fn measure(place: &Place) -> Result<Outcome> {
    let mut sets = Vec::new();
    if place.data.join("tau2-banking").exists() {
        sets.push(bank(&place.data.join("tau2-banking"))?);
    }
    if let Some(tasks) = conversation::read(place)? {
        sets.push(of_conversations("mtrag-un, as written", &tasks, |task| task.last().to_owned()));
        sets.push(of_conversations("mtrag-un, made whole", &tasks, Task::whole));
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
    Ok(Set { name: "tau2-banking".to_owned(), pages, cases, first: 10 })
}

/// The passages of all conversations are one pool; what a question needs are those that its own conversation names.
fn of_conversations(name: &str, tasks: &[Task], query: impl Fn(&Task) -> String) -> Set {
    let cases = tasks.iter().filter(|task| task.is_answerable() && !task.contexts.is_empty());
    let case = |task: &Task| Case { query: query(task), needed: task.needed() };
    Set { name: name.to_owned(), pages: conversation::pool(tasks), cases: cases.map(case).collect(), first: 5 }
}

type Lists = Vec<Vec<PassageId>>;

fn of_set(place: &Place, set: &Set) -> Result<Vec<Figure>> {
    let mut collection = pages::collect(&set.pages);
    let ids = |found: Vec<(PassageId, f64)>| found.into_iter().map(|(id, _)| id).collect::<Vec<_>>();
    let lists =
        |way: &dyn Fn(&str) -> Vec<PassageId>| -> Lists { set.cases.iter().map(|case| way(&case.query)).collect() };
    let found = |collection: &Collection| {
        lists(&|query| collection.find(query, LOOKED_AT).into_iter().map(|hit| hit.passage_id).collect())
    };
    let (words, house) = (lists(&|query| ids(collection.by_words(query, PASSAGES))), found(&collection));
    let peer = peer(place, set)?;
    let beside = |figure: Figure| match &peer {
        Some((name, value)) => figure.beside(name, *value),
        None => figure,
    };
    let named = |way: &str| format!("{} recall@{}, {way}", set.name, set.first);
    let of = |collection: &Collection, way: &str, lists: &Lists| figure(&named(way), &recalls(collection, set, lists));
    let mut figures = vec![
        beside(of(&collection, "by words", &words)),
        beside(of(&collection, "as the house finds without an encoder", &house)),
    ];
    let Some(encoder) = minilm::open(place)? else { return Ok(figures) };
    collection.understand(Arc::new(encoder));
    let meanings = lists(&|query| ids(collection.by_meaning(query, PASSAGES)));
    let alone = of(&collection, "by meaning (MiniLM alone)", &meanings);
    let mix = |share: f64| {
        lists(&|query| ids(fuse(&collection.by_words(query, PASSAGES), &collection.by_meaning(query, PASSAGES), share)))
    };
    let beside = |figure: Figure| beside(figure).beside("MiniLM alone", alone.value);
    for share in [0.3, 0.7] {
        figures.push(of(&collection, &format!("mixed, meaning counts {share}"), &mix(share)).unguarded());
    }
    figures.push(beside(of(&collection, "words and meaning mixed", &mix(MEANING))));
    figures.push(beside(of(&collection, "as the house finds with an encoder", &found(&collection))));
    figures.insert(2, alone);
    Ok(figures)
}

/// What bm25s finds in the same documents, whole.
fn peer(place: &Place, set: &Set) -> Result<Option<(String, f64)>> {
    let documents: Vec<String> = set.pages.iter().map(|page| format!("{}\n{}", page.title, page.content)).collect();
    let queries: Vec<&str> = set.cases.iter().map(|case| case.query.as_str()).collect();
    let input = json!({ "documents": documents, "queries": queries, "k": set.first });
    let Some(peer) = python::ask::<Peer>(place, "find.py", &input)? else { return Ok(None) };
    let recall = |(case, found): (&Case, &Vec<usize>)| {
        let first: Vec<&str> = found.iter().filter_map(|at| Some(set.pages.get(*at)?.id.as_str())).collect();
        share(&case.needed, &first)
    };
    let recalls: Vec<f64> = set.cases.iter().zip(&peer.found).map(recall).collect();
    Ok(Some((peer.name, mean(&recalls))))
}

fn recalls(collection: &Collection, set: &Set, lists: &Lists) -> Vec<f64> {
    let recall = |(case, list): (&Case, &Vec<PassageId>)| {
        let mut first: Vec<&str> = Vec::new();
        for id in list {
            let url = collection.passage(*id).and_then(|hit| hit.url.as_deref()).unwrap_or_default();
            if !first.contains(&url) && first.len() < set.first {
                first.push(url);
            }
        }
        share(&case.needed, &first)
    };
    set.cases.iter().zip(lists).map(recall).collect()
}

/// The share of the needed documents that are among these.
fn share(needed: &[String], first: &[&str]) -> f64 {
    let needed: HashSet<&str> = needed.iter().map(String::as_str).collect();
    let found = first.iter().filter(|url| needed.contains(*url)).count();
    found as f64 / needed.len().max(1) as f64
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn figure(measure: &str, recalls: &[f64]) -> Figure {
    let of = |drawn: &[&f64]| drawn.iter().copied().sum::<f64>() / drawn.len().max(1) as f64;
    Figure::new(measure, recalls.len(), mean(recalls), bootstrap(recalls, of))
}
