//! The placeholders of one conversation: same value, same placeholder.

use std::collections::{BTreeMap, HashMap};

use crate::folded::folded_value;
use crate::{Category, Restorer};

/// The placeholders given out in one conversation and what they stand for. Lives in memory only, not printable.
#[derive(Clone, Default)]
pub struct Placeholders {
    /// By category and comparable value: its number, and how many spellings it has.
    numbers: HashMap<(Category, String), (usize, usize)>,
    /// By exact spelling.
    spellings: HashMap<(Category, String), String>,
    /// What each placeholder stands for, exactly as it was written.
    values: BTreeMap<String, (Category, String)>,
    given: HashMap<Category, usize>,
}

impl Placeholders {
    /// None yet.
    pub fn new() -> Self {
        Self::default()
    }

    /// The placeholder of `value`. A second spelling of the same value keeps the number and gets a second index
    /// (`[NAME_1_2]`): the model sees who is meant, and the exact spelling comes back.
    pub(crate) fn give(&mut self, category: Category, value: &str) -> String {
        if let Some(placeholder) = self.spellings.get(&(category, value.to_owned())) {
            return placeholder.clone();
        }
        let given = self.given.entry(category).or_default();
        let (number, spellings) = self.numbers.entry((category, comparable(category, value))).or_insert_with(|| {
            *given += 1;
            (*given, 0)
        });
        *spellings += 1;
        let word = category.placeholder_word();
        let placeholder = match *spellings {
            1 => format!("[{word}_{number}]"),
            spelling => format!("[{word}_{number}_{spelling}]"),
        };
        self.spellings.insert((category, value.to_owned()), placeholder.clone());
        self.values.insert(placeholder.clone(), (category, value.to_owned()));
        placeholder
    }

    /// What `placeholder` stands for.
    pub(crate) fn value(&self, placeholder: &str) -> Option<&str> {
        self.values.get(placeholder).map(|(_, value)| value.as_str())
    }

    /// The text with every placeholder of this conversation replaced by what it stands for; others stay as they are.
    pub fn restore(&self, text: &str) -> String {
        let mut restorer = self.restorer();
        let mut whole = restorer.push(text);
        whole.push_str(&restorer.finish());
        whole
    }

    /// Restores a text that arrives in pieces.
    pub fn restorer(&self) -> Restorer {
        Restorer::new(self.clone())
    }

    /// The categories that occurred, each once.
    pub fn categories(&self) -> Vec<Category> {
        Category::ALL.into_iter().filter(|category| self.given.contains_key(category)).collect()
    }

    /// The placeholders with their categories, for the one who asks what the model saw.
    pub fn list(&self) -> Vec<(String, Category)> {
        self.values.iter().map(|(placeholder, (category, _))| (placeholder.clone(), *category)).collect()
    }
}

/// What makes two spellings the same value: case and disguise never count, separators not in numbers.
fn comparable(category: Category, value: &str) -> String {
    let folded = folded_value(value);
    match category {
        Category::Email => folded.split_whitespace().collect(),
        Category::Phone | Category::Card => folded.chars().filter(char::is_ascii_digit).collect(),
        Category::Iban | Category::NationalId | Category::Plate => {
            folded.chars().filter(char::is_ascii_alphanumeric).collect()
        }
        // Two secrets that differ in case only are two secrets.
        Category::Secret => value.to_owned(),
        Category::Address => folded.split(|sign: char| !sign.is_alphanumeric()).collect(),
        Category::Ip | Category::Name | Category::Birth | Category::Rule | Category::Text => folded,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn same_value_same_number_and_every_spelling_comes_back() {
        let mut placeholders = Placeholders::new();
        assert_eq!(placeholders.give(Category::Email, "Ada@x.org"), "[EMAIL_1]");
        assert_eq!(placeholders.give(Category::Email, "bob@x.org"), "[EMAIL_2]");
        assert_eq!(placeholders.give(Category::Email, "ada@x.org"), "[EMAIL_1_2]");
        assert_eq!(placeholders.give(Category::Email, "Ada@x.org"), "[EMAIL_1]");
        assert_eq!(placeholders.give(Category::Phone, "+49 151 1"), "[PHONE_1]");
        assert_eq!(placeholders.restore("[EMAIL_1_2] [EMAIL_1] [EMAIL_3]"), "ada@x.org Ada@x.org [EMAIL_3]");
        assert_eq!(placeholders.categories(), [Category::Email, Category::Phone]);
        assert_eq!(placeholders.list().len(), 4);
    }
}
