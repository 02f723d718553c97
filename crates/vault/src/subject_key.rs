//! One person's key.

use std::sync::Arc;

use model::World;

use crate::envelope::{EnvelopeKey, Suite};
use crate::{Personal, Place, SealError, Sealed};

/// The key of one person (or member). Cheap to clone. Hold it for one deed, not longer: a destroyed key lives on in
/// whoever still holds it.
#[derive(Clone)]
pub struct SubjectKey {
    key: Arc<EnvelopeKey>,
    world: World,
}

impl SubjectKey {
    pub(crate) fn new(bytes: &[u8; 32], world: World) -> Self {
        Self { key: Arc::new(EnvelopeKey::new(Suite::Gcm, bytes)), world }
    }

    /// Seals words for one place.
    pub fn seal(&self, place: &Place<'_>, words: &str) -> Result<Sealed, SealError> {
        self.seal_bytes(place, words.as_bytes())
    }

    /// Opens the words of one place.
    pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Personal, SealError> {
        let mut plain = self.key.open(place, sealed.as_column())?;
        String::from_utf8(std::mem::take(&mut *plain)).map(Personal::new).map_err(|_| SealError::NotText)
    }

    /// Seals a file's bytes for one place.
    pub fn seal_bytes(&self, place: &Place<'_>, bytes: &[u8]) -> Result<Sealed, SealError> {
        self.key.seal(self.world.random(), place, bytes).map(Sealed::from_column)
    }

    /// Opens a file's bytes.
    pub fn open_bytes(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Vec<u8>, SealError> {
        Ok(std::mem::take(&mut *self.key.open(place, sealed.as_column())?))
    }
}
