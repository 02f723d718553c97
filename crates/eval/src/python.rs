//! A peer that runs in Python: one script, one JSON document in, one out.

use std::io::Write;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Serialize;
use serde::de::DeserializeOwned;

use crate::Place;

/// What the script answers; nothing where there is no Python or the peer is not installed in it.
pub fn ask<T: DeserializeOwned>(place: &Place, script: &str, input: &impl Serialize) -> Result<Option<T>> {
    let Some(python) = place.python.as_deref() else { return Ok(None) };
    let path = format!("{}/peers/{script}", env!("CARGO_MANIFEST_DIR"));
    let mut child =
        Command::new(python).arg(path).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("a peer")?;
    // A peer that is not installed ends before it reads.
    let _ = child.stdin.take().context("its input")?.write_all(&serde_json::to_vec(input)?);
    let output = child.wait_with_output()?;
    if !output.status.success() {
        return Ok(None);
    }
    Ok(Some(serde_json::from_slice(&output.stdout).with_context(|| format!("what {script} answered"))?))
}
