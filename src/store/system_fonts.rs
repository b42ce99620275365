//! The fonts of the system: which families can show Chinese, and the bytes of a face.

use std::sync::Arc;

use fontdb::{Database, FaceInfo, ID, Style};

use crate::text::Glyphs;

/// The fonts of the system, as they were found.
///
/// Looking for them reads the head of every font file, some tenths of a second: not for the window's
/// thread ([`in_background`]).
#[derive(Debug)]
pub struct SystemFonts {
    database: Database,
    faces: Vec<Face>,
}

/// One face of a font file.
#[derive(Debug)]
struct Face {
    id: ID,
    family: String,
    monospaced: bool,
    /// How far from a regular, upright face of normal width; 0 is one.
    oddity: u32,
    coverage: Coverage,
}

/// The bytes of a font file, and which of its faces is meant.
#[derive(Clone)]
pub struct FaceData {
    /// A name of its own for the face, the same whenever it is asked for.
    pub name: String,
    /// The whole file.
    pub bytes: Arc<Vec<u8>>,
    /// Which face of the file, counted from 0.
    pub index: u32,
}

impl SystemFonts {
    /// Looks for all fonts of the system.
    pub fn find() -> Self {
        let mut database = Database::new();
        database.load_system_fonts();
        Self::of(database)
    }

    /// The fonts of a database, which a test may fill.
    fn of(database: Database) -> Self {
        let mut faces: Vec<Face> = database.faces().filter_map(|info| Face::new(&database, info)).collect();
        faces.sort_by(|left, right| {
            (left.oddity, &left.family, left.id).cmp(&(right.oddity, &right.family, right.id))
        });
        Self { database, faces }
    }

    /// The families that can show a region's text, those made for the region first, each part in the
    /// order of names.
    pub fn families(&self, glyphs: Glyphs) -> Vec<String> {
        let able = self.faces.iter().filter(|face| face.coverage.has_all(test_characters(glyphs)));
        let mut families: Vec<_> =
            able.map(|face| (!is_made_for(&face.family, glyphs), face.family.clone())).collect();
        families.sort();
        families.dedup();
        families.into_iter().map(|(_, family)| family).collect()
    }

    /// The regular face of a family; `None` where there is no such family any more, or its file cannot be
    /// read.
    pub fn face_of_family(&self, family: &str) -> Option<FaceData> {
        self.faces.iter().find(|face| face.family == family).and_then(|face| self.data(face))
    }

    /// A face that has `character`; one of those that can show the region's text where there is a choice.
    pub fn face_with(&self, character: char, glyphs: Glyphs) -> Option<FaceData> {
        let rank = |face: &&Face| {
            let able = face.coverage.has_all(test_characters(glyphs));
            (!able, !is_made_for(&face.family, glyphs), face.oddity)
        };
        let mut able: Vec<&Face> = self.faces.iter().filter(|face| face.coverage.has(character)).collect();
        able.sort_by_key(rank);
        able.into_iter().find_map(|face| self.data(face))
    }

    /// The regular face of the system's font in which all Latin letters have one width.
    pub fn monospaced(&self) -> Option<FaceData> {
        let preferred = self.database.family_name(&fontdb::Family::Monospace);
        let faces =
            || self.faces.iter().filter(|face| face.monospaced && face.coverage.has_all(['a', 'W', '0']));
        let face = faces().find(|face| face.family == preferred).or_else(|| faces().next())?;
        self.data(face)
    }

    fn data(&self, face: &Face) -> Option<FaceData> {
        let name = format!("{} {:?}", face.family, face.id);
        let read = |bytes: &[u8], index| FaceData { name, bytes: Arc::new(bytes.to_vec()), index };
        self.database.with_face_data(face.id, read)
    }
}

/// Runs `work` on a thread of its own, under the name `fonts`. Where the system gives no thread, the work
/// is not done, and the built-in fonts remain.
pub fn in_background(work: impl FnOnce() + Send + 'static) -> bool {
    std::thread::Builder::new().name("fonts".to_owned()).spawn(work).is_ok()
}

impl Face {
    fn new(database: &Database, info: &FaceInfo) -> Option<Self> {
        let (family, _) = info.families.first()?;
        let coverage = database.with_face_data(info.id, Coverage::of).flatten()?;
        let slanted = u32::from(info.style != Style::Normal) * 1000;
        let stretched = u32::from(info.stretch != fontdb::Stretch::Normal) * 1000;
        let oddity = u32::from(info.weight.0.abs_diff(fontdb::Weight::NORMAL.0)) + slanted + stretched;
        Some(Self { id: info.id, family: family.clone(), monospaced: info.monospaced, oddity, coverage })
    }
}

/// The characters of a face, as sorted ranges.
#[derive(Debug, Default)]
struct Coverage(Vec<(u32, u32)>);

impl Coverage {
    fn of(bytes: &[u8], index: u32) -> Option<Self> {
        let face = ttf_parser::Face::parse(bytes, index).ok()?;
        let mut characters = Vec::new();
        for table in face.tables().cmap?.subtables.into_iter().filter(ttf_parser::cmap::Subtable::is_unicode)
        {
            table.codepoints(|character| {
                if table.glyph_index(character).is_some_and(|glyph| glyph.0 != 0) {
                    characters.push(character);
                }
            });
        }
        characters.sort_unstable();
        Some(Self::of_sorted(characters))
    }

    fn of_sorted(characters: Vec<u32>) -> Self {
        let mut ranges: Vec<(u32, u32)> = Vec::new();
        for character in characters {
            match ranges.last_mut() {
                Some((_, last)) if character <= last.saturating_add(1) => *last = character,
                _ => ranges.push((character, character)),
            }
        }
        Self(ranges)
    }

    fn has(&self, character: char) -> bool {
        let begun = self.0.partition_point(|(first, _)| *first <= u32::from(character));
        let range = begun.checked_sub(1).and_then(|index| self.0.get(index));
        range.is_some_and(|(_, last)| u32::from(character) <= *last)
    }

    fn has_all(&self, characters: impl IntoIterator<Item = char>) -> bool {
        characters.into_iter().all(|character| self.has(character))
    }
}

/// Characters without which a region's text cannot be shown.
fn test_characters(glyphs: Glyphs) -> [char; 6] {
    match glyphs {
        Glyphs::Simplified => ['国', '说', '骨', '这', '门', '，'],
        Glyphs::Taiwan => ['國', '說', '骨', '這', '門', '，'],
        Glyphs::HongKong => ['國', '説', '骨', '裏', '嘅', '，'],
    }
}

/// Whether a family's name says that its shapes are those of the region, as the makers of CJK fonts write
/// it: Noto Sans CJK SC, Source Han Serif TW, AR PL `UMing` HK; or is one of those that come with Windows, which do not.
fn is_made_for(family: &str, glyphs: Glyphs) -> bool {
    let signs: &[&str] = match glyphs {
        Glyphs::Simplified => &["SC", "CN", "GB", "Hans", "GBK", "CH", "S"],
        Glyphs::Taiwan => &["TC", "TW", "Hant", "Big5", "B5", "T"],
        Glyphs::HongKong => &["HK", "HC", "HKSCS"],
    };
    let of_windows: &[&str] = match glyphs {
        Glyphs::Simplified => &["YaHei", "SimSun", "NSimSun", "SimHei", "DengXian", "KaiTi", "FangSong"],
        Glyphs::Taiwan => &["JhengHei", "PMingLiU", "DFKai"],
        Glyphs::HongKong => &[],
    };
    let mut words = family.split([' ', '-', '_']);
    words.any(|word| signs.contains(&word) || of_windows.contains(&word))
}

impl std::fmt::Debug for FaceData {
    fn fmt(&self, formatter: &mut std::fmt::Formatter<'_>) -> std::fmt::Result {
        write!(formatter, "FaceData({}, face {}, {} bytes)", self.name, self.index, self.bytes.len())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// The built-in font in the place of the system's.
    fn fonts() -> SystemFonts {
        let mut database = Database::new();
        database.load_font_data(include_bytes!("../../fonts/DuiduSans.ttc").to_vec());
        SystemFonts::of(database)
    }

    fn check(glyphs: Glyphs, first: &str) {
        let families = fonts().families(glyphs);
        assert_eq!(families.len(), 3, "{families:?}");
        assert_eq!(families.first().map(String::as_str), Some(first));
    }

    #[test]
    fn families_made_for_the_region_come_first() {
        check(Glyphs::Simplified, "Duidu Sans SC");
        check(Glyphs::Taiwan, "Duidu Sans TC");
        check(Glyphs::HongKong, "Duidu Sans HK");
    }

    #[test]
    fn the_fonts_of_windows_are_known_by_name() {
        let made_for = |family| {
            let all = [Glyphs::Simplified, Glyphs::Taiwan, Glyphs::HongKong];
            all.map(|glyphs| is_made_for(family, glyphs))
        };
        for family in ["Microsoft YaHei", "Microsoft YaHei UI", "SimSun-ExtB", "DengXian", "KaiTi"] {
            assert_eq!(made_for(family), [true, false, false], "{family}");
        }
        for family in ["Microsoft JhengHei", "PMingLiU-ExtB", "DFKai-SB"] {
            assert_eq!(made_for(family), [false, true, false], "{family}");
        }
        assert_eq!(made_for("MingLiU_HKSCS"), [false, false, true]);
        assert_eq!(made_for("Microsoft Sans Serif"), [false; 3]);
    }

    #[test]
    fn a_family_is_a_face_of_its_file() {
        let fonts = fonts();
        let index = |family| fonts.face_of_family(family).map(|face| face.index);
        assert_eq!(index("Duidu Sans SC"), Some(0));
        assert_eq!(index("Duidu Sans HK"), Some(2));
        assert_eq!(index("No Such Sans"), None);
    }

    #[test]
    fn finds_a_face_for_a_rare_character() {
        let face = |character| fonts().face_with(character, Glyphs::Taiwan).map(|face| face.index);
        assert_eq!(face('𠮶'), Some(1));
        assert_eq!(face('\u{E123}'), None);
    }
}
