//! Passwords: Argon2id with the parameters OWASP recommends (19 MiB, 2 passes), on threads that may wait.

use argon2::password_hash::phc::PasswordHash;
use argon2::{Algorithm, Argon2, Params, PasswordHasher, PasswordVerifier, Version};
use model::{Refusal, World};
use tokio::sync::Semaphore;
use vault::Personal;

use crate::{Deed, Fault};

/// The shortest password of the staff.
const SHORTEST: usize = 12;
/// The longest: more would only make the server work.
const LONGEST: usize = 256;
/// Hashes computed at the same time: each takes 19 MiB and a core.
static TURN: Semaphore = Semaphore::const_new(4);

fn argon() -> Result<Argon2<'static>, Fault> {
    let params = Params::new(19 * 1024, 2, 1, None).map_err(|_| Fault::broken("argon2 parameters"))?;
    Ok(Argon2::new(Algorithm::Argon2id, Version::V0x13, params))
}

/// Refuses what is too short to protect a customer's words.
pub(crate) fn check(password: &Personal) -> Result<(), Refusal> {
    let length = password.expose().chars().count();
    if length < SHORTEST {
        return Err(Refusal::invalid("The password needs at least 12 characters."));
    }
    if length > LONGEST {
        return Err(Refusal::invalid("The password may have at most 256 characters."));
    }
    Ok(())
}

/// The hash to keep.
pub(crate) async fn hash(world: &World, password: &Personal) -> Deed<String> {
    let salt = world.random::<16>();
    let password = password.clone();
    on_a_thread(move || {
        let hash: PasswordHash = argon()?
            .hash_password_with_salt(password.expose().as_bytes(), &salt)
            .map_err(|_| Fault::broken("argon2"))?;
        Ok(hash.to_string())
    })
    .await
}

/// Whether `password` is the one behind `hash`; without a hash it takes as long and the answer is no.
pub(crate) async fn matches(hash: Option<String>, password: &Personal) -> Deed<bool> {
    let password = password.clone();
    on_a_thread(move || {
        let Some(hash) = hash else {
            let mut out = [0u8; 32];
            let spent = argon()?.hash_password_into(password.expose().as_bytes(), b"nobody is there", &mut out);
            return spent.map(|()| false).map_err(|_| Fault::broken("argon2"));
        };
        let hash = PasswordHash::new(&hash).map_err(|_| Fault::broken("a stored password hash is malformed"))?;
        Ok(argon()?.verify_password(password.expose().as_bytes(), &hash).is_ok())
    })
    .await
}

async fn on_a_thread<T: Send + 'static>(work: impl FnOnce() -> Deed<T> + Send + 'static) -> Deed<T> {
    let _turn = TURN.acquire().await.map_err(|_| Fault::broken("the password queue is closed"))?;
    tokio::task::spawn_blocking(work).await.map_err(|_| Fault::broken("a password thread died"))?
}
