//! What is promised about a visitor's browser.

use super::{Check, Group, Promise, When, live};

pub(super) const PROMISES: &[Promise] = &[
    live(
        ("no-cookies", Group::Browser, When::Always),
        &["P-023", "P-025", "P-026", "P-027", "P-279"],
        &[Check::NoCookies],
        [
            "The chat sets no cookie, neither ours nor anybody else's.",
            "Der Chat setzt kein Cookie, weder ein eigenes noch ein fremdes.",
            "لا تضع الدردشة أي ملف ارتباط، لا لنا ولا لغيرنا.",
        ],
    ),
    live(
        ("browser-listed", Group::Browser, When::Always),
        &["P-024", "P-181", "P-190", "P-280", "P-282"],
        &[Check::BrowserListed],
        [
            "What the chat keeps in your browser is on a list with name, purpose and end, and nothing else is kept.",
            "Was der Chat in Ihrem Browser ablegt, steht mit Name, Zweck und Ende auf einer Liste, und sonst wird nichts abgelegt.",
            "ما تحفظه الدردشة في متصفحك مدرج في قائمة بالاسم والغرض والنهاية، ولا يُحفظ غيره.",
        ],
    ),
    live(
        ("one-origin", Group::Browser, When::Always),
        &["P-020", "P-027", "P-055"],
        &[Check::OneOrigin],
        [
            "Everything is loaded from this server; no other website learns that you are here.",
            "Alles wird von diesem Server geladen; keine andere Website erfährt, dass Sie hier sind.",
            "يُحمَّل كل شيء من هذا الخادم؛ ولا يعلم أي موقع آخر بوجودك هنا.",
        ],
    ),
    live(
        ("nobody-counts-you", Group::Browser, When::Always),
        &["P-018", "P-026", "P-046", "P-049", "P-056", "P-069", "P-074", "P-077", "P-160", "P-185", "P-186", "P-187"],
        &[Check::NoAnalytics],
        [
            "Nobody counts or follows you: there is no analytics, so nothing of it needs your consent or an end.",
            "Niemand zählt oder verfolgt Sie: Es gibt keine Analyse, also braucht nichts davon Ihre Einwilligung oder ein Ende.",
            "لا أحد يعدّك أو يتتبعك: لا توجد تحليلات، فلا شيء منها يحتاج إلى موافقتك.",
        ],
    ),
    live(
        ("page-unknown", Group::Browser, When::Always),
        &["P-020", "P-045"],
        &[Check::HostsOnly],
        [
            "Of the website on which you write only its name is noted, never the page or how you came there.",
            "Von der Website, auf der Sie schreiben, wird nur der Name vermerkt, nie die Seite oder woher Sie kamen.",
            "لا يُسجّل من الموقع الذي تكتب فيه إلا اسمه، لا الصفحة ولا كيف وصلت إليها.",
        ],
    ),
    live(
        ("asked-little", Group::Browser, When::Always),
        &["P-019", "P-037", "P-041"],
        &[Check::AskedLittle],
        [
            "You need to tell nothing about yourself to write here: no name, no address, no account.",
            "Sie müssen nichts über sich angeben, um hier zu schreiben: keinen Namen, keine Adresse, kein Konto.",
            "لا يلزمك ذكر أي شيء عن نفسك لتكتب هنا: لا اسم ولا عنوان ولا حساب.",
        ],
    ),
    live(
        ("signal-heard", Group::Browser, When::Always),
        &["P-038", "P-191", "P-209"],
        &[Check::SignalHeard],
        [
            "If your browser sends Global Privacy Control or Do Not Track, it is heard, and the page says so.",
            "Sendet Ihr Browser Global Privacy Control oder Do Not Track, wird es beachtet, und die Seite sagt es.",
            "إذا أرسل متصفحك إشارة التحكم العالمي بالخصوصية أو «عدم التتبع» فإنها تُحترم وتقول الصفحة ذلك.",
        ],
    ),
];
