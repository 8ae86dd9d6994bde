//! The query's text to tokens with their spans.

use crate::error::Fault;
use crate::fields::{field, is_raw};
use crate::limits::{MAX_COUNT, MAX_DISTANCE};
use crate::modifiers::{self, RunKind};
use crate::names::{NumberedOperator, numbered, within_unit};
use crate::quotes::{self, Quoted};
use crate::token::Token;
use crate::tree::{Closeness, Span};
use findbuch_article::month_of_name;

/// Cuts `text` into tokens. A run without letters and digits that is no operator is skipped.
pub fn lex(text: &str) -> Result<Vec<(Token, Span)>, (Fault, Span)> {
    let mut tokens = Vec::new();
    let mut at = 0;
    while let Some(char) = text[at..].chars().next() {
        let next = at + char.len_utf8();
        if char.is_whitespace() {
            at = next;
        } else if quotes::opens(text, at) {
            at = phrase(text, at, &mut tokens)?;
        } else if matches!(char, '^' | '~') && ends_group(&tokens, at) {
            let end = run_end(text, at);
            if char == '~' {
                return Err((Fault::Modifier, at..end));
            }
            let boost = modifiers::hundredths(&text[next..end]).map_err(|fault| (fault, at..end))?;
            tokens.push((Token::Boost(boost), at..end));
            at = end;
        } else if char == '^' && text[next..].starts_with(char::is_uppercase) {
            // ^Lang: the sign is part of the word, which is meant with its capital
            let first = tokens.len();
            let end = word(text, next, &mut tokens)?;
            if let Some((Token::Word, span)) = tokens.get_mut(first) {
                span.start = at;
            }
            at = end;
        } else if char == '(' {
            tokens.push((Token::Open, at..next));
            at = next;
        } else if char == ')' {
            tokens.push((Token::Close, at..next));
            at = next;
        } else if matches!(char, '-' | '–' | '−' | '!')
            && !text[..at].ends_with(|c: char| !c.is_whitespace() && c != '(' && c != ':')
            && is_excluded(text, next)
        {
            tokens.push((Token::Not, at..next));
            at = next;
        } else if matches!(char, '-' | '!' | '\u{2010}' | '\u{2011}' | '”') {
            // a hyphen behind quotation marks („D-Day“-Papier) and a closing mark without an opening one are skipped
            at = next;
        } else if char == '=' && (text[next..].starts_with(char::is_alphanumeric) || quotes::opens(text, next)) {
            tokens.push((Token::Exact, at..next));
            at = next;
        } else {
            at = word(text, at, &mut tokens)?;
        }
    }
    Ok(tokens)
}

/// Whether an operand stands at `at`, behind a `-` or `!`, which then is an exclusion.
fn is_excluded(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let behind_signs = rest.trim_start_matches(['*', '?', '=']);
    let behind = text.len() - behind_signs.len();
    rest.starts_with('(') || behind_signs.starts_with(char::is_alphanumeric) || quotes::opens(text, behind)
}

/// Reads the phrase that opens at `at`, and returns its end.
fn phrase(text: &str, at: usize, tokens: &mut Vec<(Token, Span)>) -> Result<usize, (Fault, Span)> {
    let mark = text[at..].chars().next().map_or(0, char::len_utf8);
    let Quoted { inner, end } = quotes::quoted(text, at).ok_or((Fault::UnclosedQuote, at..at + mark))?;
    if !text[inner.clone()].chars().any(char::is_alphanumeric) {
        return Err((Fault::EmptyPhrase, at..end));
    }
    let mut runs = plain_words(&text[inner.clone()]).map(|run| inner.start + run.start..inner.start + run.end);
    if let Some(run) = runs.find(|run| modifiers::has_wildcard(&text[run.clone()])) {
        return Err((Fault::PatternInPhrase, run));
    }
    tokens.push((Token::Phrase(inner), at..end));
    Ok(end)
}

/// Whether a phrase or group ends right before `at`.
fn ends_group(tokens: &[(Token, Span)], at: usize) -> bool {
    tokens.last().is_some_and(|(token, span)| span.end == at && matches!(token, Token::Phrase(_) | Token::Close))
}

/// The end of the run from `start` without white space, parentheses and quotation marks.
fn run_end(text: &str, start: usize) -> usize {
    let ends = |(offset, c): &(usize, char)| {
        let at = start + offset;
        c.is_whitespace()
            || matches!(c, '(' | ')' | '"' | '„' | '“' | '”' | '»' | '«' | '›' | '‹')
            // ‚ looks like a comma and opens a phrase only behind a field's name or =
            || (*c == '‚' && text[start..at].ends_with([':', '=']) && quotes::opens(text, at))
    };
    text[start..].char_indices().find(ends).map_or(text.len(), |(offset, _)| start + offset)
}

/// Reads the operator, field or word at `start`, and returns its end.
fn word(text: &str, start: usize, tokens: &mut Vec<(Token, Span)>) -> Result<usize, (Fault, Span)> {
    let mut end = run_end(text, start);
    if is_gender_suffix(&text[end..]) {
        // Arbeiter(innen) is one word
        end = end + text[end..].find(')').map_or(0, |offset| offset + 1);
    }
    end = number_end(text, start, end);
    end = unit_end(text, start, end);
    end = sign_end(text, start, end);
    let run = &text[start..end];
    if let Some(token) = operator(run).map_err(|fault| (fault, start..end))? {
        tokens.push((token, start..end));
        return Ok(end);
    }
    if let Some(end) = field(text, start, end, tokens)? {
        return Ok(end);
    }
    if run.chars().any(char::is_alphanumeric) {
        marked_word(text, start..end, tokens)?;
    }
    Ok(end.max(start + run.chars().next().map_or(1, char::len_utf8)))
}

/// The end of a run at `||` or `&&`, which need no spaces round them; values of `url:` and its like may have these signs.
fn sign_end(text: &str, start: usize, end: usize) -> usize {
    let run = &text[start..end];
    if is_raw(run) {
        return end;
    }
    let sign = ["||", "&&"].iter().filter_map(|sign| run.find(sign)).min();
    sign.map_or(end, |at| start + if at == 0 { "||".len() } else { at })
}

/// The operator that a run is.
fn operator(run: &str) -> Result<Option<Token>, Fault> {
    let token = match run {
        "AND" | "UND" | "&&" => Token::And,
        "OR" | "ODER" | "||" => Token::Or,
        "NOT" | "NICHT" => Token::Not,
        _ => {
            if let Some(closeness) = within_unit(run) {
                return Ok(Some(Token::Near(closeness)));
            }
            let Some((operator, number)) = numbered(run) else { return Ok(None) };
            let number = number.map(str::parse::<u16>);
            match (operator, number) {
                (NumberedOperator::Near, Some(Ok(most @ 0..=MAX_DISTANCE))) => Token::Near(Closeness::Near(most)),
                (NumberedOperator::Before, Some(Ok(most @ 0..=MAX_DISTANCE))) => Token::Near(Closeness::Before(most)),
                (NumberedOperator::AtLeast, Some(Ok(least @ 1..=MAX_COUNT))) => Token::AtLeast(least),
                (NumberedOperator::AtLeast, _) => return Err(Fault::BadCount),
                _ => return Err(Fault::BadDistance),
            }
        }
    };
    Ok(Some(token))
}

/// Reads a word with its wildcards, `~1` and `^2`.
fn marked_word(text: &str, span: Span, tokens: &mut Vec<(Token, Span)>) -> Result<(), (Fault, Span)> {
    let Span { start, end } = span;
    let boost = modifiers::boost(&text[start..end]).map_err(|fault| (fault, start..end))?;
    let word_end = boost.map_or(end, |(length, _)| start + length);
    let place = |range: Span| start + range.start..start + range.end;
    tokens.push(match modifiers::run_kind(&text[start..word_end]).map_err(|fault| (fault, start..word_end))? {
        RunKind::Word => (Token::Word, start..word_end),
        RunKind::Pattern(range) => (Token::Pattern, place(range)),
        RunKind::Fuzzy(range, edits) => (Token::Fuzzy(place(range), edits), start..word_end),
    });
    tokens.extend(boost.map(|(_, boost)| (Token::Boost(boost), word_end..end)));
    Ok(())
}

/// The end of a number with spaces between its thousands (15 000).
fn number_end(text: &str, start: usize, end: usize) -> usize {
    let digits = |text: &str| text.bytes().all(|byte| byte.is_ascii_digit());
    if end - start > 3 || end == start || !digits(&text[start..end]) || text[start..].starts_with('0') {
        return end;
    }
    let mut end = end;
    while let Some(group) = text.get(end..end + 4)
        && group.starts_with(' ')
        && digits(&group[1..])
        && run_end(text, end + 1) == end + 4
    {
        end += 4;
    }
    end
}

/// Signs of units, which stand behind a number.
const UNIT_SIGNS: &[&str] = &["%", "€", "$", "£", "°"];

/// The end of a run with what it is one thing with: the month and year of a day (7. Oktober 2024), the number of a letter or of a section
/// (A 7, § 218), the sign of a unit (20 %).
fn unit_end(text: &str, start: usize, end: usize) -> usize {
    let run = &text[start..end];
    let next = |end: usize| {
        let start = text[end..].starts_with(' ').then_some(end + 1)?;
        let run = start..run_end(text, start);
        (!run.is_empty()).then_some(run)
    };
    let digits =
        |text: &str, lengths: &[usize]| lengths.contains(&text.len()) && text.bytes().all(|byte| byte.is_ascii_digit());
    let Some(second) = next(end) else { return end };
    let number = |char: char| char.is_ascii_digit() || matches!(char, '.' | ',' | ' ');
    if UNIT_SIGNS.contains(&&text[second.clone()]) && run.starts_with(char::is_numeric) && run.chars().all(number) {
        return second.end;
    }
    if digits(run.trim_end_matches('.'), &[1, 2]) {
        let name = text[second.clone()].trim_end_matches('.');
        if !name.starts_with(char::is_alphabetic) || month_of_name(name).is_none() {
            return end;
        }
        return match next(second.end) {
            Some(year) if digits(&text[year.clone()], &[4]) => year.end,
            _ => second.end,
        };
    }
    let following = &text[second.clone()];
    let lettered = matches!(run.as_bytes(), [b'A'..=b'Z']) && digits(following, &[1, 2, 3]);
    let section = run == "§" && following.starts_with(|char: char| char.is_ascii_digit());
    if lettered || section { second.end } else { end }
}

/// Whether a feminine ending in parentheses follows a word: Arbeiter(innen).
fn is_gender_suffix(text: &str) -> bool {
    text.starts_with("(in)") || text.starts_with("(innen)")
}

/// The spans of the words of a text that is no query: runs without white space that have a letter or digit.
pub fn plain_words(text: &str) -> impl Iterator<Item = Span> + '_ {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let start = at + text[at..].find(|c: char| !c.is_whitespace())?;
            let end = text[start..].find(char::is_whitespace).map_or(text.len(), |offset| start + offset);
            at = end;
            if text[start..end].chars().any(char::is_alphanumeric) {
                return Some(start..end);
            }
        }
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The tokens with the text of their spans, or the fault with its.
    #[track_caller]
    fn check(text: &str, expected: &[&str]) {
        let shown: Vec<String> = match lex(text) {
            Ok(tokens) => tokens
                .into_iter()
                .map(|(token, span)| {
                    let inner = match &token {
                        Token::Phrase(inner) | Token::Date(_, inner) | Token::Fuzzy(inner, _) => &text[inner.clone()],
                        _ => "",
                    };
                    let name = format!("{token:?}");
                    let name = name.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("").to_owned();
                    format!("{name} {} {inner}", &text[span]).trim_end().to_owned()
                })
                .collect(),
            Err((fault, span)) => vec![format!("{fault:?} {}", &text[span])],
        };
        assert_eq!(shown, expected, "{text}");
    }

    #[test]
    fn days_and_letters_take_what_belongs_to_them() {
        check("7. Oktober 2024 Israel", &["Word 7. Oktober 2024", "Word Israel"]);
        check("7 Oktober", &["Word 7 Oktober"]);
        check("7. Etage", &["Word 7.", "Word Etage"]);
        check("7. Oktober 24", &["Word 7. Oktober", "Word 24"]);
        check("A 7 Fulda", &["Word A 7", "Word Fulda"]);
        check("a 7", &["Word a", "Word 7"]);
        check("A 2024", &["Word A", "Word 2024"]);
        check("§ 218 Reform", &["Word § 218", "Word Reform"]);
        check("20 % mehr", &["Word 20 %", "Word mehr"]);
        check("15 000 € Strafe", &["Word 15 000 €", "Word Strafe"]);
        check("§ Reform %", &["Word Reform"]);
    }

    #[test]
    fn a_caret_before_a_capital_is_part_of_the_word() {
        check("^Lang Rede", &["Word ^Lang", "Word Rede"]);
        check("^Lang^2", &["Word ^Lang", "Boost ^2"]);
        check("(Lang)^2", &["Open (", "Word Lang", "Close )", "Boost ^2"]);
    }

    #[test]
    fn words_end_at_spaces_parentheses_and_marks() {
        check("Kim  Jong-un", &["Word Kim", "Word Jong-un"]);
        check("Kim(Putin)", &["Word Kim", "Open (", "Word Putin", "Close )"]);
        check("Kim„Jong Un“Putin", &["Word Kim", "Phrase „Jong Un“ Jong Un", "Word Putin"]);
        check("Kim‚Jong Un‘", &["Word Kim‚Jong", "Word Un‘"]);
        check("Hans‚ und", &["Word Hans‚", "Word und"]);
        check(" – * … ", &[]);
        check("", &[]);
    }

    #[test]
    fn feminine_endings_in_parentheses_belong_to_their_word() {
        check("Arbeiter(innen) Lehrer(in)", &["Word Arbeiter(innen)", "Word Lehrer(in)"]);
        check("Arbeiter(innen", &["Word Arbeiter", "Open (", "Word innen"]);
    }

    #[test]
    fn spaces_between_thousands_belong_to_the_number() {
        check("15 000 Euro", &["Word 15 000", "Word Euro"]);
        check("1 234 567, rund", &["Word 1 234", "Word 567,", "Word rund"]);
        check("1 234 567 rund", &["Word 1 234 567", "Word rund"]);
        check("(1 234)", &["Open (", "Word 1 234", "Close )"]);
        check("2023 100", &["Word 2023", "Word 100"]);
        check("15 0000", &["Word 15", "Word 0000"]);
        check("0 000", &["Word 0", "Word 000"]);
        check("15  000", &["Word 15", "Word 000"]);
        check("15 00", &["Word 15", "Word 00"]);
        check("1a 000", &["Word 1a", "Word 000"]);
        check("15-000", &["Word 15-000"]);
        check("123 456", &["Word 123 456"]);
    }

    #[test]
    fn operators_need_capitals_and_numbers_in_their_bounds() {
        check("a AND b && c", &["Word a", "And AND", "Word b", "And &&", "Word c"]);
        check("a||b", &["Word a", "Or ||", "Word b"]);
        check("a&&b||c", &["Word a", "And &&", "Word b", "Or ||", "Word c"]);
        check("a NEAR/0 b VOR/9999 c", &["Word a", "Near NEAR/0", "Word b", "Near VOR/9999", "Word c"]);
        check("ATLEAST/1 a ATLEAST/1000 b", &["AtLeast ATLEAST/1", "Word a", "AtLeast ATLEAST/1000", "Word b"]);
        check("a NEAR/10000 b", &["BadDistance NEAR/10000"]);
        check("ATLEAST/1001 a", &["BadCount ATLEAST/1001"]);
        check("url:x||y", &["Field url:", "Word x||y"]);
    }

    #[test]
    fn exclusions_stand_before_operands_and_behind_none() {
        check(
            "-a -(b) -\"c\" !d",
            &["Not -", "Word a", "Not -", "Open (", "Word b", "Close )", "Not -", "Phrase \"c\" c", "Not !", "Word d"],
        );
        check("a-b a -- b", &["Word a-b", "Word a", "Word b"]);
        check("(-a titel:-b", &["Open (", "Not -", "Word a", "Field titel:", "Not -", "Word b"]);
        check("-*munition", &["Not -", "Pattern *munition"]);
        check("„a“-b", &["Phrase „a“ a", "Word b"]);
    }

    #[test]
    fn boosts_and_edits_stand_right_behind() {
        check("Kim^2 (a)^3", &["Word Kim", "Boost ^2", "Open (", "Word a", "Close )", "Boost ^3"]);
        check("\"a b\"^0,5", &["Phrase \"a b\" a b", "Boost ^0,5"]);
        check("Kim ^2", &["Word Kim", "Word ^2"]);
        check("(a) ^2", &["Open (", "Word a", "Close )", "Word ^2"]);
        check("(a)~2", &["Modifier ~2"]);
        check("Selenski~1^2", &["Fuzzy Selenski~1 Selenski", "Boost ^2"]);
    }

    #[test]
    fn fields_have_their_value_right_behind() {
        check("titel:Kim", &["Field titel:", "Word Kim"]);
        check("TITEL:\"a b\"", &["Field TITEL:", "Phrase \"a b\" a b"]);
        check("datum:2023 x", &["Date datum:2023 2023", "Word x"]);
        check("datum:‚Mai 2024‘ x", &["Date datum:‚Mai 2024‘ Mai 2024", "Word x"]);
        check("titel:=Kim =„a b“", &["Field titel:", "Exact =", "Word Kim", "Exact =", "Phrase „a b“ a b"]);
        check("a = b =", &["Word a", "Word b"]);
        check("a:b 20:30", &["Word a:b", "Word 20:30"]);
        check("https://x.example/", &["Word https://x.example/"]);
        check("Kolleg:innen Leser:in", &["Word Kolleg:innen", "Word Leser:in"]);
        check("lexy:Kim", &["UnknownField(None) lexy:"]);
        check("leed:Kim", &["UnknownField(Some(\"lead\")) leed:"]);
        check("titel:", &["MissingValue titel:"]);
        check("datum:", &["MissingDate datum:"]);
        check("Fazit: gut", &["Word Fazit:", "Word gut"]);
    }

    #[test]
    fn words_of_plain_text_have_a_letter_or_digit() {
        let text = " Kim: – 2023 \"x\" ";
        assert_eq!(plain_words(text).map(|span| &text[span]).collect::<Vec<_>>(), ["Kim:", "2023", "\"x\""]);
    }
}
