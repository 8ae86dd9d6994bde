//! Whether an index is whole: checksums of its files, and every article read, found again, and compared with the number that it
//! was added with. Where a file is damaged, the articles of its segment are read one by one, to name those that are affected.

use super::generations;
use super::schema::Fields;
use super::stored::article;
use crate::{Checked, EngineError};
use findbuch_article::Article;
use findbuch_files::unless_panics;
use std::path::{Path, PathBuf};
use tantivy::columnar::{Column, StrColumn};
use tantivy::directory::Directory;
use tantivy::directory::error::OpenReadError;
use tantivy::index::SegmentComponent;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, Searcher, SegmentMeta, SegmentReader, Term};

/// Most faults that are described; the others are counted.
const MAX_MESSAGES: usize = 20;

/// Examines the files of the commit, and every article.
pub fn check(path: &Path, is_whole: &dyn Fn(&Article, u64) -> bool) -> Result<Checked, EngineError> {
    let opened = generations::open(path)?;
    let mut examined = Examined { checked: Checked::default(), fields: &opened.fields, is_whole };
    let mut examine = || -> tantivy::Result<()> {
        let damaged = examined.files(&opened.index)?;
        let reader = unless_panics(|| -> tantivy::Result<IndexReader> {
            opened.index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()
        });
        match reader {
            Ok(Ok(reader)) => examined.articles(&IndexReader::searcher(&reader)),
            // the checksums have said why
            Ok(Err(_)) | Err(_) if damaged > 0 => {}
            Ok(Err(error)) => return Err(error),
            Err(panic) => examined.fault(format!("the segments cannot be opened: {panic}")),
        }
        Ok(())
    };
    examine().map_err(|error| super::failed(path, &error))?;
    Ok(examined.checked)
}

/// The kinds of files of a segment, lists of deleted articles aside.
const KINDS: [SegmentComponent; 6] = [
    SegmentComponent::Terms,
    SegmentComponent::Postings,
    SegmentComponent::Positions,
    SegmentComponent::FastFields,
    SegmentComponent::FieldNorms,
    SegmentComponent::Store,
];

/// What is wrong with the files of a segment; empty where they have their checksums.
pub fn damaged_files(index: &Index, segment: &SegmentMeta) -> Vec<String> {
    let files = KINDS.map(|kind| segment.relative_path(kind));
    files.into_iter().chain(deletes(segment)).filter_map(|file| damage(index, &file).err()).collect()
}

/// What is wrong with the lists of deleted articles, which are small.
pub fn damaged_deletes(index: &Index) -> tantivy::Result<Option<String>> {
    let segments = index.searchable_segment_metas()?;
    Ok(segments.iter().filter_map(deletes).find_map(|file| damage(index, &file).err()))
}

/// The list of deleted articles of a segment.
fn deletes(segment: &SegmentMeta) -> Option<PathBuf> {
    segment.has_deletes().then(|| segment.relative_path(SegmentComponent::Delete))
}

/// What is wrong with the first file of the commit that is damaged.
pub fn first_damage(path: &Path) -> Option<String> {
    let index = generations::open(path).ok()?.index;
    let mut files: Vec<_> = index.load_metas().ok()?.list_segment_files().into_iter().collect();
    files.sort();
    files.iter().find_map(|file| damage(&index, file).err())
}

/// Whether there is such a file: not every segment has every kind, and where one is missing that is needed, opening fails.
fn damage(index: &Index, file: &Path) -> Result<bool, String> {
    let directory = index.directory();
    if !directory.exists(file).unwrap_or(true) {
        return Ok(false);
    }
    let name = file.display();
    match unless_panics(|| directory.validate_checksum(file)) {
        Ok(Ok(true)) => Ok(true),
        // removed since it was looked for: another commit has taken the place of this one
        Ok(Err(OpenReadError::FileDoesNotExist(_))) => Ok(false),
        Ok(Ok(false)) => Err(format!("{name}: does not have the checksum it was written with")),
        Ok(Err(error)) => Err(format!("{name}: {error}")),
        Err(panic) => Err(format!("{name}: {panic}")),
    }
}

/// An examination under way.
struct Examined<'a> {
    checked: Checked,
    fields: &'a Fields,
    is_whole: &'a dyn Fn(&Article, u64) -> bool,
}

impl Examined<'_> {
    fn fault(&mut self, text: String) {
        self.checked.faults += 1;
        if self.checked.messages.len() < MAX_MESSAGES {
            self.checked.messages.push(text);
        }
    }

    /// Computes the checksums; gives the number of damaged files.
    fn files(&mut self, index: &Index) -> tantivy::Result<u64> {
        let mut files: Vec<_> = index.load_metas()?.list_segment_files().into_iter().collect();
        files.sort();
        for file in files {
            match damage(index, &file) {
                Ok(there) => self.checked.files += u64::from(there),
                Err(text) => {
                    self.checked.files += 1;
                    self.fault(text);
                }
            }
        }
        Ok(self.checked.faults)
    }

    fn articles(&mut self, searcher: &Searcher) {
        for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
            let name = segment.segment_id().short_uuid_string();
            let columns = match unless_panics(|| Columns::open(segment)) {
                Ok(Ok(columns)) => columns,
                Ok(Err(error)) => {
                    self.fault(format!("segment {name}: none of its articles can be read: {error}"));
                    continue;
                }
                Err(panic) => {
                    self.fault(format!("segment {name}: none of its articles can be read: {panic}"));
                    continue;
                }
            };
            if columns.articles != segment.max_doc() {
                let counts = format!("{} articles where meta.json says {}", columns.articles, segment.max_doc());
                self.fault(format!("segment {name}: has {counts}"));
                continue;
            }
            for document in segment.doc_ids_alive() {
                let address = DocAddress::new(ordinal, document);
                match unless_panics(|| self.article(searcher, address, &columns)) {
                    Ok(Ok(())) => self.checked.articles += 1,
                    Ok(Err(text)) => self.fault(text),
                    Err(panic) => {
                        let id = columns.id(document).unwrap_or_else(|| format!("number {document} of segment {name}"));
                        self.fault(format!("{id}: cannot be read: {panic}"));
                    }
                }
            }
        }
    }

    /// What is wrong with an article.
    fn article(&self, searcher: &Searcher, address: DocAddress, columns: &Columns) -> Result<(), String> {
        let document = address.doc_id;
        let id = columns.id(document);
        let name = || id.clone().unwrap_or_else(|| format!("number {document} of segment {}", address.segment_ord));
        let stored =
            article(searcher, self.fields, address).map_err(|error| format!("{}: cannot be read: {error}", name()))?;
        if stored.id.is_empty() {
            return Err(format!("{}: has no id", name()));
        }
        let found = searcher.doc_freq(&Term::from_field_text(self.fields.id, &stored.id));
        if id.as_deref() != Some(stored.id.as_str()) || found.is_ok_and(|found| found == 0) {
            return Err(format!("{}: is stored, and not found by its id", stored.id));
        }
        if !(self.is_whole)(&stored, columns.contents.first(document).unwrap_or_default()) {
            return Err(format!("{}: is not the article that was indexed", stored.id));
        }
        Ok(())
    }
}

/// The columns of a segment by which its articles are examined.
struct Columns {
    articles: u32,
    ids: Option<StrColumn>,
    contents: Column<u64>,
}

impl Columns {
    fn open(segment: &SegmentReader) -> tantivy::Result<Columns> {
        let columns = segment.fast_fields();
        Ok(Columns {
            articles: columns.u64("size")?.num_docs(),
            ids: columns.str("id")?,
            contents: columns.u64("content")?,
        })
    }

    fn id(&self, document: u32) -> Option<String> {
        let ids = self.ids.as_ref()?;
        let read = || -> Option<String> {
            let ordinal = ids.term_ords(document).next()?;
            let mut id = String::new();
            ids.ord_to_str(ordinal, &mut id).ok()?;
            Some(id)
        };
        unless_panics(read).ok().flatten()
    }
}
