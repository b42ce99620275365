//! A section stays the same words, whatever becomes of its document.

use std::sync::Arc;

use jiff::tz::TimeZone;

use super::tests::{Pair, RIGHT, SECTIONS, within_one};
use crate::compare::Side;
use crate::session::tests::CONVERTERS;
use crate::session::*;

/// What is compared of the left side.
fn compared_words(pair: &Pair) -> Option<String> {
    let reader = pair.compared().reader(Side::Left);
    let part = pair.comparing().side(Side::Left).part(reader.document())?;
    Some(part.span().of(reader.document().text()).unwrap().to_owned())
}

/// The blocks that are shown of the left side, by their words.
fn shown(pair: &Pair) -> Vec<String> {
    let pane = pair.compared().pane(Side::Left);
    let blocks = (0..pane.document().blocks().len()).map(crate::document::BlockIndex::new);
    let shown = blocks.filter(|&block| pane.is_visible(block));
    shown.map(|block| pane.view(block).unwrap().text.clone()).collect()
}

/// The same with another chapter above.
fn later_written() -> String {
    format!("# 去年\n\n新写的一段，说的是去年冬天的事。\n\n{SECTIONS}")
}

/// The document of both sections is read again with another text.
fn changed(text: &str) -> Pair {
    let mut pair = within_one();
    pair.effects.clear();
    pair.answers = false;
    let effects = pair.ask_quietly(Command::Reload);
    pair.arrive(effects, text);
    pair
}

#[test]
fn a_section_is_the_same_words_after_a_change_above_it() {
    let mut pair = changed(&later_written());
    pair.seek();
    assert_eq!(compared_words(&pair).as_deref(), Some("书屋\n每周开放三天。"));
    assert_eq!(shown(&pair), ["书屋", "每周开放三天。"]);
    assert!(matches!(pair.comparing().stage(), CompareStage::Running(_)));
    assert_eq!(pair.told(), [MessageText::SectionMoved("one.md".to_owned())]);
    let asked = |effect: &Effect| matches!(effect, Effect::Compare { job, .. } if job.left.range() == (3..5));
    assert!(pair.effects.iter().any(asked), "{:?}", pair.effects);
}

#[test]
fn a_section_that_is_gone_is_said_and_nothing_else_is_compared() {
    let mut pair = changed("# 村志\n\n祠堂要修屋顶。\n\n晒谷场夜里放电影。\n\n## 河岸\n\n河边种上柳树。\n");
    pair.seek();
    assert_eq!(*pair.comparing().stage(), CompareStage::SectionLost(Side::Left));
    assert_eq!(compared_words(&pair), None);
    assert_eq!(shown(&pair).len(), 5, "all of the document can be read");
    let compares = |effect: &Effect| {
        matches!(
            effect,
            Effect::Compare { .. } | Effect::ReadComparison { .. } | Effect::SaveComparison { .. }
        )
    };
    assert!(!pair.effects.iter().any(compares), "{:?}", pair.effects);
    let effects = pair.ask_quietly(Command::Reload);
    pair.arrive(effects, SECTIONS);
    assert_eq!(compared_words(&pair).as_deref(), Some("书屋\n每周开放三天。"));
}

#[test]
fn a_section_is_restored_by_its_words() {
    let before = within_one();
    let written = ron::to_string(&before.session.restored()).unwrap();
    let restored: Restored = ron::from_str(&written).unwrap();
    let session = Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
    let mut later = Pair { session, effects: Vec::new(), ..before };
    let effects = later.session.begin(Vec::new());
    later.arrive(effects, &later_written());
    later.seek();
    assert_eq!(compared_words(&later).as_deref(), Some("书屋\n每周开放三天。"));
}

#[test]
fn what_could_not_be_looked_for_is_no_result() {
    let mut pair = changed(&later_written());
    let text = pair.compared().reader(Side::Left).document().id();
    pair.tell(Event::FarEndsSought { text, result: Err("no thread".to_owned()) });
    assert_eq!(*pair.comparing().stage(), CompareStage::Failed("no thread".to_owned()));
    pair.ask(Command::CompareAgain);
    pair.seek();
    assert_eq!(compared_words(&pair).as_deref(), Some("书屋\n每周开放三天。"));
}

#[test]
fn a_section_chosen_in_another_text_is_not_compared() {
    let mut pair = within_one();
    let tab = pair.session.tabs()[0].id;
    let section = pair.session.sections(tab).last().unwrap().section;
    let effects = pair.ask_quietly(Command::Reload);
    pair.arrive(effects, RIGHT);
    let open = pair.session.comparisons().len();
    let wanted = Wanted { tab, section: Some(section) };
    let whole = Wanted { tab, section: None };
    pair.ask(Command::Compare(Box::new(CompareRequest { left: wanted, right: whole })));
    assert_eq!(pair.session.comparisons().len(), open);
    assert!(pair.told().contains(&MessageText::SectionNotFound("one.md".to_owned())), "{:?}", pair.told());
}

#[test]
fn a_pair_is_compared_once_whichever_is_its_left_side() {
    let mut pair = super::tests::pair();
    let id = pair.comparing().id();
    let [left, right] = Side::BOTH.map(|side| pair.comparing().side(side).tab.unwrap());
    pair.ask(Command::Select(right));
    pair.ask(Command::CompareWith(left));
    assert_eq!((pair.comparing().id(), pair.session.comparisons().len()), (id, 1));
}
