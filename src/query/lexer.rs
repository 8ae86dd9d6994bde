//! The query's text to tokens with spans.

use super::{DATE_FIELDS, FIELDS, Fault, Field, Span, dates};

/// A token of a query.
#[derive(Debug, Clone, PartialEq, Eq)]
pub enum Token {
    /// A word that is searched.
    Word,
    /// A phrase; the span is what stands between the marks.
    Phrase(Span),
    /// `(`
    Open,
    /// `)`
    Close,
    /// AND, UND
    And,
    /// OR, ODER
    Or,
    /// NOT, NICHT, and `-` before a word
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
        } else if let Some(closing) = closing_marks(char) {
            let end = text[next..].find(closing).map(|offset| next + offset).ok_or((Fault::UnclosedQuote, at..next))?;
            let after = end + text[end..].chars().next().map_or(0, char::len_utf8);
            if !text[next..end].chars().any(char::is_alphanumeric) {
                return Err((Fault::EmptyPhrase, at..after));
            }
            if let Some(sign) = text[after..].chars().next().filter(|sign| matches!(sign, '~' | '^')) {
                return Err((Fault::Modifier(sign), at..after + 1));
            }
            tokens.push((Token::Phrase(next..end), at..after));
            at = after;
        } else if char == '(' {
            tokens.push((Token::Open, at..next));
            at = next;
        } else if char == ')' {
            tokens.push((Token::Close, at..next));
            at = next;
        } else if char == '-'
            && !text[..at].ends_with(|c: char| !c.is_whitespace() && c != '(' && c != ':')
            && text[next..].starts_with(|c: char| c.is_alphanumeric() || c == '(' || closing_marks(c).is_some())
        {
            tokens.push((Token::Not, at..next));
            at = next;
        } else if matches!(char, '-' | '\u{2010}' | '\u{2011}' | '”') {
            // „D-Day“-Papier goes on behind its quotation marks; a mark that closes nothing is passed over
            at = next;
        } else if char == '=' && text[next..].starts_with(|c: char| c.is_alphanumeric() || closing_marks(c).is_some()) {
            tokens.push((Token::Exact, at..next));
            at = next;
        } else {
            at = word(text, at, &mut tokens)?;
        }
    }
    Ok(tokens)
}

/// The marks that close a phrase opened by `char`.
fn closing_marks(char: char) -> Option<&'static [char]> {
    match char {
        '"' => Some(&['"']),
        '„' | '“' => Some(&['“', '”', '"']),
        '»' => Some(&['«']),
        '«' => Some(&['»']),
        _ => None,
    }
}

/// End of the run of characters that are neither white space, parentheses nor quotation marks.
fn run_end(text: &str, start: usize) -> usize {
    text[start..]
        .find(|c: char| c.is_whitespace() || matches!(c, '(' | ')' | '"' | '„' | '“' | '”' | '»' | '«'))
        .map_or(text.len(), |offset| start + offset)
}

/// Reads an operator, a field or a word at `start`; returns where it ends.
fn word(text: &str, start: usize, tokens: &mut Vec<(Token, Span)>) -> Result<usize, (Fault, Span)> {
    let mut end = run_end(text, start);
    if text[end..].starts_with('(') && ends_in_gender_suffix(&text[end..]) && end > start {
        // Arbeiter(innen) is one word
        end = end + text[end..].find(')').map_or(0, |offset| offset + 1);
    }
    end = number_end(text, start, end);
    let run = &text[start..end];
    let operator = match run {
        "AND" | "UND" => Some(Token::And),
        "OR" | "ODER" => Some(Token::Or),
        "NOT" | "NICHT" => Some(Token::Not),
        _ => None,
    };
    if let Some(token) = operator {
        tokens.push((token, start..end));
        return Ok(end);
    }
    if let Some(end) = field(text, start, end, tokens)? {
        return Ok(end);
    }
    if run.chars().any(char::is_alphanumeric) {
        check_signs(run, start)?;
        tokens.push((Token::Word, start..end));
    }
    Ok(end.max(start + run.chars().next().map_or(1, char::len_utf8)))
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

/// Reads `name:` with a value right behind it; the end of what was read, or nothing if it is no field.
fn field(
    text: &str,
    start: usize,
    end: usize,
    tokens: &mut Vec<(Token, Span)>,
) -> Result<Option<usize>, (Fault, Span)> {
    let Some(colon) = text[start..end].find(':').map(|offset| start + offset) else { return Ok(None) };
    let name = text[start..colon].to_lowercase();
    let value = colon + 1..end;
    let follows = end > colon + 1 || text[end..].starts_with(|c: char| c == '(' || closing_marks(c).is_some());
    let label = start..colon + 1;
    if let Some(&(_, field)) = FIELDS.iter().find(|(known, _)| *known == name) {
        if !follows {
            return Err((Fault::MissingValue, label));
        }
        tokens.push((Token::Field(field), label));
        return Ok(Some(colon + 1));
    }
    if let Some(&(_, bound)) = DATE_FIELDS.iter().find(|(known, _)| *known == name) {
        if value.is_empty() {
            return Err((Fault::MissingDate, label));
        }
        tokens.push((Token::Date(bound, value), start..end));
        return Ok(Some(end));
    }
    let is_name = name.len() > 1 && name.chars().all(char::is_alphabetic);
    let gendered = ["in", "innen"].iter().any(|ending| text[value.clone()].starts_with(ending));
    if is_name && follows && !gendered && !text[value].starts_with('/') {
        return Err((Fault::UnknownField(nearest_field(&name)), label));
    }
    Ok(None)
}

/// The name of a field one or two edits away.
fn nearest_field(name: &str) -> Option<&'static str> {
    FIELDS
        .iter()
        .map(|(known, _)| *known)
        .chain(DATE_FIELDS.iter().map(|(known, _)| *known))
        .map(|known| (edits(name, known), known))
        .filter(|&(edits, known)| edits <= if known.len() > 4 { 2 } else { 1 })
        .min()
        .map(|(_, known)| known)
}

/// Levenshtein distance; both texts are short.
fn edits(left: &str, right: &str) -> usize {
    let right: Vec<char> = right.chars().collect();
    let mut row: Vec<usize> = (0..=right.len()).collect();
    for (i, l) in left.chars().take(40).enumerate() {
        let mut diagonal = row[0];
        row[0] = i + 1;
        for (j, r) in right.iter().enumerate() {
            let above = row[j + 1];
            row[j + 1] = (diagonal + usize::from(l != *r)).min(above + 1).min(row[j] + 1);
            diagonal = above;
        }
    }
    row[right.len()]
}

/// Signs that other programs give a meaning, so that they are not silently dropped. The star of gendered forms and the
/// mark at the end of a question are text.
fn check_signs(run: &str, start: usize) -> Result<(), (Fault, Span)> {
    let span = start..start + run.len();
    let wildcard = run.match_indices(['*', '?']).any(|(at, mark)| {
        let after = &run[at + 1..];
        let gendered = mark == "*" && (after.starts_with("in") || after.starts_with('r') || after.starts_with('n'));
        let question = mark == "?" && !after.contains(char::is_alphanumeric) && at > 0;
        !gendered && !question
    });
    if wildcard {
        return Err((Fault::Wildcard, span));
    }
    for sign in ['~', '^'] {
        if let Some((word, number)) = run.split_once(sign)
            && word.chars().any(char::is_alphanumeric)
            && number.chars().all(|c| c.is_ascii_digit() || c == '.')
        {
            return Err((Fault::Modifier(sign), span));
        }
    }
    Ok(())
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
