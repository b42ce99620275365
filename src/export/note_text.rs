//! What the reader says, Markdown by nature, made safe to stand in an export.

use std::collections::BTreeSet;

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{Node, NodeCode, NodeCodeBlock, NodeHeading, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::Export;
use super::markdown::escape_markdown;
use crate::import::is_nested_too_deeply;
use crate::notes::{NoteId, note_at, notes_linked};

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
/// only, and which is no deeper than [`DEEPEST`]. A link to another note is no more than its words.
pub(super) fn safe_tree<'a>(arena: &'a Arena<'a>, text: &str, linked: &LinkedNotes) -> Node<'a> {
    let options = options();
    let text = text.replace('\0', "\u{FFFD}");
    let parsed = |text: &str| parse_document(arena, text, &options);
    let root = Some(&text).filter(|text| !is_nested_too_deeply(text)).map(|text| parsed(text));
    let root = root.filter(|root| depth(root) <= DEEPEST).unwrap_or_else(|| parsed(&escape_markdown(&text)));
    for node in root.descendants().collect::<Vec<_>>() {
        make_safe(&mut node.data_mut().value);
        if !lead_to_note(&mut node.data_mut().value, linked) {
            leave_words(node);
        }
    }
    root
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

/// Gives a link to another note the address of that. An address that is not of the permitted schemes becomes empty.
/// Answers `false` for a link to a note that is not there.
fn lead_to_note(value: &mut NodeValue, linked: &LinkedNotes) -> bool {
    let NodeValue::Link(link) = value else { return true };
    let note = note_at(&link.url);
    let address = link.url.to_ascii_lowercase();
    if let Some(id) = note.filter(|id| linked.0.contains(id)) {
        link.url = format!("#{}", name_of(id));
    } else if !["http://", "https://", "mailto:"].iter().any(|scheme| address.starts_with(scheme)) {
        link.url.clear();
        return note.is_none();
    }
    true
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
    use super::*;
    use crate::export::sample::{export_of, quoting};
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
        assert_eq!(note_as_html("[a](#note_1)", &linked), "<p><a href=\"\">a</a></p>\n");
    }
}
