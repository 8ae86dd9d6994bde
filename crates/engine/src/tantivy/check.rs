//! Whether an index is whole: checksums of its files, and every article read and found again.

use super::generations;
use super::schema::Fields;
use super::stored::article;
use crate::{Checked, EngineError};
use std::path::Path;
use tantivy::columnar::StrColumn;
use tantivy::directory::Directory;
use tantivy::{DocAddress, Index, IndexReader, ReloadPolicy, Searcher, Term};

/// Most faults that are described; the others are counted.
const MAX_MESSAGES: usize = 20;

/// Examines the files of the commit before anything is read from them, and if they are whole, every article.
pub fn check(path: &Path) -> Result<Checked, EngineError> {
    let generations::Opened { index, fields, .. } = generations::open(path)?;
    let examine = || -> tantivy::Result<Checked> {
        let mut checked = files(&index)?;
        if checked.faults == 0 {
            let reader = index.reader_builder().reload_policy(ReloadPolicy::Manual).try_into()?;
            articles(&IndexReader::searcher(&reader), &fields, &mut checked)?;
        }
        Ok(checked)
    };
    examine().map_err(|error| super::failed(path, &error))
}

fn fault(checked: &mut Checked, text: String) {
    checked.faults += 1;
    if checked.messages.len() < MAX_MESSAGES {
        checked.messages.push(text);
    }
}

fn files(index: &Index) -> tantivy::Result<Checked> {
    let mut checked = Checked::default();
    let directory = index.directory();
    let mut files: Vec<_> = index.load_metas()?.list_segment_files().into_iter().collect();
    files.sort();
    for path in files {
        // not every segment has every kind of file; if one is missing that is needed, opening fails
        if !directory.exists(&path).unwrap_or(true) {
            continue;
        }
        checked.files += 1;
        match directory.validate_checksum(&path) {
            Ok(true) => {}
            Ok(false) => {
                fault(&mut checked, format!("{}: does not have the checksum it was written with", path.display()));
            }
            Err(error) => fault(&mut checked, format!("{}: {error}", path.display())),
        }
    }
    Ok(checked)
}

fn articles(searcher: &Searcher, fields: &Fields, checked: &mut Checked) -> tantivy::Result<()> {
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        let sizes = segment.fast_fields().u64("size")?;
        if sizes.num_docs() != segment.max_doc() {
            let counts = format!("{} articles where meta.json says {}", sizes.num_docs(), segment.max_doc());
            fault(checked, format!("segment {}: has {counts}", segment.segment_id().short_uuid_string()));
            continue;
        }
        let ids = segment.fast_fields().str("id")?;
        for document in segment.doc_ids_alive() {
            let address = DocAddress::new(ordinal, document);
            let stored = match article(searcher, fields, address) {
                Ok(stored) if !stored.id.is_empty() => stored,
                Ok(_) => {
                    fault(checked, format!("article {document} of segment {ordinal} has no id"));
                    continue;
                }
                Err(error) => {
                    fault(checked, format!("article {document} of segment {ordinal} cannot be read: {error}"));
                    continue;
                }
            };
            checked.articles += 1;
            if id_of(ids.as_ref(), document).as_deref() != Some(stored.id.as_str())
                || searcher.doc_freq(&Term::from_field_text(fields.id, &stored.id))? == 0
            {
                fault(checked, format!("{}: is stored, and not found by its id", stored.id));
            }
        }
    }
    Ok(())
}

fn id_of(ids: Option<&StrColumn>, document: u32) -> Option<String> {
    let ids = ids?;
    let ordinal = ids.term_ords(document).next()?;
    let mut id = String::new();
    ids.ord_to_str(ordinal, &mut id).ok()?;
    Some(id)
}
