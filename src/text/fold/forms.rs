//! The forms that characters fold to.
//!
//! Script classes come from OpenCC's dictionaries (`assets/opencc/fold.tsv`), what characters are made of from the
//! Unicode Standard.

use std::borrow::Cow;
use std::collections::HashMap;
use std::sync::LazyLock;

use unicode_normalization::UnicodeNormalization;
use unicode_normalization::char::{decompose_canonical, decompose_compatible};

use super::super::boundaries::{is_han, is_line_break};
use super::is_punctuation;

/// The character that stands for all that are the same to a reader: 体 for 體, `a` for Ａ, a full stop for 。.
///
/// Folds variants of script, full and half width, case, compatibility ideographs, and marks: all quotation
/// marks are one, and so are all dashes, all middle dots, and the marks of full and half width, vertical and
/// small forms. Folding what is folded changes nothing. Constant time.
pub fn fold_char(character: char) -> char {
    Alike::AnyScript.table().single(character)
}

/// How much characters may differ and still be the same. Each folds what the one before it does. Width, case and
/// the shapes of marks never count, nor whether an accent is a character of its own: e and U+0301 are é.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default)]
pub enum Alike {
    /// 体 is not 體, and e is not é.
    AsWritten,
    /// 体 is 體; e is not é, as two ways of writing mā or pinyin without tones are two texts to a comparison.
    #[default]
    AnyScript,
    /// What a reader expects to be found: e finds é and é finds e, ① is 1, Ⅳ is IV, ㎏ is kg, ㈱ is (株). Signs that
    /// are raised or lowered stay themselves, as 10² is not 102; so do the marks of kana, as か is not が.
    Loosely,
}

impl Alike {
    /// The letters that a character folds to.
    pub(super) fn form(self, character: char) -> Letters {
        self.table().fold(character)
    }

    /// The letters of characters that have one each.
    #[inline]
    pub(super) fn singles(self, characters: impl Iterator<Item = char>) -> impl Iterator<Item = char> {
        let table = self.table();
        characters.map(|character| table.single(character))
    }

    /// The letters of a character with marks that are written over, under or through it.
    pub(super) fn form_with_marks(self, base: char, marks: &str) -> Letters {
        let form = self.form(base);
        let Some(&last) = form.as_slice().last().filter(|last| takes_marks(**last)) else { return form };
        let accents = self != Self::Loosely || !last.is_alphanumeric();
        let marks = marks.chars().filter(|mark| is_voicing(*mark) || (accents && is_mark(*mark)));
        let marks = marks.map(|mark| match mark {
            'ﾞ' => '\u{3099}',
            'ﾟ' => '\u{309A}',
            other => other,
        });
        Letters::from(form.as_slice().iter().copied().chain(marks).nfc().collect::<Vec<_>>())
    }

    fn table(self) -> &'static Table {
        static TABLES: [LazyLock<Table>; 3] = [
            LazyLock::new(|| Table::new(Alike::AsWritten)),
            LazyLock::new(|| Table::new(Alike::AnyScript)),
            LazyLock::new(|| Table::new(Alike::Loosely)),
        ];
        let [as_written, any_script, loosely] = &TABLES;
        match self {
            Self::AsWritten => as_written,
            Self::AnyScript => any_script,
            Self::Loosely => loosely,
        }
    }
}

/// What a stretch of a text is in the folded form: mostly one character.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(in crate::text) enum Letters {
    /// One character.
    One(char),
    /// None, or several.
    Several(Cow<'static, [char]>),
}

impl Letters {
    pub(in crate::text) const NONE: Self = Self::Several(Cow::Borrowed(&[]));

    #[inline]
    pub(in crate::text) fn as_slice(&self) -> &[char] {
        match self {
            Self::One(letter) => std::slice::from_ref(letter),
            Self::Several(letters) => letters,
        }
    }
}

impl From<Vec<char>> for Letters {
    fn from(letters: Vec<char>) -> Self {
        match letters.as_slice() {
            [single] => Self::One(*single),
            _ => Self::Several(Cow::Owned(letters)),
        }
    }
}

/// Whether a character is written over, under or through the one before it, in any alphabet or in kana.
pub(super) fn is_mark(character: char) -> bool {
    is_voicing(character)
        || matches!(character, '\u{300}'..='\u{34E}' | '\u{350}'..='\u{36F}' | '\u{483}'..='\u{487}')
        || matches!(character, '\u{1AB0}'..='\u{1AFF}' | '\u{1DC0}'..='\u{1DFF}' | '\u{20D0}'..='\u{20FF}')
        || matches!(character, '\u{FE20}'..='\u{FE2F}')
}

/// Whether marks say something with a character: not with Han and with punctuation.
pub(super) fn takes_marks(character: char) -> bool {
    !is_han(character) && !is_punctuation(character)
}

/// The marks that make が of か, and ぱ of は.
fn is_voicing(character: char) -> bool {
    matches!(character, '\u{3099}' | '\u{309A}' | 'ﾞ' | 'ﾟ')
}

/// The characters with which a stretch may begin that has `letter` in its folded form. Takes time in proportion to
/// all of Unicode's first plane the first time, then none.
pub(in crate::text) fn variants(letter: char, alike: Alike) -> Vec<char> {
    static MEMBERS: [LazyLock<Members>; 3] = [
        LazyLock::new(|| Members::of(Alike::AsWritten)),
        LazyLock::new(|| Members::of(Alike::AnyScript)),
        LazyLock::new(|| Members::of(Alike::Loosely)),
    ];
    let [as_written, any_script, loosely] = &MEMBERS;
    match alike {
        Alike::AsWritten => as_written.variants(letter),
        Alike::AnyScript => any_script.variants(letter),
        Alike::Loosely => loosely.variants(letter),
    }
}

/// Which characters fold to a letter.
struct Members {
    /// Those of every letter that has more than itself, itself among them.
    alike: HashMap<char, Vec<char>>,
    /// The letters that are made of this one and marks.
    composed: HashMap<char, Vec<char>>,
}

impl Members {
    fn of(alike: Alike) -> Self {
        let mut members = Self { alike: HashMap::new(), composed: HashMap::new() };
        for (character, letters) in alike.table().all() {
            for &letter in letters.as_slice() {
                if letter != character {
                    members.alike.entry(letter).or_insert_with(|| vec![letter]).push(character);
                } else if let base = base(letter)
                    && base != letter
                {
                    members.composed.entry(base).or_default().push(letter);
                }
            }
        }
        members
    }

    fn variants(&self, letter: char) -> Vec<char> {
        let base = base(letter);
        let alone = |letter: char| self.alike.get(&letter).cloned().unwrap_or_else(|| vec![letter]);
        if base == letter {
            return alone(letter);
        }
        // Marks may have been written apart, one or all of them.
        let composed = self.composed.get(&base).into_iter().flatten();
        [base].iter().chain(composed).flat_map(|&letter| alone(letter)).collect()
    }
}

/// What a character is without its marks; itself where it has none. A syllable of Korean is no letter with marks.
fn base(character: char) -> char {
    if matches!(character, '가'..='힣') {
        return character;
    }
    let mut first = None;
    decompose_canonical(character, |part| _ = first.get_or_insert(part));
    first.unwrap_or(character)
}

/// Every character's folded form: an array for the first plane, maps for the rest.
struct Table {
    /// By code point; [`ELSEWHERE`] where the form is not one character of the first plane.
    near: Box<[u16]>,
    far: HashMap<char, char>,
    several: HashMap<char, Box<[char]>>,
}

/// No character: half of a surrogate pair.
const ELSEWHERE: u16 = 0xD800;

impl Table {
    fn new(alike: Alike) -> Self {
        let classes = if alike == Alike::AsWritten { HashMap::new() } else { script_classes() };
        let near = vec![ELSEWHERE; 0x1_0000].into_boxed_slice();
        let mut table = Self { near, far: HashMap::new(), several: HashMap::new() };
        let others = ('\u{10000}'..='\u{1FFFF}').chain('\u{2F800}'..='\u{2FA1F}');
        let further = classes.keys().copied().filter(|&character| character > '\u{1FFFF}');
        for character in ('\0'..='\u{FFFF}').chain(others).chain(further) {
            let form = |character: char| {
                let shape = fold_shape(character);
                classes.get(&shape).copied().unwrap_or(shape)
            };
            match parts(character, alike) {
                None => table.set(character, form(character)),
                Some(parts) => table.set_parts(character, parts.into_iter().map(form).nfc().collect()),
            }
        }
        table
    }

    fn set(&mut self, character: char, folded: char) {
        match (self.near.get_mut(character as usize), u16::try_from(u32::from(folded))) {
            (Some(slot), Ok(code)) => *slot = code,
            _ if character != folded => drop(self.far.insert(character, folded)),
            _ => {}
        }
    }

    fn set_parts(&mut self, character: char, letters: Vec<char>) {
        match letters.as_slice() {
            [single] => self.set(character, *single),
            _ => drop(self.several.insert(character, letters.into())),
        }
    }

    #[inline]
    fn fold(&'static self, character: char) -> Letters {
        let near = self.near.get(character as usize).copied().unwrap_or(ELSEWHERE);
        match char::from_u32(u32::from(near)) {
            Some(letter) => Letters::One(letter),
            None => self.fold_elsewhere(character),
        }
    }

    fn fold_elsewhere(&'static self, character: char) -> Letters {
        match self.several.get(&character) {
            Some(letters) => Letters::Several(Cow::Borrowed(letters)),
            None => Letters::One(self.far.get(&character).copied().unwrap_or(character)),
        }
    }

    /// The same of a character that has one letter.
    #[inline]
    fn single(&self, character: char) -> char {
        let near = self.near.get(character as usize).copied().unwrap_or(ELSEWHERE);
        char::from_u32(u32::from(near))
            .unwrap_or_else(|| self.far.get(&character).copied().unwrap_or(character))
    }

    /// Every character of the first plane, and those beyond it that are not their own form, in order.
    fn all(&'static self) -> impl Iterator<Item = (char, Letters)> {
        let mut far: Vec<char> = self.far.keys().chain(self.several.keys()).copied().collect();
        far.retain(|&character| character > '\u{FFFF}');
        far.sort_unstable();
        ('\0'..='\u{FFFF}').chain(far).map(|character| (character, self.fold(character)))
    }
}

/// What a character is made of where that counts more than the character: letters without their accents, and signs
/// that stand for several.
fn parts(character: char, alike: Alike) -> Option<Vec<char>> {
    if alike != Alike::Loosely || is_han(character) {
        return None;
    }
    let mut parts = Vec::new();
    if is_sign_of_others(character) {
        decompose_compatible(character, |part| parts.push(part));
    } else if character.is_alphabetic() && base(character) != character {
        decompose_canonical(character, |part| parts.push(part));
    }
    parts.retain(|&part| !is_mark(part) || is_voicing(part));
    (!parts.is_empty()).then_some(parts)
}

/// Whether a character is another way of writing other ones, in their line: numbers and letters in circles and
/// brackets, Roman numbers, units, ligatures, the alphabets of mathematics. Fractions are not.
fn is_sign_of_others(character: char) -> bool {
    matches!(character, '\u{2100}'..='\u{214F}' | '\u{2160}'..='\u{2188}' | '\u{2460}'..='\u{24FF}')
        || matches!(character, '\u{3200}'..='\u{33FF}' | '\u{FB00}'..='\u{FB06}')
        || matches!(character, '\u{1D400}'..='\u{1D7FF}' | '\u{1F100}'..='\u{1F2FF}')
}

/// The classes of characters that OpenCC takes for one another: each character and its representative.
fn script_classes() -> HashMap<char, char> {
    let lines = include_str!("../../../assets/opencc/fold.tsv").lines().filter(|line| !line.starts_with('#'));
    let mut classes = HashMap::new();
    for (representative, members) in lines.filter_map(|line| line.split_once('\t')) {
        let Some(representative) = representative.chars().next() else { continue };
        let members = members.chars().filter(|c| !c.is_whitespace());
        classes.extend(members.map(|member| (fold_shape(member), fold_shape(representative))));
    }
    classes
}

/// Folds everything but the script: width, case, marks, compatibility ideographs.
fn fold_shape(character: char) -> char {
    let mark = fold_mark(narrow(unified(character)));
    let mut lower = mark.to_lowercase();
    match (lower.next(), lower.next()) {
        (Some('ς'), None) => 'σ',
        (Some(lower), None) => lower,
        _ => mark,
    }
}

/// The unified ideograph that a compatibility ideograph or a radical of Kangxi is.
fn unified(character: char) -> char {
    match character {
        '\u{2F00}'..='\u{2FD5}' | '\u{F900}'..='\u{FAFF}' | '\u{2F800}'..='\u{2FA1F}' => {
            compatible(character)
        }
        _ => character,
    }
}

/// The character that Unicode takes for the same, of those which have one.
fn compatible(character: char) -> char {
    let mut first = None;
    decompose_compatible(character, |part| _ = first.get_or_insert(part));
    first.unwrap_or(character)
}

/// Full width to half, half-width kana to full, every space to the common one.
fn narrow(character: char) -> char {
    match character {
        'ﾞ' => '゛',
        'ﾟ' => '゜',
        '！'..='～' | '￠'..='￢' | '￥' | '￦' | '｡'..='ﾝ' => compatible(character),
        _ if character.is_whitespace() && !is_line_break(character) => ' ',
        _ => character,
    }
}

/// One mark for all that differ in shape only.
fn fold_mark(character: char) -> char {
    static MARKS: LazyLock<HashMap<char, char>> = LazyLock::new(|| {
        let marks = ALIKE.iter().flat_map(|&(mark, forms)| forms.chars().map(move |form| (form, mark)));
        marks.collect()
    });
    MARKS.get(&character).copied().unwrap_or(character)
}

/// Marks and the forms that fold to them.
const ALIKE: [(char, &str); 33] = [
    ('"', "“”„‟‘’‚‛「」『』〝〞〟﹁﹂﹃﹄«»‹›'`´"),
    ('《', "〈︿︽⟨⟪\u{2329}"),
    ('》', "〉﹀︾⟩⟫\u{232A}"),
    ('[', "〔【〖〘〚︹︻︗﹇﹝"),
    (']', "〕】〗〙〛︺︼︘﹈﹞"),
    ('(', "︵﹙"),
    (')', "︶﹚"),
    ('{', "︷﹛"),
    ('}', "︸﹜"),
    (',', "︐﹐"),
    ('、', "︑﹑"),
    ('.', "。︒﹒"),
    (':', "︓﹕∶"),
    (';', "︔﹔"),
    ('!', "︕﹗"),
    ('?', "︖﹖"),
    ('…', "⋯︙"),
    ('-', "—–―─‐‑‒−﹘﹣︱︲"),
    ('~', "〜∼"),
    ('·', "‧・•∙⋅"),
    ('〇', "○◯"),
    ('_', "︳﹍﹎﹏"),
    ('#', "﹟"),
    ('&', "﹠"),
    ('*', "﹡"),
    ('+', "﹢"),
    ('<', "﹤"),
    ('>', "﹥"),
    ('=', "﹦"),
    ('\\', "﹨"),
    ('$', "﹩"),
    ('%', "﹪"),
    ('@', "﹫"),
];
