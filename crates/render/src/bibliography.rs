//! What BibTeX, RIS and lists of references share: names divided, and a key for each article.

use crate::escape::single_line;
use findbuch_article::Article;
use xxhash_rust::xxh3::xxh3_64;

/// Family name and given names: particles (`von`, `van der`) belong to the family name; a single word is a family name.
pub(crate) fn split_name(name: &str) -> (String, String) {
    let name = single_line(name);
    if let Some((family, given)) = name.split_once(',') {
        return (family.trim().to_owned(), given.trim().to_owned());
    }
    let words: Vec<&str> = name.split(' ').collect();
    let Some(last) = words.len().checked_sub(1).filter(|last| *last > 0) else { return (name, String::new()) };
    let particle = |word: &&str| word.chars().all(|c| c.is_lowercase() || c == '\'' || c == '.');
    let middle = words.get(1..last).unwrap_or_default();
    let family = last - middle.iter().rev().take_while(|word| particle(word)).count();
    let join = |words: Option<&[&str]>| words.unwrap_or_default().join(" ");
    (join(words.get(family..)), join(words.get(..family)))
}

/// The key of an article, the same in every export: `vollmoos2023kim-1f2e3d4c5b`. ASCII letters, digits and one hyphen.
pub(crate) fn citation_key(article: &Article) -> String {
    let ascii =
        |text: &str| -> String { transliterated(text).chars().filter(char::is_ascii_alphanumeric).take(24).collect() };
    let author = article.authors.first().or(article.agency.as_ref()).or(article.source.as_ref());
    let family = author.map(|name| ascii(&split_name(name).0)).filter(|name| !name.is_empty());
    let year = article.date.as_ref().map(|date| format!("{:04}", date.value.day.year())).unwrap_or_default();
    let title = article.title();
    let word = title.split_whitespace().map(ascii).find(|word| word.len() > 3).unwrap_or_default();
    let of = format!("{}\n{}\n{}", article.id, article.path, article.record.unwrap_or_default());
    let digest = xxh3_64(of.as_bytes()) & 0xff_ffff_ffff;
    format!("{}{year}{word}-{digest:010x}", family.unwrap_or_else(|| "anonym".into()))
}

/// Lower-case letters, umlauts as digraphs.
fn transliterated(text: &str) -> String {
    let mut out = String::with_capacity(text.len());
    for c in text.chars().flat_map(char::to_lowercase) {
        match c {
            'ä' => out.push_str("ae"),
            'ö' => out.push_str("oe"),
            'ü' => out.push_str("ue"),
            'ß' => out.push_str("ss"),
            'é' | 'è' | 'ê' => out.push('e'),
            'á' | 'à' | 'å' => out.push('a'),
            'ø' | 'ó' => out.push('o'),
            c => out.push(c),
        }
    }
    out
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_are_divided() {
        for (name, family, given) in [
            ("Henrike Vollmoos", "Vollmoos", "Henrike"),
            ("Jan van der Meulen", "van der Meulen", "Jan"),
            ("Karl-Heinz von Oberlenz", "von Oberlenz", "Karl-Heinz"),
            ("Vollmoos, Henrike", "Vollmoos", "Henrike"),
            ("nda", "nda", ""),
            ("", "", ""),
            (" A  B\tC ", "C", "A B"),
        ] {
            assert_eq!(split_name(name), (family.to_owned(), given.to_owned()), "{name}");
        }
    }

    #[test]
    fn keys_are_plain_and_differ_by_article() {
        let article =
            |path: &str| Article { path: path.into(), authors: vec!["Jörg Süß".into()], ..Article::default() };
        let (one, other) = (citation_key(&article("a")), citation_key(&article("b")));
        assert!(one.starts_with("suess") && one != other, "{one} {other}");
        assert!(one.chars().all(|c| c.is_ascii_alphanumeric() || c == '-'));
        assert_eq!(one, citation_key(&article("a")));
    }

    proptest::proptest! {
        #[test]
        fn any_name_is_divided(text in ".{0,60}") {
            let (family, given) = split_name(&text);
            proptest::prop_assert!(!family.contains('\n') && !given.contains('\n'));
        }
    }
}
