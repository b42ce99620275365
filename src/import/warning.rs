//! What the reader should know about how a file was read.

use std::fmt;

use serde::{Deserialize, Serialize};

use super::{Limit, TooHeavy};
use crate::document::{EncodingName, Format, encoding_name};

/// Something the reader should know about how a file was read.
#[derive(Clone, Debug, PartialEq, Eq, Serialize, Deserialize)]
pub enum Warning {
    /// There is no text in it.
    Empty,
    /// There is nothing in it at all.
    NoBytes,
    /// A page holds no text, but programs that may fetch it.
    Scripted,
    /// Places that could not be decoded; each shows U+FFFD.
    Undecodable {
        /// The encoding it was read in.
        #[serde(with = "encoding_name")]
        encoding: EncodingName,
        /// How many places.
        places: u32,
    },
    /// The file declares an encoding that it is not in.
    WronglyDeclared {
        /// What it declares.
        #[serde(with = "encoding_name")]
        declared: EncodingName,
        /// What it was read in.
        #[serde(with = "encoding_name")]
        used: EncodingName,
    },
    /// The markup is too heavy to be taken apart: read as plain text.
    MarkupTooHeavy(TooHeavy),
    /// The file ends in the middle: it was cut off, or its end was never written.
    CutOff,
    /// The name of the file says that it is of a format of which it is not: it is a page or a text.
    NamedOtherwise {
        /// That format.
        named: Format,
    },
    /// Parts of the file could not be read, and what they held is missing.
    Damaged {
        /// What is wrong with it.
        reason: String,
    },
    /// A part of the file asks for more than is allowed, and what it held is missing.
    LeftOut(Limit),
    /// What stands in the file and is not read.
    NotRead {
        /// What it is.
        what: Unread,
        /// In how many places.
        places: u32,
    },
    /// A page says nothing itself, and shows another one, which is not there.
    TextElsewhere {
        /// That one, as the page refers to it.
        file: String,
    },
    /// Changes that somebody tracked are shown as if they were accepted.
    TrackedChanges {
        /// How many were put in and taken out.
        changes: u32,
    },
    /// Words that are struck out and stand in the text all the same.
    StruckOut {
        /// In how many places.
        places: u32,
    },
    /// Words that were parted as cells of tables by the white between them alone: a guess.
    GuessedCells {
        /// How many lines they stand on.
        lines: u32,
    },
    /// A mail carries other files, which are not read.
    Attachments {
        /// What they are called, parted by commas.
        files: String,
    },
    /// The file carries comments.
    Comments {
        /// How many.
        comments: u32,
    },
    /// Pages without text, such as scanned ones.
    PagesWithoutText {
        /// How many.
        pages: u32,
        /// Of how many.
        of: u32,
    },
    /// Reading was stopped before the last page.
    PagesUnread {
        /// How many were read.
        read: u32,
        /// Of how many.
        of: u32,
    },
}

/// What of a file is not read though it may say something.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub enum Unread {
    /// Characters of which the file does not say what they are; each shows U+FFFD, or stays as it is in the file.
    Characters,
    /// Embedded objects: formulas, charts, diagrams.
    Objects,
    /// Other documents and pages within this one.
    Documents,
    /// Fields of forms, with what was filled in.
    Fields,
    /// Links whose address is none of the web or of mail, or hides something: their words are read.
    Links,
    /// Links that lead on from an address which the file does not say: their words are read.
    RelativeLinks,
    /// Links after so many others that they are no longer offered: their words are read.
    MoreLinks,
}

impl Unread {
    /// What so many of it are.
    fn name(self, places: u32) -> &'static str {
        let (one, several) = match self {
            Self::Characters => (
                "character whose meaning the file does not say",
                "characters whose meaning the file does not say",
            ),
            Self::Objects => (
                "embedded object such as a formula, a chart or a diagram",
                "embedded objects such as formulas, charts and diagrams",
            ),
            Self::Documents => ("document within the document", "documents within the document"),
            Self::Fields => ("field of a form", "fields of forms"),
            Self::Links => (
                "link with an address that is not opened (only http, https and mailto are)",
                "links with addresses that are not opened (only http, https and mailto are)",
            ),
            Self::RelativeLinks => (
                "link to another file of a site whose address the file does not say",
                "links to other files of a site whose address the file does not say",
            ),
            Self::MoreLinks => ("link beyond as many as are offered", "links beyond as many as are offered"),
        };
        if places == 1 { one } else { several }
    }
}

impl TooHeavy {
    fn name(self) -> &'static str {
        match self {
            Self::Nested => "is nested too deeply",
            Self::Long => "is too long",
            Self::Attributes => "has a tag with too many attributes",
        }
    }
}

impl Warning {
    /// Whether text of the file may be missing or wrong.
    pub(super) fn is_of_damage(&self) -> bool {
        match self {
            Self::Empty
            | Self::NoBytes
            | Self::Scripted
            | Self::Undecodable { .. }
            | Self::MarkupTooHeavy(_)
            | Self::CutOff
            | Self::Damaged { .. }
            | Self::LeftOut(_)
            | Self::PagesUnread { .. } => true,
            Self::WronglyDeclared { .. }
            | Self::NamedOtherwise { .. }
            | Self::NotRead { .. }
            | Self::TextElsewhere { .. }
            | Self::TrackedChanges { .. }
            | Self::StruckOut { .. }
            | Self::Attachments { .. }
            | Self::Comments { .. }
            | Self::GuessedCells { .. }
            | Self::PagesWithoutText { .. } => false,
        }
    }
}

impl Warning {
    /// Whether the text may be less than what the file says, or other than what its author left: to be known before it is
    /// read. The rest is known when it is looked for.
    pub fn concerns_text(&self) -> bool {
        match self {
            Self::NotRead { what, .. } => match what {
                Unread::Characters | Unread::Objects | Unread::Documents | Unread::Fields => true,
                Unread::Links | Unread::RelativeLinks | Unread::MoreLinks => false,
            },
            Self::TextElsewhere { .. }
            | Self::NamedOtherwise { .. }
            | Self::TrackedChanges { .. }
            | Self::StruckOut { .. }
            | Self::Attachments { .. }
            | Self::PagesWithoutText { .. } => true,
            Self::WronglyDeclared { .. } | Self::Comments { .. } | Self::GuessedCells { .. } => false,
            _ => self.is_of_damage(),
        }
    }
}

impl fmt::Display for Warning {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Empty => formatter.write_str("the file holds no text"),
            Self::NoBytes => formatter.write_str("the file is empty (0 bytes): fetch or copy it again"),
            Self::Scripted => formatter.write_str(
                "the page holds no text itself, its programs fetch it: save it in the browser as MHTML or PDF, and open that",
            ),
            Self::Undecodable { encoding, places } => {
                let (are, show) = if *places == 1 { ("place is", "shows") } else { ("places are", "show") };
                write!(formatter, "{places} {are} not valid {encoding} and {show} \u{fffd}")
            }
            Self::WronglyDeclared { declared, used } => {
                write!(formatter, "the file says it is in {declared}, but it was read as {used}")
            }
            Self::MarkupTooHeavy(why) => {
                write!(formatter, "the markup {}, so the file is shown as plain text", why.name())
            }
            Self::CutOff => {
                formatter.write_str(
                    "the file ends in the middle: the rest may be missing, as after an interrupted download; if so, fetch it again",
                )
            }
            Self::Damaged { reason } => {
                write!(formatter, "the file is damaged, and some of it may be missing: {reason}")
            }
            Self::LeftOut(limit) => {
                write!(formatter, "a part was left out, because it asks for more than is allowed: {limit}")
            }
            Self::NotRead { what, places } => {
                let are = if *places == 1 { "is" } else { "are" };
                write!(formatter, "{places} {} {are} not read", what.name(*places))
            }
            Self::NamedOtherwise { named } => write!(
                formatter,
                "the file is called a {} and is none: it may be what a server says instead of the file; if so, fetch it again",
                named.name()
            ),
            Self::TextElsewhere { file } => {
                write!(
                    formatter,
                    "the page shows another one, which is not read and may hold the text: {file}"
                )
            }
            Self::TrackedChanges { changes } => {
                let are = if *changes == 1 { "change is" } else { "changes are" };
                write!(formatter, "{changes} tracked {are} shown as accepted")
            }
            Self::StruckOut { places } => {
                let are = if *places == 1 { "place is" } else { "places are" };
                write!(formatter, "{places} {are} struck out in the file, and read as text")
            }
            Self::GuessedCells { lines } => {
                let lines_are = if *lines == 1 { "line is" } else { "lines are" };
                write!(formatter, "{lines} {lines_are} taken for rows of tables by the white in them: a guess")
            }
            Self::Attachments { files } => write!(
                formatter,
                "the mail carries what is not read: save it and open it by itself: {files}"
            ),
            Self::Comments { comments } => {
                let noun = if *comments == 1 { "comment" } else { "comments" };
                write!(formatter, "the file carries {comments} {noun}")
            },
            Self::PagesWithoutText { pages, of } => {
                let hold = if *pages == 1 { "holds" } else { "hold" };
                write!(
                    formatter,
                    "{pages} of {of} pages {hold} no text, such as scanned ones, which are pictures: have them read by an OCR \
                     program, and open what it writes"
                )
            }
            Self::PagesUnread { read, of } => {
                write!(formatter, "reading was stopped after {read} of {of} pages")
            }
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn one_is_not_said_like_several() {
        let check = |warning: fn(u32) -> Warning, one: &str, several: &str| {
            for (count, expected) in [(1, one), (2, several)] {
                let said = warning(count).to_string();
                assert!(said.starts_with(expected), "{said}");
            }
        };
        let links = |places| Warning::NotRead { what: Unread::Links, places };
        check(
            links,
            "1 link with an address that is not opened",
            "2 links with addresses that are not opened",
        );
        let undecodable = |places| Warning::Undecodable { encoding: "GBK", places };
        check(undecodable, "1 place is not valid GBK and shows", "2 places are not valid GBK and show");
        check(|places| Warning::StruckOut { places }, "1 place is struck", "2 places are struck");
        check(|pages| Warning::PagesWithoutText { pages, of: 9 }, "1 of 9 pages holds", "2 of 9 pages hold");
        check(
            |comments| Warning::Comments { comments },
            "the file carries 1 comment",
            "the file carries 2 comments",
        );
    }
}
