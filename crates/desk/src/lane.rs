//! The AI-free lane: whoever opted out, is restricted, under age or speaks of what is specially protected is kept from the
//! assistant by a mark in the data. The job that answers then finds nothing, and the conversation goes to a person.

use model::{Actor, Moment, OrganisationId, PersonId, Refusal};
use store::conversation::{ConversationRow, Lane};
use store::lane::{self as rows, LaneRow, Of};
use store::{Fence, Statement, Work, conversation};

use crate::body::{SystemCode, Where};
use crate::handover::Turn;
use crate::{Deed, Desk, Fault};

/// How many of the last messages are looked at for how a conversation came to people.
const LOOKED_BACK: i64 = 200;

/// Why the assistant may not see something. Each reason stands and falls by itself.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum AiOff {
    /// She said that she wants no assistant (GDPR Art. 21; our own promise goes further: no reason is asked).
    OptOut,
    /// She is under the age at which she may agree herself (GDPR Art. 8).
    Minor,
    /// Health, faith, politics and the like (GDPR Art. 9).
    SpecialCategory,
    /// The organisation asks about the age before the chat, and she has not answered yet.
    AgeUnknown,
}

impl AiOff {
    const ALL: [AiOff; 4] = [AiOff::OptOut, AiOff::Minor, AiOff::SpecialCategory, AiOff::AgeUnknown];

    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            AiOff::OptOut => "opt_out",
            AiOff::Minor => "minor",
            AiOff::SpecialCategory => "special_category",
            AiOff::AgeUnknown => "age_unknown",
        }
    }

    /// The reason behind a word of the API.
    pub fn from_word(word: &str) -> Option<AiOff> {
        Self::ALL.into_iter().find(|reason| reason.word() == word)
    }
}

/// The four grounds of GDPR Art. 18(1).
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Ground {
    /// (a) She says that it is not accurate; until that is checked.
    Accuracy,
    /// (b) It should not have been processed, but she does not want it erased.
    Unlawful,
    /// (c) We do not need it any more, but she does, for a legal claim.
    Claims,
    /// (d) She objected; until it is decided whose grounds prevail.
    Objection,
}

impl Ground {
    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            Ground::Accuracy => "accuracy",
            Ground::Unlawful => "unlawful",
            Ground::Claims => "claims",
            Ground::Objection => "objection",
        }
    }

    /// The ground behind a word of the API.
    pub fn from_word(word: &str) -> Option<Ground> {
        [Ground::Accuracy, Ground::Unlawful, Ground::Claims, Ground::Objection]
            .into_iter()
            .find(|ground| ground.word() == word)
    }
}

/// A restriction of processing (GDPR Art. 18): what is restricted is kept, and neither used, changed nor purged.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Restriction {
    /// Since when.
    pub since: Moment,
    /// Why.
    pub ground: Ground,
    /// When she was told that it will be lifted.
    pub lift_told_at: Option<Moment>,
}

/// The marks of a person or of a conversation.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Marks {
    /// Since when the assistant may not.
    pub ai_off_at: Option<Moment>,
    /// Why.
    pub ai_off: Vec<AiOff>,
    /// The restriction, if there is one.
    pub restriction: Option<Restriction>,
}

impl Marks {
    fn of(row: &LaneRow) -> Marks {
        let ground = row.restricted_ground.as_deref().and_then(Ground::from_word).unwrap_or(Ground::Objection);
        let restriction = row.restricted_at.map(|since| Restriction { since, ground, lift_told_at: row.lift_told_at });
        let ai_off = row.ai_off_reasons.split(' ').filter_map(AiOff::from_word).collect();
        Marks { ai_off_at: row.ai_off_at, ai_off, restriction }
    }
}

impl Desk {
    /// How a person or a conversation is marked; unknown ones and other organisations' are the same.
    pub async fn marks(&self, organisation: OrganisationId, of: Of) -> Deed<Marks> {
        Ok(Marks::of(&self.lane_row(organisation, of).await?))
    }

    async fn lane_row(&self, organisation: OrganisationId, of: Of) -> Deed<LaneRow> {
        let row = self.store.one(Fence::Organisation(organisation), rows::of(organisation, of)).await?;
        Ok(LaneRow::from_row(&row.ok_or_else(Refusal::not_found)?)?)
    }

    /// Keeps the assistant away from now on, an answer that is being written included.
    pub async fn ai_off(&self, actor: &Actor, of: Of, reason: AiOff) -> Deed<Marks> {
        let organisation = actor.organisation();
        let row = self.lane_row(organisation, of).await?;
        let mut reasons = Marks::of(&row).ai_off;
        if !reasons.contains(&reason) {
            reasons.push(reason);
            let change = rows::set_reasons(organisation, of, &row, &words(reasons), self.world.now());
            self.mark(actor, of, "person.ai_off", change).await?;
        }
        self.hand_to_people(organisation, of).await?;
        self.marks(organisation, of).await
    }

    /// Takes one reason back. When none is left the assistant may answer again, and gets what nobody has taken up.
    pub async fn ai_on(&self, actor: &Actor, of: Of, reason: AiOff) -> Deed<Marks> {
        let organisation = actor.organisation();
        let row = self.lane_row(organisation, of).await?;
        let mut reasons = Marks::of(&row).ai_off;
        if reasons.contains(&reason) {
            reasons.retain(|one| *one != reason);
            let change = rows::set_reasons(organisation, of, &row, &words(reasons), self.world.now());
            self.mark(actor, of, "person.ai_on", change).await?;
            let since = row.ai_off_at;
            for row in self.conversations_of(organisation, of).await? {
                let place = Where { organisation, conversation: row.id };
                let waits = row.open && row.lane == Lane::Waiting && row.assignee.is_none();
                if waits
                    && self.may_be_given_back(place, &row).await?
                    && self.left_the_assistant(place, &row, since).await?
                {
                    self.turn(place, Turn::GiveBack, actor).await?;
                }
            }
        }
        self.marks(organisation, of).await
    }

    /// Restricts processing (Art. 18): from now on it is kept, and neither read by the assistant, changed nor purged.
    pub async fn restrict(&self, actor: &Actor, of: Of, ground: Ground) -> Deed<Marks> {
        let organisation = actor.organisation();
        self.lane_row(organisation, of).await?;
        let change = rows::restrict(organisation, of, ground.word(), self.world.now());
        self.mark(actor, of, "person.restrict", change).await?;
        self.hand_to_people(organisation, of).await?;
        self.marks(organisation, of).await
    }

    /// Notes that she was told that the restriction will be lifted (Art. 18(3)); only then can it be.
    pub async fn restriction_told(&self, actor: &Actor, of: Of) -> Deed<Marks> {
        let organisation = actor.organisation();
        if self.marks(organisation, of).await?.restriction.is_none() {
            return Err(Refusal::conflict("Nothing is restricted here.").into());
        }
        self.mark(actor, of, "person.restriction_told", rows::told(organisation, of, self.world.now())).await?;
        self.marks(organisation, of).await
    }

    /// Lifts the restriction, if she was told before (Art. 18(3)).
    pub async fn lift_restriction(&self, actor: &Actor, of: Of) -> Deed<Marks> {
        let organisation = actor.organisation();
        match self.marks(organisation, of).await?.restriction {
            None => {}
            Some(Restriction { lift_told_at: None, .. }) => {
                return Err(Refusal::conflict("Tell the person first that the restriction ends, then lift it.").into());
            }
            Some(_) => self.mark(actor, of, "person.lift_restriction", rows::lift(organisation, of)).await?,
        }
        self.marks(organisation, of).await
    }

    /// Refuses what would change restricted data.
    pub(crate) async fn unrestricted(&self, organisation: OrganisationId, of: Of) -> Deed<()> {
        match self.marks(organisation, of).await?.restriction {
            None => Ok(()),
            Some(_) => Err(Refusal::conflict("This data is restricted: it is kept, and nobody changes it.").into()),
        }
    }

    /// One mark and its line in the audit log.
    async fn mark(&self, actor: &Actor, of: Of, action: &'static str, change: Statement) -> Deed<()> {
        let kind = match of {
            Of::Person(_) => "person",
            Of::Conversation(_) => "conversation",
        };
        let line = self.audit(actor, action, kind, &of.id());
        self.store.write(Work::new(Fence::Organisation(actor.organisation())).with(change).with(line)).await?;
        Ok(())
    }

    /// Stops what the assistant is writing, then gives its conversations to people.
    async fn hand_to_people(&self, organisation: OrganisationId, of: Of) -> Deed<()> {
        let found = self.conversations_of(organisation, of).await?;
        // The mark is committed: nothing new can begin. What began before is cut off before anything else is done.
        for row in &found {
            self.live.silence(organisation, row.id);
        }
        for row in found.iter().filter(|row| row.open && row.lane == Lane::Ai) {
            let place = Where { organisation, conversation: row.id };
            self.turn(place, Turn::AskForPerson, &Actor::House { organisation }).await?;
        }
        Ok(())
    }

    async fn conversations_of(&self, organisation: OrganisationId, of: Of) -> Deed<Vec<ConversationRow>> {
        let statement = match of {
            Of::Person(person) => conversation::by_person(organisation, person),
            Of::Conversation(id) => conversation::by_id(organisation, id),
        };
        let found = self.store.all(Fence::Organisation(organisation), statement).await?;
        Ok(found.iter().map(ConversationRow::from_row).collect::<Result<_, _>>()?)
    }

    /// Whether the conversation went from the assistant to people after this mark was set: one in which she had asked for a person
    /// before, or that was never the assistant's, stays with people.
    async fn left_the_assistant(&self, place: Where, row: &ConversationRow, since: Option<Moment>) -> Deed<bool> {
        let Some(since) = since else { return Ok(false) };
        let latest = self.log(place, row.person, row.last_seq.saturating_sub(LOOKED_BACK), false).await?;
        let asked = latest.iter().rev().find(|message| message.body.system == Some(SystemCode::PersonRequested));
        Ok(asked.is_some_and(|message| message.created_at >= since))
    }

    /// Whether the assistant is on, and neither the conversation nor the person is kept from it.
    pub(crate) async fn may_be_given_back(&self, place: Where, row: &ConversationRow) -> Deed<bool> {
        if !self.organisation(place.organisation).await?.settings.ai_enabled {
            return Ok(false);
        }
        let talk = self.marks(place.organisation, Of::Conversation(row.id)).await?;
        let person = self.marks(place.organisation, Of::Person(row.person)).await?;
        Ok([talk, person].iter().all(|marks| marks.ai_off.is_empty() && marks.restriction.is_none()))
    }

    /// The end of every answering job: a conversation that is the assistant's turn but not in its lane, or that comes while the
    /// assistant is not `on`, goes to a person.
    pub(crate) async fn kept_from_the_assistant(&self, place: Where, on: bool) -> Deed<()> {
        if on && self.answerable(place).await?.is_some() {
            return Ok(());
        }
        let row = match self.conversation_row(place.organisation, place.conversation).await {
            Err(Fault::Refused(_)) => return Ok(()),
            found => found?,
        };
        if row.open && row.lane == Lane::Ai {
            let house = Actor::House { organisation: place.organisation };
            self.turn(place, Turn::AskForPerson, &house).await?;
        }
        Ok(())
    }

    /// The visitor's own wish, heard at once: no assistant, or the assistant again.
    pub async fn visitor_wants_ai(&self, organisation: OrganisationId, person: PersonId, wants: bool) -> Deed<Marks> {
        let actor = Actor::Visitor { organisation, person };
        match wants {
            false => self.ai_off(&actor, Of::Person(person), AiOff::OptOut).await,
            true => self.ai_on(&actor, Of::Person(person), AiOff::OptOut).await,
        }
    }
}

/// The mark of somebody new whose age is asked about: until she answers, the assistant is kept from her.
pub(crate) fn age_unknown(organisation: OrganisationId, person: PersonId, at: Moment) -> Statement {
    let before = LaneRow {
        ai_off_at: None,
        ai_off_reasons: String::new(),
        restricted_at: None,
        restricted_ground: None,
        lift_told_at: None,
    };
    rows::set_reasons(organisation, Of::Person(person), &before, AiOff::AgeUnknown.word(), at)
}

/// The reasons as they stand in the column.
fn words(mut reasons: Vec<AiOff>) -> String {
    reasons.sort();
    reasons.iter().map(|reason| reason.word()).collect::<Vec<_>>().join(" ")
}
