//! What is inside a sealed message: the words and what hangs on them. Written and read only on the way into and out of the seal.

use model::{ConversationId, FileId, MessageId, Moment, OrganisationId, PassageId, SnapshotId};
use serde::{Deserialize, Serialize};
use vault::{Place, Sealed, SubjectKey};

use crate::{Deed, Fault};

/// The content of a message. Has no `Debug`: these are a person's words.
#[derive(Clone, Default, Serialize, Deserialize)]
pub struct Body {
    /// The words. What the house says is worded in each reader's own language; only what a person adds to it stands here.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub text: String,
    /// What the assistant quotes.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub citations: Vec<Citation>,
    /// How the assistant fared.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub outcome: Option<Outcome>,
    /// The number of the visitor's message that the assistant answers.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub answers: Option<i64>,
    /// The file that was sent.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub file: Option<Attachment>,
    /// What the house says.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemCode>,
    /// The message about which it says so.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub about: Option<MessageId>,
    /// Until when something is promised.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub until: Option<Moment>,
}

/// How the assistant fared.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Outcome {
    /// It answered from the pages.
    Answered,
    /// Nothing supports an answer; it offered a person.
    Abstained,
    /// The question can mean several things; it asked which.
    AskedBack,
    /// It is nothing for an assistant; it offered a person.
    OfferedPerson,
    /// It could not work; it offered a person.
    Failed,
}

impl Outcome {
    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            Outcome::Answered => "answered",
            Outcome::Abstained => "abstained",
            Outcome::AskedBack => "asked_back",
            Outcome::OfferedPerson => "offered_person",
            Outcome::Failed => "failed",
        }
    }
}

/// A quotation with the frozen page it comes from.
#[derive(Clone, Serialize, Deserialize)]
pub struct Citation {
    /// The number in the text.
    pub n: usize,
    /// The frozen page.
    pub snapshot: SnapshotId,
    /// The passage in it.
    pub passage: PassageId,
    /// The page's title.
    pub title: String,
    /// The page's address, if it has one.
    pub url: Option<String>,
    /// The words that support the sentence.
    pub quote: String,
    /// When the page was frozen.
    pub fetched_at: Moment,
}

/// A file on a message; its content lies in the file's own row.
#[derive(Clone, Serialize, Deserialize)]
pub struct Attachment {
    /// The file.
    pub id: FileId,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its size.
    pub bytes: i64,
}

/// What the house says in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum SystemCode {
    /// The visitor asked for a person.
    PersonRequested,
    /// A member of the staff took over.
    PersonJoined,
    /// The assistant answers again.
    AiReturned,
    /// The conversation was closed.
    Closed,
    /// The conversation was opened again.
    Reopened,
    /// The conversation was assigned.
    Assigned,
    /// A person will check an answer of the assistant.
    ReviewOpened,
    /// A person found the answer right.
    ReviewRight,
    /// A person found the answer wrong; the right one stands in the words.
    ReviewWrong,
    /// A person found that it is nothing this shop can answer.
    ReviewNotOurs,
}

impl SystemCode {
    /// The word in the API.
    pub fn word(self) -> &'static str {
        match self {
            SystemCode::PersonRequested => "person_requested",
            SystemCode::PersonJoined => "person_joined",
            SystemCode::AiReturned => "ai_returned",
            SystemCode::Closed => "closed",
            SystemCode::Reopened => "reopened",
            SystemCode::Assigned => "assigned",
            SystemCode::ReviewOpened => "review_opened",
            SystemCode::ReviewRight => "review_right",
            SystemCode::ReviewWrong => "review_wrong",
            SystemCode::ReviewNotOurs => "review_not_ours",
        }
    }
}

impl Body {
    /// A message that is only words.
    pub fn words(text: impl Into<String>) -> Self {
        Self { text: text.into(), ..Self::default() }
    }

    /// A message of the house.
    pub fn system(code: SystemCode) -> Self {
        Self { system: Some(code), ..Self::default() }
    }

    /// Seals the body for its row.
    pub fn seal(&self, key: &SubjectKey, organisation: OrganisationId, message: MessageId) -> Deed<Sealed> {
        let json = serde_json::to_string(self).map_err(|_| Fault::broken("a message body does not serialise"))?;
        Ok(key.seal(&place(organisation, &message.to_string()), &json)?)
    }

    /// Opens the body of a row.
    pub fn open(key: &SubjectKey, organisation: OrganisationId, message: MessageId, sealed: &Sealed) -> Deed<Self> {
        let json = key.open(&place(organisation, &message.to_string()), sealed)?;
        serde_json::from_str(json.expose()).map_err(|_| Fault::broken("a sealed message body is not one of ours"))
    }
}

fn place(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "message", column: "body_sealed", row }
}

/// A longer quotation is cut in a link: addresses have an end. The passage is found all the same.
const LONGEST_IN_LINK: usize = 700;

/// The name under which a citation of this conversation is opened by a stranger: the frozen page, at the passage, with the
/// quoted words marked. They are words of a public page, never of the visitor.
pub fn citation_link(citation: &Citation) -> String {
    let Citation { snapshot, passage, .. } = citation;
    let mut quote = String::new();
    for byte in citation.quote.chars().take(LONGEST_IN_LINK).collect::<String>().bytes() {
        // Unreserved characters stand for themselves (RFC 3986, section 2.3).
        if byte.is_ascii_alphanumeric() || b"-._~".contains(&byte) {
            quote.push(char::from(byte));
        } else {
            quote.push_str(&format!("%{byte:02X}"));
        }
    }
    format!("/snapshot/{snapshot}?passage={passage}&quote={quote}#{passage}")
}

/// Ids that every deed on a conversation carries along.
#[derive(Clone, Copy)]
pub struct Where {
    /// The tenant.
    pub organisation: OrganisationId,
    /// The conversation.
    pub conversation: ConversationId,
}
