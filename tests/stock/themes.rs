//! What the texts are about: themes, each with words of its own.
//!
//! `themes.txt` has a line for each: the field that it belongs to, its names, who has to do with it, things, what is done, what is wished, and
//! where, parted by bars; words are parted by spaces.

use super::dice::Dice;

/// The kinds of words of a line, as the gaps of clauses name them.
const KINDS: [&str; 6] = ["N", "W", "T", "A", "G", "P"];

/// A theme.
#[derive(Clone, Debug)]
pub(crate) struct Theme {
    /// Themes of one field may share a word and are not strangers to each other.
    pub(crate) field: &'static str,
    words: [Vec<&'static str>; 6],
}

/// Every theme.
pub(crate) fn themes() -> Vec<Theme> {
    let parse = |line: &'static str| {
        let mut columns = line.split('|');
        let field = columns.next().unwrap_or_default();
        Theme { field, words: KINDS.map(|_| columns.next().unwrap_or_default().split(' ').collect()) }
    };
    include_str!("themes.txt").lines().map(parse).collect()
}

/// Which words of a theme an author knows.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Half {
    /// The first half of each kind.
    First,
    /// The second half of each kind.
    Second,
}

/// The words of a theme that an author uses.
#[derive(Clone, Debug)]
pub(crate) struct Wordlist {
    words: [Vec<&'static str>; 6],
}

impl Theme {
    /// All words of the theme.
    pub(crate) fn all_words(&self) -> Wordlist {
        Wordlist { words: self.words.clone() }
    }

    /// Half of the words of each kind: two authors with different halves share none but what `shared` keeps in
    /// both, the first so many of each kind.
    pub(crate) fn half(&self, half: Half, shared: usize) -> Wordlist {
        let cut = |words: &Vec<&'static str>| {
            let middle = words.len().div_ceil(2);
            let own = if half == Half::First { &words[..middle] } else { &words[middle..] };
            let mut list: Vec<&str> = words.iter().take(shared).copied().collect();
            list.extend(own.iter().filter(|word| !list.contains(word)).copied().collect::<Vec<_>>());
            list
        };
        Wordlist { words: self.words.each_ref().map(cut) }
    }

    /// Its plainest name.
    pub(crate) fn name(&self) -> &'static str {
        self.words[0][0]
    }
}

impl Wordlist {
    /// A word of the kind that a gap names.
    pub(crate) fn draw(&self, gap: &str, dice: &mut Dice) -> &'static str {
        let kind = KINDS.iter().position(|kind| *kind == gap).expect("a gap names a kind of words");
        dice.pick(&self.words[kind])
    }
}
