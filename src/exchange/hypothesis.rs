//! What Hypothesis exports (a file with `annotations`) or answers (`rows`): read only.
//!
//! Its positions count the characters of a web page as its own program saw them: no more than hints.

use std::collections::BTreeMap;

use serde_json::Value;

use super::documents::NamedDocuments;
use super::identity::note_id_of;
use super::json::{list, moment, string, strings, whole};
use super::remark::Remarks;
use super::said::RULE;
use super::{ExchangeError, LeftOut, Parcel, ParcelDocument, ParcelNote};
use crate::export::escape_markdown;
use crate::notes::{Anchor, Annotation, Colour, NoteId, Tag};
use crate::text::Span;

/// Whether the beginning of a file of JSON speaks for Hypothesis.
pub(super) fn is_likely(beginning: &str) -> bool {
    let has = |name: &str| beginning.contains(&format!("\"{name}\""));
    !has("@context")
        && (has("rows") || has("export_date") || has("client_version") || (has("uri") && has("group")))
}

/// Reads annotations. Replies follow the text of what they answer.
pub(super) fn read(text: &str, remarks: &mut Remarks) -> Result<Parcel, ExchangeError> {
    let root: Value = serde_json::from_str(text).map_err(|error| ExchangeError::Json(error.to_string()))?;
    let rows =
        [list(&root, "rows"), list(&root, "annotations"), root.as_array().map_or(&[][..], Vec::as_slice)];
    let known = root.is_array() || root.get("rows").is_some() || root.get("annotations").is_some();
    if !known {
        return Err(ExchangeError::Lacks("annotations"));
    }
    let rows: Vec<&Value> = rows.into_iter().flatten().collect();
    let (replies, own): (Vec<&Value>, Vec<&Value>) =
        rows.into_iter().partition(|row| !list(row, "references").is_empty());
    let mut documents = NamedDocuments::new();
    for row in own {
        let address = string(row, "uri").unwrap_or_default();
        match note(row) {
            Some(note) => documents.of(address, |address| document(row, address)).notes.push(note),
            None => remarks.add(LeftOut::Notes, 1),
        }
    }
    let mut parcel = Parcel { documents: documents.into_list(), ..Parcel::default() };
    add_replies(&mut parcel, replies, remarks);
    Ok(parcel)
}

fn document(row: &Value, address: &str) -> ParcelDocument {
    let title = row.get("document").and_then(|document| string(document, "title")).unwrap_or_default();
    ParcelDocument { title, source: address.to_owned(), ..ParcelDocument::default() }
}

fn note(row: &Value) -> Option<ParcelNote> {
    let name = string(row, "id").unwrap_or_else(|| row.to_string());
    row.as_object()?;
    let selectors: Vec<&Value> =
        list(row, "target").iter().flat_map(|target| list(target, "selector")).collect();
    let of_kind = |kind: &str| selectors.iter().find(|each| string(each, "type").as_deref() == Some(kind));
    let anchor = of_kind("TextQuoteSelector").map(|quote| anchor(quote)).unwrap_or_default();
    let position = of_kind("TextPositionSelector");
    let characters = position.and_then(|position| Some((whole(position, "start")?, whole(position, "end")?)));
    let created = moment(row, "created").unwrap_or_default();
    let mut note = Annotation {
        id: note_id_of("hypothesis", &name),
        colour: (!anchor.quote.is_empty()).then(Colour::default),
        anchor,
        text: string(row, "text").unwrap_or_default(),
        created,
        changed: moment(row, "updated").unwrap_or(created).max(created),
        ..Annotation::empty()
    };
    for tag in strings(row, "tags").iter().filter_map(|written| Tag::new(written).ok()) {
        if !note.tags.contains(&tag) {
            note.tags.push(tag);
        }
    }
    Some(ParcelNote {
        characters: characters.map(|(start, end)| Span::new(start, end)),
        ..ParcelNote::of_note(note)
    })
}

fn anchor(quote: &Value) -> Anchor {
    Anchor {
        quote: string(quote, "exact").unwrap_or_default(),
        before: string(quote, "prefix").unwrap_or_default(),
        after: string(quote, "suffix").unwrap_or_default(),
        ..Anchor::default()
    }
}

/// What was said in reply to a note, in the order of time.
type Threads = BTreeMap<NoteId, Vec<String>>;

/// Replies go below the text of the note that their thread began with.
fn add_replies(parcel: &mut Parcel, mut replies: Vec<&Value>, remarks: &mut Remarks) {
    replies.sort_by_key(|reply| moment(reply, "created"));
    let mut threads = Threads::new();
    for reply in replies {
        let root = string(reply, "references").unwrap_or_default();
        let said = format!("{}: {}", who_said(reply), string(reply, "text").unwrap_or_default());
        threads.entry(note_id_of("hypothesis", &root)).or_default().push(said);
    }
    for note in parcel.documents.iter_mut().flat_map(|document| &mut document.notes) {
        let own = Some(std::mem::take(&mut note.note.text)).filter(|text| !text.is_empty());
        let replies = threads.remove(&note.note.id).unwrap_or_default();
        note.note.text = own.into_iter().chain(replies).collect::<Vec<_>>().join(RULE);
    }
    remarks.add(LeftOut::Notes, threads.values().map(Vec::len).sum());
}

/// The name of `acct:name@server`, as Markdown.
fn who_said(reply: &Value) -> String {
    let user = string(reply, "user").unwrap_or_default();
    escape_markdown(user.trim_start_matches("acct:").split('@').next().unwrap_or_default())
}

#[cfg(test)]
mod tests {
    use super::*;

    const ROWS: &str = r#"{"total": 4, "rows": [
        {"id": "AbC-1", "uri": "https://a.example/he", "user": "acct:lin@hypothes.is", "group": "__world__",
         "created": "2024-03-05T08:15:30.123456+00:00", "updated": "2024-03-06T00:00:00+00:00",
         "text": "先看这里", "tags": ["水", "水", " "], "document": {"title": ["修河倡议"]},
         "target": [{"source": "https://a.example/he", "selector": [
            {"type": "RangeSelector", "startContainer": "/p[1]", "endContainer": "/p[1]", "startOffset": 0, "endOffset": 3},
            {"type": "TextPositionSelector", "start": 12, "end": 15},
            {"type": "TextQuoteSelector", "exact": "先种树", "prefix": "我们提议", "suffix": "，再清淤"}]}]},
        {"id": "AbC-2", "uri": "https://a.example/he", "text": "全页", "tags": [], "target": [{"source": "https://a.example/he"}]},
        {"id": "AbC-4", "uri": "https://a.example/he", "user": "acct:he_2@hypothes.is", "text": "同意", "references": ["AbC-1", "AbC-3"], "created": "2024-03-08T00:00:00Z"},
        {"id": "AbC-3", "uri": "https://a.example/he", "user": "acct:zhou@hypothes.is", "text": "为什么？", "references": ["AbC-1"], "created": "2024-03-07T00:00:00Z"},
        {"id": "AbC-5", "uri": "https://a.example/he", "text": "x", "references": ["gone"]}
    ]}"#;

    #[test]
    fn annotations_page_notes_and_replies() {
        let mut remarks = Remarks::default();
        let parcel = read(ROWS, &mut remarks).unwrap();
        let [document] = &parcel.documents[..] else { panic!("one document") };
        assert_eq!((&*document.title, &*document.source), ("修河倡议", "https://a.example/he"));
        let [quoting, of_page] = &document.notes[..] else { panic!("two notes") };
        assert_eq!((&*quoting.note.anchor.quote, &*quoting.note.anchor.before), ("先种树", "我们提议"));
        assert_eq!(quoting.characters, Some(Span::new(12, 15)));
        assert_eq!(quoting.note.tags, [Tag::new("水").unwrap()]);
        assert_eq!(quoting.note.text, "先看这里\n\n---\n\nzhou: 为什么？\n\n---\n\nhe\\_2: 同意");
        assert_eq!(quoting.note.changed.to_string(), "2024-03-06T00:00:00Z");
        assert_eq!((of_page.note.colour, &*of_page.note.text), (None, "全页"));
        assert_eq!(remarks.into_list(), [super::super::Remark { left_out: LeftOut::Notes, count: 1 }]);
    }

    #[test]
    fn the_file_of_an_export_is_read_too() {
        let export = r#"{"export_date": "2024-03-05", "client_version": "1.0", "annotations": [{"id": "a", "uri": "u", "text": "t"}]}"#;
        assert!(is_likely(export) && is_likely(ROWS) && !is_likely(r#"{"@context": "…", "rows": []}"#));
        assert_eq!(read(export, &mut Remarks::default()).unwrap().note_count(), 1);
        assert_eq!(read("{}", &mut Remarks::default()), Err(ExchangeError::Lacks("annotations")));
    }
}
