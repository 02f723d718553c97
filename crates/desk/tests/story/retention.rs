//! “Kept for 90 days”: not a day less, and not a day more.

use std::time::Duration;

use desk::legal_hold::NewHold;
use model::{Actor, Kind};
use privacy::legal_hold::Reason;

use crate::house::House;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);

#[tokio::test(flavor = "multi_thread")]
async fn a_conversation_is_gone_when_its_time_is_over_and_not_before() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let (early, late) = (house.visitor().await, house.visitor().await);
        house.ask(&early, "Is shipping to Germany free?").await;
        for day in 1..=92 {
            house.clock.advance(DAY);
            if day == 30 {
                house.ask(&late, "May I return shoes?").await;
            }
            house.idle().await;
            let gone = house.desk.person(early.organisation, early.person).await.is_err();
            assert_eq!(gone, day > 90, "day {day}");
        }
        assert!(house.desk.person(late.organisation, late.person).await.is_ok(), "she was here on day 30");
        let again = house.desk.visitor_says(&early, "later".into(), "Hello?").await;
        assert!(matches!(again, Err(desk::Fault::Refused(refusal)) if refusal.kind == Kind::Gone));
    }
}

/// An erasure or a purge begins with the key: a hold that comes later would keep nothing, and is not said to.
#[tokio::test(flavor = "multi_thread")]
async fn a_hold_that_comes_too_late_is_refused() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, "Is shipping to Germany free?").await;
        let actor = Actor::House { organisation: visitor.organisation };
        let hold = || NewHold {
            person: visitor.person,
            conversation: None,
            reason: Reason::Claim,
            ends_at: house.desk.world.now().plus(DAY),
        };
        assert!(house.desk.place_hold(&actor, hold()).await.is_ok());
        house.desk.keyring.shred(visitor.organisation, &visitor.person.to_string()).await.unwrap();
        let late = house.desk.place_hold(&actor, hold()).await;
        assert!(matches!(late, Err(desk::Fault::Refused(refusal)) if refusal.kind == Kind::Gone));
        assert_eq!(house.desk.legal_holds(visitor.organisation).await.unwrap().len(), 1);
    }
}
