//! The deeds of customer service: say, answer, hand over, close, ask for my data. Every way in (widget, console, API) calls these.

pub mod answer;
pub mod api_key;
pub mod audit;
pub mod authorised_agent;
pub mod body;
pub mod consent;
pub mod conversation;
pub mod disclosure;
mod fault;
pub mod file;
pub mod gap;
pub mod handover;
pub mod import;
pub mod inbox;
pub mod invitation;
pub mod lane;
mod leave;
pub mod legal_hold;
mod lineage;
pub mod lineup;
pub mod live;
pub mod mask_rule;
pub mod member;
pub mod message;
mod name;
pub mod organisation;
mod password;
pub mod person;
pub mod post;
pub mod provider;
pub mod request;
pub mod restricted;
pub mod retention;
pub mod review;
pub mod rights;
pub mod search;
pub mod setting;
pub mod setup;
pub mod shop_identity;
pub mod sighting;
pub mod sign_in;
pub mod spending;
pub mod survey;
pub mod team;
pub mod test_set;
mod token;
pub mod visitor;

use std::sync::Arc;

pub use fault::{Deed, Fault};
use jobs::Bell;
use knowledge::Library;
use live::Live;
use masking::Masker;
use model::World;
use store::Store;
use vault::Keyring;

/// Everything a deed needs. Cloning it gives another handle to the same house.
#[derive(Clone)]
pub struct Desk {
    /// Where everything is kept.
    pub store: Store,
    /// The keys of organisations and persons.
    pub keyring: Keyring,
    /// Time and chance.
    pub world: World,
    /// Who is watching right now.
    pub live: Live,
    /// Rung after a commit that left work behind.
    pub bell: Bell,
    /// What the organisations know.
    pub library: Library,
    /// Finds and replaces personal data before anything leaves.
    pub masker: Arc<Masker>,
    /// The models that answer; without one the built-in answerer quotes.
    pub models: lineup::Models,
    /// The way letters take.
    pub post: Arc<post::Post>,
    /// How many bytes an archive may have that is kept for a request; normally [`request::LARGEST_ARCHIVE`].
    pub largest_archive: usize,
}
