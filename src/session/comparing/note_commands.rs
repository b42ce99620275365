//! Notes that span both sides of a link.

use super::Compared;
use super::ribbons::runs;
use crate::compare::{Comparison, LinkIndex, Side};
use crate::notes::{Anchor, Annotation, Colour, Edit, FarEnd, Found, NoteId, Placing};
use crate::session::{Command, Effect, MessageText, Moment, Reader, Session};
use crate::text::Span;

impl Session {
    /// Highlights both sides of the chosen link with one note, which is kept with the left document; a link
    /// that has its note gets another colour.
    pub(in crate::session) fn highlight_link(&mut self, colour: Colour, moment: Moment) -> Vec<Effect> {
        match self.note_of_chosen_link() {
            Some(id) => {
                let mut effects = self.focus_link_note(id);
                effects.extend(self.recolour(id, colour, moment));
                effects
            }
            None => self.annotate_link(colour, moment),
        }
    }

    /// Brings the note of the chosen link into focus, or makes it, and opens the list of notes, where it can
    /// be written.
    pub(in crate::session) fn note_on_link(&mut self, moment: Moment) -> Vec<Effect> {
        self.settings.notes_open = true;
        match self.note_of_chosen_link() {
            Some(id) => self.focus_link_note(id),
            None => self.annotate_link(Colour::default(), moment),
        }
    }

    fn annotate_link(&mut self, colour: Colour, moment: Moment) -> Vec<Effect> {
        let Some((anchor, answers)) = self.ends_of_chosen_link() else {
            return self.told(MessageText::NoLinkChosen);
        };
        let id = NoteId(moment.fresh);
        let note = Annotation {
            id,
            anchor,
            colour: Some(colour),
            tags: Vec::new(),
            text: String::new(),
            answers,
            placing: Placing::default(),
            created: moment.now,
            changed: moment.now,
        };
        let mut effects = self.activate(Side::Left);
        effects.extend(self.edit(Edit::Add(note.into()), false));
        self.with_reader(|reader| reader.focus = reader.notebook.get(id).map(|note| note.id));
        effects
    }

    fn focus_link_note(&mut self, id: NoteId) -> Vec<Effect> {
        let effects = self.activate(Side::Left);
        self.with_reader(|reader| reader.focus = Some(id));
        effects
    }

    /// The note of the chosen link, if it has one.
    fn note_of_chosen_link(&self) -> Option<NoteId> {
        let compared = self.compared(self.compared?)?;
        compared.note_of_link(compared.comparing().chosen?)
    }

    /// The place of a note on the chosen link, and its far ends: everything of the right side, and what of
    /// the left one stands elsewhere.
    fn ends_of_chosen_link(&self) -> Option<(Anchor, Vec<FarEnd>)> {
        let comparing = self.comparison_in_front()?;
        let comparison = comparing.result()?;
        let link = comparison.link(comparing.chosen?)?;
        let (near, further) =
            runs(comparison, link, Side::Left).split_first().map(|(near, rest)| (*near, rest.to_vec()))?;
        let end = |side: Side, span: Span| {
            let place = comparing.side(side).place.to_words();
            FarEnd::of(comparison.part(side).document(), place, span)
        };
        let right = runs(comparison, link, Side::Right).into_iter().map(|span| end(Side::Right, span));
        let further = further.into_iter().map(|span| end(Side::Left, span));
        let anchor = Anchor::of(comparison.part(Side::Left).document(), near);
        Some((anchor, right.chain(further).collect()))
    }

    /// The side that a command from a pane is about: a note is changed where it is kept, also when it was
    /// clicked at its far end.
    pub(super) fn side_meant(&self, side: Side, command: &Command) -> Side {
        let (Some(id), Some(comparing)) = (note_of(command), self.comparison_in_front()) else { return side };
        let holds = |side| {
            let reader = self.reader_of(comparing, side);
            reader.is_some_and(|reader| reader.notebook.get(id).is_some())
        };
        if !holds(side) && holds(side.other()) { side.other() } else { side }
    }
}

impl Compared<'_> {
    /// The note that spans both sides of a link, if it has one. It is kept with the left document.
    pub fn note_of_link(&self, link: LinkIndex) -> Option<NoteId> {
        let comparison = self.comparing.result()?;
        let link = comparison.link(link)?;
        let [left, right] = Side::BOTH.map(|side| runs(comparison, link, side));
        let first = left.first()?;
        let is_about = |note: &&Annotation| {
            let here = self.left.found(note.id).and_then(Found::span);
            let far: Vec<(Span, Span)> = far_places(self.right, note).collect();
            here.is_some_and(|here| is_run(note.anchor.span, here, *first))
                && right.iter().all(|run| far.iter().any(|(made, now)| is_run(*made, *now, *run)))
        };
        self.left.notebook.iter().find(is_about).map(|note| note.id)
    }
}

/// Where the far ends of a note are in the document of `reader`: where each was when it was made, and where it is now.
pub(super) fn far_places(reader: &Reader, note: &Annotation) -> impl Iterator<Item = (Span, Span)> {
    let marks = reader.far_marks.iter().filter(|mark| mark.id == note.id);
    marks.filter_map(|mark| Some((note.answers.get(mark.index)?.anchor.span, mark.span)))
}

/// Whether a passage is a stretch of a link's blocks. Where the text has changed, its ends may stand somewhat aside.
fn is_run(made: Span, now: Span, run: Span) -> bool {
    let common = now.intersection(run).map_or(0, Span::len);
    now == run || (made != now && u64::from(common) * 5 >= u64::from(now.union(run).len()) * 4)
}

/// The note that a command is about.
fn note_of(command: &Command) -> Option<NoteId> {
    match command {
        Command::FocusNote(id)
        | Command::ChooseNote(Some(id))
        | Command::WriteNote(id, _)
        | Command::Recolour(id, _)
        | Command::AddTag(id, _)
        | Command::RemoveTag(id, _)
        | Command::DeleteNote(id) => Some(*id),
        _ => None,
    }
}

/// The link between a stretch of one side and stretches of the other.
pub(super) fn link_between(
    comparison: &Comparison,
    side: Side,
    near: Span,
    far: &[Span],
) -> Option<LinkIndex> {
    let block = comparison.part(side).document().block_at(near.start())?;
    let joins = |index: &LinkIndex| {
        let link = comparison.link(*index);
        let runs = link.map(|link| runs(comparison, link, side.other())).unwrap_or_default();
        far.iter().any(|far| runs.iter().any(|run| run.overlaps(*far)))
    };
    comparison.links_at(side, block).iter().copied().find(joins)
}
