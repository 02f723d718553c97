//! Requests about one's own data: the evidence of each, its clock and its state. Words and archives lie in tables of their own.

use model::{MemberId, Moment, OrganisationId, RequestId};

use crate::{Expect, Row, Statement, StoreError, params};

/// The columns of [`RequestRow`].
macro_rules! columns {
    () => {
        "SELECT id, organisation, person, kind, regime, channel, locale, state, identity, assignee, message, received_at, \
         verified_at, paused_since, paused_ms, acknowledge_by, acknowledged_at, due_at, extended_at, answered_at, closed_at, \
         ground, code_index, code_tries, codes_sent, code_until, reminded, expires_at FROM request "
    };
}

crate::statements! {
    INSERT = "INSERT INTO request (id, organisation, person, kind, regime, channel, locale, state, identity, message, received_at, \
              verified_at, paused_ms, acknowledge_by, due_at, code_tries, codes_sent, reminded) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, 0, $13, $14, 0, 0, 0)";
    ANYWHERE = concat!(columns!(), "WHERE id = $1");
    BY_ID = concat!(columns!(), "WHERE organisation = $1 AND id = $2");
    OPEN = concat!(columns!(), "WHERE organisation = $1 AND closed_at IS NULL ORDER BY due_at, id LIMIT $2");
    CLOSED = concat!(columns!(), "WHERE organisation = $1 AND closed_at IS NOT NULL ORDER BY closed_at DESC, id DESC LIMIT $2");
    OF_PERSON = concat!(columns!(), "WHERE organisation = $1 AND person = $2 ORDER BY id DESC LIMIT 100");
    // A code replaces the one before it; its tries are its own.
    SEND_CODE = "UPDATE request SET code_index = $3, code_until = $4, code_tries = 0, codes_sent = codes_sent + 1 \
              WHERE organisation = $1 AND id = $2 AND codes_sent < $5";
    // Counted before the code is looked at: however the comparison ends, a try is a try.
    TRY_CODE = "UPDATE request SET code_tries = code_tries + 1 WHERE organisation = $1 AND id = $2 AND code_tries < $3 \
              AND code_index IS NOT NULL AND code_until > $4 RETURNING code_index, state";
    USE_CODE = "UPDATE request SET code_index = NULL, code_until = NULL WHERE organisation = $1 AND id = $2 AND code_index = $3";
    VERIFY = "UPDATE request SET state = 'in_progress', identity = $3, verified_at = $4, due_at = $5 \
              WHERE organisation = $1 AND id = $2 AND state = 'identity_pending'";
    ASSIGN = "UPDATE request SET assignee = $3 WHERE organisation = $1 AND id = $2";
    EXTEND = "UPDATE request SET extended_at = $3, due_at = $4 WHERE organisation = $1 AND id = $2 AND extended_at IS NULL \
              AND closed_at IS NULL";
    PAUSE = "UPDATE request SET paused_since = $3 WHERE organisation = $1 AND id = $2 AND paused_since IS NULL AND closed_at IS NULL";
    RESUME = "UPDATE request SET paused_since = NULL, paused_ms = paused_ms + $3, due_at = $4 WHERE organisation = $1 AND id = $2 \
              AND paused_since IS NOT NULL";
    ACKNOWLEDGED = "UPDATE request SET acknowledged_at = $3 WHERE organisation = $1 AND id = $2 AND acknowledged_at IS NULL";
    ANSWERED = "UPDATE request SET answered_at = $3 WHERE organisation = $1 AND id = $2 AND answered_at IS NULL";
    MOVE = "UPDATE request SET person = $3 WHERE organisation = $1 AND id = $2";
    REFUSE = "UPDATE request SET ground = $3 WHERE organisation = $1 AND id = $2 AND closed_at IS NULL AND ground IS NULL \
              AND answered_at IS NULL";
    REMINDED = "UPDATE request SET reminded = $3 WHERE organisation = $1 AND id = $2 AND reminded < $3";
    CLOSE = "UPDATE request SET state = $3, closed_at = $4, expires_at = $5, code_index = NULL, code_until = NULL, paused_since = NULL \
              WHERE organisation = $1 AND id = $2 AND closed_at IS NULL";
    EXPIRED = "SELECT id FROM request WHERE organisation = $1 AND expires_at <= $2 ORDER BY id LIMIT $3";
    DELETE = "DELETE FROM request WHERE organisation = $1 AND id = $2";
    // With the kind of whoever refused it, as the audit log has it.
    REFUSED = "SELECT r.ground, r.verified_at, r.answered_at, r.closed_at, (SELECT MAX(a.actor_kind) FROM audit a \
              WHERE a.organisation = r.organisation AND a.object = r.id AND a.action = 'request.refuse') AS refused_by FROM request r \
              WHERE r.organisation = $1 AND r.closed_at IS NOT NULL AND r.state = 'refused' ORDER BY r.closed_at DESC LIMIT $2";
    RECENT_OF_ADDRESS = "SELECT CAST(count(*) AS bigint) AS many FROM request r JOIN person p ON p.organisation = r.organisation \
              AND p.id = r.person WHERE r.organisation = $1 AND p.email_index = $2 AND r.received_at > $3 AND r.channel IN ('form', 'agent')";
    FIGURES = "SELECT kind, state, received_at, closed_at FROM request WHERE organisation = $1 AND received_at >= $2 ORDER BY id LIMIT 100000";
}

/// A request as stored. The ids in `person` and `message` read `erased` once what they named is gone.
#[derive(Clone)]
pub struct RequestRow {
    /// Its id: unguessable, so whoever has it may see how far it is.
    pub id: RequestId,
    /// Whose request desk.
    pub organisation: OrganisationId,
    /// Who asks.
    pub person: String,
    /// A word of `privacy::request::Kind`.
    pub kind: String,
    /// A word of `Regime`.
    pub regime: String,
    /// A word of `Channel`.
    pub channel: String,
    /// The tag of the language of its letters.
    pub locale: String,
    /// A word of `State`.
    pub state: String,
    /// A word of `Identity`.
    pub identity: String,
    /// The member in charge.
    pub assignee: Option<MemberId>,
    /// The message it is about, if it is about one.
    pub message: Option<String>,
    /// Arrived.
    pub received_at: Moment,
    /// We know who asks since.
    pub verified_at: Option<Moment>,
    /// Waiting for a clarification since.
    pub paused_since: Option<Moment>,
    /// How long earlier clarifications took.
    pub paused_ms: i64,
    /// To be acknowledged by.
    pub acknowledge_by: Option<Moment>,
    /// Acknowledged.
    pub acknowledged_at: Option<Moment>,
    /// To be answered by.
    pub due_at: Moment,
    /// The extension was told.
    pub extended_at: Option<Moment>,
    /// The answer was given.
    pub answered_at: Option<Moment>,
    /// Nothing is left to do since.
    pub closed_at: Option<Moment>,
    /// Why it was refused: a word of `Ground`.
    pub ground: Option<String>,
    /// How many codes were sent.
    pub codes_sent: i64,
    /// Until when the last code is good.
    pub code_until: Option<Moment>,
    /// How many of the reminders before the due date are over.
    pub reminded: i64,
    /// When this record itself is deleted.
    pub expires_at: Option<Moment>,
}

impl RequestRow {
    /// Reads the columns of the selects above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            organisation: row.id("organisation")?,
            person: row.text("person")?,
            kind: row.text("kind")?,
            regime: row.text("regime")?,
            channel: row.text("channel")?,
            locale: row.text("locale")?,
            state: row.text("state")?,
            identity: row.text("identity")?,
            assignee: row.maybe_id("assignee")?,
            message: row.maybe_text("message")?,
            received_at: row.moment("received_at")?,
            verified_at: row.maybe_moment("verified_at")?,
            paused_since: row.maybe_moment("paused_since")?,
            paused_ms: row.int("paused_ms")?,
            acknowledge_by: row.maybe_moment("acknowledge_by")?,
            acknowledged_at: row.maybe_moment("acknowledged_at")?,
            due_at: row.moment("due_at")?,
            extended_at: row.maybe_moment("extended_at")?,
            answered_at: row.maybe_moment("answered_at")?,
            closed_at: row.maybe_moment("closed_at")?,
            ground: row.maybe_text("ground")?,
            codes_sent: row.int("codes_sent")?,
            code_until: row.maybe_moment("code_until")?,
            reminded: row.int("reminded")?,
            expires_at: row.maybe_moment("expires_at")?,
        })
    }
}

/// A new request.
pub fn insert(new: RequestRow) -> Statement {
    let params = params![
        new.id,
        new.organisation,
        new.person,
        new.kind,
        new.regime,
        new.channel,
        new.locale,
        new.state,
        new.identity,
        new.message,
        new.received_at,
        new.verified_at,
        new.acknowledge_by,
        new.due_at,
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// One request, for whoever knows its id. Behind the house's fence.
pub fn anywhere(id: RequestId) -> Statement {
    Statement::new(ANYWHERE, params![id])
}

/// One request.
pub fn by_id(organisation: OrganisationId, id: RequestId) -> Statement {
    Statement::new(BY_ID, params![organisation, id])
}

/// Open requests, the most urgent first.
pub fn open(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(OPEN, params![organisation, limit])
}

/// Closed requests, the latest first.
pub fn closed(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(CLOSED, params![organisation, limit])
}

/// The requests of one person, the latest first.
pub fn of_person(organisation: OrganisationId, person: &str) -> Statement {
    Statement::new(OF_PERSON, params![organisation, person])
}

/// Notes a code that is about to be sent; changes nothing once `most` were sent.
pub fn send_code(organisation: OrganisationId, id: RequestId, code: (Vec<u8>, Moment), most: i64) -> Statement {
    Statement::new(SEND_CODE, params![organisation, id, code.0, code.1, most])
}

/// Counts one try and gives what the code must be like: no row where there is no valid one, or no try left.
pub fn try_code(organisation: OrganisationId, id: RequestId, most: i64, now: Moment) -> Statement {
    Statement::new(TRY_CODE, params![organisation, id, most, now])
}

/// Uses the code up; guarded, so that of two that come at once only one gets in.
pub fn use_code(organisation: OrganisationId, id: RequestId, code: Vec<u8>) -> Statement {
    Statement::new(USE_CODE, params![organisation, id, code]).expect(Expect::Exactly(1))
}

/// We know who asks.
pub fn verify(organisation: OrganisationId, id: RequestId, identity: &str, at: Moment, due_at: Moment) -> Statement {
    Statement::new(VERIFY, params![organisation, id, identity, at, due_at])
}

/// Puts a member in charge, or nobody.
pub fn assign(organisation: OrganisationId, id: RequestId, member: Option<MemberId>) -> Statement {
    Statement::new(ASSIGN, params![organisation, id, member]).expect(Expect::Exactly(1))
}

/// Notes that the extension was told; once only.
pub fn extend(organisation: OrganisationId, id: RequestId, at: Moment, due_at: Moment) -> Statement {
    Statement::new(EXTEND, params![organisation, id, at, due_at]).expect(Expect::Exactly(1))
}

/// A clarification was asked for.
pub fn pause(organisation: OrganisationId, id: RequestId, at: Moment) -> Statement {
    Statement::new(PAUSE, params![organisation, id, at]).expect(Expect::Exactly(1))
}

/// The clarification came, after so many milliseconds.
pub fn resume(organisation: OrganisationId, id: RequestId, millis: i64, due_at: Moment) -> Statement {
    Statement::new(RESUME, params![organisation, id, millis, due_at]).expect(Expect::Exactly(1))
}

/// It was acknowledged; the first time counts.
pub fn acknowledged(organisation: OrganisationId, id: RequestId, at: Moment) -> Statement {
    Statement::new(ACKNOWLEDGED, params![organisation, id, at])
}

/// The answer was given; the first time counts.
pub fn answered(organisation: OrganisationId, id: RequestId, at: Moment) -> Statement {
    Statement::new(ANSWERED, params![organisation, id, at])
}

/// The letters of this request go to another record of the same requester from now on.
pub fn move_to(organisation: OrganisationId, id: RequestId, person: &str) -> Statement {
    Statement::new(MOVE, params![organisation, id, person]).expect(Expect::Exactly(1))
}

/// It is refused on this ground; the letter follows.
pub fn refuse(organisation: OrganisationId, id: RequestId, ground: &str) -> Statement {
    Statement::new(REFUSE, params![organisation, id, ground]).expect(Expect::Exactly(1))
}

/// So many reminders are over; guarded, so that each is given once.
pub fn reminded(organisation: OrganisationId, id: RequestId, many: i64) -> Statement {
    Statement::new(REMINDED, params![organisation, id, many]).expect(Expect::Exactly(1))
}

/// Nothing is left to do.
pub fn close(organisation: OrganisationId, id: RequestId, state: &str, at: Moment, expires_at: Moment) -> Statement {
    Statement::new(CLOSE, params![organisation, id, state, at, expires_at])
}

/// Records whose own term is over: `id`.
pub fn expired(organisation: OrganisationId, now: Moment, limit: i64) -> Statement {
    Statement::new(EXPIRED, params![organisation, now, limit])
}

/// Deletes a record; its steps, words and files go first.
pub fn delete(organisation: OrganisationId, id: RequestId) -> Statement {
    Statement::new(DELETE, params![organisation, id])
}

/// Kinds, states and times since a moment, for the figures of 11 CCR 7102.
pub fn figures(organisation: OrganisationId, since: Moment) -> Statement {
    Statement::new(FIGURES, params![organisation, since])
}

/// How many requests came by the form or an agent with this address since a moment: `many`.
pub fn recent_of_address(organisation: OrganisationId, email_index: Vec<u8>, since: Moment) -> Statement {
    Statement::new(RECENT_OF_ADDRESS, params![organisation, email_index, since])
}

/// The latest refusals: `ground`, `verified_at`, `answered_at`, `closed_at`, and the kind of actor who refused (`refused_by`).
pub fn refused(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(REFUSED, params![organisation, limit])
}
