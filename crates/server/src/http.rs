//! The first floor: every address of the server, put together in one place.

pub mod body;
pub mod error;
pub mod limit;
mod mask_rule;
pub mod may;
pub mod permission;
pub mod visitor_token;

mod api_key;
mod asset;
mod audit;
mod authorised_agent;
mod backup;
pub mod compressed;
mod consent;
mod consent_book;
mod console_stream;
mod conversation;
mod cookie;
mod drp;
mod erasure;
mod file;
mod gap;
mod header;
mod health;
mod import;
pub mod leave;
mod legal_hold;
mod mark;
mod me;
mod message;
mod openapi;
pub mod operator;
mod own_rights;
mod page;
mod person;
mod plain_page;
mod playground;
mod privacy_page;
mod promise;
mod provider;
mod request;
mod request_form;
mod request_shape;
mod request_visitor;
mod restricted;
mod retention;
mod review;
mod setting;
mod setup;
mod shop_identity;
mod sign_in;
mod signal;
mod snapshot;
mod source;
mod spoken;
mod stream;
mod summary;
mod team;
mod test_set;
mod trail;
mod trust_page;
mod visitor;
mod why;
mod widget;

use axum::Router;
use axum::extract::DefaultBodyLimit;
use axum::middleware;
use tower_http::catch_panic::CatchPanicLayer;
use utoipa_axum::router::OpenApiRouter;

pub use openapi::document;

use self::error::Problem;
use crate::state::App;

/// The largest JSON body, where a route does not say otherwise.
const BODY_BYTES: usize = 64 * 1024;

/// Every address that is in the OpenAPI document; `document` and `app` are made from it.
fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .merge(widget::routes())
        .merge(visitor::routes())
        .merge(stream::routes())
        .merge(own_rights::routes())
        .merge(erasure::routes())
        .merge(setup::routes())
        .merge(sign_in::routes())
        .merge(me::routes())
        .merge(conversation::routes())
        .merge(console_stream::routes())
        .merge(file::routes())
        .merge(why::routes())
        .merge(person::routes())
        .merge(import::routes())
        .merge(consent::routes())
        .merge(consent_book::routes())
        .merge(request::routes())
        .merge(request_visitor::routes())
        .merge(drp::routes())
        .merge(authorised_agent::routes())
        .merge(shop_identity::routes())
        .merge(review::routes())
        .merge(source::routes())
        .merge(page::routes())
        .merge(gap::routes())
        .merge(playground::routes())
        .merge(test_set::routes())
        .merge(team::routes())
        .merge(setting::routes())
        .merge(mark::routes())
        .merge(retention::routes())
        .merge(legal_hold::routes())
        .merge(promise::routes())
        .merge(api_key::routes())
        .merge(mask_rule::routes())
        .merge(provider::routes())
        .merge(audit::routes())
        .merge(backup::routes())
        .merge(leave::routes())
        .merge(health::routes())
        .merge(openapi::routes())
}

/// Pages and files for browsers, which are not part of the API.
fn pages() -> Router<App> {
    Router::new()
        .merge(asset::pages())
        .merge(privacy_page::pages())
        .merge(trust_page::pages())
        .merge(signal::pages())
        .merge(operator::pages())
        .merge(snapshot::pages())
        .merge(request_form::pages())
        .merge(drp::pages())
        .merge(plain_page::pages())
}

/// The whole server.
pub fn app(state: App) -> Router {
    let (api, _) = routes().split_for_parts();
    api.merge(pages())
        .fallback(async || Problem::from(model::Refusal::not_found()))
        .method_not_allowed_fallback(async || Problem::method())
        .layer(DefaultBodyLimit::max(BODY_BYTES))
        .layer(CatchPanicLayer::custom(|_| axum::response::IntoResponse::into_response(Problem::broken("a panic"))))
        .layer(middleware::from_fn_with_state(state.clone(), trail::trail))
        .layer(middleware::from_fn_with_state(state.clone(), header::headers))
        .with_state(state)
}
