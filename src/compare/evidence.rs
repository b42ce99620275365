//! What two blocks have in common besides whole passages: rare words, leading clauses, themes.

use super::grams::{Gram, OF_HEADING};
use super::measure::count_before;

/// A stretch of words that both sides say, or a theme of both.
#[derive(Clone, Copy, PartialEq, Debug)]
pub(super) struct Shared {
    /// As in [`Gram::at`], of the side that is asked.
    pub(super) at: u32,
    /// As in [`Gram::length`].
    pub(super) length: u32,
    /// How much it tells that both say it.
    pub(super) value: f32,
}

/// What only the headings above both say tells little of the passages themselves.
const BOTH_HEADINGS: f32 = 0.25;

/// The runs and themes that stand in both profiles, those of the left and those of the right side, each in
/// order of place.
pub(super) fn shared(left: &[Gram], right: &[Gram]) -> [Vec<Shared>; 2] {
    let mut sides = [Vec::new(), Vec::new()];
    let (mut i, mut j) = (0, 0);
    while let (Some(one), Some(other)) = (left.get(i), right.get(j)) {
        i += count_before(left.get(i..).unwrap_or_default(), |gram| gram.hash < other.hash);
        j += count_before(right.get(j..).unwrap_or_default(), |gram| gram.hash < one.hash);
        if one.hash == other.hash {
            let of_headings = one.at >= OF_HEADING && other.at >= OF_HEADING;
            let value = one.value * other.value * if of_headings { BOTH_HEADINGS } else { 1.0 };
            for (gram, side) in [one, other].into_iter().zip(&mut sides) {
                side.push(Shared { at: gram.at, length: gram.length, value });
            }
            (i, j) = (i + 1, j + 1);
        }
    }
    sides.map(joined)
}

/// Overlapping runs become one, which tells as much as the most telling of them and a little more for its
/// length. Themes stay as they are, at the end.
fn joined(mut shared: Vec<Shared>) -> Vec<Shared> {
    shared.sort_by_key(|each| (each.length == 0, each.at, each.length));
    let mut joined: Vec<Shared> = Vec::new();
    for each in shared {
        match joined.last_mut().filter(|last| each.length > 0 && each.at < last.at + last.length) {
            Some(last) => {
                last.length = last.length.max(each.at + each.length - last.at);
                last.value = last.value.max(each.value);
            }
            None => joined.push(each),
        }
    }
    for each in &mut joined {
        each.value *= 1.0 + f32::from(u8::try_from(each.length.saturating_sub(2).min(8)).unwrap_or(8)) / 16.0;
    }
    joined
}

/// How much all that is shared tells: one telling thing more than many that tell little. The mean of both sides.
pub(super) fn telling(sides: &[Vec<Shared>; 2]) -> f32 {
    let of_side = |side: &Vec<Shared>| side.iter().map(|each| each.value.powf(STEEPNESS)).sum::<f32>();
    let sum = (sides.iter().map(of_side).sum::<f32>() / 2.0).powf(STEEPNESS.recip());
    if sides.iter().any(|side| stands_alone(side)) { sum * ALONE } else { sum }
}

/// Whether a few words are all that there is: they can be the frame of a sentence (把…擺在更加突出的位置) as well as
/// its matter. A theme or a whole clause is more than that.
fn stands_alone(side: &[Shared]) -> bool {
    let mut telling = side.iter().filter(|each| each.value >= WORTH_COUNTING);
    match (telling.next(), telling.next()) {
        (Some(only), None) => (1..CLAUSE).contains(&only.length),
        _ => false,
    }
}

/// At 1 many small things would add up to a great one; the more, the less they do.
const STEEPNESS: f32 = 1.5;
/// What tells less does not count as a second thing.
const WORTH_COUNTING: f32 = 0.08;
/// So many characters are a whole clause.
const CLAUSE: u32 = 10;
/// How much a few words tell that stand alone.
const ALONE: f32 = 0.7;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::candidates::Pair;
    use crate::compare::testing::{look, written};

    fn tells(pieces: &[(f32, u32)]) -> f32 {
        let side: Vec<Shared> =
            (0..).zip(pieces).map(|(at, &(value, length))| Shared { at: at * 100, length, value }).collect();
        telling(&[side.clone(), side])
    }

    #[test]
    fn what_stands_alone_tells_less() {
        let alone = tells(&[(0.5, 4)]);
        assert!(alone < 0.5);
        assert!(alone < tells(&[(0.5, CLAUSE)]), "a whole clause");
        assert!(alone < tells(&[(0.5, 0)]), "a theme");
        let with_trifle = tells(&[(0.5, 4), (WORTH_COUNTING / 2.0, 2)]);
        assert!(with_trifle < 0.5, "what hardly tells is no second thing");
        assert!(tells(&[(0.5, 4), (0.1, 2)]) > 0.5);
    }

    #[test]
    fn one_telling_thing_is_more_than_many_that_tell_little() {
        assert!(tells(&[(0.6, 0), (0.2, 4)]) > tells(&[(0.2, 4); 4]));
        assert!(tells(&[(0.2, 4); 5]) > tells(&[(0.2, 4); 4]));
        assert!(tells(&[]) == 0.0);
    }

    /// What the first blocks of two documents share, as the left one has it.
    fn check(left: &str, right: &str, expected: &[&str]) {
        look(left, right, |case| {
            let unit = case.unit(0, 0).unwrap();
            let [shared, of_right] = case.shared(Pair { left: 0, right: 0 });
            assert_eq!(shared.is_empty(), of_right.is_empty());
            let words = shared.iter().filter(|each| each.length > 0);
            let words =
                words.map(|each| written(unit, &(each.at as usize..(each.at + each.length) as usize)));
            assert_eq!(words.collect::<Vec<_>>(), expected);
        });
    }

    #[test]
    fn overlapping_runs_are_one_stretch() {
        check("两岸渡口今年开工", "渡口今年停工", &["渡口今年"]);
        check("渡口今年开工，通船", "明年通船，渡口今年停工", &["渡口今年", "通船"]);
        check("渡口今年开工", "两岸欢喜", &[]);
    }

    #[test]
    fn words_of_both_headings_alone_tell_little() {
        let value = |left: &str, right: &str| {
            look(left, right, |case| {
                let last = |units: &[super::super::units::Unit]| crate::text::saturate(units.len() - 1);
                let [shared, _] = case.shared(Pair { left: last(case.units[0]), right: last(case.units[1]) });
                shared.iter().map(|each| each.value).fold(0.0, f32::max)
            })
        };
        let of_headings = value("#渡口\n两岸欢喜", "#渡口\n今年开工");
        assert!(of_headings > 0.0);
        assert!(value("#渡口\n两岸欢喜", "今年渡口开工") > of_headings);
    }
}
