//! The power is cut: the image of a file system is frozen in the middle of a save, and what it holds is opened.
//!
//! The copy of an image holds what the file system has given to its disk, in three modes of ext4. It needs root, to
//! mount, and the program `mkfs.ext4`.

use std::fs;
use std::path::{Path, PathBuf};
use std::process::Command;
use std::thread;
use std::time::{Duration, Instant};

use super::figures::{Figure, shared};
use super::program::write_document;
use super::story::Dice;
use super::trial::{Answers, Trial};

const NAME: &str = "power cut, three modes of ext4";
const MODES: [&str; 3] = ["data=ordered", "data=writeback", "data=journal"];

/// So many cuts, in turn in each mode.
pub(crate) fn cuts(count: usize) -> Figure {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::within(folder.path());
    if let Err(reason) = make(&disk.image).and_then(|()| mounted(&disk.image, &disk.mount, MODES[0], || ())) {
        return Figure::untried(NAME, &reason);
    }
    let empty = fs::read(&disk.image).unwrap();
    let mut figure = shared(count, |share, count| cuts_of(&empty, share, count));
    figure.besides = format!("{} steps were said to be saved", figure.seen);
    figure
}

fn cuts_of(empty: &[u8], share: usize, count: usize) -> Figure {
    let folder = tempfile::tempdir().unwrap();
    let disk = Disk::within(folder.path());
    let (mut figure, mut dice) = (Figure::of(NAME), Dice::new(10 + share as u64));
    for number in 0..count {
        fs::write(&disk.image, empty).unwrap();
        let mode = MODES[number % MODES.len()];
        let outcome = one(&disk, mode, 20_000 + dice.below(1_000_000));
        figure.seen += outcome.as_ref().copied().unwrap_or_default();
        figure.count(outcome.map(drop).map_err(|violation| format!("{mode}: {violation}")));
    }
    figure
}

/// The image of a file system, its copy at the moment of the cut, and where either is mounted.
struct Disk {
    image: PathBuf,
    frozen: PathBuf,
    mount: PathBuf,
}

impl Disk {
    fn within(folder: &Path) -> Self {
        let [image, frozen, mount] = ["image", "frozen", "mounted"].map(|name| folder.join(name));
        fs::create_dir(&mount).unwrap();
        Self { image, frozen, mount }
    }
}

fn one(disk: &Disk, mode: &str, microseconds: usize) -> Result<usize, String> {
    let Disk { image, frozen, mount } = disk;
    let said = mounted(image, mount, mode, || {
        write_document(mount);
        run(Command::new("sync").arg("-f").arg(mount))?;
        let trial = Trial::at(mount, 11);
        let mut copied = Ok(0);
        let answers = Answers::until(trial.command(&[], 1_000).spawn().unwrap(), |child| {
            thread::sleep(Duration::from_micros(microseconds as u64));
            let stopped = run(Command::new("kill").args(["-STOP", &child.id().to_string()]));
            copied = stopped.and_then(|()| fs::copy(image, frozen).map_err(|error| error.to_string()));
            child.kill().unwrap();
        });
        copied.map(|_| answers.said(0))
    })??;
    mounted(frozen, mount, mode, || Trial::at(mount, 11).check(said))??;
    Ok(said)
}

fn make(image: &Path) -> Result<(), String> {
    fs::File::create(image).and_then(|file| file.set_len(24 << 20)).map_err(|error| error.to_string())?;
    run(Command::new("mkfs.ext4").args(["-q", "-F"]).arg(image))
}

/// Does something while the image is mounted.
fn mounted<Out>(image: &Path, mount: &Path, mode: &str, work: impl FnOnce() -> Out) -> Result<Out, String> {
    run(Command::new("mount").args(["-o", &format!("loop,{mode}")]).arg(image).arg(mount))?;
    let out = work();
    unmount(mount)?;
    Ok(out)
}

/// What the program goes on doing in the background for a moment keeps a file system busy.
fn unmount(mount: &Path) -> Result<(), String> {
    let end = Instant::now() + Duration::from_secs(20);
    loop {
        match run(Command::new("umount").arg(mount)) {
            Err(_) if Instant::now() < end => thread::sleep(Duration::from_millis(20)),
            result => return result,
        }
    }
}

fn run(command: &mut Command) -> Result<(), String> {
    let output = command.output().map_err(|error| error.to_string())?;
    if output.status.success() {
        Ok(())
    } else {
        Err(String::from_utf8_lossy(&output.stderr).trim().to_owned())
    }
}
