//! `make eval`: how well the assistant's parts do on texts that nobody here wrote, as one table with sizes and intervals.
//!
//! The texts lie in a folder named on the command line and are never copied into the repository. A section whose texts are
//! absent says so. A figure that falls out of the interval of the last recorded one fails the command.
#![expect(clippy::print_stdout, reason = "the table is the product of this program")]
#![cfg_attr(test, allow(clippy::unwrap_used, clippy::indexing_slicing))]

mod answering;
mod conversation;
mod extraction;
mod faq;
mod figure;
mod injection;
mod interval;
mod masking;
mod messages;
mod minilm;
mod pages;
mod python;
mod recorded;
mod retrieval;
mod still;

use std::path::PathBuf;

use anyhow::{Context, Result};

use crate::figure::{Figure, print};

/// Where things are, as the command line names them.
pub struct Place {
    /// The folder with the data sets; each section looks for its own folder in it.
    pub data: PathBuf,
    /// A Python with the peers installed (`make eval` makes one); without it peers are not measured.
    pub python: Option<PathBuf>,
    /// Sets of pages that lie elsewhere than where Debian puts them: `--pages manual=/a/folder`.
    pub pages: Vec<(String, PathBuf)>,
    /// Tells each case that went wrong: `--aloud`.
    pub aloud: bool,
}

/// What a section found out.
pub enum Outcome {
    /// Figures for the table.
    Measured(Vec<Figure>),
    /// Why nothing was measured: no data, in most cases.
    Skipped(String),
}

/// A part of the table: its name and what measures it.
type Section = (&'static str, fn(&Place) -> Result<Outcome>);

/// Every section, in the order of the table. A new one is a file and a line here.
const SECTIONS: &[Section] = &[
    ("masking", masking::measure),
    ("messages", messages::measure),
    ("injection", injection::measure),
    ("extraction", extraction::measure),
    ("answering", answering::measure),
    ("retrieval", retrieval::measure),
    ("conversation", conversation::measure),
    ("faq", faq::measure),
];

fn main() -> Result<()> {
    let arguments: Vec<String> = std::env::args().skip(1).collect();
    let value = |name: &str| arguments.iter().position(|a| a == name).and_then(|at| arguments.get(at + 1)).cloned();
    let data = arguments.first().filter(|first| !first.starts_with("--"));
    let place = Place {
        data: data
            .context("usage: eval DATA [--python PYTHON] [--pages NAME=FOLDER]… [--only SECTION] [--aloud] [--record]")?
            .into(),
        python: value("--python").map(PathBuf::from).filter(|path| path.exists()),
        pages: named(&arguments),
        aloud: arguments.iter().any(|argument| argument == "--aloud"),
    };
    let only = value("--only");
    let mut figures = Vec::new();
    let mut skipped = Vec::new();
    for (name, measure) in SECTIONS.iter().filter(|(name, _)| only.as_deref().is_none_or(|only| only == *name)) {
        match measure(&place).with_context(|| format!("section {name}"))? {
            Outcome::Measured(found) => figures.extend(found.into_iter().map(|figure| figure.of(name))),
            Outcome::Skipped(why) => skipped.push(format!("{name}: skipped: {why}")),
        }
    }
    print(&figures, &skipped);
    if arguments.iter().any(|argument| argument == "--record") {
        return recorded::write(&figures);
    }
    recorded::compare(&figures)
}

fn named(arguments: &[String]) -> Vec<(String, PathBuf)> {
    let pairs = arguments.iter().zip(arguments.iter().skip(1)).filter(|(flag, _)| *flag == "--pages");
    let named = pairs.filter_map(|(_, pair)| pair.split_once('='));
    named.map(|(name, path)| (name.to_owned(), PathBuf::from(path))).collect()
}
