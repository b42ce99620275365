//! Lines to blocks: which line goes on where the one before it ends.

use std::collections::BTreeMap;

use super::columns::Line;
use super::contents;
use super::draft::{Draft, DraftLine, Kind};
use super::edges::Edges;
use super::furniture::{self, LinedPage, Role, ends_sentence};
use super::rows::{Piece, tenths};
use super::signs::Marks;
use super::tags::TagKind;
use crate::import::characters;
use crate::import::numbering::{self, Style};

/// What is usual on the pages near one.
#[derive(Clone, PartialEq, Debug, Default)]
pub(super) struct Habits {
    /// The size of running text, in points.
    pub(super) body: f32,
    /// For each size of letters (in tenths of a point) the usual distance of baselines.
    pitches: BTreeMap<u32, f32>,
    /// Whether paragraphs begin with an indent.
    indents: bool,
    /// Whether running text is set in letters of one width.
    fixed: bool,
    /// Where lines are full that end before the edge of their column.
    edges: Edges,
}

impl Habits {
    /// What is usual on `pages`.
    pub(super) fn of(pages: &[LinedPage]) -> Self {
        let body = furniture::body_size(pages);
        let edges = Edges::of(pages);
        let mut distances: BTreeMap<u32, Vec<f32>> = BTreeMap::new();
        let (mut indented, mut flush) = (0_usize, 0_usize);
        for [above, below] in pages.iter().flat_map(pairs) {
            let full = is_full(above, below, &edges);
            let distance = below.baseline() - above.baseline();
            if full && distance > 0.0 && distance < above.size() * 3.0 {
                distances.entry(tenths(above.size())).or_default().push(distance);
            }
            if !full && (below.size() - body).abs() < 0.5 && !is_labelled(below) {
                let indent = (below.left() - below.column.0) / body.max(0.1);
                *(if (0.8..5.0).contains(&indent) { &mut indented } else { &mut flush }) += 1;
            }
        }
        let pitches = distances.into_iter().filter_map(|(size, found)| Some((size, median(found)?)));
        let (pitches, indents, fixed) = (pitches.collect(), indented > flush, is_mostly_fixed(pages));
        Self { body, pitches, indents, fixed, edges }
    }

    /// The usual distance of baselines at a size, in points.
    fn pitch(&self, size: f32) -> f32 {
        let own = tenths(size);
        let known =
            [own, own.saturating_sub(1), own + 1].into_iter().find_map(|near| self.pitches.get(&near));
        known.copied().unwrap_or(size * 1.7)
    }
}

fn is_mostly_fixed(pages: &[LinedPage]) -> bool {
    let lines = || pages.iter().flat_map(|page| &page.lines);
    let fixed = lines().filter(|(line, _)| line.main().fixed).count();
    fixed * 10 > lines().count() * 8
}

fn median(mut found: Vec<f32>) -> Option<f32> {
    found.sort_by(f32::total_cmp);
    found.get(found.len() / 2).copied()
}

/// Neighbouring lines of text of a page, in the same column.
fn pairs(page: &LinedPage) -> impl Iterator<Item = [&Line; 2]> {
    page.lines.windows(2).filter_map(|pair| match pair {
        [(above, Role::Body), (below, Role::Body)] if !below.begins_column => Some([above, below]),
        _ => None,
    })
}

// ---- Does a line go on? ---------------------------------------------------------------------------------

/// Whether a line reaches so far that the first unit of the next would not have fitted.
fn is_full(line: &Line, next: &Line, edges: &Edges) -> bool {
    let em = line.size();
    let first = next.pieces.first().map_or("", |piece| &piece.text);
    let edge = edge(line, next);
    let edge = edges.of_line(line).map_or(edge, |usual| usual.min(edge));
    line.right() + unit(first) * em > edge + em * 0.05
}

/// Where the lines of a block end at the right. One that stands in from the left, such as a quotation, stands in
/// from the right too, by nearly as much, if the longer of its lines says so.
fn edge(line: &Line, next: &Line) -> f32 {
    let (left, right) = line.column;
    let inward = line.left().min(next.left()) - left;
    let reach = line.right().max(next.right());
    let both = inward > line.size() * 1.5 && (inward * 0.5..inward * 1.6).contains(&(right - reach));
    if both { reach } else { right }
}

/// The width in ems of what may not be parted at the beginning of a line.
fn unit(text: &str) -> f32 {
    let word = text.chars().take_while(char::is_ascii_graphic).count();
    if word > 0 {
        return 0.9 + 0.5 * f32::from(u8::try_from(word).unwrap_or(40).min(40));
    }
    let is_mark =
        |&mark: &char| characters::closes(mark) || characters::ends_sentence(mark) || "，、".contains(mark);
    let marks = text.chars().skip(1).take_while(is_mark).count();
    1.5 + f32::from(u8::try_from(marks).unwrap_or(4).min(4))
}

/// Whether `below` goes on the open paragraph, whose last line stands before it in the same column.
fn goes_on(open: &Open, below: &Line, next: Option<&Line>, habits: &Habits) -> bool {
    let Open { first, last: above, alone } = open;
    let em = above.size().max(0.1);
    let distance = below.baseline() - above.baseline();
    let same_size = (above.size() - below.size()).abs() <= above.size().max(below.size()) * 0.09;
    let near = distance <= habits.pitch(above.size()) * 1.22 + 0.5 && distance > 0.0;
    if !same_size || !near || is_tabular(above) || is_tabular(below) {
        return false;
    }
    if parts_set_right(first, above, below, next) {
        return false;
    }
    if is_centred(above) && is_centred(below) && !are_of_a_block(above, below) {
        return above.size() > habits.body * 1.1 && above.main().bold == below.main().bold;
    }
    let full = is_full(above, below, &habits.edges);
    let heavier = above.main().bold != below.main().bold;
    if !full || heavier && (is_labelled(first) || above.size() > habits.body * 1.1) {
        return false;
    }
    let said: String = above.pieces.iter().map(|piece| piece.text.as_str()).collect();
    if is_labelled(below) && (ends_sentence(&said) || is_strong_label(below)) {
        return false;
    }
    let inward = (below.left() - above.left()) / em;
    let hangs = is_labelled(first) || next.is_some_and(|next| (next.left() - below.left()).abs() < em * 0.5);
    if inward > 0.8 {
        // A line further in than the one before begins a paragraph, unless the first line hangs out.
        return *alone && hangs && (is_labelled(first) || !habits.indents);
    }
    let stands_in = below.left() - below.column.0 > em * 0.8;
    let both_stand_in = stands_in && inward > -0.8;
    let alone = *alone && !is_labelled(first);
    // Two full lines with the same indent: two paragraphs where paragraphs are indented, as long as the first
    // can be one of its own.
    !(both_stand_in && alone && habits.indents && ends_sentence(&said))
}

/// Whether the open paragraph of one column or page goes on in the next.
fn goes_on_across(open: &Open, below: &Line, habits: &Habits) -> bool {
    let Open { first, last: above, alone } = open;
    let em = above.size().max(0.1);
    let same_size = (above.size() - below.size()).abs() <= em * 0.09;
    let plain = (above.size() - habits.body).abs() <= habits.body * 0.12;
    let said: String = above.pieces.iter().map(|piece| piece.text.as_str()).collect();
    let wide = above.column.1 - above.column.0 > em * 8.0;
    if !same_size
        || !plain
        || !wide
        || is_tabular(above)
        || is_tabular(below)
        || is_labelled(below)
        || is_centred(below)
        || is_set_right(above)
    {
        return false;
    }
    let stands_in = (below.left() - below.column.0) / em;
    let edge = habits.edges.of_line(above).map_or(above.column.1, |usual| usual.min(above.column.1));
    let full = above.right() > edge - em * 2.6;
    let inward = stands_in - (above.left() - above.column.0) / em;
    // The lines of an item stand in by what its number takes.
    let hangs = is_labelled(first) && (inward.abs() < 0.6 || *alone && (0.6..4.5).contains(&inward));
    let flush = stands_in < 0.8 || hangs;
    let same_look = above.main().bold == below.main().bold && above.main().fixed == below.main().fixed;
    full && flush && same_look && (!ends_sentence(&said) || habits.indents && stands_in < 0.8)
}

/// Whether a line has several cells: wide gaps that are not just behind its label.
pub(super) fn is_tabular(line: &Line) -> bool {
    let is_row = line.pieces.iter().any(|piece| piece.row);
    is_row || line.pieces.len() > 2 || line.pieces.len() == 2 && !has_label_apart(line)
}

/// Whether the first piece of a line is a label alone: a number, a bullet.
fn has_label_apart(line: &Line) -> bool {
    let [label, ..] = line.pieces.as_slice() else { return false };
    let columns = characters::columns(&label.text);
    columns <= 12
        && (numbering::parse(&format!("{} ", label.text)).is_some()
            || columns <= 2 && !label.text.chars().all(char::is_alphanumeric))
}

/// Whether a line begins with a number or a bullet.
fn is_labelled(line: &Line) -> bool {
    has_label_apart(line) && line.pieces.len() > 1
        || line.pieces.first().is_some_and(|piece| numbering::starts_anew(&piece.text))
}

/// Whether a line begins with what never stands at the beginning of a line by chance.
fn is_strong_label(line: &Line) -> bool {
    let number = line.pieces.first().and_then(|piece| numbering::parse(&piece.text));
    number.is_some_and(|number| {
        matches!(
            number.style,
            Style::Bullet | Style::Circled | Style::HanBracket | Style::HanComma | Style::Legal
        )
    })
}

/// Whether a line ends at the right edge of its column and begins far from the left one: a signature, a date.
fn is_set_right(line: &Line) -> bool {
    let (left, right) = line.column;
    let (before, after, em) = (line.left() - left, right - line.right(), line.size());
    before > em * 6.0 && before > (right - left) * 0.3 && after < em * 1.6
}

/// Whether two lines are parted because one of them is set against the right edge: only lines that begin below each
/// other are one block, and of lines of one length, three.
fn parts_set_right(first: &Line, above: &Line, below: &Line, next: Option<&Line>) -> bool {
    let below_each_other = |one: &Line, other: &Line| (one.left() - other.left()).abs() < one.size() * 0.6;
    match (is_set_right(above), is_set_right(below)) {
        (false, false) => false,
        (false, true) => !is_labelled(first),
        (true, false) => !below_each_other(above, below),
        (true, true) => {
            !below_each_other(above, below) || !next.is_some_and(|next| below_each_other(below, next))
        }
    }
}

/// How long the lines of a block are at least that stands in from both edges, in ems: an abstract above two columns.
const OF_A_BLOCK: f32 = 14.0;

/// Whether two lines that stand in the middle begin below each other and are so long that nobody centred them.
fn are_of_a_block(above: &Line, below: &Line) -> bool {
    let em = above.size();
    (above.left() - below.left()).abs() < em * 0.3 && above.right() - above.left() >= em * OF_A_BLOCK
}

/// Whether a line stands in the middle of its column, away from both of its edges.
fn is_centred(line: &Line) -> bool {
    let (before, after) = (line.left() - line.column.0, line.column.1 - line.right());
    let em = line.size();
    before > em * 2.0 && after > em * 2.0 && (before - after).abs() < em * 1.5
}

// ---- Drafts ---------------------------------------------------------------------------------------------

/// The blocks of some pages, in the order of reading. What is set aside, and the notes at the foot, stand
/// after the text of their page.
#[derive(Debug, Default)]
pub(super) struct Drafter {
    drafts: Vec<Draft>,
    /// The lines of the block that is open.
    open: Option<Open>,
    /// What stands after the open block: notes and furniture of the pages that it runs over.
    after: Vec<Draft>,
    /// The marks of the notes of the page that is added.
    marks: Marks,
}

/// What is known of the block that is open.
#[derive(Debug)]
struct Open {
    first: Line,
    last: Line,
    /// Whether the two are one.
    alone: bool,
}

impl Drafter {
    /// Adds a page.
    pub(super) fn add(&mut self, index: usize, page: &LinedPage, habits: &Habits) {
        self.marks = Marks::of(page);
        let (text, others): (Vec<_>, Vec<_>) =
            page.lines.iter().chain(&page.turned).partition(|(_, role)| matches!(role, Role::Body));
        for (place, (line, _)) in text.iter().enumerate() {
            let next = text.get(place + 1).map(|(line, _)| line).filter(|next| !next.begins_column);
            self.add_line(index, line, next, place == 0, habits);
        }
        for (line, role) in others {
            self.add_aside(index, line, *role);
        }
    }

    fn add_line(
        &mut self,
        page: usize,
        line: &Line,
        next: Option<&Line>,
        starts_page: bool,
        habits: &Habits,
    ) {
        let crosses = starts_page || line.begins_column;
        let is_entry = self.is_entry(line);
        let kind = if is_entry { Kind::Text } else { self.kind_of(line, next, crosses, habits) };
        let joins = self.joins(line, next, (kind, crosses), habits);
        if !joins {
            self.begin(line, kind);
        }
        if let (Some(draft), Some(open)) = (self.drafts.last_mut(), self.open.as_mut()) {
            let follows_break =
                joins && !crosses && draft.tag.is_some() && is_cut_short(&open.last, line, draft);
            let crosses = crosses && joins;
            let mut own = DraftLine::of(line, page, kind, &self.marks);
            if is_entry {
                own.shorten_leaders();
            }
            draft.is_entry = is_entry;
            draft.lines.push(DraftLine { crosses, follows_break, ..own });
            open.alone = !joins;
            open.last = line.clone();
        }
    }

    /// Whether a line is an entry of a table of contents, or ends one.
    fn is_entry(&self, line: &Line) -> bool {
        let is_row = line.pieces.iter().any(|piece| piece.row);
        !is_row && contents::leaders(&line.said(), self.is_below_entry()).is_some()
    }

    fn is_below_entry(&self) -> bool {
        self.drafts.last().is_some_and(|draft| draft.is_entry)
    }

    fn kind_of(&self, line: &Line, next: Option<&Line>, crosses: bool, habits: &Habits) -> Kind {
        let open_kind = self.drafts.last().map(|draft| draft.kind);
        let is_of_open = |open: &Open| match line.tag() {
            Some(_) => is_of_one_block(&open.last, line),
            None => !crosses && goes_on(open, line, next, habits),
        };
        match kind_of(line, habits) {
            // A long path in a paragraph may fill a line.
            Kind::Listing if open_kind == Some(Kind::Text) && self.open.as_ref().is_some_and(is_of_open) => {
                Kind::Text
            }
            kind => kind,
        }
    }

    /// Whether a line of the kind `kind` goes on the open block; one that `crosses` is the first of its column or page.
    fn joins(
        &self,
        line: &Line,
        next: Option<&Line>,
        (kind, crosses): (Kind, bool),
        habits: &Habits,
    ) -> bool {
        let (Some(open), Some(draft)) = (&self.open, self.drafts.last()) else { return false };
        if draft.kind != kind || draft.is_entry || open.last.boxed != line.boxed && !line.goes_on {
            return false;
        }
        if line.goes_on {
            return kind == Kind::Row;
        }
        if line.tag().is_some() || open.last.tag().is_some() {
            return kind != Kind::Row && is_of_one_block(&open.last, line);
        }
        match kind {
            Kind::Listing => !crosses && is_listing_line(&open.last, line, habits),
            Kind::Text if crosses => goes_on_across(open, line, habits),
            Kind::Text => goes_on(open, line, next, habits),
            _ => false,
        }
    }

    fn begin(&mut self, line: &Line, kind: Kind) {
        self.drafts.append(&mut self.after);
        let Piece { size, bold, face, .. } = *line.main();
        let indent = (line.left() - line.column.0) / size.max(0.1);
        let tag = line.tag().map(|tag| tag.kind);
        let boxed = line.boxed.is_some() && kind != Kind::Listing;
        self.drafts.push(Draft { kind, tag, size, bold, face, boxed, indent, ..Draft::default() });
        self.open = Some(Open { first: line.clone(), last: line.clone(), alone: true });
    }

    fn add_aside(&mut self, page: usize, line: &Line, role: Role) {
        let kind = match role {
            Role::Body => return,
            Role::Furniture => Kind::Furniture,
            Role::Hidden => Kind::Hidden,
            Role::NoteStart | Role::NoteMore => Kind::Note,
        };
        let goes_on = role == Role::NoteMore && self.after.last().is_some_and(|last| last.kind == Kind::Note);
        if !goes_on {
            let Piece { size, bold, face, .. } = *line.main();
            self.after.push(Draft { kind, size, bold, face, ..Draft::default() });
        }
        if let Some(draft) = self.after.last_mut() {
            draft.lines.push(DraftLine::of(line, page, kind, &self.marks));
        }
    }

    /// The blocks before the last one, which may still go on.
    pub(super) fn finish_before_open(mut self) -> Vec<Draft> {
        self.after.clear();
        if self.open.is_some() {
            self.drafts.pop();
        }
        self.finish()
    }

    /// The blocks.
    pub(super) fn finish(mut self) -> Vec<Draft> {
        self.drafts.append(&mut self.after);
        for draft in self.drafts.iter_mut().filter(|draft| draft.kind == Kind::Listing) {
            draft.indent_lines();
        }
        self.drafts
    }
}

/// Whether two lines belong to one block by the tags of the file.
fn is_of_one_block(above: &Line, below: &Line) -> bool {
    above.tag().zip(below.tag()).is_some_and(|(above, below)| above.block == below.block)
}

/// Whether a line of a block that has a tag ends before the edge though the next one would have found room: its author
/// broke it. Headings are broken by taste.
fn is_cut_short(above: &Line, below: &Line, draft: &Draft) -> bool {
    let room = above.column.1 - above.right();
    !draft.tag.is_some_and(TagKind::is_heading)
        && !is_full(above, below, &Edges::default())
        && room > above.size() * 2.0
}

fn kind_of(line: &Line, habits: &Habits) -> Kind {
    let is_fixed = !habits.fixed && line.pieces.iter().all(|piece| piece.fixed && !piece.row);
    match line.tag().map(|tag| tag.kind) {
        Some(TagKind::Row) => return Kind::Row,
        Some(TagKind::Listing) => return Kind::Listing,
        // Many programs have no tag for listings.
        Some(TagKind::Paragraph) if is_fixed => return Kind::Listing,
        Some(_) => return Kind::Text,
        None => {}
    }
    if is_fixed {
        Kind::Listing
    } else if is_tabular(line) && !line.is_of_program() {
        Kind::Row
    } else {
        Kind::Text
    }
}

/// Whether a line of a listing belongs to the one before it.
fn is_listing_line(above: &Line, below: &Line, habits: &Habits) -> bool {
    let distance = below.baseline() - above.baseline();
    distance > 0.0 && distance <= habits.pitch(above.size()).max(above.size() * 1.3) * 2.2
}
