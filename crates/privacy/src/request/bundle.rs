//! One file with everything about a request: a zip whose list of fingerprints is signed, so that any change in it is found.

use std::io::{Cursor, Read, Write};

use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use model::{Moment, OrganisationId, RequestId};
use serde_json::{Map, Value as Json, json};
use vault::Signer;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use crate::Fault;
use crate::receipt::sign;
use crate::signed::{Unsigned, check};

/// The name of the format.
pub const FORMAT: &str = "confidante.request-bundle/1";
/// The signed list in the zip.
const LIST: &str = "manifest.json";
/// The most one file in a bundle may hold when it is checked.
const MOST: u64 = 4 * 1024 * 1024 * 1024;

/// What the signed list says beside the fingerprints.
pub struct Facts<'a> {
    /// Which request.
    pub request: RequestId,
    /// Whose desk.
    pub organisation: OrganisationId,
    /// Its name.
    pub organisation_name: &'a str,
    /// When the bundle was made.
    pub made_at: Moment,
}

/// Several files as one zip, without a signature.
pub fn plain<'a>(files: impl Iterator<Item = (String, &'a [u8])>) -> Result<Vec<u8>, Fault> {
    let mut zip = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, bytes) in files {
        zip.start_file(name, SimpleFileOptions::default())?;
        zip.write_all(bytes)?;
    }
    Ok(zip.finish()?.into_inner())
}

/// The signed bundle.
pub fn signed(facts: Facts<'_>, files: &[(String, Vec<u8>)], signer: &Signer) -> Result<Vec<u8>, Fault> {
    let fingerprints: Map<String, Json> = files
        .iter()
        .map(|(name, bytes)| (name.clone(), HEXLOWER.encode(digest(&SHA256, bytes).as_ref()).into()))
        .collect();
    let list = json!({
        "format": FORMAT,
        "request": facts.request,
        "organisation": { "id": facts.organisation, "name": facts.organisation_name },
        "made_at": facts.made_at,
        "sha256": fingerprints,
    });
    let list = sign(list, signer)?;
    let named = files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice()));
    plain(named.chain([(LIST.to_owned(), list.as_bytes())]))
}

/// What a genuine bundle says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// The request.
    pub request: String,
    /// The organisation's name.
    pub organisation: String,
    /// The files in it.
    pub files: Vec<String>,
    /// The signer's public key, base64.
    pub public_key: String,
}

/// Checks a bundle offline: the signature of its list, and that every file is there, unchanged, and no other.
pub fn verify(bytes: &[u8], expected: Option<&str>) -> Result<Verified, Unsigned> {
    let mut zip = zip::ZipArchive::new(Cursor::new(bytes)).map_err(|_| Unsigned::Format)?;
    let mut files = std::collections::BTreeMap::new();
    for place in 0..zip.len() {
        let file = zip.by_index(place).map_err(|_| Unsigned::Altered)?;
        let name = file.name().map_err(|_| Unsigned::Altered)?.into_owned();
        let mut content = Vec::new();
        file.take(MOST).read_to_end(&mut content).map_err(|_| Unsigned::Altered)?;
        // A second file of the same name could show a reader something else than what was signed.
        if files.insert(name, content).is_some() {
            return Err(Unsigned::Altered);
        }
    }
    let list = files.remove(LIST).ok_or(Unsigned::Format)?;
    let list: Json = serde_json::from_slice(&list).map_err(|_| Unsigned::Format)?;
    let public_key = check(&list, FORMAT, expected)?;
    let prints = list.get("sha256").and_then(Json::as_object).ok_or(Unsigned::Format)?;
    let same = |(name, bytes): (&String, &Vec<u8>)| {
        prints.get(name).and_then(Json::as_str) == Some(HEXLOWER.encode(digest(&SHA256, bytes).as_ref()).as_str())
    };
    if prints.len() != files.len() || !files.iter().all(same) {
        return Err(Unsigned::Altered);
    }
    let word = |path: &str| list.pointer(path).and_then(Json::as_str).map(str::to_owned).ok_or(Unsigned::Format);
    Ok(Verified {
        request: word("/request")?,
        organisation: word("/organisation/name")?,
        files: files.into_keys().collect(),
        public_key,
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bundle() -> Vec<u8> {
        let master = vault::MasterKey::from_bytes([7; 32]);
        let keyring = vault::Keyring::new(
            master,
            crate::request::tests::world(),
            std::sync::Arc::new(crate::request::tests::NoKeys),
        );
        let files = vec![
            ("request.json".to_owned(), b"{\"kind\":\"access\"}".to_vec()),
            ("letters/1.txt".to_owned(), b"Good day".to_vec()),
        ];
        let world = crate::request::tests::world();
        let facts = Facts {
            request: RequestId::new(&world),
            organisation: OrganisationId::new(&world),
            organisation_name: "Nadel & Faden",
            made_at: world.now(),
        };
        signed(facts, &files, keyring.signer()).unwrap()
    }

    fn files(bundle: &[u8]) -> Vec<(String, Vec<u8>)> {
        let mut zip = zip::ZipArchive::new(Cursor::new(bundle)).unwrap();
        (0..zip.len())
            .map(|place| {
                let mut file = zip.by_index(place).unwrap();
                let mut bytes = Vec::new();
                file.read_to_end(&mut bytes).unwrap();
                (file.name().unwrap().into_owned(), bytes)
            })
            .collect()
    }

    fn packed(files: &[(String, Vec<u8>)]) -> Vec<u8> {
        plain(files.iter().map(|(name, bytes)| (name.clone(), bytes.as_slice()))).unwrap()
    }

    #[test]
    fn a_bundle_is_genuine_until_anything_in_it_changes() {
        let bundle = bundle();
        let seen = verify(&bundle, None).unwrap();
        assert_eq!((seen.organisation.as_str(), seen.files.len()), ("Nadel & Faden", 2));
        assert_eq!(verify(&bundle, Some(&seen.public_key)), Ok(seen.clone()));
        assert_eq!(verify(&bundle, Some("bm9ib2R5")), Err(Unsigned::AnotherSigner));
        for place in 0..files(&bundle).len() {
            let mut changed = files(&bundle);
            changed[place].1[3] ^= 1;
            assert!(verify(&packed(&changed), None).is_err(), "a change in {}", changed[place].0);
            let mut missing = files(&bundle);
            missing.remove(place);
            assert!(verify(&packed(&missing), None).is_err(), "without {}", changed[place].0);
        }
        let mut more = files(&bundle);
        more.push(("letters/2.txt".to_owned(), b"forged".to_vec()));
        assert!(verify(&packed(&more), None).is_err(), "one more file");
        assert_eq!(verify(b"no zip", None), Err(Unsigned::Format));
        assert!(verify(&bundle[..bundle.len() / 2], None).is_err(), "half of it");
    }
}
