//! The process that reads files which could hurt: what it may do, and how much.
#![cfg(any(target_os = "linux", windows))]

#[cfg(target_os = "linux")]
use std::net::TcpListener;
use std::path::Path;
#[cfg(target_os = "linux")]
use std::process::{Command, Stdio};
use std::sync::atomic::{AtomicBool, Ordering};
use std::time::{Duration, Instant};

use duidu::import::{Beside, ImportError, Limit, ReadOptions};
use duidu::store::{Bounds, Trial, read_apart, try_apart, try_apart_while};

fn program() -> &'static Path {
    Path::new(env!("CARGO_BIN_EXE_duidu"))
}

/// What became of a trial: the text that came back, or the error.
fn tried(trial: Trial, bounds: Bounds) -> Result<String, ImportError> {
    try_apart(program(), trial, bounds).map(|imported| imported.document.text().to_string())
}

#[cfg(target_os = "linux")]
fn is_refused(trial: Trial) -> bool {
    matches!(tried(trial, Bounds::default()), Err(ImportError::ReaderDied(why)) if why.contains("denied"))
}

#[test]
fn a_document_is_read_as_in_this_process() {
    let page = "<html><title>約定</title><body><h1>約定</h1><p>先借書，後還書；人人守時，愛惜書本。</p></body></html>";
    let options = ReadOptions::default();
    let apart =
        read_apart(program(), "a.html", page.into(), &options, Bounds::default(), &mut |_| {}).unwrap();
    let here = duidu::import::read("a.html", page.into(), &options).unwrap();
    assert_eq!(apart.document.id(), here.document.id());
    assert_eq!(apart.document.blocks(), here.document.blocks());
    let error = read_apart(program(), "a", b"PK\x03\x04".to_vec(), &options, Bounds::default(), &mut |_| {});
    assert_eq!(error.err(), duidu::import::read("a", b"PK\x03\x04".to_vec(), &options).err());
}

#[test]
fn a_page_is_read_with_what_lies_beside_it() {
    let page = "<html><body><iframe src='a_files/b.html'></iframe></body></html>";
    let frame = ("a_files/b.html".to_owned(), "<p>人人守時，愛惜書本。</p>".into());
    let options = ReadOptions { beside: Beside::of([frame]), ..ReadOptions::default() };
    let apart =
        read_apart(program(), "a.html", page.into(), &options, Bounds::default(), &mut |_| {}).unwrap();
    assert_eq!(apart.document.text().as_ref(), "人人守時，愛惜書本。");
}

#[cfg(target_os = "linux")]
#[test]
fn it_opens_no_file_and_starts_no_program() {
    let folder = tempfile::tempdir().unwrap();
    let new = folder.path().join("new");
    assert!(is_refused(Trial::OpenFile("/etc/passwd".to_owned())));
    assert!(is_refused(Trial::WriteFile(new.to_string_lossy().into_owned())));
    assert!(!new.exists());
    assert!(is_refused(Trial::Start("/bin/true".to_owned())));
}

#[cfg(windows)]
#[test]
fn it_starts_no_program() {
    let answer = tried(Trial::Start("cmd.exe".to_owned()), Bounds::default());
    assert!(matches!(answer, Err(ImportError::ReaderDied(_))), "{answer:?}");
}

#[cfg(target_os = "linux")]
#[test]
fn it_does_nothing_to_other_processes() {
    assert!(is_refused(Trial::Signal));
    assert!(is_refused(Trial::LimitOther));
}

#[cfg(target_os = "linux")]
#[test]
fn it_reaches_no_network() {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    assert!(is_refused(Trial::Connect(listener.local_addr().unwrap().to_string())));
}

#[test]
fn it_has_so_much_memory_and_no_more() {
    let bounds = Bounds { mebibytes: 600, ..Bounds::default() };
    assert_eq!(tried(Trial::Use(300), bounds), Ok((300 * 1024 * 1024).to_string()));
    for more in [600, 601, 100_000] {
        assert_eq!(tried(Trial::Use(more), bounds), Err(ImportError::NeedsTooMuchMemory { mebibytes: 600 }));
    }
}

#[test]
fn it_has_so_much_time_and_no_more() {
    let bounds = Bounds { first: Duration::from_secs(6), ..Bounds::default() };
    assert_eq!(tried(Trial::Wait(10), bounds), Ok("x".to_owned()));
    let start = Instant::now();
    for trial in [Trial::Wait(60_000), Trial::Compute] {
        assert_eq!(tried(trial, bounds), Err(ImportError::TookTooLong { seconds: 6 }));
    }
    assert!(start.elapsed() < Duration::from_secs(40));
}

#[test]
fn progress_without_a_pause_gives_no_more_time() {
    let bounds = Bounds { first: Duration::from_secs(1), whole: Duration::from_mins(1), ..Bounds::default() };
    let start = Instant::now();
    assert_eq!(tried(Trial::Chatter, bounds), Err(ImportError::TookTooLong { seconds: 1 }));
    assert!(start.elapsed() < Duration::from_secs(20));
}

#[test]
fn what_is_not_wanted_any_more_ends_at_once() {
    let wanted = AtomicBool::new(true);
    let start = Instant::now();
    let read = std::thread::scope(|scope| {
        let trial = Trial::Wait(60_000);
        let read = scope.spawn(|| try_apart_while(program(), trial, Bounds::default(), &wanted));
        std::thread::sleep(Duration::from_millis(200));
        wanted.store(false, Ordering::Relaxed);
        read.join().unwrap()
    });
    assert_eq!(read.err(), Some(ImportError::Cancelled));
    assert!(start.elapsed() < Duration::from_secs(10));
}

#[cfg(target_os = "linux")]
#[test]
fn the_time_of_the_processor_is_limited_too() {
    let bounds = Bounds { whole: Duration::from_secs(1), ..Bounds::default() };
    assert_eq!(tried(Trial::Compute, bounds), Err(ImportError::TookTooLong { seconds: 1 }));
}

#[test]
fn plain_text_which_is_read_here_takes_time_that_grows_with_its_length() {
    let boxes: Vec<String> = (1..=200_000).map(|number| format!("專欄{number} 書車")).collect();
    let start = Instant::now();
    let read = duidu::import::read("a.txt", boxes.join("\n").into_bytes(), &ReadOptions::default()).unwrap();
    assert_eq!(read.document.blocks().len(), 200_000);
    assert!(start.elapsed() < Duration::from_mins(1), "{:?}", start.elapsed());
}

#[test]
fn whatever_happens_to_it_there_is_an_answer() {
    for trial in [Trial::Overflow, Trial::End] {
        let answer = tried(trial.clone(), Bounds::default());
        assert!(matches!(answer, Err(ImportError::ReaderDied(_))), "{trial:?}: {answer:?}");
    }
    let missing = read_apart(
        Path::new("/nonexistent/duidu"),
        "a.html",
        Vec::new(),
        &ReadOptions::default(),
        Bounds::default(),
        &mut |_| {},
    );
    assert!(matches!(missing.err(), Some(ImportError::ReaderDied(_))));
}

#[test]
fn an_answer_may_have_so_many_bytes_and_no_more() {
    let bounds = Bounds { answer: 1_000_000, ..Bounds::default() };
    assert!(tried(Trial::Answer(900_000), bounds).is_ok());
    let refused = ImportError::TooMuch(Limit::Answer(1_000_000));
    assert_eq!(tried(Trial::Answer(1_000_001), bounds), Err(refused));
}

#[cfg(target_os = "linux")]
#[test]
fn a_program_whose_file_was_removed_still_reads() {
    let folder = tempfile::tempdir().unwrap();
    let copy = folder.path().join("duidu");
    let page = folder.path().join("a.html");
    std::fs::copy(program(), &copy).unwrap();
    std::fs::write(&page, "<html><body><p>先借書，後還書。</p></body></html>").unwrap();
    let mut command = Command::new(&copy);
    command.arg("read").arg(&page).env("DUIDU_HOME", folder.path().join("home")).stdout(Stdio::piped());
    let child = command.spawn().unwrap();
    // The program runs by now, and its file goes before or while the file is read.
    std::fs::remove_file(&copy).unwrap();
    let output = child.wait_with_output().unwrap();
    assert!(String::from_utf8_lossy(&output.stdout).contains("先借書"), "{output:?}");
}
