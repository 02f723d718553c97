//! The few sentences the assistant says in its own name, in the visitor's language.

use model::Locale;

/// Nothing on the pages supports an answer.
pub(super) fn abstained(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "I could not find this in the pages I know. Would you like to talk to a person?",
        Locale::De => {
            "Dazu habe ich auf den Seiten, die ich kenne, nichts gefunden. Möchten Sie mit einem Menschen sprechen?"
        }
        Locale::Ar => "لم أجد ذلك في الصفحات التي أعرفها. هل تود التحدث إلى شخص؟",
    }
}

/// A file without words: the assistant reads none.
pub(super) fn cannot_read_files(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "Thank you for the file. I cannot read files, but a person can. Would you like to talk to a person?"
        }
        Locale::De => {
            "Danke für die Datei. Ich kann keine Dateien lesen, ein Mensch schon. Möchten Sie mit einem Menschen sprechen?"
        }
        Locale::Ar => "شكرًا على الملف. لا أستطيع قراءة الملفات، لكن يمكن لشخص ذلك. هل تود التحدث إلى شخص؟",
    }
}

/// Something that a person must do.
pub(super) fn offers_person(locale: Locale) -> &'static str {
    match locale {
        Locale::En => "This is something for a person. Would you like to talk to one?",
        Locale::De => "Das ist etwas für einen Menschen. Möchten Sie mit einem sprechen?",
        Locale::Ar => "هذا أمر يحتاج إلى شخص. هل تود التحدث إلى أحد؟",
    }
}

/// Advice that is not the shop's to give.
pub(super) fn gives_no_advice(locale: Locale) -> &'static str {
    match locale {
        Locale::En => {
            "I can only help with this shop. For questions of health, law or money please ask somebody qualified. Would you like to talk to a person of the shop?"
        }
        Locale::De => {
            "Ich kann nur zu diesem Geschäft Auskunft geben. Bitte fragen Sie zu Gesundheit, Recht oder Geld jemanden vom Fach. Möchten Sie mit einem Menschen aus dem Geschäft sprechen?"
        }
        Locale::Ar => {
            "يمكنني المساعدة في شؤون هذا المتجر فقط. للأسئلة الصحية أو القانونية أو المالية يُرجى سؤال مختص. هل تود التحدث إلى شخص من المتجر؟"
        }
    }
}

/// Asks which of these headings is meant.
pub(super) fn asks_back(locale: Locale, meant: &[&str]) -> String {
    let quoted = |open: char, close: char| {
        let mut seen: Vec<String> = Vec::new();
        for heading in meant {
            let one = format!("{open}{heading}{close}");
            if !seen.contains(&one) {
                seen.push(one);
            }
        }
        seen.join(" · ")
    };
    match locale {
        Locale::En => format!("What would you like to know about? {}", quoted('“', '”')),
        Locale::De => format!("Worüber möchten Sie mehr wissen? {}", quoted('„', '“')),
        Locale::Ar => format!("عمّ تود أن تعرف؟ {}", quoted('«', '»')),
    }
}
