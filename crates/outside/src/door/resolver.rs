//! Looks names up and forgets every address that is not of the public internet.

use std::net::SocketAddr;

use reqwest::dns::{Addrs, Name, Resolve, Resolving};

use super::address::is_public;

/// The name stands only for addresses that are not public.
#[derive(Debug, thiserror::Error)]
#[error("the name leads to a private address")]
pub(crate) struct LeadsInside;

/// The name is unknown.
#[derive(Debug, thiserror::Error)]
#[error("the name is unknown")]
pub(crate) struct UnknownName;

/// The system's resolver with a filter behind it. The connection is made to what is returned here and to nothing
/// else, so an answer that changes between look-up and connection changes nothing.
pub(crate) struct Filtered;

impl Resolve for Filtered {
    fn resolve(&self, name: Name) -> Resolving {
        Box::pin(async move {
            let found: Vec<SocketAddr> =
                tokio::net::lookup_host((name.as_str(), 0)).await.map_err(|_| UnknownName)?.collect();
            if found.is_empty() {
                return Err(UnknownName.into());
            }
            // One private address among public ones is how rebinding begins: the whole name is refused.
            if !found.iter().all(|address| is_public(address.ip())) {
                return Err(LeadsInside.into());
            }
            Ok(Box::new(found.into_iter()) as Addrs)
        })
    }
}
