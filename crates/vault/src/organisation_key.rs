//! One organisation's key: wraps its people's keys, seals its own secrets, and makes its blind indexes.

use std::sync::Arc;

use aws_lc_rs::hmac;
use model::{OrganisationId, World};
use zeroize::Zeroizing;

use crate::blind::blind;
use crate::derive::child;
use crate::envelope::{EnvelopeKey, Suite};
use crate::{Personal, Place, SealError, Sealed};

/// The key of one organisation. Cheap to clone.
#[derive(Clone)]
pub struct OrganisationKey(Arc<Inner>);

struct Inner {
    wrapping: EnvelopeKey,
    sealing: EnvelopeKey,
    blinding: hmac::Key,
    world: World,
}

impl OrganisationKey {
    pub(crate) fn new(bytes: &[u8; 32], world: World) -> Self {
        Self(Arc::new(Inner {
            wrapping: EnvelopeKey::new(Suite::GcmSiv, &child(bytes, "wrap subject keys")),
            sealing: EnvelopeKey::new(Suite::Gcm, &child(bytes, "seal organisation secrets")),
            blinding: hmac::Key::new(hmac::HMAC_SHA256, child(bytes, "blind indexes").as_slice()),
            world,
        }))
    }

    /// Seals a secret of the organisation, such as the key of a model provider.
    pub fn seal(&self, place: &Place<'_>, words: &str) -> Result<Sealed, SealError> {
        self.0.sealing.seal(self.0.world.random(), place, words.as_bytes()).map(Sealed::from_column)
    }

    /// Opens a secret of the organisation.
    pub fn open(&self, place: &Place<'_>, sealed: &Sealed) -> Result<Personal, SealError> {
        let mut plain = self.0.sealing.open(place, sealed.as_column())?;
        String::from_utf8(std::mem::take(&mut *plain)).map(Personal::new).map_err(|_| SealError::NotText)
    }

    /// The blind index of `text` in `field`: 16 bytes, equal for equal text, different for every organisation and field.
    /// The caller brings the text into its normal form first ([`crate::normal_email`], [`crate::words`]).
    pub fn blind(&self, field: &str, text: &str) -> Vec<u8> {
        blind(&self.0.blinding, field, text)
    }

    pub(crate) fn wrap(
        &self,
        organisation: OrganisationId,
        subject: &str,
        key: &[u8; 32],
    ) -> Result<Vec<u8>, SealError> {
        self.0.wrapping.seal(self.0.world.random(), &wrapped_place(organisation, subject), key)
    }

    pub(crate) fn unwrap(
        &self,
        organisation: OrganisationId,
        subject: &str,
        wrapped: &[u8],
    ) -> Result<Zeroizing<[u8; 32]>, SealError> {
        let plain = self.0.wrapping.open(&wrapped_place(organisation, subject), wrapped)?;
        plain.as_slice().try_into().map(Zeroizing::new).map_err(|_| SealError::Envelope)
    }
}

/// Where a wrapped key belongs, as [`Place`] is for a value.
pub(crate) fn wrapped_place(organisation: OrganisationId, subject: &str) -> Place<'_> {
    Place { organisation, table: "wrapped_key", column: "wrapped", row: subject }
}
