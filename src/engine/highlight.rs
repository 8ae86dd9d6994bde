//! Which words of a text a query matches: by the same analysis as the index, so that marks and matches agree.

use crate::article::PartKind;
use crate::german::{Analyzer, is_stop_word, normalize};
use crate::query::{Field, Node, Query, Span};
use std::ops::Range;

/// Finds a query's words in texts.
pub struct Highlighter {
    patterns: Vec<Pattern>,
    analyzer: Analyzer,
}

/// Stems that stand side by side; one for a word.
struct Pattern {
    stems: Vec<Box<str>>,
    field: Option<Field>,
}

/// A word of a text that a query matches.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Mark {
    /// Bytes of the text.
    pub span: Range<usize>,
    /// Which of the query's words, by their order in it.
    pub pattern: usize,
}

impl Highlighter {
    /// Takes up the query's words, those under a negation left out.
    #[must_use]
    pub fn new(query: &Query) -> Highlighter {
        let mut analyzer = Analyzer::default();
        let mut patterns = Vec::new();
        gather(query, &query.root, None, &mut analyzer, &mut patterns);
        let all_functional = patterns.iter().all(|(_, functional)| *functional);
        patterns.retain(|(_, functional)| all_functional || !functional);
        Highlighter { patterns: patterns.into_iter().map(|(pattern, _)| pattern).collect(), analyzer }
    }

    /// Number of the query's words and phrases.
    #[must_use]
    pub fn patterns(&self) -> usize {
        self.patterns.len()
    }

    /// The marked words of a part's text, in order, none overlapping.
    pub fn marks(&mut self, text: &str, kind: PartKind) -> Vec<Mark> {
        let tokens = self.analyzer.tokens(text);
        let mut marks: Vec<Option<Mark>> = vec![None; tokens.len()];
        for (number, pattern) in self.patterns.iter().enumerate().filter(|(_, p)| applies(p.field, kind)) {
            let length = pattern.stems.len();
            for at in 0..(tokens.len() + 1).saturating_sub(length) {
                if tokens[at..at + length].iter().zip(&pattern.stems).all(|(token, stem)| token.terms.stem == *stem) {
                    for (mark, token) in marks[at..at + length].iter_mut().zip(&tokens[at..]) {
                        mark.get_or_insert_with(|| Mark { span: token.span.clone(), pattern: number });
                    }
                } else if let [stem] = pattern.stems.as_slice()
                    && pattern.field.is_none()
                    && let Some(part) = tokens[at].terms.parts.iter().find(|part| part.stem == *stem)
                {
                    let start = tokens[at].span.start;
                    let span = start + part.span.start..start + part.span.end;
                    marks[at].get_or_insert(Mark { span, pattern: number });
                }
            }
        }
        marks.into_iter().flatten().collect()
    }
}

/// Whether words of a query's field are marked in parts of a kind.
fn applies(field: Option<Field>, kind: PartKind) -> bool {
    match field {
        None => true,
        Some(Field::Headline) => kind == PartKind::Headline,
        Some(Field::Kicker) => kind == PartKind::Kicker,
        Some(Field::Lead) => matches!(kind, PartKind::Lead | PartKind::Subhead),
        Some(Field::Author | Field::Section | Field::Source) => false,
    }
}

fn gather(
    query: &Query,
    node: &Node,
    field: Option<Field>,
    analyzer: &mut Analyzer,
    patterns: &mut Vec<(Pattern, bool)>,
) {
    let mut add = |span: &Span| {
        let tokens = analyzer.tokens(&normalize(query.slice(span)));
        let functional = tokens.iter().all(|token| is_stop_word(&token.terms.exact));
        let stems: Vec<Box<str>> = tokens.into_iter().map(|token| token.terms.stem).collect();
        if !stems.is_empty() {
            patterns.push((Pattern { stems, field }, functional));
        }
    };
    match node {
        Node::Word(span) | Node::Phrase(span) => add(span),
        Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => {
            for node in nodes {
                gather(query, node, field, analyzer, patterns);
            }
        }
        Node::Field(inner, node) => gather(query, node, Some(*inner), analyzer, patterns),
        Node::Not(_) | Node::Published(_) => {}
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(query: &str, text: &str, marked: &[&str]) {
        let query = Query::parse(query).expect("query");
        let marks = Highlighter::new(&query).marks(text, PartKind::Paragraph);
        let found: Vec<&str> = marks.into_iter().map(|mark| &text[mark.span]).collect();
        assert_eq!(found, marked, "{} in {text}", query.text);
    }

    #[test]
    fn marks_are_what_matches() {
        check("Putin Waffe", "Putins Waffen", &["Putins", "Waffen"]);
        check("Jong-un", "Kim Jong Un und Jong-un, nicht Un Jong", &["Jong", "Un", "Jong", "un"]);
        check("\"Lieferung von Waffen\"", "Lieferungen von Waffen, von hier", &["Lieferungen", "von", "Waffen"]);
        check("Munition", "Artilleriemunition, Munitionslieferungen", &["munition", "Munitions"]);
        check("\"Lieferung von Waffen\"", "Waffenlieferung von Waffen", &[]);
        check("Kim -Putin", "Kim und Putin", &["Kim"]);
        check("die Lage", "Die Lage, die ich meine", &["Lage"]);
        check("die", "Die Lage", &["Die"]);
        check("titel:Lage Putin", "Die Lage Putins", &["Putins"]);
        check("autor:Putin Kim", "Putin Kim", &["Kim"]);
    }
}
