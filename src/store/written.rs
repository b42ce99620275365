//! RON as this program writes it, taken apart quickly: the notes of a thousand documents are read at once.
//!
//! This is a part of RON only: strings, whole numbers, lists, tuples and fields, with no comment but in the first line.
//! What is written in another way, by a person or by a newer version, is `None` here and left to the `ron` crate, which
//! understands all of it and takes several times as long. Whatever is understood here, `ron` understands alike: its
//! tests hold that.

use std::borrow::Cow;

use serde::de::value::Error;
use serde::de::{Deserialize, DeserializeSeed, Deserializer, Error as _, SeqAccess, Visitor};
use serde::forward_to_deserialize_any;

/// The fields of `(name: value, …)`, each value as it is written.
pub(super) fn fields(text: &str) -> Option<Vec<(&str, &str)>> {
    let mut reader = Reader { text, at: 0 };
    reader.first_line();
    let mut fields = Vec::new();
    reader.whole(|reader| {
        reader.take(b'(')?;
        reader.space();
        reader.fields(DEEPEST, |name, value| fields.push((name, value)))
    })?;
    Some(fields)
}

/// The items of a list, each as it is written.
pub(super) fn items(text: &str) -> Option<Vec<&str>> {
    let mut items = Vec::new();
    Reader { text, at: 0 }.whole(|reader| {
        reader.take(b'[')?;
        reader.items(b']', DEEPEST, |item| items.push(item))
    })?;
    Some(items)
}

/// A value of some type: of strings, whole numbers, lists and tuples.
pub(super) fn value<'a, Value: Deserialize<'a>>(text: &'a str) -> Option<Value> {
    Reader { text, at: 0 }.whole(|reader| Value::deserialize(reader).ok())
}

/// More levels within one another the program does not write.
const DEEPEST: usize = 16;

/// More digits the program does not write; these fit any number.
const MOST_DIGITS: usize = 18;

/// A text, and how far it is read.
struct Reader<'a> {
    text: &'a str,
    /// In bytes.
    at: usize,
}

impl<'a> Reader<'a> {
    /// Reads all there is; white space around it says nothing.
    fn whole<What>(mut self, read: impl FnOnce(&mut Self) -> Option<What>) -> Option<What> {
        self.space();
        let what = read(&mut self)?;
        self.space();
        (self.at == self.text.len()).then_some(what)
    }

    /// Passes over the line with the checksum.
    fn first_line(&mut self) {
        if let Some((first, _)) = self.text.split_once('\n').filter(|(first, _)| first.starts_with("//")) {
            self.at = first.len();
        }
    }

    fn next(&self) -> Option<u8> {
        self.text.as_bytes().get(self.at).copied()
    }

    fn take(&mut self, byte: u8) -> Option<()> {
        (self.next()? == byte).then(|| self.at += 1)
    }

    fn space(&mut self) {
        self.pass(|byte| matches!(byte, b' ' | b'\n' | b'\t' | b'\r'));
    }

    /// Goes on as long as the bytes are such; answers what it went over.
    fn pass(&mut self, is: impl Fn(u8) -> bool) -> &'a str {
        let start = self.at;
        while self.next().is_some_and(&is) {
            self.at += 1;
        }
        self.since(start)
    }

    fn since(&self, start: usize) -> &'a str {
        self.text.get(start..self.at).unwrap_or_default()
    }

    // --- what is passed over, and seen to be whole -----------------------------------------------------

    /// Passes over a value with no more than `depth` levels within one another.
    fn value(&mut self, depth: usize) -> Option<&'a str> {
        let (start, deeper) = (self.at, depth.checked_sub(1)?);
        match self.next()? {
            b'"' => drop(self.string()?),
            b'0'..=b'9' => drop(self.number()?),
            b'[' => {
                self.at += 1;
                self.items(b']', deeper, drop)?;
            }
            b'(' => {
                self.at += 1;
                self.space();
                match self.next()? {
                    b')' => return None,
                    b'a'..=b'z' => self.fields(deeper, |_, _| ())?,
                    _ => self.items(b')', deeper, drop)?,
                }
            }
            _ => return None,
        }
        Some(self.since(start))
    }

    /// What follows the bracket that opens, with the one that ends it.
    fn items(&mut self, end: u8, depth: usize, mut item: impl FnMut(&'a str)) -> Option<()> {
        loop {
            self.space();
            if self.take(end).is_some() {
                return Some(());
            }
            item(self.value(depth)?);
            self.space();
            if self.take(b',').is_none() {
                return self.take(end);
            }
        }
    }

    /// What follows the bracket that opens, with the one that ends it; one field at least.
    fn fields(&mut self, depth: usize, mut field: impl FnMut(&'a str, &'a str)) -> Option<()> {
        loop {
            let name = self.name()?;
            self.space();
            self.take(b':')?;
            self.space();
            field(name, self.value(depth)?);
            self.space();
            let more = self.take(b',').is_some();
            self.space();
            if self.take(b')').is_some() {
                return Some(());
            }
            more.then_some(())?;
        }
    }

    fn name(&mut self) -> Option<&'a str> {
        self.next().filter(u8::is_ascii_lowercase)?;
        Some(self.pass(|byte| byte.is_ascii_lowercase() || byte.is_ascii_digit() || byte == b'_'))
    }

    fn number(&mut self) -> Option<u64> {
        let digits = self.pass(|byte| byte.is_ascii_digit());
        let ends = self.next().is_none_or(|byte| matches!(byte, b' ' | b'\n' | b'\r' | b',' | b')' | b']'));
        let plain = digits == "0" || !digits.starts_with('0') && digits.len() <= MOST_DIGITS;
        digits.parse().ok().filter(|_| ends && plain)
    }

    fn string(&mut self) -> Option<Cow<'a, str>> {
        self.take(b'"')?;
        let mut said = Cow::Borrowed("");
        loop {
            let start = self.at;
            self.at += memchr::memchr2(b'"', b'\\', self.text.as_bytes().get(start..)?)?;
            let part = self.since(start);
            if said.is_empty() {
                // Where it is all there is, it needs no copy.
                said = Cow::Borrowed(part);
            } else {
                said.to_mut().push_str(part);
            }
            if self.take(b'"').is_some() {
                return Some(said);
            }
            said.to_mut().push(self.escaped()?);
        }
    }

    fn escaped(&mut self) -> Option<char> {
        self.take(b'\\')?;
        let letter = self.next()?;
        self.at += 1;
        match letter {
            b'"' | b'\\' => Some(char::from(letter)),
            b'n' => Some('\n'),
            b't' => Some('\t'),
            b'r' => Some('\r'),
            b'u' => {
                self.take(b'{')?;
                let digits = self.pass(|byte| byte.is_ascii_hexdigit());
                self.take(b'}')?;
                let digits = Some(digits).filter(|digits| digits.len() <= 6)?;
                char::from_u32(u32::from_str_radix(digits, 16).ok()?)
            }
            _ => None,
        }
    }
}

// --- values of types ------------------------------------------------------------------------------------

/// What is written in another way than the program writes, or not of the kind that is asked for.
fn unlike_ours() -> Error {
    Error::custom("written in another way")
}

/// Each kind of number is asked for by its own name.
macro_rules! numbers {
    ($($ask:ident)*) => {$(
        fn $ask<Visits: Visitor<'de>>(self, visitor: Visits) -> Result<Visits::Value, Error> {
            visitor.visit_u64(self.number().ok_or_else(unlike_ours)?)
        }
    )*};
}

impl<'de> Deserializer<'de> for &mut Reader<'de> {
    type Error = Error;

    fn deserialize_any<Visits: Visitor<'de>>(self, _: Visits) -> Result<Visits::Value, Error> {
        Err(unlike_ours())
    }

    fn deserialize_str<Visits: Visitor<'de>>(self, visitor: Visits) -> Result<Visits::Value, Error> {
        match self.string().ok_or_else(unlike_ours)? {
            Cow::Borrowed(said) => visitor.visit_borrowed_str(said),
            Cow::Owned(said) => visitor.visit_string(said),
        }
    }

    fn deserialize_string<Visits: Visitor<'de>>(self, visitor: Visits) -> Result<Visits::Value, Error> {
        self.deserialize_str(visitor)
    }

    fn deserialize_seq<Visits: Visitor<'de>>(self, visitor: Visits) -> Result<Visits::Value, Error> {
        self.take(b'[').ok_or_else(unlike_ours)?;
        Items::visited(self, b']', visitor)
    }

    fn deserialize_tuple<Visits: Visitor<'de>>(
        self,
        _: usize,
        visitor: Visits,
    ) -> Result<Visits::Value, Error> {
        self.take(b'(').ok_or_else(unlike_ours)?;
        Items::visited(self, b')', visitor)
    }

    numbers! { deserialize_u8 deserialize_u16 deserialize_u32 deserialize_u64 }

    forward_to_deserialize_any! {
        bool i8 i16 i32 i64 i128 u128 f32 f64 char bytes byte_buf option unit unit_struct newtype_struct tuple_struct
        map struct enum identifier ignored_any
    }
}

/// The items of a list or a tuple, one after another.
struct Items<'reader, 'de> {
    reader: &'reader mut Reader<'de>,
    end: u8,
    ended: bool,
}

impl<'reader, 'de> Items<'reader, 'de> {
    fn visited<Visits: Visitor<'de>>(
        reader: &'reader mut Reader<'de>,
        end: u8,
        visitor: Visits,
    ) -> Result<Visits::Value, Error> {
        reader.space();
        let ended = reader.take(end).is_some();
        let mut items = Self { reader, end, ended };
        let value = visitor.visit_seq(&mut items)?;
        // More items than the type has are an error.
        if items.ended { Ok(value) } else { Err(unlike_ours()) }
    }

    /// After an item: whether another may follow.
    fn go_on(&mut self) -> Option<()> {
        self.reader.space();
        let more = self.reader.take(b',').is_some();
        self.reader.space();
        self.ended = self.reader.take(self.end).is_some();
        (more || self.ended).then_some(())
    }
}

impl<'de> SeqAccess<'de> for Items<'_, 'de> {
    type Error = Error;

    fn next_element_seed<Seed: DeserializeSeed<'de>>(
        &mut self,
        seed: Seed,
    ) -> Result<Option<Seed::Value>, Error> {
        if self.ended {
            return Ok(None);
        }
        let item = seed.deserialize(&mut *self.reader)?;
        self.go_on().ok_or_else(unlike_ours)?;
        Ok(Some(item))
    }
}

#[cfg(test)]
mod tests {
    use super::super::raw::{Field, Fields, Raw, quoted};
    use super::*;
    use proptest::prelude::*;
    use ron::value::RawValue;

    type Wrote = Vec<(String, String)>;

    fn fields_of_ours(text: &str) -> Option<Wrote> {
        Some(fields(text)?.iter().map(|(name, value)| ((*name).to_owned(), (*value).to_owned())).collect())
    }

    /// By `ron` alone.
    fn fields_of_ron(text: &str) -> Option<Wrote> {
        let fields = Fields::of_any(text).ok()?;
        let field = |(name, raw): (&str, Raw<'_>)| {
            let Field { name, value } = Field::new(name, raw);
            (name, value)
        };
        Some(fields.iter().map(field).collect())
    }

    fn check_alike<Value: for<'a> Deserialize<'a> + PartialEq + std::fmt::Debug>(text: &str) {
        if let Some(ours) = value::<Value>(text) {
            assert_eq!(Some(ours), ron::from_str(text).ok(), "{text}");
        }
    }

    fn check_all(text: &str) {
        if let Some(ours) = fields_of_ours(text) {
            assert_eq!(Some(ours), fields_of_ron(text), "{text}");
        }
        if let Some(ours) = items(text) {
            let theirs = ron::from_str::<Vec<&RawValue>>(text).unwrap();
            assert_eq!(ours, theirs.iter().map(|item| item.trim().get_ron()).collect::<Vec<_>>(), "{text}");
        }
        check_alike::<String>(text);
        check_alike::<u32>(text);
        check_alike::<Vec<String>>(text);
        check_alike::<(u32, u32)>(text);
        check_alike::<Vec<(u32, u64)>>(text);
        check_alike::<Vec<(String, String)>>(text);
    }

    #[test]
    fn what_the_program_writes_is_understood() {
        let text = "// first\n(\n    format: 1,\n    notes: [\n        (\n            id: \"a\",\n            \
                    position: (3, 12),\n        ),\n    ],\n    tags: [],\n)\n";
        let notes = "[\n        (\n            id: \"a\",\n            position: (3, 12),\n        ),\n    ]";
        assert_eq!(fields(text).unwrap(), [("format", "1"), ("notes", notes), ("tags", "[]")]);
        assert_eq!(items(notes).unwrap().len(), 1);
        assert_eq!(value::<(u32, u32)>("(3, 12)"), Some((3, 12)));
        assert_eq!(
            value::<Vec<String>>(r#"["水", "\\\u{200b}\n"]"#),
            Some(vec!["水".into(), "\\\u{200b}\n".into()])
        );
    }

    #[test]
    fn what_is_written_in_another_way_is_left_to_ron() {
        for text in [
            "(a: /* why */ 1)",
            "Note(a: 1)",
            "(a: true)",
            "(a: Some(1))",
            "(a: -1)",
            "(a: 1.5)",
            "(a: r#\"x\"#)",
            "()",
            "(a: 1, 2)",
            "(a: 1",
            "(a 1)",
            "(a: 01)",
            "(a: \"\\x41\")",
            "(a: \"\\u{d800}\")",
            "(a: 1) x",
            "#![enable(implicit_some)]\n(a: 1)",
        ] {
            assert_eq!(fields(text), None, "{text}");
        }
        assert_eq!(value::<(u32, u32)>("(1, 2, 3)"), None);
        assert_eq!(value::<u32>("4294967296"), None);
        let deep = format!("(a: {}{})", "[".repeat(DEEPEST + 1), "]".repeat(DEEPEST + 1));
        assert_eq!(fields(&deep), None);
    }

    fn any_value() -> impl Strategy<Value = String> {
        let plain = prop_oneof![
            (0_u64..5_000_000_000).prop_map(|number| number.to_string()),
            "([a-z\u{0}-\u{7f}]|[後。\u{202e}\u{20000}\"\\\\#]){0,6}".prop_map(|text| quoted(&text)),
            Just("true".to_owned()),
            Just("None".to_owned()),
        ];
        plain.prop_recursive(4, 24, 4, |inner| {
            let several = || prop::collection::vec(inner.clone(), 0..4);
            let named = ("[a-z][a-z0-9_]{0,3}|true|inf|r|b", inner.clone());
            prop_oneof![
                several().prop_map(|items| format!("[{}]", items.join(", "))),
                several().prop_map(|items| format!("({})", items.join(",\n"))),
                prop::collection::vec(named, 0..4).prop_map(|fields| {
                    let fields: Vec<String> =
                        fields.iter().map(|(name, value)| format!("{name}: {value},")).collect();
                    format!("(\n    {}\n)", fields.join("\n    "))
                }),
            ]
        })
    }

    proptest! {
        #![proptest_config(ProptestConfig::with_cases(1_000))]

        #[test]
        fn what_is_understood_here_ron_understands_alike(
            text in any_value(), at in any::<prop::sample::Index>(), other in "[ -~\n後]{0,2}",
        ) {
            check_all(&text);
            // A character anywhere is another one, or gone.
            let mut letters: Vec<char> = text.chars().collect();
            let at = at.index(letters.len());
            letters.splice(at..=at, other.chars());
            check_all(&letters.iter().collect::<String>());
            check_all(&format!("// first line\n{text}\n"));
        }
    }
}
