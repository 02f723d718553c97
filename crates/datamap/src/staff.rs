//! The organisation's own people: accounts, sessions, invitations, keys for programs.

use crate::{ACCOUNT, ACCOUNT_EMAIL, ACCOUNT_NAME, ACCOUNT_SECRET, Field as F, Link, PLUMBING, Table};

pub(crate) const MEMBER: Table = Table {
    name: "member",
    rows: "staff accounts",
    says: "A member of the staff.",
    fields: &[
        F::new("id", &ACCOUNT, "Random id of the member").link(Link::Member),
        F::new("organisation", &PLUMBING, "Employer").to("organisation"),
        F::new("email_sealed", &ACCOUNT_EMAIL, "Sign-in address"),
        F::new("email_index", &ACCOUNT_SECRET, "Keyed fingerprint of the address"),
        F::new("name_sealed", &ACCOUNT_NAME, "Name, shown to customers"),
        F::new("password_hash", &ACCOUNT_SECRET, "Argon2id hash of the password"),
        F::new("role", &ACCOUNT, "What the member may do"),
        F::new("disabled_at", &ACCOUNT, "Locked since"),
        F::new("created_at", &ACCOUNT, "Joined"),
    ],
};

pub(crate) const SESSION: Table = Table {
    name: "session",
    rows: "staff sessions",
    says: "A signed-in browser of a member of the staff.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the session"),
        F::new("organisation", &PLUMBING, "Employer").to("organisation"),
        F::new("member", &ACCOUNT, "Whose browser").to("member").link(Link::Member),
        F::new("token_hash", &ACCOUNT_SECRET, "Fingerprint of the cookie"),
        F::new("created_at", &ACCOUNT, "Signed in"),
        F::new("expires_at", &ACCOUNT, "Ends by itself"),
        F::new("last_seen_at", &ACCOUNT, "Last used"),
    ],
};

pub(crate) const INVITATION: Table = Table {
    name: "invitation",
    rows: "open invitations",
    says: "An open invitation to join the staff; it names nobody.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the invitation"),
        F::new("organisation", &PLUMBING, "Employer").to("organisation"),
        F::new("role", &PLUMBING, "Role offered"),
        F::new("token_hash", &ACCOUNT_SECRET, "Fingerprint of the link"),
        F::new("invited_by", &ACCOUNT, "Member who invited").to("member"),
        F::new("created_at", &PLUMBING, "When"),
        F::new("expires_at", &PLUMBING, "Ends by itself"),
    ],
};

pub(crate) const API_KEY: Table = Table {
    name: "api_key",
    rows: "keys for programs",
    says: "A key for a program of the organisation.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the key"),
        F::new("organisation", &PLUMBING, "Whose program").to("organisation"),
        F::new("name", &PLUMBING, "What the organisation calls it"),
        F::new("token_hash", &ACCOUNT_SECRET, "Fingerprint of the key"),
        F::new("scopes", &PLUMBING, "What it may do"),
        F::new("created_by", &ACCOUNT, "Member who made it").to("member"),
        F::new("created_at", &PLUMBING, "When"),
        F::new("last_used_at", &PLUMBING, "Last used"),
        F::new("revoked_at", &PLUMBING, "Revoked"),
    ],
};

/// How a member of the staff is shown to a customer: nothing but these two columns.
#[derive(Clone, Copy, Debug)]
pub struct StaffCard {
    /// The table.
    pub table: &'static str,
    /// The sealed name.
    pub name: &'static str,
    /// The role.
    pub role: &'static str,
}

/// The card of the staff.
pub const STAFF_CARD: StaffCard = StaffCard { table: "member", name: "name_sealed", role: "role" };
