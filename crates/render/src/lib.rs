//! How findbuch's results look: text for a terminal, JSON, CSV, Markdown, BibTeX, RIS, Atom, SVG, and escaped HTML.
//!
//! Nothing here knows a terminal or a browser. A [`View`] says how wide the output is, in which language, and whether words are
//! emphasised by colour; everything else is written to a [`std::io::Write`].
//!
//! ```
//! use findbuch_article::{Article, Part, PartKind};
//! use findbuch_query::lang::Lang;
//! use findbuch_render::{Theme, View, reference::reference, ris};
//!
//! let article = Article {
//!     id: "linden".into(),
//!     path: "/archive/linden.txt".into(),
//!     authors: vec!["Henrike Vollmoos".into()],
//!     parts: vec![Part::new(PartKind::Headline, "Die Linden bleiben")],
//!     source: Some("Mehlauer Tageblatt".into()),
//!     ..Article::default()
//! };
//! let view = View { width: 80, theme: Theme::plain(), lang: Lang::De, working_dir: "/archive".into(), raw: false, gone: Vec::new() };
//! assert_eq!(reference(&article, &view), "Vollmoos, Henrike: Die Linden bleiben. In: Mehlauer Tageblatt.");
//!
//! let mut out = Vec::new();
//! ris::write_entry(&mut out, &article, &view)?;
//! assert!(String::from_utf8_lossy(&out).contains("AU  - Vollmoos, Henrike\r\nT2  - Mehlauer Tageblatt\r\n"));
//! # Ok::<(), std::io::Error>(())
//! ```

#![deny(missing_docs)]

pub mod article;
pub mod atom;
mod bars;
pub mod batch;
mod bibliography;
pub mod bibtex;
pub mod chart;
pub mod cite;
pub mod collection;
pub mod compare;
mod counts;
pub mod differences;
pub mod errors;
pub mod escape;
pub mod explain;
pub mod facets;
pub mod html;
pub mod json;
pub mod kwic;
mod labels;
pub mod markdown;
pub mod marks;
pub mod network;
pub mod news;
pub mod notices;
mod numbers;
pub mod records;
pub mod reference;
pub mod ris;
pub mod score;
pub mod stats;
pub mod suggestions;
mod svg;
pub mod table;
pub mod text;
mod theme;
pub mod timeline;
mod tree;
pub mod trend;
pub mod urls;
mod view;
pub mod wrap;

pub use escape::{Visible, printable, visible};
pub use labels::{character_set, part_name, resemblance_label, snippet_name};
pub use numbers::{number, plural};
pub use theme::Theme;
pub use view::View;
