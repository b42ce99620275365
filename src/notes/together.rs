//! Where all the notes of a document are now.
//!
//! Each is sought by itself first. Those that are found beyond doubt then tell where the others must be, and where
//! they cannot be.

use std::ops::Range;

use super::candidate::Candidate;
use super::locate::{Places, stands_in_place};
use super::sought::Sought;
use super::witness::{Testimony, Witnesses};
use super::{Annotation, Found, NoteId, Target, locate};
use crate::compare::{Cancelled, Unwatched, Watcher};
use crate::document::Document;

/// Where each note is in `document` now, in the order given: as many answers as notes.
///
/// That the text as a whole is the one last kept is no proof for a single note, which may have been made on an
/// earlier one: each is verified by its own words and surroundings.
pub fn locate_all<'n>(
    annotations: impl IntoIterator<Item = &'n Annotation>,
    document: &Document,
) -> Vec<(NoteId, Found)> {
    locate_watched(annotations, document, &Unwatched).unwrap_or_default()
}

/// As [`locate_all`], for long work on a changed document: `watcher` is asked before each note.
///
/// Errors: [`Cancelled`] when `watcher` says so. Then nothing is known of any note.
pub fn locate_watched<'n>(
    annotations: impl IntoIterator<Item = &'n Annotation>,
    document: &Document,
    watcher: &dyn Watcher,
) -> Result<Vec<(NoteId, Found)>, Cancelled> {
    let target = Target::new(document);
    let notes: Vec<_> = annotations.into_iter().collect();
    let goes_on = |done: usize| watcher.goes_on(share(done, notes.len())).then_some(()).ok_or(Cancelled);
    let mut looks = Vec::with_capacity(notes.len());
    for (done, note) in notes.iter().enumerate() {
        goes_on(done)?;
        looks.push(Look::of(note, &target));
    }
    Ok(together(&notes, &looks, &target))
}

/// What looking for one note by itself has come to.
enum Look {
    /// It needs no search.
    InPlace(Found),
    /// It could be at these places.
    Places(Places),
}

impl Look {
    fn of(note: &Annotation, target: &Target<'_>) -> Self {
        let search = || Self::Places(Places::of(&Sought::of(&note.anchor), target));
        in_place(note, target).map_or_else(search, Self::InPlace)
    }

    /// The characters that it surely has.
    fn sure(&self, target: &Target<'_>) -> Option<Range<usize>> {
        let index = |position| target.characters().index_at(position);
        match self {
            Self::InPlace(found) => found.span().map(|span| index(span.start())..index(span.end())),
            Self::Places(places) => places.clear().map(|(candidate, _)| candidate.place()),
        }
    }
}

/// Where each note is, after what was found of each and what the others say of it.
fn together(notes: &[&Annotation], looks: &[Look], target: &Target<'_>) -> Vec<(NoteId, Found)> {
    let is_sought = |look: &Look| matches!(look, Look::Places(_));
    let witnesses =
        if looks.iter().any(is_sought) { witnesses(notes, looks, target) } else { Witnesses::default() };
    let find = |(number, (note, look)): (usize, (&&Annotation, &Look))| match look {
        Look::InPlace(found) => found.clone(),
        Look::Places(places) => {
            let beside = witnesses.beside(number, &note.anchor);
            let testimony = |candidate: &Candidate| beside.testimony(&candidate.place());
            match places.clear() {
                Some((candidate, alone)) if testimony(candidate) != Testimony::Elsewhere => alone.clone(),
                _ => places.found(&Sought::of(&note.anchor), target, testimony),
            }
        }
    };
    let found = notes.iter().zip(looks).enumerate().map(find);
    notes.iter().map(|note| note.id).zip(found).collect()
}

fn witnesses(notes: &[&Annotation], looks: &[Look], target: &Target<'_>) -> Witnesses {
    let sure = notes
        .iter()
        .zip(looks)
        .enumerate()
        .filter_map(|(number, (note, look))| Some((number, &note.anchor, look.sure(target)?)));
    Witnesses::new(sure)
}

#[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
fn share(part: usize, whole: usize) -> f32 {
    part as f32 / whole.max(1) as f32
}

/// Where those notes are that need no search: they stand where they stood, word for word, or the reader keeps them as
/// lost in this text. Cheap, however long the document: the others are for [`locate_watched`].
pub fn locate_in_place<'n>(
    annotations: impl IntoIterator<Item = &'n Annotation>,
    document: &Document,
) -> Vec<(NoteId, Found)> {
    let target = Target::new(document);
    let found = |note: &'n Annotation| Some((note.id, in_place(note, &target)?));
    annotations.into_iter().filter_map(found).collect()
}

/// As [`locate_all`], for a document that may be damaged or cut off: what does not stand where it was, word for word,
/// is lost, and nothing is put elsewhere.
pub fn verify_all<'n>(
    annotations: impl IntoIterator<Item = &'n Annotation>,
    document: &Document,
) -> Vec<(NoteId, Found)> {
    let target = Target::new(document);
    let found = |note: &Annotation| in_place(note, &target).unwrap_or(Found::Lost);
    annotations.into_iter().map(|note| (note.id, found(note))).collect()
}

/// Where a note is that needs no search: the reader keeps it as lost, or it stands where it stood. `None` of any other.
pub fn in_place(note: &Annotation, target: &Target<'_>) -> Option<Found> {
    if note.is_kept_as_lost_in(target.document().id()) {
        Some(Found::Lost)
    } else {
        stands_in_place(&note.anchor, target).then_some(Found::Exact(note.anchor.span))
    }
}

/// What share of `annotations` is found in the target's document, from 0 to 1: to tell the documents that notes may
/// belong to when theirs is gone. 0 where there are none.
pub fn fit<'n>(annotations: impl IntoIterator<Item = &'n Annotation>, target: &Target<'_>) -> f32 {
    let found = annotations.into_iter().map(|note| locate(note.original_anchor(), target).span().is_some());
    let (found, all) = found
        .fold((0_u16, 0_u16), |(found, all), one| (found.saturating_add(one.into()), all.saturating_add(1)));
    f32::from(found) / f32::from(all.max(1))
}

/// Whether the words of a note can tell documents apart: a few characters stand in many.
pub fn is_telling(note: &Annotation) -> bool {
    note.original_anchor().quote.chars().filter(|character| character.is_alphanumeric()).count() >= TELLING
}

/// So many letters and characters two documents on different matters do not share by accident.
const TELLING: usize = 6;

#[cfg(test)]
mod tests {
    use std::cell::RefCell;

    use super::*;
    use crate::notes::sample::{document_of, marked, note};
    use crate::notes::{Anchor, FoundState};
    use crate::text::Span;

    const RIVER: &str = "上游山高坡陡，每逢大雨，泥沙就随水而下。⟦我们提议先在上游种树，再清理河道里的淤泥。⟧每户认领二十棵树苗。";

    #[test]
    fn as_many_answers_as_notes() {
        let (text, span) = marked(RIVER);
        let notes = [note(2, Anchor::of(&document_of(&text), span)), note(1, Anchor::default())];
        let found = locate_all(&notes, &document_of(&text));
        assert_eq!(found, [(notes[0].id, Found::Exact(span)), (notes[1].id, Found::Lost)]);
    }

    #[test]
    fn what_stands_in_its_place_is_known_without_a_search() {
        let (text, span) = marked(RIVER);
        let stays = note(1, Anchor::of(&document_of(&text), span));
        let gone = note(2, Anchor::default());
        let mut kept_as_lost = note(3, stays.anchor.clone());
        kept_as_lost.placing.lost_in = Some(document_of(&text).id());
        let notes = [stays, gone, kept_as_lost];
        let known = |text: &str| locate_in_place(&notes, &document_of(text));
        assert_eq!(known(&text), [(notes[0].id, Found::Exact(span)), (notes[2].id, Found::Lost)]);
        assert_eq!(known(&format!("新的开头。{text}")), []);
    }

    #[test]
    fn nothing_is_put_elsewhere_in_a_document_that_may_be_damaged() {
        let (text, span) = marked(RIVER);
        let note = note(1, Anchor::of(&document_of(&text), span));
        let found = |text: &str| verify_all([&note], &document_of(text))[0].1.clone();
        assert_eq!(found(&text), Found::Exact(span));
        assert_eq!(found(&format!("新的开头。{text}")), Found::Lost);
    }

    #[test]
    fn notes_fit_the_document_that_they_were_made_on() {
        let (text, span) = marked(RIVER);
        let elsewhere = Anchor { quote: "乡村图书室周一休息".to_owned(), ..Anchor::default() };
        let notes = [note(1, Anchor::of(&document_of(&text), span)), note(2, elsewhere)];
        let other = document_of("这是一篇完全不同的文章，讲的是别的事。");
        let percent = |document| (fit(&notes, &Target::new(document)) * 100.0).round().to_string();
        assert_eq!([percent(&document_of(&text)), percent(&other)], ["50", "0"]);
        assert_eq!(fit(&[], &Target::new(&other)).to_string(), "0");
    }

    #[test]
    fn what_the_reader_keeps_as_lost_is_not_sought_in_that_text() {
        let (text, span) = marked(RIVER);
        let mut note = note(1, Anchor::of(&document_of(&text), span));
        note.placing.lost_in = Some(document_of(&text).id());
        let state = |text: &str| locate_all([&note], &document_of(text))[0].1.state();
        assert_eq!(
            [state(&text), state(&format!("新的开头。{text}"))],
            [FoundState::Lost, FoundState::Exact]
        );
    }

    #[test]
    fn notes_beside_it_tell_a_note_from_others_like_it() {
        let row = "| 树苗 | 二十棵 | 每户 | 春天种下，秋天补种，成活的由孩子们记录在册 |\n".repeat(6);
        let (above, below) =
            ("上游山高坡陡，泥沙随水而下，先要种树。\n", "下游地势平缓，河岸常被冲塌，要用石笼。\n");
        let made = format!(
            "{above}{row}| 树苗 | ⟦二十棵⟧ | 每户 | 春天种下，秋天补种，成活的由孩子们记录在册 |\n{row}{below}"
        );
        let (text, span) = marked(&made);
        let document = document_of(&text);
        let anchored = |number, span| note(number, Anchor::of(&document, span));
        let whole = |words: &str| {
            let start = text.find(words).unwrap();
            Span::from_range(&(start..start + words.trim_end().len()))
        };
        let notes = [anchored(1, span), anchored(2, whole(above)), anchored(3, whole(below))];
        let now = document_of(&format!("新开头。\n{text}"));
        let state = |notes: &[Annotation]| locate_all(notes, &now)[0].1.clone();
        assert_eq!(state(&notes[..1]).state(), FoundState::Unsure);
        let moved = u32::try_from("新开头。\n".len()).unwrap();
        assert_eq!(state(&notes), Found::Exact(Span::new(span.start() + moved, span.end() + moved)));
    }

    /// Two clauses have changed places: where the one was, the other stands, not unlike it.
    #[test]
    fn a_place_that_others_point_to_is_not_taken_where_the_words_stand_beside_it() {
        let (above, below) =
            ("上游山高坡陡，每逢大雨泥沙就随水而下，先要种树。", "下游地势平缓，河岸常被冲塌，要用石笼。");
        let of = |first: &str, second: &str| format!("{above}\n{first}{second}\n{below}\n");
        let (clause, like_it) = ("清理河道的石块，", "清点河道的水闸，");
        let (text, span) = marked(&of(&format!("⟦{clause}⟧"), like_it));
        let document = document_of(&text);
        let at = |words: &str| {
            let start = text.find(words).unwrap();
            Span::from_range(&(start..start + words.len()))
        };
        let notes = [(1, span), (2, at(above)), (3, at(below))]
            .map(|(number, span)| note(number, Anchor::of(&document, span)));
        let now = of(like_it, clause);
        let found = locate_all(&notes, &document_of(&now))[0].1.clone();
        assert!(found.span().is_none_or(|span| span.of(&now) == Some(clause)), "{found:?}");
    }

    /// Lets work go on until it is told of so much.
    struct Until(f32, RefCell<Vec<f32>>);

    impl Watcher for Until {
        fn goes_on(&self, done: f32) -> bool {
            self.1.borrow_mut().push(done);
            done < self.0
        }
    }

    #[test]
    fn a_watcher_is_told_how_far_it_is_and_can_end_it() {
        let (text, span) = marked(RIVER);
        let anchor = Anchor::of(&document_of(&text), span);
        let notes = [1, 2, 3, 4].map(|number| note(number, anchor.clone()));
        let check = |until: f32, expected: Option<usize>, told: &[f32]| {
            let watcher = Until(until, RefCell::default());
            let found = locate_watched(&notes, &document_of(&format!("新的开头。{text}")), &watcher);
            assert_eq!((found.ok().map(|found| found.len()), &*watcher.1.into_inner()), (expected, told));
        };
        check(2.0, Some(4), &[0.0, 0.25, 0.5, 0.75]);
        check(0.5, None, &[0.0, 0.25, 0.5]);
    }
}
