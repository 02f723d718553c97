//! Sets of pages: a folder of HTML files, or lines of JSON with `id`, `title` and `content`.

use std::path::{Path, PathBuf};

use anyhow::{Context, Result};
use knowledge::extract::from_html;
use knowledge::{Collection, Language};
use serde::Deserialize;

/// One page.
#[derive(Deserialize)]
pub struct Page {
    /// Its file or its number in the set.
    pub id: String,
    /// What it is called.
    pub title: String,
    /// Its lines.
    pub content: String,
}

/// The pages of a set, in the order of their names.
pub fn read(path: &Path) -> Result<Vec<Page>> {
    if path.is_file() {
        let text = std::fs::read_to_string(path)?;
        return text.lines().map(|line| Ok(serde_json::from_str(line)?)).collect();
    }
    let mut files = Vec::new();
    walk(path, &mut files).with_context(|| format!("no pages at {}", path.display()))?;
    files.sort();
    let page = |file: &PathBuf| {
        let html = String::from_utf8_lossy(&std::fs::read(file)?).into_owned();
        let found = from_html(&html, "http://127.0.0.1/");
        let id = file.strip_prefix(path).unwrap_or(file).display().to_string();
        Ok(Page { id, title: found.title, content: found.content })
    };
    files.iter().map(page).collect()
}

fn walk(folder: &Path, files: &mut Vec<PathBuf>) -> Result<()> {
    for entry in std::fs::read_dir(folder)? {
        let path = entry?.path();
        if path.is_dir() {
            walk(&path, files)?;
        } else if path.extension().is_some_and(|ending| ending == "html") {
            files.push(path);
        }
    }
    Ok(())
}

/// The pages cut and indexed; their ids come back as addresses.
pub fn collect(pages: &[Page]) -> Collection {
    let mut gatherer = Collection::gather(crate::still::world());
    for page in pages {
        gatherer.page(Language::of_page(None, &page.content), &page.title, Some(&page.id), &page.content);
    }
    gatherer.finish()
}
