//! The promise ledger sees what is wrong: each check is shown a live database in which its promise is broken.

use std::sync::Arc;
use std::time::Duration;

use model::{ApiKeyId, ErasureId, JobId, OrganisationId, PersonId, VisitorSessionId};
use privacy::Fault;
use privacy::promise::{Check, Finding, Prover, Scene, Verdict, Witness, attest, standing};
use store::{Fence, Statement, Value, Work};
use vault::{BoxFuture, Place};

use crate::house::House;
use crate::plant::{RECIPIENT, plant};

/// Knows the circumstances and vouches for whatever the store cannot show.
struct Friend(Scene);

impl Witness for Friend {
    fn scene<'a>(&'a self, _: OrganisationId) -> BoxFuture<'a, Result<Scene, Fault>> {
        Box::pin(async { Ok(self.0.clone()) })
    }

    fn see<'a>(&'a self, _: Check, _: OrganisationId) -> BoxFuture<'a, Result<Option<Finding>, Fault>> {
        Box::pin(async { Ok(Some(Finding::given(true, 0, "seen"))) })
    }
}

pub fn scene(recipient: Option<&str>) -> Scene {
    Scene {
        organisation: "Nadel & Faden".into(),
        embedded: true,
        recipients: recipient.iter().map(|name| ((*name).to_owned(), "IE".to_owned())).collect(),
        registered: recipient.iter().map(|name| (*name).to_owned()).collect(),
        assistant: true,
        backups: false,
        keep_days: 30,
        ask_age: Some(16),
    }
}

pub fn prover(house: &House, scene: Scene) -> Prover {
    Prover::new((house.store.clone(), house.keyring.clone(), house.world.clone()), Arc::new(Friend(scene)))
}

/// What the check finds now.
pub async fn finds(house: &House, scene: Scene, check: Check) -> (bool, i64) {
    let found = prover(house, scene).prove(house.organisation).await.unwrap();
    let row = found.iter().find(|row| row.examined == check.word()).unwrap_or_else(|| panic!("{}", check.word()));
    (row.holds, row.figure)
}

pub async fn holds(house: &House, check: Check) -> bool {
    finds(house, scene(None), check).await.0
}

pub async fn change(house: &House, sql: &str, values: Vec<Value>) {
    house.store.write(Work::new(Fence::House).with(Statement::owned(sql.to_owned(), values))).await.unwrap();
}

/// Somebody without anything else, last seen some days ago.
async fn somebody(house: &House, days: u64) -> PersonId {
    let person = PersonId::new(&house.world);
    house.keyring.create(house.organisation, &person.to_string()).await.unwrap();
    let seen = house.world.now().minus(Duration::from_secs(days * 86_400));
    let row = vec![
        ("id", person.into()),
        ("organisation", house.organisation.into()),
        ("locale", "de".into()),
        ("created_at", seen.into()),
        ("last_seen_at", seen.into()),
    ];
    house.insert("person", row).await;
    person
}

async fn job(house: &House, kind: &str, subject: &str, run_at: i64) {
    let number = |name| (name, Value::Int(0));
    let mut row = vec![
        ("id", JobId::new(&house.world).into()),
        ("organisation", house.organisation.into()),
        ("kind", kind.into()),
        ("subject", subject.into()),
        ("state", "ready".into()),
        ("run_at", run_at.into()),
        ("created_at", house.world.now().into()),
    ];
    row.extend(["attempts", "done_steps", "total_steps"].map(number));
    house.insert("job", row).await;
}

/// A house in which everything the store can show is right.
async fn right(house: &House) {
    somebody(house, 1).await;
    job(house, "retain", &house.organisation.to_string(), house.world.now().millis()).await;
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn in_a_house_that_keeps_its_word_every_promise_holds() {
    for house in House::both().await {
        right(&house).await;
        let erased = somebody(&house, 1).await;
        house.erase(erased).await;
        let (scene, now) = (scene(None), house.world.now());
        let found = prover(&house, scene.clone()).prove(house.organisation).await.unwrap();
        for row in &found {
            assert!(row.holds, "{}: {} {}", row.examined, row.figure, row.says);
        }
        let stand = standing(&house.store, now, house.organisation, &scene).await.unwrap();
        let live: Vec<_> = stand.iter().filter(|one| !one.looks.is_empty()).collect();
        assert!(live.len() > 25, "{}", live.len());
        for one in &live {
            assert_eq!(one.verdict, Verdict::Holds, "{}", one.promise.id);
        }
        let later = now.plus(Duration::from_secs(27 * 3_600));
        let stand = standing(&house.store, later, house.organisation, &scene).await.unwrap();
        assert!(stand.iter().all(|one| !one.verdict.is_published()), "old findings prove nothing");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_without_a_seal_or_under_another_key_are_found() {
    let house = House::embedded().await;
    let (ada, bob) = (somebody(&house, 1).await, somebody(&house, 1).await);
    assert!(holds(&house, Check::SealedCells).await && holds(&house, Check::OwnKeys).await);
    let name = |sealed: Value| vec![house.organisation.into(), bob.into(), sealed];
    let put = "UPDATE person SET name_sealed = $3 WHERE organisation = $1 AND id = $2";
    change(&house, put, name(b"Bob Unsealed, in the clear".to_vec().into())).await;
    assert_eq!(finds(&house, scene(None), Check::SealedCells).await, (false, 1));

    let hers = house.keyring.subject(house.organisation, &ada.to_string()).await.unwrap();
    let row = bob.to_string();
    let place = Place { organisation: house.organisation, table: "person", column: "name_sealed", row: &row };
    change(&house, put, name(hers.seal(&place, "Bob").unwrap().into())).await;
    assert!(holds(&house, Check::SealedCells).await, "it is an envelope");
    assert_eq!(finds(&house, scene(None), Check::OwnKeys).await, (false, 1), "but of another key");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_token_in_the_clear_is_found() {
    let house = House::embedded().await;
    assert!(holds(&house, Check::SecretsHashed).await);
    let row = vec![
        ("id", ApiKeyId::new(&house.world).into()),
        ("organisation", house.organisation.into()),
        ("name", "Shop system".into()),
        ("token_hash", Value::Bytes(b"ck_a_token_that_is_no_hash".to_vec())),
        ("scopes", "privacy".into()),
        ("created_by", house.member.into()),
        ("created_at", house.world.now().into()),
    ];
    house.insert("api_key", row).await;
    assert_eq!(finds(&house, scene(None), Check::SecretsHashed).await, (false, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_address_in_the_clear_and_a_page_behind_a_host_are_found() {
    for house in House::both().await {
        let ada = plant(&house, "ada").await;
        assert!(holds(&house, Check::ClearAddresses).await && holds(&house, Check::HostsOnly).await);
        job(&house, "letter", "ada@customer.example", 0).await;
        assert_eq!(finds(&house, scene(None), Check::ClearAddresses).await, (false, 1));
        let page =
            "UPDATE conversation SET page_host = 'shop.example/cart?item=7' WHERE organisation = $1 AND person = $2";
        change(&house, page, vec![house.organisation.into(), ada.person.into()]).await;
        assert!(!holds(&house, Check::HostsOnly).await);
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_kept_too_long_and_a_stopped_retention_are_found() {
    for house in House::both().await {
        assert!(!holds(&house, Check::RetentionAlive).await, "without a job nobody erases");
        right(&house).await;
        assert!(holds(&house, Check::RetentionAlive).await && holds(&house, Check::Overdue).await);
        somebody(&house, 32).await;
        assert_eq!(finds(&house, scene(None), Check::Overdue).await, (false, 1));
        let late = house.world.now().minus(Duration::from_secs(3 * 3_600));
        let stop = "UPDATE job SET run_at = $2 WHERE organisation = $1 AND kind = 'retain'";
        change(&house, stop, vec![house.organisation.into(), late.into()]).await;
        assert_eq!(finds(&house, scene(None), Check::RetentionAlive).await, (false, 180));
        change(
            &house,
            "UPDATE job SET state = 'failed', run_at = $2 WHERE organisation = $1 AND kind = 'retain'",
            vec![house.organisation.into(), house.world.now().into()],
        )
        .await;
        assert!(!holds(&house, Check::RetentionAlive).await, "given up");
        let tomorrow = house.world.now().plus(Duration::from_secs(24 * 3_600));
        let ahead = "UPDATE job SET state = 'ready', run_at = $2 WHERE organisation = $1 AND kind = 'retain'";
        change(&house, ahead, vec![house.organisation.into(), tomorrow.into()]).await;
        assert_eq!(finds(&house, scene(None), Check::RetentionAlive).await, (false, 1_440), "the clock was set back");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_session_past_its_end_is_found() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let session = vec![
        ("id", VisitorSessionId::new(&house.world).into()),
        ("organisation", house.organisation.into()),
        ("person", ada.person.into()),
        ("token_hash", Value::Bytes(vec![0xf0; 32])),
        ("conversation", ada.ids["conversation"].as_str().into()),
        ("created_at", 1_i64.into()),
        ("expires_at", house.world.now().minus(Duration::from_secs(23 * 3_600)).into()),
    ];
    house.insert("visitor_session", session).await;
    assert!(holds(&house, Check::Expired).await, "on its day");
    change(
        &house,
        "UPDATE visitor_session SET expires_at = 7 WHERE organisation = $1 AND token_hash = $2",
        vec![house.organisation.into(), Value::Bytes(vec![0xf0; 32])],
    )
    .await;
    assert_eq!(finds(&house, scene(None), Check::Expired).await, (false, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_is_back_and_whose_key_is_left_are_found() {
    let house = House::embedded().await;
    let ada = somebody(&house, 1).await;
    house.erase(ada).await;
    assert!(holds(&house, Check::StayErased).await && holds(&house, Check::KeysDestroyed).await);
    let back = vec![
        ("id", ada.into()),
        ("organisation", house.organisation.into()),
        ("locale", "de".into()),
        ("created_at", 1_i64.into()),
        ("last_seen_at", house.world.now().into()),
    ];
    house.insert("person", back).await;
    assert_eq!(finds(&house, scene(None), Check::StayErased).await, (false, 1));
    let (long_ago, clock) = testkit::seeded_world(99);
    clock.set(house.world.now().minus(Duration::from_secs(2 * 86_400)));
    house.keyring.create(house.organisation, &PersonId::new(&long_ago).to_string()).await.unwrap();
    assert_eq!(finds(&house, scene(None), Check::KeysDestroyed).await, (false, 1));
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_erasure_that_waits_is_not_noted_or_has_a_false_receipt_is_found() {
    let house = House::embedded().await;
    let ada = somebody(&house, 1).await;
    let id = house.erase(ada).await;
    assert!(holds(&house, Check::ReceiptsGenuine).await && holds(&house, Check::DeedsNoted).await);
    let forged = "UPDATE erasure SET receipt = replace(receipt, '\"found\":0', '\"found\":00') , requested_by = 'member' WHERE organisation = $1 AND id = $2";
    change(&house, forged, vec![house.organisation.into(), id.into()]).await;
    assert!(!holds(&house, Check::DeedsNoted).await, "the staff asked, and no line says so");
    let forged = "UPDATE erasure SET receipt = $3 WHERE organisation = $1 AND id = $2";
    change(&house, forged, vec![house.organisation.into(), id.into(), "{\"format\":\"mine\"}".into()]).await;
    assert_eq!(finds(&house, scene(None), Check::ReceiptsGenuine).await, (false, 1));
    assert!(holds(&house, Check::ErasedInTime).await);
    let waiting = vec![
        ("id", ErasureId::new(&house.world).into()),
        ("organisation", house.organisation.into()),
        ("subject_mac", Value::Bytes(vec![1; 32])),
        ("state", "running".into()),
        ("steps", "{}".into()),
        ("requested_by", "visitor".into()),
        ("created_at", house.world.now().minus(Duration::from_secs(26 * 3_600)).into()),
    ];
    house.insert("erasure", waiting).await;
    assert_eq!(finds(&house, scene(None), Check::ErasedInTime).await, (false, 26));
    let kept = "UPDATE erasure SET state = 'held' WHERE organisation = $1 AND state = 'running'";
    change(&house, kept, vec![house.organisation.into()]).await;
    assert_eq!(finds(&house, scene(None), Check::ErasedInTime).await, (true, 0), "a legal hold keeps it");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn words_that_were_changed_and_what_outlives_its_consent_are_found() {
    for house in House::both().await {
        plant(&house, "ada").await;
        let print = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, b"I agree.").as_ref().to_vec();
        let whose = || vec![house.organisation.into()];
        let with = |value: Value| vec![house.organisation.into(), value];
        for (sql, values) in [
            ("UPDATE consent_text SET purpose = 'mail', body = 'I agree.' WHERE organisation = $1", whose()),
            ("UPDATE consent_text SET body_hash = $2 WHERE organisation = $1", with(print.clone().into())),
            ("UPDATE consent SET purpose = 'mail', state = 'given' WHERE organisation = $1", whose()),
            ("UPDATE consent SET wording_hash = $2 WHERE organisation = $1", with(print.into())),
            ("UPDATE survey_answer SET purpose = 'mail' WHERE organisation = $1", whose()),
        ] {
            change(&house, sql, values).await;
        }
        assert!(holds(&house, Check::ConsentsWhole).await && holds(&house, Check::WithdrawnGone).await);
        change(&house, "UPDATE consent_text SET body = 'I agree!' WHERE organisation = $1", whose()).await;
        assert_eq!(finds(&house, scene(None), Check::ConsentsWhole).await, (false, 1), "other words");
        change(&house, "UPDATE consent SET state = 'withdrawn' WHERE organisation = $1", whose()).await;
        assert_eq!(finds(&house, scene(None), Check::WithdrawnGone).await, (false, 1), "an answer is left");
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn an_unnamed_recipient_and_a_record_that_does_not_fit_are_found() {
    let house = House::embedded().await;
    assert!(holds(&house, Check::NothingLeft).await);
    let ada = plant(&house, "ada").await;
    assert!(!holds(&house, Check::NothingLeft).await, "something left a server that says nothing leaves");
    assert!(finds(&house, scene(Some(RECIPIENT)), Check::RecipientsNamed).await.0);
    assert_eq!(finds(&house, scene(Some("Somebody Else")), Check::RecipientsNamed).await, (false, 1));
    assert!(
        !finds(&house, scene(Some(RECIPIENT)), Check::DisclosuresExact).await.0,
        "the planted fingerprint fits nothing"
    );
    let sent =
        ada.markers.iter().find(|marker| marker.column == "content_sealed" && marker.table == "disclosure").unwrap();
    let hash = aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, &sent.needle).as_ref().to_vec();
    let fit = "UPDATE disclosure SET content_hash = $2 WHERE organisation = $1";
    change(&house, fit, vec![house.organisation.into(), hash.into()]).await;
    assert!(finds(&house, scene(Some(RECIPIENT)), Check::DisclosuresExact).await.0);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_column_that_is_not_on_the_map_is_found_and_one_that_counts_visitors_too() {
    for house in House::both().await {
        let checks = [Check::MapWhole, Check::UnwantedColumns, Check::NoAnalytics];
        for check in checks {
            assert!(holds(&house, check).await, "{}", check.word());
        }
        change(&house, "ALTER TABLE person ADD COLUMN ip_address TEXT", Vec::new()).await;
        change(&house, "CREATE TABLE visit_analytics (visitor TEXT)", Vec::new()).await;
        for check in checks {
            assert!(!holds(&house, check).await, "{}", check.word());
        }
    }
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn somebody_vouches_until_a_day_and_only_for_what_no_check_can_see() {
    let house = House::embedded().await;
    let who = (house.organisation, house.member);
    for (id, words, days) in [
        ("words-sealed", "I looked", 30),
        ("yearly-review", "", 30),
        ("yearly-review", "Ask ada@shop.example", 30),
        ("yearly-review", "Report 7", 401),
        ("no-such-promise", "Report 7", 30),
    ] {
        assert!(attest(&house.world, who, id, words, days).is_err(), "{id} {words} {days}");
    }
    let statement = attest(&house.world, who, "yearly-review", "Report 7 of Pruefhaus Nord", 30).unwrap();
    house.store.write(house.work().with(statement)).await.unwrap();
    for (day, verdict) in [(0, Verdict::Attested), (29, Verdict::Attested), (30, Verdict::Lapsed)] {
        let now = house.world.now().plus(Duration::from_secs(day * 86_400));
        let stand = standing(&house.store, now, house.organisation, &scene(None)).await.unwrap();
        let one = stand.iter().find(|one| one.promise.id == "yearly-review").unwrap();
        assert_eq!(one.verdict, verdict, "day {day}");
        assert_eq!(one.attested.as_ref().unwrap().by, house.member);
    }
}
