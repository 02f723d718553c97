//! What a job is, who does it, and how it may end.

use std::borrow::Cow;
use std::time::Duration;

use futures::future::BoxFuture;
use model::{JobId, OrganisationId};
use store::{Statement, StoreError};
use thiserror::Error;

/// A claimed job: ids only.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Job {
    /// Its id.
    pub id: JobId,
    /// On whose behalf.
    pub organisation: OrganisationId,
    /// What to do.
    pub kind: &'static str,
    /// The id of what to do it to.
    pub subject: String,
    /// How often it was tried, this time included.
    pub attempts: i64,
}

impl Job {
    /// Notes how far this job is, for whoever watches.
    pub fn steps(&self, done: i64, total: i64) -> Statement {
        store::job::steps(self.organisation, self.kind, &self.subject, [done, total])
    }
}

/// Which workers do it: a long job must not keep a short one waiting.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum Pace {
    /// Somebody waits for it: an answer.
    #[default]
    Quick,
    /// It may take minutes: a crawl.
    Slow,
}

/// Makes the state of one kind of thing right. Must be idempotent and resumable: it may be cut off at any await and
/// started again, here or on another machine.
pub trait Reconciler: Send + Sync {
    /// The kind of job it does: a fixed word without commas.
    fn kind(&self) -> &'static str;

    /// Looks at the state and makes it right.
    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>>;

    /// Which workers do it.
    fn pace(&self) -> Pace {
        Pace::Quick
    }

    /// After how many failed runs in a row it is given up; at the longest pause, twenty take about three hours.
    fn most_attempts(&self) -> i64 {
        20
    }
}

/// How a run ended well.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Next {
    /// The state is right; the job goes.
    Done,
    /// Not yet; look again after this time.
    Again(Duration),
}

/// Why a run failed. No personal words: a constant becomes the code in the job's row, other text only a line in the log.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{what}")]
pub struct JobFault {
    what: Cow<'static, str>,
    lasting: bool,
}

impl JobFault {
    /// A failure that may pass: the job is tried again, later and later.
    pub fn new(what: impl Into<Cow<'static, str>>) -> Self {
        Self { what: what.into(), lasting: false }
    }

    /// A failure that no further try can mend: the job is given up at once.
    pub fn lasting(what: impl Into<Cow<'static, str>>) -> Self {
        Self { what: what.into(), lasting: true }
    }

    /// True if no further try can mend it.
    pub fn is_lasting(&self) -> bool {
        self.lasting
    }

    /// The code for the job's row.
    pub fn code(&self) -> &str {
        match &self.what {
            Cow::Borrowed(code) => code,
            Cow::Owned(_) => "fault",
        }
    }
}

impl From<StoreError> for JobFault {
    fn from(error: StoreError) -> Self {
        Self::new(error.to_string())
    }
}
