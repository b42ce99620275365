//! The documents in a folder and all folders in it.

use std::collections::BTreeSet;
use std::path::{Path, PathBuf};
use std::{fs, io};

use super::real::real;
use crate::import::ENDINGS;

/// What lies in a folder.
#[derive(Debug, Default)]
pub(super) struct Walked {
    /// Files that may be documents, in the order of their paths.
    pub(super) files: Vec<PathBuf>,
    /// Files that are surely none.
    pub(super) skipped: Vec<PathBuf>,
    /// Folders that could not be read, and why.
    pub(super) unreadable: Vec<(PathBuf, io::Error)>,
}

/// The documents in a folder and all folders in it, in the order of their paths; and which folders could not be
/// read, one sentence each.
pub fn documents_in(folder: &Path) -> (Vec<PathBuf>, Vec<String>) {
    let Walked { files, unreadable, .. } = walk(folder, &|| true);
    let remark = |(folder, error): (PathBuf, io::Error)| format!("{error}: {}", folder.display());
    (files, unreadable.into_iter().map(remark).collect())
}

/// More files than this are not gathered: somebody has chosen the whole disk.
const MOST: usize = 200_000;

/// Looks into a folder and all folders in it. What is hidden is left alone; a folder that a symbolic link leads
/// to again is looked at once. `goes_on` is asked now and then.
pub(super) fn walk(folder: &Path, goes_on: &dyn Fn() -> bool) -> Walked {
    let mut walked = Walked::default();
    let mut seen = BTreeSet::new();
    let mut waiting = vec![folder.to_owned()];
    while let Some(folder) = waiting.pop() {
        if !goes_on() || walked.files.len() >= MOST {
            break;
        }
        match look_into(&folder, &mut seen, &mut walked) {
            Ok(folders) => waiting.extend(folders),
            Err(error) => walked.unreadable.push((folder, error)),
        }
    }
    walked.files.sort();
    walked.files.dedup();
    walked
}

/// Answers the folders in it.
fn look_into(folder: &Path, seen: &mut BTreeSet<PathBuf>, walked: &mut Walked) -> io::Result<Vec<PathBuf>> {
    if !seen.insert(fs::canonicalize(folder)?) {
        return Ok(Vec::new());
    }
    let mut folders = Vec::new();
    for entry in fs::read_dir(real(folder))?.flatten() {
        let path = entry.path();
        if entry.file_name().as_encoded_bytes().starts_with(b".") || is_our_own(&path) {
            continue;
        }
        // A link that leads nowhere is no document.
        let Ok(metadata) = fs::metadata(&path) else { continue };
        if is_hidden(&metadata) {
            continue;
        }
        if metadata.is_dir() {
            folders.push(path);
        } else if metadata.is_file() && may_be_document(&path) {
            walked.files.push(real(&path));
        } else {
            walked.skipped.push(path);
        }
    }
    Ok(folders)
}

/// Windows hides files by a mark (`FILE_ATTRIBUTE_HIDDEN`).
#[cfg(windows)]
fn is_hidden(metadata: &fs::Metadata) -> bool {
    use std::os::windows::fs::MetadataExt;
    metadata.file_attributes() & 2 != 0
}

/// Elsewhere what is hidden has a name that begins with a dot.
#[cfg(not(windows))]
fn is_hidden(_metadata: &fs::Metadata) -> bool {
    false
}

/// Whether a file belongs to another one: notes and comparisons.
fn is_our_own(path: &Path) -> bool {
    let name = path.file_name().unwrap_or_default().to_string_lossy();
    name.ends_with(".ron") && (name.contains(".duidu.") || name.contains(".duidu-"))
}

fn may_be_document(path: &Path) -> bool {
    path.extension().is_none_or(|ending| {
        let ending = ending.to_string_lossy().to_lowercase();
        ENDINGS.contains(&ending.as_str())
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn names(folder: &Path, walked: &Walked) -> Vec<String> {
        let real = real(folder);
        let inside = |path: &PathBuf| path.strip_prefix(&real).unwrap().to_string_lossy().replace('\\', "/");
        walked.files.iter().map(inside).collect()
    }

    fn shelf() -> tempfile::TempDir {
        let folder = tempfile::tempdir().unwrap();
        fs::create_dir_all(folder.path().join("深/處")).unwrap();
        fs::create_dir_all(folder.path().join(".git")).unwrap();
        let files = [
            "甲.txt",
            "乙.MD",
            "無名",
            "圖.png",
            "甲.txt.duidu.ron",
            ".隱.txt",
            ".git/a.txt",
            "深/處/丙.html",
            "甲.txt ⇄ 乙.MD.duidu-compare.ron",
        ];
        for name in files {
            fs::write(folder.path().join(name), "文").unwrap();
        }
        folder
    }

    #[test]
    fn documents_are_found_and_the_rest_is_counted_or_hidden() {
        let folder = shelf();
        let walked = walk(folder.path(), &|| true);
        assert_eq!(names(folder.path(), &walked), ["乙.MD", "深/處/丙.html", "無名", "甲.txt"]);
        assert_eq!((walked.skipped.len(), walked.unreadable.len()), (1, 0));
        let Walked { files, skipped, unreadable } = walk(folder.path(), &|| false);
        assert_eq!([files.len(), skipped.len(), unreadable.len()], [0, 0, 0]);
        assert_eq!(walk(&folder.path().join("沒有"), &|| true).unreadable.len(), 1);
    }

    #[cfg(windows)]
    #[test]
    fn files_are_called_as_a_reader_would_call_them_and_hidden_ones_left_alone() {
        use std::os::windows::fs::OpenOptionsExt;
        let folder = shelf();
        let hidden = fs::OpenOptions::new()
            .write(true)
            .create_new(true)
            .attributes(2)
            .open(folder.path().join("己.txt"));
        drop(hidden.unwrap());
        let walked = walk(folder.path(), &|| true);
        let last = walked.files.last().unwrap().to_str().unwrap();
        assert!(last.ends_with("\\甲.txt") && !last.starts_with("\\\\?\\"), "{last}");
        assert_eq!(walked.files.len(), 4);
    }

    #[cfg(unix)]
    #[test]
    fn links_in_a_circle_are_harmless() {
        use std::os::unix::fs::symlink;
        let folder = shelf();
        symlink(folder.path(), folder.path().join("深/回")).unwrap();
        symlink("甲.txt", folder.path().join("又甲.txt")).unwrap();
        symlink("沒有", folder.path().join("斷.txt")).unwrap();
        let walked = walk(folder.path(), &|| true);
        assert_eq!(names(folder.path(), &walked), ["乙.MD", "深/處/丙.html", "無名", "甲.txt"]);
    }
}
