//! The analyser as tantivy tokenizers: one gives stems, one gives folded forms.

use super::schema::{FORMS, STEMS};
use crate::german::{Analyzer, Words, words};
use tantivy::tokenizer::{Token, TokenStream, Tokenizer, TokenizerManager};

/// The tokenizers under the names that the schema uses.
pub fn manager() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(STEMS, GermanTokenizer { analyzer: Analyzer::default(), wanted: Wanted::Stem });
    manager.register(FORMS, GermanTokenizer { analyzer: Analyzer::default(), wanted: Wanted::Form });
    manager
}

#[derive(Clone, Copy)]
enum Wanted {
    Stem,
    Form,
}

#[derive(Clone)]
struct GermanTokenizer {
    analyzer: Analyzer,
    wanted: Wanted,
}

impl Tokenizer for GermanTokenizer {
    type TokenStream<'a> = GermanStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GermanStream<'a> {
        GermanStream { text, words: words(text), tokenizer: self, token: Token::default() }
    }
}

struct GermanStream<'a> {
    text: &'a str,
    words: Words<'a>,
    tokenizer: &'a mut GermanTokenizer,
    token: Token,
}

impl TokenStream for GermanStream<'_> {
    fn advance(&mut self) -> bool {
        let Some(span) = self.words.next() else { return false };
        let terms = self.tokenizer.analyzer.terms(&self.text[span.clone()]);
        self.token.position = self.token.position.wrapping_add(1);
        self.token.offset_from = span.start;
        self.token.offset_to = span.end;
        self.token.text.clear();
        self.token.text.push_str(match self.tokenizer.wanted {
            Wanted::Stem => &terms.stem,
            Wanted::Form => &terms.exact,
        });
        true
    }

    fn token(&self) -> &Token {
        &self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        &mut self.token
    }
}
