//! Where the store keeps its rows: the embedded engine's folders or the server's address.

use std::path::PathBuf;

/// Which engine, and where.
#[derive(Clone)]
pub enum StoreConfig {
    /// The embedded engine: two encrypted files, each with its own key.
    Sqlite {
        /// The folder of `confidante.db`.
        folder: PathBuf,
        /// The folder of `keys.db`; keep it out of the backups of the other.
        keys_folder: PathBuf,
        /// The key of `confidante.db`.
        data_key: [u8; 32],
        /// The key of `keys.db`.
        keys_key: [u8; 32],
    },
    /// A `PostgreSQL` server, 14 or newer.
    Postgres {
        /// A connection URL. `sslmode=require` demands TLS with a certificate that verifies;
        /// `sslrootcert=FILE` names the authority to trust instead of the public ones.
        url: String,
    },
}

/// The two engines, by name.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum EngineName {
    /// Embedded.
    Sqlite,
    /// A server.
    Postgres,
}
