//! The steps of a request: what is done to whom, how it stands, and when it is tried again.

use model::{ErasureId, MemberId, Moment, OrganisationId, RequestId, RequestStepId};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO request_step (id, organisation, request, subject, position, act, recipient, transfers, first_at, last_at, \
              state, attempts, created_at) VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, 0, $12)";
    OF_REQUEST = "SELECT id, request, subject, position, act, recipient, transfers, first_at, last_at, state, ground, kept_until, \
              erasure, attempts, next_at, error_code, done_by, done_at, created_at FROM request_step \
              WHERE organisation = $1 AND request = $2 ORDER BY position";
    SETTLE = "UPDATE request_step SET state = $3, ground = $4, kept_until = $5, done_by = $6, done_at = $7, error_code = NULL, \
              next_at = NULL WHERE organisation = $1 AND id = $2 AND state NOT IN ('done', 'kept', 'void')";
    FAIL = "UPDATE request_step SET state = 'failed', error_code = $3, next_at = $4, attempts = attempts + 1 \
              WHERE organisation = $1 AND id = $2 AND state NOT IN ('done', 'kept', 'void')";
    BY_HAND = "UPDATE request_step SET state = 'manual', error_code = $3, next_at = NULL WHERE organisation = $1 AND id = $2 \
              AND state NOT IN ('done', 'kept', 'void')";
    ERASURE = "UPDATE request_step SET erasure = $3 WHERE organisation = $1 AND id = $2";
    VOID_OPEN = "UPDATE request_step SET state = 'void', done_at = $3, next_at = NULL, error_code = NULL WHERE organisation = $1 \
              AND request = $2 AND state NOT IN ('done', 'kept', 'void') AND act <> 'letter'";
    // What only a person may decide, decided without one.
    UNSIGNED = "SELECT count(*) AS many FROM request_step WHERE organisation = $1 AND act IN ('decide', 'review') \
              AND state IN ('done', 'kept') AND done_by IS NULL";
    // A consent from before the withdrawal was carried out is still her last word about its purpose.
    UNHEARD = "SELECT count(*) AS many FROM request_step s JOIN request r ON r.organisation = s.organisation AND r.id = s.request \
              JOIN consent c ON c.organisation = s.organisation AND c.person = s.subject \
              WHERE s.organisation = $1 AND s.act = 'withdraw' AND s.state = 'done' AND r.kind = 'consent_withdrawal' \
              AND c.state = 'given' AND c.decided_at <= s.done_at AND NOT EXISTS (SELECT 1 FROM consent n \
              WHERE n.organisation = c.organisation AND n.person = c.person AND n.purpose = c.purpose AND n.seq > c.seq)";
    WITHDRAWN = "SELECT count(*) AS many FROM request_step s JOIN request r ON r.organisation = s.organisation AND r.id = s.request \
              WHERE s.organisation = $1 AND s.act = 'withdraw' AND s.state = 'done' AND r.kind = 'consent_withdrawal'";
    DELETE = "DELETE FROM request_step WHERE organisation = $1 AND request = $2";
}

/// A step as stored.
#[derive(Clone)]
pub struct StepRow {
    /// Its id.
    pub id: RequestStepId,
    /// Of which request.
    pub request: RequestId,
    /// To whom; `erased` once she is.
    pub subject: Option<String>,
    /// Its place.
    pub position: i64,
    /// A word of `privacy::request::Act`.
    pub act: String,
    /// Who outside is told.
    pub recipient: Option<String>,
    /// How often something was passed to that recipient.
    pub transfers: Option<i64>,
    /// First passed.
    pub first_at: Option<Moment>,
    /// Last passed.
    pub last_at: Option<Moment>,
    /// A word of `privacy::request::Step`.
    pub state: String,
    /// Why it was not done.
    pub ground: Option<String>,
    /// Until when a law keeps it.
    pub kept_until: Option<Moment>,
    /// The erasure that does it.
    pub erasure: Option<ErasureId>,
    /// How often it failed.
    pub attempts: i64,
    /// Not before.
    pub next_at: Option<Moment>,
    /// Why it failed: a code.
    pub error_code: Option<String>,
    /// The member who did it.
    pub done_by: Option<MemberId>,
    /// Settled.
    pub done_at: Option<Moment>,
    /// Planned.
    pub created_at: Moment,
}

impl StepRow {
    /// Reads the columns of [`of_request`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            request: row.id("request")?,
            subject: row.maybe_text("subject")?,
            position: row.int("position")?,
            act: row.text("act")?,
            recipient: row.maybe_text("recipient")?,
            transfers: row.maybe_int("transfers")?,
            first_at: row.maybe_moment("first_at")?,
            last_at: row.maybe_moment("last_at")?,
            state: row.text("state")?,
            ground: row.maybe_text("ground")?,
            kept_until: row.maybe_moment("kept_until")?,
            erasure: row.maybe_id("erasure")?,
            attempts: row.int("attempts")?,
            next_at: row.maybe_moment("next_at")?,
            error_code: row.maybe_text("error_code")?,
            done_by: row.maybe_id("done_by")?,
            done_at: row.maybe_moment("done_at")?,
            created_at: row.moment("created_at")?,
        })
    }
}

/// How a step was settled.
pub struct Settled<'a> {
    /// `done`, `kept` or `void`.
    pub state: &'a str,
    /// Why it was not done.
    pub ground: Option<&'a str>,
    /// Until when a law keeps it.
    pub kept_until: Option<Moment>,
    /// The member who did it, where the house did not.
    pub by: Option<MemberId>,
    /// Now.
    pub at: Moment,
}

/// A step to be done. Two plans for the same place cannot both be made.
pub fn insert(organisation: OrganisationId, new: StepRow) -> Statement {
    let params = params![
        new.id,
        organisation,
        new.request,
        new.subject,
        new.position,
        new.act,
        new.recipient,
        new.transfers,
        new.first_at,
        new.last_at,
        new.state,
        new.created_at,
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// The steps of a request, in order.
pub fn of_request(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(OF_REQUEST, params![organisation, request])
}

/// Settles a step, once: whoever comes second undoes the whole work.
pub fn settle(organisation: OrganisationId, id: RequestStepId, settled: Settled<'_>) -> Statement {
    let Settled { state, ground, kept_until, by, at } = settled;
    Statement::new(SETTLE, params![organisation, id, state, ground, kept_until, by, at]).expect(Expect::Exactly(1))
}

/// It failed; not before `next_at` again.
pub fn fail(organisation: OrganisationId, id: RequestStepId, code: &str, next_at: Moment) -> Statement {
    Statement::new(FAIL, params![organisation, id, code, next_at])
}

/// Only a person can do it, because of `code`.
pub fn by_hand(organisation: OrganisationId, id: RequestStepId, code: &str) -> Statement {
    Statement::new(BY_HAND, params![organisation, id, code])
}

/// This erasure does it.
pub fn erasure(organisation: OrganisationId, id: RequestStepId, erasure: ErasureId) -> Statement {
    Statement::new(ERASURE, params![organisation, id, erasure])
}

/// Nothing but the letters is done any more: the request is refused or taken back.
pub fn void_open(organisation: OrganisationId, request: RequestId, at: Moment) -> Statement {
    Statement::new(VOID_OPEN, params![organisation, request, at])
}

/// Deletes the steps of a request whose record goes.
pub fn delete(organisation: OrganisationId, request: RequestId) -> Statement {
    Statement::new(DELETE, params![organisation, request])
}

/// How many steps that need a person were settled by none (`many`).
pub fn unsigned(organisation: OrganisationId) -> Statement {
    Statement::new(UNSIGNED, params![organisation])
}

/// How many consents stand although a request to withdraw them was carried out after they were given (`many`).
pub fn unheard(organisation: OrganisationId) -> Statement {
    Statement::new(UNHEARD, params![organisation])
}

/// How many withdrawals were carried out because somebody asked for them by a request (`many`).
pub fn withdrawn(organisation: OrganisationId) -> Statement {
    Statement::new(WITHDRAWN, params![organisation])
}
