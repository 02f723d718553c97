//! Answering a visitor: a job that looks at the conversation, finds what is still unanswered, and makes it right.
//!
//! The staircase: [`question`] reads and masks, [`built_in`] or [`by_model`] composes while a draft streams,
//! and the last work commits message and account together, only in the lane and epoch in which it began.

pub mod account;
pub mod built_in;
pub mod by_model;
pub mod question;
pub mod trace;
pub mod trial;
mod wording;

use std::time::Duration;

use jobs::{BoxFuture, Job, JobFault, Next, Reconciler};
use model::{Actor, AnswerId, ConversationId, Kind, MessageId, Refusal};
use question::Question;
use store::answer::AnswerRow;
use store::conversation::Step;
use store::message::{MessageKind, MessageRow};
use store::{Fence, Statement, Work};
use trace::Trace;
use vault::Place;

use crate::body::{Body, Citation, Outcome, Where};
use crate::handover::Turn;
use crate::live::{Draft, DraftEnd, Silenced};
use crate::message::{Saying, Seal};
use crate::{Deed, Desk, Fault};

/// The kind of the job.
pub const JOB: &str = "answer";
/// How many of the last messages are looked at for a question that was left: more was never noted behind one.
const NOTED: i64 = 20;
/// How many passages are read for one answer.
pub const PASSAGES: usize = 8;

/// What an answerer made.
pub struct Composed {
    /// The words, with `[n]` behind what a citation supports.
    pub text: String,
    /// What supports them.
    pub citations: Vec<Citation>,
    /// How it went.
    pub outcome: Outcome,
    /// How it came about.
    pub trace: Trace,
}

/// The end of an attempt to answer.
#[expect(clippy::large_enum_variant, reason = "one at a time, for a moment")]
enum Attempt {
    Composed(Composed),
    /// A person took over while the assistant was writing.
    Silenced,
    /// The visitor went away meanwhile: nothing more is asked for her, and she is answered when she comes back.
    Left,
    /// No text may leave and none can be answered here: a person must.
    NeedsPerson,
}

impl Desk {
    /// The job that answers this conversation; safe to queue at any time: it is queued only where the assistant answers, as
    /// the conversation stands at that place of the work, and does nothing where nothing is to be answered.
    pub(crate) fn answer_job(&self, place: Where) -> Statement {
        jobs::enqueue_for_assistant(
            &self.world,
            place.organisation,
            JOB,
            &place.conversation.to_string(),
            self.world.now(),
        )
    }

    /// Answers what is unanswered in this conversation, one question after the other, as long as the assistant may.
    pub async fn answer(&self, place: Where) -> Deed<()> {
        let on = self.organisation(place.organisation).await?.settings.ai_enabled;
        while on && let Some(question) = self.open_question(place).await? {
            if !self.answer_one(place, question).await? {
                break;
            }
        }
        self.kept_from_the_assistant(place, on).await
    }

    /// She is back: a question that was left when she went is answered now. Does nothing where none is open.
    pub async fn welcome_back(&self, place: Where) -> Deed<()> {
        let latest = store::lane::messages(place.organisation, place.conversation, NOTED);
        let latest = self.store.all(Fence::Assistant(place.organisation), latest).await?;
        let latest: Vec<MessageRow> = latest.iter().map(MessageRow::from_row).collect::<Result<_, _>>()?;
        // What was noted meanwhile, such as an assignment, answers nothing.
        let last = latest.iter().find(|message| message.kind != MessageKind::System);
        if last.is_some_and(|message| message.kind == MessageKind::Visitor) {
            let work = Work::new(Fence::Organisation(place.organisation)).with(self.answer_job(place));
            self.store.write(work).await?;
            self.bell.ring();
        }
        Ok(())
    }

    /// `false` when the conversation is no longer the assistant's.
    async fn answer_one(&self, place: Where, question: Question) -> Deed<bool> {
        let started = self.world.now();
        let id = MessageId::new(&self.world);
        let draft = self.live.begin_draft(place.organisation, place.conversation, id);
        // Whoever took over after the question was read has either silenced the draft just begun, or is seen here.
        if !self.may_still_answer(place, question.epoch).await? {
            draft.end(DraftEnd::Silenced);
            return Ok(false);
        }
        match self.compose(&question, &draft).await? {
            Attempt::Silenced => Ok(false),
            Attempt::Left => {
                draft.end(DraftEnd::Failed);
                Ok(false)
            }
            Attempt::NeedsPerson => {
                draft.end(DraftEnd::Failed);
                self.turn(place, Turn::AskForPerson, &Actor::House { organisation: place.organisation })
                    .await
                    .map(|_| false)
            }
            Attempt::Composed(composed) => {
                let took = self.world.now().since(started);
                let committed = self.commit_answer(&question, id, composed, took).await?;
                draft.end(if committed { DraftEnd::Done } else { DraftEnd::Silenced });
                Ok(committed)
            }
        }
    }

    async fn may_still_answer(&self, place: Where, epoch: i64) -> Deed<bool> {
        let row = self.answerable(place).await?;
        Ok(row.is_some_and(|row| row.epoch == epoch))
    }

    async fn compose(&self, question: &Question, draft: &Draft) -> Deed<Attempt> {
        if question.masked.is_none() {
            return Ok(Attempt::NeedsPerson);
        }
        let hits = self.library.find(question.place.organisation, &question.query, PASSAGES).await?;
        let chosen = match hits.is_empty() || question.only_file {
            true => None,
            false => self.lineup(question.place.organisation).await?,
        };
        let composed = match chosen {
            Some(_) if by_model::asks_for_advice(&question.query) => built_in::gives_no_advice(question, &hits),
            Some(chosen) => {
                let Some(_asking) = self.leave_to_ask(question.place.organisation, &chosen).await? else {
                    return tell(built_in::within_the_limit(question, &hits), draft);
                };
                let told = tokio::select! {
                    biased;
                    () = draft.silenced() => Err(Attempt::Silenced),
                    () = self.live.left(question.place.conversation) => Err(Attempt::Left),
                    composed = by_model::compose(self, &chosen, question, &hits, draft) => Ok(composed),
                };
                self.book(question.place.organisation, &chosen).await?;
                match told {
                    Ok(composed) => composed?,
                    Err(broken_off) => return Ok(broken_off),
                }
            }
            None => built_in::compose(question, &hits),
        };
        tell(composed, draft)
    }

    /// Commits answer and account, or nothing: `false` when the conversation is no longer the assistant's.
    async fn commit_answer(
        &self,
        question: &Question,
        id: MessageId,
        composed: Composed,
        took: Duration,
    ) -> Deed<bool> {
        let Composed { text, citations, outcome, trace } = composed;
        let Where { organisation, conversation } = question.place;
        let answer = question.answer;
        let key = question.key.as_ref().ok_or_else(|| Fault::broken("a trial is not committed"))?;
        let json = serde_json::to_string(&trace).map_err(|_| Fault::broken("a trace does not serialise"))?;
        let place = trace_place(organisation, &answer.to_string(), |place| key.seal(place, &json));
        let row = AnswerRow {
            id: answer,
            conversation,
            person: question.person,
            outcome: outcome.word().to_owned(),
            trace: place?,
            took_ms: i64::try_from(took.as_millis()).unwrap_or(i64::MAX),
            created_at: self.world.now(),
        };
        let saying = Saying {
            kind: MessageKind::Ai,
            author: None,
            body: Body { text, citations, outcome: Some(outcome), answers: Some(question.seq), ..Body::default() },
            client_id: None,
            step: Step::Ai { epoch: question.epoch },
        };
        let house = Actor::House { organisation };
        let line = self.audit(&house, "answer.give", "message", &id.to_string());
        let follow = vec![store::answer::insert(organisation, row, id), line];
        let seal = Seal { id, key: key.clone() };
        match self.say_as(question.place, seal, saying, follow).await {
            Ok(_) => Ok(true),
            Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict => Ok(false),
            Err(fault) => Err(fault),
        }
    }
}

/// Runs `with` on the place of an answer's trace.
pub(crate) fn trace_place<T>(organisation: model::OrganisationId, row: &str, with: impl FnOnce(&Place<'_>) -> T) -> T {
    with(&Place { organisation, table: "answer", column: "trace_sealed", row })
}

/// The job's reconciler.
pub struct Answering(pub Desk);

impl Reconciler for Answering {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let conversation: ConversationId =
                job.subject.parse().map_err(|_: Refusal| JobFault::new("not a conversation id"))?;
            let place = Where { organisation: job.organisation, conversation };
            match self.0.answer(place).await {
                Ok(()) => Ok(Next::Done),
                // Where the conversation or the person is gone, there is nothing left to answer.
                Err(fault) => fault.ends_job(),
            }
        })
    }
}

/// A fresh id for an account, given out before the answer exists so that disclosures can name it.
pub(crate) fn new_answer_id(desk: &Desk) -> AnswerId {
    AnswerId::new(&desk.world)
}

/// Tells what was not streamed while it was composed.
fn tell(told: by_model::Told, draft: &Draft) -> Deed<Attempt> {
    match told {
        by_model::Told::Streamed(composed) => Ok(Attempt::Composed(composed)),
        by_model::Told::Whole(composed) => match built_in::tell(&composed, draft) {
            Ok(()) => Ok(Attempt::Composed(composed)),
            Err(Silenced) => Ok(Attempt::Silenced),
        },
    }
}
