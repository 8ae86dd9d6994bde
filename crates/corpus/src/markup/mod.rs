//! HTML within other formats, as feeds, exports and mails have it, to blocks: headings are crossheads, captions captions,
//! quotations quotes, the rest paragraphs.
//!
//! With the feature `html` the fragment is parsed as browsers do, by the library scraper. Without it, and where its tags would make
//! more work than those of news do, it is scanned for tags: what is well formed comes out alike, and what is not, as text.

mod collector;
#[cfg(feature = "html")]
mod parsed;
mod scanned;
#[cfg(feature = "html")]
pub mod shallow;

use crate::structure::Block;
use collector::Collector;

/// Whether a text is HTML and not plain text that has a `<` in it.
#[must_use]
pub fn looks_like_html(text: &str) -> bool {
    const TAGS: [&[u8]; 8] = [b"<p>", b"<p ", b"</p>", b"<br", b"<div", b"</h2>", b"</h3>", b"</li>"];
    let bytes = text.as_bytes();
    let is = |at: usize, tag: &[u8]| bytes.get(at..at + tag.len()).is_some_and(|it| it.eq_ignore_ascii_case(tag));
    memchr::memchr_iter(b'<', bytes).any(|at| TAGS.iter().any(|tag| is(at, tag)))
}

/// Text of a line that may hold inline elements and character references.
#[must_use]
pub fn inline_text(text: &str) -> String {
    if !text.contains(['<', '&']) {
        return text.to_owned();
    }
    #[cfg(feature = "html")]
    if shallow::shallow(text).work.is_usual() {
        return parsed::text(text);
    }
    scanned::text(text)
}

/// The blocks of a fragment.
#[must_use]
pub fn blocks(html: &str) -> Vec<Block> {
    let mut collector = Collector::default();
    read(html, &mut collector);
    collector.finish()
}

fn read(html: &str, collector: &mut Collector) {
    #[cfg(feature = "html")]
    {
        let fragment = shallow::shallow(html);
        if fragment.work.is_usual() {
            return parsed::read(&fragment.html, collector);
        }
    }
    scanned::read(html, collector);
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_article::PartKind;
    use proptest::prelude::*;

    /// How a reader hands a fragment to a collector, and its text alone.
    type Reader = (fn(&str, &mut Collector), fn(&str) -> String);

    fn readers() -> Vec<Reader> {
        vec![(read, inline_text), (scanned::read, scanned::text)]
    }

    fn found((read, _): Reader, html: &str) -> Vec<(Option<PartKind>, String)> {
        let mut collector = Collector::default();
        read(html, &mut collector);
        collector.finish().into_iter().map(|block| (block.kind, block.lines.join("|"))).collect()
    }

    #[test]
    fn elements_become_blocks() {
        let html = "<div>Vorweg <i>dies</i><p>Ein<br>Zwei</p><h2>Was&nbsp;nun</h2><figure><img src='a>b'><figcaption>Der Hafen\
                    </figcaption></figure><blockquote><p>Ein Zitat.</p></blockquote><script>x(1 < 2)</script><!-- <p> --></div>";
        let expected = [
            (None, "Vorweg dies"),
            (None, "Ein|Zwei"),
            (Some(PartKind::Crosshead), "Was nun"),
            (Some(PartKind::Caption), "Der Hafen"),
            (Some(PartKind::PullQuote), "Ein Zitat."),
        ];
        for reader in readers() {
            assert_eq!(found(reader, html), expected.map(|(kind, text)| (kind, text.to_owned())));
        }
    }

    #[test]
    fn what_is_left_open_or_closed_twice_loses_no_text() {
        for (html, expected) in [
            ("<p>Eins<p>Zwei", "Eins/Zwei"),
            ("<ul><li>Eins<li>Zwei</ul>danach", "Eins/Zwei/danach"),
            ("<p>Eins</b></p></div><p>Zwei</p>", "Eins/Zwei"),
            ("<h3>Eins</h3>Zwei<form><p>nicht</p></form>Drei", "Eins/Zwei Drei"),
            ("<p>Eins<hr/>Zwei", "Eins/Zwei"),
            ("<P CLASS=a>Eins</P>", "Eins"),
        ] {
            for reader in readers() {
                let texts: Vec<String> = found(reader, html).into_iter().map(|(_, text)| text).collect();
                assert_eq!(texts.join("/").replace("ZweiDrei", "Zwei Drei"), expected, "{html}");
            }
        }
    }

    #[test]
    fn character_references_are_resolved() {
        for (_, text) in readers() {
            for (html, plain) in [
                ("Müller &amp; Söhne <b>neu</b>", "Müller & Söhne neu"),
                ("&bdquo;So&ldquo; &uuml;ber &#252;ber &#xFC;ber", "„So“ über über über"),
                ("&#150; &#8211;", "– –"),
                ("A&B &nichts; & &#; &#x110000;", "A&B &nichts; & &#; \u{fffd}"),
                ("3 < 4", "3 < 4"),
            ] {
                assert_eq!(text(html), plain, "{html}");
            }
        }
        assert!(!looks_like_html("a < b und c > d") && !looks_like_html("<b"));
        assert!(looks_like_html("a<BR>b") && looks_like_html("a <b</LI>"));
        assert_eq!(inline_text("ohne alles"), "ohne alles");
    }

    #[test]
    fn nesting_is_bounded() {
        let html = "<div>".repeat(5000) + "tief";
        for reader in readers() {
            assert!(found(reader, &html).len() <= 1);
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(html in "(<(p|br|h2|/p|/h2|script|/script|!--|a href=)?>?|&(amp|#|#x1|uuml)?;?|[a-zäß\"' ]{0,4}){0,20}") {
            for reader in readers() {
                found(reader, &html);
                (reader.1)(&html);
            }
        }

        #[test]
        fn well_formed_fragments_come_out_alike(pieces in prop::collection::vec(
            prop::sample::select(vec!["<p>Ein Satz.</p>", "<h2>Was nun</h2>", "Lose Worte", "<ul><li>Eins</li><li>Zwei</li></ul>",
                "<blockquote>So</blockquote>", "<p>A<br/>B <b>c</b></p>", "<div><p>D</p></div>", "&ouml;", "<table><tr><td>x</td></tr></table>"]),
            0..6)) {
            let html = pieces.concat();
            let [first, second] = [readers()[0], readers()[1]].map(|reader| found(reader, &html));
            prop_assert_eq!(first, second);
        }
    }
}
