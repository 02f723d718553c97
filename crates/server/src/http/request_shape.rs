//! How a request looks in JSON, for the staff and for the person herself.

use desk::member::MemberView;
use desk::request::{LetterView, RequestView};
use model::{MemberId, Moment};
use privacy::request::Clock;
use serde::Serialize;
use store::request::RequestRow;
use store::request_step::StepRow;
use utoipa::ToSchema;

/// A request in a list.
#[derive(Serialize, ToSchema)]
pub struct RequestSummary {
    id: String,
    /// What is asked for.
    kind: String,
    /// Under which law.
    regime: String,
    /// By which way it came.
    channel: String,
    /// How it stands.
    state: String,
    /// How the identity was proved.
    identity: String,
    received_at: i64,
    /// The strict date, to which we work.
    due_at: i64,
    /// Whole days left; negative when overdue; nothing once it is answered.
    #[serde(skip_serializing_if = "Option::is_none")]
    days_left: Option<i64>,
    overdue: bool,
    /// Waiting for the person's answer to a question.
    paused: bool,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledge_by: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    acknowledged_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    extended_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    answered_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    closed_at: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<String>,
    /// The member in charge.
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee_id: Option<String>,
}

/// A step.
#[derive(Serialize, ToSchema)]
pub struct RequestStep {
    id: String,
    /// What is done.
    act: String,
    /// `waiting`, `manual` (a person must), `failed` (will be tried again), `done`, `kept` or `void`.
    state: String,
    /// Who outside is told.
    #[serde(skip_serializing_if = "Option::is_none")]
    recipient: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    transfers: Option<i64>,
    #[serde(skip_serializing_if = "Option::is_none")]
    ground: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    kept_until: Option<i64>,
    /// The erasure that does it.
    #[serde(skip_serializing_if = "Option::is_none")]
    erasure_id: Option<String>,
    attempts: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    next_at: Option<i64>,
    /// Why it waits or failed: a code.
    #[serde(skip_serializing_if = "Option::is_none")]
    error_code: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_by: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    done_at: Option<i64>,
}

/// Something said in a request.
#[derive(Serialize, ToSchema)]
pub struct RequestSaid {
    /// `reason`, `correction`, `before`, `letter` or `note`.
    kind: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    step_id: Option<String>,
    /// The words; of a letter, its subject.
    text: String,
    /// The paragraphs of a letter.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    paragraphs: Vec<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    sent_at: Option<i64>,
    created_at: i64,
}

/// An archive.
#[derive(Serialize, ToSchema)]
pub struct RequestArchive {
    bytes: i64,
    /// SHA-256, hexadecimal.
    hash: String,
    created_at: i64,
    expires_at: i64,
}

/// The person who asks.
#[derive(Serialize, ToSchema)]
pub struct RequestPerson {
    id: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    name: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    email: Option<String>,
}

/// One request with everything.
#[derive(Serialize, ToSchema)]
pub struct RequestDetail {
    summary: RequestSummary,
    /// Where the clock is written.
    source: String,
    /// From when the clock runs.
    #[serde(skip_serializing_if = "Option::is_none")]
    started_at: Option<i64>,
    /// Until when a court would let us.
    lenient_at: i64,
    /// Until when an extension can be told.
    extend_by: i64,
    /// Whether it can be put off now.
    extendable: bool,
    locale: String,
    #[serde(skip_serializing_if = "Option::is_none")]
    message_id: Option<String>,
    #[serde(skip_serializing_if = "Option::is_none")]
    person: Option<RequestPerson>,
    #[serde(skip_serializing_if = "Option::is_none")]
    assignee: Option<String>,
    steps: Vec<RequestStep>,
    said: Vec<RequestSaid>,
    archives: Vec<RequestArchive>,
}

const DAY: i64 = 24 * 60 * 60 * 1_000;

/// A row of a list.
pub fn summary(row: &RequestRow, clock: &Clock, now: Moment) -> RequestSummary {
    let open = row.answered_at.is_none() && row.closed_at.is_none();
    let left = (clock.due_at.millis() - now.millis()).div_euclid(DAY);
    RequestSummary {
        id: row.id.to_string(),
        kind: row.kind.clone(),
        regime: row.regime.clone(),
        channel: row.channel.clone(),
        state: row.state.clone(),
        identity: row.identity.clone(),
        received_at: row.received_at.millis(),
        due_at: clock.due_at.millis(),
        days_left: open.then_some(left),
        overdue: open && now > clock.due_at,
        paused: row.paused_since.is_some(),
        acknowledge_by: row.acknowledge_by.map(Moment::millis),
        acknowledged_at: row.acknowledged_at.map(Moment::millis),
        extended_at: row.extended_at.map(Moment::millis),
        answered_at: row.answered_at.map(Moment::millis),
        closed_at: row.closed_at.map(Moment::millis),
        ground: row.ground.clone(),
        assignee_id: row.assignee.map(|member| member.to_string()),
    }
}

/// A request with everything; names of the staff come from `members`.
pub fn detail(view: RequestView, members: &[MemberView], now: Moment) -> RequestDetail {
    let name = |id: MemberId| {
        let member = members.iter().find(|member| member.id == id);
        member.map_or_else(|| "—".to_owned(), |member| member.name.expose().to_owned())
    };
    let plain = |words: Option<vault::Personal>| words.map(|words| words.expose().to_owned());
    RequestDetail {
        summary: summary(&view.row, &view.clock, now),
        source: view.source.to_owned(),
        started_at: view.clock.started_at.map(Moment::millis),
        lenient_at: view.clock.lenient_at.millis(),
        extend_by: view.clock.extend_by.millis(),
        extendable: view.extendable,
        locale: view.row.locale.clone(),
        message_id: view.row.message.clone(),
        person: view.person.map(|(id, person, email)| RequestPerson {
            id: id.to_string(),
            name: plain(person),
            email: plain(email),
        }),
        assignee: view.row.assignee.map(name),
        steps: view.steps.iter().map(|step| of_step(&step.row, step.row.done_by.map(name))).collect(),
        said: view.said.into_iter().map(of_words).collect(),
        archives: view
            .files
            .iter()
            .map(|file| RequestArchive {
                bytes: file.bytes,
                hash: data_encoding::HEXLOWER.encode(&file.hash),
                created_at: file.created_at.millis(),
                expires_at: file.expires_at.millis(),
            })
            .collect(),
    }
}

fn of_step(row: &StepRow, done_by: Option<String>) -> RequestStep {
    RequestStep {
        id: row.id.to_string(),
        act: row.act.clone(),
        state: row.state.clone(),
        recipient: row.recipient.clone(),
        transfers: row.transfers,
        ground: row.ground.clone(),
        kept_until: row.kept_until.map(Moment::millis),
        erasure_id: row.erasure.map(|erasure| erasure.to_string()),
        attempts: row.attempts,
        next_at: row.next_at.map(Moment::millis),
        error_code: row.error_code.clone(),
        done_by,
        done_at: row.done_at.map(Moment::millis),
    }
}

fn of_words(said: LetterView) -> RequestSaid {
    let (text, paragraphs) = match said.letter {
        Some(letter) => (letter.subject, letter.paragraphs),
        None => (said.text, Vec::new()),
    };
    RequestSaid {
        kind: said.kind,
        step_id: said.step.map(|step| step.to_string()),
        text,
        paragraphs,
        sent_at: said.sent_at.map(Moment::millis),
        created_at: said.created_at.millis(),
    }
}
