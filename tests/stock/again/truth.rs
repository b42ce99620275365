//! Where the words of a note are now, and what an answer is worth.

use std::collections::BTreeMap;
use std::ops::Range;

use duidu::notes::Found;
use duidu::text::Span;

use crate::stock::manuscript::Manuscript;

/// A character where it stands in a document.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) struct LaidGlyph {
    /// Which character of the first draft it is; `None` for one that came later.
    pub(crate) source: Option<u32>,
    /// What it is, as it was first written.
    pub(crate) character: char,
    /// In which piece.
    pub(crate) piece: usize,
    /// Where, in bytes.
    pub(crate) span: Span,
}

/// The characters of a manuscript, where its document has them.
#[derive(Clone, Debug)]
pub(crate) struct Laid {
    /// All that can be seen, in order.
    pub(crate) glyphs: Vec<LaidGlyph>,
    places: BTreeMap<u32, Vec<usize>>,
}

impl Laid {
    /// Where [`Manuscript::document`] puts each character.
    pub(crate) fn of(manuscript: &Manuscript) -> Self {
        let mut glyphs = Vec::new();
        let mut start = 0;
        for (piece, written) in manuscript.pieces.iter().enumerate() {
            for glyph in &written.glyphs {
                let length = glyph.shown.as_ref().map_or(glyph.character.len_utf8(), |shown| shown.len());
                let span = Span::from_range(&(start..start + length));
                start += length;
                let is_seen = glyph
                    .shown
                    .as_deref()
                    .map_or(!glyph.character.is_whitespace(), |shown| !shown.trim().is_empty());
                if is_seen {
                    let (source, character) = (glyph.source, glyph.character);
                    glyphs.push(LaidGlyph { source, character, piece, span });
                }
            }
            start += "\n\n".len();
        }
        let mut places: BTreeMap<u32, Vec<usize>> = BTreeMap::new();
        for (place, glyph) in glyphs.iter().enumerate() {
            glyph.source.into_iter().for_each(|source| places.entry(source).or_default().push(place));
        }
        Self { glyphs, places }
    }

    /// The characters that a span touches.
    fn touched(&self, span: Span) -> Range<usize> {
        let first = self.glyphs.partition_point(|glyph| glyph.span.end() <= span.start());
        first..self.glyphs.partition_point(|glyph| glyph.span.start() < span.end()).max(first)
    }

    /// The paragraphs that a stretch is in, whole.
    fn paragraphs(&self, stretch: &Range<usize>) -> Range<usize> {
        let piece = |place: usize| self.glyphs.get(place).map(|glyph| glyph.piece);
        let (first, last) = (piece(stretch.start), piece(stretch.end.saturating_sub(1)));
        let start = self.glyphs.partition_point(|glyph| Some(glyph.piece) < first);
        start..self.glyphs.partition_point(|glyph| Some(glyph.piece) <= last).max(start)
    }

    /// How often the character stands in the text now.
    fn copies(&self, source: u32) -> usize {
        self.places.get(&source).map_or(0, Vec::len)
    }

    fn place(&self, source: u32, copy: usize) -> Option<usize> {
        self.places.get(&source).and_then(|places| places.get(copy)).copied()
    }
}

/// What an answer is worth.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug)]
pub(crate) enum Worth {
    /// Found as exact, on the right words.
    Exact,
    /// Found as moved, on the right words.
    Moved,
    /// Unsure, and the right words are offered first.
    First,
    /// Unsure, and the right words are among those offered.
    Among,
    /// Unsure, and the right words are not offered.
    Elsewhere,
    /// Lost.
    Lost,
    /// Found as exact or moved where the right words are, but with too few of them or too many others: the passage
    /// is right, its edges are not.
    Askew,
    /// Found as exact or moved on words that are not the note's.
    Wrong,
}

/// The characters that a note quotes; for a bookmark those that it stands between.
#[derive(Clone, Debug)]
pub(crate) struct Sources {
    quoted: Vec<u32>,
    /// Those straight before and after, the nearest first.
    beside: [Vec<u32>; 2],
    stood: Stood,
}

/// How words stand in their paragraphs.
#[derive(Clone, Debug)]
struct Stood {
    /// The whole of them.
    paragraphs: Vec<char>,
    /// Which characters of the first draft these are.
    sources: Vec<Option<u32>>,
    /// Where the words are in them.
    words: Range<usize>,
    /// The characters that stand straight before and after them: the ends of their neighbours.
    neighbours: [Option<u32>; 2],
}

impl Stood {
    fn of(laid: &Laid, stretch: &Range<usize>) -> Self {
        let whole = laid.paragraphs(stretch);
        let source = |place: Option<usize>| laid.glyphs.get(place?).and_then(|glyph| glyph.source);
        Self {
            paragraphs: laid.glyphs[whole.clone()].iter().map(|glyph| glyph.character).collect(),
            sources: laid.glyphs[whole.clone()].iter().map(|glyph| glyph.source).collect(),
            words: stretch.start.saturating_sub(whole.start)..stretch.end.saturating_sub(whole.start),
            neighbours: [source(whole.start.checked_sub(1)), source(Some(whole.end))],
        }
    }
}

impl Stood {
    /// Whether paragraphs say the same, the same words are meant, and the same stands beside.
    fn is_as(&self, other: &Self) -> bool {
        (&self.paragraphs, &self.words, self.neighbours)
            == (&other.paragraphs, &other.words, other.neighbours)
    }

    /// Whether these words and what stands before them read as their paragraph did so far, wherever paragraphs end
    /// now, and half of that at least are the characters that stood there: what is gone was replaced by the same.
    fn reads_so_at(&self, words: &Range<usize>, now: &Laid) -> bool {
        let Some(start) = words.start.checked_sub(self.words.start) else { return false };
        let Some(read) = now.glyphs.get(start..words.end) else { return false };
        let stood = self.paragraphs.iter().zip(&self.sources).take(self.words.end);
        let same =
            read.iter().zip(stood.clone()).filter(|(glyph, (_, source))| glyph.source == **source).count();
        read.iter().map(|glyph| glyph.character).eq(stood.map(|(character, _)| *character))
            && same * 2 >= read.len()
    }
}

/// How many characters beside a bookmark say where it is, and how many of other words may stand between.
const BESIDE: usize = 5;

impl Sources {
    /// Those of a stretch of a text as it was first.
    pub(crate) fn new(laid: &Laid, stretch: Range<usize>) -> Self {
        let source = |glyph: &LaidGlyph| glyph.source;
        let (before, after) = (&laid.glyphs[..stretch.start], &laid.glyphs[stretch.end..]);
        Self {
            stood: Stood::of(laid, &stretch),
            quoted: laid.glyphs[stretch].iter().filter_map(source).collect(),
            beside: [
                before.iter().rev().take(BESIDE).filter_map(source).collect(),
                after.iter().take(BESIDE).filter_map(source).collect(),
            ],
        }
    }

    /// How many characters it quotes; 0 for a bookmark.
    pub(crate) fn len(&self) -> usize {
        self.quoted.len()
    }

    /// Whether most of the words are still there; of a bookmark, most of those beside it.
    pub(crate) fn is_there(&self, now: &Laid) -> bool {
        let beside = self.beside.concat();
        let words = if self.quoted.is_empty() { &beside } else { &self.quoted };
        words.iter().filter(|&&source| now.copies(source) > 0).count() * 2 >= words.len()
    }

    /// Where the words are now: each stretch of those that are left.
    pub(crate) fn places(&self, now: &Laid) -> Vec<Span> {
        let copies = self.quoted.iter().map(|&source| now.copies(source)).max().unwrap_or(0);
        let stretch = |copy| {
            let places = self.quoted.iter().filter_map(|&source| now.place(source, copy));
            let spans = places.map(|place| now.glyphs[place].span);
            spans.reduce(|all, span| Span::new(all.start().min(span.start()), all.end().max(span.end())))
        };
        (0..copies).filter_map(stretch).collect()
    }

    /// What an answer is worth. Where the words stand twice now, either place is right.
    pub(crate) fn worth(&self, found: &Found, now: &Laid) -> Worth {
        match found {
            Found::Lost => Worth::Lost,
            Found::Unsure { candidates } => {
                match candidates.iter().position(|(span, _)| self.is_at(*span, now)) {
                    Some(0) => Worth::First,
                    Some(_) => Worth::Among,
                    None => Worth::Elsewhere,
                }
            }
            Found::Exact(span) if self.is_at(*span, now) => Worth::Exact,
            Found::Moved { span, .. } if self.is_at(*span, now) => Worth::Moved,
            Found::Exact(span) | Found::Moved { span, .. } if self.is_near(*span, now) => Worth::Askew,
            Found::Exact(_) | Found::Moved { .. } => Worth::Wrong,
        }
    }

    /// Whether `span` has some of the words that are left, or stands straight beside them, and has fewer of other old
    /// words than they are.
    fn is_near(&self, span: Span, now: &Laid) -> bool {
        let touched = now.touched(span);
        let near = touched.start.saturating_sub(1)..touched.end + 1;
        let is_own = |source: u32| self.quoted.contains(&source);
        let sources = |range: Range<usize>| {
            now.glyphs[range.start..range.end.min(now.glyphs.len())].iter().filter_map(|glyph| glyph.source)
        };
        let foreign = sources(touched).filter(|&source| !is_own(source)).count();
        sources(near).any(is_own) && foreign < self.quoted.len()
    }

    fn is_at(&self, span: Span, now: &Laid) -> bool {
        let copies = self.quoted.iter().chain(self.beside.iter().flatten());
        let copies = copies.map(|&source| now.copies(source)).max().unwrap_or(0);
        let is_there = |copy| {
            if self.quoted.is_empty() { self.is_beside(span, now, copy) } else { self.is_on(span, now, copy) }
        };
        (0..copies.max(1)).any(is_there) || self.is_in_the_same(span, now)
    }

    /// Whether `span` is in a paragraph that says the same word for word, between the same neighbours: of such, their
    /// neighbours are what tells one from the other. Or where the same tail has come to stand after the note's own head.
    fn is_in_the_same(&self, span: Span, now: &Laid) -> bool {
        let touched = now.touched(span);
        self.stood.is_as(&Stood::of(now, &touched)) || self.stood.reads_so_at(&touched, now)
    }

    /// Whether `span` has the words: a third of what is left may be missing (where clauses changed places, say), and
    /// of the old words in it no more than half, and one, may be others, but for those that came to stand between them.
    /// Words of which nothing is left are where only new ones stand between those beside them.
    fn is_on(&self, span: Span, now: &Laid, copy: usize) -> bool {
        let touched = now.touched(span);
        let mut left: Vec<usize> = self.quoted.iter().filter_map(|&source| now.place(source, copy)).collect();
        left.sort_unstable();
        let slack = left.len() / 3;
        let has = |place: &usize| touched.contains(place);
        let missing = left.iter().filter(|place| !has(place)).count();
        let foreign = touched.clone().filter(|place| left.binary_search(place).is_err());
        let foreign = foreign.filter(|&place| now.glyphs[place].source.is_some()).count();
        if left.is_empty() {
            return foreign == 0 && !touched.is_empty() && self.is_between(&touched, now, copy);
        }
        let spans_them =
            left.first().zip(left.last()).is_some_and(|(&first, &last)| touched == (first..last + 1));
        spans_them || missing <= slack && foreign <= left.len() - missing + 1
    }

    /// Whether what stood beside the words is beside `touched`.
    fn is_between(&self, touched: &Range<usize>, now: &Laid, copy: usize) -> bool {
        let new = |place: usize| now.glyphs.get(place).is_some_and(|glyph| glyph.source.is_none());
        let before = (0..touched.start).rev().find(|&place| !new(place));
        let after = (touched.end..now.glyphs.len()).find(|&place| !new(place));
        let stood = |beside: &[u32], place: Option<usize>| match place {
            Some(place) => beside.iter().any(|&source| now.place(source, copy) == Some(place)),
            // At an end of the text there was nothing beside them, and is nothing.
            None => beside.is_empty(),
        };
        stood(&self.beside[0], before) && stood(&self.beside[1], after)
    }

    /// Whether a bookmark at `span` stands near what it stood between.
    fn is_beside(&self, span: Span, now: &Laid, copy: usize) -> bool {
        let here = now.touched(span).start;
        let near = |&source: &u32| {
            now.place(source, copy).is_some_and(|place| place + BESIDE >= here && place < here + BESIDE)
        };
        self.beside.iter().flatten().any(near)
    }
}
