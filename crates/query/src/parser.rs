//! Tokens to the tree, by recursive descent:
//!
//! ```text
//! or      = all { ("OR" | "ODER" | "||") all }
//! all     = and { and }
//! and     = close { ("AND" | "UND" | "&&") close }
//! close   = unary { ("NEAR/n" | "ADJ/n" | "SENTENCE" | "PARAGRAPH") unary }
//! unary   = ("NOT" | "NICHT" | "-" | "–" | "−" | "!") unary | "ATLEAST/n" unary | field | date | boosted
//! field   = name ":" boosted
//! boosted = ( "(" or ")" | exact ) [ "^" number ]
//! exact   = [ "=" ] ( word | phrase | pattern | fuzzy )
//! word    = [ "^" before a capital ] run | day month [ year ] | capital number
//! ```

use crate::dates;
use crate::error::Fault;
use crate::lexer::{lex, plain_words};
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_PATTERNS, MAX_WORDS};
use crate::token::Token;
use crate::tree::{Node, Span};
use jiff::civil;

type Parsed = Result<Node, (Fault, Span)>;

/// Parses a whole query.
pub fn parse(text: &str, today: civil::Date) -> Parsed {
    if text.len() > MAX_BYTES {
        return Err((Fault::TooLong, 0..0));
    }
    let tokens = lex(text)?;
    let mut words = 0;
    for (token, span) in tokens.iter().filter(|(token, _)| token.is_word()) {
        words += if let Token::Phrase(inner) = token { plain_words(&text[inner.clone()]).count().max(1) } else { 1 };
        if words > MAX_WORDS {
            return Err((Fault::TooManyWords, span.clone()));
        }
    }
    let mut patterns = tokens.iter().filter(|(token, _)| matches!(token, Token::Pattern | Token::Fuzzy(..)));
    if let Some((_, span)) = patterns.nth(MAX_PATTERNS) {
        return Err((Fault::TooManyPatterns, span.clone()));
    }
    if tokens.is_empty() {
        return Err((Fault::Empty, 0..0));
    }
    let mut parser = Parser { text, today, tokens: &tokens, at: 0, depth: 0 };
    let node = parser.or()?;
    match parser.peek() {
        Some((Token::Close, span)) => Err((Fault::UnopenedParenthesis, span.clone())),
        Some((_, span)) => Err((Fault::MissingOperand, span.clone())),
        None => Ok(node),
    }
}

/// Whether no operand begins with a token.
fn ends(token: &Token) -> bool {
    matches!(token, Token::Close | Token::And | Token::Or | Token::Near(_))
}

struct Parser<'a> {
    text: &'a str,
    today: civil::Date,
    tokens: &'a [(Token, Span)],
    at: usize,
    depth: usize,
}

impl<'a> Parser<'a> {
    fn peek(&self) -> Option<&'a (Token, Span)> {
        self.tokens.get(self.at)
    }

    fn next_is(&self, token: &Token) -> bool {
        self.peek().is_some_and(|(next, _)| next == token)
    }

    fn or(&mut self) -> Parsed {
        let mut nodes = vec![self.all()?];
        while self.next_is(&Token::Or) {
            let operator = self.at;
            self.at += 1;
            nodes.push(self.operand(operator, Parser::all)?);
        }
        Ok(single(nodes, Node::Or))
    }

    fn all(&mut self) -> Parsed {
        let mut nodes = vec![self.and()?];
        while self.peek().is_some_and(|(token, _)| !ends(token)) {
            nodes.push(self.and()?);
        }
        Ok(single(nodes, Node::All))
    }

    fn and(&mut self) -> Parsed {
        let mut nodes = vec![self.close()?];
        while self.next_is(&Token::And) {
            let operator = self.at;
            self.at += 1;
            nodes.push(self.operand(operator, Parser::close)?);
        }
        Ok(single(nodes, Node::And))
    }

    fn close(&mut self) -> Parsed {
        let mut node = self.unary()?;
        let mut joined = 0;
        while let Some((Token::Near(closeness), span)) = self.peek() {
            let operator = self.at;
            self.at += 1;
            joined += 1;
            if self.depth + joined >= MAX_DEPTH {
                return Err((Fault::TooDeep, span.clone()));
            }
            let right = self.operand(operator, Parser::unary)?;
            if !node.has_positions() || !right.has_positions() {
                return Err((Fault::BadOperand, span.clone()));
            }
            node = Node::Close(*closeness, Box::new(node), Box::new(right));
        }
        Ok(node)
    }

    /// The operand behind the operator at `operator`, which is the fault if there is none.
    fn operand(&mut self, operator: usize, parse: impl Fn(&mut Self) -> Parsed) -> Parsed {
        match self.peek() {
            Some((token, _)) if !ends(token) => parse(self),
            _ => Err((Fault::MissingOperand, self.tokens.get(operator).map_or(0..0, |(_, span)| span.clone()))),
        }
    }

    fn unary(&mut self) -> Parsed {
        let Some((token, span)) = self.peek() else { return Err((Fault::Empty, 0..0)) };
        let operator = self.at;
        match token {
            Token::Date(bound, value) => {
                self.at += 1;
                let quoted = value.end < span.end;
                match dates::parse(&self.text[value.clone()], *bound, self.today) {
                    Err(fault) if quoted || fault == Fault::BackwardDates => Err((fault, value.clone())),
                    Err(_) => Err(dates::unquoted(self.text, span, value, *bound, self.today)),
                    Ok(range) => match dates::goes_on(self.text, value, *bound, self.today) {
                        Some(end) if !quoted => Err((Fault::UnquotedDate, span.start..end)),
                        _ => Ok(Node::Published(range)),
                    },
                }
            }
            Token::Not => {
                self.at += 1;
                let node = self.nested(span, |parser| parser.operand(operator, Parser::unary))?;
                Ok(Node::Not(Box::new(node)))
            }
            Token::AtLeast(least) => {
                self.at += 1;
                let node = self.nested(span, |parser| parser.operand(operator, Parser::unary))?;
                if !node.has_positions() {
                    return Err((Fault::BadOperand, span.clone()));
                }
                Ok(Node::AtLeast(*least, Box::new(node)))
            }
            Token::Field(field) => {
                self.at += 1;
                match self.peek() {
                    Some((token, _)) if token.is_word() || matches!(token, Token::Exact | Token::Open) => {
                        let node = self.nested(span, Parser::boosted)?;
                        let positions = !field.is_part() && node.has_closeness();
                        if (field.is_raw() && !node.is_plain()) || positions || node.has_field() {
                            return Err((Fault::NotInField, span.clone()));
                        }
                        Ok(Node::Field(*field, Box::new(node)))
                    }
                    Some((Token::Not, not)) => Err((Fault::NotBehindField, span.start..not.end)),
                    _ => Err((Fault::MissingValue, span.clone())),
                }
            }
            _ => self.boosted(),
        }
    }

    fn boosted(&mut self) -> Parsed {
        let node = self.primary()?;
        if let Some((Token::Boost(boost), _)) = self.peek() {
            self.at += 1;
            return Ok(Node::Boost(*boost, Box::new(node)));
        }
        Ok(node)
    }

    fn primary(&mut self) -> Parsed {
        let Some((token, span)) = self.peek() else { return Err((Fault::Empty, 0..0)) };
        self.at += 1;
        match token {
            Token::Word => Ok(Node::Word(span.clone())),
            Token::Phrase(inner) => Ok(Node::Phrase(inner.clone())),
            Token::Pattern => Ok(Node::Pattern(span.clone())),
            Token::Fuzzy(word, edits) => Ok(Node::Fuzzy(word.clone(), *edits)),
            Token::Exact => match self.peek() {
                Some((token, _)) if token.is_word() => Ok(Node::Exact(Box::new(self.nested(span, Parser::primary)?))),
                Some((Token::Field(_) | Token::Date(..), field)) => {
                    Err((Fault::ExactBeforeField, span.start..field.end))
                }
                _ => Err((Fault::MissingOperand, span.clone())),
            },
            Token::Open => {
                if let Some((Token::Close, close)) = self.peek() {
                    return Err((Fault::EmptyParentheses, span.start..close.end));
                }
                if self.peek().is_none() {
                    return Err((Fault::UnclosedParenthesis, span.clone()));
                }
                let node = self.nested(span, Parser::or)?;
                if !self.next_is(&Token::Close) {
                    return Err((Fault::UnclosedParenthesis, span.clone()));
                }
                self.at += 1;
                Ok(node)
            }
            Token::Close => Err((Fault::UnopenedParenthesis, span.clone())),
            _ => Err((Fault::MissingOperand, span.clone())),
        }
    }

    /// What `parse` reads, one level deeper.
    fn nested(&mut self, span: &Span, parse: impl Fn(&mut Self) -> Parsed) -> Parsed {
        if self.depth >= MAX_DEPTH {
            return Err((Fault::TooDeep, span.clone()));
        }
        self.depth += 1;
        let node = parse(self);
        self.depth -= 1;
        node
    }
}

/// A single node as it is, several under their operator.
fn single(mut nodes: Vec<Node>, several: impl Fn(Vec<Node>) -> Node) -> Node {
    match nodes.pop() {
        Some(only) if nodes.is_empty() => only,
        last => {
            nodes.extend(last);
            several(nodes)
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// A Wednesday.
    const TODAY: civil::Date = civil::date(2024, 5, 15);

    #[track_caller]
    fn check(text: &str, expected: &str) {
        match parse(text, TODAY) {
            Ok(root) => assert_eq!(root.show(text), expected, "{text}"),
            Err(error) => panic!("{text}: {error:?}"),
        }
    }

    #[test]
    fn trees_are_what_was_meant() {
        check("Munition", "Munition");
        check("Kim Jong Un Munition", "all(Kim, Jong, Un, Munition)");
        check("\"Kim Jong Un\" Munition", "all(\"Kim Jong Un\", Munition)");
        check("„Kim Jong Un“ »Munition aus Nordkorea«", "all(\"Kim Jong Un\", \"Munition aus Nordkorea\")");
        check("a || b&&c !d", "or(a, all(and(b, c), not(d)))");
        check("!titel:a !(b c) Hilfe! a!b", "all(not(Headline:a), not(all(b, c)), Hilfe!, a!b)");
        check("Wetten!!! -!Kim", "all(Wetten!!!, Kim)");
        check("url:x.example/?a=1&&b=2 R&D a|b", "all(Url:x.example/?a=1&&b=2, R&D, a|b)");
        check("‚Kim Jong‘ ›Un‹^2 \"Rosa”", "all(\"Kim Jong\", 200%(\"Un\"), \"Rosa\")");
        check("titel:‚Kim Jong‘ -„Un\" =‹Rosa›", "all(Headline:\"Kim Jong\", not(\"Un\"), =\"Rosa\")");
        check("Rosa’s Bahn, Hans’ Bahn‚ Bus", "all(Rosa’s, Bahn,, Hans’, Bahn‚, Bus)");
        check("Kim -Kardashian", "all(Kim, not(Kardashian))");
        check("Kim –Kardashian − 2023–2024", "all(Kim, not(Kardashian), 2023–2024)");
        check("Jong-un – Putin", "all(Jong-un, Putin)");
        check("Kim AND Putin", "and(Kim, Putin)");
        check("Kim UND NICHT Putin", "and(Kim, not(Putin))");
        check("Kim ODER Putin Munition", "or(Kim, all(Putin, Munition))");
        check("(Kim OR Putin) Munition", "all(or(Kim, Putin), Munition)");
        check("a AND b OR c AND d", "or(and(a, b), and(c, d))");
        check("NOT (a b)", "not(all(a, b))");
        check("titel:Waffendeal autor:\"Nico Lange\"", "all(Headline:Waffendeal, Author:\"Nico Lange\")");
        check("ressort:(Politik OR Sport)", "Section:or(Politik, Sport)");
        check("-titel:Sport Kim", "all(not(Headline:Sport), Kim)");
        check("date:2023", "2023-01-01..2023-12-31");
        check("datum:2023-09", "2023-09-01..2023-09-30");
        check("datum:12.9.2023", "2023-09-12..2023-09-12");
        check("datum:9/2023", "2023-09-01..2023-09-30");
        check("date:2023-01..2023-06", "2023-01-01..2023-06-30");
        check("seit:2023 bis:2024-02", "all(2023-01-01.., ..2024-02-29)");
        check("Anpfiff: 20:30 Uhr", "all(Anpfiff:, 20:30, Uhr)");
        check("Arbeiter*innen und Kolleg:innen", "all(Arbeiter*innen, und, Kolleg:innen)");
        check("Wer zahlt?", "all(Wer, zahlt?)");
        check("and oder", "all(and, oder)");
        check("Rak* *munition M?ller", "all(pattern(Rak*), pattern(*munition), pattern(M?ller))");
        check("Selenski~1", "fuzzy(Selenski, 1)");
        check("Kim^2 \"Jong Un\"^0,5 (a b)^3", "all(200%(Kim), 50%(\"Jong Un\"), 300%(all(a, b)))");
        check("titel:Kim^2 Selenski~2^1.5", "all(Headline:200%(Kim), 150%(fuzzy(Selenski, 2)))");
        check("Kim NEAR/5 Munition Putin", "all(Near(5)(Kim, Munition), Putin)");
        check("a NAH/0 b VOR/3 (c ODER \"d e\")", "Before(3)(Near(0)(a, b), or(c, \"d e\"))");
        check("a SATZ b ABSATZ c", "Paragraph(Sentence(a, b), c)");
        check("-(a SENTENCE b) c", "all(not(Sentence(a, b)), c)");
        check("titel:(a ADJ/2 b)", "Headline:Before(2)(a, b)");
        check("MINDESTENS/3 Munition ATLEAST/2 (a OR b)", "all(3x(Munition), 2x(or(a, b)))");
        check("nah vor satz near/5 VOR NAH", "all(nah, vor, satz, near/5, VOR, NAH)");
        check(
            "pfad:archiv/2019* url:https://die-warte.example/?id=3",
            "all(Path:archiv/2019*, Url:https://die-warte.example/?id=3)",
        );
        check("datum:gestern", "2024-05-14..2024-05-14");
        check("datum:\"letzte 30 Tage\" Kim", "all(2024-04-16..2024-05-15, Kim)");
        check("seit:letzte-woche", "2024-05-06..");
        check("datum:2023..heute", "2023-01-01..2024-05-15");
        check("datum:\"Mai 2024\" seit:mai-2024", "all(2024-05-01..2024-05-31, 2024-05-01..)");
        check("datum:„12. Mai 2024“", "2024-05-12..2024-05-12");
        check("datum:\"12. 5. 2024\"", "2024-05-12..2024-05-12");
        check("datum:\"März 2023 .. Mai 2024\"", "2023-03-01..2024-05-31");
        check("datum:2024-05..06", "2024-05-01..2024-06-30");
        check("datum:2024-05..2025", "2024-05-01..2025-12-31");
        check("datum:2024-05-12..20", "2024-05-12..2024-05-20");
        check("datum:2024-05-12..06-20", "2024-05-12..2024-06-20");
        check("datum:2023 ... 2024", "all(2023-01-01..2023-12-31, 2024)");
        check("datum:2023.. 2024", "all(2023-01-01.., 2024)");
        check("=Rak*", "=pattern(Rak*)");
        check("Kim -*munition -=Waffe", "all(Kim, not(pattern(*munition)), not(=Waffe))");
    }

    #[test]
    fn a_query_may_reach_its_limits() {
        let fits = |text: &str| parse(text, TODAY).is_ok();
        let too_long =
            |text: &str, fault: Fault| assert_eq!(parse(text, TODAY).map_err(|(fault, _)| fault), Err(fault));
        assert!(fits(&"a".repeat(MAX_BYTES)));
        too_long(&"a".repeat(MAX_BYTES + 1), Fault::TooLong);
        assert!(fits(&"a ".repeat(MAX_WORDS)));
        too_long(&"a ".repeat(MAX_WORDS + 1), Fault::TooManyWords);
        assert!(fits(&format!("\"{}\"", "a ".repeat(MAX_WORDS))));
        too_long(&format!("\"{}\" a", "a ".repeat(MAX_WORDS)), Fault::TooManyWords);
        assert!(fits(&"Waffe~1 Rak* ".repeat(MAX_PATTERNS / 2)));
        too_long(&("Waffe~1 Rak* ".repeat(MAX_PATTERNS / 2) + "*munition"), Fault::TooManyPatterns);
        let nested = |depth: usize| "(".repeat(depth) + "a" + &")".repeat(depth);
        assert!(fits(&nested(MAX_DEPTH)));
        too_long(&nested(MAX_DEPTH + 1), Fault::TooDeep);
        let chain = |operators: usize| "a SATZ ".repeat(operators) + "a";
        assert!(fits(&chain(MAX_DEPTH - 1)));
        too_long(&chain(MAX_DEPTH), Fault::TooDeep);
        assert!(fits(&format!("({})", chain(MAX_DEPTH - 2))));
        too_long(&format!("({})", chain(MAX_DEPTH - 1)), Fault::TooDeep);
        assert!(fits(&"(a) ".repeat(2 * MAX_DEPTH)), "groups side by side are not nested");
    }

    #[track_caller]
    fn check_fault(text: &str, fault: &Fault, at: &str) {
        let (found, span) = parse(text, TODAY).expect_err(text);
        assert_eq!((&found, &text[span]), (fault, at), "{text}");
    }

    #[test]
    fn faults_name_their_place() {
        check_fault("", &Fault::Empty, "");
        check_fault(" – ", &Fault::Empty, "");
        check_fault("Kim \"Jong Un", &Fault::UnclosedQuote, "\"");
        check_fault("Kim („Jong“", &Fault::UnclosedParenthesis, "(");
        check_fault("Kim) Jong", &Fault::UnopenedParenthesis, ")");
        check_fault("Kim OR", &Fault::MissingOperand, "OR");
        check_fault("UND Kim", &Fault::MissingOperand, "UND");
        check_fault("Kim NICHT", &Fault::MissingOperand, "NICHT");
        check_fault("Kim ||", &Fault::MissingOperand, "||");
        check_fault("a |||| b", &Fault::MissingOperand, "||");
        check_fault("&& Kim", &Fault::MissingOperand, "&&");
        check_fault("()", &Fault::EmptyParentheses, "()");
        check_fault("\"\"", &Fault::EmptyPhrase, "\"\"");
        check_fault("tittel:Kim", &Fault::UnknownField(Some("titel")), "tittel:");
        check_fault("xyz:Kim", &Fault::UnknownField(None), "xyz:");
        check_fault("titel: Kim", &Fault::MissingValue, "titel:");
        check_fault("datum:morgen", &Fault::BadDate, "morgen");
        check_fault("date:2023-13", &Fault::BadDate, "2023-13");
        check_fault("date:2024..2023", &Fault::BackwardDates, "2024..2023");
        check_fault("datum:2024-05..04", &Fault::BackwardDates, "2024-05..04");
        check_fault("datum:2024-05..13", &Fault::BadDate, "2024-05..13");
        check_fault("datum:2024..05", &Fault::BadDate, "2024..05");
        check_fault("datum:Mai Streik", &Fault::MissingYear, "Mai");
        check_fault("datum:\"12. Mai\"", &Fault::MissingYear, "12. Mai");
        check_fault("datum:12. Mai Streik", &Fault::MissingYear, "12. Mai");
        check_fault("datum:letzte-tage", &Fault::MissingNumber, "letzte-tage");
        check_fault("datum:letzte Tage", &Fault::MissingNumber, "letzte Tage");
        check_fault("datum:\"last weeks\"", &Fault::MissingNumber, "last weeks");
        check_fault("Streik datum:letzte 30 Tage Bahn", &Fault::UnquotedDate, "datum:letzte 30 Tage");
        check_fault("(seit:letzte Woche)", &Fault::UnquotedDate, "seit:letzte Woche");
        check_fault("datum:2023 .. 2024 Bahn", &Fault::UnquotedDate, "datum:2023 .. 2024");
        check_fault("datum:2023-05 ..06", &Fault::UnquotedDate, "datum:2023-05 ..06");
        check_fault("datum:Mai 2024", &Fault::UnquotedDate, "datum:Mai 2024");
        check_fault("datum:12. Mai 2024 Streik", &Fault::UnquotedDate, "datum:12. Mai 2024");
        check_fault("=titel:Kim", &Fault::ExactBeforeField, "=titel:");
        check_fault("=datum:2024", &Fault::ExactBeforeField, "=datum:2024");
        check_fault("titel:-Kim", &Fault::NotBehindField, "titel:-");
        check_fault("titel:!Kim", &Fault::NotBehindField, "titel:!");
        check_fault("EU*", &Fault::ShortPattern, "EU*");
        check_fault("Jong-u*", &Fault::PatternSign, "Jong-u*");
        check_fault("\"schwere Rak* hier\"", &Fault::PatternInPhrase, "Rak*");
        check_fault("Selenski~3", &Fault::BadFuzzy, "Selenski~3");
        check_fault("Ki~1", &Fault::ShortFuzzy, "Ki~1");
        check_fault("\"Kim Jong\"~3", &Fault::Modifier, "~3");
        check_fault("seit:", &Fault::MissingDate, "seit:");
        check_fault("titel:(Kim text:Putin)", &Fault::NotInField, "titel:");
        check_fault("titel:(Kim ODER -datum:2024)", &Fault::NotInField, "titel:");
        check_fault("datum:(2023)", &Fault::MissingDate, "datum:");
        check_fault("datum:\"letzte", &Fault::UnclosedQuote, "\"");
        check_fault("Kim^0", &Fault::BadBoost, "Kim^0");
        check_fault("(a b)^x", &Fault::BadBoost, "^x");
        check_fault("a NEAR b", &Fault::BadDistance, "NEAR");
        check_fault("a NEAR/x b", &Fault::BadDistance, "NEAR/x");
        check_fault("a VOR/10000 b", &Fault::BadDistance, "VOR/10000");
        check_fault("ATLEAST/0 b", &Fault::BadCount, "ATLEAST/0");
        check_fault("a NEAR/5", &Fault::MissingOperand, "NEAR/5");
        check_fault("SATZ a", &Fault::MissingOperand, "SATZ");
        check_fault("-a SATZ b", &Fault::BadOperand, "SATZ");
        check_fault("a SATZ titel:b", &Fault::BadOperand, "SATZ");
        check_fault("a NEAR/5 (b c)", &Fault::BadOperand, "NEAR/5");
        check_fault("autor:(a NEAR/5 b)", &Fault::NotInField, "autor:");
        check_fault("pfad:(abc*)", &Fault::NotInField, "pfad:");
        check_fault("autor:(-(a NEAR/5 b))", &Fault::NotInField, "autor:");
        check_fault("autor:((a NEAR/5 b)^2)", &Fault::NotInField, "autor:");
        check_fault("autor:(c ODER ATLEAST/2 a)", &Fault::NotInField, "autor:");
        check_fault("datum:Mai ", &Fault::MissingYear, "Mai");
        check_fault("(datum:Mai )", &Fault::MissingYear, "Mai");
        check_fault("datum:letzte  30 Tage x", &Fault::UnquotedDate, "datum:letzte  30 Tage");
        let days = "datum:1. Mai 2024 .. 3. Juni 2024";
        check_fault(&format!("{days} 2025 bahn"), &Fault::UnquotedDate, days);
        check_fault("seit:2023..2024", &Fault::BadDate, "2023..2024");
        check_fault("ATLEAST/2 -a", &Fault::BadOperand, "ATLEAST/2");
        check_fault("a) b", &Fault::UnopenedParenthesis, ")");
        check_fault("(a b", &Fault::UnclosedParenthesis, "(");
        check_fault("(a UND", &Fault::MissingOperand, "UND");
        check_fault("(", &Fault::UnclosedParenthesis, "(");
        check_fault("(datum:2024..2023)", &Fault::BackwardDates, "2024..2023");
        check_fault("datum:„2024..2023“", &Fault::BackwardDates, "2024..2023");
        check_fault("datum:„2023 x“", &Fault::BadDate, "2023 x");
        check_fault(&("a SATZ ".repeat(50) + "a"), &Fault::TooDeep, "SATZ");
        let deep = "(".repeat(100) + "a" + &")".repeat(100);
        check_fault(&deep, &Fault::TooDeep, "(");
        let long = "a ".repeat(600);
        check_fault(&long, &Fault::TooManyWords, "a");
    }

    proptest! {
        #[test]
        fn no_text_panics_and_spans_slice_it(text in "\\PC{0,40}") {
            match parse(&text, TODAY) {
                Ok(root) => drop(root.show(&text)),
                Err((_, span)) => prop_assert!(text.get(span).is_some()),
            }
        }

        #[test]
        fn operators_in_any_order_do_not_panic(text in "(( |\\(|\\)|\"|„|”|»|‚|‘|-|AND|NOT|OR|\\|\\||&&|!|titel:|date:|a|2023){0,12})") {
            if let Err((_, span)) = parse(&text, TODAY) {
                prop_assert!(text.get(span).is_some());
            }
        }
    }
}
