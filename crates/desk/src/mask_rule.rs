//! The staff's own rules for masking: added from a text in which something was missed, with a preview of what they would hit
//! in recent messages, and used by the masker from the next question on.

use std::sync::Arc;

use masking::{Category, Effect, Masker, RuleFault, Rules, Span};
use model::{Actor, ConversationId, MaskRuleId, MessageId, Moment, OrganisationId, Refusal};
use store::mask_rule::{self as rows, MaskRuleRow};
use store::message::{self, MessageRow};
use store::{Fence, StoreError, Work};
use vault::{KeyError, Place};

use crate::body::Body;
use crate::{Deed, Desk, Fault};

/// How many of the latest messages of visitors a preview looks at.
const LOOKED_AT: i64 = 300;
/// How many hits a preview shows.
const SHOWN: usize = 20;
/// How much of a message a hit shows before and behind it, in characters.
const AROUND: usize = 40;
/// The longest text that is tried, in bytes.
const LONGEST_TRIED: usize = 20_000;

/// A rule as the staff writes it.
pub struct Wording {
    /// What it names: letters and digits, `#` a digit, `?` a letter, `*` some of either.
    pub text: String,
    /// What it does.
    pub effect: Effect,
}

/// A rule that is kept.
pub struct MaskRule {
    /// Its id.
    pub id: MaskRuleId,
    /// What it says.
    pub wording: Wording,
    /// Since when.
    pub created_at: Moment,
}

/// A place in a recent message that a rule would change.
pub struct RuleHit {
    /// In which conversation.
    pub conversation: ConversationId,
    /// In which message.
    pub message: MessageId,
    /// The words before it.
    pub before: String,
    /// The words themselves.
    pub hit: String,
    /// The words behind it.
    pub after: String,
}

/// What a rule would do.
pub struct RulePreview {
    /// How many messages were looked at.
    pub looked_at: usize,
    /// In how many of them something would change.
    pub messages: usize,
    /// The first of the places.
    pub hits: Vec<RuleHit>,
}

/// A piece of a tried text: as it is, or masked as something.
pub struct Piece {
    /// The words.
    pub text: String,
    /// As what they are masked.
    pub masked_as: Option<Category>,
}

impl Desk {
    /// The organisation's rules, oldest first.
    pub async fn mask_rules(&self, organisation: OrganisationId) -> Deed<Vec<MaskRule>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::every(organisation)).await?;
        if found.is_empty() {
            return Ok(Vec::new());
        }
        let key = self.keyring.organisation(organisation).await?;
        let mut rules = Vec::new();
        for row in &found {
            let row = MaskRuleRow::from_row(row)?;
            let id = row.id.to_string();
            let text = key.open(&place(organisation, &id), &row.text)?.expose().to_owned();
            let effect =
                effect(&row.effect, &row.category).ok_or_else(|| Fault::broken("a mask rule has no known effect"))?;
            rules.push(MaskRule { id: row.id, wording: Wording { text, effect }, created_at: row.created_at });
        }
        Ok(rules)
    }

    /// The masker with the organisation's rules. If they cannot be read, nothing is masked, so nothing leaves.
    pub(crate) async fn masker_of(&self, organisation: OrganisationId) -> Deed<Masker> {
        let rules = self.mask_rules(organisation).await?;
        if rules.is_empty() {
            return Ok((*self.masker).clone());
        }
        let rules = compiled(rules.iter().map(|rule| &rule.wording))?;
        Ok(self.masker.with_rules(rules))
    }

    /// Adds a rule.
    pub async fn add_mask_rule(&self, actor: &Actor, wording: Wording) -> Deed<MaskRule> {
        let organisation = actor.organisation();
        let kept = self.mask_rules(organisation).await?;
        compiled(kept.iter().map(|rule| &rule.wording).chain([&wording]))?;
        let id = MaskRuleId::new(&self.world);
        let key = self.keyring.organisation(organisation).await?;
        let text = key.seal(&place(organisation, &id.to_string()), wording.text.trim())?;
        let (effect, category) = words(wording.effect);
        let created_at = self.world.now();
        let row = MaskRuleRow { id, text, effect: effect.to_owned(), category: category.to_owned(), created_at };
        let work = Work::new(Fence::Organisation(organisation)).with(rows::insert(organisation, row)).with(self.audit(
            actor,
            "mask_rule.add",
            "mask_rule",
            &id.to_string(),
        ));
        self.store.write(work).await?;
        Ok(MaskRule { id, wording, created_at })
    }

    /// Removes a rule.
    pub async fn remove_mask_rule(&self, actor: &Actor, id: MaskRuleId) -> Deed<()> {
        let organisation = actor.organisation();
        let work = Work::new(Fence::Organisation(organisation)).with(rows::remove(organisation, id)).with(self.audit(
            actor,
            "mask_rule.remove",
            "mask_rule",
            &id.to_string(),
        ));
        match self.store.write(work).await {
            Ok(_) => Ok(()),
            Err(StoreError::Guard { .. }) => Err(Refusal::not_found().into()),
            Err(error) => Err(error.into()),
        }
    }

    /// What a rule would change in the latest messages of visitors.
    pub async fn preview_mask_rule(&self, organisation: OrganisationId, wording: &Wording) -> Deed<RulePreview> {
        let now = self.masker_of(organisation).await?;
        let kept = self.mask_rules(organisation).await?;
        let rules = compiled(kept.iter().map(|rule| &rule.wording).chain([wording]))?;
        let then = self.masker.with_rules(rules);
        let latest = message::recent(organisation, LOOKED_AT);
        let latest = self.store.all(Fence::Organisation(organisation), latest).await?;
        let mut preview = RulePreview { looked_at: 0, messages: 0, hits: Vec::new() };
        for row in &latest {
            let row = MessageRow::from_row(row)?;
            let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
                // She is just being erased.
                Err(KeyError::Absent) => continue,
                key => key?,
            };
            let body = Body::open(&key, organisation, row.id, &row.body)?;
            preview.looked_at += 1;
            let changed = changes(&now, &then, &body.text);
            preview.messages += usize::from(!changed.is_empty());
            let room = SHOWN.saturating_sub(preview.hits.len());
            preview.hits.extend(changed.iter().take(room).map(|span| hit(&row, &body.text, span)));
        }
        Ok(preview)
    }

    /// What would be masked in a text, piece by piece. Nothing is kept.
    pub async fn try_masking(&self, organisation: OrganisationId, text: &str) -> Deed<Vec<Piece>> {
        if text.len() > LONGEST_TRIED {
            return Err(Refusal::invalid("The text is too long to be tried.").into());
        }
        let masker = self.masker_of(organisation).await?;
        let found = masker.find(text, &[]).map_err(|_| Refusal::invalid("This text cannot be masked."))?;
        let mut pieces = Vec::new();
        let mut done = 0;
        let piece = |from: usize, to: usize, masked_as| {
            let text = text.get(from..to).unwrap_or_default().to_owned();
            Some(Piece { text, masked_as }).filter(|piece| !piece.text.is_empty())
        };
        for span in found {
            pieces.extend(piece(done, span.start, None));
            pieces.extend(piece(span.start.max(done), span.end, Some(span.category)));
            done = span.end;
        }
        pieces.extend(piece(done, text.len(), None));
        Ok(pieces)
    }
}

fn place(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "mask_rule", column: "text_sealed", row }
}

fn compiled<'a>(rules: impl Iterator<Item = &'a Wording>) -> Deed<Arc<Rules>> {
    let rules = rules.map(|rule| (rule.text.as_str(), rule.effect));
    match Rules::compile(rules) {
        Ok(rules) => Ok(Arc::new(rules)),
        Err(RuleFault::TooShort) => Err(Refusal::invalid("A rule needs at least three letters or digits.").into()),
        Err(RuleFault::TooLong) => Err(Refusal::invalid("The rule is too long.").into()),
        Err(RuleFault::TooMany) => Err(Refusal::invalid("There are too many rules. Remove one first.").into()),
    }
}

/// The places in which two maskers differ.
fn changes(now: &Masker, then: &Masker, text: &str) -> Vec<Span> {
    let (Ok(now), Ok(then)) = (now.find(text, &[]), then.find(text, &[])) else { return Vec::new() };
    let added = then.iter().filter(|span| !now.contains(span));
    let gone = now.iter().filter(|span| !then.iter().any(|one| one.start < span.end && span.start < one.end));
    added.chain(gone).copied().collect()
}

fn hit(row: &MessageRow, text: &str, span: &Span) -> RuleHit {
    let before: String = text.get(..span.start).unwrap_or_default().chars().rev().take(AROUND).collect();
    RuleHit {
        conversation: row.conversation,
        message: row.id,
        before: before.chars().rev().collect(),
        hit: text.get(span.start..span.end).unwrap_or_default().to_owned(),
        after: text.get(span.end..).unwrap_or_default().chars().take(AROUND).collect(),
    }
}

/// The words of an effect in the store and in the API.
pub fn words(effect: Effect) -> (&'static str, &'static str) {
    match effect {
        Effect::Mask(category) => ("mask", category.word()),
        Effect::Keep => ("keep", ""),
    }
}

/// The effect of two words.
pub fn effect(effect: &str, category: &str) -> Option<Effect> {
    match effect {
        "mask" => Category::of_word(category).map(Effect::Mask),
        "keep" => Some(Effect::Keep),
        _ => None,
    }
}
