//! The tags of HTML, seen without a parser: the gate before it, and what can be told or mended by them alone.

use std::borrow::Cow;

use super::TooHeavy;

/// The deepest nesting, the most attributes of one tag, and the longest text that the parser is given.
const MOST: (usize, usize, usize) = (512, 1000, 64 * 1024 * 1024);

/// Formatting that is left open is repeated by the parser in every block that follows: at most so often.
const MOST_REPEATED: usize = 5_000_000;

/// Elements that end by themselves or hold nothing: they do not nest.
const UNNESTED: [&str; 34] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr", "p", "li", "dt", "dd", "td", "th", "tr", "thead", "tbody", "tfoot", "colgroup", "option",
    "optgroup", "rt", "rp", "rb", "html", "head", "body", "!doctype",
];

/// Refuses what is nested too deeply, has tags with too many attributes, or is too long.
pub(super) fn gate(text: &str) -> Result<(), TooHeavy> {
    if text.len() > MOST.2 {
        return Err(TooHeavy);
    }
    let (mut depth, mut formatting, mut repeated) = (0_usize, 0_usize, 0_usize);
    let mut foreign = Foreign::default();
    for tag in tags(text) {
        if tag.attributes() > MOST.1 {
            return Err(TooHeavy);
        }
        let name = tag.name.to_ascii_lowercase();
        let formats = INLINE.contains(&name.as_str());
        let step = |count: usize| if tag.ends { count.saturating_sub(1) } else { count + 1 };
        let closed = foreign.closes(&tag, &name);
        if !UNNESTED.contains(&name.as_str()) && !closed {
            depth = step(depth);
        }
        if formats {
            formatting = step(formatting);
        } else {
            repeated += formatting;
        }
        if depth > MOST.0 || repeated > MOST_REPEATED {
            return Err(TooHeavy);
        }
    }
    Ok(())
}

/// Drawings and formulas in a page: only in them does `<name/>` close what it opens.
#[derive(Default)]
struct Foreign {
    /// How many are open.
    open: usize,
    /// Elements in them that are open and hold HTML again.
    html: Vec<String>,
}

impl Foreign {
    /// Whether the parser will take a tag, the next one, for closed by itself.
    fn closes(&mut self, tag: &Tag<'_>, name: &str) -> bool {
        let closed = tag.closed && self.open > 0 && self.html.is_empty() && !LEAVES.contains(&name);
        match name {
            "svg" | "math" if tag.ends => self.open = self.open.saturating_sub(1),
            "svg" | "math" if !tag.closed => self.open += 1,
            leaf if LEAVES.contains(&leaf) => self.open = 0,
            _ if !HOLDS_HTML.contains(&name) || self.open == 0 => {}
            _ if !tag.ends => self.html.push(name.to_owned()),
            _ if self.html.last().is_some_and(|last| last == name) => _ = self.html.pop(),
            _ => {}
        }
        closed
    }
}

/// Elements of drawings and formulas that hold HTML.
const HOLDS_HTML: [&str; 9] =
    ["foreignobject", "desc", "title", "annotation-xml", "mi", "mo", "mn", "ms", "mtext"];

/// Elements of HTML at which a drawing or formula ends.
const LEAVES: [&str; 45] = [
    "b",
    "big",
    "blockquote",
    "body",
    "br",
    "center",
    "code",
    "dd",
    "div",
    "dl",
    "dt",
    "em",
    "embed",
    "font",
    "h1",
    "h2",
    "h3",
    "h4",
    "h5",
    "h6",
    "head",
    "hr",
    "i",
    "img",
    "li",
    "listing",
    "menu",
    "meta",
    "nobr",
    "ol",
    "p",
    "pre",
    "ruby",
    "s",
    "small",
    "span",
    "strong",
    "strike",
    "sub",
    "sup",
    "table",
    "tt",
    "u",
    "ul",
    "var",
];

/// One tag as it is written.
struct Tag<'a> {
    name: &'a str,
    /// What stands between the name and the closing bracket.
    inside: &'a str,
    /// `</name>`
    ends: bool,
    /// `<name/>`
    closed: bool,
    /// Where it begins and ends in the text, in bytes.
    place: (usize, usize),
}

impl Tag<'_> {
    /// How many attributes it may have: a little more than it has.
    fn attributes(&self) -> usize {
        self.inside.split_ascii_whitespace().count().max(self.inside.matches('=').count())
    }
}

/// The tags of `text`, one after the other; comments, scripts and styles are stepped over.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    std::iter::from_fn(move || {
        loop {
            let open = at + memchr::memchr(b'<', text.as_bytes().get(at..)?)?;
            let rest = text.get(open + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                at = open + 4 + comment.find("-->").map_or(comment.len(), |end| end + 3);
                continue;
            }
            let ends = rest.starts_with('/');
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            if !rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!') {
                at = open + 1;
                continue;
            }
            let tag = tag(text, open, rest, ends);
            at = after_raw_text(text, &tag);
            return Some(tag);
        }
    })
}

fn tag<'a>(text: &'a str, open: usize, rest: &'a str, ends: bool) -> Tag<'a> {
    let begin = text.len() - rest.len();
    let name_end = rest
        .find(|found: char| found.is_ascii_whitespace() || matches!(found, '/' | '>'))
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(name_end).unwrap_or((rest, ""));
    let inside = after.get(..end_of_tag(after)).unwrap_or(after);
    let close = begin + name.len() + inside.len();
    Tag { name, inside, ends, closed: inside.ends_with('/'), place: (open, (close + 1).min(text.len())) }
}

/// Where the closing bracket stands, quoted values aside.
fn end_of_tag(inside: &str) -> usize {
    let mut quote = None;
    let mut after_equals = false;
    for (at, byte) in inside.bytes().enumerate() {
        match (quote, byte) {
            (Some(open), found) if found == open => quote = None,
            (None, b'>') => return at,
            (None, b'"' | b'\'') if after_equals => quote = Some(byte),
            _ => {}
        }
        after_equals = byte == b'=' || (after_equals && byte.is_ascii_whitespace());
    }
    inside.len()
}

/// Where to go on after a tag: after the end of a script or style, what is in it being no markup.
fn after_raw_text(text: &str, tag: &Tag<'_>) -> usize {
    let end = tag.place.1;
    let raw = ["script", "style"].iter().find(|raw| tag.name.eq_ignore_ascii_case(raw));
    let Some(raw) = raw.filter(|_| !tag.ends && !tag.closed) else { return end };
    let rest = text.get(end..).unwrap_or_default();
    let closing = memchr::memmem::find_iter(rest.as_bytes(), b"</").find(|&at| {
        let name = rest.as_bytes().get(at + 2..at + 2 + raw.len());
        name.is_some_and(|name| name.eq_ignore_ascii_case(raw.as_bytes()))
    });
    end + closing.unwrap_or(rest.len())
}

/// The text without its tags, every tag of a block a line end: for markup that is not parsed. Entities
/// stay as they are written.
pub(super) fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() / 2);
    let mut at = 0;
    for tag in tags(text) {
        plain.push_str(text.get(at..tag.place.0).unwrap_or_default());
        if !INLINE.iter().any(|inline| tag.name.eq_ignore_ascii_case(inline)) {
            plain.push('\n');
        }
        at = after_raw_text(text, &tag);
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    plain
}

/// Elements within a line.
pub(super) const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark",
    "q", "ruby", "s", "small", "span", "strong", "sub", "sup", "u",
];

/// Whether a file marks any headings.
pub(super) fn has_headings(text: &str) -> bool {
    let is_heading = |name: &str| {
        let mut letters = name.chars();
        let (first, level, end) = (letters.next(), letters.next(), letters.next());
        matches!(first, Some('h' | 'H')) && matches!(level, Some('1'..='6')) && end.is_none()
    };
    tags(text).any(|tag| is_heading(tag.name))
}

/// Whether a file says those words in a line of its own, its spaces aside.
pub(super) fn says(text: &str, words: &str) -> bool {
    let bare = |line: &str| line.split_whitespace().collect::<String>();
    let words = bare(words);
    without_tags(text).lines().any(|line| bare(line) == words)
}

/// The text with every empty element of XML (`<a id="x"/>`) closed as HTML closes it.
pub(super) fn unfolded(text: &str) -> Cow<'_, str> {
    let empty = |tag: &Tag<'_>| {
        tag.closed && !tag.ends && !VOID.iter().any(|void| tag.name.eq_ignore_ascii_case(void))
    };
    let mut out = String::new();
    let mut done = 0;
    for tag in tags(text).filter(empty) {
        out.push_str(text.get(done..tag.place.1).unwrap_or_default());
        out.extend(["</", tag.name, ">"]);
        done = tag.place.1;
    }
    if done == 0 {
        return Cow::Borrowed(text);
    }
    // What closes itself in XML opens in HTML, and is closed right after.
    out.push_str(text.get(done..).unwrap_or_default());
    Cow::Owned(out)
}

/// Elements that hold nothing in HTML either.
const VOID: [&str; 14] = [
    "area", "base", "br", "col", "embed", "hr", "img", "input", "link", "meta", "param", "source", "track",
    "wbr",
];
