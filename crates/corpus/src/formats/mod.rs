//! Readers of the formats, one file each: bytes become drafts, and drafts articles. To add one, copy
//! `template.rs`: CONTRIBUTING.md has the steps.

pub mod csv;
pub mod docx;
#[cfg(feature = "html")]
pub mod html;
pub mod json;
mod json_weight;
pub mod mail;
mod mapping;
pub mod markdown;
#[cfg(feature = "html")]
pub mod mhtml;
pub mod odt;
mod office;
pub mod pdf;
#[cfg(test)]
mod template;
#[cfg(test)]
pub(crate) mod testing;
pub mod text;
mod values;
pub mod wire;
pub mod xml;
