//! The words that a reason names: whole, and as the left side writes them.

use std::ops::Range;
use std::rc::Rc;

use crate::compare::Evidence;
use crate::compare::evidence::Shared;
use crate::compare::grams::OF_HEADING;
use crate::compare::units::{Places, Unit};
use crate::compare::words::is_particle;

/// Names what two units share.
pub(super) struct Naming<'a> {
    pub(super) left: &'a Unit,
    pub(super) right: &'a Unit,
    /// Where the left unit stands in `text`.
    pub(super) places: Rc<Places<'a>>,
    /// The left document's text.
    pub(super) text: &'a str,
}

/// How many words are named in a reason at most.
const WORDS_NAMED: usize = 4;
/// In longer blocks words are not searched to be named whole, in characters.
const LONGEST_SEARCHED: usize = 4000;
/// A single character names nothing.
const SHORTEST_NAMED: usize = 2;
/// How long what is named can be, in characters.
const LONGEST_NAMED: usize = 24;
/// So far before a word the mark that opens a title is looked for, in characters.
const LONGEST_TITLE: usize = 40;

impl Naming<'_> {
    /// The words that both say, in the order of `shared`; what stands in the headings above is passed over.
    pub(super) fn evidence(&self, shared: &[Shared]) -> Vec<Evidence> {
        let (mut leading, mut named, mut words) = (Vec::new(), Vec::new(), Vec::new());
        for each in shared.iter().filter(|each| each.length > 0 && each.at < OF_HEADING) {
            let own = each.at as usize..(each.at + each.length) as usize;
            let whole = self.trimmed(self.widened(own.clone()));
            if whole.len() < SHORTEST_NAMED {
                continue;
            }
            let span = self.places.span(&whole);
            let Some(written) = span.of(self.text) else { continue };
            let word = written.split_whitespace().collect::<String>();
            if is_named(self.text, span.start(), written) {
                named.push(word);
            } else if whole.start < self.left.lead.end && self.leads_right(own) {
                leading.push(word);
            } else {
                words.push(word);
            }
        }
        let mut evidence: Vec<Evidence> = Vec::new();
        evidence.extend(few(leading).map(Evidence::LeadingClause));
        evidence.extend(few(named).map(Evidence::Named));
        evidence.extend(few(words).map(Evidence::Words));
        evidence
    }

    /// Whether the right unit's leading clause has these characters of the left one too; a single one says nothing.
    fn leads_right(&self, range: Range<usize>) -> bool {
        let own = self.left.characters.get(range).unwrap_or_default();
        let lead = self.right.characters.get(self.right.lead.clone()).unwrap_or_default();
        let lead = lead.get(..lead.len().min(LONGEST_SEARCHED)).unwrap_or_default();
        own.len() > 1 && lead.windows(own.len()).any(|window| window == own)
    }

    /// Without the particles at either end.
    fn trimmed(&self, range: Range<usize>) -> Range<usize> {
        let is_bare = |at: usize| self.left.characters.get(at).copied().is_some_and(is_particle);
        let mut trimmed = range;
        while !trimmed.is_empty() && is_bare(trimmed.start) {
            trimmed.start += 1;
        }
        while !trimmed.is_empty() && is_bare(trimmed.end - 1) {
            trimmed.end -= 1;
        }
        trimmed
    }

    /// The longest stretch around `range`, without punctuation in it, that the right unit has too.
    fn widened(&self, range: Range<usize>) -> Range<usize> {
        let mut widest = range;
        if self.right.characters.len() > LONGEST_SEARCHED {
            return widest;
        }
        while widest.start > 0
            && widest.len() < LONGEST_NAMED
            && self.both_have(&(widest.start - 1..widest.end))
        {
            widest.start -= 1;
        }
        while widest.end < self.left.characters.len()
            && widest.len() < LONGEST_NAMED
            && self.both_have(&(widest.start..widest.end + 1))
        {
            widest.end += 1;
        }
        widest
    }

    fn both_have(&self, range: &Range<usize>) -> bool {
        let own = self.left.characters.get(range.clone()).unwrap_or_default();
        let mut windows = self.right.characters.windows(own.len().max(1));
        !self.left.is_broken(range) && windows.any(|window| window == own)
    }
}

/// Some of the words, none of them inside another; `None` where there are none.
fn few(words: Vec<String>) -> Option<Vec<String>> {
    let mut kept: Vec<String> = Vec::new();
    for word in words {
        if !kept.iter().any(|other| other.contains(&word)) {
            kept.retain(|other| !word.contains(other.as_str()));
            kept.push(word);
        }
    }
    kept.truncate(WORDS_NAMED);
    (!kept.is_empty()).then_some(kept)
}

/// Whether a stretch is (part of) a title or quotation, or a name or figure in Latin letters and digits.
fn is_named(text: &str, start: u32, written: &str) -> bool {
    let before = text.get(..start as usize).unwrap_or_default();
    let before: String = before.chars().rev().take(LONGEST_TITLE).collect();
    let opened = before.find(['《', '〈', '「', '“', '『']);
    let closed = before.find(['》', '〉', '」', '”', '』', '\n', '。']);
    let is_inside = opened.is_some_and(|opened| closed.is_none_or(|closed| opened < closed));
    let latin = written.chars().filter(char::is_ascii_alphanumeric).count();
    is_inside || latin * 2 > written.chars().count()
}
