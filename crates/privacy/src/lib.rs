//! The readers of the data map: export, erase, sweep, receipt, holdings, record, notice. None of them names a table.

pub mod audit;
pub mod backup;
mod canonical;
pub mod consent_receipt;
pub mod cookies;
pub mod drp;
pub mod erase;
pub mod export;
mod fault;
pub mod fideslang;
pub mod holdings;
pub mod leave;
pub mod ledger;
pub mod legal_hold;
pub mod notice;
mod plan;
pub mod promise;
pub mod receipt;
pub mod record;
pub mod request;
pub mod retain;
mod signed;
mod sweep;
pub mod verify;

pub use fault::Fault;
pub use sweep::{Swept, sweep};
