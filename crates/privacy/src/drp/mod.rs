//! The Data Rights Protocol 1.0: what an authorised agent signs, which of our kinds it asks for, and how its status words follow
//! from our states. Rules only; who is registered and what is kept is the desk's.

mod message;
mod right;
mod status;

pub use message::{Message, Signed};
pub use right::{kind, regime};
pub use status::{READABLE, Standing, Status, moment, standing};
