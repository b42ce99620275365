//! ODT (`OpenDocument` text): text, and the structure that its styles and lists give.
//!
//! Tracked changes are read as accepted: what was deleted is set aside. Hidden text,
//! headers and footers, and tables of contents are set aside. Nothing outside of the file is looked at.

mod body;
mod deletions;
mod lists;
mod locked;
mod objects;
mod styles;
mod targets;

use roxmltree::{Document as Tree, Node};

use super::job::Job;
use super::xml::{self, attribute, child, find, name, text_in};
use super::{ImportError, Read, Warning, sniff};
use crate::document::{Field, Format, Metadata};
use crate::text::saturate;
use locked::Package;
use objects::Formulas;

/// Reads an ODT, packed or as one file of XML (FODT).
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    if sniff::is_flat(bytes) {
        let text = xml::decode_telling(bytes.to_vec(), job)?;
        let tree = xml::parse(&text, Format::Odt)?;
        return Ok(written((&tree, Formulas::default()), Some(&tree), Some(&tree), job));
    }
    let mut package = Package::open(bytes, job.options.password.as_ref())?;
    let content = part(&mut package, "content.xml", job)?;
    let content = content.ok_or_else(|| job.damaged("it has no text"))?;
    let styles = part_or_warn(&mut package, "styles.xml", job);
    let meta = part_or_warn(&mut package, "meta.xml", job);
    let content = xml::parse(&content, Format::Odt)?;
    let styles = tree(styles.as_deref(), job);
    let meta = tree(meta.as_deref(), job);
    let formulas = Formulas::of(content.root_element(), &mut package);
    Ok(written((&content, formulas), styles.as_ref(), meta.as_ref(), job))
}

/// What the parts of a file say.
fn written(
    (content, formulas): (&Tree<'_>, Formulas),
    styles: Option<&Tree<'_>>,
    meta: Option<&Tree<'_>>,
    job: &mut Job<'_>,
) -> Read {
    let root = content.root_element();
    let mut body = body::Body::new(root, styles.map(Tree::root_element), formulas);
    if let Some(text) = child(root, "body").and_then(|body| child(body, "text")) {
        body.read(text);
    }
    let changes = root.descendants().filter(|node| name(*node) == "changed-region").count();
    if changes > 0 {
        job.warn(Warning::TrackedChanges { changes: saturate(changes) });
    }
    let mut writer = body.finish(job);
    writer.set_furniture_aside(furniture(styles));
    writer.finish(Format::Odt, metadata(meta))
}

fn part(package: &mut Package<'_>, name: &str, job: &mut Job<'_>) -> Result<Option<String>, ImportError> {
    package.part(name)?.map(|part| xml::decode_telling(part, job)).transpose()
}

/// The text of a part; where it cannot be read the reader is told.
fn part_or_warn(package: &mut Package<'_>, name: &str, job: &mut Job<'_>) -> Option<String> {
    part(package, name, job).unwrap_or_else(|error| {
        job.leave_out(&error);
        None
    })
}

fn tree<'a>(text: Option<&'a str>, job: &mut Job<'_>) -> Option<Tree<'a>> {
    xml::parse(text?, Format::Odt).map_err(|error| job.leave_out(&error)).ok()
}

/// What the file says of itself outside of its text.
fn metadata(meta: Option<&Tree<'_>>) -> Metadata {
    let Some(meta) = meta.and_then(|meta| find(meta.root_element(), "meta")) else {
        return Metadata::default();
    };
    let said = |name: &str| {
        let value = text_in(child(meta, name)?).trim().to_owned();
        (!value.is_empty()).then_some(Field { value, span: None })
    };
    Metadata {
        title: said("title"),
        author: said("initial-creator").or_else(|| said("creator")),
        created: said("creation-date").or_else(|| said("date")),
        language: said("language"),
        ..Metadata::default()
    }
}

/// The lines of headers and footers.
fn furniture<'a>(styles: Option<&'a Tree<'_>>) -> impl Iterator<Item = String> + 'a {
    let is_one =
        |node: &Node<'_, '_>| matches!(name(*node), "header" | "footer" | "header-left" | "footer-left");
    let of_pages = |node: &Node<'_, '_>| node.parent().is_some_and(|parent| name(parent) == "master-page");
    let all = styles.into_iter().flat_map(|styles| styles.descendants());
    let parts = all.filter(move |node| is_one(node) && of_pages(node));
    parts.flat_map(|part| part.children()).map(text_in)
}

/// Whether an attribute says yes.
fn says_yes(node: Node<'_, '_>, name: &str) -> bool {
    attribute(node, name) == Some("true")
}

#[cfg(test)]
mod tests;
