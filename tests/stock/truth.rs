//! What a perfect comparison of two manuscripts would find.
//!
//! **Links.** Two pieces answer each other when at least 30 of a hundred characters of the wording of the smaller one
//! come from the same characters of the first draft; fewer than that but some are free: neither asked for nor
//! held against who finds them. Two pieces of text without a common character answer each other as one theme
//! where the trial says so; otherwise two pieces on one theme are free, and so are two on themes of one field as
//! far as they are called one theme. Headings answer only by their characters; headings on one theme are free.
//!
//! **Verdicts.** Same: all wording of both, in one order. Revised: anything else that shares characters. Theme:
//! no character shared. Where a paragraph was cut or joined and not a word changed, same and revised are both right; so
//! they are where only the number of a heading changed.
//!
//! **Shared characters.** A character is shared when it stands in a run of at least [`SHORTEST`] characters that
//! stand in one run on the other side too. Shorter runs, marks and spaces are free; so are changed stretches of
//! up to [`LONGEST_GAP`] characters, which a passage may run across. Between texts on one theme, runs of
//! [`SHORTEST`] characters that happen to stand in both are free and all others are not shared.

use std::collections::{BTreeMap, BTreeSet};

use duidu::compare::{Side, Verdict};

use super::manuscript::{Manuscript, Piece};
use super::themes::themes as all_themes;

/// The shortest run, in characters of the wording, that a comparison has to show.
pub(crate) const SHORTEST: usize = 4;

/// The longest changed stretch, in characters, that may stand inside a passage.
pub(crate) const LONGEST_GAP: usize = 12;

/// A pair of blocks: the left one and the right one.
pub(crate) type Pair = (usize, usize);

/// Whether a character should be shown as shared.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Mark {
    /// It stands on the other side too.
    Shared,
    /// It does not.
    Own,
    /// Either is right.
    Free,
}

/// What texts on one theme that share no character are.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Themes {
    /// They answer each other.
    Linked,
    /// Neither asked for nor held against who finds it.
    Free,
}

/// What a perfect comparison would find.
#[derive(Clone, Debug)]
pub(crate) struct Truth {
    /// The pairs that answer each other, with the verdicts that are right, the plainest first.
    pub(crate) links: BTreeMap<Pair, Vec<Verdict>>,
    /// Pairs that may be linked and need not, with the closest relation that may be said of them.
    pub(crate) free: BTreeMap<Pair, Verdict>,
    /// For each side, each block and each character of it as it stands now.
    pub(crate) marks: [Vec<Vec<Mark>>; 2],
}

/// Where a character of the first draft stands on a side: block, and place among the wording of the block.
type Places = BTreeMap<u32, (usize, usize)>;

impl Truth {
    /// The truth about two manuscripts.
    pub(crate) fn of(left: &Manuscript, right: &Manuscript, themes: Themes) -> Self {
        let mut truth =
            Self { links: BTreeMap::new(), free: BTreeMap::new(), marks: [Vec::new(), Vec::new()] };
        truth.link_by_wording(left, right);
        truth.link_by_theme(left, right, themes);
        let (left_places, right_places) = (places(left), places(right));
        truth.marks = [
            truth.mark(Side::Left, left, right, &right_places),
            truth.mark(Side::Right, right, left, &left_places),
        ];
        truth
    }

    fn link_by_wording(&mut self, left: &Manuscript, right: &Manuscript) {
        let right_places = places(right);
        let mut common: BTreeMap<Pair, usize> = BTreeMap::new();
        for (place, piece) in left.pieces.iter().enumerate().filter(|(_, piece)| piece.is_compared()) {
            for source in sources(piece) {
                if let Some((other, _)) = source.and_then(|source| right_places.get(&source)) {
                    *common.entry((place, *other)).or_default() += 1;
                }
            }
        }
        for (&(one, other), &count) in &common {
            let sizes = [sources(&left.pieces[one]).len(), sources(&right.pieces[other]).len()];
            if count * 10 >= sizes.into_iter().min().unwrap_or(1) * 3 {
                self.links.insert((one, other), Vec::new());
            } else {
                self.free.insert((one, other), Verdict::Revised);
            }
        }
        for (pair, verdicts) in self.verdicts(left, right) {
            self.links.insert(pair, verdicts);
        }
    }

    fn verdicts(&self, left: &Manuscript, right: &Manuscript) -> Vec<(Pair, Vec<Verdict>)> {
        let pairs = self.links.keys().copied();
        pairs.map(|pair| (pair, self.verdict(pair, left, right))).collect()
    }

    fn verdict(&self, (one, other): Pair, left: &Manuscript, right: &Manuscript) -> Vec<Verdict> {
        let (left_piece, right_piece) = (&left.pieces[one], &right.pieces[other]);
        let (ours, theirs) = (sources(left_piece), sources(right_piece));
        if ours == theirs {
            let is_all_same = number_of(left_piece) == number_of(right_piece);
            return if is_all_same { vec![Verdict::Same] } else { vec![Verdict::Same, Verdict::Revised] };
        }
        let is_cut = holds(&ours, &theirs) && self.is_answered_whole(Side::Left, one, left, right);
        let is_joined = holds(&theirs, &ours) && self.is_answered_whole(Side::Right, other, right, left);
        if is_cut || is_joined { vec![Verdict::Revised, Verdict::Same] } else { vec![Verdict::Revised] }
    }

    /// Whether every character of a block's wording stands in one of those that answer it.
    fn is_answered_whole(&self, side: Side, block: usize, own: &Manuscript, other: &Manuscript) -> bool {
        let partners = self.partners(side, block);
        let theirs: BTreeSet<Option<u32>> =
            partners.iter().flat_map(|&partner| sources(&other.pieces[partner])).collect();
        sources(&own.pieces[block]).iter().all(|source| theirs.contains(source))
    }

    /// The blocks of the other side that answer a block.
    pub(crate) fn partners(&self, side: Side, block: usize) -> Vec<usize> {
        let pick = |&(left, right): &Pair| match side {
            Side::Left => (left == block).then_some(right),
            Side::Right => (right == block).then_some(left),
        };
        self.links.keys().filter_map(pick).collect()
    }

    fn link_by_theme(&mut self, left: &Manuscript, right: &Manuscript, themes: Themes) {
        let fields: Vec<&str> = all_themes().iter().map(|theme| theme.field).collect();
        let mut of_matters: BTreeMap<&str, BTreeSet<usize>> = BTreeMap::new();
        let of_right = || right.pieces.iter().enumerate().filter(|(_, piece)| piece.is_compared());
        for (other, piece) in of_right() {
            for matter in &piece.matters {
                of_matters.entry(fields[*matter]).or_default().insert(other);
            }
        }
        let without: Vec<usize> =
            of_right().filter(|(_, piece)| piece.matters.is_empty()).map(|(other, _)| other).collect();
        for (one, piece) in left.pieces.iter().enumerate().filter(|(_, piece)| piece.is_compared()) {
            let in_one = piece.matters.iter().filter_map(|matter| of_matters.get(fields[*matter])).flatten();
            for &other in in_one.chain(without.iter().filter(|_| piece.matters.is_empty())) {
                self.add_theme(one, other, piece, &right.pieces[other], themes);
            }
        }
    }

    fn add_theme(&mut self, one: usize, other: usize, left: &Piece, right: &Piece, themes: Themes) {
        if self.links.contains_key(&(one, other)) {
            return;
        }
        let is_boilerplate = left.matters.is_empty() && left.draft() == right.draft();
        let is_on_one_theme = left.matters.iter().any(|matter| right.matters.contains(matter));
        let at_most = match (left.is_heading(), right.is_heading()) {
            (true, true) => Verdict::Same,
            (false, false) if is_on_one_theme && themes == Themes::Linked => {
                self.free.remove(&(one, other));
                self.links.insert((one, other), vec![Verdict::Theme]);
                return;
            }
            (false, false) if is_boilerplate => Verdict::Same,
            (false, false) if is_on_one_theme => Verdict::Revised,
            (false, false) if !left.matters.is_empty() => Verdict::Theme,
            _ => return,
        };
        let allowed = self.free.entry((one, other)).or_insert(at_most);
        *allowed = at_most.max(*allowed);
    }

    fn mark(&self, side: Side, own: &Manuscript, other: &Manuscript, places: &Places) -> Vec<Vec<Mark>> {
        let mut partners: Vec<Vec<usize>> = vec![Vec::new(); own.pieces.len()];
        for &(left, right) in self.links.keys() {
            match side {
                Side::Left => partners[left].push(right),
                Side::Right => partners[right].push(left),
            }
        }
        let blocks = own.pieces.iter().zip(partners);
        blocks.map(|(piece, partners)| mark_piece(piece, &partners, other, places)).collect()
    }
}

/// Whether there are things in common at all: two manuscripts of which nothing answers anything.
pub(crate) fn unrelated(left: &Manuscript, right: &Manuscript) -> Truth {
    let mut truth = Truth::of(left, right, Themes::Free);
    truth.links.clear();
    truth.free.clear();
    for marks in truth.marks.iter_mut().flatten().flatten() {
        *marks = Mark::Own;
    }
    truth
}

/// The sources of the wording, in order.
fn sources(piece: &Piece) -> Vec<Option<u32>> {
    piece.glyphs.iter().filter(|glyph| glyph.is_wording()).map(|glyph| glyph.source).collect()
}

fn number_of(piece: &Piece) -> String {
    piece.glyphs.iter().filter(|glyph| glyph.is_number).map(|glyph| glyph.character).collect()
}

fn holds(all: &[Option<u32>], part: &[Option<u32>]) -> bool {
    !part.is_empty() && all.windows(part.len()).any(|window| window == part)
}

fn places(manuscript: &Manuscript) -> Places {
    let mut places = Places::new();
    for (block, piece) in manuscript.pieces.iter().enumerate().filter(|(_, piece)| piece.is_compared()) {
        for (place, source) in sources(piece).into_iter().enumerate() {
            places.extend(source.map(|source| (source, (block, place))));
        }
    }
    places
}

/// Marks for the characters of a piece as it stands now.
fn mark_piece(piece: &Piece, partners: &[usize], other: &Manuscript, places: &Places) -> Vec<Mark> {
    let wording: Vec<usize> =
        (0..piece.glyphs.len()).filter(|&place| piece.glyphs[place].is_wording()).collect();
    let there: Vec<Option<(usize, usize)>> = wording
        .iter()
        .map(|&place| {
            places.get(&piece.glyphs[place].source?).copied().filter(|(block, _)| partners.contains(block))
        })
        .collect();
    let mut of_wording = mark_runs(&there);
    free_what_happens_to_agree(piece, &wording, partners, other, &mut of_wording);
    let mut of_glyphs = vec![Mark::Free; piece.glyphs.len()];
    for (&place, mark) in wording.iter().zip(of_wording) {
        of_glyphs[place] = mark;
    }
    let shown = |glyph: &super::manuscript::Glyph| glyph.shown.as_ref().map_or(1, |now| now.chars().count());
    let counts = piece.glyphs.iter().map(shown);
    counts.zip(of_glyphs).flat_map(|(count, mark)| std::iter::repeat_n(mark, count)).collect()
}

/// Marks for the wording, where each knows its place on the other side.
fn mark_runs(there: &[Option<(usize, usize)>]) -> Vec<Mark> {
    let goes_on = |one: &Option<(usize, usize)>, next: &Option<(usize, usize)>| match (one, next) {
        (Some((block, place)), Some(next)) => *next == (*block, place + 1),
        (None, None) => true,
        _ => false,
    };
    let mut marks = Vec::with_capacity(there.len());
    for run in there.chunk_by(goes_on) {
        let is_kept = run.first().is_some_and(Option::is_some);
        let mark = match run.len() {
            length if is_kept && length >= SHORTEST => Mark::Shared,
            length if !is_kept && length > LONGEST_GAP => Mark::Own,
            _ => Mark::Free,
        };
        marks.extend(run.iter().map(|_| mark));
    }
    let has_shared = marks.contains(&Mark::Shared);
    if has_shared { marks } else { vec![Mark::Own; there.len()] }
}

/// What is not shared, and yet stands in one that answers the piece.
fn free_what_happens_to_agree(
    piece: &Piece,
    wording: &[usize],
    partners: &[usize],
    other: &Manuscript,
    marks: &mut [Mark],
) {
    let text: Vec<char> = wording.iter().map(|&place| piece.glyphs[place].character).collect();
    let mut runs: BTreeSet<Vec<char>> = BTreeSet::new();
    for &partner in partners {
        let glyphs = other.pieces[partner].glyphs.iter().filter(|glyph| glyph.is_wording());
        let theirs: Vec<char> = glyphs.map(|glyph| glyph.character).collect();
        runs.extend(theirs.windows(SHORTEST).map(<[char]>::to_vec));
    }
    for (start, run) in text.windows(SHORTEST).enumerate().filter(|(_, run)| runs.contains(*run)) {
        for mark in &mut marks[start..start + run.len()] {
            *mark = if *mark == Mark::Own { Mark::Free } else { *mark };
        }
    }
}
