use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::exchange::remark::Remarks;
use crate::exchange::sample::{any_damages, any_parcel, damaged};
use crate::exchange::{ExchangeError, Format, Parcel};
use crate::notes::Colour;
use crate::text::Span;

fn read_value(value: &Value) -> Result<Parcel, ExchangeError> {
    read(&value.to_string(), &mut Remarks::default())
}

#[test]
fn an_annotation_of_another_program_is_understood() {
    let parcel = read_value(&json!({
        "@context": CONTEXT,
        "id": "https://notes.example/7",
        "type": "Annotation",
        "motivation": "commenting",
        "created": "2024-03-05T08:15:30Z",
        "bodyValue": "先看这里",
        "body": [
            { "type": "TextualBody", "value": "水/河", "purpose": "tagging" },
            { "type": "Choice", "items": [{ "type": "TextualBody", "value": "也好" }] },
            "https://b.example/"
        ],
        "target": {
            "source": "https://a.example/he#top",
            "selector": {
                "type": "FragmentSelector", "value": "p1",
                "refinedBy": [
                    { "type": "TextQuoteSelector", "exact": "先种树", "prefix": "我们", "suffix": "，" },
                    { "type": "TextPositionSelector", "start": 2, "end": "5" }
                ]
            }
        }
    }))
    .unwrap();
    let [document] = &parcel.documents[..] else { panic!("one document") };
    let [note] = &document.notes[..] else { panic!("one note") };
    assert_eq!((&*document.source, document.id), ("https://a.example/he", None));
    assert_eq!((&*note.note.anchor.quote, &*note.note.anchor.before), ("先种树", "我们"));
    assert_eq!((note.anchored, note.characters), (false, Some(Span::new(2, 5))));
    assert_eq!(note.note.text, "先看这里\n\n也好\n\n<https://b.example/>");
    assert_eq!((note.note.tags[0].as_str(), note.note.colour), ("水/河", Some(Colour::Yellow)));
}

#[test]
fn each_target_is_annotated_for_itself() {
    let parcel = read_value(&json!([
        { "id": "a:1", "type": "Annotation", "bodyValue": "x", "target": ["https://a.example/", "https://b.example/"] },
        { "id": "a:2", "type": "Annotation", "bodyValue": "y", "target": "https://a.example/" },
        { "id": "a:3", "type": "Annotation" }
    ]))
    .unwrap();
    let texts =
        |index: usize| parcel.documents[index].notes.iter().map(|note| &*note.note.text).collect::<Vec<_>>();
    assert_eq!((texts(0), texts(1)), (vec!["x", "y"], vec!["x"]));
    assert_ne!(parcel.documents[0].notes[0].note.id, parcel.documents[1].notes[0].note.id);
}

#[test]
fn a_collection_may_be_empty_and_anything_else_is_refused() {
    assert_eq!(read_value(&json!({ "type": "AnnotationCollection" })).unwrap(), Parcel::default());
    assert_eq!(read_value(&json!({ "type": "Person" })), Err(ExchangeError::Lacks("annotations")));
    assert!(matches!(read("{", &mut Remarks::default()), Err(ExchangeError::Json(_))));
    assert!(matches!(read(&"[".repeat(100_000), &mut Remarks::default()), Err(ExchangeError::Json(_))));
}

proptest! {
    #[test]
    fn nothing_is_lost_on_the_way(parcel in any_parcel()) {
        let file = to_web_annotations(&parcel, true);
        let received = crate::exchange::read(&file, None).unwrap();
        prop_assert_eq!(received.format, Format::WebAnnotations);
        prop_assert_eq!(received.parcel, parcel);
        prop_assert!(received.remarks.is_empty());
    }

    #[test]
    fn where_documents_lie_is_told_only_when_asked(parcel in any_parcel()) {
        let file = to_web_annotations(&parcel, false);
        let parcel = crate::exchange::read(&file, None).unwrap().parcel;
        for document in &parcel.documents {
            prop_assert_eq!(&document.source, "");
            prop_assert!(document.notes.iter().flat_map(|note| &note.note.answers).all(|answer| answer.place.is_empty()));
        }
    }

    #[test]
    fn a_damaged_file_is_refused_or_read(parcel in any_parcel(), damages in any_damages()) {
        let file = damaged(to_web_annotations(&parcel, false), &damages);
        drop(crate::exchange::read(&file, None));
    }
}
