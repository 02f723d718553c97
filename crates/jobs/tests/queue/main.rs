//! Stories of the queue, on a real store with a clock that moves when told.

#![expect(clippy::unwrap_used, reason = "tests fail loudly")]

mod house;

use std::time::Duration;

use house::{Act, House, Scripted};
use jobs::{JobFault, Next, Pace, Runner};
use store::{Fence, Work};
use tokio::sync::mpsc::UnboundedReceiver;

fn subjects(came: &mut UnboundedReceiver<jobs::Job>) -> Vec<String> {
    std::iter::from_fn(|| came.try_recv().ok().map(|job| job.subject)).collect()
}

#[tokio::test]
async fn a_job_runs_once_and_leaves_no_row() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![]);
        let running = Runner::new(house.store.clone(), house.world.clone()).with(answer).start();
        house.enqueue("answer", "con_1").await;
        house.enqueue("answer", "con_2").await;
        running.idle().await.unwrap();
        assert_eq!(subjects(&mut came), ["con_1", "con_2"]);
        assert!(house.row("answer", "con_1").await.is_none());
        running.stop().await;
    }
}

#[tokio::test]
async fn the_bell_wakes_at_once() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![]);
        let runner = Runner::new(house.store.clone(), house.world.clone()).with(answer);
        let bell = runner.bell();
        let running = runner.start();
        running.idle().await.unwrap();
        house.enqueue("answer", "con_1").await;
        bell.ring();
        let job = tokio::time::timeout(Duration::from_secs(3), came.recv())
            .await
            .expect("long before the slow poll")
            .unwrap();
        assert_eq!((job.kind, job.subject.as_str(), job.attempts), ("answer", "con_1", 1));
        assert_eq!(job.organisation, house.organisation);
        running.idle().await.unwrap();
    }
}

#[tokio::test]
async fn asking_twice_is_asking_once_and_the_earlier_moment_counts() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![]);
        let soon = house.world.now().plus(Duration::from_secs(10));
        house.enqueue_at("answer", "con_1", soon).await;
        house.enqueue_at("answer", "con_1", soon.plus(Duration::from_secs(100))).await;
        assert_eq!(house.row("answer", "con_1").await.unwrap().run_at, soon);
        let running = Runner::new(house.store.clone(), house.world.clone()).with(answer).start();
        running.idle().await.unwrap();
        assert!(subjects(&mut came).is_empty(), "not before its moment");
        house.clock.advance(Duration::from_secs(10));
        running.idle().await.unwrap();
        assert_eq!(subjects(&mut came), ["con_1"]);
    }
}

#[tokio::test]
async fn asked_again_while_it_runs_it_runs_once_more() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![Act::Wait]);
        let runner = Runner::new(house.store.clone(), house.world.clone()).with(answer.clone());
        let bell = runner.bell();
        let running = runner.start();
        house.enqueue("answer", "con_1").await;
        bell.ring();
        came.recv().await.unwrap();
        for _ in 0..3 {
            house.enqueue("answer", "con_1").await;
        }
        assert_eq!(house.row("answer", "con_1").await.unwrap().state, "again");
        answer.gate.notify_one();
        running.idle().await.unwrap();
        assert_eq!(subjects(&mut came), ["con_1"], "once more, not three times");
        assert!(house.row("answer", "con_1").await.is_none());
    }
}

#[tokio::test]
async fn a_failure_is_tried_again_later_and_later_then_given_up() {
    for house in House::each().await {
        let fault = || Act::End(Err(JobFault::new("model_unreachable")));
        let (answer, mut came) = Scripted::new("answer", vec![fault(), fault(), fault(), fault()]);
        let running = Runner::new(house.store.clone(), house.world.clone()).with(answer).start();
        house.enqueue("answer", "con_1").await;
        for (pause, runs) in [(1, 1), (2, 2)] {
            running.idle().await.unwrap();
            assert_eq!(subjects(&mut came).len(), 1);
            let row = house.row("answer", "con_1").await.unwrap();
            assert_eq!(
                (row.state.as_str(), row.attempts, row.error_code.as_deref()),
                ("ready", runs, Some("model_unreachable"))
            );
            let wait = row.run_at.since(house.world.now());
            assert!(wait >= Duration::from_secs(pause) && wait <= Duration::from_secs(pause).mul_f64(1.26), "{wait:?}");
            house.clock.advance(wait);
        }
        running.idle().await.unwrap();
        let row = house.row("answer", "con_1").await.unwrap();
        assert_eq!((row.state.as_str(), row.attempts), ("failed", 3));
        subjects(&mut came);
        house.enqueue("answer", "con_1").await;
        running.idle().await.unwrap();
        assert_eq!(subjects(&mut came).len(), 1);
        let row = house.row("answer", "con_1").await.unwrap();
        assert_eq!((row.state.as_str(), row.attempts), ("ready", 1), "asked again, it starts afresh");
    }
}

#[tokio::test]
async fn a_lasting_failure_is_given_up_at_once_and_its_words_stay_out_of_the_row() {
    for house in House::each().await {
        let (answer, _came) =
            Scripted::new("answer", vec![Act::End(Err(JobFault::lasting("a long story".to_owned())))]);
        let running = Runner::new(house.store.clone(), house.world.clone()).with(answer).start();
        house.enqueue("answer", "con_1").await;
        running.idle().await.unwrap();
        let row = house.row("answer", "con_1").await.unwrap();
        assert_eq!((row.state.as_str(), row.error_code.as_deref()), ("failed", Some("fault")));
    }
}

#[tokio::test]
async fn a_panic_is_one_job_s_failure_only() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![Act::Panic]);
        let running = Runner::new(house.store.clone(), house.world.clone()).with(answer).start();
        house.enqueue("answer", "con_1").await;
        running.idle().await.unwrap();
        assert_eq!(house.row("answer", "con_1").await.unwrap().error_code.as_deref(), Some("panicked"));
        house.clock.advance(Duration::from_secs(2));
        house.enqueue("answer", "con_2").await;
        running.idle().await.unwrap();
        assert_eq!(subjects(&mut came).len(), 3, "the other job and the second try");
        assert!(house.row("answer", "con_1").await.is_none());
    }
}

#[tokio::test]
async fn again_is_no_failure() {
    for house in House::each().await {
        let (watch, mut came) = Scripted::new("watch", vec![Act::End(Ok(Next::Again(Duration::from_secs(60))))]);
        let running = Runner::new(house.store.clone(), house.world.clone()).with(watch).start();
        house.enqueue("watch", "src_1").await;
        running.idle().await.unwrap();
        let row = house.row("watch", "src_1").await.unwrap();
        assert_eq!((row.state.as_str(), row.attempts, row.error_code), ("ready", 0, None));
        house.clock.advance(Duration::from_secs(60));
        running.idle().await.unwrap();
        assert_eq!(subjects(&mut came).len(), 2);
    }
}

#[tokio::test]
async fn a_dead_worker_s_job_is_taken_again_after_its_lease_and_its_late_word_changes_nothing() {
    for house in House::each().await {
        house.enqueue("answer", "con_1").await;
        // A worker claims and dies: nothing but its claim is left.
        let claim = store::job::claim(&store::job::kinds(["answer"]), house.world.now(), house.world.now(), 5);
        let done = house.store.write(Work::new(Fence::House).with(claim)).await.unwrap();
        let dead = store::job::ClaimedRow::from_row(&done[0].rows[0]).unwrap();
        let late = store::job::Claim { organisation: house.organisation, id: dead.id, at: house.world.now() };

        let (answer, mut came) = Scripted::new("answer", vec![Act::Wait]);
        let runner = Runner::new(house.store.clone(), house.world.clone()).with(answer.clone());
        let bell = runner.bell();
        let running = runner.start();
        house.clock.advance(Duration::from_secs(59));
        running.idle().await.unwrap();
        assert!(subjects(&mut came).is_empty(), "it may still live");
        house.clock.advance(Duration::from_secs(1));
        bell.ring();
        assert_eq!(came.recv().await.unwrap().attempts, 2);

        let word = Work::new(Fence::Organisation(house.organisation)).extend(store::job::finish(late));
        let done = house.store.write(word).await.unwrap();
        assert!(done.iter().all(|done| done.changed == 0), "whoever lost the claim changes nothing");
        assert_eq!(house.row("answer", "con_1").await.unwrap().state, "running");
        answer.gate.notify_one();
        running.idle().await.unwrap();
        assert!(house.row("answer", "con_1").await.is_none());
    }
}

/// A clock that was ahead claimed one job and put another off by days; then it was set right.
#[tokio::test]
async fn a_clock_that_was_set_back_keeps_nobody_waiting() {
    for house in House::each().await {
        let right = house.world.now();
        house.clock.advance(Duration::from_secs(10 * 24 * 60 * 60));
        house.enqueue("answer", "con_1").await;
        let claim = store::job::claim(&store::job::kinds(["answer"]), house.world.now(), house.world.now(), 5);
        house.store.write(Work::new(Fence::House).with(claim)).await.unwrap();
        house.enqueue("answer", "con_2").await;
        house.clock.set(right);

        let (answer, mut came) = Scripted::new("answer", vec![]);
        let runner = Runner::new(house.store.clone(), house.world.clone()).with(answer);
        let (bell, running) = (runner.bell(), runner.start());
        bell.ring();
        assert_eq!(came.recv().await.unwrap().subject, "con_1", "whoever claimed it in the future is not waited for");
        let sooner = store::job::put_right(house.organisation, "answer", house.world.now());
        house.store.write(Work::new(Fence::Organisation(house.organisation)).with(sooner)).await.unwrap();
        bell.ring();
        assert_eq!(came.recv().await.unwrap().subject, "con_2");
        running.stop().await;
    }
}

#[tokio::test]
async fn stopping_waits_a_moment_then_releases_what_still_runs() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![Act::Wait, Act::Wait]);
        let runner =
            Runner::new(house.store.clone(), house.world.clone()).with(answer.clone()).grace(Duration::from_millis(50));
        let bell = runner.bell();
        let running = runner.start();
        house.enqueue("answer", "con_1").await;
        house.enqueue("answer", "con_2").await;
        bell.ring();
        came.recv().await.unwrap();
        came.recv().await.unwrap();
        answer.gate.notify_one();
        running.stop().await;
        let left = [house.row("answer", "con_1").await, house.row("answer", "con_2").await];
        let left: Vec<_> = left.into_iter().flatten().collect();
        assert_eq!(left.len(), 1, "one was done, one is left");
        assert_eq!((left[0].state.as_str(), left[0].attempts), ("ready", 0), "for the next start, at once");
    }
}

#[tokio::test]
async fn slow_jobs_do_not_keep_quick_ones_waiting() {
    for house in House::each().await {
        let (crawl, mut crawls) = Scripted::paced("crawl", Pace::Slow, vec![Act::Wait, Act::Wait]);
        let (answer, mut answers) = Scripted::new("answer", vec![]);
        let runner = Runner::new(house.store.clone(), house.world.clone()).with(crawl.clone()).with(answer).workers(1);
        let bell = runner.bell();
        let running = runner.start();
        house.enqueue("crawl", "crw_1").await;
        house.enqueue("crawl", "crw_2").await;
        bell.ring();
        crawls.recv().await.unwrap();
        house.enqueue("answer", "con_1").await;
        bell.ring();
        assert_eq!(answers.recv().await.unwrap().subject, "con_1");
        assert!(crawls.try_recv().is_err(), "one slow job at a time");
        crawl.gate.notify_one();
        crawls.recv().await.unwrap();
        crawl.gate.notify_one();
        running.idle().await.unwrap();
    }
}

#[tokio::test]
async fn many_jobs_all_run_and_a_kind_nobody_knows_stays() {
    for house in House::each().await {
        let (answer, mut came) = Scripted::new("answer", vec![]);
        house.enqueue("unheard_of", "x_1").await;
        for number in 0..200 {
            house.enqueue("answer", &format!("con_{number}")).await;
        }
        let running = Runner::new(house.store.clone(), house.world.clone()).with(answer).workers(8).start();
        running.idle().await.unwrap();
        let mut who = subjects(&mut came);
        who.sort();
        who.dedup();
        assert_eq!(who.len(), 200, "each once");
        assert_eq!(house.row("unheard_of", "x_1").await.unwrap().state, "ready");
    }
}

#[tokio::test]
async fn progress_can_be_watched_and_a_forgotten_subject_has_no_jobs() {
    for house in House::each().await {
        let (export, mut came) = Scripted::new("export", vec![Act::Wait]);
        let runner = Runner::new(house.store.clone(), house.world.clone()).with(export.clone());
        let bell = runner.bell();
        let running = runner.start();
        house.enqueue("export", "per_1").await;
        bell.ring();
        let job = came.recv().await.unwrap();
        let fence = Fence::Organisation(house.organisation);
        house.store.write(Work::new(fence).with(job.steps(3, 7))).await.unwrap();
        let row = house.row("export", "per_1").await.unwrap();
        assert_eq!((row.done_steps, row.total_steps), (3, 7));
        let forget = store::job::forget(house.organisation, "per_1");
        house.store.write(Work::new(fence).with(forget)).await.unwrap();
        export.gate.notify_one();
        running.idle().await.unwrap();
        assert!(house.row("export", "per_1").await.is_none(), "the end of the run brings nothing back");
    }
}
