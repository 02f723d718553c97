//! How the backups of this server stand: numbers and moments, nothing of what is in them.

use axum::Json;
use axum::extract::State;
use serde::Serialize;
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::error::Answer;
use super::may::{May, RunHouse};
use crate::state::App;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(backups))
}

/// How the backups stand.
#[derive(Serialize, ToSchema)]
struct Backups {
    /// Whether this server makes any.
    enabled: bool,
    /// Every backup that was restored into a scratch store and compared, newest first.
    items: Vec<Backup>,
    /// The step of the one that is being made: `writing`, `trying out`, `sending` or `aging out`.
    #[serde(skip_serializing_if = "Option::is_none")]
    step: Option<String>,
    /// When the next one is due.
    #[serde(skip_serializing_if = "Option::is_none")]
    due_at: Option<i64>,
    /// A backup that should be there is missing.
    missing: bool,
    /// Why the last one was not made.
    #[serde(skip_serializing_if = "Option::is_none")]
    failed: Option<String>,
    /// How many days they are kept.
    keep_days: u32,
}

/// One backup.
#[derive(Serialize, ToSchema)]
struct Backup {
    name: String,
    created_at: i64,
    /// When it had been restored into a scratch store and compared.
    verified_at: i64,
    rows: u64,
    bytes: u64,
    /// When it lay in the bucket.
    #[serde(skip_serializing_if = "Option::is_none")]
    offsite_at: Option<i64>,
}

/// How the backups stand.
#[utoipa::path(get, path = "/v1/backups", tag = "audit", responses((status = 200, body = Backups)))]
async fn backups(State(app): State<App>, _may: May<RunHouse>) -> Answer<Json<Backups>> {
    let Some(backups) = &app.backups else {
        let nothing = Backups {
            enabled: false,
            items: Vec::new(),
            step: None,
            due_at: None,
            missing: false,
            failed: None,
            keep_days: app.config.backup.keep_days,
        };
        return Ok(Json(nothing));
    };
    let status = backups.status();
    let made = backups.depot.made().map_err(|fault| desk::Fault::broken(fault.to_string()))?;
    let items = made.into_iter().map(|made| Backup {
        name: made.name,
        created_at: made.created_at.millis(),
        verified_at: made.verified_at.millis(),
        rows: made.rows,
        bytes: made.bytes,
        offsite_at: made.offsite_at.map(model::Moment::millis),
    });
    Ok(Json(Backups {
        enabled: true,
        items: items.collect(),
        step: status.step.map(str::to_owned),
        due_at: Some(backups.due().millis()),
        missing: backups.is_missing(),
        failed: status.failed,
        keep_days: app.config.backup.keep_days,
    }))
}
