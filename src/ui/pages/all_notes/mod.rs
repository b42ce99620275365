//! The page of the notes of all documents: a bar that filters, a bar for what is chosen, and the list.

mod bulk;
mod filter;
mod keys;
mod list;
mod menus;
mod row;

use egui::{ComboBox, ProgressBar, RichText, Ui};

pub(in crate::ui) use keys::all_notes_pressed;

use crate::session::{AllNotesCommand, Arrangement, Command, Gathering, NoteGrouping, NoteSorting, Session};
use crate::ui::choices::{Choice, choice_list_ui};
use crate::ui::save_mark::save_mark;
use crate::ui::scene::{Scene, called, quiet, teaching};
use crate::ui::words::Words;

/// What the page remembers from one frame to the next.
#[derive(Default, Debug)]
pub(super) struct AllNotesState {
    filter: filter::FilterState,
    bulk: bulk::BulkState,
    list: list::ListState,
}

/// Draws the page.
pub(super) fn all_notes_ui(ui: &mut Ui, scene: Scene, state: &mut AllNotesState) -> Vec<Command> {
    let mut asked = filter::filter_ui(ui, scene, &mut state.filter);
    asked.extend(ui.horizontal_wrapped(|ui| head_ui(ui, scene)).inner);
    faults_ui(ui, scene);
    asked.extend(bulk::bulk_ui(ui, scene, &mut state.bulk));
    ui.separator();
    if scene.session.all_notes_listing().lines().is_empty() {
        teaching(ui, nothing_listed(scene));
    } else {
        asked.extend(list::list_ui(ui, scene, &mut state.list));
    }
    asked.into_iter().map(Command::AllNotes).collect()
}

/// How the notes are grouped and sorted, and how many there are.
fn head_ui(ui: &mut Ui, scene: Scene) -> Vec<AllNotesCommand> {
    let (words, session) = (scene.words, scene.session);
    let mut asked: Vec<AllNotesCommand> =
        arrangement_ui(ui, words, session.all_notes_arrangement()).into_iter().collect();
    for (name, fold) in [(words.fold_groups(), true), (words.unfold_groups(), false)] {
        if ui.button(name).clicked() {
            asked.push(AllNotesCommand::FoldAll(fold));
        }
    }
    if ui.button(words.gather_again()).clicked() {
        asked.push(AllNotesCommand::Gather);
    }
    quiet(ui, counts(session, words));
    save_mark(ui, scene);
    if let Gathering::Running { done, all } = session.gathering() {
        #[expect(clippy::cast_precision_loss, reason = "a share to be shown")]
        let share = if all == 0 { 0.0 } else { done as f32 / all as f32 };
        let bar = ProgressBar::new(share).desired_width(220.0).text(words.gathering(done, all));
        called(ui.add(bar), &words.gathering(done, all));
        asked.extend(ui.button(words.stop_adding()).clicked().then_some(AllNotesCommand::StopGathering));
    } else if let Gathering::Stopped { done, all } = session.gathering() {
        ui.label(RichText::new(words.gathering_stopped(done, all)).color(scene.tokens.warning));
    }
    asked
}

fn counts(session: &Session, words: Words) -> String {
    let (listed, all) = (session.all_notes_listing().count(), session.collection().len());
    let documents = session.collection().documents().iter();
    let documents = documents.filter(|each| !each.document().notes.is_empty()).count();
    if listed == all { words.notes_of_documents(all, documents) } else { words.notes_listed(listed, all) }
}

fn arrangement_ui(ui: &mut Ui, words: Words, now: Arrangement) -> Option<AllNotesCommand> {
    let list = ComboBox::from_id_salt("grouping");
    let list = list.selected_text(words.grouped_by(grouping_name(words, now.grouping)));
    let offered = NoteGrouping::ALL.map(|each| Choice::new(each, grouping_name(words, each)));
    let (_, grouping) = choice_list_ui(ui, (list, words.grouping()), &now.grouping, offered);
    let list = ComboBox::from_id_salt("sorting").selected_text(sorting_name(words, now.sorting));
    let offered = NoteSorting::ALL.map(|each| Choice::new(each, sorting_name(words, each)));
    let (_, sorting) = choice_list_ui(ui, (list, words.sorting()), &now.sorting, offered);
    let chosen =
        Arrangement { grouping: grouping.unwrap_or(now.grouping), sorting: sorting.unwrap_or(now.sorting) };
    (chosen != now).then_some(AllNotesCommand::Arrange(chosen))
}

fn grouping_name(words: Words, grouping: NoteGrouping) -> &'static str {
    match grouping {
        NoteGrouping::Document => words.notes_by_document(),
        NoteGrouping::Tag => words.by_tag_of_notes(),
        NoteGrouping::Colour => words.by_colour(),
        NoteGrouping::Day => words.by_day(),
    }
}

fn sorting_name(words: Words, sorting: NoteSorting) -> &'static str {
    match sorting {
        NoteSorting::Place => words.sorted_by_place(),
        NoteSorting::Newest => words.sorted_newest(),
        NoteSorting::Oldest => words.sorted_oldest(),
        NoteSorting::Changed => words.sorted_changed(),
    }
}

/// What could not be read as it should be is named, so that nothing seems to be empty that is not.
fn faults_ui(ui: &mut Ui, scene: Scene) {
    let faults = scene.session.gathering_faults();
    if faults.is_empty() {
        return;
    }
    let title = RichText::new(scene.words.gathering_faults(faults.len())).color(scene.tokens.warning);
    egui::CollapsingHeader::new(title).id_salt("faults").show(ui, |ui| {
        for fault in faults {
            ui.label(format!("{}: {}", fault.name, fault.reason));
        }
    });
}

fn nothing_listed(scene: Scene) -> &'static str {
    let session = scene.session;
    if !session.collection().is_empty() {
        scene.words.all_notes_filtered_away()
    } else if session.gathering() == Gathering::Complete {
        scene.words.all_notes_empty()
    } else {
        scene.words.all_notes_gathering()
    }
}
