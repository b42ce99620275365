//! Messages at the foot of the text: what went wrong or well, until it was seen.

use std::collections::HashMap;
use std::time::Duration;

use egui::{Align2, Area, Color32, Context, Frame, Id, Order, Rect, RichText, Ui, vec2};

use super::bar::clear_name;
use super::comparison::wording::verdict_name;
use super::keys;
use super::notes_panel::small_sign;
use super::pages::counts_words;
use super::scene::Scene;
use super::words::Words;
use crate::compare::Decision;
use crate::session::{
    AttachCommand, CodebookMessage, Command, CommentCommand, ImportMessage, LibraryAdded, LibraryCommand,
    Message, MessageText, OpenError, Page, Place, RefindingCommand, Severity, TrashCommand,
};

/// How many messages are shown at once; the others wait behind them.
const SHOWN: usize = 2;

/// The widest a message becomes, in points.
const WIDTH: f32 = 340.0;

/// When each message was first shown, in seconds of the window's time.
#[derive(Default, Debug)]
pub(super) struct ToastsState {
    since: HashMap<u64, f64>,
    /// What the world had to say at the start, one sentence each.
    pub(super) remarks: Vec<String>,
    /// What is open over the text, and the last message from before it was opened.
    over: Option<(Over, Option<u64>)>,
}

/// What can be open over the text: no message from before may cover it.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Over {
    /// A page.
    Page(Page),
    /// The question about an address.
    Address,
    /// The page that stands in for a dialog of the desktop.
    Path,
}

impl ToastsState {
    /// The messages that may be shown: none lies over what was opened after it.
    fn in_front(&mut self, over: Option<Over>, messages: &[Message]) -> Vec<Message> {
        let last = messages.iter().map(|message| message.number).max();
        let before = self.over.filter(|(before, _)| Some(*before) == over).map_or(last, |(_, last)| last);
        self.over = over.map(|over| (over, before));
        let is_later = |message: &&Message| over.is_none() || Some(message.number) > before;
        messages.iter().filter(is_later).cloned().collect()
    }
}

/// Draws the messages, the newest below, at the foot of the text: `within` is the room of the text, `path` tells whether
/// a path is being typed.
pub(super) fn toasts_ui(
    context: &Context,
    scene: Scene,
    state: &mut ToastsState,
    (within, path): (Rect, bool),
) -> Vec<Command> {
    let told = scene.session.messages();
    state.since.retain(|number, _| told.iter().any(|message| message.number == *number));
    let address = scene.session.asked_address().map(|_| Over::Address);
    let over = path.then_some(Over::Path).or(address).or(scene.session.page().map(Over::Page));
    let messages = state.in_front(over, &scene.session.messages_in_front());
    let nothing = messages.is_empty() && (state.remarks.is_empty() || over.is_some());
    // No message lies over an open menu.
    if nothing || egui::Popup::is_any_open(context) {
        return Vec::new();
    }
    let foot = within.center_bottom() - vec2(0.0, 10.0);
    let area =
        Area::new(Id::unique("messages")).order(Order::Tooltip).pivot(Align2::CENTER_BOTTOM).fixed_pos(foot);
    let shown = area.show(context, |ui| {
        ui.set_width(WIDTH.min(within.width() - 24.0));
        messages_ui(ui, scene, &messages, state)
    });
    shown.inner
}

fn messages_ui(ui: &mut Ui, scene: Scene, messages: &[Message], state: &mut ToastsState) -> Vec<Command> {
    let mut asked = Vec::new();
    let (newest, waiting) = newest(messages, state.remarks.len());
    if waiting > 0 && more_ui(ui, scene.words, waiting) {
        state.remarks.clear();
        let answered = messages.iter().filter(|message| !message.text.waits_for_answer());
        return answered.map(|message| Command::Dismiss(message.number)).collect();
    }
    if let Some(remark) = state.remarks.first().filter(|_| newest.len() < SHOWN)
        && frame_ui(ui, scene, &as_sentence(remark), scene.tokens.warning)
    {
        state.remarks.remove(0);
    }
    asked.extend(newest.iter().filter_map(|message| toast_ui(ui, scene, message, state)));
    asked
}

/// The messages to be shown, and how many wait, with so many remarks besides. What waits for an answer does not stand
/// behind what came later.
fn newest(messages: &[Message], remarks: usize) -> (Vec<&Message>, usize) {
    let mut all: Vec<&Message> = messages.iter().collect();
    all.sort_by_key(|message| message.text.waits_for_answer());
    let shown = all.split_off(all.len().saturating_sub(SHOWN));
    (shown, (messages.len() + remarks).saturating_sub(SHOWN))
}

/// How many more there are. Answers whether all of them are dismissed.
fn more_ui(ui: &mut Ui, words: Words, waiting: usize) -> bool {
    let framed = Frame::popup(ui.style()).show(ui, |ui| {
        let row = ui.horizontal(|ui| {
            ui.label(RichText::new(words.messages_more(waiting)).weak());
            ui.button(words.dismiss_all()).clicked()
        });
        row.inner
    });
    framed.inner
}

fn toast_ui(ui: &mut Ui, scene: Scene, message: &Message, state: &mut ToastsState) -> Option<Command> {
    let severity = message.text.severity();
    let colour = match severity {
        Severity::Note => ui.visuals().text_color(),
        Severity::Warning => scene.tokens.warning,
        Severity::Error => scene.tokens.error,
    };
    let text = message_words(scene, &message.text);
    let (dismissed, answer) = frame_with(ui, scene, (&text, colour), &answers(scene.words, &message.text));
    let stays = stays(&message.text);
    let over = stays.is_some_and(|stays| is_over(ui, message.number, stays, state));
    answer.or((dismissed || over).then_some(Command::Dismiss(message.number)))
}

/// What can be done about a message: the name of each way, and what it asks for.
fn answers(words: Words, text: &MessageText) -> Vec<(&'static str, Command)> {
    let library = |name, command| (name, Command::Library(command));
    let at = |place: &Place, command| Command::At(place.clone(), Box::new(command));
    match text {
        MessageText::ConflictCopies { place, .. } => {
            vec![(words.join_copies(), Command::JoinCopies(place.clone()))]
        }
        MessageText::ChangedOnDisk(place) => vec![(words.reload(), Command::ReloadPlace(place.clone()))],
        MessageText::NoteDeleted { place, id } => {
            vec![(words.restore(), at(place, Command::Trash(TrashCommand::Restore(*id))))]
        }
        MessageText::NotesFit { place, text, .. } => {
            let apart = LibraryCommand::KeepApart { place: place.clone(), text: *text };
            let show = Command::Attach(AttachCommand::Show(place.clone()));
            vec![(words.attach_show(), show), library(words.keep_apart(), apart)]
        }
        MessageText::CommentsOffered { place, .. } => {
            let comments = |name, command: fn(Place) -> CommentCommand| {
                (name, Command::Comments(command(place.clone())))
            };
            vec![
                comments(words.comments_take(), CommentCommand::TakeAll),
                comments(words.comments_look(), CommentCommand::Show),
                comments(words.comments_not_now(), CommentCommand::Refuse),
            ]
        }
        MessageText::NotesVanished { place, notes, deleted } => {
            let answer = |keep| Command::AnswerVanished { place: place.clone(), notes: notes.clone(), keep };
            let (yes, no) = if *deleted {
                (words.take_vanished_back(), words.leave_deleted())
            } else {
                (words.keep_vanished(), words.delete_vanished())
            };
            vec![(yes, answer(true)), (no, answer(false))]
        }
        MessageText::CorrectionRemoved { place, correction } => {
            let everywhere = place.is_none();
            let back = Command::Correct { correction: correction.clone(), everywhere };
            vec![(words.put_back(), place.iter().fold(back, |back, place| at(place, back)))]
        }
        MessageText::TakenOut(_) => vec![library(words.put_back(), LibraryCommand::PutBack)],
        MessageText::SameText { place, text, with, .. } => {
            let share = LibraryCommand::ShareNotes { place: place.clone(), with: with.clone() };
            let apart = LibraryCommand::KeepApart { place: place.clone(), text: *text };
            vec![library(words.share_notes(), share), library(words.keep_apart(), apart)]
        }
        MessageText::NotesFound { place, moved, unsure, lost, .. } if moved + unsure + lost > 0 => {
            vec![(words.step_through(), at(place, Command::Refinding(RefindingCommand::Next)))]
        }
        _ => Vec::new(),
    }
}

/// How long a message stays, in seconds; `None` until it was seen.
fn stays(text: &MessageText) -> Option<f64> {
    match text.severity() {
        _ if text.waits_for_answer() => None,
        Severity::Note if matches!(text, MessageText::CommentsOffered { .. }) => Some(30.0),
        Severity::Note => Some(6.0),
        Severity::Warning => Some(30.0),
        Severity::Error => None,
    }
}

/// A message in its frame. Answers whether it was dismissed.
fn frame_ui(ui: &mut Ui, scene: Scene, text: &str, colour: Color32) -> bool {
    frame_with(ui, scene, (text, colour), &[]).0
}

/// A message in its frame, with buttons below it. Answers whether it was dismissed, and what was answered.
fn frame_with(
    ui: &mut Ui,
    scene: Scene,
    (text, colour): (&str, Color32),
    answers: &[(&'static str, Command)],
) -> (bool, Option<Command>) {
    let framed = Frame::popup(ui.style()).show(ui, |ui| {
        ui.set_width(ui.available_width());
        let row = ui.horizontal_top(|ui| {
            let dismissed = small_sign(ui, "×", scene.words.dismiss());
            ui.add(egui::Label::new(RichText::new(text).color(colour)).wrap());
            dismissed
        });
        (row.inner, answers_ui(ui, answers))
    });
    framed.inner
}

fn answers_ui(ui: &mut Ui, answers: &[(&'static str, Command)]) -> Option<Command> {
    if answers.is_empty() {
        return None;
    }
    let mut answer = None;
    ui.horizontal_wrapped(|ui| {
        for (name, command) in answers {
            if ui.button(*name).clicked() {
                answer = Some(command.clone());
            }
        }
    });
    answer
}

/// Whether a message has been shown long enough; otherwise the window wakes up when it has.
fn is_over(ui: &Ui, number: u64, stays: f64, state: &mut ToastsState) -> bool {
    let now = ui.input(|input| input.time);
    let since = *state.since.entry(number).or_insert(now);
    let left = since + stays - now;
    if left > 0.0 {
        ui.ctx().request_repaint_after(Duration::from_secs_f64(left));
    }
    left <= 0.0
}

/// How many notes are where, without what there is none of.
fn found_counts(words: Words, [moved, unsure, lost]: [usize; 3]) -> String {
    let counts = [
        (moved, words.count_moved(moved)),
        (unsure, words.count_unsure(unsure)),
        (lost, words.count_lost(lost)),
    ];
    let counts = counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text);
    counts.collect::<Vec<_>>().join(words.list_comma())
}

/// What a message says.
#[expect(clippy::too_many_lines, reason = "a table, one line for nearly every message")]
fn message_words(scene: Scene, text: &MessageText) -> String {
    let words = scene.words;
    let undo = || keys::keys_of(Words::undo, scene.mac);
    match text {
        MessageText::NotesFound { place, changed, exact, moved, unsure, lost } => {
            let exact = (*exact > 0).then(|| words.count_exact(exact));
            let others =
                Some(found_counts(words, [*moved, *unsure, *lost])).filter(|others| !others.is_empty());
            let counts: Vec<String> = exact.into_iter().chain(others).collect();
            let (name, counts) = (clear_name(&place.name()), counts.join(words.list_comma()));
            if *changed { words.notes_found(name, counts) } else { words.notes_looked_for(name, counts) }
        }
        MessageText::NothingInDoubt => words.nothing_in_doubt().to_owned(),
        MessageText::NotesNotSought { name, missing } => words.notes_not_sought(name, missing),
        MessageText::NotesElsewhere(path) => words.notes_elsewhere(path.display()),
        MessageText::NotesReadOnly(reason) => words.read_only(reason),
        MessageText::NotesSetAside(path) => words.set_aside_file(path.display()),
        MessageText::Remark(remark) => as_sentence(remark),
        MessageText::NotSaved { name, reason } => words.notes_of_not_saved(name, reason),
        MessageText::SavedAfterAll(name) => words.saved_after_all(name),
        MessageText::StateNotSaved(reason) => words.state_not_saved(reason),
        MessageText::NoScript(reason) => words.no_script(reason),
        MessageText::Exported { path, count } => words.exported(count, path.display()),
        MessageText::ExportCopied(count) => words.export_copied(count),
        MessageText::ExportNotCopied(reason) => words.export_fault(reason),
        MessageText::ExportStopped => words.export_stopped().to_owned(),
        MessageText::ComparisonExported { path, links } => words.comparison_exported(links, path.display()),
        MessageText::NotExported { path, reason } => words.not_exported(path.display(), reason),
        MessageText::NotesMerged { name, counts } => {
            words.notes_merged(name, counts.added, counts.changed, counts.removed)
        }
        MessageText::NotesFit { place, gone, from, found, all, .. } => {
            let (from, name) = (clear_name(from), clear_name(&place.name()));
            if *gone {
                words.notes_fit(found, all, from, name)
            } else {
                words.notes_fit_too(found, all, from, name)
            }
        }
        MessageText::NotesAttached(count) => words.notes_attached(count, undo()),
        MessageText::CommentsOffered { place, count } => {
            words.comments_offered(count, clear_name(&place.name()))
        }
        MessageText::CommentsTaken(count) => words.comments_taken(count, undo()),
        MessageText::NotesVanished { place, notes, deleted: true } => {
            words.notes_deleted_elsewhere(notes.len(), clear_name(&place.name()))
        }
        MessageText::NotesVanished { place, notes, .. } => {
            words.notes_vanished(notes.len(), clear_name(&place.name()))
        }
        MessageText::ConflictCopies { place, count } => {
            words.conflict_copies(clear_name(&place.name()), count)
        }
        MessageText::CopiesJoined { name, count } => words.copies_joined(clear_name(name), count),
        MessageText::CopiesNotJoined(reason) => words.copies_not_joined(reason),
        MessageText::VersionNotRead(reason) => words.version_not_read(reason),
        MessageText::VersionRestored { notes } => words.version_restored(notes, undo()),
        MessageText::NotReadAgain { name, reason } => {
            words.not_read_again(clear_name(name), words.why_not_opened(reason))
        }
        MessageText::Stepped { back, notes, documents } => stepped_words(scene, *back, *notes, documents),
        MessageText::SaidStepped { back: true, name } => words.said_taken_back(clear_name(name)),
        MessageText::SaidStepped { back: false, name } => words.said_again(clear_name(name)),
        MessageText::CorrectionRemoved { correction, .. } => {
            words.correction_removed(&correction.source, undo())
        }
        MessageText::CorrectionsStepped { back: true, name } => {
            words.corrections_taken_back(corrected_name(words, name.as_deref()))
        }
        MessageText::CorrectionsStepped { back: false, name } => {
            words.corrections_made_again(corrected_name(words, name.as_deref()))
        }
        MessageText::NoteDeleted { .. } => words.note_deleted().to_owned(),
        MessageText::ChangedOnDisk(place) => words.changed_on_disk(place.name()),
        MessageText::DocumentAway(place) => words.document_away(clear_name(&place.to_words())),
        MessageText::DocumentMoved { from, to } => {
            words.document_moved(clear_name(&from.name()), clear_name(&to.to_words()))
        }
        MessageText::NoDialog(reason) => words.no_dialog(reason),
        MessageText::NoteNeedsWords => words.note_needs_words().to_owned(),
        MessageText::NothingSelected => words.nothing_selected().to_owned(),
        MessageText::NotAllRead => words.not_all_read().to_owned(),
        MessageText::NothingToCompare => words.nothing_to_compare().to_owned(),
        MessageText::ComparisonWaits(name) => words.comparison_waits(name),
        MessageText::ComparisonFailed(reason) => words.comparing_failed(reason),
        MessageText::RulingsPlaced { moved, unsure, lost } => {
            words.rulings_placed(found_counts(words, [*moved, *unsure, *lost]))
        }
        MessageText::ComparisonNotOpened { path, reason } => {
            words.comparison_not_opened(path.display(), reason)
        }
        MessageText::Decided(decision) => decided_words(scene, *decision),
        MessageText::NoLinkChosen => words.no_link_chosen().to_owned(),
        MessageText::SectionMoved(name) => words.section_moved(name),
        MessageText::SectionNotFound(name) => words.section_not_found(name),
        MessageText::TooMuchSelected { most } => words.too_much_selected(most),
        MessageText::DecisionsNotRead => words.decisions_not_read().to_owned(),
        MessageText::NothingSelectedOnBothSides => words.nothing_selected_on_both().to_owned(),
        MessageText::NoFurtherLink => words.no_further_link().to_owned(),
        MessageText::NoFurtherDifference => words.no_further_difference().to_owned(),
        MessageText::NoFurtherOnlyHere => words.no_further_only_here().to_owned(),
        MessageText::Codebook(message) => codebook_words(words, message),
        MessageText::Import(message) => import_words(scene, message),
        MessageText::NoBookmarks => words.no_bookmarks(keys::keys_of(Words::add_bookmark, scene.mac)),
        MessageText::NoLinkBegun => words.no_link_begun(keys::keys_of(Words::begin_link, scene.mac)),
        MessageText::LinkToItself => words.link_to_itself().to_owned(),
        MessageText::NoLinkHere => words.no_link_here().to_owned(),
        MessageText::PassageLost => words.passage_lost().to_owned(),
        MessageText::NoteNotFound => words.note_not_found().to_owned(),
        MessageText::CitationCopied => words.citation_copied().to_owned(),
        MessageText::NotCited(reason) => words.not_cited(reason),
        MessageText::NotesChanged { notes, documents } => words.notes_changed(notes, documents, undo()),
        MessageText::NotesNotChanged { name, reason } => words.notes_not_changed(name, reason),
        MessageText::DocumentUnknown(_) => words.document_unknown().to_owned(),
        MessageText::NothingToExport => words.nothing_to_export().to_owned(),
        MessageText::LibraryAdded(added) => added_words(words, added),
        MessageText::TakenOut(count) => words.taken_out(count),
        MessageText::SameText { place, with, notes, .. } => {
            words.same_text(clear_name(&place.name()), clear_name(&with.to_words()), notes)
        }
        MessageText::NotesCame { name, from, notes } => {
            words.notes_came(notes, clear_name(name), clear_name(from))
        }
        MessageText::NotesShared(name) => words.notes_shared(clear_name(name)),
        MessageText::NotesNotShared { name, reason } => words.notes_not_shared(clear_name(name), reason),
    }
}

/// Whose corrections: those of a document, by its name, or for all of them.
fn corrected_name(words: Words, name: Option<&str>) -> String {
    name.map_or_else(|| words.for_all_documents().to_owned(), clear_name)
}

/// What a message of importing says.
fn import_words(scene: Scene, message: &ImportMessage) -> String {
    let words = scene.words;
    match message {
        ImportMessage::NotRead { path, reason } => words.not_imported(path.display(), reason),
        ImportMessage::TakenIn { counts, tags } => {
            let notes = counts_words(words, *counts);
            let tags = Some(words.imported_codes(tags)).filter(|_| *tags > 0);
            let counts = Some(notes).filter(|notes| !notes.is_empty()).into_iter().chain(tags);
            let counts = counts.collect::<Vec<_>>().join(words.list_comma());
            words.imported(counts, keys::keys_of(Words::undo, scene.mac))
        }
    }
}

/// What a message about the codebook says.
fn codebook_words(words: Words, message: &CodebookMessage) -> String {
    match message {
        CodebookMessage::ReadOnly(reason) => words.codebook_read_only(reason),
        CodebookMessage::NotSaved(reason) => words.codebook_not_saved(reason),
        CodebookMessage::SavedAfterAll => words.codebook_saved_after_all().to_owned(),
        CodebookMessage::StillCounting => words.codebook_still_counting().to_owned(),
        CodebookMessage::Shared { path, count } => words.codebook_shared(count, path.display()),
        CodebookMessage::NotShared { path, reason } => words.not_exported(path.display(), reason),
        CodebookMessage::NotFetched { path, reason } => words.codebook_not_fetched(path.display(), reason),
        CodebookMessage::TakenIn { new, completed } => words.codebook_taken_in(new, completed),
    }
}

/// With a capital at its beginning: what was remarked while a file was read is written as it stands in other
/// sentences.
fn as_sentence(remark: &str) -> String {
    let mut characters = remark.chars();
    let first = characters.next().map(|first| first.to_ascii_uppercase());
    first.into_iter().chain(characters).collect()
}

/// The name of a file, of its path in words.
fn name_of(path: &str) -> &str {
    path.rsplit(['/', '\\']).next().unwrap_or(path)
}

/// The names of the first files of so many.
fn names_of(words: Words, paths: &[String], all: usize) -> String {
    let names: Vec<String> = paths.iter().map(|path| clear_name(name_of(path))).collect();
    names.join(words.list_comma()) + if names.len() < all { "…" } else { "" }
}

/// What came of adding documents, without what there is none of.
fn added_words(words: Words, added: &LibraryAdded) -> String {
    let skipped = names_of(words, &added.skipped_files, added.skipped);
    let locked = names_of(words, &added.locked_files, added.locked);
    let counts = [
        (added.skipped, words.added_skipped(added.skipped, skipped)),
        (added.locked, words.added_locked(added.locked, locked)),
        (added.missing.len(), words.added_missing(added.missing.len())),
        (added.failed, words.added_failed(added.failed)),
    ];
    let mut sentences = vec![words.added_count(added.added, added.known)];
    sentences.extend(counts.into_iter().filter(|(count, _)| *count > 0).map(|(_, text)| text));
    let why =
        |(path, error): &(String, OpenError)| words.added_why(clear_name(path), words.why_not_opened(error));
    sentences.extend(added.unreadable.iter().map(why));
    sentences.extend(added.not_indexed.iter().map(|reason| words.added_not_indexed(reason)));
    sentences.extend(added.stopped.then(|| words.added_stopped().to_owned()));
    sentences.join("\n")
}

/// What was taken back or done again, and how that is turned round.
fn stepped_words(scene: Scene, back: bool, notes: usize, documents: &[String]) -> String {
    let words = scene.words;
    let named: Vec<String> = documents.iter().take(2).map(|name| clear_name(name)).collect();
    let more = if documents.len() > named.len() { "…" } else { "" };
    let documents = named.join(words.list_comma()) + more;
    if back {
        words.taken_back(notes, documents, keys::keys_of(Words::redo, scene.mac))
    } else {
        words.done_again(notes, documents, keys::keys_of(Words::undo, scene.mac))
    }
}

/// What was decided, and how it is taken back.
fn decided_words(scene: Scene, decision: Decision) -> String {
    let undo = keys::keys_of(Words::undo, scene.mac);
    match decision {
        Decision::Refuse => scene.words.decided_refuse(undo),
        Decision::Pin => scene.words.decided_pin(undo),
        Decision::Relate(verdict) => scene.words.decided_relate(verdict_name(scene.words, verdict), undo),
        Decision::Confirm => scene.words.decided_confirm(undo),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_covered_only_by_what_is_told_after_it_was_opened() {
        let all: Vec<Message> =
            (0..3).map(|number| Message { number, text: MessageText::NothingSelected }).collect();
        let mut state = ToastsState::default();
        let mut check = |over, told: usize, expected: &[u64]| {
            let shown = state.in_front(over, &all[..told]);
            assert_eq!(shown.iter().map(|message| message.number).collect::<Vec<_>>(), expected);
        };
        check(None, 1, &[0]);
        check(Some(Over::Page(Page::Export)), 1, &[]);
        check(Some(Over::Page(Page::Export)), 2, &[1]);
        check(Some(Over::Page(Page::Library)), 2, &[]);
        check(Some(Over::Address), 2, &[]);
        check(Some(Over::Path), 3, &[]);
        check(Some(Over::Page(Page::Library)), 2, &[]);
        check(Some(Over::Page(Page::Library)), 3, &[2]);
        check(None, 3, &[0, 1, 2]);
    }

    #[test]
    fn a_remark_begins_as_a_sentence_does() {
        assert_eq!(as_sentence("the file is gone: 河"), "The file is gone: 河");
        assert_eq!(as_sentence("文件不在"), "文件不在");
        assert_eq!(as_sentence(""), "");
    }

    #[test]
    fn a_question_does_not_stand_behind_what_came_later() {
        let place = crate::session::Place::Sample("河".to_owned());
        let question = MessageText::NotesVanished { place, notes: Vec::new(), deleted: false };
        let texts = [question, MessageText::NothingSelected, MessageText::NoLinkBegun];
        let messages: Vec<_> = (0..).zip(texts).map(|(number, text)| Message { number, text }).collect();
        let (shown, waiting) = newest(&messages, 0);
        let numbers: Vec<u64> = shown.iter().map(|message| message.number).collect();
        assert_eq!((&*numbers, waiting), (&[2, 0][..], 1));
    }

    #[test]
    fn two_messages_are_shown_and_the_others_wait() {
        let check = |told: u64, remarks, expected: &[u64], waiting| {
            let messages: Vec<_> =
                (0..told).map(|number| Message { number, text: MessageText::NothingSelected }).collect();
            let (newest, left) = newest(&messages, remarks);
            assert_eq!(newest.iter().map(|message| message.number).collect::<Vec<_>>(), expected);
            assert_eq!(left, waiting);
        };
        check(0, 1, &[], 0);
        check(1, 1, &[0], 0);
        check(2, 0, &[0, 1], 0);
        check(5, 1, &[3, 4], 4);
    }
}
