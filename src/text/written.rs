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

/// Below so many characters of one script only, nothing is decided.
const FEWEST: usize = 3;
/// One script has to have so many times the characters of the other.
const MARGIN: usize = 4;
/// A longer text is looked at in so many places...
const PLACES: usize = 32;
/// ... of so many bytes each.
const PLACE: usize = 3 * 1024;

/// The script that `text` is written in.
///
/// Counts the characters that one script has and the other lacks. Of a long text, 96 KiB spread evenly
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
    if signs.traditional > signs.simplified { Written::Traditional } else { Written::Simplified }
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
}

impl Signs {
    fn count(&mut self, text: &str) {
        for character in text.chars().filter(|character| !character.is_ascii()) {
            match script_of(character) {
                Some(Written::Simplified) => self.simplified += 1,
                Some(Written::Traditional) => self.traditional += 1,
                _ => {}
            }
        }
    }

    fn decide(&self) -> Written {
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
