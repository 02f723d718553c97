//! The job that works requests off: looks at the steps, does those that are due, notes each by itself, and closes when none is left.

use std::time::Duration;

use jiff::tz::TimeZone;
use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{Actor, Kind as RefusalKind, Moment, OrganisationId, PersonId, RequestId};
use privacy::erase;
use privacy::request::calendar::{Term, date, end_of, last_day};
use privacy::request::{Act, Kind, State, Step};
use store::lane::Of;
use store::request::{self as rows, RequestRow};
use store::request_step::{self, Settled, StepRow};
use store::{Fence, Statement, Work};

use super::UNPROVED_LIFE;
use super::letter::is_due;
use super::steps::{Done, settle};
use crate::{Deed, Desk, Fault};

/// The kind of the job; its subject is the id of the request, never of a person.
pub const JOB: &str = "request";

/// For how long the record of a request stays (11 CCR 7101: 24 months).
const RECORD: Term = Term::Months(24);
/// Before the due date: when whoever is in charge is reminded. The last one is the due date itself.
const REMINDERS: [Duration; 3] =
    [Duration::from_secs(7 * 24 * 60 * 60), Duration::from_secs(24 * 60 * 60), Duration::ZERO];
/// The pauses after failures: doubled each time up to the last.
const SHORTEST: Duration = Duration::from_secs(30);
const LONGEST: Duration = Duration::from_secs(6 * 60 * 60);

/// Works requests off.
pub struct Requests(pub Desk);

impl Reconciler for Requests {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse::<RequestId>() else { return Ok(Next::Done) };
            let worked = self.0.work_request(job.organisation, id).await;
            // However far it came: an agent that asked is told.
            let told = self.0.agent_hears(job.organisation, id).await;
            match worked.and_then(|next| told.map(|()| next)) {
                Ok(Some(wait)) => Ok(Next::Again(wait)),
                Ok(None) => Ok(Next::Done),
                // Somebody changed it meanwhile: look again.
                Err(Fault::Refused(refusal)) if refusal.kind == RefusalKind::Conflict => Err(JobFault::new("conflict")),
                Err(fault) => fault.ends_job(),
            }
        })
    }
}

fn settled(step: &StepRow) -> bool {
    step.state.parse::<Step>().is_ok_and(Step::settled)
}

fn pause(attempts: i64) -> Duration {
    let doublings = u32::try_from(attempts.clamp(0, 12)).unwrap_or(0);
    SHORTEST.saturating_mul(2u32.saturating_pow(doublings)).min(LONGEST)
}

impl Desk {
    /// Does what can be done for a request now. Answers when to look again; nothing where only a person can go on.
    pub async fn work_request(&self, organisation: OrganisationId, id: RequestId) -> Deed<Option<Duration>> {
        loop {
            let row = self.request_row(organisation, id).await?;
            match row.state.parse()? {
                State::IdentityPending => return self.wait_for_proof(&row).await,
                State::InProgress => {}
                _ => return Ok(None),
            }
            self.remind(&row).await?;
            let steps = self.steps_of(&row).await?;
            if steps.is_empty() {
                self.begin_plan(&row).await?;
                continue;
            }
            if steps.iter().all(settled) {
                self.close_request(&row, &steps).await?;
                return Ok(None);
            }
            match self.round(&row, &steps).await? {
                Round::Moved => {}
                Round::Rests(wait) => return Ok(self.earliest(&row, wait)),
            }
        }
    }

    pub(crate) async fn steps_of(&self, row: &RequestRow) -> Deed<Vec<StepRow>> {
        let found = request_step::of_request(row.organisation, row.id);
        let found = self.store.all(Fence::Organisation(row.organisation), found).await?;
        Ok(found.iter().map(StepRow::from_row).collect::<Result<_, _>>()?)
    }

    /// One look at every step that is due. A step that fails or waits keeps no other one from being done.
    async fn round(&self, row: &RequestRow, steps: &[StepRow]) -> Deed<Round> {
        let now = self.world.now();
        let mut wait: Option<Duration> = None;
        let mut sooner = |span: Duration| wait = Some(wait.map_or(span, |wait| wait.min(span)));
        let mut moved = false;
        for step in steps.iter().filter(|step| !settled(step)) {
            if let Some(next) = step.next_at.filter(|next| *next > now) {
                sooner(next.since(now));
                continue;
            }
            // A letter that could not be brought, and a correction that waited for a decision, may have become possible.
            let again = [Act::Correct, Act::Letter, Act::Acknowledge].iter().any(|act| act.word() == step.act);
            let manual = step.state == Step::Manual.word() && !again;
            let early = step.act == Act::Letter.word() && step.recipient.is_none() && !is_due(steps);
            if manual || early {
                continue;
            }
            match self.take_step(row, steps, step).await? {
                Done::Settled(state) => {
                    self.note_step(row, settle(row.organisation, step, state, self.world.now())).await?;
                    moved = true;
                }
                Done::Kept(ground) => {
                    let (state, at) = (Step::Kept.word(), self.world.now());
                    let kept = Settled { state, ground: Some(ground.word()), kept_until: None, by: None, at };
                    self.note_step(row, request_step::settle(row.organisation, step.id, kept)).await?;
                    moved = true;
                }
                Done::Noted | Done::Again => moved = true,
                Done::After(span) => sooner(span),
                Done::Failed(code) => {
                    let span = pause(step.attempts);
                    self.note_step(row, request_step::fail(row.organisation, step.id, code, now.plus(span))).await?;
                    sooner(span);
                }
                Done::ByHand(code) => {
                    if step.state != Step::Manual.word() || step.error_code.as_deref() != Some(code) {
                        self.note_step(row, request_step::by_hand(row.organisation, step.id, code)).await?;
                    }
                }
            }
            if moved {
                // The plan or the state has changed: what follows is judged anew.
                return Ok(Round::Moved);
            }
        }
        Ok(Round::Rests(wait))
    }

    async fn note_step(&self, row: &RequestRow, statement: store::Statement) -> Deed<()> {
        self.store.write(Work::new(Fence::Organisation(row.organisation)).with(statement)).await?;
        Ok(())
    }

    /// The next look is due for a step or for a reminder, whichever comes first.
    fn earliest(&self, row: &RequestRow, wait: Option<Duration>) -> Option<Duration> {
        let now = self.world.now();
        let left = usize::try_from(row.reminded).ok().and_then(|many| REMINDERS.get(many));
        let reminder = left.map(|before| row.due_at.minus(*before).since(now).max(Duration::from_secs(1)));
        [wait, reminder].into_iter().flatten().min()
    }

    /// Nobody has proved yet that she asks. After a day the request goes, and with it the record that was made for it.
    async fn wait_for_proof(&self, row: &RequestRow) -> Deed<Option<Duration>> {
        let (now, until) = (self.world.now(), row.received_at.plus(UNPROVED_LIFE));
        let vouched_for_by_mail = self.post.mailer.is_some();
        if now < until || !vouched_for_by_mail {
            return Ok(Some(until.since(now).max(Duration::from_secs(60))));
        }
        self.close_as(row, State::Expired).await?;
        if let Ok(person) = row.person.parse::<PersonId>() {
            match erase::request(&self.counter(), row.organisation, person, "house").await {
                Ok(_) | Err(privacy::Fault::Refused(_)) => self.bell.ring(),
                Err(fault) => return Err(fault.into()),
            }
        }
        Ok(None)
    }

    async fn close_request(&self, row: &RequestRow, steps: &[StepRow]) -> Deed<()> {
        let kept = steps.iter().any(|step| step.state == Step::Kept.word());
        if row.kind == Kind::Objection.word() && steps.iter().any(|step| step.act == "decide" && step.state == "kept") {
            self.lift_after_letter(row, steps).await?;
        }
        let state = match (&row.ground, kept) {
            (Some(_), _) => State::Refused,
            (None, true) => State::PartlyFulfilled,
            (None, false) => State::Fulfilled,
        };
        self.close_as(row, state).await
    }

    /// The objection was overruled and she has been told: the restriction that waited for it ends (Art. 18(3)).
    async fn lift_after_letter(&self, row: &RequestRow, steps: &[StepRow]) -> Deed<()> {
        let house = Actor::House { organisation: row.organisation };
        let restricted = steps.iter().filter(|step| step.act == Act::Restrict.word());
        for person in restricted.filter_map(|step| step.subject.as_deref()?.parse::<PersonId>().ok()) {
            let of = Of::Person(person);
            match self.marks(row.organisation, of).await {
                Ok(marks) if marks.restriction.is_some() => {
                    self.restriction_told(&house, of).await?;
                    self.lift_restriction(&house, of).await?;
                }
                Ok(_) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }

    pub(crate) async fn close_as(&self, row: &RequestRow, state: State) -> Deed<()> {
        let work = self.closing(row, state);
        self.store.write(Work::new(Fence::Organisation(row.organisation)).extend(work)).await?;
        Ok(())
    }

    /// The same as statements, for the work that also says why.
    pub(crate) fn closing(&self, row: &RequestRow, state: State) -> Vec<Statement> {
        let (organisation, now) = (row.organisation, self.world.now());
        let line = self.audit(&Actor::House { organisation }, "request.close", "request", &row.id.to_string());
        let close = rows::close(organisation, row.id, state.word(), now, record_ends(now));
        let review = store::review::end(organisation, row.id, state.word(), now);
        [close, review, line].into_iter().chain(self.agent_hears_the_end(row, now)).collect()
    }

    /// Reminds whoever is in charge, each time once: seven days before, a day before, and when it is overdue.
    async fn remind(&self, row: &RequestRow) -> Deed<()> {
        let now = self.world.now();
        if row.answered_at.is_some() {
            return Ok(());
        }
        let due = REMINDERS.iter().filter(|before| row.due_at.minus(**before) <= now).count();
        let due = i64::try_from(due).unwrap_or(i64::MAX);
        if due <= row.reminded {
            return Ok(());
        }
        let house = Actor::House { organisation: row.organisation };
        let action = if now > row.due_at { "request.overdue" } else { "request.due_soon" };
        let line = self.audit(&house, action, "request", &row.id.to_string());
        let note = rows::reminded(row.organisation, row.id, due);
        self.store.write(Work::new(Fence::Organisation(row.organisation)).with(note).with(line)).await?;
        self.remind_by_mail(row).await
    }

    /// The member in charge, or else everybody who runs the house. A reminder that cannot be sent stops nothing: the list shows it.
    async fn remind_by_mail(&self, row: &RequestRow) -> Deed<()> {
        if self.post.mailer.is_none() {
            return Ok(());
        }
        let members = self.members(row.organisation).await?;
        let in_charge = members.iter().filter(|member| !member.disabled).filter(|member| match row.assignee {
            Some(assignee) => member.id == assignee,
            None => member.role >= model::Role::Admin,
        });
        for member in in_charge {
            let link = format!("{}/console/requests/{}", self.post.origin, row.id);
            let body = format!(
                "A privacy request has to be answered by {}.\r\n\r\n{link}\r\n",
                date(row.due_at, &TimeZone::UTC)
            );
            let mail = outside::mail::Letter {
                to: member.email.expose(),
                subject: "A privacy request is due",
                body: &body,
                id: &format!("{}.reminder.{}.{}", row.id, row.reminded, member.id),
                language: "en",
            };
            if let Err(fault) = self.mail_notice(&mail).await {
                tracing::warn!(%fault, "a reminder could not be sent");
            }
        }
        Ok(())
    }

    /// Deletes the records of requests that ended 24 months ago, and archives whose time is over. Answers how many records went.
    pub async fn forget_requests(&self, organisation: OrganisationId) -> Deed<usize> {
        Ok(privacy::request::purge(&self.store, &self.world, organisation).await?)
    }
}

/// How a round over the steps ended.
enum Round {
    Moved,
    Rests(Option<Duration>),
}

/// The end of the 24 months after a request ended.
pub(crate) fn record_ends(closed_at: Moment) -> Moment {
    end_of(last_day(date(closed_at, &TimeZone::UTC), RECORD), &TimeZone::UTC)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pauses_double_up_to_a_quarter_of_a_day() {
        assert_eq!([pause(0), pause(1), pause(2)].map(|span| span.as_secs()), [30, 60, 120]);
        assert_eq!(pause(40), LONGEST);
    }
}
