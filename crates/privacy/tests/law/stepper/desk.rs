//! What belongs to the organisation and its staff.

use model::{AttestationId, InvitationId, JobId, Moment, ProofId, SessionId};
use store::Value;

use super::person::WORDING;
use super::{Stepper, days};
use crate::house::row;

/// The one agent through whom people ask.
pub const AGENT: &str = "agt_planted";

impl Stepper<'_> {
    /// What everybody's rows refer to.
    pub async fn furnish(&self) {
        let (organisation, now) = (self.house.organisation, self.house.world.now());
        let bytes = |name| (name, Value::Bytes(vec![8; 32]));
        let wording = vec![
            ("id", WORDING.into()),
            ("organisation", organisation.into()),
            ("purpose", "planted".into()),
            ("version", Value::Int(1)),
            ("language", "en".into()),
            ("body", "May we?".into()),
            bytes("body_hash"),
            ("created_at", now.into()),
        ];
        let agent = vec![
            ("id", AGENT.into()),
            ("organisation", organisation.into()),
            ("network_id", "planted".into()),
            ("name", "Planted Rights Ltd".into()),
            bytes("verify_key"),
            ("callback", "agent.example".into()),
            ("created_by", self.house.member.into()),
            ("created_at", now.into()),
        ];
        self.write(vec![row("consent_text", wording), row("authorised_agent", agent)]).await;
    }

    /// One row of each class.
    pub async fn plant_desk(&mut self, at: Moment) {
        let (world, member) = (self.house.world.clone(), self.house.member);
        let number = |name| (name, Value::Int(0));
        let unique = |id: &str| ("token_hash", Value::Bytes(id.as_bytes().to_vec()));
        let id = InvitationId::new(&world).to_string();
        let cells = vec![
            ("role", "agent".into()),
            unique(&id),
            ("invited_by", member.into()),
            ("created_at", at.into()),
            ("expires_at", at.plus(days(7)).into()),
        ];
        self.add("invitation", "invitation", (id, at.plus(days(7))), cells).await;
        // One ends by its own end, the other because nobody uses it.
        for (class, lives, gone) in [("session", 12, 12), ("idle session", 30, 14)] {
            let id = SessionId::new(&world).to_string();
            let mut cells = vec![("member", member.into()), unique(&id), ("created_at", at.into())];
            cells.extend([("expires_at", at.plus(days(lives)).into()), ("last_seen_at", at.into())]);
            self.add(class, "session", (id, at.plus(days(gone))), cells).await;
        }
        let id = JobId::new(&world).to_string();
        let mut cells = vec![("kind", "planted".into()), ("subject", id.as_str().into()), ("state", "failed".into())];
        cells.extend([("run_at", at.into()), ("created_at", at.into())]);
        cells.extend(["attempts", "done_steps", "total_steps"].map(number));
        self.add("failed work", "job", (id, at.plus(days(30))), cells).await;
        let id = format!("heard {}", JobId::new(&world));
        let cells = vec![("expires_at", at.plus(days(1)).into())];
        self.add("used signature", "used_signature", (id, at.plus(days(1))), cells).await;
        let mut cells = vec![("examined", "planted".into()), number("holds"), number("figure")];
        cells.extend([("says", "-".into()), ("checked_at", at.into())]);
        self.add("proof", "proof", (ProofId::new(&world).to_string(), at.plus(days(731))), cells).await;
        let mut cells = vec![("promise", "planted".into()), ("member", member.into()), ("statement", "-".into())];
        cells.extend([("made_at", at.into()), ("valid_until", at.into())]);
        let id = AttestationId::new(&world).to_string();
        self.add("attestation", "attestation", (id, at.plus(days(731))), cells).await;
    }

    async fn add(
        &mut self,
        class: &'static str,
        table: &'static str,
        (id, ends): (String, Moment),
        cells: Vec<(&'static str, Value)>,
    ) {
        let own = [("id", Value::from(id.as_str())), ("organisation", Value::from(self.house.organisation))];
        self.write(vec![row(table, own.into_iter().chain(cells).collect())]).await;
        self.item(class, id, ends);
    }
}
