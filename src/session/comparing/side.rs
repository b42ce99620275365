//! One side of a comparison.

use std::cell::RefCell;
use std::sync::Arc;

use super::Section;
use crate::compare::Part;
use crate::document::{BlockIndex, Document};
use crate::session::{BlockView, InSight, Place, Reader, Selection, TabId, Views};
use crate::text::Script;

/// What is read on one side of a comparison, and how.
#[derive(Debug)]
pub struct ComparedSide {
    /// Where the document is read from.
    pub place: Place,
    /// Its tab; `None` while it is closed.
    pub tab: Option<TabId>,
    /// The section that is compared; `None` for all of it.
    pub section: Option<Section>,
    /// The size of its text, in points; `None` for that of the settings.
    pub text_size: Option<f32>,
    /// What of it is in sight.
    pub in_sight: InSight,
    /// What is selected on this side: of use where both sides are read in one document.
    pub(in crate::session) selection: Selection,
    /// The script of this side where both sides are read in one document, which has only one itself.
    pub(super) own: OwnScript,
}

/// A script of a side's own.
#[derive(Debug, Default)]
pub(super) struct OwnScript {
    /// The one that is wanted; `None` for that of the reader.
    pub(super) wanted: Option<Script>,
    /// The one that is shown.
    pub(super) shown: Option<Script>,
    /// Changes with what is shown.
    pub(super) layout: u64,
    views: RefCell<Views>,
    /// Of which text the views were made.
    of: RefCell<u64>,
}

impl ComparedSide {
    pub(in crate::session) fn new(place: Place, tab: Option<TabId>, section: Option<Section>) -> Self {
        Self {
            place,
            tab,
            section,
            text_size: None,
            in_sight: InSight::default(),
            selection: Selection::default(),
            own: OwnScript::default(),
        }
    }

    /// What is compared of the document.
    pub fn part(&self, document: &Arc<Document>) -> Part {
        Section::part(self.section, document)
    }

    /// Whether a block stands in the section.
    pub(super) fn holds(&self, block: BlockIndex) -> bool {
        self.section.is_none_or(|section| section.first <= block && block < section.after)
    }
}

impl OwnScript {
    /// The script that is shown.
    pub(super) fn script(&self, reader: &Reader) -> Script {
        self.shown.unwrap_or(reader.script())
    }

    /// A block as it is shown.
    pub(super) fn view(&self, reader: &Reader, index: BlockIndex) -> Option<Arc<BlockView>> {
        let Some(script) = self.shown.filter(|script| *script != reader.script()) else {
            return reader.view(index);
        };
        let mut views = self.views.borrow_mut();
        if self.of.replace(reader.layout_revision()) != reader.layout_revision() {
            views.clear();
        }
        views.get_or_make(index, || reader.make_view(index, script))
    }

    /// Shows the script that is wanted, if it is ready.
    pub(super) fn show_wanted(&mut self, reader: &Reader) -> bool {
        let ready = self.wanted.is_none_or(|wanted| reader.can_show(wanted));
        if ready && self.shown != self.wanted {
            self.shown = self.wanted;
            self.layout += 1;
            self.views.borrow_mut().clear();
        }
        ready
    }
}
