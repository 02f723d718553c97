//! The notice in English.

use super::words::Words;

pub(super) const WORDS: Words = Words {
    title: "What happens to what you write in the chat of {organisation}",
    intro: "{organisation} is responsible for this chat. This page says what is kept, why, for how long, and how you get rid of it.",
    until: "until",
    assistant_heading: "An assistant may answer you",
    assistant: &[
        "The first answers may come from an automatic assistant. It says so before your first message, and its answers are marked.",
        "It decides nothing about you and makes no profile of you. You can ask for a person at any time.",
    ],
    keep_heading: "What is kept, and why",
    keep: &[
        "Only what is needed to answer you (Art. 6(1)(b) GDPR), to explain and correct automatic answers (Art. 6(1)(f)) and to prove that the rules were kept (Art. 6(1)(c)). Your IP address and the kind of your browser are not stored. Nothing is used to train an AI system, for advertising, or sold.",
    ],
    long_heading: "For how long",
    long: &[
        "Conversations are kept for {days} days after your last activity. Lines of the audit log, which hold ids and verbs but none of your words, are kept for 24 months.",
    ],
    subscription: "Conversations are kept as long as {organisation} uses this chat, unless you erase them sooner. Lines of the audit log, which hold ids and verbs but none of your words, are kept for 24 months.",
    else_heading: "Who else receives something",
    nobody: &["Nobody. Answers are made on the server of this chat; nothing you write leaves it."],
    model: &[
        "Answers are worded by a language model of {recipient} ({country}). Before your words are sent there, e-mail addresses, telephone, card and account numbers, IP addresses and everything we know to be about you are replaced by placeholders. You can download exactly what was sent.",
    ],
    browser_heading: "What is kept in your browser",
    browser: &["Nothing before you open the chat; no cookies. Afterwards, only in this tab:"],
    rights_heading: "Your rights",
    rights: &[
        "You can download everything that is held about you, and erase it, in the chat window, at once and without giving a reason. After an erasure you get a signed receipt.",
        "You may also have your data corrected, have their use restricted, or object to it: write to us in the chat.",
        "You may complain to a data protection authority, above all where you live, where you work or where you think the rule was broken.",
    ],
    safety_heading: "How it is protected",
    safety: &[
        "Everything you write is sealed with a key of your own (AES-256). Erasing you destroys that key first, then deletes what it sealed, then searches the whole database for anything left.",
    ],
};
