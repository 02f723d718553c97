//! What is kept in a browser, of visitors and of the staff. Nothing here exists before the visitor's first click.

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
    pub until: &'static str,
    /// What it is for.
    pub says: &'static str,
}

/// Every key the product writes into a browser.
pub const BROWSER: &[Browser] = &[
    Browser {
        name: "confidante.visitor",
        place: Place::SessionStorage,
        of_visitors: true,
        origin: "the chat panel (this server)",
        after: "the visitor sends the first message or asks for a person",
        until: "the tab is closed, or the visitor erases her data",
        says: "The random token by which this tab, and nobody else, can read its conversation.",
    },
    Browser {
        name: "confidante.queue",
        place: Place::SessionStorage,
        of_visitors: true,
        origin: "the chat panel (this server)",
        after: "the visitor sends a message while there is no network",
        until: "the message has arrived, the tab is closed, or the visitor erases her data",
        says: "Messages written without a network, waiting to be sent.",
    },
    Browser {
        name: "confidante-on",
        place: Place::SessionStorage,
        of_visitors: true,
        origin: "the website with the chat button",
        after: "the visitor has begun a conversation",
        until: "the tab is closed",
        says: "The word that a conversation is open, so that the panel is found again on the next page.",
    },
    Browser {
        name: "confidante_session",
        place: Place::Cookie,
        of_visitors: false,
        origin: "the console (this server)",
        after: "a member of the staff signs in",
        until: "signing out, or the end of the session",
        says: "The staff's sign-in (HttpOnly, SameSite=Strict).",
    },
];
