//! Which notes are wanted: by tags, colours, words, state, kind and date.

use jiff::Timestamp;
use jiff::civil::Date;
use jiff::tz::TimeZone;
use memchr::memmem::Finder;
use serde::{Deserialize, Serialize};

use super::known_tags::says_within;
use super::{Annotation, Colour, FoundState, Tag};
use crate::text::Folded;

/// Which notes are wanted. Every condition has to hold; the default has none.
#[derive(Clone, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct NoteQuery {
    /// All of these words are in what the note quotes and says, in its tags or in the passages that it is about
    /// too, in whatever script. Words stand apart by white space; what stands in quotation marks is one.
    pub text: String,
    /// What tags the note has.
    pub tags: Vec<WantedTag>,
    /// Whether a tag is another one too that is the same words in another script.
    pub tags_in_any_script: bool,
    /// Whether the note has no tag at all.
    pub untagged: bool,
    /// It has one of these colours; any where none is named.
    pub colours: Vec<Colour>,
    /// It is in one of these states; in any where none is named.
    pub states: Vec<NoteState>,
    /// It is of one of these kinds; of any where none is named.
    pub kinds: Vec<NoteKind>,
    /// When it was made.
    pub created: Days,
    /// When it was last changed.
    pub changed: Days,
}

/// A tag of a query. Notes with a tag that is nested in it count as notes with it.
#[derive(Clone, PartialEq, Eq, Debug, Serialize, Deserialize)]
pub struct WantedTag {
    /// The tag.
    pub tag: Tag,
    /// What is wanted of it.
    pub wish: TagWish,
}

/// What is wanted of a tag.
#[derive(Clone, Copy, PartialEq, Eq, Hash, Debug, Serialize, Deserialize)]
pub enum TagWish {
    /// A note has to have it.
    Needed,
    /// A note has to have it, or another one that is wanted so.
    Either,
    /// A note must not have it.
    Unwanted,
}

impl TagWish {
    /// Every wish.
    pub const ALL: [TagWish; 3] = [Self::Needed, Self::Either, Self::Unwanted];
}

/// Where a note is, as far as it is known.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum NoteState {
    /// Its words stand where they were.
    Exact,
    /// It was found elsewhere.
    Moved,
    /// Several places could be meant.
    Unsure,
    /// It was not found.
    Lost,
    /// Nobody has looked since the document or the note was changed.
    Unknown,
}

impl NoteState {
    /// Every state, the surest first.
    pub const ALL: [NoteState; 5] = [Self::Exact, Self::Moved, Self::Unsure, Self::Lost, Self::Unknown];
}

impl From<Option<FoundState>> for NoteState {
    fn from(found: Option<FoundState>) -> Self {
        match found {
            Some(FoundState::Exact) => Self::Exact,
            Some(FoundState::Moved) => Self::Moved,
            Some(FoundState::Unsure) => Self::Unsure,
            Some(FoundState::Lost) => Self::Lost,
            None => Self::Unknown,
        }
    }
}

/// What a note is besides its place. A note can be of several kinds.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Serialize, Deserialize)]
pub enum NoteKind {
    /// It quotes words.
    Highlight,
    /// It marks a place.
    Bookmark,
    /// It says something.
    WithText,
    /// It is about another passage too.
    Linked,
}

impl NoteKind {
    /// Every kind.
    pub const ALL: [NoteKind; 4] = [Self::Highlight, Self::Bookmark, Self::WithText, Self::Linked];

    /// Whether a note is of this kind.
    pub fn is_of(self, note: &Annotation) -> bool {
        match self {
            Self::Highlight => !note.is_bookmark(),
            Self::Bookmark => note.is_bookmark(),
            Self::WithText => !note.text.trim().is_empty(),
            Self::Linked => note.spans_documents(),
        }
    }
}

/// From one day to another, both included; open where there is none.
#[derive(Clone, Copy, PartialEq, Eq, Debug, Default, Serialize, Deserialize)]
#[serde(default)]
pub struct Days {
    /// The first.
    pub from: Option<Date>,
    /// The last.
    pub to: Option<Date>,
}

impl NoteQuery {
    /// Whether it lets everything through.
    pub fn is_empty(&self) -> bool {
        *self == Self::default()
    }

    /// The only tag that it needs, where tags are all that it wants of tags.
    pub fn tag(&self) -> Option<&Tag> {
        match self.tags.as_slice() {
            [WantedTag { tag, wish: TagWish::Needed }] => Some(tag),
            _ => None,
        }
    }

    /// Wants this tag and no other, or any.
    pub fn set_tag(&mut self, tag: Option<Tag>) {
        self.tags = tag.into_iter().map(|tag| WantedTag { tag, wish: TagWish::Needed }).collect();
    }

    /// What is wanted of a tag; `None` where it does not matter.
    pub fn wish(&self, tag: &Tag) -> Option<TagWish> {
        self.tags.iter().find(|wanted| wanted.tag == *tag).map(|wanted| wanted.wish)
    }

    /// Wants something of a tag; `None` where it shall not matter.
    pub fn set_wish(&mut self, tag: &Tag, wish: Option<TagWish>) {
        self.tags.retain(|wanted| wanted.tag != *tag);
        self.tags.extend(wish.map(|wish| WantedTag { tag: tag.clone(), wish }));
    }

    /// Made ready to be asked of any number of notes. Days are those of `zone`.
    pub fn ready(&self, zone: &TimeZone) -> ReadyQuery<'_> {
        let words = words_of(&self.text).into_iter().map(|word| Finder::new(&word).into_owned()).collect();
        ReadyQuery {
            query: self,
            words,
            either: self.tags.iter().any(|wanted| wanted.wish == TagWish::Either),
            created: Moments::of(self.created, zone),
            changed: Moments::of(self.changed, zone),
        }
    }
}

/// A query that was made ready.
#[derive(Debug)]
pub struct ReadyQuery<'a> {
    query: &'a NoteQuery,
    /// Folded, each of which has to be there.
    words: Vec<Finder<'static>>,
    /// Whether one of several tags has to be there.
    either: bool,
    created: Moments,
    changed: Moments,
}

impl ReadyQuery<'_> {
    /// Whether a note is wanted. `words` are its [`NoteWords`].
    pub fn wants(&self, note: &Annotation, words: &NoteWords, state: NoteState) -> bool {
        let query = self.query;
        let colour = || note.colour.is_some_and(|colour| query.colours.contains(&colour));
        self.created.hold(note.created)
            && self.changed.hold(note.changed)
            && (query.colours.is_empty() || colour())
            && (query.states.is_empty() || query.states.contains(&state))
            && (query.kinds.is_empty() || query.kinds.iter().any(|kind| kind.is_of(note)))
            && (!query.untagged || note.tags.is_empty())
            && self.wants_tags(&note.tags)
            && self.words.iter().all(|word| word.find(words.0.as_bytes()).is_some())
    }

    fn wants_tags(&self, tags: &[Tag]) -> bool {
        let is_within = |tag: &Tag, wanted: &Tag| {
            tag.is_within(wanted) || self.query.tags_in_any_script && says_within(tag, wanted)
        };
        let has = |wanted: &WantedTag| tags.iter().any(|tag| is_within(tag, &wanted.tag));
        let of_wish = |wish| self.query.tags.iter().filter(move |wanted| wanted.wish == wish);
        of_wish(TagWish::Needed).all(has)
            && !of_wish(TagWish::Unwanted).any(has)
            && (!self.either || of_wish(TagWish::Either).any(has))
    }
}

/// All that a note quotes and says, folded once: what a query looks for words in.
#[derive(Clone, PartialEq, Eq, Debug)]
pub struct NoteWords(Box<str>);

impl NoteWords {
    /// Of a note.
    pub fn of(note: &Annotation) -> Self {
        let tags = note.tags.iter().map(Tag::as_str);
        let answers = note.answers.iter().map(|far_end| far_end.anchor.quote.as_str());
        let mut words = String::new();
        for text in [note.anchor.quote.as_str(), note.text.as_str()].into_iter().chain(tags).chain(answers) {
            words.push_str(&Folded::to_find(text).text);
            // No word runs from one of them into the next.
            words.push(BORDER);
        }
        Self(words.into_boxed_str())
    }
}

/// Never in a folded word.
const BORDER: char = '\n';

/// From one moment up to another, which is not of them.
#[derive(Clone, Copy, Debug)]
struct Moments {
    from: Timestamp,
    before: Option<Timestamp>,
}

impl Moments {
    fn of(days: Days, zone: &TimeZone) -> Self {
        let start = |day: Date| zone.to_zoned(day.to_datetime(jiff::civil::Time::midnight())).ok();
        let from = days.from.and_then(start).map_or(Timestamp::MIN, |moment| moment.timestamp());
        let after = days.to.and_then(|day| day.tomorrow().ok());
        Self { from, before: after.and_then(start).map(|moment| moment.timestamp()) }
    }

    fn hold(self, moment: Timestamp) -> bool {
        moment >= self.from && self.before.is_none_or(|before| moment < before)
    }
}

const QUOTATION_MARKS: [char; 9] = ['"', '“', '”', '「', '」', '『', '』', '＂', '„'];

/// The words of a query, folded: what stands in quotation marks is one.
fn words_of(text: &str) -> Vec<String> {
    let mut words = Vec::new();
    for (index, part) in text.split(QUOTATION_MARKS).enumerate() {
        let quoted = index % 2 == 1;
        let of_part = if quoted { vec![part] } else { part.split_whitespace().collect() };
        words.extend(of_part.into_iter().map(folded).filter(|word| !word.is_empty()));
    }
    words
}

/// A word of nothing but punctuation finds nothing by it, and so counts for nothing.
fn folded(word: &str) -> String {
    Folded::to_find(word).text.replace(crate::text::PARAGRAPH, "")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::notes::sample::note;
    use crate::notes::{Anchor, FarEnd};

    fn tag(written: &str) -> Tag {
        Tag::new(written).unwrap()
    }

    /// A note that quotes, says and is tagged so.
    fn saying(quote: &str, text: &str, tags: &[&str]) -> Annotation {
        let anchor = Anchor { quote: quote.to_owned(), ..Anchor::default() };
        let tags = tags.iter().map(|name| tag(name)).collect();
        Annotation { tags, text: text.to_owned(), ..note(1, anchor) }
    }

    fn wants(query: &NoteQuery, note: &Annotation) -> bool {
        query.ready(&TimeZone::UTC).wants(note, &NoteWords::of(note), NoteState::Exact)
    }

    #[test]
    fn words_are_found_in_either_script_and_all_of_them() {
        let check = |text: &str, expected| {
            let note = saying("數據安全，人人有責。", "再查一次：Rust 語言", &["治理/水"]);
            let query = NoteQuery { text: text.to_owned(), ..NoteQuery::default() };
            assert_eq!(wants(&query, &note), expected, "{text}");
        };
        check("数据安全", true);
        check("数据 rust", true);
        check("数据 河流", false);
        check("治理", true);
        check("安全人人", true);
        check("“安全 人人”", true);
        check("「數據責」", false);
        check("数据 “人人有责", true);
        check("責再查", false);
        check("  ", true);
        check("「」", true);
    }

    #[test]
    fn the_other_passage_of_a_note_is_searched_too() {
        let far = FarEnd {
            place: String::new(),
            document: crate::document::TextId::of(""),
            title: String::new(),
            anchor: Anchor { quote: "沿岸種樹".to_owned(), ..Anchor::default() },
        };
        let note = Annotation { answers: vec![far], ..saying("先种树", "", &[]) };
        let query = NoteQuery { text: "沿岸种树".to_owned(), ..NoteQuery::default() };
        assert!(wants(&query, &note));
        let linked = NoteQuery { kinds: vec![NoteKind::Linked], ..NoteQuery::default() };
        assert!(wants(&linked, &note) && !wants(&linked, &saying("水", "", &[])));
    }

    /// `+` is needed, `|` one of several, `-` unwanted.
    fn check_tags(wanted: &[(char, &str)], tags: &[&str], expected: bool) {
        let mut query = NoteQuery::default();
        for (sign, name) in wanted {
            let wish = match sign {
                '+' => TagWish::Needed,
                '|' => TagWish::Either,
                _ => TagWish::Unwanted,
            };
            query.set_wish(&tag(name), Some(wish));
        }
        assert_eq!(wants(&query, &saying("水", "", tags)), expected, "{wanted:?} of {tags:?}");
    }

    #[test]
    fn tags_are_needed_alternative_or_unwanted() {
        check_tags(&[], &[], true);
        check_tags(&[('+', "水")], &["水/河"], true);
        check_tags(&[('+', "水/河")], &["水"], false);
        check_tags(&[('+', "水"), ('+', "樹")], &["水"], false);
        check_tags(&[('+', "水"), ('+', "樹")], &["樹", "水"], true);
        check_tags(&[('|', "水"), ('|', "樹")], &["樹"], true);
        check_tags(&[('|', "水"), ('|', "樹")], &["山"], false);
        check_tags(&[('-', "水")], &["水/河"], false);
        check_tags(&[('-', "水")], &[], true);
        check_tags(&[('+', "樹"), ('|', "山"), ('-', "水")], &["樹", "山"], true);
        check_tags(&[('+', "樹"), ('|', "山"), ('-', "水")], &["樹", "山", "水"], false);
    }

    #[test]
    fn a_tag_may_be_wanted_in_any_script() {
        let check = |wanted: &str, any_script, expected| {
            let mut query = NoteQuery { tags_in_any_script: any_script, ..NoteQuery::default() };
            query.set_wish(&tag(wanted), Some(TagWish::Needed));
            assert_eq!(wants(&query, &saying("水", "", &["治理/數據安全/法"])), expected, "{wanted}");
        };
        check("治理/数据安全", true, true);
        check("治理/数据安全", false, false);
        check("治理/數據安全", false, true);
        check("治理/数据", true, false);
        check("数据安全", true, false);
        check("治理/数据安全/法/水", true, false);
    }

    #[test]
    fn colours_kinds_and_states_are_any_of_those_named() {
        let mut bookmark = saying("", "", &[]);
        bookmark.colour = None;
        let blue = Annotation { colour: Some(Colour::Blue), ..saying("水", "記下", &["水"]) };
        let check = |query: NoteQuery, of_bookmark, of_blue| {
            assert_eq!((wants(&query, &bookmark), wants(&query, &blue)), (of_bookmark, of_blue), "{query:?}");
        };
        let any = NoteQuery::default;
        check(NoteQuery { colours: vec![Colour::Blue, Colour::Pink], ..any() }, false, true);
        check(NoteQuery { colours: vec![Colour::Pink], ..any() }, false, false);
        check(NoteQuery { kinds: vec![NoteKind::Bookmark], ..any() }, true, false);
        check(NoteQuery { kinds: vec![NoteKind::Bookmark, NoteKind::WithText], ..any() }, true, true);
        check(NoteQuery { states: vec![NoteState::Exact, NoteState::Lost], ..any() }, true, true);
        check(NoteQuery { states: vec![NoteState::Lost, NoteState::Unknown], ..any() }, false, false);
        check(NoteQuery { untagged: true, ..any() }, true, false);
    }

    #[test]
    fn days_are_whole_and_those_of_the_zone() {
        let zone = TimeZone::fixed(jiff::tz::offset(8));
        let day = |text: &str| text.parse::<Date>().ok();
        let check = |moment: &str, (from, to): (&str, &str), expected| {
            let note = Annotation { created: moment.parse().unwrap(), ..saying("水", "", &[]) };
            let created = Days { from: day(from), to: day(to) };
            let query = NoteQuery { created, ..NoteQuery::default() };
            let wanted = query.ready(&zone).wants(&note, &NoteWords::of(&note), NoteState::Exact);
            assert_eq!(wanted, expected, "{moment} in {from}..{to}");
        };
        check("2026-03-01T15:59:59Z", ("2026-03-01", "2026-03-01"), true);
        check("2026-03-01T16:00:00Z", ("2026-03-01", "2026-03-01"), false);
        check("2026-02-28T16:00:00Z", ("2026-03-01", ""), true);
        check("2026-02-28T15:59:59Z", ("2026-03-01", ""), false);
        check("1999-01-01T00:00:00Z", ("", "2026-03-01"), true);
    }

    #[test]
    fn what_is_wanted_of_a_tag_is_said_once() {
        let mut query = NoteQuery::default();
        query.set_wish(&tag("水"), Some(TagWish::Either));
        query.set_wish(&tag("水"), Some(TagWish::Unwanted));
        assert_eq!((query.tags.len(), query.wish(&tag("水"))), (1, Some(TagWish::Unwanted)));
        query.set_wish(&tag("水"), None);
        assert!(query.is_empty());
        query.set_tag(Some(tag("樹")));
        assert_eq!(query.tag(), Some(&tag("樹")));
    }
}
