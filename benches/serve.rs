//! Serving: many clients at once against a running `findbuch serve`.
//!
//! `cargo bench --bench serve -- ADDRESS queries.tsv [CLIENTS SECONDS]` (`id ⇥ text` a line; 200 clients for 60 seconds where
//! nothing is said). Each client asks for pages and, every second time, for JSON, one after the other over one connection.
//! Prints requests by status, milliseconds until the whole answer (median, 90th and 99th percentile, longest), answers that
//! were not what a lone client had got before, and the memory of the process `FINDBUCH_PID`, if it is named.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::time::{Duration, Instant};

/// What a client saw.
#[derive(Default)]
struct Seen {
    statuses: BTreeMap<String, u64>,
    milliseconds: Vec<f64>,
    refused: Vec<f64>,
    different: u64,
}

fn main() -> Result<(), Box<dyn std::error::Error>> {
    let arguments: Vec<String> = std::env::args().skip(1).filter(|argument| argument != "--bench").collect();
    let (address, queries, clients, seconds) = match arguments.as_slice() {
        [address, queries] => (address, queries, 200, 60),
        [address, queries, clients, seconds] => (address, queries, clients.parse()?, seconds.parse()?),
        _ => {
            println!("skipped: name the address of a server and a file of queries");
            return Ok(());
        }
    };
    let text = std::fs::read_to_string(queries)?;
    let queries: Vec<&str> = text.lines().map(|line| line.split_once('\t').map_or(line, |(_, text)| text)).collect();
    let alone = agent();
    let mut expected = Vec::new();
    for query in &queries {
        let (status, body) = get(&alone, address, "/api/v1/search", query);
        expected.push(if status == "200" || status == "400" { told(&body) } else { return Err(status.into()) });
    }
    let all = Mutex::new(Seen::default());
    let until = Instant::now() + Duration::from_secs(seconds);
    std::thread::scope(|scope| {
        for client in 0..clients {
            let (all, queries, expected) = (&all, &queries, &expected);
            scope.spawn(move || {
                let seen = ask(address, queries, expected, client, until);
                let mut all = all.lock().unwrap_or_else(std::sync::PoisonError::into_inner);
                for (status, count) in seen.statuses {
                    *all.statuses.entry(status).or_default() += count;
                }
                all.milliseconds.extend(seen.milliseconds);
                all.refused.extend(seen.refused);
                all.different += seen.different;
            });
        }
    });
    let mut seen = all.into_inner().unwrap_or_else(std::sync::PoisonError::into_inner);
    println!("{clients} clients, {seconds} s");
    for (status, count) in &seen.statuses {
        println!("{status:<10} {count}");
    }
    println!("a second   {:.0}", seen.milliseconds.len() as f64 / seconds as f64);
    println!("answered   {}", figures(&mut seen.milliseconds));
    println!("refused    {}", figures(&mut seen.refused));
    println!("different  {}", seen.different);
    if let Ok(process) = std::env::var("FINDBUCH_PID") {
        let status = std::fs::read_to_string(format!("/proc/{process}/status"))?;
        for line in status.lines().filter(|line| line.starts_with("VmHWM") || line.starts_with("RssAnon")) {
            println!("{line}");
        }
    }
    Ok(())
}

fn agent() -> ureq::Agent {
    let config = ureq::Agent::config_builder().http_status_as_error(false).timeout_global(Some(Duration::from_mins(1)));
    config.build().into()
}

fn ask(address: &str, queries: &[&str], expected: &[String], client: usize, until: Instant) -> Seen {
    let (agent, mut seen, mut at) = (agent(), Seen::default(), client * 7);
    while Instant::now() < until {
        at += 1;
        let query = at % queries.len();
        let json = at % 2 == 0;
        let started = Instant::now();
        let path = if json { "/api/v1/search" } else { "/" };
        let (status, body) = get(&agent, address, path, queries[query]);
        let took = started.elapsed().as_secs_f64() * 1e3;
        let times = if status == "503" { &mut seen.refused } else { &mut seen.milliseconds };
        times.push(took);
        if json && status == "200" && told(&body) != expected[query] {
            seen.different += 1;
        }
        *seen.statuses.entry(status).or_default() += 1;
    }
    seen
}

fn get(agent: &ureq::Agent, address: &str, path: &str, query: &str) -> (String, String) {
    let answer = agent.get(format!("{address}{path}")).query("q", query).call();
    match answer {
        Ok(mut answer) => {
            let status = answer.status().as_u16().to_string();
            match answer.body_mut().read_to_string() {
                Ok(body) => (status, body),
                Err(error) => (format!("{status} broken off: {error}"), String::new()),
            }
        }
        Err(error) => (format!("{error}"), String::new()),
    }
}

/// What an answer tells, but for the time that it took.
fn told(body: &str) -> String {
    let Some((before, after)) = body.split_once("\"took_ms\":") else { return body.to_owned() };
    format!("{before}{}", after.split_once(',').map_or("", |(_, after)| after))
}

fn figures(times: &mut [f64]) -> String {
    times.sort_by(f64::total_cmp);
    let at = |percent: usize| times.get(times.len().saturating_sub(1) * percent / 100).copied().unwrap_or_default();
    format!(
        "p50 {:.1}  p90 {:.1}  p99 {:.1}  longest {:.1} ms, {} in all",
        at(50),
        at(90),
        at(99),
        at(100),
        times.len()
    )
}
