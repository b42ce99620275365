//! What a text is found to be that was written block by block: its title and bylines, how deep its headings lie, and
//! headings where its markup has none.

use unicode_normalization::UnicodeNormalization;

use super::plain::{Sketch, is_body};
use super::writer::Writer;
use super::{Read, byline, clean, looks, structure};
use crate::document::{AsideReason, Block, BlockKind, Field, Format, Metadata, PartialDate};
use crate::text::{Span, saturate};

impl Writer {
    /// Takes the text as finished: finds title and bylines, and headings where the markup has none.
    /// `outside` is what the file says outside of its text; what the text says comes first.
    pub(super) fn finish(self, format: Format, outside: Metadata) -> Read {
        let largest = self.largest();
        let (text, mut sketches, ties) = self.into_parts();
        let mut metadata = Metadata::default();
        if matches!(format, Format::Docx | Format::Odt | Format::Rtf) {
            set_name_of_contents_aside(&text, &mut sketches);
        }
        settle_levels(&text, &mut sketches, &mut metadata);
        let said = recover_title(&text, &mut sketches, outside.title.as_ref());
        let title = said.or_else(|| title_by_size(&text, &mut sketches, largest?));
        recover_bylines(&text, &mut sketches);
        clean::tell_records(&text, &mut sketches, &mut metadata);
        let mut own: Vec<Sketch> =
            sketches.iter().filter(|sketch| sketch.kind.aside().is_none()).copied().collect();
        let unmarked = !own.iter().any(|sketch| matches!(sketch.kind, BlockKind::Heading { .. }));
        clean::clean(&text, &mut own, &mut metadata, signs_of_a_page(format));
        if unmarked {
            find_headings(format, &text, &mut own);
        } else if format == Format::Pdf {
            // Their look tells the higher headings of a printed text only.
            structure::find_below_marked(&text, &mut own);
        }
        let mut own = own.into_iter();
        for sketch in sketches.iter_mut().filter(|sketch| sketch.kind.aside().is_none()) {
            *sketch = own.next().unwrap_or(*sketch);
        }
        let block = |sketch: &Sketch| Block { span: sketch.span, kind: sketch.kind, boxed: sketch.boxed };
        let blocks = sketches.iter().map(block).collect();
        // Of a title on several lines the first is known by what the file says of all of them.
        metadata.title = title.or(metadata.title);
        if is_of_an_office(format) && metadata.date.is_none() {
            metadata.date = date_of(&text, &sketches);
        }
        if format == Format::Epub
            && let Some(said) = &outside.title
        {
            // A book is called what its list of parts says, and not what its first page does.
            metadata.title = metadata.title.filter(|own| letters(&own.value) == letters(&said.value));
        }
        let metadata = completed(metadata, outside);
        let mut read = Read { format, text, blocks, metadata, ..Read::default() };
        ties.settle(&mut read);
        read
    }
}

/// Whether a file says when it was made, and its text may say when it was written.
fn is_of_an_office(format: Format) -> bool {
    matches!(format, Format::Docx | Format::Odt | Format::Rtf | Format::Pdf)
}

/// Sets aside the name of a table of contents whose entries were.
fn set_name_of_contents_aside(text: &str, sketches: &mut [Sketch]) {
    let aside = BlockKind::Aside(AsideReason::Navigation);
    for index in 1..sketches.len() {
        let is_entry = sketches.get(index).is_some_and(|entry| entry.kind == aside);
        if let Some(name) = sketches.get_mut(index - 1).filter(|_| is_entry)
            && name.kind.aside().is_none()
            && looks::names_contents(name.of_text(text))
        {
            name.kind = aside;
        }
    }
}

/// So many blocks at the beginning are looked at for the date of a text, and so many at the end.
const FIRST_DATED: usize = 12;
const LAST_DATED: usize = 15;

/// The date of a text: on its cover, or below it, or where it says when it was printed.
fn date_of(text: &str, sketches: &[Sketch]) -> Option<Field> {
    let may_date = |sketch: &&Sketch| {
        sketch.is_open() || matches!(sketch.kind, BlockKind::Byline | BlockKind::Heading { .. })
    };
    let own: Vec<&Sketch> = sketches.iter().filter(may_date).collect();
    let says = |sketch: &&Sketch| date_in(text, sketch);
    let last = own.len().saturating_sub(LAST_DATED);
    let cover = own.iter().take(FIRST_DATED).find_map(says);
    cover.or_else(|| own.iter().skip(last).rev().find_map(says))
}

/// The date that a block is: all of its last line, or when it was printed (2025年3月12日印发).
fn date_in(text: &str, sketch: &Sketch) -> Option<Field> {
    let line = sketch.of_text(text).rsplit('\n').next()?;
    let word = line.rsplit('\u{3000}').next()?.trim();
    let last = word.rsplit(char::is_whitespace).next().unwrap_or(word);
    let printed = || last.strip_suffix("印发").or_else(|| last.strip_suffix("印發"));
    let is_date = |date: &&str| byline::is_date(date) && PartialDate::read(date).is_some();
    let date = Some(word).filter(is_date).or_else(|| printed().filter(is_date))?;
    let within = saturate(byline::offset_within(line, date));
    let start = sketch.span.end() - saturate(line.len());
    Some(byline::field(line, Span::new(within, within + saturate(date.len())), start))
}

/// Finds headings in a text that marks none. In office documents a heading may be an item of a list whose
/// numbers count by themselves.
fn find_headings(format: Format, text: &str, own: &mut [Sketch]) {
    let counts = matches!(format, Format::Docx | Format::Odt | Format::Rtf);
    let is_item = |sketch: &Sketch| matches!(sketch.kind, BlockKind::ListItem { .. });
    let numbered = |sketch: &Sketch| is_item(sketch) && sketch.number.is_some();
    let before: Vec<(BlockKind, bool)> = own.iter().map(|sketch| (sketch.kind, sketch.boxed)).collect();
    let draws = counts || format == Format::Pdf && before.iter().any(|(_, boxed)| *boxed);
    for sketch in own.iter_mut().filter(|sketch| counts && numbered(sketch)) {
        sketch.kind = BlockKind::Paragraph;
    }
    structure::find(text, own);
    for (sketch, (kind, boxed)) in own.iter_mut().zip(before) {
        sketch.kind = if sketch.is_open() { kind } else { sketch.kind };
        // Where a box ends is a guess in a text, and known where the file draws it.
        sketch.boxed = if draws { boxed } else { sketch.boxed };
    }
}

/// How many signs of a saved page a format is by itself; `None` where nothing is furniture of a page.
fn signs_of_a_page(format: Format) -> Option<usize> {
    match format {
        Format::Html | Format::Mhtml => Some(1),
        Format::PlainText | Format::Markdown => Some(0),
        Format::Epub | Format::Docx | Format::Odt | Format::Rtf | Format::Pdf => None,
    }
}

/// Several people in the order in which they are named, each once, told apart by one mark however the file does.
pub(super) fn people<'a>(said: impl IntoIterator<Item = &'a str>) -> String {
    let mut people: Vec<&str> = Vec::new();
    for person in said.into_iter().flat_map(|said| said.split([';', '；'])).map(str::trim) {
        if !person.is_empty() && !people.contains(&person) {
            people.push(person);
        }
    }
    people.join("；")
}

/// What the file says outside of its text of who wrote it; `None` where a program says it of nobody.
fn authors(outside: &Field) -> Option<Field> {
    let named = outside.value.split([';', '；']).filter(|name| !is_nobody(name));
    let value = people(named);
    (!value.is_empty()).then_some(Field { value, span: outside.span })
}

/// Whether a name is one that programs write where nobody gave one.
fn is_nobody(name: &str) -> bool {
    let bare = name.trim().trim_matches(['(', ')', '（', '）']).trim().to_lowercase();
    NOBODY.contains(&bare.as_str())
}

/// What programs write for an author whom they do not know, in small letters.
const NOBODY: [&str; 18] = [
    "anonymous",
    "unknown",
    "unknown author",
    "unspecified",
    "none",
    "author",
    "user",
    "admin",
    "administrator",
    "python-docx",
    "windows user",
    "windows 用户",
    "windows 使用者",
    "microsoft office user",
    "微软用户",
    "用户",
    "使用者",
    "匿名",
];

/// What `own` says, and where it says nothing what `outside` says.
pub(super) fn completed(own: Metadata, outside: Metadata) -> Metadata {
    Metadata {
        title: own.title.or(outside.title),
        author: own.author.or(outside.author.as_ref().and_then(authors)),
        source: own.source.or(outside.source),
        date: own.date.or(outside.date),
        created: own.created.or(outside.created),
        number: own.number.or(outside.number),
        language: own.language.or(outside.language),
        address: own.address.or(outside.address),
    }
}

/// A title takes so many lines at most.
pub(super) const LONGEST_TITLE: usize = 3;

/// Makes the last lines before the text that say the file's title the title, where no heading is. Answers what they say
/// where they are several.
fn recover_title(text: &str, sketches: &mut [Sketch], title: Option<&Field>) -> Option<Field> {
    let said = letters(&title?.value);
    if said.is_empty() || sketches.iter().any(|sketch| sketch.kind == BlockKind::Title) {
        return None;
    }
    let body = sketches.iter().position(|sketch| is_body(text, sketch)).unwrap_or(sketches.len());
    let navigation = BlockKind::Aside(AsideReason::Navigation);
    let may_be = |sketch: &Sketch| {
        sketch.is_open() || sketch.kind == navigation || matches!(sketch.kind, BlockKind::Heading { .. })
    };
    let head = sketches.get(..body)?;
    let says_it = |lines: &[Sketch]| {
        let lines = lines.iter().map(|sketch| may_be(sketch).then(|| letters(sketch.of_text(text))));
        lines.collect::<Option<String>>().is_some_and(|letters| letters == said)
    };
    let of_lines = |count: usize| head.windows(count).rposition(says_it).map(|first| (first, count));
    let (first, count) = (1..=LONGEST_TITLE).find_map(of_lines)?;
    let field = make_title(text, sketches, first, count);
    field.filter(|_| count > 1)
}

/// Makes the largest lines before the text the title, where nothing else is.
fn title_by_size(text: &str, sketches: &mut [Sketch], (first, count): (usize, usize)) -> Option<Field> {
    let titled = sketches.iter().any(|sketch| sketch.kind == BlockKind::Title);
    let lines = sketches.get(first..first + count)?;
    let may_be = !titled && lines.iter().all(Sketch::is_open);
    may_be.then(|| make_title(text, sketches, first, count)).flatten()
}

/// Makes so many lines the title, of which the first stands for all. Answers what they say.
fn make_title(text: &str, sketches: &mut [Sketch], first: usize, count: usize) -> Option<Field> {
    let last = sketches.get(first + count - 1)?.span.end();
    let sketch = sketches.get_mut(first)?;
    sketch.kind = BlockKind::Title;
    let span = Span::new(sketch.span.start(), last);
    let value = span.of(text)?.trim().replace('\n', "");
    Some(Field { value, span: Some(span) })
}

/// The letters of a line, those of full width as those of half: what makes two lines say the same.
fn letters(line: &str) -> String {
    line.nfkc().filter(|found| found.is_alphanumeric()).collect()
}

/// Makes the only heading of the highest level the title where it comes first, and counts the levels of
/// the others from 1. Bylines may stand before the title.
fn settle_levels(text: &str, sketches: &mut [Sketch], metadata: &mut Metadata) {
    let level = |sketch: &Sketch| match sketch.kind {
        BlockKind::Heading { level } => Some(level),
        _ => None,
    };
    let levels: Vec<(usize, u8)> =
        sketches.iter().enumerate().filter_map(|(index, sketch)| Some((index, level(sketch)?))).collect();
    let Some(&(first, highest)) = levels.first() else { return };
    let is_title = levels.iter().filter(|(_, level)| *level <= highest).count() == 1
        && (highest == 1 || levels.len() > 1);
    let body_before =
        sketches.iter().take(first).any(|sketch| sketch.is_open() && !clean::is_byline(sketch.of_text(text)));
    let titled = sketches.iter().any(|sketch| sketch.kind == BlockKind::Title);
    let names_contents =
        sketches.get(first).is_some_and(|sketch| looks::names_contents(sketch.of_text(text)));
    let has_title = is_title && !body_before && !titled && !names_contents;
    let lowest_number =
        levels.iter().skip(usize::from(has_title)).map(|(_, level)| *level).min().unwrap_or(1);
    for (index, level) in levels {
        let kind = if has_title && index == first {
            BlockKind::Title
        } else {
            BlockKind::Heading { level: level - lowest_number + 1 }
        };
        if let Some(sketch) = sketches.get_mut(index) {
            sketch.kind = kind;
        }
    }
    if let Some(sketch) = sketches.get(first).filter(|_| has_title) {
        metadata.title = Some(Field { value: sketch.of_text(text).to_owned(), span: Some(sketch.span) });
    }
}

/// Bylines between the title and the text belong to them, though they stand outside of the main text; and
/// an editor's line is known for what it is.
fn recover_bylines(text: &str, sketches: &mut [Sketch]) {
    let title =
        sketches.iter().position(|sketch| sketch.kind == BlockKind::Title).map_or(0, |title| title + 1);
    let head = sketches.iter_mut().skip(title).take_while(|sketch| sketch.kind.aside().is_some());
    for sketch in head.filter(|sketch| sketch.kind == BlockKind::Aside(AsideReason::Navigation)) {
        let line = sketch.of_text(text);
        if clean::is_byline(line) {
            sketch.kind = BlockKind::Paragraph;
        }
    }
    for sketch in
        sketches.iter_mut().filter(|sketch| sketch.kind == BlockKind::Aside(AsideReason::Navigation))
    {
        if byline::is_editor_line(sketch.of_text(text)) {
            sketch.kind = BlockKind::Aside(AsideReason::EditorLine);
        }
    }
}

#[cfg(test)]
mod tests {
    use super::super::testing::{check, pack};
    use super::super::{Imported, ReadOptions, read};

    const LONG: &str =
        "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

    /// A document of Word with these paragraphs, which says that of itself.
    fn open(lines: &[&str], title: &str, author: &str) -> Imported {
        let line = |line: &&str| format!("<w:p><w:r><w:t>{}</w:t></w:r></w:p>", line.replace('長', LONG));
        let body: String = lines.iter().map(line).collect();
        let relation = "<r><Relationship Type=\"x/officeDocument\" Target=\"word/document.xml\"/>\
             <Relationship Type=\"x/core-properties\" Target=\"docProps/core.xml\"/></r>";
        let core = format!(
            "<c xmlns:d=\"d\"><d:title>{title}</d:title><d:creator>{author}</d:creator><d:created>2013-12-23T23:15:00Z</d:created></c>"
        );
        let bytes = pack(&[
            ("[Content_Types].xml", String::new()),
            ("_rels/.rels", relation.to_owned()),
            ("word/document.xml", format!("<w:document xmlns:w=\"w\"><w:body>{body}</w:body></w:document>")),
            ("docProps/core.xml", core),
        ]);
        read("a.docx", bytes, &ReadOptions::default()).unwrap()
    }

    #[test]
    fn the_title_is_what_the_file_says_be_it_on_several_lines() {
        let lines = ["禾溪县水务局", "河渠治理方案", "（2025—2030年）", "二〇二五年三月", "長", "長"];
        let imported = open(&lines, "河渠治理方案(2025—2030年)", "禾溪县水务局");
        let title = imported.document.metadata().title.clone().unwrap();
        assert_eq!(title.value, "河渠治理方案（2025—2030年）");
        let first = imported.document.blocks().iter().find(|block| block.kind == super::BlockKind::Title);
        assert_eq!(first.and_then(|block| block.span.of(imported.document.text())), Some("河渠治理方案"));
        // What is not in the text decides nothing.
        let imported = open(&lines, "文档一", "");
        assert_ne!(imported.document.metadata().title.clone().unwrap().value, "河渠治理方案（2025—2030年）");
    }

    #[test]
    fn below_the_name_of_an_office_stands_the_title() {
        let lines = [
            "禾溪县水务局文件",
            "禾水〔2025〕12号",
            "禾溪县水务局关于印发《河渠治理",
            "方案》的通知",
            "各村：",
            "長",
            "長",
        ];
        let imported = open(&lines, "", "");
        let metadata = imported.document.metadata();
        assert_eq!(metadata.title.as_ref().unwrap().value, "禾溪县水务局关于印发《河渠治理方案》的通知");
        assert_eq!(metadata.number.as_ref().unwrap().value, "禾水〔2025〕12号");
    }

    #[test]
    fn the_date_is_that_of_the_text_and_never_that_of_the_file() {
        let date = |lines: &[&str]| {
            let imported = open(lines, "", "");
            let metadata = imported.document.metadata().clone();
            assert_eq!(metadata.created.unwrap().value, "2013-12-23T23:15:00Z");
            let date = metadata.date?;
            assert_eq!(date.span.unwrap().of(imported.document.text()), Some(&*date.value));
            Some(date.value)
        };
        let said = |date: &str| Some(date.to_owned());
        assert_eq!(
            date(&["河渠治理方案", "長", "長", "禾溪县水务局", "2025年3月12日"]),
            said("2025年3月12日")
        );
        assert_eq!(date(&["河渠治理方案", "二〇二五年三月", "長", "長"]), said("二〇二五年三月"));
        assert_eq!(
            date(&["河渠治理方案", "長", "長", "禾溪县水务局办公室　2025年3月12日印发"]),
            said("2025年3月12日")
        );
        assert_eq!(date(&["河渠治理方案", "長", "長"]), None);
    }

    #[test]
    fn a_name_that_programs_write_is_nobody() {
        let author = |name: &str| {
            open(&["題", "長"], "", name).document.metadata().author.clone().map(|field| field.value)
        };
        for name in ["(anonymous)", "python-docx", "Administrator", "Windows 用户"] {
            assert_eq!(author(name), None, "{name}");
        }
        assert_eq!(author("田禾生;User"), Some("田禾生".to_owned()));
    }

    #[test]
    fn what_is_left_of_a_file_that_was_cut_off_is_read() {
        let parts = [
            ("[Content_Types].xml", String::new()),
            (
                "word/document.xml",
                format!(
                    "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>{LONG}</w:t></w:r></w:p></w:body></w:document>"
                ),
            ),
            ("word/media/a.png", "x".repeat(99)),
        ];
        let whole = pack(&parts);
        let places: Vec<usize> = memchr::memmem::find_iter(&whole, b"PK\x03\x04").collect();
        let imported = read("a", whole[..places[2] + 9].to_vec(), &ReadOptions::default()).unwrap();
        check(&imported.document, &format!("¶ {LONG}"));
        assert_eq!(imported.warnings, [super::super::Warning::CutOff]);
        assert!(imported.may_be_damaged());
        // Of its text there is nothing but the first byte.
        let begun = places[1] + 30 + "word/document.xml".len() + 1;
        let error = read("a", whole[..begun].to_vec(), &ReadOptions::default()).unwrap_err();
        assert!(error.to_string().contains("interrupted download"), "{error}");
    }
}
