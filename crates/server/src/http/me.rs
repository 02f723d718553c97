//! Who is signed in, as the console greets them.

use axum::Json;
use axum::extract::State;
use desk::member::MemberView;
use desk::organisation::Organisation;
use model::{MemberId, OrganisationId, Role};
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::error::Answer;
use super::may::Seat;
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(me))
}

/// Who is signed in, and where.
#[derive(Serialize, ToSchema)]
pub struct Me {
    /// The member.
    member: MyMember,
    /// The employer.
    organisation: MyOrganisation,
}

/// The member who is signed in.
#[derive(Serialize, ToSchema)]
struct MyMember {
    #[schema(value_type = String)]
    id: MemberId,
    name: String,
    email: String,
    #[schema(value_type = super::team::RoleWord)]
    role: Role,
}

/// The organisation of the member who is signed in.
#[derive(Serialize, ToSchema)]
struct MyOrganisation {
    #[schema(value_type = String)]
    id: OrganisationId,
    name: String,
    widget_key: String,
}

impl Me {
    /// Reads both.
    pub async fn of(app: &App, organisation: OrganisationId, member: MemberId) -> Answer<Self> {
        let MemberView { id, name, email, role, .. } = app.desk.member(organisation, member).await?;
        let Organisation { name: house, widget_key, .. } = app.desk.organisation(organisation).await?;
        Ok(Self {
            member: MyMember { id, name: name.expose().to_owned(), email: email.expose().to_owned(), role },
            organisation: MyOrganisation { id: organisation, name: house, widget_key },
        })
    }
}

/// Who is signed in.
#[utoipa::path(get, path = "/v1/me", tag = "staff", responses((status = 200, body = Me)))]
async fn me(State(app): State<App>, seat: Seat) -> Answer<Json<Me>> {
    Ok(Json(Me::of(&app, seat.organisation, seat.member).await?))
}
