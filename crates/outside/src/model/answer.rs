//! Reads an answer as it comes, within its bounds.

use std::collections::VecDeque;
use std::time::Duration;

use bytes::Bytes;
use futures::stream::{self, BoxStream, StreamExt};
use reqwest::{Response, header};
use tokio::time::Instant;

use super::config::Limits;
use super::dialect::Reader;
use super::sse::Events;
use super::{Answer, Chunk, ModelFault};

/// How long a finished answer may still take to say what it cost.
const LAST_WORDS: Duration = Duration::from_secs(2);

struct Reading {
    reader: Reader,
    bytes: BoxStream<'static, reqwest::Result<Bytes>>,
    events: Events,
    waiting: VecDeque<String>,
    /// How many bytes may still come.
    left: usize,
    deadline: Instant,
    /// How long it may stay silent.
    silence: Duration,
    /// The model has said that it has finished; some servers then just hang up.
    complete: bool,
    over: bool,
}

/// The answer in `response`.
pub(super) fn read(response: Response, reader: Reader, deadline: Instant, limits: Limits) -> Answer {
    if !is_event_stream(&response) {
        return stream::iter([Err(ModelFault::Malformed)]).boxed();
    }
    let reading = Reading {
        reader,
        bytes: response.bytes_stream().boxed(),
        events: Events::default(),
        waiting: VecDeque::new(),
        left: limits.max_bytes,
        deadline,
        silence: limits.silence,
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
                let chunk = self.reader.event(&data)?;
                self.complete |= chunk.end.is_some();
                if chunk != Chunk::default() {
                    return Ok(Some(chunk));
                }
            }
            let patience = if self.complete { self.silence.min(LAST_WORDS) } else { self.silence };
            let until = self.deadline.min(Instant::now() + patience);
            let arrived = match tokio::time::timeout_at(until, self.bytes.next()).await {
                // Whatever goes wrong behind the end does not undo the answer.
                Err(_) | Ok(Some(Err(_))) if self.complete => return Ok(None),
                Err(_) => return Err(ModelFault::TimedOut),
                Ok(arrived) => arrived,
            };
            match arrived {
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
