//! Tokens to the tree, by recursive descent:
//!
//! ```text
//! or    = all { ("OR" | "ODER") all }
//! all   = and { and }
//! and   = unary { ("AND" | "UND") unary }
//! unary = ("NOT" | "NICHT" | "-") unary | field | "(" or ")" | exact | date
//! exact = [ "=" ] ( word | phrase )
//! field = name ":" ( exact | "(" or ")" )
//! ```

use super::lexer::{Token, lex};
use super::{Fault, MAX_BYTES, MAX_DEPTH, MAX_WORDS, Node, Span, dates};

type Parsed = Result<Node, (Fault, Span)>;

/// Parses a whole query.
pub fn parse(text: &str) -> Parsed {
    if text.len() > MAX_BYTES {
        return Err((Fault::TooLong, 0..0));
    }
    let tokens = lex(text)?;
    let words = tokens.iter().filter(|(token, _)| matches!(token, Token::Word | Token::Phrase(_)));
    if let Some((_, span)) = words.clone().nth(MAX_WORDS) {
        return Err((Fault::TooManyWords, span.clone()));
    }
    if tokens.is_empty() {
        return Err((Fault::Empty, 0..0));
    }
    let mut parser = Parser { text, tokens: &tokens, at: 0, depth: 0 };
    let node = parser.or()?;
    match parser.peek() {
        Some((Token::Close, span)) => Err((Fault::UnopenedParenthesis, span.clone())),
        Some((_, span)) => Err((Fault::MissingOperand, span.clone())),
        None => Ok(node),
    }
}

struct Parser<'a> {
    text: &'a str,
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
        while self.peek().is_some_and(|(token, _)| !matches!(token, Token::Or | Token::Close | Token::And)) {
            nodes.push(self.and()?);
        }
        Ok(single(nodes, Node::All))
    }

    fn and(&mut self) -> Parsed {
        let mut nodes = vec![self.unary()?];
        while self.next_is(&Token::And) {
            let operator = self.at;
            self.at += 1;
            nodes.push(self.operand(operator, Parser::unary)?);
        }
        Ok(single(nodes, Node::And))
    }

    /// What follows the operator at `operator`; if nothing can, the operator is at fault.
    fn operand(&mut self, operator: usize, parse: impl Fn(&mut Self) -> Parsed) -> Parsed {
        match self.peek() {
            None | Some((Token::Close | Token::And | Token::Or, _)) => {
                Err((Fault::MissingOperand, self.tokens[operator].1.clone()))
            }
            _ => parse(self),
        }
    }

    fn unary(&mut self) -> Parsed {
        let Some((token, span)) = self.peek() else { return Err((Fault::Empty, 0..0)) };
        self.at += 1;
        match token {
            Token::Word => Ok(Node::Word(span.clone())),
            Token::Phrase(inner) => Ok(Node::Phrase(inner.clone())),
            Token::Exact => match self.peek() {
                Some((Token::Word | Token::Phrase(_), _)) => {
                    Ok(Node::Exact(Box::new(self.nested(span, Parser::unary)?)))
                }
                _ => Err((Fault::MissingOperand, span.clone())),
            },
            Token::Date(bound, value) => dates::parse(&self.text[value.clone()], *bound)
                .map(Node::Published)
                .map_err(|fault| (fault, value.clone())),
            Token::Not => {
                let operator = self.at - 1;
                let node = self.nested(span, |parser| parser.operand(operator, Parser::unary))?;
                Ok(Node::Not(Box::new(node)))
            }
            Token::Field(field) => match self.peek() {
                Some((Token::Word | Token::Phrase(_) | Token::Exact | Token::Open, _)) => {
                    let node = self.nested(span, Parser::unary)?;
                    Ok(Node::Field(*field, Box::new(node)))
                }
                _ => Err((Fault::MissingValue, span.clone())),
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
            Token::And | Token::Or => Err((Fault::MissingOperand, span.clone())),
        }
    }

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

/// One node alone, several under their operator.
fn single(mut nodes: Vec<Node>, several: impl Fn(Vec<Node>) -> Node) -> Node {
    if nodes.len() == 1 { nodes.remove(0) } else { several(nodes) }
}
