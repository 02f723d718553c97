//! How far an erasure is, as it is kept in its ledger line.

use std::collections::BTreeMap;

use serde::{Deserialize, Serialize};

use crate::Fault;
use crate::sweep::{Marks, Swept};

/// How a step stands.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum State {
    /// Not begun.
    Waiting,
    /// Under way.
    Running,
    /// It will be tried again.
    Failed,
    /// Done.
    Done,
}

/// One step, as the person sees it.
#[derive(Clone, Debug, Serialize, Deserialize)]
pub struct Step {
    /// `streams`, `key`, `rows`, `copies`, `sweep` or `receipt`.
    pub name: Act,
    /// How it stands.
    pub state: State,
    /// How much of it is done.
    pub done: u64,
    /// How much there is.
    pub total: u64,
}

/// What is done, in this order.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Act {
    /// Close her streams and silence answers that are being written.
    Streams,
    /// Destroy her key: from here on her words are unreadable, in every copy.
    Key,
    /// Delete her rows, children first.
    Rows,
    /// Make caches and the engine's own logs forget her.
    Copies,
    /// Look for anything that is left.
    Sweep,
    /// Sign what was done and found.
    Receipt,
}

impl Act {
    pub(super) const ALL: [Act; 6] = [Act::Streams, Act::Key, Act::Rows, Act::Copies, Act::Sweep, Act::Receipt];
}

/// The whole state of an erasure. Without her id: that has a column of its own, which is cleared last.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub(super) struct Book {
    pub(super) steps: Vec<Step>,
    /// What was erased, by the map's word for it.
    pub(super) erased: BTreeMap<String, u64>,
    /// Who outside had received something.
    pub(super) told: Vec<String>,
    /// What the sweep looks for; gone when the erasure is done.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) marks: Option<Marks>,
    #[serde(skip_serializing_if = "Option::is_none")]
    pub(super) swept: Option<Swept>,
}

impl Book {
    pub(super) fn new() -> Self {
        let step = |name| Step { name, state: State::Waiting, done: 0, total: 1 };
        Self { steps: Act::ALL.into_iter().map(step).collect(), ..Self::default() }
    }

    pub(super) fn from_text(text: &str) -> Result<Self, Fault> {
        Ok(serde_json::from_str(text)?)
    }

    pub(super) fn text(&self) -> Result<String, Fault> {
        Ok(serde_json::to_string(self)?)
    }

    /// The first act that is not done.
    pub(super) fn next(&self) -> Option<Act> {
        self.steps.iter().find(|step| step.state != State::Done).map(|step| step.name)
    }

    pub(super) fn set(&mut self, act: Act, state: State) {
        for step in self.steps.iter_mut().filter(|step| step.name == act) {
            step.state = state;
            if state == State::Done {
                step.done = step.total;
            }
        }
    }

    pub(super) fn progress(&mut self, act: Act, done: u64, total: u64) {
        for step in self.steps.iter_mut().filter(|step| step.name == act) {
            (step.done, step.total) = (done.min(total), total);
        }
    }

    /// The sweep found something: delete and look again.
    pub(super) fn back_to_rows(&mut self) {
        for act in [Act::Rows, Act::Copies, Act::Sweep] {
            self.set(act, State::Waiting);
        }
        self.set(Act::Sweep, State::Failed);
    }
}
