//! What a website asks of robots (RFC 9309): which addresses to leave alone, how slowly to go, where the sitemaps are.

use std::time::Duration;

use outside::door::{Door, FetchRefusal, FetchRequest};
use texting_robots::Robot;
use url::Url;

/// By this name we obey.
const NAME: &str = "Confidante";
/// RFC 9309 wants at least 500 KiB to be read.
const LARGEST: usize = 512 * 1024;

/// The rules of one website.
pub(super) enum Robots {
    /// There are none.
    Open,
    /// They could not be read for a reason that is not "there are none": nothing is crawled.
    Closed,
    /// These.
    Rules(Box<Robot>),
}

impl Robots {
    /// Reads the rules of the site `start` belongs to.
    pub(super) async fn fetch(door: &Door, start: &Url) -> Robots {
        let Ok(url) = start.join("/robots.txt") else { return Robots::Open };
        let fetched = door.fetch(FetchRequest { max_bytes: LARGEST, ..FetchRequest::new(url) }).await;
        match fetched {
            Ok(fetched) if (200..300).contains(&fetched.status) => Self::read(&fetched.body),
            Ok(fetched) if fetched.status == 429 || fetched.status >= 500 => Robots::Closed,
            Ok(_) => Robots::Open,
            // A file that never ends, a server that does not answer: the standard says to stay away.
            Err(FetchRefusal::TooManyRedirects | FetchRefusal::Elsewhere { .. }) => Robots::Open,
            Err(_) => Robots::Closed,
        }
    }

    fn read(body: &[u8]) -> Robots {
        // A page of HTML in place of the rules ("soft 404") holds none.
        let looks_like_a_page = body.iter().find(|byte| !byte.is_ascii_whitespace()) == Some(&b'<');
        match Robot::new(NAME, body) {
            Ok(robot) if !looks_like_a_page => Robots::Rules(Box::new(robot)),
            _ => Robots::Open,
        }
    }

    pub(super) fn allows(&self, url: &Url) -> bool {
        match self {
            Robots::Open => true,
            Robots::Closed => false,
            Robots::Rules(robot) => robot.allowed(url.as_str()),
        }
    }

    pub(super) fn delay(&self) -> Duration {
        match self {
            Robots::Rules(robot) => {
                robot.delay.and_then(|seconds| Duration::try_from_secs_f32(seconds).ok()).unwrap_or_default()
            }
            Robots::Open | Robots::Closed => Duration::ZERO,
        }
    }

    pub(super) fn sitemaps(&self) -> Vec<Url> {
        match self {
            Robots::Rules(robot) => robot.sitemaps.iter().filter_map(|text| Url::parse(text).ok()).take(20).collect(),
            Robots::Open | Robots::Closed => Vec::new(),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn allows(rules: &[u8], path: &str) -> bool {
        Robots::read(rules).allows(&Url::parse("https://s.example").unwrap().join(path).unwrap())
    }

    #[test]
    fn rules_are_obeyed_ours_before_everybodys() {
        let rules = b"User-agent: *\nDisallow: /\n\nUser-agent: confidante\nDisallow: /cart\nCrawl-delay: 2\nSitemap: https://s.example/map.xml";
        assert!(allows(rules, "/help"));
        assert!(!allows(rules, "/cart/1"));
        assert_eq!(Robots::read(rules).delay(), Duration::from_secs(2));
        assert_eq!(Robots::read(rules).sitemaps().len(), 1);
        assert!(!allows(b"User-agent: *\nDisallow: /", "/"));
    }

    #[test]
    fn noise_is_no_rule() {
        assert!(allows(b"<html>not found</html>", "/"));
        assert!(allows(b"\xff\xfe\x00 ::: Disallow", "/"));
        assert!(!Robots::Closed.allows(&Url::parse("https://s.example/").unwrap()));
    }
}
