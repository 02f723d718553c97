//! Stems as numbers: what is compared a thousand times for one question is compared as a number.

use std::collections::HashMap;

/// The stems of one language's passages; each has a number.
#[derive(Default)]
pub(crate) struct Terms {
    numbers: HashMap<Box<str>, u32>,
    stems: Vec<Box<str>>,
}

impl Terms {
    /// The number of a stem, if it is known.
    pub(crate) fn known(&self, stem: &str) -> Option<u32> {
        self.numbers.get(stem).copied()
    }

    /// The number of a stem, which is known from now on.
    pub(crate) fn number(&mut self, stem: &str) -> u32 {
        if let Some(number) = self.known(stem) {
            return number;
        }
        let number = u32::try_from(self.stems.len()).unwrap_or(u32::MAX);
        self.numbers.insert(stem.into(), number);
        self.stems.push(stem.into());
        number
    }

    /// The stem behind a number.
    pub(crate) fn stem(&self, number: u32) -> &str {
        self.stems.get(number as usize).map_or("", AsRef::as_ref)
    }

    /// How many there are.
    pub(crate) fn len(&self) -> usize {
        self.stems.len()
    }

    /// About how many bytes of memory this takes.
    pub(crate) fn bytes(&self) -> usize {
        self.stems.iter().map(|stem| 2 * stem.len() + 80).sum()
    }
}
