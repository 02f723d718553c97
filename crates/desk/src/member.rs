//! Members of the staff: how one joins, and how one is seen.

use model::{MemberId, Moment, OrganisationId, Refusal, Role};
use store::member::{self as rows, MemberRow};
use store::{Fence, StoreError, Work};
use vault::{KeyError, Personal, Place, normal_email};

use crate::{Deed, Desk, password};

/// Somebody about to join the staff. Has no `Debug`.
pub struct Newcomer {
    /// Her name, as customers will see it.
    pub name: Personal,
    /// Her sign-in address.
    pub email: Personal,
    /// Her password.
    pub password: Personal,
}

/// A member as colleagues see her. Has no `Debug`.
#[derive(Clone)]
pub struct MemberView {
    /// Her id.
    pub id: MemberId,
    /// Her name.
    pub name: Personal,
    /// Her sign-in address.
    pub email: Personal,
    /// What she may do.
    pub role: Role,
    /// Whether she is locked out.
    pub disabled: bool,
    /// Joined.
    pub created_at: Moment,
}

impl Newcomer {
    /// Refuses what cannot be a name, an address or a good password.
    pub(crate) fn check(&self) -> Result<(), Refusal> {
        let name = self.name.expose().trim();
        if name.is_empty() || name.chars().count() > 120 || name.chars().any(char::is_control) {
            return Err(Refusal::invalid("The name must have 1 to 120 characters on one line."));
        }
        check_email(&self.email)?;
        password::check(&self.password)
    }
}

/// An address is checked by writing to it; here only what no address is is refused.
fn check_email(email: &Personal) -> Result<(), Refusal> {
    let email = email.expose().trim();
    let parts = email.rsplit_once('@').filter(|(local, domain)| !local.is_empty() && !domain.is_empty());
    if parts.is_none() || email.len() > 254 || email.chars().any(|c| c.is_whitespace() || c.is_control()) {
        return Err(Refusal::invalid("The e-mail address must look like name@example.org."));
    }
    Ok(())
}

impl Desk {
    /// The newcomer joins with `role`; `follow` is committed with it (an invitation used up, the first session).
    pub async fn join(
        &self,
        organisation: OrganisationId,
        role: Role,
        newcomer: &Newcomer,
        follow: impl FnOnce(MemberId) -> Vec<store::Statement>,
    ) -> Deed<MemberId> {
        newcomer.check()?;
        let password_hash = password::hash(&self.world, &newcomer.password).await?;
        let id = MemberId::new(&self.world);
        let subject = id.to_string();
        let index = self.member_email_index(organisation, &newcomer.email).await?;
        let key = self.keyring.create(organisation, &subject).await?;
        let place = |column: &'static str| Place { organisation, table: "member", column, row: &subject };
        let row = MemberRow {
            id,
            organisation,
            email: key.seal(&place("email_sealed"), newcomer.email.expose().trim())?,
            name: key.seal(&place("name_sealed"), newcomer.name.expose().trim())?,
            password_hash,
            role,
            disabled_at: None,
            created_at: self.world.now(),
        };
        let work = Work::new(Fence::Organisation(organisation)).with(rows::insert(row, index)).extend(follow(id));
        match self.store.write(work).await {
            Ok(_) => Ok(id),
            Err(error) => {
                // Nobody joined: a key without a member would be a trace of somebody who is not here.
                self.keyring.shred(organisation, &subject).await?;
                Err(match error {
                    StoreError::Unique => {
                        Refusal::conflict("Somebody with this e-mail address is already here.").into()
                    }
                    StoreError::Guard { .. } => Refusal::conflict("This was already used.").into(),
                    error => error.into(),
                })
            }
        }
    }

    /// One member as colleagues see her; unknown ones and other organisations' are the same.
    pub async fn member(&self, organisation: OrganisationId, id: MemberId) -> Deed<MemberView> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        self.show_member(MemberRow::from_row(&row.ok_or_else(Refusal::not_found)?)?).await
    }

    /// The whole staff, the oldest member first.
    pub async fn members(&self, organisation: OrganisationId) -> Deed<Vec<MemberView>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::every(organisation)).await?;
        let mut members = Vec::with_capacity(found.len());
        for row in &found {
            members.push(self.show_member(MemberRow::from_row(row)?).await?);
        }
        Ok(members)
    }

    async fn show_member(&self, row: MemberRow) -> Deed<MemberView> {
        let organisation = row.organisation;
        let subject = row.id.to_string();
        let (name, email) = match self.keyring.subject(organisation, &subject).await {
            Ok(key) => {
                let place = |column: &'static str| Place { organisation, table: "member", column, row: &subject };
                (key.open(&place("name_sealed"), &row.name)?, key.open(&place("email_sealed"), &row.email)?)
            }
            // Erased: what she did stays, who she was does not.
            Err(KeyError::Absent) => (Personal::new(""), Personal::new("")),
            Err(error) => return Err(error.into()),
        };
        Ok(MemberView {
            id: row.id,
            name,
            email,
            role: row.role,
            disabled: row.disabled_at.is_some(),
            created_at: row.created_at,
        })
    }

    /// The blind index of a member's address.
    pub(crate) async fn member_email_index(&self, organisation: OrganisationId, email: &Personal) -> Deed<Vec<u8>> {
        let key = self.keyring.organisation(organisation).await?;
        Ok(key.blind("member.email", &normal_email(email.expose())))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn newcomer(name: &str, email: &str, password: &str) -> Newcomer {
        Newcomer { name: Personal::new(name), email: Personal::new(email), password: Personal::new(password) }
    }

    #[test]
    fn a_newcomer_needs_a_name_an_address_and_a_long_password() {
        let good = "correct horse battery";
        assert!(newcomer("Ana Duarte", "ana@shop.example", good).check().is_ok());
        for (name, email, password) in [
            ("", "ana@shop.example", good),
            ("Ana\nDuarte", "ana@shop.example", good),
            ("Ana", "ana", good),
            ("Ana", "@shop.example", good),
            ("Ana", "ana@", good),
            ("Ana", "a na@shop.example", good),
            ("Ana", "ana@shop.example", "short"),
            ("Ana", "ana@shop.example", &"x".repeat(257)),
        ] {
            assert!(newcomer(name, email, password).check().is_err(), "{name} {email}");
        }
    }
}
