//! The OpenAPI document, made from the same table of addresses as the server, with who may use each from the permission table.

use axum::response::IntoResponse;
use axum::{Json, http::header};
use utoipa::openapi::security::{
    ApiKey, ApiKeyValue, HttpAuthScheme, HttpBuilder, SecurityRequirement, SecurityScheme,
};
use utoipa::openapi::{
    ContentBuilder, InfoBuilder, LicenseBuilder, OpenApi, Ref, RefOr, Response, ResponseBuilder, path::Operation,
};
use utoipa_axum::{router::OpenApiRouter, routes};

use super::may::COOKIE;
use super::permission::{PERMISSIONS, Permission};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(openapi))
}

/// This document.
#[utoipa::path(get, path = "/v1/openapi.json", tag = "system", responses((status = 200, description = "The OpenAPI document")))]
async fn openapi() -> impl IntoResponse {
    ([(header::CACHE_CONTROL, "no-cache")], Json(document()))
}

/// The whole document.
pub fn document() -> OpenApi {
    let (_, mut document) = super::routes().split_for_parts();
    document.info = InfoBuilder::new()
        .title("Confidante")
        .version(env!("CARGO_PKG_VERSION"))
        .description(Some(
            "Times are milliseconds since 1970. Errors have the shape of ErrorBody. An unknown id and another organisation's id get the same answer.",
        ))
        .license(Some(LicenseBuilder::new().name("Apache-2.0").build()))
        .build();
    let components = document.components.get_or_insert_with(Default::default);
    let mut schemas = Vec::new();
    <super::error::ErrorBody as utoipa::ToSchema>::schemas(&mut schemas);
    components.schemas.extend(schemas);
    components.schemas.insert("ErrorBody".to_owned(), <super::error::ErrorBody as utoipa::PartialSchema>::schema());
    let cookie = SecurityScheme::ApiKey(ApiKey::Cookie(ApiKeyValue::new(COOKIE)));
    let key = SecurityScheme::Http(
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("An API key (ck_…)")).build(),
    );
    let visitor = SecurityScheme::Http(
        HttpBuilder::new().scheme(HttpAuthScheme::Bearer).description(Some("A visitor's token (vt_…)")).build(),
    );
    let agent = SecurityScheme::Http(
        HttpBuilder::new()
            .scheme(HttpAuthScheme::Bearer)
            .description(Some("An authorised agent's token (da_…)"))
            .build(),
    );
    components.security_schemes.extend([
        ("authorised_agent".to_owned(), RefOr::T(agent)),
        ("member".to_owned(), RefOr::T(cookie)),
        ("api_key".to_owned(), RefOr::T(key)),
        ("visitor".to_owned(), RefOr::T(visitor)),
    ]);
    for (method, path, permission) in PERMISSIONS {
        if let Some(operation) = operation(&mut document, method, path) {
            operation.operation_id = Some(operation_id(method, path));
            operation.security = Some(requirements(*permission));
            operation.responses.responses.insert("default".to_owned(), RefOr::T(error()));
        }
    }
    document
}

/// A name of its own for every operation, as generated clients need it: `post_conversations_id_close`.
fn operation_id(method: &str, path: &str) -> String {
    let path = path.trim_start_matches("/v1").replace(['{', '}'], "").replace(['-', '.'], "_");
    format!("{method}{}", path.replace('/', "_"))
}

fn error() -> Response {
    let content = ContentBuilder::new().schema(Some(Ref::from_schema_name("ErrorBody"))).build();
    ResponseBuilder::new().description("Refused, or a fault").content("application/json", content).build()
}

fn operation<'a>(document: &'a mut OpenApi, method: &str, path: &str) -> Option<&'a mut Operation> {
    let item = document.paths.paths.get_mut(path)?;
    match method {
        "get" => item.get.as_mut(),
        "post" => item.post.as_mut(),
        "put" => item.put.as_mut(),
        "patch" => item.patch.as_mut(),
        "delete" => item.delete.as_mut(),
        _ => None,
    }
}

fn requirements(permission: Permission) -> Vec<SecurityRequirement> {
    match permission {
        Permission::Anybody | Permission::OurPage => Vec::new(),
        Permission::Agent => vec![SecurityRequirement::new("authorised_agent", Vec::<String>::new())],
        Permission::Visitor => vec![SecurityRequirement::new("visitor", Vec::<String>::new())],
        Permission::Staff(role, scope) => {
            let member = SecurityRequirement::new("member", [role.word()]);
            let key = scope.map(|scope| SecurityRequirement::new("api_key", [scope.word()]));
            std::iter::once(member).chain(key).collect()
        }
    }
}

#[cfg(test)]
mod tests {
    use std::collections::HashSet;

    use super::*;

    #[test]
    fn every_operation_has_a_name_of_its_own() {
        let names: Vec<_> = PERMISSIONS.iter().map(|(method, path, _)| operation_id(method, path)).collect();
        assert_eq!(names.iter().collect::<HashSet<_>>().len(), names.len());
        assert!(names.contains(&"post_conversations_id_close".to_owned()));
    }
}
