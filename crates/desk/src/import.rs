//! Portability the other way (GDPR Art. 20): an archive of one person from another installation becomes a person here.
//!
//! Only what she provided and what was answered comes in. Who of the staff wrote it, how answers came about and what was logged
//! about her stay where they arose. So does a consent, unless the very words she agreed to stand in the book of this house too: what
//! she told one organisation she has not told another. An answer that rests on a consent comes with it or not at all.

use std::collections::BTreeMap;
use std::io::{Cursor, Read};

use aws_lc_rs::digest::{SHA256, digest};
use model::{Actor, ConsentId, ConversationId, Moment, OrganisationId, PersonId, Refusal};
use serde::Deserialize;
use serde_json::Value as Json;
use store::consent::ConsentRow;
use store::survey_answer::{self, AnswerRow};
use store::{Fence, Statement, StoreError, Work, import as rows};
use vault::{CupboardError, KeyError, Place, Sealed, SubjectKey};

use crate::body::Where;
use crate::consent::Wordings;
use crate::{Deed, Desk};

/// The most bytes an archive may unfold to.
const MOST: u64 = 256 * 1024 * 1024;
/// The most rows of one kind.
const ROWS: usize = 200_000;

/// The archive, as far as it is read. Has no `Debug`: these are a person's words.
struct Archive {
    document: Document,
    files: BTreeMap<String, Vec<u8>>,
}

/// `data.json`.
#[derive(Deserialize)]
struct Document {
    format: String,
    person: PersonId,
    tables: BTreeMap<String, Table>,
}

#[derive(Deserialize)]
struct Table {
    rows: Vec<serde_json::Map<String, Json>>,
}

fn unfit() -> Refusal {
    Refusal::invalid("This is no archive of a person that this program knows, or it was changed.")
}

/// One row, read by column.
struct Row<'a>(&'a serde_json::Map<String, Json>);

impl Row<'_> {
    fn maybe(&self, column: &str) -> Option<String> {
        self.0.get(column).and_then(Json::as_str).map(str::to_owned)
    }

    fn text(&self, column: &str) -> Result<String, Refusal> {
        self.maybe(column).ok_or_else(unfit)
    }

    fn number(&self, column: &str) -> Result<i64, Refusal> {
        self.0.get(column).and_then(Json::as_i64).ok_or_else(unfit)
    }

    fn moment(&self, column: &str) -> Result<Moment, Refusal> {
        self.number(column).map(Moment::from_millis)
    }

    fn maybe_moment(&self, column: &str) -> Option<Moment> {
        self.0.get(column).and_then(Json::as_i64).map(Moment::from_millis)
    }

    fn id<T: std::str::FromStr>(&self, column: &str) -> Result<T, Refusal> {
        self.text(column)?.parse().map_err(|_| unfit())
    }

    /// One of a few words.
    fn word(&self, column: &str, known: &[&str]) -> Result<String, Refusal> {
        let word = self.text(column)?;
        if known.contains(&word.as_str()) { Ok(word) } else { Err(unfit()) }
    }
}

impl Archive {
    /// Reads and checks: every file is on the archive's own list of fingerprints and is what the list says.
    fn read(bytes: &[u8]) -> Result<Self, Refusal> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| unfit())?;
        let (mut files, mut left) = (BTreeMap::new(), MOST);
        for place in 0..zip.len() {
            let file = zip.by_index(place).map_err(|_| unfit())?;
            let name = file.name().map_err(|_| unfit())?.into_owned();
            let mut content = Vec::new();
            file.take(left + 1).read_to_end(&mut content).map_err(|_| unfit())?;
            let size = u64::try_from(content.len()).unwrap_or(u64::MAX);
            left = left
                .checked_sub(size)
                .ok_or_else(|| Refusal::new(model::Kind::TooLarge, "This archive is too large."))?;
            files.insert(name, content);
        }
        let manifest: Json =
            files.get("manifest.json").and_then(|text| serde_json::from_slice(text).ok()).ok_or_else(unfit)?;
        let prints = manifest.get("sha256").and_then(Json::as_object).ok_or_else(unfit)?;
        let listed = |name: &String, content: &Vec<u8>| {
            let print = data_encoding::HEXLOWER.encode(digest(&SHA256, content).as_ref());
            name == "manifest.json" || prints.get(name).and_then(Json::as_str) == Some(print.as_str())
        };
        if !files.iter().all(|(name, content)| listed(name, content)) {
            return Err(unfit());
        }
        let document = files.get("data.json").ok_or_else(unfit)?;
        let document: Document = serde_json::from_slice(document).map_err(|_| unfit())?;
        if document.format != privacy::export::FORMAT || document.tables.values().any(|table| table.rows.len() > ROWS) {
            return Err(unfit());
        }
        Ok(Self { document, files })
    }

    fn rows(&self, table: &str) -> impl Iterator<Item = Row<'_>> {
        self.document.tables.get(table).into_iter().flat_map(|table| table.rows.iter().map(Row))
    }
}

/// Seals for one newcomer.
struct Sealer<'a> {
    organisation: OrganisationId,
    key: &'a SubjectKey,
}

impl Sealer<'_> {
    fn words(&self, table: &'static str, column: &'static str, row: &str, words: &str) -> Deed<Sealed> {
        Ok(self.key.seal(&Place { organisation: self.organisation, table, column, row }, words)?)
    }
}

impl Desk {
    /// Takes a person in from her archive. Refused where she is known already, and where anything in the archive was changed.
    pub async fn import_person(&self, actor: &Actor, bytes: &[u8]) -> Deed<PersonId> {
        let organisation = actor.organisation();
        let archive = Archive::read(bytes)?;
        let person = archive.document.person;
        let known = Refusal::conflict("This person is here already.");
        if self
            .store
            .one(Fence::Organisation(organisation), store::person::by_id(organisation, person))
            .await?
            .is_some()
        {
            return Err(known.into());
        }
        if privacy::ledger::was_erased(&self.store, &self.keyring, organisation, person).await? {
            return Err(Refusal::new(
                model::Kind::Gone,
                "This person was erased here. She can begin anew, but not come back.",
            )
            .into());
        }
        let key = match self.keyring.create(organisation, &person.to_string()).await {
            // The key is there and she is not: an import that was cut off, or somebody who was erased and must stay so.
            Err(KeyError::Cupboard(CupboardError::Taken)) => {
                self.keyring.subject(organisation, &person.to_string()).await?
            }
            key => key?,
        };
        let statements = self.imported(organisation, &archive, &key).await?;
        let line = self.audit(actor, "person.import", "person", &person.to_string());
        let talks: Vec<ConversationId> =
            archive.rows("conversation").map(|row| row.id("id")).collect::<Result<_, _>>()?;
        let jobs = talks.iter().map(|conversation| self.index_job(Where { organisation, conversation: *conversation }));
        let work = Work::new(Fence::Organisation(organisation)).extend(statements).with(line).extend(jobs);
        match self.store.write(work).await {
            Ok(_) => {}
            Err(StoreError::Unique | StoreError::Foreign | StoreError::Guard { .. }) => return Err(known.into()),
            Err(error) => return Err(error.into()),
        }
        self.bell.ring();
        Ok(person)
    }

    /// Everything as statements, parents first.
    async fn imported(
        &self,
        organisation: OrganisationId,
        archive: &Archive,
        key: &SubjectKey,
    ) -> Deed<Vec<Statement>> {
        let person = archive.document.person;
        let sealer = Sealer { organisation, key };
        let row = archive.rows("person").next().ok_or_else(unfit)?;
        let id = person.to_string();
        let (name, email) = (row.maybe("name"), row.maybe("email"));
        let seal =
            |column, words: Option<&String>| words.map(|words| sealer.words("person", column, &id, words)).transpose();
        let email_index = match &email {
            Some(email) => Some(self.email_index(organisation, email).await?),
            None => None,
        };
        let mut answers = Vec::new();
        let mut statements = vec![rows::person(
            organisation,
            rows::Person {
                id: person,
                name: seal("name_sealed", name.as_ref())?,
                email: seal("email_sealed", email.as_ref())?,
                email_index,
                locale: model::Locale::nearest(&row.text("locale")?).tag().to_owned(),
                created_at: row.moment("created_at")?,
                last_seen_at: self.world.now(),
            },
        )];
        for row in archive.rows("conversation") {
            statements.push(rows::conversation(organisation, person, conversation(&row)?));
        }
        for row in archive.rows("message") {
            statements.push(rows::message(organisation, person, message(&sealer, &row)?));
        }
        for row in archive.rows("file") {
            statements.push(rows::file(organisation, person, file(&sealer, archive, &row)?));
        }
        let book = self.wordings(organisation).await?;
        let consents: Vec<ConsentRow> = archive.rows("consent").filter_map(|row| decision(&row, &book)).collect();
        for row in archive.rows("survey_answer") {
            let consent = row.maybe("consent").and_then(|id| id.parse().ok());
            if consent.is_none_or(|consent| consents.iter().any(|one| one.id == consent)) {
                answers.push(survey_answer::insert(organisation, person, answer(&sealer, &row, consent)?));
            }
        }
        statements.extend(consents.into_iter().map(|line| store::consent::insert_at(organisation, person, line)));
        statements.extend(answers);
        Ok(statements)
    }
}

fn conversation(row: &Row<'_>) -> Deed<rows::Conversation> {
    Ok(rows::Conversation {
        id: row.id("id")?,
        state: row.word("state", &["open", "closed"])?,
        lane: row.word("lane", &["ai", "waiting", "human"])?,
        epoch: row.number("epoch")?,
        locale: row.text("locale")?,
        page_host: row.maybe("page_host"),
        last_seq: row.number("last_seq")?,
        last_activity_at: row.moment("last_activity_at")?,
        waiting_since: row.maybe_moment("waiting_since"),
        created_at: row.moment("created_at")?,
        closed_at: row.maybe_moment("closed_at"),
    })
}

fn message(sealer: &Sealer<'_>, row: &Row<'_>) -> Deed<rows::Message> {
    let body = row.text("body")?;
    // Words of a shape that no message here has would break whoever opens them.
    serde_json::from_str::<crate::body::Body>(&body).map_err(|_| unfit())?;
    Ok(rows::Message {
        id: row.id("id")?,
        conversation: row.id("conversation")?,
        seq: row.number("seq")?,
        kind: row.word("kind", &["visitor", "ai", "agent", "note", "system"])?,
        body: sealer.words("message", "body_sealed", &row.text("id")?, &body)?,
        client_id: row.maybe("client_id"),
        created_at: row.moment("created_at")?,
    })
}

/// A decision about words that this house has published just so; nothing where it is not told whole or has not.
fn decision(row: &Row<'_>, book: &Wordings) -> Option<ConsentRow> {
    let print = data_encoding::HEXLOWER.decode(row.maybe("wording_hash")?.as_bytes()).ok()?;
    let (wording, purpose) = (row.id("wording").ok()?, row.maybe("purpose")?);
    book.0.iter().find(|text| text.id == wording && text.hash == print && text.purpose == purpose)?;
    Some(ConsentRow {
        id: row.id("id").ok()?,
        purpose,
        seq: row.number("seq").ok()?,
        wording,
        wording_hash: print,
        state: row.word("state", &["given", "refused", "withdrawn", "lapsed"]).ok()?,
        shown_in: row.maybe("shown_in")?,
        act: row.maybe("act")?,
        language: row.maybe("language")?,
        gpc: row.number("gpc").ok()? != 0,
        dnt: row.number("dnt").ok()? != 0,
        decided_at: row.moment("decided_at").ok()?,
    })
}

fn answer(sealer: &Sealer<'_>, row: &Row<'_>, consent: Option<ConsentId>) -> Deed<AnswerRow> {
    let column = survey_answer::column(consent.is_some());
    let words = row.text(column.strip_suffix("_sealed").unwrap_or(column))?;
    Ok(AnswerRow {
        id: row.id("id")?,
        field: row.text("field")?,
        question: row.text("question")?,
        purpose: if consent.is_some() { Some(row.text("purpose")?) } else { None },
        consent,
        words: sealer.words("survey_answer", column, &row.text("id")?, &words)?,
        created_at: row.moment("created_at")?,
    })
}

fn file(sealer: &Sealer<'_>, archive: &Archive, row: &Row<'_>) -> Deed<rows::File> {
    let content = archive.files.get(&row.text("content")?).ok_or_else(unfit)?;
    let id = row.text("id")?;
    let place = Place { organisation: sealer.organisation, table: "file", column: "content_sealed", row: &id };
    Ok(rows::File {
        id: row.id("id")?,
        conversation: row.id("conversation")?,
        message: row.maybe("message").map(|id| id.parse().map_err(|_| unfit())).transpose()?,
        name: sealer.words("file", "name_sealed", &id, &row.text("name")?)?,
        mime: row.text("mime")?,
        bytes: row.number("bytes")?,
        content: sealer.key.seal_bytes(&place, content)?,
        created_at: row.moment("created_at")?,
    })
}
