//! A tokenizer for tantivy that only splits: articles are analysed outside and given to tantivy as terms with separators.

use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// Name of the one tokenizer of the schema's analysed fields.
pub const TERMS: &str = "terms";

/// Separates terms; no word has it.
pub const SEPARATOR: char = '\u{1f}';

/// Begins a term at the same position as the one before it; no word has it.
pub const SAME_PLACE: char = '\u{1e}';

/// Encloses the number of positions between a term and the one before it, where that is not 1; no word has it.
pub const STEP: char = '\u{1d}';

/// The tokenizers that the schema names.
pub fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(TERMS, TermSplitter);
    manager
}

#[derive(Clone)]
struct TermSplitter;

impl Tokenizer for TermSplitter {
    type TokenStream<'a> = TermStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> TermStream<'a> {
        TermStream { rest: text, token: Token::default() }
    }
}

/// Terms in order, each at the next position or, marked so, at the same.
struct TermStream<'a> {
    rest: &'a str,
    token: Token,
}

impl TokenStream for TermStream<'_> {
    fn advance(&mut self) -> bool {
        if self.rest.is_empty() {
            return false;
        }
        let (term, rest) = match self.rest.as_bytes().iter().position(|&byte| byte == SEPARATOR as u8) {
            Some(end) => (&self.rest[..end], &self.rest[end + 1..]),
            None => (self.rest, ""),
        };
        self.rest = rest;
        let (term, step) = if let Some(term) = term.strip_prefix(SAME_PLACE) {
            (term, 0)
        } else if let Some((step, term)) = term.strip_prefix(STEP).and_then(|term| term.split_once(STEP)) {
            (term, step.parse().unwrap_or(1))
        } else {
            (term, 1)
        };
        self.token.position = self.token.position.wrapping_add(step);
        self.token.text.clear();
        self.token.text.push_str(term);
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
