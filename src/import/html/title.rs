//! The title of a page, told from the name of its site, which stands after it or before it.

use markup5ever_rcdom::Handle;

use super::nodes::{all_text, attribute, descendants, name, short_text};

/// What surely parts a title from the name of a site.
const SURE: [&str; 6] = ["_", " - ", " | ", "|", " – ", "－"];
/// What parts them where a heading says one of the parts: in titles it stands too.
const PERHAPS: [&str; 9] = ["——", "—", "--", "-", "：", ":", "·", "｜", "»"];

/// So many headings are looked at, which have no more bytes than this beyond those of the title.
const MOST_HEADINGS: usize = 50;
const LAYOUT: usize = 200;

/// The title of a page of which its head says `whole`, and for other sites `shared`. What a heading of the page says is the
/// title, on whichever side of the name of the site; without one it is what stands first.
pub(super) fn own(whole: &str, shared: Option<&str>, all: &[Handle]) -> String {
    let whole = whole.trim();
    let first = before_site(whole);
    let parts = parts(whole);
    let said = |words: &str| parts.iter().find(|part| same(part, words)).copied();
    if let Some(part) = shared.and_then(|shared| said(shared).or_else(|| said(before_site(shared)))) {
        return part.to_owned();
    }
    let headings = all.iter().filter(|node| matches!(name(node), "h1" | "h2" | "h3") && !is_of_site(node));
    let words = headings.take(MOST_HEADINGS).filter_map(|node| short_text(node, whole.len() + LAYOUT));
    let named: Vec<&str> = words.filter_map(|words| said(&words)).collect();
    let length = |part: &str| part.chars().count();
    let own = named.into_iter().max_by_key(|part| length(part)).unwrap_or(first);
    // A short name at the end, where something longer stands before it, may be that of the site.
    let is_of_site = first != whole && length(own) < length(first);
    if is_of_site { first.to_owned() } else { own.to_owned() }
}

/// What stands before what surely parts a title from the name of a site.
fn before_site(title: &str) -> &str {
    let end = SURE.iter().filter_map(|mark| title.find(mark)).min();
    let own = end.and_then(|end| title.get(..end)).map(str::trim).filter(|own| !own.is_empty());
    own.unwrap_or(title).trim()
}

/// What a title may be without the name of a site: all of it, what stands before any mark between, and what stands after.
fn parts(title: &str) -> Vec<&str> {
    let mut parts = vec![title];
    for mark in SURE.iter().chain(&PERHAPS) {
        for (at, _) in title.match_indices(mark).take(MOST_MARKS) {
            let (before, after) = (title.get(..at), title.get(at + mark.len()..));
            let both = [before, after].into_iter().flatten().map(str::trim);
            parts.extend(both.filter(|part| part.chars().any(char::is_alphanumeric)));
        }
    }
    parts
}

/// So many marks of one kind are looked at in a title.
const MOST_MARKS: usize = 8;

/// Whether two lines say the same, white space aside.
fn same(left: &str, right: &str) -> bool {
    let letters = |text: &'_ str| text.split_whitespace().collect::<String>();
    letters(left) == letters(right)
}

/// Whether a heading names the site: it is a link, or stands in what the page calls its head or its logo.
fn is_of_site(heading: &Handle) -> bool {
    let is_called = |key: &str| {
        let value = attribute(heading, key).unwrap_or_default().to_ascii_lowercase();
        ["logo", "site", "brand"].iter().any(|word| value.split([' ', '-', '_']).any(|part| part == *word))
    };
    let links: usize = descendants(heading)
        .filter(|inner| name(inner) == "a" && attribute(inner, "href").is_some())
        .map(|link| all_text(&link).trim().len())
        .sum();
    is_called("class") || is_called("id") || links > 0 && links >= all_text(heading).trim().len()
}

#[cfg(test)]
mod tests {
    use super::super::nodes::elements;
    use super::super::parser::parse;
    use super::*;

    fn check(whole: &str, shared: Option<&str>, body: &str, expected: &str) {
        let page = parse(body).unwrap();
        assert_eq!(own(whole, shared, &elements(&page.document)), expected, "{whole}");
    }

    #[test]
    fn a_heading_tells_the_title_from_the_site() {
        check("河訊網:約定", None, "<h1>約定</h1>", "約定");
        check(
            "河訊網 | 讀書的約定",
            None,
            "<h1>河訊網</h1><h1> 讀書的 約定 </h1><h2>其他</h2>",
            "讀書的約定",
        );
        check("河訊網——讀書的約定", None, "<h2>讀書的約定</h2>", "讀書的約定");
        check("讀書的約定_河訊網", None, "<h1>讀書的約定</h1>", "讀書的約定");
        check("約定：一份倡議", None, "<h1>約定：一份倡議</h1>", "約定：一份倡議");
        check("讀書-約定-河訊", None, "<h1>讀書-約定</h1>", "讀書-約定");
    }

    #[test]
    fn what_the_page_is_called_elsewhere_tells_it_too() {
        check("河訊網:約定", Some("約定"), "", "約定");
        check("河訊網:約定", Some("約定 - 河訊網"), "", "約定");
        check("河訊網:約定", Some("別的"), "", "河訊網:約定");
    }

    #[test]
    fn without_either_the_title_stands_first() {
        check("約定 - 河訊網", None, "", "約定");
        check("河訊網:約定", None, "", "河訊網:約定");
        check("約定 - 河訊網", None, "<h1><a href='/'>河訊網</a></h1>", "約定");
        check("約定 - 河訊網", None, "<h1 class='site-logo'>河訊網</h1>", "約定");
        check("讀書的約定 - 河訊網", None, "<h1>河訊網</h1>", "讀書的約定");
        check("約定", None, "", "約定");
    }
}
