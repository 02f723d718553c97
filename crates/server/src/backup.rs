//! Backups by the clock: one a day, tried out, sent away; an alarm in the log and in the console where one is missing.

use std::path::Path;
use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use model::{Moment, World};
use outside::Door;
use outside::bucket::{Bucket, BucketConfig};
use privacy::backup::{BackupFault, Depot, KeyCopy, Made, Offsite};
use store::StoreConfig;
use tokio_util::sync::CancellationToken;
use url::Url;
use vault::{ArchiveKey, BoxFuture, MasterKey};

use crate::config::{Backup, Config};
use crate::stop::Stop;

/// How often somebody looks whether a backup is due.
const LOOK: Duration = Duration::from_secs(60);
/// A server without any backup makes its first one this long after its start: a new house has little to lose.
const FIRST: Duration = Duration::from_secs(60 * 60);
/// How late a backup may be before that is an alarm.
const GRACE: Duration = Duration::from_secs(2 * 60 * 60);
/// How often what is past its time is let go, whether a new backup can be made or not.
const TIDY: Duration = Duration::from_secs(60 * 60);
/// The pause after one that failed.
const AGAIN: Duration = Duration::from_secs(10 * 60);

/// The backups of this server.
pub struct Backups {
    /// Where they lie.
    pub depot: Depot,
    /// The copy of the keys.
    pub copy: KeyCopy,
    every: Duration,
    begun: Moment,
    world: World,
    status: Mutex<Status>,
}

/// What happens at this moment.
#[derive(Clone, Debug, Default)]
pub struct Status {
    /// The step of the backup that is being made.
    pub step: Option<&'static str>,
    /// Why the last one was not made.
    pub failed: Option<String>,
    /// When that was.
    pub failed_at: Option<Moment>,
}

impl Backups {
    /// What the configuration says; nothing where backups are switched off.
    pub fn new(
        config: &Config,
        store: StoreConfig,
        (master, world): (&MasterKey, &World),
    ) -> Result<Option<Self>, Stop> {
        if !config.backup.enabled {
            return Ok(None);
        }
        Self::on_demand(config, store, (master, world)).map(Some)
    }

    /// The same for the command line, whatever `enabled` says.
    pub fn on_demand(config: &Config, store: StoreConfig, (master, world): (&MasterKey, &World)) -> Result<Self, Stop> {
        let settings = &config.backup;
        let (key, world) = (ArchiveKey::new(master), world.clone());
        let depot = Depot {
            store: store.clone(),
            key: key.clone(),
            world: world.clone(),
            folder: settings.folder.clone(),
            keep_days: settings.keep_days,
            offsite: offsite(settings, &settings.bucket, &world)?,
        };
        let away = offsite(settings, &settings.keys_bucket, &world)?;
        let copy = KeyCopy::new(store, (key, world.clone()), settings.keys_folder.clone(), away);
        let every = Duration::from_secs(u64::from(settings.every_hours) * 60 * 60);
        Ok(Self { depot, copy, every, begun: world.now(), world, status: Mutex::default() })
    }

    /// Makes one now, and renews the copy of the keys.
    pub async fn make(&self) -> Result<Made, BackupFault> {
        let made = self.depot.make(&|step| self.note(|status| status.step = Some(step))).await;
        let made = match made {
            Ok(made) => self.copy.renew().await.map(|()| made),
            Err(fault) => Err(fault),
        };
        self.note(|status| {
            status.step = None;
            status.failed = made.as_ref().err().map(ToString::to_string);
            status.failed_at = made.as_ref().err().map(|_| self.world.now());
        });
        made
    }

    /// What happens at this moment.
    pub fn status(&self) -> Status {
        self.status.lock().unwrap_or_else(PoisonError::into_inner).clone()
    }

    /// When the next one is due.
    pub fn due(&self) -> Moment {
        let newest = self.depot.made().ok().and_then(|made| made.first().map(|made| made.created_at));
        let due = newest.map_or_else(|| self.begun.plus(FIRST), |newest| newest.plus(self.every));
        self.status().failed_at.map_or(due, |failed| due.max(failed.plus(AGAIN)))
    }

    /// Whether a backup that should be there is missing.
    pub fn is_missing(&self) -> bool {
        let newest = self.depot.made().ok().and_then(|made| made.first().map(|made| made.created_at));
        newest.unwrap_or(self.begun).plus(self.every).plus(GRACE) <= self.world.now()
    }

    fn note(&self, change: impl FnOnce(&mut Status)) {
        change(&mut self.status.lock().unwrap_or_else(PoisonError::into_inner));
    }

    /// Makes backups when they are due, until the house closes.
    pub async fn daily(self: Arc<Self>, closing: CancellationToken) {
        let mut tidied: Option<Moment> = None;
        loop {
            tokio::select! {
                () = closing.cancelled() => return,
                () = tokio::time::sleep(LOOK) => {}
            }
            if tidied.is_none_or(|at| at.plus(TIDY) <= self.world.now()) {
                tidied = Some(self.world.now());
                if let Err(fault) = self.depot.age_out().await {
                    tracing::error!(%fault, "backups past their time could not be let go");
                }
            }
            if self.due() > self.world.now() {
                continue;
            }
            let outcome = tokio::select! {
                // What is half written is removed by the next run; nobody takes it for a backup.
                () = closing.cancelled() => return,
                outcome = self.make() => outcome,
            };
            match outcome {
                Ok(made) => tracing::info!(
                    name = made.name,
                    rows = made.rows,
                    bytes = made.bytes,
                    "a backup was made and tried out"
                ),
                Err(fault) => tracing::error!(%fault, missing = self.is_missing(), "NO BACKUP was made"),
            }
        }
    }
}

fn offsite(settings: &Backup, bucket: &str, world: &World) -> Result<Option<Box<dyn Offsite>>, Stop> {
    if settings.bucket_endpoint.is_empty() || bucket.is_empty() {
        return Ok(None);
    }
    let endpoint = Url::parse(&settings.bucket_endpoint)
        .map_err(|_| Stop::config("backup.bucket_endpoint is not a web address such as https://s3.example.org."))?;
    let config = BucketConfig {
        endpoint,
        bucket: bucket.to_owned(),
        prefix: settings.bucket_prefix.clone(),
        region: settings.bucket_region.clone(),
        access_key: settings.bucket_access_key.clone(),
        secret_key: secret(settings)?,
    };
    let door = Door::new(outside::DoorConfig::default()).map_err(|fault| Stop::config(format!("{fault}.")))?;
    let bucket =
        Bucket::of_operator(&door, config).map_err(|fault| Stop::config(format!("backup.bucket: {fault}.")))?;
    Ok(Some(Box::new(Away { bucket, world: world.clone() })))
}

fn secret(settings: &Backup) -> Result<String, Stop> {
    let lost =
        || Stop::config("backup.bucket_secret_file or bucket_secret_env must hold the secret key of the bucket.");
    if !settings.bucket_secret_file.is_empty() {
        let text = std::fs::read_to_string(&settings.bucket_secret_file).map_err(|_| lost())?;
        return Ok(text.trim().to_owned());
    }
    std::env::var(&settings.bucket_secret_env).map_err(|_| lost())
}

/// The bucket, as the depot sees it.
struct Away {
    bucket: Bucket,
    world: World,
}

impl Away {
    fn now(&self) -> jiff::Timestamp {
        jiff::Timestamp::from_millisecond(self.world.now().millis()).unwrap_or_default()
    }
}

impl Offsite for Away {
    fn put<'a>(&'a self, name: &'a str, file: &'a Path) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.bucket.put(name, file, self.now()).await.map_err(|fault| fault.to_string()) })
    }

    fn names(&self) -> BoxFuture<'_, Result<Vec<String>, String>> {
        Box::pin(async move { self.bucket.names(self.now()).await.map_err(|fault| fault.to_string()) })
    }

    fn get<'a>(&'a self, name: &'a str, to: &'a Path) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.bucket.get(name, to, self.now()).await.map_err(|fault| fault.to_string()) })
    }

    fn delete<'a>(&'a self, name: &'a str) -> BoxFuture<'a, Result<(), String>> {
        Box::pin(async move { self.bucket.delete(name, self.now()).await.map_err(|fault| fault.to_string()) })
    }
}
