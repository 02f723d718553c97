//! A question tried without a visitor, by the answerer one chooses: composed as for a visitor, masked alike, stored nowhere.

use masking::Placeholders;
use model::{ConversationId, Locale, MessageId, OrganisationId, PersonId, ProviderId, Refusal};

use super::by_model::{self, Told};
use super::question::{Question, sought};
use super::{Composed, PASSAGES, built_in, new_answer_id};
use crate::body::Where;
use crate::lineup::Chosen;
use crate::live::DraftEnd;
use crate::{Deed, Desk, Fault};

/// Who answers a trial.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Answerer {
    /// The program itself, which quotes.
    BuiltIn,
    /// Whoever answers visitors now.
    Current,
    /// This provider, which must be switched on.
    Provider(ProviderId),
}

impl Answerer {
    /// The word in the column and the API.
    pub fn word(self) -> String {
        match self {
            Answerer::BuiltIn => "built-in".to_owned(),
            Answerer::Current => "current".to_owned(),
            Answerer::Provider(id) => id.to_string(),
        }
    }

    /// The answerer behind a word.
    pub fn from_word(word: &str) -> Result<Self, Refusal> {
        match word {
            "built-in" => Ok(Answerer::BuiltIn),
            "current" => Ok(Answerer::Current),
            id => id.parse().map(Answerer::Provider),
        }
    }
}

impl Desk {
    /// Who is asked; nobody means that the built-in answerer quotes.
    pub(crate) async fn answerer(&self, organisation: OrganisationId, answerer: Answerer) -> Deed<Option<Chosen>> {
        match answerer {
            Answerer::BuiltIn => Ok(None),
            Answerer::Current => self.lineup(organisation).await,
            Answerer::Provider(id) => match self.only(organisation, id).await? {
                None => Err(Refusal::conflict("This provider is not switched on.").into()),
                chosen => Ok(chosen),
            },
        }
    }

    /// What the answerer would say to this question.
    pub(crate) async fn attempt(
        &self,
        organisation: OrganisationId,
        chosen: Option<&Chosen>,
        (text, locale): (&str, Locale),
    ) -> Deed<Composed> {
        let question = self.trial_question(organisation, text, locale).await?;
        let hits = self.library.find(organisation, &question.query, PASSAGES).await?;
        let draft = self.live.begin_draft(organisation, question.place.conversation, question.message);
        let told = match chosen {
            None => built_in::compose(&question, &hits),
            Some(_) if hits.is_empty() => built_in::compose(&question, &hits),
            Some(_) if by_model::asks_for_advice(&question.query) => built_in::gives_no_advice(&question, &hits),
            Some(chosen) => match self.leave_to_ask(organisation, chosen).await? {
                None => built_in::within_the_limit(&question, &hits),
                Some(_asking) => {
                    let told = by_model::compose(self, chosen, &question, &hits, &draft).await;
                    self.book(organisation, chosen).await?;
                    told?
                }
            },
        };
        draft.end(DraftEnd::Done);
        match told {
            Told::Streamed(composed) | Told::Whole(composed) => Ok(composed),
        }
    }

    async fn trial_question(&self, organisation: OrganisationId, text: &str, locale: Locale) -> Deed<Question> {
        let mut placeholders = Placeholders::new();
        let masker = self.masker_of(organisation).await?;
        let masked = masker.mask(&mut placeholders, text, &[]);
        let masked = masked.map_err(|_| Fault::Refused(Refusal::invalid("This question cannot be masked.")))?;
        Ok(Question {
            place: Where { organisation, conversation: ConversationId::new(&self.world) },
            person: PersonId::new(&self.world),
            key: None,
            epoch: 0,
            answer: new_answer_id(self),
            message: MessageId::new(&self.world),
            seq: 0,
            only_file: false,
            locale,
            query: sought(masked.as_text()),
            masked: Some(masked),
            earlier: Vec::new(),
            placeholders,
        })
    }
}
