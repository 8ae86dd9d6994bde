//! Readers of the formats, one file each: bytes become drafts, and drafts articles. To add one, copy
//! `template.rs`: CONTRIBUTING.md has the steps.

pub mod agency_json;
pub mod csv;
pub mod docx;
pub mod epub;
pub mod hocr;
#[cfg(feature = "html")]
pub mod html;
pub mod json;
mod json_weight;
pub mod legacy;
pub mod mail;
mod mapping;
pub mod markdown;
pub mod mbox;
#[cfg(feature = "html")]
pub mod mhtml;
pub mod odt;
mod office;
pub mod pdf;
pub mod pptx;
pub mod rtf;
pub mod sheet;
#[cfg(test)]
mod template;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
mod unread;
mod values;
pub mod wire;
pub mod xml;
