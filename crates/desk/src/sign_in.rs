//! Signing in and out. The cookie holds 256 random bits; only their hash is kept, 12 hours idle, 14 days at most.

use std::time::Duration;

use model::{Kind, MemberId, OrganisationId, Refusal, Role, SessionId};
use store::member::{self, MemberRow};
use store::session::{self as rows, NewSession, SessionRow};
use store::{Fence, Statement, Work};
use vault::Personal;

use crate::{Deed, Desk, password, token};

/// A browser that is not used for this long is signed out.
pub const IDLE: Duration = Duration::from_secs(12 * 60 * 60);
/// A browser is signed out after this long in any case.
pub const LONGEST: Duration = Duration::from_secs(14 * 24 * 60 * 60);
/// `last_seen_at` is written at most this often.
const SEEN_EVERY: Duration = Duration::from_secs(5 * 60);

/// A browser that has just signed in. The token is given to it once.
pub struct SignedIn {
    /// The employer.
    pub organisation: OrganisationId,
    /// The member.
    pub member: MemberId,
    /// The content of the cookie.
    pub token: String,
}

/// Who sits behind a cookie.
#[derive(Clone, Copy)]
pub struct Session {
    /// Its id.
    pub session: SessionId,
    /// The employer.
    pub organisation: OrganisationId,
    /// The member.
    pub member: MemberId,
    /// What she may do right now.
    pub role: Role,
}

impl Desk {
    /// Signs in. Unknown address, wrong password and locked-out member are one answer, after one hash each.
    pub async fn sign_in(&self, email: &Personal, secret: &Personal) -> Deed<SignedIn> {
        let mut found: Option<MemberRow> = None;
        for organisation in self.organisations().await? {
            let index = self.member_email_index(organisation.id, email).await?;
            let row =
                self.store.one(Fence::Organisation(organisation.id), member::by_email(organisation.id, index)).await?;
            if let Some(row) = row {
                found = Some(MemberRow::from_row(&row)?);
                break;
            }
        }
        let hash = found.as_ref().map(|row| row.password_hash.clone());
        let right = password::matches(hash, secret).await?;
        let Some(row) = found.filter(|row| right && row.disabled_at.is_none()) else {
            return Err(Refusal::new(Kind::WrongCredentials, "E-mail address or password do not match.").into());
        };
        let (token, session) = self.new_session(row.organisation, row.id);
        let now = self.world.now();
        let work = Work::new(Fence::Organisation(row.organisation)).with(session).with(rows::sweep(
            row.organisation,
            now,
            now.minus(IDLE),
        ));
        self.store.write(work).await?;
        Ok(SignedIn { organisation: row.organisation, member: row.id, token })
    }

    /// A session about to begin: the token for the cookie, and the statement that keeps its hash.
    pub(crate) fn new_session(&self, organisation: OrganisationId, member: MemberId) -> (String, Statement) {
        let (token, token_hash) = token::fresh(&self.world, "");
        let at = self.world.now();
        let id = SessionId::new(&self.world);
        (token, rows::insert(organisation, NewSession { id, member, token_hash, at, expires_at: at.plus(LONGEST) }))
    }

    /// Who sits behind this cookie.
    pub async fn signed_in(&self, token: &str) -> Deed<Session> {
        let row = self.store.one(Fence::House, rows::by_token(token::hashed(token))).await?;
        let row = SessionRow::from_row(&row.ok_or_else(Refusal::sign_in_needed)?)?;
        let now = self.world.now();
        let idle = now.since(row.last_seen_at);
        if now >= row.expires_at || idle >= IDLE {
            self.sign_out(row.organisation, row.id).await?;
            return Err(Refusal::sign_in_needed().into());
        }
        if idle >= SEEN_EVERY {
            let seen = rows::seen(row.organisation, row.id, now);
            self.store.write(Work::new(Fence::Organisation(row.organisation)).with(seen)).await?;
        }
        Ok(Session { session: row.id, organisation: row.organisation, member: row.member, role: row.role })
    }

    /// Whether this token still proves somebody; listening is no sign that the member is still there.
    pub async fn is_signed_in(&self, token: &str) -> Deed<bool> {
        let Some(row) = self.store.one(Fence::House, rows::by_token(token::hashed(token))).await? else {
            return Ok(false);
        };
        let row = SessionRow::from_row(&row)?;
        let now = self.world.now();
        Ok(now < row.expires_at && now.since(row.last_seen_at) < IDLE)
    }

    /// Signs one browser out.
    pub async fn sign_out(&self, organisation: OrganisationId, session: SessionId) -> Deed<()> {
        let work = Work::new(Fence::Organisation(organisation)).with(rows::end(organisation, session));
        self.store.write(work).await?;
        Ok(())
    }
}
