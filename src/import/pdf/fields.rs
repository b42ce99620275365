//! Fields of forms: what was filled in, where its page shows it.
//!
//! A field shows its appearance, which was drawn by the program that filled it in. Where it has none, or the file asks
//! that all be drawn anew, its value is set into it about as a viewer does, so that it is read where it stands.

use std::collections::{HashMap, HashSet};
use std::rc::Rc;

use hayro_font::kurbo::{Affine, Rect};
use hayro_syntax::object::{Array, Dict, Name, Object, ObjectIdentifier, Stream, String as PdfString};
use hayro_syntax::page::Resources;

use super::areas::Area;
use super::catalog::Catalog;
use super::glyph::{Glyph, Look, Standing, Turn};
use super::strings;
use crate::import::characters;

/// How far a field may stand below the one from which it has its value.
const DEEPEST: usize = 24;
/// How many bytes of values are read of one file: fields may share one.
const MOST_BYTES: usize = 20_000_000;
/// How many values a list of choices may have, and how many choices are looked through for the words of one.
const MOST_VALUES: usize = 200;
const MOST_CHOICES: usize = 2_000;
/// What looking at one choice costs, in bytes that could be read meanwhile.
const CHOICE: usize = 50;

/// The form of a file.
pub(super) struct Form<'a> {
    /// The fields that somebody filled in and that no page showed so far, by their place in the file.
    unseen: HashSet<usize>,
    /// Whether the file asks that its fields be drawn anew.
    drawn_anew: bool,
    /// How words are set in fields that do not say it.
    usual_look: Option<String>,
    /// What appearances use that bring nothing of their own.
    pub(super) resources: Option<Resources<'a>>,
    /// How many bytes of values may still be read.
    left: usize,
}

/// A field as its page shows it.
pub(super) struct Field<'a> {
    /// Where it stands, in the page's own places.
    area: Rect,
    /// Its number in the file.
    pub(super) object: Option<ObjectIdentifier>,
    /// How it looks.
    pub(super) appearance: Option<Stream<'a>>,
    /// Whether it belongs to the text; what one presses does not.
    pub(super) standing: Standing,
    /// What it says in words where it does not look so.
    words: Option<Words>,
}

/// The words of a field.
struct Words {
    text: String,
    /// The size of its letters in points, where it says one.
    size: Option<f32>,
    /// Whether they begin at the top and may have several lines.
    several_lines: bool,
    /// Whether they only stand for a drawing, and are not needed where it has letters.
    is_mark: bool,
}

impl<'a> Form<'a> {
    /// That of a file, of which no page was read.
    pub(super) fn of(catalog: &Catalog<'a>) -> Self {
        let form = catalog.form();
        let text = |key: &str| form.get::<PdfString<'a>>(key).map(|text| strings::text(text.as_bytes()));
        Self {
            unseen: catalog.filled_fields().iter().map(place).collect(),
            drawn_anew: form.get::<bool>("NeedAppearances").unwrap_or(false),
            usual_look: text("DA"),
            resources: form.get::<Dict<'a>>("DR").map(Resources::new),
            left: MOST_BYTES,
        }
    }

    /// How many fields were filled in that no page showed.
    pub(super) fn unseen(&self) -> usize {
        self.unseen.len()
    }

    /// The fields among the notes of a page.
    pub(super) fn fields_of(&mut self, notes: &[Dict<'a>]) -> Vec<Field<'a>> {
        notes.iter().filter_map(|note| self.field(note)).collect()
    }

    fn field(&mut self, note: &Dict<'a>) -> Option<Field<'a>> {
        let is_field = note.get::<Name<'a>>("Subtype").is_some_and(|kind| kind.as_str() == "Widget");
        if !is_field || note.get::<u32>("F").is_some_and(|flags| flags & NOT_VIEWED != 0) {
            return None;
        }
        let [x, y, far_x, far_y] = note.get::<[f64; 4]>("Rect")?;
        let chain = chain(note);
        let kind = Kind::of(&chain);
        let words = self.words(kind, note, &chain);
        let anew = self.drawn_anew && words.as_ref().is_some_and(|words| !words.is_mark);
        let appearance = appearance(note).filter(|_| !anew);
        if appearance.is_some() || words.is_some() {
            for field in &chain {
                self.unseen.remove(&place(field));
            }
        }
        let standing = if kind == Kind::Push { Standing::Artifact } else { Standing::Text };
        let area = Rect::new(x, y, far_x, far_y);
        Some(Field { area, object: note.obj_id(), appearance, standing, words })
    }

    /// What a field says in words, if it does.
    fn words(&mut self, kind: Kind, note: &Dict<'a>, chain: &[Dict<'a>]) -> Option<Words> {
        let text = match kind {
            Kind::Text { .. } => value(chain, &mut self.left)?,
            Kind::Mark => is_marked(note, chain).then(|| MARK.to_owned())?,
            Kind::Push | Kind::Other => return None,
        };
        let look = inherited(chain, "DA").and_then(Object::into_string);
        let look = look.map(|look| strings::text(look.as_bytes())).or_else(|| self.usual_look.clone());
        let size = look.and_then(|look| size_in(&look)).filter(|size| *size > 0.0);
        let several_lines = kind == Kind::Text { several_lines: true };
        Some(Words { text, size, several_lines, is_mark: kind == Kind::Mark })
            .filter(|words| !words.text.is_empty())
    }
}

/// The mark of a box that is checked.
const MARK: &str = "✔";
/// Bits of a note that viewers do not show, and of fields: passwords, several lines, buttons to press.
const NOT_VIEWED: u32 = 1 << 1 | 1 << 5;
const PASSWORD: u32 = 1 << 13;
const SEVERAL_LINES: u32 = 1 << 12;
const PUSH: u32 = 1 << 16;

/// What a field is filled in with.
#[derive(Clone, Copy, PartialEq, Eq, Debug)]
enum Kind {
    /// Words, typed or chosen.
    Text { several_lines: bool },
    /// A mark or none.
    Mark,
    /// Nothing: it is pressed.
    Push,
    /// A signature, or what nobody may see.
    Other,
}

impl Kind {
    fn of(chain: &[Dict<'_>]) -> Self {
        let flags = inherited(chain, "Ff").and_then(Object::into_i32).unwrap_or(0).cast_unsigned();
        let kind = inherited(chain, "FT").and_then(Object::into_name);
        match kind.as_ref().map(Name::as_str) {
            Some("Tx") if flags & PASSWORD == 0 => Self::Text { several_lines: flags & SEVERAL_LINES != 0 },
            Some("Ch") => Self::Text { several_lines: false },
            Some("Btn") if flags & PUSH != 0 => Self::Push,
            Some("Btn") => Self::Mark,
            _ => Self::Other,
        }
    }
}

// ---- What the file says of a field ----------------------------------------------------------------------

/// A field and those above it, from which it has what it does not say itself.
fn chain<'a>(field: &Dict<'a>) -> Vec<Dict<'a>> {
    let above = |field: &Dict<'a>| field.get::<Dict<'a>>("Parent");
    std::iter::successors(Some(field.clone()), above).take(DEEPEST).collect()
}

fn inherited<'a>(chain: &[Dict<'a>], key: &str) -> Option<Object<'a>> {
    chain.iter().find_map(|field| field.get::<Object<'a>>(key))
}

/// The place of a field in the file, by which it is known again.
fn place(field: &Dict<'_>) -> usize {
    field.data().as_ptr().addr()
}

/// How a field looks in the state that it is in.
fn appearance<'a>(note: &Dict<'a>) -> Option<Stream<'a>> {
    match note.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(only) => Some(only),
        Object::Dict(states) => states.get::<Stream<'a>>(note.get::<Name<'a>>("AS")?.as_ref() as &[u8]),
        _ => None,
    }
}

fn is_marked<'a>(note: &Dict<'a>, chain: &[Dict<'a>]) -> bool {
    let state = note.get::<Name<'a>>("AS").or_else(|| inherited(chain, "V")?.into_name());
    state.is_some_and(|state| state.as_str() != "Off")
}

/// The value of a field in words. Of all values of the file so many bytes are read as are `left`.
fn value(chain: &[Dict<'_>], left: &mut usize) -> Option<String> {
    let values: Vec<PdfString<'_>> = match inherited(chain, "V")? {
        Object::String(value) => vec![value],
        Object::Array(values) => values.iter::<PdfString<'_>>().take(MOST_VALUES).collect(),
        _ => return None,
    };
    *left = left.checked_sub(values.iter().map(|value| value.as_bytes().len()).sum())?;
    let choices = choices(chain, left);
    let words = values.iter().map(|value| {
        let value = strings::text(value.as_bytes());
        choices.get(&value).cloned().unwrap_or(value)
    });
    Some(words.collect::<Vec<_>>().join("\n"))
}

/// The words of those choices that are called otherwise in the file. Thousands of fields may share one long list: what
/// is looked through counts as read.
fn choices(chain: &[Dict<'_>], left: &mut usize) -> HashMap<String, String> {
    let all = inherited(chain, "Opt").and_then(Object::into_array).unwrap_or_default();
    let pairs = all.iter::<Object<'_>>().take(MOST_CHOICES).map_while(|choice| {
        let pair = choice.into_array();
        let mut pair = pair.iter().flat_map(Array::iter::<PdfString<'_>>).take(2);
        let said = [pair.next(), pair.next()].map(|said| said.map(|said| strings::text(said.as_bytes())));
        let length: usize = said.iter().flatten().map(String::len).sum();
        *left = left.checked_sub(length + CHOICE)?;
        Some(said)
    });
    pairs.filter_map(|[name, words]| Some((name?, words?))).collect()
}

/// The size that the operators say in which a field is set: `/Helv 12 Tf 0 g`.
fn size_in(look: &str) -> Option<f32> {
    let words: Vec<&str> = look.split_whitespace().collect();
    let at = words.iter().position(|word| *word == "Tf")?;
    words.get(at.checked_sub(1)?)?.parse().ok()
}

// ---- What its page shows --------------------------------------------------------------------------------

impl Field<'_> {
    /// What brings the appearance to its place on the page: the box around it, turned as it says, fills the field.
    pub(super) fn fitting(&self, form: &Dict<'_>) -> Affine {
        let own = form.get::<[f64; 6]>("Matrix").map_or(Affine::IDENTITY, Affine::new);
        let [x, y, far_x, far_y] = form.get::<[f64; 4]>("BBox").unwrap_or_default();
        let around = own.transform_rect_bbox(Rect::new(x, y, far_x, far_y));
        let area = self.area.abs();
        let scale = |wanted: f64, own: f64| if own.abs() > 1e-6 { wanted / own } else { 1.0 };
        let (wide, high) = (scale(area.width(), around.width()), scale(area.height(), around.height()));
        Affine::new([wide, 0.0, 0.0, high, area.x0 - around.x0 * wide, area.y0 - around.y0 * high])
    }

    /// What the field says in words, unless `drawn` shows it: all of it where it has no appearance, a mark for a box
    /// that is checked by a drawing.
    pub(super) fn words_instead_of(&self, drawn: &[Glyph], upright: Affine) -> Vec<Glyph> {
        let Some(words) = &self.words else { return Vec::new() };
        let has_letters = drawn.iter().any(|glyph| !glyph.is_blank() && !glyph.text.contains('\u{fffd}'));
        let shown = if words.is_mark { has_letters } else { self.appearance.is_some() };
        if shown { Vec::new() } else { words.set(self.on_page(upright)) }
    }

    fn on_page(&self, upright: Affine) -> Area {
        let Rect { x0, y0, x1, y1 } = self.area;
        Area::around(&[x0, y0, x1, y1], upright)
    }
}

/// The usual size of letters in a field, and how much of its height they may take.
const USUAL_SIZE: f32 = 12.0;
const SHARE: f32 = 0.7;

impl Words {
    /// The words as glyphs within a field.
    fn set(&self, area: Area) -> Vec<Glyph> {
        let height = (area.bottom - area.top).abs();
        let fitting = if self.several_lines { USUAL_SIZE } else { USUAL_SIZE.min(height * SHARE) };
        let size = self.size.unwrap_or(fitting).max(1.0);
        let first = if self.several_lines { area.top + size } else { area.middle().1 + size * 0.35 };
        let mut glyphs = Vec::new();
        let mut baseline = first;
        for line in self.text.split(['\n', '\r']).filter(|line| !line.trim().is_empty()) {
            set_line(line, (area.left + 2.0, baseline, area.right), size, &mut glyphs);
            baseline += size * 1.2;
        }
        glyphs
    }
}

/// Sets a line from a place on, narrower where it would not end before `right`.
fn set_line(line: &str, (left, y, right): (f32, f32, f32), size: f32, glyphs: &mut Vec<Glyph>) {
    let ems = |character: char| if characters::is_wide(character) { 1.0 } else { 0.5 };
    let whole: f32 = line.chars().map(ems).sum();
    let em = size.min((right - left).max(1.0) / whole.max(0.5));
    let mut x = left;
    for character in line.chars() {
        let (width, text) = (ems(character) * em, Rc::from(character.to_string()));
        glyphs.push(Glyph {
            text,
            x,
            y,
            width,
            size,
            turn: Turn::Right,
            shift: 0.0,
            look: Look { face: u16::MAX, ..Look::default() },
        });
        x += width;
    }
}
