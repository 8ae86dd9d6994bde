//! Queries: spans slice the text, every error can be said in both languages, what a query is printed as is one, and so is
//! what a hint shows.
#![no_main]

use findbuch_query::lang::Lang;
use findbuch_query::{Fault, Query};

libfuzzer_sys::fuzz_target!(|text: &str| {
    let today = jiff::civil::date(2026, 1, 1);
    match Query::parse(text, today) {
        Ok(query) => {
            for lang in [Lang::De, Lang::En] {
                let printed = query.canonical(lang);
                // with all its parentheses a query may be longer and deeper than one may be
                let fault = Query::parse(&printed, today).err().map(|error| error.fault);
                assert!(matches!(fault, None | Some(Fault::TooLong | Fault::TooDeep)), "{text:?} {printed:?}");
            }
        }
        Err(error) => {
            assert!(text.get(error.span.clone()).is_some(), "{error:?}");
            for lang in [Lang::De, Lang::En] {
                assert!(!error.message(lang).is_empty());
            }
        }
    }
    let (query, ignored) = Query::lenient(text, today);
    for hint in query.hints() {
        assert!(hint.query.is_none_or(|written| Query::parse(&written, today).is_ok()), "{text:?}");
    }
    assert!(ignored.iter().all(|ignored| text.get(ignored.span.clone()).is_some()), "{text:?}");
    drop(Query::from_plain_text(text));
});
