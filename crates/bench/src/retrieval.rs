//! How long it takes to find the passages that fit a question among 10,000, read from the store as in life.

use std::time::Instant;

use anyhow::{Context, Result, anyhow};
use knowledge::Library;
use model::{OrganisationId, World};
use outside::{Door, DoorConfig};
use store::organisation::OrganisationRow;
use store::{Fence, Statement, Store, StoreConfig, Work, organisation};

use crate::{quantile, world};

/// How many passages there are.
const PASSAGES: i64 = 10_000;
/// How many passages a search asks for, as the assistant does.
const WANTED: usize = 8;
/// How often every question is asked.
const ROUNDS: usize = 50;

const PRODUCTS: [&str; 40] = [
    "Ridge 40 backpack",
    "Fjell rain jacket",
    "Tarn sleeping bag",
    "Birch camp stove",
    "Skerry dry bag",
    "Moss wool sweater",
    "Heron trekking poles",
    "Cairn hiking boots",
    "Lund head torch",
    "Storm tent for two",
    "Otter water filter",
    "Pine axe",
    "Gull sun hat",
    "Drift kayak paddle",
    "Saga climbing rope",
    "Holm hammock",
    "Elk gaiters",
    "Frost down vest",
    "Vik compass",
    "Nord trail shoes",
    "Alder folding chair",
    "Kelp swim goggles",
    "Tor crampons",
    "Fen waders",
    "Lark bicycle lamp",
    "Rill bottle",
    "Quarry harness",
    "Dune sandals",
    "Wold map case",
    "Brae base layer",
    "Ness wetsuit",
    "Loam gloves",
    "Peat kettle",
    "Reed sleeping mat",
    "Scree helmet",
    "Tide cooler",
    "Umber blanket",
    "Wren child carrier",
    "Yarrow first aid kit",
    "Zephyr wind meter",
];
const TOPICS: [(&str, &str); 25] = [
    (
        "Returns",
        "can be returned unworn within {n} days of delivery; the label is printed from the returns page and costs nothing",
    ),
    (
        "Warranty",
        "carries a warranty of {n} months against faults of material and making, counted from the day of the invoice",
    ),
    (
        "Repairs",
        "is repaired in our workshop within {n} working days; send it clean and dry, with a note about the broken part",
    ),
    (
        "Washing",
        "is washed at {n} degrees without softener and dried in the shade; never tumble dry or iron the coating",
    ),
    ("Sizes", "comes in {n} sizes; measure over a base layer and choose the larger one when you are between two"),
    ("Weight", "weighs {n} hundred grams without its bag and packs down to the size of a loaf of bread"),
    (
        "Shipping abroad",
        "is shipped to {n} countries outside the union; customs duties are paid by the recipient on delivery",
    ),
    (
        "Delivery time",
        "leaves the warehouse the same day if ordered before {n} o'clock and arrives two working days later",
    ),
    (
        "Spare parts",
        "has {n} spare parts in stock, among them buckles, zips and straps, listed by number in the catalogue",
    ),
    (
        "Materials",
        "is made of recycled polyamide with {n} percent elastane and is free of fluorinated water repellents",
    ),
    ("Waterproofing", "withstands a water column of {n} metres; renew the impregnation after the third wash"),
    (
        "Storage",
        "is stored loosely in a dry place, never compressed for more than {n} weeks, away from direct sunlight",
    ),
    ("Children", "is suitable for children from {n} years on when an adult adjusts the straps and checks the fit"),
    ("Discounts", "is reduced by {n} percent for clubs and schools that order more than five pieces at once"),
    (
        "Invoices",
        "appears on the invoice under its article number; corrections are possible within {n} days of purchase",
    ),
    ("Lost parcels", "is replaced when the carrier has not found the parcel after {n} working days of searching"),
    ("Exchange", "is exchanged for another colour or size within {n} days as long as the tags are still attached"),
    (
        "Gift cards",
        "can be paid in part with up to {n} gift cards; the rest is charged to the card or account you name",
    ),
    ("Batteries", "runs for {n} hours on one charge at medium power; used batteries are taken back free of charge"),
    ("Rental", "is rented for {n} days and more against a deposit that is paid back after inspection"),
    ("Recalls", "was recalled in {n} markets because of a weak seam; send us the batch number from the inner label"),
    ("Assembly", "is assembled in {n} steps without tools; watch that the arrows on the poles point the same way"),
    ("Insurance", "is insured up to {n} hundred euros while it travels; take a picture of damaged packaging at once"),
    (
        "Newsletter",
        "is announced to subscribers {n} days before the sale begins; unsubscribe with the link in every letter",
    ),
    ("Shops", "can be tried on in {n} of our shops; call ahead so that your size is put aside for you"),
];
const QUESTIONS: [&str; 20] = [
    "How many days do I have to return the Cairn hiking boots?",
    "my tent leaks, is there a warranty on the Storm tent",
    "what temperature can I wash the rain jacket at",
    "Do you ship the Tarn sleeping bag to Norway and who pays customs?",
    "broken buckle on backpack spare part",
    "How heavy is the Holm hammock?",
    "When will my order arrive if I order today?",
    "I need another size, can I exchange the trail shoes?",
    "Is the child carrier suitable for a two year old?",
    "Can I pay with two gift cards?",
    "How long does the head torch run on one charge?",
    "my parcel is lost",
    "discount for our school, 12 helmets",
    "Where can I try on the wetsuit?",
    "Is the down vest free of fluorinated chemicals?",
    "How do I store the sleeping mat in winter",
    "I want to rent a kayak paddle for a week",
    "invoice correction company address",
    "Was the Scree helmet recalled?",
    "how do I put the folding chair together",
];

/// Prints the lines.
pub async fn run() -> Result<()> {
    let folder = tempfile::tempdir()?;
    let config = StoreConfig::Sqlite {
        folder: folder.path().join("data"),
        keys_folder: folder.path().join("keys"),
        data_key: [1; 32],
        keys_key: [2; 32],
    };
    let (world, store) = (world::real(), Store::open(config).await?);
    let organisation = found(&store, &world).await?;
    let door = Door::new(DoorConfig::default()).map_err(|error| anyhow!("no door: {error}"))?;
    let library = Library::new(store.clone(), world, door);
    let passages = fill(&library, &store, organisation).await?;
    let first = Instant::now();
    find(&library, organisation, QUESTIONS[0]).await?;
    let first = first.elapsed().as_secs_f64();
    let mut times = Vec::with_capacity(ROUNDS * QUESTIONS.len());
    for _ in 0..ROUNDS {
        for question in QUESTIONS {
            let one = Instant::now();
            find(&library, organisation, question).await?;
            times.push(one.elapsed().as_secs_f64() * 1000.0);
        }
    }
    times.sort_by(f64::total_cmp);
    println!(
        "{passages} passages, {} searches for {WANTED}: p50 {:.2} ms, p99 {:.2} ms; the index was built in {first:.2} s",
        times.len(),
        quantile(&times, 0.5),
        quantile(&times, 0.99)
    );
    store.close().await;
    Ok(())
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
async fn fill(library: &Library, store: &Store, organisation: OrganisationId) -> Result<i64> {
    for volume in 1.. {
        for (number, product) in PRODUCTS.iter().enumerate() {
            let title = format!("{product}, model {volume}{number:02}");
            let added = library.add_manual(organisation, &title, &page(&title, volume * 7 + number)).await;
            added.map_err(|_| anyhow!("a page was refused"))?;
        }
        let count =
            Statement::new("SELECT count(*) AS many FROM passage WHERE organisation = $1", vec![organisation.into()]);
        let row = store.one(Fence::Organisation(organisation), count).await?.context("no count")?;
        let many = row.int("many")?;
        if many >= PASSAGES {
            return Ok(many);
        }
    }
    Err(anyhow!("there is no end of volumes"))
}

fn page(title: &str, seed: usize) -> String {
    let mut text = String::new();
    for (position, (heading, sentence)) in TOPICS.iter().enumerate() {
        let number = (seed * 13 + position * 5) % 89 + 2;
        let (other, _) = TOPICS[(position + seed) % TOPICS.len()];
        let sentence = sentence.replace("{n}", &number.to_string());
        // Long enough that every section is a passage of its own.
        text.push_str(&format!(
            "# {heading}: {title}\n\nThe {title} {sentence}. This holds for article {seed}-{number} and every colour of it. \
             What the law gives you beyond that stays yours, and our staff decides generously where a case is not written \
             here. If your question is rather about {other}, see the section of that name further down this page, or write to \
             us with the number of your order and, where something is damaged, two or three pictures taken in daylight. We \
             answer on working days between nine and five, usually within {} hours, and in the order in which letters come in.\n\n",
            number % 7 + 1
        ));
    }
    text
}
