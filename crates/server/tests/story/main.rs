//! Stories over HTTP: a whole server on a loopback port, actors who talk to it, and a clock that moves when told. Each story
//! runs on every engine this machine has.
#![expect(
    clippy::unwrap_used,
    clippy::expect_used,
    clippy::indexing_slicing,
    reason = "a story that goes wrong must end loudly"
)]

mod audit;
mod authorised_agent;
mod bad_input;
mod beginning;
mod consent;
mod consent_lapse;
mod demo;
mod document;
mod drp;
mod drp_foreign;
mod drp_walk;
mod faketime;
mod first_run;
mod foreign;
mod gap;
mod guest;
mod header;
mod hostile_house;
mod hostile_markup;
mod hostile_tools;
mod hostile_words;
mod house;
mod inbox;
mod key;
mod kill;
mod leave;
mod leaving;
mod log;
mod mask_rule;
mod permission;
mod post_office;
mod program;
mod promise;
mod promise_kept;
mod promise_program;
mod provider;
mod public_page;
mod request_form;
mod request_kinds;
mod request_staff;
mod restricted;
mod retention;
mod review;
mod rights;
mod rights_record;
#[path = "../../../desk/tests/story/scripted_model.rs"]
#[expect(dead_code, reason = "the desk's stories hand the client over; here the configuration does")]
mod scripted_model;
mod session;
mod setting;
mod shop_identity;
mod team;
mod test_set;
mod visitor;
mod visitor_bad_input;
mod visitor_file;
mod visitor_stream;
