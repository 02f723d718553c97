//! From a page to its main content: `wcxb-dev`, pages of seven kinds whose content people marked; word F1 as its authors count.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use flate2::read::GzDecoder;
use knowledge::extract::{Way, from_html_by};
use serde::Deserialize;

use crate::figure::Figure;
use crate::interval::bootstrap;
use crate::{Outcome, Place, python};

/// What people marked.
#[derive(Deserialize)]
struct Marked {
    url: String,
    ground_truth: Truth,
    #[serde(rename = "_internal", default)]
    inner: Option<Inner>,
}

#[derive(Deserialize)]
struct Truth {
    /// Nothing where nobody marked the page: such a page is left out.
    #[serde(default)]
    main_content: String,
}

#[derive(Deserialize)]
struct Inner {
    page_type: Kind,
}

#[derive(Deserialize)]
struct Kind {
    primary: String,
}

#[derive(Deserialize)]
struct Peer {
    name: String,
    texts: Vec<String>,
}

struct Case {
    file: PathBuf,
    marked: Marked,
}

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let folder = place.data.join("wcxb-dev");
    if !folder.exists() {
        return Ok(Outcome::Skipped("no data: wcxb-dev".into()));
    }
    let cases = read(&folder)?;
    let mut scores: Vec<(Way, Vec<f64>)> = Vec::new();
    for way in [Way::Mixed, Way::Learned, Way::Landmarks] {
        let score = |case: &Case| {
            let html = page(&case.file)?;
            Ok(f1(&from_html_by(&html, &case.marked.url, way).content, &case.marked.ground_truth.main_content))
        };
        scores.push((way, cases.iter().map(score).collect::<Result<_>>()?));
    }
    let peer = peer(place, &cases)?;
    let beside = |figure: Figure, chosen: &dyn Fn(usize) -> bool| match &peer {
        Some((name, values)) => figure.beside(name, mean(values, chosen)),
        None => figure,
    };
    let mut figures = Vec::new();
    for (way, values) in &scores {
        let name = match way {
            Way::Mixed => "word F1, as the house reads a page",
            Way::Learned => "word F1, the learned extractor everywhere",
            Way::Landmarks => "word F1, the pages' own landmarks everywhere",
        };
        let figure = beside(figure(name, values), &|_| true);
        figures.push(if *way == Way::Mixed { figure } else { figure.unguarded() });
    }
    let mixed = scores.first().map_or(&[][..], |(_, values)| values);
    for (kind, places) in kinds(&cases) {
        let values: Vec<f64> = places.iter().filter_map(|at| mixed.get(*at).copied()).collect();
        let figure = figure(&format!("word F1, {kind}"), &values).unguarded();
        figures.push(beside(figure, &|at| places.contains(&at)));
    }
    Ok(Outcome::Measured(figures))
}

fn read(folder: &Path) -> Result<Vec<Case>> {
    let listed = std::fs::read_dir(folder.join("ground-truth"))?.map(|entry| Ok(entry?.path()));
    let mut files = listed.collect::<Result<Vec<PathBuf>>>()?;
    files.sort();
    let case = |file: &PathBuf| {
        let name = file.file_stem().context("a name")?.to_string_lossy();
        let marked = serde_json::from_str(&std::fs::read_to_string(file)?).with_context(|| name.to_string())?;
        Ok(Case { file: folder.join(format!("html/{name}.html.gz")), marked })
    };
    let mut cases = files.iter().map(case).collect::<Result<Vec<Case>>>()?;
    cases.retain(|case| !case.marked.ground_truth.main_content.is_empty());
    Ok(cases)
}

fn page(file: &Path) -> Result<String> {
    let mut bytes = Vec::new();
    GzDecoder::new(std::fs::File::open(file)?).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

/// The places of the pages of each kind.
fn kinds(cases: &[Case]) -> BTreeMap<String, Vec<usize>> {
    let mut kinds: BTreeMap<String, Vec<usize>> = BTreeMap::new();
    for (at, case) in cases.iter().enumerate() {
        if let Some(inner) = &case.marked.inner {
            kinds.entry(inner.page_type.primary.clone()).or_default().push(at);
        }
    }
    kinds
}

fn peer(place: &Place, cases: &[Case]) -> Result<Option<(String, Vec<f64>)>> {
    let pages: Vec<(String, &str)> =
        cases.iter().map(|case| (case.file.display().to_string(), case.marked.url.as_str())).collect();
    let Some(peer) = python::ask::<Peer>(place, "extract.py", &pages)? else { return Ok(None) };
    let values = cases.iter().zip(&peer.texts).map(|(case, text)| f1(text, &case.marked.ground_truth.main_content));
    Ok(Some((peer.name, values.collect())))
}

/// The harmonic mean of how many words found are right and how many right ones are found, each as often as it stands there.
fn f1(found: &str, truth: &str) -> f64 {
    let (found, truth) = (counted(found), counted(truth));
    let all = |words: &HashMap<String, usize>| words.values().sum::<usize>();
    if all(&truth) == 0 || all(&found) == 0 {
        return if all(&truth) == all(&found) { 1.0 } else { 0.0 };
    }
    let shared: usize = found.iter().map(|(word, times)| (*times).min(truth.get(word).copied().unwrap_or(0))).sum();
    2.0 * shared as f64 / (all(&found) + all(&truth)) as f64
}

fn counted(text: &str) -> HashMap<String, usize> {
    let mut words = HashMap::new();
    let lower = text.to_lowercase();
    for word in lower.split(|letter: char| !(letter.is_alphanumeric() || letter == '_')).filter(|word| !word.is_empty())
    {
        *words.entry(word.to_owned()).or_insert(0) += 1;
    }
    words
}

fn mean(values: &[f64], chosen: &dyn Fn(usize) -> bool) -> f64 {
    let chosen: Vec<f64> = values.iter().enumerate().filter(|(at, _)| chosen(*at)).map(|(_, value)| *value).collect();
    chosen.iter().sum::<f64>() / chosen.len().max(1) as f64
}

fn figure(measure: &str, values: &[f64]) -> Figure {
    let of = |drawn: &[&f64]| drawn.iter().copied().sum::<f64>() / drawn.len().max(1) as f64;
    Figure::new(measure, values.len(), mean(values, &|_| true), bootstrap(values, of))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_count_as_often_as_they_stand_there() {
        assert_eq!(f1("a b b", "A b"), 0.8);
        assert_eq!((f1("", ""), f1("x", ""), f1("", "x")), (1.0, 0.0, 0.0));
    }
}
