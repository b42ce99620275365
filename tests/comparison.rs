//! The comparison as a whole: whether it finds what is true, what it makes of bad input, and what holds for
//! every input.
//!
//! The truth is that of `tests/stock`; the benchmark `compare` prints the whole table.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

use std::cell::RefCell;
use std::collections::{BTreeMap, BTreeSet};
use std::fmt;
use std::sync::Arc;

use duidu::compare::{
    Cancelled, Comparison, Decision, Guidance, Link, Part, Ruled, Ruling, Side, THRESHOLD, Unwatched,
    Verdict, Watcher, compare, differences,
};
use duidu::document::{AsideReason, Block, BlockIndex, BlockKind, Document, FootnoteLink, Parts};
use duidu::import::{self, ReadOptions};
use duidu::text::{Converters, Span, detect, saturate, write_dictionaries};
use proptest::prelude::*;

use stock::changes::{edit, insert_boilerplate, merge, shuffle, split};
use stock::judge::Judgement;
use stock::levels::LEVELS;
use stock::manuscript::Manuscript;
use stock::writer::{Style, Writer};

mod stock;

// ------------------------------------------------------------------------------------------- truth

/// One pair of each level; the benchmark says what many give.
#[test]
fn finds_what_is_true() {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    let mut faults = Vec::new();
    for level in &LEVELS {
        let trial = level.trial(7, &converters);
        let (left, right) = trial.parts();
        let judgement = Judgement::of(&trial, &found_in(&left, &right));
        let (links, characters) = wanted(level.name);
        let got = (judgement.links.f1(), judgement.characters.f1());
        let (wrong, found) = (judgement.links.wrong, judgement.links.hits);
        let is_unlike = level.name.starts_with("nothing");
        if is_unlike && wrong > tolerated(level.name) {
            faults.push(format!("{}: {wrong} links", level.name));
        } else if !is_unlike && (got.0 < links || got.1 < characters) {
            faults.push(format!(
                "{}: F1 of links and of characters {got:.3?}; {wrong} wrong of {}",
                level.name,
                found + wrong
            ));
        }
    }
    assert_eq!(faults, Vec::<String>::new());
}

/// The least F1 of links and of shared characters. Texts on one theme share no passages that must be found.
fn wanted(level: &str) -> (f64, f64) {
    match level {
        "theme: no word shared" => (0.0, 0.0),
        "theme: a word of each kind" | "theme: items of paragraphs" => (0.5, 0.0),
        "theme: names and words" => (0.85, 0.0),
        // Of ten links, one that is wrong counts for much.
        "10 of 200 paragraphs" | "10 of 200, edits of 10 %" => (0.95, 0.98),
        "of everything something" => (0.9, 0.95),
        _ => (0.98, 0.98),
    }
}

/// How many links may be found between texts that have nothing in common but clauses of official prose, which the engine
/// cannot know to be such where they stand once on each side. None would be best; it must not become worse.
fn tolerated(level: &str) -> usize {
    match level {
        "nothing in common" => 1,
        "nothing but stock phrases" => 18,
        "nothing but every clause, 200" => 70,
        _ => 12,
    }
}

// --------------------------------------------------------------------------------------- bad input

fn read(text: &str) -> Arc<Document> {
    Arc::new(import::read("t.txt", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document)
}

fn found_in(left: &Part, right: &Part) -> Comparison {
    compare(left, right, &Guidance::default(), &Unwatched).unwrap()
}

fn found(left: &Arc<Document>, right: &Arc<Document>) -> Comparison {
    found_in(&Part::whole(Arc::clone(left)), &Part::whole(Arc::clone(right)))
}

/// What was found in two texts: the verdict of each compared block of the left one and of the right one, `None`
/// where nothing answers it.
fn verdicts(left: &str, right: &str) -> [Vec<Option<Verdict>>; 2] {
    let comparison = found(&read(left), &read(right));
    Side::BOTH.map(|side| {
        let count = comparison.part(side).range().len();
        (0..count).map(|index| comparison.verdict(side, BlockIndex::new(index))).collect()
    })
}

/// How many pairs of blocks the links join.
fn pairs(comparison: &Comparison) -> usize {
    comparison.links().iter().map(|link| link.left.len() * link.right.len()).sum()
}

fn share_answered(comparison: &Comparison, side: Side) -> (f64, f64) {
    let coverage = comparison.coverage(side);
    let share = |part: usize| {
        f64::from(u32::try_from(part).unwrap()) / f64::from(u32::try_from(coverage.characters).unwrap())
    };
    (share(coverage.answered), share(coverage.shared))
}

const RIVER: &str = "沿河三个村合用一台抽水机，轮到谁家谁家出柴油，账记在碾坊的门板上。";
const LIBRARY: &str = "阅览室的旧报纸按年份装订成册，缺页的地方夹一张纸条说明。";

#[test]
fn an_empty_document_answers_nothing() {
    for (left, right) in [("", ""), ("", RIVER), (RIVER, ""), (" \n\n　\n", RIVER)] {
        let comparison = found(&read(left), &read(right));
        assert_eq!(comparison.links(), []);
        assert_eq!(comparison.coverage(Side::Left).answered, 0);
        assert_eq!(comparison.coverage(Side::Right).answered, 0);
    }
}

#[test]
fn one_block_finds_the_other() {
    let same = Some(Verdict::Same);
    assert_eq!(verdicts(RIVER, RIVER), [vec![same], vec![same]]);
    let edited = RIVER.replace("柴油", "汽油");
    assert_eq!(verdicts(RIVER, &edited), [vec![Some(Verdict::Revised)], vec![Some(Verdict::Revised)]]);
    assert_eq!(verdicts(RIVER, LIBRARY), [vec![None], vec![None]]);
}

fn story(seed: u64, blocks: usize) -> (Writer, Manuscript) {
    let mut writer = Writer::new(seed);
    let matters = writer.matters(blocks);
    let manuscript = writer.document(&matters, Style::PLAIN);
    (writer, manuscript)
}

/// Every compared block answers itself in the same words, and the order of the links never crosses.
fn check_that_all_is_the_same(comparison: &Comparison) {
    for side in Side::BOTH {
        assert_eq!(comparison.only(side).collect::<Vec<_>>(), []);
        let coverage = comparison.coverage(side);
        assert_eq!(coverage.answered, coverage.characters);
    }
    let document = comparison.part(Side::Left).document();
    for (index, _) in document.blocks().iter().enumerate().filter(|(_, block)| is_text(block.kind)) {
        let block = BlockIndex::new(index);
        let links: Vec<&Link> =
            comparison.links_at(Side::Left, block).iter().filter_map(|&link| comparison.link(link)).collect();
        let to_itself = |link: &&&Link| link.right.contains(&block) && link.verdict == Verdict::Same;
        let own = links.iter().find(to_itself);
        assert!(own.is_some_and(|link| !link.crosses), "block {index} does not answer itself: {links:?}");
    }
}

fn is_text(kind: BlockKind) -> bool {
    duidu::compare::is_compared(kind)
}

#[test]
fn identical_documents_are_the_same_throughout() {
    let (_, manuscript) = story(1, 60);
    check_that_all_is_the_same(&found(&manuscript.document(), &manuscript.document()));
}

#[test]
fn a_document_is_the_same_as_itself() {
    let document = story(2, 60).1.document();
    check_that_all_is_the_same(&found(&document, &document));
}

#[test]
fn a_part_that_is_not_compared_never_links() {
    let document = story(3, 40).1.document();
    let half = BlockIndex::new(document.blocks().len() / 2);
    let end = BlockIndex::new(document.blocks().len());
    let first = Part::of(Arc::clone(&document), BlockIndex::default(), half);
    let second = Part::of(Arc::clone(&document), half, end);
    for (left, right) in [(&first, &second), (&second, &first), (&first, &first)] {
        let comparison = found_in(left, right);
        for link in comparison.links() {
            assert!(link.left.iter().all(|&block| left.contains(block)));
            assert!(link.right.iter().all(|&block| right.contains(block)));
        }
    }
}

#[test]
fn text_without_chinese_is_compared_as_well() {
    let ferry = "The ferry leaves at seven from the northern pier, unless the fog bell rings.\n\n";
    let baker = "Nobody in the village remembers who planted the three walnut trees behind the bakery.\n\n";
    let other = "Quarterly invoices must be archived digitally before the accountant closes her ledger.\n\n";
    let same = Some(Verdict::Same);
    assert_eq!(
        verdicts(&format!("{ferry}{baker}"), &format!("{baker}{ferry}")),
        [vec![same; 2], vec![same; 2]]
    );
    let edited = ferry.replace("seven", "half past eight");
    let revised = Some(Verdict::Revised);
    assert_eq!(verdicts(&format!("{ferry}{baker}"), &edited), [vec![revised, None], vec![revised]]);
    assert_eq!(verdicts(&format!("{ferry}{baker}"), other), [vec![None; 2], vec![None]]);
}

#[test]
fn right_to_left_text_is_compared_as_well() {
    let well = "שלושה כפרים חולקים באר אחת, וכל בוקר בא ילד אחר לשאוב מים מן הבור הישן.\n\n";
    let lamp = "المصباح القديم معلق فوق باب المخبز، ولا يطفئه أحد قبل أن يعود آخر صياد من البحر.\n\n";
    let same = Some(Verdict::Same);
    assert_eq!(verdicts(&format!("{well}{lamp}"), &format!("{lamp}{well}")), [vec![same; 2], vec![same; 2]]);
    let edited = lamp.replace("القديم", "الجديد");
    let revised = Some(Verdict::Revised);
    assert_eq!(verdicts(&format!("{well}{lamp}"), &edited), [vec![None, revised], vec![revised]]);
    assert_eq!(verdicts(well, lamp), [vec![None], vec![None]]);
}

/// One line of about so many characters.
fn line(writer: &mut Writer, characters: usize) -> Manuscript {
    let matters = writer.matters(characters / 100);
    let all = writer.document(&matters, Style::PLAIN);
    let mut one = all.pieces.iter().find(|piece| piece.is_body()).unwrap().clone();
    one.glyphs = all.pieces.into_iter().flat_map(|piece| piece.glyphs).collect();
    Manuscript { pieces: vec![one] }
}

#[test]
fn a_line_of_a_million_characters_finds_its_other_version() {
    let mut writer = Writer::new(11);
    let left = line(&mut writer, 1_000_000);
    let mut right = left.clone();
    edit(&mut writer, 2, &mut right);
    let comparison = found(&left.document(), &right.document());
    assert_eq!(comparison.verdict(Side::Left, BlockIndex::default()), Some(Verdict::Revised));
    for side in Side::BOTH {
        let (answered, shared) = share_answered(&comparison, side);
        assert!(answered > 0.999 && shared > 0.9, "{side:?}: answered {answered}, shared {shared}");
    }
}

#[test]
fn a_line_of_a_million_characters_finds_the_sentence_that_was_cut_from_it() {
    let mut writer = Writer::new(12);
    let left = line(&mut writer, 1_000_000);
    let middle = left.pieces[0].glyphs.len() / 2;
    let mut right = left.clone();
    right.pieces[0].glyphs = left.pieces[0].glyphs[middle..middle + 150].to_vec();
    let comparison = found(&left.document(), &right.document());
    assert_eq!(comparison.verdict(Side::Right, BlockIndex::default()), Some(Verdict::Revised));
    assert!(share_answered(&comparison, Side::Right).1 > 0.95);
    assert!(share_answered(&comparison, Side::Left).1 < 0.01);
}

#[test]
fn a_document_a_thousand_times_longer_answers_the_short_one() {
    let (mut writer, left) = story(13, 5_000);
    let middle = left.pieces.len() / 2;
    let bodies = left.pieces[middle..].iter().filter(|piece| piece.is_body()).take(5).cloned().collect();
    let mut right = Manuscript { pieces: bodies };
    edit(&mut writer, 5, &mut right);
    for (long, short) in [(Side::Left, Side::Right), (Side::Right, Side::Left)] {
        let (left, right) = match long {
            Side::Left => (left.document(), right.document()),
            Side::Right => (right.document(), left.document()),
        };
        let comparison = found(&left, &right);
        assert_eq!(comparison.only(short).count(), 0, "every paragraph of the short one was found");
        let close = comparison.links().iter().filter(|link| link.verdict >= Verdict::Revised);
        assert!((5..=10).contains(&close.count()), "and few others: {}", comparison.links().len());
    }
}

#[test]
fn the_same_line_ten_thousand_times_is_no_hundred_million_links() {
    let text = format!("{RIVER}\n\n").repeat(10_000);
    let document = read(&text);
    let comparison = found(&document, &document);
    assert!(pairs(&comparison) <= 100_000, "{}", pairs(&comparison));
    for side in Side::BOTH {
        assert_eq!(comparison.only(side).count(), 0);
        assert_eq!(comparison.verdict(side, BlockIndex::new(5_000)), Some(Verdict::Same));
    }
}

#[test]
fn the_same_line_many_times_on_one_side_is_answered_by_the_one_on_the_other() {
    let many = read(&format!("{RIVER}\n\n").repeat(10_000));
    let comparison = found(&many, &read(&format!("{LIBRARY}\n\n{RIVER}")));
    assert!(pairs(&comparison) <= 10_000, "{}", pairs(&comparison));
    assert_eq!(comparison.verdict(Side::Right, BlockIndex::new(1)), Some(Verdict::Same));
    assert_eq!(comparison.verdict(Side::Right, BlockIndex::new(0)), None);
}

#[test]
fn punctuation_alone_says_nothing() {
    let marks = "，，，。。。！？！？\n\n……——……\n\n（）《》「」";
    assert_eq!(found(&read(marks), &read(marks)).links(), []);
    assert_eq!(found(&read(marks), &read(RIVER)).links(), []);
}

#[test]
fn documents_of_headings_alone_are_compared_by_their_headings() {
    let headings = ["一、渡口与船工", "二、碾坊的账本", "三、冬天的柴火"];
    let document = made_of(headings.map(|text| (BlockKind::Heading { level: 1 }, text)));
    check_that_all_is_the_same(&found(&document, &document));
    let others = made_of(["一、灯塔", "二、海关税则"].map(|text| (BlockKind::Heading { level: 1 }, text)));
    assert_eq!(found(&document, &others).links(), []);
}

/// Every kind of block that is compared.
const KINDS: [BlockKind; 7] = [
    BlockKind::Title,
    BlockKind::Heading { level: 1 },
    BlockKind::Paragraph,
    BlockKind::ListItem { depth: 0 },
    BlockKind::Quotation,
    BlockKind::TableRow,
    BlockKind::Footnote,
];

#[test]
fn the_same_words_are_the_same_text_whatever_kind_of_block_they_are() {
    let [one, other] = ["三村合用抽水机的办法", "第三章　保障"].map(|words| {
        KINDS.map(|left| {
            KINDS.map(|right| {
                let made = |kind| {
                    made_of([(BlockKind::Paragraph, RIVER), (kind, words), (BlockKind::Paragraph, LIBRARY)])
                };
                found(&made(left), &made(right)).verdict(Side::Right, BlockIndex::new(1))
            })
        })
    });
    assert_eq!(one, [[Some(Verdict::Same); 7]; 7]);
    assert_eq!(other, [[Some(Verdict::Same); 7]; 7]);
}

#[test]
fn a_heading_without_its_number_is_found_in_the_paragraph_that_has_one() {
    let made = |kind, words| {
        made_of([(BlockKind::Paragraph, RIVER), (kind, words), (BlockKind::Paragraph, LIBRARY)])
    };
    let heading = made(BlockKind::Heading { level: 2 }, "三村合用的抽水机");
    let comparison = found(&heading, &made(BlockKind::Paragraph, "（二）三村合用的抽水机"));
    assert_eq!(comparison.verdict(Side::Left, BlockIndex::new(1)), Some(Verdict::Revised));
    let comparison =
        found(&heading, &made(BlockKind::Paragraph, "三村合用的抽水机坏了以后，修理的钱按亩分摊。"));
    assert_eq!(comparison.verdict(Side::Left, BlockIndex::new(1)), None, "its words begin another sentence");
}

#[test]
fn what_the_other_side_has_in_a_byline_or_set_aside_stands_not_only_here() {
    let kinds = [BlockKind::Byline, BlockKind::Aside(AsideReason::Navigation)];
    for (kind, own) in kinds.into_iter().flat_map(|kind| KINDS.map(|own| (kind, own))) {
        let left = made_of([(kind, "某县水利局　二〇二五年三月"), (BlockKind::Paragraph, RIVER)]);
        let right = made_of([(own, "某县水利局 二〇二五年三月"), (BlockKind::Paragraph, RIVER)]);
        for (one, other) in [(&left, &right), (&right, &left)] {
            let comparison = found(one, other);
            assert_eq!(Side::BOTH.map(|side| comparison.only(side).count()), [0, 0]);
            let coverage = comparison.coverage(Side::Right);
            assert_eq!(coverage.answered, coverage.characters);
        }
    }
    // What was deleted is not said any more.
    let left = made_of([(BlockKind::Aside(AsideReason::Deleted), LIBRARY), (BlockKind::Paragraph, RIVER)]);
    let right = made_of([(BlockKind::Paragraph, LIBRARY), (BlockKind::Paragraph, RIVER)]);
    assert_eq!(found(&left, &right).only(Side::Right).collect::<Vec<_>>(), [BlockIndex::new(0)]);
}

#[test]
fn the_signs_of_notes_are_no_words() {
    let made = |sign: &str, note: &str| {
        let text = format!("{}\n{note}\n", RIVER.replacen('，', &format!("{sign}，"), 1));
        let at = |words: &str| {
            Span::new(saturate(text.find(words).unwrap()), saturate(text.find(words).unwrap() + words.len()))
        };
        let start = text.find('\n').unwrap();
        let spans = [Span::new(0, saturate(start)), Span::new(saturate(start + 1), saturate(text.len() - 1))];
        let kinds = [BlockKind::Paragraph, BlockKind::Footnote];
        let blocks =
            spans.into_iter().zip(kinds).map(|(span, kind)| Block { span, kind, boxed: false }).collect();
        let footnotes = vec![FootnoteLink { mark: at(sign), note: BlockIndex::new(1) }];
        Arc::new(Document::new(Parts { text: text.into(), blocks, footnotes, ..Parts::default() }).unwrap())
    };
    let (left, right) = (made("[12]", "[12] 见《船工手册》第三条。"), made("①", "①　见《船工手册》第三条。"));
    let comparison = found(&left, &right);
    assert_eq!(comparison.links().iter().map(|link| link.verdict).collect::<Vec<_>>(), [Verdict::Same; 2]);
    for (one, other) in left.blocks().iter().zip(right.blocks()) {
        assert_eq!(differences(&left, one.span, &right, other.span), []);
    }
}

#[test]
fn what_was_set_aside_never_links() {
    for reason in [AsideReason::Navigation, AsideReason::LinkSpam, AsideReason::EditorLine] {
        let document = made_of([(BlockKind::Aside(reason), RIVER), (BlockKind::Byline, LIBRARY)]);
        let comparison = found(&document, &document);
        assert_eq!(comparison.links(), []);
        assert_eq!(comparison.only(Side::Left).count(), 0);
        assert_eq!(comparison.coverage(Side::Left).characters, 0);
    }
}

/// A document of those blocks.
fn made_of<'a>(blocks: impl IntoIterator<Item = (BlockKind, &'a str)>) -> Arc<Document> {
    let mut text = String::new();
    let mut made = Vec::new();
    for (kind, words) in blocks {
        let start = text.len();
        text.push_str(words);
        made.push(Block { span: Span::from_range(&(start..text.len())), kind, boxed: false });
        text.push_str("\n\n");
    }
    let written = detect(&text);
    Arc::new(Document::new(Parts { text: text.into(), blocks: made, written, ..Parts::default() }).unwrap())
}

// -------------------------------------------------------------------------------------------- laws

/// Two documents. Shown by their blocks where a law fails.
#[derive(Clone)]
struct Couple(Arc<Document>, Arc<Document>);

impl fmt::Debug for Couple {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        for (name, document) in [("left", &self.0), ("right", &self.1)] {
            writeln!(formatter, "\n{name}:")?;
            for block in document.blocks() {
                let text = block.span.of(document.text()).unwrap_or_default();
                writeln!(formatter, "  {:?} {text:?}", block.kind)?;
            }
        }
        Ok(())
    }
}

/// Two small documents: versions of one, or lines of a few characters that stand many times on both sides.
fn documents() -> impl Strategy<Value = Couple> {
    let unrelated = (lines(), lines()).prop_map(|(left, right)| Couple(left, right));
    prop_oneof![3 => versions(true), 2 => unrelated]
}

/// The same, but no paragraph has left its place: where they have, several orders can be as long, and which one counts as
/// that of the text is a matter of taste.
fn documents_in_order() -> impl Strategy<Value = Couple> {
    let unrelated = (lines(), lines()).prop_map(|(left, right)| Couple(left, right));
    prop_oneof![3 => versions(false), 2 => unrelated]
}

fn versions(may_move: bool) -> impl Strategy<Value = Couple> {
    let changes = (0..40_usize, any::<[bool; 4]>());
    (any::<u64>(), 1..12_usize, changes).prop_map(move |(seed, blocks, (hundredths, changes))| {
        let (mut writer, left) = story(seed, blocks);
        let mut right = left.clone();
        if changes[0] && may_move {
            shuffle(&mut writer, &mut right);
        }
        if changes[1] {
            split(&mut writer, &mut right);
        }
        if changes[2] {
            merge(&mut right);
        }
        if changes[3] {
            insert_boilerplate(&mut writer, &mut right);
        }
        edit(&mut writer, hundredths, &mut right);
        Couple(left.document(), right.document())
    })
}

fn lines() -> impl Strategy<Value = Arc<Document>> {
    let kind = prop_oneof![
        4 => Just(BlockKind::Paragraph),
        2 => Just(BlockKind::ListItem { depth: 0 }),
        2 => Just(BlockKind::Heading { level: 2 }),
        1 => Just(BlockKind::Title),
        1 => Just(BlockKind::Byline),
        1 => Just(BlockKind::Aside(AsideReason::LinkSpam)),
        1 => Just(BlockKind::TableRow),
    ];
    let words = prop_oneof![
        2 => "[渡口船工碾坊账本，。 ]{1,40}",
        1 => "[渡口](渡口){0,30}",
        1 => "[a-z碾坊１1,.\u{5d0}-\u{5d5}👍]{1,20}",
        1 => Just(RIVER.to_owned()),
        1 => Just(LIBRARY.to_owned()),
        1 => Just("三個村合用一臺抽水機，".to_owned()),
    ];
    prop::collection::vec((kind, words), 0..9)
        .prop_map(|blocks| made_of(blocks.iter().map(|(kind, words)| (*kind, words.as_str()))))
}

/// Whether two blocks of the document say the same.
fn repeats_itself(document: &Document) -> bool {
    let mut said = BTreeSet::new();
    let texts = document.blocks().iter().filter_map(|block| block.span.of(document.text()));
    texts.map(str::trim).any(|text| !said.insert(text))
}

/// Every pair of blocks that is linked, with its verdict and score.
type Linked = BTreeMap<(usize, usize), (Verdict, f32)>;

fn linked(comparison: &Comparison) -> Linked {
    let mut all = BTreeMap::new();
    for link in comparison.links() {
        for left in &link.left {
            for right in &link.right {
                let pair = (left.as_usize(), right.as_usize());
                all.insert(pair, (link.verdict, link.score));
            }
        }
    }
    all
}

fn check_link(comparison: &Comparison, link: &Link) {
    assert!((THRESHOLD..=1.0).contains(&link.score), "score {}", link.score);
    assert!(!link.reason.evidence.is_empty(), "a link has a reason");
    let mut kinds = BTreeSet::new();
    for side in Side::BOTH {
        let blocks = link.blocks(side);
        assert!(!blocks.is_empty() && blocks.is_sorted_by(|one, next| one < next));
        for &index in blocks {
            let block = comparison.part(side).document().block(index).unwrap();
            assert!(is_text(block.kind), "{:?} links", block.kind);
            kinds.insert(block.kind.heading_level().is_some());
        }
    }
    let is_like = kinds.len() == 1;
    assert!(is_like || link.verdict > Verdict::Theme, "headings answer headings, or the same words");
    check_passages(comparison, link);
}

fn check_passages(comparison: &Comparison, link: &Link) {
    assert!(link.passages.is_sorted_by_key(|passage| passage.left));
    for passage in &link.passages {
        assert_ne!(passage.verdict, Verdict::Theme);
        for side in Side::BOTH {
            let document = comparison.part(side).document();
            let span = passage.span(side);
            assert!(
                !span.is_empty() && span.of(document.text()).is_some(),
                "{span:?} is a stretch of the text"
            );
            let blocks = link.blocks(side).iter().filter_map(|&index| document.block(index));
            let mut inside = blocks.filter(|block| block.span.contains(span));
            assert!(inside.next().is_some(), "{side:?} {span:?} lies in a block of its link");
        }
    }
}

/// Ends the work when asked for the `left`th time, and keeps what it was told.
struct Impatient {
    left: RefCell<usize>,
    told: RefCell<Vec<f32>>,
}

impl Watcher for Impatient {
    fn goes_on(&self, done: f32) -> bool {
        self.told.borrow_mut().push(done);
        let mut left = self.left.borrow_mut();
        *left = left.saturating_sub(1);
        *left > 0
    }
}

fn guided(left: &Arc<Document>, right: &Arc<Document>, rulings: Vec<Ruling>) -> Comparison {
    let (left, right) = (Part::whole(Arc::clone(left)), Part::whole(Arc::clone(right)));
    compare(&left, &right, &Guidance { rulings, ..Guidance::default() }, &Unwatched).unwrap()
}

/// A ruling on one block of each side.
fn ruling(left: &Document, right: &Document, (one, other): (usize, usize), decision: Decision) -> Ruling {
    Ruling { left: vec![left.blocks()[one].span], right: vec![right.blocks()[other].span], decision }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(128))]

    #[test]
    fn links_are_sound(Couple(left, right) in documents()) {
        let comparison = found(&left, &right);
        for link in comparison.links() {
            check_link(&comparison, link);
        }
        let firsts: Vec<_> = comparison.links().iter().map(|link| (&link.left, &link.right)).collect();
        prop_assert!(firsts.is_sorted());
    }

    #[test]
    fn swapping_the_sides_swaps_the_links(Couple(left, right) in documents_in_order()) {
        // A passage that stands twice can be laid on either, and what stands between may then be another's.
        prop_assume!(!repeats_itself(&left) && !repeats_itself(&right));
        let there = linked(&found(&left, &right));
        let back = linked(&found(&right, &left));
        let turned: BTreeMap<_, _> = back.into_iter().map(|((one, other), how)| ((other, one), how)).collect();
        let verdicts = |links: &Linked| links.iter().map(|(pair, how)| (*pair, how.0)).collect::<Vec<_>>();
        prop_assert_eq!(verdicts(&there), verdicts(&turned));
        // Where two ways of laying the one on the other are as good, each side may prefer its own.
        let scores = there.values().zip(turned.values());
        prop_assert!(scores.clone().all(|(one, other)| (one.1 - other.1).abs() < 0.02), "{:?}", scores.collect::<Vec<_>>());
    }

    #[test]
    fn comparing_twice_gives_the_same(Couple(left, right) in documents()) {
        let (once, again) = (found(&left, &right), found(&left, &right));
        prop_assert_eq!(once.links(), again.links());
    }

    #[test]
    fn what_was_refused_never_appears(Couple(left, right) in documents()) {
        let before = linked(&found(&left, &right));
        for pair in before.keys().take(3) {
            let refused = ruling(&left, &right, *pair, Decision::Refuse);
            let after = guided(&left, &right, vec![refused]);
            prop_assert!(!linked(&after).contains_key(pair));
            for link in after.links() {
                check_link(&after, link);
            }
        }
    }

    #[test]
    fn what_was_added_always_appears(Couple(left, right) in documents(), picks in any::<[prop::sample::Index; 2]>()) {
        let texts = |document: &Document| -> Vec<usize> {
            let blocks = document.blocks().iter().enumerate();
            blocks.filter(|(_, block)| is_text(block.kind)).map(|(index, _)| index).collect()
        };
        let (lefts, rights) = (texts(&left), texts(&right));
        prop_assume!(!lefts.is_empty() && !rights.is_empty());
        let pair = (*picks[0].get(&lefts), *picks[1].get(&rights));
        for verdict in Verdict::ALL {
            let added = ruling(&left, &right, pair, Decision::Relate(verdict));
            let refused = ruling(&left, &right, pair, Decision::Refuse);
            for rulings in [vec![added.clone()], vec![refused, added]] {
                let comparison = guided(&left, &right, rulings);
                let (one, other) = (BlockIndex::new(pair.0), BlockIndex::new(pair.1));
                let is_it = |link: &&Link| link.left.contains(&one) && link.right.contains(&other);
                let own: Vec<&Link> = comparison.links().iter().filter(is_it).collect();
                prop_assert_eq!(own.len(), 1);
                prop_assert_eq!(own[0].verdict, verdict);
                prop_assert!(matches!(own[0].ruled, Some(Ruled::Added | Ruled::Relabelled)));
                prop_assert!((own[0].score - 1.0).abs() < f32::EPSILON);
            }
        }
    }

    #[test]
    fn what_was_confirmed_stays(Couple(left, right) in documents()) {
        let before = linked(&found(&left, &right));
        for (pair, (verdict, _)) in before.iter().take(3) {
            let confirmed = ruling(&left, &right, *pair, Decision::Confirm);
            let after = linked(&guided(&left, &right, vec![confirmed]));
            prop_assert_eq!(after.get(pair).map(|(verdict, _)| *verdict), Some(*verdict));
        }
    }

    #[test]
    fn work_that_is_to_end_ends(Couple(left, right) in documents(), left_over in 1..20_usize) {
        let watcher = Impatient { left: RefCell::new(left_over), told: RefCell::default() };
        let (left, right) = (Part::whole(left), Part::whole(right));
        let outcome = compare(&left, &right, &Guidance::default(), &watcher);
        let told = watcher.told.into_inner();
        prop_assert!(told.is_sorted() && told.iter().all(|done| (0.0..=1.0).contains(done)), "{:?}", told);
        prop_assert!(told.len() <= left_over, "asked on after it was told to end");
        match outcome {
            Err(Cancelled) => prop_assert_eq!(told.len(), left_over),
            Ok(_) => prop_assert!(told.len() < left_over),
        }
    }
}
