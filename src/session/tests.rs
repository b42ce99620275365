//! The session as a whole: commands in, view data out, as text.

use std::path::PathBuf;
use std::sync::{Arc, LazyLock};

use jiff::Timestamp;
use jiff::tz::TimeZone;
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::document::{BlockIndex, RepairKind};
use crate::import::{self, ReadOptions};
use crate::notes::{Colour, FarEnd, Found, NoteId, NoteQuery, Tag};
use crate::text::{Converters, Form, Script, Span, write_dictionaries};

/// OpenCC, opened once for all tests.
pub(super) static CONVERTERS: LazyLock<Arc<Converters>> = LazyLock::new(|| {
    let folder = tempfile::tempdir().unwrap().keep();
    write_dictionaries(&folder).unwrap();
    Arc::new(Converters::new(folder))
});

/// A session with a world that answers at once.
pub(super) struct Desk {
    pub(super) session: Session,
    pub(super) effects: Vec<Effect>,
    seconds: i64,
}

/// Three clauses that have not a word in common.
pub(super) const CLAUSES: &str = "第一条　任何单位不得向河道倾倒垃圾，违者由村民小组劝阻。\n\n\
    第二条　图书室每周开放三次，由管理员登记借书的人和日期。\n\n\
    第三条　河堤上的柳树由小学的孩子们认领，每年春天补种一次。";

/// What is kept of a document with this text after these words of it were highlighted.
pub(super) fn noted(text: &str, quotes: &[&str]) -> Kept {
    let mut desk = Desk::with(text);
    for quote in quotes {
        desk.select(quote);
        desk.ask(Command::Highlight(Colour::Yellow));
    }
    desk.last_save().clone()
}

/// What is told.
fn texts(desk: &Desk) -> Vec<MessageText> {
    desk.session.messages().iter().map(|message| message.text.clone()).collect()
}

impl Desk {
    /// After a session that ended so.
    pub(super) fn restored(restored: Restored) -> Self {
        let session = Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
        Self { session, effects: Vec::new(), seconds: 0 }
    }

    pub(super) fn with(text: &str) -> Self {
        let mut desk = Self::restored(Restored::default());
        desk.open("sample.txt", text, Kept::default());
        desk
    }

    pub(super) fn open(&mut self, name: &str, text: &str, kept: Kept) {
        let place = Place::File(PathBuf::from(name));
        let moment = self.moment();
        let effects = self.session.handle(Input::Command(Command::Open(vec![place])), moment);
        let ticket = ticket_of(&effects);
        self.arrive(ticket, text, kept);
    }

    pub(super) fn arrive(&mut self, ticket: Ticket, text: &str, kept: Kept) {
        self.arrive_with(ticket, text, kept, |kept, document| {
            crate::notes::locate_all(kept.notes(), document)
        });
    }

    /// The same with what was seen of the file of notes.
    pub(super) fn arrive_from(&mut self, ticket: Ticket, text: &str, kept: Kept, notes: NotesFile) {
        let imported = import::read("sample.txt", text.into(), &ReadOptions::default()).unwrap();
        let found = crate::notes::locate_all(kept.notes(), &imported.document);
        let opened = Opened { real: None, imported, kept, found, notes, history: None };
        self.tell(Event::Opened { ticket, opened: Box::new(opened) });
    }

    /// The same for a document of any format.
    pub(super) fn arrive_imported(&mut self, ticket: Ticket, imported: import::Imported, kept: Kept) {
        let found = crate::notes::locate_all(kept.notes(), &imported.document);
        let opened = Opened { real: None, imported, kept, found, notes: NotesFile::default(), history: None };
        self.tell(Event::Opened { ticket, opened: Box::new(opened) });
    }

    /// A desk with this Markdown in front.
    pub(super) fn with_markdown(text: &str) -> Self {
        let mut desk = Self::with("山");
        desk.ask(Command::Open(vec![Place::File("a.md".into())]));
        let ticket = desk.last_read();
        let imported = import::read("a.md", text.into(), &ReadOptions::default()).unwrap();
        desk.arrive_imported(ticket, imported, Kept::default());
        desk
    }

    /// The same by its own name, without notes looked for.
    pub(super) fn arrive_as(&mut self, ticket: Ticket, real: Option<Place>, text: &str, kept: Kept) {
        let imported = import::read("sample.txt", text.into(), &ReadOptions::default()).unwrap();
        let notes = NotesFile::default();
        let opened = Opened { real, imported, kept, found: Vec::new(), notes, history: None };
        self.tell(Event::Opened { ticket, opened: Box::new(opened) });
    }

    /// What was last asked to be read.
    pub(super) fn last_read(&self) -> Ticket {
        let read = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::Read { ticket, .. } => Some(*ticket),
            _ => None,
        });
        read.expect("nothing is read")
    }

    /// The same with the notes where `find` says they are.
    pub(super) fn arrive_with(
        &mut self,
        ticket: Ticket,
        text: &str,
        kept: Kept,
        find: impl FnOnce(&Kept, &crate::document::Document) -> Vec<(NoteId, Found)>,
    ) {
        let imported = import::read("sample.txt", text.into(), &ReadOptions::default()).unwrap();
        let found = find(&kept, &imported.document);
        let opened = Opened { real: None, imported, kept, found, notes: NotesFile::default(), history: None };
        self.tell(Event::Opened { ticket, opened: Box::new(opened) });
    }

    fn moment(&mut self) -> Moment {
        self.seconds += 1;
        let fresh = Uuid::from_u128(u128::try_from(self.seconds).unwrap());
        Moment { now: Timestamp::from_second(self.seconds).unwrap(), fresh }
    }

    pub(super) fn ask(&mut self, command: Command) {
        let effects = self.ask_quietly(command);
        self.carry_out(effects);
    }

    /// Answers what is asked of the world, which does nothing yet.
    pub(super) fn ask_quietly(&mut self, command: Command) -> Vec<Effect> {
        let moment = self.moment();
        self.session.handle(Input::Command(command), moment)
    }

    pub(super) fn tell(&mut self, event: Event) {
        let moment = self.moment();
        let effects = self.session.handle(Input::Event(event), moment);
        self.carry_out(effects);
    }

    pub(super) fn carry_out(&mut self, effects: Vec<Effect>) {
        for effect in effects {
            match &effect {
                Effect::PrepareScript { written, script } => {
                    let result = CONVERTERS.prepare(*written, *script).map_err(|error| error.to_string());
                    self.tell(Event::ScriptReady { written: *written, script: *script, result });
                }
                Effect::Find { ticket, request } => {
                    let query = request.ready();
                    let all = query.iter().flat_map(|query| query.matches(request.document.text()));
                    let hits = all.filter(|hit| request.counts(*hit)).collect();
                    self.tell(Event::Hits { ticket: *ticket, hits, complete: true });
                }
                _ => {}
            }
            self.effects.push(effect);
        }
    }

    pub(super) fn reader(&self) -> &Reader {
        self.session.reader().unwrap()
    }

    pub(super) fn select(&mut self, words: &str) {
        let start = self.reader().document().text().find(words).unwrap();
        let span = Span::from_range(&(start..start + words.len()));
        self.ask(Command::SelectText { anchor: span.start(), focus: span.end() });
    }

    /// Every block that is shown, with what is drawn in it: highlights as `⟦…⟧`, hits as `<…>`, the selection as `{…}`.
    pub(super) fn screen(&self) -> String {
        let reader = self.reader();
        let blocks = (0..reader.document().blocks().len()).map(BlockIndex::new);
        let shown = blocks.filter(|&index| reader.is_visible(index)).filter_map(|index| reader.view(index));
        shown.map(|view| marked(&view, &reader.decorations(&view))).collect::<Vec<_>>().join("\n")
    }

    pub(super) fn last_save(&self) -> &Kept {
        let saved = self.effects.iter().rev().find_map(|effect| match effect {
            Effect::SaveNotes { kept, .. } => Some(kept),
            _ => None,
        });
        saved.expect("nothing was saved")
    }
}

fn ticket_of(effects: &[Effect]) -> Ticket {
    let read = effects.iter().find_map(|effect| match effect {
        Effect::Read { ticket, .. } => Some(*ticket),
        _ => None,
    });
    read.expect("nothing is read")
}

fn marked(view: &BlockView, decorations: &[Decoration]) -> String {
    let mut marks: Vec<(u32, char)> = Vec::new();
    for decoration in decorations {
        let (open, close) = match decoration.mark {
            Mark::Highlight { .. } => ('⟦', '⟧'),
            Mark::Hit | Mark::CurrentHit => ('<', '>'),
            Mark::Candidate => ('‹', '›'),
            Mark::Selection => ('{', '}'),
            Mark::Bookmark { .. } => ('⚑', '⚑'),
            Mark::Doubt => ('?', '?'),
            Mark::Struck
            | Mark::FootnoteMark
            | Mark::FootnoteStart
            | Mark::Shared { .. }
            | Mark::Different { .. } => {
                continue;
            }
        };
        marks.extend([(decoration.shown.start(), open), (decoration.shown.end(), close)]);
    }
    marks.sort_by_key(|(position, _)| *position);
    let mut text = view.text.clone();
    for (position, mark) in marks.into_iter().rev() {
        text.insert(position as usize, mark);
    }
    text
}

const SIMPLIFIED: &str = "乡村共读倡议\n\n一、发展网络\n\n我们支持发展网络和软件，提高信息质量，帮助村民读书。\n\n二、共同维护\n\n大家共同维护头发理发店旁的书屋。\n";

#[test]
fn a_highlight_stays_on_its_words_through_every_script() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.select("网络和软件");
    desk.ask(Command::Highlight(Colour::Green));
    let expected = [
        (Script::AS_WRITTEN, "⟦网络和软件⟧"),
        (Script::characters(Form::Traditional), "⟦網絡和軟件⟧"),
        (Script::characters(Form::Taiwan), "⟦網絡和軟件⟧"),
        (Script::words(Form::Taiwan), "⟦網路和軟體⟧"),
        (Script::characters(Form::HongKong), "⟦網絡和軟件⟧"),
        (Script::AS_WRITTEN, "⟦网络和软件⟧"),
    ];
    for (script, words) in expected {
        desk.ask(Command::Show(script));
        assert!(desk.screen().contains(words), "{script:?}: {}", desk.screen());
    }
}

#[test]
fn a_note_made_in_one_script_is_kept_as_written() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.ask(Command::Show(Script::words(Form::Taiwan)));
    desk.select("信息质量");
    desk.ask(Command::Highlight(Colour::Pink));
    let note = desk.last_save().annotations.first().unwrap();
    assert_eq!(note.anchor.quote, "信息质量");
    assert_eq!(note.anchor.headings, ["乡村共读倡议", "一、发展网络"]);
    let row = desk.reader().note_row(note.id).unwrap();
    assert_eq!((row.quote.as_str(), row.headings.last().unwrap().as_str()), ("資訊質量", "一、發展網路"));
}

#[test]
fn a_deleted_note_lies_in_the_trash_until_it_is_emptied() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.select("共同维护");
    desk.ask(Command::Highlight(Colour::Blue));
    let id = desk.reader().note_in_focus().unwrap();
    let counts = |desk: &Desk| {
        let kept = desk.last_save();
        (kept.annotations.len(), kept.trash.len())
    };
    desk.ask(Command::DeleteNote(id));
    assert_eq!(counts(&desk), (0, 1));
    let place = Place::File(PathBuf::from("sample.txt"));
    assert_eq!(texts(&desk), [MessageText::NoteDeleted { place, id }]);
    desk.ask(Command::Trash(TrashCommand::Restore(id)));
    assert_eq!(texts(&desk), []);
    assert_eq!(counts(&desk), (1, 0));
    desk.ask(Command::Undo);
    desk.ask(Command::Undo);
    assert_eq!(counts(&desk), (1, 0), "the note is back where it was");
    desk.ask(Command::Redo);
    desk.ask(Command::Trash(TrashCommand::Empty));
    assert_eq!(counts(&desk), (0, 0));
}

#[test]
fn undo_and_redo_take_whole_steps() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.select("共同维护");
    desk.ask(Command::Highlight(Colour::Blue));
    let id = desk.reader().note_in_focus().unwrap();
    for text in ["这", "这里", "这里要"] {
        desk.ask(Command::WriteNote(id, text.to_owned()));
    }
    desk.ask(Command::AddTag(id, Tag::new("治理/書屋").unwrap()));
    desk.ask(Command::Undo);
    assert_eq!(desk.reader().note_row(id).unwrap().tags, []);
    desk.ask(Command::Undo);
    assert_eq!(desk.reader().note_row(id).unwrap().text, "", "typing is one step");
    desk.ask(Command::Undo);
    assert_eq!(desk.reader().notebook().len(), 0);
    desk.ask(Command::Redo);
    desk.ask(Command::Redo);
    assert_eq!(desk.reader().note_row(id).unwrap().text, "这里要");
}

#[test]
fn finding_ignores_the_script_and_steps_around_the_end() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.ask(Command::Find("發展網絡".to_owned()));
    assert_eq!(desk.reader().find().hits.len(), 2);
    assert!(desk.screen().contains("支持<发展网络>和"), "{}", desk.screen());
    let first = desk.reader().find().current;
    desk.ask(Command::NextHit);
    desk.ask(Command::NextHit);
    assert_eq!(desk.reader().find().current, first);
}

#[test]
fn overlapping_notes_are_all_reachable() {
    let mut desk = Desk::with(SIMPLIFIED);
    for words in ["支持发展网络和软件", "发展网络和", "网络和"] {
        desk.select(words);
        desk.ask(Command::Highlight(Colour::Yellow));
    }
    let position = desk.reader().document().text().find("网络和").unwrap();
    let here = desk.reader().notes_at(u32::try_from(position).unwrap());
    assert_eq!(here.len(), 3);
    assert_eq!(desk.screen().matches('⟦').count(), 3);
}

#[test]
fn a_changed_document_keeps_its_notes_and_says_what_became_of_them() {
    let mut desk = Desk::with(SIMPLIFIED);
    for words in ["提高信息质量", "理发店旁的书屋"] {
        desk.select(words);
        desk.ask(Command::Highlight(Colour::Yellow));
    }
    let kept = desk.last_save().clone();
    let changed = SIMPLIFIED
        .replace("我们支持", "经过多年的讨论以后，我们支持")
        .replace("大家共同维护头发理发店旁的书屋", "此处已删");
    let mut later = Desk::with("别的文章。");
    later.open("changed.txt", &changed, kept);
    assert!(later.screen().contains("⟦提高信息质量⟧"), "{}", later.screen());
    let states: Vec<_> =
        later.reader().notebook().iter().map(|note| later.reader().found(note.id).unwrap().clone()).collect();
    assert_eq!(states.len(), 2);
    assert_eq!(states[1], Found::Lost);
    let lost = later.reader().notebook().iter().nth(1).unwrap().id;
    assert_eq!(later.reader().note_row(lost).unwrap().quote, "理发店旁的书屋");
    let told = later
        .session
        .messages()
        .iter()
        .any(|message| matches!(message.text, MessageText::NotesFound { lost: 1, .. }));
    assert!(told, "{:?}", later.session.messages());
}

#[test]
fn a_lost_note_is_put_on_words_by_hand() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.select("理发店");
    desk.ask(Command::Highlight(Colour::Yellow));
    let id = desk.reader().note_in_focus().unwrap();
    let start = u32::try_from(desk.reader().document().text().find("帮助村民").unwrap()).unwrap();
    desk.ask(Command::PlaceNote(id, Span::from_length(start, 12)));
    assert!(desk.screen().contains("⟦帮助村民⟧"), "{}", desk.screen());
    desk.ask(Command::Undo);
    assert!(desk.screen().contains("⟦理发店⟧"), "{}", desk.screen());
}

#[test]
fn a_note_put_where_it_was_made_stays() {
    let mut desk = Desk::with("河邊的小路。\n\n村裏的書屋。");
    desk.select("書屋");
    desk.ask(Command::Highlight(Colour::Green));
    let note = desk.reader().notebook().iter().next().unwrap().clone();
    desk.ask(Command::PlaceNote(note.id, note.anchor.span));
    assert_eq!(desk.reader().found(note.id), Some(&Found::Exact(note.anchor.span)));
}

#[test]
fn typing_in_a_note_changes_what_the_filter_lists() {
    let mut desk = Desk::with("河邊的小路。\n\n村裏的書屋。");
    for words in ["小路", "書屋"] {
        desk.select(words);
        desk.ask(Command::Highlight(Colour::Green));
    }
    let ids: Vec<NoteId> = desk.reader().notebook().iter().map(|note| note.id).collect();
    desk.ask(Command::FilterNotes(Box::new(NoteQuery { text: "石橋".to_owned(), ..NoteQuery::default() })));
    assert!(desk.reader().listed_notes().is_empty());
    desk.ask(Command::WriteNote(ids[1], "近石桥".to_owned()));
    assert_eq!(desk.reader().listed_notes(), [ids[1]]);
    desk.ask(Command::AddTag(ids[0], Tag::new("村子/石橋").unwrap()));
    assert_eq!(desk.reader().listed_notes(), ids);
    let tags: Vec<_> = desk.reader().tags().iter().map(|(tag, count)| (tag.as_str(), count.within)).collect();
    assert_eq!(tags, [("村子", 1), ("村子/石橋", 1)]);
}

#[test]
fn corrections_change_what_is_shown_and_not_the_notes() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.select("软件");
    desk.ask(Command::Highlight(Colour::Yellow));
    desk.ask(Command::Show(Script::words(Form::Taiwan)));
    let correction = crate::text::Correction {
        source: "软件".to_owned(),
        shown: crate::text::Shows::As("軟件產品".to_owned()),
        scripts: Vec::new(),
    };
    desk.ask(Command::Correct { correction, everywhere: false });
    assert!(desk.screen().contains("⟦軟件產品⟧"), "{}", desk.screen());
    assert_eq!(desk.last_save().corrections.list().len(), 1);
    desk.ask(Command::Uncorrect { source: "软件".to_owned(), everywhere: false });
    assert!(desk.screen().contains("⟦軟體⟧"), "{}", desk.screen());
}

#[test]
fn an_old_answer_is_ignored() {
    let mut desk = Desk::with(SIMPLIFIED);
    let moment = desk.moment();
    let first = ticket_of(&desk.session.handle(Input::Command(Command::Reload), moment));
    let second = ticket_of(&desk.session.handle(Input::Command(Command::Reload), moment));
    desk.arrive(second, "新的文本。", Kept::default());
    desk.arrive(first, "旧的文本。", Kept::default());
    assert_eq!(desk.screen(), "新的文本。");
}

#[test]
fn what_is_restored_opens_the_same_documents_at_the_same_place() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.ask(Command::Show(Script::characters(Form::Taiwan)));
    desk.ask(Command::Reached(InSight::from(60)));
    let restored = desk.session.restored();
    let mut session = Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
    let effects = session.begin(Vec::new());
    let ticket = ticket_of(&effects);
    let mut later = Desk { session, effects: Vec::new(), seconds: 100 };
    later.arrive(ticket, SIMPLIFIED, Kept::default());
    assert_eq!(later.reader().script(), Script::characters(Form::Taiwan));
    assert_eq!(later.reader().position(), 60);
    assert!(later.effects.iter().any(|effect| matches!(effect, Effect::Return { position: 60, .. })));
}

#[test]
fn a_tab_that_is_opened_again_stands_where_it_was() {
    let mut desk = Desk::with("甲");
    for name in ["b.txt", "c.txt", "d.txt"] {
        desk.open(name, "乙", Kept::default());
    }
    let names = |desk: &Desk| desk.session.tabs().iter().map(|tab| tab.place.name()).collect::<Vec<_>>();
    let before = names(&desk);
    for index in [1, 1, 1] {
        let id = desk.session.tabs()[index].id;
        desk.ask(Command::Close(id));
    }
    for front in ["d.txt", "c.txt", "b.txt"] {
        desk.ask(Command::ReopenClosed);
        assert_eq!(desk.session.active().unwrap().place.name(), front);
    }
    assert_eq!(names(&desk), before);
}

#[test]
fn the_very_first_start_shows_the_samples() {
    let session = |restored| Session::new(restored, Arc::clone(&CONVERTERS), TimeZone::UTC);
    let mut first = session(Restored::default());
    assert_eq!(
        first.begin(Vec::new()).iter().filter(|effect| matches!(effect, Effect::Read { .. })).count(),
        SAMPLES.len()
    );
    let mut asked = session(Restored::default());
    asked.begin(vec![Place::File(PathBuf::from("a.txt"))]);
    assert_eq!(asked.tabs().len(), 1);
    let closed = Restored { recent: vec![Place::Sample("a".to_owned())], ..Restored::default() };
    let mut later = session(closed);
    later.begin(Vec::new());
    assert_eq!(later.tabs().len(), 0);
}

#[test]
fn the_way_back_leads_where_one_was() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.ask(Command::Reached(InSight::from(30)));
    desk.ask(Command::GoTo(90));
    desk.ask(Command::Reached(InSight::from(90)));
    desk.ask(Command::Back);
    assert!(matches!(desk.effects.last(), Some(Effect::Return { position: 30, .. })));
}

#[test]
fn read_only_notes_are_not_changed() {
    let mut desk = Desk::with(SIMPLIFIED);
    let place = Place::File(PathBuf::from("newer.txt"));
    let moment = desk.moment();
    let ticket = ticket_of(&desk.session.handle(Input::Command(Command::Open(vec![place])), moment));
    let imported = import::read("newer.txt", SIMPLIFIED.into(), &ReadOptions::default()).unwrap();
    let notes = NotesFile { read_only: Some("a newer version".to_owned()), ..NotesFile::default() };
    let opened =
        Opened { real: None, imported, kept: Kept::default(), found: Vec::new(), notes, history: None };
    desk.tell(Event::Opened { ticket, opened: Box::new(opened) });
    desk.effects.clear();
    desk.select("软件");
    desk.ask(Command::Highlight(Colour::Yellow));
    assert_eq!(desk.reader().notebook().len(), 0);
    assert!(!desk.effects.iter().any(|effect| matches!(effect, Effect::SaveNotes { .. })));
    assert!(desk.reader().selection().is_some(), "what was selected stays selected");
    let reason = MessageText::NotesReadOnly("a newer version".to_owned());
    desk.ask(Command::Dismiss(desk.session.messages()[0].number));
    desk.ask(Command::Highlight(Colour::Blue));
    desk.ask(Command::Highlight(Colour::Blue));
    assert_eq!(desk.session.messages().iter().map(|message| &message.text).collect::<Vec<_>>(), [&reason]);
}

#[test]
fn the_place_is_told_from_the_top_to_the_end() {
    let text = format!("这是写在前面的一段话。\n\n{}", SIMPLIFIED.replace("乡村共读倡议\n\n", ""));
    let mut desk = Desk::with(&text);
    let at = |words: &str| u32::try_from(text.find(words).unwrap()).unwrap();
    let end = desk.reader().document().blocks().last().unwrap().span.end();
    let mut check = |first, read, last, percent: f32, heading: Option<&str>| {
        desk.ask(Command::Reached(InSight { first, read, last }));
        let here = desk.reader().outline_here().map(|index| desk.reader().outline()[index].block);
        assert_eq!((desk.reader().progress() * 100.0).round().to_bits(), percent.to_bits());
        assert_eq!(here.map(|block| desk.reader().heading_text(block)).as_deref(), heading);
    };
    check(0, 0, 9, 0.0, None);
    check(0, 0, at("我们"), 0.0, Some("一、发展网络"));
    check(at("我们"), at("我们"), end, 100.0, Some("二、共同维护"));
    check(0, 0, end, 100.0, Some("一、发展网络"));
}

#[test]
fn what_is_told_of_the_world_is_told_once() {
    let mut desk = Desk::with(SIMPLIFIED);
    let place = Place::File(PathBuf::from("sample.txt"));
    let file = NotesFile {
        remarks: vec!["a remark".to_owned()],
        set_aside: Some(PathBuf::from("aside.json")),
        ..NotesFile::default()
    };
    for _ in 0..2 {
        desk.tell(Event::NotesSaved {
            ticket: Ticket::default(),
            place: place.clone(),
            result: Ok(file.clone()),
        });
        let told = [
            MessageText::NotesSetAside(PathBuf::from("aside.json")),
            MessageText::Remark("a remark".to_owned()),
        ];
        assert_eq!(texts(&desk), told);
    }
    for message in desk.session.messages().to_vec() {
        desk.ask(Command::Dismiss(message.number));
    }
    desk.tell(Event::ChangedOnDisk(Place::File(PathBuf::from("closed.txt"))));
    desk.tell(Event::ChangedOnDisk(place.clone()));
    desk.tell(Event::ChangedOnDisk(place.clone()));
    assert_eq!(texts(&desk), [MessageText::ChangedOnDisk(place.clone())]);
    let moment = desk.moment();
    let reload = Command::ReloadPlace(place);
    let ticket = ticket_of(&desk.session.handle(Input::Command(reload), moment));
    desk.arrive(ticket, SIMPLIFIED, Kept::default());
    assert_eq!(texts(&desk), []);
    let moment = desk.moment();
    let ticket = ticket_of(&desk.session.handle(Input::Command(Command::Reload), moment));
    let reason = OpenError::Unreadable { kind: std::io::ErrorKind::NotFound, reason: "gone".to_owned() };
    desk.tell(Event::NotOpened { ticket, reason });
    assert!(matches!(&texts(&desk)[..], [MessageText::NotReadAgain { .. }]), "{:?}", texts(&desk));
    assert!(desk.reader().document().text().contains("一、发展网络"), "what was read before stays");
}

#[test]
fn what_is_chosen_while_a_choice_is_on_its_way_comes_to_it() {
    let mut desk = Desk::with(SIMPLIFIED);
    let kinds = [RepairKind::HardWrap, RepairKind::Indent];
    for kind in kinds {
        desk.ask(Command::WantRepairs(kind, false));
    }
    let read = desk.effects.iter().rev().find_map(|effect| match effect {
        Effect::Read { choices, .. } => choices.clone(),
        _ => None,
    });
    assert_eq!(read.unwrap().repairs.kinds_off, kinds);
    let ticket = desk.last_read();
    desk.arrive(ticket, SIMPLIFIED, Kept::default());
    assert_eq!(desk.last_save().choices.repairs.kinds_off, kinds);
}

#[test]
fn the_cursor_moves_over_what_is_shown() {
    let mut desk = Desk::with("第一段话。第二句话。\n\n第二段话。\n");
    desk.ask(Command::MoveCursor { motion: Motion::NextSentence, extend: false });
    assert_eq!(desk.reader().cursor(), 15);
    desk.ask(Command::MoveCursor { motion: Motion::NextSentence, extend: true });
    let selected = desk.reader().selection().unwrap();
    assert_eq!(selected.of(desk.reader().document().text()).unwrap().trim(), "第二句话。");
    desk.ask(Command::MoveCursor { motion: Motion::DocumentEnd, extend: false });
    desk.ask(Command::MoveCursor { motion: Motion::PreviousBlock, extend: false });
    let cursor = desk.reader().cursor() as usize;
    assert!(desk.reader().document().text().get(cursor..).unwrap().starts_with("第二段"));
}

#[test]
fn the_cursor_goes_by_words_from_paragraph_to_paragraph() {
    let mut desk = Desk::with("村民提議修渠。\n\n第二段話。\n");
    let mut selected = Vec::new();
    for motion in [Motion::NextWord; 5].into_iter().chain([Motion::PreviousWord; 3]) {
        desk.ask(Command::MoveCursor { motion, extend: true });
        let span = desk.reader().selection().unwrap();
        selected.push(span.of(desk.reader().document().text()).unwrap().to_owned());
    }
    let whole = "村民提議修渠。";
    assert_eq!(selected[..4], ["村民", "村民提議", "村民提議修渠", whole]);
    assert_eq!(selected[4], format!("{whole}\n\n"), "from the end of a paragraph to the next one");
    assert_eq!(selected[5..], [whole, "村民提議修渠", "村民提議"]);
}

fn any_script() -> impl Strategy<Value = Script> {
    (0..Form::ALL.len(), any::<bool>())
        .prop_map(|(form, regional_words)| Script { form: Form::ALL[form], regional_words })
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(64))]

    /// Whatever is toggled, the note's quotation, the selection, the hits and the place stay what they are.
    #[test]
    fn no_sequence_of_toggles_moves_anything(
        scripts in proptest::collection::vec(any_script(), 1..12),
        start in 0_usize..60,
        length in 1_usize..30,
    ) {
        let mut desk = Desk::with(SIMPLIFIED);
        let characters: Vec<usize> = SIMPLIFIED.char_indices().map(|(at, _)| at).collect();
        let end = (start + length).min(characters.len() - 1);
        let span = Span::from_range(&(characters[start]..characters[end]));
        desk.ask(Command::SelectText { anchor: span.start(), focus: span.end() });
        desk.ask(Command::Highlight(Colour::Yellow));
        desk.ask(Command::Find("網絡".to_owned()));
        desk.ask(Command::Reached(InSight::from(span.start())));
        desk.select("共同");
        let before = (desk.reader().selection(), desk.reader().find().hits.clone(), desk.reader().position());
        let quote = desk.reader().notebook().iter().next().unwrap().anchor.quote.clone();
        let screen = desk.screen();
        for script in scripts {
            desk.ask(Command::Show(script));
            let note = desk.reader().notebook().iter().next().unwrap();
            prop_assert_eq!(&note.anchor.quote, &quote);
            prop_assert_eq!(&before, &(desk.reader().selection(), desk.reader().find().hits.clone(), desk.reader().position()));
        }
        desk.ask(Command::Show(Script::AS_WRITTEN));
        prop_assert_eq!(desk.screen(), screen);
    }
}

#[test]
fn a_note_id_is_the_one_that_was_given() {
    let mut desk = Desk::with(SIMPLIFIED);
    desk.select("软件");
    desk.ask(Command::Highlight(Colour::Yellow));
    let expected = NoteId(Uuid::from_u128(u128::try_from(desk.seconds).unwrap()));
    assert_eq!(desk.reader().note_in_focus(), Some(expected));
}

/// The note is kept with the left document, and both documents show it with both quotations.
#[test]
fn a_note_that_spans_two_documents_is_seen_in_both() {
    let (left, right) = ("先种树，再清淤。", "今年的办法：先清淤，再种樹。");
    let mut desk = Desk::with(left);
    let other = desk.session.active().unwrap().id;
    desk.open("right.txt", right, Kept::default());
    let tab = desk.session.active().unwrap().id;
    let document = Arc::clone(desk.reader().document());
    let at = document.text().find("再种樹").unwrap();
    let far_end = FarEnd::of(&document, "right.txt".to_owned(), Span::from_range(&(at..at + "再种樹".len())));
    desk.ask(Command::Select(other));
    desk.select("先种树");
    desk.ask(Command::Highlight(Colour::Green));
    let id = desk.reader().note_in_focus().unwrap();
    let moment = desk.moment();
    let effects = desk.session.change_note(id, moment, false, |note| note.answers.push(far_end));
    let [Effect::SaveNotes { kept, .. }] = &*effects else { panic!("{effects:?}") };
    assert_eq!(kept.annotations[0].answers.len(), 1);
    let row = desk.reader().note_row(id).unwrap();
    assert_eq!(
        (&*row.quote, &*row.answers[0].quote, &*row.answers[0].title),
        ("先种树", "再种樹", "right.txt")
    );
    let [far] = &*desk.session.far_notes(tab) else { panic!("it is not seen in the other document") };
    assert_eq!((&*far.quote, &*far.owner_quote, far.owner, far.id), ("再种樹", "先种树", other, id));
    assert_eq!(far.position, Some(u32::try_from(at).unwrap()));
    assert_eq!(desk.session.far_notes(other), []);
    desk.ask(Command::Undo);
    assert_eq!(desk.session.far_notes(tab), []);
    desk.ask(Command::Redo);
    assert_eq!(desk.session.far_notes(tab).len(), 1);
}
