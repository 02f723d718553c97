//! What most stories begin with: an organisation with a person and a conversation.

use model::{ConversationId, MessageId, OrganisationId, PersonId, World};
use store::conversation::NewConversation;
use store::organisation::OrganisationRow;
use store::{Expect, Fence, Statement, Store, StoreError, Value, Work, conversation, organisation, person};

pub const SAY: &str = "INSERT INTO message (id, organisation, conversation, person, seq, kind, body_sealed, client_id, created_at) \
    VALUES ($1, $2, $3, $4, $5, 'visitor', $6, $7, $8)";
pub const TOUCH: &str = "UPDATE conversation SET last_seq = $3, last_activity_at = $4 WHERE organisation = $1 AND id = $2 AND last_seq = $5";
pub const COUNT: &str = "SELECT count(*) AS total FROM message WHERE organisation = $1";
pub const RENAME: &str = "UPDATE organisation SET name = $2 WHERE id = $1";

pub struct Scene {
    pub world: World,
    pub organisation: OrganisationId,
    pub person: PersonId,
    pub conversation: ConversationId,
}

impl Scene {
    pub async fn set(store: &Store) -> Self {
        Self::set_in(store, testkit::world()).await
    }

    pub async fn set_in(store: &Store, world: World) -> Self {
        let (organisation, person) = (OrganisationId::new(&world), PersonId::new(&world));
        let conversation = ConversationId::new(&world);
        let at = world.now();
        let row = OrganisationRow {
            id: organisation,
            name: "Teestube am Markt".into(),
            widget_key: format!("wk_{organisation}"),
            settings: "{}".into(),
            created_at: at,
        };
        let lane = conversation::Lane::Ai;
        let new = NewConversation { id: conversation, person, lane, locale: "de".into(), page_host: None, at };
        let work = Work::new(Fence::Organisation(organisation))
            .with(organisation::insert(row))
            .with(person::insert(organisation, person, "de", at))
            .with(conversation::insert(organisation, new));
        store.write(work).await.unwrap();
        Self { world, organisation, person, conversation }
    }

    pub fn fence(&self) -> Fence {
        Fence::Organisation(self.organisation)
    }

    /// A message with this number, and the id by which its writer would send it again.
    pub fn say(&self, seq: i64, client_id: Option<&str>) -> Statement {
        let values: Vec<Value> = vec![
            MessageId::new(&self.world).into(),
            self.organisation.into(),
            self.conversation.into(),
            self.person.into(),
            seq.into(),
            vec![0u8; 200].into(),
            client_id.into(),
            self.world.now().into(),
        ];
        Statement::new(SAY, values)
    }

    /// Moves the conversation from message `from` to the next, if it still stands there.
    pub fn touch(&self, from: i64) -> Statement {
        let values: Vec<Value> = vec![
            self.organisation.into(),
            self.conversation.into(),
            (from + 1).into(),
            self.world.now().into(),
            from.into(),
        ];
        Statement::new(TOUCH, values).expect(Expect::Exactly(1))
    }

    pub fn rename(&self, name: &str) -> Statement {
        Statement::new(RENAME, vec![self.organisation.into(), name.into()]).expect(Expect::Exactly(1))
    }

    pub async fn name(&self, store: &Store) -> String {
        let row = store.one(self.fence(), organisation::by_id(self.organisation)).await.unwrap().unwrap();
        row.text("name").unwrap()
    }

    pub async fn messages(&self, store: &Store) -> i64 {
        let counted = store.one(self.fence(), Statement::new(COUNT, vec![self.organisation.into()])).await;
        counted.unwrap().unwrap().int("total").unwrap()
    }

    pub async fn write(&self, store: &Store, statements: Vec<Statement>) -> Result<(), StoreError> {
        store.write(Work::new(self.fence()).extend(statements)).await.map(|_| ())
    }
}
