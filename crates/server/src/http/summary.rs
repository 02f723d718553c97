//! A conversation as the list of the inbox shows it.

use desk::inbox::Summary as View;
use serde::Serialize;
use utoipa::ToSchema;
use vault::Personal;

/// A conversation in the list.
#[derive(Serialize, ToSchema)]
pub struct Summary {
    /// Its id.
    pub id: String,
    /// With whom.
    pub person: PersonName,
    /// `open` or `closed`.
    pub state: &'static str,
    /// Who answers: `ai`, `waiting` or `human`.
    pub lane: &'static str,
    /// To whom it is assigned.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub assignee: Option<MemberName>,
    /// The beginning of the last words said.
    pub preview: String,
    /// Who said them: `visitor`, `ai` or `agent`.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub preview_kind: Option<&'static str>,
    /// Restricted (GDPR Art. 18): its words are not shown in passing.
    pub restricted: bool,
    /// The number of the last message.
    pub last_seq: i64,
    /// When something last happened, ms.
    pub last_activity_at: i64,
    /// Since when the visitor waits for a person, ms.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub waiting_since: Option<i64>,
    /// When it began, ms.
    pub created_at: i64,
    /// The visitor's language.
    pub locale: String,
    /// The host of the page on which it began.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub page_host: Option<String>,
}

/// A customer, by the name she gave.
#[derive(Serialize, ToSchema)]
pub struct PersonName {
    /// Her id.
    pub id: String,
    /// Her name, if she gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub name: Option<String>,
    /// Her e-mail address, if she gave it.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub email: Option<String>,
}

/// A member of the staff.
#[derive(Serialize, ToSchema)]
pub struct MemberName {
    /// The member's id.
    pub id: String,
    /// The member's name.
    pub name: String,
}

/// Plain words for the wire.
pub fn plain(words: &Option<Personal>) -> Option<String> {
    words.as_ref().map(|words| words.expose().to_owned())
}

impl From<&View> for Summary {
    fn from(view: &View) -> Self {
        let row = &view.row;
        let person = PersonName {
            id: view.person.id.to_string(),
            name: plain(&view.person.name),
            email: plain(&view.person.email),
        };
        let assignee = view
            .assignee
            .as_ref()
            .map(|(id, name)| MemberName { id: id.to_string(), name: plain(name).unwrap_or_default() });
        Self {
            id: row.id.to_string(),
            person,
            state: if row.open { "open" } else { "closed" },
            lane: row.lane.word(),
            assignee,
            preview: view.preview.as_ref().map(|(_, text)| text.expose().to_owned()).unwrap_or_default(),
            preview_kind: view.preview.as_ref().map(|(kind, _)| kind.word()),
            restricted: view.restricted,
            last_seq: row.last_seq,
            last_activity_at: row.last_activity_at.millis(),
            waiting_since: row.waiting_since.map(model::Moment::millis),
            created_at: row.created_at.millis(),
            locale: row.locale.clone(),
            page_host: row.page_host.clone(),
        }
    }
}
