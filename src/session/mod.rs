//! What the reader is doing: commands and events in, effects out, plain view data to show.
//!
//! No window, no files, no clock: the same commands and events at the same moments always give the same
//! session.

mod command;
mod cursor;
mod effect;
mod export;
mod find;
mod message;
mod note_commands;
mod notes;
mod open;
mod reader;
mod samples;
mod settings;
mod tab;
mod trail;
mod view;

use std::sync::Arc;

use jiff::Timestamp;
use jiff::tz::TimeZone;
use uuid::Uuid;

pub use command::*;
pub use effect::*;
pub use export::*;
pub use find::*;
pub use message::*;
pub use notes::{NoteFilter, NoteRow, SaveState};
pub use reader::*;
pub use samples::*;
pub use settings::*;
pub use tab::*;
pub use trail::*;
pub use view::*;

use crate::text::{Converters, Corrections, Form, Script};

/// What the reader is doing: the open documents, what is shown, what was chosen.
#[derive(Debug)]
pub struct Session {
    tabs: Vec<Tab>,
    active: usize,
    closed: Vec<RestoredTab>,
    settings: Settings,
    recent: Vec<Place>,
    corrections: Corrections,
    messages: Vec<Message>,
    page: Option<Page>,
    pending_export: Option<ExportRequest>,
    converters: Arc<Converters>,
    zone: TimeZone,
    numbers: u64,
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
            closed: restored.tabs,
            settings: restored.settings,
            recent: restored.recent,
            corrections: restored.corrections,
            messages: Vec::new(),
            page: None,
            pending_export: None,
            converters,
            zone,
            numbers: 0,
        }
    }

    /// Takes in what happens, and answers what is asked of the world.
    pub fn handle(&mut self, input: Input, moment: Moment) -> Vec<Effect> {
        match input {
            Input::Command(command) => self.obey(command, moment),
            Input::Event(event) => self.learn(event),
        }
    }

    /// The open documents, in the order of their tabs.
    pub fn tabs(&self) -> &[Tab] {
        &self.tabs
    }

    /// The tab in front.
    pub fn active(&self) -> Option<&Tab> {
        self.tabs.get(self.active)
    }

    /// The document in front, once it is open.
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

    /// The page that lies over the reading.
    pub fn page(&self) -> Option<Page> {
        self.page
    }

    /// Whether every note is saved.
    pub fn all_saved(&self) -> bool {
        let unsaved =
            |reader: &Reader| matches!(reader.save_state(), SaveState::Saving | SaveState::NotSaved(_));
        !self.tabs.iter().filter_map(Tab::reader).any(unsaved)
    }

    /// What is to be restored at the next start.
    pub fn restored(&self) -> Restored {
        Restored {
            settings: self.settings.clone(),
            tabs: self.tabs.iter().map(Tab::to_restore).collect(),
            active: self.active,
            recent: self.recent.clone(),
            corrections: self.corrections.clone(),
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
            self.messages.remove(0);
        }
    }

    fn untell(&mut self, text: &MessageText) {
        self.messages.retain(|message| message.text != *text);
    }

    fn reader_mut(&mut self) -> Option<&mut Reader> {
        self.tabs.get_mut(self.active).and_then(Tab::reader_mut)
    }

    fn readers_mut(&mut self) -> impl Iterator<Item = &mut Reader> {
        self.tabs.iter_mut().filter_map(Tab::reader_mut)
    }

    /// The table of all commands. The work of each lives in the file of what it is about.
    fn obey(&mut self, command: Command, moment: Moment) -> Vec<Effect> {
        self.end_typing_unless(&command);
        match command {
            Command::AskToOpen => vec![Effect::AskForDocuments],
            Command::Open(places) => self.open(places),
            Command::OpenSamples => self.open_samples(),
            Command::Reload => self.reload(),
            Command::Close(tab) => self.close(tab),
            Command::ReopenClosed => self.reopen_closed(),
            Command::Select(tab) => self.select_tab(tab),
            Command::SelectNext => self.select_beside(1),
            Command::SelectPrevious => self.select_beside(self.tabs.len().saturating_sub(1)),
            Command::ForgetRecent => self.forget_recent(),
            Command::ReadAs(encoding) => self.choose(|choices| choices.encoding = encoding),
            Command::WantRepairs(kind, wanted) => self.choose(|choices| choices.want_kind(kind, wanted)),
            Command::WantRepair(span, wanted) => self.choose(|choices| choices.want(span, wanted)),
            Command::Quit => vec![Effect::Quit],

            Command::Show(script) => self.show(script),
            Command::ToggleScript => self.show_other(Reader::counterpart),
            Command::NextScript => self.show_other(|reader| next_script(reader.wanted)),
            Command::ToggleRegionalWords => self.show_other(|reader| other_words(reader.wanted)),
            Command::Check => self.check(),
            Command::Correct { correction, everywhere } => self.correct(correction, everywhere),
            Command::Uncorrect { source, everywhere } => self.uncorrect(&source, everywhere),

            Command::Reached(in_sight) => self.reached(in_sight),
            Command::GoTo(position) => self.jump(position),
            Command::GoToBlock(block) => self.jump_to_block(block),
            Command::Back => self.go_back(),
            Command::Forward => self.go_forward(),
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
            Command::ChooseNote(id) => self.with_reader(|reader| reader.focus = id),
            Command::NextNote => self.step_to_note(true),
            Command::PreviousNote => self.step_to_note(false),
            Command::WriteNote(id, text) => self.change_note(id, moment, true, |note| note.text = text),
            Command::Recolour(id, colour) => self.recolour(id, colour, moment),
            Command::AddTag(id, tag) => self.add_tag(id, tag, moment),
            Command::RemoveTag(id, tag) => {
                self.change_note(id, moment, false, |note| note.tags.retain(|each| *each != tag))
            }
            Command::DeleteNote(id) => self.edit(crate::notes::Edit::Remove(id), false),
            Command::PlaceNote(id, span) => self.place_note(id, span, moment),
            Command::Undo => self.undo(),
            Command::Redo => self.redo(),
            Command::FilterNotes(filter) => self.with_reader(|reader| reader.set_filter(filter)),

            Command::OpenFind => self.with_reader(|reader| reader.find.open = true),
            Command::CloseFind => self.with_reader(|reader| reader.find.open = false),
            Command::Find(text) => self.find(text),
            Command::FindIgnoresPunctuation(ignored) => self.find_ignores_punctuation(ignored),
            Command::FindAsWritten(exact) => self.find_as_written(exact),
            Command::NextHit => self.step_to_hit(Find::next),
            Command::PreviousHit => self.step_to_hit(Find::previous),
            Command::GoToHit(index) => self.step_to_hit(|_| Some(index)),

            Command::AskToExport(request) => self.ask_to_export(*request),
            Command::ExportTo(path) => self.export_to(path),

            Command::SetTheme(theme) => self.set(|settings| settings.theme = theme),
            Command::SetLanguage(language) => self.set(|settings| settings.language = language),
            Command::SetTextSize(size) => self.set_text_size(|_| size),
            Command::Larger => self.set_text_size(|size| size * 1.1),
            Command::Smaller => self.set_text_size(|size| size / 1.1),
            Command::DefaultSize => self.set_text_size(|_| Settings::default().text_size),
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
    fn learn(&mut self, event: Event) -> Vec<Effect> {
        match event {
            Event::Beginning { ticket, imported } => self.beginning(ticket, *imported),
            Event::Opened { ticket, opened } => self.opened(ticket, *opened),
            Event::NotOpened { ticket, reason } => self.not_opened(ticket, reason),
            Event::NotesSaved { place, result } => self.notes_saved(&place, result),
            Event::StateNotSaved(reason) => self.told(MessageText::StateNotSaved(reason)),
            Event::ScriptReady { result, .. } => self.script_ready(result),
            Event::Hits { ticket, hits, complete } => self.hits(ticket, hits, complete),
            Event::Checked { ticket, result } => self.checked(ticket, result),
            Event::Exported { path, result } => self.exported(path, result),
            Event::ChangedOnDisk(place) => self.changed_on_disk(&place),
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

    fn set_text_size(&mut self, change: impl FnOnce(f32) -> f32) -> Vec<Effect> {
        self.set(|settings| settings.text_size = within(change(settings.text_size), &Settings::TEXT_SIZES))
    }

    fn show_page(&mut self, page: Option<Page>) -> Vec<Effect> {
        self.page = page;
        let unasked = self.reader().is_some_and(|reader| *reader.doubts() == Doubts::Unasked);
        if page == Some(Page::Doubts) && unasked { self.check() } else { Vec::new() }
    }

    // --- script -------------------------------------------------------------------------------------

    fn show(&mut self, script: Script) -> Vec<Effect> {
        self.settings.script = script;
        self.show_other(|_| script)
    }

    fn show_other(&mut self, choose: impl FnOnce(&Reader) -> Script) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.wanted = choose(reader);
        let mut effects = prepare_wanted(reader);
        effects.extend(self.save_state());
        effects
    }

    fn script_ready(&mut self, result: Result<(), String>) -> Vec<Effect> {
        if let Err(reason) = result {
            self.tell(MessageText::NoScript(reason));
            self.readers_mut().for_each(|reader| reader.wanted = reader.script());
        }
        for reader in self.readers_mut() {
            reader.show_wanted();
        }
        Vec::new()
    }

    fn check(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.doubts = Doubts::Looking(ticket);
        vec![Effect::Check { ticket, document: Arc::clone(reader.document()) }]
    }

    fn checked(&mut self, ticket: Ticket, result: Result<Vec<crate::text::Doubt>, String>) -> Vec<Effect> {
        let asked = |reader: &&mut Reader| *reader.doubts() == Doubts::Looking(ticket);
        if let Some(reader) = self.readers_mut().find(asked) {
            reader.doubts = result.map_or_else(Doubts::Failed, Doubts::Found);
        }
        Vec::new()
    }

    fn correct(&mut self, correction: crate::text::Correction, everywhere: bool) -> Vec<Effect> {
        self.change_corrections(everywhere, |list| {
            list.retain(|each| each.source != correction.source);
            list.insert(0, correction);
        })
    }

    fn uncorrect(&mut self, source: &str, everywhere: bool) -> Vec<Effect> {
        self.change_corrections(everywhere, |list| list.retain(|each| each.source != source))
    }

    fn change_corrections(
        &mut self,
        everywhere: bool,
        change: impl FnOnce(&mut Vec<crate::text::Correction>),
    ) -> Vec<Effect> {
        let own = self.reader().map(|reader| reader.corrections().clone());
        let mut list = match (everywhere, &own) {
            (true, _) => self.corrections.list().to_vec(),
            (false, Some(own)) => own.list().to_vec(),
            (false, None) => return Vec::new(),
        };
        change(&mut list);
        let changed = Corrections::new(list);
        if everywhere {
            self.corrections = changed.clone();
            let everywhere = changed;
            for reader in self.readers_mut() {
                reader.set_corrections(reader.corrections().clone(), &everywhere);
            }
            return self.save_state();
        }
        let everywhere = self.corrections.clone();
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.set_corrections(changed, &everywhere);
        self.save_notes()
    }

    // --- place --------------------------------------------------------------------------------------

    /// Only the first position is kept for the next start.
    fn reached(&mut self, in_sight: InSight) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let before = reader.position();
        reader.set_in_sight(in_sight);
        if before == in_sight.first { Vec::new() } else { self.save_state() }
    }

    fn jump(&mut self, position: u32) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            let here = reader.position();
            reader.trail.leave(here);
        }
        self.reveal(position)
    }

    fn jump_to_block(&mut self, block: crate::document::BlockIndex) -> Vec<Effect> {
        let block = self.reader().and_then(|reader| reader.document().block(block).copied());
        block.map_or_else(Vec::new, |block| self.jump(block.span.start()))
    }

    fn go_back(&mut self) -> Vec<Effect> {
        let place = self.reader_mut().and_then(|reader| reader.trail.back(reader.position()));
        place.map_or_else(Vec::new, |place| self.return_to(place))
    }

    fn go_forward(&mut self) -> Vec<Effect> {
        let place = self.reader_mut().and_then(|reader| reader.trail.forward(reader.position()));
        place.map_or_else(Vec::new, |place| self.return_to(place))
    }

    fn return_to(&self, position: u32) -> Vec<Effect> {
        self.active().map(|tab| Effect::Return { tab: tab.id, position }).into_iter().collect()
    }

    fn reveal(&self, position: u32) -> Vec<Effect> {
        self.active().map(|tab| Effect::Reveal { tab: tab.id, position }).into_iter().collect()
    }

    fn toggle_asides(&mut self) -> Vec<Effect> {
        self.settings.show_asides = !self.settings.show_asides;
        let shown = self.settings.show_asides;
        self.readers_mut().for_each(|reader| reader.show_asides(shown));
        let mut effects = self.find_again();
        effects.extend(self.save_state());
        effects
    }

    fn move_cursor(&mut self, motion: Motion, extend: bool) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.move_cursor(motion, extend);
        let cursor = reader.cursor();
        self.reveal(cursor)
    }

    fn copy(&mut self, as_written: bool) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return Vec::new() };
        let Some(span) = reader.selection() else { return self.told(MessageText::NothingSelected) };
        let written = span.of(reader.document().text()).unwrap_or_default();
        vec![Effect::Copy(if as_written { written.to_owned() } else { reader.shown_text(span) })]
    }

    // --- finding ------------------------------------------------------------------------------------

    fn find(&mut self, text: String) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            reader.find.text = text;
            reader.find.open = true;
        }
        self.find_again()
    }

    fn find_ignores_punctuation(&mut self, ignored: bool) -> Vec<Effect> {
        self.settings.find_ignores_punctuation = ignored;
        let mut effects = self.find_again();
        effects.extend(self.save_state());
        effects
    }

    fn find_as_written(&mut self, exact: bool) -> Vec<Effect> {
        if let Some(reader) = self.reader_mut() {
            reader.find.options.as_written = exact;
        }
        self.find_again()
    }

    fn find_again(&mut self) -> Vec<Effect> {
        let ticket = self.ticket();
        let ignore_punctuation = self.settings.find_ignores_punctuation;
        let Some(tab) = self.active().map(|tab| tab.id) else { return Vec::new() };
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        reader.find.options.ignore_punctuation = ignore_punctuation;
        reader.find.ticket = ticket;
        reader.find.hits.clear();
        reader.find.current = None;
        reader.find.complete = reader.find.text.is_empty();
        if reader.find.text.is_empty() {
            return Vec::new();
        }
        let request = SearchRequest {
            tab,
            document: Arc::clone(reader.document()),
            query: reader.find.text.clone(),
            options: reader.find.options,
            asides: reader.asides(),
        };
        vec![Effect::Find { ticket, request }]
    }

    fn hits(&mut self, ticket: Ticket, hits: Vec<crate::text::Span>, complete: bool) -> Vec<Effect> {
        let asked = |reader: &&mut Reader| reader.find.ticket == ticket;
        let Some(reader) = self.readers_mut().find(asked) else { return Vec::new() };
        let first = reader.find.current.is_none();
        let position = reader.position();
        reader.find.take(hits, complete, position);
        let target = reader.find.current.and_then(|current| reader.find.hits.get(current).copied());
        match target {
            Some(hit) if first => self.reveal(hit.start()),
            _ => Vec::new(),
        }
    }

    fn step_to_hit(&mut self, choose: impl FnOnce(&Find) -> Option<usize>) -> Vec<Effect> {
        let Some(reader) = self.reader_mut() else { return Vec::new() };
        let Some(index) = choose(&reader.find) else { return Vec::new() };
        let Some(hit) = reader.find.hits.get(index).copied() else { return Vec::new() };
        reader.find.current = Some(index);
        self.reveal(hit.start())
    }

    // --- export -------------------------------------------------------------------------------------

    fn ask_to_export(&mut self, request: ExportRequest) -> Vec<Effect> {
        let Some(reader) = self.reader() else { return self.told(MessageText::NothingToExport) };
        if reader.notes_to_export(request.only_listed).is_empty() {
            return self.told(MessageText::NothingToExport);
        }
        let title = reader.document().metadata().title.as_ref().map(|field| field.value.clone());
        let title = title.or_else(|| self.active().map(|tab| tab.place.name())).unwrap_or_default();
        let name = format!("{}.{}", crate::export::file_name_from_title(&title), request.format.ending());
        self.pending_export = Some(request);
        vec![Effect::AskForExport { name }]
    }

    fn export_to(&mut self, path: std::path::PathBuf) -> Vec<Effect> {
        let Some(request) = self.pending_export.take() else { return Vec::new() };
        let zone = self.zone.clone();
        let name = self.active().map(|tab| tab.place.name()).unwrap_or_default();
        let Some(reader) = self.reader() else { return Vec::new() };
        let job = ExportJob {
            document: Arc::clone(reader.document()),
            name,
            notes: reader.notes_to_export(request.only_listed),
            request,
            corrections: reader.all_corrections().clone(),
            converters: Arc::clone(reader.converters()),
            zone,
        };
        vec![Effect::Export { job: Box::new(job), path }]
    }

    fn exported(&mut self, path: std::path::PathBuf, result: Result<usize, String>) -> Vec<Effect> {
        self.told(match result {
            Ok(count) => MessageText::Exported { path, count },
            Err(reason) => MessageText::NotExported { path, reason },
        })
    }
}

/// Shows the wanted script at once where it is ready, and asks for it where it is not.
fn prepare_wanted(reader: &mut Reader) -> Vec<Effect> {
    if reader.show_wanted() {
        return Vec::new();
    }
    vec![Effect::PrepareScript { written: reader.document().written(), script: reader.wanted_script() }]
}

fn next_script(script: Script) -> Script {
    let index = Form::ALL.iter().position(|&form| form == script.form).unwrap_or(0);
    let form = Form::ALL.get((index + 1) % Form::ALL.len()).copied().unwrap_or_default();
    Script { form, regional_words: script.regional_words }
}

fn other_words(script: Script) -> Script {
    Script { regional_words: !script.regional_words, ..script }
}

fn within(value: f32, range: &std::ops::RangeInclusive<f32>) -> f32 {
    if value.is_finite() { value.clamp(*range.start(), *range.end()) } else { *range.start() }
}

#[cfg(test)]
mod tests;
