//! The job that tells an agent how its request stands, each new status once. Best effort, as the protocol wants: tried again for
//! hours, given up then; the agent can always ask.

use jobs::{BoxFuture, Job, JobFault, Next, Pace, Reconciler};
use model::{OrganisationId, PersonId, RequestId};
use outside::callback::Callback;
use privacy::drp::Status;
use store::authorised_agent::{self as agents, AgentRow};
use store::{Fence, Work, agent_request};
use url::Url;

use super::exercise::callback_place;
use crate::{Deed, Desk, Fault};

/// The kind of the job; its subject is the id of the request.
pub const JOB: &str = "agent_status";

/// Tells agents.
pub struct Callbacks(pub Desk);

impl Reconciler for Callbacks {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn pace(&self) -> Pace {
        Pace::Slow
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let Ok(id) = job.subject.parse::<RequestId>() else { return Ok(Next::Done) };
            match self.0.tell_status(job.organisation, id).await {
                Ok(Told::Done) => Ok(Next::Done),
                Ok(Told::Later) => Err(JobFault::new("agent_unreachable")),
                Ok(Told::Never) => Err(JobFault::lasting("agent_refused")),
                Err(fault) => fault.ends_job(),
            }
        })
    }
}

/// How telling ended this time.
enum Told {
    Done,
    Later,
    Never,
}

/// What of a status is news.
fn news(status: &Status) -> String {
    format!("{} {} {}", status.status, status.reason.unwrap_or_default(), status.expected_by)
}

impl Desk {
    async fn tell_status(&self, organisation: OrganisationId, id: RequestId) -> Deed<Told> {
        let fence = Fence::Organisation(organisation);
        let Some(asked) = self.agent_request(organisation, id).await? else { return Ok(Told::Done) };
        if asked.callback.as_column().is_empty() {
            return Ok(Told::Done);
        }
        let found = self.store.one(fence, agents::by_id(organisation, asked.agent)).await?;
        // Whoever was shut out is told nothing more.
        let Some(agent) = found.as_ref().map(AgentRow::from_row).transpose()? else { return Ok(Told::Done) };
        let row = self.request_row(organisation, id).await?;
        let status = self.status_of(&row, &asked)?;
        let news = news(&status);
        if asked.told == news {
            return Ok(Told::Done);
        }
        let key = self.keyring.organisation(organisation).await?;
        let to = callback_place(organisation, &asked.id, |place| key.open(place, &asked.callback))?;
        let (Ok(to), Ok(declared_at)) = (Url::parse(to.expose()), Url::parse(&agent.callback)) else {
            return Ok(Told::Never);
        };
        let json = serde_json::to_string(&status).map_err(|_| Fault::broken("a status does not serialise"))?;
        let declared_as = agent.id.to_string();
        let callback = Callback { declared_as: &declared_as, declared_at: &declared_at, to: &to, name: &agent.name };
        let person = row.person.parse::<PersonId>().ok();
        match self.tell_agent((organisation, person), &callback, json).await? {
            Ok(()) => {
                self.store.write(Work::new(fence).with(agent_request::told(organisation, id, &news))).await?;
                Ok(Told::Done)
            }
            Err(fault) => {
                tracing::warn!(%fault, "an agent could not be told");
                Ok(if fault.may_pass() { Told::Later } else { Told::Never })
            }
        }
    }
}
