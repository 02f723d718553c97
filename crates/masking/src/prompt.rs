//! What a model is asked: composed of masked parts only.

use crate::{Category, Masked};

/// Who speaks in a turn.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum PromptRole {
    /// The visitor.
    Visitor,
    /// The assistant (or a person of the desk before it).
    Assistant,
}

/// One turn of the conversation.
#[derive(Clone)]
pub struct Turn {
    /// Who speaks.
    pub role: PromptRole,
    /// What was said, masked.
    pub text: Masked<String>,
}

/// A question to a model. Exists only inside [`Masked`], see [`Prompt::compose`].
#[derive(Clone)]
pub struct Prompt {
    system: Masked<String>,
    turns: Vec<Turn>,
}

impl Prompt {
    /// Composes a prompt from masked parts: `system` holds our instructions and the passages, `turns` the conversation.
    pub fn compose(system: Masked<String>, turns: Vec<Turn>) -> Masked<Prompt> {
        let mut spans = system.spans().to_vec();
        for turn in &turns {
            spans.extend_from_slice(turn.text.spans());
        }
        Masked::new(Prompt { system, turns }, spans)
    }
}

impl Masked<Prompt> {
    /// Instructions and passages.
    pub fn system(&self) -> &str {
        self.inner().system.as_text()
    }

    /// The conversation, oldest first.
    pub fn turns(&self) -> impl Iterator<Item = (PromptRole, &str)> {
        self.inner().turns.iter().map(|turn| (turn.role, turn.text.as_text()))
    }

    /// The categories that were replaced by placeholders, each once.
    pub fn withheld(&self) -> Vec<Category> {
        let mut categories: Vec<_> = self.spans().iter().map(|span| span.category).collect();
        categories.sort_unstable();
        categories.dedup();
        categories
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{Known, Masker, Placeholders};

    #[test]
    fn a_prompt_knows_what_was_withheld() {
        let mut placeholders = Placeholders::new();
        let known = [Known::new(Category::Name, "Ada")];
        let said = Masker::new().mask(&mut placeholders, "Ada here, ada@example.org", &known).unwrap();
        let prompt = Prompt::compose(Masked::own("Be brief."), vec![Turn { role: PromptRole::Visitor, text: said }]);
        assert_eq!(prompt.system(), "Be brief.");
        assert_eq!(prompt.turns().collect::<Vec<_>>(), [(PromptRole::Visitor, "[NAME_1] here, [EMAIL_1]")]);
        assert_eq!(prompt.withheld(), [Category::Email, Category::Name]);
    }
}
