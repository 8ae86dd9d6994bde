//! The fields of a page beside its text: JSON-LD first, then meta elements, then what the page shows.
//!
//! Sources: Open Graph with its `article:` namespace, Dublin Core in HTML, the meta names of parsely, sailthru and
//! cXense, schema.org microdata, `<time datetime>`.

use super::headline;
use super::json_ld::{self, Linked};
use super::page::{self, Page};
use super::signs;
use super::site::Site;
use super::{authors, authors::Names};
use crate::dates;
use crate::draft::Draft;
use crate::structure::is_agency;
use scraper::ElementRef;

const TITLE: &[&str] =
    &["og:title", "twitter:title", "dc.title", "dcterms.title", "parsely-title", "sailthru.title", "headline"];
const LEAD: &[&str] = &["og:description", "description", "dc.description", "dcterms.abstract", "twitter:description"];
const SOURCE: &[&str] = &["og:site_name", "application-name", "dc.publisher", "publisher", "cxenseparse:publisher"];
const SECTION: &[&str] = &["article:section", "section", "parsely-section", "cxenseparse:section", "dc.type"];
const AUTHOR: &[&str] = &[
    "author",
    "article:author",
    "dc.creator",
    "dcterms.creator",
    "parsely-author",
    "sailthru.author",
    "cxenseparse:author",
    "article:author_name",
    "vr:author",
    "twitter:data1",
];
const PUBLISHED: &[&str] = &[
    "article:published_time",
    "og:article:published_time",
    "og:published_time",
    "datepublished",
    "cxenseparse:recs:publishtime",
    "cxenseparse:publishtime",
    "parsely-pub-date",
    "sailthru.date",
];
/// Fields that many programs fill with the day of a change.
const DATED: &[&str] = &[
    "date",
    "dc.date",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date.created",
    "dcterms.date",
    "publishdate",
    "publish-date",
    "pubdate",
    "publication_date",
    "created",
];
const MODIFIED: &[&str] = &["article:modified_time", "og:updated_time", "last-modified", "dcterms.modified"];
/// Class parts of the line that gives the day.
const DATE_LINE: &[&str] = &["date", "datum", "publish", "posted-on", "webtime", "timestamp", "meta", "byline", "info"];
/// Longest line with a date, in characters, and most of them that are looked at.
const MAX_DATE_LINE: usize = 120;
const MAX_DATE_LINES: usize = 40;
/// Class parts of a standfirst.
const STANDFIRST: &[&str] =
    &["intro", "standfirst", "vorspann", "article-lead", "article__lead", "-lead", "lead-", "summary", "abstract"];

/// Everything but the text; the body is that of the JSON-LD.
pub fn read(page: &Page) -> Draft {
    let Linked { mut draft, names, modified } = json_ld::read(page);
    let fill = |field: &mut Option<String>, value: Option<String>| {
        if field.is_none() {
            *field = value;
        }
    };
    fill(&mut draft.source, page.meta(SOURCE));
    fill(&mut draft.section, page.meta(SECTION));
    fill(&mut draft.url, page.link("canonical").or_else(|| page.meta(&["og:url"])));
    let language = || page.first("html").and_then(|html| html.attr("lang")).map(str::to_owned);
    fill(&mut draft.language, language());
    let publisher = page.meta(&["og:site_name"]);
    let site = Site::new(&[draft.source.clone(), publisher.clone()], draft.url.as_deref());
    head(page, &mut draft, &site);
    lead(page, &mut draft);
    let persons = persons(page, &names, &[draft.source.as_deref(), publisher.as_deref()]);
    (draft.signs, draft.authors) = persons.into_iter().partition(|name| signs::is_sign(name) && !is_agency(name));
    dates_of(page, &mut draft, modified);
    if draft.tags.is_empty() {
        let listed = |name: &str| page.metas(name).map(str::to_owned).collect::<Vec<_>>();
        let names = ["article:tag", "news_keywords", "keywords", "dc.subject", "parsely-tags", "sailthru.tags"];
        let tags = names.iter().map(|name| listed(name)).find(|tags| !tags.is_empty()).unwrap_or_default();
        draft.tags = tags.iter().flat_map(|tag| tag.split([',', ';'])).map(str::trim).map(str::to_owned).collect();
    }
    draft
}

fn head(page: &Page, draft: &mut Draft, site: &Site) {
    let title = page.first("title").map(|title| title.text().collect::<String>());
    let titles = draft.headline.take().into_iter().chain(page.meta(TITLE)).chain(title);
    let titles: Vec<String> = titles.map(|t| t.split_whitespace().collect::<Vec<_>>().join(" ")).collect();
    let head = headline::find(page, &titles, site);
    let same = |subhead: &String| head.headline.as_ref().is_some_and(|h| page::letters(h) == page::letters(subhead));
    draft.subhead = draft.subhead.take().filter(|subhead| !same(subhead));
    draft.headline = head.headline;
    draft.kicker = head.kicker.or(draft.kicker.take());
}

/// The standfirst that the page shows, else the description; one that search engines alone are shown is none.
fn lead(page: &Page, draft: &mut Draft) {
    let short = |text: &String| (4..=90).contains(&text.split_whitespace().count());
    let marked = |e: &ElementRef<'_>| {
        matches!(e.value().name(), "p" | "div" | "h2" | "span" | "strong")
            && (page::is_marked(*e, STANDFIRST) || page::has_word(*e, "itemprop", "description"))
            && !page::is_large(*e)
            && !page.is_foreign(*e)
    };
    let description = draft.lead.take().or_else(|| page.meta(LEAD));
    let shown = page.elements().filter(marked).map(page::text).find(short);
    let said = description.filter(|text| {
        let letters = page::letters(text);
        letters.len() > 8 && page.letters().contains(&letters)
    });
    draft.lead = said.or(shown).or_else(|| below_heading(page, draft.headline.as_deref()?));
}

/// Elements above the heading from whose next neighbour a standfirst is taken, and the words that one has.
const MAX_ABOVE: usize = 2;
const STANDFIRST_WORDS: std::ops::RangeInclusive<usize> = 8..=60;

/// The sentences of an element of their own right below the heading and what stands beside it: no paragraph, since those are text.
fn below_heading(page: &Page, headline: &str) -> Option<String> {
    let headline = page::letters(headline);
    let is_heading = |e: &ElementRef<'_>| matches!(e.value().name(), "h1" | "h2") && !page.is_foreign(*e);
    let heading = page.elements().filter(is_heading).find(|e| page::letters(&page::text(*e)).ends_with(&headline))?;
    let up = std::iter::once(heading).chain(heading.ancestors().filter_map(ElementRef::wrap));
    let mut ends = up.take(MAX_ABOVE + 1).take_while(|e| !matches!(e.value().name(), "body" | "main" | "article"));
    let next = ends.find_map(|e| e.next_siblings().find_map(ElementRef::wrap))?;
    let inner = next.descendants().skip(1).filter_map(ElementRef::wrap);
    let line = |name: &str| matches!(name, "span" | "b" | "strong" | "em" | "i" | "br" | "div");
    let simple =
        next.value().name() == "div" && !page::is_large(next) && inner.into_iter().all(|e| line(e.value().name()));
    let text = simple.then(|| page::text(next)).filter(|text| text.ends_with(['.', '!', '?', '“', '»']))?;
    STANDFIRST_WORDS.contains(&text.split_whitespace().count()).then_some(text)
}

fn persons(page: &Page, linked: &Names, papers: &[Option<&str>]) -> Vec<String> {
    let papers: Vec<&str> = papers.iter().copied().flatten().collect();
    let persons = linked.persons(&papers);
    let is_full = |names: &[String]| names.iter().any(|name| name.contains(' '));
    if is_full(&persons) || persons.iter().any(|name| is_agency(name)) {
        return persons;
    }
    let labelled = page.meta(&["twitter:label1"]).is_none_or(|label| {
        let label = label.to_lowercase();
        label.contains("verfasst") || label.contains("written") || label.contains("autor") || label.contains("von")
    });
    for name in AUTHOR.iter().filter(|name| labelled || **name != "twitter:data1") {
        let mut names = Names::default();
        page.metas(name).for_each(|text| names.add(text));
        let found = names.persons(&papers);
        if is_full(&found) {
            return found;
        }
    }
    let shown = authors::in_page(page).persons(&papers);
    if is_full(&shown) || persons.is_empty() { shown } else { persons }
}

/// Dates of publication, the surest first; the day that a line of the page gives; dates of change at the end.
fn dates_of(page: &Page, draft: &mut Draft, modified: Option<String>) {
    draft.dates.extend(PUBLISHED.iter().filter_map(|name| page.meta(&[name])));
    let own = |e: &ElementRef<'_>| !page.is_foreign(*e);
    let published = page.elements().filter(|e| page::has_word(*e, "itemprop", "datePublished") && own(e));
    // hAtom has the moment of `<abbr class=published>` in its title
    let value = |e: ElementRef<'_>| {
        let stated = ["datetime", "content", "title"].iter().find_map(|name| e.attr(name).map(str::to_owned));
        stated.unwrap_or_else(|| page::text(e))
    };
    let atom = |mark: &'static str| {
        let marked = move |e: &ElementRef<'_>| page::marks(*e).split_whitespace().any(|word| word == mark);
        page.elements().filter(move |e| e.attr("title").is_some() && marked(e) && own(e))
    };
    draft.dates.extend(published.chain(atom("published")).map(value).take(1));
    draft.dates.extend(labelled(page));
    draft.dates.extend(DATED.iter().filter_map(|name| page.meta(&[name])));
    if draft.dates.is_empty() {
        let anywhere = page.elements().filter(|e| {
            let atom = e.attr("title").is_some() && page::marks(*e).split_whitespace().any(|word| word == "published");
            atom || page::has_word(*e, "itemprop", "datePublished")
        });
        draft.dates.extend(only_day(anywhere.map(value)));
    }
    let times: Vec<ElementRef<'_>> =
        page.elements().filter(|e| e.value().name() == "time" && own(e)).take(MAX_DATE_LINES).collect();
    let updated =
        |e: &ElementRef<'_>| page::is_marked(*e, &["updated", "modified"]) && !page::is_marked(*e, &["publish"]);
    draft
        .dates
        .extend(times.iter().filter(|e| !updated(e)).filter_map(|e| e.attr("datetime")).map(str::to_owned).take(1));
    let far = jiff::civil::date(9000, 1, 1);
    let lines = page.elements().filter(|e| page::is_marked(*e, DATE_LINE) && !page::is_large(*e) && own(e));
    draft.date_line = lines
        .map(|e| page::text(e))
        .filter(|text| !text.is_empty() && text.chars().count() <= MAX_DATE_LINE)
        .take(MAX_DATE_LINES)
        .find(|text| dates::parse(text, far).is_some());
    if draft.date_line.is_none() {
        draft.date_line = near_heading(page);
    }
    if draft.date_line.is_none() && draft.dates.is_empty() {
        draft.date_line = alone(page);
    }
    prefer_shown_day(draft);
    if draft.date_line.is_none() {
        draft.dates.extend(modified.into_iter().chain(MODIFIED.iter().filter_map(|name| page.meta(&[name]))));
        draft.dates.extend(atom("updated").map(value).take(1));
        if draft.dates.is_empty() {
            draft.date_line = last_change(page);
        }
    }
}

/// Labels of the day of publication, letters alone, and elements behind one among which the day is looked for.
const PUBLISHED_LABELS: [&str; 6] =
    ["erschienenam", "veröffentlichtam", "publiziertam", "erschienen", "veröffentlicht", "publiziert"];
const BEHIND_LABEL: usize = 4;

/// The day behind a label, in the same element or in others: `<p>Erschienen am: 13.10.2021</p>`, `<b>Erschienen am:</b> <i>13.10.2021</i>`.
fn labelled(page: &Page) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    let is_dated = |text: &str| text.chars().count() <= MAX_DATE_LINE && dates::parse(text, far).is_some();
    let mut small = page.elements().filter(|e| !page::is_large(*e) && !page.is_foreign(*e)).map(page::text);
    let day = small.find_map(|text| {
        let day = behind_label(&text)?.to_owned();
        (day.is_empty() || is_dated(&day)).then_some(day)
    })?;
    if day.is_empty() { small.take(BEHIND_LABEL).find(|text| is_dated(text)) } else { Some(day) }
}

/// What stands behind a label of the day of publication that begins a short text; nothing behind one that stands alone.
fn behind_label(text: &str) -> Option<&str> {
    let (label, day) = text.split_at(text.find(|char: char| char.is_ascii_digit()).unwrap_or(text.len()));
    let labels = PUBLISHED_LABELS.contains(&page::letters(label).as_str());
    (labels && text.split_whitespace().count() <= MAX_DATE_WORDS).then_some(day)
}

/// The hour in UTC from which on Central Europe can have the next day.
const LATE: i8 = 22;

/// Takes the day that the page shows where a field has the same moment in UTC, on the evening before.
fn prefer_shown_day(draft: &mut Draft) {
    let far = jiff::civil::date(9000, 1, 1);
    let parsed = |text: &String| dates::parse(text, far);
    let (Some(stated), Some(shown)) = (draft.dates.first().and_then(parsed), draft.date_line.as_ref().and_then(parsed))
    else {
        return;
    };
    let late = stated.offset == Some(0) && stated.time.is_some_and(|time| time.hour() >= LATE);
    if late && stated.day.tomorrow().is_ok_and(|next| next == shown.day) {
        draft.dates.splice(0..0, draft.date_line.clone());
    }
}

/// The value of dates that all name one day, wherever they stand: what names others tells of other articles.
fn only_day(values: impl Iterator<Item = String>) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    let dated = values.take(MAX_DATE_LINES).filter_map(|value| Some((dates::parse(&value, far)?.day, value)));
    let dated: Vec<_> = dated.collect();
    let (day, value) = dated.first()?;
    dated.iter().all(|(other, _)| other == day).then(|| value.clone())
}

/// Words of a line that tells when a page was changed: `Diese Seite wurde zuletzt am 2. März 2024 geändert.`
const CHANGED: [&str; 4] = ["geändert", "bearbeitet", "aktualisiert", "änderung"];

/// The line of the whole page that says when it was changed last.
fn last_change(page: &Page) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    let small =
        page.elements().filter(|e| !page::is_large(*e) && !matches!(e.value().name(), "title" | "script" | "style"));
    small.map(page::text).filter(|text| text.chars().count() <= MAX_DATE_LINE).find(|text| {
        let lower = text.to_lowercase();
        (lower.contains("zuletzt") || lower.contains("letzte"))
            && CHANGED.iter().any(|word| lower.contains(word))
            && dates::parse(text, far).is_some()
    })
}

/// Elements before and behind a main heading among which a line is looked for that is a date and little else.
const BEFORE_HEADING: usize = 12;
const BEHIND_HEADING: usize = 60;
/// Most words of such a line.
const MAX_DATE_WORDS: usize = 8;
/// Most words beside the date: `Pressemitteilung vom`, `am … Uhr`.
const MAX_BESIDE: usize = 4;
/// Labels of the day of publication.
const DATE_LABELS: [&str; 6] = ["datum", "vom", "am", "veröffentlicht", "erschienen", "erstellt"];

/// The line near the article's heading that is a date and little else, whatever its class: `Pressemitteilung vom 20.01.2022`.
fn near_heading(page: &Page) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    let elements: Vec<ElementRef<'_>> = page.elements().collect();
    let heading = elements.iter().position(|e| page.is_heading(*e))?;
    let (before, behind) = elements.split_at(heading);
    let near = behind.iter().take(BEHIND_HEADING).chain(before.iter().rev().take(BEFORE_HEADING));
    near.filter(|e| {
        !page::is_large(**e) && !page.is_foreign(**e) && !page.holds_heading(**e) && e.value().name() != "title"
    })
    .map(|e| page::text(*e))
    .find(|text| is_date_line(text, MAX_BESIDE) && dates::parse(text, far).is_some())
}

/// Whether a line may be a date with so many words beside it at most.
fn is_date_line(text: &str, most: usize) -> bool {
    let words = text.split_whitespace().count();
    let plain = |word: &&str| word.chars().all(|c| c.is_alphabetic() || c == ':');
    let beside: Vec<&str> = text.split_whitespace().filter(plain).collect();
    // what a label names is this day only if the label says so
    let label = beside.iter().find(|word| word.ends_with(':')).map(|word| word.to_lowercase());
    let ours = label.is_none_or(|label| DATE_LABELS.contains(&label.trim_end_matches(':')));
    ours && words <= MAX_DATE_WORDS && beside.len() <= most
}

/// Most words beside a date that stands by itself: its month, *am*, *Uhr*.
const MAX_ALONE: usize = 3;

/// The line of the page that is a date and nothing else, where all such lines name one day.
fn alone(page: &Page) -> Option<String> {
    let own = |e: &ElementRef<'_>| {
        let line = !matches!(e.value().name(), "html" | "body" | "title" | "script" | "style" | "option");
        line && !page::is_large(*e) && !page.is_foreign(*e) && !page.holds_heading(*e)
    };
    let may_be = |text: &String| text.contains(|char: char| char.is_ascii_digit()) && is_date_line(text, MAX_ALONE);
    only_day(page.elements().filter(own).map(page::text).filter(may_be))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_usual_places_are_read() {
        for (html, date) in [
            ("<meta property=article:published_time content=2024-03-02>", "2024-03-02"),
            ("<meta name=parsely-pub-date content=2024-03-02>", "2024-03-02"),
            ("<meta name=DC.date content=2024-03-02>", "2024-03-02"),
            ("<span itemprop=datePublished content=2024-03-02></span>", "2024-03-02"),
            ("<aside><time datetime=2020-01-01></time></aside><time datetime=2024-03-02></time>", "2024-03-02"),
            ("<meta property=article:modified_time content=2024-03-05>", "2024-03-05"),
            ("<abbr class=published title=2024-03-02T10:52:00+02:00>10:52</abbr>", "2024-03-02T10:52:00+02:00"),
            ("<span class=updated title=2024-03-02></span>", "2024-03-02"),
            ("<h1>Markt</h1><aside><time itemprop=datePublished datetime=2024-03-02></time></aside>", "2024-03-02"),
            ("<h1>Markt</h1><i>Erschienen am:</i><h2>2.3.2024</h2>", "2.3.2024"),
            ("<h1>Markt</h1><p>Von der Insel.<li>Erschienen am: 02.03.2024</li>", "02.03.2024"),
            ("<h1>Markt</h1><p>Veröffentlicht am 2. März 2024, 10 Uhr", "2. März 2024, 10 Uhr"),
        ] {
            assert_eq!(read(&Page::parse(html)).dates, [date], "{html}");
        }
        let shown = read(&Page::parse("<p class=datum>2. März 2024, 10:00 Uhr</p>"));
        assert_eq!(shown.date_line.as_deref(), Some("2. März 2024, 10:00 Uhr"));
        for (html, line) in [
            ("<div>02.03.2024</div><h1>Markt</h1><p>Am Kai", Some("02.03.2024")),
            ("<h1>Markt</h1><div>Pressemitteilung vom 02.03.2024</div>", Some("Pressemitteilung vom 02.03.2024")),
            ("<h1>Markt</h1><p>Am 02.03.2024 kommen die Händler an den Kai.", None),
            ("<h1>Markt</h1><aside><div>02.03.2024</div></aside>", None),
            ("<h1>Markt</h1><dl><dd><b>Registriert:</b> 02.03.2024</dd></dl>", None),
            ("<h1>Markt</h1><p><b>Datum:</b> <i>02.03.2024</i></p>", Some("Datum: 02.03.2024")),
            ("<div>02.03.2024</div>", Some("02.03.2024")),
            ("<div>02.03.2024</div><div>05.03.2024</div>", None),
            ("<meta name=date content=2024-03-05><div>02.03.2024</div>", None),
            (
                "<footer><ul><li>Diese Seite wurde zuletzt am 2. März 2024 um 13:22 Uhr geändert.</ul></footer>",
                Some("Diese Seite wurde zuletzt am 2. März 2024 um 13:22 Uhr geändert."),
            ),
        ] {
            assert_eq!(read(&Page::parse(html)).date_line.as_deref(), line, "{html}");
        }
    }

    #[test]
    fn the_day_that_readers_see_comes_first() {
        let changed = "<meta name=date content=2024-03-05>";
        let utc = "<meta property=article:published_time content=2024-03-01T23:10:00Z>";
        for (html, date) in [
            (format!("{changed}<time itemprop=datePublished datetime=2024-03-02></time>"), "2024-03-02"),
            (format!("{changed}<h1>Markt</h1><p>Veröffentlicht am</p><p>02.03.2024</p>"), "02.03.2024"),
            (format!("{utc}<p class=datum>2. März 2024, 0:10 Uhr</p>"), "2. März 2024, 0:10 Uhr"),
            (format!("{utc}<p class=datum>3. März 2024, 0:10 Uhr</p>"), "2024-03-01T23:10:00Z"),
            (format!("{}<p class=datum>2. März 2024</p>", utc.replace("23:", "21:")), "2024-03-01T21:10:00Z"),
        ] {
            assert_eq!(read(&Page::parse(&html)).dates.first().map(String::as_str), Some(date), "{html}");
        }
    }

    #[test]
    fn a_description_that_is_not_shown_is_no_lead() {
        let lead = |html: &str| read(&Page::parse(html)).lead;
        let meta = "<meta name=description content='Die Händler am Kai dürfen bis Herbst bleiben'>";
        assert_eq!(lead(meta), None);
        let shown = format!("{meta}<p>Die Händler am Kai dürfen bis Herbst bleiben</p>");
        assert_eq!(lead(&shown).as_deref(), Some("Die Händler am Kai dürfen bis Herbst bleiben"));
        let below = "<hgroup><i>Kai</i><h1>Markt</h1></hgroup><div><b>Mehlau.</b> Die Händler am Kai dürfen bis Herbst bleiben.</div>";
        assert_eq!(lead(below).as_deref(), Some("Mehlau. Die Händler am Kai dürfen bis Herbst bleiben."));
        assert_eq!(lead(&below.replace("<b>", "<a href=/m>")), None);
        let own = "<p class=intro>Der Rat gibt dem Markt noch ein Jahr Zeit</p>";
        assert_eq!(lead(own).as_deref(), Some("Der Rat gibt dem Markt noch ein Jahr Zeit"));
    }
}
