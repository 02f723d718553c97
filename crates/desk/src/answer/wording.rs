//! The few sentences the assistant says in its own name, in the visitor's language.

use model::Locale;

/// Nothing on the pages supports an answer.
pub(super) fn abstained(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "I could not find this in the pages I know. Would you like to talk to a person?",
        Locale::De => "Dazu habe ich auf den Seiten, die ich kenne, nichts gefunden. Möchten Sie mit einem Menschen sprechen?",
        Locale::Ar => "لم أجد ذلك في الصفحات التي أعرفها. هل تود التحدث إلى شخص؟",
    }
}
