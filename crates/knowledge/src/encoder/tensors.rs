//! Reads tensors of 32-bit floats from a safetensors file: a length, a JSON table of names and places, and the numbers.

use std::collections::HashMap;

use ndarray::{Array1, Array2};
use serde_json::Value;

use super::EncoderFault;

/// The tensors of one file.
pub(super) struct Tensors<'a> {
    /// By name: the form of its numbers, its shape, and where it begins and ends.
    table: HashMap<String, Value>,
    numbers: &'a [u8],
}

impl<'a> Tensors<'a> {
    pub(super) fn read(file: &'a [u8]) -> Result<Self, EncoderFault> {
        let broken = || EncoderFault::Form("no table of tensors".to_owned());
        let (length, rest) = file.split_first_chunk::<8>().ok_or_else(broken)?;
        let length = usize::try_from(u64::from_le_bytes(*length)).map_err(|_| broken())?;
        let (table, numbers) = rest.split_at_checked(length).ok_or_else(broken)?;
        let table = serde_json::from_slice(table).map_err(|_| broken())?;
        Ok(Self { table, numbers })
    }

    pub(super) fn matrix(&self, name: &str) -> Result<Array2<f32>, EncoderFault> {
        let (shape, numbers) = self.numbers_of(name)?;
        let shape = shape.as_slice();
        let [rows, columns] = *shape else { return Err(EncoderFault::Form(format!("{name} is no matrix"))) };
        Array2::from_shape_vec((rows, columns), numbers).map_err(|fault| EncoderFault::Form(format!("{name}: {fault}")))
    }

    pub(super) fn vector(&self, name: &str) -> Result<Array1<f32>, EncoderFault> {
        Ok(Array1::from_vec(self.numbers_of(name)?.1))
    }

    fn numbers_of(&self, name: &str) -> Result<(Vec<usize>, Vec<f32>), EncoderFault> {
        let missing = || EncoderFault::Form(format!("no tensor {name} of 32-bit floats"));
        let entry = self.table.get(name).filter(|entry| entry["dtype"] == "F32").ok_or_else(missing)?;
        let list = |key: &str| -> Option<Vec<usize>> {
            entry[key].as_array()?.iter().map(|number| usize::try_from(number.as_u64()?).ok()).collect()
        };
        let (shape, place) = (list("shape").ok_or_else(missing)?, list("data_offsets").ok_or_else(missing)?);
        let [from, to] = *place.as_slice() else { return Err(missing()) };
        let (numbers, rest) = self.numbers.get(from..to).ok_or_else(missing)?.as_chunks::<4>();
        if !rest.is_empty() || shape.iter().try_fold(1usize, |all, side| all.checked_mul(*side)) != Some(numbers.len())
        {
            return Err(missing());
        }
        Ok((shape, numbers.iter().map(|bytes| f32::from_le_bytes(*bytes)).collect()))
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn file(table: &str, numbers: &[f32]) -> Vec<u8> {
        let mut file = u64::try_from(table.len()).unwrap().to_le_bytes().to_vec();
        file.extend_from_slice(table.as_bytes());
        numbers.iter().for_each(|number| file.extend_from_slice(&number.to_le_bytes()));
        file
    }

    #[test]
    fn a_tensor_is_read_and_a_broken_file_is_refused() {
        let table = r#"{"__metadata__":{"format":"pt"},"w":{"dtype":"F32","shape":[2,2],"data_offsets":[0,16]},"far":{"dtype":"F32","shape":[9],"data_offsets":[0,36]}}"#;
        let whole = file(table, &[1.0, 2.0, 3.0, 4.0]);
        let tensors = Tensors::read(&whole).unwrap();
        assert_eq!(tensors.matrix("w").unwrap()[[1, 0]], 3.0);
        assert!(tensors.vector("far").is_err() && tensors.matrix("none").is_err());
        for broken in [&b""[..], &whole[..20], &[0xff; 64]] {
            assert!(Tensors::read(broken).is_err());
        }
    }
}
