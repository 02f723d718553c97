//! A foreign client: signs with PyNaCl, which is libsodium itself, and asks in another language.

use std::io::Write;
use std::path::Path;
use std::process::{Command, Stdio};

use serde_json::{Value, json};

use crate::authorised_agent::Agent;
use crate::guest::Shop;
use crate::house::on_each_engine;

const IMPORT: &str = "import nacl.signing";
const PACKAGE: &str = "pynacl==1.5.0";

/// Runs the agent to its end; what it printed.
fn told(python: &Path, given: &Value) -> Value {
    let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/story/agent.py");
    let mut child = Command::new(python).arg(script).stdin(Stdio::piped()).stdout(Stdio::piped()).spawn().unwrap();
    child.stdin.take().unwrap().write_all(given.to_string().as_bytes()).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(output.status.success(), "the foreign agent complains, see its words above");
    serde_json::from_slice(&output.stdout).unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_foreign_agent_signs_with_libsodium_and_is_heard() {
    let found = || testkit::python(Path::new(env!("CARGO_TARGET_TMPDIR")), PACKAGE, IMPORT);
    let python = match tokio::task::spawn_blocking(found).await.unwrap() {
        Ok(python) => python,
        Err(why) => return testkit::not_tested("the foreign agent", &why),
    };
    on_each_engine(async |house| {
        let shop = Shop::open(house).await;
        let agent = Agent::registered(&shop, "FOREIGN_AGENTS", 7, "").await;
        let business = agent.claims(&shop, json!({}))["business-id"].clone();
        let now = shop.house.running.app.desk.world.now().millis();
        let given = json!({ "origin": shop.house.origin(), "agent": agent.name, "business": business, "seed": "07".repeat(32), "now": now });
        let python = python.clone();
        let told = tokio::task::spawn_blocking(move || told(&python, &given)).await.unwrap();
        let pending = json!("need_user_verification");
        for (place, (right, reason)) in
            [("access", &pending), ("deletion", &pending), ("sale:opt-out", &json!(null))].into_iter().enumerate()
        {
            for (regime, one) in [json!("ccpa"), json!(null)].into_iter().zip(&told["seen"].as_array().unwrap()[place * 2..]) {
                // Nothing has to be proved to opt out, so it may be done already.
                let status = if right == "sale:opt-out" { one[2].clone() } else { json!("in_progress") };
                assert_eq!(one, &json!([right, regime, status, reason]));
            }
        }
        assert!(["in_progress", "fulfilled"].contains(&told["seen"][4][2].as_str().unwrap()), "{told}");
        assert!([json!([200, "revoked"]), json!([409, null])].contains(&told["revoked"]), "{told}");
        assert_eq!(told["forged"], json!([403, ""]), "somebody else's key");
        shop.house
    })
    .await;
}
