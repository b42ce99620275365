//! The words that the export of a comparison writes by itself.

use crate::compare::Verdict;

/// The words that the export of a comparison writes by itself, in the language of the interface.
///
/// In those that name `{left}`, `{right}`, `{words}` or `{name}`, these are filled in.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct ComparisonWords {
    /// What is exported: a comparison.
    pub comparison: String,
    /// For the left document.
    pub left: String,
    /// For the right document.
    pub right: String,
    /// For which of the two sides.
    pub side: String,
    /// For the title of a document.
    pub title: String,
    /// For the number of a link.
    pub number: String,
    /// For how two passages relate.
    pub verdict: String,
    /// For how sure a link is.
    pub score: String,
    /// For why a link was made.
    pub reason: String,
    /// For the numbers of paragraphs.
    pub paragraphs: String,
    /// For the text of blocks.
    pub text: String,
    /// For what the reader says.
    pub notes: String,
    /// For the tags of what the reader says.
    pub tags: String,
    /// For what the reader says about links that are no longer found.
    pub lost_notes: String,
    /// For the documents.
    pub documents: String,
    /// For where a document was read from.
    pub path: String,
    /// For the section of a document that is compared.
    pub section: String,
    /// For the number of characters that are compared.
    pub characters: String,
    /// For the identity of a text.
    pub id: String,
    /// For the links.
    pub links: String,
    /// For how much of a side has an answer on the other.
    pub answered: String,
    /// For how much of a side stands on the other in the same words.
    pub shared: String,
    /// For what stands only on one side.
    pub only_here: String,
    /// Says that nothing answers what stands beside it.
    pub nothing_answers: String,
    /// Says that two sides have nothing in common.
    pub nothing_in_common: String,
    /// For a passage that stands on the other side too.
    pub shared_wording: String,
    /// For words that differ.
    pub differing: String,
    /// For words that stand at another place on the other side.
    pub moved: String,
    /// For words that differ in script, width or punctuation only.
    pub slightly_differing: String,
    /// Says that a text was cut because a cell holds no more.
    pub cut: String,
    /// The names of [`Verdict::ALL`], in that order.
    pub verdicts: [String; 3],
    /// Reason: so much of the wording of either side (`{left}`, `{right}`) stands on the other.
    pub because_wording: String,
    /// Reason: both say rare words (`{words}`).
    pub because_words: String,
    /// Reason: the leading clauses share words (`{words}`).
    pub because_leading_clause: String,
    /// Reason: both name something (`{words}`).
    pub because_named: String,
    /// Reason: the same word (`{words}`) of one theme (`{name}`).
    pub because_theme_alike: String,
    /// Reason: words (`{left}`, `{right}`) of one theme (`{name}`).
    pub because_theme: String,
    /// Reason: they stand under headings (`{left}`, `{right}`) that answer each other.
    pub because_headings: String,
    /// Reason: the same place in the order of both.
    pub because_order: String,
    /// Reason: the reader says so.
    pub because_reader: String,
    /// What stands between two reasons.
    pub between_reasons: String,
    /// What stands between words.
    pub between_words: String,
}

impl ComparisonWords {
    /// The words of the command line.
    pub fn english() -> Self {
        let word = str::to_owned;
        Self {
            comparison: word("Comparison"),
            left: word("Left"),
            right: word("Right"),
            side: word("Side"),
            title: word("Title"),
            number: word("No."),
            verdict: word("Relation"),
            score: word("Score"),
            reason: word("Reason"),
            paragraphs: word("Paragraphs"),
            text: word("Text"),
            notes: word("Notes"),
            tags: word("Tags"),
            lost_notes: word("Notes on links that are no longer found"),
            documents: word("Documents"),
            path: word("File"),
            section: word("Section"),
            characters: word("Characters compared"),
            id: word("Identity of the text (BLAKE3)"),
            links: word("Links"),
            answered: word("Answered on the other side"),
            shared: word("In the same words"),
            only_here: word("only here"),
            nothing_answers: word("Nothing here answers it"),
            nothing_in_common: word("Nothing on one side answers anything on the other."),
            shared_wording: word("shared wording"),
            differing: word("words that differ"),
            moved: word("words that stand at another place"),
            slightly_differing: word("differs in script, width, punctuation or regional words only"),
            cut: word("… (cut: a cell holds no more; the whole is in the document)"),
            verdicts: ["same text", "revised", "same theme"].map(str::to_owned),
            because_wording: word("{left} of the wording on the left and {right} on the right is shared"),
            because_words: word("both say {words}, which few other passages do"),
            because_leading_clause: word("the leading clauses share {words}"),
            because_named: word("both name {words}"),
            because_theme_alike: word("both are about {name}: {words}"),
            because_theme: word("both are about {name}: {left} and {right}"),
            because_headings: word("they stand under headings that answer each other: {left} and {right}"),
            because_order: word("both stand at the same place in the order of the two"),
            because_reader: word("the reader says so"),
            between_reasons: word("; "),
            between_words: word(", "),
        }
    }

    /// What a verdict is called.
    pub(super) fn verdict(&self, verdict: Verdict) -> &str {
        let index = Verdict::ALL.iter().position(|&each| each == verdict);
        index.and_then(|index| self.verdicts.get(index)).map_or("", String::as_str)
    }
}
