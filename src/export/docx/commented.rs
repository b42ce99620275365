//! The text of documents with the notes as comments, for word processors.

use std::collections::{BTreeMap, BTreeSet};

use super::package::{Links, Package, Paper, moment};
use super::rich::{note_paragraphs, rich_styles};
use super::styles::{named_style, style, styles};
use super::xml::{Look, escaped, paragraph, text_run};
use super::{heading_style, heading_styles, shade};
use crate::document::{BlockKind, Document};
use crate::export::note_text::LinkedNotes;
use crate::export::{Column, Export, ExportedDocument, ExportedNote, NotesNotWritten, on_one_line};
use crate::notes::Colour;
use crate::text::Span;

/// The documents as DOCX, each note a comment on its passage, a bookmark a comment on its place. Passages are shaded
/// in the colours of their notes, headings are headings. Notes without a place follow after the text.
///
/// What was set aside of a document is left out, unless a note stands in it. A document without its
/// [`ExportedDocument::column`] has no text here, and its notes stand among those without a place.
///
/// Errors: the package could not be put together.
pub fn to_docx_with_comments(export: &Export) -> Result<Vec<u8>, NotesNotWritten> {
    let mut writer = Writer::new(export);
    for (index, document) in export.documents.iter().enumerate() {
        if index > 0 {
            writer.body += "<w:p><w:r><w:br w:type=\"page\"/></w:r></w:p>";
        }
        writer.document(document);
    }
    let more = [heading_styles(), rich_styles(), own_styles()].concat();
    let package = Package {
        title: &export.options.title,
        made: export.options.made,
        paper: Paper::Upright,
        styles: styles(&export.options.interface_language, &more),
        body: writer.body,
        links: Links::default(),
        comments: Some((writer.comments, writer.links)),
    };
    Ok(package.bytes()?)
}

fn own_styles() -> Vec<String> {
    let text = "<w:spacing w:after=\"80\"/>";
    let reference = "<w:style w:type=\"character\" w:styleId=\"CommentReference\">\
        <w:name w:val=\"annotation reference\"/><w:rPr><w:sz w:val=\"16\"/></w:rPr></w:style>";
    vec![
        style("BodyText", "Normal", "<w:spacing w:after=\"80\"/><w:ind w:firstLine=\"420\"/>", ""),
        named_style("ListParagraph", "List Paragraph", "Normal", "<w:ind w:left=\"420\"/>", ""),
        style("Quotation", "Normal", "<w:ind w:left=\"420\" w:right=\"420\"/>", ""),
        style("Aside", "Normal", text, "<w:color w:val=\"8A8A93\"/>"),
        named_style("CommentText", "annotation text", "Normal", "", "<w:sz w:val=\"20\"/>"),
        reference.to_owned(),
    ]
}

fn style_of(kind: BlockKind) -> String {
    match kind {
        BlockKind::Title => "Title".to_owned(),
        BlockKind::Heading { level } => heading_style(level),
        BlockKind::ListItem { .. } => "ListParagraph".to_owned(),
        BlockKind::Quotation => "Quotation".to_owned(),
        BlockKind::Byline | BlockKind::Footnote => "Small".to_owned(),
        BlockKind::Preformatted => "NoteCode".to_owned(),
        BlockKind::TableRow => "Normal".to_owned(),
        BlockKind::Aside(_) => "Aside".to_owned(),
        BlockKind::Paragraph => "BodyText".to_owned(),
    }
}

/// What of a note stands in one block, in bytes of what is shown.
struct Mark {
    comment: usize,
    colour: Option<Colour>,
    start: usize,
    end: usize,
    /// Whether the note begins, and ends, in this block.
    begins: bool,
    ends: bool,
}

struct Writer<'e> {
    export: &'e Export,
    body: String,
    comments: String,
    /// How many comments there are.
    count: usize,
    /// Where links in the comments lead.
    links: Links,
}

impl<'e> Writer<'e> {
    fn new(export: &'e Export) -> Self {
        Self { export, body: String::new(), comments: String::new(), count: 0, links: Links::default() }
    }

    fn document(&mut self, exported: &ExportedDocument) {
        let language = exported.language.as_str();
        let text = exported.document.as_deref().zip(exported.column.as_ref());
        let has_title = text.is_some_and(|(document, _)| begins_with_title(document));
        if !has_title {
            let look = Look { language: Some(language), ..Look::default() };
            self.body += &paragraph("Title", &text_run(&exported.title, look));
        }
        let mut marks: BTreeMap<usize, Vec<Mark>> = BTreeMap::new();
        let mut without_place = Vec::new();
        for note in &exported.notes {
            let placed = text.map(|(_, column)| fragments(column, note)).unwrap_or_default();
            if placed.is_empty() {
                without_place.push(note);
                continue;
            }
            let comment = self.comment(note);
            for (block, mark) in marks_of(placed, comment, note.note.colour) {
                marks.entry(block).or_default().push(mark);
            }
        }
        if let Some((document, column)) = text {
            self.blocks(document, column, &marks);
        }
        self.without_place(language, &without_place);
    }

    fn blocks(&mut self, document: &Document, column: &Column, marks: &BTreeMap<usize, Vec<Mark>>) {
        for (index, (block, shown)) in document.blocks().iter().zip(&column.blocks).enumerate() {
            let marks = marks.get(&index).map_or(&[][..], Vec::as_slice);
            if block.kind.aside().is_some() && marks.is_empty() {
                continue;
            }
            let struck: Vec<Span> =
                document.struck_in(block.span).iter().map(|struck| shown.shown(*struck)).collect();
            let runs = commented_runs(shown.text(), (marks, &struck), column.language);
            self.body += &paragraph(&style_of(block.kind), &runs);
        }
    }

    /// Writes the comment of a note, and answers with its number.
    fn comment(&mut self, note: &ExportedNote) -> usize {
        let number = self.count;
        self.count += 1;
        let options = &self.export.options;
        let author = if options.author.trim().is_empty() { &options.words.reader } else { &options.author };
        let initials: String = author.trim().chars().take(2).collect();
        let contents = self.comment_paragraphs(note);
        let comment = format!(
            "<w:comment w:id=\"{number}\" w:author=\"{}\" w:date=\"{}\" w:initials=\"{}\">{contents}</w:comment>",
            escaped(&on_one_line(author)),
            moment(note.note.changed),
            escaped(&initials),
        );
        self.comments += &comment;
        number
    }

    /// A line with tags and colour, what the reader says, and the other passages.
    fn comment_paragraphs(&mut self, note: &ExportedNote) -> String {
        let (words, colon) = (&self.export.options.words, self.export.colon());
        let reference = "<w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr><w:annotationRef/></w:r>";
        let colour = note.note.colour.map_or(words.bookmark.as_str(), |colour| words.colour(colour));
        let facts: Vec<&str> = note.tags().into_iter().chain([colour]).collect();
        let facts = reference.to_owned() + &text_run(&facts.join(" · "), Look::default());
        let mut output = paragraph("CommentText", &facts);
        // From a comment links lead nowhere in the document.
        let nothing = LinkedNotes::default();
        let said = note.said().map(|text| note_paragraphs(text, &mut self.links, &nothing));
        output += &said.unwrap_or_default();
        for answer in &note.answers {
            let source = [&words.other_document, colon, &answer.source()].concat();
            output += &paragraph("CommentText", &text_run(&source, Look::default()));
            let look = Look { language: Some(&answer.language), ..Look::default() };
            output += &paragraph("Quotation", &text_run(&answer.quote, look));
        }
        output
    }

    /// Notes that have no place are comments on their quotations, below the text.
    fn without_place(&mut self, language: &str, notes: &[&ExportedNote]) {
        if notes.is_empty() {
            return;
        }
        let heading = text_run(&self.export.options.words.without_place, Look::default());
        self.body += &paragraph(&heading_style(1), &heading);
        for note in notes {
            let comment = self.comment(note);
            let bookmark = &self.export.options.words.bookmark;
            let text = if note.quote.is_empty() { bookmark } else { &note.quote };
            let mark = Mark {
                comment,
                colour: note.note.colour,
                start: 0,
                end: text.len(),
                begins: true,
                ends: true,
            };
            self.body += &paragraph("Quotation", &commented_runs(text, (&[mark], &[]), language));
        }
    }
}

fn begins_with_title(document: &Document) -> bool {
    let mut read = document.blocks().iter().filter(|block| block.kind.aside().is_none());
    read.next().is_some_and(|block| block.kind == BlockKind::Title)
}

/// The blocks that a note touches, and what it touches of what they show, in bytes; empty where it has no place.
fn fragments(column: &Column, note: &ExportedNote) -> Vec<(usize, Span)> {
    let Some(place) = note.place else { return Vec::new() };
    let touched = column.fragments(place.span);
    let shown =
        touched.filter_map(|(block, part)| Some((block.as_usize(), column.block(block)?.shown(part))));
    let shown: Vec<_> = shown.collect();
    if !shown.is_empty() {
        return shown;
    }
    let block = column.blocks.get(place.block);
    let point = block.map(|block| Span::at(block.shown(Span::at(place.span.start())).start()));
    point.map(|point| (place.block, point)).into_iter().collect()
}

fn marks_of(
    fragments: Vec<(usize, Span)>,
    comment: usize,
    colour: Option<Colour>,
) -> impl Iterator<Item = (usize, Mark)> {
    let last = fragments.len().saturating_sub(1);
    fragments.into_iter().enumerate().map(move |(index, (block, span))| {
        let (start, end) = (span.start() as usize, span.end() as usize);
        (block, Mark { comment, colour, start, end, begins: index == 0, ends: index == last })
    })
}

/// The runs of a block with the ends of its comments between them, and lines through what is struck out in it. Of marks
/// that overlap the first shades.
fn commented_runs(text: &str, (marks, struck): (&[Mark], &[Span]), language: &str) -> String {
    let mut open: BTreeMap<usize, &Mark> = BTreeMap::new();
    let mut places = places_of(text, marks, struck).into_iter().peekable();
    let mut output = String::new();
    while let Some((here, Ends { closing, opening, points })) = places.next() {
        for number in closing {
            output += &open.remove(&number).map(comment_end).unwrap_or_default();
        }
        for (number, mark) in opening {
            output += &comment_start(mark);
            if points.contains(&number) {
                output += &comment_end(mark);
            } else {
                open.insert(number, mark);
            }
        }
        let next = places.peek().map_or(here, |(next, _)| *next);
        let shade = open.values().next().and_then(|mark| mark.colour).map(shade);
        let stretch = text.get(here..next).filter(|stretch| !stretch.is_empty());
        let passed = struck.partition_point(|struck| struck.range().end <= here);
        let is_struck = struck.get(passed).is_some_and(|struck| struck.range().start <= here);
        let look = Look { shade, language: Some(language), struck: is_struck, ..Look::default() };
        output += &stretch.map(|stretch| text_run(stretch, look)).unwrap_or_default();
    }
    output
}

/// What happens at one place of a text; marks have their numbers.
#[derive(Default)]
struct Ends<'m> {
    closing: Vec<usize>,
    opening: Vec<(usize, &'m Mark)>,
    /// Those of the opening ones that cover nothing.
    points: BTreeSet<usize>,
}

/// The places of a text where marks and what is struck out begin and end, with both its ends.
fn places_of<'m>(text: &str, marks: &'m [Mark], struck: &[Span]) -> BTreeMap<usize, Ends<'m>> {
    let place = |position: usize| text.floor_char_boundary(position.min(text.len()));
    let mut places: BTreeMap<usize, Ends<'m>> = [0, text.len()].map(|end| (end, Ends::default())).into();
    for end in struck.iter().flat_map(|struck| [struck.start(), struck.end()]) {
        places.entry(place(end as usize)).or_default();
    }
    for (number, mark) in marks.iter().enumerate() {
        let (start, end) = (place(mark.start), place(mark.end));
        let here = places.entry(start).or_default();
        here.opening.push((number, mark));
        if end <= start {
            here.points.insert(number);
        } else {
            places.entry(end).or_default().closing.push(number);
        }
    }
    places
}

fn comment_start(mark: &Mark) -> String {
    if mark.begins { format!("<w:commentRangeStart w:id=\"{}\"/>", mark.comment) } else { String::new() }
}

fn comment_end(mark: &Mark) -> String {
    if !mark.ends {
        return String::new();
    }
    let comment = mark.comment;
    format!(
        "<w:commentRangeEnd w:id=\"{comment}\"/><w:r><w:rPr><w:rStyle w:val=\"CommentReference\"/></w:rPr>\
         <w:commentReference w:id=\"{comment}\"/></w:r>"
    )
}

#[cfg(test)]
mod tests {
    use std::sync::Arc;

    use super::*;
    use crate::export::Place;
    use crate::export::sample::{export_of, named, part, parts, quoting, text};
    use crate::import::{ReadOptions, read};
    use crate::text::{Script, Shown};

    /// The words of the document with each comment's ends as `[number` and `number]`.
    fn commented(export: &Export) -> Vec<(String, String)> {
        let parts = parts(&to_docx_with_comments(export).unwrap());
        let document = part(&parts, "word/document.xml");
        let paragraphs = named(document.root(), "p").filter(|node| named(*node, "pStyle").next().is_some());
        paragraphs
            .map(|node| {
                let style = named(node, "pStyle").next().unwrap().attributes().next().unwrap().value();
                let pieces = node.descendants().map(|each| {
                    let number = each.attributes().next().map(|id| id.value().to_owned());
                    match each.tag_name().name() {
                        "t" => text(each),
                        "commentRangeStart" => format!("[{}", number.unwrap()),
                        "commentRangeEnd" => format!("{}]", number.unwrap()),
                        _ => String::new(),
                    }
                });
                (style.to_owned(), pieces.collect())
            })
            .collect()
    }

    fn sample(source: &str, quotes: &[&str]) -> Export {
        let document = read("a.md", source.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document;
        let place = |quote: &str| {
            // What stands at `…` is of no matter.
            let (first, last) = quote.split_once('…').unwrap_or((quote, ""));
            let start = document.text().find(first)?;
            let after = start + first.len();
            let end = after + document.text().get(after..)?.find(last)? + last.len();
            let span = Span::from_range(&(start..end));
            let block = document.block_at(span.start())?.as_usize();
            Some(Place { block, start: 0, end: 0, span })
        };
        let notes = quotes.iter().map(|quote| ExportedNote { place: place(quote), ..quoting(quote) });
        let mut export = export_of(notes.collect::<Vec<_>>());
        let column =
            Column::new(&document, "a.md", Script::AS_WRITTEN, |text| Ok::<_, ()>(Shown::as_written(text)));
        export.documents[0].column = column.ok();
        export.documents[0].document = Some(Arc::new(document));
        export
    }

    fn check(source: &str, quotes: &[&str], expected: &[(&str, &str)]) {
        let owned: Vec<_> =
            expected.iter().map(|(style, text)| ((*style).to_owned(), (*text).to_owned())).collect();
        assert_eq!(commented(&sample(source, quotes)), owned);
    }

    #[test]
    fn notes_are_comments_on_their_words() {
        check(
            "# 修河\n\n先种树，再清淤。\n\n## 上游\n\n岸边有树。\n",
            &["种树，再", "再清淤", "清淤。…岸边"],
            &[
                ("Title", "修河"),
                ("BodyText", "先[0种树，[1再0][2清淤1]。"),
                ("Heading1", "上游"),
                ("BodyText", "岸边2]有树。"),
            ],
        );
    }

    /// A text without empty lines is one block, however many notes it has.
    #[test]
    fn many_notes_on_one_block_are_written_at_once() {
        let text = "水".repeat(30_000);
        let mark = |comment: usize| Mark {
            comment,
            colour: Some(Colour::Green),
            start: comment * 3,
            end: comment * 3 + 30,
            begins: true,
            ends: true,
        };
        let marks: Vec<Mark> = (0..29_000).map(mark).collect();
        let begun = std::time::Instant::now();
        let runs = commented_runs(&text, (&marks, &[]), "zh");
        assert_eq!(runs.matches("<w:commentReference ").count(), marks.len());
        assert!(begun.elapsed() < std::time::Duration::from_secs(10), "{:?}", begun.elapsed());
    }

    #[test]
    fn a_bookmark_is_a_comment_on_a_point() {
        let mut export = sample("先种树，再清淤。\n", &["再清淤"]);
        let note = &mut export.documents[0].notes[0];
        note.quote = String::new();
        note.place = note.place.map(|place| Place { span: Span::at(place.span.start()), ..place });
        assert_eq!(commented(&export)[1].1, "先种树，[00]再清淤。");
    }

    #[test]
    fn what_is_struck_out_has_a_line_through_it() {
        let parts = parts(&to_docx_with_comments(&sample("先~~种树~~，再清淤。\n", &["树，再"])).unwrap());
        let document = part(&parts, "word/document.xml");
        let runs = named(document.root(), "r").filter(|run| named(*run, "strike").next().is_some());
        assert_eq!(runs.map(text).collect::<Vec<_>>(), ["种", "树"]);
    }

    #[test]
    fn a_note_without_a_place_stands_below() {
        let lost = ("Quotation", "[0山上有雪0]");
        let heading = ("Heading1", "Notes without a place in the text");
        check("河水清。\n", &["山上有雪"], &[("Title", "修河倡议"), ("BodyText", "河水清。"), heading, lost]);
    }

    #[test]
    fn every_comment_says_whose_it_is_and_what_is_said() {
        let mut export = sample("先种树，再清淤。\n", &["再清淤", "先种树"]);
        export.options.author = "林 <a>".to_owned();
        let notes = std::mem::take(&mut export.documents[0].notes);
        export.documents[0].notes =
            notes.into_iter().map(|note| note.saying("**好** [链](http://a.example)")).collect();
        let parts = parts(&to_docx_with_comments(&export).unwrap());
        let comments = part(&parts, "word/comments.xml");
        let found: Vec<(String, String)> = named(comments.root(), "comment")
            .map(|comment| {
                let of = |name| comment.attributes().find(|each| each.name() == name).unwrap().value();
                (format!("{} {} {}", of("id"), of("author"), of("date")), text(comment))
            })
            .collect();
        let says = |number| (format!("{number} 林 <a> 1970-01-01T00:00:00Z"), "green好 链".to_owned());
        assert_eq!(found, [says(0), says(1)]);
        let relations = part(&parts, "word/_rels/comments.xml.rels");
        assert_eq!(named(relations.root(), "Relationship").count(), 2);
    }
}
