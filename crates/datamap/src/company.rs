//! The organisation itself and what it publishes: no person in sight.

use crate::{CONTENT, Field as F, PLUMBING, Table};

pub(crate) const ORGANISATION: Table = Table {
    name: "organisation",
    rows: "organisations",
    says: "A company that uses Confidante.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the organisation"),
        F::new("name", &CONTENT, "Name"),
        F::new("widget_key", &CONTENT, "Public name of its widget"),
        F::new("settings", &CONTENT, "Looks, domains, retention period, answerer"),
        F::new("created_at", &PLUMBING, "Since"),
    ],
};

pub(crate) const SIGHTING: Table = Table {
    name: "sighting",
    rows: "websites with the widget",
    says: "A website of the organisation on which the widget was opened: a host name, no visitor.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the sighting"),
        F::new("organisation", &PLUMBING, "Whose website").to("organisation"),
        F::new("host", &CONTENT, "Host name"),
        F::new("first_seen_at", &PLUMBING, "First seen"),
        F::new("last_seen_at", &PLUMBING, "Last seen"),
    ],
};

pub(crate) const SOURCE: Table = Table {
    name: "source",
    rows: "sources",
    says: "Where knowledge comes from, such as the organisation's website.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the source"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("url", &CONTENT, "Address"),
        F::new("kind", &CONTENT, "Kind of source"),
        F::new("state", &PLUMBING, "State"),
        F::new("max_pages", &PLUMBING, "Limit"),
        F::new("max_depth", &PLUMBING, "Limit"),
        F::new("created_at", &PLUMBING, "Added"),
        F::new("last_crawled_at", &PLUMBING, "Last read"),
    ],
};

pub(crate) const CRAWL: Table = Table {
    name: "crawl",
    rows: "crawls",
    says: "One run over a source, with its counts.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the run"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("source", &PLUMBING, "Which source").to("source"),
        F::new("state", &PLUMBING, "State"),
        F::new("started_at", &PLUMBING, "Begun"),
        F::new("finished_at", &PLUMBING, "Ended"),
        F::new("found", &PLUMBING, "Count"),
        F::new("added", &PLUMBING, "Count"),
        F::new("changed", &PLUMBING, "Count"),
        F::new("same", &PLUMBING, "Count"),
        F::new("skipped", &PLUMBING, "Count"),
        F::new("errors", &PLUMBING, "Count"),
        F::new("done", &PLUMBING, "Count"),
    ],
};

pub(crate) const CRAWL_URL: Table = Table {
    name: "crawl_url",
    rows: "addresses of a crawl",
    says: "One public address in a run.",
    fields: &[
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("crawl", &PLUMBING, "Which run").to("crawl"),
        F::new("url", &CONTENT, "Address"),
        F::new("depth", &PLUMBING, "Links away from the start"),
        F::new("state", &PLUMBING, "State"),
        F::new("reason", &PLUMBING, "Why skipped"),
    ],
};

pub(crate) const PAGE: Table = Table {
    name: "page",
    rows: "pages of knowledge",
    says: "A page of knowledge, whatever its version.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the page"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("source", &PLUMBING, "From which source").to("source"),
        F::new("url", &CONTENT, "Address"),
        F::new("kind", &CONTENT, "Kind of page"),
        F::new("title", &CONTENT, "Title"),
        F::new("state", &PLUMBING, "Active, excluded or gone"),
        F::new("snapshot", &PLUMBING, "Current version"),
        F::new("etag", &PLUMBING, "Version mark of the website"),
        F::new("last_modified", &PLUMBING, "Date mark of the website"),
        F::new("created_at", &PLUMBING, "Added"),
        F::new("updated_at", &PLUMBING, "Changed"),
    ],
};

pub(crate) const SNAPSHOT: Table = Table {
    name: "snapshot",
    rows: "frozen versions of pages",
    says: "One frozen version of a page, so that a citation stays true; an old one while a conversation from its time is there.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the version"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("page", &PLUMBING, "Of which page").to("page"),
        F::new("hash", &PLUMBING, "Fingerprint"),
        F::new("title", &CONTENT, "Title"),
        F::new("content", &CONTENT, "Text"),
        F::new("language", &CONTENT, "Language"),
        F::new("fetched_at", &PLUMBING, "Read on"),
    ],
};

pub(crate) const PASSAGE: Table = Table {
    name: "passage",
    rows: "passages",
    says: "A piece of a version that can be found and cited.",
    fields: &[
        F::new("id", &PLUMBING, "Id of the passage"),
        F::new("organisation", &PLUMBING, "Whose").to("organisation"),
        F::new("page", &PLUMBING, "Of which page").to("page"),
        F::new("snapshot", &PLUMBING, "Of which version").to("snapshot"),
        F::new("position", &PLUMBING, "Place in the page"),
        F::new("heading", &CONTENT, "Headings above it"),
        F::new("content", &CONTENT, "Text"),
    ],
};
