//! Links of a DOCX: elements that name an address of the part's list or a bookmark, and fields that do.

use std::collections::BTreeMap;

use roxmltree::Node;

use super::notes::Kind;
use crate::import::hyperlinks::Lead;
use crate::import::xml::attribute;

/// The addresses outside of the file that a part refers to, by the names that it has for them.
pub(super) type Addresses = BTreeMap<String, String>;

/// Those of the parts whose links are read: of the text (`None`) and of its notes.
pub(super) type AddressesOfParts = BTreeMap<Option<Kind>, Addresses>;

/// A link: where it leads, and what is said of it.
pub(in crate::import) type Leading = (Lead, Option<String>);

/// The link that an element is.
pub(super) fn of_element(link: Node<'_, '_>, addresses: Option<&Addresses>) -> Option<Leading> {
    let address = attribute(link, "id").and_then(|id| addresses?.get(id));
    let lead = lead(address.map(String::as_str), attribute(link, "anchor"))?;
    Some((lead, attribute(link, "tooltip").map(str::to_owned)))
}

/// The link that a field asks for: `HYPERLINK "address" \l "bookmark" \o "what is said of it"`.
pub(in crate::import) fn of_field(asks: &str) -> Option<Leading> {
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

fn lead(address: Option<&str>, bookmark: Option<&str>) -> Option<Lead> {
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

#[cfg(test)]
mod tests {
    use super::*;
    use crate::document::Address;
    use crate::import::Unread;

    #[test]
    fn fields_say_where_they_lead() {
        let check = |asks: &str, expected: Option<Lead>, title: Option<&str>| {
            let found = of_field(asks);
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
}
