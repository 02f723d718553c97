//! Stories over HTTP: a whole server on a loopback port, actors who talk to it, and a clock that moves when told. Each story
//! runs on every engine this machine has.

mod bad_input;
mod document;
mod first_run;
mod header;
mod house;
mod key;
mod permission;
mod session;
mod setting;
mod team;
