//! The articles of a digitised issue: what METS says about them, with the text of the ALTO pages that it names. What stands
//! on these pages and belongs to no article is an article a page, so that nothing is lost and nothing stands twice.

use super::alto;
use crate::draft::Draft;
use crate::mets::{Area, Issue, IssuePage, Item, Role};
use crate::printed::{PageWord, PageWords};
use crate::structure::Block;
use crate::xml::{declared, dom, element_tree};
use crate::{Emit, Problem, RawDocument, ReadError, charset, pictures};
use findbuch_article::PartKind;
use findbuch_article::printed::Sheet;
use findbuch_files::encode_path;
use std::collections::{HashMap, HashSet};
use std::fs::File;
use std::io::BufReader;
use std::path::Path;

/// Most bytes of the pages of an issue.
const MAX_BYTES: u64 = 1 << 30;
/// Fewest words of the rest of a page that is kept: fewer are page numbers and lines.
const MIN_REST: usize = 20;

/// What was read of a page.
#[derive(Default)]
struct Page {
    /// The blocks that articles name, by their ids, with the places of their words.
    blocks: HashMap<String, Vec<(Block, Vec<PageWord>)>>,
    /// As it was printed, where that is told.
    sheet: Option<Sheet>,
    rest: Vec<Draft>,
    date_line: Option<String>,
    number: Option<String>,
}

impl Page {
    /// Takes the picture that the issue names, or one beside the page's file; both from the issue's folder on.
    fn show(&mut self, picture: Option<&String>, path: &Path, folder: &Path) {
        let told = self.sheet.as_ref().and_then(|sheet| sheet.picture.as_deref());
        let picture = picture.cloned().or_else(|| pictures::beside_page(path, told, folder));
        let of_rests =
            self.rest.iter_mut().filter_map(|rest| rest.printed.as_mut()).flat_map(|printed| &mut printed.sheets);
        for sheet in self.sheet.iter_mut().chain(of_rests) {
            sheet.picture.clone_from(&picture);
        }
    }
}

/// Reads the articles of an issue; a page that cannot be read is a problem of its own.
pub fn read(document: &RawDocument<'_>, mut issue: Issue, emit: &mut Emit<'_>) {
    let mut wanted: Vec<HashSet<&str>> = vec![HashSet::new(); issue.pages.len()];
    for Area { page, id, .. } in issue.articles.iter().flat_map(|article| &article.areas) {
        if let Some(ids) = wanted.get_mut(*page) {
            ids.insert(id);
        }
    }
    let folder = document.file.path.parent().unwrap_or(&document.file.path);
    let (mut pages, mut bytes) = (Vec::new(), 0);
    for (IssuePage { path, number, picture }, ids) in issue.pages.iter().zip(&wanted) {
        let mut page = match page(path, ids, document, &mut bytes) {
            Ok(page) => page,
            Err(reason) => {
                let path = encode_path(path);
                if emit(Err(Problem { path, line: None, reason })).is_break() {
                    return;
                }
                Page::default()
            }
        };
        page.show(picture.as_ref(), path, folder);
        page.number = number.as_ref().map(|number| format!("Seite {number}")).or(page.number);
        pages.push(page);
    }
    for page in std::mem::take(&mut issue.missing) {
        let missing = Problem { path: document.file.display(), line: None, reason: ReadError::MissingPage(page) };
        if emit(Err(missing)).is_break() {
            return;
        }
    }
    let known: Vec<(Option<String>, Vec<String>)> =
        issue.articles.first().map(|first| (first.source.clone(), first.dates.clone())).into_iter().collect();
    let articles: Vec<Draft> = issue.articles.into_iter().map(|item| draft(item, &mut pages)).collect();
    let rests = pages.into_iter().flat_map(|page| {
        let number = page.number;
        page.rest.into_iter().map(move |rest| Draft { tags: number.clone().into_iter().collect(), ..rest })
    });
    let rests = rests.filter(|rest| words(&rest.body) >= MIN_REST).map(|mut rest| {
        if let Some((source, dates)) = known.first() {
            rest.source.clone_from(source);
            rest.dates.clone_from(dates);
        }
        rest
    });
    let drafts = articles.into_iter().filter(|draft| !draft.body.is_empty() || draft.headline.is_some()).chain(rests);
    for (number, draft) in (1..).zip(drafts) {
        if let Ok(article) = draft.finish(&RawDocument { record: Some(number), ..*document })
            && emit(Ok(article)).is_break()
        {
            break;
        }
    }
}

fn words(blocks: &[Block]) -> usize {
    let text = blocks.iter().filter(|block| block.kind != Some(PartKind::Boilerplate)).flat_map(|block| &block.lines);
    text.map(|line| line.split_whitespace().count()).sum()
}

/// Reads a page: the blocks of `ids`, and the rest.
fn page(path: &Path, ids: &HashSet<&str>, document: &RawDocument<'_>, bytes: &mut u64) -> Result<Page, ReadError> {
    let text = {
        let read = match document.pages {
            Some(pages) => pages.bytes(path)?,
            None => charset::read_bytes(&mut BufReader::new(File::open(path)?), document.limits)?,
        };
        *bytes += read.len() as u64;
        if *bytes > MAX_BYTES {
            return Err(ReadError::TooLarge { limit: MAX_BYTES });
        }
        charset::decode(&read, declared(&read))?
    };
    element_tree(&text, |root| {
        if !dom::named(root, "alto") {
            return Err(ReadError::Skipped(crate::Ignored::OtherXml));
        }
        let mut found = Page::default();
        let mut used = HashSet::new();
        for (block, text) in alto::blocks(root) {
            // the innermost name counts: a group of blocks may be named, or its blocks
            let named = block.ancestors().filter_map(|outer| dom::attribute(outer, "ID"));
            if let Some(id) = named.into_iter().find(|id| ids.contains(id.as_str())) {
                used.insert(block.id());
                found.blocks.entry(id).or_default().push((text, alto::words(block)));
            }
        }
        found.sheet = dom::below(root, "Page").next().and_then(alto::sheet);
        for (draft, date_line) in alto::rest(root, &|block| !used.contains(&block.id())) {
            found.date_line = found.date_line.take().or(date_line);
            found.number = found.number.take().or_else(|| draft.tags.first().cloned());
            found.rest.push(draft);
        }
        Ok(found)
    })
}

/// An article with its text; each block is taken once.
fn draft(item: Item, pages: &mut [Page]) -> Draft {
    let mut draft = Draft {
        authors: item.authors,
        dates: item.dates,
        source: item.source,
        section: item.section,
        ..Draft::default()
    };
    let mut heading: Vec<String> = Vec::new();
    let (mut printed, mut sheets) = (PageWords::default(), HashMap::new());
    for area in item.areas {
        let Some(page) = pages.get_mut(area.page) else { continue };
        dom::add_tags(&mut draft.tags, page.number.clone());
        draft.date_line = draft.date_line.take().or_else(|| page.date_line.clone());
        for (block, words) in page.blocks.remove(&area.id).unwrap_or_default() {
            if let Some(sheet) = &page.sheet {
                let at = *sheets.entry(area.page).or_insert_with(|| printed.add(sheet.clone()));
                printed.words.extend(words.into_iter().map(|word| word.on(at)));
            }
            let text = block.lines.join(" ");
            let fresh = draft.body.is_empty();
            match area.role {
                Role::Headline if fresh => heading.push(text),
                Role::Kicker if draft.kicker.is_none() => draft.kicker = Some(text),
                Role::Subhead if fresh && draft.subhead.is_none() => draft.subhead = Some(text),
                Role::Byline => draft.authors.extend(dom::names(&text)),
                Role::Headline | Role::Kicker | Role::Subhead | Role::Crosshead => {
                    draft.body.push(Block::marked(PartKind::Crosshead, text));
                }
                Role::Caption => draft.body.push(Block::marked(PartKind::Caption, text)),
                Role::Outside => draft.body.push(Block::marked(PartKind::Boilerplate, text)),
                Role::Body => draft.body.push(block),
            }
        }
    }
    let heading = Some(heading.join(" ")).filter(|heading| !heading.is_empty());
    if heading.is_none() && draft.body.is_empty() {
        let alone = draft.kicker.take().into_iter().chain(draft.subhead.take());
        draft.body.extend(alone.map(|text| Block::plain(vec![text])));
    }
    draft.headline = match (item.label, heading) {
        // a label may be the start of the heading
        (Some(label), Some(heading)) if heading.starts_with(label.trim_end_matches(['.', '…', ' '])) => Some(heading),
        (label, heading) => label.or(heading),
    };
    draft.printed = Some(printed);
    draft
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::{FileRef, Limits};
    use findbuch_article::Article;
    use proptest::prelude::*;
    use std::ops::ControlFlow;

    const BLOCKS: usize = 6;

    fn block(at: usize) -> String {
        let words = format!("Das Boot{at} liegt am Kai und wartet.").replace(' ', "'/><String CONTENT='");
        format!("<TextBlock ID='b{at}'><TextLine><String CONTENT='{words}'/></TextLine></TextBlock>")
    }

    fn articles(mets: &str) -> Vec<Article> {
        read_issue(mets).0
    }

    /// The articles, and what is wrong.
    fn read_issue(mets: &str) -> (Vec<Article>, Vec<String>) {
        let folder = tempfile::tempdir().expect("a folder");
        let [first, second, third, rest @ ..] = std::array::from_fn::<_, BLOCKS, _>(block);
        let page = format!(
            "<alto><Layout><Page ID='p'><TopMargin>{first}</TopMargin><PrintSpace>{second}<ComposedBlock ID='c'>{third}{}</ComposedBlock></PrintSpace></Page></Layout></alto>",
            rest.concat()
        );
        std::fs::write(folder.path().join("1.xml"), page).expect("written");
        let path = folder.path().join("mets.xml");
        let file = FileRef { path, id: "a/mets.xml".into(), size: 0, mtime: 0, changed: 0, settings: None };
        let limits = Limits::on(jiff::civil::date(2026, 11, 24));
        let (mut found, mut problems) = (Vec::new(), Vec::new());
        super::super::read(&RawDocument::new(&file, &limits), &mut mets.as_bytes(), &mut |article| {
            match article {
                Ok(article) => found.push(article),
                Err(problem) => problems.push(problem.to_string()),
            }
            ControlFlow::Continue(())
        })
        .expect("METS");
        (found, problems)
    }

    #[test]
    fn a_page_that_is_not_there_is_told() {
        let area = |file: &str| format!("<fptr><area FILEID='{file}' BEGIN='b0'/></fptr>");
        let mets = format!(
            "<mets><fileSec><file ID='f'><FLocat href='1.xml'/></file><file ID='g'><FLocat href='2.xml'/></file></fileSec>\
             <structMap TYPE='LOGICAL'><div TYPE='ARTICLE'>{}{}</div></structMap></mets>",
            area("f"),
            area("g")
        );
        let (articles, problems) = read_issue(&mets);
        assert!(articles[0].parts.iter().any(|part| part.text.contains("Boot0")) && problems.len() == 1);
        assert!(problems[0].contains("names the page 2.xml, which is not there"), "{problems:?}");
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(64))]
        #[test]
        fn what_articles_name_stands_once(
            pieces in prop::collection::vec((0..8_usize, prop::sample::select(vec!["TITLE", "OVERLINE", "BODY", "CAPTION", "SUBTITLE", "X", "HEADER"]), any::<bool>()), 1..12),
        ) {
            let mut mets = String::from(
                "<mets><fileSec><file ID='f'><FLocat href='1.xml'/></file></fileSec><structMap TYPE='LOGICAL'><div><div TYPE='ARTICLE'>"
            );
            let mut named = HashMap::new();
            for (block, role, next) in pieces {
                let id = match block {
                    6 => "c".to_owned(),
                    7 => "p".to_owned(),
                    at => format!("b{at}"),
                };
                if next {
                    mets.push_str("</div><div TYPE='ARTICLE'>");
                }
                mets += &["<div TYPE='", role, "'><fptr><area FILEID='f' BEGIN='", &id, "'/></fptr></div>"].concat();
                // the first division that names a block has it
                named.entry(block).or_insert(role);
            }
            mets.push_str("</div></div></structMap></mets>");
            let text: String = articles(&mets).iter().flat_map(|a| &a.parts).map(|part| part.text.clone() + "\n").collect();
            for at in 0..BLOCKS {
                let count = text.matches(&format!("Boot{at}")).count();
                let wanted = if named.get(&at).is_some_and(|role| *role != "HEADER") { 1..2 } else { 0..2 };
                prop_assert!(wanted.contains(&count), "block {at} stands {count} times in {text}");
            }
        }
    }
}
