//! The tags of HTML, seen without a parser: what can be told or mended by them alone.

use std::borrow::Cow;

use super::css;

/// The most attributes of one tag.
const MOST_ATTRIBUTES: usize = 1000;

/// Whether a tag has more attributes than any honest one: the parser is quadratic in them.
pub(super) fn has_too_many_attributes(text: &str) -> bool {
    tags(text).any(|tag| tag.attributes() > MOST_ATTRIBUTES)
}

/// One tag as it is written.
struct Tag<'a> {
    name: &'a str,
    /// What stands between the name and the closing bracket.
    inside: &'a str,
    /// `</name>`
    ends: bool,
    /// `<name/>`
    closed: bool,
    /// Whether the closing bracket is there.
    is_whole: bool,
    /// Where it begins and ends in the text, in bytes.
    place: (usize, usize),
    /// Where the next tag is looked for: after raw text, which is no markup.
    next: usize,
}

impl Tag<'_> {
    /// How many attributes it may have: a little more than it has.
    fn attributes(&self) -> usize {
        self.inside.split_ascii_whitespace().count().max(self.inside.matches('=').count())
    }

    /// The value of an attribute, as it is written.
    fn value(&self, key: &str) -> Option<String> {
        let mut rest = self.inside;
        while let Some((before, after)) = rest.split_once('=') {
            let after = after.trim_start();
            let quote = after.chars().next().filter(|first| matches!(first, '"' | '\''));
            let (value, next) = match quote {
                Some(quote) => after.get(1..)?.split_once(quote).unwrap_or((after.get(1..)?, "")),
                None => after.split_once(|found: char| found.is_ascii_whitespace()).unwrap_or((after, "")),
            };
            let name = before.trim_end().rsplit(|found: char| found.is_ascii_whitespace()).next()?;
            if name.eq_ignore_ascii_case(key) {
                return Some(value.to_owned());
            }
            rest = next;
        }
        None
    }
}

/// The tags of `text`, one after the other; comments, scripts, styles and other raw text are stepped over.
fn tags(text: &str) -> impl Iterator<Item = Tag<'_>> {
    let mut at = 0;
    // In drawings and formulas nothing is raw text.
    let mut foreign = 0_usize;
    std::iter::from_fn(move || {
        loop {
            let open = at + memchr::memchr(b'<', text.as_bytes().get(at..)?)?;
            let rest = text.get(open + 1..)?;
            if let Some(comment) = rest.strip_prefix("!--") {
                at = open + 4 + end_of_comment(comment).unwrap_or(comment.len());
                continue;
            }
            let ends = rest.starts_with('/');
            let rest = rest.strip_prefix('/').unwrap_or(rest);
            if !rest.starts_with(|first: char| first.is_ascii_alphabetic() || first == '!') {
                at = open + 1;
                continue;
            }
            let mut tag = tag(text, open, rest, ends);
            if foreign == 0 {
                tag.next = after_raw_text(text, &tag);
            }
            at = tag.next;
            if ["svg", "math"].iter().any(|name| tag.name.eq_ignore_ascii_case(name)) && !tag.closed {
                foreign = if tag.ends { foreign.saturating_sub(1) } else { foreign + 1 };
            }
            return Some(tag);
        }
    })
}

/// Whether a page ends in the middle: within a tag, a comment, a program or a style; or both the page and its body were
/// opened, and neither is closed.
pub(in crate::import) fn is_cut_off(text: &str) -> bool {
    let (mut opened, mut closed, mut after) = ((false, false), false, 0);
    for tag in tags(text) {
        let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
        opened = (opened.0 || is("html"), opened.1 || is("body"));
        closed |= tag.ends && (is("html") || is("body"));
        after = tag.next;
        let in_raw_text = tag.place.1 < after && after == text.len();
        if !tag.is_whole || in_raw_text {
            return true;
        }
    }
    let rest = text.get(after..).unwrap_or_default();
    let mut comments = rest.match_indices("<!--").filter_map(|(at, begin)| rest.get(at + begin.len()..));
    let in_bracket = rest.trim_end().ends_with("</");
    in_bracket || opened == (true, true) && !closed || comments.next().is_some_and(has_open_comment)
}

/// Whether the last of the comments is open, of which the first begins with this text.
fn has_open_comment(first: &str) -> bool {
    let mut inside = Some(first);
    while let Some(comment) = inside {
        let Some(end) = end_of_comment(comment) else { return true };
        let after = comment.get(end..).unwrap_or_default();
        inside = after.split_once("<!--").map(|(_, next)| next);
    }
    false
}

/// Where a comment ends, by the standard; nowhere in one that is open. `<!-->` and `<!--->` are empty ones, and `--!>` ends one too.
fn end_of_comment(comment: &str) -> Option<usize> {
    let ends = |at: &usize| {
        let before = comment.get(..*at).unwrap_or_default();
        matches!(before, "" | "-") || before.ends_with("--") || before.ends_with("--!")
    };
    memchr::memchr_iter(b'>', comment.as_bytes()).find(ends).map(|at| at + 1)
}

fn tag<'a>(text: &'a str, open: usize, rest: &'a str, ends: bool) -> Tag<'a> {
    let begin = text.len() - rest.len();
    let name_end = rest
        .find(|found: char| found.is_ascii_whitespace() || matches!(found, '/' | '>'))
        .unwrap_or(rest.len());
    let (name, after) = rest.split_at_checked(name_end).unwrap_or((rest, ""));
    let inside = after.get(..end_of_tag(after)).unwrap_or(after);
    let close = begin + name.len() + inside.len();
    let end = (close + 1).min(text.len());
    let (closed, is_whole) = (inside.ends_with('/'), close < text.len());
    Tag { name, inside, ends, closed, is_whole, place: (open, end), next: end }
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

/// Elements that hold no markup.
const RAW: [&str; 8] = ["script", "style", "textarea", "title", "xmp", "iframe", "noembed", "noframes"];

/// Where to go on after a tag: at the end of raw text.
fn after_raw_text(text: &str, tag: &Tag<'_>) -> usize {
    let end = tag.place.1;
    let raw = RAW.iter().find(|raw| tag.name.eq_ignore_ascii_case(raw));
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
pub(in crate::import) fn without_tags(text: &str) -> String {
    let mut plain = String::with_capacity(text.len() / 2);
    let mut at = 0;
    for tag in tags(text) {
        plain.push_str(text.get(at..tag.place.0).unwrap_or_default());
        if !INLINE.iter().any(|inline| tag.name.eq_ignore_ascii_case(inline)) {
            plain.push('\n');
        }
        let program = ["script", "style"].iter().any(|program| tag.name.eq_ignore_ascii_case(program));
        at = if program { tag.next } else { tag.place.1 };
    }
    plain.push_str(text.get(at..).unwrap_or_default());
    plain
}

/// Elements within a line.
pub(super) const INLINE: [&str; 24] = [
    "a", "abbr", "b", "bdi", "bdo", "big", "cite", "code", "del", "em", "font", "i", "ins", "kbd", "mark",
    "q", "ruby", "s", "small", "span", "strong", "sub", "sup", "u",
];

/// What a page refers to in its frames and style sheets, as it is written.
pub(in crate::import) fn references(text: &str) -> Vec<String> {
    let mut found = Vec::new();
    for tag in tags(text).filter(|tag| !tag.ends) {
        let is = |name: &str| tag.name.eq_ignore_ascii_case(name);
        match () {
            () if is("frame") || is("iframe") => found.extend(tag.value("src")),
            () if is("link")
                && tag.value("rel").is_some_and(|rel| rel.to_lowercase().contains("stylesheet")) =>
            {
                found.extend(tag.value("href"));
            }
            () if is("style") => {
                found.extend(css::imports(text.get(tag.place.1..tag.next).unwrap_or_default()));
            }
            () => {}
        }
        if found.len() >= MOST_REFERENCES {
            break;
        }
    }
    found
}

/// So many references of a page are looked at.
const MOST_REFERENCES: usize = 1000;

/// Whether a file marks any headings.
pub(in crate::import) fn has_headings(text: &str) -> bool {
    let is_heading = |name: &str| {
        let mut letters = name.chars();
        let (first, level, end) = (letters.next(), letters.next(), letters.next());
        matches!(first, Some('h' | 'H')) && matches!(level, Some('1'..='6')) && end.is_none()
    };
    tags(text).any(|tag| is_heading(tag.name))
}

/// Whether a file shows any pictures.
pub(in crate::import) fn has_pictures(text: &str) -> bool {
    let pictures = ["img", "image", "svg"];
    tags(text).any(|tag| pictures.iter().any(|picture| tag.name.eq_ignore_ascii_case(picture)))
}

/// Whether a page holds programs.
pub(in crate::import) fn has_scripts(text: &str) -> bool {
    tags(text).any(|tag| tag.name.eq_ignore_ascii_case("script"))
}

/// The text of XML as HTML writes it: every empty element (`<a id="x"/>`) closed, and unmarked text (CDATA) with
/// its signs escaped.
pub(super) fn unfolded(text: &str) -> Cow<'_, str> {
    match unmarked(text) {
        Some(escaped) => Cow::Owned(closed(&escaped).into_owned()),
        None => closed(text),
    }
}

fn unmarked(text: &str) -> Option<String> {
    let (first, rest) = text.split_once(UNMARKED)?;
    let mut out = first.to_owned();
    for part in rest.split(UNMARKED) {
        let (inside, after) = part.split_once("]]>").unwrap_or((part, ""));
        out.push_str(&inside.replace('&', "&amp;").replace('<', "&lt;").replace('>', "&gt;"));
        out.push_str(after);
    }
    Some(out)
}

/// How unmarked text begins.
const UNMARKED: &str = "<![CDATA[";

fn closed(text: &str) -> Cow<'_, str> {
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

#[cfg(test)]
mod tests {
    use super::*;

    fn names(text: &str) -> Vec<&str> {
        tags(text).map(|tag| tag.name).collect()
    }

    #[test]
    fn comments_end_as_the_standard_says() {
        for comment in ["<!-->", "<!--->", "<!-- -->", "<!----->", "<!-- <b> --!>", "<!-- > - -- >-->"] {
            assert_eq!(names(&format!("{comment}<i>")), ["i"], "{comment}");
        }
        assert!(names("<!-- <b> -- > <i>").is_empty());
    }

    #[test]
    fn a_page_that_ends_in_the_middle_is_cut_off() {
        let page = "<html><body class=\"a\"><!-- 注 --><p>河水</p><style>p{}</style></body></html>";
        let whole = [
            page,
            "<html><p>河水",
            "<p>河水<div>",
            "河水 < 3",
            "<html><body><p>河水</body>",
            "<html><body><p>河水</html>\n<!-- 存 -->",
            "",
        ];
        for text in whole {
            assert!(!is_cut_off(text), "{text}");
        }
        // Nothing but the last line may be missing.
        let end = page.len() - "</body></html>".len();
        for at in (page.find('"').unwrap()..=end).filter(|at| page.is_char_boundary(*at)) {
            let cut = page.split_at(at).0;
            assert!(is_cut_off(cut), "{cut}");
        }
        for text in
            ["<p>河水<!-- 注", "<p>河水<!--注--><!--", "<p>河<a title='>", "<script>a = '<p>'", "<p>河</"]
        {
            assert!(is_cut_off(text), "{text}");
        }
    }

    #[test]
    fn unmarked_text_of_xml_is_text() {
        assert_eq!(
            unfolded("甲<![CDATA[乙 < 丙 & <b>]]>丁<br/><a/>"),
            "甲乙 &lt; 丙 &amp; &lt;b&gt;丁<br/><a/></a>"
        );
        assert_eq!(unfolded("甲<![CDATA[乙"), "甲乙");
    }

    #[test]
    fn raw_text_is_no_markup_but_in_a_drawing() {
        assert_eq!(names("<textarea><!-- </textarea><i>"), ["textarea", "textarea", "i"]);
        assert_eq!(names("<svg><style><i></style></svg>"), ["svg", "style", "i", "style", "svg"]);
        assert_eq!(without_tags("<title>甲<乙</title><script>丙</script>"), "\n甲<乙\n\n\n");
    }
}
