//! TLS to the server: verified always, against the public authorities or the one that the operator names.

use std::path::{Path, PathBuf};
use std::sync::Arc;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::pem::PemObject;
use rustls::{ClientConfig, RootCertStore};
use tokio_postgres_rustls::MakeRustlsConnect;

use crate::StoreError;

/// Our own parameter of the URL.
const ROOT: &str = "sslrootcert=";

/// The URL without `sslrootcert`, which the driver does not know, and the file that it names.
pub(crate) fn take_root(url: &str) -> (String, Option<PathBuf>) {
    let Some((before, after)) = url.split_once(ROOT) else { return (url.to_owned(), None) };
    let end = after.find(['&', ' ']).unwrap_or(after.len());
    let (path, rest) = after.split_at(end);
    let url = match rest.get(1..) {
        Some(rest) => format!("{before}{rest}"),
        None => before.trim_end_matches(['&', '?', ' ']).to_owned(),
    };
    (url, Some(PathBuf::from(path)))
}

/// A connector that trusts the public authorities, or only the one in the file.
pub(crate) fn connector(root: Option<&Path>) -> Result<MakeRustlsConnect, StoreError> {
    let mut trusted = RootCertStore::empty();
    match root {
        None => trusted.extend(webpki_roots::TLS_SERVER_ROOTS.iter().cloned()),
        Some(path) => {
            let unreadable = || StoreError::fault(format!("{} holds no readable certificate", path.display()));
            for certificate in CertificateDer::pem_file_iter(path).map_err(|_| unreadable())? {
                trusted.add(certificate.map_err(|_| unreadable())?).map_err(|_| unreadable())?;
            }
        }
    }
    let provider = Arc::new(rustls::crypto::aws_lc_rs::default_provider());
    let builder = ClientConfig::builder_with_provider(provider).with_safe_default_protocol_versions();
    let builder = builder.map_err(|error| StoreError::fault(error.to_string()))?;
    Ok(MakeRustlsConnect::new(builder.with_root_certificates(trusted).with_no_client_auth()))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_root_certificate_is_taken_out_of_the_url() {
        for (url, rest) in [
            ("postgres://a@b/c?sslrootcert=/etc/ca.pem", "postgres://a@b/c"),
            ("postgres://a@b/c?sslrootcert=/etc/ca.pem&sslmode=require", "postgres://a@b/c?sslmode=require"),
            ("postgres://a@b/c?sslmode=require&sslrootcert=/etc/ca.pem", "postgres://a@b/c?sslmode=require"),
            ("host=b sslrootcert=/etc/ca.pem dbname=c", "host=b dbname=c"),
        ] {
            assert_eq!(take_root(url), (rest.to_owned(), Some(PathBuf::from("/etc/ca.pem"))));
        }
        assert_eq!(take_root("postgres://a@b/c").1, None);
    }

    #[test]
    fn a_root_certificate_that_cannot_be_read_is_a_clear_fault() {
        let fault = connector(Some(Path::new("/nowhere/ca.pem"))).err();
        assert_eq!(fault, Some(StoreError::fault("/nowhere/ca.pem holds no readable certificate")));
    }
}
