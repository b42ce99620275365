//! Pages that show their text in frames: of other files in the same message, or in the folder beside them.

use std::collections::{BTreeSet, VecDeque};
use std::rc::Rc;

use super::css::{self, Sheet};
use crate::document::Format;
use crate::import::archive::folder_of;
use crate::import::{Beside, Read, ReadOptions, TooHeavy, Unread, Warning, encoding, html, sniff};
use crate::text::saturate;

/// So many frames of a page are looked at.
pub(in crate::import) const MOST_FRAMES: usize = 20;

/// A page and those in its frames.
pub(in crate::import) struct Framed {
    /// What is read.
    pub(in crate::import) read: Read,
    /// How many more say something and are not read.
    pub(in crate::import) unread: usize,
}

impl Framed {
    /// A page alone.
    pub(in crate::import) fn of(read: Read) -> Self {
        Self { read, unread: 0 }
    }

    /// Adds what stands in a frame: it is the text where the page itself has none; else it is mostly advertising.
    pub(in crate::import) fn add(&mut self, mut frame: Read) {
        if !is_silent(&self.read) {
            self.unread += usize::from(!is_silent(&frame));
        } else if !is_silent(&frame) {
            let outer = std::mem::take(&mut self.read.metadata);
            frame.metadata.title = frame.metadata.title.or(outer.title);
            frame.metadata.address = frame.metadata.address.or(outer.address);
            self.read = frame;
        }
    }
}

/// Whether a page says no sentence.
fn is_silent(read: &Read) -> bool {
    let mut open = read.blocks.iter().filter(|block| block.kind.aside().is_none());
    !open.any(|block| {
        block.span.of(&read.text).is_some_and(|said| said.contains(['。', '，', '；', '？', '！']))
    })
}

/// Reads a page with what lies beside it. Where its text stands in another file that is not there, the reader is told.
pub(in crate::import) fn read(
    text: &str,
    options: &ReadOptions,
    warnings: &mut Vec<Warning>,
) -> Result<Read, TooHeavy> {
    let mut page = read_one(text, "", options)?;
    let mut waiting: VecDeque<(String, String)> = refer(String::new(), &mut page).collect();
    let (mut framed, mut seen, mut missing) = (Framed::of(page), BTreeSet::new(), None);
    while let Some((folder, reference)) = waiting.pop_front().filter(|_| seen.len() < MOST_FRAMES) {
        let Some((name, bytes)) = options.beside.find(&folder, &reference) else {
            missing = missing.or(Some(reference));
            continue;
        };
        if seen.insert(name) {
            match read_file(name, bytes, options, warnings) {
                Some(mut frame) => {
                    waiting.extend(refer(folder_of(name).to_owned(), &mut frame));
                    framed.add(frame);
                }
                None => framed.unread += 1,
            }
        }
    }
    if framed.unread > 0 {
        warnings.push(Warning::NotRead { what: Unread::Documents, places: saturate(framed.unread) });
    }
    if let Some(file) = missing.filter(|_| is_silent(&framed.read)) {
        warnings.push(Warning::TextElsewhere { file });
    }
    Ok(framed.read)
}

/// The frames of a page, each with the folder that it is seen from.
fn refer(folder: String, page: &mut Read) -> impl Iterator<Item = (String, String)> + use<> {
    std::mem::take(&mut page.frames).into_iter().map(move |reference| (folder.clone(), reference))
}

/// Reads a file beside the page; `None` where that cannot be done.
fn read_file(name: &str, bytes: &[u8], options: &ReadOptions, warnings: &mut Vec<Warning>) -> Option<Read> {
    let declared = sniff::declared_encoding(name, bytes);
    let decoded = encoding::decode(bytes.to_vec(), options.encoding.as_deref(), declared).ok()?;
    let read = read_one(&decoded.text, folder_of(name), options).ok()?;
    if decoded.encoding.undecodable > 0 {
        let (encoding, places) = (decoded.encoding.name, decoded.encoding.undecodable);
        warnings.push(Warning::Undecodable { encoding, places });
    }
    Some(Read { encoding: Some(decoded.encoding), ..read })
}

fn read_one(text: &str, folder: &str, options: &ReadOptions) -> Result<Read, TooHeavy> {
    let sheet =
        |reference: &str| sheet(&options.beside, (folder, reference), &mut BTreeSet::new()).map(Rc::new);
    html::read(text, Format::Html, None, &sheet)
}

/// A style sheet that is referred to so from a folder, with those that it imports, each once.
fn sheet(beside: &Beside, (folder, reference): (&str, &str), seen: &mut BTreeSet<String>) -> Option<Sheet> {
    let (name, bytes) = beside.find(folder, reference)?;
    if seen.len() >= MOST_IMPORTED || !seen.insert(name.to_owned()) {
        return None;
    }
    let css = String::from_utf8_lossy(bytes);
    let mut own = Sheet::of(&css);
    // Of two that are imported the later counts, so that it comes next before the sheet itself.
    for imported in css::imports(&css).iter().rev() {
        if let Some(imported) = sheet(beside, (folder_of(name), imported), seen) {
            own.import(imported);
        }
    }
    Some(own)
}

/// So many sheets count as one by importing each other.
pub(in crate::import) const MOST_IMPORTED: usize = 20;

#[cfg(test)]
mod tests {
    use super::*;
    use crate::import::testing::check;
    use crate::import::{Imported, read};

    const LONG: &str =
        "村裡的圖書室設在常走的路上，靠近學校和市集，不求寬敞，但求明亮、乾燥、安靜，人人都走得到。";

    /// A page as it is read with these files beside it.
    fn open(page: &str, files: &[(&str, &str)]) -> Imported {
        let file = |(name, text): &(&str, &str)| ((*name).to_owned(), text.replace('長', LONG).into_bytes());
        let beside = Beside::of(files.iter().map(file));
        let options = ReadOptions { beside, ..ReadOptions::default() };
        read("頁.html", page.replace('長', LONG).into_bytes(), &options).unwrap()
    }

    const PAGE: &str = "<html><head><title>約定 - 河訊</title><link rel=stylesheet href='./頁_files/s.css'></head>\
         <body><p class=zz>干擾。</p><iframe src='./頁_files/body.html?a=1'></iframe></body></html>";

    #[test]
    fn the_text_of_a_page_may_stand_in_the_folder_beside_it() {
        let files = [
            ("頁_files/s.css", ".zz { display: none }"),
            (
                "頁_files/body.html",
                "<html><body><frame src=t.htm><iframe src='body.html'></iframe></body></html>",
            ),
            (
                "頁_files/body.html",
                "<html><head><link rel=stylesheet href=s.css></head><body><iframe src=inner.htm></iframe></body></html>",
            ),
            (
                "頁_files/inner.htm",
                "<html><head><link rel=stylesheet href='s.css'></head><body><p>長</p><p class=zz>干擾。</p><p>長</p></body></html>",
            ),
        ];
        let imported = open(PAGE, &files);
        check(&imported.document, &"¶ 長\n~隱藏 干擾。\n¶ 長".replace('長', LONG));
        assert_eq!(imported.warnings, []);
        assert_eq!(imported.document.metadata().title.as_ref().unwrap().value, "約定");
    }

    #[test]
    fn sheets_import_others() {
        let page = "<html><head><style>@import 'own.css';</style><link rel=stylesheet href='頁_files/a.css'></head>\
             <body><p>長</p><p class=zz>干擾。</p><p class=yy>干擾。</p><p>長</p></body></html>";
        let files = [
            ("own.css", ".zz { display: none }"),
            ("頁_files/a.css", "@import url(b.css); @import 'a.css';"),
            ("頁_files/b.css", "@import '../頁_files/a.css'; .yy { display: none }"),
        ];
        check(&open(page, &files).document, &"¶ 長\n~隱藏 干擾。\n~隱藏 干擾。\n¶ 長".replace('長', LONG));
    }

    #[test]
    fn where_it_stands_is_said_if_it_is_not_there() {
        let elsewhere = |file: &str| Warning::TextElsewhere { file: file.to_owned() };
        let css = [("頁_files/s.css", ".zz { display: none }")];
        assert_eq!(open(PAGE, &css).warnings, [elsewhere("./頁_files/body.html?a=1")]);
        // What is told to programs that show no frames is none of the text.
        let frames = "<html><head><title>約定</title></head><frameset cols='20%,80%'><frame src=menu.html>\
                      <frame src=main.html><noframes><body>不支持框架，請更換。</body></noframes></frameset></html>";
        let imported = open(frames, &[]);
        check(&imported.document, "~隱藏 不支持框架，請更換。");
        assert_eq!(imported.warnings, [elsewhere("menu.html")]);
    }

    #[test]
    fn frames_beside_a_text_are_named_and_not_read() {
        let page = "<html><body><p>長</p><iframe src=頁_files/a.html></iframe><iframe src=b.html></iframe></body></html>";
        let imported = open(page, &[("頁_files/a.html", "<p>長")]);
        check(&imported.document, &format!("¶ {LONG}"));
        assert_eq!(imported.warnings, [Warning::NotRead { what: Unread::Documents, places: 1 }]);
    }
}
