//! Visitors: a session begins when the visitor starts the chat, never before; what she says; what she asks for.

use std::time::Duration;

use data_encoding::HEXLOWER;
use model::{Actor, ConversationId, Locale, MessageId, Moment, OrganisationId, PersonId, Refusal, VisitorSessionId};
use store::conversation::{Lane, NewConversation, Step};
use store::message::MessageKind;
use store::{Fence, Work, conversation, person, visitor_session};

use crate::body::{Body, Where};
use crate::conversation::Head;
use crate::message::{Said, Saying, Seal, checked};
use crate::organisation::Organisation;
use crate::{Deed, Desk};

/// How long a visitor's session lives without being renewed.
pub const SESSION_LIFE: Duration = Duration::from_secs(30 * 24 * 60 * 60);

/// A visitor whose token was proved.
#[derive(Clone, Copy)]
pub struct VisitorSession {
    /// The tenant.
    pub organisation: OrganisationId,
    /// Herself.
    pub person: PersonId,
    /// Her conversation.
    pub conversation: ConversationId,
    /// Until when the token is good.
    pub expires_at: Moment,
}

impl VisitorSession {
    /// Where she speaks.
    pub fn place(&self) -> Where {
        Where { organisation: self.organisation, conversation: self.conversation }
    }
}

/// A session that has just begun; the token is shown once and only its hash is kept.
pub struct Begun {
    /// The bearer token.
    pub token: String,
    /// The session.
    pub session: VisitorSession,
    /// The conversation, still empty.
    pub head: Head,
}

/// The hash under which a token is stored.
pub fn token_hash(token: &str) -> Vec<u8> {
    aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, token.as_bytes()).as_ref().to_vec()
}

impl Desk {
    /// Begins a session for a visitor who pressed “start”: a person with a key of her own, and a conversation.
    pub async fn begin_session(
        &self,
        organisation: &Organisation,
        locale: Locale,
        page_host: Option<String>,
    ) -> Deed<Begun> {
        let lane = if organisation.settings.ai_enabled { Lane::Ai } else { Lane::Waiting };
        let gate = organisation.settings.survey.ask_age.is_some();
        let organisation = organisation.id;
        let at = self.world.now();
        let person = PersonId::new(&self.world);
        let conversation = ConversationId::new(&self.world);
        let token = format!("vt_{}", HEXLOWER.encode(&self.world.random::<32>()));
        let expires_at = at.plus(SESSION_LIFE);
        self.keyring.create(organisation, &person.to_string()).await?;
        let seen = page_host.as_deref().and_then(|host| self.sighting(organisation, host));
        let new = NewConversation { id: conversation, person, lane, locale: locale.tag().to_owned(), page_host, at };
        let session = visitor_session::NewVisitorSession {
            id: VisitorSessionId::new(&self.world),
            person,
            conversation,
            token_hash: token_hash(&token),
            created_at: at,
            expires_at,
        };
        let work = Work::new(Fence::Organisation(organisation))
            .with(person::insert(organisation, person, locale.tag(), at))
            .with(conversation::insert(organisation, new))
            .with(visitor_session::insert(organisation, session))
            .extend(gate.then(|| crate::lane::age_unknown(organisation, person, at)))
            .extend(seen);
        self.store.write(work).await?;
        let head = Head { id: conversation, open: true, lane, agent: None, last_seq: 0 };
        Ok(Begun { token, session: VisitorSession { organisation, person, conversation, expires_at }, head })
    }

    /// The visitor says something; the assistant's job travels in the same commit.
    pub async fn visitor_says(&self, session: &VisitorSession, client_id: String, text: &str) -> Deed<Said> {
        let body = Body::words(checked(text)?);
        self.visitor_sends(session, MessageId::new(&self.world), (client_id, body), Vec::new()).await
    }

    /// The visitor sends words or a file; `follow` is committed with it.
    pub(crate) async fn visitor_sends(
        &self,
        session: &VisitorSession,
        id: MessageId,
        (client_id, body): (String, Body),
        mut follow: Vec<store::Statement>,
    ) -> Deed<Said> {
        let place = session.place();
        follow.push(self.answer_job(place));
        let herself = Actor::Visitor { organisation: place.organisation, person: session.person };
        follow.push(self.audit(&herself, "message.say", "message", &id.to_string()));
        let key = self.keyring.subject(place.organisation, &session.person.to_string()).await?;
        let saying =
            Saying { kind: MessageKind::Visitor, author: None, body, client_id: Some(client_id), step: Step::Visitor };
        let said = self.say_as(place, Seal { id, key }, saying, follow).await?;
        if said.lane == Lane::Ai {
            self.bell.ring();
        }
        Ok(said)
    }
}

impl Desk {
    /// The visitor behind a bearer token; an unknown or expired one must begin again.
    pub async fn visitor_session(&self, token: &str) -> Deed<VisitorSession> {
        let found = self.store.one(Fence::House, visitor_session::by_token(token_hash(token))).await?;
        let row = visitor_session::VisitorSessionRow::from_row(&found.ok_or_else(Refusal::sign_in_needed)?)?;
        if row.expires_at <= self.world.now() {
            return Err(Refusal::sign_in_needed().into());
        }
        // She is here: her data is kept from now on, and so is her session.
        let (organisation, at) = (row.organisation, self.world.now());
        let expires_at = at.plus(SESSION_LIFE);
        let work = Work::new(Fence::Organisation(organisation))
            .with(person::seen(organisation, row.person, at))
            .with(visitor_session::renew(organisation, row.id, expires_at));
        self.store.write(work).await?;
        Ok(VisitorSession { organisation, person: row.person, conversation: row.conversation, expires_at })
    }

    /// The hashes of a person's tokens: whoever erases her tells the browsers that hold them.
    pub async fn token_hashes(&self, organisation: OrganisationId, person: PersonId) -> Deed<Vec<Vec<u8>>> {
        let statement = visitor_session::hashes_by_person(organisation, person);
        let found = self.store.all(Fence::Organisation(organisation), statement).await?;
        Ok(found.iter().map(|row| row.bytes("token_hash")).collect::<Result<_, _>>()?)
    }
}
