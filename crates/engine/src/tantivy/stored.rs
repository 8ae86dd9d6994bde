//! Articles as the index stores them.

use super::schema::Fields;
use findbuch_article::Article;
use tantivy::schema::Field;
use tantivy::store::StoreReader;
use tantivy::{DocAddress, DocId, Searcher, TantivyError};

/// How tantivy tells that a value is bytes.
const BYTES: u8 = 4;

/// The stored article.
pub fn article(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Article> {
    stored(&searcher.segment_reader(address.segment_ord).get_store_reader(1)?, fields, address.doc_id)
}

/// The article of a document of a segment's store.
pub fn stored(store: &StoreReader, fields: &Fields, document: DocId) -> tantivy::Result<Article> {
    let document = store.get_document_bytes(document)?;
    let failed = |what: String| TantivyError::InternalError(format!("stored article: {what}"));
    let bytes = value(&document, fields.article.field_id()).ok_or_else(|| failed("no bytes".to_owned()))?;
    fields.codec.decode(bytes).map_err(|error| failed(error.to_string()))
}

/// A document as tantivy stores it, with one value: the number of values, the field (32 bits), a byte for the type, and bytes behind
/// their number. tantivy itself writes and reads bytes one by one.
pub fn document(field: Field, value: &[u8]) -> Vec<u8> {
    let mut document = Vec::with_capacity(value.len() + 20);
    put_number(1, &mut document);
    document.extend_from_slice(&field.field_id().to_le_bytes());
    document.push(BYTES);
    put_number(value.len() as u64, &mut document);
    document.extend_from_slice(value);
    document
}

/// The one value of a document.
fn value(document: &[u8], field: u32) -> Option<&[u8]> {
    let (1, rest) = number(document)? else { return None };
    let (stored, rest) = rest.split_first_chunk()?;
    let (_, rest) = rest.split_first().filter(|_| u32::from_le_bytes(*stored) == field)?;
    let (length, rest) = number(rest)?;
    (u64::try_from(rest.len()) == Ok(length)).then_some(rest)
}

fn put_number(mut number: u64, to: &mut Vec<u8>) {
    while number >= 0x80 {
        to.push(number as u8 & 0x7f);
        number >>= 7;
    }
    to.push(number as u8 | 0x80);
}

/// A number in groups of seven bits, the lowest first; the last one has its highest bit set.
fn number(bytes: &[u8]) -> Option<(u64, &[u8])> {
    let last = bytes.iter().take(9).position(|byte| byte & 0x80 != 0)?;
    let (digits, rest) = bytes.split_at(last + 1);
    Some((digits.iter().rev().fold(0, |number, byte| number << 7 | u64::from(byte & 0x7f)), rest))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_value_is_taken_out_of_its_document() {
        let bytes = [&[0x81, 7, 0, 0, 0, 4, 0x2c, 0x82][..], &[9; 300]].concat();
        assert_eq!(document(Field::from_field_id(7), &[9; 300]), bytes);
        assert_eq!(value(&bytes, 7), Some(&[9; 300][..]));
        assert_eq!(value(&bytes, 8), None, "another field");
        assert_eq!(value(&bytes[..200], 7), None, "cut off");
        assert_eq!(value(&[], 7), None);
        assert_eq!(number(&[0x7f; 20]), None, "no end");
    }
}
