//! Notes of open documents that are about a passage of this one too.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::sync::Arc;

use super::notes::place_of;
use super::{Effect, MessageText, Reader, Session, Tab, TabId};
use crate::document::{Document, TextId};
use crate::notes::{Anchor, Annotation, Colour, FarEnd, Found, NoteId, Tag, Target, stands_in_place};

/// A note of an open document, mostly another one, with the passage of this one that it is about too.
#[derive(Clone, PartialEq, Debug)]
pub struct FarNote {
    /// The document that the note is kept with.
    pub owner: TabId,
    /// What to call that document.
    pub owner_title: String,
    /// The note.
    pub id: NoteId,
    /// Which of the note's [`Annotation::answers`].
    pub index: usize,
    /// Where the passage is in this document now; `None` while it is looked for.
    pub found: Option<Found>,
    /// The passage of this document, in the script that is shown; as it was written where it is lost.
    pub quote: String,
    /// What the note quotes of its own document, in the script that is shown there.
    pub owner_quote: String,
    /// Its tags.
    pub tags: Vec<Tag>,
    /// Its colour; `None` for a bookmark.
    pub colour: Option<Colour>,
    /// What it says.
    pub text: String,
    /// Where to go in this document's text; `None` for a lost one, and while it is looked for.
    pub position: Option<u32>,
}

/// The other end of a note, as the list of notes shows it.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct FarEndRow {
    /// The title of the other document as written, or the name of its file.
    pub title: String,
    /// The quotation, as written.
    pub quote: String,
}

impl FarEndRow {
    pub(super) fn of(far_end: &FarEnd) -> Self {
        let name = || super::Place::from_words(&far_end.place).name();
        let title = if far_end.title.trim().is_empty() { name() } else { far_end.title.clone() };
        Self { title, quote: far_end.anchor.quote.clone() }
    }
}

/// Where far ends, and ends of sections that are compared, are that no longer stand where they stood, in the texts of open
/// documents. The world looks for them, each once: in a long document that takes longer than the window may wait.
#[derive(Debug, Default)]
pub(super) struct FarPlaces(HashMap<TextId, HashMap<Anchor, Option<Found>>>);

impl FarPlaces {
    /// Where it is; `None` where that is not known yet.
    fn found(&self, anchor: &Anchor, text: TextId, target: &Target<'_>) -> Option<Found> {
        if stands_in_place(anchor, target) {
            return Some(Found::Exact(anchor.span));
        }
        self.0.get(&text)?.get(anchor)?.clone()
    }

    /// Remembers that it is looked for. Answers whether it was not yet.
    fn ask(&mut self, anchor: &Anchor, text: TextId) -> bool {
        let of_text = self.0.entry(text).or_default();
        let new = !of_text.contains_key(anchor);
        if new {
            of_text.insert(anchor.clone(), None);
        }
        new
    }

    /// What was not found can be looked for again.
    fn forget_asked(&mut self, text: TextId) {
        self.0.entry(text).or_default().retain(|_, found| found.is_some());
    }
}

impl Session {
    /// The notes of open documents, its own among them, that are about a passage of the document in that tab
    /// too, in the order of these passages; lost ones last.
    pub fn far_notes(&self, tab: TabId) -> Vec<FarNote> {
        let here = self.tabs.iter().find(|each| each.id == tab);
        let Some((here, reader)) = here.and_then(|tab| Some((tab, tab.reader()?))) else { return Vec::new() };
        let (place, text) = (here.place.to_words(), reader.document().id());
        let target = Target::new(reader.document());
        let mut notes = Vec::new();
        for owner in &self.tabs {
            for (note, index) in far_ends_of(self.spanning_notes(owner), &place, text) {
                let Some(far_end) = note.answers.get(index) else { continue };
                let found = self.far_places.found(&far_end.anchor, text, &target);
                notes.push(FarNote { index, ..far_note(owner, note, far_end, found, reader) });
            }
        }
        notes.sort_by_key(|note| (note.position.is_none(), note.position, note.id, note.index));
        notes
    }

    /// Has those far ends looked for of which it is not known where they are in the open documents.
    pub(super) fn seek_far_ends(&mut self) -> Vec<Effect> {
        let arrived = |tab: &&Tab| tab.reader().is_some_and(Reader::complete);
        let open: Vec<TabId> = self.tabs.iter().filter(arrived).map(|tab| tab.id).collect();
        let texts: BTreeSet<TextId> =
            self.tabs.iter().filter_map(Tab::reader).map(|reader| reader.document().id()).collect();
        self.far_places.0.retain(|text, _| texts.contains(text));
        open.into_iter().filter_map(|tab| self.seek_far_ends_in(tab)).collect()
    }

    fn seek_far_ends_in(&mut self, tab: TabId) -> Option<Effect> {
        let here = self.tab(tab)?;
        let document = Arc::clone(here.reader()?.document());
        let (place, text, target) = (here.place.to_words(), document.id(), Target::new(&document));
        let owners = self.tabs.iter().map(|owner| self.spanning_notes(owner));
        let ends = owners.flat_map(|notes| far_ends_of(notes, &place, text));
        let anchors = ends.filter_map(|(note, index)| Some(&note.answers.get(index)?.anchor));
        let wished = here.wished_passage.iter().map(|(anchor, _)| anchor);
        let unknown = anchors.chain(wished).filter(|anchor| !stands_in_place(anchor, &target));
        let unknown: HashSet<Anchor> = unknown.cloned().collect();
        self.seek_passages(&document, unknown)
    }

    /// Has passages of a document looked for, those that were not yet.
    pub(super) fn seek_passages(
        &mut self,
        document: &Arc<Document>,
        anchors: impl IntoIterator<Item = Anchor>,
    ) -> Option<Effect> {
        let text = document.id();
        let mut anchors: Vec<Anchor> =
            anchors.into_iter().filter(|anchor| self.far_places.ask(anchor, text)).collect();
        anchors.sort();
        (!anchors.is_empty()).then(|| Effect::SeekFarEnds { document: Arc::clone(document), anchors })
    }

    /// Far ends were looked for in a text, or could not be.
    pub(super) fn far_ends_sought(
        &mut self,
        text: TextId,
        result: Result<Vec<(Anchor, Found)>, String>,
    ) -> Vec<Effect> {
        let failure = match result {
            Ok(found) => {
                let found = found.into_iter().map(|(anchor, found)| (anchor, Some(found)));
                self.far_places.0.entry(text).or_default().extend(found);
                None
            }
            Err(reason) => {
                self.far_places.forget_asked(text);
                self.tell(MessageText::Remark(reason.clone()));
                Some(reason)
            }
        };
        self.forget_marks();
        let of_text = |tab: &Tab| tab.reader().is_some_and(|reader| reader.document().id() == text);
        let tabs: Vec<usize> =
            (0..self.tabs.len()).filter(|index| self.tabs.get(*index).is_some_and(of_text)).collect();
        let mut effects: Vec<Effect> =
            tabs.into_iter().flat_map(|index| self.go_to_wished_passage(index)).collect();
        effects.extend(self.sections_sought(text, failure.as_deref()));
        effects
    }

    /// Where a passage of the document in that tab is; `None` while it is looked for.
    pub(super) fn found_far_end(&self, anchor: &Anchor, reader: &Reader) -> Option<Found> {
        self.far_places.found(anchor, reader.document().id(), &Target::new(reader.document()))
    }
}

/// Those of the notes that have far ends in the document of that place and text, and which.
fn far_ends_of<'a>(
    notes: Vec<&'a Annotation>,
    place: &'a str,
    text: TextId,
) -> impl Iterator<Item = (&'a Annotation, usize)> {
    notes.into_iter().flat_map(move |note| {
        let far_ends = note.answers.iter().enumerate().filter(move |(_, far_end)| far_end.is_in(place, text));
        far_ends.map(move |(index, _)| (note, index))
    })
}

fn far_note(
    owner: &Tab,
    note: &Annotation,
    far_end: &FarEnd,
    found: Option<Found>,
    reader: &Reader,
) -> FarNote {
    let place = found.as_ref().and_then(place_of);
    FarNote {
        owner: owner.id,
        owner_title: owner.title(),
        id: note.id,
        index: 0,
        quote: place.map_or_else(|| far_end.anchor.quote.clone(), |span| reader.shown_text(span)),
        owner_quote: owner.reader().map(|own| own.show_text(&note.anchor.quote)).unwrap_or_default(),
        tags: note.tags.clone(),
        colour: note.colour,
        text: note.text.clone(),
        position: place.map(crate::text::Span::start),
        found,
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Event, Kept, LinkCommand};
    use super::*;
    use crate::notes::locate;

    const LEFT: &str = "先种树，再清理河道里的淤泥。\n";
    const RIGHT: &str = "村里在河边修了一间书屋，孩子们放学以后先去那里读书，天黑了才回家。\n";

    /// Two documents that a note joins; the right one was opened again with another text.
    fn changed(text: &str) -> (Desk, TabId) {
        let mut desk = Desk::with(LEFT);
        let left = desk.session.active().unwrap().place.clone();
        desk.open("right.txt", RIGHT, Kept::default());
        let right = desk.session.active().unwrap().id;
        desk.select("先去那里读书");
        desk.ask(Command::Link(LinkCommand::Begin));
        desk.ask(Command::Open(vec![left]));
        desk.select("清理河道");
        desk.ask(Command::Link(LinkCommand::End));
        desk.ask(Command::Select(right));
        desk.ask(Command::Reload);
        let ticket = desk.last_read();
        desk.arrive(ticket, text, Kept::default());
        (desk, right)
    }

    /// The world answers what was last asked of it.
    fn answer(desk: &mut Desk) {
        let asked = desk.effects.iter().filter_map(|effect| match effect {
            Effect::SeekFarEnds { document, anchors } => Some((Arc::clone(document), anchors.clone())),
            _ => None,
        });
        let asked: Vec<_> = asked.collect();
        desk.effects.clear();
        for (document, anchors) in asked {
            let target = Target::new(&document);
            let found =
                anchors.into_iter().map(|anchor| (anchor.clone(), locate(&anchor, &target))).collect();
            desk.tell(Event::FarEndsSought { text: document.id(), result: Ok(found) });
        }
    }

    fn quotes(desk: &Desk, tab: TabId) -> Vec<(String, bool)> {
        desk.session.far_notes(tab).into_iter().map(|note| (note.quote, note.position.is_some())).collect()
    }

    #[test]
    fn a_passage_that_has_moved_is_looked_for_by_the_world_and_then_drawn() {
        let moved = format!("新写的开头一段，说的是去年冬天的事。\n\n{RIGHT}");
        let (mut desk, right) = changed(&moved);
        assert_eq!(quotes(&desk, right), [("先去那里读书".to_owned(), false)]);
        assert!(!desk.screen().contains('⟦'));
        answer(&mut desk);
        assert_eq!(quotes(&desk, right), [("先去那里读书".to_owned(), true)]);
        assert!(desk.screen().contains("⟦先去那里读书⟧"), "{}", desk.screen());
        desk.ask(Command::ToggleOutline);
        assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::SeekFarEnds { .. })), "once");
    }

    #[test]
    fn whoever_follows_a_link_is_led_there_when_the_passage_is_found() {
        let moved = format!("新写的开头一段，说的是去年冬天的事。\n\n{RIGHT}");
        let (mut desk, right) = changed(&moved);
        let id = desk.session.far_notes(right)[0].id;
        let left = desk.session.far_notes(right)[0].owner;
        desk.ask(Command::Select(left));
        desk.ask(Command::Link(LinkCommand::Follow(id, 0)));
        assert_eq!((desk.session.active().unwrap().id, desk.reader().selection()), (right, None));
        answer(&mut desk);
        let selection = desk.reader().selection().unwrap();
        assert_eq!(selection.of(&moved), Some("先去那里读书"));
    }

    #[test]
    fn what_could_not_be_looked_for_is_told_and_asked_again() {
        let (mut desk, right) = changed("全是别的话，一句也没有留下来，读的人只好去问写的人。\n");
        let text = desk.reader().document().id();
        desk.tell(Event::FarEndsSought { text, result: Err("no thread".to_owned()) });
        assert_eq!(desk.session.messages().last().unwrap().text, MessageText::Remark("no thread".to_owned()));
        answer(&mut desk);
        let [far] = &*desk.session.far_notes(right) else { panic!() };
        assert_eq!(far.found, Some(Found::Lost));
    }
}
