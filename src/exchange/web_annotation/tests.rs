use jiff::Timestamp;
use proptest::prelude::*;
use serde_json::{Value, json};

use super::*;
use crate::exchange::remark::Remarks;
use crate::exchange::sample::{any_damages, any_parcel, any_placed_parcel, damaged};
use crate::exchange::{ExchangeError, Format, LeftOut, Parcel, Remark, TagChoices, place};
use crate::notes::{Colour, FoundState};
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

/// A note must not stand on a passage that nobody chose for it.
#[test]
fn a_place_that_is_not_understood_is_none() {
    let annotation = |selector: Value| {
        let mut remarks = Remarks::default();
        let target = json!({ "source": "https://a.example/", "selector": selector });
        let value = json!({ "type": "Annotation", "bodyValue": "好", "target": target });
        let parcel = read(&value.to_string(), &mut remarks).unwrap();
        let text = crate::exchange::sample::document("我们提议先在上游种树，再清理河道里的淤泥。");
        let tags = TagChoices::new();
        let arrivals = place(&parcel.documents[0], &text, &[], &[], &tags, Timestamp::MAX, &|| true);
        (arrivals.unwrap()[0].found.state(), remarks.into_list())
    };
    let range =
        json!({ "type": "RangeSelector", "startSelector": { "type": "XPathSelector", "value": "/p[1]" } });
    let unknown = vec![Remark { left_out: LeftOut::Places, count: 1 }];
    assert_eq!(annotation(range.clone()), (FoundState::Lost, unknown));
    let around = ("我们提议", "河道里的淤泥。");
    let quote = json!({
        "type": "TextQuoteSelector", "exact": "先在上游种树，再清理", "prefix": around.0, "suffix": around.1
    });
    assert_eq!(annotation(json!([quote, range])), (FoundState::Exact, Vec::new()));
}

#[test]
fn bodies_are_read_in_their_formats() {
    let text = |value: &str, format: &str| {
        let body = json!({ "type": "TextualBody", "value": value, "format": format });
        let parcel =
            read_value(&json!({ "type": "Annotation", "body": body, "target": "https://a.example/" }))
                .unwrap();
        parcel.documents[0].notes[0].note.text.clone()
    };
    assert_eq!(text("<p>河 <b>水</b> &amp; 岸</p><p>树</p>", "text/html"), "河 水 \\& 岸\n\n树");
    assert_eq!(text("<p>河</p><p hidden>藏</p>", "text/html"), "河");
    // What is no note by its length is not read as a page, which could take long.
    let page = "<!---->".repeat(100_000) + &"<i aria-hidden=true>水</i>".repeat(50_000);
    assert!(text(&page, "text/html").contains("aria"));
    assert_eq!(text("# 不是标题", "text/plain; charset=utf-8"), "\\# 不是标题");
    assert_eq!(text("# 标题", "text/markdown"), "# 标题");
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

/// Each of many documents is found without looking at those before it.
#[test]
fn many_documents_are_told_apart_quickly() {
    let items: Vec<Value> = (0..30_000)
        .map(|number| json!({ "type": "Annotation", "target": format!("urn:a:{number}") }))
        .collect();
    let file = Value::from(items).to_string();
    let begun = std::time::Instant::now();
    assert_eq!(read(&file, &mut Remarks::default()).unwrap().documents.len(), 30_000);
    assert!(begun.elapsed() < std::time::Duration::from_secs(5), "{:?}", begun.elapsed());
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

    /// What other programs read of one note is one thing, and ours comes back as it was.
    #[test]
    fn the_selectors_of_a_moved_note_agree(parcel in any_placed_parcel()) {
        let file = to_web_annotations(&parcel, true);
        let value: Value = serde_json::from_slice(&file).unwrap();
        let mut items = value["first"]["items"].as_array().unwrap().iter();
        for document in &parcel.documents {
            let characters: Vec<char> = document.text.as_ref().unwrap().chars().collect();
            for note in &document.notes {
                let selectors = &items.next().unwrap()["target"]["selector"];
                let Some(place) = note.characters else { continue };
                let words: String = characters[place.start() as usize..place.end() as usize].iter().collect();
                prop_assert_eq!(&selectors[0]["exact"], &Value::from(words));
                let before: String = characters[..place.start() as usize].iter().collect();
                prop_assert!(before.ends_with(selectors[0]["prefix"].as_str().unwrap()));
            }
        }
        let mut expected = parcel;
        expected.documents.retain(|document| !document.notes.is_empty());
        expected.documents.iter_mut().for_each(|document| document.text = None);
        prop_assert_eq!(crate::exchange::read(&file, None).unwrap().parcel, expected);
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
