//! Codes: the tags of a codebook as nested elements, and back.

use std::collections::{BTreeMap, BTreeSet};

use roxmltree::Node;
use uuid::Uuid;

use super::extra::{key_id, key_id_of};
use super::{BOOKMARK, CODEBOOK, ORIGIN, OWN, code_id, colour_of, guid, hex, own_id, parse_guid};
use crate::exchange::remark::Remarks;
use crate::exchange::xml::{XmlWriter, parse};
use crate::exchange::{ExchangeError, LeftOut, Parcel};
use crate::notes::{Code, Codebook, Colour, Tag};

/// A codebook as `.qdc`. The keys of codes are left out.
pub fn codebook_to_refi(codes: &Codebook) -> Vec<u8> {
    let mut writer = XmlWriter::new();
    writer.begin("CodeBook", &[("xmlns", CODEBOOK), ("origin", ORIGIN)]);
    writer.begin("Codes", &[]);
    write_codes(&mut writer, codes, &BTreeSet::new(), Notes::Unknown);
    writer.finish().into_bytes()
}

/// Whether codes may refer to notes.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(super) enum Notes {
    /// In a project: their keys are notes.
    There,
    /// In a codebook by itself there are none.
    Unknown,
}

/// The elements of all codes and of the tags in use, nested as the tags are. A tag that only others are nested in
/// cannot be given to anything.
pub(super) fn write_codes(writer: &mut XmlWriter, codes: &Codebook, in_use: &BTreeSet<Tag>, notes: Notes) {
    let own: BTreeSet<Tag> =
        codes.iter().map(|code| code.tag.clone()).chain(in_use.iter().cloned()).collect();
    let all: BTreeSet<Tag> = own.iter().flat_map(Tag::with_above).collect();
    let mut open: Vec<Tag> = Vec::new();
    for tag in all {
        while open.last().is_some_and(|above| !tag.is_within(above)) {
            open.pop();
            writer.end();
        }
        let code = codes.get(&tag);
        begin_code(writer, &tag, own.contains(&tag), code);
        if notes == Notes::There && code.is_some_and(|code| code.key.is_some()) {
            writer.empty("NoteRef", &[("targetGUID", &guid(key_id(&tag)))]);
        }
        open.push(tag);
    }
    for _ in open {
        writer.end();
    }
}

fn begin_code(writer: &mut XmlWriter, tag: &Tag, codable: bool, code: Option<&Code>) {
    let (id, codable) = (guid(code_id(tag)), codable.to_string());
    let mut attributes = vec![("guid", id.as_str()), ("name", tag.name()), ("isCodable", codable.as_str())];
    attributes.extend(code.and_then(|code| code.colour).map(|colour| ("color", hex(colour))));
    writer.begin("Code", &attributes);
    if let Some(code) = code.filter(|code| !code.description.is_empty()) {
        writer.text("Description", &code.description);
    }
}

/// The codes of colours and of bookmarks that are in use.
pub(super) fn write_own_codes(writer: &mut XmlWriter, colours: &BTreeSet<Colour>, bookmarks: bool) {
    if colours.is_empty() && !bookmarks {
        return;
    }
    let id = guid(own_id(OWN));
    writer.begin("Code", &[("guid", &id), ("name", OWN), ("isCodable", "false")]);
    for colour in colours {
        let id = guid(own_id(colour.name()));
        let attributes =
            [("guid", id.as_str()), ("name", colour.name()), ("isCodable", "true"), ("color", hex(*colour))];
        writer.empty("Code", &attributes);
    }
    if bookmarks {
        let id = guid(own_id(BOOKMARK));
        writer.empty("Code", &[("guid", &id), ("name", BOOKMARK), ("isCodable", "true")]);
    }
    writer.end();
}

/// What a code means.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Meaning {
    /// A tag.
    Tag(Tag),
    /// A colour of ours.
    Colour(Colour),
    /// A bookmark of ours.
    Bookmark,
}

/// The codes of a file: what each means, by its identity, and the codebook that they make.
#[derive(Debug, Default)]
pub(super) struct Codes {
    /// What notes say, by their identities.
    said: BTreeMap<Uuid, String>,
    meanings: BTreeMap<Uuid, Meaning>,
    pub(super) codebook: Codebook,
}

impl Codes {
    /// Codes that may refer to notes which say this.
    pub(super) fn with_notes(said: BTreeMap<Uuid, String>) -> Self {
        Self { said, ..Self::default() }
    }

    /// What the code with that identity means.
    pub(super) fn meaning(&self, id: Uuid) -> Option<&Meaning> {
        self.meanings.get(&id)
    }

    /// Takes in the codes below an element, those that are nested in a tag below that.
    pub(super) fn take(&mut self, parent: Node<'_, '_>, above: Option<&Tag>, remarks: &mut Remarks) {
        for element in children(parent, "Code") {
            let Some(id) = element.attribute("guid").and_then(parse_guid) else {
                remarks.add(LeftOut::Codes, 1);
                continue;
            };
            let name = element.attribute("name").unwrap_or_default();
            if let Some(own) = own_meaning(id) {
                self.meanings.insert(id, own);
            } else if id == own_id(OWN) {
                self.take(element, None, remarks);
            } else if let Some(tag) = tag_of(above, name) {
                self.take_code(element, id, &tag);
                self.take(element, Some(&tag), remarks);
            } else {
                remarks.add(LeftOut::Codes, 1);
                self.take(element, above, remarks);
            }
        }
    }

    fn take_code(&mut self, element: Node<'_, '_>, id: Uuid, tag: &Tag) {
        self.meanings.insert(id, Meaning::Tag(tag.clone()));
        let (key, description) = (self.key(element, id), self.description(element, id));
        let colour = element.attribute("color").and_then(colour_of);
        let codable =
            element.attribute("isCodable").is_none_or(|written| matches!(written.trim(), "true" | "1"));
        if codable || colour.is_some() || key.is_some() || !description.is_empty() {
            let code = Code { description, colour, key, ..Code::new(tag.clone()) };
            let joined = self.codebook.get(tag).map(|there| there.joined(&code));
            self.codebook.put(joined.unwrap_or(code));
        }
    }

    /// The description, and what notes on the code say.
    fn description(&self, element: Node<'_, '_>, id: Uuid) -> String {
        let notes = notes_of(element).filter(|note| *note != key_id_of(id));
        let said = notes.filter_map(|note| self.said.get(&note).cloned());
        let all = text_of_child(element, "Description").into_iter().chain(said);
        all.filter(|text| !text.is_empty()).collect::<Vec<_>>().join("\n\n")
    }

    fn key(&self, element: Node<'_, '_>, id: Uuid) -> Option<char> {
        let note = notes_of(element).find(|note| *note == key_id_of(id))?;
        self.said.get(&note)?.chars().next().and_then(Code::key_of)
    }
}

/// The notes that an element refers to.
pub(super) fn notes_of(element: Node<'_, '_>) -> impl Iterator<Item = Uuid> {
    children(element, "NoteRef")
        .filter_map(|reference| reference.attribute("targetGUID").and_then(parse_guid))
}

fn own_meaning(id: Uuid) -> Option<Meaning> {
    let colour = Colour::ALL.into_iter().find(|colour| own_id(colour.name()) == id).map(Meaning::Colour);
    colour.or_else(|| (own_id(BOOKMARK) == id).then_some(Meaning::Bookmark))
}

/// The tag of a code of that name below another. A slash in a name nests, as it does in tags.
fn tag_of(above: Option<&Tag>, name: &str) -> Option<Tag> {
    let names: Vec<&str> = name.split(['/', '／']).filter(|name| !name.trim().is_empty()).collect();
    let written =
        above.map(Tag::as_str).into_iter().chain(names.iter().copied()).collect::<Vec<_>>().join("/");
    if names.is_empty() { None } else { Tag::new(&written).ok() }
}

/// Reads a codebook; of a file with a whole project only its codes.
pub(in crate::exchange) fn read_codebook(text: &str, remarks: &mut Remarks) -> Result<Parcel, ExchangeError> {
    let file = parse(text)?;
    let mut codes = Codes::default();
    let all = file.root_element().descendants().find(|node| node.tag_name().name() == "Codes");
    codes.take(all.ok_or(ExchangeError::Lacks("codes"))?, None, remarks);
    let sets = children(file.root_element(), "Sets").map(|sets| children(sets, "Set").count()).sum();
    remarks.add(LeftOut::Sets, sets);
    Ok(Parcel { codes: codes.codebook, ..Parcel::default() })
}

/// The children of that name, whatever their name space: programs differ in it.
pub(super) fn children<'a, 'input>(
    parent: Node<'a, 'input>,
    name: &'static str,
) -> impl Iterator<Item = Node<'a, 'input>> {
    parent.children().filter(move |node| node.tag_name().name() == name)
}

/// The text of the first child of that name; `None` where there is none.
pub(super) fn text_of_child(parent: Node<'_, '_>, name: &'static str) -> Option<String> {
    let child = children(parent, name).next()?;
    Some(child.children().filter_map(|node| node.text().filter(|_| node.is_text())).collect())
}
