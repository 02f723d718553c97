//! What the staff does with a request: take charge, vouch, ask, extend, refuse, settle what only a person can, take back.

use jiff::tz::TimeZone;
use model::{Actor, MemberId, Moment, OrganisationId, PersonId, Refusal, RequestId, RequestStepId, RequestWordsId};
use privacy::request::letter::{Letter, write};
use privacy::request::{Act, Course, Ground, Identity, State, Step, rule};
use store::request::{self as rows, RequestRow};
use store::request_step::{self, Settled, StepRow};
use store::request_words::{self, WordsRow};
use store::{Expect, Fence, Statement, StoreError, Work};
use vault::SubjectKey;

use super::letter::{letter_step, plan};
use super::{clock, course, words_of, words_place};
use crate::{Deed, Desk, Fault};

/// How a member of the staff settles a step.
pub struct Settling {
    /// Which step.
    pub step: RequestStepId,
    /// Done, or kept because a law says so.
    pub done: bool,
    /// What was done, decided or kept: it stands in the answer.
    pub note: String,
    /// Why it is kept.
    pub ground: Option<Ground>,
    /// Until when.
    pub kept_until: Option<Moment>,
}

fn needed(words: &str) -> Result<String, Refusal> {
    words_of(Some(words))?.ok_or_else(|| Refusal::invalid("Give a reason: the person has a right to it."))
}

impl Desk {
    /// An open request of this organisation.
    pub(crate) async fn open_request(&self, actor: &Actor, id: RequestId) -> Deed<RequestRow> {
        let row = self.request_row(actor.organisation(), id).await?;
        if row.closed_at.is_some() {
            return Err(Refusal::conflict("This request is closed.").into());
        }
        Ok(row)
    }

    async fn change_request(
        &self,
        actor: &Actor,
        row: &RequestRow,
        action: &'static str,
        work: Vec<Statement>,
    ) -> Deed<()> {
        let line = self.audit(actor, action, "request", &row.id.to_string());
        let again = self.request_job(row.organisation, row.id, self.world.now());
        let work = Work::new(Fence::Organisation(row.organisation)).extend(work).with(line).with(again);
        self.store.write(work).await?;
        self.bell.ring();
        Ok(())
    }

    /// Puts a member in charge, or nobody.
    pub async fn assign_request(&self, actor: &Actor, id: RequestId, member: Option<MemberId>) -> Deed<()> {
        let row = self.open_request(actor, id).await?;
        if let Some(member) = member
            && self.member(row.organisation, member).await?.disabled
        {
            return Err(Refusal::invalid("This member is locked out.").into());
        }
        self.change_request(actor, &row, "request.assign", vec![rows::assign(row.organisation, id, member)]).await
    }

    /// The staff knows who asks, by other means than a code.
    pub async fn vouch_for_request(&self, actor: &Actor, id: RequestId) -> Deed<()> {
        let row = self.open_request(actor, id).await?;
        if row.state != State::IdentityPending.word() {
            return Err(Refusal::conflict("The identity is settled already.").into());
        }
        let now = self.world.now();
        let proved = Course { verified_at: Some(now), ..course(&row, now) };
        let due = rule(row.regime.parse()?, row.kind.parse()?).clock(proved, &TimeZone::UTC).due_at;
        let verify = rows::verify(row.organisation, id, Identity::Vouched.word(), now, due);
        self.change_request(actor, &row, "request.vouch", vec![verify]).await
    }

    /// Puts the answer off, within the first term and with a reason; the letter goes out at once.
    pub async fn extend_request(&self, actor: &Actor, id: RequestId, reason: &str) -> Deed<()> {
        let mut row = self.open_request(actor, id).await?;
        let reason = needed(reason)?;
        let (now, rule) = (self.world.now(), rule(row.regime.parse()?, row.kind.parse()?));
        rule.may_extend(course(&row, now), now, &TimeZone::UTC)?;
        row.extended_at = Some(now);
        row.due_at = clock(&row, now)?.due_at;
        let mut work = vec![rows::extend(row.organisation, id, now, row.due_at)];
        work.extend(self.one_more_letter(&row, "extension", &Letter::Extension { reason: &reason }).await?);
        self.change_request(actor, &row, "request.extend", work).await
    }

    /// Asks the person something; in the United Kingdom the clock stands still until the answer is noted.
    pub async fn ask_requester(&self, actor: &Actor, id: RequestId, question: &str) -> Deed<()> {
        let row = self.open_request(actor, id).await?;
        let question = needed(question)?;
        let mut work = vec![rows::pause(row.organisation, id, self.world.now())];
        work.extend(self.one_more_letter(&row, "question", &Letter::Question { question: &question }).await?);
        self.change_request(actor, &row, "request.ask", work).await
    }

    /// Her answer has come.
    pub async fn resume_request(&self, actor: &Actor, id: RequestId) -> Deed<()> {
        let mut row = self.open_request(actor, id).await?;
        let now = self.world.now();
        let Some(since) = row.paused_since else {
            return Err(Refusal::conflict("Nothing was asked, so nothing waits.").into());
        };
        let millis = i64::try_from(now.since(since).as_millis()).unwrap_or(i64::MAX);
        row.due_at = clock(&row, now)?.due_at;
        let resume = rows::resume(row.organisation, id, millis, row.due_at);
        self.change_request(actor, &row, "request.resume", vec![resume]).await
    }

    /// Refuses a request: with a ground of the closed list, a reason, and the remedies in the letter.
    pub async fn refuse_request(&self, actor: &Actor, id: RequestId, ground: Ground, reason: &str) -> Deed<()> {
        let row = self.open_request(actor, id).await?;
        let reason = needed(reason)?;
        let steps = self.steps_of(&row).await?;
        let begun = steps.iter().any(|step| step.erasure.is_some());
        if begun || row.answered_at.is_some() {
            return Err(Refusal::conflict("The work is too far to be refused.").into());
        }
        let now = self.world.now();
        let mut work =
            vec![rows::refuse(row.organisation, id, ground.word()), request_step::void_open(row.organisation, id, now)];
        for step in steps.iter().filter(|step| step.act == Act::Letter.word() && step.recipient.is_none()) {
            work.push(super::steps::settle(row.organisation, step, Step::Void, now));
        }
        if row.state == State::IdentityPending.word() {
            // Nobody is known to whom a letter could go without telling a stranger something.
            work.push(self.audit(actor, "request.refuse", "request", &id.to_string()));
            return self.close_now(&row, State::Refused, work).await;
        }
        let letter = Letter::Refusal { ground, reason: &reason };
        work.extend(self.letter_after(&row, &steps, None, &letter).await?);
        self.change_request(actor, &row, "request.refuse", work).await
    }

    /// Takes a request back: whoever asked does not want it any more.
    pub async fn withdraw_request(&self, actor: &Actor, id: RequestId) -> Deed<()> {
        let row = self.open_request(actor, id).await?;
        if let Actor::Visitor { person, .. } = actor
            && row.person != person.to_string()
        {
            return Err(Refusal::not_found().into());
        }
        if self.steps_of(&row).await?.iter().any(|step| step.erasure.is_some()) {
            return Err(Refusal::conflict("The erasure has begun and cannot be taken back.").into());
        }
        let void = request_step::void_open(row.organisation, id, self.world.now());
        let line = self.audit(actor, "request.withdraw", "request", &id.to_string());
        self.close_now(&row, State::Withdrawn, vec![void, line]).await
    }

    /// Closes in one work with what was done for it, so that nothing can answer the request in between.
    async fn close_now(&self, row: &RequestRow, state: State, mut work: Vec<Statement>) -> Deed<()> {
        let mut closing = self.closing(row, state).into_iter();
        work.extend(closing.next().map(|close| close.expect(Expect::Exactly(1))));
        work.extend(closing);
        match self.store.write(Work::new(Fence::Organisation(row.organisation)).extend(work)).await {
            Ok(_) => Ok(()),
            Err(StoreError::Guard { .. }) => {
                Err(Refusal::conflict("This request has just been answered and cannot be taken back.").into())
            }
            Err(error) => Err(error.into()),
        }
    }

    /// Settles a step that only a person can: a decision, a review, a recipient without an address, a letter on paper.
    pub async fn settle_step(&self, actor: &Actor, id: RequestId, settling: Settling) -> Deed<()> {
        let row = self.open_request(actor, id).await?;
        let work = self.settlement(actor, &row, settling).await?;
        self.change_request(actor, &row, "request.settle", work).await
    }

    /// The same as statements, for the work in which it is done.
    pub(crate) async fn settlement(&self, actor: &Actor, row: &RequestRow, settling: Settling) -> Deed<Vec<Statement>> {
        let steps = self.steps_of(row).await?;
        let step = steps.iter().find(|step| step.id == settling.step).ok_or_else(Refusal::not_found)?;
        let waits = [Step::Manual, Step::Failed].iter().any(|state| state.word() == step.state);
        if !waits || step.erasure.is_some() {
            return Err(Refusal::conflict("This step does not wait for a person.").into());
        }
        let note = needed(&settling.note)?;
        let state = match (settling.done, settling.ground) {
            (true, None) => Step::Done,
            (false, Some(_)) => Step::Kept,
            _ => return Err(Refusal::invalid("Either it is done, or there is a ground why not.").into()),
        };
        let by = if let Actor::Member { member, .. } = actor { Some(*member) } else { None };
        let mut work = Vec::new();
        if let Some(requester) = self.requester_of(row).await? {
            work.push(self.note(
                row.organisation,
                row,
                (requester.person, &requester.key),
                ("note", &note, Some(step.id), by),
            )?);
        }
        let ground = settling.ground.map(Ground::word);
        let settled =
            Settled { state: state.word(), ground, kept_until: settling.kept_until, by, at: self.world.now() };
        work.push(request_step::settle(row.organisation, step.id, settled));
        work.extend(
            self.after_letter(row, step)
                .filter(|_| step.act == Act::Letter.word() || step.act == Act::Acknowledge.word()),
        );
        Ok(work)
    }

    /// Words that belong to a request, sealed for one person.
    pub(crate) fn note(
        &self,
        organisation: OrganisationId,
        row: &RequestRow,
        (person, key): (PersonId, &SubjectKey),
        (kind, text, step, author): (&str, &str, Option<RequestStepId>, Option<MemberId>),
    ) -> Deed<Statement> {
        let id = RequestWordsId::new(&self.world);
        let name = id.to_string();
        let body = key.seal(&words_place(organisation, &name), text)?;
        let (kind, created_at) = (kind.to_owned(), self.world.now());
        let new = WordsRow { id, request: row.id, person, kind, step, author, body, sent_at: None, created_at };
        Ok(request_words::insert(organisation, new))
    }

    async fn one_more_letter(&self, row: &RequestRow, mark: &str, letter: &Letter<'_>) -> Deed<Vec<Statement>> {
        let steps = self.steps_of(row).await?;
        if steps.is_empty() {
            return Err(Refusal::conflict("The work on this request has not begun yet.").into());
        }
        self.letter_after(row, &steps, Some(mark), letter).await
    }

    /// One more letter behind everything that is planned, written now.
    async fn letter_after(
        &self,
        row: &RequestRow,
        steps: &[StepRow],
        mark: Option<&str>,
        letter: &Letter<'_>,
    ) -> Deed<Vec<Statement>> {
        let requester = self.requester_of(row).await?;
        let requester =
            requester.ok_or_else(|| Fault::from(Refusal::new(model::Kind::Gone, "This person's data was erased.")))?;
        let step = letter_step(self, row, steps, mark);
        let text = write(&self.about(row).await?, letter);
        Ok(vec![plan(row.organisation, &step), self.letter_words(row.organisation, &requester, &step, &text)?])
    }
}
