//! Knowledge taken from conversations: what may be published of somebody's question, where it came from, and how what repeats
//! her words goes when she does.

use knowledge::{Library, repeats};
use masking::{Category, Known, Placeholders};
use model::{LineageId, OrganisationId, PageId, PersonId, Refusal};
use privacy::erase::Forgetful;
use store::lineage::{self as rows, LineageRow};
use store::{Fence, Statement};
use vault::BoxFuture;

use crate::body::Where;
use crate::{Deed, Desk};

/// A question of somebody that a page answers. Has no `Debug`.
pub(crate) struct Asked {
    pub(crate) place: Where,
    pub(crate) person: PersonId,
    pub(crate) message: model::MessageId,
    /// What she wrote.
    pub(crate) text: String,
}

impl Desk {
    /// A question as it may be shown and published: without anything personal; nothing where that cannot be done.
    pub(crate) async fn masked_question(
        &self,
        organisation: OrganisationId,
        (person, text): (PersonId, &str),
    ) -> Deed<String> {
        let masker = self.masker_of(organisation).await?;
        let known = self.known_about(organisation, person).await?;
        let masked = masker.mask(&mut Placeholders::new(), text, &known);
        Ok(masked.map(|masked| masked.as_text().to_owned()).unwrap_or_default())
    }

    async fn known_about(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<Known>> {
        let person = self.person(organisation, person).await?;
        let name = person.name.map(|name| Known::new(Category::Name, name.expose()));
        let email = person.email.map(|email| Known::new(Category::Email, email.expose()));
        Ok(name.into_iter().chain(email).collect())
    }

    /// A page that the staff wrote because somebody asked, with its origins, as statements. Nothing personal of hers is published.
    pub(crate) async fn learned(
        &self,
        organisation: OrganisationId,
        asked: &[Asked],
        (title, content): (&str, &str),
    ) -> Deed<(PageId, Vec<Statement>)> {
        let mut quoting = Vec::new();
        for one in asked {
            if self.tells_of(one, &format!("{title}\n{content}")).await? {
                return Err(Refusal::invalid(
                    "Something here looks like this person's own details. A page is public: leave them out.",
                )
                .into());
            }
            let masked = self.masked_question(organisation, (one.person, &one.text)).await?;
            quoting.push(repeats(title, &masked) || repeats(title, &one.text));
        }
        let kind = if quoting.contains(&true) { "learned" } else { "manual" };
        let (page, mut statements) = self.library.written_page(organisation, kind, (title, content))?;
        for (one, quotes) in asked.iter().zip(quoting) {
            let row = LineageRow {
                id: LineageId::new(&self.world),
                page,
                person: one.person,
                conversation: one.place.conversation,
                message: one.message,
                part: if quotes { "title" } else { "question" },
                at: self.world.now(),
            };
            statements.push(rows::insert(organisation, &row));
        }
        Ok((page, statements))
    }

    /// Whether a text that is to be published holds something that was masked in her question, or her name or address.
    async fn tells_of(&self, asked: &Asked, text: &str) -> Deed<bool> {
        let organisation = asked.place.organisation;
        let known = self.known_about(organisation, asked.person).await?;
        let spans = self.masker_of(organisation).await?.find(&asked.text, &known);
        // What cannot be looked at is not published.
        let Ok(spans) = spans else { return Ok(true) };
        let mut hers: Vec<String> = known.into_iter().map(|known| known.value.to_lowercase()).collect();
        hers.extend(spans.iter().filter_map(|span| asked.text.get(span.start..span.end)).map(str::to_lowercase));
        let text = text.to_lowercase();
        Ok(hers.iter().any(|value| value.chars().count() > 2 && text.contains(value.trim())))
    }

    /// Withdraws every title that repeats the words of somebody who is not here any more.
    pub async fn withdraw_orphans(&self, organisation: OrganisationId) -> Deed<usize> {
        Ok(self.library.withdraw_orphans(organisation).await?)
    }

    /// From which conversations a page was taken.
    pub async fn origins(&self, organisation: OrganisationId, page: PageId) -> Deed<Vec<model::ConversationId>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::of_page(organisation, page, 100)).await?;
        Ok(found.iter().map(|row| row.id("conversation")).collect::<Result<_, _>>()?)
    }
}

/// The index of the knowledge as a memory that an erasure reaches: it runs after her rows are gone, so what repeats her words is
/// known by having no origin any more.
pub(crate) struct Learned(pub(crate) Library);

impl Forgetful for Learned {
    fn name(&self) -> &'static str {
        "knowledge index"
    }

    fn forget<'a>(&'a self, organisation: OrganisationId, _: PersonId) -> BoxFuture<'a, Result<(), privacy::Fault>> {
        Box::pin(async move {
            let withdrawn = self.0.withdraw_orphans(organisation).await;
            withdrawn.map(drop).map_err(|_| privacy::Fault::Broken("a title could not be withdrawn".to_owned()))
        })
    }
}
