//! Notes as Markdown.

use super::arrange::{Entry, Group};
use super::note_text::{LinkedNotes, note_as_markdown};
use super::{Export, ExportedAnswer, ExportedDocument};

/// The notes as Markdown after CommonMark: a heading for each group, and for each note its quotation as a
/// block quotation, what the reader says, and a list of facts.
///
/// Rendered, a quotation has the very words of the document: see [`escape_markdown`].
pub fn to_markdown(export: &Export) -> String {
    let title = format!("# {}\n\n", one_line(&export.options.title));
    let about = export.only_document().map(|document| about(export, document)).unwrap_or_default();
    let linked = LinkedNotes::of(export);
    let mut unnamed = LinkedNotes::of(export);
    let groups = export.groups();
    let groups: String = groups.iter().map(|group| section(export, group, &linked, &mut unnamed)).collect();
    [title, about, groups].concat()
}

/// What is said of a document below its title.
fn about(export: &Export, document: &ExportedDocument) -> String {
    let facts = document.facts(&export.options.words).into_iter();
    facts.map(|(name, fact)| fact_paragraph(export, name, fact)).collect()
}

fn fact_paragraph(export: &Export, name: &str, fact: &str) -> String {
    format!("{}{}{}\n\n", one_line(name), export.colon(), one_line(fact))
}

/// The notes of a group. Those that others link to have a name where they stand for the first time.
fn section(export: &Export, group: &Group<'_>, linked: &LinkedNotes, unnamed: &mut LinkedNotes) -> String {
    let heading = match group.title.as_str() {
        "" => String::new(),
        title => format!("{} {}\n\n", "#".repeat(usize::from(group.level)), one_line(title)),
    };
    let begins = group.begins.filter(|_| export.only_document().is_none());
    let about = begins.map(|document| about(export, document)).unwrap_or_default();
    let mut named = |entry: &Entry<'_>| {
        let name = unnamed.take_name(entry.note.note.id).map(|name| format!("<a id=\"{name}\"></a>\n\n"));
        name.unwrap_or_default() + &note_block(export, *entry, linked)
    };
    let notes: String = group.notes.iter().map(&mut named).collect();
    [heading, about, notes].concat()
}

fn note_block(export: &Export, entry: Entry<'_>, linked: &LinkedNotes) -> String {
    let note = entry.note;
    let quotation = match note.quote.as_str() {
        "" => format!("**{}**", one_line(&export.options.words.bookmark)),
        _ => block_quotation(&note.quoted_pieces().into_iter().map(struck_out).collect::<String>()),
    };
    let written = export.as_written_beside(note).map(|written| as_written_block(export, written));
    let said = note.said().map(|text| format!("{}\n\n", note_as_markdown(text, linked).trim_end()));
    let facts = export.facts(entry);
    let facts: String = facts.iter().map(|(name, fact)| fact_line(name, export.colon(), fact)).collect();
    let answers: String = note.answers.iter().map(|answer| answer_block(export, answer)).collect();
    let (written, said) = (written.unwrap_or_default(), said.unwrap_or_default());
    format!("{quotation}\n\n{written}{answers}{said}{facts}\n")
}

/// The quotation as the document has it.
fn as_written_block(export: &Export, written: &str) -> String {
    format!(
        "{}{}\n\n{}\n\n",
        one_line(&export.options.words.as_written),
        export.colon().trim_end(),
        quoted(written)
    )
}

/// The passage of another document: its quotation, below where it stands.
fn answer_block(export: &Export, answer: &ExportedAnswer) -> String {
    let name = one_line(&export.options.words.other_document);
    let source = one_line(&answer.source());
    format!("{name}{}{source}\n\n{}\n\n", export.colon(), quoted(&answer.quote))
}

/// An item of the list of facts. Its mark is another than that of the lists in what the reader says, so that
/// two lists that follow each other stay two.
fn fact_line(name: &str, colon: &str, fact: &str) -> String {
    format!("* {}{colon}{}\n", one_line(name), one_line(fact))
}

/// A piece of a quotation, with a line through it where it is struck out. Two tildes are a line where they stand at letters
/// on one line; elsewhere the element of HTML is.
fn struck_out((said, struck): (&str, bool)) -> String {
    let escaped = escape_markdown(said);
    let is_letter = |found: Option<char>| found.is_some_and(char::is_alphanumeric);
    let at_letters = is_letter(said.chars().next()) && is_letter(said.chars().next_back());
    match struck {
        false => escaped,
        true if at_letters && !said.contains(['\n', '\r']) => format!("~~{escaped}~~"),
        true => format!("<s>{escaped}</s>"),
    }
}

/// A block quotation of `text`.
pub(super) fn quoted(text: &str) -> String {
    block_quotation(&escape_markdown(text))
}

fn block_quotation(escaped: &str) -> String {
    escaped.split('\n').map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

/// Escaped, with every white space inside that is a line break or more made one space.
pub(super) fn one_line(text: &str) -> String {
    escape_markdown(&text.split_whitespace().collect::<Vec<_>>().join(" "))
}

/// `text` as Markdown (CommonMark, and the extensions of GitHub, Pandoc and Obsidian) that shows the very
/// same characters: line breaks become hard ones, white space at the ends of lines becomes entities,
/// and whatever could mean something gets a backslash. U+0000, which Markdown cannot express, becomes
/// U+FFFD.
pub fn escape_markdown(text: &str) -> String {
    let inner = text.trim_matches('\n');
    let leading = text.len() - text.trim_start_matches('\n').len();
    let trailing = text.len() - inner.len() - leading;
    let line_break = "&#10;";
    if inner.is_empty() {
        return line_break.repeat(text.len());
    }
    let lines: Vec<String> = inner.split('\n').map(escape_line).collect();
    format!("{}{}{}", line_break.repeat(leading), lines.join("\\\n"), line_break.repeat(trailing))
}

fn escape_line(line: &str) -> String {
    let inner = line.trim_matches(is_stripped);
    let leading = line.len() - line.trim_start_matches(is_stripped).len();
    let digits = inner.bytes().take_while(u8::is_ascii_digit).count();
    let mut output = String::with_capacity(line.len() * 2);
    let mut previous = None;
    let mut characters = line.char_indices().peekable();
    while let Some((at, character)) = characters.next() {
        let next = characters.peek().map(|&(_, next)| next);
        let at_edge = at < leading || at >= leading + inner.len();
        let at_start = (leading..=leading + digits).contains(&at);
        match character {
            '\0' => output.push('\u{FFFD}'),
            '\r' => output.push_str("&#13;"),
            _ if at_edge => output.extend(["&#", &u32::from(character).to_string(), ";"]),
            _ => {
                if means_something(previous, character, next)
                    || at_start && begins_a_block(at - leading, character)
                {
                    output.push('\\');
                }
                output.push(character);
            }
        }
        previous = Some(character);
    }
    output
}

/// White space that a Markdown reader leaves out at either end of a line.
fn is_stripped(character: char) -> bool {
    character.is_whitespace() && character != '\n'
}

/// Whether `character` means something anywhere in a line, given its neighbours.
fn means_something(previous: Option<char>, character: char, next: Option<char>) -> bool {
    match character {
        '\\' | '`' | '*' | '_' | '[' | ']' | '<' | '>' | '&' | '~' | '$' | '^' | '|' | '#' | '=' | '{'
        | '}' | '@' | '"' | '\'' => true,
        '.' if matches!(previous, Some('w' | 'W')) => true,
        '%' | '-' | '.' | '+' => previous == Some(character) || next == Some(character),
        '!' => next == Some('['),
        ':' => next == Some('/') || previous == Some(':') || next == Some(':'),
        _ => false,
    }
}

/// Whether `character` would begin a list, a rule or a definition at the beginning of a line, after so
/// many digits.
fn begins_a_block(digits: usize, character: char) -> bool {
    match character {
        '-' | '+' | ':' => digits == 0,
        '.' | ')' => digits > 0,
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use comrak::Arena;
    use comrak::nodes::NodeValue;
    use proptest::prelude::*;

    use super::*;
    use crate::export::read_back::{markdown_options as options, quotations};
    use crate::export::sample::{answering, export_of, export_of_documents, quoting};

    fn check(quote: &str) {
        let markdown = to_markdown(&export_of([quoting(quote)]));
        assert_eq!(quotations(&markdown), [quote], "{markdown}");
    }

    #[test]
    fn quotations_come_out_exactly() {
        check("河水清，岸边有树。");
        check("# 一\n- 二\n1. 三\n2) 四\n\n\n    五\n+ 六\n===\n---\n| a |\n|---|");
        check("\n\n前后都有空行\n");
        check("　　缩进 与两个空格  \n下一行");
        check("**粗** _斜_ `码` [链](http://a.example) ![图](b) <b>&amp;</b> https://a.example a@b.example");
        check("$x^2$ ~~删~~ \"引\" -- ... [^1] \\ \\\\ {#id} %% == :: www.a.example");
        check("\t制表\r回车");
        check("\n");
        check(" ");
    }

    #[test]
    fn a_note_is_written_whole() {
        let said =
            "# 好\n<script>坏()</script>\n\n- 甲\n\n![图](http://a.example/b.png) [链](javascript:alert(1))";
        let note = quoting("先种树").saying(said).under(&["第1.2节"]);
        assert_eq!(
            to_markdown(&export_of([note])),
            "# 修河倡议\n\nSource: 河边小报\n\n## 第1.2节\n\n> 先种树\n\n#### 好\n\n    <script>坏()</script>\n\n- 甲\n\n\
             [图](http://a.example/b.png) 链 (javascript:alert(1))\n\n\
             * Colour: green\n* Clause: 第二条\n* Paragraph: 5\n* Page: 12\n* Changed: 1970-01-01 00:00\n\n"
        );
    }

    /// Tables of figures are lines of many digits: each is looked at once.
    #[test]
    fn a_line_of_many_digits_is_written_at_once() {
        let line = "3".repeat(200_000) + ".";
        let begun = std::time::Instant::now();
        assert_eq!(escape_markdown(&line).len(), line.len() + 1);
        assert!(begun.elapsed() < std::time::Duration::from_secs(5));
    }

    #[test]
    fn the_list_of_facts_is_a_list_of_its_own() {
        for said in ["- 甲\n- 乙", "* 甲\n\n* 乙", "1. 甲", "- 甲\n\n  > - 乙"] {
            let markdown = to_markdown(&export_of([quoting("水").saying(said)]));
            let arena = Arena::new();
            let root = comrak::parse_document(&arena, &markdown, &options());
            let lists: Vec<usize> = root
                .children()
                .filter(|node| matches!(node.data().value, NodeValue::List(_)))
                .map(|list| list.children().count())
                .collect();
            assert_eq!((lists.len(), lists.last()), (2, Some(&5)), "{markdown}");
        }
    }

    #[test]
    fn what_is_struck_out_has_a_line_through_it() {
        let written = |quote: &str, struck| to_markdown(&export_of([quoting(quote).struck(&[struck])]));
        assert!(written("期限三十日六十日", (6, 15)).contains("> 期限~~三十日~~六十日\n"));
        // Tildes at a mark would be none of markup.
        assert!(written("期限「三十日」六十日", (6, 21)).contains("<s>「三十日」</s>六十日"));
        let markdown = written("期限三十日六十日", (6, 15));
        assert_eq!(quotations(&markdown), ["期限⟪Strikethrough⟫三十日六十日"]);
    }

    #[test]
    fn both_quotations_of_a_note_that_spans_documents_are_written() {
        let note = quoting("先种树").answered([answering("# 先清淤")]);
        let markdown = to_markdown(&export_of([note]));
        assert_eq!(quotations(&markdown), ["先种树", "# 先清淤"]);
        assert!(markdown.contains("\n\nOther document: 修渠章程 › 二、清淤\n\n"), "{markdown}");
    }

    #[test]
    fn both_scripts_stand_below_each_other() {
        let mut export = export_of([quoting("先種樹").written("先种树"), quoting("河")]);
        let in_one = quotations(&to_markdown(&export));
        assert_eq!(in_one, ["先種樹", "河"]);
        export.options.both_scripts = true;
        assert_eq!(quotations(&to_markdown(&export)), ["先種樹", "先种树", "河"]);
    }

    #[test]
    fn several_documents_have_headings_of_their_own() {
        let export = export_of_documents([
            ("修河*倡议*", vec![quoting("甲").under(&["上游"])]),
            ("修渠章程", vec![quoting("乙")]),
        ]);
        let markdown = to_markdown(&export);
        let headings: Vec<&str> = markdown.lines().filter(|line| line.starts_with('#')).collect();
        assert_eq!(headings, ["# Notes", "## 修河\\*倡议\\*", "### 上游", "## 修渠章程"]);
        assert_eq!(markdown.matches("Source: 河边小报").count(), 2);
    }

    #[test]
    fn chinese_words_have_chinese_colons() {
        let mut export = export_of([quoting("水")]);
        export.options.interface_language = "zh-Hant".to_owned();
        export.options.words.source = "來源".to_owned();
        assert!(to_markdown(&export).contains("\n來源：河边小报\n"));
    }

    proptest! {
        #[test]
        fn any_quotation_comes_out_exactly(
            quote in r#"[水a1 \n\t\r　\\`*_\[\]<>()#+\-.!|&~^$:=@"'/{}%;w]{1,30}|(www\.|https?:|/|a\.b|@|水){1,9}"#,
        ) {
            let markdown = to_markdown(&export_of([quoting(&quote)]));
            prop_assert_eq!(quotations(&markdown), [quote], "{}", markdown);
        }
    }
}
