//! What was decided about a pair is never lost, and stays with the texts that it was decided about.

use std::sync::Arc;

use super::Touched;
use super::tests::{LEFT, Pair, pair};
use crate::compare::{Decision, Ruling, Side, Verdict};
use crate::notes::Colour;
use crate::session::*;

/// A comparison that was decided about once, closed, and begun again; what is kept of it is not read yet.
fn begun_again() -> Pair {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    pair.ask(Command::ConfirmLink);
    close_and_begin(&mut pair, |pair| pair.reads = false);
    pair
}

fn close_and_begin(pair: &mut Pair, meanwhile: impl FnOnce(&mut Pair)) {
    let id = pair.comparing().id();
    let [left, right] = Side::BOTH.map(|side| pair.comparing().side(side).tab.unwrap());
    pair.ask(Command::CloseComparison(id));
    pair.ask(Command::Select(left));
    meanwhile(pair);
    pair.ask(Command::CompareWith(right));
}

fn decisions(pair: &Pair) -> Vec<Decision> {
    pair.comparing().rulings().iter().map(|ruling| ruling.decision).collect()
}

/// The last request to read what is kept.
fn read_asked(pair: &Pair) -> Option<Ticket> {
    pair.effects.iter().rev().find_map(|effect| match effect {
        Effect::ReadComparison { ticket, .. } => Some(*ticket),
        _ => None,
    })
}

fn saves(pair: &Pair) -> bool {
    pair.effects.iter().any(|effect| matches!(effect, Effect::SaveComparison { .. }))
}

#[test]
fn nothing_is_decided_before_it_is_known_what_was_decided_earlier() {
    let mut pair = begun_again();
    let ticket = read_asked(&pair).unwrap();
    pair.select(Side::Left, "晒谷场");
    pair.select(Side::Right, "祠堂");
    for command in [Command::AddLink(Verdict::Theme), Command::PinPassages] {
        pair.ask(command);
        assert_eq!(pair.told(), [MessageText::DecisionsNotRead]);
        assert!(pair.effects.is_empty(), "{:?}", pair.effects);
    }
    pair.answer_read(ticket);
    assert_eq!(decisions(&pair), [Decision::Confirm]);
    pair.ask(Command::Undo);
    assert_eq!(decisions(&pair), [Decision::Confirm], "there is nothing to take back");
    assert_eq!(pair.kept.as_ref().unwrap().guidance.rulings.len(), 1);
    pair.ask(Command::AddLink(Verdict::Theme));
    assert_eq!(decisions(&pair), [Decision::Confirm, Decision::Relate(Verdict::Theme)]);
}

#[test]
fn what_is_chosen_before_it_is_known_what_was_chosen_earlier_counts() {
    let mut pair = begun_again();
    let ticket = read_asked(&pair).unwrap();
    let filter = LinkFilter { verdicts: vec![Verdict::Theme], ..LinkFilter::default() };
    pair.ask(Command::ToggleLock);
    pair.ask(Command::FilterLinks(Box::new(filter.clone())));
    assert!(!saves(&pair));
    pair.answer_read(ticket);
    assert_eq!((pair.comparing().locked(), pair.comparing().filter()), (false, &filter));
    let kept = pair.kept.as_ref().unwrap();
    assert_eq!((kept.options.locked, &kept.filter), (false, &filter));
}

#[test]
fn decisions_stay_with_their_texts_where_a_text_changes_before_the_first_result() {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    pair.ask(Command::ConfirmLink);
    close_and_begin(&mut pair, |pair| pair.answers = false);
    assert!(pair.comparing().result().is_none());
    assert_eq!(decisions(&pair), [Decision::Confirm]);
    let effects = pair.ask_quietly(Command::Reload);
    // In the other text it was not found again.
    (pair.kept, pair.reads) = (None, false);
    pair.effects.clear();
    pair.arrive(effects, &format!("新写的开头。\n\n{LEFT}"));
    assert_eq!(decisions(&pair), []);
    let ticket = read_asked(&pair).unwrap();
    assert!(!saves(&pair));
    pair.ask(Command::ToggleSlight);
    assert!(!saves(&pair), "as long as it is not known what is kept, nothing is written over it");
    pair.answer_read(ticket);
    let asked = pair.effects.iter().rev().find_map(|effect| match effect {
        Effect::Compare { job, .. } => Some(Arc::clone(&job.guidance)),
        _ => None,
    });
    assert_eq!(asked.unwrap().rulings, []);
}

#[test]
fn an_answer_about_other_texts_is_no_answer() {
    let mut pair = begun_again();
    let old = read_asked(&pair).unwrap();
    pair.links = Vec::new();
    pair.ask(Command::SwapSides);
    let new = read_asked(&pair).unwrap();
    pair.answer_read(old);
    assert_eq!(decisions(&pair), []);
    pair.answer_read(new);
    assert_eq!(decisions(&pair), [Decision::Confirm]);
}

#[test]
fn what_was_done_before_the_last_start_is_undone_in_a_comparison_too() {
    let mut pair = pair();
    for (side, words) in [(Side::Left, "晒谷场"), (Side::Right, "祠堂")] {
        pair.select(side, words);
        pair.ask(Command::InPane(side, Box::new(Command::Highlight(Colour::Green))));
    }
    // After a start nobody remembers in which order the histories of both documents grew.
    for side in Side::BOTH {
        let tab = pair.comparing().side(side).tab.unwrap();
        pair.session.changes.forget(Touched::Notes(tab));
    }
    let mut check = |command, expected: [usize; 2]| {
        pair.ask(command);
        assert_eq!(Side::BOTH.map(|side| pair.compared().reader(side).notebook().len()), expected);
    };
    check(Command::Undo, [1, 0]);
    check(Command::Undo, [0, 0]);
    check(Command::Redo, [1, 0]);
    check(Command::Redo, [1, 1]);
    assert_eq!(pair.session.undoable(), (true, false));
}

#[test]
fn whole_books_are_no_link() {
    let lines = |word: &str, count: usize| {
        (0..count).fold(String::new(), |text, line| text + &format!("{word}{line}。\n\n"))
    };
    let check = |count: usize, expected: usize| {
        let mut pair = Pair::of(&lines("左", count), &lines("右", 3), Vec::new());
        for side in Side::BOTH {
            pair.ask(Command::InPane(side, Box::new(Command::SelectAll)));
        }
        pair.ask(Command::AddLink(Verdict::Theme));
        assert_eq!(pair.comparing().rulings().len(), expected);
        let told = pair.told().contains(&MessageText::TooMuchSelected { most: Ruling::MOST_BLOCKS });
        assert_eq!(told, expected == 0);
    };
    check(Ruling::MOST_BLOCKS, 1);
    check(Ruling::MOST_BLOCKS + 1, 0);
}
