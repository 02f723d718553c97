//! Watches the built front end. It is never built here: without it the server says which command builds it.

use std::fs;
use std::path::Path;

fn main() -> std::io::Result<()> {
    let built = Path::new("../../web/dist");
    // Embedding and watching need the folder; it stays empty (and out of git) until the front end is built.
    fs::create_dir_all(built)?;
    println!("cargo:rerun-if-changed=build.rs");
    println!("cargo:rerun-if-changed={}", built.display());
    println!("cargo:rerun-if-changed=../../demo");
    if !built.join("console/index.html").exists() {
        println!(
            "cargo:warning=web/dist is empty: the console and the widget will only say so. Build them with: make web"
        );
    }
    Ok(())
}
