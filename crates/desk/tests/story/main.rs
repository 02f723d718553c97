//! Stories of the desk, told on both engines: asking, answering, taking over, what leaves and what does not.

mod answering;
mod handover;
mod house;
mod lane;
mod request;
mod retention;
mod scripted_model;
mod search;
mod spending;
mod switch;
