//! The named presets about visitors: each a combination of purpose, ground, category and behaviour, thought about once.

use crate::{Basis, Erasure, Export, Keep, Plain, Preset, Who};

pub(crate) const SILENT: Plain = Plain { en: "", de: "", ar: "" };
const SUPPORT: &str = "essential.service.operations.support";

/// What a visitor says to the shop or the shop to her, in messages, notes and files. She asked for an answer: Art. 6(1)(b).
/// Sealed with her own key. She gets all of it; erasing her destroys the key and deletes the rows.
pub const WORDS: Preset = Preset {
    name: "words",
    who: Who::Visitor,
    category: "user.content.private",
    purpose: SUPPORT,
    basis: Basis::Contract,
    export: Export::Value,
    erasure: Erasure::DeleteRow,
    keep: Keep::AfterLastActivity,
    plain: Plain {
        en: "What you write, what we answer, and notes our staff make about it, so that we can help you.",
        de: "Was Sie schreiben, was wir antworten, und Notizen unserer Mitarbeitenden dazu, damit wir Ihnen helfen können.",
        ar: "ما تكتبه وما نجيب به وملاحظات موظفينا عنه، لكي نتمكن من مساعدتك.",
    },
};

/// The bytes of a file sent in a conversation: words in another form, handed over as a file of its own.
pub const ATTACHMENT: Preset = Preset {
    name: "attachment",
    export: Export::File { name: "name_sealed" },
    plain: Plain {
        en: "Files you or we send, without the hidden details cameras and programs put into them.",
        de: "Dateien, die Sie oder wir senden, ohne die versteckten Angaben, die Kameras und Programme hineinschreiben.",
        ar: "الملفات التي ترسلها أو نرسلها، دون البيانات الخفية التي تضيفها الكاميرات والبرامج.",
    },
    ..WORDS
};

/// The person's name, when she gave it. Sealed with her key.
pub const NAME: Preset = Preset {
    name: "name",
    category: "user.name",
    plain: Plain {
        en: "Your name, if you tell us.", de: "Ihr Name, wenn Sie ihn nennen.", ar: "اسمك، إن ذكرته لنا."
    },
    ..WORDS
};

/// The person's e-mail address, when she gave it. Sealed with her key.
pub const EMAIL: Preset = Preset {
    name: "e-mail",
    category: "user.contact.email",
    plain: Plain {
        en: "Your e-mail address, if you tell us, so that we can reach you.",
        de: "Ihre E-Mail-Adresse, wenn Sie sie nennen, damit wir Sie erreichen können.",
        ar: "عنوان بريدك الإلكتروني، إن ذكرته لنا، لكي نتمكن من الوصول إليك.",
    },
    ..WORDS
};

/// A keyed fingerprint by which a known address is recognised without storing it in the clear. Not printed in the export:
/// the address itself is there.
pub const LOOKUP: Preset = Preset { name: "look-up", export: Export::Described, plain: SILENT, ..EMAIL };

/// Keyed fingerprints of single words by which staff find a conversation. Not printed in the export: the words are there.
pub const SEARCH: Preset = Preset {
    name: "search",
    export: Export::Described,
    plain: Plain {
        en: "Scrambled fingerprints of the words, so that our staff can find a conversation again.",
        de: "Verschlüsselte Fingerabdrücke der Wörter, damit unsere Mitarbeitenden ein Gespräch wiederfinden.",
        ar: "بصمات مشفّرة للكلمات، لكي يتمكن موظفونا من العثور على المحادثة مرة أخرى.",
    },
    ..WORDS
};

/// When, in which language, on which website and in which order a conversation took place, and who has it now.
pub const COURSE: Preset = Preset {
    name: "course",
    category: "user.behavior",
    plain: Plain {
        en: "When the conversation took place, in which language and on which of our websites.",
        de: "Wann, in welcher Sprache und auf welcher unserer Websites das Gespräch stattfand.",
        ar: "متى جرت المحادثة وبأي لغة وعلى أي موقع من مواقعنا.",
    },
    ..WORDS
};

/// What a person asked us not to do with her data, kept so that it is not done: Art. 6(1)(c) with Art. 18, 21 and 25.
pub const WISH: Preset = Preset {
    name: "wish",
    category: "user.privacy_preferences",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    plain: Plain {
        en: "That you want no automatic answers, or that your data is restricted, so that we keep to it.",
        de: "Dass Sie keine automatischen Antworten möchten oder Ihre Daten eingeschränkt sind, damit wir uns daran halten.",
        ar: "أنك لا تريد إجابات آلية أو أن بياناتك مقيّدة، لكي نلتزم بذلك.",
    },
    ..WORDS
};

/// That something must be kept for a legal claim or an authority although its period is over: Art. 6(1)(f) with Art. 17(3)(e).
pub const HOLD: Preset = Preset {
    name: "hold",
    purpose: "essential.legal_obligation",
    basis: Basis::LegitimateInterest,
    category: "user.behavior",
    plain: Plain {
        en: "Rarely: that something must be kept longer because of a legal claim or an authority, and until when.",
        de: "Selten: dass etwas wegen eines Rechtsanspruchs oder einer Behörde länger aufbewahrt werden muss, und bis wann.",
        ar: "نادرًا: أن شيئًا يجب أن يُحفظ مدة أطول بسبب دعوى أو سلطة، وإلى متى.",
    },
    ..WORDS
};

/// The random id that ties a row to the person. It means nothing outside this installation.
pub const OWNER: Preset = Preset { name: "owner", category: "user.unique_id.pseudonymous", plain: SILENT, ..WORDS };

/// The same tie, in a row that ends by itself at the moment it names.
pub const EXPIRING_OWNER: Preset = Preset { name: "owner, expiring", keep: Keep::Until("expires_at"), ..OWNER };

/// How an answer of the assistant came about, so that a person can explain and correct it: Art. 6(1)(f), in her interest too.
pub const TRACE: Preset = Preset {
    name: "trace",
    basis: Basis::LegitimateInterest,
    plain: Plain {
        en: "How each automatic answer came about, so that it can be explained and corrected.",
        de: "Wie jede automatische Antwort zustande kam, damit sie erklärt und berichtigt werden kann.",
        ar: "كيف نشأت كل إجابة آلية، لكي يمكن شرحها وتصحيحها.",
    },
    ..WORDS
};

/// That something left this server for somebody else, so that the person can see it and we can prove it (Art. 5(2), 15(1)(c)).
pub const EVIDENCE: Preset = Preset {
    name: "evidence",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    plain: Plain {
        en: "To whom anything was passed, when, and which kinds of details were in it.",
        de: "An wen etwas weitergegeben wurde, wann und welche Arten von Angaben darin waren.",
        ar: "إلى مَن نُقل أي شيء ومتى وأي أنواع من البيانات كانت فيه.",
    },
    ..WORDS
};

/// What exactly left: shorter than the record that it did.
pub const EVIDENCE_WORDS: Preset = Preset {
    name: "evidence, word for word",
    keep: Keep::Until("expires_at"),
    plain: Plain {
        en: "What was passed to anybody else, word for word, so that you can see it.",
        de: "Was an andere weitergegeben wurde, im Wortlaut, damit Sie es einsehen können.",
        ar: "ما نُقل إلى أي جهة أخرى، حرفيًا، لكي تتمكن من الاطلاع عليه.",
    },
    ..EVIDENCE
};

/// Proof that a browser tab is the one that began the conversation: only a fingerprint of the token. Never exported.
pub const TICKET: Preset = Preset {
    name: "ticket",
    category: "user.authorization.credentials",
    purpose: "essential.service.authentication",
    export: Export::Described,
    keep: Keep::Until("expires_at"),
    plain: Plain {
        en: "A random key in your browser tab that lets only you see your conversation; we keep its fingerprint.",
        de: "Ein zufälliger Schlüssel in Ihrem Browser-Tab, mit dem nur Sie Ihr Gespräch sehen; wir speichern seinen Fingerabdruck.",
        ar: "مفتاح عشوائي في تبويب متصفحك يتيح لك وحدك رؤية محادثتك؛ ونحن نحتفظ ببصمته.",
    },
    ..WORDS
};

/// The key that opens the words of one person or member. Destroyed first.
pub const KEY: Preset = Preset {
    name: "key",
    category: "system.authentication",
    purpose: "essential.service.security",
    export: Export::Described,
    erasure: Erasure::Shred,
    plain: SILENT,
    ..WORDS
};

/// An id in the audit log, perhaps of the person or of something of hers. The line stays so that the deeds of the staff stay
/// accountable (Art. 5(2)); the id is replaced, so that the line is about nobody.
pub const MENTION: Preset = Preset {
    name: "mention",
    category: "user.unique_id.pseudonymous",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    erasure: Erasure::Replace("erased"),
    keep: Keep::Months(24),
    plain: Plain {
        en: "Who on our staff looked at, changed, exported or erased something, without its contents.",
        de: "Wer von uns etwas angesehen, geändert, exportiert oder gelöscht hat, ohne den Inhalt.",
        ar: "من من موظفينا اطّلع على شيء أو غيّره أو صدّره أو محاه، دون محتواه.",
    },
    ..WORDS
};

/// The salt of a commitment in the audit log. It goes with the id it hides: without it nobody can find out whether a guessed
/// id is the one that was committed to.
pub const SALT: Preset = Preset { name: "salt", export: Export::Described, plain: SILENT, ..MENTION };

/// A commitment in the audit log. It stays, so that the chain stays whole; without its salt it is about nobody.
pub const SEAL: Preset = Preset {
    name: "commitment",
    category: "system.operations",
    export: Export::Described,
    erasure: Erasure::Stays,
    plain: SILENT,
    ..MENTION
};

/// An id in a list of work to do. Deleted with the person, done or not.
pub const ERRAND: Preset = Preset {
    name: "errand",
    category: "user.unique_id.pseudonymous",
    export: Export::Described,
    keep: Keep::UntilDone,
    plain: SILENT,
    ..WORDS
};

/// The line that says that somebody was erased, with a keyed fingerprint of the id and nothing else. It stays, so that a
/// restored backup cannot bring the person back (Art. 17, Art. 5(2)).
pub const LEDGER: Preset = Preset {
    name: "ledger",
    category: "user.unique_id.pseudonymous",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    export: Export::Described,
    erasure: Erasure::Stays,
    keep: Keep::WithOrganisation,
    plain: Plain {
        en: "That an erasure took place, without saying whose, so that a restored backup cannot bring you back.",
        de: "Dass eine Löschung stattfand, ohne zu sagen wessen, damit eine wiederhergestellte Sicherung Sie nicht zurückbringt.",
        ar: "أن محوًا قد تم، دون ذكر صاحبه، لكي لا تعيدك نسخة احتياطية مستعادة.",
    },
    ..WORDS
};

/// The person's id while her erasure runs; cleared as its last act.
pub const LEDGER_LINK: Preset =
    Preset { name: "ledger, while running", erasure: Erasure::ClearLast, plain: SILENT, ..LEDGER };

/// The record that somebody asked for her rights and what became of it: six facts and no words (Art. 5(2), 12; 11 CCR 7101).
/// It stays for 24 months after the request ended; erasing her replaces her id in it.
pub const REQUEST: Preset = Preset {
    name: "request",
    category: "user.behavior",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    erasure: Erasure::Stays,
    keep: Keep::Months(24),
    plain: Plain {
        en: "That you asked for one of your rights, when, and how it ended, so that we can prove that the rules were kept; without your words.",
        de: "Dass Sie eines Ihrer Rechte ausgeübt haben, wann und mit welchem Ergebnis, damit wir belegen können, dass die Regeln eingehalten wurden; ohne Ihre Worte.",
        ar: "أنك طلبت أحد حقوقك ومتى وكيف انتهى الطلب، لكي نثبت الالتزام بالقواعد؛ دون كلماتك.",
    },
    ..WORDS
};

/// Whose request it was, until she is erased.
pub const REQUEST_MENTION: Preset = Preset {
    name: "request, whose",
    category: "user.unique_id.pseudonymous",
    erasure: Erasure::Replace("erased"),
    ..REQUEST
};

/// Through which agent she asked, and the agent's number for it. Gone 60 days after the request ended.
pub const AGENT_REQUEST: Preset =
    Preset { name: "request, by agent", keep: Keep::Until("expires_at"), plain: SILENT, ..REQUEST };

/// Which member of the staff worked on it. She sees the name and the role.
pub const REQUEST_DEED: Preset =
    Preset { name: "request, by whom", category: "user.account", export: Export::StaffName, plain: SILENT, ..REQUEST };

/// The fingerprint of the code by which somebody proves her address; emptied when it is used or its time is over.
pub const REQUEST_CODE: Preset = Preset {
    name: "request, code",
    category: "user.authorization.credentials",
    export: Export::Described,
    keep: Keep::Until("code_until"),
    plain: SILENT,
    ..REQUEST
};

/// What is said in a request. Sealed with the requester's key; goes with her.
pub const REQUEST_WORDS: Preset = Preset {
    name: "request words",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    plain: Plain {
        en: "What you write when you ask for one of your rights, and our letters about it.",
        de: "Was Sie schreiben, wenn Sie eines Ihrer Rechte ausüben, und unsere Briefe dazu.",
        ar: "ما تكتبه عند طلب أحد حقوقك، ورسائلنا بشأنه.",
    },
    ..WORDS
};

/// An archive made because she asked for it; not printed in another one. Gone 30 days after it was made.
pub const REQUEST_ARCHIVE: Preset = Preset {
    name: "request archive",
    export: Export::Described,
    keep: Keep::Until("expires_at"),
    plain: SILENT,
    ..REQUEST_WORDS
};

/// How large such an archive is, and its fingerprint: nothing that she said, and gone with it.
pub const REQUEST_ARCHIVE_COURSE: Preset =
    Preset { name: "request archive's course", category: COURSE.category, ..REQUEST_ARCHIVE };

/// When something was said in a request, and what kind of word it was.
pub const REQUEST_COURSE: Preset =
    Preset { name: "request's course", category: COURSE.category, plain: SILENT, ..REQUEST_WORDS };

/// What she answered under a consent clause: Art. 6(1)(a). Gone at the moment in which she takes the consent back.
pub const CONSENTED: Preset = Preset {
    name: "consented",
    basis: Basis::Consent,
    plain: Plain {
        en: "What you answer under a consent clause; deleted at once when you withdraw.",
        de: "Was Sie unter einer Einwilligungsklausel beantworten; sofort gelöscht, wenn Sie widerrufen.",
        ar: "ما تجيب به بموجب بند موافقة؛ ويُحذف فورًا عند سحب موافقتك.",
    },
    ..WORDS
};

/// That she agreed to something, refused it or took it back, and exactly which words she saw (Art. 7(1)). A list of decisions
/// that is only added to; it is kept as long as she is, and goes with her.
pub const DECISION: Preset = Preset {
    name: "decision",
    category: "user.behavior",
    purpose: "essential.legal_obligation",
    basis: Basis::LegalObligation,
    plain: Plain {
        en: "What you agreed to, refused or withdrew, when, and which words you saw, so that it can be proved.",
        de: "Worin Sie eingewilligt, was Sie abgelehnt oder widerrufen haben, wann und welchen Wortlaut Sie sahen, damit es belegt werden kann.",
        ar: "ما وافقت عليه أو رفضته أو سحبته، ومتى، وبأي نص، لكي يمكن إثباته.",
    },
    ..WORDS
};

/// Which member of the staff did something for her. She sees the name and the role.
pub const DEED: Preset =
    Preset { name: "deed", category: "user.account", export: Export::StaffName, plain: SILENT, ..WORDS };
