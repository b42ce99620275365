//! A sound PDF of our own as a table of its objects, which can be changed before the file is written.

use std::collections::{BTreeMap, BTreeSet};

use super::pdf::{OWN, TestFont, TestPage, TestPdf, assemble};

/// The objects of a file, by their numbers. 1 is the root, 2 the tree of pages, 100 the first page, 101 its content,
/// 10 to 19 are fonts, 31 and 32 bookmarks.
pub(crate) type Objects = BTreeMap<usize, Vec<u8>>;

/// The first page, and its content.
pub(crate) const PAGE: usize = 100;
/// See [`PAGE`].
pub(crate) const CONTENT: usize = 101;

/// Two pages with every kind of font, a form, marks, a rule, bookmarks and labels; the second has tags and fields.
pub(crate) fn sample() -> Objects {
    let first = TestPage::default()
        .line(TestFont::MappedBold, 18.0, 60.0, 60.0, MAPPED[0])
        .line(TestFont::Mapped, 10.0, 60.0, 100.0, MAPPED[1])
        .line(TestFont::Mapped, 10.0, 60.0, 116.0, MAPPED[2])
        .line(TestFont::Gbk, 10.0, 60.0, 150.0, "一、乡村的书屋常开着门。")
        .line(TestFont::Big5, 10.0, 60.0, 166.0, "二、書在人手裡。")
        .line(TestFont::Latin, 9.0, 60.0, 560.0, "- 1 -")
        .raw("/Artifact <</Type/Pagination>> BDC BT /F0 9 Tf 60 20 Td [(he) -200 (ad)] TJ ET EMC 60 300 200 0.5 re f q /X Do Q");
    let second = TestPage::default()
        .raw("/H1 <</MCID 0>> BDC")
        .line(TestFont::Utf16, 10.0, 60.0, 100.0, "书在人手里。")
        .raw("EMC /P <</MCID 1>> BDC")
        .line(TestFont::Utf16Down, 10.0, 300.0, 100.0, "灯下")
        .raw("EMC /P <</MCID 2>> BDC")
        .line(TestFont::Collection, 10.0, 60.0, 140.0, "2025")
        .raw("EMC /P <</MCID 3>> BDC")
        .line(TestFont::Typewriter, 9.0, 60.0, 560.0, "- 2 -")
        .raw("EMC")
        .entry("/Rotate 0")
        .entry(FIELDS);
    let mut pdf = TestPdf::of(vec![first, second]).bookmark("借書", 0).bookmark("還書", 1);
    pdf.root.push_str("/PageLabels <</Nums [0 <</S/r /St 4>> 1 <</S/D /P (A-)>>]>> /Lang (zh) /OCProperties <</D <</OFF [60 0 R]>>>>");
    pdf.root.push_str(TAGS);
    pdf.objects.insert(50, stream("", &character_map()));
    pdf.objects.insert(
        OWN,
        stream("/Type/XObject /Subtype/Form /BBox [0 0 9 9]", "BT /F0 9 Tf 60 40 Td (form) Tj ET"),
    );
    pdf.into_objects().into_iter().map(|(number, object)| (number, object.into_bytes())).collect()
}

/// Fields of a page: words, a choice, a box that is checked.
const FIELDS: &str = "/Annots [<</Subtype/Widget /FT/Tx /V (Lin) /Rect [60 200 160 214]>> <</Subtype/Widget /FT/Ch /V (a) \
                      /Opt [[(a) (b)]] /Ff 4096 /Rect [60 220 160 240]>> <</Subtype/Widget /FT/Btn /AS/Yes /Rect [60 250 70 260] \
                      /AP <</N <</Yes 60 0 R>>>>>>]";

/// The form of the file, and what its second page consists of.
const TAGS: &str = "/AcroForm <</DA (/F0 9 Tf)>> /MarkInfo <</Marked true>> /StructTreeRoot <</RoleMap <</Chapter /H1>> /K \
                    <</S/Sect /Pg 102 0 R /K [<</S/Chapter /K 0>> <</S/Table /K <</S/TR /K [<</S/TD /A <</O/Table /ColSpan 2 \
                    /RowSpan 2>> /K 1>> <</S/TD /ActualText (25) /K 2>>]>>>> <</S/L /K <</S/LI /K <</S/Note /K <</Type/MCR \
                    /Pg 102 0 R /MCID 3>>>>>>>>]>>>>";

/// A stream of this content.
pub(crate) fn stream(entries: &str, content: &str) -> String {
    format!("<</Length {} {entries}>>\nstream\n{content}\nendstream", content.len())
}

/// The file of these objects.
pub(crate) fn file<Bytes: AsRef<[u8]>>(objects: &BTreeMap<usize, Bytes>, trailer: &str) -> Vec<u8> {
    assemble(objects, trailer)
}

/// The words in fonts whose numbers are the complements of their characters.
const MAPPED: [&str; 3] = [
    "書屋章程",
    "村東的舊磨坊改成了書屋，門朝著市集開，傍晚點一盞燈，",
    "誰走過都看得見；借書不問姓名，還書不問早晚，只請愛惜。",
];

/// What tells the characters of [`MAPPED`].
fn character_map() -> String {
    let units: BTreeSet<u16> = MAPPED.iter().flat_map(|words| words.encode_utf16()).collect();
    let entries: String = units.iter().map(|unit| format!("<{:04x}> <{unit:04x}> ", !unit)).collect();
    format!(
        "/CIDInit /ProcSet findresource begin begincmap /CMapName /T def /CMapType 2 def 1 begincodespacerange <0000> <ffff> \
         endcodespacerange\n{} beginbfchar {entries}endbfchar 1 beginbfrange <9a00> <9aff> <65ff> endbfrange endcmap end\n",
        units.len()
    )
}
