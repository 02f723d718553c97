//! What is promised about the house and the people who work in it.

use super::{Check, Group, Promise, When, attested, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("map-public", Group::House, When::Always),
        &["P-001", "P-014", "P-034", "P-035", "P-226", "P-244"],
        &[Check::MapWhole],
        [
            "Everything that is stored stands in the published record of processing, down to the single column.",
            "Alles, was gespeichert wird, steht im veröffentlichten Verzeichnis, bis zur einzelnen Spalte.",
            "كل ما يُخزَّن مدرج في سجل المعالجة المنشور حتى العمود الواحد.",
        ],
    ),
    live(
        ("grounds-named", Group::House, When::Always),
        &["P-004", "P-063", "P-064", "P-065", "P-222", "P-237"],
        &[Check::GroundsNamed],
        [
            "Each thing kept about you has a purpose and a legal ground, and is used for nothing else.",
            "Alles, was über Sie aufbewahrt wird, hat einen Zweck und eine Rechtsgrundlage und dient nichts anderem.",
            "لكل ما يُحفظ عنك غرض وأساس قانوني ولا يُستعمل لغيره.",
        ],
    ),
    live(
        ("notice-current", Group::House, When::Always),
        &["P-034", "P-226", "P-261", "P-282"],
        &[Check::NoticeCurrent],
        [
            "The privacy notice is made from what this server really does, and says the same in every language.",
            "Der Datenschutzhinweis entsteht aus dem, was dieser Server wirklich tut, und sagt in jeder Sprache dasselbe.",
            "يُصاغ إشعار الخصوصية مما يفعله هذا الخادم حقًا ويقول الشيء نفسه بكل لغة.",
        ],
    ),
    live(
        ("sessions-short", Group::House, When::Always),
        &["P-141", "P-180"],
        &[Check::SessionsShort],
        [
            "Our staff is signed out after fourteen days at the latest, and at once when an account is locked.",
            "Unser Personal wird spätestens nach vierzehn Tagen abgemeldet, und sofort, wenn ein Konto gesperrt wird.",
            "يُسجَّل خروج موظفينا بعد أربعة عشر يومًا على الأكثر، وفورًا عند قفل الحساب.",
        ],
    ),
    live(
        ("deeds-noted", Group::House, When::Always),
        &["P-083", "P-145"],
        &[Check::DeedsNoted],
        [
            "When our staff erases or exports somebody's data, it is noted who did it and when.",
            "Wenn unser Personal Daten löscht oder exportiert, wird vermerkt, wer es wann tat.",
            "عندما يمحو موظفونا بيانات أو يصدّرونها يُسجّل من فعل ذلك ومتى.",
        ],
    ),
    live(
        ("log-unbroken", Group::House, When::Always),
        &["P-083", "P-145", "P-162"],
        &[Check::ChainSound],
        [
            "The log of deeds is a signed chain: nobody can change, remove or reorder a line unseen, not even the operator.",
            "Das Protokoll ist eine signierte Kette: Niemand kann unbemerkt eine Zeile ändern, entfernen oder umstellen, auch der Betreiber nicht.",
            "سجل الأفعال سلسلة موقّعة: لا يستطيع أحد تغيير سطر أو حذفه أو تقديمه خفيةً ولا حتى المشغّل.",
        ],
    ),
    live(
        ("backups-tried", Group::House, When::Backups),
        &["P-148", "P-149"],
        &[Check::BackupFresh],
        [
            "A sealed backup is made every day and tried out at once by restoring it.",
            "Jeden Tag entsteht eine versiegelte Sicherung, die sofort durch Zurückspielen erprobt wird.",
            "تُنشأ كل يوم نسخة احتياطية مختومة وتُجرَّب فورًا باستعادتها.",
        ],
    ),
    live(
        ("restored-in-a-day", Group::House, When::Backups),
        &["P-156", "P-270"],
        &[Check::RestoreTimed],
        [
            "If this server is lost, its data can be back within a day: every backup is restored for trial, and the time is measured.",
            "Geht dieser Server verloren, können seine Daten binnen eines Tages zurück sein: Jede Sicherung wird probeweise zurückgespielt und die Zeit gemessen.",
            "إذا فُقد هذا الخادم يمكن أن تعود بياناته خلال يوم: تُستعاد كل نسخة احتياطية للتجربة ويُقاس الوقت.",
        ],
    ),
    live(
        ("little-lost", Group::House, When::Backups),
        &["P-271"],
        &[Check::LossBounded],
        [
            "If its disk is lost, at most what was written since the last daily backup is lost with it.",
            "Geht seine Festplatte verloren, ist höchstens verloren, was seit der letzten täglichen Sicherung geschrieben wurde.",
            "إذا فُقد قرصه فلا يضيع أكثر مما كُتب منذ آخر نسخة احتياطية يومية.",
        ],
    ),
    live(
        ("everything-to-take", Group::House, When::Always),
        &["P-273", "P-274", "P-275"],
        &[Check::LeavingWhole],
        [
            "{organisation} can take along everything it has here, as JSON and CSV, by itself and at any time.",
            "{organisation} kann alles, was sie hier hat, als JSON und CSV mitnehmen, selbst und jederzeit.",
            "تستطيع {organisation} أن تأخذ كل ما لها هنا بصيغتي JSON وCSV بنفسها وفي أي وقت.",
        ],
    ),
    live(
        ("gone-when-left", Group::House, When::Always),
        &["P-013"],
        &[Check::DepartedGone],
        [
            "When an organisation leaves this server, its keys are destroyed and all its data goes for good, with a signed certificate.",
            "Verlässt eine Organisation diesen Server, werden ihre Schlüssel vernichtet und alle ihre Daten endgültig gelöscht, mit unterschriebener Bescheinigung.",
            "عندما تغادر مؤسسة هذا الخادم تُتلف مفاتيحها وتُحذف كل بياناتها نهائيًا بشهادة موقّعة.",
        ],
    ),
    live(
        ("checked-nightly", Group::House, When::Always),
        &["P-002", "P-035", "P-138", "P-144", "P-218", "P-259", "P-265"],
        &[Check::ChecksFresh],
        [
            "These promises are checked every night on the running system, and a sentence that does not hold is taken from this page.",
            "Diese Zusagen werden jede Nacht am laufenden System geprüft, und ein Satz, der nicht stimmt, verschwindet von dieser Seite.",
            "تُفحص هذه الوعود كل ليلة على النظام العامل، وتُزال من هذه الصفحة أي جملة لا تصح.",
        ],
    ),
    attested(
        ("yearly-review", Group::House),
        &["P-144", "P-255", "P-260"],
        [
            "Somebody from outside looks at the security of this installation at least once a year.",
            "Mindestens einmal im Jahr prüft jemand von außen die Sicherheit dieser Installation.",
            "يفحص شخص من الخارج أمن هذا التثبيت مرة في السنة على الأقل.",
        ],
    ),
    attested(
        ("incident-told", Group::House),
        &["P-153", "P-198", "P-199", "P-263"],
        [
            "If something goes wrong with your data, the authority hears of it within 72 hours, and you without delay where the risk is high.",
            "Geht mit Ihren Daten etwas schief, erfährt es die Behörde binnen 72 Stunden und bei hohem Risiko Sie unverzüglich.",
            "إذا حدث خلل يمس بياناتك تُبلَّغ السلطة خلال 72 ساعة، وتُبلَّغ أنت دون تأخير عند ارتفاع الخطر.",
        ],
    ),
];
