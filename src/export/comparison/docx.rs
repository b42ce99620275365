//! The table of correspondences as a document for word processors.
//!
//! A writer of our own: of the format (Office Open XML, ECMA-376) the table needs six small parts, and the crates that
//! write it know neither the languages of East Asian text nor rows that stay together.

mod package;
mod xml;

use jiff::tz::TimeZone;

use super::reason::sentence;
use super::rows::{Cell, Mark, Row, Run, cells, notes_on, rows};
use super::summary::{counts, fact_rows, score};
use super::{ComparisonExport, LinkNote, NotWritten};
use crate::compare::{Side, Verdict};
use crate::document::BlockKind;
use crate::notes::Tag;
use package::package;
use xml::{Look, Underline, paragraph, text_run};

/// The table as DOCX: A4 on its side, a row for each link with the left side, the right side, and how they relate, why
/// and what the reader says.
///
/// Shared wording is shaded, what differs underlined on both sides (twice what was moved, dotted what differs in script
/// or punctuation only). The names of the columns stand on every page.
///
/// Errors: the package could not be put together.
pub fn to_docx(export: &ComparisonExport) -> Result<Vec<u8>, NotWritten> {
    let title = [&export.words.comparison, export.colon(), &export.left.title, " ↔ ", &export.right.title];
    let made = export.made.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string();
    let languages = [export.left.language, export.right.language, &export.interface_language];
    Ok(package(&title.concat(), &made, languages, &body(export))?)
}

fn body(export: &ComparisonExport) -> String {
    let words = &export.words;
    let rows = rows(export);
    let table = if rows.is_empty() {
        paragraph("Normal", &text_run(&words.nothing_in_common, Look::default()))
    } else {
        pairs(export, &rows)
    };
    let title = paragraph("Title", &text_run(&words.comparison, Look::default()));
    [title, summary(export), legend(export), table, lost_notes(export)].concat()
}

/// Of what page there is between the margins, in twentieths of a point.
const WIDTHS: [u32; 3] = [5700, 5700, 3998];

const WIDTHS_OF_SUMMARY: [u32; 3] = [3998, 5700, 5700];

fn summary(export: &ComparisonExport) -> String {
    let words = &export.words;
    let cell = |style: &str, text: &str| paragraph(style, &text_run(text, Look::default()));
    let head = [
        cell("Name", &words.documents),
        cell("LeftHeading", &export.left.title),
        cell("RightHeading", &export.right.title),
    ];
    let facts = fact_rows(export).into_iter().map(|(name, [left, right])| {
        let cells = [cell("Name", &name), cell("Normal", &left), cell("Normal", &right)];
        xml::row(&WIDTHS_OF_SUMMARY, &cells, xml::Breaks::Never)
    });
    let rows: String =
        std::iter::once(xml::row(&WIDTHS_OF_SUMMARY, &head, xml::Breaks::Head)).chain(facts).collect();
    let counts: Vec<String> =
        counts(export).into_iter().map(|(name, count)| format!("{name} {count}")).collect();
    xml::table(&WIDTHS_OF_SUMMARY, &rows) + &cell("Normal", &counts.join(" · "))
}

fn legend(export: &ComparisonExport) -> String {
    let words = &export.words;
    let look = |underline| Look { underline, ..Look::default() };
    let runs = [
        text_run(&words.shared_wording, Look { shaded: true, ..Look::default() }),
        text_run(&words.differing, look(Underline::Single)),
        text_run(&words.moved, look(Underline::Double)),
        text_run(&words.slightly_differing, look(Underline::Dotted)),
    ];
    paragraph("Normal", &runs.join(&text_run(" · ", Look::default())))
}

fn pairs(export: &ComparisonExport, rows: &[Row<'_>]) -> String {
    let words = &export.words;
    let name = |name: &str, title: &str| {
        let text = [name, export.colon(), title].concat();
        paragraph("Name", &text_run(&text, Look::default()))
    };
    let about = format!("{} · {}", words.verdict, words.notes);
    let head = [
        name(&words.left, &export.left.title),
        name(&words.right, &export.right.title),
        paragraph("Name", &text_run(&about, Look::default())),
    ];
    let rows = rows.iter().map(|row| table_row(export, row));
    let rows: String = std::iter::once(xml::row(&WIDTHS, &head, xml::Breaks::Head)).chain(rows).collect();
    xml::table(&WIDTHS, &rows)
}

/// A row with more characters on one side could be longer than a page, and then has to be broken.
const MOST_ON_A_PAGE: usize = 1000;

fn table_row(export: &ComparisonExport, row: &Row<'_>) -> String {
    let [left, right] = cells(export, row);
    let characters = |blocks: &[Cell<'_>]| {
        let runs = blocks.iter().flat_map(|block| &block.runs);
        runs.map(|run| run.text.chars().count()).sum::<usize>()
    };
    let about = about(export, row);
    let longest = characters(&left).max(characters(&right)).max(about.characters);
    let breaks = if longest > MOST_ON_A_PAGE { xml::Breaks::Anywhere } else { xml::Breaks::Never };
    let cells =
        [side_cell(export, Side::Left, &left), side_cell(export, Side::Right, &right), about.paragraphs];
    xml::row(&WIDTHS, &cells, breaks)
}

fn side_cell(export: &ComparisonExport, side: Side, blocks: &[Cell<'_>]) -> String {
    if blocks.is_empty() {
        return paragraph("Nothing", &text_run(&export.words.nothing_answers, Look::default()));
    }
    blocks.iter().map(|block| paragraph(style(side, block.kind), &runs(&block.runs))).collect()
}

fn style(side: Side, kind: BlockKind) -> &'static str {
    match (side, matches!(kind, BlockKind::Title | BlockKind::Heading { .. })) {
        (Side::Left, false) => "LeftText",
        (Side::Left, true) => "LeftHeading",
        (Side::Right, false) => "RightText",
        (Side::Right, true) => "RightHeading",
    }
}

fn runs(runs: &[Run<'_>]) -> String {
    let look = |run: &Run<'_>| Look { shaded: run.shared, underline: underline(run.mark), ..Look::default() };
    runs.iter().map(|run| text_run(run.text, look(run))).collect()
}

fn underline(mark: Mark) -> Underline {
    match mark {
        Mark::Plain => Underline::None,
        Mark::Slight => Underline::Dotted,
        Mark::Moved => Underline::Double,
        Mark::Differs => Underline::Single,
    }
}

/// The third column of a row.
#[derive(Default)]
struct About {
    paragraphs: String,
    characters: usize,
}

impl About {
    fn add(&mut self, style: &str, text: &str, look: Look) {
        self.characters += text.chars().count();
        self.paragraphs += &paragraph(style, &text_run(text, look));
    }
}

fn about(export: &ComparisonExport, row: &Row<'_>) -> About {
    let mut about = About::default();
    match row {
        Row::OnlyHere { .. } => about.add("Name", &export.words.only_here, Look::default()),
        Row::Answered { number, index, link } => {
            let verdict = export.words.verdict(link.verdict);
            let text = format!("{number} · {verdict} {}", score(link.score));
            about.add("Name", &text, Look { colour: Some(colour(link.verdict)), ..Look::default() });
            about.add("Small", &sentence(export, link), Look::default());
            notes_on(export, Some(*index)).for_each(|note| add_note(&mut about, note));
        }
    }
    about
}

fn colour(verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => "2E7D32",
        Verdict::Revised => "B26A00",
        Verdict::Theme => "6A4FB3",
    }
}

fn add_note(about: &mut About, note: &LinkNote) {
    for (style, quotation) in [("LeftQuote", &note.left), ("RightQuote", &note.right)] {
        if !quotation.is_empty() {
            about.add(style, quotation, Look::default());
        }
    }
    if !note.text.trim().is_empty() {
        about.add("Normal", note.text.trim(), Look::default());
    }
    let tags: Vec<&str> = note.tags.iter().map(Tag::as_str).collect();
    if !tags.is_empty() {
        about.add("Small", &tags.join(" · "), Look::default());
    }
}

fn lost_notes(export: &ComparisonExport) -> String {
    let mut about = About::default();
    notes_on(export, None).for_each(|note| add_note(&mut about, note));
    if about.paragraphs.is_empty() {
        return String::new();
    }
    paragraph("Name", &text_run(&export.words.lost_notes, Look::default())) + &about.paragraphs
}
