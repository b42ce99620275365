//! Leaders of a table of contents that are printed on over what stands behind them: over the number of their own page,
//! or the first letters of the next column.

use std::rc::Rc;

use super::contents;
use super::glyph::Glyph;

/// So many leaders stand before what they are printed over.
const LEAST: usize = 4;
/// The white that is made before what is no number of their page, in ems: so wide that it parts columns.
const WHITE: f32 = 1.4;
/// What follows a letter so near, in ems, belongs to its word.
const NEAR: f32 = 0.9;
/// For each leader of a run so many glyphs are looked at that it may be printed over.
const LOOKED_AT: usize = 4;

/// Draws the leaders of a row, which is sorted from left to right, back to what they are printed over. What they
/// say stays in the text: the last one that is left says it all.
pub(super) fn draw_back(row: &mut Vec<Glyph>) {
    let mut gone: Vec<usize> = Vec::new();
    for run in runs(row) {
        let Some(end) = end_before_covered(row, &run) else { continue };
        let is_left = |at: &&usize| row.get(**at).is_some_and(|lead| lead.x + lead.width * 0.5 <= end);
        let left = run.iter().take_while(is_left).count().max(1);
        let (kept, drawn_back) = run.split_at(left);
        let says: String = drawn_back.iter().filter_map(|at| row.get(*at)).map(|lead| &*lead.text).collect();
        if let Some(last) = kept.last().and_then(|at| row.get_mut(*at)) {
            last.text = Rc::from(format!("{}{says}", last.text));
        }
        gone.extend(drawn_back);
    }
    let (mut at, mut gone) = (0, gone.into_iter().peekable());
    row.retain(|_| {
        let is_gone = gone.next_if_eq(&at).is_some();
        at += 1;
        !is_gone
    });
}

/// The leaders of a row, each run by the indexes of its glyphs: the same sign at one distance.
fn runs(row: &[Glyph]) -> Vec<Vec<usize>> {
    let mut runs: Vec<Vec<usize>> = Vec::new();
    for (index, glyph) in row.iter().enumerate().filter(|(_, glyph)| contents::is_leader(&glyph.text)) {
        match runs.last_mut().filter(|run| goes_on(row, run, glyph)) {
            Some(run) => run.push(index),
            None => runs.push(vec![index]),
        }
    }
    runs.retain(|run| run.len() > LEAST);
    runs
}

fn goes_on(row: &[Glyph], run: &[usize], next: &Glyph) -> bool {
    let at = |index: Option<&usize>| row.get(*index?);
    let (Some(first), Some(last)) = (at(run.first()), at(run.last())) else { return false };
    let pitch = at(run.get(1)).map_or(next.size, |second| second.x - first.x);
    let apart = next.x - last.x;
    let is_pitch = if run.len() < 2 { apart <= pitch } else { (apart - pitch).abs() <= pitch * 0.2 };
    next.text == last.text && (next.y - last.y).abs() < next.size * 0.1 && is_pitch
}

/// Where a run ends before the first glyph that it is printed over, if it is over any.
fn end_before_covered(row: &[Glyph], run: &[usize]) -> Option<f32> {
    let leads: Vec<&Glyph> = run.iter().filter_map(|at| row.get(*at)).collect();
    let (first, last) = (*run.first()?, leads.last()?);
    let ends = last.x + last.width;
    let behind = row
        .iter()
        .enumerate()
        .skip(first)
        .take_while(|(_, glyph)| glyph.x < ends)
        .take(run.len() * LOOKED_AT);
    let mut others = behind.filter(|(_, glyph)| !glyph.is_blank() && !contents::is_leader(&glyph.text));
    let is_covered = |glyph: &Glyph| {
        let next = leads.partition_point(|lead| lead.x + lead.width * 0.5 <= glyph.x);
        let lead = leads.get(next).filter(|_| next >= LEAST);
        lead.is_some_and(|lead| lead.x + lead.width * 0.5 < glyph.x + glyph.width)
    };
    let (at, covered) = others.find(|(_, glyph)| is_covered(glyph))?;
    let is_own = contents::is_page(&word_from(row, at));
    Some(if is_own { covered.x } else { covered.x - covered.size * WHITE })
}

/// The word that begins at a place of a row, as far as the number of a page could reach.
fn word_from(row: &[Glyph], at: usize) -> String {
    let mut word = String::new();
    let mut end: Option<f32> = None;
    for glyph in row.iter().skip(at) {
        let apart = end.map_or(0.0, |end| glyph.x - end);
        if glyph.is_blank() || apart > glyph.size * NEAR || word.chars().count() > contents::LONGEST {
            break;
        }
        if !contents::is_leader(&glyph.text) {
            word.push_str(&glyph.text);
            end = Some(glyph.x + glyph.width);
        }
    }
    word
}
