//! A message as the API shows it.

use desk::body::{Attachment, Citation, citation_link};
use desk::message::MessageView;
use serde::{Deserialize, Serialize};
use store::message::MessageKind;
use utoipa::ToSchema;

/// A message.
#[derive(Serialize, ToSchema)]
pub struct Message {
    /// Its id.
    pub id: String,
    /// Its place in the log of the conversation, from 1.
    pub seq: i64,
    /// `visitor`, `ai`, `agent`, `note` (staff only) or `system`.
    pub kind: &'static str,
    /// The words; for `system`, which the client words in its own language, only what a person adds.
    pub text: String,
    /// The name of the member of the staff who wrote it, or whom a `system` message names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub author: Option<String>,
    /// When it was accepted, ms.
    pub created_at: i64,
    /// The sender's own id for it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub client_id: Option<String>,
    /// Written by an AI system (EU AI Act, Art. 50: marked in a machine-readable format).
    pub ai: bool,
    /// How the assistant fared: `answered`, `abstained` or `failed`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub outcome: Option<&'static str>,
    /// What supports the answer.
    pub citations: Vec<CitationBody>,
    /// The file that was sent.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub file: Option<FileBody>,
    /// What the house says.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub system: Option<SystemBody>,
}

/// A quotation and where it stands.
#[derive(Serialize, ToSchema)]
#[schema(as = Citation)]
pub struct CitationBody {
    /// The number in the text.
    pub n: usize,
    /// The frozen page.
    pub snapshot_id: String,
    /// The passage in it.
    pub passage_id: String,
    /// The page's title.
    pub title: String,
    /// The page's address, if it has one.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub url: Option<String>,
    /// The words that support the sentence.
    pub quote: String,
    /// When the page was frozen, ms.
    pub fetched_at: i64,
    /// Opens the frozen page at the passage.
    pub link: String,
}

/// A file on a message.
#[derive(Serialize, ToSchema)]
#[schema(as = File)]
pub struct FileBody {
    /// Its id.
    pub id: String,
    /// Its name.
    pub name: String,
    /// Its media type.
    pub mime: String,
    /// Its size.
    pub bytes: i64,
}

/// What the house says in a conversation.
#[derive(Serialize, ToSchema)]
#[schema(as = SystemMessage)]
pub struct SystemBody {
    /// `person_requested`, `person_joined`, `ai_returned`, `closed`, `reopened`, `assigned`, `review_opened`, `review_right`,
    /// `review_wrong` or `review_not_ours`.
    pub code: &'static str,
    /// The message about which it says so.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub about: Option<String>,
    /// Until when something is promised, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub until: Option<i64>,
    /// Whom it names.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
}

/// A message to be sent by its visitor.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewVisitorMessage {
    /// The sender's own id for it, 1 to 64 characters: the same one again is the same message.
    pub client_id: String,
    /// At most 8,000 characters.
    pub text: String,
}

/// A message to be sent by a member of the staff.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
pub struct NewStaffMessage {
    /// The sender's own id for it, 1 to 64 characters: the same one again is the same message.
    pub client_id: String,
    /// At most 8,000 characters.
    pub text: String,
    /// A private note: no visitor ever gets it.
    #[serde(default)]
    pub note: bool,
    /// For what it is written where the conversation is restricted (GDPR Art. 18(2)): `consent`, `claims`, `rights_of_others`
    /// or `public_interest`.
    pub reason: Option<String>,
}

impl From<&MessageView> for Message {
    fn from(view: &MessageView) -> Self {
        let author = view.author.as_ref().map(|name| name.expose().to_owned());
        let system = view.body.system.map(|code| SystemBody {
            code: code.word(),
            about: view.body.about.map(|message| message.to_string()),
            until: view.body.until.map(model::Moment::millis),
            name: author.clone(),
        });
        Self {
            id: view.id.to_string(),
            seq: view.seq,
            kind: view.kind.word(),
            text: view.body.text.clone(),
            author,
            created_at: view.created_at.millis(),
            client_id: view.client_id.clone(),
            ai: view.kind == MessageKind::Ai,
            outcome: view.body.outcome.map(desk::body::Outcome::word),
            citations: view.body.citations.iter().map(CitationBody::from).collect(),
            file: view.body.file.as_ref().map(FileBody::from),
            system,
        }
    }
}

impl From<&Citation> for CitationBody {
    fn from(citation: &Citation) -> Self {
        Self {
            n: citation.n,
            snapshot_id: citation.snapshot.to_string(),
            passage_id: citation.passage.to_string(),
            title: citation.title.clone(),
            url: citation.url.clone(),
            quote: citation.quote.clone(),
            fetched_at: citation.fetched_at.millis(),
            link: citation_link(citation),
        }
    }
}

impl From<&Attachment> for FileBody {
    fn from(file: &Attachment) -> Self {
        Self { id: file.id.to_string(), name: file.name.clone(), mime: file.mime.clone(), bytes: file.bytes }
    }
}
