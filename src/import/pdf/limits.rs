//! How much a PDF may ask for. What goes beyond is left out, and the reader is told.

/// What a file and its pages may ask for.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct Limits {
    /// Pages that are read.
    pub(super) pages: usize,
    /// Glyphs of all pages together, after which no further page is read.
    pub(super) glyphs: usize,
    /// Glyphs of one page.
    pub(super) page_glyphs: usize,
    /// Operators of one page.
    pub(super) operators: u64,
    /// Remarks of readers that are offered.
    pub(super) remarks: usize,
    /// Bookmarks, and named places, ranges of labels and fields, that are read.
    pub(super) entries: usize,
}

impl Default for Limits {
    fn default() -> Self {
        Self {
            pages: 20_000,
            glyphs: 60_000_000,
            page_glyphs: 400_000,
            operators: 20_000_000,
            remarks: 20_000,
            entries: 20_000,
        }
    }
}
