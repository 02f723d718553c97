//! Brings the server's schema to this program's version, or refuses.

use super::connect::Connector;
use super::fence::{ASSISTANT, ASSISTANT_RIGHTS, ASSISTANT_ROLE, BUILD, UNBOUND};
use super::flight::fault;
use crate::StoreError;
use crate::schema::{DATA, KEYRING, POSTGRES, VERSION};

/// Only one program at a time looks and creates, however many start at once.
const ALONE: &str = "SELECT pg_advisory_xact_lock(8244177920140511)";

/// Creates the tables in an empty database; refuses a newer one.
pub(crate) async fn migrate(connector: &Connector) -> Result<(), StoreError> {
    let client = connector.connect().await?;
    if let Err(error) = client.batch_execute(ASSISTANT_ROLE).await {
        return Err(no_role(fault(&error)));
    }
    // A dropped connection rolls back by itself, so an early return leaves nothing half-made.
    client.batch_execute(&format!("BEGIN; {ALONE};")).await.map_err(|error| fault(&error))?;
    let found = client.query_one("SELECT to_regclass('public.meta') IS NOT NULL", &[]).await;
    if found.and_then(|row| row.try_get(0)).map_err(|error| fault(&error))? {
        let version = client.query_one("SELECT version FROM meta", &[]).await;
        let version: i64 = version.and_then(|row| row.try_get(0)).map_err(|error| fault(&error))?;
        if version > VERSION {
            return Err(StoreError::Newer);
        }
    } else {
        let data: String = DATA.iter().map(|part| POSTGRES.speak(part)).collect();
        let keyring = POSTGRES.speak(KEYRING);
        let mark = format!("INSERT INTO meta (version) VALUES ({VERSION});");
        let script = format!("CREATE SCHEMA IF NOT EXISTS keyring; {data} {keyring} {BUILD} {ASSISTANT_RIGHTS} {mark}");
        client.batch_execute(&script).await.map_err(|error| fault(&error))?;
    }
    client.batch_execute("COMMIT").await.map_err(|error| fault(&error))?;
    let unbound = client.query_one(UNBOUND, &[]).await;
    let unbound: i32 = unbound.and_then(|row| row.try_get(0)).map_err(|error| fault(&error))?;
    if unbound != 0 {
        tracing::warn!(
            "the database role bypasses row-level security; connect with one that is neither superuser nor BYPASSRLS"
        );
    }
    Ok(())
}

/// What an administrator has to do once where our own role may not make others.
fn no_role(error: StoreError) -> StoreError {
    StoreError::fault(format!(
        "the role {ASSISTANT}, as which the assistant reads, is missing or not ours to use; as an administrator run \
         CREATE ROLE {ASSISTANT} NOLOGIN; GRANT {ASSISTANT} TO the role of this program ({error})"
    ))
}
