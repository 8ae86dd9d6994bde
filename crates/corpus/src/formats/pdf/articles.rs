//! Pages of a PDF to articles: what is the page's, which blocks are headlines, and whether the file is one text, pages, or an issue
//! of several articles.
//!
//! An issue is divided only where its layout tells: text in columns beside each other, and headlines that are larger than it and
//! have text below. A short file is one article; of a longer one each page is.

use super::layout::median;
use super::text::{Block, Page, Text};
use crate::draft::Draft;
use crate::printed::{PageWords, Size};
use crate::structure::{self, Block as Paragraph};
use crate::{Emit, FileRef, Problem, RawDocument, dates};
use findbuch_article::PartKind;
use std::collections::HashMap;
use std::ops::ControlFlow;

/// Separates the path of a file from the number of a page, as browsers understand it (RFC 8118).
const PAGE: &str = "#page=";
/// Margins of a page in which running heads and feet stand, in parts of its height.
const MARGIN: f32 = 0.09;
/// Most words of a running head, and of a line that gives the date of an issue.
const MAX_RUNNING: usize = 25;
/// Part of the first page, from its top, in which paper and date stand.
const MASTHEAD: f32 = 0.3;
/// Most words of a paper's name.
const MAX_PAPER: usize = 5;
/// Size of a headline, and of what may be a kicker or subhead, in sizes of the text.
const HEADLINE: f32 = 1.3;
const LARGER: f32 = 1.07;
/// Size of small print, such as captions.
const SMALLER: f32 = 0.9;
/// Most words of headline, kicker, subhead and small print.
const MAX_HEADLINE: usize = 30;
const MAX_KICKER: usize = 8;
const MAX_SUBHEAD: usize = 50;
const MAX_CAPTION: usize = 60;
/// Fewest words of text below a headline that make it one of an article.
const MIN_ARTICLE: usize = 25;
/// Fewest words of a block that counts as text in a column.
const MIN_COLUMN: usize = 20;
/// Most words, and pages, of a file that is one article.
const MAX_WHOLE: usize = 4000;
const MAX_WHOLE_PAGES: usize = 8;
/// Fewest words that a page has outside of its articles to be one of its own.
const MIN_REST: usize = 10;

/// What a block is on its page.
#[derive(Debug, Clone, Copy, PartialEq, Eq)]
enum Role {
    /// Running heads and feet, numbers of pages, the masthead.
    Page,
    /// Larger than the text.
    Headline,
    /// Somewhat larger.
    Larger,
    /// Smaller.
    Small,
    Text,
}

/// Emits the articles. `Break` when no more are wanted.
pub fn emit(document: &RawDocument<'_>, text: Text, emit: &mut Emit<'_>) -> ControlFlow<()> {
    let Text { title, author, created, pages } = text;
    let size = body_size(&pages);
    let running = running(&pages);
    let plain: Vec<Vec<Role>> = pages.iter().map(|page| roles(page, size, &running)).collect();
    let mut roles = plain.clone();
    let masthead = pages.first().zip(roles.first_mut()).and_then(|(page, roles)| masthead(page, roles));
    let issue = divided(&pages, &roles);
    // a short headline near the day is no paper's name where there is no issue
    let roles = if issue.is_some() { roles } else { plain };
    let words = pages.iter().flat_map(|page| &page.blocks).map(Block::words).sum::<usize>();
    let about = About {
        title: title.filter(|title| pages.first().is_some_and(|page| is_sound(title, page))),
        author: author.filter(|author| pages.first().is_some_and(|page| says(page, author))),
        dates: created.filter(|day| pages.iter().take(1).any(|page| has_day(page, day))).into_iter().collect(),
        date_line: date_line(&pages, &roles),
    };
    if issue.is_none() && words <= MAX_WHOLE && pages.len() <= MAX_WHOLE_PAGES {
        let blocks = pages.iter().zip(&roles).flat_map(|(page, roles)| page.blocks.iter().zip(roles.iter().copied()));
        let draft = about.whole(&blocks.collect::<Vec<_>>());
        return give(document, None, with_sheets(draft, &pages), emit);
    }
    for (at, (page, roles)) in pages.iter().zip(&roles).enumerate() {
        let number = at + 1;
        let blocks: Vec<(&Block, Role)> = page.blocks.iter().zip(roles.iter().copied()).collect();
        let drafts = match &issue {
            Some(starts) => articles_of(&blocks, starts.get(at).map_or(&[], Vec::as_slice)),
            None => vec![page_of(&blocks)],
        };
        let several = drafts.len() > 1;
        for (record, draft) in (1..).zip(drafts) {
            let record = several.then_some(record);
            let draft = with_sheets(about.part(draft, masthead.as_deref(), issue.is_some()), &pages);
            give(document, Some((number, record)), draft, emit)?;
        }
    }
    ControlFlow::Continue(())
}

/// Gives a draft the pages that its words are on, as sheets.
fn with_sheets(mut draft: Draft, pages: &[Page]) -> Draft {
    if let Some(printed) = &mut draft.printed {
        let mut used: Vec<usize> = Vec::new();
        for word in &mut printed.words {
            let page = word.area.sheet;
            let place = used.iter().rposition(|other| *other == page);
            word.area.sheet = place.unwrap_or(used.len());
            used.extend(place.is_none().then_some(page));
        }
        let sheets = used.into_iter().filter_map(|at| {
            let page = pages.get(at)?;
            Some(Size::of(Some(page.width.into()), Some(page.height.into()))?.sheet(Some(format!("{PAGE}{}", at + 1))))
        });
        printed.sheets = sheets.collect();
    }
    draft
}

/// Finishes a draft as an article of a page, or of the file.
fn give(
    document: &RawDocument<'_>,
    place: Option<(usize, Option<u64>)>,
    draft: Draft,
    emit: &mut Emit<'_>,
) -> ControlFlow<()> {
    let Some((page, record)) = place else {
        return match draft.finish(document) {
            Ok(article) => emit(Ok(article)),
            Err(reason) => emit(Err(Problem { path: document.file.display(), line: None, reason })),
        };
    };
    let suffix = format!("{PAGE}{page}");
    let mut path = document.file.path.clone().into_os_string();
    path.push(&suffix);
    let file = FileRef { path: path.into(), id: format!("{}{suffix}", document.file.id), ..document.file.clone() };
    // a page with nothing but its number is none
    match draft.finish(&RawDocument { file: &file, record, ..*document }) {
        Ok(article) => emit(Ok(article)),
        Err(crate::ReadError::NoText) => ControlFlow::Continue(()),
        Err(reason) => emit(Err(Problem { path: file.display(), line: None, reason })),
    }
}

/// What holds for all articles of a file.
struct About {
    title: Option<String>,
    author: Option<String>,
    dates: Vec<String>,
    date_line: Option<String>,
}

impl About {
    /// The one article of a file: the largest of its first blocks is the headline.
    fn whole(self, blocks: &[(&Block, Role)]) -> Draft {
        let largest = blocks
            .iter()
            .enumerate()
            .take_while(|(_, (block, role))| *role != Role::Text || block.words() < MIN_COLUMN)
            .filter(|(_, (_, role))| *role == Role::Headline)
            .max_by(|(_, (a, _)), (_, (b, _))| a.size.total_cmp(&b.size).then(b.top.total_cmp(&a.top)))
            .map(|(at, _)| at);
        let mut draft = match largest {
            Some(at) => article(blocks, at),
            None => page_of(blocks),
        };
        draft.headline = draft.headline.or(self.title);
        draft.authors.extend(self.author);
        Draft { dates: self.dates, date_line: self.date_line, ..draft }
    }

    /// A page, or an article of an issue.
    fn part(&self, draft: Draft, source: Option<&str>, issue: bool) -> Draft {
        let kicker = draft.kicker.or_else(|| self.title.clone().filter(|_| !issue));
        let (dates, date_line) = (self.dates.clone(), self.date_line.clone());
        Draft { kicker, dates, date_line, source: source.map(str::to_owned), ..draft }
    }
}

/// Size of most letters, of those that are seen where there are any.
fn body_size(pages: &[Page]) -> f32 {
    let sizes = |hidden| {
        let blocks = pages.iter().flat_map(|page| &page.blocks).filter(|block| block.hidden == hidden);
        blocks.map(|block| (block.size, block.words())).collect::<Vec<_>>()
    };
    median(&mut sizes(false)).or_else(|| median(&mut sizes(true))).unwrap_or(1.0)
}

/// The text of a block without its figures, by which running heads of different pages are known.
fn without_figures(block: &Block) -> String {
    block.text().chars().map(|c| if c.is_ascii_digit() { '0' } else { c }).collect()
}

fn is_in_margin(block: &Block, page: &Page) -> bool {
    block.bottom <= page.height * MARGIN || block.top >= page.height * (1.0 - MARGIN)
}

/// Texts that stand in the margins of several pages.
fn running(pages: &[Page]) -> HashMap<String, usize> {
    let mut counts = HashMap::new();
    for page in pages {
        for block in page.blocks.iter().filter(|block| is_in_margin(block, page) && block.words() <= MAX_RUNNING) {
            *counts.entry(without_figures(block)).or_insert(0) += 1;
        }
    }
    counts.retain(|_, count| *count > 1);
    counts
}

/// The roles of the blocks of a page. What stands in its margin on one line with the page's own is the page's, too.
fn roles(page: &Page, size: f32, running: &HashMap<String, usize>) -> Vec<Role> {
    let mut roles: Vec<Role> = page.blocks.iter().map(|block| role(block, page, size, running)).collect();
    let own: Vec<f32> = page
        .blocks
        .iter()
        .zip(&roles)
        .filter(|(_, role)| **role == Role::Page)
        .map(|(block, _)| block.bottom)
        .collect();
    for (block, role) in page.blocks.iter().zip(&mut roles) {
        if is_in_margin(block, page) && block.lines == 1 && own.iter().any(|line| (line - block.bottom).abs() < 2.0) {
            *role = Role::Page;
        }
    }
    roles
}

fn role(block: &Block, page: &Page, size: f32, running: &HashMap<String, usize>) -> Role {
    let words = block.words();
    if is_in_margin(block, page) {
        let text = block.text();
        let far = jiff::civil::date(9000, 1, 1);
        let number = words <= 3 && text.chars().any(|c| c.is_ascii_digit()) && !text.ends_with(['.', '!', '?']);
        let day = block.lines == 1 && words <= MAX_RUNNING && dates::parse(&text, far).is_some();
        if number || day || running.contains_key(&without_figures(block)) {
            return Role::Page;
        }
    }
    let letters = block.paragraphs.iter().any(|text| text.chars().filter(|c| c.is_alphabetic()).count() > 2);
    match block.size / size.max(1.0) {
        // what a recogniser of letters takes for their size is no ground for a headline
        _ if block.hidden || !letters => Role::Text,
        ratio if ratio >= HEADLINE && words <= MAX_HEADLINE => Role::Headline,
        ratio if ratio >= LARGER && words <= MAX_SUBHEAD => Role::Larger,
        ratio if ratio <= SMALLER && words <= MAX_CAPTION && page.pictures > 0 => Role::Small,
        _ => Role::Text,
    }
}

/// Where the articles of an issue begin, for each page; none where the layout does not tell.
fn divided(pages: &[Page], roles: &[Vec<Role>]) -> Option<Vec<Vec<usize>>> {
    let columns = pages.iter().zip(roles).any(|(page, roles)| has_columns(page, roles));
    let starts: Vec<Vec<usize>> = pages.iter().zip(roles).map(|(page, roles)| starts(page, roles)).collect();
    (columns && starts.iter().map(Vec::len).sum::<usize>() > 1).then_some(starts)
}

/// Whether text stands in columns beside each other.
fn has_columns(page: &Page, roles: &[Role]) -> bool {
    let text: Vec<&Block> = page
        .blocks
        .iter()
        .zip(roles)
        .filter(|(block, role)| **role == Role::Text && block.words() >= MIN_COLUMN)
        .map(|(block, _)| block)
        .collect();
    text.iter().enumerate().any(|(at, a)| {
        text.iter().skip(at + 1).any(|b| {
            let beside = a.right <= b.left || b.right <= a.left;
            beside && a.top.max(b.top) < a.bottom.min(b.bottom)
        })
    })
}

/// The headlines of a page that have text below. Of headlines that follow each other the largest is the one.
fn starts(page: &Page, roles: &[Role]) -> Vec<usize> {
    let mut starts: Vec<usize> = Vec::new();
    let mut words = MIN_ARTICLE;
    for (at, (block, role)) in page.blocks.iter().zip(roles).enumerate() {
        match role {
            Role::Headline if words >= MIN_ARTICLE => {
                starts.push(at);
                words = 0;
            }
            Role::Headline => {
                let last = starts.last().and_then(|last| page.blocks.get(*last));
                if words == 0
                    && last.is_some_and(|last| last.size < block.size)
                    && let Some(last) = starts.last_mut()
                {
                    *last = at;
                }
            }
            Role::Page | Role::Small => {}
            Role::Larger | Role::Text => words += block.words(),
        }
    }
    if words < MIN_ARTICLE {
        starts.pop();
    }
    starts
}

/// The articles of a page whose headlines are at `starts`; what stands before them goes on from the page before, or is the page's.
fn articles_of(blocks: &[(&Block, Role)], starts: &[usize]) -> Vec<Draft> {
    let firsts: Vec<usize> = starts.iter().map(|start| first_of(blocks, *start)).collect();
    let ends = firsts.iter().skip(1).copied().chain([blocks.len()]);
    let mut drafts: Vec<Draft> = starts
        .iter()
        .zip(firsts.iter().zip(ends))
        .filter_map(|(start, (first, end))| Some(article(blocks.get(*first..end)?, start - first)))
        .collect();
    let rest = blocks.get(..firsts.first().copied().unwrap_or(blocks.len())).unwrap_or_default();
    let words: usize = rest.iter().filter(|(_, role)| *role != Role::Page).map(|(block, _)| block.words()).sum();
    match drafts.first_mut() {
        Some(first) if words < MIN_REST => {
            let outside = rest.iter().flat_map(|(block, _)| &block.paragraphs).cloned();
            first.body.splice(0..0, outside.map(|text| Paragraph::marked(PartKind::Boilerplate, text)));
        }
        _ if !rest.is_empty() => drafts.insert(0, page_of(rest)),
        _ => {}
    }
    drafts
}

/// The first block of the article with the headline at `start`: a kicker right above it, or a smaller headline.
fn first_of(blocks: &[(&Block, Role)], start: usize) -> usize {
    let Some((headline, _)) = blocks.get(start) else { return start };
    let above = start.checked_sub(1).and_then(|before| blocks.get(before));
    let is_kicker = |(block, role): &(&Block, Role)| {
        *role != Role::Page
            && block.lines == 1
            && block.words() <= MAX_KICKER
            && (-headline.size * 0.5..=headline.size * 1.5).contains(&(headline.top - block.bottom))
            && block.left < headline.right
            && headline.left < block.right
            && !structure::is_date_line(&block.text())
    };
    start - usize::from(above.is_some_and(is_kicker))
}

/// An article whose headline is the block at `start`; the block before it is its kicker, and larger ones after it its subhead.
fn article(blocks: &[(&Block, Role)], start: usize) -> Draft {
    let mut draft = Draft { printed: Some(printed(blocks)), ..Draft::default() };
    let mut fresh = false;
    for (at, (block, role)) in blocks.iter().enumerate() {
        let text = || block.text();
        if at == start {
            draft.headline = Some(text());
            fresh = true;
        } else if at + 1 == start && first_of(blocks, start) == at {
            draft.kicker = Some(text());
        } else if fresh && draft.subhead.is_none() && matches!(role, Role::Larger | Role::Headline) {
            draft.subhead = Some(text());
        } else {
            fresh &= *role == Role::Page;
            push(&mut draft.body, block, *role);
        }
    }
    draft
}

/// A page, or a part of it, without a headline of its own.
fn page_of(blocks: &[(&Block, Role)]) -> Draft {
    let mut draft = Draft { printed: Some(printed(blocks)), ..Draft::default() };
    for (block, role) in blocks {
        push(&mut draft.body, block, *role);
    }
    draft
}

/// The words of blocks, on sheets that are yet to be named.
fn printed(blocks: &[(&Block, Role)]) -> PageWords {
    let words = blocks.iter().flat_map(|(block, _)| &block.printed).cloned().collect();
    PageWords { sheets: Vec::new(), words }
}

fn push(body: &mut Vec<Paragraph>, block: &Block, role: Role) {
    match role {
        Role::Page => body.push(Paragraph::marked(PartKind::Boilerplate, block.text())),
        Role::Headline => body.push(Paragraph::marked(PartKind::Crosshead, block.text())),
        Role::Small => body.push(Paragraph::marked(PartKind::Caption, block.text())),
        Role::Larger | Role::Text => {
            body.extend(block.paragraphs.iter().map(|text| Paragraph::plain(vec![text.clone()])));
        }
    }
}

/// A line with the day at the top of the first page, or in the running head of any.
fn date_line(pages: &[Page], roles: &[Vec<Role>]) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    let dated = |block: &&Block| block.words() <= MAX_RUNNING && dates::parse(&block.text(), far).is_some();
    let masthead = pages
        .first()
        .into_iter()
        .flat_map(|page| page.blocks.iter().filter(|block| block.bottom <= page.height * MASTHEAD));
    let heads = pages.iter().zip(roles).flat_map(|(page, roles)| {
        page.blocks.iter().zip(roles).filter(|(_, role)| **role == Role::Page).map(|(block, _)| block)
    });
    masthead.chain(heads).find(dated).map(Block::text)
}

/// The paper: the largest words at the top of the first page, if there are some for a name alone and a line with the day stands
/// right below or above. Both are the page's.
fn masthead(page: &Page, roles: &mut [Role]) -> Option<String> {
    let far = jiff::civil::date(9000, 1, 1);
    let top = || page.blocks.iter().enumerate().filter(|(_, block)| block.bottom <= page.height * MASTHEAD);
    let (at, name) = top().max_by(|(_, a), (_, b)| a.size.total_cmp(&b.size))?;
    if name.words() > MAX_PAPER || name.hidden || roles.get(at) != Some(&Role::Headline) {
        return None;
    }
    let is_near = |block: &Block| (block.top - name.bottom).max(name.top - block.bottom) <= name.size;
    let is_day = |block: &Block| block.words() <= MAX_RUNNING && dates::parse(&block.text(), far).is_some();
    let (day, _) = top().find(|(other, block)| *other != at && is_near(block) && is_day(block))?;
    for role in [at, day] {
        if let Some(role) = roles.get_mut(role) {
            *role = Role::Page;
        }
    }
    Some(name.text())
}

/// Whether a title of the document's properties is one: words that the first page has, and no name of a file.
fn is_sound(title: &str, page: &Page) -> bool {
    title.split_whitespace().count() > 1 && says(page, title)
}

/// Whether a page has all words of a text but one in four.
fn says(page: &Page, text: &str) -> bool {
    let simple = |text: &str| -> Vec<String> {
        text.split(|c: char| !c.is_alphanumeric()).filter(|word| !word.is_empty()).map(str::to_lowercase).collect()
    };
    let there: std::collections::HashSet<String> =
        page.blocks.iter().flat_map(|block| &block.paragraphs).flat_map(|text| simple(text)).collect();
    let words = simple(text);
    let found = words.iter().filter(|word| there.contains(*word)).count();
    !words.is_empty() && found * 4 >= words.len() * 3
}

/// Whether a page names the day on which the file was made.
fn has_day(page: &Page, created: &str) -> bool {
    let far = jiff::civil::date(9000, 1, 1);
    let paragraphs = page.blocks.iter().flat_map(|block| &block.paragraphs);
    paragraphs.filter_map(|text| dates::parse(text, far)).any(|date| date.day.to_string() == created)
}
