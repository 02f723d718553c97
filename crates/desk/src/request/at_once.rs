//! What the chat does at a press, “delete my data” and “download my data”: done at once, with a record like any other request,
//! so that the list of what was asked and done is complete. The record holds no words, and after an erasure nobody's id.

use model::{Actor, ErasureId, OrganisationId, PersonId, RequestId};
use privacy::erase;
use privacy::request::{Act, Channel, Identity, Kind, Regime, State, Step};
use store::request as rows;
use store::request_step;
use store::{Fence, Statement, Work};

use super::locate::planned;
use super::steps::settle;
use super::work::record_ends;
use super::{Asker, Filing};
use crate::{Deed, Desk};

/// A request of this kind by the session of a chat.
fn filing(kind: Kind, locale: model::Locale) -> Filing {
    Filing {
        kind,
        regime: Regime::Gdpr,
        channel: Channel::Widget,
        locale,
        reason: None,
        correction: None,
        message: None,
    }
}

impl Desk {
    /// The record of what she does herself, with its finding step; its line in the audit log travels along.
    async fn own_record(
        &self,
        (organisation, person): (OrganisationId, PersonId),
        kind: Kind,
    ) -> Deed<(RequestId, Vec<Statement>)> {
        let locale = self.person(organisation, person).await?.locale;
        let requester = self.requester(organisation, &Asker::Session(person), locale).await?;
        let id = RequestId::new(&self.world);
        let row = self.new_row(organisation, id, &requester, (&filing(kind, locale), Identity::Session));
        let found = planned(self, id, (0, Act::Locate), None);
        let line = self.audit(&Actor::Visitor { organisation, person }, "request.file", "request", &id.to_string());
        let settled = settle(organisation, &found, Step::Done, self.world.now());
        Ok((id, vec![rows::insert(row), request_step::insert(organisation, found), settled, line]))
    }

    /// Asks for the erasure of whoever presses the button. The record is closed by its job once the receipt is there, and whoever
    /// outside received something is told (Art. 19); neither keeps the erasure waiting.
    pub(crate) async fn erase_herself(&self, organisation: OrganisationId, person: PersonId) -> Deed<ErasureId> {
        let open = self.same_open(organisation, person, &filing(Kind::Erasure, model::Locale::En)).await?;
        if open.is_some() {
            return Ok(erase::request(&self.counter(), organisation, person, "visitor").await?);
        }
        let (request, mut work) = self.own_record((organisation, person), Kind::Erasure).await?;
        let step = planned(self, request, (1, Act::Erase), Some(person.to_string()));
        let erased_by = step.id;
        work.push(request_step::insert(organisation, step));
        for tell in self.tells(organisation, request, (2, person)).await? {
            work.push(request_step::insert(organisation, tell));
        }
        work.push(self.request_job(organisation, request, self.world.now()));
        let with = |id| work.iter().cloned().chain([request_step::erasure(organisation, erased_by, id)]).collect();
        Ok(erase::request_with(&self.counter(), organisation, person, "visitor", with).await?)
    }

    /// Notes that she has downloaded everything: asked, done and over in one moment.
    pub(crate) async fn note_own_export(&self, organisation: OrganisationId, person: PersonId) -> Deed<()> {
        let (request, work) = self.own_record((organisation, person), Kind::Access).await?;
        let step = planned(self, request, (1, Act::Export), Some(person.to_string()));
        let now = self.world.now();
        let done = settle(organisation, &step, Step::Done, now);
        let over = rows::close(organisation, request, State::Fulfilled.word(), now, record_ends(now));
        let work = Work::new(Fence::Organisation(organisation))
            .extend(work)
            .with(request_step::insert(organisation, step))
            .with(done)
            .with(rows::answered(organisation, request, now))
            .with(over);
        self.store.write(work).await?;
        Ok(())
    }
}
