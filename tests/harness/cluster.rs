//! An index on a cluster whose nodes are killed and whose network is at fault: nothing is lost, nothing is there twice, every copy of a
//! shard has the same, and what cannot be done is said.

use crate::place::{Numbers, Place};
use crate::proxy::Proxy;
use crate::{Effort, Outcome};
use serde_json::{Value, json};
use std::path::Path;
use std::process::{Command, Output, Stdio};
use std::sync::atomic::{AtomicBool, AtomicUsize, Ordering};
use std::time::{Duration, Instant};

/// Nodes of the cluster, of which one is killed at a time.
const NODES: usize = 3;
/// Readers while a node is killed.
const READERS: usize = 3;
/// How long a cluster may take to have all copies again.
const RECOVERY: Duration = Duration::from_mins(3);

/// A cluster that was started for it, and an index on it.
struct Cluster {
    hosts: Vec<String>,
    folder: String,
    name: String,
    place: Place,
    failures: Vec<String>,
}

pub fn run(effort: Effort) -> Outcome {
    let variable = |name: &str| std::env::var(name).ok().filter(|value| !value.is_empty());
    let (Some(address), Some(folder)) = (variable("FINDBUCH_OPENSEARCH"), variable("FINDBUCH_OPENSEARCH_NODES")) else {
        if variable("FINDBUCH_REQUIRE").is_some_and(|required| required.split(',').any(|one| one == "cluster")) {
            let failures = vec!["there must be a cluster: NODES=3 tests/opensearch/start".to_owned()];
            return Outcome { runs: 0, seen: "no cluster".to_owned(), failures };
        }
        return Outcome::skipped("there is no cluster; NODES=3 tests/opensearch/start says what to set");
    };
    let hosts = address.trim_start_matches("opensearch+http://").split(',').map(str::to_owned).collect();
    let mut cluster = Cluster {
        hosts,
        folder,
        name: format!("stoerung-{}", std::process::id()),
        place: Place::new(),
        failures: Vec::new(),
    };
    if cluster.hosts.len() < NODES {
        return Outcome::skipped("the cluster has fewer than three nodes");
    }
    let (mut numbers, kills) = (Numbers(1), effort.of(12, 3));
    for number in 0..effort.of(600, 150) {
        cluster.place.write(&format!("{number}.txt"));
    }
    cluster.index(&cluster.engine(), "at first");
    let mut seen = Vec::new();
    for number in 0..kills {
        cluster.kill_while_indexing(number % NODES, &mut numbers);
    }
    seen.push(format!("{kills} nodes killed during updates"));
    let searches = (0..kills.div_ceil(3)).map(|number| cluster.kill_while_searching(number % NODES)).sum::<usize>();
    seen.push(format!("{} during {searches} searches", kills.div_ceil(3)));
    let (connections, faults) = cluster.faulty_network(&mut numbers, effort.of(20, 4));
    seen.push(format!("{connections} connections, {faults} of them slow, cut or refused"));
    cluster.what_cannot_be_done(&mut numbers);
    cluster.delete();
    Outcome { runs: 2 * kills, seen: seen.join(", "), failures: cluster.failures }
}

impl Cluster {
    /// The index by all nodes.
    fn engine(&self) -> String {
        format!("opensearch+http://{}/{}", self.hosts.join(","), self.name)
    }

    fn command(&self, engine: &str, arguments: &[&str]) -> Command {
        let mut command = self.place.command(arguments);
        command.env("FINDBUCH_ENGINE", engine).stdout(Stdio::piped()).stderr(Stdio::piped());
        command
    }

    fn run(&self, engine: &str, arguments: &[&str]) -> Output {
        self.command(engine, arguments).output().expect("it runs")
    }

    /// Indexes what is there, and holds what the cluster then has against it.
    fn index(&mut self, engine: &str, when: &str) {
        let output = self.run(engine, &["index", "a"]);
        self.ended(&output, when);
        self.compare(engine, when);
    }

    fn ended(&mut self, output: &Output, when: &str) {
        if !output.status.success() {
            self.failures.push(format!("{when}: {}: {}", output.status, String::from_utf8_lossy(&output.stderr)));
        }
    }

    fn compare(&mut self, engine: &str, when: &str) {
        let found = self.place.found_by(self.command(engine, &["search", "Deich", "--all", "--format", "jsonl"]));
        match found {
            Ok(found) if found == self.place.articles => {}
            Ok(found) => {
                let lost = self.place.articles.iter().filter(|(name, version)| found.get(*name) != Some(version));
                let lost: Vec<&String> = lost.map(|(name, _)| name).take(5).collect();
                let (has, wanted) = (found.len(), self.place.articles.len());
                self.failures.push(format!("{when}: it has {has} articles of {wanted}, and not {lost:?}"));
            }
            Err(error) => self.failures.push(format!("{when}: {error}")),
        }
    }

    /// Changes a few articles of many.
    fn change(&mut self, numbers: &mut Numbers) {
        (0..10).for_each(|_| self.place.change(numbers));
    }

    fn kill_while_indexing(&mut self, node: usize, numbers: &mut Numbers) {
        self.change(numbers);
        // anew at every second, which sends all
        let arguments: &[&str] = if numbers.below(2) == 0 { &["index", "--rebuild"] } else { &["index", "a"] };
        if arguments.contains(&"--rebuild") {
            self.index(&self.engine(), "before it is made anew");
        }
        let child = self.command(&self.engine(), arguments).spawn().expect("it runs");
        std::thread::sleep(Duration::from_millis(numbers.below(1_500) as u64));
        self.kill(node);
        let output = child.wait_with_output().expect("it ends");
        let when = format!("{arguments:?} while node {} is killed", node + 1);
        self.ended(&output, &when);
        self.compare(&self.engine(), &when);
        self.restart();
        self.compare(&self.engine(), &format!("{when}, when it is there again"));
        self.copies_agree(&when);
    }

    /// The number of searches meanwhile.
    fn kill_while_searching(&mut self, node: usize) -> usize {
        let (over, asked) = (AtomicBool::new(false), AtomicUsize::new(0));
        let expected = self.place.articles.len().to_string();
        let wrong: Vec<String> = std::thread::scope(|scope| {
            let readers: Vec<_> = (0..READERS)
                .map(|_| {
                    scope.spawn(|| {
                        let mut wrong = Vec::new();
                        while !over.load(Ordering::Relaxed) {
                            let output = self.run(&self.engine(), &["search", "Deich", "--count"]);
                            asked.fetch_add(1, Ordering::Relaxed);
                            let count = String::from_utf8_lossy(&output.stdout).trim().to_owned();
                            if count != expected {
                                wrong.push(format!("{count}: {}", String::from_utf8_lossy(&output.stderr)));
                            }
                        }
                        wrong
                    })
                })
                .collect();
            std::thread::sleep(Duration::from_secs(1));
            self.kill(node);
            std::thread::sleep(Duration::from_secs(4));
            over.store(true, Ordering::Relaxed);
            readers.into_iter().flat_map(|reader| reader.join().expect("a reader ends")).collect()
        });
        self.failures
            .extend(wrong.into_iter().map(|wrong| format!("search while node {} is killed: {wrong}", node + 1)));
        self.restart();
        asked.into_inner()
    }

    fn faulty_network(&mut self, numbers: &mut Numbers, turns: usize) -> (usize, usize) {
        let proxy = Proxy::before(&self.hosts[0]);
        let engine = format!("opensearch+http://{}/{}", proxy.address, self.name);
        for turn in 0..turns {
            self.change(numbers);
            self.index(&engine, &format!("turn {turn} over a network at fault"));
        }
        proxy.seen()
    }

    /// A cluster that is away, an index without room, an analyser that is another one.
    fn what_cannot_be_done(&mut self, numbers: &mut Numbers) {
        let engine = self.engine();
        self.refused("opensearch+http://127.0.0.1:1,127.0.0.1:2/presse", &["search", "Deich"], "127.0.0.1:1");
        self.change(numbers);
        let blocked = |yes: Value| json!({ "index.blocks.read_only_allow_delete": yes });
        self.ask("PUT", "_all/_settings", Some(blocked(true.into())));
        self.refused(&engine, &["index", "a"], "takes no changes");
        self.ask("PUT", "_all/_settings", Some(blocked(Value::Null)));
        self.index(&engine, "when there is room again");
        let mapping = self.ask("GET", &format!("{}/_mapping", self.name), None);
        let own = mapping.as_object().and_then(|all| all.iter().next()).map(|(name, all)| (name.clone(), all.clone()));
        let Some((index, mapping)) = own else {
            self.failures.push("the index has no mapping".to_owned());
            return;
        };
        let meta = mapping["mappings"]["_meta"].clone();
        let mut other = meta.clone();
        other["findbuch"]["analyzer"] = "another".into();
        self.ask("PUT", &format!("{index}/_mapping"), Some(json!({ "_meta": other })));
        self.refused(&engine, &["search", "Deich"], "--rebuild");
        self.ask("PUT", &format!("{index}/_mapping"), Some(json!({ "_meta": meta })));
        self.compare(&engine, "when the mapping is as it was");
    }

    /// A command that must end with code 2 and a message of a few lines.
    fn refused(&mut self, engine: &str, arguments: &[&str], says: &str) {
        let begun = Instant::now();
        let output = self.run(engine, arguments);
        let err = String::from_utf8_lossy(&output.stderr).into_owned();
        let told = err.contains(says) && err.lines().count() <= 4 && !err.contains("panicked");
        if output.status.code() != Some(2) || !told || begun.elapsed() > Duration::from_secs(60) {
            self.failures.push(format!("{arguments:?} ends with {} and says {err}", output.status));
        }
    }

    fn script(&self, name: &str, arguments: &[&str]) {
        let script = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/opensearch").join(name);
        let mut command = Command::new(script);
        command.arg(&self.folder).args(arguments).env("NODES", NODES.to_string()).stdout(Stdio::null());
        assert!(command.status().expect("it runs").success(), "{name} {arguments:?}");
    }

    fn kill(&self, node: usize) {
        self.script("stop", &[&(node + 1).to_string()]);
    }

    /// Starts the nodes that are away, and waits until every shard has all its copies.
    fn restart(&mut self) {
        self.script("start", &[]);
        let begun = Instant::now();
        while self.ask("GET", "_cluster/health", None)["status"] != "green" {
            if begun.elapsed() > RECOVERY {
                self.failures
                    .push(format!("no copy of each shard: {}", self.ask("GET", "_cat/shards?format=json", None)));
                return;
            }
            std::thread::sleep(Duration::from_millis(500));
        }
    }

    /// Every copy of a shard has the same number of documents.
    fn copies_agree(&mut self, when: &str) {
        self.ask("POST", &format!("{}-*/_refresh", self.name), None);
        let copies = self.ask("GET", &format!("_cat/shards/{}-*?format=json&h=index,shard,docs", self.name), None);
        let copies = copies.as_array().cloned().unwrap_or_default();
        let differ = copies.iter().any(|one| {
            let same = |other: &&Value| (&other["index"], &other["shard"]) == (&one["index"], &one["shard"]);
            copies.iter().filter(same).any(|other| other["docs"] != one["docs"])
        });
        if differ || copies.is_empty() {
            self.failures.push(format!("{when}: copies differ: {copies:?}"));
        }
    }

    /// What the cluster says, by whichever node is there.
    fn ask(&self, method: &str, path: &str, body: Option<Value>) -> Value {
        for host in &self.hosts {
            let request = ureq::http::Request::builder().method(method).uri(format!("http://{host}/{path}"));
            let request = request.header("Content-Type", "application/json");
            let body = body.as_ref().map(Value::to_string).unwrap_or_default();
            let Ok(mut answer) = ureq::run(request.body(body).expect("a request")) else { continue };
            let text = answer.body_mut().read_to_string().unwrap_or_default();
            return serde_json::from_str(&text).unwrap_or_default();
        }
        Value::Null
    }

    fn delete(&self) {
        let all = self.ask("GET", &format!("_cat/indices/{}-*?format=json&h=index", self.name), None);
        for index in all.as_array().into_iter().flatten().filter_map(|index| index["index"].as_str()) {
            self.ask("DELETE", index, None);
        }
    }
}
