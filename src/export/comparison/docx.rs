//! The table of correspondences as a document for word processors.

use super::reason::sentence;
use super::rows::{Cell, Mark, Row, Run, cells, notes_on, rows};
use super::summary::{counts, fact_rows, score};
use super::{ComparisonExport, LinkNote, NotWritten};
use crate::compare::{Side, Verdict};
use crate::document::BlockKind;
use crate::export::docx::package::{Links, Package, Paper};
use crate::export::docx::styles::{style as style_of, styles, typeface};
use crate::export::docx::xml::{self, Look, Underline, paragraph, text_run};
use crate::notes::Tag;

/// The table as DOCX: A4 on its side, a row for each link with the left side, the right side, and how they relate, why
/// and what the reader says.
///
/// Shared wording is shaded, what differs underlined on both sides (twice what was moved, dotted what differs in script
/// or punctuation only). The names of the columns stand on every page.
///
/// Errors: the package could not be put together.
pub fn to_docx(export: &ComparisonExport) -> Result<Vec<u8>, NotWritten> {
    let title = [&export.words.comparison, export.colon(), &export.left.title, " ↔ ", &export.right.title];
    let package = Package {
        title: &title.concat(),
        made: export.made,
        paper: Paper::OnItsSide,
        styles: styles(&export.interface_language, &own_styles(export)),
        body: body(export),
        links: Links::default(),
        comments: None,
    };
    Ok(package.bytes()?)
}

/// Each column has the fonts and the language of its script.
fn own_styles(export: &ComparisonExport) -> Vec<String> {
    let quiet = "<w:i/><w:color w:val=\"5C5C66\"/>";
    let mut all = vec![
        style_of("Name", "Normal", "", "<w:b/>"),
        style_of("Nothing", "Normal", "<w:jc w:val=\"center\"/>", quiet),
    ];
    for (side, language) in [("Left", export.left.language), ("Right", export.right.language)] {
        let (fonts, language) = typeface(language);
        let style = |name: &str, layout: &str, look: &str| {
            style_of(&[side, name].concat(), "Normal", layout, &[&fonts, look, &language].concat())
        };
        all.push(style("Text", "", ""));
        all.push(style("Heading", "", "<w:b/>"));
        all.push(style("Quote", "<w:ind w:left=\"200\"/>", "<w:sz w:val=\"18\"/>"));
    }
    all
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

/// What lies behind shared wording.
const SHARED: &str = "E4EEFB";

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
        text_run(&words.shared_wording, Look { shade: Some(SHARED), ..Look::default() }),
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
    let look = |run: &Run<'_>| Look {
        shade: run.shared.then_some(SHARED),
        underline: underline(run.mark),
        ..Look::default()
    };
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
    fn add(&mut self, style: &str, text: &str, look: Look<'_>) {
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

#[cfg(test)]
mod tests {
    use proptest::prelude::*;
    use roxmltree::Node;

    use super::*;
    use crate::export::comparison::sample::{Pair, export_of};
    use crate::export::sample::{part, parts};

    fn named<'a, 'input>(node: Node<'a, 'input>, name: &'a str) -> impl Iterator<Item = Node<'a, 'input>> {
        node.descendants().filter(move |each| each.has_tag_name((WORD, name)))
    }

    const WORD: &str = "http://schemas.openxmlformats.org/wordprocessingml/2006/main";

    fn words(node: Node<'_, '_>) -> String {
        named(node, "t").filter_map(|text| text.text()).collect()
    }

    fn sample() -> ComparisonExport {
        let pair = Pair {
            left: &[0],
            right: &[0],
            verdict: Verdict::Revised,
            passages: &[("河水清清，岸边", "河水清清，岸边")],
        };
        export_of("河水清清，岸边有树。\n", "河水清清，岸边有花。\n\n山上有雪。\n", &[pair])
    }

    #[test]
    fn the_table_has_both_sides_and_its_head_on_every_page() {
        let parts = parts(&to_docx(&sample()).unwrap());
        let document = part(&parts, "word/document.xml");
        let table = named(document.root(), "tbl").last().unwrap();
        let rows: Vec<Vec<String>> =
            named(table, "tr").map(|row| named(row, "tc").map(words).collect()).collect();
        assert_eq!(
            rows,
            [
                ["Left: 左.md", "Right: 右.md", "Relation · Notes"],
                [
                    "河水清清，岸边有树。",
                    "河水清清，岸边有花。",
                    "1 · revised 0.83both say 河水, <树>, which few other passages do"
                ],
                ["Nothing here answers it", "山上有雪。", "only here"],
            ]
        );
        assert_eq!(named(table, "tblHeader").count(), 1);
        assert_eq!(named(table, "cantSplit").count(), 3);
        let with = |property: &str| -> Vec<String> {
            let runs = named(table, "r").filter(|run| named(*run, property).next().is_some());
            runs.map(words).collect()
        };
        assert_eq!(with("u"), ["有树。", "有花。"]);
        assert_eq!(with("shd"), ["河水清清，岸边", "河水清清，岸边"]);
    }

    #[test]
    fn every_column_has_the_language_and_the_font_of_its_script() {
        let mut export = sample();
        export.right.language = "zh-Hant-HK";
        let parts = parts(&to_docx(&export).unwrap());
        let styles = part(&parts, "word/styles.xml");
        let typeface = |id: &str| {
            let mut all = named(styles.root(), "style");
            let style = all.find(|style| style.attribute((WORD, "styleId")) == Some(id)).unwrap();
            let of = |name| named(style, name).find_map(|node| node.attribute((WORD, "eastAsia"))).unwrap();
            (of("rFonts"), of("lang"))
        };
        assert_eq!(typeface("LeftText"), ("SimSun", "zh-CN"));
        assert_eq!(typeface("RightHeading"), ("PMingLiU", "zh-HK"));
        // Every style that is used is there.
        let known: Vec<&str> =
            named(styles.root(), "style").filter_map(|style| style.attribute((WORD, "styleId"))).collect();
        let document = part(&parts, "word/document.xml");
        let used = document.root().descendants().filter(|node| node.tag_name().name().ends_with("Style"));
        let missing: Vec<_> =
            used.filter_map(|node| node.attribute((WORD, "val"))).filter(|id| !known.contains(id)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    /// What the package names is in it, and what is in it is named.
    #[test]
    fn the_package_is_whole() {
        let parts = parts(&to_docx(&sample()).unwrap());
        let names: Vec<&str> = parts.iter().map(|(name, _)| name.as_str()).collect();
        assert_eq!(names.first(), Some(&"[Content_Types].xml"));
        for (file, folder) in [("_rels/.rels", ""), ("word/_rels/document.xml.rels", "word/")] {
            let relations = part(&parts, file);
            for target in relations.root().descendants().filter_map(|node| node.attribute("Target")) {
                assert!(names.contains(&&*format!("{folder}{target}")), "{target}");
            }
        }
        let types = part(&parts, "[Content_Types].xml");
        for name in types.root().descendants().filter_map(|node| node.attribute("PartName")) {
            assert!(names.contains(&name.trim_start_matches('/')), "{name}");
        }
    }

    proptest! {
        #[test]
        fn any_text_is_well_formed_and_whole(text in r#"[水a<>&;"'\t\n\r\x00-\x08\u{FFFE}\u{FFFF}𠮷]{0,20}"#) {
            let mut export = export_of("水\n", "水\n", &[]);
            export.notes.push(LinkNote {
                link: None,
                tags: Vec::new(),
                text: String::new(),
                left: text.clone(),
                right: String::new(),
            });
            let parts = parts(&to_docx(&export).unwrap());
            let document = part(&parts, "word/document.xml");
            let expressed = |character: char| match character {
                '\u{FFFE}' | '\u{FFFF}' => '\u{FFFD}',
                other if other < ' ' => '\u{FFFD}',
                other => other,
            };
            let white = ['\t', '\n', '\r'];
            let expected: String = text.split(white).flat_map(str::chars).map(expressed).collect();
            let found: String = words(document.root()).split(white).collect();
            prop_assert!(found.ends_with(&expected), "{:?} {:?}", found, expected);
        }
    }
}
