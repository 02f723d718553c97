//! The first run: whoever reads the link printed at start founds the organisation and becomes its owner. Once.

use std::sync::{Mutex, PoisonError};

use aws_lc_rs::constant_time::verify_slices_are_equal;
use model::{Kind, OrganisationId, Refusal, Role};
use store::{Fence, Work, member, organisation as rows};

use crate::member::Newcomer;
use crate::organisation::checked_name;
use crate::setting::Settings;
use crate::sign_in::SignedIn;
use crate::{Deed, Desk, token};

/// The door for the first owner: open with one token until it was used. Only the token's hash is in memory.
#[derive(Default)]
pub struct SetupGate {
    hash: Mutex<Option<Vec<u8>>>,
}

impl SetupGate {
    /// Takes the token's hash out if it is the right one: two people at the door at once do not both get in.
    fn take(&self, token: &str) -> Option<Vec<u8>> {
        let mut hash = self.hash.lock().unwrap_or_else(PoisonError::into_inner);
        let right = hash.as_ref().is_some_and(|hash| verify_slices_are_equal(hash, &token::hashed(token)).is_ok());
        if right { hash.take() } else { None }
    }

    fn put_back(&self, hash: Vec<u8>) {
        *self.hash.lock().unwrap_or_else(PoisonError::into_inner) = Some(hash);
    }
}

impl Desk {
    /// Whether the house has an owner.
    pub async fn is_set_up(&self) -> Deed<bool> {
        Ok(self.store.one(Fence::House, member::owner_anywhere()).await?.is_some())
    }

    /// The gate and, while there is no owner, the token to print.
    pub async fn setup_gate(&self) -> Deed<(SetupGate, Option<String>)> {
        if self.is_set_up().await? {
            return Ok((SetupGate::default(), None));
        }
        let (token, hash) = token::fresh(&self.world, "");
        Ok((SetupGate { hash: Mutex::new(Some(hash)) }, Some(token)))
    }

    /// Founds the organisation (or takes over one that has no staff yet, such as the demo's) and signs its owner in.
    pub async fn set_up(&self, gate: &SetupGate, token: &str, organisation: &str, owner: &Newcomer) -> Deed<SignedIn> {
        owner.check()?;
        let name = checked_name(organisation)?;
        let Some(hash) = gate.take(token) else {
            return Err(Refusal::new(
                Kind::Forbidden,
                "This set-up link is not valid. Use the one printed at the last start.",
            )
            .into());
        };
        let done = self.first_owner(&name, owner).await;
        if done.is_err() {
            gate.put_back(hash);
        }
        done
    }

    async fn first_owner(&self, name: &str, owner: &Newcomer) -> Deed<SignedIn> {
        if self.is_set_up().await? {
            return Err(Refusal::conflict("This server is set up already.").into());
        }
        let organisation = self.house_without_staff(name).await?;
        let mut token = String::new();
        let member = self
            .join(organisation, Role::Owner, owner, |member| {
                let (fresh, session) = self.new_session(organisation, member);
                token = fresh;
                vec![session]
            })
            .await?;
        Ok(SignedIn { organisation, member, token })
    }

    async fn house_without_staff(&self, name: &str) -> Deed<OrganisationId> {
        let Some(first) = self.organisations().await?.into_iter().next() else {
            return Ok(self.found(name, Settings::default()).await?.id);
        };
        let change = rows::change(first.id, &first.read, name, &first.settings.to_column()?);
        self.store.write(Work::new(Fence::Organisation(first.id)).with(change)).await?;
        Ok(first.id)
    }
}
