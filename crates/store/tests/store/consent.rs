//! The consent book in the store: decisions are counted and only added to, and what rests on a consent cannot be kept without it.

use model::{ConsentId, ConsentTextId, SurveyAnswerId};
use store::consent::{self, ConsentRow};
use store::consent_text::{self, TextRow};
use store::survey_answer::{self, AnswerRow};
use store::{Statement, Store, StoreError};
use testkit::engines;
use vault::Sealed;

use crate::scene::Scene;

fn wording(scene: &Scene) -> TextRow {
    TextRow {
        id: ConsentTextId::new(&scene.world),
        purpose: "contact".into(),
        version: 1,
        language: "en".into(),
        body: "You may write to me.".into(),
        hash: vec![5; 32],
        created_at: scene.world.now(),
        retired_at: None,
    }
}

fn decision(scene: &Scene, wording: &TextRow, state: &str) -> (ConsentId, Statement) {
    let id = ConsentId::new(&scene.world);
    let row = ConsentRow {
        id,
        purpose: wording.purpose.clone(),
        seq: 0,
        wording: wording.id,
        wording_hash: wording.hash.clone(),
        state: state.into(),
        shown_in: "survey".into(),
        act: "box".into(),
        language: "en".into(),
        gpc: true,
        dnt: false,
        decided_at: scene.world.now(),
    };
    (id, consent::insert(scene.organisation, scene.person, row))
}

fn answer(scene: &Scene, purpose: Option<&str>, consent: Option<ConsentId>) -> Statement {
    let new = AnswerRow {
        id: SurveyAnswerId::new(&scene.world),
        field: format!("fld_{purpose:?}"),
        question: "Your e-mail".into(),
        purpose: purpose.map(str::to_owned),
        consent,
        words: Sealed::from_column(vec![7; 64]),
        created_at: scene.world.now(),
    };
    survey_answer::insert(scene.organisation, scene.person, new)
}

async fn many(store: &Store, scene: &Scene, statement: Statement) -> i64 {
    store.one(scene.fence(), statement).await.unwrap().unwrap().int("many").unwrap()
}

#[tokio::test]
async fn decisions_are_counted_and_the_last_one_holds() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let text = wording(&scene);
        scene.write(&store, vec![consent_text::insert(scene.organisation, text.clone())]).await.unwrap();
        for state in ["refused", "given", "withdrawn", "given"] {
            scene.write(&store, vec![decision(&scene, &text, state).1]).await.unwrap();
        }
        let rows = store.all(scene.fence(), consent::of_person(scene.organisation, scene.person)).await.unwrap();
        let rows: Vec<_> = rows.iter().map(|row| ConsentRow::from_row(row).unwrap()).collect();
        assert_eq!(rows.iter().map(|row| row.seq).collect::<Vec<_>>(), [1, 2, 3, 4]);
        assert!(rows.iter().all(|row| row.gpc && !row.dnt && row.wording_hash == text.hash));
        let figures = store.all(scene.fence(), consent::figures(scene.organisation)).await.unwrap();
        assert_eq!(
            (figures.len(), figures[0].text("state").unwrap().as_str()),
            (1, "given"),
            "one person, one standing"
        );
        assert_eq!(many(&store, &scene, consent::unfit(scene.organisation)).await, 0);
        let nobody = TextRow { id: ConsentTextId::new(&scene.world), ..text };
        let wordless = scene.write(&store, vec![decision(&scene, &nobody, "given").1]).await;
        assert_eq!(wordless, Err(StoreError::Foreign), "nobody decides about words that were never published");
    }
}

#[tokio::test]
async fn an_answer_that_rests_on_consent_needs_the_decision_and_is_read_only_while_it_stands() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let text = wording(&scene);
        let (given, agrees) = decision(&scene, &text, "given");
        scene.write(&store, vec![consent_text::insert(scene.organisation, text.clone()), agrees]).await.unwrap();
        for wrong in [answer(&scene, Some("contact"), None), answer(&scene, None, Some(given))] {
            assert!(scene.write(&store, vec![wrong]).await.is_err(), "the table itself refuses it");
        }
        let both = vec![answer(&scene, Some("contact"), Some(given)), answer(&scene, None, None)];
        scene.write(&store, both).await.unwrap();
        let readable = async || {
            let answers = survey_answer::of_person(scene.organisation, scene.person);
            store.all(scene.fence(), answers).await.unwrap().len()
        };
        assert_eq!(readable().await, 2);
        scene.write(&store, vec![decision(&scene, &text, "withdrawn").1]).await.unwrap();
        assert_eq!(readable().await, 1, "unreadable before anything is deleted");
        assert_eq!(many(&store, &scene, survey_answer::orphans(scene.organisation)).await, 1);
        let clear = survey_answer::clear_purpose(scene.organisation, scene.person, "contact");
        scene.write(&store, vec![clear]).await.unwrap();
        assert_eq!(many(&store, &scene, survey_answer::orphans(scene.organisation)).await, 0);
    }
}
