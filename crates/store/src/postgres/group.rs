//! One commit for many works: first all at once in the hope that none fails, then, if one did, each behind a savepoint.

use super::flight::{Flight, command, launch, worth_another_try};
use super::link::Link;
use crate::errand::Outcome;
use crate::{Done, StoreError, Work};

/// Attempts at a work that meets somebody else's lock.
const ATTEMPTS: usize = 3;

/// Commits the works; an error means that nothing of the group was committed and the connection is of no more use.
pub(crate) async fn commit(link: &mut Link, works: &[&Work]) -> Result<Vec<Outcome>, StoreError> {
    let mut sound = Vec::with_capacity(works.len());
    for work in works {
        sound.push(link.prepare(work).await);
    }
    if sound.iter().all(Result::is_ok) {
        if let Some(outcomes) = together(link, works).await? {
            return Ok(outcomes);
        }
    } else if link.client.is_closed() {
        return Err(StoreError::fault("PostgreSQL: the connection is closed"));
    }
    one_by_one(link, works, sound).await
}

/// All works in one transaction and, but for the commit, one round trip. Nothing if any of them failed: then all are undone.
async fn together(link: &Link, works: &[&Work]) -> Result<Option<Vec<Outcome>>, StoreError> {
    let begun = command(&link.client, "BEGIN").await;
    let words: Vec<[crate::Value; 1]> = works.iter().map(|work| [work.fence.word().into()]).collect();
    let mut flights = Vec::with_capacity(works.len());
    for (work, word) in works.iter().zip(&words) {
        flights.push(take_off(link, work, word).await?);
    }
    begun.land().await?;
    let mut outcomes = Vec::with_capacity(works.len());
    for (work, flights) in works.iter().zip(flights) {
        outcomes.push(land(work, flights).await);
    }
    if outcomes.iter().all(Result::is_ok) {
        command(&link.client, "COMMIT").await.land().await.map_err(unknown)?;
        return Ok(Some(outcomes));
    }
    command(&link.client, "ROLLBACK").await.land().await?;
    Ok(None)
}

/// Each work behind a savepoint of its own, still one commit for all that succeed.
async fn one_by_one(
    link: &Link,
    works: &[&Work],
    sound: Vec<Result<(), StoreError>>,
) -> Result<Vec<Outcome>, StoreError> {
    command(&link.client, "BEGIN").await.land().await?;
    let mut outcomes = Vec::with_capacity(works.len());
    for (work, sound) in works.iter().zip(sound) {
        outcomes.push(match sound {
            Ok(()) => behind_savepoint(link, work).await?,
            Err(error) => Err(error),
        });
    }
    command(&link.client, "COMMIT").await.land().await.map_err(unknown)?;
    Ok(outcomes)
}

async fn behind_savepoint(link: &Link, work: &Work) -> Result<Outcome, StoreError> {
    let word = [work.fence.word().into()];
    let mut outcome = Ok(Vec::new());
    for _ in 0..ATTEMPTS {
        let saved = command(&link.client, "SAVEPOINT work").await;
        let flights = take_off(link, work, &word).await?;
        saved.land().await?;
        outcome = land(work, flights).await;
        let end = if outcome.is_ok() { "RELEASE work" } else { "ROLLBACK TO work; RELEASE work" };
        command(&link.client, end).await.land().await?;
        if !outcome.as_ref().is_err_and(worth_another_try) {
            break;
        }
    }
    Ok(outcome)
}

/// Sends the fence and every statement of the work.
async fn take_off<'a>(
    link: &'a Link,
    work: &'a Work,
    word: &'a [crate::Value; 1],
) -> Result<Vec<Flight<'a>>, StoreError> {
    let mut flights = Vec::with_capacity(work.statements.len() + 1);
    flights.push(launch(&link.client, &link.raise, word).await);
    for statement in &work.statements {
        flights.push(launch(&link.client, link.prepared(&statement.sql)?, &statement.params).await);
    }
    Ok(flights)
}

/// Waits for every answer, so that none is left on the wire, and reports the first failure.
async fn land(work: &Work, flights: Vec<Flight<'_>>) -> Outcome {
    let mut answers = Vec::with_capacity(flights.len());
    for flight in flights {
        answers.push(flight.land().await);
    }
    let mut answers = answers.into_iter();
    if let Some(raised) = answers.next() {
        raised?;
    }
    answers
        .zip(&work.statements)
        .enumerate()
        .map(|(position, (answer, statement))| check(position, answer, statement))
        .collect()
}

fn check(position: usize, answer: Result<Done, StoreError>, statement: &crate::Statement) -> Result<Done, StoreError> {
    let done = answer?;
    if statement.expect.holds(done.changed) { Ok(done) } else { Err(StoreError::Guard { statement: position }) }
}

/// A commit without an answer may have happened: it must not be tried again.
fn unknown(error: StoreError) -> StoreError {
    match error {
        StoreError::Fault(text) => StoreError::Fault(format!("{UNKNOWN}: {text}")),
        other => other,
    }
}

/// How the fault of a commit without an answer begins.
pub(crate) const UNKNOWN: &str = "the connection was lost at the commit";
