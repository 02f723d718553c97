//! Vectors in eight bits a number: an exact scan over fifty thousand of them takes a few milliseconds, no index needed.

use model::PassageId;

/// The vectors of one organisation's passages.
pub struct Vectors {
    dimensions: usize,
    ids: Vec<PassageId>,
    codes: Vec<i8>,
    /// By vector: what one step of its codes stands for.
    steps: Vec<f32>,
}

impl Vectors {
    /// No vectors yet, of this many numbers each.
    pub fn new(dimensions: usize) -> Self {
        Self { dimensions: dimensions.max(1), ids: Vec::new(), codes: Vec::new(), steps: Vec::new() }
    }

    /// Adds the vector of a passage.
    pub fn add(&mut self, id: PassageId, vector: &[f32]) {
        let (codes, step) = coded(vector);
        self.ids.push(id);
        self.codes.extend(codes.into_iter().chain(std::iter::repeat(0)).take(self.dimensions));
        self.steps.push(step);
    }

    /// Adds the vector at this place of another set.
    pub(crate) fn copy(&mut self, other: &Vectors, place: usize) {
        let codes = other.codes.get(place * other.dimensions..(place + 1) * other.dimensions);
        let (Some(id), Some(codes), Some(step)) = (other.ids.get(place), codes, other.steps.get(place)) else { return };
        self.ids.push(*id);
        self.codes.extend(codes.iter().copied().chain(std::iter::repeat(0)).take(self.dimensions));
        self.steps.push(*step);
    }

    /// The passages, in the order of adding.
    pub(crate) fn ids(&self) -> impl Iterator<Item = PassageId> {
        self.ids.iter().copied()
    }

    /// The cosine of every passage with the question, the `k` nearest first; equal ones in the order of adding.
    pub fn nearest(&self, question: &[f32], k: usize) -> Vec<(PassageId, f64)> {
        let (asked, step) = coded(question);
        // Sixteen bits beside eight: processors multiply and add such pairs in one go.
        let asked: Vec<i16> = asked.into_iter().map(i16::from).collect();
        let cosine = |(codes, own): (&[i8], &f32)| {
            let sum: i32 = codes.iter().zip(&asked).map(|(a, b)| i32::from(i16::from(*a)) * i32::from(*b)).sum();
            sum as f32 * own * step
        };
        let mut found: Vec<(f32, u32)> =
            self.codes.chunks_exact(self.dimensions).zip(&self.steps).map(cosine).zip(0..).collect();
        let ahead = |a: &(f32, u32), b: &(f32, u32)| b.0.total_cmp(&a.0).then(a.1.cmp(&b.1));
        if k > 0 && found.len() > k {
            found.select_nth_unstable_by(k - 1, ahead);
        }
        found.truncate(k);
        found.sort_unstable_by(ahead);
        let id = |(cosine, place): (f32, u32)| Some((*self.ids.get(place as usize)?, f64::from(cosine)));
        found.into_iter().filter_map(id).collect()
    }

    /// How many there are.
    pub fn len(&self) -> usize {
        self.ids.len()
    }

    /// Whether there are none.
    pub fn is_empty(&self) -> bool {
        self.ids.is_empty()
    }
}

fn coded(vector: &[f32]) -> (Vec<i8>, f32) {
    let largest = vector.iter().fold(f32::MIN_POSITIVE, |largest, number| largest.max(number.abs()));
    let step = largest / 127.0;
    #[expect(clippy::cast_possible_truncation, reason = "rounded, and never beyond 127")]
    let codes = vector.iter().map(|number| (number / step).round() as i8).collect();
    (codes, step)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::sample;

    #[test]
    fn the_nearest_is_found_and_eight_bits_are_enough() {
        let mut vectors = Vectors::new(3);
        let ids: Vec<PassageId> = (0..3).map(|_| PassageId::new(&sample::world())).collect();
        for (id, vector) in ids.iter().zip([[1.0, 0.0, 0.0], [0.6, 0.8, 0.0], [0.0, 0.0, 1.0]]) {
            vectors.add(*id, &vector);
        }
        let found = vectors.nearest(&[0.8, 0.6, 0.0], 2);
        assert_eq!((found[0].0, found[1].0, vectors.len()), (ids[1], ids[0], 3));
        assert!((found[0].1 - 0.96).abs() < 0.01 && (found[1].1 - 0.8).abs() < 0.01);
    }
}
