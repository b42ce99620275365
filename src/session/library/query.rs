//! What a reader writes to find something in all documents.

use crate::text::{Query, SearchOptions};

/// What is to be found: documents that have everything that is wanted, and nothing of what is unwanted.
///
/// Words are separated by white space and may stand anywhere in the document; what stands between quotation
/// marks is looked for as it is; a minus before a word or a quotation leaves out documents that have it.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct LibraryQuery {
    /// Every one of these is in the document.
    pub wanted: Vec<String>,
    /// None of these is in the document.
    pub unwanted: Vec<String>,
}

/// The quotation marks that hold a phrase together: how they open, and how they close.
const QUOTES: [(char, &[char]); 6] = [
    ('"', &['"', '”', '“']),
    ('“', &['”', '"']),
    ('「', &['」']),
    ('『', &['』']),
    ('《', &['》']),
    ('＂', &['＂', '"']),
];

const MINUS: [char; 4] = ['-', '－', '−', '–'];

impl LibraryQuery {
    /// Understands what was written. A quotation that is not closed ends with the text; a minus with nothing
    /// after it is a word.
    ///
    /// A title in 《》 stays in its marks: they belong to it.
    pub fn parse(written: &str) -> Self {
        let mut query = Self::default();
        let mut rest = written.trim_start();
        while !rest.is_empty() {
            let after_minus = rest.strip_prefix(MINUS).filter(|after| !after.trim_start().is_empty());
            let unwanted = after_minus.filter(|after| !after.starts_with(char::is_whitespace));
            let (words, left) = next(unwanted.unwrap_or(rest));
            let list = if unwanted.is_some() { &mut query.unwanted } else { &mut query.wanted };
            if !words.trim().is_empty() && !list.iter().any(|other| other == words) {
                list.push(words.to_owned());
            }
            rest = left.trim_start();
        }
        query
    }

    /// Whether there is nothing to look for: without a wanted word every document would be found.
    pub fn is_empty(&self) -> bool {
        self.wanted.is_empty()
    }

    /// What is wanted and what is unwanted, made ready; `None` where nothing is wanted.
    pub fn ready(&self, options: SearchOptions) -> Option<(Vec<Query>, Vec<Query>)> {
        let ready = |words: &[String]| -> Vec<Query> {
            words.iter().filter_map(|words| Query::new(words, options)).collect()
        };
        Some((ready(&self.wanted), ready(&self.unwanted))).filter(|(wanted, _)| !wanted.is_empty())
    }
}

/// The next word or quotation, and what comes after it.
fn next(text: &str) -> (&str, &str) {
    let quote = QUOTES.iter().find_map(|(open, close)| Some((*open, *close, text.strip_prefix(*open)?)));
    let Some((open, close, inside)) = quote else {
        return text.split_once(char::is_whitespace).unwrap_or((text, ""));
    };
    let (words, after) = inside.split_once(close).unwrap_or((inside, ""));
    if open == '《' {
        let with_marks = text.len() - after.len();
        return text.split_at_checked(with_marks).unwrap_or((text, ""));
    }
    (words, after)
}

#[cfg(test)]
mod tests {
    use super::*;

    fn check(written: &str, wanted: &[&str], unwanted: &[&str]) {
        let query = LibraryQuery::parse(written);
        assert_eq!(
            (query.wanted, query.unwanted),
            (
                wanted.iter().map(ToString::to_string).collect(),
                unwanted.iter().map(ToString::to_string).collect()
            )
        );
    }

    #[test]
    fn words_phrases_and_what_is_left_out() {
        check("", &[], &[]);
        check("  水利　工程 ", &["水利", "工程"], &[]);
        check("水渠 -水庫 －\"大 壩\"", &["水渠"], &["水庫", "大 壩"]);
        check("“rural reading” 「每月 一次」", &["rural reading", "每月 一次"], &[]);
        check("《水利法》修訂", &["《水利法》", "修訂"], &[]);
        check("\"沒有 關上", &["沒有 關上"], &[]);
        check("2001-2005 水 水", &["2001-2005", "水"], &[]);
        check("- 水 -", &["-", "水"], &[]);
        check("\"\" -\"\"", &[], &[]);
    }

    #[test]
    fn without_a_wanted_word_there_is_nothing_to_look_for() {
        let ready = |written: &str| LibraryQuery::parse(written).ready(SearchOptions::default()).is_some();
        assert!(ready("水 -渠"));
        assert!(!ready("-渠") && !ready("") && !ready("\"　\""));
    }
}
