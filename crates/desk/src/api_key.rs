//! Keys for programs of the organisation: issued once, scoped, revocable.

use std::time::Duration;

use model::{Actor, ApiKeyId, Kind, MemberId, Moment, OrganisationId, Refusal, Scope};
use store::api_key::{self as rows, ApiKeyRow};
use store::{Fence, StoreError, Work};

use crate::{Deed, Desk, token};

/// `last_used_at` is written at most this often.
const USED_EVERY: Duration = Duration::from_secs(60 * 60);

/// A key that is good.
pub struct Key {
    /// Its id.
    pub id: ApiKeyId,
    /// Whose.
    pub organisation: OrganisationId,
    /// What the organisation calls it.
    pub name: String,
    /// What it may do.
    pub scopes: Vec<Scope>,
    /// Since when.
    pub created_at: Moment,
    /// Last used, to the hour.
    pub last_used_at: Option<Moment>,
}

impl From<ApiKeyRow> for Key {
    fn from(row: ApiKeyRow) -> Self {
        // A scope that is not known any more gives nothing.
        let known = |word: &str| Scope::ALL.into_iter().find(|scope| scope.word() == word);
        let scopes = row.scopes.split(' ').filter_map(known).collect();
        Self {
            id: row.id,
            organisation: row.organisation,
            name: row.name,
            scopes,
            created_at: row.created_at,
            last_used_at: row.last_used_at,
        }
    }
}

impl Desk {
    /// Issues a key and returns it with its secret, which is shown this once.
    pub async fn issue_key(&self, actor: &Actor, by: MemberId, name: &str, scopes: &[Scope]) -> Deed<(Key, String)> {
        let name = name.trim();
        if name.is_empty() || name.chars().count() > 80 {
            return Err(Refusal::invalid("The key's name must have 1 to 80 characters.").into());
        }
        if scopes.is_empty() {
            return Err(Refusal::invalid("A key needs at least one scope.").into());
        }
        let words: Vec<&str> =
            Scope::ALL.iter().filter(|scope| scopes.contains(scope)).map(|scope| scope.word()).collect();
        let organisation = actor.organisation();
        let (secret, hash) = token::fresh(&self.world, "ck_");
        let row = ApiKeyRow {
            id: ApiKeyId::new(&self.world),
            organisation,
            name: name.to_owned(),
            scopes: words.join(" "),
            created_at: self.world.now(),
            last_used_at: None,
        };
        let work = Work::new(Fence::Organisation(organisation)).with(rows::insert(&row, by, hash)).with(self.audit(
            actor,
            "api_key.issue",
            "api_key",
            &row.id.to_string(),
        ));
        self.store.write(work).await?;
        Ok((row.into(), secret))
    }

    /// The keys that are good.
    pub async fn keys(&self, organisation: OrganisationId) -> Deed<Vec<Key>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::every(organisation)).await?;
        found.iter().map(|row| Ok(ApiKeyRow::from_row(row)?.into())).collect()
    }

    /// Takes a key back at once.
    pub async fn revoke_key(&self, actor: &Actor, id: ApiKeyId) -> Deed<()> {
        let organisation = actor.organisation();
        let work = Work::new(Fence::Organisation(organisation))
            .with(rows::revoke(organisation, id, self.world.now()))
            .with(self.audit(actor, "api_key.revoke", "api_key", &id.to_string()));
        match self.store.write(work).await {
            Ok(_) => Ok(()),
            Err(StoreError::Guard { .. }) => Err(Refusal::not_found().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Whose key this is.
    pub async fn key_holder(&self, secret: &str) -> Deed<Key> {
        let unknown = || Refusal::new(Kind::SignInNeeded, "This key is not valid.");
        if !secret.starts_with("ck_") {
            return Err(unknown().into());
        }
        let row = self.store.one(Fence::House, rows::by_token(token::hashed(secret))).await?.ok_or_else(unknown)?;
        let key: Key = ApiKeyRow::from_row(&row)?.into();
        let now = self.world.now();
        if key.last_used_at.is_none_or(|last| now.since(last) >= USED_EVERY) {
            let used = rows::used(key.organisation, key.id, now);
            self.store.write(Work::new(Fence::Organisation(key.organisation)).with(used)).await?;
        }
        Ok(key)
    }
}
