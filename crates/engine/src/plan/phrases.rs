//! Phrases that no article has: which of a query's may be searched as their words instead, and the tree with these words.
//!
//! A reader who pastes a headline has its quotation marks and means its words; one who asks for a name in quotation marks means it
//! to the letter as long as any article has it. So a phrase is taken as words only where it stands beside other words, in no
//! operator, and the whole archive lacks it.

use findbuch_query::{Node, Query, Span};

/// The phrases of a query that may be searched as their words: members of the root, with or without a boost, perhaps within a part of
/// the article. Those of an operator, of `=` and of names stay as they are.
#[must_use]
pub fn loose_phrases(root: &Node) -> Vec<&Span> {
    members(root).into_iter().filter_map(phrase).collect()
}

/// The members of a root: words side by side, those in parentheses included.
#[must_use]
pub fn members(root: &Node) -> Vec<&Node> {
    match root {
        Node::All(nodes) => nodes.iter().flat_map(members).collect(),
        other => vec![other],
    }
}

fn phrase(node: &Node) -> Option<&Span> {
    match node {
        Node::Phrase(span) => Some(span),
        Node::Boost(_, inner) => phrase(inner),
        Node::Field(field, inner) if field.is_part() => phrase(inner),
        _ => None,
    }
}

/// The query with the words of these phrases in place of the phrases.
#[must_use]
pub fn as_words(query: &Query, phrases: &[Span]) -> Query {
    let mut found = Vec::new();
    for member in members(&query.root) {
        match phrase(member).filter(|span| phrases.contains(span)) {
            Some(span) => found.extend(query.words_of(span).map(|word| around(member, Node::Word(word)))),
            None => found.push(member.clone()),
        }
    }
    let root = match found.pop() {
        Some(only) if found.is_empty() => only,
        last => Node::All(found.into_iter().chain(last).collect()),
    };
    Query { root, ..query.clone() }
}

/// A word in the boost and field that a phrase stands in.
fn around(member: &Node, word: Node) -> Node {
    match member {
        Node::Boost(boost, inner) => Node::Boost(*boost, Box::new(around(inner, word))),
        Node::Field(field, inner) => Node::Field(*field, Box::new(around(inner, word))),
        _ => word,
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_query::lang::Lang;

    /// The query with all its loose phrases as words.
    #[track_caller]
    fn check(text: &str, expected: &str) {
        let query = Query::parse(text, jiff::civil::date(2026, 1, 1)).expect(text);
        let phrases: Vec<Span> = loose_phrases(&query.root).into_iter().cloned().collect();
        assert_eq!(as_words(&query, &phrases).canonical(Lang::De), expected, "{text}");
    }

    #[test]
    fn phrases_beside_words_become_words() {
        check("„Nicht mit uns“: Bahn", "Nicht mit uns Bahn");
        check("\"Kim Jong Un\"", "Kim Jong Un");
        check("Bahn (\"nur noch heute\" Bus)^2 „ganz neu“^2", "Bahn (\"nur noch heute\" Bus)^2 ganz^2 neu^2");
        check("titel:\"neue Bahn\" Bus", "titel:neue titel:Bahn Bus");
        check("(Bahn „neue Brücke“) Bus", "Bahn neue Brücke Bus");
    }

    #[test]
    fn phrases_that_are_meant_to_the_letter_stay() {
        for text in [
            "=\"neue Bahn\" Bus",
            "\"neue Bahn\" NAH/3 Bus",
            "\"neue Bahn\" UND Bus",
            "\"neue Bahn\" ODER Bus",
            "NICHT \"neue Bahn\"",
            "autor:\"Nico Lange\"",
            "MINDESTENS/2 \"neue Bahn\"",
        ] {
            let query = Query::parse(text, jiff::civil::date(2026, 1, 1)).expect(text);
            assert!(loose_phrases(&query.root).is_empty(), "{text}");
            assert!(as_words(&query, &[]).canonical(Lang::De).contains('"'), "{text}");
        }
    }
}
