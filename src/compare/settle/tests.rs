use proptest::prelude::*;

use super::*;
use crate::compare::Evidence;
use crate::compare::testing::{found, linked};

fn pairs(pairs: &[(u32, u32)]) -> Vec<Pair> {
    pairs.iter().map(|&(left, right)| Pair { left, right }).collect()
}

fn rises(one: Pair, next: Pair) -> bool {
    one.left < next.left && one.right < next.right
}

#[test]
fn the_longest_rising_row() {
    let check = |given: &[(u32, u32)], expected: &[(u32, u32)]| {
        assert_eq!(increasing(&pairs(given)), pairs(expected));
    };
    check(&[(0, 0), (1, 2), (2, 1), (3, 3)], &[(0, 0), (2, 1), (3, 3)]);
    check(&[(0, 3), (1, 0), (2, 1), (3, 2)], &[(1, 0), (2, 1), (3, 2)]);
    check(&[(0, 0), (0, 1), (0, 2)], &[(0, 0)]);
    check(&[], &[]);
}

proptest! {
    #[test]
    fn no_rising_row_is_longer(given in prop::collection::vec((0..8_u32, 0..8_u32), 0..12)) {
        let mut given = pairs(&given);
        let row = increasing(&given);
        prop_assert!(row.is_sorted_by(|one, next| rises(*one, *next)));
        prop_assert!(row.iter().all(|pair| given.contains(pair)));
        given.sort_unstable();
        let mut longest: Vec<usize> = Vec::new();
        for (place, pair) in given.iter().enumerate() {
            let before = given.iter().zip(&longest).take(place).filter(|(other, _)| rises(**other, *pair));
            longest.push(before.map(|(_, length)| *length).max().unwrap_or(0) + 1);
        }
        prop_assert_eq!(row.len(), longest.into_iter().max().unwrap_or(0));
    }
}

const FERRY: &str = "摆渡船每天清早开航，载村民过河赶集，傍晚收航。";
const FOREST: &str = "山林由护林员分片巡护，秋冬禁止生火，违者补种树苗。";
const SHELF: &str = "图书室夜间也开放，学生可以借走连环画，月底归还。";
const FLOOR: &str = "晒谷场铺上水泥以后，打谷机停在棚下，柴油由仓库供给。";

fn check(left: &[&str], right: &[&str], expected: &[(usize, usize)]) {
    let comparison = found(&left.join("\n"), &right.join("\n"));
    let expected: Vec<_> = expected.iter().map(|&(left, right)| (vec![left], vec![right])).collect();
    assert_eq!(linked(&comparison), expected);
}

#[test]
fn each_passage_is_answered_by_its_own_wherever_it_stands() {
    check(&[FERRY, FOREST, SHELF], &[SHELF, FERRY, FOREST], &[(0, 1), (1, 2), (2, 0)]);
    check(&[FERRY, FOREST], &[SHELF, FLOOR], &[]);
}

#[test]
fn what_is_answered_wholly_elsewhere_is_no_answer_to_another() {
    let (spring, autumn) = ("春季开航以前，船工检查缆绳和船底。", "秋季收航以后，船工检查缆绳和船底。");
    check(&[spring, autumn], &[autumn, spring], &[(0, 1), (1, 0)]);
}

#[test]
fn what_both_sides_say_in_the_same_words_elsewhere_is_no_revision() {
    let spring = "春季负责开航的船工每天清早检查缆绳船底和船桨，遇到大雾推迟开航，并把原因写在渡口的木牌上。";
    let autumn = spring.replace("春季", "秋季");
    check(&[spring, FOREST, &autumn], &[spring, FOREST, &autumn], &[(0, 0), (1, 1), (2, 2)]);
    check(&[spring, &autumn], &[spring], &[(0, 0), (1, 0)]);
}

#[test]
fn in_versions_of_one_text_the_same_words_are_found_however_they_are_cut() {
    let check = |left: &[&str], right: &[&str], expected: (&[usize], &[usize])| {
        let comparison = found(&left.join("\n"), &right.join("\n"));
        let link = linked(&comparison).into_iter().zip(comparison.links());
        let found: Vec<_> =
            link.filter(|(blocks, _)| *blocks == (expected.0.to_vec(), expected.1.to_vec())).collect();
        assert_eq!(found.iter().map(|(_, link)| link.verdict).collect::<Vec<_>>(), [Verdict::Same]);
        assert_eq!(comparison.links().len(), 3);
    };
    let (title, lines) = ("@渡口管理办法（试行）", ["渡口管理", "办法（试行）"]);
    check(&[title, FERRY, FOREST], &[lines[0], lines[1], FERRY, FOREST], (&[0], &[0, 1]));
    check(&[lines[0], lines[1], FERRY, FOREST], &[title, FERRY, FOREST], (&[0, 1], &[0]));
    let (row, cells) = ("岸\t船\t桨", ["岸", "船", "桨"]);
    check(&[FERRY, row, FOREST], &[FERRY, cells[0], cells[1], cells[2], FOREST], (&[1], &[1, 2, 3]));
}

#[test]
fn a_heading_that_says_little_is_linked_beside_what_is_linked_only() {
    check(&["#总则", FERRY], &["#总则", FERRY], &[(0, 0), (1, 1)]);
    check(&["#总则", FERRY, FOREST], &["#总则", SHELF, FLOOR], &[]);
}

#[test]
fn a_heading_that_says_something_is_linked_for_itself() {
    check(&["#摆渡船的检修", FERRY], &["#摆渡船的检修", SHELF], &[(0, 0)]);
}

/// Whether the third of five passages is linked, and whether the order says why.
fn third(left: &str, right: &str, in_order: bool) -> (bool, bool) {
    let (lefts, rights) = ([FERRY, FOREST, left, SHELF, FLOOR], [FERRY, FOREST, right, SHELF, FLOOR]);
    let rights = if in_order { rights } else { [SHELF, FLOOR, right, FERRY, FOREST] };
    let comparison = found(&lefts.join("\n"), &rights.join("\n"));
    let link = comparison.links().iter().find(|link| link.left.iter().any(|block| block.as_usize() == 2));
    (link.is_some(), link.is_some_and(|link| link.reason.evidence.contains(&Evidence::Order)))
}

#[test]
fn in_versions_of_one_text_what_stands_between_is_linked_with_less() {
    // Particles and numbers: no rare word.
    let (left, right) = ("以上第一至第九项，自二〇一五年起。", "以上第一至第八项，自二〇一六年起。");
    assert_eq!(third(left, right, true), (true, true));
    assert_eq!(third(left, "老槐树下立一块石碑。", true), (false, false));
}
