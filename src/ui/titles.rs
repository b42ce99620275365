//! What the open documents are called, each title brought into the script of its document once in a frame.

use std::collections::BTreeMap;

use super::bar::clear_name;
use crate::session::{Place, Session, Tab, TabId};

/// The titles of the open documents.
#[derive(Default, Debug)]
pub(super) struct Titles {
    all: BTreeMap<TabId, String>,
}

impl Titles {
    /// Those of a session.
    pub(super) fn of(session: &Session) -> Self {
        Self { all: session.tabs().iter().map(|tab| (tab.id, tab.title())).collect() }
    }

    /// The title of a document.
    pub(super) fn title(&self, tab: &Tab) -> String {
        clear_name(self.raw(tab))
    }

    /// Whether only the name of its file tells a document from another one that is open: two versions of a text
    /// mostly have one title.
    pub(super) fn needs_file(&self, tab: &Tab) -> bool {
        let title = self.raw(tab);
        let alike = self.all.iter().any(|(id, other)| *id != tab.id && other == title);
        alike && tab.place.name() != title
    }

    /// The title of a document, with the name of its file before it where that is needed.
    pub(super) fn told_apart(&self, tab: &Tab) -> String {
        let title = self.title(tab);
        if self.needs_file(tab) { format!("{} · {title}", clear_name(&tab.place.name())) } else { title }
    }

    /// What tells documents of the same title apart: the whole title, and the file.
    pub(super) fn hint(&self, tab: &Tab) -> String {
        let place = match &tab.place {
            Place::File(path) => path.to_string_lossy().into_owned(),
            Place::Sample(name) => name.clone(),
        };
        format!("{}\n{}", self.title(tab), clear_name(&place))
    }

    fn raw(&self, tab: &Tab) -> &str {
        self.all.get(&tab.id).map_or("", String::as_str)
    }
}
