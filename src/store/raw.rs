//! RON taken apart one level at a time, so that what is not known can be kept word for word.

use std::fmt;

use jiff::Timestamp;
use ron::value::RawValue;
use serde::de::{Deserialize, Deserializer, MapAccess, Visitor};

use super::written;

/// One value, as it is written: always a value of RON.
#[derive(Clone, Copy, Debug)]
pub(super) struct Raw<'a>(&'a str);

impl<'a> Raw<'a> {
    /// A value that is written by itself; `None` where it is none.
    pub(super) fn of(text: &'a str) -> Option<Self> {
        RawValue::from_ron(text).ok().map(Self::of_any)
    }

    fn of_any(raw: &'a RawValue) -> Self {
        Self(raw.get_ron())
    }

    /// As it is written, without white space around it.
    pub(super) fn as_str(self) -> &'a str {
        self.0.trim()
    }

    /// As it is written, ready to be written again: a comment after it must not swallow what follows.
    pub(super) fn text(self) -> String {
        RawValue::from_ron(self.0).map_or(self.as_str(), |raw| raw.trim().get_ron()).to_owned()
    }

    /// As a value of some type; `None` where it is none.
    pub(super) fn read<Value: Deserialize<'a>>(self) -> Option<Value> {
        written::value(self.0).or_else(|| ron::from_str(self.0).ok())
    }

    /// The items of a list.
    pub(super) fn list(self) -> Option<Vec<Raw<'a>>> {
        let of_any = || {
            ron::from_str(self.0)
                .ok()
                .map(|items: Vec<&'a RawValue>| items.into_iter().map(Self::of_any).collect())
        };
        written::items(self.0).map(|items| items.into_iter().map(Raw).collect()).or_else(of_any)
    }

    /// A moment in the form of RFC 3339.
    pub(super) fn moment(self) -> Option<Timestamp> {
        self.read::<String>()?.parse().ok()
    }
}

/// A field that is kept word for word.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Field {
    /// Its name.
    pub(super) name: String,
    /// Its value in RON.
    pub(super) value: String,
}

impl Field {
    /// The field of that name and value.
    pub(super) fn new(name: &str, raw: Raw<'_>) -> Self {
        Self { name: name.to_owned(), value: raw.text() }
    }
}

/// The fields of a struct, in order.
#[derive(Debug)]
pub(super) struct Fields<'a>(Vec<(&'a str, Raw<'a>)>);

impl<'a> Fields<'a> {
    /// The fields of `(name: value, …)`; else what is wrong with it, and where.
    pub(super) fn parse(text: &'a str) -> Result<Self, String> {
        match written::fields(text) {
            Some(fields) => Ok(Self(fields.into_iter().map(|(name, value)| (name, Raw(value))).collect())),
            None => Self::of_any(text),
        }
    }

    /// The same, however they are written.
    pub(super) fn of_any(text: &'a str) -> Result<Self, String> {
        ron::from_str(text).map_err(|error| error.to_string())
    }

    /// The value of the field of that name; of several the last.
    pub(super) fn get(&self, name: &str) -> Option<Raw<'a>> {
        self.0.iter().rev().find(|(other, _)| *other == name).map(|&(_, raw)| raw)
    }

    /// All of them.
    pub(super) fn iter(&self) -> impl Iterator<Item = (&'a str, Raw<'a>)> {
        self.0.iter().copied()
    }
}

impl<'de: 'a, 'a> Deserialize<'de> for Fields<'a> {
    fn deserialize<From: Deserializer<'de>>(deserializer: From) -> Result<Self, From::Error> {
        deserializer.deserialize_struct("", &[], FieldsVisitor).map(Fields)
    }
}

struct FieldsVisitor;

impl<'de> Visitor<'de> for FieldsVisitor {
    type Value = Vec<(&'de str, Raw<'de>)>;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("(name: value, …)")
    }

    fn visit_map<Map: MapAccess<'de>>(self, mut map: Map) -> Result<Self::Value, Map::Error> {
        let mut fields = Vec::new();
        while let Some(Name(name)) = map.next_key()? {
            fields.push((name, Raw::of_any(map.next_value()?)));
        }
        Ok(fields)
    }
}

/// The name of a field.
struct Name<'a>(&'a str);

impl<'de: 'a, 'a> Deserialize<'de> for Name<'a> {
    fn deserialize<From: Deserializer<'de>>(deserializer: From) -> Result<Self, From::Error> {
        deserializer.deserialize_identifier(NameVisitor).map(Name)
    }
}

struct NameVisitor;

impl<'de> Visitor<'de> for NameVisitor {
    type Value = &'de str;

    fn expecting(&self, formatter: &mut fmt::Formatter<'_>) -> fmt::Result {
        formatter.write_str("a name")
    }

    fn visit_borrowed_str<Error>(self, name: &'de str) -> Result<Self::Value, Error> {
        Ok(name)
    }
}

/// A string of RON. Chinese, and every other character that can be seen, stands for itself.
pub(super) fn quoted(text: &str) -> String {
    let mut out = String::with_capacity(text.len() + 2);
    out.push('"');
    for character in text.chars() {
        match character {
            '"' => out.push_str("\\\""),
            '\\' => out.push_str("\\\\"),
            '\n' => out.push_str("\\n"),
            '\t' => out.push_str("\\t"),
            '\r' => out.push_str("\\r"),
            unseen if is_unseen(unseen) => out.extend(unseen.escape_unicode()),
            seen => out.push(seen),
        }
    }
    out.push('"');
    out
}

/// Controls, invisible characters, and those that turn the direction of writing: shown as their numbers,
/// so that what the file seems to say is what it says.
fn is_unseen(character: char) -> bool {
    let invisible = matches!(character, '\u{ad}' | '\u{61c}' | '\u{200b}'..='\u{200f}' | '\u{2028}'..='\u{202e}'
        | '\u{2060}'..='\u{206f}' | '\u{feff}');
    character.is_control() || invisible
}
