//! Links of a DOCX: elements that name an address of the part's list or a bookmark.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::notes::Kind;
use crate::import::word_fields::{Leading, lead};
use crate::import::xml::attribute;

/// The addresses outside of the file that a part refers to, by the names that it has for them.
pub(super) type Addresses = BTreeMap<String, String>;

/// Those of the parts whose links are read: of the text (`None`) and of its notes.
pub(super) type AddressesOfParts = BTreeMap<Option<Kind>, Addresses>;

/// The link that an element is.
pub(super) fn of_element(link: Node<'_, '_>, addresses: Option<&Addresses>) -> Option<Leading> {
    let address = attribute(link, "id").and_then(|id| addresses?.get(id));
    let lead = lead(address.map(String::as_str), attribute(link, "anchor"))?;
    Some((lead, attribute(link, "tooltip").map(str::to_owned)))
}
