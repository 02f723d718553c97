//! Random walks over the real server: whatever is done to a request that an agent asked for, only the protocol's transitions are
//! seen, and what is final stays as it is, readable for 7 to 60 days.

use std::time::Duration;

use serde_json::json;

use crate::authorised_agent::Agent;
use crate::guest::Shop;
use crate::house::{PASSWORD, on_each_engine_with};
use crate::post_office::PostOffice;

const DAY: Duration = Duration::from_secs(86_400);

/// A small generator (xorshift), so that a walk can be taken again.
struct Dice(u64);

impl Dice {
    fn roll(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }
}

/// The transitions of section 3.02, for the states we use.
fn may_follow(from: &(String, String), to: &(String, String)) -> bool {
    let (status, reason) = (from.0.as_str(), from.1.as_str());
    from == to
        || match (status, reason) {
            // Between two looks it may have been proved and answered.
            ("in_progress", "need_user_verification") => {
                ["in_progress", "fulfilled", "revoked", "denied"].contains(&to.0.as_str())
            }
            ("in_progress", _) => ["fulfilled", "revoked", "denied"].contains(&to.0.as_str()),
            _ => false,
        }
}

async fn standing(agent: &Agent, id: &str) -> (String, String) {
    let reply = agent.status(id).await;
    assert_eq!(reply.status, 200, "{}", reply.text);
    let word = |name: &str| reply.json()[name].as_str().unwrap_or_default().to_owned();
    (word("status"), word("reason"))
}

/// One thing that may happen to a request.
async fn step(shop: &mut Shop, agent: &Agent, (id, ours): (&str, &str), dice: &mut Dice) {
    let deed =
        ["vouch", "refuse", "extend", "ask", "resume", "withdraw", "revoke", "work", "work", "wait"][dice.roll(10)];
    match deed {
        "revoke" => drop(agent.revoke(id).await),
        "work" => {}
        "wait" => {
            shop.house.wait(DAY / 2);
            let entry = json!({ "email": "ana@shop.example", "password": PASSWORD });
            assert_eq!(shop.owner.post("/v1/session", &entry).await.status, 200);
        }
        deed => {
            let grounds =
                ["not_identified", "no_data_held", "manifestly_excessive", "exemption_17_3_e", "not_controller"];
            let body = match deed {
                "refuse" => json!({ "ground": grounds[dice.roll(grounds.len())], "reason": "Because." }),
                "extend" | "ask" => json!({ "reason": "Because." }),
                _ => json!({}),
            };
            let reply = shop.owner.post(&format!("/v1/requests/{ours}/{deed}"), &body).await;
            assert!([200, 409].contains(&reply.status.as_u16()), "{deed}: {}", reply.text);
        }
    }
    for _ in 0..3 {
        shop.house.running.app.desk.bell.ring();
        shop.idle().await;
        shop.house.wait(Duration::from_secs(1));
    }
}

#[tokio::test]
async fn whatever_happens_only_the_protocols_transitions_are_seen_and_the_end_stays_readable() {
    let office = PostOffice::open().await;
    on_each_engine_with(|config| office.configure(config), async |house| {
        let mut shop = Shop::open(house).await;
        let agent = Agent::connected(&shop, "FAIR_AGENTS", 1, "").await;
        let mut dice = Dice(0x5eed);
        let mut ends = std::collections::BTreeSet::new();
        for walk in 0..12 {
            let right = ["access", "deletion", "sale:opt-out", "confidante:objection"][walk % 4];
            let over =
                json!({ "email_verified": walk % 3 == 0, "agent-request-id": format!("walk-{walk}"), "regime": null });
            let (id, _) = agent.asked(&shop, right, &format!("walker{walk}@example.com"), over).await;
            let ours = model::RequestId::from_uuid(&id).unwrap().to_string();
            let mut before = standing(&agent, &id).await;
            for _ in 0..6 {
                step(&mut shop, &agent, (&id, &ours), &mut dice).await;
                let after = standing(&agent, &id).await;
                assert!(may_follow(&before, &after), "walk {walk} ({right}): {before:?} to {after:?}");
                before = after;
            }
            agent.revoke(&id).await;
            let last = standing(&agent, &id).await;
            // Two months are waited for once for each kind of end.
            if last.0 == "in_progress" || !ends.insert(last.0.clone()) {
                continue;
            }
            shop.house.wait(7 * DAY);
            assert_eq!(standing(&agent, &id).await, last, "readable for a week at least");
            shop.house.wait(54 * DAY);
            assert_eq!(agent.status(&id).await.status, 403, "and not for ever");
            let entry = json!({ "email": "ana@shop.example", "password": PASSWORD });
            assert_eq!(shop.owner.post("/v1/session", &entry).await.status, 200);
        }
        assert!(ends.len() >= 3, "the walks end in different places: {ends:?}");
        shop.house
    })
    .await;
}
