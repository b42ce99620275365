//! The list of links: filters with counts, how much is answered, and a line for each link or for each block that
//! stands only here. Only the lines in sight are made.

use std::sync::Arc;

use egui::accesskit::Role;
use egui::{
    Button, CollapsingHeader, ComboBox, Galley, Rect, RichText, ScrollArea, Sense, Stroke, StrokeKind,
    TextEdit, TextFormat, TextStyle, Ui, WidgetInfo, pos2, vec2,
};

use super::ribbon::verdict_lines;
use super::wording::{
    decision_name, link_facts, link_name, reason_text, side_name, verdict_hint, verdict_name,
};
use crate::compare::{Side, Verdict};
use crate::session::{Command, Compared, LinkFilter, LinkRow, LinkSort, ListRow, Listed};
use crate::text::Glyphs;
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::keys;
use crate::ui::notes_panel::small_sign;
use crate::ui::outline::{OutlineState, outline_ui};
use crate::ui::scene::{Scene, called, cut_line, document_format, teaching};
use crate::ui::words::Words;

/// What the panel remembers from one frame to the next.
#[derive(Default, Debug)]
pub(in crate::ui) struct LinksState {
    /// Whether the outline of the active side stands in place of the list.
    outline: bool,
    /// What was scrolled to last.
    here: Option<Listed>,
    /// How the list was filtered and sorted last: chosen anew, it begins at its top.
    listed_by: Option<(LinkFilter, LinkSort)>,
    /// From where to where it was in sight last, in points below its top.
    in_sight: (f32, f32),
}

/// Between the edge of a line and what is in it, in points.
const MARGIN: f32 = 6.0;

/// Left of the words, where the sign stands, in points.
const LEFT: f32 = 20.0;

/// How many rows of the documents' words a line of the list has.
const ROWS: u8 = 2;

/// How many rows it has of small words besides: what kind of link it is, and why.
const SMALL_ROWS: u8 = 3;

/// Between two rows of a line, in points.
const BETWEEN_ROWS: f32 = 2.0;

/// Draws the panel: the list, or the outline of the active side.
pub(in crate::ui) fn links_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    state: &mut LinksState,
    outline: &mut OutlineState,
) -> Vec<Command> {
    let words = scene.words;
    ui.horizontal(|ui| {
        for (wanted, name) in [(false, words.links()), (true, words.outline())] {
            let text = RichText::new(name).strong();
            if ui.add(Button::selectable(state.outline == wanted, text)).clicked() {
                state.outline = wanted;
            }
        }
    });
    if state.outline {
        let reader = compared.reader(compared.comparing().active_side());
        return outline_ui(ui, scene, reader, outline);
    }
    let mut asked = Vec::new();
    if compared.comparing().result().is_some() {
        asked.extend(filters_ui(ui, scene, compared));
        asked.extend(rulings_ui(ui, scene, compared));
    }
    asked.extend(list_ui(ui, scene, compared, state));
    asked
}

// --- what is listed ---------------------------------------------------------------------------------

fn filters_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) -> Vec<Command> {
    let words = scene.words;
    let mut filter = compared.comparing().filter().clone();
    let edit = TextEdit::singleline(&mut filter.text)
        .hint_text(words.filter_links_hint())
        .desired_width(f32::INFINITY);
    called(ui.add(edit), words.filter_links());
    ui.horizontal_wrapped(|ui| toggles_ui(ui, scene, compared, &mut filter));
    let mut asked: Vec<Command> = sort_ui(ui, scene, compared.comparing().sort()).into_iter().collect();
    if filter != *compared.comparing().filter() {
        asked.push(Command::FilterLinks(Box::new(filter)));
    }
    asked
}

/// A switch for each kind, with how many there are.
fn toggles_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>, filter: &mut LinkFilter) {
    let (words, counts) = (scene.words, compared.comparing().counts());
    ui.spacing_mut().item_spacing = vec2(3.0, 3.0);
    for verdict in Verdict::ALL {
        let count = match verdict {
            Verdict::Same => counts.same,
            Verdict::Revised => counts.revised,
            Verdict::Theme => counts.theme,
        };
        let on = !filter.only && filter.verdicts.contains(&verdict);
        let name = words.filter_count(verdict_name(words, verdict), count);
        if toggle(ui, on, &name, verdict_hint(words, verdict)) {
            filter.only = false;
            filter.verdicts.retain(|each| *each != verdict);
            filter.verdicts.extend((!on).then_some(verdict));
        }
    }
    let crossing = words.filter_count(words.filter_crossing(), counts.crossing);
    if toggle(ui, filter.crossing, &crossing, words.filter_crossing_hint()) {
        filter.crossing = !filter.crossing;
        filter.only = false;
    }
    let ruled = words.filter_count(words.filter_ruled(), counts.ruled);
    if toggle(ui, filter.ruled, &ruled, words.filter_ruled()) {
        filter.ruled = !filter.ruled;
        filter.only = false;
    }
    let only = words.filter_only(counts.only_left, counts.only_right);
    if toggle(ui, filter.only, &only, words.verdict_only_hint()) {
        *filter = LinkFilter { only: !filter.only, text: filter.text.clone(), ..LinkFilter::default() };
    }
    // It is always there, so that the list keeps its place.
    let show_all = Button::new(RichText::new(words.show_all_links()).small()).small();
    if ui.add_enabled(*filter != LinkFilter::default(), show_all).clicked() {
        *filter = LinkFilter::default();
    }
}

fn toggle(ui: &mut Ui, on: bool, name: &str, hint: &str) -> bool {
    ui.add(Button::new(RichText::new(name).small()).selected(on).small()).on_hover_text(hint).clicked()
}

fn sort_ui(ui: &mut Ui, scene: Scene, sort: LinkSort) -> Option<Command> {
    let words = scene.words;
    let name = |sort| match sort {
        LinkSort::Order => words.sort_order(),
        LinkSort::Strength => words.sort_strength(),
        LinkSort::Verdict => words.sort_verdict(),
    };
    let list = ComboBox::from_id_salt("sort links").selected_text(name(sort)).width(160.0);
    let offered = LinkSort::ALL.map(|each| Choice::new(each, name(each)));
    let (_, chosen) = choice_list_ui(ui, (list, words.sort_links()), &sort, offered);
    chosen.map(Command::SortLinks)
}

/// What the reader decided, to be taken back.
fn rulings_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>) -> Vec<Command> {
    let count = compared.comparing().rulings().len();
    let mut asked = Vec::new();
    if count == 0 {
        return asked;
    }
    let words = scene.words;
    CollapsingHeader::new(words.decisions(count)).id_salt("rulings").show(ui, |ui| {
        ScrollArea::vertical().id_salt("rulings").max_height(140.0).show(ui, |ui| {
            for row in compared.rulings() {
                let decision = decision_name(words, row.decision);
                let name = format!("{decision}: {} / {}", row.left, row.right);
                ui.horizontal(|ui| {
                    if small_sign(ui, "×", &words.remove_ruling(&name)) {
                        asked.push(Command::RemoveRuling(row.index));
                    }
                    cut_line(ui, RichText::new(&name).small(), &name);
                });
            }
        });
    });
    asked
}

// --- the list ---------------------------------------------------------------------------------------

fn list_ui(ui: &mut Ui, scene: Scene, compared: &Compared<'_>, state: &mut LinksState) -> Vec<Command> {
    let listed = compared.comparing().listed();
    if listed.is_empty() {
        teaching(ui, nothing_listed(scene, compared));
        return Vec::new();
    }
    let row = |style| ui.text_style_height(&style) + BETWEEN_ROWS;
    let words = f32::from(ROWS) * row(TextStyle::Body) + f32::from(SMALL_ROWS) * row(TextStyle::Small);
    let height = words + 2.0 * MARGIN;
    let mut area = ScrollArea::vertical().id_salt("links").auto_shrink(false);
    if let Some(offset) = offset_to_follow(ui, compared, state, height) {
        area = area.vertical_scroll_offset(offset);
    }
    let mut asked = Vec::new();
    let shown = area.show_rows(ui, height, listed.len(), |ui, seen| {
        for each in listed.get(seen).unwrap_or_default() {
            asked.extend(line_ui(ui, scene, compared, (*each, height)));
        }
    });
    let top = shown.state.clamped_offset().y;
    state.in_sight = (top, top + shown.inner_rect.height());
    asked
}

fn nothing_listed(scene: Scene, compared: &Compared<'_>) -> String {
    let (comparing, words) = (compared.comparing(), scene.words);
    match comparing.result() {
        None => words.links_later().to_owned(),
        Some(result) if result.links().is_empty() && !comparing.filter().only => {
            words.no_links(keys::keys_of(Words::add_link, scene.mac))
        }
        Some(_) => words.links_filtered_away().to_owned(),
    }
}

/// What the reader is at: the chosen link, or the block without an answer that was stepped to.
fn here(compared: &Compared<'_>) -> Option<Listed> {
    let comparing = compared.comparing();
    let only = comparing.only_here().map(|(side, block)| Listed::Only(side, block));
    comparing.chosen().map(Listed::Link).or(only)
}

/// Where to scroll to when something else is listed, or the reader is at another link that is not in sight.
fn offset_to_follow(ui: &Ui, compared: &Compared<'_>, state: &mut LinksState, height: f32) -> Option<f32> {
    let here = here(compared);
    let listed_by = (compared.comparing().filter().clone(), compared.comparing().sort());
    if state.listed_by.replace(listed_by.clone()).is_some_and(|before| before != listed_by) {
        state.here = here;
        return Some(0.0);
    }
    if state.here == here {
        return None;
    }
    state.here = here;
    let index = compared.comparing().listed().iter().position(|each| Some(*each) == here)?;
    #[expect(clippy::cast_precision_loss, reason = "points of a list of thousands of lines")]
    let top = index as f32 * (height + ui.spacing().item_spacing.y);
    let in_sight = state.in_sight.0 <= top && top + height <= state.in_sight.1;
    (!in_sight).then_some((top - ui.available_height() / 3.0).max(0.0))
}

fn line_ui(
    ui: &mut Ui,
    scene: Scene,
    compared: &Compared<'_>,
    (listed, height): (Listed, f32),
) -> Option<Command> {
    let row = compared.row(listed)?;
    let (rect, response) = ui.allocate_exact_size(vec2(ui.available_width(), height), Sense::click());
    let chosen = here(compared) == Some(listed);
    response.widget_info(|| WidgetInfo::selected(Role::Button, true, chosen, line_name(scene, &row)));
    let (fill, frame) = match (chosen, response.hovered() || response.has_focus()) {
        (true, _) => (scene.tokens.page, Stroke::new(1.5, scene.tokens.accent)),
        (_, true) => (ui.visuals().widgets.hovered.weak_bg_fill, Stroke::NONE),
        _ => (egui::Color32::TRANSPARENT, Stroke::NONE),
    };
    ui.painter().rect(rect, 4.0, fill, frame, StrokeKind::Inside);
    paint_line(ui, scene, compared, &row, rect);
    // What the panel is too narrow for.
    let response = match &row {
        ListRow::Link(link) => {
            response.on_hover_text(format!("{}\n{}", head(scene.words, link), reason_text(scene.words, link)))
        }
        ListRow::Only { .. } => response,
    };
    response.clicked().then_some(Command::GoToListed(listed))
}

/// What a screen reader says of a line.
fn line_name(scene: Scene, row: &ListRow) -> String {
    let words = scene.words;
    match row {
        ListRow::Link(row) => link_name(words, row),
        ListRow::Only { side, text, .. } => {
            format!("{} ({}): {text}", words.verdict_only(), side_name(words, *side))
        }
    }
}

fn paint_line(ui: &Ui, scene: Scene, compared: &Compared<'_>, row: &ListRow, rect: Rect) {
    sign(ui, scene, row, rect);
    let mut top = rect.top() + MARGIN;
    for galley in galleys_of(ui, scene, compared, row, rect.width() - LEFT - MARGIN) {
        let height = galley.size().y;
        ui.painter().galley(pos2(rect.left() + LEFT, top), galley, scene.tokens.text);
        top += height + BETWEEN_ROWS;
    }
}

/// What stands in a line, from above, laid out in this room. What needs two rows of small words has them.
fn galleys_of(ui: &Ui, scene: Scene, compared: &Compared<'_>, row: &ListRow, room: f32) -> Vec<Arc<Galley>> {
    let glyphs = |side| compared.pane(side).glyphs();
    let small = |text: String, glyphs, rows| {
        let mut format = TextFormat { color: scene.tokens.quiet, ..document_format(ui, glyphs) };
        format.font_id.size = TextStyle::Small.resolve(ui.style()).size;
        laid_out(ui, text, format, (room, rows))
    };
    let words = |text: &str, side, rows| {
        laid_out(ui, text.to_owned(), document_format(ui, glyphs(side)), (room, rows))
    };
    match row {
        ListRow::Link(link) => {
            let head = small(head(scene.words, link), Glyphs::default(), 2);
            let rows = usize::from(SMALL_ROWS).saturating_sub(head.rows.len());
            let reason = small(reason_text(scene.words, link), glyphs(Side::Left), rows);
            vec![head, words(&link.left, Side::Left, 1), words(&link.right, Side::Right, 1), reason]
        }
        ListRow::Only { side, text, .. } => {
            let head = format!("{} · {}", scene.words.verdict_only(), side_name(scene.words, *side));
            vec![small(head, Glyphs::default(), 1), words(text, *side, 3)]
        }
    }
}

fn sign(ui: &Ui, scene: Scene, row: &ListRow, rect: Rect) {
    let at = rect.left_top() + vec2(LEFT / 2.0 + 1.0, MARGIN + 7.0);
    match row {
        ListRow::Link(link) => {
            let colour = scene.tokens.verdict(link.verdict);
            ui.painter().extend(verdict_lines(link.verdict, at, colour));
            let bar = Rect::from_min_max(rect.left_top(), pos2(rect.left() + 3.0, rect.bottom())).shrink(1.0);
            ui.painter().rect_filled(bar, 1.0, colour);
        }
        ListRow::Only { .. } => {
            ui.painter().circle_stroke(at, 4.0, Stroke::new(1.2, scene.tokens.quiet));
        }
    }
}

fn head(words: Words, row: &LinkRow) -> String {
    let verdict = verdict_name(words, row.verdict).to_owned();
    [vec![verdict], link_facts(words, row)].concat().join(" · ")
}

fn laid_out(ui: &Ui, text: String, format: TextFormat, (room, rows): (f32, usize)) -> Arc<Galley> {
    let mut job = egui::text::LayoutJob::single_section(text, format);
    job.wrap.max_width = room;
    job.wrap.max_rows = rows;
    // Only one row ends wherever it is full.
    job.wrap.break_anywhere = rows == 1;
    ui.painter().layout_job(job)
}
