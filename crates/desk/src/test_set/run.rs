//! A run of a test set: a job asks one question after the other and saves after each, so it shows how far it is, and goes on
//! where it was cut off.

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Actor, Locale, OrganisationId, Refusal, TestRunId, TestSetId};
use store::test_run::{self as rows, TestRunRow};
use store::{Fence, Work};

use super::{Case, Cited, Fared, KEPT_RUNS, TestRun, json, read, shown_run};
use crate::answer::trial::Answerer;
use crate::body::citation_link;
use crate::lineup::Chosen;
use crate::{Deed, Desk, Fault};

/// The kind of the job; its subject is the run.
pub const JOB: &str = "test_run";
/// More runs of a set than are ever kept.
const EVERY: i64 = 1_000;

impl Desk {
    /// Begins a run; the oldest one goes when there are too many.
    pub async fn run_test_set(&self, actor: &Actor, set: TestSetId, answerer: Answerer) -> Deed<TestRun> {
        let organisation = actor.organisation();
        let cases = self.test_set(organisation, set).await?.cases;
        let chosen = self.answerer(organisation, answerer).await?;
        let row = TestRunRow {
            id: TestRunId::new(&self.world),
            set,
            answerer: answerer.word(),
            label: self.label(organisation, answerer, chosen.as_ref()).await?,
            state: "running".to_owned(),
            done: 0,
            total: i64::try_from(cases.len()).unwrap_or(i64::MAX),
            cases: json(&cases)?,
            results: "[]".to_owned(),
            created_at: self.world.now(),
            finished_at: None,
        };
        let fence = Fence::Organisation(organisation);
        let known = self.store.all(fence, rows::of_set(organisation, set, EVERY)).await?;
        let too_many = known.iter().skip(usize::try_from(KEPT_RUNS - 1).unwrap_or(0));
        let old: Vec<TestRunId> = too_many.map(|row| row.id("id")).collect::<Result<_, _>>()?;
        let work = Work::new(fence)
            .extend(old.into_iter().map(|id| rows::delete(organisation, id)))
            .with(rows::insert(organisation, &row))
            .with(self.audit(actor, "test_set.run", "test_run", &row.id.to_string()))
            .with(jobs::enqueue(&self.world, organisation, JOB, &row.id.to_string(), self.world.now()));
        self.store.write(work).await?;
        self.bell.ring();
        shown_run(row)
    }

    /// One run with what it has found so far.
    pub async fn test_run(&self, organisation: OrganisationId, id: TestRunId) -> Deed<TestRun> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        shown_run(TestRunRow::from_row(&row.ok_or_else(Refusal::not_found)?)?)
    }

    /// What the answerer is called at this time.
    async fn label(&self, organisation: OrganisationId, answerer: Answerer, chosen: Option<&Chosen>) -> Deed<String> {
        let Some(chosen) = chosen else { return Ok("Built-in answerer".to_owned()) };
        if let Answerer::Provider(id) = answerer {
            return Ok(self.provider_row(organisation, id).await?.name);
        }
        let models: Vec<&str> = chosen.lineup.clients().iter().map(outside::model::Client::model).collect();
        Ok(models.join(", then "))
    }

    /// Goes on with a run until it is done.
    pub async fn go_on_with_run(&self, organisation: OrganisationId, id: TestRunId) -> Deed<()> {
        let fence = Fence::Organisation(organisation);
        let Some(row) = self.store.one(fence, rows::by_id(organisation, id)).await? else { return Ok(()) };
        let row = TestRunRow::from_row(&row)?;
        if row.state != "running" {
            return Ok(());
        }
        let (cases, mut results): (Vec<Case>, Vec<Fared>) = (read(&row.cases)?, read(&row.results)?);
        let chosen = match self.answerer(organisation, Answerer::from_word(&row.answerer)?).await {
            Ok(chosen) => chosen,
            // The provider was switched off meanwhile: what was found stays.
            Err(Fault::Refused(_)) => return self.save_run((organisation, id), "failed", &results).await,
            Err(fault) => return Err(fault),
        };
        for case in cases.iter().skip(results.len()) {
            results.push(self.fared(organisation, chosen.as_ref(), case).await?);
            let state = if results.len() == cases.len() { "done" } else { "running" };
            self.save_run((organisation, id), state, &results).await?;
        }
        Ok(())
    }

    async fn fared(&self, organisation: OrganisationId, chosen: Option<&Chosen>, case: &Case) -> Deed<Fared> {
        let begun = self.world.now();
        let composed = self.attempt(organisation, chosen, (&case.question, language(&case.question))).await?;
        let cited = composed.citations.iter();
        let mut fared = Fared {
            outcome: composed.outcome.word().to_owned(),
            cited: cited.map(|one| Cited { title: one.title.clone(), link: citation_link(one) }).collect(),
            text: composed.text,
            hit: None,
            missed: Vec::new(),
            took_ms: i64::try_from(self.world.now().since(begun).as_millis()).unwrap_or(i64::MAX),
        };
        if let Some(missed) = case.judge(&fared) {
            (fared.hit, fared.missed) = (Some(missed.is_empty()), missed);
        }
        Ok(fared)
    }

    /// Saves how far it is. A run that was removed meanwhile ends with it.
    async fn save_run(
        &self,
        (organisation, id): (OrganisationId, TestRunId),
        state: &str,
        fared: &[Fared],
    ) -> Deed<()> {
        let done = i64::try_from(fared.len()).unwrap_or(i64::MAX);
        let finished = (state != "running").then(|| self.world.now());
        let save = rows::save(organisation, id, (state, done, &json(&fared)?), finished);
        self.store.write(Work::new(Fence::Organisation(organisation)).with(save)).await?;
        Ok(())
    }
}

/// The language in which a question would be answered.
fn language(question: &str) -> Locale {
    Locale::nearest(knowledge::Language::of_text(question).tag())
}

/// Runs test sets.
pub struct TestRuns(pub Desk);

impl Reconciler for TestRuns {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse::<TestRunId>() else { return Ok(Next::Done) };
            match self.0.go_on_with_run(job.organisation, id).await {
                Ok(()) => Ok(Next::Done),
                Err(fault) => fault.ends_job(),
            }
        })
    }
}
