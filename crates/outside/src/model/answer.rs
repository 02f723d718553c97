//! Reads an answer as it comes, within its bounds.

use std::collections::VecDeque;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use reqwest::{Response, header};
use tokio::time::Instant;

use super::sse::Events;
use super::{Answer, Chunk, ModelFault, wire};

struct Reading {
    bytes: BoxStream<'static, reqwest::Result<Bytes>>,
    events: Events,
    waiting: VecDeque<String>,
    /// How many bytes may still come.
    left: usize,
    deadline: Instant,
    /// The model has said that it has finished; some servers then just hang up.
    complete: bool,
    over: bool,
}

/// The answer in `response`.
pub(crate) fn read(response: Response, deadline: Instant, max_bytes: usize) -> Answer {
    if !is_event_stream(&response) {
        return stream::iter([Err(ModelFault::Malformed)]).boxed();
    }
    let reading = Reading {
        bytes: response.bytes_stream().boxed(),
        events: Events::default(),
        waiting: VecDeque::new(),
        left: max_bytes,
        deadline,
        complete: false,
        over: false,
    };
    stream::unfold(reading, |mut reading| async move {
        if reading.over {
            return None;
        }
        let next = reading.next().await.transpose()?;
        reading.over = next.is_err();
        Some((next, reading))
    })
    .boxed()
}

fn is_event_stream(response: &Response) -> bool {
    let kind = response.headers().get(header::CONTENT_TYPE).and_then(|value| value.to_str().ok());
    kind.is_some_and(|kind| kind.to_ascii_lowercase().starts_with("text/event-stream"))
}

impl Reading {
    /// The next piece; `None` when the answer has properly ended.
    async fn next(&mut self) -> Result<Option<Chunk>, ModelFault> {
        loop {
            while let Some(data) = self.waiting.pop_front() {
                if data.trim() == "[DONE]" {
                    return Ok(None);
                }
                let chunk = wire::event(&data)?;
                self.complete |= chunk.end.is_some();
                if !chunk.text.is_empty() || chunk.end.is_some() {
                    return Ok(Some(chunk));
                }
            }
            let arrived = tokio::time::timeout_at(self.deadline, self.bytes.next());
            match arrived.await.map_err(|_| ModelFault::TimedOut)? {
                Some(bytes) => self.take(&bytes?)?,
                None => match self.events.finish()? {
                    Some(last) => self.waiting.push_back(last),
                    None if self.complete => return Ok(None),
                    None => return Err(ModelFault::BrokeOff),
                },
            }
        }
    }

    fn take(&mut self, bytes: &[u8]) -> Result<(), ModelFault> {
        self.left = self.left.checked_sub(bytes.len()).ok_or(ModelFault::TooLarge)?;
        self.waiting.extend(self.events.push(bytes)?);
        Ok(())
    }
}
