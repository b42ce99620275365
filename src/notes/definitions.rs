//! Lines that Markdown takes for definitions of links and readers write as words: `[注]: 見第三頁`, `[^1]: 出《水經注》`.

use std::borrow::Cow;
use std::collections::BTreeSet;
use std::ops::RangeInclusive;

use comrak::nodes::{Node, NodeValue};
use comrak::{Arena, Options, parse_document};

/// A text of which the parser leaves nothing out as a definition.
pub(crate) struct Defined<'t> {
    /// The text, with a backslash before what would have begun a definition of words.
    pub(crate) text: Cow<'t, str>,
    /// Whether definitions are left, of addresses that links of the text lead to.
    pub(crate) any_left: bool,
}

/// Makes words of the definitions in a text that is not nested too deeply. One that a link of the text uses stays, if
/// it leads to http, https or mailto.
pub(crate) fn definitions_as_words<'t>(text: &'t str, options: &Options<'_>) -> Defined<'t> {
    let candidates = candidates(text);
    if candidates.is_empty() {
        return Defined { text: Cow::Borrowed(text), any_left: false };
    }
    let arena = Arena::new();
    let known = Known::of(parse_document(&arena, text, options));
    let candidates = candidates.into_iter().filter(|candidate| !known.is_code(candidate.line));
    let (left, words): (Vec<Candidate>, Vec<Candidate>) =
        candidates.partition(|candidate| known.is_used(text, candidate.at));
    let mut output = String::with_capacity(text.len() + words.len());
    let mut rest = text;
    for Candidate { at, .. } in words {
        let Some((before, after)) = rest.split_at_checked(at - (text.len() - rest.len())) else { break };
        output.extend([before, "\\"]);
        rest = after;
    }
    Defined { text: Cow::Owned(output + rest), any_left: !left.is_empty() }
}

/// A bracket that may begin a definition.
struct Candidate {
    /// Its line, from 1.
    line: usize,
    /// Where it is, in bytes.
    at: usize,
}

/// The brackets at the beginnings of lines, behind the marks of lists and quotations, whose labels a colon follows.
fn candidates(text: &str) -> Vec<Candidate> {
    let (mut found, mut line, mut start) = (Vec::new(), 1, 0);
    for piece in text.split_inclusive(['\n', '\r']) {
        let marks = piece.find(|each: char| !" \t>-+*.)".contains(each) && !each.is_ascii_digit());
        let at = start + marks.unwrap_or(piece.len());
        let label = text.get(at..).and_then(|rest| rest.strip_prefix('['));
        if label.and_then(after_label).is_some_and(|after| after.starts_with(':')) {
            found.push(Candidate { line, at });
        }
        start += piece.len();
        let half = piece.ends_with('\r') && text.get(start..).is_some_and(|rest| rest.starts_with('\n'));
        line += usize::from(!half);
    }
    found
}

/// A label is no longer, in characters.
const LONGEST_LABEL: usize = 1000;

/// What follows the bracket that closes a label.
fn after_label(rest: &str) -> Option<&str> {
    let mut escaped = false;
    for (at, character) in rest.char_indices().take(LONGEST_LABEL) {
        match character {
            ']' if !escaped => return rest.get(at + 1..),
            '[' if !escaped => return None,
            _ => escaped = character == '\\' && !escaped,
        }
    }
    None
}

/// What a text has, as it is without any change.
struct Known {
    listings: Vec<RangeInclusive<usize>>,
    addresses: BTreeSet<String>,
}

impl Known {
    fn of(root: Node<'_>) -> Self {
        let (mut listings, mut addresses) = (Vec::new(), BTreeSet::new());
        for node in root.descendants() {
            let data = node.data();
            match &data.value {
                NodeValue::CodeBlock(_) | NodeValue::HtmlBlock(_) => {
                    listings.push(data.sourcepos.start.line..=data.sourcepos.end.line);
                }
                NodeValue::Link(link) | NodeValue::Image(link) => {
                    addresses.insert(link.url.clone());
                }
                _ => {}
            }
        }
        Self { listings, addresses }
    }

    /// Whether a line shows its marks anyway. The listings stand in the order of the text.
    fn is_code(&self, line: usize) -> bool {
        let next = self.listings.partition_point(|listing| *listing.start() <= line);
        let before = next.checked_sub(1).and_then(|index| self.listings.get(index));
        before.is_some_and(|listing| listing.contains(&line))
    }

    /// Whether the definition that begins there says nothing but the address of a link of the text.
    fn is_used(&self, text: &str, at: usize) -> bool {
        let Some((rest, after)) =
            text.get(at..).and_then(|rest| Some((rest, after_label(rest.strip_prefix('[')?)?)))
        else {
            return false;
        };
        let label = rest.get(..rest.len() - after.len()).unwrap_or_default();
        let mut lines = after.strip_prefix(':').unwrap_or_default().lines();
        let address = lines.next().unwrap_or_default().trim();
        let title = lines.next().unwrap_or_default().trim_start_matches([' ', '\t', '>']);
        let lower = address.to_ascii_lowercase();
        ["http://", "https://", "mailto:"].iter().any(|scheme| lower.starts_with(scheme))
            && !title.starts_with(['"', '\'', '('])
            && self.addresses.contains(address)
            && text.matches(label).nth(1).is_some()
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: &str) {
        assert_eq!(definitions_as_words(text, &Options::default()).text, expected);
    }

    #[test]
    fn definitions_become_words() {
        check("[注]: 見第三頁", "\\[注]: 見第三頁");
        check("水[^1]。\n\n  [^1]: 出《水經注》卷一", "水[^1]。\n\n  \\[^1]: 出《水經注》卷一");
        check("> 1. [注]:\r\n> 見\n- [二\n三]: 四", "> 1. \\[注]:\r\n> 見\n- \\[二\n三]: 四");
        check("[見](頁三) 又[a]: b", "[見](頁三) 又[a]: b");
        check("- [ ] 做", "- [ ] 做");
    }

    #[test]
    fn listings_stay_as_they_are() {
        check("```\n[a]: b\n```\n\n    [c]: d\n\n[e]: f", "```\n[a]: b\n```\n\n    [c]: d\n\n\\[e]: f");
    }

    #[test]
    fn the_address_of_a_link_stays_its_address() {
        let used = "见[水]。\n\n[水]: https://a.example/水";
        check(used, used);
        assert!(definitions_as_words(used, &Options::default()).any_left);
        check("见水。\n\n[水]: https://a.example", "见水。\n\n\\[水]: https://a.example");
        check("见[水]。\n\n[水]: file:///a", "见[水]。\n\n\\[水]: file:///a");
        check("见[水]。\n\n[水]: http://a.example '题'", "见[水]。\n\n\\[水]: http://a.example '题'");
    }
}
