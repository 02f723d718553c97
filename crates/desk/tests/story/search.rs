//! Words are made findable by a job a moment after they were said; whoever searches sooner misses nothing.

use std::time::Duration;

use desk::inbox::{Listing, StaffWords};
use desk::visitor::VisitorSession;
use store::{Fence, Statement};

use crate::house::{House, place};

async fn found(house: &House, text: &str) -> usize {
    let listing = Listing { sought: Some(text.to_owned()), ..Listing::default() };
    house.desk.inbox(house.organisation.id, listing).await.expect("a list").0.len()
}

/// How many fingerprints of her conversation there are, and how many jobs that write some.
async fn written(house: &House, visitor: &VisitorSession) -> (i64, i64) {
    let count = |sql: &'static str, subject: String| async move {
        let statement = Statement::new(sql, vec![visitor.organisation.into(), subject.into()]);
        let row = house.desk.store.one(Fence::Organisation(visitor.organisation), statement).await.expect("a count");
        row.expect("a row").int("many").expect("a number")
    };
    let words = "SELECT count(*) AS many FROM conversation_word WHERE organisation = $1 AND conversation = $2";
    let jobs = "SELECT count(*) AS many FROM job WHERE organisation = $1 AND kind = 'index_words' AND subject = $2";
    let subject = visitor.conversation.to_string();
    (count(words, subject.clone()).await, count(jobs, subject).await)
}

#[tokio::test(flavor = "multi_thread")]
async fn what_was_said_a_moment_ago_is_found_before_the_job_has_run() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.desk.ask_for_person(place(&visitor), visitor.person).await.expect("asked");
        house.desk.visitor_says(&visitor, "c1".into(), "blue lantern, blue lantern").await.expect("said");
        assert_eq!(written(&house, &visitor).await, (0, 1), "nothing is indexed while she waits for her answer");
        assert_eq!(found(&house, "lantern").await, 1, "the search does it first");
        assert_eq!(written(&house, &visitor).await.0, 2, "each word once");
        house.desk.visitor_says(&visitor, "c2".into(), "the lantern is broken").await.expect("said");
        assert_eq!(found(&house, "broken blue").await, 1, "words of several messages are words of one conversation");
        assert_eq!(found(&house, "broken green").await, 0);
        assert_eq!(written(&house, &visitor).await.0, 5, "lantern is there already");
    }
}

#[tokio::test(flavor = "multi_thread")]
async fn the_job_makes_findable_what_nobody_searched_for() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let visitor = house.visitor().await;
        house.ask(&visitor, "zebra crossing").await;
        house
            .desk
            .turn(place(&visitor), desk::handover::Turn::TakeOver(house.owner), &house.staff())
            .await
            .expect("taken");
        for number in 0..250 {
            let text = format!("heron{number}");
            let words = StaffWords::Note(&text);
            house.staff_says(&visitor, format!("n{number}"), words).await.expect("noted");
        }
        house.clock.advance(Duration::from_secs(3));
        house.idle().await;
        let (words, jobs) = written(&house, &visitor).await;
        assert!(words >= 252, "{words} words");
        assert_eq!(jobs, 0, "the job is done");
        for sought in ["zebra", "heron0", "heron249"] {
            assert_eq!(found(&house, sought).await, 1, "{sought}");
        }
    }
}
