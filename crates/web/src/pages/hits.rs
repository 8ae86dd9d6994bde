//! Hits in a list, with the articles folded under them.

use super::star::{Marking, StarView, star};
use crate::address::Address;
use crate::error::WebError;
use crate::job::Job;
use findbuch_article::{Article, PartKind};
use findbuch_engine::{Group, Hit};
use findbuch_render::html::Html;
use findbuch_render::urls::encode_segment;
use findbuch_render::{View, plural, resemblance_label, snippet_name};

/// Articles that are shown of those folded under a hit.
const MAX_FOLDED: usize = 20;

/// A hit.
#[derive(Debug, Clone)]
pub struct HitView {
    /// Its place on the page.
    pub anchor: String,
    /// The article's page.
    pub href: String,
    /// Dachzeile.
    pub kicker: Option<Html>,
    /// Titel.
    pub headline: Html,
    /// Date for machines and for readers.
    pub date: Option<(String, String)>,
    /// Source, section, authors, agency.
    pub meta: Vec<String>,
    /// Snippets, each with the part that it is from if that is a caption, a pull quote or page furniture.
    pub snippets: Vec<(Option<&'static str>, Html)>,
    /// Which words it lacks.
    pub missing: Option<String>,
    /// How much of its text it shares with the article it is compared with.
    pub alike: Option<String>,
    /// The articles folded under it.
    pub group: Option<GroupView>,
    /// Whether it is collected, and what changes that.
    pub star: Option<StarView>,
}

/// Articles folded under one.
#[derive(Debug, Clone)]
pub struct GroupView {
    /// `und 7 weitere fast gleiche in 5 Quellen`
    pub text: String,
    /// The articles.
    pub others: Vec<ArticleLink>,
    /// The page with all of them, if these are not all.
    pub rest: Option<String>,
}

/// A link to an article.
#[derive(Debug, Clone)]
pub struct ArticleLink {
    /// Its page.
    pub href: String,
    /// Its headline.
    pub headline: String,
    /// Date and source.
    pub meta: String,
}

/// The page of an article, which keeps the search that it was found by.
#[must_use]
pub fn href(article: &Article, address: &Address) -> String {
    address.at(&format!("/article/{}", encode_segment(&article.id)))
}

/// The place of an article in a list of hits, as the fragment of an address.
#[must_use]
pub fn anchor(id: &str) -> String {
    format!("hit-{}", encode_segment(id))
}

/// Date and source on one line.
#[must_use]
pub fn date_and_source(article: &Article, view: &View) -> String {
    let date = article.date.as_ref().map(|date| view.day(&date.value));
    [date, article.source.clone()].into_iter().flatten().collect::<Vec<_>>().join(" · ")
}

/// A link to an article.
#[must_use]
pub fn link(article: &Article, address: &Address, view: &View) -> ArticleLink {
    ArticleLink { href: href(article, address), headline: article.title(), meta: date_and_source(article, view) }
}

/// A hit as it is shown.
///
/// # Errors
/// When an article folded under it cannot be read.
pub fn view(hit: &Hit, address: &Address, job: &Job, at_hand: Option<&Marking>) -> Result<HitView, WebError> {
    let (article, lang, view) = (&hit.article, job.lang, job.view());
    let meta = [article.source.clone(), article.section.clone()].into_iter().flatten();
    let meta = meta.chain(article.authors.iter().take(3).cloned()).chain(article.agency.clone()).collect();
    let part = |field: &str| PartKind::ALL.into_iter().find(|kind| kind.field_name() == field);
    let worth = |kind: &PartKind| matches!(kind, PartKind::Caption | PartKind::PullQuote | PartKind::Boilerplate);
    let snippets = hit.snippets.iter().map(|snippet| {
        let part = part(snippet.field).filter(worth).map(|kind| snippet_name(kind, lang));
        (part, Html::marked(&snippet.text, &snippet.marks))
    });
    let lacks = lang.pick("fehlt", "lacks");
    let missing = (!hit.missing.is_empty()).then(|| format!("{lacks}: {}", hit.missing.join(", ")));
    let page = href(article, address);
    Ok(HitView {
        anchor: anchor(&article.id),
        star: star(job, article, &page, at_hand),
        href: page,
        kicker: article.first(PartKind::Kicker).map(|kicker| Html::marked(kicker, &hit.title.kicker)),
        headline: Html::marked(&article.title(), &hit.title.headline),
        date: article.date.as_ref().map(|date| (date.value.day.to_string(), view.day(&date.value))),
        meta,
        snippets: snippets.collect(),
        missing,
        alike: hit.resemblance.map(|share| resemblance_label(share, lang)),
        group: hit.group.as_ref().map(|group| folded(group, address, job)).transpose()?,
    })
}

fn folded(group: &Group, address: &Address, job: &Job) -> Result<GroupView, WebError> {
    let view = job.view();
    let mut others = Vec::new();
    for id in group.ids.iter().take(MAX_FOLDED) {
        let found = job.snapshot.engine.articles(id)?;
        others.extend(found.first().map(|article| link(article, address, &view)));
    }
    let rest = (group.others > others.len() as u64).then(|| address.with(|all| all.group = Some(false)).at("/"));
    let (count, sources) = (group.others, group.sources.len());
    let mut text = job.lang.pick(
        format!("und {count} {}", plural(count, "weiterer, fast gleicher", "weitere, fast gleiche")),
        format!("and {count} more, nearly identical"),
    );
    match group.sources.as_slice() {
        [] => {}
        [one] => text.extend([" in: ", one]),
        _ => text.push_str(&job.lang.pick(format!(" in {sources} Quellen"), format!(" in {sources} sources"))),
    }
    Ok(GroupView { text, others, rest })
}

#[cfg(test)]
mod tests {
    use super::*;
    use findbuch_query::lang::Lang;
    use findbuch_render::Theme;

    #[test]
    fn links_keep_the_search_and_name_day_and_source() {
        let view = View {
            width: 80,
            theme: Theme::plain(),
            lang: Lang::De,
            working_dir: "/".into(),
            raw: false,
            gone: Vec::new(),
        };
        let article = Article { id: "a/b".into(), source: Some("Die Warte".into()), ..Article::default() };
        let address = Address { q: "Öl".into(), offset: 10, ..Address::default() };
        let link = link(&article, &address, &view);
        assert_eq!(link.href, "/article/a%2Fb?q=%C3%96l&offset=10");
        assert_eq!((link.headline.as_str(), link.meta.as_str()), (article.title().as_str(), "Die Warte"));
    }
}
