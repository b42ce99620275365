//! What lies beside a page that a browser saved: its style sheets and the pages in its frames, in one folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::archive::{normalised, without_percents};

/// Files beside a page, by their names as seen from it: `頁_files/a.css`.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Beside {
    files: Arc<BTreeMap<String, Vec<u8>>>,
}

impl Beside {
    /// These files.
    pub fn of(files: impl IntoIterator<Item = (String, Vec<u8>)>) -> Self {
        Self { files: Arc::new(files.into_iter().collect()) }
    }

    /// Each with its name, in one order.
    pub fn files(&self) -> impl Iterator<Item = (&str, &[u8])> {
        self.files.iter().map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }

    /// The file that is referred to so by another one in `folder`, with its name.
    pub(super) fn find(&self, folder: &str, reference: &str) -> Option<(&str, &[u8])> {
        let path = reference.split(['#', '?']).next().unwrap_or_default().trim();
        let name = normalised(folder, &without_percents(path))?;
        self.files.get_key_value(&name).map(|(name, bytes)| (name.as_str(), bytes.as_slice()))
    }
}

/// The names of the folders that browsers save beside a page of this name; none where it is no page by its name.
pub fn folders_beside(name: &str) -> Vec<String> {
    match name.rsplit_once('.') {
        Some((stem, ending)) if is_page(ending) && !stem.is_empty() => {
            ["_files", ".files"].iter().map(|end| format!("{stem}{end}")).collect()
        }
        _ => Vec::new(),
    }
}

/// Whether a file of this name in such a folder may be a style sheet or a page: by its ending, or that of the address that
/// it came from.
pub fn may_belong_to_page(name: &str) -> bool {
    let ending = name.rsplit_once('.').map_or("", |(_, ending)| ending).to_ascii_lowercase();
    is_page(&ending) || matches!(ending.as_str(), "css" | "php" | "asp" | "aspx" | "jsp")
}

fn is_page(ending: &str) -> bool {
    ["html", "htm", "xhtml", "shtml"].iter().any(|page| ending.eq_ignore_ascii_case(page))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn files_are_found_by_what_refers_to_them() {
        let beside = Beside::of([("頁_files/a b.css".to_owned(), b"x".to_vec())]);
        let check = |folder: &str, reference: &str, expected: bool| {
            assert_eq!(beside.find(folder, reference).is_some(), expected, "{reference}");
        };
        check("", "./頁_files/a%20b.css", true);
        check("", "%E9%A0%81_files/a%20b.css?v=3#x", true);
        check("頁_files/", "a b.css", true);
        check("頁_files/", "../頁_files/a b.css", true);
        check("", "a b.css", false);
        check("", "../頁_files/a b.css", false);
        check("", "https://example.org/a.css", false);
    }

    #[test]
    fn folders_are_those_of_pages() {
        assert_eq!(folders_beside("頁.HTML"), ["頁_files", "頁.files"]);
        assert!(folders_beside("頁.txt").is_empty() && folders_beside(".html").is_empty());
        assert!(may_belong_to_page("saved_resource(1).html") && may_belong_to_page("load.php"));
        assert!(!may_belong_to_page("a.js") && !may_belong_to_page("a.png"));
    }
}
