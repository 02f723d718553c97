//! Measures main-content extraction on a folder in the layout of WCXB (`html/*.html.gz`, `ground-truth/*.json`): word F1 by kind of page, and pages a second.

use std::collections::{BTreeMap, HashMap};
use std::io::Read;
use std::path::Path;

use knowledge::extract::{Way, decode, from_html_by};

/// A page: HTML, address, kind, and the text that should be found.
type Sample = (String, String, String, String);
type Sums = BTreeMap<String, (f64, usize)>;

fn words(text: &str) -> HashMap<String, i64> {
    let mut counts = HashMap::new();
    for word in text.split(|letter: char| !letter.is_alphanumeric()).filter(|word| !word.is_empty()) {
        *counts.entry(word.to_lowercase()).or_insert(0) += 1;
    }
    counts
}

fn f1(found: &str, truth: &str) -> f64 {
    let (found, truth) = (words(found), words(truth));
    let shared: i64 = found.iter().map(|(word, count)| (*count).min(truth.get(word).copied().unwrap_or(0))).sum();
    let (all_found, all_true): (i64, i64) = (found.values().sum(), truth.values().sum());
    if shared == 0 {
        return if all_true == 0 && all_found == 0 { 1.0 } else { 0.0 };
    }
    let (precision, recall) = (shared as f64 / all_found as f64, shared as f64 / all_true as f64);
    2.0 * precision * recall / (precision + recall)
}

fn measure(pages: &[Sample], way: Way) -> (Sums, f64) {
    let mut sums = Sums::new();
    #[expect(clippy::disallowed_methods, reason = "a measurement reads the real clock")]
    let start = std::time::Instant::now();
    for (html, url, kind, truth) in pages {
        let score = f1(&from_html_by(html, url, way).content, truth);
        for name in [kind.as_str(), "all"] {
            let sum = sums.entry(name.to_owned()).or_default();
            sum.0 += score;
            sum.1 += 1;
        }
    }
    (sums, pages.len() as f64 / start.elapsed().as_secs_f64())
}

fn read(folder: &Path) -> Result<Vec<Sample>, Box<dyn std::error::Error>> {
    let mut names: Vec<_> =
        std::fs::read_dir(folder.join("ground-truth"))?.filter_map(Result::ok).map(|entry| entry.path()).collect();
    names.sort();
    let mut pages = Vec::new();
    for name in names {
        let truth: serde_json::Value = serde_json::from_slice(&std::fs::read(&name)?)?;
        let id = name.file_stem().and_then(|stem| stem.to_str()).unwrap_or_default().to_owned();
        let mut html = Vec::new();
        flate2::read::GzDecoder::new(std::fs::File::open(folder.join("html").join(format!("{id}.html.gz")))?)
            .read_to_end(&mut html)?;
        let text =
            |pointer: &str| truth.pointer(pointer).and_then(|value| value.as_str()).unwrap_or("unknown").to_owned();
        let kind = ["/_internal/page_type/primary", "/page_type", "/ground_truth/page_type", "/metadata/page_type"]
            .iter()
            .map(|pointer| text(pointer))
            .find(|found| found != "unknown")
            .unwrap_or_else(|| "unknown".to_owned());
        pages.push((decode(&html, None), text("/url"), kind, text("/ground_truth/main_content")));
    }
    Ok(pages)
}

#[expect(clippy::print_stdout, reason = "a measurement is printed")]
fn main() -> Result<(), Box<dyn std::error::Error>> {
    let folder = std::env::args().nth(1).ok_or("say which folder: extraction <folder>")?;
    let pages = read(Path::new(&folder))?;
    for way in [Way::Mixed, Way::Landmarks, Way::Learned] {
        let (sums, rate) = measure(&pages, way);
        println!("{way:?}: {rate:.0} pages/s on one core");
        for (kind, (sum, count)) in sums {
            println!("  {kind:<14} {:.3}  ({count} pages)", sum / count as f64);
        }
    }
    Ok(())
}
