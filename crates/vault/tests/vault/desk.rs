//! What the stories need: a world that repeats itself and a cupboard in memory.

use std::collections::HashMap;
use std::sync::atomic::{AtomicU64, Ordering};
use std::sync::{Arc, Mutex};

use model::{Chance, Clock, Moment, OrganisationId, World};
use vault::{BoxFuture, Cupboard, CupboardError, Keyring, MasterKey, Place};

struct Counted(AtomicU64);

impl Clock for Counted {
    fn now(&self) -> Moment {
        Moment::from_millis(1_750_000_000_000)
    }
}

impl Chance for Counted {
    fn fill(&self, bytes: &mut [u8]) {
        for chunk in bytes.chunks_mut(8) {
            let count = self.0.fetch_add(0x9e37_79b9_7f4a_7c15, Ordering::SeqCst).to_be_bytes();
            chunk.copy_from_slice(&count[..chunk.len()]);
        }
    }
}

pub fn world() -> World {
    let counted = Arc::new(Counted(AtomicU64::new(1)));
    World { clock: counted.clone(), chance: counted }
}

type Lying = HashMap<(OrganisationId, String), Vec<u8>>;

/// A cupboard in memory that can be looked into.
#[derive(Default)]
pub struct Drawer(pub Mutex<Lying>);

impl Drawer {
    pub fn get(&self, organisation: OrganisationId, subject: &str) -> Vec<u8> {
        self.0.lock().unwrap()[&(organisation, subject.to_owned())].clone()
    }

    pub fn put(&self, organisation: OrganisationId, subject: &str, wrapped: Vec<u8>) {
        self.0.lock().unwrap().insert((organisation, subject.to_owned()), wrapped);
    }
}

impl Cupboard for Drawer {
    fn fetch<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<Option<Vec<u8>>, CupboardError>> {
        Box::pin(async move { Ok(self.0.lock().unwrap().get(&(organisation, subject.to_owned())).cloned()) })
    }

    fn keep<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
        wrapped: Vec<u8>,
    ) -> BoxFuture<'a, Result<(), CupboardError>> {
        Box::pin(async move {
            if self.0.lock().unwrap().contains_key(&(organisation, subject.to_owned())) {
                return Err(CupboardError::Taken);
            }
            self.put(organisation, subject, wrapped);
            Ok(())
        })
    }

    fn destroy<'a>(
        &'a self,
        organisation: OrganisationId,
        subject: &'a str,
    ) -> BoxFuture<'a, Result<bool, CupboardError>> {
        Box::pin(async move { Ok(self.0.lock().unwrap().remove(&(organisation, subject.to_owned())).is_some()) })
    }
}

/// A keyring over a cupboard in memory, with one organisation.
pub struct Desk {
    pub world: World,
    pub drawer: Arc<Drawer>,
    pub keyring: Keyring,
    pub organisation: OrganisationId,
}

pub const MASTER: [u8; 32] = [0x4d; 32];

pub async fn desk() -> Desk {
    let world = world();
    let drawer = Arc::new(Drawer::default());
    let keyring = Keyring::new(MasterKey::from_bytes(MASTER), world.clone(), drawer.clone());
    let organisation = OrganisationId::new(&world);
    keyring.create_organisation(organisation).await.unwrap();
    Desk { world, drawer, keyring, organisation }
}

pub fn body(organisation: OrganisationId, row: &str) -> Place<'_> {
    Place { organisation, table: "message", column: "body_sealed", row }
}
