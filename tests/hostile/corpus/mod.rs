//! The hostile corpus: what is made of sound documents of our own, and by hand, to hurt whoever reads it.
//!
//! Everything is made anew in each run; random numbers are the same each time.

mod books;
mod bytes;
mod marked;
mod odd;
mod office;
mod packed;
mod paged;
mod paged_faults;
mod xml;

use std::sync::OnceLock;

use super::outcome::Outcome;

/// One file that is tried.
pub(crate) struct Hostile {
    /// What it is or claims to be: one of [`FORMATS`].
    pub(crate) format: &'static str,
    /// What is wrong with it.
    pub(crate) family: &'static str,
    /// What may come of it; whatever is no violation where it is empty.
    pub(crate) expected: &'static [Outcome],
    /// Its bytes.
    pub(crate) bytes: Make,
}

/// Makes the bytes of a file: some are large, and made only when they are tried.
pub(crate) type Make = Box<dyn Fn() -> Vec<u8> + Send + Sync>;

/// The formats with the endings of their names.
pub(crate) const FORMATS: [(&str, &str); 10] = [
    ("plain text", "txt"),
    ("Markdown", "md"),
    ("HTML", "html"),
    ("MHTML", "mht"),
    ("EPUB", "epub"),
    ("DOCX", "docx"),
    ("ODT", "odt"),
    ("PDF", "pdf"),
    ("RTF", "rtf"),
    ("unknown", "bin"),
];

/// What hostile files refer to: nothing of it may be read.
pub(crate) struct Bait {
    /// A file of this machine.
    pub(crate) file: String,
    /// A page that this machine would serve.
    pub(crate) page: String,
}

/// What stands in the bait.
pub(crate) const SECRET: &str = "此密不可見";

/// The bait of this run.
pub(crate) static BAIT: OnceLock<Bait> = OnceLock::new();

/// References to what no document may reach: files of this machine in all ways of writing them, and the network.
fn references() -> Vec<String> {
    let Bait { file, page } = BAIT.get().unwrap();
    let climbing = format!("../../../../../../../..{file}");
    let network = "//server/share/a.txt".to_owned();
    vec![
        file.clone(),
        format!("file://{file}"),
        climbing.clone(),
        climbing.replace('/', "\\"),
        climbing.replace("..", "%2e%2e"),
        network.replace('/', "\\"),
        format!("file:{network}"),
        "C:\\Windows\\win.ini".to_owned(),
        page.clone(),
        page.replace("http:", ""),
        "javascript:alert(1)".to_owned(),
        "data:text/html,x".to_owned(),
    ]
}

/// Files that are gathered.
#[derive(Default)]
pub(crate) struct Shelf(Vec<Hostile>);

impl Shelf {
    fn add(
        &mut self,
        format: &'static str,
        family: &'static str,
        expected: &'static [Outcome],
        bytes: impl Fn() -> Vec<u8> + Send + Sync + 'static,
    ) {
        self.0.push(Hostile { format, family, expected, bytes: Box::new(bytes) });
    }
}

/// Every file of the corpus.
pub(crate) fn all() -> Vec<Hostile> {
    let mut shelf = Shelf::default();
    bytes::fill(&mut shelf);
    packed::fill(&mut shelf);
    xml::fill(&mut shelf);
    marked::fill(&mut shelf);
    books::fill(&mut shelf);
    office::fill(&mut shelf);
    paged::fill(&mut shelf);
    paged_faults::fill(&mut shelf);
    odd::fill(&mut shelf);
    shelf.0
}
