//! The built-in font shows every character that a document may hold: 通用规范汉字表, Big5 with HKSCS, GBK, and what the
//! samples have in any script.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

use std::collections::BTreeSet;

use duidu::document::BlockIndex;
use duidu::import::{self, ReadOptions};
use duidu::session::SAMPLES;
use duidu::text::{Converters, Corrections, Form, Script, write_dictionaries};
use ttf_parser::Face;

const FONT: &[u8] = include_bytes!("../fonts/DuiduSans.ttc");

/// The characters that some face of the font does not have.
fn missing(characters: impl IntoIterator<Item = char>) -> String {
    let faces: Vec<Face<'_>> = (0..3).map(|index| Face::parse(FONT, index).unwrap()).collect();
    let shown = |character: char| faces.iter().all(|face| face.glyph_index(character).is_some());
    let unseen = |character: &char| !character.is_control() && !shown(*character);
    characters.into_iter().filter(unseen).collect::<BTreeSet<_>>().into_iter().collect()
}

/// Every character that two bytes of an encoding stand for.
fn of_two_bytes(encoding: &'static encoding_rs::Encoding) -> Vec<char> {
    let pairs = (0x81..=0xFE_u8).flat_map(|first| (0x40..=0xFE_u8).map(move |second| [first, second]));
    pairs
        .filter_map(|pair| {
            encoding.decode_without_bom_handling_and_without_replacement(&pair).map(String::from)
        })
        .flat_map(|text| text.chars().collect::<Vec<_>>())
        .filter(|character| !('\u{E000}'..='\u{F8FF}').contains(character))
        .collect()
}

#[test]
fn the_general_standard_of_characters_is_covered() {
    let table: Vec<char> = include_str!("../fonts/tgh.txt")
        .lines()
        .filter(|line| !line.starts_with('#'))
        .flat_map(str::chars)
        .collect();
    assert_eq!(table.len(), 8_105);
    assert_eq!(missing(table), "");
}

#[test]
fn big5_and_gbk_are_covered() {
    let big5 = of_two_bytes(encoding_rs::BIG5);
    assert!(big5.len() > 18_000, "only {} characters were decoded", big5.len());
    assert_eq!(missing(big5), "");
    let gbk = of_two_bytes(encoding_rs::GBK);
    assert!(gbk.len() > 21_000, "only {} characters were decoded", gbk.len());
    assert_eq!(missing(gbk), "");
}

#[test]
fn the_samples_are_covered_in_every_script() {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    for sample in SAMPLES {
        let document =
            import::read(sample.name, sample.bytes.to_vec(), &ReadOptions::default()).unwrap().document;
        for script in Form::ALL.into_iter().flat_map(|form| [Script::characters(form), Script::words(form)]) {
            for index in 0..document.blocks().len() {
                let reading = document.reading(BlockIndex::new(index)).unwrap();
                let none = Corrections::default();
                let shown = converters.show(document.written(), script, &none, &reading.text).unwrap();
                assert_eq!(missing(shown.text.chars()), "", "{} in {script:?}", sample.name);
            }
        }
    }
}

#[test]
fn each_region_has_its_own_shapes() {
    let faces: Vec<Face<'_>> = (0..3).map(|index| Face::parse(FONT, index).unwrap()).collect();
    for character in ['骨', '遍', '化'] {
        let shapes: BTreeSet<_> = faces.iter().map(|face| face.glyph_index(character).unwrap()).collect();
        assert_eq!(shapes.len(), 3, "{character}");
    }
}
