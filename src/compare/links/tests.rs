use super::*;
use crate::compare::Comparison;
use crate::compare::testing::{found, linked};

const FERRY: &str = "摆渡船每天清早开航，载村民过河赶集，傍晚收航。";
const FOREST: &str = "山林由护林员分片巡护，秋冬禁止生火，违者补种树苗。";
const SHELF: &str = "图书室夜间也开放，学生可以借走连环画，月底归还。";
const FLOOR: &str = "晒谷场铺上水泥以后，打谷机停在棚下，柴油由仓库供给。";

#[test]
fn pieces_of_a_paragraph_are_one_link() {
    let (whole, pieces) = (format!("{FERRY}{FOREST}"), format!("{FERRY}\n{FOREST}"));
    let split = found(&whole, &pieces);
    assert_eq!(linked(&split), [(vec![0], vec![0, 1])]);
    let merged = found(&pieces, &whole);
    assert_eq!(linked(&merged), [(vec![0, 1], vec![0])]);
    for comparison in [&split, &merged] {
        let link = comparison.links().first().unwrap();
        assert_eq!((link.verdict, link.passages.len()), (Verdict::Same, 2));
    }
}

#[test]
fn the_same_said_twice_is_no_paragraph_that_was_split() {
    let comparison = found(FERRY, &format!("{FERRY}\n{FERRY}"));
    assert_eq!(linked(&comparison), [(vec![0], vec![0]), (vec![0], vec![1])]);
}

#[test]
fn what_stands_across_the_order_of_most_crosses() {
    let check = |right: &[&str], expected: &[bool]| {
        let comparison = found(&[FERRY, FOREST, SHELF, FLOOR].join("\n"), &right.join("\n"));
        let crosses: Vec<bool> = comparison.links().iter().map(|link| link.crosses).collect();
        assert_eq!(crosses, expected);
    };
    check(&[FERRY, FOREST, SHELF, FLOOR], &[false; 4]);
    check(&[FLOOR, FERRY, FOREST, SHELF], &[false, false, false, true]);
    check(&[FOREST, SHELF, FLOOR, FERRY], &[true, false, false, false]);
}

fn evidence(comparison: &Comparison) -> Vec<Evidence> {
    comparison.links().iter().flat_map(|link| link.reason.evidence.clone()).collect()
}

#[test]
fn reasons_name_words_whole_and_as_the_left_side_writes_them() {
    let check = |left: &str, right: &str, expected: &Evidence| {
        let evidence = evidence(&found(left, right));
        assert!(evidence.contains(expected), "{left}: {evidence:?}");
    };
    let (left, right) = ("水輪機和磨盤都已修好，石匠要價不高。", "水轮机和磨盘坏了许多年，石匠不肯来。");
    check(left, right, &Evidence::LeadingClause(vec!["水輪機和磨盤".to_owned()]));
    check(left, right, &Evidence::Words(vec!["石匠".to_owned()]));
    check(
        "今年照《磨坊水輪章程》收費。",
        "村里议定了《磨坊水轮章程》，张贴在门口。",
        &Evidence::Named(vec!["磨坊水輪章程".to_owned()]),
    );
    check(
        "消除貧困是今年的大事，各村都要出力。",
        "脱贫以后怎么办？",
        &Evidence::Theme {
            name: "减贫脱贫".to_owned(),
            left: "消除貧困".to_owned(),
            right: "脱贫".to_owned(),
        },
    );
}

#[test]
fn shared_wording_is_a_reason_with_its_share() {
    let comparison = found(FERRY, &format!("{FERRY}{FOREST}"));
    let wording = evidence(&comparison).into_iter().find_map(|evidence| match evidence {
        Evidence::Wording { left, right } => Some((left, right)),
        _ => None,
    });
    let (left, right) = wording.unwrap();
    assert!(left > 0.99 && (0.3..0.7).contains(&right));
}

#[test]
fn headings_that_answer_each_other_are_a_reason() {
    let comparison = found(&format!("#摆渡船的检修\n{FERRY}"), &format!("#摆渡船的检修\n{FERRY}"));
    let (left, right) = (BlockIndex::new(0), BlockIndex::new(0));
    assert!(evidence(&comparison).contains(&Evidence::Headings { left, right }));
}

#[test]
fn a_passage_says_whether_it_is_the_same_or_revised() {
    let check = |right: &str, expected: Verdict| {
        let comparison = found(FERRY, right);
        let verdicts: Vec<Verdict> = comparison
            .links()
            .iter()
            .flat_map(|link| &link.passages)
            .map(|passage| passage.verdict)
            .collect();
        assert_eq!(verdicts, [expected]);
    };
    check(FERRY, Verdict::Same);
    check("擺渡船每天清早開航——載村民過河趕集，傍晚收航！", Verdict::Same);
    check("摆渡船每天清早开航，送村民过河赶集，傍晚收航。", Verdict::Revised);
}

#[test]
fn what_is_pinned_lies_in_the_blocks_of_each_link_and_is_restored() {
    use crate::compare::testing::part;
    use crate::compare::{Guidance, Unwatched, compare};
    let (left, right) = (part(&format!("{FERRY}\n{FOREST}\n{SHELF}")), part(&format!("{FLOOR}\n{SHELF}")));
    let block = |part: &Part, place: usize| part.document().blocks()[place].span;
    // From the middle of the first block to the middle of the second.
    let pinned = Span::new(block(&left, 0).start() + 9, block(&left, 1).start() + 12);
    let rulings = vec![Ruling { left: vec![pinned], right: vec![block(&right, 0)], decision: Decision::Pin }];
    let comparison =
        compare(&left, &right, &Guidance { rulings, ..Guidance::default() }, &Unwatched).unwrap();
    let ruled = comparison.links().iter().filter(|link| link.ruled.is_some());
    let passages: Vec<Span> = ruled.flat_map(|link| &link.passages).map(|passage| passage.left).collect();
    let [first, second] = [0, 1].map(|place| block(&left, place).intersection(pinned).unwrap());
    assert!(passages.contains(&first) && passages.contains(&second), "{passages:?}");
    let restored = Comparison::restore(left, right, comparison.links().to_vec()).unwrap();
    assert_eq!(restored.links(), comparison.links());
}
