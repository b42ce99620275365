//! Two texts for one note.

use jiff::Timestamp;
use serde::{Deserialize, Serialize};

/// Another text of a note: it was changed in two places at once, and the reader has not chosen yet.
#[derive(Clone, PartialEq, Eq, PartialOrd, Ord, Debug, Serialize, Deserialize)]
pub struct Conflict {
    /// What the note says there, as Markdown.
    pub text: String,
    /// When that was written.
    pub changed: Timestamp,
}

/// Those of `others` that say something which neither `text` nor another of them says already in whole lines, the newest
/// first. Letters that happen to stand in another text say nothing yet: 同意 is not said by 不同意.
pub fn unsaid(text: &str, mut others: Vec<Conflict>) -> Vec<Conflict> {
    // The longest first: what another one holds stands after it. Of the same words the newest counts.
    others.sort_by(|left, right| {
        let order = |one: &Conflict| (one.text.len(), one.text.clone(), one.changed);
        order(right).cmp(&order(left))
    });
    let mut kept: Vec<Conflict> = Vec::new();
    for other in others {
        let said = says(text, &other.text) || kept.iter().any(|one| says(&one.text, &other.text));
        if !said {
            kept.push(other);
        }
    }
    kept.sort_by(|left, right| (right.changed, &right.text).cmp(&(left.changed, &left.text)));
    kept
}

/// Whether all lines of `other` stand in `text`, one after the other.
fn says(text: &str, other: &str) -> bool {
    let lines =
        |text: &str| text.trim().lines().map(|line| line.trim_end().to_owned()).collect::<Vec<String>>();
    let (lines_of_text, lines_of_other) = (lines(text), lines(other));
    lines_of_other.is_empty()
        || lines_of_text.windows(lines_of_other.len()).any(|several| several == lines_of_other)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_what_is_said_nowhere_else_is_left() {
        let check = |text: &str, others: &[(&str, i64)], expected: &[(&str, i64)]| {
            let conflict = |&(text, second): &(&str, i64)| Conflict {
                text: text.to_owned(),
                changed: Timestamp::from_second(second).unwrap(),
            };
            let others = others.iter().map(conflict).collect();
            assert_eq!(unsaid(text, others), expected.iter().map(conflict).collect::<Vec<_>>());
        };
        check("修堤", &[("修堤", 1), ("清淤", 2), ("種樹", 3)], &[("種樹", 3), ("清淤", 2)]);
        check("修堤\n\n種樹", &[("種樹\n", 1), ("修堤", 2), ("修堤\n種樹", 3)], &[("修堤\n種樹", 3)]);
        check("", &[("樹", 1), ("樹\n花", 1), ("", 5)], &[("樹\n花", 1)]);
        check("不同意", &[("同意", 1)], &[("同意", 1)]);
        check("修堤", &[("清淤", 2), ("清淤", 4)], &[("清淤", 4)]);
    }
}
