//! How much processor time a program has used: on shared cores a rate says less than what one message costs.

use anyhow::{Context, Result};

/// One tick of `/proc/…/stat`: Linux shows hundredths of a second, whatever the kernel counts in.
const TICK: f64 = 0.01;

/// Seconds of processor time of a whole process, user and system, ended threads included.
pub fn of_program(pid: u32) -> Result<f64> {
    seconds(&format!("/proc/{pid}/stat"))
}

/// The same of this program.
pub fn of_myself() -> Result<f64> {
    seconds("/proc/self/stat")
}

/// The same of those threads of a process that have this name.
pub fn of_threads(pid: u32, name: &str) -> Result<f64> {
    let mut total = 0.0;
    for thread in std::fs::read_dir(format!("/proc/{pid}/task"))? {
        let path = thread?.path();
        // A thread may end between the list and the look.
        let Ok(comm) = std::fs::read_to_string(path.join("comm")) else { continue };
        if comm.trim() == name {
            total += seconds(&path.join("stat").to_string_lossy())?;
        }
    }
    Ok(total)
}

/// Fields 14 and 15, counted behind the name, which may hold anything.
fn seconds(path: &str) -> Result<f64> {
    let stat = std::fs::read_to_string(path)?;
    let (_, rest) = stat.rsplit_once(')').context("a process without a name")?;
    let fields: Vec<&str> = rest.split_whitespace().collect();
    let ticks = |position: usize| -> Result<f64> { Ok(fields.get(position).context("a short stat")?.parse()?) };
    Ok((ticks(11)? + ticks(12)?) * TICK)
}
