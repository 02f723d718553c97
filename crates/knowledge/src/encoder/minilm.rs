//! MiniLM: a small transformer (six layers of BERT, mean of the outputs) run on this machine, one thread, 32-bit floats.

use std::path::Path;

use aws_lc_rs::digest::{SHA256, digest};
use ndarray::{Array1, Array2, ArrayView2, Axis, s};

use super::tensors::Tensors;
use super::wordpiece::WordPiece;
use super::{Encoder, EncoderFault};

/// The model reads so many pieces of words and no more.
const MOST_PIECES: usize = 256;
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

impl MiniLm {
    /// Loads `model.safetensors` and `vocab.txt` from a folder. `sha256` (hexadecimal) must be that of the weights.
    ///
    /// # Errors
    /// A file is missing, the weights are not the named ones, or they are of another form.
    pub fn load(folder: &Path, sha256: &str) -> Result<Self, EncoderFault> {
        let read = |name: &str| {
            let path = folder.join(name);
            std::fs::read(&path).map_err(|_| EncoderFault::Missing(path.display().to_string()))
        };
        let file = read("model.safetensors")?;
        let found = data_encoding::HEXLOWER.encode(digest(&SHA256, &file).as_ref());
        if found != sha256.trim().to_lowercase() {
            return Err(EncoderFault::Changed { found });
        }
        let vocabulary = read("vocab.txt")?;
        let words = WordPiece::read(&String::from_utf8_lossy(&vocabulary));
        let words = words.ok_or_else(|| EncoderFault::Form("vocab.txt lacks its marks".to_owned()))?;
        let tensors = Tensors::read(&file)?;
        let kinds = tensors.matrix("embeddings.token_type_embeddings.weight")?;
        let mut layers = Vec::new();
        while tensors.vector(&format!("encoder.layer.{}.output.dense.bias", layers.len())).is_ok() {
            layers.push(Layer::read(&tensors, layers.len())?);
        }
        Ok(Self {
            words,
            pieces: tensors.matrix("embeddings.word_embeddings.weight")?,
            places: tensors.matrix("embeddings.position_embeddings.weight")?,
            kind: kinds.row(0).to_owned(),
            first: Norm::read(&tensors, "embeddings.LayerNorm")?,
            layers,
        })
    }
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
    fn read(tensors: &Tensors<'_>, name: &str) -> Result<Self, EncoderFault> {
        Ok(Self { weight: tensors.matrix(&format!("{name}.weight"))?, bias: tensors.vector(&format!("{name}.bias"))? })
    }

    fn apply(&self, x: &Array2<f32>) -> Array2<f32> {
        x.dot(&self.weight.t()) + &self.bias
    }
}

impl Norm {
    fn read(tensors: &Tensors<'_>, name: &str) -> Result<Self, EncoderFault> {
        Ok(Self { scale: tensors.vector(&format!("{name}.weight"))?, shift: tensors.vector(&format!("{name}.bias"))? })
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
    fn read(tensors: &Tensors<'_>, number: usize) -> Result<Self, EncoderFault> {
        let name = |part: &str| format!("encoder.layer.{number}.{part}");
        let linear = |part: &str| Linear::read(tensors, &name(part));
        Ok(Self {
            query: linear("attention.self.query")?,
            key: linear("attention.self.key")?,
            value: linear("attention.self.value")?,
            gather: linear("attention.output.dense")?,
            after_attention: Norm::read(tensors, &name("attention.output.LayerNorm"))?,
            widen: linear("intermediate.dense")?,
            narrow: linear("output.dense")?,
            after_all: Norm::read(tensors, &name("output.LayerNorm"))?,
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

    #[test]
    fn a_folder_without_a_model_and_changed_weights_are_refused() {
        let folder = std::env::temp_dir().join(format!("confidante-encoder-{}", std::process::id()));
        assert!(matches!(MiniLm::load(&folder, "00"), Err(EncoderFault::Missing(_))));
        std::fs::create_dir_all(&folder).unwrap();
        std::fs::write(folder.join("model.safetensors"), b"other weights").unwrap();
        assert!(matches!(MiniLm::load(&folder, "00"), Err(EncoderFault::Changed { .. })));
        std::fs::remove_dir_all(&folder).unwrap();
    }
}
