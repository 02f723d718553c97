//! Questions to the demo shop as it is served: every fact on its pages can be asked for, and nothing else is answered.

use std::path::Path;

use model::{Moment, PageId, PassageId, SnapshotId};

use crate::bm25::{Builder, Entry};
use crate::chunk::cut;
use crate::extract::from_html;
use crate::hit::Hit;
use crate::language::Language;
use crate::quote::answer;
use crate::sample::world;

fn shop() -> (crate::bm25::Index, Vec<Hit>) {
    let folder = Path::new(env!("CARGO_MANIFEST_DIR")).join("../../demo/shop");
    let mut names: Vec<_> = std::fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path()).collect();
    names.retain(|path| path.extension().is_some_and(|ending| ending == "html"));
    names.sort();
    let (mut builder, mut hits) = (Builder::default(), Vec::new());
    for path in names {
        let page = from_html(&std::fs::read_to_string(&path).unwrap(), "http://127.0.0.1/");
        let (page_id, snapshot_id) = (PageId::new(&world()), SnapshotId::new(&world()));
        for piece in cut(&page.title, &page.content) {
            let passage_id = PassageId::new(&world());
            builder.add(&Entry { passage: passage_id, language: Language::En, title: &page.title, heading: &piece.heading, text: &piece.text });
            let (title, url) = (page.title.clone(), path.file_name().map(|name| name.to_string_lossy().into_owned()));
            hits.push(Hit {
                passage_id,
                page_id,
                snapshot_id,
                title,
                url,
                heading: piece.heading,
                text: piece.text,
                score: 0.0,
                fetched_at: Moment::default(),
                language: Language::En,
                weights: Default::default(),
            });
        }
    }
    (builder.build(), hits)
}

fn ask(question: &str) -> String {
    let (index, passages) = shop();
    let (found, weights) = index.find(question, 8);
    let hits: Vec<Hit> = found
        .into_iter()
        .filter_map(|(id, score)| passages.iter().find(|hit| hit.passage_id == id).map(|hit| Hit { score, weights: weights.clone(), ..hit.clone() }))
        .collect();
    let answer = answer(question, &hits);
    if std::env::var_os("SHOW").is_some() {
        println!("Q {question}\n  A {:?} {:.2} {}", answer.outcome, answer.coverage, answer.text());
        if answer.sentences.is_empty() {
            println!("    best {:?}\n    {:?}", answer.considered.first(), answer.checks.iter().filter(|check| !check.ok).map(|check| check.name).collect::<Vec<_>>());
        }
    }
    answer.text()
}

#[test]
fn the_demo_shop_answers_what_its_pages_say() {
    for question in std::env::var("QUESTIONS").unwrap_or_default().split('|').filter(|question| !question.is_empty()) {
        ask(question);
    }
}
