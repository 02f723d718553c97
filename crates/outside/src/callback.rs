//! Tells an authorised agent how a request stands: one POST to the one host that was declared for it, recorded before it leaves.

use std::borrow::Cow;

use reqwest::header;
use thiserror::Error;
use url::Url;

use crate::door::register::By;
use crate::recipient::Foreign;
use crate::{Disclosure, Door, FetchRefusal, Ledger, Recipient};

/// Where and under whose declaration something is told.
pub struct Callback<'a> {
    /// The name under which the agent is declared at the door.
    pub declared_as: &'a str,
    /// The one place at which it may be told anything.
    pub declared_at: &'a Url,
    /// Where it wants to be told this.
    pub to: &'a Url,
    /// What people call it.
    pub name: &'a str,
}

/// Why an agent was not told. Says nothing about the request.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum CallbackFault {
    /// It could not be recorded, so it was not sent.
    #[error("the transfer could not be recorded")]
    Unrecorded,
    /// The door does not let it pass, or nobody answered.
    #[error("{0}")]
    Door(#[from] FetchRefusal),
    /// Another answer than “heard”.
    #[error("the agent answered with status {0}")]
    Status(u16),
}

impl CallbackFault {
    /// Would another try help?
    pub fn may_pass(&self) -> bool {
        match self {
            CallbackFault::Unrecorded | CallbackFault::Status(408 | 425 | 429 | 500..) => true,
            CallbackFault::Door(refusal) => refusal.is_passing(),
            CallbackFault::Status(_) => false,
        }
    }
}

impl Foreign for Callback<'_> {
    const RECIPIENT: Recipient = Recipient {
        name: Cow::Borrowed("the authorised agent through whom a person asks"),
        country: Cow::Borrowed("as registered"),
        purpose: Cow::Borrowed("essential.legal_obligation"),
        transfer: Cow::Borrowed("her own choice of agent"),
        contract: Cow::Borrowed("none needed: it acts for her"),
    };
}

impl Door {
    /// Whether an agent may be told anything at this address: with TLS to the public internet, or where the operator's
    /// configuration names it.
    pub fn may_call_back(&self, url: &Url) -> Result<(), FetchRefusal> {
        self.check(url)?;
        if url.scheme() == "https" || self.is_named(url) { Ok(()) } else { Err(FetchRefusal::Scheme) }
    }

    /// Tells an agent. The answer's words are not read and a redirect is not followed.
    pub async fn call_back(
        &self,
        callback: &Callback<'_>,
        json: String,
        ledger: &dyn Ledger,
    ) -> Result<(), CallbackFault> {
        self.may_call_back(callback.to)?;
        self.declare_provider(callback.declared_as, callback.declared_at);
        let client = self.client_for(callback.to, By::Provider(callback.declared_as))?;
        let recipient = Recipient { name: Cow::Owned(callback.name.to_owned()), ..Callback::RECIPIENT };
        ledger.record(Disclosure::of(&recipient, json.clone())).await.map_err(|_| CallbackFault::Unrecorded)?;
        let sending = client.post(callback.to.clone()).header(header::CONTENT_TYPE, "application/json").body(json);
        let sending = tokio::time::timeout(self.patience(), sending.send());
        let answer = sending.await.map_err(|_| FetchRefusal::TimedOut)?.map_err(FetchRefusal::from)?;
        if answer.status().is_success() { Ok(()) } else { Err(CallbackFault::Status(answer.status().as_u16())) }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::DoorConfig;

    #[test]
    fn an_agent_is_told_with_tls_or_where_the_operator_says_so() {
        let config = DoorConfig { allow_private: vec!["127.0.0.1:9".to_owned()], ..DoorConfig::default() };
        let door = Door::new(config).unwrap();
        for (address, allowed) in [
            ("https://agent.example/status", true),
            ("http://agent.example/status", false),
            ("http://127.0.0.1:9/status", true),
            ("http://127.0.0.1:10/status", false),
            ("https://127.0.0.1/status", false),
            ("https://[::1]/status", false),
            ("https://localhost/status", false),
            ("https://user:word@agent.example/", false),
            ("ftp://agent.example/", false),
        ] {
            assert_eq!(door.may_call_back(&Url::parse(address).unwrap()).is_ok(), allowed, "{address}");
        }
    }

    #[test]
    fn what_may_pass_is_tried_again() {
        assert!(CallbackFault::Status(503).may_pass() && CallbackFault::Unrecorded.may_pass());
        assert!(!CallbackFault::Status(404).may_pass());
        assert!(!CallbackFault::Door(FetchRefusal::NotDeclared).may_pass());
    }
}
