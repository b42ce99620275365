//! The collections of characters of Adobe: what the codes of a font say that has no table of its own.

use std::cell::RefCell;
use std::collections::HashMap;
use std::rc::Rc;

use hayro_cmap::{CMap, CMapName, CidFamily};
use hayro_syntax::object::{Dict, Object, Stream, String as PdfString};

use super::font::{descendant, owned};

/// The predefined maps that fonts of a file have asked for, by their names. Each is read once: it can have thirty thousand
/// entries, and a file can have a font for every page.
#[derive(Default)]
pub(super) struct Maps(RefCell<HashMap<Vec<u8>, Rc<CMap>>>);

impl Maps {
    fn named(&self, name: CMapName<'_>) -> Option<Rc<CMap>> {
        let known = self.0.borrow().get(name.to_bytes()).cloned();
        known.or_else(|| {
            let map = Rc::new(CMap::parse(hayro_cmap::load_embedded(name)?, hayro_cmap::load_embedded)?);
            self.0.borrow_mut().insert(name.to_bytes().to_vec(), Rc::clone(&map));
            Some(map)
        })
    }
}

/// Whether it is the map of the texts of a collection.
pub(super) fn is_text_of_collection(name: CMapName<'_>) -> bool {
    name.to_bytes().starts_with(b"Adobe-") && name.to_bytes().ends_with(b"-UCS2")
}

/// How the codes of a font without `ToUnicode` are read.
pub(super) enum Collection {
    /// The codes are UTF-16 themselves.
    Utf16,
    /// The codes name characters of a collection.
    Numbered {
        /// Code to number in the collection; `None` where the code is the number.
        numbers: Option<Rc<CMap>>,
        /// Number to text.
        texts: Rc<CMap>,
    },
}

impl Collection {
    /// How the codes of that font are read; `None` where nothing says it.
    pub(super) fn of(dict: &Dict<'_>, maps: &Maps) -> Option<Self> {
        let encoding = dict.get::<Object<'_>>("Encoding")?;
        let name = encoding.clone().into_name();
        let name = name.as_deref().unwrap_or_default();
        if name.starts_with(b"Uni") && (contains(name, b"UCS2") || contains(name, b"UTF16")) {
            return Some(Self::Utf16);
        }
        let is_number = name.starts_with(b"Identity");
        let numbers = if is_number { None } else { Some(numbers_of(&encoding, name, maps)?) };
        let family = numbers.as_ref().and_then(|numbers| numbers.metadata().character_collection.clone());
        let family = family.map(|collection| collection.family).filter(|family| family.ucs2_cmap().is_some());
        let texts = maps.named(family.or_else(|| declared_family(dict))?.ucs2_cmap()?)?;
        Some(Self::Numbered { numbers, texts })
    }

    /// What a code says.
    pub(super) fn text(&self, code: u32, bytes: &[u8]) -> Option<String> {
        match self {
            Self::Utf16 => {
                let units = bytes.chunks_exact(2).map(|pair| u16::from_be_bytes([pair[0], pair[1]]));
                let text: Result<String, _> = char::decode_utf16(units).collect();
                text.ok().filter(|text| !text.is_empty())
            }
            Self::Numbered { numbers, texts } => {
                let length = u8::try_from(bytes.len()).unwrap_or(u8::MAX);
                let number = match numbers {
                    Some(numbers) => numbers.lookup_cid_code(code, length)?,
                    None => code,
                };
                texts.lookup_bf_string(number).map(owned)
            }
        }
    }
}

fn contains(name: &[u8], part: &[u8]) -> bool {
    memchr::memmem::find(name, part).is_some()
}

/// The map from codes to numbers that a font's encoding names or holds.
fn numbers_of(encoding: &Object<'_>, name: &[u8], maps: &Maps) -> Option<Rc<CMap>> {
    match encoding.clone().into_stream() {
        Some(stream) => CMap::parse(&Stream::decoded(&stream).ok()?, hayro_cmap::load_embedded).map(Rc::new),
        None => maps.named(CMapName::from_bytes(name)),
    }
}

/// The collection that a font says its numbers are of.
fn declared_family(dict: &Dict<'_>) -> Option<CidFamily> {
    let system = descendant(dict)?.get::<Dict<'_>>("CIDSystemInfo")?;
    let registry = system.get::<PdfString<'_>>("Registry")?;
    let ordering = system.get::<PdfString<'_>>("Ordering")?;
    Some(CidFamily::from_registry_ordering(&registry, &ordering))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_map_is_read_once_for_all_fonts() {
        let maps = Maps::default();
        let (first, second) = (maps.named(CMapName::AdobeGb1Ucs2), maps.named(CMapName::AdobeGb1Ucs2));
        assert!(Rc::ptr_eq(&first.unwrap(), &second.unwrap()));
        assert!(maps.named(CMapName::from_bytes(b"none")).is_none());
        assert_eq!(maps.0.borrow().len(), 1);
    }

    #[test]
    fn the_library_is_not_given_the_texts_of_any_collection() {
        for family in
            [CidFamily::AdobeGB1, CidFamily::AdobeCNS1, CidFamily::AdobeJapan1, CidFamily::AdobeKorea1]
        {
            assert!(is_text_of_collection(family.ucs2_cmap().unwrap()), "{family:?}");
        }
        assert!(!is_text_of_collection(CMapName::from_bytes(b"GBK-EUC-H")));
        assert!(!is_text_of_collection(CMapName::from_bytes(b"UniGB-UCS2-H")));
    }
}
