//! Links of the text: what a link opens is told under the pointer, and by name to screen readers. A plain click on one
//! is a click on text: only with Ctrl held it is followed.

use egui::accesskit::{Action, Role};
use egui::{Id, Rect, RichText, Sense, Ui, WidgetInfo, pos2};

use super::Frame;
use super::footnotes::rects;
use super::page::Placed;
use crate::document::{Hyperlink, HyperlinkTarget};
use crate::session::{Command, HyperlinkCommand};
use crate::text::Span;
use crate::ui::bar::clear_name;
use crate::ui::scene::quiet;

/// How wide what is told of a link becomes at most, in points.
const WIDTH: f32 = 420.0;

/// Follows pointer and screen reader over the links in sight. Answers what they ask for, and the beginning of the link
/// under the pointer.
pub(super) fn hyperlinks_ui(
    ui: &Ui,
    frame: &Frame<'_>,
    whole: Id,
    placed: &[Placed],
) -> (Vec<Command>, Option<u32>) {
    let (mut asked, mut under) = (Vec::new(), None);
    for (one, laid) in placed.iter().filter_map(|one| Some((one, one.laid.as_deref()?))) {
        let corner = pos2(frame.left, frame.area.top() + one.top);
        for link in frame.reader.document().hyperlinks_in(laid.source()) {
            for (number, rect) in rects(frame, laid, corner, link.words).into_iter().enumerate() {
                let id = whole.with(("link", link.words.start(), number));
                let (hovered, clicked) = link_ui(ui, frame, id, rect.intersect(frame.area), link);
                under = under.or(hovered.then(|| link.words.start()));
                let follow = Command::Hyperlink(HyperlinkCommand::Follow(link.words.start()));
                asked.extend(clicked.then_some(follow));
            }
        }
    }
    (asked, under)
}

/// The words of a link on one line. Answers whether the pointer is over it, and whether a screen reader follows it.
fn link_ui(ui: &Ui, frame: &Frame<'_>, id: Id, rect: Rect, link: &Hyperlink) -> (bool, bool) {
    let words = link.words.of(frame.reader.document().text()).unwrap_or_default();
    let response = ui.interact(rect, id, Sense::hover());
    response.widget_info(|| WidgetInfo::labeled(Role::Link, true, frame.words.link_named(clear_name(words))));
    frame.context.accesskit_node_builder(id, |node| node.add_action(Action::Click));
    let clicked = ui.input(|input| input.has_accesskit_action_request(id, Action::Click));
    let hovered = response.contains_pointer();
    response.on_hover_ui_at_pointer(|ui| told_ui(ui, frame, link));
    (hovered, clicked)
}

/// What is told of a link: the address in full, and how it is opened.
fn told_ui(ui: &mut Ui, frame: &Frame<'_>, link: &Hyperlink) {
    ui.set_max_width(WIDTH);
    match &link.target {
        HyperlinkTarget::Address(address) => {
            ui.add(egui::Label::new(RichText::new(address.as_str()).monospace()).wrap());
            if let Some(name) = address.name_of_host() {
                ui.label(frame.words.host_is_named(name));
            }
        }
        HyperlinkTarget::Place(place) => {
            ui.label(frame.words.link_leads_to(beginning(frame, *place)));
        }
    }
    if let Some(title) = &link.title {
        ui.label(clear_name(title));
    }
    quiet(ui, frame.words.link_hint(if frame.context.os().is_mac() { "⌘" } else { "Ctrl" }));
}

/// So many characters of what a link leads to are told.
const TOLD: usize = 30;

/// The beginning of what stands at a place of the document.
fn beginning(frame: &Frame<'_>, place: u32) -> String {
    let document = frame.reader.document();
    let block = document.block_at(place).and_then(|block| document.block(block));
    let rest = block.map(|block| Span::new(place.min(block.span.end()), block.span.end()));
    let rest = rest.and_then(|rest| rest.of(document.text())).unwrap_or_default();
    rest.chars().take(TOLD).collect()
}
