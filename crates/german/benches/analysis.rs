//! Speed of the analysis: megabytes of running text in a second of CPU time, on one thread.
//!
//! `cargo bench -p findbuch-german --bench analysis -- articles.jsonl` (a JSON object with `body` a line) analyses every body once with
//! one analyser, as indexing does. Reads the time from /proc, so it runs on Linux only.

use findbuch_german::{Analyzer, words};

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let [path] = arguments.as_slice() else {
        println!("skipped: name a JSONL file with articles");
        return Ok(());
    };
    let mut bodies = Vec::new();
    for line in std::fs::read_to_string(path)?.lines() {
        let article: serde_json::Value = serde_json::from_str(line)?;
        bodies.extend(article["body"].as_str().map(str::to_owned));
    }
    let before = cpu_seconds()?;
    let mut analyzer = Analyzer::default();
    let (mut bytes, mut terms) = (0, 0);
    let mut spans = Vec::new();
    for body in &bodies {
        spans.clear();
        spans.extend(words(body));
        for span in &spans {
            let entry = analyzer.entry_at(body, span.clone());
            terms += 1 + entry.parts().len();
        }
        for implied in analyzer.implied_words(body, &spans) {
            terms += usize::from(!analyzer.entry(&implied.word).stem().is_empty());
        }
        bytes += body.len();
    }
    let seconds = cpu_seconds()? - before;
    let megabytes = bytes as f64 / 1e6;
    println!("{megabytes:.1} MB, {terms} terms, {seconds:.2} CPU seconds, {:.1} MB/s", megabytes / seconds);
    Ok(())
}

/// CPU time of this process so far, by the system's own accounting.
fn cpu_seconds() -> Result<f64, Box<dyn std::error::Error>> {
    let text = std::fs::read_to_string("/proc/self/stat")?;
    let fields: Vec<&str> = text.rsplit(')').next().unwrap_or("").split_whitespace().collect();
    let ticks: f64 = fields[11].parse::<f64>()? + fields[12].parse::<f64>()?;
    Ok(ticks / 100.0)
}
