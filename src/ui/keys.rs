//! One table of what can be asked for, with its keys and its word: menus, keys, the palette and the page of
//! shortcuts are views of it.

use egui::{Event, InputState, Key, KeyboardShortcut, ModifierNames, Modifiers};

use super::words::Words;
use crate::compare::Verdict;
use crate::notes::{Colour, Found};
use crate::session::{
    BookmarkCommand, CiteCommand, CodebookCommand, Command, CompareStage, FootnoteCommand, Front,
    HyperlinkCommand, LinkCommand, Page, RefindingCommand, Seeking, Session,
};
use crate::text::{Form, Script};

/// One line of the table.
pub(super) struct Entry {
    /// Where it is listed.
    pub(super) group: Group,
    /// What it is called.
    pub(super) word: fn(Words) -> &'static str,
    /// Its keys; the first are the ones that menus show.
    pub(super) keys: &'static [KeyboardShortcut],
    /// What it does.
    pub(super) does: Does,
}

/// What an entry of the table does.
#[derive(Clone, Copy)]
pub(super) enum Does {
    /// Asks the session; `None` where there is nothing to ask for now.
    Ask(fn(&Session) -> Option<Command>),
    /// Makes the window fill the screen, or not: the window's own affair.
    FullScreen,
}

/// Where an entry is listed.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
pub(super) enum Group {
    Documents,
    Script,
    Notes,
    Find,
    Place,
    Comparison,
    Program,
}

impl Group {
    /// Every group, in the order in which they are listed.
    pub(super) const ALL: [Group; 7] = [
        Self::Documents,
        Self::Script,
        Self::Notes,
        Self::Find,
        Self::Place,
        Self::Comparison,
        Self::Program,
    ];

    /// What it is called.
    pub(super) fn word(self, words: Words) -> &'static str {
        match self {
            Self::Documents => words.group_documents(),
            Self::Script => words.group_script(),
            Self::Notes => words.group_notes(),
            Self::Find => words.group_find(),
            Self::Place => words.group_place(),
            Self::Comparison => words.group_comparison(),
            Self::Program => words.group_program(),
        }
    }
}

const fn plain(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::NONE, key)
}

const fn shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::SHIFT, key)
}

const fn control(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND, key)
}

const fn control_shift(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::COMMAND.plus(Modifiers::SHIFT), key)
}

const fn alt(key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::ALT, key)
}

/// Control itself, on a Mac too, where Command+Tab belongs to the system.
const fn real_control(modifiers: Modifiers, key: Key) -> KeyboardShortcut {
    KeyboardShortcut::new(Modifiers::CTRL.plus(modifiers), key)
}

/// `command` where a document is open and in front.
fn reading(session: &Session, command: Command) -> Option<Command> {
    session.reader().map(|_| command)
}

fn show(session: &Session, form: Form) -> Option<Command> {
    let regional_words = session.reader()?.wanted_script().regional_words;
    Some(Command::Show(Script { form, regional_words }))
}

/// Highlights; where the note in focus is unsure and nothing is selected, the same key chooses its place.
fn highlight(session: &Session, colour: Colour) -> Option<Command> {
    let number = Colour::ALL.iter().position(|each| *each == colour)?;
    choose_place(session, number).or_else(|| reading(session, Command::Highlight(colour)))
}

/// Puts the note in focus on a possible place, where it is unsure and nothing is selected.
fn choose_place(session: &Session, index: usize) -> Option<Command> {
    let reader = session.reader().filter(|reader| reader.selection().is_none())?;
    let Found::Unsure { candidates } = reader.found(reader.note_in_focus()?)? else { return None };
    (index < candidates.len()).then_some(Command::Refinding(RefindingCommand::Choose(index)))
}

/// `command` where some notes are not in their places.
fn refinding(session: &Session, command: RefindingCommand) -> Option<Command> {
    let [_, others @ ..] = session.reader()?.found_counts();
    (others.iter().sum::<usize>() > 0).then_some(Command::Refinding(command))
}

/// Keeps the note in focus as lost, where it is not in its place.
fn keep_as_lost(session: &Session) -> Option<Command> {
    let reader = session.reader()?;
    let doubtful = reader.is_doubtful(reader.note_in_focus()?);
    doubtful.then_some(Command::Refinding(RefindingCommand::KeepAsLost))
}

/// `command` where something is selected or a note is in focus.
fn citable(session: &Session, command: CiteCommand) -> Option<Command> {
    let reader = session.reader()?;
    let something = reader.selection().is_some() || reader.note_in_focus().is_some();
    something.then_some(Command::Cite(command))
}

/// `command` where the document has footnotes.
fn among_footnotes(session: &Session, command: FootnoteCommand) -> Option<Command> {
    let any = !session.reader()?.document().footnotes().is_empty();
    any.then_some(Command::Footnote(command))
}

/// `command` where the document has links.
fn among_hyperlinks(session: &Session, command: HyperlinkCommand) -> Option<Command> {
    let any = !session.reader()?.document().hyperlinks().is_empty();
    any.then_some(Command::Hyperlink(command))
}

/// Follows what stands at the cursor: a footnote or its mark, else a link.
fn follow_here(session: &Session) -> Option<Command> {
    let reader = session.reader()?;
    let footnote = reader.footnote_target(reader.cursor());
    let footnote = footnote.map(|_| Command::Footnote(FootnoteCommand::FollowHere));
    footnote.or_else(|| reader.hyperlink_here().map(|_| Command::Hyperlink(HyperlinkCommand::FollowHere)))
}

/// `command` while there are several documents.
fn among_several(session: &Session, command: Command) -> Option<Command> {
    (session.tabs().len() + session.comparisons().len() > 1).then_some(command)
}

/// `command` where a comparison is in front.
fn comparing(session: &Session, command: Command) -> Option<Command> {
    session.comparison_in_front().map(|_| command)
}

/// `command` where a comparison is in front that has found something.
fn compared(session: &Session, command: Command) -> Option<Command> {
    session.comparison_in_front()?.result().map(|_| command)
}

/// `command` where a link is chosen.
fn with_link(session: &Session, command: Command) -> Option<Command> {
    session.comparison_in_front()?.chosen().map(|_| command)
}

/// The verdict after the one that the chosen link has.
fn next_verdict(session: &Session) -> Option<Command> {
    let comparing = session.comparison_in_front()?;
    let link = comparing.result()?.link(comparing.chosen()?)?;
    Some(Command::Relabel(match link.verdict {
        Verdict::Same => Verdict::Revised,
        Verdict::Revised => Verdict::Theme,
        Verdict::Theme => Verdict::Same,
    }))
}

fn page(page: Page) -> Command {
    Command::ShowPage(Some(page))
}

const fn ask(
    group: Group,
    word: fn(Words) -> &'static str,
    keys: &'static [KeyboardShortcut],
    command: fn(&Session) -> Option<Command>,
) -> Entry {
    Entry { group, word, keys, does: Does::Ask(command) }
}

/// Everything that can be asked for by a key or from the palette.
pub(super) static ENTRIES: &[Entry] = &[
    ask(Group::Documents, Words::open, &[control(Key::O)], |_| Some(Command::AskToOpen)),
    ask(Group::Documents, Words::open_samples, &[], |_| Some(Command::OpenSamples)),
    ask(Group::Documents, Words::library, &[control(Key::L)], |_| Some(page(Page::Library))),
    ask(Group::Documents, Words::close_tab, &[control(Key::W)], |session| match session.front()? {
        Front::Document(tab) => Some(Command::Close(tab)),
        Front::Comparison(id) => Some(Command::CloseComparison(id)),
    }),
    ask(Group::Documents, Words::reopen_closed, &[control_shift(Key::T)], |_| Some(Command::ReopenClosed)),
    ask(
        Group::Documents,
        Words::next_tab,
        &[real_control(Modifiers::NONE, Key::Tab), control(Key::PageDown)],
        |s| among_several(s, Command::SelectNext),
    ),
    ask(
        Group::Documents,
        Words::previous_tab,
        &[real_control(Modifiers::SHIFT, Key::Tab), control(Key::PageUp)],
        |session| among_several(session, Command::SelectPrevious),
    ),
    ask(Group::Documents, Words::reload, &[plain(Key::F5)], |session| {
        session.active().map(|_| Command::Reload)
    }),
    ask(Group::Documents, Words::stop_reading, &[], |session| {
        let tab = session.active().filter(|tab| tab.arriving().is_some())?;
        Some(Command::StopReading(tab.id))
    }),
    ask(Group::Documents, Words::information, &[control(Key::I)], |session| {
        reading(session, page(Page::Information))
    }),
    ask(Group::Documents, Words::import_notes, &[control_shift(Key::I)], |_| Some(page(Page::ImportNotes))),
    ask(Group::Documents, Words::export, &[control(Key::E)], |session| reading(session, page(Page::Export))),
    ask(Group::Script, Words::toggle_script, &[plain(Key::T), plain(Key::F6)], |session| {
        reading(session, Command::ToggleScript)
    }),
    ask(Group::Script, Words::next_script, &[shift(Key::T), shift(Key::F6)], |session| {
        reading(session, Command::NextScript)
    }),
    ask(Group::Script, Words::show_as_written, &[alt(Key::Num0)], |session| show(session, Form::AsWritten)),
    ask(Group::Script, Words::show_simplified, &[alt(Key::Num1)], |session| show(session, Form::Simplified)),
    ask(Group::Script, Words::show_traditional, &[alt(Key::Num2)], |session| {
        show(session, Form::Traditional)
    }),
    ask(Group::Script, Words::show_taiwan, &[alt(Key::Num3)], |session| show(session, Form::Taiwan)),
    ask(Group::Script, Words::show_hong_kong, &[alt(Key::Num4)], |session| show(session, Form::HongKong)),
    ask(Group::Script, Words::regional_words, &[plain(Key::W)], |session| {
        reading(session, Command::ToggleRegionalWords)
    }),
    ask(Group::Script, Words::doubts, &[], |session| reading(session, page(Page::Doubts))),
    ask(Group::Script, Words::corrections, &[], |session| reading(session, page(Page::Corrections))),
    ask(Group::Notes, Words::highlight_yellow, &[plain(Key::Num1)], |s| highlight(s, Colour::Yellow)),
    ask(Group::Notes, Words::highlight_green, &[plain(Key::Num2)], |s| highlight(s, Colour::Green)),
    ask(Group::Notes, Words::highlight_blue, &[plain(Key::Num3)], |s| highlight(s, Colour::Blue)),
    ask(Group::Notes, Words::highlight_pink, &[plain(Key::Num4)], |s| highlight(s, Colour::Pink)),
    ask(Group::Notes, Words::highlight_purple, &[plain(Key::Num5)], |s| highlight(s, Colour::Purple)),
    ask(Group::Notes, Words::note_on_selection, &[plain(Key::N), control(Key::M)], |session| {
        reading(session, Command::NoteOnSelection)
    }),
    ask(Group::Notes, Words::add_bookmark, &[control(Key::D), plain(Key::B)], |session| {
        reading(session, Command::Bookmark)
    }),
    ask(Group::Notes, Words::next_note, &[plain(Key::CloseBracket)], |session| {
        reading(session, Command::NextNote)
    }),
    ask(Group::Notes, Words::previous_note, &[plain(Key::OpenBracket)], |session| {
        reading(session, Command::PreviousNote)
    }),
    ask(Group::Notes, Words::next_doubtful, &[plain(Key::U)], |s| refinding(s, RefindingCommand::Next)),
    ask(Group::Notes, Words::previous_doubtful, &[shift(Key::U)], |s| {
        refinding(s, RefindingCommand::Previous)
    }),
    ask(Group::Notes, Words::put_on_first, &[plain(Key::Enter)], |s| choose_place(s, 0)),
    ask(Group::Notes, Words::put_on_sixth, &[plain(Key::Num6)], |s| choose_place(s, 5)),
    ask(Group::Notes, Words::put_on_seventh, &[plain(Key::Num7)], |s| choose_place(s, 6)),
    ask(Group::Notes, Words::put_on_eighth, &[plain(Key::Num8)], |s| choose_place(s, 7)),
    ask(Group::Notes, Words::keep_as_lost, &[alt(Key::U)], keep_as_lost),
    ask(Group::Notes, Words::stop_seeking, &[], |session| {
        let running = matches!(session.reader()?.seeking(), Seeking::Running { .. });
        running.then_some(Command::Refinding(RefindingCommand::StopSeeking))
    }),
    ask(Group::Notes, Words::seek_notes, &[], |session| {
        let stopped = session.reader()?.seeking() == Seeking::Stopped;
        stopped.then_some(Command::Refinding(RefindingCommand::Seek))
    }),
    ask(Group::Notes, Words::next_bookmark, &[plain(Key::M)], |session| {
        reading(session, Command::BookmarkList(BookmarkCommand::Next))
    }),
    ask(Group::Notes, Words::previous_bookmark, &[shift(Key::M)], |session| {
        reading(session, Command::BookmarkList(BookmarkCommand::Previous))
    }),
    ask(Group::Notes, Words::only_bookmarks, &[shift(Key::B)], |session| {
        reading(session, Command::BookmarkList(BookmarkCommand::ToggleOnly))
    }),
    ask(Group::Notes, Words::begin_link, &[plain(Key::I)], |session| {
        let reader = session.reader()?;
        let possible = reader.selection().is_some() || reader.note_in_focus().is_some();
        possible.then_some(Command::Link(LinkCommand::Begin))
    }),
    ask(Group::Notes, Words::end_link, &[shift(Key::I)], |session| {
        session.link_begun().map(|_| Command::Link(LinkCommand::End))
    }),
    ask(Group::Notes, Words::cancel_link, &[], |session| {
        session.link_begun().map(|_| Command::Link(LinkCommand::Cancel))
    }),
    ask(Group::Notes, Words::other_end, &[plain(Key::G)], |session| {
        let reader = session.reader()?;
        let chosen = reader.note_in_focus().is_some() || reader.far_note_in_focus().is_some();
        chosen.then_some(Command::Link(LinkCommand::OtherEnd))
    }),
    ask(Group::Notes, Words::copy_with_place, &[alt(Key::C)], |session| {
        citable(session, CiteCommand::CopyWithPlace)
    }),
    ask(Group::Notes, Words::copy_with_reference, &[shift(Key::C)], |session| {
        citable(session, CiteCommand::CopyWithReference)
    }),
    ask(Group::Notes, Words::bibliography, &[control(Key::R)], |session| {
        reading(session, page(Page::Bibliography))
    }),
    ask(Group::Notes, Words::trash, &[control(Key::Delete)], |s| reading(s, page(Page::Trash))),
    ask(Group::Notes, Words::attach_notes, &[control_shift(Key::A)], |s| reading(s, page(Page::Attach))),
    ask(Group::Notes, Words::comments, &[], |session| {
        session.reader().filter(|reader| reader.has_comments()).map(|_| page(Page::Comments))
    }),
    ask(Group::Notes, Words::versions, &[control(Key::H)], |s| reading(s, page(Page::Versions))),
    ask(Group::Notes, Words::join_copies, &[], |session| {
        let tab = session
            .active()
            .filter(|tab| tab.reader().is_some_and(|reader| !reader.notes_file().copies.is_empty()))?;
        Some(Command::JoinCopies(tab.place.clone()))
    }),
    ask(Group::Notes, Words::save_now, &[control(Key::S)], |s| reading(s, Command::SaveNow)),
    ask(Group::Notes, Words::delete_note, &[plain(Key::Delete)], |session| {
        session.reader()?.note_in_focus().map(Command::DeleteNote)
    }),
    ask(Group::Notes, Words::codebook, &[control_shift(Key::K)], |_| Some(page(Page::Codebook))),
    ask(Group::Notes, Words::all_notes, &[control_shift(Key::N)], |_| Some(page(Page::AllNotes))),
    ask(Group::Notes, Words::undo, &[control(Key::Z)], |session| {
        session.undoable().0.then_some(Command::Undo)
    }),
    ask(Group::Notes, Words::redo, &[control_shift(Key::Z), control(Key::Y)], |session| {
        session.undoable().1.then_some(Command::Redo)
    }),
    ask(Group::Find, Words::find, &[control(Key::F), plain(Key::Slash)], |session| {
        reading(session, Command::OpenFind)
    }),
    ask(Group::Find, Words::search_all, &[control_shift(Key::F)], |_| Some(page(Page::SearchAll))),
    ask(Group::Find, Words::next_hit, &[plain(Key::F3), control(Key::G)], |session| {
        reading(session, Command::NextHit)
    }),
    ask(Group::Find, Words::previous_hit, &[shift(Key::F3), control_shift(Key::G)], |session| {
        reading(session, Command::PreviousHit)
    }),
    ask(Group::Place, Words::back, &[alt(Key::ArrowLeft)], |session| {
        session.reader()?.ways().0.then_some(Command::Back)
    }),
    ask(Group::Place, Words::forward, &[alt(Key::ArrowRight)], |session| {
        session.reader()?.ways().1.then_some(Command::Forward)
    }),
    ask(Group::Place, Words::next_footnote, &[plain(Key::F)], |s| among_footnotes(s, FootnoteCommand::Next)),
    ask(Group::Place, Words::previous_footnote, &[shift(Key::F)], |session| {
        among_footnotes(session, FootnoteCommand::Previous)
    }),
    ask(Group::Place, Words::next_hyperlink, &[plain(Key::E)], |session| {
        among_hyperlinks(session, HyperlinkCommand::Next)
    }),
    ask(Group::Place, Words::previous_hyperlink, &[shift(Key::E)], |session| {
        among_hyperlinks(session, HyperlinkCommand::Previous)
    }),
    ask(Group::Place, Words::follow_footnote, &[control(Key::Enter)], follow_here),
    ask(Group::Place, Words::select_all, &[control(Key::A)], |session| reading(session, Command::SelectAll)),
    ask(Group::Place, Words::copy, &[control(Key::C)], |session| {
        session.reader()?.selection().map(|_| Command::Copy)
    }),
    ask(Group::Place, Words::copy_as_written, &[control_shift(Key::C)], |session| {
        session.reader()?.selection().map(|_| Command::CopyAsWritten)
    }),
    ask(Group::Place, Words::toggle_asides, &[plain(Key::F8)], |session| {
        reading(session, Command::ToggleAsides)
    }),
    ask(Group::Comparison, Words::compare, &[plain(Key::F2)], |_| Some(page(Page::Compare))),
    ask(Group::Comparison, Words::board, &[shift(Key::F2)], |session| match session.boarding() {
        Some(_) => Some(page(Page::Board)),
        None => (session.tabs().len() > 1)
            .then(|| Command::ShowBoard(session.tabs().iter().map(|tab| tab.id).collect())),
    }),
    ask(Group::Comparison, Words::next_link, &[plain(Key::J)], |s| compared(s, Command::NextLink)),
    ask(Group::Comparison, Words::previous_link, &[plain(Key::K)], |s| compared(s, Command::PreviousLink)),
    ask(Group::Comparison, Words::next_difference, &[plain(Key::D)], |s| {
        compared(s, Command::NextDifference)
    }),
    ask(Group::Comparison, Words::previous_difference, &[shift(Key::D)], |s| {
        compared(s, Command::PreviousDifference)
    }),
    ask(Group::Comparison, Words::next_only_here, &[plain(Key::O)], |s| compared(s, Command::NextOnlyHere)),
    ask(Group::Comparison, Words::previous_only_here, &[shift(Key::O)], |s| {
        compared(s, Command::PreviousOnlyHere)
    }),
    ask(Group::Comparison, Words::switch_pane, &[plain(Key::F4), plain(Key::S)], |session| {
        comparing(session, Command::SwitchPane)
    }),
    ask(Group::Comparison, Words::line_up, &[plain(Key::L)], |s| compared(s, Command::LineUpHere)),
    ask(Group::Comparison, Words::lock, &[shift(Key::L)], |s| comparing(s, Command::ToggleLock)),
    ask(Group::Comparison, Words::swap_sides, &[plain(Key::X)], |s| comparing(s, Command::SwapSides)),
    ask(Group::Comparison, Words::confirm_link, &[plain(Key::C)], |s| with_link(s, Command::ConfirmLink)),
    ask(Group::Comparison, Words::refuse_link, &[plain(Key::R)], |s| with_link(s, Command::RefuseLink)),
    ask(Group::Comparison, Words::relabel_next, &[plain(Key::V)], next_verdict),
    ask(Group::Comparison, Words::relabel_same, &[], |s| with_link(s, Command::Relabel(Verdict::Same))),
    ask(Group::Comparison, Words::relabel_revised, &[], |s| with_link(s, Command::Relabel(Verdict::Revised))),
    ask(Group::Comparison, Words::relabel_theme, &[], |s| with_link(s, Command::Relabel(Verdict::Theme))),
    ask(Group::Comparison, Words::add_link, &[plain(Key::A)], |s| {
        compared(s, Command::AddLink(Verdict::Theme))
    }),
    ask(Group::Comparison, Words::pin_passages, &[plain(Key::P)], |s| compared(s, Command::PinPassages)),
    ask(Group::Comparison, Words::highlight_link, &[plain(Key::H)], |session| {
        with_link(session, Command::HighlightLink(Colour::Yellow))
    }),
    ask(Group::Comparison, Words::note_on_link, &[shift(Key::N)], |s| with_link(s, Command::NoteOnLink)),
    ask(Group::Comparison, Words::no_chosen_link, &[shift(Key::A)], |session| {
        with_link(session, Command::ChooseLink(None))
    }),
    ask(Group::Comparison, Words::slight_differences, &[shift(Key::S)], |session| {
        comparing(session, Command::ToggleSlight)
    }),
    ask(Group::Comparison, Words::surroundings, &[], |s| comparing(s, Command::ToggleSurroundings)),
    ask(Group::Comparison, Words::toggle_links, &[plain(Key::F7)], |session| {
        comparing(session, Command::ToggleOutline)
    }),
    ask(Group::Comparison, Words::export_comparison, &[], |session| compared(session, page(Page::Export))),
    ask(Group::Comparison, Words::compare_again, &[], |s| comparing(s, Command::CompareAgain)),
    ask(Group::Comparison, Words::cancel_comparing, &[], |session| {
        let running = matches!(session.comparison_in_front()?.stage(), CompareStage::Running(_));
        running.then_some(Command::CancelComparing)
    }),
    ask(Group::Program, Words::toggle_outline, &[plain(Key::F9)], |session| {
        reading(session, Command::ToggleOutline)
    }),
    ask(Group::Program, Words::toggle_notes, &[plain(Key::F10)], |session| {
        reading(session, Command::ToggleNotes)
    }),
    ask(Group::Program, Words::larger, &[control(Key::Plus), control(Key::Equals)], |_| {
        Some(Command::Larger)
    }),
    ask(Group::Program, Words::smaller, &[control(Key::Minus)], |_| Some(Command::Smaller)),
    ask(Group::Program, Words::default_size, &[control(Key::Num0)], |_| Some(Command::DefaultSize)),
    Entry {
        group: Group::Program,
        word: Words::full_screen,
        keys: &[plain(Key::F11)],
        does: Does::FullScreen,
    },
    ask(Group::Program, Words::settings, &[control(Key::Comma)], |_| Some(page(Page::Settings))),
    ask(Group::Program, Words::shortcuts, &[plain(Key::F1), plain(Key::Questionmark)], |_| {
        Some(page(Page::Shortcuts))
    }),
    ask(Group::Program, Words::palette, &[control_shift(Key::P), control(Key::K)], |_| {
        Some(page(Page::Palette))
    }),
    ask(Group::Program, Words::quit, &[control(Key::Q)], |_| Some(Command::Quit)),
];

/// The entry with this word. Menus name their lines by it.
pub(super) fn entry(word: fn(Words) -> &'static str) -> Option<&'static Entry> {
    let name = word(Words::of(crate::session::Language::English));
    ENTRIES.iter().find(|entry| (entry.word)(Words::of(crate::session::Language::English)) == name)
}

/// What was asked for by keys since the last frame. The keys are taken, so that nothing else answers them.
///
/// Keys that write or edit text are left alone while `writing`.
pub(super) fn pressed(input: &mut InputState, session: &Session, writing: bool) -> Vec<Does> {
    let mut asked: Vec<Does> = ENTRIES
        .iter()
        .filter(|entry| takes_keys_of(input, entry, session, writing))
        .map(|entry| entry.does)
        .collect();
    if !writing && take_copy_event(input) {
        asked.push(Does::Ask(|session| session.reader()?.selection().map(|_| Command::Copy)));
    }
    asked
}

/// The keys of tags that were pressed since the last frame.
pub(super) fn pressed_tags(input: &mut InputState, session: &Session, writing: bool) -> Vec<Command> {
    if writing || session.reader().is_none() {
        return Vec::new();
    }
    let keys = session.codebook().iter().filter_map(|code| code.key);
    let pressed = keys.filter(|key| keys_of_tag(*key).is_some_and(|keys| take(input, keys)));
    pressed.map(|key| Command::Codebook(CodebookCommand::Press(key))).collect()
}

/// Every key that a tag can have: those that nothing else has.
pub(super) fn keys_for_tags() -> impl Iterator<Item = char> {
    ('a'..='z').chain('0'..='9').filter(|key| keys_of_tag(*key).is_some())
}

/// What is pressed for the key of a tag: Alt and the key; `None` where that stands for something else.
pub(super) fn keys_of_tag(key: char) -> Option<KeyboardShortcut> {
    let keys = alt(Key::from_name(&key.to_ascii_uppercase().to_string())?);
    (!ENTRIES.iter().any(|entry| entry.keys.contains(&keys))).then_some(keys)
}

fn takes_keys_of(input: &mut InputState, entry: &Entry, session: &Session, writing: bool) -> bool {
    let free = |keys: &&KeyboardShortcut| !(writing && writes(**keys));
    // The keys come first: what a command comes to may be a matter of every note.
    let is_pressed = |keys: &KeyboardShortcut| input.events.iter().any(|event| presses(*keys, event));
    if !entry.keys.iter().filter(free).any(is_pressed) {
        return false;
    }
    let possible = match entry.does {
        Does::Ask(command) => command(session).is_some(),
        Does::FullScreen => true,
    };
    possible && entry.keys.iter().filter(free).any(|&keys| take(input, keys))
}

fn presses(keys: KeyboardShortcut, event: &Event) -> bool {
    matches!(event, Event::Key { key, pressed: true, modifiers, .. } if fits(keys, *key, *modifiers))
}

/// Takes the presses of a shortcut; answers whether there was one.
fn take(input: &mut InputState, keys: KeyboardShortcut) -> bool {
    let before = input.events.len();
    input.events.retain(|event| !presses(keys, event));
    input.events.len() < before
}

/// Shift counts, except with signs that some keyboards have only with Shift.
fn fits(keys: KeyboardShortcut, key: Key, modifiers: Modifiers) -> bool {
    let sign = matches!(
        keys.logical_key,
        Key::Questionmark | Key::Plus | Key::Slash | Key::OpenBracket | Key::CloseBracket
    );
    let wanted = if sign {
        keys.modifiers.plus(if modifiers.shift { Modifiers::SHIFT } else { Modifiers::NONE })
    } else {
        keys.modifiers
    };
    key == keys.logical_key && modifiers.matches_exact(wanted)
}

/// The desktop tells of Ctrl+C as the wish to copy, not as a key.
fn take_copy_event(input: &mut InputState) -> bool {
    let before = input.events.len();
    input.events.retain(|event| !matches!(event, Event::Copy));
    input.events.len() < before
}

/// Whether a text field needs these keys for writing or editing.
fn writes(keys: KeyboardShortcut) -> bool {
    let function = (Key::F1..=Key::F35).contains(&keys.logical_key);
    let command = keys.modifiers.command || keys.modifiers.ctrl || keys.modifiers.mac_cmd;
    let edits = matches!(keys.logical_key, Key::A | Key::C | Key::V | Key::X | Key::Y | Key::Z | Key::Delete);
    !function && (!command || edits || keys.conflicts_with_text_editing())
}

/// How keys are written: `Ctrl+Shift+P`, or `⇧⌘P` on a Mac.
pub(super) fn written(keys: KeyboardShortcut, mac: bool) -> String {
    let names =
        if mac { ModifierNames::SYMBOLS } else { ModifierNames { is_short: true, ..ModifierNames::NAMES } };
    keys.format(&names, mac)
}

/// The first keys of an entry, as they are written; empty where it has none.
pub(super) fn first_keys(entry: &Entry, mac: bool) -> String {
    entry.keys.first().map(|&keys| written(keys, mac)).unwrap_or_default()
}

/// The first keys of the entry with this word.
pub(super) fn keys_of(word: fn(Words) -> &'static str, mac: bool) -> String {
    entry(word).map(|entry| first_keys(entry, mac)).unwrap_or_default()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::Code;

    #[test]
    fn no_keys_stand_for_two_things() {
        let all: Vec<_> = ENTRIES.iter().flat_map(|entry| entry.keys).copied().collect();
        for (index, &keys) in all.iter().enumerate() {
            assert!(!all[..index].contains(&keys), "{}", written(keys, false));
        }
    }

    #[test]
    fn a_tag_has_no_key_that_stands_for_something_else() {
        assert_eq!(keys_of_tag('r'), Some(alt(Key::R)));
        assert_eq!(keys_of_tag('7'), Some(alt(Key::Num7)));
        assert_eq!(keys_of_tag('1'), None);
        assert_eq!(keys_of_tag('，'), None);
        assert!(keys_for_tags().all(|key| Code::key_of(key) == Some(key)));
    }

    #[test]
    fn every_word_names_one_entry() {
        for each in ENTRIES {
            let found = entry(each.word).map(std::ptr::from_ref);
            assert_eq!(found, Some(std::ptr::from_ref(each)));
        }
    }

    #[test]
    fn letters_belong_to_the_text_field_and_function_keys_do_not() {
        let check =
            |keys: KeyboardShortcut, expected| assert_eq!(writes(keys), expected, "{}", written(keys, false));
        check(plain(Key::T), true);
        check(shift(Key::T), true);
        check(plain(Key::Num1), true);
        check(control(Key::Z), true);
        check(alt(Key::ArrowLeft), true);
        check(plain(Key::F3), false);
        check(shift(Key::F3), false);
        check(control(Key::F), false);
    }

    #[test]
    fn keys_are_written_as_the_system_writes_them() {
        assert_eq!(written(control_shift(Key::P), false), "Ctrl+Shift+P");
        assert_eq!(written(control_shift(Key::P), true), "⇧⌘P");
        assert_eq!(written(control(Key::Comma), false), "Ctrl+,");
    }
}
