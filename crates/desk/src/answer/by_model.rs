//! A model writes the answer from the passages: only masked text reaches it, and of what it writes only those sentences are
//! told that a passage supports. Everything the model asks for is decided by code.

mod ground;
mod neutral;
mod prompt;
mod scope;
mod sentence;
mod telling;
mod words;

use futures::StreamExt;
use knowledge::{Hit, Language};
use masking::Masked;
use model::Locale;
use outside::model::{Answer, Ask, Begun, Client, End, Meter, ModelFault, NobodyAnswered, Round, Usage};

use super::question::Question;
use super::trace::{self, Check, Trace};
use super::{Composed, PASSAGES, built_in, wording};
use crate::body::Outcome;
use crate::disclosure::{AnswerLedger, Book};
use crate::lineup::Chosen;
use crate::live::Draft;
use crate::{Deed, Desk};
use ground::Ground;
use prompt::Fence;
pub(super) use scope::asks_for_advice;
use telling::{Enough, Telling, Wish};

/// How often the model may search again for one answer.
const ROUNDS: usize = 2;
/// How many passages a search of the model adds.
const FOUND: usize = 4;

/// What an answerer made, and whether the visitor has already seen it being written.
pub enum Told {
    /// It was streamed into the draft.
    Streamed(Composed),
    /// It was made in one go.
    Whole(Composed),
}

/// One answer under way: what was asked and found, and what counts what it costs.
struct Work<'a> {
    desk: &'a Desk,
    question: &'a Question,
    hits: Vec<Hit>,
    ground: Ground,
    meter: Meter,
    queries: Vec<String>,
}

/// Asks the model. Where it fails before its first sentence, the built-in answerer steps in: the visitor is never left
/// without a clear state.
pub(super) async fn compose(
    desk: &Desk,
    chosen: &Chosen,
    question: &Question,
    hits: &[Hit],
    draft: &Draft,
) -> Deed<Told> {
    let organisation = question.place.organisation;
    let hosts = desk.organisation(organisation).await?.settings.domains;
    let mut ground = Ground::new(hosts, language(question.locale));
    hits.iter().for_each(|hit| ground.add(hit));
    let queries = vec![question.query.clone()];
    let mut work = Work { desk, question, hits: hits.to_vec(), ground, meter: chosen.meter.clone(), queries };
    let fence = Fence::new(&desk.world);
    let prompt = prompt::compose(question, hits, &fence);
    let withheld = prompt.withheld().iter().map(|category| category.word()).collect::<Vec<_>>().join(" ");
    let ledger = work.ledger(withheld);
    let mut ask = Ask::new(prompt).with_tools(prompt::TOOLS).metered(&chosen.meter);
    let Begun { client, answer, tried } = match chosen.lineup.ask(&ask, &ledger).await {
        Ok(begun) => begun,
        Err(nobody) => return Ok(work.nobody(&nobody)),
    };
    let mut telling = Telling::new(draft, &question.placeholders);
    let ended = work.write(&client, answer, (&mut ask, &fence, &ledger), &mut telling).await;
    let mut trace = work.trace(&client);
    trace.tried = tried.into_iter().map(|(name, fault)| (name, fault.code().to_owned())).collect();
    Ok(work.composed(telling, trace, ended))
}

/// The language in which a visitor is answered.
fn language(locale: Locale) -> Language {
    match locale {
        Locale::En => Language::En,
        Locale::De => Language::De,
        Locale::Ar => Language::Ar,
    }
}

/// The ask of an answer, the mark of its data, and the book of what leaves for it.
type Asking<'a> = (&'a mut Ask, &'a Fence, &'a Book);

impl Work<'_> {
    fn ledger(&self, withheld: String) -> Book {
        let organisation = self.question.place.organisation;
        let Some(key) = self.question.key.clone() else {
            return Book::Trial { desk: self.desk.clone(), organisation };
        };
        Book::Answer(AnswerLedger {
            desk: self.desk.clone(),
            organisation,
            conversation: self.question.place.conversation,
            person: self.question.person,
            key,
            answer: self.question.answer,
            withheld,
        })
    }

    /// Reads the answer, and lets the model search a few times. Whatever goes wrong, what was told stays told.
    async fn write(
        &mut self,
        client: &Client,
        first: Answer,
        (ask, fence, ledger): Asking<'_>,
        telling: &mut Telling<'_>,
    ) -> Result<(), ModelFault> {
        let mut answer = first;
        for round in 1.. {
            let said = match self.read(&mut answer, telling).await? {
                Some(End::Calls(said)) => said,
                _ => return Ok(()),
            };
            let mut results = Vec::new();
            for call in said.calls() {
                results.push(self.carry_out(call, fence).await);
            }
            ask.after(Round { said, results });
            if round >= ROUNDS {
                ask.without_tools();
            }
            if round > ROUNDS {
                return Ok(());
            }
            answer = client.stream(ask, ledger).await?;
        }
        Ok(())
    }

    /// Reads until the model stops, proposes something, or has said enough.
    async fn read(&self, answer: &mut Answer, telling: &mut Telling<'_>) -> Result<Option<End>, ModelFault> {
        let mut end = None;
        while let Some(chunk) = answer.next().await {
            let chunk = chunk?;
            if telling.take(&chunk.text, &self.ground, &self.hits).is_err() {
                return Ok(Some(End::Complete));
            }
            end = chunk.end.or(end);
        }
        match telling.finish(&self.ground, &self.hits) {
            Ok(()) | Err(Enough::Full) => Ok(end),
            Err(Enough::Silenced) => Ok(Some(End::Complete)),
        }
    }

    /// Does what a call proposes, if it is the one thing that can be done; says no to everything else.
    async fn carry_out(&mut self, call: &outside::model::Call, fence: &Fence) -> Masked<String> {
        let Some(tool) = prompt::TOOLS.iter().find(|tool| tool.name == call.name()) else {
            return Masked::own("There is no such tool.");
        };
        let arguments = call.arguments(tool);
        let Some(query) = arguments.as_ref().and_then(|arguments| arguments.get("query")?.as_str()) else {
            return Masked::own("These arguments are not allowed.");
        };
        let query: String = query.chars().take(200).collect();
        let found = self.desk.library.find(self.question.place.organisation, &query, FOUND).await.unwrap_or_default();
        self.queries.push(query);
        let mut passages = Vec::new();
        for hit in found {
            if self.hits.iter().any(|known| known.passage_id == hit.passage_id) || self.hits.len() >= 2 * PASSAGES {
                continue;
            }
            self.ground.add(&hit);
            self.hits.push(hit);
            passages.extend(self.hits.last().map(|hit| fence.passage(self.hits.len(), hit)));
        }
        match passages.is_empty() {
            true => Masked::own("Nothing else was found."),
            false => Masked::joined(passages, "\n\n"),
        }
    }

    fn trace(&self, client: &Client) -> Trace {
        let question = self.question;
        let usage: Vec<Usage> = self.meter.spent().into_values().map(|spent| spent.usage).collect();
        Trace {
            asked: Some(question.message),
            question: question.masked.as_ref().map(|text| text.as_text().to_owned()).unwrap_or_default(),
            queries: self.queries.clone(),
            passages: trace::read(&self.hits),
            answerer: "model".to_owned(),
            model: Some(client.model().to_owned()),
            prompt_version: Some(prompt::version()),
            tokens: Some((usage.iter().map(|usage| usage.input).sum(), usage.iter().map(|usage| usage.output).sum())),
            placeholders: question.placeholders.list().into_iter().map(|(p, c)| (p, c.word().to_owned())).collect(),
            ..Trace::default()
        }
    }

    /// Nobody answered: the pages themselves do.
    fn nobody(&self, nobody: &NobodyAnswered) -> Told {
        tracing::warn!(
            fault = nobody.last().map_or("no provider", ModelFault::code),
            "no model answered; the built-in answerer does"
        );
        let mut composed = built_in::compose_for(self.question, &self.hits);
        composed.trace.checks.push(Check::new("the model answered", false));
        composed.trace.tried =
            nobody.tried.iter().map(|(name, fault)| (name.clone(), fault.code().to_owned())).collect();
        Told::Whole(composed)
    }

    /// The answer as it stands, or one of the honest outcomes beside an answer.
    fn composed(self, telling: Telling<'_>, mut trace: Trace, ended: Result<(), ModelFault>) -> Told {
        let locale = self.question.locale;
        if let Err(fault) = &ended {
            tracing::warn!(fault = fault.code(), "the model's answer broke off");
            trace.checks.push(Check::new("the model finished", false));
        }
        trace.checks.push(Check::new("a passage supports every sentence that is told", !telling.shown.is_empty()));
        if !telling.withheld.is_empty() {
            trace.checks.push(Check::new("nothing had to be withheld", false));
        }
        let told =
            |text: String, outcome: Outcome, trace: Trace| Composed { text, citations: Vec::new(), outcome, trace };
        if !telling.shown.is_empty() {
            let composed = told(String::new(), Outcome::Answered, trace);
            return Told::Streamed(telling::into_composed(telling, composed));
        }
        let (text, outcome) = match &telling.wish {
            Wish::Person => (wording::offers_person(locale).to_owned(), Outcome::OfferedPerson),
            Wish::AskBack(places) => {
                let meant: Vec<&str> = places.iter().filter_map(|place| self.hits.get(*place)).map(label).collect();
                (wording::asks_back(locale, &meant), Outcome::AskedBack)
            }
            Wish::Answer if ended.is_err() => {
                let mut composed = built_in::compose_for(self.question, &self.hits);
                composed.trace.checks.extend(trace.checks);
                composed.trace.model = trace.model;
                return Told::Whole(composed);
            }
            Wish::Answer | Wish::NotKnown => (wording::abstained(locale).to_owned(), Outcome::Abstained),
        };
        let composed = told(text, outcome, trace);
        let Composed { text, outcome, .. } = &composed;
        let (text, outcome) = (text.clone(), *outcome);
        Told::Whole(Composed { text, outcome, ..telling::into_composed(telling, composed) })
    }
}

/// What a passage is about, for a visitor who is asked which one she means.
fn label(hit: &Hit) -> &str {
    let last = hit.heading.rsplit(" › ").next().unwrap_or_default();
    if last.is_empty() { &hit.title } else { last }
}
