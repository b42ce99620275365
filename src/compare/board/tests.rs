//! Boards of small documents, with links that are given.

use std::fmt::Write as _;
use std::sync::Arc;

use proptest::prelude::*;

use super::*;
use crate::compare::{Evidence, Link, Reason, THRESHOLD};
use crate::document::{AsideReason, Block, BlockKind, Document, Parts};

/// A block for each line: `!` begins the title, `#` a heading, `##` one of the second level, `*` what was set
/// aside.
fn part(text: &str) -> Part {
    let mut start = 0;
    let blocks = text.split_inclusive('\n').map(|line| {
        let span = Span::from_range(&(start..start + line.trim_end().len()));
        start += line.len();
        let kind = match line.chars().next() {
            Some('!') => BlockKind::Title,
            Some('#') => BlockKind::Heading { level: 1 + u8::from(line.starts_with("##")) },
            Some('*') => BlockKind::Aside(AsideReason::Navigation),
            _ => BlockKind::Paragraph,
        };
        Block { span, kind, boxed: false }
    });
    let parts = Parts { blocks: blocks.collect(), text: Arc::from(text), ..Parts::default() };
    Part::whole(Arc::new(Document::new(parts).unwrap()))
}

/// A link between block `left` of column `pair.0` and block `right` of column `pair.1`.
#[derive(Clone, Copy, Debug)]
struct Given {
    pair: (usize, usize),
    left: usize,
    right: usize,
    score: f32,
}

fn given(pair: (usize, usize), left: usize, right: usize, score: f32) -> Given {
    Given { pair, left, right, score }
}

fn board_of(columns: &[Part], links: &[Given]) -> Board {
    let pairs: BTreeSet<(usize, usize)> = links.iter().map(|link| link.pair).collect();
    let compared: Vec<((usize, usize), Comparison)> = pairs
        .into_iter()
        .map(|pair| {
            let own = links.iter().filter(|link| link.pair == pair).map(|link| Link {
                left: vec![BlockIndex::new(link.left)],
                right: vec![BlockIndex::new(link.right)],
                verdict: Verdict::Theme,
                score: link.score,
                reason: Reason { evidence: vec![Evidence::Order] },
                passages: Vec::new(),
                crosses: false,
                ruled: None,
            });
            let (left, right) = (columns[pair.0].clone(), columns[pair.1].clone());
            (pair, Comparison::restore(left, right, own.collect()).unwrap())
        })
        .collect();
    let pairs: Vec<ComparedPair<'_>> = compared
        .iter()
        .map(|((left, right), comparison)| ComparedPair { left: *left, right: *right, comparison })
        .collect();
    Board::of(columns.to_vec(), &pairs)
}

/// A line for each row: its name, and of each column the blocks; `#` before a heading, a visitor in brackets.
fn shown(board: &Board) -> String {
    let mut text = String::new();
    for row in board.rows() {
        let name = row.name.span.of(board.columns()[row.name.column].document().text()).unwrap();
        let cell = |cell: &Vec<Placed>| {
            let block = |placed: &Placed| {
                let number = placed.block.as_usize();
                match (placed.heading, placed.visiting) {
                    (true, _) => format!("#{number}"),
                    (false, true) => format!("({number})"),
                    (false, false) => number.to_string(),
                }
            };
            cell.iter().map(block).collect::<Vec<_>>().join(" ")
        };
        let cells: Vec<String> = row.cells.iter().map(cell).collect();
        let kind = match row.kind {
            RowKind::Theme => "",
            RowKind::OnlyHere => "only: ",
        };
        writeln!(text, "{kind}{name} | {}", cells.join(" | ")).unwrap();
    }
    text
}

fn check(documents: &[&str], links: &[Given], expected: &str) {
    let columns: Vec<Part> = documents.iter().map(|text| part(text)).collect();
    assert_eq!(shown(&board_of(&columns, links)), expected);
}

const FIRST: &str = "#一、水利\n在上游种树，三年种满。\n清理河底淤泥。\n开办读书会。\n";
const SECOND: &str = "#水利事务\n每年清淤一次，各村轮流。\n两岸植树造林，不得砍伐。\n修桥铺路。\n";
const THIRD: &str = "各村办图书室，人人可来。\n山坡种树护林。\n";

#[test]
fn a_row_for_each_theme_and_an_empty_cell_for_who_is_silent() {
    let links = [
        given((0, 1), 0, 0, 0.9),
        given((0, 1), 1, 2, 0.8),
        given((0, 1), 2, 1, 0.7),
        given((0, 2), 1, 1, 0.6),
        given((0, 2), 3, 0, 0.6),
        given((1, 2), 2, 1, 0.6),
    ];
    check(
        &[FIRST, SECOND, THIRD],
        &links,
        "在上游种树 | #0 1 | 2 | 1\n\
         清理河底淤泥 | 2 | #0 1 | \n\
         开办读书会 | 3 |  | 0\n\
         only: 修桥铺路 |  | 3 | \n",
    );
    let columns = [FIRST, SECOND, THIRD].map(part);
    let board = board_of(&columns, &links);
    assert_eq!(board.rows()[2].silent().collect::<Vec<_>>(), [1]);
    assert_eq!(board.home(2, BlockIndex::new(0)), Some(2));
    assert_eq!(board.home(1, BlockIndex::new(0)), Some(1), "a heading is where its passage is");
    assert_eq!(board.missing().count(), 0);
    assert_eq!(board_of(&columns, &links[..3]).missing().collect::<Vec<_>>(), [(0, 2), (1, 2)]);
}

#[test]
fn what_another_document_has_set_aside_does_not_stand_in_one_only() {
    let documents = ["清理河底淤泥。\n*开办读书会", "清理河底淤泥。\n开办读书会。\n修桥铺路。"];
    // Without the mark of what was set aside, which is no word of it.
    let columns = documents.map(crate::compare::testing::part);
    let board = |links: &[Given]| shown(&board_of(&columns, links));
    let linked = given((0, 1), 0, 0, 0.9);
    assert_eq!(board(&[linked]), "清理河底淤泥 | 0 | 0\nonly: 修桥铺路 |  | 2\n");
    let answered = given((0, 1), 0, 1, 0.6);
    assert_eq!(board(&[linked, answered]), "清理河底淤泥 | 0 | 0 1\nonly: 修桥铺路 |  | 2\n");
}

#[test]
fn links_in_a_chain_do_not_become_one_row() {
    let numbered: String = (0..6)
        .flat_map(|index| ["第", ["一", "二", "三", "四", "五", "六"][index], "件事情要办好\n"])
        .collect();
    let links: Vec<Given> = (0..6)
        .flat_map(|index| {
            let next = (index < 5).then(|| given((0, 1), index + 1, index, 0.6));
            [Some(given((0, 1), index, index, 0.8)), next].into_iter().flatten()
        })
        .collect();
    let board = board_of(&[part(&numbered), part(&numbered)], &links);
    let most = board.rows().iter().map(|row| row.at_home().count()).max();
    assert!(most.is_some_and(|most| most <= 4), "{}", shown(&board));
}

#[test]
fn a_passage_draws_together_what_it_answers_and_what_answers_that() {
    let links = [
        given((0, 1), 0, 0, 0.9),
        given((0, 1), 0, 1, 0.6),
        given((0, 1), 0, 2, 0.6),
        given((1, 2), 1, 0, 0.8),
    ];
    let items = "种树清淤，都要办好。\n清淤的事，要抓紧。\n修桥的事，要抓紧。\n";
    check(&["治水种树修桥，都要办好。\n", items, "清淤每年一次。\n"], &links, "种树清淤 | 0 | 0 1 2 | 0\n");
}

#[test]
fn rows_joined_by_most_of_their_links_are_one() {
    // Two passages here answer the same two there.
    check(
        &["上游种树。\n下游种树。\n", "两岸种树。\n各村种树。\n"],
        &[
            given((0, 1), 0, 0, 0.9),
            given((0, 1), 1, 1, 0.9),
            given((0, 1), 0, 1, 0.6),
            given((0, 1), 1, 0, 0.6),
        ],
        "下游种树 | 0 1 | 0 1\n",
    );
    // The fourth document answers one that answers what the others say: it is not silent.
    check(
        &["种树清淤。\n清淤的事。\n", "清淤种树。\n", "种树。\n", "每年清淤。\n"],
        &[
            given((0, 1), 0, 0, 0.9),
            given((0, 1), 1, 0, 0.6),
            given((0, 3), 1, 0, 0.9),
            given((1, 2), 0, 0, 0.9),
        ],
        "清淤种树 | 0 1 | 0 | 0 | 0\n",
    );
}

#[test]
fn a_heading_joins_what_stands_under_it() {
    // Every heading of the first is linked to one of the others, as the engine finds them.
    let first = "!治水倡议\n为此提出倡议。\n#一、种树护林\n上游种树。\n#二、清淤疏浚\n每年清淤。\n";
    let second = "!水利报告\n##（一）植树\n两岸植树。\n##（二）疏浚\n河底清淤。\n再修水闸。\n";
    let third = "!乡约\n人人种树。\n年年清淤。\n";
    let links = [
        given((0, 1), 2, 1, 0.7),
        given((0, 1), 3, 2, 0.8),
        given((0, 1), 4, 3, 0.7),
        given((0, 1), 5, 4, 0.8),
        given((0, 1), 0, 0, 0.6),
        given((0, 2), 0, 0, 0.6),
        given((0, 2), 3, 1, 0.8),
        given((0, 2), 5, 2, 0.8),
    ];
    check(
        &[first, second, third],
        &links,
        "种树护林 | #2 3 | #0 #1 2 | #0 1\n\
         清淤疏浚 | #4 5 | #3 4 | 2\n\
         only: 为此提出倡议 | #0 1 |  | \n\
         only: 再修水闸 |  | 5 | \n",
    );
}

#[test]
fn linked_headings_bring_together_what_stands_under_them() {
    // Of the section on trees only the headings are linked; of that on bridges what stands under them, crosswise.
    check(
        &["#种树\n上游的事。\n#修桥\n东桥。\n西桥。\n", "#植树\n两岸的事。\n#造桥\n西桥。\n东桥。\n"],
        &[
            given((0, 1), 0, 0, 0.7),
            given((0, 1), 2, 2, 0.7),
            given((0, 1), 3, 4, 0.9),
            given((0, 1), 4, 3, 0.9),
        ],
        "上游的事 | #0 1 | #0 1\n东桥 | #2 3 | 4\n西桥 | 4 | #2 3\n",
    );
}

#[test]
fn a_section_that_nobody_answers_is_one_row_and_a_heading_over_nothing_none() {
    check(
        &["#修桥铺路\n##东村\n修东桥。\n铺东路。\n##西村\n#种树护林\n上游种树。\n", "上游种树。\n"],
        &[given((0, 1), 6, 0, 0.9)],
        "种树护林 | #5 6 | 0\nonly: 东村 | #0 #1 2 3 | \n",
    );
}

#[test]
fn of_an_outline_the_headings_are_what_it_says() {
    check(
        &["!目录\n#种树护林\n#修桥铺路\n", "#种树护林\n上游种树。\n"],
        &[given((0, 1), 1, 0, 0.7)],
        "种树护林 | #0 1 | #0 1\nonly: 修桥铺路 | 2 | \n",
    );
}

#[test]
fn visitors_bring_whom_they_answer() {
    let links = [
        given((0, 1), 0, 0, 0.9),
        given((0, 1), 1, 0, 0.6),
        given((0, 3), 1, 0, 0.95),
        given((0, 3), 2, 0, 0.5),
        given((1, 2), 0, 0, 0.9),
    ];
    check(
        &["种树清淤。\n清淤的事。\n轮流清淤。\n", "清淤种树。\n", "种树。\n", "每年清淤。\n"],
        &links,
        "清淤种树 | 0 | 0 | 0 | \n每年清淤 | 1 2 | (0) | (0) | 0\n",
    );
}

#[test]
fn an_answered_document_is_never_shown_as_silent() {
    // The only block of the third document belongs more strongly to another row.
    let links = [
        given((0, 1), 0, 0, 0.9),
        given((0, 1), 1, 1, 0.9),
        given((0, 2), 0, 0, 0.6),
        given((0, 2), 1, 0, 0.7),
    ];
    check(
        &["在上游种树。\n在下游清淤。\n", "植树造林。\n每年清淤。\n", "种树清淤都要办。\n"],
        &links,
        "在上游种树 | 0 | 0 | (0)\n在下游清淤 | 1 | 1 | 0\n",
    );
}

#[test]
fn what_stands_only_here_is_in_runs_and_what_was_set_aside_nowhere() {
    check(
        &["甲甲甲甲。\n乙乙乙乙。\n*首页\n丙丙丙丙。\n#丁丁丁丁\n戊戊戊戊。\n", "丙丙丙丙。\n"],
        &[given((0, 1), 3, 0, 0.9)],
        "丙丙丙丙 | 3 | 0\nonly: 甲甲甲甲 | 0 1 | \nonly: 丁丁丁丁 | #4 5 | \n",
    );
}

#[test]
fn a_heading_with_one_passage_names_it() {
    check(
        &[
            "#（三）河湖治理\n各有关方面应当按照年度的安排认真负责地做好下面的每一项工作，清淤。\n",
            "清理河底。\n",
        ],
        &[given((0, 1), 1, 0, 0.9)],
        "河湖治理 | #0 1 | 0\n",
    );
}

#[test]
fn a_time_is_no_name() {
    check(
        &["8月24日，论坛期间，各方商定共同治理河道。\n关爱青年，人人有责。\n", "共同治理。\n"],
        &[given((0, 1), 0, 0, 0.9)],
        "各方商定共同治理河道 | 0 | 0\nonly: 关爱青年 | 1 | \n",
    );
}

#[test]
fn nothing_makes_an_empty_board() {
    assert_eq!(shown(&Board::of(Vec::new(), &[])), "");
    check(&["", ""], &[], "");
}

const BLOCKS: usize = 6;

fn any_links() -> impl Strategy<Value = Vec<Given>> {
    let pair = prop::sample::select(&[(0, 1), (0, 2), (1, 2), (2, 3), (0, 3)][..]);
    let link = (pair, 0..BLOCKS, 0..BLOCKS, THRESHOLD..1.0);
    prop::collection::vec(link.prop_map(|(pair, left, right, score)| given(pair, left, right, score)), 0..30)
}

fn any_document() -> impl Strategy<Value = String> {
    let line =
        prop::sample::select(&["某某地方办好事情。\n", "某某地方办好事情。\n", "#某某\n", "##某某\n"][..]);
    prop::collection::vec(line, BLOCKS).prop_map(|lines| lines.concat())
}

/// The documents are four, each with so many blocks.
fn any_documents() -> impl Strategy<Value = Vec<Part>> {
    prop::collection::vec(any_document().prop_map(|text| part(&text)), 4)
}

fn is_heading(columns: &[Part], (column, block): (usize, usize)) -> bool {
    columns[column].document().blocks()[block].kind.heading_level().is_some()
}

/// The ends of a link, each a column and a block.
fn ends(link: &Given) -> [(usize, usize); 2] {
    [(link.pair.0, link.left), (link.pair.1, link.right)]
}

proptest! {
    #[test]
    fn boards_keep_what_they_promise(links in any_links()) {
        let text = "某某地方办好事情。\n".repeat(BLOCKS);
        let columns: Vec<Part> = (0..4).map(|_| part(&text)).collect();
        let board = board_of(&columns, &links);
        prop_assert_eq!(shown(&board), shown(&board_of(&columns, &links)), "the same again");
        let linked = |one: (usize, usize), other: (usize, usize)| {
            links.iter().any(|link| ends(link) == [one, other] || ends(link) == [other, one])
        };
        let mut homes = BTreeSet::new();
        for row in board.rows() {
            let own: Vec<(usize, usize)> =
                row.at_home().map(|(column, placed)| (column, placed.block.as_usize())).collect();
            for &block in &own {
                prop_assert!(homes.insert(block), "each block is at home once");
            }
            if row.kind == RowKind::OnlyHere {
                continue;
            }
            // Everything hangs together.
            let mut reached = vec![own[0]];
            let mut next = 0;
            while let Some(&from) = reached.get(next) {
                let more = own.iter().filter(|&&block| linked(from, block) && !reached.contains(&block));
                let more: Vec<(usize, usize)> = more.copied().collect();
                reached.extend(more);
                next += 1;
            }
            prop_assert_eq!(reached.len(), own.len(), "{:?}", own);
            let cells = row.cells.iter().enumerate();
            let standing: Vec<(usize, usize)> =
                cells.flat_map(|(column, cell)| cell.iter().map(move |it| (column, it.block.as_usize()))).collect();
            for column in row.silent() {
                let answers = (0..BLOCKS).any(|block| standing.iter().any(|&one| linked(one, (column, block))));
                prop_assert!(!answers, "nobody is silent who answers");
            }
        }
        prop_assert_eq!(homes.len(), 4 * BLOCKS, "every block is at home somewhere");
    }

    #[test]
    fn headings_stand_over_passages_only(columns in any_documents(), links in any_links()) {
        let board = board_of(&columns, &links);
        for row in board.rows() {
            for (column, cell) in row.cells.iter().enumerate() {
                let outline = (0..BLOCKS).all(|block| is_heading(&columns, (column, block)));
                let last = cell.last().map(|placed| (column, placed.block.as_usize()));
                prop_assert!(outline || last.is_none_or(|last| !is_heading(&columns, last)), "a heading alone");
            }
        }
        for link in &links {
            let [one, other] = ends(link);
            if is_heading(&columns, one) || is_heading(&columns, other) {
                continue;
            }
            let stands = |row: &Row| [one, other].iter().any(|&(column, block)| {
                row.cells[column].iter().any(|placed| placed.block.as_usize() == block)
            });
            let both = |row: &Row| !row.cells[one.0].is_empty() && !row.cells[other.0].is_empty();
            prop_assert!(board.rows().iter().all(|row| !stands(row) || both(row)), "both are heard");
            prop_assert!(board.rows().iter().any(stands));
        }
        let begin = board.rows().iter().position(|row| row.kind == RowKind::OnlyHere);
        let only = begin.map_or(&[][..], |begin| &board.rows()[begin..]);
        prop_assert!(only.iter().all(|row| row.kind == RowKind::OnlyHere), "what one says only comes last");
        prop_assert!(only.iter().all(|row| row.silent().count() == 3));
    }
}

#[test]
#[ignore = "measures; run with --release -- --ignored --nocapture"]
fn many_links() {
    for blocks in [2_000_usize, 20_000, 200_000] {
        let text = "某某地方办好事情。\n".repeat(blocks);
        let columns: Vec<Part> = (0..4).map(|_| part(&text)).collect();
        let pairs = [(0, 1), (0, 2), (1, 2), (2, 3)];
        let links: Vec<Given> = (0..blocks)
            .flat_map(|index| pairs.map(|pair| given(pair, index, index * 7_919 % blocks, 0.6)))
            .collect();
        let start = std::time::Instant::now();
        let board = board_of(&columns, &links);
        println!("{} links, {} rows: {:?}", links.len(), board.rows().len(), start.elapsed());
    }
}
