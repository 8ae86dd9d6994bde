//! What an article is: its parts in reading order, and metadata that says where it comes from. No input or output here.
//!
//! Whatever format an article was read from, whoever works with it sees the same: an analyser the searched parts, a renderer
//! the headline and the date.
//!
//! ```
//! use findbuch_article::{Article, Date, DateFrom, Dated, Part, PartKind};
//!
//! # fn main() -> Result<(), Box<dyn std::error::Error>> {
//! let article = Article {
//!     id: "bote/2023-09-12-markt.txt".into(),
//!     parts: vec![
//!         Part::new(PartKind::Headline, "Markt am Kai bleibt"),
//!         Part::new(PartKind::Paragraph, "Die Händler dürfen bis Herbst bleiben."),
//!         Part::new(PartKind::Boilerplate, "Jetzt den Boten abonnieren"),
//!     ],
//!     date: Some(Dated { value: "2023-09-12T10:14+02:00".parse::<Date>()?, from: DateFrom::Metadata }),
//!     ..Article::default()
//! };
//! assert_eq!(article.title(), "Markt am Kai bleibt");
//! assert_eq!(article.word_count(), 10, "what belongs to the page does not count");
//!
//! let json = serde_json::to_string(&article)?;
//! assert_eq!(serde_json::from_str::<Article>(&json)?, article);
//! # Ok(())
//! # }
//! ```

#![deny(missing_docs)]

mod article;
mod character_set;
mod date;
mod months;
mod part;
pub mod printed;

pub use article::{Article, Names};
pub use character_set::{Certainty, CharacterSet, CharacterSetFrom};
pub use date::{Date, DateError, DateFrom, Dated};
pub use months::month_of_name;
pub use part::{Part, PartKind};
pub use printed::Printed;
