//! Articles as the index stores them.

use super::schema::Fields;
use findbuch_article::Article;
use tantivy::schema::Value;
use tantivy::{DocAddress, Searcher, TantivyDocument, TantivyError};

/// The stored article.
pub fn article(searcher: &Searcher, fields: &Fields, address: DocAddress) -> tantivy::Result<Article> {
    stored(&searcher.doc(address)?, fields)
}

/// The article of a document that was read.
pub fn stored(document: &TantivyDocument, fields: &Fields) -> tantivy::Result<Article> {
    let bytes = document.get_first(fields.article).and_then(|value| value.as_bytes()).unwrap_or_default();
    let article = fields.codec.decode(bytes);
    article.map_err(|e| TantivyError::InternalError(format!("stored article: {e}")))
}
