//! What the engine begins with: sound documents of our own.

use std::fs;
use std::path::Path;

use crate::documents::{paged, samples, zips};
use crate::parts::Parts;

/// Writes the seeds of a target into the folder that the variable `SEEDS` names, and ends; does nothing where it names none.
pub fn write_seeds(target: &str) {
    let Some(folder) = std::env::var_os("SEEDS") else { return };
    let written = fs::create_dir_all(&folder).and_then(|()| {
        let seeds = seeds(target).into_iter().enumerate();
        let path = |number: usize| Path::new(&folder).join(format!("seed-{number}"));
        seeds.map(|(number, seed)| fs::write(path(number), seed)).collect::<Result<(), _>>()
    });
    std::process::exit(i32::from(written.is_err()));
}

fn seeds(target: &str) -> Vec<Vec<u8>> {
    let text = |text: &[u8]| [&[0xff], text].concat();
    let packed = |parts: samples::Parts| [&[0], Parts::written(&parts).as_slice()].concat();
    match target {
        "text" => vec![text(samples::TEXT.as_bytes()), text(samples::BIG5), text(samples::PAGE), utf_16()],
        "markdown" => vec![text(samples::MARKDOWN.as_bytes())],
        "html" => vec![text(samples::PAGE), text(chapter().as_bytes())],
        "mhtml" => vec![text(samples::mhtml().as_bytes())],
        "epub" => vec![packed(samples::epub())],
        "docx" => vec![packed(samples::docx())],
        "odt" => vec![packed(samples::odt())],
        "rtf" => vec![text(samples::RTF.as_bytes())],
        "pdf" => vec![pdf()],
        "any" => vec![
            text(samples::TEXT.as_bytes()),
            text(samples::RTF.as_bytes()),
            text(&paged::file(&paged::sample(), "")),
            text(&zips::packed(&samples::epub())),
            text(&zips::packed(&samples::docx())),
            text(&zips::packed(&samples::odt())),
        ],
        "exchange" => exchanged(),
        "notes" => vec![NOTES.as_bytes().to_vec()],
        _ => Vec::new(),
    }
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

fn pdf() -> Vec<u8> {
    let objects: Vec<(String, Vec<u8>)> =
        paged::sample().into_iter().map(|(number, object)| (number.to_string(), object)).collect();
    [&[0], Parts::written(&objects).as_slice()].concat()
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
