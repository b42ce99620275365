//! What a file says outside of its pages: bookmarks, the labels of pages, layers that are switched off, title
//! and author.

use std::collections::{HashMap, HashSet};

use hayro_font::kurbo::{Affine, Point};
use hayro_syntax::Pdf;
use hayro_syntax::object::{
    Array, Dict, MaybeRef, Name, Object, ObjectIdentifier, Stream, String as PdfString,
};

use super::limits::Limits;
use super::{packet, strings};
use crate::document::{Field, Metadata};
use crate::import::counting::{letter, roman};
use crate::import::finish;

/// How deep bookmarks and trees of names may be nested.
pub(super) const DEEPEST: usize = 24;

/// A bookmark: the title of a part, and where it begins.
#[derive(Clone, PartialEq, Debug)]
pub(super) struct Bookmark {
    /// What it says.
    pub(super) title: String,
    /// Its level, from 1.
    pub(super) level: u8,
    /// The index of the page that it leads to.
    pub(super) page: usize,
    /// The height on that page, in points from its top, where it says so.
    pub(super) height: Option<f32>,
}

/// What stands at the root of a file.
pub(super) struct Catalog<'a> {
    pdf: &'a Pdf,
    root: Dict<'a>,
    /// How much of the file is read.
    pub(super) limits: Limits,
}

impl<'a> Catalog<'a> {
    /// The root of `pdf`.
    pub(super) fn of(pdf: &'a Pdf, limits: Limits) -> Self {
        let xref = pdf.xref();
        Self { pdf, root: xref.get::<Dict<'a>>(xref.root_id()).unwrap_or_default(), limits }
    }

    /// The layers that are switched off.
    pub(super) fn layers_off(&self) -> HashSet<ObjectIdentifier> {
        let Some(properties) = self.root.get::<Dict<'a>>("OCProperties") else { return HashSet::new() };
        let Some(usual) = properties.get::<Dict<'a>>("D") else { return HashSet::new() };
        let named = |list: Option<Array<'a>>| -> HashSet<ObjectIdentifier> {
            let references = list.into_iter().flat_map(|list| list.raw_iter());
            references.filter_map(|found| found.as_obj_ref()).map(ObjectIdentifier::from).collect()
        };
        let all_off = usual.get::<Name<'a>>("BaseState").is_some_and(|state| state.as_str() == "OFF");
        let mut off = if all_off { named(properties.get("OCGs")) } else { HashSet::new() };
        let on = named(usual.get("ON"));
        off.retain(|layer| !on.contains(layer));
        off.extend(named(usual.get("OFF")));
        off
    }

    /// What the file says of itself: in its dictionary, and where that is silent in its packet.
    pub(super) fn metadata(&self) -> Metadata {
        let stream = self.root.get::<Stream<'a>>("Metadata");
        let said = stream.and_then(|stream| Some(packet::metadata(&stream.decoded().ok()?)));
        let said = said.unwrap_or_default();
        finish::completed(self.own_metadata(), said)
    }

    fn own_metadata(&self) -> Metadata {
        let said = self.pdf.metadata();
        let field = |value: String| Some(Field { value, span: None }).filter(|field| !field.value.is_empty());
        let text = |bytes: &Option<Box<[u8]>>| {
            let text = bytes.as_deref().map(strings::text).unwrap_or_default();
            text.split_whitespace().collect::<Vec<_>>().join(" ")
        };
        let title = Some(text(&said.title)).filter(|title| is_title(title));
        let created =
            said.creation_date.map(|date| format!("{:04}-{:02}-{:02}", date.year, date.month, date.day));
        let language = self.root.get::<PdfString<'a>>("Lang").map(|text| strings::text(text.as_bytes()));
        Metadata {
            title: title.and_then(field),
            author: field(text(&said.author)),
            created: created.and_then(field),
            language: language.and_then(field),
            ..Metadata::default()
        }
    }

    /// The items of an array, without those that it refers to and that are not in the file.
    pub(super) fn items_of(&self, array: &Array<'a>) -> impl Iterator<Item = Object<'a>> + 'a {
        let pdf = self.pdf;
        array.raw_iter().filter_map(move |item| match item {
            MaybeRef::Ref(place) => pdf.xref().get::<Object<'a>>(place.into()),
            MaybeRef::NotRef(item) => Some(item),
        })
    }

    /// The root of the tags of the file, if it has any and does not say itself that they may be wrong.
    pub(super) fn structure(&self) -> Option<Dict<'a>> {
        let marks = self.root.get::<Dict<'a>>("MarkInfo").unwrap_or_default();
        let is_sure = !marks.get::<bool>("Suspects").unwrap_or(false);
        self.root.get::<Dict<'a>>("StructTreeRoot").filter(|_| is_sure)
    }

    /// The form of the file, with nothing in it where it has none.
    pub(super) fn form(&self) -> Dict<'a> {
        self.root.get::<Dict<'a>>("AcroForm").unwrap_or_default()
    }

    /// The fields of the form that somebody filled in.
    pub(super) fn filled_fields(&self) -> Vec<Dict<'a>> {
        let fields = self.form().get::<Array<'a>>("Fields").unwrap_or_default();
        let most = self.limits.entries;
        let fields = self.items_of(&fields).filter_map(Object::into_dict).take(most).collect();
        let says = |field: &Dict<'a>| {
            field.get::<PdfString<'a>>("V").is_some_and(|said| !said.as_bytes().is_empty())
        };
        let mut filled = with_kids(fields, most);
        filled.retain(says);
        filled
    }

    /// What relative addresses of links lead on from.
    pub(super) fn base_of_links(&self) -> Option<String> {
        let base = self.root.get::<Dict<'a>>("URI")?.get::<PdfString<'a>>("Base")?;
        Some(strings::text(base.as_bytes()))
    }

    /// How many pages the file has.
    pub(super) fn pages(&self) -> usize {
        self.pdf.pages().len()
    }

    /// The label of every page: `iv`, `12`, `A-3`; `None` where the file gives none.
    pub(super) fn labels(&self) -> Option<Vec<String>> {
        let tree = self.root.get::<Dict<'a>>("PageLabels")?;
        let ranges = entries(tree, "Nums", self.limits.entries);
        let mut starts: Vec<(usize, Dict<'a>)> = ranges
            .into_iter()
            .filter_map(|(key, value)| {
                let start = usize::try_from(key.into_i32()?).ok()?;
                Some((start, value.into_dict()?))
            })
            .collect();
        starts.sort_by_key(|(start, _)| *start);
        Some((0..self.pages()).map(|page| label(&starts, page)).collect())
    }

    // ---- Bookmarks --------------------------------------------------------------------------------------

    /// The bookmarks, in order.
    pub(super) fn bookmarks(&self) -> Vec<Bookmark> {
        let Some(first) =
            self.root.get::<Dict<'a>>("Outlines").and_then(|root| root.get::<Dict<'a>>("First"))
        else {
            return Vec::new();
        };
        let places = Places::of(self);
        let mut bookmarks = Vec::new();
        let mut seen = HashSet::new();
        let mut waiting = vec![(first, 1)];
        while let Some((entry, level)) = waiting.pop() {
            let is_new = seen.insert(place_of(&entry));
            if !is_new || seen.len() > self.limits.entries {
                continue;
            }
            bookmarks.extend(places.bookmark(&entry, level));
            waiting.extend(entry.get::<Dict<'a>>("Next").map(|next| (next, level)));
            let below = entry.get::<Dict<'a>>("First").filter(|_| level < DEEPEST);
            waiting.extend(below.map(|below| (below, level + 1)));
        }
        bookmarks
    }
}

/// The place of a dictionary in the file, by which it is known again: what was read of the file stays where it is.
pub(super) fn place_of(dict: &Dict<'_>) -> usize {
    dict.data().as_ptr().addr()
}

fn is_title(title: &str) -> bool {
    let lower = title.to_lowercase();
    let of_a_file = [".doc", ".docx", ".pdf", ".wps", ".indd", ".qxd", ".dvi", ".xls"];
    let empty = lower.is_empty() || lower.starts_with("untitled") || lower.starts_with("microsoft word");
    !empty && !of_a_file.iter().any(|ending| lower.ends_with(ending))
}

/// The keys of a tree of names or numbers with their values, at most so many.
fn entries<'a>(root: Dict<'a>, list: &str, most: usize) -> Vec<(Object<'a>, Object<'a>)> {
    let mut found = Vec::new();
    for node in with_kids(vec![root], most) {
        let Some(pairs) = node.get::<Array<'a>>(list) else { continue };
        let mut values = pairs.iter::<Object<'a>>();
        while let (Some(key), Some(value), true) = (values.next(), values.next(), found.len() < most) {
            found.push((key, value));
        }
    }
    found
}

/// The nodes of trees in their order, at most so many: branches may meet again in a hostile file.
fn with_kids(roots: Vec<Dict<'_>>, most: usize) -> Vec<Dict<'_>> {
    let mut left = most;
    let mut found = Vec::new();
    let mut waiting: Vec<(Dict<'_>, usize)> = roots.into_iter().rev().map(|root| (root, 0)).collect();
    while let Some((node, depth)) = waiting.pop() {
        let kids = node.get::<Array<'_>>("Kids").filter(|_| depth < DEEPEST);
        let kids: Vec<Dict<'_>> = kids.iter().flat_map(Array::iter::<Dict<'_>>).take(left).collect();
        left -= kids.len();
        waiting.extend(kids.into_iter().rev().map(|kid| (kid, depth + 1)));
        found.push(node);
    }
    found
}

// ---- Places ---------------------------------------------------------------------------------------------

/// The places of a file that bookmarks and links lead to.
pub(super) struct Places<'a> {
    pdf: &'a Pdf,
    pages: HashMap<ObjectIdentifier, usize>,
    old_names: Dict<'a>,
    names: HashMap<Vec<u8>, Object<'a>>,
}

impl<'a> Places<'a> {
    /// Those of a file.
    pub(super) fn of(catalog: &Catalog<'a>) -> Self {
        let pages = catalog.pdf.pages().iter().enumerate();
        let pages = pages.filter_map(|(index, page)| Some((page.raw().obj_id()?, index))).collect();
        let tree = catalog.root.get::<Dict<'a>>("Names").and_then(|names| names.get::<Dict<'a>>("Dests"));
        let names = tree.map(|tree| entries(tree, "Names", catalog.limits.entries)).unwrap_or_default();
        let names = names.into_iter().filter_map(|(name, place)| Some((name.into_string()?.to_vec(), place)));
        let old_names = catalog.root.get::<Dict<'a>>("Dests").unwrap_or_default();
        Self { pdf: catalog.pdf, pages, old_names, names: names.collect() }
    }

    fn bookmark(&self, entry: &Dict<'a>, level: usize) -> Option<Bookmark> {
        let title = strings::text(entry.get::<PdfString<'a>>("Title")?.as_bytes());
        let action = || entry.get::<Dict<'a>>("A")?.get::<Object<'a>>("D");
        let place = entry.get::<Object<'a>>("Dest").or_else(action)?;
        let (page, height) = self.resolve(place, 0)?;
        Some(Bookmark { title, level: u8::try_from(level).unwrap_or(u8::MAX), page, height })
    }

    /// The page and the height on it that a place says.
    pub(super) fn resolve(&self, place: Object<'a>, depth: usize) -> Option<(usize, Option<f32>)> {
        let again = |place: Object<'a>| if depth < 4 { self.resolve(place, depth + 1) } else { None };
        match place {
            Object::Array(place) => self.explicit(&place),
            Object::Name(name) => again(self.old_names.get::<Object<'a>>(name.as_ref() as &[u8])?),
            Object::String(name) => again(self.names.get(name.as_bytes())?.clone()),
            Object::Dict(place) => again(place.get::<Object<'a>>("D")?),
            _ => None,
        }
    }

    fn explicit(&self, place: &Array<'a>) -> Option<(usize, Option<f32>)> {
        let target = place.raw_iter().next()?;
        let page = match target.as_obj_ref() {
            Some(reference) => *self.pages.get(&reference.into())?,
            None => usize::try_from(place.iter::<Object<'a>>().next()?.into_i32()?).ok()?,
        };
        let mut parts = place.iter::<Object<'a>>().skip(1);
        let fit = parts.next()?.into_name();
        let skipped = match fit.as_ref().map(Name::as_str) {
            Some("XYZ") => 1,
            Some("FitH" | "FitBH") => 0,
            _ => return Some((page, None)),
        };
        let height = parts.nth(skipped).and_then(Object::into_f32);
        Some((page, height.and_then(|height| self.down_to(page, height))))
    }

    /// The height on a page, in points from its top.
    fn down_to(&self, page: usize, height: f32) -> Option<f32> {
        let page = self.pdf.pages().get(page)?;
        let upright = Affine::new(page.initial_transform(true).as_coeffs());
        #[expect(clippy::cast_possible_truncation, reason = "a height on a page")]
        let from_top = (upright * Point::new(0.0, f64::from(height))).y as f32;
        Some(from_top)
    }
}

// ---- Labels of pages ------------------------------------------------------------------------------------

fn label(starts: &[(usize, Dict<'_>)], page: usize) -> String {
    let before = starts.partition_point(|(start, _)| *start <= page);
    let range = before.checked_sub(1).and_then(|last| starts.get(last));
    let Some((start, range)) = range else { return (page + 1).to_string() };
    let prefix =
        range.get::<PdfString<'_>>("P").map(|text| strings::text(text.as_bytes())).unwrap_or_default();
    let first = range.get::<u32>("St").unwrap_or(1);
    let number = first.saturating_add(u32::try_from(page - start).unwrap_or(0));
    let style = range.get::<Name<'_>>("S");
    let number = match style.as_ref().map(Name::as_str) {
        Some("D") => number.to_string(),
        Some("r") => roman(number.min(MOST_IN_ROMAN)).to_lowercase(),
        Some("R") => roman(number.min(MOST_IN_ROMAN)),
        Some("a") => lettered(number),
        Some("A") => lettered(number).to_uppercase(),
        _ => String::new(),
    };
    format!("{prefix}{number}")
}

/// A file can count from any number: its thousands are not written out for ever.
const MOST_IN_ROMAN: u32 = 9_999;

/// a to z, then aa to zz, and so on.
fn lettered(number: u32) -> String {
    let (letter, times) = letter(number.saturating_sub(1));
    letter.to_ascii_lowercase().to_string().repeat(times.min(8) as usize)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn pages_are_counted_in_letters_too() {
        assert_eq!([1, 4, 9, 1994].map(roman), ["I", "IV", "IX", "MCMXCIV"]);
        assert_eq!([1, 26, 27].map(lettered), ["a", "z", "aa"]);
    }
}
