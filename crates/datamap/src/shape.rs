//! The shape of one line of the map: preset, field, table.

/// On which of the six grounds of GDPR Art. 6(1) something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Basis {
    /// Art. 6(1)(a): she agreed, and may take it back at any time.
    Consent,
    /// Art. 6(1)(b): the person asked for it, or a contract with her needs it.
    Contract,
    /// Art. 6(1)(c): a law demands it.
    LegalObligation,
    /// Art. 6(1)(f): a legitimate interest that does not outweigh hers.
    LegitimateInterest,
    /// Nothing about a person: no ground is needed.
    NotPersonal,
}

impl Basis {
    /// The article, as it is printed in the record of processing.
    pub const fn article(self) -> &'static str {
        match self {
            Basis::Consent => "Art. 6(1)(a) GDPR",
            Basis::Contract => "Art. 6(1)(b) GDPR",
            Basis::LegalObligation => "Art. 6(1)(c) GDPR",
            Basis::LegitimateInterest => "Art. 6(1)(f) GDPR",
            Basis::NotPersonal => "none (not about a person)",
        }
    }
}

/// How a field reaches the person who asks for everything held about her.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Export {
    /// The value itself; a sealed one is opened.
    Value,
    /// The bytes as a file of their own; the named column of the same row holds the file's name.
    File {
        /// The column with the name.
        name: &'static str,
    },
    /// An id of a member of the staff: printed as that member's name and role, nothing else about him.
    StaffName,
    /// Described but not printed, because the value says nothing to her or would be a key to her room.
    Described,
}

/// What happens to a field when a person is erased.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Erasure {
    /// The row is deleted.
    DeleteRow,
    /// The key is overwritten and deleted, before anything else.
    Shred,
    /// The row stays, this value is replaced by the given word.
    Replace(&'static str),
    /// The value is cleared as the very last act, because the work of erasing needs it.
    ClearLast,
    /// It stays: it does not identify her.
    Stays,
}

/// How long something is kept.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Keep {
    /// For the organisation's number of days after the person's last activity (90 unless it says otherwise).
    AfterLastActivity,
    /// Until the moment in the named column of the same row.
    Until(&'static str),
    /// While the member of the staff has an account.
    WhileEmployed,
    /// This many months.
    Months(u16),
    /// As long as the organisation uses Confidante.
    WithOrganisation,
    /// Until the work it stands for is done.
    UntilDone,
}

impl Keep {
    /// The period in words, for the record of processing.
    pub const fn says(self) -> &'static str {
        match self {
            Keep::AfterLastActivity => {
                "the organisation's retention period after the last activity (90 days unless set otherwise)"
            }
            Keep::Until(_) => "until the expiry noted in the row",
            Keep::WhileEmployed => "while the account exists",
            Keep::Months(24) => "24 months",
            Keep::Months(_) => "a fixed number of months",
            Keep::WithOrganisation => "as long as the organisation uses the service",
            Keep::UntilDone => "until the work is done",
        }
    }
}

/// Whom a field is about.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Who {
    /// A visitor or customer.
    Visitor,
    /// A member of the staff.
    Staff,
    /// Nobody.
    Nobody,
}

/// One sentence of the public notice, in the three languages of the widget. Empty where the notice has nothing to say.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Plain {
    /// English.
    pub en: &'static str,
    /// German.
    pub de: &'static str,
    /// Arabic.
    pub ar: &'static str,
}

/// A combination of purpose, ground, category and behaviour that a lawyer has thought about once.
#[derive(Clone, Copy, Debug)]
pub struct Preset {
    /// Its name in the documents.
    pub name: &'static str,
    /// Whom it is about.
    pub who: Who,
    /// Fideslang data category.
    pub category: &'static str,
    /// Fideslang data use.
    pub purpose: &'static str,
    /// GDPR Art. 6.
    pub basis: Basis,
    /// What the person gets.
    pub export: Export,
    /// What erasing her does.
    pub erasure: Erasure,
    /// How long.
    pub keep: Keep,
    /// What the public notice says.
    pub plain: Plain,
}

/// How a column is tied to somebody.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Link {
    /// Not at all.
    None,
    /// It holds the id of the person whom the whole row is about.
    Person,
    /// It holds the id of the member whom the whole row is about.
    Member,
    /// It may hold the id of anything of hers (herself, a conversation, a message), among ids of other things.
    Mention,
}

/// One column.
#[derive(Clone, Copy, Debug)]
pub struct Field {
    /// The column's name.
    pub name: &'static str,
    /// What applies to it.
    pub preset: &'static Preset,
    /// What it is, in words for a data-protection officer.
    pub says: &'static str,
    /// To whom it ties the row.
    pub link: Link,
    /// The table whose row it points at.
    pub references: Option<&'static str>,
    /// The column with the salt of the commitment to this value: it goes when the value is replaced.
    pub salt: Option<&'static str>,
}

impl Field {
    /// A column that points nowhere.
    pub const fn new(name: &'static str, preset: &'static Preset, says: &'static str) -> Self {
        Self { name, preset, says, link: Link::None, references: None, salt: None }
    }

    /// It points at a row of `table`.
    pub const fn to(mut self, table: &'static str) -> Self {
        self.references = Some(table);
        self
    }

    /// A commitment to it stands in the row, salted with this column.
    pub const fn salted(mut self, salt: &'static str) -> Self {
        self.salt = Some(salt);
        self
    }

    /// It ties the row to somebody.
    pub const fn link(mut self, link: Link) -> Self {
        self.link = link;
        self
    }

    /// Sealed with the key of the person or member whom the row is about.
    pub fn is_sealed(&self) -> bool {
        self.name.ends_with("_sealed")
    }

    /// A keyed, blind index.
    pub fn is_index(&self) -> bool {
        self.name.ends_with("_index")
    }
}

/// One table.
#[derive(Clone, Copy, Debug)]
pub struct Table {
    /// The table's name.
    pub name: &'static str,
    /// What one row is, for readers of a receipt, in the plural ("messages").
    pub rows: &'static str,
    /// What it is for.
    pub says: &'static str,
    /// Its columns, in the order of the schema.
    pub fields: &'static [Field],
}

impl Table {
    /// The column with this name.
    pub fn field(&self, name: &str) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.name == name)
    }

    /// The column that ties a row to one person, where there is one.
    pub fn person(&self) -> Option<&'static Field> {
        self.fields.iter().find(|field| field.link == Link::Person)
    }

    /// The columns that may mention ids of hers.
    pub fn mentions(&self) -> impl Iterator<Item = &'static Field> {
        self.fields.iter().filter(|field| field.link == Link::Mention)
    }

    /// Does every row have an id of its own?
    pub fn has_id(&self) -> bool {
        self.field("id").is_some()
    }
}
