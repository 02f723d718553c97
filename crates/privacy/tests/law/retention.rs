//! Periods, held against the moving clock: what is held stays, what is previewed comes true, and what is late is seen.

use std::collections::BTreeSet;
use std::time::Duration;

use model::{ConversationId, LegalHoldId, Moment, PersonId};
use privacy::retain::{self, Retainer};
use store::conversation::{Lane, NewConversation};
use store::legal_hold::HoldRow;
use store::{Statement, conversation, legal_hold, person, retention};

use crate::house::House;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
const HOUR: Duration = Duration::from_secs(60 * 60);

impl House {
    async fn round(&self) -> u64 {
        let mut purged = 0;
        loop {
            let round = Retainer::new(self.counter()).round(self.organisation).await.unwrap();
            purged += round.purged;
            if !round.full {
                return purged;
            }
        }
    }

    /// Somebody who says nothing more.
    pub async fn visitor(&self, at: Moment) -> (PersonId, ConversationId) {
        let (person, conversation) = (PersonId::new(&self.world), ConversationId::new(&self.world));
        self.keyring.create(self.organisation, &person.to_string()).await.unwrap();
        let lane = Lane::Ai;
        let talk = NewConversation { id: conversation, person, lane, locale: "de".into(), page_host: None, at };
        let work = self.work().with(person::insert(self.organisation, person, "de", at));
        self.store.write(work.with(conversation::insert(self.organisation, talk))).await.unwrap();
        (person, conversation)
    }

    async fn ids(&self, sql: &'static str) -> BTreeSet<String> {
        let rows = self.store.all(self.fence(), Statement::new(sql, vec![self.organisation.into()])).await.unwrap();
        rows.iter().map(|row| row.text("id").unwrap()).collect()
    }

    fn fence(&self) -> store::Fence {
        store::Fence::Organisation(self.organisation)
    }

    pub async fn keep(&self, settings: &str) {
        let now = store::organisation::by_id(self.organisation);
        let now = self.store.one(self.fence(), now).await.unwrap().unwrap().text("settings").unwrap();
        let row = store::organisation::change(self.organisation, &now, "Nadel & Faden", settings);
        self.store.write(self.work().with(row)).await.unwrap();
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_hold_beats_the_period_until_it_ends_and_an_erasure_says_so() {
    for house in House::both().await {
        let (organisation, now) = (house.organisation, house.world.now());
        let (held, talk) = house.visitor(now).await;
        let other = ConversationId::new(&house.world);
        let lane = Lane::Human;
        let talk_two = NewConversation { id: other, person: held, lane, locale: "de".into(), page_host: None, at: now };
        let hold = HoldRow {
            id: LegalHoldId::new(&house.world),
            person: held,
            conversation: Some(talk),
            reason: "claim".into(),
            placed_by: Some(house.member),
            placed_at: now,
            ends_at: now.plus(DAY * 200),
        };
        let work = house
            .work()
            .with(conversation::insert(organisation, talk_two))
            .with(legal_hold::insert(organisation, &hold));
        house.store.write(work).await.unwrap();
        house.clock.advance(DAY * 31);
        house.round().await;
        let talks = house.ids("SELECT id FROM conversation WHERE organisation = $1 AND locale <> 'zxx'").await;
        assert_eq!(talks, [talk.to_string()].into(), "only what is held is kept");

        let id = privacy::erase::request(&house.counter(), organisation, held, "visitor").await.unwrap();
        house.eraser().run(id).await.unwrap();
        let progress = privacy::erase::progress(&house.store, id).await.unwrap();
        assert_eq!(progress.state, "held");
        let found =
            privacy::legal_hold::held(&house.store, organisation, held, house.world.now()).await.unwrap().unwrap();
        assert!(!found.whole && found.until == hold.ends_at && found.reason.law().contains("17(3)(e)"));
        assert!(
            house.keyring.subject(organisation, &held.to_string()).await.is_ok(),
            "what is kept can be read in court"
        );

        house.clock.advance(DAY * 170);
        house.round().await;
        let runner =
            jobs::Runner::new(house.store.clone(), house.world.clone()).with(std::sync::Arc::new(house.eraser()));
        let running = runner.start();
        running.idle().await.unwrap();
        running.stop().await;
        assert_eq!(privacy::erase::progress(&house.store, id).await.unwrap().state, "done", "by itself");
        assert!(!house.ids("SELECT id FROM person WHERE organisation = $1").await.contains(&held.to_string()));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_preview_counts_what_a_shorter_period_then_takes_and_a_longer_one_brings_nothing_back() {
    for house in House::both().await {
        house.keep(r#"{"keep_days":365}"#).await;
        for _ in 0..10 {
            house.visitor(house.world.now()).await;
            house.clock.advance(DAY * 10);
        }
        let look = |days| retain::preview(&house.store, &house.world, house.organisation, ("conversation", days));
        let short = look(30).await.unwrap();
        let days: u64 = short.by_day.iter().map(|(_, people)| people).sum();
        assert_eq!((short.people, short.rows, days), (7, 14, 10), "seven at once, the others on their days");
        assert_eq!(short.by_day.first(), Some(&(0, 7)));
        assert_eq!(look(datamap::SUBSCRIPTION).await.unwrap().people, 0);
        assert!(look(0).await.is_err() && look(4_000).await.is_err());
        assert_eq!(house.round().await, 0, "looking changes nothing");
        house.keep(r#"{"keep_days":30}"#).await;
        assert_eq!(house.round().await, 14, "what was counted went");
        house.keep(r#"{"keep_days":3650}"#).await;
        assert_eq!(house.round().await, 0);
        let left = house.ids("SELECT id FROM person WHERE organisation = $1 AND locale <> 'zxx'").await;
        assert_eq!(left.len(), 3);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_round_that_does_not_come_and_a_row_that_outlives_its_day_raise_the_alarm() {
    for house in House::both().await {
        house.keep(r#"{"keep_days":30}"#).await;
        house.round().await;
        let lateness = async || retain::lateness(&house.store, &house.world, house.organisation).await.unwrap();
        let canary = async || retain::canary(&house.store, &house.world, house.organisation).await.unwrap();
        house.visitor(house.world.now()).await;
        assert!(!lateness().await.late);
        let now = house.world.now();
        house.clock.set(now.minus(DAY));
        assert!(lateness().await.late, "the last round was noted by a clock that was set back");
        house.clock.set(now);
        house.clock.advance(HOUR * 3);
        assert!(lateness().await.late, "no round for three hours");
        house.clock.advance(DAY * 31);
        let oldest =
            retain::oldest(&house.store, &house.world, house.organisation, "conversation").await.unwrap().unwrap();
        assert!(oldest.overdue >= 1 && canary().await.outlived == 1, "{oldest:?}");
        house.round().await;
        assert!(!lateness().await.late && canary().await.outlived == 0);
        let oldest =
            retain::oldest(&house.store, &house.world, house.organisation, "conversation").await.unwrap().unwrap();
        assert_eq!(oldest.overdue, 0);
    }
}

/// Deleted by the staff: gone with the next round, with everything that hangs on it and nothing of her other conversation.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_deleted_conversation_is_gone_with_the_next_round_and_the_others_stay() {
    for house in House::both().await {
        let now = house.world.now();
        let (person, talk) = house.visitor(now).await;
        let other = ConversationId::new(&house.world);
        let lane = Lane::Ai;
        let talk_two = NewConversation { id: other, person, lane, locale: "de".into(), page_host: None, at: now };
        let work = house.work().with(conversation::insert(house.organisation, talk_two));
        house.store.write(work.extend(retention::delete_conversation(house.organisation, talk, now))).await.unwrap();
        let hidden = house.store.one(house.fence(), conversation::by_id(house.organisation, talk)).await.unwrap();
        assert!(hidden.is_none(), "unreadable at once");
        house.round().await;
        let talks = house.ids("SELECT id FROM conversation WHERE organisation = $1 AND locale <> 'zxx'").await;
        assert_eq!(talks, [other.to_string()].into());
        assert!(house.keyring.subject(house.organisation, &person.to_string()).await.is_ok());
    }
}

/// While a round goes through the many, the staff place a hold and somebody comes back: both stay.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_held_or_comes_back_while_others_go_stays() {
    for house in House::both().await {
        let begun = house.world.now();
        let mut people = Vec::new();
        for _ in 0..70 {
            people.push(house.visitor(begun).await.0);
        }
        people.sort_by_key(ToString::to_string);
        let [.., back, held] = people[..] else { panic!("seventy") };
        house.clock.advance(DAY * 31);
        let ids = "SELECT id FROM person WHERE organisation = $1 AND locale <> 'zxx'";
        let meanwhile = async {
            while house.ids(ids).await.len() == people.len() {
                tokio::task::yield_now().await;
            }
            let now = house.world.now();
            let hold = HoldRow {
                id: LegalHoldId::new(&house.world),
                person: held,
                conversation: None,
                reason: "claim".into(),
                placed_by: Some(house.member),
                placed_at: now,
                ends_at: now.plus(DAY),
            };
            let seen = person::seen(house.organisation, back, now);
            let work = house.work().with(legal_hold::insert(house.organisation, &hold)).with(seen);
            house.store.write(work).await.unwrap();
        };
        tokio::join!(house.round(), meanwhile);
        assert_eq!(house.ids(ids).await, [back.to_string(), held.to_string()].into());
        for person in [back, held] {
            assert!(house.keyring.subject(house.organisation, &person.to_string()).await.is_ok(), "and can be read");
        }
    }
}
