//! The command line: `serve`, `verify`, `config`. Its help reads like a manual page.

use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::stop::{Exit, Stop};
use crate::{cli_backup, cli_promises};
use crate::{config, document, log, panics, start, world};

const SERVE: &str = "\
DESCRIPTION
    Serves the console for your staff, the chat widget for your visitors and the API, all from this one program.
    The first start creates a master key, an encrypted database and a set-up link; open the link to become the owner.
    Without --config and without a model it works as it is: no key, no account, no network.

FILES
    confidante-data/              everything, encrypted as a whole and sealed per person (storage.folder)
    confidante-keys/              each person's wrapped key (storage.keys_folder); back it up apart from the data
    confidante-keys/master.key    the master key, mode 0600 (keys.file); whoever loses it loses all data

ENVIRONMENT
    CONFIDANTE_<SECTION>_<KEY>    overrides any setting, e.g. CONFIDANTE_SERVER_LISTEN=0.0.0.0:8787
    CONFIDANTE_MASTER_KEY         the master key, when keys.source is \"env\"
    CONFIDANTE_POSTGRES_URL       the database, when storage.engine is \"postgres\"

SIGNALS
    SIGTERM, SIGINT               finish what is under way, close the database, exit 0

EXIT STATUS
    0    stopped as asked
    1    something no other code names
    2    wrong usage
    3    the configuration is wrong
    4    another process uses the data folder
    5    the master key is missing or does not open the data
    6    the data was written by a newer version
    7    the disk is full
    8    the port is in use or may not be opened
    11    a restore was begun here and not finished, or the data of the keys is missing

EXAMPLES
    confidante serve --demo
    confidante config > confidante.toml && confidante serve --config confidante.toml";

const VERIFY: &str = "\
DESCRIPTION
    Checks an erasure receipt without any network or database. It prints what the receipt says, and the public key that
    signed it; compare that key with the one the organisation publishes, or give it with --key.

EXIT STATUS
    0    the signature is genuine
    1    the file cannot be read
    9    the receipt is not genuine";

const BACKUP: &str = "\
DESCRIPTION
    Writes everything but the keys into one sealed file in backup.folder, restores that file into a scratch store to see that
    it gives back every row, sends it to the bucket if one is configured, and renews the copy of the keys in
    backup.keys_folder. A running server goes on serving meanwhile.

EXIT STATUS
    0    the backup was made and tried out
    10   it was not";

const RESTORE: &str = "\
DESCRIPTION
    Restores a backup into the empty place that the configuration names. The keys that are there count; where keys.db is lost
    too, name the copy of the keys with --keys. Before anything can be served, the ledger of erasures, which lies with the
    keys, is replayed: whoever was erased after the backup is erased again, and the result is searched for everybody who
    stands in the ledger. Interrupted, the place is not served; restoring again begins anew.

    Lost is what was written after the backup. Sessions, API keys and settings are again what they were then: look at the
    team and the keys, and ask your staff to sign in again.

EXIT STATUS
    0    restored
    5    the archive belongs to another installation
    6    the archive was written by a newer version
    10   it cannot be restored; the sentence says why";

const PROMISES: &str = "\
DESCRIPTION
    Runs every check of the promise ledger on the live system and prints each promise with its figures: what the running
    server finds, or, where none runs, what this program finds when it opens the house for a moment. Nobody's data is shown.
    A sentence that does not hold is taken from the public trust page until it holds again.

EXIT STATUS
    0    every promise holds, is attested, or waits for somebody to vouch for it
    5    the running server has another master key
    12   a promise does not hold";

#[derive(Parser)]
#[command(
    name = "confidante",
    version,
    about = "Customer chat with an AI assistant that keeps its privacy promises in code."
)]
struct Cli {
    #[command(subcommand)]
    command: Command,
}

#[derive(Subcommand)]
enum Command {
    /// Serve the console, the widget and the API.
    #[command(after_long_help = SERVE)]
    Serve {
        /// The configuration; see `confidante config`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
        /// Also serve an invented shop with the widget on a second address.
        #[arg(long)]
        demo: bool,
    },
    /// Check an erasure receipt, offline.
    #[command(after_long_help = VERIFY)]
    Verify {
        /// The receipt.
        file: PathBuf,
        /// The public key (base64) the receipt must be signed with.
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
    },
    /// Make a backup now, beside a running server or without one.
    #[command(after_long_help = BACKUP)]
    Backup {
        /// The configuration; see `confidante config`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Restore a backup into an empty place; erased people stay erased.
    #[command(after_long_help = RESTORE)]
    Restore {
        /// The backup of the data.
        file: PathBuf,
        /// The copy of the keys, where the keys are lost too.
        #[arg(long, value_name = "FILE")]
        keys: Option<PathBuf>,
        /// The configuration; see `confidante config`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Check an exported audit log, offline.
    Audit {
        #[command(subcommand)]
        command: Audit,
    },
    /// Check every promise on the live system now, and print each with its figure.
    #[command(after_long_help = PROMISES)]
    Promises {
        /// The configuration; see `confidante config`.
        #[arg(long, value_name = "FILE")]
        config: Option<PathBuf>,
    },
    /// Print every setting with its default and what it means.
    Config,
    /// How the server takes the documents of strangers apart: from standard input to standard output.
    #[command(hide = true)]
    Document {
        /// What to do with it.
        task: document::Task,
    },
}

#[derive(Subcommand)]
enum Audit {
    /// Find out whether anything was changed, removed, swapped or cut off.
    Verify {
        /// The exported log (JSON lines).
        file: PathBuf,
        /// The public key (base64) the log must be signed with.
        #[arg(long, value_name = "KEY")]
        key: Option<String>,
        /// A signed checkpoint that was kept elsewhere: the log must go through it.
        #[arg(long, value_name = "FILE")]
        checkpoint: Option<PathBuf>,
    },
}

/// Runs the program.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve { config, demo } => serve(config.as_deref(), demo),
        Command::Verify { file, key } => verify(&file, key.as_deref()),
        Command::Config => say(config::MANUAL),
        Command::Document { task } => document::serve(task),
        Command::Promises { config } => promises(config.as_deref()),
        Command::Backup { config } => cli_backup::backup(config.as_deref()).and_then(|text| say(&text)),
        Command::Restore { file, keys, config } => {
            cli_backup::bring_back(file, keys, config.as_deref()).and_then(|text| say(&text))
        }
        Command::Audit { command: Audit::Verify { file, key, checkpoint } } => {
            cli_backup::audit_verify(&file, key.as_deref(), checkpoint.as_deref()).and_then(|text| say(&text))
        }
    };
    match done {
        Ok(()) => ExitCode::SUCCESS,
        Err(stop) => {
            // Nowhere is left to complain when standard error is closed too.
            drop(writeln!(stderr(), "confidante: {}", stop.sentence));
            ExitCode::from(stop.exit as u8)
        }
    }
}

fn promises(file: Option<&Path>) -> Result<(), Stop> {
    let told = cli_promises::promises(file)?;
    say(&told.text)?;
    match told.alarms {
        0 => Ok(()),
        1 => Err(Stop::new(Exit::Promise, "1 promise does not hold.")),
        many => Err(Stop::new(Exit::Promise, format!("{many} promises do not hold."))),
    }
}

/// Prints; a reader that went away, as in `confidante config | head`, is no failure.
fn say(text: &str) -> Result<(), Stop> {
    let mut out = stdout().lock();
    drop(writeln!(out, "{}", text.trim_end()).and_then(|()| out.flush()));
    Ok(())
}

fn serve(file: Option<&Path>, demo: bool) -> Result<(), Stop> {
    let mut config = config::load(file)?;
    config.demo.enabled |= demo;
    log::begin(&config.server);
    panics::log_only_the_place();
    document::take_apart_elsewhere();
    let runtime = tokio::runtime::Builder::new_multi_thread()
        .enable_all()
        .build()
        .map_err(|reason| Stop::new(Exit::Other, format!("The server cannot start: {reason}.")))?;
    runtime.block_on(async {
        let running = start(config, world::real()).await?;
        say(&running.greeting())?;
        asked_to_stop().await;
        tracing::info!("stopping");
        running.stop().await;
        Ok(())
    })
}

async fn asked_to_stop() {
    let interrupt = tokio::signal::ctrl_c();
    #[cfg(unix)]
    {
        use tokio::signal::unix::{SignalKind, signal};
        match signal(SignalKind::terminate()) {
            Ok(mut terminate) => {
                tokio::select! {
                    _ = interrupt => {}
                    _ = terminate.recv() => {}
                }
            }
            Err(_) => drop(interrupt.await),
        }
    }
    #[cfg(not(unix))]
    drop(interrupt.await);
}

fn verify(file: &Path, key: Option<&str>) -> Result<(), Stop> {
    let bytes = fs::read(file)
        .map_err(|reason| Stop::new(Exit::Other, format!("{} cannot be read: {reason}.", file.display())))?;
    if bytes.starts_with(b"PK") {
        return bundle(&bytes, key);
    }
    let text = String::from_utf8(bytes)
        .map_err(|reason| Stop::new(Exit::Other, format!("{} cannot be read: {reason}.", file.display())))?;
    if text.contains(privacy::leave::CERTIFICATE) {
        return certificate(&text, key);
    }
    if text.contains(privacy::consent_receipt::FORMAT) {
        return consents(&text, key);
    }
    let seen = privacy::verify::receipt(&text, key)
        .map_err(|invalid| Stop::new(Exit::NotGenuine, format!("NOT GENUINE: {invalid}.")))?;
    let mut lines = vec![
        "GENUINE: the signature fits this receipt.".to_owned(),
        format!("erasure       {}", seen.erasure),
        format!("organisation  {}", seen.organisation),
        format!("person        {} (keyed fingerprint)", seen.fingerprint),
        format!("finished      {} (milliseconds since 1970)", seen.finished_at.millis()),
        format!("signed by     {}", seen.public_key),
        format!("sweep         {} tables searched, {} traces found", seen.tables, seen.found),
        "erased".to_owned(),
    ];
    lines.extend(seen.erased.iter().map(|(what, count)| format!("  {count:>8}  {what}")));
    if key.is_none() {
        lines.push("Compare the public key with the one the organisation publishes.".to_owned());
    }
    say(&lines.join("\n"))
}

/// A receipt of consents: signed, and each wording in it is the one that was noted when it was decided about.
fn consents(text: &str, key: Option<&str>) -> Result<(), Stop> {
    let seen = privacy::consent_receipt::verify(text, key)
        .map_err(|invalid| Stop::new(Exit::NotGenuine, format!("NOT GENUINE: {invalid}.")))?;
    let mut lines = vec![
        "GENUINE: the signature fits this receipt of consents.".to_owned(),
        format!("organisation  {}", seen.organisation),
        format!("issued        {} (milliseconds since 1970)", seen.issued_at.millis()),
        format!("signed by     {}", seen.public_key),
        "consents".to_owned(),
    ];
    lines.extend(seen.purposes.iter().map(|(purpose, state)| format!("  {state:>10}  {purpose}")));
    say(&lines.join("\n"))
}

/// A bundle about one privacy request: its list is signed, and every file in it is on the list.
fn bundle(bytes: &[u8], key: Option<&str>) -> Result<(), Stop> {
    let seen = privacy::request::bundle::verify(bytes, key)
        .map_err(|invalid| Stop::new(Exit::NotGenuine, format!("NOT GENUINE: {invalid}.")))?;
    let mut lines = vec![
        "GENUINE: the signature fits this bundle, and nothing in it was changed, added or taken away.".to_owned(),
        format!("request       {}", seen.request),
        format!("organisation  {}", seen.organisation),
        format!("signed by     {}", seen.public_key),
        "files".to_owned(),
    ];
    lines.extend(seen.files.iter().map(|file| format!("  {file}")));
    say(&lines.join("\n"))
}

fn certificate(text: &str, key: Option<&str>) -> Result<(), Stop> {
    let seen = privacy::verify::certificate(text, key)
        .map_err(|invalid| Stop::new(Exit::NotGenuine, format!("NOT GENUINE: {invalid}.")))?;
    let mut lines = vec![
        "GENUINE: the signature fits this certificate.".to_owned(),
        format!("organisation  {} ended here", seen.organisation),
        format!("finished      {} (milliseconds since 1970)", seen.finished_at.millis()),
        format!("signed by     {}", seen.public_key),
        format!("sweep         {} traces found", seen.found),
        "erased".to_owned(),
    ];
    lines.extend(seen.erased.iter().map(|(what, count)| format!("  {count:>8}  {what}")));
    say(&lines.join("\n"))
}

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    /// The operator of a server cannot read what people said: each command is listed here with what it shows instead.
    #[test]
    fn no_command_opens_what_people_said() {
        let shows = [
            ("serve", "addresses"),
            ("verify", "counts of a receipt"),
            ("backup", "counts and a path"),
            ("restore", "counts"),
            ("audit", "numbers of a chain"),
            ("promises", "figures"),
            ("config", "the manual"),
            ("document", "what was given to it, without opening the house"),
        ];
        for command in Cli::command().get_subcommands() {
            let name = command.get_name();
            assert!(
                shows.iter().any(|(known, _)| *known == name),
                "{name} is new: say here what it shows, and that it opens nothing"
            );
        }
        let who = |(_, _, who): &(&str, &str, crate::http::permission::Permission)| format!("{who:?}");
        assert!(
            !crate::http::permission::PERMISSIONS.iter().map(who).any(|who| who.contains("Operator")),
            "there is no operator"
        );
    }

    #[test]
    fn the_command_line_is_consistent_and_its_help_names_every_exit_code() {
        Cli::command().debug_assert();
        for exit in [
            Exit::Other,
            Exit::Config,
            Exit::Locked,
            Exit::WrongKey,
            Exit::Newer,
            Exit::Full,
            Exit::Port,
            Exit::Unfinished,
        ] {
            assert!(SERVE.contains(&format!("\n    {}    ", exit as u8)), "{exit:?}");
        }
    }
}
