//! The permission table: who may use which address of the API. A test compares it with the routes and with what they do.

use model::{Role, Scope};

/// Who may use an address.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Permission {
    /// Anybody.
    Anybody,
    /// Anybody, from our own page only.
    OurPage,
    /// A visitor with the token of her session.
    Visitor,
    /// A signed-in member, or an API key with the scope.
    Staff(Role, Option<Scope>),
}

use Permission::{Anybody, OurPage, Staff, Visitor};
use Role::{Admin, Agent, Viewer};
use Scope::{Privacy, ReadConversations, ReadKnowledge, WriteConversations, WriteKnowledge};

const BE_STAFF: Permission = Staff(Viewer, None);
const READ: Permission = Staff(Viewer, Some(ReadConversations));
const WRITE: Permission = Staff(Agent, Some(WriteConversations));
const RIGHTS: Permission = Staff(Agent, Some(Privacy));
const KNOW: Permission = Staff(Viewer, Some(ReadKnowledge));
const TEACH: Permission = Staff(Admin, Some(WriteKnowledge));
const RUN: Permission = Staff(Admin, None);

/// Every address of the API: method, path, who.
pub const PERMISSIONS: &[(&str, &str, Permission)] = &[
    ("get", "/healthz", Anybody),
    ("get", "/v1/openapi.json", Anybody),
    ("get", "/v1/setup", Anybody),
    ("post", "/v1/setup", OurPage),
    ("post", "/v1/session", OurPage),
    ("post", "/v1/invitations/accept", OurPage),
    ("delete", "/v1/session", BE_STAFF),
    ("get", "/v1/me", BE_STAFF),
    ("get", "/v1/team", BE_STAFF),
    ("post", "/v1/team/invitations", RUN),
    ("delete", "/v1/team/invitations/{id}", RUN),
    ("patch", "/v1/team/members/{id}", RUN),
    ("get", "/v1/settings", BE_STAFF),
    ("put", "/v1/settings", RUN),
    ("get", "/v1/settings/snippet", BE_STAFF),
    ("get", "/v1/api-keys", RUN),
    ("post", "/v1/api-keys", RUN),
    ("delete", "/v1/api-keys/{id}", RUN),
];
