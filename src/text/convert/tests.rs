use std::sync::LazyLock;

use proptest::prelude::*;
use unicode_segmentation::UnicodeSegmentation;

use super::*;
use crate::text::Span;

/// Converters that all tests share. Everything is opened at once, so that the folder need not stay.
pub(in crate::text) static CONVERTERS: LazyLock<Converters> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    for by in Configuration::ALL {
        converters.plain(by).unwrap();
        if by.marked().is_some() {
            converters.marked(by).unwrap();
        }
    }
    converters
});

const TRADITIONAL: Written = Written::Traditional;
const SIMPLIFIED: Written = Written::Simplified;

fn show(written: Written, script: Script, source: &str) -> Shown {
    CONVERTERS.show(written, script, &Corrections::default(), source).unwrap()
}

fn check(written: Written, script: Script, source: &str, expected: &str) {
    assert_eq!(show(written, script, source).text, expected);
}

#[test]
fn shows_simplified_in_every_script() {
    let source = "后院里的网络信息，数据质量，老挝";
    let check = |script, expected| check(SIMPLIFIED, script, source, expected);
    check(Script::AS_WRITTEN, source);
    check(Script::words(Form::Simplified), source);
    check(Script::characters(Form::Traditional), "後院裏的網絡信息，數據質量，老撾");
    check(Script::characters(Form::Taiwan), "後院裡的網絡信息，數據質量，老撾");
    check(Script::words(Form::Taiwan), "後院裡的網路資訊，資料質量，寮國");
    check(Script::characters(Form::HongKong), "後院裏的網絡信息，數據質量，老撾");
    check(Script::words(Form::HongKong), "後院裏的網絡信息，數據質量，老撾");
}

#[test]
fn shows_traditional_of_any_region() {
    let check = |source, script, expected| check(TRADITIONAL, script, source, expected);
    check("看著溪裡的魚", Script::characters(Form::Simplified), "看着溪里的鱼");
    check("衞星説法，看着裏面", Script::characters(Form::Simplified), "卫星说法，看着里面");
    check("網路資訊與軟體", Script::words(Form::Simplified), "网络信息与软件");
    check("看著溪裡的魚，他說", Script::characters(Form::HongKong), "看着溪裏的魚，他説");
    check("衞星説法，看着裏面", Script::characters(Form::Taiwan), "衛星說法，看著裡面");
    check("老撾的網絡，看着裏面", Script::words(Form::Taiwan), "寮國的網路，看著裡面");
    check("看著裡面，峯", Script::characters(Form::Traditional), "看著裡面，峯");
}

#[test]
fn judges_each_block_of_a_mixed_text() {
    let simplified = Script::characters(Form::Simplified);
    check(Written::Mixed, simplified, "河邊的書屋", "河边的书屋");
    check(Written::Mixed, simplified, "河边的书屋", "河边的书屋");
    check(Written::Undecided, Script::characters(Form::Taiwan), "在那里", "在那裡");
}

#[test]
fn knows_what_a_phrase_became() {
    let shown = show(SIMPLIFIED, Script::words(Form::Taiwan), "用U盘吧");
    assert_eq!(shown.text, "用隨身碟吧");
    let left = |text: &str| Span::from_range(&("用".len()..text.len()));
    assert_eq!(shown.pairing.right_from_left(left("用U")), left("用隨身碟"));
    assert_eq!(shown.pairing.left_from_right(left("用隨")), left("用U盘"));
}

#[test]
fn makes_the_readers_corrections() {
    let never = super::super::Correction {
        source: "老挝".to_owned(),
        shown: super::super::Shows::Never,
        scripts: Vec::new(),
    };
    let corrections = Corrections::new(vec![never]);
    let script = Script::words(Form::Taiwan);
    let shown = CONVERTERS.show(SIMPLIFIED, script, &corrections, "老挝的后院").unwrap();
    assert_eq!(shown.text, "老挝的後院");
    assert_eq!(shown.pairing, Pairing::identity("老挝的後院"));
}

#[test]
fn opens_what_is_needed_and_no_more() {
    let folder = tempfile::tempdir().unwrap();
    write_dictionaries(folder.path()).unwrap();
    let converters = Converters::new(folder.path().to_owned());
    let script = Script::characters(Form::Simplified);
    assert!(converters.is_ready(SIMPLIFIED, script));
    assert!(!converters.is_ready(TRADITIONAL, script));
    converters.prepare(TRADITIONAL, script).unwrap();
    assert!(converters.is_ready(TRADITIONAL, script));
    assert!(!converters.is_ready(TRADITIONAL, Script::words(Form::Simplified)));
    converters.show(TRADITIONAL, Script::words(Form::Simplified), &Corrections::default(), "網路").unwrap();
    assert!(converters.is_ready(TRADITIONAL, Script::words(Form::Simplified)));
}

#[test]
fn says_which_file_is_missing() {
    let converters = Converters::new(PathBuf::from("nowhere"));
    let error = converters.prepare(SIMPLIFIED, Script::characters(Form::Taiwan)).unwrap_err();
    assert_eq!(error.path, Path::new("nowhere").join("s2tw.json"));
    assert!(error.to_string().contains("s2tw.json"), "{error}");
}

/// The tables of length-changing entries name just those; else positions would be wrong.
#[test]
fn tables_hold_what_changes_length() {
    for marked in Configuration::ALL.iter().filter_map(|by| by.marked()) {
        let entries: Vec<_> = marks::entries(marked.entries).collect();
        assert!(entries.len() > 20);
        for (key, value) in entries {
            let value = marks::without_marks(&value);
            assert_ne!(key.chars().count(), value.chars().count(), "{key} {value}");
        }
    }
}

fn any_script() -> impl Strategy<Value = (Written, Script)> {
    let written = vec![SIMPLIFIED, TRADITIONAL, Written::Mixed, Written::Undecided];
    (prop::sample::select(written), prop::sample::select(&Form::ALL[..]), any::<bool>())
        .prop_map(|(written, form, regional_words)| (written, Script { form, regional_words }))
}

/// Entries of the tables on either side, and pieces that meet in phrases.
fn phrase() -> impl Strategy<Value = String> {
    let tables = Configuration::ALL.iter().filter_map(|by| by.marked()).map(|marked| marked.entries);
    let phrases: Vec<String> = tables
        .flat_map(str::lines)
        .flat_map(|line| line.split('\t').map(str::to_owned))
        .chain(
            "后来 皇后 里面 干净 干涉 头发 发展 乾隆 着重 著作 台湾 臺灣 什么 什麼 老 挝"
                .split(' ')
                .map(str::to_owned),
        )
        .collect();
    prop::sample::select(phrases)
}

/// Text to convert: phrases, Han characters of all kinds, and whatever else a file may hold.
fn source() -> impl Strategy<Value = String> {
    let odd =
        "[\u{0}\n\r\t\u{F0000}-\u{F0006}\u{F0FFE}\u{F0FFF}\u{E000}\u{FE0E}\u{200D}\u{301}👩🏽🌾⿰⿱]{0,3}";
    let han = "[\u{4E00}-\u{9FFF}\u{F900}-\u{FAFF}\u{20000}-\u{20100}]{0,4}";
    let known = "[后里干面发头丑余云么于台征范松只系复回钟後裡裏乾幹麵髮發頭著着]{0,4}";
    let part = prop_oneof![4 => phrase(), 2 => known, 1 => han, 2 => odd, 1 => "\\PC{0,3}", 1 => "[ a-zA-Z0-9，。：]{0,3}"];
    prop::collection::vec(part, 0..8).prop_map(|parts| parts.concat())
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(2_000))]

    #[test]
    fn shown_is_what_opencc_gives_and_positions_are_exact((written, script) in any_script(), source in source()) {
        let shown = show(written, script, &source);
        prop_assert_eq!(&shown.text, &CONVERTERS.reference(written, script, &source).unwrap());
        prop_assert_eq!(shown.pairing.left_len(), saturate(source.len()));
        prop_assert_eq!(shown.pairing.right_len(), saturate(shown.text.len()));
        for (left, right) in shown.pairing.stretches() {
            prop_assert!(left.of(&source).is_some() && right.of(&shown.text).is_some());
        }
        for (start, grapheme) in source.grapheme_indices(true) {
            let left = Span::from_range(&(start..start + grapheme.len()));
            let right = shown.pairing.right_from_left(left);
            prop_assert!(!right.is_empty());
            prop_assert!(shown.pairing.left_from_right(right).contains(left));
        }
    }

    /// Stretches are no longer than they have to be: one character, or one entry of a table. (A text that
    /// holds marks of its own is paired as one where its number of characters changes.)
    #[test]
    fn stretches_are_characters_or_entries((written, script) in any_script(), source in source()) {
        prop_assume!(!source.contains(marks::is_mark));
        let shown = show(written, script, &source);
        for (left, right) in shown.pairing.stretches() {
            let (left, right) = (left.of(&source).unwrap(), right.of(&shown.text).unwrap());
            let counts = (left.chars().count(), right.chars().count());
            prop_assert!(counts == (1, 1) || counts.0 != counts.1, "{left} {right}");
            prop_assert!(counts.0 <= 16 && counts.1 <= 16, "{left} {right}");
        }
    }
}
