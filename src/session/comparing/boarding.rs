//! More than two documents read against each other: every pair of them is compared, without a tab of its own,
//! and the board is built from all pairs.

use std::sync::Arc;

use super::{CompareStage, ComparedSide, Comparing, ComparisonId, Wanted};
use crate::compare::{Board, ComparedPair, Comparison, Part, Side};
use crate::document::BlockIndex;
use crate::session::{Effect, MessageText, Page, Reader, Session, Tab, TabId, Ticket};

/// The board that is shown, or being made.
#[derive(Debug, Default)]
pub struct Boarding {
    /// The documents that the reader wants on it.
    wanted: Vec<TabId>,
    /// Those of them that can be read.
    columns: Vec<TabId>,
    board: Option<Arc<Board>>,
    /// Why it could not be built.
    failure: Option<String>,
    /// The request that is being answered.
    ticket: Ticket,
}

/// What a board is built from: to be run away from the window.
#[derive(Clone, Debug)]
pub struct BoardJob {
    /// A column each.
    pub columns: Vec<Part>,
    /// What was found between two columns, the one of the left side first.
    pub pairs: Vec<(usize, usize, Arc<Comparison>)>,
}

impl BoardJob {
    /// The board.
    pub fn run(&self) -> Board {
        let pairs = self.pairs.iter();
        let pairs: Vec<ComparedPair<'_>> = pairs
            .map(|(left, right, comparison)| ComparedPair { left: *left, right: *right, comparison })
            .collect();
        Board::of(self.columns.clone(), &pairs)
    }
}

impl Boarding {
    /// The documents, a column each.
    pub fn columns(&self) -> &[TabId] {
        &self.columns
    }

    /// The documents that the reader wants on it, whether they can be read or not.
    pub fn wanted(&self) -> &[TabId] {
        &self.wanted
    }

    /// Those that take no part, because they could not be read.
    pub fn left_out(&self) -> impl Iterator<Item = TabId> {
        self.wanted.iter().copied().filter(|tab| !self.columns.contains(tab))
    }

    /// The board; `None` until every pair was compared.
    pub fn board(&self) -> Option<&Arc<Board>> {
        self.board.as_ref()
    }
}

impl Session {
    /// The board that is shown, or being made.
    pub fn boarding(&self) -> Option<&Boarding> {
        self.boarding.as_ref()
    }

    /// Why there is no board: it could not be built, or two of its documents could not be compared.
    pub fn board_failure(&self) -> Option<&str> {
        let boarding = self.boarding.as_ref()?;
        let of_pair = |(left, right)| match self.pair(boarding, left, right)?.stage() {
            CompareStage::Failed(reason) => Some(reason.as_str()),
            _ => None,
        };
        boarding.failure.as_deref().or_else(|| pairs(&boarding.columns).into_iter().find_map(of_pair))
    }

    /// How much of the board is done, from 0 to 1.
    pub fn board_progress(&self) -> f32 {
        let Some(boarding) = &self.boarding else { return 0.0 };
        let pairs = pairs(&boarding.columns);
        let done =
            |&(left, right): &(usize, usize)| match self.pair(boarding, left, right).map(|one| &one.stage) {
                Some(CompareStage::Ready) => 1.0,
                Some(CompareStage::Running(done)) => *done,
                _ => 0.0,
            };
        let total: f32 = pairs.iter().map(done).sum();
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
        let count = pairs.len().max(1) as f32;
        total / count
    }

    /// A block of a column as it is shown, on one line.
    pub fn board_text(&self, column: usize, block: BlockIndex) -> String {
        self.column_reader(column).map(|reader| reader.heading_text(block)).unwrap_or_default()
    }

    fn column_reader(&self, column: usize) -> Option<&Reader> {
        let tab = *self.boarding.as_ref()?.columns.get(column)?;
        self.tab(tab).and_then(Tab::reader)
    }

    /// Compares every pair of these documents, and shows the board of them.
    pub(in crate::session) fn show_board(&mut self, mut wanted: Vec<TabId>) -> Vec<Effect> {
        let mut seen = std::collections::BTreeSet::new();
        wanted.retain(|tab| self.tab(*tab).is_some() && seen.insert(*tab));
        if wanted.len() < 2 {
            return self.told(MessageText::NothingToCompare);
        }
        self.page = Some(Page::Board);
        self.begin_board(wanted)
    }

    /// A document arrived, or turned out not to be readable: the board is of those that can be read.
    pub(in crate::session) fn renew_board(&mut self) -> Vec<Effect> {
        let Some(boarding) = &self.boarding else { return Vec::new() };
        if boarding.columns == self.readable(&boarding.wanted) {
            return Vec::new();
        }
        let wanted = boarding.wanted.clone();
        self.begin_board(wanted)
    }

    fn readable(&self, wanted: &[TabId]) -> Vec<TabId> {
        let readable = |tab: &TabId| self.tab(*tab).is_some_and(Tab::can_be_read);
        wanted.iter().copied().filter(readable).collect()
    }

    fn begin_board(&mut self, wanted: Vec<TabId>) -> Vec<Effect> {
        let columns = self.readable(&wanted);
        let pairs = pairs(&columns);
        self.boarding = Some(Boarding { wanted, columns, ..Boarding::default() });
        let effects: Vec<Effect> = pairs.into_iter().flat_map(|pair| self.begin_pair(pair)).collect();
        effects.into_iter().chain(self.make_board()).collect()
    }

    fn begin_pair(&mut self, (left, right): (usize, usize)) -> Vec<Effect> {
        let Some(boarding) = &self.boarding else { return Vec::new() };
        if let Some(pair) = self.pair(boarding, left, right) {
            let over = matches!(pair.stage, CompareStage::Failed(_) | CompareStage::Cancelled);
            let again = Some(pair.id).filter(|_| over);
            return again.map_or_else(Vec::new, |id| self.begin_comparing(id));
        }
        let side = |column: usize| {
            let tab = self.tab(*boarding.columns.get(column)?)?;
            Some(ComparedSide::new(tab.place.clone(), Some(tab.id)))
        };
        let Some((left, right)) = side(left).zip(side(right)) else { return Vec::new() };
        let id = ComparisonId(self.number());
        let mut comparing = Comparing::new(id, left, right);
        comparing.hidden = true;
        self.comparisons.push(comparing);
        self.begin_comparing(id)
    }

    /// The comparison of two columns, whichever is its left side.
    fn pair(&self, boarding: &Boarding, left: usize, right: usize) -> Option<&Comparing> {
        let (left, right) = (boarding.columns.get(left), boarding.columns.get(right));
        let is =
            |side: &ComparedSide, tab: Option<&TabId>| side.section.is_none() && side.tab.as_ref() == tab;
        let is_pair = |one: &&Comparing| {
            (is(&one.left, left) && is(&one.right, right)) || (is(&one.left, right) && is(&one.right, left))
        };
        self.comparisons.iter().find(is_pair)
    }

    /// Whether a comparison is one of the pairs of the board.
    pub(super) fn is_on_board(&self, id: ComparisonId) -> bool {
        let Some(boarding) = &self.boarding else { return false };
        let is = |&(left, right): &(usize, usize)| {
            self.pair(boarding, left, right).is_some_and(|comparing| comparing.id == id)
        };
        pairs(&boarding.columns).iter().any(is)
    }

    /// To be called when something was found: the board is built when everything is there.
    pub(super) fn make_board(&mut self) -> Vec<Effect> {
        let Some(job) = self.board_job() else { return Vec::new() };
        let ticket = self.ticket();
        if let Some(boarding) = &mut self.boarding {
            (boarding.ticket, boarding.failure) = (ticket, None);
        }
        vec![Effect::MakeBoard { ticket, job: Box::new(job) }]
    }

    /// What the board is built from; `None` while a pair is not compared, or where there is none.
    fn board_job(&self) -> Option<BoardJob> {
        let boarding = self.boarding.as_ref().filter(|boarding| boarding.columns.len() > 1)?;
        let readers = (0..boarding.columns.len()).map(|column| self.column_reader(column));
        let columns =
            readers.map(|reader| Some(Part::whole(Arc::clone(reader?.document())))).collect::<Option<_>>()?;
        let found = |(left, right): (usize, usize)| {
            let comparing = self.pair(boarding, left, right)?;
            let comparison =
                Arc::clone(comparing.result().filter(|_| comparing.stage == CompareStage::Ready)?);
            let swapped = comparing.left.tab.as_ref() != boarding.columns.get(left);
            Some(if swapped { (right, left, comparison) } else { (left, right, comparison) })
        };
        let pairs = pairs(&boarding.columns).into_iter().map(found).collect::<Option<_>>()?;
        Some(BoardJob { columns, pairs })
    }

    pub(in crate::session) fn board_made(
        &mut self,
        ticket: Ticket,
        result: Result<Arc<Board>, String>,
    ) -> Vec<Effect> {
        if let Some(boarding) = self.boarding.as_mut().filter(|boarding| boarding.ticket == ticket) {
            match result {
                Ok(board) => boarding.board = Some(board),
                Err(reason) => (boarding.board, boarding.failure) = (None, Some(reason)),
            }
        }
        self.forget_outdated_board();
        Vec::new()
    }

    /// A board of other texts than those that are open says nothing of these: it is built anew when all pairs are
    /// compared.
    pub(super) fn forget_outdated_board(&mut self) {
        let is_of_column = |(column, part): (usize, &Part)| {
            let now = self.column_reader(column).map(|reader| reader.document().id());
            now == Some(part.document().id())
        };
        let board = self.boarding.as_ref().and_then(|boarding| boarding.board.as_ref());
        let outdated = board.is_some_and(|board| !board.columns().iter().enumerate().all(is_of_column));
        if let Some(boarding) = self.boarding.as_mut().filter(|_| outdated) {
            boarding.board = None;
        }
    }

    /// Goes to a block of a column, in its document.
    pub(in crate::session) fn go_to_cell(&mut self, column: usize, block: BlockIndex) -> Vec<Effect> {
        let tab = self.boarding.as_ref().and_then(|boarding| boarding.columns.get(column)).copied();
        let Some(tab) = tab else { return Vec::new() };
        self.page = None;
        let mut effects = self.select_tab(tab);
        effects.extend(self.jump_to_block(block));
        effects
    }

    /// Reads two columns against each other, and chooses the link of a block of the first.
    pub(in crate::session) fn compare_cell(
        &mut self,
        column: usize,
        other: usize,
        block: BlockIndex,
    ) -> Vec<Effect> {
        let Some(boarding) = &self.boarding else { return Vec::new() };
        let Some((left, right)) = boarding.columns.get(column).zip(boarding.columns.get(other)) else {
            return Vec::new();
        };
        let (left, right) = (*left, *right);
        let known = self.pair(boarding, column, other).map(|one| (one.id, one.left.tab == Some(left)));
        self.page = None;
        let Some((id, is_left)) = known else {
            let whole = |tab| Wanted { tab, section: None };
            return self.compare(super::CompareRequest { left: whole(left), right: whole(right) });
        };
        self.show_hidden(id);
        let mut effects = self.select_comparison(id);
        let side = if is_left { Side::Left } else { Side::Right };
        effects.extend(self.activate(side));
        let link = self.comparison(id).and_then(|one| one.result()?.links_at(side, block).first().copied());
        effects.extend(link.map_or_else(Vec::new, |link| self.choose_link(Some(link))));
        effects
    }

    /// Gives a comparison that was made for the board a tab of its own.
    pub(super) fn show_hidden(&mut self, id: ComparisonId) {
        let Some(index) = self.comparisons.iter().position(|one| one.id == id && one.hidden) else { return };
        let mut comparing = self.comparisons.remove(index);
        comparing.hidden = false;
        self.comparisons.insert(self.comparisons().len(), comparing);
    }

    /// A document was closed: it is no longer on the board, and pairs without a tab go with it.
    pub(super) fn leave_board(&mut self, tab: TabId) -> Vec<Effect> {
        let gone: Vec<ComparisonId> =
            self.comparisons.iter().filter(|one| one.hidden && one.uses(tab)).map(|one| one.id).collect();
        let effects: Vec<Effect> = gone.iter().flat_map(|&id| self.stop(id)).collect();
        for &id in &gone {
            self.remember_unsaved_comparison(id);
        }
        self.comparisons.retain(|one| !gone.contains(&one.id));
        if let Some(boarding) = &mut self.boarding {
            boarding.wanted.retain(|wanted| *wanted != tab);
        }
        self.boarding = self.boarding.take().filter(|boarding| boarding.wanted.len() > 1);
        effects.into_iter().chain(self.renew_board()).collect()
    }
}

/// Every pair of columns.
fn pairs(columns: &[TabId]) -> Vec<(usize, usize)> {
    let count = columns.len();
    (0..count).flat_map(|left| (left + 1..count).map(move |right| (left, right))).collect()
}
