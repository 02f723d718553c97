//! Authorised agents (Data Rights Protocol 1.0): registered by the organisation, known by what they sign, let in by a token.

mod callback;
mod exercise;

use data_encoding::{BASE64, HEXLOWER};
use model::{Actor, AuthorisedAgentId, MemberId, OrganisationId, Refusal};
use privacy::drp::{Message, Signed};
use store::authorised_agent::{self as rows, AgentRow};
use store::{Fence, Statement, StoreError, Work, used_signature};
use url::Url;

pub use callback::{Callbacks, JOB};

use crate::{Deed, Desk, Fault, token};

/// How many agents one organisation may register.
const MOST: usize = 100;
/// What the tokens of agents begin with.
const PREFIX: &str = "da_";
/// The length of an Ed25519 public key, in bytes (RFC 8032).
const KEY: usize = 32;

/// An agent to be registered, as the staff writes it.
pub struct NewAgent {
    /// What its network calls it.
    pub agent: String,
    /// What people call it.
    pub name: String,
    /// Its Ed25519 public key, base64.
    pub verify_key: String,
    /// The one host at which it is told how requests stand; empty where it asks itself.
    pub callback: String,
}

/// The name under which agents address an organisation: capital letters, as the protocol's directory wants them, and made from
/// its id, so that nobody can take another's.
pub fn business_id(organisation: OrganisationId) -> String {
    let letters = organisation.uuid();
    let letters = letters.chars().filter_map(|digit| digit.to_digit(16));
    let letters: String = letters.filter_map(|digit| char::from_u32(u32::from('A') + digit)).collect();
    format!("CB_{letters}")
}

/// The organisation behind such a name.
fn organisation_of(business: &str) -> Option<OrganisationId> {
    let letters = business.strip_prefix("CB_")?.chars();
    let digits = letters.map(|letter| char::from_digit(u32::from(letter).checked_sub(u32::from('A'))?, 16));
    OrganisationId::from_uuid(&digits.collect::<Option<String>>()?)
}

fn checked(new: NewAgent, desk: &Desk) -> Result<(String, String, Vec<u8>, String), Refusal> {
    let plain = |c: char| c.is_ascii_alphanumeric() || matches!(c, '_' | '-' | '.');
    let agent = new.agent.trim().to_owned();
    if agent.is_empty() || agent.len() > 64 || !agent.chars().all(plain) {
        return Err(Refusal::invalid("The agent's id has 1 to 64 letters, digits, hyphens, dots or underscores."));
    }
    let name = new.name.trim().to_owned();
    if name.is_empty() || name.chars().count() > 80 || name.contains(char::is_control) {
        return Err(Refusal::invalid("The agent's name has 1 to 80 characters."));
    }
    let key = BASE64.decode(new.verify_key.trim().as_bytes()).ok().filter(|key| key.len() == KEY);
    let key = key.ok_or_else(|| Refusal::invalid("The verify key is the base64 of 32 bytes (Ed25519)."))?;
    let callback = match new.callback.trim() {
        "" => String::new(),
        text => place(text, desk).ok_or_else(|| {
            Refusal::invalid(
                "Status can be sent to an https address only, or to one that the operator's configuration names.",
            )
        })?,
    };
    Ok((agent, name, key, callback))
}

/// Scheme, host and port of an address at which an agent may be told something.
fn place(text: &str, desk: &Desk) -> Option<String> {
    let url = Url::parse(text).ok()?;
    desk.post.agents.as_ref()?.may_call_back(&url).ok()?;
    Some(url.origin().ascii_serialization())
}

impl Desk {
    /// Registers an agent.
    pub async fn register_agent(&self, actor: &Actor, by: MemberId, new: NewAgent) -> Deed<AgentRow> {
        let organisation = actor.organisation();
        let (agent, name, verify_key, callback) = checked(new, self)?;
        if self.agents(organisation).await?.len() >= MOST {
            return Err(Refusal::conflict("At most 100 agents can be registered.").into());
        }
        let (id, created_at) = (AuthorisedAgentId::new(&self.world), self.world.now());
        let row = AgentRow { id, organisation, agent, name, verify_key, callback, token_at: None, created_at };
        let line = self.audit(actor, "authorised_agent.register", "authorised_agent", &id.to_string());
        let work = Work::new(Fence::Organisation(organisation)).with(rows::insert(&row, by)).with(line);
        match self.store.write(work).await {
            Ok(_) => Ok(row),
            Err(StoreError::Unique) => Err(Refusal::conflict("An agent with this id is registered already.").into()),
            Err(error) => Err(error.into()),
        }
    }

    /// The agents that are registered.
    pub async fn agents(&self, organisation: OrganisationId) -> Deed<Vec<AgentRow>> {
        let found = self.store.all(Fence::Organisation(organisation), rows::every(organisation)).await?;
        Ok(found.iter().map(AgentRow::from_row).collect::<Result<_, _>>()?)
    }

    /// Shuts an agent out at once: its token, and whatever it would be told.
    pub async fn revoke_agent(&self, actor: &Actor, id: AuthorisedAgentId) -> Deed<()> {
        let organisation = actor.organisation();
        let line = self.audit(actor, "authorised_agent.revoke", "authorised_agent", &id.to_string());
        let revoke = rows::revoke(organisation, id, self.world.now());
        match self.store.write(Work::new(Fence::Organisation(organisation)).with(revoke).with(line)).await {
            Err(StoreError::Guard { .. }) => return Err(Refusal::not_found().into()),
            outcome => outcome?,
        };
        if let Some(door) = &self.post.agents {
            door.withdraw_provider(&id.to_string());
        }
        Ok(())
    }

    /// Gives an agent a token for what it signed, in place of the one before. Nothing where anything is wrong with it: whoever
    /// asks learns no more.
    pub async fn connect_agent(&self, named: &str, body: &[u8]) -> Deed<Option<String>> {
        let Some(message) = Message::decode(body) else { return Ok(None) };
        let Some(organisation) = message.business_claimed().and_then(|name| organisation_of(&name)) else {
            return Ok(None);
        };
        let fence = Fence::Organisation(organisation);
        let found = self.store.one(fence, rows::by_name(organisation, named)).await?;
        let Some(agent) = found.as_ref().map(AgentRow::from_row).transpose()? else { return Ok(None) };
        let Some(signed) = message.signed_by(&agent.verify_key) else { return Ok(None) };
        let Some(heard) = self.heard_first(&agent, &signed).await? else { return Ok(None) };
        let (secret, hash) = token::fresh(&self.world, PREFIX);
        let house = Actor::House { organisation };
        let line = self.audit(&house, "authorised_agent.connect", "authorised_agent", &agent.id.to_string());
        let connect = rows::connect(organisation, agent.id, hash, self.world.now());
        let done = self.store.write(Work::new(fence).with(heard).with(connect).with(line)).await;
        once(done.map_err(Fault::from).map(|_| secret))
    }

    /// The agent behind a token.
    pub async fn agent_of_token(&self, secret: &str) -> Deed<Option<AgentRow>> {
        if !secret.starts_with(PREFIX) {
            return Ok(None);
        }
        let row = self.store.one(Fence::House, rows::by_token(token::hashed(secret))).await?;
        Ok(row.as_ref().map(AgentRow::from_row).transpose()?)
    }

    /// What notes that this message was heard, if it is for us, from this agent and valid now. The guard in it refuses a copy.
    async fn heard_first(&self, agent: &AgentRow, signed: &Signed) -> Deed<Option<Statement>> {
        let business = business_id(agent.organisation);
        let Some(expires) = signed.valid(&agent.agent, &business, self.world.now()) else { return Ok(None) };
        let fingerprint = self.message_fingerprint(agent, signed.bytes()).await?;
        Ok(Some(used_signature::insert(agent.organisation, &fingerprint, expires)))
    }

    /// A keyed fingerprint: what was asked for whom cannot be guessed from it.
    async fn message_fingerprint(&self, agent: &AgentRow, bytes: &[u8]) -> Deed<String> {
        let key = self.keyring.organisation(agent.organisation).await?;
        Ok(HEXLOWER.encode(&key.blind("agent.message", &format!("{} {}", agent.id, HEXLOWER.encode(bytes)))))
    }
}

/// Nothing where a guard refused: the message is a copy of one that was heard, or the agent was shut out meanwhile.
fn once<T>(done: Deed<T>) -> Deed<Option<T>> {
    match done {
        Ok(value) => Ok(Some(value)),
        Err(Fault::Refused(refusal)) if refusal.kind == model::Kind::Conflict => Ok(None),
        Err(fault) => Err(fault),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_business_is_named_in_capital_letters_and_found_again() {
        let organisation = OrganisationId::from_uuid("0192f3a4-b5c6-7d7e-8f90-a1b2c3d4e5f6").unwrap();
        let name = business_id(organisation);
        assert_eq!(name, "CB_ABJCPDKELFMGHNHOIPJAKBLCMDNEOFPG");
        assert!(name.chars().all(|c| c.is_ascii_uppercase() || c == '_'));
        assert_eq!(organisation_of(&name), Some(organisation));
        for noise in
            ["", "CB_", "CB_abc", "CB_ZZ", "ABJCPDKELFMGHNHOIPJAKBLCMDNEOFPG", "CB_ABJCPDKELFMGHNHOIPJAKBLCMDNEOFPGA"]
        {
            assert_eq!(organisation_of(noise), None, "{noise}");
        }
    }
}
