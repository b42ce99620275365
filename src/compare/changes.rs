//! The differences inside a whole link.

use super::{Change, Comparison, Difference, Link, LinkIndex, Side, Verdict, differences};
use crate::document::BlockIndex;
use crate::text::{Span, is_punctuation, saturate, says_something};

impl Comparison {
    /// What differs inside a link, in order of the left text: inside its passages, and, where its blocks are one text
    /// that was revised, also what stands outside of them on one side only. Two passages about one theme have other
    /// words as a matter of course, which are no differences.
    pub fn differences(&self, link: LinkIndex) -> Vec<Difference> {
        let Some(link) = self.link(link) else { return Vec::new() };
        let [left, right] = Side::BOTH.map(|side| self.part(side).document());
        let inside = link.passages.iter();
        let mut found: Vec<Difference> = inside
            .flat_map(|passage| differences(left, passage.left, right, passage.right))
            .chain(Side::BOTH.into_iter().flat_map(|side| self.left_over(link, side)))
            .collect();
        found.sort_by_key(|difference| (difference.left, difference.right));
        // Passages can hold one another: one that was pinned may lie around some that were found.
        found.dedup();
        found
    }

    /// What no passage of a revised link holds on one side.
    fn left_over(&self, link: &Link, side: Side) -> Vec<Difference> {
        if link.verdict != Verdict::Revised {
            return Vec::new();
        }
        let document = self.part(side).document();
        let block = |&block: &BlockIndex| document.block(block).map(|block| block.span);
        let passages = || link.passages.iter().map(|passage| passage.span(side));
        let gaps = link.blocks(side).iter().filter_map(block).flat_map(|block| block.without(passages()));
        let telling = gaps.filter(|gap| says_something(gap.of(document.text()).unwrap_or_default()));
        let spans = telling.map(|gap| without_first_marks(gap, document.text()));
        spans.map(|span| self.alone(link, side, span)).collect()
    }

    /// A stretch that only one side has, with the place on the other side where it is missing.
    fn alone(&self, link: &Link, side: Side, span: Span) -> Difference {
        let other = side.other();
        let before = link.passages.iter().filter(|passage| passage.span(side).end() <= span.start());
        let before = before.max_by_key(|passage| passage.span(side).end());
        let start = || link.blocks(other).first().and_then(|&block| self.part(other).document().block(block));
        let place = before.map_or_else(
            || start().map_or(0, |block| block.span.start()),
            |passage| passage.span(other).end(),
        );
        match side {
            Side::Left => Difference { change: Change::Deleted, left: span, right: Span::at(place) },
            Side::Right => Difference { change: Change::Inserted, left: Span::at(place), right: span },
        }
    }
}

/// Marks after a passage belong to it.
fn without_first_marks(span: Span, text: &str) -> Span {
    let own = span.of(text).unwrap_or_default();
    let is_mark = |character: char| character.is_whitespace() || is_closing(character);
    let marks = own.len() - own.trim_start_matches(is_mark).len();
    Span::new(span.start() + saturate(marks), span.end())
}

fn is_closing(character: char) -> bool {
    is_punctuation(character) && !"《〈「『“‘（(【[〔".contains(character)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::{Guidance, Part, Unwatched, compare, testing::document};

    /// What differs in the first link, as `left|right`.
    fn check(left: &str, right: &str, expected: &[&str]) {
        check_link(0, left, right, expected);
    }

    fn check_link(link: usize, left: &str, right: &str, expected: &[&str]) {
        let (left, right) = (document(left), document(right));
        let parts = (Part::whole(left.clone()), Part::whole(right.clone()));
        let comparison = compare(&parts.0, &parts.1, &Guidance::default(), &Unwatched).unwrap();
        let found = comparison.differences(LinkIndex::new(link));
        let shown = found.iter().filter(|difference| !matches!(difference.change, Change::Slight(_)));
        let shown: Vec<String> = shown
            .map(|difference| {
                let text = |span: Span, of: &str| span.of(of).unwrap().to_owned();
                format!("{}|{}", text(difference.left, left.text()), text(difference.right, right.text()))
            })
            .collect();
        assert_eq!(shown, expected);
    }

    #[test]
    fn what_was_cut_off_at_the_end_is_a_difference() {
        check(
            "图书室每天傍晚开门，由值班的老师登记借书。逾期的书由班长催还，遗失的照价赔偿。",
            "图书室每天傍晚开门，由值班的老师登记借书。",
            &["逾期的书由班长催还，遗失的照价赔偿。|"],
        );
        check(
            "桥面积水由养护队清扫，堵塞的泄水孔当天疏通。",
            "入夏以前，桥面积水由养护队清扫，堵塞的泄水孔当天疏通。",
            &["|入夏以前，"],
        );
    }

    #[test]
    fn in_a_short_passage_only_what_changed_is_a_difference() {
        let versions = |old: &str, new: &str| {
            let list =
                |item: &str| format!("各村完成下列工作。\n\n修补上游的土坝；\n\n{item}\n\n清点借出的图书。");
            (list(old), list(new))
        };
        let check = |old: &str, new: &str, expected: &[&str]| {
            let (old, new) = versions(old, new);
            check_link(2, &old, &new, expected);
        };
        check("3. 开展联合演练。", "2. 开展联合演练。", &["|2. ", "3. |"]);
        check("（一）加强领导。", "（二）加强领导。", &["|（二）", "（一）|"]);
        check("开展联合演练。", "积极开展联合演练。", &["|积极"]);
        check("按月巡查水渠。", "按周巡查水渠。", &["月|周"]);
    }

    #[test]
    fn inside_a_passage_every_word_counts() {
        check(
            "山上的茶园由合作社统一采摘，鲜叶当天送到村里的茶厂。",
            "山上的茶园由农户统一采摘，鲜叶当天送到村里的茶厂。",
            &["合作社|农户"],
        );
    }
}
