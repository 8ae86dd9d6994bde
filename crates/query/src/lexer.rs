//! The query's text to tokens with spans.

use super::fields::{field, is_raw};
use super::names::{Numbered, numbered, unit};
use super::quotes::{self, Quoted};
use super::signs::{self, Kind};
use super::{Closeness, Fault, Field, MAX_COUNT, MAX_DISTANCE, Span, dates};

/// A token of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word that is searched.
    Word,
    /// A phrase; the span is what stands between the marks.
    Phrase(Span),
    /// A word with wildcards.
    Pattern,
    /// A word within so many edits; the span is the word.
    Fuzzy(Span, u8),
    /// `^2` right behind something, in hundredths.
    Boost(u16),
    /// NEAR/5, ADJ/3, SENTENCE, PARAGRAPH and their German names
    Near(Closeness),
    /// ATLEAST/3, MINDESTENS/3
    AtLeast(u16),
    /// `(`
    Open,
    /// `)`
    Close,
    /// AND, UND, `&&`
    And,
    /// OR, ODER, `||`
    Or,
    /// NOT, NICHT, and `-` or `!` before a word
    Not,
    /// `=` before a word or phrase
    Exact,
    /// `titel:`
    Field(Field),
    /// `datum:` with its value, which is the span
    Date(dates::Bound, Span),
}

/// Cuts `text` into tokens; what has no letter or digit is passed over.
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
            let boost = signs::hundredths(&text[next..end]).map_err(|fault| (fault, at..end))?;
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
            // „D-Day“-Papier goes on behind its quotation marks; a mark that closes nothing is passed over
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

/// Whether what stands at `at`, behind a `-` or `!`, is something to exclude.
fn is_excluded(text: &str, at: usize) -> bool {
    let rest = &text[at..];
    let behind_signs = rest.trim_start_matches(['*', '?', '=']);
    let behind = text.len() - behind_signs.len();
    rest.starts_with('(') || behind_signs.starts_with(char::is_alphanumeric) || quotes::opens(text, behind)
}

/// Reads the phrase whose mark stands at `at`; returns where it ends.
fn phrase(text: &str, at: usize, tokens: &mut Vec<(Token, Span)>) -> Result<usize, (Fault, Span)> {
    let mark = text[at..].chars().next().map_or(0, char::len_utf8);
    let Quoted { inner, end } = quotes::quoted(text, at).ok_or((Fault::UnclosedQuote, at..at + mark))?;
    if !text[inner.clone()].chars().any(char::is_alphanumeric) {
        return Err((Fault::EmptyPhrase, at..end));
    }
    let mut runs = plain_words(&text[inner.clone()]).map(|run| inner.start + run.start..inner.start + run.end);
    if let Some(run) = runs.find(|run| signs::has_wildcard(&text[run.clone()])) {
        return Err((Fault::PatternInPhrase, run));
    }
    tokens.push((Token::Phrase(inner), at..end));
    Ok(end)
}

/// Whether a phrase or group ends right before `at`.
fn ends_group(tokens: &[(Token, Span)], at: usize) -> bool {
    tokens.last().is_some_and(|(token, span)| span.end == at && matches!(token, Token::Phrase(_) | Token::Close))
}

/// End of the run of characters that are neither white space, parentheses nor quotation marks.
fn run_end(text: &str, start: usize) -> usize {
    let ends = |(offset, c): &(usize, char)| {
        let at = start + offset;
        c.is_whitespace()
            || matches!(c, '(' | ')' | '"' | '„' | '“' | '”' | '»' | '«' | '›' | '‹')
            // a comma that opens a phrase does so behind a field's name only
            || (*c == '‚' && text[start..at].ends_with([':', '=']) && quotes::opens(text, at))
    };
    text[start..].char_indices().find(ends).map_or(text.len(), |(offset, _)| start + offset)
}

/// Reads an operator, a field or a word at `start`; returns where it ends.
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

/// The end of a run before or behind `||` and `&&`, which join words without spaces as well; addresses may have them.
fn sign_end(text: &str, start: usize, end: usize) -> usize {
    let run = &text[start..end];
    if is_raw(run) {
        return end;
    }
    let sign = ["||", "&&"].iter().filter_map(|sign| run.find(sign)).min();
    sign.map_or(end, |at| start + if at == 0 { "||".len() } else { at })
}

/// The operator that a run is, if it is one.
fn operator(run: &str) -> Result<Option<Token>, Fault> {
    let token = match run {
        "AND" | "UND" | "&&" => Token::And,
        "OR" | "ODER" | "||" => Token::Or,
        "NOT" | "NICHT" => Token::Not,
        _ => {
            if let Some(unit) = unit(run) {
                return Ok(Some(Token::Near(unit)));
            }
            let Some((operator, number)) = numbered(run) else { return Ok(None) };
            let number = number.map(str::parse::<u16>);
            match (operator, number) {
                (Numbered::Near, Some(Ok(most @ 0..=MAX_DISTANCE))) => Token::Near(Closeness::Near(most)),
                (Numbered::Before, Some(Ok(most @ 0..=MAX_DISTANCE))) => Token::Near(Closeness::Before(most)),
                (Numbered::AtLeast, Some(Ok(least @ 1..=MAX_COUNT))) => Token::AtLeast(least),
                (Numbered::AtLeast, _) => return Err(Fault::BadCount),
                _ => return Err(Fault::BadDistance),
            }
        }
    };
    Ok(Some(token))
}

/// A word with what the signs in and behind it make of it.
fn marked_word(text: &str, span: Span, tokens: &mut Vec<(Token, Span)>) -> Result<(), (Fault, Span)> {
    let Span { start, end } = span;
    let boost = signs::boost(&text[start..end]).map_err(|fault| (fault, start..end))?;
    let word_end = boost.map_or(end, |(length, _)| start + length);
    let place = |range: Span| start + range.start..start + range.end;
    tokens.push(match signs::kind(&text[start..word_end]).map_err(|fault| (fault, start..word_end))? {
        Kind::Word => (Token::Word, start..word_end),
        Kind::Pattern(range) => (Token::Pattern, place(range)),
        Kind::Fuzzy(range, edits) => (Token::Fuzzy(place(range), edits), start..word_end),
    });
    tokens.extend(boost.map(|(_, boost)| (Token::Boost(boost), word_end..end)));
    Ok(())
}

/// The end of a number whose thousands stand apart (15 000).
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

/// `(in)`, `(innen)` right after a word.
fn ends_in_gender_suffix(text: &str) -> bool {
    text.starts_with("(in)") || text.starts_with("(innen)")
}

/// Spans of the words of a text that is no query.
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
