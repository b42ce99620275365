//! Where a passage stands in its document, as one says it when one cites it.

use std::ops::RangeInclusive;

use super::{BlockIndex, BlockKind, Document};
use crate::text::{Span, Written, number_at_start, saturate};

/// Where a passage stands in its document: under which headings, in which paragraphs, in which clauses.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Locus {
    /// The headings above its beginning, the highest first; neither the title nor clauses.
    pub headings: Vec<BlockIndex>,
    /// Its paragraphs, counted from 1 through the body; `None` in a title, heading, byline or what was set aside.
    pub paragraphs: Option<RangeInclusive<u32>>,
    /// Its first clause and its last one (第三條, Article 3), as they are written: stretches of the text.
    pub clauses: Option<(Span, Span)>,
    /// The page that it begins on and the one that it ends on, as they are called, where the format has pages.
    pub pages: Option<(String, String)>,
}

impl Locus {
    /// Its paragraphs in short: `3`, `3–5`.
    pub fn paragraphs_in_short(&self) -> Option<String> {
        self.paragraphs.as_ref().map(|numbers| in_short(numbers.start(), numbers.end()))
    }

    /// Its pages in short: `12`, `12–13`.
    pub fn pages_in_short(&self) -> Option<String> {
        self.pages.as_ref().map(|(first, last)| in_short(first, last))
    }

    /// Its clauses in the language of the document, each as `shown` has it: 第三條, 第三條至第五條.
    pub fn clauses_in_words(&self, document: &Document, shown: impl Fn(Span) -> String) -> Option<String> {
        let (first, last) = self.clauses?;
        let to = if document.speaks_chinese() { "至" } else { " to " };
        Some(if first == last { shown(first) } else { [&shown(first), to, &shown(last)].concat() })
    }

    /// Its clauses as they are written in the document.
    pub fn clauses_as_written(&self, document: &Document) -> Option<String> {
        self.clauses_in_words(document, |span| span.of(document.text()).unwrap_or_default().to_owned())
    }
}

/// What there is from the first to the last.
fn in_short<T: ToString + PartialEq>(first: &T, last: &T) -> String {
    if first == last { first.to_string() } else { format!("{}–{}", first.to_string(), last.to_string()) }
}

impl Document {
    /// Whether it is in Chinese, as far as its characters tell.
    pub fn speaks_chinese(&self) -> bool {
        self.written() != Written::Undecided
    }

    /// Where the passage at `span` stands.
    pub fn locus(&self, span: Span) -> Locus {
        let Some(first) = self.block_at(span.start()) else { return Locus::default() };
        let last = self.block_at(span.end().saturating_sub(1).max(span.start())).unwrap_or(first);
        let clauses = self.clause_at(first).zip(self.clause_at(last));
        Locus {
            headings: self.headings_above(first),
            paragraphs: self.paragraphs(first, last),
            clauses: clauses.or_else(|| self.clause_at(last).map(|clause| (clause, clause))),
            pages: self.pages_of(span),
        }
    }

    fn pages_of(&self, span: Span) -> Option<(String, String)> {
        let last = self
            .text()
            .get(..span.end() as usize)
            .and_then(|text| text.trim_end().char_indices().next_back());
        let last = last.map_or(span.start(), |(at, _)| saturate(at).max(span.start()));
        let label = |position| self.page_at(position).map(|page| page.label.clone());
        label(span.start()).zip(label(last))
    }

    /// The headings above a block that say where it stands.
    fn headings_above(&self, block: BlockIndex) -> Vec<BlockIndex> {
        let says = |index: &BlockIndex| {
            let block = self.block(*index);
            let title = block.is_none_or(|block| block.kind == BlockKind::Title);
            !title && self.clause_of(*index).is_none()
        };
        self.outline().path(block).into_iter().filter(says).collect()
    }

    fn paragraphs(&self, first: BlockIndex, last: BlockIndex) -> Option<RangeInclusive<u32>> {
        let before = |index: usize| self.numbering().paragraphs.get(index).copied();
        let (begin, end) = (before(first.as_usize())? + 1, before(last.as_usize() + 1)?);
        (begin <= end).then_some(begin..=end)
    }

    /// The clause that a block stands in: its own, or the nearest one before it under the same headings.
    fn clause_at(&self, block: BlockIndex) -> Option<Span> {
        self.numbering().clauses.get(block.as_usize()).copied().flatten()
    }

    fn numbering(&self) -> &Numbering {
        self.numbering.get_or_init(|| Numbering::of(self))
    }

    /// The number of the clause that a block begins with.
    fn clause_of(&self, block: BlockIndex) -> Option<Span> {
        let block = self.block(block).filter(|block| block.kind.aside().is_none())?;
        let text = block.span.of(self.text())?;
        let words = text.trim_start();
        let length = clause_length(words)?;
        let start = block.span.start() + saturate(text.len() - words.len());
        Some(Span::from_length(start, saturate(length)))
    }
}

/// What the blocks of a document are counted by: for each, so that it need not be counted anew for every passage.
#[derive(Debug)]
pub(super) struct Numbering {
    /// How many paragraphs of the body stand before it; at last, how many there are.
    paragraphs: Vec<u32>,
    /// The clause that it stands in.
    clauses: Vec<Option<Span>>,
}

impl Numbering {
    fn of(document: &Document) -> Self {
        let (mut paragraphs, mut clauses) = (vec![0], Vec::with_capacity(document.blocks().len()));
        let (mut counted, mut clause) = (0, None);
        for (index, block) in document.blocks().iter().enumerate() {
            counted += u32::from(is_body(block.kind));
            paragraphs.push(counted);
            let own = document.clause_of(BlockIndex::new(index));
            if own.is_some() || block.kind.heading_level().is_some() {
                clause = own;
            }
            clauses.push(clause);
        }
        Self { paragraphs, clauses }
    }
}

/// Whether a block counts among the paragraphs of the body.
fn is_body(kind: BlockKind) -> bool {
    match kind {
        BlockKind::Paragraph
        | BlockKind::ListItem { .. }
        | BlockKind::Quotation
        | BlockKind::TableRow
        | BlockKind::Preformatted => true,
        BlockKind::Title
        | BlockKind::Heading { .. }
        | BlockKind::Byline
        | BlockKind::Footnote
        | BlockKind::Aside(_) => false,
    }
}

/// How many bytes of `text` are the number of a clause that it begins with.
fn clause_length(text: &str) -> Option<usize> {
    let rest = han_clause(text).or_else(|| latin_clause(text))?;
    Some(text.len() - rest.len())
}

/// What follows 第三条, 第 3 條, 第二十一条之一.
fn han_clause(text: &str) -> Option<&str> {
    let (_, rest) = number_at_start(text.strip_prefix('第')?.trim_start())?;
    let mut rest = rest.trim_start().strip_prefix(['条', '條'])?;
    while let Some((_, after)) = rest.strip_prefix('之').and_then(number_at_start) {
        rest = after;
    }
    // 第三条约, 第一条件 and 第三條的 name no clause.
    (!rest.starts_with(['约', '約', '件', '的', '例', '是'])).then_some(rest)
}

/// What follows Article 3, Art. 12bis, Section IV, § 5.
fn latin_clause(text: &str) -> Option<&str> {
    const WORDS: [&str; 7] = ["Article ", "ARTICLE ", "Art. ", "Section ", "SECTION ", "Clause ", "§"];
    let rest = WORDS.iter().find_map(|word| text.strip_prefix(word))?.trim_start();
    let end = rest.find(|found: char| !found.is_ascii_alphanumeric()).unwrap_or(rest.len());
    let (number, after) = rest.split_at_checked(end)?;
    let roman = number.chars().all(|found| "IVXLC".contains(found));
    let arabic = number.starts_with(|found: char| found.is_ascii_digit());
    (!number.is_empty() && (roman || arabic)).then_some(after)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::{Block, PageStart, Parts};
    use crate::text::detect;

    /// A document of lines: `#` before a heading, its level by how many of them, `!` before the title.
    fn document_of(lines: &str) -> Document {
        let mut text = String::new();
        let mut blocks = Vec::new();
        for line in lines.lines() {
            let words = line.trim_start_matches(['#', '!']);
            let level = u8::try_from(line.chars().take_while(|&found| found == '#').count()).unwrap();
            let kind = match (line.starts_with('!'), level) {
                (true, _) => BlockKind::Title,
                (false, 0) => BlockKind::Paragraph,
                (false, level) => BlockKind::Heading { level },
            };
            let start = saturate(text.len());
            text.push_str(words);
            blocks.push(Block { span: Span::new(start, saturate(text.len())), kind, boxed: false });
            text.push('\n');
        }
        let written = detect(&text);
        Document::new(Parts { text: text.into(), blocks, written, ..Parts::default() }).unwrap()
    }

    /// Where the words stand, in words: headings › paragraphs › clauses.
    fn check(lines: &str, words: &str, expected: &str) {
        let document = document_of(lines);
        let start = document.text().find(words).unwrap();
        let locus = document.locus(Span::from_length(saturate(start), saturate(words.len())));
        let of = |span: Span| span.of(document.text()).unwrap();
        let headings = locus.headings.iter().map(|&index| of(document.block(index).unwrap().span));
        let mut parts: Vec<String> = headings.map(ToOwned::to_owned).collect();
        parts.extend(locus.paragraphs_in_short());
        parts.extend(locus.clauses_as_written(&document));
        assert_eq!(parts.join(" › "), expected, "{words}");
    }

    const RULES: &str = "!書屋章程\n本章程由全村議定。\n#第一章　總則\n第一條　書屋屬全村。\n人人可以進來。\n\
        #第二章　借閱\n借書不收錢。\n第二條　每次借兩本。\n第二條之一　孩子可以借三本。\n#附則\n本章程自公布日起施行。";

    #[test]
    fn a_passage_says_where_it_stands() {
        check(RULES, "全村議定", "1");
        check(RULES, "書屋屬全村", "第一章　總則 › 2 › 第一條");
        check(RULES, "人人可以", "第一章　總則 › 3 › 第一條");
        check(RULES, "借書不收錢", "第二章　借閱 › 4");
        check(RULES, "孩子可以", "第二章　借閱 › 6 › 第二條之一");
        check(RULES, "兩本。\n第二條之一　孩子", "第二章　借閱 › 5–6 › 第二條至第二條之一");
        check(RULES, "自公布日", "附則 › 7");
        check(RULES, "書屋章程", "");
    }

    #[test]
    fn a_passage_may_run_over_pages() {
        let text = "前頁的話，\n後頁的話。";
        let second = saturate(text.find('後').unwrap());
        let page = |position, label: &str| PageStart { position, label: label.to_owned() };
        let block = Block { span: Span::whole(text), kind: BlockKind::Paragraph, boxed: false };
        let parts = Parts {
            text: text.into(),
            blocks: vec![block],
            pages: vec![page(0, "3"), page(second, "4")],
            ..Parts::default()
        };
        let document = Document::new(parts).unwrap();
        let check = |start, end, expected: &str| {
            let pages = document.locus(Span::new(start, end)).pages_in_short();
            assert_eq!(pages.as_deref(), Some(expected));
        };
        check(3, second + 3, "3–4");
        check(3, second, "3");
        check(second, second, "4");
        check(second, Span::whole(text).end(), "4");
    }

    #[test]
    fn a_clause_may_be_a_heading() {
        let lines = "#Part One\n##Article 3. Opening\nThe room is open.\nEveryone may come.";
        check(lines, "Everyone", "Part One › 2 › Article 3");
    }

    #[test]
    fn clauses_are_told_by_their_numbers() {
        let check =
            |text: &str, expected: usize| assert_eq!(clause_length(text).unwrap_or(0), expected, "{text}");
        check("第三条　书屋", "第三条".len());
        check("第 3 條 書屋", "第 3 條".len());
        check("第一百二十三条之二书屋", "第一百二十三条之二".len());
        check("Art. 12bis. Opening", "Art. 12bis".len());
        check("§ 5 Opening", "§ 5".len());
        check("第三条约", 0);
        check("第一條件是", 0);
        check("Article about books", 0);
        check("Section India", 0);
        check("三條", 0);
    }
}
