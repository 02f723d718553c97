//! What a backup is made of: pieces that are never much heavier than they may be, of cells that are never too long for one.

use store::dump::{Batch, LONGEST_CELL, Piece, Shelf, picture};
use store::{Statement, StoreError, Value};
use testkit::engines;

use crate::scene::Scene;

const FILL: &str = "UPDATE message SET body_sealed = $3 WHERE organisation = $1 AND seq = $2";
const HEAVY: usize = 1_500_000;

fn fill(scene: &Scene, seq: i64, bytes: usize) -> Statement {
    Statement::new(FILL, vec![scene.organisation.into(), seq.into(), vec![0; bytes].into()])
}

#[tokio::test]
async fn heavy_rows_come_in_small_pieces_and_light_ones_in_large() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        scene.write(&store, (1..=1_200).map(|seq| scene.say(seq, None)).collect()).await.unwrap();
        for seq in 1..=7 {
            scene.write(&store, vec![fill(&scene, seq, HEAVY)]).await.unwrap();
        }
        let columns = vec!["seq".to_owned(), "body_sealed".to_owned()];
        let shelf = Shelf { table: "message".to_owned(), columns };
        let mut pieces = picture(&store.config(), vec![shelf]).await.unwrap();
        let (mut seen, mut most) = (Vec::new(), 0);
        while let Some(Piece::Rows(_, rows)) = pieces.recv().await {
            let bytes: usize = rows.iter().flatten().map(Value::bytes).sum();
            assert!(rows.len() <= Batch::ROWS && bytes < Batch::BYTES + HEAVY + 8, "{} bytes, {}", bytes, store.name());
            most = most.max(rows.len());
            seen.extend(rows.into_iter().filter_map(|row| match row.first() {
                Some(Value::Int(seq)) => Some(*seq),
                _ => None,
            }));
        }
        seen.sort_unstable();
        assert_eq!(seen, (1..=1_200).collect::<Vec<i64>>(), "every row once ({})", store.name());
        assert_eq!(most, Batch::ROWS, "what is light waits for company ({})", store.name());
    }
}

#[tokio::test]
async fn a_cell_that_no_backup_could_hold_is_not_kept() {
    for store in engines().await {
        let scene = Scene::set(&store).await;
        let work = vec![scene.say(1, None), fill(&scene, 1, LONGEST_CELL + 1)];
        assert_eq!(scene.write(&store, work).await, Err(StoreError::Long), "{}", store.name());
        assert_eq!(scene.messages(&store).await, 0, "nothing of it was written ({})", store.name());
    }
}
