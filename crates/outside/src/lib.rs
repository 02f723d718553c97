//! The door to the outside: nothing leaves this server for a third party except through here.

pub mod bucket;
pub mod callback;
mod disclosure;
pub mod door;
pub mod mail;
pub mod model;
pub mod recipient;

pub use disclosure::{BoxFuture, Disclosure, Ledger, LedgerFault};
pub use door::{DeclaredSource, Door, DoorConfig, DoorFault, FetchRefusal, FetchRequest, Fetched};
pub use recipient::{Foreign, Recipient};
