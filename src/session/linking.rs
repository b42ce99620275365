//! Links: between two passages of one document or of two, and from what a note says to another note.

use std::collections::{BTreeMap, BTreeSet};

use super::note_commands::trimmed;
use super::notes::place_of;
use super::{Effect, FarNote, Gathering, MessageText, Moment, Place, Reader, Session, Tab, TabId};
use crate::document::TextId;
use crate::notes::{
    Anchor, Annotation, Colour, Edit, FarEnd, NoteId, NotesByPlace, Placing, link_to_note, notes_linked,
};
use crate::text::{Folded, Span};

/// What a reader can ask for about links.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub enum LinkCommand {
    /// Begin a link at the selection, or at the note in focus.
    Begin,
    /// End it at the selection, or at the note in focus.
    End,
    /// Give the link up that was begun.
    Cancel,
    /// Go to one of the passages that a note is about too, by its place among [`Annotation::answers`].
    Follow(NoteId, usize),
    /// Go from one end of the note in focus to the next, and from the last one to the first.
    OtherEnd,
    /// Take an end off a note.
    Remove(NoteId, usize),
    /// Go to a note, whatever document it is kept with.
    GoToNote(NoteId),
}

/// A link that was begun and waits for its other end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct LinkBegun {
    /// Where it begins.
    end: FarEnd,
    /// The note that it begins at, if it begins at one.
    note: Option<NoteId>,
    /// The words that it begins at, as they were shown.
    pub quote: String,
}

/// Another end of a note, drawn in the text of a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct FarMark {
    /// The note.
    pub(super) id: NoteId,
    /// Which of its [`Annotation::answers`].
    pub(super) index: usize,
    /// Where in the text.
    pub(super) span: Span,
    /// The note's colour.
    pub(super) colour: Colour,
    /// Whether the note is in focus where it is kept.
    pub(super) focused: bool,
}

/// A note that can be linked to, as a list of them shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteChoice {
    /// The note.
    pub id: NoteId,
    /// What to call its document.
    pub title: String,
    /// What it quotes, as shown; as written in a document that is not open.
    pub quote: String,
    /// What it says.
    pub text: String,
}

impl NoteChoice {
    /// The link to it, as it stands in the text of a note.
    pub fn link(&self) -> String {
        link_to_note(self.id, if self.quote.is_empty() { &self.text } else { &self.quote })
    }
}

/// What the session remembers of links.
#[derive(Debug, Default)]
pub(super) struct Linking {
    begun: Option<LinkBegun>,
    /// The note to go to when the notes of all documents were gathered.
    sought: Option<NoteId>,
    /// What the notes of each open document link to.
    ends: BTreeMap<TabId, Ends>,
    /// The notes that link to a note.
    linked_from: BTreeMap<NoteId, Vec<NoteId>>,
    /// Of which notes the marks and these were made.
    made_of: Vec<(TabId, u64, Option<NoteId>, TextId)>,
}

/// So many notes are offered to be linked to.
const OFFERED: usize = 8;

impl Session {
    /// The link that waits for its other end.
    pub fn link_begun(&self) -> Option<&LinkBegun> {
        self.linking.begun.as_ref()
    }

    /// The table of these commands.
    pub(super) fn obey_link(&mut self, command: LinkCommand, moment: Moment) -> Vec<Effect> {
        match command {
            LinkCommand::Begin => self.begin_link(),
            LinkCommand::End => self.end_link(moment),
            LinkCommand::Cancel => {
                self.linking.begun = None;
                Vec::new()
            }
            LinkCommand::Follow(id, index) => self.follow(id, index),
            LinkCommand::OtherEnd => self.go_to_other_end(),
            LinkCommand::Remove(id, index) => self.change_note(id, moment, false, |note| {
                if index < note.answers.len() {
                    note.answers.remove(index);
                }
            }),
            LinkCommand::GoToNote(id) => self.go_to_note_anywhere(id),
        }
    }

    // --- making links -------------------------------------------------------------------------------

    fn begin_link(&mut self) -> Vec<Effect> {
        self.linking.begun = self.end_here().map(|(end, note)| {
            let shown = self.reader().map(|reader| reader.show_text(&end.anchor.quote)).unwrap_or_default();
            LinkBegun { end, note, quote: shown.replace('\n', " ") }
        });
        let nothing = self.linking.begun.is_none();
        if nothing { self.told(MessageText::NothingSelected) } else { self.with_reader(Reader::unselect) }
    }

    /// The selection of the document in front as an end, else the place of the note in focus.
    fn end_here(&self) -> Option<(FarEnd, Option<NoteId>)> {
        let (tab, reader) = (self.active()?, self.reader()?);
        let note = || reader.notebook.get(reader.note_in_focus()?);
        let place = tab.place.to_words();
        if let Some(span) = reader.selection() {
            let span = trimmed(reader.document().text(), span);
            return Some((FarEnd::of(reader.document(), place, span), None));
        }
        let note = note()?;
        let title = reader.document().metadata().title.as_ref().map(|field| field.value.clone());
        let (document, anchor) = (reader.document().id(), note.anchor.clone());
        Some((FarEnd { place, document, title: title.unwrap_or_default(), anchor }, Some(note.id)))
    }

    /// The note that joins the two is kept with the document in front, where it can be undone: the note that it
    /// begins or ends at, or a new one.
    fn end_link(&mut self, moment: Moment) -> Vec<Effect> {
        let Some(begun) = self.linking.begun.take() else { return self.told(MessageText::NoLinkBegun) };
        let Some((here, note)) = self.end_here() else {
            self.linking.begun = Some(begun);
            return self.told(MessageText::NothingSelected);
        };
        if here == begun.end {
            self.linking.begun = Some(begun);
            return self.told(MessageText::LinkToItself);
        }
        self.settings.notes_open = true;
        let begun_here = begun.note.filter(|id| self.reader().is_some_and(|reader| reader.holds(*id)));
        match (begun_here, note) {
            (Some(id), _) => self.add_end(id, here, moment),
            (None, Some(id)) => self.add_end(id, begun.end, moment),
            (None, None) => self.join(here.anchor, begun.end, moment),
        }
    }

    fn add_end(&mut self, id: NoteId, end: FarEnd, moment: Moment) -> Vec<Effect> {
        let effects = self.change_note(id, moment, false, |note| {
            if !note.answers.contains(&end) {
                note.answers.push(end);
            }
        });
        self.with_reader(|reader| {
            reader.choose_note(Some(id));
            reader.unselect();
        });
        effects
    }

    fn join(&mut self, anchor: Anchor, end: FarEnd, moment: Moment) -> Vec<Effect> {
        let id = NoteId(moment.fresh);
        let note = Annotation {
            id,
            anchor,
            colour: Some(Colour::default()),
            tags: Vec::new(),
            text: String::new(),
            answers: vec![end],
            placing: Placing::default(),
            created: moment.now,
            changed: moment.now,
        };
        let effects = self.edit(Edit::Add(note.into()), false);
        self.with_reader(|reader| {
            reader.choose_note(Some(id));
            reader.unselect();
        });
        effects
    }

    // --- following them -----------------------------------------------------------------------------

    fn follow(&mut self, id: NoteId, index: usize) -> Vec<Effect> {
        let note = self.reader().and_then(|reader| reader.notebook.get(id));
        let Some(end) = note.and_then(|note| note.answers.get(index)).cloned() else { return Vec::new() };
        self.go_to_passage(&end, id)
    }

    /// Goes to a passage of a document, and opens that where it is not open.
    fn go_to_passage(&mut self, end: &FarEnd, note: NoteId) -> Vec<Effect> {
        let mut effects = Vec::new();
        match self.tabs.iter().find(|tab| is_meant(end, tab)).map(|tab| tab.id) {
            Some(tab) => effects.extend(self.bring_to_read(tab)),
            None => effects.extend(self.open(vec![Place::from_words(&end.place)])),
        }
        let index = self.active_index();
        if let Some(tab) = index.and_then(|index| self.tabs.get_mut(index)) {
            tab.wished_passage = Some((end.anchor.clone(), note));
        }
        effects.extend(index.map_or_else(Vec::new, |index| self.go_to_wished_passage(index)));
        effects
    }

    /// Goes to the passage for which a document was opened, once all of it is there and it is known where.
    pub(super) fn go_to_wished_passage(&mut self, index: usize) -> Vec<Effect> {
        let in_front = self.active_index() == Some(index);
        let Some(tab) = self.tabs.get(index) else { return Vec::new() };
        let arrived = tab.reader().filter(|reader| reader.complete());
        let Some(((anchor, _), reader)) = tab.wished_passage.as_ref().zip(arrived) else { return Vec::new() };
        let Some(found) = self.found_far_end(anchor, reader) else {
            // It is looked for with all others of which nothing is known.
            self.forget_marks();
            return Vec::new();
        };
        let Some(tab) = self.tabs.get_mut(index) else { return Vec::new() };
        let wished = tab.wished_passage.take();
        let Some((reader, (_, note))) = tab.reader_mut().zip(wished) else { return Vec::new() };
        let Some(span) = place_of(&found) else { return self.told(MessageText::PassageLost) };
        reader.select(span.start(), span.end());
        reader.choose_note(Some(note));
        if in_front { self.jump(span.start()) } else { Vec::new() }
    }

    /// Brings an open document to where it is read: the side of the comparison in front, or its own tab.
    fn bring_to_read(&mut self, tab: TabId) -> Vec<Effect> {
        let comparing = self.comparison_in_front();
        let side = comparing.and_then(|comparing| {
            crate::compare::Side::BOTH.into_iter().find(|&side| comparing.side(side).tab == Some(tab))
        });
        match side {
            Some(side) => self.activate(side),
            None => self.select_tab(tab),
        }
    }

    /// The selection tells which end of the note in focus one is at: following a link selects its end.
    fn go_to_other_end(&mut self) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        if let Some(id) = reader.far_focus {
            return self.go_to_note_anywhere(id);
        }
        let note = reader.note_in_focus().and_then(|id| reader.notebook.get(id));
        let Some(note) = note.filter(|note| note.spans_documents()) else {
            return self.told(MessageText::NoLinkHere);
        };
        let (id, count) = (note.id, note.answers.len());
        let here = |mark: &&FarMark| mark.id == id && Some(mark.span) == reader.selection();
        let at = reader.far_marks.iter().find(here);
        match at.map_or(0, |mark| mark.index + 1) {
            next if next < count => self.follow(id, next),
            _ => {
                self.with_reader(Reader::unselect);
                self.go_to_note(id)
            }
        }
    }

    /// A note of an open document, or of one whose notes were gathered; then that is opened. Where they were not
    /// gathered yet, they are.
    fn go_to_note_anywhere(&mut self, id: NoteId) -> Vec<Effect> {
        if let Some(tab) = self.tabs.iter().find(|tab| holds(tab, id)).map(|tab| tab.id) {
            let mut effects = self.bring_to_read(tab);
            self.settings.notes_open = true;
            effects.extend(self.go_to_note(id));
            return effects;
        }
        match (self.gathered_note(id).map(|(place, _, _)| place), self.gathering()) {
            (Some(place), _) => self.open_at_note(&place, id),
            (None, Gathering::Complete) => self.told(MessageText::NoteNotFound),
            (None, gathering) => {
                self.linking.sought = Some(id);
                let running = matches!(gathering, Gathering::Running { .. });
                if running { Vec::new() } else { self.gather_notes() }
            }
        }
    }

    /// Goes to the note for which the notes of all documents were gathered.
    pub(super) fn go_to_sought_note(&mut self) -> Vec<Effect> {
        let decided =
            |id: NoteId| self.gathering() == Gathering::Complete || self.gathered_note(id).is_some();
        match self.linking.sought.filter(|id| decided(*id)) {
            Some(id) => {
                self.linking.sought = None;
                self.go_to_note_anywhere(id)
            }
            None => Vec::new(),
        }
    }

    /// Whether it is known that there is no such note.
    pub fn is_note_missing(&self, id: NoteId) -> bool {
        self.gathering() == Gathering::Complete && self.linked_note(id).is_none()
    }

    // --- links from note to note --------------------------------------------------------------------

    /// A note that another one links to; `None` for one that is neither in an open document nor among the
    /// gathered ones.
    pub fn linked_note(&self, id: NoteId) -> Option<NoteChoice> {
        let open = self.tabs.iter().find_map(|tab| Some(choice(tab, tab.reader()?.notebook.get(id)?)));
        open.or_else(|| {
            let (_, title, note) = self.gathered_note(id)?;
            Some(NoteChoice { id, title, quote: note.anchor.quote.clone(), text: note.text.clone() })
        })
    }

    /// The notes that link to a note.
    pub fn linked_from(&self, id: NoteId) -> Vec<NoteChoice> {
        let from = self.linking.linked_from.get(&id).into_iter().flatten();
        from.filter_map(|id| self.linked_note(*id)).collect()
    }

    /// Notes whose quotation or text has these words, in whatever script, the document in front first; the first
    /// few of them. `except` is the note that is being written.
    pub fn notes_to_link(&self, words: &str, except: NoteId) -> Vec<NoteChoice> {
        let words = folded(words);
        let front = self.active().map(|tab| tab.id);
        let open = self.tabs.iter();
        let (front, others): (Vec<&Tab>, Vec<&Tab>) = open.partition(|tab| Some(tab.id) == front);
        let tabs = front.into_iter().chain(others);
        let notes = tabs.filter_map(|tab| Some((tab, tab.reader()?)));
        let notes = notes.flat_map(|(tab, reader)| reader.notebook.iter().map(move |note| (tab, note)));
        let fits = |note: &Annotation| {
            let said = [note.anchor.quote.as_str(), note.text.as_str()];
            note.id != except && said.iter().any(|text| folded(text).contains(&words))
        };
        notes.filter(|(_, note)| fits(note)).take(OFFERED).map(|(tab, note)| choice(tab, note)).collect()
    }

    fn gathered_note(&self, id: NoteId) -> Option<(Place, String, &Annotation)> {
        let at = self.gathered.place_of(id)?;
        let document = self.gathered.collection().document(at.document)?;
        let note = document.notes.get(at.index)?;
        Some((Place::from_words(&document.place), document.title.clone(), note.as_ref()))
    }

    // --- what is drawn of them ----------------------------------------------------------------------

    /// The notes of a document that are about other passages too. As long as none has changed, that is known without
    /// a walk over all of them.
    pub(super) fn spanning_notes<'a>(&self, owner: &'a Tab) -> Vec<&'a Annotation> {
        let Some(reader) = owner.reader() else { return Vec::new() };
        match self.linking.ends.get(&owner.id).filter(|ends| ends.of == Some(version_of(reader))) {
            Some(ends) => ends.spanning.iter().filter_map(|(_, id)| reader.notebook.get(*id)).collect(),
            None => reader.notebook.iter().filter(|note| !note.answers.is_empty()).collect(),
        }
    }

    /// Marks the other ends of notes in the texts of the open documents, where notes have changed.
    pub(super) fn keep_links_up_to_date(&mut self) -> Vec<Effect> {
        let versions = self.tabs.iter().filter_map(|tab| {
            let reader = tab.reader()?;
            Some((tab.id, reader.notes_version(), reader.note_in_focus(), reader.document().id()))
        });
        let versions: Vec<_> = versions.collect();
        if versions == self.linking.made_of {
            return Vec::new();
        }
        self.linking.made_of = versions;
        self.linking.look_at(&self.tabs);
        let effects = self.seek_far_ends();
        let marks: Vec<_> = self.tabs.iter().map(|tab| self.marks_in(tab.id)).collect();
        for (tab, marks) in self.tabs.iter_mut().zip(marks) {
            tab.reader_mut().into_iter().for_each(|reader| reader.far_marks.clone_from(&marks));
        }
        effects
    }

    /// They are made anew before anything else happens.
    pub(super) fn forget_marks(&mut self) {
        self.linking.made_of.clear();
    }

    fn marks_in(&self, tab: TabId) -> Vec<FarMark> {
        let focus_of = |owner| self.tab(owner).and_then(Tab::reader).and_then(Reader::note_in_focus);
        let mark = |note: &FarNote| {
            let span = note.found.as_ref().and_then(place_of)?;
            let focused = focus_of(note.owner) == Some(note.id);
            Some(FarMark {
                id: note.id,
                index: note.index,
                span,
                colour: note.colour.unwrap_or_default(),
                focused,
            })
        };
        self.far_notes(tab).iter().filter_map(mark).collect()
    }
}

fn is_meant(end: &FarEnd, tab: &Tab) -> bool {
    let text = tab.reader().map(|reader| reader.document().id());
    tab.place.to_words() == end.place || text == Some(end.document)
}

fn holds(tab: &Tab, id: NoteId) -> bool {
    tab.reader().is_some_and(|reader| reader.holds(id))
}

fn choice(tab: &Tab, note: &Annotation) -> NoteChoice {
    let shown = tab.reader().map(|reader| reader.show_text(&note.anchor.quote)).unwrap_or_default();
    NoteChoice { id: note.id, title: tab.title(), quote: shown.replace('\n', " "), text: note.text.clone() }
}

fn folded(text: &str) -> String {
    Folded::to_find(text).text
}

/// What the notes of a document link to.
#[derive(Debug, Default)]
struct Ends {
    /// Of which version of the document that is known.
    of: Option<(u64, TextId)>,
    /// The notes of then.
    notes: NotesByPlace,
    /// The notes that are about other passages too, in the order of their places.
    spanning: BTreeSet<(Span, NoteId)>,
    /// The notes that link to others in their texts, in that order too, each with those.
    linking: BTreeMap<(Span, NoteId), Vec<NoteId>>,
}

fn version_of(reader: &Reader) -> (u64, TextId) {
    (reader.notes_version(), reader.document().id())
}

impl Ends {
    /// Looks at the notes that have changed: typing changes one of them.
    fn renew(&mut self, reader: &Reader) {
        let now = reader.notebook.by_place();
        let (then, now): (Vec<_>, Vec<_>) = now.changes_since(&self.notes).unzip();
        for note in then.into_iter().flatten() {
            let key = (note.anchor.span, note.id);
            self.spanning.remove(&key);
            self.linking.remove(&key);
        }
        for note in now.into_iter().flatten() {
            let key = (note.anchor.span, note.id);
            if !note.answers.is_empty() {
                self.spanning.insert(key);
            }
            let linked = notes_linked(&note.text);
            if !linked.is_empty() {
                self.linking.insert(key, linked);
            }
        }
        (self.notes, self.of) = (reader.notebook.by_place().clone(), Some(version_of(reader)));
    }

    /// The notes that others link to, each with the one that does.
    fn linked(&self) -> impl Iterator<Item = (NoteId, NoteId)> {
        self.linking.iter().flat_map(|((_, from), linked)| linked.iter().map(move |linked| (*linked, *from)))
    }
}

impl Linking {
    /// Looks at the notes of the documents that have changed.
    fn look_at(&mut self, tabs: &[Tab]) {
        let open = |id: &TabId| tabs.iter().any(|tab| tab.id == *id);
        self.ends.retain(|id, _| open(id));
        for (id, reader) in tabs.iter().filter_map(|tab| Some((tab.id, tab.reader()?))) {
            let ends = self.ends.entry(id).or_default();
            if ends.of != Some(version_of(reader)) {
                ends.renew(reader);
            }
        }
        self.linked_from.clear();
        for (linked, from) in self.ends.values().flat_map(Ends::linked) {
            self.linked_from.entry(linked).or_default().push(from);
        }
    }
}

impl Reader {
    /// Whether a note is kept with this document.
    pub(super) fn holds(&self, id: NoteId) -> bool {
        self.notebook.get(id).is_some()
    }

    /// Brings a note into focus where it is: one of this document, or another one's that is about this one too.
    pub(super) fn choose_note(&mut self, id: Option<NoteId>) {
        self.focus = id.filter(|id| self.holds(*id));
        self.far_focus = id.filter(|id| !self.holds(*id));
    }

    /// The note of another document that was chosen at its end in this one.
    pub fn far_note_in_focus(&self) -> Option<NoteId> {
        self.far_focus
    }
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::super::tests::Desk;
    use super::super::{Command, Event, GatheredNotes, Kept, Mark};
    use super::*;
    use crate::notes::sample::note;
    use crate::notes::{DocumentNotes, SearchableNotes};

    const LEFT: &str = "先种树，再清淤。\n\n村里开了书屋，人人可以来。\n";
    const RIGHT: &str = "今年的办法：先清淤，再種樹。\n";

    fn link(desk: &mut Desk, command: LinkCommand) {
        desk.ask(Command::Link(command));
    }

    /// Joins words of the document in front.
    fn joined(text: &str, from: &str, to: &str) -> Desk {
        let mut desk = Desk::with(text);
        desk.select(from);
        link(&mut desk, LinkCommand::Begin);
        desk.select(to);
        link(&mut desk, LinkCommand::End);
        desk
    }

    fn told(desk: &Desk) -> &MessageText {
        &desk.session.messages().last().unwrap().text
    }

    #[test]
    fn two_passages_of_one_document_are_drawn_and_listed_at_both_ends() {
        let mut desk = joined(LEFT, "再清淤", "书屋");
        assert_eq!(desk.screen(), "先种树，⟦再清淤⟧。\n村里开了⟦书屋⟧，人人可以来。");
        let id = desk.reader().note_in_focus().unwrap();
        let row = desk.reader().note_row(id).unwrap();
        assert_eq!((&*row.quote, &*row.answers[0].quote), ("书屋", "再清淤"));
        let tab = desk.session.active().unwrap().id;
        assert_eq!(desk.session.far_notes(tab)[0].quote, "再清淤");
        assert!(desk.session.link_begun().is_none());

        desk.ask(Command::Undo);
        assert_eq!(desk.screen(), "先种树，再清淤。\n村里开了书屋，人人可以来。");
        desk.ask(Command::Redo);
        link(&mut desk, LinkCommand::Remove(id, 0));
        assert_eq!(desk.screen(), "先种树，再清淤。\n村里开了⟦书屋⟧，人人可以来。");
    }

    #[test]
    fn one_goes_from_one_end_to_the_other_and_back() {
        let mut desk = joined(LEFT, "再清淤", "书屋");
        let selected = |desk: &Desk| {
            let reader = desk.reader();
            reader.selection().and_then(|span| span.of(reader.document().text()).map(ToOwned::to_owned))
        };
        link(&mut desk, LinkCommand::OtherEnd);
        assert_eq!(selected(&desk).as_deref(), Some("再清淤"));
        let id = desk.reader().note_in_focus().unwrap();
        link(&mut desk, LinkCommand::OtherEnd);
        assert_eq!((selected(&desk), desk.reader().note_in_focus()), (None, Some(id)));
    }

    #[test]
    fn passages_of_two_documents_are_joined() {
        let mut desk = Desk::with(LEFT);
        let left = desk.session.active().unwrap().id;
        desk.select("再清淤");
        link(&mut desk, LinkCommand::Begin);
        assert_eq!(desk.session.link_begun().unwrap().quote, "再清淤");
        desk.open("right.txt", RIGHT, Kept::default());
        let right = desk.session.active().unwrap().id;
        desk.select("先清淤");
        link(&mut desk, LinkCommand::End);
        let id = desk.reader().note_in_focus().unwrap();
        assert_eq!(desk.screen(), "今年的办法：⟦先清淤⟧，再種樹。");

        desk.ask(Command::Select(left));
        assert!(desk.screen().starts_with("先种树，⟦再清淤⟧。"));
        desk.ask(Command::ChooseNote(Some(id)));
        assert_eq!(desk.reader().far_note_in_focus(), Some(id));
        link(&mut desk, LinkCommand::OtherEnd);
        assert_eq!(desk.session.active().unwrap().id, right);
        assert_eq!(desk.reader().note_in_focus(), Some(id));
        link(&mut desk, LinkCommand::Follow(id, 0));
        assert_eq!(desk.session.active().unwrap().id, left);
        let far = &desk.session.far_notes(left)[0];
        assert_eq!(desk.reader().selection(), far.found.as_ref().and_then(place_of));
    }

    #[test]
    fn a_closed_document_is_opened_at_the_other_end() {
        let mut desk = Desk::with(LEFT);
        let left = desk.session.active().unwrap().id;
        desk.select("书屋");
        link(&mut desk, LinkCommand::Begin);
        desk.open("right.txt", RIGHT, Kept::default());
        desk.select("先清淤");
        link(&mut desk, LinkCommand::End);
        let id = desk.reader().note_in_focus().unwrap();
        desk.ask(Command::Close(left));
        link(&mut desk, LinkCommand::Follow(id, 0));
        let read = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::Read { ticket, .. } => Some(*ticket),
            _ => None,
        });
        desk.arrive(read.unwrap(), LEFT, Kept::default());
        let selection = desk.reader().selection().unwrap();
        assert_eq!(selection.of(LEFT), Some("书屋"));
        assert!(desk.effects.iter().any(|effect| matches!(
            effect,
            Effect::Reveal { position, .. } if *position == selection.start()
        )));
    }

    #[test]
    fn a_link_needs_two_ends() {
        let mut desk = Desk::with(LEFT);
        link(&mut desk, LinkCommand::End);
        assert_eq!(*told(&desk), MessageText::NoLinkBegun);
        link(&mut desk, LinkCommand::Begin);
        assert_eq!(*told(&desk), MessageText::NothingSelected);
        desk.select("书屋");
        link(&mut desk, LinkCommand::Begin);
        desk.select("书屋");
        link(&mut desk, LinkCommand::End);
        assert_eq!(*told(&desk), MessageText::LinkToItself);
        link(&mut desk, LinkCommand::Cancel);
        assert!(desk.session.link_begun().is_none());
        assert!(desk.reader().notebook().is_empty());
    }

    #[test]
    fn a_note_gains_an_end_and_keeps_what_it_says() {
        let mut desk = Desk::with(LEFT);
        desk.select("书屋");
        desk.ask(Command::Highlight(Colour::Green));
        let id = desk.reader().note_in_focus().unwrap();
        desk.ask(Command::WriteNote(id, "重要".to_owned()));
        link(&mut desk, LinkCommand::Begin);
        desk.select("再清淤");
        link(&mut desk, LinkCommand::End);
        assert_eq!(desk.reader().notebook().len(), 1);
        let row = desk.reader().note_row(id).unwrap();
        assert_eq!((&*row.text, &*row.answers[0].quote), ("重要", "再清淤"));
        let index = crate::document::BlockIndex::new(0);
        let view = desk.reader().view(index).unwrap();
        let marks = desk.reader().decorations(&view);
        let linked = |mark: Mark| matches!(mark, Mark::Highlight { colour: Colour::Green, linked: true, .. });
        assert!(marks.iter().any(|one| linked(one.mark)), "the other end has the note's colour: {marks:?}");
    }

    #[test]
    fn a_note_links_to_another_one_in_any_script() {
        let mut desk = Desk::with(LEFT);
        desk.select("书屋");
        desk.ask(Command::Highlight(Colour::Green));
        let first = desk.reader().note_in_focus().unwrap();
        desk.open("right.txt", RIGHT, Kept::default());
        desk.select("先清淤");
        desk.ask(Command::Highlight(Colour::Pink));
        let second = desk.reader().note_in_focus().unwrap();
        let [choice] = &*desk.session.notes_to_link("書屋", second) else { panic!("it is not offered") };
        let text = format!("參看{}", choice.link());
        desk.ask(Command::WriteNote(second, text));
        assert_eq!(desk.session.linked_from(first)[0].id, second);
        assert_eq!(desk.session.linked_from(second), []);
        link(&mut desk, LinkCommand::GoToNote(first));
        assert_eq!(desk.reader().note_in_focus(), Some(first));
        desk.ask(Command::DeleteNote(first));
        assert_eq!(desk.session.linked_note(first), None);
    }

    /// The world answers a gathering with these notes of a document.
    fn gathered(desk: &mut Desk, place: &str, notes: Vec<Arc<Annotation>>) {
        let asked = desk.effects.iter().rev().find_map(|effect| match effect {
            Effect::CollectNotes { ticket, .. } => Some(*ticket),
            _ => None,
        });
        let document = DocumentNotes { place: place.to_owned(), notes, ..DocumentNotes::default() };
        let documents = vec![SearchableNotes::new(document)];
        let notes = Box::new(GatheredNotes { documents, ..GatheredNotes::default() });
        desk.tell(Event::NotesCollected { ticket: asked.unwrap(), notes, complete: true });
    }

    #[test]
    fn a_note_of_a_closed_document_is_sought_among_the_notes_of_all() {
        let (far, gone) = (note(7, Anchor::default()), NoteId(uuid::Uuid::from_u128(8)));
        let mut desk = Desk::with(LEFT);
        link(&mut desk, LinkCommand::GoToNote(far.id));
        assert!(!desk.session.is_note_missing(far.id), "nobody has looked yet");
        gathered(&mut desk, "far.txt", vec![Arc::new(far.clone())]);
        assert_eq!(desk.session.active().unwrap().place, Place::from_words("far.txt"));
        link(&mut desk, LinkCommand::GoToNote(gone));
        assert_eq!(*told(&desk), MessageText::NoteNotFound);
        assert!(desk.session.is_note_missing(gone));
    }
}
