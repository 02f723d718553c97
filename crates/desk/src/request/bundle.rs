//! Everything about one request in one signed file, for an authority, a court, or the shelf.

use model::{Actor, PersonId, RequestId};
use privacy::erase;
use privacy::request::bundle;
use serde_json::{Value as Json, json};

use crate::restricted::Leave;
use crate::{Deed, Desk, Fault};

/// The name of the download.
pub const BUNDLE_NAME: &str = "request.zip";

impl Desk {
    /// The bundle: record, clock, steps, words, archives, receipts; signed.
    pub async fn request_bundle(&self, (actor, leave): (&Actor, Option<Leave>), id: RequestId) -> Deed<Vec<u8>> {
        let organisation = actor.organisation();
        self.looks_at((actor, leave), "request.bundle", "request", &id.to_string()).await?;
        let view = self.request_view(organisation, id).await?;
        let row = &view.row;
        let person = row.person.parse::<PersonId>().map(|person| person.to_string()).ok();
        let record = json!({
            "id": row.id, "kind": row.kind, "regime": row.regime, "channel": row.channel, "locale": row.locale,
            "state": row.state, "identity": row.identity, "person": person, "received_at": row.received_at,
            "verified_at": row.verified_at, "acknowledge_by": row.acknowledge_by, "acknowledged_at": row.acknowledged_at,
            "due_at": row.due_at, "lenient_at": view.clock.lenient_at, "extended_at": row.extended_at,
            "answered_at": row.answered_at, "closed_at": row.closed_at, "ground": row.ground, "rule": view.source,
        });
        let steps: Vec<Json> = view.steps.iter().map(|step| step_json(&step.row)).collect();
        let said: Vec<Json> = view
            .said
            .iter()
            .map(|one| json!({ "kind": one.kind, "text": one.text, "letter": one.letter, "sent_at": one.sent_at, "created_at": one.created_at }))
            .collect();
        let mut files: Vec<(String, Vec<u8>)> = Vec::new();
        let text =
            |json: &Json| serde_json::to_vec_pretty(json).map_err(|_| Fault::broken("a bundle does not serialise"));
        files.push(("request.json".to_owned(), text(&json!({ "record": record, "steps": steps, "said": said }))?));
        for (place, letter) in view.said.iter().filter_map(|one| one.letter.as_ref()).enumerate() {
            let page = format!("{}\r\n\r\n{}", letter.subject, letter.body());
            files.push((format!("letters/{}.txt", place + 1), page.into_bytes()));
        }
        for step in view.steps.iter().filter_map(|step| step.row.erasure) {
            match erase::receipt(&self.store, step).await {
                Ok(receipt) => files.push((format!("receipts/{step}.json"), receipt.into_bytes())),
                Err(privacy::Fault::Refused(_)) => {}
                Err(fault) => return Err(fault.into()),
            }
        }
        for (place, file) in view.files.iter().enumerate() {
            if let Some(bytes) = self.open_file(organisation, file).await? {
                files.push((format!("archives/{}.zip", place + 1), bytes));
            }
        }
        let name = self.organisation(organisation).await?.name;
        let facts = bundle::Facts { request: id, organisation, organisation_name: &name, made_at: self.world.now() };
        Ok(bundle::signed(facts, &files, self.keyring.signer())?)
    }
}

fn step_json(step: &store::request_step::StepRow) -> Json {
    json!({
        "act": step.act, "subject": step.subject, "recipient": step.recipient, "transfers": step.transfers,
        "first_at": step.first_at, "last_at": step.last_at, "state": step.state, "ground": step.ground,
        "kept_until": step.kept_until, "erasure": step.erasure, "attempts": step.attempts, "error": step.error_code,
        "done_at": step.done_at,
    })
}
