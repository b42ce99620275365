//! The package of a DOCX: its parts, put into one file.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use super::xml::escaped;

/// The bytes of a document with that title, made at that moment (after RFC 3339), whose left and right texts and own
/// words are in these languages.
pub(super) fn package(
    title: &str,
    made: &str,
    languages: [&str; 3],
    body: &str,
) -> Result<Vec<u8>, ZipError> {
    let parts = [
        ("[Content_Types].xml", CONTENT_TYPES.to_owned()),
        ("_rels/.rels", RELATIONS.to_owned()),
        ("docProps/core.xml", properties(title, made)),
        ("word/_rels/document.xml.rels", DOCUMENT_RELATIONS.to_owned()),
        ("word/styles.xml", styles(languages)),
        ("word/footer.xml", FOOTER.to_owned()),
        ("word/document.xml", document(body)),
    ];
    let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
    let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
    for (name, part) in parts {
        writer.start_file(name, options)?;
        writer.write_all(DECLARATION.as_bytes())?;
        writer.write_all(part.as_bytes())?;
    }
    Ok(writer.finish()?.into_inner())
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

const MAIN: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/footer.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>\
    </Types>";

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"document\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"properties\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    </Relationships>";

const DOCUMENT_RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"styles\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"footer\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer.xml\"/>\
    </Relationships>";

/// The number of the page.
const FOOTER: &str = "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
    <w:p><w:pPr><w:pStyle w:val=\"Small\"/><w:jc w:val=\"center\"/></w:pPr>\
    <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>";

fn properties(title: &str, made: &str) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{made}</dcterms:created></cp:coreProperties>",
        escaped(title)
    )
}

/// A4 on its side, in twentieths of a point.
fn document(body: &str) -> String {
    format!(
        "<w:document {MAIN}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/>\
         <w:pgSz w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"/>\
         <w:pgMar w:top=\"720\" w:right=\"720\" w:bottom=\"720\" w:left=\"720\" w:header=\"360\" w:footer=\"360\" \
         w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}

fn styles([left, right, own]: [&str; 3]) -> String {
    let of = |id: &str, based_on: &str, paragraph: &str, run: &str| {
        format!(
            "<w:style w:type=\"paragraph\" w:styleId=\"{id}\"><w:name w:val=\"{id}\"/>\
             <w:basedOn w:val=\"{based_on}\"/><w:pPr>{paragraph}</w:pPr><w:rPr>{run}</w:rPr></w:style>"
        )
    };
    let (left, right) = (typeface(left), typeface(right));
    let bold = |(fonts, language): &(String, String)| format!("{fonts}<w:b/>{language}");
    let plain = |(fonts, language): &(String, String)| format!("{fonts}{language}");
    let small = |(fonts, language): &(String, String)| format!("{fonts}<w:sz w:val=\"18\"/>{language}");
    let quoted = "<w:ind w:left=\"200\"/>";
    [
        format!("<w:styles {MAIN}>{}", defaults(&typeface(own))),
        of("Title", "Normal", "<w:spacing w:after=\"160\"/>", "<w:b/><w:sz w:val=\"32\"/>"),
        of("Name", "Normal", "", "<w:b/>"),
        of("Small", "Normal", "", "<w:color w:val=\"5C5C66\"/><w:sz w:val=\"18\"/>"),
        of("Nothing", "Normal", "<w:jc w:val=\"center\"/>", "<w:i/><w:color w:val=\"5C5C66\"/>"),
        of("LeftText", "Normal", "", &plain(&left)),
        of("RightText", "Normal", "", &plain(&right)),
        of("LeftHeading", "Normal", "", &bold(&left)),
        of("RightHeading", "Normal", "", &bold(&right)),
        of("LeftQuote", "Normal", quoted, &small(&left)),
        of("RightQuote", "Normal", quoted, &small(&right)),
        PAIRS.to_owned(),
    ]
    .concat()
        + "</w:styles>"
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
fn typeface(language: &str) -> (String, String) {
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
