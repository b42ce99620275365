//! Documents of other formats in the window: passwords, how far reading is, what the line at the bottom says.

use std::fs;
use std::io::Write;
use std::path::{Path, PathBuf};

use duidu::session::{Language, Page, Reader, Stage, Tab};
use egui::accesskit::Role;
use egui::{Key, Modifiers};
use egui_kittest::kittest::Queryable;

use crate::trial::Trial;

/// One sentence, encrypted with [`RIGHT`].
const LOCKED: &[u8] = include_bytes!("files/locked.pdf");

const RIGHT: &str = "the dike holds";

/// A window with the encrypted document in front, and its folder.
fn locked(language: Language) -> (Trial, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("locked.pdf");
    fs::write(&path, LOCKED).unwrap();
    let mut trial = Trial::in_language(language);
    trial.drop_files(&[&path]);
    trial.until("it asks", |session| session.active().and_then(Tab::asks_for_password).is_some());
    (trial, folder)
}

fn give(trial: &mut Trial, name: &str, password: &str) {
    trial.harness().get_by_role_and_label(Role::PasswordInput, name).type_text(password);
    trial.settle();
    trial.press(Key::Enter);
}

/// Every file below a folder.
fn files(folder: &Path) -> Vec<PathBuf> {
    let entries = fs::read_dir(folder).unwrap().map(|entry| entry.unwrap().path());
    entries.flat_map(|path| if path.is_dir() { files(&path) } else { vec![path] }).collect()
}

#[test]
fn a_document_asks_for_its_password_until_it_is_right() {
    for (language, name, wrong) in [
        (Language::English, "Password", "The password does not open this file."),
        (Language::Simplified, "密码", "密码不正确。"),
        (Language::Traditional, "密碼", "密碼不正確。"),
    ] {
        let (mut trial, folder) = locked(language);
        assert!(!trial.shows(wrong), "{:?}", trial.names());
        give(&mut trial, name, "ditch");
        trial.until("it asks again", |session| {
            session.active().and_then(Tab::asks_for_password) == Some(true)
        });
        assert!(trial.shows(wrong), "{:?}", trial.names());
        give(&mut trial, name, RIGHT);
        trial.until("it is open", |session| session.reader().is_some());
        assert!(trial.reader().document().text().contains("mended in May"));
        trial.harness().state_mut().finish().unwrap();
        for file in files(folder.path()).into_iter().chain(files(trial.home())) {
            // What was there for a moment only is gone.
            let bytes = fs::read(&file).unwrap_or_default();
            assert!(!bytes.windows(RIGHT.len()).any(|part| part == RIGHT.as_bytes()), "{file:?}");
        }
    }
}

#[test]
fn a_password_is_shown_when_asked_for_and_escape_gives_up() {
    let (mut trial, _folder) = locked(Language::English);
    trial.harness().get_by_role_and_label(Role::PasswordInput, "Password").type_text(RIGHT);
    trial.settle();
    assert!(!trial.values().contains(&RIGHT.to_owned()), "{:?}", trial.values());
    trial.click("Show the password");
    assert!(trial.values().contains(&RIGHT.to_owned()), "{:?}", trial.values());
    trial.press(Key::Escape);
    assert!(!trial.values().contains(&RIGHT.to_owned()), "the field is empty");
    assert_eq!(trial.session().tabs().len(), 1);
    trial.press(Key::Escape);
    assert!(trial.session().tabs().is_empty());
    trial.press_with(Modifiers::COMMAND | Modifiers::SHIFT, Key::T);
    trial.until("it asks anew", |session| session.active().and_then(Tab::asks_for_password) == Some(false));
}

#[test]
fn a_comparison_asks_for_the_password_of_its_document() {
    let (mut trial, folder) = locked(Language::English);
    give(&mut trial, "Password", RIGHT);
    trial.until("it is open", |session| session.reader().is_some());
    let locked = trial.session().active().unwrap().place.clone();
    let other = folder.path().join("other.txt");
    fs::write(&other, "The dike was mended in May.\n").unwrap();
    trial.drop_files(&[&other]);
    trial.until("both are open", |session| session.tabs().len() == 2 && session.reader().is_some());
    trial.press(Key::F2);
    trial.click("Read against each other");
    trial.until("they are compared", |session| session.compared_in_front().is_some());
    let of_pair = |session: &duidu::session::Session| session.comparison_in_front().is_some();
    while of_pair(trial.session()) || trial.session().active().unwrap().place != locked {
        trial.press_with(Modifiers::CTRL, Key::Tab);
    }
    trial.press_with(Modifiers::COMMAND, Key::W);
    while !of_pair(trial.session()) {
        trial.press_with(Modifiers::CTRL, Key::Tab);
    }
    trial.click("Open both documents");
    let asks = |wrong| {
        move |session: &duidu::session::Session| {
            session.tabs().iter().any(|tab| tab.asks_for_password() == Some(wrong))
        }
    };
    trial.until("it asks", asks(false));
    give(&mut trial, "Password", "ditch");
    trial.until("it asks again", asks(true));
    assert!(trial.shows("The password does not open this file."), "{:?}", trial.names());
    give(&mut trial, "Password", RIGHT);
    trial.until("they are compared again", |session| session.compared_in_front().is_some());
    assert!(of_pair(trial.session()));
}

#[test]
fn the_line_at_the_bottom_says_the_format_where_there_is_no_encoding() {
    let (mut trial, _folder) = locked(Language::English);
    give(&mut trial, "Password", RIGHT);
    trial.until("it is open", |session| session.reader().is_some());
    assert!(trial.shows("PDF, pages: 1") && trial.shows("page 1"), "{:?}", trial.names());
    assert!(!trial.shows("UTF-8"));
    // Nor is there one to be overruled.
    trial.press_with(Modifiers::COMMAND, Key::I);
    assert!(trial.shows("Format") && !trial.shows("Encoding"), "{:?}", trial.names());
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let page = folder.path().join("a.html");
    fs::write(&page, "<html><body><p>水清。</p></body></html>").unwrap();
    trial.drop_files(&[&page]);
    trial.until("it is open", |session| session.reader().is_some());
    assert!(trial.shows("UTF-8"), "{:?}", trial.names());
}

/// A window with a file of that name and content in front, and its folder.
fn opened(name: &str, content: &str) -> (Trial, tempfile::TempDir) {
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let path = folder.path().join(name);
    fs::write(&path, content).unwrap();
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(Reader::complete));
    (trial, folder)
}

#[test]
fn what_is_missing_of_a_text_is_said_before_it_is_read() {
    const STRIP: &str = "some of it may be missing";
    const ENTRY: &str = "What to know of this text";
    let (mut trial, _folder) = opened("a.rtf", "{\\rtf1\\ansi The dike was mended in May.\\par It");
    assert!(trial.shows_words(STRIP) && trial.shows(ENTRY), "{:?}", trial.names());
    trial.click("Close this notice");
    assert!(!trial.shows_words(STRIP) && trial.shows(ENTRY), "{:?}", trial.names());
    trial.click(ENTRY);
    assert_eq!(trial.session().page(), Some(Page::Information));
    assert!(trial.shows_words(STRIP), "{:?}", trial.names());
}

#[test]
fn what_leaves_the_text_as_it_is_waits_until_it_is_looked_for() {
    let page = "<html><body><p>水清。<a href='javascript:show(7)'>詳情</a></p></body></html>";
    let (mut trial, _folder) = opened("a.html", page);
    assert!(!trial.reader().warnings().is_empty());
    assert!(!trial.shows("What to know of this text") && !trial.shows("Close this notice"));
    trial.press_with(Modifiers::COMMAND, Key::I);
    assert!(trial.shows_words("never opened"), "{:?}", trial.names());
}

#[test]
fn reading_can_be_given_up_and_begun_again() {
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let path = folder.path().join("long.md");
    fs::write(&path, "一條河慢慢地流過村子。\n\n".repeat(150_000)).unwrap();
    trial.drop_files(&[&path]);
    assert!(trial.session().reader().is_none() && trial.shows("Opening long.md..."), "{:?}", trial.names());
    trial.click("Stop reading this document");
    assert!(matches!(trial.session().active().unwrap().stage, Stage::Failed(_)));
    assert!(trial.shows("Reading was cancelled."), "{:?}", trial.names());
    trial.press(Key::F5);
    assert!(trial.session().active().unwrap().arriving().is_some());
}

#[test]
fn the_first_pages_of_a_long_page_are_there_before_the_rest() {
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let path = folder.path().join("long.html");
    let body = "<p>一條河慢慢地流過村子，兩岸的人都認得它。</p>\n".repeat(12_000);
    fs::write(&path, format!("<html><body>\n{body}</body></html>")).unwrap();
    trial.drop_files(&[&path]);
    trial.until("its beginning is there", |session| session.reader().is_some());
    assert!(!trial.reader().complete());
    assert!(trial.shows("Reading the rest...") && trial.shows("Stop reading this document"));
    trial.press_with(Modifiers::COMMAND, Key::ArrowDown);
    trial.press(Key::PageDown);
    let place = trial.reader().position();
    assert!(place > 0);
    trial.until("all of it is there", |session| {
        session.reader().is_some_and(duidu::session::Reader::complete)
    });
    assert_eq!(trial.reader().position(), place);
}

#[test]
fn one_mark_says_everywhere_that_all_is_saved() {
    let mut trial = Trial::with_samples();
    assert!(trial.shows("All notes saved"));
    trial.open_page("All notes");
    assert!(trial.harness().query_all_by_label("All notes saved").count() >= 2, "{:?}", trial.names());
    trial.press(Key::Escape);
    trial.open_page("Codebook");
    assert!(trial.harness().query_all_by_label("All notes saved").count() >= 2, "{:?}", trial.names());
}

/// A document with footnotes, in a window of that language.
fn with_footnotes(language: Language) -> (Trial, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.md");
    let lines = "兩岸的人都認得它。\n\n".repeat(60);
    fs::write(&path, format!("先借書[^a]，後還書。\n\n{lines}[^a]: 每人一冊，十日內歸還。\n")).unwrap();
    let mut trial = Trial::in_language(language);
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some_and(duidu::session::Reader::complete));
    (trial, folder)
}

/// What the note says, beside its mark.
fn note_shown(trial: &Trial) -> bool {
    let note = trial.reader().document().footnotes()[0].note;
    trial.shows(&trial.reader().footnote_words(note))
}

fn at_note(trial: &Trial) -> bool {
    let document = trial.reader().document();
    trial.reader().cursor() == document.block(document.footnotes()[0].note).unwrap().span.start()
}

#[test]
fn a_footnote_is_shown_beside_its_mark_and_reached_by_a_click_and_left_again() {
    for (language, mark, back) in [
        (Language::English, "Footnote ", "Back to the text"),
        (Language::Simplified, "脚注 ", "回到正文"),
        (Language::Traditional, "註腳 ", "回到正文"),
    ] {
        let (mut trial, _folder) = with_footnotes(language);
        let name = trial.names().into_iter().find(|name| name.starts_with(mark)).unwrap();
        assert!(!note_shown(&trial));
        trial.harness().get_by_role_and_label(Role::Link, &name).hover();
        trial.settle();
        assert!(note_shown(&trial), "{:?}", trial.names());
        trial.click_role(Role::Link, &name);
        assert!(at_note(&trial));
        let start = trial.reader().position();
        trial.harness().run_steps(4);
        trial.click_role(Role::Link, back);
        assert_eq!(trial.reader().cursor(), trial.reader().document().footnotes()[0].mark.start());
        assert!(trial.reader().position() < start || start == 0);
    }
}

#[test]
fn a_footnote_is_read_by_keys() {
    let (mut trial, _folder) = with_footnotes(Language::English);
    trial.press(Key::F);
    assert!(note_shown(&trial), "{:?}", trial.names());
    trial.press(Key::Escape);
    assert!(!note_shown(&trial));
    trial.press(Key::F);
    trial.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(at_note(&trial));
    trial.press_with(Modifiers::COMMAND, Key::Enter);
    assert!(!at_note(&trial));
    trial.press_with(Modifiers::ALT, Key::ArrowLeft);
}

/// A document of a word processor with two comments, as its file is packed.
fn commented(path: &Path) {
    let document = "<w:document xmlns:w=\"w\"><w:body><w:p><w:r><w:t>先</w:t></w:r><w:commentRangeStart w:id=\"1\"/>\
        <w:r><w:t>借書</w:t></w:r><w:commentRangeEnd w:id=\"1\"/><w:r><w:t>，後還書。</w:t></w:r></w:p>\
        <w:p><w:commentRangeStart w:id=\"2\"/><w:r><w:t>人人守時</w:t></w:r><w:commentRangeEnd w:id=\"2\"/>\
        <w:r><w:t>，愛惜書本。</w:t></w:r></w:p></w:body></w:document>";
    let comments = "<w:comments xmlns:w=\"w\"><w:comment w:id=\"1\" w:author=\"田禾\" w:date=\"2025-03-21T09:30:00Z\">\
        <w:p><w:r><w:t>幾天？</w:t></w:r></w:p></w:comment>\
        <w:comment w:id=\"2\"><w:p><w:r><w:t>好。</w:t></w:r></w:p></w:comment></w:comments>";
    let relation = |kind: &str, target: &str| {
        format!(
            "<Relationships><Relationship Id=\"r\" Type=\"http://x/{kind}\" Target=\"{target}\"/></Relationships>"
        )
    };
    let parts = [
        ("[Content_Types].xml", String::new()),
        ("_rels/.rels", relation("officeDocument", "word/document.xml")),
        ("word/_rels/document.xml.rels", relation("comments", "comments.xml")),
        ("word/document.xml", document.to_owned()),
        ("word/comments.xml", comments.to_owned()),
    ];
    let mut writer = zip::ZipWriter::new(fs::File::create(path).unwrap());
    for (name, part) in parts {
        writer.start_file(name, zip::write::SimpleFileOptions::default()).unwrap();
        writer.write_all(part.as_bytes()).unwrap();
    }
    writer.finish().unwrap();
}

fn with_comments(language: Language) -> (Trial, tempfile::TempDir) {
    let folder = tempfile::tempdir().unwrap();
    let path = folder.path().join("a.docx");
    commented(&path);
    let mut trial = Trial::in_language(language);
    trial.drop_files(&[&path]);
    trial.until("it is open", |session| session.reader().is_some());
    (trial, folder)
}

#[test]
fn comments_of_a_document_are_offered_and_taken_as_notes() {
    for (language, offer, take) in [
        (Language::English, "Comments in a.docx: 2", "Take as notes"),
        (Language::Simplified, "带有 2 条批注", "作为笔记收入"),
        (Language::Traditional, "帶有 2 則註解", "收為筆記"),
    ] {
        let (mut trial, _folder) = with_comments(language);
        assert!(trial.shows_words(offer), "{:?}", trial.names());
        trial.click_button(take);
        assert!(!trial.shows_words(offer));
        let said: Vec<String> = trial.reader().notebook().iter().map(|note| note.text.clone()).collect();
        assert!(said.contains(&"幾天？\n\n— 田禾, 2025-03-21".to_owned()), "{said:?}");
        trial.press_with(Modifiers::COMMAND, Key::Z);
        assert!(trial.reader().notebook().is_empty());
    }
}

#[test]
fn comments_are_looked_at_refused_and_asked_for_again() {
    let (mut trial, folder) = with_comments(Language::English);
    trial.click_button("Look");
    assert!(trial.shows("幾天？") && trial.shows("田禾, 2025-03-21"), "{:?}", trial.names());
    trial.click_button("Not now");
    assert!(trial.session().page().is_none() && trial.reader().notebook().is_empty());
    trial.harness().state_mut().finish().unwrap();
    let id = trial.session().active().unwrap().id;
    trial.press_with(Modifiers::COMMAND, Key::W);
    trial.drop_files(&[&folder.path().join("a.docx")]);
    trial.until("it is open again", |session| {
        session.active().is_some_and(|tab| tab.id != id && tab.reader().is_some())
    });
    assert!(!trial.shows_words("carries"), "{:?}", trial.names());
    trial.open_page("Comments of the document...");
    trial.click_button("Take as notes: 2");
    assert_eq!(trial.reader().notebook().len(), 2);
    assert!(trial.shows("a note of yours"));
}

/// A window with two texts and a document that asks for a password, which is in front.
fn locked_beside_others() -> (Trial, tempfile::TempDir) {
    let (mut trial, folder) = locked(Language::English);
    let locked = trial.session().active().unwrap().id;
    for name in ["dike.txt", "ditch.txt"] {
        let path = folder.path().join(name);
        fs::write(&path, "The dike was mended in May.\n\nThe ditch was dug in June.\n").unwrap();
        trial.drop_files(&[&path]);
        trial.until("it is open", |session| session.reader().is_some_and(duidu::session::Reader::complete));
    }
    while trial.session().active().unwrap().id != locked {
        trial.press_with(Modifiers::CTRL, Key::Tab);
    }
    (trial, folder)
}

#[test]
fn a_document_that_asks_for_a_password_takes_no_part_in_the_board() {
    let (mut trial, _folder) = locked_beside_others();
    trial.press_with(Modifiers::SHIFT, Key::F2);
    trial.until("the board is there", |session| {
        session.boarding().is_some_and(|boarding| boarding.board().is_some())
    });
    assert!(trial.shows("Could not be read, and takes no part: locked.pdf"), "{:?}", trial.names());
    assert!(trial.shows("Documents: 2"), "{:?}", trial.names());
}

#[test]
fn a_document_that_asks_for_a_password_is_not_proposed_for_reading_against() {
    let (mut trial, _folder) = locked_beside_others();
    trial.press(Key::F2);
    trial.click("Read against each other");
    trial.until("they are compared", |session| session.compared_in_front().is_some());
}

#[test]
fn a_file_that_is_not_there_is_told_in_the_words_of_the_reader() {
    for (language, gone, open) in [
        (Language::English, "There is no file of this name here any more", "Open..."),
        (Language::Simplified, "这里已没有这个文件", "打开…"),
        (Language::Traditional, "這裡已沒有這個檔案", "開啟…"),
    ] {
        let mut trial = Trial::in_language(language);
        trial.drop_files(&[&trial.home().join("gone.txt")]);
        trial.until("it is looked for", |session| {
            session.active().is_some_and(|tab| matches!(tab.stage, Stage::Failed(_)))
        });
        assert!(trial.shows_words(gone) && !trial.shows_words("os error"), "{:?}", trial.names());
        assert_eq!(
            trial.harness().query_all_by_role_and_label(Role::Button, open).count(),
            2,
            "{language:?}"
        );
    }
}

#[test]
fn information_leads_to_the_comments_of_the_document() {
    let (mut trial, _folder) = with_comments(Language::English);
    trial.press_with(Modifiers::COMMAND, Key::I);
    trial.click("Comments of the document...");
    assert!(trial.shows("幾天？"), "{:?}", trial.names());
}

#[test]
fn a_moment_that_a_program_has_written_is_shown_as_a_date() {
    let (mut trial, folder) = (Trial::new(), tempfile::tempdir().unwrap());
    let page = folder.path().join("a.html");
    let date = "<meta property=\"article:published_time\" content=\"2026-11-22T18:12:04Z\">";
    fs::write(&page, format!("<html><head>{date}</head><body><p>水清。</p></body></html>")).unwrap();
    trial.drop_files(&[&page]);
    trial.until("it is open", |session| session.reader().is_some());
    trial.open_page("Information");
    assert!(trial.shows("2026-11-22 18:12"), "{:?}", trial.names());
}
