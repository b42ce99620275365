//! Journals: what was appended comes back, whatever happens to their end.
use proptest::prelude::*;
use uuid::Uuid;

use super::*;
use crate::document::TextId;
use crate::notes::Anchor;
use crate::session::path_from_words;

fn note(id: u128, text: &str) -> Arc<Annotation> {
    let anchor = Anchor { quote: "春眠".to_owned(), ..Anchor::default() };
    Arc::new(Annotation { text: text.to_owned(), ..crate::notes::sample::note(id, anchor) })
}

/// Notes written `number text`, separated by `;`.
pub(in crate::store) fn kept(notes: &str) -> Kept {
    let notes = notes.split(';').filter_map(|written| written.trim().split_once(' '));
    let annotations = notes.map(|(id, text)| note(id.parse().unwrap(), text)).collect();
    Kept { text: Some(TextId::of("春眠不覺曉")), annotations, ..Kept::default() }
}

pub(in crate::store) fn told(kept: &Kept) -> String {
    let notes = kept.annotations.iter().map(|note| format!("{} {}", note.id.0.as_u128(), note.text));
    notes.collect::<Vec<_>>().join("; ")
}

pub(in crate::store) fn record(before: &str, after: &str) -> Record {
    Record { at: Timestamp::UNIX_EPOCH, before: kept(before), after: kept(after) }
}

pub(in crate::store) fn framed_record(place: &Place, record: &Record) -> String {
    framed(&print(place, record))
}

struct Desk {
    folder: tempfile::TempDir,
    journal: Journal,
}

impl Desk {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let journal = Journal::of(Place::Sample("詩".to_owned()), &Home::within(folder.path()));
        Self { folder, journal }
    }

    fn append(&mut self, before: &str, after: &str) {
        self.journal.append(&kept(before), &kept(after), Timestamp::UNIX_EPOCH).unwrap();
    }

    fn found(&self) -> Vec<FoundJournal> {
        found_in(self.folder.path())
    }
}

/// Also those that this very program writes.
fn found_in(home: &Path) -> Vec<FoundJournal> {
    let entries = fs::read_dir(folder(&Home::within(home))).into_iter().flatten().flatten();
    let mut paths: Vec<PathBuf> = entries.map(|entry| entry.path()).collect();
    paths.sort_by_key(|path| age_in_name(path));
    paths.into_iter().filter_map(|path| find_one(path, |_| true)).collect()
}

#[test]
fn only_what_was_touched_is_written_and_it_comes_back() {
    let mut desk = Desk::new();
    desk.append("1 a; 2 b", "1 a; 2 c; 3 d");
    desk.append("1 a; 2 c; 3 d", "2 c; 3 d");
    let [found] = &*desk.found() else { panic!() };
    assert!(!found.is_left_behind() && !found.damaged);
    let records: Vec<_> =
        found.records.iter().map(|record| (told(&record.before), told(&record.after))).collect();
    assert_eq!(records, [("2 b".to_owned(), "2 c; 3 d".to_owned()), ("1 a".to_owned(), String::new())]);
}

#[cfg_attr(windows, ignore = "Windows lets nobody remove or change what is open")]
#[test]
fn a_flipped_bit_in_the_last_record_is_told_from_one_that_was_torn() {
    for records in [1, 2] {
        let mut desk = Desk::new();
        let steps = ["1 a", "1 b"];
        for (index, step) in steps.iter().take(records).enumerate() {
            desk.append(if index == 0 { "" } else { steps[0] }, step);
        }
        let path = desk.found()[0].path.clone();
        let whole = fs::read(&path).unwrap();
        let last = memchr::memmem::rfind(&whole, OPENING.as_bytes()).unwrap();
        for place in last..whole.len() - 1 {
            let mut flipped = whole.clone();
            flipped[place] ^= 2;
            fs::write(&path, flipped).unwrap();
            let [found] = &*desk.found() else { panic!("{place}") };
            assert!(found.damaged && found.records.len() == records - 1, "{place}");
        }
        for end in last..whole.len() - 1 {
            fs::write(&path, &whole[..end]).unwrap();
            assert!(desk.found().iter().all(|found| !found.damaged), "{end}");
        }
    }
}

#[test]
fn a_document_whose_name_is_no_characters_is_known_again() {
    let folder = tempfile::tempdir().unwrap();
    let home = Home::within(folder.path());
    let place = Place::File(path_from_words("bytes:/%ED%A0%80/%2541.txt"));
    let mut journal = Journal::of(place.clone(), &home);
    journal.append(&kept(""), &kept("1 a"), Timestamp::UNIX_EPOCH).unwrap();
    drop(journal);
    assert_eq!(places(&home).0, [place]);
}

#[test]
fn a_journal_is_left_behind_by_a_program_that_is_gone() {
    let mut desk = Desk::new();
    desk.append("", "1 a");
    assert!(find(&Home::within(desk.folder.path()), |_| true).is_empty(), "it lives");
    drop(std::mem::replace(
        &mut desk.journal,
        Journal::of(Place::Sample("x".to_owned()), &Home::within(desk.folder.path())),
    ));
    let home = Home::within(desk.folder.path());
    assert!(find(&home, |place| *place == Place::Sample("x".to_owned())).is_empty());
    let [found] = &*find(&home, |_| true) else { panic!() };
    assert!(found.is_left_behind());
    assert_eq!(found.place, Place::Sample("詩".to_owned()));
}

#[test]
fn what_was_retired_goes_and_what_came_later_stays() {
    let mut desk = Desk::new();
    desk.append("", "1 a");
    desk.journal.retire();
    desk.append("1 a", "1 b");
    assert_eq!(desk.found().len(), 2);
    desk.journal.forget_retired();
    let [found] = &*desk.found() else { panic!() };
    assert_eq!(told(&found.records[0].after), "1 b");
}

#[test]
fn what_changes_nothing_makes_no_file() {
    let mut desk = Desk::new();
    desk.append("1 a", "1 a");
    assert!(desk.found().is_empty() && !desk.folder.path().join("data").exists());
}

/// The figure: under 50 ms of work for one change among ten thousand notes, the disk included.
#[test]
#[ignore = "measures; run with --release -- --ignored --nocapture"]
fn a_change_among_ten_thousand_notes() {
    let mut desk = Desk::new();
    let mut now =
        Kept { annotations: (0..10_000).map(|id| note(id, "怎麼送？")).collect(), ..Kept::default() };
    let mut times: Vec<std::time::Duration> = (0..100)
        .map(|round| {
            let before = now.clone();
            now.annotations[round * 97] = note(u128::try_from(round * 97).unwrap(), "每月送一次");
            let start = std::time::Instant::now();
            desk.journal.append(&before, &now, Timestamp::UNIX_EPOCH).unwrap();
            start.elapsed()
        })
        .collect();
    times.sort();
    println!("a change among 10,000 notes: median {:?}, 99th percentile {:?}", times[50], times[98]);
    assert!(times[98] < std::time::Duration::from_millis(50));
}

fn written(records: usize) -> (Vec<u8>, Vec<usize>) {
    let (mut bytes, mut ends) = (Vec::new(), Vec::new());
    for number in 0..records {
        let record = record("", &format!("{number} 讀"));
        bytes.extend(framed_record(&Place::Sample("詩".to_owned()), &record).into_bytes());
        ends.push(bytes.len());
    }
    (bytes, ends)
}

#[test]
fn every_truncation_keeps_every_whole_record() {
    let (bytes, ends) = written(3);
    for length in 0..bytes.len() {
        let (records, damaged) = parse(&bytes[..length]);
        // The end of line after a record is not part of what it says.
        let whole = ends.iter().filter(|end| **end - 1 <= length).count();
        assert_eq!((records.len(), damaged), (whole, false), "{length}");
    }
}

proptest! {
    #[test]
    fn a_flipped_bit_costs_one_record_at_most(byte in any::<prop::sample::Index>(), bit in 0..8_u32) {
        let (mut bytes, _) = written(4);
        let byte = byte.index(bytes.len());
        bytes[byte] ^= 1 << bit;
        let (records, _) = parse(&bytes);
        prop_assert!(records.len() >= 3);
        for (_, record) in records {
            let id = record.after.annotations[0].id;
            prop_assert!(id.0 < Uuid::from_u128(4) && record.after.annotations[0].text == "讀");
        }
    }

    #[test]
    fn no_bytes_make_it_panic(bytes in prop::collection::vec(any::<u8>(), 0..200)) {
        parse(&bytes);
        parse(&[OPENING.as_bytes(), &bytes].concat());
    }
}
