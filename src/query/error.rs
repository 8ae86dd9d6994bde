//! What can be wrong with a query, said in the reader's language with the query and a caret under the fault.

use super::{MAX_BYTES, MAX_DEPTH, MAX_WORDS, Span};
use crate::lang::Lang;

/// A faulty query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub struct QueryError {
    /// The query as typed.
    pub text: String,
    /// Where the fault stands.
    pub span: Span,
    /// What is wrong.
    pub fault: Fault,
}

/// What is wrong with a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Fault {
    /// No word in it.
    Empty,
    /// A quotation mark opens and none closes.
    UnclosedQuote,
    /// A parenthesis opens and none closes.
    UnclosedParenthesis,
    /// A parenthesis closes and none opened.
    UnopenedParenthesis,
    /// Nothing between parentheses.
    EmptyParentheses,
    /// Nothing between quotation marks.
    EmptyPhrase,
    /// AND, OR, NOT without something to join.
    MissingOperand,
    /// A name before a colon that is no field; the nearest field's name, if one is near.
    UnknownField(Option<&'static str>),
    /// A field without a value.
    MissingValue,
    /// A field of dates without one right behind it.
    MissingDate,
    /// A date that cannot be read.
    BadDate,
    /// A range that ends before it begins.
    BackwardDates,
    /// `*` or `?` in a word.
    Wildcard,
    /// `~` or `^` after a word.
    Modifier(char),
    /// Too deeply nested.
    TooDeep,
    /// Too many words.
    TooManyWords,
    /// Too many bytes.
    TooLong,
}

impl QueryError {
    /// The message: what is wrong, the query with a caret under the fault, how to write it.
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (what, how) = self.explain(lang);
        if self.text.trim().is_empty() {
            return format!("{what}\n{how}");
        }
        let start = self.text[..self.span.start.min(self.text.len())].chars().count();
        let width = self.text.get(self.span.clone()).map_or(1, |text| text.chars().count()).max(1);
        let (shown, start) = window(&self.text, start, width);
        let columns = |from: usize, count: usize| {
            textwrap::core::display_width(&shown.chars().skip(from).take(count).collect::<String>())
        };
        let carets = columns(start, width.min(60)).max(1);
        format!("{what}\n  {shown}\n  {}{}\n{how}", " ".repeat(columns(0, start)), "^".repeat(carets))
    }

    fn explain(&self, lang: Lang) -> (String, String) {
        let at = self.text.get(self.span.clone()).unwrap_or("");
        let (german, english): ((String, String), (String, String)) = match &self.fault {
            Fault::Empty => (
                ("Die Suche enthält kein Wort.".into(), "Zum Beispiel: findbuch search \"Kim Jong Un\" Munition".into()),
                ("The query has no word in it.".into(), "For example: findbuch search \"Kim Jong Un\" Munition".into()),
            ),
            Fault::UnclosedQuote => (
                ("Hier beginnt ein Zitat, das nicht endet.".into(), "Schließen Sie es mit demselben Zeichen, oder lassen Sie das Zeichen weg.".into()),
                ("A phrase opens here and does not close.".into(), "Close it with the same mark, or leave the mark out.".into()),
            ),
            Fault::UnclosedParenthesis => (
                ("Diese Klammer wird nicht geschlossen.".into(), "Ergänzen Sie ), oder lassen Sie ( weg.".into()),
                ("This parenthesis is not closed.".into(), "Add ), or leave ( out.".into()),
            ),
            Fault::UnopenedParenthesis => (
                ("Diese Klammer schließt, ohne dass eine offen ist.".into(), "Ergänzen Sie ( davor, oder lassen Sie ) weg.".into()),
                ("This parenthesis closes, but none is open.".into(), "Add ( before it, or leave ) out.".into()),
            ),
            Fault::EmptyParentheses => (
                ("Zwischen diesen Klammern steht nichts.".into(), "So geht es: (Munition ODER Waffen)".into()),
                ("There is nothing between these parentheses.".into(), "Write it as: (Munition OR Waffen)".into()),
            ),
            Fault::EmptyPhrase => (
                ("Zwischen diesen Anführungszeichen steht kein Wort.".into(), "So geht es: \"Kim Jong Un\"".into()),
                ("There is no word between these quotation marks.".into(), "Write it as: \"Kim Jong Un\"".into()),
            ),
            Fault::MissingOperand if matches!(at, "NOT" | "NICHT" | "-") => (
                (format!("{at} braucht ein Suchwort hinter sich."), "So geht es: Kim NICHT Putin, Kim -Putin".into()),
                (format!("{at} needs a word behind it."), "Write it as: Kim NOT Putin, Kim -Putin".into()),
            ),
            Fault::MissingOperand => (
                (format!("{at} braucht Suchwörter, die es verbindet."), "So geht es: Kim UND Putin, Kim ODER Putin, Kim NICHT Putin. Klein geschrieben ist es ein Suchwort.".into()),
                (format!("{at} needs words to join."), "Write it as: Kim AND Putin, Kim OR Putin, Kim NOT Putin. In lower case it is a word to search.".into()),
            ),
            Fault::UnknownField(near) => {
                let name = at.trim_end_matches(':');
                let fields_de = "Felder sind titel, dachzeile, vorspann, autor, ressort, quelle, datum, seit, bis.";
                let fields_en = "Fields are headline, kicker, lead, author, section, source, date, since, until.";
                let hint = |meant: &str, fields: &str| near.map_or(fields.to_owned(), |near| format!("{meant}{near}:? {fields}"));
                (
                    (format!("Ein Feld „{name}“ gibt es nicht."), hint("Meinten Sie ", fields_de) + " Soll der Doppelpunkt gesucht werden, setzen Sie Anführungszeichen."),
                    (format!("There is no field “{name}”."), hint("Did you mean ", fields_en) + " To search for text with a colon, put it in quotation marks."),
                )
            }
            Fault::MissingValue => (
                (format!("Nach {at} fehlt, was gesucht wird."), format!("Ohne Leerzeichen: {at}Wort, {at}\"mehrere Wörter\"")),
                (format!("{at} lacks what to search for."), format!("Without a space: {at}word, {at}\"several words\"")),
            ),
            Fault::MissingDate => (
                (format!("Nach {at} fehlt ein Datum."), format!("Ohne Leerzeichen und Klammern: {at}2023, {at}2023-09, {at}12.9.2023")),
                (format!("{at} lacks a date."), format!("Without space and parentheses: {at}2023, {at}2023-09, {at}2023-09-12")),
            ),
            Fault::BadDate => (
                (format!("„{at}“ ist kein Datum."), "So geht es: datum:2023, datum:2023-09, datum:12.9.2023, datum:2023-01..2023-06, seit:2023-09-12".into()),
                (format!("“{at}” is not a date."), "Write it as: date:2023, date:2023-09, date:2023-09-12, date:2023-01..2023-06, since:2023-09-12".into()),
            ),
            Fault::BackwardDates => (
                ("Dieser Zeitraum endet, bevor er beginnt.".into(), "So geht es: datum:2023-01..2023-06".into()),
                ("This range ends before it begins.".into(), "Write it as: date:2023-01..2023-06".into()),
            ),
            Fault::Wildcard => (
                ("Platzhalter (* und ?) werden nicht unterstützt.".into(), "Suchen Sie das ganze Wort; gebeugte Formen werden mitgefunden.".into()),
                ("Wildcards (* and ?) are not supported.".into(), "Search for the whole word; its inflected forms are found as well.".into()),
            ),
            Fault::Modifier(mark) => (
                (format!("Das Zeichen {mark} hinter einem Wort wird nicht unterstützt."), format!("Lassen Sie {mark} weg.")),
                (format!("The sign {mark} after a word is not supported."), format!("Leave {mark} out.")),
            ),
            Fault::TooDeep => (
                (format!("Mehr als {MAX_DEPTH} Klammern stehen ineinander."), "Lassen Sie überflüssige Klammern weg.".into()),
                (format!("More than {MAX_DEPTH} parentheses are nested."), "Leave out those that are not needed.".into()),
            ),
            Fault::TooManyWords => (
                (format!("Die Suche hat mehr als {MAX_WORDS} Wörter."), "Teilen Sie sie auf mehrere Suchen auf.".into()),
                (format!("The query has more than {MAX_WORDS} words."), "Split it into several queries.".into()),
            ),
            Fault::TooLong => (
                (format!("Die Suche ist länger als {MAX_BYTES} Bytes."), "Teilen Sie sie auf mehrere Suchen auf.".into()),
                (format!("The query is longer than {MAX_BYTES} bytes."), "Split it into several queries.".into()),
            ),
        };
        lang.pick(german, english)
    }
}

/// At most 72 characters of the query round the fault, and where the fault then begins.
fn window(text: &str, start: usize, width: usize) -> (String, usize) {
    const SHOWN: usize = 72;
    let chars: Vec<char> = text.chars().map(|c| if c.is_control() { ' ' } else { c }).collect();
    if chars.len() <= SHOWN {
        return (chars.into_iter().collect(), start);
    }
    let from = start.saturating_sub(SHOWN / 2).min(chars.len().saturating_sub(SHOWN));
    let to = (from + SHOWN).min(chars.len()).max((start + width.min(SHOWN / 2)).min(chars.len()));
    let mut shown = String::new();
    if from > 0 {
        shown.push('…');
    }
    shown.extend(&chars[from..to]);
    if to < chars.len() {
        shown.push('…');
    }
    (shown, start - from + usize::from(from > 0))
}

#[cfg(test)]
mod tests {
    use crate::lang::Lang;
    use crate::query::Query;

    #[track_caller]
    fn check(text: &str, lang: Lang, message: &str) {
        assert_eq!(Query::parse(text).expect_err(text).message(lang), message);
    }

    #[test]
    fn messages_show_the_place_and_the_remedy() {
        check(
            "Über \"Jong Un",
            Lang::De,
            "Hier beginnt ein Zitat, das nicht endet.\n  Über \"Jong Un\n       ^\n\
             Schließen Sie es mit demselben Zeichen, oder lassen Sie das Zeichen weg.",
        );
        check(
            "Kim date:2023-99",
            Lang::En,
            "“2023-99” is not a date.\n  Kim date:2023-99\n           ^^^^^^^\n\
             Write it as: date:2023, date:2023-09, date:2023-09-12, date:2023-01..2023-06, since:2023-09-12",
        );
        check("", Lang::De, "Die Suche enthält kein Wort.\nZum Beispiel: findbuch search \"Kim Jong Un\" Munition");
    }

    #[test]
    fn carets_stand_below_wide_characters() {
        let message = Query::parse("漢字 (Kim").expect_err("open").message(Lang::En);
        assert_eq!(message.lines().nth(2), Some("       ^"));
    }

    #[test]
    fn long_queries_are_shown_round_the_fault() {
        let text = "wort ".repeat(60) + "\"offen";
        let message = Query::parse(&text).expect_err("unclosed").message(Lang::De);
        let lines: Vec<&str> = message.lines().collect();
        let caret = lines[2].find('^').unwrap();
        assert_eq!(lines[1].chars().nth(caret), Some('"'));
        assert!(lines[1].chars().count() < 80);
    }
}
