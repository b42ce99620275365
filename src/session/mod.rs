//! What the reader is doing: commands and events in, effects out, plain view data to show.
//!
//! No window, no files, no clock: the same commands and events at the same moments always give the same
//! session.

mod arriving;
mod attaching;
mod bookmarks;
mod carrying;
mod citing;
mod codebook;
mod collection;
mod command;
mod comments;
mod comparing;
mod conflicts;
mod correcting;
mod cursor;
mod effect;
mod export;
mod export_commands;
mod export_job;
mod far_notes;
mod find;
mod find_commands;
mod footnotes;
mod hyperlinks;
mod importing;
mod library;
mod linking;
mod message;
mod moving;
mod note_commands;
mod notes;
mod open;
mod place;
mod place_commands;
mod places;
mod reader;
mod refinding;
mod same_file;
mod samples;
mod saying;
mod script_commands;
mod seeking;
mod settings;
mod steps;
mod tab;
mod told;
mod trail;
mod unsaved;
mod vanished;
mod versions;
mod view;

use std::collections::BTreeMap;
use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

pub use arriving::Arriving;
pub use attaching::*;
pub use bookmarks::{BookmarkCommand, BookmarkRow};
pub use citing::{CiteCommand, CiteJob};
pub use codebook::*;
pub use collection::*;
pub use command::*;
pub use comments::{CommentCommand, CommentRow};
pub use comparing::*;
pub use conflicts::*;
pub use effect::*;
pub use export::*;
pub use export_job::*;
pub use far_notes::*;
pub use find::*;
pub use footnotes::FootnoteCommand;
pub use hyperlinks::{AskedAddress, HyperlinkCommand};
pub use importing::*;
pub use library::*;
pub use linking::{LinkBegun, LinkCommand, NoteChoice};
pub use message::*;
pub use notes::{NoteRow, SaveState};
pub use place::*;
pub use reader::*;
pub use refinding::*;
pub use samples::*;
pub use seeking::Seeking;
pub use settings::*;
pub use tab::*;
pub use told::ToldTexts;
pub use trail::*;
pub use unsaved::Unsaved;
pub use versions::*;
pub use view::*;

use self::citing::Citing;
use self::codebook::Codes;
use self::collection::{AllNotes, Everywhere, Gathered};
use self::comparing::{Changes, ClosedComparisons, Touched};
use self::export_commands::PendingExport;
use self::linking::Linking;
use self::message::forget_one;
use self::note_commands::trimmed;
use self::reader::{Views, decoration};
use self::script_commands::{next_script, other_words};
use self::steps::Steps;
use self::versions::VersionDesk;
use crate::compare::{Decision, Side};
use crate::text::{Converters, Correction, Corrections};

/// What the reader is doing: the open documents, what is shown, what was chosen.
#[derive(Debug)]
pub struct Session {
    tabs: Vec<Tab>,
    active: usize,
    /// The document that was in front before the one in front.
    before: Option<TabId>,
    /// What was closed and where its tab stood, the latest last; before [`Session::begin`] what it opens again.
    closed: Vec<(usize, RestoredTab)>,
    /// The comparisons that were closed, each with how many closed documents there were then.
    closed_pairs: Vec<(usize, RestoredComparison)>,
    comparisons: Vec<Comparing>,
    /// The comparison in front; `None` where a document is.
    compared: Option<ComparisonId>,
    /// What [`Session::begin`] opens again, and which of them comes to the front.
    closed_comparisons: (Vec<RestoredComparison>, Option<usize>),
    /// The comparisons that were closed before they were saved.
    closed_unsaved: ClosedComparisons,
    changes: Changes,
    everywhere: Everywhere,
    /// The moment of what is being handled.
    now: Timestamp,
    gathered: Gathered,
    all_notes: AllNotes,
    codes: Codes,
    boarding: Option<Boarding>,
    settings: Settings,
    recent: Vec<Place>,
    told_texts: ToldTexts,
    corrections: Corrections,
    /// How those were changed.
    corrected: Steps<Vec<Correction>>,
    messages: Vec<Message>,
    page: Option<Page>,
    pending_exports: BTreeMap<Ticket, PendingExport>,
    importing: Importing,
    imports: importing::WaitingImports,
    exporting: Exporting,
    converters: Arc<Converters>,
    zone: TimeZone,
    numbers: u64,
    far_places: FarPlaces,
    citing: Citing,
    version_desk: VersionDesk,
    library: Library,
    linking: Linking,
    attaching: Attaching,
    /// The address that is asked about before it opens.
    asked_address: Option<AskedAddress>,
}

/// When something happens, and the identity of the note that may be made at it. Given from outside, so
/// that the session needs no clock and no dice.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub struct Moment {
    /// When.
    pub now: Timestamp,
    /// For a new note.
    pub fresh: Uuid,
}

/// What happens to a session.
#[derive(Debug)]
pub enum Input {
    /// The reader asks for something.
    Command(Command),
    /// The world tells something.
    Event(Event),
}

/// How many documents last opened are remembered.
const RECENT_KEPT: usize = 20;

/// How many messages wait to be seen at most.
const MESSAGES_KEPT: usize = 50;

impl Session {
    /// A session that goes on where the last one ended. The documents are opened by
    /// [`Session::begin`]. `zone` is the one in which exports write moments.
    pub fn new(restored: Restored, converters: Arc<Converters>, zone: TimeZone) -> Self {
        Self {
            tabs: Vec::new(),
            active: restored.active,
            before: None,
            closed: restored.tabs.into_iter().enumerate().collect(),
            closed_pairs: Vec::new(),
            comparisons: Vec::new(),
            compared: None,
            closed_comparisons: (restored.comparisons, restored.compared),
            closed_unsaved: ClosedComparisons::default(),
            changes: Changes::default(),
            everywhere: Everywhere::restored(restored.steps),
            now: Timestamp::UNIX_EPOCH,
            gathered: Gathered::default(),
            all_notes: AllNotes::default(),
            codes: Codes::default(),
            boarding: None,
            settings: restored.settings.within_bounds(),
            recent: restored.recent,
            told_texts: restored.told_texts,
            corrections: restored.corrections,
            corrected: Steps::default(),
            messages: Vec::new(),
            page: None,
            pending_exports: BTreeMap::new(),
            importing: Importing::default(),
            imports: importing::WaitingImports::default(),
            exporting: Exporting::default(),
            converters,
            zone,
            numbers: 0,
            far_places: FarPlaces::default(),
            citing: Citing::default(),
            version_desk: VersionDesk::default(),
            library: Library::default(),
            linking: Linking::default(),
            attaching: Attaching::default(),
            asked_address: None,
        }
    }

    /// Takes in what happens, and answers what is asked of the world.
    pub fn handle(&mut self, input: Input, moment: Moment) -> Vec<Effect> {
        self.now = moment.now;
        let mut effects = match input {
            Input::Command(command) => self.obey(command, moment),
            Input::Event(event) => self.learn(event, moment),
        };
        effects.extend(self.keep_steps_everywhere());
        effects.extend(self.seek_waiting_notes());
        self.keep_all_notes_up_to_date();
        effects.extend(self.keep_links_up_to_date());
        effects
    }

    /// The open documents, in the order of their tabs.
    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    /// The tab in front; of a comparison that of the active side.
    pub fn active(&self) -> Option<&Tab> {
        self.active_index().and_then(|index| self.tabs.get(index))
    }

    /// The document in front; both of a comparison.
    fn tabs_in_front(&self) -> Vec<&Tab> {
        match self.comparison_in_front() {
            Some(comparing) => {
                let tabs = Side::BOTH.into_iter().filter_map(|side| comparing.side(side).tab);
                tabs.filter_map(|id| self.tab(id)).collect()
            }
            None => self.active().into_iter().collect(),
        }
    }

    /// The document in front, once it is open; of a comparison that of the active side.
    pub fn reader(&self) -> Option<&Reader> {
        self.active().and_then(Tab::reader)
    }

    /// What the reader has chosen.
    pub fn settings(&self) -> &Settings {
        &self.settings
    }

    /// The documents last opened, the newest first.
    pub fn recent(&self) -> &[Place] {
        &self.recent
    }

    /// The corrections for all documents.
    pub fn corrections(&self) -> &Corrections {
        &self.corrections
    }

    /// What the reader has not seen yet, the oldest first.
    pub fn messages(&self) -> &[Message] {
        &self.messages
    }

    /// Those that are to be told now: what is said of a document waits until that is read in front.
    pub fn messages_in_front(&self) -> Vec<Message> {
        let reads = self.comparison_in_front().is_none() || self.compared_in_front().is_some();
        let front = if reads { self.tabs_in_front() } else { Vec::new() };
        let is_here = |place: &Place| front.iter().any(|tab| tab.is_of(place));
        let told = self.messages.iter().filter(|message| message.text.document().is_none_or(is_here));
        told.cloned().collect()
    }

    /// The page that lies over the reading.
    pub fn page(&self) -> Option<Page> {
        self.page
    }

    /// A moment in the reader's zone: year, month, day, hour and minute.
    pub fn written_moment(&self, moment: Timestamp) -> String {
        moment.to_zoned(self.zone.clone()).strftime("%Y-%m-%d %H:%M").to_string()
    }

    /// What is to be restored at the next start.
    pub fn restored(&self) -> Restored {
        Restored {
            settings: self.settings.clone(),
            tabs: self.tabs.iter().map(Tab::to_restore).collect(),
            active: self.active,
            comparisons: self.comparisons().iter().map(Comparing::to_restore).collect(),
            compared: self.comparisons.iter().position(|one| Some(one.id()) == self.compared),
            recent: self.recent.clone(),
            told_texts: self.told_texts.clone(),
            corrections: self.corrections.clone(),
            steps: StepsEverywhere::default(),
        }
    }

    fn save_state(&self) -> Vec<Effect> {
        vec![Effect::SaveState(Box::new(self.restored()))]
    }

    fn number(&mut self) -> u64 {
        self.numbers += 1;
        self.numbers
    }

    fn ticket(&mut self) -> Ticket {
        Ticket(self.number())
    }

    /// What is told again takes the place of what was told before.
    fn tell(&mut self, text: MessageText) {
        self.untell(&text);
        let number = self.number();
        self.messages.push(Message { number, text });
        if self.messages.len() > MESSAGES_KEPT {
            forget_one(&mut self.messages);
        }
    }

    fn untell(&mut self, text: &MessageText) {
        self.messages.retain(|message| message.text != *text);
    }

    fn reader_mut(&mut self) -> Option<&mut Reader> {
        self.active_index().and_then(|index| self.tabs.get_mut(index)).and_then(Tab::reader_mut)
    }

    fn readers_mut(&mut self) -> impl Iterator<Item = &mut Reader> {
        self.tabs.iter_mut().filter_map(Tab::reader_mut)
    }

    /// The table of all commands. The work of each lives in the file of what it is about.
    #[expect(clippy::too_many_lines, reason = "a table, one line for nearly every command")]
    fn obey(&mut self, command: Command, moment: Moment) -> Vec<Effect> {
        self.end_typing_unless(&command);
        self.end_saying_unless(&command);
        self.end_describing_unless(&command);
        match command {
            Command::AskToOpen => vec![Effect::AskForDocuments],
            Command::Open(places) => self.open_or_import(places, moment),
            Command::OpenSamples => self.open_samples(),
            Command::Reload => self.reload(),
            Command::ReloadPlace(place) => self.reload_place(&place),
            Command::StopReading(tab) => self.stop_reading(tab),
            Command::GivePassword(tab, password) => self.give_password(tab, password),
            Command::Close(tab) => self.close(tab),
            Command::ReopenClosed => self.reopen_closed(),
            Command::Select(tab) => self.select_tab(tab),
            Command::SelectNext => self.select_beside(true),
            Command::SelectPrevious => self.select_beside(false),
            Command::ForgetRecent => self.forget_recent(),
            Command::ReadAs(encoding) => self.choose(|choices| choices.encoding = encoding),
            Command::WantRepairs(kind, wanted) => self.choose(|choices| choices.want_kind(kind, wanted)),
            Command::WantRepair(span, wanted) => self.choose(|choices| choices.want(span, wanted)),
            Command::Quit => vec![Effect::Quit],

            Command::Show(script) => self.show(script),
            Command::ToggleScript => self.show_other(Reader::counterpart_of),
            Command::NextScript => self.show_other(|_, wanted| next_script(wanted)),
            Command::ToggleRegionalWords => self.show_other(|_, wanted| other_words(wanted)),
            Command::Check => self.check(),
            Command::Correct { correction, everywhere } => self.correct(correction, everywhere),
            Command::Uncorrect { source, everywhere } => self.uncorrect(&source, everywhere),

            Command::Reached(in_sight) => self.reached(in_sight),
            Command::GoTo(position) => self.jump(position),
            Command::GoToBlock(block) => self.jump_to_block(block),
            Command::Back => self.go_back(),
            Command::Forward => self.go_forward(),
            Command::Footnote(command) => self.obey_footnote(command),
            Command::Hyperlink(command) => self.obey_hyperlink(command),
            Command::ToggleAsides => self.toggle_asides(),

            Command::SelectText { anchor, focus } => self.with_reader(|reader| reader.select(anchor, focus)),
            Command::SelectWord(position) => self.with_reader(|reader| reader.select_word(position)),
            Command::SelectSentence(position) => self.with_reader(|reader| reader.select_sentence(position)),
            Command::SelectParagraph(position) => self.with_reader(|reader| reader.select_block(position)),
            Command::SelectAll => self.with_reader(Reader::select_all),
            Command::MoveCursor { motion, extend } => self.move_cursor(motion, extend),
            Command::Unselect => self.with_reader(Reader::unselect),
            Command::Copy => self.copy(false),
            Command::CopyAsWritten => self.copy(true),

            Command::Highlight(colour) => self.highlight(colour, moment),
            Command::NoteOnSelection => self.note_on_selection(moment),
            Command::Bookmark => self.bookmark(moment),
            Command::FocusNote(id) => self.go_to_note(id),
            Command::ChooseNote(id) => self.with_reader(|reader| reader.choose_note(id)),
            Command::NextNote => self.step_to_note(true),
            Command::PreviousNote => self.step_to_note(false),
            Command::WriteNote(id, text) => self.change_note(id, moment, true, |note| note.text = text),
            Command::Recolour(id, colour) => self.recolour(id, colour, moment),
            Command::AddTag(id, tag) => self.add_tag(id, tag, moment),
            Command::RemoveTag(id, tag) => {
                self.change_note(id, moment, false, |note| note.tags.retain(|each| *each != tag))
            }
            Command::DeleteNote(id) => self.delete_note(id, moment),
            Command::Trash(command) => self.change_trash(command),
            Command::Versions(command) => self.command_versions(command, moment),
            Command::ChooseText(id, choice) => self.choose_text(id, choice, moment),
            Command::JoinCopies(place) => vec![Effect::JoinCopies(place)],
            Command::AnswerVanished { place, notes, keep } => {
                self.answer_vanished(&place, &notes, keep, moment)
            }
            Command::SaveNow => vec![Effect::SettleNotes],
            Command::Refinding(command) => self.refind(command, moment),
            Command::PlaceNote(id, span) => self.place_note(id, span, moment),
            Command::Undo => self.step_changes(true),
            Command::Redo => self.step_changes(false),
            Command::FilterNotes(filter) => {
                let zone = self.zone.clone();
                self.with_reader(|reader| reader.set_filter(*filter, zone))
            }

            Command::OpenFind => self.open_find(),
            Command::CloseFind => self.with_reader(|reader| reader.find.close()),
            Command::Find(text) => self.find(text),
            Command::FindIgnoresPunctuation(ignored) => self.find_ignores_punctuation(ignored),
            Command::FindAsWritten(exact) => self.find_as_written(exact),
            Command::NextHit => self.step_to_hit(Find::next),
            Command::PreviousHit => self.step_to_hit(Find::previous),
            Command::GoToHit(index) => self.step_to_hit(|_| Some(index)),

            Command::InPane(side, command) => self.in_pane(side, *command, moment),
            Command::At(place, command) => self.obey_at(place, *command, moment),
            Command::Compare(request) => self.compare(*request),
            Command::CompareWith(other) => self.compare_with(other),
            Command::SelectComparison(id) => self.select_comparison(id),
            Command::CloseComparison(id) => self.close_comparison(id),
            Command::OpenCompared(id) => self.open_compared(id),
            Command::CancelComparing => self.cancel_comparing(),
            Command::CompareAgain => self.compare_again(),
            Command::ActivatePane(side) => self.activate(side),
            Command::SwitchPane => self.switch_pane(),
            Command::SwapSides => self.swap_sides(),
            Command::ChooseLink(link) => self.choose_link(link),
            Command::ChooseLinkAt(position) => self.choose_link_at(position),
            Command::NextLink => self.step_to_link(true),
            Command::PreviousLink => self.step_to_link(false),
            Command::NextDifference => self.step_to_difference(true),
            Command::PreviousDifference => self.step_to_difference(false),
            Command::NextOnlyHere => self.step_to_only_here(true),
            Command::PreviousOnlyHere => self.step_to_only_here(false),
            Command::GoToListed(listed) => self.go_to_listed(listed),
            Command::LineUpHere => self.line_up(),
            Command::ToggleLock => self.change_options(|options| options.locked = !options.locked),
            Command::ToggleSlight => self.change_options(|options| options.slight = !options.slight),
            Command::ToggleSurroundings => self.toggle_surroundings(),
            Command::SortLinks(sort) => self.sort_links(sort),
            Command::FilterLinks(filter) => self.filter_links(*filter),
            Command::ConfirmLink => self.rule_on_link(Decision::Confirm),
            Command::RefuseLink => self.rule_on_link(Decision::Refuse),
            Command::Relabel(verdict) => self.rule_on_link(Decision::Relate(verdict)),
            Command::AddLink(verdict) => self.rule_on_selections(Decision::Relate(verdict)),
            Command::PinPassages => self.rule_on_selections(Decision::Pin),
            Command::RemoveRuling(index) => self.remove_ruling(index),
            Command::ShowBoard(columns) => self.show_board(columns),
            Command::GoToCell { column, block } => self.go_to_cell(column, block),
            Command::CompareCell { column, other, block } => self.compare_cell(column, other, block),
            Command::HighlightLink(colour) => self.highlight_link(colour, moment),
            Command::NoteOnLink => self.note_on_link(moment),

            Command::Comments(command) => self.obey_comments(command, moment),
            Command::Codebook(command) => self.obey_codebook(command, moment),
            Command::Import(command) => self.obey_import(command, moment),
            Command::Attach(command) => self.obey_attach(command),
            Command::AllNotes(command) => self.obey_all_notes(command, moment),

            Command::Export(command) => self.obey_export(command, moment),
            Command::AskToExportComparison(request) => self.ask_to_export_comparison(*request),
            Command::ExportTo { ticket, path } => self.export_to(ticket, path, moment),
            Command::LeaveExport(ticket) => self.leave_export(ticket),
            Command::Cite(command) => self.obey_cite(command),
            Command::Library(command) => self.obey_library(command),
            Command::BookmarkList(command) => self.obey_bookmark(command),
            Command::Link(command) => self.obey_link(command, moment),

            Command::SetTheme(theme) => self.set(|settings| settings.theme = theme),
            Command::SetLanguage(language) => self.set(|settings| settings.language = language),
            Command::SetTextSize(size) => self.set_text_size(|_| size),
            Command::Larger => self.set_text_size(|size| size * 1.1),
            Command::Smaller => self.set_text_size(|size| size / 1.1),
            Command::DefaultSize => self.set_default_size(),
            Command::SetColumnWidth(width) => {
                self.set(|settings| settings.column_width = within(width, &Settings::COLUMN_WIDTHS))
            }
            Command::SetLineHeight(height) => {
                self.set(|settings| settings.line_height = within(height, &Settings::LINE_HEIGHTS))
            }
            Command::SetFirstLineIndent(indent) => self.set(|settings| settings.first_line_indent = indent),
            Command::SetFonts(fonts) => self.set(|settings| settings.fonts = fonts),
            Command::ToggleOutline => self.set(|settings| settings.outline_open = !settings.outline_open),
            Command::ToggleNotes => self.set(|settings| settings.notes_open = !settings.notes_open),
            Command::Resized(size) => self.set(|settings| settings.window = Some(size)),
            Command::ShowPage(page) => self.show_page(page),
            Command::Dismiss(number) => {
                self.messages.retain(|message| message.number != number);
                Vec::new()
            }
        }
    }

    /// The table of all events.
    fn learn(&mut self, event: Event, moment: Moment) -> Vec<Effect> {
        match event {
            Event::ReadingProgress { ticket, done, of } => self.reading_progress(ticket, done, of),
            Event::DriveStalls { ticket } => self.drive_stalls(ticket),
            Event::Beginning { ticket, imported } => self.beginning(ticket, *imported),
            Event::Opened { ticket, opened } => self.opened(ticket, *opened),
            Event::NotOpened { ticket, reason } => self.not_opened(ticket, reason, moment),
            Event::NotesCollected { ticket, notes, complete } => {
                let mut effects = self.notes_collected(ticket, *notes, complete);
                effects.extend(self.go_to_sought_note());
                effects
            }
            Event::NotesEdited { ticket, done } => self.notes_edited(ticket, done),
            Event::SeekingProgress { ticket, done } => self.seeking_progress(ticket, done),
            Event::NotesSought { ticket, result } => self.notes_sought(ticket, result),
            Event::FarEndsSought { text, result } => self.far_ends_sought(text, result),
            Event::NotesKept { ticket, place } => self.notes_kept(ticket, &place),
            Event::NotesSaved { ticket, place, result } => self.notes_saved(ticket, &place, result),
            Event::StateNotSaved(reason) => self.told(MessageText::StateNotSaved(reason)),
            Event::ScriptReady { result, .. } => self.script_ready(result),
            Event::Hits { ticket, hits, complete } => self.hits(ticket, hits, complete),
            Event::Checked { ticket, result } => self.checked(ticket, result),
            Event::ComparisonExported { path, result } => self.comparison_exported(path, result),
            Event::Export(event) => self.learn_export(event),
            Event::CompareProgress { ticket, done } => self.compare_progress(ticket, done),
            Event::Compared { ticket, result } => self.comparison_made(ticket, result),
            Event::ComparisonRead { ticket, read } => self.comparison_read(ticket, *read),
            Event::BoardMade { ticket, result } => self.board_made(ticket, result),
            Event::ComparisonFileRead { path, result } => self.comparison_file_read(path, result),
            Event::ComparisonSaved { comparison, result } => self.comparison_saved(comparison, result),
            Event::Codebook(event) => self.learn_codebook(event),
            Event::Attach(event) => self.learn_attach(event),
            Event::Import(event) => self.import_planned(event, moment),
            Event::ChangedOnDisk(place) => self.changed_on_disk(&place),
            Event::Library(event) => self.learn_of_library(event),
            Event::DocumentAway { place, to } => self.document_away(&place, to),
            Event::DocumentBack(place) => self.document_back(&place),
            Event::NotesChangedOnDisk(place) => self.notes_changed_on_disk(&place),
            Event::NotesFileGone(place) => self.notes_file_gone(&place),
            Event::VersionsListed { ticket, versions } => self.versions_listed(ticket, versions),
            Event::VersionRead { ticket, place, result } => self.version_read(ticket, &place, result),
            Event::CopiesJoined { place, result } => self.copies_joined(&place, result),
            Event::Remark(remark) => self.told(MessageText::Remark(remark)),
            Event::Cited { ticket, result } => self.cited(ticket, result),
            Event::NoDialog(reason) => self.told(MessageText::NoDialog(reason)),
        }
    }

    fn told(&mut self, text: MessageText) -> Vec<Effect> {
        self.tell(text);
        Vec::new()
    }

    fn with_reader(&mut self, change: impl FnOnce(&mut Reader)) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            change(reader);
        }
        Vec::new()
    }

    fn set(&mut self, change: impl FnOnce(&mut Settings)) -> Vec<Effect> {
        change(&mut self.settings);
        self.save_state()
    }

    /// With a comparison in front, the size of its active side.
    fn set_text_size(&mut self, change: impl Fn(f32) -> f32) -> Vec<Effect> {
        if let Some(effects) = self.set_pane_size(&change) {
            return effects;
        }
        self.set(|settings| settings.text_size = within(change(settings.text_size), &Settings::TEXT_SIZES))
    }

    fn set_default_size(&mut self) -> Vec<Effect> {
        let of_side = self.set_default_pane_size();
        of_side.unwrap_or_else(|| self.set_text_size(|_| Settings::default().text_size))
    }

    fn show_page(&mut self, page: Option<Page>) -> Vec<Effect> {
        if page == Some(Page::AllNotes) {
            return self.show_all_notes();
        }
        self.page = page;
        let unasked = self.reader().is_some_and(|reader| *reader.doubts() == Doubts::Unasked);
        match page {
            Some(Page::Doubts) if unasked => self.check(),
            Some(Page::Codebook | Page::Trash) => self.gather_notes(),
            Some(Page::Attach) => self.look_for_notes(),
            Some(Page::ImportNotes) => self.count_tags(),
            Some(Page::Versions) => self.list_versions(),
            Some(Page::Export) => vec![Effect::Export(ExportEffect::ReadTemplates)],
            Some(Page::Bibliography) => self.preview_citation(),
            Some(Page::Library | Page::SearchAll) => Self::list_library(),
            _ => Vec::new(),
        }
    }
}

fn within(value: f32, range: &std::ops::RangeInclusive<f32>) -> f32 {
    if value.is_finite() { value.clamp(*range.start(), *range.end()) } else { *range.start() }
}

#[cfg(test)]
mod tests;
