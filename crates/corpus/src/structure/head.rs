//! Rules "glued kicker" and "kicker line": where the head of a copied page holds kicker and headline.

use super::Block;

/// Longest glued kicker, in words. On a line of its own a longer one is the headline already, more so below a masthead.
const MAX_GLUED_WORDS: usize = 5;
const MAX_KICKER_WORDS: usize = 3;
const MAX_KICKER_WORDS_BELOW_MASTHEAD: usize = 2;
/// Fewest words of a headline that had a kicker glued to it.
const MIN_HEADLINE_WORDS: usize = 3;
/// Longest headline, in characters.
const MAX_HEADLINE: usize = 250;

/// Kicker, headline and masthead of a text's head, and how many of its lines they take.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Dachzeile.
    pub kicker: Option<String>,
    /// Schlagzeile.
    pub headline: Option<String>,
    /// Unterzeile.
    pub subhead: Option<String>,
    /// The paper, from a masthead line.
    pub source: Option<String>,
    /// The masthead's date.
    pub date_line: Option<String>,
    /// Department, from a masthead line.
    pub section: Option<String>,
    /// Lines used up.
    pub used: usize,
}

/// Most lines that a head is looked for in.
const HEAD_LINES: usize = 8;

/// A line of the head.
#[derive(Debug, Clone, Copy)]
struct Line<'a> {
    text: &'a str,
    /// Whether a blank line or the end of the text follows it.
    ends_block: bool,
}

/// Finds the head in the first lines; the text that follows is what a glued word is checked against.
#[must_use]
pub fn head(blocks: &[Block]) -> Head {
    let all = blocks.iter().flat_map(|block| {
        let count = block.lines.len();
        block.lines.iter().enumerate().map(move |(at, line)| Line { text: line, ends_block: at + 1 == count })
    });
    let lines: Vec<Line<'_>> = all.clone().take(HEAD_LINES).collect();
    let text = all.skip(1).map(|line| line.text);
    let Some(masthead) = masthead(&lines) else { return title(&lines, &text, MAX_KICKER_WORDS) };
    let rest = &lines[masthead.used.min(lines.len())..];
    let mut below = title(rest, &text, MAX_KICKER_WORDS_BELOW_MASTHEAD);
    if below.headline.is_some() && below.subhead.is_none() {
        below.subhead = rest.get(below.used..).and_then(subhead_line);
        below.used += usize::from(below.subhead.is_some());
    }
    let Head { kicker, headline, subhead, .. } = below;
    Head { used: masthead.used + below.used, kicker, headline, subhead, ..masthead }
}

/// A short line of its own below the headline, with a paragraph after it.
fn subhead_line(lines: &[Line<'_>]) -> Option<String> {
    let [Line { text: line, ends_block: true }, Line { text: after, .. }, ..] = lines else { return None };
    let followed = super::crosshead::is_crosshead(after) || after.len() > MAX_HEADLINE / 2;
    (followed && super::crosshead::is_crosshead(line) && !is_metadata(line)).then(|| (*line).to_owned())
}

/// Separators of the fields of a masthead line.
const FIELDS: [char; 3] = [',', '|', '('];

/// Rule "masthead": `Norderfehner Bote, Donnerstag, 17. März 1994`, on one line or two, names paper and date above the
/// headline; what stands after the date is the department.
fn masthead(lines: &[Line<'_>]) -> Option<Head> {
    let far = jiff::civil::date(9000, 1, 1);
    let (line, used) = match lines {
        [Line { text, ends_block: true }, ..] => ((*text).to_owned(), 1),
        [paper, date, rest @ ..] if super::byline::is_date_line(date.text) => {
            let used = match rest {
                _ if date.ends_block => 2,
                [Line { ends_block: true, .. }, ..] => 3,
                _ => return None,
            };
            (format!("{}, {}", paper.text, date.text), used)
        }
        _ => return None,
    };
    let line = line.replace(" - ", ", ").replace(" – ", ", ").replace(" vom ", ", ");
    let fields: Vec<&str> = line.split(FIELDS).map(str::trim).filter(|field| !field.is_empty()).collect();
    let dated = fields.iter().position(|field| crate::dates::parse(field, far).is_some())?;
    let names_paper =
        |paper: &&&str| dated > 0 && word_count(paper) <= 5 && !paper.ends_with(['.', '!', '?']) && !is_metadata(paper);
    let paper = fields.first().filter(names_paper)?;
    let short = fields.len() <= 5 && word_count(&line) <= 14 && !line.ends_with(['.', '!', '?']);
    short.then(|| Head {
        source: Some((*paper).to_owned()),
        date_line: Some(fields[dated].to_owned()),
        section: fields.get(dated + 1).filter(|field| !field.ends_with(')')).map(|field| (*field).to_owned()),
        used,
        ..Head::default()
    })
}

/// Kicker, headline and, in the same block, subhead.
fn title<'a>(lines: &[Line<'_>], text: &(impl Iterator<Item = &'a str> + Clone), max_kicker: usize) -> Head {
    let Some(Line { text: line, ends_block }) =
        lines.first().copied().filter(|line| is_headline(line.text) && !is_metadata(line.text))
    else {
        return Head::default();
    };
    let owned = |line: &str| Some(line.to_owned());
    if let Some((kicker, headline)) = split_glued(line, text) {
        let subhead = same_block_subhead(&lines[1..], ends_block);
        let used = 1 + usize::from(subhead.is_some());
        return Head { kicker: Some(kicker), headline: Some(headline), subhead, used, ..Head::default() };
    }
    if let Some(Line { text: headline, ends_block }) = lines.get(1).copied()
        && is_kicker_above(line, headline, max_kicker)
    {
        let subhead = same_block_subhead(&lines[2..], ends_block);
        let used = 2 + usize::from(subhead.is_some());
        return Head { kicker: owned(line), headline: owned(headline), subhead, used, ..Head::default() };
    }
    let subhead = same_block_subhead(&lines[1..], ends_block);
    Head { headline: owned(line), used: 1 + usize::from(subhead.is_some()), subhead, ..Head::default() }
}

/// The line right below the headline, if its block ends there and it is no metadata.
fn same_block_subhead(lines: &[Line<'_>], headline_ends: bool) -> Option<String> {
    let line = lines.first().filter(|line| !headline_ends && line.ends_block)?.text;
    (is_headline(line) && !is_metadata(line)).then(|| line.to_owned())
}

/// A line that gives reading time, date, author or credit, or belongs to the page.
fn is_metadata(line: &str) -> bool {
    let far = jiff::civil::date(9000, 1, 1);
    let digits = line.bytes().any(|b| b.is_ascii_digit());
    super::furniture::reading_minutes(line).is_some()
        || super::byline::is_date_line(line)
        || super::byline::authors(line).is_some()
        || super::furniture::is_furniture(line, false)
        || super::caption::is_caption(line)
        || line.starts_with("Von ") && digits
        || digits && word_count(line) <= 14 && line.contains("ktualisiert") && crate::dates::parse(line, far).is_some()
}

/// A line that can be a headline: not too long, and no paragraph of several sentences.
fn is_headline(line: &str) -> bool {
    line.chars().count() <= MAX_HEADLINE && !(line.ends_with('.') && !line.ends_with("...") && word_count(line) > 12)
}

fn word_count(text: &str) -> usize {
    text.split_whitespace().count()
}

/// A short line without an end mark above a longer one that is a headline.
fn is_kicker_above(kicker: &str, headline: &str, max_words: usize) -> bool {
    word_count(kicker) <= max_words
        && !kicker.ends_with(['.', '!', '?', ',', ';'])
        && word_count(headline) > word_count(kicker)
        && word_count(headline) >= MIN_HEADLINE_WORDS
        && is_headline(headline)
        && !headline.ends_with('.')
        && !is_metadata(headline)
        && !is_metadata(kicker)
}

/// Splits `RüstungExport steigt` and `Rüstung„Nur eine Frage“: …` where a lower-case letter, digit or end mark meets an
/// opening quotation mark or a capital without a space. Two words were glued only if the text has one of them by itself; one that
/// it has whole (`WhatsApp`, Bürger:innen) was not.
#[must_use]
pub fn split_glued<'a>(line: &str, text: &(impl Iterator<Item = &'a str> + Clone)) -> Option<(String, String)> {
    let mut before = None;
    for (at, char) in line.char_indices() {
        let joint = match before {
            Some(left) if opens_quote(line, at, char) => char::is_alphanumeric(left) || matches!(left, '!' | '?'),
            Some(left) => char::is_uppercase(char) && (left.is_lowercase() || matches!(left, '!' | '?' | '“')),
            None => false,
        };
        if joint && is_split(line, at, text.clone()) {
            return Some((line[..at].trim().to_owned(), line[at..].trim().to_owned()));
        }
        before = Some(char);
    }
    None
}

/// Whether the mark at a place of a line opens a quotation: `»` and `«` do where the other has not been opened before.
fn opens_quote(line: &str, at: usize, mark: char) -> bool {
    let other = match mark {
        '„' | '‚' => return true,
        '»' => '«',
        '«' => '»',
        '›' => '‹',
        '‹' => '›',
        _ => return false,
    };
    let before = line.get(..at).unwrap_or("");
    let count = |of: char| before.chars().filter(|c| *c == of).count();
    count(other) == count(mark) && line.get(at..).is_some_and(|rest| rest.contains(other))
}

fn is_split<'a>(line: &str, at: usize, mut text: impl Iterator<Item = &'a str> + Clone) -> bool {
    let (kicker, headline) = line.split_at(at);
    if word_count(kicker) > MAX_GLUED_WORDS || word_count(headline) < MIN_HEADLINE_WORDS {
        return false;
    }
    let left = kicker.rsplit(char::is_whitespace).next().unwrap_or("");
    let right = headline.split(char::is_whitespace).next().unwrap_or("");
    let right = right.trim_end_matches(|c: char| !c.is_alphanumeric());
    let first = headline.chars().next().unwrap_or(' ');
    if opens_quote(line, at, first) {
        return left.chars().count() >= 2;
    }
    let ended = left.ends_with(['!', '?', '“']);
    // what stands before a hyphen is a word of its own: DeepSeek-Schock
    let stem = right.split(|c: char| !c.is_alphanumeric()).next().unwrap_or("");
    let name = |word: &str| word.trim_matches(|c: char| !c.is_alphanumeric()).to_lowercase();
    let (glued, left_word, right_word) = (format!("{}{}", name(left), name(stem)), name(left), name(stem));
    let whole = text.clone().any(|p| p.to_lowercase().contains(&glued));
    let alone = |p: &str| {
        let mut words = p.split(|c: char| !c.is_alphanumeric()).map(str::to_lowercase);
        words.any(|word| [&left_word, &right_word].iter().any(|part| is_inflected(&word, part)))
    };
    (ended || is_word(left, MIN_LEFT))
        && is_word(right, MIN_RIGHT)
        && !right.starts_with("Innen")
        && !whole
        && (ended || text.any(alone))
}

/// Whether a word is another one, or that with an ending.
fn is_inflected(word: &str, of: &str) -> bool {
    word.strip_prefix(of).is_some_and(|end| ["", "e", "n", "en", "s", "es", "er", "r", "ern"].contains(&end))
}

/// Fewest letters of the words on both sides of a joint: shorter ones are parts of AfD, YouTube, LinkedIn.
const MIN_LEFT: usize = 4;
const MIN_RIGHT: usize = 3;

/// A usual word: long enough, and no capital after its first letter but behind a hyphen.
fn is_word(text: &str, min: usize) -> bool {
    let mut before = '-';
    let usual = text.chars().all(|c| {
        let fits = !c.is_uppercase() || before == '-';
        before = c;
        fits
    });
    usual && text.chars().count() >= min && text.get(1..2).is_none_or(|second| second != "-")
}

#[cfg(test)]
mod tests {
    use super::*;

    #[track_caller]
    fn check(line: &str, text: &str, expected: Option<(&str, &str)>) {
        let found = split_glued(line, &[text].into_iter());
        assert_eq!(found.as_ref().map(|(k, h)| (k.as_str(), h.as_str())), expected, "{line}");
    }

    #[test]
    fn glued_kickers_are_split_off() {
        check(
            "Deichbau„Wir warten seit Jahren“: Was in Norderfehn geplant ist",
            "",
            Some(("Deichbau", "„Wir warten seit Jahren“: Was in Norderfehn geplant ist")),
        );
        check(
            "Streit um FähreReederei kündigt den Vertrag",
            "Die Reederei …",
            Some(("Streit um Fähre", "Reederei kündigt den Vertrag")),
        );
        check(
            "Literatur«Ein Buch wie ein Deich»: Preis für Tilda Reents",
            "",
            Some(("Literatur", "«Ein Buch wie ein Deich»: Preis für Tilda Reents")),
        );
        check("Streit um «Winnetou» geht in die nächste Runde", "", None);
        check("Streit um »Winnetou« geht in die nächste Runde", "", None);
        check("Wahl 2024Mehlau wählt im Mai neu", "", None);
        check("Was nun?Der Kreis sucht einen Landrat", "", Some(("Was nun?", "Der Kreis sucht einen Landrat")));
    }

    #[test]
    fn capitals_inside_a_word_do_not_split_it() {
        check("DeepSeek-Schock aus China macht Börsen nervös", "Die Firma DeepSeek hat ein Modell.", None);
        check("ThyssenKrupp baut Stellen im Stahlwerk ab", "Thyssenkrupp baut ab.", None);
        check("FlixBus fährt bald nach Oberlenz", "Die grünen Busse kommen.", None);
        check("WhatsApp sperrt alte Telefone aus", "Wer WhatsApp nutzt, ist betroffen.", None);
        check("LehrerInnen fordern kleinere Klassen", "", None);
        check("AfD kann in Mehlau ihren Vorsprung ausbauen", "", None);
        check("LinkedIn wächst in Europa besonders schnell", "", None);
        check("YouTube löscht alte Kanäle aus Mehlau", "", None);
        check("iPhone wird im Herbst deutlich teurer", "", None);
        check("Norderfehn baut den Deich aus", "", None);
    }

    #[test]
    fn a_masthead_gives_paper_and_date() {
        let found = head(&super::super::blocks(
            "Norderfehner Bote, Donnerstag, 17. März 1994\n\nDeich bricht am Vorwerk\n\nKreis ruft den Notstand aus\n\n\
             In der Nacht zum Mittwoch ist der Deich am Vorwerk auf einer Länge von zwanzig Metern gebrochen. Die Feuerwehr \
             brachte vierzig Menschen in Sicherheit.",
        ));
        assert_eq!(
            (found.source.as_deref(), found.date_line.as_deref()),
            (Some("Norderfehner Bote"), Some("17. März 1994"))
        );
        assert_eq!(found.headline.as_deref(), Some("Deich bricht am Vorwerk"));
        assert_eq!((found.subhead.as_deref(), found.used), (Some("Kreis ruft den Notstand aus"), 3));
        let found =
            head(&super::super::blocks("Der Bote\nMittwoch, 21. September 2005\n\nDeich bricht am Vorwerk\n\nText."));
        assert_eq!(
            (found.source.as_deref(), found.headline.as_deref()),
            (Some("Der Bote"), Some("Deich bricht am Vorwerk"))
        );
        let found = head(&super::super::blocks("Was am 3. Oktober 1990 in Mehlau geschah\n\nText."));
        assert_eq!((found.source, found.used), (None, 1));
    }

    #[test]
    fn a_line_above_the_headline_is_a_kicker() {
        let blocks = |text: &str| super::super::blocks(text);
        let found = head(&blocks("Deichbau\nKreis Mehlau streitet um das Vorwerk\n\nText."));
        assert_eq!((found.kicker.as_deref(), found.used), (Some("Deichbau"), 2));
        let found = head(&blocks("Deichbau\n\nKreis Mehlau streitet um das Vorwerk\n\nText."));
        assert_eq!((found.kicker.as_deref(), found.used), (Some("Deichbau"), 2));
        let found = head(&blocks("Neuer Deich für Mehlau\n\nVon Jelka Thorn\n\nText."));
        assert_eq!((found.kicker, found.headline.as_deref()), (None, Some("Neuer Deich für Mehlau")));
        let long = "Am Montag kamen sie, am Dienstag gingen sie, und am Mittwoch war der Platz leer.";
        assert_eq!(head(&blocks(long)), Head::default());
    }
}
