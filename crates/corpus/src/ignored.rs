//! Why a file is no article by its kind, though nothing is wrong with it.

/// Why a file is left alone.
#[derive(Debug, Clone, Copy, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub enum Ignored {
    /// A format that findbuch does not read.
    OtherFormat,
    /// A document of a program whose files another program turns into ones that are read.
    Convertible,
    /// Name begins with a dot.
    Hidden,
    /// README, LICENSE and the like: about the folder, not of it.
    AboutTheFolder,
    /// A link to something inside the folder, which is read in its own place.
    InnerLink,
    /// The folder's settings say so.
    BySettings,
    /// A PDF of pictures, without text.
    ScannedPdf,
    /// XML whose root is none of those that are read.
    OtherXml,
    /// A scanned page without text.
    BlankPage,
    /// A METS file that names pages and no articles.
    PageList,
    /// A METS file with articles, where its pages cannot be found beside it.
    PackedPages,
    /// A page whose text is read with the articles of a METS file.
    PageOfArticles,
    /// Articles that a later version in another file replaces.
    Replaced,
    /// A web page, or an archive of some, in a build without the feature `html`.
    WithoutHtml,
}

impl Ignored {
    /// Every reason.
    pub const ALL: [Ignored; 14] = [
        Ignored::OtherFormat,
        Ignored::Convertible,
        Ignored::Hidden,
        Ignored::AboutTheFolder,
        Ignored::InnerLink,
        Ignored::BySettings,
        Ignored::ScannedPdf,
        Ignored::OtherXml,
        Ignored::BlankPage,
        Ignored::PageList,
        Ignored::PackedPages,
        Ignored::PageOfArticles,
        Ignored::Replaced,
        Ignored::WithoutHtml,
    ];

    /// The reason that reads like this.
    #[must_use]
    pub fn named(reason: &str) -> Option<Ignored> {
        Ignored::ALL.into_iter().find(|ignored| ignored.to_string() == reason)
    }
}

impl std::fmt::Display for Ignored {
    fn fmt(&self, f: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        f.write_str(match self {
            Ignored::OtherFormat => "not a format that findbuch reads",
            Ignored::Convertible => {
                "a document that LibreOffice turns into one that is read (soffice --convert-to odt FILE, pptx for slides)"
            }
            Ignored::Hidden => "hidden",
            Ignored::AboutTheFolder => "describes the folder, is no article",
            Ignored::InnerLink => "a link to a file that is read in its own place",
            Ignored::BySettings => "left out by findbuch.toml",
            Ignored::ScannedPdf => {
                "a scanned PDF without text: OCRmyPDF gives it one (ocrmypdf -l deu OLD.pdf NEW.pdf)"
            }
            Ignored::OtherXml => "XML of a kind that holds no news",
            Ignored::BlankPage => "a scanned page without text",
            Ignored::PageList => "a METS file without articles of text; its pages are read by themselves",
            Ignored::Replaced => "with an item that a later version in another file replaces",
            Ignored::PackedPages => {
                "a METS file without its pages, compressed, or named without METS; its pages are read by themselves"
            }
            Ignored::PageOfArticles => "a scanned page that is read with the articles of its METS file",
            Ignored::WithoutHtml => {
                "a web page, which this findbuch does not read: it was built without the feature html"
            }
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn every_reason_is_known_by_its_words() {
        for ignored in Ignored::ALL {
            assert_eq!(Ignored::named(&ignored.to_string()), Some(ignored));
        }
        assert_eq!(Ignored::named("is empty"), None);
    }
}
