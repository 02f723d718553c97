//! Purges people and conversations whose period is over: the key first, then what mentions them, then their rows, in batches
//! small enough that nobody who chats waits for them.

use datamap::{Erasure, TABLES};
use futures::future::try_join_all;
use model::{ConversationId, Moment, OrganisationId, PersonId};
use store::retention::{self, Talk};
use store::subject::{self, Owned};
use store::{Fence, Statement, Work, person};

use super::Round;
use crate::erase::Counter;
use crate::{Fault, plan};

/// How many people one round takes; a full round is followed by the next at once.
const PEOPLE: usize = 200;
/// How many of them are chosen, and their keys destroyed, at once: each time the keyring's log is emptied, and all who write wait.
const CHOSEN: i64 = 50;
/// Of how many of them one statement deletes rows.
const AT_ONCE: usize = 5;
/// How many conversations one round takes.
const TALKS: usize = 100;
/// How many of them are chosen at once.
const CHOSEN_TALKS: i64 = 10;
/// How many rows one statement deletes: whoever chats meanwhile waits for one such statement, a millisecond or two.
const BATCH: i64 = 10;
/// How many ids one statement names.
const NAMES: i64 = 300;
/// The column by which rows hang on a conversation.
const CONVERSATION: &str = "conversation";

/// Purges the people who were quiet since then. They are chosen anew for every few: whoever comes back, or is held, while
/// others go, stays.
pub(super) async fn quiet_people(
    counter: &Counter,
    organisation: OrganisationId,
    since: Moment,
) -> Result<Round, Fault> {
    let (mut round, mut gone) = (Round::default(), 0);
    while gone < PEOPLE {
        let quiet = person::quiet_since(organisation, since, CHOSEN);
        let rows = counter.store.all(Fence::Organisation(organisation), quiet).await?;
        let people: Vec<PersonId> = rows.iter().map(|row| row.id("id")).collect::<Result<_, _>>()?;
        if people.is_empty() {
            return Ok(round);
        }
        round.purged += purge_people(counter, organisation, &people).await?;
        gone += people.len();
    }
    round.full = true;
    Ok(round)
}

/// Purges people; killed anywhere, they are still quiet and still there for the next round.
async fn purge_people(counter: &Counter, organisation: OrganisationId, people: &[PersonId]) -> Result<u64, Fault> {
    let names: Vec<String> = people.iter().map(ToString::to_string).collect();
    // From here on their words are unreadable, in every copy. Destroyed at once, so that they share one commit.
    try_join_all(names.iter().map(|name| counter.keyring.shred(organisation, name))).await?;
    let mut purged = 0;
    for some in people.chunks(AT_ONCE) {
        purged += delete_people(counter, organisation, some).await?;
    }
    Ok(purged)
}

/// The rows of people whose keys are destroyed. One work each, and only where there is something: whoever chats meanwhile waits
/// for one of them, not for all.
async fn delete_people(counter: &Counter, organisation: OrganisationId, people: &[PersonId]) -> Result<u64, Fault> {
    for (_, field, at) in plan::mentions() {
        let word = match field.preset.erasure {
            Erasure::Replace(word) => Some(word),
            Erasure::DeleteRow => None,
            Erasure::Shred | Erasure::ClearLast | Erasure::Stays => continue,
        };
        for (_, owned) in plan::owned() {
            if any(counter, organisation, retention::mentioned(at, owned, organisation, people)).await? {
                write(counter, organisation, retention::unmention(at, owned, word, organisation, people)).await?;
            }
        }
    }
    let mut purged = 0;
    for (_, owned) in plan::owned() {
        let look = || retention::any(owned, organisation, people);
        purged +=
            all_of(counter, organisation, look, |limit| retention::delete(owned, limit, organisation, people)).await?;
    }
    Ok(purged)
}

/// Purges conversations that the staff deleted, and quiet ones of people who still come.
pub(super) async fn conversations(
    counter: &Counter,
    organisation: OrganisationId,
    since: Option<Moment>,
) -> Result<Round, Fault> {
    let (mut round, mut gone) = (Round::default(), 0);
    while gone < TALKS {
        let fence = Fence::Organisation(organisation);
        let mut found = counter.store.all(fence, retention::deleted(organisation, CHOSEN_TALKS)).await?;
        if let Some(since) = since {
            found.extend(counter.store.all(fence, retention::quiet(organisation, since, CHOSEN_TALKS)).await?);
        }
        if found.is_empty() {
            return Ok(round);
        }
        for row in &found {
            let talk = Talk { organisation, person: row.id("person")?, id: row.id("id")? };
            round.purged += purge_conversation(counter, talk).await?;
        }
        gone += found.len();
    }
    round.full = true;
    Ok(round)
}

/// Purges one conversation of somebody who stays.
pub(crate) async fn purge_conversation(counter: &Counter, talk: Talk) -> Result<u64, Fault> {
    let mut purged = 0;
    for (owned, column) in hanging_on_conversations() {
        forget_ids(counter, owned, column, talk).await?;
        let look = || retention::ids_in(owned, column, talk, 1);
        purged +=
            all_of(counter, talk.organisation, look, |limit| retention::delete_in(owned, column, talk, limit)).await?;
    }
    Ok(purged)
}

/// The tables whose rows hang on a conversation, children first, and last the conversation itself.
fn hanging_on_conversations() -> impl Iterator<Item = (Owned, &'static str)> {
    TABLES.iter().filter_map(|table| {
        let owned = plan::of(table)?;
        if table.name == CONVERSATION {
            return Some((owned, owned.key));
        }
        let field = table.fields.iter().find(|field| field.references == Some(CONVERSATION))?;
        Some((owned, field.name))
    })
}

/// Replaces or deletes what mentions the rows that are about to go.
async fn forget_ids(counter: &Counter, of: Owned, column: &str, talk: Talk) -> Result<(), Fault> {
    let fence = Fence::Organisation(talk.organisation);
    // One page is enough for each pass: rows are deleted in smaller steps than this, and the rest is looked at again.
    let rows = counter.store.all(fence, retention::ids_in(of, column, talk, i64::from(u16::MAX))).await?;
    let ids: Vec<String> = rows.iter().map(|row| row.text("id")).collect::<Result<_, _>>()?;
    for some in ids.chunks(usize::try_from(NAMES).unwrap_or(1)) {
        for (_, field, at) in plan::mentions() {
            let statement = match field.preset.erasure {
                Erasure::Replace(word) => subject::replace_named(at, some, word, talk.organisation),
                Erasure::DeleteRow => subject::delete_named(at, some, talk.organisation),
                Erasure::Shred | Erasure::ClearLast | Erasure::Stays => continue,
            };
            write(counter, talk.organisation, statement).await?;
        }
    }
    Ok(())
}

/// Repeats a limited deletion for as long as a look finds something; how many rows went.
async fn all_of(
    counter: &Counter,
    organisation: OrganisationId,
    look: impl Fn() -> Statement,
    delete: impl Fn(i64) -> Statement,
) -> Result<u64, Fault> {
    let mut purged = 0;
    while any(counter, organisation, look()).await? {
        match write(counter, organisation, delete(BATCH)).await? {
            0 => break,
            gone => purged += gone,
        }
    }
    Ok(purged)
}

/// Whether a look finds a row.
async fn any(counter: &Counter, organisation: OrganisationId, look: Statement) -> Result<bool, Fault> {
    Ok(counter.store.one(Fence::Organisation(organisation), look).await?.is_some())
}

async fn write(counter: &Counter, organisation: OrganisationId, statement: Statement) -> Result<u64, Fault> {
    let done = counter.store.write(Work::new(Fence::Organisation(organisation)).with(statement)).await?;
    Ok(done.first().map_or(0, |done| done.changed))
}

/// Everything of hers but what a hold on single conversations keeps: for an erasure that has to wait for the rest.
pub(crate) async fn purge_but(
    counter: &Counter,
    (organisation, person): (OrganisationId, PersonId),
    kept: &[ConversationId],
) -> Result<(), Fault> {
    for row in &counter
        .store
        .all(Fence::Organisation(organisation), store::conversation::by_person(organisation, person))
        .await?
    {
        let id: ConversationId = row.id("id")?;
        if !kept.contains(&id) {
            purge_conversation(counter, Talk { organisation, person, id }).await?;
        }
    }
    Ok(())
}
