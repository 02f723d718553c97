//! A customer as the desk knows her: the name and address she gave, and her conversations.

use model::{ConversationId, Locale, Moment, OrganisationId, PersonId, Refusal};
use store::conversation::ConversationRow;
use store::{Fence, Work, conversation, lane, person as rows};
use vault::{KeyError, Personal, Place, SubjectKey};

use crate::{Deed, Desk};

/// What is known about a person. Has no `Debug`.
#[derive(Clone)]
pub struct PersonView {
    /// Her id.
    pub id: PersonId,
    /// Her name, if she gave it.
    pub name: Option<Personal>,
    /// Her e-mail address, if she gave it.
    pub email: Option<Personal>,
    /// Her language.
    pub locale: Locale,
    /// When she first started a chat.
    pub created_at: Moment,
    /// When she was last here.
    pub last_seen_at: Moment,
}

/// One of her conversations.
pub struct Talk {
    /// Its id.
    pub id: ConversationId,
    /// Whether it is open.
    pub open: bool,
    /// When it began.
    pub created_at: Moment,
    /// When something last happened.
    pub last_activity_at: Moment,
}

/// A change of her contact details; `None` leaves a field as it is, an empty text removes it.
#[derive(Default)]
pub struct Contact {
    /// The name.
    pub name: Option<String>,
    /// The e-mail address.
    pub email: Option<String>,
}

impl Desk {
    /// One person; unknown ones and other organisations' are the same.
    pub async fn person(&self, organisation: OrganisationId, id: PersonId) -> Deed<PersonView> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        let row = row.ok_or_else(Refusal::not_found)?;
        let key = self.keyring.subject(organisation, &id.to_string()).await?;
        self.show_person(organisation, &rows::PersonRow::from_row(&row)?, &key)
    }

    fn show_person(&self, organisation: OrganisationId, row: &rows::PersonRow, key: &SubjectKey) -> Deed<PersonView> {
        let subject = row.id.to_string();
        let open = |column: &'static str, sealed: &Option<vault::Sealed>| match sealed {
            Some(sealed) => key.open(&Place { organisation, table: "person", column, row: &subject }, sealed).map(Some),
            None => Ok(None),
        };
        Ok(PersonView {
            id: row.id,
            name: open("name_sealed", &row.name)?,
            email: open("email_sealed", &row.email)?,
            locale: Locale::nearest(&row.locale),
            created_at: row.created_at,
            last_seen_at: row.last_seen_at,
        })
    }

    /// Name and address of a person whose key is at hand, read from the assistant's lane: nothing of whoever is not in it.
    pub(crate) async fn person_contact(
        &self,
        organisation: OrganisationId,
        id: PersonId,
        key: &SubjectKey,
    ) -> Deed<(Option<Personal>, Option<Personal>)> {
        let row = self.store.one(Fence::Assistant(organisation), lane::person(organisation, id)).await?;
        let row = row.ok_or_else(Refusal::not_found)?;
        let view = self.show_person(organisation, &rows::PersonRow::from_row(&row)?, key)?;
        Ok((view.name, view.email))
    }

    /// Her conversations, latest first.
    pub async fn talks(&self, organisation: OrganisationId, id: PersonId) -> Deed<Vec<Talk>> {
        let found =
            self.store.all(Fence::Organisation(organisation), conversation::by_person(organisation, id)).await?;
        let talk = |row: ConversationRow| Talk {
            id: row.id,
            open: row.open,
            created_at: row.created_at,
            last_activity_at: row.last_activity_at,
        };
        found.iter().map(|row| Ok(talk(ConversationRow::from_row(row)?))).collect()
    }

    /// Corrects her contact details.
    pub async fn correct_person(
        &self,
        organisation: OrganisationId,
        id: PersonId,
        contact: Contact,
    ) -> Deed<PersonView> {
        let now = self.person(organisation, id).await?;
        self.unrestricted(organisation, lane::Of::Person(id)).await?;
        let name = merged(contact.name, now.name, 200)?;
        let email = merged(contact.email, now.email, 254)?;
        if email.as_ref().is_some_and(|email| !email.expose().contains('@')) {
            return Err(Refusal::invalid("The e-mail address needs an @.").into());
        }
        let subject = id.to_string();
        let key = self.keyring.subject(organisation, &subject).await?;
        let seal = |column: &'static str, value: &Option<Personal>| match value {
            Some(value) => {
                key.seal(&Place { organisation, table: "person", column, row: &subject }, value.expose()).map(Some)
            }
            None => Ok(None),
        };
        let index = match &email {
            Some(email) => Some(self.email_index(organisation, email.expose()).await?),
            None => None,
        };
        let change =
            rows::set_contact(organisation, id, seal("name_sealed", &name)?, seal("email_sealed", &email)?, index);
        self.store.write(Work::new(Fence::Organisation(organisation)).with(change)).await?;
        self.person(organisation, id).await
    }

    /// The latest people, or the one with this e-mail address or id.
    pub async fn people(&self, organisation: OrganisationId, sought: Option<&str>) -> Deed<Vec<PersonView>> {
        let statement = match sought.map(str::trim).filter(|text| !text.is_empty()) {
            None => rows::recent(organisation, 100),
            Some(text) => match text.parse::<PersonId>() {
                Ok(id) => rows::by_id(organisation, id),
                Err(_) => rows::by_email_index(organisation, self.email_index(organisation, text).await?),
            },
        };
        let mut people = Vec::new();
        for row in &self.store.all(Fence::Organisation(organisation), statement).await? {
            let row = rows::PersonRow::from_row(row)?;
            match self.keyring.subject(organisation, &row.id.to_string()).await {
                Ok(key) => people.push(self.show_person(organisation, &row, &key)?),
                // Her erasure is under way: she is not listed any more.
                Err(KeyError::Absent) => {}
                Err(error) => return Err(error.into()),
            }
        }
        Ok(people)
    }

    /// The newest people with an e-mail address: how many were looked at, and how many of them are found by another one than
    /// they have now. Nobody reads it.
    pub async fn misfiled(&self, organisation: OrganisationId, newest: i64) -> Deed<(i64, i64)> {
        let (mut looked, mut wrong) = (0, 0);
        for row in self.store.all(Fence::Organisation(organisation), rows::addressed(organisation, newest)).await? {
            let (id, sealed) = (row.text("id")?, row.sealed("email_sealed")?);
            let key = match self.keyring.subject(organisation, &id).await {
                Ok(key) => key,
                // Her erasure is under way.
                Err(KeyError::Absent) => continue,
                Err(error) => return Err(error.into()),
            };
            let place = Place { organisation, table: "person", column: "email_sealed", row: &id };
            let email = key.open(&place, &sealed)?;
            looked += 1;
            let right = self.email_index(organisation, email.expose()).await?;
            wrong += i64::from(row.maybe_bytes("email_index")?.as_ref() != Some(&right));
        }
        Ok((looked, wrong))
    }

    pub(crate) async fn email_index(&self, organisation: OrganisationId, email: &str) -> Deed<Vec<u8>> {
        let key = self.keyring.organisation(organisation).await?;
        Ok(key.blind("person.email", &vault::normal_email(email)))
    }
}

fn merged(new: Option<String>, old: Option<Personal>, longest: usize) -> Result<Option<Personal>, Refusal> {
    let Some(new) = new else { return Ok(old) };
    let new: String = new.trim().chars().filter(|c| !c.is_control()).collect();
    if new.chars().count() > longest {
        return Err(Refusal::invalid("This is too long for a name or an address."));
    }
    Ok(Some(new).filter(|new| !new.is_empty()).map(Personal::new))
}
