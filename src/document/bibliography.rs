//! What it takes to cite a document: its title, who wrote it, when and where it came out.

use std::collections::BTreeMap;

use super::people::people_in;
use super::{Document, Part, PartialDate};
use crate::text::Written;

/// What it takes to cite a document, as far as it is known.
///
/// The reader's own is kept beside the document and says only what the reader has written;
/// [`Bibliography::over`] lays it over what the document says of itself.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Bibliography {
    /// What kind of work it is; `None` where that is not said.
    pub kind: Option<WorkKind>,
    /// What is said of it. An empty text says that there is no such thing, whatever the document says.
    pub details: BTreeMap<Detail, String>,
}

/// The kinds of works that a citation tells apart.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum WorkKind {
    /// A page of the web.
    #[default]
    WebPage,
    /// A law, a regulation, a constitution.
    Law,
    /// A document of an authority, a declaration, a report.
    Report,
    /// A book.
    Book,
    /// A chapter of a book, or a work in a collection.
    Chapter,
    /// An article of a journal.
    Journal,
    /// An article of a newspaper.
    Newspaper,
    /// A thesis.
    Thesis,
    /// A contribution to a conference.
    Conference,
    /// What was not published: a letter, an archival piece.
    Manuscript,
}

/// What can be said of a work.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug)]
pub enum Detail {
    /// Its title, without title marks.
    Title,
    /// Who wrote or issued it: names separated by `；` or `;`, for Chinese ones also by `、`, commas and spaces. 主編 and
    /// 譯 behind one say what was done; a dynasty may stand before it in brackets.
    Authors,
    /// The book, journal, newspaper or site that it stands in.
    Container,
    /// Who published it.
    Publisher,
    /// Where that is.
    Place,
    /// When it came out: a year, a month or a day, in any of the usual forms.
    Date,
    /// The number of the document (文號), of the report or of the issue.
    Number,
    /// The volume.
    Volume,
    /// The pages that it stands on.
    Pages,
    /// Its address in the web.
    Address,
    /// When it was last looked up there.
    Accessed,
    /// Its language, as a tag of BCP 47 such as `zh-Hant` or `en`.
    Language,
}

impl WorkKind {
    /// Every kind, in the order in which they are offered.
    pub const ALL: [WorkKind; 10] = [
        Self::WebPage,
        Self::Law,
        Self::Report,
        Self::Book,
        Self::Chapter,
        Self::Journal,
        Self::Newspaper,
        Self::Thesis,
        Self::Conference,
        Self::Manuscript,
    ];

    /// Its name in files, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::WebPage => "web page",
            Self::Law => "law",
            Self::Report => "report",
            Self::Book => "book",
            Self::Chapter => "chapter",
            Self::Journal => "journal",
            Self::Newspaper => "newspaper",
            Self::Thesis => "thesis",
            Self::Conference => "conference",
            Self::Manuscript => "manuscript",
        }
    }
}

impl Detail {
    /// All of them, in the order in which they are asked for.
    pub const ALL: [Detail; 12] = [
        Self::Title,
        Self::Authors,
        Self::Container,
        Self::Publisher,
        Self::Place,
        Self::Date,
        Self::Number,
        Self::Volume,
        Self::Pages,
        Self::Address,
        Self::Accessed,
        Self::Language,
    ];

    /// Its name in files, where it never changes.
    pub fn name(self) -> &'static str {
        match self {
            Self::Title => "title",
            Self::Authors => "authors",
            Self::Container => "container",
            Self::Publisher => "publisher",
            Self::Place => "place",
            Self::Date => "date",
            Self::Number => "number",
            Self::Volume => "volume",
            Self::Pages => "pages",
            Self::Address => "address",
            Self::Accessed => "accessed",
            Self::Language => "language",
        }
    }
}

impl Bibliography {
    /// What the document says of itself: guesses that the reader may overrule.
    pub fn guessed(document: &Document) -> Self {
        let metadata = document.metadata();
        let said = [
            (Detail::Title, &metadata.title),
            (Detail::Authors, &metadata.author),
            (Detail::Container, &metadata.source),
            (Detail::Date, &metadata.date),
            (Detail::Number, &metadata.number),
            (Detail::Address, &metadata.address),
        ];
        let details = said.into_iter().filter_map(|(detail, field)| {
            let value = one_line(&field.as_ref()?.value);
            (!value.is_empty()).then_some((detail, value))
        });
        let language = guessed_language(document).map(|language| (Detail::Language, language));
        Self { kind: None, details: details.chain(language).collect() }
    }

    /// Changes here what is another in `after` than in `before`.
    pub fn change(&mut self, before: &Self, after: &Self) {
        if before.kind != after.kind {
            self.kind = after.kind;
        }
        for detail in Detail::ALL {
            match (before.details.get(&detail), after.details.get(&detail)) {
                (before, after) if before == after => {}
                (_, Some(value)) => drop(self.details.insert(detail, value.clone())),
                (_, None) => drop(self.details.remove(&detail)),
            }
        }
    }

    /// This, and where it says nothing, `guessed`.
    #[must_use]
    pub fn over(&self, guessed: &Self) -> Self {
        let mut details = guessed.details.clone();
        details.extend(self.details.clone());
        Self { kind: self.kind.or(guessed.kind), details }
    }

    /// Whether it says more than a title: who wrote it, where it was published, or when.
    pub fn says_source(&self) -> bool {
        [Detail::Authors, Detail::Container, Detail::Date]
            .into_iter()
            .any(|detail| !self.get(detail).is_empty())
    }

    /// What is said of one thing; empty where nothing is.
    pub fn get(&self, detail: Detail) -> &str {
        self.details.get(&detail).map_or("", String::as_str)
    }

    /// Whether it says nothing at all.
    pub fn is_empty(&self) -> bool {
        self.kind.is_none() && self.details.is_empty()
    }

    /// Who made it, one by one, with what they did for it.
    pub fn people(&self) -> Vec<(Part, &str)> {
        people_in(self.get(Detail::Authors))
    }

    /// Whether a date is given of which no year can be told, so that no reference says it.
    pub fn has_unknown_date(&self) -> bool {
        let date = self.get(Detail::Date).trim();
        !date.is_empty() && PartialDate::read(date).is_none()
    }
}

/// The language that the text is in; what the file declares only counts where that cannot be told.
fn guessed_language(document: &Document) -> Option<String> {
    let declared = document.metadata().language.as_ref().map(|field| one_line(&field.value));
    match document.written() {
        Written::Simplified => Some("zh-Hans".to_owned()),
        Written::Traditional => Some("zh-Hant".to_owned()),
        Written::Mixed => Some("zh".to_owned()),
        Written::Undecided => declared.filter(|tag| !tag.is_empty()),
    }
}

/// The text on one line, without white space at its ends.
fn one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Field, Metadata, Parts};

    fn saying(details: &[(Detail, &str)]) -> Bibliography {
        let details = details.iter().map(|&(detail, value)| (detail, value.to_owned())).collect();
        Bibliography { kind: None, details }
    }

    #[test]
    fn what_the_reader_says_stands_over_what_the_document_says() {
        let field = |value: &str| Some(Field { value: value.to_owned(), span: None });
        let metadata = Metadata {
            title: field("村中\n  書屋章程"),
            author: field("編輯室"),
            date: field("  "),
            ..Metadata::default()
        };
        let document = Document::new(Parts { metadata, ..Parts::default() }).unwrap();
        let guessed = Bibliography::guessed(&document);
        assert_eq!(guessed, saying(&[(Detail::Title, "村中 書屋章程"), (Detail::Authors, "編輯室")]));
        assert!(guessed.says_source() && !saying(&[(Detail::Title, "村中 書屋章程")]).says_source());

        let own = saying(&[(Detail::Authors, ""), (Detail::Date, "1984")]);
        let all = own.over(&guessed);
        assert_eq!(all.get(Detail::Title), "村中 書屋章程");
        assert!(all.people().is_empty(), "the reader says that nobody is named");
        assert_eq!(all.get(Detail::Date), "1984");
    }

    #[test]
    fn authors_are_told_apart_by_the_marks_of_either_script() {
        let check = |written: &str, expected: &[&str]| {
            let own = saying(&[(Detail::Authors, written)]);
            assert_eq!(
                own.people().into_iter().map(|(_, name)| name).collect::<Vec<_>>(),
                expected,
                "{written}"
            );
        };
        check("林水、周禾", &["林水", "周禾"]);
        check("Lin, Shui; Zhou, He", &["Lin, Shui", "Zhou, He"]);
        check("林水；", &["林水"]);
    }
}
