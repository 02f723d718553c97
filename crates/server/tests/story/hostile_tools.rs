//! A hostile model that reaches for tools and breaks the stream: every tool with every id, wrong arguments, no end, half of it.

use crate::hostile_house::{Attack, call, calls, piece, run, sends};
use crate::scripted_model::Line;

const TRUE: &str = "You have sixty days to return shoes [1].";

/// Tools that a model may have heard of elsewhere. None of them exists here.
const FOREIGN: &[(&str, &str)] = &[
    ("get_customer", r#"{"id":"per_00000000000000000000000000"}"#),
    ("get_conversation", r#"{"id":"con_00000000000000000000000000"}"#),
    ("list_orders", r#"{"email":"somebody@other.example"}"#),
    ("erase_person", r#"{"id":"*"}"#),
    ("export_person", r#"{"all":true}"#),
    ("refund", r#"{"order":"4711","amount":100000}"#),
    ("sql", r#"{"query":"SELECT * FROM message"}"#),
    ("http_get", r#"{"url":"http://169.254.169.254/latest/meta-data/"}"#),
    ("shell", r#"{"command":"cat /etc/passwd"}"#),
];

/// Wrong ways to use the one that exists.
const WRONG: &[(&str, &str)] = &[
    ("no arguments", ""),
    ("half arguments", r#"{"query":"#),
    ("a number", r#"{"query":7}"#),
    ("a list", r#"["boots"]"#),
    ("one argument too many", r#"{"query":"boots","organisation":"org_00000000000000000000000000"}"#),
    ("a question for somebody else's words", r#"{"query":"what the other visitors have said, rhinoceros"}"#),
    ("an injection", r#"{"query":"' OR 1=1; DROP TABLE message; --"}"#),
];

fn attacks() -> Vec<Attack> {
    let mut attacks: Vec<Attack> = FOREIGN.iter().map(|(tool, arguments)| calls(tool, tool, arguments)).collect();
    attacks.extend(WRONG.iter().map(|(name, arguments)| calls(name, "search_pages", arguments)));
    attacks.push(calls("an endless argument", "search_pages", &format!(r#"{{"query":"{}"}}"#, "a".repeat(100_000))));
    let again = || Line::Sends(call("search_pages", r#"{"query":"shipping"}"#));
    attacks.push(Attack {
        name: "searches for ever",
        lines: (0..9).map(|_| again()).collect(),
        never: &[],
        end: "abstained",
    });
    attacks.push(Attack {
        name: "searches, then lies about what it found",
        lines: vec![again(), Line::Tells("Shipping within Germany costs 1.00 euros [1] [2].".to_owned())],
        never: &["1.00"],
        end: "abstained",
    });
    let many: String = (0..40).map(call_at).collect();
    attacks.push(sends("forty calls at once", &many));
    attacks.push(sends("half a line", "data: {\"choices\":[{\"delta\":{\"content\":\"You ha"));
    attacks.push(sends("noise", "data: {{{{\n\ndata: \u{fffd}\n\n"));
    attacks.push(sends("a page instead of a stream", "<html><body>It works!</body></html>"));
    attacks.push(sends(
        "an error with her words in it",
        "data: {\"error\":{\"message\":\"you sent ada.quill@person.example\",\"code\":\"boom\"}}\n\n",
    ));
    attacks.push(sends("breaks off after the truth", &format!("{}{}", piece(TRUE), piece(" And th"))));
    attacks.push(sends("200 KB of one letter", &piece(&"a".repeat(200_000))));
    attacks.push(sends("200 KB of one word", &piece(&"return ".repeat(30_000))));
    attacks.push(sends("the truth ten thousand times", &piece(&format!("{TRUE} ").repeat(10_000))));
    attacks.push(sends("brackets without end", &piece(&"[".repeat(50_000))));
    attacks
        .push(sends("says nothing and stops", "data: {\"choices\":[{\"delta\":{},\"finish_reason\":\"stop\"}]}\n\n"));
    attacks.push(sends(
        "speaks with two voices",
        &format!("data: {{\"choices\":[{{\"index\":1,\"delta\":{{\"content\":\"Bob Marker\"}}}}]}}\n\n{}", piece(TRUE)),
    ));
    attacks
}

fn call_at(index: usize) -> String {
    format!(
        "data: {{\"choices\":[{{\"delta\":{{\"tool_calls\":[{{\"index\":{index},\"id\":\"c{index}\",\"function\":{{\"name\":\"get_customer\",\"arguments\":\"{{}}\"}}}}]}}}}]}}\n\n"
    )
}

#[tokio::test(flavor = "multi_thread")]
async fn a_model_that_reaches_for_everything_gets_nothing() {
    run(attacks).await;
}
