//! What the engine begins with: sound documents of our own.

use std::path::Path;
use std::{fs, io};

use duidu::import::{ReadOptions, read};
use duidu::store::said_of;

use crate::documents::{locked, paged, samples, zips};
use crate::parts::Parts;
use crate::{LAID, MENDED, words};

/// Writes the seeds of the target that the variable `TARGET` names into the folder that `SEEDS` names, and its words as a
/// dictionary into the file that `WORDS` names, and ends.
pub fn write_seeds() {
    let named = |variable: &str| std::env::var(variable).ok();
    let written = match (named("TARGET"), named("SEEDS"), named("WORDS")) {
        (Some(target), Some(folder), Some(words)) => written(&target, Path::new(&folder), Path::new(&words)),
        _ => Err(io::ErrorKind::InvalidInput.into()),
    };
    std::process::exit(i32::from(written.is_err()));
}

fn written(target: &str, folder: &Path, words: &Path) -> io::Result<()> {
    fs::create_dir_all(folder)?;
    for (number, seed) in seeds(target).into_iter().enumerate() {
        fs::write(folder.join(format!("seed-{number}")), seed)?;
    }
    fs::write(words, words::dictionary(target))
}

/// Whole files, then short ones, from which a run with short inputs begins.
fn seeds(target: &str) -> Vec<Vec<u8>> {
    let text = |text: &[u8]| [&[0xff], text].concat();
    match target {
        "text" => begun("", &[samples::TEXT.as_bytes(), samples::BIG5, samples::PAGE, &utf_16()]),
        "markdown" => begun("", &[samples::MARKDOWN.as_bytes()]),
        "html" => begun("<html><body>", &[samples::PAGE, chapter().as_bytes()]),
        "mhtml" => begun(MESSAGE, &[samples::mhtml().as_bytes(), chapter().as_bytes()]),
        "epub" => packed(samples::epub(), ""),
        "docx" => packed(samples::docx(), "<w:document><w:body>"),
        "odt" => packed(samples::odt(), "<office:document-content><office:body><office:text>"),
        "rtf" => begun("{\\rtf1\\ansi\\ansicpg936 ", &[samples::RTF.as_bytes()]),
        "pdf" => pdf(),
        "any" => vec![
            text(samples::TEXT.as_bytes()),
            text(samples::RTF.as_bytes()),
            text(&paged::file(&paged::sample(), "")),
            text(&zips::packed(&samples::epub())),
            text(&zips::packed(&samples::docx())),
            text(&zips::packed(&samples::odt())),
            text(&locked::agile(&zips::packed(&samples::docx()), 1)),
            text(&locked::standard(&zips::packed(&samples::docx()))),
        ],
        "exchange" => exchanged(),
        "notes" => vec![NOTES.as_bytes().to_vec()],
        "answer" => answers(),
        _ => Vec::new(),
    }
}

/// So many bytes has a short seed, before the beginning that it needs.
const SHORT: usize = 120;

/// Files of text as they are; then their pieces, each behind what a file of the format begins with.
fn begun(beginning: &str, files: &[&[u8]]) -> Vec<Vec<u8>> {
    let whole = files.iter().map(|file| [&[0xff], *file].concat());
    let pieces = files.iter().flat_map(|file| pieces(file));
    whole.chain(pieces.map(|piece| [&[0xff], beginning.as_bytes(), piece].concat())).collect()
}

/// Pieces of a file, cut before markup and at ends of lines, where there are some.
fn pieces(file: &[u8]) -> impl Iterator<Item = &[u8]> {
    let mut rest = file;
    std::iter::from_fn(move || {
        let most = rest.len().min(SHORT);
        let is_place = |at: &usize| matches!(rest.get(*at), Some(b'<' | b'\\' | b'\n'));
        let end = if rest.len() > SHORT { (1..most).rev().find(is_place).unwrap_or(most) } else { most };
        let (piece, after) = rest.split_at(end);
        rest = after;
        (!piece.is_empty()).then_some(piece)
    })
}

/// A packed file; then pieces of its parts alone, mended, in a file that has else only what `beginning` begins, and the
/// same laid over the whole.
fn packed(parts: samples::Parts, beginning: &str) -> Vec<Vec<u8>> {
    let mut seeds = vec![[&[0], Parts::written(&parts).as_slice()].concat()];
    for (name, content) in &parts {
        for piece in pieces(content.as_bytes()) {
            let is_text = matches!(*name, "word/document.xml" | "content.xml");
            let beginning = if is_text { beginning } else { "<x>" };
            let part = [beginning.as_bytes(), piece].concat();
            let how = if is_text { MENDED } else { MENDED | LAID };
            seeds.push([&[how], Parts::written(&[(name, part)]).as_slice()].concat());
        }
    }
    seeds
}

fn utf_16() -> Vec<u8> {
    let units = samples::LONG.encode_utf16().flat_map(u16::to_le_bytes);
    [0xff, 0xff, 0xfe].into_iter().chain(units).collect()
}

/// The chapter of the book that has everything.
fn chapter() -> String {
    samples::epub()
        .into_iter()
        .find(|(name, _)| *name == "O/a.xhtml")
        .map(|(_, text)| text)
        .unwrap_or_default()
}

/// A PDF; then lines of its pages and its other objects, each laid over a page that has nothing.
fn pdf() -> Vec<Vec<u8>> {
    let objects: Vec<(String, Vec<u8>)> =
        paged::sample().into_iter().map(|(number, object)| (number.to_string(), object)).collect();
    let mut seeds = vec![[&[0], Parts::written(&objects).as_slice()].concat()];
    let laid = |name: &str, content: &[u8]| [&[LAID], Parts::written(&[(name, content)]).as_slice()].concat();
    for (number, object) in &objects {
        seeds.push(laid(number, object));
        let lines =
            object.split(|&byte| byte == b'\n').filter(|line| line.ends_with(b"ET") || line.ends_with(b"Q"));
        seeds.extend(lines.map(|line| laid(CONTENT, line)));
    }
    seeds
}

/// The name of the part that is the content of the page.
const CONTENT: &str = "s101";

/// What a message begins with whose page follows.
const MESSAGE: &str = "MIME-Version: 1.0\r\nContent-Type: text/html; charset=utf-8\r\n\r\n";

/// What a process that reads says of documents and of their faults.
fn answers() -> Vec<Vec<u8>> {
    let files: [(&str, Vec<u8>); 5] = [
        ("a.txt", b"\xe6\x9b\xb8".to_vec()),
        ("a.md", samples::MARKDOWN.into()),
        ("a.docx", zips::packed(&samples::docx())),
        ("a.epub", zips::packed(&samples::epub())),
        ("a.zip", zips::packed(&[("a", String::new())])),
    ];
    let said = files.into_iter().map(|(name, file)| said_of(read(name, file, &ReadOptions::default())));
    said.flatten().map(|said| [&[0], said.as_slice()].concat()).collect()
}

const NOTES: &str = include_str!("../seeds/notes.ron");

/// One file of each format of notes, behind the byte that says which.
fn exchanged() -> Vec<Vec<u8>> {
    let files = [
        include_str!("../seeds/web-annotations.json").as_bytes().to_vec(),
        include_str!("../seeds/hypothesis.json").as_bytes().to_vec(),
        Parts::written(&[
            ("project.qde", include_str!("../seeds/project.xml")),
            ("sources/a.txt", samples::LONG),
        ]),
        include_str!("../seeds/codebook.xml").as_bytes().to_vec(),
        include_str!("../seeds/table.csv").as_bytes().to_vec(),
        NOTES.as_bytes().to_vec(),
    ];
    (0..).zip(files).map(|(how, file)| [&[how], file.as_slice()].concat()).collect()
}
