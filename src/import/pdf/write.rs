//! Blocks to the text of a document. Lines stay lines in the text; that they are one paragraph is a repair,
//! which the reader can refuse.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::draft::{Draft, DraftLine, Kind};
use super::links::{Links, Wanted, name_of};
use super::notes::{is_raised_digit, mark_letters, note_mark_of};
use super::remarks::Remarks;
use super::rows::tenths;
use crate::document::{BlockKind, Format, Metadata, Repair, RepairChoices, RepairKind};
use crate::import::writer::Writer;
use crate::import::{Read, characters, clean};
use crate::text::{Span, saturate};

/// Writes `drafts`, each of which is of the kind beside it, with the links and the remarks
/// laid over them. `labels` are those of the pages.
pub(super) fn write(
    (drafts, kinds): (&[Draft], &[BlockKind]),
    (links, remarks): (&Links<'_>, &Remarks),
    labels: &[String],
    choices: &RepairChoices,
    metadata: Metadata,
) -> Read {
    let mut writing = Writing {
        writer: Writer::default(),
        repairs: Vec::new(),
        links,
        remarks,
        link: None,
        wanted: links.wanted(),
        labels,
        begun: 0,
        choices,
        notes: notes(drafts),
        tied: HashSet::new(),
    };
    for (draft, kind) in drafts.iter().zip(kinds) {
        writing.write(draft, *kind);
    }
    writing.begin_pages(labels.len());
    let mut read = writing.writer.finish(Format::Pdf, metadata);
    read.repairs = writing.repairs;
    // Some programs write down once more what was marked.
    for comment in &mut read.comments {
        let words = comment.span.of(&read.text).unwrap_or_default();
        if !words.is_empty() && clean::same_letters(words, &comment.text) {
            comment.text.clear();
        }
    }
    read
}

/// The key of a remark, in their order.
fn key_of(remark: u32) -> String {
    format!("{remark:08}")
}

/// Where a line was written: from where on, and how many bytes were added after its mark, which ended there.
#[derive(Clone, Copy)]
struct Written {
    from: usize,
    mark_end: usize,
    added: usize,
}

impl Written {
    /// The position of a place within the line.
    fn place(self, within: usize) -> usize {
        self.from + within + if within >= self.mark_end { self.added } else { 0 }
    }
}

/// A note at the foot of a page: its page and what its mark says.
type NoteKey = (usize, String);

/// The notes of the document, by page and mark.
fn notes(drafts: &[Draft]) -> HashMap<NoteKey, String> {
    let mut notes = HashMap::new();
    for draft in drafts.iter().filter(|draft| draft.kind == Kind::Note) {
        if let Some((key, _)) = note_key(draft) {
            let name = format!("{} {}", key.0, key.1);
            notes.insert(key, name);
        }
    }
    notes
}

/// The page and mark of a note, and where the mark ends.
fn note_key(draft: &Draft) -> Option<(NoteKey, usize)> {
    let line = draft.lines.first()?;
    let end = note_mark_of(&line.text, &line.raised)?;
    Some(((line.page, mark_letters(line.text.get(..end)?)), end))
}

struct Writing<'a> {
    writer: Writer,
    repairs: Vec<Repair>,
    links: &'a Links<'a>,
    remarks: &'a Remarks,
    /// The link that was written last: its number in the file and in the text, and where it ends.
    link: Option<(u32, usize, usize)>,
    /// The places that links lead to and that were not reached yet.
    wanted: BTreeSet<Wanted>,
    labels: &'a [String],
    /// How many pages have begun.
    begun: usize,
    choices: &'a RepairChoices,
    notes: HashMap<NoteKey, String>,
    /// The notes whose mark was found where it does not stand raised.
    tied: HashSet<NoteKey>,
}

impl Writing<'_> {
    fn write(&mut self, draft: &Draft, kind: BlockKind) {
        let note = note_key(draft).filter(|_| draft.kind == Kind::Note);
        if let Some(name) = note.as_ref().and_then(|(key, _)| self.notes.get(key)) {
            self.writer.begin_note(name);
        }
        let mut before: Option<&DraftLine> = None;
        for line in &draft.lines {
            match before {
                None => self.writer.open(kind, false),
                Some(_) if draft.kind == Kind::Listing || line.follows_break => self.writer.hard_break(),
                Some(before) => self.join(before, line, (draft, kind)),
            }
            self.begin_pages(line.page + 1);
            if before.is_none() {
                self.name_places(draft, line);
            }
            let from = self.writer.position();
            let mark = note.as_ref().map(|(_, end)| *end).filter(|_| before.is_none());
            match mark {
                Some(end) => self.write_note_start(line, end),
                None => self.write_line(line, draft.kind == Kind::Text || draft.kind == Kind::Row),
            }
            let added = (self.writer.position() - from).saturating_sub(line.text.len());
            let written =
                Written { from, mark_end: mark.unwrap_or(0), added: if mark.is_some() { added } else { 0 } };
            self.link(line, written);
            self.remark(line, written);
            before = Some(line);
        }
        self.link = None;
        self.writer.close();
    }

    /// A block begins: the places that links lead to, from the last block on, are there.
    fn name_places(&mut self, draft: &Draft, first: &DraftLine) {
        if matches!(draft.kind, Kind::Furniture | Kind::Hidden) {
            return;
        }
        let here = (first.page, tenths(first.baseline));
        while let Some(place) = self.wanted.pop_first() {
            if place > here {
                self.wanted.insert(place);
                return;
            }
            self.writer.name_place(name_of(place));
        }
    }

    /// Ties the remarks of a line.
    fn remark(&mut self, line: &DraftLine, written: Written) {
        for (words, set) in &line.remarks {
            let (start, end) = (written.place(words.start), written.place(words.end));
            for number in self.remarks.of_set(*set) {
                let Some(remark) = self.remarks.get(*number) else { continue };
                let key = key_of(*number);
                self.writer.comment_at(&key, start, if remark.beside { start } else { end });
                self.writer.comment(&key, remark.said.clone());
            }
        }
    }

    /// Ties the links of a line.
    fn link(&mut self, line: &DraftLine, written: Written) {
        for (words, number) in &line.links {
            let (start, end) = (written.place(words.start), written.place(words.end));
            let goes_on = self.link.filter(|(last, _, ended)| {
                let between =
                    self.writer.since(*ended).get(..start.saturating_sub(*ended)).unwrap_or_default();
                last == number && between.trim().is_empty()
            });
            let begin = || Some(self.links.lead(*number)?.clone());
            let tied = match goes_on {
                Some((_, known, _)) => Some(known),
                None => begin().map(|lead| self.writer.hyperlink_from(start, lead)),
            };
            if let Some(tied) = tied {
                self.writer.end_hyperlink_at(tied, end);
                self.link = Some((*number, tied, end));
            }
        }
    }

    fn begin_pages(&mut self, until: usize) {
        for page in self.begun..until.min(self.labels.len()) {
            self.writer.begin_page(self.labels.get(page).cloned().unwrap_or_default());
            // What is remarked on no text stands where its page begins.
            for number in self.remarks.adrift(page) {
                let Some(remark) = self.remarks.get(*number) else { continue };
                self.writer.begin_comment(&key_of(*number));
                self.writer.comment(&key_of(*number), remark.said.clone());
            }
        }
        self.begun = self.begun.max(until);
    }

    /// Writes the end of a line, and notes that it is to be left out of the reading.
    fn join(&mut self, before: &DraftLine, line: &DraftLine, (draft, kind): (&Draft, BlockKind)) {
        let hyphen = hyphen(&before.text, &line.text);
        let end = self.writer.position();
        let span = Span::new(saturate(end - hyphen), saturate(end + 1));
        let repair = match draft.tag {
            Some(_) => RepairKind::Tagged,
            None if line.crosses => RepairKind::Column,
            None => RepairKind::HardWrap,
        };
        if !self.choices.wants(repair, span) {
            // Refused: two blocks, whose text is the same.
            return self.writer.open(kind, false);
        }
        self.writer.hard_break();
        let spaced = hyphen == 0 && parts_words(&before.text, &line.text);
        self.repairs.push(Repair { span, kind: repair, spaced });
    }

    fn write_note_start(&mut self, line: &DraftLine, end: usize) {
        let (mark, rest) = line.text.split_at_checked(end).unwrap_or(("", &line.text));
        self.writer.push(mark);
        if !rest.starts_with(char::is_whitespace) && !mark.ends_with(char::is_whitespace) {
            self.writer.push(" ");
        }
        self.writer.push(rest);
    }

    /// Writes a line, with the marks of notes in it tied to them.
    fn write_line(&mut self, line: &DraftLine, may_have_marks: bool) {
        let marks = if may_have_marks { self.marks_in(line) } else { Vec::new() };
        let mut done = 0;
        for (place, key) in marks {
            self.writer.push(line.text.get(done..place.start).unwrap_or_default());
            let from = self.writer.position();
            self.writer.push(line.text.get(place.clone()).unwrap_or_default());
            if let Some(name) = self.notes.get(&key) {
                self.writer.tie(from, name);
            }
            done = place.end;
        }
        self.writer.push(line.text.get(done..).unwrap_or_default());
    }

    fn marks_in(&mut self, line: &DraftLine) -> Vec<(Range<usize>, NoteKey)> {
        let mut marks = Vec::new();
        for place in &line.raised {
            let said = line.text.get(place.clone()).unwrap_or_default();
            let key = (line.page, mark_letters(said));
            if self.notes.contains_key(&key) {
                marks.push((place.clone(), key));
            }
        }
        for place in own_marks(&line.text) {
            let said = line.text.get(place.clone()).unwrap_or_default();
            let key = (line.page, mark_letters(said));
            let is_sign = line.signs.iter().any(|sign| sign.start <= place.start && place.start < sign.end);
            let is_new = !is_sign && !marks.iter().any(|(known, _)| known.start == place.start);
            // Only the first circled number of its kind on the page: ① also counts items.
            let first = said.starts_with(is_raised_digit) || self.tied.insert(key.clone());
            if is_new && first && self.notes.contains_key(&key) {
                marks.push((place, key));
            }
        }
        marks.sort_by_key(|(place, _)| place.start);
        marks
    }
}

/// The places of characters that are marks by themselves: raised digits, circled numbers.
fn own_marks(text: &str) -> Vec<Range<usize>> {
    let mut marks: Vec<Range<usize>> = Vec::new();
    for (start, said) in text.char_indices() {
        let end = start + said.len_utf8();
        let raised = is_raised_digit(said);
        match marks.last_mut().filter(|last| raised && last.end == start) {
            Some(last) => last.end = end,
            None if raised || matches!(said, '\u{2460}'..='\u{2473}') => marks.push(start..end),
            None => {}
        }
    }
    marks
}

/// The length in bytes of a hyphen at the end of a line that only parts a word: a letter stands before it and a
/// small one begins the next line.
fn hyphen(before: &str, after: &str) -> usize {
    let Some(mark) = before.chars().next_back().filter(|mark| "-\u{ad}\u{2010}".contains(*mark)) else {
        return 0;
    };
    let word = before.strip_suffix(mark).unwrap_or_default();
    let letters = word.chars().rev().take_while(|found| found.is_alphabetic()).count();
    let small = after.chars().next().is_some_and(|first| first.is_lowercase() && !characters::is_wide(first));
    let wide = word.chars().next_back().is_some_and(characters::is_wide);
    if letters >= 2 && small && !wide || mark == '\u{ad}' { mark.len_utf8() } else { 0 }
}

/// Whether a space must be read between two lines: between words of a script that has spaces.
fn parts_words(before: &str, after: &str) -> bool {
    let narrow = |found: Option<char>| found.is_some_and(|found| !characters::is_wide(found));
    let last = before.chars().next_back();
    narrow(last) && narrow(after.chars().next()) && !matches!(last, Some('-' | '\u{2010}' | '/'))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_hyphen_goes_where_it_only_parts_a_word() {
        let check = |before: &str, after: &str, expected: &str| {
            let kept = before.get(..before.len() - hyphen(before, after)).unwrap();
            assert_eq!(format!("{kept}|{after}"), expected);
        };
        check("the libra-", "ry", "the libra|ry");
        check("the libra\u{2010}", "ry", "the libra|ry");
        check("the Lhasa-", "Beijing road", "the Lhasa-|Beijing road");
        check("pages 3-", "5", "pages 3-|5");
        check("河水 -", "a", "河水 -|a");
    }
}
