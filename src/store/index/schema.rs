//! What the index keeps of a document, and how text becomes what can be looked up.
//!
//! A document is cut into pages of some thousand bytes, each a few whole blocks. A page is looked up by the folded
//! characters in it and by each two that follow one another, as [`letters`] gives them; it holds its text, so that
//! what was looked up is verified by the same search as in an open document. One record for each document, its
//! head, says what it is.

use tantivy::schema::{
    FAST, Field, INDEXED, IndexRecordOption, STORED, STRING, Schema, TextFieldIndexing, TextOptions,
};
use tantivy::tokenizer::{TextAnalyzer, Token, TokenStream, Tokenizer, TokenizerManager};

use crate::text::letters;

/// Changes with everything that would make an index of before useless: an older index is thrown away and made
/// again.
pub(super) const SCHEMA: &str = "duidu 2, tantivy 0.27";

/// The fields of the index.
#[derive(Clone, Debug)]
pub(super) struct Fields {
    /// Which document, as a number made of its place.
    pub(super) document: Field,
    /// Whether it is a head: the one word [`HEAD`], or [`UNREAD`].
    pub(super) role: Field,
    /// Of a head: what it says, as RON.
    pub(super) head: Field,
    /// Of a page: its text.
    pub(super) text: Field,
    /// Of a page: where it begins in the document's text.
    pub(super) start: Field,
    /// Of a page: on which line of the document's text that is.
    pub(super) line: Field,
    /// Of a page: its blocks.
    pub(super) blocks: Field,
}

/// The word by which heads are found.
pub(super) const HEAD: &str = "head";

/// That of those which stand for a file that could not be read, and have no pages.
pub(super) const UNREAD: &str = "unread";

const GRAMS: &str = "grams";

/// The schema and its fields.
pub(super) fn schema() -> (Schema, Fields) {
    let mut builder = Schema::builder();
    let indexing = TextFieldIndexing::default()
        .set_tokenizer(GRAMS)
        .set_fieldnorms(false)
        .set_index_option(IndexRecordOption::Basic);
    let fields = Fields {
        document: builder.add_u64_field("document", INDEXED | FAST),
        role: builder.add_text_field("role", STRING),
        head: builder.add_text_field("head", STORED),
        text: builder
            .add_text_field("text", TextOptions::default().set_indexing_options(indexing).set_stored()),
        start: builder.add_u64_field("start", STORED),
        line: builder.add_u64_field("line", STORED),
        blocks: builder.add_bytes_field("blocks", STORED),
    };
    (builder.build(), fields)
}

/// The tokenizers that the schema names.
pub(super) fn tokenizers() -> TokenizerManager {
    let manager = TokenizerManager::default();
    manager.register(GRAMS, TextAnalyzer::from(Grams::default()));
    manager
}

/// What has to be in a page that has `words`: nothing where they are nothing but punctuation.
///
/// Each two letters that follow one another say more than either alone; a single letter is looked up itself.
pub(super) fn grams_of(words: &str) -> Vec<String> {
    let letters: Vec<char> = letters(words);
    let mut grams: Vec<String> = match letters.as_slice() {
        [single] => vec![single.to_string()],
        several => several.windows(2).map(|pair| pair.iter().collect()).collect(),
    };
    grams.sort();
    grams.dedup();
    grams
}

/// Gives the letters of a text, and each two that follow one another.
#[derive(Clone, Default)]
struct Grams {
    letters: Vec<char>,
    token: Token,
}

struct GramStream<'a> {
    letters: &'a [char],
    token: &'a mut Token,
    /// How many were given.
    given: usize,
}

impl Tokenizer for Grams {
    type TokenStream<'a> = GramStream<'a>;

    fn token_stream<'a>(&'a mut self, text: &'a str) -> GramStream<'a> {
        self.letters = letters(text);
        self.token.reset();
        GramStream { letters: &self.letters, token: &mut self.token, given: 0 }
    }
}

impl TokenStream for GramStream<'_> {
    fn advance(&mut self) -> bool {
        let (at, alone) = (self.given / 2, self.given.is_multiple_of(2));
        let rest = self.letters.get(at..).unwrap_or_default();
        let gram = rest.get(..if alone { 1 } else { 2 });
        self.given += 1;
        self.token.text.clear();
        self.token.text.extend(gram.unwrap_or_default());
        self.token.position = at;
        // The last letter has none after it, and is the last to be given.
        gram.is_some()
    }

    fn token(&self) -> &Token {
        self.token
    }

    fn token_mut(&mut self) -> &mut Token {
        self.token
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tokens(text: &str) -> Vec<String> {
        let mut analyzer = tokenizers().get(GRAMS).unwrap();
        let mut stream = analyzer.token_stream(text);
        let mut tokens = Vec::new();
        while stream.advance() {
            tokens.push(stream.token().text.clone());
        }
        tokens
    }

    #[test]
    fn text_becomes_letters_and_pairs() {
        let check = |text: &str, expected: &str| {
            assert_eq!(
                tokens(text).join(" "),
                letters(expected).into_iter().map(String::from).collect::<Vec<_>>().join(" ")
            );
        };
        check("", "");
        check("渠", "渠");
        assert_eq!(tokens("Ａ，b"), ["a", "ab", "b"]);
        assert_eq!(tokens("修渠"), tokens("「修」\n 渠。"));
        assert_eq!(tokens("發展"), tokens("发展"));
    }

    #[test]
    fn every_gram_of_a_query_is_a_token_of_what_it_finds() {
        for (words, text) in [("发展", "農村發展了"), ("a。b", "cab"), ("渠", "修渠"), ("，", "一，二")]
        {
            let tokens = tokens(text);
            assert!(grams_of(words).iter().all(|gram| tokens.contains(gram)), "{words} in {text}");
        }
        assert_eq!(grams_of("，。"), Vec::<String>::new());
    }
}
