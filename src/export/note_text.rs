//! What the reader says, Markdown by nature, made safe to stand in an export.

use std::collections::{BTreeMap, BTreeSet};

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{AstNode, Node, NodeCode, NodeCodeBlock, NodeHeading, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::Export;
use super::markdown::escape_markdown;
use crate::import::is_nested_too_deeply;
use crate::notes::{NoteId, beside_link, definitions_as_words, note_at, notes_linked};

/// How deep the headings of an export itself go; those in a note stand below.
const OWN_HEADINGS: u8 = 3;

/// The notes of an export that other notes of it link to.
#[derive(Debug, Default)]
pub(super) struct LinkedNotes(BTreeSet<NoteId>);

impl LinkedNotes {
    pub(super) fn of(export: &Export) -> Self {
        let notes = || export.documents.iter().flat_map(|document| &document.notes).map(|each| &each.note);
        let there: BTreeSet<NoteId> = notes().map(|note| note.id).collect();
        let linked = notes().flat_map(|note| notes_linked(&note.text));
        Self(linked.filter(|id| there.contains(id)).collect())
    }

    /// By what the note is called where it stands for the first time; `None` where no note links to it.
    pub(super) fn take_name(&mut self, id: NoteId) -> Option<String> {
        self.0.remove(&id).then(|| name_of(id))
    }
}

/// A name that HTML and word processors take.
fn name_of(id: NoteId) -> String {
    format!("note_{}", id.0.simple())
}

/// The note's text as HTML: no element of its own, no picture, no link but to http, https and mailto, and to those
/// `linked`.
pub(super) fn note_as_html(text: &str, linked: &LinkedNotes) -> String {
    rewritten(text, linked, comrak::format_html)
}

/// The note's text as Markdown that ends all that it begins, as restricted as [`note_as_html`].
pub(super) fn note_as_markdown(text: &str, linked: &LinkedNotes) -> String {
    rewritten(text, linked, comrak::format_commonmark)
}

type Format = for<'a> fn(Node<'a>, &Options<'_>, &mut dyn std::fmt::Write) -> std::fmt::Result;

/// The deepest tree of a note that is written as such: comrak writes trees with a call for each level.
const DEEPEST: usize = 100;

/// What is nested too deeply for that shows its marks as they were typed.
fn rewritten(text: &str, linked: &LinkedNotes, format: Format) -> String {
    let arena = Arena::new();
    let root = safe_tree(&arena, text, linked);
    let mut output = String::new();
    // Writing to a string cannot fail; should the formatter fail all the same, the words are kept as code.
    match format(root, &options(), &mut output) {
        Ok(()) => output,
        Err(std::fmt::Error) => text.lines().flat_map(|line| ["    ", line, "\n"]).collect(),
    }
}

/// The note's text as a tree without elements and pictures, whose links lead to http, https, mailto and the `linked` notes
/// only, and which is no deeper than [`DEEPEST`]. A link to another note is no more than its words, and any other one
/// leaves its address among the words. What Markdown would leave out (definitions, cells that a table has no column
/// for) is there as it was typed.
pub(super) fn safe_tree<'a>(arena: &'a Arena<'a>, text: &str, linked: &LinkedNotes) -> Node<'a> {
    let options = options();
    let text = text.replace('\0', "\u{FFFD}");
    let root = whole_tree(arena, &text, &options);
    let root = root.unwrap_or_else(|| parse_document(arena, &escape_markdown(&text), &options));
    for node in root.descendants().collect::<Vec<_>>() {
        make_safe(&mut node.data_mut().value);
        if let Some(said) = leads_nowhere(node, linked) {
            node.insert_after(arena.alloc(AstNode::from(NodeValue::Text(said.into()))));
            leave_words(node);
        }
    }
    root
}

/// The text as a tree; `None` where that is too deep, or would not say all that the text does.
fn whole_tree<'a>(arena: &'a Arena<'a>, text: &str, options: &Options<'_>) -> Option<Node<'a>> {
    if is_nested_too_deeply(text) {
        return None;
    }
    let defined = definitions_as_words(text, options);
    let root = parse_document(arena, &defined.text, options);
    Some(root).filter(|root| depth(root) <= DEEPEST && (defined.any_left || says_all(root, text)))
}

/// Whether every letter and numeral of a text is in its tree, but for the marks of its lists and entities.
fn says_all(root: Node<'_>, text: &str) -> bool {
    let mut missing = BTreeMap::new();
    for line in text.lines() {
        let words = line.trim_start_matches(|each: char| " \t>-*+.)".contains(each) || each.is_ascii_digit());
        let words = ["[x]", "[X]"].iter().find_map(|mark| words.strip_prefix(mark)).unwrap_or(words);
        for letter in without_entities(words).chars().filter(|each| each.is_alphanumeric()) {
            *missing.entry(letter).or_insert(0_usize) += 1;
        }
    }
    for node in root.descendants() {
        for letter in words_of(&node.data().value).into_iter().flat_map(str::chars) {
            missing.entry(letter).and_modify(|count| *count = count.saturating_sub(1));
        }
    }
    missing.values().all(|count| *count == 0)
}

/// All that a node says by itself.
fn words_of(value: &NodeValue) -> [&str; 2] {
    match value {
        NodeValue::Text(words) => [words, ""],
        NodeValue::Code(code) => [&code.literal, ""],
        NodeValue::CodeBlock(code) => [&code.info, &code.literal],
        NodeValue::HtmlBlock(html) => [&html.literal, ""],
        NodeValue::HtmlInline(words) => [words, ""],
        NodeValue::Link(link) | NodeValue::Image(link) => [&link.url, &link.title],
        _ => ["", ""],
    }
}

/// The words without `&amp;` and its like, which stand for one sign each.
fn without_entities(words: &str) -> String {
    let mut parts = words.split('&');
    let first = parts.next().unwrap_or_default().to_owned();
    parts.fold(first, |all, part| {
        let entity = part
            .split_once(';')
            .filter(|(name, _)| name.chars().all(|each| each.is_ascii_alphanumeric() || each == '#'));
        all + entity.map_or(part, |(_, rest)| rest)
    })
}

/// How deep a tree is, told without a call for each level.
fn depth(root: Node<'_>) -> usize {
    let mut open = 0_usize;
    let depths = root.traverse().map(|edge| {
        open = match edge {
            NodeEdge::Start(_) => open + 1,
            NodeEdge::End(_) => open.saturating_sub(1),
        };
        open
    });
    depths.max().unwrap_or(0)
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.table = true;
    options.extension.tasklist = true;
    options.extension.cjk_friendly_emphasis = true;
    options.render.escape = true;
    options
}

fn make_safe(value: &mut NodeValue) {
    let safe = match value {
        NodeValue::HtmlInline(element) => {
            NodeValue::Code(NodeCode { num_backticks: 1, literal: std::mem::take(element) })
        }
        NodeValue::HtmlBlock(block) => listing(std::mem::take(&mut block.literal)),
        NodeValue::Image(link) => NodeValue::Link(std::mem::take(link)),
        NodeValue::Heading(heading) => {
            let level = heading.level.saturating_add(OWN_HEADINGS).min(6);
            NodeValue::Heading(NodeHeading { level, setext: false, closed: false })
        }
        _ => return,
    };
    *value = safe;
}

fn listing(literal: String) -> NodeValue {
    NodeValue::CodeBlock(Box::new(NodeCodeBlock {
        fenced: true,
        fence_char: b'`',
        fence_length: 3,
        fence_offset: 0,
        info: String::new(),
        literal,
        closed: true,
    }))
}

/// Gives a link to another note the address of that. For a link that leads to no such note, nor to an address of the
/// permitted schemes, what it says besides its words.
fn leads_nowhere(node: Node<'_>, linked: &LinkedNotes) -> Option<String> {
    let words =
        node.last_child().and_then(|last| last.data().value.text().map(str::to_owned)).unwrap_or_default();
    let mut data = node.data_mut();
    let NodeValue::Link(link) = &mut data.value else { return None };
    let target = note_at(&link.url);
    let address = link.url.to_ascii_lowercase();
    if let Some(id) = target.filter(|id| linked.0.contains(id)) {
        link.url = format!("#{}", name_of(id));
    } else if !["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
        return Some(beside_link(link, &words, target.is_some()));
    }
    None
}

/// What is in a node takes its place.
fn leave_words(node: Node<'_>) {
    for child in node.children().collect::<Vec<_>>() {
        node.insert_before(child);
    }
    node.detach();
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::sample::{export_of, parts, quoting};
    use crate::notes::link_to_note;

    /// However deep, it is written, and what it says is in it.
    #[test]
    fn deep_nesting_is_written_as_it_was_typed() {
        let check = |open: &str, close: &str, times: usize| {
            let text = format!("{}水{}", open.repeat(times), close.repeat(times));
            let none = LinkedNotes::default();
            for written in [note_as_html(&text, &none), note_as_markdown(&text, &none)] {
                assert!(written.contains('水'), "{open}");
            }
        };
        for times in [10, 90, 200, 10_000, 100_000] {
            for (open, close) in [
                ("> ", ""),
                (">", ""),
                ("- ", ""),
                ("1. ", ""),
                ("**", "**"),
                ("~~", "~~"),
                ("[", "](http://a.example)"),
                ("![", "](b)"),
            ] {
                check(open, close, times);
            }
        }
        let stairs: String = (0..600).flat_map(|step| ["  ".repeat(step), "- 水\n".to_owned()]).collect();
        check(&stairs, "", 1);
    }

    #[test]
    fn what_is_too_deep_stays_text() {
        let text = format!("{}<script>水</script>", "> ".repeat(300));
        let written = note_as_html(&text, &LinkedNotes::default());
        assert!(!written.contains("<script") && written.contains("&gt; &gt;"), "{written}");
    }

    #[test]
    fn a_link_to_a_note_leads_there_or_is_its_words() {
        let [there, elsewhere] = ["先种树", "再清淤"].map(|quote| quoting(quote).note.id);
        let link = |id| format!("见{}。", link_to_note(id, "种 *树*"));
        let export =
            export_of([quoting("先种树"), quoting("筑堤").saying(&(link(there) + &link(elsewhere)))]);
        let linked = LinkedNotes::of(&export);
        let name = name_of(there);
        let html = |id| note_as_html(&link(id), &linked);
        assert_eq!(html(there), format!("<p>见<a href=\"#{name}\">「种 树」</a>。</p>\n"));
        assert_eq!(html(elsewhere), "<p>见「种 树」。</p>\n");
        let markdown = note_as_markdown(&link(there), &linked);
        assert_eq!(markdown, format!("见[「种 树」](#{name})。\n"));
        assert_eq!(note_as_html("[a](#note_1)", &linked), "<p>a (#note_1)</p>\n");
    }

    #[test]
    fn what_looks_like_a_definition_is_said() {
        let check = |text: &str, html: &str| assert_eq!(note_as_html(text, &LinkedNotes::default()), html);
        check("[注]: 見第三頁", "<p>[注]: 見第三頁</p>\n");
        check("水[^1]。\n\n[^1]: 出《水經注》", "<p>水[^1]。</p>\n<p>[^1]: 出《水經注》</p>\n");
        check("[x](見頁三)", "<p>x (見頁三)</p>\n");
        check("![圖](a.png \"岸\")", "<p>圖 (a.png 岸)</p>\n");
        check("见[水]\n\n[水]: http://a.example", "<p>见<a href=\"http://a.example\">水</a></p>\n");
        assert_eq!(note_as_markdown("[注]: 見第三頁", &LinkedNotes::default()), "\\[注\\]: 見第三頁\n");
    }

    #[test]
    fn what_a_table_has_no_column_for_is_said() {
        let html = note_as_html("| 水 |\n|---|\n| 河 | 岸 |", &LinkedNotes::default());
        assert!(html.contains('岸'), "{html}");
    }

    proptest! {
        /// Every letter of what the reader says is in each export that formats it.
        #[test]
        fn nothing_is_left_out(
            text in "([甲乙丙a1.| #>*_~`:^\\[\\]()!\"\n-]{0,8}|\\[[甲乙^1]{1,2}\\](: ?|\\()[丙a]{1,3}\\)?|http://a.example/|\n\n){0,8}"
        ) {
            let export = export_of([quoting("水").saying(&text)]);
            let of = |text: &str| "甲乙丙".chars().map(|each| text.matches(each).count()).collect::<Vec<_>>();
            let text = of(&text);
            let docx = crate::export::to_docx(&export).unwrap();
            let links = comments_and_links(&docx);
            for (format, written) in [("html", crate::export::to_html(&export)), ("md", crate::export::to_markdown(&export)), ("docx", links)] {
                let written = of(&written);
                prop_assert!(text.iter().zip(&written).all(|(said, written)| said <= written), "{}", format);
            }
        }
    }

    /// The text of a document, and where its links lead.
    fn comments_and_links(docx: &[u8]) -> String {
        parts(docx).into_iter().filter(|(name, _)| name.starts_with("word/")).map(|(_, text)| text).collect()
    }
}
