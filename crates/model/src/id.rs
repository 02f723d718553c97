//! Typed, prefixed, sortable ids: a `UUIDv7` (RFC 9562) written as 26 lower-case base32 characters behind a three-letter prefix.

use std::fmt;
use std::str::FromStr;

use data_encoding::{Encoding, Specification};
use serde::{Deserialize, Deserializer, Serialize, Serializer};

use crate::{Refusal, World};

/// Crockford-ordered base32 keeps the text order equal to the byte order, so ids sort by time.
fn alphabet() -> &'static Encoding {
    static ALPHABET: std::sync::OnceLock<Encoding> = std::sync::OnceLock::new();
    ALPHABET.get_or_init(|| {
        let mut specification = Specification::new();
        specification.symbols.push_str("0123456789abcdefghjkmnpqrstvwxyz");
        match specification.encoding() {
            Ok(encoding) => encoding,
            Err(_) => data_encoding::BASE32_DNSSEC,
        }
    })
}

macro_rules! ids {
    ($($(#[$doc:meta])* $name:ident = $prefix:literal;)*) => {$(
        $(#[$doc])*
        #[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash)]
        pub struct $name([u8; 16]);

        impl $name {
            /// The three letters in front of every id of this kind.
            pub const PREFIX: &'static str = $prefix;

            /// A new id from the injected clock and chance.
            pub fn new(world: &World) -> Self {
                let mut random = [0u8; 10];
                world.chance.fill(&mut random);
                let millis = u64::try_from(world.clock.now().millis()).unwrap_or(0);
                Self(*uuid::Builder::from_unix_timestamp_millis(millis, &random).into_uuid().as_bytes())
            }

            /// The sixteen bytes of the UUID.
            pub fn bytes(&self) -> [u8; 16] {
                self.0
            }

            /// The UUID in its usual writing (RFC 9562), for protocols that want one.
            pub fn uuid(&self) -> String {
                uuid::Uuid::from_bytes(self.0).hyphenated().to_string()
            }

            /// The id behind a UUID, however it is written.
            pub fn from_uuid(text: &str) -> Option<Self> {
                uuid::Uuid::try_parse(text).ok().map(|uuid| Self(*uuid.as_bytes()))
            }
        }

        impl fmt::Display for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                write!(f, "{}_{}", $prefix, alphabet().encode(&self.0))
            }
        }

        impl fmt::Debug for $name {
            fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                fmt::Display::fmt(self, f)
            }
        }

        impl FromStr for $name {
            type Err = Refusal;
            /// Anything that is not an id of this kind is an unknown one: the caller learns no more than that.
            fn from_str(text: &str) -> Result<Self, Refusal> {
                let tail = text.strip_prefix(concat!($prefix, "_")).ok_or_else(Refusal::not_found)?;
                let bytes = alphabet().decode(tail.as_bytes()).map_err(|_| Refusal::not_found())?;
                Ok(Self(bytes.try_into().map_err(|_| Refusal::not_found())?))
            }
        }

        impl Serialize for $name {
            fn serialize<S: Serializer>(&self, serializer: S) -> Result<S::Ok, S::Error> {
                serializer.collect_str(self)
            }
        }

        impl<'de> Deserialize<'de> for $name {
            fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
                let text = <std::borrow::Cow<'de, str>>::deserialize(deserializer)?;
                text.parse().map_err(|_| serde::de::Error::custom(concat!("not an id that starts with ", $prefix, "_")))
            }
        }
    )*};
}

ids! {
    /// A company that uses Confidante: the tenant.
    OrganisationId = "org";
    /// A person on the company's staff.
    MemberId = "mem";
    /// A signed-in staff browser.
    SessionId = "ses";
    /// An open invitation to join the staff.
    InvitationId = "inv";
    /// A key for the public API.
    ApiKeyId = "key";
    /// A customer or visitor.
    PersonId = "per";
    /// A visitor's browser.
    VisitorSessionId = "vis";
    /// A conversation between a person and the desk.
    ConversationId = "con";
    /// One message in a conversation.
    MessageId = "msg";
    /// A file that was sent in a conversation.
    FileId = "fil";
    /// How one answer of the assistant came about.
    AnswerId = "ans";
    /// One transfer of (masked) words to a recipient outside.
    DisclosureId = "dis";
    /// A place knowledge comes from, such as a website.
    SourceId = "src";
    /// One run over a source.
    CrawlId = "crw";
    /// A page of knowledge, whatever its version.
    PageId = "pag";
    /// One frozen version of a page.
    SnapshotId = "snp";
    /// A piece of a snapshot that can be found and cited.
    PassageId = "pas";
    /// A piece of work for the job runner.
    JobId = "job";
    /// One erasure of one person.
    ErasureId = "era";
    /// One line of the audit log.
    AuditId = "aud";
    /// A request about one's own data.
    RequestId = "req";
    /// One thing to do for a request.
    RequestStepId = "rqs";
    /// Something said in a request.
    RequestWordsId = "rqw";
    /// An archive made for a request.
    RequestFileId = "rqf";
    /// An answer of the assistant that a person was asked to check.
    ReviewId = "rev";
    /// Questions by which the assistant is tried out.
    TestSetId = "tst";
    /// One run of a test set.
    TestRunId = "trn";
    /// From whose words a page of knowledge was taken.
    LineageId = "lin";
    /// A website on which the widget was seen.
    SightingId = "sig";
    /// A language model an organisation has registered.
    ProviderId = "prv";
    /// An organisation's own rule for masking.
    MaskRuleId = "msk";
    /// One finding of the promise ledger.
    ProofId = "prf";
    /// What a member of the staff vouches for.
    AttestationId = "att";
    /// That something must be kept although its period is over.
    LegalHoldId = "hld";
    /// One export of a whole organisation.
    TenantExportId = "exp";
    /// The end of one organisation here.
    DepartureId = "dep";
    /// One decision about one purpose: given, refused or withdrawn.
    ConsentId = "cns";
    /// One frozen wording of what somebody may consent to.
    ConsentTextId = "ctx";
    /// One answer to a question before the chat.
    SurveyAnswerId = "sva";
    /// An authorised agent that may ask for people.
    AuthorisedAgentId = "aag";
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::world::tests::fixed;

    #[test]
    fn an_id_survives_the_round_trip_and_sorts_by_time() {
        let early = PersonId::new(&fixed(1_000));
        let late = PersonId::new(&fixed(2_000));
        assert_eq!(early.to_string().parse::<PersonId>().unwrap(), early);
        assert!(early.to_string() < late.to_string(), "text order is time order");
        assert_eq!(early.to_string().len(), 30);
        assert_eq!(PersonId::from_uuid(&early.uuid()), Some(early), "the same as a UUID");
        assert_eq!(early.uuid().len(), 36);
        assert!(PersonId::from_uuid("no uuid").is_none());
    }

    #[test]
    fn another_kind_or_noise_is_an_unknown_id() {
        let person = PersonId::new(&fixed(1_000)).to_string();
        assert!(person.parse::<MessageId>().is_err());
        for noise in ["", "per_", "per_!!", "per_0", "\u{202e}per_"] {
            assert!(noise.parse::<PersonId>().is_err(), "{noise} is not an id");
        }
    }
}
