//! Rule "blocks": paragraphs are separated by blank lines; where lines were wrapped at a right margin, those of
//! a paragraph are joined, and words that a hyphen divided at a line's end with them.

use super::Block;
use findbuch_german::one_line;

/// Longest line of a text that was wrapped, and shortest one that went up to the margin, in characters.
const MARGIN: usize = 100;
const MIN_WRAPPED: usize = 45;
/// Lines that must go on in the next one before a block counts as wrapped.
const MIN_EVIDENCE: usize = 2;
/// Most lines of a block that belong together; with more, the text has a paragraph a line.
const MAX_LINES: usize = 3;

/// Most lines that are told apart; the rest of a text is one line. A book has 30,000.
const MAX_TOLD: usize = 100_000;

/// Paragraphs of `text`, each with its lines, white space collapsed.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Vec<String>> = vec![Vec::new()];
    let unix = text.contains('\r').then(|| text.replace("\r\n", "\n").replace('\r', "\n"));
    let text = unix.as_deref().unwrap_or(text);
    let rest = text.match_indices('\n').nth(MAX_TOLD).map(|(at, _)| text.split_at(at));
    let (told, rest) = rest.unwrap_or((text, ""));
    for line in told.lines().chain(Some(rest)).map(one_line) {
        match blocks.last_mut() {
            Some(open) if !line.is_empty() => open.push(line),
            Some(open) if !open.is_empty() => blocks.push(Vec::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    let column = Column::of(&blocks);
    blocks.into_iter().flat_map(|block| of_block(block, column)).collect()
}

/// The width that a text was wrapped to. One of its blocks shows it beyond doubt, so that weaker evidence is enough in others.
#[derive(Debug, Clone, Copy)]
struct Column {
    /// Characters of its longest line, and of the shortest that can have been ended by the margin.
    width: usize,
    shortest: usize,
}

impl Column {
    fn of(blocks: &[Vec<String>]) -> Option<Column> {
        let mut column: Option<Column> = None;
        for (block, shortest) in blocks.iter().filter_map(|block| Some((block, shortest_wrapped(block)?))) {
            let lengths = block.iter().map(|line| line.chars().count());
            let width = lengths.filter(|&length| length <= MARGIN).max().unwrap_or(0);
            let known = column.unwrap_or(Column { width, shortest });
            column = Some(Column { width: known.width.max(width), shortest: known.shortest.min(shortest) });
        }
        column
    }

    /// Whether a line of a block goes on in the next one: that begins small, or its first word did not fit any more.
    fn wraps(self, lines: &[String]) -> bool {
        lines.windows(2).any(|pair| {
            let (line, next) = (pair[0].chars().count(), pair[1].split(' ').next().unwrap_or(""));
            let full = (line + 1 + next.chars().count()) * 20 > self.width * 17;
            let goes_on = next.starts_with(char::is_lowercase) || full && next.starts_with(char::is_alphanumeric);
            up_to_margin(&pair[0], self.shortest) && !ends_sentence(&pair[0]) && goes_on
        })
    }
}

/// A block of the text as blocks: wrapped lines joined; many lines that were not wrapped are a paragraph each.
fn of_block(lines: Vec<String>, column: Option<Column>) -> Vec<Block> {
    let by_column = || column.filter(|column| column.wraps(&lines)).map(|column| column.shortest);
    let lines = match shortest_wrapped(&lines).or_else(by_column) {
        Some(shortest) => unwrap_lines(lines, shortest),
        None => lines,
    };
    if lines.len() > MAX_LINES {
        return lines.into_iter().map(|line| Block::plain(vec![line])).collect();
    }
    vec![Block::plain(lines)]
}

/// Characters of the shortest line that can have been ended by the margin, if the lines of a block were wrapped: several, and a
/// third of all, go on in the next one, or a hyphen divides a word at the end of one, as in the narrow columns of scanned pages.
fn shortest_wrapped(lines: &[String]) -> Option<usize> {
    if lines.windows(2).any(|pair| is_divided(&pair[0], &pair[1])) {
        let longest = lines.iter().map(|line| line.chars().count()).max().unwrap_or(0);
        return Some((longest * 3 / 5).min(MIN_WRAPPED));
    }
    let goes_on = |pair: &&[String]| {
        up_to_margin(&pair[0], MIN_WRAPPED)
            && !ends_sentence(&pair[0])
            && pair[1].starts_with(|c: char| c.is_alphanumeric())
    };
    let evidence = lines.windows(2).filter(goes_on).count();
    (evidence >= MIN_EVIDENCE && evidence * 3 >= lines.len() - 1).then_some(MIN_WRAPPED)
}

/// A line that can have been ended by the margin alone.
fn up_to_margin(line: &str, shortest: usize) -> bool {
    (shortest..=MARGIN).contains(&line.chars().count())
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['“', '”', '"', '»', '«', ')', '’']).ends_with(['.', '!', '?', ':', '…'])
}

/// Joins the lines that go on; a line that ends short of the margin ends its paragraph.
fn unwrap_lines(lines: Vec<String>, shortest: usize) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let next_goes_on = up_to_margin(&line, shortest);
        match joined.last_mut() {
            Some(before) if goes_on || is_divided(before, &line) => join(before, &line),
            _ => joined.push(line),
        }
        goes_on = next_goes_on;
    }
    joined
}

/// Joins the lines of a paragraph, which the caller knows to be wrapped.
#[must_use]
pub fn join_lines<'a>(lines: impl Iterator<Item = &'a str>) -> String {
    let mut joined = String::new();
    for line in lines {
        if joined.is_empty() { joined.push_str(line) } else { join(&mut joined, line) }
    }
    joined
}

/// Appends a line; `Muni-` and `tion` become one word, `Nord-` and `und Südkorea` stay two, `SPD-` and `Fraktion` meet.
pub fn join(before: &mut String, line: &str) {
    if is_divided(before, line) {
        before.pop();
    } else if !is_compound(before, line) {
        before.push(' ');
    }
    before.push_str(line);
}

/// Whether `before` ends in the hyphen of a compound that goes on with a capital: `Ost-` and `West-Gefälle`.
fn is_compound(before: &str, line: &str) -> bool {
    let stem = before.strip_suffix(['-', '\u{2010}']);
    stem.is_some_and(|stem| stem.ends_with(char::is_alphanumeric)) && line.starts_with(char::is_uppercase)
}

/// Whether a hyphen at the end of `before` divides a word that `line` ends.
fn is_divided(before: &str, line: &str) -> bool {
    let stem = before.strip_suffix(['-', '\u{2010}', '¬']).filter(|stem| stem.ends_with(char::is_lowercase));
    let first = line.split([' ', ',']).next().unwrap_or("");
    let joining = matches!(first, "und" | "oder" | "bzw." | "sowie" | "bis" | "als" | "wie" | "noch" | "statt" | "u.");
    stem.is_some() && first.starts_with(char::is_lowercase) && !joining
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Vec<String>> {
        blocks(text).into_iter().map(|block| block.lines).collect()
    }

    #[test]
    fn divided_words_heal_in_short_lines_too() {
        let column = "Die Werft baut Schlepp-\nboote, und die Muni-\ntion lag in Nord-\nund Südkorea bereit.\n";
        assert_eq!(
            lines(column),
            [["Die Werft baut Schleppboote, und die Munition lag in Nord- und Südkorea bereit."]]
        );
    }

    #[test]
    fn what_one_block_shows_holds_for_the_column() {
        let column = "Das Gaswerk am Osttor ist er-\nöffnet worden, und der Bürger-\nmeister sprach.\n\n\
            Am Abend brannten auf dem\nMarkt die ersten Laternen.\n\nWir wollen Licht\nTilda Reents\n\nDie SPD-\nFraktion sang.";
        let expected = [
            vec!["Das Gaswerk am Osttor ist eröffnet worden, und der Bürgermeister sprach."],
            vec!["Am Abend brannten auf dem Markt die ersten Laternen."],
            vec!["Wir wollen Licht", "Tilda Reents"],
            vec!["Die SPD-", "Fraktion sang."],
        ];
        assert_eq!(lines(column), expected);
        assert_eq!(
            join_lines(["Die SPD-", "Fraktion im Ost-", "und West", "teil"].into_iter()),
            "Die SPD-Fraktion im Ost- und West teil"
        );
    }

    #[test]
    fn wrapped_lines_join_and_divided_words_heal() {
        let text = "Werft hat wieder Arbeit\n\n\
            Die Werft am Norderfehner Hafen hat nach zwei Jahren wieder\n\
            Aufträge, sagt der Betriebsrat. Im Frühjahr beginnt der Bau der Schlepp-\n\
            boote, danach folgen zwei Fähren und ein Versorger für die Nord-\n\
            und Ostsee. Das Land gibt Geld dazu, der Kreis eine Bürgschaft.\n\
            Mehr will niemand sagen.\n";
        assert_eq!(
            lines(text),
            [
                vec!["Werft hat wieder Arbeit".to_owned()],
                vec![
                    "Die Werft am Norderfehner Hafen hat nach zwei Jahren wieder Aufträge, sagt der Betriebsrat. Im Frühjahr \
                     beginnt der Bau der Schleppboote, danach folgen zwei Fähren und ein Versorger für die Nord- und Ostsee. \
                     Das Land gibt Geld dazu, der Kreis eine Bürgschaft. Mehr will niemand sagen."
                        .to_owned()
                ]
            ]
        );
    }

    #[test]
    fn a_long_line_does_not_hide_that_others_were_wrapped() {
        let lead = "Der Vorspann steht auf einer einzigen Zeile, die weit über den Rand hinausgeht, denn niemand hat ihn umbrochen.";
        let text = format!(
            "{lead}\nEin Absatz, der am rechten Rand umbrochen wurde und darum in der\nnächsten Zeile weitergeht, \
             bis er nach mehreren Zeilen von gleicher\nLänge an sein Ende kommt.\n"
        );
        let found = lines(&text);
        assert_eq!(found.concat().len(), 2, "{found:?}");
        assert!(found.concat()[1].ends_with("gleicher Länge an sein Ende kommt."));
    }

    #[test]
    fn a_text_with_a_paragraph_a_line_comes_apart() {
        for end in ["\n", "\r\n", "\r"] {
            let text = ["Titel", "Von Jelka Thorn", "14.05.2024", "Ein Satz.", "Noch einer."].join(end);
            assert_eq!(lines(&text).len(), 5, "{end:?}");
        }
        assert_eq!(
            lines("Der Deich hält.\nEnna Folkerts\n\nText."),
            [vec!["Der Deich hält.", "Enna Folkerts"], vec!["Text."]]
        );
    }
}
