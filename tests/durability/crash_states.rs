//! Every state of the disk that a crash may leave behind, under a model that promises little.
//!
//! After Pillai and others, "All File Systems Are Not Created Equal" (OSDI 2014): what is not synchronised may have
//! reached the disk or not, in any order; the data of a file up to any write, and half of that; names one by one,
//! however they depend on each other. A file that is synchronised has its name too, as with ext4.

use std::collections::{BTreeMap, BTreeSet};
use std::fs;
use std::hash::{DefaultHasher, Hash, Hasher};
use std::path::{Path, PathBuf};

use super::figures::Figure;
use super::story::Dice;
use super::trace::{self, Deed};
use super::trial::Trial;

/// So many steps are made.
const STEPS: usize = 2;

/// So many subsets of what is not synchronised are tried at one moment, where there are more.
const MOST: usize = 64;

/// All states, or so many of them.
pub(crate) fn all(count: usize) -> Figure {
    let name = "states of the disk after a crash, weak model";
    if !trace::is_there() {
        return Figure::untried(name, "there is no strace");
    }
    let mut trial = Trial::after(8, 3);
    let (before, saved) = (Disk::read(trial.path()), trial.saved);
    let deeds = trace::deeds_of_a_save(&trial, STEPS);
    let mut states = states(&before, &deeds);
    let (all, mut dice) = (states.len(), Dice::new(9));
    if count < all {
        dice.shuffle(&mut states);
        states.truncate(count);
    }
    let mut figure = Figure::of(name);
    for (said, disk) in states {
        disk.write(trial.path());
        trial.saved = saved;
        figure.count(trial.check(saved + said));
    }
    figure.besides = format!("{all} states of {} deeds", deeds.len());
    figure
}

/// The files of a folder.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
struct Disk {
    folders: BTreeSet<PathBuf>,
    names: BTreeMap<PathBuf, usize>,
    /// The data of each file.
    data: BTreeMap<usize, Vec<u8>>,
}

impl Disk {
    fn read(folder: &Path) -> Self {
        let mut disk = Self::default();
        disk.read_folder(folder);
        disk
    }

    fn read_folder(&mut self, folder: &Path) {
        for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            if path.is_dir() {
                self.folders.insert(path.clone());
                self.read_folder(&path);
            } else {
                let number = self.data.len();
                self.data.insert(number, fs::read(&path).unwrap());
                self.names.insert(path, number);
            }
        }
    }

    /// Makes the folder what this says.
    fn write(&self, folder: &Path) {
        for path in fs::read_dir(folder).unwrap().flatten().map(|entry| entry.path()) {
            let removed = if path.is_dir() { fs::remove_dir_all(&path) } else { fs::remove_file(&path) };
            removed.unwrap();
        }
        for folder in &self.folders {
            fs::create_dir_all(folder).unwrap();
        }
        for (path, number) in &self.names {
            fs::create_dir_all(path.parent().unwrap()).unwrap();
            fs::write(path, &self.data[number]).unwrap();
        }
    }

    fn print(&self, said: usize) -> u64 {
        let mut hasher = DefaultHasher::new();
        let files: Vec<_> = self.names.iter().map(|(path, number)| (path, &self.data[number])).collect();
        (files, said).hash(&mut hasher);
        hasher.finish()
    }
}

/// One deed, with the file that it is about and whether it is sure to have reached the disk.
#[derive(Clone, Debug)]
struct Done {
    deed: Deed,
    file: usize,
    sure: bool,
}

impl Done {
    fn is_data(&self) -> bool {
        matches!(self.deed, Deed::Write(..) | Deed::Cut(..))
    }
}

/// The states after each deed, without repetitions: how many steps were said to be saved, and the disk.
fn states(before: &Disk, deeds: &[Deed]) -> Vec<(usize, Disk)> {
    let (mut seen, mut states) = (BTreeSet::new(), Vec::new());
    for end in 0..=deeds.len() {
        let said = deeds[..end].iter().filter(|deed| **deed == Deed::Said).count();
        let done = done_until(before, &deeds[..end]);
        for chosen in choices(&done) {
            let disk = after(before, &done, &chosen);
            if seen.insert(disk.print(said)) {
                states.push((said, disk));
            }
        }
    }
    states
}

/// Which file each deed is about, and what a later one has made sure.
fn done_until(before: &Disk, deeds: &[Deed]) -> Vec<Done> {
    let mut names = before.names.clone();
    let mut next = before.data.len();
    let mut done: Vec<Done> = Vec::new();
    for deed in deeds {
        let file = match deed {
            Deed::Create(path) | Deed::Write(path, _) if !names.contains_key(path) => {
                next += 1;
                names.insert(path.clone(), next);
                done.push(Done { deed: Deed::Create(path.clone()), file: next, sure: false });
                next
            }
            Deed::Create(path) => {
                let file = names[path];
                done.push(Done { deed: Deed::Cut(path.clone(), 0), file, sure: false });
                continue;
            }
            Deed::Write(path, _) | Deed::Cut(path, _) => names.get(path).copied().unwrap_or_default(),
            Deed::Rename(from, to) => {
                let file = names.remove(from).unwrap_or_default();
                names.insert(to.clone(), file);
                file
            }
            Deed::Remove(path) => names.remove(path).unwrap_or_default(),
            Deed::Sync(path) => {
                make_sure(&mut done, path, names.get(path).copied());
                continue;
            }
            Deed::Folder(_) | Deed::Said => 0,
        };
        if !matches!(deed, Deed::Create(_) | Deed::Said) {
            done.push(Done { deed: deed.clone(), file, sure: false });
        }
    }
    done
}

fn make_sure(done: &mut [Done], path: &Path, file: Option<usize>) {
    let within = |other: &Path| other.parent() == Some(path);
    for each in done {
        each.sure |= match (&each.deed, file) {
            (Deed::Write(..) | Deed::Cut(..) | Deed::Create(_), Some(file)) => each.file == file,
            (Deed::Create(name) | Deed::Remove(name) | Deed::Folder(name), None) => within(name),
            (Deed::Rename(from, to), None) => within(from) || within(to),
            _ => false,
        };
    }
}

/// For each deed that is not sure how much of it reached the disk, in halves: every choice, or many of them.
fn choices(done: &[Done]) -> Vec<Vec<u8>> {
    let unsure: Vec<usize> = (0..done.len()).filter(|&index| !done[index].sure).collect();
    let whole: Vec<u8> = vec![2; done.len()];
    let grades = |index: usize| if done[index].is_data() { 3 } else { 2 };
    let number = unsure.iter().try_fold(1_usize, |product, &index| product.checked_mul(grades(index)));
    let mut dice = Dice::new(done.len() as u64);
    let mut choices = vec![whole.clone()];
    let all = number.filter(|number| *number <= MOST);
    for combination in 0..all.unwrap_or(MOST) {
        let (mut chosen, mut rest) = (whole.clone(), combination);
        for &index in &unsure {
            let grade = if all.is_some() { rest % grades(index) } else { dice.below(grades(index)) };
            rest /= grades(index);
            let halves = if done[index].is_data() { grade } else { 2 * grade };
            chosen[index] = u8::try_from(halves).unwrap();
        }
        choices.push(chosen);
    }
    choices
}

fn after(before: &Disk, done: &[Done], chosen: &[u8]) -> Disk {
    let mut disk = before.clone();
    let mut torn = BTreeSet::new();
    for (each, &halves) in done.iter().zip(chosen) {
        if halves == 0 || each.is_data() && torn.contains(&each.file) {
            // What follows in the same file did not reach it either.
            torn.extend(Some(each.file).filter(|_| each.is_data()));
            continue;
        }
        match &each.deed {
            Deed::Create(path) => {
                disk.data.entry(each.file).or_default();
                disk.names.insert(path.clone(), each.file);
            }
            Deed::Write(_, bytes) => {
                let end = bytes.len() * usize::from(halves) / 2;
                disk.data.entry(each.file).or_default().extend(&bytes[..end]);
                torn.extend(Some(each.file).filter(|_| halves < 2));
            }
            Deed::Cut(_, length) => disk.data.entry(each.file).or_default().truncate(*length),
            Deed::Rename(from, to) => {
                disk.names.remove(from);
                disk.data.entry(each.file).or_default();
                disk.names.insert(to.clone(), each.file);
            }
            Deed::Remove(path) => drop(disk.names.remove(path)),
            Deed::Folder(path) => drop(disk.folders.insert(path.clone())),
            Deed::Sync(_) | Deed::Said => {}
        }
    }
    disk
}
