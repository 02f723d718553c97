//! Builds the HTTP clients: Mozilla's roots, one TLS provider, no proxy, no cookies, no referrer, no silent redirect.

use std::sync::Arc;

use rustls::{ClientConfig, RootCertStore};

use super::resolver::Filtered;
use super::{DoorConfig, DoorFault};

/// Whether names are filtered.
pub(crate) enum Names {
    /// Names that lead inside are refused.
    Filtered,
    /// The operator named the address.
    Trusted,
}

pub(crate) fn client(config: &DoorConfig, names: Names) -> Result<reqwest::Client, DoorFault> {
    let builder = reqwest::Client::builder()
        .tls_backend_preconfigured(tls()?)
        .user_agent(config.user_agent.as_str())
        .connect_timeout(config.connect_timeout)
        .read_timeout(config.read_timeout)
        .redirect(reqwest::redirect::Policy::none())
        .referer(false)
        .no_proxy()
        .pool_max_idle_per_host(4);
    let builder = match names {
        Names::Filtered => builder.dns_resolver(Arc::new(Filtered)),
        Names::Trusted => builder,
    };
    builder.build().map_err(|fault| DoorFault::Client(fault.to_string()))
}

fn tls() -> Result<ClientConfig, DoorFault> {
    let roots = RootCertStore { roots: webpki_roots::TLS_SERVER_ROOTS.to_vec() };
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let mut config = ClientConfig::builder_with_provider(provider)
        .with_safe_default_protocol_versions()
        .map_err(|fault| DoorFault::Client(fault.to_string()))?
        .with_root_certificates(roots)
        .with_no_client_auth();
    config.alpn_protocols = vec![b"h2".to_vec(), b"http/1.1".to_vec()];
    Ok(config)
}
