//! Lines of the audit log: a change is noted in the same work as the deed, a look before anything is shown.

use std::future::Future;

use model::{Actor, AuditId, OrganisationId};
use store::audit::{Act, AuditRow, Sought, actions, find, insert};
use store::{Fence, Statement, Work};
use vault::Personal;

use crate::restricted::Leave;
use crate::{Deed, Desk};

tokio::task_local! {
    /// The id of the request that is being answered on this task.
    static REQUEST: String;
}

/// Runs what answers one request, so that every line written meanwhile carries its id.
pub async fn answering<F: Future>(request: &str, work: F) -> F::Output {
    REQUEST.scope(request.to_owned(), work).await
}

/// Deeds of the staff that serve a right of the person.
const RIGHTS: &[&str] = &["erase_person", "person.export", "person.correct"];
/// Deeds that show others that the house keeps its word.
const ACCOUNT: &[&str] = &["audit.", "backup.", "organisation.export", "organisation.erase"];
/// Deeds of helping a customer.
const SUPPORT: &[&str] = &[
    "conversation.",
    "message.",
    "file.",
    "person.",
    "inbox.",
    "answer.",
    "review.",
    "gap.",
    "marks.",
    "take_over",
    "give_back",
    "close",
    "assign",
];

/// Why somebody does this: P-101 of every privacy statement, access only for a purpose. A code, never free text.
fn reason(actor: &Actor, action: &str) -> &'static str {
    let begins = |list: &[&str]| list.iter().any(|start| action.starts_with(start));
    match actor {
        Actor::Visitor { .. } => "own_data",
        Actor::House { .. } => "house_duty",
        _ if RIGHTS.contains(&action) || action.starts_with("request.") => "rights_request",
        _ if begins(ACCOUNT) => "accountability",
        _ if begins(SUPPORT) => "support",
        _ => "administration",
    }
}

impl Desk {
    /// One line: who did what to what, by ids.
    pub fn audit(&self, actor: &Actor, action: &'static str, object_kind: &'static str, object: &str) -> Statement {
        self.audit_because((actor, reason(actor, action)), action, object_kind, object)
    }

    /// The same with a reason that follows from more than the deed: a code of a closed list, never free text.
    pub(crate) fn audit_because(
        &self,
        (actor, reason): (&Actor, &'static str),
        action: &'static str,
        object_kind: &'static str,
        object: &str,
    ) -> Statement {
        let request = REQUEST.try_with(Clone::clone).unwrap_or_default();
        let act = Act { action, reason, object_kind, object, request: &request };
        insert(&self.world, actor, &act)
    }

    /// Notes that somebody looks at personal data. To be awaited before it is shown: what cannot be noted is not shown.
    pub async fn looks(
        &self,
        actor: &Actor,
        action: &'static str,
        object_kind: &'static str,
        object: &str,
    ) -> Deed<()> {
        self.looks_at((actor, None), action, object_kind, object).await
    }

    /// The same; where something restricted is looked at, the reason is the one that the law leaves.
    pub async fn looks_at(
        &self,
        (actor, because): (&Actor, Option<Leave>),
        action: &'static str,
        object_kind: &'static str,
        object: &str,
    ) -> Deed<()> {
        let reason = because.map_or_else(|| reason(actor, action), Leave::audited);
        let line = self.audit_because((actor, reason), action, object_kind, object);
        self.store.write(Work::new(Fence::Organisation(actor.organisation())).with(line)).await?;
        Ok(())
    }
}

/// How many lines one page shows.
const PAGE: i64 = 100;

/// A line of the log, with the name of the member who did it.
pub struct Line {
    /// The line.
    pub row: AuditRow,
    /// The member's name, if a member who is still known did it.
    pub name: Option<Personal>,
}

impl Desk {
    /// Lines that fit, newest first, and where the next page begins.
    pub async fn audit_lines(
        &self,
        organisation: OrganisationId,
        sought: &Sought,
    ) -> Deed<(Vec<Line>, Option<AuditId>)> {
        let rows = self.store.all(Fence::Organisation(organisation), find(organisation, sought, PAGE)).await?;
        let mut lines = Vec::new();
        for row in &rows {
            let row = AuditRow::from_row(row)?;
            let name = self.member_name(organisation, row.actor.parse().ok()).await?;
            lines.push(Line { row, name });
        }
        let full = i64::try_from(rows.len()).unwrap_or(0) >= PAGE;
        let next = lines.last().filter(|_| full).map(|line| line.row.id);
        Ok((lines, next))
    }

    /// Every deed that stands in the log.
    pub async fn audit_actions(&self, organisation: OrganisationId) -> Deed<Vec<String>> {
        let rows = self.store.all(Fence::Organisation(organisation), actions(organisation)).await?;
        rows.iter().map(|row| Ok(row.text("action")?)).collect()
    }
}
