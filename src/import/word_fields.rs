//! What the fields of Word ask for, in its files of either kind: links, signs of fonts, characters laid over each other.
//!
//! Some fields have no result, and what the reader sees stands in what they ask for: signs (`SYMBOL 254 \f
//! "Wingdings"`), and Word's older ruby and characters in a ring (`EQ \o\ad(\s\up 9(rì),日)`).

use encoding_rs::WINDOWS_1252;

use super::hyperlinks::Lead;
use super::symbols;

/// A link: where it leads, and what is said of it.
pub(super) type Leading = (Lead, Option<String>);

/// What a field shows that has no result.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Left {
    /// Text to be written.
    Text(Overlaid),
    /// A sign of a font; `None` where nobody knows it.
    Sign(Option<char>),
    /// A formula, which is not read.
    Formula,
}

/// Characters, and what is laid over them.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Overlaid {
    /// The characters that are read.
    pub(super) base: String,
    /// Their reading; empty where there is none.
    pub(super) reading: String,
}

/// What a field shows that asks so and has no result.
pub(super) fn left(asks: &str) -> Option<Left> {
    let overlaid = overlaid(asks).map(Left::Text);
    overlaid.or_else(|| sign(asks)).or_else(|| is_called(asks, "EQ").then_some(Left::Formula))
}

/// Whether a field lists the contents.
pub(super) fn lists_contents(asks: &str) -> bool {
    is_called(asks, "TOC")
}

fn is_called(asks: &str, name: &str) -> bool {
    let asks = asks.trim_start();
    let (own, rest) = asks.split_at_checked(name.len()).unwrap_or_default();
    own.eq_ignore_ascii_case(name) && !rest.starts_with(char::is_alphanumeric)
}

// ---- Links ----------------------------------------------------------------------------------------------

/// The link that a field asks for: `HYPERLINK "address" \l "bookmark" \o "what is said of it"`.
pub(super) fn link(asks: &str) -> Option<Leading> {
    let mut words = words(asks);
    words.next().filter(|name| name.eq_ignore_ascii_case("HYPERLINK"))?;
    let (mut address, mut bookmark, mut title) = (None, None, None);
    while let Some(word) = words.next() {
        match word {
            "\\l" | "\\L" => bookmark = words.next(),
            "\\o" | "\\O" => title = words.next(),
            "\\t" | "\\T" => _ = words.next(),
            switch if switch.starts_with('\\') => {}
            written => address = address.or(Some(written)),
        }
    }
    Some((lead(address, bookmark)?, title.map(str::to_owned)))
}

/// Where a link leads that names an address, a bookmark in it or in the document, or both.
pub(super) fn lead(address: Option<&str>, bookmark: Option<&str>) -> Option<Lead> {
    let address = address.map(str::trim).filter(|address| !address.is_empty());
    match (address, bookmark) {
        (Some(address), Some(place)) if !address.contains('#') => {
            Some(Lead::to(None, &format!("{address}#{place}")))
        }
        (Some(address), _) => Some(match address.strip_prefix('#') {
            Some(place) => Lead::Place(place.to_owned(), None),
            None => Lead::to(None, address),
        }),
        (None, place) => Some(Lead::Place(place?.to_owned(), None)),
    }
}

/// The words of what a field asks for; some stand in quotes.
fn words(asks: &str) -> impl Iterator<Item = &str> {
    let mut rest = asks;
    std::iter::from_fn(move || {
        rest = rest.trim_start();
        let (word, after) = match rest.strip_prefix('"') {
            Some(quoted) => quoted.split_once('"').unwrap_or((quoted, "")),
            None => rest.split_once(char::is_whitespace).unwrap_or((rest, "")),
        };
        let ended = rest.is_empty();
        rest = after;
        (!ended).then_some(word)
    })
}

// ---- Signs ----------------------------------------------------------------------------------------------

/// The sign that a field asks for by its code: `SYMBOL 254 \f "Wingdings"`.
fn sign(asks: &str) -> Option<Left> {
    let mut words = words(asks);
    words.next().filter(|name| name.eq_ignore_ascii_case("SYMBOL"))?;
    let code = code(words.next()?)?;
    let (mut font, mut is_unicode) = ("", code > 0xFF);
    while let Some(word) = words.next() {
        match word {
            "\\f" | "\\F" => font = words.next().unwrap_or_default(),
            "\\u" | "\\U" => is_unicode = true,
            _ => {}
        }
    }
    Some(Left::Sign(match () {
        () if is_unicode => symbols::character(font, code),
        () if symbols::is_of_signs(font) => symbols::character(font, PRIVATE + code),
        () => u8::try_from(code).ok().and_then(of_windows),
    }))
}

/// Where the signs of fonts stand in Unicode.
const PRIVATE: u32 = 0xF000;

fn code(written: &str) -> Option<u32> {
    match written.strip_prefix("0x").or_else(|| written.strip_prefix("0X")) {
        Some(digits) => u32::from_str_radix(digits, 16).ok(),
        None => written.parse().ok(),
    }
}

/// The character of a byte in the code page of Western Windows.
fn of_windows(byte: u8) -> Option<char> {
    let byte = [byte];
    let (text, _) = WINDOWS_1252.decode_without_bom_handling(&byte);
    text.chars().next().filter(|known| !known.is_control())
}

// ---- Characters laid over each other --------------------------------------------------------------------

/// The text of `EQ … \o(…)` or `EQ … \o\ad(…)`: what is laid over each other.
fn overlaid(asks: &str) -> Option<Overlaid> {
    let formula = Some(asks).filter(|asks| is_called(asks, "EQ"))?;
    let (_, rest) = formula.split_once("\\o").or_else(|| formula.split_once("\\O"))?;
    let (_, rest) = rest.split_once('(')?;
    let (inside, _) = rest.rsplit_once(')')?;
    let (over, base) = inside.rsplit_once([',', ';'])?;
    let base = plain(base);
    if over.contains("\\s") {
        return Some(Overlaid { base, reading: plain(over) });
    }
    // A sign around a character: the sign is a frame, not text.
    Some(Overlaid { base, reading: String::new() })
}

/// What stands in the innermost brackets, or the words themselves.
fn plain(words: &str) -> String {
    let inner = words.rsplit_once('(').map_or(words, |(_, inner)| inner);
    inner.split(')').next().unwrap_or(inner).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Address;
    use crate::import::Unread;

    #[test]
    fn fields_say_where_they_lead() {
        let check = |asks: &str, expected: Option<Lead>, title: Option<&str>| {
            let found = link(asks);
            assert_eq!(found.as_ref().and_then(|(_, title)| title.as_deref()), title, "{asks}");
            assert_eq!(found.map(|(lead, _)| lead), expected, "{asks}");
        };
        let web = |written: &str| Some(Lead::Address(Address::read(written).unwrap()));
        let place = |name: &str| Some(Lead::Place(name.to_owned(), None));
        check(" HYPERLINK \"https://a.example/b c\" ", web("https://a.example/b%20c"), None);
        check(
            "hyperlink https://a.example \\o \"河 訊\" \\t \"_blank\"",
            web("https://a.example"),
            Some("河 訊"),
        );
        check(" HYPERLINK \\l \"_Toc1\" \\h ", place("_Toc1"), None);
        check(" HYPERLINK \"https://a.example/b\" \\l \"c\"", web("https://a.example/b#c"), None);
        check(" HYPERLINK \"#c\"", place("c"), None);
        check(" HYPERLINK \"file:///etc/passwd\"", Some(Lead::Nowhere(Unread::Links)), None);
        check(" HYPERLINK \"../a.docx\"", Some(Lead::Nowhere(Unread::RelativeLinks)), None);
        check(" HYPERLINK ", None, None);
        check(" HYPERLINK \"", None, None);
        check(" PAGEREF _Toc1 \\h ", None, None);
    }

    #[test]
    fn signs_are_known_by_their_font_and_code() {
        let check =
            |asks: &str, expected: Option<char>| assert_eq!(sign(asks), Some(Left::Sign(expected)), "{asks}");
        check(" SYMBOL 254 \\f \"Wingdings\" \\s 10 ", Some('☑'));
        check("symbol 0xFE \\f Wingdings", Some('☑'));
        check("SYMBOL 97 \\f Symbol", Some('α'));
        check("SYMBOL 61537 \\f Symbol", Some('α'));
        check("SYMBOL 34 \\f \"Webdings\"", None);
        check("SYMBOL 169 \\f \"Times New Roman\"", Some('©'));
        check("SYMBOL 147", Some('“'));
        check("SYMBOL 9733 \\u", Some('★'));
        assert_eq!((sign("SYMBOL x"), sign(" PAGE ")), (None, None));
    }

    #[test]
    fn characters_laid_over_each_other_are_read() {
        let check = |asks: &str, expected: Option<(&str, &str)>| {
            let found = overlaid(asks).map(|found| (found.base, found.reading));
            let found = found.as_ref().map(|(base, reading)| (base.as_str(), reading.as_str()));
            assert_eq!(found, expected, "{asks}");
        };
        check(" EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(rì),日)", Some(("日", "rì")));
        check(" eq \\o\\ac(○,秘)", Some(("秘", "")));
        check(" PAGE ", None);
        check(" EQ \\f(1,2)", None);
    }

    #[test]
    fn a_field_without_result_leaves_what_it_asks_for() {
        assert_eq!(left(" EQ \\f(1,2)"), Some(Left::Formula));
        assert_eq!(left("SYMBOL 252 \\f Wingdings"), Some(Left::Sign(Some('✓'))));
        assert_eq!(left(" EQ\\f(1,2)"), Some(Left::Formula));
        assert_eq!(left(" EQUATION "), None);
        assert!(lists_contents(" toc \\o \"1-3\"") && !lists_contents("TOCX"));
    }
}
