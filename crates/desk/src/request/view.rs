//! How a request is shown: to the staff with everything, to the person with her letters, to whoever has its id without any words.

use jiff::tz::TimeZone;
use model::{Actor, Moment, OrganisationId, PersonId, RequestFileId, RequestId, RequestStepId};
use privacy::request::letter::Text;
use privacy::request::{Clock, rule};
use store::Fence;
use store::request::{self as rows, RequestRow};
use store::request_file::{self, FileRow};
use store::request_step::StepRow;
use vault::{Personal, Sealed};

use super::steps::file_place;
use super::{clock, course};
use crate::restricted::Leave;
use crate::{Deed, Desk, Fault};

/// How many requests a list shows.
const LIST: i64 = 500;

/// One step, as the staff sees it.
pub struct StepView {
    /// The step.
    pub row: StepRow,
}

/// Something said in a request: reason, correction, letter, note.
pub struct LetterView {
    /// `reason`, `correction`, `before`, `letter` or `note`.
    pub kind: String,
    /// For which step.
    pub step: Option<RequestStepId>,
    /// The words; a letter is in [`LetterView::letter`].
    pub text: String,
    /// The letter.
    pub letter: Option<Text>,
    /// Sent, or shown where she reads it.
    pub sent_at: Option<Moment>,
    /// Written.
    pub created_at: Moment,
}

/// A request with everything.
pub struct RequestView {
    /// The record.
    pub row: RequestRow,
    /// Its clock.
    pub clock: Clock,
    /// Where the clock is written.
    pub source: &'static str,
    /// Whether it can be put off now.
    pub extendable: bool,
    /// The requester, while she is known.
    pub person: Option<(PersonId, Option<Personal>, Option<Personal>)>,
    /// The steps.
    pub steps: Vec<StepView>,
    /// Reasons, letters, notes.
    pub said: Vec<LetterView>,
    /// Archives.
    pub files: Vec<FileRow>,
}

/// A request for whoever has its id: nothing that says who it is.
pub struct Status {
    /// The record.
    pub row: RequestRow,
    /// The steps.
    pub steps: Vec<StepRow>,
    /// Whether there is an archive to fetch.
    pub archive_until: Option<Moment>,
}

impl Desk {
    /// Open requests, the most urgent first; or closed ones, the latest first.
    pub async fn request_list(&self, organisation: OrganisationId, open: bool) -> Deed<Vec<(RequestRow, Clock)>> {
        let statement = if open { rows::open(organisation, LIST) } else { rows::closed(organisation, LIST) };
        let now = self.world.now();
        let mut list = Vec::new();
        for row in &self.store.all(Fence::Organisation(organisation), statement).await? {
            let row = RequestRow::from_row(row)?;
            let clock = clock(&row, now)?;
            list.push((row, clock));
        }
        Ok(list)
    }

    /// One request with everything.
    pub async fn request_view(&self, organisation: OrganisationId, id: RequestId) -> Deed<RequestView> {
        let row = self.request_row(organisation, id).await?;
        let now = self.world.now();
        let rule = rule(row.regime.parse()?, row.kind.parse()?);
        let person = match row.person.parse::<PersonId>() {
            Ok(person) => match self.person(organisation, person).await {
                Ok(view) => Some((person, view.name, view.email)),
                Err(Fault::Refused(_)) => None,
                Err(fault) => return Err(fault),
            },
            Err(_) => None,
        };
        Ok(RequestView {
            clock: clock(&row, now)?,
            source: rule.source,
            extendable: row.closed_at.is_none() && rule.may_extend(course(&row, now), now, &TimeZone::UTC).is_ok(),
            steps: self.steps_of(&row).await?.into_iter().map(|row| StepView { row }).collect(),
            said: self.shown(&row).await?,
            files: self.files_of(&row).await?,
            person,
            row,
        })
    }

    /// The requests of the visitor herself, with her letters.
    pub async fn own_requests(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<RequestView>> {
        let found = rows::of_person(organisation, &person.to_string());
        let mut own = Vec::new();
        for row in &self.store.all(Fence::Organisation(organisation), found).await? {
            own.push(self.request_view(organisation, RequestRow::from_row(row)?.id).await?);
        }
        Ok(own)
    }

    /// How far a request is, without words: for whoever has its unguessable id.
    pub async fn request_status(&self, id: RequestId) -> Deed<Status> {
        let row = self.request_anywhere(id).await?.ok_or_else(model::Refusal::not_found)?;
        let steps = self.steps_of(&row).await?;
        let now = self.world.now();
        let archive_until =
            self.files_of(&row).await?.iter().map(|file| file.expires_at).filter(|until| *until > now).min();
        Ok(Status { row, steps, archive_until })
    }

    async fn shown(&self, row: &RequestRow) -> Deed<Vec<LetterView>> {
        let mut said = self.said_in(row).await?;
        let steps = self.steps_of(row).await?;
        // In the order in which things happened; of letters written in the same instant, in the order of their steps.
        let place = |id: Option<RequestStepId>| steps.iter().find(|step| Some(step.id) == id).map(|step| step.position);
        said.sort_by_key(|one| (one.row.created_at, place(one.row.step)));
        Ok(said
            .into_iter()
            .map(|one| LetterView {
                letter: (one.row.kind == "letter").then(|| serde_json::from_str(&one.text).ok()).flatten(),
                kind: one.row.kind,
                step: one.row.step,
                text: one.text,
                sent_at: one.row.sent_at,
                created_at: one.row.created_at,
            })
            .collect())
    }

    pub(crate) async fn files_of(&self, row: &RequestRow) -> Deed<Vec<FileRow>> {
        let found = request_file::of_request(row.organisation, row.id);
        let found = self.store.all(Fence::Organisation(row.organisation), found).await?;
        Ok(found.iter().map(FileRow::from_row).collect::<Result<_, _>>()?)
    }

    /// The bytes of an archive, while it is kept and its key is there.
    pub(crate) async fn open_file(&self, organisation: OrganisationId, file: &FileRow) -> Deed<Option<Vec<u8>>> {
        let statement = request_file::content(organisation, file.id, self.world.now());
        let Some(row) = self.store.one(Fence::Organisation(organisation), statement).await? else { return Ok(None) };
        let key = match self.keyring.subject(organisation, &file.person.to_string()).await {
            Err(vault::KeyError::Absent) => return Ok(None),
            key => key?,
        };
        let sealed = Sealed::from_column(row.bytes("content_sealed")?);
        Ok(Some(key.open_bytes(&file_place(organisation, &file.id.to_string()), &sealed)?))
    }

    /// The archives of a request as one download: the archive itself, or a zip of several. Noted as a look at her data.
    pub async fn request_archive(&self, (actor, leave): (&Actor, Option<Leave>), row: &RequestRow) -> Deed<Vec<u8>> {
        let organisation = row.organisation;
        let mut archives: Vec<(RequestFileId, Vec<u8>)> = Vec::new();
        for file in self.files_of(row).await? {
            archives.extend(self.open_file(organisation, &file).await?.map(|bytes| (file.id, bytes)));
        }
        self.looks_at((actor, leave), "request.fetch", "request", &row.id.to_string()).await?;
        if archives.len() == 1 {
            return Ok(archives.pop().map(|(_, bytes)| bytes).unwrap_or_default());
        }
        if archives.is_empty() {
            return Err(model::Refusal::not_found().into());
        }
        let named =
            archives.iter().enumerate().map(|(place, (_, bytes))| (format!("{}.zip", place + 1), bytes.as_slice()));
        Ok(privacy::request::bundle::plain(named)?)
    }
}
