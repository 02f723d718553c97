//! Periods, held against the moving clock: every class goes on its day and not before, and what is held stays.

use std::collections::{BTreeMap, BTreeSet};
use std::time::Duration;

use model::{
    AnswerId, AttestationId, ConversationId, DisclosureId, InvitationId, JobId, LegalHoldId, Moment, PersonId, ProofId,
    VisitorSessionId,
};
use privacy::retain::{self, Retainer};
use store::conversation::{Lane, NewConversation};
use store::legal_hold::HoldRow;
use store::{Statement, Value, conversation, legal_hold, person, retention};

use crate::house::House;

const DAY: Duration = Duration::from_secs(24 * 60 * 60);
/// What is planted is a little older than the round that looks at it, so that a period ends within a day, not between two.
const HOUR: Duration = Duration::from_secs(60 * 60);

/// One planted row and the moment at which it must be gone.
struct Item {
    table: &'static str,
    id: String,
    ends: Moment,
}

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
    async fn visitor(&self, at: Moment) -> (PersonId, ConversationId) {
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

    async fn keep(&self, settings: &str) {
        let row = store::organisation::change(self.organisation, "Nadel & Faden", settings);
        self.store.write(self.work().with(row)).await.unwrap();
    }
}

/// What is there of each class, the planted people of the house left out.
const THERE: [(&str, &str); 9] = [
    ("conversation", "SELECT id FROM conversation WHERE organisation = $1 AND locale <> 'zxx'"),
    ("person", "SELECT id FROM person WHERE organisation = $1 AND locale <> 'zxx'"),
    (
        "disclosure",
        "SELECT id FROM disclosure WHERE organisation = $1 AND purpose <> 'canary' AND length(content_sealed) > 0",
    ),
    (
        "visitor_session",
        "SELECT s.id FROM visitor_session s JOIN person p ON p.organisation = s.organisation AND p.id = s.person \
      WHERE s.organisation = $1 AND p.locale <> 'zxx'",
    ),
    ("invitation", "SELECT id FROM invitation WHERE organisation = $1"),
    ("job", "SELECT id FROM job WHERE organisation = $1 AND state = 'failed'"),
    ("used_signature", "SELECT id FROM used_signature WHERE organisation = $1"),
    ("proof", "SELECT id FROM proof WHERE organisation = $1"),
    ("attestation", "SELECT id FROM attestation WHERE organisation = $1"),
];

/// One row of each class, born at one moment.
struct Garden<'a> {
    house: &'a House,
    at: Moment,
    items: Vec<Item>,
}

impl Garden<'_> {
    async fn add(&mut self, table: &'static str, id: String, ends: Moment, cells: Vec<(&'static str, Value)>) {
        let own = [("id", Value::from(id.as_str())), ("organisation", Value::from(self.house.organisation))];
        self.house.insert(table, own.into_iter().chain(cells).collect()).await;
        self.items.push(Item { table, id, ends });
    }

    /// What is tied to a person.
    async fn person(&mut self, keep_days: u32) {
        let (house, at, days) = (self.house, self.at, privacy::holdings::days);
        let (person, talk) = house.visitor(at).await;
        let gone = at.plus(days(keep_days));
        self.items.push(Item { table: "person", id: person.to_string(), ends: gone });
        self.items.push(Item { table: "conversation", id: talk.to_string(), ends: gone });
        let text: Vec<(&str, Value)> = vec![
            ("conversation", talk.into()),
            ("person", person.into()),
            ("answer", AnswerId::new(&house.world).into()),
            ("recipient", "r".into()),
            ("purpose", "p".into()),
            ("categories_sent", "".into()),
            ("categories_withheld", "".into()),
            ("content_hash", Value::Bytes(vec![1])),
            ("content_sealed", Value::Bytes(vec![1])),
            ("bytes", Value::Int(1)),
            ("created_at", at.into()),
            ("expires_at", at.plus(days(30)).into()),
        ];
        let month = at.plus(days(30)).min(gone);
        self.add("disclosure", DisclosureId::new(&house.world).to_string(), month, text).await;
        let id = VisitorSessionId::new(&house.world).to_string();
        let cells = vec![
            ("person", person.into()),
            ("conversation", talk.into()),
            ("token_hash", Value::Bytes(id.as_bytes().to_vec())),
            ("created_at", at.into()),
            ("expires_at", at.plus(days(7)).into()),
        ];
        self.add("visitor_session", id, at.plus(days(7)).min(gone), cells).await;
    }

    /// What belongs to the organisation.
    async fn desk(&mut self) {
        let (house, at, days) = (self.house, self.at, privacy::holdings::days);
        let (world, member) = (&house.world, house.member);
        let number = |name| (name, Value::Int(0));
        let id = InvitationId::new(world).to_string();
        let cells = vec![
            ("role", "agent".into()),
            ("token_hash", Value::Bytes(id.as_bytes().to_vec())),
            ("invited_by", member.into()),
            ("created_at", at.into()),
            ("expires_at", at.plus(days(7)).into()),
        ];
        self.add("invitation", id, at.plus(days(7)), cells).await;
        let id = JobId::new(world).to_string();
        let cells = vec![
            ("kind", "planted".into()),
            ("subject", id.as_str().into()),
            ("state", "failed".into()),
            ("run_at", at.into()),
            ("created_at", at.into()),
            number("attempts"),
            number("done_steps"),
            number("total_steps"),
        ];
        self.add("job", id, at.plus(days(30)), cells).await;
        let id = format!("heard {}", JobId::new(world));
        self.add("used_signature", id, at.plus(days(1)), vec![("expires_at", at.plus(days(1)).into())]).await;
        let mut cells = vec![("examined", "planted".into()), number("holds"), number("figure")];
        cells.extend([("says", "-".into()), ("checked_at", at.into())]);
        self.add("proof", ProofId::new(world).to_string(), at.plus(days(731)), cells).await;
        let mut cells = vec![("promise", "planted".into()), ("member", member.into()), ("statement", "-".into())];
        cells.extend([("made_at", at.into()), ("valid_until", at.into())]);
        self.add("attestation", AttestationId::new(world).to_string(), at.plus(days(731)), cells).await;
    }
}

async fn plant(house: &House, at: Moment, keep_days: u32) -> Vec<Item> {
    let mut garden = Garden { house, at, items: Vec::new() };
    garden.person(keep_days).await;
    garden.desk().await;
    garden.items
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn for_25_months_every_class_goes_on_its_day_and_not_before() {
    for house in House::both().await {
        house.keep(r#"{"keep_days":90}"#).await;
        let (mut items, mut went) = (Vec::new(), BTreeMap::<&str, u64>::new());
        for day in 0..=760_u32 {
            let now = house.world.now();
            if day % 9 == 0 {
                items.extend(plant(&house, now.minus(HOUR), 90).await);
            }
            house.round().await;
            for (table, sql) in THERE {
                let there = house.ids(sql).await;
                for item in items.iter().filter(|item| item.table == table) {
                    assert_eq!(there.contains(&item.id), item.ends > now, "{table} on day {day}");
                }
            }
            for item in items.iter().filter(|item| item.ends <= now) {
                *went.entry(item.table).or_default() += 1;
            }
            items.retain(|item| item.ends > now);
            if day % 90 == 0 {
                for figure in retain::figures(&house.store, &house.world, house.organisation).await.unwrap() {
                    assert_eq!(figure.overdue, 0, "{} on day {day}", figure.class);
                }
                let canary = retain::canary(&house.store, &house.world, house.organisation).await.unwrap();
                assert!(canary.planted > 0 && canary.outlived == 0, "{canary:?} on day {day}");
            }
            house.clock.advance(DAY);
        }
        assert!(THERE.iter().all(|(table, _)| went.get(table).is_some_and(|many| *many > 0)), "{went:?}");
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
