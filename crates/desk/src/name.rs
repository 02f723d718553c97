//! The names of the staff, opened for those who talk with them.

use model::{MemberId, OrganisationId};
use store::Fence;
use vault::{KeyError, Personal, Place};

use crate::{Deed, Desk};

impl Desk {
    /// The name of a member; `None` for nobody, for an unknown one, and for one whose key is gone.
    pub async fn member_name(&self, organisation: OrganisationId, member: Option<MemberId>) -> Deed<Option<Personal>> {
        let Some(member) = member else { return Ok(None) };
        let found =
            self.store.one(Fence::Organisation(organisation), store::member::by_id(organisation, member)).await?;
        let Some(row) = found else { return Ok(None) };
        let subject = member.to_string();
        let key = match self.keyring.subject(organisation, &subject).await {
            Ok(key) => key,
            Err(KeyError::Absent) => return Ok(None),
            Err(error) => return Err(error.into()),
        };
        let place = Place { organisation, table: "member", column: "name_sealed", row: &subject };
        Ok(Some(key.open(&place, &row.sealed("name_sealed")?)?))
    }
}
