//! A signed message: base64 around an Ed25519 signature with the JSON right behind it (libsodium's combined mode).

use std::time::Duration;

use data_encoding::BASE64;
use jiff::tz::TimeZone;
use model::Moment;
use serde_json::{Map, Value as Json};

/// The length of an Ed25519 signature, in bytes (RFC 8032).
const SIGNATURE: usize = 64;
/// The longest time a message may be valid. The protocol advises ten minutes; its fingerprint has to be kept as long.
const LONGEST: Duration = Duration::from_secs(24 * 60 * 60);

/// A message whose signature nobody has looked at yet.
pub struct Message {
    signature: Vec<u8>,
    json: Vec<u8>,
}

/// A message that the holder of a key has signed. What it says is a person's: no `Debug`.
pub struct Signed {
    bytes: Vec<u8>,
    fields: Map<String, Json>,
}

impl Message {
    /// Decodes a body: base64, bare (`text/plain`) or as one JSON string (`application/json`).
    pub fn decode(body: &[u8]) -> Option<Self> {
        let text = std::str::from_utf8(body).ok()?.trim();
        let text = text.strip_prefix('"').and_then(|text| text.strip_suffix('"')).unwrap_or(text);
        let mut signature = BASE64.decode(text.as_bytes()).ok()?;
        if signature.len() <= SIGNATURE {
            return None;
        }
        let json = signature.split_off(SIGNATURE);
        Some(Self { signature, json })
    }

    /// To whom it says that it is addressed: good for finding a key, and for nothing else.
    pub fn business_claimed(&self) -> Option<String> {
        let fields: Map<String, Json> = serde_json::from_slice(&self.json).ok()?;
        Some(fields.get("business-id")?.as_str()?.to_owned())
    }

    /// The message, if the holder of this key has signed exactly these bytes.
    pub fn signed_by(self, verify_key: &[u8]) -> Option<Signed> {
        if !vault::verify(verify_key, &self.json, &self.signature) {
            return None;
        }
        let fields = serde_json::from_slice(&self.json).ok()?;
        Some(Signed { bytes: self.json, fields })
    }
}

impl Signed {
    /// The signed bytes.
    pub fn bytes(&self) -> &[u8] {
        &self.bytes
    }

    /// A field with words in it; an empty one says nothing.
    pub fn text(&self, name: &str) -> Option<&str> {
        self.fields.get(name)?.as_str().map(str::trim).filter(|text| !text.is_empty())
    }

    /// Whether a field says `true`.
    pub fn says(&self, name: &str) -> bool {
        self.fields.get(name).and_then(Json::as_bool).unwrap_or(false)
    }

    /// The words of a list.
    pub fn list(&self, name: &str) -> Vec<&str> {
        let list = self.fields.get(name).and_then(Json::as_array);
        list.into_iter().flatten().filter_map(Json::as_str).collect()
    }

    /// Whether it is from this agent, for this business, and valid now; answers until when it is (section 3.07, in its order).
    pub fn valid(&self, agent: &str, business: &str, now: Moment) -> Option<Moment> {
        if self.text("agent-id")? != agent || self.text("business-id")? != business {
            return None;
        }
        let (issued, expires) = (moment_of(self.text("issued-at")?)?, moment_of(self.text("expires-at")?)?);
        let lasting = expires.since(issued) <= LONGEST;
        (issued <= now && now < expires && lasting).then_some(expires)
    }
}

/// An ISO 8601 time; without an offset it is UTC, as the reference implementation writes it.
fn moment_of(text: &str) -> Option<Moment> {
    let stamp = text.parse::<jiff::Timestamp>().ok().or_else(|| {
        let plain: jiff::civil::DateTime = text.parse().ok()?;
        Some(plain.to_zoned(TimeZone::UTC).ok()?.timestamp())
    })?;
    Some(Moment::from_millis(stamp.as_millisecond()))
}

#[cfg(test)]
mod tests {
    use serde_json::json;

    use super::*;

    fn signer() -> vault::Keyring {
        let master = vault::MasterKey::from_bytes([7; 32]);
        let cupboard = std::sync::Arc::new(crate::request::tests::NoKeys);
        vault::Keyring::new(master, crate::request::tests::world(), cupboard)
    }

    fn message() -> Json {
        json!({ "agent-id": "AGENT", "business-id": "US", "issued-at": "2027-01-15T08:00:00Z", "expires-at": "2027-01-15T08:10:00Z" })
    }

    fn packed(json: &Json) -> (String, Vec<u8>) {
        let (signer, bytes) = (signer(), serde_json::to_vec(json).unwrap());
        let mut combined = signer.signer().sign(&bytes);
        combined.extend(&bytes);
        (BASE64.encode(&combined), signer.signer().public_key())
    }

    fn at(text: &str) -> Moment {
        moment_of(text).unwrap()
    }

    #[test]
    fn what_is_signed_is_heard_bare_and_as_a_json_string() {
        let (text, key) = packed(&message());
        for body in [text.clone(), format!("\"{text}\""), format!("{text}\n")] {
            let signed = Message::decode(body.as_bytes()).unwrap().signed_by(&key).unwrap();
            assert_eq!(signed.valid("AGENT", "US", at("2027-01-15T08:05:00Z")), Some(at("2027-01-15T08:10:00Z")));
        }
        assert_eq!(Message::decode(text.as_bytes()).unwrap().business_claimed().as_deref(), Some("US"));
    }

    #[test]
    fn one_bit_is_enough_to_be_nobodys() {
        let (text, key) = packed(&message());
        let combined = BASE64.decode(text.as_bytes()).unwrap();
        for place in [0, 40, 63, 64, combined.len() - 1] {
            let mut changed = combined.clone();
            changed[place] ^= 1;
            let message = Message::decode(BASE64.encode(&changed).as_bytes()).unwrap();
            assert!(message.signed_by(&key).is_none(), "byte {place}");
        }
        for body in ["", "no base64", "AAAA", "\"", "\u{1F980}"] {
            assert!(Message::decode(body.as_bytes()).is_none(), "{body}");
        }
        assert!(Message::decode(text.as_bytes()).unwrap().signed_by(&[0; 32]).is_none(), "a key that is none");
        assert!(Message::decode(text.as_bytes()).unwrap().signed_by(b"short").is_none());
    }

    #[test]
    fn it_is_good_for_one_agent_one_business_and_its_time() {
        let judged = |json: Json, now: &str| {
            let (text, key) = packed(&json);
            Message::decode(text.as_bytes()).unwrap().signed_by(&key).unwrap().valid("AGENT", "US", at(now)).is_some()
        };
        let with = |name: &str, value: Json| {
            let mut json = message();
            json[name] = value;
            json
        };
        let now = "2027-01-15T08:05:00Z";
        assert!(judged(message(), now));
        assert!(judged(with("issued-at", json!("2027-01-15T08:00:00.123456")), now), "without an offset it is UTC");
        assert!(judged(with("expires-at", json!("2027-01-15T10:10:00+02:00")), now));
        for (name, value) in [
            ("agent-id", json!("OTHER")),
            ("agent-id", json!(null)),
            ("business-id", json!("THEM")),
            ("issued-at", json!("2027-01-15T08:05:01Z")),
            ("issued-at", json!("yesterday")),
            ("expires-at", json!("2027-01-15T08:05:00Z")),
            ("expires-at", json!("2027-01-16T08:00:01Z")),
            ("expires-at", json!(1)),
        ] {
            assert!(!judged(with(name, value.clone()), now), "{name} {value}");
        }
    }
}
