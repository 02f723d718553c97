//! The command line: `serve`, `verify`, `config`. Its help reads like a manual page.

use std::fs;
use std::io::{Write, stderr, stdout};
use std::path::{Path, PathBuf};
use std::process::ExitCode;

use clap::{Parser, Subcommand};

use crate::stop::{Exit, Stop};
use crate::{config, log, panics, start, world};

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
    /// Print every setting with its default and what it means.
    Config,
}

/// Runs the program.
pub fn run() -> ExitCode {
    let done = match Cli::parse().command {
        Command::Serve { config, demo } => serve(config.as_deref(), demo),
        Command::Verify { file, key } => verify(&file, key.as_deref()),
        Command::Config => say(config::MANUAL),
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
    let text = fs::read_to_string(file)
        .map_err(|reason| Stop::new(Exit::Other, format!("{} cannot be read: {reason}.", file.display())))?;
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

#[cfg(test)]
mod tests {
    use clap::CommandFactory;

    use super::*;

    #[test]
    fn the_command_line_is_consistent_and_its_help_names_every_exit_code() {
        Cli::command().debug_assert();
        for exit in [Exit::Other, Exit::Config, Exit::Locked, Exit::WrongKey, Exit::Newer, Exit::Full, Exit::Port] {
            assert!(SERVE.contains(&format!("\n    {}    ", exit as u8)), "{exit:?}");
        }
    }
}
