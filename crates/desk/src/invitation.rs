//! Invitations to join the staff: a link that names nobody, good once and for a week.

use std::time::Duration;

use model::{Actor, InvitationId, Kind, MemberId, Moment, OrganisationId, Refusal, Role};
use store::invitation::{self as rows, InvitationRow};
use store::{Fence, StoreError, Work};

use crate::member::Newcomer;
use crate::sign_in::SignedIn;
use crate::team::may_name;
use crate::{Deed, Desk, token};

/// How long an invitation is good.
pub const GOOD_FOR: Duration = Duration::from_secs(7 * 24 * 60 * 60);

/// An open invitation.
pub struct Invitation {
    /// Its id.
    pub id: InvitationId,
    /// As what.
    pub role: Role,
    /// Since when.
    pub created_at: Moment,
    /// Until when.
    pub expires_at: Moment,
}

impl From<InvitationRow> for Invitation {
    fn from(row: InvitationRow) -> Self {
        Self { id: row.id, role: row.role, created_at: row.created_at, expires_at: row.expires_at }
    }
}

impl Desk {
    /// Invites somebody; the token is shown this once. Only owners invite owners.
    pub async fn invite(&self, actor: &Actor, by: MemberId, role: Role) -> Deed<(Invitation, String)> {
        may_name(actor, role)?;
        let organisation = actor.organisation();
        let (token, hash) = token::fresh(&self.world, "in_");
        let created_at = self.world.now();
        let id = InvitationId::new(&self.world);
        let row = InvitationRow { id, organisation, role, created_at, expires_at: created_at.plus(GOOD_FOR) };
        let work = Work::new(Fence::Organisation(organisation))
            .with(rows::sweep(organisation, created_at))
            .with(rows::insert(&row, by, hash))
            .with(self.audit(actor, "invitation.issue", "invitation", &id.to_string()));
        self.store.write(work).await?;
        Ok((row.into(), token))
    }

    /// The invitations that are still good.
    pub async fn invitations(&self, organisation: OrganisationId) -> Deed<Vec<Invitation>> {
        let open = rows::open(organisation, self.world.now());
        let found = self.store.all(Fence::Organisation(organisation), open).await?;
        found.iter().map(|row| Ok(InvitationRow::from_row(row)?.into())).collect()
    }

    /// Takes an invitation back.
    pub async fn withdraw_invitation(&self, actor: &Actor, id: InvitationId) -> Deed<()> {
        let organisation = actor.organisation();
        let work = Work::new(Fence::Organisation(organisation)).with(rows::take(organisation, id)).with(self.audit(
            actor,
            "invitation.withdraw",
            "invitation",
            &id.to_string(),
        ));
        match self.store.write(work).await {
            Ok(_) => Ok(()),
            Err(StoreError::Guard { .. }) => Err(Refusal::not_found().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// Uses an invitation up: its holder joins and is signed in.
    pub async fn accept_invitation(&self, token: &str, newcomer: &Newcomer) -> Deed<SignedIn> {
        newcomer.check()?;
        let row = self.store.one(Fence::House, rows::by_token(token::hashed(token))).await?;
        let row = row.as_ref().map(InvitationRow::from_row).transpose()?;
        let Some(row) = row.filter(|row| row.expires_at > self.world.now()) else {
            return Err(
                Refusal::new(Kind::NotFound, "This invitation is not valid any more. Ask for a new one.").into()
            );
        };
        let mut token = String::new();
        let member = self
            .join(row.organisation, row.role, newcomer, |member| {
                let (fresh, session) = self.new_session(row.organisation, member);
                token = fresh;
                vec![rows::take(row.organisation, row.id), session]
            })
            .await?;
        Ok(SignedIn { organisation: row.organisation, member, token })
    }
}
