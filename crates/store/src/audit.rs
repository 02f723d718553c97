//! The audit log: who did what to which thing. Ids and words of the house, never contents. What a line says is never changed.
//!
//! A line is written in the work of its deed, with salted commitments to the two ids in it but outside the chain: no writer
//! waits for the chain's head. A sealer gives it its number and its hash a moment later ([`unsealed`], [`seal`]). When a person
//! is erased, ids of hers and their salts go; the commitments stay, and with them the chain.

use model::{Actor, AuditId, Moment, OrganisationId, World};

use crate::{Expect, Row, Statement, StoreError, params};

crate::statements! {
    INSERT = "INSERT INTO audit (id, organisation, actor_kind, actor, actor_salt, actor_commitment, action, reason, object_kind, \
              object, object_salt, object_commitment, request, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8, $9, $10, $11, $12, $13, $14)";
    FIND = "SELECT id, actor_kind, actor, actor_salt, actor_commitment, action, reason, object_kind, object, object_salt, \
              object_commitment, request, created_at, seq, hash FROM audit \
              WHERE organisation = $1 AND id < $2 AND created_at >= $3 AND created_at < $4 AND ($5 = '' OR actor = $5) \
              AND ($6 = '' OR action = $6) AND ($7 = '' OR object = $7) ORDER BY id DESC LIMIT $8";
    UNSEALED = "SELECT id, actor_kind, actor, actor_salt, actor_commitment, action, reason, object_kind, object, object_salt, \
              object_commitment, request, created_at, seq, hash FROM audit \
              WHERE organisation = $1 AND seq IS NULL ORDER BY id LIMIT $2";
    HOW_MANY_UNSEALED = "SELECT count(*) AS many FROM audit WHERE organisation = $1 AND seq IS NULL";
    // Behind the house's fence: whose lines wait for the sealer.
    WAITING = "SELECT organisation FROM audit WHERE seq IS NULL GROUP BY organisation ORDER BY organisation";
    LAST = "SELECT seq, hash FROM audit WHERE organisation = $1 AND seq IS NOT NULL ORDER BY seq DESC LIMIT 1";
    SEAL = "UPDATE audit SET seq = $3, hash = $4 WHERE organisation = $1 AND id = $2 AND seq IS NULL";
    AFTER = "SELECT id, actor_kind, actor, actor_salt, actor_commitment, action, reason, object_kind, object, object_salt, \
              object_commitment, request, created_at, seq, hash FROM audit \
              WHERE organisation = $1 AND seq > $2 ORDER BY seq LIMIT $3";
    CUT = "DELETE FROM audit WHERE organisation = $1 AND seq <= $2";
    ACTIONS = "SELECT action FROM audit WHERE organisation = $1 GROUP BY action ORDER BY action";
}

/// A line of the log.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct AuditRow {
    /// The line's id.
    pub id: AuditId,
    /// `visitor`, `member`, `api_key` or `house`.
    pub actor_kind: String,
    /// The actor's id; a word where it was shredded.
    pub actor: String,
    /// What opens the commitment to the actor's id, unless it was shredded.
    pub actor_salt: Option<Vec<u8>>,
    /// The commitment to the actor's id.
    pub actor_commitment: Vec<u8>,
    /// The deed.
    pub action: String,
    /// Why it was done: a code of the house.
    pub reason: String,
    /// The kind of thing it was done to.
    pub object_kind: String,
    /// The thing's id; a word where it was shredded.
    pub object: String,
    /// What opens the commitment to the thing's id, unless it was shredded.
    pub object_salt: Option<Vec<u8>>,
    /// The commitment to the thing's id.
    pub object_commitment: Vec<u8>,
    /// The id of the request, as the server's log has it; empty for the house's own work.
    pub request: String,
    /// When.
    pub created_at: Moment,
    /// Its number in the chain, once it is sealed.
    pub seq: Option<i64>,
    /// The hash of the chain up to here, once it is sealed.
    pub hash: Option<Vec<u8>>,
}

impl AuditRow {
    /// Reads the columns of [`find`], [`unsealed`] and [`after`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            actor_kind: row.text("actor_kind")?,
            actor: row.text("actor")?,
            actor_salt: row.maybe_bytes("actor_salt")?,
            actor_commitment: row.bytes("actor_commitment")?,
            action: row.text("action")?,
            reason: row.text("reason")?,
            object_kind: row.text("object_kind")?,
            object: row.text("object")?,
            object_salt: row.maybe_bytes("object_salt")?,
            object_commitment: row.bytes("object_commitment")?,
            request: row.text("request")?,
            created_at: row.moment("created_at")?,
            seq: row.maybe_int("seq")?,
            hash: row.maybe_bytes("hash")?,
        })
    }
}

/// What was done to which thing and why: ids and words of the house, never contents.
pub struct Act<'a> {
    /// The deed, such as `api_key.revoke`.
    pub action: &'a str,
    /// Why: a code, such as `support`.
    pub reason: &'a str,
    /// The kind of thing.
    pub object_kind: &'a str,
    /// The thing's id.
    pub object: &'a str,
    /// The id of the request; empty for the house's own work.
    pub request: &'a str,
}

/// Notes a deed; goes into the same work as the deed.
pub fn insert(world: &World, actor: &Actor, act: &Act<'_>) -> Statement {
    let (actor_kind, name) = actor.audit_name();
    let Act { action, reason, object_kind, object, request } = *act;
    let salts = [world.random::<{ vault::SALT }>(), world.random::<{ vault::SALT }>()];
    let [actor_salt, object_salt] = &salts;
    let params = params![
        AuditId::new(world),
        actor.organisation(),
        actor_kind,
        name.as_str(),
        actor_salt.as_slice(),
        vault::commitment(actor_salt, &name),
        action,
        reason,
        object_kind,
        object,
        object_salt.as_slice(),
        vault::commitment(object_salt, object),
        request,
        world.now(),
    ];
    Statement::new(INSERT, params)
}

/// What to look for; empty texts look for everything.
#[derive(Clone, Debug, Default)]
pub struct Sought {
    /// Whose deeds.
    pub actor: String,
    /// Which deed.
    pub action: String,
    /// To which thing.
    pub object: String,
    /// Not before.
    pub since: Option<Moment>,
    /// Before.
    pub until: Option<Moment>,
    /// Older than this line.
    pub before: Option<AuditId>,
}

/// Lines that fit, newest first.
pub fn find(organisation: OrganisationId, sought: &Sought, limit: i64) -> Statement {
    // Greater than every id: a page without a beginning begins with the newest.
    let before = sought.before.map_or_else(|| "~".to_owned(), |id| id.to_string());
    let since = sought.since.map_or(i64::MIN, Moment::millis);
    let until = sought.until.map_or(i64::MAX, Moment::millis);
    let Sought { actor, action, object, .. } = sought;
    Statement::new(FIND, params![organisation, before, since, until, actor, action, object, limit])
}

/// Every deed that stands in the log (`action`).
pub fn actions(organisation: OrganisationId) -> Statement {
    Statement::new(ACTIONS, params![organisation])
}

/// Lines without a number, oldest first.
pub fn unsealed(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(UNSEALED, params![organisation, limit])
}

/// How many lines have no number (`many`).
pub fn how_many_unsealed(organisation: OrganisationId) -> Statement {
    Statement::new(HOW_MANY_UNSEALED, params![organisation])
}

/// Every `organisation` with lines that wait. Behind the house's fence.
pub fn waiting() -> Statement {
    Statement::new(WAITING, Vec::new())
}

/// The end of the chain: `seq`, `hash`.
pub fn last(organisation: OrganisationId) -> Statement {
    Statement::new(LAST, params![organisation])
}

/// Gives a line its number and hash; refused where it has one, so that of two sealers one loses.
pub fn seal(organisation: OrganisationId, id: AuditId, seq: i64, hash: Vec<u8>) -> Statement {
    Statement::new(SEAL, params![organisation, id, seq, hash]).expect(Expect::Exactly(1))
}

/// Sealed lines after number `seq`, in their order.
pub fn after(organisation: OrganisationId, seq: i64, limit: i64) -> Statement {
    Statement::new(AFTER, params![organisation, seq, limit])
}

/// Deletes the old end, up to and including number `seq`; a signed checkpoint has taken its place before.
pub fn cut(organisation: OrganisationId, seq: i64) -> Statement {
    Statement::new(CUT, params![organisation, seq])
}
