//! Signed messages that were heard: a keyed fingerprint of each, until the message itself has expired.

use model::{Moment, OrganisationId};

use crate::{Expect, Statement, params};

crate::statements! {
    INSERT = "INSERT INTO used_signature (id, organisation, expires_at) VALUES ($1, $2, $3) ON CONFLICT (organisation, id) DO NOTHING";
    HEARD = "SELECT 1 AS heard FROM used_signature WHERE organisation = $1 AND id = $2";
}

/// Notes that a message was heard; guarded, so that of two that come at once only one is.
pub fn insert(organisation: OrganisationId, fingerprint: &str, expires_at: Moment) -> Statement {
    Statement::new(INSERT, params![fingerprint, organisation, expires_at]).expect(Expect::Exactly(1))
}

/// Whether a message was heard before (a row, or none).
pub fn heard(organisation: OrganisationId, fingerprint: &str) -> Statement {
    Statement::new(HEARD, params![organisation, fingerprint])
}
