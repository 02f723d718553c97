//! Intervals: Wilson's for a share, and a bootstrap over cases for everything that is no plain share.

/// How often the bootstrap draws.
const DRAWS: usize = 1000;

/// Wilson's 95 % interval for `hits` of `size` (E. B. Wilson, 1927): right also near 0 and 1 and for few cases.
#[expect(clippy::cast_precision_loss, reason = "counts of cases are small")]
pub fn wilson(hits: usize, size: usize) -> (f64, f64) {
    if size == 0 {
        return (0.0, 1.0);
    }
    let (n, z) = (size as f64, 1.959_964);
    let share = hits as f64 / n;
    let centre = share + z * z / (2.0 * n);
    let spread = z * (share * (1.0 - share) / n + z * z / (4.0 * n * n)).sqrt();
    let scale = 1.0 + z * z / n;
    (((centre - spread) / scale).max(0.0), ((centre + spread) / scale).min(1.0))
}

/// The 95 % percentile interval of `measure` over cases drawn with replacement. The draws are the same in every run.
pub fn bootstrap<T>(cases: &[T], measure: impl Fn(&[&T]) -> f64) -> (f64, f64) {
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut values: Vec<f64> = (0..DRAWS)
        .map(|_| {
            let drawn: Vec<&T> = cases.iter().filter_map(|_| cases.get(below(&mut state, cases.len()))).collect();
            measure(&drawn)
        })
        .collect();
    values.sort_by(f64::total_cmp);
    let at = |position: usize| values.get(position).copied().unwrap_or_default();
    (at(DRAWS / 40), at(DRAWS - DRAWS / 40 - 1))
}

/// A number below `end` (splitmix64).
fn below(state: &mut u64, end: usize) -> usize {
    *state = state.wrapping_add(0x9e37_79b9_7f4a_7c15);
    let mut mixed = *state;
    mixed = (mixed ^ (mixed >> 30)).wrapping_mul(0xbf58_476d_1ce4_e5b9);
    mixed = (mixed ^ (mixed >> 27)).wrapping_mul(0x94d0_49bb_1331_11eb);
    mixed ^= mixed >> 31;
    usize::try_from(mixed % u64::try_from(end.max(1)).unwrap_or(1)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wilson_gives_the_textbook_interval() {
        let (low, high) = wilson(81, 263);
        assert!((low - 0.2553).abs() < 0.001 && (high - 0.3662).abs() < 0.001, "{low} {high}");
        assert_eq!(wilson(0, 0), (0.0, 1.0));
        assert!(wilson(10, 10).0 > 0.7 && wilson(10, 10).1 > 0.999);
    }

    #[test]
    fn the_bootstrap_repeats_itself_and_holds_the_mean() {
        let cases: Vec<f64> = (0..200).map(|n| f64::from(n % 10)).collect();
        let mean = |drawn: &[&f64]| drawn.iter().copied().sum::<f64>() / 200.0;
        let (low, high) = bootstrap(&cases, mean);
        assert_eq!((low, high), bootstrap(&cases, mean));
        assert!(low < 4.5 && 4.5 < high && high - low < 1.0, "{low} {high}");
    }
}
