//! Masking, beside a bare pass of regular expressions over the same texts: what the gazetteers, checks and folding cost.

use std::hint::black_box;

use anyhow::{Result, anyhow};
use masking::{Masker, Placeholders};
use regex::{Regex, RegexSet};

/// Invented messages as visitors write them; a third holds something personal.
const MESSAGES: &[&str] = &[
    "Where is my order 100234567? It should have been here on Monday.",
    "Hello, my name is Martha Okonkwo and I ordered boots last week. You can write to martha.o@example.org.",
    "How many days do I have to return shoes?",
    "Please send it to 12 Willow Road, Bristol BS3 4QT instead, and call me on +44 7700 900123.",
    "Do you ship to Norway, and what does it cost for two pairs in size 42?",
    "Guten Tag, mein Name ist Annegret Vollmer, bitte überweisen Sie auf DE89 3704 0044 0532 0130 00.",
    "The zip of the blue jacket broke after three weeks. I still have the receipt; what can we do about it?",
    "Bonjour, je voudrais retourner les chaussures que j'ai reçues hier.",
    "I paid with 4111 1111 1111 1111 and was charged twice.",
];
/// The shapes of the same kinds, as simply as they can be written: no checks, no names, no addresses.
const BARE: &[&str] = &[
    r"[\w.+-]+@[\w-]+\.[\w.]+",
    r"\+?[0-9][0-9 ()./-]{7,18}[0-9]",
    r"\b(?:[0-9][ -]?){12,18}[0-9]\b",
    r"\b[A-Z]{2}[0-9]{2}(?: ?[A-Z0-9]{4}){3,7}\b",
    r"\b(?:[0-9]{1,3}\.){3}[0-9]{1,3}\b",
    r"\b[0-9]{1,4} [A-Z]\w+ (?:Road|Street|Avenue|Lane)\b",
    r"\b[A-Z]{1,2}[0-9][0-9A-Z]? ?[0-9][A-Z]{2}\b",
    r"\b(?:Mr|Mrs|Ms|Dr)\.? [A-Z]\w+",
];
/// How often all messages are looked at.
const ROUNDS: usize = 400;

/// Measures both and prints them side by side.
pub fn run() -> Result<()> {
    let masker = Masker::new();
    let ours = best(|| {
        for message in MESSAGES {
            let masked = masker.mask(&mut Placeholders::new(), message, &[]);
            black_box(masked.map_err(|fault| anyhow!("{fault}"))?.as_text().len());
        }
        Ok(())
    })?;
    let patterns = BARE.iter().map(|pattern| Regex::new(pattern)).collect::<Result<Vec<_>, _>>()?;
    let bare = best(|| {
        for message in MESSAGES {
            black_box(patterns.iter().map(|pattern| pattern.find_iter(message).count()).sum::<usize>());
        }
        Ok(())
    })?;
    let set = RegexSet::new(BARE)?;
    let set = best(|| {
        for message in MESSAGES {
            black_box(set.matches(message).len());
        }
        Ok(())
    })?;
    let long = MESSAGES.join(" ").repeat(260);
    let whole = best_of(3, || {
        let found = masker.find(&long, &[]).map_err(|fault| anyhow!("{fault}"))?;
        black_box(found.len());
        Ok(())
    })?;
    println!(
        "masking: {ours:.1} µs a message; eight bare expressions {bare:.1} µs, as one set {set:.1} µs ({:.1} times the bare pass)",
        ours / bare
    );
    #[expect(clippy::cast_precision_loss, reason = "a size")]
    let size = long.len() as f64;
    println!("a text of {:.0} KB: {:.0} ms, {:.1} MB/s", size / 1e3, whole / 1e3, size / whole);
    Ok(())
}

/// Microseconds a message, the best of several goes.
fn best(mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    #[expect(clippy::cast_precision_loss, reason = "a count")]
    let each = (ROUNDS * MESSAGES.len()) as f64;
    Ok(best_of(5, || (0..ROUNDS).try_for_each(|_| work()))? / each)
}

/// Microseconds of the best of `goes`.
fn best_of(goes: usize, mut work: impl FnMut() -> Result<()>) -> Result<f64> {
    let mut best = f64::MAX;
    for _ in 0..goes {
        let started = std::time::Instant::now();
        work()?;
        best = best.min(started.elapsed().as_secs_f64() * 1e6);
    }
    Ok(best)
}
