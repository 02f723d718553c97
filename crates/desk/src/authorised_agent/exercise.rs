//! What an agent asks for somebody: a signed request becomes one of ours, its status follows from ours, and it can be taken back.
//!
//! Every answer is the same whether we hold anything about the person or not: that is found out later, in the job, and told to
//! her own address alone. What is collected never reaches the agent; it waits behind a code that goes to that address.

use std::time::Duration;

use model::{Actor, Locale, Moment, OrganisationId, Refusal, RequestId};
use privacy::drp::{self, Message, READABLE, Signed, Status, standing};
use privacy::request::{Channel, Kind, State};
use store::agent_request::{self as rows, AgentRequestRow};
use store::authorised_agent::AgentRow;
use store::request::RequestRow;
use store::{Fence, Statement, Work};
use url::Url;
use vault::{Place, Sealed};

use super::callback::JOB;
use super::once;
use crate::request::{Asker, Filing, UNPROVED_LIFE};
use crate::{Deed, Desk, Fault};

/// How long a new status waits before it is told: what follows at once is told with it.
const GATHER: Duration = Duration::from_millis(200);
/// The longest number of an agent's own.
const REFERENCE: usize = 128;
/// What a person is told when her agent cannot be told.
const NOT_TOLD: &str = "Status is not sent to this callback: it is not at the host registered for this agent.";

/// What was asked, read from a signed message.
struct Asked {
    kind: Kind,
    filing: Filing,
    asker: Asker,
    exercise: String,
    reference: Option<String>,
    callback: Option<String>,
}

fn read(signed: &Signed) -> Result<Asked, Refusal> {
    let regime = drp::regime(signed.text("regime"))
        .ok_or_else(|| Refusal::invalid("Requests are made under ccpa, or without a regime."))?;
    let exercise = signed.text("exercise").unwrap_or_default();
    let kind = drp::kind(exercise, regime).ok_or_else(|| {
        Refusal::invalid("This right is not exercised here. Nothing is sold, so nobody can opt in to it.")
    })?;
    let email = signed
        .text("email")
        .ok_or_else(|| Refusal::invalid("A claim email is needed: it is what people are found by."))?;
    let reference = signed.text("agent-request-id").map(str::to_owned);
    // No address or name can hide in it: it stays in the clear.
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.' | ':' | '/');
    if reference.as_ref().is_some_and(|text| text.len() > REFERENCE || !text.chars().all(plain)) {
        return Err(Refusal::invalid("agent-request-id has at most 128 letters, digits or the signs _ - . : /."));
    }
    let hints = signed.list("relationships").join(", ");
    let filing = Filing {
        kind,
        regime,
        channel: Channel::Agent,
        locale: Locale::nearest(signed.text("locale").unwrap_or_default()),
        reason: (!hints.is_empty()).then_some(hints),
        correction: None,
        message: None,
    };
    let asker = Asker::Agent { email: email.to_owned(), verified: signed.says("email_verified") };
    let callback = signed.text("status_callback").map(str::to_owned);
    Ok(Asked { kind, filing, asker, exercise: exercise.to_owned(), reference, callback })
}

/// Whether an address lies at the host that was registered for the agent.
fn declared(callback: &str, agent: &AgentRow) -> bool {
    Url::parse(callback).is_ok_and(|url| {
        !agent.callback.is_empty() && url.origin().ascii_serialization() == agent.callback && url.username().is_empty()
    })
}

impl Desk {
    /// Files what an agent asks for somebody. Nothing where the message is not validly signed, addressed and new.
    pub async fn exercise(&self, agent: &AgentRow, body: &[u8]) -> Deed<Option<Status>> {
        let Some(signed) = Message::decode(body).and_then(|message| message.signed_by(&agent.verify_key)) else {
            return Ok(None);
        };
        let Some(heard) = self.heard_first(agent, &signed).await? else { return Ok(None) };
        let asked = read(&signed)?;
        let organisation = agent.organisation;
        let callback = asked.callback.as_deref().filter(|callback| declared(callback, agent));
        let untold = asked.callback.is_some() && callback.is_none();
        let key = self.keyring.organisation(organisation).await?;
        let id = RequestId::new(&self.world);
        let row = AgentRequestRow {
            id: id.uuid(),
            request: id,
            agent: agent.id,
            reference: asked.reference,
            callback: match callback {
                Some(callback) => callback_place(organisation, &id.uuid(), |place| key.seal(place, callback))?,
                None => Sealed::from_column(Vec::new()),
            },
            told: String::new(),
        };
        let house = Actor::House { organisation };
        let line = self.audit(&house, "authorised_agent.request", "authorised_agent", &agent.id.to_string());
        let more = vec![heard, rows::insert(organisation, row, &asked.exercise, self.world.now()), line];
        let filed = self.file_request_as((id, more), &house, asked.filing, asked.asker).await;
        let Some(id) = once(filed)? else { return Ok(None) };
        if asked.kind.needs_identity() {
            // A relay that fails does not undo the request: her page offers to send the code again.
            match self.send_code_if_pending(id).await {
                Ok(()) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        let mut status = self.agent_status(agent, id).await?;
        if let Some(status) = status.as_mut().filter(|_| untold) {
            status.processing_details = Some(NOT_TOLD.to_owned());
        }
        Ok(status)
    }

    async fn send_code_if_pending(&self, id: RequestId) -> Deed<()> {
        let pending = self.request_anywhere(id).await?.is_some_and(|row| row.state == State::IdentityPending.word());
        if pending { self.send_code(id).await } else { Ok(()) }
    }

    /// How a request of this agent stands; nothing for another's, an unknown one, and one that ended too long ago.
    pub async fn agent_status(&self, agent: &AgentRow, id: RequestId) -> Deed<Option<Status>> {
        let Some(asked) = self.asked_by(agent, id).await? else { return Ok(None) };
        let row = self.request_row(agent.organisation, id).await?;
        let over = row.closed_at.is_some_and(|closed| closed.plus(READABLE) <= self.world.now());
        if over { Ok(None) } else { Ok(Some(self.status_of(&row, &asked)?)) }
    }

    async fn asked_by(&self, agent: &AgentRow, id: RequestId) -> Deed<Option<AgentRequestRow>> {
        Ok(self.agent_request(agent.organisation, id).await?.filter(|asked| asked.agent == agent.id))
    }

    /// What an agent asked with this request, if an agent did.
    pub(super) async fn agent_request(
        &self,
        organisation: OrganisationId,
        id: RequestId,
    ) -> Deed<Option<AgentRequestRow>> {
        let row = self.store.one(Fence::Organisation(organisation), rows::by_request(organisation, id)).await?;
        Ok(row.as_ref().map(AgentRequestRow::from_row).transpose()?)
    }

    /// Takes a request back for the person. The message binds no request, so a copy of it does what it did before and no more.
    pub async fn agent_revokes(&self, agent: &AgentRow, id: RequestId, body: &[u8]) -> Deed<Option<Status>> {
        let signed = Message::decode(body).and_then(|message| message.signed_by(&agent.verify_key));
        let Some(signed) = signed else { return Ok(None) };
        // The protocol asks for a reason only; what is addressed all the same must be addressed well.
        let addressed = signed.text("agent-id").is_some() || signed.text("business-id").is_some();
        let business = super::business_id(agent.organisation);
        if addressed && signed.valid(&agent.agent, &business, self.world.now()).is_none() {
            return Ok(None);
        }
        if self.asked_by(agent, id).await?.is_none() {
            return Ok(None);
        }
        let house = Actor::House { organisation: agent.organisation };
        if self.request_row(agent.organisation, id).await?.state != State::Withdrawn.word() {
            self.withdraw_request(&house, id).await?;
            self.bell.ring();
        }
        self.agent_status(agent, id).await
    }

    /// The status object of a request. It says neither who she is nor whether anything was found.
    pub(super) fn status_of(&self, row: &RequestRow, asked: &AgentRequestRow) -> Deed<Status> {
        let (state, kind): (State, Kind) = (row.state.parse()?, row.kind.parse()?);
        let ground = row.ground.as_deref().map(str::parse).transpose()?;
        let standing = standing(state, ground);
        let page = || Some(format!("{}/privacy/request/{}", self.post.origin, row.id));
        let pending = state == State::IdentityPending;
        let collected = matches!(kind.like(), Kind::Access | Kind::Portability);
        let ends = match (pending, row.closed_at) {
            (true, _) => Some(row.received_at.plus(UNPROVED_LIFE)),
            (false, Some(closed)) => Some(closed.plus(READABLE)),
            (false, None) => None,
        };
        Ok(Status {
            request_id: asked.id.clone(),
            agent_request_id: asked.reference.clone(),
            received_at: drp::moment(row.received_at),
            expected_by: drp::moment(row.due_at),
            processing_details: details(row, state),
            status: standing.status,
            reason: standing.reason,
            user_verification_url: pending.then(page).flatten(),
            expires_at: ends.map(drp::moment),
            results_url: (standing.status == "fulfilled" && collected).then(page).flatten(),
        })
    }

    /// A request may stand differently now: if an agent asked, it is told in a moment.
    pub(crate) async fn agent_hears(&self, organisation: OrganisationId, id: RequestId) -> Deed<()> {
        if self.agent_request(organisation, id).await?.is_none_or(|asked| asked.callback.as_column().is_empty()) {
            return Ok(());
        }
        let job = jobs::enqueue(&self.world, organisation, JOB, &id.to_string(), self.world.now().plus(GATHER));
        self.store.write(Work::new(Fence::Organisation(organisation)).with(job)).await?;
        Ok(())
    }

    /// What travels with the end of a request: until when the agent can read how it ended, and that it is told.
    pub(crate) fn agent_hears_the_end(&self, row: &RequestRow, now: Moment) -> Vec<Statement> {
        if row.channel != Channel::Agent.word() {
            return Vec::new();
        }
        let until = rows::close(row.organisation, row.id, now.plus(READABLE));
        let job = jobs::enqueue(&self.world, row.organisation, JOB, &row.id.to_string(), now.plus(GATHER));
        vec![until, job]
    }
}

/// One sentence about where a request stands, the same whoever it is about.
fn details(row: &RequestRow, state: State) -> Option<String> {
    let sentence = match state {
        State::InProgress if row.extended_at.is_some() => {
            "The answer was put off as the law allows; the person has the reason."
        }
        State::InProgress if row.paused_since.is_some() => "The person was asked a question.",
        State::IdentityPending => "A code was sent to the address: whoever has it confirms the request there.",
        State::Fulfilled => "The person has the answer at her own address.",
        State::PartlyFulfilled => "A law keeps a part; the person has the answer with the reasons at her own address.",
        State::Refused => "The person has the answer with the reasons and the ways to complain at her own address.",
        State::Expired => "Nobody confirmed the request in time.",
        State::InProgress | State::Withdrawn => return None,
    };
    Some(sentence.to_owned())
}

/// Hands the place of a sealed callback to `seal`.
pub(super) fn callback_place<T>(organisation: OrganisationId, row: &str, seal: impl FnOnce(&Place<'_>) -> T) -> T {
    seal(&Place { organisation, table: "agent_request", column: "callback_sealed", row })
}
