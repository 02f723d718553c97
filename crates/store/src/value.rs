//! One value of a column: the store knows integers, bytes and text, nothing else.

use model::Moment;

/// What can be bound to a parameter or stand in a column.
#[derive(Clone, PartialEq, Eq)]
pub enum Value {
    /// Nothing.
    Null,
    /// An integer: numbers, moments, flags.
    Int(i64),
    /// Text: ids, words of the house, public pages.
    Text(String),
    /// Bytes: sealed values, blind indexes, hashes.
    Bytes(Vec<u8>),
}

impl Value {
    /// About how many bytes it takes.
    pub fn bytes(&self) -> usize {
        match self {
            Value::Null => 0,
            Value::Int(_) => 8,
            Value::Text(text) => text.len(),
            Value::Bytes(bytes) => bytes.len(),
        }
    }
}

impl From<i64> for Value {
    fn from(number: i64) -> Self {
        Value::Int(number)
    }
}

impl From<i32> for Value {
    fn from(number: i32) -> Self {
        Value::Int(number.into())
    }
}

impl From<u32> for Value {
    fn from(number: u32) -> Self {
        Value::Int(number.into())
    }
}

impl From<bool> for Value {
    fn from(flag: bool) -> Self {
        Value::Int(flag.into())
    }
}

impl From<Moment> for Value {
    fn from(moment: Moment) -> Self {
        Value::Int(moment.millis())
    }
}

impl From<&str> for Value {
    fn from(text: &str) -> Self {
        text.to_owned().into()
    }
}

impl From<&String> for Value {
    fn from(text: &String) -> Self {
        text.clone().into()
    }
}

impl From<String> for Value {
    /// PostgreSQL cannot keep a NUL in text: it becomes U+FFFD on both engines, so that both find and keep the same.
    fn from(text: String) -> Self {
        Value::Text(if text.contains('\0') { text.replace('\0', "\u{fffd}") } else { text })
    }
}

impl From<Vec<u8>> for Value {
    fn from(bytes: Vec<u8>) -> Self {
        Value::Bytes(bytes)
    }
}

impl From<&[u8]> for Value {
    fn from(bytes: &[u8]) -> Self {
        Value::Bytes(bytes.to_vec())
    }
}

impl<T: Into<Value>> From<Option<T>> for Value {
    fn from(value: Option<T>) -> Self {
        value.map_or(Value::Null, Into::into)
    }
}

macro_rules! ids {
    ($($id:ident),* $(,)?) => {$(
        impl From<model::$id> for Value {
            fn from(id: model::$id) -> Self {
                Value::Text(id.to_string())
            }
        }
        impl From<&model::$id> for Value {
            fn from(id: &model::$id) -> Self {
                Value::Text(id.to_string())
            }
        }
    )*};
}

ids! {
    AnswerId, ApiKeyId, AuditId, ConversationId, CrawlId, DisclosureId, ErasureId, FileId, InvitationId, JobId, MemberId,
    MessageId, OrganisationId, PageId, PassageId, PersonId, RequestFileId, RequestId, RequestStepId, RequestWordsId, SessionId, SightingId, ProviderId, MaskRuleId, SnapshotId, SourceId, VisitorSessionId,
    DepartureId, TenantExportId, ProofId, AttestationId, LegalHoldId, ConsentId, ConsentTextId, SurveyAnswerId, AuthorisedAgentId, ReviewId, LineageId, TestSetId, TestRunId,
}
