//! Lineage: from whose words in which conversation a page of knowledge was taken. Where no such row is left, the page must not
//! repeat them any longer.

use model::{ConversationId, LineageId, MessageId, Moment, OrganisationId, PageId, PersonId};

use crate::{Statement, params};

crate::statements! {
    INSERT = "INSERT INTO lineage (id, organisation, page, person, conversation, message, part, created_at) \
              VALUES ($1, $2, $3, $4, $5, $6, $7, $8)";
    OF_PAGE = "SELECT conversation, message, part, created_at FROM lineage WHERE organisation = $1 AND page = $2 ORDER BY id LIMIT $3";
    ANSWERED = "SELECT l.message, l.page FROM lineage l JOIN page p ON p.organisation = l.organisation AND p.id = l.page \
              WHERE l.organisation = $1 AND p.state = 'active' ORDER BY l.id DESC LIMIT $2";
    // Pages whose title repeated somebody's words, and nobody is left whose words they are.
    ORPHANED = "SELECT p.id FROM page p WHERE p.organisation = $1 AND p.kind = 'learned' AND NOT EXISTS (SELECT 1 FROM lineage l \
              WHERE l.organisation = p.organisation AND l.page = p.id AND l.part = 'title') ORDER BY p.id LIMIT $2";
}

/// One strand.
pub struct LineageRow {
    /// Its id.
    pub id: LineageId,
    /// What was taken.
    pub page: PageId,
    /// From whom.
    pub person: PersonId,
    /// Out of which conversation.
    pub conversation: ConversationId,
    /// The message that asked.
    pub message: MessageId,
    /// `title` where the page's title repeats her words, `question` where she only asked.
    pub part: &'static str,
    /// When.
    pub at: Moment,
}

/// Notes where a page comes from.
pub fn insert(organisation: OrganisationId, new: &LineageRow) -> Statement {
    let LineageRow { id, page, person, conversation, message, part, at } = *new;
    Statement::new(INSERT, params![id, organisation, page, person, conversation, message, part, at])
}

/// Where a page comes from (`conversation`, `message`, `part`, `created_at`).
pub fn of_page(organisation: OrganisationId, page: PageId, limit: i64) -> Statement {
    Statement::new(OF_PAGE, params![organisation, page, limit])
}

/// Which questions have become a page that is in use (`message`, `page`), the latest first.
pub fn answered(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(ANSWERED, params![organisation, limit])
}

/// Pages (`id`) whose title must be written anew.
pub fn orphaned(organisation: OrganisationId, limit: i64) -> Statement {
    Statement::new(ORPHANED, params![organisation, limit])
}
