//! Fields of a DOCX: what Word computes. Their last result is text, what they ask for is not.

use std::collections::BTreeSet;

use roxmltree::Node;

use super::value;
use crate::import::word_fields::{self, Overlaid};
use crate::import::xml::{attribute, child, children, find, name};

/// The fields of one story: the body, a note or a text box.
#[derive(Debug, Default)]
pub(super) struct Fields {
    /// Those that are open, the innermost last.
    open: Vec<Field>,
    /// The beginnings of those that never end, in a damaged file, by the numbers of their nodes: they are none.
    unfinished: BTreeSet<u32>,
}

#[derive(Debug, Default)]
struct Field {
    asks: String,
    /// Whether its result has begun.
    in_result: bool,
    /// Whether it had any result.
    has_result: bool,
    /// What was chosen of a list.
    chosen: Option<String>,
    /// The number of the link that its result is.
    link: Option<usize>,
}

/// What a field leaves at its end.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// What it shows without a result.
    Shown(word_fields::Left),
    /// The end of the link of that number.
    Link(usize),
}

/// What text is that stands where it is written now.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Use {
    /// Text of the document.
    Shown,
    /// The result of one field, which another one asks for.
    Asked,
    /// Among what a field asks for, which nobody sees.
    Unseen,
}

impl Fields {
    /// The fields of a story, before its beginning.
    pub(super) fn of(story: Node<'_, '_>) -> Self {
        Self { open: Vec::new(), unfinished: unfinished(story) }
    }

    /// A mark of a field: it begins, its result begins, or it ends.
    pub(super) fn mark(&mut self, mark: Node<'_, '_>) -> Option<Left> {
        match kind(mark) {
            "begin" if !self.unfinished.contains(&mark.id().get()) => {
                self.open.push(Field { chosen: chosen(mark), ..Field::default() });
            }
            "separate" => {
                if let Some(field) = self.open.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => {
                let field = self.open.pop()?;
                return match field.link.map(Left::Link) {
                    None if !field.has_result => field.left(),
                    link => link,
                };
            }
            _ => {}
        }
        None
    }

    /// What the field asked for whose result begins with this mark, if it is text of the document.
    pub(super) fn begun(&self, mark: Node<'_, '_>) -> Option<&str> {
        let begins = kind(mark) == "separate" && self.use_of_text() == Use::Shown;
        self.open.last().filter(|_| begins).map(|field| field.asks.as_str())
    }

    /// The result of the innermost field is the link of that number.
    pub(super) fn link(&mut self, number: usize) {
        if let Some(field) = self.open.last_mut() {
            field.link = field.link.or(Some(number));
        }
    }

    /// What is asked for by the innermost field that still asks.
    pub(super) fn ask(&mut self, words: &str) {
        if let Some(field) = self.open.iter_mut().rfind(|field| !field.in_result)
            && field.asks.len() < MOST_ASKED
        {
            field.asks.push_str(words);
        }
    }

    /// What text is that is written now.
    pub(super) fn use_of_text(&self) -> Use {
        match self.open.last() {
            _ if self.open.iter().all(|field| field.in_result) => Use::Shown,
            Some(innermost) if innermost.in_result => Use::Asked,
            _ => Use::Unseen,
        }
    }

    /// Something was written: the open fields have a result.
    pub(super) fn have_result(&mut self) {
        for field in &mut self.open {
            field.has_result |= field.in_result;
        }
    }

    /// Whether the table of contents is open.
    pub(super) fn in_contents(&self) -> bool {
        self.open.iter().any(|field| word_fields::lists_contents(&field.asks))
    }
}

impl Field {
    fn left(self) -> Option<Left> {
        let chosen = self.chosen.map(|base| Overlaid { base, reading: String::new() });
        let chosen = chosen.map(word_fields::Left::Text);
        chosen.or_else(|| word_fields::left(&self.asks)).map(Left::Shown)
    }
}

/// The entry that was chosen of the list of a form.
fn chosen(begin: Node<'_, '_>) -> Option<String> {
    let list = find(begin, "ddList")?;
    let number = |name: &str| child(list, name).and_then(value)?.parse().ok();
    let entry = number("result").or_else(|| number("default")).unwrap_or(0);
    let entry = children(list, "listEntry").nth(entry)?;
    value(entry).map(str::to_owned)
}

/// How many bytes of what a field asks for are looked at.
const MOST_ASKED: usize = 4096;

fn kind<'a>(mark: Node<'a, '_>) -> &'a str {
    attribute(mark, "fldCharType").unwrap_or_default()
}

/// The beginnings of fields in a story that have no end in it. What was deleted may hold the one or the other;
/// boxes are stories of their own.
fn unfinished(story: Node<'_, '_>) -> BTreeSet<u32> {
    let mut begun = Vec::new();
    let mut waiting: Vec<Node<'_, '_>> = story.children().rev().collect();
    while let Some(node) = waiting.pop() {
        match name(node) {
            "txbxContent" => {}
            "fldChar" if kind(node) == "begin" => begun.push(node.id().get()),
            "fldChar" if kind(node) == "end" => _ = begun.pop(),
            _ => waiting.extend(node.children().rev()),
        }
    }
    begun.into_iter().collect()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What the letters of a story are; `[`, `|` and `]` are the marks of fields.
    fn uses(story: &str) -> Vec<Use> {
        let mark = |kind: &str| format!("<fldChar fldCharType=\"{kind}\"/>");
        let marked = |sign: char| match sign {
            '[' => mark("begin"),
            '|' => mark("separate"),
            ']' => mark("end"),
            other => format!("<t>{other}</t>"),
        };
        let xml: String = story.chars().map(marked).collect();
        let xml = format!("<body>{xml}</body>");
        let tree = roxmltree::Document::parse(&xml).unwrap();
        let mut fields = Fields::of(tree.root_element());
        let mut uses = Vec::new();
        for node in tree.root_element().children() {
            match name(node) {
                "fldChar" => _ = fields.mark(node),
                _ => uses.push(fields.use_of_text()),
            }
        }
        uses
    }

    #[test]
    fn what_a_field_asks_for_is_no_text() {
        use Use::{Asked, Shown, Unseen};
        assert_eq!(uses("河[問|果]河"), [Shown, Unseen, Shown, Shown]);
        assert_eq!(uses("[問[內|果]問|果]"), [Unseen, Unseen, Asked, Unseen, Shown]);
    }

    #[test]
    fn what_begins_and_never_ends_is_no_field() {
        assert_eq!(uses("[河[問]河"), [Use::Shown, Use::Unseen, Use::Shown]);
        assert_eq!(uses("]河|河[河"), [Use::Shown; 3]);
    }

    #[test]
    fn the_table_of_contents_is_known_by_what_it_asks_for() {
        let xml = "<body><fldChar fldCharType=\"begin\"/><fldChar fldCharType=\"end\"/></body>";
        let tree = roxmltree::Document::parse(xml).unwrap();
        let mut fields = Fields::of(tree.root_element());
        let mut marks = tree.root_element().children();
        fields.mark(marks.next().unwrap());
        fields.ask(" TOC \\o ");
        assert!(fields.in_contents());
        assert_eq!(fields.mark(marks.next().unwrap()), None);
        assert!(!fields.in_contents());
    }
}
