//! What a list of hits shows of an article: its title and the passages that show why it matches, marked after one look at its words.

use crate::text::highlight::{Found, Highlighter, MarkedAt, in_chars};
use crate::text::snippets::chosen;
use crate::{Detail, Snippet, TitleMarks};
use findbuch_article::{Article, PartKind};

/// What is shown of an article.
#[derive(Debug, Clone, Default, PartialEq, Eq)]
pub struct Shown {
    /// Where its title is marked.
    pub title: TitleMarks,
    /// One to three passages; where no sentence below the headline has a marked word, the article's opening.
    pub snippets: Vec<Snippet>,
}

/// What is shown of an article, if that much of it is wanted; `marked` is where there is something to mark, if that is known.
#[must_use]
pub fn shown(article: &Article, detail: Detail, marked: Option<&MarkedAt>, highlighter: &mut Highlighter) -> Shown {
    if detail != Detail::Snippets {
        return Shown::default();
    }
    let wanted = |kind| kind != PartKind::Boilerplate;
    let found = match marked {
        Some(marked) => highlighter.find_at(article, marked, wanted),
        None => highlighter.find(article, wanted),
    };
    Shown { title: title_marks(article, &found, highlighter), snippets: chosen(article, &found, highlighter) }
}

fn title_marks(article: &Article, found: &Found, highlighter: &mut Highlighter) -> TitleMarks {
    let marked = |kind| {
        let (number, part) = article.parts.iter().enumerate().find(|(_, part)| part.kind == kind)?;
        Some(in_chars(&part.text, found.of_part(number)))
    };
    let first_words = || {
        let words = article.title();
        in_chars(&words, &highlighter.marks(&words, PartKind::Headline))
    };
    TitleMarks {
        kicker: marked(PartKind::Kicker).unwrap_or_default(),
        headline: marked(PartKind::Headline).unwrap_or_else(first_words),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::memory::highlighter;
    use findbuch_article::Part;

    #[track_caller]
    fn check(query: &str, parts: &[(PartKind, &str)], kicker: &[[usize; 2]], headline: &[[usize; 2]]) {
        let parts = parts.iter().map(|(kind, text)| Part::new(*kind, *text)).collect();
        let article = Article { parts, ..Article::default() };
        let shown = shown(&article, Detail::Snippets, None, &mut highlighter(query, &article));
        let expected = TitleMarks { kicker: kicker.to_vec(), headline: headline.to_vec() };
        assert_eq!(shown.title, expected, "{query}");
    }

    #[test]
    fn titles_are_marked_in_characters() {
        let parts = [
            (PartKind::Kicker, "Flut"),
            (PartKind::Headline, "Öl am Deich"),
            (PartKind::Paragraph, "Der Deich hielt."),
        ];
        check("Flut Deich", &parts, &[[0, 4]], &[[6, 11]]);
        check("Öl SATZ Deich", &parts, &[], &[[0, 2], [6, 11]]);
        check("hielt", &parts, &[], &[]);
        check("Deich", &[(PartKind::Paragraph, "Der Deich hielt.")], &[], &[[4, 9]]);
    }

    #[test]
    fn nothing_is_marked_where_passages_are_not_wanted() {
        let parts = vec![Part::new(PartKind::Headline, "Der Deich")];
        let article = Article { parts, ..Article::default() };
        let of = |detail| shown(&article, detail, None, &mut highlighter("Deich", &article));
        assert_eq!(of(Detail::Article), Shown::default());
        assert_eq!(of(Detail::Snippets).title.headline, [[4, 9]]);
    }
}
