//! “We saw your widget on …”: a host that the organisation's own website named, never a page and never a visitor.

use model::{OrganisationId, SightingId};
use store::sighting::{self as rows, SightingRow};
use store::{Fence, Statement};

use crate::{Deed, Desk};

/// The longest host name (RFC 1035).
const LONGEST: usize = 253;

impl Desk {
    /// The widget was opened on this host; nothing for what is no host name. Travels with the session that begins.
    pub fn sighting(&self, organisation: OrganisationId, host: &str) -> Option<Statement> {
        let host = plain_host(host)?;
        Some(rows::seen(organisation, SightingId::new(&self.world), &host, self.world.now()))
    }

    /// Where the widget was seen, the latest first.
    pub async fn sightings(&self, organisation: OrganisationId) -> Deed<Vec<SightingRow>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::latest(organisation)).await?;
        Ok(found.iter().map(SightingRow::from_row).collect::<Result<_, _>>()?)
    }
}

/// A host with an optional port, in small letters; whatever else a visitor's browser sends is not remembered.
pub fn plain_host(text: &str) -> Option<String> {
    let text = text.trim().to_ascii_lowercase();
    let fits = !text.is_empty() && text.len() <= LONGEST;
    let plain = text.bytes().all(|b| b.is_ascii_alphanumeric() || matches!(b, b'.' | b'-' | b':'));
    (fits && plain).then_some(text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_a_plain_host_is_remembered() {
        assert_eq!(plain_host(" Shop.Example:8080 ").as_deref(), Some("shop.example:8080"));
        for other in ["", "https://shop.example/anna?mail=a@b.example", "a b", "<script>", &"a".repeat(254)] {
            assert!(plain_host(other).is_none(), "{other}");
        }
    }
}
