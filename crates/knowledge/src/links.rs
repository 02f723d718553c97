//! One address for one page: links are brought into one form before they are compared, and judged whether they stay on the site.

use url::Url;

/// Query parameters that only say where a visitor came from.
const TRACKING: [&str; 9] = ["gclid", "fbclid", "msclkid", "mc_cid", "mc_eid", "igshid", "ref_src", "yclid", "_ga"];
/// Endings of files that hold no text for readers.
const NOT_READ: [&str; 40] = [
    "png", "jpg", "jpeg", "gif", "webp", "avif", "svg", "ico", "bmp", "tif", "tiff", "mp3", "mp4", "m4a", "avi", "mov",
    "webm", "ogg", "wav", "css", "js", "mjs", "map", "json", "woff", "woff2", "ttf", "otf", "eot", "zip", "gz", "tgz",
    "rar", "7z", "exe", "dmg", "apk", "iso", "ics", "rss",
];

/// The one form of an address: no fragment, no tracking parameters, no default page.
pub(crate) fn normal(mut url: Url) -> Url {
    url.set_fragment(None);
    if url.query().is_some() {
        let kept: Vec<(String, String)> = url
            .query_pairs()
            .filter(|(name, _)| !name.starts_with("utm_") && !TRACKING.contains(&name.as_ref()))
            .map(|(name, value)| (name.into_owned(), value.into_owned()))
            .collect();
        let whole = url.query_pairs().count();
        if kept.is_empty() {
            url.set_query(None);
        } else if kept.len() != whole {
            url.query_pairs_mut().clear().extend_pairs(kept);
        }
    }
    url
}

/// Whether the ending of the address says that there is nothing to read.
pub(crate) fn is_not_read(url: &Url) -> bool {
    let name = url.path().rsplit('/').next().unwrap_or_default();
    let ending = name.rsplit_once('.').map(|(_, ending)| ending.to_ascii_lowercase());
    ending.is_some_and(|ending| NOT_READ.contains(&ending.as_str()))
}

/// Whether both are of one site: scheme, host and port. `http` and `https` of one host on their usual ports count as one.
pub(crate) fn same_site(a: &Url, b: &Url) -> bool {
    let usual = |url: &Url| url.port().is_none();
    a.host_str() == b.host_str() && (a.port_or_known_default() == b.port_or_known_default() || usual(a) && usual(b))
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn one_page_has_one_address() {
        assert_eq!(normal(url("HTTP://Shop.Example:80/a/../b#top")).as_str(), "http://shop.example/b");
        assert_eq!(normal(url("https://s.example/?utm_source=x&gclid=1")).as_str(), "https://s.example/");
        assert_eq!(normal(url("https://s.example/p?id=3&utm_medium=y")).as_str(), "https://s.example/p?id=3");
        assert_eq!(normal(url("https://s.example/p?b=%20&a=1")).as_str(), "https://s.example/p?b=%20&a=1");
    }

    #[test]
    fn the_site_is_host_and_port() {
        assert!(same_site(&url("https://s.example/a"), &url("http://s.example/")));
        assert!(!same_site(&url("http://s.example:8080/"), &url("http://s.example/")));
        assert!(!same_site(&url("https://www.s.example/"), &url("https://s.example/")));
        assert!(!same_site(&url("https://s.example.evil.example/"), &url("https://s.example/")));
    }

    #[test]
    fn pictures_and_archives_are_not_read() {
        assert!(is_not_read(&url("https://s.example/a/logo.PNG?x=1")));
        assert!(!is_not_read(&url("https://s.example/manual.pdf")));
        assert!(!is_not_read(&url("https://s.example/json")));
    }
}
