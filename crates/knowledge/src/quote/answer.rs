//! What the built-in answerer found: its sentences, what they cite, and what was checked.

/// Whether the knowledge answers.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// Yes, with these sentences.
    Answered,
    /// Nothing supports an answer.
    Abstained,
}

/// A sentence of a passage, word for word.
#[derive(Clone, Debug, PartialEq)]
pub struct Quoted {
    /// The sentence.
    pub text: String,
    /// The passage it stands in: the position in the hits.
    pub hit_index: usize,
    /// How well it answers; about 0 to 1.3.
    pub score: f64,
}

/// One condition of answering, for "why this answer".
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Check {
    /// What was checked.
    pub name: &'static str,
    /// Whether it held.
    pub ok: bool,
}

/// A citation in the text of the answer.
#[derive(Clone, Debug, PartialEq)]
pub struct Cited {
    /// The number in brackets.
    pub n: usize,
    /// The passage: the position in the hits.
    pub hit_index: usize,
    /// The quoted sentences of this passage, one a line.
    pub quote: String,
}

/// What the answerer found.
#[derive(Clone, Debug, PartialEq)]
pub struct Answer {
    /// Whether there is an answer.
    pub outcome: Outcome,
    /// The sentences of the answer, in reading order; empty where there is none.
    pub sentences: Vec<Quoted>,
    /// The best sentences that were looked at, best first, used or not.
    pub considered: Vec<Quoted>,
    /// How much of the question's weight the best sentence and its surroundings cover, from 0 to 1.
    pub coverage: f64,
    /// Content words of the question that the best sentence and its surroundings do not speak of.
    pub missing: Vec<String>,
    /// The conditions, in the order they were checked.
    pub checks: Vec<Check>,
}

impl Answer {
    /// The passages that are cited, numbered in the order of the text.
    pub fn citations(&self) -> Vec<Cited> {
        let mut cited: Vec<Cited> = Vec::new();
        for sentence in &self.sentences {
            match cited.iter_mut().find(|one| one.hit_index == sentence.hit_index) {
                Some(one) => {
                    one.quote.push('\n');
                    one.quote.push_str(&sentence.text);
                }
                None => cited.push(Cited {
                    n: cited.len() + 1,
                    hit_index: sentence.hit_index,
                    quote: sentence.text.clone(),
                }),
            }
        }
        cited
    }

    /// The answer as it is said: the sentences with their numbers in brackets; empty where there is none.
    pub fn text(&self) -> String {
        let cited = self.citations();
        let number = |hit_index| cited.iter().find(|one| one.hit_index == hit_index).map_or(0, |one| one.n);
        let said: Vec<String> =
            self.sentences.iter().map(|one| format!("{} [{}]", one.text, number(one.hit_index))).collect();
        said.join(" ")
    }
}
