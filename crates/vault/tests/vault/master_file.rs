//! The master key's file: made once for its owner, refused when anything is wrong with it.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::{Path, PathBuf};

use vault::{MasterKey, MasterKeyError};

use crate::desk::world;

fn refused(path: &Path) -> String {
    let error = MasterKey::load_or_create(path, &world()).err().expect("refused");
    assert!(path.exists(), "a refused file is left alone");
    error.to_string()
}

fn written(folder: &Path, text: &str) -> PathBuf {
    let path = folder.join("master.key");
    fs::write(&path, text).unwrap();
    fs::set_permissions(&path, fs::Permissions::from_mode(0o600)).unwrap();
    path
}

#[test]
fn it_is_created_for_its_owner_only_and_found_again() {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("keys/deep/master.key");
    let (key, new) = MasterKey::load_or_create(&path, &world()).unwrap();
    assert!(new);
    assert_eq!(fs::metadata(&path).unwrap().permissions().mode() & 0o777, 0o600);
    assert_eq!(fs::read_to_string(&path).unwrap().trim(), key.to_hex().as_str());
    let (again, new) = MasterKey::load_or_create(&path, &world()).unwrap();
    assert!(!new);
    assert_eq!(again.derive("anything"), key.derive("anything"));
}

#[test]
fn a_file_that_others_can_read_is_refused() {
    let folder = tempfile::tempdir().unwrap();
    let path = written(folder.path(), &"ab".repeat(32));
    for mode in [0o644, 0o640, 0o604, 0o620] {
        fs::set_permissions(&path, fs::Permissions::from_mode(mode)).unwrap();
        assert!(refused(&path).contains("chmod 600"), "{mode:o}");
    }
}

#[test]
fn a_file_that_is_no_key_is_refused_without_quoting_it() {
    let folder = tempfile::tempdir().unwrap();
    let cases = [
        (String::new(), "it must have 64"),
        ("abcd".repeat(15), "has 60"),
        ("ab".repeat(33), "has 66"),
        ("SECRETS!".repeat(8), "hexadecimal"),
        ("0".repeat(64), "all zeros"),
        ("ab".repeat(4000), "1024"),
    ];
    for (text, sentence) in cases {
        let path = written(folder.path(), &text);
        let refusal = refused(&path);
        assert!(refusal.contains(sentence), "{refusal}");
        assert!(text.is_empty() || !refusal.contains(&text[..8]), "never printed");
    }
    fs::write(folder.path().join("master.key"), [0xff, 0xfe, 0x00]).unwrap();
    refused(&folder.path().join("master.key"));
}

#[test]
fn a_folder_that_cannot_be_written_is_named() {
    let folder = tempfile::tempdir().unwrap();
    let file = written(folder.path(), "not a folder");
    let error = MasterKey::load_or_create(&file.join("master.key"), &world()).err().unwrap();
    assert!(error.to_string().contains("master.key"), "{error}");
}

#[test]
fn it_may_come_from_hex_or_from_a_command() {
    let hex = "0123456789abcdefFEDCBA9876543210".repeat(2);
    let key = MasterKey::from_hex(&format!(" {hex}\n")).unwrap();
    assert_eq!(MasterKey::from_command(&format!("echo {hex}")).unwrap().to_hex(), key.to_hex());
    assert!(matches!(MasterKey::from_command("exit 3"), Err(MasterKeyError::Command(_))));
    assert!(matches!(MasterKey::from_command("echo short"), Err(MasterKeyError::NotHex)));
    assert!(MasterKey::from_command("true").is_err());
}

#[test]
fn each_purpose_has_its_own_key() {
    let key = MasterKey::from_bytes([7; 32]);
    assert_eq!(key.derive("sqlite data file"), key.derive("sqlite data file"));
    assert_ne!(key.derive("sqlite data file"), key.derive("sqlite keys file"));
    assert_ne!(key.derive("sqlite data file"), [7; 32]);
}
