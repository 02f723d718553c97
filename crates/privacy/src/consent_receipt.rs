//! The receipt of a person's consents: each decision with the words she saw, shaped after ISO/IEC TS 27560 and with the names
//! of the Kantara Consent Receipt v1.1 beside it; signed so that a stranger can check it.

use std::time::Duration;

use data_encoding::{BASE64, HEXLOWER};
use model::{Locale, Moment, OrganisationId, PersonId, World};
use serde_json::{Value as Json, json};
use store::consent::ConsentRow;
use store::consent_text::TextRow;
use vault::Signer;

use crate::Fault;
use crate::receipt::sign;
use crate::signed::{Unsigned, check};
use crate::verify::Invalid;

/// The name of the format.
pub const FORMAT: &str = "confidante.consent-receipt/1";

/// The version of the shape that the receipt follows.
const SCHEMA: &str = "ISO/IEC TS 27560:2023";
/// The version of the names under `kantara`.
const KANTARA: &str = "KI-CR-v1.1.0";
/// How long a consent counts without being given again: half a year, after which it lapses by itself.
pub const LIFE: Duration = Duration::from_secs(180 * 24 * 60 * 60);
/// The same in words.
const VALIDITY: &str = "180 days, unless withdrawn before";
/// The state in which a consent stands.
const GIVEN: &str = "given";

/// What a receipt says.
pub struct Facts<'a> {
    /// Id and name of who asked.
    pub organisation: (OrganisationId, &'a str),
    /// Where the privacy notice stands.
    pub notice: String,
    /// For how many days things are kept.
    pub keep_days: u32,
    /// Who decided.
    pub person: PersonId,
    /// The language of the receipt.
    pub locale: Locale,
    /// One for each purpose.
    pub records: Vec<Record>,
}

/// Everything about one purpose.
pub struct Record {
    /// The purpose.
    pub purpose: String,
    /// Which kinds of answers rest on it.
    pub kinds: Vec<&'static str>,
    /// Every decision about it with the wording she saw, the first one first.
    pub decisions: Vec<(ConsentRow, TextRow)>,
}

/// The signed receipt.
pub fn signed(facts: Facts<'_>, world: &World, signer: &Signer) -> Result<String, Fault> {
    let now = world.now();
    let id = receipt_id(world);
    let (organisation, name) = facts.organisation;
    let kept = format!("{} days after the last activity", facts.keep_days);
    let records: Vec<Json> = facts.records.iter().map(|record| purpose(record, &facts, &kept)).collect();
    let document = json!({
        "format": FORMAT,
        "schema_version": SCHEMA,
        "receipt_id": id,
        "issued_at": now,
        "pii_principal_id": facts.person,
        "language": facts.locale.tag(),
        "jurisdiction": "EU",
        "controllers": [{ "party_id": organisation, "name": name, "role": "controller", "url": facts.notice }],
        "privacy_notice": facts.notice,
        "privacy_rights": ["access", "portability", "rectification", "erasure", "restriction", "objection", "withdrawal", "complaint"],
        "records": records,
        "kantara": kantara(&facts, &id, now, &BASE64.encode(&signer.public_key())),
    });
    sign(document, signer)
}

fn receipt_id(world: &World) -> String {
    format!("rcp_{}", HEXLOWER.encode(&world.random::<16>()))
}

/// One purpose, after ISO/IEC TS 27560.
fn purpose(record: &Record, facts: &Facts<'_>, kept: &str) -> Json {
    let events: Vec<Json> = record.decisions.iter().map(event).collect();
    let last = record.decisions.last();
    json!({
        "record_id": last.map(|(decision, _)| decision.id),
        "purpose": record.purpose,
        "lawful_basis": "GDPR Art. 6(1)(a)",
        "state": last.map(|(decision, _)| decision.state.as_str()),
        "language": last.map(|(decision, _)| decision.language.as_str()),
        "pii_information": record.kinds.iter().map(|kind| json!({ "type": kind, "optional": true })).collect::<Vec<_>>(),
        "collection_method": last.map(|(decision, _)| decision.shown_in.as_str()),
        "storage_locations": ["the server of the organisation"],
        "retention_period": kept,
        "recipients": [],
        "withdrawal_method": { "in_chat": "Privacy choices", "form": format!("{}/request", facts.notice) },
        "events": events,
    })
}

fn event((decision, wording): &(ConsentRow, TextRow)) -> Json {
    json!({
        "record_id": decision.id,
        "time": decision.decided_at,
        "validity": VALIDITY,
        "type": "explicit",
        "state": decision.state,
        "text": { "id": wording.id, "version": wording.version, "language": wording.language, "words": wording.body },
        "text_sha256": HEXLOWER.encode(&decision.wording_hash),
        "evidence": { "shown_in": decision.shown_in, "act": decision.act, "gpc": decision.gpc, "dnt": decision.dnt },
    })
}

/// The same under the names of the Kantara Consent Receipt v1.1: what stands now.
fn kantara(facts: &Facts<'_>, id: &str, now: Moment, public_key: &str) -> Json {
    let (_, name) = facts.organisation;
    let stands = |record: &&Record| record.decisions.last().is_some_and(|(decision, _)| decision.state == GIVEN);
    let services: Vec<Json> = facts
        .records
        .iter()
        .filter(stands)
        .map(|record| {
            let words = record.decisions.last().map(|(_, wording)| wording.body.as_str());
            json!({
                "service": "chat",
                "purposes": [{
                    "purpose": words,
                    "purposeCategory": [record.purpose],
                    "consentType": "EXPLICIT",
                    "piiCategory": record.kinds,
                    "primaryPurpose": false,
                    "termination": "withdrawal",
                    "thirdPartyDisclosure": false,
                }],
            })
        })
        .collect();
    json!({
        "version": KANTARA,
        "jurisdiction": "EU",
        "consentTimestamp": now.millis() / 1_000,
        "collectionMethod": "chat",
        "consentReceiptID": id,
        "publicKey": public_key,
        "language": facts.locale.tag(),
        "piiPrincipalId": facts.person,
        "piiControllers": [{ "piiController": name, "onBehalf": false, "piiControllerUrl": facts.notice }],
        "policyUrl": facts.notice,
        "services": services,
        "sensitive": false,
        "spiCat": [],
    })
}

/// What a valid receipt says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Consented {
    /// The name of who asked.
    pub organisation: String,
    /// When the receipt was written.
    pub issued_at: Moment,
    /// Each purpose and how she stands to it.
    pub purposes: Vec<(String, String)>,
    /// The signer's public key, base64.
    pub public_key: String,
}

/// Checks a receipt: the signature, and that every wording in it has the fingerprint that was noted when she decided.
pub fn verify(text: &str, expected: Option<&str>) -> Result<Consented, Invalid> {
    let document: Json = serde_json::from_str(text).map_err(|_| Invalid::NotJson)?;
    let public_key = check(&document, FORMAT, expected).map_err(|why| match why {
        Unsigned::Format => Invalid::NotReceipt,
        Unsigned::Altered => Invalid::Altered,
        Unsigned::AnotherSigner => Invalid::AnotherSigner,
    })?;
    let seen = consented(&document, public_key).ok_or(Invalid::NotReceipt)?;
    if words_fit(&document) { Ok(seen) } else { Err(Invalid::Altered) }
}

fn consented(document: &Json, public_key: String) -> Option<Consented> {
    let records = document.get("records")?.as_array()?.iter();
    let word = |record: &Json, name: &str| record.get(name).and_then(Json::as_str).map(str::to_owned);
    let purposes = records.map(|record| Some((word(record, "purpose")?, word(record, "state")?)));
    Some(Consented {
        organisation: document.pointer("/controllers/0/name")?.as_str()?.to_owned(),
        issued_at: Moment::from_millis(document.get("issued_at")?.as_i64()?),
        purposes: purposes.collect::<Option<_>>()?,
        public_key,
    })
}

fn words_fit(document: &Json) -> bool {
    let records = document.get("records").and_then(Json::as_array).into_iter().flatten();
    let mut events = records.flat_map(|record| record.get("events").and_then(Json::as_array).into_iter().flatten());
    events.all(|event| {
        let words = event.pointer("/text/words").and_then(Json::as_str).unwrap_or_default();
        let print = HEXLOWER.encode(aws_lc_rs::digest::digest(&aws_lc_rs::digest::SHA256, words.as_bytes()).as_ref());
        event.get("text_sha256").and_then(Json::as_str) == Some(print.as_str())
    })
}
