//! A list of named parts as bytes that any change leaves a list of named parts.

use std::borrow::Cow;
use std::collections::BTreeMap;

use crate::documents::{paged, zips};
use crate::mended::mended;

/// Stands between parts.
const BETWEEN: u8 = 0x1e;
/// Stands between the name of a part and what is in it.
const NAMED: u8 = 0x1f;

/// The parts of a file, each with its name.
pub(crate) struct Parts<'a>(Vec<(&'a [u8], Cow<'a, [u8]>)>);

impl<'a> Parts<'a> {
    /// The parts in these bytes.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        let parts = bytes.split(|&byte| byte == BETWEEN).map(|part| {
            let end = part.iter().position(|&byte| byte == NAMED).unwrap_or(part.len());
            (part.get(..end).unwrap_or_default(), part.get(end + 1..).unwrap_or_default().into())
        });
        Self(parts.collect())
    }

    /// The bytes of these parts.
    pub(crate) fn written<Name: AsRef<[u8]>, Content: AsRef<[u8]>>(parts: &[(Name, Content)]) -> Vec<u8> {
        let part = |(name, content): &(Name, Content)| [name.as_ref(), &[NAMED], content.as_ref()].concat();
        parts.iter().map(part).collect::<Vec<_>>().join(&BETWEEN)
    }

    /// The same, their markup made well-formed.
    pub(crate) fn mended(self) -> Self {
        const KINDS: [&[u8]; 6] = [b".xml", b".rels", b".opf", b".ncx", b".xhtml", b".qde"];
        let mend = |(name, content): (&'a [u8], Cow<'a, [u8]>)| {
            let is_markup = KINDS.iter().any(|kind| name.ends_with(kind));
            (name, if is_markup { mended(&content).into() } else { content })
        };
        Self(self.0.into_iter().map(mend).collect())
    }

    /// The parts of a sound file, with these in the place of those of the same names.
    pub(crate) fn within(mut self, sound: &'a [(&'static str, String)]) -> Self {
        let has = |name: &str| self.0.iter().any(|(own, _)| *own == name.as_bytes());
        let other =
            |(name, content): &'a (&'static str, String)| (name.as_bytes(), content.as_bytes().into());
        let others: Vec<_> = sound.iter().filter(|(name, _)| !has(name)).map(other).collect();
        self.0.splice(0..0, others);
        self
    }

    /// A packed file of them. Nothing is made shorter: a compressor costs more than reading what it made.
    pub(crate) fn zip(&self, deflated: bool) -> Vec<u8> {
        let part = |(name, content): &(&[u8], Cow<'_, [u8]>)| {
            let part = zips::Part { name: name.to_vec(), ..zips::Part::stored("", content) };
            if deflated { zips::Part { packed: in_blocks(content), method: 8, ..part } } else { part }
        };
        zips::zip(&self.0.iter().map(part).collect::<Vec<_>>())
    }

    /// A PDF in which they are objects, among those of `sound` that have other numbers. One whose name is a number behind
    /// an `s` is the content of a stream; one whose name is no number stands at the end.
    pub(crate) fn pdf(&self, sound: &paged::Objects) -> Vec<u8> {
        let (mut objects, mut trailer) = (BTreeMap::new(), String::new());
        for (name, content) in &self.0 {
            let name = std::str::from_utf8(name).unwrap_or_default();
            let number = |name: &str| name.parse::<usize>().ok();
            match (number(name), name.strip_prefix('s').and_then(number)) {
                (Some(number), _) => _ = objects.insert(number, Cow::Borrowed(content.as_ref())),
                (None, Some(number)) => _ = objects.insert(number, stream(content).into()),
                (None, None) => trailer = String::from_utf8_lossy(content).into_owned(),
            }
        }
        for (number, object) in sound {
            objects.entry(*number).or_insert(object.into());
        }
        paged::file(&objects, &trailer)
    }
}

/// Deflated, in blocks that hold what they are of (RFC 1951, 3.2.4).
fn in_blocks(content: &[u8]) -> Vec<u8> {
    let mut blocks = Vec::with_capacity(content.len() + 10);
    let mut rest = content;
    loop {
        let (block, after) = rest.split_at(rest.len().min(usize::from(u16::MAX)));
        let length = u16::try_from(block.len()).unwrap_or(u16::MAX);
        blocks.push(u8::from(after.is_empty()));
        blocks.extend(length.to_le_bytes());
        blocks.extend((!length).to_le_bytes());
        blocks.extend(block);
        if after.is_empty() {
            return blocks;
        }
        rest = after;
    }
}

/// A stream of this content.
fn stream(content: &[u8]) -> Vec<u8> {
    let begin = format!("<</Length {}>>\nstream\n", content.len());
    [begin.as_bytes(), content, b"\nendstream"].concat()
}
