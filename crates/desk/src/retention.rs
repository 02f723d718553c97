//! Periods: what is kept for how long, what another period would do, and deleting a conversation before its time.

use model::{Actor, ConversationId, OrganisationId, Refusal};
use privacy::retain::{self, Canary, Figure, Lateness, Periods, Preview};
use store::{Fence, Work, retention};

use crate::{Deed, Desk};

/// How retention stands.
pub struct Keeping {
    /// What the organisation chose.
    pub periods: Periods,
    /// What is there of each class.
    pub figures: Vec<Figure>,
    /// Whether the rounds go through.
    pub lateness: Lateness,
    /// Whether the planted people vanish on their day.
    pub canary: Canary,
    /// How many people a hold or a restriction keeps.
    pub held: i64,
}

impl Desk {
    /// How retention stands.
    pub async fn keeping(&self, organisation: OrganisationId) -> Deed<Keeping> {
        let held = self.store.one(Fence::Organisation(organisation), retention::held(organisation)).await?;
        Ok(Keeping {
            periods: retain::periods(&self.store, organisation).await?,
            figures: retain::figures(&self.store, &self.world, organisation).await?,
            lateness: retain::lateness(&self.store, &self.world, organisation).await?,
            canary: retain::canary(&self.store, &self.world, organisation).await?,
            held: held.map(|row| row.int("many")).transpose()?.unwrap_or(0),
        })
    }

    /// What would go if a class were kept for so many days; nothing is changed.
    pub async fn preview_period(&self, organisation: OrganisationId, class: &str, days: u32) -> Deed<Preview> {
        Ok(retain::preview(&self.store, &self.world, organisation, (class, days)).await?)
    }

    /// Keeps a class for so many days from now on. A shorter period bites with the round that follows; a longer one brings
    /// nothing back.
    pub async fn change_period(&self, actor: &Actor, class: &str, days: u32) -> Deed<()> {
        let term = retain::chosen(class, days)?;
        let organisation = self.organisation(actor.organisation()).await?;
        let mut settings = organisation.settings.clone();
        match term.class {
            "conversation" => settings.keep_days = days,
            other => drop(settings.terms.insert(other.to_owned(), days)),
        }
        self.change_settings(actor, &organisation, (&organisation.name, settings)).await?;
        self.retain_now(actor.organisation()).await
    }

    /// Deletes a conversation: unreadable at once, its rows go with the round that follows.
    pub async fn delete_conversation(&self, actor: &Actor, id: ConversationId) -> Deed<()> {
        let organisation = actor.organisation();
        let row = self.conversation_row(organisation, id).await?;
        if self.marks(organisation, store::lane::Of::Conversation(id)).await?.restriction.is_some()
            || self.marks(organisation, store::lane::Of::Person(row.person)).await?.restriction.is_some()
        {
            return Err(Refusal::conflict("This data is restricted: it is kept, and nobody deletes it.").into());
        }
        let line = self.audit(actor, "conversation.delete", "conversation", &id.to_string());
        let work = Work::new(Fence::Organisation(organisation))
            .extend(retention::delete_conversation(organisation, id, self.world.now()))
            .with(line);
        self.store.write(work).await?;
        self.live.silence(organisation, id);
        self.retain_now(organisation).await
    }

    /// Asks for a round of retention now.
    pub(crate) async fn retain_now(&self, organisation: OrganisationId) -> Deed<()> {
        let work = Work::new(Fence::Organisation(organisation)).with(retain::enqueue(&self.world, organisation));
        self.store.write(work).await?;
        self.bell.ring();
        Ok(())
    }
}
