//! The documents that a file names again and again, each once.

use std::collections::BTreeMap;

use super::ParcelDocument;

/// Documents by what a file calls them, in the order in which it does so first.
#[derive(Debug)]
pub(super) struct NamedDocuments<Name> {
    list: Vec<ParcelDocument>,
    by_name: BTreeMap<Name, usize>,
}

impl<Name: Ord> NamedDocuments<Name> {
    pub(super) fn new() -> Self {
        Self { list: Vec::new(), by_name: BTreeMap::new() }
    }

    /// The document of that name; `new` says what is known of it when it is named for the first time.
    pub(super) fn of(
        &mut self,
        name: Name,
        new: impl FnOnce(&Name) -> ParcelDocument,
    ) -> &mut ParcelDocument {
        let index = self.by_name.get(&name).copied().unwrap_or_else(|| {
            self.list.push(new(&name));
            self.by_name.insert(name, self.list.len() - 1);
            self.list.len() - 1
        });
        &mut self.list[index]
    }

    /// All of them.
    pub(super) fn into_list(self) -> Vec<ParcelDocument> {
        self.list
    }
}
