use std::cell::Cell;

use proptest::prelude::*;

use super::*;
use crate::document::Document;
use crate::import::{ReadOptions, read};
use crate::session::{FoundDocument, LibraryQuery, LibrarySearchRequest, SearchRequest, TabId};
use crate::store::find;
use crate::text::{SearchOptions, Span};

fn place(name: &str) -> Place {
    Place::File(PathBuf::from("/書").join(name))
}

fn document(text: &str) -> Document {
    read("a.md", text.as_bytes().to_vec(), &ReadOptions::default()).unwrap().document
}

fn put(writing: &IndexWriting, name: &str, text: &str) {
    let document = document(text);
    let what = IndexedDocument {
        place: place(name).to_words(),
        title: name.to_owned(),
        text: document.id(),
        stamp: FileStamp { modified: 1, bytes: text.len() as u64 },
    };
    writing.put(&what, &document).unwrap();
}

fn index_of(folder: &Path, documents: &[(&str, &str)]) -> LibraryIndex {
    let index = LibraryIndex::within(&Home::within(folder));
    let writing = index.begin_writing().unwrap().unwrap();
    for (name, text) in documents {
        put(&writing, name, text);
    }
    writing.finish().unwrap();
    index
}

fn request(written: &str) -> LibrarySearchRequest {
    let options = SearchOptions { ignore_punctuation: true, as_written: false };
    LibrarySearchRequest { query: LibraryQuery::parse(written), options, asides: false, all_places: false }
}

fn found(index: &LibraryIndex, request: &LibrarySearchRequest) -> Vec<FoundDocument> {
    let mut found = Vec::new();
    index.find(request, &|| false, &mut |more| found.extend(more)).unwrap();
    found
}

/// The documents that are found, by name and with what was found in them in its context.
fn check(index: &LibraryIndex, written: &str, expected: &[&str]) {
    let documents = found(index, &request(written));
    let mut lines: Vec<String> = documents
        .iter()
        .map(|document| {
            let hits = document.hits.iter().map(|hit| format!("{}[{}]{}", hit.before, hit.hit, hit.after));
            format!("{}: {}", document.title, hits.collect::<Vec<_>>().join(" / "))
        })
        .collect();
    lines.sort();
    assert_eq!(lines, expected, "{written}");
}

const SHELF: [(&str, &str); 3] = [
    ("甲", "# 水利\n\n村民修好了水渠。\n\n水庫還沒有修。"),
    ("乙", "# 水利\n\n村民修好了水库。\n\n水渠，水\n渠。"),
    ("丙", "# Rural reading\n\n每月送書，一次。"),
];

#[test]
fn words_are_found_in_either_script_and_in_context() {
    let folder = tempfile::tempdir().unwrap();
    let index = index_of(folder.path(), &SHELF);
    check(&index, "水庫", &["乙: 村民修好了[水库]。", "甲: [水庫]還沒有修。"]);
    check(&index, "月送书一次", &["丙: 每[月送書，一次]。"]);
    check(&index, "水庫 沒有", &["甲: [水庫]還沒有修。 / 水庫還[沒有]修。"]);
    check(&index, "水庫 -沒有", &["乙: 村民修好了[水库]。"]);
    check(&index, "READ", &["丙: Rural [read]ing"]);
    check(&index, "\"Rural reading\"", &["丙: [Rural reading]"]);
    check(&index, "渠", &["乙: 水[渠]，水渠。 / 水渠，水[渠]。", "甲: 村民修好了水[渠]。"]);
    check(&index, "修水", &[]);
    check(&index, "水渠 無", &[]);
    check(&index, "", &[]);
}

#[test]
fn a_document_is_put_anew_and_taken_out() {
    let folder = tempfile::tempdir().unwrap();
    let index = index_of(folder.path(), &SHELF);
    let mut writing = index.begin_writing().unwrap().unwrap();
    assert!(LibraryIndex::within(&Home::within(folder.path())).begin_writing().unwrap().is_none());
    put(&writing, "甲", "水塔。");
    writing.remove(&place("乙"));
    check(&index, "水塔", &[]);
    writing.commit().unwrap();
    check(&index, "水塔", &["甲: [水塔]。"]);
    check(&index, "水庫", &[]);
    writing.finish().unwrap();
    let known: Vec<String> = index.documents().unwrap().into_values().map(|known| known.title).collect();
    assert_eq!(known, ["丙", "甲"]);
}

#[cfg_attr(windows, ignore = "Windows lets nobody remove or change what is open")]
#[test]
fn what_cannot_be_used_is_made_anew() {
    let broken: [&dyn Fn(&Path); 4] = [
        &|folder| fs::write(folder.join("version.txt"), "duidu 0").unwrap(),
        &|folder| fs::write(folder.join("meta.json"), "{").unwrap(),
        &|folder| fs::remove_dir_all(folder).unwrap(),
        &|folder| {
            for file in fs::read_dir(folder).unwrap().flatten() {
                let kind = file.path().extension().map(|ending| ending.to_string_lossy().into_owned());
                if kind.as_deref() == Some("store") {
                    fs::write(file.path(), "not the store").unwrap();
                }
            }
        },
    ];
    for break_it in broken {
        let folder = tempfile::tempdir().unwrap();
        break_it(index_of(folder.path(), &SHELF).folder());
        let index = LibraryIndex::within(&Home::within(folder.path()));
        drop(index.documents());
        let writing = index.begin_writing().unwrap().unwrap();
        for (name, text) in SHELF {
            put(&writing, name, text);
        }
        writing.finish().unwrap();
        check(&index, "水庫 沒有 還", &["甲: [水庫]還沒有修。 / 水庫[還]沒有修。 / 水庫還[沒有]修。"]);
    }
}

#[cfg_attr(windows, ignore = "Windows lets nobody remove or change what is open")]
#[test]
fn a_flipped_bit_is_noticed() {
    let folder = tempfile::tempdir().unwrap();
    let index = index_of(folder.path(), &SHELF);
    assert!(index.check());
    let files = fs::read_dir(index.folder()).unwrap().flatten().map(|file| file.path());
    let path = files.filter(|path| path.extension().is_some_and(|ending| ending == "idx")).min().unwrap();
    let mut bytes = fs::read(&path).unwrap();
    *bytes.first_mut().unwrap() ^= 4;
    fs::write(&path, bytes).unwrap();
    assert!(!index.check() && index.is_distrusted());
}

#[test]
fn an_old_search_ends() {
    let folder = tempfile::tempdir().unwrap();
    let index = index_of(folder.path(), &SHELF);
    let asked = Cell::new(0);
    let old = || asked.replace(asked.get() + 1) > 0;
    let mut told = 0;
    index.find(&request("水"), &old, &mut |more| told += more.len()).unwrap();
    assert_eq!((told, asked.get()), (1, 2));
}

/// What finding in the open document finds.
fn found_in(document: Document, words: &str, options: SearchOptions, asides: bool) -> Vec<Span> {
    let request = SearchRequest {
        tab: TabId::default(),
        document: document.into(),
        query: words.to_owned(),
        options,
        asides,
    };
    let mut hits = Vec::new();
    find(&request, &|| false, &mut |more, _| hits.extend(more));
    hits
}

proptest! {
    #![proptest_config(ProptestConfig { cases: 24, ..ProptestConfig::default() })]

    #[test]
    fn the_same_is_found_as_in_the_open_document(
        texts in prop::collection::vec("[水渠發a-bＡ，~「 #\\n]{0,200}", 1..4),
        words in prop::collection::vec("[水渠發发a-bＡ，~]{1,3}", 6),
        ignore_punctuation in any::<bool>(),
        as_written in any::<bool>(),
        asides in any::<bool>(),
        all_places in any::<bool>(),
    ) {
        let folder = tempfile::tempdir().unwrap();
        let names: Vec<String> = (0..texts.len()).map(|number| number.to_string()).collect();
        let shelf: Vec<(&str, &str)> = names.iter().zip(&texts).map(|(name, text)| (&**name, &**text)).collect();
        let index = index_of(folder.path(), &shelf);
        let options = SearchOptions { ignore_punctuation, as_written };
        for word in words {
            let query = LibraryQuery { wanted: vec![word.clone()], unwanted: Vec::new() };
            let mut documents = found(&index, &LibrarySearchRequest { query, options, asides, all_places });
            documents.sort_by(|one, other| one.title.cmp(&other.title));
            let spans = documents.iter().map(|document| {
                (document.title.clone(), document.hits.iter().map(|hit| hit.span).collect::<Vec<_>>())
            });
            let expected = shelf.iter().map(|(name, text)| {
                let mut hits = found_in(document(text), &word, options, asides);
                hits.truncate(if all_places { usize::MAX } else { MOST_HITS });
                ((*name).to_owned(), hits)
            });
            let expected: Vec<_> = expected.filter(|(_, hits)| !hits.is_empty()).collect();
            prop_assert_eq!(spans.collect::<Vec<_>>(), expected, "{}", word);
        }
    }
}
