//! Excluded words: the index finds the articles that their texts say.

use super::closeness_tests::{found_excluding, in_texts_excluding, index};
use findbuch_article::{Article, Part, PartKind};
use proptest::prelude::*;

#[test]
fn what_is_switched_off_has_no_places() {
    let texts = [
        "Die Apfelernte begann früh im Tal.",
        "Im Tal lagen Äpfel und Birnen. Die Ernte kam spät.",
        "Der Apfel fiel nicht weit vom Tal. Am Ende gab es noch viel mehr, Apfelsaft und Apfelkuchen.",
        "Vom Apfelsaft und von Apfelsäften am Tal.",
        "Der Bratapfel und die Brat-Äpfel vom Tal.",
        "Die Ernte der schönen Äpfel am Hang, die Kartoffel- und Apfelernten.",
    ];
    let article = |text: &&str| {
        let parts = vec![Part::new(PartKind::Paragraph, *text)];
        Article { id: (*text).to_owned(), parts, ..Article::default() }
    };
    let index = index(texts.iter().map(article));
    for (query, without, expected) in [
        ("Apfel", &[][..], &[0, 1, 2, 3, 4, 5][..]),
        // a compound goes in all its inflections, and leaves what else an article has
        ("Apfel", &["Apfelsaft"], &[0, 1, 2, 4, 5]),
        ("Apfel", &["Apfelsäften"], &[0, 1, 2, 4, 5]),
        ("Apfel", &["Apfelsaft", "Apfelernte"], &[1, 2, 4, 5]),
        ("Apfel", &["apfelsaft", "Apfelkuchen", "Apfel"], &[0, 1, 4, 5]),
        // an inflection goes alone
        ("Apfel", &["Äpfel"], &[0, 2, 3, 4, 5]),
        ("Apfel", &["Äpfel", "Apfelernte"], &[2, 3, 4]),
        ("Apfel", &["Äpfel", "Bratapfel", "Apfelernte", "Apfelsaft"], &[2]),
        ("Apfel", &["Äpfel", "Apfel", "Apfelernte", "Apfelsaft", "Apfelkuchen", "Bratapfel"], &[]),
        // words with a hyphen go together
        ("Apfel", &["Brat-Äpfel"], &[0, 1, 2, 3, 4, 5]),
        ("Apfel", &["Brat-Äpfel", "Bratapfel"], &[0, 1, 2, 3, 5]),
        // the whole compound is left alone, only its parts close together go
        ("Apfelernte", &[], &[0, 1, 5]),
        ("Apfelernte", &["Apfelernten"], &[0, 1, 5]),
        ("Apfelernte", &["Ernte"], &[0, 5]),
        ("Apfelernte", &["Apfelernten", "Ernte"], &[0]),
        ("Apfelernte", &["Apfelernte", "Äpfel"], &[5]),
        // beside operators, in fields, under a negation, of patterns
        ("Apfel NEAR/9 Tal", &["Apfelsaft"], &[0, 1, 2, 4]),
        ("Apfel SATZ Tal", &["Apfelernte", "Äpfel"], &[2, 3, 4]),
        ("ATLEAST/2 Apfel", &["Apfelsaft"], &[2, 4, 5]),
        ("text:Apfel", &["Apfelsaft"], &[0, 1, 2, 4, 5]),
        ("Tal -Apfel", &["Apfelsaft"], &[3]),
        ("Apfels*", &["Apfelsaft"], &[3]),
        ("Apfels*", &["Apfelsaft", "Apfelsäften"], &[]),
        ("\"schöne Apfel\"", &["Apfel"], &[5]),
        ("\"schöne Apfel\"", &["Äpfel"], &[]),
        // the form that is asked for by its sign stays
        ("=Apfelsaft", &["Apfelsaft"], &[2, 3]),
        ("Apfel", &["Birne", "–", ""], &[0, 1, 2, 3, 4, 5]),
    ] {
        let off: Vec<String> = without.iter().map(|word| (*word).to_owned()).collect();
        let found = found_excluding(&index, query, &off);
        assert_eq!(found, expected, "{query} without {without:?}");
        if !query.contains('-') {
            let marked = in_texts_excluding(texts.iter().map(article), query, &off);
            assert_eq!(marked, expected, "{query} without {without:?} in the texts");
        }
    }
}

/// Words of which some look like forms of others, and are not.
const FORMS: [&str; 14] = [
    "Gang",
    "ging",
    "gehen",
    "Gehens",
    "Bericht",
    "berichte",
    "Berichte",
    "berichtet",
    "Apfel",
    "Äpfel",
    "Apfelsaft",
    "Brat-Äpfel",
    "Tal",
    "Apfel-Tal",
];

proptest! {
    #![proptest_config(ProptestConfig::with_cases(48))]

    #[test]
    fn articles_are_found_as_their_texts_tell(
        articles in proptest::collection::vec(proptest::collection::vec((0..2usize, 0..FORMS.len()), 1..9), 1..8),
        without in proptest::collection::vec(proptest::sample::select(&FORMS[..]), 1..4),
        query in proptest::sample::select(&["gehen", "Gang", "Bericht", "berichten", "Apfel", "\"Apfel Tal\"", "titel:Bericht", "Berichte gehen"][..]),
    ) {
        let article = |(id, words): (usize, &Vec<(usize, usize)>)| {
            let part = |kind| {
                let of_kind = words.iter().filter(|word| KINDS[word.0] == kind).map(|word| FORMS[word.1]);
                Part::new(kind, of_kind.collect::<Vec<_>>().join(" "))
            };
            Article { id: id.to_string(), parts: KINDS.iter().map(|kind| part(*kind)).collect(), ..Article::default() }
        };
        let index = index(articles.iter().enumerate().map(article));
        let off: Vec<String> = without.iter().map(|word| (*word).to_owned()).collect();
        let texts = articles.iter().enumerate().map(article);
        let marked: Vec<usize> = match query {
            // all words must be there
            "Berichte gehen" => {
                let of_word = |word: &str| in_texts_excluding(articles.iter().enumerate().map(article), word, &off);
                let second = of_word("gehen");
                of_word("Berichte").into_iter().filter(|number| second.contains(number)).collect()
            }
            _ => in_texts_excluding(texts, query, &off),
        };
        prop_assert_eq!(found_excluding(&index, query, &off), marked, "{} without {:?}", query, off);
    }
}

/// The kinds of part that the articles are made of.
const KINDS: [PartKind; 2] = [PartKind::Headline, PartKind::Paragraph];
