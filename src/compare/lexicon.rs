//! What the program knows beforehand about words: phrases that official texts repeat whatever they treat, and
//! words that name one matter.

use std::sync::{Arc, LazyLock};

use aho_corasick::{AhoCorasick, MatchKind};

use crate::text::Folded;

/// Words that name one matter each, and stock phrases.
///
/// The standard lexicon is `assets/compare/themes.tsv` and `assets/compare/stock.txt`; a reader adds themes of
/// their own in the form of the former. Cheap to clone.
#[derive(Clone)]
pub struct Lexicon {
    themes: Arc<[String]>,
    words: Arc<[Word]>,
    finder: Option<Arc<AhoCorasick>>,
}

/// What a word of the lexicon is.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Word {
    /// A stock phrase.
    Stock,
    /// A word of the theme at that place.
    Theme(u32),
}

/// A word of the lexicon in a text, in bytes of the text.
pub(super) struct Hit {
    pub(super) word: Word,
    pub(super) start: usize,
    pub(super) end: usize,
}

impl std::fmt::Debug for Lexicon {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        formatter.debug_struct("Lexicon").field("themes", &self.themes.len()).finish_non_exhaustive()
    }
}

impl PartialEq for Lexicon {
    fn eq(&self, other: &Self) -> bool {
        self.themes == other.themes && self.words == other.words
    }
}

impl Eq for Lexicon {}

impl Default for Lexicon {
    /// The standard lexicon.
    fn default() -> Self {
        static STANDARD: LazyLock<Lexicon> = LazyLock::new(|| Lexicon::of(STANDARD_THEMES, STOCK));
        STANDARD.clone()
    }
}

const STANDARD_THEMES: &str = include_str!("../../assets/compare/themes.tsv");
const STOCK: &str = include_str!("../../assets/compare/stock.txt");

impl Lexicon {
    /// The standard lexicon and the themes of `more`: one line each, a name, a tabulator, words with spaces
    /// between them. Lines that begin with # and lines without a tabulator are passed over.
    pub fn with_themes(more: &str) -> Self {
        Self::of(&format!("{STANDARD_THEMES}\n{more}"), STOCK)
    }

    fn of(themes: &str, stock: &str) -> Self {
        let lines = |text| str::lines(text).filter(|line| !line.starts_with('#') && !line.trim().is_empty());
        let mut names = Vec::new();
        let mut patterns: Vec<(String, Word)> =
            lines(stock).map(|line| (folded(line), Word::Stock)).collect();
        for (name, words) in lines(themes).filter_map(|line| line.split_once('\t')) {
            let theme = Word::Theme(crate::text::saturate(names.len()));
            names.push(name.trim().to_owned());
            patterns.extend(words.split_whitespace().map(|word| (folded(word), theme)));
        }
        patterns.retain(|(pattern, _)| !pattern.is_empty());
        let finder = AhoCorasick::builder()
            .match_kind(MatchKind::Standard)
            .build(patterns.iter().map(|(pattern, _)| pattern))
            .ok();
        Self {
            themes: names.into(),
            words: patterns.into_iter().map(|(_, word)| word).collect(),
            finder: finder.map(Arc::new),
        }
    }

    /// The name of a theme.
    pub(super) fn theme(&self, index: u32) -> &str {
        self.themes.get(index as usize).map_or("", String::as_str)
    }

    /// All words of the lexicon in a folded text, overlapping ones too.
    pub(super) fn hits<'a>(&'a self, folded: &'a str) -> impl Iterator<Item = Hit> + 'a {
        let found = self.finder.iter().flat_map(move |finder| finder.find_overlapping_iter(folded));
        found.filter_map(|found| {
            let word = *self.words.get(found.pattern().as_usize())?;
            Some(Hit { word, start: found.start(), end: found.end() })
        })
    }
}

fn folded(word: &str) -> String {
    Folded::without_punctuation(word.trim()).text
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The themes whose words stand in a folded text, in order of their ends.
    fn themes<'a>(lexicon: &'a Lexicon, text: &str) -> Vec<&'a str> {
        let themes = lexicon.hits(text).filter_map(|hit| match hit.word {
            Word::Theme(theme) => Some(lexicon.theme(theme)),
            Word::Stock => None,
        });
        themes.collect()
    }

    #[test]
    fn the_readers_themes_stand_beside_the_standard_ones() {
        let lexicon = Lexicon::with_themes("渡口\t渡口 擺渡");
        assert_eq!(themes(&lexicon, "摆渡"), ["渡口"]);
        let standard = Lexicon::default();
        assert_eq!(themes(&standard, "摆渡"), Vec::<&str>::new());
        assert_eq!(themes(&lexicon, "扶贫"), themes(&standard, "扶贫"));
        assert_ne!(themes(&standard, "扶贫"), Vec::<&str>::new());
        assert_ne!(lexicon, standard);
        assert_eq!(Lexicon::with_themes(""), standard);
    }

    #[test]
    fn comments_and_lines_that_are_no_theme_are_passed_over() {
        let check = |more| assert_eq!(Lexicon::with_themes(more), Lexicon::default());
        check("# 渡口\t渡口 擺渡");
        check("渡口 擺渡\n\n   \n");
    }

    #[test]
    fn a_stretch_may_hold_several_words() {
        let lexicon = Lexicon::with_themes("水\t水碾\n磨\t水碾石磨 石磨");
        assert_eq!(themes(&lexicon, "水碾石磨"), ["水", "磨", "磨"]);
    }

    #[test]
    fn stock_phrases_are_known() {
        let lexicon = Lexicon::default();
        let stock = lexicon.hits("加强合作").filter(|hit| hit.word == Word::Stock);
        assert!(stock.max_by_key(|hit| hit.end - hit.start).is_some());
    }
}
