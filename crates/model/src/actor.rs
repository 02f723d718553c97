//! Who acts: a visitor, a member of the staff, an API key, or the house itself.

use std::str::FromStr;

use serde::{Deserialize, Serialize};

use crate::{ApiKeyId, MemberId, OrganisationId, PersonId, Refusal};

/// Somebody whose identity was proved at the door.
#[derive(Clone, PartialEq, Eq)]
pub enum Actor {
    /// A visitor speaks for herself.
    Visitor {
        /// The organisation whose widget she uses.
        organisation: OrganisationId,
        /// Herself.
        person: PersonId,
    },
    /// A signed-in member of the staff.
    Member {
        /// The employer.
        organisation: OrganisationId,
        /// The member.
        member: MemberId,
        /// What the member may do.
        role: Role,
    },
    /// A program with an API key.
    ApiKey {
        /// The organisation that issued the key.
        organisation: OrganisationId,
        /// The key.
        key: ApiKeyId,
    },
    /// The house's own work: jobs and schedules.
    House {
        /// On whose behalf.
        organisation: OrganisationId,
    },
}

impl Actor {
    /// The organisation in which this actor acts: nobody acts outside one.
    pub fn organisation(&self) -> OrganisationId {
        match self {
            Actor::Visitor { organisation, .. }
            | Actor::Member { organisation, .. }
            | Actor::ApiKey { organisation, .. }
            | Actor::House { organisation } => *organisation,
        }
    }

    /// The word and the id by which the audit log names this actor.
    pub fn audit_name(&self) -> (&'static str, String) {
        match self {
            Actor::Visitor { person, .. } => ("visitor", person.to_string()),
            Actor::Member { member, .. } => ("member", member.to_string()),
            Actor::ApiKey { key, .. } => ("api_key", key.to_string()),
            Actor::House { .. } => ("house", String::new()),
        }
    }
}

/// What a member of the staff may do; each includes the ones below it.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash, Serialize, Deserialize)]
#[serde(rename_all = "lowercase")]
pub enum Role {
    /// Reads conversations and knowledge.
    Viewer,
    /// Answers customers, exports and erases them.
    Agent,
    /// Also knowledge, settings, team and keys.
    Admin,
    /// Also owners.
    Owner,
}

impl Role {
    /// The word in the database and the API.
    pub fn word(self) -> &'static str {
        match self {
            Role::Viewer => "viewer",
            Role::Agent => "agent",
            Role::Admin => "admin",
            Role::Owner => "owner",
        }
    }
}

impl FromStr for Role {
    type Err = Refusal;
    fn from_str(word: &str) -> Result<Self, Refusal> {
        [Role::Viewer, Role::Agent, Role::Admin, Role::Owner]
            .into_iter()
            .find(|role| role.word() == word)
            .ok_or_else(|| Refusal::invalid("The role is one of viewer, agent, admin, owner."))
    }
}

/// What an API key may do.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, Serialize, Deserialize)]
#[serde(rename_all = "snake_case")]
pub enum Scope {
    /// Read conversations and people.
    ReadConversations,
    /// Write messages and change conversations.
    WriteConversations,
    /// Read knowledge.
    ReadKnowledge,
    /// Change knowledge.
    WriteKnowledge,
    /// Export and erase people.
    Privacy,
}

impl Scope {
    /// Every scope, in the order of the form.
    pub const ALL: [Scope; 5] = [
        Scope::ReadConversations,
        Scope::WriteConversations,
        Scope::ReadKnowledge,
        Scope::WriteKnowledge,
        Scope::Privacy,
    ];

    /// The word in the database and the API.
    pub fn word(self) -> &'static str {
        match self {
            Scope::ReadConversations => "read_conversations",
            Scope::WriteConversations => "write_conversations",
            Scope::ReadKnowledge => "read_knowledge",
            Scope::WriteKnowledge => "write_knowledge",
            Scope::Privacy => "privacy",
        }
    }
}
