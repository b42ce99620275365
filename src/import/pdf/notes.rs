//! The notes at the foot of a page.

use std::collections::HashMap;

use super::columns::Line;
use super::furniture::{LinedPage, Role};
use super::marks::{self, Form};
use super::tags::{Tag, TagKind};

/// How high on its page a note as large as the text may begin, from the top as a part of the height.
const HIGHEST: f32 = 0.4;
/// How much further than its lines notes stand from the text whose marks are not raised.
const APART: f32 = 1.35;
/// How many lines above them say how far lines stand apart, and how many lines are tried as the first of the notes.
const NEAR: usize = 12;
const MOST_TRIED: usize = 16;

impl LinedPage {
    /// Finds the notes: small print at the foot of a column that begins with a mark, or text of any size that begins with
    /// the mark of a place above.
    pub(super) fn find_notes(&mut self, body: f32) {
        let mut end = self.lines.len();
        while end > 0 {
            let start = self.column_start(end);
            if !self.find_answering_notes(start, end) {
                self.find_notes_between(start, end, body);
            }
            end = start;
        }
    }

    /// Finds the notes of a column whose marks stand in the text above too: raised ones, or others of the same form, where
    /// the notes stand apart and count on.
    fn find_answering_notes(&mut self, start: usize, end: usize) -> bool {
        let (above, below) = self.lines.get(..end).unwrap_or_default().split_at(start);
        let start_at = |at: usize| {
            let is_low = |line: &Line| line.tag().is_none() && line.baseline() > self.height * HIGHEST;
            let found = below.get(at).filter(|(line, role)| *role == Role::Body && is_low(line));
            found.and_then(|(line, _)| Start::of(line))
        };
        let is_raised = |at: &usize| start_at(*at).is_some_and(|start| start.is_raised);
        // Where the first raised mark is not answered, those behind it are not all of the notes.
        let first_raised = (0..below.len()).find(is_raised);
        let is_start = |at: &usize| match start_at(*at) {
            Some(start) if start.is_raised => first_raised == Some(*at),
            Some(_) => stands_apart(below, *at),
            None => false,
        };
        let answers = |first: &usize| {
            let (text, notes) = below.split_at(*first);
            let notes: Vec<&Line> = body(notes).collect();
            are_alike(&notes) && are_answered(&notes, &body(above).chain(body(text)).collect::<Vec<_>>())
        };
        let first = (0..below.len()).filter(is_start).take(MOST_TRIED).find(answers);
        let Some(first) = first else { return false };
        let kind = below.get(first).and_then(|(line, _)| Start::of(line));
        for (line, role) in self.lines.get_mut(start + first..end).unwrap_or_default() {
            if *role == Role::Body {
                let begins = Start::of(line)
                    .is_some_and(|start| kind.as_ref().is_some_and(|kind| kind.is_like(&start)));
                *role = if begins { Role::NoteStart } else { Role::NoteMore };
            }
        }
        true
    }

    /// Where the column begins whose last line is the one before `end`.
    fn column_start(&self, end: usize) -> usize {
        let before = self.lines.get(..end).unwrap_or_default();
        before.iter().rposition(|(line, _)| line.begins_column).unwrap_or(0)
    }

    fn find_notes_between(&mut self, start: usize, end: usize, body: f32) {
        let small = |line: &Line| line.size() > 0.0 && line.size() <= body * 0.93;
        let lines = self.lines.get(start..end).unwrap_or_default();
        let text = lines.iter().rposition(|(line, role)| *role == Role::Body && !small(line));
        let (Some(text), true) = (text, self.has_room_below(start, end)) else { return };
        let mut inside = false;
        for (line, role) in self.lines.get_mut(start + text + 1..end).unwrap_or_default() {
            let is_other = |tag: Tag| tag.kind != TagKind::Paragraph;
            if *role != Role::Body || line.tag().is_some_and(is_other) {
                continue;
            }
            let begins = Start::of(line).is_some() || says_of_paper(line);
            inside |= begins;
            if inside {
                *role = if begins { Role::NoteStart } else { Role::NoteMore };
            }
        }
    }

    /// Whether a column reaches into the lower half of the page.
    fn has_room_below(&self, start: usize, end: usize) -> bool {
        let lines = self.lines.get(start..end).unwrap_or_default();
        lines.iter().any(|(line, role)| *role == Role::Body && line.baseline() > self.height * 0.5)
    }
}

/// What a journal says at the foot of the first page of a paper, before a colon.
const OF_PAPER: &str = "收稿日期 收件日期 修回日期 修订日期 修訂日期 录用日期 接受日期 网络出版时间 網路出版時間 基金项目 基金項目 \
    资助项目 資助項目 项目来源 作者简介 作者簡介 第一作者 通信作者 通讯作者 通訊作者 投稿日期 接受刊登";

/// Whether a line begins with what a journal says of a paper: when it came, who paid for it, who wrote it.
fn says_of_paper(line: &Line) -> bool {
    let said = line.said();
    let said = said.trim_start().trim_start_matches(['[', '［', '【', '*', '＊']);
    let Some((name, _)) = said.split_once(['：', ':', '］', ']', '】']) else { return false };
    let name: String = name.chars().filter(|found| !found.is_whitespace()).collect();
    OF_PAPER.split_whitespace().any(|known| known == name)
}

/// Whether lines are of one size and near each other, as those of notes are down to the foot of the page.
fn are_alike(lines: &[&Line]) -> bool {
    lines.windows(2).all(|pair| match pair {
        [above, below] => {
            let (size, distance) = (above.size(), below.baseline() - above.baseline());
            (size - below.size()).abs() <= size * 0.09 && distance <= size * 2.5
        }
        _ => true,
    })
}

/// The lines of text among some.
fn body(lines: &[(Line, Role)]) -> impl DoubleEndedIterator<Item = &Line> {
    lines.iter().filter(|(_, role)| *role == Role::Body).map(|(line, _)| line)
}

/// How a line begins that may begin a note.
struct Start {
    form: Form,
    is_raised: bool,
    /// What its mark says.
    says: String,
}

impl Start {
    fn of(line: &Line) -> Option<Self> {
        let piece = line.pieces.first()?;
        let mark = marks::of_note(&piece.text, &piece.raised)?;
        let is_raised = piece.raised.first().is_some_and(|raised| raised.start == 0);
        Some(Self { form: mark.form, is_raised, says: marks::letters(piece.text.get(..mark.end)?) })
    }

    /// Whether another mark is written in the same way.
    fn is_like(&self, other: &Self) -> bool {
        self.form == other.form && self.is_raised == other.is_raised
    }
}

// ---- Marks that answer each other -----------------------------------------------------------------------

/// Whether the text has the marks of these notes. Those that are not raised may be the numbers of a list: they must count
/// on, in the text too.
fn are_answered(notes: &[&Line], text: &[&Line]) -> bool {
    let starts: Vec<Start> = notes.iter().filter_map(|line| Start::of(line)).collect();
    let Some(first) = starts.first() else { return false };
    let own: Vec<&Start> = starts.iter().filter(|start| start.is_like(first)).collect();
    let mut marks: HashMap<(Form, String), usize> = HashMap::new();
    for (place, mark) in text.iter().flat_map(|line| marks_within(line)).enumerate() {
        marks.entry(mark).or_insert(place);
    }
    let place = |start: &&Start| marks.get(&(start.form, start.says.clone())).copied();
    let Some(places) = own.iter().map(place).collect::<Option<Vec<usize>>>() else { return false };
    let numbers: Vec<Option<u32>> = own.iter().map(|start| marks::number(&start.says)).collect();
    let counts = numbers.windows(2).all(|pair| match pair {
        [Some(before), Some(next)] => *next == before + 1,
        _ => false,
    });
    first.is_raised || counts && places.is_sorted()
}

/// Whether there is more white before a line of a column than between the lines above, and no heading of a list of books.
fn stands_apart(lines: &[(Line, Role)], at: usize) -> bool {
    let (before, from) = lines.split_at_checked(at).unwrap_or_default();
    let last: Vec<&Line> = body(before).rev().take(NEAR).collect();
    let (Some(above), Some((first, _))) = (last.first(), from.first()) else { return false };
    let mut usual: Vec<f32> = last
        .windows(2)
        .map(|pair| match pair {
            [below, above] => below.baseline() - above.baseline(),
            _ => 0.0,
        })
        .collect();
    usual.sort_by(f32::total_cmp);
    let usual = usual.get(usual.len() / 2).copied().unwrap_or(above.size() * 1.7);
    first.baseline() - above.baseline() > usual.max(first.size()) * APART && !names_books(&above.said())
}

/// Whether a line heads a list of the books that a text is taken from: their numbers stand in the text too.
fn names_books(line: &str) -> bool {
    let names = ["參考", "参考", "引用", "書目", "书目", "References", "REFERENCES", "Bibliography"];
    line.chars().count() <= 20 && names.iter().any(|name| line.contains(name))
}

/// The marks in a line, but not at its beginning, in order.
fn marks_within(line: &Line) -> Vec<(Form, String)> {
    let mut marks = Vec::new();
    for piece in &line.pieces {
        let is_first = piece.left <= line.left();
        let raised = piece.raised.iter().map(|place| (place.clone(), Form::Sign));
        let mut found: Vec<_> = raised.chain(marks::in_text(&piece.text)).collect();
        found.retain(|(place, _)| !is_first || place.start > 0);
        found.sort_by_key(|(place, _)| place.start);
        let said = found
            .into_iter()
            .filter_map(|(place, form)| Some((form, marks::letters(piece.text.get(place)?))));
        marks.extend(said);
    }
    marks
}
