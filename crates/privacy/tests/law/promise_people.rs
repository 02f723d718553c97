//! The checks about the assistant, about requests and about leaving are shown a database in which their promise is broken.

use std::time::Duration;

use model::{Actor, DepartureId, OrganisationId, Role};
use privacy::promise::Check;
use store::audit::Act;
use store::organisation::OrganisationRow;
use store::{Fence, Statement, Value, Work, departure};

use crate::house::House;
use crate::plant::plant;
use crate::promise::{change, finds, holds, scene};

const MINUTE: i64 = 60_000;

/// What the check finds: whether it holds, and its figure.
async fn found(house: &House, check: Check) -> (bool, i64) {
    finds(house, scene(None), check).await
}

/// Changes every row of the organisation in a table.
async fn set(house: &House, table: &str, columns: &str, values: &[Value]) {
    let sql = format!("UPDATE {table} SET {columns} WHERE organisation = $1");
    let values = std::iter::once(Value::from(house.organisation)).chain(values.iter().cloned()).collect();
    change(house, &sql, values).await;
}

/// A moment so many minutes from now.
fn at(house: &House, minutes: i64) -> Value {
    (house.world.now().millis() + minutes * MINUTE).into()
}

/// A line in the log: the member did this to that.
async fn noted(house: &House, action: &str, object: &str) {
    let actor = Actor::Member { organisation: house.organisation, member: house.member, role: Role::Agent };
    let act = Act { action, reason: "support", object_kind: "thing", object, request: "req_planted" };
    house.store.write(house.work().with(store::audit::insert(&house.world, &actor, &act))).await.unwrap();
}

/// The id of the one row in a table.
async fn id(house: &House, table: &str) -> String {
    let sql = format!("SELECT id FROM {table} WHERE organisation = $1");
    let asked = Statement::owned(sql, vec![house.organisation.into()]);
    house.store.one(Fence::Organisation(house.organisation), asked).await.unwrap().unwrap().text("id").unwrap()
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_answer_and_a_transfer_behind_a_mark_are_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        set(&house, "message", "kind = 'ai'", &[]).await;
        assert_eq!(found(&house, Check::LaneKept).await, (true, 0), "told in the moment of the mark");
        set(&house, "message", "created_at = $2", &[at(&house, 2)]).await;
        assert_eq!(found(&house, Check::LaneKept).await, (false, 1), "told afterwards");
        set(&house, "disclosure", "created_at = $2", &[at(&house, 2)]).await;
        assert_eq!(found(&house, Check::LaneKept).await, (false, 2), "and sent to a model");
        set(&house, "disclosure", "answer = NULL", &[]).await;
        assert_eq!(found(&house, Check::LaneKept).await, (false, 1), "a letter to herself is no such thing");
        for table in ["person", "conversation"] {
            assert!(!holds(&house, Check::LaneKept).await, "one mark is enough");
            set(&house, table, "ai_off_at = NULL, restricted_at = NULL", &[]).await;
        }
        assert!(holds(&house, Check::LaneKept).await, "nobody is marked any more");
        set(&house, "conversation", "restricted_at = $2", &[at(&house, 0)]).await;
        assert_eq!(found(&house, Check::LaneKept).await, (false, 1), "what is restricted is not answered either");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_under_age_with_a_consent_that_stands_is_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        set(&house, "consent", "state = 'given'", &[]).await;
        assert!(holds(&house, Check::MinorsKept).await, "nobody is under age");
        set(&house, "person", "ai_off_reasons = 'opt_out minor'", &[]).await;
        assert_eq!(found(&house, Check::MinorsKept).await, (false, 1));
        set(&house, "consent", "state = 'withdrawn'", &[]).await;
        assert!(holds(&house, Check::MinorsKept).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_assistant_that_speaks_after_a_person_took_over_is_found() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        set(&house, "conversation", "lane = 'human', deleted_at = NULL", &[]).await;
        set(&house, "message", "kind = 'ai', created_at = $2", &[at(&house, 5)]).await;
        assert!(holds(&house, Check::HandsKept).await, "nobody took over");
        noted(&house, "take_over", &ada.ids["conversation"]).await;
        assert_eq!(found(&house, Check::HandsKept).await, (false, 1));
        set(&house, "message", "created_at = $2", &[at(&house, -5)]).await;
        assert!(holds(&house, Check::HandsKept).await, "it spoke before");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_review_that_waits_too_long_and_one_that_nobody_signed_are_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        set(&house, "review", "decided_at = NULL, due_at = $2", &[at(&house, 1)]).await;
        assert!(holds(&house, Check::ReviewsInTime).await);
        house.clock.advance(Duration::from_secs(120));
        assert_eq!(found(&house, Check::ReviewsInTime).await, (false, 1));
        assert!(holds(&house, Check::DecidedByPeople).await);
        set(&house, "review", "decided_at = due_at, outcome = 'right'", &[]).await;
        assert!(holds(&house, Check::ReviewsInTime).await && holds(&house, Check::DecidedByPeople).await);
        set(&house, "review", "decided_by = NULL", &[]).await;
        assert_eq!(found(&house, Check::DecidedByPeople).await, (false, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_learned_page_with_the_question_of_somebody_who_is_gone_is_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        let page = vec![
            ("id", "pag_learned".into()),
            ("organisation", house.organisation.into()),
            ("kind", "learned".into()),
            ("title", "What she asked".into()),
            ("state", "active".into()),
            ("created_at", at(&house, 0)),
            ("updated_at", at(&house, 0)),
        ];
        house.insert("page", page).await;
        assert_eq!(found(&house, Check::LearnedFree).await, (false, 1));
        set(&house, "lineage", "page = 'pag_learned', part = 'title'", &[]).await;
        assert!(holds(&house, Check::LearnedFree).await, "she is still here");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_request_past_its_day_is_found_unless_a_law_stops_its_clock() {
    for house in House::both().await {
        plant(&house, "ada").await;
        let open = "closed_at = NULL, answered_at = NULL, paused_since = NULL, state = 'in_progress', kind = 'know', \
                    regime = 'ccpa', due_at = $2";
        set(&house, "request", open, &[at(&house, 1)]).await;
        assert!(holds(&house, Check::RequestsInTime).await);
        set(&house, "request", "due_at = $2", &[at(&house, -1)]).await;
        assert_eq!(found(&house, Check::RequestsInTime).await, (false, 1), "not answered");
        set(&house, "request", "paused_since = $2, regime = 'uk_gdpr'", &[at(&house, -60)]).await;
        assert!(holds(&house, Check::RequestsInTime).await, "the clock stands still in the United Kingdom");
        set(&house, "request", "regime = 'gdpr'", &[]).await;
        assert!(!holds(&house, Check::RequestsInTime).await, "and nowhere else");
        set(&house, "request", "answered_at = $2", &[at(&house, 0)]).await;
        assert!(holds(&house, Check::RequestsInTime).await, "answered");
        set(&house, "request", "acknowledged_at = NULL, acknowledge_by = $2", &[at(&house, -1)]).await;
        assert_eq!(found(&house, Check::RequestsInTime).await, (false, 1), "never acknowledged");
        set(&house, "request", "state = 'identity_pending'", &[]).await;
        assert!(holds(&house, Check::RequestsInTime).await, "nobody knows who asks");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_refusal_without_ground_letter_or_person_is_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        set(&house, "request", "state = 'refused', ground = 'manifestly_unfounded'", &[]).await;
        assert!(holds(&house, Check::RefusalsGrounded).await);
        assert_eq!(found(&house, Check::DecidedByPeople).await, (false, 1), "a machine refused");
        noted(&house, "request.refuse", &id(&house, "request").await).await;
        assert!(holds(&house, Check::DecidedByPeople).await);
        set(&house, "request", "answered_at = NULL", &[]).await;
        assert_eq!(found(&house, Check::RefusalsGrounded).await, (false, 1), "she was not told");
        set(&house, "request", "answered_at = $2, ground = 'no_time'", &[at(&house, 0)]).await;
        assert_eq!(found(&house, Check::RefusalsGrounded).await, (false, 1), "no law knows this ground");
        set(&house, "request_step", "act = 'decide', state = 'kept', done_by = NULL", &[]).await;
        assert_eq!(found(&house, Check::DecidedByPeople).await, (false, 1), "an objection was judged by nobody");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_consent_that_outlives_the_request_to_take_it_back_is_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        set(&house, "request", "kind = 'consent_withdrawal'", &[]).await;
        set(&house, "request_step", "act = 'withdraw', state = 'done', done_at = $2", &[at(&house, 1)]).await;
        set(&house, "consent", "state = 'withdrawn'", &[]).await;
        assert!(holds(&house, Check::WithdrawalsHeard).await);
        set(&house, "consent", "state = 'given'", &[]).await;
        assert_eq!(found(&house, Check::WithdrawalsHeard).await, (false, 1));
        set(&house, "consent", "decided_at = $2", &[at(&house, 2)]).await;
        assert!(holds(&house, Check::WithdrawalsHeard).await, "she agreed again afterwards");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_table_that_no_export_takes_along_is_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        assert_eq!(found(&house, Check::LeavingWhole).await, (true, 0));
        change(&house, "CREATE TABLE loyalty (organisation TEXT, points TEXT)", Vec::new()).await;
        assert!(holds(&house, Check::LeavingWhole).await, "there is nothing in it");
        let points = "INSERT INTO loyalty (organisation, points) VALUES ($1, '7')";
        change(&house, points, vec![house.organisation.into()]).await;
        assert_eq!(found(&house, Check::LeavingWhole).await, (false, 1));
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_organisation_that_left_and_is_still_here_is_found() {
    for house in House::both().await {
        let (left, now) = (OrganisationId::new(&house.world), house.world.now());
        let end = DepartureId::new(&house.world);
        let work = |statement| Work::new(Fence::Organisation(left)).with(statement);
        house.store.write(work(departure::insert(left, end, "{}", now))).await.unwrap();
        house.store.write(work(departure::finish(left, end, "{}", "{}", now))).await.unwrap();
        assert_eq!(found(&house, Check::DepartedGone).await, (true, 0));
        let (name, settings) = ("Teestube am Markt".to_owned(), "{}".to_owned());
        let row = OrganisationRow { id: left, name, widget_key: format!("wk_{left}"), settings, created_at: now };
        house.store.write(work(store::organisation::insert(row))).await.unwrap();
        assert_eq!(found(&house, Check::DepartedGone).await, (false, 1));
    }
}
