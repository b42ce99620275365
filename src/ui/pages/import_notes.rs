//! The page of importing: what would come of a file, before it comes.

use egui::{
    Button, CollapsingHeader, ComboBox, Key, Label, Modifiers, Popup, RichText, Spinner, TextEdit, Ui,
};

use crate::exchange::{Arrival, ArrivalCounts, Fate, LeftOut, Remark};
use crate::notes::FoundState;
use crate::session::{Command, ImportCommand, ImportPlan, Importing, MatchedBy, Place, PlannedDocument};
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::scene::{Scene, called, quiet, teaching};
use crate::ui::words::Words;

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct ImportState {
    /// What the documents that are offered are called.
    wanted: String,
}

/// So many documents are offered at a time.
const OFFERED: usize = 60;
/// So many notes without a place are listed.
const LISTED: usize = 100;

/// Draws the page.
pub(super) fn import_notes_ui(ui: &mut Ui, scene: Scene, state: &mut ImportState) -> Vec<Command> {
    let asked = match scene.session.importing() {
        Importing::Idle => idle_ui(ui, scene),
        Importing::Reading(request) => {
            let name = request.path.file_name().unwrap_or_default().to_string_lossy();
            reading_ui(ui, &scene.words.import_reading(name), scene.words)
        }
        Importing::Planned { request, plan, stale } => {
            let name = request.path.file_name().unwrap_or_default().to_string_lossy();
            plan_ui(ui, scene, &name, plan, *stale, state)
        }
    };
    asked.into_iter().map(Command::Import).collect()
}

fn idle_ui(ui: &mut Ui, scene: Scene) -> Vec<ImportCommand> {
    teaching(ui, scene.words.import_hint());
    ui.add_space(8.0);
    let clicked = ui.vertical_centered(|ui| ui.button(scene.words.import_choose()).clicked()).inner;
    if clicked || nothing_else_takes(ui, Key::Enter) { vec![ImportCommand::Ask] } else { Vec::new() }
}

fn reading_ui(ui: &mut Ui, text: &str, words: Words) -> Vec<ImportCommand> {
    let row = ui.horizontal(|ui| {
        ui.add(Spinner::new());
        ui.label(text);
        ui.button(words.cancel()).clicked()
    });
    if row.inner { vec![ImportCommand::Leave] } else { Vec::new() }
}

fn plan_ui(
    ui: &mut Ui,
    scene: Scene,
    name: &str,
    plan: &ImportPlan,
    outdated: bool,
    state: &mut ImportState,
) -> Vec<ImportCommand> {
    let words = scene.words;
    let received = &plan.received;
    ui.strong(words.import_file(name, received.format.name(), received.parcel.note_count()));
    let mut asked = Vec::new();
    if plan.others.len() > OFFERED && !plan.documents.is_empty() {
        let field =
            TextEdit::singleline(&mut state.wanted).hint_text(words.import_find()).desired_width(240.0);
        called(ui.add(field), words.import_find());
    }
    for (index, document) in plan.documents.iter().enumerate() {
        ui.separator();
        asked.extend(document_ui(ui, words, (index, document), plan, state));
    }
    asked.extend(tags_ui(ui, words, plan));
    ui.separator();
    for remark in &received.remarks {
        quiet(ui, left_out_words(words, *remark));
    }
    if plan.staying_out() > 0 {
        ui.add(
            Label::new(RichText::new(words.import_out(plan.staying_out())).color(scene.tokens.warning))
                .wrap(),
        );
    }
    asked.extend(end_ui(ui, words, plan, outdated));
    asked
}

/// One document of the file: where its notes go, and what becomes of them.
fn document_ui(
    ui: &mut Ui,
    words: Words,
    (index, document): (usize, &PlannedDocument),
    plan: &ImportPlan,
    state: &ImportState,
) -> Option<ImportCommand> {
    let named = [&document.title, &document.source].into_iter().find(|name| !name.trim().is_empty());
    ui.add(
        Label::new(RichText::new(named.map_or(words.import_no_title(), String::as_str)).strong()).truncate(),
    );
    let chosen = ui.horizontal(|ui| {
        quiet(ui, words.import_target());
        target_ui(ui, words, (index, document), &plan.others, state)
    });
    if let Some(target) = &document.target {
        quiet(ui, matched_words(words, target.by, &document.arrivals));
        ui.label(counts_words(words, document.counts()));
        without_place_ui(ui, words, index, &document.arrivals);
    } else {
        quiet(ui, words.import_not_known(document.notes));
    }
    chosen.inner.map(|place| ImportCommand::Choose(index, place))
}

/// The documents that the notes may go into. Answers with the one that was chosen.
#[expect(clippy::option_option, reason = "nothing was chosen, a document was, or to leave the notes out")]
fn target_ui(
    ui: &mut Ui,
    words: Words,
    (index, document): (usize, &PlannedDocument),
    others: &[(Place, String)],
    state: &ImportState,
) -> Option<Option<Place>> {
    let shown = document.target.as_ref().map_or(words.import_leave_out(), |target| target.title.as_str());
    let now = document.target.as_ref().map(|target| &target.place);
    let list = ComboBox::from_id_salt(("import target", index)).width(300.0).truncate().selected_text(shown);
    let wanted = others.iter().filter(|(_, title)| title.contains(state.wanted.trim())).take(OFFERED);
    let wanted = wanted.map(|(place, title)| Choice::new(Some(place), title).hinted(place.to_words()));
    let offered = std::iter::once(Choice::new(None, words.import_leave_out())).chain(wanted);
    let (_, chosen) = choice_list_ui(ui, (list, words.import_target()), &now, offered);
    chosen.map(Option::<&Place>::cloned)
}

/// The new notes that are unsure or lost, with their quotations.
fn without_place_ui(ui: &mut Ui, words: Words, index: usize, arrivals: &[Arrival]) {
    let open = |arrival: &&Arrival| {
        arrival.fate == Fate::New && matches!(arrival.found.state(), FoundState::Unsure | FoundState::Lost)
    };
    let count = arrivals.iter().filter(open).count();
    if count == 0 {
        return;
    }
    let header = CollapsingHeader::new(words.import_without_place(count)).id_salt(("without place", index));
    header.show(ui, |ui| {
        quiet(ui, words.import_kept());
        for arrival in arrivals.iter().filter(open).take(LISTED) {
            let note = &arrival.note;
            let said = if note.anchor.quote.is_empty() { &note.text } else { &note.anchor.quote };
            ui.add(Label::new(said.split_whitespace().collect::<Vec<_>>().join(" ")).truncate());
        }
    });
}

/// Tags that we have in another script, and how many codes come.
fn tags_ui(ui: &mut Ui, words: Words, plan: &ImportPlan) -> Option<ImportCommand> {
    if plan.codes > 0 {
        ui.separator();
        ui.label(words.import_codes(plan.codes));
    }
    if plan.same_tags.is_empty() {
        return None;
    }
    ui.separator();
    ui.strong(words.import_tags());
    let mut asked = None;
    for (theirs, ours) in &plan.same_tags {
        let mut as_ours = plan.choices.contains_key(theirs);
        if ui.checkbox(&mut as_ours, words.import_as_ours(theirs, ours)).changed() {
            asked = Some(ImportCommand::AsOurs(theirs.clone(), as_ours));
        }
    }
    asked
}

fn end_ui(ui: &mut Ui, words: Words, plan: &ImportPlan, stale: bool) -> Option<ImportCommand> {
    if !plan.brings_anything() {
        ui.label(if plan.staying_out() > 0 { words.import_choose_first() } else { words.import_nothing() });
    }
    let row = ui.horizontal(|ui| {
        let ready = plan.brings_anything() && !stale;
        let go = ui.add_enabled(ready, Button::new(RichText::new(words.import_go()).strong())).clicked();
        // What stays out was perhaps not seen.
        let entered = ready && plan.staying_out() == 0 && nothing_else_takes(ui, Key::Enter);
        let left = ui.button(words.cancel()).clicked();
        if stale {
            ui.add(Spinner::new());
        }
        (go || entered, left)
    });
    match row.inner {
        (true, _) => Some(ImportCommand::TakeIn),
        (_, true) => Some(ImportCommand::Leave),
        _ => None,
    }
}

/// Whether a key was pressed that no field, button or list has.
fn nothing_else_takes(ui: &Ui, key: Key) -> bool {
    let free = ui.memory(|memory| memory.focused().is_none()) && !Popup::is_any_open(ui.ctx());
    free && ui.input_mut(|input| input.consume_key(Modifiers::NONE, key))
}

/// What becomes of how many notes, without what there is none of.
pub(in crate::ui) fn counts_words(words: Words, counts: ArrivalCounts) -> String {
    let ArrivalCounts { new, changes, known, moved, unsure, lost } = counts;
    let listed = |all: [(usize, String); 3]| {
        let some = all.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text);
        some.collect::<Vec<_>>().join(words.list_comma())
    };
    let of_new = listed([
        (moved, words.count_moved(moved)),
        (unsure, words.count_unsure(unsure)),
        (lost, words.count_lost(lost)),
    ]);
    let new_words = words.import_new(new);
    let new_words = if of_new.is_empty() { new_words } else { words.import_new_with(new_words, of_new) };
    listed([(new, new_words), (changes, words.import_changes(changes)), (known, words.import_known(known))])
}

fn matched_words(words: Words, by: MatchedBy, arrivals: &[Arrival]) -> String {
    let found = arrivals.iter().filter(|arrival| arrival.found.state() != FoundState::Lost).count();
    match by {
        MatchedBy::Choice => words.import_by_choice().to_owned(),
        MatchedBy::Text => words.import_by_text().to_owned(),
        MatchedBy::Title => words.import_by_title().to_owned(),
        MatchedBy::Notes => words.import_by_notes(found, arrivals.len()),
    }
}

fn left_out_words(words: Words, Remark { left_out, count }: Remark) -> String {
    let what = match left_out {
        LeftOut::Notes => words.left_out_notes(),
        LeftOut::Codes => words.left_out_codes(),
        LeftOut::Sets => words.left_out_sets(),
        LeftOut::Cases => words.left_out_cases(),
        LeftOut::Media => words.left_out_media(),
        LeftOut::Texts => words.left_out_texts(),
        LeftOut::Links => words.left_out_links(),
        LeftOut::Tags => words.left_out_tags(),
        LeftOut::Places => words.left_out_places(),
        LeftOut::Deleted => words.left_out_deleted(),
        LeftOut::Characters => words.left_out_characters(),
    };
    words.import_left_out(what, count)
}
