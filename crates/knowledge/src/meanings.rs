//! The meanings of all passages as vectors in memory, where an encoder is configured: made in the background from the public
//! pages, one organisation at a time, and kept when pages change, so that only what is new is read again.

use std::collections::HashMap;
use std::sync::mpsc::{Receiver, Sender, channel};
use std::sync::{Arc, Mutex, OnceLock, PoisonError, Weak};

use model::{OrganisationId, PassageId};

use crate::bm25::Index;
use crate::encoder::{Encoder, Vectors};

/// An exact search over more passages takes longer than a visitor should wait: those are found by their words alone.
pub(crate) const MOST: usize = 50_000;

/// The vectors of all organisations.
#[derive(Default)]
pub(crate) struct Meanings {
    encoder: OnceLock<Arc<dyn Encoder>>,
    made: Mutex<HashMap<OrganisationId, Arc<Vectors>>>,
    /// To the one thread that encodes: what answers needs the processor too.
    queue: OnceLock<Sender<(OrganisationId, Arc<Index>)>>,
}

impl Meanings {
    /// Names the encoder; only the first counts.
    pub(crate) fn with(&self, encoder: Arc<dyn Encoder>) {
        let _ = self.encoder.set(encoder);
    }

    pub(crate) fn encoder(&self) -> Option<&Arc<dyn Encoder>> {
        self.encoder.get()
    }

    /// Has the index given its vectors in the background, after those that wait already.
    pub(crate) fn make_later(self: &Arc<Self>, organisation: OrganisationId, index: &Arc<Index>) {
        if self.encoder().is_none() || index.len() > MOST {
            return;
        }
        let queue = self.queue.get_or_init(|| {
            let (queue, waiting) = channel();
            let meanings = Arc::downgrade(self);
            // A thread of its own, which no stopping server waits for: nothing is lost with it.
            let begun = std::thread::Builder::new().name("encoder".to_owned()).spawn(move || work(&waiting, &meanings));
            if begun.is_err() {
                tracing::warn!("no thread for the encoder: passages are found by their words alone");
            }
            queue
        });
        let _ = queue.send((organisation, index.clone()));
    }

    /// Gives the index its vectors; stops when the index is retired. What is made is kept for the next index either way.
    fn make(&self, organisation: OrganisationId, index: &Index) {
        let Some(encoder) = self.encoder() else { return };
        let made = || self.made.lock().unwrap_or_else(PoisonError::into_inner);
        let before = made().get(&organisation).cloned();
        let vectors = Arc::new(vectors_of(index, encoder.as_ref(), before.as_deref()));
        if vectors.len() == index.len() {
            index.understand(vectors.clone());
        }
        match vectors.is_empty() {
            true => made().remove(&organisation),
            false => made().insert(organisation, vectors),
        };
    }
}

fn work(waiting: &Receiver<(OrganisationId, Arc<Index>)>, meanings: &Weak<Meanings>) {
    while let Ok((organisation, index)) = waiting.recv() {
        let Some(meanings) = meanings.upgrade() else { return };
        if !index.is_retired() {
            meanings.make(organisation, &index);
        }
    }
}

/// The vectors of an index's passages, those of `before` first; fewer if the index is retired meanwhile.
pub(crate) fn vectors_of(index: &Index, encoder: &dyn Encoder, before: Option<&Vectors>) -> Vectors {
    let mut vectors = Vectors::new(encoder.dimensions());
    let known: HashMap<PassageId, usize> = before.map(|before| before.ids().zip(0..).collect()).unwrap_or_default();
    let mut new = Vec::new();
    for (id, words) in index.words() {
        match before.zip(known.get(&id)) {
            Some((before, place)) => vectors.copy(before, *place),
            None => new.push((id, words)),
        }
    }
    for (id, words) in new.iter().take_while(|_| !index.is_retired()) {
        vectors.add(*id, &encoder.encode(&format!("{}\n{}\n{}", words.title, words.heading, words.text)));
    }
    vectors
}
