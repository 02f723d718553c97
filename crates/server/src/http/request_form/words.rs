//! The sentences of the public form, in its three languages.

use model::Locale;
use privacy::request::{Act, State, Step};

/// The sentences in one language.
pub(super) struct Words {
    pub(super) title: &'static str,
    pub(super) intro: &'static str,
    pub(super) in_chat: &'static str,
    pub(super) what: &'static str,
    pub(super) everywhere: &'static str,
    pub(super) california: &'static str,
    pub(super) law: &'static str,
    pub(super) laws: [&'static str; 4],
    pub(super) email: &'static str,
    pub(super) email_hint: &'static str,
    pub(super) signed: &'static str,
    pub(super) unsigned: &'static str,
    pub(super) reason: &'static str,
    pub(super) reason_hint: &'static str,
    pub(super) correction: &'static str,
    pub(super) name_is: &'static str,
    pub(super) email_is: &'static str,
    pub(super) send: &'static str,
    pub(super) wrong: &'static str,
    pub(super) back: &'static str,
    pub(super) status: &'static str,
    pub(super) received: &'static str,
    pub(super) due: &'static str,
    pub(super) state: &'static str,
    pub(super) states: [&'static str; 7],
    pub(super) code_sent: &'static str,
    pub(super) no_code: &'static str,
    pub(super) code: &'static str,
    pub(super) confirm: &'static str,
    pub(super) again: &'static str,
    pub(super) steps: &'static str,
    pub(super) acts: [&'static str; 13],
    pub(super) step_states: [&'static str; 6],
    pub(super) archive: &'static str,
    pub(super) fetch: &'static str,
    pub(super) keep: &'static str,
    pub(super) too_large: &'static str,
    pub(super) too_many: &'static str,
    pub(super) later: &'static str,
}

impl Words {
    pub(super) fn of(locale: Locale) -> &'static Words {
        match locale {
            Locale::En => &EN,
            Locale::De => &DE,
            Locale::Ar => &AR,
        }
    }

    pub(super) fn state_name(&self, word: &str) -> &'static str {
        let place = State::ALL.iter().position(|state| state.word() == word);
        place.and_then(|place| self.states.get(place)).copied().unwrap_or_default()
    }

    pub(super) fn act_name(&self, word: &str) -> &'static str {
        let place = Act::ALL.iter().position(|act| act.word() == word);
        place.and_then(|place| self.acts.get(place)).copied().unwrap_or_default()
    }

    pub(super) fn step_name(&self, word: &str) -> &'static str {
        let place = Step::ALL.iter().position(|step| step.word() == word);
        place.and_then(|place| self.step_states.get(place)).copied().unwrap_or_default()
    }
}

const EN: Words = Words {
    title: "Your data at {organisation}",
    intro: "Here you can use every right that you have over your data. It costs nothing, and you need not give a reason.",
    in_chat: "If the chat on our website is still open, you can download or delete everything there at once.",
    what: "What do you want?",
    everywhere: "Everywhere",
    california: "California",
    law: "Where do you live?",
    laws: ["In the European Union or the EEA", "In the United Kingdom", "In California", "Somewhere else"],
    email: "Your e-mail address",
    email_hint: "We send a code to it, so that nobody else can ask in your name. It is used for this request only.",
    signed: "{organisation} has confirmed your address, so no code is needed:",
    unsigned: "The link from your account is not valid any more. Open it there again, or prove your address by a code here.",
    reason: "Anything we should know (not needed)",
    reason_hint: "At most 4,000 characters.",
    correction: "Only for a correction",
    name_is: "Your name is",
    email_is: "Your e-mail address is",
    send: "Send",
    wrong: "This does not work yet: {text}",
    back: "Back to the form",
    status: "Your request",
    received: "Arrived",
    due: "Answer by",
    state: "How it stands",
    states: [
        "waiting for your code",
        "in progress",
        "done",
        "done, except for what a law keeps",
        "refused; you have a letter with the reasons",
        "taken back",
        "ended, because no code was entered",
    ],
    code_sent: "If mail can be sent to the address, a code is on its way. It is good for 30 minutes. Enter it here:",
    no_code: "Our staff will find out who is asking and then begin.",
    code: "Code",
    confirm: "Confirm",
    again: "Send a new code",
    steps: "What is being done",
    acts: [
        "find your data",
        "confirm that your request has arrived",
        "collect everything",
        "collect what you provided",
        "correct",
        "decide (a person)",
        "stop using it",
        "keep the assistant away",
        "withdraw your consent",
        "look at the answer again (a person)",
        "erase",
        "tell somebody who had received it",
        "answer you",
    ],
    step_states: ["waiting", "waiting for our staff", "will be tried again", "done", "kept by law", "nothing to do"],
    archive: "Your archive is ready until {until}. To fetch it, have a new code sent to your address and enter it:",
    fetch: "Fetch the archive",
    keep: "Keep the address of this page: with it you see how far your request is. It shows no words of yours.",
    too_large: "This is larger than the form accepts.",
    too_many: "Too many requests. Please wait a moment and try again.",
    later: "This does not work at the moment. Please try again later.",
};

const DE: Words = Words {
    title: "Ihre Daten bei {organisation}",
    intro: "Hier können Sie jedes Recht nutzen, das Sie an Ihren Daten haben. Es kostet nichts, und Sie müssen keinen Grund nennen.",
    in_chat: "Wenn der Chat auf unserer Website noch offen ist, können Sie dort sofort alles herunterladen oder löschen.",
    what: "Was möchten Sie?",
    everywhere: "Überall",
    california: "Kalifornien",
    law: "Wo wohnen Sie?",
    laws: ["In der Europäischen Union oder im EWR", "Im Vereinigten Königreich", "In Kalifornien", "Woanders"],
    email: "Ihre E-Mail-Adresse",
    email_hint: "Wir senden einen Code dorthin, damit niemand in Ihrem Namen fragen kann. Sie wird nur für diesen Antrag verwendet.",
    signed: "{organisation} hat Ihre Adresse bestätigt, ein Code ist nicht nötig:",
    unsigned: "Der Link aus Ihrem Konto gilt nicht mehr. Öffnen Sie ihn dort neu, oder weisen Sie Ihre Adresse hier mit einem Code nach.",
    reason: "Was wir wissen sollten (nicht nötig)",
    reason_hint: "Höchstens 4.000 Zeichen.",
    correction: "Nur für eine Berichtigung",
    name_is: "Ihr Name ist",
    email_is: "Ihre E-Mail-Adresse ist",
    send: "Absenden",
    wrong: "Das geht so noch nicht: {text}",
    back: "Zurück zum Formular",
    status: "Ihr Antrag",
    received: "Eingegangen",
    due: "Antwort bis",
    state: "Stand",
    states: [
        "wartet auf Ihren Code",
        "in Arbeit",
        "erledigt",
        "erledigt, bis auf das, was ein Gesetz bewahrt",
        "abgelehnt; Sie haben einen Brief mit den Gründen",
        "zurückgenommen",
        "beendet, weil kein Code eingegeben wurde",
    ],
    code_sent: "Wenn an die Adresse Post gesendet werden kann, ist ein Code unterwegs. Er gilt 30 Minuten. Geben Sie ihn hier ein:",
    no_code: "Unsere Mitarbeitenden klären, wer fragt, und beginnen dann.",
    code: "Code",
    confirm: "Bestätigen",
    again: "Neuen Code senden",
    steps: "Was getan wird",
    acts: [
        "Ihre Daten finden",
        "bestätigen, dass Ihr Antrag da ist",
        "alles zusammenstellen",
        "zusammenstellen, was Sie gegeben haben",
        "berichtigen",
        "entscheiden (ein Mensch)",
        "nicht mehr verwenden",
        "den Assistenten fernhalten",
        "Ihre Einwilligung widerrufen",
        "die Antwort noch einmal ansehen (ein Mensch)",
        "löschen",
        "jemandem Bescheid sagen, der etwas erhalten hatte",
        "Ihnen antworten",
    ],
    step_states: [
        "wartet",
        "wartet auf unsere Mitarbeitenden",
        "wird noch einmal versucht",
        "erledigt",
        "bleibt von Gesetzes wegen",
        "nichts zu tun",
    ],
    archive: "Ihr Archiv liegt bis {until} bereit. Um es abzuholen, lassen Sie sich einen neuen Code an Ihre Adresse senden und geben Sie ihn ein:",
    fetch: "Archiv abholen",
    keep: "Merken Sie sich die Adresse dieser Seite: Mit ihr sehen Sie, wie weit Ihr Antrag ist. Sie zeigt keines Ihrer Worte.",
    too_large: "Das ist mehr, als das Formular annimmt.",
    too_many: "Zu viele Anfragen. Bitte warten Sie einen Augenblick und versuchen Sie es noch einmal.",
    later: "Das geht im Augenblick nicht. Bitte versuchen Sie es später noch einmal.",
};

const AR: Words = Words {
    title: "بياناتك لدى {organisation}",
    intro: "هنا يمكنك استخدام كل حق لك في بياناتك. لا يكلفك ذلك شيئًا، ولست ملزمًا بذكر سبب.",
    in_chat: "إن كانت الدردشة في موقعنا لا تزال مفتوحة، فيمكنك هناك تنزيل كل شيء أو حذفه فورًا.",
    what: "ماذا تريد؟",
    everywhere: "في كل مكان",
    california: "كاليفورنيا",
    law: "أين تقيم؟",
    laws: ["في الاتحاد الأوروبي أو المنطقة الاقتصادية الأوروبية", "في المملكة المتحدة", "في كاليفورنيا", "في مكان آخر"],
    email: "عنوان بريدك الإلكتروني",
    email_hint: "نرسل إليه رمزًا، لكي لا يطلب أحد باسمك. ولا يُستخدم إلا لهذا الطلب.",
    signed: "أكّدت {organisation} عنوانك، فلا حاجة إلى رمز:",
    unsigned: "لم يعد الرابط من حسابك صالحًا. افتحه هناك من جديد، أو أثبت عنوانك هنا برمز.",
    reason: "ما ينبغي أن نعرفه (غير ضروري)",
    reason_hint: "4000 حرف على الأكثر.",
    correction: "للتصحيح فقط",
    name_is: "اسمك هو",
    email_is: "عنوان بريدك هو",
    send: "إرسال",
    wrong: "لا يصلح هذا بعد: {text}",
    back: "العودة إلى النموذج",
    status: "طلبك",
    received: "وصل في",
    due: "الإجابة حتى",
    state: "الحالة",
    states: [
        "في انتظار رمزك",
        "قيد التنفيذ",
        "تم",
        "تم، باستثناء ما يحفظه القانون",
        "مرفوض؛ لديك رسالة بالأسباب",
        "سُحب",
        "انتهى لعدم إدخال الرمز",
    ],
    code_sent: "إن كان إرسال البريد إلى العنوان ممكنًا فالرمز في الطريق. وهو صالح لمدة 30 دقيقة. أدخله هنا:",
    no_code: "سيتحقق موظفونا من صاحب الطلب ثم يبدؤون.",
    code: "الرمز",
    confirm: "تأكيد",
    again: "إرسال رمز جديد",
    steps: "ما يجري تنفيذه",
    acts: [
        "العثور على بياناتك",
        "تأكيد وصول طلبك",
        "جمع كل شيء",
        "جمع ما قدمته",
        "التصحيح",
        "القرار (إنسان)",
        "إيقاف الاستخدام",
        "إبعاد المساعد",
        "سحب موافقتك",
        "مراجعة الإجابة (إنسان)",
        "المحو",
        "إبلاغ من تلقى شيئًا",
        "إجابتك",
    ],
    step_states: ["في الانتظار", "في انتظار موظفينا", "ستُعاد المحاولة", "تم", "محفوظ بحكم القانون", "لا شيء للتنفيذ"],
    archive: "أرشيفك جاهز حتى {until}. لجلبه اطلب رمزًا جديدًا إلى عنوانك وأدخله:",
    fetch: "جلب الأرشيف",
    keep: "احتفظ بعنوان هذه الصفحة: به ترى إلى أين وصل طلبك. وهي لا تعرض شيئًا من كلماتك.",
    too_large: "هذا أكبر مما يقبله النموذج.",
    too_many: "طلبات كثيرة جدًا. انتظر قليلًا ثم حاول مرة أخرى.",
    later: "هذا غير ممكن الآن. حاول مرة أخرى لاحقًا.",
};

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_first_act_and_state_have_their_own_names() {
        for locale in Locale::ALL {
            let words = Words::of(locale);
            assert!(Act::ALL.iter().all(|act| !words.act_name(act.word()).is_empty()));
            assert!(State::ALL.iter().all(|state| !words.state_name(state.word()).is_empty()));
            assert!(Step::ALL.iter().all(|step| !words.step_name(step.word()).is_empty()));
        }
        assert_eq!(Words::of(Locale::En).act_name("erase"), "erase");
        assert_eq!(Words::of(Locale::De).act_name("letter"), "Ihnen antworten");
    }
}
