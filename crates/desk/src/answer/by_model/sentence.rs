//! Cuts a stream of words into sentences, each with the citations behind it, so that nothing is shown before it was checked.

/// A sentence that does not end is cut off here, in bytes.
pub(super) const LONGEST: usize = 1_200;

/// Collects words and gives whole sentences.
#[derive(Default)]
pub(super) struct Sentences {
    held: String,
}

impl Sentences {
    /// Takes the next words and gives the sentences that are certainly over.
    pub(super) fn push(&mut self, words: &str) -> Vec<String> {
        self.held.push_str(words);
        let mut whole = Vec::new();
        while let Some(end) = boundary(&self.held) {
            let rest = self.held.split_off(end);
            whole.push(std::mem::replace(&mut self.held, rest));
        }
        whole.retain(|sentence| !sentence.trim().is_empty());
        whole
    }

    /// Whether the sentence under way is longer than any sentence should be.
    pub(super) fn overflows(&self) -> bool {
        self.held.len() > LONGEST
    }

    /// What is left at the end.
    pub(super) fn finish(self) -> Option<String> {
        (!self.held.trim().is_empty()).then_some(self.held)
    }
}

/// Where the first sentence ends, with the citations behind it; nothing while more words could still belong to it.
fn boundary(text: &str) -> Option<usize> {
    for (at, letter) in text.char_indices() {
        let behind = at + letter.len_utf8();
        let rest = text.get(behind..)?;
        if letter == '\n' {
            match text.get(..at)?.trim().is_empty() {
                true => continue,
                false => return citations(rest).map(|length| behind + length),
            }
        }
        let closes = matches!(letter, '。' | '！' | '？') || is_end(text.get(..at)?, letter, rest)?;
        if closes {
            return citations(rest).map(|length| behind + length);
        }
    }
    None
}

/// Whether a sentence ends with this mark; nothing if that shows only with the next words.
fn is_end(before: &str, mark: char, rest: &str) -> Option<bool> {
    if !matches!(mark, '.' | '!' | '?' | '؟' | '…') {
        return Some(false);
    }
    let next = rest.chars().next()?;
    if !next.is_whitespace() && next != '[' {
        return Some(false);
    }
    if mark != '.' {
        return Some(true);
    }
    // “z. B.”, “No. 5”, “1. First”: a dot behind a letter or two, or behind a bare number at the beginning, ends nothing.
    let last = before.rsplit(|letter: char| letter.is_whitespace()).next().unwrap_or_default();
    let short = last.chars().count() <= 2 && last.chars().all(char::is_alphabetic) && !before.trim().is_empty();
    let number = !last.is_empty() && last.chars().all(|letter| letter.is_ascii_digit()) && before.trim() == last;
    if short || number {
        return Some(false);
    }
    rest.trim_start().chars().next().map(|following| !following.is_lowercase())
}

/// How many bytes of citations stand at the beginning; nothing while another could still come.
fn citations(rest: &str) -> Option<usize> {
    let mut length = 0;
    loop {
        let behind = rest.get(length..)?;
        let spaces = behind.len() - behind.trim_start_matches([' ', '\t']).len();
        let from = behind.get(spaces..)?;
        let Some(inside) = from.strip_prefix('[') else {
            return if from.is_empty() && length + spaces < 200 { None } else { Some(length) };
        };
        match inside.find(|letter: char| !letter.is_ascii_digit() && !matches!(letter, ',' | ' ')) {
            None => return None,
            Some(0) => return Some(length),
            Some(end) if inside.get(end..)?.starts_with(']') => length += spaces + 1 + end + 1,
            Some(_) => return Some(length),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn cut(text: &str, width: usize) -> Vec<String> {
        let letters: Vec<char> = text.chars().collect();
        let mut sentences = Sentences::default();
        let mut whole: Vec<String> = Vec::new();
        for piece in letters.chunks(width) {
            whole.extend(sentences.push(&piece.iter().collect::<String>()));
        }
        whole.extend(sentences.finish());
        whole.iter().map(|sentence| sentence.trim().to_owned()).collect()
    }

    #[test]
    fn however_the_words_arrive_the_sentences_are_the_same() {
        let text = "It costs 4.90 euros [1]. You have 60 days, e.g. for boots. [2][3] Fine? [EMAIL_1] knows [1]\n- Free of charge [2, 3]\nÜber z. B. Wien nicht. 送料は無料です。[1] Ende";
        let wanted = [
            "It costs 4.90 euros [1].",
            "You have 60 days, e.g. for boots. [2][3]",
            "Fine?",
            "[EMAIL_1] knows [1]",
            "- Free of charge [2, 3]",
            "Über z. B. Wien nicht.",
            "送料は無料です。[1]",
            "Ende",
        ];
        for width in [1, 2, 3, 7, 1_000] {
            assert_eq!(cut(text, width), wanted, "pieces of {width}");
        }
    }

    #[test]
    fn a_sentence_without_end_is_noticed() {
        let mut sentences = Sentences::default();
        assert!(sentences.push(&"a".repeat(LONGEST)).is_empty() && !sentences.overflows());
        assert!(sentences.push("a").is_empty() && sentences.overflows());
    }
}
