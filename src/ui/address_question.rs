//! The question before an address is opened: it is shown in full, with the part that says where it leads in bold.

use std::sync::Arc;

use egui::text::LayoutJob;
use egui::{
    Color32, Context, FontId, Id, Modal, Response, RichText, ScrollArea, Sense, TextFormat, TextStyle, Ui,
    vec2,
};

use super::bar::clear_name;
use super::markdown::BOLDER;
use super::pages::page_frame;
use super::scene::{Scene, called};
use crate::document::Address;
use crate::session::{AskedAddress, Command, HyperlinkCommand};

/// What the question remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct QuestionState {
    /// What was asked in the last frame.
    asked: Option<AskedAddress>,
}

/// How wide the question is, and how high an address in it becomes before it scrolls, in points.
const WIDTH: f32 = 460.0;
const HEIGHT: f32 = 220.0;

/// Draws the question, where an address is asked about. Whatever is not the button that opens leaves it unopened.
pub(super) fn address_question_ui(
    context: &Context,
    scene: Scene,
    state: &mut QuestionState,
) -> Option<Command> {
    let asked = scene.session.asked_address();
    let begins = asked.is_some() && state.asked.as_ref() != asked;
    state.asked = asked.cloned();
    let asked = asked?;
    let modal = Modal::new(Id::unique("address")).frame(page_frame(context)).show(context, |ui| {
        ui.set_width(WIDTH.min(context.content_rect().width() - 40.0));
        ui.heading(scene.words.open_address_asks());
        ScrollArea::vertical().max_height(HEIGHT).show(ui, |ui| address_ui(ui, scene, &asked.address));
        warnings_ui(ui, scene, asked);
        ui.add_space(6.0);
        ui.horizontal_wrapped(|ui| buttons_ui(ui, scene, begins)).inner
    });
    let left = modal.should_close().then_some(HyperlinkCommand::Leave);
    modal.inner.or(left).map(Command::Hyperlink)
}

fn warnings_ui(ui: &mut Ui, scene: Scene, asked: &AskedAddress) {
    let words = scene.words;
    if let Some(name) = asked.address.name_of_host() {
        ui.label(words.host_is_named(name));
    }
    if let Some(said) = &asked.contradicted {
        let [_, leads, _] = asked.address.parts();
        let warning = words.address_contradicted(clear_name(said), leads);
        ui.add(egui::Label::new(RichText::new(warning).color(scene.tokens.warning)).wrap());
    }
}

/// Leaving has the keyboard, so that Enter opens nothing by itself.
fn buttons_ui(ui: &mut Ui, scene: Scene, begins: bool) -> Option<HyperlinkCommand> {
    let words = scene.words;
    let open = ui.button(words.open_address()).clicked();
    let copy = ui.button(words.copy_address()).clicked();
    let leave = ui.button(words.cancel());
    if begins {
        leave.request_focus();
    }
    let chosen = [
        (open, HyperlinkCommand::Open),
        (copy, HyperlinkCommand::Copy),
        (leave.clicked(), HyperlinkCommand::Leave),
    ];
    chosen.into_iter().find_map(|(clicked, command)| clicked.then_some(command))
}

/// An address in full; its second stroke makes bold what says where it leads, since the fonts have no bold face here.
fn address_ui(ui: &mut Ui, scene: Scene, address: &Address) -> Response {
    let font = TextStyle::Monospace.resolve(ui.style());
    let [before, leads, after] = address.parts();
    let (text, quiet) = (scene.tokens.text, scene.tokens.quiet);
    let width = ui.available_width();
    let job = |colours: [Color32; 3]| {
        let mut job = LayoutJob::default();
        for (part, colour) in [before, leads, after].into_iter().zip(colours) {
            job.append(part, 0.0, TextFormat::simple(FontId::clone(&font), colour));
        }
        job.wrap.max_width = width;
        job.wrap.break_anywhere = true;
        job
    };
    let galley = ui.painter().layout_job(job([quiet, text, quiet]));
    let bold = ui.painter().layout_job(job([Color32::TRANSPARENT, text, Color32::TRANSPARENT]));
    let (rect, response) = ui.allocate_exact_size(galley.size(), Sense::hover());
    ui.painter().galley(rect.min, galley, text);
    ui.painter().galley(rect.min + vec2(BOLDER, 0.0), Arc::clone(&bold), text);
    called(response, address.as_str())
}
