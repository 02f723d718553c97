//! Reads a body piece by piece and stops at the limit: a small archive that unpacks into gigabytes stops there too.

use bytes::{Bytes, BytesMut};
use futures::StreamExt;
use reqwest::Response;

use super::refusal::FetchRefusal;

/// Reads at most `limit` bytes, counted after decompression.
pub(crate) async fn read(response: Response, limit: usize) -> Result<Bytes, FetchRefusal> {
    // An honest server saves both of us the transfer. A compressed answer carries no length here, a liar's is not trusted.
    if response.content_length().is_some_and(|length| length > limit as u64) {
        return Err(FetchRefusal::TooLarge);
    }
    let mut body = BytesMut::new();
    let mut pieces = response.bytes_stream();
    while let Some(piece) = pieces.next().await {
        let piece = piece?;
        if body.len() + piece.len() > limit {
            return Err(FetchRefusal::TooLarge);
        }
        body.extend_from_slice(&piece);
    }
    Ok(body.freeze())
}
