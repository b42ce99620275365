//! The quotations with their notes, for word processors.

use super::package::{Links, Package, Paper};
use super::rich::{note_paragraphs, rich_styles};
use super::styles::{style, styles};
use super::xml::{Look, paragraph, text_run};
use super::{heading_style, heading_styles};
use crate::export::arrange::{Entry, Group};
use crate::export::note_text::LinkedNotes;
use crate::export::{Export, ExportedDocument, ExportedNote, NotesNotWritten};
use crate::notes::Colour;

/// The notes as DOCX: A4, a heading for each group, and for each note its quotation with a line in its colour at its
/// left, what the reader says, formatted, and what there is to know of it.
///
/// Errors: the package could not be put together.
pub fn to_docx(export: &Export) -> Result<Vec<u8>, NotesNotWritten> {
    let mut links = Links::default();
    let body = body(export, &mut links);
    let more = [heading_styles(), rich_styles(), quotation_styles()].concat();
    let package = Package {
        title: &export.options.title,
        made: export.options.made,
        paper: Paper::Upright,
        styles: styles(&export.options.interface_language, &more),
        body,
        links,
        comments: None,
    };
    Ok(package.bytes()?)
}

/// Quotations have a line at their left.
fn quotation_styles() -> Vec<String> {
    let style = |(id, colour): (&str, &str)| {
        let layout = format!(
            "<w:pBdr><w:left w:val=\"single\" w:sz=\"24\" w:space=\"8\" w:color=\"{colour}\"/></w:pBdr>\
             <w:spacing w:before=\"160\" w:after=\"60\"/><w:ind w:left=\"240\"/>"
        );
        style(id, "Normal", &layout, "")
    };
    let of_colours = Colour::ALL.map(|colour| style((quotation_style(Some(colour)), line_colour(colour))));
    [style((quotation_style(None), "999999"))].into_iter().chain(of_colours).collect()
}

fn quotation_style(colour: Option<Colour>) -> &'static str {
    match colour {
        None => "Quotation",
        Some(Colour::Yellow) => "QuotationYellow",
        Some(Colour::Green) => "QuotationGreen",
        Some(Colour::Blue) => "QuotationBlue",
        Some(Colour::Pink) => "QuotationPink",
        Some(Colour::Purple) => "QuotationPurple",
    }
}

fn line_colour(colour: Colour) -> &'static str {
    match colour {
        Colour::Yellow => "E6B800",
        Colour::Green => "4CAF50",
        Colour::Blue => "3B82F6",
        Colour::Pink => "E75A9B",
        Colour::Purple => "8E5BD6",
    }
}

fn body(export: &Export, links: &mut Links) -> String {
    let language = Some(export.options.language.as_str());
    let title = paragraph("Title", &text_run(&export.options.title, Look { language, ..Look::default() }));
    let below = export.only_document().map(|document| about(export, document)).unwrap_or_default();
    let mut body = title + &below;
    let linked = LinkedNotes::of(export);
    let mut unnamed = LinkedNotes::of(export);
    for group in export.groups() {
        body += &heading(&group);
        let begins = group.begins.filter(|_| export.only_document().is_none());
        body += &begins.map(|document| about(export, document)).unwrap_or_default();
        for entry in group.notes {
            let name = unnamed.take_name(entry.note.note.id);
            let number = body.len();
            body += &name.map(|name| bookmark(&name, number)).unwrap_or_default();
            body += &note(export, entry, links, &linked);
        }
    }
    body
}

fn heading(group: &Group<'_>) -> String {
    let language = group.words_of.map(|document| document.language.as_str());
    let runs = text_run(&group.title, Look { language, ..Look::default() });
    let style = heading_style(group.level.saturating_sub(1));
    if group.title.is_empty() { String::new() } else { paragraph(&style, &runs) }
}

/// What is said of a document below its title.
fn about(export: &Export, document: &ExportedDocument) -> String {
    let language = Some(document.language.as_str());
    let facts = document.facts(&export.options.words).into_iter();
    let line = |(name, fact): (&str, &str)| {
        let name = text_run(&[name, export.colon()].concat(), Look::default());
        paragraph("Small", &(name + &text_run(fact, Look { language, ..Look::default() })))
    };
    facts.map(line).collect()
}

/// A place to which links lead, before the paragraph that follows. Its number is one that no other has.
fn bookmark(name: &str, number: usize) -> String {
    format!("<w:bookmarkStart w:id=\"{number}\" w:name=\"{name}\"/><w:bookmarkEnd w:id=\"{number}\"/>")
}

fn note(export: &Export, entry: Entry<'_>, links: &mut Links, linked: &LinkedNotes) -> String {
    let (words, note) = (&export.options.words, entry.note);
    let mut output = quotation(export, entry);
    for answer in &note.answers {
        let source = [&words.other_document, export.colon(), &answer.source()].concat();
        output += &paragraph("Small", &text_run(&source, Look::default()));
        output += &quoted(note, &answer.language, &[(&answer.quote, false)]);
    }
    output += &note.said().map(|text| note_paragraphs(text, links, linked)).unwrap_or_default();
    let facts: Vec<String> =
        export.facts(entry).iter().map(|(name, fact)| [name, export.colon(), fact].concat()).collect();
    output + &paragraph("Small", &text_run(&facts.join(" · "), Look::default()))
}

/// The quotation, and below it the one as written where both are asked for.
fn quotation(export: &Export, entry: Entry<'_>) -> String {
    let note = entry.note;
    if note.quote.is_empty() {
        let bold = Look { bold: true, ..Look::default() };
        return paragraph(quotation_style(None), &text_run(&export.options.words.bookmark, bold));
    }
    let shown = quoted(note, &entry.document.language, &note.quoted_pieces());
    let written = export.as_written_beside(note);
    let quoted = |text: &str| quoted(note, &entry.document.written_language, &[(text, false)]);
    shown + &written.map(quoted).unwrap_or_default()
}

/// A quotation in pieces, each with whether it is struck out.
fn quoted(note: &ExportedNote, language: &str, pieces: &[(&str, bool)]) -> String {
    let look = |struck| Look { language: Some(language), struck, ..Look::default() };
    let runs: String = pieces.iter().map(|(text, struck)| text_run(text, look(*struck))).collect();
    paragraph(quotation_style(note.note.colour), &runs)
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::export::sample::{
        answering, export_of, export_of_documents, named, part, parts, quoting, text,
    };
    use crate::notes::link_to_note;

    #[test]
    fn what_is_struck_out_has_a_line_through_it() {
        let export = export_of([quoting("期限三十日六十日").struck(&[(6, 15)])]);
        let parts = parts(&to_docx(&export).unwrap());
        let document = part(&parts, "word/document.xml");
        let struck: Vec<String> = named(document.root(), "strike")
            .map(|node| text(node.parent().unwrap().parent().unwrap()))
            .collect();
        assert_eq!(struck, ["三十日"]);
    }

    /// The style and the words of every paragraph.
    fn paragraphs(export: &Export) -> Vec<(String, String)> {
        let parts = parts(&to_docx(export).unwrap());
        let document = part(&parts, "word/document.xml");
        let style = |node| {
            let style = named(node, "pStyle").next().unwrap();
            style.attributes().next().unwrap().value().to_owned()
        };
        named(document.root(), "p").map(|node| (style(node), text(node))).collect()
    }

    #[test]
    fn a_note_is_written_whole_and_formatted() {
        let said = "# 好\n**重點**與*斜*\n\n1. 甲\n2. [链](https://a.example/?a=1&b=\"c\")\n\n<script>坏()</script>\n\n[恶](javascript:x)";
        let note = quoting("先种树").saying(said).under(&["上游"]).answered([answering("先清淤")]);
        let export = export_of([note]);
        let expected = [
            ("Title", "修河倡议"),
            ("Small", "Source: 河边小报"),
            ("Heading1", "上游"),
            ("QuotationGreen", "先种树"),
            ("Small", "Other document: 修渠章程 › 二、清淤"),
            ("QuotationGreen", "先清淤"),
            ("NoteHeading", "好"),
            ("NoteText", "重點與斜"),
            ("NoteText", "1. 甲"),
            ("NoteText", "2. 链"),
            ("NoteCode", "<script>坏()</script>"),
            ("NoteText", "恶 (javascript:x)"),
            ("Small", "Colour: green · Clause: 第二条 · Paragraph: 5 · Page: 12 · Changed: 1970-01-01 00:00"),
        ];
        assert_eq!(paragraphs(&export), expected.map(|(style, text)| (style.to_owned(), text.to_owned())));
        let parts = parts(&to_docx(&export).unwrap());
        let relations = part(&parts, "word/_rels/document.xml.rels");
        let external: Vec<&str> = named(relations.root(), "Relationship")
            .filter(|relation| relation.attribute("TargetMode") == Some("External"))
            .filter_map(|relation| relation.attribute("Target"))
            .collect();
        assert_eq!(external, ["https://a.example/?a=1&b=%22c%22"]);
    }

    #[test]
    fn a_link_to_a_note_leads_to_its_bookmark() {
        let there = quoting("先种树");
        let said = link_to_note(there.note.id, "先种树");
        let parts = parts(&to_docx(&export_of([there, quoting("再清淤").saying(&said)])).unwrap());
        let document = part(&parts, "word/document.xml");
        let value = |element, attribute: &str| {
            let node = named(document.root(), element).next().unwrap();
            node.attributes().find(|each| each.name() == attribute).unwrap().value().to_owned()
        };
        assert_eq!(value("hyperlink", "anchor"), value("bookmarkStart", "name"));
    }

    #[test]
    fn quotations_have_the_language_and_the_font_of_their_script() {
        let mut export =
            export_of_documents([("修河倡議", vec![quoting("甲")]), ("修渠", vec![quoting("乙")])]);
        export.documents[0].language = "zh-Hant-HK".to_owned();
        let parts = parts(&to_docx(&export).unwrap());
        let document = part(&parts, "word/document.xml");
        let typeface = |words: &str| {
            let run = named(document.root(), "r").find(|run| text(*run) == words).unwrap();
            let of = |name| {
                let node = named(run, name).next().unwrap();
                node.attributes().find(|each| each.name() == "eastAsia").unwrap().value().to_owned()
            };
            (of("rFonts"), of("lang"))
        };
        assert_eq!(typeface("甲"), ("PMingLiU".to_owned(), "zh-HK".to_owned()));
        assert_eq!(typeface("乙"), ("SimSun".to_owned(), "zh-CN".to_owned()));
    }
}
