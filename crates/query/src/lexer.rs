//! The query's text to tokens with their spans.

use crate::error::Fault;
use crate::fields::{field, is_raw};
use crate::limits::{MAX_COUNT, MAX_DISTANCE};
use crate::modifiers::{self, RunKind};
use crate::names::{NumberedOperator, numbered, within_unit};
use crate::quotes::{self, Quoted};
use crate::token::Token;
use crate::tree::{Closeness, Span};

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
    if text[end..].starts_with('(') && ends_in_gender_suffix(&text[end..]) && end > start {
        // Arbeiter(innen) is one word
        end = end + text[end..].find(')').map_or(0, |offset| offset + 1);
    }
    end = number_end(text, start, end);
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

/// Whether a feminine ending in parentheses follows a word: Arbeiter(innen).
fn ends_in_gender_suffix(text: &str) -> bool {
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
