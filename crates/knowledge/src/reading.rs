//! A passage as the second look needs it: its sentences read once, their words as numbers and their marks noted.

use std::collections::HashMap;
use std::ops::Range;

use crate::chunk::as_heading;
use crate::kinds::Kinds;
use crate::sentence::{Sentence, sentences_of};
use crate::shape::{Looks, is_without};
use crate::words::Reader;

/// The words of a passage and of what stands above it.
pub(crate) struct Words<'a> {
    /// The title of its page.
    pub(crate) title: &'a str,
    /// The headings above it.
    pub(crate) heading: &'a str,
    /// Its lines.
    pub(crate) text: &'a str,
}

/// A list of words: where it lies in [`Reading::lists`].
#[derive(Clone, Copy, Default)]
pub(crate) struct Span {
    begin: u32,
    end: u32,
}

/// A passage that was read.
pub(crate) struct Reading {
    /// The different terms of title, headings and text. Lists name them by their places here.
    pub(crate) terms: Box<[u32]>,
    lists: Box<[u16]>,
    /// The terms of the title.
    pub(crate) title: Span,
    /// The terms of the whole text.
    pub(crate) passage: Span,
    /// The sentences, in order.
    pub(crate) lines: Box<[Line]>,
}

/// A sentence that was read.
pub(crate) struct Line {
    begin: u32,
    end: u32,
    /// Its words that are no grammar, in order.
    pub(crate) order: Span,
    /// So many different ones.
    pub(crate) different: u32,
    /// The terms of the headings above it; of the title, where there is none.
    pub(crate) heading: Span,
    /// The terms of what the lines just above say it is about.
    pub(crate) before: Span,
    /// The kinds of things it holds.
    pub(crate) kinds: Kinds,
    /// Its plain marks.
    pub(crate) looks: Looks,
    /// The first one under its heading.
    pub(crate) first: bool,
    /// Holds a digit.
    pub(crate) digit: bool,
}

impl Line {
    /// Where it stands in the passage's text.
    pub(crate) fn place(&self) -> Range<usize> {
        self.begin as usize..self.end as usize
    }
}

impl Reading {
    /// Reads a passage; `number` gives the numbers of stems, and words that have none are not compared.
    pub(crate) fn of(words: &Words<'_>, reader: &mut Reader, number: &mut dyn FnMut(&str) -> Option<u32>) -> Reading {
        let mut scribe = Scribe { reader, number, places: HashMap::new(), terms: Vec::new(), lists: Vec::new() };
        let title = scribe.set(&[words.title]);
        let above = scribe.set(&[words.heading]);
        let mut lines: Vec<Line> = Vec::new();
        let mut under: (Option<&str>, Span) = (None, if words.heading.is_empty() { title } else { above });
        let mut without = is_without(words.heading);
        for sentence in sentences_of(words.text) {
            if sentence.inner.map(str::as_ptr) != under.0.map(str::as_ptr) {
                let inner = sentence.inner.unwrap_or_default();
                without = is_without(words.heading) || is_without(inner);
                under = (sentence.inner, scribe.set(&[words.heading, inner]));
            }
            let line = scribe.line(words.text, &sentence, (under.1, without), &lines);
            lines.push(line);
        }
        let mut all = scribe.gathered(lines.iter().map(|line| line.order));
        for (_, inner) in words.text.lines().filter_map(as_heading) {
            let span = scribe.set(&[inner]);
            all.extend(scribe.list(span));
        }
        let passage = scribe.keep(all);
        Reading { terms: scribe.terms.into(), lists: scribe.lists.into(), title, passage, lines: lines.into() }
    }

    /// The words of a list, as places in [`Reading::terms`].
    pub(crate) fn list(&self, span: Span) -> &[u16] {
        self.lists.get(span.begin as usize..span.end as usize).unwrap_or_default()
    }

    /// About how many bytes of memory a passage with so long a text takes once it is read.
    pub(crate) fn bytes(text: usize) -> usize {
        256 + 3 * text
    }
}

/// Writes the lists of one passage.
struct Scribe<'a> {
    reader: &'a mut Reader,
    number: &'a mut dyn FnMut(&str) -> Option<u32>,
    places: HashMap<u32, u16>,
    terms: Vec<u32>,
    lists: Vec<u16>,
}

impl Scribe<'_> {
    /// The words of a text that are no grammar, in order; and how many words it has in all.
    fn order(&mut self, text: &str) -> (Vec<u16>, usize) {
        let (mut order, mut all) = (Vec::new(), 0);
        let Self { reader, number, places, terms, .. } = self;
        reader.read(text, |word| {
            all += 1;
            if word.stop {
                return;
            }
            let Some(term) = number(&word.stem) else { return };
            let place = match places.get(&term) {
                Some(place) => *place,
                // Nobody writes a passage of so many different words.
                None => match u16::try_from(terms.len()) {
                    Ok(place) => {
                        places.insert(term, place);
                        terms.push(term);
                        place
                    }
                    Err(_) => return,
                },
            };
            order.push(place);
        });
        (order, all)
    }

    /// The different terms of some texts.
    fn set(&mut self, texts: &[&str]) -> Span {
        let mut all = Vec::new();
        for text in texts {
            all.extend(self.order(text).0);
        }
        self.keep(all)
    }

    fn keep(&mut self, mut list: Vec<u16>) -> Span {
        list.sort_unstable();
        list.dedup();
        self.write(&list)
    }

    fn write(&mut self, list: &[u16]) -> Span {
        let begin = u32::try_from(self.lists.len()).unwrap_or(u32::MAX);
        self.lists.extend(list);
        Span { begin, end: u32::try_from(self.lists.len()).unwrap_or(u32::MAX) }
    }

    fn list(&self, span: Span) -> Vec<u16> {
        self.lists.get(span.begin as usize..span.end as usize).unwrap_or_default().to_vec()
    }

    fn gathered(&self, spans: impl Iterator<Item = Span>) -> Vec<u16> {
        spans.flat_map(|span| self.list(span)).collect()
    }

    fn line(&mut self, text: &str, sentence: &Sentence<'_>, (heading, without): (Span, bool), lines: &[Line]) -> Line {
        let (order, words) = self.order(sentence.text);
        let mut before = self.gathered(lines.iter().rev().take(sentence.earlier).map(|line| line.order));
        before.extend(sentence.term.map(|term| self.order(term).0).unwrap_or_default());
        let mut different = order.clone();
        different.sort_unstable();
        different.dedup();
        let mut looks = Looks::of(sentence.text, words.saturating_sub(order.len()));
        looks.without |= without;
        // A sentence is a slice of its passage.
        let begin = sentence.text.as_ptr() as usize - text.as_ptr() as usize;
        let short = |length: usize| u32::try_from(length).unwrap_or(u32::MAX);
        Line {
            begin: short(begin),
            end: short(begin + sentence.text.len()),
            different: short(different.len()),
            order: self.write(&order),
            heading,
            before: self.keep(before),
            kinds: Kinds::of(sentence.text),
            looks,
            first: sentence.first,
            digit: sentence.text.bytes().any(|byte| byte.is_ascii_digit()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::language::Language;
    use crate::terms::Terms;

    #[test]
    fn a_passage_is_read_into_numbers_that_stand_for_its_words() {
        let mut terms = Terms::default();
        let text = "Shoes come back. You pay nothing.\n## Delivery\n- Austria: € 4.90";
        let words = Words { title: "Returns", heading: "", text };
        let reading = Reading::of(&words, &mut Reader::new(Language::En), &mut |stem: &str| Some(terms.number(stem)));
        let read = |span: Span| -> Vec<&str> {
            reading.list(span).iter().map(|place| terms.stem(reading.terms[usize::from(*place)])).collect()
        };
        let lines: Vec<&str> = reading.lines.iter().map(|line| &text[line.place()]).collect();
        assert_eq!(lines, ["Shoes come back.", "You pay nothing.", "Austria: € 4.90"]);
        assert_eq!(read(reading.title), ["return"]);
        assert_eq!(read(reading.lines[0].heading), ["return"]);
        assert_eq!(read(reading.lines[2].heading), ["deliveri"]);
        assert!(read(reading.lines[1].before).contains(&"shoe"));
        assert!(read(reading.passage).contains(&"deliveri") && !read(reading.passage).contains(&"return"));
        assert!(reading.lines[2].digit && reading.lines[2].first && !reading.lines[1].first);
    }
}
