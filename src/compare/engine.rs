//! The flow of a comparison.

use std::cell::OnceCell;
use std::sync::Arc;

use super::candidates::{Pair, candidates};
use super::grams::Frequencies;
use super::identical::identical;
use super::judge::{Case, Finding, profiles};
use super::lexicon::Lexicon;
use super::links::Writer;
use super::measure::ratio;
use super::rulings::Rulings;
use super::settle::Settling;
use super::units::{Unit, are_of_different_regions, units_of};
use super::{Cancelled, Comparison, Guidance, Part, Watcher};

pub(super) fn compare(
    left: &Part,
    right: &Part,
    guidance: &Guidance,
    watcher: &dyn Watcher,
) -> Result<Comparison, Cancelled> {
    proceed(watcher, 0.0)?;
    let lexicon = &guidance.lexicon;
    let regional = are_of_different_regions(left.document(), right.document());
    let left_units = units_of(left, regional, lexicon);
    proceed(watcher, 0.04)?;
    let right_units = units_of(right, regional, lexicon);
    proceed(watcher, 0.08)?;
    let frequencies = frequencies_of([left, right], [&left_units, &right_units], regional, lexicon);
    proceed(watcher, 0.14)?;
    let left_profiles = profiles(&left_units, &frequencies);
    proceed(watcher, 0.2)?;
    let right_profiles = profiles(&right_units, &frequencies);
    proceed(watcher, 0.26)?;
    let case = Case {
        units: [&left_units, &right_units],
        profiles: [&left_profiles, &right_profiles],
        frequencies: &frequencies,
        lexicon,
        regional,
        close: [&left_units, &right_units].map(|units| units.iter().map(|_| OnceCell::new()).collect()),
    };
    let rulings = Rulings::new(&guidance.rulings, [left, right], case.units);
    let mut pairs = candidates(case.units, case.profiles, watcher)?;
    pairs.extend(identical(case.units));
    pairs.extend(rulings.fixed());
    pairs.sort_unstable();
    pairs.dedup();
    pairs.retain(|&pair| !rulings.is_refused(pair));
    let findings = judge_all(&case, &pairs, watcher)?;
    let mut settled = Settling::new(&case, findings, rulings.anchors()).settle();
    settled.retain(|each| !rulings.is_refused(each.finding.pair));
    proceed(watcher, 0.95)?;
    let links = Writer::new(&case, [left, right], &rulings).links(settled);
    Ok(Comparison::new(left.clone(), right.clone(), links))
}

/// How rare words are is a matter of the whole documents, also where only sections of them are compared.
fn frequencies_of(parts: [&Part; 2], units: [&[Unit]; 2], regional: bool, lexicon: &Lexicon) -> Frequencies {
    let whole = |part: &Part| units_of(&Part::whole(Arc::clone(part.document())), regional, lexicon);
    let others = parts.map(|part| (!part.is_whole()).then(|| whole(part)));
    Frequencies::of([0, 1].map(|side| others[side].as_deref().unwrap_or(units[side])))
}

fn proceed(watcher: &dyn Watcher, done: f32) -> Result<(), Cancelled> {
    if watcher.goes_on(done) { Ok(()) } else { Err(Cancelled) }
}

/// How many pairs are judged before the watcher is asked again.
const PACE: usize = 256;

fn judge_all(case: &Case<'_>, pairs: &[Pair], watcher: &dyn Watcher) -> Result<Vec<Finding>, Cancelled> {
    let mut findings = Vec::new();
    for (number, chunk) in pairs.chunks(PACE).enumerate() {
        proceed(watcher, 0.46 + 0.46 * ratio(number * PACE, pairs.len()))?;
        findings.extend(chunk.iter().filter_map(|&pair| case.judge(pair)));
    }
    Ok(findings)
}
