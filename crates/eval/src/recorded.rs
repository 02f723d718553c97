//! The figures of the last recorded run: what fell below the interval it had then has become worse.

use std::collections::BTreeMap;
use std::path::PathBuf;

use anyhow::{Result, bail};
use serde::{Deserialize, Serialize};

use crate::figure::Figure;

/// A recorded figure.
#[derive(Clone, Serialize, Deserialize)]
struct Recorded {
    value: f64,
    low: f64,
}

type Kept = BTreeMap<String, Recorded>;

fn file() -> PathBuf {
    PathBuf::from(concat!(env!("CARGO_MANIFEST_DIR"), "/recorded.json"))
}

fn read() -> Result<Kept> {
    if !file().exists() {
        return Ok(Kept::new());
    }
    Ok(serde_json::from_str(&std::fs::read_to_string(file())?)?)
}

fn name(figure: &Figure) -> String {
    format!("{} / {}", figure.section, figure.measure)
}

/// Records the guarded figures of this run; those of sections that did not run stay.
pub fn write(figures: &[Figure]) -> Result<()> {
    let mut kept = read()?;
    kept.retain(|name, _| !figures.iter().any(|figure| name.starts_with(&format!("{} / ", figure.section))));
    for figure in figures.iter().filter(|figure| figure.guarded) {
        let rounded = |value: f64| (value * 10_000.0).round() / 10_000.0;
        let low = figure.interval.map_or(figure.value, |(low, _)| low);
        kept.insert(name(figure), Recorded { value: rounded(figure.value), low: rounded(low) });
    }
    std::fs::write(file(), serde_json::to_string_pretty(&kept)? + "\n")?;
    Ok(())
}

/// Fails if a guarded figure fell below the interval that was recorded.
pub fn compare(figures: &[Figure]) -> Result<()> {
    let fallen = fallen(&read()?, figures);
    if !fallen.is_empty() {
        bail!("worse than recorded, beyond the interval:\n{}", fallen.join("\n"));
    }
    Ok(())
}

fn fallen(kept: &Kept, figures: &[Figure]) -> Vec<String> {
    let one = |figure: &Figure| {
        let recorded = kept.get(&name(figure)).filter(|recorded| figure.value < recorded.low - 0.000_1)?;
        Some(format!(
            "{}: {:.3}, recorded {:.3} (not below {:.3})",
            name(figure),
            figure.value,
            recorded.value,
            recorded.low
        ))
    };
    figures.iter().filter(|figure| figure.guarded).filter_map(one).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_fall_beyond_the_interval_is_told_and_one_within_it_is_not() {
        let kept = Kept::from([("masking / recall".to_owned(), Recorded { value: 0.9, low: 0.88 })]);
        let figure = |value| [Figure::new("recall", 10, value, (0.0, 1.0)).of("masking")];
        assert!(fallen(&kept, &figure(0.88)).is_empty());
        assert_eq!(fallen(&kept, &figure(0.87)).len(), 1);
        assert!(fallen(&kept, &[Figure::told("recall", 10, 0.1).of("masking")]).is_empty());
    }
}
