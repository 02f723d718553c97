//! A receipt can be checked by a stranger, with our program or with another one.

use privacy::verify::{Invalid, receipt as verify};

use crate::house::House;
use crate::plant::{RECIPIENT, plant};

async fn issued() -> (House, String) {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let id = house.erase(ada.person).await;
    let receipt = privacy::erase::receipt(&house.store, id).await.unwrap();
    (house, receipt)
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn it_says_what_went_what_stays_and_what_was_found() {
    let (house, receipt) = issued().await;
    let verified = verify(&receipt, None).unwrap();
    assert_eq!((verified.organisation.as_str(), verified.found), ("Nadel & Faden", 0));
    assert!(verified.erased.contains(&("messages".to_owned(), 1)) && verified.erased.contains(&("keys".to_owned(), 1)));
    assert_eq!(verified.tables, u64::try_from(datamap::TABLES.len()).unwrap());
    let key = data_encoding::BASE64.encode(&house.keyring.signer().public_key());
    assert_eq!(verify(&receipt, Some(&key)).unwrap().public_key, key);
    let tree: serde_json::Value = serde_json::from_str(&receipt).unwrap();
    assert_eq!(tree["told"], serde_json::json!([RECIPIENT]), "who was told is named");
    assert!(tree["stays"].as_array().unwrap().len() >= 2 && tree["backups"].as_str().unwrap().len() > 100);
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn one_changed_letter_breaks_it() {
    let (_house, receipt) = issued().await;
    let changed = receipt.replacen("\"count\": 1", "\"count\": 2", 1);
    assert_eq!(verify(&changed, None), Err(Invalid::Altered));
    assert_eq!(verify(&receipt.replacen("Ed25519", "Ed25518", 1), None), Err(Invalid::Altered));
    assert_eq!(verify("no receipt", None), Err(Invalid::NotJson));
    assert_eq!(verify("{}", None), Err(Invalid::NotReceipt));
    let other = data_encoding::BASE64.encode(&[1; 32]);
    assert_eq!(verify(&receipt, Some(&other)), Err(Invalid::AnotherSigner));
    let reordered: serde_json::Value = serde_json::from_str(&receipt).unwrap();
    assert!(verify(&reordered.to_string(), None).is_ok(), "how it is laid out does not matter");
}

/// Python's `cryptography` checks the same signature, where the machine has it.
#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn another_program_comes_to_the_same_result() {
    let (_house, receipt) = issued().await;
    let room = tempfile::tempdir().unwrap();
    std::fs::write(room.path().join("receipt.json"), &receipt).unwrap();
    let program = "import json,base64,sys\n\
        try:\n from cryptography.hazmat.primitives.asymmetric.ed25519 import Ed25519PublicKey\n\
        except ImportError:\n sys.exit(77)\n\
        r=json.load(open('receipt.json',encoding='utf-8'))\n\
        value=base64.b64decode(r['signature'].pop('value'))\n\
        text=json.dumps(r,sort_keys=True,separators=(',',':'),ensure_ascii=False).encode()\n\
        Ed25519PublicKey.from_public_bytes(base64.b64decode(r['signature']['public_key'])).verify(value,text)\n";
    match std::process::Command::new("python3").args(["-c", program]).current_dir(room.path()).output() {
        Ok(judged) if judged.status.code() == Some(77) => eprintln!("skipped: python3 has no cryptography here"),
        Ok(judged) => assert!(judged.status.success(), "{}", String::from_utf8_lossy(&judged.stderr)),
        Err(_) => eprintln!("skipped: there is no python3 here"),
    }
}
