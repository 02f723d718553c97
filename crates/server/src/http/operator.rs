//! The operator's door: the one address for `confidante promises` on the same machine. It shows figures, never a person's data.

use std::fmt::Write as _;
use std::net::SocketAddr;

use axum::Router;
use axum::extract::{ConnectInfo, State};
use axum::http::{HeaderMap, header};
use axum::response::{IntoResponse, Response};
use axum::routing::post;
use data_encoding::HEXLOWER;
use model::{Locale, Refusal};
use privacy::promise::{Standing, Verdict, said, standing};

use super::error::Answer;
use crate::state::App;
use crate::witness::prover;

/// What the key of this door is derived for.
pub const LABEL: &str = "operator door";
/// Where it is.
pub const PROMISES: &str = "/operator/promises";
/// The header that counts what does not hold.
pub const ALARMS: &str = "x-alarms";

/// The addresses of this file. They are not part of the API: who asks has the master key and sits at the machine.
pub fn pages() -> Router<App> {
    Router::new().route(PROMISES, post(promises))
}

async fn promises(
    State(app): State<App>,
    ConnectInfo(peer): ConnectInfo<SocketAddr>,
    headers: HeaderMap,
) -> Answer<Response> {
    let given = headers.get(header::AUTHORIZATION).and_then(|value| value.to_str().ok()).unwrap_or_default();
    let right = format!("Bearer {}", HEXLOWER.encode(&app.desk.keyring.derive(LABEL)));
    let same = aws_lc_rs::constant_time::verify_slices_are_equal(given.as_bytes(), right.as_bytes()).is_ok();
    // For everybody else this address does not exist.
    if !peer.ip().to_canonical().is_loopback() || !same {
        return Err(Refusal::not_found().into());
    }
    let (mut text, mut alarms) = (String::new(), 0);
    for organisation in app.desk.organisations().await? {
        let prover = prover(&app);
        prover.prove(organisation.id).await.map_err(desk::Fault::from)?;
        let scene = prover.scene(organisation.id).await.map_err(desk::Fault::from)?;
        let now = app.desk.world.now();
        let stand = standing(&app.desk.store, now, organisation.id, &scene).await.map_err(desk::Fault::from)?;
        let _ = writeln!(text, "{}", organisation.name);
        for one in &stand {
            alarms += usize::from(one.verdict.is_alarm());
            let _ = writeln!(text, "\n  {:<10} {}", one.verdict.word(), one.promise.id);
            let _ = writeln!(text, "             {}", one.promise.sentence(Locale::En, &scene));
            text.push_str(&figures(one));
        }
        let holds = stand.iter().filter(|one| one.verdict == Verdict::Holds).count();
        let attested = stand.iter().filter(|one| one.verdict == Verdict::Attested).count();
        let open = stand.iter().filter(|one| one.verdict == Verdict::Unattested).count();
        let failed = stand.iter().filter(|one| one.verdict.is_alarm()).count();
        let _ = writeln!(text, "\n  {holds} hold, {attested} attested, {open} not attested, {failed} do not hold\n");
    }
    Ok(([(ALARMS, alarms.to_string()), ("content-type", "text/plain; charset=utf-8".into())], text).into_response())
}

fn figures(one: &Standing) -> String {
    let mut text = String::new();
    for look in &one.looks {
        let Some(found) = &look.found else { continue };
        let mark = if found.holds { ' ' } else { '!' };
        let counts = said(Locale::En, &look.check.counts());
        let _ = writeln!(text, "           {mark} {:>6}  {counts}\n                     {}", found.figure, found.says);
    }
    if let Some(attested) = &one.attested {
        let _ = writeln!(text, "             vouched for: {}", attested.statement);
    }
    text
}
