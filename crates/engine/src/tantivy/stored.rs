//! Articles as the index stores them.

use super::schema::Fields;
use findbuch_article::Article;
use tantivy::schema::{Field, Value};
use tantivy::{DocAddress, Searcher, TantivyDocument};

/// The stored article.
pub fn article(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Article> {
    stored(&searcher.doc(address)?, fields.article)
}

/// The article of a document that was read.
pub fn stored(document: &TantivyDocument, field: Field) -> tantivy::Result<Article> {
    let bytes = document.get_first(field).and_then(|value| value.as_bytes()).unwrap_or_default();
    serde_json::from_slice(bytes).map_err(|e| tantivy::TantivyError::InternalError(format!("stored article: {e}")))
}
