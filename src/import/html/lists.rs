//! The numbers of lists, as a page shows them: by `type`, `start`, `value`, `reversed` and the element's own style.
//!
//! A number that the page hides is none. Neither is one before an item that begins with a number of its own: pages
//! that write `一、` into their items hide the others, mostly by a style that lies elsewhere.

use markup5ever_rcdom::Handle;

use super::nodes::{attribute, first_words, name, style_of};
use super::notes::parent;
use crate::import::counting::Counting;
use crate::import::numbering::{self, Style};

/// A list that is open.
#[derive(Clone, Copy, Debug)]
pub(super) struct List {
    /// How its items are counted; `None` for bullets.
    counting: Option<Counting>,
    next: i64,
    step: i64,
}

impl List {
    /// The list that an element is.
    pub(super) fn of(list: &Handle) -> Self {
        let reversed = attribute(list, "reversed").is_some();
        let count = || list.children.borrow().iter().filter(|item| name(item) == "li").count();
        let first = if reversed { i64::try_from(count()).unwrap_or(1) } else { 1 };
        let next = number(list, "start").unwrap_or(first);
        Self { counting: counting(list), next, step: if reversed { -1 } else { 1 } }
    }

    /// What the next item begins with, as the reader sees it.
    pub(super) fn label(&mut self, item: &Handle) -> String {
        let own = number(item, "value").unwrap_or(self.next);
        self.next = own.saturating_add(self.step);
        let hides =
            style_of(item).contains("list-style:none") || style_of(item).contains("list-style-type:none");
        let counting = self.counting.filter(|_| !hides && !is_numbered(&first_words(item)));
        let Some(counting) = counting else { return String::new() };
        let shown = u32::try_from(own).map_or_else(|_| own.to_string(), |own| counting.show(own));
        let after = if counting == Counting::HanThousand { "、" } else { ". " };
        format!("{shown}{after}")
    }
}

fn number(element: &Handle, key: &str) -> Option<i64> {
    attribute(element, key)?.trim().parse().ok()
}

/// How the items of a list are counted: CSS Counter Styles 3, and the older `type`.
fn counting(list: &Handle) -> Option<Counting> {
    if name(list) != "ol" {
        return None;
    }
    // The steps of a navigation are not numbered for readers, nor is the table of contents of a book.
    if std::iter::successors(parent(list), parent).any(|outer| name(&outer) == "nav") {
        return None;
    }
    let style = style_of(list);
    let says = |words: &[&str]| words.iter().any(|word| style.contains(word));
    Some(match attribute(list, "type").unwrap_or_default().trim() {
        _ if says(&["list-style:none", "list-style-type:none"]) => return None,
        _ if says(&["lower-alpha", "lower-latin"]) => Counting::LatinSmall,
        _ if says(&["upper-alpha", "upper-latin"]) => Counting::LatinLarge,
        _ if says(&["lower-roman"]) => Counting::RomanSmall,
        _ if says(&["upper-roman"]) => Counting::RomanLarge,
        _ if says(&["cjk-ideographic", "-chinese-informal"]) => Counting::HanThousand,
        "a" => Counting::LatinSmall,
        "A" => Counting::LatinLarge,
        "i" => Counting::RomanSmall,
        "I" => Counting::RomanLarge,
        _ => Counting::Arabic,
    })
}

/// Whether words begin with a number; one that only a space parts from them may be a quantity.
fn is_numbered(words: &str) -> bool {
    numbering::parse(words).is_some_and(|number| number.value > 0 && number.style != Style::Bare)
}
