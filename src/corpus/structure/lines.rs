//! Rule "blocks": paragraphs are separated by blank lines; hard-wrapped lines of one paragraph are joined.

/// Shortest line that may have been wrapped at the right margin, in bytes.
const MIN_WRAPPED: usize = 50;

use super::Block;
use crate::german::one_line;

/// Paragraphs of `text`, each with its lines, white space collapsed.
#[must_use]
pub fn blocks(text: &str) -> Vec<Block> {
    lines(text).into_iter().map(Block::plain).collect()
}

fn lines(text: &str) -> Vec<Vec<String>> {
    let mut blocks: Vec<Vec<String>> = Vec::new();
    let mut open = false;
    for line in text.lines() {
        let line = one_line(line);
        if line.is_empty() {
            open = false;
            continue;
        }
        if !open {
            blocks.push(Vec::new());
            open = true;
        }
        if let Some(block) = blocks.last_mut() {
            match block.last_mut() {
                Some(before) if is_wrapped(before) => {
                    before.push(' ');
                    before.push_str(&line);
                }
                _ => block.push(line),
            }
        }
    }
    blocks
}

/// A line that goes on in the next one: long, and not at the end of a sentence.
fn is_wrapped(line: &str) -> bool {
    let end = line.trim_end_matches(['“', '”', '"', '»', '«', ')', '’']);
    line.len() >= MIN_WRAPPED && !end.ends_with(['.', '!', '?', ':', '…'])
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn wrapped_lines_join_and_others_stay() {
        let text = "Kurz\n\nDie Werft am Norderfehner Hafen hat nach zwei Jahren wieder\nAufträge, sagt der Betriebsrat.\nJelka Thorn\n\n\n";
        assert_eq!(
            lines(text),
            [
                vec!["Kurz".to_owned()],
                vec![
                    "Die Werft am Norderfehner Hafen hat nach zwei Jahren wieder Aufträge, sagt der Betriebsrat."
                        .to_owned(),
                    "Jelka Thorn".to_owned()
                ]
            ]
        );
    }
}
