//! The staff: members, roles, invitations.

use axum::Json;
use axum::extract::State;
use axum::http::StatusCode;
use axum_extra::extract::CookieJar;
use desk::invitation::Invitation;
use desk::member::{MemberView, Newcomer};
use desk::team::MemberChange;
use model::{InvitationId, MemberId, Moment, Role};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};
use vault::Personal;

use super::body::{Body, Id};
use super::cookie;
use super::error::Answer;
use super::limit::{Network, Rate};
use super::may::{BeStaff, May, OurPage, RunHouse};
use super::me::Me;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(team))
        .routes(routes!(invite))
        .routes(routes!(withdraw))
        .routes(routes!(change))
        .routes(routes!(accept))
}

/// What a member may do; each includes the ones before it.
#[derive(ToSchema)]
#[schema(rename_all = "lowercase", as = Role)]
#[expect(dead_code, reason = "names the words of model::Role in the OpenAPI document")]
pub enum RoleWord {
    /// Reads conversations and knowledge.
    Viewer,
    /// Answers customers, exports and erases them.
    Agent,
    /// Also knowledge, settings, team and keys.
    Admin,
    /// Also owners.
    Owner,
}

/// The staff and the open invitations.
#[derive(Serialize, ToSchema)]
struct Team {
    members: Vec<TeamMember>,
    invitations: Vec<OpenInvitation>,
}

/// A member of the staff.
#[derive(Serialize, ToSchema)]
struct TeamMember {
    #[schema(value_type = String)]
    id: MemberId,
    name: String,
    email: String,
    #[schema(value_type = RoleWord)]
    role: Role,
    /// Locked out.
    disabled: bool,
    #[schema(value_type = i64)]
    created_at: Moment,
}

/// An invitation that is still good.
#[derive(Serialize, ToSchema)]
struct OpenInvitation {
    #[schema(value_type = String)]
    id: InvitationId,
    #[schema(value_type = RoleWord)]
    role: Role,
    #[schema(value_type = i64)]
    created_at: Moment,
    #[schema(value_type = i64)]
    expires_at: Moment,
}

/// As what somebody is invited.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Invite {
    #[schema(value_type = RoleWord)]
    role: Role,
}

/// A new invitation, with the link that is shown this once.
#[derive(Serialize, ToSchema)]
struct Invited {
    #[schema(value_type = String)]
    id: InvitationId,
    link: String,
    #[schema(value_type = i64)]
    expires_at: Moment,
}

/// A change of a member; what is left out stays as it is.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct ChangeMember {
    #[schema(value_type = Option<RoleWord>)]
    role: Option<Role>,
    disabled: Option<bool>,
}

/// Somebody who uses an invitation.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Accept {
    /// From the link.
    token: String,
    name: String,
    email: String,
    /// At least 12 characters.
    #[schema(min_length = 12)]
    password: String,
}

impl From<MemberView> for TeamMember {
    fn from(view: MemberView) -> Self {
        Self {
            id: view.id,
            name: view.name.expose().to_owned(),
            email: view.email.expose().to_owned(),
            role: view.role,
            disabled: view.disabled,
            created_at: view.created_at,
        }
    }
}

impl From<Invitation> for OpenInvitation {
    fn from(open: Invitation) -> Self {
        Self { id: open.id, role: open.role, created_at: open.created_at, expires_at: open.expires_at }
    }
}

/// The staff and the open invitations.
#[utoipa::path(get, path = "/v1/team", tag = "team", responses((status = 200, body = Team)))]
async fn team(State(app): State<App>, may: May<BeStaff>) -> Answer<Json<Team>> {
    let members = app.desk.members(may.organisation()).await?;
    let invitations = app.desk.invitations(may.organisation()).await?;
    Ok(Json(Team {
        members: members.into_iter().map(TeamMember::from).collect(),
        invitations: invitations.into_iter().map(OpenInvitation::from).collect(),
    }))
}

/// Invites somebody. Only owners invite owners.
#[utoipa::path(post, path = "/v1/team/invitations", tag = "team", request_body = Invite, responses((status = 201, body = Invited)))]
async fn invite(
    State(app): State<App>,
    may: May<RunHouse>,
    Body(given): Body<Invite>,
) -> Answer<(StatusCode, Json<Invited>)> {
    let (open, token) = app.desk.invite(&may.actor, may.member()?, given.role).await?;
    let link = format!("{}/console/invite#token={token}", app.config.origin());
    Ok((StatusCode::CREATED, Json(Invited { id: open.id, link, expires_at: open.expires_at })))
}

/// Takes an invitation back.
#[utoipa::path(delete, path = "/v1/team/invitations/{id}", tag = "team", params(("id" = String, Path)), responses((status = 204, description = "Taken back")))]
async fn withdraw(State(app): State<App>, may: May<RunHouse>, Id(id): Id<InvitationId>) -> Answer<StatusCode> {
    app.desk.withdraw_invitation(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Changes a member's role or locks her out.
#[utoipa::path(patch, path = "/v1/team/members/{id}", tag = "team", params(("id" = String, Path)), request_body = ChangeMember, responses((status = 200, body = TeamMember)))]
async fn change(
    State(app): State<App>,
    may: May<RunHouse>,
    Id(id): Id<MemberId>,
    Body(given): Body<ChangeMember>,
) -> Answer<Json<TeamMember>> {
    let change = MemberChange { role: given.role, disabled: given.disabled };
    Ok(Json(app.desk.change_member(&may.actor, id, change).await?.into()))
}

/// Uses an invitation up: joins the staff and signs in.
#[utoipa::path(post, path = "/v1/invitations/accept", tag = "team", request_body = Accept, responses((status = 201, body = Me)))]
async fn accept(
    State(app): State<App>,
    _: OurPage,
    network: Network,
    jar: CookieJar,
    Body(given): Body<Accept>,
) -> Answer<(StatusCode, CookieJar, Json<Me>)> {
    app.limits.take(Rate::PublicForm, &network)?;
    let newcomer = Newcomer {
        name: Personal::new(given.name),
        email: Personal::new(given.email),
        password: Personal::new(given.password),
    };
    let signed = app.desk.accept_invitation(&given.token, &newcomer).await?;
    let me = Me::of(&app, signed.organisation, signed.member).await?;
    Ok((StatusCode::CREATED, jar.add(cookie::session(&app, signed.token)), Json(me)))
}
