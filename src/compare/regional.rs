//! Regional words made alike: 網路 and 网络, 資訊 and 信息.
//!
//! The words come from OpenCC's dictionaries (`assets/opencc/regional.tsv`). Among them are plain words too (建立 is
//! 创建 to a programmer of Taiwan), so this is for comparing a Traditional text with a Simplified one only.

use std::collections::BTreeMap;
use std::sync::LazyLock;

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::{Folded, Pairing, PairingBuilder, fold_char, saturate};

/// A text folded without punctuation and, with `regional`, with regional words made alike.
pub(super) fn folded(text: &str, regional: bool) -> Folded {
    let Folded { text, pairing } = Folded::without_punctuation(text);
    match regional.then(|| unify_regional(&text)).flatten() {
        Some((text, next)) => Folded { text, pairing: pairing.then(&next) },
        None => Folded { text, pairing },
    }
}

/// A folded text (see [`crate::text::Folded`]) with each of Taiwan's and Hong Kong's own words exchanged for the
/// mainland's, and how it lies beside what was given (left). `None` where there is nothing to exchange.
///
/// Two texts that differ in regional words only become the same. Linear time.
pub(super) fn unify_regional(folded: &str) -> Option<(String, Pairing)> {
    let words = REGIONAL.as_ref()?;
    let mut unified = String::new();
    let mut pairing = PairingBuilder::default();
    let mut done = 0;
    for found in words.automaton.find_iter(folded) {
        let mainland = words.mainland.get(found.pattern().as_usize())?;
        keep(folded.get(done..found.start())?, &mut unified, &mut pairing);
        exchange(folded.get(found.range())?, mainland, &mut unified, &mut pairing);
        done = found.end();
    }
    keep(folded.get(done..)?, &mut unified, &mut pairing);
    (unified != folded).then(|| (unified, pairing.finish()))
}

fn keep(text: &str, unified: &mut String, pairing: &mut PairingBuilder) {
    unified.push_str(text);
    pairing.push_characters(text, text);
}

/// Words of one length are paired character by character, so that a passage may begin in the middle of one.
fn exchange(word: &str, mainland: &str, unified: &mut String, pairing: &mut PairingBuilder) {
    unified.push_str(mainland);
    if word.chars().count() == mainland.chars().count() {
        pairing.push_characters(word, mainland);
    } else {
        pairing.push(saturate(word.len()), saturate(mainland.len()));
    }
}

/// The words, folded. `None` if the automaton cannot be built, which the tests rule out.
static REGIONAL: LazyLock<Option<Words>> = LazyLock::new(Words::new);

/// Regional words, and for each what the mainland says.
///
/// The mainland's words are among the former, each standing for itself: so 互联网 is found whole where one of
/// the other words begins inside it.
struct Words {
    automaton: AhoCorasick,
    mainland: Vec<String>,
}

impl Words {
    fn new() -> Option<Self> {
        let lines = include_str!("../../assets/opencc/regional.tsv").lines();
        let folded = |word: &str| word.chars().map(fold_char).collect::<String>();
        let entries = lines.filter_map(|line| line.split_once('\t'));
        let pairs: Vec<_> = entries.map(|(word, mainland)| (folded(word), folded(mainland))).collect();
        let themselves = pairs.iter().map(|(_, mainland)| (mainland.clone(), mainland.clone()));
        // What is folded alike needs no exchange; a word that is both a regional and a mainland one stays itself.
        let words: BTreeMap<String, String> = pairs.iter().cloned().chain(themselves).collect();
        let automaton =
            AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words.keys()).ok()?;
        Some(Self { automaton, mainland: words.into_values().collect() })
    }
}

#[cfg(test)]
mod tests {
    use proptest::prelude::*;

    use super::*;
    use crate::text::{Folded, Span};

    fn unified(text: &str) -> String {
        let folded = Folded::new(text).text;
        unify_regional(&folded).map_or(folded, |(unified, _)| unified)
    }

    #[test]
    fn texts_that_differ_in_regional_words_only_become_the_same() {
        let check = |regional, mainland| assert_eq!(unified(regional), unified(mainland));
        check("鄉村網路的資訊設備", "乡村网络的信息设备");
        check("這個程式支援網際網路", "这个程序支持互联网");
        check("把檔案存進隨身碟", "把文件存进U盘");
        check("坐計程車去寮國", "坐出租车去老挝");
        check("伊力·卡山在伊利諾州", "伊利亚·卡赞在伊利诺伊州");
    }

    #[test]
    fn what_is_written_alike_stays() {
        for text in ["我们在上游种树，护住水源。", "乡村网络的信息设备", "plain words", ""]
        {
            assert_eq!(unify_regional(&Folded::new(text).text), None, "{text}");
        }
    }

    #[test]
    fn a_word_that_the_mainland_uses_for_something_else_stays() {
        assert_eq!(unify_regional("这份文件"), None);
        assert_eq!(unify_regional("法律程序"), None);
    }

    /// The word of the first text that lies beside the marked one of the second.
    fn check_beside(folded: &str, marked: &str) {
        let text = marked.replace(['⟦', '⟧'], "");
        let (unified, pairing) = unify_regional(&text).unwrap();
        let start = marked.find('⟦').unwrap();
        let end = marked.find('⟧').unwrap() - '⟦'.len_utf8();
        let right = pairing.right_from_left(Span::new(saturate(start), saturate(end)));
        assert_eq!(right.of(&unified).unwrap(), folded);
    }

    #[test]
    fn each_word_lies_beside_its_own() {
        check_beside("互联网", "接入⟦网际网路⟧的乡村");
        check_beside("的乡", "接入网际网路⟦的乡⟧村");
        check_beside("络", "资讯网⟦路⟧");
    }

    proptest! {
        #[test]
        fn the_pairing_holds_both_texts(text in "(网际|网路|资讯|网|路|支援|程式|的|a| ){0,12}") {
            if let Some((unified, pairing)) = unify_regional(&text) {
                prop_assert_eq!(pairing.left_len(), saturate(text.len()));
                prop_assert_eq!(pairing.right_len(), saturate(unified.len()));
                prop_assert_ne!(unified, text);
            }
        }
    }
}
