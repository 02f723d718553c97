//! What the assistant does not talk about, whatever its pages or a model say: advice on health, law, taxes and money.

/// Two groups of words; a question that has one of each asks for advice that a shop's assistant must not give.
struct Field {
    about: &'static [&'static str],
    asks: &'static [&'static str],
}

#[rustfmt::skip]
const FIELDS: &[Field] = &[
    Field {
        about: &["dose", "dosage", "medicine", "medication", "pills", "symptom", "symptoms", "disease", "diagnose", "diagnosis", "ibuprofen", "paracetamol", "antibiotic", "antibiotics",
            "pregnant", "depression", "suicide", "suicidal", "chest", "fever", "dosis", "medikament", "medikamente", "tabletten", "krankheit", "symptome", "schwanger", "fieber", "brustschmerzen", "دواء", "جرعة", "مرض"],
        asks: &["should", "take", "treat", "cure", "safe", "pain", "help", "how", "what", "can", "soll", "sollte", "nehmen", "hilft", "kann", "darf", "was", "wie", "هل", "كم", "ماذا"],
    },
    Field {
        about: &["sue", "lawsuit", "lawyer", "attorney", "prosecute", "divorce", "custody", "verklagen", "anwalt", "klage", "scheidung", "strafanzeige", "محام", "محامي", "دعوى"],
        asks: &["should", "can", "how", "will", "win", "need", "soll", "sollte", "kann", "wie", "brauche", "هل", "كيف"],
    },
    Field {
        about: &["invest", "investment", "stocks", "shares", "bitcoin", "crypto", "mortgage", "pension", "taxes", "deduct", "investieren", "aktien", "krypto", "steuern", "steuererklärung", "absetzen", "أسهم", "استثمار", "ضرائب"],
        asks: &["should", "can", "how", "which", "my", "soll", "sollte", "kann", "welche", "meine", "wie", "هل", "كيف"],
    },
];

/// Whether this question asks for advice on health, law, taxes or money.
pub(in super::super) fn asks_for_advice(question: &str) -> bool {
    let words: Vec<String> = question.split(|letter: char| !letter.is_alphanumeric()).map(str::to_lowercase).collect();
    let has = |list: &[&str]| words.iter().any(|word| list.contains(&word.as_str()));
    FIELDS.iter().any(|field| has(field.about) && has(field.asks))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn advice_is_told_from_the_shops_affairs() {
        for question in [
            "Which dose of ibuprofen should I take?",
            "Can I sue my neighbour?",
            "Should I invest in bitcoin?",
            "Soll ich meine Aktien verkaufen?",
            "Welche Dosis kann ich nehmen?",
        ] {
            assert!(asks_for_advice(question), "{question}");
        }
        for question in [
            "How many days do I have to return shoes?",
            "Can I take my boots back to the shop?",
            "How much tax is in the price?",
            "Was kostet der Versand?",
        ] {
            assert!(!asks_for_advice(question), "{question}");
        }
    }
}
