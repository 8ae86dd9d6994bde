//! Why a hit is where it is: the terms of its score in words.

use crate::escape::printable;
use crate::numbers::number;
use findbuch_engine::{Hit, ScoreTerm, TermKind};
use findbuch_query::lang::Lang;

/// `Punkte 12,40 = 5,10 „Munition“ im Text + … − 0,90 fehlende Wörter`, the greatest first; empty where the terms were not asked for.
#[must_use]
pub fn score_line(hit: &Hit, lang: Lang) -> String {
    if hit.terms.is_empty() {
        return String::new();
    }
    let mut terms: Vec<&ScoreTerm> = hit.terms.iter().collect();
    terms.sort_by(|a, b| b.value.total_cmp(&a.value));
    let mut line = format!("{} {} =", lang.pick("Punkte", "score"), number(f64::from(hit.score), 2, lang));
    for (at, term) in terms.iter().enumerate() {
        let sign = match (at, term.value < 0.0) {
            (0, false) => "",
            (_, false) => "+ ",
            (_, true) => "− ",
        };
        let value = number(f64::from(term.value.abs()), 2, lang);
        line.extend([" ", sign, &value, " ", &cause(term, lang)]);
    }
    line
}

/// A cause in words.
#[must_use]
pub fn cause(term: &ScoreTerm, lang: Lang) -> String {
    let words = term.words.iter().map(|word| printable(word)).collect::<Vec<_>>();
    let words = words.join(lang.pick(" und ", " and "));
    match term.kind {
        TermKind::Frequency => lang.pick(format!("{words} im Artikel"), format!("{words} in the article")),
        TermKind::Headline => lang.pick(format!("{words} in der Schlagzeile"), format!("{words} in the headline")),
        TermKind::Form => lang.pick(format!("{words} wie getippt"), format!("{words} as typed")),
        TermKind::Opening => lang.pick(format!("{words} früh im Artikel"), format!("{words} early in the article")),
        TermKind::Parts => lang.pick(format!("Teile von {words}"), format!("parts of {words}")),
        TermKind::Close => lang.pick(format!("{words} nahe beieinander"), format!("{words} close together")),
        TermKind::Lacking => lang.pick("fehlende Wörter".into(), "words it lacks".into()),
        TermKind::Near => lang.pick("nahe am gefragten Tag".into(), "near the day asked for".into()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::Article;

    #[test]
    fn terms_are_written_in_words_the_greatest_first() {
        let term = |kind, words: &[&str], value| ScoreTerm {
            kind,
            words: words.iter().map(|word| (*word).to_owned()).collect(),
            value,
        };
        let terms = vec![
            term(TermKind::Lacking, &[], -0.5),
            term(TermKind::Frequency, &["Kim"], 1.25),
            term(TermKind::Close, &["Kim", "Un"], 3.0),
            term(TermKind::Headline, &["Kim"], 0.1),
            term(TermKind::Form, &["Kim"], 0.1),
            term(TermKind::Opening, &["Kim"], 0.1),
            term(TermKind::Parts, &["Waffendeal"], 0.1),
            term(TermKind::Near, &[], 0.05),
        ];
        let hit = Hit { score: 4.2, terms, ..Hit::of(Article::default()) };
        assert_eq!(
            score_line(&hit, Lang::De),
            "Punkte 4,20 = 3,00 Kim und Un nahe beieinander + 1,25 Kim im Artikel + 0,10 Kim in der Schlagzeile + \
             0,10 Kim wie getippt + 0,10 Kim früh im Artikel + 0,10 Teile von Waffendeal + 0,05 nahe am gefragten Tag − \
             0,50 fehlende Wörter"
        );
        let english = score_line(&hit, Lang::En);
        assert!(
            english.starts_with("score 4.20 = 3.00 Kim and Un close together + 1.25 Kim in the article"),
            "{english}"
        );
        assert!(english.ends_with("+ 0.05 near the day asked for − 0.50 words it lacks"), "{english}");
        assert_eq!(score_line(&Hit { terms: Vec::new(), ..hit }, Lang::De), "");
    }
}
