//! What is kept in a browser, of visitors and of the staff. Nothing here exists before the visitor's first click.

use crate::Plain;

/// Which storage of the browser.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// A cookie.
    Cookie,
    /// The tab's session storage, gone with the tab.
    SessionStorage,
    /// The browser's local storage.
    LocalStorage,
}

impl Place {
    /// Its name in the cookie list.
    pub const fn word(self) -> &'static str {
        match self {
            Place::Cookie => "cookie",
            Place::SessionStorage => "session storage",
            Place::LocalStorage => "local storage",
        }
    }
}

/// One key in a browser.
#[derive(Clone, Copy, Debug)]
pub struct Browser {
    /// The key.
    pub name: &'static str,
    /// Which storage.
    pub place: Place,
    /// Whose browser: visitors or the staff.
    pub of_visitors: bool,
    /// On which website it lives.
    pub origin: &'static str,
    /// The act after which it appears.
    pub after: &'static str,
    /// When it goes.
    pub until: Plain,
    /// What it is for.
    pub says: Plain,
}

/// Every key the product writes into a browser.
pub const BROWSER: &[Browser] = &[
    Browser {
        name: "confidante.visitor",
        place: Place::SessionStorage,
        of_visitors: true,
        origin: "the chat panel (this server)",
        after: "the visitor begins a conversation",
        until: Plain {
            en: "the tab is closed, or you delete your data",
            de: "der Tab geschlossen wird oder Sie Ihre Daten löschen",
            ar: "إغلاق التبويب أو محو بياناتك",
        },
        says: Plain {
            en: "The random key by which this tab, and other tabs of the same website that you open the chat in, can read your conversation; the language, how far you have read, and the number of a deletion under way.",
            de: "Der zufällige Schlüssel, mit dem dieser Tab, und andere Tabs derselben Website, in denen Sie den Chat öffnen, Ihr Gespräch lesen können; die Sprache, wie weit Sie gelesen haben, und die Nummer einer laufenden Löschung.",
            ar: "المفتاح العشوائي الذي يتيح لهذا التبويب، ولتبويبات الموقع نفسه التي تفتح فيها الدردشة، قراءة محادثتك؛ واللغة، وآخر ما قرأته، ورقم محو جارٍ.",
        },
    },
    Browser {
        name: "confidante.queue",
        place: Place::SessionStorage,
        of_visitors: true,
        origin: "the chat panel (this server)",
        after: "the visitor sends a message",
        until: Plain {
            en: "the message has arrived, the tab is closed, or you delete your data",
            de: "die Nachricht angekommen ist, der Tab geschlossen wird oder Sie Ihre Daten löschen",
            ar: "وصول الرسالة أو إغلاق التبويب أو محو بياناتك",
        },
        says: Plain {
            en: "Messages on their way, kept until this server has them, so that none is lost without a network.",
            de: "Nachrichten auf dem Weg, behalten, bis dieser Server sie hat, damit ohne Netz keine verloren geht.",
            ar: "رسائل في طريقها إلى هذا الخادم، تُحفظ حتى تصل كي لا تضيع عند انقطاع الاتصال.",
        },
    },
    Browser {
        name: "confidante-on",
        place: Place::SessionStorage,
        of_visitors: true,
        origin: "the website with the chat button",
        after: "the visitor begins a conversation",
        until: Plain {
            en: "the tab is closed, or you delete your data",
            de: "der Tab geschlossen wird oder Sie Ihre Daten löschen",
            ar: "إغلاق التبويب أو محو بياناتك",
        },
        says: Plain {
            en: "The mark that there is a chat, and whether it is open, so that it is still there on the next page.",
            de: "Das Zeichen, dass es einen Chat gibt und ob er offen ist, damit er auf der nächsten Seite noch da ist.",
            ar: "علامة على وجود دردشة وعلى كونها مفتوحة، لكي تبقى في الصفحة التالية.",
        },
    },
    Browser {
        name: "confidante_session",
        place: Place::Cookie,
        of_visitors: false,
        origin: "the console (this server)",
        after: "a member of the staff signs in",
        until: Plain { en: "signing out, or the end of the session", de: "", ar: "" },
        says: Plain { en: "The staff's sign-in (HttpOnly, SameSite=Strict).", de: "", ar: "" },
    },
    Browser {
        name: "confidante.theme",
        place: Place::LocalStorage,
        of_visitors: false,
        origin: "the console (this server)",
        after: "a member of the staff chooses light or dark colours",
        until: Plain { en: "the colours of the system are chosen again", de: "", ar: "" },
        says: Plain { en: "Light or dark.", de: "", ar: "" },
    },
    Browser {
        name: "confidante.shortcuts",
        place: Place::LocalStorage,
        of_visitors: false,
        origin: "the console (this server)",
        after: "a member of the staff switches single keys off",
        until: Plain { en: "single keys are switched on again", de: "", ar: "" },
        says: Plain { en: "That single keys are off.", de: "", ar: "" },
    },
];
