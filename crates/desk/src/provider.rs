//! Registering language models: who receives the words there, where, and under which contract. Without a contract and what
//! makes the transfer lawful (GDPR Art. 28, 44 ff.) a provider cannot be switched on.

mod facts;

use std::collections::HashMap;
use std::time::Duration;

use masking::{Masked, Prompt, PromptRole, Turn};
use model::{Actor, Moment, OrganisationId, ProviderId, Refusal};
use outside::model::{Ask, Lineup, Meter, Patience};
use outside::{BoxFuture, Disclosure, Ledger, LedgerFault};
use store::provider::{self as rows, ProviderRow};
use store::{Fence, Work};
use vault::Place;

pub use facts::{Facts, MECHANISMS};

use crate::lineup::Chosen;
use crate::{Deed, Desk};

/// How many providers one organisation may register.
const MOST: usize = 12;

/// A registered provider, without its key.
pub struct Provider {
    /// Its id.
    pub id: ProviderId,
    /// What is known about it.
    pub facts: Facts,
    /// Whether a key is kept.
    pub has_key: bool,
    /// Whether anything may be sent there.
    pub active: bool,
    /// When it was added.
    pub created_at: Moment,
    /// When it was last changed.
    pub updated_at: Moment,
}

/// What came of trying a provider.
pub struct Trial {
    /// Whether it answered.
    pub works: bool,
    /// `works`, or why not: a stable word.
    pub code: &'static str,
    /// How long it took, ms.
    pub took_ms: i64,
}

impl From<&ProviderRow> for Provider {
    fn from(row: &ProviderRow) -> Self {
        let ProviderRow { dialect, name, base_url, model, recipient, country, mechanism, contract, retention, .. } =
            row.clone();
        let (price_in, price_out) = (row.price_in, row.price_out);
        let facts = Facts {
            dialect,
            name,
            base_url,
            model,
            recipient,
            country,
            mechanism,
            contract,
            retention,
            price_in,
            price_out,
        };
        let has_key = !row.key.as_column().is_empty();
        Self { id: row.id, facts, has_key, active: row.active, created_at: row.created_at, updated_at: row.updated_at }
    }
}

impl Desk {
    pub(crate) async fn provider_rows(&self, organisation: OrganisationId) -> Deed<Vec<ProviderRow>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::every(organisation)).await?;
        Ok(found.iter().map(ProviderRow::from_row).collect::<Result<_, _>>()?)
    }

    pub(crate) async fn provider_row(&self, organisation: OrganisationId, id: ProviderId) -> Deed<ProviderRow> {
        let rows = self.provider_rows(organisation).await?;
        Ok(rows.into_iter().find(|row| row.id == id).ok_or_else(Refusal::not_found)?)
    }

    /// The providers in the order in which they are asked.
    pub async fn providers(&self, organisation: OrganisationId) -> Deed<Vec<Provider>> {
        Ok(self.provider_rows(organisation).await?.iter().map(Provider::from).collect())
    }

    /// Registers a provider. Nothing is sent there before it is switched on.
    pub async fn add_provider(&self, actor: &Actor, facts: Facts, key: &str) -> Deed<Provider> {
        let organisation = actor.organisation();
        let before = self.provider_rows(organisation).await?;
        if before.len() >= MOST {
            return Err(Refusal::conflict("At most 12 providers can be registered.").into());
        }
        let id = ProviderId::new(&self.world);
        let now = self.world.now();
        let mut row = ProviderRow {
            id,
            dialect: String::new(),
            name: String::new(),
            base_url: String::new(),
            model: String::new(),
            key: self.sealed_secret(organisation, id, key).await?,
            recipient: String::new(),
            country: String::new(),
            mechanism: String::new(),
            contract: String::new(),
            retention: String::new(),
            price_in: 0,
            price_out: 0,
            active: false,
            position: before.iter().map(|row| row.position + 1).max().unwrap_or(0),
            created_at: now,
            updated_at: now,
        };
        fill(&mut row, facts.checked(|url| self.models.door().is_named(url))?);
        let provider = Provider::from(&row);
        self.write_provider(actor, "provider.add", id, rows::insert(organisation, row)).await?;
        Ok(provider)
    }

    /// Changes a provider; without a key the old one stays. What is switched on must stay fully declared, and a new address
    /// needs the key anew: a key is never sent to a place it was not given for.
    pub async fn change_provider(
        &self,
        actor: &Actor,
        id: ProviderId,
        facts: Facts,
        key: Option<&str>,
    ) -> Deed<Provider> {
        let organisation = actor.organisation();
        let mut row = self.provider_row(organisation, id).await?;
        let seen = row.updated_at;
        let facts = facts.checked(|url| self.models.door().is_named(url))?;
        if row.active {
            facts.complete()?;
        }
        if facts.base_url != row.base_url && key.is_none() && Provider::from(&row).has_key {
            return Err(Refusal::invalid("A new address needs the key again.").into());
        }
        if let Some(key) = key {
            row.key = self.sealed_secret(organisation, id, key).await?;
        }
        fill(&mut row, facts);
        row.updated_at = self.later_than(seen);
        let provider = Provider::from(&row);
        self.write_provider(actor, "provider.change", id, rows::change(organisation, row, seen)).await?;
        Ok(provider)
    }

    /// Switches a provider on or off. Off is at once: the door is closed to it, also for a question that is on its way.
    pub async fn switch_provider(&self, actor: &Actor, id: ProviderId, on: bool) -> Deed<Provider> {
        let organisation = actor.organisation();
        let mut row = self.provider_row(organisation, id).await?;
        let seen = row.updated_at;
        if on {
            Provider::from(&row).facts.complete()?;
        }
        row.active = on;
        row.updated_at = self.later_than(seen);
        let provider = Provider::from(&row);
        let action = if on { "provider.on" } else { "provider.off" };
        self.write_provider(actor, action, id, rows::change(organisation, row, seen)).await?;
        Ok(provider)
    }

    /// Puts the providers into this order; all of them must be named.
    pub async fn order_providers(&self, actor: &Actor, order: &[ProviderId]) -> Deed<()> {
        let organisation = actor.organisation();
        let known = self.provider_rows(organisation).await?;
        let complete = known.len() == order.len() && known.iter().all(|row| order.contains(&row.id));
        if !complete {
            return Err(Refusal::invalid("The order must name every provider once.").into());
        }
        let audit = self.audit(actor, "provider.order", "organisation", &organisation.to_string());
        let places = order.iter().zip(0..).map(|(id, position)| rows::place(organisation, *id, position));
        let work = places.fold(Work::new(Fence::Organisation(organisation)), Work::with).with(audit);
        self.store.write(work).await?;
        Ok(())
    }

    /// Removes a provider and its key. What was spent there stays in the books.
    pub async fn remove_provider(&self, actor: &Actor, id: ProviderId) -> Deed<()> {
        let organisation = actor.organisation();
        self.provider_row(organisation, id).await?;
        self.write_provider(actor, "provider.remove", id, rows::remove(organisation, id)).await
    }

    /// Asks a provider for one word, with nobody's words. It must be declared fully: a trial leaves the server too.
    pub async fn try_provider(&self, actor: &Actor, id: ProviderId) -> Deed<Trial> {
        let organisation = actor.organisation();
        let row = self.provider_row(organisation, id).await?;
        Provider::from(&row).facts.complete()?;
        let client = self.new_client(organisation, &row).await?;
        client.declare();
        let begun = self.world.now();
        let turn = Turn { role: PromptRole::Visitor, text: Masked::own("Reply with the word OK.") };
        let ask = Ask::new(Prompt::compose(Masked::own("You are being tried out."), vec![turn])).within(64);
        let once = Patience { retries: 0, budget: Duration::from_secs(20), ..Patience::default() };
        let ledger = TrialLedger { desk: self.clone(), actor: actor.clone(), provider: id };
        let lineup = Lineup::new(vec![client], once, self.world.clone());
        let prices = HashMap::from([(id.to_string(), (row.price_in, row.price_out))]);
        let chosen = Chosen { lineup, prices, meter: Meter::default() };
        let outcome = chosen.lineup.ask(&ask.metered(&chosen.meter), &ledger).await.map(drop);
        if !row.active {
            self.models.forget(id);
        }
        self.book(organisation, &chosen).await?;
        let took_ms = i64::try_from(self.world.now().since(begun).as_millis()).unwrap_or(i64::MAX);
        let code = match &outcome {
            Ok(_) => "works",
            Err(nobody) => nobody.last().map_or("unreachable", |fault| fault.code()),
        };
        Ok(Trial { works: outcome.is_ok(), code, took_ms })
    }

    async fn write_provider(
        &self,
        actor: &Actor,
        action: &'static str,
        id: ProviderId,
        change: store::Statement,
    ) -> Deed<()> {
        let audit = self.audit(actor, action, "provider", &id.to_string());
        self.store.write(Work::new(Fence::Organisation(actor.organisation())).with(change).with(audit)).await?;
        // The next question makes a client of what stands there now.
        self.models.forget(id);
        Ok(())
    }

    async fn sealed_secret(&self, organisation: OrganisationId, id: ProviderId, key: &str) -> Deed<vault::Sealed> {
        let key = key.trim();
        if key.len() > 1_000 || !key.bytes().all(|letter| letter.is_ascii_graphic()) {
            return Err(Refusal::invalid("The key contains characters that no key has.").into());
        }
        if key.is_empty() {
            return Ok(vault::Sealed::from_column(Vec::new()));
        }
        let organisation_key = self.keyring.organisation(organisation).await?;
        Ok(secret_place(organisation, &id.to_string(), |place| organisation_key.seal(place, key))?)
    }

    /// Now, but never the same moment as the last change: a client made for that must be recognised as stale.
    fn later_than(&self, seen: Moment) -> Moment {
        self.world.now().max(seen.plus(Duration::from_millis(1)))
    }
}

fn fill(row: &mut ProviderRow, facts: Facts) {
    let Facts { dialect, name, base_url, model, recipient, country, mechanism, contract, retention, .. } = facts;
    (row.dialect, row.name, row.base_url, row.model, row.recipient) = (dialect, name, base_url, model, recipient);
    (row.country, row.mechanism, row.contract, row.retention) = (country, mechanism, contract, retention);
    (row.price_in, row.price_out) = (facts.price_in, facts.price_out);
}

/// Runs `with` on the place of a provider's key.
pub(crate) fn secret_place<T>(organisation: OrganisationId, row: &str, with: impl FnOnce(&Place<'_>) -> T) -> T {
    with(&Place { organisation, table: "provider", column: "key_sealed", row })
}

/// The ledger of a trial: no person is concerned, so a line in the audit log is the record.
struct TrialLedger {
    desk: Desk,
    actor: Actor,
    provider: ProviderId,
}

impl Ledger for TrialLedger {
    fn record<'a>(&'a self, _: Disclosure) -> BoxFuture<'a, Result<(), LedgerFault>> {
        Box::pin(async move {
            let line = self.desk.audit(&self.actor, "provider.try", "provider", &self.provider.to_string());
            let work = Work::new(Fence::Organisation(self.actor.organisation())).with(line);
            self.desk.store.write(work).await.map(drop).map_err(|_| LedgerFault)
        })
    }
}
