//! Two panes that scroll together: what stands in the middle of the one that the reader moves decides what the other
//! shows at the same height.
//!
//! Only the pane that the reader moves leads. Where the way of the other is short it moves in the same step; where
//! it is long (the passages cross) it waits until the reader rests, so that it does not jump about.

use egui::Ui;

use crate::compare::Side;
use crate::session::Comparing;
use crate::ui::reading::PaneState;

/// What linked scrolling remembers from frame to frame.
#[derive(Default, Debug)]
pub(super) struct Scrolling {
    /// Which side the reader moved, and when, where the other has a long way to go after it.
    waiting: Option<(Side, f64)>,
    /// One pane is to be brought to the height of the other as soon as that one is where it goes.
    pub(super) line_up: Option<LineUp>,
}

/// A position of one side that is to stand at the height of a position of the other.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) struct LineUp {
    /// The side that is scrolled.
    pub(super) side: Side,
    /// The position of that side.
    pub(super) position: u32,
    /// The position of the other side.
    pub(super) to: u32,
    /// For so many frames it is waited until the other position is in sight.
    pub(super) patience: u8,
}

/// How long the reader rests before the other pane goes a long way, in seconds.
const REST: f64 = 0.12;

/// For how many frames is waited for the other pane.
const PATIENCE: u8 = 4;

/// A way of so many windows' heights is long.
const LONG: f32 = 0.5;

impl Scrolling {
    /// One pane is to be scrolled so that `position` stands at the height of `to` in the other.
    pub(super) fn line_up(&mut self, side: Side, position: u32, to: u32) {
        self.line_up = Some(LineUp { side, position, to, patience: PATIENCE });
        self.waiting = None;
    }

    /// After both panes were drawn: brings the one after the other.
    pub(super) fn follow(&mut self, ui: &Ui, comparing: &Comparing, panes: &mut Panes<'_>) {
        self.go_on_lining_up(ui, panes);
        let moved = Side::BOTH.into_iter().find(|side| panes.of(*side).was_moved());
        if !comparing.locked() {
            self.waiting = None;
            return;
        }
        let now = ui.input(|input| input.time);
        if let Some(leader) = moved {
            self.line_up = None;
            panes.of(leader.other()).rest();
            self.waiting = (!step(comparing, panes, leader, true)).then_some((leader, now));
            ui.ctx().request_repaint();
        } else if let Some((leader, since)) = self.waiting {
            let left = since + REST - now;
            if left > 0.0 {
                ui.ctx().request_repaint_after(std::time::Duration::from_secs_f64(left));
            } else {
                self.waiting = None;
                step(comparing, panes, leader, false);
                ui.ctx().request_repaint();
            }
        }
    }

    fn go_on_lining_up(&mut self, ui: &Ui, panes: &mut Panes<'_>) {
        let Some(LineUp { side, position, to, patience }) = self.line_up.take() else { return };
        ui.ctx().request_repaint();
        let there = panes.of(side.other()).height_of(to).zip(panes.of(side).area());
        match there {
            Some((height, area)) => {
                let down = (height - area.top()).clamp(0.0, area.height());
                panes.of(side).glide(position, down);
            }
            None if patience == 0 => panes.of(side).reveal(position),
            None => self.line_up = Some(LineUp { side, position, to, patience: patience - 1 }),
        }
    }
}

/// The two panes of a comparison.
pub(super) struct Panes<'a> {
    /// The left one.
    pub(super) left: &'a mut PaneState,
    /// The right one.
    pub(super) right: &'a mut PaneState,
}

impl Panes<'_> {
    /// The pane of a side.
    pub(super) fn of(&mut self, side: Side) -> &mut PaneState {
        match side {
            Side::Left => self.left,
            Side::Right => self.right,
        }
    }
}

/// Brings the other pane to what answers the middle of the leading one; only a short way, where so asked. Answers
/// whether it does.
fn step(comparing: &Comparing, panes: &mut Panes<'_>, leader: Side, short_only: bool) -> bool {
    let follower = leader.other();
    let Some((area, other)) = panes.of(leader).area().zip(panes.of(follower).area()) else { return true };
    let middle = panes.of(leader).position_at(area.center().y);
    let aligned = middle.and_then(|middle| comparing.alignment(leader, middle));
    let Some(aligned) = aligned else { return true };
    let height = panes.of(leader).height_of(aligned.of(leader)).unwrap_or(area.center().y);
    let position = aligned.of(follower);
    let down = height - area.top();
    let way = panes.of(follower).height_of(position).map(|here| (here - other.top() - down).abs());
    let short = way.is_some_and(|way| way < other.height() * LONG);
    match (short, short_only) {
        (true, true) => panes.of(follower).stand(position, down),
        (false, true) => return false,
        (_, false) => panes.of(follower).glide(position, down),
    }
    true
}
