//! What the reader decided, as it concerns the units of a comparison.

use std::collections::BTreeMap;

use super::candidates::Pair;
use super::units::Unit;
use super::{Decision, Part, Ruling};
use crate::text::{Span, saturate};

/// The decisions about each pair of units; of several about one pair, the last.
pub(super) struct Rulings<'a> {
    decisions: BTreeMap<Pair, (Decision, &'a Ruling)>,
    fixed: Vec<Pair>,
}

impl<'a> Rulings<'a> {
    pub(super) fn new(rulings: &'a [Ruling], parts: [&Part; 2], units: [&[Unit]; 2]) -> Self {
        let mut decisions: BTreeMap<Pair, (Decision, &Ruling)> = BTreeMap::new();
        for ruling in rulings {
            let [left, right] = [(0, &ruling.left), (1, &ruling.right)].map(|(side, spans)| {
                match (parts.get(side), units.get(side)) {
                    (Some(part), Some(units)) => touched(part, units, spans),
                    _ => Vec::new(),
                }
            });
            for &left in &left {
                for &right in &right {
                    settle(&mut decisions, Pair { left, right }, ruling);
                }
            }
        }
        let fixed = decisions.iter().filter(|(_, (decision, _))| *decision != Decision::Refuse);
        Self { fixed: fixed.map(|(&pair, _)| pair).collect(), decisions }
    }

    /// The pairs that the reader wants linked, in order.
    pub(super) fn fixed(&self) -> &[Pair] {
        &self.fixed
    }

    /// The same, to be judged.
    pub(super) fn wanted(&self) -> impl Iterator<Item = Pair> {
        self.fixed.iter().copied()
    }

    pub(super) fn is_refused(&self, pair: Pair) -> bool {
        self.decisions.get(&pair).is_some_and(|(decision, _)| *decision == Decision::Refuse)
    }

    /// What the reader decided about a pair, if anything.
    pub(super) fn decision(&self, pair: Pair) -> Option<(Decision, &'a Ruling)> {
        self.decisions.get(&pair).copied()
    }
}

/// A confirmation leaves an earlier verdict of the reader's as it is.
fn settle<'a>(decisions: &mut BTreeMap<Pair, (Decision, &'a Ruling)>, pair: Pair, ruling: &'a Ruling) {
    let earlier = decisions.get(&pair).map(|(decision, _)| *decision);
    let stays =
        matches!((earlier, ruling.decision), (Some(Decision::Relate(_) | Decision::Pin), Decision::Confirm));
    if !stays {
        decisions.insert(pair, (ruling.decision, ruling));
    }
}

/// The units whose blocks the spans touch.
fn touched(part: &Part, units: &[Unit], spans: &[Span]) -> Vec<u32> {
    let mut numbers = Vec::new();
    for span in spans {
        let block_of =
            |unit: &Unit| part.document().block(unit.block).map(|block| block.span).unwrap_or_default();
        let first = units.partition_point(|unit| block_of(unit).end() <= span.start());
        let within = units
            .iter()
            .skip(first)
            .take_while(|unit| block_of(unit).start() < span.end().max(span.start() + 1));
        numbers.extend((first..).zip(within).map(|(number, _)| saturate(number)));
    }
    numbers.sort_unstable();
    numbers.dedup();
    numbers
}
