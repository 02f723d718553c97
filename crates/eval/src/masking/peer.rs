//! The peers, run in the same command on the same texts: a Python with presidio-analyzer and presidio-rs.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use anyhow::{Context, Result};
use serde::Deserialize;

use super::corpus::Case;
use super::score::Look;

/// What a peer found, and how long it took.
pub struct Peer {
    /// Its name and version.
    pub name: String,
    /// Seconds of processor time for all texts.
    pub cpu: f64,
    /// What it found in each text.
    pub found: Vec<Look>,
}

#[derive(Deserialize)]
struct Answer {
    name: String,
    cpu: f64,
    found: Vec<Vec<(usize, usize, String)>>,
}

/// Runs the peers that are installed; none without a Python.
pub fn run(python: Option<&Path>, cases: &[Case]) -> Result<Vec<Peer>> {
    let Some(python) = python else { return Ok(Vec::new()) };
    let script = concat!(env!("CARGO_MANIFEST_DIR"), "/peers/mask.py");
    let mut child =
        Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().context("the peers")?;
    let texts: Vec<&str> = cases.iter().map(|case| case.text.as_str()).collect();
    child.stdin.take().context("its input")?.write_all(&serde_json::to_vec(&texts)?)?;
    let output = child.wait_with_output()?;
    let answers: Vec<Answer> = serde_json::from_slice(&output.stdout).context("what the peers answered")?;
    let spans =
        |found: Vec<(usize, usize, String)>| Look(found.into_iter().map(|(start, end, _)| (start, end)).collect());
    let peer = |answer: Answer| Peer {
        name: answer.name,
        cpu: answer.cpu,
        found: answer.found.into_iter().map(spans).collect(),
    };
    Ok(answers.into_iter().map(peer).collect())
}
