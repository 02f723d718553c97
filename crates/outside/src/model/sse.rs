//! Server-sent events, parsed on bytes: a character, a line end or an event may be split anywhere between two reads.

use super::ModelFault;

/// The largest single event.
const LARGEST_EVENT: usize = 256 * 1024;

/// Collects bytes and gives back the data of whole events.
#[derive(Default)]
pub(crate) struct Events {
    line: Vec<u8>,
    data: Vec<u8>,
    has_data: bool,
    after_return: bool,
    begun: bool,
}

impl Events {
    /// Takes the next bytes; returns the data of the events that they complete.
    pub(crate) fn push(&mut self, bytes: &[u8]) -> Result<Vec<String>, ModelFault> {
        let mut found = Vec::new();
        for &byte in bytes {
            let second_half = std::mem::take(&mut self.after_return) && byte == b'\n';
            if second_half {
                continue;
            }
            match byte {
                b'\n' | b'\r' => {
                    self.after_return = byte == b'\r';
                    found.extend(self.end_line()?);
                }
                _ if self.line.len() + self.data.len() >= LARGEST_EVENT => return Err(ModelFault::TooLarge),
                _ => self.line.push(byte),
            }
        }
        Ok(found)
    }

    /// The stream is over: what stands in the buffer is the last event, if servers forget the blank line behind it.
    pub(crate) fn finish(&mut self) -> Result<Option<String>, ModelFault> {
        let last = self.end_line()?;
        Ok(last.or(self.end_event()?))
    }

    fn end_line(&mut self) -> Result<Option<String>, ModelFault> {
        let mut line = std::mem::take(&mut self.line);
        if !std::mem::replace(&mut self.begun, true) && line.starts_with(b"\xef\xbb\xbf") {
            line.drain(..3);
        }
        if line.is_empty() {
            return self.end_event();
        }
        // Comments, event names, ids and retry hints are not needed here.
        let Some(rest) = line.strip_prefix(b"data") else { return Ok(None) };
        let value = match rest.strip_prefix(b":") {
            Some(value) => value.strip_prefix(b" ").unwrap_or(value),
            None if rest.is_empty() => rest,
            None => return Ok(None),
        };
        if std::mem::replace(&mut self.has_data, true) {
            self.data.push(b'\n');
        }
        self.data.extend_from_slice(value);
        Ok(None)
    }

    fn end_event(&mut self) -> Result<Option<String>, ModelFault> {
        let data = std::mem::take(&mut self.data);
        if !std::mem::take(&mut self.has_data) {
            return Ok(None);
        }
        String::from_utf8(data).map(Some).map_err(|_| ModelFault::Malformed)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn all(pieces: &[&[u8]]) -> Result<Vec<String>, ModelFault> {
        let mut events = Events::default();
        let mut found = Vec::new();
        for piece in pieces {
            found.extend(events.push(piece)?);
        }
        found.extend(events.finish()?);
        Ok(found)
    }

    #[test]
    fn every_line_end_comment_and_spelling_is_understood() {
        let stream = b"\xef\xbb\xbfdata: a\r\n\r\n: comment\nevent: x\nid: 1\nretry: 5\ndata:b\n\ndata: c\rdata:  d\r\rdatax: no\n\ndata\n\n";
        assert_eq!(all(&[stream]).unwrap(), ["a", "b", "c\n d", ""]);
    }

    #[test]
    fn the_last_event_needs_no_blank_line() {
        assert_eq!(all(&[b"data: a\n\ndata: [DONE]"]).unwrap(), ["a", "[DONE]"]);
        assert_eq!(all(&[b"data: a\n\ndata: [DONE]\n"]).unwrap(), ["a", "[DONE]"]);
    }

    #[test]
    fn broken_characters_and_giant_events_are_faults() {
        assert_eq!(all(&[b"data: \xff\xfe\n\n"]), Err(ModelFault::Malformed));
        let giant = vec![b'a'; LARGEST_EVENT + 10];
        assert_eq!(all(&[b"data: ", &giant]), Err(ModelFault::TooLarge));
        let lines = b"data: aaaaaaaaaaaaaaaaaaaaaaaaaaaa\n".repeat(LARGEST_EVENT / 28 + 1);
        assert_eq!(all(&[&lines]), Err(ModelFault::TooLarge));
    }

    proptest! {
        #[test]
        fn it_does_not_matter_where_the_stream_is_cut(cuts in proptest::collection::vec(0usize..70, 0..12)) {
            let stream = "data: é世界\r\n\r\ndata:b\r\rdata: c\ndata: 🏔️\n\ndata: [DONE]\n\n".as_bytes();
            let mut cuts: Vec<usize> = cuts.into_iter().map(|cut| cut.min(stream.len())).collect();
            cuts.extend([0, stream.len()]);
            cuts.sort_unstable();
            let pieces: Vec<&[u8]> = cuts.windows(2).map(|pair| &stream[pair[0]..pair[1]]).collect();
            prop_assert_eq!(all(&pieces).unwrap(), vec!["é世界", "b", "c\n🏔️", "[DONE]"]);
        }

        #[test]
        fn noise_never_panics(noise in proptest::collection::vec(any::<u8>(), 0..400)) {
            let _ = all(&[&noise]);
        }
    }
}
