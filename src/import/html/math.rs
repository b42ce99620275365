//! Formulas of pages and books, as [`crate::import::mathml`] reads them.

use markup5ever_rcdom::{Handle, NodeData};

use super::nodes::{all_text, attribute, name};
use super::notes::parent;
use crate::import::mathml;

impl mathml::Element for Handle {
    fn called(&self) -> &str {
        name(self)
    }

    fn inner(&self) -> Vec<Self> {
        let children = self.children.borrow();
        children.iter().filter(|child| matches!(child.data, NodeData::Element { .. })).cloned().collect()
    }

    fn words(&self) -> String {
        all_text(self)
    }
}

/// Whether an element only draws the formula that stands before it: programs that set formulas on pages write
/// them for the eye as well, hidden from those who listen.
pub(super) fn is_said_again(element: &Handle) -> bool {
    let hidden = attribute(element, "aria-hidden").is_some_and(|hidden| hidden == "true");
    let first = || parent(element).and_then(|parent| first_inside(&parent));
    hidden
        && first().is_some_and(|first| {
            name(&first) == "math" || first_inside(&first).is_some_and(|inner| name(&inner) == "math")
        })
}

/// A formula stands first in its element: white space and a remark before it at most.
const NEAR: usize = 8;

fn first_inside(element: &Handle) -> Option<Handle> {
    element.children.borrow().iter().take(NEAR).find(|child| !name(child).is_empty()).cloned()
}
