//! Who may change whom: only owners make, change or lock out owners, and the last owner stays.

use model::{Actor, Kind, MemberId, OrganisationId, Refusal, Role};
use store::member::{self as rows, MemberRow};
use store::{Fence, StoreError, Work, session};

use crate::member::MemberView;
use crate::{Deed, Desk};

/// A change of a member; `None` leaves it as it is.
#[derive(Clone, Copy, Default)]
pub struct MemberChange {
    /// Another role.
    pub role: Option<Role>,
    /// Locked out, or let in again.
    pub disabled: Option<bool>,
}

/// Only owners name owners.
pub(crate) fn may_name(actor: &Actor, role: Role) -> Result<(), Refusal> {
    match actor {
        Actor::Member { role: Role::Owner, .. } => Ok(()),
        Actor::Member { role: Role::Admin, .. } if role != Role::Owner => Ok(()),
        _ => Err(Refusal::new(Kind::Forbidden, "Only an owner may do this.")),
    }
}

impl Desk {
    /// Changes a member's role or locks her out; her browsers are signed out with it.
    pub async fn change_member(&self, actor: &Actor, id: MemberId, change: MemberChange) -> Deed<MemberView> {
        let organisation = actor.organisation();
        let row = self.member_row(organisation, id).await?;
        may_name(actor, row.role)?;
        if let Some(role) = change.role {
            may_name(actor, role)?;
        }
        if change.disabled == Some(true) && matches!(actor, Actor::Member { member, .. } if *member == id) {
            return Err(Refusal::conflict("You cannot lock yourself out.").into());
        }
        let subject = id.to_string();
        let mut work = Work::new(Fence::Organisation(organisation));
        if let Some(role) = change.role.filter(|role| *role != row.role) {
            work = work.with(rows::set_role(organisation, id, row.role, role));
            work = work.with(self.audit(actor, "member.role", "member", &subject));
        }
        match change.disabled {
            Some(true) => {
                work = work.with(rows::set_disabled(organisation, id, Some(self.world.now())));
                work = work.with(session::end_of_member(organisation, id));
                work = work.with(self.audit(actor, "member.disable", "member", &subject));
            }
            Some(false) => {
                work = work.with(rows::set_disabled(organisation, id, None));
                work = work.with(self.audit(actor, "member.enable", "member", &subject));
            }
            None => {}
        }
        match self.store.write(work).await {
            Ok(_) => self.member(organisation, id).await,
            Err(StoreError::Guard { .. }) => {
                Err(Refusal::conflict("The last owner must stay. Name another owner first.").into())
            }
            Err(error) => Err(error.into()),
        }
    }

    async fn member_row(&self, organisation: OrganisationId, id: MemberId) -> Deed<MemberRow> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        Ok(MemberRow::from_row(&row.ok_or_else(Refusal::not_found)?)?)
    }
}

#[cfg(test)]
mod tests {
    use model::World;

    use super::*;

    fn by(role: Role, world: &World) -> Actor {
        Actor::Member { organisation: OrganisationId::new(world), member: MemberId::new(world), role }
    }

    struct Still;
    impl model::Clock for Still {
        fn now(&self) -> model::Moment {
            model::Moment::from_millis(1)
        }
    }
    impl model::Chance for Still {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(1);
        }
    }

    #[test]
    fn only_owners_name_owners_and_nobody_below_admin_names_anybody() {
        let world = World { clock: std::sync::Arc::new(Still), chance: std::sync::Arc::new(Still) };
        for named in [Role::Viewer, Role::Agent, Role::Admin, Role::Owner] {
            assert!(may_name(&by(Role::Owner, &world), named).is_ok());
            assert_eq!(may_name(&by(Role::Admin, &world), named).is_ok(), named != Role::Owner);
            assert!(may_name(&by(Role::Agent, &world), named).is_err());
            assert!(may_name(&Actor::House { organisation: OrganisationId::new(&world) }, named).is_err());
        }
    }
}
