//! Conversations: who answers (lane), whose turn it is (epoch), and where the log stands (`last_seq`).
//!
//! Every change that the log shows also takes the next `last_seq` in the same statement; the message that records it
//! reads that number back inside the same work, so two writers can never take the same place.

use model::{ConversationId, MemberId, MessageId, Moment, OrganisationId, PersonId};
use vault::Sealed;

use crate::{Expect, Row, Statement, StoreError, Value};

/// The columns of [`ConversationRow`], for the statements below.
macro_rules! columns {
    () => {
        "c.id, c.person, c.state, c.lane, c.epoch, c.assignee, c.locale, c.page_host, c.last_seq, c.last_activity_at, \
         c.waiting_since, c.created_at, c.closed_at"
    };
}

crate::statements! {
    INSERT = "INSERT INTO conversation (id, organisation, person, state, lane, epoch, locale, page_host, last_seq, \
              words_seq, last_activity_at, created_at) VALUES ($1, $2, $3, 'open', $7, 0, $4, $5, 0, 0, $6, $6)";
    BY_ID = concat!("SELECT ", columns!(), " FROM conversation c WHERE c.organisation = $1 AND c.id = $2 AND c.deleted_at IS NULL");
    BY_PERSON = concat!("SELECT ", columns!(), " FROM conversation c WHERE c.organisation = $1 AND c.person = $2 AND c.deleted_at IS NULL \
                 ORDER BY c.last_activity_at DESC LIMIT 200");
    TOUCH_BY_VISITOR = "UPDATE conversation SET last_seq = last_seq + 1, last_activity_at = $3, \
                 waiting_since = CASE WHEN lane = 'ai' THEN NULL ELSE COALESCE(waiting_since, $3) END \
                 WHERE organisation = $1 AND id = $2 AND deleted_at IS NULL";
    // Asked at the end of the work instead of `RETURNING` from its steps: for that clause SQLite keeps, and encrypts, a copy of
    // every page the step touches.
    STANDING = "SELECT last_seq, lane FROM conversation WHERE organisation = $1 AND id = $2";
    // A statement of its own, so that its count tells whether there was anything to open again.
    REOPEN_BY_VISITOR = "UPDATE conversation SET state = 'open', closed_at = NULL \
                 WHERE organisation = $1 AND id = $2 AND state = 'closed'";
    TOUCH_BY_STAFF = "UPDATE conversation SET last_seq = last_seq + 1, last_activity_at = $3, waiting_since = NULL \
                 WHERE organisation = $1 AND id = $2";
    TOUCH_BY_REPLY = "UPDATE conversation SET last_seq = last_seq + 1, last_activity_at = $3, waiting_since = NULL \
                 WHERE organisation = $1 AND id = $2 AND lane = 'human' AND deleted_at IS NULL";
    TOUCH_BY_NOTE = "UPDATE conversation SET last_seq = last_seq + 1 WHERE organisation = $1 AND id = $2";
    TOUCH_BY_AI = "UPDATE conversation SET last_seq = last_seq + 1, last_activity_at = $3, waiting_since = NULL \
                 WHERE organisation = $1 AND id = $2 AND epoch = $4 \
                 AND EXISTS (SELECT 1 FROM answerable_conversation a WHERE a.organisation = $1 AND a.id = $2)";
    REQUEST_PERSON = "UPDATE conversation SET lane = 'waiting', epoch = epoch + 1, last_seq = last_seq + 1, \
                 last_activity_at = $3, state = 'open', closed_at = NULL, waiting_since = COALESCE(waiting_since, $3) \
                 WHERE organisation = $1 AND id = $2 AND (lane = 'ai' OR state = 'closed')";
    TAKE_OVER = "UPDATE conversation SET lane = 'human', assignee = $4, epoch = epoch + 1, last_seq = last_seq + 1, \
                 last_activity_at = $3, state = 'open', closed_at = NULL WHERE organisation = $1 AND id = $2 \
                 AND (lane <> 'human' OR assignee IS NULL OR assignee <> $4 OR state = 'closed')";
    GIVE_BACK = "UPDATE conversation SET lane = 'ai', assignee = NULL, epoch = epoch + 1, last_seq = last_seq + 1, \
                 last_activity_at = $3, waiting_since = NULL WHERE organisation = $1 AND id = $2 AND lane <> 'ai' \
                 AND ai_off_at IS NULL AND restricted_at IS NULL AND EXISTS (SELECT 1 FROM answerable_person a \
                 WHERE a.organisation = $1 AND a.id = conversation.person)";
    CLOSE = "UPDATE conversation SET state = 'closed', closed_at = $3, epoch = epoch + 1, last_seq = last_seq + 1, \
                 last_activity_at = $3, waiting_since = NULL WHERE organisation = $1 AND id = $2 AND state = 'open'";
    REOPEN = "UPDATE conversation SET state = 'open', closed_at = NULL, epoch = epoch + 1, last_seq = last_seq + 1, \
                 last_activity_at = $3 WHERE organisation = $1 AND id = $2 AND state = 'closed'";
    // The newest that a person has: when she took it over, and when the assistant said its last word there, if it said any.
    IN_HANDS = "SELECT c.id, (SELECT MAX(m.created_at) FROM message m WHERE m.organisation = c.organisation AND m.person = c.person \
                 AND m.conversation = c.id AND m.kind = 'ai') AS told_at, (SELECT MAX(a.created_at) FROM audit a \
                 WHERE a.organisation = c.organisation AND a.object = c.id AND a.action = 'take_over') AS taken_at \
                 FROM conversation c WHERE c.organisation = $1 AND c.lane = 'human' AND c.deleted_at IS NULL \
                 ORDER BY c.id DESC LIMIT $2";
    ASSIGN = "UPDATE conversation SET assignee = $4, last_seq = last_seq + 1, last_activity_at = $3 \
                 WHERE organisation = $1 AND id = $2";
    LIST = concat!("SELECT ", columns!(), ", m.id AS preview_message, m.kind AS preview_kind, m.body_sealed AS preview_sealed, \
                 COALESCE(c.restricted_at, p.restricted_at) AS restricted_at \
                 FROM conversation c JOIN person p ON p.organisation = c.organisation AND p.id = c.person LEFT JOIN message m ON m.organisation = c.organisation AND m.person = c.person \
                 AND m.conversation = c.id AND m.seq = (SELECT MAX(n.seq) FROM message n \
                 WHERE n.organisation = c.organisation AND n.person = c.person AND n.conversation = c.id \
                 AND n.kind IN ('visitor', 'ai', 'agent')) WHERE c.organisation = $1 AND c.last_seq > 0 AND c.deleted_at IS NULL \
                 AND (CAST($2 AS TEXT) IS NULL OR c.state = $2) AND (CAST($3 AS TEXT) IS NULL OR c.lane = $3) \
                 AND (CAST($4 AS TEXT) IS NULL OR c.assignee = $4) AND ($5 = 0 OR c.assignee IS NULL) \
                 AND (CAST($6 AS BIGINT) IS NULL OR c.last_activity_at < $6 OR (c.last_activity_at = $6 AND c.id < $7)) \
                 AND (CAST($8 AS TEXT) IS NULL OR c.id = $8) \
                 ORDER BY c.last_activity_at DESC, c.id DESC LIMIT $9");
    COUNTS = "SELECT CAST(COALESCE(SUM(CASE WHEN state = 'open' THEN 1 ELSE 0 END), 0) AS BIGINT) AS open_count, \
                 CAST(COALESCE(SUM(CASE WHEN state = 'open' AND waiting_since IS NOT NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS waiting_count, \
                 CAST(COALESCE(SUM(CASE WHEN state = 'open' AND assignee = $2 THEN 1 ELSE 0 END), 0) AS BIGINT) AS mine_count, \
                 CAST(COALESCE(SUM(CASE WHEN state = 'open' AND assignee IS NULL THEN 1 ELSE 0 END), 0) AS BIGINT) AS unassigned_count, \
                 CAST(COALESCE(SUM(CASE WHEN state = 'closed' THEN 1 ELSE 0 END), 0) AS BIGINT) AS closed_count \
                 FROM conversation WHERE organisation = $1 AND last_seq > 0 AND deleted_at IS NULL";
}

/// Who answers in a conversation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Lane {
    /// The assistant.
    Ai,
    /// Nobody yet: a person was asked for.
    Waiting,
    /// A member of the staff.
    Human,
}

impl Lane {
    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            Lane::Ai => "ai",
            Lane::Waiting => "waiting",
            Lane::Human => "human",
        }
    }

    /// The lane behind a word of the column.
    pub fn from_word(word: &str) -> Option<Lane> {
        [Lane::Ai, Lane::Waiting, Lane::Human].into_iter().find(|lane| lane.word() == word)
    }
}

/// A conversation as it is stored.
#[derive(Clone)]
pub struct ConversationRow {
    /// Its id.
    pub id: ConversationId,
    /// With whom.
    pub person: PersonId,
    /// `true` while it is open.
    pub open: bool,
    /// Who answers.
    pub lane: Lane,
    /// Counts the changes of lane and state: an answer begun in an earlier epoch cannot be committed.
    pub epoch: i64,
    /// The member it is assigned to.
    pub assignee: Option<MemberId>,
    /// The visitor's language tag.
    pub locale: String,
    /// The host of the page on which it began.
    pub page_host: Option<String>,
    /// The number of the last message.
    pub last_seq: i64,
    /// When something last happened.
    pub last_activity_at: Moment,
    /// Since when the visitor waits for a person.
    pub waiting_since: Option<Moment>,
    /// When it began.
    pub created_at: Moment,
    /// When it was closed.
    pub closed_at: Option<Moment>,
}

impl ConversationRow {
    /// Reads the columns of the statements above.
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        Ok(Self {
            id: row.id("id")?,
            person: row.id("person")?,
            open: row.text("state")? == "open",
            lane: lane_of(row)?,
            epoch: row.int("epoch")?,
            assignee: row.maybe_id("assignee")?,
            locale: row.text("locale")?,
            page_host: row.maybe_text("page_host")?,
            last_seq: row.int("last_seq")?,
            last_activity_at: row.moment("last_activity_at")?,
            waiting_since: row.maybe_moment("waiting_since")?,
            created_at: row.moment("created_at")?,
            closed_at: row.maybe_moment("closed_at")?,
        })
    }
}

/// A conversation with the last words said in it.
pub struct Listed {
    /// The conversation.
    pub conversation: ConversationRow,
    /// Id, kind and sealed body of the last message by anyone but the house.
    pub preview: Option<(MessageId, String, Sealed)>,
    /// Since when it is restricted (Art. 18), by itself or with its person.
    pub restricted_at: Option<Moment>,
}

impl Listed {
    /// Reads a row of [`list`].
    pub fn from_row(row: &Row) -> Result<Self, StoreError> {
        let preview = match (
            row.maybe_id("preview_message")?,
            row.maybe_text("preview_kind")?,
            row.maybe_sealed("preview_sealed")?,
        ) {
            (Some(id), Some(kind), Some(body)) => Some((id, kind, body)),
            _ => None,
        };
        let restricted_at = row.maybe_moment("restricted_at")?;
        Ok(Self { conversation: ConversationRow::from_row(row)?, preview, restricted_at })
    }
}

/// A conversation about to begin.
pub struct NewConversation {
    /// Its id.
    pub id: ConversationId,
    /// With whom.
    pub person: PersonId,
    /// Who answers at first.
    pub lane: Lane,
    /// The visitor's language tag.
    pub locale: String,
    /// The host of the page.
    pub page_host: Option<String>,
    /// Now.
    pub at: Moment,
}

/// Begins a conversation.
pub fn insert(organisation: OrganisationId, new: NewConversation) -> Statement {
    let params = vec![
        new.id.into(),
        organisation.into(),
        new.person.into(),
        new.locale.into(),
        new.page_host.into(),
        new.at.into(),
        new.lane.word().into(),
    ];
    Statement::new(INSERT, params).expect(Expect::Exactly(1))
}

/// One conversation.
pub fn by_id(organisation: OrganisationId, id: ConversationId) -> Statement {
    Statement::new(BY_ID, vec![organisation.into(), id.into()])
}

/// The conversations of one person, latest first.
pub fn by_person(organisation: OrganisationId, person: PersonId) -> Statement {
    Statement::new(BY_PERSON, vec![organisation.into(), person.into()])
}

/// Opens a closed conversation again because its visitor wrote; changes nothing in an open one.
pub fn reopen_by_visitor(organisation: OrganisationId, id: ConversationId) -> Statement {
    Statement::new(REOPEN_BY_VISITOR, vec![organisation.into(), id.into()])
}

/// Where the log stands and who answers after the statements before it (`last_seq`, `lane`); the last of a work that takes a step.
pub fn standing(organisation: OrganisationId, id: ConversationId) -> Statement {
    Statement::new(STANDING, vec![organisation.into(), id.into()]).expect(Expect::Exactly(1))
}

/// The lane in a row of [`standing`] or of a conversation.
pub fn lane_of(row: &Row) -> Result<Lane, StoreError> {
    Lane::from_word(&row.text("lane")?).ok_or_else(|| StoreError::Fault("unknown lane".into()))
}

/// What may happen to a conversation; each takes the next number of the log.
#[derive(Clone, Copy)]
pub enum Step {
    /// The visitor wrote.
    Visitor,
    /// A member of the staff replied; only while people answer here.
    Reply,
    /// Something that the staff decided was noted.
    Staff,
    /// A private note was written.
    Note,
    /// The assistant answered; only in its lane and in this epoch.
    Ai {
        /// The epoch in which the answer was begun.
        epoch: i64,
    },
    /// The visitor asked for a person.
    RequestPerson,
    /// A member of the staff took over.
    TakeOver(MemberId),
    /// The assistant got it back.
    GiveBack,
    /// It was closed.
    Close,
    /// It was opened again.
    Reopen,
    /// It was assigned, or to nobody.
    Assign(Option<MemberId>),
}

/// The change, guarded: where the conversation does not allow it, the whole work is refused.
pub fn step(organisation: OrganisationId, id: ConversationId, step: Step, at: Moment) -> Statement {
    let mut params: Vec<Value> = vec![organisation.into(), id.into()];
    let sql = match step {
        Step::Visitor => TOUCH_BY_VISITOR,
        Step::Reply => TOUCH_BY_REPLY,
        Step::Staff => TOUCH_BY_STAFF,
        Step::Note => TOUCH_BY_NOTE,
        Step::Ai { .. } => TOUCH_BY_AI,
        Step::RequestPerson => REQUEST_PERSON,
        Step::TakeOver(_) => TAKE_OVER,
        Step::GiveBack => GIVE_BACK,
        Step::Close => CLOSE,
        Step::Reopen => REOPEN,
        Step::Assign(_) => ASSIGN,
    };
    if !matches!(step, Step::Note) {
        params.push(at.into());
    }
    match step {
        Step::Ai { epoch } => params.push(epoch.into()),
        Step::TakeOver(member) => params.push(member.into()),
        Step::Assign(member) => params.push(member.into()),
        _ => {}
    }
    Statement::new(sql, params).expect(Expect::Exactly(1))
}

/// Which conversations to list; `None` means any.
#[derive(Default)]
pub struct Filter {
    /// Only open or only closed ones.
    pub open: Option<bool>,
    /// Only this lane.
    pub lane: Option<Lane>,
    /// Only those assigned to this member.
    pub assignee: Option<MemberId>,
    /// Only those assigned to nobody.
    pub unassigned: bool,
    /// Only those older than this place in the list.
    pub before: Option<(Moment, ConversationId)>,
    /// Only this one.
    pub only: Option<ConversationId>,
    /// How many at most.
    pub limit: i64,
}

/// The list of the inbox, latest first, with previews.
pub fn list(organisation: OrganisationId, filter: &Filter) -> Statement {
    let (before_at, before_id) =
        filter.before.map_or((Value::Null, Value::from("")), |(at, id)| (at.into(), id.into()));
    let params = vec![
        organisation.into(),
        filter.open.map(|open| if open { "open" } else { "closed" }.to_owned()).into(),
        filter.lane.map(|lane| lane.word().to_owned()).into(),
        filter.assignee.into(),
        i64::from(filter.unassigned).into(),
        before_at,
        before_id,
        filter.only.into(),
        filter.limit.into(),
    ];
    Statement::new(LIST, params)
}

/// The numbers beside the filters, as `member` sees them.
pub fn counts(organisation: OrganisationId, member: Option<MemberId>) -> Statement {
    let member = member.map(|member| member.to_string()).unwrap_or_default();
    Statement::new(COUNTS, vec![organisation.into(), member.into()])
}

/// The newest conversations in a person's hands (`id`), with the moments at which she took over (`taken_at`) and the assistant
/// said its last word (`told_at`).
pub fn in_hands(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(IN_HANDS, vec![organisation.into(), limit.into()])
}
