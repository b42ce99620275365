//! The table of figures.

use std::{fmt, thread};

/// The head of the table.
pub(crate) const HEAD: &str = "| fault | tried | violations | besides |\n|---|---|---|---|";

/// What became of one kind of fault.
#[derive(Default)]
pub(crate) struct Figure {
    /// Which fault.
    pub(crate) name: &'static str,
    /// How often it was tried.
    pub(crate) tried: usize,
    /// What was lost, wrong or hidden, one sentence each.
    pub(crate) violations: Vec<String>,
    /// How often something was seen that `besides` tells of.
    pub(crate) seen: usize,
    /// What else was seen.
    pub(crate) besides: String,
}

impl Figure {
    /// Of no trial yet.
    pub(crate) fn of(name: &'static str) -> Self {
        Self { name, ..Self::default() }
    }

    /// Why it was not tried at all.
    pub(crate) fn untried(name: &'static str, reason: &str) -> Self {
        Self { besides: format!("not tried: {reason}"), ..Self::of(name) }
    }

    /// One more trial.
    pub(crate) fn count(&mut self, outcome: Result<(), String>) {
        self.tried += 1;
        self.violations.extend(outcome.err());
    }

    /// Both together, of the same fault.
    fn and(mut self, other: Self) -> Self {
        self.tried += other.tried;
        self.seen += other.seen;
        self.violations.extend(other.violations);
        self
    }

    /// Whether nothing was violated.
    pub(crate) fn is_sound(&self) -> bool {
        self.violations.is_empty()
    }
}

/// So many trials go on at once: they wait most of the time.
pub(crate) const AT_ONCE: usize = 4;

/// So many `trials`, several at once: each share is done with its number and how many of them it has.
pub(crate) fn shared(count: usize, trials: impl Fn(usize, usize) -> Figure + Sync) -> Figure {
    let of = |share: usize| count / AT_ONCE + usize::from(share < count % AT_ONCE);
    thread::scope(|scope| {
        let trials = &trials;
        let started: Vec<_> =
            (0..AT_ONCE).map(|share| scope.spawn(move || trials(share, of(share)))).collect();
        let figures = started.into_iter().map(|share| share.join().unwrap());
        figures.reduce(Figure::and).unwrap_or_default()
    })
}

/// How many violations are told in full.
const TOLD: usize = 5;

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let Self { name, tried, violations, besides, .. } = self;
        write!(formatter, "| {name} | {tried} | {} | {besides} |", violations.len())?;
        violations.iter().take(TOLD).try_for_each(|violation| write!(formatter, "\n    {violation}"))
    }
}
