//! The shape of the file of a codebook. `assets/formats.md` describes it.

use super::raw::{Field, Fields, Raw, quoted};
use super::shape::{Checksum, Printer, checksum_of, first_line};
use crate::notes::{Code, Codebook, Colour, Tag};

/// The version of the format that this program writes. It reads this one and those before.
pub(super) const FORMAT: u32 = 1;

const FIRST_LINE: &str = "// Duidu codebook; BLAKE3 of what follows this line: ";

/// Everything that such a file says.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct FiledCodebook {
    /// The codes.
    pub(super) codebook: Codebook,
    /// Fields that are not known, word for word.
    pub(super) unknown: Vec<Field>,
    /// Codes that could not be understood, word for word.
    pub(super) unreadable: Vec<String>,
}

/// What became of reading such a file.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum ParsedCodebook {
    /// It was understood.
    Good(Box<FiledCodebook>, Checksum),
    /// A newer version of the program wrote it: its format, and what could be understood.
    Newer(u32, Box<FiledCodebook>),
    /// It is not such a file, and why.
    Damaged(String),
}

/// Understands the bytes of such a file. Nothing that is in it is left out.
pub(super) fn parse(bytes: &[u8]) -> ParsedCodebook {
    parse_text(bytes).unwrap_or_else(ParsedCodebook::Damaged)
}

fn parse_text(bytes: &[u8]) -> Result<ParsedCodebook, String> {
    let text = std::str::from_utf8(bytes).map_err(|error| format!("it is not UTF-8: {error}"))?;
    let fields = Fields::parse(text)?;
    let format: u32 = fields.get("format").and_then(Raw::read).ok_or("it does not say its format")?;
    if format <= FORMAT && fields.get("codes").is_none() {
        return Err("it has no list of codes".to_owned());
    }
    let mut filed = FiledCodebook::default();
    for (name, raw) in fields.iter() {
        if take_field(&mut filed, name, raw).is_none() {
            filed.unknown.push(Field::new(name, raw));
        }
    }
    Ok(match format {
        0..=FORMAT => ParsedCodebook::Good(Box::new(filed), checksum_of(text, FIRST_LINE)),
        newer => ParsedCodebook::Newer(newer, Box::new(filed)),
    })
}

/// `None` where the name is not known or the value is not of the kind that it should be.
fn take_field(filed: &mut FiledCodebook, name: &str, raw: Raw<'_>) -> Option<()> {
    match name {
        // Written anew each time.
        "format" | "program" => {}
        "codes" => raw.list()?.into_iter().for_each(|raw| take_code(filed, raw)),
        "unreadable" => filed.unreadable.extend(raw.list()?.into_iter().map(Raw::text)),
        _ => return None,
    }
    Some(())
}

/// A tag that is there twice, by hand, is one.
fn take_code(filed: &mut FiledCodebook, raw: Raw<'_>) {
    let Some(code) = code_of(raw) else { return filed.unreadable.push(raw.text()) };
    let joined = filed.codebook.get(&code.tag).map(|there| there.joined(&code));
    filed.codebook.put(joined.unwrap_or(code));
}

fn code_of(raw: Raw<'_>) -> Option<Code> {
    let fields = Fields::parse(raw.as_str()).ok()?;
    let mut code = Code::new(Tag::new(&fields.get("tag")?.read::<String>()?).ok()?);
    for (name, raw) in fields.iter() {
        let understood = match name {
            "tag" => Some(()),
            "description" => raw.read().map(|said| code.description = said),
            "colour" => colour_of(raw).map(|colour| code.colour = Some(colour)),
            "key" => raw.read().and_then(Code::key_of).map(|key| code.key = Some(key)),
            _ => None,
        };
        if understood.is_none() {
            code.more.push((name.to_owned(), raw.text()));
        }
    }
    Some(code)
}

fn colour_of(raw: Raw<'_>) -> Option<Colour> {
    let name: String = raw.read()?;
    Colour::ALL.into_iter().find(|colour| colour.name() == name)
}

/// The file that says this. Its first line is the checksum of the rest.
pub(super) fn print(filed: &FiledCodebook) -> String {
    first_line(FIRST_LINE, Printer::default().codebook(filed))
}

impl Printer {
    fn codebook(mut self, filed: &FiledCodebook) -> String {
        let codes: Vec<&Code> = filed.codebook.iter().collect();
        self.out.push_str("(\n");
        self.field(4, "format", &FORMAT.to_string());
        self.field(4, "program", &quoted(concat!("duidu ", env!("CARGO_PKG_VERSION"))));
        self.block("codes", &codes, |printer, code| printer.code(code));
        self.list("unreadable", filed.unreadable.iter().cloned());
        self.unknown(4, &filed.unknown);
        self.out.push_str(")\n");
        self.out
    }

    fn code(&mut self, code: &Code) {
        let Code { tag, description, colour, key, more } = code;
        self.out.push_str("        (\n");
        self.field(12, "tag", &quoted(tag.as_str()));
        if !description.is_empty() {
            self.field(12, "description", &quoted(description));
        }
        if let Some(colour) = colour {
            self.field(12, "colour", &quoted(colour.name()));
        }
        if let Some(key) = key {
            self.field(12, "key", &format!("'{key}'"));
        }
        // What the reader has chosen since takes the place of what was not understood.
        let chosen = |name: &str| name == "colour" && colour.is_some() || name == "key" && key.is_some();
        for (name, value) in more.iter().filter(|(name, _)| !chosen(name)) {
            self.field(12, name, value);
        }
        self.out.push_str("        ),\n");
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::notes::sample::any_codebook;

    fn read(text: &str) -> FiledCodebook {
        match parse(text.as_bytes()) {
            ParsedCodebook::Good(filed, _) => *filed,
            other => panic!("{other:?}"),
        }
    }

    #[test]
    fn what_a_person_or_another_version_wrote_is_kept() {
        let filed = read(
            r#"(format: 1, owner: ("林", 3), codes: [
                (tag: "水／河", key: 'R', colour: "orange", weight: [1, 2]),
                (tag: "水/河", description: "流動的"), // twice
                (description: "no tag"),
            ])"#,
        );
        let code = filed.codebook.iter().next().unwrap();
        assert_eq!((code.tag.as_str(), code.key, code.description.as_str()), ("水/河", Some('r'), "流動的"));
        let printed = print(&filed);
        for kept in
            ["owner: (\"林\", 3)", "colour: \"orange\"", "weight: [1, 2]", "(description: \"no tag\")"]
        {
            assert!(printed.contains(kept), "{kept}: {printed}");
        }
        assert_eq!(read(&printed), filed);
    }

    #[test]
    fn what_is_no_codebook_is_said() {
        let check = |text: &str, expected: fn(&ParsedCodebook) -> bool| {
            let parsed = parse(text.as_bytes());
            assert!(expected(&parsed), "{parsed:?}");
        };
        check("(format: 1)", |parsed| matches!(parsed, ParsedCodebook::Damaged(_)));
        check("(format: 1, codes: [", |parsed| matches!(parsed, ParsedCodebook::Damaged(_)));
        check("(codes: [])", |parsed| matches!(parsed, ParsedCodebook::Damaged(_)));
        check(
            "(format: 2, codes: [(tag: \"水\")])",
            |parsed| matches!(parsed, ParsedCodebook::Newer(2, filed) if filed.codebook.len() == 1),
        );
        check("(format: 1, codes: [])", |parsed| {
            matches!(parsed, ParsedCodebook::Good(_, Checksum::Missing))
        });
    }

    proptest! {
        #[test]
        fn a_codebook_written_and_read_is_the_same(codebook in any_codebook()) {
            let filed = FiledCodebook { codebook, ..FiledCodebook::default() };
            prop_assert_eq!(
                parse(print(&filed).as_bytes()),
                ParsedCodebook::Good(Box::new(filed), Checksum::Matches)
            );
        }
    }
}
