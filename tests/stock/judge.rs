//! Holds what a comparison found against the truth.

use duidu::compare::{Comparison, Side, Verdict, is_compared};
use duidu::document::{BlockIndex, Document};
use duidu::text::Span;

use super::levels::Trial;
use super::truth::Mark;

/// How often right, wrongly found, and missed.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub(crate) struct Score {
    /// Found, and true.
    pub(crate) hits: usize,
    /// Found, and not true.
    pub(crate) wrong: usize,
    /// True, and not found.
    pub(crate) missed: usize,
}

/// What a block is: the closest relation that it has, or that nothing answers it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(crate) enum Class {
    /// Something answers it so.
    Answered(Verdict),
    /// Nothing does.
    Only,
}

/// The classes, in the order of [`Judgement::confusion`].
pub(crate) const CLASSES: [Class; 4] = [
    Class::Answered(Verdict::Same),
    Class::Answered(Verdict::Revised),
    Class::Answered(Verdict::Theme),
    Class::Only,
];

/// The outcome of one trial or of many.
#[derive(Clone, Debug, Default)]
pub(crate) struct Judgement {
    /// Of pairs of blocks.
    pub(crate) links: Score,
    /// Of characters of both sides.
    pub(crate) characters: Score,
    /// Blocks of both sides: the row is what they are, the column what was found; see [`CLASSES`].
    pub(crate) confusion: [[usize; 4]; 4],
    /// True links that were found, and how many of them with a verdict that is right.
    pub(crate) verdicts: (usize, usize),
    /// What went wrong, the worst first.
    pub(crate) mistakes: Vec<Mistake>,
}

/// Something that went wrong.
#[derive(Clone, Debug)]
pub(crate) struct Mistake {
    /// How bad it is, among those of its kind from 0 to 1.
    pub(crate) weight: f32,
    /// What was wrong, in a word: `false link`, `missed link`, `verdict`, `false characters`, `missed characters`.
    pub(crate) kind: &'static str,
    /// What it is about.
    pub(crate) about: String,
}

impl Score {
    /// How much of what was found is true; 1 where nothing was found.
    pub(crate) fn precision(self) -> f64 {
        share(self.hits, self.hits + self.wrong)
    }

    /// How much of what is true was found; 1 where nothing is true.
    pub(crate) fn recall(self) -> f64 {
        share(self.hits, self.hits + self.missed)
    }

    /// The harmonic mean of both.
    pub(crate) fn f1(self) -> f64 {
        share(2 * self.hits, 2 * self.hits + self.wrong + self.missed)
    }

    fn add(&mut self, other: Self) {
        self.hits += other.hits;
        self.wrong += other.wrong;
        self.missed += other.missed;
    }
}

#[expect(clippy::cast_precision_loss, reason = "counts of a trial are small")]
fn share(part: usize, whole: usize) -> f64 {
    if whole == 0 { 1.0 } else { part as f64 / whole as f64 }
}

impl Judgement {
    /// What came of one trial.
    pub(crate) fn of(trial: &Trial, found: &Comparison) -> Self {
        let mut judgement = Self::default();
        judgement.judge_links(trial, found);
        for side in Side::BOTH {
            judgement.judge_blocks(trial, found, side);
            judgement.judge_characters(trial, found, side);
        }
        judgement.mistakes.sort_by(|one, other| other.weight.total_cmp(&one.weight));
        judgement
    }

    /// Puts another outcome to this one.
    pub(crate) fn add(&mut self, other: Self) {
        self.links.add(other.links);
        self.characters.add(other.characters);
        for (row, more) in self.confusion.iter_mut().zip(other.confusion) {
            for (cell, more) in row.iter_mut().zip(more) {
                *cell += more;
            }
        }
        self.verdicts.0 += other.verdicts.0;
        self.verdicts.1 += other.verdicts.1;
        self.mistakes.extend(other.mistakes);
        self.mistakes.sort_by(|one, other| other.weight.total_cmp(&one.weight));
    }

    /// How many blocks have the class that is theirs.
    pub(crate) fn accuracy(&self) -> f64 {
        let right = (0..4).map(|class| self.confusion[class][class]).sum();
        share(right, self.confusion.iter().flatten().sum())
    }

    /// The mean F1 of the classes that there are.
    #[expect(clippy::cast_precision_loss, reason = "there are four classes")]
    pub(crate) fn macro_f1(&self) -> f64 {
        let of_class = |class: usize| {
            let hits = self.confusion[class][class];
            let row: usize = self.confusion[class].iter().sum();
            let column: usize = self.confusion.iter().map(|row| row[class]).sum();
            (row > 0).then(|| Score { hits, wrong: column - hits, missed: row - hits }.f1())
        };
        let scores: Vec<f64> = (0..4).filter_map(of_class).collect();
        scores.iter().sum::<f64>() / scores.len().max(1) as f64
    }

    /// How many of the true links that were found have a verdict that is right.
    pub(crate) fn verdicts_right(&self) -> f64 {
        share(self.verdicts.1, self.verdicts.0)
    }

    fn judge_links(&mut self, trial: &Trial, found: &Comparison) {
        let mut hits = std::collections::BTreeSet::new();
        for link in found.links() {
            for pair in pairs(&link.left, &link.right) {
                let about = || about(trial, pair, &format!("{} {:.2}", link.verdict, link.score));
                match trial.truth.links.get(&pair) {
                    Some(verdicts) => {
                        hits.insert(pair);
                        self.verdicts.0 += 1;
                        let is_right = verdicts.contains(&link.verdict);
                        self.verdicts.1 += usize::from(is_right);
                        if !is_right {
                            let text = format!("{} for {verdicts:?}", about());
                            self.note(link.score, "verdict", text);
                        }
                    }
                    None if trial.truth.free.get(&pair).is_some_and(|most| link.verdict <= *most) => {}
                    None => {
                        self.links.wrong += 1;
                        self.note(
                            link.score,
                            "false link",
                            format!("{} {:?}", about(), link.reason.evidence),
                        );
                    }
                }
            }
        }
        self.links.hits = hits.len();
        for (pair, verdicts) in trial.truth.links.iter().filter(|(pair, _)| !hits.contains(*pair)) {
            self.links.missed += 1;
            let closeness = if verdicts.contains(&Verdict::Theme) { 0.5 } else { 1.0 };
            self.note(closeness, "missed link", about(trial, *pair, &format!("{verdicts:?}")));
        }
    }

    fn judge_blocks(&mut self, trial: &Trial, found: &Comparison, side: Side) {
        let blocks = trial.document(side).blocks();
        let truths = trial.truths_of_blocks(side);
        let compared = blocks.iter().enumerate().filter(|(_, block)| is_compared(block.kind));
        for (index, _) in compared {
            let (verdicts, is_free) = &truths[index];
            let got = found.verdict(side, BlockIndex::new(index)).map_or(Class::Only, Class::Answered);
            let is_right = match got {
                Class::Answered(verdict) => verdicts.contains(&verdict),
                Class::Only => verdicts.is_empty(),
            };
            if verdicts.is_empty() && *is_free && got != Class::Only {
                continue;
            }
            let expected = verdicts.first().map_or(Class::Only, |verdict| Class::Answered(*verdict));
            let row = class_index(if is_right { got } else { expected });
            self.confusion[row][class_index(got)] += 1;
        }
    }

    fn judge_characters(&mut self, trial: &Trial, found: &Comparison, side: Side) {
        let document = trial.document(side);
        let covers = covered(trial, found, side);
        for (index, block) in document.blocks().iter().enumerate() {
            let Some(text) = block.span.of(document.text()) else { continue };
            let marks = &trial.truth.marks[side as usize][index];
            let mut own = Score::default();
            for ((offset, _), mark) in text.char_indices().zip(marks) {
                match (covers[block.span.range().start + offset], mark) {
                    (Cover::Right, Mark::Shared) => own.hits += 1,
                    (Cover::Right, Mark::Own) | (Cover::Wrong, Mark::Own | Mark::Shared) => own.wrong += 1,
                    (Cover::None, Mark::Shared) => own.missed += 1,
                    _ => {}
                }
            }
            self.note_characters(side, own, text);
            self.characters.add(own);
        }
    }

    fn note_characters(&mut self, side: Side, score: Score, text: &str) {
        let about = |count| format!("{side:?}, {count} characters of: {}", shortened(text));
        if score.wrong > 0 {
            self.note(weight(score.wrong), "false characters", about(score.wrong));
        }
        if score.missed > 0 {
            self.note(weight(score.missed), "missed characters", about(score.missed));
        }
    }

    fn note(&mut self, weight: f32, kind: &'static str, about: String) {
        self.mistakes.push(Mistake { weight, kind, about });
    }
}

#[expect(clippy::cast_precision_loss, reason = "a block has few characters")]
fn weight(count: usize) -> f32 {
    count as f32 / (count as f32 + 50.0)
}

/// Whether a byte of the text lies in a passage, and in one that leads where it should.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Cover {
    None,
    Wrong,
    Right,
}

fn covered(trial: &Trial, found: &Comparison, side: Side) -> Vec<Cover> {
    let mut covers = vec![Cover::None; trial.document(side).text().len()];
    for passage in found.links().iter().flat_map(|link| &link.passages) {
        let lefts = blocks_of(&trial.left, passage.left);
        let rights = blocks_of(&trial.right, passage.right);
        let mut reached = lefts.flat_map(|left| rights.clone().map(move |right| (left, right)));
        let is_true = reached.clone().any(|pair| trial.truth.links.contains_key(&pair));
        let is_free = reached.any(|pair| trial.truth.free.contains_key(&pair));
        let cover = if is_true { Cover::Right } else { Cover::Wrong };
        if is_true || !is_free {
            for byte in &mut covers[passage.span(side).range()] {
                *byte = if *byte == Cover::Right { Cover::Right } else { cover };
            }
        }
    }
    covers
}

fn blocks_of(document: &Document, span: Span) -> std::ops::Range<usize> {
    let at = |position| document.block_at(position).map_or(0, BlockIndex::as_usize);
    at(span.start())..at(span.end().saturating_sub(1).max(span.start())) + 1
}

fn pairs(left: &[BlockIndex], right: &[BlockIndex]) -> Vec<(usize, usize)> {
    let pair = |one: &BlockIndex| {
        let one = one.as_usize();
        right.iter().map(move |other| (one, other.as_usize()))
    };
    left.iter().flat_map(pair).collect()
}

fn class_index(class: Class) -> usize {
    CLASSES.iter().position(|one| *one == class).unwrap()
}

fn about(trial: &Trial, (left, right): (usize, usize), found: &str) -> String {
    let text = |document: &Document, index: usize| {
        let block = document.blocks()[index];
        format!("{:?} {}", block.kind, shortened(block.span.of(document.text()).unwrap_or_default()))
    };
    format!(
        "{found}\n      {left}: {}\n      {right}: {}\n     ",
        text(&trial.left, left),
        text(&trial.right, right)
    )
}

fn shortened(text: &str) -> String {
    let beginning: String = text.chars().take(90).collect();
    if beginning.len() < text.len() { beginning + "…" } else { beginning }
}
