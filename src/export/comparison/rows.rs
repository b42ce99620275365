//! The table of correspondences (對照表): its rows, and what is marked in each cell.

use super::pieces::{Differing, Piece, Place, pieces};
use super::{ComparisonExport, LinkNote, ShownBlock};
use crate::compare::{Change, Link, LinkIndex, Side, Slight, Verdict};
use crate::document::{BlockIndex, BlockKind};
use crate::text::{Span, joined, says_something};

/// A row of the table.
#[derive(Clone, Copy, Debug)]
pub(super) enum Row<'a> {
    /// What answers what.
    Answered {
        /// Its number, from 1, among all links of the comparison.
        number: usize,
        /// Its place.
        index: LinkIndex,
        /// The link.
        link: &'a Link,
    },
    /// 獨有: a block of one side that nothing answers.
    OnlyHere {
        /// On this side.
        side: Side,
        /// The block.
        block: BlockIndex,
    },
}

/// The rows in the order of the left document; what stands only on the right follows what it follows there.
pub(super) fn rows(export: &ComparisonExport) -> Vec<Row<'_>> {
    let mut keyed: Vec<(Key, Row<'_>)> = answered(export).collect();
    if export.only_here {
        let anchors = anchors(&keyed);
        keyed.extend(export.comparison.only(Side::Left).map(|block| {
            (Key { left: Some(block), ..Key::default() }, Row::OnlyHere { side: Side::Left, block })
        }));
        keyed.extend(export.comparison.only(Side::Right).map(|block| {
            let key = Key { right: Some(block), ..anchor_of(&anchors, block) };
            (key, Row::OnlyHere { side: Side::Right, block })
        }));
    }
    keyed.sort_by_key(|(key, _)| *key);
    keyed.into_iter().map(|(_, row)| row).collect()
}

/// Where a row stands: after the left block and the link that it follows.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Default)]
struct Key {
    left: Option<BlockIndex>,
    link: Option<usize>,
    /// For what stands only on the right.
    right: Option<BlockIndex>,
}

fn answered(export: &ComparisonExport) -> impl Iterator<Item = (Key, Row<'_>)> {
    export.links.iter().filter_map(|&index| {
        let link = export.comparison.link(index)?;
        let number = index.as_usize() + 1;
        let key = Key { left: link.left.first().copied(), link: Some(number), right: None };
        Some((key, Row::Answered { number, index, link }))
    })
}

/// For each answered block of the right side, in order, the row after which what follows it stands: that of its
/// surest link.
fn anchors(rows: &[(Key, Row<'_>)]) -> Vec<(BlockIndex, Key)> {
    let mut anchors: Vec<(BlockIndex, f32, Key)> = Vec::new();
    for (key, row) in rows {
        if let Row::Answered { link, .. } = row {
            anchors.extend(link.right.iter().map(|&block| (block, link.score, *key)));
        }
    }
    anchors.sort_by(|one, other| one.0.cmp(&other.0).then(other.1.total_cmp(&one.1)));
    anchors.dedup_by_key(|(block, ..)| *block);
    anchors.into_iter().map(|(block, _, key)| (block, key)).collect()
}

fn anchor_of(anchors: &[(BlockIndex, Key)], block: BlockIndex) -> Key {
    let after = anchors.partition_point(|(anchored, _)| *anchored < block);
    after.checked_sub(1).and_then(|index| anchors.get(index)).map_or(Key::default(), |(_, key)| *key)
}

/// A block in a cell.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Cell<'a> {
    pub(super) kind: BlockKind,
    /// Its text, cut where the marks change.
    pub(super) runs: Vec<Run<'a>>,
}

/// A stretch of a block with the same marks.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Run<'a> {
    pub(super) text: &'a str,
    /// Whether it stands on the other side too, differences aside.
    pub(super) shared: bool,
    pub(super) mark: Mark,
}

/// What is to be seen of a stretch of text. A later one covers an earlier one.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Debug, Default)]
pub(super) enum Mark {
    /// Nothing.
    #[default]
    Plain,
    /// It differs in script, width, punctuation or regional words only.
    Slight,
    /// It stands at another place there.
    Moved,
    /// It differs.
    Differs,
}

/// What stands on both sides of a row: the blocks of the left and of the right.
pub(super) fn cells<'a>(export: &'a ComparisonExport, row: &Row<'_>) -> [Vec<Cell<'a>>; 2] {
    match row {
        Row::OnlyHere { side, block } => {
            Side::BOTH.map(|each| if each == *side { plain_cell(export, each, *block) } else { Vec::new() })
        }
        Row::Answered { link, .. } => {
            let pieces = pieces(export, link);
            Side::BOTH.map(|side| {
                let blocks = link.blocks(side).iter();
                blocks.filter_map(|&block| marked(export, side, block, link.verdict, &pieces)).collect()
            })
        }
    }
}

fn plain_cell(export: &ComparisonExport, side: Side, block: BlockIndex) -> Vec<Cell<'_>> {
    marked(export, side, block, Verdict::Theme, &[]).into_iter().collect()
}

fn marked<'a>(
    export: &'a ComparisonExport,
    side: Side,
    index: BlockIndex,
    verdict: Verdict,
    pieces: &[Piece],
) -> Option<Cell<'a>> {
    let kind = export.comparison.part(side).document().block(index)?.kind;
    let shown = export.column(side).block(index)?;
    let mut marks = Marks::default();
    let own = |place: &Place| place.block == index;
    let shared = pieces.iter().map(|piece| piece.place(side)).filter(own).map(|place| place.shown);
    marks.shared = joined(shared.collect());
    for difference in pieces.iter().flat_map(|piece| &piece.differences) {
        let place = Some(difference.place(side)).filter(own);
        marks.differing.extend(place.map(|place| (place.shown, mark_of(export, difference))));
    }
    if verdict != Verdict::Theme {
        marks.differing.extend(unanswered(shown, &marks.shared));
    }
    Some(Cell { kind, runs: marks.cut(shown.text()) })
}

fn mark_of(export: &ComparisonExport, difference: &Differing) -> Mark {
    match difference.change {
        Change::Slight(slight) if export.slight && is_of_interest(export, slight) => {
            let shown = Side::BOTH.map(|side| {
                let Place { block, shown } = difference.place(side);
                export.column(side).block(block).and_then(|block| shown.of(block.text()))
            });
            // The scripts of the columns may have made it one.
            if shown[0] == shown[1] { Mark::Plain } else { Mark::Slight }
        }
        Change::Slight(_) => Mark::Plain,
        Change::Moved => Mark::Moved,
        Change::Inserted | Change::Deleted | Change::Replaced => Mark::Differs,
    }
}

/// Between a Traditional and a Simplified text every other character differs in script: that says nothing of any of
/// them. In texts of one script it does.
fn is_of_interest(export: &ComparisonExport, slight: Slight) -> bool {
    let written = Side::BOTH.map(|side| export.comparison.part(side).document().written());
    slight != Slight::Script || written[0] == written[1]
}

/// In a block that was revised, what does not stand on the other side is a difference too.
fn unanswered(block: &ShownBlock, shared: &[Span]) -> impl Iterator<Item = (Span, Mark)> {
    let gaps = Span::whole(block.text()).without(shared.iter().copied()).into_iter();
    let telling = gaps.filter(|gap| says_something(gap.of(block.text()).unwrap_or_default()));
    telling.map(|gap| (gap, Mark::Differs))
}

/// What is marked in a block.
#[derive(Default)]
struct Marks {
    /// In order and apart.
    shared: Vec<Span>,
    differing: Vec<(Span, Mark)>,
}

impl Marks {
    /// The text cut where the marks change.
    fn cut(mut self, text: &str) -> Vec<Run<'_>> {
        self.differing.retain(|(span, _)| !span.is_empty());
        self.differing.sort_unstable();
        let spans = self.shared.iter().chain(self.differing.iter().map(|(span, _)| span));
        let mut cuts: Vec<u32> = spans.flat_map(|span| [span.start(), span.end()]).collect();
        cuts.push(0);
        cuts.sort_unstable();
        // A reader of the file would stumble over cuts where nothing changes.
        cuts.dedup_by_key(|start| (self.is_shared(*start), self.mark(*start)));
        let ends = cuts.iter().skip(1).copied().chain([Span::whole(text).end()]);
        let stretches = cuts.iter().zip(ends).filter_map(|(&start, end)| {
            let text = Span::new(start, end).of(text).filter(|text| !text.is_empty())?;
            Some(Run { text, shared: self.is_shared(start), mark: self.mark(start) })
        });
        stretches.collect()
    }

    fn is_shared(&self, position: u32) -> bool {
        let after = self.shared.partition_point(|span| span.start() <= position);
        let last = after.checked_sub(1).and_then(|index| self.shared.get(index));
        last.is_some_and(|span| span.contains_position(position))
    }

    fn mark(&self, position: u32) -> Mark {
        let after = self.differing.partition_point(|(span, _)| span.start() <= position);
        let last = after.checked_sub(1).and_then(|index| self.differing.get(index));
        last.filter(|(span, _)| span.contains_position(position)).map_or(Mark::Plain, |(_, mark)| *mark)
    }
}

/// What the reader says about a link, in the order in which it was said.
pub(super) fn notes_on(
    export: &ComparisonExport,
    link: Option<LinkIndex>,
) -> impl Iterator<Item = &LinkNote> {
    export.notes.iter().filter(move |note| note.link == link)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::comparison::sample::{Pair, export_of};

    const LEFT: &str = "甲一\n\n甲二\n\n甲三\n";
    const RIGHT: &str = "乙一\n\n乙二\n\n乙三\n\n乙四\n";

    /// The rows of links between blocks, as `left=right`.
    fn check(links: &[(&[usize], &[usize])], expected: &str) {
        let pair = |(left, right)| Pair { left, right, verdict: Verdict::Theme, passages: &[] };
        let pairs: Vec<Pair<'_>> = links.iter().copied().map(pair).collect();
        let export = export_of(LEFT, RIGHT, &pairs);
        let text = |blocks: &[Cell<'_>]| {
            blocks.iter().flat_map(|block| &block.runs).map(|run| run.text).collect::<String>()
        };
        let rows =
            rows(&export).into_iter().map(|row| cells(&export, &row).map(|blocks| text(&blocks)).join("="));
        assert_eq!(rows.collect::<Vec<_>>().join(" "), expected);
    }

    #[test]
    fn rows_follow_the_left_document_and_the_rest_of_the_right_follows_its_neighbours() {
        check(&[], "=乙一 =乙二 =乙三 =乙四 甲一= 甲二= 甲三=");
        check(&[(&[1], &[2])], "=乙二 甲二=乙三 =乙四 甲三=");
        check(
            &[(&[0], &[2, 3]), (&[1, 2], &[0]), (&[0], &[0])],
            "甲一=乙一 =乙二 甲一=乙三乙四 甲二甲三=乙一",
        );
    }

    /// The runs of the first block on either side: `[` and `]` around what is shared, `_` around what differs.
    fn check_marks(left: &str, right: &str, passages: &[(&str, &str)], expected: [&str; 2]) {
        let pair = Pair { left: &[0], right: &[0], verdict: Verdict::Revised, passages };
        let export = export_of(left, right, &[pair]);
        let row = rows(&export).remove(0);
        let drawn = |run: &Run<'_>| {
            let sign = match run.mark {
                Mark::Plain => "",
                Mark::Slight => "·",
                Mark::Moved => "~",
                Mark::Differs => "_",
            };
            let text = format!("{sign}{}{sign}", run.text);
            if run.shared { format!("[{text}]") } else { text }
        };
        let drawn = cells(&export, &row)
            .map(|blocks| blocks.iter().flat_map(|block| &block.runs).map(drawn).collect::<String>());
        assert_eq!(drawn, expected);
    }

    #[test]
    fn what_differs_in_shared_wording_is_marked_on_both_sides() {
        check_marks(
            "上游的河水清清，岸边新种的柳树长得很好。",
            "上游的河水清清,岸边去年种的柳树长得很好。",
            &[("河水清清，岸边新种的柳树长得很好。", "河水清清,岸边去年种的柳树长得很好。")],
            [
                "_上游的_[河水清清][·，·][岸边][_新_][种的柳树长得很好。]",
                "_上游的_[河水清清][·,·][岸边][_去年_][种的柳树长得很好。]",
            ],
        );
    }

    #[test]
    fn between_the_scripts_only_what_else_differs_is_marked() {
        check_marks(
            "河邊新種的柳樹長得很好，來看的人歡喜。",
            "河边去年种的柳树长得很好，来看的人欢喜。",
            &[("河邊新種的柳樹長得很好，來看的人歡喜。", "河边去年种的柳树长得很好，来看的人欢喜。")],
            [
                "[河邊][_新_][種的柳樹長得很好，來看的人歡喜。]",
                "[河边][_去年_][种的柳树长得很好，来看的人欢喜。]",
            ],
        );
    }

    #[test]
    fn of_a_block_that_was_revised_the_rest_differs() {
        check_marks(
            "今年河水清清。",
            "河水清清，岸边种了许多新的树。",
            &[("河水清清", "河水清清")],
            ["_今年_[河水清清]。", "[河水清清]_，岸边种了许多新的树。_"],
        );
    }
}
