//! The words every floor speaks: ids, moments, locales, actors and refusals. No I/O.

mod actor;
mod id;
mod locale;
mod moment;
mod refusal;
mod world;

pub use actor::{Actor, Role, Scope};
pub use id::{
    AnswerId, ApiKeyId, AttestationId, AuditId, AuthorisedAgentId, ConsentId, ConsentTextId, ConversationId, CrawlId,
    DepartureId, DisclosureId, ErasureId, FileId, InvitationId, JobId, LegalHoldId, LineageId, MaskRuleId, MemberId,
    MessageId, OrganisationId, PageId, PassageId, PersonId, ProofId, ProviderId, RequestFileId, RequestId,
    RequestStepId, RequestWordsId, ReviewId, SessionId, SightingId, SnapshotId, SourceId, SurveyAnswerId,
    TenantExportId, TestRunId, TestSetId, VisitorSessionId,
};
pub use locale::Locale;
pub use moment::Moment;
pub use refusal::{Kind, Refusal};
pub use world::{Chance, Clock, World};
