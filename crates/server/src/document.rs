//! Documents of strangers are taken apart in a process of their own, with little room and little time. The library that reads PDF
//! believes every number in a file: one that says “a terabyte follows” ends the process that asks for it, and that must not be
//! the one with everybody else's conversations.

use std::io::{self, Read, Write};
use std::path::PathBuf;
use std::process::{Command, Stdio};
use std::sync::{Mutex, PoisonError};
use std::thread;

use clap::ValueEnum;

use crate::stop::{Exit, Stop};

/// The argument with which the program calls itself.
const ARGUMENT: &str = "document";
/// What one document may take, in bytes: half of it is what the allocator reserves before it is asked for anything.
#[cfg(unix)]
const ROOM: u64 = 2 << 30;
/// And in seconds of processor time.
#[cfg(unix)]
const SECONDS: u64 = 10;
/// The longest text or document that is taken back, in bytes.
const LONGEST: u64 = 64 << 20;

/// One after the other: many at once would have, together, the room that each is refused.
static ONE: Mutex<()> = Mutex::new(());

/// What is done with a document.
#[derive(Clone, Copy, Debug, PartialEq, Eq, ValueEnum)]
pub enum Task {
    /// The text of a PDF.
    ReadPdf,
    /// A PDF without what it says about its makers.
    CleanPdf,
}

/// From now on this program takes documents apart in a process of its own.
pub fn take_apart_elsewhere() {
    desk::file::clean_pdfs_by(|document| elsewhere(Task::CleanPdf, document));
    knowledge::extract::read_pdfs_by(|document| {
        elsewhere(Task::ReadPdf, document).and_then(|text| String::from_utf8(text).ok())
    });
}

/// The other process: nothing if it could not do it, whatever became of it.
fn elsewhere(task: Task, document: &[u8]) -> Option<Vec<u8>> {
    let _one = ONE.lock().unwrap_or_else(PoisonError::into_inner);
    // Under its own name another version may lie by now.
    let program = match cfg!(target_os = "linux") {
        true => PathBuf::from("/proc/self/exe"),
        false => std::env::current_exe().ok()?,
    };
    let mut command = Command::new(program);
    // The master key, or the way to it, may stand in the environment.
    command.args([ARGUMENT, task.to_possible_value()?.get_name()]).env_clear();
    let mut child = command.stdin(Stdio::piped()).stdout(Stdio::piped()).stderr(Stdio::null()).spawn().ok()?;
    let (mut to, from) = (child.stdin.take()?, child.stdout.take()?);
    let mut result = Vec::new();
    let read = thread::scope(|scope| {
        // It may end before it has read everything; then there is no result, which says so.
        scope.spawn(move || drop(to.write_all(document)));
        from.take(LONGEST).read_to_end(&mut result)
    });
    let ended = child.wait().ok()?;
    (read.is_ok() && ended.success()).then_some(result)
}

/// What the other process does: reads the document, writes what became of it.
pub fn serve(task: Task) -> Result<(), Stop> {
    let damaged = || Stop::new(Exit::Other, "The document could not be taken apart.");
    limit().map_err(|_| damaged())?;
    let mut document = Vec::new();
    io::stdin().lock().read_to_end(&mut document).map_err(|_| damaged())?;
    let result = match task {
        Task::ReadPdf => knowledge::extract::pdf_text(&document).map(String::into_bytes),
        Task::CleanPdf => desk::file::cleaned_pdf(&document),
    };
    let mut out = io::stdout().lock();
    out.write_all(&result.ok_or_else(damaged)?).and_then(|()| out.flush()).map_err(|_| damaged())
}

#[cfg(unix)]
fn limit() -> io::Result<()> {
    use rustix::process::{Resource, Rlimit, setrlimit};
    for (what, most) in [(Resource::Data, ROOM), (Resource::Cpu, SECONDS), (Resource::Core, 0)] {
        setrlimit(what, Rlimit { current: Some(most), maximum: Some(most) })?;
    }
    Ok(())
}

#[cfg(not(unix))]
fn limit() -> io::Result<()> {
    Ok(())
}
