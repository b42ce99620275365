//! EPUB 2 and 3: the chapters in the order of the book, its table of contents, its notes.
//!
//! Books are forgiven what readers forgive them: names in other letters, references that lead nowhere,
//! chapters in other encodings, a language that is not theirs. Nothing outside of the file is looked at.

mod contents;
mod headings;
mod package;

use std::collections::BTreeMap;
use std::rc::Rc;

use super::archive::{Archive, folder_of, normalised, without_percents};
use super::html::css::Sheet;
use super::html::looks::BlockLooks;
use super::html::tags;
use super::html::{self, Chapter, KnownNotes};
use super::job::Job;
use super::limits::Limits;
use super::writer::Writer;
use super::{ImportError, Read, Warning, encoding, sniff, xml};
use crate::document::{AsideReason, BlockKind, Format};
use crate::text::saturate;
use contents::Contents;
use headings::Titled;
use package::{Kind, Listed, Package};

/// The first chapters of a long book are told when so much of its text is there, in bytes.
const EARLY: usize = 48 * 1024;
/// How many style sheets of a book are read.
const MOST_SHEETS: usize = 200;

/// Reads an EPUB.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    let archive = Archive::open(bytes, Format::Epub, Limits::default())?;
    let (writer, notes, looks) = (Writer::default(), KnownNotes::default(), BlockLooks::default());
    let named = BTreeMap::new();
    let sheets = BTreeMap::new();
    let mut book =
        Book { archive, job, writer, notes, looks, sheets, named, marked: 0, cover: 0, pictures: 0 };
    book.sheets = book.read_sheets();
    let name = book.package_name()?;
    let text = book.text(&name)?.ok_or_else(|| book.job.damaged("it has no list of its parts"))?;
    let package = Package::of(&text, &name)?;
    package.refuse_protected(&mut book.archive, book.job)?;
    let contents = book.contents(&package);
    let count = package.chapters().len();
    if count == 0 {
        return Err(book.job.damaged("it has no chapters"));
    }
    let mut told = !book.job.is_long();
    for (index, chapter) in package.chapters().iter().enumerate() {
        let shows_words = book.chapter(chapter, &package, &contents);
        match (shows_words, index) {
            (true, _) => {}
            (false, 0) => book.cover = 1,
            (false, _) => book.pictures += 1,
        }
        book.job.progress(index + 1, count);
        if !told && book.writer.position() >= EARLY && index + 1 < count {
            told = true;
            let first = book.written(book.writer.clone(), index + 1).finish(Format::Epub, package.metadata());
            book.job.beginning(first);
        }
    }
    book.warn_of_pictures(count);
    let writer = std::mem::take(&mut book.writer);
    Ok(book.written(writer, count).finish(Format::Epub, package.metadata()))
}

/// A book that is being read.
struct Book<'a, 'b, 'c> {
    archive: Archive<'a>,
    job: &'b mut Job<'c>,
    writer: Writer,
    notes: KnownNotes,
    looks: BlockLooks,
    /// The style sheets, by their names.
    sheets: BTreeMap<String, Rc<Sheet>>,
    /// The blocks that the table of contents names, each with its level there.
    named: BTreeMap<usize, u8>,
    /// How many chapters mark headings.
    marked: usize,
    /// 1 where the first chapter shows nothing but pictures, as that of most books does.
    cover: usize,
    /// How many chapters after it show nothing but pictures.
    pictures: usize,
}

/// Pictures are many where every such chapter is one.
const MANY: usize = 4;

impl Book<'_, '_, '_> {
    /// What was written of the first chapters, with all of its headings.
    fn written(&self, mut writer: Writer, chapters: usize) -> Writer {
        headings::nest(&mut writer, &self.named);
        headings::find(&mut writer, &self.looks, self.marked * 2 >= chapters);
        writer
    }

    /// A cover or a plate is no loss; many pages that are pictures may be scanned.
    fn warn_of_pictures(&mut self, chapters: usize) {
        let many = self.pictures > 1 && self.pictures * MANY >= chapters;
        let all = self.pictures + self.cover;
        if many || all == chapters {
            let pages = if all == chapters { all } else { self.pictures };
            let (pages, of) = (saturate(pages), saturate(chapters));
            self.job.warn(Warning::PagesWithoutText { pages, of });
        }
    }

    /// The style sheets of the book, as far as they can be read.
    fn read_sheets(&mut self) -> BTreeMap<String, Rc<Sheet>> {
        let is_sheet = |name: &&str| name.to_ascii_lowercase().ends_with(".css");
        let names: Vec<String> =
            self.archive.names().filter(is_sheet).take(MOST_SHEETS).map(str::to_owned).collect();
        let mut sheets = BTreeMap::new();
        for name in names {
            if let Ok(Some(bytes)) = self.archive.part(&name) {
                sheets.insert(name, Rc::new(Sheet::of(&String::from_utf8_lossy(&bytes))));
            }
        }
        sheets
    }

    /// The name of the part that lists the others.
    fn package_name(&mut self) -> Result<String, ImportError> {
        let container = self.text("META-INF/container.xml").unwrap_or_default().unwrap_or_default();
        let named = xml::parse(&container, Format::Epub).ok().and_then(|tree| {
            let root = xml::find(tree.root_element(), "rootfile")?;
            Some(package::decoded(xml::attribute(root, "full-path")?))
        });
        if let Some(name) = named.filter(|name| self.archive.has(name)) {
            return Ok(name);
        }
        let is_list = |name: &&str| name.to_ascii_lowercase().ends_with(".opf");
        let found = self.archive.names().find(is_list).map(str::to_owned);
        found.ok_or_else(|| self.job.damaged("it has no list of its parts"))
    }

    /// The text of a part, in the encoding that it is in.
    fn text(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let Some(bytes) = self.archive.part(name)? else { return Ok(None) };
        let declared = sniff::declared_encoding("a.html", &bytes).or_else(|| xml::declared_encoding(&bytes));
        let decoded = encoding::decode(bytes, self.job.options.encoding.as_deref(), declared)?;
        self.job.note_encoding(&decoded.encoding);
        Ok(Some(decoded.text))
    }

    /// What the table of contents says; nothing where it cannot be read.
    fn contents(&mut self, package: &Package) -> Contents {
        let lists = [package.navigation(), package.old_navigation()];
        let found = lists.into_iter().flatten().find_map(|name| {
            let text = self.text(name).ok().flatten()?;
            let contents = Contents::of(&text, name);
            (!contents.is_empty()).then_some(contents)
        });
        found.unwrap_or_default()
    }

    /// Writes a chapter. One that cannot be read is left out, and the reader is told. Answers whether it shows anything but
    /// pictures.
    fn chapter(&mut self, chapter: &Listed, package: &Package, contents: &Contents) -> bool {
        if chapter.kind == Kind::Picture {
            return false;
        }
        let from = self.writer.count();
        let error = match self.text(&chapter.name) {
            Ok(Some(text)) => {
                if !text.trim_end().ends_with("</html>") && tags::is_cut_off(&text) {
                    self.job.warn(Warning::CutOff);
                }
                self.write(chapter, &text, package, contents);
                let hidden = BlockKind::Aside(AsideReason::Hidden);
                let says = self.writer.blocks(from).any(|(sketch, _)| sketch.kind != hidden);
                return says || !tags::has_pictures(&text);
            }
            Ok(None) => self.job.damaged(&format!("a chapter is missing: {}", chapter.name)),
            Err(error) => error,
        };
        self.job.leave_out(&error);
        true
    }

    fn write(&mut self, chapter: &Listed, text: &str, package: &Package, contents: &Contents) {
        let name = chapter.name.as_str();
        let aside = (package.navigation() == Some(name)).then_some(AsideReason::Navigation);
        let marked = tags::has_headings(text);
        self.marked += usize::from(marked);
        let titles = if aside.is_some() { &[][..] } else { contents.of_file(name) };
        let from = self.writer.count();
        let title = titles.first().filter(|title| title.begins_file && !marked);
        let title = title.map(|title| (title.words.as_str(), title.level));
        let drawn = chapter.kind == Kind::Drawing;
        let sheet = |href: &str| {
            let target = without_percents(href);
            self.sheets.get(&normalised(folder_of(name), &target)?).cloned()
        };
        let chapter = Chapter { text, name, aside, drawn, sheet: &sheet, title };
        if let Err(why) = html::write(&chapter, &mut self.notes, &mut self.looks, &mut self.writer) {
            self.job.warn(Warning::MarkupTooHeavy(why));
            self.plainly(text);
        }
        self.writer.close();
        let first = headings::first_marked(&self.writer, from);
        let place = |title: &contents::Title| match &title.anchor {
            Some(anchor) => self.looks.block_of(anchor),
            None => first.filter(|_| title.begins_file),
        };
        let titles = titles.iter().map(|title| Titled {
            words: &title.words,
            level: title.level,
            place: place(title),
        });
        headings::name(&mut self.writer, from, titles, &mut self.named);
    }

    /// Writes the text of a chapter whose markup is too heavy.
    fn plainly(&mut self, text: &str) {
        for line in tags::without_tags(text).lines().map(str::trim).filter(|line| !line.is_empty()) {
            self.writer.open(BlockKind::Paragraph, false);
            self.writer.push(line);
            self.writer.close();
        }
    }
}

#[cfg(test)]
mod tests;
