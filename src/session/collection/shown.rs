//! A note of the list, as it is shown.

use std::cell::RefCell;
use std::num::NonZeroUsize;
use std::sync::Arc;

use jiff::civil::Date;
use lru::LruCache;

use super::AllNotes;
use crate::notes::{Annotation, Formatted, KnownTags, NoteAt, NoteState, PlaceNow, Tag};
use crate::session::citing::{is_among, pages_in_words};
use crate::session::{Place, Reader, Session, Tab};
use crate::text::{Glyphs, Script, Written, detect};

/// A note of the list, as it is shown.
#[derive(Clone, PartialEq, Debug)]
pub struct ShownNote {
    /// The note.
    pub note: Arc<Annotation>,
    /// What it quotes: in the script that is shown where its document is open, else in the one in which
    /// documents are first shown, if that is ready. On one line.
    pub quote: String,
    /// What it says on one line, without the signs of Markdown.
    pub said: String,
    /// The shapes to draw it with.
    pub glyphs: Glyphs,
    /// What stands at its place now, where these are other words than it quotes, in the same script and on one line;
    /// empty otherwise.
    pub reads_now: String,
    /// The page and the clause that it stands in, in the language of the document; empty where it has neither, or they
    /// are not known.
    pub locus: String,
    /// The nearest heading that it stands under, in the same script.
    pub heading: Option<String>,
    /// What the document is called, in the same script.
    pub title: String,
    /// Where it is, as far as that is known.
    pub state: NoteState,
    /// The day on which it was made.
    pub day: Date,
}

/// Some screens full of the list, as they were last shown, and for which version of the list.
#[derive(Debug)]
pub(super) struct ShownNotes {
    notes: RefCell<LruCache<NoteAt, Arc<ShownNote>>>,
    tags: RefCell<Option<(u64, Arc<KnownTags>)>>,
}

fn on_one_line(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The script of a document, by the words that a note keeps of it.
fn written_around(note: &Annotation) -> Written {
    let anchor = &note.anchor;
    detect(&[&anchor.before, &anchor.quote, &anchor.after].map(String::as_str).concat())
}

/// The page and the clause of a note, as [`Reader::page_and_clause`] says them.
fn locus_of(place_now: &PlaceNow, note: &Annotation, show: &Show<'_>, glyphs: Glyphs) -> String {
    let PlaceNow { clause, page, .. } = place_now;
    let chinese = written_around(note) != Written::Undecided;
    let several = page.contains('–');
    let page = (!page.is_empty()).then(|| pages_in_words(page, several, (chinese, glyphs)));
    let clause = Some(clause).filter(|clause| !clause.is_empty() && !is_among(clause, &note.anchor.headings));
    page.into_iter().chain(clause.map(|clause| show(clause))).collect::<Vec<_>>().join(" ")
}

/// Text as it is written, made into text as it is shown.
type Show<'a> = Box<dyn Fn(&str) -> String + 'a>;

const KEPT: NonZeroUsize = NonZeroUsize::MIN.saturating_add(255);

impl Default for ShownNotes {
    fn default() -> Self {
        Self { notes: RefCell::new(LruCache::new(KEPT)), tags: RefCell::default() }
    }
}

impl AllNotes {
    /// To be called whenever notes or scripts may have changed.
    pub(super) fn forget_shown(&self) {
        self.shown.notes.borrow_mut().clear();
    }
}

impl Session {
    /// A note of the list, as it is shown.
    pub fn shown_note(&self, at: NoteAt) -> Option<Arc<ShownNote>> {
        if let Some(shown) = self.all_notes.shown.notes.borrow_mut().get(&at) {
            return Some(Arc::clone(shown));
        }
        let shown = Arc::new(self.show_note(at)?);
        self.all_notes.shown.notes.borrow_mut().put(at, Arc::clone(&shown));
        Some(shown)
    }

    fn show_note(&self, at: NoteAt) -> Option<ShownNote> {
        let document = self.collection().document(at.document)?;
        let note = document.notes.get(at.index)?;
        let place = Place::from_words(&document.place);
        let reader = self.tabs.iter().find(|tab| tab.is_of(&place)).and_then(Tab::reader);
        let (show, glyphs) = self.script_of(reader, note);
        let kept = || document.places_now.get(&note.id).cloned().unwrap_or_default();
        let place_now = reader.map_or_else(kept, |reader| reader.place_now(note));
        Some(ShownNote {
            quote: on_one_line(&show(&note.anchor.quote)),
            reads_now: on_one_line(&show(&place_now.reads_now)),
            locus: locus_of(&place_now, note, &show, glyphs),
            said: on_one_line(&Formatted::of(&note.text).plain()),
            heading: note.anchor.headings.last().map(|heading| show(heading.trim())),
            title: show(&document.title),
            state: document.state(note.id),
            day: self.zone.to_datetime(note.created).date(),
            note: Arc::clone(note),
            glyphs,
        })
    }

    /// How text of a note's document is shown. Of one that is not open the script is told by the words that the
    /// note keeps of it.
    fn script_of<'a>(&'a self, reader: Option<&'a Reader>, note: &Annotation) -> (Show<'a>, Glyphs) {
        if let Some(reader) = reader {
            return (Box::new(|text| reader.show_text(text)), reader.glyphs());
        }
        let written = written_around(note);
        let script = self.settings.script;
        let ready = self.converters.is_ready(written, script);
        let script = if ready { script } else { Script::AS_WRITTEN };
        let show = move |text: &str| {
            let shown = self.converters.show(written, script, &self.corrections, text);
            shown.map_or_else(|_| text.to_owned(), |shown| shown.text)
        };
        (Box::new(show), Glyphs::for_text(written, script))
    }

    /// The tags of all notes.
    pub fn all_notes_tags(&self) -> Arc<KnownTags> {
        let version = self.gathered.version();
        let mut known = self.all_notes.shown.tags.borrow_mut();
        let now = known.take().filter(|(of, _)| *of == version);
        let (of, tags) =
            now.unwrap_or_else(|| (version, Arc::new(KnownTags::new(self.collection().tag_uses()))));
        *known = Some((of, Arc::clone(&tags)));
        tags
    }

    /// The tags that notes have which are chosen, in order.
    pub fn tags_of_chosen(&self) -> Vec<Tag> {
        let tags = self.chosen_notes().flat_map(|(_, note)| note.tags.iter());
        tags.collect::<std::collections::BTreeSet<_>>().into_iter().cloned().collect()
    }
}
