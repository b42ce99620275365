//! What notes that were found say of where others are.
//!
//! Between two that stood close by, in the same order and about as far apart as they were, the text is as it was: there
//! the note must be, and what is like it elsewhere is another passage.

use std::ops::Range;

use super::Anchor;
use super::target::folded;

/// What other notes say of a place where a note could be.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Testimony {
    /// Those on both sides stand so close by and say so exactly that it is here that nothing else could be.
    Certain,
    /// Those on both sides say that it is just here.
    Expected,
    /// Nothing, or they do not agree.
    Silent,
    /// Those on both sides say that it is between them, and this is not.
    Elsewhere,
}

impl Testimony {
    /// Whether it speaks for the place.
    pub(super) fn supports(self) -> bool {
        matches!(self, Self::Certain | Self::Expected)
    }
}

/// An end of a passage that was found.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
struct Pin {
    /// Where it was, in bytes.
    then: u32,
    /// Where it is, in the characters of the target.
    now: usize,
    /// Which note's.
    note: usize,
}

/// The ends of the passages that were found beyond doubt.
#[derive(Debug, Default)]
pub(super) struct Witnesses {
    /// In the order in which they were.
    pins: Vec<Pin>,
}

/// So many ends on each side are asked.
const ASKED: usize = 4;
/// What may have moved by no more than so many characters, or by less than the passage is long, is certain: another
/// clause in the place of one that is gone would be off by more.
const CLOSE: usize = 12;
/// From no farther than so many characters away.
const REACH: usize = 600;

impl Witnesses {
    /// Those of the notes with these numbers, where each was and the characters that it has now.
    pub(super) fn new<'n>(found: impl Iterator<Item = (usize, &'n Anchor, Range<usize>)>) -> Self {
        let mut pins: Vec<Pin> = found
            .filter(|(_, anchor, _)| anchor.says_place())
            .flat_map(|(note, anchor, place)| {
                let (span, pin) = (anchor.span, |then, now| Pin { then, now, note });
                [pin(span.start(), place.start), pin(span.end(), place.end)]
            })
            .collect();
        pins.sort_unstable();
        Self { pins }
    }

    /// What those beside `anchor`, the anchor of the note with that number, say.
    pub(super) fn beside(&self, note: usize, anchor: &Anchor) -> Beside {
        let bytes = bytes_of_character(anchor);
        let start = self.pins.partition_point(|pin| pin.then <= anchor.span.start());
        let end = self.pins.partition_point(|pin| pin.then < anchor.span.end());
        let (left, right) = (self.pins.get(..start), self.pins.get(end..));
        let distance = |from: u32, to: u32| from.abs_diff(to) as usize / bytes;
        let may_say = |pin: &&Pin| anchor.says_place() && pin.note != note;
        let close = |pin: &&Pin, edge: u32| may_say(pin) && distance(pin.then, edge) <= REACH;
        let (at, until) = (anchor.span.start(), anchor.span.end());
        let left = left.unwrap_or_default().iter().rev();
        let right = right.unwrap_or_default().iter();
        let seen = |pin: &Pin, edge: u32| Seen { now: pin.now, distance: distance(pin.then, edge) };
        Beside {
            left: left.filter(|pin| close(pin, at)).take(ASKED).map(|pin| seen(pin, at)).collect(),
            right: right.filter(|pin| close(pin, until)).take(ASKED).map(|pin| seen(pin, until)).collect(),
            length: distance(at, until),
        }
    }
}

/// How many bytes a character that counts has, where `anchor` was made; at least one.
fn bytes_of_character(anchor: &Anchor) -> usize {
    let parts = [&anchor.before, &anchor.quote, &anchor.after];
    let bytes: usize = parts.iter().map(|part| part.len()).sum();
    let characters = parts.iter().map(|part| folded(part.chars()).len()).sum::<usize>();
    ((bytes + characters / 2) / characters.max(1)).max(1)
}

/// The nearest ends of others beside a passage.
#[derive(Debug)]
pub(super) struct Beside {
    /// Those before it, the nearest first.
    left: Vec<Seen>,
    /// Those after it, the nearest first.
    right: Vec<Seen>,
    /// How many characters it had.
    length: usize,
}

#[derive(Clone, Copy, Debug)]
struct Seen {
    /// Where it is, in the characters of the target.
    now: usize,
    /// How many characters stood between it and the passage.
    distance: usize,
}

impl Seen {
    /// By how many characters changes may have moved it against the passage.
    fn slack(&self) -> usize {
        4 + self.distance / 8
    }
}

impl Beside {
    /// What they say of a place, in the characters of the target.
    pub(super) fn testimony(&self, place: &Range<usize>) -> Testimony {
        let follows = |seen: &&Seen| (seen.now + seen.distance).abs_diff(place.start) <= seen.slack();
        let precedes = |seen: &&Seen| seen.now.abs_diff(place.end + seen.distance) <= seen.slack();
        if let Some((left, right)) = self.left.iter().find(follows).zip(self.right.iter().find(precedes)) {
            let slack = left.slack() + right.slack();
            return if slack <= CLOSE.max(self.length) { Testimony::Certain } else { Testimony::Expected };
        }
        match self.bounds() {
            Some((least, most)) if place.start < least || most < place.end => Testimony::Elsewhere,
            _ => Testimony::Silent,
        }
    }

    /// Between which characters it must be, where the nearest on both sides are as far apart as they were, or less.
    fn bounds(&self) -> Option<(usize, usize)> {
        let (left, right) = (self.left.first()?, self.right.first()?);
        let then = left.distance + self.length + right.distance;
        let now = right.now.checked_sub(left.now)?;
        (now <= then + then / 2 + 16).then_some((left.now, right.now))
    }
}

#[cfg(test)]
mod tests {
    use super::Testimony::{Certain, Elsewhere, Expected, Silent};
    use super::*;
    use crate::text::Span;

    fn anchor(span: (u32, u32)) -> Anchor {
        Anchor { span: Span::new(span.0, span.1), ..Anchor::default() }
    }

    /// What notes that were at `then` and are at `now` say of `place`, where the note that was at `sought`, the
    /// first, could be.
    fn check(
        sought: (u32, u32),
        found: &[((u32, u32), Range<usize>)],
        place: Range<usize>,
        expected: Testimony,
    ) {
        let anchors: Vec<Anchor> = found.iter().map(|(then, _)| anchor(*then)).collect();
        let pins =
            (1..).zip(&anchors).zip(found).map(|((note, anchor), (_, now))| (note, anchor, now.clone()));
        let said = Witnesses::new(pins).beside(0, &anchor(sought)).testimony(&place);
        assert_eq!(said, expected, "{place:?}");
    }

    #[test]
    fn between_two_that_kept_their_distance_there_is_one_place() {
        let found = [((100, 110), 200..210), ((150, 160), 250..260)];
        check((120, 130), &found, 220..230, Certain);
        check((120, 130), &found, 223..233, Certain);
        check((120, 130), &found, 232..242, Silent);
        check((120, 130), &found, 300..310, Elsewhere);
        check((120, 130), &found, 120..130, Elsewhere);
    }

    #[test]
    fn from_afar_a_place_is_expected_not_certain() {
        let found = [((100, 110), 200..210), ((400, 410), 500..510)];
        check((250, 260), &found, 350..360, Expected);
        check((250, 260), &found, 365..375, Expected);
        check((250, 260), &found, 390..400, Silent);
        check((200, 300), &found, 300..400, Certain);
    }

    #[test]
    fn those_of_another_order_or_on_one_side_only_say_nothing() {
        let turned = [((100, 110), 250..260), ((150, 160), 200..210)];
        check((120, 130), &turned, 700..710, Silent);
        check((120, 130), &turned[..1], 270..280, Silent);
        check((120, 130), &[], 120..130, Silent);
        let torn_apart = [((100, 110), 200..210), ((150, 160), 900..910)];
        check((120, 130), &torn_apart, 220..230, Silent);
        check((120, 130), &torn_apart, 1000..1010, Silent);
    }

    #[test]
    fn no_note_is_its_own_witness() {
        let own = anchor((100, 110));
        let witnesses = Witnesses::new([(0, &own, 200..210)].into_iter());
        assert_eq!(witnesses.beside(0, &own).testimony(&(200..210)), Silent);
    }
}
