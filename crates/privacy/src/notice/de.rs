//! The notice in German.

use super::words::Words;

pub(super) const WORDS: Words = Words {
    title: "Was mit dem geschieht, was Sie im Chat von {organisation} schreiben",
    intro: "Für diesen Chat ist {organisation} verantwortlich. Diese Seite sagt, was gespeichert wird, warum, wie lange, und wie Sie es wieder loswerden.",
    until: "bis",
    assistant_heading: "Ein Assistent kann Ihnen antworten",
    assistant: &[
        "Die ersten Antworten können von einem automatischen Assistenten kommen. Er sagt das vor Ihrer ersten Nachricht, und seine Antworten sind gekennzeichnet.",
        "Er entscheidet nichts über Sie und erstellt kein Profil von Ihnen. Sie können jederzeit einen Menschen verlangen.",
    ],
    keep_heading: "Was gespeichert wird, und warum",
    keep: &[
        "Nur was nötig ist, um Ihnen zu antworten (Art. 6 Abs. 1 lit. b DSGVO), um automatische Antworten zu erklären und zu berichtigen (lit. f) und um zu belegen, dass die Regeln eingehalten wurden (lit. c). Ihre IP-Adresse und die Art Ihres Browsers werden nicht gespeichert. Nichts davon dient dem Training eines KI-Systems oder der Werbung, nichts wird verkauft.",
    ],
    long_heading: "Wie lange",
    long: &[
        "Gespräche werden {days} Tage nach Ihrer letzten Aktivität aufbewahrt. Zeilen des Prüfprotokolls, die Kennungen und Tätigkeiten, aber keines Ihrer Worte enthalten, 24 Monate.",
    ],
    subscription: "Gespräche werden behalten, solange {organisation} diesen Chat nutzt, wenn Sie sie nicht früher löschen. Zeilen des Prüfprotokolls, die Kennungen und Tätigkeiten, aber keines Ihrer Worte enthalten, 24 Monate.",
    else_heading: "Wer sonst etwas erhält",
    nobody: &["Niemand. Antworten entstehen auf dem Server dieses Chats; nichts, was Sie schreiben, verlässt ihn."],
    model: &[
        "Antworten werden von einem Sprachmodell von {recipient} ({country}) formuliert. Bevor Ihre Worte dorthin gesendet werden, werden E-Mail-Adressen, Telefon-, Karten- und Kontonummern, IP-Adressen und alles, was wir über Sie wissen, durch Platzhalter ersetzt. Sie können genau das herunterladen, was gesendet wurde.",
    ],
    browser_heading: "Was in Ihrem Browser gespeichert wird",
    browser: &["Nichts, bevor Sie den Chat öffnen; keine Cookies. Danach nur in diesem Tab:"],
    rights_heading: "Ihre Rechte",
    rights: &[
        "Sie können alles, was über Sie gespeichert ist, im Chatfenster herunterladen und löschen, sofort und ohne Angabe von Gründen. Nach einer Löschung erhalten Sie eine unterschriebene Quittung.",
        "Sie können Ihre Daten auch berichtigen oder ihre Verwendung einschränken lassen oder ihr widersprechen: Schreiben Sie uns im Chat.",
        "Sie können sich bei einer Datenschutzbehörde beschweren, vor allem dort, wo Sie wohnen, arbeiten oder den Verstoß vermuten.",
    ],
    safety_heading: "Wie es geschützt ist",
    safety: &[
        "Alles, was Sie schreiben, ist mit einem eigenen Schlüssel nur für Sie versiegelt (AES-256). Bei einer Löschung wird zuerst dieser Schlüssel vernichtet, dann gelöscht, was er versiegelt hat, und dann die ganze Datenbank nach Resten durchsucht.",
    ],
};
