//! What lies beside a page that a browser saved: its style sheets and the pages in its frames, in one folder.

use std::collections::BTreeMap;
use std::sync::Arc;

use super::archive::{folder_of, normalised, without_percents};
use super::html::{css, tags};

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

/// The names, as seen from a page, of the files that one of these bytes refers to and that may belong to the page: style
/// sheets and pages in frames, none above the folder of the page and none elsewhere. `name` is its own name as seen from
/// the page, empty for the page itself.
pub fn referred(name: &str, bytes: &[u8]) -> Vec<String> {
    let text = String::from_utf8_lossy(bytes.get(..MOST_LOOKED_AT).unwrap_or(bytes));
    let is_sheet = name.rsplit_once('.').is_some_and(|(_, ending)| ending.eq_ignore_ascii_case("css"));
    let references = if is_sheet { css::imports(&text) } else { tags::references(&text) };
    let within = |reference: String| {
        let path = reference.split(['#', '?']).next().unwrap_or_default().trim();
        let elsewhere = path.contains(':') || path.starts_with(['/', '\\']);
        let file = normalised(folder_of(name), &without_percents(path)).filter(|_| !elsewhere)?;
        (!file.contains([':', '\0']) && may_belong_to_page(&file)).then_some(file)
    };
    references.into_iter().filter_map(within).collect()
}

/// So much of a file is looked at for what it refers to, in bytes.
const MOST_LOOKED_AT: usize = 4 * 1024 * 1024;

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
    fn pages_and_sheets_refer_to_files_in_the_folder_of_the_page() {
        let page = "<link rel='stylesheet' href=\"css/a%20b.css?v=1\"><LINK REL=stylesheet HREF=c.css><link rel=icon href=i.css>\
             <link rel=stylesheet href='../up.css'><link rel=stylesheet href='https://a.example/x.css'>\
             <link rel=stylesheet href='//a.example/x.css'><link rel=stylesheet href='/x.css'><link rel=stylesheet href='c%3Ax.css'>\
             <style>@import 'd.css';</style><iframe src = 'frames/e.html#x'></iframe><frame src=f.htm><iframe src=g.js>\
             </iframe><!-- <frame src=h.htm> --><a href=j.html>";
        let found = referred("", page.as_bytes());
        assert_eq!(found, ["css/a b.css", "c.css", "d.css", "frames/e.html", "f.htm"]);
        assert_eq!(
            referred("css/a.css", b"@import 'b.css'; @import '../c.css'; @import '../../d.css';"),
            ["css/b.css", "c.css"]
        );
        assert_eq!(referred("frames/e.html", b"<frame src=../../e.html><frame src=../e.html>"), ["e.html"]);
    }

    #[test]
    fn folders_are_those_of_pages() {
        assert_eq!(folders_beside("頁.HTML"), ["頁_files", "頁.files"]);
        assert!(folders_beside("頁.txt").is_empty() && folders_beside(".html").is_empty());
        assert!(may_belong_to_page("saved_resource(1).html") && may_belong_to_page("load.php"));
        assert!(!may_belong_to_page("a.js") && !may_belong_to_page("a.png"));
    }
}
