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
    /// An authorised agent, by what it signed or by its token. Everybody else gets a 403 without a word (DRP 1.0, 2.05.1).
    Agent,
    /// A signed-in member, or an API key with the scope.
    Staff(Role, Option<Scope>),
}

use Permission::{Anybody, OurPage, Staff, Visitor};
use Role::{Admin, Agent, Owner, Viewer};
use Scope::{Privacy, ReadConversations, ReadKnowledge, WriteConversations, WriteKnowledge};

const BE_STAFF: Permission = Staff(Viewer, None);
const READ: Permission = Staff(Viewer, Some(ReadConversations));
const WRITE: Permission = Staff(Agent, Some(WriteConversations));
const RIGHTS: Permission = Staff(Agent, Some(Privacy));
const KNOW: Permission = Staff(Viewer, Some(ReadKnowledge));
const TEACH: Permission = Staff(Admin, Some(WriteKnowledge));
const RUN: Permission = Staff(Admin, None);
const OWN: Permission = Staff(Owner, None);

/// Every address of the API: method, path, who.
pub const PERMISSIONS: &[(&str, &str, Permission)] = &[
    ("get", "/healthz", Anybody),
    ("get", "/v1/openapi.json", Anybody),
    // Visitors.
    ("get", "/v1/widget/{widget_key}", Anybody),
    ("post", "/v1/widget/{widget_key}/sessions", Anybody),
    ("get", "/v1/visitor/conversation", Visitor),
    ("post", "/v1/visitor/messages", Visitor),
    ("get", "/v1/visitor/stream", Visitor),
    ("post", "/v1/visitor/person", Visitor),
    ("post", "/v1/visitor/messages/{id}/review", Visitor),
    ("get", "/v1/visitor/messages/{id}/why", Visitor),
    ("post", "/v1/visitor/files", Visitor),
    ("get", "/v1/visitor/files/{id}", Visitor),
    ("get", "/v1/visitor/ai-opt-out", Visitor),
    ("post", "/v1/visitor/ai-opt-out", Visitor),
    ("get", "/v1/visitor/export", Visitor),
    ("post", "/v1/visitor/erasure", Visitor),
    ("get", "/v1/erasures/{id}", Anybody),
    ("get", "/v1/erasures/{id}/receipt", Anybody),
    ("get", "/v1/visitor/consents", Visitor),
    ("post", "/v1/visitor/consents", Visitor),
    ("post", "/v1/visitor/survey", Visitor),
    ("get", "/v1/visitor/consents/receipt", Visitor),
    // Getting in.
    ("get", "/v1/setup", Anybody),
    ("post", "/v1/setup", OurPage),
    ("post", "/v1/session", OurPage),
    ("post", "/v1/invitations/accept", OurPage),
    ("delete", "/v1/session", BE_STAFF),
    ("get", "/v1/me", BE_STAFF),
    // Conversations.
    ("get", "/v1/stream", BE_STAFF),
    ("get", "/v1/conversations", READ),
    ("get", "/v1/conversations/{id}", READ),
    ("post", "/v1/conversations/{id}/messages", WRITE),
    ("post", "/v1/conversations/{id}/take-over", WRITE),
    ("post", "/v1/conversations/{id}/give-back", WRITE),
    ("post", "/v1/conversations/{id}/close", WRITE),
    ("post", "/v1/conversations/{id}/reopen", WRITE),
    ("post", "/v1/conversations/{id}/assign", WRITE),
    ("delete", "/v1/conversations/{id}", RIGHTS),
    ("get", "/v1/files/{id}", READ),
    ("get", "/v1/messages/{id}/why", READ),
    ("get", "/v1/messages/{id}/seen", READ),
    ("get", "/v1/reviews", READ),
    ("get", "/v1/reviews/{id}", READ),
    ("post", "/v1/reviews/{id}/decision", WRITE),
    // People and their rights.
    ("get", "/v1/people", READ),
    ("get", "/v1/people/{id}", READ),
    ("patch", "/v1/people/{id}", WRITE),
    ("get", "/v1/people/{id}/export", RIGHTS),
    ("post", "/v1/people/{id}/erasure", RIGHTS),
    ("get", "/v1/erasures", RIGHTS),
    ("get", "/v1/people/{id}/consents", READ),
    ("get", "/v1/consents", BE_STAFF),
    ("post", "/v1/consents/texts", RUN),
    ("post", "/v1/consents/retire", RUN),
    ("put", "/v1/survey", RUN),
    // Requests about personal data.
    ("get", "/v1/visitor/requests", Visitor),
    ("post", "/v1/visitor/requests", Visitor),
    ("post", "/v1/visitor/requests/{id}/withdraw", Visitor),
    ("get", "/v1/visitor/requests/{id}/archive", Visitor),
    ("post", "/v1/people/import", RIGHTS),
    ("get", "/v1/requests", RIGHTS),
    ("post", "/v1/requests", RIGHTS),
    ("get", "/v1/requests/{id}", RIGHTS),
    ("post", "/v1/requests/{id}/assign", RIGHTS),
    ("post", "/v1/requests/{id}/vouch", RIGHTS),
    ("post", "/v1/requests/{id}/extend", RIGHTS),
    ("post", "/v1/requests/{id}/ask", RIGHTS),
    ("post", "/v1/requests/{id}/resume", RIGHTS),
    ("post", "/v1/requests/{id}/refuse", RIGHTS),
    ("post", "/v1/requests/{id}/settle", RIGHTS),
    ("post", "/v1/requests/{id}/withdraw", RIGHTS),
    ("get", "/v1/requests/{id}/archive", RIGHTS),
    ("get", "/v1/requests/{id}/bundle", RIGHTS),
    // The Data Rights Protocol.
    ("post", "/v1/agent/{id}", Permission::Agent),
    ("get", "/v1/agent/{id}", Permission::Agent),
    ("post", "/v1/data-rights-request", Permission::Agent),
    ("get", "/v1/data-rights-request/{id}", Permission::Agent),
    ("delete", "/v1/data-rights-request/{id}", Permission::Agent),
    ("get", "/v1/authorised-agents", RUN),
    ("post", "/v1/authorised-agents", RUN),
    ("delete", "/v1/authorised-agents/{id}", RUN),
    ("get", "/v1/marks/{id}", READ),
    ("post", "/v1/marks/{id}/ai-off", RIGHTS),
    ("post", "/v1/marks/{id}/ai-on", RIGHTS),
    ("post", "/v1/marks/{id}/restriction", RIGHTS),
    ("delete", "/v1/marks/{id}/restriction", RIGHTS),
    ("post", "/v1/marks/{id}/restriction/told", RIGHTS),
    ("get", "/v1/retention", BE_STAFF),
    ("put", "/v1/retention", RUN),
    ("post", "/v1/retention/preview", RUN),
    ("get", "/v1/legal-holds", RUN),
    ("post", "/v1/legal-holds", RUN),
    ("delete", "/v1/legal-holds/{id}", RUN),
    // Knowledge.
    ("get", "/v1/sources", KNOW),
    ("post", "/v1/sources", TEACH),
    ("get", "/v1/sources/{id}", KNOW),
    ("delete", "/v1/sources/{id}", TEACH),
    ("post", "/v1/sources/{id}/crawl", TEACH),
    ("post", "/v1/sources/{id}/pause", TEACH),
    ("post", "/v1/sources/{id}/resume", TEACH),
    ("post", "/v1/sources/{id}/stop", TEACH),
    ("get", "/v1/pages", KNOW),
    ("post", "/v1/pages", TEACH),
    ("get", "/v1/pages/{id}", KNOW),
    ("put", "/v1/pages/{id}", TEACH),
    ("delete", "/v1/pages/{id}", TEACH),
    ("get", "/v1/gaps", READ),
    ("post", "/v1/gaps/answer", TEACH),
    ("post", "/v1/playground", KNOW),
    ("get", "/v1/test-sets", KNOW),
    ("post", "/v1/test-sets", TEACH),
    ("get", "/v1/test-sets/{id}", KNOW),
    ("put", "/v1/test-sets/{id}", TEACH),
    ("delete", "/v1/test-sets/{id}", TEACH),
    ("post", "/v1/test-sets/{id}/runs", TEACH),
    ("get", "/v1/test-runs/{id}", KNOW),
    // Promises.
    ("get", "/v1/promises", BE_STAFF),
    ("post", "/v1/promises/check", RUN),
    ("put", "/v1/promises/{id}/attestation", RUN),
    // The house.
    ("get", "/v1/team", BE_STAFF),
    ("post", "/v1/team/invitations", RUN),
    ("delete", "/v1/team/invitations/{id}", RUN),
    ("patch", "/v1/team/members/{id}", RUN),
    ("get", "/v1/settings", BE_STAFF),
    ("put", "/v1/settings", RUN),
    ("get", "/v1/settings/snippet", BE_STAFF),
    ("get", "/v1/audit", RUN),
    ("get", "/v1/audit/chain", RUN),
    ("post", "/v1/audit/verify", RUN),
    ("get", "/v1/audit/export", RUN),
    ("get", "/v1/backups", RUN),
    ("get", "/v1/organisation/exports", OWN),
    ("post", "/v1/organisation/exports", OWN),
    ("get", "/v1/organisation/exports/{id}/file", OWN),
    ("post", "/v1/organisation/departure", OWN),
    ("get", "/v1/departures/{id}", Anybody),
    ("get", "/v1/departures/{id}/certificate", Anybody),
    ("get", "/v1/api-keys", RUN),
    ("post", "/v1/api-keys", RUN),
    ("delete", "/v1/api-keys/{id}", RUN),
    ("get", "/v1/mask-rules", RUN),
    ("post", "/v1/mask-rules", RUN),
    ("delete", "/v1/mask-rules/{id}", RUN),
    ("post", "/v1/mask-rules/preview", RUN),
    ("post", "/v1/mask-rules/try", RUN),
    ("get", "/v1/providers", RUN),
    ("post", "/v1/providers", RUN),
    ("put", "/v1/providers/{id}", RUN),
    ("delete", "/v1/providers/{id}", RUN),
    ("post", "/v1/providers/{id}/switch", RUN),
    ("post", "/v1/providers/{id}/test", RUN),
    ("put", "/v1/providers/order", RUN),
    ("get", "/v1/spending", RUN),
    ("put", "/v1/spending/limits", RUN),
];
