//! DOCX (Office Open XML, both its forms): text, and the structure that its styles and numbering give.
//!
//! Tracked changes are read as accepted. Deleted and hidden text, headers and footers, and tables of contents are set
//! aside. Nothing that the file refers to outside of itself is looked at.

mod body;
mod fields;
mod formula;
mod hyperlinks;
mod notes;
mod numbering;
mod outstanding;
mod pages;
mod paragraph;
mod styles;

use roxmltree::{Document as Tree, Node};

use super::archive::{Archive, folder_of, normalised};
use super::job::Job;
use super::limits::Limits;
use super::xml::{self, attribute, child, children, text_in};
use super::{ImportError, Read};
use crate::document::{Field, Format, Metadata};

/// Reads a DOCX.
pub(super) fn read(bytes: &[u8], job: &mut Job<'_>) -> Result<Read, ImportError> {
    let archive = Archive::open(bytes, Format::Docx, Limits::default())?;
    let mut package = Package { archive, job };
    let parts = package.relations("");
    let main = main_part(&parts);
    let document = package.text(main)?.ok_or_else(|| package.job.damaged("it has no text"))?;
    let document = xml::parse(&document, Format::Docx)?;
    let relations = package.relations(main);
    let texts = Texts::of(&mut package, main, &relations);
    let trees = texts.parse(package.job);
    let outside = metadata(&mut package, &parts, &trees);
    let mut body = body::Body::new(&trees, document.root_element(), &texts.addresses);
    body.read(document.root_element());
    let writer = body.finish(&trees, job);
    Ok(writer.finish(Format::Docx, outside))
}

/// The value of an element that has nothing else.
fn value<'a>(node: Node<'a, '_>) -> Option<&'a str> {
    attribute(node, "val")
}

/// Whether an element that switches something switches it on.
fn is_on(node: Node<'_, '_>) -> bool {
    !matches!(value(node), Some("0" | "false" | "off" | "none"))
}

/// The name of the part with the text, of all that the file says it has.
fn main_part(parts: &[Relation]) -> &str {
    let main = parts.iter().find(|part| part.kind == "officeDocument");
    main.map_or("word/document.xml", |main| main.target.as_str())
}

/// The parts of the file.
struct Package<'a, 'b, 'c> {
    archive: Archive<'a>,
    job: &'b mut Job<'c>,
}

/// Whether a relation leads out of the file.
fn is_outside(relation: Node<'_, '_>) -> bool {
    attribute(relation, "TargetMode") == Some("External")
}

/// How one part refers to another.
struct Relation {
    /// The last word of its kind, such as `styles`.
    kind: String,
    /// The part.
    target: String,
}

impl Package<'_, '_, '_> {
    /// What a part refers to within the file.
    fn relations(&mut self, part: &str) -> Vec<Relation> {
        let folder = folder_of(part);
        let relation = |node: Node<'_, '_>| {
            let kind = attribute(node, "Type")?.rsplit('/').next()?.to_owned();
            let target = normalised(folder, attribute(node, "Target").filter(|_| !is_outside(node))?)?;
            Some(Relation { kind, target })
        };
        self.listed(part, relation)
    }

    /// The addresses outside of the file that a part refers to. Nothing there is looked at.
    fn addresses(&mut self, part: &str) -> hyperlinks::Addresses {
        let address = |node: Node<'_, '_>| {
            let target = attribute(node, "Target").filter(|_| is_outside(node))?;
            Some((attribute(node, "Id")?.to_owned(), target.to_owned()))
        };
        self.listed(part, address).into_iter().collect()
    }

    /// What is made of the list of all that a part refers to.
    fn listed<Made>(&mut self, part: &str, make: impl Fn(Node<'_, '_>) -> Option<Made>) -> Vec<Made> {
        let folder = folder_of(part);
        let own = part.strip_prefix(folder).unwrap_or(part);
        let Some(text) = self.text_or_warn(&format!("{folder}_rels/{own}.rels")) else { return Vec::new() };
        let Some(tree) = tree(Some(&text), self.job) else { return Vec::new() };
        children(tree.root_element(), "Relationship").filter_map(make).collect()
    }

    fn text(&mut self, name: &str) -> Result<Option<String>, ImportError> {
        let part = self.archive.part(name)?;
        part.map(|part| xml::decode_telling(part, self.job)).transpose()
    }

    /// The text of a part that another one names; where it is missing the reader is told.
    fn named_text(&mut self, name: &str) -> Option<String> {
        if !self.archive.has(name) {
            let error = self.job.damaged(&format!("a part is missing: {name}"));
            self.job.leave_out(&error);
        }
        self.text_or_warn(name)
    }

    /// The text of a part; where it cannot be read the reader is told.
    fn text_or_warn(&mut self, name: &str) -> Option<String> {
        let text = self.text(name);
        text.unwrap_or_else(|error| {
            self.job.leave_out(&error);
            None
        })
    }
}

/// The parts beside the text.
#[derive(Default)]
struct Texts {
    styles: Option<String>,
    numbering: Option<String>,
    settings: Option<String>,
    footnotes: Option<String>,
    endnotes: Option<String>,
    comments: Option<String>,
    /// Headers and footers.
    furniture: Vec<String>,
    addresses: hyperlinks::AddressesOfParts,
}

/// The same, taken apart.
#[derive(Default)]
struct Trees<'a> {
    styles: Option<Tree<'a>>,
    numbering: Option<Tree<'a>>,
    settings: Option<Tree<'a>>,
    footnotes: Option<Tree<'a>>,
    endnotes: Option<Tree<'a>>,
    comments: Option<Tree<'a>>,
    furniture: Vec<Tree<'a>>,
}

impl Texts {
    fn of(package: &mut Package<'_, '_, '_>, main: &str, relations: &[Relation]) -> Self {
        let mut texts = Self::default();
        texts.addresses.insert(None, package.addresses(main));
        for relation in relations {
            let place = match relation.kind.as_str() {
                "styles" => &mut texts.styles,
                "numbering" => &mut texts.numbering,
                "settings" => &mut texts.settings,
                "footnotes" => &mut texts.footnotes,
                "endnotes" => &mut texts.endnotes,
                "comments" => &mut texts.comments,
                "header" | "footer" => {
                    texts.furniture.extend(package.text_or_warn(&relation.target));
                    continue;
                }
                _ => continue,
            };
            *place = package.named_text(&relation.target);
            if let Some(notes) = notes::Kind::of_part(&relation.kind) {
                texts.addresses.insert(Some(notes), package.addresses(&relation.target));
            }
        }
        texts
    }

    fn parse(&self, job: &mut Job<'_>) -> Trees<'_> {
        Trees {
            styles: tree(self.styles.as_deref(), job),
            numbering: tree(self.numbering.as_deref(), job),
            settings: tree(self.settings.as_deref(), job),
            footnotes: tree(self.footnotes.as_deref(), job),
            endnotes: tree(self.endnotes.as_deref(), job),
            comments: tree(self.comments.as_deref(), job),
            furniture: self.furniture.iter().filter_map(|text| tree(Some(text), job)).collect(),
        }
    }
}

/// The tree of a part; where it is none the reader is told.
fn tree<'a>(text: Option<&'a str>, job: &mut Job<'_>) -> Option<Tree<'a>> {
    xml::parse(text?, Format::Docx).map_err(|error| job.leave_out(&error)).ok()
}

/// What the file says of itself outside of its text.
fn metadata(package: &mut Package<'_, '_, '_>, parts: &[Relation], trees: &Trees<'_>) -> Metadata {
    let core = parts.iter().find(|relation| relation.kind == "core-properties");
    let text = package.text_or_warn(core.map_or("docProps/core.xml", |core| core.target.as_str()));
    let tree = text.as_deref().and_then(|text| xml::parse(text, Format::Docx).ok());
    let core = tree.as_ref().map(Tree::root_element);
    let said = |name: &str| field(&text_in(child(core?, name)?));
    let language = trees.styles.as_ref().and_then(|styles| {
        let defaults = child(styles.root_element(), "docDefaults")?;
        field(attribute(xml::find(defaults, "lang")?, "eastAsia")?)
    });
    Metadata {
        title: said("title"),
        author: said("creator"),
        created: said("created"),
        language: said("language").or(language),
        ..Metadata::default()
    }
}

fn field(value: &str) -> Option<Field> {
    let value = value.trim();
    (!value.is_empty()).then(|| Field { value: value.to_owned(), span: None })
}

#[cfg(test)]
mod marked_tests;
#[cfg(test)]
mod table_tests;
#[cfg(test)]
mod tests;
