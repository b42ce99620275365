//! Notes found again in texts made to mislead: none may be put on wrong words as exact or moved.
//!
//! The benchmark `locate` prints the whole table, over a hundred thousand notes.

#![expect(clippy::unwrap_used, reason = "a test stops at the first fault")]

use duidu::document::{Block, BlockKind, Document, Parts};
use duidu::notes::{Anchor, Found, FoundState, Target, locate};
use duidu::text::{Converters, Span, write_dictionaries};

use stock::again::Trial;
use stock::again::texts::TEXTS;
use stock::again::truth::Worth;
use stock::again::wear::{WEAR, Wear};

mod stock;

/// The changes that mislead: what was quoted is gone, or stands among others like it.
const MISLEADING: [&str; 5] = [
    "a third of the paragraphs deleted",
    "a third deleted, 10 % edited",
    "sentences deleted",
    "paragraphs repeated",
    "another order, 10 % edited",
];

fn wears(names: &[&str]) -> Vec<&'static Wear> {
    WEAR.iter().filter(|wear| names.contains(&wear.name)).collect()
}

/// What the answers are worth: of `count` notes on each kind of text after each of these changes.
fn worths(names: &[&str], count: usize) -> Vec<(String, Worth)> {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    let mut worths = Vec::new();
    for wear in wears(names) {
        for text in &TEXTS {
            let trial = Trial::new(text, wear, 11, count, &converters);
            let target = Target::new(&trial.now);
            worths.extend(trial.cases.iter().map(|case| {
                let worth = case.sources.worth(&locate(&case.anchor, &target), &trial.laid);
                (format!("{}, {}: {}", wear.name, text.name, case.anchor.quote), worth)
            }));
        }
    }
    worths
}

#[test]
fn none_of_six_hundred_is_put_on_wrong_words() {
    let worths = worths(&MISLEADING, 30);
    let wrong: Vec<_> = worths.iter().filter(|(_, worth)| *worth == Worth::Wrong).collect();
    assert_eq!((worths.len(), wrong), (600, Vec::new()));
}

#[test]
fn light_edits_lose_hardly_any_and_the_same_bytes_none() {
    let found = |name: &str| {
        let worths = worths(&[name], 50);
        worths.iter().filter(|(_, worth)| matches!(worth, Worth::Exact | Worth::Moved)).count()
    };
    assert_eq!(found("same bytes"), 200);
    assert!(found("characters edited: 2 %") >= 196);
    assert!(found("traditional characters") >= 196);
}

/// A document of one paragraph per line.
fn document_of(text: &str) -> Document {
    let mut start = 0;
    let blocks = text.split_inclusive('\n').filter_map(|line| {
        let span = Span::from_range(&(start..start + line.trim_end_matches('\n').len()));
        start += line.len();
        (!span.is_empty()).then_some(Block { span, kind: BlockKind::Paragraph, boxed: false })
    });
    let blocks = blocks.collect();
    Document::new(Parts { text: text.into(), blocks, ..Parts::default() }).unwrap()
}

/// Where the note that is made on `⟦…⟧` of `made` is in `now`.
fn found(made: &str, now: &str) -> Found {
    let (before, rest) = made.split_once('⟦').unwrap();
    let (quote, after) = rest.split_once('⟧').unwrap();
    let document = document_of(&format!("{before}{quote}{after}"));
    let anchor = Anchor::of(&document, Span::from_range(&(before.len()..before.len() + quote.len())));
    locate(&anchor, &Target::new(&document_of(now)))
}

#[test]
fn what_others_have_put_on_wrong_words_is_left_to_the_reader() {
    let misleading = [
        // A name inside a longer word.
        ("主讲人是⟦林一⟧，明天到。", "竹林一带明天有雨，出门带伞。"),
        // The list without its item: the next one has moved up.
        (
            "村规：\n一、先清淤，再修堤；\n⟦二、先修堤，再清淤；⟧\n三、先种树，再修堤。",
            "村规：\n一、先清淤，再修堤；\n二、先种树，再修堤。",
        ),
        // The same sentence under another article.
        (
            "第一条 书屋周一休息。未经同意不得变更。\n第二条 ⟦未经同意不得变更。⟧名册每年公布。",
            "第一条 书屋周一休息。未经同意不得变更。\n第二条 名册每年公布。",
        ),
        // Turned into its contrary, elsewhere.
        ("任何单位⟦不得向河道倾倒垃圾⟧，违者罚款。", "各单位必须向河道管理员报告倾倒垃圾的人，另有奖励。"),
        // A year, a number.
        ("到⟦2024年⟧完成改造。", "从2014年开始，2034年以前都不改造。"),
        // A row of a table whose cells stand in other rows.
        ("甲\t十棵\t是\n乙\t⟦十棵⟧\t否\n丙\t十棵\t是", "甲\t十棵\t是\n丙\t十棵\t是\n丁\t十棵\t否"),
    ];
    for (made, now) in misleading {
        let found = found(made, now);
        assert!(matches!(found.state(), FoundState::Unsure | FoundState::Lost), "{made}: {found:?}");
    }
}
