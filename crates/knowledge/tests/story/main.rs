//! Stories of the library on a real store, with a real website on loopback.

mod crawl;
mod hostile;
mod manual;
mod site;
