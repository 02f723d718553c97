//! What is promised about protection.

use super::{Check, Group, Promise, When, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("words-sealed", Group::Seal, When::Always),
        &["P-017", "P-138", "P-139", "P-143"],
        &[Check::SealedCells, Check::OwnKeys],
        [
            "What you write, your name, your address and your files are sealed with AES-256 under a key of your own, each value in its one place.",
            "Was Sie schreiben, Ihr Name, Ihre Adresse und Ihre Dateien sind mit AES-256 unter einem eigenen Schlüssel versiegelt, jeder Wert an seiner einen Stelle.",
            "ما تكتبه واسمك وعنوانك وملفاتك مختومة بتشفير AES-256 بمفتاح خاص بك، كل قيمة في موضعها وحده.",
        ],
    ),
    live(
        ("disk-encrypted", Group::Seal, When::Embedded),
        &["P-139"],
        &[Check::FilesUnreadable],
        [
            "The database files, their logs and indexes are encrypted as a whole besides; without the key nothing in them can be read.",
            "Die Datenbankdateien samt Protokollen und Verzeichnissen sind zusätzlich als Ganzes verschlüsselt; ohne Schlüssel ist nichts darin lesbar.",
            "ملفات قاعدة البيانات وسجلاتها وفهارسها مشفّرة بالكامل أيضًا؛ ولا يُقرأ منها شيء دون المفتاح.",
        ],
    ),
    live(
        ("keys-apart", Group::Seal, When::Always),
        &["P-138", "P-150"],
        &[Check::KeysGuarded],
        [
            "The keys lie apart from what they open, and only this server's own account can read them.",
            "Die Schlüssel liegen getrennt von dem, was sie öffnen, und nur das Konto dieses Servers kann sie lesen.",
            "المفاتيح محفوظة بعيدًا عما تفتحه، ولا يقرؤها إلا حساب هذا الخادم.",
        ],
    ),
    live(
        ("secrets-hashed", Group::Seal, When::Always),
        &["P-015", "P-143"],
        &[Check::SecretsHashed],
        [
            "Passwords, sign-ins and keys for programs are kept as fingerprints only; a stolen database holds none that could be used.",
            "Passwörter, Anmeldungen und Programmschlüssel werden nur als Fingerabdruck aufbewahrt; eine gestohlene Datenbank enthält keinen brauchbaren.",
            "تُحفظ كلمات المرور وتسجيلات الدخول ومفاتيح البرامج كبصمات فقط؛ فلا تحوي قاعدة بيانات مسروقة ما يمكن استعماله.",
        ],
    ),
    live(
        ("organisations-apart", Group::Seal, When::Always),
        &["P-088", "P-142", "P-276", "P-278"],
        &[Check::FenceStands, Check::RowsAtHome],
        [
            "What belongs to {organisation} cannot be reached from any other organisation on this server.",
            "Was {organisation} gehört, ist für keine andere Organisation auf diesem Server erreichbar.",
            "ما يخص {organisation} لا يمكن الوصول إليه من أي مؤسسة أخرى على هذا الخادم.",
        ],
    ),
    live(
        ("strangers-refused", Group::Seal, When::Always),
        &["P-141", "P-277"],
        &[Check::StrangersRefused],
        [
            "Nobody gets in without credentials: every protected address refuses strangers.",
            "Ohne Zugangsdaten kommt niemand hinein: Jede geschützte Adresse weist Fremde ab.",
            "لا يدخل أحد دون اعتماد: كل عنوان محمي يرفض الغرباء.",
        ],
    ),
    live(
        ("little-stored", Group::Seal, When::Always),
        &["P-001", "P-037", "P-042", "P-047", "P-048", "P-054", "P-223", "P-236"],
        &[Check::UnwantedColumns],
        [
            "Your IP address, your location, the kind of your device or browser, and card numbers are not stored.",
            "Ihre IP-Adresse, Ihr Standort, die Art Ihres Geräts oder Browsers und Kartennummern werden nicht gespeichert.",
            "لا يُخزَّن عنوان IP الخاص بك ولا موقعك ولا نوع جهازك أو متصفحك ولا أرقام البطاقات.",
        ],
    ),
    live(
        ("addresses-hidden", Group::Seal, When::Always),
        &["P-044", "P-139"],
        &[Check::ClearAddresses],
        [
            "E-mail addresses stand nowhere in the clear, not in lists of work and not in the log of deeds either.",
            "E-Mail-Adressen stehen nirgends im Klartext, auch nicht in Aufgabenlisten oder im Protokoll.",
            "لا توجد عناوين بريد إلكتروني مقروءة في أي مكان، ولا في قوائم المهام أو سجل الأفعال.",
        ],
    ),
    live(
        ("not-cached", Group::Seal, When::Always),
        &["P-030"],
        &[Check::NotCached],
        [
            "Answers that may hold something about you are cached by nobody on the way.",
            "Antworten, die etwas über Sie enthalten können, werden unterwegs von niemandem zwischengespeichert.",
            "الردود التي قد تحوي شيئًا عنك لا يخزّنها أحد في الطريق.",
        ],
    ),
];
