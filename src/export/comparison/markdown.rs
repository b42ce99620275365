//! The links as Markdown.

use super::reason::sentence;
use super::rows::{Cell, Mark, Row, Run, cells, notes_on, rows};
use super::summary::{counts, fact_rows, score};
use super::{ComparisonExport, LinkNote};
use crate::compare::Side;
use crate::export::escape_markdown;
use crate::export::markdown::{one_line, quoted};
use crate::export::note_text::{LinkedNotes, note_as_markdown};
use crate::notes::Tag;

/// The table as Markdown (GitHub's, for the figures): a heading for each link, the two sides below each other as
/// block quotations, why they are linked, and what the reader says.
///
/// What differs stands in `<del>` on the left and in `<ins>` on the right; rendered, everything else has the very
/// words of the documents.
pub fn to_markdown(export: &ComparisonExport) -> String {
    let words = &export.words;
    let title = format!(
        "# {}{}{} ↔ {}\n\n",
        one_line(&words.comparison),
        export.colon(),
        one_line(&export.left.title),
        one_line(&export.right.title)
    );
    let rows = rows(export);
    let body: String = rows.iter().map(|row| section(export, row)).collect();
    let body = if rows.is_empty() { format!("{}\n\n", one_line(&words.nothing_in_common)) } else { body };
    [title, figures(export), body, lost_notes(export)].concat()
}

fn figures(export: &ComparisonExport) -> String {
    let words = &export.words;
    let row = |cells: [&str; 3]| format!("| {} |\n", cells.map(one_line).join(" | "));
    let mut output = row([&words.documents, &words.left, &words.right]) + "|---|---|---|\n";
    for (name, [left, right]) in fact_rows(export) {
        output += &row([&name, &left, &right]);
    }
    let counts = counts(export).into_iter().map(|(name, count)| format!("{} {count}", one_line(&name)));
    format!("{output}\n{}\n\n", counts.collect::<Vec<_>>().join(" · "))
}

fn section(export: &ComparisonExport, row: &Row<'_>) -> String {
    let [left, right] = cells(export, row);
    let sides = [side(export, Side::Left, &left), side(export, Side::Right, &right)].concat();
    match row {
        Row::OnlyHere { .. } => format!("## {}\n\n{sides}", one_line(&export.words.only_here)),
        Row::Answered { number, index, link } => {
            let notes: String = notes_on(export, Some(*index)).map(note_block).collect();
            format!(
                "## {number} · {} · {}\n\n{sides}{}{}{}\n\n{notes}",
                one_line(export.words.verdict(link.verdict)),
                score(link.score),
                one_line(&export.words.reason),
                export.colon(),
                one_line(&sentence(export, link)),
            )
        }
    }
}

fn side(export: &ComparisonExport, side: Side, blocks: &[Cell<'_>]) -> String {
    let name = match side {
        Side::Left => &export.words.left,
        Side::Right => &export.words.right,
    };
    if blocks.is_empty() {
        return format!(
            "**{}**{}{}\n\n",
            one_line(name),
            export.colon(),
            one_line(&export.words.nothing_answers)
        );
    }
    let blocks: Vec<String> = blocks.iter().map(|block| paragraph(side, block)).collect();
    format!("**{}**\n\n{}\n\n", one_line(name), blocks.join("\n>\n"))
}

fn paragraph(side: Side, block: &Cell<'_>) -> String {
    // As one, where nothing is seen between them: what begins a list or a heading can lie in two runs.
    let alike = block.runs.chunk_by(|one, other| is_marked(one.mark) == is_marked(other.mark));
    let text: String = alike.map(|runs| marked(side, runs)).collect();
    text.split('\n').map(|line| format!("> {line}")).collect::<Vec<_>>().join("\n")
}

fn is_marked(mark: Mark) -> bool {
    matches!(mark, Mark::Differs | Mark::Moved)
}

fn marked(side: Side, runs: &[Run<'_>]) -> String {
    let text = escape_markdown(&runs.iter().map(|run| run.text).collect::<String>());
    let element = match side {
        Side::Left => "del",
        Side::Right => "ins",
    };
    let differs = runs.first().is_some_and(|run| is_marked(run.mark));
    if differs { format!("<{element}>{text}</{element}>") } else { text }
}

fn note_block(note: &LinkNote) -> String {
    let quotations = [&note.left, &note.right].into_iter().filter(|quotation| !quotation.is_empty());
    let quotations: String = quotations.map(|quotation| quoted(quotation) + "\n\n").collect();
    let said = match note.text.trim() {
        "" => String::new(),
        text => format!("{}\n\n", note_as_markdown(text, &LinkedNotes::default()).trim_end()),
    };
    let tags: Vec<String> = note.tags.iter().map(Tag::as_str).map(one_line).collect();
    let tags = if tags.is_empty() { String::new() } else { format!("{}\n\n", tags.join(" · ")) };
    [quotations, said, tags].concat()
}

fn lost_notes(export: &ComparisonExport) -> String {
    let notes: String = notes_on(export, None).map(note_block).collect();
    if notes.is_empty() { notes } else { format!("## {}\n\n{notes}", one_line(&export.words.lost_notes)) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::compare::Verdict;
    use crate::export::comparison::sample::{Pair, export_of};

    #[test]
    fn the_sides_stand_below_each_other_with_what_differs() {
        let pair = Pair {
            left: &[0],
            right: &[0],
            verdict: Verdict::Revised,
            passages: &[("河水*清清*，岸边", "河水*清清*，岸边")],
        };
        let export =
            export_of("河水\\*清清\\*，岸边有树。\n", "河水\\*清清\\*，岸边有花。\n\n2、山\n", &[pair]);
        let markdown = to_markdown(&export);
        let expected = "\
## 1 · revised · 0.83

**Left**

> 河水\\*清清\\*，岸边<del>有树。</del>

**Right**

> 河水\\*清清\\*，岸边<ins>有花。</ins>

Reason: both say 河水, \\<树\\>, which few other passages do

## only here

**Left**: Nothing here answers it

**Right**

> 2、山

";
        assert!(
            markdown
                .starts_with("# Comparison: 左.md ↔ 右.md\n\n| Documents | Left | Right |\n|---|---|---|\n")
        );
        assert!(markdown.ends_with(expected), "{markdown}");
    }
}
