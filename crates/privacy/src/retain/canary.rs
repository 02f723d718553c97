//! Plants a person who says one thing and never comes back: she must vanish on her day, with everything that hangs on her.
//!
//! She is marked by a language that is none (`zxx`), appears in no list of people, and her conversation in no inbox.

use model::{AnswerId, ConversationId, DisclosureId, MessageId, OrganisationId, PersonId, VisitorSessionId};
use store::conversation::{Lane, NewConversation};
use store::disclosure::DisclosureRow;
use store::message::{MessageKind, NewMessage};
use store::visitor_session::NewVisitorSession;
use store::{Fence, Work, conversation, disclosure, message, person, retention, visitor_session};
use vault::Place;

use crate::Fault;
use crate::erase::Counter;
use crate::holdings::days;

/// ISO 639-2: no linguistic content.
const NOBODY: &str = "zxx";
/// One a week: enough that one is always about to vanish, few enough that nobody has to count them.
const EVERY_DAYS: u32 = 7;

/// Plants one, unless the youngest is younger than a week.
pub(super) async fn plant(counter: &Counter, organisation: OrganisationId) -> Result<(), Fault> {
    let (world, fence) = (&counter.world, Fence::Organisation(organisation));
    let at = world.now();
    let known = counter.store.all(fence, retention::canaries(organisation)).await?;
    let youngest = known.last().map(|row| row.moment("created_at")).transpose()?;
    if youngest.is_some_and(|youngest| youngest.plus(days(EVERY_DAYS)) > at) {
        return Ok(());
    }
    let (person, conversation) = (PersonId::new(world), ConversationId::new(world));
    let key = counter.keyring.create(organisation, &person.to_string()).await?;
    let (said, left) = (MessageId::new(world), DisclosureId::new(world));
    let seal = |table, column, row: &str| {
        key.seal(&Place { organisation, table, column, row }, "{\"text\":\"planted by the retention of this house\"}")
    };
    let words = seal("message", "body_sealed", &said.to_string())?;
    let text = seal("disclosure", "content_sealed", &left.to_string())?;
    let lane = Lane::Ai;
    let talk = NewConversation { id: conversation, person, lane, locale: NOBODY.to_owned(), page_host: None, at };
    let spoken = NewMessage {
        id: said,
        conversation,
        kind: MessageKind::Visitor,
        author: None,
        body: words,
        client_id: None,
        at,
    };
    let transfer = DisclosureRow {
        id: left,
        conversation,
        person,
        answer: AnswerId::new(world),
        recipient: "nobody".to_owned(),
        purpose: "canary".to_owned(),
        categories_sent: String::new(),
        categories_withheld: String::new(),
        content_hash: Vec::new(),
        content: text,
        bytes: 0,
        created_at: at,
        expires_at: at.plus(days(30)),
    };
    let tab = NewVisitorSession {
        id: VisitorSessionId::new(world),
        person,
        conversation,
        token_hash: world.random::<32>().to_vec(),
        created_at: at,
        expires_at: at.plus(days(1)),
    };
    let work = Work::new(fence)
        .with(person::insert(organisation, person, NOBODY, at))
        .with(conversation::insert(organisation, talk))
        .with(message::insert(organisation, spoken))
        .with(disclosure::insert(organisation, transfer))
        .with(visitor_session::insert(organisation, tab));
    counter.store.write(work).await?;
    Ok(())
}
