use proptest::prelude::*;

use super::*;
use crate::compare::regional::unify_regional;
use crate::document::{Block, BlockKind, Parts, Repair, RepairKind};
use crate::text::{detect, saturate};

/// A document of paragraphs, one a line, in which what stands in ⦃⦄ is left out by repairs.
fn document(marked: &str) -> Document {
    let (mut text, mut repairs, mut opened) = (String::new(), Vec::new(), 0);
    for character in marked.chars() {
        let at = saturate(text.len());
        match character {
            '⦃' => opened = at,
            '⦄' => repairs.push(Repair {
                span: Span::new(opened, at),
                kind: RepairKind::HardWrap,
                spaced: false,
            }),
            other => text.push(other),
        }
    }
    let mut blocks = Vec::new();
    let mut start = 0;
    for line in text.split_inclusive('\n') {
        let span = Span::from_length(saturate(start), saturate(line.trim_end().len()));
        blocks.push(Block { span, kind: BlockKind::Paragraph, boxed: false });
        start += line.len();
    }
    blocks.retain(|block| !block.span.is_empty());
    let written = detect(&text);
    Document::new(Parts { text: text.into(), blocks, repairs, written, ..Parts::default() }).unwrap()
}

fn found(left: &Document, right: &Document) -> Vec<Difference> {
    differences(left, Span::whole(left.text()), right, Span::whole(right.text()))
}

/// The text with each span in the brackets of its change.
fn drawn(text: &str, marks: &[(Span, Change)]) -> String {
    let brackets = |change| match change {
        Change::Inserted | Change::Deleted => ('⟦', '⟧'),
        Change::Replaced => ('⟪', '⟫'),
        Change::Moved => ('⟨', '⟩'),
        Change::Slight(_) => ('⟮', '⟯'),
    };
    let mut drawn = String::new();
    for position in 0..=text.len() {
        let at = |p: u32| p as usize == position;
        let closing = marks.iter().filter(|(span, _)| at(span.end()) && !span.is_empty());
        drawn.extend(closing.map(|(_, change)| brackets(*change).1));
        for (_, change) in marks.iter().filter(|(span, _)| at(span.start()) && span.is_empty()) {
            drawn.extend([brackets(*change).0, brackets(*change).1]);
        }
        let opening = marks.iter().filter(|(span, _)| at(span.start()) && !span.is_empty());
        drawn.extend(opening.map(|(_, change)| brackets(*change).0));
        drawn.extend(text.get(position..).and_then(|rest| rest.chars().next()));
    }
    drawn
}

fn plain(marked: &str) -> String {
    marked.replace(['⟦', '⟧', '⟪', '⟫', '⟨', '⟩', '⟮', '⟯'], "")
}

/// Draws what differs in both texts: ⟦⟧ what one lacks, ⟪⟫ what was replaced, ⟨⟩ what was moved, ⟮⟯ what is slight.
fn check(left: &str, right: &str) {
    let (lefts, rights) = (document(&plain(left)), document(&plain(right)));
    let found = found(&lefts, &rights);
    let marks = |side: fn(&Difference) -> Span| {
        found.iter().map(|difference| (side(difference), difference.change)).collect::<Vec<_>>()
    };
    let drawn_left = drawn(lefts.text(), &marks(|difference| difference.left));
    let drawn_right = drawn(rights.text(), &marks(|difference| difference.right));
    let without_repairs = |text: &str| text.replace(['⦃', '⦄'], "");
    assert_eq!((drawn_left, drawn_right), (without_repairs(left), without_repairs(right)));
}

#[test]
fn a_word_was_replaced() {
    check("发展⟪其利⟫推进，安全各自维护", "发展⟪共同⟫推进，安全各自维护");
    check("欢迎各村⟪参与⟫和参与", "欢迎各村⟪支持⟫和参与");
}

#[test]
fn words_come_and_go_with_one_of_their_commas() {
    check("种树、⟦修桥、⟧护林。", "种树、⟦⟧护林。");
    check("种树⟦⟧。", "种树⟦、护林⟧。");
    check("⟦⟧种树护林。", "⟦因此，⟧种树护林。");
    check("健全护林机制⟦建设⟧。⟦⟧支持种树护林。", "健全护林机制⟦⟧。⟦镇上⟧支持种树护林。");
    check("健全护林机制⟦⟧。⟦镇上⟧支持种树护林。", "健全护林机制⟦建设⟧。⟦⟧支持种树护林。");
    check("林业工作组⟪(LYZ)和⟫专家组", "林业工作组⟪与⟫专家组");
}

#[test]
fn chance_islands_do_not_part_a_change() {
    check("先修⟪上村的路面⟫再通车", "先修⟪河边的小桥⟫再通车");
}

#[test]
fn words_of_alphabets_and_numbers_stay_whole() {
    check("plant ⟪trees⟫ in spring", "plant ⟪treaties⟫ in spring");
    check("到⟪2015⟫年通车", "到⟪2025⟫年通车");
}

#[test]
fn what_stands_elsewhere_was_moved() {
    check("⟨桥面每年检修，⟩冬天结冰时禁止车辆通行。", "冬天结冰时禁止车辆通行⟨，桥面每年检修⟩。");
    // The mark goes with the words; the places where the others would stand lie behind it.
    check("⟦樹⟧图书室周末开放⟨修桥补路，⟩⟦⟧", "⟨修桥补路⟩⟦⟧图书室周末开放⟦种⟧");
    // Too short, or a small part of what changed.
    check("⟦检修，⟧冬天结冰时禁止车辆通行⟦⟧。", "⟦⟧冬天结冰时禁止车辆通行⟦，检修⟧。");
}

fn check_slight(left: &str, right: &str, expected: &[Slight]) {
    let found = found(&document(left), &document(right));
    let changes: Vec<Change> = found.iter().map(|difference| difference.change).collect();
    assert_eq!(changes, expected.iter().map(|&slight| Change::Slight(slight)).collect::<Vec<_>>());
}

#[test]
fn what_differs_in_writing_only_is_slight() {
    check("⟮種樹護⟯林", "⟮种树护⟯林");
    check("种树⟮，⟯护林⟮⟯", "种树⟮,⟯护林⟮。⟯");
    check_slight("種樹", "种树", &[Slight::Script]);
    check_slight("村里", "村裏", &[Slight::Script]);
    check_slight("村裡", "村裏", &[Slight::Variant]);
    check_slight("种树，护林", "种树,护林", &[Slight::Width]);
    check_slight("Ａ区", "A区", &[Slight::Width]);
    check_slight("décor", "de\u{301}cor", &[Slight::Variant]);
    check_slight("Bank of the river", "bank of the river", &[Slight::Case]);
    check_slight("“种树”", "「种树」", &[Slight::Punctuation, Slight::Punctuation]);
    check_slight("种树护林", "种树\n护林", &[Slight::Space]);
    check_slight("mend the bridge", "mend thebridge", &[Slight::Space]);
}

#[test]
fn regional_words_are_slight_between_the_scripts_only() {
    check_slight(
        "鄉村的資訊設備與網際網路",
        "乡村的信息设备与互联网",
        &[Slight::Script, Slight::Regional, Slight::Script, Slight::Regional],
    );
    check("村里的⟪资讯⟫站", "村里的⟪信息⟫站");
}

#[test]
fn repairs_do_not_show() {
    check("种树⦃\n⦄护林", "种树护林");
    check("种⦃（下转第二版）⦄树⟦护林⟧", "种树⟦⟧");
}

#[test]
fn empty_and_foreign_texts_have_their_differences() {
    check("", "");
    check("⟦种树⟧", "⟦⟧");
    check("⟪שלום עולם⟫", "⟪种树护林⟫");
    let one = document("种树");
    assert_eq!(differences(&one, Span::new(1, 2), &one, Span::new(0, 3)), []);
}

/// What is left of the folded characters without the spans.
fn remaining(document: &Document, spans: impl Iterator<Item = Span>) -> String {
    let mut spans: Vec<Span> = spans.collect();
    spans.sort_unstable();
    let (mut kept, mut done) = (String::new(), 0);
    for span in spans.into_iter().chain([Span::at(saturate(document.text().len()))]) {
        kept.push_str(Span::new(done, span.start()).of(document.text()).unwrap());
        done = span.end();
    }
    kept
}

fn folded(text: &str) -> String {
    Folded::without_punctuation(text).text.replace('\u{2029}', "")
}

fn unified(text: &str) -> String {
    let folded = folded(text);
    unify_regional(&folded).map_or(folded, |(unified, _)| unified)
}

fn sentences() -> impl Strategy<Value = String> {
    let words = "种|樹|树|护林|護林|上游|，|。|、|,| |\n|修桥补路|图书室周末开放|Ａ|a|B|spring |2015|的|網路|网络|網際網路";
    prop::collection::vec(proptest::sample::select(words.split('|').collect::<Vec<_>>()), 0..14)
        .prop_map(|words| words.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(1000))]

    #[test]
    fn without_its_differences_each_text_is_the_other(left in sentences(), right in sentences()) {
        let (left, right) = (document(&left), document(&right));
        let found = found(&left, &right);
        let rest_of = |keeps: fn(Change) -> bool| {
            let spans = || found.iter().filter(|difference| !keeps(difference.change));
            (remaining(&left, spans().map(|d| d.left)), remaining(&right, spans().map(|d| d.right)))
        };
        // Nothing that is written differently goes unreported, and no stretch is reported twice.
        let (one, other) = rest_of(|_| false);
        prop_assert_eq!(one, other);
        let (one, other) = rest_of(|change| matches!(change, Change::Slight(slight) if slight != Slight::Regional));
        prop_assert_eq!(folded(&one), folded(&other));
        for difference in &found {
            prop_assert!(!difference.left.is_empty() || !difference.right.is_empty());
            if difference.change == Change::Moved {
                let (one, other) = (difference.left.of(left.text()), difference.right.of(right.text()));
                prop_assert!(!folded(one.unwrap()).is_empty());
                prop_assert_eq!(unified(one.unwrap()), unified(other.unwrap()));
            }
        }
        prop_assert!(found.is_sorted_by_key(|difference| difference.left.start()));
        for side in [|d: &Difference| d.left, |d: &Difference| d.right] {
            let mut spans: Vec<Span> = found.iter().map(side).filter(|span| !span.is_empty()).collect();
            spans.sort_unstable();
            prop_assert!(spans.windows(2).all(|pair| pair[0].end() <= pair[1].start()));
        }
    }

    #[test]
    fn a_text_does_not_differ_from_itself(text in sentences()) {
        let text = document(&text);
        prop_assert_eq!(found(&text, &text), []);
    }

    #[test]
    fn the_equal_characters_are_as_many_as_can_be(left in "[ab水木]{0,12}", right in "[ab水木]{0,12}") {
        let (left, right): (Vec<char>, Vec<char>) = (left.chars().collect(), right.chars().collect());
        let runs = align(&left, &right);
        let mut longest = vec![vec![0; right.len() + 1]; left.len() + 1];
        for (l, one) in left.iter().enumerate() {
            for (r, other) in right.iter().enumerate() {
                let better = longest[l][r + 1].max(longest[l + 1][r]);
                longest[l + 1][r + 1] = if one == other { longest[l][r] + 1 } else { better };
            }
        }
        prop_assert_eq!(runs.iter().map(|run| run.length).sum::<usize>(), longest[left.len()][right.len()]);
        for run in runs {
            prop_assert_eq!(&left[run.left..run.left_end()], &right[run.right..run.right_end()]);
        }
    }
}

/// Characters that hardly repeat.
fn noise(count: usize, seed: u64) -> Vec<char> {
    let mut state = seed;
    let mut next = || {
        state = state.wrapping_mul(6_364_136_223_846_793_005).wrapping_add(1_442_695_040_888_963_407);
        char::from_u32(0x4E00 + u32::try_from(state >> 33).unwrap() % 3000).unwrap()
    };
    (0..count).map(|_| next()).collect()
}

fn check_long(left: &str, right: &str, expected: usize) {
    let (left, right) = (document(left), document(right));
    let start = std::time::Instant::now();
    assert_eq!(found(&left, &right).len(), expected);
    // Seconds without optimisation; what grows with the square takes hours.
    assert!(start.elapsed().as_secs() < 120);
}

#[test]
fn a_million_characters_take_seconds() {
    let text = noise(1_000_000, 1);
    let edited = text.iter().enumerate().map(|(place, c)| if place % 50 == 7 { '〇' } else { *c });
    check_long(&text.iter().collect::<String>(), &edited.collect::<String>(), 20_000);
    let texts = [noise(200_000, 2), noise(200_000, 3)].map(|text| text.into_iter().collect::<String>());
    check_long(&texts[0], &texts[1], 1);
    let verse = "上游种树护住水源图书室周末开放".repeat(60_000);
    check_long(&verse, verse.get(36..).unwrap(), 1);
    let holed = format!("水{}木{}", verse.get(45_000..90_000).unwrap(), verse.get(..150_000).unwrap());
    check_long(verse.get(..240_000).unwrap(), &holed, 2);
}
