//! The table of correspondences as one HTML file.

use super::reason::sentence;
use super::rows::{Cell, Mark, Row, Run, cells, notes_on, rows};
use super::summary::{fact_rows, score};
use super::{ComparisonExport, LinkNote};
use crate::compare::Side;
use crate::document::BlockKind;
use crate::export::html::{escape, page};
use crate::export::note_text::{LinkedNotes, note_as_html};
use crate::notes::Tag;

/// The table as one HTML file that needs no network, runs no script and prints well.
///
/// A row for each link: the left side, the right side, and beside them how they relate, why, and what the reader
/// says. Shared wording is shaded, what differs in it underlined on both sides, what differs in script or
/// punctuation only dotted. What stands only on one side has a row with an empty cell that says so.
pub fn to_html(export: &ComparisonExport) -> String {
    let words = &export.words;
    let title = [&words.comparison, export.colon(), &export.left.title, " ↔ ", &export.right.title].concat();
    let rows = rows(export);
    let body = if rows.is_empty() {
        format!("<p>{}</p>\n", escape(&words.nothing_in_common))
    } else {
        table(export, &rows)
    };
    let comparison = format!("<h1>{}</h1>\n", escape(&words.comparison));
    let body = [comparison, summary(export), legend(export), body, lost_notes(export)].concat();
    page(&export.interface_language, &title, STYLE, &body)
}

const STYLE: &str = "
:root { color-scheme: light dark; --ink: #1d1d1f; --paper: #fff; --line: #c9c9cf; --quiet: #5c5c66;
  --shade: #e4eefb; --same: #2e7d32; --revised: #b26a00; --theme: #6a4fb3; --only: #8a8a93; }
@media screen and (prefers-color-scheme: dark) { :root { --ink: #e8e8ea; --paper: #18181b; --line: #44444c;
  --quiet: #a5a5b0; --shade: #23354f; --same: #81c784; --revised: #ffb74d; --theme: #b39ddb; --only: #8a8a93; } }
@page { size: A4 landscape; margin: 12mm; }
body { margin: 2em auto; padding: 0 1em; max-width: 84em; line-height: 1.6; font-family: serif;
  color: var(--ink); background: var(--paper); }
table { border-collapse: collapse; width: 100%; }
.pairs { table-layout: fixed; }
.pairs col.side { width: 38%; }
th, td { border: 1px solid var(--line); padding: .4em .6em; text-align: start; vertical-align: top;
  overflow-wrap: anywhere; }
thead { display: table-header-group; }
tr, .note { break-inside: avoid; }
td p { margin: 0 0 .4em; white-space: pre-wrap; unicode-bidi: isolate; }
td p:last-child { margin-bottom: 0; }
.heading { font-weight: bold; }
.nothing { color: var(--quiet); font-style: italic; text-align: center; }
.shared { background: var(--shade); color: inherit; print-color-adjust: exact; -webkit-print-color-adjust: exact; }
del, ins, .slight, .moved { text-underline-offset: .2em; text-decoration: underline; }
.moved { text-decoration-style: double; } .slight { text-decoration-style: dotted; }
.about { font-size: .85em; } .verdict { font-weight: bold; }
tr.same .verdict { color: var(--same); } tr.revised .verdict { color: var(--revised); }
tr.theme .verdict { color: var(--theme); } tr.only .verdict { color: var(--only); }
.reason, .legend { color: var(--quiet); } .legend { font-size: .85em; }
.summary { width: auto; margin-bottom: 1em; } .note { border-top: 1px dotted var(--line); }
blockquote { margin: .3em 0; padding-left: .6em; border-left: .2em solid var(--line); }
pre { white-space: pre-wrap; }
@media print { body { max-width: none; margin: 0; padding: 0; font-size: 10pt; } a { color: inherit; } }
";

/// The two documents, how much of each is answered, and how many links there are of each kind.
fn summary(export: &ComparisonExport) -> String {
    let heads: String = Side::BOTH
        .map(|side| {
            let column = export.column(side);
            format!(
                "<th scope=\"col\"><bdi lang=\"{}\">{}</bdi></th>",
                escape(column.language),
                escape(&column.title)
            )
        })
        .concat();
    let rows: Vec<String> = fact_rows(export).iter().map(|(name, facts)| fact_row(name, facts)).collect();
    let rows = rows.concat();
    let corner = escape(&export.words.documents);
    format!(
        "<table class=\"summary\">\n<thead><tr><th scope=\"col\">{corner}</th>{heads}</tr></thead>\n\
         <tbody>\n{rows}</tbody>\n</table>\n{}",
        counts(export)
    )
}

fn fact_row(name: &str, facts: &[String; 2]) -> String {
    let [left, right] = facts.each_ref().map(|fact| format!("<td><bdi>{}</bdi></td>", escape(fact)));
    format!("<tr><th scope=\"row\">{}</th>{left}{right}</tr>\n", escape(name))
}

fn counts(export: &ComparisonExport) -> String {
    let counts = super::summary::counts(export);
    let counts: Vec<String> = counts.into_iter().map(|(name, count)| format!("{name} {count}")).collect();
    format!("<p>{}</p>\n", escape(&counts.join(" · ")))
}

fn legend(export: &ComparisonExport) -> String {
    let words = &export.words;
    format!(
        "<p class=\"legend\"><span class=\"shared\">{}</span> · <u>{}</u> · <span class=\"moved\">{}</span> · \
         <span class=\"slight\">{}</span></p>\n",
        escape(&words.shared_wording),
        escape(&words.differing),
        escape(&words.moved),
        escape(&words.slightly_differing),
    )
}

fn table(export: &ComparisonExport, rows: &[Row<'_>]) -> String {
    let words = &export.words;
    let head = |name: &str, side: Side| {
        let column = export.column(side);
        let (language, title) = (escape(column.language), escape(&column.title));
        format!(
            "<th scope=\"col\">{}{}<bdi lang=\"{language}\">{title}</bdi></th>",
            escape(name),
            export.colon()
        )
    };
    let rows: String = rows.iter().map(|row| table_row(export, row)).collect();
    format!(
        "<table class=\"pairs\">\n<colgroup><col class=\"side\"><col class=\"side\"><col></colgroup>\n\
         <thead><tr>{}{}<th scope=\"col\">{} · {}</th></tr></thead>\n<tbody>\n{rows}</tbody>\n</table>\n",
        head(&words.left, Side::Left),
        head(&words.right, Side::Right),
        escape(&words.verdict),
        escape(&words.notes),
    )
}

fn table_row(export: &ComparisonExport, row: &Row<'_>) -> String {
    let class = match row {
        Row::Answered { link, .. } => link.verdict.name(),
        Row::OnlyHere { .. } => "only",
    };
    let [left, right] = cells(export, row);
    let anchor = match row {
        Row::Answered { number, .. } => format!(" id=\"link-{number}\""),
        Row::OnlyHere { .. } => String::new(),
    };
    format!(
        "<tr class=\"{class}\"{anchor}>{}{}<td class=\"about\">{}</td></tr>\n",
        side_cell(export, Side::Left, &left),
        side_cell(export, Side::Right, &right),
        about(export, row)
    )
}

fn side_cell(export: &ComparisonExport, side: Side, blocks: &[Cell<'_>]) -> String {
    if blocks.is_empty() {
        return format!("<td class=\"nothing\">{}</td>", escape(&export.words.nothing_answers));
    }
    let blocks: String = blocks.iter().map(|block| paragraph(export, side, block)).collect();
    format!("<td lang=\"{}\">{blocks}</td>", escape(export.column(side).language))
}

fn paragraph(export: &ComparisonExport, side: Side, block: &Cell<'_>) -> String {
    let class = match block.kind {
        BlockKind::Title | BlockKind::Heading { .. } => " class=\"heading\"",
        _ => "",
    };
    let runs: String = block.runs.iter().map(|run| marked(export, side, run)).collect();
    format!("<p dir=\"auto\"{class}>{runs}</p>")
}

fn marked(export: &ComparisonExport, side: Side, run: &Run<'_>) -> String {
    let words = &export.words;
    let text = escape(run.text);
    let titled = |element: &str, class: &str, title: &str| {
        format!("<{element}{class} title=\"{}\">{text}</{element}>", escape(title))
    };
    let text = match (run.mark, side) {
        (Mark::Plain, _) => text,
        (Mark::Differs, Side::Left) => titled("del", "", &words.differing),
        (Mark::Differs, Side::Right) => titled("ins", "", &words.differing),
        (Mark::Moved, _) => titled("span", " class=\"moved\"", &words.moved),
        (Mark::Slight, _) => titled("span", " class=\"slight\"", &words.slightly_differing),
    };
    if run.shared { format!("<mark class=\"shared\">{text}</mark>") } else { text }
}

fn about(export: &ComparisonExport, row: &Row<'_>) -> String {
    match row {
        Row::OnlyHere { .. } => format!("<p class=\"verdict\">{}</p>", escape(&export.words.only_here)),
        Row::Answered { number, index, link } => {
            let verdict = escape(export.words.verdict(link.verdict));
            let notes: String = notes_on(export, Some(*index)).map(|note| note_block(export, note)).collect();
            format!(
                "<p><span class=\"verdict\">{number} · {verdict}</span> {}</p><p class=\"reason\">{}</p>{notes}",
                score(link.score),
                escape(&sentence(export, link))
            )
        }
    }
}

fn note_block(export: &ComparisonExport, note: &LinkNote) -> String {
    let quotation = |side: Side, text: &str| {
        let language = escape(export.column(side).language);
        let quoted = format!("<blockquote lang=\"{language}\" dir=\"auto\">{}</blockquote>", escape(text));
        if text.is_empty() { String::new() } else { quoted }
    };
    let tags: Vec<&str> = note.tags.iter().map(Tag::as_str).collect();
    let tags = match tags.join(" · ") {
        tags if tags.is_empty() => tags,
        tags => format!("<p><bdi>{}</bdi></p>", escape(&tags)),
    };
    let said = match note.text.trim() {
        "" => String::new(),
        text => format!("<div dir=\"auto\">{}</div>", note_as_html(text, &LinkedNotes::default())),
    };
    let (left, right) = (quotation(Side::Left, &note.left), quotation(Side::Right, &note.right));
    format!("<div class=\"note\">{left}{right}{said}{tags}</div>")
}

/// Nothing that the reader said is left out because its link is gone.
fn lost_notes(export: &ComparisonExport) -> String {
    let notes: String = notes_on(export, None).map(|note| note_block(export, note)).collect();
    if notes.is_empty() {
        return notes;
    }
    format!("<section>\n<h2>{}</h2>\n{notes}</section>\n", escape(&export.words.lost_notes))
}

#[cfg(test)]
mod tests {
    use html5ever::tendril::TendrilSink;
    use markup5ever_rcdom::{Handle, NodeData, RcDom};
    use proptest::prelude::*;

    use super::*;
    use crate::compare::{LinkIndex, Verdict};
    use crate::export::comparison::sample::{Pair, export_of};

    /// An element as a browser reads it.
    struct Element {
        name: String,
        attributes: Vec<(String, String)>,
        text: String,
    }

    impl Element {
        fn attribute(&self, name: &str) -> Option<&str> {
            self.attributes.iter().find(|(each, _)| each == name).map(|(_, value)| value.as_str())
        }
    }

    fn elements(html: &str) -> Vec<Element> {
        let dom: RcDom =
            html5ever::parse_document(RcDom::default(), html5ever::ParseOpts::default()).one(html);
        let mut found = Vec::new();
        collect(&dom.document, &mut found);
        found
    }

    fn collect(node: &Handle, found: &mut Vec<Element>) {
        if let NodeData::Element { name, attrs, .. } = &node.data {
            let attributes = attrs.borrow();
            let pairs = attributes.iter().map(|each| (each.name.local.to_string(), each.value.to_string()));
            found.push(Element {
                name: name.local.to_string(),
                attributes: pairs.collect(),
                text: text_in(node),
            });
        }
        node.children.borrow().iter().for_each(|child| collect(child, found));
    }

    fn text_in(node: &Handle) -> String {
        match &node.data {
            NodeData::Text { contents } => contents.borrow().to_string(),
            _ => node.children.borrow().iter().map(text_in).collect(),
        }
    }

    fn sample() -> ComparisonExport {
        let pair = Pair {
            left: &[0],
            right: &[1],
            verdict: Verdict::Revised,
            passages: &[("河水清清，岸边", "河水清清，岸边")],
        };
        export_of("河水清清，岸边有树。\n", "山上有雪。\n\n河水清清，岸边有花。\n", &[pair])
    }

    #[test]
    fn the_two_sides_stand_beside_each_other_with_what_they_share() {
        let found = elements(&to_html(&sample()));
        let texts = |name: &str| -> Vec<&str> {
            found.iter().filter(|each| each.name == name).map(|each| each.text.as_str()).collect()
        };
        let cells: Vec<&str> =
            texts("td").into_iter().skip_while(|text| *text != "Nothing here answers it").collect();
        assert_eq!(
            cells,
            [
                "Nothing here answers it",
                "山上有雪。",
                "only here",
                "河水清清，岸边有树。",
                "河水清清，岸边有花。",
                "1 · revised 0.83both say 河水, <树>, which few other passages do",
            ]
        );
        assert_eq!(texts("mark"), ["河水清清，岸边", "河水清清，岸边"]);
        assert_eq!((texts("del"), texts("ins")), (vec!["有树。"], vec!["有花。"]));
        let differing = found.iter().filter(|each| each.name == "del" || each.name == "ins");
        assert!(
            differing.map(|each| each.attribute("title")).all(|title| title == Some("words that differ"))
        );
    }

    #[test]
    fn every_column_has_its_language_and_the_head_is_repeated() {
        let mut export = sample();
        export.right.language = "zh-Hant-TW";
        let html = to_html(&export);
        let found = elements(&html);
        let language = |text: &str| {
            let cell = found.iter().find(|each| each.name == "td" && each.text == text);
            cell.unwrap().attribute("lang").unwrap().to_owned()
        };
        assert_eq!(language("河水清清，岸边有树。"), "zh-Hans");
        assert_eq!(language("河水清清，岸边有花。"), "zh-Hant-TW");
        let rules = [
            "thead { display: table-header-group; }",
            "break-inside: avoid",
            "size: A4",
            "color-scheme: dark",
        ];
        let missing: Vec<&str> = rules.into_iter().filter(|rule| !html.contains(rule)).collect();
        assert_eq!(missing, Vec::<&str>::new());
    }

    #[test]
    fn where_nothing_is_alike_that_is_said() {
        let empty = to_html(&export_of("", "", &[]));
        assert!(empty.contains("Nothing on one side answers anything on the other."), "{empty}");
    }

    /// What a page could do besides showing text.
    fn is_active(element: &Element) -> bool {
        let names = ["script", "img", "iframe", "svg", "object", "embed", "form", "link", "base"];
        let active = |(name, value): &(String, String)| {
            let address = name == "href" && !value.is_empty() && !value.starts_with("http");
            name.starts_with("on") || name == "src" || name == "style" || address
        };
        names.contains(&&*element.name) || element.attributes.iter().any(active)
    }

    proptest! {
        #[test]
        fn what_is_compared_or_said_stays_text(
            left in r#"[水a<>&;"'/=!\-#]{1,20}"#,
            said in r#"<(script|img src=x|svg/onload=x|a href=javascript:x)>|[水<>"'&]{0,9}"#,
        ) {
            let mut export = export_of("水\n", "水\n", &[]);
            export.left.title = left.clone();
            export.left.path = said.clone();
            export.notes.push(LinkNote {
                link: None,
                tags: Tag::new(&left).into_iter().collect(),
                text: said,
                left: left.clone(),
                right: left.clone(),
            });
            export.notes.push(LinkNote { link: Some(LinkIndex::new(0)), ..export.notes[0].clone() });
            let found = elements(&to_html(&export));
            prop_assert!(!found.iter().any(is_active));
            // What is said can hold quotations too; those have no language.
            let quotations = found.iter().filter(|each| each.name == "blockquote" && each.attribute("lang").is_some());
            let quoted: Vec<&str> = quotations.map(|each| each.text.as_str()).collect();
            prop_assert_eq!(quoted, [&left, &left]);
        }
    }
}
