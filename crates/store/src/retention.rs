//! What is past its period, what keeps it, and what goes with it: by names that the data map supplies.
//!
//! Holds and restrictions are part of every statement that chooses what ends: no round can forget to ask.

use model::{ConversationId, Moment, OrganisationId, PersonId};

use crate::subject::{Mention, Owned};
use crate::{Statement, Value, params};

crate::statements! {
    // Quiet conversations of people who are not quiet themselves. One that her browser still shows lives as long as she comes.
    QUIET = "SELECT c.id, c.person FROM conversation c JOIN person p ON p.organisation = c.organisation AND p.id = c.person \
              WHERE c.organisation = $1 AND c.last_activity_at < $2 AND c.restricted_at IS NULL AND p.restricted_at IS NULL \
              AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.organisation = c.organisation AND h.person = c.person \
              AND h.lifted_at IS NULL AND (h.conversation IS NULL OR h.conversation = c.id)) \
              AND NOT EXISTS (SELECT 1 FROM visitor_session s WHERE s.organisation = c.organisation AND s.conversation = c.id \
              AND p.last_seen_at >= $2) AND NOT EXISTS (SELECT 1 FROM request r WHERE r.organisation = c.organisation \
              AND r.person = c.person AND r.closed_at IS NULL) ORDER BY c.id LIMIT $3";
    DELETED = "SELECT c.id, c.person FROM conversation c WHERE c.organisation = $1 AND c.deleted_at IS NOT NULL \
              AND c.restricted_at IS NULL AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.organisation = c.organisation \
              AND h.person = c.person AND h.lifted_at IS NULL AND (h.conversation IS NULL OR h.conversation = c.id)) \
              ORDER BY c.id LIMIT $2";
    DELETE_CONVERSATION = "UPDATE conversation SET deleted_at = COALESCE(deleted_at, $3), state = 'closed', epoch = epoch + 1, \
              waiting_since = NULL WHERE organisation = $1 AND id = $2";
    END_SESSIONS = "DELETE FROM visitor_session WHERE organisation = $1 AND conversation = $2";
    // How a term would bite: for each person the moment of her last activity. The planted ones are nobody's loss.
    ACTIVITY = "SELECT p.id, CASE WHEN p.last_seen_at > COALESCE(MAX(c.last_activity_at), 0) THEN p.last_seen_at \
              ELSE MAX(c.last_activity_at) END AS last_at FROM person p LEFT JOIN conversation c \
              ON c.organisation = p.organisation AND c.person = p.id WHERE p.organisation = $1 AND p.id > $2 AND p.locale <> 'zxx' \
              AND p.restricted_at IS NULL AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.organisation = p.organisation \
              AND h.person = p.id AND h.lifted_at IS NULL) GROUP BY p.id, p.last_seen_at ORDER BY p.id LIMIT $3";
    HELD = "SELECT count(*) AS many FROM person p WHERE p.organisation = $1 AND (p.restricted_at IS NOT NULL OR EXISTS \
              (SELECT 1 FROM legal_hold h WHERE h.organisation = p.organisation AND h.person = p.id AND h.lifted_at IS NULL))";
    CANARIES = "SELECT p.id, p.created_at FROM person p WHERE p.organisation = $1 AND p.locale = 'zxx' ORDER BY p.created_at";
    HELD_ERASURES = "SELECT id FROM erasure WHERE organisation = $1 AND state = 'held' ORDER BY id";
    BEGIN = "INSERT INTO retention_run (organisation, began_at, purged) VALUES ($1, $2, 0) \
              ON CONFLICT (organisation) DO UPDATE SET began_at = excluded.began_at";
    FINISH = "UPDATE retention_run SET finished_at = $2, purged = purged + $3 WHERE organisation = $1";
    LAST_RUN = "SELECT began_at, finished_at, purged FROM retention_run WHERE organisation = $1";
}

/// Conversations in which nothing happened since this moment, and which nothing keeps (`id`, `person`).
pub fn quiet(organisation: OrganisationId, since: Moment, limit: i64) -> Statement {
    Statement::new(QUIET, params![organisation, since, limit])
}

/// Conversations the staff deleted, and which nothing keeps (`id`, `person`).
pub fn deleted(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(DELETED, params![organisation, limit])
}

/// Makes a conversation unreadable at once, and whatever is being written in it impossible to commit.
pub fn delete_conversation(organisation: OrganisationId, id: ConversationId, at: Moment) -> [Statement; 2] {
    [
        Statement::new(DELETE_CONVERSATION, params![organisation, id, at]).expect(crate::Expect::Exactly(1)),
        Statement::new(END_SESSIONS, params![organisation, id]),
    ]
}

/// People after `after` whom nothing keeps, with the moment of their last activity (`id`, `last_at`).
pub fn activity(organisation: OrganisationId, after: &str, limit: i64) -> Statement {
    Statement::new(ACTIVITY, params![organisation, after, limit])
}

/// How many people are kept by a hold or a restriction (`many`).
pub fn held(organisation: OrganisationId) -> Statement {
    Statement::new(HELD, params![organisation])
}

/// The planted people who must vanish on their day, the oldest first (`id`, `created_at`).
pub fn canaries(organisation: OrganisationId) -> Statement {
    Statement::new(CANARIES, params![organisation])
}

/// The erasures that wait for the end of a hold (`id`).
pub fn held_erasures(organisation: OrganisationId) -> Statement {
    Statement::new(HELD_ERASURES, params![organisation])
}

/// A round begins.
pub fn begin(organisation: OrganisationId, at: Moment) -> Statement {
    Statement::new(BEGIN, params![organisation, at])
}

/// A round went through.
pub fn finish(organisation: OrganisationId, at: Moment, purged: i64) -> Statement {
    Statement::new(FINISH, params![organisation, at, purged])
}

/// The last round (`began_at`, `finished_at`, `purged`).
pub fn last_run(organisation: OrganisationId) -> Statement {
    Statement::new(LAST_RUN, params![organisation])
}

/// The rows of a class that end by a moment of their own.
#[derive(Clone, Copy)]
pub struct Ending {
    /// The table.
    pub table: &'static str,
    /// The column with the moment.
    pub column: &'static str,
    /// Only rows with this word in this column.
    pub only: Option<(&'static str, &'static str)>,
    /// The column with the person, where a hold on her keeps the row.
    pub person: Option<&'static str>,
    /// The column that is emptied; without one the row goes.
    pub clear: Option<&'static str>,
}

impl Ending {
    /// The condition; `$1` is the organisation, `$2` the moment.
    fn condition(&self) -> String {
        let Ending { table, column, only, person, clear } = self;
        let mut condition = format!("organisation = $1 AND {column} <= $2");
        if let Some((column, word)) = only {
            condition.push_str(&format!(" AND {column} = '{word}'"));
        }
        if let Some(column) = clear {
            condition.push_str(&format!(" AND length({column}) > 0"));
        }
        if let Some(person) = person {
            condition.push_str(&format!(
                " AND NOT EXISTS (SELECT 1 FROM legal_hold h WHERE h.organisation = {table}.organisation \
                 AND h.person = {table}.{person} AND h.lifted_at IS NULL) AND NOT EXISTS (SELECT 1 FROM person p \
                 WHERE p.organisation = {table}.organisation AND p.id = {table}.{person} AND p.restricted_at IS NOT NULL)"
            ));
        }
        condition
    }
}

/// Ends up to `limit` rows whose moment is not after `by`.
pub fn end(of: Ending, organisation: OrganisationId, by: Moment, limit: i64) -> Statement {
    let (table, condition) = (of.table, of.condition());
    let batch = format!("organisation = $1 AND id IN (SELECT id FROM {table} WHERE {condition} LIMIT $3)");
    let mut values = params![organisation, by, limit];
    let sql = match of.clear {
        None => format!("DELETE FROM {table} WHERE {batch}"),
        Some(column) => {
            values.push(Vec::new().into());
            format!("UPDATE {table} SET {column} = $4 WHERE {batch}")
        }
    };
    Statement::owned(sql, values)
}

/// The oldest moment of a class, how many rows it has, and how many are past `by` (`oldest`, `many`, `overdue`).
pub fn figure(of: Ending, organisation: OrganisationId, by: Moment) -> Statement {
    let Ending { table, column, only, clear, .. } = of;
    let overdue = of.condition();
    let mut within = format!("organisation = $1 AND {column} IS NOT NULL");
    if let Some((column, word)) = only {
        within.push_str(&format!(" AND {column} = '{word}'"));
    }
    if let Some(column) = clear {
        within.push_str(&format!(" AND length({column}) > 0"));
    }
    let sql = format!(
        "SELECT count(*) AS many, min({column}) AS oldest, \
         (SELECT count(*) FROM {table} WHERE {overdue}) AS overdue FROM {table} WHERE {within}"
    );
    Statement::owned(sql, params![organisation, by])
}

/// `($3, $4, …)` for as many values, beginning with parameter `first`.
fn list(first: usize, many: usize) -> String {
    let numbers: Vec<String> = (first..first + many).map(|number| format!("${number}")).collect();
    numbers.join(", ")
}

fn people(organisation: OrganisationId, people: &[PersonId]) -> Vec<Value> {
    let mut values = params![organisation];
    values.extend(people.iter().map(Value::from));
    values
}

/// How many rows of these people a table has, and how many sealed bytes (`many`, `bytes`).
pub fn weight(of: Owned, sealed: &[&str], organisation: OrganisationId, whose: &[PersonId]) -> Statement {
    let Owned { table, owner, .. } = of;
    let sum: Vec<String> = sealed.iter().map(|column| format!("COALESCE(LENGTH({column}), 0)")).collect();
    let sum = if sum.is_empty() { "0".to_owned() } else { sum.join(" + ") };
    let among = list(2, whose.len());
    let sql = format!(
        "SELECT count(*) AS many, CAST(COALESCE(SUM({sum}), 0) AS BIGINT) AS bytes FROM {table} \
         WHERE organisation = $1 AND {owner} IN ({among})"
    );
    Statement::owned(sql, people(organisation, whose))
}

/// Whether a table has any row of these people (one row, or none). Asked before a deletion: a look keeps no writer waiting.
pub fn any(of: Owned, organisation: OrganisationId, whose: &[PersonId]) -> Statement {
    let (Owned { table, owner, .. }, among) = (of, list(2, whose.len()));
    let sql = format!("SELECT 1 AS there FROM {table} WHERE organisation = $1 AND {owner} IN ({among}) LIMIT 1");
    Statement::owned(sql, people(organisation, whose))
}

/// Whether any id of theirs from the table `of` stands there (one row, or none).
pub fn mentioned(at: Mention, of: Owned, organisation: OrganisationId, whose: &[PersonId]) -> Statement {
    let (Mention { table, column, .. }, ids) = (at, ids(of, whose));
    let sql = format!("SELECT 1 AS there FROM {table} WHERE organisation = $1 AND {column} IN ({ids}) LIMIT 1");
    Statement::owned(sql, people(organisation, whose))
}

/// `SELECT` of their ids in one table.
fn ids(of: Owned, whose: &[PersonId]) -> String {
    let (Owned { table, owner, key }, among) = (of, list(2, whose.len()));
    format!("SELECT {key} FROM {table} WHERE organisation = $1 AND {owner} IN ({among})")
}

/// Deletes up to about `limit` rows of these people.
pub fn delete(of: Owned, limit: i64, organisation: OrganisationId, whose: &[PersonId]) -> Statement {
    let Owned { table, owner, key } = of;
    let (owned, among, last) = (of.once_more(), list(2, whose.len()), whose.len() + 2);
    let sql = format!(
        "DELETE FROM {table} WHERE organisation = $1 AND {owned} IN ({among}) AND {key} IN \
         (SELECT {key} FROM {table} WHERE organisation = $1 AND {owner} IN ({among}) LIMIT ${last})"
    );
    let mut values = people(organisation, whose);
    values.push(limit.into());
    Statement::owned(sql, values)
}

/// Puts `word`, or nothing at all, in the place of every id of theirs from the table `of`.
pub fn unmention(
    at: Mention,
    of: Owned,
    word: Option<&str>,
    organisation: OrganisationId,
    whose: &[PersonId],
) -> Statement {
    let (ids, last) = (ids(of, whose), whose.len() + 2);
    let mut values = people(organisation, whose);
    let (mentioning, column) = (at.table, at.column);
    let sql = match word {
        None => format!("DELETE FROM {mentioning} WHERE organisation = $1 AND {column} IN ({ids})"),
        Some(word) => {
            values.push(word.into());
            let replacing = at.replacing(&format!("${last}"));
            format!("UPDATE {mentioning} SET {replacing} WHERE organisation = $1 AND {column} IN ({ids})")
        }
    };
    Statement::owned(sql, values)
}

/// One conversation of one person.
#[derive(Clone, Copy)]
pub struct Talk {
    /// Whose.
    pub organisation: OrganisationId,
    /// With whom.
    pub person: PersonId,
    /// Which.
    pub id: ConversationId,
}

/// Ids of up to `limit` rows that hang on a conversation (`id`); `column` names it. In no order: asked for one, SQLite reads the
/// whole table along its primary key.
pub fn ids_in(of: Owned, column: &str, talk: Talk, limit: i64) -> Statement {
    let Owned { table, owner, key } = of;
    let sql =
        format!("SELECT {key} AS id FROM {table} WHERE organisation = $1 AND {owner} = $2 AND {column} = $3 LIMIT $4");
    Statement::owned(sql, params![talk.organisation, talk.person, talk.id, limit])
}

/// Deletes up to about `limit` rows that hang on a conversation, or the conversation itself; `column` names it.
pub fn delete_in(of: Owned, column: &str, talk: Talk, limit: i64) -> Statement {
    let Owned { table, owner, key } = of;
    let owned = of.once_more();
    let sql = format!(
        "DELETE FROM {table} WHERE organisation = $1 AND {owned} = $2 AND {column} = $3 AND {key} IN \
         (SELECT {key} FROM {table} WHERE organisation = $1 AND {owner} = $2 AND {column} = $3 LIMIT $4)"
    );
    Statement::owned(sql, params![talk.organisation, talk.person, talk.id, limit])
}
