//! The files of the repository that people write.

use std::path::{Path, PathBuf};

/// A text file.
pub struct Written {
    /// Its path from the root of the repository, with forward slashes.
    pub path: String,
    /// What it says.
    pub text: String,
}

/// The root of the repository.
pub fn root() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..").canonicalize().unwrap()
}

/// Folders which programs write.
const MADE: &[&str] = &["target", "node_modules", "dist", ".git", "shots", ".svelte-kit"];

/// Every file below `folder` with one of these endings.
pub fn below(folder: &str, endings: &[&str]) -> Vec<Written> {
    let root = root();
    let mut found = Vec::new();
    let mut open = vec![root.join(folder)];
    while let Some(folder) = open.pop() {
        for entry in std::fs::read_dir(&folder).into_iter().flatten().flatten() {
            let (path, name) = (entry.path(), entry.file_name().to_string_lossy().into_owned());
            if path.is_dir() {
                if !MADE.contains(&name.as_str()) {
                    open.push(path);
                }
            } else if endings.iter().any(|ending| name.ends_with(ending)) {
                let text = std::fs::read_to_string(&path).unwrap_or_default();
                let path = path.strip_prefix(&root).unwrap().to_string_lossy().replace('\\', "/");
                found.push(Written { path, text });
            }
        }
    }
    found.sort_by(|one, other| one.path.cmp(&other.path));
    found
}

/// Every Rust file.
pub fn rust() -> Vec<Written> {
    below("crates", &[".rs"])
}

/// Every file of the front end that people write.
pub fn web() -> Vec<Written> {
    let mut files = below("web", &[".ts", ".tsx", ".svelte", ".css", ".mjs", ".html"]);
    files.retain(|file| !file.path.ends_with("schema.d.ts"));
    files
}

/// Fails with one line for each finding.
pub fn none(rule: &str, findings: &[String]) {
    assert!(findings.is_empty(), "{rule}\n  {}\n", findings.join("\n  "));
}
