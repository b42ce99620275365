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
    anchors: Vec<Pair>,
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
            for pair in pairs(&left, &right) {
                settle(&mut decisions, pair, ruling);
            }
        }
        let fixed = decisions.iter().filter(|(_, (decision, _))| *decision != Decision::Refuse);
        let fixed: Vec<Pair> = fixed.map(|(&pair, _)| pair).collect();
        let is_new =
            |pair: &&Pair| decisions.get(pair).is_none_or(|(decision, _)| *decision != Decision::Confirm);
        let anchors = fixed.iter().filter(is_new).copied().collect();
        Self { decisions, fixed, anchors }
    }

    /// The pairs that the reader wants linked, in order.
    pub(super) fn fixed(&self) -> &[Pair] {
        &self.fixed
    }

    /// Those that say something new. What was found and confirmed changes nothing else: all is found as it was when the
    /// reader confirmed it.
    pub(super) fn anchors(&self) -> &[Pair] {
        &self.anchors
    }

    pub(super) fn is_refused(&self, pair: Pair) -> bool {
        self.decisions.get(&pair).is_some_and(|(decision, _)| *decision == Decision::Refuse)
    }

    /// What the reader decided about a pair, if anything.
    pub(super) fn decision(&self, pair: Pair) -> Option<(Decision, &'a Ruling)> {
        self.decisions.get(&pair).copied()
    }
}

/// Every unit of the left side with every one of the right; of very many the first with the first and so on, since
/// whole books have more pairs than memory holds.
fn pairs(left: &[u32], right: &[u32]) -> Vec<Pair> {
    let longer = left.len().max(right.len());
    if longer <= Ruling::MOST_BLOCKS {
        return left.iter().flat_map(|&left| right.iter().map(move |&right| Pair { left, right })).collect();
    }
    let at = |numbers: &[u32], place: usize| numbers.get(place).or(numbers.last()).copied();
    let row = (0..longer).filter_map(|place| at(left, place).zip(at(right, place)));
    row.map(|(left, right)| Pair { left, right }).collect()
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::part;
    use crate::compare::units::units_of;
    use crate::compare::{Guidance, Lexicon, Unwatched, Verdict, compare};

    const LEFT: &str = "先种树\n再清淤\n后修渡口";
    const RIGHT: &str = "先清淤\n再种树";

    /// A ruling on the lines `left` and `right`.
    fn ruling((left, right): (usize, usize), decision: Decision) -> Ruling {
        let span = |lines: &str, place: usize| part(lines).document().blocks().get(place).map(|b| b.span);
        Ruling { left: vec![span(LEFT, left).unwrap()], right: vec![span(RIGHT, right).unwrap()], decision }
    }

    /// What holds of the first lines after all these decisions.
    fn check(decisions: &[Decision], expected: Decision) {
        let rulings: Vec<Ruling> = decisions.iter().map(|&decision| ruling((0, 0), decision)).collect();
        let parts = [part(LEFT), part(RIGHT)];
        let units = parts.each_ref().map(|part| units_of(part, false, &Lexicon::default()));
        let found = Rulings::new(&rulings, parts.each_ref(), units.each_ref().map(Vec::as_slice));
        let pair = Pair { left: 0, right: 0 };
        assert_eq!(found.decision(pair).map(|(decision, _)| decision), Some(expected));
        assert_eq!(found.is_refused(pair), expected == Decision::Refuse);
        assert_eq!(found.fixed().contains(&pair), expected != Decision::Refuse);
        assert_eq!(found.decision(Pair { left: 1, right: 0 }), None);
    }

    #[test]
    fn the_last_decision_holds() {
        use Decision::{Confirm, Pin, Refuse, Relate};
        check(&[Confirm, Refuse], Refuse);
        check(&[Refuse, Confirm], Confirm);
        check(&[Relate(Verdict::Theme), Relate(Verdict::Same)], Relate(Verdict::Same));
        check(&[Relate(Verdict::Theme), Pin], Pin);
    }

    #[test]
    fn a_confirmation_keeps_an_earlier_verdict() {
        use Decision::{Confirm, Pin, Refuse, Relate};
        check(&[Relate(Verdict::Theme), Confirm], Relate(Verdict::Theme));
        check(&[Pin, Confirm], Pin);
        check(&[Relate(Verdict::Theme), Refuse, Confirm], Confirm);
    }

    #[test]
    fn a_ruling_is_about_every_block_that_it_touches() {
        let part = part(LEFT);
        let units = units_of(&part, false, &Lexicon::default());
        let check = |span, expected: &[u32]| assert_eq!(touched(&part, &units, &[span]), expected);
        let [first, second] = [0, 1].map(|place| part.document().blocks()[place].span);
        check(first, &[0]);
        check(Span::at(first.start()), &[0]);
        check(first.union(second), &[0, 1]);
        check(Span::new(first.end() - 3, second.start() + 3), &[0, 1]);
        check(Span::new(first.end(), second.start()), &[]);
    }

    #[test]
    fn a_ruling_on_whole_books_pairs_them_off() {
        let text = |word: &str| (0..3_000).map(|line| format!("{word}{line}")).collect::<Vec<_>>().join("\n");
        let parts = [part(&text("左")), part(&text("右"))];
        let units = parts.each_ref().map(|part| units_of(part, false, &Lexicon::default()));
        let [left, right] = parts.each_ref().map(|part| vec![part.span()]);
        let rulings = [Ruling { left, right, decision: Decision::Pin }];
        let found = Rulings::new(&rulings, parts.each_ref(), units.each_ref().map(Vec::as_slice));
        let expected: Vec<Pair> = (0..3_000).map(|number| Pair { left: number, right: number }).collect();
        assert_eq!(found.fixed(), expected);
    }

    #[test]
    fn of_few_every_one_is_paired_with_every_other() {
        let found = pairs(&[1, 2], &[5, 6]);
        let pair = |left, right| Pair { left, right };
        assert_eq!(found, [pair(1, 5), pair(1, 6), pair(2, 5), pair(2, 6)]);
        let many: Vec<u32> = (0..=saturate(Ruling::MOST_BLOCKS)).collect();
        let found = pairs(&many, &[7, 8]);
        assert_eq!((found.len(), found[1], found[2]), (Ruling::MOST_BLOCKS + 1, pair(1, 8), pair(2, 8)));
        assert_eq!(pairs(&many, &[]), []);
    }

    #[test]
    fn what_was_refused_is_never_linked_and_what_was_added_always() {
        let same = "摆渡船每天清早开航，载村民过河赶集。";
        let (left, right) = (part(&format!("{same}\n碾米")), part(&format!("{same}\n连环画")));
        let span = |part: &Part, place: usize| vec![part.document().blocks()[place].span];
        let rule =
            |place, decision| Ruling { left: span(&left, place), right: span(&right, place), decision };
        let rulings = vec![rule(0, Decision::Refuse), rule(1, Decision::Relate(Verdict::Theme))];
        let guidance = Guidance { rulings, ..Guidance::default() };
        let comparison = compare(&left, &right, &guidance, &Unwatched).unwrap();
        let linked: Vec<usize> = comparison.links().iter().map(|link| link.left[0].as_usize()).collect();
        assert_eq!(linked, [1]);
    }
}
