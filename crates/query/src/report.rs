//! A faulty query in the reader's language: what is wrong, the query with a caret under the fault, and how to write it.

use crate::error::QueryError;
use crate::lang::Lang;
use crate::messages::explain;
use std::fmt;

/// Most characters of a query that a message shows.
const SHOWN: usize = 72;
/// Most carets under a fault.
const MAX_CARETS: usize = 60;

impl QueryError {
    /// The message in four lines: what is wrong, the query, carets under the fault, how to write it; in two for a query without text.
    ///
    /// ```
    /// # use findbuch_query::{Query, lang::Lang};
    /// let error = Query::parse("Kim (Putin", jiff::civil::date(2024, 5, 15)).unwrap_err();
    /// assert_eq!(
    ///     error.message(Lang::En),
    ///     "This parenthesis is not closed.\n  Kim (Putin\n      ^\nAdd ), or leave ( out."
    /// );
    /// ```
    #[must_use]
    pub fn message(&self, lang: Lang) -> String {
        let (what, how) = explain(self, lang);
        if self.text.trim().is_empty() {
            return format!("{what}\n{how}");
        }
        let start = self.text[..self.text.floor_char_boundary(self.span.start)].chars().count();
        let width = self.text.get(self.span.clone()).map_or(1, |text| text.chars().count()).max(1);
        let (shown, start) = window(&self.text, start, width);
        let columns = |from: usize, count: usize| {
            textwrap::core::display_width(&shown.chars().skip(from).take(count).collect::<String>())
        };
        let carets = columns(start, width.min(MAX_CARETS)).max(1);
        format!("{what}\n  {shown}\n  {}{}\n{how}", " ".repeat(columns(0, start)), "^".repeat(carets))
    }

    /// What is wrong and how to write it, in one line.
    #[must_use]
    pub fn line(&self, lang: Lang) -> String {
        let (what, how) = explain(self, lang);
        format!("{what} {how}")
    }
}

/// In English, on one line; [`QueryError::message`] and [`QueryError::line`] speak German too.
impl fmt::Display for QueryError {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.line(Lang::En))
    }
}

impl std::error::Error for QueryError {}

/// The characters of the query that are shown round the fault, and the first one of the fault among them.
fn window(text: &str, start: usize, width: usize) -> (String, usize) {
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
    use crate::Query;
    use crate::lang::Lang;

    const TODAY: jiff::civil::Date = jiff::civil::date(2024, 5, 15);

    #[track_caller]
    fn check(text: &str, lang: Lang, message: &str) {
        assert_eq!(Query::parse(text, TODAY).expect_err(text).message(lang), message);
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
             Write it as: date:2023, date:2023-09, date:2023-09-12, date:\"May 2023\", date:2023-01..2023-06, since:2023-09-12, date:yesterday, date:last-30-days",
        );
        check(
            "Streik datum:letzte 30 Tage",
            Lang::De,
            "Dieses Datum hat mehrere Wörter.\n  Streik datum:letzte 30 Tage\n         ^^^^^^^^^^^^^^^^^^^^\n\
             In Anführungszeichen: datum:\"letzte 30 Tage\"",
        );
        check(
            "date:12 May 2024",
            Lang::En,
            "This date has several words.\n  date:12 May 2024\n  ^^^^^^^^^^^^^^^^\n\
             In quotation marks: date:\"12 May 2024\"",
        );
        check(
            "datum:Mai",
            Lang::De,
            "„Mai“ hat kein Jahr.\n  datum:Mai\n        ^^^\nSo geht es: datum:\"Mai 2024\", datum:2024-05",
        );
        check(
            "datum:letzte-tage",
            Lang::De,
            "„letzte-tage“ sagt nicht, wie viele.\n  datum:letzte-tage\n        ^^^^^^^^^^^\n\
             So geht es: datum:letzte-30-tage, datum:\"letzte 30 Tage\"",
        );
        check(
            "Streik MINDESTENS/3",
            Lang::De,
            "MINDESTENS/3 braucht ein Suchwort hinter sich.\n  Streik MINDESTENS/3\n         ^^^^^^^^^^^^\n\
             So geht es: MINDESTENS/3 Munition",
        );
        check(
            "Streik SATZ",
            Lang::De,
            "SATZ braucht Suchwörter, die es verbindet.\n  Streik SATZ\n         ^^^^\n\
             So geht es: Kim SATZ Munition. Klein geschrieben ist es ein Suchwort.",
        );
        check(
            "Streik =NICHT",
            Lang::En,
            "= needs a word or phrase behind it.\n  Streik =NICHT\n         ^\nWrite it as: =Waffe, =\"die Waffe\"",
        );
        check(
            "Streik =titel:Bahn",
            Lang::De,
            "= steht hinter dem Feld, vor dem Wort.\n  Streik =titel:Bahn\n         ^^^^^^^\nSo geht es: titel:=Bahn",
        );
        check(
            "=headline:\"new train\" x",
            Lang::En,
            "= stands behind the field, before the word.\n  =headline:\"new train\" x\n  ^^^^^^^^^^\n\
             Write it as: headline:=\"new train\"",
        );
        check(
            "=datum:2024",
            Lang::De,
            "Daten und Adressen kennen kein =.\n  =datum:2024\n  ^^^^^^^^^^^\nSo geht es: datum:2024",
        );
        check(
            "=url:die-warte",
            Lang::En,
            "Dates and addresses have no =.\n  =url:die-warte\n  ^^^^^\nWrite it as: url:die-warte",
        );
        check(
            "titel:-Bahn Streik",
            Lang::De,
            "Ein Ausschluss steht vor dem Feld.\n  titel:-Bahn Streik\n  ^^^^^^^\nSo geht es: -titel:Bahn",
        );
        check(
            "(titel:NICHT (Bahn ODER Bus))",
            Lang::En,
            "An exclusion stands before the field.\n  (titel:NICHT (Bahn ODER Bus))\n   ^^^^^^^^^^^\n\
             Write it as: -titel:(Bahn ODER Bus)",
        );
        check(
            "Bahn ||",
            Lang::De,
            "|| braucht Suchwörter, die es verbindet.\n  Bahn ||\n       ^^\nSo geht es: Kim || Putin",
        );
        check(
            "Bahn AND",
            Lang::En,
            "AND needs words to join.\n  Bahn AND\n       ^^^\n\
             Write it as: Kim AND Putin, Kim OR Putin, Kim NOT Putin. In lower case it is a word to search.",
        );
        check("", Lang::De, "Die Suche enthält kein Wort.\nZum Beispiel: findbuch search \"Kim Jong Un\" Munition");
    }

    #[track_caller]
    fn check_deep(text: &str, german: [&str; 2], english: [&str; 2]) {
        let error = Query::parse(text, TODAY).expect_err(text);
        for (lang, [what, how]) in [(Lang::De, german), (Lang::En, english)] {
            let message = error.message(lang);
            let lines: Vec<&str> = message.lines().collect();
            assert_eq!((lines.first(), lines.last()), (Some(&what), Some(&how)), "{text}");
        }
    }

    #[test]
    fn nesting_too_deep_is_explained() {
        check_deep(
            &("NICHT ".repeat(50) + "a"),
            [
                "Mehr als 32 Ausschlüsse und Klammern stehen ineinander.",
                "Zweimal NICHT hebt sich auf: lassen Sie beide weg.",
            ],
            ["More than 32 exclusions and parentheses are nested.", "Twice NICHT is nothing: leave both out."],
        );
        check_deep(
            &("a SATZ ".repeat(50) + "a"),
            [
                "Mehr als 32 Operatoren wie SATZ hängen aneinander.",
                "Verbinden Sie Teile mit UND: (a SATZ b) UND (b SATZ c)",
            ],
            ["More than 32 operators such as SATZ hang together.", "Join parts with AND: (a SATZ b) AND (b SATZ c)"],
        );
        check_deep(
            &("ATLEAST/1 ".repeat(50) + "a"),
            ["Mehr als 32 Operatoren wie ATLEAST/1 hängen aneinander.", "Einer genügt: MINDESTENS/3 Munition"],
            ["More than 32 operators such as ATLEAST/1 hang together.", "One is enough: ATLEAST/3 Munition"],
        );
        check_deep(
            &("(".repeat(50) + "a" + &")".repeat(50)),
            ["Mehr als 32 Klammern stehen ineinander.", "Lassen Sie überflüssige Klammern weg."],
            ["More than 32 parentheses are nested.", "Leave out those that are not needed."],
        );
    }

    #[test]
    fn lines_have_no_query_in_them() {
        let error = Query::parse("Kim (Putin", TODAY).expect_err("open");
        let english = "This parenthesis is not closed. Add ), or leave ( out.";
        assert_eq!((error.line(Lang::En).as_str(), error.to_string().as_str()), (english, english));
        assert_eq!(
            error.line(Lang::De),
            "Diese Klammer wird nicht geschlossen. Ergänzen Sie ), oder lassen Sie ( weg."
        );
    }

    #[test]
    fn windows_lie_round_the_fault() {
        let text: String = ('0'..='9').cycle().take(100).collect();
        for (start, width, from, to, at) in [
            (0, 1, 0, 72, 0),
            (36, 1, 0, 72, 36),
            (37, 1, 1, 73, 37),
            (50, 1, 14, 86, 37),
            (64, 1, 28, 100, 37),
            (99, 1, 28, 100, 72),
            (50, 50, 14, 86, 37),
        ] {
            let dots = |cut: bool| if cut { "…" } else { "" };
            let shown = format!("{}{}{}", dots(from > 0), &text[from..to], dots(to < 100));
            assert_eq!(super::window(&text, start, width), (shown, at), "{start} {width}");
        }
        assert_eq!(super::window(&text[..72], 5, 1), (text[..72].to_owned(), 5));
        assert_eq!(super::window("a\tb", 2, 1), ("a b".to_owned(), 2));
    }

    #[test]
    fn carets_are_as_many_as_the_fault_is_wide() {
        let message = Query::parse(&format!("{}~3", "a".repeat(65)), TODAY).expect_err("edits").message(Lang::En);
        assert_eq!(message.lines().nth(2), Some(format!("  {}", "^".repeat(super::MAX_CARETS)).as_str()));
    }

    #[test]
    fn carets_stand_below_wide_characters() {
        let message = Query::parse("漢字 (Kim", TODAY).expect_err("open").message(Lang::En);
        assert_eq!(message.lines().nth(2), Some("       ^"));
    }

    #[test]
    fn long_queries_are_shown_round_the_fault() {
        let text = "wort ".repeat(60) + "\"offen";
        let message = Query::parse(&text, TODAY).expect_err("unclosed").message(Lang::De);
        let lines: Vec<&str> = message.lines().collect();
        let caret = lines[2].find('^').unwrap();
        assert_eq!(lines[1].chars().nth(caret), Some('"'));
        assert!(lines[1].chars().count() < 80);
    }
}
