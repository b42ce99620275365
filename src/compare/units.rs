//! The blocks of one side, folded and cut for comparison.

use std::ops::Range;

use super::lexicon::Lexicon;
use super::regional;
use super::words::Known;
use super::{Part, is_compared};
use crate::document::{BlockIndex, BlockKind, Document, Reading};
use crate::text::{
    Folded, PARAGRAPH, Pairing, Span, Written, clauses, is_han, is_punctuation, saturate, sentences,
};

/// One block, as it is compared: folded, without punctuation, white space and the signs of notes.
pub(super) struct Unit {
    /// Which block.
    pub(super) block: BlockIndex,
    /// Whether it is a title or heading: those link to their like only, or to what has the same words.
    pub(super) is_heading: bool,
    /// The folded characters.
    pub(super) characters: Vec<char>,
    /// Before which characters punctuation stood, in order.
    pub(super) breaks: Vec<u32>,
    /// The same for white space, which sets the words of alphabets apart.
    pub(super) spaces: Vec<u32>,
    /// The leading clause, without the number that it begins with: official texts say there what they treat.
    pub(super) lead: Range<usize>,
    /// The sentences, as stretches of the characters.
    pub(super) sentences: Vec<Range<usize>>,
    /// The leading clauses of the later sentences.
    pub(super) later_leads: Vec<Range<usize>>,
    /// Titles in 《》.
    pub(super) titles: Vec<Range<usize>>,
    /// What the lexicon knows of its words.
    pub(super) known: Known,
    /// The nearest heading above, as a place among the units.
    pub(super) heading: Option<usize>,
}

impl Unit {
    /// Whether the stretch begins or ends inside a word or number of another writing than Han.
    pub(super) fn cuts_word(&self, range: &Range<usize>) -> bool {
        let is_inside = |at: usize| {
            let letter = |at: usize| self.characters.get(at).is_some_and(|&c| !is_han(c));
            let parted = |parts: &[u32]| parts.binary_search(&saturate(at)).is_ok();
            at > 0 && letter(at - 1) && letter(at) && !parted(&self.breaks) && !parted(&self.spaces)
        };
        is_inside(range.start) || is_inside(range.end)
    }

    /// The characters without the number that a heading begins with.
    pub(super) fn unnumbered(&self) -> &[char] {
        let begin = if self.is_heading { self.lead.start } else { 0 };
        self.characters.get(begin..).unwrap_or(&self.characters)
    }

    /// What it says as a heading, or would say as one: without the number, where it is one clause.
    pub(super) fn named(&self) -> &[char] {
        let is_clause = self.is_heading || self.lead.end == self.characters.len();
        let begin = if is_clause { self.lead.start } else { 0 };
        self.characters.get(begin..).unwrap_or(&self.characters)
    }

    /// Whether a character stands in the leading clause of a later sentence.
    pub(super) fn leads_later(&self, at: usize) -> bool {
        let next = self.later_leads.partition_point(|lead| lead.end <= at);
        self.later_leads.get(next).is_some_and(|lead| lead.contains(&at))
    }

    /// The title that a character stands in.
    pub(super) fn title_at(&self, at: usize) -> Option<&Range<usize>> {
        let next = self.titles.partition_point(|title| title.end <= at);
        self.titles.get(next).filter(|title| title.contains(&at))
    }

    /// Whether punctuation stands inside the stretch.
    pub(super) fn is_broken(&self, range: &Range<usize>) -> bool {
        let next = self.breaks.partition_point(|&at| at as usize <= range.start);
        self.breaks.get(next).is_some_and(|&at| (at as usize) < range.end)
    }
}

/// Whether regional words (網路 and 網絡) are made alike: only where the sides are of different scripts, so that two
/// versions from one region keep their differences.
pub(super) fn are_of_different_regions(left: &Document, right: &Document) -> bool {
    use Written::{Simplified, Traditional};
    matches!((left.written(), right.written()), (Simplified, Traditional) | (Traditional, Simplified))
}

/// The compared blocks of a part, in order. With `regional`, regional words are made alike.
pub(super) fn units_of(part: &Part, regional: bool, lexicon: &Lexicon) -> Vec<Unit> {
    let mut units: Vec<Unit> = Vec::new();
    let mut heading = None;
    for (index, block) in part.blocks().filter(|(_, block)| is_compared(block.kind)) {
        let Some(mut unit) = unit_of(part.document(), index, block.kind, regional) else { continue };
        unit.known = Known::of(&unit, lexicon);
        if unit.is_heading {
            heading = Some(units.len());
        }
        units.push(Unit { heading: heading.filter(|_| !unit.is_heading), ..unit });
    }
    units
}

fn unit_of(document: &Document, block: BlockIndex, kind: BlockKind, regional: bool) -> Option<Unit> {
    let reading = document.reading_without_signs(document.block(block)?.span)?;
    let folded = Marked::new(&reading.text, regional);
    let all_sentences = sentences(&reading.text);
    let sentences = all_sentences.iter().map(|&span| folded.within(span)).filter(|range| !range.is_empty());
    let leads = all_sentences.iter().map(|&span| lead_of(&reading.text, span, &folded));
    let leads: Vec<Range<usize>> = leads.filter(|range| !range.is_empty()).collect();
    let (lead, later_leads) =
        leads.split_first().map(|(lead, later)| (lead.clone(), later.to_vec())).unwrap_or_default();
    Some(Unit {
        lead,
        later_leads,
        titles: titles(&reading.text).map(|span| folded.within(span)).collect(),
        block,
        is_heading: kind.heading_level().is_some(),
        breaks: folded.before(&reading.text, is_punctuation),
        spaces: folded.before(&reading.text, char::is_whitespace),
        sentences: sentences.collect(),
        characters: folded.characters,
        known: Known::default(),
        heading: None,
    })
}

/// What is compared of a stretch of a document's text; `None` if it is none.
pub(super) fn words_of(document: &Document, span: Span, regional: bool) -> Option<Vec<char>> {
    let reading = document.reading_without_signs(span)?;
    let folded = regional::folded(&reading.text, regional);
    Some(folded.text.chars().filter(|&character| character != PARAGRAPH).collect())
}

/// The folded characters of a text, and where each of them stands in it.
struct Marked {
    characters: Vec<char>,
    /// The byte of the folded text at which each character begins, and the end of the last.
    begins: Vec<u32>,
    pairing: Pairing,
}

impl Marked {
    fn new(text: &str, regional: bool) -> Self {
        let Folded { text: folded, pairing } = regional::folded(text, regional);
        let kept = || folded.char_indices().filter(|&(_, character)| character != PARAGRAPH);
        let mut begins: Vec<u32> = kept().map(|(at, _)| saturate(at)).collect();
        begins.push(saturate(folded.len()));
        Self { characters: kept().map(|(_, character)| character).collect(), begins, pairing }
    }

    /// Which characters a stretch of the text has.
    fn within(&self, span: Span) -> Range<usize> {
        let across = self.pairing.right_from_left_tight(span);
        self.place(across.start())..self.place(across.end()).max(self.place(across.start()))
    }

    /// The first character that begins at `byte` of the folded text or later.
    fn place(&self, byte: u32) -> usize {
        self.begins.partition_point(|&begin| begin < byte).min(self.characters.len())
    }

    /// Before which characters something of this kind stands in `text`, in order.
    fn before(&self, text: &str, is_kind: impl Fn(char) -> bool) -> Vec<u32> {
        let places = text.char_indices().filter(|&(_, character)| is_kind(character));
        let mut before: Vec<u32> = places
            .map(|(at, _)| saturate(self.place(self.pairing.caret_right_from_left(saturate(at)))))
            .collect();
        before.dedup();
        before
    }

    /// Where a stretch of the characters stands in the text.
    fn span(&self, range: &Range<usize>) -> Span {
        let begin = |at: usize| self.begins.get(at).copied();
        let (first, last) = (begin(range.start), range.end.checked_sub(1).and_then(begin));
        let Some((first, last)) = first.zip(last).filter(|_| !range.is_empty()) else {
            return Span::default();
        };
        let across = |at| self.pairing.left_from_right_tight(Span::from_length(at, 1));
        across(first).union(across(last))
    }
}

/// The first clause within a stretch of a text, without a number that it begins with.
fn lead_of(text: &str, within: Span, folded: &Marked) -> Range<usize> {
    let own = within.of(text).unwrap_or_default();
    let mut leads = clauses(own)
        .into_iter()
        .map(|clause| folded.within(without_number(own, clause).moved_right(within.start())));
    leads.find(|range| !range.is_empty()).unwrap_or_default()
}

/// What stands between 《 and 》, in order.
fn titles(text: &str) -> impl Iterator<Item = Span> {
    let mut begin = None;
    text.char_indices().filter_map(move |(at, character)| match character {
        '《' | '〈' => {
            begin = Some(at + character.len_utf8());
            None
        }
        '》' | '〉' => begin.take().map(|begin| Span::from_range(&(begin..at))),
        _ => None,
    })
}

/// A clause of `text` without the number that it begins with.
pub(super) fn without_number(text: &str, clause: Span) -> Span {
    let number = number_length(clause.of(text).unwrap_or_default());
    Span::new((clause.start() + number).min(clause.end()), clause.end())
}

/// How many bytes of a clause are its number: 一、 （二） 3. 第四条.
fn number_length(clause: &str) -> u32 {
    let is_digit =
        |c: char| c.is_ascii_digit() || "〇零一二三四五六七八九十百千兩两０１２３４５６７８９".contains(c);
    let opened = clause.trim_start_matches(['（', '(', '第', '【', '[']);
    let counted = opened.trim_start_matches(is_digit);
    // 三项措施 counts, 第三项 numbers.
    let is_article = |c: char| clause.starts_with('第') && "條条章節节款項项".contains(c);
    let ended = counted.trim_start_matches(|c: char| is_article(c) || "）)、.．】] \u{3000}".contains(c));
    let is_number = counted.len() < opened.len() && ended.len() < counted.len();
    if is_number { saturate(clause.len() - ended.len()) } else { 0 }
}

/// Where stretches of a unit's characters stand in its document's text.
pub(super) struct Places<'a> {
    reading: Reading<'a>,
    marked: Marked,
}

impl<'a> Places<'a> {
    /// Folds the block once more: keeping this for every unit would cost more memory than the texts.
    pub(super) fn new(document: &'a Document, block: BlockIndex, regional: bool) -> Option<Self> {
        let reading = document.reading_without_signs(document.block(block)?.span)?;
        let marked = Marked::new(&reading.text, regional);
        Some(Self { reading, marked })
    }

    /// The stretch of the document's text that these characters of the unit were.
    pub(super) fn span(&self, range: &Range<usize>) -> Span {
        let read = self.marked.span(range);
        self.reading.pairing.left_from_right_tight(read).moved_right(self.reading.source.start())
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::testing::{document, unit, units, written};

    #[test]
    fn the_leading_clause_stands_without_its_number() {
        let check = |text, expected| {
            let unit = unit(text);
            assert_eq!(written(&unit, &unit.lead), expected);
        };
        check("一、修好渡口的码头，方便两岸往来。", "修好渡口的码头");
        check("（二）疏浚河道：先清淤泥。", "疏浚河道");
        check("第四条　图书室周末开放。", "图书室周末开放");
        check("12. 巡护山林，防止山火。", "巡护山林");
        check("一帶一路沿线的渡口，都要检修。", "一带一路沿线的渡口");
        check("三江源的林木，不得砍伐。", "三江源的林木");
        check("五、", "");
    }

    #[test]
    fn later_sentences_have_leading_clauses_too() {
        let unit = unit("一、种树，护林。渡口每年检修，费用两岸分摊。完。");
        let leads: Vec<String> = unit.later_leads.iter().map(|lead| written(&unit, lead)).collect();
        assert_eq!(leads, ["渡口每年检修", "完"]);
        let marked: Vec<bool> = (0..unit.characters.len()).map(|at| unit.leads_later(at)).collect();
        assert_eq!(marked.iter().filter(|leads| **leads).count(), "渡口每年检修完".chars().count());
    }

    #[test]
    fn what_is_compared_has_no_marks_and_knows_where_they_were() {
        let unit = unit("「種樹」，護林；plant trees。");
        assert_eq!(written(&unit, &(0..unit.characters.len())), "种树护林planttrees");
        assert!(!unit.is_broken(&(0..2)));
        assert!(unit.is_broken(&(1..3)));
        assert!(!unit.is_broken(&(2..4)));
        assert!(unit.cuts_word(&(4..6)));
        assert!(!unit.cuts_word(&(4..9)));
        assert!(!unit.cuts_word(&(2..9)));
    }

    #[test]
    fn sentences_and_titles_are_stretches_of_the_characters() {
        let check = |text, sentences: &[&str], titles: &[&str]| {
            let unit = unit(text);
            let all = |ranges: &[Range<usize>]| -> Vec<String> {
                ranges.iter().map(|range| written(&unit, range)).collect()
            };
            assert_eq!(all(&unit.sentences), sentences);
            assert_eq!(all(&unit.titles), titles);
            let inside: Vec<Range<usize>> =
                (0..unit.characters.len()).filter_map(|at| unit.title_at(at).cloned()).collect();
            assert_eq!(inside.len(), titles.concat().chars().count());
        };
        check("先种树。再清淤！", &["先种树", "再清淤"], &[]);
        check("照《山林公約》和《渡口章程》办。", &["照山林公约和渡口章程办"], &["山林公约", "渡口章程"]);
        check("《没有写完的题目", &["没有写完的题目"], &[]);
    }

    #[test]
    fn a_block_knows_the_nearest_heading_above() {
        let headings: Vec<Option<usize>> = units("先说一句\n#总则\n种树\n*首页\n##细则\n护林\n清淤")
            .iter()
            .map(|unit| unit.heading)
            .collect();
        assert_eq!(headings, [None, None, Some(1), None, Some(3), Some(3)]);
    }

    #[test]
    fn characters_lead_back_to_the_text() {
        let check = |marked: &str, range, regional| {
            let text = marked.replace(['⟦', '⟧'], "");
            let document = document(&text);
            let places = Places::new(&document, BlockIndex::new(0), regional).unwrap();
            let span = places.span(&range);
            let start = saturate(marked.find('⟦').unwrap());
            let end = saturate(marked.find('⟧').unwrap() - '⟦'.len_utf8());
            assert_eq!(span, Span::new(start, end));
        };
        check("「渡⟦口」，修⟧橋。", 1..3, false);
        check("⟦渡口⟧，修橋。", 0..2, false);
        // 互联网: three characters for the four that are written.
        check("接入⟦網際網路⟧的渡口", 2..5, true);
    }
}
