//! The language in which a message, a label or a query is shown.

/// A language of the interface, whatever the language of what is searched.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Default)]
pub enum Lang {
    /// German.
    #[default]
    De,
    /// English.
    En,
}

impl Lang {
    /// The one of two texts that is in this language.
    ///
    /// ```
    /// assert_eq!(findbuch_query::lang::Lang::De.pick("Wort", "word"), "Wort");
    /// ```
    #[must_use]
    pub fn pick<T>(self, german: T, english: T) -> T {
        match self {
            Lang::De => german,
            Lang::En => english,
        }
    }
}
