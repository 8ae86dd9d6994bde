//! How many values a JSON text has, before it is parsed: a value takes up to a hundred times its bytes in memory.

/// Most values of a record.
pub const MAX_VALUES: usize = 300_000;

/// Values of a text, and of the element of its outermost array or object that has most.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Weight {
    /// All.
    pub all: usize,
    /// Those of the largest element.
    pub largest: usize,
}

impl Weight {
    /// Counts what separates and begins values, outside of strings.
    pub fn of(json: &[u8]) -> Weight {
        let (mut weight, mut element, mut depth) = (Weight::default(), 0, 0_usize);
        let (mut string, mut escaped) = (false, false);
        for byte in json {
            if string {
                string = escaped || *byte != b'"';
                escaped = !escaped && *byte == b'\\';
                continue;
            }
            string = *byte == b'"';
            match byte {
                b'[' | b'{' => depth += 1,
                b']' | b'}' => depth = depth.saturating_sub(1),
                b',' => {}
                _ => continue,
            }
            weight.all += 1;
            element = if depth == 1 && *byte == b',' { 0 } else { element + 1 };
            weight.largest = weight.largest.max(element);
        }
        weight
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn values_are_counted_outside_of_strings() {
        for (json, all, largest) in [
            ("", 0, 0),
            (r#"{"a": "[,,,{\",", "b": "\\"}"#, 3, 1),
            ("[1,2,3]", 4, 1),
            (r#"[{"a":[1,2]},{},{}]"#, 13, 6),
        ] {
            assert_eq!(Weight::of(json.as_bytes()), Weight { all, largest }, "{json}");
        }
        let many = format!("[{}]", "{\"a\":1},".repeat(1000));
        let weight = Weight::of(many.as_bytes());
        assert!(weight.all > 2000 && weight.largest < 10, "{weight:?}");
    }
}
