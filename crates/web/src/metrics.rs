//! Counts of what happens, in the text format of OpenMetrics that Prometheus reads.

use findbuch_engine::plan::prepared::plans_made;
use prometheus_client::encoding::EncodeLabelSet;
use prometheus_client::encoding::text::encode;
use prometheus_client::metrics::counter::Counter;
use prometheus_client::metrics::family::Family;
use prometheus_client::metrics::gauge::Gauge;
use prometheus_client::metrics::histogram::Histogram;
use prometheus_client::registry::{Registry, Unit};
use std::sync::atomic::Ordering;
use std::time::Duration;

/// Upper bounds of the buckets of durations, in seconds.
const BUCKETS: [f64; 11] = [0.001, 0.0025, 0.005, 0.01, 0.025, 0.05, 0.1, 0.25, 0.5, 1.0, 5.0];

/// What a request was.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Labels {
    /// The path of the route, not of the address, so that there are few of them.
    route: String,
    /// HTTP status.
    status: u16,
}

/// The route alone.
#[derive(Debug, Clone, PartialEq, Eq, Hash, EncodeLabelSet)]
struct Route {
    route: String,
}

/// The counts.
pub struct Metrics {
    registry: Registry,
    requests: Family<Labels, Counter>,
    durations: Family<Route, Histogram>,
    commits: Counter,
    articles: Gauge,
    in_flight: Gauge,
    plans: Counter,
}

/// A request that is being answered. It is counted until this is dropped, which also happens when its client goes away.
#[derive(Debug)]
pub struct InFlight(Gauge);

impl Drop for InFlight {
    fn drop(&mut self) {
        self.0.dec();
    }
}

impl Default for Metrics {
    fn default() -> Metrics {
        let mut registry = Registry::with_prefix("findbuch");
        let requests = Family::<Labels, Counter>::default();
        let durations = Family::<Route, Histogram>::new_with_constructor(|| Histogram::new(BUCKETS));
        let (commits, articles, in_flight) = (Counter::default(), Gauge::default(), Gauge::default());
        registry.register("http_requests", "Requests answered, by route and status", requests.clone());
        registry.register_with_unit(
            "http_request_duration",
            "Time from a request's head to that of its answer",
            Unit::Seconds,
            durations.clone(),
        );
        registry.register("http_requests_in_flight", "Requests being answered", in_flight.clone());
        registry.register("index_commits_seen", "Commits of the index opened since the start", commits.clone());
        registry.register("index_articles", "Articles in the index", articles.clone());
        let plans = Counter::default();
        registry.register("query_plans", "Queries that were prepared to be answered", plans.clone());
        Metrics { registry, requests, durations, commits, articles, in_flight, plans }
    }
}

impl Metrics {
    /// A request has come in.
    #[must_use]
    pub fn began(&self) -> InFlight {
        self.in_flight.inc();
        InFlight(self.in_flight.clone())
    }

    /// A request was answered; `route` is one of few, whatever the address.
    pub fn answered(&self, route: &str, status: u16, took: Duration) {
        let route = route.to_owned();
        self.durations.get_or_create(&Route { route: route.clone() }).observe(took.as_secs_f64());
        self.requests.get_or_create(&Labels { route, status }).inc();
    }

    /// A commit was opened.
    pub fn opened(&self, articles: u64) {
        self.commits.inc();
        self.articles.set(i64::try_from(articles).unwrap_or(i64::MAX));
    }

    /// All counts.
    ///
    /// # Errors
    /// When a count has no form in the text format.
    pub fn text(&self) -> Result<String, std::fmt::Error> {
        self.plans.inner().store(plans_made(), Ordering::Relaxed);
        let mut text = String::new();
        encode(&mut text, &self.registry)?;
        Ok(text)
    }
}
