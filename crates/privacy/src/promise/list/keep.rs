//! What is promised about periods.

use super::{Check, Group, Promise, When, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("kept-for-days", Group::Keep, When::Always),
        &["P-011", "P-130", "P-157", "P-261", "P-262"],
        &[Check::Overdue, Check::RetentionAlive],
        [
            "{days} days after your last activity everything about you is erased, without your asking.",
            "{days} Tage nach Ihrer letzten Aktivität wird alles über Sie gelöscht, ohne dass Sie darum bitten.",
            "بعد {days} يومًا من آخر نشاط لك يُمحى كل شيء عنك دون أن تطلب.",
        ],
    ),
    live(
        ("ends-on-time", Group::Keep, When::Always),
        &["P-024", "P-126", "P-163"],
        &[Check::Expired],
        [
            "What has an end of its own, such as a browser session or the wording of what was passed on, ends on its day.",
            "Was ein eigenes Ende hat, etwa eine Browsersitzung oder der Wortlaut einer Weitergabe, endet an seinem Tag.",
            "ما له نهاية محددة، كجلسة المتصفح أو نص ما نُقل، ينتهي في يومه.",
        ],
    ),
    live(
        ("every-kind-ends", Group::Keep, When::Always),
        &["P-130", "P-158", "P-162", "P-163"],
        &[Check::ClassesOnTime, Check::PlantedGone],
        [
            "Every kind of thing we keep has a period of its own, and nothing outlives it; invented people among the real ones prove it.",
            "Jede Art von Daten hat ihre eigene Frist, und nichts überlebt sie; erfundene Personen unter den echten beweisen es.",
            "لكل نوع مما نحفظه مدة خاصة به لا يتجاوزها شيء؛ ويثبت ذلك أشخاص مخترعون بين الحقيقيين.",
        ],
    ),
];
