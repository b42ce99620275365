//! The control words of an RTF that begin something, or end it.

use super::body::Body;
use super::kept::What;
use super::state::Destination;
use super::tokens::Tokens;
use crate::import::tables::Down;

impl<'a> Body<'a> {
    /// Whether a control word says what its group is. What is not for the reader goes nowhere.
    pub(super) fn begins(&mut self, word: &str, tokens: &mut Tokens<'a>) -> bool {
        if let Some(what) = kept(word, self.state.destination) {
            self.keep(what);
            return true;
        }
        match word {
            "footnote" => self.note(tokens),
            "shptxt" | "dptxbxtext" => self.text_box(tokens),
            "field" => self.begin_field(),
            "fldrslt" => self.begin_shown(),
            // What is said for readers that know no Unicode is said again, for those that do.
            "upr" | "ud" => {}
            "object" | "mmath" | "moMath" | "moMathPara" => {
                self.objects += 1;
                self.state.destination =
                    if word == "object" { Destination::Shape } else { Destination::Nowhere };
            }
            _ => match destination(word) {
                Some(destination) => self.state.destination = destination,
                None => return false,
            },
        }
        true
    }

    /// Does what a control word says of the text.
    pub(super) fn word_of_text(&mut self, word: &str, number: Option<i32>) {
        match (self.state.destination, word) {
            (Destination::Kept, "par" | "line" | "sect" | "row") => self.kept.push('\n'),
            (Destination::Kept, "tab" | "cell") => self.kept.push(' '),
            (Destination::Text, _) => self.word_of_paragraph(word, number),
            _ => {}
        }
    }

    fn word_of_paragraph(&mut self, word: &str, number: Option<i32>) {
        match word {
            "par" | "sect" if self.state.deleted => self.join_paragraphs(),
            "par" | "sect" => self.end_paragraph(),
            "cell" => self.end_cell(),
            "row" => self.end_row(),
            "trowd" => self.row.define(),
            "cellx" => self.row.define_cell(number),
            "clmrg" => self.row.next.joins = true,
            "clvmgf" => self.row.next.down = Down::Begins,
            "clvmrg" => self.row.next.down = Down::GoesOn,
            "nestcell" | "nestrow" if self.writer.is_open() => self.writer.part_break(),
            "line" => self.line_break(),
            "page" | "column" => self.writer.page_break(),
            "tab" => self.tab(),
            "chftn" => self.counts.is_marked = true,
            "aftnnar" => self.counts.in_digits = true,
            _ => {}
        }
    }

    fn line_break(&mut self) {
        match () {
            () if !self.writer.is_open() || self.state.hidden || self.state.deleted => {}
            () if self.is_in_row() => self.writer.part_break(),
            () => self.writer.hard_break(),
        }
    }
}

/// What the text of a group is that is kept until it ends.
fn kept(word: &str, destination: Destination) -> Option<What> {
    Some(match word {
        "fldinst" => What::Instruction,
        "sp" if destination == Destination::Shape => What::Property,
        "listtext" | "pntext" if destination == Destination::Text => What::Number,
        "bkmkstart" if destination == Destination::Text => What::Bookmark,
        "title" if destination == Destination::Info => What::Title,
        "author" if destination == Destination::Info => What::Author,
        "ffl" if destination == Destination::Form => What::Choice,
        "header" | "headerl" | "headerr" | "headerf" | "footer" | "footerl" | "footerr" | "footerf" => {
            What::Furniture
        }
        "annotation" => What::Comment,
        "atnauthor" => What::CommentAuthor,
        "atndate" => What::CommentDate,
        "atnref" => What::CommentNumber,
        "atrfstart" => What::CommentBegins,
        "atrfend" => What::CommentEnds,
        _ => return None,
    })
}

/// Where the text of other groups goes.
fn destination(word: &str) -> Option<Destination> {
    Some(match word {
        "fonttbl" => Destination::Fonts,
        "stylesheet" => Destination::Styles,
        "info" => Destination::Info,
        "formfield" => Destination::Form,
        "creatim" => Destination::Created,
        "shp" | "shpgrp" | "shpinst" | "do" | "pict" | "shppict" | "picprop" => Destination::Shape,
        "result" => Destination::Text,
        "colortbl" | "listtext" | "pntext" | "filetbl" | "nonshppict" | "shprslt" | "sp" | "objdata"
        | "xe" | "tc" | "tcn" | "rxe" | "txe" | "atnid" | "ftnsep" | "ftnsepc" | "ftncn" | "aftnsep"
        | "aftnsepc" | "aftncn" | "private" | "datafield" | "mmathPict" | "revtim" | "printim" | "buptim"
        | "operator" | "subject" | "doccomm" | "keywords" | "company" | "manager" | "category"
        | "comment" | "hlinkbase" => Destination::Nowhere,
        _ => return None,
    })
}
