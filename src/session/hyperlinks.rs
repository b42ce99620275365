//! Links of a document: within it one goes there, out of it an address is asked about before it opens.

use super::{Effect, Reader, Session};
use crate::document::{Address, Hyperlink, HyperlinkTarget};
use crate::text::Span;

/// What a reader does about links of a document.
#[derive(Clone, PartialEq, Eq, Debug)]
pub enum HyperlinkCommand {
    /// Follow the link at a position: go to its place, or ask about its address.
    Follow(u32),
    /// The same at the cursor.
    FollowHere,
    /// Put the cursor on the next link.
    Next,
    /// Put it on the previous one.
    Previous,
    /// Ask about an address, which some words of a note lead to.
    AskAbout(Address, String),
    /// Put the address of the link at a position on the clipboard.
    CopyAt(u32),
    /// Open the address that is asked about.
    Open,
    /// Put it on the clipboard instead.
    Copy,
    /// Do neither.
    Leave,
}

/// An address that is asked about before it opens.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct AskedAddress {
    /// The address.
    pub address: Address,
    /// What the words of the link say, where they look like another address.
    pub contradicted: Option<String>,
}

/// How much is told of what words say that look like another address, in characters.
const MOST_TOLD: usize = 200;

impl AskedAddress {
    fn of(address: &Address, words: &str) -> Self {
        let said = address.contradicted_by(words);
        let contradicted = said.map(|said| said.chars().take(MOST_TOLD).collect());
        Self { address: address.clone(), contradicted }
    }
}

impl Reader {
    /// The link that the cursor stands in, or right behind.
    pub fn hyperlink_here(&self) -> Option<&Hyperlink> {
        let (document, cursor) = (self.document(), self.cursor());
        let behind = || document.hyperlink_at(cursor.checked_sub(1)?);
        document.hyperlink_at(cursor).or_else(behind)
    }

    /// The link after the cursor, or before it; where the cursor is out of sight, the first in sight.
    fn hyperlink_beside(&self, forward: bool) -> Option<Span> {
        let links = self.document().hyperlinks();
        let in_sight = self.in_sight();
        let seen = in_sight.first..=in_sight.last;
        let here = Some(self.cursor()).filter(|cursor| seen.contains(cursor)).unwrap_or(in_sight.first);
        let passed = |link: &Hyperlink| {
            link.words.start() < here || forward && self.came_to_link && link.words.start() == here
        };
        let first = links.partition_point(passed);
        let index = if forward { Some(first) } else { first.checked_sub(1) };
        links.get(index?).map(|link| link.words)
    }
}

impl Session {
    /// The address that is asked about.
    pub fn asked_address(&self) -> Option<&AskedAddress> {
        self.asked_address.as_ref()
    }

    pub(super) fn obey_hyperlink(&mut self, command: HyperlinkCommand) -> Vec<Effect> {
        match command {
            HyperlinkCommand::Follow(position) => {
                let link = self.reader().and_then(|reader| reader.document().hyperlink_at(position)).cloned();
                self.follow_hyperlink(link)
            }
            HyperlinkCommand::FollowHere => {
                let link = self.reader().and_then(Reader::hyperlink_here).cloned();
                self.follow_hyperlink(link)
            }
            HyperlinkCommand::Next => self.step_to_hyperlink(true),
            HyperlinkCommand::Previous => self.step_to_hyperlink(false),
            HyperlinkCommand::AskAbout(address, words) => {
                self.asked_address = Some(AskedAddress::of(&address, &words));
                Vec::new()
            }
            HyperlinkCommand::CopyAt(position) => {
                let link = self.reader().and_then(|reader| reader.document().hyperlink_at(position));
                let address = link.and_then(Hyperlink::address);
                address.map(|address| Effect::Copy(address.to_string())).into_iter().collect()
            }
            HyperlinkCommand::Open => self
                .asked_address
                .take()
                .map(|asked| Effect::OpenAddress(asked.address))
                .into_iter()
                .collect(),
            HyperlinkCommand::Copy => self
                .asked_address
                .take()
                .map(|asked| Effect::Copy(asked.address.to_string()))
                .into_iter()
                .collect(),
            HyperlinkCommand::Leave => {
                self.asked_address = None;
                Vec::new()
            }
        }
    }

    fn follow_hyperlink(&mut self, link: Option<Hyperlink>) -> Vec<Effect> {
        let (Some(link), Some(reader)) = (link, self.reader_mut()) else { return Vec::new() };
        match link.target {
            HyperlinkTarget::Address(address) => {
                let words = link.words.of(reader.document().text()).unwrap_or_default();
                self.asked_address = Some(AskedAddress::of(&address, words));
                Vec::new()
            }
            HyperlinkTarget::Place(place) => {
                reader.select(place, place);
                self.jump(place)
            }
        }
    }

    fn step_to_hyperlink(&mut self, forward: bool) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(words) = reader.hyperlink_beside(forward) else { return Vec::new() };
        reader.select(words.start(), words.start());
        reader.came_to_link = true;
        self.reveal(words.start())
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, InSight};
    use super::*;

    const TEXT: &str = "# 河訊\n\n見[河訊網](https://a.example/x)與[水利](#水利)，勿信[https://bank.example](https://evil.example)。\n\n\
                        ## 水利\n\n長話。\n";

    fn desk() -> Desk {
        let mut desk = Desk::with_markdown(TEXT);
        let end = u32::try_from(desk.reader().document().text().len()).unwrap();
        desk.ask(Command::Reached(InSight { first: 0, read: 0, last: end }));
        desk.effects.clear();
        desk
    }

    fn ask(desk: &mut Desk, command: HyperlinkCommand) {
        desk.ask(Command::Hyperlink(command));
    }

    fn at(desk: &Desk, words: &str) -> u32 {
        u32::try_from(desk.reader().document().text().find(words).unwrap()).unwrap()
    }

    fn asked(desk: &Desk) -> Option<(&str, Option<&str>)> {
        let asked = desk.session.asked_address()?;
        Some((asked.address.as_str(), asked.contradicted.as_deref()))
    }

    fn opened(desk: &Desk) -> Vec<&str> {
        let mut opened = Vec::new();
        for effect in &desk.effects {
            if let Effect::OpenAddress(address) = effect {
                opened.push(address.as_str());
            }
        }
        opened
    }

    #[test]
    fn an_address_opens_only_after_it_was_asked_about() {
        let mut desk = desk();
        let position = at(&desk, "河訊網");
        ask(&mut desk, HyperlinkCommand::Open);
        ask(&mut desk, HyperlinkCommand::Follow(position));
        assert_eq!(asked(&desk), Some(("https://a.example/x", None)));
        assert_eq!(opened(&desk), [""; 0]);
        ask(&mut desk, HyperlinkCommand::Leave);
        ask(&mut desk, HyperlinkCommand::Open);
        assert_eq!((asked(&desk), opened(&desk)), (None, vec![]), "what was left is not opened");
        ask(&mut desk, HyperlinkCommand::Follow(position));
        ask(&mut desk, HyperlinkCommand::Open);
        ask(&mut desk, HyperlinkCommand::Open);
        assert_eq!(opened(&desk), ["https://a.example/x"], "once");
    }

    #[test]
    fn an_address_is_copied_instead() {
        let mut desk = desk();
        let position = at(&desk, "河訊網");
        ask(&mut desk, HyperlinkCommand::Follow(position));
        ask(&mut desk, HyperlinkCommand::Copy);
        assert!(matches!(desk.effects.last(), Some(Effect::Copy(text)) if text == "https://a.example/x"));
        assert_eq!(asked(&desk), None);
        desk.effects.clear();
        ask(&mut desk, HyperlinkCommand::CopyAt(position));
        assert!(matches!(desk.effects.last(), Some(Effect::Copy(text)) if text == "https://a.example/x"));
        assert_eq!(opened(&desk), [""; 0]);
    }

    #[test]
    fn words_that_look_like_another_address_are_told() {
        let mut desk = desk();
        let position = at(&desk, "https://bank");
        ask(&mut desk, HyperlinkCommand::Follow(position));
        assert_eq!(asked(&desk), Some(("https://evil.example/", Some("https://bank.example"))));
    }

    #[test]
    fn a_link_within_the_document_goes_there_and_there_is_a_way_back() {
        let mut desk = desk();
        let position = at(&desk, "水利");
        ask(&mut desk, HyperlinkCommand::Follow(position));
        assert_eq!(desk.reader().cursor(), at(&desk, "水利\n長"));
        assert!(matches!(desk.effects.last(), Some(Effect::Reveal { .. })));
        assert_eq!(asked(&desk), None);
        desk.ask(Command::Back);
        assert!(matches!(desk.effects.last(), Some(Effect::Return { position: 0, .. })));
    }

    #[test]
    fn keys_go_from_link_to_link() {
        let mut desk = desk();
        let starts: Vec<u32> =
            desk.reader().document().hyperlinks().iter().map(|link| link.words.start()).collect();
        assert_eq!(starts.len(), 3);
        for start in &starts {
            ask(&mut desk, HyperlinkCommand::Next);
            assert_eq!(desk.reader().cursor(), *start);
        }
        ask(&mut desk, HyperlinkCommand::Next);
        assert_eq!(desk.reader().cursor(), starts[2], "there is no further one");
        ask(&mut desk, HyperlinkCommand::Previous);
        assert_eq!(desk.reader().cursor(), starts[1]);
        ask(&mut desk, HyperlinkCommand::Previous);
        ask(&mut desk, HyperlinkCommand::FollowHere);
        assert!(asked(&desk).is_some());
    }

    #[test]
    fn where_no_link_is_nothing_is_asked() {
        let mut desk = desk();
        ask(&mut desk, HyperlinkCommand::Follow(0));
        ask(&mut desk, HyperlinkCommand::FollowHere);
        ask(&mut desk, HyperlinkCommand::CopyAt(0));
        assert_eq!((asked(&desk), desk.effects.len()), (None, 0));
    }
}
