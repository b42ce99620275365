//! Comparisons kept and found again.

use std::sync::Arc;

use super::*;
use crate::compare::{Comparison, Decision, Evidence, Guidance, Link, Reason, Ruling, Verdict};
use crate::document::BlockIndex;
use crate::notes::Anchor;
use crate::session::{LinkFilter, ReadingChoices};
use crate::text::Span;

const LEFT: &str = "# 修河倡议\n\n第一，先在上游的山坡上种树，三年之内种满两岸。\n\n村里的老人说，从前这条河的水清得能看见鱼，孩子们夏天都在河里学游泳。\n\n第二，再把河底的淤泥清走，每年清一次。\n";
const RIGHT: &str =
    "# 治水章程\n\n每年清一次河底的淤泥，由各村轮流出工。\n\n上游山坡种树，两岸三年种满，不得砍伐。\n";

struct Trial {
    folder: tempfile::TempDir,
    store: ComparisonStore,
    notes: NotesStore,
}

impl Trial {
    fn new() -> Self {
        let folder = tempfile::tempdir().unwrap();
        let home = Home::within(&folder.path().join("home"));
        let trial = Self { store: ComparisonStore::new(home.clone()), notes: NotesStore::new(home), folder };
        trial.write("甲.md", LEFT);
        trial.write("乙.md", RIGHT);
        trial
    }

    /// Another program with the same files.
    fn other(&self) -> ComparisonStore {
        ComparisonStore::new(Home::within(&self.folder.path().join("other")))
    }

    fn path(&self, name: &str) -> PathBuf {
        self.folder.path().join(name)
    }

    fn write(&self, name: &str, text: &str) {
        fs::write(self.path(name), text).unwrap();
    }

    fn place(&self, name: &str) -> Place {
        Place::File(self.path(name))
    }

    fn part(&self, name: &str) -> Part {
        let read = read_document(&self.place(name), &ReadingChoices::default(), &mut |_| {}).unwrap();
        Part::whole(Arc::new(read.document))
    }

    fn asked(&self) -> AskedComparison {
        let parts = (self.part("甲.md"), self.part("乙.md"));
        AskedComparison { left: self.place("甲.md"), right: self.place("乙.md"), parts }
    }

    fn kept(&self, rulings: Vec<Ruling>) -> KeptComparison {
        let AskedComparison { left, right, parts } = self.asked();
        let links = vec![link(&parts, 1, 2), link(&parts, 3, 1)];
        let comparison = Comparison::restore(parts.0.clone(), parts.1.clone(), links).unwrap();
        KeptComparison {
            left,
            right,
            left_part: parts.0,
            right_part: parts.1,
            guidance: Arc::new(Guidance { rulings, ..Guidance::default() }),
            comparison: Some(Arc::new(comparison)),
            options: crate::session::CompareOptions::default(),
            filter: LinkFilter { crossing: true, ..LinkFilter::default() },
        }
    }

    fn file(&self) -> PathBuf {
        self.path("甲.md ⇄ 乙.md.duidu-compare.ron")
    }

    fn read(&self) -> ComparisonRead {
        self.store.read(&self.asked()).unwrap()
    }
}

fn link(parts: &(Part, Part), left: usize, right: usize) -> Link {
    let span = |part: &Part, block: usize| part.document().blocks()[block].span;
    let passage = crate::compare::Passage {
        left: span(&parts.0, left),
        right: span(&parts.1, right),
        verdict: Verdict::Revised,
    };
    let headings = Evidence::Headings { left: BlockIndex::new(0), right: BlockIndex::new(0) };
    Link {
        left: vec![BlockIndex::new(left)],
        right: vec![BlockIndex::new(right)],
        verdict: Verdict::Revised,
        score: 0.7,
        reason: Reason { evidence: vec![Evidence::Words(vec!["种树".to_owned()]), headings] },
        passages: vec![passage],
        crosses: left == 3,
        ruled: None,
    }
}

/// The span of `words` in the document.
fn span_of(part: &Part, words: &str) -> Span {
    let start = part.document().text().find(words).unwrap();
    Span::from_range(&(start..start + words.len()))
}

fn ruling(asked: &AskedComparison, left: &str, right: &str, decision: Decision) -> Ruling {
    let (left, right) = (span_of(&asked.parts.0, left), span_of(&asked.parts.1, right));
    Ruling { left: vec![left], right: vec![right], decision }
}

fn pinned(trial: &Trial) -> Ruling {
    ruling(
        &trial.asked(),
        "第一，先在上游的山坡上种树，三年之内种满两岸。",
        "上游山坡种树，两岸三年种满，不得砍伐。",
        Decision::Pin,
    )
}

fn refused(trial: &Trial) -> Ruling {
    ruling(
        &trial.asked(),
        "第二，再把河底的淤泥清走，每年清一次。",
        "每年清一次河底的淤泥，由各村轮流出工。",
        Decision::Refuse,
    )
}

#[test]
fn what_was_found_and_decided_comes_back() {
    let trial = Trial::new();
    assert!(trial.store.read(&trial.asked()).is_none());
    let kept = trial.kept(vec![pinned(&trial), refused(&trial)]);
    assert_eq!(trial.store.save(&kept).unwrap(), trial.file());
    let read = trial.read();
    assert_eq!(links_of(&read), kept.comparison.as_ref().unwrap().links());
    assert_eq!(read.guidance, *kept.guidance);
    assert_eq!((read.placed.exact, read.filter), (2, Some(kept.filter)));
    assert_eq!((read.remarks, read.read_only), (Vec::<String>::new(), None));
    let before = fs::read(trial.file()).unwrap();
    trial.store.save(&trial.kept(vec![pinned(&trial), refused(&trial)])).unwrap();
    assert_eq!(fs::read(trial.file()).unwrap(), before, "saving the same again changes nothing");
}

#[test]
fn a_changed_text_is_said_and_rulings_are_found_again_or_kept() {
    let trial = Trial::new();
    let before = [pinned(&trial), refused(&trial)];
    trial.store.save(&trial.kept(before.to_vec())).unwrap();
    let changed = LEFT.replace("第二，再把河底的淤泥清走，每年清一次。", "完全另一件事情。");
    trial.write("甲.md", &format!("新写的开头。\n\n{changed}"));
    let read = trial.read();
    assert!(read.comparison.is_none());
    assert!(read.remarks[0].contains("甲.md has changed"), "{:?}", read.remarks);
    let (placed, rulings) = (read.placed, read.guidance.rulings);
    assert_eq!((placed.exact + placed.moved, placed.unsure + placed.lost), (1, 1));
    assert_eq!(rulings, [pinned(&trial)]);
    assert_ne!(rulings[0].left, before[0].left, "it has moved");
    // The comparison is made again and saved: the lost ruling stays in the file, and comes back with its words.
    trial.store.save(&trial.kept_without_links(rulings)).unwrap();
    trial.write("甲.md", LEFT);
    let read = trial.read();
    assert_eq!(read.guidance.rulings, [pinned(&trial), refused(&trial)]);
    assert!(read.comparison.is_some(), "what was found in the old text is there for the old text");
}

impl Trial {
    /// Only one paragraph of the left document.
    fn kept_section(&self, index: usize, rulings: Vec<Ruling>) -> KeptComparison {
        let mut kept = self.kept_without_links(rulings);
        let document = Arc::clone(kept.left_part.document());
        kept.left_part = Part::of(document, BlockIndex::new(index), BlockIndex::new(index + 1));
        kept
    }

    fn kept_without_links(&self, rulings: Vec<Ruling>) -> KeptComparison {
        let AskedComparison { left, right, parts } = self.asked();
        KeptComparison {
            left,
            right,
            left_part: parts.0,
            right_part: parts.1,
            guidance: Arc::new(Guidance { rulings, ..Guidance::default() }),
            comparison: None,
            options: crate::session::CompareOptions::default(),
            filter: LinkFilter::default(),
        }
    }
}

#[test]
fn what_two_programs_decided_is_kept_and_what_one_took_back_is_gone() {
    let trial = Trial::new();
    let other = trial.other();
    let decisions = |store: &ComparisonStore| {
        let read = store.read(&trial.asked()).unwrap();
        read.guidance.rulings.iter().map(|ruling| ruling.decision).collect::<Vec<_>>()
    };
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    assert_eq!(decisions(&other), [Decision::Pin]);
    other.save(&trial.kept(vec![pinned(&trial), refused(&trial)])).unwrap();
    let relabelled = Ruling { decision: Decision::Relate(Verdict::Theme), ..pinned(&trial) };
    trial.store.save(&trial.kept(vec![pinned(&trial), relabelled.clone()])).unwrap();
    assert_eq!(decisions(&other).len(), 3);
    // One takes the first back; the other saves what it knows.
    trial.store.save(&trial.kept(vec![relabelled])).unwrap();
    let all = other.read(&trial.asked()).unwrap().guidance.rulings;
    assert_eq!(all.iter().filter(|ruling| ruling.decision == Decision::Pin).count(), 0);
    other.save(&trial.kept(all)).unwrap();
    assert_eq!(decisions(&trial.store).len(), 2);
}

#[test]
fn what_was_said_about_a_text_takes_nothing_back_of_what_was_said_about_another() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    // Decided about the old text, and written late: the drive was full.
    let late = trial.kept(vec![pinned(&trial), refused(&trial)]);
    trial.write("甲.md", &LEFT.replace("村里的老人说", "村里的老人常常说"));
    let read = trial.read();
    assert_eq!(read.guidance.rulings.len(), 1);
    trial.store.save(&late).unwrap();
    trial.store.save(&trial.kept_without_links(read.guidance.rulings)).unwrap();
    let decisions = trial.other().read(&trial.asked()).unwrap().guidance.rulings;
    assert_eq!(
        decisions.iter().map(|one| one.decision).collect::<Vec<_>>(),
        [Decision::Pin, Decision::Refuse]
    );
}

#[test]
fn a_ruling_that_is_taken_back_and_made_again_is_there() {
    let trial = Trial::new();
    for rulings in [vec![pinned(&trial)], vec![], vec![pinned(&trial)]] {
        trial.store.save(&trial.kept(rulings.clone())).unwrap();
        assert_eq!(trial.other().read(&trial.asked()).unwrap().guidance.rulings, rulings);
    }
}

#[test]
fn a_damaged_file_is_set_aside_and_recovered() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    fs::write(trial.file(), "(format: 1, left: (").unwrap();
    let read = trial.read();
    assert_eq!(read.guidance.rulings, [pinned(&trial)]);
    assert!(read.remarks[0].contains("damaged"), "{:?}", read.remarks);
    let names = fs::read_dir(trial.folder.path()).unwrap().map(|entry| entry.unwrap().file_name());
    assert!(names.into_iter().any(|name| name.to_string_lossy().contains(".damaged-")));
    trial.store.save(&trial.kept(vec![pinned(&trial), refused(&trial)])).unwrap();
    assert_eq!(trial.other().read(&trial.asked()).unwrap().guidance.rulings.len(), 2);
}

#[test]
fn a_file_that_is_gone_comes_back_for_the_same_texts() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    fs::remove_file(trial.file()).unwrap();
    let read = trial.read();
    assert_eq!(read.guidance.rulings, [pinned(&trial)]);
    assert!(read.remarks[0].contains("gone"), "{:?}", read.remarks);
}

#[test]
fn a_newer_file_is_read_and_never_written() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    let newer = fs::read_to_string(trial.file()).unwrap().replace("format: 1", "format: 9");
    fs::write(trial.file(), &newer).unwrap();
    let read = trial.read();
    assert!(read.read_only.unwrap().contains("newer"));
    assert_eq!(read.guidance.rulings.len(), 1);
    assert!(matches!(trial.store.save(&trial.kept(vec![])), Err(SaveError::Newer { format: 9, .. })));
    assert_eq!(fs::read_to_string(trial.file()).unwrap(), newer);
}

#[test]
fn sections_of_one_pair_have_files_of_their_own() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    let path = trial.store.save(&trial.kept_section(3, vec![refused(&trial)])).unwrap();
    assert_eq!(path, trial.path("甲.md ⇄ 乙.md 2.duidu-compare.ron"));
    assert_eq!(trial.read().guidance.rulings, [pinned(&trial)]);
    // A paragraph before it moves the section; its file is found all the same.
    trial.write("甲.md", &LEFT.replace("第一，", "新写的开头。\n\n第一，"));
    let mut asked = trial.asked();
    asked.parts.0 = Part::of(Arc::clone(asked.parts.0.document()), BlockIndex::new(4), BlockIndex::new(5));
    let read = trial.other().read(&asked).unwrap();
    assert_eq!(read.guidance.rulings.len(), 1);
    assert_eq!(trial.store.save(&trial.kept_section(4, read.guidance.rulings)).unwrap(), path);
}

#[test]
fn a_file_opens_both_documents_wherever_the_folder_went() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    let opened = trial.store.open(&trial.file(), &trial.notes).unwrap();
    assert_eq!(
        opened,
        ComparisonFile {
            left: (trial.place("甲.md"), None),
            right: (trial.place("乙.md"), None),
            remarks: Vec::new(),
        }
    );
    let moved = trial.path("moved");
    fs::create_dir(&moved).unwrap();
    for name in ["甲.md", "乙.md", "甲.md ⇄ 乙.md.duidu-compare.ron"] {
        fs::rename(trial.path(name), moved.join(name)).unwrap();
    }
    let file = moved.join(trial.file().file_name().unwrap());
    let opened = trial.store.open(&file, &trial.notes).unwrap();
    assert_eq!((opened.left.0, opened.remarks), (Place::File(moved.join("甲.md")), Vec::new()));
    fs::remove_file(moved.join("乙.md")).unwrap();
    let opened = trial.store.open(&file, &trial.notes).unwrap();
    assert!(opened.remarks[0].contains("missing: 乙.md"), "{:?}", opened.remarks);
    fs::write(moved.join("乙.md"), "别的文字").unwrap();
    let opened = trial.store.open(&file, &trial.notes).unwrap();
    assert!(opened.remarks[0].contains("乙.md has changed"), "{:?}", opened.remarks);
    assert!(trial.store.open(&moved.join("甲.md"), &trial.notes).unwrap_err().contains("damaged"));
}

#[test]
fn a_comparison_of_samples_lies_in_the_data_folder() {
    let trial = Trial::new();
    let mut kept = trial.kept(vec![pinned(&trial)]);
    kept.left = Place::Sample("甲".to_owned());
    let path = trial.store.save(&kept).unwrap();
    assert_eq!(folder_of(&path), trial.path("home/data/comparisons"));
    let asked = AskedComparison::of(&kept);
    assert_eq!(trial.store.read(&asked).unwrap().guidance.rulings.len(), 1);
}

#[test]
fn anchors_say_what_was_decided() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    let ParsedComparison::Good(filed, Checksum::Matches) = parse(&fs::read(trial.file()).unwrap()) else {
        panic!("not as it was written")
    };
    let anchor: &Anchor = &filed.rulings[0].left[0].anchor;
    assert!(anchor.quote.starts_with("第一，先在上游") && !anchor.headings.is_empty());
    assert_eq!((&*filed.left.near, &*filed.left.title), ("甲.md", "修河倡议"));
}

#[test]
fn only_a_link_that_does_not_fit_is_left_out() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    let check = |spoilt: usize, left: usize, expected: &str| {
        let ParsedComparison::Good(mut filed, _) = parse(&fs::read(trial.file()).unwrap()) else {
            panic!("not as it was written")
        };
        for link in filed.found.as_mut().unwrap().links.iter_mut().take(spoilt) {
            link.passages[0].left = Span::whole(LEFT);
        }
        fs::write(trial.file(), super::super::comparison_shape::print(&filed)).unwrap();
        let read = trial.other().read(&trial.asked()).unwrap();
        assert_eq!(read.comparison.map_or(0, |comparison| comparison.links().len()), left);
        let [remark] = read.remarks.as_slice() else { panic!("{:?}", read.remarks) };
        assert!(remark.starts_with(expected), "{remark}");
        assert_eq!(read.guidance.rulings, [pinned(&trial)]);
    };
    check(
        1,
        1,
        "1 of the 2 links that were kept could not be used and were left out (第一，先在上游的山坡上种… ⇄ 上游山坡种树",
    );
    check(2, 0, "none of the 2 links that were kept fits the texts");
}

#[test]
fn the_sides_may_change_over() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap();
    let asked = trial.asked();
    let parts = (asked.parts.1, asked.parts.0);
    let asked = AskedComparison { left: asked.right, right: asked.left, parts };
    let read = trial.other().read(&asked).unwrap();
    let turned = |ruling: Ruling| Ruling { left: ruling.right, right: ruling.left, ..ruling };
    assert_eq!(read.guidance.rulings, [turned(pinned(&trial))]);
    let links = links_of(&read);
    assert_eq!((&*links[0].left, &*links[0].right), (&[BlockIndex::new(1)][..], &[BlockIndex::new(3)][..]));
    // Saved the other way round without being read, it stays one file with one ruling.
    let mut kept = trial.kept_without_links(vec![turned(pinned(&trial))]);
    std::mem::swap(&mut kept.left, &mut kept.right);
    std::mem::swap(&mut kept.left_part, &mut kept.right_part);
    assert_eq!(trial.store.save(&kept).unwrap(), trial.file());
    assert_eq!(trial.read().guidance.rulings, [pinned(&trial)]);
}

#[test]
fn what_is_taken_back_as_soon_as_the_sides_changed_over_is_gone() {
    let trial = Trial::new();
    trial.store.save(&trial.kept(vec![pinned(&trial), refused(&trial)])).unwrap();
    let turned = |ruling: Ruling| Ruling { left: ruling.right, right: ruling.left, ..ruling };
    let mut kept = trial.kept_without_links(vec![turned(refused(&trial))]);
    std::mem::swap(&mut kept.left, &mut kept.right);
    std::mem::swap(&mut kept.left_part, &mut kept.right_part);
    trial.store.save(&kept).unwrap();
    assert_eq!(trial.other().read(&trial.asked()).unwrap().guidance.rulings, [refused(&trial)]);
    trial.store.save(&trial.kept(vec![])).unwrap();
    assert_eq!(trial.other().read(&trial.asked()).unwrap().guidance.rulings, []);
}

#[test]
fn a_document_is_sought_once_at_each_place() {
    let trial = Trial::new();
    let check = |place: &str, near: &str, expected: &[&str]| {
        let place = trial.place(place).to_words();
        let side = FiledSide { place, near: near.to_owned(), ..FiledSide::default() };
        let expected: Vec<Place> = expected.iter().map(|name| trial.place(name)).collect();
        assert_eq!(places_of(&side, trial.folder.path()).collect::<Vec<_>>(), expected);
    };
    check("甲.md", "", &["甲.md"]);
    check("甲.md", "甲.md", &["甲.md"]);
    check("甲.md", "乙.md", &["乙.md", "甲.md"]);
    check("gone.md", "甲.md", &["甲.md"]);
}

#[test]
fn what_is_not_understood_inside_of_passages_stays_in_the_file() {
    let trial = Trial::new();
    trial.store.save(&trial.kept_section(3, vec![refused(&trial)])).unwrap();
    // A later version says more of each passage, and of the section.
    let later = fs::read_to_string(trial.file()).unwrap();
    let quotes = later.matches("quote: ").count();
    let later = later.replace("quote: ", "later: (1, 2), quote: ").replace("first: (", "wider: 3, first: (");
    assert_eq!((quotes, later.matches("wider: 3").count()), (4, 1));
    fs::write(trial.file(), later).unwrap();
    let mut kept = trial.kept_section(3, vec![refused(&trial), pinned(&trial)]);
    for comparison in [false, true] {
        if comparison {
            let none = Comparison::new(kept.left_part.clone(), kept.right_part.clone(), Vec::new());
            kept.comparison = Some(Arc::new(none));
        }
        trial.other().save(&kept).unwrap();
        let now = fs::read_to_string(trial.file()).unwrap();
        assert_eq!((now.matches("later: (1, 2)").count(), now.matches("wider: 3").count()), (4, 1), "{now}");
        assert_eq!(now.matches("decision: ").count(), 2, "{now}");
    }
}

fn links_of(read: &ComparisonRead) -> Vec<Link> {
    read.comparison.as_ref().unwrap().links().to_vec()
}

#[test]
fn only_a_file_that_may_be_its_own_stands_in_the_way_when_it_cannot_be_read() {
    let trial = Trial::new();
    // What cannot be read as a file: a folder of that name.
    fs::create_dir(trial.path("丙.md ⇄ 丁.md.duidu-compare.ron")).unwrap();
    assert!(trial.store.read(&trial.asked()).is_none());
    assert_eq!(trial.store.save(&trial.kept(vec![pinned(&trial)])).unwrap(), trial.file());
    assert_eq!(trial.read().guidance.rulings, [pinned(&trial)]);
    for name in ["甲.md ⇄ 乙.md 2.duidu-compare.ron", "乙.md ⇄ 甲.md.duidu-compare.ron"] {
        fs::create_dir(trial.path(name)).unwrap();
        assert!(trial.read().read_only.unwrap().contains(name));
        assert!(matches!(trial.store.save(&trial.kept(vec![])), Err(SaveError::File(_))), "{name}");
        fs::remove_dir(trial.path(name)).unwrap();
    }
    // Whatever its name, if it was used before.
    let named = trial.path("河.duidu-compare.ron");
    fs::rename(trial.file(), &named).unwrap();
    assert_eq!(trial.read().guidance.rulings, [pinned(&trial)]);
    fs::rename(&named, trial.path("河.ron")).unwrap();
    fs::create_dir(&named).unwrap();
    assert!(trial.read().read_only.is_some());
    assert!(matches!(trial.store.save(&trial.kept(vec![])), Err(SaveError::File(_))));
}
