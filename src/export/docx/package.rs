//! The package of a DOCX: its parts, put into one file.

use std::io::{Cursor, Write};

use zip::result::ZipError;
use zip::write::SimpleFileOptions;
use zip::{CompressionMethod, ZipWriter};

use jiff::Timestamp;
use jiff::tz::TimeZone;

use super::xml::escaped;

/// What a DOCX is made of.
pub(in crate::export) struct Package<'a> {
    pub(in crate::export) title: &'a str,
    pub(in crate::export) made: Timestamp,
    pub(in crate::export) paper: Paper,
    /// The part of the styles.
    pub(in crate::export) styles: String,
    /// The paragraphs and tables.
    pub(in crate::export) body: String,
    /// Where links in the body lead.
    pub(in crate::export) links: Links,
    /// The comments, and where links in them lead.
    pub(in crate::export) comments: Option<(String, Links)>,
}

/// How A4 lies.
#[derive(Clone, Copy, PartialEq, Eq)]
pub(in crate::export) enum Paper {
    Upright,
    OnItsSide,
}

/// Where the links of a part lead. They stand in a part of their own.
#[derive(Default)]
pub(in crate::export) struct Links(Vec<String>);

impl Links {
    /// Adds an address, and answers with the name that the link calls it by.
    pub(in crate::export) fn add(&mut self, address: &str) -> String {
        self.0.push(as_address(address));
        format!("link{}", self.0.len())
    }

    fn relations(&self) -> String {
        let relation = |(number, address): (usize, &String)| {
            format!(
                "<Relationship Id=\"link{number}\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/hyperlink\" \
                 Target=\"{}\" TargetMode=\"External\"/>",
                escaped(address)
            )
        };
        (1..).zip(&self.0).map(relation).collect()
    }
}

/// An address with everything by its number that may not stand in one: word processors refuse the whole document
/// otherwise.
fn as_address(address: &str) -> String {
    let stands = |byte: u8| byte.is_ascii_alphanumeric() || b"-._~:/?#[]@!$&'()*+,;=%".contains(&byte);
    let byte = |byte| if stands(byte) { char::from(byte).to_string() } else { format!("%{byte:02X}") };
    address.bytes().map(byte).collect()
}

impl Package<'_> {
    /// The bytes of the file.
    ///
    /// Errors: the package could not be put together.
    pub(in crate::export) fn bytes(&self) -> Result<Vec<u8>, ZipError> {
        let mut writer = ZipWriter::new(Cursor::new(Vec::new()));
        let options = SimpleFileOptions::default().compression_method(CompressionMethod::Deflated);
        for (name, part) in self.parts() {
            writer.start_file(name, options)?;
            writer.write_all(DECLARATION.as_bytes())?;
            writer.write_all(part.as_bytes())?;
        }
        Ok(writer.finish()?.into_inner())
    }

    fn parts(&self) -> Vec<(&'static str, String)> {
        let (comments_type, comments_relation) =
            if self.comments.is_some() { (COMMENTS_TYPE, COMMENTS_RELATION) } else { ("", "") };
        let mut parts = vec![
            ("[Content_Types].xml", format!("{CONTENT_TYPES}{comments_type}</Types>")),
            ("_rels/.rels", RELATIONS.to_owned()),
            ("docProps/core.xml", properties(self.title, self.made)),
            (
                "word/_rels/document.xml.rels",
                relations(&[DOCUMENT_RELATIONS, comments_relation, &self.links.relations()].concat()),
            ),
            ("word/styles.xml", self.styles.clone()),
            ("word/footer.xml", FOOTER.to_owned()),
            ("word/document.xml", document(&self.body, self.paper)),
        ];
        if let Some((comments, links)) = &self.comments {
            parts.push(("word/comments.xml", format!("<w:comments {MAIN}>{comments}</w:comments>")));
            parts.push(("word/_rels/comments.xml.rels", relations(&links.relations())));
        }
        parts
    }
}

fn relations(inner: &str) -> String {
    format!(
        "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">{inner}</Relationships>"
    )
}

const DECLARATION: &str = "<?xml version=\"1.0\" encoding=\"UTF-8\" standalone=\"yes\"?>\n";

pub(super) const MAIN: &str = "xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\" \
    xmlns:r=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships\"";

const CONTENT_TYPES: &str = "<Types xmlns=\"http://schemas.openxmlformats.org/package/2006/content-types\">\
    <Default Extension=\"rels\" ContentType=\"application/vnd.openxmlformats-package.relationships+xml\"/>\
    <Default Extension=\"xml\" ContentType=\"application/xml\"/>\
    <Override PartName=\"/docProps/core.xml\" ContentType=\"application/vnd.openxmlformats-package.core-properties+xml\"/>\
    <Override PartName=\"/word/document.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.document.main+xml\"/>\
    <Override PartName=\"/word/styles.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.styles+xml\"/>\
    <Override PartName=\"/word/footer.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.footer+xml\"/>";

const COMMENTS_TYPE: &str = "<Override PartName=\"/word/comments.xml\" ContentType=\"application/vnd.openxmlformats-officedocument.wordprocessingml.comments+xml\"/>";

const RELATIONS: &str = "<Relationships xmlns=\"http://schemas.openxmlformats.org/package/2006/relationships\">\
    <Relationship Id=\"document\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/officeDocument\" Target=\"word/document.xml\"/>\
    <Relationship Id=\"properties\" Type=\"http://schemas.openxmlformats.org/package/2006/relationships/metadata/core-properties\" Target=\"docProps/core.xml\"/>\
    </Relationships>";

const DOCUMENT_RELATIONS: &str = "<Relationship Id=\"styles\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/styles\" Target=\"styles.xml\"/>\
    <Relationship Id=\"footer\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/footer\" Target=\"footer.xml\"/>";

const COMMENTS_RELATION: &str = "<Relationship Id=\"comments\" Type=\"http://schemas.openxmlformats.org/officeDocument/2006/relationships/comments\" Target=\"comments.xml\"/>";

/// The number of the page.
const FOOTER: &str = "<w:ftr xmlns:w=\"http://schemas.openxmlformats.org/wordprocessingml/2006/main\">\
    <w:p><w:pPr><w:pStyle w:val=\"Small\"/><w:jc w:val=\"center\"/></w:pPr>\
    <w:fldSimple w:instr=\" PAGE \"><w:r><w:t>1</w:t></w:r></w:fldSimple></w:p></w:ftr>";

fn properties(title: &str, made: Timestamp) -> String {
    format!(
        "<cp:coreProperties xmlns:cp=\"http://schemas.openxmlformats.org/package/2006/metadata/core-properties\" \
         xmlns:dc=\"http://purl.org/dc/elements/1.1/\" xmlns:dcterms=\"http://purl.org/dc/terms/\" \
         xmlns:xsi=\"http://www.w3.org/2001/XMLSchema-instance\"><dc:title>{}</dc:title>\
         <dcterms:created xsi:type=\"dcterms:W3CDTF\">{}</dcterms:created></cp:coreProperties>",
        escaped(title),
        moment(made)
    )
}

/// A moment to the second, after RFC 3339.
pub(super) fn moment(moment: Timestamp) -> String {
    moment.to_zoned(TimeZone::UTC).strftime("%Y-%m-%dT%H:%M:%SZ").to_string()
}

/// In twentieths of a point.
fn document(body: &str, paper: Paper) -> String {
    let (size, margin) = match paper {
        Paper::Upright => ("w:w=\"11906\" w:h=\"16838\"", 1300),
        Paper::OnItsSide => ("w:w=\"16838\" w:h=\"11906\" w:orient=\"landscape\"", 720),
    };
    format!(
        "<w:document {MAIN}><w:body>{body}<w:sectPr><w:footerReference w:type=\"default\" r:id=\"footer\"/>\
         <w:pgSz {size}/><w:pgMar w:top=\"{margin}\" w:right=\"{margin}\" w:bottom=\"{margin}\" w:left=\"{margin}\" \
         w:header=\"360\" w:footer=\"360\" w:gutter=\"0\"/></w:sectPr></w:body></w:document>"
    )
}
