//! Markup made well-formed, whatever the engine did to it: so a parser of XML takes it, and what is tried is the reader
//! behind the parser.

use std::collections::BTreeSet;

/// `markup` as well-formed XML: an end tag closes the innermost element, whatever its name; what is still open is closed
/// at the end; prefixes are declared; declarations and comments are left out.
pub(crate) fn mended(markup: &[u8]) -> Vec<u8> {
    let markup: String =
        String::from_utf8_lossy(markup).chars().map(|it| if may_stand(it) { it } else { ' ' }).collect();
    let mut mended = Mended::default();
    let mut pieces = markup.split('<');
    mended.words(pieces.next().unwrap_or_default());
    for piece in pieces {
        mended.tag(piece);
    }
    mended.finished()
}

/// Whether XML may hold it.
fn may_stand(character: char) -> bool {
    matches!(character, '\t' | '\n' | '\r' | ' '..='\u{fffd}' | '\u{10000}'..)
}

#[derive(Default)]
struct Mended {
    /// The root, without the `>` that ends its tag: it may have prefixes to declare.
    root: String,
    prefixes: BTreeSet<String>,
    inner: String,
    /// What is open within the root.
    open: Vec<String>,
}

impl Mended {
    /// What stands after a `<`.
    fn tag(&mut self, piece: &str) {
        if let Some(end) = piece.strip_prefix('/') {
            if let Some(name) = self.open.pop() {
                self.inner.extend(["</", &name, ">"]);
            }
            return self.words(end.split_once('>').map_or("", |(_, after)| after));
        }
        if piece.starts_with(['!', '?']) {
            return self.words(piece.split_once('>').map_or("", |(_, after)| after));
        }
        let (name, rest) = name_at(piece);
        let Some(name) = self.named(name) else { return self.words(piece) };
        let (attributes, rest) = attributes_at(rest);
        let mut tag = format!("<{name}");
        let mut seen = BTreeSet::new();
        for (name, value) in attributes {
            let Some(name) = self.named(name).filter(|name| seen.insert(name.clone())) else { continue };
            tag.extend([" ", &name, "=\"", &escaped(value).replace('"', "&quot;"), "\""]);
        }
        let (empty, after) = match rest.strip_prefix('/') {
            Some(rest) => (true, rest),
            None => (false, rest),
        };
        if self.root.is_empty() {
            self.root = tag;
        } else {
            self.inner.push_str(&tag);
            self.inner.push_str(if empty { "/>" } else { ">" });
            self.open.extend((!empty).then_some(name));
        }
        self.words(after.strip_prefix('>').unwrap_or(after));
    }

    fn words(&mut self, words: &str) {
        if !self.root.is_empty() {
            self.inner.push_str(&escaped(words));
        }
    }

    /// That name, with at most one prefix, which is declared; `None` for what is no name or declares one itself.
    fn named(&mut self, name: &str) -> Option<String> {
        if !name.starts_with(|first: char| first.is_ascii_alphabetic()) || name.starts_with("xmlns") {
            return None;
        }
        match name.split_once(':') {
            Some((prefix, local)) if local.starts_with(|first: char| first.is_ascii_alphabetic()) => {
                if prefix != "xml" {
                    self.prefixes.insert(prefix.to_owned());
                }
                Some(format!("{prefix}:{}", local.replace(':', "_")))
            }
            _ => Some(name.replace(':', "_")),
        }
    }

    fn finished(mut self) -> Vec<u8> {
        if self.root.is_empty() {
            return Vec::new();
        }
        let root = name_at(self.root.trim_start_matches('<')).0.to_owned();
        let prefixes = self.prefixes.iter().map(|prefix| format!(" xmlns:{prefix}=\"urn:{prefix}\""));
        let mut whole = format!("{}{}>{}", self.root, prefixes.collect::<String>(), self.inner);
        self.open.insert(0, root);
        self.open.iter().rev().for_each(|name| whole.extend(["</", name, ">"]));
        whole.into_bytes()
    }
}

/// The name that `text` begins with, and what follows it.
fn name_at(text: &str) -> (&str, &str) {
    let end =
        text.find(|found: char| !found.is_ascii_alphanumeric() && !matches!(found, ':' | '_' | '-' | '.'));
    text.split_at(end.unwrap_or(text.len()))
}

/// The attributes in a tag, and what follows them.
fn attributes_at(mut rest: &str) -> (Vec<(&str, &str)>, &str) {
    let mut attributes = Vec::new();
    loop {
        let (name, after) = name_at(rest.trim_start());
        let (true, Some(after)) = (!name.is_empty(), after.trim_start().strip_prefix('=')) else { break };
        let after = after.trim_start();
        let quote = after.chars().next().filter(|quote| matches!(quote, '"' | '\''));
        let value = match quote {
            Some(quote) => after.get(1..).and_then(|inner| inner.split_once(quote)),
            None => None,
        };
        // A value without its quotes ends with the tag or at the next space.
        let (value, after) =
            value.unwrap_or_else(|| after.split_at(after.find([' ', '/', '>']).unwrap_or(after.len())));
        attributes.push((name, value));
        rest = after;
    }
    (attributes, rest.trim_start())
}

/// With the five entities that XML has of itself; any other `&` is a letter.
fn escaped(words: &str) -> String {
    let mut pieces = words.split('&');
    let mut escaped = pieces.next().unwrap_or_default().replace('>', "&gt;");
    for piece in pieces {
        let known = ["amp;", "lt;", "gt;", "quot;", "apos;"].iter().any(|entity| piece.starts_with(entity));
        escaped.push_str(if known { "&" } else { "&amp;" });
        escaped.push_str(&piece.replace('>', "&gt;"));
    }
    escaped
}
