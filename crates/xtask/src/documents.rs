//! The committed documents that are made from the data map, and the test that they still are what the map says.

use std::path::{Path, PathBuf};

use privacy::{cookies, export, fideslang, notice, promise, record};

/// Every document: where it lies in the repository, and its text.
fn documents() -> anyhow::Result<Vec<(&'static str, String)>> {
    let example = notice::Circumstances {
        organisation: "Example Shop".to_owned(),
        keep_days: privacy::holdings::KEEP_DAYS,
        recipient: None,
    };
    let made = "<!-- Made from the data map by `cargo run -p xtask -- documents`; do not edit. -->\n";
    let text = notice::markdown(&notice::notice(privacy::notice::Locale::En, &example));
    Ok(vec![
        ("docs/privacy/RECORD.md", record::markdown()),
        ("docs/privacy/NOTICE.en.md", format!("{made}{text}")),
        ("docs/privacy/COOKIES.md", cookies::markdown()),
        ("docs/privacy/PROMISES.md", promise::markdown()),
        ("docs/privacy/datamap.fides.json", format!("{}\n", serde_json::to_string_pretty(&fideslang::manifest())?)),
        ("docs/export.schema.json", format!("{}\n", serde_json::to_string_pretty(&export::schema())?)),
    ])
}

fn repository() -> PathBuf {
    Path::new(env!("CARGO_MANIFEST_DIR")).join("../..")
}

/// Writes them all.
pub(crate) fn write() -> anyhow::Result<()> {
    for (path, text) in documents()? {
        let path = repository().join(path);
        if let Some(folder) = path.parent() {
            std::fs::create_dir_all(folder)?;
        }
        std::fs::write(path, text)?;
    }
    Ok(())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_committed_documents_say_what_the_map_says() {
        for (path, text) in documents().unwrap() {
            let committed = std::fs::read_to_string(repository().join(path)).unwrap_or_default();
            assert!(
                committed == text,
                "{path} differs from the map: run `cargo run -p xtask -- documents` and read the difference"
            );
        }
    }
}
