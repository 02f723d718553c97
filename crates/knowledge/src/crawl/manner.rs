//! In what manner we crawl: how fast, how much, how long.

use std::time::Duration;

/// The manners of the crawler. Limits of pages and depth belong to the source.
#[derive(Clone, Debug, PartialEq)]
pub struct Manner {
    /// Pages fetched at the same time from one website.
    pub concurrent: usize,
    /// The same for addresses that the operator's config names: their own machines.
    pub concurrent_at_home: usize,
    /// Requests a second to one website.
    pub rate_per_second: f64,
    /// The longest pause between two requests that a robots.txt can ask for.
    pub longest_delay: Duration,
    /// The largest page, after decompression.
    pub max_page_bytes: usize,
    /// All pages of a crawl together.
    pub max_total_bytes: u64,
    /// How long a crawl may take from its start.
    pub max_time: Duration,
    /// How long reading one page may take once it has arrived.
    pub patience: Duration,
    /// How often a page that failed for a passing reason is tried.
    pub tries: u32,
}

impl Default for Manner {
    fn default() -> Self {
        Self {
            concurrent: 4,
            concurrent_at_home: 8,
            rate_per_second: 5.0,
            longest_delay: Duration::from_secs(30),
            max_page_bytes: 8 * 1024 * 1024,
            max_total_bytes: 4 * 1024 * 1024 * 1024,
            max_time: Duration::from_secs(6 * 3600),
            patience: Duration::from_secs(20),
            tries: 3,
        }
    }
}
