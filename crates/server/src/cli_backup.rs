//! `confidante backup`, `confidante restore` and `confidante audit verify`.

use std::fs::File;
use std::io::{BufReader, Write, stderr};
use std::path::{Path, PathBuf};

use privacy::audit::verify::{Witness, export};
use privacy::backup::{BackupFault, Sources, restore};

use crate::backup::Backups;
use crate::config;
use crate::stop::{Exit, Stop};
use crate::{master, start, world};

/// Shows a step while it is under way.
fn progress(step: &'static str) {
    // Nowhere is left to complain when standard error is closed.
    drop(writeln!(stderr(), "  {step} …"));
}

fn runtime() -> Result<tokio::runtime::Runtime, Stop> {
    let runtime = tokio::runtime::Builder::new_multi_thread().enable_all().build();
    runtime.map_err(|reason| Stop::new(Exit::Other, format!("The program cannot start: {reason}.")))
}

impl From<BackupFault> for Stop {
    fn from(fault: BackupFault) -> Self {
        match fault {
            BackupFault::Store(error) => error.into(),
            BackupFault::Archive(vault::ArchiveError::Newer) => Self::new(Exit::Newer, capital(&fault.to_string())),
            BackupFault::Archive(vault::ArchiveError::AnotherInstallation) => {
                Self::new(Exit::WrongKey, capital(&fault.to_string()))
            }
            other => Self::new(Exit::Backup, capital(&other.to_string())),
        }
    }
}

fn capital(sentence: &str) -> String {
    let mut letters = sentence.chars();
    let first = letters.next().map(|letter| letter.to_uppercase().to_string()).unwrap_or_default();
    format!("{first}{}.", letters.as_str())
}

/// Makes a backup now, beside a running server or without one.
pub fn backup(file: Option<&Path>) -> Result<String, Stop> {
    let config = config::load(file)?;
    let world = world::real();
    let master = master::existing(&config)?;
    let backups = Backups::on_demand(&config, start::store_config(&config.storage, &master)?, (&master, &world))?;
    let begun = world.now();
    let made = runtime()?.block_on(async {
        let made = backups.depot.make(&progress).await?;
        progress("copying the keys");
        backups.copy.renew().await?;
        Ok::<_, BackupFault>(made)
    })?;
    Ok(format!(
        "backup        {}\nrows          {}\nbytes         {}\ntried out     restored into a scratch store and compared\ntook          {:.1} s",
        backups.depot.path(&made).display(),
        made.rows,
        made.bytes,
        world.now().since(begun).as_secs_f64()
    ))
}

/// Restores a backup into an empty place.
pub fn bring_back(data: PathBuf, keys: Option<PathBuf>, file: Option<&Path>) -> Result<String, Stop> {
    let config = config::load(file)?;
    let world = world::real();
    let master = master::existing(&config)?;
    let store = start::store_config(&config.storage, &master)?;
    let begun = world.now();
    let sources = Sources { data, keys };
    let restored = runtime()?.block_on(restore(&sources, &store, (&master, &world), &progress))?;
    Ok(format!(
        "restored      {} rows\nas of         {} (milliseconds since 1970); whatever was written later is lost\nerased again  {} people who had been erased after the backup\nsweep         nobody who was erased is in the restored data\ntook          {:.1} s",
        restored.rows,
        restored.of.millis(),
        restored.erased_again,
        world.now().since(begun).as_secs_f64()
    ))
}

/// Verifies an exported audit log offline.
pub fn audit_verify(file: &Path, key: Option<&str>, checkpoint: Option<&Path>) -> Result<String, Stop> {
    let unreadable = |path: &Path, reason: std::io::Error| {
        Stop::new(Exit::Other, format!("{} cannot be read: {reason}.", path.display()))
    };
    let broken =
        |invalid: privacy::audit::verify::Invalid| Stop::new(Exit::NotGenuine, format!("NOT SOUND: {invalid}."));
    let witness = match checkpoint {
        Some(path) => {
            let text = std::fs::read_to_string(path).map_err(|reason| unreadable(path, reason))?;
            Some(Witness::read(&text, key).map_err(broken)?)
        }
        None => None,
    };
    let log = BufReader::new(File::open(file).map_err(|reason| unreadable(file, reason))?);
    let seen = export(log, key, witness.as_ref()).map_err(broken)?;
    let mut lines = vec![
        "SOUND: nothing was changed, removed, swapped or cut off.".to_owned(),
        format!("organisation  {}", seen.organisation),
        format!("entries       {} to {}", seen.first, seen.last),
        format!("checkpoints   {}", seen.checkpoints),
        format!("shredded      {} ids of erased people", seen.shredded),
        format!("exported      {} (milliseconds since 1970)", seen.exported_at.millis()),
        format!("signed by     {}", seen.public_key),
    ];
    if key.is_none() {
        lines.push("Compare the public key with the one the organisation publishes.".to_owned());
    }
    Ok(lines.join("\n"))
}
