//! The pairs of documents: from identical to unrelated.

use std::sync::Arc;

use duidu::compare::{Part, Side, Verdict};
use duidu::document::Document;
use duidu::text::{Converters, Form, Script};

use super::changes::{
    change_marks, edit, edit_piece, insert_boilerplate, merge, reverse, select, show_in, shuffle, split,
    swap_clauses,
};
use super::manuscript::Manuscript;
use super::prose::Voice;
use super::themes::{Half, themes};
use super::truth::{self, Themes, Truth};
use super::writer::{Style, Words, Writer};

/// Two documents and the truth about them.
#[derive(Clone, Debug)]
pub(crate) struct Trial {
    /// The left one.
    pub(crate) left: Arc<Document>,
    /// The right one.
    pub(crate) right: Arc<Document>,
    /// The truth.
    pub(crate) truth: Truth,
}

impl Trial {
    fn new(left: &Manuscript, right: &Manuscript, truth: Truth) -> Self {
        Self { left: left.document(), right: right.document(), truth }
    }

    fn of_versions(left: &Manuscript, right: &Manuscript) -> Self {
        Self::new(left, right, Truth::of(left, right, Themes::Free))
    }

    fn of_themes(left: &Manuscript, right: &Manuscript) -> Self {
        Self::new(left, right, Truth::of(left, right, Themes::Linked))
    }

    /// The document of a side.
    pub(crate) fn document(&self, side: Side) -> &Arc<Document> {
        match side {
            Side::Left => &self.left,
            Side::Right => &self.right,
        }
    }

    /// Both documents, whole.
    pub(crate) fn parts(&self) -> (Part, Part) {
        (Part::whole(Arc::clone(&self.left)), Part::whole(Arc::clone(&self.right)))
    }

    /// For each block of a side the verdicts that are right for it, those of its closest relation, and
    /// whether a link that is free touches it.
    pub(crate) fn truths_of_blocks(&self, side: Side) -> Vec<(Vec<Verdict>, bool)> {
        let mut truths = vec![(Vec::new(), false); self.document(side).blocks().len()];
        let pick = |&(left, right): &(usize, usize)| if side == Side::Left { left } else { right };
        for (pair, verdicts) in &self.truth.links {
            let own: &mut Vec<Verdict> = &mut truths[pick(pair)].0;
            let rank = |verdicts: &[Verdict]| (verdicts.iter().max().copied(), verdicts.len());
            if rank(verdicts) > rank(own) {
                own.clone_from(verdicts);
            }
        }
        for pair in self.truth.free.keys() {
            truths[pick(pair)].1 = true;
        }
        truths
    }
}

/// A kind of pairs.
#[derive(Clone, Copy)]
pub(crate) struct Level {
    /// What is done to the texts.
    pub(crate) name: &'static str,
    /// Makes the pair of that seed.
    make: fn(&mut Writer, &Converters) -> Trial,
}

impl Level {
    /// The pair of that seed, the same each time.
    pub(crate) fn trial(&self, seed: u64, converters: &Converters) -> Trial {
        (self.make)(&mut Writer::new(seed), converters)
    }
}

/// How many blocks of text a document has, where nothing else is said; no two of them on one theme.
const BLOCKS: usize = 32;

/// Every level, the easiest first.
pub(crate) const LEVELS: [Level; 31] = [
    Level { name: "identical", make: |writer, _| version(writer, |_, _| ()) },
    Level {
        name: "traditional characters",
        make: |w, c| in_script(w, c, Script::characters(Form::Traditional)),
    },
    Level {
        name: "Taiwan's characters and words",
        make: |w, c| in_script(w, c, Script::words(Form::Taiwan)),
    },
    Level { name: "width and punctuation", make: |writer, _| version(writer, change_marks) },
    Level { name: "edits of 5 %", make: |writer, _| edited(writer, 5) },
    Level { name: "edits of 10 %", make: |writer, _| edited(writer, 10) },
    Level { name: "edits of 20 %", make: |writer, _| edited(writer, 20) },
    Level { name: "edits of 30 %", make: |writer, _| edited(writer, 30) },
    Level { name: "edits of 10 %, other script", make: edited_in_script },
    Level { name: "clauses swapped", make: |writer, _| version(writer, swap_in_each) },
    Level { name: "shuffled paragraphs", make: |writer, _| version(writer, shuffle) },
    Level { name: "shuffled, edits of 10 %", make: |writer, _| version(writer, shuffle_and_edit) },
    Level { name: "order reversed", make: |writer, _| version(writer, |_, right| reverse(right)) },
    Level { name: "split paragraphs", make: |writer, _| version(writer, split) },
    Level { name: "split, edits of 10 %", make: |writer, _| version(writer, split_and_edit) },
    Level { name: "merged paragraphs", make: |writer, _| version(writer, |_, right| merge(right)) },
    Level { name: "merged, edits of 10 %", make: |writer, _| version(writer, merge_and_edit) },
    Level { name: "boilerplate inserted", make: |writer, _| version(writer, insert_boilerplate) },
    Level { name: "boilerplate on both sides", make: |writer, _| with_boilerplate(writer) },
    Level { name: "10 of 200 paragraphs", make: |writer, _| selection(writer, 0) },
    Level { name: "10 of 200, edits of 10 %", make: |writer, _| selection(writer, 10) },
    Level { name: "items cut from paragraphs", make: |writer, _| items_of_paragraphs(writer) },
    Level { name: "theme: names and words", make: |writer, _| paraphrase(writer, Words::All, Words::All) },
    Level { name: "theme: a word of each kind", make: |writer, _| halves(writer, 1) },
    Level { name: "theme: no word shared", make: |writer, _| halves(writer, 0) },
    Level { name: "theme: items of paragraphs", make: |writer, _| items_on_themes(writer) },
    Level { name: "of everything something", make: of_everything },
    Level { name: "nothing in common", make: |writer, _| unrelated(writer, 20, [Voice::Even, Voice::Odd]) },
    Level { name: "nothing but stock phrases", make: |writer, _| unrelated(writer, 20, [Voice::Even; 2]) },
    Level { name: "nothing but every clause", make: |writer, _| unrelated(writer, 20, [Voice::Any; 2]) },
    Level {
        name: "nothing but every clause, 200",
        make: |writer, _| unrelated(writer, 200, [Voice::Any; 2]),
    },
];

/// A document and what was made of it.
fn version(writer: &mut Writer, change: impl FnOnce(&mut Writer, &mut Manuscript)) -> Trial {
    let left = base(writer);
    let mut right = left.clone();
    change(writer, &mut right);
    Trial::of_versions(&left, &right)
}

fn base(writer: &mut Writer) -> Manuscript {
    let matters = writer.matters(BLOCKS);
    writer.document(&matters, Style::PLAIN)
}

fn in_script(writer: &mut Writer, converters: &Converters, script: Script) -> Trial {
    version(writer, |_, right| show_in(script, converters, right))
}

fn edited(writer: &mut Writer, hundredths: usize) -> Trial {
    version(writer, |writer, right| edit(writer, hundredths, right))
}

fn edited_in_script(writer: &mut Writer, converters: &Converters) -> Trial {
    version(writer, |writer, right| {
        edit(writer, 10, right);
        show_in(Script::words(Form::Taiwan), converters, right);
    })
}

fn swap_in_each(writer: &mut Writer, right: &mut Manuscript) {
    for piece in right.pieces.iter_mut().filter(|piece| piece.is_body()) {
        swap_clauses(writer, piece);
    }
}

fn shuffle_and_edit(writer: &mut Writer, right: &mut Manuscript) {
    shuffle(writer, right);
    edit(writer, 10, right);
}

fn split_and_edit(writer: &mut Writer, right: &mut Manuscript) {
    split(writer, right);
    edit(writer, 10, right);
}

fn merge_and_edit(writer: &mut Writer, right: &mut Manuscript) {
    merge(right);
    edit(writer, 10, right);
}

fn with_boilerplate(writer: &mut Writer) -> Trial {
    let mut left = base(writer);
    let mut right = left.clone();
    insert_boilerplate(writer, &mut left);
    edit(writer, 5, &mut right);
    insert_boilerplate(writer, &mut right);
    Trial::of_versions(&left, &right)
}

fn selection(writer: &mut Writer, hundredths: usize) -> Trial {
    let matters = writer.matters(200);
    let left = writer.document(&matters, Style::PLAIN);
    let mut right = left.clone();
    select(writer, 10, &mut right);
    edit(writer, hundredths, &mut right);
    Trial::of_versions(&left, &right)
}

/// Long paragraphs on three matters each, and on the other side three items for each, cut from them and edited.
fn items_of_paragraphs(writer: &mut Writer) -> Trial {
    let matters = writer.matters(36);
    let (mut left, mut right) = (Manuscript::default(), Manuscript::default());
    for group in matters.chunks(3) {
        let mut items = Vec::new();
        for &matter in group {
            items.push(writer.sentences(matter, Style::PLAIN, 1));
        }
        let mut long = items[0].clone();
        long.glyphs = items.iter().flat_map(|item| item.glyphs.clone()).collect();
        long.matters = group.to_vec();
        left.pieces.push(long);
        for item in &mut items {
            edit_piece(writer, 10, item);
        }
        right.pieces.extend(items);
    }
    shuffle(writer, &mut right);
    Trial::of_versions(&left, &right)
}

fn halves(writer: &mut Writer, shared: usize) -> Trial {
    paraphrase(writer, Words::Of(Half::First, shared), Words::Of(Half::Second, shared))
}

/// Two documents of which two in three matters are common, in other words and in another order.
fn paraphrase(writer: &mut Writer, left_words: Words, right_words: Words) -> Trial {
    let matters = writer.matters(36);
    let (ours, theirs) = (&matters[..24], &matters[8..32]);
    let mut theirs = theirs.to_vec();
    writer.dice.shuffle(&mut theirs);
    let left = without_lists(writer, ours, Style { voice: Voice::Even, words: left_words });
    let right = without_lists(writer, &theirs, Style { voice: Voice::Odd, words: right_words });
    Trial::of_themes(&left, &right)
}

/// Paragraphs alone, each of two or three sentences that say what it is about, under a few headings.
fn without_lists(writer: &mut Writer, matters: &[usize], style: Style) -> Manuscript {
    let mut manuscript = Manuscript::default();
    for (place, &matter) in matters.iter().enumerate() {
        if place % 8 == 0 {
            let name = ["总体要求", "重点任务", "保障措施"][place / 8 % 3];
            let number = format!("{}、", super::writer::in_words(place / 8 + 1));
            manuscript.pieces.push(writer.heading(1, &number, name, &[]));
        }
        let sentences = 2 + writer.dice.below(2);
        manuscript.pieces.push(writer.sentences(matter, style, sentences));
    }
    manuscript
}

/// Long paragraphs on three matters each, and on the other side an item on each in other words.
fn items_on_themes(writer: &mut Writer) -> Trial {
    let matters = writer.matters(36);
    let (mut left, mut right) = (Manuscript::default(), Manuscript::default());
    for group in matters.chunks(3) {
        let mut long: Option<super::manuscript::Piece> = None;
        for &matter in group {
            let sentence = writer.sentences(matter, Style { voice: Voice::Even, words: Words::All }, 1);
            match &mut long {
                None => long = Some(sentence),
                Some(long) => {
                    long.glyphs.extend(sentence.glyphs);
                    long.matters.push(matter);
                }
            }
            right.pieces.push(writer.sentences(matter, Style { voice: Voice::Odd, words: Words::All }, 1));
        }
        left.pieces.extend(long);
    }
    shuffle(writer, &mut right);
    Trial::of_themes(&left, &right)
}

/// Ten matters stand in both in the same words, ten edited, ten in other words, and six in each alone; shuffled, with
/// boilerplate, and in another script.
fn of_everything(writer: &mut Writer, converters: &Converters) -> Trial {
    let matters = writer.matters(42);
    let even = Style { voice: Voice::Even, words: Words::All };
    let odd = Style { voice: Voice::Odd, words: Words::All };
    let mut left = without_lists(writer, &matters[..36], even);
    let mut right = left.clone();
    let bodies = (0..right.pieces.len()).filter(|&place| left.pieces[place].is_body());
    for (body, place) in bodies.enumerate() {
        match body {
            0..10 => {}
            10..20 => edit_piece(writer, 15, &mut right.pieces[place]),
            20..30 => right.pieces[place] = writer.sentences(matters[body], odd, 3),
            _ => right.pieces[place] = writer.sentences(matters[body + 6], odd, 3),
        }
    }
    shuffle(writer, &mut right);
    insert_boilerplate(writer, &mut right);
    insert_boilerplate(writer, &mut left);
    show_in(Script::characters(Form::Taiwan), converters, &mut right);
    Trial::of_themes(&left, &right)
}

/// Documents on themes of other fields each, with the same headings over them; where their voices are the same, also
/// with the same clauses around other words.
fn unrelated(writer: &mut Writer, blocks: usize, voices: [Voice; 2]) -> Trial {
    const OF_THE_LEFT: [&str; 4] = ["water", "culture", "net", "work"];
    let themes = themes();
    let is_left = |matter: &usize| OF_THE_LEFT.contains(&themes[*matter].field);
    let (ours, theirs): (Vec<usize>, Vec<usize>) =
        writer.matters(themes.len()).into_iter().partition(is_left);
    let repeat = |matters: &[usize]| matters.iter().copied().cycle().take(blocks).collect::<Vec<_>>();
    let left = writer.document(&repeat(&ours), Style { voice: voices[0], ..Style::PLAIN });
    let right = writer.document(&repeat(&theirs), Style { voice: voices[1], ..Style::PLAIN });
    let truth = truth::unrelated(&left, &right);
    Trial::new(&left, &right, truth)
}
