//! Words that are likely meant as operators: in lower case, or without the number that the operator needs. A hint does not change what
//! is searched.

use crate::lang::Lang;
use crate::lexer::lex;
use crate::parser;
use crate::query::Query;
use crate::token::Token;

/// Most words of a query in which `oder` and its like may be meant as operators; longer queries may be headlines.
const MAX_WORDS: usize = 5;

/// Words that are likely meant as operators.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct Hint {
    /// What is wrong with them.
    pub kind: HintKind,
    /// The words as typed.
    pub words: Vec<String>,
    /// The query with the operators written correctly; none if that is no query.
    pub query: Option<String>,
}

/// What is wrong with an operator.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
pub enum HintKind {
    /// It is in lower case.
    Capitals,
    /// It lacks the slash or the number.
    Number,
}

impl HintKind {
    /// Its name in an interface: `capitals`, `number`.
    #[must_use]
    pub fn name(self) -> &'static str {
        match self {
            HintKind::Capitals => "capitals",
            HintKind::Number => "number",
        }
    }
}

impl Hint {
    /// The hint in one line.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let quoted = |word: &String| lang.pick(format!("„{word}“"), format!("“{word}”"));
        let words: Vec<String> = self.words.iter().map(quoted).collect();
        let words = words.join(", ");
        let several = self.words.len() > 1;
        let searched = lang.pick(
            if several { "wurden als Wörter gesucht" } else { "wurde als Wort gesucht" },
            if several { "were searched as words" } else { "was searched as a word" },
        );
        let rule = match self.kind {
            HintKind::Capitals => lang.pick("Operatoren werden großgeschrieben", "operators are written in capitals"),
            HintKind::Number => lang.pick(
                "Operatoren der Nähe und Anzahl haben / und eine Zahl",
                "operators of closeness and number have / and a number",
            ),
        };
        let remedy = match &self.query {
            Some(query) => {
                let query: String = query.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
                lang.pick(format!("So geht es: {query}"), format!("Write it as: {query}"))
            }
            None => lang.pick("Zum Beispiel: Kim NAH/5 Munition", "For example: Kim NEAR/5 Munition").to_owned(),
        };
        format!("{rule}; {words} {searched}. {remedy}")
    }
}

/// The hints for a query, at most one of a kind.
pub fn hints(query: &Query) -> Vec<Hint> {
    let Ok(tokens) = lex(&query.text) else { return Vec::new() };
    let short = tokens.iter().filter(|(token, _)| token.is_word()).count() <= MAX_WORDS;
    let mut meant = Vec::new();
    for (at, (token, span)) in tokens.iter().enumerate() {
        let before = at.checked_sub(1).and_then(|at| tokens.get(at)).map(|(token, _)| token);
        if *token != Token::Word || matches!(before, Some(Token::Field(_) | Token::Exact)) {
            continue;
        }
        let word = query.slice(span);
        let after = tokens.get(at + 1).map(|(token, _)| token);
        let between = before.is_some_and(ends_operand) && after.is_some_and(begins_operand);
        let operator = with_number(word).or_else(|| match word {
            _ if !short => None,
            "MINDESTENS" if after.is_some_and(begins_operand) => Some("MINDESTENS/3".to_owned()),
            "NAH" | "VOR" if between => Some(format!("{word}/5")),
            "oder" | "or" | "nicht" | "not" | "und" | "and" | "satz" | "sentence" | "absatz" | "paragraph"
                if between =>
            {
                Some(word.to_uppercase())
            }
            _ => None,
        });
        meant.extend(operator.map(|operator| (span.clone(), operator)));
    }
    let mut text = query.text.clone();
    for (span, operator) in meant.iter().rev() {
        text.replace_range(span.clone(), operator);
    }
    let rewritten = parser::parse(&text, query.today).is_ok().then_some(text);
    let of_kind = |kind: HintKind| {
        let is_of_kind = |word: &str, operator: &str| (word.to_uppercase() == operator) == (kind == HintKind::Capitals);
        let mut words: Vec<String> = Vec::new();
        for (span, operator) in &meant {
            let word = query.slice(span);
            if is_of_kind(word, operator) && !words.iter().any(|known| known == word) {
                words.push(word.to_owned());
            }
        }
        (!words.is_empty()).then(|| Hint { kind, words, query: rewritten.clone() })
    };
    [HintKind::Capitals, HintKind::Number].into_iter().filter_map(of_kind).collect()
}

/// The operator that a word with a number is likely meant as: `near/5`, and `near5`, `w/5` as other search engines write it.
fn with_number(word: &str) -> Option<String> {
    let (name, number) =
        word.split_once('/').or_else(|| word.find(|c: char| c.is_ascii_digit()).map(|at| word.split_at(at)))?;
    if number.is_empty() || !number.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let slash = word.contains('/');
    let name = match name.to_uppercase().as_str() {
        "W" if slash => "NEAR",
        "NEAR" => "NEAR",
        "ADJ" => "ADJ",
        "ATLEAST" => "ATLEAST",
        "NAH" if slash => "NAH",
        "VOR" if slash => "VOR",
        "MINDESTENS" if slash => "MINDESTENS",
        _ => return None,
    };
    Some(format!("{name}/{number}"))
}

/// Whether an operand may end with a token.
fn ends_operand(token: &Token) -> bool {
    token.is_word() || matches!(token, Token::Boost(_) | Token::Close | Token::Date(..))
}

/// Whether an operand may begin with a token.
fn begins_operand(token: &Token) -> bool {
    token.is_word()
        || matches!(
            token,
            Token::Open | Token::Not | Token::Exact | Token::Field(_) | Token::Date(..) | Token::AtLeast(_)
        )
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    const TODAY: jiff::civil::Date = jiff::civil::date(2024, 5, 15);

    #[track_caller]
    fn check(text: &str, expected: &[(HintKind, &str)]) {
        let query = Query::parse(text, TODAY).unwrap_or_else(|error| panic!("{text}: {error:?}"));
        let found = hints(&query);
        let shown: Vec<_> = found.iter().map(|hint| (hint.kind, hint.query.as_deref().unwrap_or("-"))).collect();
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn operators_in_lower_case_are_hinted_at() {
        use HintKind::Capitals;
        check("bahn oder bus", &[(Capitals, "bahn ODER bus")]);
        check("bahn nicht bus", &[(Capitals, "bahn NICHT bus")]);
        check("bahn und nicht bus", &[(Capitals, "bahn UND NICHT bus")]);
        check("train or \"bus line\"", &[(Capitals, "train OR \"bus line\"")]);
        check("bahn satz streik", &[(Capitals, "bahn SATZ streik")]);
        check("titel:(bahn oder bus)", &[(Capitals, "titel:(bahn ODER bus)")]);
        check("streik near/5 bahn", &[(Capitals, "streik NEAR/5 bahn")]);
        check(
            "wie der streik der bahn near/5 berlin die stadt trifft",
            &[(Capitals, "wie der streik der bahn NEAR/5 berlin die stadt trifft")],
        );
        check("mindestens/3 streik", &[(Capitals, "MINDESTENS/3 streik")]);
        check("bahn nah/5 bus", &[(Capitals, "bahn NAH/5 bus")]);
        check("bahn vor/3 bus", &[(Capitals, "bahn VOR/3 bus")]);
        check("bahn adj/3 bus", &[(Capitals, "bahn ADJ/3 bus")]);
        check("atleast/2 bus", &[(Capitals, "ATLEAST/2 bus")]);
        check("a b c d oder", &[]);
        check("bahn oder", &[]);
        check("VOR Bus", &[]);
        check("bahn oder (bus zug)", &[(Capitals, "bahn ODER (bus zug)")]);
        check("(bahn) oder bus", &[(Capitals, "(bahn) ODER bus")]);
        check("bahn^2 oder bus", &[(Capitals, "bahn^2 ODER bus")]);
        check("bahn oder datum:2023", &[(Capitals, "bahn ODER datum:2023")]);
        check("bahn oder bus oder zug", &[(Capitals, "bahn ODER bus ODER zug")]);
        check("near/5 bahn", &[(Capitals, "-")]);
    }

    #[test]
    fn operators_without_their_number_are_hinted_at() {
        use HintKind::{Capitals, Number};
        check("Bahn VOR Bus", &[(Number, "Bahn VOR/5 Bus")]);
        check("Bahn NAH Bus", &[(Number, "Bahn NAH/5 Bus")]);
        check("MINDESTENS Streik", &[(Number, "MINDESTENS/3 Streik")]);
        check("bahn w/5 bus", &[(Number, "bahn NEAR/5 bus")]);
        check("bahn adj3 bus", &[(Number, "bahn ADJ/3 bus")]);
        check(
            "bahn near5 bus oder zug",
            &[(Capitals, "bahn NEAR/5 bus ODER zug"), (Number, "bahn NEAR/5 bus ODER zug")],
        );
    }

    #[test]
    fn words_that_are_meant_as_words_give_no_hint() {
        check("wasser und brot sind knapp im norden", &[]);
        check("\"bahn oder bus\"", &[]);
        check("bahn ODER bus", &[]);
        check("Oder Neiße", &[]);
        check("Frankfurt Oder Hochwasser", &[]);
        check("oder bus", &[]);
        check("bahn nicht", &[]);
        check("titel:oder bus", &[]);
        check("bahn =oder bus", &[]);
        check("vor dem Streik", &[]);
        check("DER STREIK VOR DEM WINTER IN OBERLENZ", &[]);
        check("Bahn VOR/3 Bus m/w/d 5/6", &[]);
        check("bahn nah5 bus vor3 mindestens2 w5 near/x near/", &[]);
        check("a b oder c d", &[(HintKind::Capitals, "a b ODER c d")]);
        check("a b c oder d e", &[]);
    }

    #[test]
    fn kinds_have_names_for_interfaces() {
        assert_eq!([HintKind::Capitals, HintKind::Number].map(HintKind::name), ["capitals", "number"]);
    }

    #[test]
    fn hints_show_the_query_as_it_is_written() {
        let message = |text: &str, lang| -> Vec<String> {
            let query = Query::parse(text, TODAY).expect(text);
            hints(&query).iter().map(|hint| hint.message(lang)).collect()
        };
        assert_eq!(
            message("bahn oder bus", Lang::De),
            ["Operatoren werden großgeschrieben; „oder“ wurde als Wort gesucht. So geht es: bahn ODER bus"]
        );
        assert_eq!(
            message("bahn und nicht bus", Lang::En),
            [
                "operators are written in capitals; “und”, “nicht” were searched as words. Write it as: bahn UND NICHT bus"
            ]
        );
        assert_eq!(
            message("Bahn VOR Bus", Lang::De),
            [
                "Operatoren der Nähe und Anzahl haben / und eine Zahl; „VOR“ wurde als Wort gesucht. So geht es: Bahn VOR/5 Bus"
            ]
        );
        assert_eq!(
            message("near/5 bahn", Lang::De),
            ["Operatoren werden großgeschrieben; „near/5“ wurde als Wort gesucht. Zum Beispiel: Kim NAH/5 Munition"]
        );
    }

    proptest! {
        #[test]
        fn hints_show_queries_with_operators(text in "( |\\(|\\)|\"|a |or |und |nicht |near/5 |VOR |w/3 |MINDESTENS |titel:|=|-){0,10}") {
            let hints = Query::parse(&text, TODAY).map(|query| query.hints()).unwrap_or_default();
            for hint in &hints {
                prop_assert!(hint.words.iter().all(|word| text.contains(word.as_str())), "{}", text);
                if let Some(written) = &hint.query {
                    prop_assert!(Query::parse(written, TODAY).is_ok_and(|query| query.has_structure()), "{} as {}", text, written);
                }
            }
        }
    }
}
