//! A desk with one organisation, one page of knowledge and one visitor.

use std::sync::Arc;
use std::time::Duration;

use desk::answer::Answering;
use desk::body::{Body, Where};
use desk::inbox::StaffWords;
use desk::lineup::Models;
use desk::message::{MessageView, Said};
use desk::organisation::Organisation;
use desk::restricted::Reader;
use desk::search::Indexing;
use desk::setting::Settings;
use desk::visitor::VisitorSession;
use desk::{Deed, Desk};
use jobs::{Runner, Running};
use knowledge::Library;
use masking::Masker;
use model::{Actor, Locale, MemberId, Role};
use outside::model::Patience;
use outside::{Door, DoorConfig};
use store::message::MessageKind;
use testkit::{TestClock, TestStore};

/// The page everybody asks about.
pub const PAGE: &str = "# Returns\n\nYou can return unworn shoes within 60 days of delivery. The return is free of charge.\n\n\
# Shipping\n\nShipping within Germany costs 4.90 euros and takes two to three working days.";

/// The house of a story.
pub struct House {
    /// The desk.
    pub desk: Desk,
    /// Its clock.
    pub clock: Arc<TestClock>,
    /// The organisation.
    pub organisation: Organisation,
    /// The owner.
    pub owner: MemberId,
    running: Running,
    _store: TestStore,
}

impl House {
    /// A house on this engine whose assistant quotes, or asks the model at this address.
    pub async fn open(store: TestStore, model: Option<&str>) -> Self {
        let (world, clock) = testkit::moving_world();
        let keyring = store.keyring(&world);
        let allow_private = model.iter().map(|address| (*address).to_owned()).collect();
        let door = Door::new(DoorConfig { allow_private, ..DoorConfig::default() }).expect("a door");
        let configured = model.map(|address| crate::scripted_model::configured(&door, address));
        let patience = Patience { first_wait: Duration::from_millis(2), ..Patience::default() };
        let models = Models::with(door.clone(), world.clone(), configured, patience);
        let library = Library::new(store.store().clone(), world.clone(), door);
        let runner = Runner::new(store.store().clone(), world.clone());
        let desk = Desk {
            store: store.store().clone(),
            keyring,
            world,
            live: desk::live::Live::default(),
            bell: runner.bell(),
            library,
            masker: Arc::new(Masker::new()),
            models,
            post: Arc::default(),
            largest_archive: desk::request::LARGEST_ARCHIVE,
        };
        let organisation = desk.found("Fjell & Fern", Settings::default()).await.expect("an organisation");
        desk.library.add_manual(organisation.id, "Returns and shipping", PAGE).await.expect("a page");
        let eraser = desk.eraser();
        let retainer = privacy::retain::Retainer::new(eraser.counter());
        let runner = runner
            .with(Arc::new(eraser))
            .with(Arc::new(retainer))
            .with(Arc::new(Answering(desk.clone())))
            .with(Arc::new(Indexing(desk.clone())));
        let running = runner.start();
        let owner = desk.first_member(&organisation).await;
        Self { desk, clock, organisation, owner, running, _store: store }
    }

    /// The owner as an actor.
    pub fn staff(&self) -> Actor {
        Actor::Member { organisation: self.organisation.id, member: self.owner, role: Role::Owner }
    }

    /// The owner replies, or leaves a note.
    pub async fn staff_says(&self, session: &VisitorSession, client_id: String, words: StaffWords<'_>) -> Deed<Said> {
        let staff = self.staff();
        self.desk.staff_says(place(session), Reader { actor: &staff, because: None }, client_id, words).await
    }

    /// A visitor who has just started a chat.
    pub async fn visitor(&self) -> VisitorSession {
        let host = Some("shop.example".to_owned());
        self.desk.begin_session(&self.organisation, Locale::En, host).await.expect("a session").session
    }

    /// She asks, and the assistant comes to rest.
    pub async fn ask(&self, session: &VisitorSession, question: &str) -> MessageView {
        let number = self.log(session).await.len();
        self.desk.visitor_says(session, format!("c{number}"), question).await.expect("a message");
        self.idle().await;
        self.log(session).await.pop().expect("a log")
    }

    /// What she sees.
    pub async fn log(&self, session: &VisitorSession) -> Vec<MessageView> {
        let VisitorSession { organisation, person, conversation, .. } = *session;
        self.desk.visitor_conversation(organisation, person, conversation).await.expect("her conversation").1
    }

    /// Waits until no job is left.
    pub async fn idle(&self) {
        tokio::time::timeout(Duration::from_secs(30), self.running.idle())
            .await
            .expect("in time")
            .expect("the jobs come to rest");
    }
}

/// Kind and words, for assertions.
pub fn said(message: &MessageView) -> (MessageKind, &str) {
    (message.kind, &message.body.text)
}

/// Whether anything in the body names this text.
pub fn speaks_of(body: &Body, text: &str) -> bool {
    body.text.contains(text) || body.citations.iter().any(|citation| citation.quote.contains(text))
}

/// Where a session speaks.
pub fn place(session: &VisitorSession) -> Where {
    session.place()
}

/// A member straight from the store's point of view.
trait FirstMember {
    async fn first_member(&self, organisation: &Organisation) -> MemberId;
}

impl FirstMember for Desk {
    async fn first_member(&self, organisation: &Organisation) -> MemberId {
        let id = MemberId::new(&self.world);
        let subject = id.to_string();
        let key = self.keyring.create(organisation.id, &subject).await.expect("a key");
        let seal = |column: &'static str, text: &str| {
            let place = vault::Place { organisation: organisation.id, table: "member", column, row: &subject };
            key.seal(&place, text).expect("a seal")
        };
        let new = store::member::MemberRow {
            id,
            organisation: organisation.id,
            email: seal("email_sealed", "marta@example.org"),
            name: seal("name_sealed", "Marta"),
            password_hash: "-".to_owned(),
            role: Role::Owner,
            disabled_at: None,
            created_at: self.world.now(),
        };
        let work =
            store::Work::new(store::Fence::Organisation(organisation.id)).with(store::member::insert(new, vec![1]));
        self.store.write(work).await.expect("a member");
        id
    }
}
