//! Comparisons in the session, as text: small documents of our own, and links that are given.

use std::fmt::Write as _;
use std::path::PathBuf;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use crate::compare::{
    Comparison, Decision, Evidence, Link, LinkIndex, Passage, Reason, Ruled, Side, Verdict,
};
use crate::document::BlockIndex;
use crate::export::comparison::{ComparisonFormat, ComparisonWords};
use crate::import::{self, ReadOptions};
use crate::notes::{Colour, Target, locate, locate_all};
use crate::session::tests::CONVERTERS;
use crate::session::*;
use crate::text::{Form, Script, Span};

/// A link between blocks, with the wording that both share.
#[derive(Clone)]
pub(super) struct Given {
    left: Vec<usize>,
    right: Vec<usize>,
    verdict: Verdict,
    score: f32,
    shared: Vec<(&'static str, &'static str)>,
}

pub(super) fn given(left: &[usize], right: &[usize], verdict: Verdict, score: f32) -> Given {
    Given { left: left.to_vec(), right: right.to_vec(), verdict, score, shared: Vec::new() }
}

impl Given {
    fn sharing(mut self, left: &'static str, right: &'static str) -> Self {
        self.shared.push((left, right));
        self
    }

    fn link(&self, job: &CompareJob) -> Link {
        let passage = |&(left, right): &(&str, &str)| Passage {
            left: find(job.left.document().text(), left),
            right: find(job.right.document().text(), right),
            verdict: if left == right { Verdict::Same } else { Verdict::Revised },
        };
        let blocks = |indices: &[usize]| indices.iter().copied().map(BlockIndex::new).collect();
        Link {
            left: blocks(&self.left),
            right: blocks(&self.right),
            verdict: self.verdict,
            score: self.score,
            reason: Reason { evidence: vec![Evidence::Words(vec!["书屋".to_owned()])] },
            passages: self.shared.iter().map(passage).collect(),
            crosses: false,
            ruled: None,
        }
    }
}

pub(super) fn find(text: &str, words: &str) -> Span {
    let start = text.find(words).unwrap_or_else(|| panic!("{words} is not in {text}"));
    Span::from_range(&(start..start + words.len()))
}

/// A session with two documents beside each other and a world that answers at once.
pub(super) struct Pair {
    pub(super) session: Session,
    pub(super) links: Vec<Given>,
    pub(super) effects: Vec<Effect>,
    /// Whether comparisons are answered.
    pub(super) answers: bool,
    /// Whether it is answered what is kept of them.
    pub(super) reads: bool,
    pub(super) kept: Option<Arc<KeptComparison>>,
    pub(super) moments: i64,
}

impl Pair {
    pub(super) fn of(left: &str, right: &str, links: Vec<Given>) -> Self {
        let mut pair = Self::opened(&[("left.txt", left), ("right.txt", right)], links);
        let [one, other] = [0, 1].map(|index| pair.session.tabs()[index].id);
        pair.ask(Command::Select(one));
        pair.ask(Command::CompareWith(other));
        pair
    }

    pub(super) fn opened(documents: &[(&str, &str)], links: Vec<Given>) -> Self {
        let session = Session::new(Restored::default(), Arc::clone(&CONVERTERS), TimeZone::UTC);
        let (effects, kept) = (Vec::new(), None);
        let mut pair = Self { session, links, effects, answers: true, reads: true, kept, moments: 0 };
        for (name, text) in documents {
            pair.open(name, text);
        }
        pair
    }

    pub(super) fn open(&mut self, name: &str, text: &str) {
        let effects = self.ask_quietly(Command::Open(vec![Place::File(PathBuf::from(name))]));
        self.arrive(effects, text);
    }

    pub(super) fn arrive(&mut self, effects: Vec<Effect>, text: &str) {
        self.arrive_with(effects, text, &Kept::default());
    }

    pub(super) fn arrive_with(&mut self, effects: Vec<Effect>, text: &str, kept: &Kept) {
        for effect in effects {
            let Effect::Read { ticket, .. } = effect else { continue };
            let name = if text.starts_with('#') { "sample.md" } else { "sample.txt" };
            let imported = import::read(name, text.into(), &ReadOptions::default()).unwrap();
            let found = locate_all(kept.annotations.iter().map(Arc::as_ref), &imported.document);
            let (kept, notes) = (kept.clone(), NotesFile::default());
            let opened = Opened { real: None, imported, kept, found, notes, history: None };
            self.tell(Event::Opened { ticket, opened: Box::new(opened) });
        }
    }

    fn moment(&mut self) -> Moment {
        self.moments += 1;
        let fresh = Uuid::from_u128(u128::try_from(self.moments).unwrap());
        Moment { now: Timestamp::from_second(self.moments).unwrap(), fresh }
    }

    pub(super) fn ask_quietly(&mut self, command: Command) -> Vec<Effect> {
        let moment = self.moment();
        self.session.handle(Input::Command(command), moment)
    }

    pub(super) fn ask(&mut self, command: Command) {
        let effects = self.ask_quietly(command);
        self.effects.clear();
        self.carry_out(effects);
    }

    pub(super) fn tell(&mut self, event: Event) {
        let moment = self.moment();
        let effects = self.session.handle(Input::Event(event), moment);
        self.carry_out(effects);
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            self.effects.push(effect.clone());
            match effect {
                Effect::PrepareScript { written, script } => {
                    let result = CONVERTERS.prepare(written, script).map_err(|error| error.to_string());
                    self.tell(Event::ScriptReady { written, script, result });
                }
                Effect::ReadComparison { ticket, .. } if self.reads => self.answer_read(ticket),
                Effect::Compare { ticket, job } if self.answers => {
                    let result = Ok(Arc::new(Findings::of(Arc::new(self.compare(&job)))));
                    self.tell(Event::Compared { ticket, result });
                }
                Effect::SaveComparison { comparison, kept } => {
                    self.kept = Some(kept);
                    self.tell(Event::ComparisonSaved { comparison, result: Ok(()) });
                }
                Effect::MakeBoard { ticket, job } => {
                    self.tell(Event::BoardMade { ticket, result: Ok(Arc::new(job.run())) });
                }
                _ => {}
            }
        }
    }

    /// Tells what is kept.
    pub(super) fn answer_read(&mut self, ticket: Ticket) {
        let kept = self.kept.as_deref();
        let read = ComparisonRead {
            guidance: kept.map(|kept| (*kept.guidance).clone()).unwrap_or_default(),
            filter: kept.map(|kept| kept.filter.clone()),
            options: kept.map(|kept| kept.options.clone()),
            ..ComparisonRead::default()
        };
        self.tell(Event::ComparisonRead { ticket, read: Box::new(read) });
    }

    /// The world looks for what it was last asked for.
    pub(super) fn seek(&mut self) {
        let asked = self.effects.iter().filter_map(|effect| match effect {
            Effect::SeekFarEnds { document, anchors } => Some((Arc::clone(document), anchors.clone())),
            _ => None,
        });
        for (document, anchors) in asked.collect::<Vec<_>>() {
            let target = Target::new(&document);
            let found =
                anchors.into_iter().map(|anchor| (anchor.clone(), locate(&anchor, &target))).collect();
            self.tell(Event::FarEndsSought { text: document.id(), result: Ok(found) });
        }
    }

    /// What is given, without what was refused, with what was added.
    fn compare(&self, job: &CompareJob) -> Comparison {
        let mut links: Vec<Link> = self.links.iter().map(|given| given.link(job)).collect();
        for ruling in &job.guidance.rulings {
            let block =
                |part: &crate::compare::Part, span: &Span| part.document().block_at(span.start()).unwrap();
            let left: Vec<_> = ruling.left.iter().map(|span| block(&job.left, span)).collect();
            let right: Vec<_> = ruling.right.iter().map(|span| block(&job.right, span)).collect();
            let same = |link: &Link| link.left == left && link.right == right;
            match (ruling.decision, links.iter_mut().find(|link| same(link))) {
                (Decision::Refuse, _) => links.retain(|link| !same(link)),
                (Decision::Confirm, Some(link)) => link.ruled = Some(Ruled::Confirmed),
                (Decision::Relate(verdict), Some(link)) => {
                    (link.verdict, link.ruled) = (verdict, Some(Ruled::Relabelled));
                }
                (_, None) => links.push(Link { ruled: Some(Ruled::Added), ..added(left, right) }),
                (Decision::Pin, Some(_)) => {}
            }
        }
        Comparison::new(job.left.clone(), job.right.clone(), links)
    }

    pub(super) fn comparing(&self) -> &Comparing {
        self.session.comparison_in_front().unwrap()
    }

    pub(super) fn compared(&self) -> Compared<'_> {
        self.session.compared(self.comparing().id()).unwrap()
    }

    pub(super) fn text(&self, side: Side) -> &str {
        self.compared().reader(side).document().text()
    }

    pub(super) fn at(&self, side: Side, words: &str) -> u32 {
        find(self.text(side), words).start()
    }

    pub(super) fn select(&mut self, side: Side, words: &str) {
        let span = find(self.text(side), words);
        let select = Command::SelectText { anchor: span.start(), focus: span.end() };
        self.ask(Command::InPane(side, Box::new(select)));
    }

    /// So much of a side is in sight.
    fn reach(&mut self, side: Side, first: &str, last: &str) {
        let (first, last) = (self.at(side, first), find(self.text(side), last).end());
        let reached = Command::Reached(InSight { first, read: first, last });
        self.ask(Command::InPane(side, Box::new(reached)));
    }

    /// The list, a line for each.
    pub(super) fn list(&self) -> String {
        let mut text = String::new();
        for &listed in self.comparing().listed() {
            match self.compared().row(listed).unwrap() {
                ListRow::Link(row) => {
                    let mark = if row.chosen { "*" } else { "" };
                    let ruled = row.ruled.map(|ruled| format!(" {ruled:?}")).unwrap_or_default();
                    writeln!(text, "{mark}{} | {} {}{ruled}", row.left, row.right, row.verdict).unwrap();
                }
                ListRow::Only { side, text: words, .. } => writeln!(text, "{side:?}: {words}").unwrap(),
            }
        }
        text
    }

    /// Where the effects of the last command scroll to: the words that begin there.
    fn scrolled(&self) -> Vec<String> {
        let words = |side: Side, position: u32| -> String {
            self.text(side).get(position as usize..).unwrap().chars().take(4).collect()
        };
        let scrolled = self.effects.iter().filter_map(|effect| match *effect {
            Effect::Reveal { pane: PaneId::Side(_, side), position } => {
                Some(format!("{side:?} {}", words(side, position)))
            }
            Effect::Align { side, position, to, .. } => {
                Some(format!("{side:?} {} = {}", words(side, position), words(side.other(), to)))
            }
            _ => None,
        });
        scrolled.collect()
    }

    pub(super) fn told(&self) -> Vec<MessageText> {
        self.session.messages().iter().map(|message| message.text.clone()).collect()
    }

    /// The words of a side that are marked as shared.
    fn shared(&self, side: Side) -> Vec<String> {
        let pane = self.compared().pane(side);
        let blocks = (0..pane.document().blocks().len()).map(BlockIndex::new);
        let views = blocks.filter(|&block| pane.is_visible(block)).filter_map(|block| pane.view(block));
        let mut shared = Vec::new();
        for view in views {
            let marks =
                pane.decorations(&view).into_iter().filter(|one| matches!(one.mark, Mark::Shared { .. }));
            shared.extend(marks.map(|one| one.shown.of(&view.text).unwrap().to_owned()));
        }
        shared
    }
}

fn added(left: Vec<BlockIndex>, right: Vec<BlockIndex>) -> Link {
    let evidence = vec![Evidence::Reader];
    let (reason, passages) = (Reason { evidence }, Vec::new());
    Link { left, right, verdict: Verdict::Theme, score: 1.0, reason, passages, crosses: false, ruled: None }
}

pub(super) const LEFT: &str = "村里开办书屋，每周开放三天。\n\n河边种上柳树，大家一起浇水。\n\n晒谷场夜里放电影。\n\n老人教孩子写毛笔字。\n";
pub(super) const RIGHT: &str = "老人教孩子写字和剪纸。\n\n村裡開辦書屋，每週開放五天。\n\n祠堂要修屋顶。\n\n河边种上柳树。\n\n大家一起浇水。\n";

pub(super) fn links() -> Vec<Given> {
    vec![
        given(&[0], &[1], Verdict::Revised, 0.9)
            .sharing("村里开办书屋，每周开放三天", "村裡開辦書屋，每週開放五天"),
        given(&[1], &[3, 4], Verdict::Same, 0.95)
            .sharing("河边种上柳树", "河边种上柳树")
            .sharing("大家一起浇水", "大家一起浇水"),
        given(&[3], &[0], Verdict::Theme, 0.6),
    ]
}

pub(super) fn pair() -> Pair {
    Pair::of(LEFT, RIGHT, links())
}

#[test]
fn two_documents_are_compared_and_listed() {
    let pair = pair();
    assert_eq!(*pair.comparing().stage(), CompareStage::Ready);
    assert_eq!(
        pair.list(),
        "村里开办书屋，每周开放三天。 | 村裡開辦書屋，每週開放五天。 revised\n\
         河边种上柳树，大家一起浇水。 | 河边种上柳树。 same\n\
         老人教孩子写毛笔字。 | 老人教孩子写字和剪纸。 theme\n"
    );
    let counts = pair.comparing().counts();
    assert_eq!(
        (counts.same, counts.revised, counts.theme, counts.only_left, counts.only_right),
        (1, 1, 1, 1, 1)
    );
    assert_eq!(pair.session.title_of(pair.comparing().id()), "left.txt ⇄ right.txt");
    assert_eq!(pair.shared(Side::Right), ["村裡開辦書屋，每週開放五天", "河边种上柳树", "大家一起浇水"]);
}

#[test]
fn the_list_is_sorted_and_filtered() {
    let mut pair = pair();
    let firsts =
        |pair: &Pair| -> String { pair.list().lines().filter_map(|line| line.chars().next()).collect() };
    pair.ask(Command::SortLinks(LinkSort::Strength));
    assert_eq!(firsts(&pair), "河村老");
    pair.ask(Command::SortLinks(LinkSort::Verdict));
    assert_eq!(firsts(&pair), "河村老");
    let filter = |filter| Command::FilterLinks(Box::new(filter));
    pair.ask(filter(LinkFilter {
        verdicts: vec![Verdict::Theme, Verdict::Revised],
        ..LinkFilter::default()
    }));
    assert_eq!(firsts(&pair), "村老");
    pair.ask(filter(LinkFilter { text: "開放".to_owned(), ..LinkFilter::default() }));
    assert_eq!(firsts(&pair), "村");
    pair.ask(filter(LinkFilter { only: true, ..LinkFilter::default() }));
    assert_eq!(pair.list(), "Left: 晒谷场夜里放电影。\nRight: 祠堂要修屋顶。\n");
}

#[test]
fn one_key_goes_from_link_to_link() {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    assert_eq!(pair.scrolled(), ["Left 村里开办", "Right 村裡開辦 = 村里开办"]);
    pair.ask(Command::NextLink);
    assert_eq!(pair.scrolled(), ["Left 河边种上", "Right 河边种上 = 河边种上"]);
    pair.ask(Command::NextLink);
    assert_eq!(pair.scrolled(), ["Left 老人教孩", "Right 老人教孩 = 老人教孩"]);
    pair.ask(Command::NextLink);
    assert_eq!(pair.told(), [MessageText::NoFurtherLink]);
    pair.ask(Command::PreviousLink);
    assert!(pair.list().contains("*河边种上柳树，大家一起浇水。"), "{}", pair.list());
    pair.ask(Command::ActivatePane(Side::Right));
    pair.ask(Command::PreviousLink);
    assert!(pair.list().contains("*村里开办书屋"), "the order is that of the active side: {}", pair.list());
    pair.ask(Command::PreviousLink);
    assert!(pair.list().contains("*老人教孩子写毛笔字。"), "{}", pair.list());
}

#[test]
fn a_click_chooses_the_passage_and_shows_only_its_links() {
    let mut pair = pair();
    let position = pair.at(Side::Right, "一起浇水");
    pair.ask(Command::InPane(Side::Right, Box::new(Command::ChooseLinkAt(position))));
    assert!(pair.list().contains("*河边种上柳树，大家一起浇水。"), "{}", pair.list());
    assert_eq!(pair.scrolled(), ["Left 一起浇水 = 一起浇水"]);
    let whole = |side| Span::whole(pair.text(side));
    let ribbons = pair.comparing().ribbons(whole(Side::Left), whole(Side::Right));
    let words = |side: Side, span: Span| span.of(pair.text(side)).unwrap();
    let drawn: Vec<_> = ribbons
        .iter()
        .map(|one| (words(Side::Left, one.left), words(Side::Right, one.right), one.passage))
        .collect();
    assert_eq!(
        drawn,
        [
            ("河边种上柳树，大家一起浇水。", "河边种上柳树。\n\n大家一起浇水。", false),
            ("河边种上柳树", "河边种上柳树", true),
            ("大家一起浇水", "大家一起浇水", true),
        ]
    );
    let nothing = pair.at(Side::Right, "祠堂");
    pair.ask(Command::InPane(Side::Right, Box::new(Command::ChooseLinkAt(nothing))));
    assert_eq!(pair.comparing().chosen(), None);
}

#[test]
fn ribbons_are_drawn_for_what_is_in_sight_only() {
    let pair = pair();
    let sight = |left: &str, right: &str| {
        let [left, right] =
            [(Side::Left, left), (Side::Right, right)].map(|(side, words)| find(pair.text(side), words));
        let mut ribbons = pair.comparing().ribbons(left, right);
        ribbons.dedup_by_key(|ribbon| ribbon.link);
        ribbons.len()
    };
    assert_eq!(sight("晒谷场", "祠堂"), 0);
    assert_eq!(sight("村里开办", "祠堂"), 1);
    assert_eq!(sight("村里开办", "老人教孩子"), 2);
}

#[test]
fn one_key_goes_to_what_stands_only_here() {
    let mut pair = pair();
    pair.ask(Command::NextOnlyHere);
    assert_eq!(pair.comparing().only_here(), Some((Side::Left, BlockIndex::new(2))));
    assert!(pair.compared().pane(Side::Left).block(BlockIndex::new(2)).current);
    assert_eq!(pair.scrolled().first().map(String::as_str), Some("Left 晒谷场夜"));
    pair.ask(Command::NextOnlyHere);
    assert_eq!(pair.told(), [MessageText::NoFurtherOnlyHere]);
    pair.ask(Command::SwitchPane);
    pair.ask(Command::NextOnlyHere);
    assert_eq!(pair.comparing().only_here(), Some((Side::Right, BlockIndex::new(2))));
    pair.ask(Command::NextLink);
    assert_eq!(pair.comparing().only_here(), None, "choosing a link leaves it");
}

#[test]
fn one_key_goes_from_difference_to_difference() {
    let links = vec![
        given(&[0], &[1], Verdict::Revised, 0.9)
            .sharing("村里开办书屋，每周开放三天", "村裡開辦書屋，每週開放五天"),
        given(&[1], &[3], Verdict::Same, 0.9).sharing("河边种上柳树", "河边种上柳树"),
        given(&[3], &[0], Verdict::Theme, 0.7).sharing("老人教孩子写毛笔字", "老人教孩子写字"),
    ];
    let mut pair = Pair::of(LEFT, RIGHT, links);
    assert!(pair.comparing().slight(), "slight differences are shown, but not stepped through");
    let current = |pair: &Pair| {
        let differences = pair.compared().differences();
        let one = differences[pair.comparing().difference().unwrap()];
        let words = Side::BOTH.map(|side| one.span(side).of(pair.text(side)).unwrap().to_owned());
        (words[0].clone(), words[1].clone(), one.kind)
    };
    pair.ask(Command::NextDifference);
    assert_eq!(current(&pair), ("三".to_owned(), "五".to_owned(), DifferenceKind::Replaced));
    assert_eq!(pair.scrolled(), ["Left 三天。\n", "Right 五天。\n = 三天。\n"]);
    pair.ask(Command::NextDifference);
    assert_eq!(current(&pair), ("毛笔".to_owned(), String::new(), DifferenceKind::Left));
    assert!(pair.list().contains("*老人教孩子写毛笔字。"), "it steps on to the next link that differs");
    pair.ask(Command::NextDifference);
    assert_eq!(pair.told(), [MessageText::NoFurtherDifference]);
    pair.ask(Command::PreviousDifference);
    assert_eq!(current(&pair).0, "三");
    let marks = |pair: &Pair| {
        let pane = pair.compared().pane(Side::Right);
        let view = pane.view(BlockIndex::new(1)).unwrap();
        let marks = pane.decorations(&view).into_iter();
        let shown = marks.filter(|one| matches!(one.mark, Mark::Different { .. }));
        shown.map(|one| one.shown.of(&view.text).unwrap().to_owned()).collect::<Vec<_>>()
    };
    assert_eq!(
        marks(&pair),
        ["裡開辦書", "週開", "五"].map(str::to_owned),
        "slight differences are another layer"
    );
    pair.ask(Command::ToggleSlight);
    assert_eq!(marks(&pair), ["五"]);
}

#[test]
fn hand_corrections_win_and_are_undone_in_order_with_notes() {
    let mut pair = pair();
    pair.ask(Command::RefuseLink);
    assert_eq!(pair.told(), [MessageText::NoLinkChosen]);
    pair.ask(Command::NextLink);
    pair.ask(Command::RefuseLink);
    assert!(!pair.list().contains("村里开办书屋"), "{}", pair.list());
    pair.select(Side::Right, "祠堂");
    pair.ask(Command::InPane(Side::Right, Box::new(Command::Highlight(Colour::Green))));
    pair.select(Side::Left, "晒谷场");
    pair.select(Side::Right, "祠堂");
    pair.ask(Command::AddLink(Verdict::Theme));
    assert!(pair.list().contains("晒谷场夜里放电影。 | 祠堂要修屋顶。 theme Added"), "{}", pair.list());
    let notes = |pair: &Pair| pair.compared().reader(Side::Right).notebook().len();
    assert_eq!(notes(&pair), 1);
    pair.ask(Command::ActivatePane(Side::Left));
    pair.ask(Command::Undo);
    assert!(!pair.list().contains("Added"));
    assert_eq!(notes(&pair), 1);
    pair.ask(Command::Undo);
    assert_eq!(notes(&pair), 0, "the note was made before the link");
    pair.ask(Command::Undo);
    assert!(pair.list().contains("村里开办书屋"), "{}", pair.list());
    assert_eq!(pair.session.undoable(), (false, true));
    for _ in 0..3 {
        pair.ask(Command::Redo);
    }
    assert!(pair.list().contains("Added") && !pair.list().contains("村里开办书屋"), "{}", pair.list());
    assert_eq!(notes(&pair), 1);
}

#[test]
fn what_was_left_out_of_a_paragraph_is_stepped_to() {
    let same = given(&[0], &[1], Verdict::Same, 0.9);
    let cut = given(&[1], &[3], Verdict::Revised, 0.9).sharing("河边种上柳树", "河边种上柳树");
    let mut pair = Pair::of(LEFT, RIGHT, vec![same, cut]);
    pair.ask(Command::NextDifference);
    let difference = pair.compared().differences()[pair.comparing().difference().unwrap()];
    assert_eq!(difference.left.of(pair.text(Side::Left)), Some("大家一起浇水。"));
    assert_eq!(difference.kind, DifferenceKind::Left);
}

#[test]
fn swapped_sides_keep_the_chosen_link_and_their_places() {
    let mut pair = Pair::of(LEFT, LEFT, vec![given(&[1], &[1], Verdict::Same, 0.9)]);
    pair.ask(Command::NextLink);
    pair.reach(Side::Left, "河边种上柳树", "大家一起浇水");
    pair.reach(Side::Right, "晒谷场", "放电影");
    pair.ask(Command::SwapSides);
    let place = |side: Side, words: &str| {
        let pane = PaneId::Side(pair.comparing().id(), side);
        let wanted = (pane, pair.at(side, words));
        let goes = |effect: &Effect| matches!(effect, Effect::Return { pane, position } if (*pane, *position) == wanted);
        pair.effects.iter().any(goes)
    };
    assert!(place(Side::Left, "晒谷场") && place(Side::Right, "河边种上柳树"), "{:?}", pair.effects);
    assert_eq!(pair.comparing().chosen(), Some(LinkIndex::new(0)));
}

#[test]
fn what_was_decided_by_hand_is_told_chosen_and_shown() {
    let mut pair = pair();
    let chosen = |pair: &Pair| pair.list().lines().find(|line| line.starts_with('*')).map(str::to_owned);
    pair.ask(Command::NextLink);
    pair.ask(Command::RefuseLink);
    assert_eq!(pair.told(), [MessageText::Decided(Decision::Refuse)]);
    assert_eq!(chosen(&pair).unwrap(), "*河边种上柳树，大家一起浇水。 | 河边种上柳树。 same", "the next one");
    assert_eq!(pair.scrolled(), ["Left 河边种上", "Right 河边种上 = 河边种上"]);
    pair.select(Side::Left, "晒谷场");
    pair.select(Side::Right, "祠堂");
    pair.ask(Command::PinPassages);
    assert_eq!(pair.told(), [MessageText::Decided(Decision::Pin)]);
    assert!(chosen(&pair).unwrap().starts_with("*晒谷场夜里放电影。 | 祠堂要修屋顶。"));
    assert!(!pair.scrolled().is_empty());
    pair.ask(Command::Undo);
    assert_eq!((pair.told(), chosen(&pair)), (Vec::new(), None));
    pair.ask(Command::Undo);
    assert!(pair.list().contains("村里开办书屋"), "{}", pair.list());
}

#[test]
fn a_closed_comparison_is_opened_again_before_documents_closed_earlier() {
    let mut pair = pair();
    let id = pair.comparing().id();
    pair.ask(Command::CloseComparison(id));
    assert!(pair.session.comparisons().is_empty());
    pair.ask(Command::ReopenClosed);
    assert_eq!((pair.session.comparisons().len(), pair.comparing().counts().links()), (1, 3));
    let id = pair.comparing().id();
    pair.ask(Command::CloseComparison(id));
    let last = pair.session.tabs()[1].id;
    pair.ask(Command::Close(last));
    pair.ask(Command::ReopenClosed);
    assert_eq!((pair.session.tabs().len(), pair.session.comparisons().len()), (2, 0));
    pair.ask(Command::ReopenClosed);
    assert_eq!(pair.session.comparisons().len(), 1);
}

#[test]
fn a_restored_comparison_lists_what_its_file_says() {
    let mut pair = pair();
    let filter = LinkFilter { verdicts: vec![Verdict::Theme], ..LinkFilter::default() };
    pair.ask(Command::FilterLinks(Box::new(filter.clone())));
    let id = pair.comparing().id();
    pair.ask(Command::CloseComparison(id));
    pair.ask(Command::ReopenClosed);
    assert_eq!(*pair.comparing().filter(), filter);
    assert_eq!(pair.list(), "老人教孩子写毛笔字。 | 老人教孩子写字和剪纸。 theme\n");
    assert_eq!(pair.kept.as_ref().unwrap().filter, filter, "the next save does not erase it");
}

#[test]
fn the_document_in_front_before_is_the_counterpart() {
    let mut pair = Pair::opened(&[("a.txt", LEFT), ("b.txt", RIGHT), ("c.txt", LEFT)], Vec::new());
    let [a, b, c] = [0, 1, 2].map(|index| pair.session.tabs()[index].id);
    pair.ask(Command::Select(b));
    assert_eq!((pair.session.counterpart(b), pair.session.counterpart(a)), (Some(c), Some(b)));
    pair.ask(Command::Close(c));
    assert_eq!(pair.session.counterpart(b), Some(a), "the neighbour");
    pair.ask(Command::Close(a));
    assert_eq!(pair.session.counterpart(b), None);
}

#[test]
fn a_decision_takes_the_place_of_an_earlier_one_on_the_same_passages() {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    for command in [Command::ConfirmLink, Command::Relabel(Verdict::Theme), Command::Relabel(Verdict::Same)] {
        pair.ask(command);
    }
    assert!(
        pair.list().contains("*村里开办书屋，每周开放三天。 | 村裡開辦書屋，每週開放五天。 same Relabelled")
    );
    let rulings = pair.compared().rulings();
    assert_eq!(rulings.iter().map(|row| row.decision).collect::<Vec<_>>(), [Decision::Relate(Verdict::Same)]);
    let kept = pair.kept.clone().unwrap();
    assert_eq!(kept.guidance.rulings, pair.comparing().rulings());
    pair.ask(Command::RemoveRuling(0));
    assert!(pair.list().contains("revised\n"), "{}", pair.list());
}

#[test]
fn a_link_by_hand_needs_words_on_both_sides() {
    let mut pair = pair();
    pair.select(Side::Left, "晒谷场");
    pair.ask(Command::PinPassages);
    assert_eq!(pair.told(), [MessageText::NothingSelectedOnBothSides]);
    pair.select(Side::Right, "祠堂");
    pair.ask(Command::PinPassages);
    let spans = pair.comparing().rulings().first().map(|ruling| (ruling.left[0], ruling.right[0]));
    assert_eq!(spans, Some((find(LEFT, "晒谷场"), find(RIGHT, "祠堂"))));
}

/// What stands at the same height as the beginning of `words`.
fn beside(pair: &Pair, side: Side, words: &str) -> String {
    let answer = pair.comparing().answering_position(side, pair.at(side, words)).unwrap();
    let text = pair.text(side.other());
    let near = text.char_indices().map(|(at, _)| at).min_by_key(|at| at.abs_diff(answer as usize)).unwrap();
    text.get(near..).unwrap().chars().take(4).filter(|character| !character.is_whitespace()).collect()
}

#[test]
fn what_answers_stands_beside_it() {
    let pair = pair();
    for (words, expected) in
        [("村里", "村裡開辦"), ("河边", "河边种上"), ("大家", "大家一起"), ("老人", "老人教孩")]
    {
        assert_eq!(beside(&pair, Side::Left, words), expected);
    }
    for (words, expected) in [("村裡", "村里开办"), ("大家", "大家一起"), ("老人", "老人教孩")]
    {
        assert_eq!(beside(&pair, Side::Right, words), expected);
    }
    let hall = pair.comparing().answering_position(Side::Right, pair.at(Side::Right, "祠堂")).unwrap();
    assert!(
        (find(LEFT, "村里").end()..=find(LEFT, "河边").start()).contains(&hall),
        "what nothing answers stands between its neighbours: {hall}"
    );
}

#[test]
fn a_chosen_link_in_sight_holds_the_sides_together() {
    let mut pair = pair();
    pair.reach(Side::Left, "村里", "老人教孩子写毛笔字。");
    let chosen = pair.at(Side::Left, "老人");
    pair.ask(Command::InPane(Side::Left, Box::new(Command::ChooseLinkAt(chosen))));
    let middle = pair.at(Side::Left, "河边");
    let alignment = pair.comparing().alignment(Side::Left, middle).unwrap();
    assert_eq!(alignment, Alignment { left: chosen, right: pair.at(Side::Right, "老人") });
    pair.reach(Side::Left, "村里", "河边种上柳树");
    assert_eq!(beside(&pair, Side::Left, "河边"), "河边种上", "out of sight it does not count");
}

#[test]
fn of_links_about_as_strong_the_nearer_one_is_followed() {
    let links = vec![given(&[0], &[0], Verdict::Theme, 0.7), given(&[0], &[3], Verdict::Theme, 0.75)];
    let mut pair = Pair::of(LEFT, RIGHT, links);
    pair.reach(Side::Right, "河边", "大家一起");
    assert_eq!(beside(&pair, Side::Left, "村里"), "河边种上");
    pair.reach(Side::Right, "老人", "村裡");
    assert_eq!(beside(&pair, Side::Left, "村里"), "老人教孩");
}

#[test]
fn without_links_nothing_scrolls_along() {
    let mut pair = Pair::of(LEFT, RIGHT, Vec::new());
    assert_eq!(pair.comparing().alignment(Side::Left, 10), None);
    pair.ask(Command::LineUpHere);
    assert_eq!(pair.scrolled(), Vec::<String>::new());
}

#[test]
fn lining_up_brings_the_answer_to_the_same_height() {
    let mut pair = pair();
    pair.reach(Side::Left, "大家", "电影");
    pair.ask(Command::LineUpHere);
    assert_eq!(pair.scrolled(), ["Right 大家一起 = 大家一起"]);
}

#[test]
fn the_overview_has_a_stripe_for_each_run_of_blocks() {
    let pair = pair();
    let overview = pair.comparing().overview(Side::Right);
    let verdicts: Vec<_> = overview.stripes().iter().map(|stripe| stripe.verdict).collect();
    let expected = [Some(Verdict::Theme), Some(Verdict::Revised), None, Some(Verdict::Same)];
    assert_eq!(verdicts, expected);
    assert!(overview.stripes().iter().all(|stripe| stripe.compared));
    let hall = overview.stripes()[2];
    assert_eq!(hall.position, pair.at(Side::Right, "祠堂"));
    let place = overview.place(hall.position);
    assert!(
        (hall.from - place).abs() < 1e-3
            && overview.position_at(f32::midpoint(hall.from, hall.to)) > hall.position
    );
}

#[test]
fn a_huge_document_has_no_more_stripes_than_a_bar_shows() {
    let text = (0..4_000).fold(String::new(), |text, number| text + &format!("第{number}段。\n\n"));
    let links = (0..4_000).step_by(2).map(|index| given(&[index], &[index], Verdict::Same, 1.0)).collect();
    let pair = Pair::of(&text, &text.replace('段', "节"), links);
    let stripes = pair.comparing().overview(Side::Left).stripes();
    assert!((900..=Overview::MOST).contains(&stripes.len()), "{}", stripes.len());
    assert!(stripes.windows(2).all(|two| two[0].to.to_bits() == two[1].from.to_bits()));
    assert_eq!(
        (stripes[0].from.to_bits(), stripes.last().unwrap().to.to_bits()),
        (0.0_f32.to_bits(), 1.0_f32.to_bits())
    );
}

#[test]
fn closing_a_document_suspends_and_opening_it_again_resumes() {
    let mut pair = pair();
    let id = pair.comparing().id();
    let right = pair.comparing().side(Side::Right).tab.unwrap();
    pair.ask(Command::Close(right));
    assert_eq!(*pair.comparing().stage(), CompareStage::Waiting);
    assert_eq!(pair.told(), [MessageText::ComparisonWaits("right.txt".to_owned())]);
    assert!(pair.session.compared(id).is_none());
    pair.ask(Command::NextLink);
    let effects = pair.ask_quietly(Command::OpenCompared(id));
    pair.arrive(effects, RIGHT);
    assert_eq!(pair.session.front(), Some(Front::Comparison(id)));
    assert_eq!(*pair.comparing().stage(), CompareStage::Ready);
}

#[test]
fn a_comparison_is_restored_at_the_next_start() {
    let mut pair = pair();
    let (id, right) = (pair.comparing().id(), pair.comparing().side(Side::Right).tab.unwrap());
    pair.ask(Command::Select(right));
    pair.ask(Command::Reached(InSight::from(6)));
    pair.ask(Command::SelectComparison(id));
    pair.ask(Command::ToggleLock);
    pair.ask(Command::SetTextSize(30.0));
    pair.reach(Side::Right, "祠堂", "大家");
    let restored = pair.session.restored();
    let written = ron::to_string(&restored).unwrap();
    let restored: Restored = ron::from_str(&written).unwrap();
    let session = Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
    let mut later = Pair { session, effects: Vec::new(), ..pair };
    let effects = later.session.begin(Vec::new());
    assert_eq!(*later.comparing().stage(), CompareStage::Waiting);
    let texts = [LEFT, RIGHT];
    for (effect, text) in effects.into_iter().filter(|one| matches!(one, Effect::Read { .. })).zip(texts) {
        later.arrive(vec![effect], text);
    }
    assert_eq!(*later.comparing().stage(), CompareStage::Ready);
    assert!(!later.comparing().locked());
    assert_eq!(later.comparing().side(Side::Left).text_size, Some(30.0));
    assert_eq!(later.compared().pane(Side::Right).position(), find(RIGHT, "祠堂").start());
    assert_eq!(later.list(), self::pair().list());
    let right = later.comparing().side(Side::Right).tab.unwrap();
    later.ask(Command::Select(right));
    assert_eq!(later.session.reader().unwrap().position(), 6, "the document's own place is another");
}

#[test]
fn old_answers_are_ignored_and_a_comparison_can_be_ended() {
    let mut pair = pair();
    let before = pair.list();
    pair.answers = false;
    pair.ask(Command::CompareAgain);
    let asked = |pair: &Pair| {
        let mut tickets = pair.effects.iter().filter_map(|effect| match effect {
            Effect::Compare { ticket, .. } => Some(*ticket),
            _ => None,
        });
        tickets.next_back().unwrap()
    };
    let ticket = asked(&pair);
    pair.tell(Event::CompareProgress { ticket, done: 0.5 });
    assert_eq!(*pair.comparing().stage(), CompareStage::Running(0.5));
    assert_eq!(pair.list(), before, "what was found before can still be read");
    pair.ask(Command::CancelComparing);
    assert_eq!(*pair.comparing().stage(), CompareStage::Cancelled);
    assert!(matches!(pair.effects.as_slice(), [Effect::StopComparing(stopped)] if *stopped == ticket));
    let none = Arc::new(Findings::default());
    pair.tell(Event::Compared { ticket, result: Ok(none) });
    assert_eq!((pair.comparing().stage(), pair.list()), (&CompareStage::Cancelled, before));
    pair.ask(Command::CompareAgain);
    let ticket = asked(&pair);
    pair.tell(Event::Compared { ticket, result: Err(NotCompared::Failed("no memory".to_owned())) });
    assert_eq!(*pair.comparing().stage(), CompareStage::Failed("no memory".to_owned()));
}

#[test]
fn commands_act_on_the_active_side() {
    let mut pair = pair();
    let place = |pair: &Pair| pair.session.active().unwrap().place.name();
    assert_eq!(place(&pair), "left.txt");
    let size = |pair: &Pair, side| pair.compared().pane(side).text_size();
    pair.ask(Command::InPane(Side::Right, Box::new(Command::Larger)));
    assert_eq!(place(&pair), "right.txt");
    assert!(size(&pair, Side::Right) > Some(20.0) && size(&pair, Side::Left).is_none());
    pair.ask(Command::DefaultSize);
    assert_eq!(size(&pair, Side::Right), None);
    pair.ask(Command::InPane(Side::Left, Box::new(Command::Reached(InSight::from(10)))));
    assert_eq!(place(&pair), "right.txt", "scrolling alone does not change sides");
    pair.ask(Command::Show(Script::characters(Form::Traditional)));
    let scripts = Side::BOTH.map(|side| pair.compared().pane(side).script().form);
    assert_eq!(scripts, [Form::AsWritten, Form::Traditional]);
    assert!(pair.list().contains("河邊種上柳樹。"), "{}", pair.list());
}

#[test]
fn a_reader_has_its_own_place_back_after_a_comparison() {
    let mut pair = pair();
    let id = pair.comparing().id();
    let tab = pair.comparing().side(Side::Left).tab.unwrap();
    pair.ask(Command::Select(tab));
    pair.ask(Command::Reached(InSight::from(12)));
    pair.ask(Command::SelectComparison(id));
    pair.reach(Side::Left, "老人", "毛笔");
    assert_eq!(pair.session.reader().unwrap().position(), find(LEFT, "老人").start());
    pair.ask(Command::SelectPrevious);
    pair.ask(Command::SelectPrevious);
    assert_eq!(pair.session.front(), Some(Front::Document(tab)));
    assert_eq!(pair.session.reader().unwrap().position(), 12);
    assert_eq!(
        pair.session.comparison(id).unwrap().side(Side::Left).in_sight.first,
        find(LEFT, "老人").start()
    );
}

pub(super) const SECTIONS: &str =
    "# 村志\n\n## 书屋\n\n每周开放三天。\n\n## 河岸\n\n河边种上柳树。\n\n## 再说书屋\n\n每周开放五天。\n";

/// Two sections of one document.
pub(super) fn within_one() -> Pair {
    let links = vec![given(&[2], &[6], Verdict::Revised, 0.9)];
    let mut pair = Pair::opened(&[("one.md", SECTIONS)], links);
    let tab = pair.session.tabs()[0].id;
    let sections = pair.session.sections(tab);
    let section = |title: &str| sections.iter().find(|row| row.title == title).unwrap().section;
    let wanted = |title| Wanted { tab, section: Some(section(title)) };
    pair.ask(Command::Compare(Box::new(CompareRequest {
        left: wanted("书屋"), right: wanted("再说书屋")
    })));
    pair
}

#[test]
fn sections_of_one_document_are_compared_with_a_place_script_and_selection_of_their_own() {
    let mut pair = within_one();
    let visible = |pair: &Pair, side| -> Vec<usize> {
        (0..7).filter(|&index| pair.compared().pane(side).is_visible(BlockIndex::new(index))).collect()
    };
    assert_eq!(visible(&pair, Side::Left), [1, 2]);
    assert_eq!(visible(&pair, Side::Right), [5, 6]);
    let revision = pair.compared().pane(Side::Left).layout_revision();
    pair.ask(Command::ToggleSurroundings);
    assert_eq!(visible(&pair, Side::Right), [0, 1, 2, 3, 4, 5, 6]);
    assert_ne!(pair.compared().pane(Side::Left).layout_revision(), revision);

    pair.select(Side::Left, "三天");
    pair.select(Side::Right, "五天");
    let selected = Side::BOTH.map(|side| pair.compared().pane(side).selection_ends().span());
    let text = pair.text(Side::Left).to_owned();
    let find = |words: &str| find(&text, words);
    assert_eq!(selected, [find("三天"), find("五天")]);
    pair.ask(Command::PinPassages);
    assert_eq!(pair.comparing().rulings()[0].left, [find("三天")]);

    pair.ask(Command::ToggleScript);
    let shown = |side| pair.compared().pane(side).view(BlockIndex::new(6)).unwrap().text.clone();
    assert_eq!(
        (shown(Side::Left), shown(Side::Right)),
        ("每周开放五天。".to_owned(), "每週開放五天。".to_owned())
    );
    pair.reach(Side::Left, "每周开放三天", "三天");
    pair.reach(Side::Right, "每周开放五天", "五天");
    let places = Side::BOTH.map(|side| pair.compared().pane(side).position());
    assert_eq!(places, [find("每周开放三天").start(), find("每周开放五天").start()]);
}

#[test]
fn a_heading_stands_only_here_until_something_under_it_is_answered() {
    let mut pair = Pair::of(SECTIONS, RIGHT, Vec::new());
    pair.ask(Command::NextOnlyHere);
    let heading = Some((Side::Left, BlockIndex::new(0)));
    assert_eq!(pair.comparing().only_here(), heading);
    pair.ask(Command::CompareAgain);
    assert_eq!(pair.comparing().only_here(), heading);
    pair.links = vec![given(&[2], &[1], Verdict::Revised, 0.9)];
    pair.ask(Command::CompareAgain);
    assert_eq!(pair.comparing().only_here(), None);
}

#[test]
fn a_document_that_changed_is_compared_anew() {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    pair.ask(Command::ConfirmLink);
    let tab = pair.comparing().side(Side::Left).tab.unwrap();
    pair.links = vec![given(&[0], &[0], Verdict::Theme, 0.6)];
    pair.ask(Command::ActivatePane(Side::Left));
    let effects = pair.ask_quietly(Command::Reload);
    pair.kept = None;
    pair.arrive(effects, "老人写字。\n");
    assert_eq!(pair.comparing().side(Side::Left).tab, Some(tab));
    assert_eq!(pair.list(), "老人写字。 | 老人教孩子写字和剪纸。 theme\n");
    assert_eq!(pair.session.undoable(), (false, false), "what was undone belonged to another text");
}

#[test]
fn sides_are_swapped_with_what_was_decided() {
    let mut pair = pair();
    pair.select(Side::Left, "晒谷场");
    pair.select(Side::Right, "祠堂");
    pair.ask(Command::PinPassages);
    pair.links = Vec::new();
    pair.ask(Command::SwapSides);
    assert_eq!(pair.list(), "*祠堂要修屋顶。 | 晒谷场夜里放电影。 theme Added\n");
    assert_eq!(pair.session.active().unwrap().place.name(), "right.txt");
    pair.ask(Command::Undo);
    assert_eq!(pair.list(), "");
}

#[test]
fn comparing_the_same_pair_brings_it_to_the_front() {
    let mut pair = pair();
    let id = pair.comparing().id();
    let [left, right] = Side::BOTH.map(|side| pair.comparing().side(side).tab.unwrap());
    pair.ask(Command::Select(left));
    assert!(pair.session.comparison_in_front().is_none());
    pair.ask(Command::CompareWith(right));
    assert_eq!((pair.comparing().id(), pair.session.comparisons().len()), (id, 1));
    pair.ask(Command::CloseComparison(id));
    assert_eq!(pair.session.front(), Some(Front::Document(left)));
}

#[test]
fn without_two_documents_nothing_is_compared() {
    let mut pair = Pair::opened(&[("left.txt", LEFT)], Vec::new());
    pair.ask(Command::CompareWith(TabId(99)));
    assert_eq!(pair.told(), [MessageText::NothingToCompare]);
    let itself = pair.session.tabs()[0].id;
    pair.links = vec![given(&[0], &[0], Verdict::Same, 1.0)];
    pair.ask(Command::CompareWith(itself));
    assert_eq!(*pair.comparing().stage(), CompareStage::Ready);
}

#[test]
fn a_note_on_a_link_spans_both_sides() {
    let mut pair = pair();
    pair.ask(Command::NoteOnLink);
    assert_eq!(pair.told(), [MessageText::NoLinkChosen]);
    pair.ask(Command::NextLink);
    pair.ask(Command::NextLink);
    pair.ask(Command::ActivatePane(Side::Right));
    pair.ask(Command::HighlightLink(Colour::Green));
    let left = pair.compared().reader(Side::Left);
    let note = left.notebook().iter().next().unwrap().clone();
    assert_eq!(note.anchor.quote, "河边种上柳树，大家一起浇水。");
    let quotes: Vec<&str> = note.answers.iter().map(|end| end.anchor.quote.as_str()).collect();
    assert_eq!(quotes, ["河边种上柳树。\n\n大家一起浇水。"]);
    let highlighted = |side: Side, block: usize| {
        let pane = pair.compared().pane(side);
        let view = pane.view(BlockIndex::new(block)).unwrap();
        let marks = pane.decorations(&view).into_iter();
        let mut marks = marks.filter(|one| matches!(one.mark, Mark::Highlight { id, .. } if id == note.id));
        marks.next().map(|one| one.shown.of(&view.text).unwrap().to_owned())
    };
    assert_eq!(highlighted(Side::Left, 1).as_deref(), Some("河边种上柳树，大家一起浇水。"));
    assert_eq!(highlighted(Side::Right, 3).as_deref(), Some("河边种上柳树。"));
    assert_eq!(highlighted(Side::Right, 4).as_deref(), Some("大家一起浇水。"));

    let at_far_end = |command| Command::InPane(Side::Right, Box::new(command));
    pair.ask(at_far_end(Command::ChooseNote(Some(note.id))));
    assert_eq!(pair.comparing().active_side(), Side::Left, "a note is changed where it is kept");
    pair.ask(Command::NoteOnLink);
    pair.ask(Command::HighlightLink(Colour::Pink));
    let colours: Vec<_> =
        pair.compared().reader(Side::Left).notebook().iter().map(|note| note.colour).collect();
    assert_eq!(colours, [Some(Colour::Pink)], "a link has one note");
    pair.ask(Command::Undo);
    pair.ask(Command::Undo);
    assert!(pair.compared().reader(Side::Left).notebook().is_empty());
}

#[test]
fn a_comparison_is_exported_in_a_script_for_each_column_with_its_notes() {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    pair.ask(Command::NoteOnLink);
    let id = pair.compared().reader(Side::Left).note_in_focus().unwrap();
    pair.ask(Command::WriteNote(id, "多了两天".to_owned()));
    let filter = LinkFilter { verdicts: vec![Verdict::Revised], ..LinkFilter::default() };
    pair.ask(Command::FilterLinks(Box::new(filter)));
    pair.ask(Command::AskToExportComparison(Box::new(markdown_request())));
    let [Effect::AskForExport { ticket, name }] = &pair.effects[..] else { panic!("{:?}", pair.effects) };
    assert_eq!(name, "left.txt ⇄ right.txt.md");
    let (ticket, path) = (*ticket, PathBuf::from("out.md"));
    pair.ask(Command::ExportTo { ticket, path: path.clone() });
    let [Effect::ExportComparison { job, path: to }] = &pair.effects[..] else {
        panic!("nothing is exported: {:?}", pair.effects)
    };
    assert_eq!((to, job.links.len()), (&path, 1));
    let text = String::from_utf8(job.run().unwrap()).unwrap();
    for words in ["村裏開辦書屋", "村里开办书屋", "多了两天"] {
        assert!(text.contains(words), "{words}: {text}");
    }
    assert!(!text.contains("河邊種上柳樹"), "{text}");
    pair.tell(Event::ComparisonExported { path: path.clone(), result: Ok(1) });
    assert_eq!(pair.told(), [MessageText::ComparisonExported { path, links: 1 }]);
}

#[test]
fn a_board_is_built_of_every_pair_without_tabs_of_their_own() {
    let texts = [("one.txt", LEFT), ("two.txt", RIGHT), ("three.txt", "村里修了桥。\n")];
    let mut pair = Pair::opened(&texts, vec![given(&[0], &[0], Verdict::Theme, 0.8)]);
    let tabs: Vec<TabId> = pair.session.tabs().iter().map(|tab| tab.id).collect();
    pair.ask(Command::ShowBoard(vec![tabs[0]]));
    assert_eq!(pair.told(), [MessageText::NothingToCompare]);
    pair.ask(Command::ShowBoard(tabs.clone()));
    assert_eq!((pair.session.page(), pair.session.comparisons().len()), (Some(Page::Board), 0));
    assert!((pair.session.board_progress() - 1.0).abs() < f32::EPSILON);
    let rows = |pair: &Pair| {
        let board = pair.session.boarding().unwrap().board().unwrap();
        let first = board.rows().iter().find(|row| row.cells.iter().all(|cell| !cell.is_empty())).unwrap();
        let cells = first.cells.iter().enumerate();
        cells.map(|(column, cell)| pair.session.board_text(column, cell[0].block)).collect::<Vec<_>>()
    };
    assert_eq!(rows(&pair), ["村里开办书屋，每周开放三天。", "老人教孩子写字和剪纸。", "村里修了桥。"]);
    assert!(pair.kept.is_none(), "pairs of a board leave no files behind");
    pair.ask(Command::CompareCell { column: 2, other: 0, block: BlockIndex::new(0) });
    assert_eq!((pair.session.page(), pair.session.comparisons().len()), (None, 1));
    assert!(pair.list().contains("*村里开办书屋，每周开放三天。 | 村里修了桥。 theme"), "{}", pair.list());
    pair.ask(Command::GoToCell { column: 1, block: BlockIndex::new(2) });
    assert_eq!(pair.session.front(), Some(Front::Document(tabs[1])));
    pair.ask(Command::Close(tabs[1]));
    assert_eq!(pair.session.boarding().unwrap().columns(), [tabs[0], tabs[2]]);
    assert!(pair.session.boarding().unwrap().board().is_some());
}

#[test]
fn the_note_of_a_link_is_found_where_its_words_are_now() {
    let mut pair = pair();
    pair.ask(Command::NextLink);
    pair.ask(Command::NextLink);
    pair.ask(Command::HighlightLink(Colour::Green));
    pair.links = vec![given(&[2], &[4, 5], Verdict::Same, 0.95)];
    pair.answers = false;
    for (side, text) in [(Side::Left, LEFT), (Side::Right, RIGHT)] {
        let kept = pair.compared().reader(side).kept();
        pair.ask(Command::ActivatePane(side));
        let effects = pair.ask_quietly(Command::Reload);
        pair.effects.clear();
        pair.arrive_with(effects, &format!("新写的一段，说的是去年冬天的事。\n\n{text}"), &kept);
        pair.seek();
    }
    pair.answers = true;
    pair.ask(Command::CompareAgain);
    let link = LinkIndex::new(0);
    assert!(pair.compared().note_of_link(link).is_some());
    pair.ask(Command::ChooseLink(Some(link)));
    pair.ask(Command::HighlightLink(Colour::Pink));
    let notes: Vec<_> =
        pair.compared().reader(Side::Left).notebook().iter().map(|note| note.colour).collect();
    assert_eq!(notes, [Some(Colour::Pink)], "a link has one note");

    pair.ask(Command::AskToExportComparison(Box::new(markdown_request())));
    let [Effect::AskForExport { ticket, .. }] = &pair.effects[..] else { panic!("{:?}", pair.effects) };
    let (ticket, path) = (*ticket, PathBuf::from("out.md"));
    pair.ask(Command::ExportTo { ticket, path });
    let [Effect::ExportComparison { job, .. }] = &pair.effects[..] else { panic!("{:?}", pair.effects) };
    let words = |side: Side, span: Span| span.of(pair.text(side)).unwrap();
    let [note] = &job.notes[..] else { panic!("{:?}", job.notes) };
    assert_eq!(note.near.map(|span| words(Side::Left, span)), Some("河边种上柳树，大家一起浇水。"));
    let far: Vec<&str> = note.far.iter().map(|&span| words(Side::Right, span)).collect();
    assert_eq!(far, ["河边种上柳树。\n\n大家一起浇水。"]);
    assert_eq!(note.quotes, far);
}

fn markdown_request() -> ComparisonRequest {
    ComparisonRequest {
        format: ComparisonFormat::Markdown,
        left_script: Script::characters(Form::Traditional),
        right_script: Script::characters(Form::Simplified),
        only_listed: true,
        only_here: false,
        slight: false,
        words: ComparisonWords::english(),
        interface_language: "en".to_owned(),
    }
}

/// A document that asks for a password.
fn open_locked(pair: &mut Pair) -> TabId {
    let effects = pair.ask_quietly(Command::Open(vec![Place::File(PathBuf::from("locked.pdf"))]));
    let Some(Effect::Read { ticket, .. }) = effects.first() else { panic!("{effects:?}") };
    let reason = OpenError::Import(import::ImportError::NeedsPassword);
    pair.tell(Event::NotOpened { ticket: *ticket, reason });
    pair.session.active().unwrap().id
}

#[test]
fn what_cannot_be_read_takes_no_part_in_a_board_until_it_can() {
    let texts = [("one.txt", LEFT), ("two.txt", RIGHT)];
    let mut pair = Pair::opened(&texts, vec![given(&[0], &[0], Verdict::Theme, 0.8)]);
    let locked = open_locked(&mut pair);
    let all: Vec<TabId> = pair.session.tabs().iter().map(|tab| tab.id).collect();
    let [one, two] = [all[0], all[1]];
    pair.ask(Command::ShowBoard(all.clone()));
    let seen = |pair: &Pair| {
        let boarding = pair.session.boarding().unwrap();
        let left_out = boarding.left_out().collect::<Vec<_>>();
        (boarding.columns().to_vec(), left_out, boarding.board().is_some())
    };
    assert_eq!(seen(&pair), (vec![one, two], vec![locked], true));

    let effects = pair.ask_quietly(Command::GivePassword(locked, import::Password::new("open")));
    pair.arrive(effects, "村里修了桥。\n");
    assert_eq!(seen(&pair), (all.clone(), vec![], true));
    pair.ask(Command::Close(two));
    assert_eq!(seen(&pair), (vec![one, locked], vec![], true));
}

#[test]
fn a_document_that_turns_out_not_to_be_readable_leaves_the_board() {
    let texts = [("one.txt", LEFT), ("two.txt", RIGHT)];
    let mut pair = Pair::opened(&texts, vec![given(&[0], &[0], Verdict::Theme, 0.8)]);
    let locked = open_locked(&mut pair);
    let all: Vec<TabId> = pair.session.tabs().iter().map(|tab| tab.id).collect();
    let effects = pair.ask_quietly(Command::Reload);
    pair.ask(Command::ShowBoard(all.clone()));
    let columns = |pair: &Pair| pair.session.boarding().unwrap().columns().to_vec();
    assert_eq!((columns(&pair), pair.session.boarding().unwrap().board().is_some()), (all.clone(), false));
    let [Effect::Read { ticket, .. }] = effects[..] else { panic!("{effects:?}") };
    let reason = OpenError::Import(import::ImportError::NeedsPassword);
    pair.tell(Event::NotOpened { ticket, reason });
    assert_eq!(
        (columns(&pair), pair.session.boarding().unwrap().board().is_some()),
        (all[..2].to_vec(), true)
    );
    let proposed = pair.session.counterpart(all[0]);
    assert_eq!((pair.session.active().unwrap().id, proposed), (locked, Some(all[1])));
}

#[test]
fn a_board_of_other_texts_is_not_shown() {
    let texts = [("one.txt", LEFT), ("two.txt", RIGHT)];
    let mut pair = Pair::opened(&texts, vec![given(&[0], &[0], Verdict::Theme, 0.8)]);
    let tabs: Vec<TabId> = pair.session.tabs().iter().map(|tab| tab.id).collect();
    pair.ask(Command::ShowBoard(tabs.clone()));
    let has_board = |pair: &Pair| pair.session.boarding().unwrap().board().is_some();
    assert!(has_board(&pair));
    let made = pair.effects.iter().find_map(|effect| match effect {
        Effect::MakeBoard { ticket, job } => Some((*ticket, Arc::new(job.run()))),
        _ => None,
    });
    pair.answers = false;
    pair.effects.clear();
    let effects = pair.ask_quietly(Command::Reload);
    pair.arrive(effects, "村里修了桥。\n");
    assert!(!has_board(&pair));
    let (ticket, board) = made.unwrap();
    pair.tell(Event::BoardMade { ticket, result: Ok(board) });
    assert!(!has_board(&pair), "one that was built of the old text comes too late");

    pair.reads = false;
    let asked = pair.effects.iter().rev().find_map(|effect| match effect {
        Effect::Compare { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let result = Err(NotCompared::Failed("no memory".to_owned()));
    pair.tell(Event::Compared { ticket: asked.unwrap(), result });
    assert_eq!(pair.session.board_failure(), Some("no memory"));
    (pair.answers, pair.reads) = (true, true);
    pair.ask(Command::ShowBoard(tabs));
    assert!(has_board(&pair) && pair.session.board_failure().is_none(), "it is tried again");
}

#[test]
fn why_a_board_could_not_be_built_is_said() {
    let texts = [("one.txt", LEFT), ("two.txt", RIGHT)];
    let mut pair = Pair::opened(&texts, Vec::new());
    let tabs: Vec<TabId> = pair.session.tabs().iter().map(|tab| tab.id).collect();
    let effects = pair.ask_quietly(Command::ShowBoard(tabs));
    pair.answers = false;
    pair.carry_out(effects);
    let id = pair.effects.iter().rev().find_map(|effect| match effect {
        Effect::Compare { ticket, job } => Some((*ticket, job.clone())),
        _ => None,
    });
    let (ticket, job) = id.unwrap();
    let found = Arc::new(Findings::of(Arc::new(pair.compare(&job))));
    let moment = pair.moment();
    let compared = Event::Compared { ticket, result: Ok(found) };
    let effects = pair.session.handle(Input::Event(compared), moment);
    let [Effect::MakeBoard { ticket, .. }] = &effects[..] else { panic!("{effects:?}") };
    pair.tell(Event::BoardMade { ticket: *ticket, result: Err("no memory".to_owned()) });
    assert_eq!(pair.session.board_failure(), Some("no memory"));
    assert!(pair.session.boarding().unwrap().board().is_none());
}

#[test]
fn a_board_is_built_anew_only_for_pairs_of_its_own() {
    let texts = [("one.txt", LEFT), ("two.txt", RIGHT), ("three.txt", "村里修了桥。\n")];
    let mut pair = Pair::opened(&texts, vec![given(&[0], &[0], Verdict::Theme, 0.8)]);
    let tabs: Vec<TabId> = pair.session.tabs().iter().map(|tab| tab.id).collect();
    let built = |pair: &Pair| pair.effects.iter().any(|effect| matches!(effect, Effect::MakeBoard { .. }));
    pair.ask(Command::ShowBoard(vec![tabs[0], tabs[1]]));
    assert!(built(&pair));
    pair.ask(Command::CompareCell { column: 1, other: 0, block: BlockIndex::new(0) });
    pair.ask(Command::CompareAgain);
    assert!(built(&pair));
    pair.ask(Command::Select(tabs[0]));
    pair.ask(Command::CompareWith(tabs[2]));
    assert_eq!(*pair.comparing().stage(), CompareStage::Ready);
    assert!(!built(&pair));
}

#[test]
fn the_file_of_a_comparison_opens_its_documents() {
    let mut pair = Pair::opened(&[], Vec::new());
    let path = PathBuf::from("talk.duidu-compare.ron");
    let effects = pair.ask_quietly(Command::Open(vec![Place::File(path.clone())]));
    assert!(matches!(effects.first(), Some(Effect::ReadComparisonFile(asked)) if *asked == path));
    let side = |name: &str| (Place::File(PathBuf::from(name)), None);
    let file = ComparisonFile {
        left: side("left.txt"),
        right: side("right.txt"),
        remarks: vec!["moved".to_owned()],
    };
    let moment = pair.moment();
    let read = Event::ComparisonFileRead { path: path.clone(), result: Ok(Box::new(file)) };
    let effects = pair.session.handle(Input::Event(read), moment);
    assert_eq!(*pair.comparing().stage(), CompareStage::Waiting);
    for (effect, text) in
        effects.into_iter().filter(|one| matches!(one, Effect::Read { .. })).zip([LEFT, RIGHT])
    {
        pair.arrive(vec![effect], text);
    }
    assert_eq!(*pair.comparing().stage(), CompareStage::Ready);
    let reason = "no such file".to_owned();
    pair.tell(Event::ComparisonFileRead { path: path.clone(), result: Err(reason.clone()) });
    let told = [MessageText::Remark("moved".to_owned()), MessageText::ComparisonNotOpened { path, reason }];
    assert_eq!(pair.told(), told);
}

#[test]
fn what_was_found_before_is_shown_without_a_new_run() {
    let before = pair();
    let known = before.comparing().result().cloned();
    let mut later = pair();
    later.answers = false;
    later.ask(Command::SwapSides);
    later.ask(Command::SwapSides);
    let id = later.comparing().id();
    later.ask(Command::CloseComparison(id));
    let [left, right] = [0, 1].map(|index| later.session.tabs()[index].id);
    later.ask(Command::Select(left));
    let effects = later.ask_quietly(Command::CompareWith(right));
    let ticket = effects.iter().find_map(|effect| match effect {
        Effect::ReadComparison { ticket, .. } => Some(*ticket),
        _ => None,
    });
    let placed = PlacedRulings { lost: 1, ..PlacedRulings::default() };
    let options = Some(CompareOptions { locked: false, ..CompareOptions::default() });
    let read = ComparisonRead { comparison: known.clone(), placed, options, ..ComparisonRead::default() };
    later.tell(Event::ComparisonRead { ticket: ticket.unwrap(), read: Box::new(read) });
    let asked = later.effects.iter().rev().find_map(|effect| match effect {
        Effect::Compare { job, .. } => Some(job.known.clone()),
        _ => None,
    });
    assert!(matches!((asked.flatten(), known), (Some(asked), Some(known)) if Arc::ptr_eq(&asked, &known)));
    assert!(!later.comparing().locked());
    assert_eq!(later.told(), [MessageText::RulingsPlaced { moved: 0, unsure: 0, lost: 1 }]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Wherever one is, the answer lies in the text, and going on never goes back while links keep the order.
    #[test]
    fn following_goes_on_with_links_in_order(
        chosen in proptest::collection::vec(any::<bool>(), 12),
        near in 0_u32..400,
    ) {
        let text = |word: &str| (0..12).map(|n| "字".repeat(n % 5 + 1) + word + "。\n\n").collect::<String>();
        let links: Vec<Given> = (0..12)
            .filter(|&index| chosen[index])
            .map(|index| given(&[index], &[index], Verdict::Theme, 0.8))
            .collect();
        let none = links.is_empty();
        let mut pair = Pair::of(&text("左边"), &text("右"), links);
        pair.ask(Command::InPane(Side::Right, Box::new(Command::Reached(InSight::from(near)))));
        let mut last = 0;
        for position in 0..=Span::whole(pair.text(Side::Left)).end() {
            let answer = pair.comparing().answering_position(Side::Left, position);
            prop_assert_eq!(answer.is_none(), none);
            let answer = answer.unwrap_or(last);
            prop_assert!(last <= answer && answer <= Span::whole(pair.text(Side::Right)).end());
            last = answer;
        }
    }

    /// No sequence of commands panics, and undoing everything gives what was there before.
    #[test]
    fn any_commands_can_be_undone(steps in proptest::collection::vec(0_usize..14, 0..25)) {
        let mut pair = pair();
        let before = pair.list();
        for step in steps {
            let command = match step {
                0 => Command::NextLink,
                1 => Command::PreviousLink,
                2 => Command::ConfirmLink,
                3 => Command::RefuseLink,
                4 => Command::Relabel(Verdict::Theme),
                5 => Command::NextOnlyHere,
                6 => Command::SwitchPane,
                7 => Command::SelectParagraph(0),
                8 => Command::AddLink(Verdict::Theme),
                9 => Command::Highlight(Colour::Blue),
                10 => Command::NextDifference,
                11 => Command::Undo,
                12 => Command::Redo,
                _ => Command::PreviousOnlyHere,
            };
            pair.ask(command);
        }
        while pair.session.undoable().0 {
            pair.ask(Command::Undo);
        }
        pair.ask(Command::ChooseLink(None));
        prop_assert_eq!(pair.list(), before);
    }
}

#[test]
fn a_link_index_that_is_not_there_chooses_nothing() {
    let mut pair = pair();
    pair.ask(Command::ChooseLink(Some(LinkIndex::new(77))));
    assert_eq!(pair.comparing().chosen(), None);
}
