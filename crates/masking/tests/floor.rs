//! The floors: what is found in each language's own corpus, and what is left alone in it. A change that falls below a floor
//! does not pass. The corpora are ours, small and invented: `make eval` measures on texts that nobody here wrote.

use masking::{Masker, Span};

/// A language: its corpus, how many of its personal places must be found whole, and in how many of its other lines something
/// may be found, both in a thousand.
const LANGUAGES: &[(&str, &str, usize, usize)] = &[
    ("en", include_str!("corpus/en.txt"), 970, 0),
    ("de", include_str!("corpus/de.txt"), 960, 0),
    ("fr", include_str!("corpus/fr.txt"), 950, 0),
    ("es", include_str!("corpus/es.txt"), 950, 0),
    ("it", include_str!("corpus/it.txt"), 950, 0),
    ("nl", include_str!("corpus/nl.txt"), 950, 0),
    // Numbers, addresses of machines and what a word announces; names in Arabic script are known ones only.
    ("ar", include_str!("corpus/ar.txt"), 950, 0),
];

/// A line of a corpus: the text, and where it is personal.
fn read(line: &str) -> (String, Vec<(usize, usize)>) {
    let line = line.replace("\\n", "\n");
    let (mut text, mut places, mut open) = (String::new(), Vec::new(), 0);
    for sign in line.chars() {
        match sign {
            '{' => open = text.len(),
            '}' => places.push((open, text.len())),
            sign => text.push(sign),
        }
    }
    (text, places)
}

/// Every letter and digit of the place is in some finding.
fn whole(text: &str, place: (usize, usize), found: &[Span]) -> bool {
    text.char_indices()
        .filter(|(at, sign)| (place.0..place.1).contains(at) && sign.is_alphanumeric())
        .all(|(at, _)| found.iter().any(|span| (span.start..span.end).contains(&at)))
}

#[test]
fn every_language_stays_above_its_floor() {
    let masker = Masker::new();
    let mut below = Vec::new();
    for (language, corpus, fewest, most_wrong) in LANGUAGES {
        let (mut places, mut missed, mut others, mut wrong) = (0, Vec::new(), 0, Vec::new());
        for line in corpus.lines().filter(|line| !line.starts_with('#')) {
            let (text, personal) = read(line);
            let found = masker.find(&text, &[]).unwrap();
            places += personal.len();
            missed.extend(personal.iter().filter(|place| !whole(&text, **place, &found)).map(|_| line));
            if personal.is_empty() {
                others += 1;
                wrong.extend((!found.is_empty()).then_some(line));
            }
        }
        let recall = (places - missed.len()) * 1000 / places;
        println!("{language}: {places} places, recall {recall}/1000; {others} other lines, {} wrong", wrong.len());
        if recall < *fewest || wrong.len() * 1000 / others.max(1) > *most_wrong {
            below.push(format!(
                "{language}: recall {recall}/1000, missed:\n{}\nwrong:\n{}",
                missed.join("\n"),
                wrong.join("\n")
            ));
        }
    }
    assert!(below.is_empty(), "{}", below.join("\n\n"));
}
