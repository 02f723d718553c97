//! Organisations: founding one, and finding one by the public key in its snippet.

use data_encoding::HEXLOWER;
use model::{OrganisationId, Refusal};
use store::organisation::{self as rows, OrganisationRow};
use store::{Fence, Work};

use crate::setting::Settings;
use crate::{Deed, Desk, Fault};

/// An organisation with its settings opened.
#[derive(Clone)]
pub struct Organisation {
    /// Its id.
    pub id: OrganisationId,
    /// Its name, as visitors see it.
    pub name: String,
    /// The public key in its snippet.
    pub widget_key: String,
    /// Its settings.
    pub settings: Settings,
    /// The same as they were read: whoever changes them says so, and does not undo what somebody else changed meanwhile.
    pub(crate) read: String,
}

impl Organisation {
    fn from_row(row: OrganisationRow) -> Deed<Self> {
        let settings = serde_json::from_str(&row.settings).map_err(|_| Fault::broken("settings of an organisation"))?;
        Ok(Self { id: row.id, name: row.name, widget_key: row.widget_key, settings, read: row.settings })
    }
}

impl Desk {
    /// Founds an organisation with a key of its own and the safest settings.
    pub async fn found(&self, name: &str, settings: Settings) -> Deed<Organisation> {
        let name = checked_name(name)?;
        let id = OrganisationId::new(&self.world);
        let widget_key = format!("wk_{}", HEXLOWER.encode(&self.world.random::<12>()));
        let read = settings.to_column()?;
        let row = OrganisationRow {
            id,
            name: name.clone(),
            widget_key: widget_key.clone(),
            settings: read.clone(),
            created_at: self.world.now(),
        };
        self.keyring.create_organisation(id).await?;
        let work = Work::new(Fence::Organisation(id)).with(rows::insert(row));
        let duties = [
            privacy::retain::enqueue(&self.world, id),
            privacy::audit::enqueue(&self.world, id),
            privacy::promise::enqueue(&self.world, id),
        ];
        self.store.write(work.extend(duties)).await?;
        self.bell.ring();
        Ok(Organisation { id, name, widget_key, settings, read })
    }

    /// One organisation.
    pub async fn organisation(&self, id: OrganisationId) -> Deed<Organisation> {
        let row = self.store.one(Fence::Organisation(id), rows::by_id(id)).await?.ok_or_else(Refusal::not_found)?;
        Organisation::from_row(OrganisationRow::from_row(&row)?)
    }

    /// Whose widget this is; an unknown key is like an unknown address.
    pub async fn organisation_of_widget(&self, widget_key: &str) -> Deed<Organisation> {
        let row =
            self.store.one(Fence::House, rows::by_widget_key(widget_key)).await?.ok_or_else(Refusal::not_found)?;
        Organisation::from_row(OrganisationRow::from_row(&row)?)
    }

    /// The websites that may show this widget; nothing for an unknown key.
    pub async fn shop_websites(&self, widget_key: &str) -> Deed<Option<Vec<String>>> {
        let row = self.store.one(Fence::House, rows::by_widget_key(widget_key)).await?;
        let Some(row) = row else { return Ok(None) };
        Ok(Some(Organisation::from_row(OrganisationRow::from_row(&row)?)?.settings.domains))
    }

    /// Every organisation of this installation, the oldest first.
    pub async fn organisations(&self) -> Deed<Vec<Organisation>> {
        let found = self.store.all(Fence::House, rows::every()).await?;
        found.iter().map(|row| Organisation::from_row(OrganisationRow::from_row(row)?)).collect()
    }
}

/// The name of an organisation: one line that is not too long.
pub(crate) fn checked_name(name: &str) -> Result<String, Refusal> {
    let name = name.trim();
    if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
        return Err(Refusal::invalid("The organisation's name must have 1 to 120 characters on one line."));
    }
    Ok(name.to_owned())
}
