//! A whole document at a glance.

use crate::compare::{Comparison, Side, Verdict};
use crate::document::{BlockIndex, BlockKind};
use crate::text::Span;

/// A side of a comparison at a glance: stripes from its beginning to its end.
///
/// Holds: stripes are in order, touch each other and reach from 0 to 1; there are at most
/// [`Overview::MOST`].
#[derive(Clone, PartialEq, Debug, Default)]
pub struct Overview {
    stripes: Vec<Stripe>,
    /// For each block that has an extent, where it begins in the text, and how much stands above it.
    blocks: Vec<(Span, u64)>,
    total: u64,
}

/// A stretch of the bar.
#[derive(Clone, Copy, PartialEq, Debug)]
pub struct Stripe {
    /// Where it begins, from 0 to 1.
    pub from: f32,
    /// Where it ends, from 0 to 1.
    pub to: f32,
    /// How it is answered; `None` where it stands only here, or is not compared.
    pub verdict: Option<Verdict>,
    /// Whether it is compared at all.
    pub compared: bool,
    /// Where it begins in the document's text.
    pub position: u32,
}

/// What a stripe looks like.
type Look = (bool, Option<Verdict>);

impl Overview {
    /// The most stripes that are made: more than a bar has pixels.
    pub const MOST: usize = 1_000;

    /// What a side of a comparison looks like. The extent of a block is the length of its text.
    pub(super) fn of(comparison: &Comparison, side: Side) -> Self {
        let part = comparison.part(side);
        let document = part.document();
        let mut overview = Self::default();
        let mut looks = Vec::new();
        for (index, block) in (0..).map(BlockIndex::new).zip(document.blocks()) {
            if matches!(block.kind, BlockKind::Aside(_)) || block.span.is_empty() {
                continue;
            }
            overview.blocks.push((block.span, overview.total));
            overview.total += u64::from(block.span.len());
            looks.push((comparison.is_compared(side, index), comparison.verdict(side, index)));
        }
        overview.stripes = overview.stripes_of(&looks);
        overview
    }

    /// From the top to the bottom.
    pub fn stripes(&self) -> &[Stripe] {
        &self.stripes
    }

    /// How far down a position of the document's text stands, from 0 to 1.
    pub fn place(&self, position: u32) -> f32 {
        let after = self.blocks.partition_point(|(span, _)| span.start() <= position);
        let block = after.checked_sub(1).and_then(|index| self.blocks.get(index));
        let above = block.map_or(0, |(span, above)| {
            above + u64::from(position.clamp(span.start(), span.end()) - span.start())
        });
        share(above, self.total)
    }

    /// The position of the document's text that stands so far down, from 0 to 1. It need not be the
    /// beginning of a character.
    pub fn position_at(&self, place: f32) -> u32 {
        #[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, clippy::cast_sign_loss)]
        let down = (f64::from(place.clamp(0.0, 1.0)) * self.total as f64) as u64;
        let after = self.blocks.partition_point(|(_, above)| *above <= down);
        let block = after.checked_sub(1).and_then(|index| self.blocks.get(index));
        block.map_or(0, |(span, above)| {
            let inside = u32::try_from(down - above).unwrap_or(u32::MAX);
            span.start() + inside.min(span.len())
        })
    }

    /// Neighbours that look the same become one; where there are still too many, those that share a
    /// thousandth of the bar become one that looks like the most of it.
    fn stripes_of(&self, looks: &[Look]) -> Vec<Stripe> {
        let ends = self.blocks.iter().skip(1).map(|(_, above)| *above).chain([self.total]);
        let pieces = self.blocks.iter().zip(ends).zip(looks);
        let mut stripes: Vec<Piece> = Vec::new();
        for ((&(span, from), to), &look) in pieces {
            match stripes.last_mut() {
                Some(last) if last.look == look => last.to = to,
                _ => stripes.push(Piece { from, to, look, position: span.start() }),
            }
        }
        if stripes.len() > Self::MOST {
            stripes = gathered(&stripes, self.total);
        }
        stripes.into_iter().map(|piece| piece.stripe(self.total)).collect()
    }
}

#[derive(Clone, Copy)]
struct Piece {
    from: u64,
    to: u64,
    look: Look,
    position: u32,
}

impl Piece {
    fn stripe(self, total: u64) -> Stripe {
        let (compared, verdict) = self.look;
        let (from, to) = (share(self.from, total), share(self.to, total));
        Stripe { from, to, verdict, compared, position: self.position }
    }
}

/// One piece for each equal stretch of the bar.
fn gathered(pieces: &[Piece], total: u64) -> Vec<Piece> {
    let stretch = total.div_ceil(Overview::MOST as u64).max(1);
    pieces
        .chunk_by(|one, other| one.from / stretch == other.from / stretch)
        .filter_map(|together| {
            let (first, last) = together.first().zip(together.last())?;
            Some(Piece { to: last.to, look: most_of(together), ..*first })
        })
        .collect()
}

/// The look that has the largest extent.
fn most_of(pieces: &[Piece]) -> Look {
    let extent = |look: Look| -> u64 {
        pieces.iter().filter(|piece| piece.look == look).map(|piece| piece.to - piece.from).sum()
    };
    let verdicts = Verdict::ALL.into_iter().map(|verdict| (true, Some(verdict)));
    let looks = verdicts.chain([(true, None), (false, None)]);
    looks.max_by_key(|look| extent(*look)).unwrap_or_default()
}

#[expect(clippy::cast_precision_loss, clippy::cast_possible_truncation, reason = "a share of a bar")]
fn share(part: u64, total: u64) -> f32 {
    if total == 0 { 0.0 } else { (part as f64 / total as f64) as f32 }
}
