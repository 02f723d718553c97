//! Pages written by hand: added, reworded, left out, removed.

use knowledge::{Edit, PageFilter};

use crate::site::{House, Site};

#[tokio::test]
async fn a_page_by_hand_answers_until_it_is_removed() {
    for store in testkit::engines().await {
        let site = Site::open().await;
        let house = House::with(store, &site, crate::site::quick()).await;
        let (library, organisation) = (&house.library, house.organisation);
        let question = "Do you have a loyalty programme?";
        assert_eq!(house.ask(question).await, "");
        let id = library
            .add_manual(
                organisation,
                " Loyalty  programme ",
                "Our loyalty programme gives you one point for each euro.\n\nA hundred points are five euros.",
            )
            .await
            .unwrap();
        assert_eq!(house.ask(question).await, "Our loyalty programme gives you one point for each euro. [1]");
        let cited = library.find(organisation, question, 1).await.unwrap().remove(0);
        let edit = Edit {
            content: Some("Our loyalty programme gives you two points for each euro.".into()),
            ..Edit::default()
        };
        let page = library.edit(organisation, id, &edit).await.unwrap();
        assert_eq!((page.row.title.as_str(), page.snapshots.len(), page.passages.len()), ("Loyalty programme", 2, 1));
        assert!(house.ask(question).await.contains("two points"));
        assert_eq!(
            library.edit(organisation, id, &edit).await.unwrap().snapshots.len(),
            2,
            "the same words are no new version"
        );
        let out = Edit { state: Some("excluded".into()), ..Edit::default() };
        library.edit(organisation, id, &out).await.unwrap();
        assert_eq!(house.ask(question).await, "");
        library.edit(organisation, id, &Edit { state: Some("active".into()), ..Edit::default() }).await.unwrap();
        let listed =
            library.pages(organisation, &PageFilter { words: "LOYAL".into(), ..PageFilter::default() }).await.unwrap();
        assert_eq!((listed.items.len(), listed.items[0].passages, listed.next.is_none()), (1, 1, true));
        assert!(
            library
                .pages(organisation, &PageFilter { words: "100%_".into(), ..PageFilter::default() })
                .await
                .unwrap()
                .items
                .is_empty()
        );
        library.remove(organisation, id).await.unwrap();
        assert_eq!(house.ask(question).await, "");
        assert!(library.page(organisation, id).await.is_err() && library.remove(organisation, id).await.is_err());
        assert!(
            library.public_snapshot(cited.snapshot_id).await.unwrap().row.content.contains("one point"),
            "what was cited stays"
        );
        for (title, content) in [("", "x"), ("x", " \n "), (&"x".repeat(301), "x"), ("x", &"y".repeat(200_001))] {
            assert!(library.add_manual(organisation, title, content).await.is_err());
        }
        house.close().await;
    }
}
