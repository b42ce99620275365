//! References and citations after the styles of journals and standards (CSL).
//!
//! The styles and the words of each language are those of the archive of `hayagriva`; what is ours is how a
//! document's particulars become an entry of it.

use std::sync::LazyLock;

use hayagriva::archive::{ArchivedStyle, locales};
use hayagriva::citationberg::taxonomy::Locator;
use hayagriva::citationberg::{IndependentStyle, Locale, LocaleCode, Style};
use hayagriva::types::{
    Date, EntryType, FormatString, MaybeTyped, Person, PersonRole, PersonsWithRoles, Publisher, QualifiedUrl,
    SerialNumber,
};
use hayagriva::{
    BibliographyDriver, BibliographyItem, BibliographyRequest, BufWriteFormat, CitationItem, CitationRequest,
    ElemChildren, Entry, LocatorPayload, Rendered, SpecificLocator,
};
use serde::{Deserialize, Serialize};

use crate::document::{Bibliography, Detail, Part, PartialDate, WorkKind};

/// The styles that can be chosen.
#[derive(Clone, Copy, PartialEq, Eq, PartialOrd, Ord, Hash, Debug, Default, Serialize, Deserialize)]
pub enum CitationStyle {
    /// GB/T 7714—2015, numbered.
    #[default]
    GbNumeric,
    /// GB/T 7714—2015, author and date.
    GbAuthorDate,
    /// GB/T 7714—2015, notes.
    GbNote,
    /// The Chicago Manual of Style, notes and bibliography.
    ChicagoNotes,
    /// The Chicago Manual of Style, author and date.
    ChicagoAuthorDate,
    /// The American Psychological Association.
    Apa,
    /// The Modern Language Association.
    Mla,
    /// The Modern Humanities Research Association, notes.
    Mhra,
    /// Harvard, after Cite Them Right.
    Harvard,
}

/// A document cited in a style, as plain text.
#[derive(Clone, PartialEq, Eq, Debug, Default)]
pub struct Citation {
    /// What stands in the text or in the note, with the place in the document.
    pub in_text: String,
    /// The entry of the list of references, without its number; where the style has none for such a work the citation,
    /// without a place.
    pub reference: String,
    /// Its number in that list, as the style writes it (`[1]`), which stands in the text too; empty where it has none.
    pub number: String,
}

impl Citation {
    /// The entry of the list of references behind its number.
    pub fn numbered(&self) -> String {
        tidied(&format!("{} {}", self.number, self.reference))
    }
}

impl CitationStyle {
    /// Every style, in the order in which they are offered.
    pub const ALL: [CitationStyle; 9] = [
        Self::GbNumeric,
        Self::GbAuthorDate,
        Self::GbNote,
        Self::ChicagoNotes,
        Self::ChicagoAuthorDate,
        Self::Apa,
        Self::Mla,
        Self::Mhra,
        Self::Harvard,
    ];

    fn archived(self) -> ArchivedStyle {
        match self {
            Self::GbNumeric => ArchivedStyle::Gb77142015Numeric,
            Self::GbAuthorDate => ArchivedStyle::Gb77142015AuthorDate,
            Self::GbNote => ArchivedStyle::Gb77142015Note,
            Self::ChicagoNotes => ArchivedStyle::ChicagoNotes,
            Self::ChicagoAuthorDate => ArchivedStyle::ChicagoAuthorDate,
            Self::Apa => ArchivedStyle::AmericanPsychologicalAssociation,
            Self::Mla => ArchivedStyle::ModernLanguageAssociation,
            Self::Mhra => ArchivedStyle::ModernHumanitiesResearchAssociationNotes,
            Self::Harvard => ArchivedStyle::HarvardCiteThemRight,
        }
    }
}

/// Cites a document in a style; `place` says where in it, in words (第三條; para. 12), and may be empty.
///
/// The first call of a program reads the words of every language: some hundredths of a second.
pub fn cite(bibliography: &Bibliography, style: CitationStyle, place: &str) -> Citation {
    let Style::Independent(csl) = style.archived().get() else { return Citation::default() };
    let entry = entry_of(bibliography);
    let locale = locale_of(bibliography);
    let locator = (!place.is_empty()).then(|| SpecificLocator(Locator::Custom, LocatorPayload::Str(place)));
    let rendered = |locator| render(&csl, CitationItem::with_locator(&entry, locator), locale.as_ref());
    let (whole, cited) = (rendered(None), rendered(locator));
    let item = whole.bibliography.iter().flat_map(|list| &list.items).next();
    let reference = item.map(|item| plain(&item.content)).filter(|said| !said.is_empty());
    Citation {
        in_text: with_place(in_text(&cited), &in_text(&whole), place),
        reference: reference.unwrap_or_else(|| in_text(&whole)),
        number: item.map(number_of).unwrap_or_default(),
    }
}

fn in_text(rendered: &Rendered) -> String {
    rendered.citations.first().map(|citation| plain(&citation.citation)).unwrap_or_default()
}

fn number_of(item: &BibliographyItem) -> String {
    let mut number = String::new();
    let written = item.first_field.as_ref().map(|field| field.write_buf(&mut number, BufWriteFormat::Plain));
    debug_assert!(written.is_none_or(|written| written.is_ok()), "a text takes everything in");
    tidied(&number)
}

/// The standard of China puts the place behind the number or the note, which its styles leave to the writer: with a
/// place they write what they write of the `whole`.
fn with_place(in_text: String, whole: &str, place: &str) -> String {
    if place.is_empty() || in_text != whole {
        return in_text;
    }
    match in_text.strip_suffix('.') {
        Some(note) if note.contains("://") => format!("{note}. {place}."),
        Some(note) => format!("{note}: {place}."),
        None => format!("{in_text}{place}"),
    }
}

fn plain(children: &ElemChildren) -> String {
    let mut out = String::new();
    let written = children.write_buf(&mut out, BufWriteFormat::Plain);
    debug_assert!(written.is_ok(), "a text takes everything in");
    tidied(&out)
}

fn render(csl: &IndependentStyle, item: CitationItem<'_, Entry>, locale: Option<&LocaleCode>) -> Rendered {
    static LOCALES: LazyLock<Vec<Locale>> = LazyLock::new(locales);
    let mut driver = BibliographyDriver::new();
    driver.citation(CitationRequest::new(vec![item], csl, locale.cloned(), &LOCALES, Some(1)));
    driver.finish(BibliographyRequest::new(csl, locale.cloned(), &LOCALES))
}

/// The language of the words that a style puts in (等, et al.): that of the work.
fn locale_of(bibliography: &Bibliography) -> Option<LocaleCode> {
    let language = bibliography.get(Detail::Language).to_ascii_lowercase().replace('_', "-");
    let traditional = ["hant", "tw", "hk", "mo"].iter().any(|part| language.contains(part));
    let code = match (language.split('-').next()?, traditional) {
        ("zh" | "yue", true) => "zh-TW",
        ("zh", false) => "zh-CN",
        ("en", _) => "en-US",
        _ => return None,
    };
    Some(LocaleCode(code.to_owned()))
}

fn tidied(text: &str) -> String {
    text.split_whitespace().collect::<Vec<_>>().join(" ")
}

/// The document as an entry of the library.
fn entry_of(bibliography: &Bibliography) -> Entry {
    let said = |detail| Some(bibliography.get(detail).trim()).filter(|value| !value.is_empty());
    let kind = bibliography.kind.unwrap_or_else(|| guessed_kind(bibliography));
    let mut entry = Entry::new("document", entry_type(kind));
    set_people(&mut entry, bibliography);
    said(Detail::Title).inspect(|title| entry.set_title(format_string(without_marks(title))));
    date_of(bibliography.get(Detail::Date)).inspect(|date| entry.set_date(*date));
    let publisher = [Detail::Publisher, Detail::Place].map(|detail| said(detail).map(format_string));
    if let [name, place] = publisher
        && (name.is_some() || place.is_some())
    {
        entry.set_publisher(Publisher::new(name, place));
    }
    said(Detail::Publisher).inspect(|name| entry.set_organization(format_string(name)));
    // Newspapers are cited with the number of the sheet (版次) where journals have pages.
    let sheet = || said(Detail::Number).filter(|_| kind == WorkKind::Newspaper);
    said(Detail::Pages).or_else(sheet).and_then(typed).inspect(|pages| entry.set_page_range(pages.clone()));
    said(Detail::Language)
        .and_then(|tag| tag.parse().ok())
        .into_iter()
        .for_each(|tag| entry.set_language(tag));
    if let Some(mut address) = said(Detail::Address).and_then(|address| address.parse::<QualifiedUrl>().ok())
    {
        address.visit_date = date_of(bibliography.get(Detail::Accessed));
        entry.set_url(address);
    }
    place_in_container(&mut entry, kind, bibliography);
    entry
}

/// Whether what is said of one thing can stand in a reference: a date, an address and a language have to be in a
/// form that is known. Saying nothing is always right.
pub fn understands(detail: Detail, value: &str) -> bool {
    let value = value.trim();
    value.is_empty()
        || match detail {
            Detail::Date | Detail::Accessed => date_of(value).is_some(),
            Detail::Address => value.parse::<QualifiedUrl>().is_ok(),
            Detail::Language => {
                let mut entry = Entry::new("document", EntryType::Web);
                value.parse().map(|tag| entry.set_language(tag)).is_ok()
            }
            _ => true,
        }
}

/// A document with an address is a page of the web; one that names what it stands in is an article of the press; any
/// other is a report, the most general kind.
fn guessed_kind(bibliography: &Bibliography) -> WorkKind {
    let has = |detail| !bibliography.get(detail).trim().is_empty();
    match (has(Detail::Address), has(Detail::Container)) {
        (true, _) => WorkKind::WebPage,
        (false, true) => WorkKind::Newspaper,
        (false, false) => WorkKind::Report,
    }
}

fn entry_type(kind: WorkKind) -> EntryType {
    match kind {
        WorkKind::WebPage => EntryType::Web,
        WorkKind::Law => EntryType::Legislation,
        WorkKind::Report => EntryType::Report,
        WorkKind::Book => EntryType::Book,
        WorkKind::Chapter => EntryType::Chapter,
        WorkKind::Journal | WorkKind::Newspaper | WorkKind::Conference => EntryType::Article,
        WorkKind::Thesis => EntryType::Thesis,
        WorkKind::Manuscript => EntryType::Manuscript,
    }
}

/// What a work of that kind stands in.
fn container_type(kind: WorkKind) -> EntryType {
    match kind {
        WorkKind::WebPage => EntryType::Web,
        WorkKind::Chapter => EntryType::Book,
        WorkKind::Journal => EntryType::Periodical,
        WorkKind::Newspaper => EntryType::Newspaper,
        WorkKind::Conference => EntryType::Proceedings,
        WorkKind::Law | WorkKind::Report | WorkKind::Thesis => EntryType::Anthology,
        WorkKind::Book | WorkKind::Manuscript => EntryType::Misc,
    }
}

/// Of an article volume and number are those of what it stands in; of other works they are its own.
fn place_in_container(entry: &mut Entry, kind: WorkKind, bibliography: &Bibliography) {
    let said = |detail| Some(bibliography.get(detail).trim()).filter(|value| !value.is_empty());
    let mut container = Entry::new("container", container_type(kind));
    said(Detail::Container).inspect(|title| container.set_title(format_string(title)));
    let articles = matches!(kind, WorkKind::Journal | WorkKind::Newspaper | WorkKind::Conference);
    let holder = if articles { &mut container } else { &mut *entry };
    said(Detail::Volume).and_then(typed).inspect(|volume| holder.set_volume(volume.clone()));
    match (said(Detail::Number), articles) {
        (Some(_), true) if kind == WorkKind::Newspaper && said(Detail::Pages).is_none() => {}
        (Some(number), true) => typed(number).into_iter().for_each(|issue| container.set_issue(issue)),
        (Some(number), false) => {
            entry.set_serial_number(SerialNumber([("serial".to_owned(), number.to_owned())].into()));
        }
        (None, _) => {}
    }
    if articles || said(Detail::Container).is_some() {
        entry.set_parents(vec![container]);
    }
}

fn set_people(entry: &mut Entry, bibliography: &Bibliography) {
    let people = bibliography.people();
    let of = |part| {
        let names = people.iter().filter(|(did, _)| *did == part).filter_map(|(_, name)| person_of(name));
        Some(names.collect::<Vec<Person>>()).filter(|names| !names.is_empty())
    };
    if let Some(names) = of(Part::Author) {
        entry.set_authors(names);
    }
    if let Some(names) = of(Part::Editor) {
        entry.set_editors(names);
    }
    if let Some(names) = of(Part::Translator) {
        entry.set_affiliated(vec![PersonsWithRoles::new(names, PersonRole::Translator)]);
    }
}

/// A title without the marks around it.
fn without_marks(title: &str) -> &str {
    let inside = title.strip_prefix('《').and_then(|rest| rest.strip_suffix('》'));
    inside.filter(|inside| !inside.contains(['《', '》'])).unwrap_or(title)
}

/// Chinese names stay in one piece, in their own order; others are family name, comma, given name, and
/// organisations have no comma.
fn person_of(name: &str) -> Option<Person> {
    let han = name.chars().any(|found| matches!(found, '\u{3400}'..='\u{9fff}'));
    let parts = if han { vec![name] } else { name.split(',').collect() };
    Person::from_strings(parts).or_else(|_| Person::from_strings(vec![name])).ok()
}

fn date_of(text: &str) -> Option<Date> {
    let PartialDate { year, month, day } = PartialDate::read(text)?;
    let from_zero = |number: u8| number.saturating_sub(1);
    let (month, day) = (month.map(from_zero), day.map(from_zero));
    Some(Date { year: year.into(), month, day, approximate: false, season: None })
}

fn format_string(text: &str) -> FormatString {
    FormatString::with_value(tidied(text))
}

/// A number where it is one, and the words otherwise.
fn typed<Value: std::str::FromStr>(text: &str) -> Option<MaybeTyped<Value>> {
    text.parse().ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    fn work(kind: WorkKind, details: &[(Detail, &str)]) -> Bibliography {
        let details = details.iter().map(|&(detail, value)| (detail, value.to_owned())).collect();
        Bibliography { kind: Some(kind), details }
    }

    fn report() -> Bibliography {
        work(
            WorkKind::Report,
            &[
                (Detail::Title, "村中书屋十年"),
                (Detail::Authors, "林水、周禾、陈石、李木"),
                (Detail::Number, "禾村〔2019〕3号"),
                (Detail::Publisher, "禾溪村"),
                (Detail::Place, "禾溪"),
                (Detail::Date, "2019年3月21日"),
                (Detail::Language, "zh-Hans"),
            ],
        )
    }

    fn book() -> Bibliography {
        work(
            WorkKind::Book,
            &[
                (Detail::Title, "Reading Rooms of the Valley"),
                (Detail::Authors, "Smith, John; Doe, Jane; Roe, Richard; Poe, Ann"),
                (Detail::Publisher, "River Press"),
                (Detail::Place, "London"),
                (Detail::Date, "2019"),
                (Detail::Language, "en"),
            ],
        )
    }

    fn check(work: &Bibliography, style: CitationStyle, in_text: &str, reference: &str) {
        let cited = cite(work, style, "第三条");
        assert_eq!((&*cited.in_text, &*cited.numbered()), (in_text, reference), "{style:?}");
    }

    #[test]
    fn what_cannot_stand_in_a_reference_is_known() {
        let check = |detail, right: &[&str], wrong: &[&str]| {
            for value in right.iter().chain(&["", "  "]) {
                assert!(understands(detail, value), "{detail:?} {value}");
            }
            for value in wrong {
                assert!(!understands(detail, value), "{detail:?} {value}");
            }
        };
        for date in [Detail::Date, Detail::Accessed] {
            check(date, &["1984", "1984-03-05", "一九八四年三月"], &["garbage", "昨日"]);
        }
        check(Detail::Address, &["https://example.org/a"], &["example.org/a", "見網站"]);
        check(Detail::Language, &["zh-Hant", "en", "zh_TW"], &["https://example.org", "中文"]);
        check(Detail::Pages, &["whatever"], &[]);
    }

    #[test]
    fn after_the_standard_of_china() {
        let reference = "[1] 林水, 周禾, 陈石, 等. 村中书屋十年: 禾村〔2019〕3号[R]. 禾溪: 禾溪村, 2019.";
        check(&report(), CitationStyle::GbNumeric, "[1]第三条", reference);
        let note = "林水, 周禾, 陈石, 等. 村中书屋十年: 禾村〔2019〕3号[R]. 禾溪: 禾溪村, 2019: 第三条.";
        check(&report(), CitationStyle::GbNote, note, reference);
        let reference = "林水, 周禾, 陈石, 等, 2019. 村中书屋十年: 禾村〔2019〕3号[R]. 禾溪: 禾溪村.";
        check(&report(), CitationStyle::GbAuthorDate, "(林水 等, 2019)第三条", reference);
        let reference =
            "[1] SMITH J, DOE J, ROE R, et al. Reading Rooms of the Valley[M]. London: River Press, 2019.";
        check(&book(), CitationStyle::GbNumeric, "[1]第三条", reference);
    }

    #[test]
    fn after_the_chicago_manual() {
        let note = "林水 等, 村中书屋十年, 禾村〔2019〕3号 (禾溪村, 2019), 第三条.";
        let reference = "林水, 周禾, 陈石, 和 李木. 村中书屋十年. 禾村〔2019〕3号. 禾溪村, 2019.";
        check(&report(), CitationStyle::ChicagoNotes, note, reference);
        let reference = "Smith, John, Jane Doe, Richard Roe, and Ann Poe. 2019. Reading Rooms of the Valley. River Press.";
        check(&book(), CitationStyle::ChicagoAuthorDate, "(Smith et al. 2019, 第三条)", reference);
    }

    #[test]
    fn an_article_stands_in_a_journal_and_a_page_at_its_address() {
        let article = work(
            WorkKind::Journal,
            &[
                (Detail::Title, "河水與書"),
                (Detail::Authors, "林水"),
                (Detail::Container, "三河學報"),
                (Detail::Volume, "3"),
                (Detail::Number, "2"),
                (Detail::Pages, "12-20"),
                (Detail::Date, "2019"),
            ],
        );
        let reference = "[1] 林水. 河水與書[J]. 三河學報, 2019, 3(2): 12-20.";
        check(&article, CitationStyle::GbNumeric, "[1]第三条", reference);
        let page = work(
            WorkKind::WebPage,
            &[
                (Detail::Title, "村中書屋十年"),
                (Detail::Address, "https://example.org/a"),
                (Detail::Accessed, "2024-1-2"),
            ],
        );
        let reference = "[1] 村中書屋十年[EB/OL]. [2024-01-02]. https://example.org/a.";
        check(&page, CitationStyle::GbNumeric, "[1]第三条", reference);
    }

    fn reference(kind: WorkKind, details: &[(Detail, &str)]) -> String {
        cite(&work(kind, details), CitationStyle::GbNumeric, "").reference
    }

    #[test]
    fn people_are_told_apart_and_a_title_has_no_marks() {
        let book = [
            (Detail::Title, "《论水利》"),
            (Detail::Authors, "王小明，李四，张三，赵六"),
            (Detail::Publisher, "三河出版社"),
            (Detail::Date, "民國108年3月5日"),
            (Detail::Language, "zh-Hans"),
        ];
        assert_eq!(reference(WorkKind::Book, &book), "王小明, 李四, 张三, 等. 论水利[M]. 三河出版社, 2019.");
        let translated =
            [(Detail::Title, "河上"), (Detail::Authors, "馬克·吐溫著；張三譯"), (Detail::Date, "2019")];
        let translated = reference(WorkKind::Book, &translated);
        assert!(
            translated.contains("馬克·吐溫. 河上")
                && translated.contains("張三")
                && !translated.contains('著'),
            "{translated}"
        );
        let edited = reference(WorkKind::Book, &[(Detail::Title, "河上"), (Detail::Authors, "王小明 主编")]);
        assert!(edited.contains("王小明"), "{edited}");
        assert_eq!(without_marks("《甲》与《乙》"), "《甲》与《乙》");
    }

    #[test]
    fn a_newspaper_is_cited_with_its_sheet() {
        let article = [
            (Detail::Title, "修河"),
            (Detail::Container, "三河日报"),
            (Detail::Date, "2019-03-05"),
            (Detail::Number, "3"),
        ];
        let cited = reference(WorkKind::Newspaper, &article);
        assert_eq!(cited, "修河[N]. 三河日报, 2019-03-05(3).");
    }

    /// A title may say the very words of the place.
    #[test]
    fn the_place_is_said_whatever_the_title_says() {
        let work = work(WorkKind::Report, &[(Detail::Title, "关于第三条的说明"), (Detail::Date, "2019")]);
        let cited = cite(&work, CitationStyle::GbNote, "第三条");
        assert_eq!(cited.in_text.matches("第三条").count(), 2, "{}", cited.in_text);
    }

    #[test]
    fn every_style_cites_every_kind_of_work_whatever_is_known() {
        for kind in WorkKind::ALL {
            let known = Bibliography { kind: Some(kind), ..report() };
            let title_only = work(kind, &[(Detail::Title, "村中书屋十年")]);
            for style in CitationStyle::ALL {
                for work in [&known, &title_only] {
                    let Citation { in_text, reference, .. } = cite(work, style, "第三条");
                    assert!(reference.contains("村中书屋十年"), "{style:?} {kind:?}: {reference}");
                    assert!(in_text.contains("第三条"), "{style:?} {kind:?}: {in_text}");
                }
            }
            cite(&work(kind, &[]), CitationStyle::Apa, "");
        }
    }
}
