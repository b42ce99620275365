//! Links of a text: where they lead, as far as it is allowed, and the addresses that are written out in it.

use std::cmp::Reverse;
use std::collections::BTreeMap;

use super::{Read, Unread, Warning};
use crate::document::{Address, Block, Hyperlink, HyperlinkTarget, NoAddress};
use crate::text::{Span, saturate};

/// So many links are offered of one file.
pub(super) const MOST_HYPERLINKS: usize = 50_000;

/// So many words that look like an address are tried.
const MOST_TRIED: usize = 4 * MOST_HYPERLINKS;

/// How much of what a link is called besides its words is kept, in characters.
const LONGEST_TITLE: usize = 300;

/// Where a link leads, as far as it is known while the text is written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum Lead {
    /// To the place of that name in the text; where it has none, to the address, if there is one.
    Place(String, Option<Address>),
    /// Out of the document.
    Address(Address),
    /// To what is not opened.
    Nowhere(Unread),
}

impl Lead {
    /// The lead of what is written as an address on a page with the address `base`.
    pub(super) fn to(base: Option<&Address>, written: &str) -> Self {
        match Address::read_from(base, written) {
            Ok(address) => Self::Address(address),
            Err(NoAddress::Relative) => Self::Nowhere(Unread::RelativeLinks),
            Err(NoAddress::Other) => Self::Nowhere(Unread::Links),
        }
    }
}

/// A link of a finished text.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Found {
    pub(super) words: Span,
    pub(super) lead: Lead,
    pub(super) title: Option<String>,
}

impl Read {
    /// Takes up links, each block's words as a link of their own. `place` says where a name stands.
    pub(super) fn link(&mut self, mut found: Vec<Found>, place: impl Fn(&str) -> Option<u32>) {
        found.sort_by_key(|link| (link.words.start(), Reverse(link.words.end())));
        let mut last = 0;
        for Found { words, lead, title } in found {
            if words.start() < last || words.is_empty() {
                continue;
            }
            last = words.end();
            match self.target(lead, &place) {
                Ok(target) => self.link_words(words, &target, title.as_deref()),
                Err(Some(why)) => {
                    let says = |(block, _): (&Block, Span)| block.kind.aside().is_none();
                    let says = pieces(&self.text, &self.blocks, words).any(says);
                    self.unoffered.add(why, u32::from(says));
                }
                Err(None) => {}
            }
        }
    }

    /// Where a lead leads in the finished text; why it is not offered, or `None` where it just leads nowhere.
    fn target(
        &self,
        lead: Lead,
        place: impl Fn(&str) -> Option<u32>,
    ) -> Result<HyperlinkTarget, Option<Unread>> {
        match lead {
            Lead::Address(address) => Ok(HyperlinkTarget::Address(address)),
            Lead::Place(name, address) => {
                let stands = |place: &u32| Span::at(*place).of(&self.text).is_some();
                let place = place(&name).filter(stands).map(HyperlinkTarget::Place);
                place.or(address.map(HyperlinkTarget::Address)).ok_or(None)
            }
            Lead::Nowhere(why) => Err(Some(why)),
        }
    }

    fn link_words(&mut self, words: Span, target: &HyperlinkTarget, title: Option<&str>) {
        let title = title.map(|title| title.trim().chars().take(LONGEST_TITLE).collect::<String>());
        let title = title.filter(|title| !title.is_empty());
        let mut links = pieces(&self.text, &self.blocks, words).map(|(_, words)| words);
        let room = MOST_HYPERLINKS.saturating_sub(self.hyperlinks.len());
        let link = |words| Hyperlink { words, target: target.clone(), title: title.clone() };
        self.hyperlinks.extend(links.by_ref().take(room).map(link));
        self.unoffered.add(Unread::MoreLinks, saturate(links.count()));
    }

    /// Makes links of the addresses that are written out in the text, beside those that it has.
    pub(super) fn link_addresses(&mut self) {
        let mut own = std::mem::take(&mut self.hyperlinks).into_iter().peekable();
        let mut room = MOST_HYPERLINKS.saturating_sub(own.len());
        let mut links = Vec::with_capacity(own.len());
        for (tried, words) in written_addresses(&self.text).enumerate() {
            if room == 0 || tried >= MOST_TRIED {
                self.unoffered.add(Unread::MoreLinks, 1);
                continue;
            }
            while let Some(before) = own.next_if(|link| link.words.start() < words.end()) {
                links.push(before);
            }
            let taken = links.last().is_some_and(|last: &Hyperlink| last.words.overlaps(words));
            let address = words.of(&self.text).and_then(|written| Address::read(written).ok());
            let Some(address) = address.filter(|_| !taken) else { continue };
            room -= 1;
            links.push(Hyperlink { words, target: HyperlinkTarget::Address(address), title: None });
        }
        links.extend(own);
        self.hyperlinks = links;
    }
}

/// Links that are not offered: why, and how many.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Unoffered(BTreeMap<Unread, u32>);

impl Unoffered {
    fn add(&mut self, why: Unread, count: u32) {
        if count > 0 {
            let sum = self.0.entry(why).or_default();
            *sum = sum.saturating_add(count);
        }
    }

    /// Those of another text too.
    pub(super) fn take(&mut self, others: Self) {
        for (why, count) in others.0 {
            self.add(why, count);
        }
    }

    /// What the reader is told of them.
    pub(super) fn warnings(self) -> impl Iterator<Item = Warning> {
        self.0.into_iter().map(|(what, places)| Warning::NotRead { what, places })
    }
}

/// The words of each block that lie in a stretch of the text, without white space around them.
fn pieces<'a>(text: &'a str, blocks: &'a [Block], words: Span) -> impl Iterator<Item = (&'a Block, Span)> {
    let first = blocks.partition_point(|block| block.span.end() <= words.start());
    let reached = blocks.get(first..).unwrap_or_default().iter();
    let reached = reached.take_while(move |block| block.span.start() < words.end());
    reached.filter_map(move |block| {
        let part = block.span.intersection(words)?;
        let said = part.of(text)?;
        let start = part.start() + saturate(said.len() - said.trim_start().len());
        let piece = Span::from_length(start, saturate(said.trim().len()));
        (!piece.is_empty()).then_some((block, piece))
    })
}

// ---- Addresses that are written out ---------------------------------------------------------------------

/// The addresses of the web that are written out in a text, in order. They end where a character stands that no
/// address has: before Chinese marks and Han characters.
fn written_addresses(text: &str) -> impl Iterator<Item = Span> + use<'_> {
    let mut past = 0;
    memchr::memmem::find_iter(text.as_bytes(), b"://").filter_map(move |colon| {
        let start = text.get(past..colon).and_then(start_of_scheme)? + past;
        let rest = text.get(colon..)?;
        let run = rest.find(|found: char| !belongs(found)).unwrap_or(rest.len());
        let end = colon + without_marks(rest.get(..run)?).len();
        past = end;
        Some(Span::new(saturate(start), saturate(end)))
    })
}

/// Where the word http or https begins that a text ends with.
fn start_of_scheme(text: &str) -> Option<usize> {
    let letters = text.bytes().rev().take_while(u8::is_ascii_alphanumeric).take(6).count();
    let start = text.len() - letters;
    let scheme = text.get(start..)?;
    ["http", "https"].iter().any(|known| scheme.eq_ignore_ascii_case(known)).then_some(start)
}

/// Whether an address can have this character (RFC 3986).
fn belongs(character: char) -> bool {
    character.is_ascii_alphanumeric() || "-._~:/?#[]@!$&'()*+,;=%".contains(character)
}

/// An address without the marks after it that belong to the sentence, and without brackets that it does not open.
fn without_marks(run: &str) -> &str {
    let (mut rest, mut unopened) =
        (run, [('(', ')'), ('[', ']')].map(|(open, close)| unopened(run, open, close)));
    while let Some(last) = rest.chars().next_back() {
        let [round, square] = &mut unopened;
        let is_mark = match last {
            ')' => *round > 0,
            ']' => *square > 0,
            '(' | '[' | '.' | ',' | ';' | ':' | '!' | '?' | '\'' | '*' => true,
            _ => false,
        };
        if !is_mark {
            break;
        }
        match last {
            ')' => *round -= 1,
            '(' => *round += 1,
            ']' => *square -= 1,
            '[' => *square += 1,
            _ => {}
        }
        rest = rest.strip_suffix(last).unwrap_or_default();
    }
    rest
}

/// By how many the closing brackets outnumber the opening ones.
fn unopened(run: &str, open: char, close: char) -> isize {
    run.chars().map(|found| isize::from(found == close) - isize::from(found == open)).sum()
}

#[cfg(test)]
mod tests {
    use super::*;

    /// Draws the addresses of a text in ⟦⟧.
    fn check(marked: &str) {
        let text = marked.replace(['⟦', '⟧'], "");
        let mut found = text.clone();
        for span in written_addresses(&text).collect::<Vec<_>>().into_iter().rev() {
            found.insert(span.end() as usize, '⟧');
            found.insert(span.start() as usize, '⟦');
        }
        assert_eq!(found, marked);
    }

    #[test]
    fn addresses_that_are_written_out_end_where_the_sentence_goes_on() {
        check("見⟦https://a.example/河?x=1⟧。".replace('河', "b").as_str());
        check("見⟦https://a.example/⟧河水");
        check("（⟦http://a.example⟧）、⟦HTTPS://b.example/c⟧，");
        check("See ⟦https://a.example/b⟧. Or (⟦https://a.example/b_(c)⟧), <⟦https://a.example⟧>!");
        check("\"⟦https://a.example/b⟧\" ⟦https://a.example/?q='x'&y=2⟧；");
        check("xhttp://a.example ftp://a.example javascript://a.example 河http");
        check("⟦https://a.example/?u=https://b.example⟧");
        check("⟦http://⟧ ⟦http://⟧");
    }

    #[test]
    fn brackets_without_end_cost_nothing() {
        let text = format!("https://a.example/{}", ")".repeat(200_000));
        let begun = std::time::Instant::now();
        assert_eq!(written_addresses(&text).count(), 1);
        assert!(begun.elapsed().as_secs() < 5, "{:?}", begun.elapsed());
    }
}
