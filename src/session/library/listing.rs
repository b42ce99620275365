//! The list of documents as it is shown: what is let through, in which order.

use std::cmp::Ordering;
use std::collections::BTreeSet;
use std::path::PathBuf;

use super::{LibraryAdded, LibraryEntry};
use crate::session::Place;
use crate::text::{Query, SearchOptions};

/// By what the list is put in order.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default)]
pub enum LibrarySort {
    /// The one read last first; then those never read, the one added last first.
    #[default]
    LastRead,
    /// By their titles, in the order of their characters.
    Title,
    /// The longest first.
    Size,
    /// The one with the most notes first.
    Notes,
}

impl LibrarySort {
    /// All of them, in the order in which they are offered.
    pub const ALL: [Self; 4] = [Self::LastRead, Self::Title, Self::Size, Self::Notes];

    fn compare(self, one: &LibraryEntry, other: &LibraryEntry) -> Ordering {
        let titles = || (&one.title, &one.place).cmp(&(&other.title, &other.place));
        match self {
            Self::LastRead => (other.last_read, other.added).cmp(&(one.last_read, one.added)),
            Self::Title => Ordering::Equal,
            Self::Size => other.characters.cmp(&one.characters),
            Self::Notes => other.notes.cmp(&one.notes),
        }
        .then_with(titles)
    }
}

/// The list of the library's documents.
#[derive(Clone, PartialEq, Debug, Default)]
pub struct LibraryList {
    entries: Vec<LibraryEntry>,
    folders: Vec<PathBuf>,
    /// Documents whose files were not there when they were last looked at.
    missing: BTreeSet<Place>,
    /// Whether the list was told at all.
    known: bool,
    filter: String,
    sort: LibrarySort,
    reversed: bool,
    /// Titles that several documents have.
    shared_titles: BTreeSet<String>,
    /// What is shown, as indices of `entries`.
    shown: Vec<usize>,
}

impl LibraryList {
    /// The documents to show, in order.
    pub fn shown(&self) -> impl Iterator<Item = &LibraryEntry> {
        self.shown.iter().filter_map(|&index| self.entries.get(index))
    }

    /// How many documents are shown.
    pub fn lines(&self) -> usize {
        self.shown.len()
    }

    /// The document in a line of the list.
    pub fn line(&self, line: usize) -> Option<&LibraryEntry> {
        self.entries.get(*self.shown.get(line)?)
    }

    /// What is known of a document.
    pub fn entry(&self, place: &Place) -> Option<&LibraryEntry> {
        let index = self.entries.binary_search_by(|entry| entry.place.cmp(place)).ok()?;
        self.entries.get(index)
    }

    /// Whether another document has the same title, so that only their files tell the two apart.
    pub fn shares_title(&self, entry: &LibraryEntry) -> bool {
        self.shared_titles.contains(&entry.title)
    }

    /// Whether its file was not there when it was last looked at.
    pub fn is_missing(&self, place: &Place) -> bool {
        self.missing.contains(place)
    }

    /// Takes in which files were not there.
    pub(super) fn take_missing(&mut self, added: &LibraryAdded) {
        if added.whole {
            self.missing.clear();
        }
        self.missing.extend(added.missing.iter().cloned());
    }

    /// A document was opened: it is there.
    pub(in crate::session) fn is_there(&mut self, place: &Place) {
        self.missing.remove(place);
    }

    /// Every document, in the order of their places.
    pub fn entries(&self) -> &[LibraryEntry] {
        &self.entries
    }

    /// The folders that were added whole.
    pub fn folders(&self) -> &[PathBuf] {
        &self.folders
    }

    /// Whether the list was told; until then nothing can be said of it.
    pub fn is_known(&self) -> bool {
        self.known
    }

    /// Only documents whose title or path has this are shown.
    pub fn filter(&self) -> &str {
        &self.filter
    }

    /// The order, and whether it is turned round.
    pub fn sort(&self) -> (LibrarySort, bool) {
        (self.sort, self.reversed)
    }

    pub(super) fn take(&mut self, mut entries: Vec<LibraryEntry>, folders: Vec<PathBuf>) {
        entries.sort_by(|one, other| one.place.cmp(&other.place));
        (self.entries, self.folders, self.known) = (entries, folders, true);
        let mut seen = BTreeSet::new();
        let titles = self.entries.iter().map(|entry| &entry.title);
        self.shared_titles = titles.filter(|title| !seen.insert(*title)).cloned().collect();
        self.choose();
    }

    pub(super) fn set_filter(&mut self, filter: String) {
        self.filter = filter;
        self.choose();
    }

    /// The same order once more is turned round.
    pub(super) fn sort_by(&mut self, sort: LibrarySort) {
        self.reversed = self.sort == sort && !self.reversed;
        self.sort = sort;
        self.choose();
    }

    fn choose(&mut self) {
        let options = SearchOptions { ignore_punctuation: true, as_written: false };
        let query = Query::new(&self.filter, options);
        let has = |words: &str| query.as_ref().is_none_or(|query| query.matches(words).next().is_some());
        let mut shown: Vec<(usize, &LibraryEntry)> = self.entries.iter().enumerate().collect();
        shown.retain(|(_, entry)| has(&entry.title) || has(&entry.place.to_words()));
        shown.sort_by(|(_, one), (_, other)| self.sort.compare(one, other));
        if self.reversed {
            shown.reverse();
        }
        self.shown = shown.into_iter().map(|(index, _)| index).collect();
    }
}

#[cfg(test)]
mod tests {
    use jiff::Timestamp;

    use super::*;

    #[test]
    fn a_file_is_missing_until_it_is_seen_again() {
        let [one, other] = ["/書/甲", "/書/乙"].map(|path| Place::File(path.into()));
        let looked = |whole, missing: &[&Place]| LibraryAdded {
            whole,
            missing: missing.iter().map(|&place| place.clone()).collect(),
            ..LibraryAdded::default()
        };
        let mut list = LibraryList::default();
        let missing = |list: &LibraryList| (list.is_missing(&one), list.is_missing(&other));
        list.take_missing(&looked(true, &[&one]));
        list.take_missing(&looked(false, &[&other]));
        assert_eq!(missing(&list), (true, true), "what was not looked at stays as it was");
        list.is_there(&one);
        assert_eq!(missing(&list), (false, true));
        list.take_missing(&looked(true, &[]));
        assert_eq!(missing(&list), (false, false));
    }

    fn entry(name: &str, read: Option<i64>, characters: u64, notes: usize) -> LibraryEntry {
        let place = Place::File(PathBuf::from("/書").join(name));
        let moment = |second| Timestamp::from_second(second).unwrap();
        LibraryEntry {
            characters,
            notes,
            last_read: read.map(moment),
            ..LibraryEntry::new(place, moment(i64::try_from(notes).unwrap()))
        }
    }

    #[test]
    fn titles_that_several_documents_have_are_known() {
        let mut list = LibraryList::default();
        let titled =
            |name: &str, title: &str| LibraryEntry { title: title.to_owned(), ..entry(name, None, 1, 0) };
        list.take(vec![titled("a", "河"), titled("b", "渠"), titled("c", "河")], Vec::new());
        let shared: Vec<bool> = list.entries().iter().map(|entry| list.shares_title(entry)).collect();
        assert_eq!(shared, [true, false, true]);
    }

    fn list() -> LibraryList {
        let mut list = LibraryList::default();
        let entries = vec![
            entry("水渠.txt", Some(5), 10, 0),
            entry("水库.txt", None, 30, 1),
            entry("書屋.txt", Some(9), 20, 2),
            entry("河堤.txt", None, 20, 3),
        ];
        list.take(entries, Vec::new());
        list
    }

    fn titles(list: &LibraryList) -> String {
        list.shown().map(|entry| entry.title.trim_end_matches(".txt")).collect::<Vec<_>>().join(" ")
    }

    #[test]
    fn each_order_is_turned_round_by_asking_again() {
        let mut list = list();
        assert_eq!(titles(&list), "書屋 水渠 河堤 水库");
        let check = |list: &mut LibraryList, sort, expected: &str| {
            list.sort_by(sort);
            assert_eq!(titles(list), expected);
        };
        check(&mut list, LibrarySort::Title, "書屋 水库 水渠 河堤");
        check(&mut list, LibrarySort::Title, "河堤 水渠 水库 書屋");
        check(&mut list, LibrarySort::Size, "水库 書屋 河堤 水渠");
        check(&mut list, LibrarySort::Notes, "河堤 書屋 水库 水渠");
        check(&mut list, LibrarySort::LastRead, "書屋 水渠 河堤 水库");
    }

    #[test]
    fn the_filter_is_blind_for_scripts_and_looks_at_paths_too() {
        let mut list = list();
        let check = |list: &mut LibraryList, filter: &str, expected: &str| {
            list.set_filter(filter.to_owned());
            assert_eq!(titles(list), expected);
        };
        check(&mut list, "水庫", "水库");
        check(&mut list, "书", "書屋 水渠 河堤 水库");
        check(&mut list, "书屋", "書屋");
        check(&mut list, "無", "");
        check(&mut list, " ", "書屋 水渠 河堤 水库");
    }
}
