//! Text that would do harm, through every format and back.

use std::collections::BTreeSet;

use super::read_back::{active, elements, quotations};
use super::sample::{answering, export_of, named, part, parts, quoting, sheet_rows, text};
use super::*;
use crate::notes::{Codebook, Tag};

/// Pieces that mean something to some program.
const PIECES: [&str; 60] = [
    "=1+1",
    "+cmd|' /C calc'!A0",
    "-2+3",
    "@SUM(A1)",
    "＝1",
    "＋1",
    "－1",
    "＠a",
    "\t=1",
    "\r=1",
    "\n=1",
    "|",
    "\"",
    "'",
    "<script>alert(1)</script>",
    "<img src=x onerror=y>",
    "</blockquote></style>",
    "<!--",
    "-->",
    "]]>",
    "<?php",
    "&lt;",
    "&#60;",
    "&amp;",
    "javascript:x",
    "[a](javascript:b)",
    "![a](http://a.example/b)",
    "http://a.example",
    "www.a.example",
    "a@b.example",
    "# ",
    "* ",
    "1. ",
    "> ",
    "```",
    "`",
    "~~",
    "$x$",
    "---",
    "===",
    "|-|",
    "\\",
    "{{ title }}",
    "{% raw %}",
    "\u{0}",
    "\u{1b}[2J",
    "\u{7}",
    "\u{85}",
    "\u{2028}",
    "\u{202e}",
    "\u{2066}",
    "\u{200b}=",
    "\u{feff}",
    "\u{fffe}",
    "水",
    "𠮷",
    "\r\n",
    "\n\n",
    "../../x",
    "HYPERLINK(\"file:///x\")",
];

/// Always the same strings: a generator of numbers with a fixed beginning.
struct Dice(u64);

impl Dice {
    fn throw(&mut self, sides: usize) -> usize {
        self.0 ^= self.0 << 13;
        self.0 ^= self.0 >> 7;
        self.0 ^= self.0 << 17;
        usize::try_from(self.0 % u64::try_from(sides).unwrap()).unwrap()
    }

    fn hostile(&mut self) -> String {
        (0..=self.throw(6)).map(|_| PIECES[self.throw(PIECES.len())]).collect()
    }
}

/// So many notes stand in one export.
const TOGETHER: usize = 100;

fn check_all(count: usize) {
    let mut dice = Dice(0x5EED_0F0D_01D0);
    for _ in 0..count.div_ceil(TOGETHER) {
        let mut strings: Vec<String> = (0..TOGETHER).map(|_| dice.hostile()).collect();
        // A note is known by its quotation here.
        let mut seen = BTreeSet::new();
        strings.retain(|each| seen.insert(each.clone()));
        check(&strings);
    }
}

fn check(strings: &[String]) {
    let note = |text: &String| {
        let tagged = quoting(text).with(|note| note.tags = Tag::new(text).into_iter().collect());
        tagged.saying(text).under(&[text.as_str()]).answered([answering(text)])
    };
    let mut export = export_of(strings.iter().map(note));
    export.options.title.clone_from(&strings[0]);
    export.options.author.clone_from(&strings[1]);
    in_tables(&export, strings);
    in_pages(&export, strings);
    in_office_documents(&export, strings);
    in_other_texts(&export, strings);
}

fn in_tables(export: &Export, strings: &[String]) {
    let bytes = to_csv(export);
    let table = bytes.strip_prefix("\u{FEFF}".as_bytes()).unwrap();
    let mut reader = ::csv::Reader::from_reader(table);
    for (row, expected) in reader.records().zip(strings) {
        let row = row.unwrap();
        assert_eq!(&as_written_in_cell(&row[0]), expected);
        for cell in &row {
            let first = cell.trim_start().chars().next();
            assert!(!first.is_some_and(|first| "=+-@＝＋－＠".contains(first)), "{cell:?}");
        }
    }
    let workbook = to_xlsx(export).unwrap();
    let rows = sheet_rows(&workbook, "sheet1");
    for (row, expected) in rows[1..].iter().zip(strings) {
        assert_eq!(normal(&row[0]), normal(&clean(expected)));
        assert!(row.iter().all(|cell| !cell.starts_with('ƒ')));
    }
    let names: Vec<String> = parts(&workbook).into_iter().map(|(name, _)| name).collect();
    assert!(names.iter().all(|name| !name.contains("sheet1.xml.rels") && !name.contains("vba")), "{names:?}");
}

/// XML makes one line break of each kind of them, and workbooks write what they cannot hold by its number.
fn normal(text: &str) -> String {
    text.replace("_x000D_", "\r").replace("\r\n", "\n").replace('\r', "\n")
}

fn in_pages(export: &Export, strings: &[String]) {
    let page = to_html(export);
    assert_eq!(active(&page), Vec::<String>::new());
    let quoted: Vec<String> = elements(&page)
        .into_iter()
        .filter(|(name, attributes, _)| name == "blockquote" && attributes.len() == 3)
        .map(|(.., text)| text)
        .collect();
    let twice = strings.iter().flat_map(|each| [each, each]).map(|each| each.replace('\0', "\u{FFFD}"));
    assert_eq!(quoted, twice.collect::<Vec<_>>());
    let table = Template::included().into_iter().find(|template| template.ending == "html").unwrap();
    let page = fill(&table, &[], export).unwrap();
    assert_eq!(active(&page), Vec::<String>::new());
}

fn in_office_documents(export: &Export, strings: &[String]) {
    for bytes in [to_docx(export).unwrap(), to_docx_with_comments(export).unwrap()] {
        let parts = parts(&bytes);
        let relations = |name: &str| name.rsplit_once('.').is_some_and(|(_, ending)| ending == "rels");
        for (name, text) in parts.iter().filter(|(name, _)| relations(name)) {
            let relations = part(&parts, name);
            for relation in named(relations.root(), "Relationship") {
                let target = relation.attribute("Target").unwrap();
                let external = relation.attribute("TargetMode") == Some("External");
                let safe = ["http://", "https://", "mailto:"].iter().any(|scheme| target.starts_with(scheme));
                assert!(!external || safe, "{text}");
            }
        }
        let document = part(&parts, "word/document.xml");
        let paragraphs: BTreeSet<String> =
            named(document.root(), "p").map(|each| shown(&text(each))).collect();
        for expected in strings {
            assert!(paragraphs.contains(&shown(&clean(expected))), "{expected:?}");
        }
        assert_eq!(named(document.root(), "instrText").count(), 0);
    }
}

/// The characters of a paragraph; its line breaks and tabulators are elements.
fn shown(text: &str) -> String {
    text.replace(['\t', '\n', '\r'], "")
}

fn in_other_texts(export: &Export, strings: &[String]) {
    let expected = strings.iter().flat_map(|each| [each, each]).map(|each| each.replace('\0', "\u{FFFD}"));
    let expected: Vec<String> = expected.collect();
    let markdown = to_markdown(export);
    // What the reader says may quote too: the quotations of documents are there, in their order.
    let mut found = quotations(&markdown).into_iter();
    for quote in &expected {
        assert!(found.any(|each| each == *quote), "{quote:?}");
    }
    let plain = to_text(export);
    assert!(!plain.contains(|each: char| each.is_control() && each != '\n' && each != '\t'));
    let read: RonExport = ::ron::from_str(&to_ron(export, &Codebook::default()).unwrap()).unwrap();
    let quotes: Vec<&String> = read.documents[0].notes.iter().map(|note| &note.quote).collect();
    assert_eq!(quotes, strings.iter().collect::<Vec<_>>());
    for template in Template::included() {
        assert!(fill(&template, &[], export).is_ok(), "{}", template.file());
    }
}

#[test]
fn nothing_hostile_is_active_and_everything_is_read_back() {
    check_all(300);
}

/// All of them: `cargo test --no-default-features --lib -- --ignored hostile`.
#[test]
#[ignore = "takes minutes"]
fn ten_thousand_hostile_strings() {
    check_all(10_000);
}

/// All of them: `cargo test --no-default-features --lib -- --ignored hostile`.
#[test]
#[ignore = "takes a minute"]
fn a_hundred_thousand_hostile_titles_become_file_names() {
    let mut dice = Dice(0x717E_5EED);
    for _ in 0..100_000 {
        let name = file_name_from_title(&dice.hostile());
        assert!(!name.is_empty() && name.len() <= 200 && !name.starts_with(['.', '-']), "{name:?}");
        assert!(!name.contains(|each: char| each.is_control() || "/\\:*?\"<>|".contains(each)), "{name:?}");
        let components: Vec<_> = std::path::Path::new(&name).components().collect();
        assert!(matches!(components.as_slice(), [std::path::Component::Normal(_)]), "{name:?}");
    }
}
