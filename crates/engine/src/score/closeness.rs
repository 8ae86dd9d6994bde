//! How close two words of a query stand in a text (after Büttcher, Clarke, Lushman 2006).

/// Sum over the occurrences of `left` of 1 for a `right` at the expected distance, 1/d² for one d words off it, half as
/// much where `right` stands before `left`; the nearest counts, beyond `window` none does.
#[must_use]
pub fn closeness(left: &[u32], right: &[u32], expected: u32, window: u32) -> f32 {
    let mut sum = 0.0;
    let mut next = 0;
    for &position in left {
        while next < right.len() && right[next] <= position {
            next += 1;
        }
        let after = right.get(next).map(|r| r - position).filter(|d| *d <= window);
        let before = next.checked_sub(1).map(|at| position - right[at]).filter(|d| (1..=window).contains(d));
        let forward = after.map_or(0.0, |d| part(d.abs_diff(expected)));
        let backward = before.map_or(0.0, |d| part(d.abs_diff(expected)) / 2.0);
        sum += f32::max(forward, backward);
    }
    sum
}

fn part(off: u32) -> f32 {
    let distance = off as f32 + 1.0;
    1.0 / (distance * distance)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn closeness_prefers_the_order_and_distance_of_the_query() {
        let near = |left: &[u32], right: &[u32]| closeness(left, right, 1, 8);
        assert!((near(&[5], &[6]) - 1.0).abs() < 1e-6);
        assert!((near(&[5], &[7]) - 0.25).abs() < 1e-6);
        assert!((near(&[6], &[5]) - 0.5).abs() < 1e-6);
        assert!((near(&[5], &[13]) - 1.0 / 64.0).abs() < 1e-6);
        assert!((near(&[13], &[5]) - 1.0 / 128.0).abs() < 1e-6);
        assert!(near(&[5], &[14]).abs() < 1e-6 && near(&[14], &[5]).abs() < 1e-6);
        assert!(near(&[5], &[5]).abs() < 1e-6, "one word is not near itself");
        // the nearer of the two neighbours counts, and each occurrence by itself
        assert!((near(&[5], &[4, 9]) - 0.5).abs() < 1e-6);
        assert!((near(&[5], &[1, 7]) - 0.25).abs() < 1e-6);
        assert!((near(&[5, 50], &[6, 51]) - 2.0).abs() < 1e-6);
        assert!((closeness(&[5], &[7], 2, 8) - 1.0).abs() < 1e-6);
        assert!((closeness(&[5], &[6], 2, 8) - 0.25).abs() < 1e-6);
        assert!(near(&[], &[1]).abs() < 1e-6 && near(&[1], &[]).abs() < 1e-6);
    }
}
