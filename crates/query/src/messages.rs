//! What is said of each fault, in German and English.

use crate::error::{Fault, QueryError};
use crate::lang::Lang;
use crate::limits::{
    MAX_BYTES, MAX_COUNT, MAX_DEPTH, MAX_DISTANCE, MAX_PATTERNS, MAX_WORDS, MIN_FUZZY_LETTERS, MIN_PATTERN_LETTERS,
};
use crate::names::{NumberedOperator, numbered, within_unit};
use crate::{fields, quotes};

/// What is wrong with a query, and how to write it.
#[expect(clippy::too_many_lines, reason = "a table of texts")]
pub fn explain(error: &QueryError, lang: Lang) -> (String, String) {
    let [one, two] = MIN_FUZZY_LETTERS;
    let at = error.text.get(error.span.clone()).unwrap_or("");
    let (german, english): ((String, String), (String, String)) = match &error.fault {
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
        Fault::MissingOperand if matches!(at, "NOT" | "NICHT" | "-" | "–" | "−" | "!") => (
            (format!("{at} braucht ein Suchwort hinter sich."), "So geht es: Kim NICHT Putin, Kim -Putin".into()),
            (format!("{at} needs a word behind it."), "Write it as: Kim NOT Putin, Kim -Putin".into()),
        ),
        Fault::MissingOperand if at == "=" => (
            ("= braucht ein Wort oder Zitat hinter sich.".into(), "So geht es: =Waffe, =\"die Waffe\"".into()),
            ("= needs a word or phrase behind it.".into(), "Write it as: =Waffe, =\"die Waffe\"".into()),
        ),
        Fault::MissingOperand if is_least(at) => (
            (format!("{at} braucht ein Suchwort hinter sich."), format!("So geht es: {at} Munition")),
            (format!("{at} needs a word behind it."), format!("Write it as: {at} Munition")),
        ),
        Fault::MissingOperand if is_close(at) => (
            (format!("{at} braucht Suchwörter, die es verbindet."), format!("So geht es: Kim {at} Munition. Klein geschrieben ist es ein Suchwort.")),
            (format!("{at} needs words to join."), format!("Write it as: Kim {at} Munition. In lower case it is a word to search.")),
        ),
        Fault::MissingOperand if matches!(at, "||" | "&&") => (
            (format!("{at} braucht Suchwörter, die es verbindet."), format!("So geht es: Kim {at} Putin")),
            (format!("{at} needs words to join."), format!("Write it as: Kim {at} Putin")),
        ),
        Fault::MissingOperand => (
            (format!("{at} braucht Suchwörter, die es verbindet."), "So geht es: Kim UND Putin, Kim ODER Putin, Kim NICHT Putin. Klein geschrieben ist es ein Suchwort.".into()),
            (format!("{at} needs words to join."), "Write it as: Kim AND Putin, Kim OR Putin, Kim NOT Putin. In lower case it is a word to search.".into()),
        ),
        Fault::UnknownField(near) => {
            let name = at.trim_end_matches(':');
            let fields_de = "Felder sind titel, dachzeile, vorspann, text, bild, zitat, autor, ressort, quelle, agentur, schlagwort, person, organisation, ort, url, pfad, id, sammlung, datum, seit, bis.";
            let fields_en = "Fields are headline, kicker, lead, body, caption, quote, author, section, source, agency, tag, person, organisation, place, url, path, id, collection, date, since, until.";
            let hint = |meant: &str, fields: &str| near.map_or(fields.to_owned(), |near| format!("{meant}{near}:? {fields}"));
            (
                (format!("Ein Feld „{name}“ gibt es nicht."), hint("Meinten Sie ", fields_de) + " Soll der Doppelpunkt gesucht werden, setzen Sie Anführungszeichen."),
                (format!("There is no field “{name}”."), hint("Did you mean ", fields_en) + " To search for text with a colon, put it in quotation marks."),
            )
        }
        Fault::ExactBeforeField => {
            let label = at.trim_start_matches('=');
            let value = operand(error);
            if label.ends_with(':') && !fields::is_raw(label) {
                let value = if value.is_empty() || value.starts_with('(') { "Waffe" } else { value };
                (
                    ("= steht hinter dem Feld, vor dem Wort.".into(), format!("So geht es: {label}={value}")),
                    ("= stands behind the field, before the word.".into(), format!("Write it as: {label}={value}")),
                )
            } else {
                let value = if label.ends_with(':') { value } else { "" };
                (
                    ("Daten und Adressen kennen kein =.".into(), format!("So geht es: {label}{value}")),
                    ("Dates and addresses have no =.".into(), format!("Write it as: {label}{value}")),
                )
            }
        }
        Fault::NotBehindField => {
            let label = at.split_inclusive(':').next().unwrap_or(at);
            let value = operand(error);
            let value = if value.is_empty() { "Handball" } else { value };
            (
                ("Ein Ausschluss steht vor dem Feld.".into(), format!("So geht es: -{label}{value}")),
                ("An exclusion stands before the field.".into(), format!("Write it as: -{label}{value}")),
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
            (format!("„{at}“ ist kein Datum."), "So geht es: datum:2023, datum:2023-09, datum:12.9.2023, datum:\"Mai 2023\", datum:2023-01..2023-06, seit:2023-09-12, datum:gestern, datum:letzte-30-tage".into()),
            (format!("“{at}” is not a date."), "Write it as: date:2023, date:2023-09, date:2023-09-12, date:\"May 2023\", date:2023-01..2023-06, since:2023-09-12, date:yesterday, date:last-30-days".into()),
        ),
        Fault::MissingYear => (
            (format!("„{at}“ hat kein Jahr."), format!("So geht es: datum:\"{at} 2024\", datum:2024-05")),
            (format!("“{at}” lacks a year."), format!("Write it as: date:\"{at} 2024\", date:2024-05")),
        ),
        Fault::MissingNumber => (
            (format!("„{at}“ sagt nicht, wie viele."), "So geht es: datum:letzte-30-tage, datum:\"letzte 30 Tage\"".into()),
            (format!("“{at}” does not say how many."), "Write it as: date:last-30-days, date:\"last 30 days\"".into()),
        ),
        Fault::UnquotedDate => {
            let (name, date) = at.split_once(':').unwrap_or(("datum", at));
            (
                ("Dieses Datum hat mehrere Wörter.".into(), format!("In Anführungszeichen: {name}:\"{date}\"")),
                ("This date has several words.".into(), format!("In quotation marks: {name}:\"{date}\"")),
            )
        }
        Fault::BackwardDates => (
            ("Dieser Zeitraum endet, bevor er beginnt.".into(), "So geht es: datum:2023-01..2023-06".into()),
            ("This range ends before it begins.".into(), "Write it as: date:2023-01..2023-06".into()),
        ),
        Fault::ShortPattern => (
            (format!("„{at}“ hat zu wenige Buchstaben: neben * und ? müssen es {MIN_PATTERN_LETTERS} sein."), "So geht es: Rak*, *munition, M?ller".into()),
            (format!("“{at}” has too few letters: there must be {MIN_PATTERN_LETTERS} beside * and ?."), "Write it as: Rak*, *munition, M?ller".into()),
        ),
        Fault::PatternSign => (
            (format!("„{at}“ ist mehr als ein Wort: *, ? und ~ gelten für ein einzelnes Wort aus Buchstaben und Ziffern."), "Wörter nebeneinander: Jong VOR/0 Un*".into()),
            (format!("“{at}” is more than a word: *, ? and ~ are for a single word of letters and digits."), "Words side by side: Jong ADJ/0 Un*".into()),
        ),
        Fault::PatternInPhrase => (
            ("Zwischen Anführungszeichen gelten * und ? nicht.".into(), "Wörter nebeneinander: schwere VOR/0 Rak*".into()),
            ("Between quotation marks * and ? have no meaning.".into(), "Words side by side: schwere ADJ/0 Rak*".into()),
        ),
        Fault::UnknownCollection => (
            (format!("Eine Sammlung „{at}“ gibt es nicht."), "Welche es gibt, zeigt: findbuch collection list".into()),
            (format!("There is no collection “{at}”."), "List them with: findbuch collection list".into()),
        ),
        Fault::TooManyForms(most) => (
            (format!("Auf „{at}“ passen mehr als {most} Wörter des Archivs."), "Schreiben Sie mehr Buchstaben.".into()),
            (format!("More than {most} words of the archive fit “{at}”."), "Write more letters.".into()),
        ),
        Fault::ShortFuzzy => (
            (format!("„{at}“ ist zu kurz: vor ~1 stehen mindestens {one} Buchstaben, vor ~2 mindestens {two}."), "So geht es: Selenski~1".into()),
            (format!("“{at}” is too short: there must be {one} letters before ~1 and {two} before ~2."), "Write it as: Selenski~1".into()),
        ),
        Fault::BadFuzzy => (
            (format!("Hinter ~ steht 1 oder 2, in „{at}“ nicht."), "So geht es: Selenski~1".into()),
            (format!("Behind ~ stands 1 or 2, in “{at}” it does not."), "Write it as: Selenski~1".into()),
        ),
        Fault::Modifier => (
            ("Das Zeichen ~ gilt für einzelne Wörter.".into(), "Nahe beieinander: Kim NAH/3 Munition".into()),
            ("The sign ~ is for single words.".into(), "Close together: Kim NEAR/3 Munition".into()),
        ),
        Fault::BadBoost => (
            (format!("Hinter ^ steht eine Zahl von 0,1 bis 100, in „{at}“ nicht."), "So geht es: Kim^2, (Kim Munition)^0,5".into()),
            (format!("Behind ^ stands a number from 0.1 to 100, in “{at}” it does not."), "Write it as: Kim^2, (Kim Munition)^0.5".into()),
        ),
        Fault::BadDistance => (
            (format!("{at} braucht hinter / eine Zahl von 0 bis {MAX_DISTANCE}: so viele Wörter dürfen dazwischenstehen."), "So geht es: Kim NAH/5 Munition, Kim VOR/3 Munition. Klein geschrieben ist es ein Suchwort.".into()),
            (format!("{at} needs a number from 0 to {MAX_DISTANCE} behind /: so many words may stand between."), "Write it as: Kim NEAR/5 Munition, Kim ADJ/3 Munition. In lower case it is a word to search.".into()),
        ),
        Fault::BadCount => (
            (format!("{at} braucht hinter / eine Zahl von 1 bis {MAX_COUNT}: so oft muss es vorkommen."), "So geht es: MINDESTENS/3 Munition. Klein geschrieben ist es ein Suchwort.".into()),
            (format!("{at} needs a number from 1 to {MAX_COUNT} behind /: so often it must occur."), "Write it as: ATLEAST/3 Munition. In lower case it is a word to search.".into()),
        ),
        Fault::BadOperand => (
            (format!("{at} verbindet Wörter, Zitate und Klammern aus ihnen mit ODER; Ausschlüsse, Felder und Daten stehen außerhalb."), "So geht es: (Kim ODER \"Jong Un\") NAH/5 Munition, titel:(Kim NAH/5 Munition), -(Kim NAH/5 Munition)".into()),
            (format!("{at} is for words, phrases and groups of them with OR; exclusions, fields and dates stand outside."), "Write it as: (Kim OR \"Jong Un\") NEAR/5 Munition, headline:(Kim NEAR/5 Munition), -(Kim NEAR/5 Munition)".into()),
        ),
        Fault::NotInField => (
            (format!("Hinter {at} geht das nicht: in einem Feld stehen weder Felder noch Daten; Nähe gibt es nur in Teilen des Textes, und Adressen kennen nur Wörter und Zitate, in Klammern auch kein *."), "So geht es: titel:(Kim NAH/5 Munition), pfad:archiv/2019".into()),
            (format!("Behind {at} that is not possible: a field holds no fields and no dates; closeness is for parts of the text, and addresses know words and phrases only, in parentheses no * either."), "Write it as: headline:(Kim NEAR/5 Munition), path:archiv/2019".into()),
        ),
        Fault::TooDeep if is_least(at) => (
            (format!("Mehr als {MAX_DEPTH} Operatoren wie {at} hängen aneinander."), "Einer genügt: MINDESTENS/3 Munition".into()),
            (format!("More than {MAX_DEPTH} operators such as {at} hang together."), "One is enough: ATLEAST/3 Munition".into()),
        ),
        Fault::TooDeep if is_close(at) => (
            (format!("Mehr als {MAX_DEPTH} Operatoren wie {at} hängen aneinander."), format!("Verbinden Sie Teile mit UND: (a {at} b) UND (b {at} c)")),
            (format!("More than {MAX_DEPTH} operators such as {at} hang together."), format!("Join parts with AND: (a {at} b) AND (b {at} c)")),
        ),
        Fault::TooDeep if matches!(at, "NOT" | "NICHT" | "-" | "–" | "−" | "!") => (
            (format!("Mehr als {MAX_DEPTH} Ausschlüsse und Klammern stehen ineinander."), format!("Zweimal {at} hebt sich auf: lassen Sie beide weg.")),
            (format!("More than {MAX_DEPTH} exclusions and parentheses are nested."), format!("Twice {at} is nothing: leave both out.")),
        ),
        Fault::TooDeep => (
            (format!("Mehr als {MAX_DEPTH} Klammern stehen ineinander."), "Lassen Sie überflüssige Klammern weg.".into()),
            (format!("More than {MAX_DEPTH} parentheses are nested."), "Leave out those that are not needed.".into()),
        ),
        Fault::TooManyWords => (
            (format!("Die Suche hat mehr als {MAX_WORDS} Wörter."), "Teilen Sie sie auf mehrere Suchen auf.".into()),
            (format!("The query has more than {MAX_WORDS} words."), "Split it into several queries.".into()),
        ),
        Fault::TooManyPatterns => (
            (
                format!("Die Suche hat mehr als {MAX_PATTERNS} Wörter mit *, ? oder ~."),
                "Teilen Sie sie auf mehrere Suchen auf.".into(),
            ),
            (
                format!("The query has more than {MAX_PATTERNS} words with *, ? or ~."),
                "Split it into several queries.".into(),
            ),
        ),
        Fault::TooLong => (
            (format!("Die Suche ist länger als {MAX_BYTES} Bytes."), "Teilen Sie sie auf mehrere Suchen auf.".into()),
            (format!("The query is longer than {MAX_BYTES} bytes."), "Split it into several queries.".into()),
        ),
    };
    lang.pick(german, english)
}

/// The operand behind the fault: a phrase, a group up to its first closing parenthesis, or a word.
fn operand(error: &QueryError) -> &str {
    let behind = error.text.get(error.span.end..).unwrap_or_default();
    let rest = behind.trim_start();
    let start = error.text.len() - rest.len();
    let end = if quotes::opens(&error.text, start) {
        quotes::quoted(&error.text, start).map_or(error.text.len(), |quoted| quoted.end)
    } else if rest.starts_with('(') {
        rest.find(')').map_or(error.text.len(), |at| start + at + 1)
    } else {
        rest.find(|c: char| c.is_whitespace() || c == ')').map_or(error.text.len(), |at| start + at)
    };
    error.text.get(start..end).unwrap_or_default()
}

/// Whether a text is ATLEAST/3 or MINDESTENS/3.
fn is_least(at: &str) -> bool {
    matches!(numbered(at), Some((NumberedOperator::AtLeast, _)))
}

/// Whether a text is an operator of closeness.
fn is_close(at: &str) -> bool {
    within_unit(at).is_some() || matches!(numbered(at), Some((NumberedOperator::Near | NumberedOperator::Before, _)))
}
