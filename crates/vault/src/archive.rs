//! A sealed file of any length: chunks of AES-256-GCM in the STREAM construction (Hoang, Reyhanitabar, Rogaway and Vizár 2015),
//! so that it can be written and read without holding it, and every cut, swap or flipped bit is found.
//!
//! `CFDARCH1 | length of head (u32) | head (JSON) | chunk | … | last chunk`. A chunk is 64 KiB sealed, only the last may be
//! shorter. The key is derived for this one file from the master key and the head's salt; the nonce is the chunk's number
//! and whether it is the last; the head is authenticated with each chunk. Nothing of the contents is in the head.

use std::io::{self, ErrorKind, Read, Write};

use aws_lc_rs::aead::{AES_256_GCM, Aad, LessSafeKey, Nonce, UnboundKey};
use aws_lc_rs::digest::{SHA256, digest};
use data_encoding::HEXLOWER;
use model::{Moment, World};
use serde::{Deserialize, Serialize};
use thiserror::Error;
use zeroize::Zeroizing;

use crate::derive::{child, hkdf_sha256};
use crate::{MasterKey, Signer};

const MAGIC: &[u8; 8] = b"CFDARCH1";
const CHUNK: usize = 64 * 1024;
const TAG: usize = 16;
/// The version of the format that this program writes, and the newest it reads.
pub const ARCHIVE_VERSION: u32 = 1;
/// No head of ours is longer.
const LONGEST_HEAD: usize = 64 * 1024;

/// What stands before the chunks, in the clear: nothing about anybody.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub struct Head {
    /// The version of the format.
    pub version: u32,
    /// What is inside: `data`, `keys` or `organisation`.
    pub kind: String,
    /// Which installation can open it: a fingerprint of its public key.
    pub installation: String,
    /// When it was begun.
    pub created_at: Moment,
    /// The version of the schema inside.
    pub schema: i64,
    /// How many lines the ledger of erasures had.
    pub ledger: i64,
    /// A fingerprint of the newest of them, if there was one; earlier versions did not write it.
    #[serde(default, skip_serializing_if = "Option::is_none")]
    pub newest: Option<String>,
    /// Makes the key of this file, hexadecimal.
    pub salt: String,
}

/// Why an archive cannot be read. One clear sentence each.
#[derive(Debug, Error)]
pub enum ArchiveError {
    /// Not one of ours.
    #[error("this file is no archive of Confidante")]
    Foreign,
    /// From a newer program.
    #[error("this archive was written by a newer version of Confidante; this one will not touch it")]
    Newer,
    /// Sealed by another installation.
    #[error("this archive belongs to another installation: it was sealed under another master key")]
    AnotherInstallation,
    /// The end is missing.
    #[error("this archive ends too early: its last part is missing")]
    Truncated,
    /// A bit was flipped, a part was moved, or something was added.
    #[error("this archive was changed or is damaged (part {0} does not fit)")]
    Altered(u64),
    /// The file system failed.
    #[error("the file cannot be read or written: {0}")]
    File(#[from] io::Error),
}

/// What seals and opens the archives of one installation: derived from the master key. Cheap to clone.
#[derive(Clone)]
pub struct ArchiveKey {
    parent: Zeroizing<[u8; 32]>,
    installation: String,
}

impl ArchiveKey {
    /// The key of the installation with this master key.
    pub fn new(master: &MasterKey) -> Self {
        let fingerprint = digest(&SHA256, &Signer::new(master).public_key());
        let installation = fingerprint.as_ref().iter().take(8).map(|byte| format!("{byte:02x}")).collect();
        Self { parent: Zeroizing::new(master.derive("archives")), installation }
    }

    fn of_file(&self, head: &Head) -> Zeroizing<[u8; 32]> {
        let salted =
            Zeroizing::new(hkdf_sha256(head.salt.as_bytes(), self.parent.as_slice(), b"confidante archive v1"));
        child(&salted, &head.kind)
    }
}

struct Chunks {
    key: LessSafeKey,
    head: Vec<u8>,
    next: u64,
}

impl Chunks {
    #[expect(clippy::expect_used, reason = "any 32 bytes are an AES-256 key")]
    fn new(key: &ArchiveKey, head: &Head, text: &[u8]) -> Self {
        let key = UnboundKey::new(&AES_256_GCM, key.of_file(head).as_slice()).expect("32 bytes are a key");
        Self { key: LessSafeKey::new(key), head: digest(&SHA256, text).as_ref().to_vec(), next: 0 }
    }

    fn nonce(&self, last: bool) -> Nonce {
        let mut bytes = [0u8; 12];
        for (to, from) in bytes.iter_mut().zip(self.next.to_be_bytes().into_iter().chain([u8::from(last)])) {
            *to = from;
        }
        Nonce::assume_unique_for_key(bytes)
    }

    fn seal(&mut self, chunk: &mut Vec<u8>, last: bool) -> io::Result<()> {
        let sealed = self.key.seal_in_place_append_tag(self.nonce(last), Aad::from(&self.head), chunk);
        self.next += 1;
        sealed.map_err(|_| io::Error::other("a part could not be sealed"))
    }

    fn open(&self, chunk: &[u8], last: bool) -> Option<Vec<u8>> {
        let mut plain = chunk.to_vec();
        let length = self.key.open_in_place(self.nonce(last), Aad::from(&self.head), &mut plain).ok()?.len();
        plain.truncate(length);
        Some(plain)
    }
}

/// Writes an archive; without [`ArchiveWriter::finish`] it is truncated, and says so to whoever reads it.
pub struct ArchiveWriter<W: Write> {
    to: W,
    chunks: Chunks,
    waiting: Vec<u8>,
}

impl<W: Write> ArchiveWriter<W> {
    /// Begins an archive. Version, installation and salt of `head` are filled in here.
    pub fn begin(mut to: W, key: &ArchiveKey, world: &World, mut head: Head) -> io::Result<Self> {
        head.version = ARCHIVE_VERSION;
        head.installation.clone_from(&key.installation);
        head.salt = HEXLOWER.encode(&world.random::<32>());
        let text = serde_json::to_vec(&head)?;
        to.write_all(MAGIC)?;
        to.write_all(&u32::try_from(text.len()).unwrap_or(u32::MAX).to_be_bytes())?;
        to.write_all(&text)?;
        let chunks = Chunks::new(key, &head, &text);
        Ok(Self { to, chunks, waiting: Vec::with_capacity(CHUNK + TAG) })
    }

    /// The last chunk; answers with what lies beneath, to be flushed to the disk.
    pub fn finish(mut self) -> io::Result<W> {
        let mut last = std::mem::take(&mut self.waiting);
        self.chunks.seal(&mut last, true)?;
        self.to.write_all(&last)?;
        self.to.flush()?;
        Ok(self.to)
    }
}

impl<W: Write> Write for ArchiveWriter<W> {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        // A full chunk waits until there is more: only then is it known not to be the last.
        if self.waiting.len() == CHUNK {
            self.chunks.seal(&mut self.waiting, false)?;
            self.to.write_all(&self.waiting)?;
            self.waiting.clear();
        }
        let taken = bytes.len().min(CHUNK - self.waiting.len());
        self.waiting.extend(bytes.iter().take(taken));
        Ok(taken)
    }

    fn flush(&mut self) -> io::Result<()> {
        self.to.flush()
    }
}

/// Reads the head of an archive without opening anything.
pub fn archive_head(from: &mut impl Read) -> Result<Head, ArchiveError> {
    read_head(from).map(|(head, _)| head)
}

fn read_head(from: &mut impl Read) -> Result<(Head, Vec<u8>), ArchiveError> {
    let mut begin = [0u8; 12];
    from.read_exact(&mut begin).map_err(short)?;
    let (magic, length) = begin.split_at(MAGIC.len());
    let length = u32::from_be_bytes(length.try_into().unwrap_or_default()) as usize;
    if magic != MAGIC || length > LONGEST_HEAD {
        return Err(ArchiveError::Foreign);
    }
    let mut text = vec![0; length];
    from.read_exact(&mut text).map_err(short)?;
    let version: serde_json::Value = serde_json::from_slice(&text).map_err(|_| ArchiveError::Foreign)?;
    match version.get("version").and_then(serde_json::Value::as_u64) {
        Some(version) if version > u64::from(ARCHIVE_VERSION) => return Err(ArchiveError::Newer),
        Some(_) => {}
        None => return Err(ArchiveError::Foreign),
    }
    let head = serde_json::from_slice(&text).map_err(|_| ArchiveError::Foreign)?;
    Ok((head, text))
}

fn short(error: io::Error) -> ArchiveError {
    if error.kind() == ErrorKind::UnexpectedEof { ArchiveError::Foreign } else { error.into() }
}

/// Reads an archive. Its errors come as [`io::Error`] with an [`ArchiveError`] inside, see [`ArchiveError::of`].
pub struct ArchiveReader<R: Read> {
    from: R,
    chunks: Chunks,
    /// Read ahead, sealed: a chunk is the last if nothing follows it.
    ahead: Vec<u8>,
    open: Vec<u8>,
    given: usize,
    ended: bool,
}

impl<R: Read> ArchiveReader<R> {
    /// Reads the head and makes ready to read the rest.
    pub fn begin(mut from: R, key: &ArchiveKey) -> Result<(Head, Self), ArchiveError> {
        let (head, text) = read_head(&mut from)?;
        if head.installation != key.installation {
            return Err(ArchiveError::AnotherInstallation);
        }
        let chunks = Chunks::new(key, &head, &text);
        let mut reader = Self { from, chunks, ahead: Vec::new(), open: Vec::new(), given: 0, ended: false };
        reader.ahead = reader.sealed_chunk()?;
        Ok((head, reader))
    }

    fn sealed_chunk(&mut self) -> io::Result<Vec<u8>> {
        let mut chunk = Vec::with_capacity(CHUNK + TAG);
        (&mut self.from).take((CHUNK + TAG) as u64).read_to_end(&mut chunk)?;
        Ok(chunk)
    }

    fn advance(&mut self) -> Result<(), ArchiveError> {
        let following = self.sealed_chunk()?;
        let last = following.is_empty();
        let number = self.chunks.next;
        self.open = match self.chunks.open(&self.ahead, last) {
            Some(plain) => plain,
            // It fits as a part in the middle: what should follow is missing.
            None if last && (self.ahead.is_empty() || self.chunks.open(&self.ahead, false).is_some()) => {
                return Err(ArchiveError::Truncated);
            }
            // Neither whole nor full: cut inside a part, or altered there; the length tells which is likelier.
            None if last && self.ahead.len() < TAG => return Err(ArchiveError::Truncated),
            None => return Err(ArchiveError::Altered(number)),
        };
        self.chunks.next += 1;
        (self.ahead, self.given, self.ended) = (following, 0, last);
        Ok(())
    }
}

impl<R: Read> Read for ArchiveReader<R> {
    fn read(&mut self, into: &mut [u8]) -> io::Result<usize> {
        while self.given == self.open.len() {
            if self.ended {
                return Ok(0);
            }
            self.advance().map_err(io::Error::other)?;
        }
        let rest = self.open.get(self.given..).unwrap_or_default();
        let taken = rest.len().min(into.len());
        for (to, from) in into.iter_mut().zip(rest) {
            *to = *from;
        }
        self.given += taken;
        Ok(taken)
    }
}

impl ArchiveError {
    /// The archive's error inside an error of reading.
    pub fn of(error: io::Error) -> Self {
        match error.downcast::<ArchiveError>() {
            Ok(inner) => inner,
            Err(error) => ArchiveError::File(error),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use model::World;

    fn world() -> World {
        model::World { clock: std::sync::Arc::new(Still), chance: std::sync::Arc::new(Still) }
    }

    struct Still;
    impl model::Clock for Still {
        fn now(&self) -> Moment {
            Moment::from_millis(1)
        }
    }
    impl model::Chance for Still {
        fn fill(&self, bytes: &mut [u8]) {
            bytes.fill(4);
        }
    }

    fn head() -> Head {
        let kind = "data".to_owned();
        let (installation, salt) = (String::new(), String::new());
        Head {
            version: 0,
            kind,
            installation,
            created_at: Moment::from_millis(1),
            schema: 1,
            ledger: 0,
            newest: None,
            salt,
        }
    }

    fn key(byte: u8) -> ArchiveKey {
        ArchiveKey::new(&MasterKey::from_bytes([byte; 32]))
    }

    fn sealed(bytes: &[u8]) -> Vec<u8> {
        let mut writer = ArchiveWriter::begin(Vec::new(), &key(1), &world(), head()).unwrap();
        writer.write_all(bytes).unwrap();
        writer.finish().unwrap()
    }

    fn opened(file: &[u8], by: &ArchiveKey) -> Result<Vec<u8>, ArchiveError> {
        let (_, mut reader) = ArchiveReader::begin(file, by)?;
        let mut bytes = Vec::new();
        reader.read_to_end(&mut bytes).map_err(ArchiveError::of)?;
        Ok(bytes)
    }

    #[test]
    fn what_was_written_is_read_whatever_its_length() {
        for length in [0, 1, CHUNK - 1, CHUNK, CHUNK + 1, 3 * CHUNK, 3 * CHUNK + 7] {
            let bytes: Vec<u8> = (0..length).map(|n| (n % 251) as u8).collect();
            let file = sealed(&bytes);
            assert_eq!(opened(&file, &key(1)).unwrap(), bytes, "{length}");
            assert!(length < 16 || !file.windows(16).any(|window| window == &bytes[..16]));
        }
    }

    #[test]
    fn a_cut_anywhere_is_found() {
        let file = sealed(&vec![5; 3 * CHUNK]);
        let begin = file.len() - 3 * (CHUNK + TAG);
        for cut in [begin, begin + (CHUNK + TAG), begin + 2 * (CHUNK + TAG)] {
            assert!(matches!(opened(&file[..cut], &key(1)), Err(ArchiveError::Truncated)), "between two parts: {cut}");
        }
        for cut in [file.len() - 1, file.len() - CHUNK, begin + 1, begin - 1, 11, 3, 0] {
            assert!(opened(&file[..cut], &key(1)).is_err(), "{cut}");
        }
    }

    #[test]
    fn every_flipped_bit_swap_and_addition_is_found() {
        let file = sealed(&vec![5; 2 * CHUNK + 100]);
        for place in (0..file.len()).step_by(97).chain([file.len() - 1]) {
            let mut other = file.clone();
            other[place] ^= 1;
            assert!(opened(&other, &key(1)).is_err(), "byte {place}");
        }
        let begin = file.len() - 2 * (CHUNK + TAG) - 100 - TAG;
        let mut swapped = file[..begin].to_vec();
        swapped.extend(&file[begin + CHUNK + TAG..begin + 2 * (CHUNK + TAG)]);
        swapped.extend(&file[begin..begin + CHUNK + TAG]);
        swapped.extend(&file[begin + 2 * (CHUNK + TAG)..]);
        assert!(matches!(opened(&swapped, &key(1)), Err(ArchiveError::Altered(0))));
        let longer = [file.as_slice(), b"more"].concat();
        assert!(opened(&longer, &key(1)).is_err());
    }

    #[test]
    fn another_installation_and_a_newer_version_are_named() {
        let file = sealed(b"words");
        assert!(matches!(opened(&file, &key(2)), Err(ArchiveError::AnotherInstallation)));
        let mut newer = file.clone();
        let place = newer.windows(10).position(|window| window == b"version\":1").unwrap() + 9;
        newer[place] = b'9';
        assert!(matches!(opened(&newer, &key(1)), Err(ArchiveError::Newer)));
        assert!(matches!(opened(b"PK\x03\x04 something else", &key(1)), Err(ArchiveError::Foreign)));
    }
}
