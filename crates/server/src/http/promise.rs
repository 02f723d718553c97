//! The promises and the proof behind each: what was checked, the figure, when; and who vouches for what no check can see.

use std::collections::BTreeMap;

use axum::Json;
use axum::extract::State;
use model::{Locale, Moment, OrganisationId};
use privacy::promise::{Check, Look, Standing, Verdict, attest, history, said, standing};
use serde::{Deserialize, Serialize};
use store::{Fence, Work};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{BeStaff, May, RunHouse};
use crate::state::App;
use crate::witness::prover;

/// How far back the history of a check is shown.
const SHOWN: std::time::Duration = std::time::Duration::from_secs(60 * 24 * 60 * 60);
/// How many findings of one check are shown at most, the newest.
const POINTS: usize = 120;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default().routes(routes!(promises)).routes(routes!(check)).routes(routes!(vouch))
}

/// Every promise that applies here, and how it stands.
#[derive(Serialize, ToSchema)]
struct Promises {
    items: Vec<PromiseBody>,
    /// How many need somebody to look: failed, stale, or no longer vouched for.
    alarms: usize,
    /// How many sentences are published now.
    published: usize,
    /// Where the public page is.
    trust_url: String,
}

/// A promise and how it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Promise)]
struct PromiseBody {
    id: &'static str,
    /// The heading it is published under.
    group: &'static str,
    /// The sentence, in English.
    sentence: String,
    /// `holds`, `fails`, `stale`, `unchecked`, `attested`, `lapsed` or `unattested`.
    verdict: &'static str,
    /// Whether the sentence is published now.
    published: bool,
    /// Whether somebody must look.
    alarm: bool,
    /// When it applies, in words.
    applies: &'static str,
    /// The rows of the register of promises it answers.
    rows: Vec<&'static str>,
    /// What proves it; empty where somebody vouches.
    checks: Vec<CheckBody>,
    /// Who vouches for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    attested: Option<AttestedBody>,
}

/// A check and what it found.
#[derive(Serialize, ToSchema)]
#[schema(as = PromiseCheck)]
struct CheckBody {
    name: &'static str,
    /// What it looks at.
    looks: &'static str,
    /// What its figure counts.
    counts: &'static str,
    /// What it found last, if it ever ran.
    #[serde(skip_serializing_if = "Option::is_none")]
    found: Option<FindingBody>,
    /// Earlier findings, the oldest first.
    history: Vec<Point>,
}

/// What a check found.
#[derive(Serialize, ToSchema)]
#[schema(as = PromiseFinding)]
struct FindingBody {
    holds: bool,
    figure: i64,
    /// What was looked at and seen.
    says: String,
    /// When, ms.
    checked_at: i64,
}

/// One finding in the history.
#[derive(Serialize, ToSchema)]
#[schema(as = PromisePoint)]
struct Point {
    /// When, ms.
    at: i64,
    figure: i64,
    holds: bool,
}

/// Who vouches for a promise.
#[derive(Serialize, ToSchema)]
#[schema(as = PromiseAttestation)]
struct AttestedBody {
    /// The member's name, while she has an account.
    #[serde(skip_serializing_if = "Option::is_none")]
    by: Option<String>,
    /// What was looked at.
    statement: String,
    made_at: i64,
    valid_until: i64,
}

/// What somebody vouches for.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct Vouch {
    /// What was looked at to be sure: documents and things, no people.
    statement: String,
    /// For how many days, 400 at most.
    days: u32,
}

async fn shown(app: &App, organisation: OrganisationId) -> Answer<Json<Promises>> {
    let desk = &app.desk;
    let now = desk.world.now();
    let scene = prover(app).scene(organisation).await.map_err(desk::Fault::from)?;
    let stand = standing(&desk.store, now, organisation, &scene).await.map_err(desk::Fault::from)?;
    let past = history(&desk.store, organisation, now.minus(SHOWN)).await.map_err(desk::Fault::from)?;
    let mut points: BTreeMap<String, Vec<Point>> = BTreeMap::new();
    for row in past {
        let point = Point { at: row.checked_at.millis(), figure: row.figure, holds: row.holds };
        points.entry(row.examined).or_default().push(point);
    }
    let count = |wanted: fn(Verdict) -> bool| stand.iter().filter(|one| wanted(one.verdict)).count();
    let (alarms, published) = (count(Verdict::is_alarm), count(Verdict::is_published));
    let mut items = Vec::new();
    for one in stand {
        let by = one.attested.as_ref().map(|attested| attested.by);
        let name = desk.member_name(organisation, by).await?.map(|name| name.expose().to_owned());
        let sentence = one.promise.sentence(Locale::En, &scene);
        items.push(described(one, sentence, name, &mut points));
    }
    let key = desk.organisation(organisation).await?.widget_key;
    Ok(Json(Promises { items, alarms, published, trust_url: format!("/trust/{key}") }))
}

fn described(
    one: Standing,
    sentence: String,
    name: Option<String>,
    points: &mut BTreeMap<String, Vec<Point>>,
) -> PromiseBody {
    let Standing { promise, verdict, looks, attested } = one;
    PromiseBody {
        id: promise.id,
        group: promise.group.word(),
        sentence,
        verdict: verdict.word(),
        published: verdict.is_published(),
        alarm: verdict.is_alarm(),
        applies: promise.when.words(),
        rows: promise.rows.to_vec(),
        checks: looks.into_iter().map(|look| looked(look, points)).collect(),
        attested: attested.map(|attested| AttestedBody {
            by: name,
            statement: attested.statement,
            made_at: attested.made_at.millis(),
            valid_until: attested.until.millis(),
        }),
    }
}

fn looked(Look { check, found }: Look, points: &BTreeMap<String, Vec<Point>>) -> CheckBody {
    let past = points.get(check.word()).map(Vec::as_slice).unwrap_or_default();
    let newest = past.get(past.len().saturating_sub(POINTS)..).unwrap_or_default();
    let (looks, counts) = (check.looks(), check.counts());
    CheckBody {
        name: Check::word(check),
        looks: said(Locale::En, &looks),
        counts: said(Locale::En, &counts),
        found: found.map(|found| FindingBody {
            holds: found.holds,
            figure: found.figure,
            says: found.says,
            checked_at: Moment::millis(found.checked_at),
        }),
        history: newest.iter().map(|point| Point { ..*point }).collect(),
    }
}

/// Every promise that applies here, with its proof.
#[utoipa::path(get, path = "/v1/promises", tag = "promises", responses((status = 200, body = Promises)))]
async fn promises(State(app): State<App>, may: May<BeStaff>) -> Answer<Json<Promises>> {
    shown(&app, may.organisation()).await
}

/// Runs all checks now.
#[utoipa::path(post, path = "/v1/promises/check", tag = "promises", responses((status = 200, body = Promises)))]
async fn check(State(app): State<App>, may: May<RunHouse>) -> Answer<Json<Promises>> {
    prover(&app).prove(may.organisation()).await.map_err(desk::Fault::from)?;
    shown(&app, may.organisation()).await
}

/// Vouches for a promise no check can see, until a date.
#[utoipa::path(put, path = "/v1/promises/{id}/attestation", tag = "promises", params(("id" = String, Path)),
    request_body = Vouch, responses((status = 200, body = Promises)))]
async fn vouch(
    State(app): State<App>,
    may: May<RunHouse>,
    Id(id): Id<String>,
    Body(given): Body<Vouch>,
) -> Answer<Json<Promises>> {
    let who = (may.organisation(), may.member()?);
    let note = attest(&app.desk.world, who, &id, &given.statement, given.days)?;
    let line = app.desk.audit(&may.actor, "promise.attest", "promise", &id);
    app.desk
        .store
        .write(Work::new(Fence::Organisation(who.0)).with(note).with(line))
        .await
        .map_err(desk::Fault::from)?;
    shown(&app, who.0).await
}
