//! Gaps in the knowledge: questions to which no page had an answer, grouped by likeness. They are personal: read through the seals
//! each time somebody looks, shown masked, and kept nowhere else, so they go with the conversations they were asked in.

use std::collections::{BTreeSet, HashMap, HashSet};

use knowledge::{Gist, Language, Likeness};
use model::{Actor, Locale, MessageId, Moment, OrganisationId, PageId, PersonId, Refusal};
use store::answer::{self as rows, AnswerRow};
use store::message::{self, MessageKind, MessageRow};
use store::{Fence, Work, lineage};
use vault::KeyError;

use crate::answer::question::without_placeholders;
use crate::body::{Body, Where};
use crate::lineage::Asked;
use crate::{Deed, Desk, Fault};

/// How many of the latest unanswered questions are looked at.
const LOOKED_AT: i64 = 2_000;
/// How many pages that came from conversations are remembered.
const REMEMBERED: i64 = 5_000;
/// How many wordings of a question are shown.
const WORDINGS: usize = 5;
/// How many questions one answer can be for.
pub const MOST: usize = 200;

/// Questions about the same thing. Has no `Debug`: masked or not, they are people's words.
pub struct Gap {
    /// The latest wording, masked.
    pub question: String,
    /// Other wordings, masked, the latest first.
    pub others: Vec<String>,
    /// The questions.
    pub messages: Vec<MessageId>,
    /// How many people asked.
    pub people: usize,
    /// First asked.
    pub first_at: Moment,
    /// Last asked.
    pub last_at: Moment,
    /// The page that answers it, once somebody has written one.
    pub page: Option<PageId>,
}

/// What a look at the gaps finds.
pub struct Gaps {
    /// The groups, the latest first.
    pub groups: Vec<Gap>,
    /// How many questions were looked at.
    pub looked_at: usize,
}

/// A group while it is gathered.
struct Gathering {
    gist: Gist,
    gap: Gap,
    people: HashSet<PersonId>,
}

impl Desk {
    /// Questions without a source, grouped, the latest first.
    pub async fn gaps(&self, organisation: OrganisationId) -> Deed<Gaps> {
        let fence = Fence::Organisation(organisation);
        let answered = self.store.all(fence, lineage::answered(organisation, REMEMBERED)).await?;
        let mut pages: HashMap<MessageId, PageId> = HashMap::new();
        for row in answered.iter().rev() {
            pages.insert(row.id("message")?, row.id("page")?);
        }
        let found = self.store.all(fence, rows::abstained(organisation, LOOKED_AT)).await?;
        let (mut groups, mut likeness): (Vec<Gathering>, Likeness) = (Vec::new(), Likeness::default());
        for row in &found {
            let language = Language::of_tag(Locale::nearest(&row.text("locale")?).tag());
            let row = AnswerRow::from_row(row)?;
            let trace = match self.open_trace(organisation, &row).await {
                // She is just being erased.
                Err(Fault::Refused(_)) => continue,
                trace => trace?,
            };
            let Some(message) = trace.asked.filter(|_| !trace.question.trim().is_empty()) else { continue };
            let gist = likeness.gist(language, &without_placeholders(&trace.question));
            gather(&mut groups, gist, (&row, message, trace.question));
        }
        let finish = |group: Gathering| {
            let page = group.gap.messages.iter().find_map(|message| pages.get(message)).copied();
            Gap { people: group.people.len(), page, ..group.gap }
        };
        Ok(Gaps { groups: groups.into_iter().map(finish).collect(), looked_at: found.len() })
    }

    /// Writes the answer to questions that had none; the page names the conversations it was taken from.
    pub async fn fill_gap(
        &self,
        actor: &Actor,
        messages: &[MessageId],
        (title, content): (&str, &str),
    ) -> Deed<PageId> {
        let organisation = actor.organisation();
        if messages.is_empty() || messages.len() > MOST {
            return Err(Refusal::invalid(format!("An answer is for 1 to {MOST} questions.")).into());
        }
        let mut asked = Vec::new();
        for message in messages.iter().collect::<BTreeSet<_>>() {
            asked.extend(self.asked(organisation, *message).await?);
        }
        if asked.is_empty() {
            return Err(Refusal::not_found().into());
        }
        let (page, statements) = self.learned(organisation, &asked, (title, content)).await?;
        let line = self.audit(actor, "gap.answer", "page", &page.to_string());
        self.store.write(Work::new(Fence::Organisation(organisation)).extend(statements).with(line)).await?;
        self.library.changed(organisation);
        Ok(page)
    }

    /// One question of a visitor; nothing where she was erased meanwhile.
    async fn asked(&self, organisation: OrganisationId, id: MessageId) -> Deed<Option<Asked>> {
        let found = self.store.one(Fence::Organisation(organisation), message::by_id(organisation, id)).await?;
        let Some(row) = found.as_ref().map(MessageRow::from_row).transpose()? else { return Ok(None) };
        if row.kind != MessageKind::Visitor {
            return Err(Refusal::invalid("This is no question of a visitor.").into());
        }
        let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
            Err(KeyError::Absent) => return Ok(None),
            key => key?,
        };
        let body = Body::open(&key, organisation, id, &row.body)?;
        let place = Where { organisation, conversation: row.conversation };
        Ok(Some(Asked { place, person: row.person, message: id, text: body.text }))
    }
}

/// Puts a question, older than all before it, into the group it is like, or into one of its own.
fn gather(groups: &mut Vec<Gathering>, gist: Gist, (row, message, question): (&AnswerRow, MessageId, String)) {
    if let Some(group) = groups.iter_mut().find(|group| group.gist.like(&gist)) {
        group.people.insert(row.person);
        let gap = &mut group.gap;
        gap.first_at = row.created_at;
        gap.messages.push(message);
        let new = gap.question != question && !gap.others.contains(&question);
        if new && gap.others.len() < WORDINGS {
            gap.others.push(question);
        }
        return;
    }
    let gap = Gap {
        question,
        others: Vec::new(),
        messages: vec![message],
        people: 0,
        first_at: row.created_at,
        last_at: row.created_at,
        page: None,
    };
    groups.push(Gathering { gist, gap, people: HashSet::from([row.person]) });
}
