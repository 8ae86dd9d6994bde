//! Words of which forms are switched off: which other forms the archive has, and which articles have them.
//!
//! The index has the stems in their places and, for each article, its forms; that a form has a stem there is known but for its
//! capitals (*gang* is of gehen or of Gang). An article that has a form that is switched off, and others only where that is in
//! doubt, is read.

use super::cursor::ahead;
use super::dictionary::{Forms, walk};
use super::schema::Fields;
use super::search::article;
use super::sets::{Gathered, Terms as Listed};
use crate::deadline::Deadline;
use crate::plan::exclusion::Reader;
use crate::plan::expansion::{Expansion, ExpansionKind};
use crate::plan::words::Word;
use findbuch_german::{Analyzer, Terms, beginnings, skeleton};
use std::collections::{BTreeMap, VecDeque};
use std::sync::Mutex;
use tantivy::{DocAddress, DocSet, Searcher, TERMINATED, Term};

/// Most forms of the archive that are analysed for one word: more than begin alike in any.
const MAX_ANALYSED: usize = 1_000_000;
/// Most articles that are read for one word; further ones that are in doubt stay.
const MAX_READ: usize = 10_000;
/// Look-ups that are kept.
const MAX_KEPT: usize = 32;

/// What was looked up last, so that the next page of a result needs no look-up again.
#[derive(Default)]
pub struct LookedUp(Mutex<VecDeque<(String, Left)>>);

/// For the words of an expansion of which forms are switched off the forms that are left, and the articles that have no place.
#[derive(Clone)]
struct Left {
    forms: Vec<Vec<Box<str>>>,
    denied: Vec<Box<str>>,
}

impl LookedUp {
    fn get(&self, key: &str) -> Option<Left> {
        let known = self.0.lock().ok()?;
        known.iter().find(|(known, _)| known == key).map(|(_, left)| left.clone())
    }

    fn keep(&self, key: String, left: Left) {
        if let Ok(mut known) = self.0.lock() {
            known.truncate(MAX_KEPT - 1);
            known.push_front((key, left));
        }
    }
}

/// Looks up what is left of a word. Takes a look at every form of the archive, on all cores, and an analysis of those that begin
/// as the word's; and some tenth of a millisecond for each article in doubt.
pub fn reduce(
    searcher: &Searcher,
    fields: &Fields,
    word: &mut Word,
    (analyzer, known): (&mut Analyzer, &LookedUp),
    deadline: &Deadline,
) -> tantivy::Result<()> {
    for at in 0..word.expansions.len() {
        let Some(expansion) = word.expansions.get(at) else { continue };
        if expansion.kind == ExpansionKind::Pattern || expansion.reduced.is_empty() {
            continue;
        }
        let generation = searcher.generation().generation_id();
        let key = format!("{generation} {:?} {:?} {:?}", word.off, word.field, (&expansion.slots, &expansion.reduced));
        let left = if let Some(left) = known.get(&key) {
            left
        } else {
            let left = look_up(searcher, fields, (word, expansion), analyzer, deadline)?;
            if !deadline.was_over() {
                known.keep(key, left.clone());
            }
            left
        };
        if let Some(expansion) = word.expansions.get_mut(at) {
            expansion.denied = left.denied;
            for (reduced, forms) in expansion.reduced.iter_mut().zip(left.forms) {
                reduced.left = forms;
            }
        }
    }
    Ok(())
}

fn look_up(
    searcher: &Searcher,
    fields: &Fields,
    (word, expansion): (&Word, &Expansion),
    analyzer: &mut Analyzer,
    deadline: &Deadline,
) -> tantivy::Result<Left> {
    let (mut families, mut forms) = (Vec::new(), Vec::new());
    for reduced in &expansion.reduced {
        let stems = expansion.slots.get(reduced.slot).map_or(&[][..], Vec::as_slice);
        let family = family(searcher, fields, stems, analyzer, deadline)?;
        let left = family.iter().map(|(form, _)| form).filter(|form| !reduced.off.contains(form));
        forms.push(left.cloned().collect());
        families.push((family, reduced.off.clone()));
    }
    let denied = denied(searcher, fields, (word, expansion), &families, analyzer, deadline)?;
    Ok(Left { forms, denied })
}

/// Forms, each with whether it is sure to have the stems at hand.
type Family = Vec<(Box<str>, bool)>;

/// The forms of the archive that may have one of these stems.
fn family(
    searcher: &Searcher,
    fields: &Fields,
    stems: &[Box<str>],
    analyzer: &mut Analyzer,
    deadline: &Deadline,
) -> tantivy::Result<Family> {
    let beginnings: Vec<String> = stems.iter().flat_map(|stem| beginnings(stem)).collect();
    let may_be = |key: &[u8]| {
        let skeleton = str::from_utf8(key).map(skeleton).unwrap_or_default();
        beginnings.iter().any(|beginning| skeleton.starts_with(beginning.as_str()))
    };
    let mut forms = Forms::new();
    for segment in searcher.segment_readers() {
        let index = segment.inverted_index(fields.exact)?;
        forms.append(&mut walk(index.terms(), may_be, MAX_ANALYSED, deadline)?);
    }
    let mut watch = deadline.watch();
    let mut family = Family::new();
    for form in forms {
        if watch.one() {
            break;
        }
        let readings = analyzer.readings(&form);
        let has = |terms: &Terms| stems.contains(&terms.stem);
        if readings.iter().any(has) {
            let sure = readings.iter().all(has);
            family.push((form, sure));
        }
    }
    Ok(family)
}

/// The ids of the articles that have a form that is switched off, perhaps another, and no place for the expansion.
fn denied(
    searcher: &Searcher,
    fields: &Fields,
    (word, expansion): (&Word, &Expansion),
    families: &[(Family, Vec<Box<str>>)],
    analyzer: &mut Analyzer,
    deadline: &Deadline,
) -> tantivy::Result<Vec<Box<str>>> {
    let reader = Reader::new(word, expansion);
    let (mut denied, mut read, mut watch) = (BTreeMap::<String, u64>::new(), 0, deadline.watch());
    let doubtful = |sure: &bool| !sure || !expansion.is_sure(word);
    for (ordinal, segment) in (0..).zip(searcher.segment_readers()) {
        // of several words an article must have all
        let mut all = Vec::new();
        for stems in expansion.slots.iter().filter(|_| expansion.slots.len() > 1) {
            let terms = stems.iter().map(|stem| Term::from_field_text(fields.text, stem)).collect();
            all.push(Listed::Listed(terms).open(segment, deadline)?);
        }
        for (family, off) in families {
            for word in &mut all {
                word.begin();
            }
            let open = |forms: &mut dyn Iterator<Item = &Box<str>>| -> tantivy::Result<Gathered> {
                let terms = forms.map(|form| Term::from_field_text(fields.exact, form)).collect();
                Listed::Listed(terms).open(segment, deadline)
            };
            let others = || family.iter().filter(|(form, _)| !off.contains(form));
            let mut with_off = open(&mut off.iter())?;
            let mut with_sure = open(&mut others().filter(|form| !doubtful(&form.1)).map(|form| &form.0))?;
            let mut in_doubt = open(&mut others().filter(|form| doubtful(&form.1)).map(|form| &form.0))?;
            while with_off.doc() != TERMINATED {
                let document = with_off.doc();
                with_off.advance();
                if segment.is_deleted(document)
                    || all.iter_mut().any(|word| ahead(word, document) != document)
                    || ahead(&mut with_sure, document) == document
                    || ahead(&mut in_doubt, document) != document
                {
                    continue;
                }
                read += 1;
                if read > MAX_READ || watch.look() {
                    break;
                }
                let article = article(searcher, fields, DocAddress::new(ordinal, document))?;
                if !reader.finds(&article, analyzer) {
                    *denied.entry(article.id).or_default() += 1;
                }
            }
        }
    }
    // of several articles with one id all must be
    let mut ids = Vec::new();
    for (id, articles) in denied {
        if searcher.doc_freq(&Term::from_field_text(fields.id, &id))? <= articles {
            ids.push(id.into_boxed_str());
        }
    }
    Ok(ids)
}
