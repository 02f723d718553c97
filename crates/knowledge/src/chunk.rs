//! Cuts the content of a page into passages along its headings, and passages into sentences that can be quoted.

use unicode_segmentation::UnicodeSegmentation;

/// A passage is closed at the next heading once it has this many words.
const ENOUGH: usize = 80;
/// No passage grows beyond this many words.
const MOST: usize = 180;
/// A section of its own from here on, if its heading asks a question.
const FAQ: usize = 6;
/// Passages of one page beyond this are not a page people read.
const MOST_PASSAGES: usize = 2_000;

/// A piece of a page before it has an id.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Piece {
    /// The headings above it, outermost first, joined by " › ".
    pub heading: String,
    /// The lines as they stand in the page.
    pub text: String,
}

struct Cutter {
    path: Vec<(usize, String)>,
    heading: String,
    lines: Vec<String>,
    words: usize,
    pieces: Vec<Piece>,
}

/// Cuts the content of a page.
pub fn cut(title: &str, content: &str) -> Vec<Piece> {
    let mut cutter =
        Cutter { path: Vec::new(), heading: String::new(), lines: Vec::new(), words: 0, pieces: Vec::new() };
    for line in content.lines().filter(|line| !line.trim().is_empty()) {
        if let Some((level, heading)) = as_heading(line) {
            cutter.under(level, heading, title);
        } else {
            cutter.line(line);
        }
        if cutter.pieces.len() >= MOST_PASSAGES {
            break;
        }
    }
    cutter.close();
    cutter.pieces
}

/// The level and the words of a heading line.
pub(crate) fn as_heading(line: &str) -> Option<(usize, &str)> {
    let words = line.trim_start_matches('#');
    let level = line.len() - words.len();
    ((1..=6).contains(&level) && words.starts_with(' ')).then(|| (level, words.trim()))
}

fn count(text: &str) -> usize {
    text.unicode_words().count()
}

impl Cutter {
    fn under(&mut self, level: usize, heading: &str, title: &str) {
        self.path.retain(|(above, _)| *above < level);
        let is_question = |text: &str| text.ends_with(['?', '؟']);
        let own_section = is_question(heading) || is_question(&self.heading);
        if self.words >= ENOUGH || own_section && self.words >= FAQ || self.words == 0 {
            self.close();
        }
        if heading != title {
            self.path.push((level, heading.chars().take(200).collect()));
        }
        if self.lines.is_empty() {
            self.heading = self.path.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" › ");
        } else {
            self.lines.push(format!("{} {heading}", "#".repeat(level)));
        }
    }

    fn line(&mut self, line: &str) {
        let words = count(line);
        if words > MOST {
            self.close();
            let mut part = String::new();
            for sentence in sentences(line) {
                if !part.is_empty() && count(&part) + count(sentence) > MOST {
                    self.push(std::mem::take(&mut part));
                }
                part.push_str(if part.is_empty() { "" } else { " " });
                part.push_str(sentence);
            }
            self.push(part);
            return;
        }
        if self.words + words > MOST {
            self.close();
        }
        self.words += words;
        self.lines.push(line.to_owned());
    }

    fn push(&mut self, text: String) {
        if !text.is_empty() {
            self.pieces.push(Piece { heading: self.heading.clone(), text });
        }
    }

    fn close(&mut self) {
        // A heading that was taken along and has nothing under it belongs to the next piece.
        while self.lines.last().is_some_and(|line| as_heading(line).is_some()) {
            self.lines.pop();
        }
        let text = std::mem::take(&mut self.lines).join("\n");
        self.push(text);
        self.words = 0;
        self.heading = self.path.iter().map(|(_, words)| words.as_str()).collect::<Vec<_>>().join(" › ");
    }
}

/// Abbreviations after which a sentence goes on.
const GOES_ON: [&str; 25] = [
    "e.g.", "i.e.", "approx.", "ca.", "incl.", "excl.", "dr.", "mr.", "mrs.", "ms.", "no.", "nr.", "st.", "str.",
    "tel.", "z.b.", "z. b.", "b.", "bzw.", "d.h.", "inkl.", "exkl.", "zzgl.", "max.", "min.",
];

/// The sentences of one line, as they stand in it. "Yes." and the like stay with the sentence that says to what.
pub(crate) fn sentences(line: &str) -> Vec<&str> {
    let line = line.strip_prefix("- ").unwrap_or(line);
    let mut found: Vec<(usize, usize)> = Vec::new();
    let mut open = false;
    let parts = line.split_sentence_bound_indices().filter(|(_, part)| part.contains(char::is_alphanumeric));
    for (mut begin, whole) in parts {
        for part in whole.split_inclusive(['؟', '۔']) {
            let end = begin + part.len();
            match found.last_mut() {
                Some(last) if open => last.1 = end,
                _ => found.push((begin, end)),
            }
            begin = end;
            let last = found.last().and_then(|(begin, end)| line.get(*begin..*end)).map_or("", str::trim_end);
            let tail = last.rsplit(' ').next().unwrap_or_default().to_lowercase();
            open = GOES_ON.contains(&tail.trim_start_matches('(')) || last.len() < 24 && count(last) <= 2;
        }
    }
    let text = |(begin, end): (usize, usize)| line.get(begin..end).map_or("", str::trim);
    found.into_iter().map(text).filter(|text| !text.is_empty()).collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn passages_follow_headings_and_keep_their_path() {
        let long = "This sentence has exactly eight words in it. ".repeat(11);
        let content = format!("# Help\n## Returns\n{long}\n### Shoes\nOnly unworn.\n## Delivery\nTwo days.");
        let pieces = cut("Help", &content);
        assert_eq!(
            pieces.iter().map(|piece| piece.heading.as_str()).collect::<Vec<_>>(),
            ["Returns", "Returns › Shoes"]
        );
        assert!(pieces[1].text.contains("## Delivery\nTwo days."), "small sections stay together: {:?}", pieces[1]);
    }

    #[test]
    fn each_question_of_an_faq_is_its_own_passage() {
        let pieces = cut(
            "FAQ",
            "# FAQ\n## Do you ship abroad?\nYes. We ship to Austria and Italy.\n## Can I pay later?\nYes, with an invoice if you like.",
        );
        assert_eq!(pieces.len(), 2);
        assert_eq!(pieces[1].heading, "Can I pay later?");
    }

    #[test]
    fn nothing_is_lost_and_no_passage_is_endless() {
        let endless = "word ".repeat(1_000);
        let many = "One two three four five. ".repeat(200);
        for text in [endless.as_str(), many.as_str()] {
            let pieces = cut("", text);
            assert_eq!(pieces.iter().map(|piece| count(&piece.text)).sum::<usize>(), count(text));
        }
        assert!(cut("", &many).iter().all(|piece| count(&piece.text) <= MOST));
        assert!(cut("", "").is_empty());
        assert!(cut("Only", "# Only").is_empty());
    }

    #[test]
    fn sentences_end_where_people_end_them() {
        assert_eq!(
            sentences("Yes. We ship to Dr. Who. Costs ca. 4.90 € per parcel, e.g. Austria."),
            ["Yes. We ship to Dr. Who.", "Costs ca. 4.90 € per parcel, e.g. Austria."]
        );
        assert_eq!(sentences("- Size M: 96-101 cm"), ["Size M: 96-101 cm"]);
        assert_eq!(sentences("هل الشحن مجاني داخل البلاد؟ نعم الشحن مجاني فوق خمسين يورو.").len(), 2);
    }
}
