//! The numbers that pages bear in print, which a reference to them needs: those that were told from the text as page
//! numbers, where the pages agree from where on they count.

use super::columns::Line;
use super::furniture::{LinedPage, Role};
use crate::import::numbering;
use crate::import::tally::Tally;
use crate::text::number_at_start;

/// The labels of `count` pages, of which `pages` are the first: the printed numbers where two pages at least agree on
/// them, else those of the sheets. A sheet before page 1 has its own number in brackets, as what is not printed.
pub(super) fn labels(pages: &[LinedPage], count: usize) -> Vec<String> {
    let first = first_number(pages).unwrap_or(1);
    let label = |sheet: i64| match first + sheet {
        number @ 1.. => number.to_string(),
        _ => format!("[{}]", sheet + 1),
    };
    (0..count).map(|sheet| label(i64::try_from(sheet).unwrap_or_default())).collect()
}

/// The number that the first sheet has by those that are printed on most pages.
fn first_number(pages: &[LinedPage]) -> Option<i64> {
    let mut firsts = Tally::default();
    let mut numbered = 0;
    for (sheet, page) in (0_i64..).zip(pages) {
        let own = page.lines.iter().find_map(printed);
        if let Some(number) = own {
            firsts.add(number - sheet, 1);
            numbered += 1;
        }
    }
    let first = firsts.most()?;
    let agrees = |(sheet, page): &(i64, &LinedPage)| {
        page.lines.iter().find_map(printed).is_some_and(|number| number - sheet == first)
    };
    let agreeing = (0_i64..).zip(pages).filter(agrees).count();
    (agreeing >= 2 && agreeing * 2 > numbered).then_some(first)
}

/// The number that is all of a piece of what is no text: 12, — 12 —, 第12页.
fn printed((line, role): &(Line, Role)) -> Option<i64> {
    if *role != Role::Furniture {
        return None;
    }
    line.pieces.iter().find_map(|piece| {
        let text = piece.text.trim();
        let bare = || number_at_start(text).filter(|(_, rest)| rest.is_empty()).map(|(value, _)| value);
        numbering::page(text).or_else(bare).map(i64::from)
    })
}
