//! The styles of a DOCX.

use super::package::MAIN;

/// The whole part: what every document has, the text's own language being `language`, and `more`.
pub(in crate::export) fn styles(language: &str, more: &[String]) -> String {
    format!(
        "<w:styles {MAIN}>{}{}{}{}{PAIRS}</w:styles>",
        defaults(&typeface(language)),
        style("Title", "Normal", "<w:spacing w:after=\"160\"/>", "<w:b/><w:sz w:val=\"32\"/>"),
        style("Small", "Normal", "", "<w:color w:val=\"5C5C66\"/><w:sz w:val=\"18\"/>"),
        more.concat()
    )
}

/// A style of paragraphs: what it is based on, how the paragraph is laid out, how its text looks.
pub(in crate::export) fn style(id: &str, based_on: &str, paragraph: &str, run: &str) -> String {
    named_style(id, id, based_on, paragraph, run)
}

/// The same with a name of its own: word processors know their own styles by name.
pub(in crate::export) fn named_style(
    id: &str,
    name: &str,
    based_on: &str,
    paragraph: &str,
    run: &str,
) -> String {
    format!(
        "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{name}\"/>\
         <w:basedOn w:val=\"{based_on}\"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
    )
}

fn defaults((fonts, language): &(String, String)) -> String {
    format!(
        "<w:docDefaults><w:rPrDefault><w:rPr>{fonts}<w:sz w:val=\"21\"/><w:szCs w:val=\"21\"/>{language}</w:rPr>\
         </w:rPrDefault><w:pPrDefault><w:pPr><w:spacing w:after=\"40\"/></w:pPr></w:pPrDefault></w:docDefaults>\
         <w:style w:type=\"paragraph\" w:default=\"1\" w:styleId=\"Normal\"><w:name w:val=\"Normal\"/></w:style>"
    )
}

/// Tables with a thin line around every cell.
const PAIRS: &str = "<w:style w:type=\"table\" w:styleId=\"Pairs\"><w:name w:val=\"Pairs\"/><w:tblPr><w:tblBorders>\
    <w:top w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A8\"/>\
    <w:left w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A8\"/>\
    <w:bottom w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A8\"/>\
    <w:right w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A8\"/>\
    <w:insideH w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A8\"/>\
    <w:insideV w:val=\"single\" w:sz=\"4\" w:space=\"0\" w:color=\"A0A0A8\"/></w:tblBorders>\
    <w:tblCellMar><w:top w:w=\"60\" w:type=\"dxa\"/><w:left w:w=\"100\" w:type=\"dxa\"/>\
    <w:bottom w:w=\"60\" w:type=\"dxa\"/><w:right w:w=\"100\" w:type=\"dxa\"/></w:tblCellMar></w:tblPr></w:style>";

/// The fonts and the language for text of that language: every usual system has the fonts or others for their names.
pub(in crate::export) fn typeface(language: &str) -> (String, String) {
    let (font, east_asian) = match language {
        "zh-Hant-HK" => ("PMingLiU", "zh-HK"),
        language if language.starts_with("zh-Hant") => ("PMingLiU", "zh-TW"),
        _ => ("SimSun", "zh-CN"),
    };
    let fonts = format!(
        "<w:rFonts w:ascii=\"Times New Roman\" w:hAnsi=\"Times New Roman\" w:eastAsia=\"{font}\" w:cs=\"Times New Roman\"/>"
    );
    (fonts, format!("<w:lang w:val=\"en-US\" w:eastAsia=\"{east_asian}\"/>"))
}
