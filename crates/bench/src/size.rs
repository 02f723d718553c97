//! What the widget weighs, compressed as it is served.

use std::io::Write;
use std::path::Path;

use anyhow::Result;
use flate2::Compression;
use flate2::write::GzEncoder;

/// The most the launcher and the panel may weigh, gzip, in bytes.
const LIMITS: (usize, usize) = (3 * 1024, 30 * 1024);

/// Prints the lines.
pub fn run(dist: &Path) -> Result<()> {
    let widget = dist.join("widget");
    let launcher = gzipped(&widget.join("widget.js"))?;
    let mut panel = gzipped(&widget.join("frame.html"))?;
    for entry in std::fs::read_dir(widget.join("assets"))? {
        let path = entry?.path();
        if path.extension().is_some_and(|kind| kind == "js" || kind == "css") {
            panel += gzipped(&path)?;
        }
    }
    println!("launcher {launcher} of {} bytes; panel with every language {panel} of {} bytes", LIMITS.0, LIMITS.1);
    Ok(())
}

fn gzipped(path: &Path) -> Result<usize> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(&std::fs::read(path)?)?;
    Ok(encoder.finish()?.len())
}
