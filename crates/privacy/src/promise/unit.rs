//! Under which heading a promise is published.

use datamap::Plain;

/// The headings of the public page, in its order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Group {
    /// How it is protected.
    Seal,
    /// How long it stays.
    Keep,
    /// What you may ask for.
    Rights,
    /// Who else receives something.
    Outside,
    /// The assistant.
    Assistant,
    /// Your browser.
    Browser,
    /// Who works here, and how it is watched.
    House,
}

impl Group {
    /// All of them, in the order of the page.
    pub const ALL: [Group; 7] =
        [Group::Seal, Group::Keep, Group::Rights, Group::Outside, Group::Assistant, Group::Browser, Group::House];

    /// Its stable name.
    pub const fn word(self) -> &'static str {
        match self {
            Group::Seal => "seal",
            Group::Keep => "keep",
            Group::Rights => "rights",
            Group::Outside => "outside",
            Group::Assistant => "assistant",
            Group::Browser => "browser",
            Group::House => "house",
        }
    }

    /// Its heading.
    pub const fn heading(self) -> Plain {
        match self {
            Group::Seal => Plain { en: "How it is protected", de: "Wie es geschützt ist", ar: "كيف يُحمى" },
            Group::Keep => Plain { en: "How long it stays", de: "Wie lange es bleibt", ar: "كم يبقى" },
            Group::Rights => Plain { en: "Your rights", de: "Ihre Rechte", ar: "حقوقك" },
            Group::Outside => {
                Plain {
                    en: "Who else receives something", de: "Wer sonst etwas erhält", ar: "من يتلقى شيئًا غيرنا"
                }
            }
            Group::Assistant => Plain { en: "The assistant", de: "Der Assistent", ar: "المساعد" },
            Group::Browser => Plain { en: "Your browser", de: "Ihr Browser", ar: "متصفحك" },
            Group::House => {
                Plain { en: "The people and the house", de: "Menschen und Haus", ar: "العاملون والنظام" }
            }
        }
    }
}
