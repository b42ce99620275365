//! The text of an RTF: what its tokens say, one after the other.

use std::collections::VecDeque;
use std::mem;

use encoding_rs::Encoding;

use super::blocks::{Place, Row, Waiting};
use super::form::Form;
use super::header::Header;
use super::kept::{Comments, What};
use super::letters;
use super::lists::Lists;
use super::notes::Counts;
use super::state::{Destination, State};
use super::tokens::{Token, Tokens};
use crate::import::limits::MOST_DEPTH;
use crate::import::symbols;
use crate::import::writer::Writer;

/// The reading of a file. It calls itself once for what stands apart from the text: notes and boxes.
pub(super) struct Body<'a> {
    pub(super) writer: Writer,
    pub(super) header: Header,
    pub(super) state: State,
    groups: Vec<Group>,
    /// Whether groups lie deeper in each other than allowed.
    pub(super) is_too_deep: bool,
    /// Whether text follows the end of the file.
    pub(super) has_text_after: bool,
    /// Bytes of text that are not decoded yet.
    bytes: Vec<u8>,
    /// The first half of a character that UTF-16 writes in two.
    half: Option<u32>,
    /// How many characters are stepped over: they stand for readers that do not know Unicode.
    pub(super) skipped: usize,
    /// Whether the next control word begins a group that readers may step over.
    is_starred: bool,
    /// The text that is kept until its group ends.
    pub(super) kept: String,
    pub(super) place: Place,
    pub(super) row: Row,
    /// What follows the paragraph or row that is open, the table, and the text.
    pub(super) waiting: VecDeque<Waiting<'a>>,
    pub(super) after_table: VecDeque<Waiting<'a>>,
    pub(super) endnotes: VecDeque<Waiting<'a>>,
    pub(super) counts: Counts,
    pub(super) comments: Comments,
    /// What the innermost field asks for.
    pub(super) instruction: String,
    /// What the innermost field lets choose.
    pub(super) form: Form,
    /// How many fields are open that list the contents.
    pub(super) contents: usize,
    pub(super) lists: Lists,
    /// The number of the list's item that begins; empty for a bullet.
    pub(super) number: Option<String>,
    /// Lines of running heads.
    pub(super) furniture: Vec<String>,
    /// Tracked changes, objects that are not read, signs that nobody knows, and places that cannot be decoded.
    pub(super) changes: usize,
    pub(super) objects: usize,
    pub(super) unknown_signs: usize,
    pub(super) undecodable: usize,
}

/// A group that is open.
struct Group {
    /// What was set before it.
    outer: State,
    ends: Ends,
}

/// What happens when a group ends.
pub(super) enum Ends {
    /// Nothing more than that what it set falls back.
    Plainly,
    /// What was kept is known, and what was kept before it is kept on.
    Kept(What, String),
    /// A field ends that began where the text was so long; what the outer one asks for.
    Field { outer: String, from: usize },
    /// What a field shows ends: the number of its link, and whether it lists the contents.
    Shown(Option<usize>, bool),
}

impl<'a> Body<'a> {
    /// A reading that has not begun. The reader may have chosen the encoding.
    pub(super) fn new(chosen: Option<&'static Encoding>) -> Self {
        Self {
            writer: Writer::default(),
            header: Header::new(chosen),
            state: State::default(),
            groups: Vec::new(),
            is_too_deep: false,
            has_text_after: false,
            bytes: Vec::new(),
            half: None,
            skipped: 0,
            is_starred: false,
            kept: String::new(),
            place: Place::default(),
            row: Row::default(),
            waiting: VecDeque::new(),
            after_table: VecDeque::new(),
            endnotes: VecDeque::new(),
            counts: Counts::default(),
            comments: Comments::default(),
            instruction: String::new(),
            form: Form::default(),
            contents: 0,
            lists: Lists::default(),
            number: None,
            furniture: Vec::new(),
            changes: 0,
            objects: 0,
            unknown_signs: 0,
            undecodable: 0,
        }
    }

    /// Reads tokens until they or the file end. Answers whether the file does.
    pub(super) fn run(&mut self, mut tokens: Tokens<'a>) -> bool {
        let around = self.groups.len();
        let (mut ended, mut is_over) = (false, false);
        while let Some(token) = tokens.next().filter(|_| !is_over && !self.is_too_deep) {
            match token {
                Token::Open => self.open(),
                Token::Close if self.groups.len() > around => {
                    self.close();
                    if self.groups.is_empty() && !self.place.is_apart {
                        (ended, is_over) = (true, self.is_over(tokens.rest()));
                    }
                }
                Token::Close => {}
                Token::Word(word, number) => self.word(word, number, &mut tokens),
                Token::Byte(byte) => self.text(&[byte]),
                Token::Sign(sign) => self.sign(sign),
                Token::Text(bytes) => self.text(bytes),
            }
            tokens.in_pairs = letters::is_in_pairs(self.header.encoding);
        }
        self.flush();
        while self.groups.len() > around {
            self.close();
        }
        ended
    }

    /// Whether the file is over where it ends. Where one brace too many ended it, its text goes on; another file, or what
    /// is no RTF, is none of it.
    fn is_over(&mut self, rest: &[u8]) -> bool {
        if self.has_text_after {
            return false;
        }
        let says = |byte: &u8| !byte.is_ascii_whitespace() && !matches!(byte, 0 | 0x1a | b'{' | b'}');
        self.has_text_after = rest.iter().any(says);
        let is_rtf = memchr::memchr2(b'\\', b'}', rest).is_some();
        !self.has_text_after || !is_rtf || memchr::memmem::find(rest, b"{\\rtf").is_some()
    }

    // ---- Groups -----------------------------------------------------------------------------------------

    fn open(&mut self) {
        self.flush();
        self.is_too_deep |= self.groups.len() >= MOST_DEPTH;
        let in_style = matches!(self.groups.last(), Some(Group { ends: Ends::Kept(What::Style, _), .. }));
        let names_style = self.state.destination == Destination::Styles && !in_style;
        self.groups.push(Group { outer: self.state, ends: Ends::Plainly });
        if names_style {
            self.keep(What::Style);
            self.state.destination = Destination::Styles;
        }
    }

    /// The group that is open ends.
    pub(super) fn close(&mut self) {
        self.flush();
        let Some(group) = self.groups.pop() else { return };
        self.end(group.ends);
        self.state = group.outer;
    }

    /// What is said to happen when a group ends happens.
    fn end(&mut self, ends: Ends) {
        match ends {
            Ends::Plainly => {}
            Ends::Kept(what, outer) => {
                let kept = mem::replace(&mut self.kept, outer);
                self.settle(what, &kept);
            }
            Ends::Field { outer, from } => self.end_field(outer, from),
            Ends::Shown(link, lists) => self.end_shown(link, lists),
        }
    }

    /// Says what happens when the group that is open ends. What was said of it before happens now.
    pub(super) fn ends(&mut self, ends: Ends) {
        if let Some(group) = self.groups.last_mut() {
            let before = mem::replace(&mut group.ends, ends);
            self.end(before);
        }
    }

    /// Whether text is kept until a group ends that is open.
    pub(super) fn keeps(&self) -> bool {
        self.groups.iter().any(|group| matches!(group.ends, Ends::Kept(..)))
    }

    /// Keeps the text of the group that is open until it ends.
    pub(super) fn keep(&mut self, what: What) {
        self.ends(Ends::Plainly);
        let outer = mem::take(&mut self.kept);
        self.ends(Ends::Kept(what, outer));
        self.state.destination = Destination::Kept;
    }

    // ---- Text -------------------------------------------------------------------------------------------

    /// Bytes of text, in the code page of their font. Those that stand in for a character that was said are none.
    fn text(&mut self, bytes: &[u8]) {
        self.is_starred = false;
        let skipped = self.skipped.min(bytes.len());
        self.skipped -= skipped;
        if !matches!(self.state.destination, Destination::Nowhere | Destination::Shape) {
            self.bytes.extend_from_slice(bytes.get(skipped..).unwrap_or_default());
        }
    }

    fn sign(&mut self, sign: u8) {
        if sign == b'*' {
            self.is_starred = true;
            return;
        }
        match sign {
            b'\\' | b'{' | b'}' => self.text(&[sign]),
            _ if self.skipped > 0 => self.skipped -= 1,
            b'~' => self.character('\u{a0}'),
            b'_' => self.character('\u{2011}'),
            b'\r' | b'\n' => self.word_of_text("par", None),
            _ => {}
        }
    }

    /// Decodes what was not decoded yet.
    fn flush(&mut self) {
        (self.is_starred, self.skipped) = (false, 0);
        self.lose_half();
        self.flush_bytes();
    }

    /// The second half of a character does not follow.
    fn lose_half(&mut self) {
        if self.half.take().is_some() {
            self.undecodable += 1;
            self.say(&String::from(char::REPLACEMENT_CHARACTER));
        }
    }

    fn flush_bytes(&mut self) {
        let bytes = mem::take(&mut self.bytes);
        if bytes.is_empty() {
            return;
        }
        let font = self.header.font(self.state.fonts());
        let text = letters::text_of(&bytes, font, self.header.encoding).into_owned();
        self.undecodable += text.matches(char::REPLACEMENT_CHARACTER).count();
        self.say(&text);
    }

    /// A character that a control word or sign says.
    fn character(&mut self, character: char) {
        self.flush_bytes();
        self.say(character.encode_utf8(&mut [0; 4]));
    }

    /// A character of Unicode, or a half of one in UTF-16.
    fn unicode(&mut self, number: i32) {
        self.flush_bytes();
        self.skipped = self.state.stand_ins;
        let unit = if number < 0 { number.saturating_add(0x1_0000) } else { number };
        let unit = u32::try_from(unit).unwrap_or(0);
        let is_second = (0xDC00..0xE000).contains(&unit);
        if !is_second {
            self.lose_half();
        }
        if (0xD800..0xDC00).contains(&unit) {
            self.half = Some(unit);
            return;
        }
        let first = self.half.take();
        let code = first.map_or(unit, |first| 0x1_0000 + ((first - 0xD800) << 10) + (unit - 0xDC00));
        let known = char::from_u32(code).filter(|known| *known == '\t' || !known.is_control());
        self.undecodable += usize::from(known.is_none());
        self.say(&String::from(known.unwrap_or(char::REPLACEMENT_CHARACTER)));
    }

    /// Text goes where it belongs.
    fn say(&mut self, text: &str) {
        match self.state.destination {
            Destination::Text => {
                let font = self.header.font(self.state.fonts()).map_or("", |font| font.name.as_str());
                let (text, unknown) = symbols::shown(font, text);
                let text = text.into_owned();
                self.unknown_signs += unknown;
                self.write(&text);
            }
            Destination::Kept | Destination::Styles => self.kept.push_str(text),
            Destination::Fonts => self.header.name_font(text),
            Destination::Info
            | Destination::Created
            | Destination::Form
            | Destination::Shape
            | Destination::Nowhere => {}
        }
    }

    // ---- Control words ----------------------------------------------------------------------------------

    fn word(&mut self, word: &'a str, number: Option<i32>, tokens: &mut Tokens<'a>) {
        if self.state.destination == Destination::Nowhere {
            return;
        }
        if let Some(character) = character_of(word) {
            if self.skipped > 0 {
                self.skipped -= 1;
                return;
            }
            return self.character(character);
        }
        if word == "u" {
            return self.unicode(number.unwrap_or(0));
        }
        let is_starred = self.is_starred;
        self.flush();
        if self.begins(word, tokens) {
            return;
        }
        if is_starred {
            self.state.destination = Destination::Nowhere;
            return;
        }
        match self.state.destination {
            Destination::Fonts => self.header.word_of_font(word, number),
            Destination::Styles => self.header.word_of_style(word, number),
            Destination::Created => self.header.word_of_date(word, number),
            Destination::Form => self.form.word(word, number),
            _ => {
                self.header.word(word, number);
                self.changes += usize::from(matches!(word, "revised" | "deleted") && number != Some(0));
                self.state.set(word, number);
                self.word_of_text(word, number);
            }
        }
    }
}

/// The character that a control word says.
fn character_of(word: &str) -> Option<char> {
    Some(match word {
        "emdash" => '—',
        "endash" => '–',
        "lquote" => '‘',
        "rquote" => '’',
        "ldblquote" => '“',
        "rdblquote" => '”',
        "bullet" => '•',
        "emspace" => '\u{2003}',
        "enspace" => '\u{2002}',
        "qmspace" => '\u{2005}',
        _ => return None,
    })
}
