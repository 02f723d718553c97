//! Is it in our FAQ, or should we say so? `hint3`: real messages to three bots, more than half of them about nothing the bot knows.
//!
//! The knowledge is an FAQ made of the bot's own training questions, one page an intent; the built-in answerer answers from a
//! page (then the message is of that intent) or says that it does not know. Nothing was chosen on the test messages.

use std::collections::{BTreeSet, HashMap};
use std::path::Path;

use anyhow::Result;
use knowledge::encoder::{Encoder, MiniLm};
use knowledge::quote::{self, Outcome as Said};
use knowledge::{Collection, Language};

use crate::figure::Figure;
use crate::interval::{bootstrap, wilson};
use crate::{Outcome, Place, minilm};

/// The label of what the bot does not know.
const OUTSIDE: &str = "NO_NODES_DETECTED";
/// As many passages as the desk reads for one answer.
const PASSAGES: usize = 8;
/// The bots, with the best published accuracy on the first version of the set, where there is one.
const BOTS: [(&str, Option<(&str, f64)>); 3] = [
    ("sofmattress", Some(("published on v1, Dialogflow", 0.713))),
    ("curekart", Some(("published on v1, Haptik", 0.748))),
    ("powerplay11", None),
];

/// A message with its label, or a training question with its intent.
type Labelled = (String, String);

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let folder = place.data.join("hint3/v2");
    if !folder.exists() {
        return Ok(Outcome::Skipped("no data: hint3/v2".into()));
    }
    let encoder = minilm::open(place)?;
    let mut figures = Vec::new();
    for (bot, published) in BOTS {
        let train = read(&folder.join(format!("train/{bot}_train.csv")))?;
        let test = read(&folder.join(format!("test/{bot}_test.csv")))?;
        let collection = faq(&train);
        let ours: Vec<String> = test.iter().map(|(message, _)| in_faq(&collection, message)).collect();
        let meant = encoder.as_ref().map(|encoder| Nearest::read(encoder, &train).all(encoder, &test));
        figures.extend(of_bot(bot, &test, &ours, (meant.as_deref(), published)));
    }
    Ok(Outcome::Measured(figures))
}

fn read(file: &Path) -> Result<Vec<Labelled>> {
    let mut rows = csv::ReaderBuilder::new().flexible(true).from_path(file)?;
    let mut read = Vec::new();
    for row in rows.records() {
        let row = row?;
        read.push((row.get(0).unwrap_or_default().to_owned(), row.get(1).unwrap_or_default().to_owned()));
    }
    Ok(read)
}

/// Every training question as a heading, with a line about its intent below.
fn faq(train: &[Labelled]) -> Collection {
    let mut gatherer = Collection::gather(crate::still::world());
    let intents: BTreeSet<&str> = train.iter().map(|(_, intent)| intent.as_str()).collect();
    for intent in intents {
        let about = intent.to_lowercase().replace('_', " ");
        let questions = train.iter().filter(|(_, of)| of == intent);
        let sections: Vec<String> = questions
            .map(|(question, _)| format!("## {}?\nThis is about {about}.", question.trim_end_matches('?')))
            .collect();
        gatherer.page(Language::En, &about, Some(intent), &sections.join("\n"));
    }
    gatherer.finish()
}

/// The intent that the built-in answerer answers from.
fn in_faq(collection: &Collection, message: &str) -> String {
    let hits = collection.find(message, PASSAGES);
    let answer = quote::answer(message, &hits);
    let cited = answer.sentences.first().and_then(|one| hits.get(one.hit_index)?.url.clone());
    cited.filter(|_| answer.outcome == Said::Answered).unwrap_or_else(|| OUTSIDE.to_owned())
}

/// The peer: the intent of the training question with the nearest vector, if it is near enough.
struct Nearest {
    known: Vec<(Vec<f32>, String)>,
    enough: f32,
}

impl Nearest {
    /// How near is near enough is chosen on the training questions: it parts best a question's nearest fellow from the nearest
    /// question of any other intent.
    fn read(encoder: &MiniLm, train: &[Labelled]) -> Nearest {
        let known: Vec<(Vec<f32>, String)> =
            train.iter().map(|(question, intent)| (encoder.encode(question), intent.clone())).collect();
        let nearest = |at: usize, same: bool| {
            let (vector, intent) = known.get(at)?;
            let others = known.iter().enumerate().filter(|(other, (_, of))| *other != at && (of == intent) == same);
            others.map(|(_, (other, _))| cosine(vector, other)).reduce(f32::max)
        };
        let places = || 0..known.len();
        let fellows: Vec<f32> = places().filter_map(|at| nearest(at, true)).collect();
        let strangers: Vec<f32> = places().filter_map(|at| nearest(at, false)).collect();
        let share = |list: &[f32], is: &dyn Fn(f32) -> bool| {
            list.iter().filter(|value| is(**value)).count() as f64 / list.len().max(1) as f64
        };
        let parts =
            |enough: f32| share(&fellows, &|value| value >= enough) + share(&strangers, &|value| value < enough);
        let steps = (30..95u8).map(|step| f32::from(step) / 100.0);
        let enough = steps.max_by(|a, b| parts(*a).total_cmp(&parts(*b))).unwrap_or(0.6);
        Nearest { known, enough }
    }

    fn all(&self, encoder: &MiniLm, test: &[Labelled]) -> Vec<String> {
        let intent = |(message, _): &Labelled| {
            let vector = encoder.encode(message);
            let near = self.known.iter().map(|(other, intent)| (cosine(&vector, other), intent));
            let best = near.max_by(|a, b| a.0.total_cmp(&b.0));
            best.filter(|(near, _)| *near >= self.enough)
                .map_or_else(|| OUTSIDE.to_owned(), |(_, intent)| intent.clone())
        };
        test.iter().map(intent).collect()
    }
}

fn cosine(a: &[f32], b: &[f32]) -> f32 {
    a.iter().zip(b).map(|(a, b)| a * b).sum()
}

fn of_bot(
    bot: &str,
    test: &[Labelled],
    ours: &[String],
    (meant, published): (Option<&[String]>, Option<(&str, f64)>),
) -> Vec<Figure> {
    let labels: Vec<&str> = test.iter().map(|(_, label)| label.as_str()).collect();
    let pairs = |said: &'_ [String]| -> Vec<(String, String)> {
        labels.iter().map(|label| (*label).to_owned()).zip(said.iter().cloned()).collect()
    };
    let (own, peer) = (pairs(ours), meant.map(pairs));
    let share = |chosen: &[&(String, String)]| {
        chosen.iter().filter(|(label, said)| label == said).count() as f64 / chosen.len().max(1) as f64
    };
    let part = |measure: &str, of: &dyn Fn(&str) -> bool| {
        let chosen =
            |pairs: &[(String, String)]| pairs.iter().filter(|(label, _)| of(label)).cloned().collect::<Vec<_>>();
        let rate = |pairs: &[(String, String)]| share(&chosen(pairs).iter().collect::<Vec<_>>());
        let (size, value) = (chosen(&own).len(), rate(&own));
        let right = own.iter().filter(|(label, said)| of(label) && label == said).count();
        let figure = Figure::new(format!("{bot}: {measure}"), size, value, wilson(right, size));
        match &peer {
            Some(peer) => figure.beside("MiniLM alone", rate(peer)),
            None => figure,
        }
    };
    let mut all = part("accuracy", &|_| true);
    if let Some((name, value)) = published {
        all = all.beside(name, value);
    }
    let of_mcc = |drawn: &[&(String, String)]| mcc(drawn);
    let value = mcc(&own.iter().collect::<Vec<_>>());
    let mut correlation = Figure::new(format!("{bot}: MCC"), own.len(), value, bootstrap(&own, of_mcc));
    if let Some(peer) = &peer {
        correlation = correlation.beside("MiniLM alone", mcc(&peer.iter().collect::<Vec<_>>()));
    }
    let known = part("accuracy on what is in the FAQ", &|label| label != OUTSIDE);
    let outside = part("says so where it is not in the FAQ", &|label| label == OUTSIDE);
    vec![all, known, outside, correlation]
}

/// Matthews' correlation for many classes (J. Gorodkin, 2004).
fn mcc(pairs: &[&(String, String)]) -> f64 {
    let (mut labelled, mut said): (HashMap<&str, f64>, HashMap<&str, f64>) = Default::default();
    let mut right = 0.0;
    for (label, answer) in pairs {
        *labelled.entry(label).or_default() += 1.0;
        *said.entry(answer).or_default() += 1.0;
        right += f64::from(u8::from(label == answer));
    }
    let all = pairs.len() as f64;
    let square = |counts: &HashMap<&str, f64>| counts.values().map(|count| count * count).sum::<f64>();
    let both: f64 = labelled.iter().map(|(label, count)| count * said.get(label).copied().unwrap_or(0.0)).sum();
    let scale = ((all * all - square(&said)) * (all * all - square(&labelled))).sqrt();
    if scale > 0.0 { (right * all - both) / scale } else { 0.0 }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_correlation_is_one_for_the_truth_and_none_for_one_answer_to_all() {
        let pairs = |said: [&str; 4]| -> Vec<(String, String)> {
            ["a", "b", "c", "c"].iter().zip(said).map(|(label, said)| ((*label).to_owned(), said.to_owned())).collect()
        };
        let of = |said| mcc(&pairs(said).iter().collect::<Vec<_>>());
        assert!((of(["a", "b", "c", "c"]) - 1.0).abs() < 1e-9);
        assert_eq!(of(["c", "c", "c", "c"]), 0.0);
        assert!(of(["b", "a", "c", "c"]) > 0.0 && of(["b", "c", "a", "a"]) < 0.0);
    }
}
