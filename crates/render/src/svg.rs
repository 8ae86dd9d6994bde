//! Writes pictures in SVG 1.1: texts, bars and lines in colours that are told by the reader's light or dark ground.

use crate::printable;
use std::fmt::Write;

/// Colours of lines and bars, each on light and on dark ground.
const COLOURS: [(&str, &str); 6] = [
    ("#1f6feb", "#58a6ff"),
    ("#c2410c", "#fb923c"),
    ("#15803d", "#4ade80"),
    ("#9333ea", "#c084fc"),
    ("#be123c", "#fb7185"),
    ("#0f766e", "#2dd4bf"),
];

/// Where a text begins, or ends.
#[derive(Debug, Clone, Copy)]
pub enum Anchor {
    /// It begins there.
    Start,
    /// It stands around there.
    Middle,
    /// It ends there.
    End,
}

/// A picture.
#[derive(Debug)]
pub struct Picture {
    body: String,
    width: f64,
    height: f64,
}

/// Text as it may stand in XML: escaped, without characters that XML has not.
#[must_use]
pub fn escaped(text: &str) -> String {
    let mut out = String::new();
    for c in printable(text).chars() {
        match c {
            '&' => out.push_str("&amp;"),
            '<' => out.push_str("&lt;"),
            '>' => out.push_str("&gt;"),
            '"' => out.push_str("&quot;"),
            '\u{fffe}' | '\u{ffff}' => out.push('\u{fffd}'),
            c => out.push(c),
        }
    }
    out
}

impl Picture {
    /// An empty one of so many pixels.
    #[must_use]
    pub fn new(width: f64, height: f64) -> Picture {
        Picture { body: String::new(), width, height }
    }

    fn push(&mut self, element: std::fmt::Arguments<'_>) {
        // writing to a string does not fail
        let _ = writeln!(self.body, "{element}");
    }

    /// A text of a class: `title`, `quiet` or none.
    pub fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        let anchor = match anchor {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        };
        let text = escaped(text);
        self.push(format_args!(r#"<text x="{x:.1}" y="{y:.1}" text-anchor="{anchor}" class="{class}">{text}</text>"#));
    }

    /// A bar of the first colour with what it tells when it is pointed at.
    pub fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), told: &str) {
        let told = escaped(told);
        self.push(format_args!(
            r#"<rect class="c0" x="{x:.2}" y="{y:.2}" width="{width:.2}" height="{height:.2}"><title>{told}</title></rect>"#
        ));
    }

    /// A level line of the grid.
    pub fn level(&mut self, y: f64, from: f64, to: f64) {
        self.push(format_args!(r#"<path class="grid" d="M{from:.1} {y:.1}H{to:.1}"/>"#));
    }

    /// A short upright line at the foot of the chart.
    pub fn tick(&mut self, x: f64, y: f64) {
        self.push(format_args!(r#"<path class="grid" d="M{x:.1} {y:.1}v5"/>"#));
    }

    /// A line through points, of one of the colours.
    pub fn line(&mut self, points: &[(f64, f64)], colour: usize) {
        let mut path = String::new();
        for (at, (x, y)) in points.iter().enumerate() {
            let _ = write!(path, "{}{x:.1} {y:.1}", if at == 0 { 'M' } else { 'L' });
        }
        let colour = colour % COLOURS.len();
        self.push(format_args!(r#"<path class="line s{colour}" d="{path}"/>"#));
        if let [(x, y)] = points {
            self.push(format_args!(r#"<circle class="c{colour}" cx="{x:.1}" cy="{y:.1}" r="3"/>"#));
        }
    }

    /// A text in one of the colours.
    pub fn label(&mut self, (x, y): (f64, f64), colour: usize, text: &str) {
        let class = format!("label c{}", colour % COLOURS.len());
        self.text((x, y), Anchor::Start, &class, text);
    }

    /// The document; `title` is what is read aloud.
    #[must_use]
    pub fn finish(self, title: &str) -> String {
        let Picture { body, width, height } = self;
        let title = escaped(title);
        let rules = |dark: bool| {
            let mut rules = String::new();
            for (at, colours) in COLOURS.iter().enumerate() {
                let colour = if dark { colours.1 } else { colours.0 };
                let _ = write!(rules, ".c{at}{{fill:{colour}}}.s{at}{{stroke:{colour}}}");
            }
            rules
        };
        let (light, dark) = (rules(false), rules(true));
        format!(
            r#"<?xml version="1.0" encoding="UTF-8"?>
<svg xmlns="http://www.w3.org/2000/svg" width="{width}" height="{height}" viewBox="0 0 {width} {height}" role="img">
<title>{title}</title>
<style>
svg{{color:#1f2328;font:13px system-ui,"DejaVu Sans",sans-serif}}
text{{fill:currentColor}}.title{{font-size:16px;font-weight:600}}.quiet{{fill-opacity:.7}}.label{{font-weight:600}}
.ground{{fill:#fff}}.grid{{stroke:currentColor;stroke-opacity:.2;fill:none}}.line{{fill:none;stroke-width:2;stroke-linejoin:round}}
{light}
@media (prefers-color-scheme:dark){{svg{{color:#e6edf3}}.ground{{fill:#0d1117}}{dark}}}
</style>
<rect class="ground" width="{width}" height="{height}"/>
{body}</svg>
"#
        )
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn text_cannot_leave_its_element() {
        for (text, expected) in [
            ("a < b & \"c\"", "a &lt; b &amp; &quot;c&quot;"),
            ("</text><script>", "&lt;/text&gt;&lt;script&gt;"),
            ("\u{0}\u{ffff}\n", "\u{fffd}\u{fffd}\u{fffd}"),
        ] {
            assert_eq!(escaped(text), expected);
        }
    }

    #[test]
    fn a_picture_is_xml() {
        let mut picture = Picture::new(200.0, 100.0);
        picture.text((1.0, 2.0), Anchor::End, "quiet", "<&>");
        picture.bar((1.0, 2.0), (3.0, 4.0), "\"5\" & mehr");
        picture.level(5.0, 1.0, 9.0);
        picture.tick(1.0, 1.0);
        picture.line(&[(1.0, 1.0)], 7);
        picture.line(&[(1.0, 1.0), (2.0, 2.0)], 0);
        picture.label((1.0, 1.0), 9, "ß");
        let text = picture.finish("A & B");
        let document = roxmltree::Document::parse(&text).expect("XML");
        assert_eq!(document.root_element().children().filter(roxmltree::Node::is_element).count(), 11);
    }
}
