//! How often is too often. Counted in memory only, under a keyed hash of a shortened address or an id; bounded.

use std::hash::{BuildHasher, Hash, RandomState};
use std::net::{IpAddr, SocketAddr};
use std::num::NonZeroU32;
use std::sync::Arc;
use std::time::Duration;

use axum::extract::{ConnectInfo, FromRequestParts};
use axum::http::request::Parts;
use governor::clock::{Clock, Reference};
use governor::middleware::NoOpMiddleware;
use governor::nanos::Nanos;
use governor::state::keyed::DashMapStateStore;
use governor::{Quota, RateLimiter};
use model::{Refusal, World};

use super::error::Problem;
use crate::config::Rates;
use crate::state::App;

/// How many different clients are told apart before the oldest are forgotten.
const TOLD_APART: usize = 200_000;

/// What is counted.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Rate {
    /// Attempts to sign in.
    SignIn,
    /// Chats begun.
    Session,
    /// Messages of one chat.
    Message,
    /// Public forms.
    PublicForm,
    /// Looking at an erasure; a page does so every second.
    Progress,
    /// Requests of one member or key.
    Request,
}

/// The injected clock as governor wants it.
#[derive(Clone)]
struct WorldClock(World);

/// A moment as governor wants it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
struct Tick(Duration);

impl Reference for Tick {
    fn duration_since(&self, earlier: Self) -> Nanos {
        self.0.saturating_sub(earlier.0).into()
    }
    fn saturating_sub(&self, duration: Nanos) -> Self {
        Self(self.0.saturating_sub(duration.into()))
    }
}

impl std::ops::Add<Nanos> for Tick {
    type Output = Self;
    fn add(self, span: Nanos) -> Self {
        Self(self.0 + Duration::from(span))
    }
}

impl Clock for WorldClock {
    type Instant = Tick;
    fn now(&self) -> Tick {
        Tick(Duration::from_millis(u64::try_from(self.0.now().millis()).unwrap_or(0)))
    }
}

type Counter = RateLimiter<u64, DashMapStateStore<u64>, WorldClock, NoOpMiddleware<Tick>>;

/// All counters. Cheap to clone.
#[derive(Clone)]
pub struct Limits(Arc<Counters>);

struct Counters {
    clock: WorldClock,
    hasher: RandomState,
    sign_in: Counter,
    session: Counter,
    message: Counter,
    public_form: Counter,
    progress: Counter,
    request: Counter,
}

impl Limits {
    /// Fresh counters at these rates.
    pub fn new(world: &World, rates: &Rates) -> Self {
        let clock = WorldClock(world.clone());
        let counter = |per_minute: u32| {
            let quota = Quota::per_minute(NonZeroU32::new(per_minute).unwrap_or(NonZeroU32::MIN));
            RateLimiter::new(quota, DashMapStateStore::default(), clock.clone())
        };
        Self(Arc::new(Counters {
            hasher: RandomState::new(),
            sign_in: counter(rates.sign_in),
            session: counter(rates.sessions),
            message: counter(rates.messages),
            public_form: counter(rates.public_forms),
            progress: counter(rates.progress),
            request: counter(rates.requests),
            clock,
        }))
    }

    /// Counts one; refuses when it is one too many.
    pub fn take(&self, rate: Rate, who: &impl Hash) -> Result<(), Refusal> {
        let counter = match rate {
            Rate::SignIn => &self.0.sign_in,
            Rate::Session => &self.0.session,
            Rate::Message => &self.0.message,
            Rate::PublicForm => &self.0.public_form,
            Rate::Progress => &self.0.progress,
            Rate::Request => &self.0.request,
        };
        if counter.len() >= TOLD_APART {
            counter.retain_recent();
        }
        // Where even the recent ones are too many, newcomers share one place: memory stays bounded, nobody is let in free.
        let key = if counter.len() >= TOLD_APART { 0 } else { self.0.hasher.hash_one(who) };
        counter.check_key(&key).map_err(|not_yet| Refusal::too_many(not_yet.wait_time_from(self.0.clock.now())))
    }
}

/// The network a request came from: the address cut to /24 or /48. Never stored, never logged.
#[derive(Clone, Copy, Hash, PartialEq, Eq)]
pub struct Network(IpAddr);

impl Network {
    fn of(address: IpAddr) -> Self {
        match address.to_canonical() {
            IpAddr::V4(four) => Self(IpAddr::from((u32::from(four) & 0xffff_ff00).to_be_bytes())),
            IpAddr::V6(six) => Self(IpAddr::from((u128::from(six) & (u128::MAX << 80)).to_be_bytes())),
        }
    }
}

impl FromRequestParts<App> for Network {
    type Rejection = Problem;

    async fn from_request_parts(parts: &mut Parts, app: &App) -> Result<Self, Problem> {
        let peer = parts.extensions.get::<ConnectInfo<SocketAddr>>().map(|peer| peer.0.ip());
        let peer = peer.ok_or_else(|| Problem::broken("the listener does not say who connected"))?.to_canonical();
        let trusted = &app.config.server.trusted_proxies;
        let lines = parts.headers.get_all("x-forwarded-for").iter().map(|value| value.to_str().unwrap_or_default());
        Ok(Self::of(client(peer, trusted, lines)))
    }
}

/// Who is at the other end. From the right: each proxy appends whom it saw, and only ours are believed. What stands left of a word
/// that cannot be read may have been written by the client itself.
fn client<'a>(peer: IpAddr, trusted: &[IpAddr], lines: impl Iterator<Item = &'a str>) -> IpAddr {
    if !trusted.contains(&peer) {
        return peer;
    }
    let seen: Vec<Option<IpAddr>> = lines.flat_map(|line| line.split(',')).map(forwarded).collect();
    let first = seen.into_iter().rev().find(|it| it.is_none_or(|address| !trusted.contains(&address)));
    first.flatten().unwrap_or(peer)
}

/// An address as proxies write it, some with the port.
fn forwarded(word: &str) -> Option<IpAddr> {
    let word = word.trim();
    word.parse().ok().or_else(|| word.parse().ok().map(|socket: SocketAddr| socket.ip()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn behind_our_proxies_the_last_stranger_counts_and_nobody_can_name_another() {
        let address = |text: &str| text.parse::<IpAddr>().unwrap();
        let ours = [address("10.0.0.1"), address("10.0.0.2")];
        let seen = |peer: &str, lines: &[&str]| client(address(peer), &ours, lines.iter().copied()).to_string();
        assert_eq!(seen("203.0.113.7", &["198.51.100.1"]), "203.0.113.7", "a stranger is not believed");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 203.0.113.7"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6", "203.0.113.7, 10.0.0.2"]), "203.0.113.7");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, 203.0.113.7:4711"]), "203.0.113.7", "some write the port");
        assert_eq!(seen("10.0.0.1", &["6.6.6.6, unknown"]), "10.0.0.1", "what cannot be read hides nobody's choice");
        assert_eq!(seen("10.0.0.1", &[]), "10.0.0.1");
    }

    #[test]
    fn an_address_is_cut_to_its_network() {
        let network = |text: &str| Network::of(text.parse().unwrap());
        assert!(network("203.0.113.7") == network("203.0.113.250"));
        assert!(network("203.0.113.7") != network("203.0.114.7"));
        assert!(network("2001:db8:1::1") == network("2001:db8:1:ffff::9"));
        assert!(network("::ffff:203.0.113.7") == network("203.0.113.9"));
    }
}
