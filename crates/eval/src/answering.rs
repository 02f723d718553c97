//! Questions of our own to pages of others: does the built-in answerer quote the sentence that answers, or say that nothing does?
//!
//! Each set has questions that were looked at while the method was made, and questions that were only scored at the end.

use std::collections::BTreeMap;
use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use knowledge::quote::{self, Outcome};
use serde::Deserialize;

use crate::figure::Figure;
use crate::interval::wilson;
use crate::{Outcome as Found, Place, pages};

/// As many passages as the desk reads for one answer.
const PASSAGES: usize = 8;

#[derive(Deserialize)]
struct Set {
    question: Vec<Question>,
}

/// A question whose answer we know.
#[derive(Deserialize)]
#[serde(deny_unknown_fields)]
struct Question {
    /// What is asked.
    ask: String,
    /// One of these must stand in the answer; where there is none, the pages do not answer.
    #[serde(default)]
    says: Vec<String>,
    /// Looked at while the method was made.
    #[serde(default)]
    seen: bool,
}

/// How the questions of one kind went.
#[derive(Default)]
struct Tally {
    right: usize,
    wrong: usize,
    silent: usize,
}

/// The sets: name, questions, and where the pages are.
fn sets(place: &Place) -> Vec<(&'static str, &'static str, Option<PathBuf>)> {
    let named = |name: &str| place.pages.iter().find(|(known, _)| known == name).map(|(_, path)| path.clone());
    let folder = |path: PathBuf| path.exists().then_some(path);
    let shop = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/shop");
    let manual = PathBuf::from("/usr/share/doc/postgresql-doc-15/html");
    let office = PathBuf::from("/usr/share/libreoffice/help/en-US/text");
    vec![
        ("shop", include_str!("../questions/shop.toml"), Some(shop)),
        ("bank", include_str!("../questions/bank.toml"), folder(place.data.join("tau2-banking/documents.jsonl"))),
        ("manual", include_str!("../questions/manual.toml"), named("manual").or_else(|| folder(manual))),
        ("office", include_str!("../questions/office.toml"), named("office").or_else(|| folder(office))),
    ]
}

/// Asks every question of every set whose pages are there.
pub fn measure(place: &Place) -> Result<Found> {
    let mut figures = Vec::new();
    for (name, questions, path) in sets(place) {
        if let Some(path) = path {
            figures.extend(ask(name, questions, &path, place.aloud).context(name)?);
        }
    }
    Ok(Found::Measured(figures))
}

fn ask(name: &str, questions: &str, path: &Path, aloud: bool) -> Result<Vec<Figure>> {
    let questions: Set = toml::from_str(questions)?;
    let collection = pages::collect(&pages::read(path)?);
    let mut tallies: BTreeMap<(bool, bool), Tally> = BTreeMap::new();
    for question in &questions.question {
        let hits = collection.find(&question.ask, PASSAGES);
        let answer = quote::answer(&question.ask, &hits);
        let text = answer.text();
        let tally = tallies.entry((!question.seen, question.says.is_empty())).or_default();
        let silent = answer.outcome == Outcome::Abstained;
        let right = if question.says.is_empty() {
            silent
        } else {
            question.says.iter().any(|says| text.to_lowercase().contains(&says.to_lowercase()))
        };
        tally.right += usize::from(right);
        tally.wrong += usize::from(!right && !silent);
        tally.silent += usize::from(!right && silent);
        if aloud {
            explain(name, question, right, &answer, &hits);
        }
    }
    Ok(tallies.iter().map(|((held, foreign), tally)| figure(name, (*held, *foreign), tally)).collect())
}

fn figure(name: &str, (held, foreign): (bool, bool), tally: &Tally) -> Figure {
    let kind = if held { "only scored" } else { "looked at" };
    let size = tally.right + tally.wrong + tally.silent;
    let measure = match foreign {
        true => format!("{name}: silent where the pages say nothing ({kind})"),
        false => format!("{name}: right ({kind})"),
    };
    let figure = Figure::new(measure, size, tally.right as f64 / size.max(1) as f64, wilson(tally.right, size));
    if foreign { figure } else { figure.beside("wrong instead of silent", tally.wrong as f64 / size.max(1) as f64) }
}

fn explain(name: &str, question: &Question, right: bool, answer: &quote::Answer, hits: &[knowledge::Hit]) {
    let mark = if right { "ok" } else { "NOT" };
    println!("{mark:>3} {name}: {}", question.ask);
    if right || !question.seen {
        return;
    }
    println!("      said: {:?} coverage {:.2} missing {:?}", answer.text(), answer.coverage, answer.missing);
    for check in answer.checks.iter().filter(|check| !check.ok) {
        println!("      failed: {}", check.name);
    }
    for one in answer.considered.iter().take(4) {
        println!("      {:.2} #{} {:?}", one.score, one.hit_index, one.text.chars().take(160).collect::<String>());
    }
    for (at, hit) in hits.iter().enumerate() {
        let has = question.says.iter().any(|says| hit.text.to_lowercase().contains(&says.to_lowercase()));
        let url = hit.url.as_deref().unwrap_or_default();
        println!(
            "      {} #{at} {:.1} {url} | {} | {}",
            if has { "*" } else { " " },
            hit.score,
            hit.title,
            hit.heading
        );
    }
}
