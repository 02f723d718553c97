//! Lines of the audit log, written in the same work as the deed they tell of.

use model::{Actor, AuditId};
use store::Statement;
use store::audit::{Act, insert};

use crate::Desk;

impl Desk {
    /// One line: who did what to what, by ids.
    pub(crate) fn audit(
        &self,
        actor: &Actor,
        action: &'static str,
        object_kind: &'static str,
        object: &str,
    ) -> Statement {
        let act = Act { action, object_kind, object };
        insert(AuditId::new(&self.world), actor, &act, self.world.now())
    }
}
