//! Blocks to the text of a document. Lines stay lines in the text; that they are one paragraph is a repair,
//! which the reader can refuse.

use std::collections::{BTreeSet, HashMap, HashSet};
use std::ops::Range;

use super::authors;
use super::draft::{Draft, DraftLine, Kind};
use super::links::{Links, Wanted, name_of};
use super::marks::{self, Form, Mark};
use super::remarks::Remarks;
use super::rows::tenths;
use crate::document::{BlockKind, Field, Format, Metadata, Repair, RepairChoices, RepairKind};
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
        raised: raised(drafts),
        tied: HashSet::new(),
        authors: None,
    };
    for (draft, kind) in drafts.iter().zip(kinds) {
        writing.write(draft, *kind);
    }
    writing.begin_pages(labels.len());
    let named = writing.authors;
    let mut read = writing.writer.finish(Format::Pdf, metadata);
    read.repairs = writing.repairs;
    if read.metadata.author.is_none() {
        // Where the file says nothing of them, the names below the title are believed.
        let said = |span: Span| authors::named(&span.of(&read.text)?.replace('\n', " "));
        read.metadata.author = named.and_then(|span| Some(Field { value: said(span)?, span: Some(span) }));
    }
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

/// A note as the text knows it.
struct Note {
    name: String,
    /// How its mark is written.
    form: Form,
}

/// The notes of the document, by page and mark.
fn notes(drafts: &[Draft]) -> HashMap<NoteKey, Note> {
    let notes = drafts.iter().filter(|draft| draft.kind == Kind::Note).filter_map(note_key);
    let named = notes.map(|(key, mark)| {
        let name = format!("{} {}", key.0, key.1);
        (key, Note { name, form: mark.form })
    });
    named.collect()
}

/// What a stretch of a line is tied to.
enum Tie<'a> {
    /// The note that its mark calls.
    Note(NoteKey),
    /// How it is read.
    Reading(&'a str),
}

/// The page and mark of a note.
fn note_key(draft: &Draft) -> Option<(NoteKey, Mark)> {
    let line = draft.lines.first()?;
    let mark = marks::of_note(&line.text, &line.raised)?;
    Some(((line.page, marks::letters(line.text.get(..mark.end)?)), mark))
}

/// The marks that stand raised in the text.
fn raised(drafts: &[Draft]) -> HashSet<NoteKey> {
    let text = drafts.iter().filter(|draft| may_have_marks(draft)).flat_map(|draft| &draft.lines);
    let said = |line: &DraftLine, place: &Range<usize>| {
        Some((line.page, marks::letters(line.text.get(place.clone())?)))
    };
    text.flat_map(|line| line.raised.iter().filter_map(move |place| said(line, place))).collect()
}

fn may_have_marks(draft: &Draft) -> bool {
    matches!(draft.kind, Kind::Text | Kind::Row)
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
    notes: HashMap<NoteKey, Note>,
    /// The marks that stand raised in the text.
    raised: HashSet<NoteKey>,
    /// The notes whose mark was found where it does not stand raised.
    tied: HashSet<NoteKey>,
    /// Where the names of the authors stand.
    authors: Option<Span>,
}

impl Writing<'_> {
    fn write(&mut self, draft: &Draft, kind: BlockKind) {
        let note = note_key(draft).filter(|_| draft.kind == Kind::Note);
        if let Some(known) = note.as_ref().and_then(|(key, _)| self.notes.get(key)) {
            self.writer.begin_note(&known.name);
        }
        let (mut before, mut begun) = (None::<&DraftLine>, 0);
        for line in &draft.lines {
            match before {
                None => self.writer.open(kind, draft.boxed),
                Some(_) if draft.kind == Kind::Listing || line.follows_break => self.writer.hard_break(),
                Some(before) => self.join(before, line, (draft, kind)),
            }
            self.begin_pages(line.page + 1);
            if before.is_none() {
                self.name_places(draft, line);
                begun = self.writer.position();
            }
            let from = self.writer.position();
            let mark = note.as_ref().map(|(_, mark)| mark.end).filter(|_| before.is_none());
            match mark {
                Some(end) => self.write_note_start(line, end),
                None => self.write_line(line, may_have_marks(draft)),
            }
            let added = (self.writer.position() - from).saturating_sub(line.text.len());
            let written =
                Written { from, mark_end: mark.unwrap_or(0), added: if mark.is_some() { added } else { 0 } };
            self.link(line, written);
            self.remark(line, written);
            before = Some(line);
        }
        self.link = None;
        if kind == BlockKind::Byline {
            let end = saturate(self.writer.position());
            self.authors.get_or_insert(Span::new(saturate(begun), end));
        }
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
            return self.writer.open(kind, draft.boxed);
        }
        self.writer.hard_break();
        let spaced = hyphen == 0 && parts_words(&before.text, &line.text);
        self.repairs.push(Repair { span, kind: repair, spaced });
    }

    fn write_note_start(&mut self, line: &DraftLine, end: usize) {
        let (mark, rest) = line.text.split_at_checked(end).unwrap_or(("", &line.text));
        self.writer.push(mark);
        let is_apart = |found: char| found.is_whitespace() || matches!(found, '：' | ':');
        if !rest.starts_with(is_apart) && !mark.ends_with(is_apart) {
            self.writer.push(" ");
        }
        self.writer.push(rest);
        // Readings of a note stand behind it, for it is one itself.
        for (_, says) in &line.readings {
            self.writer.add_reading(self.writer.position(), says);
        }
    }

    /// Writes a line, with the marks of notes in it tied to them, and with readings as notes on their letters.
    fn write_line(&mut self, line: &DraftLine, may_have_marks: bool) {
        let marks = if may_have_marks { self.marks_in(line) } else { Vec::new() };
        let mut ties: Vec<(Range<usize>, Tie)> =
            line.readings.iter().map(|(place, says)| (place.clone(), Tie::Reading(says))).collect();
        ties.extend(marks.into_iter().map(|(place, key)| (place, Tie::Note(key))));
        ties.sort_by_key(|(place, _)| place.start);
        let mut done = 0;
        for (place, tie) in ties {
            let (start, end) = (place.start.max(done), place.end.max(done));
            self.writer.push(line.text.get(done..start).unwrap_or_default());
            let from = self.writer.position();
            self.writer.push(line.text.get(start..end).unwrap_or_default());
            match tie {
                Tie::Reading(says) => self.writer.add_reading(from, says),
                Tie::Note(key) => {
                    if let Some(note) = self.notes.get(&key) {
                        self.writer.tie(from, &note.name);
                    }
                }
            }
            done = end;
        }
        self.writer.push(line.text.get(done..).unwrap_or_default());
    }

    fn marks_in(&mut self, line: &DraftLine) -> Vec<(Range<usize>, NoteKey)> {
        if self.notes.is_empty() {
            return Vec::new();
        }
        let mut marks = Vec::new();
        for place in &line.raised {
            let said = line.text.get(place.clone()).unwrap_or_default();
            let key = (line.page, marks::letters(said));
            if self.notes.contains_key(&key) {
                marks.push((place.clone(), key));
            }
        }
        let raised: HashSet<usize> = marks.iter().map(|(place, _)| place.start).collect();
        for (place, form) in marks::in_text(&line.text) {
            let said = line.text.get(place.clone()).unwrap_or_default();
            let key = (line.page, marks::letters(said));
            let sign = line.signs.partition_point(|sign| sign.end <= place.start);
            let is_sign = line.signs.get(sign).is_some_and(|sign| sign.start <= place.start);
            let is_new = !is_sign && !raised.contains(&place.start);
            if is_new && self.answers(&key, form) && self.is_first(&key, said) {
                marks.push((place, key));
            }
        }
        marks.sort_by_key(|(place, _)| place.start);
        marks
    }

    /// Whether a mark that is not raised, written so, is that of a note of its page: what may be a word of the text must
    /// be written as the note has it, and stand nowhere raised.
    fn answers(&self, key: &NoteKey, form: Form) -> bool {
        let is_sure = form == Form::Sign;
        self.notes.get(key).is_some_and(|note| is_sure || note.form == form && !self.raised.contains(key))
    }

    /// Whether it is the first of its kind on the page: ① also counts items. Raised digits are marks wherever they stand.
    fn is_first(&mut self, key: &NoteKey, said: &str) -> bool {
        said.starts_with(marks::is_raised_digit) || self.tied.insert(key.clone())
    }
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
