use std::io::{Cursor, Write};

use jiff::Timestamp;
use proptest::prelude::*;
use zip::ZipWriter;
use zip::write::SimpleFileOptions;

use super::*;
use crate::exchange::sample::{any_codes, any_damages, any_placed_parcel, damaged, note_of};
use crate::exchange::{ExchangeError, Format, LeftOut, Parcel, ParcelDocument, ParcelNote, Remark};
use crate::notes::{Anchor, Code, Codebook};
use crate::text::Span;

fn tag(written: &str) -> Tag {
    Tag::new(written).unwrap()
}

/// A package of these parts.
fn package(parts: &[(&str, &[u8])]) -> Vec<u8> {
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    for (name, part) in parts {
        writer.start_file(*name, SimpleFileOptions::default()).unwrap();
        writer.write_all(part).unwrap();
    }
    writer.finish().unwrap().into_inner()
}

fn received(file: &[u8]) -> Result<(Parcel, Vec<Remark>), ExchangeError> {
    crate::exchange::read(file, None).map(|received| (received.parcel, received.remarks))
}

#[test]
fn a_codebook_of_another_program_is_understood() {
    let file = r##"<?xml version="1.0"?>
        <CodeBook xmlns="urn:QDA-XML:codebook:1:0" origin="Other 1.0"><Codes>
          <Code guid="{0D62985D-B147-5D01-A9B5-CAE5DCD98342}" name="治理" isCodable="false" color="#00f">
            <Description>怎样管&#10;谁来管</Description>
            <Code guid="DFE5C38E-9449-5959-A1F7-E3D895CFA87F" name="数据/安全" isCodable="true"/>
          </Code>
          <Code guid="725F0645-9CD3-598A-8D2B-EC3D39AB3C3F" name="Folder" isCodable="false"/>
          <Code guid="no" name="x" isCodable="true"/>
        </Codes><Sets><Set guid="ECA18D76-2B8B-4F26-BC1D-19ECA19FB3F0" name="g"/></Sets></CodeBook>"##;
    let (parcel, remarks) = received(file.as_bytes()).unwrap();
    let blue = Code {
        description: "怎样管\n谁来管".to_owned(),
        colour: Some(Colour::Blue),
        ..Code::new(tag("治理"))
    };
    let expected: Codebook = [blue, Code::new(tag("治理/数据/安全"))].into_iter().collect();
    assert_eq!(parcel.codes, expected);
    let left_out = |left_out| Remark { left_out, count: 1 };
    assert_eq!(remarks, [left_out(LeftOut::Codes), left_out(LeftOut::Sets)]);
}

#[test]
fn colours_become_the_nearest_of_ours() {
    for colour in Colour::ALL {
        assert_eq!(colour_of(hex(colour)), Some(colour));
    }
    assert_eq!(colour_of("#FF0000"), Some(Colour::Pink));
    assert_eq!(["#808080", "#fff", "blue", "#12", ""].map(colour_of), [None; 5]);
}

const PROJECT_OF_OTHERS: &str = r#"<?xml version="1.0" encoding="utf-8"?>
<Project name="研究" origin="Other 24.0" xmlns="urn:QDA-XML:project:1.0">
  <CodeBook><Codes>
    <Code guid="0D62985D-B147-5D01-A9B5-CAE5DCD98342" name="水" isCodable="true" color="4CAF50"/>
  </Codes></CodeBook>
  <Sources>
    <TextSource guid="11111111-1111-4111-8111-111111111111" name="修河" plainTextPath="internal://A.txt">
      <PlainTextSelection guid="22222222-2222-4222-8222-222222222222" name="q" startPosition="2" endPosition="5" creationDateTime="2024-03-05T08:15:30">
        <Coding guid="33333333-3333-4333-8333-333333333333"><CodeRef targetGUID="0D62985D-B147-5D01-A9B5-CAE5DCD98342"/></Coding>
        <NoteRef targetGUID="44444444-4444-4444-8444-444444444444"/>
      </PlainTextSelection>
      <PlainTextSelection guid="55555555-5555-4555-8555-555555555555" startPosition="90" endPosition="99"/>
    </TextSource>
    <TextSource guid="66666666-6666-4666-8666-666666666666" name="missing" plainTextPath="internal://B.txt"/>
    <TextSource guid="77777777-7777-4777-8777-777777777777" name="elsewhere" plainTextPath="../../etc/passwd"/>
    <PDFSource guid="88888888-8888-4888-8888-888888888888"/>
  </Sources>
  <Notes><Note guid="44444444-4444-4444-8444-444444444444" name="Memo *1*"><PlainTextContent>先看这里</PlainTextContent></Note></Notes>
</Project>"#;

#[test]
fn a_project_of_another_program_is_understood() {
    let text = "\u{FEFF}我们先种树，再清淤。";
    let file = package(&[("project.qde", PROJECT_OF_OTHERS.as_bytes()), ("Sources/a.TXT", text.as_bytes())]);
    let (parcel, remarks) = received(&file).unwrap();
    let [document] = &parcel.documents[..] else { panic!("one document") };
    let [note] = &document.notes[..] else { panic!("one note") };
    assert_eq!((&*parcel.title, &*document.title), ("研究", "修河"));
    assert_eq!(document.text.as_deref(), Some("我们先种树，再清淤。"));
    assert_eq!((&*note.note.anchor.quote, &*note.note.anchor.after), ("先种树", "，再清淤。"));
    assert_eq!(note.note.text, "**Memo \\*1\\***\n\n先看这里");
    assert_eq!(
        (&note.note.tags[..], note.note.created.to_string()),
        (&[tag("水")][..], "2024-03-05T08:15:30Z".to_owned())
    );
    let counts: Vec<_> = remarks.iter().map(|remark| (remark.left_out, remark.count)).collect();
    assert_eq!(counts, [(LeftOut::Notes, 1), (LeftOut::Media, 1), (LeftOut::Texts, 2)]);
}

#[test]
fn two_notes_of_one_identity_are_both_kept() {
    let again = "</Note><Note guid=\"44444444-4444-4444-8444-444444444444\"><PlainTextContent>再看</PlainTextContent></Note></Notes>";
    let project = PROJECT_OF_OTHERS.replace("</Note></Notes>", again);
    let (parcel, _) = received(&package(&[
        ("project.qde", project.as_bytes()),
        ("Sources/a.TXT", "我们先种树，再清淤。".as_bytes()),
    ]))
    .unwrap();
    let said = &parcel.documents[0].notes[0].note.text;
    assert!(said.contains("先看这里") && said.contains("再看"), "{said}");
}

#[test]
fn a_note_without_a_place_is_kept_with_its_quotation() {
    let lost = ParcelNote::of_note(crate::notes::Annotation {
        text: "在哪里？".to_owned(),
        tags: vec![tag("水")],
        colour: Some(Colour::Pink),
        ..note_of(7, Anchor { quote: "不见了的话".to_owned(), ..Anchor::default() })
    });
    let document = ParcelDocument {
        text: Some("河水。".to_owned()),
        notes: vec![lost.clone()],
        ..ParcelDocument::default()
    };
    let parcel = Parcel { documents: vec![document], ..Parcel::default() };
    let file = project_to_refi(&parcel, Timestamp::UNIX_EPOCH).unwrap();
    assert_eq!(received(&file).unwrap().0.documents[0].notes, [lost]);
}

#[test]
fn a_package_that_grows_beyond_reason_is_refused() {
    let bomb = vec![b' '; usize::try_from(crate::exchange::MOST_BYTES).unwrap() + 1];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let packed = SimpleFileOptions::default().compression_method(zip::CompressionMethod::Deflated);
    writer.start_file("project.qde", packed).unwrap();
    writer.write_all(&bomb).unwrap();
    let file = writer.finish().unwrap().into_inner();
    assert!(file.len() < 1_000_000);
    assert_eq!(received(&file), Err(ExchangeError::TooLarge));
    assert_eq!(received(&package(&[("a.txt", b"x")])), Err(ExchangeError::Lacks("project.qde")));
    assert!(matches!(received(b"PK\x03\x04 nothing"), Err(ExchangeError::Package(_))));
}

/// What of a codebook REFI-QDA can say: no characters that XML has not.
fn expressed_codes(codes: &Codebook, in_use: impl Iterator<Item = Tag>) -> Codebook {
    let expressed =
        codes.iter().map(|code| Code { description: expressed(&code.description), ..code.clone() });
    let mut codes: Codebook = expressed.collect();
    for tag in in_use {
        if codes.get(&tag).is_none() {
            codes.put(Code::new(tag));
        }
    }
    codes
}

fn expressed(text: &str) -> String {
    let one =
        |each: char| if crate::exchange::xml::can_express(&each.to_string()) { each } else { '\u{FFFD}' };
    text.chars().map(one).collect()
}

/// What a codebook by itself can say: no keys either.
fn without_keys(codes: &Codebook) -> Codebook {
    codes.iter().map(|code| Code { key: None, ..code.clone() }).collect()
}

/// What of a parcel REFI-QDA can say: names only as XML can hold them.
fn expected(mut parcel: Parcel) -> Parcel {
    let tags: Vec<Tag> = parcel
        .documents
        .iter()
        .flat_map(|document| &document.notes)
        .flat_map(|note| note.note.tags.clone())
        .collect();
    parcel.codes = expressed_codes(&parcel.codes, tags.into_iter());
    parcel.title = expressed(&parcel.title);
    for document in &mut parcel.documents {
        document.title = expressed(&document.title);
    }
    parcel
}

/// A bookmark in an empty text, or a note of nothing: these have no place in the standard.
fn all_have_places(parcel: &Parcel) -> bool {
    parcel.documents.iter().all(|document| document.text.as_deref().is_some_and(|text| !text.is_empty()))
}

proptest! {
    #[test]
    fn a_codebook_comes_back(codes in any_codes()) {
        prop_assume!(!codes.is_empty());
        let file = codebook_to_refi(&codes);
        let received = crate::exchange::read(&file, None).unwrap();
        prop_assert_eq!((received.format, received.remarks), (Format::Codebook, Vec::new()));
        let expected = expressed_codes(&without_keys(&codes), std::iter::empty());
        prop_assert_eq!(received.parcel.codes, expected);
    }

    #[test]
    fn a_project_comes_back(parcel in any_placed_parcel()) {
        prop_assume!(all_have_places(&parcel) && parcel.title != OWN);
        let file = project_to_refi(&parcel, Timestamp::UNIX_EPOCH).unwrap();
        let (back, remarks) = received(&file).unwrap();
        prop_assert_eq!(back, expected(parcel));
        prop_assert_eq!(remarks, []);
    }

    #[test]
    fn a_damaged_project_is_refused_or_read(parcel in any_placed_parcel(), damages in any_damages()) {
        let file = project_to_refi(&parcel, Timestamp::UNIX_EPOCH).unwrap();
        drop(received(&damaged(file, &damages)));
    }

    /// Damage that the checksum of the package would hide is done to the project inside.
    #[test]
    fn a_damaged_qde_is_refused_or_read(damages in any_damages()) {
        let project = damaged(PROJECT_OF_OTHERS.as_bytes().to_vec(), &damages);
        drop(received(&package(&[("project.qde", &project), ("sources/a.txt", "河水".as_bytes())])));
    }

    #[test]
    fn a_damaged_codebook_is_refused_or_read(codes in any_codes(), damages in any_damages()) {
        drop(received(&damaged(codebook_to_refi(&codes), &damages)));
    }

    #[test]
    fn bytes_of_any_kind_do_no_harm(bytes in prop::collection::vec(any::<u8>(), 0..300), format in 0..6_usize) {
        drop(crate::exchange::read(&bytes, Some(Format::ALL[format])));
        drop(crate::exchange::read(&bytes, None));
    }
}

/// The span of characters of a bookmark may be anywhere, also at the end of a text.
#[test]
fn a_bookmark_at_the_end_stays_there() {
    let text = "河水";
    let end = Span::at(2);
    let anchor = Anchor::of(&crate::exchange::sample::document(text), Span::at(6));
    let note =
        ParcelNote { anchored: true, characters: Some(end), ..ParcelNote::of_note(note_of(3, anchor)) };
    let document =
        ParcelDocument { text: Some(text.to_owned()), notes: vec![note], ..ParcelDocument::default() };
    let file =
        project_to_refi(&Parcel { documents: vec![document], ..Parcel::default() }, Timestamp::UNIX_EPOCH)
            .unwrap();
    let (parcel, _) = received(&file).unwrap();
    assert_eq!(parcel.documents[0].notes[0].characters, Some(end));
    assert!(received(&file).unwrap().1.is_empty());
}
