//! For what somebody wants to see what is restricted (GDPR Art. 18(2)), in the query of an address.

use desk::restricted::{Leave, Reader};
use model::{Actor, Refusal};
use serde::Deserialize;
use utoipa::IntoParams;

/// The reason, where one is needed.
#[derive(Deserialize, IntoParams)]
#[into_params(parameter_in = Query)]
pub struct Because {
    /// For what restricted words are to be seen: `consent`, `claims`, `rights_of_others` or `public_interest`.
    reason: Option<String>,
}

impl Because {
    /// The reader with this reason.
    pub fn reader<'a>(&self, actor: &'a Actor) -> Result<Reader<'a>, Refusal> {
        Ok(Reader { actor, because: self.reason.as_deref().map(Leave::from_word).transpose()? })
    }
}
