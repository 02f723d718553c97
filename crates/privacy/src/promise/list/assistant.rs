//! What is promised about the assistant.

use super::{Check, Group, Promise, When, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("answers-labelled", Group::Assistant, When::Assistant),
        &["P-040", "P-084", "P-085"],
        &[Check::AnswersLabelled],
        [
            "You are told before the first message that an AI may answer, and every automatic answer is marked.",
            "Vor der ersten Nachricht wird Ihnen gesagt, dass eine KI antworten kann, und jede automatische Antwort ist gekennzeichnet.",
            "تُخبَر قبل الرسالة الأولى بأن ذكاءً اصطناعيًا قد يجيب، وكل إجابة آلية موسومة.",
        ],
    ),
    live(
        ("can-be-wrong", Group::Assistant, When::Assistant),
        &["P-091"],
        &[Check::WarnedWrong, Check::AnswersSourced],
        [
            "You are told that the assistant can be wrong, and every answer of its own shows on what it rests.",
            "Ihnen wird gesagt, dass der Assistent sich irren kann, und jede seiner Antworten zeigt, worauf sie beruht.",
            "تُخبَر بأن المساعد قد يخطئ، وتُظهر كل إجابة منه ما تستند إليه.",
        ],
    ),
    live(
        ("answers-sourced", Group::Assistant, When::Assistant),
        &["P-093"],
        &[Check::AnswersSourced],
        [
            "Every automatic answer names the page it is taken from and the day on which that page was read, and you can open it as it was.",
            "Jede automatische Antwort nennt die Seite, aus der sie stammt, und den Tag, an dem diese gelesen wurde; Sie können sie so öffnen, wie sie war.",
            "تذكر كل إجابة آلية الصفحة التي أُخذت منها ويوم قراءتها، ويمكنك فتحها كما كانت.",
        ],
    ),
    live(
        ("no-assistant-for-you", Group::Assistant, When::Assistant),
        &["P-096"],
        &[Check::LaneKept],
        [
            "If you want no assistant, it does not see your conversation from that moment on: no automatic answer, nothing sent to a model.",
            "Wollen Sie keinen Assistenten, sieht er Ihr Gespräch von da an nicht mehr: keine automatische Antwort, nichts geht an ein Modell.",
            "إن لم ترد المساعد فلن يرى محادثتك من تلك اللحظة: لا إجابة آلية ولا شيء يُرسل إلى نموذج.",
        ],
    ),
    live(
        ("checked-by-a-person", Group::Assistant, When::Assistant),
        &["P-095"],
        &[Check::ReviewsInTime],
        [
            "You can have any automatic answer checked by a person; it is done within three days.",
            "Sie können jede automatische Antwort von einem Menschen überprüfen lassen; das geschieht binnen drei Tagen.",
            "يمكنك طلب أن يفحص شخص أي إجابة آلية، ويتم ذلك خلال ثلاثة أيام.",
        ],
    ),
    live(
        ("people-first", Group::Assistant, When::Assistant),
        &["P-094"],
        &[Check::HandsKept],
        [
            "Our staff can take over any conversation, and from then on the assistant is silent in it.",
            "Unser Personal kann jedes Gespräch übernehmen, und von da an schweigt der Assistent darin.",
            "يستطيع موظفونا تولّي أي محادثة، ومن حينها يصمت المساعد فيها.",
        ],
    ),
    live(
        ("people-decide", Group::Assistant, When::Always),
        &["P-090"],
        &[Check::DecidedByPeople],
        [
            "No machine decides about you: refusing a request, judging an objection or checking an answer is done by a person by name.",
            "Keine Maschine entscheidet über Sie: Eine Anfrage ablehnen, über einen Widerspruch urteilen oder eine Antwort prüfen tut ein Mensch mit Namen.",
            "لا تقرر آلة في شأنك: رفض الطلب والبت في الاعتراض وفحص الإجابة يقوم به شخص باسمه.",
        ],
    ),
    live(
        ("learned-without-you", Group::Assistant, When::Always),
        &["P-111"],
        &[Check::LearnedFree],
        [
            "When the assistant has learned from your question, your words go from what it learned when you are erased.",
            "Hat der Assistent aus Ihrer Frage gelernt, verschwinden Ihre Worte aus dem Gelernten, wenn Sie gelöscht werden.",
            "إذا تعلّم المساعد من سؤالك فإن كلماتك تُحذف مما تعلّمه عند محو بياناتك.",
        ],
    ),
    live(
        ("children-kept", Group::Assistant, When::AgeAsked),
        &["P-194", "P-195"],
        &[Check::MinorsKept, Check::LaneKept],
        [
            "You are asked whether you are younger than {age}; whoever is gets no automatic answer and cannot agree to anything here.",
            "Sie werden gefragt, ob Sie jünger als {age} sind; wer es ist, bekommt keine automatische Antwort und kann hier in nichts einwilligen.",
            "تُسأل هل عمرك أقل من {age}؛ ومن كان كذلك لا يتلقى إجابة آلية ولا يستطيع الموافقة على شيء هنا.",
        ],
    ),
];
