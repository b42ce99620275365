//! Two texts side by side.

use super::{Span, saturate};

/// Two texts side by side, stretch by stretch.
///
/// Holds: on each side every stretch begins where the last ended; a stretch is never empty on both
/// sides; and a span carried across and back never shrinks.
///
/// A stretch is atomic: whoever touches a part of it has the whole. It may be empty on one side, where
/// the other side has something that this one lacks. Positions and lengths are bytes of UTF-8. Looking a
/// position up takes a binary search over runs of equal stretches: Han text as a whole is one run.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Pairing {
    runs: Vec<Run>,
}

impl Pairing {
    /// `text` beside itself, character by character.
    pub fn identity(text: &str) -> Self {
        Self::of_characters(text, text)
    }

    /// Two texts of as many characters each, character by character; what one of them has more stands
    /// alone at the end.
    pub fn of_characters(left: &str, right: &str) -> Self {
        let mut builder = PairingBuilder::default();
        builder.push_characters(left, right);
        builder.finish()
    }

    /// The length of the left text, in bytes.
    pub fn left_len(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.end(Side::Left))
    }

    /// The length of the right text, in bytes.
    pub fn right_len(&self) -> u32 {
        self.runs.last().map_or(0, |run| run.end(Side::Right))
    }

    /// Where `left` lies on the right: the whole of every stretch it touches, and at either end what
    /// stands only on the right.
    ///
    /// Carried back by [`Pairing::left_from_right`], the answer always covers `left`. An empty span
    /// between two stretches becomes what stands only on the right there, or else an empty span; inside a
    /// stretch it goes to the stretch's beginning.
    pub fn right_from_left(&self, left: Span) -> Span {
        self.across(Side::Left, left, Edges::Wide)
    }

    /// Where `right` lies on the left; otherwise as [`Pairing::right_from_left`].
    pub fn left_from_right(&self, right: Span) -> Span {
        self.across(Side::Right, right, Edges::Wide)
    }

    /// Where `left` lies on the right, without what stands only on the right at either end: what a reader
    /// means by a selection. Carried back, it may have lost what stands only on the left at either end.
    pub fn right_from_left_tight(&self, left: Span) -> Span {
        self.across(Side::Left, left, Edges::Tight)
    }

    /// Where `right` lies on the left; otherwise as [`Pairing::right_from_left_tight`].
    pub fn left_from_right_tight(&self, right: Span) -> Span {
        self.across(Side::Right, right, Edges::Tight)
    }

    /// The place on the right of a caret on the left: inside a stretch its beginning, and before what
    /// stands only on the right.
    pub fn caret_right_from_left(&self, left: u32) -> u32 {
        self.caret(Side::Left, left)
    }

    /// The place on the left of a caret on the right; otherwise as [`Pairing::caret_right_from_left`].
    pub fn caret_left_from_right(&self, right: u32) -> u32 {
        self.caret(Side::Right, right)
    }

    /// The two texts with their sides exchanged.
    #[must_use]
    pub fn reversed(&self) -> Self {
        let runs = self.runs.iter().map(|run| Run { start: swap(run.start), each: swap(run.each), ..*run });
        Self { runs: runs.collect() }
    }

    /// This pairing's left beside `next`'s right, where this one's right is `next`'s left.
    ///
    /// Stretches that overlap in the text between become one. What is left out and put in at the same
    /// place there becomes one stretch too: the one was exchanged for the other. Should the text between
    /// not be of one length, what is over stands alone at the end.
    #[must_use]
    pub fn then(&self, next: &Self) -> Self {
        Composition::new(self, next).finish()
    }

    /// Every stretch in order: its span on the left and its span on the right.
    pub fn stretches(&self) -> impl Iterator<Item = (Span, Span)> + '_ {
        self.runs.iter().flat_map(|run| {
            (0..run.count).map(|index| (run.stretch(Side::Left, index), run.stretch(Side::Right, index)))
        })
    }

    fn across(&self, from: Side, span: Span, edges: Edges) -> Span {
        if span.is_empty() {
            return match self.place(from, span.start()) {
                Place::Boundary(gap) if edges == Edges::Wide => gap,
                Place::Boundary(gap) => Span::at(gap.start()),
                Place::Inside { start, .. } => Span::at(start.end()),
            };
        }
        let start = self.gap_before(from, span.start());
        let end = self.gap_after(from, span.end());
        match edges {
            Edges::Wide => Span::new(start.start(), end.end()),
            Edges::Tight => Span::new(start.end(), end.start().max(start.end())),
        }
    }

    fn caret(&self, from: Side, position: u32) -> u32 {
        match self.place(from, position) {
            Place::Boundary(gap) => gap.start(),
            Place::Inside { start, .. } => start.end(),
        }
    }

    /// What lies across at the beginning of the stretch that `position` lies in or begins.
    fn gap_before(&self, from: Side, position: u32) -> Span {
        match self.place(from, position) {
            Place::Boundary(gap) | Place::Inside { start: gap, .. } => gap,
        }
    }

    /// What lies across at the end of the stretch that `position` lies in or ends.
    fn gap_after(&self, from: Side, position: u32) -> Span {
        match self.place(from, position) {
            Place::Boundary(gap) | Place::Inside { end: gap, .. } => gap,
        }
    }

    /// Where `position` lies among the stretches; past the end it is taken for the end.
    fn place(&self, from: Side, position: u32) -> Place {
        let to = from.other();
        let next = self.runs.partition_point(|run| run.start(from) <= position);
        let run = next.checked_sub(1).and_then(|index| self.runs.get(index));
        let Some(run) = run.filter(|run| position < run.end(from)) else {
            return Place::Boundary(self.gap(from, self.runs.last().map_or(0, |run| run.end(from))));
        };
        let into = position - run.start(from);
        let (index, inside) = (into / run.each(from), into % run.each(from));
        let start = run.start(from) + index * run.each(from);
        if inside == 0 && index == 0 {
            return Place::Boundary(self.gap(from, start));
        }
        let across = run.start(to) + index * run.each(to);
        if inside == 0 {
            return Place::Boundary(Span::at(across));
        }
        let start = if index == 0 { self.gap(from, start) } else { Span::at(across) };
        let last = index + 1 == run.count;
        let end = if last { self.gap(from, run.end(from)) } else { Span::at(across + run.each(to)) };
        Place::Inside { start, end }
    }

    /// What lies across at `boundary`, where one run ends and another begins.
    fn gap(&self, from: Side, boundary: u32) -> Span {
        let to = from.other();
        let first = self.runs.partition_point(|run| run.end(from) < boundary);
        let before = self.runs.get(first).filter(|run| run.each(from) > 0 && run.end(from) == boundary);
        let start = match before {
            Some(run) => run.end(to),
            None => self.runs.get(first).map_or(0, |run| run.start(to)),
        };
        let after = self.runs.partition_point(|run| run.start(from) <= boundary).checked_sub(1);
        let end = match after.and_then(|index| self.runs.get(index)) {
            Some(run) if run.each(from) > 0 && run.start(from) == boundary => run.start(to),
            Some(run) => run.end(to),
            None => start,
        };
        Span::new(start, end)
    }
}

/// Makes a [`Pairing`] from left to right, stretch by stretch.
#[derive(Clone, Debug, Default)]
pub struct PairingBuilder {
    runs: Vec<Run>,
    end: [u32; 2],
}

impl PairingBuilder {
    /// Adds one stretch of so many bytes on each side; nothing where both are 0.
    ///
    /// Together a side holds at most [`Span::MOST`] bytes.
    pub fn push(&mut self, left: u32, right: u32) {
        self.push_run([left, right], 1);
    }

    /// Adds two texts of as many characters each, one stretch for each character. What one of them has
    /// more stands alone.
    pub fn push_characters(&mut self, left: &str, right: &str) {
        let (mut lefts, mut rights) = (left.chars(), right.chars());
        loop {
            match (lefts.next(), rights.next()) {
                (None, None) => return,
                (left, right) => self.push(width(left), width(right)),
            }
        }
    }

    /// Adds what `other` pairs after what is here.
    pub fn append(&mut self, other: &Pairing) {
        for run in &other.runs {
            self.push_run(run.each, run.count);
        }
    }

    /// Adds those stretches of `other` that lie wholly within `left`, a span of its left text.
    pub fn append_part(&mut self, other: &Pairing, left: Span) {
        let first = other.runs.partition_point(|run| run.end(Side::Left) <= left.start());
        let runs = other.runs.iter().skip(first).take_while(|run| run.start(Side::Left) < left.end());
        for run in runs {
            let each = run.each(Side::Left).max(1);
            let skipped = left.start().saturating_sub(run.start(Side::Left)).div_ceil(each).min(run.count);
            let until = left.end() - run.start(Side::Left);
            let count = if run.each(Side::Left) == 0 { run.count } else { run.count.min(until / each) };
            self.push_run(run.each, count.saturating_sub(skipped));
        }
    }

    /// How far it has come on the left, in bytes.
    pub fn left_len(&self) -> u32 {
        self.end[0]
    }

    /// How far it has come on the right, in bytes.
    pub fn right_len(&self) -> u32 {
        self.end[1]
    }

    /// The pairing of all that was added.
    pub fn finish(self) -> Pairing {
        Pairing { runs: self.runs }
    }

    fn push_run(&mut self, each: [u32; 2], count: u32) {
        if each == [0, 0] || count == 0 {
            return;
        }
        match self.runs.last_mut() {
            Some(last) if last.each == each => last.count += count,
            _ => self.runs.push(Run { start: self.end, each, count }),
        }
        for (end, each) in self.end.iter_mut().zip(each) {
            *end = end.saturating_add(each.saturating_mul(count));
        }
    }
}

fn width(character: Option<char>) -> u32 {
    saturate(character.map_or(0, char::len_utf8))
}

/// `count` stretches in a row, each as wide as the next. The sides are in the order left, right.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
struct Run {
    start: [u32; 2],
    each: [u32; 2],
    count: u32,
}

impl Run {
    fn start(&self, side: Side) -> u32 {
        self.start[side as usize]
    }

    fn each(&self, side: Side) -> u32 {
        self.each[side as usize]
    }

    fn end(&self, side: Side) -> u32 {
        self.start(side) + self.each(side) * self.count
    }

    fn stretch(&self, side: Side, index: u32) -> Span {
        Span::from_length(self.start(side) + index * self.each(side), self.each(side))
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Side {
    Left = 0,
    Right = 1,
}

impl Side {
    fn other(self) -> Self {
        match self {
            Self::Left => Self::Right,
            Self::Right => Self::Left,
        }
    }
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Edges {
    /// With what stands only across at either end.
    Wide,
    /// Without it.
    Tight,
}

/// Where a position lies among the stretches.
enum Place {
    /// Between two stretches (or at an end of the text): what stands only across lies in this span.
    Boundary(Span),
    /// Inside a stretch: what stands only across before and after it.
    Inside { start: Span, end: Span },
}

fn swap([left, right]: [u32; 2]) -> [u32; 2] {
    [right, left]
}

/// Lays two pairings over each other along the text that both hold.
struct Composition<'a> {
    first: Stretches<'a>,
    next: Stretches<'a>,
    builder: PairingBuilder,
}

impl<'a> Composition<'a> {
    fn new(first: &'a Pairing, next: &'a Pairing) -> Self {
        let (first, next) = (Stretches::new(&first.runs), Stretches::new(&next.runs));
        Self { first, next, builder: PairingBuilder::default() }
    }

    fn finish(mut self) -> Pairing {
        while self.take_standing_alone() || self.take_alike() || self.take_cluster() {}
        self.builder.finish()
    }

    /// At a place where both have a boundary: what is left out there and what is put in.
    fn take_standing_alone(&mut self) -> bool {
        let (first, next) = (self.first.run(), self.next.run());
        let out = first.filter(|(each, _)| each[1] == 0);
        let new = next.filter(|(each, _)| each[0] == 0);
        match (out, new) {
            (None, None) => return false,
            (Some((each, count)), None) => {
                self.builder.push_run(each, count);
                self.first.skip(count);
            }
            (None, Some((each, count))) => {
                self.builder.push_run(each, count);
                self.next.skip(count);
            }
            (Some(_), Some(_)) => {
                let left = self.first.take_while(|each| each[1] == 0, 0);
                let right = self.next.take_while(|each| each[0] == 0, 1);
                self.builder.push(left, right);
            }
        }
        true
    }

    /// A row of stretches that are equally wide in the text between.
    fn take_alike(&mut self) -> bool {
        let (Some((first, firsts)), Some((next, nexts))) = (self.first.run(), self.next.run()) else {
            return false;
        };
        if first[1] != next[0] {
            return false;
        }
        let count = firsts.min(nexts);
        self.builder.push_run([first[0], next[1]], count);
        self.first.skip(count);
        self.next.skip(count);
        true
    }

    /// One stretch of as many of either as it takes until both have a boundary.
    fn take_cluster(&mut self) -> bool {
        let (mut left, mut right) = (0, 0);
        let (mut reached_by_first, mut reached_by_next) = (0, 0);
        let mut taken = false;
        while !taken || reached_by_first != reached_by_next {
            let lags = reached_by_first <= reached_by_next;
            let stretch = if lags { self.first.take() } else { self.next.take() };
            match (stretch, lags) {
                (Some(each), true) => (left, reached_by_first) = (left + each[0], reached_by_first + each[1]),
                (Some(each), false) => {
                    (reached_by_next, right) = (reached_by_next + each[0], right + each[1]);
                }
                (None, true) if !taken => return self.take_rest(),
                (None, _) => break,
            }
            taken = true;
        }
        self.builder.push(left, right);
        true
    }

    /// What `next` has after the end of `first`.
    fn take_rest(&mut self) -> bool {
        let Some((each, count)) = self.next.run() else {
            return false;
        };
        self.builder.push_run([0, each[1]], count);
        self.next.skip(count);
        true
    }
}

/// A walk over stretches that can also step over a row of equal ones.
struct Stretches<'a> {
    runs: &'a [Run],
    taken: u32,
}

impl<'a> Stretches<'a> {
    fn new(runs: &'a [Run]) -> Self {
        Self { runs, taken: 0 }
    }

    /// The widths of the next stretch, and how many of them stand in a row.
    fn run(&self) -> Option<([u32; 2], u32)> {
        self.runs.first().map(|run| (run.each, run.count - self.taken))
    }

    fn skip(&mut self, count: u32) {
        self.taken += count;
        if self.runs.first().is_some_and(|run| run.count == self.taken) {
            self.runs = self.runs.get(1..).unwrap_or_default();
            self.taken = 0;
        }
    }

    fn take(&mut self) -> Option<[u32; 2]> {
        let (each, _) = self.run()?;
        self.skip(1);
        Some(each)
    }

    /// Takes every stretch for which `wanted` holds; their widths on `side` together.
    fn take_while(&mut self, wanted: impl Fn([u32; 2]) -> bool, side: usize) -> u32 {
        let mut total = 0;
        while let Some((each, count)) = self.run().filter(|(each, _)| wanted(*each)) {
            total += each[side] * count;
            self.skip(count);
        }
        total
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    /// Draws `left` and `right` with `|` between stretches and the span between ⟦ and ⟧.
    fn check(left: &str, right: &str, expected_wide: &str, expected_tight: &str) {
        let pairing = drawn(left, right);
        let plain = right.replace('|', "");
        let span = span_in(&left.replace('|', ""));
        assert_eq!(draw(&plain, pairing.right_from_left(span)), expected_wide);
        assert_eq!(draw(&plain, pairing.right_from_left_tight(span)), expected_tight);
    }

    fn drawn(left: &str, right: &str) -> Pairing {
        let left = left.replace(['⟦', '⟧'], "");
        let mut builder = PairingBuilder::default();
        for (left, right) in left.split('|').zip(right.split('|')) {
            builder.push(saturate(left.len()), saturate(right.len()));
        }
        builder.finish()
    }

    fn span_in(text: &str) -> Span {
        let start = text.find('⟦').unwrap();
        let end = text.find('⟧').unwrap() - '⟦'.len_utf8();
        Span::new(saturate(start), saturate(end))
    }

    fn draw(text: &str, span: Span) -> String {
        let (start, end) = (span.start() as usize, span.end() as usize);
        let part = |range| text.get::<std::ops::Range<usize>>(range).unwrap();
        format!("{}⟦{}⟧{}", part(0..start), part(start..end), part(end..text.len()))
    }

    #[test]
    fn carries_spans_across() {
        check("⟦网络⟧|时代", "網路|時代", "⟦網路⟧時代", "⟦網路⟧時代");
        check("网|⟦络时⟧|代", "網|路時|代", "網⟦路時⟧代", "網⟦路時⟧代");
        check("老⟦挝⟧|人", "寮國|人", "⟦寮國⟧人", "⟦寮國⟧人");
        check("一||⟦二⟧", "一|、|二", "一⟦、二⟧", "一、⟦二⟧");
        check("一|⟦、⟧|二", "一||二", "一⟦⟧二", "一⟦⟧二");
        check("一|⟦⟧|二", "一|、|二", "一⟦、⟧二", "一⟦⟧、二");
        check("⟦一⟧||", "一|、|。", "⟦一、。⟧", "⟦一⟧、。");
    }

    #[test]
    fn puts_carets_at_the_beginning_of_a_stretch() {
        let pairing = drawn("老挝|人", "寮國|人");
        let carets = [0, 3, 6, 9, 99].map(|left| pairing.caret_right_from_left(left));
        assert_eq!(carets, [0, 0, 6, 9, 9]);
    }

    #[test]
    fn keeps_han_text_in_one_run() {
        assert_eq!(Pairing::identity(&"對讀".repeat(1000)).runs.len(), 1);
    }

    #[test]
    fn composes_an_omission_and_an_insertion_to_an_exchange() {
        let composed = drawn("一|—|二", "一||二").then(&drawn("一||二", "一|、|二"));
        assert_eq!(composed, drawn("一|—|二", "一|、|二"));
    }

    fn stretches(widths: std::ops::Range<u32>) -> impl Strategy<Value = Vec<(u32, u32)>> {
        prop::collection::vec((widths.clone(), widths), 0..24)
    }

    fn pairing_of(stretches: &[(u32, u32)]) -> Pairing {
        let mut builder = PairingBuilder::default();
        for &(left, right) in stretches {
            builder.push(left, right);
        }
        builder.finish()
    }

    /// A pairing whose left is as long as the right of `first`.
    fn following(first: &Pairing, stretches: &[(u32, u32)]) -> Pairing {
        let mut builder = PairingBuilder::default();
        for (left, right) in stretches {
            builder.push((*left).min(first.right_len() - builder.left_len()), *right);
        }
        builder.push(first.right_len() - builder.left_len(), 1);
        builder.finish()
    }

    /// A span of a text that long, from two numbers.
    fn within(length: u32, (start, end): (u32, u32)) -> Span {
        Span::new(start % (length + 1), end % (length + 1))
    }

    proptest! {
        #[test]
        fn is_as_long_as_its_stretches(parts in stretches(0..5)) {
            let pairing = pairing_of(&parts);
            prop_assert_eq!(pairing.left_len(), parts.iter().map(|part| part.0).sum::<u32>());
            prop_assert_eq!(pairing.right_len(), parts.iter().map(|part| part.1).sum::<u32>());
            let kept: Vec<_> = pairing.stretches().map(|(left, right)| (left.len(), right.len())).collect();
            let given: Vec<_> = parts.into_iter().filter(|part| *part != (0, 0)).collect();
            prop_assert_eq!(kept, given);
        }

        #[test]
        fn across_and_back_covers(parts in stretches(0..5), span in any::<(u32, u32)>()) {
            let pairing = pairing_of(&parts);
            for pairing in [pairing.reversed(), pairing] {
                let left = within(pairing.left_len(), span);
                let right = pairing.right_from_left(left);
                prop_assert!(right.end() <= pairing.right_len());
                let back = pairing.left_from_right(right);
                if left.is_empty() {
                    prop_assert!(back.len() >= left.len());
                } else {
                    prop_assert!(back.contains(left), "{left:?} became {right:?}, then {back:?}");
                }
            }
        }

        #[test]
        fn agrees_with_looking_at_every_stretch(parts in stretches(0..5), span in any::<(u32, u32)>()) {
            let pairing = pairing_of(&parts);
            let left = within(pairing.left_len(), span);
            prop_assume!(!left.is_empty());
            let touched: Vec<Span> =
                pairing.stretches().filter(|(own, _)| own.overlaps(left)).map(|(_, across)| across).collect();
            let tight = touched.iter().copied().reduce(Span::union).unwrap();
            prop_assert_eq!(pairing.right_from_left_tight(left), tight);
        }

        #[test]
        fn keeps_order(parts in stretches(0..5), one in any::<(u32, u32)>(), other in any::<(u32, u32)>()) {
            let pairing = pairing_of(&parts);
            let one = within(pairing.left_len(), one);
            let other = within(pairing.left_len(), other);
            let (start, end) = (one.start().min(other.start()), one.end().max(other.end()));
            prop_assert!(pairing.caret_right_from_left(start) <= pairing.caret_right_from_left(end));
            prop_assume!(!one.is_empty() && !other.is_empty());
            let (here, there) = (pairing.right_from_left(one), pairing.right_from_left(other));
            prop_assert!(one.start() > other.start() || here.start() <= there.start());
            prop_assert!(one.end() > other.end() || here.end() <= there.end());
        }

        #[test]
        fn parts_make_the_whole(parts in stretches(1..5), cut in any::<u32>()) {
            let pairing = pairing_of(&parts);
            let cut = pairing.caret_left_from_right(pairing.caret_right_from_left(cut % (pairing.left_len() + 1)));
            let mut builder = PairingBuilder::default();
            builder.append_part(&pairing, Span::new(0, cut));
            prop_assert_eq!(builder.left_len(), cut);
            builder.append_part(&pairing, Span::new(cut, pairing.left_len()));
            prop_assert_eq!(builder.finish(), pairing);
        }

        #[test]
        fn reversed_twice_is_equal(parts in stretches(0..5)) {
            let pairing = pairing_of(&parts);
            prop_assert_eq!(pairing.reversed().reversed(), pairing);
        }

        #[test]
        fn carried_twice_lies_in_the_composition(
            parts in stretches(0..5), more in stretches(0..5), span in any::<(u32, u32)>()
        ) {
            let first = pairing_of(&parts);
            let next = following(&first, &more);
            let composed = first.then(&next);
            prop_assert_eq!((composed.left_len(), composed.right_len()), (first.left_len(), next.right_len()));
            let left = within(first.left_len(), span);
            prop_assume!(!left.is_empty());
            let twice = next.right_from_left_tight(first.right_from_left_tight(left));
            prop_assert!(composed.right_from_left(left).contains(twice));
        }

        #[test]
        fn composition_of_characters_is_carrying_twice(
            left in "[aé中😀]{8}", between in "[aé中😀]{8}", right in "[aé中😀]{8}", span in any::<(u32, u32)>()
        ) {
            let (first, next) = (Pairing::of_characters(&left, &between), Pairing::of_characters(&between, &right));
            let span = within(first.left_len(), span);
            let twice = next.right_from_left(first.right_from_left(span));
            prop_assert_eq!(first.then(&next).right_from_left(span), twice);
        }
    }
}
