//! Test sets: questions by which the staff tries the assistant out, run against any answerer, kept and compared. What is personal
//! in a question is masked before it is kept.

mod run;

use masking::Placeholders;
use model::{Actor, Moment, OrganisationId, Refusal, TestRunId, TestSetId};
use serde::{Deserialize, Serialize};
use store::test_run::{self, TestRunRow};
use store::test_set::{self as rows, TestSetRow};
use store::{Fence, Work};

pub use run::{JOB, TestRuns};

use crate::{Deed, Desk, Fault};

/// The most questions of a set.
pub const MOST_CASES: usize = 200;
/// The most sets of an organisation.
const MOST_SETS: i64 = 100;
/// How many runs of a set are kept.
pub const KEPT_RUNS: i64 = 10;
/// The longest question, in characters.
const LONGEST: usize = 2_000;
/// The longest name and expectation, in characters.
const LONGEST_WORDS: usize = 300;

/// A question and what is expected of the answer.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize, Deserialize)]
pub struct Case {
    /// The question.
    pub question: String,
    /// Words of the title or address of the page that must be cited.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub page: String,
    /// Words that must stand in the answer.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub words: String,
    /// How it must fare: `answered`, `abstained`, `asked_back` or `offered_person`.
    #[serde(default, skip_serializing_if = "String::is_empty")]
    pub outcome: String,
}

/// What a result cites.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Cited {
    /// The page's title.
    pub title: String,
    /// Opens the frozen page.
    pub link: String,
}

/// How one question fared.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Fared {
    /// `answered`, `abstained`, `asked_back`, `offered_person` or `failed`.
    pub outcome: String,
    /// What would have been said.
    pub text: String,
    /// What it rests on.
    pub cited: Vec<Cited>,
    /// Whether it is as expected; nothing where nothing is expected.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub hit: Option<bool>,
    /// What of the expectation was missed: `page`, `words`, `outcome`.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub missed: Vec<String>,
    /// How long it took, in milliseconds.
    pub took_ms: i64,
}

/// A set.
pub struct TestSet {
    /// Its id.
    pub id: TestSetId,
    /// Its name.
    pub name: String,
    /// Its questions.
    pub cases: Vec<Case>,
    /// Changed.
    pub updated_at: Moment,
    /// Its runs, the latest first.
    pub runs: Vec<TestRun>,
}

/// A run with its results.
pub struct TestRun {
    /// Its id.
    pub id: TestRunId,
    /// Of which set.
    pub set: TestSetId,
    /// `built-in`, `current`, or the id of a provider.
    pub answerer: String,
    /// What that was called.
    pub label: String,
    /// `running`, `done` or `failed`.
    pub state: String,
    /// How many questions there are.
    pub total: i64,
    /// The questions as they were.
    pub cases: Vec<Case>,
    /// The results so far, in the order of the questions.
    pub results: Vec<Fared>,
    /// Begun.
    pub created_at: Moment,
    /// Ended.
    pub finished_at: Option<Moment>,
}

impl Case {
    /// What of the expectation an answer misses; nothing where nothing is expected.
    fn judge(&self, fared: &Fared) -> Option<Vec<String>> {
        let folded = |text: &str| text.to_lowercase();
        let mut missed = Vec::new();
        let page = folded(&self.page);
        if !page.is_empty() && !fared.cited.iter().any(|cited| folded(&cited.title).contains(&page)) {
            missed.push("page".to_owned());
        }
        let text = folded(&fared.text);
        if !self.words.split('|').all(|some| text.contains(folded(some).trim())) {
            missed.push("words".to_owned());
        }
        if !self.outcome.is_empty() && self.outcome != fared.outcome {
            missed.push("outcome".to_owned());
        }
        let expects = !(self.page.is_empty() && self.words.is_empty() && self.outcome.is_empty());
        expects.then_some(missed)
    }
}

impl Desk {
    /// The organisation's sets, with their runs.
    pub async fn test_sets(&self, organisation: OrganisationId) -> Deed<Vec<TestSet>> {
        let mut sets = Vec::new();
        for row in &self.store.all(Fence::Organisation(organisation), rows::every(organisation, MOST_SETS)).await? {
            sets.push(self.shown_set(organisation, TestSetRow::from_row(row)?).await?);
        }
        Ok(sets)
    }

    /// One set, with its runs.
    pub async fn test_set(&self, organisation: OrganisationId, id: TestSetId) -> Deed<TestSet> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_id(organisation, id)).await?;
        self.shown_set(organisation, TestSetRow::from_row(&row.ok_or_else(Refusal::not_found)?)?).await
    }

    /// Adds a set.
    pub async fn add_test_set(&self, actor: &Actor, name: &str, cases: Vec<Case>) -> Deed<TestSet> {
        let organisation = actor.organisation();
        let many = self.store.all(Fence::Organisation(organisation), rows::every(organisation, MOST_SETS)).await?.len();
        if i64::try_from(many).unwrap_or(MOST_SETS) >= MOST_SETS {
            return Err(Refusal::conflict("There are as many test sets as there can be.").into());
        }
        let (name, cases) = self.checked_set(organisation, name, cases).await?;
        let id = TestSetId::new(&self.world);
        let insert = rows::insert(organisation, id, (&name, &cases), self.world.now());
        let line = self.audit(actor, "test_set.add", "test_set", &id.to_string());
        self.store.write(Work::new(Fence::Organisation(organisation)).with(insert).with(line)).await?;
        self.test_set(organisation, id).await
    }

    /// Changes a set; runs keep the questions as they were.
    pub async fn change_test_set(
        &self,
        actor: &Actor,
        id: TestSetId,
        (name, cases): (&str, Vec<Case>),
    ) -> Deed<TestSet> {
        let organisation = actor.organisation();
        self.test_set(organisation, id).await?;
        let (name, cases) = self.checked_set(organisation, name, cases).await?;
        let change = rows::change(organisation, id, (&name, &cases), self.world.now());
        let line = self.audit(actor, "test_set.change", "test_set", &id.to_string());
        self.store.write(Work::new(Fence::Organisation(organisation)).with(change).with(line)).await?;
        self.test_set(organisation, id).await
    }

    /// Removes a set and its runs.
    pub async fn remove_test_set(&self, actor: &Actor, id: TestSetId) -> Deed<()> {
        let organisation = actor.organisation();
        self.test_set(organisation, id).await?;
        let line = self.audit(actor, "test_set.remove", "test_set", &id.to_string());
        let work = Work::new(Fence::Organisation(organisation))
            .with(test_run::delete_of_set(organisation, id))
            .with(rows::delete(organisation, id))
            .with(line);
        self.store.write(work).await?;
        Ok(())
    }

    /// Name and questions as they are kept: bounded, and masked.
    async fn checked_set(&self, organisation: OrganisationId, name: &str, cases: Vec<Case>) -> Deed<(String, String)> {
        let name = name.split_whitespace().collect::<Vec<_>>().join(" ");
        if name.is_empty() || name.chars().count() > 100 {
            return Err(Refusal::invalid("A test set needs a name of 1 to 100 characters.").into());
        }
        if cases.is_empty() || cases.len() > MOST_CASES {
            return Err(Refusal::invalid(format!("A test set has 1 to {MOST_CASES} questions.")).into());
        }
        let masker = self.masker_of(organisation).await?;
        let masked = |text: &str, longest: usize| {
            let text = text.replace('\0', "");
            if text.chars().count() > longest {
                return Err(Refusal::invalid("A question or an expectation is too long."));
            }
            let masked = masker.mask(&mut Placeholders::new(), text.trim(), &[]);
            let masked = masked.map_err(|_| Refusal::invalid("A question cannot be masked."))?;
            Ok(masked.as_text().to_owned())
        };
        let mut kept = Vec::new();
        for case in cases {
            if case.question.trim().is_empty() {
                return Err(Refusal::invalid("A question is empty.").into());
            }
            let known = ["", "answered", "abstained", "asked_back", "offered_person"];
            if !known.contains(&case.outcome.as_str()) {
                return Err(Refusal::invalid("There is no such outcome.").into());
            }
            kept.push(Case {
                question: masked(&case.question, LONGEST)?,
                page: masked(&case.page, LONGEST_WORDS)?,
                words: masked(&case.words, LONGEST_WORDS)?,
                outcome: case.outcome,
            });
        }
        Ok((name, json(&kept)?))
    }

    async fn shown_set(&self, organisation: OrganisationId, row: TestSetRow) -> Deed<TestSet> {
        let runs = test_run::of_set(organisation, row.id, KEPT_RUNS);
        let runs = self.store.all(Fence::Organisation(organisation), runs).await?;
        let runs = runs.iter().map(|row| shown_run(TestRunRow::from_row(row)?)).collect::<Deed<_>>()?;
        Ok(TestSet { id: row.id, name: row.name, cases: read(&row.cases)?, updated_at: row.updated_at, runs })
    }
}

fn shown_run(row: TestRunRow) -> Deed<TestRun> {
    Ok(TestRun {
        id: row.id,
        set: row.set,
        answerer: row.answerer,
        label: row.label,
        state: row.state,
        total: row.total,
        cases: read(&row.cases)?,
        results: read(&row.results)?,
        created_at: row.created_at,
        finished_at: row.finished_at,
    })
}

fn read<T: for<'de> Deserialize<'de>>(text: &str) -> Deed<T> {
    serde_json::from_str(text).map_err(|_| Fault::broken("a test set of no known form"))
}

fn json<T: Serialize>(value: &T) -> Deed<String> {
    serde_json::to_string(value).map_err(|_| Fault::broken("a test set does not serialise"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_answer_is_judged_by_what_was_expected_and_by_nothing_else() {
        let fared = Fared {
            outcome: "answered".to_owned(),
            text: "Returns take 60 days and are free.".to_owned(),
            cited: vec![Cited { title: "Returns and shipping".to_owned(), link: String::new() }],
            hit: None,
            missed: Vec::new(),
            took_ms: 3,
        };
        let case = |page: &str, words: &str, outcome: &str| Case {
            question: "How long?".to_owned(),
            page: page.to_owned(),
            words: words.to_owned(),
            outcome: outcome.to_owned(),
        };
        assert_eq!(case("", "", "").judge(&fared), None, "nothing is expected");
        assert_eq!(case("returns", "60 DAYS | free", "answered").judge(&fared), Some(Vec::new()));
        assert_eq!(
            case("Size chart", "90 days", "abstained").judge(&fared),
            Some(["page", "words", "outcome"].map(str::to_owned).to_vec())
        );
    }
}
