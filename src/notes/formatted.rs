//! What a note says, Markdown by nature, taken apart for showing it.

use comrak::arena_tree::NodeEdge;
use comrak::nodes::{ListType, Node, NodeList, NodeValue};
use comrak::{Arena, Options, parse_document};

use super::{NoteId, note_at};
use crate::document::Address;
use crate::import::is_nested_too_deeply;

/// A text as blocks, one below the other.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Formatted {
    /// The blocks, in order.
    pub blocks: Vec<TextBlock>,
}

/// A paragraph, a heading, an item of a list, a listing or a rule.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct TextBlock {
    /// What it is.
    pub kind: TextBlockKind,
    /// In how many lists and items it stands.
    pub depth: usize,
    /// Whether it is quoted.
    pub quoted: bool,
    /// What it says; nothing of a rule.
    pub runs: Vec<Run>,
}

/// What a block of a note is.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum TextBlockKind {
    /// A paragraph.
    Paragraph,
    /// A heading, from level 1.
    Heading(u8),
    /// The beginning of an item of a list, with its mark: `•`, `2.`, `☑`.
    Item(String),
    /// A listing, whose lines stay as they are.
    Listing,
    /// A line across.
    Rule,
}

/// Words that look the same throughout.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct Run {
    /// The words.
    pub text: String,
    /// How they look.
    pub look: RunLook,
    /// Where they lead.
    pub target: Option<LinkTarget>,
}

/// How words of a note look.
#[expect(clippy::struct_excessive_bools, reason = "each can be on with any other")]
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub struct RunLook {
    /// Strongly emphasised.
    pub strong: bool,
    /// Emphasised.
    pub emphasised: bool,
    /// Struck out.
    pub struck: bool,
    /// As code.
    pub code: bool,
}

/// Where words of a note lead.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum LinkTarget {
    /// To another note.
    Note(NoteId),
    /// To an address of the web or of mail.
    Address(Address),
}

/// Trees that are deeper are shown as they were typed.
const DEEPEST: usize = 100;

impl Formatted {
    /// Takes a text apart. Nothing that it says is left out; elements of HTML are words.
    pub fn of(text: &str) -> Self {
        let text = text.replace('\0', "\u{FFFD}");
        if is_nested_too_deeply(&text) {
            return Self::as_typed(&text);
        }
        let arena = Arena::new();
        let root = parse_document(&arena, &text, &options());
        let mut walk = Walk::default();
        for edge in root.traverse() {
            match edge {
                NodeEdge::Start(node) => walk.enter(node),
                NodeEdge::End(node) => walk.leave(node),
            }
            if walk.open > DEEPEST {
                return Self::as_typed(&text);
            }
        }
        walk.end_block();
        Self { blocks: walk.blocks }
    }

    fn as_typed(text: &str) -> Self {
        let run = |line: &str| Run { text: line.to_owned(), look: RunLook::default(), target: None };
        let block = |line| TextBlock {
            kind: TextBlockKind::Paragraph,
            depth: 0,
            quoted: false,
            runs: vec![run(line)],
        };
        Self { blocks: text.lines().map(block).collect() }
    }

    /// The words without their marks, a line for each block.
    pub fn plain(&self) -> String {
        let words = |block: &TextBlock| block.runs.iter().map(|run| run.text.as_str()).collect::<String>();
        self.blocks.iter().map(words).filter(|line| !line.is_empty()).collect::<Vec<_>>().join("\n")
    }
}

fn options() -> Options<'static> {
    let mut options = Options::default();
    options.extension.strikethrough = true;
    options.extension.tasklist = true;
    options.extension.autolink = true;
    options.extension.cjk_friendly_emphasis = true;
    options
}

/// What is known on the way through a text.
#[derive(Default)]
struct Walk {
    blocks: Vec<TextBlock>,
    /// The block that is being filled.
    block: Option<TextBlock>,
    /// How many nodes are open.
    open: usize,
    quotations: usize,
    /// The lists that are open, with the number of their next item.
    lists: Vec<(NodeList, usize)>,
    /// The mark of the item whose first block has not begun.
    mark: Option<String>,
    strong: usize,
    emphasised: usize,
    struck: usize,
    target: Option<LinkTarget>,
}

impl Walk {
    fn enter(&mut self, node: Node<'_>) {
        self.open += 1;
        match &node.data().value {
            NodeValue::BlockQuote => self.quotations += 1,
            NodeValue::List(list) => self.lists.push((*list, list.start)),
            NodeValue::Item(_) => self.begin_item(None),
            NodeValue::TaskItem(task) => self.begin_item(Some(task.symbol.is_some())),
            NodeValue::Heading(heading) => self.begin(TextBlockKind::Heading(heading.level)),
            NodeValue::Paragraph => self.begin(TextBlockKind::Paragraph),
            NodeValue::ThematicBreak => self.whole(TextBlockKind::Rule, ""),
            // What stands behind the fence is the name of a language, or words that a reader began a line with.
            NodeValue::CodeBlock(code) => {
                let listing = format!("{}\n{}", code.info, code.literal);
                self.whole(TextBlockKind::Listing, listing.trim_start_matches('\n').trim_end());
            }
            NodeValue::HtmlBlock(html) => self.whole(TextBlockKind::Paragraph, html.literal.trim_end()),
            NodeValue::Text(text) => self.say(text, false),
            NodeValue::Code(code) => self.say(&code.literal, true),
            NodeValue::HtmlInline(html) => self.say(html, false),
            NodeValue::SoftBreak | NodeValue::LineBreak => self.say("\n", false),
            NodeValue::Strong => self.strong += 1,
            NodeValue::Emph => self.emphasised += 1,
            NodeValue::Strikethrough => self.struck += 1,
            NodeValue::Link(link) | NodeValue::Image(link) => self.target = target_of(&link.url),
            _ => {}
        }
    }

    fn leave(&mut self, node: Node<'_>) {
        self.open = self.open.saturating_sub(1);
        match &node.data().value {
            NodeValue::BlockQuote => self.quotations = self.quotations.saturating_sub(1),
            NodeValue::List(_) => drop(self.lists.pop()),
            NodeValue::Item(_) | NodeValue::TaskItem(_) => self.end_item(),
            NodeValue::Heading(_) | NodeValue::Paragraph => self.end_block(),
            NodeValue::Strong => self.strong = self.strong.saturating_sub(1),
            NodeValue::Emph => self.emphasised = self.emphasised.saturating_sub(1),
            NodeValue::Strikethrough => self.struck = self.struck.saturating_sub(1),
            NodeValue::Link(_) | NodeValue::Image(_) => self.target = None,
            _ => {}
        }
    }

    fn begin_item(&mut self, ticked: Option<bool>) {
        let Some((list, next)) = self.lists.last_mut() else { return };
        self.mark = Some(match (ticked, list.list_type) {
            (Some(true), _) => "☑".to_owned(),
            (Some(false), _) => "☐".to_owned(),
            (None, ListType::Bullet) => "•".to_owned(),
            (None, ListType::Ordered) => format!("{next}."),
        });
        *next += 1;
    }

    /// An item without words is an item all the same.
    fn end_item(&mut self) {
        if self.mark.is_some() {
            self.begin(TextBlockKind::Paragraph);
            self.end_block();
        }
    }

    /// The first block of an item is the one with its mark.
    fn begin(&mut self, kind: TextBlockKind) {
        self.end_block();
        let kind = match (self.mark.take(), kind) {
            (Some(mark), TextBlockKind::Paragraph) => TextBlockKind::Item(mark),
            (_, kind) => kind,
        };
        let quoted = self.quotations > 0;
        self.block = Some(TextBlock { kind, depth: self.lists.len(), quoted, runs: Vec::new() });
    }

    fn end_block(&mut self) {
        self.blocks.extend(self.block.take());
    }

    fn whole(&mut self, kind: TextBlockKind, text: &str) {
        let code = kind == TextBlockKind::Listing;
        self.begin(kind);
        if !text.is_empty() {
            self.say(text, code);
        }
        self.end_block();
    }

    fn say(&mut self, text: &str, code: bool) {
        if self.block.is_none() {
            self.begin(TextBlockKind::Paragraph);
        }
        let (strong, emphasised, struck) = (self.strong > 0, self.emphasised > 0, self.struck > 0);
        let look = RunLook { strong, emphasised, struck, code };
        let target = self.target.clone();
        let Some(block) = &mut self.block else { return };
        match block.runs.last_mut() {
            Some(last) if last.look == look && last.target == target => last.text.push_str(text),
            _ => block.runs.push(Run { text: text.to_owned(), look, target }),
        }
    }
}

/// Addresses of other kinds lead nowhere: their words are shown, and no more.
fn target_of(address: &str) -> Option<LinkTarget> {
    let note = note_at(address).map(LinkTarget::Note);
    note.or_else(|| Address::read(address).ok().map(LinkTarget::Address))
}

#[cfg(test)]
mod tests {
    use std::fmt::Write as _;

    use proptest::prelude::*;

    use super::*;

    /// Draws the blocks: `#` heading, `>` quoted, marks of items, `**`, `*`, `~`, `` ` `` around words, `→` before
    /// a target.
    fn check(text: &str, expected: &[&str]) {
        let drawn: Vec<String> = Formatted::of(text).blocks.iter().map(drawn).collect();
        assert_eq!(drawn, expected, "{text}");
    }

    fn drawn(block: &TextBlock) -> String {
        let mut out = "  ".repeat(block.depth);
        out += if block.quoted { "> " } else { "" };
        match &block.kind {
            TextBlockKind::Paragraph => {}
            TextBlockKind::Heading(level) => write!(out, "{} ", "#".repeat(usize::from(*level))).unwrap(),
            TextBlockKind::Item(mark) => write!(out, "{mark} ").unwrap(),
            TextBlockKind::Listing => out += "| ",
            TextBlockKind::Rule => out += "---",
        }
        for Run { text, look, target } in &block.runs {
            let signs = [(look.strong, "**"), (look.emphasised, "*"), (look.struck, "~"), (look.code, "`")];
            let mark: String = signs.iter().filter(|(on, _)| *on).map(|(_, sign)| *sign).collect();
            let leads = match target {
                Some(LinkTarget::Note(id)) => format!("→{}", id.0.as_u128()),
                Some(LinkTarget::Address(address)) => format!("→{address}"),
                None => String::new(),
            };
            write!(out, "{mark}{text}{mark}{leads}").unwrap();
        }
        out
    }

    #[test]
    fn words_are_emphasised_in_either_script() {
        check("书屋**很好**，*真的*，~~不好~~，`代码`", &["书屋**很好**，*真的*，~不好~，`代码`"]);
        check("这是**「重点」**內容", &["这是**「重点」**內容"]);
        check("***兩樣***", &["***兩樣***"]);
    }

    #[test]
    fn blocks_stand_one_below_the_other() {
        check(
            "# 题\n正文\n\n- 一\n- 二\n  1. 甲\n  2. 乙\n\n> 引文\n\n```\nlet x;\n```\n\n---\n尾",
            &[
                "# 题",
                "正文",
                "  • 一",
                "  • 二",
                "    1. 甲",
                "    2. 乙",
                "> 引文",
                "| `let x;`",
                "---",
                "尾",
            ],
        );
        check("- [ ] 去看\n- [x] 看過", &["  ☐ 去看", "  ☑ 看過"]);
        check("-", &["  • "]);
    }

    #[test]
    fn links_lead_to_notes_and_to_the_web_only() {
        let id = "00000000-0000-0000-0000-000000000007";
        check(&format!("見[「河」](note:{id})。"), &["見「河」→7。"]);
        check("[站](https://a.example)", &["站→https://a.example/"]);
        check("[惡](javascript:x) [檔](file:///etc/passwd)", &["惡 檔"]);
        check("<script>x</script>", &["<script>x</script>"]);
    }

    #[test]
    fn a_line_break_stays() {
        check("一行\n又一行", &["一行\n又一行"]);
    }

    proptest! {
        /// Whatever is typed: every letter and numeral of it is shown.
        #[test]
        fn nothing_that_is_said_is_left_out(text in "[甲乙丙a1 #>*_~`\\[\\]()\n-]{0,60}") {
            let shown = Formatted::of(&text).plain();
            let han = |text: &str| text.chars().filter(|found| "甲乙丙".contains(*found)).count();
            let hidden = Formatted::of(&text).blocks.iter().flat_map(|block| &block.runs).any(|run| run.target.is_some());
            prop_assert!(hidden || han(&shown) == han(&text) || text.contains("]("), "{text:?}: {shown:?}");
        }

        #[test]
        fn deep_nesting_is_shown_all_the_same(depth in 1..400_usize, mark in prop::sample::select(&["> ", "- ", "**", "["][..])) {
            let text = format!("{}水", mark.repeat(depth));
            prop_assert!(Formatted::of(&text).plain().contains('水'));
        }
    }
}
