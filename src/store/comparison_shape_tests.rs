//! Laws of the file of a comparison.
use proptest::prelude::*;

use super::*;

fn good(text: &str) -> (Filed, Checksum) {
    match parse(text.as_bytes()) {
        ParsedComparison::Good(filed, checksum) => (*filed, checksum),
        other => panic!("{other:?} from {text}"),
    }
}

fn any_text() -> impl Strategy<Value = String> {
    "([\u{0}-\u{7f}]|[後后讀读，。「」\u{3000}\u{202e}\u{20000}\"\\\\#]|\\PC){0,8}"
}

fn any_span() -> impl Strategy<Value = Span> {
    (any::<u32>(), any::<u32>()).prop_map(|(start, end)| Span::new(start, end))
}

prop_compose! {
    fn any_anchor()(
        span in any_span(), quote in any_text(), before in any_text(), after in any_text(),
        headings in prop::collection::vec(any_text(), 0..2),
    ) -> Anchor {
        Anchor { span, quote, before, after, headings }
    }
}

fn any_unknown() -> impl Strategy<Value = Vec<Field>> {
    let value = prop::sample::select(&["1", "\"後\"", "(a: [1, 2])", "Unit", "r#\"\"\"#"][..]);
    prop::collection::vec(value, 0..3).prop_map(|values| {
        let field =
            |(index, value): (usize, &str)| Field { name: format!("later_{index}"), value: value.to_owned() };
        values.into_iter().enumerate().map(field).collect()
    })
}

prop_compose! {
    fn any_passage()(anchor in any_anchor(), unknown in any_unknown()) -> FiledAnchor {
        FiledAnchor { anchor, unknown }
    }
}

prop_compose! {
    fn any_side()(
        place in any_text(), near in any_text(), text in any_text(), title in any_text(),
        section in prop::option::of((any_passage(), any_passage(), any_unknown())), unknown in any_unknown(),
    ) -> FiledSide {
        let section = section.map(|(first, last, unknown)| FiledSection { first, last, unknown });
        FiledSide { place, near, document: Some(TextId::of(&text)), title, section, unknown }
    }
}

fn any_verdict() -> impl Strategy<Value = Verdict> {
    prop::sample::select(&Verdict::ALL[..])
}

fn any_evidence() -> impl Strategy<Value = FiledEvidence> {
    let words = || prop::collection::vec(any_text(), 0..3);
    prop_oneof![
        (0.0..1.0_f32, 0.0..1.0_f32).prop_map(|(left, right)| Evidence::Wording { left, right }),
        words().prop_map(Evidence::Words),
        words().prop_map(Evidence::LeadingClause),
        words().prop_map(Evidence::Named),
        (any_text(), any_text(), any_text()).prop_map(|(name, left, right)| Evidence::Theme {
            name,
            left,
            right
        }),
        Just(Evidence::Order),
        Just(Evidence::Reader),
        (any_span(), any_span()).prop_map(|(left, right)| Evidence::Headings { left, right }),
    ]
}

prop_compose! {
    fn any_link()(
        left in prop::collection::vec(any_span(), 0..3), right in prop::collection::vec(any_span(), 0..3),
        verdict in any_verdict(), score in 0.0..=1.0_f32, reason in prop::collection::vec(any_evidence(), 0..3),
        passages in prop::collection::vec((any_span(), any_span(), any_verdict()), 0..3), crosses in any::<bool>(),
        ruled in prop::option::of(prop::sample::select(&[Ruled::Confirmed, Ruled::Relabelled, Ruled::Added][..])),
    ) -> FiledLink {
        let passages =
            passages.into_iter().map(|(left, right, verdict)| Passage { left, right, verdict }).collect();
        FiledLink { left, right, verdict, score, reason, passages, crosses, ruled }
    }
}

prop_compose! {
    fn any_ruling()(
        id in any::<u128>(), second in 0..4_000_000_000_i64,
        decision in prop_oneof![
            Just(Decision::Confirm), Just(Decision::Refuse), Just(Decision::Pin), any_verdict().prop_map(Decision::Relate),
        ],
        left in prop::collection::vec(any_passage(), 1..3), right in prop::collection::vec(any_passage(), 1..3),
        unknown in any_unknown(),
    ) -> FiledRuling {
        let made = Timestamp::from_second(second).unwrap();
        FiledRuling { id: Uuid::from_u128(id), made, decision, left, right, unknown }
    }
}

prop_compose! {
    fn any_options()(
        locked in any::<bool>(), slight in any::<bool>(), surroundings in any::<bool>(),
        sort in prop::sample::select(&LinkSort::ALL[..]),
    ) -> CompareOptions {
        CompareOptions { locked, slight, surroundings, sort }
    }
}

prop_compose! {
    fn any_filter()(
        verdicts in prop::sample::subsequence(&Verdict::ALL[..], 0..3), crossing in any::<bool>(),
        ruled in any::<bool>(), only in any::<bool>(), text in any_text(),
    ) -> LinkFilter {
        LinkFilter { verdicts, crossing, ruled, only, text }
    }
}

prop_compose! {
    fn any_filed()(
        left in any_side(), right in any_side(),
        found in prop::option::of((any::<u32>(), prop::collection::vec(any_link(), 0..3))),
        rulings in prop::collection::vec(any_ruling(), 0..3), gone in any::<u128>(),
        options in any_options(), filter in any_filter(), fields in any_unknown(),
    ) -> Filed {
        let found = found.map(|(method, links)| FiledLinks { method, links });
        let deleted = [(Uuid::from_u128(gone), Timestamp::UNIX_EPOCH)].into();
        let unknown = Unknown { fields, rulings: vec!["(id: 1)".to_owned()], found: None };
        Filed { left, right, found, rulings, deleted, options, filter, unknown }
    }
}

proptest! {
    #[test]
    fn what_is_printed_is_read_again(filed in any_filed()) {
        let printed = print(&filed);
        let (read, checksum) = good(&printed);
        prop_assert_eq!(&read, &filed, "{}", printed);
        prop_assert_eq!(checksum, Checksum::Matches);
        prop_assert_eq!(print(&read), printed);
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200), text in "[(){}\\[\\]a:,\"0-9r#]{0,60}") {
        parse(&bytes);
        parse(text.as_bytes());
        parse(format!("(format: 1, left: {text}, right: {text}, found: {text}, rulings: [{text}])").as_bytes());
    }
}

fn with(fields: &str) -> String {
    let side = format!("(path: \"a.txt\", document: \"{}\")", TextId::of("水"));
    format!("(format: 1, left: {side}, right: {side}, {fields})")
}

#[test]
fn what_is_not_understood_is_kept_word_for_word() {
    let (mut filed, checksum) = good(&with(
        "later: (a: [1 ,2]), sort: \"size\", rulings: [(decision: \"burn\")], found: (links: [7])",
    ));
    assert_eq!(checksum, Checksum::Missing);
    let printed = print(&filed);
    for words in
        ["later: (a: [1 ,2])", "sort: \"size\"", "        (decision: \"burn\"),\n", "found: (links: [7])"]
    {
        assert!(printed.contains(words), "{words} in {printed}");
    }
    filed.found = Some(FiledLinks::default());
    assert!(!print(&filed).contains("links: [7]"));
}

#[test]
fn newer_and_damaged_files_are_told_apart() {
    assert!(matches!(parse(b"(format: 2, left: 3)"), ParsedComparison::Newer(2, _)));
    let one_side = format!("(format: 1, left: (path: \"a\", document: \"{}\"))", TextId::of(""));
    for damaged in ["", "(", "()", "(format: 1)", "(format: 1, left: (), right: ())", &one_side] {
        assert!(matches!(parse(damaged.as_bytes()), ParsedComparison::Damaged(_)), "{damaged}");
    }
}

#[test]
fn every_truncation_is_noticed() {
    let whole = print(&good(&with("locked: false")).0);
    for length in 0..whole.len() {
        let noticed = match parse(&whole.as_bytes()[..length]) {
            ParsedComparison::Good(_, checksum) => checksum != Checksum::Matches,
            ParsedComparison::Newer(..) | ParsedComparison::Damaged(_) => true,
        };
        assert!(noticed, "cut off at {length}");
    }
}
