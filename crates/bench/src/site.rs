//! A store of its own inside this program, for what is measured below HTTP: an organisation and people who talk.

use anyhow::{Result, anyhow};
use model::{ConversationId, MemberId, MessageId, Moment, OrganisationId, PersonId};
use privacy::erase::Counter;
use store::conversation::{Lane, NewConversation, Step};
use store::message::{MessageKind, NewMessage};
use store::organisation::OrganisationRow;
use store::{Fence, Statement, Store, StoreConfig, Work, conversation, message, organisation, person};
use vault::{Keyring, MasterKey, Place, SubjectKey};

use crate::world;

/// A message of the usual length.
const TEXT: &str = "{\"text\":\"Hello, I ordered hiking boots last week and they are half a size too small. Can I exchange them, and \
who pays for sending them back? I have not worn them outside.\"}";

/// An organisation in an embedded store of its own.
pub struct Site {
    /// Store, keys, time.
    pub counter: Counter,
    /// Which.
    pub organisation: OrganisationId,
    _folder: tempfile::TempDir,
}

/// Somebody with a conversation.
pub struct Somebody {
    /// Who.
    pub person: PersonId,
    /// In which conversation.
    pub talk: ConversationId,
    key: SubjectKey,
}

impl Site {
    /// An empty one.
    pub async fn open() -> Result<Self> {
        let folder = tempfile::tempdir()?;
        let config = StoreConfig::Sqlite {
            folder: folder.path().join("data"),
            keys_folder: folder.path().join("keys"),
            data_key: [1; 32],
            keys_key: [2; 32],
        };
        let (store, world) = (Store::open(config).await.map_err(|e| anyhow!("{e}"))?, world::real());
        let keyring = Keyring::new(MasterKey::from_bytes([3; 32]), world.clone(), store.cupboard());
        let id = OrganisationId::new(&world);
        keyring.create_organisation(id).await.map_err(|e| anyhow!("{e}"))?;
        let (name, widget_key, settings) = ("Bench".to_owned(), "wk".to_owned(), "{}".to_owned());
        let row = OrganisationRow { id, name, widget_key, settings, created_at: world.now() };
        store
            .write(Work::new(Fence::Organisation(id)).with(organisation::insert(row)))
            .await
            .map_err(|e| anyhow!("{e}"))?;
        Ok(Self { counter: Counter { store, keyring, world }, organisation: id, _folder: folder })
    }

    /// A work behind its fence.
    pub fn work(&self) -> Work {
        Work::new(Fence::Organisation(self.organisation))
    }

    /// Writes durably.
    pub async fn write(&self, work: Work) -> Result<()> {
        self.counter.store.write(work).await.map(drop).map_err(|error| anyhow!("{error}"))
    }

    /// Somebody who was here so many days ago and said so much.
    pub async fn somebody(&self, days_ago: u32, messages: usize) -> Result<Somebody> {
        let Counter { keyring, world, .. } = &self.counter;
        let at = world.now().minus(privacy::holdings::days(days_ago));
        let (person, talk) = (PersonId::new(world), ConversationId::new(world));
        let key = keyring.create(self.organisation, &person.to_string()).await.map_err(|e| anyhow!("{e}"))?;
        let lane = Lane::Human;
        let new = NewConversation { id: talk, person, lane, locale: "en".into(), page_host: None, at };
        let begin = self.work().with(person::insert(self.organisation, person, "en", at));
        self.write(begin.with(conversation::insert(self.organisation, new))).await?;
        let somebody = Somebody { person, talk, key };
        let mut said = 0;
        while said < messages {
            let some = (messages - said).min(500);
            let mut work = self.work();
            for _ in 0..some {
                work = work.extend(self.says(&somebody, at)?);
            }
            self.write(work).await?;
            said += some;
        }
        Ok(somebody)
    }

    /// A message of hers.
    pub fn says(&self, who: &Somebody, at: Moment) -> Result<[Statement; 2]> {
        let step = conversation::step(self.organisation, who.talk, Step::Visitor, at);
        Ok([step, self.message(who, MessageKind::Visitor, None, at)?])
    }

    /// A message in her conversation, sealed.
    pub fn message(
        &self,
        who: &Somebody,
        kind: MessageKind,
        author: Option<MemberId>,
        at: Moment,
    ) -> Result<Statement> {
        let id = MessageId::new(&self.counter.world);
        let row = id.to_string();
        let place = Place { organisation: self.organisation, table: "message", column: "body_sealed", row: &row };
        let body = who.key.seal(&place, TEXT).map_err(|error| anyhow!("{error}"))?;
        let new = NewMessage { id, conversation: who.talk, kind, author, body, client_id: None, at };
        Ok(message::insert(self.organisation, new))
    }
}
