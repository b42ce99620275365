//! What must hold of whatever is read.

use duidu::document::{BlockIndex, HyperlinkTarget};
use duidu::import::{ImportError, Imported, News, ReadOptions, read_telling};

/// There is a document that holds, or an error that says why; the first pages hold too.
pub(crate) fn holds(name: &str, bytes: Vec<u8>, options: &ReadOptions) {
    let mut tell = |news: News| {
        if let News::Beginning(imported) = news {
            of(&imported);
        }
    };
    match read_telling(name, bytes, options, &mut tell) {
        Ok(imported) => of(&imported),
        Err(error @ ImportError::Inconsistent(_)) => panic!("{error}"),
        Err(error) => assert!(!error.to_string().is_empty()),
    }
}

/// Every position lies in the text, and every block has a reading.
pub(crate) fn of(imported: &Imported) {
    let document = &imported.document;
    let text = document.text();
    for (index, block) in document.blocks().iter().enumerate() {
        let reading = document.reading(BlockIndex::new(index)).expect("every block has a reading");
        assert_eq!(reading.pairing.left_len(), block.span.len());
        assert_eq!(reading.pairing.right_len() as usize, reading.text.len());
    }
    for link in document.footnotes() {
        assert!(link.mark.of(text).is_some() && document.block(link.note).is_some());
    }
    let mut end = 0;
    for link in document.hyperlinks() {
        assert!(link.words.start() >= end && link.words.of(text).is_some_and(|words| !words.is_empty()));
        end = link.words.end();
        if let HyperlinkTarget::Place(place) = link.target {
            assert!(text.is_char_boundary(place as usize));
        }
    }
    for comment in &imported.comments {
        assert!(comment.span.of(text).is_some());
    }
    for warning in &imported.warnings {
        assert!(!warning.to_string().is_empty());
    }
}
