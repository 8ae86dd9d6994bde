//! The tree back to text: the canonical form, with every group in parentheses.

use crate::lang::Lang;
use crate::names::of_closeness;
use crate::query::Query;
use crate::quotes;
use crate::tree::{Node, Span};

/// The canonical form of a query.
pub fn print(query: &Query, lang: Lang) -> String {
    let mut printer = Printer { query, lang, out: String::new() };
    printer.node(&query.root);
    printer.out
}

struct Printer<'a> {
    query: &'a Query,
    lang: Lang,
    out: String,
}

impl Printer<'_> {
    fn node(&mut self, node: &Node) {
        match node {
            Node::Word(span) | Node::Pattern(span) => self.word(span),
            Node::Fuzzy(span, edits) => {
                self.word(span);
                self.out.push('~');
                self.out.push_str(&edits.to_string());
            }
            Node::Phrase(span) => self.phrase(span),
            Node::Exact(inner) => {
                self.out.push('=');
                self.node(inner);
            }
            Node::All(nodes) => self.list(nodes, ""),
            Node::And(nodes) => self.list(nodes, self.lang.pick("UND", "AND")),
            Node::Or(nodes) => self.list(nodes, self.lang.pick("ODER", "OR")),
            Node::Not(inner) => {
                self.operator(self.lang.pick("NICHT", "NOT"));
                self.member(inner);
            }
            Node::Close(closeness, left, right) => {
                self.member(left);
                self.operator(&of_closeness(*closeness, self.lang));
                self.member(right);
            }
            Node::AtLeast(least, inner) => {
                self.operator(&format!("{}/{least}", self.lang.pick("MINDESTENS", "ATLEAST")));
                self.member(inner);
            }
            Node::Boost(boost, inner) => {
                match **inner {
                    Node::Field(..) | Node::Boost(..) => self.group(inner),
                    _ => self.member(inner),
                }
                let (whole, rest) = (boost / 100, boost % 100);
                let number = format!("^{whole}.{rest:02}");
                self.out.push_str(number.trim_end_matches('0').trim_end_matches('.'));
            }
            Node::Field(field, inner) => {
                self.out.push_str(field.name_in(self.lang));
                self.out.push(':');
                match **inner {
                    Node::Word(_) | Node::Phrase(_) | Node::Exact(_) | Node::Pattern(_) => self.node(inner),
                    _ => self.group(inner),
                }
            }
            Node::Published(range) => {
                self.out.push_str(self.lang.pick("datum:", "date:"));
                self.out.push_str(&range.to_string());
            }
        }
    }

    /// An operand, in parentheses if it is an operator itself.
    fn member(&mut self, node: &Node) {
        match node {
            Node::Word(_)
            | Node::Phrase(_)
            | Node::Pattern(_)
            | Node::Fuzzy(..)
            | Node::Exact(_)
            | Node::Boost(..)
            | Node::Field(..)
            | Node::Published(_) => self.node(node),
            _ => self.group(node),
        }
    }

    fn group(&mut self, node: &Node) {
        self.out.push('(');
        self.node(node);
        self.out.push(')');
    }

    fn list(&mut self, nodes: &[Node], operator: &str) {
        for (at, node) in nodes.iter().enumerate() {
            if at > 0 {
                self.operator(operator);
            }
            self.member(node);
        }
    }

    fn operator(&mut self, operator: &str) {
        if !self.out.is_empty() && !self.out.ends_with(['(', ' ']) {
            self.out.push(' ');
        }
        self.out.push_str(operator);
        if !self.out.ends_with(' ') {
            self.out.push(' ');
        }
    }

    fn word(&mut self, span: &Span) {
        let word = self.query.slice(span);
        // a second space keeps numbers side by side from being read as one with spaces between its thousands
        if word.starts_with(|c: char| c.is_ascii_digit()) && self.out.ends_with(' ') {
            self.out.push(' ');
        }
        self.out.push_str(word);
    }

    /// A phrase between quotation marks that do not end within it.
    fn phrase(&mut self, span: &Span) {
        const MARKS: [(char, char); 6] = [('"', '"'), ('»', '«'), ('„', '“'), ('›', '‹'), ('‚', '‘'), ('«', '»')];
        let phrase = self.query.slice(span);
        let printed = MARKS.iter().map(|(open, close)| format!("{open}{phrase}{close}")).find(|printed| {
            let quoted = quotes::quoted(printed, 0).filter(|_| quotes::opens(printed, 0));
            quoted.is_some_and(|quoted| quoted.end == printed.len())
        });
        // it was typed between such marks, so there is a pair
        self.out.push_str(&printed.unwrap_or_else(|| format!("\"{phrase}\"")));
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use jiff::civil;
    use proptest::prelude::*;

    const TODAY: civil::Date = civil::date(2024, 5, 15);

    #[track_caller]
    fn check_canonical(text: &str, german: &str, english: &str) {
        let query = Query::parse(text, TODAY).expect(text);
        assert_eq!((query.canonical(Lang::De), query.canonical(Lang::En)), (german.into(), english.into()), "{text}");
    }

    #[test]
    fn the_canonical_form_is_what_was_understood() {
        check_canonical("Kim Putin ODER Munition", "(Kim Putin) ODER Munition", "(Kim Putin) OR Munition");
        check_canonical("a UND -b c", "(a UND (NICHT b)) c", "(a AND (NOT b)) c");
        check_canonical("„Kim Jong“ NAH/5 x^2,50", "\"Kim Jong\" NAH/5 x^2.5", "\"Kim Jong\" NEAR/5 x^2.5");
        check_canonical("title:(a b) seit:heute", "titel:(a b) datum:2024-05-15..", "headline:(a b) date:2024-05-15..");
        check_canonical("ATLEAST/3 =Rak*", "MINDESTENS/3 =Rak*", "ATLEAST/3 =Rak*");
        check_canonical("((a)^2)^3", "(a^2)^3", "(a^2)^3");
        check_canonical("(titel:a)^0,1", "(titel:a)^0.1", "(headline:a)^0.1");
        check_canonical("titel:=Kim titel:Rak*", "titel:=Kim titel:Rak*", "headline:=Kim headline:Rak*");
        check_canonical(
            "titel:Kim^2 titel:Kimm~1",
            "titel:(Kim^2) titel:(Kimm~1)",
            "headline:(Kim^2) headline:(Kimm~1)",
        );
        check_canonical("url:a* pfad:(a ODER b)", "url:a* pfad:(a ODER b)", "url:a* path:(a OR b)");
        check_canonical("pfad:(a^2 -b)", "pfad:(a^2 (NICHT b))", "path:(a^2 (NOT b))");
        check_canonical("(15) 000", "15  000", "15  000");
        check_canonical("»a \"b\" c« -„d“", "»a \"b\" c« (NICHT \"d\")", "»a \"b\" c« (NOT \"d\")");
        check_canonical(
            "datum:2023-09 bis:2024",
            "datum:2023-09-01..2023-09-30 datum:..2024-12-31",
            "date:2023-09-01..2023-09-30 date:..2024-12-31",
        );
        check_canonical("a VOR/3 b ABSATZ c", "(a VOR/3 b) ABSATZ c", "(a ADJ/3 b) PARAGRAPH c");
        check_canonical("a SATZ b SATZ c", "(a SATZ b) SATZ c", "(a SENTENCE b) SENTENCE c");
    }

    /// The tree printed and parsed again is the same, but for where its words stand.
    #[track_caller]
    fn check_round(text: &str) {
        let Ok(query) = Query::parse(text, TODAY) else { return };
        for lang in [Lang::De, Lang::En] {
            let canonical = query.canonical(lang);
            let again = Query::parse(&canonical, TODAY).unwrap_or_else(|e| panic!("{text} as {canonical}: {e:?}"));
            assert_eq!(again.root.show(&again.text), query.root.show(&query.text), "{text} as {canonical}");
        }
    }

    proptest! {
        #[test]
        fn printed_and_parsed_again_it_is_the_same(
            text in "( |\\(|\\)|\"|„|“|”|»|«|›|‹|‚|‘|’|-|=|\\^2|~1|\\*|\\?|abc|15|000 |, |: |AND |ODER |NOT |\\|\\||&&|!|NEAR/3 |SATZ |ATLEAST/2 |titel:|date:|url:|heute|2023|Mai|\\.\\.|letzte){0,16}"
        ) {
            check_round(&text);
        }

        #[test]
        fn any_text_printed_and_parsed_again_is_the_same(text in "\\PC{0,30}") {
            check_round(&text);
        }
    }
}
