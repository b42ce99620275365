//! Fields of forms in an RTF in which one of several things is chosen: what was chosen is text.

/// So many things can be chosen of.
const MOST_CHOICES: usize = 1000;

/// What the field that is open lets choose.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub(super) struct Form {
    choices: Vec<String>,
    /// Which was chosen, from 0, and which is where none was: `\ffres`, `\ffdefres`.
    chosen: Option<usize>,
    usual: Option<usize>,
}

impl Form {
    /// One more thing can be chosen.
    pub(super) fn add(&mut self, choice: &str) {
        if self.choices.len() < MOST_CHOICES {
            self.choices.push(choice.to_owned());
        }
    }

    /// Takes up what a control word says of it.
    pub(super) fn word(&mut self, word: &str, number: Option<i32>) {
        let number = number.and_then(|number| usize::try_from(number).ok());
        match word {
            "ffres" => self.chosen = number,
            "ffdefres" => self.usual = number,
            _ => {}
        }
    }

    /// What was chosen; where the file names none that there is, what is chosen before anybody does, the first at last.
    pub(super) fn chosen(&self) -> Option<&str> {
        let of = |index: Option<usize>| self.choices.get(index?);
        of(self.chosen).or_else(|| of(self.usual)).or(self.choices.first()).map(String::as_str)
    }
}
