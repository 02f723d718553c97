//! What every route can reach: the desk, the configuration, the counters, and who was recognised lately.

use std::ops::Deref;
use std::sync::Arc;

use desk::Desk;
use desk::setup::SetupGate;
use tokio_util::sync::CancellationToken;

use crate::backup::Backups;
use crate::config::Config;
use crate::http::limit::Limits;
use crate::http::visitor_token::Recognised;

/// The state of the server. Cloning it gives another handle to the same one, and every layer that a request passes takes one:
/// so it is one count, not one for each part.
#[derive(Clone)]
pub struct App(Arc<Parts>);

/// What an [`App`] leads to.
pub struct Parts {
    /// The deeds and everything they need.
    pub desk: Desk,
    /// The configuration.
    pub config: Config,
    /// How often is too often.
    pub limits: Limits,
    /// Visitors whose token was proved lately.
    pub recognised: Recognised,
    /// Whether somebody may become the first owner, and with which token.
    pub setup: SetupGate,
    /// The backups this server makes, if it makes any.
    pub backups: Option<Arc<Backups>>,
    /// Cancelled when the server stops: open streams end with it.
    pub closing: CancellationToken,
}

impl Deref for App {
    type Target = Parts;

    fn deref(&self) -> &Parts {
        &self.0
    }
}

impl App {
    /// The state over a desk.
    pub fn new(
        desk: Desk,
        recognised: Recognised,
        config: Config,
        setup: SetupGate,
        backups: Option<Arc<Backups>>,
    ) -> Self {
        Self(Arc::new(Parts {
            limits: Limits::new(&desk.world, &config.limits),
            recognised,
            setup,
            backups,
            closing: CancellationToken::new(),
            config,
            desk,
        }))
    }
}
