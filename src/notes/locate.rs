//! Where notes are now.
//!
//! A quotation that stands at its position, in its surroundings, is found at once. Otherwise every place
//! is gathered that shares rare runs of characters with the quotation or its surroundings; each is
//! measured by the likeness of words, surroundings and heading, whatever the script; and the best one is
//! taken only if it is above a floor and well above the next: a note that is unsure can be put right with
//! one key, a note that is silently wrong cannot.

use super::candidate::Candidate;
use super::measure::candidates;
use super::sought::Sought;
use super::witness::Testimony;
use super::{Anchor, Annotation, Target};
use crate::text::Span;

/// Where an anchor is in a document now.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// The same words in the same surroundings, whatever the script.
    Exact(Span),
    /// The same words elsewhere or in other surroundings, or similar ones.
    Moved {
        /// Where.
        span: Span,
        /// How much alike the words are, from 0 to 1; 1 where they are the same. For a bookmark: how much
        /// alike the surroundings are.
        likeness: f32,
    },
    /// Several places could be meant, or one only perhaps. The reader chooses.
    Unsure {
        /// The places with their likeness, the likeliest first; at least one.
        candidates: Vec<(Span, f32)>,
    },
    /// Nothing in the document is like it. The note is kept.
    Lost,
}

/// What kind of answer a [`Found`] is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum FoundState {
    /// [`Found::Exact`].
    #[default]
    Exact,
    /// [`Found::Moved`].
    Moved,
    /// [`Found::Unsure`].
    Unsure,
    /// [`Found::Lost`].
    Lost,
}

impl FoundState {
    /// Every state, the surest first.
    pub const ALL: [FoundState; 4] = [Self::Exact, Self::Moved, Self::Unsure, Self::Lost];
}

impl Found {
    /// What kind of answer it is.
    pub fn state(&self) -> FoundState {
        match self {
            Self::Exact(_) => FoundState::Exact,
            Self::Moved { .. } => FoundState::Moved,
            Self::Unsure { .. } => FoundState::Unsure,
            Self::Lost => FoundState::Lost,
        }
    }

    /// Whether other words stand at the place than were sought. Of a bookmark, which has no words, other surroundings.
    pub fn has_other_words(&self) -> bool {
        matches!(self, Self::Moved { likeness, .. } if *likeness < 1.0)
    }

    /// The place, where there is one that is sure enough to be shown as the note's.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved { span, .. } => Some(*span),
            Self::Unsure { .. } | Self::Lost => None,
        }
    }
}

/// Where a note is in the target's document now.
pub fn locate_note(note: &Annotation, target: &Target<'_>) -> Found {
    if note.is_kept_as_lost_in(target.document().id()) { Found::Lost } else { locate(&note.anchor, target) }
}

/// Where `anchor` is in the target's document now, with nothing to go by but the anchor itself.
pub fn locate(anchor: &Anchor, target: &Target<'_>) -> Found {
    if stands_in_place(anchor, target) {
        return Found::Exact(anchor.span);
    }
    let sought = Sought::of(anchor);
    Places::of(&sought, target).found(&sought, target, |_| Testimony::Silent)
}

/// The places where an anchor could be.
pub(super) struct Places {
    /// The best first; none overlaps a better one.
    found: Vec<Candidate>,
    /// Whether these are all: `false` where the document repeats itself so often that some may have been passed over.
    all_seen: bool,
    /// The answer, where it needs no other note to be believed.
    clear: Option<Found>,
}

impl Places {
    pub(super) fn of(sought: &Sought, target: &Target<'_>) -> Self {
        let (mut found, all_seen) = candidates(sought, target);
        found.sort_by_key(|candidate| {
            (std::cmp::Reverse(candidate.evidence()), candidate.distance, candidate.first)
        });
        let mut found = without_shadows(found);
        found.truncate(MOST_KEPT);
        let mut places = Self { found, all_seen, clear: None };
        if places.is_clear() {
            let alone = places.found(sought, target, |_| Testimony::Silent);
            places.clear = Some(alone).filter(|alone| alone.span().is_some());
        }
        places
    }

    fn is_clear(&self) -> bool {
        let all: Vec<_> = self.found.iter().collect();
        self.all_seen && margin(&all) >= MARGIN_CLEAR && all.first().is_some_and(|best| best.is_clear())
    }

    /// Where it is, when other notes say of each place what `testimony` answers.
    pub(super) fn found(
        &self,
        sought: &Sought,
        target: &Target<'_>,
        testimony: impl Fn(&Candidate) -> Testimony,
    ) -> Found {
        let weighed: Vec<_> = self.found.iter().map(|candidate| (candidate, testimony(candidate))).collect();
        let chosen = chosen(sought, &weighed, target).filter(|_| self.all_seen);
        match chosen {
            Some(candidate) if candidate.is_exact() => Found::Exact(candidate.span(sought, target)),
            Some(candidate) => {
                Found::Moved { span: candidate.span(sought, target), likeness: candidate.likeness() }
            }
            None => {
                let only = self.only_one(sought).map(|only| Found::Exact(only.span(sought, target)));
                only.unwrap_or_else(|| unsure_or_lost(sought, &self.found, target))
            }
        }
    }

    /// The place of an anchor that does not say where it was: the only one that has the words and whatever is said of
    /// what stands around them, where that is more than chance.
    fn only_one(&self, sought: &Sought) -> Option<&Candidate> {
        let mut unchanged = self.found.iter().filter(|candidate| candidate.is_unchanged());
        let only = unchanged.next().filter(|only| only.known() >= FEW)?;
        (sought.place.is_none() && self.all_seen && unchanged.next().is_none()).then_some(only)
    }

    /// The place that needs no other note to be believed, and the answer that it is.
    pub(super) fn clear(&self) -> Option<(&Candidate, &Found)> {
        self.found.first().zip(self.clear.as_ref())
    }
}

/// The words below which, together with their surroundings, equality may be chance.
const FEW: usize = 8;

/// Whether quotation and surroundings stand where they stood, word for word. Cheap, however long the document.
pub fn stands_in_place(anchor: &Anchor, target: &Target<'_>) -> bool {
    let Anchor { span, quote, before, after, .. } = anchor;
    let (text, range) = (target.text(), span.range());
    if span.of(text) != Some(quote) {
        return false;
    }
    let surrounded = text.get(..range.start).is_some_and(|left| left.ends_with(before.as_str()))
        && text.get(range.end..).is_some_and(|right| right.starts_with(after.as_str()));
    let known = [quote, before, after].iter().map(|part| part.chars().count()).sum::<usize>();
    surrounded && (known >= FEW || known == text.chars().take(FEW).count())
}

/// How far the best place must be above the next, in characters that speak for it, where its words and
/// surroundings are unchanged: two characters that differ count so much.
const MARGIN_EXACT: usize = 4;
/// As [`MARGIN_EXACT`], where something has changed.
const MARGIN_CHANGED: usize = 6;
/// As [`MARGIN_EXACT`], where the place is to tell where other notes are.
const MARGIN_CLEAR: usize = 10;

/// By how much the first place is above all others, however much speaks for them.
fn margin(found: &[&Candidate]) -> usize {
    let Some((best, others)) = found.split_first() else { return 0 };
    let next = others.iter().map(|candidate| candidate.seeming()).max();
    best.evidence().saturating_sub(next.unwrap_or(0))
}

/// The one place that can be trusted to be the note's, among those found, the best first.
fn chosen<'c>(
    sought: &Sought,
    found: &[(&'c Candidate, Testimony)],
    target: &Target<'_>,
) -> Option<&'c Candidate> {
    let all: Vec<_> = found.iter().map(|(candidate, _)| *candidate).collect();
    let supported = found.iter().filter(|(_, said)| said.supports());
    let (expected, testimonies): (Vec<&Candidate>, Vec<Testimony>) = supported.copied().unzip();
    let &(best, said) = found.first()?;
    let alone = chosen_alone(sought, &all, target);
    match expected.first() {
        None => alone.filter(|_| said != Testimony::Elsewhere || is_beyond_doubt(&all)),
        Some(&likeliest) if best.evidence() >= likeliest.seeming() + MARGIN_CHANGED => {
            alone.filter(|_| is_beyond_doubt(&all))
        }
        Some(&likeliest) => {
            let is_likely = || {
                margin(&expected) >= MARGIN_EXACT
                    && !all.iter().any(|other| other.has_words_of(likeliest))
                    && match testimonies.first() {
                        Some(Testimony::Certain) => likeliest.is_likely_between(sought, target),
                        _ => likeliest.is_likely(sought, target),
                    }
            };
            let alone = alone.filter(|alone| std::ptr::eq(*alone, likeliest));
            alone
                .or_else(|| chosen_alone(sought, &expected, target))
                .or_else(|| is_likely().then_some(likeliest))
        }
    }
}

/// Whether the best place may be taken though other notes say that it should be elsewhere.
fn is_beyond_doubt(found: &[&Candidate]) -> bool {
    found.first().is_some_and(|best| margin(found) >= MARGIN_CLEAR && (best.is_exact() || best.is_clear()))
}

/// As [`chosen`], with nothing to go by but the places themselves.
fn chosen_alone<'c>(sought: &Sought, found: &[&'c Candidate], target: &Target<'_>) -> Option<&'c Candidate> {
    let &best = found.first()?;
    let margin = margin(found);
    if best.is_exact() {
        let unmoved = |candidate: &&Candidate| {
            candidate.evidence() == best.evidence()
                && candidate.is_exact()
                && Some(candidate.span(sought, target).start()) == sought.place
        };
        let stands_out = margin >= MARGIN_EXACT && !(best.is_open() && another_has_it(best, found));
        return if stands_out { Some(best) } else { found.iter().copied().find(unmoved) };
    }
    let is_numbered_otherwise = || {
        best.has_another_number(sought, target)
            && found.iter().any(|candidate| candidate.has_its_number(sought, target))
    };
    let another_has_it = || {
        another_has_it(best, found)
            || best.has_left_its_paragraph(sought, target)
            || margin < MARGIN_CLEAR && another_has_more_of_its_paragraph(best, found)
    };
    let least =
        if sought.is_bookmark() { MARGIN_CHANGED.max(best.margin_of_bookmark()) } else { MARGIN_CHANGED };
    let stands_out = margin >= least && !another_has_it() && !is_numbered_otherwise();
    (stands_out && best.is_trusted(sought, target)).then_some(best)
}

/// Whether another place has more of the words or of their paragraph than the best, whatever is farther around: the
/// next paragraph may have come to stand beside others.
fn another_has_it(best: &Candidate, found: &[&Candidate]) -> bool {
    let others = || found.iter().filter(|candidate| !std::ptr::eq(**candidate, best));
    let has_paragraph = (best.is_open() || !best.has_its_paragraph())
        && others().any(|candidate| candidate.has_its_paragraph());
    let is_repeated = || others().any(|candidate| candidate.has_its_paragraph());
    let is_copy = best.has_its_paragraph() && !best.has_its_neighbours() && is_repeated();
    has_paragraph || is_copy || !best.has_its_words() && others().any(|candidate| candidate.has_its_words())
}

/// Whether another place is more like the paragraph than the best, for which what stands around speaks.
fn another_has_more_of_its_paragraph(best: &Candidate, found: &[&Candidate]) -> bool {
    found.iter().any(|candidate| candidate.of_paragraph() > best.of_paragraph())
}

/// How many places are remembered at most.
const MOST_KEPT: usize = 12;
/// How many places the reader is offered at most.
const MOST_OFFERED: usize = 8;

fn unsure_or_lost(sought: &Sought, found: &[Candidate], target: &Target<'_>) -> Found {
    let possible = found.iter().filter(|candidate| candidate.is_possible());
    let candidates: Vec<_> = possible
        .take(MOST_OFFERED)
        .map(|candidate| (candidate.span(sought, target), candidate.likeness()))
        .collect();
    if candidates.is_empty() { Found::Lost } else { Found::Unsure { candidates } }
}

/// Without the candidates that only are a better one seen askew: those that overlap it.
fn without_shadows(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        let shadow = |better: &Candidate| {
            let same = (better.first, better.end) == (candidate.first, candidate.end);
            let worse = candidate.distance > 0 || candidate.evidence() < better.evidence();
            same || worse && better.overlaps(&candidate)
        };
        if !kept.iter().any(shadow) {
            kept.push(candidate);
        }
    }
    kept
}

#[cfg(test)]
#[path = "locate_tests.rs"]
mod tests;
