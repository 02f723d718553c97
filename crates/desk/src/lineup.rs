//! Which models answer for an organisation: its own providers in their order, or the one the operator has configured.

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{Moment, OrganisationId, ProviderId, World};
use outside::model::{ApiKey, Client, Dialect, Lineup, Meter, ModelConfig, Patience};
use outside::{Door, Recipient};
use store::provider::ProviderRow;

use crate::provider::secret_place;
use crate::{Deed, Desk, Fault};

/// What the operator's model is called in the books.
pub const OPERATOR: &str = "operator";

/// The models of this server. Cloning it gives another handle to the same ones.
#[derive(Clone)]
pub struct Models(Arc<Inner>);

struct Inner {
    door: Door,
    world: World,
    operator: Option<Client>,
    patience: Patience,
    /// Clients in use, each as its provider was when it was made.
    clients: Mutex<HashMap<ProviderId, (OrganisationId, Moment, Client)>>,
    /// How many questions are being asked right now, where there are any.
    under_way: Mutex<HashMap<OrganisationId, i64>>,
}

/// A question that a model of this organisation may be asked now; until it is dropped, the next ones reckon with what it may cost.
pub(crate) struct UnderWay {
    models: Models,
    organisation: OrganisationId,
    /// How many others were under way when it began.
    pub(crate) others: i64,
}

impl Drop for UnderWay {
    fn drop(&mut self) {
        let mut under_way = self.models.under_way();
        if let Some(many) = under_way.get_mut(&self.organisation) {
            *many -= 1;
        }
        under_way.retain(|_, many| *many > 0);
    }
}

/// Who answers for one organisation.
pub struct Chosen {
    /// In this order.
    pub lineup: Lineup,
    /// By declared name: minor units of money for a million tokens in and out.
    pub prices: HashMap<String, (i64, i64)>,
    /// What they have cost since it was last booked.
    pub meter: Meter,
}

impl Models {
    /// No model yet. Providers are reached through `door`, which refuses private addresses the operator does not name.
    pub fn new(door: Door, world: World) -> Self {
        Self::with(door, world, None, Patience::default())
    }

    /// The operator's own model answers wherever an organisation has none.
    pub fn with(door: Door, world: World, operator: Option<Client>, patience: Patience) -> Self {
        Self(Arc::new(Inner {
            door,
            world,
            operator,
            patience,
            clients: Mutex::default(),
            under_way: Mutex::default(),
        }))
    }

    /// The operator's model.
    pub fn operator(&self) -> Option<&Client> {
        self.0.operator.as_ref()
    }

    /// The door to the providers.
    pub(crate) fn door(&self) -> &Door {
        &self.0.door
    }

    fn clients(&self) -> MutexGuard<'_, HashMap<ProviderId, (OrganisationId, Moment, Client)>> {
        self.0.clients.lock().unwrap_or_else(PoisonError::into_inner)
    }

    fn under_way(&self) -> MutexGuard<'_, HashMap<OrganisationId, i64>> {
        self.0.under_way.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Counts a question in.
    pub(crate) fn begin(&self, organisation: OrganisationId) -> UnderWay {
        let mut under_way = self.under_way();
        let many = under_way.entry(organisation).or_default();
        *many += 1;
        UnderWay { models: self.clone(), organisation, others: *many - 1 }
    }

    /// Closes the door to a provider; whoever still holds its client is refused.
    pub(crate) fn forget(&self, id: ProviderId) {
        self.clients().remove(&id);
        self.0.door.withdraw_provider(&id.to_string());
    }

    /// Closes the door to every provider of the organisation that is not among these: another machine may have switched it off.
    fn keep_only(&self, organisation: OrganisationId, active: &[ProviderId]) {
        let known = self.clients();
        let gone = known.iter().filter(|(id, (whose, ..))| *whose == organisation && !active.contains(id));
        let gone: Vec<ProviderId> = gone.map(|(id, _)| *id).collect();
        drop(known);
        gone.into_iter().for_each(|id| self.forget(id));
    }

    fn known(&self, row: &ProviderRow) -> Option<Client> {
        let known = self.clients();
        known.get(&row.id).filter(|(_, at, _)| *at == row.updated_at).map(|(.., client)| client.clone())
    }
}

impl Desk {
    /// Who answers for this organisation; nobody means that the built-in answerer quotes.
    pub(crate) async fn lineup(&self, organisation: OrganisationId) -> Deed<Option<Chosen>> {
        let rows = self.active_providers(organisation).await?;
        let mut clients = Vec::new();
        let mut prices = HashMap::new();
        for row in &rows {
            match self.client(organisation, row).await {
                Ok(client) => {
                    prices.insert(row.id.to_string(), (row.price_in, row.price_out));
                    clients.push(client);
                }
                Err(fault) => tracing::warn!(?fault, "a provider cannot be used"),
            }
        }
        if rows.is_empty() {
            clients.extend(self.models.operator().cloned());
        }
        let lineup = Lineup::new(clients, self.models.0.patience, self.models.0.world.clone());
        Ok((!lineup.clients().is_empty()).then_some(Chosen { lineup, prices, meter: Meter::default() }))
    }

    /// Only this provider, if it is switched on.
    pub(crate) async fn only(&self, organisation: OrganisationId, id: ProviderId) -> Deed<Option<Chosen>> {
        let rows = self.active_providers(organisation).await?;
        let Some(row) = rows.iter().find(|row| row.id == id) else { return Ok(None) };
        let prices = HashMap::from([(row.id.to_string(), (row.price_in, row.price_out))]);
        let clients = vec![self.client(organisation, row).await?];
        let lineup = Lineup::new(clients, self.models.0.patience, self.models.0.world.clone());
        Ok(Some(Chosen { lineup, prices, meter: Meter::default() }))
    }

    /// Who may receive masked words of this organisation's visitors, in the order in which they are asked.
    pub async fn recipients(&self, organisation: OrganisationId) -> Deed<Vec<Recipient>> {
        let rows = self.active_providers(organisation).await?;
        if rows.is_empty() {
            return Ok(self.models.operator().map(|client| client.recipient().clone()).into_iter().collect());
        }
        Ok(rows.iter().map(recipient).collect())
    }

    /// The providers that are switched on; the door is closed to all others.
    async fn active_providers(&self, organisation: OrganisationId) -> Deed<Vec<ProviderRow>> {
        let rows: Vec<ProviderRow> = self.provider_rows(organisation).await?;
        let rows: Vec<ProviderRow> = rows.into_iter().filter(|row| row.active).collect();
        let ids: Vec<ProviderId> = rows.iter().map(|row| row.id).collect();
        self.models.keep_only(organisation, &ids);
        Ok(rows)
    }

    /// The client of an active provider. Making it declares the recipient at the door.
    async fn client(&self, organisation: OrganisationId, row: &ProviderRow) -> Deed<Client> {
        if let Some(client) = self.models.known(row) {
            return Ok(client);
        }
        let client = self.new_client(organisation, row).await?;
        client.declare();
        self.models.clients().insert(row.id, (organisation, row.updated_at, client.clone()));
        Ok(client)
    }

    /// A client that is not declared: the door does not let it pass yet.
    pub(crate) async fn new_client(&self, organisation: OrganisationId, row: &ProviderRow) -> Deed<Client> {
        let dialect = Dialect::named(&row.dialect).ok_or_else(|| Fault::broken("a provider without a dialect"))?;
        let mut config = ModelConfig::new(&row.base_url, &row.model, recipient(row));
        config.declared_as = row.id.to_string();
        config.dialect = dialect;
        if !row.key.as_column().is_empty() {
            let key = self.keyring.organisation(organisation).await?;
            let secret = secret_place(organisation, &row.id.to_string(), |place| key.open(place, &row.key))?;
            config.api_key = Some(ApiKey::new(secret.expose()));
        }
        Client::new(&self.models.0.door, config)
            .map_err(|_| Fault::broken("a provider that cannot be reached like this"))
    }
}

fn recipient(row: &ProviderRow) -> Recipient {
    Recipient {
        name: row.recipient.clone().into(),
        country: row.country.clone().into(),
        purpose: "essential.service.operations.support".into(),
        transfer: row.mechanism.clone().into(),
        contract: row.contract.clone().into(),
    }
}
