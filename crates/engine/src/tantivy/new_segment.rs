//! A segment in memory, until it is written. Postings, columns and stored articles are given to tantivy's serializers, so the files are
//! those that tantivy itself would write; how words come there is ours, see [`super::postings`].

use super::postings::{Mark, TermId, Terms, Words};
use findbuch_german::Entry;
use tantivy::directory::TerminatingWrite;
use tantivy::fastfield::FastFieldsWriter;
use tantivy::fieldnorm::{FieldNormReaders, FieldNormsSerializer, FieldNormsWriter};
use tantivy::index::SegmentComponent;
use tantivy::postings::InvertedIndexSerializer;
use tantivy::schema::{Field, IndexRecordOption, Schema};
use tantivy::store::StoreWriter;
use tantivy::{DocId, Segment, SegmentMeta, TantivyDocument, Term};

/// A segment that takes articles.
pub struct NewSegment {
    segment: Segment,
    schema: Schema,
    terms: Terms,
    /// By the numbers of fields.
    words: Vec<Words>,
    norms: FieldNormsWriter,
    columns: FastFieldsWriter,
    store: StoreWriter,
    articles: DocId,
    analysed: AnalysedWords,
}

/// The fields of what analysed words have.
#[derive(Debug, Clone, Copy)]
pub struct WordFields {
    pub stems: Field,
    pub forms: Field,
    pub parts: Field,
}

/// The terms of analysed words, by their numbers in the table of the analyser.
#[derive(Default)]
struct AnalysedWords {
    /// That of the table.
    generation: u32,
    words: Vec<WordTerms>,
    more: Vec<More>,
}

#[derive(Clone, Copy, Default)]
struct WordTerms {
    /// None where the word has not come yet.
    stem: Option<TermId>,
    form: Option<TermId>,
    /// Where what few words have stands, from 1.
    more: u32,
}

/// What few words have.
struct More {
    others: Box<[Option<TermId>]>,
    parts: Box<[Option<TermId>]>,
}

impl AnalysedWords {
    /// The terms of a word.
    fn of(&mut self, entry: &Entry<'_>, terms: &mut Terms) -> WordTerms {
        if self.generation != entry.generation() {
            *self = AnalysedWords { generation: entry.generation(), ..AnalysedWords::default() };
        }
        if self.words.len() <= entry.number() {
            self.words.resize(entry.number() * 3 / 2 + 64, WordTerms::default());
        }
        let known = self.words[entry.number()];
        if known.stem.is_some() {
            return known;
        }
        let mut number = |term: &str| terms.number(term.as_bytes());
        let (stem, form) = (number(entry.stem()), number(entry.exact()));
        let mut more = 0;
        if !(entry.others().is_empty() && entry.parts().is_empty()) {
            let others = entry.others().iter().map(|other| number(other)).collect();
            let parts = entry.parts().iter().map(|part| number(&part.stem)).collect();
            self.more.push(More { others, parts });
            more = u32::try_from(self.more.len()).unwrap_or(0);
        }
        let word = WordTerms { stem, form, more };
        self.words[entry.number()] = word;
        word
    }

    fn memory(&self) -> usize {
        self.words.len() * size_of::<WordTerms>() + self.more.len() * 2 * size_of::<More>()
    }
}

/// What an article ends with, besides its words.
pub struct ArticleEnd {
    /// Values of columns.
    pub columns: TantivyDocument,
    /// The stored document.
    pub stored: Vec<u8>,
}

impl NewSegment {
    /// An empty segment.
    ///
    /// # Errors
    /// When its first file cannot be made.
    pub fn new(segment: Segment) -> tantivy::Result<NewSegment> {
        let (schema, index) = (segment.schema(), segment.index());
        let settings = index.settings();
        let tokenizers = index.fast_field_tokenizer().clone();
        let columns = FastFieldsWriter::from_schema_and_tokenizer_manager(&schema, tokenizers)?;
        let store = StoreWriter::new(
            segment.open_write(SegmentComponent::Store)?,
            settings.docstore_compression,
            settings.docstore_blocksize,
            settings.docstore_compress_dedicated_thread,
        )?;
        let words = schema.fields().map(|(field, _)| Words::new(recorded(&schema, field).has_positions())).collect();
        let (terms, norms) = (Terms::default(), FieldNormsWriter::for_schema(&schema));
        let analysed = AnalysedWords::default();
        Ok(NewSegment { segment, schema, terms, words, norms, columns, store, articles: 0, analysed })
    }

    fn words(&mut self, field: Field) -> &mut Words {
        &mut self.words[field.field_id() as usize]
    }

    /// A word of the article at hand, at a position that no earlier one exceeds.
    pub fn word(&mut self, field: Field, term: &str, position: u32) {
        if let Some(term) = self.terms.number(term.as_bytes()) {
            self.words(field).push(term, position);
        }
    }

    /// A value of the article at hand.
    pub fn value(&mut self, value: &Term) {
        if let Some(term) = self.terms.number(value.serialized_value_bytes()) {
            self.words(value.field()).push(term, 0);
        }
    }

    /// An analysed word of the article at hand: its stems at its position, its form if it `is_new`, and its parts.
    pub fn analysed(&mut self, entry: &Entry<'_>, fields: &WordFields, position: u32, is_new: bool) {
        let WordTerms { stem, form, more } = self.analysed.of(entry, &mut self.terms);
        let words = &mut self.words;
        let mut push = |field: Field, term: Option<TermId>| {
            if let Some(term) = term {
                words[field.field_id() as usize].push(term, position);
            }
        };
        push(fields.stems, stem);
        if is_new {
            push(fields.forms, form);
        }
        if let Some(more) = more.checked_sub(1).and_then(|at| self.analysed.more.get(at as usize)) {
            more.others.iter().for_each(|other| push(fields.stems, *other));
            more.parts.iter().for_each(|part| push(fields.parts, *part));
        }
    }

    /// The first position behind the words that the article at hand has in a field.
    pub fn end(&self, field: Field) -> u32 {
        self.words[field.field_id() as usize].end()
    }

    /// A text in a field ends; one position stays unused before the next.
    pub fn text_ends(&mut self, field: Field) {
        self.words(field).text_ends();
    }

    /// The place behind the last word of a field.
    pub fn mark(&self, field: Field) -> Mark {
        self.words[field.field_id() as usize].mark()
    }

    /// The words of the article at hand behind a place of the field `from` are a text of the field `to`, too.
    pub fn copy(&mut self, from: Field, mark: Mark, to: Field) {
        let fields = [from.field_id() as usize, to.field_id() as usize];
        if let Ok([from, to]) = self.words.get_disjoint_mut(fields) {
            from.copy_to(mark, to);
        }
    }

    /// The article at hand ends: the words that came are its own.
    ///
    /// # Errors
    /// When what is stored cannot be written.
    pub fn article_ends(&mut self, end: &ArticleEnd) -> tantivy::Result<()> {
        for ((field, entry), words) in self.schema.fields().zip(&mut self.words) {
            let words = words.article_ends(self.articles);
            if words > 0 && entry.has_fieldnorms() {
                self.norms.record(self.articles, field, u32::try_from(words).unwrap_or(u32::MAX));
            }
        }
        self.articles += 1;
        self.columns.add_document(&end.columns)?;
        self.store.store_bytes(&end.stored)?;
        Ok(())
    }

    /// Whether no article has come.
    pub fn is_empty(&self) -> bool {
        self.articles == 0
    }

    /// Bytes in memory, estimated.
    pub fn memory(&self) -> usize {
        let words: usize = self.words.iter().map(Words::memory).sum();
        words + self.terms.memory() + self.analysed.memory() + self.columns.mem_usage() + self.norms.mem_usage()
    }

    /// Writes the segment's files.
    ///
    /// # Errors
    /// When they cannot be written.
    pub fn write(self) -> tantivy::Result<SegmentMeta> {
        let NewSegment { segment, schema, terms, words, mut norms, mut columns, store, articles, analysed } = self;
        drop(analysed);
        norms.fill_up_to_max_doc(articles);
        let to = FieldNormsSerializer::from_write(segment.open_write(SegmentComponent::FieldNorms)?)?;
        norms.serialize(to, None)?;
        // the bounds of blocks of postings come of the norms
        let norms = FieldNormReaders::open(segment.open_read(SegmentComponent::FieldNorms)?)?;
        let sorted = terms.sorted();
        let mut to = InvertedIndexSerializer::open(&segment)?;
        for ((field, _), words) in schema.fields().zip(words).filter(|(_, words)| words.len() > 0) {
            let frequencies = recorded(&schema, field).has_freq();
            let mut to = to.new_field(field, words.len() as u64, norms.get_field(field)?)?;
            words.write(&sorted, frequencies, &mut to)?;
            to.close()?;
        }
        to.close()?;
        let mut to = segment.open_write(SegmentComponent::FastFields)?;
        columns.serialize(&mut to, None)?;
        to.terminate()?;
        store.close()?;
        Ok(segment.with_max_doc(articles).meta().clone())
    }
}

/// What is recorded of the words of a field.
fn recorded(schema: &Schema, field: Field) -> IndexRecordOption {
    schema.get_field_entry(field).field_type().index_record_option().unwrap_or(IndexRecordOption::Basic)
}

#[cfg(test)]
mod tests {
    use super::super::stored;
    use super::*;
    use proptest::prelude::*;
    use tantivy::schema::{INDEXED, STORED, STRING, TextFieldIndexing, TextOptions};
    use tantivy::tokenizer::{PreTokenizedString, Token};
    use tantivy::{Index, IndexWriter};

    const TERMS: [&str; 8] = ["a", "ab", "", "zeitungen", "zeitungsarchiv", "zeitungsartikel", "über", "\u{1f}"];

    /// Words of a text, each with the step from the position before.
    type Text = Vec<(usize, u32)>;

    /// The texts of an article in a field with positions and norms, the words in one without, and a number.
    type Case = (Vec<Text>, Vec<usize>, u64);

    struct Place {
        index: Index,
        placed: Field,
        plain: Field,
        whole: Field,
        number: Field,
        stored: Field,
    }

    fn place() -> Place {
        let mut schema = Schema::builder();
        let recording = |record, norms| {
            let indexing = TextFieldIndexing::default().set_index_option(record).set_fieldnorms(norms);
            TextOptions::default().set_indexing_options(indexing)
        };
        let placed = schema.add_text_field("placed", recording(IndexRecordOption::WithFreqsAndPositions, true));
        let plain = schema.add_text_field("plain", recording(IndexRecordOption::Basic, false));
        let whole = schema.add_text_field("whole", STRING);
        let number = schema.add_u64_field("number", INDEXED);
        let stored = schema.add_bytes_field("stored", STORED);
        Place { index: Index::create_in_ram(schema.build()), placed, plain, whole, number, stored }
    }

    /// The files of the one segment.
    fn files(index: &Index) -> Vec<Vec<u8>> {
        let segments = index.searchable_segments().expect("segments");
        assert_eq!(segments.len(), 1);
        let kinds = [
            SegmentComponent::Terms,
            SegmentComponent::Postings,
            SegmentComponent::Positions,
            SegmentComponent::FieldNorms,
            SegmentComponent::FastFields,
            SegmentComponent::Store,
        ];
        let bytes = |kind| segments[0].open_read(kind).expect("a file").read_bytes().expect("its bytes").to_vec();
        kinds.map(bytes).into()
    }

    fn pre_tokenized(text: &Text) -> PreTokenizedString {
        let mut position = 0;
        let tokens = text.iter().map(|(term, step)| {
            position += step;
            Token { position: position as usize, text: TERMS[*term].to_owned(), ..Token::default() }
        });
        PreTokenizedString { text: String::new(), tokens: tokens.collect() }
    }

    fn by_tantivy(articles: &[Case]) -> Vec<Vec<u8>> {
        let place = place();
        let mut writer: IndexWriter = place.index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        for (texts, words, number) in articles {
            let mut document = TantivyDocument::default();
            for text in texts {
                document.add_pre_tokenized_text(place.placed, pre_tokenized(text));
            }
            document.add_pre_tokenized_text(place.plain, pre_tokenized(&words.iter().map(|word| (*word, 1)).collect()));
            document.add_text(place.whole, TERMS[words.len() % TERMS.len()]);
            document.add_u64(place.number, *number);
            document.add_bytes(place.stored, &number.to_le_bytes());
            writer.add_document(document).expect("added");
        }
        writer.commit().expect("committed");
        files(&place.index)
    }

    fn by_us(articles: &[Case]) -> Vec<Vec<u8>> {
        let place = place();
        let mut writer: IndexWriter = place.index.writer_with_num_threads(1, 15_000_000).expect("a writer");
        let mut segment = NewSegment::new(writer.new_segment()).expect("a segment");
        for (texts, words, number) in articles {
            for text in texts {
                let mut position = segment.end(place.placed);
                for (term, step) in text {
                    position += step;
                    segment.word(place.placed, TERMS[*term], position);
                }
                segment.text_ends(place.placed);
            }
            for word in words {
                segment.word(place.plain, TERMS[*word], 0);
            }
            segment.value(&Term::from_field_text(place.whole, TERMS[words.len() % TERMS.len()]));
            segment.value(&Term::from_field_u64(place.number, *number));
            let stored = stored::document(place.stored, &number.to_le_bytes());
            segment.article_ends(&ArticleEnd { columns: TantivyDocument::default(), stored }).expect("added");
        }
        writer.add_segment(segment.write().expect("written")).expect("added");
        writer.commit().expect("committed");
        files(&place.index)
    }

    proptest! {
        #[test]
        fn a_segment_has_the_files_that_tantivy_writes(articles in proptest::collection::vec(
            (
                proptest::collection::vec(proptest::collection::vec((0..TERMS.len(), 0..400_u32), 0..9), 0..4),
                proptest::collection::vec(0..TERMS.len(), 0..12),
                0..6_u64,
            ),
            1..300,
        )) {
            prop_assert_eq!(by_us(&articles), by_tantivy(&articles));
        }
    }

    #[test]
    fn a_term_that_is_too_long_is_left_out_as_tantivy_leaves_it() {
        let long = "u".repeat(tantivy::tokenizer::MAX_TOKEN_LEN + 1);
        let place = place();
        let mut segment = NewSegment::new(place.index.new_segment()).expect("a segment");
        segment.word(place.placed, &long, 0);
        assert_eq!(segment.end(place.placed), 0);
        segment.word(place.placed, &long[1..], 0);
        assert_eq!(segment.end(place.placed), 1);
    }

    #[test]
    fn the_words_of_a_text_are_copied_as_a_text_of_their_own() {
        let place = place();
        let mut segment = NewSegment::new(place.index.new_segment()).expect("a segment");
        segment.word(place.placed, "ab", 700);
        let mark = segment.mark(place.placed);
        for (term, position) in [("a", 1000), ("ab", 1000), ("a", 1300)] {
            segment.word(place.placed, term, position);
        }
        segment.copy(place.placed, mark, place.plain);
        assert_eq!(segment.words(place.plain).len(), 3);
        let mut other = Words::new(true);
        other.push(segment.terms.number(b"a").expect("a term"), 4);
        other.text_ends();
        segment.words[0].copy_to(mark, &mut other);
        let mut positions = Vec::new();
        other.article_ends(0);
        other.each(|_, position, _| positions.push(position));
        assert_eq!(positions, [4, 6, 6, 306]);
    }
}
