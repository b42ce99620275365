//! Makes small PDFs for the tests: pages of lines at given places, in fonts of the usual kinds.

use std::collections::BTreeMap;
use std::fmt::Write as _;

/// A font of the file.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(super) enum TestFont {
    /// Helvetica, one of the fonts that every reader has.
    Latin,
    /// A font with its own numbers for glyphs and a table to Unicode.
    Mapped,
    /// The same, bold.
    MappedBold,
    /// Not in the file, no table: codes of GBK.
    Gbk,
    /// Not in the file, no table: codes of UTF-16, Simplified characters.
    Utf16,
    /// The same from top to bottom.
    Utf16Down,
    /// Not in the file, no table: codes of Big5.
    Big5,
    /// Numbers of the collection of Adobe itself, no table.
    Collection,
    /// Numbers that nothing explains.
    Unexplained,
    /// All characters of one width.
    Typewriter,
}

/// A PDF in the making.
#[derive(Default)]
pub(super) struct TestPdf {
    pages: Vec<TestPage>,
    bookmarks: Vec<(String, usize)>,
    /// What is added to the root of the file.
    pub(super) root: String,
    /// What is added at its end.
    pub(super) trailer: String,
    /// Further objects, by number.
    pub(super) objects: BTreeMap<usize, String>,
}

/// One page in the making.
#[derive(Default)]
pub(super) struct TestPage {
    content: String,
    /// What is added to the page itself.
    entries: String,
}

/// The width of every page in points; the height is [`HEIGHT`].
pub(super) const WIDTH: f32 = 400.0;
/// The height of every page, in points.
pub(super) const HEIGHT: f32 = 600.0;
/// The first number of the objects that tests add.
pub(super) const OWN: usize = 60;

impl TestPage {
    /// A line from (`x`, `y`), in points from the upper left corner.
    pub(super) fn line(mut self, font: TestFont, size: f32, x: f32, y: f32, text: &str) -> Self {
        self.show(font, size, x, y, text);
        self
    }

    /// As [`TestPage::line`].
    pub(super) fn show(&mut self, font: TestFont, size: f32, x: f32, y: f32, text: &str) {
        let (number, y) = (font as usize, HEIGHT - y);
        let codes = codes(font, text);
        writeln!(self.content, "BT /F{number} {size} Tf 1 0 0 1 {x} {y} Tm <{codes}> Tj ET").unwrap();
    }

    /// An entry of the page itself.
    pub(super) fn entry(mut self, entry: &str) -> Self {
        self.entries.push_str(entry);
        self
    }

    /// Operators as they are.
    pub(super) fn raw(mut self, operators: &str) -> Self {
        self.content.push_str(operators);
        self.content.push('\n');
        self
    }
}

impl TestPdf {
    /// A file of these pages.
    pub(super) fn of(pages: Vec<TestPage>) -> Self {
        Self { pages, ..Self::default() }
    }

    /// A bookmark that leads to a page.
    pub(super) fn bookmark(mut self, title: &str, page: usize) -> Self {
        self.bookmarks.push((title.to_owned(), page));
        self
    }

    /// The bytes of the file.
    pub(super) fn bytes(self) -> Vec<u8> {
        let trailer = self.trailer.clone();
        assemble(&self.into_objects(), &trailer)
    }

    /// The objects of the file, by number.
    pub(super) fn into_objects(self) -> BTreeMap<usize, String> {
        let mut objects = self.objects;
        let count = self.pages.len();
        let kids = joined((0..count).map(|index| format!("{} 0 R ", page_number(index))));
        let outlines = if self.bookmarks.is_empty() { "" } else { "/Outlines 30 0 R" };
        objects.entry(1).or_insert(format!("<</Type/Catalog /Pages 2 0 R {outlines} {}>>", self.root));
        objects.entry(2).or_insert(format!("<</Type/Pages /Kids [{kids}] /Count {count}>>"));
        for (index, page) in self.pages.iter().enumerate() {
            let (number, content) = (page_number(index), &page.content);
            let fonts = joined((0..10).map(|font| format!("/F{font} {} 0 R ", 10 + font)));
            let resources =
                format!("<</Font <<{fonts}>> /XObject <</X {OWN} 0 R>> /Properties <</P {OWN} 0 R>>>>");
            objects.entry(number).or_insert(format!(
                "<</Type/Page /Parent 2 0 R /MediaBox [0 0 {WIDTH} {HEIGHT}] /Contents {} 0 R /Resources {resources} {}>>",
                number + 1,
                page.entries
            ));
            let stream = format!("<</Length {}>>\nstream\n{content}endstream", content.len());
            objects.entry(number + 1).or_insert(stream);
        }
        fonts(&mut objects);
        bookmarks(&self.bookmarks, &mut objects);
        objects
    }
}

fn page_number(index: usize) -> usize {
    100 + index * 2
}

fn joined(parts: impl Iterator<Item = String>) -> String {
    parts.collect::<Vec<_>>().concat()
}

/// The characters of mapped fonts have numbers that say nothing: the last ones come first.
fn codes(font: TestFont, text: &str) -> String {
    let bytes = |bytes: &[u8]| joined(bytes.iter().map(|byte| format!("{byte:02x}")));
    let units =
        |change: fn(u16) -> u16| joined(text.encode_utf16().map(|unit| format!("{:04x}", change(unit))));
    match font {
        TestFont::Latin | TestFont::Typewriter => bytes(text.as_bytes()),
        TestFont::Mapped | TestFont::MappedBold => units(|unit| !unit),
        TestFont::Gbk => bytes(&encoding_rs::GBK.encode(text).0),
        TestFont::Big5 => bytes(&encoding_rs::BIG5.encode(text).0),
        TestFont::Utf16 | TestFont::Utf16Down | TestFont::Unexplained => units(|unit| unit),
        // Adobe-GB1 begins with the characters of ASCII from the space on.
        TestFont::Collection => units(|unit| unit - 31),
    }
}

fn fonts(objects: &mut BTreeMap<usize, String>) {
    let composite = |encoding: &str, ordering: &str, name: &str, more: &str| {
        format!(
            "<</Type/Font /Subtype/Type0 /BaseFont/{name} /Encoding/{encoding} {more} /DescendantFonts [<</Type/Font \
             /Subtype/CIDFontType2 /BaseFont/{name} /CIDSystemInfo <</Registry(Adobe) /Ordering({ordering}) \
             /Supplement 0>> /DW 1000 /W [{} {} 500] /FontDescriptor <</Type/FontDescriptor /Flags 4>>>>]>>",
            !0x7e_u16, !0x20_u16
        )
    };
    let simple =
        |name: &str| format!("<</Type/Font /Subtype/Type1 /BaseFont/{name} /Encoding/WinAnsiEncoding>>");
    let map = "/ToUnicode 50 0 R";
    let all = [
        simple("Helvetica"),
        composite("Identity-H", "Identity", "ABCDEF+Sung", map),
        composite("Identity-H", "Identity", "ABCDEF+Sung-Bold", map),
        composite("GBK-EUC-H", "GB1", "SimSun", ""),
        composite("UniGB-UCS2-H", "GB1", "STSong", ""),
        composite("UniGB-UCS2-V", "GB1", "STSong", ""),
        composite("ETen-B5-H", "CNS1", "MingLiU", ""),
        composite("Identity-H", "GB1", "SimSun", ""),
        composite("Identity-H", "Identity", "Riddle", ""),
        simple("Courier"),
    ];
    for (index, font) in all.into_iter().enumerate() {
        objects.entry(10 + index).or_insert(font);
    }
    // From each number to its complement, in stretches of one high byte.
    let lines = joined((0..=255_u16).map(|high| {
        let (from, to) = (high << 8, high << 8 | 255);
        let entries = joined((from..=to).map(|number| format!("<{:04x}>", !number)));
        format!("1 beginbfrange <{from:04x}> <{to:04x}> [{entries}] endbfrange\n")
    }));
    let map = format!(
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /T def /CMapType 2 def 1 begincodespacerange \
         <0000> <ffff> endcodespacerange\n{lines}endcmap end\n"
    );
    objects.entry(50).or_insert(format!("<</Length {}>>\nstream\n{map}endstream", map.len()));
}

fn bookmarks(bookmarks: &[(String, usize)], objects: &mut BTreeMap<usize, String>) {
    if bookmarks.is_empty() {
        return;
    }
    objects.entry(30).or_insert("<</Type/Outlines /First 31 0 R>>".to_owned());
    for (index, (title, page)) in bookmarks.iter().enumerate() {
        let units = codes(TestFont::Utf16, title);
        let next =
            if index + 1 < bookmarks.len() { format!("/Next {} 0 R", 32 + index) } else { String::new() };
        let page = page_number(*page);
        let entry = format!("<</Title <feff{units}> /Dest [{page} 0 R /XYZ 0 {HEIGHT} 0] {next}>>");
        objects.entry(31 + index).or_insert(entry);
    }
}

/// A file of these objects by their numbers, and of what is added at its end.
pub(super) fn assemble<Bytes: AsRef<[u8]>>(objects: &BTreeMap<usize, Bytes>, trailer: &str) -> Vec<u8> {
    let mut file = b"%PDF-1.7\n".to_vec();
    let mut places = String::new();
    for (number, object) in objects {
        writeln!(places, "{number} 1\n{:010} 00000 n ", file.len()).unwrap();
        file.extend(format!("{number} 0 obj\n").as_bytes());
        file.extend(object.as_ref());
        file.extend(b"\nendobj\n");
    }
    let start = file.len();
    let end =
        format!("xref\n{places}trailer\n<</Root 1 0 R /Size 1000 {trailer}>>\nstartxref\n{start}\n%%EOF\n");
    file.extend(end.as_bytes());
    file
}
