//! Keys that move through the text, while the pane has the focus: it has whenever nothing else wants it.

use std::sync::Arc;

use egui::{Key, Modifiers, Response, Ui};

use super::lines::LaidOut;
use super::page::galley;
use super::{Frame, PaneState};
use crate::session::{Command, Motion};
use crate::text::saturate;
use crate::ui::positions::{caret_at_x, x_of_byte};

/// Follows the keys.
pub(super) fn keys(ui: &Ui, frame: &Frame<'_>, response: &Response, state: &mut PaneState) -> Vec<Command> {
    if !response.has_focus() {
        return Vec::new();
    }
    keep_arrows(ui, response);
    let mut commands = jumps(ui);
    commands.extend(line_ends(ui, frame, state));
    scroll(ui, frame, state);
    commands.extend(moves(ui, frame, state));
    commands
}

/// Arrows move the cursor here, not the focus.
fn keep_arrows(ui: &Ui, response: &Response) {
    let filter = egui::EventFilter { horizontal_arrows: true, vertical_arrows: true, ..Default::default() };
    ui.memory_mut(|memory| memory.set_focus_lock_filter(response.id, filter));
}

fn pressed(ui: &Ui, modifiers: Modifiers, key: Key) -> bool {
    ui.input_mut(|input| input.consume_key(modifiers, key))
}

fn scroll(ui: &Ui, frame: &Frame<'_>, state: &mut PaneState) {
    let line = frame_line(state);
    let screen = (frame.area.height() - line * 1.5).max(line);
    let steps = [
        (Modifiers::SHIFT, Key::Space, -screen),
        (Modifiers::NONE, Key::Space, screen),
        (Modifiers::NONE, Key::PageDown, screen),
        (Modifiers::NONE, Key::PageUp, -screen),
        (Modifiers::COMMAND, Key::ArrowDown, line),
        (Modifiers::COMMAND, Key::ArrowUp, -line),
    ];
    for (modifiers, key, down) in steps {
        if pressed(ui, modifiers, key) {
            state.page.scroll(frame.reader, &frame.context, down);
        }
    }
    if pressed(ui, Modifiers::NONE, Key::Home) {
        state.page.go_to_offset(frame.reader, &frame.context, 0.0);
    }
    if pressed(ui, Modifiers::NONE, Key::End) {
        state.page.go_to_end(frame.reader, &frame.context, frame.area.height());
    }
}

fn frame_line(state: &PaneState) -> f32 {
    state.page.measure().size * state.page.measure().spacing
}

/// The cursor goes to the beginning and the end of the document.
fn jumps(ui: &Ui) -> Vec<Command> {
    let ends = [
        (Key::Home, Motion::DocumentStart),
        (Key::End, Motion::DocumentEnd),
        (Key::ArrowRight, Motion::NextWord),
        (Key::ArrowLeft, Motion::PreviousWord),
    ];
    let mut commands = Vec::new();
    for (key, motion) in ends {
        for (modifiers, extend) in
            [(Modifiers::COMMAND | Modifiers::SHIFT, true), (Modifiers::COMMAND, false)]
        {
            commands.extend(pressed(ui, modifiers, key).then_some(Command::MoveCursor { motion, extend }));
        }
    }
    commands
}

/// The selection reaches to the beginning or the end of the line.
fn line_ends(ui: &Ui, frame: &Frame<'_>, state: &mut PaneState) -> Vec<Command> {
    let mut commands = Vec::new();
    for (key, at_end) in [(Key::Home, false), (Key::End, true)] {
        let target = pressed(ui, Modifiers::SHIFT, key).then(|| line_end(frame, state, at_end)).flatten();
        commands.extend(target.map(|to| Command::MoveCursor { motion: Motion::To(to), extend: true }));
    }
    commands
}

/// Where the line of the cursor ends or begins.
fn line_end(frame: &Frame<'_>, state: &mut PaneState, at_end: bool) -> Option<u32> {
    let (_, laid, index) = line_of_cursor(frame, state)?;
    let line = laid.lines.get(index)?;
    let text = line.span.of(&laid.view.text)?.trim_end_matches(['\n', '\r']);
    let shown = line.span.start() + if at_end { saturate(text.len()) } else { 0 };
    let to = laid.view.caret_source(shown);
    state.line_end = at_end.then_some(to);
    Some(to)
}

/// The line that the cursor is on, with its piece. Where one line ends the next begins: a cursor that was sent
/// to the end of a line is on that line.
fn line_of_cursor(frame: &Frame<'_>, state: &mut PaneState) -> Option<(usize, Arc<LaidOut>, usize)> {
    let cursor = frame.reader.selection_ends().focus;
    let piece = state.page.pieces.at(cursor);
    let laid = state.page.lay(frame.reader, &frame.context, piece)?;
    let shown = laid.view.caret_shown(cursor);
    let index = laid.line_of(shown)?;
    let ended = state.line_end == Some(cursor) && laid.lines.get(index)?.span.start() == shown;
    Some((piece, laid, if ended { index.saturating_sub(1) } else { index }))
}

fn moves(ui: &Ui, frame: &Frame<'_>, state: &mut PaneState) -> Vec<Command> {
    let plain = [(Key::ArrowRight, Motion::NextCharacter), (Key::ArrowLeft, Motion::PreviousCharacter)];
    let mut commands = Vec::new();
    for (key, motion) in plain {
        if pressed(ui, Modifiers::SHIFT, key) {
            commands.push(Command::MoveCursor { motion, extend: true });
        } else if pressed(ui, Modifiers::NONE, key) {
            let motion = if is_cursor_in_sight(frame, state) {
                motion
            } else {
                Motion::To(state.page.anchor().position)
            };
            commands.push(Command::MoveCursor { motion, extend: false });
        }
    }
    for (key, step) in [(Key::ArrowDown, 1), (Key::ArrowUp, -1)] {
        for (modifiers, extend) in [(Modifiers::SHIFT, true), (Modifiers::NONE, false)] {
            let target = pressed(ui, modifiers, key).then(|| line_away(frame, state, step)).flatten();
            commands.extend(target.map(|to| Command::MoveCursor { motion: Motion::To(to), extend }));
        }
    }
    commands
}

/// The position a line below (or above) the cursor; the first one in sight where the cursor is out of it.
fn line_away(frame: &Frame<'_>, state: &mut PaneState, step: isize) -> Option<u32> {
    let from = frame.reader.selection_ends().focus;
    let (piece, laid, index) = line_of_cursor(frame, state)?;
    let line = *laid.lines.get(index)?;
    if !is_in_sight(frame, state, piece, line.top) {
        return Some(state.page.anchor().position);
    }
    let drawn = galley(&frame.context, &laid, &line, frame.reader.glyphs());
    let here = line.x + x_of_byte(&laid.view.text, line.span, &drawn, laid.view.caret_shown(from));
    let x = state.column.filter(|(_, sent_to)| *sent_to == from).map_or(here, |(x, _)| x);

    let (piece, index) = next_line(frame, state, piece, index, step)?;
    let laid = state.page.lay(frame.reader, &frame.context, piece)?;
    let line = laid.lines.get(index)?;
    let drawn = galley(&frame.context, &laid, line, frame.reader.glyphs());
    let shown = caret_at_x(&laid.view.text, line.span, &drawn, x - line.x);
    let to = laid.view.caret_source(shown);
    state.column = Some((x, to));
    state.line_end = (shown == line.span.end()).then_some(to);
    Some(to)
}

/// From out of sight, the cursor comes to the first line in sight.
fn is_cursor_in_sight(frame: &Frame<'_>, state: &mut PaneState) -> bool {
    let cursor = frame.reader.selection_ends().focus;
    let piece = state.page.pieces.at(cursor);
    let laid = state.page.lay(frame.reader, &frame.context, piece);
    let line = laid.as_ref().and_then(|laid| laid.lines.get(laid.line_of(laid.view.caret_shown(cursor))?));
    line.is_some_and(|line| is_in_sight(frame, state, piece, line.top))
}

fn is_in_sight(frame: &Frame<'_>, state: &PaneState, piece: usize, top: f32) -> bool {
    let here = state.page.heights.above(piece) + f64::from(top) - state.page.offset();
    (0.0 - f64::from(frame_line(state))..=f64::from(frame.area.height())).contains(&here)
}

/// The line after (or before) a line, in this piece or the next one that is shown.
fn next_line(
    frame: &Frame<'_>,
    state: &mut PaneState,
    piece: usize,
    line: usize,
    step: isize,
) -> Option<(usize, usize)> {
    let laid = state.page.lay(frame.reader, &frame.context, piece)?;
    if let Some(next) = line.checked_add_signed(step).filter(|next| *next < laid.lines.len()) {
        return Some((piece, next));
    }
    let mut piece = piece.checked_add_signed(step)?;
    while piece < state.page.pieces.len() {
        if let Some(laid) =
            state.page.lay(frame.reader, &frame.context, piece).filter(|laid| !laid.lines.is_empty())
        {
            return Some((piece, if step > 0 { 0 } else { laid.lines.len() - 1 }));
        }
        piece = piece.checked_add_signed(step)?;
    }
    None
}
