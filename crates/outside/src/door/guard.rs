//! Judges a URL before anything is looked up: scheme, credentials, and hosts that are literally an address.

use std::collections::HashSet;
use std::net::IpAddr;

use url::{Host, Url};

use super::address::is_public;
use super::refusal::FetchRefusal;

/// What the guard thinks of a URL that it lets pass.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    /// The operator's config names this host and port: it may be private.
    Named,
    /// It may be anything: the resolver must still filter what the name stands for.
    Public,
}

/// An entry of the operator's list that cannot be read.
#[derive(Debug, thiserror::Error)]
#[error("`{0}` is not an address of the form host:port")]
pub struct UnreadableAddress(String);

/// The guard and the operator's list of private addresses that may be reached nevertheless.
#[derive(Clone, Debug, Default)]
pub struct Guard {
    named: HashSet<(String, u16)>,
}

impl Guard {
    /// A guard which lets through to these `host:port` pairs.
    pub fn new(named: &[String]) -> Result<Self, UnreadableAddress> {
        let named = named.iter().map(|entry| read_entry(entry)).collect::<Result<_, _>>()?;
        Ok(Self { named })
    }

    /// This guard, which also lets through to the host and port of `url`.
    pub(crate) fn with(&self, url: &Url) -> Result<Self, UnreadableAddress> {
        let mut wider = self.clone();
        wider.named.insert(host_and_port(url).ok_or_else(|| UnreadableAddress(shown(url)))?);
        Ok(wider)
    }

    /// Checks one URL. The same check runs again for every redirect.
    ///
    /// The URL parser has already turned decimal, octal, hexadecimal and full-width spellings of an address into
    /// one form; such a literal never reaches the resolver, which is why it is judged here.
    pub(crate) fn check(&self, url: &Url) -> Result<Verdict, FetchRefusal> {
        if !matches!(url.scheme(), "http" | "https") {
            return Err(FetchRefusal::Scheme);
        }
        if !url.username().is_empty() || url.password().is_some() {
            return Err(FetchRefusal::Credentials);
        }
        let place = host_and_port(url).ok_or(FetchRefusal::Unreadable)?;
        if self.named.contains(&place) {
            return Ok(Verdict::Named);
        }
        let literal = match url.host() {
            Some(Host::Ipv4(v4)) => Some(IpAddr::V4(v4)),
            Some(Host::Ipv6(v6)) => Some(IpAddr::V6(v6)),
            Some(Host::Domain(_)) => None,
            None => return Err(FetchRefusal::Unreadable),
        };
        match literal {
            Some(address) if !is_public(address) => Err(FetchRefusal::Private),
            _ => Ok(Verdict::Public),
        }
    }
}

fn read_entry(entry: &str) -> Result<(String, u16), UnreadableAddress> {
    let unreadable = || UnreadableAddress(entry.to_owned());
    let (_, port) = entry.rsplit_once(':').ok_or_else(unreadable)?;
    let port: u16 = port.parse().map_err(|_| unreadable())?;
    let url = Url::parse(&format!("http://{entry}/")).map_err(|_| unreadable())?;
    if url.path() != "/" || url.query().is_some() || !url.username().is_empty() {
        return Err(unreadable());
    }
    Ok((url.host_str().ok_or_else(unreadable)?.to_owned(), port))
}

fn host_and_port(url: &Url) -> Option<(String, u16)> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}

/// A URL in an error message: where it leads, not what it carries.
fn shown(url: &Url) -> String {
    url.host_str().unwrap_or("(no host)").to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn verdict(named: &[&str], url: &str) -> Result<Verdict, FetchRefusal> {
        let named: Vec<String> = named.iter().map(|entry| (*entry).to_owned()).collect();
        Guard::new(&named).unwrap().check(&Url::parse(url).unwrap())
    }

    #[test]
    fn every_spelling_of_a_private_address_is_refused() {
        for url in [
            "http://127.0.0.1/",
            "http://127.0.0.1:8080/",
            "http://127.1/",
            "http://127.0.0.1./",
            "http://2130706433/",
            "http://0x7f000001/",
            "http://0x7f.0.0.0x1/",
            "http://0177.0.0.01/",
            "http://017700000001/",
            "http://\u{ff11}\u{ff12}\u{ff17}.0.0.1/",
            "http://%31%32%37.0.0.1/",
            "http://127\u{3002}0\u{3002}0\u{3002}1/",
            "http://0/",
            "http://[::1]/",
            "http://[::]/",
            "http://[::ffff:127.0.0.1]/",
            "http://[::ffff:7f00:1]/",
            "http://[64:ff9b::169.254.169.254]/",
            "http://[2002:7f00:1::]/",
            "http://[fd00:ec2::254]/",
            "http://[fe80::1]/",
            "http://169.254.169.254/latest/meta-data/",
            "http://2852039166/",
            "http://100.64.0.1/",
            "https://10.0.0.1/",
            "http://224.0.0.1/",
        ] {
            assert_eq!(verdict(&[], url), Err(FetchRefusal::Private), "{url}");
        }
    }

    #[test]
    fn only_web_addresses_without_credentials_pass() {
        assert_eq!(verdict(&[], "file:///etc/passwd"), Err(FetchRefusal::Scheme));
        assert_eq!(verdict(&[], "ftp://example.com/"), Err(FetchRefusal::Scheme));
        assert_eq!(verdict(&[], "gopher://example.com/"), Err(FetchRefusal::Scheme));
        assert_eq!(verdict(&[], "http://user@example.com/"), Err(FetchRefusal::Credentials));
        assert_eq!(verdict(&[], "http://example.com@127.0.0.1/"), Err(FetchRefusal::Credentials));
        assert_eq!(verdict(&[], "https://example.com:8443/"), Ok(Verdict::Public));
        assert_eq!(verdict(&[], "http://1.1.1.1/"), Ok(Verdict::Public));
    }

    #[test]
    fn the_operators_list_is_exact() {
        let named = ["127.0.0.1:8081", "[::1]:9000", "shop.internal:80"];
        assert_eq!(verdict(&named, "http://127.0.0.1:8081/a"), Ok(Verdict::Named));
        assert_eq!(verdict(&named, "http://2130706433:8081/a"), Ok(Verdict::Named));
        assert_eq!(verdict(&named, "http://[::1]:9000/"), Ok(Verdict::Named));
        assert_eq!(verdict(&named, "http://SHOP.internal/"), Ok(Verdict::Named));
        assert_eq!(verdict(&named, "http://127.0.0.1:8082/"), Err(FetchRefusal::Private));
        assert_eq!(verdict(&named, "http://127.0.0.2:8081/"), Err(FetchRefusal::Private));
        assert_eq!(verdict(&named, "https://shop.internal/"), Ok(Verdict::Public));
    }

    #[test]
    fn a_list_entry_that_is_no_address_is_refused_at_start() {
        for entry in ["", "127.0.0.1", "host:port", "http://127.0.0.1:80", "a@b:80", "host:80/path", "host:70000"] {
            assert!(Guard::new(&[entry.to_owned()]).is_err(), "{entry}");
        }
    }
}
