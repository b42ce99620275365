//! Words that also stood beside a quotation, or stand elsewhere too: where one of the two is gone, the other must not be
//! taken for it.

use std::ops::Range;

use super::Target;
use super::candidate::Candidate;
use super::clusters::part;
use super::sought::{Side, Sought, evidence};

/// So many characters straight beside a place tell two copies apart.
const NEAREST: usize = 8;
/// Of what the surroundings would say so many hundredths tell a phrase from another use of it.
const SHARE_PHRASE: usize = 60;
/// So many characters of words and surroundings are no chance.
const NO_CHANCE: usize = 8;

/// Whether a place may be a copy of the quotation that stood beside it: in all it is surrounded rather as the copy was;
/// or on one side it is, so that the text from the one to the other may be gone and nobody can tell which of the two it
/// was. Of a bookmark: whether it is surrounded rather as another place beside it was.
pub(super) fn is_twin(place: &Candidate, sought: &Sought, target: &Target<'_>) -> bool {
    let beside = Beside::new(&place.place(), sought, target);
    if sought.is_bookmark() {
        return beside.is_elsewhere();
    }
    let own = beside.alike(beside.own.clone());
    let as_quoted = evidence(place.quoted, place.distance) + own.nearest();
    beside.copies().any(|there| {
        let copy = beside.alike(there);
        let words = beside.words.len();
        let is_verbatim = place.distance > 0 && words + copy.nearest() >= NO_CHANCE;
        is_verbatim || words + copy.nearest() >= as_quoted || copy.goes_on_farther(own, words, place)
    })
}

/// Whether all that is the same here word for word stands elsewhere too, and of what would tell the one from the other
/// less than so many hundredths is left: a phrase of which this is another use.
pub(super) fn is_phrase(place: &Candidate, sought: &Sought, target: &Target<'_>) -> bool {
    if place.is_surrounded_as_then(SHARE_PHRASE) {
        return false;
    }
    let beside = Beside::new(&place.place(), sought, target);
    let own = beside.alike(beside.own.clone());
    let (before, after) =
        (own.before.length.min(sought.before.own()), own.after.length.min(sought.after.own()));
    let start = place.first.saturating_sub(before);
    let same = part(&target.characters().folded, start, place.end + after);
    target.places_of(same).any(|elsewhere| elsewhere != start)
}

/// A place, and what stood around the quotation.
struct Beside<'a> {
    stood: Vec<char>,
    own: Range<usize>,
    before: &'a [char],
    words: &'a [char],
    after: &'a [char],
}

/// How many characters straight before and after two places are the same.
#[derive(Clone, Copy)]
struct Alike {
    before: Run,
    after: Run,
}

/// How many characters are the same before the first that is not.
#[derive(Clone, Copy)]
struct Run {
    length: usize,
    /// Whether there is one that is not, and not only an end of what is known.
    ends: bool,
}

impl<'a> Beside<'a> {
    fn new(place: &Range<usize>, sought: &Sought, target: &'a Target<'_>) -> Self {
        let text = &target.characters().folded;
        let start = sought.before.length();
        Self {
            stood: sought.whole(),
            own: start..start + sought.quote.len(),
            before: part(text, 0, place.start),
            words: part(text, place.start, place.end),
            after: part(text, place.end, text.len()),
        }
    }

    /// Where the words of the place stood beside the quotation.
    fn copies(&self) -> impl Iterator<Item = Range<usize>> {
        let words = self.words.len();
        let starts = 0..(self.stood.len() + 1).saturating_sub(words);
        starts.map(move |start| start..start + words).filter(|there| {
            let overlaps = there.start < self.own.end && self.own.start < there.end;
            !overlaps && self.stood.get(there.clone()) == Some(self.words)
        })
    }

    /// Whether a bookmark is here surrounded as a place was that is not close to its own.
    fn is_elsewhere(&self) -> bool {
        let is_close = |start: &usize| start.abs_diff(self.own.start) <= NEAREST;
        let (close, far): (Vec<usize>, Vec<usize>) = (0..=self.stood.len()).partition(is_close);
        let best = |starts: Vec<usize>| {
            starts.into_iter().map(|start| self.alike(start..start).nearest()).max().unwrap_or(0)
        };
        let far = best(far);
        far >= NO_CHANCE && far > best(close)
    }

    fn alike(&self, there: Range<usize>) -> Alike {
        let (before, after) =
            (part(&self.stood, 0, there.start), part(&self.stood, there.end, self.stood.len()));
        Alike {
            before: Run::of(before.iter().rev(), self.before.iter().rev()),
            after: Run::of(after.iter(), self.after.iter()),
        }
    }
}

impl Alike {
    fn nearest(self) -> usize {
        [self.before, self.after].iter().map(|run| run.length.min(NEAREST)).sum()
    }

    /// Whether on one side this goes on being alike where `own` ends, or would as far as is known while what stood
    /// there is gone.
    fn goes_on_farther(self, own: Self, words: usize, place: &Candidate) -> bool {
        let farther = |copy: Run, own: Run, side: &Side| {
            let is_gone = side.distance * 2 >= side.length.saturating_sub(own.length);
            let unbroken = own.ends && !copy.ends && copy.length == own.length && is_gone;
            (copy.length > own.length || unbroken) && words + copy.length >= NO_CHANCE
        };
        farther(self.before, own.before, &place.before) || farther(self.after, own.after, &place.after)
    }
}

impl Run {
    fn of<'c>(stood: impl Iterator<Item = &'c char>, now: impl Iterator<Item = &'c char>) -> Self {
        let mut pairs = stood.zip(now);
        let mut length = 0;
        let ends = pairs.any(|(stood, now)| {
            length += usize::from(stood == now);
            stood != now
        });
        Self { length, ends }
    }
}
