//! Privacy law, held against the live database: what is exported, what is erased, what the receipt is worth.

mod audit;
mod backup;
mod dump;
mod erasure;
mod export;
mod fideslang;
mod house;
mod keys;
mod kill;
mod leave;
mod map;
mod marker;
mod plant;
mod promise;
mod promise_people;
mod receipt;
mod restore;
mod retention;
mod stepper;
