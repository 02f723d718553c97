//! The audit log as a chain: sealed a moment after it is written, marked by signed checkpoints, exported, verified by anybody.
//!
//! Why not chained at once: each work would wait for the hash of the one before it, on every machine. A line carries its
//! commitments from the start; [`seal`] links the lines in the order in which it meets them, one second later at most.
//! Until then a line can be removed unnoticed by somebody who writes into the database itself; how many such lines there
//! are is shown. After that nothing can be changed, removed, swapped or cut off without the chain, a checkpoint or the
//! signed end of an export saying so.

mod chain;
mod checkpoint;
mod entry;
mod export;
mod keep;
mod seal;
pub mod verify;
mod walk;

pub use checkpoint::{mark, restored};
pub use entry::Entry;
pub use export::{Exporter, FORMAT};
pub use keep::{KIND, Keeper, enqueue};
pub use seal::{seal, sealing};
pub use walk::{State, Verdict, state, walk};
