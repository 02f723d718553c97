//! Finding by meaning: a small real model from a folder, verified before it is used, and what it finds once it has read the pages.

use std::path::{Path, PathBuf};
use std::sync::Arc;
use std::time::Duration;

use aws_lc_rs::digest::{SHA256, digest};
use knowledge::Edit;
use knowledge::encoder::{Encoder, EncoderFault, Hashes, MiniLm};
use serde_json::json;

use crate::site::{House, Site};

/// Twelve numbers a word; words of one line mean the same.
const WIDTH: usize = 12;
const MEANINGS: [&[&str]; 4] =
    [&["shipment", "parcel"], &["vanished", "lost"], &["socks", "hosiery"], &["wash", "laundry"]];

/// A model in a folder of its own: one layer that leaves everything as it is, over vectors that we chose.
struct Model {
    folder: PathBuf,
    weights: String,
    vocabulary: String,
}

impl Model {
    fn write(name: &str, change: impl Fn(&mut Vec<(String, Vec<usize>, Vec<f32>)>)) -> Model {
        let folder = std::env::temp_dir().join(format!("confidante-model-{name}-{}", std::process::id()));
        std::fs::create_dir_all(&folder).unwrap();
        let words: Vec<&str> = ["[PAD]", "[UNK]", "[CLS]", "[SEP]"].into_iter().chain(MEANINGS.concat()).collect();
        let mut tensors = tensors(&words);
        change(&mut tensors);
        let (weights, vocabulary) = (file(&tensors), words.join("\n").into_bytes());
        std::fs::write(folder.join("model.safetensors"), &weights).unwrap();
        std::fs::write(folder.join("vocab.txt"), &vocabulary).unwrap();
        Model { folder, weights: sha256(&weights), vocabulary: sha256(&vocabulary) }
    }

    fn load(&self) -> Result<MiniLm, EncoderFault> {
        MiniLm::load(&self.folder, Hashes { weights: &self.weights, vocabulary: &self.vocabulary })
    }
}

impl Drop for Model {
    fn drop(&mut self) {
        let _ = std::fs::remove_dir_all(&self.folder);
    }
}

fn sha256(bytes: &[u8]) -> String {
    data_encoding::HEXLOWER.encode(digest(&SHA256, bytes).as_ref())
}

fn tensors(words: &[&str]) -> Vec<(String, Vec<usize>, Vec<f32>)> {
    let mut pieces = vec![0.0; words.len() * WIDTH];
    for (row, word) in words.iter().enumerate() {
        if let Some(meaning) = MEANINGS.iter().position(|group| group.contains(word)) {
            pieces[row * WIDTH + meaning] = 1.0;
        }
    }
    let zero = |name: &str, shape: &[usize]| (name.to_owned(), shape.to_vec(), vec![0.0; shape.iter().product()]);
    let mut all = vec![
        ("embeddings.word_embeddings.weight".to_owned(), vec![words.len(), WIDTH], pieces),
        zero("embeddings.position_embeddings.weight", &[64, WIDTH]),
        zero("embeddings.token_type_embeddings.weight", &[2, WIDTH]),
    ];
    let layer = "encoder.layer.0.";
    for (part, to, from) in [
        ("attention.self.query", WIDTH, WIDTH),
        ("attention.self.key", WIDTH, WIDTH),
        ("attention.self.value", WIDTH, WIDTH),
        ("attention.output.dense", WIDTH, WIDTH),
        ("intermediate.dense", 24, WIDTH),
        ("output.dense", WIDTH, 24),
    ] {
        all.push(zero(&format!("{layer}{part}.weight"), &[to, from]));
        all.push(zero(&format!("{layer}{part}.bias"), &[to]));
    }
    for norm in
        ["embeddings.LayerNorm", "encoder.layer.0.attention.output.LayerNorm", "encoder.layer.0.output.LayerNorm"]
    {
        all.push((format!("{norm}.weight"), vec![WIDTH], vec![1.0; WIDTH]));
        all.push(zero(&format!("{norm}.bias"), &[WIDTH]));
    }
    all
}

/// The tensors as a safetensors file.
fn file(tensors: &[(String, Vec<usize>, Vec<f32>)]) -> Vec<u8> {
    let (mut table, mut numbers) = (serde_json::Map::new(), Vec::new());
    for (name, shape, values) in tensors {
        let begin = numbers.len();
        values.iter().for_each(|value| numbers.extend_from_slice(&value.to_le_bytes()));
        table.insert(name.clone(), json!({"dtype": "F32", "shape": shape, "data_offsets": [begin, numbers.len()]}));
    }
    let table = serde_json::to_vec(&table).unwrap();
    let mut file = u64::try_from(table.len()).unwrap().to_le_bytes().to_vec();
    file.extend(table);
    file.extend(numbers);
    file
}

fn refused(loaded: Result<MiniLm, EncoderFault>) -> String {
    loaded.err().map(|fault| fault.to_string()).unwrap_or_default()
}

#[test]
fn a_model_that_is_missing_changed_or_of_another_form_is_refused_with_one_sentence() {
    let model = Model::write("refused", |_| ());
    assert!(model.load().is_ok());
    let none = Hashes { weights: "00", vocabulary: "00" };
    assert!(refused(MiniLm::load(Path::new("/nowhere/at/all"), none)).contains("model.safetensors cannot be read"));
    let said = refused(MiniLm::load(&model.folder, none));
    assert!(said.contains("model.safetensors has the SHA-256") && said.contains(&model.weights), "{said}");
    let said = refused(MiniLm::load(&model.folder, Hashes { weights: &model.weights, vocabulary: "00" }));
    assert!(said.contains("vocab.txt has the SHA-256"), "{said}");
    std::fs::remove_file(model.folder.join("vocab.txt")).unwrap();
    assert!(refused(model.load()).contains("vocab.txt cannot be read"));

    let narrow = Model::write("narrow", |tensors| {
        let one = tensors.iter_mut().find(|(name, ..)| name == "encoder.layer.0.output.dense.weight").unwrap();
        (one.1, one.2) = (vec![WIDTH, 23], vec![0.0; WIDTH * 23]);
    });
    assert!(refused(narrow.load()).contains("does not map 24 numbers to 12"), "{}", refused(narrow.load()));
    let bare = Model::write("bare", |tensors| tensors.retain(|(name, ..)| !name.starts_with("encoder.layer.0.output")));
    assert!(refused(bare.load()).contains("no layers"), "{}", refused(bare.load()));
    let few = Model::write("few", |tensors| (tensors[0].1, tensors[0].2) = (vec![2, WIDTH], vec![0.0; 2 * WIDTH]));
    assert!(refused(few.load()).contains("12 pieces for 2 vectors"), "{}", refused(few.load()));
}

#[test]
fn near_words_have_near_vectors() {
    let model = Model::write("near", |_| ()).load().unwrap();
    let cosine = |a: &str, b: &str| -> f32 { model.encode(a).iter().zip(model.encode(b)).map(|(a, b)| a * b).sum() };
    assert!(cosine("lost shipment", "vanished parcel") > 0.99);
    assert!(cosine("lost shipment", "wash socks") < 0.1);
    assert_eq!((model.dimensions(), model.encode("").len()), (WIDTH, WIDTH));
}

#[tokio::test]
async fn pages_are_found_by_meaning_once_they_were_read_and_by_words_before() {
    let model = Model::write("found", |_| ());
    for store in testkit::engines().await {
        let site = Site::open().await;
        let house = House::with(store, &site, crate::site::quick()).await;
        let library = house.library.clone().with_encoder(Arc::new(model.load().unwrap()));
        let organisation = house.organisation;
        let add = async |title: &str, text: &str| library.add_manual(organisation, title, text).await.unwrap();
        add("Carrier", "If a shipment has vanished, write to us and we send it again.").await;
        add("Care", "Clean the cotton ones with laundry soap.").await;
        let first = async |question: &str| {
            let hits = library.find(organisation, question, 1).await.unwrap();
            hits.first().map(|hit| hit.title.clone()).unwrap_or_default()
        };
        let ready = async || {
            for _ in 0..600 {
                if library.understands(organisation).await.unwrap() {
                    return;
                }
                tokio::time::sleep(Duration::from_millis(20)).await;
            }
            panic!("the pages were never read");
        };
        assert_eq!(first("soap").await, "Care", "words find at once");
        ready().await;
        assert_eq!(first("my parcel is lost").await, "Carrier");
        assert_eq!(first("soap").await, "Care");

        let socks = add("Feet", "We sell hosiery in three colours.").await;
        ready().await;
        assert_eq!(first("socks").await, "Feet", "what is new is read too");
        let reworded = Edit { content: Some("Nothing here any more.".into()), ..Edit::default() };
        library.edit(organisation, socks, &reworded).await.unwrap();
        ready().await;
        let hits = library.find(organisation, "socks", 8).await.unwrap();
        assert!(hits.iter().all(|hit| !hit.text.contains("hosiery")), "what was replaced is found no more");
        house.close().await;
    }
}
