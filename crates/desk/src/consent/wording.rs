//! The wordings of the organisation: published in all its languages at once as the next version, retired, never changed.

use aws_lc_rs::digest::{SHA256, digest};
use model::{Actor, ConsentTextId, Locale, OrganisationId, Refusal};
use store::consent_text::{self as rows, TextRow};
use store::{Fence, StoreError, Work, consent};

use crate::{Deed, Desk};

/// The longest wording, in characters: whoever has to read more than this does not read it.
const LONGEST: usize = 1_000;
/// The longest name of a purpose.
const LONGEST_PURPOSE: usize = 40;

/// Every wording of an organisation, the newest version of each purpose first.
pub struct Wordings(pub Vec<TextRow>);

/// How many people stand how to a purpose.
pub struct Figure {
    /// The purpose.
    pub purpose: String,
    /// `given`, `refused`, `withdrawn` or `lapsed`.
    pub state: String,
    /// How many people.
    pub people: i64,
}

impl Wordings {
    /// The words in force for a purpose: in this language, else in English, else in any. The row says which it is.
    pub fn in_force(&self, purpose: &str, locale: Locale) -> Option<&TextRow> {
        let mut live = self.0.iter().filter(|text| text.purpose == purpose && text.retired_at.is_none());
        let of = |tag: &str| live.clone().find(|text| text.language == tag);
        of(locale.tag()).or_else(|| of(Locale::En.tag())).or_else(|| live.next())
    }
}

impl Desk {
    /// Every wording, in force and retired.
    pub async fn wordings(&self, organisation: OrganisationId) -> Deed<Wordings> {
        let found = self.store.all(Fence::Organisation(organisation), rows::every(organisation)).await?;
        Ok(Wordings(found.iter().map(TextRow::from_row).collect::<Result<_, _>>()?))
    }

    /// One wording, in force or retired.
    pub async fn wording(&self, organisation: OrganisationId, id: ConsentTextId) -> Deed<TextRow> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        Ok(TextRow::from_row(&row.ok_or_else(Refusal::not_found)?)?)
    }

    /// Publishes the next version of a purpose's wording, in each language that is given. The version before is retired in the
    /// same instant: nobody can agree to it any more, and whoever did before is still bound by what she read.
    pub async fn publish_wording(&self, actor: &Actor, purpose: &str, texts: &[(Locale, &str)]) -> Deed<()> {
        let organisation = actor.organisation();
        let purpose = checked_purpose(purpose)?;
        let texts: Vec<(Locale, String)> = texts
            .iter()
            .filter(|(_, text)| !text.trim().is_empty())
            .map(|(locale, text)| Ok((*locale, checked_text(text)?)))
            .collect::<Result<_, Refusal>>()?;
        if texts.is_empty() {
            return Err(Refusal::invalid("Write the wording in at least one language.").into());
        }
        let known = self.wordings(organisation).await?.0;
        let versions = known.iter().filter(|text| text.purpose == purpose).map(|text| text.version);
        let (version, now) = (versions.max().unwrap_or(0) + 1, self.world.now());
        let new = texts.into_iter().map(|(locale, body)| TextRow {
            id: ConsentTextId::new(&self.world),
            purpose: purpose.clone(),
            version,
            language: locale.tag().to_owned(),
            hash: digest(&SHA256, body.as_bytes()).as_ref().to_vec(),
            body,
            created_at: now,
            retired_at: None,
        });
        let work = Work::new(Fence::Organisation(organisation))
            .with(rows::retire(organisation, &purpose, now))
            .extend(new.map(|text| rows::insert(organisation, text)))
            .with(self.audit(actor, "consent_text.publish", "organisation", &organisation.to_string()));
        match self.store.write(work).await {
            Ok(_) => Ok(()),
            Err(StoreError::Unique) => Err(Refusal::conflict("Somebody else published a version just now.").into()),
            Err(error) => Err(error.into()),
        }
    }

    /// From now on nobody is asked for this purpose. Refused while a question before the chat rests on it.
    pub async fn retire_wording(&self, actor: &Actor, purpose: &str) -> Deed<()> {
        let organisation = actor.organisation();
        let fields = self.organisation(organisation).await?.settings.survey.fields;
        if fields.iter().any(|field| field.purpose.as_deref() == Some(purpose)) {
            return Err(
                Refusal::conflict("A question before the chat rests on this. Remove the question first.").into()
            );
        }
        let work = Work::new(Fence::Organisation(organisation))
            .with(rows::retire(organisation, purpose, self.world.now()))
            .with(self.audit(actor, "consent_text.retire", "organisation", &organisation.to_string()));
        let done = self.store.write(work).await?;
        match done.first() {
            Some(done) if done.changed > 0 => Ok(()),
            _ => Err(Refusal::not_found().into()),
        }
    }

    /// How many people stand how to each purpose now.
    pub async fn consent_figures(&self, organisation: OrganisationId) -> Deed<Vec<Figure>> {
        let found = self.store.all(Fence::Organisation(organisation), consent::figures(organisation)).await?;
        found
            .iter()
            .map(|row| {
                Ok(Figure { purpose: row.text("purpose")?, state: row.text("state")?, people: row.int("many")? })
            })
            .collect()
    }
}

/// The name of a purpose: a word that programs can carry around.
fn checked_purpose(purpose: &str) -> Result<String, Refusal> {
    let purpose = purpose.trim();
    let fits = purpose.bytes().all(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_');
    if purpose.len() < 2 || purpose.len() > LONGEST_PURPOSE || !fits {
        return Err(Refusal::invalid("A purpose is a word of 2 to 40 small letters, digits and underscores."));
    }
    Ok(purpose.to_owned())
}

/// The wording as it will be shown: nothing in it can be invisible.
fn checked_text(text: &str) -> Result<String, Refusal> {
    let text = text.trim();
    if text.chars().count() > LONGEST {
        return Err(Refusal::invalid("A wording may have at most 1,000 characters."));
    }
    if text.chars().any(|letter| letter.is_control() && letter != '\n') {
        return Err(Refusal::invalid("A wording has no control characters."));
    }
    Ok(text.to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_purpose_is_a_word_and_a_wording_is_plain() {
        assert_eq!(checked_purpose(" contact_by_email ").as_deref(), Ok("contact_by_email"));
        for wrong in ["", "a", "Contact", "a b", "ä_b", &"x".repeat(41)] {
            assert!(checked_purpose(wrong).is_err(), "{wrong}");
        }
        assert_eq!(checked_text(" one\ntwo ").as_deref(), Ok("one\ntwo"));
        assert!(checked_text("a\u{8}b").is_err() && checked_text(&"x".repeat(1_001)).is_err());
    }
}
