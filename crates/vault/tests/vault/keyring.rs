//! Keys are made once, found again, kept apart, and destroyed for good.

use futures::executor::block_on;
use model::OrganisationId;
use vault::{CupboardError, KeyError, Keyring, MasterKey, verify};

use crate::desk::{Desk, MASTER, body, desk};

#[test]
fn a_key_is_found_again_by_another_keyring_with_the_same_master() {
    block_on(async {
        let Desk { keyring, organisation, world, drawer } = desk().await;
        let place = body(organisation, "msg_1");
        let sealed = keyring.create(organisation, "per_1").await.unwrap().seal(&place, "hello").unwrap();
        let restarted = Keyring::new(MasterKey::from_bytes(MASTER), world.clone(), drawer.clone());
        let key = restarted.subject(organisation, "per_1").await.unwrap();
        assert_eq!(key.open(&place, &sealed).unwrap().expose(), "hello");

        let stranger = Keyring::new(MasterKey::from_bytes([1; 32]), world, drawer);
        assert_eq!(stranger.subject(organisation, "per_1").await.err(), Some(KeyError::Broken));
        assert_eq!(stranger.organisation(organisation).await.err(), Some(KeyError::Broken));
    });
}

#[test]
fn there_is_one_key_per_subject() {
    block_on(async {
        let Desk { keyring, organisation, world, .. } = desk().await;
        keyring.create(organisation, "per_1").await.unwrap();
        let again = keyring.create(organisation, "per_1").await.err();
        assert_eq!(again, Some(KeyError::Cupboard(CupboardError::Taken)));
        let again = keyring.create_organisation(organisation).await.err();
        assert_eq!(again, Some(KeyError::Cupboard(CupboardError::Taken)));
        assert_eq!(keyring.subject(organisation, "per_2").await.err(), Some(KeyError::Absent));
        let unknown = OrganisationId::new(&world);
        assert_eq!(keyring.create(unknown, "per_1").await.err(), Some(KeyError::Absent));
    });
}

#[test]
fn a_destroyed_key_is_absent_even_when_it_was_warm() {
    block_on(async {
        let Desk { keyring, organisation, .. } = desk().await;
        keyring.create(organisation, "per_1").await.unwrap();
        keyring.create(organisation, "per_2").await.unwrap();
        for _ in 0..3 {
            keyring.subject(organisation, "per_1").await.unwrap();
        }
        assert_eq!(keyring.shred(organisation, "per_1").await, Ok(true));
        assert_eq!(keyring.subject(organisation, "per_1").await.err(), Some(KeyError::Absent));
        assert_eq!(keyring.shred(organisation, "per_1").await, Ok(false), "there is none left");
        assert!(keyring.subject(organisation, "per_2").await.is_ok(), "nobody else's");
    });
}

#[test]
fn a_key_that_another_machine_destroyed_is_forgotten_when_told() {
    block_on(async {
        let Desk { keyring, organisation, world, drawer } = desk().await;
        let other_machine = Keyring::new(MasterKey::from_bytes(MASTER), world, drawer);
        keyring.create(organisation, "per_1").await.unwrap();
        keyring.subject(organisation, "per_1").await.unwrap();
        other_machine.shred(organisation, "per_1").await.unwrap();
        keyring.forget(organisation, "per_1");
        assert_eq!(keyring.subject(organisation, "per_1").await.err(), Some(KeyError::Absent));
    });
}

#[test]
fn wrapped_keys_cannot_change_places() {
    block_on(async {
        let Desk { keyring, organisation, world, drawer } = desk().await;
        let other = OrganisationId::new(&world);
        keyring.create_organisation(other).await.unwrap();
        keyring.create(organisation, "per_1").await.unwrap();
        let hers = drawer.get(organisation, "per_1");
        drawer.put(organisation, "per_2", hers.clone());
        drawer.put(other, "per_1", hers.clone());
        assert_eq!(keyring.subject(organisation, "per_2").await.err(), Some(KeyError::Broken));
        assert_eq!(keyring.subject(other, "per_1").await.err(), Some(KeyError::Broken));
        for position in 0..hers.len() {
            let mut changed = hers.clone();
            changed[position] ^= 1;
            drawer.put(organisation, "per_1", changed);
            assert_eq!(keyring.subject(organisation, "per_1").await.err(), Some(KeyError::Broken), "byte {position}");
        }
    });
}

#[test]
fn blind_indexes_are_equal_only_within_organisation_and_field() {
    block_on(async {
        let Desk { keyring, organisation, world, .. } = desk().await;
        let other = OrganisationId::new(&world);
        keyring.create_organisation(other).await.unwrap();
        let [here, there] =
            [keyring.organisation(organisation).await.unwrap(), keyring.organisation(other).await.unwrap()];
        let index = here.blind("email", "ada@example.org");
        assert_eq!(index.len(), 16);
        assert_eq!(index, here.blind("email", "ada@example.org"));
        assert_ne!(index, there.blind("email", "ada@example.org"));
        assert_ne!(index, here.blind("word", "ada@example.org"));
        assert_ne!(here.blind("email", "x"), here.blind("emai", "lx"), "field and text have a border");
    });
}

#[test]
fn organisations_seal_their_own_secrets() {
    block_on(async {
        let Desk { keyring, organisation, .. } = desk().await;
        let place = body(organisation, "org");
        let sealed = keyring.organisation(organisation).await.unwrap().seal(&place, "sk-secret").unwrap();
        assert_eq!(
            keyring.organisation(organisation).await.unwrap().open(&place, &sealed).unwrap().expose(),
            "sk-secret"
        );
    });
}

#[test]
fn a_signature_holds_for_its_message_and_key_only() {
    block_on(async {
        let Desk { keyring, world, drawer, .. } = desk().await;
        let signature = keyring.signer().sign(b"receipt");
        let public = keyring.signer().public_key();
        assert!(verify(&public, b"receipt", &signature));
        assert!(!verify(&public, b"receipt!", &signature));
        assert!(!verify(&public[..31], b"receipt", &signature));
        assert!(!verify(&public, b"receipt", &signature[..63]));
        let stranger = Keyring::new(MasterKey::from_bytes([9; 32]), world, drawer);
        assert!(!verify(&stranger.signer().public_key(), b"receipt", &signature));
    });
}
