//! The gutter between the panes: a ribbon for each link in sight. The pointer over one tells why; a click chooses it.

use egui::accesskit::Role;
use egui::{Painter, Rangef, Rect, Response, Sense, Ui, WidgetInfo, vec2};

use super::ribbon::{Look, Ribbon, SIGN};
use super::scrolling::Panes;
use super::wording::{link_name, reason_text, verdict_name, whole_percent};
use crate::compare::LinkIndex;
use crate::session::{Command, Compared, LinkRow, Ribbon as Found};
use crate::ui::scene::Scene;

/// How narrow and how wide the gutter may be, in points.
pub(super) const WIDTHS: Rangef = Rangef { min: 28.0, max: 46.0 };

/// A ribbon that is drawn, and the link that it is of.
struct Drawn {
    found: Found,
    ribbon: Ribbon,
}

/// Draws the ribbons of what is in sight, and tells which is chosen.
pub(super) fn gutter_ui(
    ui: &Ui,
    scene: Scene,
    compared: &Compared<'_>,
    panes: &mut Panes<'_>,
    gutter: Rect,
) -> Option<Command> {
    ui.painter().rect_filled(gutter, 0.0, scene.tokens.panel);
    let response = ui.interact(gutter, ui.scope_id().with("gutter"), Sense::click());
    let drawn = ribbons(compared, panes, gutter);
    let signs = signs(ui, scene, compared, &drawn, gutter);
    let pointed = pointed(&response, &drawn, &signs);
    paint(&ui.painter().with_clip_rect(gutter), scene, &drawn, pointed);
    if let Some(row) = pointed.and_then(|index| compared.link_row(index)) {
        ui.set_cursor_icon(egui::CursorIcon::PointingHand);
        response.clone().on_hover_ui_at_pointer(|ui| why_ui(ui, scene, &row));
    }
    let by_sign = signs.iter().find(|(_, sign)| sign.clicked()).map(|(index, _)| *index);
    if response.clicked() || by_sign.is_some() {
        let index = by_sign.or(pointed);
        return (index.is_some() || compared.comparing().chosen().is_some())
            .then_some(Command::ChooseLink(index));
    }
    None
}

fn ribbons(compared: &Compared<'_>, panes: &mut Panes<'_>, gutter: Rect) -> Vec<Drawn> {
    let Some((left, right)) = panes.left.span_in_sight().zip(panes.right.span_in_sight()) else {
        return Vec::new();
    };
    let found = compared.comparing().ribbons(left, right);
    let drawn = found.into_iter().filter_map(|found| {
        let (left, right) = (panes.left.edges_of(found.left)?, panes.right.edges_of(found.right)?);
        Some(Drawn { ribbon: Ribbon::between(left, right, gutter)?, found })
    });
    drawn.collect()
}

/// The signs of the ribbons: buttons, so that they have names and keyboards reach them.
fn signs(
    ui: &Ui,
    scene: Scene,
    compared: &Compared<'_>,
    drawn: &[Drawn],
    gutter: Rect,
) -> Vec<(LinkIndex, Response)> {
    let of_blocks = drawn.iter().filter(|one| !one.found.passage && gutter.contains(one.ribbon.middle()));
    let signs = of_blocks.map(|one| {
        let rect = Rect::from_center_size(one.ribbon.middle(), vec2(SIGN, SIGN)).intersect(gutter);
        let id = ui.scope_id().with(("ribbon", one.found.link, one.found.left, one.found.right));
        let response = ui.interact(rect, id, Sense::click());
        response.widget_info(|| {
            let name = compared.link_row(one.found.link).map(|row| link_name(scene.words, &row));
            WidgetInfo::selected(Role::Button, true, one.found.chosen, name.unwrap_or_default())
        });
        (one.found.link, response)
    });
    signs.collect()
}

/// The link whose ribbon or sign is under the pointer, or has the keyboard.
fn pointed(response: &Response, drawn: &[Drawn], signs: &[(LinkIndex, Response)]) -> Option<LinkIndex> {
    let sign = signs.iter().find(|(_, sign)| sign.hovered() || sign.has_focus());
    sign.map(|(index, _)| *index).or_else(|| {
        let pointer = response.hover_pos()?;
        drawn.iter().rev().find(|one| one.ribbon.holds(pointer)).map(|one| one.found.link)
    })
}

/// What is chosen or pointed at lies above the others.
fn paint(painter: &Painter, scene: Scene, drawn: &[Drawn], pointed: Option<LinkIndex>) {
    let loud = |one: &Drawn| one.found.chosen || pointed == Some(one.found.link);
    let look = |one: &Drawn| Look {
        colour: scene.tokens.verdict(one.found.verdict),
        ground: scene.tokens.page,
        strength: one.found.strength,
        crosses: one.found.crosses,
        loud: loud(one),
        verdict: one.found.verdict,
    };
    for wanted in [false, true] {
        let ribbons = drawn.iter().filter(|one| loud(one) == wanted);
        painter.extend(ribbons.flat_map(|one| one.ribbon.shapes(look(one))));
    }
    let signs = drawn.iter().filter(|one| !one.found.passage);
    painter.extend(signs.flat_map(|one| one.ribbon.sign(look(one))));
}

/// What appears under the pointer: the verdict, how sure it is, both beginnings, and why.
fn why_ui(ui: &mut Ui, scene: Scene, row: &LinkRow) {
    ui.set_max_width(380.0);
    ui.strong(format!(
        "{} · {}",
        verdict_name(scene.words, row.verdict),
        scene.words.strength(whole_percent(row.score))
    ));
    ui.label(&row.left);
    ui.label(&row.right);
    ui.weak(reason_text(scene.words, row));
}
