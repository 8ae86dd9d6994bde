//! The tree of a query, for JSON; docs/QUERY.md names the operators.

use findbuch_query::{Closeness, Node, Query};
use serde_json::{Value, json};

/// The tree that is searched.
pub(crate) fn out(query: &Query) -> Value {
    node(query, &query.root)
}

fn node(query: &Query, tree: &Node) -> Value {
    let several = |operator: &str, nodes: &[Node]| json!({ "op": operator, "of": nodes.iter().map(|inner| node(query, inner)).collect::<Vec<_>>() });
    let one = |operator: &str, inner: &Node| json!({ "op": operator, "of": [node(query, inner)] });
    match tree {
        Node::Word(span) => json!({ "word": query.slice(span) }),
        Node::Phrase(span) => json!({ "phrase": query.slice(span) }),
        Node::Pattern(span) => json!({ "pattern": query.slice(span) }),
        Node::Fuzzy(span, edits) => json!({ "word": query.slice(span), "edits": edits }),
        Node::Exact(inner) => one("exact", inner),
        Node::All(nodes) => several("all", nodes),
        Node::And(nodes) => several("and", nodes),
        Node::Or(nodes) => several("or", nodes),
        Node::Not(inner) => one("not", inner),
        Node::Close(closeness, left, right) => {
            let of = [node(query, left), node(query, right)];
            match closeness {
                Closeness::Near(words) => json!({ "op": "near", "words": words, "of": of }),
                Closeness::Before(words) => json!({ "op": "adj", "words": words, "of": of }),
                Closeness::Sentence => json!({ "op": "sentence", "of": of }),
                Closeness::Paragraph => json!({ "op": "paragraph", "of": of }),
            }
        }
        Node::AtLeast(times, inner) => json!({ "op": "atleast", "times": times, "of": [node(query, inner)] }),
        Node::Boost(hundredths, inner) => {
            json!({ "op": "boost", "by": f64::from(*hundredths) / 100.0, "of": [node(query, inner)] })
        }
        Node::Field(field, inner) => json!({ "op": "field", "field": field.name(), "of": [node(query, inner)] }),
        Node::Published(range) => json!({
            "op": "date",
            "from": range.from.map(|day| day.to_string()),
            "until": range.until.map(|day| day.to_string()),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_tree_has_every_operator_of_the_query() {
        let query =
            Query::parse("titel:(Kim NEAR/5 \"Jong Un\"^2) -Selenski~1", jiff::civil::Date::ZERO).expect("query");
        assert_eq!(
            out(&query),
            json!({ "op": "all", "of": [
                { "op": "field", "field": "headline", "of": [
                    { "op": "near", "words": 5, "of": [
                        { "word": "Kim" },
                        { "op": "boost", "by": 2.0, "of": [{ "phrase": "Jong Un" }] },
                    ] },
                ] },
                { "op": "not", "of": [{ "word": "Selenski", "edits": 1 }] },
            ] })
        );
    }
}
