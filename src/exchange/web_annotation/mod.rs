//! JSON-LD after the [Web Annotation Data Model](https://www.w3.org/TR/annotation-model/) of the W3C.
//!
//! A file is an annotation collection with one page. A note is an annotation: its text and tags are textual
//! bodies, passages of other documents are bodies that link; its target is the document, known by the hash of
//! its text, with a selector of the quotation and one of the position in characters. What the model has no
//! words for (headings, bytes, the codebook) stands under terms of our own, so that nothing is lost.

mod read;
mod write;

pub(super) use read::read;
pub use write::to_web_annotations;

/// The context of the W3C.
pub(super) const CONTEXT: &str = "http://www.w3.org/ns/anno.jsonld";
/// What our own terms begin with, when expanded.
const TERMS: &str = "urn:duidu:terms#";
/// A document that is known by the hash of its text.
const TEXT: &str = "urn:duidu:text:";
/// A document that is not.
const DOCUMENT: &str = "urn:duidu:document:";
/// What wrote an annotation of ours.
const PROGRAM: &str = "urn:duidu";
/// What the class of a highlight begins with; the name of its colour follows.
const STYLE: &str = "duidu-";

/// Our own terms.
mod term {
    /// First byte, and first byte after it, of the text that the anchor was made on.
    pub(super) const SPAN: &str = "duidu:span";
    /// The headings above, the highest first.
    pub(super) const HEADINGS: &str = "duidu:headings";
    /// What stood there when the note was placed, where something else stands there now.
    pub(super) const ANCHOR: &str = "duidu:anchor";
    /// The clauses and the pages that it stands in now, for people.
    pub(super) const CLAUSE: &str = "duidu:clause";
    pub(super) const PAGE: &str = "duidu:page";
    /// The anchor that the note was made with, before the reader put it elsewhere.
    pub(super) const ORIGINAL: &str = "duidu:original";
    /// The text in which the reader said that the note has no place.
    pub(super) const LOST_IN: &str = "duidu:lostIn";
    /// Where a document lay on this machine; only where the reader asked for it.
    pub(super) const PLACE: &str = "duidu:place";
    /// The codebook, and what is said of each of its tags.
    pub(super) const CODES: &str = "duidu:codes";
    pub(super) const TAG: &str = "duidu:tag";
    pub(super) const DESCRIPTION: &str = "duidu:description";
    pub(super) const COLOUR: &str = "duidu:colour";
    pub(super) const KEY: &str = "duidu:key";
    /// Those of them whose values are lists: their order matters.
    pub(super) const LISTS: [&str; 3] = [SPAN, HEADINGS, CODES];
}

#[cfg(test)]
mod tests;
