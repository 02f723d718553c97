//! The questions before the chat, made by the organisation: each either needed for the answer, or resting on a consent of its own.
//! What rests on consent is kept only together with it. The children's gate keeps one thing: whom the assistant may not answer.

mod form;

use model::{Actor, ConsentId, ConsentTextId, Moment, OrganisationId, PersonId, Refusal, SurveyAnswerId};
use store::consent_text::TextRow;
use store::lane::Of;
use store::survey_answer::{self as rows, AnswerRow};
use store::{Fence, Statement, Work, person};
use vault::{Personal, Place};

use crate::consent::{Choice, Scene};
use crate::lane::AiOff;
use crate::setting::Settings;
use crate::visitor::VisitorSession;
use crate::{Deed, Desk};

pub use form::{Field, FieldKind, Label, Survey};

/// The wordings that were agreed to, each with the decision about it.
type Given = Vec<(TextRow, ConsentId)>;

/// What a visitor filled in.
pub struct Filled {
    /// Question and answer; an empty answer is none.
    pub answers: Vec<(String, String)>,
    /// The wordings she agreed to.
    pub given: Vec<ConsentTextId>,
    /// Whether she is younger than the gate asks.
    pub under_age: Option<bool>,
    /// Where and how.
    pub scene: Scene,
}

/// One answer, opened. Has no `Debug`.
pub struct Answered {
    /// Which question.
    pub field: String,
    /// The question, as it was asked.
    pub question: String,
    /// The purpose it rests on, where it rests on consent.
    pub purpose: Option<String>,
    /// The answer.
    pub words: Personal,
    /// When.
    pub at: Moment,
}

impl Desk {
    /// Changes the questions, all of them or none; written to the audit log.
    pub async fn change_survey(&self, actor: &Actor, survey: Survey) -> Deed<Survey> {
        let organisation = actor.organisation();
        let house = self.organisation(organisation).await?;
        let mut survey = survey.checked(&self.wordings(organisation).await?)?;
        for field in survey.fields.iter_mut().filter(|field| field.id.is_empty()) {
            field.id = format!("fld_{}", data_encoding::HEXLOWER.encode(&self.world.random::<8>()));
        }
        let settings = Settings { survey, ..house.settings.clone() };
        Ok(self.change_settings(actor, &house, (&house.name, settings)).await?.settings.survey)
    }

    /// Whether she answered the questions or passed them over.
    pub async fn was_surveyed(&self, organisation: OrganisationId, id: PersonId) -> Deed<bool> {
        let row = self.store.one(Fence::Organisation(organisation), person::surveyed_at(organisation, id)).await?;
        Ok(row.ok_or_else(Refusal::not_found)?.maybe_moment("surveyed_at")?.is_some())
    }

    /// Her answers that may be read: what rests on a consent only while it stands.
    pub async fn survey_answers(&self, organisation: OrganisationId, id: PersonId) -> Deed<Vec<Answered>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::of_person(organisation, id)).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.keyring.subject(organisation, &id.to_string()).await?;
        let mut answers = Vec::new();
        for row in &found {
            let row = AnswerRow::from_row(row)?;
            let (name, column) = (row.id.to_string(), rows::column(row.purpose.is_some()));
            let words = key.open(&place(organisation, column, &name), &row.words)?;
            let AnswerRow { field, question, purpose, created_at: at, .. } = row;
            answers.push(Answered { field, question, purpose, words, at });
        }
        Ok(answers)
    }

    /// Takes the answers in. Of somebody under age nothing is kept but the mark that keeps the assistant away.
    pub async fn fill_survey(&self, session: &VisitorSession, filled: Filled) -> Deed<()> {
        let VisitorSession { organisation, person: herself, .. } = *session;
        let survey = self.organisation(organisation).await?.settings.survey;
        let first = !self.was_surveyed(organisation, herself).await?;
        let actor = Actor::Visitor { organisation, person: herself };
        let work = Work::new(Fence::Organisation(organisation)).with(person::surveyed(
            organisation,
            herself,
            self.world.now(),
        ));
        let under_age = match first && survey.ask_age.is_some() {
            true => self.under_age(&actor, herself, filled.under_age).await?,
            // Whoever comes a second time is as old as she said: nothing of a child's is written down then either.
            false => self.marks(organisation, Of::Person(herself)).await?.ai_off.contains(&AiOff::Minor),
        };
        if under_age {
            return self.settle(work).await;
        }
        let answers = self.answers(&actor, herself, (&survey, first), filled).await?;
        self.settle(work.extend(answers)).await
    }

    /// The gate. Whoever has passed it is the assistant's to answer; whoever has not is a person's, for good.
    async fn under_age(&self, actor: &Actor, id: PersonId, answer: Option<bool>) -> Deed<bool> {
        let under = answer.ok_or_else(|| Refusal::invalid("Please answer the question about your age."))?;
        if under {
            self.ai_off(actor, Of::Person(id), AiOff::Minor).await?;
        }
        self.ai_on(actor, Of::Person(id), AiOff::AgeUnknown).await?;
        Ok(under)
    }

    /// What is written down: the decisions first, then what rests on them.
    async fn answers(
        &self,
        actor: &Actor,
        id: PersonId,
        (survey, first): (&Survey, bool),
        filled: Filled,
    ) -> Deed<Vec<Statement>> {
        let organisation = actor.organisation();
        let (given, mut statements) = self.agreed(actor, id, survey, &filled).await?;
        if first {
            statements.extend(self.not_agreed(actor, id, &given, filled.scene).await?);
        }
        let key = self.keyring.subject(organisation, &id.to_string()).await?;
        for field in &survey.fields {
            let words = filled.answers.iter().find(|(asked, _)| *asked == field.id).map(|(_, words)| words.as_str());
            let Some(accepted) = field.accept(words.unwrap_or_default())? else {
                if field.required && first {
                    return Err(Refusal::invalid("Please answer every question that is marked as needed.").into());
                }
                // Emptied: what she answered before goes, with or without a consent.
                statements.extend(words.map(|_| rows::clear_field(organisation, id, &field.id)));
                continue;
            };
            let consent = match &field.purpose {
                None => None,
                Some(purpose) => Some(given.iter().find(|(text, _)| text.purpose == *purpose).ok_or_else(|| {
                    Refusal::invalid("An answer needs the consent beside it. Without it, leave the answer out.")
                })?),
            };
            let row = SurveyAnswerId::new(&self.world);
            let column = rows::column(consent.is_some());
            let new = AnswerRow {
                id: row,
                field: field.id.clone(),
                question: field.label.of(filled.scene.language).to_owned(),
                purpose: field.purpose.clone(),
                consent: consent.map(|(_, decision)| *decision),
                words: key.seal(&place(organisation, column, &row.to_string()), &accepted)?,
                created_at: self.world.now(),
            };
            statements.push(rows::clear_field(organisation, id, &field.id));
            statements.push(rows::insert(organisation, id, new));
        }
        if !statements.is_empty() {
            statements.push(self.audit(actor, "survey.answer", "person", &id.to_string()));
        }
        Ok(statements)
    }

    /// The consents that were given with the answers. One on which nothing rests is not asked for, so none is taken.
    async fn agreed(
        &self,
        actor: &Actor,
        id: PersonId,
        survey: &Survey,
        filled: &Filled,
    ) -> Deed<(Given, Vec<Statement>)> {
        let (mut given, mut statements): (Given, _) = (Vec::new(), Vec::new());
        for text in &filled.given {
            let text = self.wording(actor.organisation(), *text).await?;
            self.may_agree(actor.organisation(), id, &text).await?;
            let known = given.iter().any(|(one, _)| one.purpose == text.purpose);
            if !known && survey.fields.iter().any(|field| field.purpose.as_ref() == Some(&text.purpose)) {
                let (decision, lines) = self.inscribe(actor, id, (&text, Choice::Given), filled.scene);
                statements.extend(lines);
                given.push((text, decision));
            }
        }
        Ok((given, statements))
    }

    /// What she was asked and did not agree to is noted too, so that she is not asked again.
    async fn not_agreed(&self, actor: &Actor, id: PersonId, given: &Given, scene: Scene) -> Deed<Vec<Statement>> {
        let standings = self.standings(actor.organisation(), id, scene.language).await?;
        let open = standings.into_iter().filter(|one| one.last.is_none());
        let asked =
            open.filter_map(|one| one.text).filter(|text| given.iter().all(|(one, _)| one.purpose != text.purpose));
        Ok(asked.flat_map(|text| self.inscribe(actor, id, (&text, Choice::Refused), scene).1).collect())
    }
}

fn place<'a>(organisation: OrganisationId, column: &'static str, row: &'a str) -> Place<'a> {
    Place { organisation, table: "survey_answer", column, row }
}
