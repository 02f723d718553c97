//! A request is worked off however often the program is killed in it: nothing is left out, nothing is done or said twice.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use desk::consent::{Scene, Shown, Signals};
use desk::request::{Asker, Filing, Settling};
use desk::survey::{Field, Filled, Label, Survey};
use desk::{Deed, Fault};
use model::{Actor, Kind as RefusalKind, Locale, RequestId};
use privacy::export::Extent;
use privacy::request::{Channel, Kind, Regime};

use crate::house::House;

/// Runs a future for so many polls, then drops it: that is what a killed program looks like to everything it had begun.
async fn cut_after<T>(polls: usize, work: impl Future<Output = T>) -> Option<T> {
    let mut work = pin!(work);
    let mut left = polls;
    std::future::poll_fn(|context| {
        if left == 0 {
            return Poll::Ready(None);
        }
        left -= 1;
        work.as_mut().poll(context).map(Some)
    })
    .await
}

async fn file(house: &House, kind: Kind, session: &desk::visitor::VisitorSession) -> RequestId {
    let actor = Actor::Visitor { organisation: session.organisation, person: session.person };
    let filing = Filing {
        kind,
        regime: Regime::Gdpr,
        channel: Channel::Widget,
        locale: Locale::En,
        reason: Some("Because.".to_owned()),
        correction: None,
        message: None,
    };
    house.desk.file_request(&actor, filing, Asker::Session(session.person)).await.unwrap()
}

/// Works a request off with a program that is killed again and again, each time a little later. Answers how often.
async fn work_with_kills(house: &House, id: RequestId) -> usize {
    let organisation = house.organisation.id;
    let (mut kills, mut polls, mut most) = (0, 1, 60);
    loop {
        let done: Option<Deed<_>> = cut_after(polls, house.desk.work_request(organisation, id)).await;
        match done {
            None => {
                kills += 1;
                // Each length of life three times: with one each, a quick machine is through before it was killed often.
                polls += usize::from(kills % 3 == 0);
                // The store finishes what it was handed; the next program starts after that.
                tokio::time::sleep(Duration::from_millis(2)).await;
                // Again from the beginning, and further than before: how many polls one run takes, only the machine knows.
                if polls > most {
                    (polls, most) = (1, most * 2);
                }
                assert!(kills < 5_000, "it never ends");
            }
            Some(Ok(None)) => return kills,
            Some(Ok(Some(wait))) => {
                house.clock.advance(wait);
                house.idle().await;
            }
            Some(Err(Fault::Refused(refusal))) if refusal.kind == RefusalKind::Conflict => {}
            Some(Err(fault)) => panic!("{fault:?}"),
        }
    }
}

#[tokio::test]
async fn killed_anywhere_a_request_goes_on_and_ends_in_the_same_place() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        for (kind, acts) in [
            (Kind::Access, vec!["acknowledge", "locate", "export", "letter"]),
            (Kind::AiOptOut, vec!["acknowledge", "locate", "ai_off", "letter"]),
            (Kind::Erasure, vec!["acknowledge", "locate", "erase", "letter"]),
        ] {
            let session = house.visitor().await;
            house.ask(&session, "How many days do I have to return boots?").await;
            let id = file(&house, kind, &session).await;
            let kills = work_with_kills(&house, id).await;
            assert!(kills >= 5, "{kind:?} was cut off {kills} times");
            let view = house.desk.request_view(house.organisation.id, id).await.unwrap();
            assert_eq!(view.row.state, "fulfilled", "{kind:?}");
            let seen: Vec<_> = view.steps.iter().map(|step| step.row.act.as_str()).collect();
            assert_eq!(seen, acts, "{kind:?}: planned once");
            assert!(view.steps.iter().all(|step| step.row.state == "done"), "{kind:?}");
            let letters = view.said.iter().filter(|one| one.kind == "letter").count();
            let erased = kind == Kind::Erasure;
            assert_eq!(letters, if erased { 0 } else { 2 }, "{kind:?}: acknowledgement and answer, each written once");
            assert_eq!(view.files.len(), usize::from(kind == Kind::Access), "{kind:?}: one archive");
            let gone = house.desk.person(house.organisation.id, session.person).await.is_err();
            assert_eq!(gone, erased, "{kind:?}");
        }
        let erasures = privacy::erase::latest(&house.desk.store, house.organisation.id, 10).await.unwrap();
        assert_eq!(erasures.len(), 1, "asked for once, however often the program was killed");
    }
}

/// What is too large to be backed up is not kept: a person hands it over and says so, and her answer says it too.
#[tokio::test]
async fn an_archive_that_is_too_large_waits_for_a_person_and_is_never_said_to_be_done() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let desk = desk::Desk { largest_archive: 1_000, ..house.desk.clone() };
        let organisation = house.organisation.id;
        let session = house.visitor().await;
        house.ask(&session, "How many days do I have to return boots?").await;
        let id = file(&house, Kind::Access, &session).await;
        desk.work_request(organisation, id).await.unwrap();
        let view = desk.request_view(organisation, id).await.unwrap();
        let step = view.steps.iter().map(|step| &step.row).find(|step| step.act == "export").unwrap();
        assert_eq!((step.state.as_str(), step.error_code.as_deref()), ("manual", Some("archive_too_large")));
        assert_eq!((view.files.len(), view.row.state.as_str()), (0, "in_progress"));
        let note = "Sent to you on a disk, against a signature.".to_owned();
        let settling = Settling { step: step.id, done: true, note: note.clone(), ground: None, kept_until: None };
        desk.settle_step(&house.staff(), id, settling).await.unwrap();
        desk.work_request(organisation, id).await.unwrap();
        let view = desk.request_view(organisation, id).await.unwrap();
        assert_eq!((view.files.len(), view.row.state.as_str()), (0, "fulfilled"));
        let mut letters = view.said.iter().filter_map(|one| one.letter.as_ref());
        assert!(letters.next_back().unwrap().body().contains(&note), "the answer says how she got it");
    }
}

#[tokio::test]
async fn what_she_takes_with_her_makes_her_the_same_person_in_an_empty_house() {
    let (from, to) = (testkit::engines().await, testkit::engines().await);
    for (from, to) in from.into_iter().zip(to) {
        let (here, there) = (House::open(from, None).await, House::open(to, None).await);
        // Two houses of a test throw the same dice; one of them throws on, so that nobody there has an id from here.
        for _ in 0..1_000 {
            let _ = model::PersonId::new(&here.desk.world);
        }
        let session = here.visitor().await;
        here.ask(&session, "How many days do I have to return boots?").await;
        here.ask(&session, "And what does shipping cost? <b>ü</b>").await;
        let contact = desk::person::Contact { name: Some("Ana Duarte".into()), email: Some("Ana@example.com".into()) };
        here.desk.correct_person(session.organisation, session.person, contact).await.unwrap();
        let archive = provided(&here, session.organisation, session.person).await;

        let person = there.desk.import_person(&there.staff(), &archive).await.unwrap();
        assert_eq!(person, session.person);
        there.idle().await;
        let again = provided(&there, there.organisation.id, person).await;
        assert_eq!(canonical(&archive), canonical(&again), "nothing is lost and nothing added");
        let found = there.desk.people(there.organisation.id, Some("ana@example.com")).await.unwrap();
        assert_eq!(found.len(), 1, "found by her address, although the key of the index is another one");

        let twice = there.desk.import_person(&there.staff(), &archive).await;
        assert!(matches!(twice, Err(Fault::Refused(refusal)) if refusal.kind == RefusalKind::Conflict));
        let actor = Actor::House { organisation: there.organisation.id };
        there.desk.erase(&actor, person).await.unwrap();
        there.idle().await;
        let back = there.desk.import_person(&there.staff(), &archive).await;
        assert!(
            matches!(back, Err(Fault::Refused(refusal)) if refusal.kind == RefusalKind::Gone),
            "whoever was erased stays erased"
        );
        for place in [archive.len() / 3, archive.len() / 2] {
            let mut changed = archive.clone();
            changed[place] ^= 1;
            let refused = there.desk.import_person(&there.staff(), &changed).await;
            assert!(matches!(refused, Err(Fault::Refused(_))), "one changed bit");
        }
    }
}

/// Asks for an order number, and for an address under a consent of its own.
async fn surveyed(house: &House) -> Survey {
    house.desk.publish_wording(&house.staff(), "contact", &[(Locale::En, "You may write to me.")]).await.unwrap();
    let question = |label: &str, purpose: Option<&str>| Field {
        label: Label { en: label.into(), ..Label::default() },
        purpose: purpose.map(str::to_owned),
        ..Field::default()
    };
    let survey = Survey {
        fields: vec![question("Order number", None), question("Your e-mail", Some("contact"))],
        ..Survey::default()
    };
    house.desk.change_survey(&house.staff(), survey).await.unwrap()
}

#[tokio::test]
async fn a_consent_travels_only_to_a_house_that_asks_with_the_very_same_words() {
    for knows_the_words in [true, false] {
        let (from, to) = (testkit::engines().await, testkit::engines().await);
        for (from, to) in from.into_iter().zip(to) {
            let (here, there) = (House::open(from, None).await, House::open(to, None).await);
            for _ in 0..1_000 {
                let _ = model::PersonId::new(&here.desk.world);
            }
            let survey = surveyed(&here).await;
            let session = here.visitor().await;
            let text = here.desk.wordings(session.organisation).await.unwrap().0.remove(0);
            let fields = survey.fields.iter().map(|field| field.id.clone());
            let filled = Filled {
                answers: fields.zip(["A-4711".to_owned(), "ana@example.com".to_owned()]).collect(),
                given: vec![text.id],
                under_age: None,
                scene: Scene { shown: Shown::Survey, language: Locale::En, signals: Signals::default() },
            };
            here.desk.fill_survey(&session, filled).await.unwrap();
            let archive = archive(&here, session.organisation, session.person, Extent::Everything).await;

            if knows_the_words {
                let known = store::consent_text::insert(there.organisation.id, text);
                let work = store::Work::new(store::Fence::Organisation(there.organisation.id)).with(known);
                there.desk.store.write(work).await.unwrap();
            }
            let person = there.desk.import_person(&there.staff(), &archive).await.unwrap();
            let answers = there.desk.survey_answers(there.organisation.id, person).await.unwrap();
            let answers: Vec<_> = answers.iter().map(|one| one.words.expose()).collect();
            let decisions = there.desk.decisions(there.organisation.id, person).await.unwrap();
            let states: Vec<_> = decisions.iter().map(|one| one.state.as_str()).collect();
            match knows_the_words {
                true => assert_eq!((answers, states), (vec!["A-4711", "ana@example.com"], vec!["given"])),
                false => {
                    assert_eq!((answers, states), (vec!["A-4711"], vec![]), "what she told one is not told another")
                }
            }
        }
    }
}

async fn provided(house: &House, organisation: model::OrganisationId, person: model::PersonId) -> Vec<u8> {
    archive(house, organisation, person, Extent::Provided).await
}

async fn archive(
    house: &House,
    organisation: model::OrganisationId,
    person: model::PersonId,
    extent: Extent,
) -> Vec<u8> {
    let desk = &house.desk;
    privacy::export::zip_of(&desk.keyring, &desk.store, &desk.world, (organisation, person), extent).await.unwrap()
}

/// What the archive says, without when it was made, whose it is and when she was last seen.
fn canonical(archive: &[u8]) -> serde_json::Value {
    let mut zip = zip::ZipArchive::new(std::io::Cursor::new(archive)).unwrap();
    let mut document: serde_json::Value = serde_json::from_reader(zip.by_name("data.json").unwrap()).unwrap();
    for row in document["tables"]["person"]["rows"].as_array_mut().unwrap() {
        row["last_seen_at"] = serde_json::Value::Null;
    }
    for row in document["tables"]["conversation"]["rows"].as_array_mut().unwrap() {
        // Whether its words are made findable yet is the house's own affair.
        row.as_object_mut().unwrap().remove("words_seq");
    }
    document["tables"].take()
}

#[tokio::test]
async fn a_hundred_requests_at_once_are_worked_off_each_by_itself() {
    for store in testkit::engines().await {
        let house = House::open(store, None).await;
        let mut ids = Vec::new();
        for _ in 0..100 {
            let session = house.visitor().await;
            ids.push(file(&house, Kind::Access, &session).await);
        }
        let works = ids.iter().map(|id| house.desk.work_request(house.organisation.id, *id));
        for outcome in futures::future::join_all(works).await {
            assert!(outcome.unwrap().is_none(), "nothing waits");
        }
        for id in ids {
            let view = house.desk.request_view(house.organisation.id, id).await.unwrap();
            assert_eq!((view.row.state.as_str(), view.files.len()), ("fulfilled", 1));
        }
    }
}
