//! While files that do not want to be read are read beside a text, the window's frames stay short.

use std::fmt::Write as _;
use std::io::{Cursor, Write as _};
use std::path::Path;
use std::time::{Duration, Instant};

use duidu::session::{Place, Reader, Session, Stage};
use egui::{Event, Key, Modifiers, MouseWheelUnit, TouchPhase, vec2};
use nix::sys::resource::{UsageWho, getrusage};
use nix::sys::time::TimeValLike as _;

use crate::trial::Trial;

/// So long may the processor take for a frame of the program as readers have it.
const MOST: Duration = Duration::from_millis(50);

/// How many times as long may it take where nothing of the program is optimised. The longest, in which sixty thousand
/// glyphs arrive, takes 32 ms there.
const SLOWER: u32 = if cfg!(debug_assertions) { 2 } else { 1 };

/// How many frames are drawn beside each file, and how many of them at least when it is read or refused.
const FRAMES: usize = 100;
const AFTERWARDS: usize = 20;

#[test]
fn frames_stay_short_while_hostile_files_are_read() {
    let folder = tempfile::tempdir().unwrap();
    let mut trial = beside_a_text(folder.path());
    let longest = hostile_files().map(|(name, bytes)| {
        let path = folder.path().join(name);
        std::fs::write(&path, bytes).unwrap();
        let longest = longest_frame_beside(&mut trial, &path);
        trial.press_with(Modifiers::COMMAND, Key::W);
        (name, longest)
    });
    assert!(longest.iter().all(|(_, longest)| *longest < MOST * SLOWER), "{longest:?}");
}

/// A window with a text of some length in front.
fn beside_a_text(folder: &Path) -> Trial {
    let lines =
        (1..=4_000).map(|number| format!("第{number}件事，說的是河邊修渠、種樹、讀書，年年如此。\n\n"));
    let path = folder.join("text.txt");
    std::fs::write(&path, lines.collect::<String>()).unwrap();
    let mut trial = Trial::new();
    trial.drop_files(&[&path]);
    trial.until("the text is open", |session| session.reader().is_some_and(Reader::complete));
    trial
}

/// Opens a file and turns the wheel, over it and over the text, until it is known what comes of it. Answers the
/// longest time that the processor took for a frame.
fn longest_frame_beside(trial: &mut Trial, path: &Path) -> Duration {
    trial.drop_files(&[path]);
    let (begun, mut longest, mut drawn, mut afterwards) = (Instant::now(), Duration::ZERO, 0, 0);
    while drawn < FRAMES || afterwards < AFTERWARDS {
        assert!(begun.elapsed() < Duration::from_mins(1), "{} is read for ever", path.display());
        longest = longest.max(frame(trial, drawn % 10 == 9));
        drawn += 1;
        afterwards += usize::from(is_settled(trial.session(), path));
        std::thread::sleep(Duration::from_millis(8));
    }
    longest
}

/// Draws a frame while the wheel turns, some after the other document was brought to the front. Answers what the
/// processor took for it.
fn frame(trial: &mut Trial, other: bool) -> Duration {
    if other {
        trial.harness().key_press_modifiers(Modifiers::CTRL, Key::Tab);
    }
    let (unit, delta, phase) = (MouseWheelUnit::Line, vec2(0.0, -1.0), TouchPhase::Move);
    let (source, modifiers) = (egui::MouseWheelSource::Wheel, Modifiers::NONE);
    trial.harness().hover_at(egui::pos2(600.0, 400.0));
    trial.harness().event(Event::MouseWheel { unit, delta, phase, source, modifiers });
    let before = processor_time();
    trial.harness().step();
    processor_time().saturating_sub(before)
}

/// What the processor has spent on this thread. It counts to the moment only when the thread gives way.
fn processor_time() -> Duration {
    std::thread::yield_now();
    let used = getrusage(UsageWho::RUSAGE_THREAD).unwrap();
    let all = used.user_time() + used.system_time();
    Duration::from_micros(u64::try_from(all.num_microseconds()).unwrap())
}

/// Whether a file is read to its end or refused.
fn is_settled(session: &Session, path: &Path) -> bool {
    let place = Place::File(path.to_owned());
    let tab = session.tabs().iter().find(|tab| tab.place == place).unwrap();
    matches!(tab.stage, Stage::Failed(_)) || tab.reader().is_some_and(Reader::complete)
}

fn hostile_files() -> [(&'static str, Vec<u8>); 4] {
    [
        ("deep.html", format!("<html><body>{}書", "<div>".repeat(100_000)).into_bytes()),
        (
            "unclosed.html",
            format!("<html><body>{}", "<p><b><i>河水清清，樹在水邊。".repeat(5_000)).into_bytes(),
        ),
        ("glyphs.pdf", glyphs(60_000)),
        ("bomb.docx", bomb()),
    ]
}

/// A PDF of one page with so many glyphs, each in a place of its own.
fn glyphs(count: usize) -> Vec<u8> {
    let mut content = String::from("BT /F 2 Tf\n");
    for number in 0..count {
        writeln!(content, "1 0 0 1 {} {} Tm (a) Tj", number % 300 * 2, number / 300 * 4).unwrap();
    }
    let objects = [
        "<</Type/Catalog /Pages 2 0 R>>".to_owned(),
        "<</Type/Pages /Kids [3 0 R] /Count 1>>".to_owned(),
        "<</Type/Page /Parent 2 0 R /MediaBox [0 0 600 800] /Contents 4 0 R /Resources <</Font <</F 5 0 R>>>>>>".to_owned(),
        format!("<</Length {}>>\nstream\n{content}ET\nendstream", content.len() + 3),
        "<</Type/Font /Subtype/Type1 /BaseFont/Helvetica>>".to_owned(),
    ];
    let (mut file, mut places) = ("%PDF-1.7\n".to_owned(), String::new());
    for (object, number) in objects.iter().zip(1..) {
        writeln!(places, "{number} 1\n{:010} 00000 n ", file.len()).unwrap();
        writeln!(file, "{number} 0 obj\n{object}\nendobj").unwrap();
    }
    let start = file.len();
    write!(file, "xref\n{places}trailer\n<</Root 1 0 R /Size 6>>\nstartxref\n{start}\n%%EOF\n").unwrap();
    file.into_bytes()
}

/// A DOCX whose text is far larger than it may be.
fn bomb() -> Vec<u8> {
    let mut writer = zip::ZipWriter::new(Cursor::new(Vec::new()));
    let options = zip::write::SimpleFileOptions::default();
    for (name, size) in [("[Content_Types].xml", 1), ("word/document.xml", 80 << 20)] {
        writer.start_file(name, options).unwrap();
        writer.write_all(&vec![b' '; size]).unwrap();
    }
    writer.finish().unwrap().into_inner()
}
