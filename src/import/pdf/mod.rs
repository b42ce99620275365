//! PDF: pages of placed glyphs to a text with blocks.
//!
//! A file says where each glyph stands, seldom what belongs together. So in steps, each in a file of its own:
//! the content of a page is run for its glyphs ([`content`], with the [`font`]s and the [`fields`] of forms), glyphs
//! become rows and pieces ([`rows`]; narrow white between columns is found by [`gutters`]), pieces lines in the order of reading ([`columns`]) and rows of tables ([`tables`], [`aligned`]), what repeats from page to
//! page and the notes at the foot are told from the text ([`furniture`], [`notes`], the [`masthead`] of a journal), what stands in [`boxes`] is marked, lines become paragraphs ([`paragraphs`], with the [`edges`] that lines reach),
//! some of which are headings ([`headings`]), names of [`authors`] or entries of a table of [`contents`], and all of it is written ([`mod@write`]). What the file says outside of
//! its pages is in [`catalog`], the numbers that pages bear in [`printed`]. Where it says by [`tags`] what belongs together, lines are made block by block
//! ([`tagged`]), in the order of the tags, and these say what a block is.
//!
//! The text depends, page by page, only on the pages near it, so that the first pages can be shown early.

mod aligned;
mod areas;
mod authors;
mod boxes;
mod catalog;
mod collection;
mod columns;
mod content;
mod contents;
#[cfg(test)]
mod contents_tests;
#[cfg(test)]
mod crowded_tests;
mod draft;
mod edges;
mod fields;
#[cfg(test)]
mod fields_tests;
#[cfg(test)]
mod first_page_tests;
mod font;
mod furniture;
mod glyph;
mod gutters;
#[cfg(test)]
mod gutters_tests;
mod headings;
#[cfg(test)]
mod laid_tests;
mod leaders;
#[cfg(test)]
mod limit_tests;
mod limits;
mod links;
mod marks;
mod masthead;
mod narrow;
#[cfg(test)]
mod note_tests;
mod notes;
#[cfg(test)]
mod odd_tests;
mod packet;
#[cfg(test)]
mod page_tests;
mod paragraphs;
mod path;
mod printed;
mod remarks;
mod rows;
mod ruby;
#[cfg(test)]
mod ruby_tests;
#[cfg(test)]
mod sign_tests;
mod signs;
mod strings;
#[cfg(test)]
mod table_tests;
mod tables;
mod tagged;
mod tags;
#[cfg(test)]
mod tags_tests;
#[cfg(test)]
mod testing;
#[cfg(test)]
mod tests;
mod unified;
mod vertical;
#[cfg(test)]
mod vertical_tests;
mod write;

use std::collections::HashSet;

use hayro_font::kurbo::Affine;
use hayro_syntax::object::{Dict, ObjectIdentifier};
use hayro_syntax::page::Page;
use hayro_syntax::{DecryptionError, LoadPdfError, Pdf};

use super::job::Job;
use super::{ImportError, Limit, Read, Unread, Warning};
use crate::document::{Metadata, RepairKind};
use crate::text::saturate;
use areas::ByHeight;
use catalog::{Bookmark, Catalog};
use columns::{Columns, Line};
use draft::Draft;
use fields::Form;
use font::Fonts;
use furniture::{LinedPage, Role};
use glyph::{DrawnPage, Gaps, Turn};
use limits::Limits;
use links::Links;
use paragraphs::{Drafter, Habits};
use remarks::Remarks;
use rows::Sheet;
use tags::Tags;

/// How many pages are shown early, in a file that has many more.
const EARLY: usize = 8;
/// How many pages must be there before the first [`EARLY`] of them can be read as they stand in the whole: what
/// is usual near a page depends on what is usual near its neighbours.
const NEEDED: usize = EARLY + 2 * furniture::NEAR;

/// Reads a PDF.
///
/// Errors: it is encrypted, or no page can be found in it.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    read_within(bytes, Limits::default(), job)
}

fn read_within(bytes: &[u8], limits: Limits, job: &mut Job<'_>) -> Result<Read, ImportError> {
    let pdf = open(bytes, job)?;
    warn_of_cut(bytes, job);
    let catalog = Catalog::of(&pdf, limits);
    let outside = Outside::of(&catalog);
    let mut reader = PageReader::of(&catalog, job);
    let mut pages = line_pages(&pdf, &mut reader, &outside, job);
    let count = pages.len();
    furniture::find(&mut pages, 0..count);
    let drafts = drafter(&pages, count).finish();
    Ok(outside.write(&drafts, (&reader.links, &reader.remarks), &pages, job))
}

/// What the file says outside of its pages.
struct Outside {
    bookmarks: Vec<Bookmark>,
    /// The labels that it gives its pages, if it does.
    labels: Option<Vec<String>>,
    /// How many pages it has.
    pages: usize,
    metadata: Metadata,
}

impl Outside {
    fn of(catalog: &Catalog<'_>) -> Self {
        let (bookmarks, metadata) = (catalog.bookmarks(), catalog.metadata());
        Self { bookmarks, labels: catalog.labels(), pages: catalog.pages(), metadata }
    }

    /// Writes the blocks of the first pages of the file.
    fn write(
        &self,
        drafts: &[Draft],
        laid: (&Links<'_>, &Remarks),
        pages: &[LinedPage],
        job: &Job<'_>,
    ) -> Read {
        let kinds = headings::kinds(drafts, &self.bookmarks);
        let labels = self.labels.clone().unwrap_or_else(|| printed::labels(pages, self.pages));
        let labels = labels.get(..pages.len()).unwrap_or(&labels);
        write::write((drafts, &kinds), laid, labels, &job.options.repairs, self.metadata.clone())
    }
}

fn open(bytes: &[u8], job: &Job<'_>) -> Result<Pdf, ImportError> {
    let password = job.options.password.as_ref().map(super::Password::as_str);
    Pdf::new_with_password(bytes.to_vec(), password.unwrap_or_default()).map_err(|error| match error {
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) if password.is_some() => {
            ImportError::WrongPassword
        }
        LoadPdfError::Decryption(DecryptionError::PasswordProtected) => ImportError::NeedsPassword,
        LoadPdfError::Decryption(DecryptionError::UnsupportedAlgorithm) => {
            job.damaged("it is encrypted in a way that is not known")
        }
        LoadPdfError::Decryption(_) => job.damaged("what it says of its encryption is not valid"),
        LoadPdfError::Invalid => job.damaged("no page can be found in it"),
    })
}

/// How many bytes from its end a file must say that it ends.
const END: usize = 2048;

/// A file that was cut off is mended in silence by the library: its end is missed here.
fn warn_of_cut(bytes: &[u8], job: &mut Job<'_>) {
    let end = bytes.get(bytes.len().saturating_sub(END)..).unwrap_or_default();
    if memchr::memmem::find(end, b"%%EOF").is_none() {
        let error = job.damaged("its end is missing");
        job.leave_out(&error);
    }
}

// ---- Pages to lines -------------------------------------------------------------------------------------

/// The pages of `pdf` as lines. Tells the first ones early.
fn line_pages<'a>(
    pdf: &'a Pdf,
    reader: &mut PageReader<'a>,
    outside: &Outside,
    job: &mut Job<'_>,
) -> Vec<LinedPage> {
    let all = pdf.pages().len();
    let mut pages = Vec::new();
    let limits = reader.catalog.limits;
    for page in pdf.pages().iter().take(limits.pages) {
        if reader.glyphs > limits.glyphs {
            break;
        }
        pages.push(reader.read(pages.len(), page));
        job.progress(pages.len(), all);
        if pages.len() == NEEDED && all > NEEDED * 2 {
            tell_beginning(&pages, outside, (&reader.links, &reader.remarks), job);
        }
    }
    if pages.len() < all {
        job.warn(Warning::PagesUnread { read: saturate(pages.len()), of: saturate(all) });
    }
    reader.warn(all, job);
    pages
}

/// Tells the first pages, up to the block that may go on after them.
fn tell_beginning(pages: &[LinedPage], outside: &Outside, laid: (&Links<'_>, &Remarks), job: &mut Job<'_>) {
    let mut pages = pages.to_vec();
    furniture::find(&mut pages, 0..EARLY);
    let drafts = drafter(&pages, EARLY).finish_before_open();
    let read = outside.write(&drafts, laid, pages.get(..EARLY).unwrap_or_default(), job);
    job.beginning(read);
}

struct PageReader<'a> {
    catalog: &'a Catalog<'a>,
    fonts: Fonts<'a>,
    links: Links<'a>,
    remarks: Remarks,
    form: Form<'a>,
    tags: Tags,
    layers_off: HashSet<ObjectIdentifier>,
    /// How many glyphs there were so far.
    glyphs: usize,
    /// How many pages showed something but no text.
    textless: u32,
    /// How many glyphs of the text say nothing of what they are.
    unknown: usize,
    /// What was not read of any page.
    gaps: Gaps,
    /// How many lines were taken for rows of tables by narrow white alone.
    guessed: usize,
    /// The columns of the pages before.
    columns: Vec<Columns>,
}

impl<'a> PageReader<'a> {
    fn of(catalog: &'a Catalog<'a>, job: &Job<'_>) -> Self {
        let follows_tags = !job.options.repairs.kinds_off.contains(&RepairKind::Tagged);
        Self {
            catalog,
            tags: if follows_tags { Tags::of(catalog) } else { Tags::default() },
            fonts: Fonts::new(),
            links: Links::of(catalog),
            remarks: Remarks::new(catalog.limits.remarks),
            form: Form::of(catalog),
            layers_off: catalog.layers_off(),
            glyphs: 0,
            textless: 0,
            unknown: 0,
            gaps: Gaps::default(),
            guessed: 0,
            columns: Vec::new(),
        }
    }

    fn read(&mut self, index: usize, page: &Page<'a>) -> LinedPage {
        let notes = areas::notes(page, self.catalog);
        let fields = self.form.fields_of(&notes);
        let fields = (fields.as_slice(), self.form.resources.as_ref());
        let (fonts, tags, limits) = (&mut self.fonts, &mut self.tags, self.catalog.limits);
        let mut drawn = content::draw(page, fields, fonts, tags, &self.layers_off, limits);
        self.mark(index, page, &notes, &mut drawn);
        self.glyphs += drawn.glyphs.len();
        let unknown = unknown(&drawn);
        let readable = is_readable(&drawn, unknown);
        let shows_something = drawn.pictures > 0 || !drawn.glyphs.is_empty();
        self.textless += u32::from(shows_something && !readable);
        self.unknown += if readable { unknown } else { 0 };
        let Gaps { content, text, beyond } = drawn.gaps;
        self.gaps.content |= content;
        self.gaps.text |= text;
        self.gaps.beyond = self.gaps.beyond.or(beyond);
        drawn.tagged = readable && tagged::cover(&drawn.glyphs);
        let (page, guessed) = lined(drawn, readable, &mut self.columns);
        self.guessed += guessed;
        page
    }

    /// Marks the glyphs that links and remarks lie over.
    fn mark(&mut self, index: usize, page: &Page<'a>, notes: &[Dict<'a>], drawn: &mut DrawnPage) {
        if notes.is_empty() {
            return;
        }
        let notes = (notes, Affine::new(page.initial_transform(true).as_coeffs()));
        let heights = ByHeight::of(&drawn.glyphs);
        self.links.mark(notes, &heights, &mut drawn.glyphs);
        self.remarks.mark(index, notes, &heights, &mut drawn.glyphs);
    }

    /// Tells what was not read of `all` pages.
    fn warn(&self, all: usize, job: &mut Job<'_>) {
        if self.textless > 0 {
            job.warn(Warning::PagesWithoutText { pages: self.textless, of: saturate(all) });
        }
        let faults = [
            (self.gaps.content, "the content of a page cannot be unpacked"),
            (self.gaps.text, "there is text in a font that cannot be read"),
        ];
        for (_, fault) in faults.into_iter().filter(|(is_so, _)| *is_so) {
            let error = job.damaged(fault);
            job.leave_out(&error);
        }
        if let Some(limit) = self.gaps.beyond {
            job.leave_out(&ImportError::TooMuch(limit));
        }
        if self.guessed > 0 {
            job.warn(Warning::GuessedCells { lines: saturate(self.guessed) });
        }
        job.not_read(Unread::Characters, self.unknown);
        job.not_read(Unread::Fields, self.form.unseen());
        job.not_read(Unread::MoreLinks, self.links.beyond);
        if self.remarks.beyond > 0 {
            job.leave_out(&ImportError::TooMuch(Limit::Parts(self.catalog.limits.remarks as u64)));
        }
    }
}

/// How many glyphs of a page are of unknown meaning.
fn unknown(page: &DrawnPage) -> usize {
    page.glyphs.iter().filter(|glyph| glyph.text.contains('\u{fffd}')).count()
}

/// Whether a page has text, and the file says for most of its glyphs what they are.
fn is_readable(page: &DrawnPage, unknown: usize) -> bool {
    let all = page.glyphs.iter().filter(|glyph| !glyph.is_blank()).count();
    all > 0 && unknown * 2 < all
}

/// A page as lines, and how many of them were taken for rows by narrow white; `columns` are those of the pages before. The
/// text of a page that cannot be read is set aside.
fn lined(drawn: DrawnPage, readable: bool, columns: &mut Vec<Columns>) -> (LinedPage, usize) {
    let untagged = drawn.tagged.then(|| DrawnPage { tagged: false, ..drawn.clone() });
    let (main, others) = rows::sheets(drawn);
    let Sheet { width, height, pieces, frames } = main;
    let usual = if readable { Role::Body } else { Role::Hidden };
    let with = |lines: Vec<Line>, role: Role| lines.into_iter().map(move |line| (line, role));
    let mut guessed = 0;
    let mut lines: Vec<(Line, Role)> = if let Some(untagged) = untagged {
        let lines = tagged::lines(pieces);
        if tagged::part_lines(&lines) {
            return lined(untagged, readable, columns);
        }
        tagged::with_roles(lines)
    } else {
        let (lines, parted) = narrow::part(&columns::lines_beside(pieces, columns));
        guessed = parted;
        with(aligned::with_rows(&lines), usual).collect()
    };
    boxes::mark(&mut lines, &frames);
    let turned = others.into_iter().flat_map(|(turn, sheet)| {
        let length: usize = sheet.pieces.iter().map(|piece| piece.text.len()).sum();
        let is_text = turn != Turn::Slanting && length >= 300 && readable;
        with(columns::lines(sheet.pieces), if is_text { Role::Body } else { Role::Furniture })
    });
    (LinedPage { width, height, lines, turned: turned.collect() }, guessed)
}

// ---- Lines to blocks ------------------------------------------------------------------------------------

/// The blocks of the first `count` pages, of which those near them are known.
fn drafter(pages: &[LinedPage], count: usize) -> Drafter {
    let mut drafter = Drafter::default();
    for (index, page) in pages.iter().enumerate().take(count) {
        let near = pages.get(furniture::near(index, pages.len())).unwrap_or_default();
        drafter.add(index, page, &Habits::of(near));
    }
    drafter
}
