//! What a journal prints over the first page of a paper: its name and the number of the issue. Being there once, it repeats
//! nowhere; it is known by what it says and by its place.

use super::columns::Line;
use super::furniture::{LinedPage, ends_sentence};
use crate::text::digit;

/// How high on the page it stands, from the top as a part of the height; on how many rows at most; and how far above the
/// text, in ems.
const LOWEST: f32 = 0.15;
const MOST_ROWS: usize = 3;
const APART: f32 = 1.8;
/// So many rows of text stand below it at least.
const LEAST_BELOW: usize = 4;
/// How much larger than the text it is set at most.
const LARGEST: f32 = 1.12;

/// The lines of a first page that are its masthead, by their indexes. `body` is the size of the text.
pub(super) fn lines(page: &LinedPage, body: f32) -> Vec<usize> {
    let rows = rows(page);
    let set_apart = rows.windows(2).take(MOST_ROWS).position(|pair| match pair {
        [above, below] => {
            let size = page.line(above).map_or(0.0, Line::size);
            let height = |row: &Vec<usize>| page.line(row).map_or(0.0, Line::baseline);
            height(below) - height(above) >= size * APART
        }
        _ => false,
    });
    let Some(head) = set_apart.and_then(|last| rows.get(..=last)) else { return Vec::new() };
    let own = || head.iter().flatten().filter_map(|index| page.lines.get(*index));
    let fits = own().all(|(line, _)| {
        let is_high = line.baseline() < page.height * LOWEST && line.size() <= body * LARGEST;
        is_high && !ends_sentence(&line.main().text)
    });
    let says_issue = head.iter().any(|row| {
        let pieces =
            || row.iter().filter_map(|index| page.lines.get(*index)).flat_map(|(line, _)| &line.pieces);
        let said: Vec<&str> = pieces().flat_map(|piece| piece.text.split('\t')).collect();
        let signs: usize = said.iter().map(|part| signs_of_issue(part)).sum();
        signs > 1 || signs > 0 && said.len() > 1
    });
    if fits && says_issue && rows.len() >= head.len() + LEAST_BELOW {
        head.iter().flatten().copied().collect()
    } else {
        Vec::new()
    }
}

/// The lines of a page by their indexes, those of one height together, from the top.
fn rows(page: &LinedPage) -> Vec<Vec<usize>> {
    let mut order: Vec<(usize, &Line)> =
        page.lines.iter().enumerate().map(|(index, (line, _))| (index, line)).collect();
    order.sort_by(|left, right| left.1.baseline().total_cmp(&right.1.baseline()));
    let is_beside = |above: &(usize, &Line), below: &(usize, &Line)| {
        below.1.baseline() - above.1.baseline() < above.1.size() * 0.5
    };
    let rows = order.chunk_by(is_beside).take(MOST_ROWS + LEAST_BELOW);
    rows.map(|row| row.iter().map(|(index, _)| *index).collect()).collect()
}

impl LinedPage {
    /// The first line of a row.
    fn line(&self, row: &[usize]) -> Option<&Line> {
        self.lines.get(*row.first()?).map(|(line, _)| line)
    }
}

/// How many signs of the issue of a journal are in a text: 第12卷, 第3期, 2025年第3期, Vol. 12, No. 3, ISSN.
fn signs_of_issue(text: &str) -> usize {
    let letters: Vec<char> = text.chars().filter(|found| !found.is_whitespace()).collect();
    let counts = |at: usize| {
        let before = letters.get(..at).unwrap_or_default();
        let number = before
            .iter()
            .rev()
            .take_while(|found| digit(**found).is_some() || "十百".contains(**found))
            .count();
        let first = before.len() - number;
        number > 0 && first.checked_sub(1).and_then(|at| letters.get(at)) == Some(&'第')
    };
    let counted = letters
        .iter()
        .enumerate()
        .filter(|(at, letter)| "卷期辑輯".contains(**letter) && counts(*at))
        .count();
    let words = text.split(|found: char| !found.is_ascii_alphabetic()).map(str::to_ascii_lowercase);
    counted + words.filter(|word| matches!(word.as_str(), "vol" | "no" | "issn")).count()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn an_issue_is_known_by_its_numbers() {
        let check = |text: &str, signs: usize| assert_eq!(signs_of_issue(text), signs, "{text}");
        check("第12卷第3期", 2);
        check("2025年 第 十二 期", 1);
        check("Vol. 12, No.3", 2);
        check("ISSN 1000-0000", 1);
        check("一期工程", 0);
        check("本期要目", 0);
        check("河灣村圖書室記", 0);
    }
}
