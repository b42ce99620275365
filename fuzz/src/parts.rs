//! A list of named parts as bytes that any change leaves a list of named parts.

use std::collections::BTreeMap;

use crate::documents::{paged, zips};

/// Stands between parts.
const BETWEEN: u8 = 0x1e;
/// Stands between the name of a part and what is in it.
const NAMED: u8 = 0x1f;

/// The parts of a file, each with its name.
pub(crate) struct Parts<'a>(Vec<(&'a [u8], &'a [u8])>);

impl<'a> Parts<'a> {
    /// The parts in these bytes.
    pub(crate) fn of(bytes: &'a [u8]) -> Self {
        let parts = bytes.split(|&byte| byte == BETWEEN).map(|part| {
            let end = part.iter().position(|&byte| byte == NAMED).unwrap_or(part.len());
            (part.get(..end).unwrap_or_default(), part.get(end + 1..).unwrap_or_default())
        });
        Self(parts.collect())
    }

    /// The bytes of these parts.
    pub(crate) fn written<Name: AsRef<[u8]>, Content: AsRef<[u8]>>(parts: &[(Name, Content)]) -> Vec<u8> {
        let part = |(name, content): &(Name, Content)| [name.as_ref(), &[NAMED], content.as_ref()].concat();
        parts.iter().map(part).collect::<Vec<_>>().join(&BETWEEN)
    }

    /// A packed file of them.
    pub(crate) fn zip(&self, deflated: bool) -> Vec<u8> {
        let part = |(name, content): &(&[u8], &[u8])| {
            let make = if deflated { zips::Part::deflated } else { zips::Part::stored };
            zips::Part { name: name.to_vec(), ..make("", content) }
        };
        zips::zip(&self.0.iter().map(part).collect::<Vec<_>>())
    }

    /// A PDF in which they are objects; one whose name is no number stands at the end.
    pub(crate) fn pdf(&self) -> Vec<u8> {
        let (mut objects, mut trailer) = (BTreeMap::new(), String::new());
        for (name, content) in &self.0 {
            match std::str::from_utf8(name).ok().and_then(|name| name.parse::<usize>().ok()) {
                Some(number) => _ = objects.insert(number, content.to_vec()),
                None => trailer = String::from_utf8_lossy(content).into_owned(),
            }
        }
        paged::file(&objects, &trailer)
    }
}
