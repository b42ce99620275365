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

/// Those of `others` that say something which neither `text` nor another of them says already, the newest
/// first.
pub fn unsaid(text: &str, mut others: Vec<Conflict>) -> Vec<Conflict> {
    // The longest first: what another one holds stands after it. Of the same words the newest counts.
    others.sort_by(|left, right| {
        let order = |one: &Conflict| (one.text.len(), one.text.clone(), one.changed);
        order(right).cmp(&order(left))
    });
    let mut kept: Vec<Conflict> = Vec::new();
    for other in others {
        let said = text.contains(&other.text) || kept.iter().any(|one| one.text.contains(&other.text));
        if !said {
            kept.push(other);
        }
    }
    kept.sort_by(|left, right| (right.changed, &right.text).cmp(&(left.changed, &left.text)));
    kept
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
        check("修堤", &[("堤", 1), ("清淤", 2), ("種樹", 3)], &[("種樹", 3), ("清淤", 2)]);
        check("", &[("樹", 1), ("種樹", 1), ("", 5)], &[("種樹", 1)]);
        check("修堤", &[("清淤", 2), ("清淤", 4)], &[("清淤", 4)]);
    }
}
