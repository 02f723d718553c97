//! How far a crawl is: what it counted, why it left pages out, how fast it goes and how long it will take.

use std::str::FromStr;

use model::{CrawlId, Moment, OrganisationId, Refusal, SourceId};
use store::crawl::{Counts, CrawlRow};
use store::crawl_url;

use crate::Fault;
use crate::library::{Room, fence};

/// Failures that are shown as examples.
pub(super) const SAMPLES: i64 = 10;

/// Where a crawl stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum State {
    /// It is reading pages, or will as soon as a worker is free.
    Running,
    /// Somebody asked it to wait.
    Paused,
    /// Somebody ended it.
    Stopped,
    /// It has read everything.
    Done,
    /// It could not read the website at all.
    Failed,
}

impl State {
    /// The word in the database and the API.
    pub fn word(self) -> &'static str {
        match self {
            State::Running => "running",
            State::Paused => "paused",
            State::Stopped => "stopped",
            State::Done => "done",
            State::Failed => "failed",
        }
    }
}

impl FromStr for State {
    type Err = Refusal;
    fn from_str(word: &str) -> Result<Self, Refusal> {
        [State::Running, State::Paused, State::Stopped, State::Done, State::Failed]
            .into_iter()
            .find(|state| state.word() == word)
            .ok_or_else(|| Refusal::invalid("The state of a crawl is one of running, paused, stopped, done, failed."))
    }
}

/// Why addresses were left out, and how many.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Reason {
    /// A stable code such as `robots`.
    pub reason: String,
    /// How many addresses.
    pub count: i64,
}

/// An address that failed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Failure {
    /// The address.
    pub url: String,
    /// A stable code such as `http_404`.
    pub reason: String,
}

/// A crawl at one moment.
#[derive(Clone, Debug, PartialEq)]
pub struct Progress {
    /// The crawl.
    pub id: CrawlId,
    /// Its source.
    pub source_id: SourceId,
    /// Where it stands.
    pub state: State,
    /// What it counted.
    pub counts: Counts,
    /// Addresses dealt with per second, lately; zero when it is not running.
    pub rate_per_s: f64,
    /// How long it will take at this rate.
    pub eta_seconds: Option<i64>,
    /// When it began.
    pub started_at: Moment,
    /// When it came to its end.
    pub finished_at: Option<Moment>,
    /// The address that was dealt with last.
    pub now_url: Option<String>,
    /// Why addresses were left out, most frequent first.
    pub skipped_reasons: Vec<Reason>,
    /// Some addresses that failed.
    pub error_samples: Vec<Failure>,
}

impl Progress {
    /// The progress of a crawl as the store has it, with the speed this process sees.
    pub(crate) async fn read(room: &Room, organisation: OrganisationId, row: &CrawlRow) -> Result<Progress, Fault> {
        let reasons = room.store.all(fence(organisation), crawl_url::reasons(organisation, row.id)).await?;
        let errors = room.store.all(fence(organisation), crawl_url::errors(organisation, row.id, SAMPLES)).await?;
        let reason = |row: &store::Row| -> Result<Reason, Fault> {
            Ok(Reason { reason: row.maybe_text("reason")?.unwrap_or_default(), count: row.int("number")? })
        };
        let failure = |row: &store::Row| -> Result<Failure, Fault> {
            Ok(Failure { url: row.text("url")?, reason: row.maybe_text("reason")?.unwrap_or_default() })
        };
        let mut progress = Progress {
            id: row.id,
            source_id: row.source,
            state: row.state.parse()?,
            counts: row.counts,
            rate_per_s: 0.0,
            eta_seconds: None,
            started_at: row.started_at,
            finished_at: row.finished_at,
            now_url: None,
            skipped_reasons: reasons.iter().map(reason).collect::<Result<_, _>>()?,
            error_samples: errors.iter().map(failure).collect::<Result<_, _>>()?,
        };
        if progress.state == State::Running
            && let Some(live) = room.live(row.id)
        {
            progress.at_speed(live.rate_per_s);
            progress.now_url = live.now_url;
        }
        Ok(progress)
    }

    pub(super) fn at_speed(&mut self, rate_per_s: f64) {
        self.rate_per_s = rate_per_s;
        let left = (self.counts.found - self.counts.done).max(0) as f64;
        self.eta_seconds = (rate_per_s > 0.0).then(|| (left / rate_per_s).ceil() as i64);
    }

    pub(super) fn add_reason(&mut self, reason: &str, number: i64) {
        match self.skipped_reasons.iter_mut().find(|known| known.reason == reason) {
            Some(known) => known.count += number,
            None => self.skipped_reasons.push(Reason { reason: reason.to_owned(), count: number }),
        }
        self.skipped_reasons.sort_by(|a, b| b.count.cmp(&a.count).then_with(|| a.reason.cmp(&b.reason)));
    }

    pub(super) fn add_failure(&mut self, url: &str, reason: &str) {
        if self.error_samples.len() < usize::try_from(SAMPLES).unwrap_or(0) {
            self.error_samples.push(Failure { url: url.to_owned(), reason: reason.to_owned() });
        }
    }
}
