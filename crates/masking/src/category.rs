//! What kinds of personal words are recognised.

/// A kind of personal words; the name in the placeholder and in the disclosure record.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub enum Category {
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// The number of a payment card.
    Card,
    /// A bank account (IBAN).
    Iban,
    /// An IP address.
    Ip,
    /// A name, or a part of one.
    Name,
    /// A postal address or a postcode.
    Address,
    /// A date of birth.
    Birth,
    /// The number of an identity document, a social insurance or a tax office.
    NationalId,
    /// A number plate.
    Plate,
    /// A password, a key, a token.
    Secret,
    /// Words that the organisation's own rules name.
    Rule,
    /// Other words that must not leave as they are, such as a text that looks like one of our placeholders.
    Text,
}

impl Category {
    /// Every category, in the order of the documents.
    pub const ALL: [Category; 13] = [
        Category::Email,
        Category::Phone,
        Category::Card,
        Category::Iban,
        Category::Ip,
        Category::Name,
        Category::Address,
        Category::Birth,
        Category::NationalId,
        Category::Plate,
        Category::Secret,
        Category::Rule,
        Category::Text,
    ];

    /// The category of this word, if it is one.
    pub fn of_word(word: &str) -> Option<Self> {
        Self::ALL.into_iter().find(|category| category.word() == word)
    }

    /// The word in the placeholder: `EMAIL` in `[EMAIL_1]`.
    pub fn placeholder_word(self) -> &'static str {
        match self {
            Category::Email => "EMAIL",
            Category::Phone => "PHONE",
            Category::Card => "CARD",
            Category::Iban => "IBAN",
            Category::Ip => "IP",
            Category::Name => "NAME",
            Category::Address => "ADDRESS",
            Category::Birth => "BIRTHDATE",
            Category::NationalId => "NATIONALID",
            Category::Plate => "PLATE",
            Category::Secret => "SECRET",
            Category::Rule => "PRIVATE",
            Category::Text => "TEXT",
        }
    }

    /// The word in the disclosure record and the API.
    pub fn word(self) -> &'static str {
        match self {
            Category::Email => "email",
            Category::Phone => "phone",
            Category::Card => "card",
            Category::Iban => "iban",
            Category::Ip => "ip",
            Category::Name => "name",
            Category::Address => "address",
            Category::Birth => "birth_date",
            Category::NationalId => "national_id",
            Category::Plate => "plate",
            Category::Secret => "secret",
            Category::Rule => "rule",
            Category::Text => "text",
        }
    }
}

/// Something known about the person who speaks: it is masked wherever it stands. Not printable, it is personal.
#[derive(Clone)]
pub struct Known {
    /// What it is.
    pub kind: Category,
    /// As it was given.
    pub value: String,
}

impl Known {
    /// A known value.
    pub fn new(kind: Category, value: impl Into<String>) -> Self {
        Self { kind, value: value.into() }
    }
}

/// Where a placeholder stands in a masked text, or personal words in an unmasked one, in bytes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Span {
    /// What stood there.
    pub category: Category,
    /// Its first byte.
    pub start: usize,
    /// The byte after its last one.
    pub end: usize,
}
