//! Rules "glued kicker" and "kicker line": where the head of a copied page holds kicker and headline.

use super::Block;

/// Longest kicker, in words; below a masthead a longer line is the headline already.
const MAX_KICKER_WORDS: usize = 5;
const MAX_KICKER_WORDS_BELOW_MASTHEAD: usize = 2;
/// Fewest words of a headline that had a kicker glued to it.
const MIN_HEADLINE_WORDS: usize = 3;
/// Longest headline, in characters.
const MAX_HEADLINE: usize = 250;

/// Kicker, headline and masthead of a text's head, and how many of its blocks they take.
#[derive(Debug, Default, PartialEq, Eq)]
pub struct Head {
    /// Dachzeile.
    pub kicker: Option<String>,
    /// Schlagzeile.
    pub headline: Option<String>,
    /// Unterzeile: a further line of the first block.
    pub subhead: Option<String>,
    /// The paper, from a masthead line.
    pub source: Option<String>,
    /// The masthead's date.
    pub date_line: Option<String>,
    /// Department, from a masthead line.
    pub section: Option<String>,
    /// Blocks used up.
    pub used: usize,
}

/// Finds the head in the first blocks; the text that follows is what a glued word is checked against.
#[must_use]
pub fn head(blocks: &[Block]) -> Head {
    let Some(masthead) = masthead(blocks) else { return title(blocks, MAX_KICKER_WORDS) };
    let below = title(&blocks[masthead.used..], MAX_KICKER_WORDS_BELOW_MASTHEAD);
    let used = masthead.used + below.used;
    let (next, line) = (blocks.get(used), below.subhead.is_none());
    let subhead =
        next.filter(|_| line && below.headline.is_some()).and_then(|block| subhead_line(block, blocks.get(used + 1)));
    let used = used + usize::from(subhead.is_some());
    Head { used, subhead: below.subhead.or(subhead), kicker: below.kicker, headline: below.headline, ..masthead }
}

/// A short line of its own below the headline, with a paragraph after it.
fn subhead_line(block: &Block, after: Option<&Block>) -> Option<String> {
    let [line] = block.lines.as_slice() else { return None };
    let followed =
        after?.lines.first().is_some_and(|line| super::crosshead::is_crosshead(line) || line.len() > MAX_HEADLINE / 2);
    (followed && super::crosshead::is_crosshead(line)).then(|| line.clone())
}

/// Separators of the fields of a masthead line.
const FIELDS: [char; 3] = [',', '|', '('];

/// Rule "masthead": `Norderfehner Bote, Donnerstag, 17. März 1994`, on one line or two, names paper and date above the
/// headline; what stands after the date is the department.
fn masthead(blocks: &[Block]) -> Option<Head> {
    let lines = &blocks.first()?.lines;
    let far = jiff::civil::date(9000, 1, 1);
    let line = match lines.as_slice() {
        [line] => line.clone(),
        [paper, date] | [paper, date, _] if super::byline::is_date_line(date) => format!("{paper}, {date}"),
        _ => return None,
    };
    let line = line.replace(" - ", ", ").replace(" – ", ", ");
    let fields: Vec<&str> = line.split(FIELDS).map(str::trim).filter(|field| !field.is_empty()).collect();
    let dated = fields.iter().position(|field| crate::corpus::dates::parse(field, far).is_some())?;
    let paper =
        fields.first().filter(|paper| dated > 0 && word_count(paper) <= 5 && !paper.ends_with(['.', '!', '?']))?;
    let short = fields.len() <= 5 && word_count(&line) <= 14 && !line.ends_with(['.', '!', '?']);
    short.then(|| Head {
        source: Some((*paper).to_owned()),
        date_line: Some(fields[dated].to_owned()),
        section: fields.get(dated + 1).filter(|field| !field.ends_with(')')).map(|field| (*field).to_owned()),
        used: 1,
        ..Head::default()
    })
}

fn title(blocks: &[Block], max_kicker: usize) -> Head {
    let Some(first) = blocks.first().map(|block| &block.lines) else { return Head::default() };
    let Some(line) = first.first().filter(|line| is_headline(line)) else { return Head::default() };
    let text = || blocks.iter().skip(1).flat_map(|block| &block.lines).map(String::as_str);
    if let Some((kicker, headline)) = split_glued(line, &text()) {
        return Head {
            kicker: Some(kicker),
            headline: Some(headline),
            subhead: first.get(1).cloned(),
            used: 1,
            ..Head::default()
        };
    }
    if let [kicker, headline, rest @ ..] = first.as_slice()
        && is_kicker_above(kicker, headline, max_kicker)
    {
        return Head {
            kicker: Some(kicker.clone()),
            headline: Some(headline.clone()),
            subhead: rest.first().cloned(),
            used: 1,
            ..Head::default()
        };
    }
    if let ([kicker], Some([headline])) = (first.as_slice(), blocks.get(1).map(|block| block.lines.as_slice()))
        && is_kicker_above(kicker, headline, max_kicker)
    {
        return Head { kicker: Some(kicker.clone()), headline: Some(headline.clone()), used: 2, ..Head::default() };
    }
    Head { headline: Some(line.clone()), subhead: first.get(1).cloned(), used: 1, ..Head::default() }
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
        && super::furniture::reading_minutes(headline).is_none()
        && !super::byline::is_date_line(headline)
        && super::byline::authors(headline).is_none()
        && !super::furniture::is_furniture(headline, false)
        && !super::caption::is_caption(headline)
}

/// Splits `RüstungExport steigt` and `Rüstung„Nur eine Frage“: …` where a lower-case letter, digit or end mark meets an
/// opening quotation mark or a capital without a space. A word that is written so elsewhere in the text (`WhatsApp`,
/// Bürger:innen) was not glued.
#[must_use]
pub fn split_glued<'a>(line: &str, text: &(impl Iterator<Item = &'a str> + Clone)) -> Option<(String, String)> {
    let mut before = None;
    for (at, char) in line.char_indices() {
        let joint = match before {
            Some(left) if opens_quote(char) => char::is_alphanumeric(left) || matches!(left, '!' | '?'),
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

fn opens_quote(char: char) -> bool {
    matches!(char, '„' | '»' | '‚' | '›')
}

fn is_split<'a>(line: &str, at: usize, mut text: impl Iterator<Item = &'a str>) -> bool {
    let (kicker, headline) = line.split_at(at);
    if word_count(kicker) > MAX_KICKER_WORDS || word_count(headline) < MIN_HEADLINE_WORDS {
        return false;
    }
    let left = kicker.rsplit(char::is_whitespace).next().unwrap_or("");
    let right = headline.split(char::is_whitespace).next().unwrap_or("");
    let right = right.trim_end_matches(|c: char| !c.is_alphanumeric());
    if opens_quote(headline.chars().next().unwrap_or(' ')) {
        return left.chars().count() >= 2;
    }
    let glued = format!("{left}{right}");
    let ended = left.ends_with(['!', '?', '“']);
    (ended || is_word(left, MIN_LEFT))
        && is_word(right, MIN_RIGHT)
        && !right.starts_with("Innen")
        && !text.any(|p| p.contains(&glued))
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
    usual && text.chars().count() >= min && !text.get(1..2).is_some_and(|second| second == "-")
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
        check("Wahl 2024Mehlau wählt im Mai neu", "", None);
        check("Was nun?Der Kreis sucht einen Landrat", "", Some(("Was nun?", "Der Kreis sucht einen Landrat")));
    }

    #[test]
    fn capitals_inside_a_word_do_not_split_it() {
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
        assert_eq!((found.kicker.as_deref(), found.used), (Some("Deichbau"), 1));
        let found = head(&blocks("Deichbau\n\nKreis Mehlau streitet um das Vorwerk\n\nText."));
        assert_eq!((found.kicker.as_deref(), found.used), (Some("Deichbau"), 2));
        let found = head(&blocks("Neuer Deich für Mehlau\n\nVon Jelka Thorn\n\nText."));
        assert_eq!((found.kicker, found.headline.as_deref()), (None, Some("Neuer Deich für Mehlau")));
        let long = "Am Montag kamen sie, am Dienstag gingen sie, und am Mittwoch war der Platz leer.";
        assert_eq!(head(&blocks(long)), Head::default());
    }
}
