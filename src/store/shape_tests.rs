//! Laws of the file format.
use std::sync::Arc;

use proptest::prelude::*;

use super::*;

fn good(text: &str) -> (Sidecar, Checksum) {
    match parse(text.as_bytes()) {
        Parsed::Good { sidecar, checksum } => (*sidecar, checksum),
        other => panic!("{other:?} from {text}"),
    }
}

fn any_text() -> impl Strategy<Value = String> {
    "([\u{0}-\u{7f}]|[後后讀读，。「」\u{3000}\u{301}\u{fe00}\u{202e}\u{20000}\"\\\\#]|\\PC){0,12}"
}

prop_compose! {
    fn any_anchor()(
        start in any::<u32>(), end in any::<u32>(),
        quote in any_text(), before in any_text(), after in any_text(),
        headings in prop::collection::vec(any_text(), 0..3),
    ) -> Anchor {
        Anchor { span: Span::new(start, end), quote, before, after, headings }
    }
}

fn any_moment() -> impl Strategy<Value = Timestamp> {
    (0..4_000_000_000_i64, 0..1_000_000_000_i32)
        .prop_map(|(second, nanosecond)| Timestamp::new(second, nanosecond).unwrap())
}

prop_compose! {
    fn any_far_end()(place in any_text(), text in any_text(), title in any_text(), anchor in any_anchor()) -> FarEnd {
        FarEnd { place, document: TextId::of(&text), title, anchor }
    }
}

prop_compose! {
    fn any_placing()(
        original in prop::option::of(any_anchor()), lost_in in prop::option::of(any_text()),
    ) -> Placing {
        Placing { original: original.map(Box::new), lost_in: lost_in.map(|text| TextId::of(&text)) }
    }
}

prop_compose! {
    fn any_note()(
        placing in any_placing(),
        answers in prop::collection::vec(any_far_end(), 0..3),
        id in any::<u128>(), anchor in any_anchor(), colour in prop::option::of(0..5_usize),
        tags in prop::collection::btree_set("[水河治理]{1,3}(/[ab]{1,2})?", 0..3),
        text in any_text(), created in any_moment(), later in 0..1_000_000_u64,
    ) -> Annotation {
        Annotation {
            id: NoteId(Uuid::from_u128(id)), anchor, colour: colour.map(|index| Colour::ALL[index]),
            tags: tags.into_iter().map(|tag| Tag::try_from(tag).unwrap()).collect(), text, answers, placing,
            created,
            changed: created + std::time::Duration::from_secs(later),
        }
    }
}

prop_compose! {
    fn any_correction()(
        source in any_text(), shown in prop::option::of(any_text()),
        scripts in prop::collection::vec(prop::sample::select(&Form::ALL[..]), 0..3),
    ) -> Correction {
        Correction { source, shown: shown.map_or(Shows::Never, Shows::As), scripts }
    }
}

fn any_trash() -> impl Strategy<Value = Vec<Trashed>> {
    let trashed = (any_note(), any_moment()).prop_map(|(note, at)| Trashed { note: note.into(), at });
    prop::collection::vec(trashed, 0..3)
}

prop_compose! {
    fn any_bibliography()(
        kind in prop::option::of(prop::sample::select(&WorkKind::ALL[..])),
        details in prop::collection::btree_map(prop::sample::select(&Detail::ALL[..]), any_text(), 0..4),
    ) -> Option<Bibliography> {
        Some(Bibliography { kind, details }).filter(|bibliography| !bibliography.is_empty())
    }
}

prop_compose! {
    /// Anything that can be kept.
    pub(crate) fn any_kept()(
        text in prop::option::of(any_text()), title in any_text(),
        annotations in prop::collection::vec(any_note(), 0..4), trash in any_trash(),
        disputed in prop::collection::vec((any_text(), any_moment()), 0..3),
        corrections in prop::collection::vec(any_correction(), 0..3),
        encoding in prop::option::of("[A-Za-z0-9-]{1,8}"),
        kinds_off in prop::sample::subsequence(&RepairKind::ALL[..], 0..5),
        refused in prop::collection::vec((any::<u32>(), any::<u32>()), 0..3),
        bibliography in any_bibliography(),
        answered in prop::collection::btree_set(any::<u128>(), 0..3),
    ) -> Kept {
        let refused = refused.into_iter().map(|(start, end)| Span::new(start, end)).collect();
        let disputed: Vec<_> =
            disputed.into_iter().map(|(text, changed)| Conflict { text, changed }).collect();
        let of_first = annotations.first().filter(|_| !disputed.is_empty()).map(|note| note.id);
        Kept {
            text: text.map(|text| TextId::of(&text)), title,
            conflicts: of_first.map(|id| (id, disputed)).into_iter().collect(),
            annotations: annotations.into_iter().map(Arc::new).collect(), trash,
            corrections: Corrections::new(corrections),
            choices: ReadingChoices { encoding, repairs: RepairChoices { kinds_off, refused }, password: None }, bibliography,
            answered_comments: answered.into_iter().map(|id| NoteId(uuid::Uuid::from_u128(id))).collect(),
        }
    }
}

fn any_unknown() -> impl Strategy<Value = Vec<Field>> {
    let value = prop::sample::select(
        &["1", "\"後\"", "(a: [1, 2], b: Some(\"x\"))", "Unit", "{\"k\": -1.5}", "r#\"\"\"#"][..],
    );
    prop::collection::vec(value, 0..3).prop_map(|values| {
        let field =
            |(index, value): (usize, &str)| Field { name: format!("later_{index}"), value: value.to_owned() };
        values.into_iter().enumerate().map(field).collect()
    })
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(
        kept in any_kept(), fields in any_unknown(), of_note in any_unknown(), of_far_end in any_unknown(),
        of_bibliography in any_unknown(), gone in any::<u128>(), at in any_moment(),
    ) {
        let mut notes = BTreeMap::new();
        if let Some(note) = kept.annotations.first() && !of_note.is_empty() {
            notes.insert(note.id, of_note);
        }
        let mut far_ends = BTreeMap::new();
        let first = kept.annotations.iter().find_map(|note| Some((note.id, note.answers.first()?)));
        if let Some((id, far_end)) = first && !of_far_end.is_empty() {
            far_ends.insert((id, far_end.document, far_end.anchor.span), of_far_end);
        }
        let unreadable = vec!["(id: 1)".to_owned()];
        let unknown = Unknown { fields, notes, far_ends, bibliography: of_bibliography, unreadable };
        let in_trash = kept.trash.iter().map(|trashed| (trashed.note.id, trashed.at));
        let deleted = in_trash.chain([(NoteId(Uuid::from_u128(gone)), at)]).collect();
        let revived = kept.annotations.iter().take(1).map(|note| (note.id, at)).collect();
        let sidecar = Sidecar { kept, deleted, revived, unknown };
        let printed = print(&sidecar);
        let (read, checksum) = good(&printed);
        prop_assert_eq!(&read, &sidecar, "{}", printed);
        prop_assert_eq!(checksum, Checksum::Matches);
        prop_assert_eq!(print(&read), printed);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[(){}\\[\\]a:,\"0-9r#]{0,60}") {
        parse(&bytes);
        parse(text.as_bytes());
        parse(format!("(format: 1, notes: [{text}])").as_bytes());
    }
}

fn sample() -> String {
    let anchor = Anchor { quote: "讀書".to_owned(), span: Span::new(6, 12), ..Anchor::default() };
    let note = Annotation {
        id: NoteId(Uuid::from_u128(7)),
        anchor,
        colour: Some(Colour::Pink),
        ..Annotation::empty()
    };
    let kept = Kept { annotations: vec![note.into()].into(), title: "序".to_owned(), ..Kept::default() };
    print(&Sidecar { kept, ..Sidecar::default() })
}

#[test]
fn every_truncation_and_every_flipped_bit_is_noticed() {
    let whole = sample();
    let noticed = |bytes: &[u8]| match parse(bytes) {
        Parsed::Good { checksum, .. } => checksum != Checksum::Matches,
        Parsed::Newer { .. } | Parsed::Damaged(_) => true,
    };
    for length in 0..whole.len() {
        assert!(noticed(&whole.as_bytes()[..length]), "cut off at {length}");
    }
    for bit in 0..whole.len() * 8 {
        let mut bytes = whole.clone().into_bytes();
        bytes[bit / 8] ^= 1 << (bit % 8);
        assert!(noticed(&bytes), "bit {bit}");
    }
}

#[test]
fn a_person_may_write_such_a_file() {
    let (sidecar, checksum) = good(
        "(format: 1, notes: [(quote: \"水\", tags: [\"治理//河\"]), (quote: \"水\", tags: [\"治理//河\"])])",
    );
    let [first, second] = &**sidecar.kept.annotations else { panic!("{sidecar:?}") };
    assert_ne!(first.id, second.id);
    assert_eq!(first.tags.iter().map(Tag::as_str).collect::<Vec<_>>(), ["治理/河"]);
    assert_eq!(checksum, Checksum::Missing);
}

#[test]
fn what_is_not_known_is_kept_word_for_word() {
    let notes = "(id: 12), (quote: \"水\", colour: \"teal\", mood: Glad /* ! */)";
    let (mut sidecar, _) = good(&format!("(format: 1, later: (a: [1 ,2]), notes: [{notes}], encoding: 3)"));
    let printed = print(&sidecar);
    for words in
        ["later: (a: [1 ,2])", "encoding: 3", "colour: \"teal\"", "mood: Glad", "        (id: 12),\n"]
    {
        assert!(printed.contains(words), "{words} in {printed}");
    }
    assert_eq!(good(&printed).0, sidecar);
    Arc::make_mut(&mut sidecar.kept.annotations[0]).colour = Some(Colour::Blue);
    assert!(print(&sidecar).contains("colour: \"blue\"") && !print(&sidecar).contains("teal"));
}

#[test]
fn a_far_end_that_is_not_understood_is_kept_word_for_word() {
    let document = TextId::of("水");
    let answers = format!(
        "[(document: \"{document}\", quote: \"河\", mood: Glad), (document: \"none\", quote: \"湖\"), 7]"
    );
    let (sidecar, _) = good(&format!("(format: 1, notes: [(quote: \"水\", answers: {answers})])"));
    let [far_end] = &*sidecar.kept.annotations[0].answers else { panic!("{sidecar:?}") };
    assert_eq!((far_end.document, &*far_end.anchor.quote), (document, "河"));
    let printed = print(&sidecar);
    assert!(printed.contains("mood: Glad"), "{printed}");
    assert!(printed.contains("answers_unreadable: [(document: \"none\", quote: \"湖\"), 7],"), "{printed}");
    assert_eq!(good(&printed).0, sidecar);
}

#[test]
fn an_original_anchor_that_is_not_understood_is_kept_word_for_word() {
    let original = "(quote: \"河\", mood: Glad)";
    let (mut sidecar, _) =
        good(&format!("(format: 1, notes: [(quote: \"水\", original: {original}, lost_in: \"none\")])"));
    let printed = print(&sidecar);
    assert!(printed.contains(&format!("original: {original}")) && printed.contains("lost_in: \"none\""));
    Arc::make_mut(&mut sidecar.kept.annotations[0]).place(Anchor::default());
    assert!(!print(&sidecar).contains("Glad") && print(&sidecar).contains("lost_in: \"none\""));
}

#[test]
fn newer_and_damaged_files_are_told_apart() {
    assert!(matches!(parse(b"(format: 2, notes: [])"), Parsed::Newer { format: 2, .. }));
    for damaged in [
        "",
        "(",
        "(notes: [])",
        "()",
        "[]",
        "(format: \"1\")",
        "後",
        "(format: 1)",
        "(format: 1, notes: []) x",
    ] {
        assert!(matches!(parse(damaged.as_bytes()), Parsed::Damaged(_)), "{damaged}");
    }
    let deep = format!("(format: 1, notes: [], later: {})", "[".repeat(200_000));
    assert!(matches!(parse(deep.as_bytes()), Parsed::Damaged(_)));
}

#[test]
#[ignore = "measures; run with --release -- --ignored --nocapture"]
fn ten_thousand_notes() {
    let anchor = |index: u32| Anchor {
        quote: "把書送到每一個村子，也把讀書的時間送到每一戶人家。".repeat(2),
        before: "我們願意在五年之內把書送到每一個村子，也把讀書的時間送到".to_owned(),
        after: "每一戶人家都有一個讀書的角落，每一個村子都有一間書房。".to_owned(),
        span: Span::from_length(index * 100, 100),
        headings: vec!["二、行動".to_owned(), "（一）書".to_owned()],
    };
    let note = |index: u32| Annotation {
        id: NoteId(Uuid::from_u128(index.into())),
        anchor: anchor(index),
        ..Annotation::empty()
    };
    let kept = Kept { annotations: (0..10_000).map(|index| note(index).into()).collect(), ..Kept::default() };
    let sidecar = Sidecar { kept, ..Sidecar::default() };
    let start = std::time::Instant::now();
    let printed = print(&sidecar);
    let written = start.elapsed();
    let start = std::time::Instant::now();
    let (read, _) = good(&printed);
    println!("{} bytes, printed in {written:?}, read in {:?}", printed.len(), start.elapsed());
    assert_eq!(read, sidecar);
}
