//! What is found in real messages to shops' bots that hold no personal data: every finding is one too many, unless it can be
//! shown to be right. With `--aloud` each is listed, to be judged by a person.

use std::path::Path;

use anyhow::{Result, anyhow};
use masking::{Masker, SUSPICIOUS, suspicion};

use crate::figure::Figure;
use crate::interval::wilson;
use crate::{Outcome, Place};

/// Messages that were read and found to hold somebody's name or number after all: the finding in them is right.
/// The texts are not ours to print: a hash of each stands here.
const REALLY_PERSONAL: &[u64] = &[];

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let Some(messages) = read(&place.data)? else {
        return Ok(Outcome::Skipped("no data: hint3/v2".into()));
    };
    let masker = Masker::new();
    let mut hits = 0;
    for message in &messages {
        let found = masker.find(message, &[]).map_err(|fault| anyhow!("the masker failed: {fault}"))?;
        if found.is_empty() || REALLY_PERSONAL.contains(&hash(message)) {
            continue;
        }
        hits += 1;
        if place.aloud {
            let said: Vec<&str> = found.iter().filter_map(|span| message.get(span.start..span.end)).collect();
            println!("masked without need ({:x}): {said:?} in {message:?}", hash(message));
        }
    }
    let free = messages.len() - hits;
    #[expect(clippy::cast_precision_loss, reason = "a few thousand messages")]
    let share = free as f64 / messages.len() as f64;
    let untouched =
        Figure::new("real shop messages left untouched", messages.len(), share, wilson(free, messages.len()));
    let accused = messages.iter().filter(|message| suspicion(message) >= SUSPICIOUS).count();
    #[expect(clippy::cast_precision_loss, reason = "counts")]
    let told = [
        Figure::told("messages in which something was masked", messages.len(), hits as f64),
        Figure::told("messages called suspicious (injection)", messages.len(), accused as f64),
    ];
    Ok(Outcome::Measured([untouched].into_iter().chain(told).collect()))
}

/// Every message of the test split; none was looked at while the recognisers were written.
pub fn read(data: &Path) -> Result<Option<Vec<String>>> {
    let folder = data.join("hint3/v2/test");
    if !folder.exists() {
        return Ok(None);
    }
    let mut messages = Vec::new();
    for bot in ["curekart", "powerplay11", "sofmattress"] {
        let mut rows = csv::Reader::from_path(folder.join(format!("{bot}_test.csv")))?;
        for row in rows.records() {
            messages.extend(row?.get(0).map(str::to_owned));
        }
    }
    Ok(Some(messages))
}

/// FNV-1a.
fn hash(text: &str) -> u64 {
    text.bytes().fold(0xcbf2_9ce4_8422_2325, |hash, byte| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3))
}
