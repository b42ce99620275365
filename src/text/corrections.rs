//! The reader's own corrections of what is shown.

use std::sync::OnceLock;

use aho_corasick::{AhoCorasick, MatchKind};
use serde::{Deserialize, Serialize};

use super::{Form, Pairing, PairingBuilder, Shown, Span, saturate};

/// One correction: how a stretch of the source is shown, whatever OpenCC would make of it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct Correction {
    /// The words as the document has them.
    pub source: String,
    /// What is shown for them.
    pub shown: Shows,
    /// The forms in which it counts; none means every form but [`Form::AsWritten`], which shows the source
    /// and nothing else.
    #[serde(default, skip_serializing_if = "Vec::is_empty")]
    pub scripts: Vec<Form>,
}

impl Correction {
    /// Whether it counts where the text is shown in `form`.
    fn counts_in(&self, form: Form) -> bool {
        let named = self.scripts.is_empty() || self.scripts.contains(&form);
        named && form != Form::AsWritten && !self.source.is_empty()
    }

    fn text(&self) -> &str {
        match &self.shown {
            Shows::Never => &self.source,
            Shows::As(text) => text,
        }
    }
}

/// What a correction shows.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub enum Shows {
    /// The words as written: they are never converted.
    Never,
    /// These words.
    As(String),
}

/// Corrections in order: of two for the same words the first counts.
///
/// Where several match at one place, the longest counts; a match that begins earlier comes before one
/// that begins later and overlaps it.
#[derive(Clone, Debug, Default, Serialize, Deserialize)]
#[serde(from = "Vec<Correction>", into = "Vec<Correction>")]
pub struct Corrections {
    list: Vec<Correction>,
    finders: [OnceLock<Option<Finder>>; Form::ALL.len()],
}

impl Corrections {
    /// Corrections of this order.
    pub fn new(list: Vec<Correction>) -> Self {
        Self { list, finders: Default::default() }
    }

    /// Every correction, in order.
    pub fn list(&self) -> &[Correction] {
        &self.list
    }

    /// Whether there is none.
    pub fn is_empty(&self) -> bool {
        self.list.is_empty()
    }

    /// These, and `others` after them: the document's before the reader's for all documents.
    #[must_use]
    pub fn merged(&self, others: &Corrections) -> Self {
        Self::new(self.list.iter().chain(&others.list).cloned().collect())
    }

    /// Makes the corrections for `form` in `shown`, which was made of `source`.
    ///
    /// Where a match covers only a part of what was converted as a whole, the rest of that is converted
    /// again by `convert`, whose error is handed on.
    pub fn apply<Error>(
        &self,
        form: Form,
        source: &str,
        shown: Shown,
        convert: impl Fn(&str) -> Result<Shown, Error>,
    ) -> Result<Shown, Error> {
        let Some(finder) = self.finder(form) else {
            return Ok(shown);
        };
        let mut matches = finder.matches(source).peekable();
        if matches.peek().is_none() {
            return Ok(shown);
        }
        let mut corrected = Corrected::new(source, &shown);
        for (span, index) in matches {
            corrected.keep_until(span.start(), &convert)?;
            let text = self.list.get(index).map_or("", Correction::text);
            corrected.replace(span, text);
        }
        corrected.keep_until(saturate(source.len()), &convert)?;
        Ok(corrected.finish())
    }

    fn finder(&self, form: Form) -> Option<&Finder> {
        let place = self.finders.get(form as usize)?;
        place.get_or_init(|| Finder::new(&self.list, form)).as_ref()
    }
}

impl PartialEq for Corrections {
    fn eq(&self, other: &Self) -> bool {
        self.list == other.list
    }
}

impl Eq for Corrections {}

impl From<Vec<Correction>> for Corrections {
    fn from(list: Vec<Correction>) -> Self {
        Self::new(list)
    }
}

impl From<Corrections> for Vec<Correction> {
    fn from(corrections: Corrections) -> Self {
        corrections.list
    }
}

/// Finds the words of the corrections that count in one form.
#[derive(Clone, Debug)]
struct Finder {
    automaton: AhoCorasick,
    /// For each pattern of the automaton its correction.
    indices: Vec<usize>,
}

impl Finder {
    /// `None` if no correction counts in `form`.
    fn new(list: &[Correction], form: Form) -> Option<Self> {
        let counting = || list.iter().enumerate().filter(|(_, correction)| correction.counts_in(form));
        let indices: Vec<usize> = counting().map(|(index, _)| index).collect();
        let words = counting().map(|(_, correction)| &correction.source);
        let automaton = AhoCorasick::builder().match_kind(MatchKind::LeftmostLongest).build(words).ok()?;
        (!indices.is_empty()).then_some(Self { automaton, indices })
    }

    /// The places in `source`, in order and apart, each with the index of its correction.
    fn matches<'a>(&'a self, source: &'a str) -> impl Iterator<Item = (Span, usize)> + 'a {
        self.automaton.find_iter(source).filter_map(|found| {
            let index = self.indices.get(found.pattern().as_usize())?;
            Some((Span::from_range(&found.range()), *index))
        })
    }
}

/// The corrected text as far as it is made.
struct Corrected<'a> {
    source: &'a str,
    shown: &'a Shown,
    text: String,
    pairing: PairingBuilder,
}

impl<'a> Corrected<'a> {
    fn new(source: &'a str, shown: &'a Shown) -> Self {
        Self { source, shown, text: String::new(), pairing: PairingBuilder::default() }
    }

    /// Shows the source from where it has come up to `end` as before. What is left of a stretch that a
    /// correction cuts is converted anew.
    fn keep_until<Error>(
        &mut self,
        end: u32,
        convert: &impl Fn(&str) -> Result<Shown, Error>,
    ) -> Result<(), Error> {
        let wanted = Span::new(self.pairing.left_len(), end);
        let whole = whole_stretches(&self.shown.pairing, wanted);
        self.convert_anew(Span::new(wanted.start(), whole.start()), convert)?;
        let shown = self.shown.pairing.right_from_left_tight(whole);
        self.text.push_str(shown.of(&self.shown.text).unwrap_or_default());
        self.pairing.append_part(&self.shown.pairing, whole);
        self.convert_anew(Span::new(whole.end(), wanted.end()), convert)
    }

    fn convert_anew<Error>(
        &mut self,
        rest: Span,
        convert: &impl Fn(&str) -> Result<Shown, Error>,
    ) -> Result<(), Error> {
        if !rest.is_empty() {
            let shown = convert(rest.of(self.source).unwrap_or_default())?;
            self.text.push_str(&shown.text);
            self.pairing.append(&shown.pairing);
        }
        Ok(())
    }

    fn replace(&mut self, source: Span, text: &str) {
        let written = source.of(self.source).unwrap_or_default();
        self.text.push_str(text);
        if written.chars().count() == text.chars().count() {
            self.pairing.push_characters(written, text);
        } else {
            self.pairing.push(source.len(), saturate(text.len()));
        }
    }

    fn finish(self) -> Shown {
        Shown { text: self.text, pairing: self.pairing.finish() }
    }
}

/// What is left of `wanted`, on the left, without the stretches of which it holds only a part; an empty
/// span at its end if there is nothing else.
fn whole_stretches(pairing: &Pairing, wanted: Span) -> Span {
    if wanted.is_empty() {
        return wanted;
    }
    let stretch = |position| {
        pairing.left_from_right_tight(pairing.right_from_left_tight(Span::from_length(position, 1)))
    };
    let (first, last) = (stretch(wanted.start()), stretch(wanted.end() - 1));
    let start = if first.start() < wanted.start() { first.end() } else { wanted.start() };
    let end = if last.end() > wanted.end() { last.start() } else { wanted.end() };
    if start < end { Span::new(start, end) } else { Span::at(wanted.end()) }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use std::convert::Infallible;

    /// A conversion to test with: 后 becomes 後, and 老挝 as a whole 寮國.
    #[expect(clippy::unnecessary_wraps, reason = "the signature that `Corrections::apply` asks for")]
    fn convert(source: &str) -> Result<Shown, Infallible> {
        let mut pairing = PairingBuilder::default();
        let mut text = String::new();
        let mut rest = source;
        while let Some(character) = rest.chars().next() {
            let (old, new) = match character {
                '老' if rest.starts_with("老挝") => ("老挝".len(), "寮國（Laos）".to_owned()),
                '后' => (character.len_utf8(), "後".to_owned()),
                other => (other.len_utf8(), other.to_string()),
            };
            pairing.push(saturate(old), saturate(new.len()));
            text.push_str(&new);
            rest = rest.get(old..).unwrap();
        }
        Ok(Shown { text, pairing: pairing.finish() })
    }

    fn corrections(list: &[(&str, &str)]) -> Corrections {
        let correction = |(source, shown): &(&str, &str)| Correction {
            source: (*source).to_owned(),
            shown: if *shown == "=" { Shows::Never } else { Shows::As((*shown).to_owned()) },
            scripts: Vec::new(),
        };
        Corrections::new(list.iter().map(correction).collect())
    }

    fn corrected(list: &[(&str, &str)], form: Form, source: &str) -> Shown {
        let Ok(shown) = convert(source);
        let Ok(shown) = corrections(list).apply(form, source, shown, convert);
        shown
    }

    fn check(list: &[(&str, &str)], source: &str, expected: &str) {
        assert_eq!(corrected(list, Form::Taiwan, source).text, expected);
    }

    #[test]
    fn shows_what_the_reader_wants() {
        check(&[], "太后在门后", "太後在门後");
        check(&[("太后", "=")], "太后在门后", "太后在门後");
        check(&[("太后", "太后娘娘")], "太后在门后", "太后娘娘在门後");
        check(&[("后", "")], "门后", "门");
    }

    #[test]
    fn takes_the_longest_and_then_the_first() {
        check(&[("后", "后"), ("后来", "後來")], "后来太后", "後來太后");
        check(&[("后", "甲"), ("后", "乙")], "后", "甲");
    }

    #[test]
    fn converts_anew_what_it_leaves_of_a_stretch() {
        check(&[("挝", "撾")], "在老挝后", "在老撾後");
        check(&[("后老", "=")], "后老挝后", "后老挝後");
    }

    #[test]
    fn counts_only_in_the_forms_named() {
        let only =
            Correction { scripts: vec![Form::HongKong], ..corrections(&[("后", "=")]).list()[0].clone() };
        let shown = |form| {
            let Ok(shown) = convert("后");
            let Ok(shown) = Corrections::new(vec![only.clone()]).apply(form, "后", shown, convert);
            shown.text
        };
        assert_eq!([shown(Form::HongKong), shown(Form::Taiwan)], ["后", "後"]);
        assert_eq!(corrected(&[("后", "甲")], Form::AsWritten, "后").text, "後");
    }

    #[test]
    fn puts_the_documents_own_first() {
        let merged = corrections(&[("后", "甲")]).merged(&corrections(&[("后", "乙"), ("门", "門")]));
        let Ok(shown) = convert("门后");
        let Ok(shown) = merged.apply(Form::Taiwan, "门后", shown, convert);
        assert_eq!(shown.text, "門甲");
    }

    #[test]
    fn is_kept_as_a_plain_list() {
        let all = corrections(&[("太后", "="), ("范", "范")]);
        let text = ron::to_string(&all).unwrap();
        assert_eq!(text, r#"[(source:"太后",shown:Never),(source:"范",shown:As("范"))]"#);
        assert_eq!(ron::from_str::<Corrections>(&text).unwrap(), all);
    }

    proptest! {
        #[test]
        fn pairing_stays_exact(
            source in "[太后老挝门 a]{0,12}",
            list in prop::collection::vec(("[太后老挝门]{1,3}", "[=甲乙]{0,3}"), 0..5),
        ) {
            let list: Vec<_> = list.iter().map(|(source, shown)| (source.as_str(), shown.as_str())).collect();
            let shown = corrected(&list, Form::Taiwan, &source);
            prop_assert_eq!(shown.pairing.left_len(), saturate(source.len()));
            prop_assert_eq!(shown.pairing.right_len(), saturate(shown.text.len()));
            for (left, right) in shown.pairing.stretches() {
                prop_assert!(left.of(&source).is_some() && right.of(&shown.text).is_some());
            }
        }
    }
}
