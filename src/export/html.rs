//! Notes as one HTML file.

use super::arrange::{Entry, Group};
use super::note_text::{LinkedNotes, note_as_html};
use super::{Export, ExportedAnswer, ExportedDocument, ExportedNote};
use crate::notes::Colour;

/// The notes as one HTML file that needs no network, runs no script and prints well.
///
/// Its content security policy forbids everything but its own style. Text from documents carries its
/// language, so that the glyphs of its script are chosen, and stands in elements of its own, so that
/// bidirectional characters stay inside.
pub fn to_html(export: &Export) -> String {
    let options = &export.options;
    let about = export.only_document().map(|document| about(export, document)).unwrap_or_default();
    let linked = LinkedNotes::of(export);
    let mut unnamed = LinkedNotes::of(export);
    let groups = export.groups();
    let groups: String = groups.iter().map(|group| section(export, group, &linked, &mut unnamed)).collect();
    let language = escape(&options.language);
    let title = format!("<h1 lang=\"{language}\" dir=\"auto\">{}</h1>\n", escape(&options.title));
    page(&options.interface_language, &options.title, STYLE, &[title, about, groups].concat())
}

/// A whole page of HTML whose own words are in that language; `body` is markup.
pub(super) fn page(language: &str, title: &str, style: &str, body: &str) -> String {
    format!(
        "<!DOCTYPE html>\n<html lang=\"{language}\">\n<head>\n<meta charset=\"utf-8\">\n\
         <meta http-equiv=\"Content-Security-Policy\" content=\"{POLICY}\">\n\
         <meta name=\"viewport\" content=\"width=device-width, initial-scale=1\">\n\
         <meta name=\"referrer\" content=\"no-referrer\">\n\
         <title>{title}</title>\n<style>{style}</style>\n</head>\n<body>\n{body}</body>\n</html>\n",
        language = escape(language),
        title = escape(title),
    )
}

const POLICY: &str = "default-src 'none'; style-src 'unsafe-inline'; base-uri 'none'; form-action 'none'";

const STYLE: &str = "
:root { color-scheme: light dark; }
body { max-width: 42em; margin: 2em auto; padding: 0 1em; line-height: 1.7; font-family: serif; }
h1, h2, h3 { line-height: 1.4; }
article { margin: 1.5em 0; break-inside: avoid; }
blockquote { margin: 0; padding: 0 0 0 1em; border-left: .4em solid #999; white-space: pre-wrap;
  unicode-bidi: isolate; overflow-wrap: anywhere; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
.both { display: grid; grid-template-columns: 1fr 1fr; gap: 1em; }
.yellow { border-color: #e6b800; } .green { border-color: #4caf50; } .blue { border-color: #3b82f6; }
.pink { border-color: #e75a9b; } .purple { border-color: #8e5bd6; }
.source { margin: .8em 0 .3em; font-size: .85em; opacity: .8; }
.facts { display: flex; flex-wrap: wrap; gap: 0 1.5em; margin: .5em 0; font-size: .85em; opacity: .8; }
.facts div { display: flex; gap: .4em; } .facts dd { margin: 0; }
pre { white-space: pre-wrap; } table { border-collapse: collapse; } td, th { border: 1px solid; padding: 0 .5em; }
@media print { body { max-width: none; margin: 0; } }
";

/// The notes of a group. Those that others link to have a name where they stand for the first time.
fn section(export: &Export, group: &Group<'_>, linked: &LinkedNotes, unnamed: &mut LinkedNotes) -> String {
    let title = match group.words_of {
        Some(document) => of_the_document(document, &group.title),
        None => format!("<bdi>{}</bdi>", escape(&group.title)),
    };
    let level = group.level;
    let heading =
        if group.title.is_empty() { String::new() } else { format!("<h{level}>{title}</h{level}>\n") };
    let begins = group.begins.filter(|_| export.only_document().is_none());
    let about = begins.map(|document| about(export, document)).unwrap_or_default();
    let mut named = |entry: &Entry<'_>| {
        let name = unnamed.take_name(entry.note.note.id).map(|name| format!(" id=\"{name}\""));
        article(export, *entry, &name.unwrap_or_default(), linked)
    };
    let articles: String = group.notes.iter().map(&mut named).collect();
    format!("<section>\n{heading}{about}{articles}</section>\n")
}

/// What is said of a document below its title.
fn about(export: &Export, document: &ExportedDocument) -> String {
    let facts = document.facts(&export.options.words).into_iter();
    let line = |(name, fact): (&str, &str)| {
        format!("<p>{}{}{}</p>\n", escape(name), export.colon(), of_the_document(document, fact))
    };
    facts.map(line).collect()
}

fn article(export: &Export, entry: Entry<'_>, name: &str, linked: &LinkedNotes) -> String {
    let note = entry.note;
    let said = |text| format!("<div class=\"note\" dir=\"auto\">{}</div>\n", note_as_html(text, linked));
    let said = note.said().map(said).unwrap_or_default();
    let facts: String =
        export.facts(entry).into_iter().map(|(name, fact)| fact_element(name, &fact)).collect();
    let answers: String = note.answers.iter().map(|answer| answer_figure(export, note, answer)).collect();
    format!(
        "<article{name}>\n{}\n{answers}{said}<dl class=\"facts\">{facts}</dl>\n</article>\n",
        quotations(export, entry)
    )
}

/// The passage of another document: its quotation, below where it stands.
fn answer_figure(export: &Export, note: &ExportedNote, answer: &ExportedAnswer) -> String {
    let language = escape(&answer.language);
    format!(
        "<p class=\"source\">{}{}<bdi lang=\"{language}\">{}</bdi></p>\n{}\n",
        escape(&export.options.words.other_document),
        export.colon(),
        escape(&answer.source()),
        quotation(note, &answer.language, &escape(&answer.quote)),
    )
}

/// The quotation; side by side with that as written where both are asked for.
fn quotations(export: &Export, entry: Entry<'_>) -> String {
    let note = entry.note;
    if note.quote.is_empty() {
        return format!("<p><strong>{}</strong></p>", escape(&export.options.words.bookmark));
    }
    let piece = |(said, struck): (&str, bool)| {
        if struck { format!("<s>{}</s>", escape(said)) } else { escape(said) }
    };
    let quote: String = note.quoted_pieces().into_iter().map(piece).collect();
    let shown = quotation(note, &entry.document.language, &quote);
    let Some(written) = export.as_written_beside(note) else { return shown };
    let written = quotation(note, &entry.document.written_language, &escape(written));
    format!("<div class=\"both\">{shown}\n{written}</div>")
}

/// A quotation whose words are HTML.
fn quotation(note: &ExportedNote, language: &str, quote: &str) -> String {
    let class = note.note.colour.map_or("", Colour::name);
    let language = escape(language);
    format!("<blockquote class=\"{class}\" lang=\"{language}\" dir=\"auto\">{quote}</blockquote>")
}

fn fact_element(name: &str, fact: &str) -> String {
    format!("<div><dt>{}</dt><dd><bdi>{}</bdi></dd></div>", escape(name), escape(fact))
}

/// Text from the document, with its language and apart from what stands beside it.
fn of_the_document(document: &ExportedDocument, text: &str) -> String {
    format!("<bdi lang=\"{}\">{}</bdi>", escape(&document.language), escape(text))
}

/// `text` for an element or an attribute in quotation marks: what a browser shows is the very same
/// characters, but U+FFFD for U+0000, which HTML cannot express.
pub(super) fn escape(text: &str) -> String {
    let mut output = String::with_capacity(text.len());
    for character in text.chars() {
        match character {
            '&' => output.push_str("&amp;"),
            '<' => output.push_str("&lt;"),
            '>' => output.push_str("&gt;"),
            '"' => output.push_str("&quot;"),
            '\'' => output.push_str("&#39;"),
            '\r' => output.push_str("&#13;"),
            '\0' => output.push('\u{FFFD}'),
            other => output.push(other),
        }
    }
    output
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::export::Grouping;
    use crate::export::read_back::{active, elements};
    use crate::export::sample::{answering, export_of, quoting};
    use crate::notes::{Annotation, Tag, link_to_note};

    fn check(quote: &str, said: &str) {
        let tagged = |note: &mut Annotation| note.tags = Tag::new(quote).into_iter().collect();
        let note = quoting(quote).saying(said).with(tagged).under(&[quote]);
        let html = to_html(&export_of([note]));
        let quotations: Vec<_> =
            elements(&html).into_iter().filter(|(name, ..)| name == "blockquote").collect();
        assert_eq!(quotations.first().map(|(.., text)| text.as_str()), Some(quote));
        assert_eq!(active(&html), Vec::<String>::new(), "{html}");
    }

    #[test]
    fn what_is_quoted_or_said_stays_text() {
        check("<script>alert(1)</script>", "<script>alert(1)</script>");
        check(
            "\n\"><img src=x onerror=y>\r\n",
            "<div onclick=x>\n\n<img src=http://a.example/b>\n\n[a](javascript:b)",
        );
        check(
            "a&amp;b &#60;",
            "![图](http://a.example/b.png) [c](data:text/html,x) [d](JAVASCRIPT:x) <file:///x>",
        );
        check("</blockquote></style><iframe>", "```\n</pre><script>\n```\n`<b>` <!-- --> <?php ?>");
    }

    #[test]
    fn what_is_said_is_formatted() {
        let note = quoting("水").saying("# 好\n**「重點」**內容 [链](https://a.example)");
        let found = elements(&to_html(&export_of([note])));
        let has = |name: &str, text: &str| found.iter().any(|each| each.0 == name && each.2 == text);
        assert!(has("h4", "好") && has("strong", "「重點」") && has("a", "链"));
    }

    #[test]
    fn a_note_that_others_link_to_has_its_name_once() {
        let mut there = quoting("先种树");
        let link = link_to_note(there.note.id, "先种树");
        there = there.with(|note| note.tags = ["水", "土"].map(|tag| Tag::new(tag).unwrap()).to_vec());
        let mut export = export_of([there, quoting("再清淤").saying(&link)]);
        export.options.grouping = Grouping::Tag;
        let found = elements(&to_html(&export));
        let attributes = |wanted: &str| {
            let named = found.iter().filter(move |(name, ..)| name == wanted);
            named.flat_map(|(_, attributes, _)| attributes.clone()).collect::<Vec<_>>()
        };
        let [target] = &attributes("a")[..] else { panic!("{:?}", attributes("a")) };
        assert_eq!(attributes("article"), [target.replace("href=#", "id=")]);
    }

    #[test]
    fn the_page_says_its_languages_and_its_policy() {
        let found = elements(&to_html(&export_of([quoting("水")])));
        let has = |name: &str, attribute: &str| {
            found.iter().any(|each| each.0 == name && each.1.iter().any(|each| each == attribute))
        };
        assert!(
            has("html", "lang=en") && has("blockquote", "lang=zh-Hans") && has("blockquote", "class=green")
        );
        assert!(has("meta", &format!("content={POLICY}")));
    }

    #[test]
    fn what_is_struck_out_has_a_line_through_it() {
        let html = to_html(&export_of([quoting("期限<三十日>六十日").struck(&[(6, 17)])]));
        assert!(html.contains(">期限<s>&lt;三十日&gt;</s>六十日</blockquote>"), "{html}");
    }

    #[test]
    fn both_quotations_of_a_note_that_spans_documents_are_written() {
        let note = quoting("先种树").answered([answering("<b>先清淤")]);
        let found = elements(&to_html(&export_of([note])));
        let quotations: Vec<_> = found.iter().filter(|(name, ..)| name == "blockquote").collect();
        assert_eq!(quotations.iter().map(|(.., text)| &**text).collect::<Vec<_>>(), ["先种树", "<b>先清淤"]);
        assert!(quotations[1].1.contains(&"lang=zh-Hant".to_owned()));
        assert!(found.iter().any(|(.., text)| text == "Other document: 修渠章程 › 二、清淤"));
    }

    #[test]
    fn both_scripts_stand_side_by_side() {
        let mut export = export_of([quoting("先種樹").written("先种树")]);
        export.options.both_scripts = true;
        let found = elements(&to_html(&export));
        let both = found.iter().find(|each| each.1.contains(&"class=both".to_owned())).unwrap();
        assert_eq!(both.2, "先種樹\n先种树");
    }

    proptest! {
        #[test]
        fn any_quotation_and_note_stay_text(
            quote in r#"[水a<>&;"'/=!\-\n\r#x]{1,20}"#,
            said in r#"[水a<>&;"'/=!\-\n:\[\]()`*#x|]{0,30}|<(script|img src=x|svg/onload=x|a href=javascript:x)>"#,
        ) {
            check(&quote, &said);
        }
    }
}
