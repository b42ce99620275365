//! What is done to all notes that are chosen, as one step.

use std::collections::BTreeMap;
use std::sync::Arc;

use crate::notes::{Annotation, Colour, DocumentNotes, Edit, NoteKey, Tag};
use crate::session::{Effect, MessageText, Moment, Place, Session};

impl Session {
    pub(super) fn tag_chosen(&mut self, tag: &Tag, moment: Moment) -> Vec<Effect> {
        self.change_chosen(moment, |note| {
            if !note.tags.contains(tag) {
                note.tags.push(tag.clone());
            }
        })
    }

    pub(super) fn untag_chosen(&mut self, tag: &Tag, moment: Moment) -> Vec<Effect> {
        self.change_chosen(moment, |note| note.tags.retain(|each| each != tag))
    }

    /// Bookmarks stay without a colour.
    pub(super) fn recolour_chosen(&mut self, colour: Colour, moment: Moment) -> Vec<Effect> {
        self.change_chosen(moment, |note| {
            if !note.is_bookmark() {
                note.colour = Some(colour);
            }
        })
    }

    /// The trash keeps them.
    pub(super) fn delete_chosen(&mut self, moment: Moment) -> Vec<Effect> {
        self.edit_chosen(|note| Some(Edit::Discard { id: note.id, at: moment.now }))
    }

    /// Opens the page of export for them.
    pub(super) fn export_chosen(&mut self) -> Vec<Effect> {
        let documents = self.chosen_documents();
        self.choose_to_export(documents)
    }

    /// The notes that are chosen, by the documents they are kept with.
    fn chosen_documents(&self) -> Vec<DocumentNotes> {
        let documents = self.gathered.collection().documents().iter().enumerate();
        let chosen = documents.map(|(number, each)| {
            let document = each.document();
            let is_chosen = |note: &&Arc<Annotation>| self.is_chosen(number, note);
            let notes = document.notes.iter().filter(is_chosen).cloned().collect();
            DocumentNotes { notes, ..DocumentNotes::clone(document) }
        });
        chosen.filter(|document| !document.notes.is_empty()).collect()
    }

    fn is_chosen(&self, document: usize, note: &Annotation) -> bool {
        self.all_notes.chosen.contains(&NoteKey { document, note: note.id })
    }

    fn change_chosen(&mut self, moment: Moment, change: impl Fn(&mut Annotation)) -> Vec<Effect> {
        self.edit_chosen(|before| {
            let mut note = Annotation::clone(before);
            change(&mut note);
            (note != **before).then(|| Edit::Replace(Arc::new(Annotation { changed: moment.now, ..note })))
        })
    }

    /// Makes an edit of each note that is chosen; `None` where nothing is to be done.
    fn edit_chosen(&mut self, edit: impl Fn(&Arc<Annotation>) -> Option<Edit>) -> Vec<Effect> {
        let mut edits: BTreeMap<String, Vec<Edit>> = BTreeMap::new();
        for (place, note) in self.chosen_notes() {
            edits.entry(place.to_owned()).or_default().extend(edit(note));
        }
        let unknown = edits.remove("").is_some();
        edits.retain(|_, edits| !edits.is_empty());
        let something = !edits.is_empty();
        let edits = edits.into_iter().map(|(place, edits)| (Place::from_words(&place), Edit::Group(edits)));
        let effects = self.edit_everywhere(edits.collect());
        if unknown {
            self.tell(MessageText::DocumentUnknown(String::new()));
        }
        if something {
            // Another program may have changed some of them meanwhile: only what was made is told.
            self.tell_last_step();
        }
        effects
    }

    /// The notes that are chosen, with the place of the document they are kept with; document by document.
    pub(super) fn chosen_notes(&self) -> impl Iterator<Item = (&str, &Arc<Annotation>)> {
        let collection = self.gathered.collection();
        let documents = collection.documents().iter().enumerate();
        documents.flat_map(move |(number, each)| {
            let chosen = move |note: &&Arc<Annotation>| self.is_chosen(number, note);
            let document = each.document();
            document.notes.iter().filter(chosen).map(|note| (document.place.as_str(), note))
        })
    }
}
