//! Pictures in SVG 1.1: texts, bars and lines, whose colours follow the reader's preference for light or dark.

use crate::escape::printable;
use askama::Template;

/// Colours of lines and bars, each on a light and on a dark background.
const COLOURS: [(&str, &str); 6] = [
    ("#1f6feb", "#58a6ff"),
    ("#c2410c", "#fb923c"),
    ("#15803d", "#4ade80"),
    ("#9333ea", "#c084fc"),
    ("#be123c", "#fb7185"),
    ("#0f766e", "#2dd4bf"),
];

/// Which end of a text its position names.
#[derive(Debug, Clone, Copy)]
pub(crate) enum Anchor {
    Start,
    Middle,
    End,
}

impl Anchor {
    fn name(self) -> &'static str {
        match self {
            Anchor::Start => "start",
            Anchor::Middle => "middle",
            Anchor::End => "end",
        }
    }
}

#[derive(Debug)]
enum Element {
    Text { x: f64, y: f64, anchor: Anchor, class: String, text: String },
    Bar { x: f64, y: f64, width: f64, height: f64, title: String },
    Level { y: f64, from: f64, to: f64 },
    Tick { x: f64, y: f64 },
    Line { points: Vec<(f64, f64)>, colour: usize },
    Dot { x: f64, y: f64, colour: usize },
}

/// A picture; what is drawn later covers what was drawn before.
#[derive(Debug, Template)]
#[template(path = "picture.svg")]
pub(crate) struct Picture {
    width: f64,
    height: f64,
    title: String,
    elements: Vec<Element>,
}

impl Picture {
    /// An empty picture of so many pixels; `title` is for screen readers.
    pub(crate) fn new(width: f64, height: f64, title: &str) -> Picture {
        Picture { width, height, title: printable(title), elements: Vec::new() }
    }

    /// A text of a class: `title`, `quiet` or `label`.
    pub(crate) fn text(&mut self, (x, y): (f64, f64), anchor: Anchor, class: &str, text: &str) {
        self.elements.push(Element::Text { x, y, anchor, class: class.to_owned(), text: printable(text) });
    }

    /// A bar of the first colour; `title` is shown when it is pointed at.
    pub(crate) fn bar(&mut self, (x, y): (f64, f64), (width, height): (f64, f64), title: &str) {
        self.elements.push(Element::Bar { x, y, width, height, title: printable(title) });
    }

    /// A level line of the grid.
    pub(crate) fn level(&mut self, y: f64, from: f64, to: f64) {
        self.elements.push(Element::Level { y, from, to });
    }

    /// A short upright line at the foot of the chart.
    pub(crate) fn tick(&mut self, x: f64, y: f64) {
        self.elements.push(Element::Tick { x, y });
    }

    /// A line through points, in one of the colours; a single point becomes a dot.
    pub(crate) fn line(&mut self, points: &[(f64, f64)], colour: usize) {
        let colour = colour % COLOURS.len();
        self.elements.push(Element::Line { points: points.to_vec(), colour });
        if let [(x, y)] = *points {
            self.elements.push(Element::Dot { x, y, colour });
        }
    }

    /// A text in one of the colours.
    pub(crate) fn label(&mut self, at: (f64, f64), colour: usize, text: &str) {
        self.text(at, Anchor::Start, &format!("label c{}", colour % COLOURS.len()), text);
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_picture_is_xml() {
        let mut picture = Picture::new(200.0, 100.0, "A & B");
        picture.text((1.0, 2.0), Anchor::End, "quiet", "</text><script>\u{0}\n");
        picture.bar((1.0, 2.0), (3.0, 4.0), "\"5\" & mehr");
        picture.level(5.0, 1.0, 9.0);
        picture.tick(1.0, 1.0);
        picture.line(&[(1.0, 1.0)], 7);
        picture.line(&[(1.0, 1.0), (2.0, 2.0)], 0);
        picture.label((1.0, 1.0), 9, "ß");
        let text = picture.render().expect("rendered");
        let document = roxmltree::Document::parse(&text).expect("XML");
        let root = document.root_element();
        assert_eq!(root.children().filter(roxmltree::Node::is_element).count(), 11);
        let texts = root.descendants().filter(|node| node.has_tag_name(("http://www.w3.org/2000/svg", "text")));
        let texts: Vec<_> = texts.filter_map(|node| node.text()).collect();
        assert_eq!(texts, ["</text><script>\u{fffd}\u{fffd}", "ß"]);
        assert!(text.contains(r#"<path class="line s0" d="M1.0 1.0L2.0 2.0"/>"#), "{text}");
        assert!(text.contains(r#"<circle class="c1" cx="1.0" cy="1.0" r="3"/>"#), "{text}");
    }
}
