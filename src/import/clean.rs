//! The head and the tail of a text: title, bylines, and what a saved web page put around them.
//!
//! Blocks are set aside, never deleted, and only where at least two signs say that this is a saved page.
//! The signs are of form and place, not of words: lines of fragments between separators, a line repeated
//! around the date, a date with the time of day, a control of single characters, an editor's line in
//! brackets after the text, fragments in the other script.

use super::plain::{Sketch, is_body};
use super::{byline, characters, issue};
use crate::document::{AsideReason, BlockKind, Field, Metadata};
use crate::text::{Span, Written};

/// The head of a page has at most so many lines before the text.
const LONGEST_HEAD: usize = 40;

/// Finds the title and the bylines, writes down what they say, and sets aside what belongs to a page.
/// `known_signs` is how many signs of a saved page are known already: that the file is HTML is one. `None` for
/// a file that is no saved page, whatever it looks like.
pub(super) fn clean(
    text: &str,
    sketches: &mut [Sketch],
    metadata: &mut Metadata,
    known_signs: Option<usize>,
) {
    let body = Body::of(text, sketches);
    let is_page = |body, known| Page { text, body }.signs(sketches) + known >= 2;
    let page = body.zip(known_signs).is_some_and(|(body, known)| is_page(body, known));
    let head = body.map_or(sketches.len(), |body| body.first).min(LONGEST_HEAD);
    mark_bylines(text, sketches.get_mut(..head).unwrap_or_default(), metadata);
    mark_closing_lines(text, sketches, body.map_or(0, |body| body.after));
    let marked = sketches.iter().position(|sketch| sketch.kind == BlockKind::Title);
    let found =
        || if page { title_of_page(text, sketches, head) } else { title_of_text(text, sketches, body) };
    let title = marked.or_else(found);
    if let Some(title) = title
        && let Some(sketch) = sketches.get_mut(title)
    {
        sketch.kind = BlockKind::Title;
        metadata.title = whole_title(text, sketches, title);
    }
    if !page {
        mark_names(text, sketches.get_mut(..head).unwrap_or_default());
    }
    if let Some(body) = body.filter(|_| page) {
        set_aside_head(text, sketches, title, head);
        set_aside_tail(text, sketches, body);
    }
}

/// Where the running text begins and ends.
#[derive(Clone, Copy, Debug)]
struct Body {
    /// The first block of running text.
    first: usize,
    /// The block after the last one.
    after: usize,
}

impl Body {
    fn of(text: &str, sketches: &[Sketch]) -> Option<Self> {
        let runs = |sketch: &Sketch| is_body(text, sketch) && !byline::says(sketch.of_text(text));
        let first = sketches.iter().position(runs)?;
        let after = sketches.iter().rposition(runs)? + 1;
        Some(Self { first, after })
    }
}

/// A text that may be a saved page.
struct Page<'a> {
    text: &'a str,
    body: Body,
}

impl Page<'_> {
    /// How many signs of a saved page there are.
    fn signs(&self, sketches: &[Sketch]) -> usize {
        let text = self.text;
        let head =
            sketches.get(..self.body.first).filter(|head| head.len() <= LONGEST_HEAD).unwrap_or_default();
        let tail = sketches.get(self.body.after..).unwrap_or_default();
        let line = |sketch: &Sketch| sketch.of_text(text);
        let any = |part: &[Sketch], sign: &dyn Fn(&str) -> bool| part.iter().any(|sketch| sign(line(sketch)));
        let linked = |part: &[Sketch]| (0..part.len()).any(|index| links(text, part, index) >= 3);
        let script = self.script(sketches);
        [
            linked(head),
            any(head, &|line| byline::is_date(line) && byline::has_clock_time(line)),
            any(head, &is_control),
            head.iter()
                .enumerate()
                .any(|(index, sketch)| repeats(text, sketch, head.get(..index).unwrap_or_default())),
            any(tail, &byline::is_editor_line),
            linked(tail),
            any(tail, &|line| is_flipped(line, script)),
        ]
        .iter()
        .filter(|&&sign| sign)
        .count()
    }

    /// The script of the running text.
    fn script(&self, sketches: &[Sketch]) -> Written {
        script_of_body(self.text, sketches, self.body)
    }
}

fn script_of_body(text: &str, sketches: &[Sketch], body: Body) -> Written {
    let first = sketches.get(body.first).map_or(0, |sketch| sketch.span.start());
    let last = sketches.get(body.after.saturating_sub(1)).map_or(first, |sketch| sketch.span.end());
    crate::text::detect(Span::new(first, last).of(text).unwrap_or_default())
}

/// A line longer than this, in bytes, is not looked at for fragments.
const LONGEST_FRAGMENTS: usize = 64 * 1024;

/// How many short fragments stand between separators, where the line is made of nothing else.
fn fragments(line: &str) -> usize {
    if line.len() > LONGEST_FRAGMENTS || line.contains('。') {
        return 0;
    }
    let parts = |separator: &str| {
        let parts = || line.split(separator).map(str::trim).filter(|part| !part.is_empty());
        let long = parts().filter(|part| characters::columns(part) > 48).count();
        if long * 10 > parts().count() { 0 } else { parts().count() }
    };
    ["|", "｜", "丨", " > ", "›", "»", " · ", " / "]
        .iter()
        .filter(|separator| line.contains(**separator))
        .map(|separator| parts(separator))
        .max()
        .unwrap_or(0)
}

/// A control of a page: a name with choices of one character each (字號：小 中 大).
fn is_control(line: &str) -> bool {
    let Some((name, choices)) = line.split_once(['：', ':']) else { return false };
    let mut count = 0;
    let single = choices.split_whitespace().all(|choice| {
        count += 1;
        choice.chars().count() == 1
    });
    single && count >= 2 && name.chars().count() <= 6
}

/// Fragments without a sentence, in the other script than the text.
fn is_flipped(line: &str, script: Written) -> bool {
    let other = match script {
        Written::Simplified => Written::Traditional,
        Written::Traditional => Written::Simplified,
        Written::Mixed | Written::Undecided => return false,
    };
    let fragments = fragments(line) >= 3 || characters::ending(line) != characters::Ending::Sentence;
    fragments && characters::columns(line) >= 12 && characters::written_in_fragment(line) == other
}

/// The letters of a line: what makes two lines the same for a reader.
fn letters(line: &str) -> impl Iterator<Item = char> {
    line.chars().filter(|found| found.is_alphanumeric())
}

/// Whether two lines are the same for a reader.
pub(super) fn same_letters(left: &str, right: &str) -> bool {
    letters(left).eq(letters(right))
}

/// Whether a line says what one of `others` says, or that and the name of the site.
fn repeats(text: &str, sketch: &Sketch, others: &[Sketch]) -> bool {
    let line = sketch.of_text(text);
    sketch.columns >= 8 && others.iter().any(|other| same_title(other.of_text(text), line))
}

/// Whether two lines are one title, the name of a site after a separator aside.
fn same_title(left: &str, right: &str) -> bool {
    let own = |line: &str| -> usize {
        line.find(['_', '|', '-', '–']).filter(|&at| at > 0).unwrap_or(line.len())
    };
    let bare = |line: &'_ str| -> String { line.get(..own(line)).unwrap_or(line).to_owned() };
    same_letters(left, right) || same_letters(&bare(left), right) || same_letters(left, &bare(right))
}

// ---- Title and bylines ----------------------------------------------------------------------------------

/// Marks lines of fields and dates before the text, and writes down what they say.
fn mark_bylines(text: &str, head: &mut [Sketch], metadata: &mut Metadata) {
    let mut above = "";
    for sketch in head.iter_mut().filter(|sketch| sketch.kind.aside().is_none()) {
        let line = sketch.of_text(text);
        if sketch.is_open() && is_byline(line) {
            name_office(metadata, above, line);
            byline::record(metadata, line, sketch.start_of_words(text));
            sketch.kind = BlockKind::Byline;
        }
        above = line;
    }
}

/// Marks a name under the title or a byline: a very short line that is not the first heading, since the
/// text does not follow it directly.
fn mark_names(text: &str, head: &mut [Sketch]) {
    for index in 1..head.len().saturating_sub(1) {
        let above = head.get(index - 1).map(|sketch| sketch.kind);
        let Some(sketch) = head.get_mut(index) else { continue };
        let is_name = sketch.is_open() && sketch.number.is_none() && (5..=16).contains(&sketch.columns);
        let open = characters::ending(sketch.of_text(text)) == characters::Ending::Han;
        if is_name && open && matches!(above, Some(BlockKind::Byline)) {
            sketch.kind = BlockKind::Byline;
        }
    }
}

/// Where the line above a number without its office names that, the number is of that office: 水利部令, 第 85 号.
fn name_office(metadata: &mut Metadata, above: &str, line: &str) {
    let Some(office) = issue::office_of_title(above).filter(|_| issue::is_bare(line)) else { return };
    let outside = |value: String| Field { value, span: None };
    metadata.number = Some(outside(format!("{}{}", above.trim(), line.trim())));
    metadata.author.get_or_insert_with(|| outside(office.to_owned()));
}

/// Tells what was set aside before the text from what leads around a page: what an office records of the document there is
/// written down.
pub(super) fn tell_records(text: &str, sketches: &mut [Sketch], metadata: &mut Metadata) {
    let navigation = BlockKind::Aside(AsideReason::Navigation);
    let body = sketches.iter().position(|sketch| is_body(text, sketch)).unwrap_or(0);
    let is_of_fields =
        |sketch: &Sketch| sketch.kind == navigation && !byline::fields(sketch.of_text(text)).is_empty();
    let head = sketches.get_mut(..body).unwrap_or_default();
    for rows in head.chunk_by_mut(|above, below| is_of_fields(above) && is_of_fields(below)) {
        if rows.iter().any(|row| is_of_fields(row) && byline::is_record(row.of_text(text))) {
            for row in rows {
                byline::record(metadata, row.of_text(text), row.start_of_words(text));
                row.kind = BlockKind::Aside(AsideReason::Record);
            }
        }
    }
}

/// Whether a line says where a text comes from, who wrote it, when, or what number it has.
pub(super) fn is_byline(line: &str) -> bool {
    byline::says(line) || byline::is_date(line) || byline::is_dateline(line) || issue::issued(line).is_some()
}

/// Marks the lines that close a text: a dateline, a date with the name before it, a name set to the right.
fn mark_closing_lines(text: &str, sketches: &mut [Sketch], from: usize) {
    let mut signed = false;
    let mut left = 4;
    for sketch in sketches.get_mut(from..).unwrap_or_default().iter_mut().rev() {
        let line = sketch.of_text(text);
        if byline::is_editor_line(line) || !sketch.is_open() || fragments(line) >= 3 {
            continue;
        }
        let short = sketch.columns <= 50
            && sketch.number.is_none()
            && characters::ending(line) != characters::Ending::Sentence;
        let last = line.rsplit('\n').next().unwrap_or(line);
        let dated = byline::is_dateline(line) || (byline::is_date(last) && sketch.columns <= 80);
        let set_right = sketch.indent >= 12 && short;
        if left == 0 || !(dated || set_right || (signed && short)) {
            break;
        }
        signed = byline::is_date(line);
        left -= 1;
        sketch.kind = BlockKind::Byline;
    }
}

/// Whether a line can be a title.
fn may_be_title(text: &str, sketch: &Sketch) -> bool {
    let line = sketch.of_text(text);
    let asks = line.ends_with(['？', '?', '！', '!']);
    let open =
        asks || matches!(characters::ending(line), characters::Ending::Han | characters::Ending::Other);
    let named = line.chars().any(char::is_alphabetic);
    sketch.is_open()
        && sketch.number.is_none()
        && sketch.columns <= 100
        && open
        && named
        && fragments(line) < 3
        && !is_control(line)
}

/// The first line, where it stands apart from the next or running text follows.
fn title_of_text(text: &str, sketches: &[Sketch], body: Option<Body>) -> Option<usize> {
    let head = after_masthead(text, sketches);
    let first = sketches.get(head).filter(|first| may_be_title(text, first))?;
    let next = sketches.get(head + 1)?;
    let apart = next.after_blank
        || next.indent != first.indent
        || next.kind == BlockKind::Byline
        || next.number.is_some();
    let underlined = !next.of_text(text).contains(char::is_alphanumeric);
    (head > 0 || apart || underlined || body.is_some_and(|body| body.first == 1)).then_some(head)
}

/// Where the text begins below the name under which an office sends its papers (某某局文件) and the number of this one;
/// 0 where there is no such head.
fn after_masthead(text: &str, sketches: &[Sketch]) -> usize {
    let lines = || sketches.iter().map(|sketch| sketch.of_text(text).trim_end());
    let named = lines().next().is_some_and(is_masthead);
    let number = lines().take(HIGHEST_NUMBER).position(|line| issue::issued(line).is_some());
    number.filter(|_| named).map_or(0, |number| number + 1)
}

/// Whether a line is the name under which an office sends its papers.
pub(super) fn is_masthead(line: &str) -> bool {
    let line = line.trim_end();
    line.ends_with("文件") && line.chars().count() > 2
}

/// The number of a paper stands among so many of its first lines.
const HIGHEST_NUMBER: usize = 4;

/// The title that begins at `first`: with the lines after it, where a bracket of it is closed only there.
fn whole_title(text: &str, sketches: &[Sketch], first: usize) -> Option<Field> {
    let open = |said: &str| said.matches('《').count() > said.matches('》').count();
    let (mut value, mut span) = (String::new(), sketches.get(first)?.span);
    for sketch in sketches.iter().skip(first).take(MOST_TITLE_LINES) {
        if !value.is_empty() && (!open(&value) || !sketch.is_open()) {
            break;
        }
        value.push_str(sketch.of_text(text));
        span = Span::new(span.start(), sketch.span.end());
    }
    if !open(&value) {
        return Some(Field { value, span: Some(span) });
    }
    let own = sketches.get(first)?;
    Some(Field { value: own.of_text(text).to_owned(), span: Some(own.span) })
}

/// A title takes so many lines at most.
const MOST_TITLE_LINES: usize = 3;

/// The line that is repeated nearest to the text; else the last before the date or source; else the
/// longest.
fn title_of_page(text: &str, sketches: &[Sketch], head: usize) -> Option<usize> {
    let head = sketches.get(..head)?;
    let candidates =
        || (0..head.len()).filter(|&index| head.get(index).is_some_and(|sketch| may_be_title(text, sketch)));
    let first_saying = |index: usize| {
        let said = head.get(index)?.of_text(text);
        candidates()
            .find(|&earlier| head.get(earlier).is_some_and(|sketch| same_title(sketch.of_text(text), said)))
    };
    let byline = head.iter().position(|sketch| sketch.kind == BlockKind::Byline);
    let repeated = candidates()
        .rev()
        .find_map(|index| first_saying(index).filter(|&first| first < index).map(|first| (first, index)));
    let before_byline = byline.and_then(|byline| candidates().rfind(|&index| index < byline));
    match (repeated, before_byline) {
        (Some((first, last)), before) if before.is_none_or(|before| last >= before) => Some(first),
        (_, Some(before)) => Some(before),
        _ => candidates().max_by_key(|&index| head.get(index).map_or(0, |sketch| sketch.columns)),
    }
}

// ---- Setting aside --------------------------------------------------------------------------------------

/// The widest name of a control that stands on a line of its own (字號, 打印), in columns.
const WIDEST_CONTROL: u32 = 4;

/// Sets aside what stands before the text and is neither title nor byline, where it looks like the page's.
///
/// What could be the author's is left: every line with a mark of a sentence, numbered lines, and after the title
/// all but links, controls and the title once more (an epigraph, a list of names, the first heading).
fn set_aside_head(text: &str, sketches: &mut [Sketch], title: Option<usize>, head: usize) {
    let said = title.and_then(|title| sketches.get(title)).map(|sketch| sketch.of_text(text));
    let framed = is_framed(text, sketches, title, head);
    for index in 0..head {
        let links = links(text, sketches, index);
        let Some(sketch) = sketches.get_mut(index).filter(|sketch| sketch.is_open()) else { continue };
        let line = sketch.of_text(text);
        let numbered = sketch.number.is_some_and(|number| number.style.is_ranked());
        let before_title = framed && title.is_some_and(|title| index < title);
        let of_page = links >= 3 || is_control(line) || before_title || sketch.columns <= WIDEST_CONTROL;
        let reason = match said.is_some_and(|said| same_title(said, line)) {
            true => AsideReason::RepeatedTitle,
            false if of_page && !numbered && !has_sentence_mark(line) => AsideReason::Navigation,
            false => continue,
        };
        sketch.kind = BlockKind::Aside(reason);
    }
}

/// Whether the title is sure enough for what stands before it to be the page's: a byline follows it or it
/// is said again.
fn is_framed(text: &str, sketches: &[Sketch], title: Option<usize>, head: usize) -> bool {
    let Some((title, said)) = title.and_then(|title| Some((title, sketches.get(title)?))) else {
        return false;
    };
    let mut following = sketches.get(title + 1..head).unwrap_or_default().iter();
    following.any(|sketch| {
        sketch.kind == BlockKind::Byline || same_title(said.of_text(text), sketch.of_text(text))
    })
}

/// Whether a line has the mark of a sentence in it, be it in the middle; that of a name before a colon is none.
fn has_sentence_mark(line: &str) -> bool {
    let mut marks = line.chars().filter(|found| "。！？；，…".contains(*found));
    marks.next().is_some() || line.ends_with(['.', '!', '?', ';', ','])
}

/// How many links the line at `index` is made of: its fragments, but none where it is a row of a table.
fn links(text: &str, sketches: &[Sketch], index: usize) -> usize {
    let count = |index: usize| sketches.get(index).map_or(0, |sketch| fragments(sketch.of_text(text)));
    let own = count(index);
    if own < 3 {
        return own;
    }
    let alike = |indices: &mut dyn Iterator<Item = usize>| {
        indices.take(ROWS_OF_TABLE).take_while(|&other| count(other) == own).count()
    };
    let rows = 1 + alike(&mut (0..index).rev()) + alike(&mut (index + 1..sketches.len()));
    if rows >= ROWS_OF_TABLE { 0 } else { own }
}

/// So many lines in a row with as many fragments each are a table.
const ROWS_OF_TABLE: usize = 3;

/// Sets aside what follows the text: editor's lines, links, fragments in the other script; and after the
/// first of them all lines without the mark of a sentence.
fn set_aside_tail(text: &str, sketches: &mut [Sketch], body: Body) {
    let script = script_of_body(text, sketches, body);
    let mut outside = false;
    for index in body.after..sketches.len() {
        let links = links(text, sketches, index);
        let Some(sketch) = sketches.get_mut(index) else { continue };
        let line = sketch.of_text(text);
        let flipped = (outside || links >= 3) && is_flipped(line, script);
        let reason = match sketch.kind {
            BlockKind::Paragraph | BlockKind::Byline if byline::is_editor_line(line) => {
                AsideReason::EditorLine
            }
            BlockKind::Paragraph if flipped || links >= 8 => AsideReason::LinkSpam,
            BlockKind::Paragraph if links >= 3 || outside && !has_sentence_mark(line) => {
                AsideReason::Navigation
            }
            _ => continue,
        };
        sketch.kind = BlockKind::Aside(reason);
        outside = true;
    }
}
