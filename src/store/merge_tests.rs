//! Laws of merging, and what a reader expects of it.
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::document::WorkKind;
use crate::notes::{Anchor, Tag};

fn moment(second: i64) -> Timestamp {
    Timestamp::from_second(second).unwrap()
}

fn id(number: u128) -> NoteId {
    NoteId(Uuid::from_u128(number))
}

fn note(number: u128, text: &str, changed: i64) -> Arc<Annotation> {
    let note = crate::notes::sample::note(number, Anchor::default());
    Arc::new(Annotation { text: text.to_owned(), changed: moment(changed), ..note })
}

/// What a side says, written `number text changed` for a note, `number text changed @moment` for one in the
/// trash and `number @moment` for one that was deleted for good; separated by `;`.
fn side(written: &str) -> Sidecar {
    let mut sidecar = Sidecar::default();
    for one in written.split(';').map(str::trim).filter(|one| !one.is_empty()) {
        let (what, at) = one.split_once(" @").map_or((one, None), |(what, at)| (what, Some(at)));
        let at = at.map(|at| moment(at.parse().unwrap()));
        let words: Vec<&str> = what.split_whitespace().collect();
        let number = words[0].parse().unwrap();
        sidecar.deleted.extend(at.map(|at| (id(number), at)));
        let note = words.get(1).map(|text| note(number, text, words[2].parse().unwrap()));
        match (note, at) {
            (Some(note), Some(at)) => sidecar.kept.trash.push(Trashed { note, at }),
            (Some(note), None) => sidecar.kept.annotations.push(note),
            (None, _) => {}
        }
    }
    sidecar.kept.trash.sort_by_key(Trashed::order);
    sidecar
}

/// The same form; other texts of a note follow its own after `|`.
fn told(sidecar: &Sidecar) -> String {
    let text = |note: &Annotation| {
        let others = sidecar.kept.conflicts.get(&note.id).into_iter().flatten();
        std::iter::once(&note.text).chain(others.map(|one| &one.text)).cloned().collect::<Vec<_>>().join("|")
    };
    let words =
        |note: &Annotation| format!("{} {} {}", note.id.0.as_u128(), text(note), note.changed.as_second());
    let notes = sidecar.kept.annotations.iter().map(|note| words(note));
    let trash = sidecar.kept.trash.iter();
    let trash = trash.map(|trashed| format!("{} @{}", words(&trashed.note), trashed.at.as_second()));
    notes.chain(trash).collect::<Vec<_>>().join("; ")
}

fn check(base: &str, ours: &str, theirs: &str, expected: &str) {
    let merged = save_over(&side(base).kept, &side(ours).kept, &side(theirs), moment(50));
    assert_eq!(told(&merged), expected, "{base} > {ours} / {theirs}");
}

#[test]
fn what_either_did_is_done() {
    check("1 a 1", "1 b 2", "1 a 1", "1 b 2");
    check("1 a 1", "1 a 1", "1 b 2", "1 b 2");
    check("1 a 1", "1 a 1; 2 x 3", "1 a 1; 3 y 3", "1 a 1; 2 x 3; 3 y 3");
    check("1 a 1; 2 b 1", "2 b 1", "1 a 1; 2 b 1", "2 b 1");
    check("1 a 1", "1 a 1 @5", "1 a 1", "1 a 1 @5");
    check("1 a 1 @5", "1 a 1", "1 a 1 @5", "1 a 1");
}

#[test]
fn both_texts_stay_and_an_edit_beats_a_deletion() {
    check("1 a 1", "1 b 2", "1 c 3", "1 c|b 3");
    check("1 a 1", "1 b 4", "1 c 3", "1 b|c 4");
    check("1 a 1", "1 b 4", "1 ab 3", "1 b|ab 4");
    check("1 a 1", "1 ab 4", "1 b 3", "1 ab|b 4");
    check("1 a 1", "", "1 c 3", "1 c 3");
    check("1 a 1", "1 a 1 @9", "1 c 3", "1 c 3");
    check("1 a 1", "1 c 3", "1 a 1 @9", "1 c 3");
}

#[test]
fn a_missing_note_is_no_deletion() {
    check("1 a 1", "1 a 1", "", "1 a 1");
    check("1 a 1", "1 a 1", "1 @9", "1 a 1 @9");
    check("1 a 1", "1 b 2", "1 @9", "1 b 2");
}

#[test]
fn what_was_emptied_stays_away() {
    check("1 a 1 @5", "", "1 a 1 @5", "");
    check("1 a 1 @5", "1 a 1 @5", "1 @5", "");
    let emptied = save_over(&side("1 a 1 @5").kept, &Kept::default(), &side("1 a 1 @5"), moment(50));
    assert_eq!(told(&merge(None, &emptied, &side("1 a 1"), moment(60))), "1 a 1 @5", "not among the notes");
}

#[test]
fn a_note_that_was_taken_back_stays_against_an_old_copy() {
    let back = save_over(&side("1 a 1 @5").kept, &side("1 a 1").kept, &side("1 a 1 @5"), moment(50));
    let merged = merge(None, &back, &side("1 a 1 @5"), moment(60));
    assert_eq!(told(&merged), "1 a 1");
    let deleted = save_over(&merged.kept, &side("1 a 1 @70").kept, &merged, moment(70));
    assert_eq!(told(&merge(None, &back, &deleted, moment(80))), "1 a 1 @70");
}

#[test]
fn a_conflict_that_was_settled_stays_settled() {
    let both = save_over(&side("1 a 1").kept, &side("1 b 2").kept, &side("1 c 3"), moment(50));
    let mut settled = both.kept.clone();
    settled.conflicts.clear();
    let merged = save_over(&both.kept, &settled, &both, moment(60));
    assert_eq!(told(&merged), "1 c 3");
}

#[test]
fn tags_of_both_are_kept() {
    let tagged = |tags: &[&str], changed| {
        let tags = tags.iter().map(|tag| Tag::new(tag).unwrap()).collect();
        Arc::new(Annotation { tags, ..(*note(1, "a", changed)).clone() })
    };
    let (merged, _) =
        merge_notes(&tagged(&["x", "y"], 1), &tagged(&["x", "z"], 3), &tagged(&["x", "y", "w"], 2));
    let names: Vec<&str> = merged.tags.iter().map(Tag::as_str).collect();
    assert_eq!(names, ["x", "z", "w"]);
}

#[test]
fn each_field_goes_to_whoever_changed_it() {
    let made = |text: &str, colour, changed| {
        Arc::new(Annotation { colour: Some(colour), ..(*note(1, text, changed)).clone() })
    };
    let origin = made("a", Colour::Yellow, 1);
    let (merged, other) = merge_notes(&origin, &made("b", Colour::Yellow, 2), &made("a", Colour::Pink, 3));
    assert_eq!((&*merged.text, merged.colour, other), ("b", Some(Colour::Pink), None));
}

#[test]
fn far_ends_of_both_are_kept() {
    let far_end = |title: &str| FarEnd {
        place: String::new(),
        document: TextId::of(title),
        title: title.to_owned(),
        anchor: Anchor::default(),
    };
    let spanning = |titles: &[&str], changed| {
        let answers = titles.iter().map(|title| far_end(title)).collect();
        Arc::new(Annotation { answers, ..(*note(1, "a", changed)).clone() })
    };
    let check = |origin: &[&str], newer: &[&str], older: &[&str], expected: &[&str]| {
        let (newer, older) = (spanning(newer, 3), spanning(older, 2));
        for (left, right) in [(&newer, &older), (&older, &newer)] {
            let (merged, _) = merge_notes(&spanning(origin, 1), left, right);
            let titles: Vec<&str> = merged.answers.iter().map(|far_end| &*far_end.title).collect();
            assert_eq!(titles, expected);
        }
    };
    check(&[], &["x"], &["y"], &["x", "y"]);
    check(&["x"], &[], &["x"], &[]);
    check(&["x"], &["y"], &["x", "z"], &["y", "z"]);
}

#[test]
fn what_is_said_for_citing_is_merged_detail_by_detail() {
    let saying = |details: &[(Detail, &str)]| Bibliography {
        details: details.iter().map(|&(detail, value)| (detail, value.to_owned())).collect(),
        ..Bibliography::default()
    };
    let base = saying(&[(Detail::Title, "章程"), (Detail::Date, "1983"), (Detail::Place, "里昂")]);
    let ours = saying(&[(Detail::Title, "书屋章程"), (Detail::Date, "1983")]);
    let theirs = saying(&[(Detail::Title, "章程"), (Detail::Date, "1984"), (Detail::Place, "里昂")]);
    let merged = saying(&[(Detail::Title, "书屋章程"), (Detail::Date, "1984")]);
    assert_eq!(merge_bibliographies(Some(&base), Some(&ours), Some(&theirs)), Some(merged.clone()));
    assert_eq!(merge_bibliographies(Some(&base), Some(&theirs), Some(&ours)), Some(merged));
    assert_eq!(merge_bibliographies(None, None, None), None);
}

#[test]
fn of_two_texts_for_citing_the_one_that_does_not_stay_is_said() {
    let saying = |date: &str| Kept {
        bibliography: Some(Bibliography {
            details: [(Detail::Date, date.to_owned())].into(),
            ..Bibliography::default()
        }),
        ..Kept::default()
    };
    let check = |base: &str, ours: &str, theirs: &str, expected: &[&str]| {
        let (base, ours, theirs) = (saying(base), saying(ours), saying(theirs));
        let merged = merge_rest(Some(&base), &ours, &theirs);
        let said = passed_over(Some(&base), [&ours, &theirs], &merged);
        assert_eq!(said.len(), expected.len(), "{said:?}");
        assert!(said.iter().zip(expected).all(|(said, words)| said.contains(words)), "{said:?}");
    };
    check("1983", "1984", "1985", &["“1985” stays, and “1984” does not"]);
    check("1983", "1985", "1984", &["“1985” stays, and “1984” does not"]);
    check("1983", "1984", "1983", &[]);
    check("1983", "1984", "1984", &[]);
    let of_kind = |kind| Kept {
        bibliography: Some(Bibliography { kind, ..Bibliography::default() }),
        ..Kept::default()
    };
    let sides = [of_kind(Some(WorkKind::Book)), of_kind(Some(WorkKind::Law))];
    let merged = merge_rest(Some(&Kept::default()), &sides[0], &sides[1]);
    let said = passed_over(None, [&sides[0], &sides[1]], &merged);
    assert!(matches!(&*said, [one] if one.contains("kind: “book” stays, and “law” does not")), "{said:?}");
}

// --- laws -------------------------------------------------------------------------------------------

fn any_note(number: u128) -> impl Strategy<Value = Annotation> {
    let tags = prop::sample::subsequence(&["x", "y", "z"][..], 0..3).prop_shuffle();
    let colour = prop::option::of(prop::sample::select(&[Colour::Yellow, Colour::Pink][..]));
    ("[ab]{0,3}", 0..6_i64, tags, colour, 0..2_u32).prop_map(
        move |(text, changed, tags, colour, position)| {
            let tags = tags.into_iter().map(|tag| Tag::new(tag).unwrap()).collect();
            let anchor = Anchor { span: Span::at(position), ..Anchor::default() };
            Annotation { anchor, colour, tags, ..(*note(number, &text, changed)).clone() }
        },
    )
}

/// One version of a note as a file may have it: nothing of it, there, in the trash, or deleted.
fn any_view(number: u128) -> impl Strategy<Value = View> {
    let note = any_note(number).prop_map(Arc::new);
    let stamp = || prop::option::of((0..6_i64).prop_map(moment));
    let conflicts = prop::collection::vec(("[ab]{1,3}", 0..6_i64), 0..2);
    (prop::option::of(note), conflicts, stamp(), stamp()).prop_map(|(note, conflicts, deleted, revived)| {
        // The text of a note is never older than those that it prevailed over.
        let latest = note.as_ref().map_or(Timestamp::MIN, |note| note.changed);
        let conflict = |(text, changed)| Conflict { text, changed: latest.min(moment(changed)) };
        let all = conflicts.into_iter().filter(|_| note.is_some()).map(conflict).collect();
        let conflicts = note.as_ref().map_or_else(Vec::new, |note| unsaid(&note.text, all));
        let revived = revived.filter(|_| note.is_some());
        let view = View { note, there: false, conflicts, deleted, revived };
        View { there: view.note.is_some() && view.alive() > view.deleted, ..view }
    })
}

fn any_side() -> impl Strategy<Value = Sidecar> {
    (any_view(0), any_view(1), any_view(2)).prop_map(|views| {
        let mut sidecar = Sidecar::default();
        for (number, view) in [(0, views.0), (1, views.1), (2, views.2)] {
            view.add_to(&mut sidecar, id(number));
        }
        sidecar.kept.annotations.sort_by_key(|note| (note.anchor.span, note.id));
        sidecar.kept.trash.sort_by_key(Trashed::order);
        sidecar
    })
}

fn joined(left: &Sidecar, right: &Sidecar) -> Sidecar {
    merge(None, left, right, Timestamp::MAX)
}

/// Every text that a side has of a note, whether it is there or in the trash.
fn texts(side: &Sidecar, id: NoteId) -> Vec<String> {
    let trash = side.kept.trash.iter().map(|trashed| &trashed.note);
    let notes = side.kept.annotations.iter().chain(trash).filter(|note| note.id == id);
    let own = notes.map(|note| note.text.clone());
    let others = side.kept.conflicts.get(&id).into_iter().flatten().map(|one| one.text.clone());
    own.chain(others).collect()
}

proptest! {
    #![proptest_config(ProptestConfig { cases: ProptestConfig::default().cases.max(2_000), ..ProptestConfig::default() })]

    #[test]
    fn merging_does_not_depend_on_the_order(one in any_side(), two in any_side(), three in any_side()) {
        let merged = joined(&one, &two);
        prop_assert_eq!(&merged, &joined(&two, &one));
        prop_assert_eq!(&joined(&merged, &three), &joined(&one, &joined(&two, &three)));
    }

    #[test]
    fn merging_again_changes_nothing(left in any_side(), right in any_side()) {
        let merged = joined(&left, &right);
        prop_assert_eq!(&joined(&left, &left), &left);
        for side in [&left, &right, &merged] {
            prop_assert_eq!(&joined(&merged, side), &merged);
        }
    }

    #[test]
    fn no_text_is_lost_and_no_deleted_note_comes_back(left in any_side(), right in any_side()) {
        let merged = joined(&left, &right);
        for number in 0..3 {
            let (id, all) = (id(number), texts(&merged, id(number)));
            for side in [&left, &right] {
                for text in texts(side, id) {
                    prop_assert!(all.iter().any(|one| one.contains(&text)), "{text}");
                }
            }
            let alive = |side: &Sidecar| {
                let note = side.kept.annotations.iter().chain(side.kept.trash.iter().map(|one| &one.note));
                let changed = note.filter(|note| note.id == id).map(|note| note.changed).max();
                changed.max(side.revived.get(&id).copied())
            };
            let deleted = left.deleted.get(&id).max(right.deleted.get(&id)).copied();
            let there = merged.kept.annotations.iter().any(|note| note.id == id);
            let outlived = alive(&left).max(alive(&right));
            prop_assert_eq!(there, outlived.is_some() && outlived > deleted);
        }
    }

    /// What one program did to what it was told, while another did something else.
    #[test]
    fn three_ways_nothing_is_lost(base in any_side(), ours in any_side(), theirs in any_side()) {
        let merged = save_over(&base.kept, &ours.kept, &theirs, moment(50));
        for note in &ours.kept.annotations {
            let was = texts(&base, note.id).contains(&note.text);
            let said = texts(&merged, note.id).iter().any(|text| text.contains(&note.text));
            prop_assert!(was || said, "{} in {merged:?}", note.text);
        }
        let again = save_over(&merged.kept, &merged.kept, &merged, moment(60));
        prop_assert_eq!(&again, &merged);
    }
}
