//! What belongs to a page: the folder that a browser saves beside it, and what it refers to in its own folder.

use std::collections::BTreeMap;
use std::fs::{self, File};
use std::io::Read;
use std::path::Path;

use crate::import::{Beside, folders_beside, may_belong_to_page, referred};

/// How much of such a folder is taken in: so many of its names are looked at, so many files, so many bytes of one and of all.
const MOST_NAMES: usize = 5_000;
const MOST_FILES: usize = 200;
const MOST_BYTES: u64 = 4 * 1024 * 1024;
const MOST_OF_ALL: u64 = 32 * 1024 * 1024;

/// The style sheets and pages that lie in the folder beside a page, and those that it refers to elsewhere in its own
/// folder. What cannot be read is not there; what links lead to lies elsewhere.
pub(super) fn beside(page: &Path) -> Beside {
    let folders = folders_beside(page_name(page));
    let Some(around) = page.parent().filter(|_| !folders.is_empty()) else { return Beside::default() };
    let mut taken = Taken { left: MOST_OF_ALL, files: BTreeMap::new() };
    for folder in folders {
        for name in names_in(&around.join(&folder)) {
            taken.take(around, format!("{folder}/{name}"));
        }
    }
    let own = read(page, MOST_BYTES).unwrap_or_default();
    let mut waiting: Vec<String> = referred("", &own);
    waiting.extend(taken.files.iter().flat_map(|(name, bytes)| referred(name, bytes)));
    while let Some(name) = waiting.pop().filter(|_| taken.files.len() < MOST_FILES) {
        let is_in_reach = name != page_name(page) && has_no_links(around, &name);
        if let Some(bytes) = is_in_reach.then(|| taken.take(around, name.clone())).flatten() {
            waiting.extend(referred(&name, bytes));
        }
    }
    Beside::of(taken.files)
}

fn page_name(page: &Path) -> &str {
    page.file_name().and_then(|name| name.to_str()).unwrap_or_default()
}

/// Files that were taken in.
struct Taken {
    /// How many bytes more.
    left: u64,
    files: BTreeMap<String, Vec<u8>>,
}

impl Taken {
    /// Takes in a file, unless it was before or there is no room.
    fn take(&mut self, around: &Path, name: String) -> Option<&[u8]> {
        if self.files.len() >= MOST_FILES || self.files.contains_key(&name) {
            return None;
        }
        let bytes = read(&around.join(&name), MOST_BYTES.min(self.left))?;
        self.left -= bytes.len() as u64;
        Some(self.files.entry(name).or_insert(bytes))
    }
}

/// Whether a file lies where its name says, and no link on the way leads elsewhere.
fn has_no_links(around: &Path, name: &str) -> bool {
    let mut place = around.to_owned();
    let mut parts = name.split('/').peekable();
    while let Some(part) = parts.next() {
        place.push(part);
        let is_last = parts.peek().is_none();
        let holds = |found: fs::Metadata| if is_last { found.is_file() } else { found.is_dir() };
        if !fs::symlink_metadata(&place).is_ok_and(holds) {
            return false;
        }
    }
    true
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

    #[test]
    fn what_a_page_refers_to_in_its_folder_is_taken_in_and_nothing_above_it() {
        let above = tempfile::tempdir().unwrap();
        let folder = above.path().join("內");
        fs::create_dir_all(folder.join("框")).unwrap();
        let page = folder.join("頁.html");
        let write = |name: &str, text: &str| fs::write(folder.join(name), text).unwrap();
        write(
            "頁.html",
            "<frame src=框/甲.html><frame src=../上.html><frame src=頁.html><link rel=stylesheet href=a.css>",
        );
        write("框/甲.html", "<frame src=乙.html><frame src=../丙.html><frame src=../../上.html>");
        write("框/乙.html", "<frame src=甲.html>");
        write("丙.html", "");
        write("丁.html", "");
        write("a.css", "@import 'b.css';");
        write("b.css", "");
        fs::write(above.path().join("上.html"), "").unwrap();
        let found = beside(&page);
        let names: Vec<&str> = found.files().map(|(name, _)| name).collect();
        assert_eq!(names, ["a.css", "b.css", "丙.html", "框/乙.html", "框/甲.html"]);
    }

    #[cfg(unix)]
    #[test]
    fn a_link_on_the_way_to_what_a_page_refers_to_is_not_followed() {
        let folder = tempfile::tempdir().unwrap();
        let (inner, other) = (folder.path().join("內"), folder.path().join("他"));
        fs::create_dir(&inner).unwrap();
        fs::create_dir(&other).unwrap();
        fs::write(other.join("a.html"), "").unwrap();
        std::os::unix::fs::symlink(&other, inner.join("x")).unwrap();
        std::os::unix::fs::symlink(other.join("a.html"), inner.join("b.html")).unwrap();
        fs::write(inner.join("頁.html"), "<frame src=x/a.html><frame src=b.html>").unwrap();
        assert_eq!(beside(&inner.join("頁.html")), Beside::default());
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
