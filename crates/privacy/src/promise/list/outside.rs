//! What is promised about everybody else.

use super::{Check, Group, Promise, When, attested, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("nobody-else", Group::Outside, When::NoModel),
        &["P-021", "P-028", "P-031", "P-086", "P-115", "P-175"],
        &[Check::NothingLeft],
        [
            "Nothing you write leaves this server: answers are made here, and nobody else receives anything.",
            "Nichts, was Sie schreiben, verlässt diesen Server: Antworten entstehen hier, und niemand sonst erhält etwas.",
            "لا يغادر هذا الخادم شيء مما تكتبه: تُصاغ الإجابات هنا ولا يتلقى أحد غيرنا شيئًا.",
        ],
    ),
    live(
        ("only-named", Group::Outside, When::Model),
        &["P-021", "P-028", "P-086", "P-164", "P-253"],
        &[Check::RecipientsNamed],
        [
            "Nobody receives anything but those named here, to word an answer: {recipients}.",
            "Niemand erhält etwas außer den hier Genannten, um eine Antwort zu formulieren: {recipients}.",
            "لا يتلقى أحد شيئًا سوى المذكورين هنا لصياغة إجابة: {recipients}.",
        ],
    ),
    live(
        ("masked-first", Group::Outside, When::Always),
        &["P-104", "P-105", "P-106", "P-168", "P-251"],
        &[Check::MaskerStands],
        [
            "Before anything would leave, e-mail addresses, telephone, card and account numbers are replaced by placeholders.",
            "Bevor etwas hinausginge, werden E-Mail-Adressen, Telefon-, Karten- und Kontonummern durch Platzhalter ersetzt.",
            "قبل أن يخرج أي شيء تُستبدل عناوين البريد وأرقام الهواتف والبطاقات والحسابات برموز بديلة.",
        ],
    ),
    live(
        ("exact-record", Group::Outside, When::Model),
        &["P-086", "P-145"],
        &[Check::DisclosuresExact],
        [
            "Exactly what was sent is recorded before it leaves, and you can see it word for word.",
            "Genau das Gesendete wird vor dem Senden verzeichnet, und Sie können es im Wortlaut einsehen.",
            "يُسجَّل ما يُرسل حرفيًا قبل خروجه ويمكنك الاطلاع عليه.",
        ],
    ),
    live(
        ("lawful-transfer", Group::Outside, When::Always),
        &["P-032", "P-108", "P-165", "P-167", "P-252", "P-254", "P-257"],
        &[Check::RecipientsContracted],
        [
            "Nobody receives anything without a contract and a lawful ground for the transfer; Privacy Shield is none.",
            "Niemand erhält etwas ohne Vertrag und rechtmäßige Übermittlungsgrundlage; Privacy Shield ist keine.",
            "لا يتلقى أحد شيئًا دون عقد وأساس قانوني للنقل؛ و«درع الخصوصية» ليس أساسًا.",
        ],
    ),
    live(
        ("outward-encrypted", Group::Outside, When::Always),
        &["P-140"],
        &[Check::OutwardEncrypted],
        [
            "Whatever would leave this server leaves it encrypted.",
            "Was diesen Server verließe, verlässt ihn verschlüsselt.",
            "كل ما قد يغادر هذا الخادم يغادره مشفّرًا.",
        ],
    ),
    live(
        ("no-training-no-sale", Group::Outside, When::Always),
        &["P-021", "P-022", "P-038", "P-110", "P-127", "P-128", "P-212", "P-213", "P-238"],
        &[Check::PurposesClean],
        [
            "Nothing is used to train an AI system, for advertising, or sold.",
            "Nichts wird zum Training eines KI-Systems, für Werbung oder zum Verkauf verwendet.",
            "لا يُستعمل شيء لتدريب نظام ذكاء اصطناعي أو للإعلان ولا يُباع.",
        ],
    ),
    attested(
        ("hosting-region", Group::Outside),
        &["P-029", "P-173", "P-247", "P-248", "P-250"],
        [
            "This server stands in the region that {organisation} names in its contract.",
            "Dieser Server steht in der Region, die {organisation} in ihrem Vertrag nennt.",
            "يقع هذا الخادم في المنطقة التي تذكرها {organisation} في عقدها.",
        ],
    ),
    attested(
        ("tls-in-front", Group::Outside),
        &["P-140"],
        [
            "Your connection to this server is encrypted with TLS 1.3.",
            "Ihre Verbindung zu diesem Server ist mit TLS 1.3 verschlüsselt.",
            "اتصالك بهذا الخادم مشفّر بـ TLS 1.3.",
        ],
    ),
];
