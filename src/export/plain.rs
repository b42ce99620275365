//! Notes as plain text.

use super::arrange::{Entry, Group};
use super::{Export, ExportedDocument, on_one_line};

/// The notes as plain text, for any editor: a line for each heading, the lines of each quotation after `> `, what the
/// reader says as it was typed, and a line for each fact.
///
/// Control characters are left out, so that a terminal shows the text and nothing else; a line with marks that change
/// the direction of writing ends their power with itself.
pub fn to_text(export: &Export) -> String {
    let title = line(&export.options.title);
    let about = export.only_document().map(|document| about(export, document)).unwrap_or_default();
    let groups: String = export.groups().iter().map(|group| section(export, group)).collect();
    [title, about, "\n".to_owned(), groups].concat()
}

fn about(export: &Export, document: &ExportedDocument) -> String {
    let facts = document.facts(&export.options.words).into_iter();
    facts.map(|(name, fact)| fact_line(export, "", name, fact)).collect()
}

fn section(export: &Export, group: &Group<'_>) -> String {
    let sign = if group.level == 2 { "■ " } else { "□ " };
    let heading =
        if group.title.is_empty() { String::new() } else { format!("{sign}{}", line(&group.title)) };
    let begins = group.begins.filter(|_| export.only_document().is_none());
    let about = begins.map(|document| about(export, document)).unwrap_or_default();
    let space = if group.title.is_empty() { "" } else { "\n" };
    let notes: String = group.notes.iter().map(|entry| note_lines(export, *entry)).collect();
    [&heading, &about, space, &notes].concat()
}

fn note_lines(export: &Export, entry: Entry<'_>) -> String {
    let (note, words) = (entry.note, &export.options.words);
    let quotation = if note.quote.is_empty() { line(&words.bookmark) } else { quoted(&note.quote) };
    let written = export.as_written_beside(note);
    let written = written.map(|written| named(export, &words.as_written, "") + &quoted(written));
    let answers = note
        .answers
        .iter()
        .map(|answer| named(export, &words.other_document, &answer.source()) + &quoted(&answer.quote));
    let said = note.said().map(|text| text.lines().map(isolated).collect::<String>());
    let facts = export.facts(entry);
    let facts = facts.iter().map(|(name, fact)| fact_line(export, "  ", name, fact));
    [quotation, written.unwrap_or_default()]
        .into_iter()
        .chain(answers)
        .chain(said)
        .chain(facts)
        .chain(["\n".to_owned()])
        .collect()
}

fn named(export: &Export, name: &str, what: &str) -> String {
    line([name, export.colon(), what].concat().trim_end())
}

fn fact_line(export: &Export, before: &str, name: &str, fact: &str) -> String {
    format!("{before}{name}{}{}", export.colon(), line(fact))
}

fn quoted(text: &str) -> String {
    let lines = text.split('\n').map(|text| isolated(text.trim_end_matches('\r')));
    lines.flat_map(|line| ["> ".to_owned(), line]).collect()
}

/// A text on one line, and the line's end.
fn line(text: &str) -> String {
    isolated(&on_one_line(text))
}

/// A line, without control characters, and its end. What marks of direction it opens it closes.
fn isolated(text: &str) -> String {
    let text: String = text.chars().filter(|each| !each.is_control() || *each == '\t').collect();
    let turns = |character| matches!(character, '\u{202A}'..='\u{202E}' | '\u{2066}'..='\u{2069}');
    if text.contains(turns) { format!("\u{2068}{text}\u{2069}\n") } else { text + "\n" }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::sample::{answering, export_of, quoting};

    /// The words of each quotation.
    fn quotations(text: &str) -> String {
        text.lines().filter_map(|line| line.strip_prefix("> ")).collect::<Vec<_>>().join("\n")
    }

    #[test]
    fn a_note_is_written_whole() {
        let note = quoting("先种树，\n再清淤").saying("**好**\n- 甲").under(&["上游"]);
        let note = note.answered([answering("先清淤")]);
        assert_eq!(
            to_text(&export_of([note, quoting("")])),
            "修河倡议\nSource: 河边小报\n\n■ 上游\n\n> 先种树，\n> 再清淤\n\
             Other document: 修渠章程 › 二、清淤\n> 先清淤\n**好**\n- 甲\n  Colour: green\n  Clause: 第二条\n  \
             Paragraph: 5\n  Page: 12\n  Changed: 1970-01-01 00:00\n\nBookmark\n  Colour: green\n  Clause: 第二条\n  \
             Paragraph: 5\n  Page: 12\n  Changed: 1970-01-01 00:00\n\n"
        );
    }

    #[test]
    fn a_terminal_gets_no_commands_and_lines_keep_their_direction() {
        let text = to_text(&export_of([quoting("水\u{1b}[2J\u{7}").saying("\u{202e}反")]));
        assert!(text.contains("> 水[2J\n"), "{text}");
        assert!(text.contains("\n\u{2068}\u{202e}反\u{2069}\n"), "{text}");
    }

    proptest! {
        #[test]
        fn any_quotation_comes_out_exactly(quote in "[水a>\\- \n#]{1,20}") {
            prop_assert_eq!(quotations(&to_text(&export_of([quoting(&quote)]))), quote);
        }
    }
}
