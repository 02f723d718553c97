//! Sealed words open with their own key, in their own place, unchanged, or not at all.

use futures::executor::block_on;
use model::OrganisationId;
use proptest::prelude::*;
use vault::{Place, SealError, Sealed};

use crate::desk::{Desk, body, desk};

const WORDS: &str = "Where is my order? أين طلبي؟";

#[test]
fn words_come_back() {
    block_on(async {
        let Desk { keyring, organisation, .. } = desk().await;
        let key = keyring.create(organisation, "per_1").await.unwrap();
        let place = body(organisation, "msg_1");
        for words in ["", "a", WORDS, &"long ".repeat(20_000)] {
            let sealed = key.seal(&place, words).unwrap();
            assert_eq!(key.open(&place, &sealed).unwrap().expose(), words);
            assert_eq!(sealed.as_column().len(), words.len() + 38);
        }
        let picture: Vec<u8> = (0..=255).collect();
        let sealed = key.seal_bytes(&place, &picture).unwrap();
        assert_eq!(key.open_bytes(&place, &sealed).unwrap(), picture);
        assert!(matches!(key.open(&place, &sealed), Err(SealError::NotText)));
    });
}

#[test]
fn equal_words_look_different_each_time() {
    block_on(async {
        let Desk { keyring, organisation, .. } = desk().await;
        let key = keyring.create(organisation, "per_1").await.unwrap();
        let place = body(organisation, "msg_1");
        let [one, two] = [key.seal(&place, WORDS).unwrap(), key.seal(&place, WORDS).unwrap()];
        assert_ne!(one.as_column()[10..22], two.as_column()[10..22], "a new nonce");
        assert_ne!(one.as_column(), two.as_column());
        assert!(!one.as_column().windows(5).any(|window| window == b"order"));
    });
}

#[test]
fn one_changed_bit_anywhere_and_nothing_opens() {
    block_on(async {
        let Desk { keyring, organisation, .. } = desk().await;
        let key = keyring.create(organisation, "per_1").await.unwrap();
        let place = body(organisation, "msg_1");
        let sealed = key.seal(&place, WORDS).unwrap().into_column();
        for position in 0..sealed.len() {
            for bit in 0..8 {
                let mut changed = sealed.clone();
                changed[position] ^= 1 << bit;
                assert!(key.open(&place, &Sealed::from_column(changed)).is_err(), "byte {position}, bit {bit}");
            }
        }
        for length in 0..sealed.len() {
            let cut = Sealed::from_column(sealed[..length].to_vec());
            assert!(key.open(&place, &cut).is_err(), "cut to {length}");
        }
        let longer = Sealed::from_column([sealed.as_slice(), &[0]].concat());
        assert!(key.open(&place, &longer).is_err());
    });
}

#[test]
fn sealed_words_open_in_no_other_place() {
    block_on(async {
        let Desk { keyring, organisation, world, .. } = desk().await;
        let key = keyring.create(organisation, "per_1").await.unwrap();
        let place = body(organisation, "msg_1");
        let sealed = key.seal(&place, WORDS).unwrap();
        let elsewhere = [
            ("row", Place { row: "msg_2", ..place }),
            ("column", Place { column: "trace_sealed", ..place }),
            ("table", Place { table: "answer", ..place }),
            ("organisation", Place { organisation: OrganisationId::new(&world), ..place }),
            // The same letters, cut differently between the parts.
            ("border", Place { table: "messageb", column: "ody_sealed", ..place }),
        ];
        for (what, place) in elsewhere {
            assert!(matches!(key.open(&place, &sealed), Err(SealError::Altered)), "another {what}");
        }
    });
}

#[test]
fn another_person_s_key_opens_nothing() {
    block_on(async {
        let Desk { keyring, organisation, .. } = desk().await;
        let [hers, his] = [
            keyring.create(organisation, "per_1").await.unwrap(),
            keyring.create(organisation, "per_2").await.unwrap(),
        ];
        let place = body(organisation, "msg_1");
        let sealed = hers.seal(&place, WORDS).unwrap();
        assert!(matches!(his.open(&place, &sealed), Err(SealError::WrongKey)));
        let organisation_key = keyring.organisation(organisation).await.unwrap();
        assert!(matches!(organisation_key.open(&place, &sealed), Err(SealError::WrongKey)));
    });
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 64, failure_persistence: None, ..ProptestConfig::default() })]

    #[test]
    fn noise_never_opens(noise in prop::collection::vec(any::<u8>(), 0..200)) {
        block_on(async {
            let Desk { keyring, organisation, .. } = desk().await;
            let key = keyring.create(organisation, "per_1").await.unwrap();
            assert!(key.open(&body(organisation, "msg_1"), &Sealed::from_column(noise)).is_err());
        });
    }
}
