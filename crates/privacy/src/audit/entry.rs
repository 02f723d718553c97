//! One line as it is hashed and exported.

use aws_lc_rs::digest::{Context, SHA256};
use data_encoding::HEXLOWER;
use model::OrganisationId;
use serde::{Deserialize, Serialize};
use serde_json::json;
use store::audit::AuditRow;

use crate::canonical::canonical;

/// The hash before the first line.
pub(super) const GENESIS: [u8; 32] = [0; 32];

/// A sealed line. What can be shredded (`actor`, `object` and their salts) is not hashed itself; commitments to it are.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(deny_unknown_fields)]
pub struct Entry {
    /// Its number: the first is 1, none is left out.
    pub seq: i64,
    /// Its id.
    pub id: String,
    /// The tenant.
    pub organisation: String,
    /// When, in milliseconds.
    pub at: i64,
    /// `visitor`, `member`, `api_key` or `house`.
    pub actor_kind: String,
    /// The deed.
    pub action: String,
    /// Why: a code.
    pub reason: String,
    /// The kind of thing.
    pub object_kind: String,
    /// The id of the request.
    pub request: String,
    /// Commitment to the actor's id, hexadecimal.
    pub actor_commitment: String,
    /// Commitment to the thing's id, hexadecimal.
    pub object_commitment: String,
    /// The hash of the chain up to here, hexadecimal.
    pub hash: String,
    /// The actor's id, unless it was shredded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor: Option<String>,
    /// Opens the commitment, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub actor_salt: Option<String>,
    /// The thing's id, unless it was shredded.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object: Option<String>,
    /// Opens the commitment, hexadecimal.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub object_salt: Option<String>,
}

impl Entry {
    /// A line with this number, not hashed yet unless it was sealed.
    pub(super) fn of(row: &AuditRow, organisation: OrganisationId, seq: i64) -> Self {
        let hex = |bytes: &[u8]| HEXLOWER.encode(bytes);
        let kept = |salt: &Option<Vec<u8>>, id: &str| salt.as_ref().map(|_| id.to_owned());
        Self {
            seq,
            id: row.id.to_string(),
            organisation: organisation.to_string(),
            at: row.created_at.millis(),
            actor_kind: row.actor_kind.clone(),
            action: row.action.clone(),
            reason: row.reason.clone(),
            object_kind: row.object_kind.clone(),
            request: row.request.clone(),
            actor_commitment: hex(&row.actor_commitment),
            object_commitment: hex(&row.object_commitment),
            hash: row.hash.as_deref().map(hex).unwrap_or_default(),
            actor: kept(&row.actor_salt, &row.actor),
            actor_salt: row.actor_salt.as_deref().map(hex),
            object: kept(&row.object_salt, &row.object),
            object_salt: row.object_salt.as_deref().map(hex),
        }
    }

    /// SHA-256 over a label, the hash before this line, and the canonical JSON (RFC 8785) of what cannot be shredded.
    pub(super) fn link(&self, previous: &[u8]) -> Vec<u8> {
        let text = canonical(&json!({
            "seq": self.seq,
            "id": self.id,
            "organisation": self.organisation,
            "at": self.at,
            "actor_kind": self.actor_kind,
            "action": self.action,
            "reason": self.reason,
            "object_kind": self.object_kind,
            "request": self.request,
            "actor_commitment": self.actor_commitment,
            "object_commitment": self.object_commitment,
        }));
        let mut context = Context::new(&SHA256);
        context.update(b"confidante audit v1\0");
        context.update(previous);
        context.update(text.as_bytes());
        context.finish().as_ref().to_vec()
    }
}
