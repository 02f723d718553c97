//! How long it takes to find the passages that fit a question among 10,000 and 50,000, read from the store as in life: by words,
//! and by words and meaning beside a bare scan of the same vectors.

mod dealt;
mod shop;

use std::sync::Arc;
use std::time::{Duration, Instant};

use anyhow::{Context, Result, anyhow};
use knowledge::Library;
use model::{OrganisationId, World};
use outside::{Door, DoorConfig};
use store::organisation::OrganisationRow;
use store::{Fence, Statement, Store, StoreConfig, Work, organisation};

use crate::{quantile, world};
use dealt::Dealt;
use shop::{PRODUCTS, QUESTIONS};

/// How many passages a search asks for, as the assistant does.
const WANTED: usize = 8;
/// How often every question is asked.
const ROUNDS: usize = 50;
/// As many ask at the same time where the machine is to be busy.
const AT_ONCE: usize = 4;

/// Prints the lines.
pub async fn run() -> Result<()> {
    for (passages, by_meaning) in [(10_000, false), (50_000, false), (50_000, true)] {
        let folder = tempfile::tempdir()?;
        let house = House::open(folder.path()).await?;
        let encoder = by_meaning.then(|| Dealt::new().map(Arc::new)).transpose()?;
        house.measure(passages, encoder.as_ref()).await?;
        if let Some(encoder) = encoder {
            encoder.bare(usize::try_from(passages)?);
        }
        house.store.close().await;
    }
    Ok(())
}

/// A library over a store of its own.
struct House {
    store: Store,
    world: World,
    organisation: OrganisationId,
}

impl House {
    async fn open(folder: &std::path::Path) -> Result<Self> {
        let config = StoreConfig::Sqlite {
            folder: folder.join("data"),
            keys_folder: folder.join("keys"),
            data_key: [1; 32],
            keys_key: [2; 32],
        };
        let (world, store) = (world::real(), Store::open(config).await?);
        let organisation = found(&store, &world).await?;
        Ok(Self { store, world, organisation })
    }

    async fn measure(&self, passages: i64, encoder: Option<&Arc<Dealt>>) -> Result<()> {
        let door = Door::new(DoorConfig::default()).map_err(|error| anyhow!("no door: {error}"))?;
        let mut library = Library::new(self.store.clone(), self.world.clone(), door);
        let passages = fill(&library, &self.store, self.organisation, passages).await?;
        if let Some(encoder) = encoder {
            library = library.with_encoder(encoder.clone());
        }
        let first = Instant::now();
        find(&library, self.organisation, "Do you sell hats?").await?;
        let first = first.elapsed().as_secs_f64();
        let cold = self.ask(&library, 1, 1).await?;
        while encoder.is_some() && !library.understands(self.organisation).await.map_err(|_| anyhow!("no index"))? {
            tokio::time::sleep(Duration::from_millis(100)).await;
        }
        let how = if encoder.is_some() { "by words and meaning" } else { "by words" };
        println!(
            "{passages} passages {how}: the index was built in {first:.2} s; the first {} searches: {}",
            cold.len(),
            shown(&cold)
        );
        let warm = self.ask(&library, ROUNDS, 1).await?;
        println!("  {} searches for {WANTED}, one after the other: {}", warm.len(), shown(&warm));
        let busy = self.ask(&library, ROUNDS / 2, AT_ONCE).await?;
        println!("  {} searches for {WANTED}, {AT_ONCE} at a time: {}", busy.len(), shown(&busy));
        if let Some(encoder) = encoder {
            println!("  of that, the vector of a question ({}): {}", encoder.says(), shown(&encoder.times()));
        }
        Ok(())
    }

    /// Milliseconds of every search, in order of size.
    async fn ask(&self, library: &Library, rounds: usize, at_once: usize) -> Result<Vec<f64>> {
        let asker = |number: usize| {
            let (library, organisation) = (library.clone(), self.organisation);
            tokio::spawn(async move {
                let mut times = Vec::with_capacity(rounds * QUESTIONS.len());
                for at in 0..rounds * QUESTIONS.len() {
                    let question = QUESTIONS[(at + 7 * number) % QUESTIONS.len()];
                    let one = Instant::now();
                    find(&library, organisation, question).await?;
                    times.push(one.elapsed().as_secs_f64() * 1000.0);
                }
                Ok::<_, anyhow::Error>(times)
            })
        };
        let askers: Vec<_> = (0..at_once).map(asker).collect();
        let mut times = Vec::new();
        for asker in askers {
            times.extend(asker.await??);
        }
        times.sort_by(f64::total_cmp);
        Ok(times)
    }
}

fn shown(times: &[f64]) -> String {
    format!("p50 {:.2} ms, p99 {:.2} ms", quantile(times, 0.5), quantile(times, 0.99))
}

async fn find(library: &Library, organisation: OrganisationId, question: &str) -> Result<()> {
    let hits = library.find(organisation, question, WANTED).await.map_err(|_| anyhow!("the search failed"))?;
    if hits.is_empty() { Err(anyhow!("nothing was found for {question:?}")) } else { Ok(()) }
}

async fn found(store: &Store, world: &World) -> Result<OrganisationId> {
    let id = OrganisationId::new(world);
    let row = OrganisationRow {
        id,
        name: "Bench".into(),
        widget_key: id.to_string(),
        settings: "{}".into(),
        created_at: world.now(),
    };
    store.write(Work::new(Fence::Organisation(id)).with(organisation::insert(row))).await?;
    Ok(id)
}

/// Adds pages, one a product and volume with a section a topic, until there are enough passages.
async fn fill(library: &Library, store: &Store, organisation: OrganisationId, enough: i64) -> Result<i64> {
    for volume in 1.. {
        for (number, product) in PRODUCTS.iter().enumerate() {
            let title = format!("{product}, model {volume}{number:02}");
            let added = library.add_manual(organisation, &title, &shop::page(&title, volume * 7 + number)).await;
            added.map_err(|_| anyhow!("a page was refused"))?;
        }
        let count =
            Statement::new("SELECT count(*) AS many FROM passage WHERE organisation = $1", vec![organisation.into()]);
        let row = store.one(Fence::Organisation(organisation), count).await?.context("no count")?;
        let many = row.int("many")?;
        if many >= enough {
            return Ok(many);
        }
    }
    Err(anyhow!("there is no end of volumes"))
}
