//! The list of a book's parts (OPF).

use std::collections::BTreeMap;

use roxmltree::Node;

use crate::document::{Field, Format, Metadata};
use crate::import::ImportError;
use crate::import::archive::{Archive, folder_of, normalised, without_percents};
use crate::import::finish::people;
use crate::import::job::Job;
use crate::import::xml::{self, attribute, child, children, find, name, text_in};

/// What the list says.
#[derive(Debug, Default)]
pub(super) struct Package {
    chapters: Vec<Listed>,
    navigation: Option<String>,
    old_navigation: Option<String>,
    metadata: Metadata,
}

/// A part that belongs to the order of the book.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Listed {
    pub(super) name: String,
    pub(super) kind: Kind,
}

/// What a chapter is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Kind {
    /// XHTML, or what books take for it.
    Page,
    /// SVG.
    Drawing,
    /// A picture of no words.
    Picture,
}

/// One part.
struct Part<'a> {
    name: String,
    kind: &'a str,
    properties: &'a str,
    /// What stands for it where it cannot be shown.
    fallback: Option<&'a str>,
}

impl Part<'_> {
    fn kind(&self) -> Kind {
        match self.kind.trim() {
            "image/svg+xml" => Kind::Drawing,
            kind if kind.starts_with("image/") => Kind::Picture,
            _ => Kind::Page,
        }
    }
}

impl Package {
    /// Reads the list, which has that name.
    pub(super) fn of(text: &str, own_name: &str) -> Result<Self, ImportError> {
        let tree = xml::parse(text, Format::Epub)?;
        let root = tree.root_element();
        let folder = folder_of(own_name);
        let mut parts: BTreeMap<&str, Part<'_>> = BTreeMap::new();
        for item in root.descendants().filter(|node| name(*node) == "item") {
            let target = attribute(item, "href").and_then(|href| normalised(folder, &decoded(href)));
            if let Some((id, name)) = attribute(item, "id").zip(target) {
                let said = |key: &str| attribute(item, key).unwrap_or_default();
                let fallback = attribute(item, "fallback");
                let (kind, properties) = (said("media-type"), said("properties"));
                parts.insert(id, Part { name, kind, properties, fallback });
            }
        }
        let spine = find(root, "spine");
        let old = spine.and_then(|spine| attribute(spine, "toc")).and_then(|id| parts.get(id));
        let old = old.or_else(|| parts.values().find(|part| part.kind.contains("dtbncx")));
        let navigation =
            parts.values().find(|part| part.properties.split_whitespace().any(|word| word == "nav"));
        Ok(Self {
            chapters: spine.map(|spine| chapters(spine, &parts)).unwrap_or_default(),
            navigation: navigation.map(|part| part.name.clone()),
            old_navigation: old.map(|part| part.name.clone()),
            metadata: metadata(root),
        })
    }

    /// The chapters, in the order of the book.
    pub(super) fn chapters(&self) -> &[Listed] {
        &self.chapters
    }

    /// The name of the table of contents of EPUB 3.
    pub(super) fn navigation(&self) -> Option<&str> {
        self.navigation.as_deref()
    }

    /// The name of the table of contents of EPUB 2.
    pub(super) fn old_navigation(&self) -> Option<&str> {
        self.old_navigation.as_deref()
    }

    /// What the book says of itself.
    pub(super) fn metadata(&self) -> Metadata {
        self.metadata.clone()
    }

    /// A book whose chapters are encrypted can be read only by the seller's program. Fonts may be.
    pub(super) fn refuse_protected(
        &self,
        archive: &mut Archive<'_>,
        job: &mut Job<'_>,
    ) -> Result<(), ImportError> {
        let list = archive.part("META-INF/encryption.xml");
        let text = list.and_then(|list| list.map(|list| xml::decode(list, Format::Epub)).transpose());
        // A list that cannot be read says nothing of the chapters, which show what they are.
        let Some(text) = text.unwrap_or_else(|error| {
            job.leave_out(&error);
            None
        }) else {
            return Ok(());
        };
        let tree = match xml::parse(&text, Format::Epub) {
            Ok(tree) => tree,
            Err(error) => {
                job.leave_out(&error);
                return Ok(());
            }
        };
        let mut names = tree.descendants().filter_map(|node| {
            (name(node) == "CipherReference").then(|| normalised("", &decoded(attribute(node, "URI")?)))?
        });
        let protected = names.any(|name| self.chapters.iter().any(|chapter| chapter.name == name));
        if protected { Err(ImportError::CopyProtected) } else { Ok(()) }
    }
}

/// The chapters in their order; those beside the order come last, each once.
fn chapters(spine: Node<'_, '_>, parts: &BTreeMap<&str, Part<'_>>) -> Vec<Listed> {
    let (mut chapters, mut beside) = (Vec::new(), Vec::new());
    let mut seen = std::collections::BTreeSet::new();
    for item in children(spine, "itemref") {
        let Some(part) = attribute(item, "idref").and_then(|id| parts.get(id)) else { continue };
        let words = part.fallback.filter(|_| part.kind() == Kind::Picture).and_then(|id| parts.get(id));
        let part = words.unwrap_or(part);
        if !seen.insert(part.name.clone()) {
            continue;
        }
        let list = if attribute(item, "linear") == Some("no") { &mut beside } else { &mut chapters };
        list.push(Listed { name: part.name.clone(), kind: part.kind() });
    }
    chapters.append(&mut beside);
    chapters
}

fn metadata(root: Node<'_, '_>) -> Metadata {
    let Some(said) = child(root, "metadata") else { return Metadata::default() };
    let said = find(said, "dc-metadata").unwrap_or(said);
    let all = |name: &'static str| {
        let values = children(said, name).map(|node| text_in(node).trim().to_owned());
        let values: Vec<String> = values.filter(|value| !value.is_empty()).collect();
        (!values.is_empty()).then_some(values)
    };
    let field = |value: String| Some(Field { value, span: None });
    let first = |name| all(name).and_then(|values| values.into_iter().next()).and_then(field);
    Metadata {
        title: first("title"),
        author: all("creator").and_then(|values| field(people(values.iter().map(String::as_str)))),
        source: first("publisher"),
        date: first("date"),
        language: first("language"),
        ..Metadata::default()
    }
}

/// A reference without its percent signs and without what comes after `#` or `?`.
pub(super) fn decoded(reference: &str) -> String {
    without_percents(reference.split(['#', '?']).next().unwrap_or_default())
}
