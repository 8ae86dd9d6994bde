//! `findbuch search --time-limit`: how long a search may take.

use std::time::{Duration, Instant};

/// Arguments that bound the time of a search.
#[derive(Debug, clap::Args)]
#[group(skip)]
pub struct Args {
    /// Give up with an error when the search takes longer: no part of a result is shown as a whole one
    #[arg(long, value_name = "SECONDS", value_parser = seconds)]
    time_limit: Option<Duration>,
}

impl Args {
    /// When a search that begins now must have ended.
    pub fn deadline(&self) -> Option<Instant> {
        // what no clock can hold is no limit
        self.time_limit.and_then(|limit| Instant::now().checked_add(limit))
    }
}

/// Reads a decimal number of seconds, with a point or a comma.
pub fn seconds(text: &str) -> Result<Duration, String> {
    let number = text.replace(',', ".").parse::<f64>().ok().filter(|seconds| *seconds >= 0.0);
    number
        .and_then(|seconds| Duration::try_from_secs_f64(seconds).ok())
        .ok_or_else(|| "write a number of seconds, such as 2 or 0.5".to_owned())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn seconds_are_decimal_numbers() {
        for (text, millis) in [("2", Some(2_000)), ("0.5", Some(500)), ("0,25", Some(250)), ("0", Some(0))] {
            assert_eq!(seconds(text).ok().map(|limit| limit.as_millis()), millis, "{text}");
        }
        for text in ["", "-1", "two", "1e99", "NaN", "inf"] {
            assert!(seconds(text).is_err(), "{text}");
        }
    }
}
