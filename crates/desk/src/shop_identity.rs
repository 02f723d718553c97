//! Identity that the shop signs: whoever is signed in to her account there need not prove her address again. The shop makes a JSON
//! Web Token (RFC 7519, HS256) with the address and sends her on with it; it counts once, and for minutes only.
//!
//! The secret is kept nowhere: it is made from the organisation's key and its number, so a new number ends every token of the old.

use std::time::Duration;

use data_encoding::HEXLOWER;
use jsonwebtoken::{Algorithm, DecodingKey, Validation};
use model::{Actor, Kind, Moment, OrganisationId, Refusal, RequestId};
use serde::Deserialize;
use store::{Fence, Work, organisation as rows, used_signature};

use crate::organisation::Organisation;
use crate::request::{Asker, Filing};
use crate::{Deed, Desk, Fault};

/// The furthest end a token may have: long enough for a slow page, too short for a link that is passed on.
pub const TOKEN_LIFE: Duration = Duration::from_secs(15 * 60);
/// By how much the clock of the shop may be behind ours when it says “until”.
const SKEW: Duration = Duration::from_secs(60);
/// The longest token, in bytes.
const LONGEST: usize = 2_000;
/// What secrets begin with.
const PREFIX: &str = "si_";

/// What a token says. Has no `Debug`: the address is hers.
#[derive(Clone, Deserialize)]
struct Claims {
    /// Her address, which the shop has proved itself.
    email: String,
    /// The end, in seconds of Unix time.
    exp: i64,
}

/// Somebody whose address the shop has signed for.
pub struct SignedFor {
    /// The address.
    pub email: String,
    fingerprint: String,
    ends: Moment,
}

fn not_valid() -> Refusal {
    Refusal::new(Kind::WrongCredentials, "This proof from the shop is not valid, or not valid any more.")
}

impl Desk {
    /// Switches signing on, or replaces the secret: tokens signed with the one before count no more. Answers the secret, to be shown
    /// once.
    pub async fn renew_shop_identity(&self, actor: &Actor) -> Deed<String> {
        let house = self.organisation(actor.organisation()).await?;
        let number = house.settings.identity_secrets + 1;
        self.number_secret(actor, house, (number, true), "shop_identity.renew").await?;
        self.shop_secret(actor.organisation(), number).await
    }

    /// Switches signing off: no token counts any more.
    pub async fn end_shop_identity(&self, actor: &Actor) -> Deed<()> {
        let house = self.organisation(actor.organisation()).await?;
        let number = house.settings.identity_secrets;
        self.number_secret(actor, house, (number, false), "shop_identity.end").await
    }

    async fn number_secret(
        &self,
        actor: &Actor,
        mut house: Organisation,
        (number, on): (u32, bool),
        action: &'static str,
    ) -> Deed<()> {
        house.settings.identity_secrets = number;
        house.settings.identity_signed = on;
        let column = house.settings.to_column()?;
        let line = self.audit(actor, action, "organisation", &house.id.to_string());
        let work =
            Work::new(Fence::Organisation(house.id)).with(rows::change(house.id, &house.read, &house.name, &column));
        self.store.write(work.with(line)).await?;
        Ok(())
    }

    async fn shop_secret(&self, organisation: OrganisationId, number: u32) -> Deed<String> {
        let key = self.keyring.organisation(organisation).await?;
        // As long as the fingerprint that it keys (RFC 7518 section 3.2).
        let halves = ["shop.identity.first", "shop.identity.second"].map(|half| key.blind(half, &number.to_string()));
        Ok(format!("{PREFIX}{}", HEXLOWER.encode(&halves.concat())))
    }

    /// For whom a token stands, if it is this shop's, counts now, and was not used yet.
    pub async fn signed_for(&self, organisation: &Organisation, token: &str) -> Deed<SignedFor> {
        let settings = &organisation.settings;
        if !settings.identity_signed || token.len() > LONGEST {
            return Err(not_valid().into());
        }
        let secret = self.shop_secret(organisation.id, settings.identity_secrets).await?;
        let mut rules = Validation::new(Algorithm::HS256);
        // The end is looked at below, by the clock of the house.
        rules.validate_exp = false;
        rules.validate_aud = false;
        rules.required_spec_claims.clear();
        let read = jsonwebtoken::decode::<Claims>(token, &DecodingKey::from_secret(secret.as_bytes()), &rules);
        let Claims { email, exp } = read.map_err(|_| not_valid())?.claims;
        let (now, ends) = (self.world.now(), Moment::from_millis(exp.saturating_mul(1_000)));
        if ends <= now || ends > now.plus(TOKEN_LIFE).plus(SKEW) {
            return Err(not_valid().into());
        }
        let key = self.keyring.organisation(organisation.id).await?;
        let fingerprint = HEXLOWER.encode(&key.blind("shop.identity.token", token));
        // Said as soon as the form is opened; what is decided is decided when the request is filed.
        let heard = used_signature::heard(organisation.id, &fingerprint);
        if self.store.one(Fence::Organisation(organisation.id), heard).await?.is_some() {
            return Err(not_valid().into());
        }
        Ok(SignedFor { email, fingerprint, ends })
    }

    /// Files a request for whom the shop signed. A token that was used before is refused like one that never counted.
    pub async fn file_signed_request(
        &self,
        organisation: &Organisation,
        filing: Filing,
        signed: SignedFor,
    ) -> Deed<RequestId> {
        let heard = used_signature::insert(organisation.id, &signed.fingerprint, signed.ends);
        let asker = Asker::Signed { email: signed.email };
        let house = Actor::House { organisation: organisation.id };
        match self.file_request_as((RequestId::new(&self.world), vec![heard]), &house, filing, asker).await {
            Err(Fault::Refused(refusal)) if refusal.kind == Kind::Conflict => Err(not_valid().into()),
            filed => filed,
        }
    }
}
