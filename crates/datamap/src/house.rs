//! The house's own books: work to do, the audit log, the keyring and the ledger of erasures.

use crate::{
    ERRAND, FLEETING, Field as F, KEY, LEDGER, LEDGER_LINK, Link, MENTION, PLUMBING, SALT, SEAL, TOMBSTONE, Table,
};

pub(crate) const JOB: Table = Table {
    name: "job",
    rows: "pieces of work",
    says: "A piece of work for later: a kind and an id, no words.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the work"),
        F::new("organisation", &PLUMBING, "For whom").to("organisation"),
        F::new("kind", &PLUMBING, "What to do"),
        F::new("subject", &ERRAND, "Id of what to do it to").link(Link::Mention),
        F::new("state", &PLUMBING, "State"),
        F::new("attempts", &PLUMBING, "Tries"),
        F::new("run_at", &PLUMBING, "Not before"),
        F::new("claimed_at", &PLUMBING, "Taken"),
        F::new("done_steps", &PLUMBING, "Progress"),
        F::new("total_steps", &PLUMBING, "Progress"),
        F::new("error_code", &PLUMBING, "Why it failed: a code, no words"),
        F::new("created_at", &PLUMBING, "When"),
    ],
};

pub(crate) const AUDIT: Table = Table {
    name: "audit",
    rows: "lines of the audit log",
    says: "Who did what to which thing: ids and verbs, no words.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the line"),
        F::new("organisation", &PLUMBING, "Where").to("organisation"),
        F::new("actor_kind", &PLUMBING, "Visitor, member, program or the house"),
        F::new("actor", &MENTION, "Id of who did it").link(Link::Mention).salted("actor_salt"),
        F::new("actor_salt", &SALT, "Opens the commitment to the id of who did it"),
        F::new("actor_commitment", &SEAL, "Commitment to the id of who did it"),
        F::new("action", &PLUMBING, "The deed"),
        F::new("reason", &PLUMBING, "Why: a code, no words"),
        F::new("object_kind", &PLUMBING, "Kind of thing"),
        F::new("object", &MENTION, "Id of the thing").link(Link::Mention).salted("object_salt"),
        F::new("object_salt", &SALT, "Opens the commitment to the id of the thing"),
        F::new("object_commitment", &SEAL, "Commitment to the id of the thing"),
        F::new("request", &PLUMBING, "Id of the request, as in the server's log"),
        F::new("created_at", &PLUMBING, "When"),
        F::new("seq", &PLUMBING, "Number in the chain"),
        F::new("hash", &PLUMBING, "Hash of the chain up to here"),
    ],
};

pub(crate) const AUDIT_CHECKPOINT: Table = Table {
    name: "audit_checkpoint",
    rows: "checkpoints of the audit log",
    says: "A signed mark of how far the audit log went; kept apart from the log.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose"),
        F::new("seq", &PLUMBING, "Number of the last line it covers"),
        F::new("kind", &PLUMBING, "End of the log, begin of the kept part, or end after a restore"),
        F::new("hash", &PLUMBING, "Hash of the chain up to there"),
        F::new("signed", &PLUMBING, "The signed mark: numbers and a hash, no ids"),
        F::new("created_at", &PLUMBING, "When"),
        F::new("verified_at", &PLUMBING, "When the chain was walked up to here"),
        F::new("verdict", &PLUMBING, "What that walk found"),
    ],
};

pub(crate) const TENANT_EXPORT: Table = Table {
    name: "tenant_export",
    rows: "exports of the organisation",
    says: "An export of everything the organisation has: counts and moments; the export itself lies sealed in a file.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the export"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("state", &PLUMBING, "State"),
        F::new("done_tables", &PLUMBING, "Progress"),
        F::new("total_tables", &PLUMBING, "Progress"),
        F::new("rows_written", &PLUMBING, "Progress"),
        F::new("bytes", &PLUMBING, "Size"),
        F::new("created_at", &PLUMBING, "Asked"),
        F::new("finished_at", &PLUMBING, "Done"),
        F::new("expires_at", &FLEETING, "When the file is deleted"),
    ],
};

pub(crate) const DEPARTURE: Table = Table {
    name: "departure",
    rows: "ends of organisations",
    says: "That an organisation ended here, with its certificate: its id and counts, no names; for two years.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the end"),
        F::new("organisation", &TOMBSTONE, "Whose"),
        F::new("state", &TOMBSTONE, "State"),
        F::new("steps", &TOMBSTONE, "Progress: counts, no words"),
        F::new("certificate", &TOMBSTONE, "The signed certificate: counts, no words"),
        F::new("created_at", &TOMBSTONE, "Asked"),
        F::new("finished_at", &TOMBSTONE, "Done"),
    ],
};

pub(crate) const WRAPPED_KEY: Table = Table {
    name: "wrapped_key",
    rows: "keys",
    says: "The wrapped key of the organisation, a person or a member; kept apart from what it opens.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose"),
        F::new("subject", &KEY, "Of whom").link(Link::Mention),
        F::new("wrapped", &KEY, "The key, wrapped by the organisation's key"),
    ],
};

pub(crate) const ERASURE: Table = Table {
    name: "erasure",
    rows: "lines of the ledger of erasures",
    says: "One erasure: its steps, and when it is done its receipt. Without identity.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the erasure"),
        F::new("organisation", &PLUMBING, "Whose customer it was"),
        F::new("subject_mac", &LEDGER, "Keyed fingerprint of the id, so that a restored backup is cleaned again"),
        F::new("person", &LEDGER_LINK, "The id, while the erasure runs"),
        F::new("state", &LEDGER, "State"),
        F::new("steps", &LEDGER, "Progress: counts, no words"),
        F::new("requested_by", &LEDGER, "Asked by the person or by the staff: a word, no id"),
        F::new("receipt", &LEDGER, "The signed receipt: counts, no words"),
        F::new("created_at", &LEDGER, "Asked"),
        F::new("finished_at", &LEDGER, "Done"),
    ],
};

pub(crate) const META: Table = Table {
    name: "meta",
    rows: "schema marks",
    says: "The version of the schema.",
    fields: &[F::new("version", &PLUMBING, "Version")],
};
