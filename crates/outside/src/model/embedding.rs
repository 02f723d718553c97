//! Embeddings, where a provider has them. They can give text away, so the same rules apply: masked words only, recorded first.

use masking::Masked;
use serde::Deserialize;
use serde_json::{Value, json};

use super::config::Dialect;
use super::{Client, ModelFault};
use crate::Ledger;

/// Most texts in one request.
const MOST: usize = 256;
/// The largest answer that is read: 256 vectors of 3,072 numbers.
const LARGEST: usize = 32 * 1024 * 1024;

/// What the vectors are for.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Side {
    /// To be found.
    Document,
    /// To find with.
    Query,
}

#[derive(Deserialize)]
struct Listed {
    data: Vec<Entry>,
}

#[derive(Deserialize)]
struct Entry {
    index: usize,
    embedding: Vec<f32>,
}

#[derive(Deserialize)]
struct Batch {
    embeddings: Vec<Values>,
}

#[derive(Deserialize)]
struct Values {
    values: Vec<f32>,
}

impl Client {
    /// One vector for each text, in their order. The configured model must be one for embeddings.
    pub async fn embed(
        &self,
        texts: &[Masked<String>],
        side: Side,
        ledger: &dyn Ledger,
    ) -> Result<Vec<Vec<f32>>, ModelFault> {
        let model = self.config.model.as_str();
        let texts: Vec<&str> = texts.iter().map(Masked::as_text).collect();
        if texts.is_empty() {
            return Ok(Vec::new());
        }
        if texts.len() > MOST || texts.iter().any(|text| text.trim().is_empty()) {
            return Err(ModelFault::Refused { status: 0, code: "wrong_input".to_owned() });
        }
        let (path, body) = match self.config.dialect {
            Dialect::Anthropic => return Err(ModelFault::NotOffered),
            Dialect::Gemini => {
                let task = if side == Side::Query { "RETRIEVAL_QUERY" } else { "RETRIEVAL_DOCUMENT" };
                let one = |text: &&str| json!({ "model": format!("models/{model}"), "content": { "parts": [{ "text": text }] }, "taskType": task });
                let requests: Vec<Value> = texts.iter().map(one).collect();
                (vec!["models".to_owned(), format!("{model}:batchEmbedContents")], json!({ "requests": requests }))
            }
            Dialect::OpenAi | Dialect::Plain | Dialect::Responses => {
                let body = json!({ "model": model, "input": texts, "encoding_format": "float" });
                (vec!["embeddings".to_owned()], body)
            }
        };
        let endpoint = self.config.address(&path, None).map_err(|_| ModelFault::Unreachable)?;
        let deadline = tokio::time::Instant::now() + self.config.limits.total;
        let response = self.send(&endpoint, body.to_string(), ledger, deadline).await?;
        let reading = crate::door::body::read(response, LARGEST);
        let bytes = tokio::time::timeout_at(deadline, reading).await.map_err(|_| ModelFault::TimedOut)?;
        vectors(&bytes.map_err(|_| ModelFault::BrokeOff)?, texts.len())
    }
}

/// The vectors of an answer: as many as texts, all of one size, all finite.
fn vectors(body: &[u8], wanted: usize) -> Result<Vec<Vec<f32>>, ModelFault> {
    let vectors: Vec<Vec<f32>> = if let Ok(mut listed) = serde_json::from_slice::<Listed>(body) {
        listed.data.sort_by_key(|entry| entry.index);
        listed.data.into_iter().map(|entry| entry.embedding).collect()
    } else {
        let batch: Batch = serde_json::from_slice(body).map_err(|_| ModelFault::Malformed)?;
        batch.embeddings.into_iter().map(|one| one.values).collect()
    };
    let size = vectors.first().map_or(0, Vec::len);
    let good = |vector: &Vec<f32>| vector.len() == size && vector.iter().all(|number| number.is_finite());
    if size == 0 || vectors.len() != wanted || !vectors.iter().all(good) {
        return Err(ModelFault::Malformed);
    }
    Ok(vectors)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn vectors_come_in_the_order_of_the_texts_or_not_at_all() {
        let listed = br#"{"data":[{"index":1,"embedding":[0.5,1]},{"index":0,"embedding":[0.25,0]}]}"#;
        assert_eq!(vectors(listed, 2).unwrap(), [[0.25, 0.0], [0.5, 1.0]]);
        assert_eq!(vectors(br#"{"embeddings":[{"values":[1,2]}]}"#, 1).unwrap(), [[1.0, 2.0]]);
        for (wrong, wanted) in [
            (r#"{"data":[]}"#, 1),
            (r#"{"data":[{"index":0,"embedding":[]}]}"#, 1),
            (r#"{"data":[{"index":0,"embedding":[1]},{"index":1,"embedding":[1,2]}]}"#, 2),
            (r#"{"embeddings":[{"values":[1]}]}"#, 2),
            (r#"{"embeddings":[{"values":["a"]}]}"#, 1),
            ("{", 1),
        ] {
            assert_eq!(vectors(wrong.as_bytes(), wanted), Err(ModelFault::Malformed), "{wrong}");
        }
    }
}
