//! MiniLM: a small transformer (six layers of BERT, mean of the outputs) run on this machine, one thread, 32-bit floats.

use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use ndarray::{Array1, Array2, ArrayView2, Axis, s};

use super::tensors::Tensors;
use super::wordpiece::WordPiece;
use super::{Encoder, EncoderFault};

/// The model reads so many pieces of words and no more.
const MOST_PIECES: usize = 256;
/// A text is at least its two marks long.
const FEWEST_PLACES: usize = 2;
/// Each layer looks in twelve ways.
const HEADS: usize = 12;
/// What keeps a division from being one by zero, as the model was trained.
const EPSILON: f32 = 1e-12;

/// A linear map: weights as they lie in the file, one row an output.
struct Linear {
    weight: Array2<f32>,
    bias: Array1<f32>,
}

struct Norm {
    scale: Array1<f32>,
    shift: Array1<f32>,
}

struct Layer {
    query: Linear,
    key: Linear,
    value: Linear,
    gather: Linear,
    after_attention: Norm,
    widen: Linear,
    narrow: Linear,
    after_all: Norm,
}

/// The model with its weights in memory.
pub struct MiniLm {
    words: WordPiece,
    pieces: Array2<f32>,
    places: Array2<f32>,
    kind: Array1<f32>,
    first: Norm,
    layers: Vec<Layer>,
}

/// What the files of the model must be: SHA-256 in hexadecimal.
#[derive(Clone, Copy, Debug)]
pub struct Hashes<'a> {
    /// Of `model.safetensors`.
    pub weights: &'a str,
    /// Of `vocab.txt`.
    pub vocabulary: &'a str,
}

impl MiniLm {
    /// Loads `model.safetensors` and `vocab.txt` from a folder; no byte is looked at before its hash is right.
    ///
    /// # Errors
    /// A file is missing, is not the named one, or holds no model of this form.
    pub fn load(folder: &Path, hashes: Hashes<'_>) -> Result<Self, EncoderFault> {
        let file = read(folder, "model.safetensors", hashes.weights)?;
        let vocabulary = read(folder, "vocab.txt", hashes.vocabulary)?;
        let words = WordPiece::read(&String::from_utf8_lossy(&vocabulary));
        let words = words.ok_or_else(|| EncoderFault::Form("vocab.txt lacks its marks".to_owned()))?;
        let tensors = Tensors::read(&file)?;
        let pieces = tensors.matrix("embeddings.word_embeddings.weight")?;
        let places = tensors.matrix("embeddings.position_embeddings.weight")?;
        let kinds = tensors.matrix("embeddings.token_type_embeddings.weight")?;
        let width = pieces.ncols();
        if width == 0 || !width.is_multiple_of(HEADS) {
            return Err(EncoderFault::Form(format!("a vector has {width} numbers, which {HEADS} heads cannot share")));
        }
        if words.len() > pieces.nrows() {
            let (known, rows) = (words.len(), pieces.nrows());
            return Err(EncoderFault::Form(format!("vocab.txt has {known} pieces for {rows} vectors")));
        }
        if places.ncols() != width || places.nrows() < FEWEST_PLACES || kinds.ncols() != width || kinds.nrows() == 0 {
            return Err(EncoderFault::Form("places or kinds are not as wide as the pieces".to_owned()));
        }
        let mut layers = Vec::new();
        while tensors.vector(&format!("encoder.layer.{}.output.dense.bias", layers.len())).is_ok() {
            layers.push(Layer::read(&tensors, layers.len(), width)?);
        }
        if layers.is_empty() {
            return Err(EncoderFault::Form("no layers".to_owned()));
        }
        let first = Norm::read(&tensors, "embeddings.LayerNorm", width)?;
        Ok(Self { words, pieces, places, kind: kinds.row(0).to_owned(), first, layers })
    }
}

/// A file whose hash is right.
fn read(folder: &Path, name: &str, sha256: &str) -> Result<Vec<u8>, EncoderFault> {
    let path = folder.join(name);
    let shown = path.display().to_string();
    let Ok(file) = std::fs::read(&path) else { return Err(EncoderFault::Missing(shown)) };
    let found = data_encoding::HEXLOWER.encode(digest(&SHA256, &file).as_ref());
    if found == sha256.trim().to_lowercase() { Ok(file) } else { Err(EncoderFault::Changed { file: shown, found }) }
}

impl Encoder for MiniLm {
    fn name(&self) -> &str {
        "all-MiniLM-L6-v2"
    }

    fn dimensions(&self) -> usize {
        self.pieces.ncols()
    }

    fn encode(&self, text: &str) -> Vec<f32> {
        let numbers = self.words.cut(text, MOST_PIECES.min(self.places.nrows()));
        let mut x = Array2::<f32>::zeros((numbers.len(), self.dimensions()));
        for ((mut row, number), place) in x.rows_mut().into_iter().zip(&numbers).zip(self.places.rows()) {
            row += &place;
            row += &self.kind;
            if (*number as usize) < self.pieces.nrows() {
                row += &self.pieces.row(*number as usize);
            }
        }
        self.first.apply(&mut x);
        for layer in &self.layers {
            x = layer.apply(&x);
        }
        let mut mean = x.mean_axis(Axis(0)).unwrap_or_else(|| Array1::zeros(self.dimensions()));
        let length = mean.dot(&mean).sqrt().max(EPSILON);
        mean /= length;
        mean.to_vec()
    }
}

impl Linear {
    /// `from` numbers in, `to` numbers out; as many as there are, where `to` is none.
    fn read(tensors: &Tensors<'_>, name: &str, (from, to): (usize, Option<usize>)) -> Result<Self, EncoderFault> {
        let weight = tensors.matrix(&format!("{name}.weight"))?;
        let bias = tensors.vector(&format!("{name}.bias"))?;
        let to = to.unwrap_or(weight.nrows());
        if weight.dim() != (to, from) || bias.len() != to {
            return Err(EncoderFault::Form(format!("{name} does not map {from} numbers to {to}")));
        }
        Ok(Self { weight, bias })
    }

    fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        x.dot(&self.weight.t()) + &self.bias
    }
}

impl Norm {
    fn read(tensors: &Tensors<'_>, name: &str, width: usize) -> Result<Self, EncoderFault> {
        let scale = tensors.vector(&format!("{name}.weight"))?;
        let shift = tensors.vector(&format!("{name}.bias"))?;
        if scale.len() != width || shift.len() != width {
            return Err(EncoderFault::Form(format!("{name} is not of {width} numbers")));
        }
        Ok(Self { scale, shift })
    }

    fn apply(&self, x: &mut Array2<f32>) {
        for mut row in x.rows_mut() {
            let mean = row.mean().unwrap_or(0.0);
            row -= mean;
            let spread = (row.dot(&row) / row.len().max(1) as f32 + EPSILON).sqrt();
            row /= spread;
            row *= &self.scale;
            row += &self.shift;
        }
    }
}

impl Layer {
    fn read(tensors: &Tensors<'_>, number: usize, width: usize) -> Result<Self, EncoderFault> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let square = |part: &str| Linear::read(tensors, &name(part), (width, Some(width)));
        let widen = Linear::read(tensors, &name("intermediate.dense"), (width, None))?;
        let narrow = Linear::read(tensors, &name("output.dense"), (widen.bias.len(), Some(width)))?;
        Ok(Self {
            query: square("attention.self.query")?,
            key: square("attention.self.key")?,
            value: square("attention.self.value")?,
            gather: square("attention.output.dense")?,
            after_attention: Norm::read(tensors, &name("attention.output.LayerNorm"), width)?,
            widen,
            narrow,
            after_all: Norm::read(tensors, &name("output.LayerNorm"), width)?,
        })
    }

    fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        let (query, key, value) = (self.query.apply(x), self.key.apply(x), self.value.apply(x));
        let mut seen = Array2::<f32>::zeros(x.raw_dim());
        let width = x.ncols() / HEADS;
        for head in 0..HEADS {
            let part = |all: &Array2<f32>| all.slice(s![.., head * width..(head + 1) * width]).to_owned();
            let look = attention(&part(&query), part(&key).view(), part(&value).view());
            seen.slice_mut(s![.., head * width..(head + 1) * width]).assign(&look);
        }
        let mut x = self.gather.apply(&seen) + x;
        self.after_attention.apply(&mut x);
        let mut wide = self.widen.apply(&x);
        wide.mapv_inplace(gelu);
        let mut x = self.narrow.apply(&wide) + &x;
        self.after_all.apply(&mut x);
        x
    }
}

fn attention(query: &Array2<f32>, key: ArrayView2<'_, f32>, value: ArrayView2<'_, f32>) -> Array2<f32> {
    let mut weights = query.dot(&key.t()) / (query.ncols() as f32).sqrt();
    for mut row in weights.rows_mut() {
        let highest = row.fold(f32::NEG_INFINITY, |a, b| a.max(*b));
        row.mapv_inplace(|weight| (weight - highest).exp());
        let all = row.sum();
        row /= all;
    }
    weights.dot(&value)
}

/// The Gaussian error linear unit; its error function after Abramowitz and Stegun, 7.1.26 (exact to 1.5e-7).
fn gelu(x: f32) -> f32 {
    let z = x.abs() * std::f32::consts::FRAC_1_SQRT_2;
    let t = 1.0 / (1.0 + 0.327_591_1 * z);
    let sum = t * (0.254_829_6 + t * (-0.284_496_74 + t * (1.421_413_7 + t * (-1.453_152 + t * 1.061_405_4))));
    let erf = (1.0 - sum * (-z * z).exp()).copysign(x);
    0.5 * x * (1.0 + erf)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_unit_gives_the_values_of_the_tables() {
        for (x, y) in [(0.0, 0.0), (1.0, 0.841_344_7), (-1.0, -0.158_655_3), (3.0, 2.995_950_3)] {
            assert!((gelu(x) - y).abs() < 1e-5, "{x}: {}", gelu(x));
        }
    }
}
