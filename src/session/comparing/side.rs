//! One side of a comparison.

use std::cell::RefCell;
use std::sync::Arc;

use super::section::{ComparedSection, SectionPlace};
use super::{Section, SectionEnds};
use crate::compare::Part;
use crate::document::{BlockIndex, Document, TextId};
use crate::session::{BlockView, InSight, Place, Reader, Selection, TabId, Views};
use crate::text::Script;

/// What is read on one side of a comparison, and how.
#[derive(Debug)]
pub struct ComparedSide {
    /// Where the document is read from.
    pub place: Place,
    /// Its tab; `None` while it is closed.
    pub tab: Option<TabId>,
    /// The section that is compared, and where it is; `None` for all of it.
    pub(super) section: Option<ComparedSection>,
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
    /// All of a document.
    pub(in crate::session) fn new(place: Place, tab: Option<TabId>) -> Self {
        Self {
            place,
            tab,
            section: None,
            text_size: None,
            in_sight: InSight::default(),
            selection: Selection::default(),
            own: OwnScript::default(),
        }
    }

    /// Only the section between these ends, if there are some.
    pub(super) fn with_section(self, ends: Option<SectionEnds>, place: SectionPlace) -> Self {
        Self { section: ends.map(|ends| ComparedSection { ends, place }), ..self }
    }

    /// What is compared of the document; `None` where it is a section that was not found in it.
    pub fn part(&self, document: &Arc<Document>) -> Option<Part> {
        match &self.section {
            None => Some(Part::whole(Arc::clone(document))),
            Some(section) => section.here()?.part(document),
        }
    }

    /// The section that is compared; `None` for all of the document, and where it is not found in the text as it is now.
    pub fn section(&self) -> Option<Section> {
        self.section.as_ref().and_then(ComparedSection::here)
    }

    pub(super) fn section_place(&self) -> Option<SectionPlace> {
        self.section.as_ref().map(|section| section.place)
    }

    /// Whether it is the same of the same document.
    pub(super) fn is_same(&self, other: &Self) -> bool {
        let same_section = match (&self.section, &other.section) {
            (None, None) => true,
            (Some(one), Some(other)) => {
                one.ends == other.ends || one.here().is_some_and(|here| other.here() == Some(here))
            }
            _ => false,
        };
        self.place == other.place && same_section
    }

    /// Whether a block of a text is shown without surroundings. As long as the section is not found in that text, all is.
    pub(super) fn holds(&self, text: TextId, block: BlockIndex) -> bool {
        let section = self.section().filter(|section| section.text == text);
        section.is_none_or(|section| section.holds(block))
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
