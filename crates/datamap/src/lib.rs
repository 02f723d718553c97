//! What Confidante holds about people, as plain consts: every table, file, index, cache, browser key, log field and recipient.
//!
//! Export, erasure, the record of processing, the privacy notice and the cookie list only *read* this map. A column that
//! is missing here fails the tests of both engines; a new line here shows as a difference in the published notice.

mod agent;
mod browser;
mod company;
mod consent;
mod conversation;
mod house;
mod keeping;
mod mask_rule;
mod memory;
mod outward;
mod person;
mod preset;
mod preset_house;
mod promise;
mod provider;
mod request;
mod review;
mod shape;
mod staff;
mod table;
mod term;
mod test_set;

pub use browser::{BROWSER, Browser, Place};
pub use memory::{CACHES, Copy, FILES, INDEXES, LOG};
pub use outward::{RECIPIENTS, Recipient};
pub use preset::*;
pub use preset_house::*;
pub use shape::{Basis, Erasure, Export, Field, Keep, Link, Plain, Preset, Table, Who};
pub use staff::{STAFF_CARD, StaffCard};
pub use table::{TABLES, table};
pub use term::{Anchor, End, PRESETS, SUBSCRIPTION, TERMS, Term, class_of, term, terms_fit_the_map};
