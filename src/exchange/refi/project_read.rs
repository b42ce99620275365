//! A project to a parcel.

use std::collections::{BTreeMap, BTreeSet};
use std::sync::Arc;

use roxmltree::Node;
use uuid::Uuid;

use super::codes::{Codes, Meaning, children, notes_of, text_of_child};
use super::extra::{Extra, is_same};
use super::package::Package;
use super::parse_guid;
use crate::document::{Block, BlockKind, Document, Parts};
use crate::exchange::counting::Counting;
use crate::exchange::identity::note_id_of;
use crate::exchange::json::moment_of;
use crate::exchange::limits::text_of;
use crate::exchange::remark::Remarks;
use crate::exchange::said::joined;
use crate::exchange::xml::parse;
use crate::exchange::{ExchangeError, LeftOut, Parcel, ParcelDocument, ParcelNote};
use crate::export::escape_markdown;
use crate::notes::{Anchor, Annotation, Colour, FarEnd, NoteId};
use crate::text::Span;

/// In projects of an earlier version a bookmark at the end of a text has this description.
const AT_THE_END: &str = "end";

/// Reads a package with a project.
pub(in crate::exchange) fn read_project(
    bytes: &[u8],
    remarks: &mut Remarks,
) -> Result<Parcel, ExchangeError> {
    let mut package = Package::open(bytes)?;
    let project = text_of(&package.project()?)?;
    let file = parse(&project)?;
    let root = file.root_element();
    if root.tag_name().name() != "Project" {
        return Err(ExchangeError::Lacks("project"));
    }
    let memos = memos(root, &mut package)?;
    let said = memos.iter().map(|(id, memo)| (*id, memo.text.clone())).collect();
    let mut reader = Reader {
        own: root.attribute("origin").is_some_and(|origin| origin.starts_with(super::OWN)),
        codes: Codes::with_notes(said),
        memos,
        targets: targets(root),
        passages: BTreeMap::new(),
        package,
        remarks,
    };
    for codes in children(root, "CodeBook").flat_map(|codebook| children(codebook, "Codes")) {
        reader.codes.take(codes, None, reader.remarks);
    }
    let mut parcel = Parcel { title: title_of(root), ..Parcel::default() };
    for source in children(root, "Sources").flat_map(|sources| children(sources, "TextSource")) {
        parcel.documents.extend(reader.document(source)?);
    }
    reader.link(root, &mut parcel);
    reader.say_what_is_left_out(root);
    parcel.codes = reader.codes.codebook;
    Ok(parcel)
}

fn title_of(root: Node<'_, '_>) -> String {
    let name = root.attribute("name").unwrap_or_default();
    if name == super::OWN { String::new() } else { name.to_owned() }
}

/// What somebody wrote: as the text of a selection, or on a document.
struct Memo<'a, 'input> {
    name: &'a str,
    text: String,
    element: Node<'a, 'input>,
}

type Memos<'a, 'input> = BTreeMap<Uuid, Memo<'a, 'input>>;

fn memos<'a, 'input>(
    root: Node<'a, 'input>,
    package: &mut Package<'_>,
) -> Result<Memos<'a, 'input>, ExchangeError> {
    let mut memos = Memos::new();
    for element in children(root, "Notes").flat_map(|notes| children(notes, "Note")) {
        let Some(id) = guid_of(element) else { continue };
        let text = text_of_source(element, package)?.unwrap_or_default();
        let name = element.attribute("name").unwrap_or_default();
        // Some programs, and older versions of ours, give two notes one identity.
        memos
            .entry(id)
            .and_modify(|memo| memo.text = joined(&memo.text, &text, false))
            .or_insert_with(|| Memo { name, text: text.clone(), element });
    }
    Ok(memos)
}

/// The plain text of a source or a note; `None` where the package has none.
fn text_of_source(element: Node<'_, '_>, package: &mut Package<'_>) -> Result<Option<String>, ExchangeError> {
    if let Some(text) = text_of_child(element, "PlainTextContent") {
        return Ok(Some(text));
    }
    let Some(way) = element.attribute("plainTextPath") else { return Ok(None) };
    package.part(way)?.map(|bytes| text_of(&bytes)).transpose()
}

fn guid_of(element: Node<'_, '_>) -> Option<Uuid> {
    element.attribute("guid").and_then(parse_guid)
}

fn target_of(element: Node<'_, '_>) -> Option<Uuid> {
    element.attribute("targetGUID").and_then(parse_guid)
}

/// What links lead to.
fn targets(root: Node<'_, '_>) -> BTreeSet<Uuid> {
    let links = children(root, "Links").flat_map(|links| children(links, "Link"));
    links.filter_map(target_of).collect()
}

struct Reader<'a, 'input, 'p> {
    /// Whether Duidu wrote the project.
    own: bool,
    codes: Codes,
    memos: Memos<'a, 'input>,
    targets: BTreeSet<Uuid>,
    /// What links may lead to, once it was read.
    passages: BTreeMap<Uuid, FarEnd>,
    package: Package<'p>,
    remarks: &'a mut Remarks,
}

impl Reader<'_, '_, '_> {
    fn document(&mut self, source: Node<'_, '_>) -> Result<Option<ParcelDocument>, ExchangeError> {
        let Some(text) = text_of_source(source, &mut self.package)? else {
            self.remarks.add(LeftOut::Texts, 1);
            return Ok(None);
        };
        let title = source.attribute("name").unwrap_or_default().to_owned();
        let mut notes = Vec::new();
        let Some(whole) = whole(&text) else {
            self.remarks.add(LeftOut::Texts, 1);
            return Ok(None);
        };
        let counting = Counting::new(&text);
        for selection in children(source, "PlainTextSelection") {
            match self.selected(selection, &whole, &counting) {
                Some(note) => {
                    let only_target = self.remember_passage(selection, &note, &whole, &title);
                    notes.extend(Some(note).filter(|_| !only_target));
                }
                None => self.remarks.add(LeftOut::Notes, 1),
            }
        }
        notes.extend(self.memos_on(source));
        Ok(Some(ParcelDocument {
            title,
            id: Some(whole.id()),
            text: Some(text),
            source: extra_of(source).unwrap_or_default().place,
            notes,
        }))
    }

    /// A selection as a note; `None` where it is not of the text.
    fn selected(
        &self,
        selection: Node<'_, '_>,
        whole: &Document,
        counting: &Counting<'_>,
    ) -> Option<ParcelNote> {
        let number = |name| selection.attribute(name)?.trim().parse::<u32>().ok();
        let characters = Span::new(number("startPosition")?, number("endPosition")?);
        let mut note = self.note(selection);
        let bookmark = self.meanings(selection).any(|meaning| meaning == Meaning::Bookmark);
        let description = text_of_child(selection, "Description").unwrap_or_default();
        let extra = Extra::read(&description);
        let at_the_end = extra.as_ref().is_some_and(|extra| extra.at_the_end) || description == AT_THE_END;
        let characters = match bookmark {
            true if at_the_end => Span::at(characters.end()),
            true => Span::at(characters.start()),
            false => characters,
        };
        note.anchor = Anchor::of(whole, counting.bytes(characters)?);
        let described = extra.is_none() && !bookmark && !description.trim().is_empty();
        let texts = self.memos_of(selection).map(|memo| titled(memo, self.own));
        let texts: Vec<String> = described.then_some(description).into_iter().chain(texts).collect();
        note.text = texts.join("\n\n");
        if let Some(extra) = extra {
            extra.give(&mut note, Some(characters));
        }
        if !self.own && note.colour.is_none() && !note.is_bookmark() {
            note.colour = self.colour_of_tags(&note).or(Some(Colour::default()));
        }
        Some(ParcelNote { anchored: true, characters: Some(characters), ..ParcelNote::of_note(note) })
    }

    /// Notes on a document as a whole: in a project of ours those that have no place in it.
    fn memos_on(&self, source: Node<'_, '_>) -> Vec<ParcelNote> {
        let memos = self.memos_of(source).map(|memo| {
            let mut note = self.note(memo.element);
            note.text = if self.own { memo.text.clone() } else { titled(memo, false) };
            note.anchor.quote = if self.own { memo.name.to_owned() } else { String::new() };
            let anchored = extra_of(memo.element).is_some_and(|extra| extra.give(&mut note, None));
            ParcelNote { anchored, ..ParcelNote::of_note(note) }
        });
        memos.collect()
    }

    fn memos_of(&self, element: Node<'_, '_>) -> impl Iterator<Item = &Memo<'_, '_>> {
        notes_of(element).collect::<Vec<_>>().into_iter().filter_map(|id| self.memos.get(&id))
    }

    /// Identity, moments, tags and colour of what an element stands for.
    fn note(&self, element: Node<'_, '_>) -> Annotation {
        let moment = |name| element.attribute(name).and_then(moment_of);
        let created = moment("creationDateTime").unwrap_or_default();
        let id = element.attribute("guid").unwrap_or_default();
        let changed = moment("modifiedDateTime").unwrap_or(created).max(created);
        let mut note = Annotation { id: note_id_of("refi", id), created, changed, ..Annotation::empty() };
        for meaning in self.meanings(element) {
            match meaning {
                Meaning::Tag(tag) if !note.tags.contains(&tag) => note.tags.push(tag),
                Meaning::Colour(colour) => note.colour = Some(colour),
                Meaning::Tag(_) | Meaning::Bookmark => {}
            }
        }
        note
    }

    /// What the codes mean that an element is coded with.
    fn meanings(&self, element: Node<'_, '_>) -> impl Iterator<Item = Meaning> {
        let codes = children(element, "Coding").flat_map(|coding| children(coding, "CodeRef"));
        codes
            .filter_map(target_of)
            .filter_map(|id| self.codes.meaning(id).cloned())
            .collect::<Vec<_>>()
            .into_iter()
    }

    fn colour_of_tags(&self, note: &Annotation) -> Option<Colour> {
        note.tags.iter().find_map(|tag| self.codes.codebook.colour(tag))
    }

    /// Remembers what a link may lead to. Answers whether the selection is nothing but that.
    fn remember_passage(
        &mut self,
        selection: Node<'_, '_>,
        note: &ParcelNote,
        whole: &Document,
        title: &str,
    ) -> bool {
        let Some(id) = guid_of(selection).filter(|id| self.targets.contains(id)) else { return false };
        let far_end = FarEnd {
            place: String::new(),
            document: whole.id(),
            title: title.to_owned(),
            anchor: note.note.anchor.clone(),
        };
        self.passages.insert(id, far_end);
        children(selection, "Coding").next().is_none() && children(selection, "NoteRef").next().is_none()
    }

    /// Joins notes with the passages that links lead to.
    fn link(&mut self, root: Node<'_, '_>, parcel: &mut Parcel) {
        let mut answers: BTreeMap<NoteId, Vec<FarEnd>> = BTreeMap::new();
        for link in children(root, "Links").flat_map(|links| children(links, "Link")) {
            let passage = target_of(link).and_then(|id| self.passages.get(&id));
            match link.attribute("originGUID").and_then(parse_guid).zip(passage) {
                Some((origin, passage)) => answers.entry(NoteId(origin)).or_default().push(passage.clone()),
                None => self.remarks.add(LeftOut::Links, 1),
            }
        }
        for note in parcel.documents.iter_mut().flat_map(|document| &mut document.notes) {
            for answer in answers.remove(&note.note.id).into_iter().flatten() {
                if !note.note.answers.iter().any(|known| is_same(known, &answer)) {
                    note.note.answers.push(answer);
                }
            }
        }
        self.remarks.add(LeftOut::Links, answers.values().map(Vec::len).sum());
    }

    fn say_what_is_left_out(&mut self, root: Node<'_, '_>) {
        let count = |parent, name| children(root, parent).flat_map(|list| children(list, name)).count();
        let media = ["PictureSource", "PDFSource", "AudioSource", "VideoSource"];
        let media = media.into_iter().map(|name| count("Sources", name)).sum();
        self.remarks.add(LeftOut::Media, media);
        self.remarks.add(LeftOut::Sets, count("Sets", "Set"));
        self.remarks.add(LeftOut::Cases, count("Cases", "Case") + count("Variables", "Variable"));
    }
}

/// What a memo says, below its name where another program gave it one.
fn titled(memo: &Memo<'_, '_>, own: bool) -> String {
    let name = memo.name.trim();
    if own || name.is_empty() || memo.text.trim_start().starts_with(name) {
        memo.text.clone()
    } else {
        format!("**{}**\n\n{}", escape_markdown(name), memo.text)
    }
}

/// What the description of an element says besides.
fn extra_of(element: Node<'_, '_>) -> Option<Extra> {
    Extra::read(&text_of_child(element, "Description")?)
}

/// A text as a document of one block, to make anchors on. `None` for one that is longer than a text can be.
pub(in crate::exchange) fn whole(text: &str) -> Option<Document> {
    let span = Span::whole(text);
    let blocks = if text.trim().is_empty() {
        Vec::new()
    } else {
        vec![Block { span, kind: BlockKind::Paragraph, boxed: false }]
    };
    Document::new(Parts { text: Arc::from(text), blocks, ..Parts::default() }).ok()
}
