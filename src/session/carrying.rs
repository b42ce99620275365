//! Where places of a text are in the one that takes its place: a document that was read again, and edited meanwhile.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::{Effect, InSight, PaneId, Selection, Session, TabId};
use crate::compare::Side;
use crate::document::Document;
use crate::text::{Span, saturate};

/// Where places of one text are in another: by the paragraphs that both have.
#[derive(Debug)]
pub(super) struct Carrying {
    from: Arc<Document>,
    to: Arc<Document>,
    /// For each block of the one the block of the other with the same words, if one surely is it.
    blocks: Vec<Option<usize>>,
}

impl Carrying {
    pub(super) fn between(from: &Arc<Document>, to: &Arc<Document>) -> Self {
        let blocks = if from.id() == to.id() { Vec::new() } else { same_blocks(&words(from), &words(to)) };
        Self { from: Arc::clone(from), to: Arc::clone(to), blocks }
    }

    /// Where what stood at a position stands now; of what is gone the place where it stood.
    pub(super) fn position(&self, position: u32) -> u32 {
        if self.from.id() == self.to.id() {
            return position;
        }
        let Some(old) = self.from.block_at(position) else { return 0 };
        let (block, same) = self.block(old.as_usize());
        let [here, there] = [(&self.from, old.as_usize()), (&self.to, block)].map(|(document, block)| {
            document.blocks().get(block).map(|block| block.span).unwrap_or_default()
        });
        let offset = position.saturating_sub(here.start());
        let offset = if same { offset.min(there.len() + 2) } else { self.within(here, there, offset) };
        self.on_character(there.start().saturating_add(offset))
    }

    /// The block that takes the place of another, and whether it has the same words.
    fn block(&self, old: usize) -> (usize, bool) {
        if let Some(&Some(block)) = self.blocks.get(old) {
            return (block, true);
        }
        let before = self.blocks.iter().take(old).rposition(Option::is_some);
        let after_it = before.and_then(|before| self.blocks.get(before)?.map(|block| block + 1));
        (after_it.unwrap_or(0).min(self.to.blocks().len().saturating_sub(1)), false)
    }

    /// A place of a paragraph that was edited: by what stands before it as it did, or after it.
    fn within(&self, here: Span, there: Span, offset: u32) -> u32 {
        let old = here.of(self.from.text()).unwrap_or_default().as_bytes();
        let new = there.of(self.to.text()).unwrap_or_default().as_bytes();
        let alike =
            |pairs: &mut dyn Iterator<Item = (&u8, &u8)>| saturate(pairs.take_while(|(a, b)| a == b).count());
        let before = alike(&mut old.iter().zip(new));
        let after = alike(&mut old.iter().rev().zip(new.iter().rev()));
        let to_end = here.len().saturating_sub(offset);
        if offset > before && to_end <= after {
            there.len().saturating_sub(to_end)
        } else {
            offset.min(before)
        }
    }

    fn on_character(&self, position: u32) -> u32 {
        saturate(self.to.text().floor_char_boundary(position as usize))
    }

    pub(super) fn in_sight(&self, InSight { first, read, last }: InSight) -> InSight {
        InSight { first: self.position(first), read: self.position(read), last: self.position(last) }
    }

    /// The same words stay selected; where they are not there, nothing is.
    pub(super) fn selection(&self, selection: Selection) -> Selection {
        let now =
            Selection { anchor: self.position(selection.anchor), focus: self.position(selection.focus) };
        let same = selection.span().of(self.from.text()) == now.span().of(self.to.text());
        if same { now } else { Selection { anchor: now.focus, focus: now.focus } }
    }
}

/// The words of each block.
fn words(document: &Document) -> Vec<&str> {
    let words = |span: Span| span.of(document.text()).unwrap_or_default();
    document.blocks().iter().map(|block| words(block.span)).collect()
}

/// For each of the one the place of the same words in the other: what begins both and what ends both, and between
/// these what stands once in each.
fn same_blocks(from: &[&str], to: &[&str]) -> Vec<Option<usize>> {
    let alike = |(one, other): &(&&str, &&str)| one == other;
    let begin = from.iter().zip(to).take_while(alike).count();
    let (from_rest, to_rest) = (from.get(begin..).unwrap_or_default(), to.get(begin..).unwrap_or_default());
    let end = from_rest.iter().rev().zip(to_rest.iter().rev()).take_while(alike).count();
    let own = places_of_unique(from_rest.iter().take(from_rest.len() - end));
    let others = places_of_unique(to_rest.iter().take(to_rest.len() - end));
    let in_middle = |words: &&str| own.get(words)?.and(*others.get(words)?);
    let of = |(place, words): (usize, &&str)| {
        let from_end = from.len() - place;
        if place < begin {
            Some(place)
        } else if from_end <= end {
            to.len().checked_sub(from_end)
        } else {
            in_middle(words).map(|there| begin + there)
        }
    };
    from.iter().enumerate().map(of).collect()
}

/// For all words that there are their place; `None` for those that stand in several.
fn places_of_unique<'a>(words: impl Iterator<Item = &'a &'a str>) -> BTreeMap<&'a str, Option<usize>> {
    let mut places = BTreeMap::new();
    for (place, &words) in words.enumerate() {
        places.entry(words).and_modify(|place| *place = None).or_insert(Some(place));
    }
    places
}

impl Session {
    /// The document of a tab has another text, where its places are carried: what was in sight and selected in other
    /// panes than its reader's goes along, and all of them go where it is now.
    pub(super) fn carry_places(&mut self, id: TabId, carrying: &Carrying) -> Vec<Effect> {
        let mut moved = Vec::new();
        let mut carry = |pane: PaneId, in_sight: &mut InSight| {
            let before = *in_sight;
            *in_sight = carrying.in_sight(before);
            moved.extend((before.first != in_sight.first).then_some((pane, in_sight.first)));
        };
        for comparing in &mut self.comparisons {
            for side in Side::BOTH {
                let pane = PaneId::Side(comparing.id(), side);
                let compared = comparing.side_mut(side);
                if compared.tab == Some(id) {
                    carry(pane, &mut compared.in_sight);
                    compared.selection = carrying.selection(compared.selection);
                }
            }
        }
        if let Some(own) =
            self.tabs.iter_mut().find(|tab| tab.id == id).and_then(|tab| tab.own_sight.as_mut())
        {
            carry(PaneId::Document(id), own);
        }
        moved.into_iter().map(|(pane, position)| Effect::Return { pane, position }).collect()
    }
}

#[cfg(test)]
mod tests {
    use super::super::tests::Desk;
    use super::super::{Command, Kept};
    use super::*;
    use crate::import::{self, ReadOptions};

    const TEXT: &str = "开头说去年。\n\n河边种树。\n\n每周开放三天，孩子们都来。\n\n老人写字。";

    fn document(text: &str) -> Arc<Document> {
        Arc::new(import::read("text.txt", text.into(), &ReadOptions::default()).unwrap().document)
    }

    /// The mark in `from` is carried to the mark in `to`.
    fn check(from: &str, to: &str) {
        let [(from, position), (to, expected)] =
            [from, to].map(|text| (document(&text.replace('|', "")), saturate(text.find('|').unwrap())));
        let carrying = Carrying::between(&from, &to);
        assert_eq!(carrying.position(position), expected, "{}", to.text());
    }

    #[test]
    fn a_place_stays_with_its_words() {
        check("开头。\n\n河边|种树。", "开头。\n\n新写的一段。\n\n河边|种树。");
        check("开头。\n\n河边|种树。", "河边|种树。");
        check("一。\n\n二。\n\n三|三。", "三|三。\n\n一。");
        check("河边|种树。", "河边|种树。\n\n后来写的。");
    }

    #[test]
    fn in_an_edited_paragraph_what_is_around_it_tells() {
        check("头。\n\n每周开放|三天。\n\n尾。", "头。\n\n每周开放|五天多。\n\n尾。");
        check("头。\n\n每周开放三天，孩子|们都来。\n\n尾。", "头。\n\n每周只开放两天，孩子|们都来。\n\n尾。");
    }

    #[test]
    fn what_is_gone_leaves_its_place() {
        check("头。\n\n河边|种树。\n\n尾。", "头。\n\n|尾。");
        check("河边|种树。", "|全是别的。");
        check("头。\n\n全|是甲。\n\n丙。\n\n尾。", "头。\n\n|乙。\n\n丙。\n\n尾。");
    }

    #[test]
    fn the_same_words_stay_selected_or_nothing() {
        let (from, to) = (document(TEXT), document("新的。\n\n河边种树。\n\n老人写诗。"));
        let carrying = Carrying::between(&from, &to);
        let select = |words: &str| {
            let start = saturate(from.text().find(words).unwrap());
            Selection { anchor: start, focus: start + saturate(words.len()) }
        };
        let now = carrying.selection(select("种树"));
        assert_eq!(now.span().of(to.text()), Some("种树"));
        let backwards = Selection { anchor: select("种树").focus, focus: select("种树").anchor };
        assert_eq!(carrying.selection(backwards), Selection { anchor: now.focus, focus: now.anchor });
        assert!(carrying.selection(select("写字")).span().is_empty());
    }

    #[test]
    fn a_document_that_is_read_again_goes_on_where_it_was() {
        let mut desk = Desk::with(TEXT);
        let at = |text: &str, words: &str| saturate(text.find(words).unwrap());
        desk.ask(Command::Reached(InSight::from(at(TEXT, "河边"))));
        desk.ask(Command::GoTo(at(TEXT, "老人")));
        desk.select("三天");
        desk.ask(Command::Reached(InSight::from(at(TEXT, "每周"))));
        desk.ask(Command::Reload);
        let ticket = desk.last_read();
        let text = format!("新写的一段。\n\n{TEXT}");
        desk.arrive(ticket, &text, Kept::default());
        assert_eq!(desk.reader().selection().and_then(|span| span.of(&text)), Some("三天"));
        let returns = |desk: &Desk, words| {
            let there = at(&text, words);
            desk.effects
                .iter()
                .any(|effect| matches!(effect, Effect::Return { position, .. } if *position == there))
        };
        assert!(returns(&desk, "每周"), "{:?}", desk.effects);
        assert_eq!(desk.reader().position(), at(&text, "每周"));
        desk.ask(Command::Back);
        assert!(returns(&desk, "河边"), "{:?}", desk.effects);
    }
}
