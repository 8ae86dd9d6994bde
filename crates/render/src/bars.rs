//! Bars of block characters, drawn in eighths of a column.

/// A column filled to so many eighths.
const EIGHTHS: [char; 8] = [' ', '▏', '▎', '▍', '▌', '▋', '▊', '▉'];

/// A bar of at most `width` columns for a value's share of the greatest; a value above zero has at least an eighth.
pub(crate) fn bar(value: f64, greatest: f64, width: usize) -> String {
    if value <= 0.0 || greatest <= 0.0 {
        return String::new();
    }
    let share = (value / greatest).min(1.0);
    let filled =
        (1..=width * 8).rev().find(|eighths| *eighths as f64 <= (share * width as f64 * 8.0).round()).unwrap_or(1);
    let mut bar = "█".repeat(filled / 8);
    bar.extend(EIGHTHS.get(filled % 8).filter(|_| filled % 8 > 0));
    bar
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn bars_are_shares() {
        for (value, greatest, width, expected) in [
            (0.0, 4.0, 4, ""),
            (4.0, 4.0, 4, "████"),
            (2.0, 4.0, 3, "█▌"),
            (0.001, 4.0, 4, "▏"),
            (1.0, 0.0, 4, ""),
            (8.0, 4.0, 2, "██"),
        ] {
            assert_eq!(bar(value, greatest, width), expected, "{value} of {greatest}");
        }
    }

    proptest! {
        #[test]
        fn no_bar_is_wider_than_its_room(value in any::<f64>(), greatest in any::<f64>(), width in 1usize..200) {
            prop_assert!(bar(value, greatest, width).chars().count() <= width);
        }
    }
}
