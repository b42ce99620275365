//! Why a link was made, as a sentence.

use super::ComparisonExport;
use crate::compare::{Evidence, Link, Side};
use crate::document::BlockIndex;

/// The reason of a link as one sentence in the language of the words, the strongest evidence first.
pub(super) fn sentence(export: &ComparisonExport, link: &Link) -> String {
    let evidence = link.reason.evidence.iter().map(|evidence| clause(export, evidence));
    evidence.collect::<Vec<_>>().join(&export.words.between_reasons)
}

fn clause(export: &ComparisonExport, evidence: &Evidence) -> String {
    let words = &export.words;
    let listed = |template: &str, list: &[String]| filled(template, &[("words", &listed(export, list))]);
    let sides =
        |template: &str, left: &str, right: &str| filled(template, &[("left", left), ("right", right)]);
    match evidence {
        Evidence::Wording { left, right } => {
            sides(&words.because_wording, &percent(f64::from(*left)), &percent(f64::from(*right)))
        }
        Evidence::Words(list) => listed(&words.because_words, list),
        Evidence::LeadingClause(list) => listed(&words.because_leading_clause, list),
        Evidence::Named(list) => listed(&words.because_named, list),
        Evidence::Theme { name, left, right } if left == right => {
            filled(&words.because_theme_alike, &[("name", name), ("words", left)])
        }
        Evidence::Theme { name, left, right } => {
            filled(&words.because_theme, &[("name", name), ("left", left), ("right", right)])
        }
        Evidence::Headings { left, right } => sides(
            &words.because_headings,
            &heading(export, Side::Left, *left),
            &heading(export, Side::Right, *right),
        ),
        Evidence::Order => words.because_order.clone(),
        Evidence::Reader => words.because_reader.clone(),
    }
}

fn listed(export: &ComparisonExport, list: &[String]) -> String {
    list.join(&export.words.between_words)
}

fn heading(export: &ComparisonExport, side: Side, index: BlockIndex) -> String {
    let text = export.column(side).block(index).map(super::ShownBlock::text).unwrap_or_default();
    crate::export::on_one_line(text)
}

/// A part of the whole, from 0 to 1, in whole percents; what is not all never becomes 100, and what is not
/// nothing never 0.
pub(super) fn percent(part: f64) -> String {
    let percents = (part * 100.0).round();
    let percents = match part {
        part if part > 0.0 && percents < 1.0 => return "<1 %".to_owned(),
        part if part < 1.0 && percents >= 100.0 => 99.0,
        _ => percents,
    };
    format!("{percents:.0} %")
}

/// `template` with each `{name}` exchanged for its text, in one pass: what is filled in stays as it is.
fn filled(template: &str, texts: &[(&str, &str)]) -> String {
    let mut output = String::new();
    let mut rest = template;
    while let Some((before, after)) = rest.split_once('{') {
        output.push_str(before);
        let named = after.split_once('}').and_then(|(name, tail)| {
            texts.iter().find(|(known, _)| *known == name).map(|(_, text)| (*text, tail))
        });
        let (text, tail) = named.unwrap_or(("{", after));
        output.push_str(text);
        rest = tail;
    }
    output.push_str(rest);
    output
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn templates_are_filled() {
        let check = |template, expected| {
            assert_eq!(filled(template, &[("left", "{right}"), ("right", "水")]), expected);
        };
        check("a {left} b {right}", "a {right} b 水");
        check("{right}, {other} {", "水, {other} {");
        check("", "");
    }

    #[test]
    fn percents_are_honest() {
        let check = |part, expected| assert_eq!(percent(part), expected);
        check(0.0, "0 %");
        check(0.001, "<1 %");
        check(0.426, "43 %");
        check(0.999, "99 %");
        check(1.0, "100 %");
    }
}
