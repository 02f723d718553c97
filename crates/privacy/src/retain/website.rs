//! Lets go of versions of the website that are not in force any more, once nothing that is still here can cite them.

use model::OrganisationId;
use store::{Fence, Work, snapshot};

use crate::Fault;
use crate::erase::Counter;

/// How many versions are looked for at once; each has passages of its own.
const VERSIONS: i64 = 50;

/// Lets go of them; how many rows went.
pub(super) async fn let_go(counter: &Counter, organisation: OrganisationId) -> Result<u64, Fault> {
    let fence = Fence::Organisation(organisation);
    let mut gone = 0;
    loop {
        let found = counter.store.all(fence, snapshot::outlived(organisation, VERSIONS)).await?;
        let mut versions = 0;
        for row in &found {
            // One work each: whoever chats meanwhile waits for one of them, not for all.
            let forget = snapshot::forget(organisation, row.id("id")?, row.id("page")?);
            let done = counter.store.write(Work::new(fence).extend(forget)).await?;
            // The first of them only takes the version off its page.
            gone += done.iter().skip(1).map(|done| done.changed).sum::<u64>();
            versions += done.last().map_or(0, |done| done.changed);
        }
        if versions == 0 {
            return Ok(gone);
        }
    }
}
