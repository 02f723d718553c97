//! The form: its questions, what they may be, and which answers fit them.

use model::{Locale, Refusal};
use serde::{Deserialize, Serialize};

use crate::consent::Wordings;

/// How many questions there may be: whoever is asked more goes away.
const MOST_FIELDS: usize = 12;
/// How many answers one can choose from.
const MOST_CHOICES: usize = 20;
/// The longest question, in characters.
const LONGEST_LABEL: usize = 200;
/// The longest answer, in characters.
const LONGEST_ANSWER: usize = 2_000;
/// The ages about which a gate may ask: GDPR Art. 8 names 13 to 16; above that it is the organisation's own care.
const AGES: std::ops::RangeInclusive<u8> = 13..=18;

/// The questions before the chat. Contains nothing personal.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Survey {
    /// Asks whether the visitor is younger than this. Only a “yes” leaves a mark, and nobody's age is kept.
    pub ask_age: Option<u8>,
    /// The questions, in their order.
    pub fields: Vec<Field>,
}

/// One question.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Field {
    /// Its id, given once.
    pub id: String,
    /// The question in each language; English stands in for a missing one.
    pub label: Label,
    /// What kind of answer.
    pub kind: FieldKind,
    /// Whether the chat waits for an answer. Never where it rests on consent: consent is free (Art. 7(4)).
    pub required: bool,
    /// The purpose of the consent on which the answer rests.
    pub purpose: Option<String>,
    /// What can be chosen.
    pub choices: Vec<String>,
}

/// A question in each language.
#[derive(Clone, Debug, Default, PartialEq, Serialize, Deserialize)]
#[serde(default)]
pub struct Label {
    /// English.
    pub en: String,
    /// German.
    pub de: String,
    /// Arabic.
    pub ar: String,
}

impl Label {
    /// The words in a language, else in English, else in any.
    pub fn of(&self, locale: Locale) -> &str {
        let own = match locale {
            Locale::En => &self.en,
            Locale::De => &self.de,
            Locale::Ar => &self.ar,
        };
        [own, &self.en, &self.de, &self.ar].into_iter().find(|words| !words.is_empty()).map_or("", String::as_str)
    }
}

/// What kind of answer.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum FieldKind {
    /// One line.
    #[default]
    Line,
    /// Several lines.
    Text,
    /// An e-mail address.
    Email,
    /// A telephone number.
    Phone,
    /// One of several answers.
    Choice,
}

impl FieldKind {
    const ALL: [FieldKind; 5] =
        [FieldKind::Line, FieldKind::Text, FieldKind::Email, FieldKind::Phone, FieldKind::Choice];

    /// The kind behind a word of the API.
    pub fn from_word(word: &str) -> Option<FieldKind> {
        Self::ALL.into_iter().find(|kind| kind.word() == word)
    }

    /// The word in the API.
    pub fn word(self) -> &'static str {
        match self {
            FieldKind::Line => "line",
            FieldKind::Text => "text",
            FieldKind::Email => "email",
            FieldKind::Phone => "phone",
            FieldKind::Choice => "choice",
        }
    }
}

impl Survey {
    /// Whether there is anything to ask.
    pub fn is_empty(&self) -> bool {
        self.ask_age.is_none() && self.fields.is_empty()
    }

    /// The questions, if every part is allowed.
    pub(super) fn checked(mut self, wordings: &Wordings) -> Result<Self, Refusal> {
        if self.ask_age.is_some_and(|age| !AGES.contains(&age)) {
            return Err(Refusal::invalid("The gate asks about an age from 13 to 18."));
        }
        if self.fields.len() > MOST_FIELDS {
            return Err(Refusal::invalid("At most 12 questions can be asked."));
        }
        for field in &mut self.fields {
            field.check(wordings)?;
        }
        Ok(self)
    }
}

impl Field {
    fn check(&mut self, wordings: &Wordings) -> Result<(), Refusal> {
        let Label { en, de, ar } = &mut self.label;
        for words in [en, de, ar] {
            *words = one_line(words);
            if words.chars().count() > LONGEST_LABEL {
                return Err(Refusal::invalid("A question may have at most 200 characters."));
            }
        }
        // The question is kept in the clear beside the answer: nothing personal may stand in it.
        if [&self.label.en, &self.label.de, &self.label.ar].iter().any(|words| words.contains('@')) {
            return Err(Refusal::invalid("A question names no e-mail address."));
        }
        if self.label.of(Locale::En).is_empty() {
            return Err(Refusal::invalid("Each question needs words in at least one language."));
        }
        self.choices = self.choices.iter().map(|choice| one_line(choice)).filter(|choice| !choice.is_empty()).collect();
        let many = self.choices.len();
        match self.kind {
            FieldKind::Choice if !(2..=MOST_CHOICES).contains(&many) => {
                return Err(Refusal::invalid("A question with a choice needs 2 to 20 answers."));
            }
            FieldKind::Choice => {}
            _ => self.choices.clear(),
        }
        let Some(purpose) = &self.purpose else { return Ok(()) };
        if self.required {
            return Err(Refusal::invalid("What rests on consent cannot be required: a consent is free."));
        }
        if wordings.in_force(purpose, Locale::En).is_none() {
            return Err(Refusal::invalid("Publish the wording of the purpose first."));
        }
        Ok(())
    }

    /// The answer as it will be kept; nothing where she left it empty.
    pub(super) fn accept(&self, words: &str) -> Result<Option<String>, Refusal> {
        let words: String = words
            .chars()
            .filter(|letter| !letter.is_control() || (self.kind == FieldKind::Text && *letter == '\n'))
            .collect();
        let words = words.trim();
        if words.is_empty() {
            return Ok(None);
        }
        let fits = match self.kind {
            FieldKind::Line | FieldKind::Text => true,
            FieldKind::Email => {
                words.split_once('@').is_some_and(|(name, host)| !name.is_empty() && host.contains('.'))
            }
            FieldKind::Phone => words.chars().filter(char::is_ascii_digit).count() >= 4,
            FieldKind::Choice => self.choices.iter().any(|choice| choice == words),
        };
        if !fits || words.chars().count() > LONGEST_ANSWER {
            return Err(Refusal::invalid("An answer does not fit its question."));
        }
        Ok(Some(words.to_owned()))
    }
}

fn one_line(words: &str) -> String {
    words.chars().filter(|letter| !letter.is_control()).collect::<String>().trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn none() -> Wordings {
        Wordings(Vec::new())
    }

    fn asking(change: fn(&mut Field)) -> Result<Survey, Refusal> {
        let label = Label { en: "Order number".to_owned(), ..Label::default() };
        let mut field = Field { label, ..Field::default() };
        change(&mut field);
        Survey { ask_age: Some(16), fields: vec![field] }.checked(&none())
    }

    #[test]
    fn a_question_is_allowed_or_refused_as_a_whole() {
        assert!(asking(|_| ()).is_ok());
        assert!(asking(|field| field.label = Label::default()).is_err(), "no words");
        assert!(asking(|field| field.kind = FieldKind::Choice).is_err(), "nothing to choose from");
        assert!(asking(|field| field.purpose = Some("later".into())).is_err(), "no wording for its purpose");
        assert!(Survey { ask_age: Some(12), fields: Vec::new() }.checked(&none()).is_err());
    }

    #[test]
    fn what_rests_on_consent_is_never_required() {
        let refused = asking(|field| (field.required, field.purpose) = (true, Some("later".into()))).unwrap_err();
        assert!(refused.sentence.contains("free"), "{}", refused.sentence);
    }

    #[test]
    fn an_answer_fits_its_question() {
        let of = |kind| Field { kind, choices: vec!["Yes".into(), "No".into()], ..Field::default() };
        for (kind, good, bad) in [
            (FieldKind::Email, "ana@example.com", "ana"),
            (FieldKind::Phone, "+351 21 555", "no"),
            (FieldKind::Choice, "No", "Maybe"),
        ] {
            assert_eq!(of(kind).accept(good).unwrap().as_deref(), Some(good));
            assert!(of(kind).accept(bad).is_err(), "{bad}");
        }
        assert_eq!(of(FieldKind::Email).accept(" \n ").unwrap(), None, "left out");
        assert_eq!(of(FieldKind::Line).accept("a\nb").unwrap().as_deref(), Some("ab"));
    }

    #[test]
    fn a_question_is_asked_in_the_nearest_language() {
        let label = Label { en: "Size".into(), de: "Größe".into(), ar: String::new() };
        assert_eq!([Locale::De, Locale::Ar].map(|locale| label.of(locale)), ["Größe", "Size"]);
    }
}
