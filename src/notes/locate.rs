//! Where notes are now.
//!
//! A quotation that stands at its position, in its surroundings, is found at once. Otherwise every place
//! is gathered that shares rare runs of characters with the quotation or its surroundings; each is
//! measured by the likeness of words, surroundings and heading, whatever the script; and the best one is
//! taken only if it is above a floor and well above the next: a note that is unsure can be put right with
//! one key, a note that is silently wrong cannot.

use super::candidate::Candidate;
use super::measure::candidates;
use super::sought::Sought;
use super::witness::Testimony;
use super::{Anchor, Annotation, Target};
use crate::text::Span;

/// Where an anchor is in a document now.
#[derive(Clone, PartialEq, Debug)]
pub enum Found {
    /// The same words in the same surroundings, whatever the script.
    Exact(Span),
    /// The same words elsewhere or in other surroundings, or similar ones.
    Moved {
        /// Where.
        span: Span,
        /// How much alike the words are, from 0 to 1; 1 where they are the same. For a bookmark: how much
        /// alike the surroundings are.
        likeness: f32,
    },
    /// Several places could be meant, or one only perhaps. The reader chooses.
    Unsure {
        /// The places with their likeness, the likeliest first; at least one.
        candidates: Vec<(Span, f32)>,
    },
    /// Nothing in the document is like it. The note is kept.
    Lost,
}

/// What kind of answer a [`Found`] is.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default)]
pub enum FoundState {
    /// [`Found::Exact`].
    #[default]
    Exact,
    /// [`Found::Moved`].
    Moved,
    /// [`Found::Unsure`].
    Unsure,
    /// [`Found::Lost`].
    Lost,
}

impl FoundState {
    /// Every state, the surest first.
    pub const ALL: [FoundState; 4] = [Self::Exact, Self::Moved, Self::Unsure, Self::Lost];
}

impl Found {
    /// What kind of answer it is.
    pub fn state(&self) -> FoundState {
        match self {
            Self::Exact(_) => FoundState::Exact,
            Self::Moved { .. } => FoundState::Moved,
            Self::Unsure { .. } => FoundState::Unsure,
            Self::Lost => FoundState::Lost,
        }
    }

    /// The place, where there is one that is sure enough to be shown as the note's.
    pub fn span(&self) -> Option<Span> {
        match self {
            Self::Exact(span) | Self::Moved { span, .. } => Some(*span),
            Self::Unsure { .. } | Self::Lost => None,
        }
    }
}

/// Where a note is in the target's document now.
pub fn locate_note(note: &Annotation, target: &Target<'_>) -> Found {
    if note.is_kept_as_lost_in(target.document().id()) { Found::Lost } else { locate(&note.anchor, target) }
}

/// Where `anchor` is in the target's document now, with nothing to go by but the anchor itself.
pub fn locate(anchor: &Anchor, target: &Target<'_>) -> Found {
    if stands_in_place(anchor, target) {
        return Found::Exact(anchor.span);
    }
    let sought = Sought::of(anchor);
    Places::of(&sought, target).found(&sought, target, |_| Testimony::Silent)
}

/// The places where an anchor could be.
pub(super) struct Places {
    /// The best first; none overlaps a better one.
    found: Vec<Candidate>,
    /// Whether these are all: `false` where the document repeats itself so often that some may have been passed over.
    all_seen: bool,
    /// The answer, where it needs no other note to be believed.
    clear: Option<Found>,
}

impl Places {
    pub(super) fn of(sought: &Sought, target: &Target<'_>) -> Self {
        let (mut found, all_seen) = candidates(sought, target);
        found.sort_by_key(|candidate| {
            (std::cmp::Reverse(candidate.evidence()), candidate.distance, candidate.first)
        });
        let mut found = without_shadows(found);
        found.truncate(MOST_KEPT);
        let mut places = Self { found, all_seen, clear: None };
        if places.is_clear() {
            let alone = places.found(sought, target, |_| Testimony::Silent);
            places.clear = Some(alone).filter(|alone| alone.span().is_some());
        }
        places
    }

    fn is_clear(&self) -> bool {
        let all: Vec<_> = self.found.iter().collect();
        self.all_seen && margin(&all) >= MARGIN_CLEAR && all.first().is_some_and(|best| best.is_clear())
    }

    /// Where it is, when other notes say of each place what `testimony` answers.
    pub(super) fn found(
        &self,
        sought: &Sought,
        target: &Target<'_>,
        testimony: impl Fn(&Candidate) -> Testimony,
    ) -> Found {
        let weighed: Vec<_> = self.found.iter().map(|candidate| (candidate, testimony(candidate))).collect();
        let chosen = chosen(sought, &weighed, target).filter(|_| self.all_seen);
        match chosen {
            Some(candidate) if candidate.is_exact() => Found::Exact(candidate.span(sought, target)),
            Some(candidate) => {
                Found::Moved { span: candidate.span(sought, target), likeness: candidate.likeness() }
            }
            None => unsure_or_lost(sought, &self.found, target),
        }
    }

    /// The place that needs no other note to be believed, and the answer that it is.
    pub(super) fn clear(&self) -> Option<(&Candidate, &Found)> {
        self.found.first().zip(self.clear.as_ref())
    }
}

/// The words below which, together with their surroundings, equality may be chance.
const FEW: usize = 8;

/// Whether quotation and surroundings stand where they stood, word for word. Cheap, however long the document.
pub fn stands_in_place(anchor: &Anchor, target: &Target<'_>) -> bool {
    let Anchor { span, quote, before, after, .. } = anchor;
    let (text, range) = (target.text(), span.range());
    if span.of(text) != Some(quote) {
        return false;
    }
    let surrounded = text.get(..range.start).is_some_and(|left| left.ends_with(before.as_str()))
        && text.get(range.end..).is_some_and(|right| right.starts_with(after.as_str()));
    let known = [quote, before, after].iter().map(|part| part.chars().count()).sum::<usize>();
    surrounded && (known >= FEW || known == text.chars().take(FEW).count())
}

/// How far the best place must be above the next, in characters that speak for it, where its words and
/// surroundings are unchanged: two characters that differ count so much.
const MARGIN_EXACT: usize = 4;
/// As [`MARGIN_EXACT`], where something has changed.
const MARGIN_CHANGED: usize = 6;
/// As [`MARGIN_EXACT`], where the place is to tell where other notes are.
const MARGIN_CLEAR: usize = 10;

/// By how much the first place is above all others, however much speaks for them.
fn margin(found: &[&Candidate]) -> usize {
    let Some((best, others)) = found.split_first() else { return 0 };
    let next = others.iter().map(|candidate| candidate.seeming()).max();
    best.evidence().saturating_sub(next.unwrap_or(0))
}

/// The one place that can be trusted to be the note's, among those found, the best first.
fn chosen<'c>(
    sought: &Sought,
    found: &[(&'c Candidate, Testimony)],
    target: &Target<'_>,
) -> Option<&'c Candidate> {
    let all: Vec<_> = found.iter().map(|(candidate, _)| *candidate).collect();
    let supported = found.iter().filter(|(_, said)| said.supports());
    let (expected, testimonies): (Vec<&Candidate>, Vec<Testimony>) = supported.copied().unzip();
    let &(best, said) = found.first()?;
    let alone = chosen_alone(sought, &all, target);
    match expected.first() {
        None => alone.filter(|_| said != Testimony::Elsewhere || is_beyond_doubt(&all)),
        Some(&likeliest) if best.evidence() >= likeliest.seeming() + MARGIN_CHANGED => {
            alone.filter(|_| is_beyond_doubt(&all))
        }
        Some(&likeliest) => {
            let is_likely = || {
                margin(&expected) >= MARGIN_EXACT
                    && match testimonies.first() {
                        Some(Testimony::Certain) => likeliest.is_likely_between(),
                        _ => likeliest.is_likely(sought, target),
                    }
            };
            let alone = alone.filter(|alone| std::ptr::eq(*alone, likeliest));
            alone
                .or_else(|| chosen_alone(sought, &expected, target))
                .or_else(|| is_likely().then_some(likeliest))
        }
    }
}

/// Whether the best place may be taken though other notes say that it should be elsewhere.
fn is_beyond_doubt(found: &[&Candidate]) -> bool {
    found.first().is_some_and(|best| margin(found) >= MARGIN_CLEAR && (best.is_exact() || best.is_clear()))
}

/// As [`chosen`], with nothing to go by but the places themselves.
fn chosen_alone<'c>(sought: &Sought, found: &[&'c Candidate], target: &Target<'_>) -> Option<&'c Candidate> {
    let &best = found.first()?;
    let margin = margin(found);
    if best.is_exact() {
        let unmoved = |candidate: &&Candidate| {
            candidate.evidence() == best.evidence()
                && candidate.is_exact()
                && candidate.span(sought, target).start() == sought.place
        };
        let stands_out = margin >= MARGIN_EXACT && !(best.is_open() && another_has_it(best, found));
        return if stands_out { Some(best) } else { found.iter().copied().find(unmoved) };
    }
    let stands_out = margin >= MARGIN_CHANGED && !another_has_it(best, found);
    (stands_out && best.is_trusted(sought, target)).then_some(best)
}

/// Whether another place has more of the words or of their paragraph than the best, whatever is farther around: the
/// next paragraph may have come to stand beside others.
fn another_has_it(best: &Candidate, found: &[&Candidate]) -> bool {
    let others = || found.iter().filter(|candidate| !std::ptr::eq(**candidate, best));
    let has_paragraph = (best.is_open() || !best.has_its_paragraph())
        && others().any(|candidate| candidate.has_its_paragraph());
    has_paragraph || !best.has_its_words() && others().any(|candidate| candidate.has_its_words())
}

/// How many places are remembered at most.
const MOST_KEPT: usize = 12;
/// How many places the reader is offered at most.
const MOST_OFFERED: usize = 8;

fn unsure_or_lost(sought: &Sought, found: &[Candidate], target: &Target<'_>) -> Found {
    let possible = found.iter().filter(|candidate| candidate.is_possible());
    let candidates: Vec<_> = possible
        .take(MOST_OFFERED)
        .map(|candidate| (candidate.span(sought, target), candidate.likeness()))
        .collect();
    if candidates.is_empty() { Found::Lost } else { Found::Unsure { candidates } }
}

/// Without the candidates that only are a better one seen askew: those that overlap it.
fn without_shadows(found: Vec<Candidate>) -> Vec<Candidate> {
    let mut kept: Vec<Candidate> = Vec::with_capacity(found.len());
    for candidate in found {
        let shadow = |better: &Candidate| {
            let same = (better.first, better.end) == (candidate.first, candidate.end);
            let worse = candidate.distance > 0 || candidate.evidence() < better.evidence();
            same || worse && better.overlaps(&candidate)
        };
        if !kept.iter().any(shadow) {
            kept.push(candidate);
        }
    }
    kept
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::{document_of, marked};
    use crate::text::fold_char;

    /// Where the note that is made on `⟦…⟧` of `made` is in `now`, as the state and the words there.
    fn found(made: &str, now: &str) -> (FoundState, String) {
        let (text, span) = marked(made);
        let anchor = Anchor::of(&document_of(&text), span);
        let document = document_of(now);
        let found = locate(&anchor, &Target::new(&document));
        let words = found.span().and_then(|span| span.of(now)).unwrap_or_default().to_owned();
        (found.state(), words)
    }

    /// `now` has `⟦…⟧` where the note should be; without them it should be nowhere.
    fn check(made: &str, now: &str, state: FoundState) {
        let (text, span) = marked(made);
        let anchor = Anchor::of(&document_of(&text), span);
        let expected = now.contains('⟦').then(|| marked(now).1);
        let now = if expected.is_some() { marked(now).0 } else { now.to_owned() };
        let document = document_of(&now);
        let found = locate(&anchor, &Target::new(&document));
        assert_eq!((found.state(), found.span()), (state, expected), "{found:?} in {now}");
    }

    const RIVER: &str = "# 一、上游\n上游山高坡陡，每逢大雨，泥沙就随水而下。村里的老人说，从前这里有一片杉树林，砍掉以后河水才变浑。\n\
        ⟦我们提议先在上游种树，再清理河道里的淤泥。⟧每户认领二十棵树苗，由小学的孩子记录它们的成活。\n\
        # 二、下游\n下游地势平缓，河岸常被冲塌。我们提议用石笼护岸，并在岸边留出五米宽的草地，不再耕种。";

    fn river() -> String {
        marked(RIVER).0
    }

    #[test]
    fn what_stands_in_place_is_exact() {
        check(RIVER, RIVER, FoundState::Exact);
        check("⟦全文只有这一句话⟧", "⟦全文只有这一句话⟧", FoundState::Exact);
        check("⟦水⟧", "⟦水⟧", FoundState::Exact);
    }

    #[test]
    fn what_only_shifted_or_changed_its_script_or_lines_is_exact() {
        check(RIVER, &format!("站点导航 | 首页\n前言写在这里。\n{RIVER}"), FoundState::Exact);
        check(
            RIVER,
            &RIVER.replace("先在上游种树，", "先在上游種樹,\n").replace("清理", "清 理"),
            FoundState::Exact,
        );
    }

    #[test]
    fn edited_words_in_their_place_are_moved() {
        check(RIVER, &RIVER.replace("先在上游种树", "首先在上游多种树"), FoundState::Moved);
        check(RIVER, &RIVER.replace("再清理河道里的淤泥。⟧", "再清理河道里的石头。⟧"), FoundState::Moved);
        check(RIVER, &RIVER.replace("⟦我们提议先", "⟦大家提议先"), FoundState::Moved);
        check(RIVER, &RIVER.replace("每户认领二十棵", "每家认领三十棵"), FoundState::Moved);
        let numbered = RIVER.replace("⟦我们", "⟦（二）我们");
        check(&numbered, &numbered.replace("（二）", "（三）"), FoundState::Moved);
    }

    #[test]
    fn words_that_are_gone_are_lost() {
        let (before, rest) = RIVER.split_once('⟦').unwrap();
        let (_, after) = rest.split_once('⟧').unwrap();
        check(RIVER, &format!("{before}{after}"), FoundState::Lost);
        check(RIVER, "这是一篇完全不同的文章，讲的是乡村图书室怎样借书。", FoundState::Lost);
        check(RIVER, "", FoundState::Lost);
    }

    #[test]
    fn the_surroundings_tell_the_same_words_apart() {
        let text = "第一条 开放时间由村民议定。未经同意不得变更。图书室周一休息。\n第二条 借书以一个月为限。未经同意不得变更。逾期的书由管理员催还。\n第三条 捐赠的书登记入册。⟦未经同意不得变更。⟧名册每年公布一次。";
        check(text, text, FoundState::Exact);
        check(text, &format!("新增的开头一句。\n{text}"), FoundState::Exact);
        let edited = text.replace("捐赠的书登记入册", "捐来的书要登记入册");
        check(text, &edited, FoundState::Moved);
    }

    #[test]
    fn the_same_words_in_the_same_surroundings_are_unsure() {
        let row = "| 树苗 | 二十棵 | 每户 | 春天种下，秋天补种，成活的由孩子们记录在册 |\n".repeat(12);
        let made =
            format!("{row}| 树苗 | ⟦二十棵⟧ | 每户 | 春天种下，秋天补种，成活的由孩子们记录在册 |\n{row}");
        check(&made, &made, FoundState::Exact);
        check(&made, &format!("新开头\n{}", marked(&made).0), FoundState::Unsure);
    }

    const CLAUSES: [&str; 4] = [
        "（一）任何单位不得向河道倾倒垃圾，违者由村民小组劝阻；",
        "（二）任何单位必须向河道管理员报告垃圾，违者由村民小组劝阻；",
        "（三）任何个人不得向河道倾倒泥土，违者由村民小组劝阻；",
        "（四）任何个人必须向河道管理员报告泥土，违者由村民小组劝阻；",
    ];

    /// However a clause is taken out of a list of clauses like it, another one never takes its place.
    #[test]
    fn a_clause_like_it_does_not_take_its_place() {
        for taken in 0..CLAUSES.len() {
            for also in 0..CLAUSES.len() {
                let made: String = (0..CLAUSES.len())
                    .map(|index| {
                        if index == taken {
                            format!("⟦{}⟧\n", CLAUSES[index])
                        } else {
                            format!("{}\n", CLAUSES[index])
                        }
                    })
                    .collect();
                let now: Vec<&str> = (0..CLAUSES.len())
                    .filter(|&index| index != taken && index != also)
                    .map(|index| CLAUSES[index])
                    .collect();
                let now = now.join("\n");
                let (state, words) =
                    found(&format!("村规如下：\n{made}完。"), &format!("村规如下：\n{now}完。"));
                assert!(matches!(state, FoundState::Unsure | FoundState::Lost), "{taken} {also}: {words}");
            }
        }
    }

    #[test]
    fn a_clause_that_was_turned_round_is_moved_not_exact() {
        let made = format!("村规如下：\n{}\n⟦{}⟧\n{}", CLAUSES[0], CLAUSES[2], CLAUSES[3]);
        check(&made, &made.replace("任何个人不得", "任何个人必须"), FoundState::Moved);
    }

    #[test]
    fn few_words_need_their_surroundings() {
        let made = RIVER.replace(['⟦', '⟧'], "").replace("杉树林", "⟦杉树⟧林");
        check(&made, &format!("开头。{made}"), FoundState::Exact);
        check(&made, &made.replace("从前这里有", "从前有"), FoundState::Moved);
        check(&made, "山后还有杉树，也有松树和竹子，只是去的人少。", FoundState::Unsure);
        check(&made, "山后还有松树和竹子，只是去的人少。", FoundState::Lost);
    }

    #[test]
    fn few_words_that_were_edited_are_moved_where_enough_stays_around_them() {
        let made = river().replace("从前这里有一片", "⟦从前这里有一⟧片");
        check(&made, &made.replace("从前这里有一", "从前那里有一"), FoundState::Moved);
        let after = "⟦从前这里有些⟧杉树林，被砍掉后";
        check(&made, &made.replace("⟦从前这里有一⟧片杉树林，砍掉以后", after), FoundState::Moved);
        check(&made, "这里有一些别的话，说的是修堤。", FoundState::Lost);
    }

    #[test]
    fn bookmarks_are_found_by_what_is_around() {
        let made = river().replace("从前这里", "⟦⟧从前这里");
        check(&made, &made, FoundState::Exact);
        check(&made, &format!("开头。\n{made}"), FoundState::Exact);
        check(&made, &made.replace("村里的老人说", "村中的老人们说"), FoundState::Moved);
        check(&made, "这是一篇完全不同的文章。", FoundState::Lost);
        let end_of_paragraph = river().replace("变浑。\n", "变浑。⟦⟧\n");
        check(&end_of_paragraph, &format!("开头。\n{end_of_paragraph}"), FoundState::Exact);
    }

    #[test]
    fn a_position_that_is_not_of_the_text_is_no_harm() {
        let (text, span) = marked(RIVER);
        let mut anchor = Anchor::of(&document_of(&text), span);
        for wild in [Span::new(1, 2), Span::at(u32::MAX), Span::default()] {
            anchor.span = wild;
            let document = document_of(&text);
            assert_eq!(locate(&anchor, &Target::new(&document)), Found::Exact(span));
        }
    }

    /// Numbers that look like chance and are the same each time (xorshift).
    struct Dice(u64);

    impl Dice {
        fn below(&mut self, most: usize) -> usize {
            self.0 ^= self.0 << 13;
            self.0 ^= self.0 >> 7;
            self.0 ^= self.0 << 17;
            usize::try_from(self.0 % u64::try_from(most).unwrap()).unwrap()
        }

        fn pick<'a>(&mut self, choices: &[&'a str]) -> &'a str {
            choices[self.below(choices.len())]
        }
    }

    /// A text of repeating phrases, so that much of it is like much else.
    fn random_text(dice: &mut Dice, sentences: usize) -> Vec<char> {
        let who = ["村民", "管理员", "小学的孩子", "任何个人", "志愿者", "河长", "老人", "各户"];
        let must = ["应当", "不得", "可以", "必须", "曾经", "每年", "先", "再"];
        let does = ["清理", "记录", "修补", "认领", "公布", "看护", "登记", "借阅", "种下", "运走"];
        let what = [
            "河道的淤泥",
            "岸边的树苗",
            "图书室的书",
            "桥下的石块",
            "上游的水位",
            "草地",
            "名册",
            "石笼",
            "旧船",
        ];
        let more = ["，并报告河长", "，由小组核对", "", "，违者劝阻", "，费用均摊", ""];
        let mut text = String::new();
        for sentence in 0..sentences {
            for words in [&who[..], &must, &does, &what, &more] {
                text += dice.pick(words);
            }
            text += if sentence % 4 == 3 { "。\n" } else { "。" };
        }
        text.chars().collect()
    }

    /// The text with about one in `every` characters exchanged, left out or added, and for each of the old
    /// characters where it is now.
    fn edited(dice: &mut Dice, text: &[char], every: usize) -> (String, Vec<usize>) {
        let (mut now, mut places) = (String::new(), Vec::new());
        for &character in text {
            places.push(now.len());
            match dice.below(every * 3) {
                0 => {}
                1 => now.extend(['新', character]),
                2 => now.push('改'),
                _ => now.push(character),
            }
        }
        places.push(now.len());
        (now, places)
    }

    /// How many of 200 notes are found after such edits. None may be found elsewhere.
    fn found_after_edits(every: usize) -> usize {
        let mut dice = Dice(0x5EED_0000 + u64::try_from(every).unwrap());
        let mut count = 0;
        for _ in 0..5 {
            let text = random_text(&mut dice, 120);
            let document = document_of(&text.iter().collect::<String>());
            let (now, places) = edited(&mut dice, &text, every);
            let now = document_of(&now);
            let target = Target::new(&now);
            for _ in 0..40 {
                let first = dice.below(text.len() - 60);
                let end = first + 12 + dice.below(40);
                let position =
                    |index: usize| text[..index].iter().map(|character| character.len_utf8()).sum::<usize>();
                let anchor = Anchor::of(&document, Span::from_range(&(position(first)..position(end))));
                if let Some(span) = locate(&anchor, &target).span() {
                    count += 1;
                    let expected = Span::from_range(&(places[first]..places[end]));
                    let off =
                        span.start().abs_diff(expected.start()).max(span.end().abs_diff(expected.end()));
                    assert!(
                        off <= 24,
                        "{:?} for {:?} in place of {:?}",
                        span.of(now.text()),
                        anchor.quote,
                        expected.of(now.text())
                    );
                }
            }
        }
        count
    }

    #[test]
    fn notes_are_found_after_edits_and_never_elsewhere() {
        let found: Vec<usize> = [100, 20, 10, 5, 3, 2].into_iter().map(found_after_edits).collect();
        println!("found of 200 after edits of 1, 5, 10, 20, 33, 50 in 100: {found:?}");
        assert!(found[0] >= 198 && found[1] >= 198 && found[2] >= 196, "{found:?}");
    }

    #[test]
    fn the_fold_is_blind_to_script() {
        assert_eq!(fold_char('種'), fold_char('种'));
    }
}
