//! What is promised about the assistant.

use super::{Check, Group, Promise, When, live};

pub(super) const PROMISES: &[Promise] = &[live(
    ("answers-labelled", Group::Assistant, When::Assistant),
    &["P-040", "P-084", "P-085"],
    &[Check::AnswersLabelled],
    [
        "You are told before the first message that an AI may answer, and every automatic answer is marked.",
        "Vor der ersten Nachricht wird Ihnen gesagt, dass eine KI antworten kann, und jede automatische Antwort ist gekennzeichnet.",
        "تُخبَر قبل الرسالة الأولى بأن ذكاءً اصطناعيًا قد يجيب، وكل إجابة آلية موسومة.",
    ],
)];
