//! Where backups lie: makes them, tries them out, sends them away, lets them go after their time.

use std::fs;
use std::path::{Path, PathBuf};
use std::time::Duration;

use model::{Moment, World};
use serde::{Deserialize, Serialize};
use store::StoreConfig;
use store::dump::schema_version;
use vault::{ArchiveKey, BoxFuture, Head};

use super::shelf::of_data;
use super::trial::trial;
use super::{BackupFault, LONGEST_DAYS, reach, write};
use crate::Fault;

/// Keeps files somewhere else.
pub trait Offsite: Send + Sync {
    /// Puts a file there under a name.
    fn put<'a>(&'a self, name: &'a str, file: &'a Path) -> BoxFuture<'a, Result<(), String>>;

    /// The names of the files there.
    fn names(&self) -> BoxFuture<'_, Result<Vec<String>, String>>;

    /// Fetches a file.
    fn get<'a>(&'a self, name: &'a str, to: &'a Path) -> BoxFuture<'a, Result<(), String>>;

    /// Deletes a file; one that is not there is no fault.
    fn delete<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), String>>;
}

/// A backup that was tried out. Lies beside it, in the clear: numbers only. A file without one is not a backup.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Made {
    /// The file's name.
    pub name: String,
    /// Of which moment it is.
    pub created_at: Moment,
    /// When it had been restored into a scratch store and compared.
    pub verified_at: Moment,
    /// Rows in it.
    pub rows: u64,
    /// Its size.
    pub bytes: u64,
    /// When it lay in the bucket, if there is one.
    #[serde(default)]
    pub offsite_at: Option<Moment>,
}

/// The depot of one installation.
pub struct Depot {
    /// The store that is backed up.
    pub store: StoreConfig,
    /// Seals the archives.
    pub key: ArchiveKey,
    /// Time and chance.
    pub world: World,
    /// Where the archives lie: not where the keys lie.
    pub folder: PathBuf,
    /// How many days they are kept; never more than [`LONGEST_DAYS`].
    pub keep_days: u32,
    /// A bucket elsewhere.
    pub offsite: Option<Box<dyn Offsite>>,
}

impl Depot {
    /// Makes a backup, tries it out, sends it away and lets old ones go. `progress` hears of each step by its word.
    pub async fn make(&self, progress: &(dyn Fn(&'static str) + Sync)) -> Result<Made, BackupFault> {
        private(&self.folder)?;
        // Held until the end of this run; it dies with the program.
        let alone = fs::File::create(self.folder.join("backup.lock"))?;
        alone.try_lock().map_err(|_| BackupFault::Busy)?;
        self.tidy()?;
        let at = self.world.now();
        let name = format!("data-{}.cfd", stamp(at));
        let path = self.folder.join(&name);
        progress("writing");
        let head = reach::noted(&self.store, head("data", at)).await?;
        let tallies = write::write(&self.store, of_data(), (&self.key, &self.world), head, &path).await?;
        progress("trying out");
        let scratch = self.folder.join("trial");
        if let Err(fault) = trial(&path, (&self.key, &self.world), of_data(), &scratch).await {
            drop(fs::remove_file(&path));
            return Err(fault);
        }
        let (verified_at, bytes) = (self.world.now(), fs::metadata(&path)?.len());
        let rows = tallies.iter().map(|tally| tally.rows).sum();
        let mut made = Made { name, created_at: at, verified_at, rows, bytes, offsite_at: None };
        self.note(&made)?;
        if let Some(offsite) = &self.offsite {
            progress("sending");
            offsite.put(&made.name, &path).await.map_err(BackupFault::Offsite)?;
            made.offsite_at = Some(self.world.now());
            self.note(&made)?;
        }
        progress("aging out");
        self.age_out().await?;
        Ok(made)
    }

    /// Every backup that was tried out, newest first.
    pub fn made(&self) -> Result<Vec<Made>, BackupFault> {
        let mut made = Vec::new();
        let Ok(entries) = fs::read_dir(&self.folder) else { return Ok(made) };
        for entry in entries {
            let path = entry?.path();
            if path.extension().is_some_and(|extension| extension == "json") {
                let note: Made = serde_json::from_slice(&fs::read(&path)?).map_err(Fault::from)?;
                if self.folder.join(&note.name).exists() {
                    made.push(note);
                }
            }
        }
        made.sort_by_key(|made| std::cmp::Reverse(made.created_at));
        Ok(made)
    }

    /// Deletes what is past its time, here and in the bucket; the newest stays only as long as its time too: what was
    /// promised to be gone is gone, even if no newer backup could be made.
    pub async fn age_out(&self) -> Result<u64, BackupFault> {
        let days = u64::from(self.keep_days.min(LONGEST_DAYS));
        let until = self.world.now().minus(Duration::from_secs(days * 24 * 60 * 60));
        let old = |name: &str| moment_of(name).is_some_and(|at| at <= until);
        let mut gone = 0;
        private(&self.folder)?;
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            if path.file_name().and_then(|name| name.to_str()).is_some_and(old) {
                fs::remove_file(&path)?;
                gone += 1;
            }
        }
        if let Some(offsite) = &self.offsite {
            for name in offsite.names().await.map_err(BackupFault::Offsite)?.iter().filter(|name| old(name)) {
                offsite.delete(name).await.map_err(BackupFault::Offsite)?;
            }
        }
        Ok(gone)
    }

    /// Removes what a killed run left: parts, scratch stores, and archives that nobody has tried out.
    fn tidy(&self) -> Result<(), BackupFault> {
        drop(fs::remove_dir_all(self.folder.join("trial")));
        for entry in fs::read_dir(&self.folder)? {
            let path = entry?.path();
            let is = |wanted: &str| path.extension().is_some_and(|extension| extension == wanted);
            if is("part") || (is("cfd") && !path.with_extension("json").exists()) {
                fs::remove_file(&path)?;
            }
        }
        Ok(())
    }

    fn note(&self, made: &Made) -> Result<(), BackupFault> {
        let path = self.folder.join(&made.name).with_extension("json");
        let part = path.with_extension("part");
        fs::write(&part, serde_json::to_vec_pretty(made).map_err(Fault::from)?)?;
        fs::File::open(&part)?.sync_all()?;
        Ok(fs::rename(&part, &path)?)
    }
}

/// A folder for this user only.
pub(super) fn private(folder: &Path) -> std::io::Result<()> {
    let mut builder = fs::DirBuilder::new();
    builder.recursive(true);
    #[cfg(unix)]
    std::os::unix::fs::DirBuilderExt::mode(&mut builder, 0o700);
    builder.create(folder)
}

/// Of an archive that has nothing to do with the ledger.
pub(crate) fn head(kind: &str, at: Moment) -> Head {
    Head {
        version: vault::ARCHIVE_VERSION,
        kind: kind.to_owned(),
        installation: String::new(),
        created_at: at,
        schema: schema_version(),
        ledger: 0,
        newest: None,
        salt: String::new(),
    }
}

/// `20270115T080000123Z`: sorts by time, and any tool can read it.
pub(super) fn stamp(at: Moment) -> String {
    let at = jiff::Timestamp::from_millisecond(at.millis()).unwrap_or_default();
    let millis = at.subsec_millisecond();
    format!("{}{millis:03}Z", at.strftime("%Y%m%dT%H%M%S"))
}

fn moment_of(name: &str) -> Option<Moment> {
    let stamp = name.split(['-', '.']).nth(1)?;
    let (seconds, millis) = stamp.strip_suffix('Z')?.split_at_checked(15)?;
    let at = jiff::civil::DateTime::strptime("%Y%m%dT%H%M%S", seconds).ok()?;
    let at = at.to_zoned(jiff::tz::TimeZone::UTC).ok()?.timestamp().as_millisecond();
    Some(Moment::from_millis(at + millis.parse::<i64>().ok()?))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_name_tells_its_moment() {
        let at = Moment::from_millis(1_800_000_000_123);
        assert_eq!(moment_of(&format!("data-{}.cfd", stamp(at))), Some(at));
        assert_eq!(moment_of("readme.txt"), None);
    }
}
