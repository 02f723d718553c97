//! The vault's cupboard in the keyring: a key is kept once, fetched, and gone for good when it is destroyed.

use testkit::{engines, world};
use vault::CupboardError;

#[tokio::test]
async fn a_key_is_kept_once_and_destroyed_for_good() {
    for mut store in engines().await {
        let world = world();
        let keyring = store.keyring(&world);
        let organisation = store.found(&world, &keyring).await;
        let cupboard = store.cupboard();
        assert_eq!(cupboard.fetch(organisation, "per_1").await, Ok(None));
        cupboard.keep(organisation, "per_1", vec![7; 60]).await.unwrap();
        assert_eq!(
            cupboard.keep(organisation, "per_1", vec![8; 60]).await,
            Err(CupboardError::Taken),
            "{}",
            store.name()
        );
        store.reopen().await;
        let cupboard = store.cupboard();
        assert_eq!(cupboard.fetch(organisation, "per_1").await, Ok(Some(vec![7; 60])), "{}", store.name());
        assert_eq!(cupboard.destroy(organisation, "per_1").await, Ok(true), "{}", store.name());
        assert_eq!(cupboard.destroy(organisation, "per_1").await, Ok(false), "{}", store.name());
        assert_eq!(cupboard.fetch(organisation, "per_1").await, Ok(None), "{}", store.name());
    }
}

#[tokio::test]
async fn a_keyring_over_the_store_seals_opens_and_forgets() {
    for mut store in engines().await {
        let world = world();
        let keyring = store.keyring(&world);
        let organisation = store.found(&world, &keyring).await;
        let place = vault::Place { organisation, table: "message", column: "body_sealed", row: "msg_1" };
        let sealed = keyring.create(organisation, "per_1").await.unwrap().seal(&place, "Guten Morgen").unwrap();
        store.reopen().await;
        let again = store.keyring(&world);
        let key = again.subject(organisation, "per_1").await.unwrap();
        assert_eq!(key.open(&place, &sealed).unwrap().expose(), "Guten Morgen", "{}", store.name());
        assert_eq!(again.shred(organisation, "per_1").await, Ok(true));
        assert!(matches!(again.subject(organisation, "per_1").await, Err(vault::KeyError::Absent)), "{}", store.name());
    }
}
