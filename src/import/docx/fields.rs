//! Fields of a DOCX: what Word computes. Their last result is text, what they ask for is not.
//!
//! Two fields have no result at all, and their text stands in what they ask for: Word's older ruby and
//! characters in a ring (`EQ \o\ad(\s\up 9(rì),日)`).

/// The fields that are open, the innermost last.
#[derive(Debug, Default)]
pub(super) struct Fields(Vec<Field>);

#[derive(Debug, Default)]
struct Field {
    asks: String,
    /// Whether its result has begun.
    in_result: bool,
    /// Whether it had any result.
    has_result: bool,
}

/// What the end of a field leaves to be written.
#[derive(Clone, PartialEq, Eq, Debug)]
pub(super) struct Overlaid {
    /// The characters that are read.
    pub(super) base: String,
    /// Their reading; empty where there is none.
    pub(super) reading: String,
}

impl Fields {
    /// A mark of a field: it begins, its result begins, or it ends. At the end of one whose text stands in
    /// what it asks for, that text.
    pub(super) fn mark(&mut self, kind: &str) -> Option<Overlaid> {
        match kind {
            "begin" => self.0.push(Field::default()),
            "separate" => {
                if let Some(field) = self.0.last_mut() {
                    field.in_result = true;
                }
            }
            "end" => {
                let field = self.0.pop()?;
                return if field.has_result { None } else { overlaid(&field.asks) };
            }
            _ => {}
        }
        None
    }

    /// What the innermost open field asks for.
    pub(super) fn ask(&mut self, words: &str) {
        if let Some(field) = self.0.last_mut().filter(|field| field.asks.len() < 4096) {
            field.asks.push_str(words);
        }
    }

    /// Whether text that is written now is text of the document: not within what a field asks for.
    pub(super) fn shows(&mut self) -> bool {
        for field in &mut self.0 {
            field.has_result |= field.in_result;
        }
        self.0.iter().all(|field| field.in_result)
    }

    /// Whether the table of contents is open.
    pub(super) fn in_contents(&self) -> bool {
        self.0.iter().any(|field| field.asks.trim_start().starts_with("TOC"))
    }
}

/// The text of `EQ … \o(…)` or `EQ … \o\ad(…)`: what is laid over each other.
pub(super) fn overlaid(asks: &str) -> Option<Overlaid> {
    let asks = asks.trim_start();
    let rest = asks.strip_prefix("EQ").or_else(|| asks.strip_prefix("eq"))?;
    let (_, rest) = rest.split_once("\\o").or_else(|| rest.split_once("\\O"))?;
    let (_, rest) = rest.split_once('(')?;
    let (inside, _) = rest.rsplit_once(')')?;
    let (over, base) = inside.rsplit_once([',', ';'])?;
    let base = plain(base);
    if over.contains("\\s") {
        return Some(Overlaid { base, reading: plain(over) });
    }
    // A sign around a character: the sign is a frame, not text.
    Some(Overlaid { base, reading: String::new() })
}

/// What stands in the innermost brackets, or the words themselves.
fn plain(words: &str) -> String {
    let inner = words.rsplit_once('(').map_or(words, |(_, inner)| inner);
    inner.split(')').next().unwrap_or(inner).trim().to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_a_field_asks_for_is_no_text() {
        let mut fields = Fields::default();
        assert!(fields.shows());
        fields.mark("begin");
        fields.ask(" TOC \\o ");
        assert!(!fields.shows() && fields.in_contents());
        fields.mark("separate");
        assert!(fields.shows());
        assert_eq!(fields.mark("end"), None);
        assert!(fields.shows() && !fields.in_contents());
    }

    #[test]
    fn characters_laid_over_each_other_are_read() {
        let check = |asks: &str, expected: Option<(&str, &str)>| {
            let found = overlaid(asks).map(|found| (found.base, found.reading));
            let found = found.as_ref().map(|(base, reading)| (base.as_str(), reading.as_str()));
            assert_eq!(found, expected, "{asks}");
        };
        check(" EQ \\* jc2 \\* \"Font:宋体\" \\* hps10 \\o\\ad(\\s\\up 9(rì),日)", Some(("日", "rì")));
        check(" eq \\o\\ac(○,秘)", Some(("秘", "")));
        check(" PAGE ", None);
        check(" EQ \\f(1,2)", None);
    }
}
