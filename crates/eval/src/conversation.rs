//! Conversations of `mtrag-un`, written by people: does the built-in answerer answer where the passages do, and say that it does
//! not know where they do not?
//!
//! The knowledge is the pool of all passages of all conversations. The built-in answerer cannot ask back: where a person would,
//! saying that it is not known counts as right.

use std::collections::HashSet;

use anyhow::Result;
use knowledge::quote::{self, Outcome as Said};
use knowledge::{Collection, follow};
use serde::Deserialize;

use crate::figure::Figure;
use crate::interval::wilson;
use crate::pages::Page;
use crate::{Outcome, Place, pages};

/// As many passages as the desk reads for one answer.
const PASSAGES: usize = 8;

/// The end of a conversation.
#[derive(Deserialize)]
pub struct Task {
    /// The passages that its answer rests on.
    pub contexts: Vec<Context>,
    input: Vec<Turn>,
    answerability: Vec<String>,
}

/// A passage.
#[derive(Deserialize)]
pub struct Context {
    document_id: String,
    text: String,
}

#[derive(Deserialize)]
struct Turn {
    speaker: String,
    text: String,
}

impl Task {
    /// The passages hold an answer, or a part of it.
    pub fn is_answerable(&self) -> bool {
        self.answerability.iter().any(|word| word == "ANSWERABLE" || word == "PARTIAL")
    }

    /// The last question as it was written.
    pub fn last(&self) -> &str {
        self.questions().last().unwrap_or_default()
    }

    /// The last question, made whole from those before it, as the desk does.
    pub fn whole(&self) -> String {
        let (mut before, mut meant): (Option<String>, String) = (None, String::new());
        for question in self.questions() {
            meant = follow::whole(question, before.as_deref());
            if follow::has_subject(&meant) {
                before = Some(meant.clone());
            }
        }
        meant
    }

    /// The ids of the passages.
    pub fn needed(&self) -> Vec<String> {
        self.contexts.iter().map(|context| context.document_id.clone()).collect()
    }

    fn questions(&self) -> impl Iterator<Item = &str> {
        self.input.iter().filter(|turn| turn.speaker == "user").map(|turn| turn.text.as_str())
    }
}

/// All tasks, if they are there.
pub fn read(place: &Place) -> Result<Option<Vec<Task>>> {
    let file = place.data.join("mtrag-un/reference.dev.jsonl");
    if !file.exists() {
        return Ok(None);
    }
    let text = std::fs::read_to_string(file)?;
    Ok(Some(text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect::<Result<_>>()?))
}

/// The passages of all tasks, each once, as pages without a title.
pub fn pool(tasks: &[Task]) -> Vec<Page> {
    let mut known = HashSet::new();
    let contexts = tasks.iter().flat_map(|task| &task.contexts).filter(|one| known.insert(one.document_id.as_str()));
    let page = |one: &Context| Page { id: one.document_id.clone(), title: String::new(), content: one.text.clone() };
    contexts.map(page).collect()
}

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let Some(tasks) = read(place)? else { return Ok(Outcome::Skipped("no data: mtrag-un".into())) };
    let collection = pages::collect(&pool(&tasks));
    let (mut changed, mut tallies) = (0, [Tally::default(), Tally::default(), Tally::default()]);
    for task in &tasks {
        let meant = task.whole();
        changed += usize::from(meant != task.last());
        if place.aloud && meant != task.last() {
            println!("made whole: {:?}\n         -> {meant:?}", task.last());
        }
        let is = |word: &str| task.answerability.iter().any(|one| one == word);
        let kind = usize::from(is("UNANSWERABLE")) + 2 * usize::from(is("UNDERSPECIFIED"));
        if let Some(tally) = tallies.get_mut(kind) {
            tally.add(task, &meant, &collection);
        }
    }
    let [answerable, unanswerable, underspecified] = &tallies;
    let share = |part: usize, whole: usize| part as f64 / whole.max(1) as f64;
    let right = answerable.said + unanswerable.silent() + underspecified.silent();
    let all = tasks.len();
    let speaks = share(answerable.all, all);
    let figures = vec![
        Figure::new("answers where the passages do, and only there", all, share(right, all), wilson(right, all))
            .beside("always answering", speaks)
            .beside("never answering", 1.0 - speaks),
        answerable.figure("answerable: answered", answerable.said),
        answerable.figure("answerable: answered from a passage that its writer named", answerable.named).unguarded(),
        unanswerable.figure("unanswerable: says that it does not know", unanswerable.silent()),
        underspecified.figure("underspecified: does not answer (a person would ask back)", underspecified.silent()),
        Figure::told("questions that were made whole", all, changed as f64),
    ];
    Ok(Outcome::Measured(figures))
}

/// How the tasks of one kind went.
#[derive(Default)]
struct Tally {
    all: usize,
    said: usize,
    named: usize,
}

impl Tally {
    fn add(&mut self, task: &Task, question: &str, collection: &Collection) {
        let hits = collection.find(question, PASSAGES);
        let answer = quote::answer(question, &hits);
        let needed = task.needed();
        let cited = answer.sentences.iter().filter_map(|one| hits.get(one.hit_index)?.url.clone());
        self.all += 1;
        self.said += usize::from(answer.outcome == Said::Answered);
        self.named += usize::from(cited.into_iter().any(|url| needed.contains(&url)));
    }

    fn silent(&self) -> usize {
        self.all - self.said
    }

    fn figure(&self, measure: &str, part: usize) -> Figure {
        Figure::new(measure, self.all, part as f64 / self.all.max(1) as f64, wilson(part, self.all))
    }
}
