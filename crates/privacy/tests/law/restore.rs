//! A restored backup cannot bring anybody back (Invariant 4).

use privacy::ledger::{Replayed, replay};

use crate::dump::{cells, found};
use crate::house::House;
use crate::plant::plant;

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn a_start_finishes_what_was_under_way() {
    let house = House::embedded().await;
    let ada = plant(&house, "ada").await;
    let id = privacy::erase::request(&house.counter(), house.organisation, ada.person, "visitor").await.unwrap();
    assert_eq!(replay(&house.eraser()).await.unwrap(), Replayed { resumed: 1, ..Replayed::default() });
    assert_eq!(privacy::erase::progress(&house.store, id).await.unwrap().state, "done");
    assert_eq!(replay(&house.eraser()).await.unwrap(), Replayed::default(), "nothing is left to do");
}

#[tokio::test(flavor = "multi_thread", worker_threads = 2)]
async fn whoever_comes_back_is_erased_again() {
    let house = House::embedded().await;
    let (ada, bob) = (plant(&house, "ada").await, plant(&house, "bob").await);
    house.erase(ada.person).await;
    // What an old backup of the rows brings back: the row of the person, without her key.
    let row = vec![
        ("id", ada.person.into()),
        ("organisation", house.organisation.into()),
        ("locale", "marker from a backup".into()),
        ("created_at", 1_i64.into()),
        ("last_seen_at", 1_i64.into()),
    ];
    house.insert("person", row).await;
    assert_eq!(replay(&house.eraser()).await.unwrap(), Replayed { returned: 1, ..Replayed::default() });
    let dump = cells(&house).await;
    assert!(!found(&dump, b"marker from a backup") && !found(&dump, ada.person.to_string().as_bytes()));
    assert!(found(&dump, bob.person.to_string().as_bytes()), "nobody else");
}
