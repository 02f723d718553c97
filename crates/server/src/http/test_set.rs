//! Test sets of the playground: questions with expectations, their runs by one answerer or another, and the results.

use axum::Json;
use axum::extract::{DefaultBodyLimit, State};
use axum::http::StatusCode;
use desk::answer::trial::Answerer;
use desk::test_set::{Case, Fared, TestRun, TestSet};
use model::{TestRunId, TestSetId};
use serde::{Deserialize, Serialize};
use utoipa::ToSchema;
use utoipa_axum::{router::OpenApiRouter, routes};

use super::body::{Body, Id};
use super::error::Answer;
use super::may::{May, ReadKnowledge, WriteKnowledge};
use crate::state::App;

/// A set may be a long one.
const SET_BYTES: usize = 1024 * 1024;

/// The addresses of this file.
pub fn routes() -> OpenApiRouter<App> {
    OpenApiRouter::default()
        .routes(routes!(list, add))
        .routes(routes!(one, change, remove))
        .routes(routes!(begin))
        .routes(routes!(run))
        .layer(DefaultBodyLimit::max(SET_BYTES))
}

/// A question and what is expected of the answer.
#[derive(Serialize, Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct TestCase {
    question: String,
    /// Words of the title of a page that must be cited.
    #[serde(default)]
    page: String,
    /// Words that must stand in the answer; `|` between several.
    #[serde(default)]
    words: String,
    /// How it must fare: `answered`, `abstained`, `asked_back` or `offered_person`.
    #[serde(default)]
    outcome: String,
}

/// A set to keep. What is personal in it is masked first.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct SaveTestSet {
    name: String,
    /// 1 to 200.
    cases: Vec<TestCase>,
}

/// The sets.
#[derive(Serialize, ToSchema)]
struct TestSets {
    items: Vec<TestSetBody>,
}

/// A set with its runs.
#[derive(Serialize, ToSchema)]
#[schema(as = TestSet)]
struct TestSetBody {
    id: String,
    name: String,
    cases: Vec<TestCase>,
    updated_at: i64,
    /// The last ten, the latest first.
    runs: Vec<TestRunLine>,
}

/// A run in a list.
#[derive(Serialize, ToSchema)]
struct TestRunLine {
    id: String,
    /// `built-in`, `current`, or the id of a provider.
    answerer: String,
    /// What that was called.
    label: String,
    /// `running`, `done` or `failed`.
    state: String,
    done: usize,
    total: i64,
    /// How many answers are as expected.
    hits: usize,
    /// Of how many something is expected.
    expected: usize,
    created_at: i64,
    #[serde(skip_serializing_if = "Option::is_none")]
    finished_at: Option<i64>,
}

/// A run with its results.
#[derive(Serialize, ToSchema)]
#[schema(as = TestRun)]
struct TestRunBody {
    summary: TestRunLine,
    set_id: String,
    results: Vec<TestResult>,
}

/// How one question fared.
#[derive(Serialize, ToSchema)]
struct TestResult {
    question: String,
    outcome: String,
    text: String,
    cited: Vec<TestCited>,
    /// As expected; nothing where nothing is expected.
    #[serde(skip_serializing_if = "Option::is_none")]
    hit: Option<bool>,
    /// What was missed: `page`, `words`, `outcome`.
    missed: Vec<String>,
    took_ms: i64,
}

/// What a result rests on.
#[derive(Serialize, ToSchema)]
struct TestCited {
    title: String,
    link: String,
}

/// Who is to answer.
#[derive(Deserialize, ToSchema)]
#[serde(deny_unknown_fields)]
struct BeginTestRun {
    /// `built-in`, `current` (whoever answers visitors now), or the id of a provider that is switched on.
    answerer: String,
}

fn cases(given: Vec<TestCase>) -> Vec<Case> {
    let case = |TestCase { question, page, words, outcome }| Case { question, page, words, outcome };
    given.into_iter().map(case).collect()
}

fn line(run: &TestRun) -> TestRunLine {
    TestRunLine {
        id: run.id.to_string(),
        answerer: run.answerer.clone(),
        label: run.label.clone(),
        state: run.state.clone(),
        done: run.results.len(),
        total: run.total,
        hits: run.results.iter().filter(|one| one.hit == Some(true)).count(),
        expected: run.results.iter().filter(|one| one.hit.is_some()).count(),
        created_at: run.created_at.millis(),
        finished_at: run.finished_at.map(model::Moment::millis),
    }
}

impl From<TestSet> for TestSetBody {
    fn from(set: TestSet) -> Self {
        let case = |Case { question, page, words, outcome }| TestCase { question, page, words, outcome };
        Self {
            id: set.id.to_string(),
            name: set.name,
            cases: set.cases.into_iter().map(case).collect(),
            updated_at: set.updated_at.millis(),
            runs: set.runs.iter().map(line).collect(),
        }
    }
}

impl From<TestRun> for TestRunBody {
    fn from(run: TestRun) -> Self {
        let summary = line(&run);
        let result = |(case, fared): (Case, Fared)| TestResult {
            question: case.question,
            outcome: fared.outcome,
            text: fared.text,
            cited: fared.cited.into_iter().map(|one| TestCited { title: one.title, link: one.link }).collect(),
            hit: fared.hit,
            missed: fared.missed,
            took_ms: fared.took_ms,
        };
        Self {
            summary,
            set_id: run.set.to_string(),
            results: run.cases.into_iter().zip(run.results).map(result).collect(),
        }
    }
}

/// The test sets, oldest first.
#[utoipa::path(get, path = "/v1/test-sets", tag = "knowledge", responses((status = 200, body = TestSets)))]
async fn list(State(app): State<App>, may: May<ReadKnowledge>) -> Answer<Json<TestSets>> {
    let sets = app.desk.test_sets(may.organisation()).await?;
    Ok(Json(TestSets { items: sets.into_iter().map(TestSetBody::from).collect() }))
}

/// Keeps a set.
#[utoipa::path(post, path = "/v1/test-sets", tag = "knowledge", request_body = SaveTestSet,
    responses((status = 201, body = TestSetBody)))]
async fn add(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Body(given): Body<SaveTestSet>,
) -> Answer<(StatusCode, Json<TestSetBody>)> {
    let set = app.desk.add_test_set(&may.actor, &given.name, cases(given.cases)).await?;
    Ok((StatusCode::CREATED, Json(set.into())))
}

/// One set with its runs.
#[utoipa::path(get, path = "/v1/test-sets/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = TestSetBody)))]
async fn one(State(app): State<App>, may: May<ReadKnowledge>, Id(id): Id<TestSetId>) -> Answer<Json<TestSetBody>> {
    Ok(Json(app.desk.test_set(may.organisation(), id).await?.into()))
}

/// Changes a set; its runs keep the questions as they were.
#[utoipa::path(put, path = "/v1/test-sets/{id}", tag = "knowledge", params(("id" = String, Path)),
    request_body = SaveTestSet, responses((status = 200, body = TestSetBody)))]
async fn change(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Id(id): Id<TestSetId>,
    Body(given): Body<SaveTestSet>,
) -> Answer<Json<TestSetBody>> {
    Ok(Json(app.desk.change_test_set(&may.actor, id, (&given.name, cases(given.cases))).await?.into()))
}

/// Removes a set and its runs.
#[utoipa::path(delete, path = "/v1/test-sets/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 204, description = "Removed")))]
async fn remove(State(app): State<App>, may: May<WriteKnowledge>, Id(id): Id<TestSetId>) -> Answer<StatusCode> {
    app.desk.remove_test_set(&may.actor, id).await?;
    Ok(StatusCode::NO_CONTENT)
}

/// Begins a run.
#[utoipa::path(post, path = "/v1/test-sets/{id}/runs", tag = "knowledge", params(("id" = String, Path)),
    request_body = BeginTestRun, responses((status = 201, body = TestRunBody)))]
async fn begin(
    State(app): State<App>,
    may: May<WriteKnowledge>,
    Id(id): Id<TestSetId>,
    Body(given): Body<BeginTestRun>,
) -> Answer<(StatusCode, Json<TestRunBody>)> {
    let run = app.desk.run_test_set(&may.actor, id, Answerer::from_word(&given.answerer)?).await?;
    Ok((StatusCode::CREATED, Json(run.into())))
}

/// One run, with its results so far.
#[utoipa::path(get, path = "/v1/test-runs/{id}", tag = "knowledge", params(("id" = String, Path)),
    responses((status = 200, body = TestRunBody)))]
async fn run(State(app): State<App>, may: May<ReadKnowledge>, Id(id): Id<TestRunId>) -> Answer<Json<TestRunBody>> {
    Ok(Json(app.desk.test_run(may.organisation(), id).await?.into()))
}
