//! What is promised about rights.

use super::{Check, Group, Promise, When, attested, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("rights-at-hand", Group::Rights, When::Always),
        &["P-006", "P-008", "P-239", "P-240"],
        &[Check::RightsAtHand],
        [
            "You can download everything about you and erase it yourself, in the chat, at once and without giving a reason.",
            "Sie können alles über Sie selbst herunterladen und löschen, im Chat, sofort und ohne Begründung.",
            "يمكنك تنزيل كل شيء عنك ومحوه بنفسك في الدردشة فورًا ودون إبداء سبب.",
        ],
    ),
    live(
        ("export-whole", Group::Rights, When::Always),
        &["P-007", "P-009"],
        &[Check::ExportWhole],
        [
            "The copy you download holds every row we have about you, in a form programs can read.",
            "Die Kopie, die Sie herunterladen, enthält jede Zeile, die wir über Sie haben, in maschinenlesbarer Form.",
            "النسخة التي تنزّلها تحوي كل صف لدينا عنك بصيغة تقرؤها البرامج.",
        ],
    ),
    live(
        ("erased-in-time", Group::Rights, When::Always),
        &["P-008", "P-012", "P-137", "P-243"],
        &[Check::ErasedInTime],
        [
            "An erasure begins when you ask for it and is done within a day.",
            "Eine Löschung beginnt, wenn Sie sie verlangen, und ist binnen eines Tages erledigt.",
            "يبدأ المحو عند طلبه وينتهي خلال يوم.",
        ],
    ),
    live(
        ("erased-for-good", Group::Rights, When::Always),
        &["P-008", "P-012", "P-240"],
        &[Check::StayErased, Check::KeysDestroyed],
        [
            "Who was erased stays erased: the key is destroyed, and a restored backup brings nobody back.",
            "Wer gelöscht wurde, bleibt gelöscht: Der Schlüssel ist vernichtet, und eine wiederhergestellte Sicherung bringt niemanden zurück.",
            "من مُحي يبقى ممحوًّا: يُتلف المفتاح ولا تعيد أي نسخة احتياطية أحدًا.",
        ],
    ),
    live(
        ("receipts-genuine", Group::Rights, When::Always),
        &["P-008", "P-243"],
        &[Check::ReceiptsGenuine],
        [
            "After an erasure you get a signed receipt that anybody can verify, and a second search found nothing left.",
            "Nach einer Löschung erhalten Sie eine unterschriebene Quittung, die jeder prüfen kann, und eine zweite Suche fand nichts mehr.",
            "بعد المحو تحصل على إيصال موقّع يمكن لأي أحد التحقق منه، وبحث ثانٍ لم يجد شيئًا متبقيًا.",
        ],
    ),
    live(
        ("consents-recorded", Group::Rights, When::Always),
        &["P-075", "P-229", "P-245"],
        &[Check::ConsentsWhole],
        [
            "What you agree to, refuse or withdraw is noted with the exact words you saw, and these words are never changed.",
            "Worin Sie einwilligen, was Sie ablehnen oder widerrufen, wird mit dem genauen Wortlaut vermerkt, den Sie sahen, und dieser Wortlaut wird nie geändert.",
            "ما توافق عليه أو ترفضه أو تسحبه يُسجَّل بالنص الذي رأيته بالضبط، ولا يُغيَّر هذا النص أبدًا.",
        ],
    ),
    live(
        ("withdrawal-works", Group::Rights, When::Always),
        &["P-006", "P-071"],
        &[Check::WithdrawnGone],
        [
            "You withdraw a consent with one press, as easily as you gave it, and what rested on it is deleted at once.",
            "Sie widerrufen eine Einwilligung mit einem Klick, so leicht wie Sie sie gegeben haben, und was darauf beruhte, wird sofort gelöscht.",
            "تسحب موافقتك بضغطة واحدة كما منحتها، ويُحذف فورًا ما استند إليها.",
        ],
    ),
    live(
        ("withdrawal-by-letter", Group::Rights, When::Always),
        &["P-073"],
        &[Check::WithdrawalsHeard],
        [
            "You can also withdraw by writing to us: all that you agreed to is taken back, as if you had pressed the button yourself.",
            "Sie können auch widerrufen, indem Sie uns schreiben: Alles, worin Sie eingewilligt haben, wird zurückgenommen, als hätten Sie selbst geklickt.",
            "يمكنك السحب أيضًا بمراسلتنا: يُسحب كل ما وافقت عليه كأنك ضغطت الزر بنفسك.",
        ],
    ),
    live(
        ("choices-at-hand", Group::Rights, When::Always),
        &["P-188"],
        &[Check::ChoicesAtHand],
        [
            "In the chat you can see at any time what you agreed to, and change it.",
            "Im Chat sehen Sie jederzeit, worin Sie eingewilligt haben, und können es ändern.",
            "ترى في الدردشة في أي وقت ما وافقت عليه ويمكنك تغييره.",
        ],
    ),
    live(
        ("answered-in-time", Group::Rights, When::Always),
        &["P-097", "P-206", "P-207"],
        &[Check::RequestsInTime],
        [
            "A request to know, correct or delete is answered within the time your law sets: a month in Europe, 45 days in California.",
            "Eine Anfrage auf Auskunft, Berichtigung oder Löschung wird in der Frist Ihres Gesetzes beantwortet: ein Monat in Europa, 45 Tage in Kalifornien.",
            "يُجاب طلب الاطلاع أو التصحيح أو الحذف في المهلة التي يحددها قانونك: شهر في أوروبا و45 يومًا في كاليفورنيا.",
        ],
    ),
    live(
        ("refused-with-reason", Group::Rights, When::Always),
        &["P-178"],
        &[Check::RefusalsGrounded],
        [
            "If a request must be refused, you are told the ground in the law and where you can complain.",
            "Muss eine Anfrage abgelehnt werden, erfahren Sie den gesetzlichen Grund und wo Sie sich beschweren können.",
            "إذا وجب رفض طلب تُخبَر بالسبب القانوني وبالجهة التي يمكنك الشكوى لديها.",
        ],
    ),
    live(
        ("corrected-everywhere", Group::Rights, When::Always),
        &["P-010", "P-208"],
        &[Check::AddressesFit, Check::RequestsInTime],
        [
            "What you correct is corrected at once and everywhere: nobody finds you by an old address any more.",
            "Was Sie berichtigen, wird sofort und überall berichtigt: Unter einer alten Adresse findet Sie niemand mehr.",
            "ما تصححه يُصحَّح فورًا وفي كل مكان: لا يعثر عليك أحد بعنوان قديم.",
        ],
    ),
    attested(
        ("no-retaliation", Group::Rights),
        &["P-177", "P-211"],
        [
            "Whoever uses these rights gets the same service at the same price.",
            "Wer diese Rechte nutzt, erhält denselben Dienst zum selben Preis.",
            "من يستعمل هذه الحقوق يحصل على الخدمة نفسها بالسعر نفسه.",
        ],
    ),
    attested(
        ("enquiries-answered", Group::Rights),
        &["P-033", "P-219", "P-235"],
        [
            "Questions about privacy are read and answered by a person of {organisation}.",
            "Fragen zum Datenschutz liest und beantwortet ein Mensch von {organisation}.",
            "أسئلة الخصوصية يقرؤها ويجيب عنها شخص من {organisation}.",
        ],
    ),
];
