//! The languages the product itself speaks.

use serde::{Deserialize, Serialize};

/// A language of the widget, the notices and the letters. Content may be in any language.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Locale {
    /// English, the fallback.
    #[default]
    En,
    /// German.
    De,
    /// Arabic, written from right to left.
    Ar,
}

impl Locale {
    /// Every language, in the order of the menu.
    pub const ALL: [Locale; 3] = [Locale::En, Locale::De, Locale::Ar];

    /// The BCP 47 tag.
    pub fn tag(self) -> &'static str {
        match self {
            Locale::En => "en",
            Locale::De => "de",
            Locale::Ar => "ar",
        }
    }

    /// The nearest language for a BCP 47 tag such as `de-AT`; English where there is none.
    pub fn nearest(tag: &str) -> Locale {
        let primary = tag.split(['-', '_']).next().unwrap_or_default().to_ascii_lowercase();
        Self::ALL.into_iter().find(|locale| locale.tag() == primary).unwrap_or_default()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_nearest_language_is_found_by_its_primary_tag() {
        assert_eq!(Locale::nearest("de-AT"), Locale::De);
        assert_eq!(Locale::nearest("AR_eg"), Locale::Ar);
        assert_eq!(Locale::nearest("tlh"), Locale::En);
    }
}
