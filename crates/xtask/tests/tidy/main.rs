//! The habits of the house as tests: whoever breaks one reads here which and why.

mod architecture;
mod arrows;
mod files;
mod licences;
mod log;
mod names;
mod sizes;
mod words;
