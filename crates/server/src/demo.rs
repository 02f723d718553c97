//! The demo: an invented shop on a second address, with the widget on its pages.

use std::collections::HashMap;
use std::sync::Arc;

use axum::Router;
use axum::extract::{Path, State};
use axum::http::{HeaderValue, StatusCode, header};
use axum::response::{IntoResponse, Response};
use axum::routing::get;
use bytes::Bytes;
use desk::organisation::Organisation;
use desk::setting::Settings;
use knowledge::Limits;
use rust_embed::RustEmbed;

use crate::http::compressed::kind;
use crate::state::App;
use crate::stop::Stop;

/// The shop's pages, as files with three blanks to fill.
#[derive(RustEmbed)]
#[folder = "$CARGO_MANIFEST_DIR/../../demo/shop"]
struct Files;

/// The name of the shop.
const NAME: &str = "Fjell & Fern";

/// The demo shop.
pub struct Shop {
    /// Its address.
    pub origin: String,
    /// The key of the widget on its pages.
    pub widget_key: String,
    /// Its organisation.
    pub organisation: Organisation,
}

/// The shop's organisation: founded at the first start, found again later; its address may show the widget.
pub async fn open(app: &App) -> Result<Shop, Stop> {
    let origin = format!("http://{}", app.config.demo.listen);
    let organisation = match app.desk.organisations().await?.into_iter().next() {
        Some(organisation) if organisation.settings.domains.contains(&origin) => organisation,
        Some(organisation) => {
            let mut settings = organisation.settings.clone();
            settings.domains.push(origin.clone());
            let house = model::Actor::House { organisation: organisation.id };
            app.desk.change_settings(&house, &organisation, (&organisation.name, settings)).await?
        }
        None => {
            let settings = Settings { domains: vec![origin.clone()], ..Settings::default() };
            app.desk.found(NAME, settings).await?
        }
    };
    Ok(Shop { origin, widget_key: organisation.widget_key.clone(), organisation })
}

impl Shop {
    /// Makes the shop's pages known to its assistant, unless they are already.
    pub async fn crawl(&self, app: &App) -> Result<(), Stop> {
        let library = &app.desk.library;
        let organisation = self.organisation.id;
        let start = format!("{}/", self.origin);
        let sources = library.sources(organisation).await.map_err(desk::Fault::from)?;
        if !sources.iter().any(|source| source.url == start) {
            library.add_source(organisation, &start, Limits::default()).await.map_err(desk::Fault::from)?;
        }
        Ok(())
    }
}

type Pages = Arc<HashMap<String, (Bytes, &'static str)>>;

/// The shop's own little server.
pub fn pages(app: &App, shop: &Shop) -> Router {
    let filled: HashMap<_, _> = Files::iter()
        .filter_map(|path| {
            let file = Files::get(&path)?;
            let kind = kind(&path);
            let bytes = match std::str::from_utf8(&file.data) {
                Ok(text) => Bytes::from(fill(text, &app.config.origin(), shop)),
                Err(_) => Bytes::from(file.data.into_owned()),
            };
            Some((path.into_owned(), (bytes, kind)))
        })
        .collect();
    let widget = app.config.origin();
    let policy = format!(
        "default-src 'none'; style-src 'self'; img-src 'self' data:; script-src {widget}; frame-src {widget}; \
         base-uri 'none'; form-action 'none'"
    );
    let policy = HeaderValue::from_str(&policy).unwrap_or(HeaderValue::from_static("default-src 'none'"));
    Router::new()
        .route("/", get(async |State(files): State<(Pages, HeaderValue)>| page(&files, "index.html")))
        .route(
            "/{*path}",
            get(async |State(files): State<(Pages, HeaderValue)>, Path(path): Path<String>| page(&files, &path)),
        )
        .with_state((Arc::new(filled), policy))
}

fn fill(text: &str, origin: &str, shop: &Shop) -> String {
    text.replace("__SHOP_ORIGIN__", &shop.origin)
        .replace("__WIDGET_ORIGIN__", origin)
        .replace("__WIDGET_KEY__", &shop.widget_key)
}

fn page((files, policy): &(Pages, HeaderValue), path: &str) -> Response {
    let Some((bytes, kind)) = files.get(path) else {
        return (StatusCode::NOT_FOUND, "There is no such page in this shop.").into_response();
    };
    let headers = [
        (header::CONTENT_TYPE, HeaderValue::from_static(kind)),
        (header::CONTENT_SECURITY_POLICY, policy.clone()),
        (header::CACHE_CONTROL, HeaderValue::from_static("no-cache")),
    ];
    (headers, bytes.clone()).into_response()
}
