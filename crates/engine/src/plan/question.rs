//! Questions: which of their words ask and say nothing of the answer, and whether the answer is a number.

use crate::plan::word::Word;

/// Words that ask, folded; all are function words. Sorted.
const ASKING: &[&str] = &[
    "wann", "warum", "was", "welche", "welchem", "welchen", "welcher", "welches", "wem", "wen", "wer", "weshalb",
    "wessen", "weswegen", "wie", "wieso", "wieviel", "wieviele", "wo", "wodurch", "wofür", "wogegen", "woher", "wohin",
    "womit", "woran", "worauf", "woraus", "worin", "worum", "worüber", "wovon", "wovor", "wozu",
];
/// Words behind *wie* that ask with it. Sorted.
const BEHIND_WIE: &[&str] = &["alt", "gross", "hoch", "lange", "oft", "teuer", "viel", "viele", "vielen", "weit"];
/// Words that ask for a number or a day.
const FOR_NUMBERS: &[&str] = &["wann", "wieviel", "wieviele"];

/// A question.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub struct Question {
    /// Whether its answer is a number or a day.
    pub number: bool,
}

/// Whether a folded word asks.
#[must_use]
pub fn asks(form: &str) -> bool {
    ASKING.binary_search(&form).is_ok()
}

/// Reads a query as a question, if it is one: it begins with a word that asks. A word behind *wie* that asks with it becomes a function
/// word.
pub fn read(words: &mut [Word]) -> Option<Question> {
    let form = |word: &Word| match word.forms.as_slice() {
        [form] if !word.phrase && !word.exact && word.field.is_none() => Some(form.clone()),
        _ => None,
    };
    let [first, others @ ..] = words else { return None };
    let begins = form(first)?;
    let wie = &*begins == "wie";
    if others.is_empty() || !asks(&begins) {
        return None;
    }
    let mut number = FOR_NUMBERS.contains(&&*begins);
    let more = others.iter().skip(1).any(|word| !word.functional && !word.negated);
    if let Some(second) = others.first_mut().filter(|_| wie && more)
        && form(second).is_some_and(|form| BEHIND_WIE.binary_search(&&*form).is_ok())
    {
        second.functional = true;
        number = true;
    }
    Some(Question { number })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::SearchRequest;
    use crate::memory::MemoryEngine;
    use findbuch_query::Query;

    /// The words of a query that are scored, and the question that it is.
    #[track_caller]
    fn check(text: &str, scored: &[&str], question: Option<bool>) {
        let query = Query::parse(text, jiff::civil::date(2026, 1, 1)).expect(text);
        let engine = MemoryEngine::of([]);
        let prepared = engine.prepared(&SearchRequest::new(&query)).expect("a plan");
        let plan = prepared.plan();
        let words: Vec<&str> = plan.scored.iter().map(|word| word.typed.as_str()).collect();
        assert_eq!((words.as_slice(), plan.question.map(|question| question.number)), (scored, question), "{text}");
    }

    #[test]
    fn words_that_ask_weigh_nothing() {
        check("Warum streiken die Lokführer?", &["streiken", "Lokführer"], Some(false));
        check("Wie hoch ist der Mindestlohn 2025?", &["Mindestlohn", "2025"], Some(true));
        check("Wann beginnt die Ernte?", &["beginnt", "Ernte"], Some(true));
        check("Welcher Trainer ging wohin?", &["Trainer", "ging"], Some(false));
        check("wie hoch", &["hoch"], Some(false));
        check("Wie Hamburg wächst", &["Hamburg", "wächst"], Some(false));
        check("Hoch Wasser", &["Hoch", "Wasser"], None);
        check("Wann", &["Wann"], None);
        check("=\"Wie hoch\" Mauer", &["hoch", "Mauer"], None);
    }

    #[test]
    fn a_question_may_name_a_year() {
        for (text, year) in [
            ("Wie hoch ist der Mindestlohn 2025?", Some("2025-01-01..2025-12-31")),
            ("Was geschah 1989 in Leipzig?", Some("1989-01-01..1989-12-31")),
            ("Mindestlohn 2025", None),
            ("Wer zahlt 3025 Euro?", None),
        ] {
            let query = Query::parse(text, jiff::civil::date(2026, 1, 1)).expect(text);
            let engine = MemoryEngine::of([]);
            let prepared = engine.prepared(&SearchRequest::new(&query)).expect("a plan");
            let found = prepared.plan().year_asked_for().map(|days| days.to_string());
            assert_eq!(found.as_deref(), year, "{text}");
        }
    }

    #[test]
    fn lists_are_sorted_and_folded() {
        for list in [ASKING, BEHIND_WIE] {
            assert!(list.is_sorted_by(|left, right| left < right));
            assert!(list.iter().all(|word| findbuch_german::fold(word) == *word));
        }
        assert!(ASKING.iter().all(|word| findbuch_german::is_stop_word(word)));
    }
}
