//! The fonts of a file: which text a code stands for, and how far it reaches.
//!
//! A font that says nothing of its text (no `ToUnicode`) but uses one of the character collections of Adobe is
//! read through that collection; the large family of Chinese fonts that are not in the file is of that kind.

use std::cell::{OnceCell, RefCell};
use std::collections::HashMap;
use std::rc::Rc;
use std::sync::Arc;

use hayro_cmap::BfString;
use hayro_font::{CMapResolverFn, Font, FontCache, FontGlyph, FontQuery, FontResolverFn};
use hayro_syntax::object::{Array, Dict, Name};
use hayro_syntax::page::Resources;

use super::catalog::place_of;
use super::collection::{Collection, Maps, is_text_of_collection};
use super::unified;

/// How many widths one font may give, and all fonts of a file. The library keeps one for every code of a stretch, and
/// a stretch of a few bytes may have four thousand million codes; no font has more than 65,536.
const MOST_WIDTHS: usize = 4 * 65_536;
const MOST_WIDTHS_OF_FILE: usize = 8_000_000;
/// How many codes of a font are remembered with what they say.
const MOST_CODES: usize = 65_536;

/// The fonts of one file.
pub(super) struct Fonts<'a> {
    cache: FontCache<'a>,
    programs: FontResolverFn,
    /// The predefined maps, for the library; and those without the texts of the collections, which are a megabyte for each
    /// font that has no table of its own: [`Maps`] has them once.
    maps: CMapResolverFn,
    maps_without_texts: CMapResolverFn,
    shared: Rc<Maps>,
    /// The fonts by the place in the file of what describes them, and by that of the list which names them and their
    /// names in it: a page says the name of one before each of its words.
    faces: HashMap<usize, Option<Rc<Face<'a>>>>,
    named: HashMap<usize, Names<'a>>,
    /// How many widths further fonts may give.
    widths_left: usize,
}

/// The fonts of a list by their names.
type Names<'a> = HashMap<Vec<u8>, Option<Rc<Face<'a>>>>;

/// One font.
pub(super) struct Face<'a> {
    font: Font<'a>,
    dict: Dict<'a>,
    shared: Rc<Maps>,
    /// How its codes are read where the font itself does not say it; most fonts do.
    collection: OnceCell<Option<Collection>>,
    /// What codes say, by their numbers and lengths: a page shows the same ones again and again.
    known: RefCell<HashMap<(u32, usize), Coded>>,
    /// Whether its name or its descriptor says that it is bold.
    pub(super) bold: bool,
    /// Whether all its glyphs have one width.
    pub(super) fixed: bool,
    /// Whether it is written from top to bottom.
    pub(super) vertical: bool,
    /// Its number, counted through the file.
    pub(super) number: u16,
}

/// One code of a string that is shown.
#[derive(Clone)]
pub(super) struct Coded {
    /// What it says.
    pub(super) text: Rc<str>,
    /// How far it reaches along the line, in ems.
    pub(super) advance: f64,
    /// Whether it is the single byte 32, at which words are spaced.
    pub(super) is_space: bool,
}

impl<'a> Fonts<'a> {
    /// No font yet.
    pub(super) fn new() -> Self {
        Self {
            cache: FontCache::new(),
            programs: Arc::new(|query| match query {
                FontQuery::Standard(font) => Some(font.get_font_data()),
                FontQuery::Fallback(query) => Some(query.pick_standard_font().get_font_data()),
            }),
            maps: Arc::new(hayro_cmap::load_embedded),
            maps_without_texts: Arc::new(|name| {
                if is_text_of_collection(name) { None } else { hayro_cmap::load_embedded(name) }
            }),
            shared: Rc::default(),
            faces: HashMap::new(),
            named: HashMap::new(),
            widths_left: MOST_WIDTHS_OF_FILE,
        }
    }

    /// The font that is called so; `None` where none is, or it cannot be read.
    pub(super) fn named(&mut self, resources: &Resources<'a>, name: &[u8]) -> Option<Rc<Face<'a>>> {
        let list = place_of(&resources.fonts);
        if let Some(known) = self.named.get(&list).and_then(|names| names.get(name)) {
            return known.clone();
        }
        let face = self.face(&resources.fonts.get::<Dict<'a>>(name)?);
        self.named.entry(list).or_default().insert(name.to_vec(), face.clone());
        face
    }

    /// The font that `dict` describes; `None` where it cannot be read.
    fn face(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        let key = place_of(dict);
        if let Some(known) = self.faces.get(&key) {
            return known.clone();
        }
        let face = self.read(dict);
        self.faces.insert(key, face.clone());
        face
    }

    fn read(&mut self, dict: &Dict<'a>) -> Option<Rc<Face<'a>>> {
        self.widths_left = self.widths_left.checked_sub(count_of_widths(dict)?)?;
        let maps = if dict.contains_key("ToUnicode") { &self.maps } else { &self.maps_without_texts };
        let font = self.cache.font(dict, &self.programs, maps)?;
        let number = u16::try_from(self.faces.len()).unwrap_or(u16::MAX);
        let vertical = !font.is_horizontal();
        let Description { bold, fixed } = Description::of(dict);
        let (dict, shared) = (dict.clone(), Rc::clone(&self.shared));
        let (collection, known) = (OnceCell::new(), RefCell::default());
        Some(Rc::new(Face { font, dict, shared, collection, known, bold, fixed, vertical, number }))
    }
}

/// How many widths a font gives to its codes, one by one or by stretches; `None` where they are more than any has.
fn count_of_widths(dict: &Dict<'_>) -> Option<usize> {
    let Some(font) = descendant(dict) else { return Some(0) };
    let mut count = 0;
    // A vertical one has three numbers.
    for (key, numbers) in [("W", 1), ("W2", 3)] {
        let widths = font.get::<Array<'_>>(key).unwrap_or_default();
        count += count_in(&widths, numbers, MOST_WIDTHS - count)?;
    }
    Some(count)
}

/// How many widths of so many numbers each a list gives; `None` where they are more than `most`.
fn count_in(widths: &Array<'_>, numbers: usize, most: usize) -> Option<usize> {
    let mut parts = widths.flex_iter();
    let mut count: usize = 0;
    while count <= most {
        let part = if let Some((_, each)) = parts.next::<(u32, Array<'_>)>() {
            each.iter::<f32>().take(most).count()
        } else if let Some((first, last)) = parts.next::<(u32, u32)>() {
            (0..numbers).for_each(|_| _ = parts.next::<f32>());
            usize::try_from(last.saturating_sub(first)).ok()?
        } else {
            return Some(count);
        };
        count = count.saturating_add(part).saturating_add(1);
    }
    None
}

impl Face<'_> {
    /// The codes of a string that is shown, in order.
    pub(super) fn codes(&self, bytes: &[u8]) -> impl Iterator<Item = Coded> {
        let mut at = 0;
        std::iter::from_fn(move || {
            let (code, length) = bytes.get(at).map(|_| self.font.read_code(bytes, at))?;
            let code = self.known(code, bytes.get(at..at + length.max(1)).unwrap_or_default());
            at += length.max(1);
            Some(code)
        })
    }

    fn known(&self, code: u32, bytes: &[u8]) -> Coded {
        let key = (code, bytes.len());
        if let Some(known) = self.known.borrow().get(&key) {
            return known.clone();
        }
        let coded = self.coded(code, bytes);
        let mut known = self.known.borrow_mut();
        if known.len() < MOST_CODES {
            known.insert(key, coded.clone());
        }
        coded
    }

    fn coded(&self, code: u32, bytes: &[u8]) -> Coded {
        let advance = self.font.code_advance(code);
        let along = if self.vertical { advance.y.abs() } else { advance.x };
        Coded { text: self.text(code, bytes), advance: along / 1000.0, is_space: bytes == [b' '] }
    }

    fn text(&self, code: u32, bytes: &[u8]) -> Rc<str> {
        let said = match self.font.glyph(self.font.map_code(code), code) {
            FontGlyph::Outline(glyph) => glyph.as_unicode(),
            FontGlyph::Type3(glyph) => glyph.as_unicode(),
        };
        let said = said.map(owned).filter(|text| !text.is_empty() && text != "\0");
        let found = said.or_else(|| self.collection()?.text(code, bytes));
        Rc::from(found.map_or_else(|| "\u{fffd}".to_owned(), |text| unified::unify(&text)))
    }

    fn collection(&self) -> Option<&Collection> {
        self.collection.get_or_init(|| Collection::of(&self.dict, &self.shared)).as_ref()
    }
}

/// The text of an entry of a map.
pub(super) fn owned(text: BfString) -> String {
    match text {
        BfString::Char(character) => character.to_string(),
        BfString::String(text) => text,
    }
}

/// What a font's descriptor says of its looks.
struct Description {
    bold: bool,
    fixed: bool,
}

impl Description {
    fn of(dict: &Dict<'_>) -> Self {
        let below = descendant(dict);
        let inner = below.as_ref().unwrap_or(dict);
        let descriptor = inner.get::<Dict<'_>>("FontDescriptor").unwrap_or_default();
        let name =
            dict.get::<Name<'_>>("BaseFont").map(|name| name.as_str().to_lowercase()).unwrap_or_default();
        let flags = descriptor.get::<u32>("Flags").unwrap_or(0);
        let weight = descriptor.get::<f32>("FontWeight").unwrap_or(0.0);
        let named = ["bold", "heavy", "black", "semibold", "simhei", "heiti", "黑体", "黑體"];
        Self {
            bold: weight >= 600.0 || flags & 1 << 18 != 0 || named.iter().any(|word| name.contains(word)),
            fixed: flags & 1 != 0 || ["mono", "courier", "cmtt"].iter().any(|word| name.contains(word)),
        }
    }
}

/// The font that a composite one is made of.
pub(super) fn descendant<'a>(dict: &Dict<'a>) -> Option<Dict<'a>> {
    dict.get::<Array<'a>>("DescendantFonts")?.iter::<Dict<'a>>().next()
}
