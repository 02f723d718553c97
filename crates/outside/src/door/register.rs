//! The register of declared recipients: the firewall of the door. What nobody has declared, or has withdrawn, is not reached.

use std::collections::{HashMap, HashSet};
use std::sync::{Arc, PoisonError, RwLock, RwLockReadGuard, RwLockWriteGuard};

use url::Url;

/// On whose declaration a connection is made.
#[derive(Clone, Copy, Debug)]
pub(crate) enum By<'a> {
    /// Any source of knowledge whose pages are being read.
    Source,
    /// The provider declared under this name.
    Provider(&'a str),
}

/// Who may be reached at this moment. All clones of a door share one.
#[derive(Debug, Default)]
pub(crate) struct Register {
    declared: RwLock<Declared>,
}

#[derive(Debug, Default)]
struct Declared {
    /// By the provider's name: its host and port.
    providers: HashMap<String, (String, u16)>,
    /// By crawl: the hosts of one source, with those it has sent us on to.
    sources: HashMap<u64, HashSet<String>>,
    last: u64,
}

/// A source that may be read as long as this value lives.
#[derive(Debug)]
pub struct DeclaredSource {
    register: Arc<Register>,
    number: u64,
}

impl Drop for DeclaredSource {
    fn drop(&mut self) {
        self.register.write().sources.remove(&self.number);
    }
}

impl Register {
    fn read(&self) -> RwLockReadGuard<'_, Declared> {
        self.declared.read().unwrap_or_else(PoisonError::into_inner)
    }

    fn write(&self) -> RwLockWriteGuard<'_, Declared> {
        self.declared.write().unwrap_or_else(PoisonError::into_inner)
    }

    pub(crate) fn declare_source(self: &Arc<Self>, start: &Url) -> DeclaredSource {
        let mut declared = self.write();
        declared.last += 1;
        let number = declared.last;
        declared.sources.insert(number, siblings(start).into_iter().collect());
        DeclaredSource { register: Arc::clone(self), number }
    }

    /// A declared source sent us on: where it led belongs to it, for as long as it is read.
    pub(crate) fn sent_on(&self, from: &Url, to: &Url) {
        let Some(from) = from.host_str() else { return };
        for hosts in self.write().sources.values_mut().filter(|hosts| hosts.contains(from)) {
            hosts.extend(siblings(to));
        }
    }

    pub(crate) fn declare_provider(&self, name: &str, at: &Url) {
        let Some(place) = place(at) else { return };
        self.write().providers.insert(name.to_owned(), place);
    }

    pub(crate) fn withdraw_provider(&self, name: &str) {
        self.write().providers.remove(name);
    }

    pub(crate) fn admits(&self, url: &Url, by: By<'_>) -> bool {
        let declared = self.read();
        match by {
            By::Provider(name) => place(url).is_some_and(|place| declared.providers.get(name) == Some(&place)),
            By::Source => {
                url.host_str().is_some_and(|host| declared.sources.values().any(|hosts| hosts.contains(host)))
            }
        }
    }
}

fn place(url: &Url) -> Option<(String, u16)> {
    Some((url.host_str()?.to_owned(), url.port_or_known_default()?))
}

/// The host with and without `www.`: shops send visitors from one to the other.
fn siblings(url: &Url) -> Vec<String> {
    let Some(host) = url.host_str() else { return Vec::new() };
    let other = host.strip_prefix("www.").map_or_else(|| format!("www.{host}"), str::to_owned);
    vec![host.to_owned(), other]
}

#[cfg(test)]
mod tests {
    use super::*;

    fn url(text: &str) -> Url {
        Url::parse(text).unwrap()
    }

    #[test]
    fn a_provider_is_reached_at_its_own_host_and_port_until_it_is_withdrawn() {
        let register = Register::default();
        let there = url("https://api.example.com/v1/chat/completions");
        assert!(!register.admits(&there, By::Provider("one")));
        register.declare_provider("one", &url("https://api.example.com/v1"));
        assert!(register.admits(&there, By::Provider("one")));
        assert!(!register.admits(&there, By::Provider("two")), "another organisation's declaration is none of ours");
        assert!(!register.admits(&there, By::Source), "a crawler has no business with a model");
        assert!(!register.admits(&url("https://api.example.com:8443/v1"), By::Provider("one")));
        assert!(!register.admits(&url("https://api.example.com.evil.example/v1"), By::Provider("one")));
        register.withdraw_provider("one");
        assert!(!register.admits(&there, By::Provider("one")));
    }

    #[test]
    fn a_source_is_read_while_it_is_declared_and_where_it_sends_us() {
        let register = Arc::new(Register::default());
        let declared = register.declare_source(&url("http://shop.example/"));
        assert!(register.admits(&url("https://www.shop.example/faq"), By::Source));
        assert!(!register.admits(&url("https://elsewhere.example/"), By::Source));
        register.sent_on(&url("https://stranger.example/"), &url("https://elsewhere.example/"));
        assert!(!register.admits(&url("https://elsewhere.example/"), By::Source));
        register.sent_on(&url("http://shop.example/"), &url("https://elsewhere.example/"));
        assert!(register.admits(&url("https://elsewhere.example/"), By::Source));
        drop(declared);
        assert!(!register.admits(&url("https://elsewhere.example/"), By::Source));
        assert!(!register.admits(&url("http://shop.example/"), By::Source));
    }
}
