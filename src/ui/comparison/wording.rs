//! How links are told in words: verdicts, reasons, how sure they are.

use std::fmt::Display;

use crate::compare::{Decision, Ruled, Side, Verdict};
use crate::session::{LinkRow, ReasonPart};
use crate::ui::words::Words;

/// What a verdict is called.
pub(in crate::ui) fn verdict_name(words: Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => words.verdict_same(),
        Verdict::Revised => words.verdict_revised(),
        Verdict::Theme => words.verdict_theme(),
    }
}

/// What a verdict means.
pub(in crate::ui) fn verdict_hint(words: Words, verdict: Verdict) -> &'static str {
    match verdict {
        Verdict::Same => words.verdict_same_hint(),
        Verdict::Revised => words.verdict_revised_hint(),
        Verdict::Theme => words.verdict_theme_hint(),
    }
}

/// What saying that a link has this verdict is called in the table of keys.
pub(super) fn relabel_word(verdict: Verdict) -> fn(Words) -> &'static str {
    match verdict {
        Verdict::Same => Words::relabel_same,
        Verdict::Revised => Words::relabel_revised,
        Verdict::Theme => Words::relabel_theme,
    }
}

/// What a side is called.
pub(in crate::ui) fn side_name(words: Words, side: Side) -> &'static str {
    match side {
        Side::Left => words.left_side(),
        Side::Right => words.right_side(),
    }
}

/// What the reader did to a link.
fn ruled_name(words: Words, ruled: Ruled) -> &'static str {
    match ruled {
        Ruled::Confirmed => words.ruled_confirmed(),
        Ruled::Relabelled => words.ruled_relabelled(),
        Ruled::Added => words.ruled_added(),
    }
}

/// What a decision is called.
pub(super) fn decision_name(words: Words, decision: Decision) -> String {
    match decision {
        Decision::Confirm => words.decision_confirm().to_owned(),
        Decision::Refuse => words.decision_refuse().to_owned(),
        Decision::Relate(verdict) => words.decision_relate(verdict_name(words, verdict)),
        Decision::Pin => words.decision_pin().to_owned(),
    }
}

/// A share from 0 to 1 in whole per cent. Only what is whole is a hundred, only what is nothing is zero.
pub(super) fn whole_percent(share: f32) -> f32 {
    let percent = (share.clamp(0.0, 1.0) * 100.0).round();
    match share {
        _ if share >= 1.0 => 100.0,
        _ if share <= 0.0 => 0.0,
        _ => percent.clamp(1.0, 99.0),
    }
}

/// So many of so many, in whole per cent.
#[expect(clippy::cast_precision_loss, reason = "a share")]
pub(super) fn share_of(part: usize, whole: usize) -> f32 {
    whole_percent(part as f32 / whole.max(1) as f32)
}

/// What a screen reader says of a link.
pub(super) fn link_name(words: Words, row: &LinkRow) -> String {
    let verdict = verdict_name(words, row.verdict);
    words.ribbon_name(verdict, whole_percent(row.score), &row.left, &row.right)
}

/// What is to be known of a link beside its verdict: how sure it is, whether it crosses others, what the reader did
/// to it.
pub(super) fn link_facts(words: Words, row: &LinkRow) -> Vec<String> {
    let crosses = row.crosses.then(|| words.crosses_order().to_owned());
    let ruled = row.ruled.map(|ruled| ruled_name(words, ruled).to_owned());
    [words.strength(whole_percent(row.score))].into_iter().chain(crosses).chain(ruled).collect()
}

/// Why two passages are linked, in one line.
pub(super) fn reason_text(words: Words, row: &LinkRow) -> String {
    let parts = row.reason.iter().map(|part| reason_part(words, part));
    parts.collect::<Vec<_>>().join(words.reason_break())
}

fn reason_part(words: Words, part: &ReasonPart) -> String {
    let quoted = |all: &[String]| list(words, all.iter().map(|each| format!("「{each}」")));
    match part {
        ReasonPart::Wording { left, right } => {
            words.reason_wording(whole_percent(*left), whole_percent(*right))
        }
        ReasonPart::Words(all) => words.reason_words(quoted(all)),
        ReasonPart::LeadingClause(all) => words.reason_leading(quoted(all)),
        ReasonPart::Named(all) => words.reason_named(list(words, all.iter())),
        ReasonPart::Theme { name, left, right } => words.reason_theme(name, left, right),
        ReasonPart::Headings { left, right } => words.reason_headings(left, right),
        ReasonPart::Order => words.reason_order().to_owned(),
        ReasonPart::Reader => words.reason_reader().to_owned(),
    }
}

fn list(words: Words, all: impl Iterator<Item = impl Display>) -> String {
    all.map(|each| each.to_string()).collect::<Vec<_>>().join(words.list_dot())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::session::Language;

    #[test]
    fn nearly_all_is_not_all() {
        let check = |share, expected: f32| {
            assert!((whole_percent(share) - expected).abs() < f32::EPSILON, "{share}");
        };
        check(0.0, 0.0);
        check(0.001, 1.0);
        check(0.5, 50.0);
        check(0.999, 99.0);
        check(1.0, 100.0);
    }

    #[test]
    fn a_reason_is_told_in_the_language_of_the_interface() {
        let part = ReasonPart::Words(vec!["河岸".to_owned(), "燈塔".to_owned()]);
        let check = |language, expected: &str| {
            assert_eq!(reason_part(Words::of(language), &part), expected);
        };
        check(Language::English, "both say 「河岸」, 「燈塔」");
        check(Language::Traditional, "都有「河岸」、「燈塔」");
    }
}
