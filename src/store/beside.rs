//! The folder that a browser saves beside a page.

use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::import::{Beside, folders_beside, may_belong_to_page};

/// How much of such a folder is taken in: so many of its names are looked at, so many files, so many bytes of one and of all.
const MOST_NAMES: usize = 5_000;
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 4 * 1024 * 1024;
const MOST_OF_ALL: u64 = 32 * 1024 * 1024;

/// The style sheets and pages that lie in the folder beside a page. What cannot be read is not there; what links lead to
/// lies elsewhere.
pub(super) fn beside(page: &Path) -> Beside {
    let name = page.file_name().and_then(|name| name.to_str()).unwrap_or_default();
    let mut left = MOST_OF_ALL;
    let mut files = Vec::new();
    for folder in folders_beside(name) {
        let place = page.with_file_name(&folder);
        for name in names_in(&place) {
            if files.len() < MOST_FILES
                && let Some(bytes) = read(&place.join(&name), MOST_BYTES.min(left))
            {
                left -= bytes.len() as u64;
                files.push((format!("{folder}/{name}"), bytes));
            }
        }
    }
    Beside::of(files)
}

/// The names of the files in a folder that may belong to a page, in one order.
fn names_in(folder: &Path) -> Vec<String> {
    let is_folder = fs::symlink_metadata(folder).is_ok_and(|found| found.is_dir());
    let entries = is_folder.then(|| fs::read_dir(folder).ok()).flatten();
    let files = entries.into_iter().flatten().take(MOST_NAMES).filter_map(|entry| {
        let entry = entry.ok().filter(|entry| entry.file_type().is_ok_and(|kind| kind.is_file()))?;
        entry.file_name().into_string().ok().filter(|name| may_belong_to_page(name))
    });
    let mut names: Vec<String> = files.collect();
    names.sort_unstable();
    names
}

/// The bytes of a file that has no more than so many.
fn read(path: &Path, most: u64) -> Option<Vec<u8>> {
    let mut bytes = Vec::new();
    File::open(path).ok()?.take(most + 1).read_to_end(&mut bytes).ok()?;
    (bytes.len() as u64 <= most).then_some(bytes)
}

#[cfg(test)]
mod tests {
    use super::*;

    /// A page with a folder of these files beside it.
    fn check(files: &[(&str, usize)], expected: &[&str]) {
        let folder = tempfile::tempdir().unwrap();
        let page = folder.path().join("頁.html");
        fs::write(&page, "<p>").unwrap();
        fs::create_dir(folder.path().join("頁_files")).unwrap();
        for (name, length) in files {
            fs::write(folder.path().join(name), "x".repeat(*length)).unwrap();
        }
        let found = beside(&page);
        assert_eq!(found.files().map(|(name, _)| name).collect::<Vec<_>>(), expected);
    }

    #[test]
    fn style_sheets_and_pages_are_taken_in_and_nothing_else() {
        let most = usize::try_from(MOST_BYTES).unwrap();
        check(
            &[
                ("頁_files/b.html", 3),
                ("頁_files/a.css", most),
                ("頁_files/c.css", most + 1),
                ("頁_files/d.js", 1),
                ("e.css", 1),
            ],
            &["頁_files/a.css", "頁_files/b.html"],
        );
    }

    #[test]
    fn so_much_of_all_is_taken_in_and_no_more() {
        let most = usize::try_from(MOST_BYTES).unwrap();
        let names: Vec<String> = (0..9).map(|number| format!("頁_files/{number}.css")).collect();
        let files: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), most)).collect();
        let fits = usize::try_from(MOST_OF_ALL / MOST_BYTES).unwrap();
        check(&files, &names.iter().take(fits).map(String::as_str).collect::<Vec<_>>());
        let names: Vec<String> = (0..=MOST_FILES).map(|number| format!("頁_files/{number:03}.css")).collect();
        let files: Vec<(&str, usize)> = names.iter().map(|name| (name.as_str(), 1)).collect();
        check(&files, &names.iter().take(MOST_FILES).map(String::as_str).collect::<Vec<_>>());
    }

    #[cfg(unix)]
    #[test]
    fn what_links_lead_to_is_not_taken_in() {
        let folder = tempfile::tempdir().unwrap();
        let elsewhere = folder.path().join("x.css");
        fs::write(&elsewhere, "x").unwrap();
        fs::create_dir(folder.path().join("頁_files")).unwrap();
        std::os::unix::fs::symlink(&elsewhere, folder.path().join("頁_files/a.css")).unwrap();
        assert_eq!(beside(&folder.path().join("頁.html")), Beside::default());
        std::os::unix::fs::symlink(folder.path().join("頁_files"), folder.path().join("他_files")).unwrap();
        fs::write(folder.path().join("頁_files/b.css"), "x").unwrap();
        assert_eq!(beside(&folder.path().join("他.html")), Beside::default());
    }
}
