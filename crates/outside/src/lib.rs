//! The door to the outside: nothing leaves this server for a third party except through here.

pub mod door;
pub mod recipient;

pub use door::{Door, DoorConfig, FetchRefusal, FetchRequest, Fetched};
pub use recipient::{Foreign, Recipient};
