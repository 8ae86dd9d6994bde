//! Queries: spans slice the text, and every error can be said in both languages.
#![no_main]

use findbuch::lang::Lang;
use findbuch::query::Query;

libfuzzer_sys::fuzz_target!(|text: &str| {
    if let Err(error) = Query::parse(text) {
        assert!(text.get(error.span.clone()).is_some(), "{error:?}");
        for lang in [Lang::De, Lang::En] {
            assert!(!error.message(lang).is_empty());
        }
    }
    drop(Query::from_plain_text(text));
});
