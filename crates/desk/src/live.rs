//! What happens right now, told to everyone who is watching: visitors' streams, the console, and the drafts of the assistant.
//!
//! Nothing here is durable. A watcher that falls behind reads the store from its cursor; a draft that is silenced
//! can never speak again, because every push goes through the same lock that silences.

mod presence;

use std::collections::HashMap;
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};

use model::{ConversationId, ErasureId, MessageId, OrganisationId};
use privacy::erase::Progress;
use tokio::sync::{Notify, broadcast};
use vault::Personal;

pub use presence::Here;

use crate::conversation::Head;
use crate::message::MessageView;
use presence::Presence;

/// Slots of a conversation's channel: one visitor, a handful of tabs.
const CONVERSATION_SLOTS: usize = 16;
/// Slots of an organisation's channel: every conversation of the desk passes here.
const ORGANISATION_SLOTS: usize = 1024;

/// Slots for the progress of erasures.
const ERASURE_SLOTS: usize = 64;

/// Something that happened in a conversation.
pub enum Happening {
    /// A message was committed.
    Message(MessageView),
    /// State, lane or assignee changed.
    Conversation(Head),
    /// The assistant wrote a little more.
    Delta {
        /// Which draft.
        draft: MessageId,
        /// What was appended.
        append: Personal,
    },
    /// A draft ended; the finished message, if any, follows as `Message`.
    DraftEnd {
        /// Which draft.
        draft: MessageId,
        /// How it ended.
        end: DraftEnd,
    },
    /// The person was erased; the stream ends.
    Erased(ErasureId),
}

/// How a draft ended.
#[derive(Clone, Copy, PartialEq, Eq)]
pub enum DraftEnd {
    /// The message was committed.
    Done,
    /// A person took over, or the conversation was closed or erased.
    Silenced,
    /// The assistant could not finish.
    Failed,
}

impl DraftEnd {
    /// The word in the stream.
    pub fn word(self) -> &'static str {
        match self {
            DraftEnd::Done => "done",
            DraftEnd::Silenced => "silenced",
            DraftEnd::Failed => "failed",
        }
    }
}

/// A happening and where it happened.
#[derive(Clone)]
pub struct News {
    /// The conversation.
    pub conversation: ConversationId,
    /// What happened.
    pub happening: Arc<Happening>,
}

struct Speaking {
    id: MessageId,
    text: String,
    stop: Arc<Notify>,
}

#[derive(Default)]
struct Room {
    watchers: Option<broadcast::Sender<News>>,
    speaking: Option<Speaking>,
}

#[derive(Default)]
struct Rooms {
    conversations: HashMap<ConversationId, Room>,
    organisations: HashMap<OrganisationId, broadcast::Sender<News>>,
}

/// The switchboard. Cloning it gives another handle to the same one.
#[derive(Clone)]
pub struct Live {
    rooms: Arc<Mutex<Rooms>>,
    erasures: broadcast::Sender<(OrganisationId, Progress)>,
    presence: Presence,
}

impl Default for Live {
    fn default() -> Self {
        let erasures = broadcast::channel(ERASURE_SLOTS).0;
        Self { rooms: Arc::default(), erasures, presence: Presence::default() }
    }
}

impl Live {
    fn rooms(&self) -> MutexGuard<'_, Rooms> {
        self.rooms.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Watches one conversation; also tells what the assistant has written so far, if it is writing.
    pub fn watch_conversation(
        &self,
        conversation: ConversationId,
    ) -> (broadcast::Receiver<News>, Option<(MessageId, Personal)>) {
        let mut rooms = self.rooms();
        let room = rooms.conversations.entry(conversation).or_default();
        let sender = room.watchers.get_or_insert_with(|| broadcast::channel(CONVERSATION_SLOTS).0);
        let so_far = room.speaking.as_ref().map(|draft| (draft.id, Personal::new(draft.text.clone())));
        (sender.subscribe(), so_far)
    }

    /// Watches everything in one organisation.
    pub fn watch_organisation(&self, organisation: OrganisationId) -> broadcast::Receiver<News> {
        let mut rooms = self.rooms();
        rooms.organisations.entry(organisation).or_insert_with(|| broadcast::channel(ORGANISATION_SLOTS).0).subscribe()
    }

    /// Watches the erasures of every organisation; each watcher picks its own.
    pub fn watch_erasures(&self) -> broadcast::Receiver<(OrganisationId, Progress)> {
        self.erasures.subscribe()
    }

    /// An erasure has come further.
    pub fn erasure(&self, progress: &Progress) {
        // Nobody watching is no fault.
        let _ = self.erasures.send((progress.organisation, progress.clone()));
    }

    /// Tells everyone. Called after the commit, never before.
    pub fn announce(&self, organisation: OrganisationId, conversation: ConversationId, happening: Happening) {
        announce(&mut self.rooms(), organisation, conversation, happening);
    }

    /// The assistant starts to write. It may only go on while the draft it gets is current.
    pub fn begin_draft(&self, organisation: OrganisationId, conversation: ConversationId, id: MessageId) -> Draft {
        let stop = Arc::new(Notify::new());
        let mut rooms = self.rooms();
        let room = rooms.conversations.entry(conversation).or_default();
        room.speaking = Some(Speaking { id, text: String::new(), stop: Arc::clone(&stop) });
        Draft { live: self.clone(), organisation, conversation, id, stop }
    }

    /// Ends whatever the assistant is writing there; after this returns, not one more word of it is heard.
    pub fn silence(&self, organisation: OrganisationId, conversation: ConversationId) {
        let mut rooms = self.rooms();
        let Some(draft) = rooms.conversations.get_mut(&conversation).and_then(|room| room.speaking.take()) else {
            return;
        };
        draft.stop.notify_one();
        let end = Happening::DraftEnd { draft: draft.id, end: DraftEnd::Silenced };
        announce(&mut rooms, organisation, conversation, end);
    }

    /// A visitor's stream is open for as long as this is held; nothing where so many are open that no browser has opened them.
    pub fn enter(&self, conversation: ConversationId) -> Option<Here> {
        self.presence.enter(conversation)
    }

    /// Ends when she was here and has been gone for longer than a grace time.
    pub(crate) async fn left(&self, conversation: ConversationId) {
        self.presence.left(conversation).await;
    }

    /// Sets the grace time: for tests that do not want to wait.
    pub fn forgive(&self, grace: std::time::Duration) {
        self.presence.forgive(grace);
    }

    /// How many conversations are remembered: for tests that nothing is kept of those nobody watches.
    pub fn remembered(&self) -> usize {
        self.rooms().conversations.len()
    }
}

fn announce(rooms: &mut Rooms, organisation: OrganisationId, conversation: ConversationId, happening: Happening) {
    let news = News { conversation, happening: Arc::new(happening) };
    if let Some(sender) = rooms.organisations.get(&organisation)
        && sender.send(news.clone()).is_err()
    {
        rooms.organisations.remove(&organisation);
    }
    if let Some(room) = rooms.conversations.get_mut(&conversation) {
        if room.watchers.as_ref().is_some_and(|sender| sender.send(news).is_err()) {
            room.watchers = None;
        }
        if room.watchers.is_none() && room.speaking.is_none() {
            rooms.conversations.remove(&conversation);
        }
    }
}

/// What the assistant is writing in one conversation.
pub struct Draft {
    live: Live,
    organisation: OrganisationId,
    conversation: ConversationId,
    id: MessageId,
    stop: Arc<Notify>,
}

/// The draft is no longer current: a person took over. The assistant must stop.
pub struct Silenced;

impl Draft {
    /// The id the finished message will have.
    pub fn id(&self) -> MessageId {
        self.id
    }

    /// Appends a few words, unless the draft was silenced.
    pub fn push(&self, append: &str) -> Result<(), Silenced> {
        let mut rooms = self.live.rooms();
        let room = rooms.conversations.get_mut(&self.conversation).ok_or(Silenced)?;
        let speaking = room.speaking.as_mut().filter(|draft| draft.id == self.id).ok_or(Silenced)?;
        speaking.text.push_str(append);
        let delta = Happening::Delta { draft: self.id, append: Personal::new(append) };
        announce(&mut rooms, self.organisation, self.conversation, delta);
        Ok(())
    }

    /// Waits until somebody silences this draft.
    pub async fn silenced(&self) {
        self.stop.notified().await;
    }

    /// Ends the draft. Does nothing if it was silenced before.
    pub fn end(self, end: DraftEnd) {
        self.finish(end);
    }

    fn finish(&self, end: DraftEnd) {
        let mut rooms = self.live.rooms();
        let current = rooms
            .conversations
            .get_mut(&self.conversation)
            .and_then(|room| room.speaking.take_if(|draft| draft.id == self.id));
        if current.is_some() {
            let end = Happening::DraftEnd { draft: self.id, end };
            announce(&mut rooms, self.organisation, self.conversation, end);
        }
    }
}

impl Drop for Draft {
    /// A draft that is dropped without an end has failed: nobody is left looking at half a sentence.
    fn drop(&mut self) {
        self.finish(DraftEnd::Failed);
    }
}

#[cfg(test)]
mod tests {
    use model::World;

    use super::*;

    fn ids() -> (World, OrganisationId, ConversationId, MessageId) {
        let world = testkit::world();
        let (organisation, conversation) = (OrganisationId::new(&world), ConversationId::new(&world));
        let message = MessageId::new(&world);
        (world, organisation, conversation, message)
    }

    fn heard(news: &mut broadcast::Receiver<News>) -> Vec<String> {
        let mut heard = Vec::new();
        while let Ok(news) = news.try_recv() {
            heard.push(match &*news.happening {
                Happening::Delta { append, .. } => append.expose().to_owned(),
                Happening::DraftEnd { end, .. } => format!("<{}>", end.word()),
                _ => "<other>".to_owned(),
            });
        }
        heard
    }

    #[tokio::test]
    async fn a_silenced_draft_never_speaks_again() {
        let (_, organisation, conversation, message) = ids();
        let live = Live::default();
        let (mut news, _) = live.watch_conversation(conversation);
        let draft = live.begin_draft(organisation, conversation, message);
        assert!(draft.push("Sixty ").is_ok());
        live.silence(organisation, conversation);
        assert!(draft.push("days").is_err());
        draft.silenced().await;
        draft.end(DraftEnd::Done);
        assert_eq!(heard(&mut news), ["Sixty ", "<silenced>"]);
    }

    #[tokio::test]
    async fn a_newer_draft_is_not_ended_by_an_older_one() {
        let (world, organisation, conversation, message) = ids();
        let live = Live::default();
        let (mut news, _) = live.watch_conversation(conversation);
        let old = live.begin_draft(organisation, conversation, message);
        let new = live.begin_draft(organisation, conversation, MessageId::new(&world));
        assert!(old.push("stale").is_err());
        drop(old);
        assert!(new.push("fresh").is_ok());
        new.end(DraftEnd::Done);
        assert_eq!(heard(&mut news), ["fresh", "<done>"]);
    }

    #[tokio::test]
    async fn whoever_comes_later_hears_what_was_written_so_far() {
        let (_, organisation, conversation, message) = ids();
        let live = Live::default();
        let draft = live.begin_draft(organisation, conversation, message);
        assert!(draft.push("Sixty days").is_ok());
        let (_, so_far) = live.watch_conversation(conversation);
        assert_eq!(so_far.map(|(_, text)| text.expose().to_owned()).as_deref(), Some("Sixty days"));
    }

    #[tokio::test]
    async fn a_conversation_nobody_watches_is_not_remembered() {
        let (_, organisation, conversation, message) = ids();
        let live = Live::default();
        let (news, _) = live.watch_conversation(conversation);
        drop(news);
        live.begin_draft(organisation, conversation, message).end(DraftEnd::Done);
        assert_eq!(live.remembered(), 0);
    }
}
