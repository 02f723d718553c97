//! Proves that a request comes from a visitor: the bearer token of her session, looked up by its hash.

use std::time::Duration;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use desk::Deed;
use desk::visitor::{VisitorSession, token_hash};
use model::{Actor, ErasureId, Kind, PersonId, Refusal};
use moka::sync::Cache;

use super::error::Problem;
use super::may::bearer;
use crate::state::App;

/// How many visitors are recognised without asking the store.
const RECOGNISED: u64 = 50_000;
/// For how long: the bound within which an erasure on another machine takes effect here.
const RECOGNISED_FOR: Duration = Duration::from_secs(10);
/// How long an erased visitor's browser is told so, instead of being told to begin anew.
const REMEMBERED_GONE: Duration = Duration::from_secs(30 * 60);

/// A visitor whose token was proved.
pub struct Visitor(pub VisitorSession);

/// Visitors recognised lately, by the hash of their token.
#[derive(Clone)]
pub struct Recognised {
    here: Cache<Vec<u8>, VisitorSession>,
    /// Hashes of tokens of erased visitors; they lead to nobody any more.
    gone: Cache<Vec<u8>, ()>,
}

impl Default for Recognised {
    fn default() -> Self {
        Self {
            here: Cache::builder().max_capacity(RECOGNISED).time_to_live(RECOGNISED_FOR).build(),
            gone: Cache::builder().max_capacity(RECOGNISED).time_to_live(REMEMBERED_GONE).build(),
        }
    }
}

impl Recognised {
    /// Forgets a person at once, when her erasure is accepted.
    pub fn forget(&self, person: PersonId) {
        let hers = self.here.iter().filter(|(_, session)| session.person == person).map(|(hash, _)| hash);
        for hash in hers.collect::<Vec<_>>() {
            self.gone.insert((*hash).clone(), ());
            self.here.invalidate(&*hash);
        }
    }
}

/// Accepts the erasure of a person, and remembers her tokens for a while as those of somebody who was erased.
pub async fn erase(app: &App, actor: &Actor, person: PersonId) -> Deed<ErasureId> {
    let tokens = app.desk.token_hashes(actor.organisation(), person).await?;
    let erasure = app.desk.erase(actor, person).await?;
    for hash in tokens {
        app.recognised.here.invalidate(&hash);
        app.recognised.gone.insert(hash, ());
    }
    app.recognised.forget(person);
    Ok(erasure)
}

impl FromRequestParts<App> for Visitor {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let token = bearer(parts).ok_or_else(Refusal::sign_in_needed)?;
        let hash = token_hash(token);
        if app.recognised.gone.contains_key(&hash) {
            return Err(Refusal::new(Kind::Gone, "Your data was erased.").into());
        }
        let session = match app.recognised.here.get(&hash) {
            Some(session) => session,
            None => {
                let session = app.desk.visitor_session(token).await?;
                app.recognised.here.insert(hash, session);
                session
            }
        };
        if session.expires_at <= app.desk.world.now() {
            return Err(Refusal::sign_in_needed().into());
        }
        Ok(Self(session))
    }
}
