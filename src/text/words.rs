//! Words in Han text, which does not set them apart.
//!
//! They are those of the dictionary of jieba, with its model for names and new words. It knows Simplified
//! characters; text in either script is folded first, character by character, so that positions hold.

use std::ops::Range;
use std::sync::LazyLock;

use jieba_rs::Jieba;

use super::fold_char;

/// Takes a quarter of a second and 30 MB.
static WORDS: LazyLock<Jieba> = LazyLock::new(Jieba::new);

/// Loads the dictionary, unless it is loaded: to be called away from the window's thread, so that the
/// first double click need not wait for it.
pub fn prepare_words() {
    LazyLock::force(&WORDS);
}

/// Which characters of `text` make the word that the character with that index stands in; that character
/// alone where there is none.
pub(super) fn word_around(text: &str, index: usize) -> Range<usize> {
    let folded: String = text.chars().map(fold_char).collect();
    let words = WORDS.cut(&folded, true);
    let own = words.into_iter().map(|word| word.start..word.end).find(|word| word.contains(&index));
    own.unwrap_or(index..index + 1)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The text is cut at every stroke.
    fn check(expected: &str) {
        let text = expected.replace('|', "");
        let mut found = String::new();
        for (index, character) in text.chars().enumerate() {
            if index > 0 && word_around(&text, index).start == index {
                found.push('|');
            }
            found.push(character);
        }
        assert_eq!(found, expected);
    }

    #[test]
    fn words_are_those_of_the_dictionary_in_either_script() {
        check("我们|提议|先|在|上游|种树");
        check("我們|提議|先|在|上游|種樹");
        check("乡村|图书室|的|管理员");
        check("鄉村|圖書室|的|管理員");
        check("和平|的|目的");
    }
}
