//! Reads the articles of one commit: queries, counts and walks through all that match.

use super::client::{Client, Content};
use super::schema::{KEY, STATE};
use crate::deadline::Deadline;
use crate::{Days, EngineError, FileState};
use findbuch_article::Article;
use serde_json::{Value, json};
use std::ops::ControlFlow;
use std::sync::Arc;
use ureq::http::Method;

/// Articles of a page that are read whole.
const PAGE: usize = 200;
/// Articles of a page of which only columns are read, and terms of one.
const LIGHT_PAGE: usize = 10_000;

/// One commit of an index.
pub struct Index {
    client: Arc<Client>,
    /// The index that the name stood for when it was opened.
    name: String,
    commit: i64,
}

/// An article as it is stored.
pub struct Stored {
    pub key: String,
    pub article: Article,
    pub file: FileState,
    pub folders: Vec<String>,
    pub content: u64,
}

/// No articles, and all.
pub fn nothing() -> Value {
    json!({ "match_none": {} })
}

pub fn everything() -> Value {
    json!({ "match_all": {} })
}

/// Articles with any of these terms in a field.
pub fn with_terms<T: AsRef<str>>(field: &str, terms: &[T]) -> Value {
    match terms {
        [] => nothing(),
        [term] => json!({ "term": { field: { "value": term.as_ref() } } }),
        terms => json!({ "terms": { field: terms.iter().map(AsRef::as_ref).collect::<Vec<&str>>() } }),
    }
}

/// Articles that match the first and not the second.
pub fn without(query: &Value, other: &Value) -> Value {
    json!({ "bool": { "filter": [query], "must_not": [other] } })
}

/// Articles without a field.
pub fn lacking(query: &Value, field: &str) -> Value {
    without(query, &json!({ "exists": { "field": field } }))
}

/// A column of an article, where it has it.
pub fn column<'a>(hit: &'a Value, field: &str) -> Option<&'a Value> {
    hit["fields"][field].get(0)
}

/// A number that is kept in hexadecimal digits.
pub fn number(value: Option<&Value>) -> Option<u64> {
    u64::from_str_radix(value?.as_str()?, 16).ok()
}

/// Longest prefix of an expression, in bytes: OpenSearch takes expressions of 1,000 characters.
const MAX_PREFIX: usize = 400;

/// The expression of Lucene for texts that begin so.
fn beginning(prefix: &str) -> String {
    let mut expression = String::new();
    for char in prefix.chars() {
        if !char.is_alphanumeric() {
            expression.push('\\');
        }
        expression.push(char);
    }
    expression + ".*"
}

impl Index {
    /// The articles up to a commit.
    pub fn new(client: Arc<Client>, name: String, commit: i64) -> Index {
        Index { client, name, commit }
    }

    /// Sends a search, to which all shards must have answered.
    ///
    /// # Errors
    /// When not all answer, or the deadline passes first.
    pub fn search(&self, query: &Value, mut body: Value, deadline: &Deadline) -> Result<Value, EngineError> {
        let visible = json!({ "range": { "commit": { "lte": self.commit } } });
        let scored = query.get("script_score").is_some();
        body["query"] = if scored {
            let mut query = query.clone();
            query["script_score"]["query"] = json!({ "bool": { "filter": [visible, query["script_score"]["query"]] } });
            query
        } else {
            json!({ "bool": { "filter": [visible, query] } })
        };
        if let Some(left) = deadline.left() {
            body["timeout"] = format!("{}ms", left.as_millis().max(1)).into();
        }
        let path = format!("/{}/_search?allow_partial_search_results=false", self.name);
        let answer = self.client.ask(&Method::POST, &path, Content::Json(&body), deadline)?.done(&self.client)?;
        if answer["timed_out"].as_bool() == Some(true) {
            return Err(EngineError::TimedOut);
        }
        let shards = |what: &str| answer["_shards"][what].as_u64().and_then(|number| u32::try_from(number).ok());
        let (all, answered) = (shards("total").unwrap_or(1), shards("successful").unwrap_or(0));
        if answered < all || shards("failed").is_some_and(|failed| failed > 0) {
            return Err(EngineError::Partial {
                location: self.client.location().to_owned(),
                answered: answered.min(all),
                shards: all,
            });
        }
        Ok(answer)
    }

    /// Number of articles that match.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn count(&self, query: &Value, deadline: &Deadline) -> Result<u64, EngineError> {
        let answer = self.search(query, json!({ "size": 0, "track_total_hits": true }), deadline)?;
        let total = answer["hits"]["total"]["value"].as_u64();
        total.ok_or_else(|| self.client.failed("its answer to a search has no total"))
    }

    /// The sum of a column over all articles.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn sum(&self, field: &str) -> Result<u64, EngineError> {
        let sum = json!({ "size": 0, "aggs": { "sum": { "scripted_metric": {
            "params": { "field": field },
            "init_script": "state.sum = 0L",
            "map_script": "if (doc[params.field].size() > 0) { state.sum += doc[params.field].value }",
            "combine_script": "return state.sum",
            "reduce_script": "long sum = 0; for (state in states) { sum += state } return sum",
        } } } });
        let answer = self.search(&everything(), sum, &Deadline::default())?;
        let sum = answer["aggregations"]["sum"]["value"].as_i64();
        sum.map(i64::cast_unsigned).ok_or_else(|| self.client.failed("its answer has no sum"))
    }

    /// One page of hits, in the order of `sort`, behind the place that `after` says.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn page(
        &self,
        query: &Value,
        mut body: Value,
        (sort, after): (&Value, Option<&Value>),
        deadline: &Deadline,
    ) -> Result<Vec<Value>, EngineError> {
        body["track_total_hits"] = false.into();
        body["sort"] = sort.clone();
        if let Some(after) = after {
            body["search_after"] = after.clone();
        }
        let mut answer = self.search(query, body, deadline)?;
        match answer["hits"]["hits"].take() {
            Value::Array(hits) => Ok(hits),
            _ => Err(self.client.failed("its answer to a search has no hits")),
        }
    }

    fn walk(
        &self,
        query: &Value,
        (size, body): (usize, &Value),
        sort: &Value,
        deadline: &Deadline,
        visit: &mut dyn FnMut(Value) -> Result<ControlFlow<()>, EngineError>,
    ) -> Result<(), EngineError> {
        let mut after = None;
        loop {
            let mut body = body.clone();
            body["size"] = size.into();
            let hits = self.page(query, body, (sort, after.as_ref()), deadline)?;
            let last = hits.len() < size;
            after = hits.last().map(|hit| hit["sort"].clone());
            for hit in hits {
                if visit(hit)?.is_break() {
                    return Ok(());
                }
            }
            if last {
                return Ok(());
            }
        }
    }

    /// Visits columns of all articles that match, in the order of one of them.
    ///
    /// # Errors
    /// Those of [`Index::search`] and of `visit`.
    pub fn columns(
        &self,
        query: &Value,
        columns: &[&str],
        order: &str,
        deadline: &Deadline,
        visit: &mut dyn FnMut(&Value) -> Result<(), EngineError>,
    ) -> Result<(), EngineError> {
        let body = json!({ "_source": false, "docvalue_fields": columns });
        let sort = json!([{ order: "asc" }, { "key": "asc" }]);
        self.walk(query, (LIGHT_PAGE, &body), &sort, deadline, &mut |hit| {
            visit(&hit)?;
            Ok(ControlFlow::Continue(()))
        })
    }

    /// Reads all articles that match, in no order, until `visit` breaks.
    ///
    /// # Errors
    /// Those of [`Index::search`], and when an article cannot be read.
    pub fn read(
        &self,
        query: &Value,
        deadline: &Deadline,
        visit: &mut dyn FnMut(Stored) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let sort = json!([{ "key": "asc" }]);
        self.walk(query, (PAGE, &Index::whole()), &sort, deadline, &mut |hit| Ok(visit(self.stored(hit)?)))
    }

    /// What a search must ask for so that [`Index::stored`] can be read.
    pub fn whole() -> Value {
        let fields = ["article", "key", "file", "folder", "content", "size", "mtime", "hash", "settings"];
        json!({ "_source": { "includes": fields } })
    }

    /// The article of a hit.
    ///
    /// # Errors
    /// When it is not as it was written.
    pub fn stored(&self, mut hit: Value) -> Result<Stored, EngineError> {
        let mut source = hit["_source"].take();
        let article = serde_json::from_value(source["article"].take());
        let article: Article =
            article.map_err(|error| self.client.failed(&format!("the article {} is damaged: {error}", hit["_id"])))?;
        let text = |field: &str| source[field].as_str().unwrap_or_default().to_owned();
        let folders = source["folder"].as_array().into_iter().flatten();
        let folders = folders.filter_map(|folder| folder.as_str().map(str::to_owned)).collect();
        let (Some(content), file) = (number(source.get("content")), text("file")) else {
            return Err(self.client.failed(&format!("the article {} has no content", hit["_id"])));
        };
        let file = FileState {
            path: file,
            size: source["size"].as_u64().unwrap_or_default(),
            mtime: source["mtime"].as_i64().unwrap_or_default(),
            hash: number(source.get("hash")).unwrap_or_default(),
            settings: number(source.get("settings")).unwrap_or_default(),
            articles: 0,
        };
        Ok(Stored { key: text("key"), article, file, folders, content })
    }

    /// Visits the values of a column that begin so, in order, each with the number of its articles that match.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn values(
        &self,
        query: &Value,
        column: &str,
        prefix: &str,
        deadline: &Deadline,
        visit: &mut dyn FnMut(&Value, u64) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        let mut filter = vec![query.clone()];
        let mut after = None;
        if !prefix.is_empty() {
            if let Some(few) = self.few_values(query, column, prefix, deadline)? {
                let _ = few.iter().try_for_each(|(value, articles)| visit(value, *articles));
                return Ok(());
            }
            filter.push(json!({ "prefix": { column: { "value": prefix } } }));
            // a page begins behind a value: this one is in no column and less than all that are wanted
            let mut before = prefix.to_owned();
            let last = before.pop().and_then(|last| char::from_u32(u32::from(last).saturating_sub(1)));
            before.extend(last);
            before.push(char::MAX);
            after = Some(json!({ "value": before }));
        }
        let query = json!({ "bool": { "filter": filter } });
        loop {
            let mut composite =
                json!({ "size": LIGHT_PAGE, "sources": [{ "value": { "terms": { "field": column } } }] });
            if let Some(after) = &after {
                composite["after"] = after.clone();
            }
            let body =
                json!({ "size": 0, "track_total_hits": false, "aggs": { "values": { "composite": composite } } });
            let answer = self.search(&query, body, deadline)?;
            let values = &answer["aggregations"]["values"];
            let buckets = values["buckets"].as_array().map_or(&[][..], Vec::as_slice);
            for bucket in buckets {
                let value = &bucket["key"]["value"];
                let articles = bucket["doc_count"].as_u64().unwrap_or_default();
                let text = value.as_str().unwrap_or(prefix);
                if text < prefix {
                    continue;
                }
                if !text.starts_with(prefix) || visit(value, articles).is_break() {
                    return Ok(());
                }
            }
            after = values.get("after_key").cloned();
            if buckets.len() < LIGHT_PAGE || after.is_none() {
                return Ok(());
            }
        }
    }

    /// The values of a column that begin so, in order; nothing where they are more than one answer has. No other value of the articles that
    /// have them is looked at, as it is where a page is asked for after the other.
    fn few_values(
        &self,
        query: &Value,
        column: &str,
        prefix: &str,
        deadline: &Deadline,
    ) -> Result<Option<Vec<(Value, u64)>>, EngineError> {
        if prefix.len() > MAX_PREFIX {
            return Ok(None);
        }
        let query = json!({ "bool": { "filter": [query, { "prefix": { column: { "value": prefix } } }] } });
        let terms =
            json!({ "field": column, "include": beginning(prefix), "order": { "_key": "asc" }, "size": LIGHT_PAGE });
        let body = json!({ "size": 0, "track_total_hits": false, "aggs": { "values": { "terms": terms } } });
        let answer = self.search(&query, body, deadline)?;
        let values = &answer["aggregations"]["values"];
        let buckets = values["buckets"].as_array().map_or(&[][..], Vec::as_slice);
        let whole = buckets.len() < LIGHT_PAGE && values["sum_other_doc_count"] == 0;
        let told = |bucket: &Value| (bucket["key"].clone(), bucket["doc_count"].as_u64().unwrap_or_default());
        Ok(whole.then(|| buckets.iter().map(told).collect()))
    }

    /// The folded forms that begin so, with the number of their articles, until `visit` breaks.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn forms(
        &self,
        column: &str,
        prefix: &str,
        deadline: &Deadline,
        visit: &mut dyn FnMut(&str, u64) -> ControlFlow<()>,
    ) -> Result<(), EngineError> {
        self.values(&everything(), column, prefix, deadline, &mut |value, articles| {
            let value = value.as_str().unwrap_or_default();
            visit(value.split_once(KEY).map_or(value, |(_, form)| form), articles)
        })
    }

    /// The days on which the articles that match were published.
    ///
    /// # Errors
    /// Those of [`Index::search`].
    pub fn days(&self, query: &Value, deadline: &Deadline) -> Result<Days, EngineError> {
        let mut days = Days::default();
        self.values(query, "day", "", deadline, &mut |day, articles| {
            days.add_many(day.as_i64(), articles);
            ControlFlow::Continue(())
        })?;
        days.add_many(None, self.count(&lacking(query, "day"), deadline)?);
        Ok(days)
    }

    /// What is said of an article that was there and is no more: an update has removed it meanwhile.
    pub fn gone(&self) -> EngineError {
        self.client.failed("an update has removed an article of the result; do it again")
    }

    /// The document that is no article.
    pub fn state_path(name: &str) -> String {
        format!("/{name}/_doc/{STATE}")
    }
}
