//! Intervals of differences by paired bootstrap (Efron 1979): queries are drawn with replacement.

/// Samples that are drawn.
const SAMPLES: usize = 2_000;

/// The 95 % interval of a difference.
pub struct Interval {
    /// Its lower end.
    pub from: f64,
    /// Its upper end.
    pub until: f64,
    /// The two means.
    pub means: (f64, f64),
}

/// The interval of the mean of the second less the first. The draws are the same in every run.
pub fn interval(pairs: &[(f64, f64)]) -> Interval {
    let count = pairs.len().max(1);
    let mut state = 0x9e37_79b9_7f4a_7c15_u64;
    let mut next = || {
        // xorshift64* (Marsaglia 2003, Vigna 2016)
        state ^= state >> 12;
        state ^= state << 25;
        state ^= state >> 27;
        state.wrapping_mul(0x2545_f491_4f6c_dd1d)
    };
    let mut means: Vec<f64> = (0..SAMPLES)
        .map(|_| {
            let drawn = (0..count).filter_map(|_| pairs.get((next() >> 33) as usize % count));
            drawn.map(|(before, after)| after - before).sum::<f64>() / count as f64
        })
        .collect();
    means.sort_by(f64::total_cmp);
    let at = |thousandths: usize| means.get(SAMPLES * thousandths / 1_000).copied().unwrap_or_default();
    let mean = |of: fn(&(f64, f64)) -> f64| pairs.iter().map(of).sum::<f64>() / count as f64;
    Interval { from: at(25), until: at(975), means: (mean(|pair| pair.0), mean(|pair| pair.1)) }
}
