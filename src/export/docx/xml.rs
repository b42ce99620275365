//! Pieces of a DOCX's markup. The order of the elements in each is that of the standard, which Word insists on.

use super::styles::typeface;
use crate::export::clean;
use crate::export::html::escape;

/// How a stretch of text looks.
#[derive(Clone, Copy, Default)]
pub(in crate::export) struct Look<'a> {
    /// In six hexadecimal digits: what lies behind the text.
    pub(in crate::export) shade: Option<&'static str>,
    pub(in crate::export) underline: Underline,
    /// In six hexadecimal digits.
    pub(in crate::export) colour: Option<&'static str>,
    /// The language of the text, where it is not that of its style.
    pub(in crate::export) language: Option<&'a str>,
    pub(in crate::export) bold: bool,
    pub(in crate::export) italic: bool,
    pub(in crate::export) struck: bool,
}

#[derive(Clone, Copy, PartialEq, Eq, Default)]
pub(in crate::export) enum Underline {
    #[default]
    None,
    Single,
    Double,
    Dotted,
}

impl Underline {
    fn name(self) -> Option<&'static str> {
        match self {
            Self::None => None,
            Self::Single => Some("single"),
            Self::Double => Some("double"),
            Self::Dotted => Some("dotted"),
        }
    }
}

/// Text for an element or an attribute in quotation marks, without what XML cannot express.
pub(in crate::export) fn escaped(text: &str) -> String {
    escape(&clean(text))
}

/// A stretch of text; its line breaks and tabulators are kept.
pub(in crate::export) fn text_run(text: &str, look: Look<'_>) -> String {
    let lines = text.split('\n').map(|line| {
        let parts = line.trim_end_matches('\r').split('\t').map(|part| match part {
            "" => String::new(),
            part => format!("<w:t xml:space=\"preserve\">{}</w:t>", escaped(part)),
        });
        parts.collect::<Vec<_>>().join("<w:tab/>")
    });
    let lines = lines.collect::<Vec<_>>().join("<w:br/>");
    format!("<w:r>{}{lines}</w:r>", properties(look))
}

fn properties(look: Look<'_>) -> String {
    let (fonts, language) = look.language.map(typeface).unwrap_or_default();
    let switch = |on: bool, element: &'static str| if on { element } else { "" };
    let colour = look.colour.map(|colour| format!("<w:color w:val=\"{colour}\"/>")).unwrap_or_default();
    let underline = look.underline.name().map(|name| format!("<w:u w:val=\"{name}\"/>")).unwrap_or_default();
    let shade =
        look.shade.map(|shade| format!("<w:shd w:val=\"clear\" w:color=\"auto\" w:fill=\"{shade}\"/>"));
    let inner = [
        fonts.as_str(),
        switch(look.bold, "<w:b/>"),
        switch(look.italic, "<w:i/>"),
        switch(look.struck, "<w:strike/>"),
        &colour,
        &underline,
        &shade.unwrap_or_default(),
        &language,
    ]
    .concat();
    if inner.is_empty() { inner } else { format!("<w:rPr>{inner}</w:rPr>") }
}

/// A paragraph of some runs in a style of the document.
pub(in crate::export) fn paragraph(style: &str, runs: &str) -> String {
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/></w:pPr>{runs}</w:p>")
}

/// The same, so many steps from the left.
pub(in crate::export) fn indented(style: &str, steps: usize, runs: &str) -> String {
    let left = 360 * steps.min(20);
    let indent = if steps == 0 { String::new() } else { format!("<w:ind w:left=\"{left}\"/>") };
    format!("<w:p><w:pPr><w:pStyle w:val=\"{style}\"/>{indent}</w:pPr>{runs}</w:p>")
}

/// Where pages may break in a row.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum Breaks {
    Anywhere,
    Never,
    /// Never, and it is repeated on every page.
    Head,
}

/// A row of a table; each cell holds paragraphs.
pub(in crate::export) fn row(widths: &[u32], cells: &[String], breaks: Breaks) -> String {
    let properties = match breaks {
        Breaks::Anywhere => "",
        Breaks::Never => "<w:trPr><w:cantSplit/></w:trPr>",
        Breaks::Head => "<w:trPr><w:cantSplit/><w:tblHeader/></w:trPr>",
    };
    let cell = |(width, cell): (&u32, &String)| {
        format!("<w:tc><w:tcPr><w:tcW w:w=\"{width}\" w:type=\"dxa\"/></w:tcPr>{cell}</w:tc>")
    };
    let cells: String = widths.iter().zip(cells).map(cell).collect();
    format!("<w:tr>{properties}{cells}</w:tr>")
}

/// A table of rows, and a line after it, without which Word would join two tables.
pub(in crate::export) fn table(widths: &[u32], rows: &str) -> String {
    let columns: Vec<String> = widths.iter().map(|width| format!("<w:gridCol w:w=\"{width}\"/>")).collect();
    let whole: u32 = widths.iter().sum();
    format!(
        "<w:tbl><w:tblPr><w:tblStyle w:val=\"Pairs\"/><w:tblW w:w=\"{whole}\" w:type=\"dxa\"/>\
         <w:tblLayout w:type=\"fixed\"/></w:tblPr><w:tblGrid>{}</w:tblGrid>{rows}</w:tbl>{}",
        columns.concat(),
        paragraph("Small", "")
    )
}
