//! The blocks that say the same words, wherever they stand.

use std::collections::BTreeMap;

use super::candidates::Pair;
use super::units::Unit;

/// What stands in one place of a side and in so many of the other answers all of them.
const FEW: usize = 4;

/// Where the same words stand on either side.
type Places = [Vec<u32>; 2];

/// The pairs with the same characters: headings with headings and other blocks with each other, and across that what
/// would have no answer otherwise, since one file calls a heading what is a mere paragraph in another.
pub(super) fn identical(units: [&[Unit]; 2]) -> Vec<Pair> {
    let mut pairs = of_one_kind(units);
    pairs.extend(of_other_kinds(units));
    pairs
}

fn each(units: [&[Unit]; 2]) -> impl Iterator<Item = (usize, u32, &Unit)> {
    let sides = units.into_iter().enumerate();
    let all =
        sides.flat_map(|(side, units)| (0..).zip(units).map(move |(number, unit)| (side, number, unit)));
    all.filter(|(_, _, unit)| !unit.characters.is_empty())
}

fn of_one_kind(units: [&[Unit]; 2]) -> Vec<Pair> {
    let mut alike: BTreeMap<(bool, &[char]), Places> = BTreeMap::new();
    for (side, number, unit) in each(units) {
        let places = alike.entry((unit.is_heading, unit.unnumbered())).or_default();
        places.get_mut(side).into_iter().for_each(|places| places.push(number));
    }
    alike.values().flat_map(|[left, right]| paired(left, right)).collect()
}

/// Headings and other blocks that say the same, where one of the two kinds is missing on a side.
fn of_other_kinds(units: [&[Unit]; 2]) -> Vec<Pair> {
    let mut named: BTreeMap<&[char], [Places; 2]> = BTreeMap::new();
    for (side, number, unit) in each(units).filter(|(_, _, unit)| unit.is_heading) {
        let [headings, _] = named.entry(unit.named()).or_default();
        headings.get_mut(side).into_iter().for_each(|places| places.push(number));
    }
    for (side, number, unit) in each(units).filter(|(_, _, unit)| !unit.is_heading) {
        let Some([_, others]) = named.get_mut(unit.named()) else { continue };
        others.get_mut(side).into_iter().for_each(|places| places.push(number));
    }
    let mut pairs = Vec::new();
    for [headings, others] in named.values() {
        for (one, other) in [(headings, others), (others, headings)] {
            if one[1].is_empty() || other[0].is_empty() {
                pairs.extend(paired(&one[0], &other[1]));
            }
        }
    }
    pairs
}

/// Where the same stands in many places of both sides, the first answers the first and so on.
fn paired(left: &[u32], right: &[u32]) -> Vec<Pair> {
    if left.len().min(right.len()) == 1 && left.len() * right.len() <= FEW {
        return left.iter().flat_map(|&left| right.iter().map(move |&right| Pair { left, right })).collect();
    }
    let longer = left.len().max(right.len());
    let at = |places: &[u32], number: usize| places.get(number).or(places.last()).copied();
    let row = (0..longer).filter_map(|number| at(left, number).zip(at(right, number)));
    row.map(|(left, right)| Pair { left, right }).collect()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::units;

    fn check(left: &str, right: &str, expected: &[(u32, u32)]) {
        let (left, right) = (units(left), units(right));
        let mut pairs = identical([&left, &right]);
        pairs.sort_unstable();
        pairs.dedup();
        assert_eq!(pairs.iter().map(|pair| (pair.left, pair.right)).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn the_same_words_stand_together_in_their_order() {
        check("种树\n护林", "护林\n种树", &[(0, 1), (1, 0)]);
        check("种树", "种树\n护林\n种树", &[(0, 0), (0, 2)]);
        check("种树\n种树\n种树", "种树\n种树", &[(0, 0), (1, 1), (2, 1)]);
    }

    #[test]
    fn headings_stand_with_headings_while_there_are_some() {
        check("#种树\n种树", "种树\n#种树", &[(0, 1), (1, 0)]);
        check("#一、种树", "#二、种树\n#护林", &[(0, 0)]);
    }

    #[test]
    fn a_heading_that_is_a_paragraph_on_the_other_side_stands_with_it() {
        check("#种树", "种树", &[(0, 0)]);
        check("一、种树", "@种树", &[(0, 0)]);
        check("种树\n#种树", "种树", &[(0, 0), (1, 0)]);
        check("种树\n#种树", "#种树", &[(0, 0), (1, 0)]);
        check("#种树", "种树，护林", &[]);
    }
}
