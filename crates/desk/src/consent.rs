//! The consent book: the organisation words what it asks, a person gives, refuses or withdraws. Each decision is one line that
//! nothing changes later, and a withdrawal deletes what rested on the consent in the same instant (GDPR Art. 7).

mod lapse;
mod receipt;
mod wording;

use model::{Actor, ConsentId, ConsentTextId, Locale, Moment, OrganisationId, PersonId, Refusal};
use store::consent::{self as rows, ConsentRow};
use store::consent_text::TextRow;
use store::lane::Of;
use store::{Fence, Statement, StoreError, Work, survey_answer};

use crate::lane::AiOff;
use crate::{Deed, Desk};

pub use wording::{Figure, Wordings};

/// What somebody decided about a purpose.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Choice {
    /// She agrees.
    Given,
    /// She was asked and does not agree.
    Refused,
    /// She agreed, and takes it back (Art. 7(3)).
    Withdrawn,
    /// She agreed so long ago that nobody may take it for her will any more. Nobody chooses this: time does.
    Lapsed,
}

impl Choice {
    /// The word in the column and the API.
    pub fn word(self) -> &'static str {
        match self {
            Choice::Given => "given",
            Choice::Refused => "refused",
            Choice::Withdrawn => "withdrawn",
            Choice::Lapsed => "lapsed",
        }
    }

    /// The choice behind a word, of those that a person takes.
    pub fn from_word(word: &str) -> Option<Choice> {
        [Choice::Given, Choice::Refused, Choice::Withdrawn].into_iter().find(|choice| choice.word() == word)
    }
}

/// Where the wording was shown, and what was done there.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Shown {
    /// The questions before the chat: a box was ticked or left empty.
    Survey,
    /// The page of choices in the chat: a button was pressed.
    Choices,
    /// A privacy request: no wording was shown, the request itself is the deed.
    Request,
    /// Nowhere: its time was over.
    Term,
}

impl Shown {
    fn words(self) -> (&'static str, &'static str) {
        match self {
            Shown::Survey => ("survey", "box"),
            Shown::Choices => ("choices", "button"),
            Shown::Request => ("request", "request"),
            Shown::Term => ("term", "time"),
        }
    }
}

/// What her browser says by itself with every request.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub struct Signals {
    /// Global Privacy Control (W3C).
    pub gpc: bool,
    /// Do Not Track.
    pub dnt: bool,
}

/// In which circumstances a decision is taken.
#[derive(Clone, Copy, Debug)]
pub struct Scene {
    /// Where.
    pub shown: Shown,
    /// In which language.
    pub language: Locale,
    /// What the browser said.
    pub signals: Signals,
}

/// A purpose as a person sees it: the words in force in her language, and how she stands to it.
pub struct Standing {
    /// The words she is asked with; nothing where nobody is asked any more.
    pub text: Option<TextRow>,
    /// The purpose.
    pub purpose: String,
    /// Her last decision about it.
    pub last: Option<ConsentRow>,
}

impl Standing {
    /// Whether her consent stands now.
    pub fn given(&self) -> bool {
        self.last.as_ref().is_some_and(|last| last.state == Choice::Given.word())
    }
}

impl Desk {
    /// Every decision of a person, in their order.
    pub async fn decisions(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<ConsentRow>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::of_person(organisation, person)).await?;
        Ok(found.iter().map(ConsentRow::from_row).collect::<Result<_, _>>()?)
    }

    /// How a person stands to each purpose on which something rests now, and to each she decided about before.
    pub async fn standings(
        &self,
        organisation: OrganisationId,
        person: PersonId,
        locale: Locale,
    ) -> Deed<Vec<Standing>> {
        let decisions = self.decisions(organisation, person).await?;
        let wordings = self.wordings(organisation).await?;
        let fields = self.organisation(organisation).await?.settings.survey.fields;
        let mut purposes: Vec<String> = fields.into_iter().filter_map(|field| field.purpose).collect();
        purposes.extend(decisions.iter().map(|decision| decision.purpose.clone()));
        purposes.sort();
        purposes.dedup();
        let stand = |purpose: String| Standing {
            text: wordings.in_force(&purpose, locale).cloned(),
            last: decisions.iter().rfind(|decision| decision.purpose == purpose).cloned(),
            purpose,
        };
        Ok(purposes.into_iter().map(stand).collect())
    }

    /// She decides about a purpose. Deciding the same again changes nothing.
    pub async fn decide(
        &self,
        actor: &Actor,
        person: PersonId,
        (text, choice): (ConsentTextId, Choice),
        scene: Scene,
    ) -> Deed<()> {
        let organisation = actor.organisation();
        let text = self.wording(organisation, text).await?;
        let standings = self.standings(organisation, person, scene.language).await?;
        let standing = standings.iter().find(|one| one.purpose == text.purpose).ok_or_else(Refusal::not_found)?;
        let work = Work::new(Fence::Organisation(organisation));
        let work = match (choice, &standing.last) {
            (Choice::Given, _) => {
                self.may_agree(organisation, person, &text).await?;
                if standing.given() && standing.last.as_ref().is_some_and(|last| last.wording == text.id) {
                    return Ok(());
                }
                work.extend(self.inscribe(actor, person, (&text, Choice::Given), scene).1)
            }
            (Choice::Refused | Choice::Withdrawn, Some(last)) if standing.given() => {
                // What is taken back is what was given, whatever is asked today.
                let given = self.wording(organisation, last.wording).await?;
                work.extend(self.taking_back(actor, person, &given, scene).await?)
            }
            (Choice::Refused, None) => work.extend(self.inscribe(actor, person, (&text, Choice::Refused), scene).1),
            _ => return Ok(()),
        };
        self.settle(work).await
    }

    /// Takes back everything that a person agreed to (Art. 7(3)). Answers for how many purposes.
    pub async fn withdraw_all(&self, actor: &Actor, person: PersonId, scene: Scene) -> Deed<usize> {
        let organisation = actor.organisation();
        let standings = self.standings(organisation, person, scene.language).await?;
        let mut work = Work::new(Fence::Organisation(organisation));
        let mut purposes = 0;
        for last in standings.iter().filter(|one| one.given()).filter_map(|one| one.last.as_ref()) {
            let given = self.wording(organisation, last.wording).await?;
            work = work.extend(self.taking_back(actor, person, &given, scene).await?);
            purposes += 1;
        }
        if purposes > 0 {
            self.settle(work).await?;
        }
        Ok(purposes)
    }

    /// Whether she may agree to this wording now: it is in force, and she is not under age as far as is asked (Art. 8).
    pub(crate) async fn may_agree(&self, organisation: OrganisationId, person: PersonId, text: &TextRow) -> Deed<()> {
        if text.retired_at.is_some() {
            return Err(Refusal::conflict("The wording has changed. Please read it again.").into());
        }
        let marks = self.marks(organisation, Of::Person(person)).await?.ai_off;
        if marks.contains(&AiOff::Minor) {
            return Err(Refusal::conflict("Whoever is under age cannot agree here; please ask a parent.").into());
        }
        if marks.contains(&AiOff::AgeUnknown) {
            return Err(Refusal::conflict("Please answer the question about your age first.").into());
        }
        Ok(())
    }

    /// The next line in the book, with its line in the audit log, which proves it was there at that time.
    pub(crate) fn inscribe(
        &self,
        actor: &Actor,
        person: PersonId,
        (text, choice): (&TextRow, Choice),
        scene: Scene,
    ) -> (ConsentId, Vec<Statement>) {
        let (line, audit) = self.line(actor, (text, choice), scene);
        (line.id, vec![rows::insert(actor.organisation(), person, line), audit])
    }

    /// A line about a wording, whose place in the book the store counts.
    fn line(&self, actor: &Actor, (text, choice): (&TextRow, Choice), scene: Scene) -> (ConsentRow, Statement) {
        let id = ConsentId::new(&self.world);
        let (shown_in, act) = scene.shown.words();
        let line = ConsentRow {
            id,
            purpose: text.purpose.clone(),
            seq: 0,
            wording: text.id,
            wording_hash: text.hash.clone(),
            state: choice.word().to_owned(),
            shown_in: shown_in.to_owned(),
            act: act.to_owned(),
            language: text.language.clone(),
            gpc: scene.signals.gpc,
            dnt: scene.signals.dnt,
            decided_at: self.world.now(),
        };
        let action = match choice {
            Choice::Given => "consent.give",
            Choice::Refused => "consent.refuse",
            Choice::Withdrawn => "consent.withdraw",
            Choice::Lapsed => "consent.lapse",
        };
        (line, self.audit(actor, action, "consent", &id.to_string()))
    }

    /// A withdrawal and the end of what rested on the consent, in one work. Only a legal hold on all of hers keeps the answers
    /// (Art. 17(3)(e)); nobody sees them then either.
    async fn taking_back(&self, actor: &Actor, person: PersonId, text: &TextRow, scene: Scene) -> Deed<Vec<Statement>> {
        let mut statements = self.inscribe(actor, person, (text, Choice::Withdrawn), scene).1;
        statements.extend(self.clearing(actor.organisation(), person, &text.purpose).await?);
        Ok(statements)
    }

    /// The end of what rests on a purpose, unless a hold keeps it.
    async fn clearing(&self, organisation: OrganisationId, person: PersonId, purpose: &str) -> Deed<Option<Statement>> {
        let now: Moment = self.world.now();
        let held = privacy::legal_hold::held(&self.store, organisation, person, now).await?;
        let kept = held.is_some_and(|held| held.whole);
        Ok((!kept).then(|| survey_answer::clear_purpose(organisation, person, purpose)))
    }

    /// Writes it; whoever was quicker about the same purpose wins, and the other looks again.
    pub(crate) async fn settle(&self, work: Work) -> Deed<()> {
        match self.store.write(work).await {
            Ok(_) => Ok(()),
            Err(StoreError::Unique) => Err(Refusal::conflict("Something else was quicker. Please try again.").into()),
            Err(error) => Err(error.into()),
        }
    }
}
