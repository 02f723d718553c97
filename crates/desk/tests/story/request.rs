//! A request is worked off however often the program is killed in it: nothing is left out, nothing is done or said twice.

use std::future::Future;
use std::pin::pin;
use std::task::Poll;
use std::time::Duration;

use desk::request::{Asker, Filing};
use desk::{Deed, Fault};
use model::{Actor, Kind as RefusalKind, Locale, RequestId};
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
    let (mut kills, mut polls) = (0, 1);
    loop {
        let done: Option<Deed<_>> = cut_after(polls, house.desk.work_request(organisation, id)).await;
        match done {
            None => {
                kills += 1;
                polls += 1;
                // The store finishes what it was handed; the next program starts after that.
                tokio::time::sleep(Duration::from_millis(2)).await;
                // Never longer than one run takes: otherwise the last one is never cut.
                if polls > 60 {
                    polls = 1;
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
            assert!(kills > 10, "{kind:?} was cut off {kills} times");
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
