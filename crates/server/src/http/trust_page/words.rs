//! The words of the trust page, in each language.

use model::Locale;

/// What the page says beside the promises.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) published: &'static str,
    pub(super) checked: &'static str,
    pub(super) attested: &'static str,
    pub(super) vouched: &'static str,
    pub(super) looked_at: &'static str,
    pub(super) withdrawn: &'static str,
    pub(super) none_withdrawn: &'static str,
    pub(super) why_withdrawn: &'static str,
    pub(super) fails: &'static str,
    pub(super) stale: &'static str,
    pub(super) lapsed: &'static str,
    pub(super) notice: &'static str,
    pub(super) limits: &'static str,
}

impl Words {
    /// The words in this language.
    pub(super) fn of(locale: Locale) -> &'static Words {
        match locale {
            Locale::En => &EN,
            Locale::De => &DE,
            Locale::Ar => &AR,
        }
    }
}

const EN: Words = Words {
    title: "What {organisation} promises, and the proof",
    intro: "Each sentence below is bound to checks that run on the live system every night. A sentence whose check fails, or has not run for 26 hours, disappears from this list by itself.",
    published: "promises hold now",
    checked: "checked since",
    attested: "Attested, not measured:",
    vouched: "{organisation} vouches for this until",
    looked_at: "What was looked at:",
    withdrawn: "Withdrawn",
    none_withdrawn: "Nothing is withdrawn at the moment.",
    why_withdrawn: "What these checks stand for is not promised until they hold again. The staff has been alarmed.",
    fails: "the last check did not hold",
    stale: "the check has not run for too long",
    lapsed: "nobody vouches for it any more",
    notice: "Privacy notice",
    limits: "A check sees what it looks at, not everything: the words beside each figure say what that was. Attested sentences cannot be seen from inside the server.",
};

const DE: Words = Words {
    title: "Was {organisation} zusagt, und der Nachweis",
    intro: "Jeder Satz hier ist an Prüfungen gebunden, die jede Nacht am laufenden System stattfinden. Ein Satz, dessen Prüfung fehlschlägt oder seit 26 Stunden nicht lief, verschwindet von selbst aus dieser Liste.",
    published: "Zusagen gelten jetzt",
    checked: "geprüft seit",
    attested: "Bezeugt, nicht gemessen:",
    vouched: "{organisation} steht dafür ein bis",
    looked_at: "Angesehen wurde:",
    withdrawn: "Zurückgezogen",
    none_withdrawn: "Zurzeit ist nichts zurückgezogen.",
    why_withdrawn: "Wofür diese Prüfungen stehen, wird nicht zugesagt, bis sie wieder stimmen. Das Personal ist alarmiert.",
    fails: "die letzte Prüfung stimmte nicht",
    stale: "die Prüfung lief zu lange nicht",
    lapsed: "niemand steht mehr dafür ein",
    notice: "Datenschutzhinweis",
    limits: "Eine Prüfung sieht, was sie ansieht, nicht alles: Die Worte neben jeder Zahl sagen, was das war. Bezeugte Sätze kann man vom Server aus nicht sehen.",
};

const AR: Words = Words {
    title: "ما تعد به {organisation} والدليل عليه",
    intro: "كل جملة هنا مرتبطة بفحوص تجري كل ليلة على النظام العامل. والجملة التي يفشل فحصها أو لم يجرِ منذ 26 ساعة تختفي من هذه القائمة من تلقاء نفسها.",
    published: "وعدًا يصح الآن",
    checked: "فُحص منذ",
    attested: "مشهود به غير مقيس:",
    vouched: "تتعهد به {organisation} حتى",
    looked_at: "ما جرى الاطلاع عليه:",
    withdrawn: "ما سُحب",
    none_withdrawn: "لا شيء مسحوب حاليًا.",
    why_withdrawn: "ما تدل عليه هذه الفحوص لا نعد به حتى تصح من جديد. وقد نُبّه الموظفون.",
    fails: "لم يصح الفحص الأخير",
    stale: "لم يجرِ الفحص منذ مدة طويلة",
    lapsed: "لم يعد أحد يتعهد به",
    notice: "إشعار الخصوصية",
    limits: "يرى الفحص ما ينظر إليه لا كل شيء: والكلمات بجانب كل رقم تقول ما هو. أما الجمل المشهود بها فلا تُرى من داخل الخادم.",
};
