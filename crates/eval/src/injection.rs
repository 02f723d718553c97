//! Commands to the assistant in a visitor's words, as a signal: on the test split of s-labs, of which nothing was looked at.

use anyhow::Result;
use masking::{SUSPICIOUS, suspicion};

use crate::figure::Figure;
use crate::interval::wilson;
use crate::{Outcome, Place, messages};

/// The section.
pub fn measure(place: &Place) -> Result<Outcome> {
    let file = place.data.join("injection/s-labs/test.csv");
    if !file.exists() {
        return Ok(Outcome::Skipped("no data: injection/s-labs/test.csv".into()));
    }
    let mut counts = Counts::default();
    let mut rows = csv::Reader::from_path(file)?;
    for row in rows.records() {
        let row = row?;
        let told = suspicion(row.get(0).unwrap_or_default()) >= SUSPICIOUS;
        match (row.get(1) == Some("1"), told) {
            (true, told) => (counts.attacks, counts.noticed) = (counts.attacks + 1, counts.noticed + usize::from(told)),
            (false, told) => (counts.others, counts.accused) = (counts.others + 1, counts.accused + usize::from(told)),
        }
    }
    let free = counts.others - counts.accused;
    let mut figures = vec![
        share("attacks noticed", counts.noticed, counts.attacks),
        share("other texts left alone (many are about attacks)", free, counts.others),
    ];
    if let Some(messages) = messages::read(&place.data)? {
        let free = messages.iter().filter(|message| suspicion(message) < SUSPICIOUS).count();
        figures.push(share("real shop messages left alone", free, messages.len()));
    }
    Ok(Outcome::Measured(figures))
}

#[derive(Default)]
struct Counts {
    attacks: usize,
    noticed: usize,
    others: usize,
    accused: usize,
}

#[expect(clippy::cast_precision_loss, reason = "a few thousand texts")]
fn share(measure: &str, part: usize, whole: usize) -> Figure {
    Figure::new(measure, whole, part as f64 / whole.max(1) as f64, wilson(part, whole))
}
