//! A parcel as JSON-LD.

use serde::Serialize;
use serde::ser::{SerializeSeq, Serializer};
use serde_json::{Map, Value, json};

use super::{CONTEXT, DOCUMENT, PROGRAM, STYLE, TERMS, TEXT, term};
use crate::exchange::counting::Counting;
use crate::exchange::identity::uuid_of;
use crate::exchange::whole;
use crate::exchange::{Parcel, ParcelDocument, ParcelNote};
use crate::notes::{Anchor, Annotation, Code, FarEnd, Tag};
use crate::text::Span;

/// The notes and codes of a parcel as JSON-LD; the texts of its documents are left out.
///
/// Where documents lie is only said with `paths`. Of a document without notes nothing is written.
pub fn to_web_annotations(parcel: &Parcel, paths: bool) -> Vec<u8> {
    let (id, page) = (id_of(parcel, "collection"), id_of(parcel, "page"));
    let items = Items { parcel, paths };
    let collection = Collection {
        context: context(),
        codes: parcel.codes.iter().map(code).collect(),
        first: Page { id: page, items, part_of: &id, start: 0, kind: "AnnotationPage" },
        id: &id,
        label: &parcel.title,
        total: parcel.note_count(),
        kind: "AnnotationCollection",
    };
    // Writing a value into memory cannot fail; an empty file would be seen at once.
    let mut bytes = serde_json::to_vec_pretty(&collection).unwrap_or_default();
    bytes.push(b'\n');
    bytes
}

#[derive(Serialize)]
struct Collection<'a> {
    #[serde(rename = "@context")]
    context: Value,
    #[serde(rename = "duidu:codes", skip_serializing_if = "Vec::is_empty")]
    codes: Vec<Value>,
    first: Page<'a>,
    id: &'a str,
    label: &'a str,
    total: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

#[derive(Serialize)]
struct Page<'a> {
    id: String,
    items: Items<'a>,
    #[serde(rename = "partOf")]
    part_of: &'a str,
    #[serde(rename = "startIndex")]
    start: usize,
    #[serde(rename = "type")]
    kind: &'static str,
}

/// The annotations, each made when it is written: together they would take ten times the memory of the file.
struct Items<'a> {
    parcel: &'a Parcel,
    paths: bool,
}

impl Serialize for Items<'_> {
    fn serialize<To: Serializer>(&self, to: To) -> Result<To::Ok, To::Error> {
        let mut list = to.serialize_seq(Some(self.parcel.note_count()))?;
        for (index, document) in self.parcel.documents.iter().enumerate() {
            let source = source_of(document, index, self.paths);
            let text = document.text.as_deref();
            let now = text.and_then(|text| Some((Counting::new(text), whole(text)?)));
            for note in &document.notes {
                let place = now.as_ref().zip(note.characters);
                let now = place.and_then(|((counting, whole), characters)| {
                    let span = counting
                        .bytes(characters)
                        .filter(|span| !tells(&note.note.anchor, whole.text(), *span));
                    span.map(|span| Anchor::of(whole, span))
                });
                list.serialize_element(&annotation(note, now.as_ref(), &source, self.paths))?;
            }
        }
        list.end()
    }
}

/// The identity of a parcel's collection or page: the same for the same notes.
fn id_of(parcel: &Parcel, what: &str) -> String {
    let notes = parcel.documents.iter().flat_map(|document| &document.notes);
    let ids: Vec<String> = notes.map(|note| note.note.id.to_string()).collect();
    format!("urn:uuid:{}", uuid_of(what, &[&parcel.title, &ids.concat()]))
}

fn set(object: &mut Value, name: &str, value: Value) {
    if let Value::Object(fields) = object {
        fields.insert(name.to_owned(), value);
    }
}

/// The W3C's context, and our own terms.
fn context() -> Value {
    let mut own = Map::from_iter([("duidu".to_owned(), json!(TERMS))]);
    for name in term::LISTS {
        let full = name.replace("duidu:", TERMS);
        own.insert(name.to_owned(), json!({ "@id": full, "@container": "@list" }));
    }
    json!([CONTEXT, own])
}

fn code(code: &Code) -> Value {
    let mut value = json!({ term::TAG: code.tag.as_str(), term::DESCRIPTION: code.description });
    if let Some(colour) = code.colour {
        set(&mut value, term::COLOUR, json!(colour.name()));
    }
    if let Some(key) = code.key {
        set(&mut value, term::KEY, json!(key.to_string()));
    }
    value
}

/// The document as a resource: known by its text, never by where it lies, unless that was asked for.
fn source_of(document: &ParcelDocument, index: usize, paths: bool) -> Value {
    let id = match document.id {
        Some(id) => format!("{TEXT}{id}"),
        None => format!("{DOCUMENT}{index}"),
    };
    source(&id, &document.title, if paths { &document.source } else { "" })
}

fn source(id: &str, title: &str, place: &str) -> Value {
    let mut value = json!({ "id": id, "type": "Text", "label": title });
    if !place.is_empty() {
        set(&mut value, term::PLACE, json!(place));
    }
    value
}

/// A note; `now` is what stands where it is now, if that is not what its anchor says. Then other programs are told it: of
/// two selectors that tell two things they believe neither.
fn annotation(note: &ParcelNote, now: Option<&Anchor>, source: &Value, paths: bool) -> Value {
    let Annotation { id, anchor, colour, placing, created, changed, .. } = &note.note;
    let mut target = specific(source, anchor, note.anchored, note.characters);
    if let Some(now) = now {
        if let Some(first) = target.pointer_mut("/selector/0") {
            *first = quote_selector(now);
        }
        set(&mut target, term::ANCHOR, quote_selector(anchor));
    }
    for (name, said) in [(term::CLAUSE, &note.place_now.clause), (term::PAGE, &note.place_now.page)] {
        if !said.is_empty() {
            set(&mut target, name, json!(said));
        }
    }
    if let Some(colour) = colour {
        set(&mut target, "styleClass", json!(format!("{STYLE}{}", colour.name())));
    }
    if let Some(original) = &placing.original {
        set(&mut target, term::ORIGINAL, original_anchor(original));
    }
    if let Some(text) = placing.lost_in {
        set(&mut target, term::LOST_IN, json!(text.to_string()));
    }
    json!({
        "id": format!("urn:uuid:{id}"),
        "type": "Annotation",
        "motivation": motivations(&note.note),
        "generator": { "id": PROGRAM, "type": "Software", "name": concat!("Duidu ", env!("CARGO_PKG_VERSION")) },
        "created": created.to_string(),
        "modified": changed.to_string(),
        "body": bodies(&note.note, paths),
        "target": target,
    })
}

fn motivations(note: &Annotation) -> Vec<&'static str> {
    let marks = if note.is_bookmark() { "bookmarking" } else { "highlighting" };
    let others = [
        ("commenting", !note.text.is_empty()),
        ("tagging", !note.tags.is_empty()),
        ("linking", !note.answers.is_empty()),
    ];
    [marks].into_iter().chain(others.into_iter().filter(|(_, fits)| *fits).map(|(name, _)| name)).collect()
}

fn bodies(note: &Annotation, paths: bool) -> Vec<Value> {
    let text = Some(&note.text).filter(|text| !text.is_empty()).map(|text| {
        json!({ "type": "TextualBody", "value": text, "format": "text/markdown", "purpose": "commenting" })
    });
    let tags = note.tags.iter().map(Tag::as_str);
    let tags = tags.map(|tag| json!({ "type": "TextualBody", "value": tag, "purpose": "tagging" }));
    let answers = note.answers.iter().map(|answer| link(answer, paths));
    text.into_iter().chain(tags).chain(answers).collect()
}

fn link(FarEnd { place, document, title, anchor }: &FarEnd, paths: bool) -> Value {
    let source = source(&format!("{TEXT}{document}"), title, if paths { place } else { "" });
    let mut body = specific(&source, anchor, true, None);
    set(&mut body, "purpose", json!("linking"));
    body
}

/// A passage of a document.
fn specific(source: &Value, anchor: &Anchor, anchored: bool, characters: Option<Span>) -> Value {
    let mut selectors = vec![quote_selector(anchor)];
    selectors.extend(characters.map(|characters| {
        json!({ "type": "TextPositionSelector", "start": characters.start(), "end": characters.end() })
    }));
    let mut value = json!({ "type": "SpecificResource", "source": source, "selector": selectors });
    if anchored {
        set(&mut value, term::SPAN, span(anchor));
    }
    if !anchor.headings.is_empty() {
        set(&mut value, term::HEADINGS, json!(anchor.headings));
    }
    value
}

fn original_anchor(anchor: &Anchor) -> Value {
    let mut value = quote_selector(anchor);
    set(&mut value, term::SPAN, span(anchor));
    set(&mut value, term::HEADINGS, json!(anchor.headings));
    value
}

fn quote_selector(anchor: &Anchor) -> Value {
    json!({
        "type": "TextQuoteSelector",
        "exact": anchor.quote,
        "prefix": anchor.before,
        "suffix": anchor.after,
    })
}

/// Whether what an anchor says stands at a place of a text.
fn tells(anchor: &Anchor, text: &str, span: Span) -> bool {
    let before = text.get(..span.start() as usize).is_some_and(|before| before.ends_with(&anchor.before));
    let after = text.get(span.end() as usize..).is_some_and(|after| after.starts_with(&anchor.after));
    span.of(text) == Some(&anchor.quote) && before && after
}

fn span(anchor: &Anchor) -> Value {
    json!([anchor.span.start(), anchor.span.end()])
}
