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
//! ```

use crate::dates;
use crate::error::Fault;
use crate::lexer::lex;
use crate::limits::{MAX_BYTES, MAX_DEPTH, MAX_WORDS};
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
    if let Some((_, span)) = tokens.iter().filter(|(token, _)| token.is_word()).nth(MAX_WORDS) {
        return Err((Fault::TooManyWords, span.clone()));
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
            if !has_positions(&node) || !has_positions(&right) {
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
                if !has_positions(&node) {
                    return Err((Fault::BadOperand, span.clone()));
                }
                Ok(Node::AtLeast(*least, Box::new(node)))
            }
            Token::Field(field) => {
                self.at += 1;
                match self.peek() {
                    Some((token, _)) if token.is_word() || matches!(token, Token::Exact | Token::Open) => {
                        let node = self.nested(span, Parser::boosted)?;
                        let positions = !field.is_part() && has_closeness(&node);
                        if (field.is_raw() && !is_plain(&node)) || positions || has_field(&node) {
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

/// Whether a node has positions in a text, so that it can be close to another.
fn has_positions(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) | Node::Pattern(_) | Node::Fuzzy(..) | Node::Exact(_) | Node::Close(..) => true,
        Node::Or(nodes) => nodes.iter().all(has_positions),
        Node::Boost(_, inner) => has_positions(inner),
        _ => false,
    }
}

/// Whether a node has words and phrases only, joined by AND, OR, NOT or none.
fn is_plain(node: &Node) -> bool {
    match node {
        Node::Word(_) | Node::Phrase(_) => true,
        Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().all(is_plain),
        Node::Not(inner) | Node::Boost(_, inner) => is_plain(inner),
        _ => false,
    }
}

/// Whether a node has NEAR, ATLEAST or their like in it.
fn has_closeness(node: &Node) -> bool {
    match node {
        Node::Close(..) | Node::AtLeast(..) => true,
        Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_closeness),
        Node::Not(inner) | Node::Boost(_, inner) | Node::Field(_, inner) => has_closeness(inner),
        _ => false,
    }
}

/// Whether a node has a field or a date in it.
fn has_field(node: &Node) -> bool {
    match node {
        Node::Field(..) | Node::Published(_) => true,
        Node::All(nodes) | Node::And(nodes) | Node::Or(nodes) => nodes.iter().any(has_field),
        Node::Not(inner) | Node::Boost(_, inner) | Node::AtLeast(_, inner) => has_field(inner),
        _ => false,
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
