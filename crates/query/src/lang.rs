//! The two languages that readers are spoken to in. A leaf: names nothing else of ours.

/// Language of what is shown to someone who searches.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// German.
    #[default]
    De,
    /// English.
    En,
}

impl Lang {
    /// The text in this language.
    #[must_use]
    pub fn pick<T>(self, german: T, english: T) -> T {
        match self {
            Lang::De => german,
            Lang::En => english,
        }
    }
}
