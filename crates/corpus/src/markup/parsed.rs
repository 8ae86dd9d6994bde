//! Fragments of HTML, parsed as browsers parse them.

use super::collector::{Collector, MAX_DEPTH, Role};
use scraper::{ElementRef, Html, Node};

/// All text of a fragment.
pub fn text(html: &str) -> String {
    Html::parse_fragment(html).root_element().text().collect()
}

/// Hands a fragment to the collector.
pub fn read(html: &str, collector: &mut Collector) {
    walk(Html::parse_fragment(html).root_element(), 0, collector);
}

fn walk(element: ElementRef<'_>, depth: usize, collector: &mut Collector) {
    if depth > MAX_DEPTH {
        return;
    }
    for child in element.children() {
        match child.value() {
            Node::Text(text) => collector.text(text),
            Node::Element(inner) => {
                let Some(child) = ElementRef::wrap(child) else { continue };
                match Role::of(inner.name()) {
                    Role::Skipped => {}
                    Role::Break => collector.begin_line(),
                    Role::Inline => walk(child, depth + 1, collector),
                    Role::Block => {
                        collector.begin_block(inner.name());
                        walk(child, depth + 1, collector);
                        collector.end_block();
                    }
                }
            }
            _ => {}
        }
    }
}
