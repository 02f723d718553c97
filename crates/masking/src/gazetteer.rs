//! The word lists: names, common English words and proper nouns that lead to nobody. Made by `scripts/gazetteer.py` from
//! published packages; where they come from and under which licence stands in `gazetteer/NOTICE`.

use std::collections::HashMap;
use std::sync::LazyLock;

use crate::folded::folded_value;

const NAMES: &str = include_str!("../gazetteer/names.txt");
const COMMON: &str = include_str!("../gazetteer/common.txt");
const RARE: &str = include_str!("../gazetteer/rare.txt");
const PROPER: &str = include_str!("../gazetteer/proper.txt");

/// What the lists say of a word; nothing of an unknown one.
#[derive(Clone, Copy, Default, PartialEq, Eq)]
pub(crate) struct Entry {
    /// Somebody is called so.
    pub(crate) first: bool,
    /// It is somebody's surname.
    pub(crate) last: bool,
    /// An English word that is written small.
    pub(crate) common: bool,
    /// An English word that only a larger dictionary has.
    pub(crate) rare: bool,
    /// A town, a country, a day, a brand.
    pub(crate) proper: bool,
}

impl Entry {
    /// A name of any kind.
    pub(crate) fn name(self) -> bool {
        self.first || self.last
    }

    /// A name and nothing else.
    pub(crate) fn only_name(self) -> bool {
        self.name() && !self.common && !self.proper
    }

    /// In no list.
    pub(crate) fn unknown(self) -> bool {
        self == Self::default()
    }
}

static WORDS: LazyLock<HashMap<&'static str, Entry>> = LazyLock::new(|| {
    let mut words: HashMap<&'static str, Entry> = HashMap::with_capacity(150_000);
    for line in NAMES.lines() {
        let Some((name, kind)) = line.split_once(' ') else { continue };
        let entry = words.entry(refolded(name)).or_default();
        entry.first |= kind != "l";
        entry.last |= kind != "f";
    }
    for word in COMMON.lines() {
        words.entry(word).or_default().common = true;
    }
    for word in RARE.lines() {
        words.entry(word).or_default().rare = true;
    }
    for word in PROPER.lines() {
        words.entry(refolded(word)).or_default().proper = true;
    }
    words
});

/// What the lists say of a folded word.
pub(crate) fn entry(word: &str) -> Entry {
    WORDS.get(word).copied().unwrap_or_default()
}

/// The lists are written in their own scripts; texts are looked at with look-alikes folded.
fn refolded(word: &'static str) -> &'static str {
    if word.is_ascii() {
        return word;
    }
    let folded = folded_value(word);
    if folded == word { word } else { Box::leak(folded.into_boxed_str()) }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_lists_are_the_ones_that_the_script_made() {
        let hash = |list: &str| {
            let digest = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, list.as_bytes());
            digest.as_ref().iter().map(|byte| format!("{byte:02x}")).collect::<String>()
        };
        let notice = include_str!("../gazetteer/NOTICE");
        for (file, list) in [("names.txt", NAMES), ("common.txt", COMMON), ("rare.txt", RARE), ("proper.txt", PROPER)] {
            assert!(notice.contains(&format!("{}  {file}", hash(list))), "{file} is {}", hash(list));
        }
    }

    #[test]
    fn what_is_a_name_and_what_is_not() {
        assert!(entry("sara").only_name() && entry("sara").first);
        assert!(entry("will").name() && entry("will").common);
        assert!(entry("london").proper && entry("mattress").common && !entry("mattress").name());
        assert!(entry("xqzzt").unknown());
        assert!(entry(&folded_value("Наташа")).unknown() || entry(&folded_value("Наташа")).name());
        assert!(entry(&folded_value("Владимир")).first, "a name in another script");
    }
}
