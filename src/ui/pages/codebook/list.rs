//! The tree of tags.

use egui::{
    Align, Area, Button, DragAndDrop, Frame, Id, Layout, Order, RichText, ScrollArea, Sense, Stroke,
    StrokeKind, Ui, vec2,
};

use super::CodebookState;
use crate::notes::{Tag, TagChange};
use crate::session::TagRow;
use crate::ui::keys;
use crate::ui::scene::{Scene, called, quiet, teaching};
use crate::ui::tag_field::tag_dot;

/// How far a nested tag is set in, in points.
const INDENT: f32 = 18.0;

/// Draws the tags, nested ones under the ones they are nested in. A tag that is dropped on another asks to be
/// nested in it.
pub(super) fn list_ui(
    ui: &mut Ui,
    scene: Scene,
    rows: &[TagRow],
    state: &mut CodebookState,
) -> Option<TagChange> {
    if rows.is_empty() {
        teaching(ui, scene.words.tags_filtered_away());
        return None;
    }
    let mut wanted = drop_here_ui(ui, scene);
    let height = ui.spacing().interact_size.y;
    let mut area = ScrollArea::vertical().id_salt("codebook").auto_shrink(false);
    if std::mem::take(&mut state.follow)
        && let Some(index) = rows.iter().position(|row| Some(&row.tag) == state.chosen.as_ref())
    {
        #[expect(clippy::cast_precision_loss, reason = "a list of thousands at most")]
        let top = index as f32 * (height + ui.spacing().item_spacing.y);
        area = area.vertical_scroll_offset((top - ui.available_height() / 2.0).max(0.0));
    }
    let whole = !state.filter.trim().is_empty();
    area.show_rows(ui, height, rows.len(), |ui, range| {
        for row in rows.get(range).unwrap_or_default() {
            wanted = wanted.take().or(row_ui(ui, scene, row, whole, state));
        }
    });
    wanted
}

/// Where to drop a tag so that it is nested no more; until one is dragged, what dragging does. The list stays where it
/// is when dragging begins.
fn drop_here_ui(ui: &mut Ui, scene: Scene) -> Option<TagChange> {
    let dragged = DragAndDrop::payload::<Tag>(ui.ctx());
    let nested = dragged.as_ref().is_some_and(|tag| tag.parent().is_some());
    let (text, quiet) = if nested {
        (scene.words.drop_not_nested(), scene.tokens.text)
    } else {
        (scene.words.dragging_hint(), scene.tokens.quiet)
    };
    let text = RichText::new(text).color(quiet);
    let place = ui.add(Button::new(text).sense(Sense::hover()).frame(nested));
    ghost_ui(ui, &*dragged?);
    let dropped = place.dnd_release_payload::<Tag>()?;
    moved(&dropped, None)
}

/// The tag that is dragged, beside the pointer.
fn ghost_ui(ui: &Ui, dragged: &Tag) {
    let Some(pointer) = ui.ctx().pointer_interact_pos() else { return };
    let area = Area::new(Id::unique("dragged tag")).order(Order::Tooltip).interactable(false);
    area.fixed_pos(pointer + vec2(12.0, 8.0)).show(ui.ctx(), |ui| {
        Frame::popup(ui.style()).show(ui, |ui| ui.label(format!("#{dragged}")));
    });
}

fn row_ui(
    ui: &mut Ui,
    scene: Scene,
    row: &TagRow,
    whole: bool,
    state: &mut CodebookState,
) -> Option<TagChange> {
    let drawn = ui.horizontal(|ui| {
        let depth = row.tag.parts().count().saturating_sub(1);
        if !whole {
            ui.add_space(INDENT * f32::from(u16::try_from(depth).unwrap_or(u16::MAX)));
        }
        tag_dot(ui, scene, &row.tag);
        let name = if whole { row.tag.as_str() } else { row.tag.name() };
        let chosen = state.chosen.as_ref() == Some(&row.tag);
        let button = Button::selectable(chosen, name).sense(Sense::click_and_drag());
        let response = called(ui.add(button), &scene.words.tag_row(&row.tag));
        if let Some(code) = &row.code {
            response.clone().on_hover_text(&code.description);
        }
        response.dnd_set_drag_payload(row.tag.clone());
        if response.clicked() {
            state.chosen = Some(row.tag.clone());
        }
        ui.with_layout(Layout::right_to_left(Align::Center), |ui| uses_ui(ui, scene, row));
    });
    let response = drawn.response;
    if response.dnd_hover_payload::<Tag>().is_some() {
        let edge = Stroke::new(1.5, scene.tokens.accent);
        ui.painter().rect_stroke(response.rect, 4.0, edge, StrokeKind::Inside);
    }
    let dropped = response.dnd_release_payload::<Tag>()?;
    moved(&dropped, Some(&row.tag))
}

/// How the tag is used, and its key.
fn uses_ui(ui: &mut Ui, scene: Scene, row: &TagRow) {
    let used = row.used;
    ui.add_space(ui.spacing().item_spacing.x);
    let counts = scene.words.tag_use(used.within, used.documents);
    let here = if used.here > 0 { scene.words.tag_use_here(used.here) } else { String::new() };
    quiet(ui, format!("{counts}{here}"));
    let key = row.code.as_ref().and_then(|code| code.key).and_then(keys::keys_of_tag);
    if let Some(key) = key {
        quiet(ui, keys::written(key, scene.mac));
    }
}

/// The tag with its name in another place; nothing where it would be within itself or stays where it is.
fn moved(tag: &Tag, into: Option<&Tag>) -> Option<TagChange> {
    if into.is_some_and(|into| into.is_within(tag)) {
        return None;
    }
    let to = match into {
        Some(into) => into.nested(tag.name())?,
        None => Tag::new(tag.name()).ok()?,
    };
    (to != *tag).then(|| TagChange::Move { from: tag.clone(), to })
}
