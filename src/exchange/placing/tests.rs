use proptest::prelude::*;

use super::*;
use crate::document::TextId;
use crate::exchange::sample::{any_text, any_words, document, note_of};
use crate::notes::sample::marked;
use crate::notes::{Colour, Notebook};
use crate::text::Span;

const NOW: Timestamp = Timestamp::MAX;

/// A note that quotes the words between `⟦` and `⟧`, with what stands around them.
fn quoting(id: u128, source: &str) -> ParcelNote {
    let (text, span) = marked(source);
    let anchor = Anchor { span: Span::default(), headings: Vec::new(), ..Anchor::of(&document(&text), span) };
    ParcelNote::of_note(note_of(id, anchor))
}

fn parcel(notes: Vec<ParcelNote>) -> ParcelDocument {
    ParcelDocument { notes, ..ParcelDocument::default() }
}

fn placed(parcel: &ParcelDocument, text: &str, ours: &[Annotation]) -> Vec<Arrival> {
    let ours: Vec<Arc<Annotation>> = ours.iter().cloned().map(Arc::new).collect();
    place(parcel, &document(text), &ours, &[], &TagChoices::new(), NOW, &|| true).unwrap()
}

/// The fates and places of notes that come into a text with those notes of ours.
fn check(notes: Vec<ParcelNote>, text: &str, ours: &[Annotation], expected: &[(Fate, FoundState, &str)]) {
    let arrivals = placed(&parcel(notes), text, ours);
    let found: Vec<_> = arrivals
        .iter()
        .map(|each| {
            let words = each.found.span().and_then(|span| span.of(text)).unwrap_or_default();
            (each.fate, each.found.state(), words)
        })
        .collect();
    assert_eq!(found, expected);
}

const RIVER: &str =
    "上游山高坡陡，每逢大雨，泥沙就随水而下。我们提议先在上游种树，再清理河道里的淤泥。每户认领二十棵树苗。";

fn river(words: &str) -> String {
    RIVER.replacen(words, &format!("⟦{words}⟧"), 1)
}

#[test]
fn a_note_is_found_by_its_words_in_either_script() {
    let notes = || vec![quoting(1, &river("先在上游种树，再清理河道"))];
    check(notes(), RIVER, &[], &[(Fate::New, FoundState::Exact, "先在上游种树，再清理河道")]);
    let traditional = RIVER.replace("种树", "種樹").replace("们", "們");
    check(
        notes(),
        &format!("新的开头。{traditional}"),
        &[],
        &[(Fate::New, FoundState::Exact, "先在上游種樹，再清理河道")],
    );
}

#[test]
fn what_is_not_there_is_kept_as_a_lost_note() {
    let arrivals = placed(
        &parcel(vec![quoting(1, &river("先在上游种树，再清理河道"))]),
        "这一篇讲的是图书室怎样借书。",
        &[],
    );
    assert_eq!((arrivals[0].fate, arrivals[0].found.state()), (Fate::New, FoundState::Lost));
    assert_eq!(arrivals[0].note.anchor.quote, "先在上游种树，再清理河道");
    assert_eq!(ArrivalCounts::of(&arrivals), ArrivalCounts { new: 1, lost: 1, ..ArrivalCounts::default() });
}

#[test]
fn a_position_chooses_between_the_same_words_and_is_never_believed_alone() {
    let text = "先种树。再清淤泥，修水闸。先种树。";
    let quoting = note_of(1, Anchor { quote: "先种树。".to_owned(), ..Anchor::default() });
    let bare = |characters| ParcelNote { characters, ..ParcelNote::of_note(quoting.clone()) };
    let start = |characters: Option<Span>| placed(&parcel(vec![bare(characters)]), text, &[])[0].found.span();
    assert_eq!(start(None), None);
    assert_ne!(start(Some(Span::new(13, 17))), Some(Span::new(0, 12)));
    let mut alone = bare(Some(Span::new(4, 8)));
    alone.note.anchor.quote.clear();
    let unknown = parcel(vec![alone.clone()]);
    assert_eq!(placed(&unknown, text, &[])[0].found, Found::Lost);
    let known = ParcelDocument { id: Some(TextId::of(text)), ..unknown };
    assert_eq!(placed(&known, text, &[])[0].note.anchor.quote, "再清淤泥");
}

#[test]
fn a_quotation_alone_is_enough_where_it_is_long_and_stands_once() {
    let bare = |quote: &str| {
        ParcelNote::of_note(note_of(1, Anchor { quote: quote.to_owned(), ..Anchor::default() }))
    };
    check(
        vec![bare("先在上游種樹再清理")],
        "新的开头。先在上游种树再清理河道。",
        &[],
        &[(Fate::New, FoundState::Exact, "先在上游种树再清理")],
    );
    check(vec![bare("种树")], "先在上游种树再清理河道。", &[], &[(Fate::New, FoundState::Unsure, "")]);
    let twice = "先在上游种树再清理河道。又说，先在上游种树再清理河岸。";
    check(vec![bare("先在上游种树再清理")], twice, &[], &[(Fate::New, FoundState::Unsure, "")]);
}

#[test]
fn what_is_there_already_becomes_one() {
    let mut ours = quoting(1, &river("种树")).note;
    ours.anchor = Anchor::of(&document(RIVER), marked(&river("种树")).1);
    (ours.text, ours.tags) = ("我的话".to_owned(), vec![Tag::new("水").unwrap()]);
    let mut theirs = quoting(1, &river("种树"));
    theirs.note.changed = "2026-01-01T00:00:00Z".parse().unwrap();
    (theirs.note.text, theirs.note.colour) = ("他的话".to_owned(), Some(Colour::Pink));
    theirs.note.tags = vec![Tag::new("土").unwrap(), Tag::new("水").unwrap()];
    let arrivals = placed(&parcel(vec![theirs]), RIVER, &[ours.clone()]);
    let joined = &arrivals[0].note;
    assert_eq!(arrivals[0].fate, Fate::Changes);
    assert_eq!((&*joined.text, joined.colour), ("他的话\n\n---\n\n我的话", Some(Colour::Pink)));
    assert_eq!(joined.tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["水", "土"]);
    assert_eq!(joined.anchor, ours.anchor);
}

/// 同意 is not what 不同意 says.
#[test]
fn an_edit_that_takes_words_away_is_an_edit() {
    let mut ours = quoting(1, &river("种树")).note;
    ours.anchor = Anchor::of(&document(RIVER), marked(&river("种树")).1);
    ours.text = "不同意".to_owned();
    let mut theirs = ParcelNote { anchored: true, ..ParcelNote::of_note(ours.clone()) };
    theirs.note.text = "同意".to_owned();
    theirs.note.changed = "2026-01-01T00:00:00Z".parse().unwrap();
    let arrivals = placed(&parcel(vec![theirs]), RIVER, &[ours]);
    assert_eq!((arrivals[0].fate, &*arrivals[0].note.text), (Fate::Changes, "同意\n\n---\n\n不同意"));
}

#[test]
fn tags_in_another_script_become_ours_where_the_reader_wants() {
    let mut note = quoting(1, &river("种树"));
    note.note.tags = ["数据安全", "數據安全", "水"].map(|tag| Tag::new(tag).unwrap()).to_vec();
    let ours = KnownTags::new([(Tag::new("數據安全").unwrap(), 1)]);
    let choices = same_tags([&note.note], &ours);
    assert_eq!(choices.len(), 1);
    let arrivals = place(&parcel(vec![note]), &document(RIVER), &[], &[], &choices, NOW, &|| true).unwrap();
    assert_eq!(arrivals[0].note.tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["數據安全", "水"]);
}

#[test]
fn nobody_waiting_ends_the_work() {
    let notes = parcel(vec![quoting(1, &river("种树"))]);
    assert_eq!(place(&notes, &document(RIVER), &[], &[], &TagChoices::new(), NOW, &|| false), None);
}

/// Lets notes in.
fn let_in(ours: &mut Notebook, arrivals: &[Arrival]) -> usize {
    let changes = changes_of(arrivals);
    for change in &changes {
        let edit = change.onto(&ours.standing(change.id())).unwrap();
        ours.apply(edit).unwrap();
    }
    changes.len()
}

fn any_notes(text: String) -> impl Strategy<Value = Vec<ParcelNote>> {
    let length = text.chars().count();
    let note = (0..4_u128, 0..=length, 0..4_usize, any_words(), any::<bool>()).prop_map(
        move |(id, start, more, said, anchored)| {
            let characters = Span::from_range(&(start..(start + more).min(length)));
            let anchor = Anchor::of(&document(&text), Counting::new(&text).bytes(characters).unwrap());
            let mut note = note_of(id << 1, anchor);
            note.text = said;
            ParcelNote { anchored, characters: Some(characters), ..ParcelNote::of_note(note) }
        },
    );
    prop::collection::vec(note, 0..6).prop_map(|mut notes| {
        let mut seen = std::collections::BTreeSet::new();
        notes.retain(|note| seen.insert(note.note.id));
        notes
    })
}

proptest! {
    /// As many notes come as there are; a second time changes nothing; each exact one quotes what stands there.
    #[test]
    fn what_comes_twice_comes_once(
        (text, first, second) in any_text().prop_flat_map(|text| (Just(text.clone()), any_notes(text.clone()), any_notes(text))),
        edited in any_text(),
    ) {
        let text = text + &edited;
        let mut ours = Notebook::default();
        for notes in [first, second] {
            let parcel = parcel(notes);
            let before: Vec<Annotation> = ours.iter().cloned().collect();
            let arrivals = placed(&parcel, &text, &before);
            prop_assert_eq!(arrivals.len(), parcel.notes.len());
            let_in(&mut ours, &arrivals);
            prop_assert!(before.iter().all(|note| ours.get(note.id).is_some()));
            let after: Vec<Annotation> = ours.iter().cloned().collect();
            prop_assert_eq!(let_in(&mut ours, &placed(&parcel, &text, &after)), 0);
        }
    }
}
