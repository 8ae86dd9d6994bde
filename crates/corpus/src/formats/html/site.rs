//! The publication as titles name it, and what parts its name from a title.

use super::page;

/// What may stand between a title and the site's name.
pub const SEPARATORS: [&str; 9] = [" | ", " – ", " - ", " — ", " :: ", " » ", " • ", " · ", " : "];

/// The publication, as titles name it: `Norderfehner Bote`, `bote.example`.
#[derive(Debug, Default)]
pub struct Site {
    names: Vec<String>,
    /// Whether the page is the site's front itself.
    is_front: bool,
}

impl Site {
    /// From the names that the metadata gives, and the host of the page's address.
    pub fn new(names: &[Option<String>], url: Option<&str>) -> Site {
        let mut names: Vec<String> =
            names.iter().flatten().map(|name| page::letters(name)).filter(|name| !name.is_empty()).collect();
        let host = url.and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split(['/', '?', ':']).next());
        if let Some(host) = host {
            let host = host.trim_start_matches("www.");
            names.push(page::letters(host));
            names.extend(host.split('.').rev().nth(1).map(page::letters).filter(|name| name.len() > 2));
        }
        let path = url.and_then(|url| url.split("://").nth(1)).and_then(|rest| rest.split_once('/'));
        Site { names, is_front: path.is_some_and(|(_, path)| path.is_empty()) }
    }

    /// Whether the page is the site's front itself.
    pub fn is_front(&self) -> bool {
        self.is_front
    }

    /// Whether letters are the site's name, or the end of an address that has it.
    pub fn is(&self, letters: &str) -> bool {
        self.names.iter().any(|name| name == letters)
    }

    /// Whether a piece of a title is the site's name, as it stands or with a few letters more.
    fn resembles(&self, piece: &str) -> bool {
        let letters = page::letters(piece);
        let close = |name: &String| {
            name.len() > 2 && letters.contains(name.as_str()) && letters.len() <= name.len() * 2
                || letters.len() > 1 && name.contains(letters.as_str())
        };
        letters.is_empty() || piece.split_whitespace().count() <= 6 && self.names.iter().any(close)
    }

    /// A title without the site's name and a date at its end, or the name at its start.
    pub fn cut_from(&self, title: &str) -> String {
        let mut title = title.trim();
        for _ in 0..4 {
            let last = SEPARATORS.iter().filter_map(|s| title.rsplit_once(s)).max_by_key(|(left, _)| left.len());
            let Some((left, right)) = last else { break };
            let far = jiff::civil::date(9000, 1, 1);
            let short = right.split_whitespace().count() <= 3;
            let dated = short && crate::dates::parse(right, far).is_some();
            let domain = !right.contains(' ') && right.contains('.') && right.len() < 30;
            if !(dated || domain || self.resembles(right)) {
                break;
            }
            title = left.trim_end();
        }
        for separator in SEPARATORS {
            if let Some((left, right)) = title.split_once(separator)
                && self.is(&page::letters(left))
            {
                return right.trim().to_owned();
            }
        }
        title.to_owned()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn site_names_leave_the_title() {
        let site = Site::new(&[Some("Norderfehner Bote".into())], Some("https://www.bote.example/markt"));
        for (title, cut) in [
            ("Markt bleibt - Norderfehner Bote", "Markt bleibt"),
            ("Markt bleibt am Kai | Bote | 28.04.2023", "Markt bleibt am Kai"),
            ("Norderfehner Bote – Markt bleibt", "Markt bleibt"),
            ("Mehlau - Hafen und Meer", "Mehlau - Hafen und Meer"),
            ("Markt bleibt - bote.example", "Markt bleibt"),
            ("Markt bleibt » ☆☆☆", "Markt bleibt"),
        ] {
            assert_eq!(site.cut_from(title), cut, "{title}");
        }
    }
}
