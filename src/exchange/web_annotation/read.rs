//! JSON-LD to a parcel.
//!
//! Files in the compact form of the W3C's context are understood, which is the one that the model prescribes; of
//! other forms of JSON-LD only the names of keywords (`@id`, `@type`, `@graph`).

use serde_json::Value;

use super::{DOCUMENT, PROGRAM, STYLE, TERMS, TEXT, term};
use crate::document::{AsideReason, Format, TextId};
use crate::exchange::documents::NamedDocuments;
use crate::exchange::identity::note_id_of;
use crate::exchange::json::{list, moment, string, strings, whole};
use crate::exchange::remark::Remarks;
use crate::exchange::{ExchangeError, LeftOut, Parcel, ParcelDocument, ParcelNote};
use crate::export::escape_markdown;
use crate::import::{self, ReadOptions};
use crate::notes::{Anchor, Annotation, Code, Codebook, Colour, FarEnd, Placing, Tag};
use crate::text::Span;

/// Reads annotations, alone, in a list, on a page or in a collection.
pub(in crate::exchange) fn read(text: &str, remarks: &mut Remarks) -> Result<Parcel, ExchangeError> {
    let root: Value = serde_json::from_str(text).map_err(|error| ExchangeError::Json(error.to_string()))?;
    let mut reader = Reader { documents: NamedDocuments::new(), remarks };
    let mut seen_any = false;
    for annotation in annotations(&root) {
        seen_any = true;
        reader.take(annotation);
    }
    let is_collection = ["AnnotationCollection", "AnnotationPage"].iter().any(|kind| is_a(&root, kind));
    if seen_any || is_collection || root.as_array().is_some_and(Vec::is_empty) {
        let title = string(&root, "label").or_else(|| string(&root, "name")).unwrap_or_default();
        Ok(Parcel { title, documents: reader.documents.into_list(), codes: codes(&root) })
    } else {
        Err(ExchangeError::Lacks("annotations"))
    }
}

fn is_a(value: &Value, kind: &str) -> bool {
    let types = list(value, "type").iter().chain(list(value, "@type"));
    types.filter_map(Value::as_str).any(|each| each == kind || each.strip_prefix("oa:") == Some(kind))
}

/// The annotations below a value. Pages that are not in the file are not fetched.
fn annotations(root: &Value) -> Vec<&Value> {
    let (mut found, mut waiting) = (Vec::new(), vec![root]);
    while let Some(value) = waiting.pop() {
        if is_a(value, "Annotation") || (value.get("target").is_some() && !is_a(value, "AnnotationPage")) {
            found.push(value);
            continue;
        }
        let inner =
            ["first", "items", "next", "@graph", "resources"].iter().flat_map(|name| list(value, name));
        let inner: Vec<&Value> = value.as_array().into_iter().flatten().chain(inner).collect();
        // The last one is taken first: so they come in their order.
        waiting.extend(inner.into_iter().rev());
    }
    found
}

struct Reader<'a> {
    documents: NamedDocuments<String>,
    remarks: &'a mut Remarks,
}

impl Reader<'_> {
    fn take(&mut self, annotation: &Value) {
        let targets = list(annotation, "target");
        if targets.is_empty() {
            self.remarks.add(LeftOut::Notes, 1);
            return;
        }
        for (index, target) in targets.iter().enumerate() {
            let mut note = self.note(annotation, target);
            if index > 0 {
                // The model says that each target is annotated for itself.
                note.note.id = note_id_of("target", &format!("{} {index}", note.note.id));
            }
            self.document_of(target).notes.push(note);
        }
    }

    fn note(&mut self, annotation: &Value, target: &Value) -> ParcelNote {
        let own = is_own(annotation);
        let mut note = Annotation { id: id_of(annotation), ..Annotation::empty() };
        note.created = moment(annotation, "created").unwrap_or(note.created);
        note.changed = moment(annotation, "modified").unwrap_or(note.created).max(note.created);
        self.take_bodies(annotation, &mut note);
        let Passage { anchor, anchored, characters, unknown } = passage(target);
        self.remarks.add(LeftOut::Places, usize::from(unknown));
        note.anchor = anchor;
        note.placing = placing(target);
        note.colour = colour_of(target);
        if !own && note.colour.is_none() && !note.anchor.quote.is_empty() {
            note.colour = Some(Colour::default());
        }
        ParcelNote { anchored: anchored || unknown, characters, ..ParcelNote::of_note(note) }
    }

    fn take_bodies(&mut self, annotation: &Value, note: &mut Annotation) {
        let all_tags = list(annotation, "motivation").iter().all(|each| each.as_str() == Some("tagging"));
        let only_tags = all_tags && !list(annotation, "motivation").is_empty();
        let mut texts: Vec<String> = strings(annotation, "bodyValue");
        for body in list(annotation, "body").iter().flat_map(alternatives) {
            let purposes = strings(body, "purpose");
            let is_tag =
                purposes.iter().any(|purpose| purpose == "tagging") || (purposes.is_empty() && only_tags);
            match string(body, "value") {
                Some(value) if is_tag => add_tag(note, &value),
                Some(value) => texts.push(as_markdown(&value, &string(body, "format").unwrap_or_default())),
                None if body.get("source").is_some() => match answer(body) {
                    Some(answer) if !note.answers.contains(&answer) => note.answers.push(answer),
                    Some(_) => {}
                    None => self.remarks.add(LeftOut::Links, 1),
                },
                None => texts.extend(body.as_str().map(|address| format!("<{address}>"))),
            }
        }
        note.text = texts.join("\n\n");
    }

    /// The document that a target belongs to, added where it is a new one.
    fn document_of(&mut self, target: &Value) -> &mut ParcelDocument {
        let source = source_of(target);
        let name = string(source, "id").or_else(|| string(source, "@id"));
        let name = name.or_else(|| source.as_str().map(str::to_owned)).unwrap_or_default();
        let name = name.split('#').next().unwrap_or_default().to_owned();
        self.documents.of(name, |name| document(source, name))
    }
}

fn document(source: &Value, name: &str) -> ParcelDocument {
    let mut title = ["label", "title", "dcterms:title", "dc:title", "name"].iter();
    let known = name.strip_prefix(TEXT).and_then(TextId::from_hex);
    let own = known.is_some() || name.starts_with(DOCUMENT);
    ParcelDocument {
        title: title.find_map(|field| string(source, field)).unwrap_or_default(),
        id: known,
        text: None,
        source: string(source, term::PLACE).unwrap_or(if own { String::new() } else { name.to_owned() }),
        notes: Vec::new(),
    }
}

/// The resource that a target is a part of, or the target itself.
fn source_of(target: &Value) -> &Value {
    list(target, "source").first().unwrap_or(target)
}

/// What is said, as Markdown, which it is taken for where nothing else is said of it.
fn as_markdown(value: &str, format: &str) -> String {
    match format.split(';').next().unwrap_or_default().trim().to_ascii_lowercase().as_str() {
        "text/plain" => escape_markdown(value),
        "text/html" | "application/xhtml+xml" => text_of_html(value),
        _ => value.to_owned(),
    }
}

/// HTML that somebody wrote as a note is short. What is longer is taken as it stands: this is no process of its own, in
/// which it could be read without harm.
const LONGEST_HTML: usize = 50_000;

/// The words of HTML, a paragraph for each block; what it hides is none.
fn text_of_html(html: &str) -> String {
    if html.len() > LONGEST_HTML {
        return escape_markdown(html);
    }
    let options = ReadOptions {
        encoding: Some("utf-8".to_owned()),
        format: Some(Format::Html),
        ..ReadOptions::default()
    };
    let Ok(read) = import::read("", html.as_bytes().to_vec(), &options) else { return escape_markdown(html) };
    let document = read.document;
    let read = document.blocks().iter().filter(|block| block.kind.aside() != Some(AsideReason::Hidden));
    let words = read.filter_map(|block| block.span.of(document.text()));
    words.map(escape_markdown).collect::<Vec<_>>().join("\n\n")
}

/// A body, or those that it offers for choice or holds together.
fn alternatives(body: &Value) -> impl Iterator<Item = &Value> {
    let items = list(body, "items");
    let alone = Some(body).filter(|_| items.is_empty());
    alone.into_iter().chain(items)
}

fn is_own(annotation: &Value) -> bool {
    annotation.get("generator").and_then(|generator| string(generator, "id")).as_deref() == Some(PROGRAM)
}

/// Its own identity; for one without any, one made from all that it says.
fn id_of(annotation: &Value) -> crate::notes::NoteId {
    let name = string(annotation, "id").or_else(|| string(annotation, "@id"));
    name.map_or_else(
        || note_id_of("annotation", &annotation.to_string()),
        |name| note_id_of("annotation", &name),
    )
}

fn add_tag(note: &mut Annotation, written: &str) {
    if let Ok(tag) = Tag::new(written)
        && !note.tags.contains(&tag)
    {
        note.tags.push(tag);
    }
}

/// What is known of the place of a passage.
struct Passage {
    anchor: Anchor,
    anchored: bool,
    characters: Option<Span>,
    /// Whether the file says where it is, but only in ways that are not known here.
    unknown: bool,
}

fn passage(resource: &Value) -> Passage {
    let mut passage =
        Passage { anchor: Anchor::default(), anchored: false, characters: None, unknown: false };
    // A refinement says more exactly what its selector says: the innermost comes last and counts.
    let mut waiting: Vec<&Value> = list(resource, "selector").iter().rev().collect();
    passage.unknown = !waiting.is_empty();
    while let Some(selector) = waiting.pop() {
        if is_a(selector, "TextQuoteSelector") {
            take_quote(&mut passage.anchor, selector);
            passage.unknown = false;
        } else if is_a(selector, "TextPositionSelector") {
            passage.characters = whole(selector, "start").zip(whole(selector, "end")).map(ordered);
            passage.unknown &= passage.characters.is_none();
        }
        waiting.extend(list(selector, "refinedBy").iter().chain(list(selector, "items")));
    }
    if let Some(own) = resource.get(term::ANCHOR) {
        take_quote(&mut passage.anchor, own);
    }
    passage.anchored = take_own(&mut passage.anchor, resource);
    passage
}

fn ordered((start, end): (u32, u32)) -> Span {
    Span::new(start, end)
}

fn take_quote(anchor: &mut Anchor, selector: &Value) {
    anchor.quote = string(selector, "exact").unwrap_or_default();
    anchor.before = string(selector, "prefix").unwrap_or_default();
    anchor.after = string(selector, "suffix").unwrap_or_default();
}

/// Takes what only our own files say. Answers whether the anchor is whole.
fn take_own(anchor: &mut Anchor, value: &Value) -> bool {
    anchor.headings = strings(value, term::HEADINGS);
    let bytes: Vec<Option<u32>> = list(value, term::SPAN)
        .iter()
        .map(|each| each.as_u64().and_then(|each| u32::try_from(each).ok()))
        .collect();
    let [Some(start), Some(end)] = bytes[..] else { return false };
    anchor.span = Span::new(start, end);
    true
}

fn placing(target: &Value) -> Placing {
    let original = target.get(term::ORIGINAL).and_then(|value| {
        let mut anchor = Anchor::default();
        take_quote(&mut anchor, value);
        take_own(&mut anchor, value).then(|| Box::new(anchor))
    });
    let lost_in = string(target, term::LOST_IN).and_then(|digits| TextId::from_hex(&digits));
    Placing { original, lost_in }
}

fn colour_of(target: &Value) -> Option<Colour> {
    let classes = strings(target, "styleClass");
    classes.iter().filter_map(|class| class.strip_prefix(STYLE)).find_map(colour_named)
}

fn colour_named(name: &str) -> Option<Colour> {
    Colour::ALL.into_iter().find(|colour| colour.name() == name)
}

/// A passage of another document. `None` where that document cannot be known again.
fn answer(body: &Value) -> Option<FarEnd> {
    let source = source_of(body);
    let document = TextId::from_hex(string(source, "id")?.strip_prefix(TEXT)?)?;
    let (place, title) = (string(source, term::PLACE), string(source, "label"));
    let anchor = passage(body).anchor;
    Some(FarEnd { place: place.unwrap_or_default(), document, title: title.unwrap_or_default(), anchor })
}

fn codes(root: &Value) -> Codebook {
    let codes = list(root, term::CODES).iter().chain(list(root, &term::CODES.replace("duidu:", TERMS)));
    codes.filter_map(code).collect()
}

fn code(value: &Value) -> Option<Code> {
    Some(Code {
        description: string(value, term::DESCRIPTION).unwrap_or_default(),
        colour: string(value, term::COLOUR).and_then(|name| colour_named(&name)),
        key: string(value, term::KEY).and_then(|key| key.chars().next()),
        ..Code::new(Tag::new(&string(value, term::TAG)?).ok()?)
    })
}
