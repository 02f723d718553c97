//! Several providers in the order in which they are asked: tries again where that may help, goes on to the next where it
//! does not, and never changes the provider after the first word.

use std::sync::{Arc, Mutex, PoisonError};
use std::time::Duration;

use futures::stream::{self, StreamExt};
use model::World;
use tokio::time::Instant;

use super::{Answer, Ask, Chunk, Client, End, ModelFault};
use crate::Ledger;

/// After this many failures in a row a provider rests.
const TIRED: u32 = 3;
/// How long it rests. It is still asked when nobody else is left.
const REST: Duration = Duration::from_secs(30);

/// How much is put up with before the first word.
#[derive(Clone, Copy, Debug)]
pub struct Patience {
    /// How often one provider is asked again.
    pub retries: u32,
    /// The wait before the first repetition; it doubles from one to the next. A provider's own wish comes first.
    pub first_wait: Duration,
    /// A longer wait is not worth it: the next provider is asked.
    pub longest_wait: Duration,
    /// All waits and tries together end here.
    pub budget: Duration,
}

impl Default for Patience {
    fn default() -> Self {
        Self {
            retries: 2,
            first_wait: Duration::from_millis(500),
            longest_wait: Duration::from_secs(8),
            budget: Duration::from_secs(90),
        }
    }
}

/// How a provider has done lately. Shared by all clones of its client.
#[derive(Debug, Default)]
pub(super) struct Health(Mutex<(u32, Option<Instant>)>);

impl Health {
    fn rests(&self) -> bool {
        let state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.1.is_some_and(|until| Instant::now() < until)
    }

    fn note(&self, well: bool) {
        let mut state = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        state.0 = if well { 0 } else { state.0.saturating_add(1) };
        state.1 = (state.0 >= TIRED).then(|| Instant::now() + REST);
    }
}

/// Providers in their order.
#[derive(Clone)]
pub struct Lineup {
    clients: Arc<[Client]>,
    patience: Patience,
    world: World,
}

/// An answer that has begun.
pub struct Begun {
    /// Who answers.
    pub client: Client,
    /// The answer, from its first word.
    pub answer: Answer,
    /// Who was asked before, and why that came to nothing.
    pub tried: Vec<(String, ModelFault)>,
}

/// Nobody answered.
pub struct NobodyAnswered {
    /// Who was asked, and why that came to nothing.
    pub tried: Vec<(String, ModelFault)>,
}

impl NobodyAnswered {
    /// The last reason.
    pub fn last(&self) -> Option<&ModelFault> {
        self.tried.last().map(|(_, fault)| fault)
    }
}

impl Lineup {
    /// These providers, in this order.
    pub fn new(clients: Vec<Client>, patience: Patience, world: World) -> Self {
        Self { clients: clients.into(), patience, world }
    }

    /// The providers.
    pub fn clients(&self) -> &[Client] {
        &self.clients
    }

    /// Asks one after the other until one begins to answer. Every single transfer is recorded before it takes place.
    pub async fn ask(&self, ask: &Ask, ledger: &dyn Ledger) -> Result<Begun, NobodyAnswered> {
        let until = Instant::now() + self.patience.budget;
        let mut tried = Vec::new();
        for client in self.awake_first() {
            let mut wait = self.patience.first_wait;
            for attempt in 0..=self.patience.retries {
                let fault = match begin(client, ask, ledger, until).await {
                    Ok(answer) => {
                        client.health.note(true);
                        return Ok(Begun { client: client.clone(), answer, tried });
                    }
                    Err(fault) => fault,
                };
                client.health.note(fault == ModelFault::Declined);
                tried.push((client.config.declared_as.clone(), fault.clone()));
                if !fault.is_the_providers() {
                    return Err(NobodyAnswered { tried });
                }
                let pause = match fault {
                    ModelFault::Busy { retry_after: Some(wanted) } => wanted,
                    _ => self.shaken(wait),
                };
                let worth = fault.is_passing() && pause <= self.patience.longest_wait && Instant::now() + pause < until;
                if !worth || attempt == self.patience.retries {
                    break;
                }
                tokio::time::sleep(pause).await;
                wait *= 2;
            }
        }
        Err(NobodyAnswered { tried })
    }

    /// Those who rest come last.
    fn awake_first(&self) -> Vec<&Client> {
        let (tired, awake): (Vec<&Client>, Vec<&Client>) =
            self.clients.iter().partition(|client| client.health.rests());
        awake.into_iter().chain(tired).collect()
    }

    /// Between three quarters and five quarters of a wait, so that many who were refused together do not come back together.
    fn shaken(&self, wait: Duration) -> Duration {
        let [roll] = self.world.random::<1>();
        wait.mul_f64(0.75 + f64::from(roll) / 512.0)
    }
}

/// An answer whose first piece is there: until then, another provider can still take over.
async fn begin(client: &Client, ask: &Ask, ledger: &dyn Ledger, until: Instant) -> Result<Answer, ModelFault> {
    let beginning = async {
        let mut answer = client.stream(ask, ledger).await?;
        let mut before: Vec<Result<Chunk, ModelFault>> = Vec::new();
        loop {
            let chunk = answer.next().await.ok_or(ModelFault::BrokeOff)??;
            let (spoken, empty) = (!chunk.text.is_empty(), chunk.end == Some(End::Complete));
            let ended = chunk.end.is_some();
            before.push(Ok(chunk));
            match () {
                () if spoken || (ended && !empty) => return Ok(stream::iter(before).chain(answer).boxed()),
                // An answer that ends before its first word is none.
                () if ended => return Err(ModelFault::BrokeOff),
                () => {}
            }
        }
    };
    tokio::time::timeout_at(until, beginning).await.unwrap_or(Err(ModelFault::TimedOut))
}
