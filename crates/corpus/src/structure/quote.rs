//! Rule "pull quote": a sentence displayed by itself, with the name of its speaker on the next line.

use super::repetition::Body;
use findbuch_article::{Part, PartKind};

/// Longest attribution and longest quote, in words.
const MAX_ATTRIBUTION_WORDS: usize = 10;
const MAX_QUOTE_WORDS: usize = 45;
/// Most quotes of a text that are looked for among its paragraphs.
const MAX_SEPARATED: usize = 200;

/// Quote and attribution, if a block of two lines is a pull quote.
#[must_use]
pub fn pull_quote(block: &[String]) -> Option<(String, String)> {
    let [quote, attribution] = block else { return None };
    if attribution.len() > 160 {
        return None;
    }
    let words = quote.split_whitespace().count();
    ((4..=MAX_QUOTE_WORDS).contains(&words) && is_attribution(attribution) && !super::caption::is_caption(quote))
        .then(|| (bare(quote).to_owned(), attribution.trim_start_matches(['–', '—', '-', ' ']).to_owned()))
}

/// A name with what the person is: short, capitals, no end mark.
fn is_attribution(line: &str) -> bool {
    let line = line.trim_start_matches(['–', '—', '-', ' ']);
    let words: Vec<&str> = line.split_whitespace().collect();
    let capitals = words.iter().filter(|w| w.chars().next().is_some_and(char::is_uppercase)).count();
    (2..=MAX_ATTRIBUTION_WORDS).contains(&words.len())
        && capitals >= 2
        && capitals * 2 >= words.len()
        && !line.ends_with(['.', '!', '?', ':', ';', '“'])
        && super::furniture::reading_minutes(line).is_none()
        && !super::furniture::is_furniture(line, false)
        && !super::byline::is_date_line(line)
}

/// Without the quotation marks round it.
fn bare(quote: &str) -> &str {
    quote.trim_matches(['„', '“', '”', '"', '»', '«'])
}

/// Joins a quote and its attribution that a blank line separated: a paragraph whose words all stand in another one,
/// followed by a line that reads as an attribution and was taken for a crosshead.
pub fn join_separated(parts: &mut Vec<Part>) {
    let mut at = 1;
    let mut left = MAX_SEPARATED;
    while at < parts.len() && left > 0 {
        if parts[at].kind == PartKind::Crosshead
            && matches!(parts[at - 1].kind, PartKind::Paragraph | PartKind::Crosshead)
            && is_attribution(&parts[at].text)
            && has_length_of_quote(&parts[at - 1].text)
            && {
                left -= 1;
                stands_elsewhere(parts, at - 1)
            }
        {
            let attribution = parts.remove(at).text;
            let quote = &mut parts[at - 1];
            quote.kind = PartKind::PullQuote;
            quote.text = bare(&quote.text).to_owned();
            quote.attribution = Some(attribution);
        }
        at += 1;
    }
}

/// Joins a quotation and its speaker that the markup gave as two quotations.
pub fn join_marked(parts: &mut Vec<Part>) {
    let mut joined: Vec<Part> = Vec::with_capacity(parts.len());
    for part in parts.drain(..) {
        match joined.last_mut() {
            Some(quote)
                if quote.kind == PartKind::PullQuote
                    && part.kind == PartKind::PullQuote
                    && quote.attribution.is_none()
                    && is_attribution(&part.text) =>
            {
                quote.attribution = Some(part.text.trim_start_matches(['–', '—', '-', ' ']).to_owned());
            }
            _ => joined.push(part),
        }
    }
    *parts = joined;
}

fn has_length_of_quote(text: &str) -> bool {
    (4..=MAX_QUOTE_WORDS).contains(&text.split_whitespace().count())
}

fn stands_elsewhere(parts: &[Part], at: usize) -> bool {
    let others = parts.iter().enumerate().filter(|(i, p)| *i != at && p.kind == PartKind::Paragraph);
    Body::new(others.map(|(_, p)| p.text.as_str())).repeats(&parts[at].text)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn two_lines_are_a_quote_when_the_second_names_a_speaker() {
        let block = |lines: &[&str]| lines.iter().map(|l| (*l).to_owned()).collect::<Vec<_>>();
        assert_eq!(
            pull_quote(&block(&["„Der Deich hält noch einen Winter.“", "Deichgräfin Enna Folkerts, Kreis Mehlau"])),
            Some(("Der Deich hält noch einen Winter.".into(), "Deichgräfin Enna Folkerts, Kreis Mehlau".into()))
        );
        assert_eq!(pull_quote(&block(&["Der Deich hält noch einen Winter.", "Das sagte sie am Montag."])), None);
        assert_eq!(pull_quote(&block(&["Der Deich hält noch einen Winter.", "12. September 2023"])), None);
        assert_eq!(pull_quote(&block(&["Deichbau", "Enna Folkerts"])), None);
    }

    #[test]
    fn a_blank_line_between_quote_and_speaker_is_bridged() {
        let mut parts = vec![
            Part::new(PartKind::Paragraph, "„Der Deich hält noch einen Winter“, sagte Folkerts am Montag in Mehlau."),
            Part::new(PartKind::Paragraph, "Der Deich hält noch einen Winter."),
            Part::new(PartKind::Crosshead, "Deichgräfin Enna Folkerts"),
            Part::new(PartKind::Paragraph, "Der Kreistag berät im Mai."),
        ];
        join_separated(&mut parts);
        assert_eq!(parts.len(), 3);
        assert_eq!(parts[1].kind, PartKind::PullQuote);
        assert_eq!(parts[1].attribution.as_deref(), Some("Deichgräfin Enna Folkerts"));
    }
}
