//! The script that a text is written in.

use std::collections::HashMap;
use std::sync::LazyLock;

use serde::{Deserialize, Serialize};

/// The script that a text is written in, as detected.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Default, Serialize, Deserialize)]
pub enum Written {
    /// Simplified characters.
    Simplified,
    /// Traditional characters.
    Traditional,
    /// A good part of each.
    Mixed,
    /// Too few characters that differ between the scripts, or no Chinese at all.
    #[default]
    Undecided,
}

/// Fewer characters of one script alone decide only a short text, and only if all of them agree...
const FEWEST: usize = 3;
/// ... which has at most so many characters for each of them: one sign in a long text is rather a slip or a name.
const SHORT: usize = 50;
/// One script has to have so many times the characters of the other.
const MARGIN: usize = 4;
/// A longer text is looked at in so many places...
const PLACES: usize = 32;
/// ... of so many bytes each.
const PLACE: usize = 3 * 1024;

/// The script that `text` is written in.
///
/// Counts the characters that one script has and the other lacks. A script is decided by at least
/// three of them, four times as many as the other has; in a text of at most fifty characters for each, one or
/// two do if the other script has none. Of a long text, 96 KiB spread evenly
/// over it are looked at, so that a long text takes no longer than a short one.
pub fn detect(text: &str) -> Written {
    let mut signs = Signs::default();
    if text.len() <= PLACES * PLACE {
        signs.count(text);
    } else {
        for place in 0..PLACES {
            signs.count(window(text, (text.len() - PLACE) / (PLACES - 1) * place));
        }
    }
    signs.decide()
}

/// Which script most of the signs in `text` speak for: [`Written::Simplified`] or, if there are more of
/// them, [`Written::Traditional`].
pub(super) fn majority(text: &str) -> Written {
    let mut signs = Signs::default();
    signs.count(text);
    signs.most()
}

/// As [`detect`], but never by one or two signs, however short the text: they may be slips in a line of the
/// other script.
pub(super) fn detect_clearly(line: &str) -> Written {
    let mut signs = Signs::default();
    signs.count(line);
    signs.decide_clearly()
}

/// The script that alone has `character`: [`Written::Simplified`] or [`Written::Traditional`].
///
/// By OpenCC's tables of characters. What either script uses in any of its regional forms, or as the
/// other's form of some character (后, 干, 里), belongs to neither alone.
pub fn script_of(character: char) -> Option<Written> {
    ALONE.get(&character).copied()
}

static ALONE: LazyLock<HashMap<char, Written>> = LazyLock::new(|| {
    let table = include_str!("../../assets/opencc/scripts.tsv");
    let lines = table.lines().filter_map(|line| line.split_once('\t'));
    lines.flat_map(|(name, characters)| characters.chars().map(|each| (each, script_named(name)))).collect()
});

fn script_named(name: &str) -> Written {
    if name == "traditional" { Written::Traditional } else { Written::Simplified }
}

/// Some [`PLACE`] bytes of `text` from about `start`, cut at characters.
fn window(text: &str, start: usize) -> &str {
    let start = text.floor_char_boundary(start);
    text.get(start..text.floor_char_boundary(start + PLACE)).unwrap_or_default()
}

/// How many characters belong to one script alone.
#[derive(Default)]
struct Signs {
    simplified: usize,
    traditional: usize,
    /// All characters but those of ASCII.
    all: usize,
}

impl Signs {
    fn count(&mut self, text: &str) {
        for character in text.chars().filter(|character| !character.is_ascii()) {
            self.all += 1;
            match script_of(character) {
                Some(Written::Simplified) => self.simplified += 1,
                Some(Written::Traditional) => self.traditional += 1,
                _ => {}
            }
        }
    }

    fn decide(&self) -> Written {
        let signs = self.simplified + self.traditional;
        let agreed = self.simplified == 0 || self.traditional == 0;
        let few_will_do = signs > 0 && agreed && self.all <= signs * SHORT;
        if few_will_do { self.most() } else { self.decide_clearly() }
    }

    /// The script with more signs.
    fn most(&self) -> Written {
        if self.traditional > self.simplified { Written::Traditional } else { Written::Simplified }
    }

    fn decide_clearly(&self) -> Written {
        if self.simplified + self.traditional < FEWEST {
            Written::Undecided
        } else if self.simplified >= self.traditional * MARGIN {
            Written::Simplified
        } else if self.traditional >= self.simplified * MARGIN {
            Written::Traditional
        } else {
            Written::Mixed
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(text: &str, expected: Written) {
        assert_eq!(detect(text), expected, "{text:.40}");
    }

    #[test]
    fn tells_the_scripts_apart() {
        check("雨下了三天，河边的书屋还开着门。", Written::Simplified);
        check("雨下了三天，河邊的書屋還開著門。", Written::Traditional);
        check("雨下了三天，河邊的書屋還開著門，后來风停了。", Written::Traditional);
        check("河边的书屋还开着门。河邊的書屋還開著門。", Written::Mixed);
    }

    #[test]
    fn a_short_text_is_decided_by_few_signs_that_agree() {
        check("第一章 你好\n这是一段文字。", Written::Simplified);
        check("第一章 你好\n這是一段文字。", Written::Traditional);
        check("这是這", Written::Undecided);
        check(&format!("这是{}", "一段文字".repeat(20)), Written::Undecided);
    }

    #[test]
    fn leaves_undecided_what_both_share() {
        check("", Written::Undecided);
        check("A reading room by the river, 2026", Written::Undecided);
        check("大山之中有小村", Written::Undecided);
        check("皇后干里台", Written::Undecided);
    }

    #[test]
    fn looks_all_over_a_long_text() {
        let plain = "山上有一座小村，村中有一口老井。".repeat(20_000);
        check(&plain, Written::Undecided);
        check(&format!("{plain}{}", "还开着门。".repeat(20_000)), Written::Simplified);
        check(&format!("{}{plain}", "還開著門。".repeat(20_000)), Written::Traditional);
    }
}
