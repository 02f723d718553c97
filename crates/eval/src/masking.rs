//! Masking, on the synthetic texts of presidio-research: recall, precision and speed beside two peers.

mod corpus;
mod peer;
mod score;

use anyhow::{Result, anyhow};
use masking::Masker;

use crate::figure::Figure;
use crate::interval::{bootstrap, wilson};
use crate::{Outcome, Place};
use corpus::{Case, PERSONAL};
use score::{Counts, Look};

/// A part of the texts: its name, and which belong to it.
type Half = (&'static str, fn(&Case) -> bool);
/// A figure: its name, and how it is made of what was counted.
type Measure = (&'static str, fn(&Counts) -> f64);

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let Some(cases) = corpus::read(&place.data)? else {
        return Ok(Outcome::Skipped("no data: presidio-research/synth_dataset_v2.json".into()));
    };
    let (ours, seconds) = look(&cases)?;
    if place.aloud {
        missed(&cases, &ours);
    }
    let peers = peer::run(place.python.as_deref(), &cases)?;
    let mut figures = Vec::new();
    let halves: [Half; 3] = [("looked at", Case::looked_at), ("report half", Case::reported), ("all", |_| true)];
    for (half, belongs) in halves {
        let picked: Vec<usize> = (0..cases.len()).filter(|at| cases.get(*at).is_some_and(belongs)).collect();
        figures.extend(totals(half, &picked, &cases, &ours, &peers));
    }
    figures.extend(kinds(&cases, &ours, &peers));
    figures.extend(speed(&cases, seconds, &peers));
    Ok(Outcome::Measured(figures))
}

/// Looks at every text three times; the spans in characters and the least processor time for all of them.
fn look(cases: &[Case]) -> Result<(Vec<Look>, f64)> {
    let masker = Masker::new();
    let mut best = f64::MAX;
    let mut looks = Vec::new();
    for _ in 0..3 {
        let started = processor();
        let found: Result<Vec<_>, _> = cases.iter().map(|case| masker.find(&case.text, &[])).collect();
        best = best.min(processor() - started);
        let found = found.map_err(|fault| anyhow!("the masker failed: {fault}"))?;
        looks = cases.iter().zip(found).map(|(case, spans)| case.in_characters(&spans)).collect();
    }
    Ok((looks, best))
}

/// Seconds of processor time of this thread, as the kernel counts them: other work on the machine does not count.
fn processor() -> f64 {
    let line = std::fs::read_to_string("/proc/thread-self/schedstat").unwrap_or_default();
    let nanoseconds: f64 = line.split(' ').next().and_then(|number| number.parse().ok()).unwrap_or_default();
    nanoseconds / 1e9
}

/// Tells what was missed and what was masked without need, in the half that may be looked at and in no other.
fn missed(cases: &[Case], ours: &[Look]) {
    for (case, look) in cases.iter().zip(ours).filter(|(case, _)| case.looked_at()) {
        let letters: Vec<char> = case.text.chars().collect();
        let text = |start: usize, end: usize| -> String { letters.iter().take(end).skip(start).collect() };
        let personal = case.spans.iter().filter(|span| PERSONAL.contains(&span.kind.as_str()));
        let found = |at: usize| look.0.iter().any(|(start, end)| (*start..*end).contains(&at));
        let whole = |span: &corpus::Marked| {
            let mut inside = letters.iter().enumerate().take(span.end).skip(span.start);
            inside.all(|(at, letter)| found(at) || !letter.is_alphanumeric())
        };
        for span in personal.filter(|span| !whole(span)) {
            println!("missed {}: {:?} in {:?}", span.kind, text(span.start, span.end), case.text);
        }
        for (start, end) in &look.0 {
            if !case.spans.iter().any(|span| span.start < *end && *start < span.end) {
                println!("masked without need: {:?} in {:?}", text(*start, *end), case.text);
            }
        }
    }
}

fn totals(half: &str, picked: &[usize], cases: &[Case], ours: &[Look], peers: &[peer::Peer]) -> Vec<Figure> {
    let sums = |looks: &[Look], kinds: Option<&[&str]>| -> Vec<Counts> {
        picked.iter().filter_map(|at| Some(Counts::of(cases.get(*at)?, looks.get(*at)?, kinds))).collect()
    };
    let mut figures = Vec::new();
    let sets: [(&str, Option<&[&str]>); 2] = [("personal kinds", Some(PERSONAL)), ("all 17 kinds", None)];
    for (set, kinds) in sets {
        let each = sums(ours, kinds);
        let beside: Vec<(String, Counts)> =
            peers.iter().map(|peer| (peer.name.clone(), Counts::sum(sums(&peer.found, kinds).iter()))).collect();
        let measures: [Measure; 6] = [
            ("recall (characters)", Counts::recall),
            ("precision (characters)", Counts::precision),
            ("F1 (characters)", |counts| counts.f(1.0)),
            ("F2 (characters)", |counts| counts.f(2.0)),
            ("recall (whole spans)", Counts::span_recall),
            ("precision (findings)", Counts::finding_precision),
        ];
        for (measure, value) in measures {
            let interval = bootstrap(&each, |drawn| value(&Counts::sum(drawn.iter().copied())));
            let mut figure = Figure::new(
                format!("{half}, {set}: {measure}"),
                each.len(),
                value(&Counts::sum(each.iter())),
                interval,
            );
            for (name, counts) in &beside {
                figure = figure.beside(name.clone(), value(counts));
            }
            figures.push(if kinds.is_none() { figure.unguarded() } else { figure });
        }
    }
    figures
}

/// Recall of each kind over all texts: how many spans are covered whole.
fn kinds(cases: &[Case], ours: &[Look], peers: &[peer::Peer]) -> Vec<Figure> {
    let count = |looks: &[Look], kind: &str| {
        let each = cases.iter().zip(looks).map(|(case, look)| Counts::of(case, look, Some(&[kind])));
        Counts::sum(each.collect::<Vec<_>>().iter())
    };
    let one = |kind: &String| {
        let counts = count(ours, kind);
        let named = if PERSONAL.contains(&kind.as_str()) { "" } else { " (not counted as personal)" };
        let value = counts.span_recall();
        let mut figure = Figure::new(
            format!("{kind}{named}: whole spans found"),
            counts.spans,
            value,
            wilson(counts.spans_found, counts.spans),
        );
        for peer in peers {
            figure = figure.beside(peer.name.clone(), count(&peer.found, kind).span_recall());
        }
        if named.is_empty() { figure } else { figure.unguarded() }
    };
    corpus::kinds(cases).iter().map(one).collect()
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand texts")]
fn speed(cases: &[Case], seconds: f64, peers: &[peer::Peer]) -> Vec<Figure> {
    let size = cases.len() as f64;
    let mut figure = Figure::told("milliseconds a text, one thread", cases.len(), seconds * 1000.0 / size);
    let mut figures = Vec::new();
    for peer in peers {
        figure = figure.beside(peer.name.clone(), peer.cpu * 1000.0 / size);
        figures.push(Figure::told(format!("times as fast as {}", peer.name), cases.len(), peer.cpu / seconds));
    }
    figures.insert(0, figure);
    figures
}
