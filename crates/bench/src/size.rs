//! What the widget weighs, compressed as it is served. A visitor loads the panel with one language, never with all of them.

use std::io::Write;
use std::path::Path;

use anyhow::{Result, bail};
use flate2::Compression;
use flate2::write::GzEncoder;

/// The most the launcher and the panel may weigh, gzip, in bytes.
const LIMITS: (usize, usize) = (3 * 1024, 30 * 1024);
/// The languages of the widget: each is a file of its own, named after it.
const LANGUAGES: [&str; 3] = ["en", "de", "ar"];

/// Parts of the panel that are fetched only when somebody opens them.
const LATER: [&str; 2] = ["why", "consents"];

/// Prints the lines.
pub fn run(dist: &Path) -> Result<()> {
    let widget = dist.join("widget");
    println!("launcher: {} bytes, goal <= {}", gzipped(&widget.join("widget.js"))?, LIMITS.0);
    let mut shared = gzipped(&widget.join("frame.html"))?;
    let mut words = [0; LANGUAGES.len()];
    for entry in std::fs::read_dir(widget.join("assets"))? {
        let path = entry?.path();
        if !path.extension().is_some_and(|kind| kind == "js" || kind == "css") {
            continue;
        }
        if let Some(part) = LATER.iter().find(|part| name_of(&path).starts_with(&format!("{part}-"))) {
            println!("fetched when it is opened, {part}: {} bytes", gzipped(&path)?);
            continue;
        }
        match language(&path) {
            Some(language) => words[language] += gzipped(&path)?,
            None => shared += gzipped(&path)?,
        }
    }
    for (language, words) in LANGUAGES.iter().zip(words) {
        if words == 0 {
            bail!("the widget has no words in {language}: was it built?");
        }
        println!("panel in {language}: {} bytes, of them {words} words, goal <= {}", shared + words, LIMITS.1);
    }
    Ok(())
}

fn name_of(path: &Path) -> String {
    path.file_name().map(|name| name.to_string_lossy().into_owned()).unwrap_or_default()
}

/// Whose words the file holds, if it holds words.
fn language(path: &Path) -> Option<usize> {
    let name = name_of(path);
    LANGUAGES.iter().position(|language| name.starts_with(&format!("{language}-")) && name.ends_with(".js"))
}

fn gzipped(path: &Path) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&std::fs::read(path)?)?;
    Ok(encoder.finish()?.len())
}
