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
use super::catalog::{Catalog, place_of};
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
    /// The size of the letters in fields that do not say it.
    usual_size: Option<f32>,
    /// What appearances use that bring nothing of their own.
    pub(super) resources: Option<Resources<'a>>,
    /// What fields above others say, by their numbers in the file. Thousands may stand below one, which lists them all:
    /// it is read once.
    above: HashMap<ObjectIdentifier, Option<Rc<Said<'a>>>>,
    /// How many bytes of values may still be read.
    left: usize,
}

/// What a field says itself, which counts for those below it too.
struct Said<'a> {
    field: Dict<'a>,
    kind: Option<Name<'a>>,
    flags: Option<i32>,
    value: Option<Object<'a>>,
    choices: Option<Array<'a>>,
    /// The size of its letters in points; 0 where it says how they look, but not that.
    size: Option<f32>,
}

/// A field, and those above it from the nearest on.
type Chain<'a> = [Rc<Said<'a>>];

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
        Self {
            unseen: catalog.filled_fields().iter().map(place_of).collect(),
            drawn_anew: form.get::<bool>("NeedAppearances").unwrap_or(false),
            usual_size: said_size(&form),
            resources: form.get::<Dict<'a>>("DR").map(Resources::new),
            above: HashMap::new(),
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
        let chain = self.chain(note);
        let kind = Kind::of(&chain);
        let words = self.words(kind, note, &chain);
        let anew = self.drawn_anew && words.as_ref().is_some_and(|words| !words.is_mark);
        let appearance = appearance(note).filter(|_| !anew);
        if appearance.is_some() || words.is_some() {
            for said in &chain {
                self.unseen.remove(&place_of(&said.field));
            }
        }
        let standing = if kind == Kind::Push { Standing::Artifact } else { Standing::Text };
        let area = Rect::new(x, y, far_x, far_y);
        Some(Field { area, object: note.obj_id(), appearance, standing, words })
    }

    /// A field and those above it, from which it has what it does not say itself.
    fn chain(&mut self, field: &Dict<'a>) -> Vec<Rc<Said<'a>>> {
        let own = Some(Rc::new(Said::of(field.clone())));
        std::iter::successors(own, |said| self.above(&said.field)).take(DEEPEST).collect()
    }

    /// What the field above another one says.
    fn above(&mut self, field: &Dict<'a>) -> Option<Rc<Said<'a>>> {
        let read = || field.get::<Dict<'a>>("Parent").map(|above| Rc::new(Said::of(above)));
        match field.get_ref("Parent") {
            Some(number) => self.above.entry(number.into()).or_insert_with(read).clone(),
            None => read(),
        }
    }

    /// What a field says in words, if it does.
    fn words(&mut self, kind: Kind, note: &Dict<'a>, chain: &Chain<'a>) -> Option<Words> {
        let text = match kind {
            Kind::Text { .. } => value(chain, &mut self.left)?,
            Kind::Mark => is_marked(note, chain).then(|| MARK.to_owned())?,
            Kind::Push | Kind::Other => return None,
        };
        let size = inherited(chain, |said| said.size.as_ref()).copied().or(self.usual_size);
        let size = size.filter(|size| *size > 0.0);
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
    fn of(chain: &Chain<'_>) -> Self {
        let flags = inherited(chain, |said| said.flags.as_ref()).copied().unwrap_or(0).cast_unsigned();
        match inherited(chain, |said| said.kind.as_ref()).map(Name::as_str) {
            Some("Tx") if flags & PASSWORD == 0 => Self::Text { several_lines: flags & SEVERAL_LINES != 0 },
            Some("Ch") => Self::Text { several_lines: false },
            Some("Btn") if flags & PUSH != 0 => Self::Push,
            Some("Btn") => Self::Mark,
            _ => Self::Other,
        }
    }
}

// ---- What the file says of a field ----------------------------------------------------------------------

impl<'a> Said<'a> {
    fn of(field: Dict<'a>) -> Self {
        Self {
            kind: field.get::<Name<'a>>("FT"),
            flags: field.get::<i32>("Ff"),
            value: field.get::<Object<'a>>("V"),
            choices: field.get::<Array<'a>>("Opt"),
            size: said_size(&field),
            field,
        }
    }
}

/// What the nearest field says that says it.
fn inherited<'chain, 'a, T>(
    chain: &'chain Chain<'a>,
    said: impl Fn(&'chain Said<'a>) -> Option<&'chain T>,
) -> Option<&'chain T> {
    chain.iter().find_map(|field| said(field))
}

/// How a field looks in the state that it is in.
fn appearance<'a>(note: &Dict<'a>) -> Option<Stream<'a>> {
    match note.get::<Dict<'a>>("AP")?.get::<Object<'a>>("N")? {
        Object::Stream(only) => Some(only),
        Object::Dict(states) => states.get::<Stream<'a>>(note.get::<Name<'a>>("AS")?.as_ref() as &[u8]),
        _ => None,
    }
}

fn is_marked<'a>(note: &Dict<'a>, chain: &Chain<'a>) -> bool {
    let value = || inherited(chain, |said| said.value.as_ref())?.clone().into_name();
    let state = note.get::<Name<'a>>("AS").or_else(value);
    state.is_some_and(|state| state.as_str() != "Off")
}

/// The value of a field in words. Of all values of the file so many bytes are read as are `left`.
fn value(chain: &Chain<'_>, left: &mut usize) -> Option<String> {
    let values: Vec<PdfString<'_>> = match inherited(chain, |said| said.value.as_ref())? {
        Object::String(value) => vec![value.clone()],
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
fn choices(chain: &Chain<'_>, left: &mut usize) -> HashMap<String, String> {
    let Some(all) = inherited(chain, |said| said.choices.as_ref()) else { return HashMap::new() };
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

/// The size that the look of a field, or of all fields of a form, says.
fn said_size(field: &Dict<'_>) -> Option<f32> {
    let look = field.get::<PdfString<'_>>("DA")?;
    Some(size_in(&strings::text(look.as_bytes())).unwrap_or(0.0))
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
            reading: None,
            look: Look { face: u16::MAX, ..Look::default() },
        });
        x += width;
    }
}
