//! [REFI-QDA](https://www.qdasoftware.org/) 1.5: codebooks (`.qdc`) and projects (`.qdpx`), which NVivo, MAXQDA,
//! ATLAS.ti and others exchange.
//!
//! A tag is a code, nested as the tag is. A note is a selection of the plain text, coded with its tags; its
//! colour is a code too, so that a highlight without a tag is seen by the other program. What the reader says is
//! a note that the selection refers to. A note without a place is a note on the document. Links join selections.
//!
//! The standard has no words for headings, for passages of documents that are not in the project, and for what the
//! reader decided about a place: these stand in descriptions, see [`extra`]. The key of a code is a note on it; a
//! codebook by itself has no place for notes.

mod codes;
mod extra;
mod package;
mod project_read;
mod project_write;

pub use codes::codebook_to_refi;
pub(super) use codes::read_codebook;
pub(super) use package::PROJECT_FILE;
pub use package::project_in;
pub(super) use project_read::{read_project, whole};
pub use project_write::project_to_refi;

use uuid::Uuid;

use super::identity::uuid_of;
use crate::notes::{Colour, Tag};

/// The name space of projects.
const PROJECT: &str = "urn:QDA-XML:project:1.0";
/// The name space of codebooks.
const CODEBOOK: &str = "urn:QDA-XML:codebook:1.0";
/// What wrote a file of ours.
const ORIGIN: &str = concat!("Duidu ", env!("CARGO_PKG_VERSION"));
/// The code above those that are no tags but colours and bookmarks.
const OWN: &str = "Duidu";
/// The code of bookmarks, below [`OWN`].
const BOOKMARK: &str = "bookmark";

/// The identity of a tag's code.
fn code_id(tag: &Tag) -> Uuid {
    uuid_of("refi code", &[tag.as_str()])
}

/// The identity of a code below [`OWN`].
fn own_id(name: &str) -> Uuid {
    uuid_of("refi own code", &[name])
}

/// The form of identities that the standard shows.
fn guid(id: Uuid) -> String {
    id.hyphenated().to_string().to_uppercase()
}

/// The identity that is written so, with braces or without.
fn parse_guid(written: &str) -> Option<Uuid> {
    Uuid::parse_str(written.trim()).ok()
}

/// A colour as the standard writes it.
fn hex(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "#F2C811",
        Colour::Green => "#4CAF50",
        Colour::Blue => "#2F80ED",
        Colour::Pink => "#E84393",
        Colour::Purple => "#8E44AD",
    }
}

/// Our colour for one of another program: the nearest in hue. `None` for greys, and for what is no colour.
fn colour_of(hex: &str) -> Option<Colour> {
    let hue = hue_of(hex)?;
    let distance = |colour: &Colour| {
        let apart = hue_of(self::hex(*colour)).map_or(360, |own| own.abs_diff(hue));
        apart.min(360 - apart.min(360))
    };
    Colour::ALL.into_iter().min_by_key(distance)
}

/// The hue of `#RRGGBB` or `#RGB`, in degrees; `None` for greys.
fn hue_of(hex: &str) -> Option<u32> {
    let digits: Vec<i32> = hex
        .trim()
        .strip_prefix('#')?
        .chars()
        .map(|digit| i32::try_from(digit.to_digit(16)?).ok())
        .collect::<Option<_>>()?;
    let [red, green, blue] = match digits[..] {
        [red, green, blue] => [red * 17, green * 17, blue * 17],
        [r, red, g, green, b, blue] => [r * 16 + red, g * 16 + green, b * 16 + blue],
        _ => return None,
    };
    let (most, least) = (red.max(green).max(blue), red.min(green).min(blue));
    let range = most - least;
    if range < GREY {
        return None;
    }
    let degrees = match most {
        most if most == red => 60 * (green - blue) / range,
        most if most == green => 120 + 60 * (blue - red) / range,
        _ => 240 + 60 * (red - green) / range,
    };
    u32::try_from(degrees.rem_euclid(360)).ok()
}

/// How far apart the parts of a colour must be, of 255, so that it is not grey.
const GREY: i32 = 24;

#[cfg(test)]
mod tests;
