//! The table of figures.

use std::collections::BTreeMap;
use std::fmt;
use std::time::Duration;

use duidu::store::Bounds;

use super::corpus::{FORMATS, Hostile};
use super::outcome::Outcome;
use super::reading::Answer;

/// How long an answer may take beyond the time that the process that reads has: it is started and ended.
const PATIENCE: Duration = Duration::from_millis(700);

/// What became of files of one kind.
#[derive(Default)]
struct Figure {
    files: usize,
    outcomes: [usize; Outcome::ALL.len()],
    slowest: Duration,
    memory: u64,
    violations: Vec<String>,
}

/// What became of all files, by format and by what is wrong with them.
pub(crate) struct Figures {
    figures: BTreeMap<(usize, &'static str), Figure>,
    /// Whether each kind has a line of its own.
    at_length: bool,
}

impl Figures {
    /// Of no file yet; `at_length` for a line for each kind.
    pub(crate) fn told_at_length(at_length: bool) -> Self {
        Self { figures: BTreeMap::new(), at_length }
    }

    /// One more file: what was answered, and what is wrong with the place where it lay.
    pub(crate) fn add(&mut self, hostile: &Hostile, answer: &Result<Answer, String>, wrong: Option<String>) {
        let format = FORMATS.iter().position(|(format, _)| *format == hostile.format).unwrap();
        let figure = self.figures.entry((format, hostile.family)).or_default();
        figure.files += 1;
        figure.violations.extend(wrong);
        match answer {
            Ok(answer) => figure.take(hostile, answer),
            Err(death) => figure.violations.push(death.clone()),
        }
    }

    /// What must not be, one sentence each.
    pub(crate) fn violations(&self) -> impl Iterator<Item = String> {
        let all = self
            .figures
            .iter()
            .flat_map(|(kind, figure)| figure.violations.iter().map(move |found| (kind, found)));
        all.map(|((format, family), found)| format!("{}, {family}: {found}", FORMATS[*format].0))
    }
}

impl Figure {
    fn take(&mut self, hostile: &Hostile, answer: &Answer) {
        let Answer { outcome, time, memory, secret, message } = answer;
        let kind = Outcome::ALL.iter().position(|known| known == outcome).unwrap();
        self.outcomes[kind] += 1;
        self.slowest = self.slowest.max(*time);
        self.memory = self.memory.max(*memory);
        let bounds = Bounds::default();
        // Without optimisation, on whatever machine, nothing is demanded of the time.
        let (timed, late) = (!cfg!(debug_assertions), *outcome == Outcome::TooLong);
        let right = late || hostile.expected.is_empty() || hostile.expected.contains(outcome);
        let harms = [
            (*outcome == Outcome::Fault, format!("the process that reads failed: {message}")),
            (!right, format!("{outcome:?} and not {:?}: {message}", hostile.expected)),
            (timed && late, format!("no answer in time: {message}")),
            (timed && *time > bounds.first + PATIENCE, format!("an answer only after {time:?}")),
            (*memory > bounds.mebibytes, format!("{memory} MiB of memory")),
            (*secret, "the text holds what stands in another file".to_owned()),
        ];
        self.violations.extend(harms.into_iter().filter(|(harm, _)| *harm).map(|(_, told)| told));
    }

    fn and(mut self, other: &Self) -> Self {
        self.files += other.files;
        self.outcomes.iter_mut().zip(other.outcomes).for_each(|(own, other)| *own += other);
        self.slowest = self.slowest.max(other.slowest);
        self.memory = self.memory.max(other.memory);
        self.violations.extend(other.violations.iter().cloned());
        self
    }
}

/// The head of the table.
const HEAD: &str = "| files | tried | read | damaged | too much | too long | encrypted | another kind | slowest, ms | most memory, MiB | violations |\n\
                    |---|---|---|---|---|---|---|---|---|---|---|";

impl fmt::Display for Figures {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        writeln!(formatter, "{HEAD}")?;
        if self.at_length {
            for ((format, family), figure) in &self.figures {
                writeln!(formatter, "| {}: {family} {figure}", FORMATS[*format].0)?;
            }
        }
        let of = |format: usize| self.figures.iter().filter(move |((found, _), _)| *found == format);
        let sum = |figures: &mut dyn Iterator<Item = &Figure>| figures.fold(Figure::default(), Figure::and);
        for (format, (name, _)) in FORMATS.iter().enumerate() {
            writeln!(formatter, "| {name} {}", sum(&mut of(format).map(|(_, figure)| figure)))?;
        }
        write!(formatter, "| all {}", sum(&mut self.figures.values()))
    }
}

impl fmt::Display for Figure {
    fn fmt(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        let told = Outcome::ALL.iter().zip(self.outcomes).filter(|(outcome, _)| **outcome != Outcome::Fault);
        let told: Vec<String> = told.map(|(_, count)| count.to_string()).collect();
        let (slowest, memory) = (self.slowest.as_millis(), self.memory);
        write!(
            formatter,
            "| {} | {} | {slowest} | {memory} | {} |",
            self.files,
            told.join(" | "),
            self.violations.len()
        )
    }
}
