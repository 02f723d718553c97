//! Who may do what: the permission is the type of a route's argument. A route that names none is public.

use std::marker::PhantomData;

use axum::extract::FromRequestParts;
use axum::http::request::Parts;
use axum::http::{Method, header};
use axum_extra::extract::CookieJar;
use model::{Actor, Kind, MemberId, OrganisationId, Refusal, Role, Scope, SessionId};

use super::error::Problem;
use super::limit::Rate;
use crate::state::App;

/// The cookie of the console.
pub const COOKIE: &str = "confidante_session";
/// The header that a form on a foreign page cannot send: proof that our own script asked.
pub const MARK: &str = "x-confidante";

const NOT_FOR_KEYS: &str = "This cannot be done with an API key.";

/// Something that may be done: by members from a role upwards, and by API keys with a scope, if any.
pub trait Right: Send + Sync + 'static {
    /// The least role.
    const ROLE: Role;
    /// The scope an API key needs; without one, no key may do it.
    const SCOPE: Option<Scope>;
}

macro_rules! rights {
    ($($(#[$doc:meta])* $name:ident = $role:ident, $scope:expr;)*) => {$(
        $(#[$doc])*
        pub struct $name;
        impl Right for $name {
            const ROLE: Role = Role::$role;
            const SCOPE: Option<Scope> = $scope;
        }
    )*};
}

rights! {
    /// Be somebody: see oneself, sign out, watch the desk.
    BeStaff = Viewer, None;
    /// Read conversations, people and files.
    ReadConversations = Viewer, Some(Scope::ReadConversations);
    /// Answer customers and change conversations.
    WriteConversations = Agent, Some(Scope::WriteConversations);
    /// Export and erase people.
    Privacy = Agent, Some(Scope::Privacy);
    /// Read sources and pages, try questions.
    ReadKnowledge = Viewer, Some(Scope::ReadKnowledge);
    /// Change sources and pages.
    WriteKnowledge = Admin, Some(Scope::WriteKnowledge);
    /// Change team, settings and keys.
    RunHouse = Admin, None;
    /// Take everything along, and end the organisation.
    OwnHouse = Owner, None;
}

/// Somebody who may do `R`, proved by a cookie or a key.
pub struct May<R> {
    /// Who.
    pub actor: Actor,
    right: PhantomData<fn() -> R>,
}

/// A signed-in member: what a cookie proves and a key never does.
#[derive(Clone, Copy)]
pub struct Seat {
    /// The employer.
    pub organisation: OrganisationId,
    /// The member.
    pub member: MemberId,
    /// What the member may do.
    pub role: Role,
    /// The browser.
    pub session: SessionId,
}

impl<R> May<R> {
    /// In whose house.
    pub fn organisation(&self) -> OrganisationId {
        self.actor.organisation()
    }

    /// The member who acts, where it cannot be a key.
    pub fn member(&self) -> Result<MemberId, Problem> {
        match self.actor {
            Actor::Member { member, .. } => Ok(member),
            _ => Err(forbidden(NOT_FOR_KEYS)),
        }
    }
}

impl<R: Right> FromRequestParts<App> for May<R> {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let actor = match bearer(parts) {
            Some(token) => key(app, token, R::SCOPE).await?,
            None => {
                let seat = seat(parts, app).await?;
                if seat.role < R::ROLE {
                    return Err(forbidden("Your role does not allow this."));
                }
                app.limits.take(Rate::Request, &seat.member)?;
                Actor::Member { organisation: seat.organisation, member: seat.member, role: seat.role }
            }
        };
        Ok(Self { actor, right: PhantomData })
    }
}

impl FromRequestParts<App> for Seat {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        match bearer(parts) {
            Some(token) => Err(key(app, token, None).await.err().unwrap_or_else(|| forbidden(NOT_FOR_KEYS))),
            None => seat(parts, app).await,
        }
    }
}

/// The request came from our own page: needed wherever a cookie is given or believed and something changes.
pub struct OurPage;

impl FromRequestParts<App> for OurPage {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        from_our_page(parts, app).map(|()| Self)
    }
}

/// The token after `Authorization: Bearer`.
pub fn bearer(parts: &Parts) -> Option<&str> {
    let value = parts.headers.get(header::AUTHORIZATION)?.to_str().ok()?;
    let (scheme, token) = value.split_once(' ')?;
    scheme.eq_ignore_ascii_case("bearer").then(|| token.trim())
}

async fn key(app: &App, token: &str, scope: Option<Scope>) -> Result<Actor, Problem> {
    let key = app.desk.key_holder(token).await?;
    app.limits.take(Rate::Request, &key.id)?;
    match scope {
        Some(scope) if key.scopes.contains(&scope) => Ok(Actor::ApiKey { organisation: key.organisation, key: key.id }),
        Some(_) => Err(forbidden("This API key does not have the scope for this.")),
        None => Err(forbidden(NOT_FOR_KEYS)),
    }
}

async fn seat(parts: &Parts, app: &App) -> Result<Seat, Problem> {
    let jar = CookieJar::from_headers(&parts.headers);
    let token = jar.get(COOKIE).map(|cookie| cookie.value()).ok_or_else(Refusal::sign_in_needed)?;
    if !matches!(parts.method, Method::GET | Method::HEAD) {
        from_our_page(parts, app)?;
    }
    let signed = app.desk.signed_in(token).await?;
    Ok(Seat { organisation: signed.organisation, member: signed.member, role: signed.role, session: signed.session })
}

/// A foreign page can neither send our header without asking first (there is no answer to its asking), nor hide its origin.
fn from_our_page(parts: &Parts, app: &App) -> Result<(), Problem> {
    if parts.headers.get(MARK).is_none_or(|value| value != "1") {
        return Err(forbidden("This request did not come from the console."));
    }
    let Some(origin) = parts.headers.get(header::ORIGIN) else { return Ok(()) };
    let host = parts.headers.get(header::HOST).and_then(|host| host.to_str().ok()).unwrap_or_default();
    let scheme = if app.config.is_https() { "https" } else { "http" };
    if origin == app.config.origin().as_str() || origin == format!("{scheme}://{host}").as_str() {
        return Ok(());
    }
    Err(forbidden("This request came from another website."))
}

fn forbidden(sentence: &'static str) -> Problem {
    Refusal::new(Kind::Forbidden, sentence).into()
}
