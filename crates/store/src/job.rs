//! Work for later: what is asked, claimed, finished. A job that is done has no row any more, so the table stays small
//! and no id outlives the work it was noted for.

use std::time::Duration;

use model::{JobId, Moment, OrganisationId};

use crate::{Expect, Row, Statement, StoreError, params};

// States: `ready` waits for its moment; `running` is claimed; `again` is claimed and was asked for once more meanwhile;
// `failed` waits for somebody to ask again. The moment of the claim is also its token: whoever lost the claim changes nothing.
crate::statements! {
    ENQUEUE = "INSERT INTO job (id, organisation, kind, subject, state, attempts, run_at, done_steps, total_steps, created_at) \
              VALUES ($1, $2, $3, $4, 'ready', 0, $5, 0, 0, $6) \
              ON CONFLICT (organisation, kind, subject) DO UPDATE SET \
              state = CASE WHEN job.state IN ('running', 'again') THEN 'again' ELSE 'ready' END, \
              attempts = CASE WHEN job.state IN ('running', 'again') THEN job.attempts ELSE 0 END, \
              run_at = CASE WHEN job.state IN ('ready', 'again') AND job.run_at < excluded.run_at \
              THEN job.run_at ELSE excluded.run_at END, error_code = NULL \
              WHERE NOT (job.state = 'ready' AND job.attempts = 0 AND job.run_at <= excluded.run_at)";
    ENQUEUE_FOR_ASSISTANT = "INSERT INTO job (id, organisation, kind, subject, state, attempts, run_at, done_steps, total_steps, created_at) \
              SELECT $1, $2, $3, $4, 'ready', 0, $5, 0, 0, $6 FROM conversation \
              WHERE conversation.organisation = $2 AND conversation.id = $4 AND conversation.lane = 'ai' \
              ON CONFLICT (organisation, kind, subject) DO UPDATE SET \
              state = CASE WHEN job.state IN ('running', 'again') THEN 'again' ELSE 'ready' END, \
              attempts = CASE WHEN job.state IN ('running', 'again') THEN job.attempts ELSE 0 END, \
              run_at = CASE WHEN job.state IN ('ready', 'again') AND job.run_at < excluded.run_at \
              THEN job.run_at ELSE excluded.run_at END, error_code = NULL \
              WHERE NOT (job.state = 'ready' AND job.attempts = 0 AND job.run_at <= excluded.run_at)";
    PUT_RIGHT = "UPDATE job SET run_at = $3 WHERE organisation = $1 AND kind = $2 AND state = 'ready' AND run_at > $4";
    SUBJECTS = "SELECT subject FROM job WHERE organisation = $1 AND kind = $2 ORDER BY subject DESC LIMIT $3";
    CLAIM = "UPDATE job SET state = 'running', claimed_at = $1, attempts = attempts + 1 WHERE id IN (\
              SELECT id FROM job WHERE ((state = 'ready' AND run_at <= $1) \
              OR (state IN ('running', 'again') AND (claimed_at <= $2 OR claimed_at > $5))) AND $3 LIKE '%,' || kind || ',%' \
              ORDER BY run_at, id LIMIT $4 FOR UPDATE SKIP LOCKED) \
              RETURNING id, organisation, kind, subject, attempts";
    RENEW = "UPDATE job SET claimed_at = $4 WHERE organisation = $1 AND id = $2 AND claimed_at = $3";
    ONCE_MORE = "UPDATE job SET state = 'ready', claimed_at = NULL, attempts = 0, error_code = NULL, done_steps = 0, \
              total_steps = 0 WHERE organisation = $1 AND id = $2 AND claimed_at = $3 AND state = 'again'";
    FINISH = "DELETE FROM job WHERE organisation = $1 AND id = $2 AND claimed_at = $3 AND state = 'running'";
    LATER = "UPDATE job SET claimed_at = NULL, attempts = 0, error_code = NULL, \
              run_at = CASE WHEN state = 'again' AND run_at < $4 THEN run_at ELSE $4 END, state = 'ready' \
              WHERE organisation = $1 AND id = $2 AND claimed_at = $3";
    RETRY = "UPDATE job SET claimed_at = NULL, error_code = $5, \
              run_at = CASE WHEN state = 'again' AND run_at < $4 THEN run_at ELSE $4 END, state = 'ready' \
              WHERE organisation = $1 AND id = $2 AND claimed_at = $3";
    FAIL = "UPDATE job SET claimed_at = NULL, error_code = $4, \
              state = CASE WHEN state = 'again' THEN 'ready' ELSE 'failed' END \
              WHERE organisation = $1 AND id = $2 AND claimed_at = $3";
    RELEASE = "UPDATE job SET state = 'ready', claimed_at = NULL, attempts = attempts - 1 \
              WHERE organisation = $1 AND id = $2 AND claimed_at = $3";
    STEPS = "UPDATE job SET done_steps = $4, total_steps = $5 WHERE organisation = $1 AND kind = $2 AND subject = $3";
    BY_SUBJECT = "SELECT id, organisation, kind, subject, state, attempts, run_at, claimed_at, done_steps, total_steps, \
              error_code, created_at FROM job WHERE organisation = $1 AND kind = $2 AND subject = $3";
    FAILED = "SELECT id, organisation, kind, subject, state, attempts, run_at, claimed_at, done_steps, total_steps, \
              error_code, created_at FROM job WHERE organisation = $1 AND state = 'failed' ORDER BY id";
    FORGET = "DELETE FROM job WHERE organisation = $1 AND subject = $2";
    NEXT = "SELECT MIN(CASE WHEN state = 'ready' THEN run_at ELSE claimed_at + $2 END) AS due FROM job \
              WHERE state IN ('ready', 'running', 'again') AND $1 LIKE '%,' || kind || ',%'";
}

/// A claim so far ahead was made by a clock that was set back since; clocks of several servers do not differ by so much.
const AHEAD: Duration = Duration::from_secs(60 * 60);

/// A job as it was claimed.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct ClaimedRow {
    /// Its id.
    pub id: JobId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// What to do.
    pub kind: String,
    /// The id of what to do it to.
    pub subject: String,
    /// How often it was claimed, this time included.
    pub attempts: i64,
}

impl ClaimedRow {
    /// Reads the columns of [`claim`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            kind: row.text("kind")?,
            subject: row.text("subject")?,
            attempts: row.int("attempts")?,
        })
    }
}

/// A job as it is stored.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct JobRow {
    /// Its id.
    pub id: JobId,
    /// What to do.
    pub kind: String,
    /// The id of what to do it to.
    pub subject: String,
    /// `ready`, `running`, `again` or `failed`.
    pub state: String,
    /// How often it was claimed.
    pub attempts: i64,
    /// Not before.
    pub run_at: Moment,
    /// When it was claimed, while it runs.
    pub claimed_at: Option<Moment>,
    /// Steps done, where its kind counts them.
    pub done_steps: i64,
    /// Steps in all, where its kind counts them.
    pub total_steps: i64,
    /// Why the last run failed.
    pub error_code: Option<String>,
    /// When it was asked for first.
    pub created_at: Moment,
}

impl JobRow {
    /// Reads the columns of [`by_subject`] and [`failed`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            kind: row.text("kind")?,
            subject: row.text("subject")?,
            state: row.text("state")?,
            attempts: row.int("attempts")?,
            run_at: row.moment("run_at")?,
            claimed_at: row.maybe_moment("claimed_at")?,
            done_steps: row.int("done_steps")?,
            total_steps: row.int("total_steps")?,
            error_code: row.maybe_text("error_code")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// A job to be done.
pub struct NewJob {
    /// Its id.
    pub id: JobId,
    /// The tenant.
    pub organisation: OrganisationId,
    /// What to do.
    pub kind: &'static str,
    /// The id of what to do it to: never words.
    pub subject: String,
    /// Not before.
    pub run_at: Moment,
    /// When it was asked for.
    pub created_at: Moment,
}

/// The claim of one job by one worker: valid as long as nobody else claimed it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Claim {
    /// The tenant.
    pub organisation: OrganisationId,
    /// The job.
    pub id: JobId,
    /// When it was claimed or last renewed.
    pub at: Moment,
}

/// Asks for a job. There is one job per kind and subject: asked again it is ready again, and if it runs it will run once more.
pub fn enqueue(new: NewJob) -> Statement {
    let NewJob { id, organisation, kind, subject, run_at, created_at } = new;
    Statement::new(ENQUEUE, params![id, organisation, kind, subject, run_at, created_at])
}

/// The same about a conversation, unless it is in a person's hands or waits for one: then nothing is asked for.
pub fn enqueue_for_assistant(new: NewJob) -> Statement {
    let NewJob { id, organisation, kind, subject, run_at, created_at } = new;
    Statement::new(ENQUEUE_FOR_ASSISTANT, params![id, organisation, kind, subject, run_at, created_at])
}

/// What jobs of this kind are about (`subject`), the newest things first.
pub fn subjects(organisation: OrganisationId, kind: &str, limit: i64) -> Statement {
    Statement::new(SUBJECTS, params![organisation, kind, limit])
}

/// Claims up to `limit` jobs of these kinds that are due, or whose worker was not heard of since `lost_since`.
/// Behind the house's fence.
pub fn claim(kinds: &str, now: Moment, lost_since: Moment, limit: u32) -> Statement {
    Statement::new(CLAIM, params![now, lost_since, kinds, limit, now.plus(AHEAD)])
}

/// The kinds of a worker as [`claim`] and [`next`] look for them.
pub fn kinds<'a>(kinds: impl IntoIterator<Item = &'a str>) -> String {
    kinds.into_iter().fold(",".to_owned(), |list, kind| list + kind + ",")
}

/// What is done every hour and waits for longer was put off by a clock that was set back since: it is due now.
pub fn put_right(organisation: OrganisationId, kind: &str, now: Moment) -> Statement {
    Statement::new(PUT_RIGHT, params![organisation, kind, now, now.plus(2 * AHEAD)])
}

/// A sign of life from the worker, which keeps its claim.
pub fn renew(claim: Claim, now: Moment) -> Statement {
    Statement::new(RENEW, params![claim.organisation, claim.id, claim.at, now])
}

/// The job is done: it goes, unless it was asked for once more meanwhile.
pub fn finish(claim: Claim) -> [Statement; 2] {
    [ONCE_MORE, FINISH].map(|sql| Statement::new(sql, params![claim.organisation, claim.id, claim.at]))
}

/// The job wants to run again at `run_at`; this is no failure.
pub fn later(claim: Claim, run_at: Moment) -> Statement {
    Statement::new(LATER, params![claim.organisation, claim.id, claim.at, run_at])
}

/// The run failed; try again at `run_at`.
pub fn retry(claim: Claim, run_at: Moment, error_code: &str) -> Statement {
    Statement::new(RETRY, params![claim.organisation, claim.id, claim.at, run_at, error_code])
}

/// The run failed for good.
pub fn fail(claim: Claim, error_code: &str) -> Statement {
    Statement::new(FAIL, params![claim.organisation, claim.id, claim.at, error_code])
}

/// The worker goes before the job is done; somebody else may have it at once.
pub fn release(claim: Claim) -> Statement {
    Statement::new(RELEASE, params![claim.organisation, claim.id, claim.at])
}

/// Notes how far the job is.
pub fn steps(organisation: OrganisationId, kind: &str, subject: &str, [done, total]: [i64; 2]) -> Statement {
    Statement::new(STEPS, params![organisation, kind, subject, done, total])
}

/// The job of this kind for this subject.
pub fn by_subject(organisation: OrganisationId, kind: &str, subject: &str) -> Statement {
    Statement::new(BY_SUBJECT, params![organisation, kind, subject])
}

/// The jobs that were given up.
pub fn failed(organisation: OrganisationId) -> Statement {
    Statement::new(FAILED, params![organisation])
}

/// Drops every job for a subject that is no more; one that runs will find its claim gone.
pub fn forget(organisation: OrganisationId, subject: &str) -> Statement {
    Statement::new(FORGET, params![organisation, subject]).expect(Expect::Any)
}

/// When the next job of these kinds is due (`due`, perhaps in the past) or its worker counts as lost. Behind the house's fence.
pub fn next(kinds: &str, lease_millis: i64) -> Statement {
    Statement::new(NEXT, params![kinds, lease_millis])
}
