//! Stories of the library on a real store, with a real website on loopback.

#![expect(clippy::unwrap_used, clippy::expect_used, reason = "a test that cannot go on fails loudly")]

mod crawl;
mod encoder;
mod hostile;
mod manual;
mod site;
