//! Rule "blocks": paragraphs are separated by blank lines; in a text that was wrapped at a right margin, the lines of a
//! paragraph are joined, and words that a hyphen divided at a line's end with them.

use super::Block;
use crate::german::one_line;

/// Longest line of a text that was wrapped, and shortest one that went up to the margin, in characters.
const MARGIN: usize = 100;
const MIN_WRAPPED: usize = 45;
/// Lines that must go on in the next one before a text counts as wrapped.
const MIN_EVIDENCE: usize = 3;
/// Most lines of a block that belong together; with more, the text has a paragraph a line.
const MAX_LINES: usize = 3;

/// Paragraphs of `text`, each with its lines, white space collapsed.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    let mut blocks: Vec<Vec<String>> = vec![Vec::new()];
    let unix = text.contains('\r').then(|| text.replace("\r\n", "\n").replace('\r', "\n"));
    for line in unix.as_deref().unwrap_or(text).lines().map(one_line) {
        match blocks.last_mut() {
            Some(open) if !line.is_empty() => open.push(line),
            Some(open) if !open.is_empty() => blocks.push(Vec::new()),
            _ => {}
        }
    }
    blocks.retain(|block| !block.is_empty());
    if is_wrapped(&blocks) {
        return blocks.into_iter().map(|block| Block::plain(unwrap_lines(block))).collect();
    }
    blocks
        .into_iter()
        .flat_map(|block| {
            let apart = block.len() > MAX_LINES;
            let together = if apart { Vec::new() } else { vec![Block::plain(block.clone())] };
            let single = if apart { block } else { Vec::new() };
            together.into_iter().chain(single.into_iter().map(|line| Block::plain(vec![line])))
        })
        .collect()
}

/// Whether the text was wrapped: no line beyond the margin, and several that go on in the next one.
fn is_wrapped(blocks: &[Vec<String>]) -> bool {
    let length = |line: &String| line.chars().count();
    let wide = blocks.iter().flatten().any(|line| length(line) > MARGIN);
    let evidence = blocks.iter().flat_map(|block| block.windows(2)).filter(|pair| {
        length(&pair[0]) >= MIN_WRAPPED
            && !ends_sentence(&pair[0])
            && pair[1].starts_with(|c: char| c.is_alphanumeric())
    });
    !wide && evidence.count() >= MIN_EVIDENCE
}

fn ends_sentence(line: &str) -> bool {
    line.trim_end_matches(['“', '”', '"', '»', '«', ')', '’']).ends_with(['.', '!', '?', ':', '…'])
}

/// Joins the lines that go on; a line that ends short of the margin ends its paragraph.
fn unwrap_lines(lines: Vec<String>) -> Vec<String> {
    let mut joined: Vec<String> = Vec::new();
    let mut goes_on = false;
    for line in lines {
        let next_goes_on = line.chars().count() >= MIN_WRAPPED;
        match joined.last_mut() {
            Some(before) if goes_on => join(before, &line),
            _ => joined.push(line),
        }
        goes_on = next_goes_on;
    }
    joined
}

/// Appends a line; `Muni-` and `tion` become one word, `Nord-` and `und Südkorea` stay two.
fn join(before: &mut String, line: &str) {
    let stem = before.strip_suffix('-').filter(|stem| stem.ends_with(char::is_lowercase));
    let first = line.split(' ').next().unwrap_or("");
    let divided = first.starts_with(char::is_lowercase) && !matches!(first, "und" | "oder" | "bzw." | "sowie" | "bis");
    if stem.is_some() && divided {
        before.pop();
    } else {
        before.push(' ');
    }
    before.push_str(line);
}

#[cfg(test)]
mod tests {
    use super::*;

    fn lines(text: &str) -> Vec<Vec<String>> {
        blocks(text).into_iter().map(|block| block.lines).collect()
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
