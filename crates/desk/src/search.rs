//! Finding conversations by the words said in them: a job makes the words findable a moment after the message, each once for a
//! conversation and only as a keyed fingerprint; whoever searches sooner does the same work first, so nothing is missed.

use std::collections::{BTreeSet, HashSet};
use std::time::Duration;

use jobs::{BoxFuture, Job, JobFault, Next, Reconciler};
use model::{ConversationId, OrganisationId, Refusal};
use store::conversation_word::{self as rows, WordsRow};
use store::message::MessageRow;
use store::{Fence, Statement, Work, job, message};
use vault::{KeyError, OrganisationKey, SubjectKey};

use crate::body::{Body, Where};
use crate::{Deed, Desk, Fault};

/// The kind of the job; its subject is the conversation.
const JOB: &str = "index_words";
/// How long the words of a conversation gather before they are written.
const GATHER: Duration = Duration::from_secs(2);
/// How many messages one commit makes findable.
const ROUND: i64 = 100;
/// How many distinct words of one message are made findable.
const WORDS_INDEXED: usize = 200;
/// How many conversations with fresh words a search brings up to date at most; the newest first.
const CAUGHT_UP: i64 = 200;
/// The name under which the fingerprints are made.
const FIELD: &str = "message.word";

impl Desk {
    /// The job that makes the fresh words of a conversation findable.
    pub(crate) fn index_job(&self, place: Where) -> Statement {
        let due = self.world.now().plus(GATHER);
        jobs::enqueue(&self.world, place.organisation, JOB, &place.conversation.to_string(), due)
    }

    /// Makes everything said in a conversation findable. Safe to run twice, and by two at once.
    pub async fn index_words(&self, place: Where) -> Deed<()> {
        loop {
            let standing = rows::standing(place.organisation, place.conversation);
            let Some(row) = self.store.one(Fence::Organisation(place.organisation), standing).await? else {
                return Ok(());
            };
            let row = WordsRow::from_row(&row)?;
            if row.words_seq >= row.last_seq || !self.index_round(place, &row).await? {
                return Ok(());
            }
        }
    }

    /// `false` where there is nothing more to do: the person was erased.
    async fn index_round(&self, place: Where, row: &WordsRow) -> Deed<bool> {
        let Where { organisation, conversation } = place;
        let key = match self.keyring.subject(organisation, &row.person.to_string()).await {
            Ok(key) => key,
            Err(KeyError::Absent) => return Ok(false),
            Err(error) => return Err(error.into()),
        };
        let blinding = self.keyring.organisation(organisation).await?;
        let said = message::after(organisation, conversation, row.words_seq, ROUND);
        let said = self.store.all(Fence::Organisation(organisation), said).await?;
        let (mut words, mut reached) = (BTreeSet::new(), row.last_seq);
        for said in &said {
            let said = MessageRow::from_row(said)?;
            reached = said.seq;
            words.extend(fingerprints(&key, &blinding, organisation, &said)?);
        }
        // In their order, so that neighbours in the index are written together.
        let work = Work::new(Fence::Organisation(organisation))
            .extend(words.into_iter().map(|word| rows::insert(organisation, row.person, conversation, word)))
            .with(rows::reached(organisation, conversation, [row.words_seq, reached]));
        self.store.write(work).await?;
        Ok(true)
    }

    /// Conversations in which every one of these words was said, and those of the person with this address.
    pub(crate) async fn conversations_with(
        &self,
        organisation: OrganisationId,
        sought: &str,
    ) -> Deed<HashSet<ConversationId>> {
        self.catch_up(organisation).await?;
        let key = self.keyring.organisation(organisation).await?;
        let mut found: Option<HashSet<ConversationId>> = None;
        for word in vault::words(sought) {
            let statement = rows::conversations(organisation, key.blind(FIELD, &word));
            let rows = self.store.all(Fence::Organisation(organisation), statement).await?;
            let ids = rows.iter().map(|row| row.id("conversation")).collect::<Result<HashSet<_>, _>>()?;
            found = Some(match found {
                None => ids,
                Some(before) => before.intersection(&ids).copied().collect(),
            });
        }
        let mut found = found.unwrap_or_default();
        if sought.contains('@') {
            for person in self.people(organisation, Some(sought)).await? {
                found.extend(self.talks(organisation, person.id).await?.into_iter().map(|talk| talk.id));
            }
        }
        Ok(found)
    }

    /// Does what the jobs would do in a moment.
    async fn catch_up(&self, organisation: OrganisationId) -> Deed<()> {
        let waiting = self.store.all(Fence::Organisation(organisation), job::subjects(organisation, JOB, CAUGHT_UP));
        for row in &waiting.await? {
            match self.index_words(Where { organisation, conversation: row.id("subject")? }).await {
                // The job was quicker.
                Ok(()) | Err(Fault::Refused(_)) => {}
                Err(fault) => return Err(fault),
            }
        }
        Ok(())
    }
}

/// The fingerprints of a message's words.
fn fingerprints(
    key: &SubjectKey,
    blinding: &OrganisationKey,
    organisation: OrganisationId,
    said: &MessageRow,
) -> Deed<Vec<Vec<u8>>> {
    let body = Body::open(key, organisation, said.id, &said.body)?;
    Ok(vault::words(&body.text).iter().take(WORDS_INDEXED).map(|word| blinding.blind(FIELD, word)).collect())
}

/// The job's reconciler.
pub struct Indexing(pub Desk);

impl Reconciler for Indexing {
    fn kind(&self) -> &'static str {
        JOB
    }

    fn run<'a>(&'a self, job: &'a Job) -> BoxFuture<'a, Result<Next, JobFault>> {
        Box::pin(async move {
            let conversation: ConversationId =
                job.subject.parse().map_err(|_: Refusal| JobFault::new("not a conversation id"))?;
            match self.0.index_words(Where { organisation: job.organisation, conversation }).await {
                Ok(()) => Ok(Next::Done),
                // A search was quicker, or the person is gone: look again, and find that nothing is left.
                Err(Fault::Refused(_)) => Ok(Next::Again(GATHER)),
                Err(Fault::Broken(what)) => Err(JobFault::new(what)),
            }
        })
    }
}
