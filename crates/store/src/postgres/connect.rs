//! How a connection is made: address, TLS, and the limits that every session gets.

use std::str::FromStr;
use std::time::Duration;

use deadpool_postgres::{Manager, ManagerConfig, RecyclingMethod};
use tokio::io::{AsyncRead, AsyncWrite};
use tokio_postgres::config::SslMode;
use tokio_postgres::{Client, Config, Connection, NoTls};
use tokio_postgres_rustls::MakeRustlsConnect;

use super::flight::fault;
use super::tls;
use crate::StoreError;

/// Both schemas without a prefix, and no session that can hold others up for long.
const LIMITS: &str = "-c search_path=public,keyring -c lock_timeout=5s -c idle_in_transaction_session_timeout=20s \
    -c statement_timeout=60s -c standard_conforming_strings=on";

/// Makes connections to one server.
pub(crate) struct Connector {
    config: Config,
    tls: Option<MakeRustlsConnect>,
}

impl Connector {
    pub(crate) fn new(url: &str) -> Result<Self, StoreError> {
        let (url, root) = tls::take_root(url);
        // Ours verifies always; PostgreSQL's own word for that is not known to the driver.
        let url = url.replace("sslmode=verify-full", "sslmode=require");
        // The driver's own sentence could repeat the password.
        let parsed = Config::from_str(&url);
        let mut config = parsed.map_err(|_| StoreError::fault("the PostgreSQL URL is malformed"))?;
        // Nothing between: `prefer` gives the illusion of TLS and falls back to plain text without a word.
        let tls = match config.get_ssl_mode() {
            SslMode::Require => Some(tls::connector(root.as_deref())?),
            _ => None,
        };
        if tls.is_none() {
            config.ssl_mode(SslMode::Disable);
        }
        let options = format!("{} {LIMITS}", config.get_options().unwrap_or_default());
        config.options(options).application_name("confidante").connect_timeout(Duration::from_secs(10));
        Ok(Self { config, tls })
    }

    /// The same for a pool of readers, whose sessions refuse to write.
    pub(crate) fn readers(&self) -> Manager {
        let mut config = self.config.clone();
        let options = format!("{} -c default_transaction_read_only=on", config.get_options().unwrap_or_default());
        config.options(options);
        let recycling = ManagerConfig { recycling_method: RecyclingMethod::Fast };
        match &self.tls {
            Some(tls) => Manager::from_config(config, tls.clone(), recycling),
            None => Manager::from_config(config, NoTls, recycling),
        }
    }

    /// A connection. It lives until the client is dropped.
    pub(crate) async fn connect(&self) -> Result<Client, StoreError> {
        match &self.tls {
            Some(tls) => {
                let (client, connection) = self.config.connect(tls.clone()).await.map_err(|error| fault(&error))?;
                attend(connection);
                Ok(client)
            }
            None => {
                let (client, connection) = self.config.connect(NoTls).await.map_err(|error| fault(&error))?;
                attend(connection);
                Ok(client)
            }
        }
    }
}

/// Moves bytes between the client and the server until one of them goes.
fn attend<S, T>(connection: Connection<S, T>)
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
    T: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    tokio::spawn(async move {
        if let Err(error) = connection.await {
            tracing::warn!(error = %fault(&error), "a database connection ended");
        }
    });
}
