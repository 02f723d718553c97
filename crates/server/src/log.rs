//! The log: lines on standard error, for people or for machines. Nothing personal ever reaches it.

use std::io::IsTerminal;

use tracing_subscriber::filter::LevelFilter;
use tracing_subscriber::fmt;
use tracing_subscriber::layer::SubscriberExt;
use tracing_subscriber::util::SubscriberInitExt;

use crate::config::{LogFormat, LogLevel, Server};

/// Begins to log. A second call in the same program changes nothing.
pub fn begin(server: &Server) {
    let level = match server.log_level {
        LogLevel::Error => LevelFilter::ERROR,
        LogLevel::Warn => LevelFilter::WARN,
        LogLevel::Info => LevelFilter::INFO,
        LogLevel::Debug => LevelFilter::DEBUG,
    };
    // Crates below may log addresses or bodies at their finer levels: from them only warnings pass.
    let ours = tracing_subscriber::filter::Targets::new().with_default(level.min(LevelFilter::WARN)).with_targets(
        ["server", "desk", "privacy", "knowledge", "outside", "masking", "jobs", "store", "vault"]
            .map(|name| (name, level)),
    );
    let registry = tracing_subscriber::registry().with(ours);
    let lines = fmt::layer().with_writer(std::io::stderr).with_ansi(std::io::stderr().is_terminal());
    let begun = match server.log_format {
        LogFormat::Text => registry.with(lines.with_target(false)).try_init(),
        LogFormat::Json => registry.with(lines.json().flatten_event(true)).try_init(),
    };
    drop(begun);
}
