//! What a note says, formatted: headings, lists, quotations, emphasis, and links that can be clicked.

use std::sync::Arc;

use egui::text::{CCursor, CharIndex, LayoutJob};
use egui::{
    Align2, Color32, CursorIcon, FontId, Galley, Pos2, Rect, Response, Sense, Stroke, TextFormat, TextStyle,
    Ui, Vec2, pos2, vec2,
};

use super::bar::clear_name;
use super::scene::{Scene, called};
use crate::notes::{Formatted, LinkTarget, Run, TextBlock, TextBlockKind};

/// What the reader did with the text of a note.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) enum TextAsked {
    /// It is to be written on.
    Edit,
    /// A link of it was followed, which has these words.
    Follow(LinkTarget, String),
}

/// How far a list, or what is quoted, stands to the right, in points.
const INDENT: f32 = 18.0;

/// Between two blocks, in points.
const GAP: f32 = 5.0;

/// How far the second stroke of strong words stands beside the first, in points: the fonts for Chinese have no
/// bold face here.
pub(super) const BOLDER: f32 = 0.6;

/// Draws the text as wide as there is room. A click beside its links, or Enter, asks to write on it.
pub(super) fn formatted_ui(ui: &mut Ui, scene: Scene, text: &Formatted) -> Option<TextAsked> {
    let laid = lay_out(ui, scene, text, ui.available_width());
    let size = vec2(ui.available_width(), laid.height.max(ui.text_style_height(&TextStyle::Body)));
    let (rect, response) = ui.allocate_exact_size(size, Sense::click());
    let response = called(response, scene.words.edit_note_text()).on_hover_cursor(CursorIcon::Text);
    if response.has_focus() {
        let stroke = Stroke::new(1.0, scene.tokens.accent);
        ui.painter().rect_stroke(rect.expand(2.0), 3.0, stroke, egui::StrokeKind::Outside);
    }
    let mut followed = None;
    for (index, block) in laid.blocks.iter().enumerate() {
        block.paint(ui, scene, rect.min);
        followed = block.links_ui(ui, scene, rect.min, response.id.with(index)).or(followed);
    }
    followed
        .map(|(target, words)| TextAsked::Follow(target, words))
        .or_else(|| response.clicked().then_some(TextAsked::Edit))
}

/// The words of a text on lines without blocks, for a place where there is little room: emphasis is seen (strong
/// words in the colour of the text), and nothing can be clicked.
pub(super) fn job_in_short(ui: &Ui, scene: Scene, text: &Formatted, plain: &TextFormat) -> LayoutJob {
    let mut job = LayoutJob::default();
    for (index, block) in text.blocks.iter().enumerate() {
        if index > 0 {
            job.append(" ", 0.0, plain.clone());
        }
        if let TextBlockKind::Item(mark) = &block.kind {
            job.append(&format!("{mark} "), 0.0, plain.clone());
        }
        for run in &block.runs {
            let mut format = format_of(ui, scene, run, plain.clone());
            if run.look.strong && run.target.is_none() {
                format.color = scene.tokens.text;
            }
            job.append(&words_of(scene, run).replace('\n', " "), 0.0, format);
        }
    }
    job
}

/// A text whose blocks are laid out.
struct Laid {
    blocks: Vec<LaidBlock>,
    height: f32,
}

struct LaidBlock {
    kind: TextBlockKind,
    quoted: bool,
    /// Where its words begin, from the text's own corner.
    corner: Vec2,
    galley: Arc<Galley>,
    /// The strong words once more; the others cannot be seen.
    bold: Option<Arc<Galley>>,
    links: Vec<LaidLink>,
}

struct LaidLink {
    name: String,
    target: LinkTarget,
    /// Where its words stand, line by line, from the block's corner.
    rects: Vec<Rect>,
}

fn lay_out(ui: &Ui, scene: Scene, text: &Formatted, width: f32) -> Laid {
    let mut top = 0.0;
    let mut blocks = Vec::new();
    for block in &text.blocks {
        let block = LaidBlock::of(ui, scene, block, (top, width));
        top += block.galley.size().y + GAP;
        blocks.push(block);
    }
    Laid { blocks, height: (top - GAP).max(0.0) }
}

impl LaidBlock {
    fn of(ui: &Ui, scene: Scene, block: &TextBlock, (top, width): (f32, f32)) -> Self {
        #[expect(clippy::cast_precision_loss, reason = "lists stand in few others")]
        let lists = block.depth.min(8) as f32;
        let left = INDENT * (lists + if block.quoted { 0.7 } else { 0.0 });
        let plain = plain_format(ui, scene, &block.kind);
        let job = |colour: &dyn Fn(&Run, Color32) -> Color32| {
            let mut job = LayoutJob::default();
            for run in &block.runs {
                let mut format = format_of(ui, scene, run, plain.clone());
                format.color = colour(run, format.color);
                job.append(&words_of(scene, run), 0.0, format);
            }
            job.wrap.max_width = (width - left).max(INDENT);
            job
        };
        let heading = matches!(block.kind, TextBlockKind::Heading(_));
        let strong = |run: &Run| run.look.strong || heading;
        let bold = block.runs.iter().any(strong).then(|| {
            let only_strong = |run: &Run, colour| if strong(run) { colour } else { Color32::TRANSPARENT };
            let mut job = job(&only_strong);
            job.sections.iter_mut().for_each(|section| section.format.background = Color32::TRANSPARENT);
            ui.painter().layout_job(job)
        });
        let galley = ui.painter().layout_job(job(&|_, colour| colour));
        let links = links_of(scene, block, &galley);
        Self { kind: block.kind.clone(), quoted: block.quoted, corner: vec2(left, top), galley, bold, links }
    }

    fn paint(&self, ui: &Ui, scene: Scene, origin: Pos2) {
        let corner = origin + self.corner;
        let height = self.galley.size().y;
        if self.quoted {
            let bar = Rect::from_min_size(corner - vec2(INDENT * 0.5, 0.0), vec2(2.0, height));
            ui.painter().rect_filled(bar, 1.0, scene.tokens.line);
        }
        match &self.kind {
            TextBlockKind::Item(mark) => {
                let font = TextStyle::Body.resolve(ui.style());
                ui.painter().text(corner - vec2(4.0, 0.0), Align2::RIGHT_TOP, mark, font, scene.tokens.quiet);
            }
            TextBlockKind::Rule => {
                let middle = corner.y + height / 2.0;
                let stroke = Stroke::new(1.0, scene.tokens.line);
                ui.painter().hline(corner.x..=ui.max_rect().right(), middle, stroke);
            }
            TextBlockKind::Paragraph | TextBlockKind::Heading(_) | TextBlockKind::Listing => {}
        }
        ui.painter().galley(corner, Arc::clone(&self.galley), scene.tokens.text);
        if let Some(bold) = &self.bold {
            ui.painter().galley(corner + vec2(BOLDER, 0.0), Arc::clone(bold), scene.tokens.text);
        }
    }

    /// The links lie over the text, so that they take the clicks on them.
    fn links_ui(&self, ui: &Ui, scene: Scene, origin: Pos2, id: egui::Id) -> Option<(LinkTarget, String)> {
        let corner = (origin + self.corner).to_vec2();
        let mut followed = None;
        for (number, link) in self.links.iter().enumerate() {
            for (line, rect) in link.rects.iter().enumerate() {
                let response = ui.interact(rect.translate(corner), id.with((number, line)), Sense::click());
                let response = described(response, scene, link);
                followed = response.clicked().then(|| (link.target.clone(), link.name.clone())).or(followed);
            }
        }
        followed
    }
}

/// The address is seen before the link is followed.
fn described(response: Response, scene: Scene, link: &LaidLink) -> Response {
    let response = called(response, &link.name).on_hover_cursor(CursorIcon::PointingHand);
    match &link.target {
        LinkTarget::Address(address) => response.on_hover_text(address.as_str()),
        LinkTarget::Note(id) => match scene.session.linked_note(*id) {
            Some(note) => response.on_hover_text(format!("{}\n{}", clear_name(&note.title), note.text)),
            None if scene.session.is_note_missing(*id) => {
                response.on_hover_text(scene.words.note_missing_hint())
            }
            None => response.on_hover_text(scene.words.note_elsewhere_hint()),
        },
    }
}

/// A link to a note that is gone says so.
fn words_of(scene: Scene, run: &Run) -> String {
    let Some(LinkTarget::Note(id)) = run.target else { return run.text.clone() };
    let missing = scene.session.is_note_missing(id);
    let remark = if missing { format!(" ({})", scene.words.note_missing()) } else { String::new() };
    format!("⤷\u{2009}{}{remark}", run.text)
}

fn plain_format(ui: &Ui, scene: Scene, kind: &TextBlockKind) -> TextFormat {
    let body = TextStyle::Body.resolve(ui.style());
    let larger = match kind {
        TextBlockKind::Heading(1) => 1.3,
        TextBlockKind::Heading(2) => 1.18,
        TextBlockKind::Heading(_) => 1.08,
        _ => 1.0,
    };
    TextFormat {
        font_id: FontId { size: body.size * larger, ..body },
        color: scene.tokens.text,
        ..TextFormat::default()
    }
}

fn format_of(ui: &Ui, scene: Scene, run: &Run, plain: TextFormat) -> TextFormat {
    let tokens = scene.tokens;
    let mut format = plain;
    let line = Stroke::new(1.0, format.color);
    format.italics = run.look.emphasised;
    format.strikethrough = if run.look.struck { line } else { Stroke::NONE };
    if run.look.code {
        format.background = ui.visuals().code_bg_color;
    }
    match run.target {
        Some(LinkTarget::Note(id)) => {
            format.background = tokens.boxed;
            let missing = scene.session.is_note_missing(id);
            format.color = if missing { tokens.warning } else { tokens.accent };
        }
        Some(LinkTarget::Address(_)) => {
            format.color = tokens.accent;
            format.underline = Stroke::new(1.0, tokens.accent);
        }
        None => {}
    }
    format
}

fn links_of(scene: Scene, block: &TextBlock, galley: &Galley) -> Vec<LaidLink> {
    let mut links = Vec::new();
    let mut first = 0;
    for run in &block.runs {
        let words = words_of(scene, run);
        let end = first + words.chars().count();
        if let Some(target) = run.target.clone() {
            links.push(LaidLink { name: words, target, rects: rects_of(galley, first, end) });
        }
        first = end;
    }
    links
}

/// Where the characters from one number up to another stand, line by line.
fn rects_of(galley: &Galley, first: usize, end: usize) -> Vec<Rect> {
    let mut rects: Vec<Rect> = Vec::new();
    for index in first..end {
        let at = |index: usize, prefer_next_row| CCursor { index: CharIndex(index), prefer_next_row };
        let left = galley.pos_from_cursor(at(index, true));
        let right = galley.pos_from_cursor(at(index + 1, false));
        if (left.top() - right.top()).abs() > 1.0 {
            continue;
        }
        let rect = Rect::from_min_max(left.min, pos2(right.max.x, right.max.y));
        match rects.last_mut() {
            Some(last) if (last.top() - rect.top()).abs() < 1.0 => *last = last.union(rect),
            _ => rects.push(rect),
        }
    }
    rects
}
