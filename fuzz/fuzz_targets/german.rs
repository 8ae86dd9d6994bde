//! The German analyser: spans slice the text in order, and no term is empty.
#![no_main]

use findbuch_german::{Analyzer, is_surely_german, normalize, one_line, phonetics, sentences};
use std::cell::RefCell;

thread_local! {
    /// Made once: its tables take longer than a text.
    static ANALYZER: RefCell<Analyzer> = RefCell::new(Analyzer::default());
}

libfuzzer_sys::fuzz_target!(|text: &str| ANALYZER.with_borrow_mut(|analyzer| check(text, analyzer)));

fn check(text: &str, analyzer: &mut Analyzer) {
    let normal = normalize(text);
    for text in [text, &normal, &one_line(text)] {
        let mut end = 0;
        for token in analyzer.tokens(text) {
            assert!(token.span.start >= end && token.span.end > token.span.start, "{token:?}");
            let word = text.get(token.span.clone()).expect("a slice");
            assert!(!token.terms.exact.is_empty() && !token.terms.stem.is_empty(), "{token:?}");
            for part in &token.terms.parts {
                assert!(
                    word.len() > findbuch_german::MAX_WORD_BYTES || word.get(part.span.clone()).is_some(),
                    "{token:?}"
                );
            }
            assert!(token.also.iter().all(|(_, span)| text.get(span.clone()).is_some()), "{token:?}");
            assert!(!analyzer.readings(word).is_empty());
            let _ = phonetics::cologne(word);
            end = token.span.end;
        }
        assert!(sentences(text).into_iter().all(|span| text.get(span).is_some()));
        let _ = is_surely_german(text);
    }
}
