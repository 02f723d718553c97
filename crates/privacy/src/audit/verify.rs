//! Verifies an exported log without any network or database: `confidante audit verify FILE`.

use std::io::BufRead;

use data_encoding::HEXLOWER;
use model::Moment;
use serde_json::Value as Json;
use thiserror::Error;

use super::chain::{Chain, Flaw};
use super::checkpoint::FORMAT as CHECKPOINT;
use super::entry::{Entry, GENESIS};
use super::export::{END, FORMAT};
use crate::signed::{self, Unsigned};

/// What a sound export says.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    /// Whose log.
    pub organisation: String,
    /// The number of the first entry.
    pub first: i64,
    /// The number of the last entry.
    pub last: i64,
    /// Checkpoints on the way.
    pub checkpoints: u64,
    /// Ids that were shredded with their persons.
    pub shredded: u64,
    /// When it was exported.
    pub exported_at: Moment,
    /// The signer's public key, base64.
    pub public_key: String,
}

/// Why an export is not what it claims to be.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Invalid {
    /// It cannot be read, or is no export of a known version.
    #[error("this file is not an audit export of a version this program knows")]
    NotExport,
    /// A line is no JSON of ours.
    #[error("line {0} is damaged")]
    Line(u64),
    /// The chain is broken.
    #[error("{0}")]
    Chain(#[from] Flaw),
    /// A checkpoint or the last line is not signed as it should be.
    #[error("line {line}: {why}")]
    Unsigned {
        /// Which line.
        line: u64,
        /// Why.
        why: Unsigned,
    },
    /// The signed last line is missing: something was cut off.
    #[error("the file ends too early: its signed last line is missing")]
    NoEnd,
    /// There is more after the signed last line, or it speaks of another begin or end.
    #[error("the signed last line does not fit the rest: entries were removed or added")]
    WrongEnd,
    /// The log does not go through a checkpoint that was kept elsewhere.
    #[error("the log does not go through the earlier checkpoint that was given: it was rewritten or shortened")]
    NotOnTheWay,
}

/// A checkpoint that was kept elsewhere (from an earlier export, say): the log must go through it.
pub struct Witness {
    seq: i64,
    hash: String,
}

impl Witness {
    /// From a signed checkpoint's JSON.
    pub fn read(text: &str, key: Option<&str>) -> Result<Self, Invalid> {
        let document: Json = serde_json::from_str(text).map_err(|_| Invalid::NotExport)?;
        signed::check(&document, CHECKPOINT, key).map_err(|why| Invalid::Unsigned { line: 1, why })?;
        Ok(Self { seq: number(&document, "seq")?, hash: text_of(&document, "hash")? })
    }
}

struct Walk {
    organisation: String,
    begin: (i64, String),
    chain: Chain,
    checkpoints: u64,
    key: Option<String>,
    ended: Option<Json>,
    witnessed: bool,
}

/// Verifies a whole export, read line by line; `key` is the installation's public key (base64), where it is known.
pub fn export(file: impl BufRead, key: Option<&str>, witness: Option<&Witness>) -> Result<Verified, Invalid> {
    let mut walk: Option<Walk> = None;
    for (number, text) in (1..).zip(file.lines()) {
        let text = text.map_err(|_| Invalid::Line(number))?;
        let line: Json = serde_json::from_str(&text).map_err(|_| first(number, Invalid::Line(number)))?;
        match (&mut walk, line.get("kind").and_then(Json::as_str)) {
            (None, Some("begin")) => walk = Some(begun(&line, key)?),
            (None, _) => return Err(Invalid::NotExport),
            (Some(walk), _) if walk.ended.is_some() => return Err(Invalid::WrongEnd),
            (Some(walk), Some("entry")) => walk.entry(line, number)?,
            (Some(walk), Some("checkpoint")) => walk.checkpoint(&line, number)?,
            (Some(walk), Some("end")) => walk.end(&line, number)?,
            _ => return Err(Invalid::Line(number)),
        }
        if let (Some(walk), Some(witness)) = (&mut walk, witness) {
            walk.witnessed |= walk.chain.seq == witness.seq && HEXLOWER.encode(&walk.chain.hash) == witness.hash;
        }
    }
    let walk = walk.ok_or(Invalid::NotExport)?;
    if witness.is_some_and(|witness| !walk.witnessed && witness.seq > walk.begin.0) {
        return Err(Invalid::NotOnTheWay);
    }
    walk.verified()
}

fn first(number: u64, otherwise: Invalid) -> Invalid {
    if number == 1 { Invalid::NotExport } else { otherwise }
}

fn begun(line: &Json, key: Option<&str>) -> Result<Walk, Invalid> {
    if text_of(line, "format")? != FORMAT {
        return Err(Invalid::NotExport);
    }
    let (after, previous) = (number(line, "after")?, text_of(line, "previous")?);
    let hash = HEXLOWER.decode(previous.as_bytes()).map_err(|_| Invalid::NotExport)?;
    if after == 0 && hash != GENESIS {
        return Err(Invalid::WrongEnd);
    }
    Ok(Walk {
        organisation: text_of(line, "organisation")?,
        begin: (after, previous),
        chain: Chain::from(after, hash),
        checkpoints: 0,
        key: key.map(|key| key.trim().to_owned()),
        ended: None,
        witnessed: false,
    })
}

impl Walk {
    fn entry(&mut self, mut line: Json, number: u64) -> Result<(), Invalid> {
        if let Some(fields) = line.as_object_mut() {
            fields.remove("kind");
        }
        let entry: Entry = serde_json::from_value(line).map_err(|_| Invalid::Line(number))?;
        if entry.organisation != self.organisation {
            return Err(Flaw::Changed(entry.seq).into());
        }
        Ok(self.chain.step(&entry)?)
    }

    /// The first signature decides whose key it is; all others must be of the same.
    fn signed<'a>(&mut self, line: &'a Json, format: &str, number: u64) -> Result<&'a Json, Invalid> {
        let document = line.get("signed").ok_or(Invalid::Line(number))?;
        let key = signed::check(document, format, self.key.as_deref());
        self.key = Some(key.map_err(|why| Invalid::Unsigned { line: number, why })?);
        if text_of(document, "organisation")? != self.organisation {
            return Err(Invalid::Line(number));
        }
        Ok(document)
    }

    fn checkpoint(&mut self, line: &Json, at: u64) -> Result<(), Invalid> {
        let document = self.signed(line, CHECKPOINT, at)?;
        let hash = HEXLOWER.decode(text_of(document, "hash")?.as_bytes()).map_err(|_| Invalid::Line(at))?;
        self.chain.meets(number(document, "seq")?, &hash)?;
        self.checkpoints += 1;
        Ok(())
    }

    fn end(&mut self, line: &Json, at: u64) -> Result<(), Invalid> {
        let document = self.signed(line, END, at)?.clone();
        let fits = number(&document, "after")? == self.begin.0
            && text_of(&document, "previous")? == self.begin.1
            && number(&document, "last")? == self.chain.seq
            && text_of(&document, "hash")? == HEXLOWER.encode(&self.chain.hash);
        self.ended = Some(document);
        if fits { Ok(()) } else { Err(Invalid::WrongEnd) }
    }

    fn verified(self) -> Result<Verified, Invalid> {
        let end = self.ended.ok_or(Invalid::NoEnd)?;
        Ok(Verified {
            organisation: self.organisation,
            first: self.begin.0 + 1,
            last: self.chain.seq,
            checkpoints: self.checkpoints,
            shredded: self.chain.shredded,
            exported_at: Moment::from_millis(number(&end, "exported_at")?),
            public_key: self.key.unwrap_or_default(),
        })
    }
}

fn text_of(document: &Json, name: &str) -> Result<String, Invalid> {
    document.get(name).and_then(Json::as_str).map(str::to_owned).ok_or(Invalid::NotExport)
}

fn number(document: &Json, name: &str) -> Result<i64, Invalid> {
    document.get(name).and_then(Json::as_i64).ok_or(Invalid::NotExport)
}
