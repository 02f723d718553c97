//! The letters about a request, in the person's language: typed, so that none can be written without what the law wants in it.

mod ar;
mod de;
mod en;
mod words;

use jiff::tz::TimeZone;
use model::{Locale, Moment};
use serde::{Deserialize, Serialize};

use super::Ground;
use super::calendar::date;
use super::kind::{Kind, Regime};
use super::rule::rule;
use crate::export::item::presets;
use words::Words;

/// What every letter about a request says.
#[derive(Clone)]
pub struct About {
    /// Its language.
    pub locale: Locale,
    /// Who writes.
    pub organisation: String,
    /// What was asked for.
    pub kind: Kind,
    /// Under which law.
    pub regime: Regime,
    /// Its id.
    pub reference: String,
    /// Where its progress is shown.
    pub link: String,
    /// When it arrived.
    pub received_at: Moment,
    /// Until when it is answered.
    pub due_at: Moment,
}

/// Something that stays although it was asked to go.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Kept {
    /// What: a step's own word for it, or what a member of the staff wrote.
    pub what: String,
    /// Why.
    pub ground: Ground,
    /// Until when, where that is known.
    pub until: Option<Moment>,
}

/// How the work ended.
#[derive(Clone, Default)]
pub struct Outcome {
    /// Was anybody found at all?
    pub found: bool,
    /// Until when the archive can be fetched.
    pub archive_until: Option<Moment>,
    /// Who outside had received something.
    pub recipients: Vec<String>,
    /// Those of them who know.
    pub told: Vec<String>,
    /// Where the receipts of erasures are.
    pub receipts: Vec<String>,
    /// What stays.
    pub kept: Vec<Kept>,
    /// What a member of the staff decided or found, in her own words.
    pub staff_says: Vec<String>,
    /// The retention period, in days.
    pub keep_days: u32,
}

/// One letter.
pub enum Letter<'a> {
    /// The code that proves an address.
    Code {
        /// The code.
        code: &'a str,
        /// How long it is good.
        minutes: u64,
    },
    /// It has arrived.
    Acknowledgement,
    /// It takes longer: told within the first term, with the reason (Art. 12(3)).
    Extension {
        /// Why.
        reason: &'a str,
    },
    /// We need to know one thing more.
    Question {
        /// What.
        question: &'a str,
    },
    /// No: ground, reason and remedies (Art. 12(4)).
    Refusal {
        /// The ground.
        ground: Ground,
        /// The reason in this case.
        reason: &'a str,
    },
    /// What was done.
    Answer(&'a Outcome),
}

/// A letter as text.
#[derive(Clone, PartialEq, Eq, Serialize, Deserialize)]
pub struct Text {
    /// What it is about.
    pub subject: String,
    /// The paragraphs.
    pub paragraphs: Vec<String>,
}

impl Text {
    /// The body of a plain mail.
    pub fn body(&self) -> String {
        let mut body = self.paragraphs.join("\r\n\r\n");
        body.push_str("\r\n");
        body
    }
}

fn words(locale: Locale) -> &'static Words {
    match locale {
        Locale::En => &en::WORDS,
        Locale::De => &de::WORDS,
        Locale::Ar => &ar::WORDS,
    }
}

/// The name of a kind of request, as the forms and letters say it.
pub fn kind_name(locale: Locale, kind: Kind) -> &'static str {
    let place = Kind::ALL.iter().position(|known| *known == kind).unwrap_or_default();
    words(locale).kinds.get(place).copied().unwrap_or_default()
}

/// A ground in words that stand behind “because”.
pub fn ground_name(locale: Locale, ground: Ground) -> &'static str {
    let place = Ground::ALL.iter().position(|known| *known == ground).unwrap_or_default();
    words(locale).grounds.get(place).copied().unwrap_or_default()
}

/// A date as the letters write it: the same in every language, and never mistaken for another.
pub fn day(moment: Moment) -> String {
    date(moment, &TimeZone::UTC).to_string()
}

/// Fills blanks one after the other; what is filled in is never searched for blanks again.
fn fill(template: &str, blanks: &[(&str, &str)]) -> String {
    let mut text = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        text.push_str(before);
        let Some((name, behind)) = after.split_once('}') else { break };
        let value = blanks.iter().find(|(blank, _)| *blank == name).map_or("", |(_, value)| *value);
        text.push_str(value);
        rest = behind;
    }
    text.push_str(rest);
    text
}

/// One letter under way.
struct Writer<'a> {
    words: &'static Words,
    about: &'a About,
    paragraphs: Vec<String>,
}

impl Writer<'_> {
    fn say(&mut self, template: &str, blanks: &[(&str, &str)]) {
        let (received, due) = (day(self.about.received_at), day(self.about.due_at));
        let mut all = vec![
            ("organisation", self.about.organisation.as_str()),
            ("kind", kind_name(self.about.locale, self.about.kind)),
            ("reference", self.about.reference.as_str()),
            ("received", received.as_str()),
            ("due", due.as_str()),
            ("source", rule(self.about.regime, self.about.kind).source),
        ];
        // A sentence's own blanks win over what every letter knows.
        all.splice(0..0, blanks.iter().copied());
        if !all.iter().any(|(name, _)| *name == "link") {
            all.push(("link", self.about.link.as_str()));
        }
        self.paragraphs.push(fill(template, &all));
    }

    fn remedies(&mut self) {
        let text = match self.about.regime {
            Regime::Ccpa => self.words.remedy_california,
            Regime::UkGdpr => self.words.remedy_uk,
            Regime::Gdpr | Regime::Voluntary => self.words.remedy_eu,
        };
        self.say(text, &[]);
        if self.about.regime == Regime::Ccpa {
            self.say(self.words.no_worse, &[]);
        }
    }

    fn answer(&mut self, outcome: &Outcome) {
        let words = self.words;
        let kind = self.about.kind;
        let needs_somebody = !matches!(kind, Kind::Complaint | Kind::OptOut | Kind::Limit | Kind::HumanReview);
        if needs_somebody && !outcome.found {
            self.say(words.nothing_held, &[]);
        } else {
            self.done(outcome);
        }
        for said in &outcome.staff_says {
            self.say(words.staff_says, &[("text", said)]);
        }
        self.kept(outcome);
        if kind.tells_recipients() {
            self.recipients(outcome);
        }
        if let Some(until) = outcome.archive_until {
            self.say(words.archive, &[("until", &day(until))]);
        }
    }

    fn done(&mut self, outcome: &Outcome) {
        let words = self.words;
        let overruled = !outcome.kept.is_empty();
        match self.about.kind.like() {
            Kind::Access => self.access(outcome),
            Kind::Portability => self.say(words.ported, &[]),
            Kind::Rectification => self.say(if overruled { words.not_corrected } else { words.corrected }, &[]),
            Kind::Erasure if outcome.receipts.is_empty() => {}
            Kind::Erasure => self.erased(outcome),
            Kind::Restriction => self.say(words.restricted, &[]),
            Kind::Objection => self.say(if overruled { words.objection_overruled } else { words.objected }, &[]),
            Kind::AiOptOut => self.say(words.ai_off, &[]),
            Kind::Limit => self.say(words.limited, &[]),
            Kind::HumanReview => self.say(words.reviewed, &[]),
            Kind::ConsentWithdrawal => self.say(words.withdrawn, &[]),
            Kind::OptOut => words.opted_out.iter().for_each(|text| self.say(text, &[])),
            Kind::Complaint => self.say(words.complaint, &[]),
            Kind::Know | Kind::Delete | Kind::Correct => {}
        }
    }

    fn erased(&mut self, outcome: &Outcome) {
        for text in self.words.erased {
            if text.contains("{link}") {
                outcome.receipts.iter().for_each(|receipt| self.say(text, &[("link", receipt)]));
            } else {
                self.say(text, &[]);
            }
        }
    }

    /// The nine items of Art. 15(1) and (2).
    fn access(&mut self, outcome: &Outcome) {
        let (words, locale) = (&self.words.access, self.about.locale);
        self.say(self.words.confirmed, &[]);
        let mut purposes: Vec<&str> =
            presets().iter().map(|preset| crate::notice::plain(locale, &preset.plain)).collect();
        // Neighbours on the map that are kept for the same purpose say it once.
        purposes.dedup();
        self.say(words.purposes, &[("text", &purposes.join(" "))]);
        let mut categories: Vec<&str> = presets().iter().map(|preset| preset.category).collect();
        categories.sort_unstable();
        categories.dedup();
        self.say(words.categories, &[("names", &categories.join(", "))]);
        let nobody = outcome.recipients.is_empty();
        let names = outcome.recipients.join(", ");
        self.say(if nobody { words.no_recipients } else { words.recipients }, &[("names", &names)]);
        self.say(words.period, &[("days", &outcome.keep_days.to_string())]);
        for text in [words.rights, words.complaint, words.source, words.decisions] {
            self.say(text, &[]);
        }
        self.say(if nobody { words.no_transfers } else { words.transfers }, &[]);
    }

    fn kept(&mut self, outcome: &Outcome) {
        for kept in &outcome.kept {
            let names = ground_name(self.about.locale, kept.ground);
            let until = kept.until.map(day).unwrap_or_default();
            let template = if kept.until.is_some() { self.words.kept } else { self.words.kept_open };
            let what = if kept.what.is_empty() { self.words.your_data } else { &kept.what };
            self.say(template, &[("text", what), ("names", names), ("law", kept.ground.law()), ("until", &until)]);
        }
    }

    fn recipients(&mut self, outcome: &Outcome) {
        let open = outcome.recipients.iter().filter(|name| !outcome.told.contains(name)).cloned().collect::<Vec<_>>();
        if !outcome.told.is_empty() {
            self.say(self.words.told, &[("names", &outcome.told.join(", "))]);
        }
        if !open.is_empty() {
            self.say(self.words.untold, &[("names", &open.join(", "))]);
        }
    }
}

/// Writes a letter.
pub fn write(about: &About, letter: &Letter<'_>) -> Text {
    let words = words(about.locale);
    let mut writer = Writer { words, about, paragraphs: Vec::new() };
    writer.say(words.hello, &[]);
    let mut subject = words.subject;
    match letter {
        Letter::Code { code, minutes } => {
            subject = words.code_subject;
            let minutes = minutes.to_string();
            words.code.iter().for_each(|text| writer.say(text, &[("code", code), ("minutes", &minutes)]));
        }
        Letter::Acknowledgement => words.acknowledged.iter().for_each(|text| writer.say(text, &[])),
        Letter::Extension { reason } => {
            words.extended.iter().for_each(|text| writer.say(text, &[("text", reason)]));
            writer.remedies();
        }
        Letter::Question { question } => {
            words.question.iter().for_each(|text| writer.say(text, &[("text", question)]));
        }
        Letter::Refusal { ground, reason } => {
            let blanks = [("names", ground_name(about.locale, *ground)), ("law", ground.law()), ("text", *reason)];
            words.refused.iter().for_each(|text| writer.say(text, &blanks));
            writer.remedies();
        }
        Letter::Answer(outcome) => {
            writer.answer(outcome);
            writer.remedies();
        }
    }
    if !matches!(letter, Letter::Code { .. }) {
        writer.say(words.reference, &[]);
    }
    writer.say(words.regards, &[]);
    let kind = kind_name(about.locale, about.kind);
    let subject = fill(subject, &[("organisation", &about.organisation), ("kind", kind)]);
    Text { subject, paragraphs: writer.paragraphs }
}

/// The notice to somebody who had received something about a person (Art. 19). It names nobody: it says which transfers it is
/// about by their number and their dates, and what has become of the data.
pub fn notice(
    organisation: &str,
    kind: Kind,
    (transfers, first, last): (Option<i64>, Option<Moment>, Option<Moment>),
    reference: &str,
) -> Text {
    let deed = match kind.like() {
        Kind::Erasure => "erased. Please erase what you still hold of these transfers",
        Kind::Rectification => "corrected. Please drop what you still hold of these transfers",
        _ => "restricted. Please do not use what you still hold of these transfers",
    };
    let (first, last) = (first.map(day).unwrap_or_default(), last.map(day).unwrap_or_default());
    Text {
        subject: format!("{organisation}: notice under Art. 19 GDPR"),
        paragraphs: vec![
            format!(
                "{organisation} sent you data about one person in {} transfers between {first} and {last}.",
                transfers.unwrap_or(0)
            ),
            format!("These data have been {deed} (Art. 19 GDPR), and confirm it with the reference {reference}."),
        ],
    }
}

#[cfg(test)]
mod tests;
