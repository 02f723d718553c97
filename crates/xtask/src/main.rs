//! The house's own chores: `cargo run -p xtask -- documents`.

mod documents;

use clap::{Parser, Subcommand};

/// Chores of the repository.
#[derive(Parser)]
struct Chores {
    #[command(subcommand)]
    chore: Chore,
}

#[derive(Subcommand)]
enum Chore {
    /// Writes the documents that are made from the data map: record, notice, cookie list, schema of the export.
    Documents,
}

fn main() -> anyhow::Result<()> {
    match Chores::parse().chore {
        Chore::Documents => documents::write(),
    }
}
