//! Who is here: which conversations have a stream of their visitor open, and who has left for good. In memory only; ids, no words.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex, MutexGuard, PoisonError};
use std::time::Duration;

use model::ConversationId;
use tokio::sync::watch;

/// How long a visitor may be gone before the assistant stops writing for nobody: a reload or a tunnel is shorter.
const GRACE: Duration = Duration::from_secs(20);

/// How many streams one conversation may have: a browser keeps one for each tab, and each costs memory as long as it is open.
const MOST: usize = 16;

/// Who is here. Cloning it gives another handle to the same.
#[derive(Clone)]
pub(super) struct Presence {
    streams: Arc<Mutex<HashMap<ConversationId, watch::Sender<usize>>>>,
    /// In milliseconds.
    grace: Arc<AtomicU64>,
}

impl Default for Presence {
    fn default() -> Self {
        let grace = Arc::new(AtomicU64::new(0));
        let presence = Self { streams: Arc::default(), grace };
        presence.forgive(GRACE);
        presence
    }
}

/// A stream of a visitor: while this is held, she is here.
pub struct Here {
    presence: Presence,
    conversation: ConversationId,
}

impl Drop for Here {
    fn drop(&mut self) {
        let mut streams = self.presence.streams();
        if let Some(count) = streams.get(&self.conversation) {
            count.send_modify(|count| *count = count.saturating_sub(1));
        }
        tidy(&mut streams, self.conversation);
    }
}

/// Somebody who wants to know whether she leaves.
struct Waiting<'a> {
    presence: &'a Presence,
    conversation: ConversationId,
    /// Dropped before the entry is looked at.
    count: Option<watch::Receiver<usize>>,
}

impl Drop for Waiting<'_> {
    fn drop(&mut self) {
        self.count = None;
        tidy(&mut self.presence.streams(), self.conversation);
    }
}

fn tidy(streams: &mut HashMap<ConversationId, watch::Sender<usize>>, conversation: ConversationId) {
    if streams.get(&conversation).is_some_and(|count| *count.borrow() == 0 && count.receiver_count() == 0) {
        streams.remove(&conversation);
    }
}

impl Presence {
    fn streams(&self) -> MutexGuard<'_, HashMap<ConversationId, watch::Sender<usize>>> {
        self.streams.lock().unwrap_or_else(PoisonError::into_inner)
    }

    pub(super) fn forgive(&self, grace: Duration) {
        self.grace.store(u64::try_from(grace.as_millis()).unwrap_or(u64::MAX), Ordering::Relaxed);
    }

    pub(super) fn enter(&self, conversation: ConversationId) -> Option<Here> {
        let mut streams = self.streams();
        let count = streams.entry(conversation).or_insert_with(|| watch::Sender::new(0));
        if *count.borrow() >= MOST {
            return None;
        }
        count.send_modify(|count| *count += 1);
        Some(Here { presence: self.clone(), conversation })
    }

    /// Ends when she was here and has been gone for longer than the grace; never for somebody who has no stream, such as a
    /// program that asks and comes back for the answer.
    pub(super) async fn left(&self, conversation: ConversationId) {
        let count = self.streams().entry(conversation).or_insert_with(|| watch::Sender::new(0)).subscribe();
        let mut waiting = Waiting { presence: self, conversation, count: Some(count) };
        let Some(count) = waiting.count.as_mut() else { return };
        loop {
            let gone = async {
                count.wait_for(|count| *count > 0).await.ok()?;
                count.wait_for(|count| *count == 0).await.ok().map(drop)
            };
            if gone.await.is_none() {
                return std::future::pending().await;
            }
            let grace = Duration::from_millis(self.grace.load(Ordering::Relaxed));
            tokio::select! {
                () = tokio::time::sleep(grace) => return,
                _ = count.wait_for(|count| *count > 0) => {}
            }
        }
    }

    #[cfg(test)]
    fn remembered(&self) -> usize {
        self.streams().len()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn somewhere() -> (Presence, ConversationId) {
        (Presence::default(), ConversationId::new(&testkit::world()))
    }

    /// Lets everything that can go on go on.
    async fn pass() {
        for _ in 0..10 {
            tokio::task::yield_now().await;
        }
    }

    #[tokio::test]
    async fn she_has_left_when_she_was_here_and_no_tab_of_hers_is_open() {
        let (presence, conversation) = somewhere();
        presence.forgive(Duration::ZERO);
        let here = presence.enter(conversation).expect("room");
        let waiter = presence.clone();
        let left = tokio::spawn(async move { waiter.left(conversation).await });
        pass().await;
        assert!(!left.is_finished(), "she is here");
        let second = presence.enter(conversation).expect("room");
        drop(here);
        pass().await;
        assert!(!left.is_finished(), "another tab of hers is open");
        drop(second);
        let ended = tokio::time::timeout(Duration::from_secs(30), left).await;
        assert!(ended.is_ok());
        assert_eq!(presence.remembered(), 0, "nothing is kept of her");
    }

    #[tokio::test]
    async fn nobody_has_more_streams_than_a_browser_opens() {
        let (presence, conversation) = somewhere();
        let mut here: Vec<Here> = (0..MOST).filter_map(|_| presence.enter(conversation)).collect();
        assert!(here.len() == MOST && presence.enter(conversation).is_none());
        here.pop();
        assert!(presence.enter(conversation).is_some(), "one that was closed makes room");
    }

    #[tokio::test]
    async fn who_never_had_a_stream_has_not_left() {
        let (presence, conversation) = somewhere();
        presence.forgive(Duration::ZERO);
        let waited = tokio::time::timeout(Duration::from_millis(20), presence.left(conversation)).await;
        assert!(waited.is_err());
        assert_eq!(presence.remembered(), 0);
    }
}
